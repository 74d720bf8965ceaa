from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from components.fitting import Options, fit, held_out_scores
from scipy import sparse
from sklearn.linear_model import LogisticRegression

LABELS = ["hello", "hello", "bye", "bye", "more", "more"]
TEXTS = ["hi there", "hi you", "bye there", "bye you", "more there", "more you"]
OPTIONS = Options(groups=(3, 2), strength=10.0, grams=0.7, seed=7)


def vectors(seed: int = 0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    centres = {"hello": 0.0, "bye": 1.0, "more": 2.0}
    return np.stack([generator.normal(centres[label] + 5, 0.2, 5) for label in LABELS]).astype(np.float32)


def test_what_was_learnt_is_known() -> None:
    head = fit(vectors(), TEXTS, LABELS, OPTIONS)
    found = [head.labels[head.probabilities(row, text).argmax()] for row, text in zip(vectors(1), TEXTS, strict=True)]
    assert found == LABELS


def test_ours_are_the_probabilities_of_scikit_learn() -> None:
    dense = vectors()
    head = fit(dense, TEXTS, LABELS, OPTIONS)
    blocks = [(dense - head.mean) / head.scale]
    for table in head.tables:
        grams = np.zeros((len(TEXTS), len(table.names)), dtype=np.float32)
        for row, text in zip(grams, TEXTS, strict=True):
            columns, values = table.row(text)
            row[columns] = values * OPTIONS.grams
        blocks.append(grams)
    features = sparse.csr_matrix(np.hstack(blocks))
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000, tol=1e-6, random_state=7)
    expected = model.fit(features, LABELS).predict_proba(features)
    ours = np.stack([head.probabilities(row, text) for row, text in zip(dense, TEXTS, strict=True)])
    assert np.allclose(ours, expected, atol=2e-3)
    assert np.allclose(ours.sum(axis=1), 1, atol=1e-6)


def test_two_labels_work_like_many() -> None:
    head = fit(vectors()[:4], TEXTS[:4], LABELS[:4], OPTIONS)
    assert head.labels == ("bye", "hello")
    assert head.probabilities(vectors()[0], TEXTS[0])[1] > 0.8
    assert head.probabilities(vectors()[2], TEXTS[2])[0] > 0.8


def test_each_group_of_columns_speaks_equally_loud() -> None:
    head = fit(vectors() * np.array([1, 1, 1, 100, 100], dtype=np.float32), TEXTS, LABELS, OPTIONS)
    assert np.allclose(head.scale[3:] / head.scale[0], 100 * np.sqrt(2 / 3), rtol=0.3)
    assert len(set(head.scale.tolist())) == 2


def test_columns_that_never_vary_do_no_harm() -> None:
    dense = vectors()
    dense[:, 3:] = 1.0
    assert np.isfinite(fit(dense, TEXTS, LABELS, OPTIONS).probabilities(dense[0], "")).all()


def test_a_stored_head_is_the_same_head(tmp_path: Path) -> None:
    head = fit(vectors(), TEXTS, LABELS, OPTIONS)
    head.save(tmp_path / "head.npz")
    again = type(head).load(tmp_path / "head.npz")
    assert again.labels == head.labels
    assert [table.names for table in again.tables] == [table.names for table in head.tables]
    for row, text in zip(vectors(2), [*TEXTS[:5], "你好"], strict=True):
        assert np.array_equal(again.probabilities(row, text), head.probabilities(row, text))


def test_training_twice_gives_the_same_head() -> None:
    first, second = (fit(vectors(), TEXTS, LABELS, OPTIONS) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.gram_weights, second.gram_weights)


def test_a_cooler_head_has_the_same_favourite_and_is_less_sure() -> None:
    head = fit(vectors(), TEXTS, LABELS, OPTIONS)
    for row, text in zip(vectors(1), TEXTS, strict=True):
        sure, unsure = head.probabilities(row, text), head.cooled(3.0).probabilities(row, text)
        assert sure.argmax() == unsure.argmax()
        assert sure.max() > unsure.max()


def test_held_out_scores_come_from_heads_that_have_not_seen_the_line() -> None:
    options = replace(OPTIONS, folds=2)
    odd = ["bye", "hello", "hello", "bye", "more", "more"]  # the first two lines bear the wrong names
    scores, labels = held_out_scores(vectors(), TEXTS, odd, options)
    assert labels == ("bye", "hello", "more")
    assert scores.shape == (6, 3)
    assert [labels[column] for column in scores[4:].argmax(axis=1)] == ["more", "more"]


def test_what_cannot_be_told_apart_makes_an_unsure_head() -> None:
    dense, labels = np.tile(vectors()[:1], (40, 1)), ["hello", "bye"] * 20
    generator = np.random.default_rng(3)
    noisy = (dense + generator.normal(0, 0.2, dense.shape)).astype(np.float32)
    texts = ["same words"] * 40
    sure, honest = (fit(noisy, texts, labels, replace(OPTIONS, folds=folds)) for folds in (0, 4))
    assert honest.probabilities(noisy[0], texts[0]).max() < sure.probabilities(noisy[0], texts[0]).max()


def test_one_intent_is_not_enough() -> None:
    with pytest.raises(ValueError, match="at least two intents"):
        fit(vectors()[:2], TEXTS[:2], LABELS[:2], OPTIONS)


def test_where_most_lines_were_seen_before_the_others_find_the_temperature() -> None:
    options = replace(OPTIONS, folds=3, unseen=(1, 3, 5))
    scores, _ = held_out_scores(vectors(), TEXTS, LABELS, options)
    judged = np.unique(scores[[0, 2, 4]])
    assert len(judged) == 1  # nothing was said of the rows that the features had seen
    head = fit(vectors(), TEXTS, LABELS, options)
    found = [head.labels[head.probabilities(row, text).argmax()] for row, text in zip(vectors(1), TEXTS, strict=True)]
    assert found == LABELS
