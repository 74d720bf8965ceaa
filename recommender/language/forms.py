"""Singular and plural forms of English words, as far as shop words need them."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.language.typos import common_words

_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "scarf": "scarves",
    "shelf": "shelves",
    "knife": "knives",
    "leaf": "leaves",
}
_SINGULARS = {plural: singular for singular, plural in _IRREGULAR.items()}
# Taking the s away makes another word of these: "short dress" is not about shorts.
_OTHER_WORD = frozenset(
    str.split(
        "short flat tight slack brief overall sweat check spot print pump slide new good glass plu alway thi busines "
        "fitnes harnes compas canva track leather sport mean work dre care kick open tan tie day shade works "
        "matches falls"
    )
)


def inflections(word: str) -> Iterator[str]:
    """Other numbers of a lower-case English word: "dress" → "dresses", "boots" → "boot", "scarf" → "scarves"."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return
    if word in _SINGULARS:
        yield _SINGULARS[word]
        return
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield from (form for form in _singulars(word) if form not in _OTHER_WORD)
        return
    if _plural(word) not in _OTHER_WORD:
        yield _plural(word)


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("ies") and len(word) > 5:
        if word[:-3] + "y" not in common_words():  # "sunnies" are glasses, "sunny" is weather
            yield word[:-3] + "y"
    elif word.endswith(("sses", "ches", "shes", "xes")):
        yield word[:-2]
    else:
        yield word[:-1]


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
