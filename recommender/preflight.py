"""Looks at everything that the servers will need, before they start: one sentence beats two logs."""

from __future__ import annotations

import errno
import socket
import tarfile
from pathlib import Path

from recommender.errors import CatalogueError, ModelError, SettingsError
from recommender.settings import Settings


def check_ports(settings: Settings) -> None:
    """Raises SettingsError when a port is taken, naming one that is free."""
    if settings.bot_port == settings.actions_port:
        raise SettingsError(
            f"PARLEY_BOT_PORT and PARLEY_ACTIONS_PORT are both {settings.bot_port}. Give them different ports."
        )
    check_port(settings.host, settings.actions_port, "PARLEY_ACTIONS_PORT")
    check_port(settings.host, settings.bot_port, "PARLEY_BOT_PORT")


def check_port(host: str, port: int, variable: str) -> None:
    """Raises SettingsError when nothing can listen on `port` of `host`."""
    try:
        _listen(host, port)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise SettingsError(f"PARLEY_HOST is {host!r}, no address of this machine. Try 127.0.0.1.") from error
        if error.errno == errno.EACCES:
            raise SettingsError(f"Only root may use port {port}. Choose one above 1023: {variable}=5005.") from error
        raise SettingsError(
            f"Port {port} of {host} cannot be used ({error.strerror}). Stop the program that uses it, perhaps another "
            f"Parley, or choose another one: {variable}={free_port(port + 1, host)}."
        ) from error


def free_port(first: int, host: str = "127.0.0.1") -> int:
    """The first free port from `first` on, or one of the system's choice."""
    for port in range(first, min(first + 100, 65536)):
        try:
            return _listen(host, port)
        except OSError:
            continue
    return _listen(host, 0)


def _listen(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the servers do: a port that only has dying connections is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])


def check_artefacts(settings: Settings) -> None:
    """Opens everything that the servers will open.

    Raises:
        ParleyError: the first thing that is missing or unreadable, with its remedy.
    """
    from recommender.catalogue.check import check_catalogue
    from recommender.catalogue.faults import errors
    from recommender.language.encoder import Encoder
    from recommender.model.registry import Registry

    faults = errors(check_catalogue(settings.catalogue))
    if faults:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise CatalogueError(
            f"The catalogue {settings.catalogue} is not valid: {faults[0]}{more}. "
            f"`parley catalogue check {settings.catalogue}` lists every fault."
        )
    Encoder.load(settings.encoder_dir)
    Registry(settings.models_dir).load()
    check_bot_model(settings.bot_model)
    check_database(settings)


def check_bot_model(path: Path) -> None:
    """Raises ModelError when `path` is no whole archive."""
    try:
        with tarfile.open(path) as archive:
            archive.getnames()
    except FileNotFoundError as error:
        raise ModelError(f"The bot's model {path} is missing. `make prepare` trains it.") from error
    except (OSError, EOFError, tarfile.TarError) as error:
        raise ModelError(
            f"The bot's model {path} is unreadable ({error}). Delete it and run `make prepare`."
        ) from error


def check_database(settings: Settings) -> None:
    """Raises FeedbackError when the feedback database cannot be reached; makes nothing."""
    from recommender.feedback.engine import advising, open_engine

    engine = open_engine(settings.feedback_url)
    file = engine.url.database if engine.url.get_backend_name() == "sqlite" else None
    if file and not Path(file).exists():
        return
    with advising(engine, "Opening the feedback database"):
        engine.connect().close()
    engine.dispose()
