import asyncio
import json
import time
from collections.abc import Awaitable, Callable

import pytest
import rasa_fixes
from aiohttp import web
from jsonschema import ValidationError
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [ask_recommendation]
    entities: [colour, price]
    slots:
      language: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: language}]}
      pending: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    responses:
      utter_unavailable:
        - {text: "Please bear with me.", condition: [{type: slot, name: language, value: en}]}
        - {text: "请稍等。", condition: [{type: slot, name: language, value: zh}]}
    actions: [action_recommend]
    """
)
PRICE = {"minimum": None, "maximum": 500.0, "currency": "CNY"}


def said(text: str, message_id: str) -> UserUttered:
    entities = [{"entity": "colour", "value": "red"}, {"entity": "price", "value": PRICE}]
    return UserUttered(text, {"name": "ask_recommendation", "confidence": 0.9}, entities, message_id=message_id)


def tracker_of(*events: Event, domain: Domain = DOMAIN) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("ann", list(events), domain.slots)


async def run(url: str, tracker: DialogueStateTracker, domain: Domain = DOMAIN, **endpoint: float) -> list[Event]:
    action = RemoteAction("action_recommend", EndpointConfig(url, **endpoint))
    nlg = TemplatedNaturalLanguageGenerator(domain.responses)
    return await action.run(CollectingOutputChannel(), nlg, tracker, domain)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def with_server(
    handler: Handler, tracker: DialogueStateTracker, domain: Domain = DOMAIN, **endpoint: float
) -> list[Event]:
    app = web.Application()
    app.router.add_post("/webhook", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        return await run(f"http://127.0.0.1:{port}/webhook", tracker, domain, **endpoint)
    finally:
        await runner.cleanup()


async def answer(_: web.Request) -> web.Response:
    return web.json_response(
        {"events": [{"event": "slot", "name": "search", "value": 1}], "responses": [{"text": "Hi"}]}
    )


def apology(events: list[Event]) -> str:
    (message,) = [event for event in events if isinstance(event, BotUttered)]
    return str(message.text)


def pending(events: list[Event]) -> list[dict[str, object]]:
    (slot,) = [event for event in events if isinstance(event, SlotSet)]
    assert slot.key == "pending"
    return slot.value


@pytest.mark.parametrize(
    ("function", "expected"), rasa_fixes.WRAPPED, ids=[function.__qualname__ for function, _ in rasa_fixes.WRAPPED]
)
def test_rasa_has_not_changed_what_is_wrapped(function: Callable[..., object], expected: str) -> None:
    assert rasa_fixes.source_hash(function) == expected, (
        f"Rasa changed {function.__qualname__}: read it again, mend bot/rasa_fixes.py, then renew the hash"
    )


def test_a_healthy_action_server_is_heard_as_before() -> None:
    text, slot = asyncio.run(with_server(answer, tracker_of(said("a red one", "1"))))
    assert (text.text, slot.key, slot.value) == ("Hi", "search", 1)


def test_a_stopped_action_server_gets_an_apology_in_the_language_of_the_conversation() -> None:
    async def both() -> tuple[list[Event], list[Event]]:
        nowhere = "http://127.0.0.1:9/webhook"
        message = said("red", "1")
        english = await run(nowhere, tracker_of(SlotSet("language", "en"), message))
        return english, await run(nowhere, tracker_of(SlotSet("language", "zh"), message))

    english, chinese = asyncio.run(both())
    assert apology(english) == "Please bear with me."
    assert apology(chinese) == "请稍等。"


def test_an_apology_exists_even_where_the_domain_has_none() -> None:
    bare = Domain.from_yaml('version: "3.1"\nactions: [action_recommend]')
    events = asyncio.run(run("http://127.0.0.1:9/webhook", tracker_of(said("red", "1"), domain=bare), bare))
    assert [event.text for event in events] == [" ".join(rasa_fixes.APOLOGIES.values())]


def test_a_hanging_action_server_gets_an_apology_well_within_five_seconds() -> None:
    async def hang(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    started = time.perf_counter()
    events = asyncio.run(with_server(hang, tracker_of(SlotSet("language", "en"), said("red", "1"))))
    assert apology(events) == "Please bear with me."
    assert time.perf_counter() - started < 4.5


def test_the_endpoints_file_sets_the_time_limit() -> None:
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(0.5)
        return await answer(request)

    tracker = tracker_of(SlotSet("language", "en"), said("red", "1"))
    assert apology(asyncio.run(with_server(slow, tracker, timeout=0.1))) == "Please bear with me."
    assert apology(asyncio.run(with_server(slow, tracker, timeout=2))) == "Hi"


BROKEN = {
    "internal error": "500",
    "unknown action": "404",
    "half a sentence of JSON": '{"events": [',
    "another shape": '{"events": 7}',
    "an unknown event": '{"events": [{"event": "nonsense"}]}',
    "a list": "[]",
    "nothing": "null",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_answer_gets_an_apology_and_keeps_what_was_said(body: str) -> None:
    async def broken(_: web.Request) -> web.Response:
        if body.isdigit():
            return web.json_response({"error": "no", "action_name": "action_recommend"}, status=int(body))
        return web.Response(text=body, content_type="application/json")

    events = asyncio.run(with_server(broken, tracker_of(SlotSet("language", "en"), said("a red one", "1"))))
    assert apology(events) == "Please bear with me."
    assert [entry["text"] for entry in pending(events)] == ["a red one"]


def test_an_answer_that_is_not_json_gets_an_apology() -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<h1>It works!</h1>", content_type="text/html")

    events = asyncio.run(with_server(page, tracker_of(SlotSet("language", "zh"), said("red", "1"))))
    assert apology(events) == "请稍等。"


def test_an_action_may_still_decline_in_rasas_own_way() -> None:
    async def decline(_: web.Request) -> web.Response:
        return web.json_response({"error": "not me", "action_name": "action_recommend"}, status=400)

    with pytest.raises(ActionExecutionRejection):
        asyncio.run(with_server(decline, tracker_of(said("red", "1"))))


def test_a_refused_connection_is_tried_once_more() -> None:
    async def arrive_late() -> list[Event]:
        app = web.Application()
        app.router.add_post("/webhook", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        probe = web.TCPSite(runner, "127.0.0.1", 0)
        await probe.start()
        port = runner.addresses[0][1]
        await probe.stop()
        turn = asyncio.create_task(run(f"http://127.0.0.1:{port}/webhook", tracker_of(said("red", "1"))))
        await asyncio.sleep(rasa_fixes.RETRY_AFTER_SECONDS / 4)
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            return await turn
        finally:
            await runner.cleanup()

    assert apology(asyncio.run(arrive_late())) == "Hi"


def test_an_action_that_may_have_run_is_never_run_twice() -> None:
    calls = 0

    async def drop(request: web.Request) -> web.Response:
        nonlocal calls
        calls += 1
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    events = asyncio.run(with_server(drop, tracker_of(SlotSet("language", "en"), said("red", "1"))))
    assert apology(events) == "Please bear with me."
    assert calls == 1


def test_lost_messages_gather_in_order_with_everything_that_was_understood() -> None:
    nowhere = "http://127.0.0.1:9/webhook"
    first = pending(asyncio.run(run(nowhere, tracker_of(said("a red one", "1")))))
    second = pending(asyncio.run(run(nowhere, tracker_of(SlotSet("pending", first), said("便宜一点的", "2")))))
    assert [entry["text"] for entry in second] == ["a red one", "便宜一点的"]
    assert second[0]["intent"] == "ask_recommendation"
    assert second[0]["entities"] == said("", "1").entities
    assert json.loads(json.dumps(second)) == second


def test_two_failing_actions_in_one_turn_make_one_apology() -> None:
    nowhere = "http://127.0.0.1:9/webhook"
    message = said("a red one", "1")
    first = asyncio.run(run(nowhere, tracker_of(message)))
    assert asyncio.run(run(nowhere, tracker_of(message, SlotSet("pending", pending(first))))) == []


def test_the_list_of_lost_messages_has_an_end() -> None:
    full = [{"intent": "refine", "entities": [], "text": str(n), "message_id": f"old-{n}"} for n in range(50)]
    kept = pending(asyncio.run(run("http://127.0.0.1:9/", tracker_of(SlotSet("pending", full), said("newest", "1")))))
    assert [kept[0]["text"], kept[-1]["text"], len(kept)] == ["1", "newest", rasa_fixes.PENDING_LIMIT]


def test_a_call_carries_slots_and_the_newest_events_however_long_the_conversation() -> None:
    action = RemoteAction("action_recommend", None)
    long = tracker_of(*[said(f"message {n}", str(n)) for n in range(200)], SlotSet("language", "zh"))
    call = action._action_call_format(long, DOMAIN)["tracker"]
    assert len(call["events"]) == rasa_fixes.EVENTS_SENT
    assert call["events"][-1]["event"] == "slot"
    assert call["events"][-2]["message_id"] == "199"
    assert (call["sender_id"], call["slots"]["language"]) == ("ann", "zh")
    assert call["latest_message"]["text"] == "message 199"
    assert json.loads(json.dumps(call)) == call


def test_events_find_their_classes_again() -> None:
    events = [said("red", "1"), SlotSet("pending", [1]), BotUttered("hi")]
    for event in events * 2:
        again = Event.from_parameters(event.as_dict())
        assert type(again) is type(event)
    with pytest.raises(ValueError, match="no such event"):
        Event.resolve_by_type("no such event")


def test_the_compiled_schema_accepts_and_refuses_what_rasas_does() -> None:
    action = RemoteAction("action_recommend", None)
    good = {"events": [{"event": "slot", "name": "search", "value": {"a": [1]}}], "responses": [{"text": "Hi"}]}
    assert action._validate_action_result(good)
    for bad in ({"events": [{"event": "slot"}]}, {"responses": "Hi"}, None, []):
        with pytest.raises(ValidationError):
            action._validate_action_result(bad)


def test_the_schema_is_not_compiled_again_for_each_answer() -> None:
    action = RemoteAction("action_recommend", None)
    events = [{"event": "slot", "name": "search", "value": 1}] * 3
    started = time.perf_counter()
    for _ in range(20):
        action._validate_action_result({"events": events, "responses": [{"text": "Hi"}]})
    assert (time.perf_counter() - started) / 20 < 0.008  # 13 to 20 ms in Rasa's own form


def test_a_button_keeps_types_and_entities_that_the_domain_does_not_list() -> None:
    payload = '/ask_recommendation{"cuisine": "thai", "price": {"minimum": null, "maximum": 500.0}, "reference": 2}'
    message = YAMLStoryReader.unpack_regex_message(Message({"text": payload}), DOMAIN)
    assert message.get("intent")["name"] == "ask_recommendation"
    entities = {entity["entity"]: entity["value"] for entity in message.get("entities")}
    assert entities == {"cuisine": "thai", "price": {"minimum": None, "maximum": 500.0}, "reference": 2}
