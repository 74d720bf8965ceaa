"""Designs the demo's items: plausible combinations of colour, material, cut, brand and price."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from recommender.catalogue.demo.bottoms import BOTTOMS
from recommender.catalogue.demo.brands import BRANDS, Brand
from recommender.catalogue.demo.extras import EXTRAS
from recommender.catalogue.demo.fabrics import COOL, MATERIALS, WARM
from recommender.catalogue.demo.feet import SHOES
from recommender.catalogue.demo.garments import ALL_YEAR, Cut, Garment
from recommender.catalogue.demo.looks import Look, deal, pick
from recommender.catalogue.demo.styles import ADULT_STYLES, KIDS_STYLES, STYLES, WOMENS_STYLES
from recommender.catalogue.demo.tops import TOPS

GARMENTS: tuple[Garment, ...] = (*TOPS, *BOTTOMS, *SHOES, *EXTRAS)

FIRST_DAY, LAST_DAY = date(2025, 11, 1), date(2026, 10, 31)
"""The year in which the demo's people look around."""

OCCASIONS = ("casual", "work", "party", "wedding", "formal", "date night", "holiday", "sport", "outdoor", "school")
NOT_FOR_KIDS, NOT_FOR_ADULTS = frozenset({"work", "formal", "date night"}), frozenset({"school"})
CAMPUS_STYLES = frozenset({"street"})
"""Adults who dress so may still be students."""
LETTER_SIZES = ("xs", "s", "m", "l", "xl", "xxl")
SHOE_SIZES = {"women": (35, 40), "men": (39, 45), "unisex": (36, 44), "kids": (28, 34)}
SOLD_OUT, LATE = 0.04, 0.15

PRINTABLE = {
    "leather": {"plain", "leopard"}, "suede": {"plain", "leopard"}, "faux leather": {"plain", "leopard", "checked"},
    "goose down": {"plain", "camouflage"}, "lace": {"plain"}, "velvet": {"plain", "floral", "dotted", "leopard"},
    "straw": {"plain", "striped"}, "rubber": {"plain", "camouflage"}, "steel": {"plain"}, "titanium": {"plain"},
    "corduroy": {"plain"}, "fleece": {"plain", "checked", "leopard", "striped", "graphic"},
    "nylon": {"plain", "camouflage", "striped", "graphic", "checked"}, "mesh": {"plain", "striped", "graphic"},
    "denim": {"plain", "floral", "tie-dye"}, "acetate": {"plain", "leopard"},
}  # fmt: skip
"""Materials that do not take every pattern."""

_SHAPED = re.compile("oversized|slim|cropped|wide|straight|tapered|sheath|pencil|close|flared|cigarette")
"""Cuts that already say how they fit."""


def design(seed: int) -> tuple[Look, ...]:
    """All looks of the demo catalogue, by category; the same for the same seed."""
    rng = Random(seed)  # noqa: S311 - a reproducible catalogue, not a secret
    return tuple(look for garment in GARMENTS for look in _collection(garment, rng))


def _collection(garment: Garment, rng: Random) -> Iterator[Look]:
    audiences = deal(rng, garment.audiences, garment.count)
    colours = deal(rng, garment.colours, garment.count)
    levels = _price_levels(colours, rng)
    for number, (audience, colour, level) in enumerate(zip(audiences, colours, levels, strict=True), start=1):
        yield _look(f"{garment.category}-{number:03d}", garment, audience, colour, level, rng)


def _price_levels(colours: list[str], rng: Random) -> list[float]:
    """A price level from -0.8 to 1 for each item, spread evenly within each colour: there are cheap red ones."""
    places = defaultdict(list)
    for place, colour in enumerate(colours):
        places[colour].append(place)
    levels = [0.0] * len(colours)
    for same in places.values():
        rng.shuffle(same)
        for rank, place in enumerate(same):
            levels[place] = -0.8 + 1.8 * (rank + rng.random()) / len(same)
    return levels


def _look(item_id: str, garment: Garment, audience: str, colour: str, level: float, rng: Random) -> Look:
    style = _style(garment, audience, colour, rng)
    brand = _brand(garment, audience, style, level, rng)
    cut = rng.choice(_cuts(garment, audience, style))
    liked = STYLES[style]
    choice = {m: w for m, w in garment.materials.items() if not cut.materials or m in cut.materials}
    material = pick(rng, {m: w * (3 if m in liked.materials and m != "cotton" else 1) for m, w in choice.items()})
    possible = PRINTABLE.get(material, set(garment.patterns)) & set(garment.patterns) or {"plain"}
    prints = {p: w for p, w in garment.patterns.items() if p in possible}
    pattern = pick(rng, {p: w * (1 if p == "plain" else 3 if p in liked.patterns else 0.5) for p, w in prints.items()})
    first, second = rng.sample(garment.details, 2)
    return Look(
        item_id, garment, brand, style, cut, colour, material, pattern, audience,
        fit=rng.choice(garment.fits) if garment.fits and not _SHAPED.search(cut.en) else None,
        details=(first, second),
        seasons=_seasons(garment, material, rng),
        occasions=_occasions(garment, audience, style, rng),
        sizes=_sizes(garment, audience, rng),
        price=_price(garment, brand, material, audience, level, rng),
        stock=0 if rng.random() < SOLD_OUT else int(rng.triangular(1, 120, 20)),
        added=_added(rng),
    )  # fmt: skip


def _style(garment: Garment, audience: str, colour: str, rng: Random) -> str:
    names = KIDS_STYLES if audience == "kids" else ADULT_STYLES
    weights = {}
    for name in names:
        if _cuts(garment, audience, name):
            weight = 3.0 if colour in STYLES[name].colours else 0.4
            weight *= 0.08 if audience == "men" and name in WOMENS_STYLES else 2.5 if name == "playful" else 1
            weights[name] = weight
    return pick(rng, weights)


def _cuts(garment: Garment, audience: str, style: str) -> list[Cut]:
    return [
        cut
        for cut in garment.cuts
        if (not cut.audiences or audience in cut.audiences) and (not cut.styles or style in cut.styles)
    ]


def _brand(garment: Garment, audience: str, style: str, level: float, rng: Random) -> Brand:
    weights = {}
    for brand in BRANDS:
        if garment.category in brand.categories and audience in brand.audiences:
            near = math.exp(-(((brand.level - level) / 0.4) ** 2))
            weights[brand.name] = (1 if style in brand.styles else 0.05) * (near + 1e-4)
    name = pick(rng, weights)
    return next(brand for brand in BRANDS if brand.name == name)


def _seasons(garment: Garment, material: str, rng: Random) -> tuple[str, ...]:
    own = MATERIALS[material].seasons
    seasons = garment.seasons if garment.fixed_seasons or not own else own
    if seasons == ALL_YEAR and rng.random() < 0.5:
        return rng.choice((COOL, WARM, ("spring", "autumn")))
    return seasons


def _occasions(garment: Garment, audience: str, style: str, rng: Random) -> tuple[str, ...]:
    barred = NOT_FOR_KIDS if audience == "kids" else NOT_FOR_ADULTS
    if style in CAMPUS_STYLES:
        barred -= NOT_FOR_ADULTS
    allowed = [name for name in garment.occasions if name not in barred]
    fitting = [name for name in STYLES[style].occasions if name in allowed]
    chosen = set(rng.sample(fitting, min(len(fitting), rng.choice((1, 2, 2))))) or {allowed[0]}
    if rng.random() < 0.4:
        chosen.add(rng.choice(allowed[:3]))
    return tuple(name for name in OCCASIONS if name in chosen)


def _sizes(garment: Garment, audience: str, rng: Random) -> tuple[str, ...]:
    if garment.sizes == "one size":
        return ("one size",)
    if garment.sizes == "shoes":
        low, high = SHOE_SIZES[audience]
        return tuple(str(size) for size in range(low + rng.randint(0, 1), high + 1 - rng.randint(0, 1)))
    if audience == "kids":
        return tuple(str(height) for height in range(100 + 10 * rng.randint(0, 1), 150 + 10 * rng.randint(0, 1), 10))
    start = rng.randint(0, 2) if audience != "men" else rng.randint(1, 2)
    return LETTER_SIZES[start : rng.randint(4, 6)]


def _price(garment: Garment, brand: Brand, material: str, audience: str, level: float, rng: Random) -> float:
    logarithm = 0.75 * brand.level + 0.35 * level + 0.8 * math.log(MATERIALS[material].price) + rng.uniform(-0.08, 0.08)
    return _shop_price(garment.price * math.exp(logarithm) * (0.62 if audience == "kids" else 1))


def _shop_price(price: float) -> float:
    """The nearest price that a shop would print: 59, 129, 379, 1299."""
    step = 10 if price < 300 else 20 if price < 1000 else 100
    return float(max(29, round((price + 1) / step) * step - 1))


def _added(rng: Random) -> date:
    """Most items are there before the year begins, some come during it, `LATE` of them in its last three months."""
    fate = rng.random()
    if fate < LATE:
        return date(2026, 8, 1) + timedelta(days=rng.randint(0, (LAST_DAY - date(2026, 8, 1)).days - 4))
    if fate < 2 * LATE:
        return FIRST_DAY + timedelta(days=rng.randint(0, 272))
    return FIRST_DAY - timedelta(days=rng.randint(1, 400))
