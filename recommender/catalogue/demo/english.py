"""English titles and descriptions, as a shop writes them."""

from __future__ import annotations

from random import Random

from recommender.catalogue.demo.fabrics import MATERIALS, PATTERN_EN
from recommender.catalogue.demo.looks import Look
from recommender.catalogue.demo.styles import STYLES

WEARERS = {"women": "women", "men": "men", "unisex": "everyone", "kids": "kids"}
OWNERS = {"women": "Women’s", "men": "Men’s", "unisex": "Unisex", "kids": "Kids’"}
WITH_PATTERN = {
    "striped": "with stripes", "checked": "with a check", "floral": "with a floral print", "dotted": "with polka dots",
    "graphic": "with a bold graphic print", "leopard": "in leopard print", "camouflage": "in camouflage",
    "tie-dye": "with a tie-dye effect",
}  # fmt: skip
MOMENTS = {
    "casual": "everyday wear", "work": "the office", "party": "parties", "wedding": "weddings",
    "formal": "formal evenings", "date night": "date nights", "holiday": "holidays", "sport": "workouts",
    "outdoor": "days outdoors", "school": "school",
}  # fmt: skip


def title(look: Look, rng: Random) -> str:
    """One of the ways in which shops name a thing, e.g. "Aveline Red Floral Chiffon Wrap Dress"."""
    brand, colour, cut = look.brand.name, look.colour.title(), capitals(look.cut.en)
    pattern, material = capitals(PATTERN_EN.get(look.pattern, "")), _material(look)
    adjective = capitals(rng.choice(STYLES[look.style].adjectives_en))
    if adjective.lower() in cut.lower():
        adjective = ""
    owner = OWNERS[look.audience]
    forms = [
        f"{brand} {colour} {pattern} {material} {cut}",
        f"{brand} {owner} {colour} {pattern} {material} {cut}",
        f"{brand} {adjective} {pattern} {cut} in {colour} {material}",
        f"{adjective} {colour} {pattern} {material} {cut} by {brand}",
        f"{colour} {pattern} {cut} for {WEARERS[look.audience].title()} by {brand}",
    ]
    return " ".join(rng.choice(forms).split())


def _material(look: Look) -> str:
    """The material as titles have it; left out where the cut says it already or where nobody would boast of it."""
    if look.material == "polyester" and look.style not in {"sporty", "outdoor"}:
        return ""
    name = MATERIALS[look.material].title_en
    said = f"{look.cut.en} {look.garment.category if look.material == 'denim' else ''}".lower()
    return "" if name.lower() in said or (look.material == "denim" and "jeans" in said) else name


def description(look: Look, rng: Random) -> str:
    """Four to six sentences: the look, the material, details, fit, and what to wear it for."""
    return " ".join(
        (_opening(look, rng), rng.choice(MATERIALS[look.material].en), _details(look, rng), *_closing(look, rng))
    )


def _opening(look: Look, rng: Random) -> str:
    style = STYLES[look.style]
    mood, adjective, cut = rng.choice(style.moods_en), rng.choice(style.adjectives_en), look.cut.en
    colours = f"{look.colour} {WITH_PATTERN.get(look.pattern, '')}".strip()
    if look.garment.plural:
        forms = [
            f"These {adjective} {cut} come in {colours}. {mood}.",
            f"{mood}: {adjective} {cut} from {look.brand.name}, in {colours}.",
            f"{adjective.capitalize()} {cut} for {WEARERS[look.audience]}, in {colours}. {mood}.",
        ]
    else:
        a = "an" if adjective[0] in "aeiouE" and not adjective.startswith("util") else "a"
        forms = [
            f"This {adjective} {cut} comes in {colours}. {mood}.",
            f"{mood}: {a} {adjective} {cut} from {look.brand.name}, in {colours}.",
            f"{a.capitalize()} {adjective} {cut} for {WEARERS[look.audience]}, in {colours}. {mood}.",
        ]
    return rng.choice(forms)


def _details(look: Look, rng: Random) -> str:
    (first, _), (second, _) = look.details
    they = "They have" if look.garment.plural else "It has"
    forms = [f"{they} {first} and {second}.", f"With {first} and {second}.", f"We like the details: {first}, {second}."]
    return rng.choice(forms)


def _closing(look: Look, rng: Random) -> list[str]:
    sentences = []
    if look.fit:
        forms = [f"The fit is {look.fit[0]}.", f"{look.fit[0].capitalize()} fit; take your usual size."]
        sentences.append(rng.choice(forms))
    moments = listed([MOMENTS[occasion] for occasion in look.occasions])
    seasons = "all year round" if len(look.seasons) == 4 else f"in {listed(list(look.seasons))}"
    sentences.append(rng.choice([f"Made for {moments}, {seasons}.", f"Good for {moments}, at its best {seasons}."]))
    return sentences


def capitals(words: str) -> str:
    """Title case that leaves V-neck, A-line and T-shirt readable."""
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def listed(words: list[str]) -> str:
    """Read as "one", "one and two" or "one, two and three"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
