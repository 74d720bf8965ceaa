"""Settings: PARLEY_* environment variables and `.env`, read once at the composition root and passed down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from recommender.errors import SettingsError
from recommender.types import EVIDENCE

ROOT = Path(__file__).resolve().parent.parent


def _beside(known: dict[str, Any], name: str) -> Path | None:
    """`name` in the folder of the catalogue: the demo's past is no other shop's. What the demo lacks will be made."""
    catalogue: Path = known.get("catalogue", ROOT / "data" / "catalogue.csv")
    found = catalogue.with_name(name)
    return found if found.exists() or catalogue == ROOT / "data" / "catalogue.csv" else None


class Settings(BaseSettings):
    """Every setting with its default; the variable is PARLEY_ and the upper-case name (PARLEY_DATABASE_URL)."""

    model_config = SettingsConfigDict(
        env_prefix="PARLEY_", env_file=ROOT / ".env", extra="ignore", frozen=True, populate_by_name=True
    )

    var: Path = Field(ROOT / "var", description="where everything made at set-up and at run time goes")
    catalogue: Path = Field(ROOT / "data" / "catalogue.csv", description="CSV, JSONL or Parquet, see data/README.md")
    interactions: Path | None = Field(
        default_factory=lambda known: _beside(known, "interactions.csv"),
        description="past interactions to start from; default: interactions.csv beside the catalogue, empty for none",
    )
    synonyms: Path | None = Field(
        default_factory=lambda known: _beside(known, "synonyms.csv") or ROOT / "data" / "synonyms.csv",
        description="words for canonical values, both languages; default: synonyms.csv beside the catalogue, else the"
        " demo's, of which only what the catalogue has is taken; empty for none",
    )
    schema_file: Path | None = Field(
        None,
        validation_alias="PARLEY_SCHEMA",
        description="attributes of the catalogue (YAML); default: schema.yaml beside the catalogue, else guessed",
    )
    answers: Path | None = Field(
        default_factory=lambda known: known.get("catalogue", ROOT / "data" / "catalogue.csv").with_name("answers"),
        description="Markdown files with the shop's questions and answers; default: answers/ beside the catalogue;"
        " empty for none",
    )
    currency: str = Field("CNY", description="currency of catalogue prices")
    database_url: str = Field("", description="SQLAlchemy URL of the feedback database; default SQLite in var/")
    encoder: str = Field("bundled", description="'bundled', a hub id, or a folder with a transformers checkpoint")
    encode_on_ray_above: int = Field(
        50_000, ge=0, description="new texts above which a catalogue is encoded on Ray; 0: never"
    )
    ray_address: str = Field("", description="Ray cluster to encode on, as 10.0.0.1:6379; default: this machine")
    host: str = Field("127.0.0.1", description="address that both servers bind to")
    bot_port: int = Field(5005, ge=1, le=65535)
    actions_port: int = Field(5055, ge=1, le=65535)
    action_deadline: float = Field(2.5, gt=0, description="seconds an action may take before it apologises")
    list_length: int = Field(5, ge=1, le=20, description="cards in one reply")
    parts: str = Field(
        ",".join(EVIDENCE),
        description="kinds of evidence that the recommender weighs beside LightFM; fewer train faster",
    )
    seed: int = 7
    llm_url: str = Field("", description="base of an OpenAI-compatible server that may rephrase replies; empty: off")
    llm_model: str = Field("gpt-4o-mini", description="the model to ask it for")
    llm_key: SecretStr = Field(SecretStr(""), description="sent to it as a bearer token; empty: none")
    llm_seconds: float = Field(1.5, gt=0, description="seconds a turn may wait for it, fewer than an action's")
    llm_budget: int = Field(1000, ge=0, description="calls a day (UTC) of each action server; then templates go out")
    llm_understand: bool = Field(False, description="also ask it what a message means that was not understood")

    @property
    def feedback_url(self) -> str:
        """`database_url`, or the SQLite file var/feedback.db."""
        return self.database_url or f"sqlite:///{self.var / 'feedback.db'}"

    @property
    def recommender_parts(self) -> tuple[str, ...]:
        """The names in `parts`."""
        return tuple(name.strip() for name in self.parts.split(",") if name.strip())

    @field_validator("interactions", "synonyms", "schema_file", "answers", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("parts")
    @classmethod
    def _known_parts(cls, value: str) -> str:
        unknown = {name.strip() for name in value.split(",")} - {"", *EVIDENCE}
        if unknown:
            raise ValueError(f"unknown parts {', '.join(sorted(unknown))}; there are {', '.join(EVIDENCE)}")
        return value

    @field_validator("llm_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("an address of a server begins with http:// or https://")
        return value

    @field_validator("llm_seconds")
    @classmethod
    def _before_the_deadline(cls, value: float, info: ValidationInfo) -> float:
        deadline = info.data.get("action_deadline")
        if deadline is not None and value >= deadline and info.data.get("llm_url"):
            raise ValueError(f"has to be less than PARLEY_ACTION_DEADLINE, which is {deadline:g}")
        return value

    @property
    def encoder_dir(self) -> Path:
        """Holds model.onnx, tokenizer.json and encoder.json."""
        return self.var / "encoder"

    @property
    def media_dir(self) -> Path:
        """Pictures that the bot serves below /media."""
        return self.var / "media"

    @property
    def models_dir(self) -> Path:
        """The recommender's registry."""
        return self.var / "models"

    @property
    def bot_model(self) -> Path:
        """The trained Rasa model."""
        return self.var / "bot" / "parley.tar.gz"

    @property
    def vocabulary_file(self) -> Path:
        """What the bot's extractor reads."""
        return self.var / "vocabulary.json"


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment and `.env`, `overrides` first.

    Raises:
        SettingsError: a value cannot work; the text names the variable.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "; ".join(
            f"PARLEY_{str(e['loc'][0]).upper()}: {e['msg']} (got {e['input']!r})" for e in error.errors()
        )
        raise SettingsError(f"Settings cannot work: {faults}. Mend the variable or the line in .env.") from error
