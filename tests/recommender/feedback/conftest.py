from __future__ import annotations

from collections.abc import Iterator

import pytest

from recommender.feedback.store import FeedbackStore


@pytest.fixture
def store(database_url: str) -> Iterator[FeedbackStore]:
    with FeedbackStore.open(database_url) as opened:
        yield opened
