"""What an encoder is fine-tuned on: a query, and the passage that should be found for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.conversations.dialogue import end_of
from recommender.errors import EncoderError

Ints = NDArray[np.int64]

KEYS = ("query", "passage", "negatives", "group")


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and a passage that answers it.

    `group` is what may not straddle training and validation (a dialogue, a person); an empty one means the query
    itself. `negatives` are passages that are known not to answer it; more are mined.
    """

    query: str
    passage: str
    group: str = ""
    negatives: tuple[str, ...] = ()


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """Pairs of a JSONL file, one {"query": …, "passage": …, "negatives": […]?, "group": …?} a line.

    Raises:
        EncoderError: the file is missing, has no pair, or has faulty lines; the first twenty are named by number.
    """
    pairs: list[Pair] = []
    faults: list[str] = []
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            pairs.append(_pair(json.loads(line)))
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    if faults:
        shown = "\n".join(faults[:20])
        more = f"\n… and {len(faults) - 20} more" if len(faults) > 20 else ""
        lines = "1 faulty line" if len(faults) == 1 else f"{len(faults)} faulty lines"
        raise EncoderError(f"{file} has {lines} to mend or remove:\n{shown}{more}")
    if not pairs:
        raise EncoderError(f'{file} holds no pair: write one {{"query": …, "passage": …}} a line.')
    return tuple(pairs)


def read_passages(file: Path) -> tuple[str, ...]:
    """Passages of a JSONL file, one {"passage": …} a line: what else the catalogue holds.

    Raises:
        EncoderError: the file is missing or a line is no such object; its number is named.
    """
    passages = []
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            passages.append(_text(values if isinstance(values, dict) else {}, "passage"))
        except ValueError as error:
            raise EncoderError(f'{file}, line {number}: {error}; write {{"passage": …}}.') from error
    return tuple(passages)


def write_pairs(file: Path, pairs: Iterable[Pair]) -> int:
    """Writes what `read_pairs` reads, and returns how many."""
    count = 0
    with file.open("w", encoding="utf-8") as stream:
        for pair in pairs:
            values: dict[str, object] = {"query": pair.query, "passage": pair.passage}
            if pair.group:
                values["group"] = pair.group
            if pair.negatives:
                values["negatives"] = list(pair.negatives)
            stream.write(json.dumps(values, ensure_ascii=False) + "\n")
            count += 1
    return count


def dialogue_pairs(turns: Iterable[tuple[str, str, str]]) -> tuple[Pair, ...]:
    """Pairs of (context, text of the item that was recommended, dialogue id); those without words are left out."""
    return tuple(
        Pair(end_of(context), passage.strip(), group)
        for context, passage, group in turns
        if context.strip() and passage.strip()
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EncoderError(f"{file} cannot be read ({error}): name a JSONL file in UTF-8.") from error


def _pair(values: object) -> Pair:
    if not isinstance(values, dict):
        raise ValueError("it is no JSON object")
    unknown = sorted(set(values) - set(KEYS))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; there are {', '.join(KEYS)}")
    negatives = values.get("negatives", [])
    if not isinstance(negatives, list) or not all(isinstance(text, str) and text.strip() for text in negatives):
        raise ValueError('"negatives" is no list of texts')
    group = values.get("group", "")
    if not isinstance(group, str | int):
        raise ValueError('"group" is neither a text nor a whole number')
    return Pair(_text(values, "query"), _text(values, "passage"), str(group), tuple(negatives))


def _text(values: dict[str, object], key: str) -> str:
    text = values.get(key)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f'"{key}" is missing or empty')
    return text


@dataclass(frozen=True, eq=False)
class Corpus:
    """Pairs by number: q texts asked, p passages, n pairs.

    query_of, passage_of (n,) int64; group_of (n,) int64; given (n, g) int64 known negatives, -1 where there is none;
    positives (q, p) bool sparse, every passage that any pair gives for a query.
    """

    queries: tuple[str, ...]
    passages: tuple[str, ...]
    query_of: Ints
    passage_of: Ints
    group_of: Ints
    given: Ints
    positives: sp.csr_matrix

    def __len__(self) -> int:
        return len(self.query_of)

    @classmethod
    def of(cls, pairs: Sequence[Pair], more_passages: Sequence[str] = ()) -> Corpus:
        """Numbers `pairs`; a pair that occurs twice counts once. `more_passages` only compete."""
        pairs = tuple(dict.fromkeys(pairs))
        queries = {text: row for row, text in enumerate(dict.fromkeys(pair.query for pair in pairs))}
        texts = [pair.passage for pair in pairs] + [text for pair in pairs for text in pair.negatives]
        passages = {text: row for row, text in enumerate(dict.fromkeys([*texts, *more_passages]))}
        groups = {name: row for row, name in enumerate(dict.fromkeys(_group(pair) for pair in pairs))}
        query_of = np.array([queries[pair.query] for pair in pairs], dtype=np.int64)
        passage_of = np.array([passages[pair.passage] for pair in pairs], dtype=np.int64)
        given = np.full((len(pairs), max((len(pair.negatives) for pair in pairs), default=0)), -1, dtype=np.int64)
        for row, pair in enumerate(pairs):
            given[row, : len(pair.negatives)] = [passages[text] for text in pair.negatives]
        shape = (len(queries), len(passages))
        positives = sp.csr_matrix((np.ones(len(pairs), dtype=bool), (query_of, passage_of)), shape=shape)
        group_of = np.array([groups[_group(pair)] for pair in pairs], dtype=np.int64)
        return cls(tuple(queries), tuple(passages), query_of, passage_of, group_of, given, positives)

    def split(self, share: float, seed: int) -> tuple[Ints, Ints]:
        """Rows to learn from and rows held out: about `share` of the pairs, whole groups, at least one of each.

        Raises:
            EncoderError: there is only one group, which cannot be split.
        """
        sizes = np.bincount(self.group_of)
        if len(sizes) < 2:
            raise EncoderError("All pairs are of one group, so none can be held out: give more groups or queries.")
        order = np.random.default_rng([seed, 1]).permutation(len(sizes))
        enough = np.searchsorted(sizes[order].cumsum(), share * len(self)) + 1
        held = np.isin(self.group_of, order[: int(np.clip(enough, 1, len(order) - 1))])
        return np.flatnonzero(~held), np.flatnonzero(held)

    def knowing(self, rows: Ints) -> Corpus:
        """The same numbers, but `positives` of the pairs `rows` alone: what training may know."""
        some = sp.csr_matrix(
            (np.ones(len(rows), dtype=bool), (self.query_of[rows], self.passage_of[rows])), shape=self.positives.shape
        )
        return replace(self, positives=some)


def _group(pair: Pair) -> str:
    return f"g{pair.group}" if pair.group else f"q{pair.query}"
