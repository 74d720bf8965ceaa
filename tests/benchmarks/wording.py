"""What the check of rephrasings lets through, and what a rephrasing costs: prints markdown.

    .venv/bin/python tests/benchmarks/wording.py [--rounds 2] [--without-model]

The first table holds the check against hand-written texts and against the house's own variants of one phrase, the
second runs a real small model (135 M parameters, which invents readily) over the templates of the tests.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import permutations
from pathlib import Path
from string import Formatter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from actions import phrases
from recommender.types import Language
from recommender.wording import prompt
from recommender.wording.cache import Cache
from recommender.wording.endpoint import Endpoint, EndpointError
from recommender.wording.grounding import Check
from recommender.wording.wording import Wording
from tests.recommender.wording import small_model
from tests.recommender.wording.scenes import BOOTS, SCENES, Scene, cases, vocabulary

ENGLISH = [name for name, scene in SCENES.items() if scene.language == "en"]
CHINESE = [name for name, scene in SCENES.items() if scene.language == "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
say = sys.stdout.write


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description="Acceptance, rejection and time of rephrasings; prints markdown.")
    parser.add_argument("--rounds", type=int, default=2, help="rephrasings of each template by the model")
    parser.add_argument("--without-model", action="store_true")
    chosen = parser.parse_args()
    say("| texts | may go out | of | share |\n|---|---:|---:|---:|\n")
    for name, file in (
        ("faithful, the check was made with them", "faithful.yml"),
        ("faithful, held out", "faithful_heldout.yml"),
        ("lies, the check was made with them", "lies.yml"),
        ("lies, second round", "lies_second.yml"),
        ("lies, held out", "lies_heldout.yml"),
    ):
        for language in LANGUAGES:
            _row(f"{name}, {language}", [s_t for s_t in _pairs(file) if s_t[0].language == language])
    for language in LANGUAGES:
        _row(f"the house's own variants of a phrase, {language}", list(_variants(language)))
    seconds = _check_seconds()
    say(f"\nOne check takes {1e3 * seconds:.1f} ms (median over the faithful texts).\n")
    if not chosen.without_model:
        _with_model(chosen.rounds, seconds)


def _pairs(file: str) -> list[tuple[Scene, str]]:
    return [(SCENES[scene], text) for scene, text in cases(file) if text != SCENES[scene].text]


def _variants(language: Language) -> Iterable[tuple[Scene, str]]:
    """Each variant of each phrase as the rephrasing of each other one."""
    for name in phrases.TEXTS:
        said = [_filled(text, language) for text in phrases.variants(name, language)]
        for template, other in permutations(said, 2):
            yield Scene(template, (BOOTS,) if BOOTS.title(language) in template else (), language), other


def _filled(text: str, language: Language) -> str:
    zh = language == "zh"
    values = {
        "title": BOOTS.title(language),
        "price": "¥899",
        "value": "真皮" if zh else "leather",
        "attribute": "材质" if zh else "material",
    }
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    numbers = {name: "3" for name in names & {"count", "total", "place", "position"}}
    other = {name: "连衣裙" if zh else "dress" for name in names}
    return text.format(**{**other, **numbers, **values})


def _row(name: str, pairs: list[tuple[Scene, str]]) -> None:
    free = [_fault(scene, text) is None for scene, text in pairs]
    say(f"| {name} | {sum(free)} | {len(free)} | {sum(free) / len(free):.1%} |\n")


def _fault(scene: Scene, text: str) -> str | None:
    return Check(scene.text, scene.facts, scene.language, vocabulary()).fault(text)


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _check_seconds() -> float:
    return statistics.median(
        _seconds(lambda scene=scene, text=text: _fault(scene, text))  # type: ignore[misc]
        for scene, text in _pairs("faithful.yml")
    )


def _with_model(rounds: int, check: float) -> None:
    if small_model.weights() is None:
        small_model.fetch()
    with small_model.serving(most_tokens=70) as url:
        endpoint = Endpoint(url, "smollm2", seconds=60.0)
        say("\n| real model | rephrased | repeated | turned down | by reason |\n|---|---:|---:|---:|---|\n")
        calls: list[float] = []
        for language, names in (("en", ENGLISH), ("zh", CHINESE)):
            results, reasons = Counter[str](), Counter[str]()
            for name in names * rounds:
                scene = SCENES[name]
                began = time.perf_counter()
                result, reason = _ask(endpoint, scene)
                calls.append(time.perf_counter() - began)
                results[result] += 1
                if result == "turned down":
                    reasons[reason] += 1
            listed = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
            counts = " | ".join(str(results[kind]) for kind in ("rephrased", "repeated", "turned down"))
            say(f"| {language} | {counts} | {listed} |\n")
        wording = Wording(vocabulary(), endpoint, cache=Cache(time.monotonic))
        scene = SCENES["which_en"]
        wording.rephrase(scene.text, scene.facts, "en")
        cached = statistics.median(
            _seconds(lambda: wording.rephrase(scene.text, scene.facts, "en")) for _ in range(200)
        )
        off = Wording(vocabulary())
        plain = statistics.median(_seconds(lambda: off.rephrase(scene.text, scene.facts, "en")) for _ in range(200))
        call = statistics.median(calls)
        say("\n| a reply | ms | × template |\n|---|---:|---:|\n")
        for name, seconds in (
            ("template, no model", plain),
            ("from the cache", cached),
            ("check alone", check),
            ("small model on this machine", call),
        ):
            say(f"| {name} | {1e3 * seconds:.3f} | {seconds / plain:,.0f} |\n")
        endpoint.close()


def _ask(endpoint: Endpoint, scene: Scene) -> tuple[str, str]:
    try:
        answer = endpoint.ask(prompt.rephrasing(scene.text, scene.language), most_tokens=200, temperature=0.7)
    except EndpointError as error:
        return "turned down", error.reason
    said = answer.text.strip().strip('"')
    if said == scene.text:
        return "repeated", ""
    reason = "length" if answer.cut else _fault(scene, said)
    return ("turned down", reason) if reason else ("rephrased", "")


if __name__ == "__main__":
    main()
