"""Makes everything that the servers load, and only what is stale.

Looking costs a second and no heavy import; those wait for the step that needs them.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from recommender.botbuild.places import Project
from recommender.catalogue.schema_file import schema_beside
from recommender.errors import EncoderError, ModelError, SettingsError
from recommender.preflight import check_bot_model
from recommender.processes import last_lines
from recommender.running import BOT_PYTHON, bot_environment
from recommender.settings import ROOT, Settings
from recommender.steps import Say, Step, is_fresh, run_steps

DEMO = ROOT / "data" / "catalogue.csv"
REPORT_SECONDS = 15.0
PICTURES_A_REPORT = 300


def prepare(settings: Settings, say: Say, skip: Collection[str] = ()) -> tuple[str, ...]:
    """Builds the demo data where it is wanted and missing, then every stale step in order, without those of `skip`.

    Returns:
        The names of the steps that were done.

    Raises:
        ParleyError: an input is missing or invalid, or a step failed; what was made before stays.
    """
    with _alone(settings.var, say):
        _demo(settings, say)
        return run_steps(_without(steps(settings), skip), settings.var / "stamps", say)


def stale(settings: Settings) -> tuple[str, ...]:
    """The names of the steps that `prepare` would do now; changes nothing."""
    return tuple(step.name for step in steps(settings) if not is_fresh(step, settings.var / "stamps"))


def _without(all_steps: tuple[Step, ...], skip: Collection[str]) -> tuple[Step, ...]:
    unknown = set(skip) - {step.name for step in all_steps}
    if unknown:
        names = ", ".join(step.name for step in all_steps)
        raise SettingsError(f"There is no step {', '.join(sorted(unknown))}; the steps are {names}.")
    return tuple(step for step in all_steps if step.name not in skip)


def redo(settings: Settings, name: str, say: Say) -> None:
    """Does the step `name` afresh, fresh or stale, and none of the others. Raises ParleyError as `prepare` does."""
    with _alone(settings.var, say):
        _demo(settings, say)
        (settings.var / "stamps" / f"{name}.json").unlink(missing_ok=True)
        run_steps(tuple(step for step in steps(settings) if step.name == name), settings.var / "stamps", say)


@contextmanager
def _alone(var: Path, say: Say) -> Iterator[None]:
    try:
        var.mkdir(parents=True, exist_ok=True)
        handle = (var / "prepare.lock").open("w")
    except OSError as error:
        raise SettingsError(f"The folder {var} cannot be written ({error.strerror}). Mend PARLEY_VAR.") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another preparation is running in this folder; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _demo(settings: Settings, say: Say) -> None:
    wanted = [path for path in (settings.catalogue, settings.interactions) if path and path.parent == DEMO.parent]
    if settings.catalogue == DEMO and not all(path.exists() for path in wanted):
        from recommender.catalogue.demo import build_demo

        say("Building the demo catalogue …")
        build_demo(DEMO.parent, settings.seed)


def steps(settings: Settings) -> tuple[Step, ...]:
    """What the servers need, in the order in which one builds on the other."""
    code = ROOT / "recommender"
    reading = [
        code / "catalogue" / name
        for name in (
            *("inference.py", "items.py", "known.yaml", "rows.py", "schema.py", "schema_file.py", "shop_schema.py"),
            *("tables.py", "vocabulary.py"),
        )
    ]
    schema = settings.schema_file or schema_beside(settings.catalogue)
    shop = [settings.catalogue, *([schema] if schema else [])]
    synonyms = [settings.synonyms] if settings.synonyms else []
    exporting = [
        code / "encoders" / f"{name}.py"  # not all of that room: fine-tuning makes no encoder stale
        for name in ("bundled", "checkpoint", "export", "graph", "quiet", "sample", "source")
    ]
    encoder = settings.encoder_dir / "encoder.json"
    interactions = [settings.interactions] if settings.interactions else []
    bot = ROOT / "bot"
    project = Project.of(settings)
    return (
        Step(
            name="pictures",
            inputs=lambda: [settings.catalogue, code / "catalogue" / "demo" / "pictures"],
            words=lambda: [],
            outputs=(settings.media_dir,),
            make=lambda say: _draw_pictures(settings, say),
        ),
        Step(
            name="vocabulary",
            inputs=lambda: [*shop, *synonyms, *reading],
            words=lambda: [settings.currency],
            outputs=(settings.vocabulary_file,),
            make=lambda say: _export_vocabulary(settings),
        ),
        Step(
            name="encoder",
            inputs=lambda: exporting,
            words=lambda: [_encoder_source(settings)],
            outputs=(settings.encoder_dir / "model.onnx", settings.encoder_dir / "tokenizer.json", encoder),
            make=lambda say: _build_encoder(settings, say),
            intact=lambda: _encoder_intact(settings),
        ),
        Step(
            name="recommender",
            inputs=lambda: [
                *shop,
                *interactions,
                encoder,
                settings.vocabulary_file,
                *reading[:-1],
                code / "model",
                code / "learning",
            ],
            words=lambda: [
                settings.currency,
                settings.parts,
                str(settings.seed),
                *_versions("numpy", "rectools-lightfm", "torch"),
            ],
            outputs=(settings.models_dir / "current",),
            make=lambda say: _train_recommender(settings, say),
        ),
        Step(
            name="project",
            inputs=lambda: [
                settings.vocabulary_file,
                *(bot / name for name in ("patterns", "domain", "data/nlu")),
                code / "botbuild",
            ],
            words=lambda: [str(settings.seed)],
            outputs=(project.domain, project.generated / "domain.yml", project.generated / "nlu.yml"),
            make=lambda say: _build_project(settings, say),
        ),
        Step(
            name="bot",
            inputs=lambda: [
                *(bot / name for name in ("config.yml", "components", "requirements.txt")),
                project.domain,
                *project.data,
                *bot.glob("*.py"),
                code / "language",
                encoder,
                *(settings.var / "bot" / "encoder").glob("encoder.json"),  # the bot's own, where it was fine-tuned
                settings.vocabulary_file,
            ],
            words=lambda: [],
            outputs=(settings.bot_model,),
            make=lambda say: _train_bot(settings, say),
            intact=lambda: _bot_intact(settings),
        ),
    )


def _versions(*packages: str) -> Iterator[str]:
    for package in packages:
        try:
            yield f"{package}=={version(package)}"
        except PackageNotFoundError:
            yield f"{package} missing"


def _draw_pictures(settings: Settings, say: Say) -> None:
    from recommender.catalogue.demo import draw_pictures
    from recommender.catalogue.items import load_catalogue

    def progress(done: int, total: int) -> None:
        if done % PICTURES_A_REPORT == 0:
            say(f"{done:,} of {total:,}")

    settings.media_dir.mkdir(parents=True, exist_ok=True)  # also where no item wants a picture
    catalogue = load_catalogue(settings.catalogue, settings.currency, settings.schema_file)
    draw_pictures(catalogue, settings.media_dir, progress)


def _export_vocabulary(settings: Settings) -> None:
    from recommender.catalogue.items import load_catalogue
    from recommender.catalogue.vocabulary import export_vocabulary

    catalogue = load_catalogue(settings.catalogue, settings.currency, settings.schema_file)
    export_vocabulary(catalogue, settings.synonyms, settings.vocabulary_file)


def _encoder_source(settings: Settings) -> str:
    from recommender.encoders.export import fingerprint

    return fingerprint(settings.encoder)


def _encoder_intact(settings: Settings) -> bool:
    from recommender.language.encoder import EncoderCard

    try:
        EncoderCard.load(settings.encoder_dir)
    except EncoderError:
        return False
    return True


def _build_encoder(settings: Settings, say: Say) -> None:
    from recommender.encoders.export import build_encoder

    build_encoder(settings.encoder, settings.encoder_dir, say)


def _train_recommender(settings: Settings, say: Say) -> None:
    from recommender.learning.retrain import train

    train(settings, say)


def _build_project(settings: Settings, say: Say) -> None:
    from recommender.botbuild.project import build_bot

    build_bot(settings, say)


def _bot_intact(settings: Settings) -> bool:
    try:
        check_bot_model(settings.bot_model)
    except ModelError:
        return False
    return True


def _train_bot(settings: Settings, say: Say) -> None:
    target = settings.bot_model.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in target.parent.glob(".training-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=".training-", dir=target.parent))
    log = settings.var / "logs" / "train-bot.log"
    # Rasa's cache does not see the code and the encoder behind our components, hence --force.
    project = Project.of(settings)
    command = [str(BOT_PYTHON), "-m", "rasa", "train", "--force", "--domain", str(project.domain.resolve())]
    command += [
        "--data",
        *(str(path.resolve()) for path in project.data),
        "--config",
        "config.yml",
        "--out",
        str(scratch),
        "--fixed-model-name",
        target.name.removesuffix(".tar.gz"),
    ]
    try:
        run_logged(command, ROOT / "bot", bot_environment(settings), log, say)
        made = scratch / target.name
        if not made.exists():
            raise ModelError(f"Rasa trained no bot.{last_lines(log)}")
        made.replace(target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def run_logged(
    command: list[str],
    folder: Path,
    environment: dict[str, str],
    log: Path,
    say: Say,
    what: str = "Training the bot",
) -> None:
    """Runs a long command with its output in `log`; raises ModelError with the end of the log when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 (the command is ours)
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        while True:
            try:
                code = process.wait(REPORT_SECONDS)
                break
            except subprocess.TimeoutExpired:
                say(f"{what} …")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
    if code:
        raise ModelError(f"{what} failed with code {code}.{last_lines(log)}")
