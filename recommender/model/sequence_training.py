"""How the sequence model learns: every place of every history foresees the next items, among all or sampled ones."""

from __future__ import annotations

import copy
import time

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from recommender.model.sequence import Floats, Histories, Progress, SequenceParameters
from recommender.model.sequence_batches import HeldOut, Rows, batches, hold_out
from recommender.model.sequence_graph import to_onnx
from recommender.model.sequence_network import SequenceNetwork

FIRST = 10  # the length of the lists whose NDCG tells when to stop
KEPT = 0.99  # share of the running mean of weights that a step keeps


class SequenceTask(torch.nn.Module):
    """The network and what it reads and foresees: item vectors (n, d), of which directions count, and biases (n,)."""

    def __init__(self, start: Floats, parameters: SequenceParameters) -> None:
        super().__init__()
        p = parameters
        self.network = SequenceNetwork(p.dimensions, p.layers, p.heads, p.length, p.dropout)
        self.free = torch.nn.Parameter(torch.from_numpy(start.copy()))
        self.biases = torch.nn.Parameter(torch.zeros(len(start)))

    def vectors(self) -> torch.Tensor:
        """(n, d) float32 unit item vectors."""
        return functional.normalize(self.free, dim=-1)

    def states(self, vectors: torch.Tensor, batch: Rows) -> torch.Tensor:
        """(b, l) rows, -1 where padded → (b, l, d)."""
        states: torch.Tensor = self.network(functional.embedding(torch.from_numpy(np.maximum(batch, 0)), vectors))
        return states


class Objective:
    """Cross-entropy of the next items, nearer ones weighted more: exact, or against negatives that a batch shares.

    Those are drawn partly by popularity and corrected for how likely each was drawn (Bengio and Senécal 2008). All of a
    place's next items share one denominator (the dense all-action loss of PinnerFormer, Pancha et al. 2022).
    """

    def __init__(self, items: Rows, count: int, parameters: SequenceParameters, generator: np.random.Generator) -> None:
        self.sampled = parameters.sampled if count > 4 * parameters.sampled else None
        self.decay = parameters.decay
        self.generator = generator
        popular = np.bincount(items, minlength=count) ** 0.75
        self.chance: NDArray[np.float64] = 0.7 * popular / popular.sum() + 0.3 / count

    def __call__(self, task: SequenceTask, inputs: Rows, targets: Rows) -> torch.Tensor:
        """Mean loss of a batch of `recommender.model.sequence_batches.batches`."""
        asked = torch.from_numpy(inputs >= 0)
        vectors = task.vectors()
        states = task.states(vectors, inputs)[asked]
        wanted = torch.from_numpy(targets)[asked]
        weights = (wanted >= 0) * self.decay ** torch.arange(wanted.shape[1])
        weights = weights / weights.sum(dim=1, keepdim=True)
        wanted = wanted.clamp(min=0)
        if self.sampled is None:
            scores = states @ vectors.T + task.biases
            own, among = scores.gather(1, wanted), torch.logsumexp(scores, dim=-1)
        else:
            own = (states[:, None] * vectors[wanted]).sum(dim=-1) + task.biases[wanted]
            among = torch.logaddexp(self._sampled(task, vectors, states, wanted[:, 0], self.sampled), own[:, 0])
        loss: torch.Tensor = (among - (own * weights).sum(dim=1)).mean()
        return loss

    def _sampled(
        self, task: SequenceTask, vectors: torch.Tensor, states: torch.Tensor, next_item: torch.Tensor, count: int
    ) -> torch.Tensor:
        """Log of the sum that the sample estimates, over all items but each place's next one."""
        cumulative = np.cumsum(self.chance)
        drawn = np.unique(np.searchsorted(cumulative, self.generator.random(count) * cumulative[-1]))
        likely = -np.expm1(count * np.log1p(-self.chance[drawn]))  # to be among them, as often as it was drawn
        rows = torch.from_numpy(drawn)
        corrected = task.biases[rows] - torch.from_numpy(np.log(likely).astype(np.float32))
        scores = (states @ vectors[rows].T + corrected).masked_fill(next_item[:, None] == rows, -torch.inf)
        return torch.logsumexp(scores, dim=-1)


def train(
    histories: Histories, start: Floats, parameters: SequenceParameters, progress: Progress | None
) -> tuple[Floats, bytes]:
    """Learnt (n, d+1) item vectors with biases, and the network as ONNX; torch's threads and generator stay untouched.

    Args:
        histories: of items that all occur.
        start: (n, d) float32 starting item vectors.
        parameters: training settings.
        progress: is told about the epochs.
    """
    threads, state = torch.get_num_threads(), torch.get_rng_state()
    torch.set_num_threads(parameters.threads)
    torch.manual_seed(parameters.seed)
    try:
        task = _train(histories, SequenceTask(start, parameters), parameters, progress)
        with torch.inference_mode():
            vectors = torch.column_stack([task.vectors(), task.biases]).numpy()
        return vectors, to_onnx(task.network)
    finally:
        torch.set_num_threads(threads)
        torch.set_rng_state(state)


def _train(
    histories: Histories, task: SequenceTask, parameters: SequenceParameters, progress: Progress | None
) -> SequenceTask:
    """The running mean of weights at the epoch that did best on held-out people."""
    began = time.process_time()
    generator = np.random.default_rng(parameters.seed)
    learning, judged = hold_out(histories, generator)
    if not (np.diff(learning.start) > 1).any():
        return task.eval()
    objective = Objective(learning.items.astype(np.intp), len(task.biases), parameters, generator)
    optimiser = torch.optim.Adam(task.parameters(), lr=parameters.learning_rate)
    mean = copy.deepcopy(task).eval()
    best, best_task, waited, steps = -1.0, mean, 0, 0
    for epoch in range(parameters.epochs):
        task.train()
        for inputs, targets in batches(learning, parameters.length, parameters.ahead, generator):
            optimiser.zero_grad()
            loss = objective(task, inputs, targets)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            steps += 1
            # A mean of weights is as good as a falling learning rate, and needs no end known beforehand.
            with torch.no_grad():
                share = max(1 - KEPT, 9 / (9 + steps))
                torch._foreach_lerp_(list(mean.parameters()), list(task.parameters()), share)
        value = _ndcg(mean, judged, parameters.length)
        if progress:
            progress(f"epoch {epoch + 1} of {parameters.epochs}: NDCG@10 {value:.4f} on held-out people")
        waited += 1
        if value >= best:  # of equals the later has learnt more
            best, best_task, waited = value, copy.deepcopy(mean), 0
        late = parameters.seconds is not None and time.process_time() - began > parameters.seconds
        if waited >= parameters.patience or late:
            break
    return best_task


@torch.inference_mode()
def _ndcg(task: SequenceTask, judged: HeldOut, length: int) -> float:
    """Mean NDCG@10 over people among the items that each has not seen; 0 without people."""
    gains: list[float] = []
    discounts = 1 / np.log2(np.arange(2, FIRST + 2))
    vectors = task.vectors()
    for first in range(0, len(judged.pasts), 256):
        pasts, futures = judged.pasts[first : first + 256], judged.futures[first : first + 256]
        lengths = np.array([min(len(past), length) for past in pasts])
        padded = np.full((len(pasts), lengths.max()), -1, dtype=np.intp)
        for row, past in enumerate(pasts):
            padded[row, : lengths[row]] = past[-length:]
        states = task.states(vectors, padded)[torch.arange(len(pasts)), torch.from_numpy(lengths - 1)]
        scores = states @ vectors.T + task.biases
        for row, past in enumerate(pasts):
            scores[row, past] = -torch.inf
        top = scores.topk(min(FIRST, scores.shape[1])).indices.numpy()
        for row, future in enumerate(futures):
            found = discounts[: top.shape[1]][np.isin(top[row], future)].sum()
            gains.append(float(found / discounts[: len(future)].sum()))
    return float(np.mean(gains)) if gains else 0.0
