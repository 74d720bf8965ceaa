"""The one door to the answers: ask a question, in either language, of whatever stands in the folder by now."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recommender.answers.entry import Entry
from recommender.answers.examples import background, read_examples
from recommender.answers.faults import Fault
from recommender.answers.fitting import Fitted, fit
from recommender.answers.folder import VALIDATION, Stamp, read_folder, stamp
from recommender.answers.index import AnswerIndex
from recommender.answers.judged import OFFERED
from recommender.answers.match import Answered, Match
from recommender.answers.translations import translations
from recommender.answers.vectors import Vectors
from recommender.language.encoder import Encoder
from recommender.language.tokens import fold
from recommender.types import Language

logger = logging.getLogger(__name__)

LOOK_AFTER = 1.0
"""Seconds between two looks at the folder."""
WAIT = 1.0
"""Seconds that a question waits for new answers; what takes longer serves the next one."""
LONGEST = 500
"""Characters of a question that are read: a page of text is no question, and takes the encoder its time."""


@dataclass(frozen=True)
class Snapshot:
    """All answers at one moment, by id and by the ways to ask. `index` and `fitted` are None where there are none."""

    stamp: Stamp
    entries: Mapping[str, Entry]
    asked: Mapping[tuple[Language, str], Entry]
    faults: tuple[Fault, ...]
    index: AnswerIndex | None = None
    fitted: Fitted | None = None


class AnswerBase:
    """Answers from a folder of Markdown files. A file that is saved is known to the next question. Thread-safe."""

    def __init__(self, folder: Path | None, encoder: Encoder, cache: Path) -> None:
        self.folder = folder
        self.encoder = encoder
        self._file = cache / "answers" / "vectors.npz"
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._snapshot = self._build()

    @classmethod
    def open(cls, folder: Path | None, encoder: Encoder, cache: Path) -> AnswerBase:
        """The answers in `folder`; faults are in the log, and what they concern is left out.

        Args:
            folder: of Markdown files (see `document`), perhaps with validation.csv; None or missing: no answers.
            encoder: that is loaded already.
            cache: where vectors are kept between starts, below answers/.
        """
        return cls(folder, encoder, cache)

    @property
    def snapshot(self) -> Snapshot:
        """What serves now."""
        return self._snapshot

    def ask(self, text: str, language: Language) -> Answered:
        """What there is to say to `text`, 3 ms after the folder was read."""
        self._look()
        index, fitted = self._snapshot.index, self._snapshot.fitted
        words = " ".join(text.split())[:LONGEST]
        literal = self._snapshot.asked.get((language, _key(words)))
        if literal is not None:
            return Answered((Match.of(literal, 1.0),), True)
        if index is None or fitted is None or not words:
            return Answered()
        ranking = index.rank(self.encoder.encode([words])[0], words, language)
        matches = []
        for place in index.candidates(ranking, OFFERED):
            row = ranking.order[place]
            if place and ranking.scores[ranking.order[0]] - ranking.scores[row] >= fitted.margin:
                break
            chance = float(fitted.confidence.of(ranking.features(place)))
            matches.append(Match.of(index.entries[row], chance))
        return Answered(tuple(matches), matches[0].score >= fitted.threshold)

    def find(self, entry_id: str) -> Match | None:
        """The answer behind a button, None when it is gone."""
        entry = self._snapshot.entries.get(entry_id)
        return None if entry is None else Match.of(entry, 1.0)

    def refresh(self) -> None:
        """Reads the folder again if a file changed, whatever time that takes."""
        with self._lock:
            self._renew()

    def _look(self) -> None:
        """Takes up changed files; what takes long goes on beside the conversation."""
        now = time.monotonic()
        if self.folder is None or now - self._looked < LOOK_AFTER or not self._lock.acquire(blocking=False):
            return
        try:
            self._looked = now
            changed = stamp(self.folder) != self._snapshot.stamp
        finally:
            self._lock.release()
        if changed:
            worker = threading.Thread(target=self.refresh, name="answers", daemon=True)
            worker.start()
            worker.join(WAIT)

    def _renew(self) -> None:
        if self.folder is None or stamp(self.folder) == self._snapshot.stamp:
            return
        try:
            self._snapshot = self._build()
        except Exception:  # whatever a half-saved file does, the answers of before go on serving
            logger.exception("%s cannot be read; the answers of before go on.", self.folder)

    def _build(self) -> Snapshot:
        started = time.perf_counter()
        if self.folder is None:
            return Snapshot(frozenset(), {}, {}, ())
        before = stamp(self.folder)
        entries, faults = read_folder(self.folder)
        examples, wrong = read_examples(self.folder / VALIDATION, entries)
        faults = (*faults, *translations(entries)[1], *wrong)
        for fault in faults:
            logger.warning("%s", fault)
        known = {entry.id: entry for entry in entries}
        asked = {(entry.language, _key(words)): entry for entry in reversed(entries) for words in entry.asked}
        if not entries:
            return Snapshot(before, known, asked, faults)
        vectors, elsewhere = Vectors.open(self.encoder, self._file), background()
        index = AnswerIndex.build(entries, elsewhere, vectors)
        fitted = fit(index, examples, elsewhere, vectors)
        vectors.save()
        logger.info("%d answers are read in %.1f s: %s.", len(entries), time.perf_counter() - started, fitted)
        return Snapshot(before, known, asked, faults, index, fitted)


def _key(words: str) -> str:
    """What makes two questions literally the same."""
    return fold(words).strip(" ?.!。！~，,")
