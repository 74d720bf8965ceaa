"""`python -m evaluation MODEL OUT SET …`, from bot/ in Rasa's environment; `parley bot evaluate` runs it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evaluation.judge import judge
from evaluation.lines import Lines, read, read_yaml
from evaluation.pipeline import Pipeline
from evaluation.report import sentences, write
from recommender.errors import ParleyError

TRAINING = Path(__file__).resolve().parents[1] / "data" / "nlu"


def main() -> int:
    """Judges every set and writes the report; what a person can mend is one sentence and exit code 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("sets", type=Path, nargs="+")
    given = parser.parse_args()
    try:
        served = Pipeline.served(given.model)
        seen = {line.text.lower() for file in sorted(TRAINING.glob("*.yml")) for line in read_yaml(file)}
        verdicts = []
        for path in given.sets:
            lines = read(path)
            verdicts.append(judge(lines, _pipeline(lines, served), () if lines.train else seen))
            print("\n".join(f"» {line}" for line in sentences(verdicts[-1])), flush=True)  # noqa: T201 (a command line)
        print(f"» The report is {write(verdicts, given.out)}.")  # noqa: T201
    except ParleyError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _pipeline(lines: Lines, served: Pipeline) -> Pipeline:
    return Pipeline.learnt(lines.train, served.encoder) if lines.train else served


if __name__ == "__main__":
    sys.exit(main())
