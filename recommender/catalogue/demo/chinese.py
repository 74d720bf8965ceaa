"""Chinese titles and descriptions, as shops on Chinese platforms write them; not translations of the English ones."""

# ruff: noqa: E501 - Chinese counts double
from __future__ import annotations

from random import Random

from recommender.catalogue.demo.fabrics import COLOUR_ZH, MATERIALS, PATTERN_ZH
from recommender.catalogue.demo.looks import Look
from recommender.catalogue.demo.styles import STYLES

WEARERS = {"women": "女", "men": "男", "unisex": "男女同款", "kids": "儿童"}
PEOPLE = {"women": "爱美的姐妹", "men": "讲究的男士", "unisex": "想穿同款的你们", "kids": "爱玩的宝贝"}
WEARING = {"clothes": "上身", "shoes": "上脚", "one size": "随手一搭"}
MOMENTS = {
    "casual": "日常", "work": "通勤", "party": "聚会派对", "wedding": "婚礼", "formal": "正式场合", "date night": "约会",
    "holiday": "度假", "sport": "运动", "outdoor": "户外", "school": "上学",
}  # fmt: skip
SEASONS = {
    ("spring", "summer"): "春夏", ("autumn", "winter"): "秋冬", ("spring", "autumn"): "春秋", ("summer",): "夏季",
    ("winter",): "冬季", ("spring", "summer", "autumn"): "春夏秋", ("spring", "autumn", "winter"): "秋冬春",
}  # fmt: skip


def title(look: Look, rng: Random) -> str:
    """Dense and searchable, e.g. "索菈贝 春夏浪漫碎花雪纺裹身连衣裙女 收腰显瘦 红色"."""
    brand, colour, cut = look.brand.zh, COLOUR_ZH[look.colour], look.cut.zh
    pattern, material, selling = PATTERN_ZH.get(look.pattern, ""), _material(look), rng.choice(look.garment.selling_zh)
    adjective = rng.choice(STYLES[look.style].adjectives_zh)
    if adjective in cut:
        adjective = ""
    season = SEASONS.get(look.seasons, "四季")
    child = "儿童" if look.audience == "kids" and "儿童" not in cut else ""
    wearer = "" if look.audience == "kids" else WEARERS[look.audience]
    forms = [
        f"{brand} {season}{adjective}{pattern}{material}{child}{cut}{wearer} {selling} {colour}",
        f"{brand}{child}{cut}{wearer} {adjective}{pattern} {colour}{material} {selling}",
        f"{brand} {colour}{pattern}{material}{child}{cut} {season}新款 {adjective}{selling}",
        f"{adjective}{colour}{pattern}{child}{cut}{wearer} {brand}{season}{material} {selling}",
        f"{brand}新款{child}{wearer}{'款' if wearer and wearer != '男女同款' else ''}{material}{pattern}{cut} {colour} {selling}",
    ]
    return " ".join(rng.choice(forms).split())


def _material(look: Look) -> str:
    if look.material == "polyester" and look.style not in {"sporty", "outdoor"}:
        return ""
    name = MATERIALS[look.material].title_zh
    return "" if name in look.cut.zh else name


def description(look: Look, rng: Random) -> str:
    """Four or five short sentences: the look, the material, details, fit, and where to wear it."""
    return "".join((_opening(look, rng), rng.choice(MATERIALS[look.material].zh), _details(look), _closing(look, rng)))


def _opening(look: Look, rng: Random) -> str:
    style = STYLES[look.style]
    mood, adjective = rng.choice(style.moods_zh), rng.choice(style.adjectives_zh)
    colour, pattern, cut = COLOUR_ZH[look.colour], PATTERN_ZH.get(look.pattern, ""), look.cut.zh
    forms = [
        f"这款{colour}{pattern}{cut}，{mood}。{_feeling(adjective)}满满，推荐给{PEOPLE[look.audience]}。",
        f"【{adjective}】{mood}！{look.brand.zh}{colour}{pattern}{cut}，{WEARING[look.garment.sizes]}就很出片。",
        f"{mood}。{adjective}又好搭的{colour}{pattern}{cut}，值得入手。",
        f"{look.brand.zh}本季主推{cut}，{colour}{pattern}款{_feeling(adjective)}十足，{mood}。",
    ]
    return rng.choice(forms)


def _feeling(adjective: str) -> str:
    return adjective if adjective.endswith(("感", "风", "趣")) or adjective == "气场" else f"{adjective}感"


def _details(look: Look) -> str:
    (_, first), (_, second) = look.details
    return f"{first}，{second}。"


def _closing(look: Look, rng: Random) -> str:
    moments = "、".join(MOMENTS[occasion] for occasion in look.occasions)
    season = SEASONS.get(look.seasons, "四季")
    fit = f"{look.fit[1]}版型，{rng.choice(('不挑身材', '按平时尺码选就好', '上身自在不紧绷'))}。" if look.fit else ""
    both = "都" if len(look.occasions) > 1 else "正"
    forms = [
        f"{moments}{both}合适，{season}穿戴刚刚好。",
        f"{season}必备，{moments}随心搭。",
        f"适合{season}，{moments}轻松驾驭。",
    ]
    return fit + rng.choice(forms)
