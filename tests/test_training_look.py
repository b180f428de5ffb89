"""Fitting the first look: it learns which features find the sentence, and cross-validation asks weights that have not seen it."""

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("lightgbm")

from qa.reading.evidence import LOOK
from training.look import Looked, fit_look, recall
from training.reader import FOLDS, fold_of

CONTEXT = LOOK.index("context")


def made(number: int, *, at: int = CONTEXT) -> Looked:
    """Return a question whose sentence has more than others of one feature, among noise in all."""
    chance = np.random.default_rng(number)
    table = chance.uniform(0.0, 0.5, (30, len(LOOK)))
    best = np.zeros(30, dtype=bool)
    best[chance.integers(30)] = True
    table[best, at] += 0.6
    return Looked(f"article-{number}", table, best)


def test_the_feature_that_tells_gets_the_weight_and_the_fit_repeats_itself() -> None:
    data = [made(n) for n in range(60)]
    weights = fit_look(data)
    assert int(np.argmax(np.abs(weights))) == CONTEXT
    assert weights[CONTEXT] > 0
    assert np.array_equal(weights, fit_look([made(n) for n in range(60)]))
    assert recall(data, [weights] * FOLDS, 3) > 0.9


def test_each_question_is_ranked_by_the_weights_of_its_own_fold() -> None:
    one = made(1)
    good = np.zeros(len(LOOK))
    good[CONTEXT] = 1.0
    folds = [-good] * FOLDS
    folds[fold_of(one.group)] = good
    assert recall([one], folds, 1) == 1.0
    folds[fold_of(one.group)] = -good
    assert recall([one], folds, 29) == 0.0
