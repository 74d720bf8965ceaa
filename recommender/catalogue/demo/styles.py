"""Styles: what an item looks like as a whole, and what people have a taste for.

A style has no column in the catalogue. It shows only in the words of titles and descriptions, and in which colours,
materials, patterns and brands go together, so that there is something to learn that no filter can ask for.
"""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """`colours`, `materials` and `patterns` are more likely in this style; the words are how a shop names the look."""

    colours: frozenset[str]
    materials: frozenset[str]
    patterns: frozenset[str]
    occasions: tuple[str, ...]
    adjectives_en: tuple[str, ...]
    moods_en: tuple[str, ...]
    adjectives_zh: tuple[str, ...]
    moods_zh: tuple[str, ...]


def _style(
    colours: str, materials: str, patterns: str, occasions: str, adjectives: str, moods: str, zh: str, moods_zh: str
) -> Style:
    def listed(text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(";"))

    return Style(
        frozenset(listed(colours)), frozenset(listed(materials)), frozenset(listed(patterns)), listed(occasions),
        listed(adjectives), listed(moods), listed(zh), listed(moods_zh),
    )  # fmt: skip


STYLES: dict[str, Style] = {
    "minimal": _style(
        "black;white;grey;beige;navy", "cotton;wool;linen;cashmere;polyester;steel;titanium", "plain;striped", "work;casual",
        "minimalist;pared-back;clean-lined;understated",
        "Nothing to add, nothing to take away;Quiet lines that go with everything you own;Made for a small, well-chosen wardrobe",
        "极简;利落;高级感;性冷淡风", "少即是多，怎么搭都不出错;线条干净，越简单越耐看;胶囊衣橱必备",
    ),
    "romantic": _style(
        "pink;light blue;white;purple;red", "chiffon;lace;silk;satin;cotton", "floral;dotted;plain", "date night;party;wedding",
        "romantic;dreamy;feminine;delicate",
        "Soft, sweet and a little dreamy;It moves like a love letter in the wind;For candlelight and slow walks home",
        "浪漫;温柔;甜美;仙气", "温柔到骨子里，心动感拉满;一穿就有约会氛围感;法式浪漫，怎么拍都好看",
    ),
    "street": _style(
        "black;orange;green;olive;white;purple", "cotton;denim;nylon;canvas;fleece;faux leather", "graphic;camouflage;tie-dye;plain",
        "casual;school;party",
        "streetwear;urban;bold;edgy",
        "Loud on purpose, straight from the block;Made for skate parks and late trains;Wear it big and wear it your way",
        "街头;潮酷;嘻哈;个性", "街头范儿十足，回头率爆表;潮人必入，怎么穿都酷;玩出态度，不随大流",
    ),
    "sporty": _style(
        "black;blue;grey;white;yellow;green", "polyester;nylon;mesh;cotton;rubber", "plain;striped;graphic", "sport;casual;school",
        "athletic;sporty;high-performance;dynamic",
        "Built to move, train and recover in;From the warm-up to the last kilometre;Light, quick and ready when you are",
        "运动感;活力;机能;轻量", "动起来更自在，训练通勤两相宜;挥汗也清爽，活力一整天;专业级舒适，跑跳无束缚",
    ),
    "classic": _style(
        "navy;burgundy;brown;beige;grey;khaki", "wool;leather;cotton;cashmere;corduroy;acetate;steel", "checked;striped;plain",
        "work;formal;school",
        "classic;timeless;tailored;heritage",
        "Old-school tailoring that will outlast trends;The kind of piece that gets handed down;Polished in the British manner",
        "经典;英伦;学院;复古", "经典不过时，穿十年也不会腻;英伦绅士气质，稳重有品;复古学院味，斯文又耐看",
    ),
    "outdoor": _style(
        "olive;khaki;brown;orange;green;navy", "nylon;fleece;goose down;canvas;wool;rubber", "plain;camouflage;checked",
        "outdoor;holiday;casual",
        "rugged;utilitarian;weatherproof;hard-wearing",
        "Ready for mud, wind and a long way up;Made for trails and the campfire after;Pockets where you need them, seams that hold",
        "硬朗;工装;户外;山系", "山系穿搭，露营徒步都能打;耐磨抗造，风雨无阻;实用至上，走再远也安心",
    ),
    "bohemian": _style(
        "orange;yellow;white;green;light blue;brown", "linen;cotton;straw;suede;chiffon;lace", "floral;tie-dye;striped;plain",
        "holiday;casual;date night",
        "bohemian;carefree;sun-drenched;free-spirited",
        "Barefoot, sun-warmed and in no hurry;Packed for the island before you are;Made for golden hour and salty hair",
        "波西米亚;慵懒;度假风;松弛感", "海边落日的松弛感;说走就走，自带度假滤镜;慵懒随性，自由得像风",
    ),
    "glamour": _style(
        "black;gold;silver;red;burgundy;purple", "satin;velvet;leather;silk;lace;faux leather;steel", "leopard;plain;dotted",
        "party;formal;wedding;date night",
        "glamorous;statement-making;sultry;luxurious",
        "Made to be looked at across the room;Red-carpet drama with none of the fuss;Turns an entrance into an event",
        "轻奢;气场;性感;奢华", "气场全开，走到哪都是焦点;轻奢质感，宴会派对都压得住;自带聚光灯，美得张扬",
    ),
    "oriental": _style(
        "red;green;beige;black;light blue;burgundy", "silk;linen;cotton;satin;velvet", "floral;plain", "formal;casual;wedding;party",
        "Eastern-inspired;poetic;serene;ink-wash",
        "A modern take on old Chinese tailoring;As calm as tea on a rainy afternoon;Knotted buttons, soft lines, an unhurried grace",
        "新中式;国风;雅致;东方", "国风雅韵，一眼东方美;新中式剪裁，端庄又不老气;盘扣细节，诗意藏在衣褶里",
    ),
    "playful": _style(
        "yellow;red;light blue;pink;green;orange", "cotton;fleece;denim;canvas;mesh;rubber", "graphic;dotted;striped", "school;outdoor;casual;holiday",
        "playful;cheerful;happy-go-lucky;bright",
        "Made for puddles, playgrounds and big ideas;Easy on, easy off, hard to wear out;Smiles are part of the pattern",
        "童趣;可爱;活泼;萌系", "童趣满满，宝贝一眼就爱上;耐脏耐洗，跑跳打滚都不怕;软萌可爱，上学出游都好看",
    ),
}  # fmt: skip

KIDS_STYLES = ("playful", "sporty", "outdoor", "classic")
ADULT_STYLES = tuple(name for name in STYLES if name != "playful")
WOMENS_STYLES = frozenset({"romantic", "glamour", "bohemian"})
"""Styles that hardly occur in what is made for men."""
