"""Search within some of the articles: exact where these are few, wider and then sifted where they are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qa.stores import Stores
from qa.terms import Group

__all__ = ["Within"]

FEW = 3000
"""Articles up to which the lexical index is asked for their passages alone."""
COMPARED = 1000
"""Passages up to which every vector is compared; reading more of them from the ledger takes longer than a wide search."""
WIDEST = 2000
"""Passages taken from the vector index at most, of which those within are kept."""
MARGIN = 2.0
"""How many times more are taken than would do if those within were spread evenly."""


@dataclass(frozen=True)
class Within:
    """The articles that a search is limited to.

    Attributes:
        stores: Where to look.
        rows: Rows of the articles in the ledger.
    """

    stores: Stores
    rows: frozenset[int]

    @cached_property
    def numbers(self) -> list[int] | None:
        """The passages of the articles; None when there are too many to be told one by one."""
        return self.stores.ledger.numbers_of(sorted(self.rows)) if len(self.rows) <= FEW else None

    def words(self, query: Sequence[Group], *, k: int) -> dict[int, float]:
        """Return passages with their BM25 scores, as `LexicalIndex.search`."""
        if self.numbers is not None:
            return dict(self.stores.words.search(query, k=k, among=self.numbers)) if self.numbers else {}
        wide, most = self._widened(k), self.stores.words.count()
        while True:
            hits = self.stores.words.search(query, k=wide)
            kept = self._sifted(hits)
            if len(kept) >= k or len(hits) < wide or wide >= most:
                return dict(kept[:k])
            wide *= 4

    def vectors(self, vector: NDArray[np.float32], *, k: int, model: str) -> dict[int, float]:
        """Return the nearest passages with their cosines, as `VectorIndex.search`."""
        if self.numbers is not None and len(self.numbers) <= COMPARED:
            if not self.numbers:
                return {}
            cosines = self.stores.ledger.cache.of(self.numbers, model=model) @ vector
            return {self.numbers[i]: float(cosines[i]) for i in np.argsort(-cosines, kind="stable")[:k]}
        return dict(self._sifted(self.stores.vectors.search(vector, k=min(self._widened(k), WIDEST)))[:k])

    def _widened(self, k: int) -> int:
        total = max(self.stores.ledger.count(), 1)
        return int(np.ceil(k * MARGIN * total / max(len(self.rows), 1)))

    def _sifted(self, hits: list[tuple[int, float]]) -> list[tuple[int, float]]:
        inside = self.stores.ledger.among([number for number, _ in hits], self.rows)
        return [hit for hit in hits if hit[0] in inside]
