"""Kinds of bot messages that a conversation seldom brings together, read from a history written here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessibility import faults
from tests.e2e.chat_page import ChatPage

pytestmark = [pytest.mark.artefacts, pytest.mark.servers]

LIKE = '/like_item{"item_id": "odd \\"id\\""}'
ITEM = {
    "id": 'odd "id"',
    "title": "Linen dress",
    "price": 399.5,
    "currency": "CNY",
    "url": None,
    "image": None,
    "attributes": {"colour": "red", "season": ["spring", "summer"]},
    "reasons": [],
    "buttons": [{"title": "👍", "payload": LIKE}],
}
OTHER = {**ITEM, "id": "2", "title": "Silk dress", "price": 420, "currency": "USD", "attributes": {"colour": "blue"}}


def bot(text: str | None = None, /, **custom: Any) -> dict[str, Any]:
    line: dict[str, Any] = {"from": "bot", "text": text} if text else {"from": "bot"}
    return {**line, "custom": custom} if custom else line


@pytest.fixture
def show(open_chat: Callable[..., ChatPage]) -> Callable[..., Locator]:
    """Shows bot messages as one turn of a conversation, and says that nothing is wrong with their accessibility."""

    def show_lines(*lines: dict[str, Any]) -> Locator:
        chat = open_chat()
        messages = [{"from": "person", "id": "0" * 32, "text": "go on"}, *lines]
        chat.page.route("**/webhooks/web/conversations/*", lambda route: route.fulfill(json={"messages": messages}))
        chat.reload()
        assert faults(chat.page) == []
        return chat.last_turn

    return show_lines


def test_a_question_is_said_once_and_its_answers_are_buttons(show: Callable[..., Locator]) -> None:
    choice = {"title": "Work", "payload": '/refine{"occasion": "work"}'}
    turn = show(bot("What for?"), bot(kind="question", text="What for?", attribute="occasion", quick_replies=[choice]))
    assert turn.locator(".said").all_inner_texts() == ["What for?"]
    expect(turn.page.get_by_role("group", name="Quick replies").get_by_role("button")).to_have_text(["Work"])


def test_an_answer_names_its_source(show: Callable[..., Locator]) -> None:
    turn = show(bot("Within 30 days."), bot(kind="answer", text="Within 30 days.", source="Returns", confidence=0.9))
    assert turn.locator(".said").all_inner_texts() == ["Within 30 days."]
    assert turn.locator(".source").inner_text() == "Source: Returns"


@pytest.mark.parametrize(
    ("source", "language", "shown"),
    [("catalogue", "en", ["Source: the catalogue"]), ("catalogue", "zh", ["来源：商品目录"]), ("reasons", "en", [])],
)
def test_sources_of_ours_are_named_in_the_language_of_the_answer(
    show: Callable[..., Locator], source: str, language: str, shown: list[str]
) -> None:
    turn = show(bot("So it is."), bot(kind="answer", text="So it is.", source=source, language=language))
    assert turn.locator(".source").all_inner_texts() == shown


def test_a_comparison_is_a_table_with_headers(show: Callable[..., Locator]) -> None:
    rows = [{"label": "Price", "values": ["¥399", "$420"]}, {"label": "Season", "values": [["spring", "summer"], "–"]}]
    turn = show(
        bot("They differ:\n1. Linen dress\n2. Silk dress"), bot(kind="comparison", items=[ITEM, OTHER], table=rows)
    )
    table = turn.get_by_role("table")
    assert turn.locator(".said").inner_text() == "They differ:"
    assert table.get_by_role("columnheader").all_inner_texts() == ["Linen dress", "Silk dress"]
    assert table.get_by_role("rowheader").all_inner_texts() == ["Price", "Season"]
    assert table.get_by_role("row").last.get_by_role("cell").all_inner_texts() == ["spring, summer", "–"]


def test_a_comparison_without_a_table_compares_prices_and_attributes(show: Callable[..., Locator]) -> None:
    table = show(bot(kind="comparison", items=[ITEM, OTHER])).get_by_role("table")
    assert table.get_by_role("rowheader").all_inner_texts() == ["Price", "colour", "season"]
    assert table.locator("td").all_inner_texts()[1:] == ["¥399.50", "$420", "red", "blue", "spring, summer", "–"]


def test_an_unknown_kind_falls_back_to_its_words(show: Callable[..., Locator]) -> None:
    turn = show(bot("Plain words."), bot(kind="hologram", depth=3))
    assert turn.locator(".said").all_inner_texts() == ["Plain words."]


def test_a_greeting_before_anybody_spoke_is_shown(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat()
    greeting = {"messages": [bot("Welcome back.")]}
    chat.page.route("**/webhooks/web/conversations/*", lambda route: route.fulfill(json=greeting))
    chat.reload()
    assert chat.words() == ["Welcome back."]


def test_cards_do_without_picture_reasons_and_link(show: Callable[..., Locator]) -> None:
    turn = show(bot("One:\n1. Linen dress, ¥399.50"), bot(kind="items", language="en", items=[ITEM]))
    assert turn.locator(".said").inner_text() == "One:"
    assert turn.locator(".price").inner_text() == "¥399.50"
    assert turn.get_by_role("button", name="I like Linen dress").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize(
    "address", ["javascript:document.title=1", "data:text/html,x", "http://[", "file:///etc/passwd"]
)
def test_an_address_that_is_not_of_the_web_becomes_no_link(show: Callable[..., Locator], address: str) -> None:
    turn = show(bot(kind="items", language="en", items=[{**ITEM, "url": address, "image": address}]))
    assert turn.locator(".title").inner_text() == "Linen dress"
    assert turn.locator("a, img").count() == 0


def test_a_shops_own_page_opens_beside_the_chat(show: Callable[..., Locator]) -> None:
    link = show(bot(kind="items", language="en", items=[{**ITEM, "url": "https://shop.example/1"}])).get_by_role("link")
    assert link.get_attribute("href") == "https://shop.example/1"
    assert link.get_attribute("target") == "_blank"
    assert "noopener" in (link.get_attribute("rel") or "")


def test_a_picture_that_is_gone_leaves_the_title_in_its_place(show: Callable[..., Locator]) -> None:
    turn = show(bot(kind="items", language="en", items=[{**ITEM, "image": "/media/no-such-picture.png"}]))
    expect(turn.locator(".missing")).to_have_text("Linen dress")


def test_a_picture_is_described_by_title_and_attributes(show: Callable[..., Locator]) -> None:
    turn = show(bot(kind="items", language="en", items=[{**ITEM, "image": "/static/favicon.svg"}]))
    assert turn.get_by_role("img").get_attribute("alt") == "Linen dress, red, spring, summer"


def test_an_opinion_in_the_history_is_shown_on_the_card_of_any_id(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat()
    liked = {"from": "person", "id": "1" * 32, "text": "I like it", "payload": LIKE}
    history = {"messages": [bot(kind="items", language="en", items=[ITEM]), liked, bot("Noted.")]}
    chat.page.route("**/webhooks/web/conversations/*", lambda route: route.fulfill(json=history))
    chat.reload()
    assert chat.page.locator(".opinion").get_attribute("aria-pressed") == "true"
    assert "I like it" not in "".join(chat.words())
