"""Readers of public sets of recommending conversations.

OpenDialKG and ReDial come as iEvaLM keeps them, INSPIRED as UniCRS and ReFICR do.

A folder is recognised by its files, so that a set of the same form needs no code: `id2info.json` with `train.jsonl`,
`valid.jsonl`, `test.jsonl` of turns; or whole dialogues in `dev.jsonl`, `test.jsonl` beside `train.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from recommender.conversations.dialogue import Answered, Dialogue
from recommender.conversations.words import key_of, without_article
from recommender.errors import ParleyError
from recommender.language.typos import common_words
from recommender.types import Item

TITLE, DESCRIPTION = ("name", "title"), ("plot", "description", "overview", "text")
INFO = "id2info.json"
ALIASES = {"star": "actor", "stars": "actor", "cast": "actor", "actors": "actor"} | {
    f"{name}s": name for name in ("director", "writer", "genre", "language")
}
"""Fields of one meaning, so that what one set says of a film serves another."""
PARTS = ("test", "valid", "dev")
"""Parts that may be evaluated, the first that is there by default."""

_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")


@dataclass(frozen=True)
class EvaluatedTurn:
    """A turn, and which of its items the dialogue had named before."""

    turn: Answered
    repeated: frozenset[str]


@dataclass(frozen=True)
class ConversationSet:
    """One data set, read: `train` shares no dialogue with `evaluated`.

    `dropped` train turns shared one. `links` maps items to ids elsewhere, by the name of the field ("imdb_id").
    `unknown` gold titles are not in the catalogue and count as missed. `notes` say how the catalogue was made.
    """

    name: str
    part: str
    items: tuple[Item, ...]
    train: tuple[Answered, ...]
    evaluated: tuple[EvaluatedTurn, ...]
    dropped: int
    unknown: int
    links: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...] = ()


def find_sets(folder: Path) -> tuple[Path, ...]:
    """Folders of conversation sets: `folder` itself or those right below it.

    Raises:
        ParleyError: there is none.
    """
    found = tuple(p for p in (folder, *sorted(q for q in folder.glob("*") if q.is_dir())) if _part_file(p, None))
    if not found:
        raise ParleyError(
            f"{folder} holds no conversations: expected {INFO} with valid.jsonl or test.jsonl, or dev.jsonl of whole "
            "dialogues, in it or in a folder below. Name another one with --data."
        )
    return found


def read_set(folder: Path, part: str | None = None) -> ConversationSet:
    """The set in `folder`; `part` is "test", "valid" or "dev", by default the first of these that is there.

    Raises:
        ParleyError: the part is missing or a line cannot be read; the text names file and line.
    """
    file = _part_file(folder, part)
    if file is None:
        raise ParleyError(f"{folder} has no part {part or 'to evaluate'}: there are {_files(folder)}.")
    if (folder / INFO).exists():
        return _turns_set(folder, file)
    return _dialogues_set(folder, file)


def _part_file(folder: Path, part: str | None) -> Path | None:
    files = [folder / f"{name}.jsonl" for name in ((part,) if part else PARTS)]
    return next((file for file in files if file.is_file()), None)


def _files(folder: Path) -> str:
    return ", ".join(sorted(p.name for p in folder.glob("*.json*"))) or "no JSON files"


# Turns with id2info.json


def _turns_set(folder: Path, file: Path) -> ConversationSet:
    items, links = read_items(folder / INFO)
    ids = {item.title("en"): item.id for item in items}
    missed = [0]
    evaluated = tuple(_turn(row, ids, missed) for row in read_lines(file))
    held_out = {turn.turn.dialogue_id for turn in evaluated}
    nothing = [0]
    others = [p for p in _training_files(folder, file) if p.is_file()]
    past = [_turn(row, ids, nothing).turn for other in others for row in read_lines(other)]
    train = tuple(turn for turn in past if turn.dialogue_id not in held_out)
    return ConversationSet(
        folder.name, file.stem, items, train, evaluated, len(past) - len(train), missed[0], links, ()
    )


def _training_files(folder: Path, file: Path) -> list[Path]:
    names = ["train.jsonl", "valid.jsonl", "dev.jsonl"] if file.stem == "test" else ["train.jsonl"]
    return [folder / name for name in names]


def _turn(row: Mapping[str, Any], ids: Mapping[str, str], missed: list[int]) -> EvaluatedTurn:
    turns = tuple(str(text) for text in row.get("context") or ())
    named = tuple(str(name) for name in row.get("entity") or ())
    gold = tuple(dict.fromkeys(str(name) for name in row.get("rec") or ()))
    missed[0] += sum(name not in ids for name in gold)
    # A title that the catalogue lacks stays, as an id that nothing can rank: it counts as missed.
    answered = Answered(str(row.get("dialog_id", "")), Dialogue(turns, named), tuple(ids.get(n, f"?{n}") for n in gold))
    repeated = frozenset(ids.get(n, f"?{n}") for n in gold if n in named or stands_in(n, turns))
    return EvaluatedTurn(answered, repeated)


def stands_in(title: str, turns: Iterable[str]) -> bool:
    """Whether a turn names `title`, with or without its article and year, in any case.

    A single ordinary word ("It", "Joker") has to be written as in the title.
    """
    bare = _YEAR.sub("", title)
    key = without_article(key_of(bare))
    telling = len(key) > 1 or any(word not in common_words() and len(word) > 4 for word in key)
    exact = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")
    return any((telling and _contains(key_of(text), key)) or exact.search(text) for text in turns)


def _contains(words: Sequence[str], key: Sequence[str]) -> bool:
    return any(tuple(words[i : i + len(key)]) == tuple(key) for i in range(len(words) - len(key) + 1))


def read_items(file: Path) -> tuple[tuple[Item, ...], dict[str, dict[str, str]]]:
    """The catalogue of an id2info.json, and ids of its items elsewhere; entries with one name are one item.

    A list is an attribute with several values, a year one with a single value, a plot the description; any other text
    is an id elsewhere when its field ends in "_id", else an attribute.
    """
    merged: dict[str, dict[str, Any]] = {}
    for number, entry in read_json(file).items():
        title = next((str(entry[field]) for field in TITLE if entry.get(field)), "")
        if not title:
            continue
        known = merged.setdefault(title, {"id": str(number)})
        for field, value in entry.items():
            known.setdefault(field, value or None) if not known.get(field) else None
    links: dict[str, dict[str, str]] = {}
    return tuple(_item(title, entry, links) for title, entry in merged.items()), links


def _item(title: str, entry: Mapping[str, Any], links: dict[str, dict[str, str]]) -> Item:
    attributes: dict[str, tuple[str, ...]] = {}
    description = ""
    for field, value in entry.items():
        if field in (*TITLE, "id") or not value:
            continue
        if field in DESCRIPTION:
            description = str(value)
        elif field.endswith("_id"):
            links.setdefault(field, {})[str(entry["id"])] = str(value)
        else:
            values = value if isinstance(value, list) else [value]
            attributes[ALIASES.get(field, field)] = tuple(
                dict.fromkeys(str(v).strip() for v in values if str(v).strip())
            )
    year = _YEAR.search(title)
    if year and "year" not in attributes:
        attributes["year"] = (year.group(1),)
    return Item(str(entry["id"]), {"en": title}, {"en": description} if description else {}, attributes, 0.0)


# Whole dialogues


def _dialogues_set(folder: Path, file: Path) -> ConversationSet:
    train_raw = _prefix_dialogues(folder / "train.json") if (folder / "train.json").is_file() else []
    dialogues = [list(row) for row in read_lines(file)]
    extra = [p for p in (folder / "dev.jsonl", folder / "valid.jsonl") if p.is_file() and p != file]
    more = (
        [(f"{p.stem}-{i}", list(row)) for p in extra for i, row in enumerate(read_lines(p))]
        if file.stem == "test"
        else []
    )
    titles = [title for _, _, gold in train_raw for title in gold]
    titles += [
        t for turns in (*dialogues, *(rows for _, rows in more)) for turn in turns for t in turn.get("movie") or ()
    ]
    items, links, notes = _items_by_title(tuple(dict.fromkeys(titles)), folder)
    evaluated = tuple(t for i, turns in enumerate(dialogues) for t in _whole(f"{file.stem}-{i}", turns))
    train = [Answered(name, Dialogue(turns), gold) for name, turns, gold in train_raw]
    train += [t.turn for name, turns in more for t in _whole(name, turns)]
    texts = [tuple(str(turn.get("text", "")) for turn in turns) for turns in dialogues]
    held_out = {turns[:length] for turns in texts for length in range(2, len(turns) + 1)}
    shared = {t.dialogue_id for t in train if t.dialogue.turns in held_out}
    kept = tuple(t for t in train if t.dialogue_id not in shared)
    return ConversationSet(folder.name, file.stem, items, kept, evaluated, len(train) - len(kept), 0, links, notes)


def _prefix_dialogues(file: Path) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """(dialogue id, context, gold) of consecutive turns; a context that continues the one before is its dialogue."""
    found: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    number, before = 0, tuple[str, ...]()
    for row in read_json(file).values():
        context = tuple(str(text) for text in row.get("context") or ())
        if not before or context[: len(before)] != before:
            number += 1
        before = context
        found.append((f"train-{number}", context, tuple(dict.fromkeys(row.get("target") or ()))))
    return found


def _whole(name: str, turns: Sequence[Mapping[str, Any]]) -> Iterator[EvaluatedTurn]:
    """One evaluated turn for each turn of the recommender that names films; a title of its own is its id."""
    said: list[str] = []
    before: set[str] = set()
    for turn in turns:
        gold = tuple(dict.fromkeys(str(title) for title in turn.get("movie") or ()))
        if gold and str(turn.get("role", "")).upper().startswith("REC") and said:
            repeated = frozenset(title for title in gold if title in before or stands_in(title, said))
            yield EvaluatedTurn(Answered(name, Dialogue(tuple(said)), gold), repeated)
        before |= set(gold)
        said.append(str(turn.get("text", "")))


def _items_by_title(
    titles: Sequence[str], folder: Path
) -> tuple[tuple[Item, ...], dict[str, dict[str, str]], tuple[str, ...]]:
    """Items of `titles` with what catalogues of the neighbouring sets know of them, and their ids elsewhere."""
    with_year: dict[str, Item] = {}
    without: dict[str, Item] = {}
    elsewhere: dict[str, dict[str, str]] = {}  # id → its ids elsewhere, by field
    for file in sorted(folder.parent.glob(f"*/{INFO}")):
        found, ids = read_items(file)
        for name, of_item in ids.items():
            for item_id, value in of_item.items():
                elsewhere.setdefault(f"{file}/{item_id}", {})[name] = value
        for item in (replace(item, id=f"{file}/{item.id}") for item in found):
            title = item.title("en").lower()
            year = item.attributes.get("year", ("",))[0]
            bare = _YEAR.sub("", title)
            with_year.setdefault(f"{bare} ({year})", item)
            without.setdefault(bare, item)
    items, exact, alike = [], 0, 0
    links: dict[str, dict[str, str]] = {}
    for title in titles:
        known = with_year.get(title.lower())
        exact += known is not None
        if known is None:
            known = without.get(_YEAR.sub("", title.lower()))
            alike += known is not None
        attributes = dict(known.attributes) if known else {}
        for name, value in elsewhere.get(known.id if known else "", {}).items():
            links.setdefault(name, {})[title] = value
        written = _YEAR.search(title)
        if written:
            attributes["year"] = (written.group(1),)
        items.append(Item(title, {"en": title}, dict(known.descriptions) if known else {}, attributes, 0.0))
    note = (
        f"catalogue: the {len(titles)} titles of all parts here; attributes from neighbouring sets by title and year "
        f"for {exact}, by title alone for {alike}, none for {len(titles) - exact - alike}"
    )
    return tuple(items), links, (note,)


# Other sets


def turns_elsewhere(data: ConversationSet, folder: Path) -> tuple[Answered, ...]:
    """Turns of the sets beside `folder` that were answered with items of `data`, which are told by title and year."""
    mine: dict[str, str] = {}
    for item in data.items:
        mine.setdefault(_dated(item), item.id)
    turns = []
    for place in sorted(folder.parent.glob("*")):
        if place == folder or not place.is_dir() or _part_file(place, None) is None:
            continue
        other = read_set(place)
        same = {item.id: mine[_dated(item)] for item in other.items if _dated(item) in mine}
        for turn in (*other.train, *(t.turn for t in other.evaluated)):
            items = tuple(same[item] for item in turn.items if item in same)
            if items:
                turns.append(Answered(f"{other.name}/{turn.dialogue_id}", turn.dialogue, items))
    return tuple(turns)


def _dated(item: Item) -> str:
    title = _YEAR.sub("", item.title("en")).lower()
    return f"{title} ({item.attributes.get('year', ('',))[0]})"


# Files


def read_lines(file: Path) -> Iterator[Any]:
    """One JSON value a line.

    Raises:
        ParleyError: a line is no JSON.
    """
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise ParleyError(f"{file}, line {number} is not JSON ({error}). Mend or remove it.") from error


def read_json(file: Path) -> dict[str, Any]:
    """An object of JSON objects.

    Raises:
        ParleyError: it is something else.
    """
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ParleyError(f"{file} cannot be read ({error}). Fetch it again.") from error
    if isinstance(value, list):
        value = {str(index): entry for index, entry in enumerate(value)}
    if not isinstance(value, dict):
        raise ParleyError(f"{file} should hold an object, not {type(value).__name__}.")
    return value
