"""Runs bot/evaluation in Rasa's environment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from recommender.errors import ModelError
from recommender.prepare import run_logged
from recommender.running import BOT_PYTHON, bot_environment
from recommender.settings import ROOT, Settings
from recommender.steps import Say


def evaluate(settings: Settings, sets: Sequence[Path], out: Path, say: Say) -> None:
    """Measures the trained bot on `sets` and writes nlu.md, nlu.json and pictures to `out`; tells the figures.

    Raises:
        ModelError: there is nothing to measure, no trained bot, or a set cannot be read; the log's end says which.
    """
    if not sets:
        raise ModelError("There is nothing to measure on: give a set of labelled messages with --data.")
    log = settings.var / "logs" / "evaluate-bot.log"
    arguments = [settings.bot_model.resolve(), out.resolve(), *(path.resolve() for path in sets)]
    command = [str(BOT_PYTHON), "-m", "evaluation", *map(str, arguments)]
    run_logged(command, ROOT / "bot", bot_environment(settings) | {"MPLBACKEND": "Agg"}, log, say, "Measuring the bot")
    # The libraries' warnings stand in the log, too; what we print has no colon-separated path in front.
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("» "):
            say(line.removeprefix("» "))
