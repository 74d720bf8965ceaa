"""Dialogues → a ranking of the catalogue, with the links that explain it; arrays in one .npz and a JSON card."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.comention import NamedAnswers
from recommender.conversations.contexts import Neighbours, TextIndex
from recommender.conversations.dialogue import Dialogue
from recommender.conversations.features import CONTEXT, Evidence, Floats, QueryVectors, column_names, evidence
from recommender.conversations.past import Past
from recommender.conversations.prior import prior_ranker
from recommender.errors import ModelError
from recommender.model.ranker import Ranker

FORMAT = 1
ARRAYS, CARD = "conversations.npz", "conversations.json"
_REMEDY = "Train a new one with `parley train`."


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """What a model was learned from; `metrics` were measured on dialogues that it had not seen."""

    turns: int = 0
    dialogues: int = 0
    items: int = 0
    encoder: str = ""
    metrics: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """Why an item answers: `name` was said, and the item is it (attribute None) or has `value` of `attribute`."""

    name: str
    attribute: str | None
    value: str


@dataclass(frozen=True, eq=False)
class Ranking:
    """scores (n,) float32 and the evidence behind them."""

    scores: Floats
    evidence: Evidence


@dataclass(frozen=True, eq=False)
class ConversationModel:
    """Ranks one catalogue for dialogues.

    `past` None: nobody has talked about this catalogue yet. basis (t, k) turns a last turn's vector into context for
    the ranker, k 0 without an encoder; query_mean (2, t) centres vectors of last turns and of dialogues.
    """

    catalogue: Catalogue
    past: Past | None
    ranker: Ranker
    basis: Floats
    query_mean: Floats
    card: ConversationCard = field(default_factory=ConversationCard)

    @classmethod
    def fresh(cls, catalogue: Catalogue, query_mean: Floats | None = None) -> ConversationModel:
        """A model without conversations: names, links, words and vectors, weighed by hand."""
        t = 0 if catalogue.vectors is None else catalogue.vectors.shape[1]
        mean = np.zeros((2, t), dtype=np.float32) if query_mean is None else query_mean
        ranker = prior_ranker(column_names(catalogue), len(CONTEXT))
        return cls(catalogue, None, ranker, np.zeros((t, 0), dtype=np.float32), mean)

    def rank(self, dialogue: Dialogue, vectors: QueryVectors | None = None) -> Ranking:
        """Scores of every item as the answer to `dialogue`; `vectors` are the dialogue's, None without an encoder."""
        found = evidence(self.catalogue, self.past, dialogue, vectors)
        return Ranking(self.ranker.score(found.columns, context_of(found, vectors, self.basis)), found)

    def links(self, found: Evidence, row: int) -> tuple[Link, ...]:
        """Every name of the dialogue that leads to the item in `row`, the newest first."""
        graph = self.catalogue.graph
        mine = set(graph.values_of(row).tolist())
        links: dict[Link, None] = {}
        for mention in reversed(found.mentions):
            name = " ".join(mention.key)
            if row in mention.items:
                links[Link(name, None, name)] = None
            shared = [value for value in mention.values if value in mine]
            for item in () if row in mention.items else mention.items:
                shared += sorted(mine.intersection(graph.values_of(item).tolist()))
            for value in shared:
                attribute, word = graph.values[value]
                links[Link(name, graph.attributes[attribute], word)] = None
        return tuple(links)

    def save(self, folder: Path) -> None:
        """Writes both files into the existing `folder`."""
        arrays = {f"ranker.{name}": array for name, array in self.ranker.arrays().items()}
        arrays |= {"basis": self.basis, "query_mean": self.query_mean, "items": np.array(self.catalogue.ids)}
        if self.past is not None:
            arrays |= _past_arrays(self.past)
        np.savez_compressed(folder / ARRAYS, **arrays)  # type: ignore[arg-type]
        card = {"format": FORMAT, **asdict(self.card)}
        (folder / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, catalogue: Catalogue) -> ConversationModel:
        """The model in `folder` for `catalogue`; items that came since start without a past, gone ones are left out.

        Raises:
            ModelError: it is missing, damaged or of another format, or its columns are not this catalogue's.
        """
        try:
            card: Any = json.loads((folder / CARD).read_text(encoding="utf-8"))
            if card.pop("format", None) != FORMAT:
                raise ModelError(f"The conversation model in {folder} is not of format {FORMAT}. {_REMEDY}")
            with np.load(folder / ARRAYS, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            part = {name.removeprefix("ranker."): a for name, a in arrays.items() if name.startswith("ranker.")}
            ranker = Ranker.of_arrays(part)
            past = _past(arrays, catalogue)
            model = cls(catalogue, past, ranker, arrays["basis"], arrays["query_mean"], ConversationCard(**card))
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ModelError(f"The conversation model in {folder} cannot be read ({error}). {_REMEDY}") from error
        if ranker.names != column_names(catalogue):
            raise ModelError(f"The conversation model in {folder} was made for other attributes. {_REMEDY}")
        return model


def context_of(found: Evidence, vectors: QueryVectors | None, basis: Floats) -> Floats:
    """(g,) what the ranker is told about the query: counts of names, and, by `basis` (t, k), the kind of question."""
    if vectors is None:
        return np.concatenate([found.context, np.zeros(basis.shape[1], dtype=np.float32)])
    return np.concatenate([found.context, vectors.last @ basis])


def _sparse(name: str, matrix: sp.csr_matrix) -> dict[str, NDArray[np.generic]]:
    return {
        f"{name}.data": matrix.data.astype(np.float32),
        f"{name}.indices": matrix.indices.astype(np.int32),
        f"{name}.indptr": matrix.indptr.astype(np.int64),
        f"{name}.shape": np.array(matrix.shape, dtype=np.int64),
    }


def _words(words: Mapping[Any, int]) -> NDArray[np.str_]:
    return np.array([" ".join(word) if isinstance(word, tuple) else word for word in words], dtype=np.str_)


def _past_arrays(past: Past, prefix: str = "past") -> dict[str, NDArray[np.generic]]:
    arrays: dict[str, NDArray[np.generic]] = {
        f"{prefix}.popularity": past.popularity,
        f"{prefix}.mentioned": past.mentioned,
        f"{prefix}.whole.terms": _words(past.whole.index.vocabulary),
        f"{prefix}.last.terms": _words(past.last.index.vocabulary),
        f"{prefix}.named_last.names": _words(past.named_last.names),
        f"{prefix}.named_all.names": _words(past.named_all.names),
    }
    for name, matrix in (
        ("whole", past.whole.index.weights),
        ("last", past.last.index.weights),
        ("named_last", past.named_last.counts),
        ("named_all", past.named_all.counts),
        ("together", past.together),
        ("answers", past.answers),
    ):
        arrays |= _sparse(f"{prefix}.{name}", matrix)
    if past.vectors is not None:
        arrays[f"{prefix}.vectors"] = past.vectors.astype(np.float16)
    if past.elsewhere is not None:
        arrays |= _past_arrays(past.elsewhere, "elsewhere")
    return arrays


def _past(arrays: Mapping[str, NDArray[Any]], catalogue: Catalogue, prefix: str = "past") -> Past | None:
    if f"{prefix}.popularity" not in arrays:
        return None
    number = {str(item): row for row, item in enumerate(arrays["items"])}
    was = np.array([number.get(item, -1) for item in catalogue.ids], dtype=np.intp)

    def matrix(name: str) -> sp.csr_matrix:
        parts = tuple(arrays[f"{prefix}.{name}.{part}"] for part in ("data", "indices", "indptr"))
        return sp.csr_matrix(parts, shape=tuple(arrays[f"{prefix}.{name}.shape"]))

    def of_items(values: NDArray[Any]) -> Floats:
        return np.where(was >= 0, values[was], 0).astype(np.float32)

    def columns(found: sp.csr_matrix) -> sp.csr_matrix:
        kept = np.flatnonzero(was >= 0)
        into = sp.csr_matrix((np.ones(len(kept), np.float32), (was[kept], kept)), shape=(len(number), len(was)))
        return sp.csr_matrix(found @ into)

    def names(name: str) -> dict[tuple[str, ...], int]:
        return {tuple(str(word).split(" ")): row for row, word in enumerate(arrays[f"{prefix}.{name}.names"])}

    def terms(name: str) -> dict[str, int]:
        return {str(word): row for row, word in enumerate(arrays[f"{prefix}.{name}.terms"])}

    answers = columns(matrix("answers"))
    return Past(
        popularity=of_items(arrays[f"{prefix}.popularity"]),
        mentioned=of_items(arrays[f"{prefix}.mentioned"]),
        whole=Neighbours(TextIndex(terms("whole"), matrix("whole")), answers),
        last=Neighbours(TextIndex(terms("last"), matrix("last")), answers),
        named_last=NamedAnswers(names("named_last"), columns(matrix("named_last"))),
        named_all=NamedAnswers(names("named_all"), columns(matrix("named_all"))),
        together=columns(sp.csr_matrix(columns(matrix("together")).T)),
        answers=answers,
        vectors=arrays[f"{prefix}.vectors"].astype(np.float32) if f"{prefix}.vectors" in arrays else None,
        elsewhere=None if prefix == "elsewhere" else _past(arrays, catalogue, "elsewhere"),
    )
