"""Words that wish for more of something, and the values that have it: "funnier" is a comedy, 保暖 is wool or fleece.

A word counts only for values that the catalogue has, so films and clothes share one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recommender.conversations.graph import AttributeGraph

WISHES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    # films, books, games
    (("funny", "funnier", "hilarious", "comic", "make me laugh", "搞笑", "好笑", "幽默", "喜剧"), ("comedy",)),
    (("scary", "scarier", "creepy", "creepier", "spooky", "frightening", "恐怖", "吓人"), ("horror",)),
    (("romantic", "love story", "浪漫", "爱情"), ("romance", "romance film", "romantic comedy")),
    (("thrilling", "suspenseful", "gripping", "tense", "惊悚", "刺激", "紧张"), ("thriller", "suspense")),
    (("futuristic", "space", "robots", "aliens", "科幻"), ("sci-fi", "science fiction", "scifi")),
    (("action packed", "explosions", "fights", "动作", "打斗"), ("action", "action film")),
    (
        ("kid friendly", "for kids", "for children", "family friendly", "适合孩子", "亲子"),
        ("family", "children", "kids"),
    ),
    (("animated", "cartoon", "cartoons", "anime", "动画", "动漫"), ("animation", "animated", "anime")),
    (("magical", "magic", "wizards", "dragons", "奇幻", "魔幻"), ("fantasy",)),
    (("sad", "sadder", "moving", "tearjerker", "serious", "感人", "催泪", "剧情"), ("drama",)),
    (("mysterious", "whodunit", "puzzling", "悬疑", "烧脑", "推理"), ("mystery",)),
    (("gangsters", "mafia", "heist", "犯罪", "黑帮"), ("crime", "crime fiction", "heist film")),
    (
        ("true story", "real life", "biographical", "传记", "真实故事"),
        ("biography", "biographical film", "documentary"),
    ),
    (("songs", "singing", "歌舞"), ("musical", "music")),
    (("adventurous", "冒险"), ("adventure", "adventure film")),
    (("cowboys", "西部"), ("western",)),
    (("soldiers", "battles", "战争"), ("war", "war film")),
    # clothes
    (("warm", "warmer", "cosy", "cozier", "保暖", "暖和"), ("wool", "fleece", "cashmere", "goose down", "winter")),
    (("breathable", "airy", "cooler", "透气", "凉快"), ("linen", "cotton", "mesh", "summer")),
    (("soft", "softer", "柔软"), ("cashmere", "cotton", "silk", "fleece")),
    (("dressy", "dressier", "elegant", "smarter", "formal", "正式", "优雅"), ("formal", "wedding", "party")),
    (("sporty", "sportier", "athletic", "运动"), ("sport", "sports", "outdoor")),
    (("casual", "laid back", "relaxed", "休闲"), ("casual",)),
    (("bright", "brighter", "colourful", "colorful", "鲜艳", "亮一点"), ("red", "yellow", "orange", "pink")),
    (("dark", "darker", "深色", "深一点"), ("black", "navy", "brown", "burgundy")),
    (("light coloured", "lighter colour", "浅色", "浅一点"), ("white", "beige", "light blue")),
    (("festive", "喜庆"), ("party", "wedding")),
)


def wish_words(graph: AttributeGraph) -> Iterator[tuple[str, str, str]]:
    """(word, attribute, value) for every word of the table that wishes for a value in `graph`."""
    having: dict[str, list[tuple[str, str]]] = {}
    for attribute, value in graph.values:
        having.setdefault(value.casefold(), []).append((graph.attributes[attribute], value))
    for words, values in WISHES:
        found = [pair for value in values for pair in having.get(value, ())]
        yield from _each(words, found)


def _each(words: Iterable[str], found: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for word in words:
        for attribute, value in found:
            yield word, attribute, value
