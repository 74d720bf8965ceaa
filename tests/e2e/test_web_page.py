"""A person shops in the web chat, in English and in Chinese, in a real browser against the whole running system."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from recommender.feedback.store import FeedbackStore
from recommender.settings import ROOT
from tests.e2e.accessibility import faults
from tests.e2e.chat_page import ChatPage

pytestmark = [pytest.mark.artefacts, pytest.mark.servers]

OpenChat = Callable[..., ChatPage]

ENGLISH = "I want a red dress under 500 yuan"
CHINESE = "我想买一件红色的连衣裙，价格不超过500元"
DESK = {"width": 1180, "height": 870}
PHONE = {"width": 320, "height": 640}
SCREENSHOTS = ROOT / "var" / "screenshots"


def prices(cards: Locator) -> list[float]:
    return [float(re.sub(r"[^\d.]", "", text)) for text in cards.locator(".price").all_inner_texts()]


def load_pictures(page: Page, cards: Locator) -> list[int]:
    for card in cards.all():
        card.scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.querySelectorAll('.card img')].every(image => image.complete)")
    widths: list[int] = cards.locator("img").evaluate_all("images => images.map(image => image.naturalWidth)")
    return widths


@pytest.mark.parametrize(("locale", "text"), [("en-US", ENGLISH), ("zh-CN", CHINESE)])
def test_a_wish_is_answered_with_cards_that_keep_to_it(open_chat: OpenChat, locale: str, text: str) -> None:
    chat = open_chat(locale=locale)
    cards = chat.say(text).locator(".card")

    items = chat.items()
    assert len(items) >= 3
    assert cards.locator(".title").all_inner_texts() == [item["title"] for item in items]
    for item in items:
        assert item["attributes"]["category"] == "dress"
        assert "red" in item["attributes"]["colour"]
    assert all(price <= 500 for price in prices(cards))
    assert all(width > 0 for width in load_pictures(chat.page, cards))
    for card in cards.all():
        assert card.locator(".reasons li").first.inner_text().strip()
        assert card.locator("button").count() == 3


@pytest.mark.parametrize(("locale", "text"), [("en-US", ENGLISH), ("zh-CN", CHINESE)])
def test_the_words_around_the_cards_do_not_repeat_them(open_chat: OpenChat, locale: str, text: str) -> None:
    chat = open_chat(locale=locale)
    turn = chat.say(text)
    said = "\n".join(turn.locator(".said").all_inner_texts())
    titles = [item["title"] for item in chat.items()]
    assert said.strip()
    assert not [title for title in titles if title in said]
    expect(chat.page.locator("#status")).to_contain_text(titles[0])  # heard, though not seen twice


def test_a_quick_reply_narrows_the_search_and_leaves(chat: ChatPage) -> None:
    before = prices(chat.say(ENGLISH).locator(".card"))
    title = "Cheaper"  # what one can do with the list stands below the answers to its question
    reply = chat.quick_replies.get_by_text(title, exact=True)
    reply.click()
    chat.wait_until_delivered()
    assert chat.last_turn.locator(".mine").inner_text() == title
    after = prices(chat.last_turn.locator(".card"))
    assert after
    assert max(after) < max(before)
    assert chat.page.locator(".turn button.chip").count() == 0


def test_a_like_is_stored_shown_and_still_there_after_a_reload(chat: ChatPage) -> None:
    card = chat.say(ENGLISH).locator(".card").first
    item = chat.items()[0]
    button = card.get_by_role("button", name=f"I like {item['title']}")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(card.locator(".noted")).to_be_visible()
    chat.wait_until_delivered()

    with closing(FeedbackStore.open(chat.system.database_url, create_schema=False)) as store:
        stored = [(event.kind, event.item) for event in store.events() if event.session == chat.conversation]
    assert stored == [("like", item["id"])]

    chat.reload()
    pressed = chat.page.locator(f'[data-item="{item["id"]}"] [aria-pressed=true]')
    assert pressed.first.get_attribute("data-opinion") == "like"


def test_an_opinion_can_be_changed_but_not_given_twice(chat: ChatPage) -> None:
    card = chat.say(ENGLISH).locator(".card").first
    like, dislike = card.locator(".opinion").all()
    like.click()
    chat.wait_until_delivered()
    like.click()
    dislike.click()
    chat.wait_until_delivered()
    expect(like).to_have_attribute("aria-pressed", "false")
    expect(dislike).to_have_attribute("aria-pressed", "true")
    payloads = [line["payload"] for line in chat.history() if "payload" in line]
    assert [payload.split("_")[0] for payload in payloads] == ["/like", "/dislike"]


def test_more_like_this_brings_other_items(chat: ChatPage) -> None:
    first = chat.say(ENGLISH).locator(".card").first
    anchor = chat.items()[0]
    first.locator(".more").click()
    chat.wait_until_delivered()
    expect(chat.last_turn.locator(".mine")).to_contain_text(anchor["title"])
    assert chat.last_turn.locator(".card").count() >= 1
    assert anchor["id"] not in [item["id"] for item in chat.items()]


def test_the_conversation_is_still_there_after_a_reload(chat: ChatPage) -> None:
    chat.say(ENGLISH)
    chat.say(CHINESE)
    before, replies = chat.words(), chat.quick_replies.all_inner_texts()
    chat.reload()
    assert chat.words() == before
    assert chat.quick_replies.all_inner_texts() == replies


def test_a_new_conversation_starts_empty_and_the_old_one_can_be_reopened(chat: ChatPage) -> None:
    chat.say("hello")
    before, identity = chat.words(), chat.conversation
    chat.page.locator("#new").click()
    expect(chat.page.locator("#welcome")).to_be_visible()
    assert chat.page.locator(".turn").count() == 0
    assert chat.conversation != identity
    chat.page.locator("#back").click()
    expect(chat.page.locator(".turn")).to_have_count(len(before))
    assert chat.words() == before


@pytest.mark.parametrize(("locale", "text"), [("en-US", ENGLISH), ("zh-CN", CHINESE)])
def test_a_small_phone_needs_no_sideways_scrolling(open_chat: OpenChat, locale: str, text: str) -> None:
    chat = open_chat(locale=locale, viewport=PHONE, is_mobile=True, has_touch=True)
    assert chat.overflow() <= 0
    turn = chat.say(text)
    turn.locator(".opinion").first.tap()
    chat.wait_until_delivered()
    assert chat.overflow() <= 0
    box = chat.page.locator("#composer").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]


def test_the_keyboard_alone_is_enough(chat: ChatPage) -> None:
    page = chat.page
    focused = page.locator(":focus")
    expect(focused).to_have_id("input")
    page.keyboard.type("I want a red dress")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("under 500 yuan")
    assert page.locator("#input").input_value() == "I want a red dress\nunder 500 yuan"
    page.keyboard.press("Enter")
    chat.wait_until_delivered()
    expect(focused).to_have_id("input")

    back_to(page, ".chip")
    back_to(page, ".cards .opinion")
    in_last = "[...document.querySelectorAll('.cards > li')].findIndex(li => li.contains(document.activeElement))"
    place = page.evaluate(in_last)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(in_last) == place - 1
    page.keyboard.press("Space")
    expect(focused).to_have_attribute("aria-pressed", "true")
    chat.wait_until_delivered()
    expect(focused).to_have_class("opinion")  # reading on from where one was

    back_to(page, ".cards")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def back_to(page: Page, selector: str) -> None:
    """Shift+Tab until `selector` has the focus, which has to be visible at every stop."""
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        outline = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert outline >= 2 or page.evaluate("document.activeElement.id") == "input"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached")


def test_enter_that_picks_a_chinese_word_does_not_send(open_chat: OpenChat) -> None:
    chat = open_chat(locale="zh-CN")
    page = chat.page
    keyboard = page.context.new_cdp_session(page)
    page.evaluate("document.addEventListener('keydown', event => (window.composing = event.isComposing), true)")
    keyboard.send("Input.imeSetComposition", {"text": "lianyiqun", "selectionStart": 9, "selectionEnd": 9})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    assert page.evaluate("window.composing") is True
    keyboard.send("Input.insertText", {"text": "红色连衣裙"})
    # Safari ends the composition first and then reports its Enter with key code 229.
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter, "windowsVirtualKeyCode": 229})
    assert page.locator(".turn").count() == 0
    assert page.locator("#input").input_value().endswith("红色连衣裙")
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    expect(page.locator(".mine")).to_have_count(1)
    chat.wait_until_delivered()


def test_what_is_sent_while_the_shop_is_out_of_reach_waits_and_can_be_sent_again(chat: ChatPage) -> None:
    chat.say("hello")
    chat.page.context.set_offline(True)
    chat.write(ENGLISH)
    turn = chat.last_turn
    expect(turn).to_have_class("turn failed")
    expect(turn.locator(".mine")).to_have_text(ENGLISH)
    chat.page.context.set_offline(False)
    turn.get_by_role("button", name="Try again").click()
    chat.wait_until_delivered()
    expect(turn).to_have_class("turn")
    assert chat.last_turn.locator(".card").count() >= 3
    assert [line["text"] for line in chat.history() if line["from"] == "person"] == ["hello", ENGLISH]


def test_a_message_whose_reply_was_lost_is_not_said_twice(chat: ChatPage) -> None:
    chat.page.route("**/webhooks/web/messages", lambda route: (route.fetch(), route.abort()))
    chat.write(ENGLISH)
    expect(chat.last_turn).to_have_class("turn failed")
    chat.page.unroute("**/webhooks/web/messages")
    chat.last_turn.get_by_role("button", name="Try again").click()
    chat.wait_until_delivered()
    assert chat.last_turn.locator(".card").count() >= 3
    assert len([line for line in chat.history() if line["from"] == "person"]) == 1


def test_an_unsent_message_survives_a_reload(chat: ChatPage) -> None:
    chat.page.route("**/webhooks/web/messages", lambda route: route.abort())
    chat.write(ENGLISH)
    expect(chat.last_turn).to_have_class("turn failed")
    chat.page.unroute("**/webhooks/web/messages")
    chat.reload()
    expect(chat.last_turn.locator(".mine")).to_have_text(ENGLISH)
    assert chat.last_turn.locator(".card").count() >= 3


def test_impatience_changes_neither_number_nor_order_of_what_is_said(chat: ChatPage) -> None:
    chat.page.locator("#input").fill("hello")
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Enter")
    chat.write(ENGLISH)
    chat.wait_until_delivered()
    chat.quick_replies.first.dblclick()
    chat.wait_until_delivered()
    shown = chat.page.locator(".mine").all_inner_texts()
    assert shown[:2] == ["hello", ENGLISH]
    assert len(shown) == 3
    assert [line["text"] for line in chat.history() if line["from"] == "person"] == shown
    assert chat.page.locator(".turn").nth(1).locator(".card").count() >= 3


def test_what_people_write_is_text_and_nothing_else(chat: ChatPage) -> None:
    markup = '<img src=x onerror="document.title=1"><b>bold</b>'
    turn = chat.say(markup)
    assert turn.locator(".mine").inner_text() == markup
    assert turn.locator(".mine *").count() == 0
    assert chat.page.title() == "Parley"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "text"), [("en-US", ENGLISH), ("zh-CN", CHINESE)])
def test_everyone_can_use_it(open_chat: OpenChat, scheme: str, locale: str, text: str) -> None:
    chat = open_chat(locale=locale, color_scheme=scheme)
    assert faults(chat.page) == []
    turn = chat.say(text)
    turn.locator(".opinion").first.click()
    turn.locator(".opinion").nth(3).click()
    chat.wait_until_delivered()
    chat.page.mouse.move(0, 0)
    chat.page.wait_for_timeout(300)  # colours change over 150 ms
    assert faults(chat.page) == []
    assert chat.page.locator("html").get_attribute("lang") == locale.replace("-US", "")
    assert chat.page.get_by_role("log").get_attribute("aria-live") == "polite"


def test_nothing_moves_for_people_who_asked_for_rest(open_chat: OpenChat) -> None:
    chat = open_chat(reduced_motion="reduce")
    chat.say("hello")
    assert chat.page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("wide", ENGLISH, {"viewport": DESK}),
        ("dark", CHINESE, {"viewport": DESK, "locale": "zh-CN", "color_scheme": "dark"}),
        ("narrow", CHINESE, {"viewport": PHONE, "locale": "zh-CN", "is_mobile": True, "has_touch": True}),
    ],
)
def test_a_screenshot_is_kept(open_chat: OpenChat, name: str, text: str, options: dict[str, object]) -> None:
    chat = open_chat(**options)
    turn = chat.say(text)
    load_pictures(chat.page, turn.locator(".card"))
    turn.locator(".cards").evaluate("list => list.scrollTo({ left: 0, behavior: 'instant' })")
    turn.locator(".opinion").first.click()
    chat.wait_until_delivered()
    turn.evaluate("turn => turn.scrollIntoView()")
    chat.page.mouse.move(0, 0)
    chat.page.wait_for_timeout(400)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    picture = chat.page.screenshot(path=SCREENSHOTS / f"{name}.png")
    assert len(picture) > 10_000
