"""Grows the trees of the reader's ranking with LightGBM and takes them over as arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.reading.trees import LEAVES, Trees

__all__ = ["grown"]

Floats = NDArray[np.float32]

ROUNDS = 300
SETTINGS = {
    "objective": "lambdarank", "num_leaves": LEAVES - 1, "learning_rate": 0.04, "min_data_in_leaf": 100, "feature_fraction": 0.4,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "lambdarank_truncation_level": 8, "label_gain": [0, 1, 3, 7],
    "use_missing": False, "seed": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
"""Chosen by cross-validation among 7 to 31 leaves, rates of .03 to .05 with 150 to 400 rounds, leaves of 40 to 100 candidates, and a
softmax over the candidates instead of pairs: all came out within a percent."""
GRADES = 3
"""Steps into which the gains of the candidates of a question are parted."""


def grown(tables: Sequence[Floats], gains: Sequence[NDArray[np.floating[Any]]], *, rounds: int = ROUNDS) -> Trees:
    """Return trees that rank the candidates of each question by their gains.

    Args:
        tables: For each question the rows of its candidates, shape `(candidates, features)`.
        gains: For each question how good each candidate is, shape `(candidates,)`; one of them above 0.
        rounds: How many trees.
    """
    import lightgbm  # of training alone

    labels = np.concatenate([np.ceil(g / g.max() * GRADES - 1e-6) for g in gains])
    data = lightgbm.Dataset(np.vstack(tables), labels, group=[len(t) for t in tables])
    booster = lightgbm.train(dict(SETTINGS), data, rounds)
    return _taken_over([tree["tree_structure"] for tree in booster.dump_model()["tree_info"]])


def _taken_over(roots: Sequence[dict[str, Any]]) -> Trees:
    trees = [_arrays(root) for root in roots]
    shape = (len(trees), max(1, *(len(nodes) for nodes, _ in trees)))
    feature, threshold = np.zeros(shape, dtype=np.int16), np.full(shape, np.inf, dtype=np.float32)
    right, value = np.full(shape, 0xFFFF, dtype=np.uint16), np.zeros((len(trees), LEAVES), dtype=np.float32)
    for row, (nodes, leaves) in enumerate(trees):
        value[row, : len(leaves)] = leaves
        for i, node in enumerate(nodes):
            feature[row, i], threshold[row, i], right[row, i] = node
    return Trees(feature, threshold, right, value)


def _arrays(root: dict[str, Any]) -> tuple[list[tuple[int, float, int]], list[float]]:
    """Return the nodes of a tree, each with its feature, its threshold and the leaves that remain on its right, and the leaves' values."""
    nodes: list[tuple[int, float, int]] = []
    leaves: list[float] = []

    def walk(node: dict[str, Any]) -> None:
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return
        first = len(leaves)
        walk(node["left_child"])
        on_the_left = (1 << len(leaves)) - (1 << first)
        nodes.append((node["split_feature"], node["threshold"], 0xFFFF & ~on_the_left))
        walk(node["right_child"])

    walk(root)
    return nodes, leaves
