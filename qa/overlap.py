"""How much of a question stands in texts, and how close together: counted over all candidates at once."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.language.forms import fold
from qa.numbered import Integers, NumberedTexts, number_of
from qa.question import Unit

__all__ = ["Overlap"]


class Overlap:
    """The units of a question found in texts, sentence by sentence.

    Args:
        units: What to look for.
        values: How much each tells.
        texts: Where to look.
    """

    def __init__(self, units: Sequence[Unit], values: Sequence[float], texts: NumberedTexts) -> None:
        self._texts = texts
        self._values = np.asarray(values, dtype=np.float64)
        self._total = float(self._values.sum()) or 1.0
        # One more column, of nothing, so that a run may end with the last sentence.
        self.found = np.zeros((len(units), texts.sentences + 1))
        """How much of each unit stands in each sentence, 0 to 1, shape `(units, sentences + 1)`."""
        for row, unit in zip(self.found, units, strict=True):
            self._find(unit, row)

    def whole(self, pieces: Integers) -> NDArray[np.float64]:
        """Return the weighted share of the question in each run of pieces `[first, last)`, 0 to 1, shape `(runs,)`."""
        share: NDArray[np.float64] = self._values @ self.best(pieces) / self._total
        return share

    def closest(self, pieces: Integers) -> NDArray[np.float64]:
        """Return the weighted share of the question in the best single sentence of each run of pieces, 0 to 1."""
        if not len(pieces):
            return np.zeros(0)
        edges = self._texts.sentence_ranges(pieces).ravel()
        share: NDArray[np.float64] = np.maximum.reduceat(self._values @ self.found / self._total, edges)[::2]
        return share

    def best(self, pieces: Integers) -> NDArray[np.float64]:
        """Return how much of each unit stands in the best sentence of each run of pieces, shape `(units, runs)`."""
        if not len(pieces):
            return np.zeros((len(self.found), 0))
        edges = self._texts.sentence_ranges(pieces).ravel()
        best: NDArray[np.float64] = np.maximum.reduceat(self.found, edges, axis=1)[:, ::2]
        return best

    def _find(self, unit: Unit, row: NDArray[np.float64]) -> None:
        values = self._texts.plain if unit.plain else self._texts.words
        for syllables, chance in unit.likely:
            numbers = [number_of(fold(s) if unit.plain else s) for s in syllables]
            strength = chance**0.5
            at = np.flatnonzero(values == numbers[0])
            if len(numbers) == 1:
                there = self._texts.sentence[at]
                row[there] = np.maximum(row[there], strength)
                continue
            found = np.zeros_like(row)
            for n, (left, right) in enumerate(pairwise(numbers)):
                at = np.flatnonzero(values == left) if n else at
                at = at[at + 1 < len(values)]
                found[self._texts.sentence[at[values[at + 1] == right]]] += strength / (
                    len(numbers) - 1
                )  # once a sentence
            np.maximum(row, found, out=row)
