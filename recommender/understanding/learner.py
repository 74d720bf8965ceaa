"""LoRA on the encoder's upper layers, taught to tell intents apart by a classification head that is thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from recommender.encoders.lora import learning, set_dropout
from recommender.encoders.recipe import FinetuneSettings, rate_at
from recommender.encoders.trunk import SplitEncoder

HEAD_RATE = 2e-2
SMOOTHING = 0.05
START = 6.0  # length of the head's first weights, which point to the intents' mean vectors
DROPOUT = 0.1

Ints = NDArray[np.int64]


class IntentLearner:
    """Cross-entropy over centred sentence vectors; the same seed gives the same weights on one thread."""

    def __init__(
        self, adapted: Any, encoder: SplitEncoder, targets: Ints, train: Ints, settings: FinetuneSettings
    ) -> None:
        """Prepares.

        Args:
            adapted: the model with LoRA, whose layers `encoder` shares.
            encoder: of all texts; cached.
            targets: (texts,) their intents as numbers from 0.
            train: (t,) the texts to learn from.
            settings: how.
        """
        self._adapted, self._encoder, self._settings, self._train = adapted, encoder, settings, train
        self._targets = torch.from_numpy(targets)
        count = int(targets.max()) + 1
        before = np.zeros((len(targets), encoder.dimension), dtype=np.float32)
        encoder.encode(np.arange(len(targets)), before)
        mean = before[train].mean(axis=0)
        self._scale = float(np.sqrt(((before[train] - mean) ** 2).sum(axis=1).mean()))
        centres = [(before[train][targets[train] == number] - mean).mean(axis=0) for number in range(count)]
        self._mean = torch.from_numpy(mean)
        self._head = torch.nn.Linear(encoder.dimension, count)
        with torch.no_grad():
            self._head.weight.copy_(torch.from_numpy(np.stack(centres) / self._scale * START))
            self._head.bias.zero_()
        sizes = np.bincount(targets[train], minlength=count)
        # The root: rare intents count more, but one line of theirs not as much as ten of another's.
        self._weight = torch.from_numpy(np.sqrt(len(train) / (count * sizes))).float()
        self._parameters = list(learning(adapted).values())
        groups = [{"params": self._parameters}, {"params": list(self._head.parameters())}]
        self._optimizer = torch.optim.AdamW(groups, lr=settings.rate, weight_decay=settings.weight_decay)
        self.steps = settings.epochs * (len(train) // settings.batch_size)

    def epoch(self, number: int) -> float:
        """One pass over the texts to learn from, in an order of its own; returns the mean loss."""
        size = self._settings.batch_size
        order = np.random.default_rng([self._settings.seed, number]).permutation(self._train)
        per_epoch = len(order) // size
        torch.manual_seed(self._settings.seed + number)
        set_dropout(self._adapted, on=True)
        losses = [
            self._step(order[place * size : (place + 1) * size], number * per_epoch + place)
            for place in range(per_epoch)
        ]
        set_dropout(self._adapted, on=False)
        return float(np.mean(losses))

    def accuracy(self, rows: Ints) -> float:
        """Share of the texts `rows` whose intent the throw-away head names."""
        vectors = np.zeros((len(self._targets), self._encoder.dimension), dtype=np.float32)
        self._encoder.encode(rows, vectors)
        with torch.no_grad():
            scores = self._head((torch.from_numpy(vectors[rows]) - self._mean) / self._scale)
        return float((scores.argmax(dim=1) == self._targets[rows]).float().mean())

    def _step(self, rows: Ints, step: int) -> float:
        rate = rate_at(self._settings, step / max(1, self.steps))
        for group, highest in zip(self._optimizer.param_groups, (self._settings.rate, HEAD_RATE), strict=True):
            group["lr"] = rate * highest / self._settings.rate
        self._optimizer.zero_grad(set_to_none=True)
        centred = (self._encoder.vectors(rows) - self._mean) / self._scale
        scores = self._head(torch.nn.functional.dropout(centred, DROPOUT))
        loss = torch.nn.functional.cross_entropy(
            scores, self._targets[rows], weight=self._weight, label_smoothing=SMOOTHING
        )
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._parameters, self._settings.clip)
        self._optimizer.step()
        return float(loss.detach())


def numbered(intents: Sequence[str]) -> Ints:
    """(n,) int64: each name's place among the different names in alphabetical order."""
    places = {name: place for place, name in enumerate(sorted(set(intents)))}
    return np.array([places[name] for name in intents], dtype=np.int64)
