"""Boosted regression trees over rows of features: what a linear score does not see, such as when one feature counts only beside another.

They are grown by LightGBM in training and kept as arrays, so that answering needs neither that library nor the second its
import takes. All nodes of all trees are looked at for all rows at once, which in numpy is faster than to walk down: what a
node rules out is a mask over the leaves of its tree, and the first leaf that is left is the one that counts (QuickScorer,
Lucchese et al. 2015).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAVES", "Trees"]

Floats = NDArray[np.float64]

LEAVES = 16
"""Most leaves of a tree: one bit each."""
_FIRST = np.zeros(1 << LEAVES, dtype=np.uint8)
for _bit in reversed(range(LEAVES)):
    _FIRST[1 << _bit :: 1 << (_bit + 1)] = _bit
"""Of a mask, the number of its first leaf."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees whose values are added up. A node asks whether a feature is at most a threshold, and then its leaves on the left remain.

    Attributes:
        feature: Column that each node asks for, shape `(trees, nodes)`; those of smaller trees are filled up.
        threshold: What it is compared with, shape `(trees, nodes)`; infinite where filled up.
        right: The leaves that remain when the feature is more, a bit each, shape `(trees, nodes)`.
        value: What each leaf adds, from left to right, shape `(trees, LEAVES)`.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    right: NDArray[np.uint16]
    value: NDArray[np.float32]

    def sums(self, rows: NDArray[np.float32]) -> Floats:
        """Return the sum of the values of each row, shape `(rows,)`.

        Args:
            rows: Shape `(rows, features)`.
        """
        trees, nodes = self.feature.shape
        columns = np.ascontiguousarray(rows.T)
        left = columns.take(self.feature.ravel(), axis=0) <= self.threshold.reshape(-1, 1)
        remaining = (left * np.uint16(0xFFFF) | self.right.reshape(-1, 1)).reshape(trees, nodes, len(rows))
        leaf = _FIRST[np.bitwise_and.reduce(remaining, axis=1)]
        of_tree = np.arange(trees)[:, None] * self.value.shape[1]
        total: Floats = self.value.ravel().take(of_tree + leaf).sum(axis=0, dtype=np.float64)
        return total

    def scaled(self, factor: float) -> "Trees":
        """Return the trees with every value multiplied."""
        return Trees(self.feature, self.threshold, self.right, (self.value * factor).astype(np.float32))

    def save(self, path: Path) -> None:
        """Write the trees to an `.npz` file."""
        np.savez_compressed(path, feature=self.feature, threshold=self.threshold, right=self.right, value=self.value)

    @classmethod
    def load(cls, path: Any) -> "Trees":
        """Read trees.

        Args:
            path: A file's path, or the file, open for reading.

        Raises:
            ValueError: The file holds no trees.
        """
        with np.load(path, allow_pickle=False) as held:
            missing = {"feature", "threshold", "right", "value"} - set(held.files)
            if missing:
                raise ValueError(f"no trees: {', '.join(sorted(missing))} is missing")
            return cls(held["feature"], held["threshold"], held["right"], held["value"])
