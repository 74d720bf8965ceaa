"""What serving needs of a trained model: arrays in one `.npz` and a JSON card, never a pickle.

Biases are folded into the vectors as a last column (people carry a constant 1 there), so that a score is one dot
product.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.model.neighbours import Links
from recommender.model.ranker import Ranker
from recommender.model.sequence import SequenceModel

Floats = NDArray[np.float32]

FORMAT = 2
ARRAYS_FILE = "model.npz"
CARD_FILE = "card.json"


@dataclass(frozen=True, slots=True)
class BlendWeights:
    """What is tuned beside the ranker: its scale, what is asked for in standard deviations of it, and what is late.

    fold_in scales the centred mean of liked item vectors into the space of people; `spread` is the standard deviation
    of the ranker's scores over a catalogue; query, anchor and conversation weigh a wish against taste; `half_life` days
    halve an interaction's part in the trend.
    """

    query: float = 1.0
    anchor: float = 1.5
    conversation: float = 1.5
    fold_in: float = 1.0
    spread: float = 1.0
    half_life: float = 30.0


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a reader wants to know about a version, beside its arrays.

    `parts` are the kinds of evidence it was trained with; `trained_until` is the time of the last interaction in
    training, ISO UTC; `metrics` were measured on the newest interactions, by a model that had not seen them; `reason`
    says why it was promoted or not.
    """

    version: str = ""
    created: str = ""
    trained_until: str = ""
    interactions: int = 0
    people: int = 0
    items: int = 0
    dimensions: int = 0
    seed: int = 0
    encoder: str = ""
    parts: tuple[str, ...] = ()
    weights: BlendWeights = field(default_factory=BlendWeights)
    metrics: dict[str, float] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Embeddings:
    """The arrays of one model; n items, m people, d latent dimensions, t text dimensions.

    item_vectors (n, d+1) float32, last column the item's bias; person_vectors (m, d+1), last column 1;
    mean_person (d+1,);
    text_vectors (n, t) float32, centred by text_mean (t,) and L2-normalised; text_map (t+1, d+1) takes a text vector
    (with a constant 1 appended) to an item vector, for items that nobody has touched; warm (n,) bool: seen in training;
    popularity (n,) confidence that an item gathered over all time, trend (n,) the same with recency decay;
    history: people's liked or bought items as CSR (history_start (m+1,), history_items into item_ids, newest first),
    history_bought marks purchases; neighbours: what each item says of others, without links when that part is off;
    sequence: None when that part is off; ranker: makes one score of all parts.
    """

    item_ids: NDArray[np.str_]
    item_vectors: Floats
    warm: NDArray[np.bool_]
    popularity: Floats
    trend: Floats
    text_vectors: Floats
    text_mean: Floats
    text_map: Floats
    person_ids: NDArray[np.str_]
    person_vectors: Floats
    mean_person: Floats
    history_start: NDArray[np.int64]
    history_items: NDArray[np.int32]
    history_bought: NDArray[np.bool_]
    neighbours: Links
    sequence: SequenceModel | None
    ranker: Ranker
    card: ModelCard = field(default_factory=ModelCard)

    def history(self, person_row: int) -> NDArray[np.int32]:
        """Item rows that the person in `person_row` liked or bought, newest first."""
        return self.history_items[self.history_start[person_row] : self.history_start[person_row + 1]]

    def bought(self, person_row: int) -> NDArray[np.int32]:
        """Item rows that the person in `person_row` bought."""
        window = slice(self.history_start[person_row], self.history_start[person_row + 1])
        return self.history_items[window][self.history_bought[window]]

    def save(self, folder: Path) -> None:
        """Writes both files into the existing `folder`."""
        arrays = {name: getattr(self, name) for name in _PLAIN}
        arrays |= {f"neighbours.{f.name}": getattr(self.neighbours, f.name) for f in fields(Links)}
        arrays |= {f"ranker.{name}": array for name, array in self.ranker.arrays().items()}
        if self.sequence is not None:
            arrays |= {f"sequence.{name}": getattr(self.sequence, name) for name in _SEQUENCE}
            arrays["sequence.network"] = np.frombuffer(self.sequence.network, dtype=np.uint8)
        np.savez(folder / ARRAYS_FILE, format=np.array(FORMAT), **arrays)
        (folder / CARD_FILE).write_text(json.dumps(asdict(self.card), indent=2, ensure_ascii=False), encoding="utf-8")


def read_card(folder: Path) -> ModelCard:
    """The card of the version in `folder`.

    Raises:
        ModelError: missing or unreadable.
    """
    try:
        raw: dict[str, Any] = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        return ModelCard(**{**raw, "parts": tuple(raw["parts"]), "weights": BlendWeights(**raw["weights"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"The model card in {folder} cannot be read ({error}). {_REMEDY}") from error


def load_embeddings(folder: Path) -> Embeddings:
    """The model in `folder`, checked.

    Raises:
        ModelError: missing, damaged, of another format, or with values that are not finite.
    """
    card = read_card(folder)
    try:
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as archive:
            if int(archive["format"]) != FORMAT:
                raise ModelError(f"The model in {folder} has format {int(archive['format'])}, not {FORMAT}. {_REMEDY}")
            arrays = {name: archive[name] for name in archive.files}
            embeddings = _assembled(arrays, card)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"The model in {folder} cannot be read ({error}). {_REMEDY}") from error
    _check(embeddings, folder)
    return embeddings


_REMEDY = "Train a new one with `parley train`, or go back to another version with `parley models use VERSION`."


_NESTED = ("neighbours", "sequence", "ranker", "card")
_PLAIN = tuple(f.name for f in fields(Embeddings) if f.name not in _NESTED)
_SEQUENCE = ("item_vectors", "text_map", "warm")


def _assembled(arrays: Mapping[str, NDArray[Any]], card: ModelCard) -> Embeddings:
    sequence = None
    if "sequence.network" in arrays:
        network = arrays["sequence.network"].tobytes()
        sequence = SequenceModel(**{name: arrays[f"sequence.{name}"] for name in _SEQUENCE}, network=network)
    ranker = {name.removeprefix("ranker."): array for name, array in arrays.items() if name.startswith("ranker.")}
    return Embeddings(
        **{name: arrays[name] for name in _PLAIN},
        neighbours=Links(**{f.name: arrays[f"neighbours.{f.name}"] for f in fields(Links)}),
        sequence=sequence,
        ranker=Ranker.of_arrays(ranker),
        card=card,
    )


def _check(model: Embeddings, folder: Path) -> None:
    n, width = model.item_vectors.shape
    fits = (
        len(model.item_ids)
        == len(model.text_vectors)
        == len(model.warm)
        == len(model.popularity)
        == len(model.trend)
        == n
        and len(model.neighbours) == n
        and model.neighbours.start[-1] == len(model.neighbours.items) == len(model.neighbours.weights)
        and (not len(model.neighbours.items) or model.neighbours.items.max() < n)
        and (model.sequence is None or len(model.sequence.item_vectors) == n)
        and model.person_vectors.shape == (len(model.person_ids), width)
        and model.mean_person.shape == (width,)
        and model.text_map.shape == (model.text_vectors.shape[1] + 1, width)
        and len(model.history_start) == len(model.person_ids) + 1
        and model.history_start[-1] == len(model.history_items) == len(model.history_bought)
        and (not len(model.history_items) or model.history_items.max() < n)
    )
    if not fits:
        raise ModelError(f"The arrays of the model in {folder} do not fit each other. {_REMEDY}")
    values = [model.item_vectors, model.person_vectors, model.text_vectors, model.neighbours.weights]
    values += [model.ranker.weights, model.ranker.factors]
    values += [] if model.sequence is None else [model.sequence.item_vectors]
    if not all(np.isfinite(array).all() for array in values):
        raise ModelError(f"The model in {folder} holds values that are not finite. {_REMEDY}")
