"""The web chat as the tests use it: a browser page, and what a person can do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Request

DELIVERED = "() => (localStorage['parley.outbox'] ?? '[]') === '[]' && document.getElementById('typing').hidden"
# A refused connection is reported by the browser itself; tests that pull the plug expect it.
EXPECTED_COMPLAINT = "Failed to load resource"


@dataclass(frozen=True)
class System:
    """A running Parley: the address of its page, its var folder and its feedback database."""

    url: str
    var: Path
    database_url: str


@dataclass
class ChatPage:
    """One person's browser window."""

    page: Page
    system: System
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, browser: Browser, system: System, **options: Any) -> ChatPage:
        """A fresh window with the chat loaded; `options` are those of a browser context."""
        context = browser.new_context(**{"locale": "en-US", "viewport": {"width": 1180, "height": 820}, **options})
        chat = cls(context.new_page(), system)
        chat.page.on("pageerror", lambda error: chat.complaints.append(str(error)))
        chat.page.on("console", lambda message: chat._listen(message.type, message.text))
        chat.page.on("request", chat._watch)
        chat.page.goto(system.url)
        chat.wait_until_loaded()
        return chat

    def _listen(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and EXPECTED_COMPLAINT not in text:
            self.complaints.append(text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith(self.system.url):
            self.complaints.append(f"asked for {request.url}")

    def wait_until_loaded(self) -> None:
        self.page.wait_for_selector("html[data-ready]")

    def wait_until_delivered(self) -> None:
        self.page.wait_for_function(DELIVERED, timeout=30_000)

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_loaded()
        self.wait_until_delivered()

    def write(self, text: str) -> None:
        """Types `text` and presses Enter, without waiting for a reply."""
        self.page.locator("#input").fill(text)
        self.page.keyboard.press("Enter")

    def say(self, text: str) -> Locator:
        """Says `text` and waits for the whole reply; returns the turn."""
        self.write(text)
        self.wait_until_delivered()
        return self.last_turn

    @property
    def last_turn(self) -> Locator:
        return self.page.locator(".turn:not(.silent)").last

    @property
    def quick_replies(self) -> Locator:
        return self.page.locator("#replies button")

    @property
    def conversation(self) -> str:
        identity: str = self.page.evaluate("localStorage['parley.conversation']")
        return identity

    def history(self) -> list[dict[str, Any]]:
        """The conversation as the bot remembers it."""
        answer = self.page.request.get(f"{self.system.url}/webhooks/web/conversations/{self.conversation}")
        assert answer.ok
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def items(self) -> list[dict[str, Any]]:
        """The items of the latest list, as the bot sent them."""
        lists = [line["custom"]["items"] for line in self.history() if line.get("custom", {}).get("kind") == "items"]
        assert lists, "the bot has shown no list"
        items: list[dict[str, Any]] = lists[-1]
        return items

    def words(self) -> list[str]:
        """All that is visible in the conversation, turn by turn."""
        return self.page.locator(".turn").all_inner_texts()

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        width: int = self.page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
        return width
