"""How the sequence model learns: every place of every history foresees the next item, among all or sampled ones."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from recommender.model.sequence import Floats, Histories, Progress, SequenceParameters
from recommender.model.sequence_graph import to_onnx
from recommender.model.sequence_network import SequenceNetwork

Rows = NDArray[np.intp]

POSITIONS = 2048  # places of histories in one step
AVERAGED = 0.99  # share of the running mean of weights that a step keeps
ALL_ITEMS = 4096  # catalogues up to this size are compared with as a whole


class SequenceTask(torch.nn.Module):
    """The network and what it reads and foresees: item vectors (n, d) and biases (n,)."""

    def __init__(self, start: Floats, parameters: SequenceParameters) -> None:
        super().__init__()
        p = parameters
        self.network = SequenceNetwork(p.dimensions, p.layers, p.heads, p.length, p.dropout)
        self.vectors = torch.nn.Parameter(torch.from_numpy(start.copy()))
        self.biases = torch.nn.Parameter(torch.zeros(len(start)))

    def states(self, batch: Rows) -> torch.Tensor:
        """(b, l) rows, -1 where padded → (b, l, d)."""
        rows = torch.from_numpy(np.maximum(batch, 0))
        states: torch.Tensor = self.network(functional.embedding(rows, self.vectors))
        return states


def windows(histories: Histories, length: int, generator: np.random.Generator | None) -> tuple[Rows, Rows]:
    """(first, last) of pieces of at most `length` + 1 items that together have every step of every history once.

    Where a long history is cut is random with a generator; without one, the newest piece is the fullest.
    """
    firsts, lasts = [], []
    for begin, end in zip(histories.start[:-1], histories.start[1:], strict=True):
        steps = end - begin - 1
        last = end - 1
        if generator is not None and steps > length:
            last = end - 1 - int(generator.integers(0, length))
            if last < end - 1:
                firsts.append(max(begin, end - 1 - length))
                lasts.append(end - 1)
        while last > begin:
            firsts.append(max(begin, last - length))
            lasts.append(last)
            last -= length
    return np.array(firsts, dtype=np.intp), np.array(lasts, dtype=np.intp)


def batches(histories: Histories, length: int, generator: np.random.Generator) -> Iterator[tuple[Rows, Rows]]:
    """(inputs, targets) (b, l) rows, -1 where padded, of histories of like length in random order."""
    items = histories.items.astype(np.intp)
    first, last = windows(histories, length, generator)
    steps = last - first
    order = np.argsort(steps + generator.random(len(steps)), kind="stable")
    places = min(POSITIONS, max(64, int(steps.sum()) // 16))
    cuts, size, longest = [0], 0, 0
    for place, number in enumerate(steps[order].tolist()):
        longest = max(longest, number)
        size += 1
        if size * longest >= places:
            cuts.append(place + 1)
            size, longest = 0, 0
    if cuts[-1] < len(order):
        cuts.append(len(order))
    for batch in generator.permutation(len(cuts) - 1):
        rows = order[cuts[batch] : cuts[batch + 1]]
        step = np.arange(steps[rows].max())
        where = first[rows][:, None] + step
        inside = step < steps[rows][:, None]
        limit = len(items) - 1
        yield (
            np.where(inside, items[np.minimum(where, limit)], -1),
            np.where(inside, items[np.minimum(where + 1, limit)], -1),
        )


class Objective:
    """Cross-entropy of the next item: exact, or against negatives that a batch shares.

    Those are drawn partly by popularity and corrected for how likely each was drawn (Bengio and Senécal 2008).
    """

    def __init__(self, items: Rows, count: int, generator: np.random.Generator, sampled: int = 1024) -> None:
        self.exact = count <= ALL_ITEMS
        self.sampled = sampled
        self.generator = generator
        counts = np.bincount(items, minlength=count).astype(np.float64)
        self.chance = counts**0.75 / (counts**0.75).sum() * 0.7 + 0.3 / count
        self.cumulative = np.cumsum(self.chance)

    def __call__(self, task: SequenceTask, inputs: Rows, targets: Rows) -> torch.Tensor:
        """Mean loss of a batch."""
        known = torch.from_numpy(targets >= 0)
        states = task.states(inputs)[known]
        target = torch.from_numpy(targets)[known]
        if self.exact:
            return functional.cross_entropy(states @ task.vectors.T + task.biases, target)
        drawn = np.unique(np.searchsorted(self.cumulative, self.generator.random(self.sampled) * self.cumulative[-1]))
        # The chance to be in the sample at least once, as often as drawn.
        correction = torch.from_numpy(np.log(1 - (1 - self.chance[drawn]) ** self.sampled).astype(np.float32))
        rows = torch.from_numpy(drawn)
        others = states @ task.vectors[rows].T + (task.biases[rows] - correction)
        others = others.masked_fill(target[:, None] == rows[None, :], -torch.inf)
        own = (states * task.vectors[target]).sum(-1) + task.biases[target]
        return (torch.logaddexp(torch.logsumexp(others, dim=-1), own) - own).mean()


def train(
    histories: Histories, start: Floats, parameters: SequenceParameters, progress: Progress | None
) -> tuple[Floats, bytes]:
    """Learnt (n, d+1) item vectors with biases, and the network as ONNX."""
    threads = torch.get_num_threads()
    state = torch.get_rng_state()
    torch.set_num_threads(parameters.threads)
    torch.manual_seed(parameters.seed)
    try:
        task = _train(histories, start, parameters, progress)
        vectors = torch.column_stack([task.vectors, task.biases]).detach().numpy().astype(np.float32)
        return vectors, to_onnx(task.network)
    finally:
        torch.set_num_threads(threads)
        torch.set_rng_state(state)


def _train(
    histories: Histories, start: Floats, parameters: SequenceParameters, progress: Progress | None
) -> SequenceTask:
    began = time.monotonic()
    generator = np.random.default_rng(parameters.seed)
    task = SequenceTask(start, parameters)
    learning, judged = hold_out(histories, generator)
    if not len(learning.items):
        return task
    objective = Objective(learning.items.astype(np.intp), len(start), generator)
    optimiser = torch.optim.Adam(task.parameters(), lr=parameters.learning_rate)
    mean = copy.deepcopy(task)
    best, best_task, waited, taken = -1.0, mean, 0, 0
    for epoch in range(parameters.epochs):
        task.train()
        for inputs, targets in batches(learning, parameters.length, generator):
            optimiser.zero_grad()
            loss = objective(task, inputs, targets)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            taken += 1
            with torch.no_grad():
                weight = max(1 - AVERAGED, 9 / (9 + taken))  # the first steps are soon forgotten
                torch._foreach_lerp_(list(mean.parameters()), list(task.parameters()), weight)
        value = judged.value(mean, parameters.length)
        if progress:
            progress(f"epoch {epoch + 1} of {parameters.epochs}: {value:.4f} on held-out people")
        waited += 1
        if value >= best:  # of equals the later has learnt more
            best, best_task, waited = value, copy.deepcopy(mean), 0
        late = parameters.seconds is not None and time.monotonic() - began > parameters.seconds
        if waited >= parameters.patience or late:
            break
    return best_task.eval()


class HeldOut:
    """Histories and the items that came after them."""

    def __init__(self, pasts: list[Rows], futures: list[Rows]) -> None:
        self.pasts = pasts
        self.futures = futures

    def value(self, task: SequenceTask, length: int) -> float:
        """Mean NDCG@10 over people among the items that each has not seen; 0 without people."""
        task.eval()
        discounts = 1 / np.log2(np.arange(2, 12))
        gains = []
        with torch.inference_mode():
            for first in range(0, len(self.pasts), 256):
                pasts, futures = self.pasts[first : first + 256], self.futures[first : first + 256]
                ends = np.array([min(len(past), length) for past in pasts])
                padded = np.full((len(pasts), ends.max()), -1)
                for row, past in enumerate(pasts):
                    padded[row, : ends[row]] = past[-length:]
                states = task.states(padded)[torch.arange(len(pasts)), torch.from_numpy(ends - 1)]
                scores = (states @ task.vectors.T + task.biases).numpy()
                for row, past in enumerate(pasts):
                    scores[row, past] = -np.inf
                top = torch.from_numpy(scores).topk(min(10, scores.shape[1])).indices.numpy()
                for row, future in enumerate(futures):
                    found = np.isin(top[row], future) * discounts[: top.shape[1]]
                    gains.append(found.sum() / discounts[: len(future)].sum())
        return float(np.mean(gains)) if gains else 0.0


def hold_out(histories: Histories, generator: np.random.Generator) -> tuple[Histories, HeldOut]:
    """Takes the last fifth of some people's histories out to tell when to stop."""
    lengths = np.diff(histories.start)
    able = np.flatnonzero(lengths >= 3)
    chosen = generator.permutation(able)[: max(1, min(1000, len(able) // 5))] if len(able) else able
    held = np.zeros(len(lengths), dtype=np.int64)
    held[chosen] = np.maximum(1, np.minimum(lengths[chosen] // 5, lengths[chosen] - 2))
    ends = histories.start[1:] - held
    pasts = [histories.items[histories.start[p] : ends[p]].astype(np.intp) for p in chosen]
    futures = [histories.items[ends[p] : histories.start[p + 1]].astype(np.intp) for p in chosen]
    kept = np.ones(len(histories.items), dtype=bool)
    for person in chosen:
        kept[ends[person] : histories.start[person + 1]] = False
    start = np.concatenate([[0], np.cumsum(lengths - held)])
    return Histories(start, histories.items[kept].astype(np.int32)), HeldOut(pasts, futures)
