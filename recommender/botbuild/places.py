"""Where the parts of a shop's Rasa project are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from recommender.settings import ROOT, Settings

BOT = ROOT / "bot"


@dataclass(frozen=True)
class Project:
    """A Rasa project for one shop: what `rasa train` and `rasa data validate` take as --domain and --data."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> Project:
        """That of a shop's settings, built or not."""
        return cls(settings.var / "bot" / "project")

    @property
    def generated(self) -> Path:
        """The folder of what is made from the catalogue: domain.yml and nlu.yml."""
        return self.folder / "generated"

    @property
    def domain(self) -> Path:
        """The folder of the whole domain: bot/domain and generated/domain.yml."""
        return self.folder / "domain"

    @property
    def data(self) -> tuple[Path, ...]:
        """Hand-written data and generated examples."""
        return BOT / "data", self.generated / "nlu.yml"
