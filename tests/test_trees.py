"""Trees: walked down as LightGBM does, kept and read again, and refused when they are something else."""

from pathlib import Path

import lightgbm
import numpy as np
import pytest

from qa.reading.trees import Trees
from training.trees import SETTINGS, grown

ROWS = np.random.default_rng(3).normal(size=(400, 5)).astype(np.float32)
GAINS = np.clip(ROWS[:, 0] * (ROWS[:, 1] > 0) + 0.1, 0.0, None)
TABLES = np.split(ROWS, 20)
SPLIT = np.split(GAINS, 20)


def test_the_sums_are_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    boosters = []
    train = lightgbm.train

    def kept(*args: object, **options: object) -> lightgbm.Booster:
        boosters.append(train(*args, **options))
        return boosters[-1]

    monkeypatch.setattr(lightgbm, "train", kept)
    monkeypatch.setitem(SETTINGS, "min_data_in_leaf", 10)
    trees = grown(TABLES, SPLIT, rounds=25)
    assert trees.sums(ROWS) == pytest.approx(boosters[0].predict(ROWS), abs=1e-5)
    assert trees.sums(ROWS).std() > 0.1
    assert trees.feature.shape == (25, 14)


def test_they_learn_what_counts_only_beside_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "min_data_in_leaf", 10)
    trees = grown(TABLES, SPLIT, rounds=100)
    gained = [g[int(np.argmax(trees.sums(t)))] / g.max() for t, g in zip(TABLES, SPLIT, strict=True)]
    alone = [g[int(np.argmax(t[:, 0]))] / g.max() for t, g in zip(TABLES, SPLIT, strict=True)]
    assert np.mean(gained) > 0.8 > np.mean(alone)


def test_they_are_the_same_again_and_when_read_from_a_file(tmp_path: Path) -> None:
    trees = grown(TABLES, SPLIT, rounds=5)
    assert np.array_equal(trees.sums(ROWS), grown(TABLES, SPLIT, rounds=5).sums(ROWS))
    trees.scaled(2.0).save(tmp_path / "trees.npz")
    assert Trees.load(tmp_path / "trees.npz").sums(ROWS) == pytest.approx(2 * trees.sums(ROWS), abs=1e-5)


def test_no_rows_no_sums() -> None:
    assert grown(TABLES, SPLIT, rounds=2).sums(np.zeros((0, 5), dtype=np.float32)).shape == (0,)


def test_what_holds_no_trees_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", feature=np.zeros(3))
    with pytest.raises(ValueError, match="no trees: right"):
        Trees.load(tmp_path / "other.npz")
