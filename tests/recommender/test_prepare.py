from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from recommender.errors import CatalogueError, EncoderError, ModelError, SettingsError
from recommender.prepare import prepare, redo, run_logged, stale, steps
from recommender.settings import ROOT, Settings

SHOP = (
    "id,title_en,title_zh,category,colour,price\na,Red dress,红色连衣裙,dress,red,10\nb,Blue hat,蓝色帽子,hat,blue,20\n"
)
HEAVY = ("encoder", "recommender", "project", "bot")


@pytest.fixture
def shop(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a shop with two items and no history."""
    catalogue = tmp_path / "shop.csv"
    catalogue.write_text(SHOP, encoding="utf-8")
    return settings.model_copy(update={"catalogue": catalogue, "interactions": None})


def quiet(_: str) -> None:
    pass


def test_the_steps_come_in_the_order_in_which_one_needs_the_other(settings: Settings) -> None:
    assert [step.name for step in steps(settings)] == [
        "pictures",
        "vocabulary",
        "encoder",
        "recommender",
        "project",
        "bot",
    ]


def test_an_own_catalogue_gets_pictures_and_vocabulary_once(shop: Settings) -> None:
    assert prepare(shop, quiet, skip=HEAVY) == ("pictures", "vocabulary")
    assert shop.vocabulary_file.exists()
    assert prepare(shop, quiet, skip=HEAVY) == ()


def test_a_changed_catalogue_is_taken_up(shop: Settings) -> None:
    prepare(shop, quiet, skip=HEAVY)
    shop.catalogue.write_text(SHOP.replace("blue", "green"), encoding="utf-8")
    assert prepare(shop, quiet, skip=HEAVY) == ("pictures", "vocabulary")
    assert "green" in shop.vocabulary_file.read_text(encoding="utf-8")


def test_changed_words_do_not_draw_the_pictures_again(shop: Settings, tmp_path: Path) -> None:
    prepare(shop, quiet, skip=HEAVY)
    words = tmp_path / "words.csv"
    words.write_text("attribute,value,language,word\ncolour,red,en,scarlet\n", encoding="utf-8")
    assert prepare(shop.model_copy(update={"synonyms": words}), quiet, skip=HEAVY) == ("vocabulary",)


def test_a_malformed_catalogue_leaves_what_was_there(shop: Settings) -> None:
    prepare(shop, quiet, skip=HEAVY)
    before = shop.vocabulary_file.read_bytes()
    shop.catalogue.write_text(SHOP.replace("20", "twenty"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="row 3, column price"):
        prepare(shop, quiet, skip=HEAVY)
    assert shop.vocabulary_file.read_bytes() == before


def test_an_encoder_that_does_not_exist_is_said_before_anything_heavy(shop: Settings, tmp_path: Path) -> None:
    absent = shop.model_copy(update={"encoder": str(tmp_path / "no-such-folder")})
    with pytest.raises(EncoderError, match="no-such-folder"):
        prepare(absent, quiet, skip=("recommender", "bot"))


def test_one_step_alone_can_be_done_afresh(shop: Settings) -> None:
    prepare(shop, quiet, skip=HEAVY)
    said: list[str] = []
    redo(shop, "vocabulary", said.append)
    assert any("vocabulary: done" in line for line in said)
    assert not any("pictures" in line for line in said)


def test_a_step_that_does_not_exist_lists_those_that_do(shop: Settings) -> None:
    with pytest.raises(SettingsError, match="dinner; the steps are pictures, vocabulary"):
        prepare(shop, quiet, skip=("dinner",))


def test_two_preparations_of_one_folder_wait_for_each_other(shop: Settings) -> None:
    script = (
        "import fcntl, sys, time; lock = open(sys.argv[1], 'w'); fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print('locked', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(shop.var / "prepare.lock")], stdout=subprocess.PIPE, text=True
    )
    said: list[str] = []
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        ours = threading.Thread(target=prepare, args=(shop, said.append, HEAVY))
        ours.start()
        deadline = time.monotonic() + 10
        while not said and time.monotonic() < deadline:
            time.sleep(0.02)
        assert said == ["Another preparation is running in this folder; waiting for it …"]
        assert not shop.vocabulary_file.exists()
    finally:
        holder.kill()
        holder.communicate()
    ours.join(60)
    assert shop.vocabulary_file.exists()


def test_a_failed_training_of_the_bot_shows_the_end_of_its_log(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('a story contradicts a rule'); raise SystemExit(3)"]
    with pytest.raises(ModelError, match=r"(?s)code 3.*a story contradicts a rule"):
        run_logged(command, tmp_path, {}, tmp_path / "logs" / "train.log", quiet)


def test_what_would_be_done_is_known_without_doing_it(shop: Settings) -> None:
    assert stale(shop) == ("pictures", "vocabulary", "encoder", "recommender", "project", "bot")
    assert list(shop.var.iterdir()) == []
    prepare(shop, quiet, skip=HEAVY)
    assert stale(shop) == HEAVY


@pytest.mark.artefacts
def test_looking_at_what_is_prepared_is_quick_and_light(artefacts: Settings) -> None:
    script = (
        "import sys, time; from recommender.prepare import stale; from recommender.settings import Settings\n"
        "started = time.monotonic()\n"
        "stale(Settings(_env_file=None))\n"
        "heavy = [name for name in ('torch', 'lightfm', 'transformers', 'pandas') if name in sys.modules]\n"
        "print(heavy, time.monotonic() - started < 5)"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert result.stdout == "[] True\n", result.stderr
