"""Texts as token ids of bounded length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TokenRows:
    """n texts: ids (t,) int32 of all one after the other, start (n+1,) int64 into them."""

    ids: NDArray[np.int32]
    start: Ints

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def lengths(self) -> Ints:
        """(n,) int64 tokens of each text."""
        return np.diff(self.start)

    def padded(self, rows: Ints, pad: int) -> tuple[Ints, Ints]:
        """Ids and mask (len(rows), longest) int64 of some texts."""
        lengths = self.lengths[rows]
        ids = np.full((len(rows), int(lengths.max())), pad, dtype=np.int64)
        for place, row in enumerate(rows):
            ids[place, : lengths[place]] = self.ids[self.start[row] : self.start[row + 1]]
        return ids, (np.arange(ids.shape[1]) < lengths[:, None]).astype(np.int64)

    def __add__(self, other: TokenRows) -> TokenRows:
        return TokenRows(
            np.concatenate([self.ids, other.ids]), np.concatenate([self.start, self.start[-1] + other.start[1:]])
        )


def tokenise(tokenizer: Tokenizer, prefix: str, texts: Sequence[str], limit: int, keep_end: bool) -> TokenRows:
    """Token rows of `prefix` + text, special tokens included, of at most `limit` tokens.

    Args:
        tokenizer: adds special tokens and does not truncate.
        prefix: stays whole.
        texts: any.
        limit: of one row.
        keep_end: cut what exceeds it right behind the prefix instead of at the end.
    """
    rows = []
    for start in range(0, len(texts), 1000):
        for encoding in tokenizer.encode_batch([prefix + text for text in texts[start : start + 1000]]):
            rows.append(_cut(encoding, len(prefix.rstrip()), limit, keep_end))
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    ids = np.array([one for row in rows for one in row], dtype=np.int32)
    return TokenRows(ids, np.concatenate([[0], lengths.cumsum()]).astype(np.int64))


def _cut(encoding: object, prefix: int, limit: int, keep_end: bool) -> list[int]:
    ids: list[int] = encoding.ids  # type: ignore[attr-defined]
    special: list[int] = encoding.special_tokens_mask  # type: ignore[attr-defined]
    surplus = len(ids) - limit
    if surplus <= 0:
        return ids or [0]
    if keep_end:
        offsets: list[tuple[int, int]] = encoding.offsets  # type: ignore[attr-defined]
        head = next(place for place, (_, end) in enumerate(offsets) if end > prefix and not special[place])
        return ids[:head] + ids[head + surplus :]
    tail = next(place for place in range(len(ids), 0, -1) if not special[place - 1])
    return ids[: tail - surplus] + ids[tail:]
