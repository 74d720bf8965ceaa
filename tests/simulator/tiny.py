"""A shop small enough to see all of it: shirts and boots in three colours, one sold out, with prices and weights."""

from __future__ import annotations

from recommender.language.vocabulary import Vocabulary
from recommender.serving.index import CatalogueIndex
from recommender.types import Item
from tests.simulator.shop import Shop

VOCABULARY = {
    "format": 2,
    "currency": "CNY",
    "things": {"en": ["thing"], "zh": ["东西"]},
    "attributes": {
        "category": {
            "kind": "choice",
            "labels": {"en": ["category"], "zh": ["类别"]},
            "values": {
                "shirt": {"en": ["shirt", "blouse"], "zh": ["衬衫", "衬衣"]},
                "boots": {"en": ["boots", "footwear", "leather boots"], "zh": ["靴子", "鞋"]},
                "sandals": {"en": ["sandals", "footwear"], "zh": ["凉鞋", "鞋"]},
            },
        },
        "colour": {
            "kind": "tags",
            "labels": {"en": ["colour"], "zh": ["颜色"]},
            "values": {
                "red": {"en": ["red", "crimson"], "zh": ["红色", "红"]},
                "blue": {"en": ["blue"], "zh": ["蓝色"]},
                "green": {"en": ["green"], "zh": ["绿色"]},
            },
        },
        "material": {
            "kind": "choice",
            "labels": {"en": ["material"], "zh": ["材质"]},
            "values": {
                "leather": {"en": ["leather"], "zh": ["真皮"]},
                "cotton": {"en": ["cotton"], "zh": ["棉"]},
            },
        },
        "audience": {
            "kind": "choice",
            "labels": {"en": ["audience"], "zh": ["人群"]},
            "values": {
                "women": {"en": ["women"], "zh": ["女士"]},
                "men": {"en": ["men"], "zh": ["男士"]},
                "unisex": {"en": ["unisex"], "zh": ["中性"]},
            },
        },
        "weight": {
            "kind": "number",
            "labels": {"en": ["weight"], "zh": ["重量"]},
            "units": [{"factor": 1, "words": {"en": ["grams"], "zh": ["克"]}}],
        },
    },
}
COLOURS = ("red", "blue", "green")
AUDIENCES = ("women", "men", "unisex")


def tiny_shop() -> Shop:
    """24 items: shirt-0 … shirt-11 and boots-0 … boots-11, ¥100 to ¥650; shirt-11 is sold out."""
    items = [_item(kind, n) for kind in ("shirt", "boots") for n in range(12)]
    return Shop(CatalogueIndex.build(items), Vocabulary.from_mapping(VOCABULARY), "CNY")


def _item(kind: str, n: int) -> Item:
    colour, material = COLOURS[n % 3], "cotton" if kind == "shirt" else "leather"
    return Item(
        id=f"{kind}-{n}",
        titles={"en": f"{colour} {kind} {n}", "zh": f"{colour}{kind}{n}"},
        descriptions={"en": f"A {colour} {kind} for everyone, number {n}.", "zh": "好"},
        attributes={
            "category": (kind,),
            "colour": (colour,),
            "material": (material,),
            "audience": (AUDIENCES[n % 3 if n < 6 else 2 - n % 3],),
        },
        price=100.0 + 50 * n,
        stock=0 if (kind, n) == ("shirt", 11) else 1,
        numbers={"weight": 200.0 + 10 * n},
    )
