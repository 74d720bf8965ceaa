"""The vocabulary of a tiny cinema; needs nothing but Python, so that the bot's tests may use it too."""

from __future__ import annotations

from typing import Any

FILMS: dict[str, Any] = {
    "format": 2,
    "currency": None,
    "things": {"en": ["film", "movie"], "zh": ["电影", "片子"]},
    "attributes": {
        "genre": {
            "kind": "tags",
            "ask": True,
            "labels": {"en": ["genre"], "zh": ["类型"]},
            "values": {
                "comedy": {"en": ["comedy"], "zh": ["喜剧"]},
                "war": {"en": ["war"], "zh": ["战争"]},
                "romance": {"en": ["romance"], "zh": ["爱情"]},
                "horror": {"en": ["horror"], "zh": ["恐怖"]},
            },
        },
        "runtime": {
            "kind": "number",
            "ask": True,
            "labels": {"en": ["runtime"], "zh": ["片长"]},
            "units": [{"factor": 1, "words": {"en": ["minutes"], "zh": ["分钟"]}}],
            "more": {"en": ["longer"], "zh": ["长一点"]},
            "less": {"en": ["shorter"], "zh": ["短一点"]},
        },
        "year": {
            "kind": "number",
            "ask": False,
            "calendar": True,
            "labels": {"en": ["year"], "zh": ["年份"]},
            "more": {"en": ["newer"], "zh": ["新一点"]},
            "less": {"en": ["older"], "zh": ["老一点"]},
        },
    },
}
