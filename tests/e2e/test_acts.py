"""A person is asked, compares, asks the shop and chooses, in a real browser against the whole running system.

What the bot understands is tested elsewhere: here quick replies are pressed, and sentences are plain ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from recommender.settings import ROOT
from tests.e2e.accessibility import faults
from tests.e2e.chat_page import ChatPage

pytestmark = [pytest.mark.artefacts, pytest.mark.servers]

OpenChat = Callable[..., ChatPage]

DRESSES = {"en-US": "I want a dress", "zh-CN": "我想买连衣裙"}
SCREENSHOTS = ROOT / "var" / "screenshots"


def latest(chat: ChatPage, kind: str) -> dict[str, Any]:
    """The last message of a kind."""
    return [line["custom"] for line in chat.history() if line.get("custom", {}).get("kind") == kind][-1]


def press(chat: ChatPage, payload_of: str) -> Locator:
    """Presses the quick reply that stands for `payload_of`, and waits for the reply to it."""
    said = [button for line in chat.history() for button in line.get("buttons", ())]
    title = next(button["title"] for button in reversed(said) if button.get("payload", "").startswith(payload_of))
    chat.page.get_by_role("group").get_by_role("button", name=title, exact=True).click()
    chat.wait_until_delivered()
    return chat.last_turn


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_question_stands_below_the_list_and_its_answer_narrows_it(open_chat: OpenChat, locale: str) -> None:
    chat = open_chat(locale=locale)
    turn = chat.say(DRESSES[locale])
    assert turn.locator(".card").count() >= 3
    question = latest(chat, "question")
    expect(turn.locator(".said").last).to_have_text(question["text"])
    titles = [reply["title"] for reply in question["quick_replies"]]
    assert chat.quick_replies.all_inner_texts()[: len(titles)] == titles
    chat.quick_replies.first.click()
    chat.wait_until_delivered()
    attribute = question["attribute"]
    value = question["quick_replies"][0]["payload"].split('"')[3]
    assert chat.items()
    assert all(value in item["attributes"][attribute] for item in chat.items() if attribute in item["attributes"])
    assert all(item["attributes"]["category"] == "dress" for item in chat.items())


def test_a_question_may_be_left_open(chat: ChatPage) -> None:
    chat.say(DRESSES["en-US"])
    asked = latest(chat, "question")["attribute"]
    press(chat, "/skip")
    assert all(item["attributes"]["category"] == "dress" for item in chat.items())
    questions = [line["custom"] for line in chat.history() if line.get("custom", {}).get("kind") == "question"]
    assert [question["attribute"] for question in questions].count(asked) == 1


def test_two_are_compared_in_a_table_with_a_verdict(chat: ChatPage) -> None:
    chat.say(DRESSES["en-US"])
    items = chat.items()
    turn = chat.say("compare the first and the third")
    table = turn.get_by_role("table")
    assert table.get_by_role("columnheader").all_inner_texts() == [items[0]["title"], items[2]["title"]]
    comparison = latest(chat, "comparison")
    assert table.get_by_role("rowheader").all_inner_texts() == [row["label"] for row in comparison["table"]]
    if comparison["verdict"]:
        expect(turn.locator(".said").last).to_have_text(comparison["verdict"])
    assert faults(chat.page) == []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    chat.page.wait_for_timeout(400)
    chat.page.screenshot(path=SCREENSHOTS / "comparison.png")


def test_a_question_to_the_shop_is_answered_in_between_and_the_list_is_not_lost(chat: ChatPage) -> None:
    chat.say(DRESSES["en-US"])
    second = chat.items()[1]
    turn = chat.say("how long does delivery take?")
    assert turn.locator(".answer .source").count() == 1
    turn = chat.say("how much is the second one?")
    assert f"¥{second['price']:.0f}" in turn.inner_text()


def test_what_is_chosen_comes_with_a_link_that_opens_beside_the_chat(open_chat: OpenChat) -> None:
    chat = open_chat()
    link = {"title": "To its page", "type": "web_url", "url": "https://shop.example/1"}
    messages = [
        {"from": "person", "id": "0" * 32, "text": "I'll take it"},
        {"from": "bot", "text": "Good choice: Linen dress.\nhttps://shop.example/1", "buttons": [link]},
    ]
    chat.page.route("**/webhooks/web/conversations/*", lambda route: route.fulfill(json={"messages": messages}))
    chat.reload()
    chip = chat.page.get_by_role("link", name="To its page")
    assert chip.get_attribute("href") == "https://shop.example/1"
    assert chip.get_attribute("target") == "_blank"
    assert "noopener" in (chip.get_attribute("rel") or "")
    assert faults(chat.page) == []


def test_a_screenshot_of_a_list_with_its_question_is_kept(open_chat: OpenChat) -> None:
    chat = open_chat(locale="zh-CN", viewport={"width": 1180, "height": 900})
    chat.say(DRESSES["zh-CN"])
    chat.page.wait_for_function("() => [...document.querySelectorAll('.card img')].every(image => image.complete)")
    chat.page.wait_for_timeout(400)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    assert len(chat.page.screenshot(path=SCREENSHOTS / "question.png")) > 10_000
