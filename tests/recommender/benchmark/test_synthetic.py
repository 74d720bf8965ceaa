from __future__ import annotations

import numpy as np
import pytest

from recommender.benchmark.synthetic import LOYALTY, Shop


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop(items=4_000, interactions=60_000, seed=3)


def test_it_has_the_size_that_was_asked_for(shop: Shop) -> None:
    log = shop.log()
    assert len(log) == 60_000
    assert len(log.items) == 4_000
    assert len(log.persons) == 6_000
    assert log.item.max() < 4_000
    assert log.persons == tuple(sorted(log.persons))


def test_the_same_seed_draws_the_same_log_and_another_one_another(shop: Shop) -> None:
    assert np.array_equal(shop.log().item, shop.log().item)
    assert not np.array_equal(shop.log().item, Shop(4_000, 60_000, seed=4).log().item)


def test_few_items_have_most_of_the_interactions(shop: Shop) -> None:
    counts = np.sort(np.bincount(shop.log().item, minlength=4_000))[::-1]
    assert counts[:400].sum() > 0.4 * counts.sum()
    assert np.median(counts) < counts.mean()


def test_people_keep_to_few_communities(shop: Shop) -> None:
    log, community = shop.log(), shop.community()
    busiest = np.argsort(np.bincount(log.person))[-50:]
    shares = []
    for person in busiest:
        mine = np.bincount(community[log.item[log.person == person]], minlength=shop.communities)
        shares.append(np.sort(mine)[-3:].sum() / mine.sum())
    assert np.mean(shares) > LOYALTY - 0.05


def test_texts_of_one_community_resemble_each_other(shop: Shop) -> None:
    texts, community = shop.texts(), shop.community()
    alike = texts @ texts[0]
    assert np.allclose(np.linalg.norm(texts, axis=1), 1, atol=1e-5)
    assert alike[community == community[0]].mean() > alike[community == community[-1]].mean() + 0.2


def test_the_smallest_shop_works() -> None:
    log = Shop(items=2, interactions=1).log()
    assert len(log) == 1
    assert log.matrix().shape == (100, 2)
