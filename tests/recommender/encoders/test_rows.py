from __future__ import annotations

import numpy as np

from recommender.encoders.checkpoint import Checkpoint
from recommender.encoders.rows import tokenise


def texts_of(checkpoint: Checkpoint, text: str, limit: int, keep_end: bool) -> str:
    rows = tokenise(checkpoint.tokenizer, "query: ", [text], limit, keep_end)
    assert len(rows.ids) <= limit
    return str(checkpoint.tokenizer.decode(rows.ids.tolist(), skip_special_tokens=False))


def test_a_long_query_keeps_prefix_end_and_special_tokens(bundled: Checkpoint) -> None:
    assert texts_of(bundled, "one two three four five six", 8, keep_end=True) == "<s> query: four five six</s>"


def test_a_long_passage_keeps_its_start(bundled: Checkpoint) -> None:
    assert texts_of(bundled, "one two three four five six", 8, keep_end=False) == "<s> query: one two three</s>"


def test_short_texts_stay_whole_and_padding_is_masked(bundled: Checkpoint) -> None:
    rows = tokenise(bundled.tokenizer, "query: ", ["a", "one two three", ""], 64, keep_end=True)
    assert [rows.ids[a:b].tolist() for a, b in zip(rows.start, rows.start[1:], strict=False)] == [
        bundled.tokenizer.encode(f"query: {text}").ids for text in ("a", "one two three", "")
    ]
    ids, mask = rows.padded(np.array([0, 1]), pad=1)
    assert mask.sum(axis=1).tolist() == rows.lengths[:2].tolist()
    assert (ids[mask == 0] == 1).all()
    both = rows + rows
    assert len(both) == 6
    assert both.lengths.tolist() == [*rows.lengths, *rows.lengths]
