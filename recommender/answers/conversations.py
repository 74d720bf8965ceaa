"""Past support conversations, a table of question and answer → entries, with what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.answers.cleaning import clean, clean_question
from recommender.answers.entry import Entry
from recommender.answers.examples import background
from recommender.answers.index import Floats, language_means, unit
from recommender.answers.masking import mask
from recommender.answers.vectors import Vectors
from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.ledger import LISTED, Ledger, Tally
from recommender.catalogue.tables import Table, read_table
from recommender.errors import AnswersError
from recommender.language.detect import detect
from recommender.language.tokens import fold
from recommender.types import Language

ALIKE = 0.7
"""Cosine from which two questions are one: of the demo's validation questions about different things one pair in a
thousand reaches .41."""
RELATED = 0.25
"""Cosine from which two questions with the very same answer are one; of unrelated pairs one in twenty reaches .18."""
SHORTEST, LONGEST = 4, 300
"""Characters of a question: less asks nothing, more tells a story of which nobody else's question is like."""
SHORTEST_ANSWER = 8
PHRASINGS = 8
"""Ways to ask that are kept of one question; more add little and cost a vector each."""

NAMES = {
    "question": (
        "question",
        "query",
        "customer",
        "customer_message",
        "inbound",
        "问题",
        "提问",
        "客户问题",
        "用户问题",
        "咨询内容",
    ),
    "answer": ("answer", "reply", "response", "agent", "agent_message", "outbound", "答案", "回答", "回复", "客服回复"),
}


@dataclass(frozen=True, slots=True)
class _Pair:
    row: int
    question: str
    answer: str
    language: Language


def import_conversations(
    path: Path,
    vectors: Vectors,
    existing: Sequence[Entry] = (),
    question: str | None = None,
    answer: str | None = None,
    listed: int = LISTED,
) -> tuple[tuple[Entry, ...], Tally]:
    """Entries of a table (CSV, JSONL, Parquet), most asked first, and the account of its rows.

    Salutations and markup are left out and personal data masked. Near-identical questions become one entry: the most
    typical is its heading, the others are ways to ask it, and the answer that was given most often is its answer.

    Args:
        path: of the table.
        vectors: encodes the questions.
        existing: entries that answer some of them already.
        question: its column; None guesses by NAMES.
        answer: its column; None guesses by NAMES.
        listed: rows that the tally names for each reason.

    Raises:
        AnswersError: the file cannot be read, or a column is missing.
    """
    table = read_table(path)
    if not table.header:
        raise AnswersError(f"{path} cannot be imported: {'; '.join(str(fault) for fault in table.faults)}.")
    asked, told = (_column(table, path, *pair) for pair in (("question", question), ("answer", answer)))
    ledger = Ledger(listed)
    # A row whose form is wrong is told of, and judged by what could be read of it.
    for fault in table.faults:
        ledger.note(fault)
    pairs = _pairs(table, asked, told, existing, ledger)
    entries = [_entry(group, path, ledger) for group in _groups(pairs, vectors)]
    return tuple(entries), ledger.close()


def _column(table: Table, path: Path, meaning: str, chosen: str | None) -> str:
    wanted = (chosen,) if chosen else NAMES[meaning]
    found = next((column for name in wanted for column in table.header if fold(column) == fold(name)), None)
    if found is None:
        raise AnswersError(
            f"{path} has no column {chosen or f'that holds the {meaning}'}; name one of "
            f"{', '.join(table.header)}: --{meaning} COLUMN."
        )
    return found


def _pairs(table: Table, asked: str, told: str, existing: Sequence[Entry], ledger: Ledger) -> list[_Pair]:
    known = {_key(words): entry for entry in existing for words in entry.asked}
    seen: dict[tuple[str, str], int] = {}
    pairs = []
    for row in table.rows:
        ledger.read += 1
        question, answer = mask(clean_question(row.text(asked))), mask(clean(row.text(told)))
        problem = _problem(question, answer, asked, told)
        entry = known.get(_key(question))
        if problem is None and entry is not None:
            problem = Fault(row.number, asked, f"“{entry.question}” is answered already", f"see {entry.file}")
        first = seen.setdefault((_key(question), _key(answer)), row.number)
        if problem is None and first != row.number:
            problem = Fault(row.number, None, f"the same question and answer as row {first}", "nothing to do")
        if problem is not None:
            ledger.drop(Fault(row.number, problem.column, problem.problem, problem.remedy))
            continue
        ledger.kept += 1
        if (_words(question), _words(answer)) != (_words(row.text(asked)), _words(row.text(told))):
            ledger.mend(Fault(row.number, None, "cleaned or masked", "compare it with the original", "warning"))
        pairs.append(_Pair(row.number, question, answer, detect(question)))
    return pairs


def _problem(question: str, answer: str, asked: str, told: str) -> Fault | None:
    """What makes a pair useless to others, if anything."""
    if len(question) < SHORTEST:
        return Fault(None, asked, "no question", "write one, or leave the row out")
    if len(question) > LONGEST:
        return Fault(None, asked, f"more than {LONGEST} characters", "shorten it to what is asked")
    if len(answer) < SHORTEST_ANSWER:
        return Fault(None, told, "no answer that says anything", "write one, or leave the row out")
    if any(mark in answer for mark in ("[number]", "[name]")):
        return Fault(None, told, "the answer is about one person's case", "write it so that it holds for everybody")
    return None


def _groups(pairs: Sequence[_Pair], vectors: Vectors) -> list[list[_Pair]]:
    """Pairs whose questions are alike, largest group first, the most typical pair of each first."""
    if not pairs:
        return []
    means = language_means(background(), vectors)
    encoded = vectors.of([pair.question for pair in pairs])
    centred = unit(encoded - np.stack([means[pair.language] for pair in pairs]))
    leaders: list[int] = []
    members: dict[int, list[int]] = {}
    for row, pair in enumerate(pairs):
        near = centred[leaders] @ centred[row]
        order = (int(place) for place in np.argsort(-near, kind="stable") if near[place] >= RELATED)
        leader = next((leaders[at] for at in order if _may_join(pair, pairs[leaders[at]], float(near[at]))), row)
        if leader == row:
            leaders.append(row)
        members.setdefault(leader, []).append(row)
    ordered = sorted(members.values(), key=lambda rows: (-len(rows), rows[0]))
    return [_typical_first([pairs[row] for row in rows], centred[rows]) for rows in ordered]


def _may_join(pair: _Pair, leader: _Pair, likeness: float) -> bool:
    same = pair.answer == leader.answer
    return pair.language == leader.language and (same or likeness >= ALIKE)


def _typical_first(pairs: Sequence[_Pair], vectors: Floats) -> list[_Pair]:
    order = np.argsort(-(vectors @ vectors.sum(axis=0)), kind="stable")
    return [pairs[row] for row in order]


def _entry(group: Sequence[_Pair], path: Path, ledger: Ledger) -> Entry:
    answers = Counter(pair.answer for pair in group)
    text = max(answers, key=lambda answer: (answers[answer], answer == group[0].answer))
    for pair in group:
        if pair.answer != text:
            problem = "another answer to this question was given more often"
            ledger.mend(Fault(pair.row, None, problem, "compare the two in the table", "warning"))
    phrasings = dict.fromkeys(pair.question for pair in group if _key(pair.question) != _key(group[0].question))
    kept = tuple(phrasings)[:PHRASINGS]
    return Entry(group[0].question, kept, text, group[0].language, path.stem, path.name, group[0].row)


def _key(text: str) -> str:
    return fold(_words(text)).strip(" ?.!。！，,~")


def _words(text: str) -> str:
    return " ".join(text.split())
