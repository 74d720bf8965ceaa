"""`parley answers`, with the real encoder over small folders."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recommender.commands.answers import answers
from recommender.errors import AnswersError
from recommender.feedback.store import FeedbackStore
from recommender.settings import ROOT, Settings
from recommender.types import Question

pytestmark = pytest.mark.artefacts

PAGE = "# Delivery\n\n## How long does delivery take?\n- When will my parcel arrive?\n\nTwo days.\n"


class Shop:
    """Settings of its own, and the command line over them."""

    def __init__(self, var: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.var, self.folder = var, folder
        monkeypatch.setenv("PARLEY_VAR", str(var))
        monkeypatch.setenv("PARLEY_ANSWERS", str(folder))
        monkeypatch.setenv("PARLEY_DATABASE_URL", f"sqlite:///{var / 'feedback.db'}")

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(answers, arguments)


@pytest.fixture
def shop(artefacts: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    var, folder = tmp_path / "var", tmp_path / "answers"
    var.mkdir()
    folder.mkdir()
    (var / "encoder").symlink_to(artefacts.encoder_dir)
    (folder / "delivery.en.md").write_text(PAGE)
    return Shop(var, folder, monkeypatch)


def test_check_counts_what_is_there_and_fails_on_what_cannot_be_read(shop: Shop) -> None:
    good = shop.run("check")
    assert good.exit_code == 0
    assert "1 answers in English, 0 in Chinese" in good.output
    (shop.folder / "bad.en.md").write_text("# Bad\n\n## Unanswered?\n")
    bad = shop.run("check")
    assert bad.exit_code == 1
    assert "error: bad.en.md, line 3: “Unanswered?” has no answer" in bad.output


def test_ask_shows_the_answer_or_what_came_nearest(shop: Shop) -> None:
    known = shop.run("ask", "when will my parcel arrive")
    assert "1.00  Delivery › How long does delivery take?" in known.output
    assert "Two days." in known.output
    unknown = shop.run("ask", "tell me a joke")
    assert unknown.output.startswith("I don't know")
    assert "Two days." not in unknown.output


def test_gaps_leave_out_what_is_answered_by_now(shop: Shop) -> None:
    with FeedbackStore.open(f"sqlite:///{shop.var / 'feedback.db'}") as store:
        for person, text in (("a", "are you hiring"), ("b", "any job openings?"), ("c", "When will my parcel arrive?")):
            store.add_question(Question(person, "s", datetime.now(UTC), "en", text, 0.1))
    told = shop.run("gaps").output
    assert told.startswith("3 questions without an answer, 1 of them answered by now; ")
    assert "hiring" in told
    assert "parcel" not in told
    assert "parcel" in shop.run("gaps", "--all", "--days", "1").output


def test_import_writes_a_page_that_is_answered_from(shop: Shop, tmp_path: Path) -> None:
    past = tmp_path / "past.csv"
    past.write_text("Question,Answer\nDo you mend shoes?,Yes; our cobbler does it in a week.\nhi,hello\n")
    told = shop.run("import", str(past))
    assert told.exit_code == 0
    assert "2 rows read = 1 kept + 1 dropped." in told.output
    assert "cobbler" in shop.run("ask", "do you mend shoes").output
    again = shop.run("import", str(past))
    assert isinstance(again.exception, AnswersError)
    assert shop.run("import", str(past), "--force").exit_code == 0


def test_evaluate_and_fit_say_what_to_do_without_answers(shop: Shop) -> None:
    (shop.folder / "delivery.en.md").unlink()
    for command in ("evaluate", "fit"):
        assert isinstance(shop.run(command).exception, AnswersError)


def test_the_demo_is_measured_and_fitted(shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARLEY_ANSWERS", str(ROOT / "data" / "answers"))
    measured = shop.run("evaluate")
    assert measured.exit_code == 0
    for language in ("en: 61 answerable", "zh: 61 answerable", "both: 122 answerable"):
        assert language in measured.output
    kept = tmp_path / "prior.json"
    assert shop.run("fit", "--out", str(kept)).exit_code == 0
    assert '"threshold"' in kept.read_text()


def test_the_folder_lies_beside_the_catalogue_unless_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARLEY_ANSWERS", raising=False)
    assert Settings(_env_file=None).answers == ROOT / "data" / "answers"
    own = Settings(_env_file=None, catalogue=tmp_path / "goods.csv")
    assert own.answers == tmp_path / "answers"
    assert Settings(_env_file=None, answers="").answers is None
