from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from recommender.language.vocabulary import Vocabulary

SYNONYMS = Path(__file__).resolve().parents[3] / "data" / "synonyms.csv"

# attribute: (its English words, its Chinese words, {value: (English words, Chinese words)}); "/" parts words
SHOP: dict[str, tuple[str, str, dict[str, tuple[str, str]]]] = {
    "category": (
        "category/type",
        "类别/种类",
        {
            "dress": ("dress/gown/frock", "连衣裙/裙子/裙"),
            "skirt": ("skirt/miniskirt", "半身裙/短裙/裙子"),
            "shirt": ("shirt/blouse/top", "衬衫/衬衣/上衣"),
            "t-shirt": ("t-shirt/tee/top", "T恤/T恤衫/短袖/上衣"),
            "sweater": ("sweater/jumper/sweatshirt", "毛衣/针织衫"),
            "jacket": ("jacket/blazer", "夹克/外套"),
            "coat": ("coat/overcoat/trench coat", "大衣/风衣/外套"),
            "jeans": ("jeans/denim trousers", "牛仔裤/裤子"),
            "trousers": ("trousers/pants/chinos", "长裤/裤子"),
            "shorts": ("shorts/bermudas", "短裤"),
            "sneakers": ("sneakers/trainers/running shoes/shoes", "运动鞋/跑鞋/鞋子/鞋"),
            "boots": ("boots/ankle boots/shoes", "靴子/短靴/鞋子/鞋"),
            "heels": ("heels/high heels/pumps/shoes", "高跟鞋/鞋子/鞋"),
            "sandals": ("sandals/flip-flops", "凉鞋"),
            "bag": ("bag/handbag/purse", "包/包包/手提包"),
            "hat": ("hat/cap/beanie", "帽子/帽"),
            "scarf": ("scarf/shawl", "围巾/丝巾"),
            "watch": ("watch/wristwatch", "手表/表"),
        },
    ),
    "colour": (
        "colour/color",
        "颜色/色彩",
        {
            "red": ("red/crimson/scarlet", "红色/红/大红"),
            "burgundy": ("burgundy/wine red", "酒红色/酒红"),
            "pink": ("pink/rose", "粉色/粉/粉红色"),
            "blue": ("blue/azure", "蓝色/蓝"),
            "navy": ("navy/navy blue/dark blue", "藏青色/深蓝色"),
            "black": ("black", "黑色/黑"),
            "white": ("white/off-white", "白色/白"),
            "green": ("green/emerald", "绿色/绿"),
            "yellow": ("yellow/mustard", "黄色/黄"),
            "orange": ("orange/tangerine", "橙色/橙"),
            "beige": ("beige/cream", "米色"),
        },
    ),
    "material": (
        "material/fabric",
        "材质/面料",
        {
            "cotton": ("cotton", "棉/纯棉"),
            "linen": ("linen", "亚麻"),
            "silk": ("silk", "真丝/丝绸"),
            "wool": ("wool/merino", "羊毛"),
            "leather": ("leather/calfskin", "真皮/皮/皮革"),
            "faux leather": ("faux leather/pu", "人造革/pu皮"),
            "denim": ("denim", "牛仔布"),
            "orange": ("orange", ""),
        },
    ),
    "pattern": (
        "pattern/print",
        "图案/花纹",
        {
            "plain": ("plain/solid/no pattern", "纯色/素色/素/无图案/没有图案"),
            "striped": ("striped/stripes", "条纹"),
            "floral": ("floral/flowers/too busy", "碎花/印花/太花"),
            "dotted": ("polka dot/dotted/too busy", "波点/太花"),
            "checked": ("checked/plaid", "格子"),
        },
    ),
    "season": (
        "season",
        "季节",
        {
            "spring": ("spring", "春季/春天/春"),
            "summer": ("summer", "夏季/夏天/夏"),
            "autumn": ("autumn/fall", "秋季/秋天/秋"),
            "winter": ("winter", "冬季/冬天/冬"),
        },
    ),
    "occasion": (
        "occasion",
        "场合",
        {
            "work": ("work/office/business", "上班/通勤/办公室"),
            "formal": ("formal/black tie", "正式"),
            "party": ("party", "派对/聚会"),
            "date night": ("date night/first date", "约会"),
            "sport": ("sport/gym/running", "运动/跑步"),
        },
    ),
    "brand": (
        "brand/label",
        "品牌/牌子",
        {
            "nordhaven": ("Nordhaven", "诺德海文"),
            "h&m": ("H&M", ""),
            "levi's": ("Levi's", "李维斯"),
            "voltrek": ("", ""),
        },
    ),
    "audience": (
        "audience/gender",
        "人群",
        {
            "women": ("women/women's/ladies/wife", "女士/女/女款/老婆/女朋友"),
            "men": ("men/men's/dad/husband", "男士/男/男款/爸爸"),
            "kids": ("kids/child/daughter/son", "儿童/孩子/儿子/女儿"),
        },
    ),
    "size": (
        "size",
        "尺码/尺寸",
        {
            "s": ("size S", "S码/小码"),
            "m": ("size M/medium size", "M码/中码"),
            "l": ("size L", "L码/大码"),
            "xl": ("XL", "XL码"),
            "38": ("size 38", "38码"),
            "39": ("size 39", "39码"),
            "one size": ("one size", "均码"),
        },
    ),
}


def _split(words: str) -> list[str]:
    return [word for word in words.split("/") if word]


def shop_mapping() -> dict[str, Any]:
    attributes = {}
    for name, (english, chinese, values) in SHOP.items():
        attributes[name] = {
            "labels": {"en": _split(english), "zh": _split(chinese)},
            "values": {value: {"en": _split(en), "zh": _split(zh)} for value, (en, zh) in values.items()},
        }
    return {"format": 1, "currency": "CNY", "attributes": attributes}


@pytest.fixture(scope="session")
def mapping() -> Mapping[str, Any]:
    return shop_mapping()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """A small shop of its own, so that these tests do not move with the demo catalogue's words."""
    return Vocabulary.from_mapping(shop_mapping())


@pytest.fixture(scope="session")
def demo_vocabulary() -> Vocabulary:
    """The words of data/synonyms.csv."""
    attributes: dict[str, Any] = {}
    with SYNONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            part = attributes.setdefault(row["attribute"], {"labels": {}, "values": {}})
            place = part["values"].setdefault(row["value"], {}) if row["value"] else part["labels"]
            place.setdefault(row["language"], []).append(row["word"])
    return Vocabulary.from_mapping({"format": 1, "currency": "CNY", "attributes": attributes})
