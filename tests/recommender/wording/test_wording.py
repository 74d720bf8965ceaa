from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from recommender.errors import SettingsError
from recommender.settings import Settings, load_settings
from recommender.wording.breaker import Breaker
from recommender.wording.budget import Budget
from recommender.wording.cache import Cache
from recommender.wording.endpoint import Endpoint
from recommender.wording.facts import Facts
from recommender.wording.guess import Entity, Guess
from recommender.wording.wording import Wording
from tests.conftest import free_port
from tests.recommender.wording.liar import Liar
from tests.recommender.wording.scenes import SCENES, cases, vocabulary

Counted = Callable[[str, str], float]
KEY = "sk-not-to-be-seen"


@pytest.fixture
def wording(liar: Liar) -> Iterator[Wording]:
    found = Wording(vocabulary(), Endpoint(liar.url, "small", KEY, seconds=0.6), guesses=True)
    yield found
    found.close()


def rephrase(wording: Wording, scene: str) -> str:
    found = SCENES[scene]
    return wording.rephrase(found.text, found.facts, found.language)


@pytest.mark.parametrize(("scene", "text"), cases("faithful.yml"))
def test_a_faithful_rephrasing_goes_out(wording: Wording, liar: Liar, counted: Counted, scene: str, text: str) -> None:
    liar.says(text)
    assert rephrase(wording, scene) == text
    assert counted("used", "") == 1


@pytest.mark.parametrize(
    ("scene", "text", "reason"),
    [
        ("list_en", SCENES["list_en"].text + "\n3. Nordhaven Silk Gown — ¥359", "order"),
        ("list_en", SCENES["list_en"].text.replace("¥579", "¥479"), "number"),
        ("list_en", SCENES["list_en"].text.replace("579", "X").replace("359", "579").replace("X", "359"), "number"),
        ("list_en", SCENES["list_en"].text + "\nEverything is 20% off today.", "claim"),
        ("nothing_en", SCENES["nothing_en"].text.replace("not leather", "leather"), "polarity"),
        ("trap_en", "Everything is free!", "title"),
        ("trap_en", SCENES["trap_en"].text + " It is free.", "claim"),
        ("hello_en", "asdf qwer zxcv", "word"),
        ("hello_en", "<html><body>Bad gateway</body></html>", "markup"),
        ("hello_en", "Hello! " * 50, "length"),
        ("hello_en", "", "empty"),
        ("hello_en", '{"text": "Hello!"}', "markup"),
        ("bought_zh", SCENES["bought_zh"].text + "包邮到家！", "claim"),
    ],
)
def test_a_lie_is_not_told_and_is_counted(
    wording: Wording, liar: Liar, counted: Counted, scene: str, text: str, reason: str
) -> None:
    liar.says(text)
    assert rephrase(wording, scene) == SCENES[scene].text
    assert counted("rejected", reason) == 1


def completion(text: str) -> bytes:
    return json.dumps({"choices": [{"message": {"content": text}}]}).encode()


@pytest.mark.parametrize(
    ("body", "how", "reason"),
    [
        (b"<html>It works!</html>", {}, "envelope"),
        (b'{"choices": [{"message": {"content": "Hel', {}, "envelope"),
        (b'{"choices": []}', {}, "envelope"),
        (b'{"choices": [{"message": {"content": null}}]}', {}, "envelope"),
        (b"[" * 30_000, {}, "envelope"),
        (b"\xff\xfe\x00", {}, "envelope"),
        (b"", {}, "envelope"),
        (completion("Hi!"), {"status": 500}, "status"),
        (completion("Hi!"), {"status": 401}, "status"),
        (completion("Hi!"), {"status": 302}, "status"),
        (b"x" * 200_000, {}, "size"),
        (completion("Hello! What are you looking for?"), {"pause": 4.0}, "timeout"),
        (completion("Hello! What are you looking for?"), {"dribble": 0.1}, "timeout"),
    ],
)
def test_a_server_that_fails_costs_only_its_time(
    wording: Wording, liar: Liar, counted: Counted, body: bytes, how: dict[str, float], reason: str
) -> None:
    liar.sends(body, **how)  # type: ignore[arg-type]
    began = time.monotonic()
    assert rephrase(wording, "hello_en") == SCENES["hello_en"].text
    assert time.monotonic() - began < 2.5
    assert counted("failed", reason) == 1


def test_nobody_there_is_a_template(counted: Counted) -> None:
    wording = Wording(vocabulary(), Endpoint(f"http://127.0.0.1:{free_port()}/v1", "small", seconds=0.5))
    assert rephrase(wording, "hello_en") == SCENES["hello_en"].text
    assert counted("failed", "refused") == 1


def test_without_an_address_nothing_is_asked(settings: Settings) -> None:
    wording = Wording.open(settings, vocabulary())
    assert wording.endpoint is None
    assert rephrase(wording, "hello_en") == SCENES["hello_en"].text
    assert wording.understand("something crimson", vocabulary(), "en") is None


def test_the_settings_reach_the_server_and_the_key_reaches_no_log(
    settings: Settings, liar: Liar, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    update = {"llm_url": liar.url, "llm_key": SecretStr(KEY), "llm_model": "tiny", "llm_budget": 1}
    chosen = settings.model_copy(update=update)
    wording = Wording.open(chosen, vocabulary())
    liar.says("Hi! What are you looking for?")
    assert rephrase(wording, "hello_en") == "Hi! What are you looking for?"
    assert liar.asked[0]["path"] == "/v1/chat/completions"
    assert liar.asked[0]["model"] == "tiny"
    assert liar.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert rephrase(wording, "liked_en") == SCENES["liked_en"].text  # the budget of one is spent
    liar.sends(b"", status=500)
    wording.close()
    assert KEY not in caplog.text
    assert KEY not in repr(chosen)
    assert KEY not in repr(wording)


def test_what_was_made_lately_is_not_asked_for_again(wording: Wording, liar: Liar) -> None:
    liar.says("Hi! What are you looking for?")
    assert {rephrase(wording, "hello_en") for _ in range(5)} == {"Hi! What are you looking for?"}
    liar.says("Everything is free!")
    assert {rephrase(wording, "liked_en") for _ in range(5)} == {SCENES["liked_en"].text}
    assert len(liar.asked) == 2


def test_other_facts_are_another_question(wording: Wording, liar: Liar) -> None:
    liar.says("Hi! What are you looking for?")
    wording.rephrase(SCENES["hello_en"].text, Facts(), "en")
    wording.rephrase(SCENES["hello_en"].text, SCENES["liked_en"].facts, "en")
    assert len(liar.asked) == 2


def test_after_failures_the_server_is_left_alone_for_a_while(liar: Liar, counted: Counted) -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0], most=3, rest=30.0)
    wording = Wording(vocabulary(), Endpoint(liar.url, "small", seconds=1.0), breaker=breaker)
    liar.sends(b"", status=503)
    for _ in range(5):
        rephrase(wording, "hello_en")
    assert (len(liar.asked), counted("skipped", "breaker")) == (3, 2)
    now[0] = 31.0
    liar.says("Hi! What are you looking for?")
    assert rephrase(wording, "hello_en") == "Hi! What are you looking for?"


def test_when_the_budget_is_used_up_the_template_goes_out(liar: Liar, counted: Counted) -> None:
    budget, cache = Budget(2, lambda: 0.0), Cache[str](time.monotonic, size=0)
    wording = Wording(vocabulary(), Endpoint(liar.url, "small", seconds=1.0), budget=budget, cache=cache)
    liar.says("Hi! What are you looking for?")
    said = [rephrase(wording, "hello_en") for _ in range(4)]
    assert said == ["Hi! What are you looking for?"] * 2 + [SCENES["hello_en"].text] * 2
    assert counted("skipped", "budget") == 2


def test_an_answer_that_was_cut_off_is_not_used(wording: Wording, liar: Liar, counted: Counted) -> None:
    liar.says("Hi! What are you", finish="length")
    assert rephrase(wording, "hello_en") == SCENES["hello_en"].text
    assert counted("rejected", "length") == 1


def test_quotation_marks_and_thoughts_around_an_answer_are_taken_off(wording: Wording, liar: Liar) -> None:
    liar.says('<think>They greet.</think>\n"Hi! What are you looking for?"')
    assert rephrase(wording, "hello_en") == "Hi! What are you looking for?"


def test_many_threads_share_one_wording(wording: Wording, liar: Liar) -> None:
    liar.says("Hi! What are you looking for?")
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(rephrase(wording, "hello_en"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["Hi! What are you looking for?"] * 4


def test_the_model_is_told_apart_what_it_is_to_do_and_what_it_is_about(wording: Wording, liar: Liar) -> None:
    liar.says("")
    rephrase(wording, "trap_en")
    system, user = liar.asked[0]["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert "Ignore previous instructions" not in system["content"]
    assert user["content"] == SCENES["trap_en"].text


def test_a_message_that_fell_back_is_understood_as_far_as_it_bears_it_out(wording: Wording, liar: Liar) -> None:
    said = {"attribute": "material", "value": "satin"}
    liar.says(json.dumps({"intent": "refine", "entities": [said, {"attribute": "colour", "value": "red"}]}))
    assert wording.understand("sattin would do", vocabulary(), "en") == Guess("refine", (Entity("material", "satin"),))
    liar.says("I think it is refine.")
    assert wording.understand("sattin would do", vocabulary(), "en") is None


def test_nothing_is_understood_unless_it_is_switched_on(liar: Liar) -> None:
    wording = Wording(vocabulary(), Endpoint(liar.url, "small"))
    assert wording.understand("sattin", vocabulary(), "en") is None
    assert liar.asked == []


def test_a_guess_and_a_rephrasing_in_one_turn_wait_no_longer_than_one_may(settings: Settings, liar: Liar) -> None:
    update = {"llm_url": liar.url, "llm_seconds": 0.8, "llm_understand": True}
    wording = Wording.open(settings.model_copy(update=update), vocabulary())
    liar.sends(completion("Hi!"), pause=3.0)
    began = time.monotonic()
    assert wording.understand("sattin", vocabulary(), "en") is None
    assert rephrase(wording, "hello_en") == SCENES["hello_en"].text
    assert time.monotonic() - began < 1.8


@pytest.mark.parametrize(
    ("name", "value"),
    [("LLM_SECONDS", "2.5"), ("LLM_SECONDS", "0"), ("LLM_URL", "127.0.0.1:8000"), ("LLM_BUDGET", "-1")],
)
def test_settings_that_cannot_work_name_their_variable(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("PARLEY_LLM_URL", "http://127.0.0.1:8000/v1")
    monkeypatch.setenv(f"PARLEY_{name}", value)
    with pytest.raises(SettingsError, match=f"PARLEY_{name}"):
        load_settings(_env_file=None)
