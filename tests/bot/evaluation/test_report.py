import json
from pathlib import Path

from evaluation.judge import Figures, Verdict
from evaluation.measures import Bin, share
from evaluation.report import sentences, write

NOTHING = (float("nan"),) * 3
FIGURES = Figures(share(3, 4), share(2, 3), share(4, 4), NOTHING, float("nan"))
VERDICT = Verdict(
    name="mine",
    learnt=7,
    figures={"all": FIGURES},
    bins=(Bin(4, 0.8, 0.75),),
    error=0.05,
    confusions=[("greet", "thanks", 1)],
    wanted=("greet", "greet", "thanks", "thanks"),
    found=("greet", "thanks", "thanks", "thanks"),
)


def test_the_report_tells_figures_calibration_and_confusions_and_shows_a_picture(tmp_path: Path) -> None:
    text = write([VERDICT], tmp_path).read_text(encoding="utf-8")
    assert "| all | 0.750 [" in text
    assert "greet taken for thanks: 1" in text
    assert "calibration error 0.050" in text
    assert (tmp_path / "nlu-mine.png").read_bytes().startswith(b"\x89PNG")
    assert (
        json.loads((tmp_path / "nlu.json").read_text(encoding="utf-8"))[0]["figures"]["all"]["accuracy"]["count"] == 4
    )


def test_what_was_not_measured_is_not_told() -> None:
    assert sentences(VERDICT) == ["mine, all: intents 0.750 of 4", "mine: calibration error 0.050"]
