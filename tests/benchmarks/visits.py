"""What people say to the bots that are compared: visits of five messages, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

VISITS: tuple[tuple[str, ...], ...] = (
    ("hello", "I want a red dress under 500 yuan", "something cheaper", "why the first one?", "I like the second one"),
    (
        "你好",
        "我想买一件红色的连衣裙，价格不超过500元",
        "便宜一点的",
        "为什么推荐第一个？",
        "我喜欢第二个",
    ),
    (
        "good morning",
        "show me warm winter coats for women",
        "not black please",
        "show me something for a rainy walk in the mountains",
        "any colour is fine",
    ),
    ("在吗", "给我推荐几双运动鞋", "要白色的", "三百到五百块", "有没有适合下雨天穿的"),
    ("hi there", "a linen shirt for the beach, 200 to 400 yuan", "in blue", "show me more", "tell me about the third"),
    ("您好", "送妈妈的羊毛围巾", "除了灰色都行", "还有别的吗", "第二个多少钱"),
    ("hey", "what's popular right now?", "only bags", "I don't like the first one", "something less formal"),
    ("早上好", "最近什么卖得好", "牛仔裤，两百以内", "不喜欢第一个", "换个颜色"),
)
"""Each opens with a greeting, which needs no recommendation, and goes on with four messages that mostly do."""


@dataclass(frozen=True)
class Visit:
    """One conversation: who talks, and what they say."""

    person: str
    messages: tuple[str, ...]


def visits(count: int, known: tuple[str, ...], first: int = 0) -> tuple[Visit, ...]:
    """`count` visits of persons who come once: every other one of `known` people, the rest of new ones."""
    persons = [known[n // 2 % len(known)] if n % 2 and known else f"benchmark-{n}" for n in range(first, first + count)]
    # Pairs of visits share a language; this way both kinds of people speak both.
    order = [(n // 2 + n) % len(VISITS) for n in range(first, first + count)]
    return tuple(Visit(person, VISITS[row]) for person, row in zip(persons, order, strict=True))
