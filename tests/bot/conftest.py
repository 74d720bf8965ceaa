"""Rasa finds components and channels from inside bot/, and so do these tests."""

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("PARLEY_VAR", str(ROOT / "var"))
os.environ.setdefault("LOG_LEVEL", "WARNING")
sys.path.insert(0, str(BOT))

VAR = Path(os.environ["PARLEY_VAR"])
SOURCES = (
    BOT / "config.yml",
    BOT / "domain",
    BOT / "data",
    BOT / "components",
    ROOT / "recommender" / "language",
    VAR / "encoder",
    VAR / "vocabulary.json",
)


@pytest.fixture(scope="session")
def bot_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained bot: the one that `make prepare` made, or a new one where its sources have changed since."""
    if not (VAR / "encoder" / "encoder.json").exists():
        missing("The bot's tests need the encoder and the vocabulary: run `make prepare`.")
    made = VAR / "bot" / "parley.tar.gz"
    if made.exists() and made.stat().st_mtime > max(_changed(source) for source in SOURCES):
        return made
    from rasa.model_training import train

    folder = tmp_path_factory.mktemp("bot")
    domain, data = folder / "domain", [str(BOT / "data")]
    shutil.copytree(BOT / "domain", domain)
    generated = VAR / "bot" / "project" / "generated"  # what depends on the catalogue; the tests hold without it too
    if generated.is_dir():
        shutil.copyfile(generated / "domain.yml", domain / "catalogue.yml")
        data.append(str(generated / "nlu.yml"))
    result = train(
        domain=str(domain),
        config=str(BOT / "config.yml"),
        training_files=data,
        output=str(folder),
        fixed_model_name="parley",
        force_training=True,
    )
    assert result.code == 0
    assert result.model is not None
    return Path(result.model)


@pytest.fixture(scope="session")
def agent(bot_model: Path) -> Any:
    """The trained bot in this process, its conversations in memory, without an action server."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # Rasa's command line does so; else each message is logged to the last detail
    return Agent.load(str(bot_model))


def nlu_lines(file: Path) -> Iterator[tuple[str, str]]:
    """(text, intent) of a file in Rasa's NLU format, without the marks of entities."""
    from evaluation.lines import read_yaml  # found once bot/ is in the path

    return ((line.text, line.intent) for line in read_yaml(file))


def _changed(source: Path) -> float:
    files = (file for file in (source, *source.rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    return max((file.stat().st_mtime for file in files), default=0.0)
