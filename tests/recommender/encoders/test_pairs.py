from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.conversations.dialogue import end_of
from recommender.encoders.pairs import Corpus, Pair, dialogue_pairs, read_pairs, read_passages, write_pairs
from recommender.errors import EncoderError

words = st.text("abc", min_size=1, max_size=2)
some_pairs = st.lists(st.builds(Pair, words, words, st.sampled_from(["", "x", "y", "z"])), min_size=2, max_size=20)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    pairs = (Pair("红色连衣裙", "Red dress.", "a", ("Blue dress.", "牛仔裤")), Pair("jeans", "Slim jeans."))
    assert write_pairs(tmp_path / "pairs.jsonl", pairs) == 2
    assert read_pairs(tmp_path / "pairs.jsonl") == pairs


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    pairs = (Pair("one\u2028two", "three\x85four"),)
    write_pairs(tmp_path / "pairs.jsonl", pairs)
    assert read_pairs(tmp_path / "pairs.jsonl") == pairs


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 2: Expecting"),
        ("[1]", "line 2: it is no JSON object"),
        ('{"query": "a"}', 'line 2: "passage" is missing or empty'),
        ('{"query": "  ", "passage": "b"}', 'line 2: "query" is missing or empty'),
        ('{"query": "a", "passage": "b", "negatives": "c"}', 'line 2: "negatives" is no list of texts'),
        ('{"query": "a", "passage": "b", "groups": "c"}', "line 2: unknown key 'groups'"),
        ('{"query": "a", "passage": "b", "group": [1]}', 'line 2: "group" is neither'),
    ],
)
def test_a_faulty_line_is_named_by_number(line: str, fault: str, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(f'{{"query": "a", "passage": "b", "group": 7}}\n{line}\n\n')
    with pytest.raises(EncoderError, match="1 faulty line") as caught:
        read_pairs(file)
    assert fault in str(caught.value)


def test_a_missing_or_empty_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be read"):
        read_pairs(tmp_path / "nowhere.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(EncoderError, match="holds no pair"):
        read_pairs(tmp_path / "empty.jsonl")


def test_passages_alone_may_be_read_from_lines_with_more_keys(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"passage": "b", "id": 1}\n{"passage": "c"}\n')
    assert read_passages(tmp_path / "all.jsonl") == ("b", "c")
    (tmp_path / "all.jsonl").write_text('{"passage": "b"}\n["c"]\n')
    with pytest.raises(EncoderError, match="line 2"):
        read_passages(tmp_path / "all.jsonl")


def test_of_a_long_conversation_the_end_counts() -> None:
    assert end_of("one two  three", 9) == "two three"
    assert end_of("one two three", 10) == "two three"
    assert end_of("one two three", 7) == "three"
    assert end_of("我想要一件红色的连衣裙", 4) == "的连衣裙"
    assert end_of("short") == "short"
    turns = [("hello " * 100 + "a horror film", "The Shining. Horror.", "4"), (" ", "It", "5"), ("hm", "", "6")]
    (pair,) = dialogue_pairs(turns)
    assert pair.query.endswith("a horror film")
    assert (pair.passage, pair.group) == ("The Shining. Horror.", "4")


def test_a_corpus_numbers_each_text_once() -> None:
    pairs = [Pair("q", "a", "g"), Pair("q", "b", "g"), Pair("q", "a", "g"), Pair("r", "a", "", ("c",))]
    corpus = Corpus.of(pairs, ["d", "a"])
    assert corpus.queries == ("q", "r")
    assert corpus.passages == ("a", "b", "c", "d")
    assert corpus.query_of.tolist() == [0, 0, 1]
    assert corpus.passage_of.tolist() == [0, 1, 0]
    assert corpus.given.tolist() == [[-1], [-1], [2]]
    assert corpus.positives.toarray().tolist() == [[True, True, False, False], [True, False, False, False]]
    assert corpus.knowing(np.array([1])).positives.toarray().sum() == 1


@given(some_pairs, st.floats(0.05, 0.9), st.integers(0, 5))
def test_no_group_stands_on_both_sides_of_the_split(pairs: list[Pair], share: float, seed: int) -> None:
    corpus = Corpus.of(pairs)
    if corpus.group_of.max() == 0:
        with pytest.raises(EncoderError, match="one group"):
            corpus.split(share, seed)
        return
    train, held = corpus.split(share, seed)
    assert len(train) > 0
    assert len(held) > 0
    assert sorted([*train, *held]) == list(range(len(corpus)))
    assert not set(corpus.group_of[train]) & set(corpus.group_of[held])


def test_about_the_wanted_share_is_held_out_and_the_seed_decides_which() -> None:
    corpus = Corpus.of([Pair(f"q{n}", f"p{n}", f"g{n // 3}") for n in range(300)])
    sizes = [len(corpus.split(0.1, seed)[1]) for seed in range(5)]
    assert all(30 <= size <= 33 for size in sizes)
    assert corpus.split(0.1, 1)[1].tolist() == corpus.split(0.1, 1)[1].tolist() != corpus.split(0.1, 2)[1].tolist()
