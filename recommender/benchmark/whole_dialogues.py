"""Reads sets of whole dialogues with roles, as UniCRS keeps INSPIRED; its films come from neighbouring sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from recommender.benchmark.conversation_set import YEAR, ConversationSet, EvaluatedTurn, stands_in
from recommender.benchmark.film_info import INFO, read_items, read_json, read_lines
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.types import Item


def read_dialogues(folder: Path, file: Path, training: Sequence[Path]) -> ConversationSet:
    """The set whose dialogues in `file` are evaluated; train.json and the `training` files that are there teach."""
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
            bare = YEAR.sub("", title)
            with_year.setdefault(f"{bare} ({year})", item)
            without.setdefault(bare, item)
    items, exact, alike = [], 0, 0
    links: dict[str, dict[str, str]] = {}
    for title in titles:
        known = with_year.get(title.lower())
        exact += known is not None
        if known is None:
            known = without.get(YEAR.sub("", title.lower()))
            alike += known is not None
        attributes = dict(known.attributes) if known else {}
        for name, value in elsewhere.get(known.id if known else "", {}).items():
            links.setdefault(name, {})[title] = value
        written = YEAR.search(title)
        if written:
            attributes["year"] = (written.group(1),)
        items.append(Item(title, {"en": title}, dict(known.descriptions) if known else {}, attributes, 0.0))
    note = (
        f"catalogue: the {len(titles)} titles of all parts here; attributes from neighbouring sets by title and year "
        f"for {exact}, by title alone for {alike}, none for {len(titles) - exact - alike}"
    )
    return tuple(items), links, (note,)
