"""Against a real model that invents facts readily: whatever comes out names only what it was given."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator

import pytest

from recommender.wording.endpoint import Endpoint
from recommender.wording.guess import INTENTS
from recommender.wording.wording import Wording
from tests.conftest import missing
from tests.recommender.wording import small_model
from tests.recommender.wording.scenes import SCENES, vocabulary

ASKED = ("liked_en", "which_en", "trap_en", "none_zh")


@pytest.fixture(scope="module")
def wording() -> Iterator[Wording]:
    if small_model.weights() is None or importlib.util.find_spec("gguf") is None:
        missing("The small model is not there: `python tests/recommender/wording/small_model.py --fetch`.")
    with small_model.serving() as url:
        found = Wording(vocabulary(), Endpoint(url, "smollm2", seconds=30.0), guesses=True)
        yield found
        found.close()


def named(text: str) -> tuple[set[str], set[tuple[str, str]]]:
    """Digits and values of a text, by a simpler way than the check's."""
    return set(re.findall(r"\d+", text)), {(m.attribute, m.value) for m in vocabulary().find(text)}


@pytest.mark.artefacts
@pytest.mark.timeout(240)
def test_what_a_real_model_says_goes_out_only_with_the_facts_that_it_was_given(
    wording: Wording, counted: Callable[[str, str], float], record_property: Callable[[str, object], None]
) -> None:
    for scene in ASKED:
        template = SCENES[scene]
        said = wording.rephrase(template.text, template.facts, template.language)
        numbers, values = named(said)
        given_numbers, given_values = named(template.text)
        assert numbers <= given_numbers
        assert values <= given_values
    accepted = counted("used", "") + counted("same", "")
    record_property("accepted", f"{accepted:.0f} of {len(ASKED)}")
    assert counted("failed", "internal") == 0
    assert counted("failed", "envelope") == 0


@pytest.mark.artefacts
@pytest.mark.timeout(240)
def test_what_a_real_model_guesses_is_a_known_intent_or_nothing(wording: Wording) -> None:
    guess = wording.understand("smth in sattin pls", vocabulary(), "en")
    assert guess is None or guess.intent in INTENTS
    assert guess is None or {entity.value for entity in guess.entities} <= {"satin"}
