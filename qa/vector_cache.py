"""Vectors kept in the ledger, by text and model: what was embedded once is not embedded again, whatever becomes of the indexes."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.database import guarded, parts
from qa.errors import StoreError
from qa.tables import LedgerFile

__all__ = ["VectorCache"]


class VectorCache:
    """The cached vectors of a ledger.

    Args:
        ledger: The database they stand in.
    """

    def __init__(self, ledger: LedgerFile) -> None:
        self._ledger = ledger
        self.path = ledger.path

    @guarded
    def of(self, numbers: Sequence[int], *, model: str) -> NDArray[np.float32]:
        """Return the cached vectors of these passages, shape `(len(numbers), dimensions)`.

        Raises:
            StoreError: A vector of one of them is not cached for this model.
        """
        by_number: dict[int, bytes] = {}
        for part in parts(numbers):
            marks = ",".join("?" * len(part))
            query = (
                "SELECT p.number, v.vector FROM passages p JOIN vectors v ON v.text_hash = p.text_hash "
                f"WHERE v.model = ? AND p.number IN ({marks})"
            )
            by_number.update(dict(self._ledger.connection.execute(query, [model, *part])))
        missing = len(set(numbers)) - len(by_number)
        if missing:
            raise StoreError(f"{missing} vectors of model {model} are missing", hint="Run `hoibao ingest` again.")
        if not numbers:
            return np.empty((0, 0), np.float32)
        return np.stack([np.frombuffer(by_number[n], dtype=np.float32) for n in numbers])

    @guarded
    def find(self, hashes: Sequence[bytes], *, model: str) -> dict[bytes, NDArray[np.float32]]:
        """Return the vectors of `model` that are cached under these text hashes, each of shape `(dimensions,)`."""
        found: dict[bytes, NDArray[np.float32]] = {}
        for part in parts(hashes):
            marks = ",".join("?" * len(part))
            query = f"SELECT text_hash, vector FROM vectors WHERE model = ? AND text_hash IN ({marks})"
            rows = self._ledger.connection.execute(query, [model, *part])
            found.update((h, np.frombuffer(v, dtype=np.float32)) for h, v in rows)
        return found

    @guarded
    def add(self, rows: Iterable[tuple[bytes, NDArray[np.float32]]], *, model: str) -> None:
        """Cache `(text hash, vector)` rows made by `model`."""
        with self._ledger.transaction() as db:
            db.executemany(
                "INSERT INTO vectors (model, text_hash, vector) VALUES (?, ?, ?)"
                " ON CONFLICT (text_hash, model) DO UPDATE SET vector = excluded.vector",
                ((model, h, np.ascontiguousarray(v, dtype=np.float32).tobytes()) for h, v in rows),
            )

    @guarded
    def sweep(self) -> None:
        """Delete cached vectors of texts that no passage holds any more."""
        with self._ledger.transaction() as db:
            db.execute("DELETE FROM vectors WHERE text_hash NOT IN (SELECT text_hash FROM passages)")
