"""Readers of public sets of recommending conversations.

OpenDialKG and ReDial come as iEvaLM keeps them, INSPIRED as UniCRS and ReFICR do.

A folder is recognised by its files, so that a set of the same form needs no code: `id2info.json` with `train.jsonl`,
`valid.jsonl`, `test.jsonl` of turns; or whole dialogues in `dev.jsonl`, `test.jsonl` beside `train.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recommender.benchmark.conversation_set import ConversationSet, EvaluatedTurn, dated, stands_in
from recommender.benchmark.film_info import INFO, read_items, read_lines
from recommender.benchmark.whole_dialogues import read_dialogues
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.errors import ParleyError

PARTS = ("test", "valid", "dev")
"""Parts that may be evaluated, the first that is there by default."""


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
    return read_dialogues(folder, file, _training_files(folder, file))


def _part_file(folder: Path, part: str | None) -> Path | None:
    files = [folder / f"{name}.jsonl" for name in ((part,) if part else PARTS)]
    return next((file for file in files if file.is_file()), None)


def _files(folder: Path) -> str:
    return ", ".join(sorted(p.name for p in folder.glob("*.json*"))) or "no JSON files"


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


def turns_elsewhere(data: ConversationSet, folder: Path) -> tuple[Answered, ...]:
    """Turns of the sets beside `folder` that were answered with items of `data`, which are told by title and year."""
    mine: dict[str, str] = {}
    for item in data.items:
        mine.setdefault(dated(item), item.id)
    turns = []
    for place in sorted(folder.parent.glob("*")):
        if place == folder or not place.is_dir() or _part_file(place, None) is None:
            continue
        other = read_set(place)
        same = {item.id: mine[dated(item)] for item in other.items if dated(item) in mine}
        for turn in (*other.train, *(t.turn for t in other.evaluated)):
            items = tuple(same[item] for item in turn.items if item in same)
            if items:
                turns.append(Answered(f"{other.name}/{turn.dialogue_id}", turn.dialogue, items))
    return tuple(turns)
