"""What an understanding tells about the intent of a message, whatever the catalogue. Knows nothing of Rasa."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.language.tokens import fold
from recommender.language.understand import Understanding

# Characters that stand in no message; every catalogue's words become them, so that "a thriller" reads as "a dress".
CATEGORY, ATTRIBUTE, PRICE, POSITION = "\ue001", "\ue002", "\ue003", "\ue004"

FLAGS = (
    "category",
    "other attribute",
    "exclusion",
    "mentions / 4",
    "price",
    "price change",
    "position",
    "drop",
    "another",
    "position and category",
    "several positions",
    "nothing else",
    "length of the rest",
    "length",
    "question mark",
)


def flags(text: str, understanding: Understanding) -> NDArray[np.float32]:
    """(len(FLAGS),) float32, each between 0 and 2."""
    wanted = {mention.attribute for mention in understanding.mentions if not mention.exclude}
    if any(thing.alone for thing in understanding.things):
        wanted.add("category")  # "a film" in a shop that sells nothing else
    usual = 20 if understanding.language == "zh" else 60  # characters of a message
    return np.array(
        [
            "category" in wanted,
            bool(wanted - {"category"}),
            any(mention.exclude for mention in understanding.mentions),
            min(len(understanding.mentions), 4) / 4,
            bool(understanding.prices or understanding.ranges),  # "under 2 hours" is said as "under 300" is
            bool(understanding.price_changes or understanding.changes),
            bool(understanding.references),
            bool(understanding.drops),
            bool(understanding.another),
            "category" in wanted and bool(understanding.references),
            len({reference.value for reference in understanding.references}) > 1,
            not understanding.residue.strip(),
            min(2 * len(understanding.residue) / usual, 2),
            min(len(text) / usual, 2),
            text.rstrip().endswith(("?", "？")),
        ],
        dtype=np.float32,
    )


def masked(text: str, understanding: Understanding) -> str:
    """`text` folded, with one character in the place of each catalogue value, limit on a number, and position."""
    kinds = [(m, CATEGORY if m.attribute == "category" else ATTRIBUTE) for m in understanding.mentions]
    kinds += [(thing, CATEGORY) for thing in understanding.things if thing.alone]
    kinds += [(limit, PRICE) for limit in (*understanding.prices, *understanding.ranges)]
    kinds += [(reference, POSITION) for reference in understanding.references]
    out = fold(text)
    for thing, kind in sorted(kinds, key=lambda pair: -pair[0].start):
        out = out[: thing.start] + kind + out[thing.end :]
    return out
