from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.benchmark.conversation_report import clustered_interval, describe, table
from recommender.benchmark.conversation_set import ConversationSet, EvaluatedTurn
from recommender.benchmark.conversations import (
    LabelRanks,
    Material,
    Options,
    named_rows,
    rank_of,
    run,
    splits_of,
)
from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.conversations.features import evidence
from recommender.learning.conversations import ConversationParameters
from recommender.learning.listwise import ListwiseParameters
from recommender.types import Item

ITEMS = tuple(
    Item(f"{maker}-{number}", {"en": f"{maker.title()} Work {number}"}, {}, {"maker": (f"{maker} smith",)}, 0.0)
    for maker in ("anna", "berta", "clara", "dora")
    for number in range(3)
)
QUICK = Options(
    ablations=False,
    parameters=ConversationParameters(folds=2, candidates=12, others=0, ranker=ListwiseParameters(hidden=4, epochs=60)),
)


def asked(dialogue: str, maker: str, *items: str) -> Answered:
    return Answered(dialogue, Dialogue((f"What did {maker.title()} Smith make?",)), items)


def material(train: Sequence[Answered], evaluated: Sequence[EvaluatedTurn]) -> Material:
    data = ConversationSet("works", "valid", ITEMS, tuple(train), tuple(evaluated), 0, 0, {})
    return Material(data, Catalogue.build(ITEMS), (*(t.turn for t in evaluated), *train), None)


def slow_rank(scores: list[int], row: int, away: set[int]) -> int:
    if row in away:
        return len(scores)
    return sum(1 for other, score in enumerate(scores) if other not in away and score >= scores[row])


@given(
    scores=st.lists(st.integers(0, 3), min_size=1, max_size=8),
    row=st.integers(0, 7),
    away=st.sets(st.integers(0, 7)),
)
def test_a_rank_counts_what_is_not_worse_and_not_away(scores: list[int], row: int, away: set[int]) -> None:
    row, away = row % len(scores), {a % len(scores) for a in away}
    found = rank_of(np.array(scores, dtype=np.float32), row, np.array(sorted(away), dtype=np.intp))
    assert found == slow_rank(scores, row, away)


def test_a_title_that_the_catalogue_lacks_is_never_found() -> None:
    assert rank_of(np.array([1.0, 0.0], dtype=np.float32), None, np.array([], dtype=np.intp)) == 2


def test_names_without_doubt_do_not_compete_as_new() -> None:
    catalogue = Catalogue.build(ITEMS)
    found = evidence(catalogue, None, Dialogue(("Anna Work 1 and Berta Smith",)), None)
    assert [catalogue.ids[row] for row in named_rows(found)] == ["anna-1"]


def test_the_blend_finds_what_links_and_past_answers_tell() -> None:
    train = [asked(f"{maker}-{n}", maker, f"{maker}-2") for maker in ("anna", "berta", "clara") for n in range(8)]
    evaluated = [EvaluatedTurn(asked(f"new-{m}", m, f"{m}-2"), frozenset()) for m in ("anna", "berta", "clara")]
    evaluated.append(EvaluatedTurn(asked("dora", "dora", "dora-0"), frozenset()))
    found = run(material(train, evaluated), QUICK, lambda line: None)
    parley = found["**Parley**"]
    assert parley.every[:3].tolist() == [1, 1, 1]
    # Nobody asked for Dora before, but her works are linked to her.
    assert found["sum with fixed weights"].every[3] <= 3
    assert found["popularity"].every[3] > 3
    assert any(name.startswith("BM25") for name in found)


def test_what_was_named_counts_in_all_and_not_in_new() -> None:
    train = [asked(f"{maker}-{n}", maker, f"{maker}-2") for maker in ("anna", "berta") for n in range(4)]
    turn = Answered("x", Dialogue(("Anna Work 1, who made it?",)), ("anna-1", "anna-2"))
    found = run(material(train, [EvaluatedTurn(turn, frozenset({"anna-1"}))]), QUICK, lambda line: None)
    ranks = found["sum with fixed weights"]
    assert ranks.repeated.tolist() == [True, False]
    assert ranks.every[0] == 1
    assert ranks.new[1] == ranks.every[1] - 1


def test_without_a_training_part_no_dialogue_teaches_about_itself() -> None:
    evaluated = [EvaluatedTurn(asked(f"d{n % 10}", "anna", f"anna-{n % 3}"), frozenset()) for n in range(30)]
    every = material([], evaluated)
    tested: list[int] = []
    for teach, held_out in splits_of(every, seed=0):
        names = {every.turns[row].dialogue_id for row in teach}
        assert not names & {every.turns[row].dialogue_id for row in held_out}
        tested += held_out.tolist()
    assert sorted(tested) == list(range(30))


def test_a_leaking_split_is_refused() -> None:
    turn = asked("shared", "anna", "anna-0")
    with pytest.raises(ValueError, match="Dialogue shared would teach"):
        splits_of(material([turn], [EvaluatedTurn(turn, frozenset())]), seed=0)


def test_the_table_counts_labels_twice_with_and_without_repeated_ones() -> None:
    ranks = LabelRanks(
        every=np.array([1, 5, 20, 100]),
        new=np.array([99, 4, 9, 90]),
        repeated=np.array([True, False, False, False]),
        dialogue=np.array([0, 0, 1, 2]),
    )
    head, _, line = table({"row": ranks}, seed=0)
    cells = [cell.split(" ")[0] for cell in line.split("|")[2:-1] for cell in [cell.strip()]]
    assert head.count("|") == line.count("|")
    assert cells[:6] == [".250", ".500", ".750", ".000", ".667", ".667"]
    assert cells[6:] == [f"{(1 + 1 / 5 + 1 / 20 + 1 / 100) / 4:.3f}"[1:], f"{(1 / 4 + 1 / 9 + 1 / 90) / 3:.3f}"[1:]]


def test_labels_of_one_dialogue_make_the_interval_wider_than_as_many_alone() -> None:
    values = np.repeat([0.0, 1.0] * 10, 5)
    together = clustered_interval(values, np.repeat(np.arange(20), 5), seed=0)
    alone = clustered_interval(values, np.arange(100), seed=0)
    assert together.mean == alone.mean == 0.5
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_the_description_tells_what_was_dropped_and_missed() -> None:
    given_ = material([asked("a", "anna", "anna-0")], [EvaluatedTurn(asked("b", "anna", "anna-1"), frozenset())])
    data = replace(given_.data, dropped=7, unknown=2, notes=("something",))
    text = "\n".join(describe(data, given_))
    assert "(7 more dropped" in text
    assert "2 gold titles" in text
    assert "Something." in text


def test_folds_make_one_table_of_all_labels() -> None:
    makers = ("anna", "berta", "clara")
    evaluated = [EvaluatedTurn(asked(f"d{n}", makers[n % 3], f"{makers[n % 3]}-2"), frozenset()) for n in range(30)]
    found = run(material([], evaluated), replace(QUICK, seed=1), lambda line: None)
    assert {len(ranks.every) for ranks in found.values()} == {30}
    assert {len(ranks.repeated) for ranks in found.values()} == {30}
    assert (found["**Parley**"].every == 1).mean() > 0.9
