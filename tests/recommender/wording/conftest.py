from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from prometheus_client import REGISTRY

from tests.recommender.wording.liar import Liar, lying

Counted = Callable[[str, str], float]


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as server:
        yield server


@pytest.fixture
def counted() -> Counted:
    """How often a result with a reason was counted since the test began."""
    before: dict[tuple[str, str], float] = {}

    def value(result: str, reason: str) -> float:
        return REGISTRY.get_sample_value("parley_wording_total", {"result": result, "reason": reason}) or 0.0

    for metric in REGISTRY.collect():
        for sample in metric.samples:
            if sample.name == "parley_wording_total":
                before[sample.labels["result"], sample.labels["reason"]] = sample.value
    return lambda result, reason: value(result, reason) - before.get((result, reason), 0.0)
