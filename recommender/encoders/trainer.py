"""The training loop: contrast, validate, mine, stop early, go on after an interruption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from recommender.encoders.contrastive import Batch, make_batch
from recommender.encoders.learner import Learner
from recommender.encoders.lora import copy_of, put_back, set_dropout
from recommender.encoders.mining import mine
from recommender.encoders.pairs import Corpus, Ints
from recommender.encoders.precision import Arithmetic
from recommender.encoders.progress import State, save_state
from recommender.encoders.recipe import FinetuneSettings, rate_at
from recommender.encoders.retrieval import ranks_of, scores_of
from recommender.encoders.trunk import SplitEncoder, Ticker


class Monitor(Protocol):
    """What a run tells while it goes on."""

    def scalar(self, name: str, value: float, step: int) -> None:
        """A number of a step, for TensorBoard."""

    def tick(self, steps: int, note: str) -> None:
        """Steps were done."""

    def say(self, sentence: str) -> None:
        """What comes next."""

    def bar(self, title: str) -> Ticker:
        """What wraps an iterable to show how far it is."""


@dataclass(frozen=True, eq=False)
class Task:
    """The pairs, the rows (b,) to learn from and (c,) to judge by, and the passages (m,) that compete in judging.

    `known` is the corpus as far as the rows to learn from tell.
    """

    corpus: Corpus
    known: Corpus
    train: Ints
    held: Ints
    pool: Ints


class Trainer:
    """One run. The same seed gives the same weights on one thread, interrupted or not (but for a limit in minutes)."""

    def __init__(
        self,
        task: Task,
        adapted: Any,
        encoder: SplitEncoder,
        arithmetic: Arithmetic,
        settings: FinetuneSettings,
        folder: Path,
        run: dict[str, Any],
        monitor: Monitor,
        clock: Callable[[], float],
    ) -> None:
        """Prepares.

        Args:
            task: what is learned.
            adapted: the model with LoRA, whose layers `encoder` shares.
            encoder: of the corpus' queries and, after them, its passages; cached.
            arithmetic: device and precision.
            settings: how.
            folder: where the state is kept.
            run: what the state belongs to.
            monitor: is told.
            clock: seconds since the run, or its part after an interruption, began.
        """
        self._task, self._adapted, self._encoder, self._settings = task, adapted, encoder, settings
        self._folder, self._run, self._monitor, self._clock = folder, run, monitor, clock
        self._arithmetic = arithmetic
        self._learner = Learner(adapted, encoder, len(task.corpus.queries), settings, arithmetic)
        self._width = settings.batch_size * settings.accumulate
        self.steps_per_epoch = len(task.train) // self._width + (len(task.train) % self._width >= 2)
        self.steps = self.steps_per_epoch * settings.epochs
        self._validate_every = max(1, -(-self.steps_per_epoch // settings.validations))
        self._before = 0.0  # seconds of earlier parts of the run
        self._reserve = 0.0  # seconds that the last validation took

    def begin(self) -> State:
        """Judges the encoder as it is, mines with it, and returns the state before the first step."""
        self._monitor.say("Judging the encoder as it is, and mining hard negatives.")
        queries, passages = self._encode(mining=True, everything=True)
        task = self._task
        before = ranks_of(task.corpus, task.held, queries, passages, np.arange(len(task.corpus.passages)))
        score = float((1 / ranks_of(task.corpus, task.held, queries, passages, task.pool)).mean())
        weights = copy_of(self._adapted)
        state = State(
            precision=self._arithmetic.precision,
            weights=weights,
            optimizer=self._learner.optimizer.state_dict(),
            scaler=self._learner.scaler.state_dict(),
            best_weights=weights,
            best=score,
            negatives=torch.from_numpy(self._mine(queries, passages, 0)),
            before=torch.from_numpy(before),
            validations=[[0, score]],
        )
        state.began = self._seconds()
        self._monitor.scalar("validation/mrr", score, 0)
        self._save(state)
        return state

    def go_on(self, state: State) -> None:
        """Takes up `state`, as it was saved."""
        put_back(self._adapted, state.weights)
        self._learner.optimizer.load_state_dict(state.optimizer)
        self._learner.scaler.load_state_dict(state.scaler)
        self._before = state.seconds
        if state.stale < self._settings.patience:
            state.stopped = ""  # its minutes were over: there may be more now

    def train(self, state: State) -> None:
        """Trains from `state` on until the last step, early stopping or the limit; leaves the best weights in place."""
        with torch.random.fork_rng(devices=self._cuda()):
            while not state.stopped:
                if state.step == self.steps:
                    state.stopped = "every epoch is done"
                elif self._seconds() + self._reserve > self._limit():
                    state.stopped = f"its {self._settings.minutes:g} minutes are over"
                else:
                    self._advance(state)
                    continue
                if state.validations[-1][0] != state.step:
                    self._validate(state, mining=False)
                self._save(state)
        put_back(self._adapted, state.best_weights)

    def final_ranks(self) -> Ints:
        """(c,) int64 the held-out pairs' ranks among all passages, by the weights in place."""
        queries, passages = self._encode(mining=False, everything=True)
        every = np.arange(len(self._task.corpus.passages))
        return ranks_of(self._task.corpus, self._task.held, queries, passages, every)

    def _advance(self, state: State) -> None:
        batch = self._batch(state)
        rate = rate_at(self._settings, self._progress(state))
        loss = self._learner.step(batch, state.step, rate)
        state.step += 1
        self._monitor.scalar("train/loss", loss, state.step)
        self._monitor.scalar("train/rate", rate, state.step)
        self._monitor.tick(1, f"loss {loss:.3f}, best MRR {state.best:.3f}")
        if not np.isfinite(loss):
            state.stopped = "the loss is no number any more: try a smaller rate"
        place = state.step % self.steps_per_epoch
        new_epoch = place == 0 and state.step < self.steps
        if state.step == self.steps or place % self._validate_every == 0:
            self._validate(state, mining=new_epoch and self._settings.remine and self._settings.negatives > 0)
        if place == 0 or state.step % self._settings.checkpoint_steps == 0:
            self._save(state)

    def _batch(self, state: State) -> Batch:
        epoch, place = divmod(state.step, self.steps_per_epoch)
        order = np.random.default_rng([self._settings.seed, 3, epoch]).permutation(len(self._task.train))
        chosen = order[place * self._width : (place + 1) * self._width]
        return make_batch(self._task.known, self._task.train[chosen], state.negatives.numpy()[chosen])

    def _validate(self, state: State, mining: bool) -> None:
        """Judges, and mines for the next epoch with the same vectors; both or neither are in a saved state."""
        started = self._clock()
        task = self._task
        queries, passages = self._encode(mining, everything=mining)
        values = scores_of(ranks_of(task.corpus, task.held, queries, passages, task.pool))
        for name, value in values.items():
            self._monitor.scalar(f"validation/{name}", float(value.mean()), state.step)
        score = float(values["mrr"].mean())
        state.validations.append([state.step, score])
        if score > state.best:
            state.best, state.best_step, state.stale = score, state.step, 0
            state.best_weights = copy_of(self._adapted)
        else:
            state.stale += 1
            if state.stale >= self._settings.patience and not state.stopped:
                state.stopped = f"{state.stale} validations brought nothing better"
        if mining and not state.stopped:
            state.negatives = torch.from_numpy(self._mine(queries, passages, state.step // self.steps_per_epoch))
        self._reserve = self._clock() - started
        self._monitor.say(f"Step {state.step} of {self.steps}: held-out MRR {score:.4f}, best {state.best:.4f}.")

    def _encode(self, mining: bool, everything: bool) -> tuple[Any, Any]:
        """Vectors by row of the queries and passages; rows that are not needed stay empty."""
        task, settings = self._task, self._settings
        set_dropout(self._adapted, on=False)
        count = len(task.corpus.queries)
        rows = [task.corpus.query_of[task.held]]
        if mining and settings.negatives > 0:
            rows.append(task.corpus.query_of[task.train])
        rows.append(count + (np.arange(len(task.corpus.passages)) if everything else task.pool))
        vectors = np.zeros((count + len(task.corpus.passages), self._encoder.dimension), dtype=np.float32)
        self._encoder.encode(np.unique(np.concatenate(rows)), vectors, self._monitor.bar("encoding"))
        return vectors[:count], vectors[count:]

    def _mine(self, queries: Any, passages: Any, epoch: int) -> Ints:
        """(len(train), negatives) int64: those that came with the pairs first, mined ones for what is missing."""
        settings, task = self._settings, self._task
        given = task.corpus.given[task.train][:, : settings.negatives]
        room = settings.negatives - given.shape[1]
        given = np.pad(given, ((0, 0), (0, room)), constant_values=-1)
        if settings.negatives == 0 or bool((given >= 0).all()):
            return given
        generator = np.random.default_rng([settings.seed, 4, epoch])
        limits = (settings.negatives, settings.depth, settings.margin)
        mined = mine(task.known, task.train, queries, passages, *limits, generator)
        return np.where(given >= 0, given, mined)

    def _save(self, state: State) -> None:
        state.weights, state.optimizer = copy_of(self._adapted), self._learner.optimizer.state_dict()
        state.scaler, state.seconds = self._learner.scaler.state_dict(), self._seconds()
        save_state(self._folder, state, self._run)

    def _progress(self, state: State) -> float:
        """Whichever is further, steps or minutes, so that the rate has fallen when either ends."""
        spent = (self._seconds() - state.began) / max(1.0, self._limit() - state.began)
        return max(state.step / self.steps, spent)

    def _limit(self) -> float:
        return self._settings.minutes * 60 or np.inf

    def _seconds(self) -> float:
        return self._before + self._clock()

    def _cuda(self) -> list[torch.device]:
        return [self._arithmetic.device] if self._arithmetic.device.type == "cuda" else []
