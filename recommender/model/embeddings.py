"""What serving needs of a trained model: arrays in one `.npz` and a JSON card, never a pickle.

Biases are folded into the vectors as a last column (people carry a constant 1 there), so that a score is one dot
product.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError

Floats = NDArray[np.float32]

FORMAT = 1
ARRAYS_FILE = "model.npz"
CARD_FILE = "card.json"


@dataclass(frozen=True, slots=True)
class BlendWeights:
    """How much each standardised part of a score counts; those that data can tell are tuned on later interactions.

    fold_in scales the centred mean of liked item vectors into the space of people; cold_offset is added to the
    standardised hybrid score of items that nobody has touched, whose vectors come from the map and not from WARP.
    """

    hybrid: float = 1.0
    text: float = 0.3
    popularity: float = 0.3
    query: float = 1.0
    anchor: float = 1.5
    fold_in: float = 1.0
    cold_offset: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a reader wants to know about a version, beside its arrays.

    `trained_until` is the time of the last interaction in training, ISO UTC; `metrics` were measured on the newest
    interactions, by a model that had not seen them; `reason` says why it was promoted or not.
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
    popularity (n,) recency-decayed weight of interactions; history: people's liked or bought items as CSR
    (history_start (m+1,), history_items into item_ids, newest first), history_bought marks purchases.
    """

    item_ids: NDArray[np.str_]
    item_vectors: Floats
    warm: NDArray[np.bool_]
    popularity: Floats
    text_vectors: Floats
    text_mean: Floats
    text_map: Floats
    person_ids: NDArray[np.str_]
    person_vectors: Floats
    mean_person: Floats
    history_start: NDArray[np.int64]
    history_items: NDArray[np.int32]
    history_bought: NDArray[np.bool_]
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
        arrays = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "card"}
        np.savez(folder / ARRAYS_FILE, format=np.array(FORMAT), **arrays)
        (folder / CARD_FILE).write_text(json.dumps(asdict(self.card), indent=2, ensure_ascii=False), encoding="utf-8")


def read_card(folder: Path) -> ModelCard:
    """The card of the version in `folder`.

    Raises:
        ModelError: missing or unreadable.
    """
    try:
        raw: dict[str, Any] = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        return ModelCard(**{**raw, "weights": BlendWeights(**raw["weights"])})
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
            arrays = {f.name: archive[f.name] for f in fields(Embeddings) if f.name != "card"}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"The model in {folder} cannot be read ({error}). {_REMEDY}") from error
    embeddings = Embeddings(**arrays, card=card)
    _check(embeddings, folder)
    return embeddings


_REMEDY = "Train a new one with `parley train`, or go back to another version with `parley models use VERSION`."


def _check(model: Embeddings, folder: Path) -> None:
    n, width = model.item_vectors.shape
    fits = (
        len(model.item_ids) == len(model.text_vectors) == len(model.warm) == len(model.popularity) == n
        and model.person_vectors.shape == (len(model.person_ids), width)
        and model.mean_person.shape == (width,)
        and model.text_map.shape == (model.text_vectors.shape[1] + 1, width)
        and len(model.history_start) == len(model.person_ids) + 1
    )
    if not fits:
        raise ModelError(f"The arrays of the model in {folder} do not fit each other. {_REMEDY}")
    if not all(np.isfinite(a).all() for a in (model.item_vectors, model.person_vectors, model.text_vectors)):
        raise ModelError(f"The model in {folder} holds values that are not finite. {_REMEDY}")
