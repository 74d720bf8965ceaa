"""Four shops that are not the demo's: schema, catalogue, vocabulary, understanding, and the bot's project."""

from __future__ import annotations

import csv
import os
import subprocess
from pathlib import Path

import pytest

from recommender.botbuild.project import build_bot
from recommender.catalogue.check import check_catalogue
from recommender.catalogue.items import load_catalogue
from recommender.catalogue.vocabulary import export_vocabulary
from recommender.language.understand import Understanding, understand
from recommender.language.vocabulary import Vocabulary
from recommender.running import BOT_PYTHON
from recommender.settings import ROOT, Settings
from tests.conftest import missing
from tests.shops.make import SHOPS, content

HERE = Path(__file__).parent
NAMES = sorted(SHOPS)


@pytest.fixture(scope="session")
def vocabularies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The vocabulary file of each shop."""
    folder = tmp_path_factory.mktemp("vocabularies")
    for name in NAMES:
        export_vocabulary(load_catalogue(HERE / name / "catalogue.csv"), None, folder / f"{name}.json")
    return {name: folder / f"{name}.json" for name in NAMES}


def sentences() -> list[tuple[str, str, str]]:
    found = []
    for name in NAMES:
        with (HERE / name / "sentences.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [(name, row["message"], row["expected"] or "") for row in rows]
    return found


def short(found: Understanding) -> str:
    """What is understood, in a line's worth of words: spaces in values are underscores, bounds stand around dots."""
    words = {
        *(f"{'-' if m.exclude else ''}{m.attribute}={m.value}".replace(" ", "_") for m in found.mentions),
        *(f"price:{_bounds(p.minimum, p.maximum)}" for p in found.prices),
        *(f"{r.attribute}:{_bounds(r.minimum, r.maximum)}" for r in found.ranges),
        *(f"{change.attribute}:{change.direction}" for change in found.changes),
        *(change.value for change in found.price_changes),
        *(f"#{reference.value}" for reference in found.references),
        *(f"drop:{drop.attribute}" for drop in found.drops),
        *(f"another:{another.attribute}" for another in found.another),
    }
    return " ".join(sorted(words))


def _bounds(low: float | None, high: float | None) -> str:
    return "..".join("" if bound is None else f"{bound:g}" for bound in (low, high))


@pytest.mark.parametrize("name", NAMES)
def test_a_shops_catalogue_is_what_its_seed_makes_and_has_no_fault(name: str) -> None:
    file = HERE / name / "catalogue.csv"
    assert file.read_text(encoding="utf-8") == content(name)
    assert check_catalogue(file) == ()


@pytest.mark.parametrize(("name", "message", "expected"), sentences())
def test_a_message_in_either_language_is_understood_in_its_shop(
    vocabularies: dict[str, Path], name: str, message: str, expected: str
) -> None:
    found = understand(message, Vocabulary.load(vocabularies[name]))
    assert short(found) == " ".join(sorted(expected.split()))


def test_what_is_sold_is_said_without_a_wish(vocabularies: dict[str, Path]) -> None:
    found = understand("I'd like to see some movies", Vocabulary.load(vocabularies["films"]))
    assert (len(found.things), found.residue) == (1, "")


@pytest.mark.parametrize(
    ("name", "message", "expected"),
    [
        ("films", "under 100", ""),
        ("films", "under $50", "price:..50"),
        ("films", "cheaper", "cheaper"),
        ("funds", "cheaper", "fee:less"),
    ],
)
def test_without_prices_only_money_by_its_name_is_one(
    vocabularies: dict[str, Path], name: str, message: str, expected: str
) -> None:
    assert short(understand(message, Vocabulary.load(vocabularies[name]))) == expected


@pytest.fixture
def shop(settings: Settings, vocabularies: dict[str, Path], request: pytest.FixtureRequest) -> Settings:
    """Settings of one shop whose vocabulary is written."""
    settings.vocabulary_file.write_bytes(vocabularies[request.param].read_bytes())
    return settings


@pytest.mark.parametrize("shop", NAMES, indirect=True)
def test_rasa_finds_nothing_to_say_about_the_generated_project(shop: Settings) -> None:
    if not BOT_PYTHON.exists():
        missing("The bot's environment is not there: run `make prepare`.")
    project = build_bot(shop, lambda _: None)
    command = [str(BOT_PYTHON), "-m", "rasa", "data", "validate", "--domain", str(project.domain), "--data"]
    command += map(str, project.data)
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "PYTHONPATH": str(ROOT), "PARLEY_VAR": str(shop.var)}
    done = subprocess.run(
        command, cwd=ROOT / "bot", env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    warned = [line for line in done.stderr.splitlines() if "UserWarning" in line and "utter_unavailable" not in line]
    assert warned == []
