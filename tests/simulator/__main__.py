"""Simulated people against a running Parley, and a fixed-order form on the same wishes.

    parley run                                            # or make run, in another terminal
    .venv/bin/python -m tests.simulator --conversations 1000

Prints the report in markdown; --transcripts FILE keeps the conversations that went wrong.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from recommender.api import Recommender
from recommender.settings import load_settings
from tests.simulator.conversation import Outcome
from tests.simulator.form import Form
from tests.simulator.report import report
from tests.simulator.run import AT_ONCE, run
from tests.simulator.shop import Shop
from tests.simulator.transcript import transcript

FORM, SHORTER = "fixed-order form", "form that stops at 5 or fewer"


def main() -> None:
    """Talks, measures, prints."""
    chosen = _arguments()
    settings = load_settings()
    url = chosen.url or f"http://{settings.host}:{settings.bot_port}"
    scratch = Path(tempfile.mkdtemp(prefix="parley-simulator-"))
    try:
        own = settings.model_copy(update={"database_url": f"sqlite:///{scratch / 'form.db'}"})
        recommender = Recommender.open(own)
        shop = Shop.of(recommender)
        seeds = range(chosen.seed, chosen.seed + chosen.conversations)
        started = time.monotonic()
        outcomes = run(shop, url, seeds, chosen.at_once, chosen.minutes * 60, _note)
        _note(f"{len(outcomes)} conversations in {time.monotonic() - started:.0f} s")
        if chosen.transcripts:
            chosen.transcripts.write_text(_wrong(outcomes, shop, chosen.all), encoding="utf-8")
        forms = {} if chosen.without_form else _forms(recommender, shop, settings.list_length, outcomes)
        sys.stdout.write(report(outcomes, forms))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _forms(
    recommender: Recommender, shop: Shop, list_length: int, outcomes: list[Outcome]
) -> dict[str, list[int | None]]:
    """Messages that each form needs for the same wishes."""
    _note("now the forms")
    forms = {FORM: Form(recommender, shop, list_length), SHORTER: Form(recommender, shop, list_length, list_length)}
    return {name: [form.turns(outcome.goal) for outcome in outcomes] for name, form in forms.items()}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Simulated people talk to a running bot; prints markdown.")
    parser.add_argument("--conversations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=700_000, help="of the first conversation; the next has the next")
    parser.add_argument("--url", help="of the bot; default the one of the settings")
    parser.add_argument("--at-once", type=int, default=2, help=f"conversations at the same time, at most {AT_ONCE}")
    parser.add_argument("--minutes", type=float, default=45.0, help="after these no further conversation is begun")
    parser.add_argument("--transcripts", type=Path, help="where the conversations that went wrong are written")
    parser.add_argument("--all", action="store_true", help="write all transcripts")
    parser.add_argument("--without-form", action="store_true", help="only the conversations")
    return parser.parse_args()


def _wrong(outcomes: list[Outcome], shop: Shop, everything: bool) -> str:
    kept = [o for o in outcomes if everything or o.faults or not o.confirmed]
    return "\n".join(transcript(outcome, shop) for outcome in kept)


def _note(text: str) -> None:
    sys.stderr.write(f"  {text} …\n")


if __name__ == "__main__":
    main()
