"""Writes the catalogues of the shops in this folder from a seed: invented things, so that other shops than the demo's
are tried. `python tests/shops/make.py` writes them again; a test compares."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
SEED = 11
Record = dict[str, str]

_NOUNS = [
    ("Lighthouse", "灯塔"), ("Orchard", "果园"), ("Harbour", "港湾"), ("Winter", "冬日"), ("Letter", "来信"),
    ("Mirror", "镜子"), ("River", "河流"), ("Station", "车站"), ("Garden", "花园"), ("Comet", "彗星"),
]  # fmt: skip
_TURNS = [
    ("The Last {}", "最后的{}"), ("Return to the {}", "重返{}"), ("A {} for Two", "两个人的{}"),
    ("Beyond the {}", "{}之外"), ("Summer of the {}", "{}的夏天"), ("The Silent {}", "沉默的{}"),
    ("Song of the {}", "{}之歌"),
]  # fmt: skip
_DIRECTORS = ["mara lindqvist", "tomas okello", "周砚秋", "林知夏", "elise fontaine", "haruto minase"]
_GENRES = ["sci-fi", "comedy", "drama", "thriller", "romance", "documentary", "animation", "horror"]
_GENRES_ZH = dict(zip(_GENRES, ["科幻", "喜剧", "剧情", "惊悚", "爱情", "纪录", "动画", "恐怖"], strict=True))
_MOODS = {
    "light": ("It is cheerful from the first minute to the last.", "从头到尾都很轻松。"),
    "dark": ("It spares nobody and ends badly.", "气氛压抑，结局沉重。"),
    "warm": ("It leaves you kinder than you came.", "看完心里暖暖的。"),
    "tense": ("You will forget to breathe.", "全程紧张，让人喘不过气。"),
}
_LANGUAGES = ["english", "chinese", "french", "japanese"]


def films(random_: random.Random) -> list[Record]:
    """70 films of 1952 to 2024, from 62 to 195 minutes."""
    names = [(turn[0].format(noun[0]), turn[1].format(noun[1])) for turn in _TURNS for noun in _NOUNS]
    random_.shuffle(names)
    records = []
    for number, (english, chinese) in enumerate(names, start=1):
        genres = random_.sample(_GENRES, random_.choice([1, 2, 2]))
        mood = random_.choice(list(_MOODS))
        director = random_.choice(_DIRECTORS)
        kinds = "、".join(map(_GENRES_ZH.__getitem__, genres))
        records.append(
            {
                "id": f"film-{number:03}",
                "title_en": english,
                "title_zh": chinese,
                "description_en": f"A {' and '.join(genres)} film by {director.title()}. {_MOODS[mood][0]}",
                "description_zh": f"{director}执导的{kinds}片。{_MOODS[mood][1]}",
                "genre": "|".join(genres),
                "mood": mood,
                "director": director,
                "language": random_.choice(_LANGUAGES),
                "year": str(random_.randint(1952, 2024)),
                "runtime": str(random_.randint(62, 195)),
            }
        )
    return records


_WARES = {
    "电热水壶": ((1.0, 2.2), (1000, 2200), ["不锈钢", "玻璃", "塑料"], (69, 299), "烧水快，水开自动断电"),
    "电饭煲": ((1.5, 5.0), (400, 1100), ["不锈钢", "陶瓷"], (159, 799), "米饭粒粒分明，可预约"),
    "保温杯": ((0.3, 1.0), None, ["不锈钢", "陶瓷"], (39, 259), "早上装的热水，晚上还烫嘴"),
    "收纳箱": ((20, 80), None, ["塑料"], (19, 129), "带轮子，叠起来不占地方"),
    "炒锅": ((3.0, 6.0), None, ["铸铁", "不锈钢"], (89, 459), "受热均匀，不容易粘"),
    "加湿器": ((1.0, 6.0), (20, 60), ["塑料"], (79, 499), "夜里几乎听不见声音"),
    "空气炸锅": ((2.5, 7.0), (1200, 1800), ["不锈钢", "塑料"], (199, 699), "少油，外酥里嫩"),
    "榨汁机": ((0.4, 1.8), (150, 1000), ["玻璃", "塑料"], (89, 599), "一分钟一杯果汁，好拆洗"),
}
_COLOURS = ["白色", "黑色", "粉色", "绿色"]
_MAKERS = ["禾木", "晨炊", "暖岸"]


def household(random_: random.Random) -> list[Record]:
    """64 wares, eight of each kind."""
    records = []
    for kind, (size, watts, materials, price, praise) in _WARES.items():
        for number in range(1, 9):
            brand, material, colour = random_.choice(_MAKERS), random_.choice(materials), random_.choice(_COLOURS)
            capacity = round(random_.uniform(*size), 1 if size[1] < 20 else 0)
            power = random_.randrange(watts[0], watts[1] + 1, 50 if watts[1] > 100 else 5) if watts else None
            records.append(
                {
                    "id": f"{kind}-{number}",
                    "title": f"{brand}{colour}{material}{kind} {capacity:g}升",
                    "description": f"{praise}。{material}材质，{capacity:g}升容量{f'，{power}瓦' if power else ''}。",
                    "category": kind,
                    "材质": material,
                    "颜色": colour,
                    "品牌": brand,
                    "容量": f"{capacity:g}",
                    "功率": str(power or ""),
                    "price": str(random_.randint(*price)),
                }
            )
    return records


_HOUSES = ["Alder", "Beacon", "Cedar", "Dover", "Elm"]
_KINDS = {
    "equity": ("股票", (3, 5), (0.8, 1.6)),
    "bond": ("债券", (1, 3), (0.2, 0.7)),
    "mixed": ("混合", (2, 4), (0.5, 1.2)),
    "money market": ("货币", (1, 1), (0.05, 0.3)),
}
_REGIONS = {"china": "中国", "europe": "欧洲", "america": "美国", "world": "全球"}
_THEMES = {"technology": "科技", "healthcare": "医药", "climate": "环保", "dividends": "红利"}


def funds(random_: random.Random) -> list[Record]:
    """60 funds with a risk of 1 to 5 and a yearly fee in percent."""
    records = []
    for number in range(1, 61):
        kind, region = random_.choice(list(_KINDS)), random_.choice(list(_REGIONS))
        chinese, risk, fee = _KINDS[kind]
        themes = random_.sample(list(_THEMES), random_.choice([0, 1, 1, 2]))
        house = random_.choice(_HOUSES)
        english = f" with a view to {' and '.join(themes)}" if themes else ""
        themed = f"，关注{'和'.join(map(_THEMES.__getitem__, themes))}" if themes else ""
        records.append(
            {
                "id": f"fund-{number:02}",
                "title_en": f"{house} {region.title()} {kind.title()} {number}",
                "title_zh": f"{house}{_REGIONS[region]}{chinese}{number}号",
                "description_en": f"{'An' if kind == 'equity' else 'A'} {kind} fund for {region.title()}{english}.",
                "description_zh": f"投资{_REGIONS[region]}的{chinese}基金{themed}。",
                "kind": kind,
                "region": region,
                "denomination": random_.choice(["cny", "usd", "eur"]),
                "theme": "|".join(themes),
                "risk": str(random_.randint(*risk)),
                "fee": f"{random_.uniform(*fee):.2f}",
                "minimum": str(random_.choice([1, 10, 100, 1000, 5000, 10000, 50000])),
            }
        )
    return records


_PLACES = {
    "city break": [
        ("Lisbon", "里斯本", "mild"), ("Kyoto", "京都", "mild"), ("Oslo", "奥斯陆", "cold"), ("Athens", "雅典", "warm"),
    ],
    "beach holiday": [("Bali", "巴厘岛", "warm"), ("Sanya", "三亚", "warm"), ("Crete", "克里特岛", "warm")],
    "trek": [("Nepal", "尼泊尔", "cold"), ("Yunnan", "云南", "mild"), ("Patagonia", "巴塔哥尼亚", "cold")],
    "road trip": [("Iceland", "冰岛", "cold"), ("Provence", "普罗旺斯", "mild"), ("Xinjiang", "新疆", "mild")],
    "cruise": [
        ("the Norwegian fjords", "挪威峡湾", "cold"), ("the Aegean", "爱琴海", "warm"),
        ("the Yangtze", "长江三峡", "mild"),
    ],
}  # fmt: skip
_ACTIVITIES = {
    "diving": "潜水", "museums": "博物馆", "food": "美食", "skiing": "滑雪", "wildlife": "野生动物",
    "photography": "摄影",
}  # fmt: skip
_FITTING = {
    "warm": ["diving", "food", "photography", "wildlife"],
    "mild": ["museums", "food", "photography"],
    "cold": ["skiing", "wildlife", "photography", "museums"],
}
_ZH_KINDS = {"city break": "城市游", "beach holiday": "海滩度假", "trek": "徒步", "road trip": "自驾", "cruise": "邮轮"}


def trips(random_: random.Random) -> list[Record]:
    """64 trips of 2 to 21 days."""
    records = []
    for number in range(1, 65):
        kind = random_.choice(list(_PLACES))
        english, chinese, climate = random_.choice(_PLACES[kind])
        activities = random_.sample(_FITTING[climate], 2)
        days = random_.randint(2, 6) if kind == "city break" else random_.randint(5, 21)
        zh = "、".join(_ACTIVITIES[activity] for activity in activities)
        records.append(
            {
                "id": f"trip-{number:02}",
                "title_en": f"{days} days in {english}: {kind}",
                "title_zh": f"{chinese}{_ZH_KINDS[kind]}{days}天",
                "description_en": f"A {kind} with time for {' and '.join(activities)}.",
                "description_zh": f"{chinese}{_ZH_KINDS[kind]}，安排了{zh}。",
                "category": kind,
                "climate": climate,
                "activity": "|".join(activities),
                "group": random_.choice(["families", "couples", "solo"]),
                "days": str(days),
                "price": str(days * random_.randint(70, 220)),
            }
        )
    return records


SHOPS: dict[str, Callable[[random.Random], list[Record]]] = {
    "films": films,
    "household": household,
    "funds": funds,
    "trips": trips,
}


def content(shop: str) -> str:
    """The catalogue of `shop` as CSV, the same each time."""
    records = SHOPS[shop](random.Random(f"{SEED} {shop}"))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


if __name__ == "__main__":
    for name in SHOPS:
        (HERE / name / "catalogue.csv").write_text(content(name), encoding="utf-8")
