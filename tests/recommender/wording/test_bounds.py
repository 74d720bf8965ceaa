from __future__ import annotations

import threading

from recommender.wording.breaker import Breaker
from recommender.wording.budget import Budget
from recommender.wording.cache import Cache


def test_a_budget_is_spent_by_the_day() -> None:
    now = [0.0]
    budget = Budget(2, lambda: now[0])
    assert [budget.take() for _ in range(3)] == [True, True, False]
    now[0] = 86_399.0
    assert not budget.take()
    now[0] = 86_400.0
    assert budget.take()


def test_threads_spend_no_more_than_there_is() -> None:
    budget, taken = Budget(50, lambda: 0.0), []

    def spend() -> None:
        taken.extend(budget.take() for _ in range(20))

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 50


def test_a_breaker_opens_after_failures_in_a_row_and_one_call_tries_after_its_rest() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0], most=2, rest=30.0)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    now[0] = 30.0
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.succeeded()
    assert breaker.allows()


def test_a_cache_keeps_what_was_used_last_and_for_a_while() -> None:
    now = [0.0]
    cache = Cache[str](lambda: now[0], size=2, seconds=10.0)
    cache.put("a", "1")
    cache.put("b", "2")
    assert cache.get("a") == "1"
    cache.put("c", "3")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == ("1", None, "3")
    now[0] = 10.0
    assert cache.get("a") is None
