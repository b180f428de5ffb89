"""Word translations learned from the sentence and dictionary pairs, to make English-like questions of Vietnamese text."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.texts import Ids, Ragged

__all__ = ["Translations", "learn"]

ROUNDS = 6
CANDIDATES = 8
"""Most translations kept of a word."""
LEAST = 0.04
"""Probability below which a translation is not kept."""


@dataclass(frozen=True, slots=True)
class Translations:
    """English rows for Vietnamese rows.

    Attributes:
        english: Candidates of each row, shape `(rows, CANDIDATES)`.
        cumulative: Their cumulative probability; what is missing to 1 means "left as it is".
    """

    english: NDArray[np.int32]
    cumulative: NDArray[np.float32]

    def sample(self, vietnamese: Ids, chance: NDArray[np.float32], *, instead: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return a translation of each row, drawn by `chance` in [0, 1); rows without one become those of `instead`."""
        choice = (chance[:, None] >= self.cumulative[vietnamese]).sum(axis=1)
        known = choice < CANDIDATES
        drawn = self.english[vietnamese, np.minimum(choice, CANDIDATES - 1)]
        return np.where(known, drawn, instead[vietnamese])


def learn(english: Ragged, vietnamese: Ragged, *, rows: int) -> Translations:
    """Learn p(English word | Vietnamese word) by expectation maximisation (IBM model 1, Brown et al. 1993).

    Args:
        english: English sides.
        vietnamese: Vietnamese sides, as many.
        rows: Rows of the embedding table.
    """
    fits = np.flatnonzero((english.lengths <= 80) & (vietnamese.lengths <= 80))
    en, vi, occurrence = _links(english, vietnamese, fits)
    keys, link = np.unique(vi * rows + en, return_inverse=True)
    source = keys // rows
    t: NDArray[Any] = np.ones(len(keys))
    for _ in range(ROUNDS):
        weight = t[link]
        weight = weight / np.bincount(occurrence, weights=weight)[occurrence]  # every English word is explained once
        t = np.bincount(link, weights=weight)
        t = t / np.bincount(source, weights=t)[source]
    return _best(source, keys % rows, t, rows=rows)


def _links(english: Ragged, vietnamese: Ragged, pairs: Ids) -> tuple[Ids, Ids, Ids]:
    """Return every `(English row, Vietnamese row, number of the English occurrence)` of the pairs."""
    en_at, en_pair = english.between(pairs, pairs + 1)
    n = vietnamese.lengths[pairs][en_pair]
    occurrence = np.repeat(np.arange(len(en_at)), n)
    within = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    vi_at = vietnamese.ends[pairs][en_pair][occurrence] + within
    en = english.values[en_at].astype(np.int64)[occurrence]
    return en, vietnamese.values[vi_at].astype(np.int64), occurrence


def _best(source: Ids, target: Ids, t: NDArray[np.float64], *, rows: int) -> Translations:
    order = np.lexsort((-t, source))
    source, target, t = source[order], target[order], t[order]
    rank = np.arange(len(source)) - np.searchsorted(source, source)
    kept = (rank < CANDIDATES) & (t >= LEAST)
    candidates = np.zeros((rows, CANDIDATES), dtype=np.int32)
    probability = np.zeros((rows, CANDIDATES))
    candidates[source[kept], rank[kept]] = target[kept]
    probability[source[kept], rank[kept]] = t[kept]
    total = probability.sum(axis=1, keepdims=True)
    probability /= np.where(total > 0, total, 1)
    cumulative = np.cumsum(probability, axis=1) * (1 + 1e-6)
    cumulative[total[:, 0] == 0] = 0
    return Translations(candidates, cumulative.astype(np.float32))
