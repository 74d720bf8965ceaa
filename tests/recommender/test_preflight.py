from __future__ import annotations

import os
import socket
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recommender.errors import CatalogueError, EncoderError, FeedbackError, ModelError, ParleyError, SettingsError
from recommender.preflight import check_artefacts, check_bot_model, check_database, check_ports, free_port
from recommender.settings import Settings


@contextmanager
def listening(port: int) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", port)):
        yield


def test_free_ports_pass(settings: Settings) -> None:
    check_ports(settings)


@pytest.mark.parametrize(
    ("field", "variable"), [("bot_port", "PARLEY_BOT_PORT"), ("actions_port", "PARLEY_ACTIONS_PORT")]
)
def test_a_taken_port_names_the_variable_and_a_port_that_is_free(
    settings: Settings, field: str, variable: str, free_port: Callable[[], int]
) -> None:
    port = getattr(settings, field)
    with listening(port), pytest.raises(SettingsError, match=f"Port {port} of 127.0.0.1") as caught:
        check_ports(settings)
    proposed = int(str(caught.value).split(f"{variable}=")[1].rstrip("."))
    assert proposed != port
    with listening(proposed):
        pass


def test_both_servers_cannot_have_one_port(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="different ports"):
        check_ports(settings.model_copy(update={"actions_port": settings.bot_port}))


def test_a_host_that_is_not_ours_is_said_so(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="no address of this machine"):
        check_ports(settings.model_copy(update={"host": "192.0.2.1"}))


def test_the_next_free_port_skips_taken_ones(free_port: Callable[[], int]) -> None:
    port = free_port()
    with listening(port):
        assert _first_free(port) > port


def _first_free(port: int) -> int:
    return free_port(port)


def test_a_missing_database_folder_is_named(settings: Settings, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'feedback.db'}"
    with pytest.raises(FeedbackError, match="nowhere of the feedback database does not exist"):
        check_database(settings.model_copy(update={"database_url": url}))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_database_folder_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    url = f"sqlite:///{tmp_path / 'locked' / 'feedback.db'}"
    with pytest.raises(FeedbackError, match="is not writable"):
        check_database(settings.model_copy(update={"database_url": url}))


@pytest.mark.parametrize("url", ["feedback.db", "nosuch://host/db"])
def test_a_database_url_that_makes_no_sense_gets_examples(settings: Settings, url: str) -> None:
    with pytest.raises(FeedbackError, match="postgresql://user"):
        check_database(settings.model_copy(update={"database_url": url}))


def test_a_silent_database_server_is_named_without_its_password(
    settings: Settings, free_port: Callable[[], int]
) -> None:
    url = f"postgresql+psycopg://parley:secret@127.0.0.1:{free_port()}/parley"
    with pytest.raises(FeedbackError, match="See that the server runs") as caught:
        check_database(settings.model_copy(update={"database_url": url}))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_kind_of_database_passes(settings: Settings, database_url: str) -> None:
    check_database(settings.model_copy(update={"database_url": database_url}))


def test_looking_makes_no_file(settings: Settings) -> None:
    check_database(settings)
    assert list(settings.var.iterdir()) == []


def test_a_file_that_is_no_database_is_said_so(settings: Settings) -> None:
    (settings.var / "feedback.db").write_text("a shopping list, and no database at all" * 100)
    with pytest.raises(FeedbackError, match="not a database"):
        check_database(settings)


def test_a_missing_bot_model_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="`make prepare` trains it"):
        check_bot_model(tmp_path / "parley.tar.gz")


def test_a_bot_model_that_is_cut_off_is_unreadable(tmp_path: Path) -> None:
    model = tmp_path / "parley.tar.gz"
    (tmp_path / "weights").write_bytes(os.urandom(100_000))
    with tarfile.open(model, "w:gz") as archive:
        archive.add(tmp_path / "weights", "weights")
    check_bot_model(model)
    model.write_bytes(model.read_bytes()[:50_000])
    with pytest.raises(ModelError, match="unreadable"):
        check_bot_model(model)


def test_a_malformed_catalogue_is_named_with_its_first_fault(settings: Settings, tmp_path: Path) -> None:
    bad = tmp_path / "shop.csv"
    bad.write_text("id,title_en,category,price\na,Red dress,dress,many\nb,Blue dress,dress,few\n")
    with pytest.raises(CatalogueError, match=r"row 2, column price.*1 more.*parley catalogue check"):
        check_artefacts(settings.model_copy(update={"catalogue": bad}))


def test_an_unprepared_folder_is_told_to_prepare(settings: Settings, tmp_path: Path) -> None:
    good = tmp_path / "shop.csv"
    good.write_text("id,title_en,category,price\na,Red dress,dress,10\nb,Blue dress,dress,20\n")
    with pytest.raises(EncoderError, match="make prepare"):
        check_artefacts(settings.model_copy(update={"catalogue": good}))


@pytest.mark.artefacts
def test_what_is_prepared_passes_and_an_unreadable_model_does_not(artefacts: Settings, tmp_path: Path) -> None:
    var = tmp_path / "var"
    (var / "models" / "broken").mkdir(parents=True)
    for name in ("encoder", "bot"):
        (var / name).symlink_to(artefacts.var / name)
    check_artefacts(artefacts)
    (var / "models" / "broken" / "model.npz").write_bytes(b"PK\x03\x04 cut off")
    (var / "models" / "current").write_text("broken\n")
    with pytest.raises(ParleyError) as caught:
        check_artefacts(artefacts.model_copy(update={"var": var}))
    assert "broken" in str(caught.value)
