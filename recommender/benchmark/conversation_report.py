"""Reads conversation sets, runs every row and writes the table: what `parley evaluate conversations` does."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.conversation_set import ConversationSet
from recommender.benchmark.conversations import LabelRanks, Material, Options, run
from recommender.benchmark.dialogues import find_sets, read_set, turns_elsewhere
from recommender.benchmark.ratings import taste_vectors
from recommender.conversations.catalogue import Catalogue, passage_of
from recommender.conversations.dialogue import Answered
from recommender.conversations.past import learn_past
from recommender.language.encoder import Kind
from recommender.learning.conversations import EncodedTurns, encode_turns
from recommender.learning.uncertainty import SAMPLES, Interval
from recommender.model.features import Floats, TextEncoder, centre

DEPTHS = (1, 10, 50)
IMDB = "imdb_id"
ZERO_SHOT, FINE_TUNED = "dense retrieval, zero-shot", "dense retrieval, fine-tuned"


@dataclass(frozen=True)
class Sources:
    """Where things come from: `ratings` a MovieLens folder, `memory` a folder for vectors from one run to the next.

    `blend_finetuned`: the blend's dense evidence is the fine-tuned encoder's, not the plain one's.
    """

    encoder: TextEncoder | None
    finetuned: TextEncoder | None
    ratings: Path | None
    memory: Path
    blend_finetuned: bool = False


def beside(data: Path) -> Path | None:
    """The ratings that stand beside conversation data, if they do."""
    tries = (folder / "interactions" / "ml-latest-small" for folder in data.resolve().parents[:2])
    return next((folder for folder in tries if folder.is_dir()), None)


def report(folder: Path, part: str | None, sources: Sources, options: Options, progress: Callable[[str], None]) -> str:
    """The tables of every set in `folder`, as Markdown.

    Raises:
        ParleyError: there is no set, or a file cannot be read.
    """
    parts = ["# Conversations as queries", "", PROTOCOL]
    for place in find_sets(folder):
        data = read_set(place, part)
        material = prepare(data, sources, progress, turns_elsewhere(data, place))
        parts += ["", *describe(data, material), "", *table(run(material, options, progress), options.seed)]
    return "\n".join(parts) + "\n"


PROTOCOL = (
    "A turn with k gold titles gives k labels; R@K is the share of labels among the first K of the whole catalogue. "
    "*All* counts titles that the dialogue had named before, *new* leaves them out and ranks only what was not named. "
    "No dialogue both teaches and is evaluated; the ranker's shape is chosen on held-out training dialogues, other "
    "settings were fixed by hand, some after a look at these parts. In brackets: 95% intervals over dialogues."
)


def prepare(
    data: ConversationSet, sources: Sources, progress: Callable[[str], None], others: Sequence[Answered] = ()
) -> Material:
    """Catalogue, turns and vectors of `data`, and what `others`, turns of other sets about its items, teach."""
    turns = (*(t.turn for t in data.evaluated), *data.train)
    catalogue = Catalogue.build(data.items)
    taste = fame = None
    if sources.ratings is not None and data.links.get(IMDB):
        taste, fame = taste_vectors(sources.ratings, data.links[IMDB], catalogue.ids)
    dense: dict[str, tuple[Floats, EncodedTurns]] = {}
    for name, encoder in ((ZERO_SHOT, sources.encoder), (FINE_TUNED, sources.finetuned)):
        if encoder is not None:
            progress(f"{data.name}: {name}, reading {len(data.items)} titles and {len(turns)} dialogues")
            dense[name] = _vectors(data, turns, encoder, sources.memory)
    used = dense.get(FINE_TUNED if sources.blend_finetuned else ZERO_SHOT)
    catalogue = catalogue.with_vectors(None if used is None else used[0], taste, fame)
    elsewhere = learn_past(catalogue, others) if others else None
    return Material(data, catalogue, turns, None if used is None else used[1], dense, elsewhere)


def _vectors(
    data: ConversationSet, turns: Sequence[Answered], encoder: TextEncoder, memory: Path
) -> tuple[Floats, EncodedTurns]:
    remembering = _Remembering(encoder, memory / f"vectors-{data.name}-{encoder.fingerprint[:16]}.npz")
    raw = remembering.encode([passage_of(item) for item in data.items], "passage")
    encoded = encode_turns([turn.dialogue for turn in turns], remembering)
    remembering.save()
    return centre(raw, raw.mean(axis=0)), encoded


def describe(data: ConversationSet, material: Material) -> list[str]:
    """What a reader has to know of the set before its figures."""
    labels = sum(len(t.turn.items) for t in data.evaluated)
    repeated = sum(len(t.repeated) for t in data.evaluated)
    dialogues = len({t.turn.dialogue_id for t in data.evaluated})
    teach = (
        f"{len(data.train):,} training turns of {len({t.dialogue_id for t in data.train}):,} dialogues "
        f"({data.dropped:,} more dropped: their dialogues are evaluated)"
        if data.train
        else "no training part: five folds by dialogue, four of which teach"
    )
    lines = [
        f"## {data.name}, {data.part}",
        "",
        f"{len(data.evaluated):,} turns of {dialogues:,} dialogues, {labels:,} labels of which {labels - repeated:,} "
        f"are new; {len(data.items):,} items; {teach}.",
    ]
    if data.unknown:
        lines.append(f"{data.unknown} gold titles are not in the catalogue and count as missed.")
    if material.catalogue.collaborative is not None:
        known = int((np.abs(material.catalogue.collaborative).sum(axis=1) > 0).sum())
        lines.append(f"{known:,} items have ratings.")
    if material.elsewhere is not None:
        lines.append(f"{material.elsewhere.answers.shape[0]:,} turns of the other sets were answered with its items.")
    return lines + [f"{note[:1].upper()}{note[1:]}." for note in data.notes]


def table(found: Mapping[str, LabelRanks], seed: int) -> list[str]:
    """Rows of Markdown: recall at DEPTHS, all and new, and MRR."""
    heads = [f"R@{k} {kind}" for kind in ("all", "new") for k in DEPTHS]
    lines = ["| | " + " | ".join([*heads, "MRR all", "MRR new"]) + " |", "|---" * (len(heads) + 3) + "|"]
    for name, ranks in found.items():
        fresh = ~ranks.repeated
        cells = [
            cell((r <= k).astype(np.float64), d, seed)
            for r, d in ((ranks.every, ranks.dialogue), (ranks.new[fresh], ranks.dialogue[fresh]))
            for k in DEPTHS
        ]
        cells += [f"{_short((1 / r).mean())}" if len(r) else "–" for r in (ranks.every, ranks.new[fresh])]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def cell(values: NDArray[np.float64], dialogue: NDArray[np.int64], seed: int) -> str:
    """A mean and its interval, as the table shows them."""
    if not len(values):
        return "–"
    found = clustered_interval(values, dialogue, seed)
    return f"{_short(found.mean)} ({_short(found.low)}–{_short(found.high)})"


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.3f}"


def clustered_interval(values: NDArray[np.float64], cluster: NDArray[np.int64], seed: int) -> Interval:
    """The mean of `values` and its 95% percentile interval under resampling of clusters (Davison, Hinkley 1997).

    Args:
        values: (l,).
        cluster: (l,) number of the dialogue that each value comes from; its labels rise and fall together.
        seed: of the resampling.
    """
    _, place = np.unique(cluster, return_inverse=True)
    sums, counts = np.bincount(place, weights=values), np.bincount(place).astype(np.float64)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=SAMPLES)
    means = (drawn @ sums) / (drawn @ counts)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))


class _Remembering:
    """An encoder that keeps its vectors in a file: contexts are long, and the same in the next run."""

    def __init__(self, encoder: TextEncoder, file: Path) -> None:
        self._encoder = encoder
        self._file = file
        try:
            with np.load(file, allow_pickle=False) as archive:
                self._known = dict(zip(archive["keys"].tolist(), archive["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            self._known = {}

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        return self._encoder.fingerprint

    def encode(self, texts: Sequence[str], kind: Kind = "query", batch_size: int = 32) -> Floats:
        keys = [hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()[:24] for text in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if fresh:
            vectors = self._encoder.encode(list(fresh.values()), kind, batch_size)
            self._known |= dict(zip(fresh, vectors.astype(np.float16), strict=True))
        return np.array([self._known[key] for key in keys], dtype=np.float32)

    def save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._file, keys=np.array(list(self._known)), vectors=np.array(list(self._known.values())))
