"""One step of training: contrast a batch, send the loss back, move the adapter."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from recommender.encoders.contrastive import Batch, info_nce
from recommender.encoders.lora import learning, set_dropout
from recommender.encoders.pairs import Ints
from recommender.encoders.precision import Arithmetic
from recommender.encoders.recipe import FinetuneSettings
from recommender.encoders.trunk import SplitEncoder


class Learner:
    """AdamW over an adapter. The same seed and step number give the same step."""

    def __init__(
        self, adapted: Any, encoder: SplitEncoder, queries: int, settings: FinetuneSettings, arithmetic: Arithmetic
    ) -> None:
        """Prepares.

        Args:
            adapted: the model with LoRA, whose layers `encoder` shares.
            encoder: of the corpus' `queries` queries and, after them, its passages.
            queries: see there.
            settings: how.
            arithmetic: device and precision.
        """
        self._adapted, self._encoder, self._queries, self._settings = adapted, encoder, queries, settings
        self._parameters = list(learning(adapted).values())
        self.optimizer = torch.optim.AdamW(self._parameters, lr=settings.rate, weight_decay=settings.weight_decay)
        self.scaler = arithmetic.scaler()

    def step(self, batch: Batch, number: int, rate: float) -> float:
        """One optimiser step at the learning rate `rate`; returns the loss. `number` decides about the dropout."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        set_dropout(self._adapted, on=True)
        self.optimizer.zero_grad(set_to_none=True)
        loss = self._backward_cached(batch, number) if self._settings.accumulate > 1 else self._backward(batch, number)
        self.scaler.unscale_(self.optimizer)
        if self._settings.clip > 0:
            torch.nn.utils.clip_grad_norm_(self._parameters, self._settings.clip)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        return loss

    def _backward(self, batch: Batch, step: int) -> float:
        torch.manual_seed(self._seed(step, 0))
        loss = self._loss(self._encoder.vectors(self._texts(batch)), batch)
        self.scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    def _backward_cached(self, batch: Batch, step: int) -> float:
        """GradCache (Gao et al. 2021): the loss over all vectors first, then each part's gradient through the model.

        Memory is that of one part; the same seed gives a part the same dropout both times.
        """
        texts = self._texts(batch)
        parts = [texts[at : at + self._settings.batch_size] for at in range(0, len(texts), self._settings.batch_size)]
        found = []
        with torch.no_grad():
            for place, part in enumerate(parts):
                torch.manual_seed(self._seed(step, place))
                found.append(self._encoder.vectors(part))
        vectors = torch.cat(found).requires_grad_()
        loss = self._loss(vectors, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        if vectors.grad is None:
            raise RuntimeError("the loss does not depend on the vectors")
        for place, part in enumerate(parts):
            wanted = vectors.grad[place * len(parts[0]) :][: len(part)]
            torch.manual_seed(self._seed(step, place))
            surrogate = (self._encoder.vectors(part) * wanted).sum()
            self.scaler.scale(surrogate).backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    def _loss(self, vectors: torch.Tensor, batch: Batch) -> torch.Tensor:
        count = len(batch.queries)
        settings = self._settings
        return info_nce(vectors[:count], vectors[count:], batch, settings.temperature, settings.symmetric)

    def _texts(self, batch: Batch) -> Ints:
        return np.concatenate([batch.queries, self._queries + batch.passages])

    def _seed(self, step: int, part: int) -> int:
        return int(np.random.SeedSequence([self._settings.seed, 5, step, part]).generate_state(1)[0])
