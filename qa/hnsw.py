"""One folder of vectors: a Chroma collection that is filled once, closed, and from then on only read or copied.

Chroma's embedded index loses vectors to a second writer, never shows an open reader what was added elsewhere, and can
be left unreadable by a kill in the midst of an addition. A folder that was closed cleanly has none of these troubles, and
its copy opens whole.
"""

import json
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexMissing, StoreError
from qa.generations import REBUILD

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

__all__ = ["PAGE", "VectorFolder", "require_whole"]

NUMBERS = "numbers.npy"
"""The passage numbers of a folder, so that it can be compared with the ledger without reading Chroma page by page."""
SIZES = "sizes.json"
"""The sizes of a folder's files: Chroma dies of some that were cut short, and takes others for whole."""
DATABASE = "chroma.sqlite3"
"""Left out of the sizes: SQLite looks after itself, and may write to it when it is opened."""
COLLECTION = "passages"
PAGE = 5000
"""Rows read at once; Chroma takes 5,461."""
HNSW: Any = {"space": "cosine", "max_neighbors": 16, "ef_construction": 64, "ef_search": 800}
"""Measured on 80,000 passages of 256 numbers: with a search of 1,600 a recall at 50 of .98, like 24/64 with 1,200, for an eighth
less insertion; 24/200 takes twice the work. A wide search costs each question, a rich graph every run. Among 70,000, a search of
800 finds .994 of the hundred that 1,600 finds, in 2.6 instead of 4.0 milliseconds; 400 finds .979 in 1.8."""


_REGISTRY = threading.Lock()
"""Chroma shares what is open between all clients of one folder, and counts them without a lock."""


class VectorFolder:
    """An open folder of vectors.

    Args:
        path: The folder.
        create: Make it, empty; otherwise it must be there.

    Raises:
        IndexMissing: It is not there and `create` is off.
        StoreError: It cannot be opened or made.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_dir():
            raise IndexMissing(f"The vector index {path} is gone", hint=REBUILD)
        if not create:
            require_whole(path)
        self.path = path
        self._closed = False
        self._client = _client(path)
        try:
            if create:
                options: Any = {"embedding_function": None, "configuration": {"hnsw": HNSW}}
                self._collection = self._client.create_collection(COLLECTION, **options)
            else:
                self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        except Exception as exc:
            self.close()
            raise StoreError(f"The vector index {path} cannot be opened: {exc}", hint=REBUILD) from exc

    @classmethod
    def copied(cls, source: Path, path: Path) -> "VectorFolder":
        """Return an open copy of a closed folder.

        Raises:
            IndexMissing: There is no such folder.
            StoreError: It cannot be copied or opened.
        """
        if not source.is_dir():
            raise IndexMissing(f"The vector index {source} is gone", hint=REBUILD)
        try:
            shutil.copytree(source, path)
        except (OSError, shutil.Error) as exc:
            raise StoreError(f"The vector index {source} cannot be copied: {exc}", hint="Is the disk full?") from exc
        return cls(path)

    @staticmethod
    def saved_numbers(path: Path) -> NDArray[np.int64]:
        """Return the numbers that were noted when the folder at `path` was closed.

        Raises:
            StoreError: They cannot be read.
        """
        try:
            return np.asarray(np.load(path / NUMBERS), dtype=np.int64)
        except (OSError, ValueError, EOFError) as exc:
            raise StoreError(f"The vector index {path} cannot be read: {exc}", hint=REBUILD) from exc

    def seal(self, numbers: NDArray[np.int64]) -> None:
        """Close the folder and note which passage numbers it holds and how large its files are.

        Raises:
            StoreError: The notes cannot be written.
        """
        self.close()
        try:
            np.save(self.path / NUMBERS, numbers)
            (self.path / SIZES).write_text(json.dumps(_sizes(self.path)), encoding="utf-8")
        except OSError as exc:
            raise StoreError(f"The vector index could not be written: {exc}", hint="Is the disk full?") from exc

    def add(self, numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add at most 5,461 rows. A number that is there already is silently left out: count before you trust it.

        Chroma holds Python's interpreter lock meanwhile, but works on all cores.

        Raises:
            StoreError: They cannot be added.
        """
        try:
            self._collection.add(ids=[str(n) for n in numbers], embeddings=vectors)
        except Exception as exc:
            raise StoreError(f"The vector index could not be written: {exc}", hint="Is the disk full?") from exc

    def nearest(self, vector: NDArray[np.float32], *, k: int) -> list[tuple[int, float]]:
        """Return `(passage number, cosine)` of the nearest rows, best first; `k` must be 1 or more.

        Raises:
            StoreError: The folder cannot be searched.
        """
        try:
            found = self._collection.query(query_embeddings=[vector.tolist()], n_results=k, include=["distances"])
        except Exception as exc:
            raise StoreError(f"The vector index cannot be searched: {exc}", hint=REBUILD) from exc
        distances = (found["distances"] or [[]])[0]
        return [(int(i), 1.0 - d) for i, d in zip(found["ids"][0], distances, strict=True)]

    def vectors(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Return the rows of these numbers, shape `(len(numbers), dimensions)`, read from the graph itself.

        Args:
            numbers: At most 5,461.

        Raises:
            StoreError: One of them is not there.
        """
        try:
            found: Any = self._collection.get(ids=[str(n) for n in numbers], include=["embeddings"])
            rows = {int(i): row for i, row in zip(found["ids"], found["embeddings"], strict=True)}
            return np.asarray([rows[n] for n in numbers], dtype=np.float32)
        except Exception as exc:
            raise StoreError(f"The vector index {self.path} lacks vectors: {exc}", hint=REBUILD) from exc

    def numbers(self) -> set[int]:
        """Return the passage numbers in the collection, read page by page.

        Raises:
            StoreError: The folder cannot be read.
        """
        numbers: set[int] = set()
        try:
            while page := self._collection.get(limit=PAGE, offset=len(numbers), include=[])["ids"]:
                numbers.update(map(int, page))
        except Exception as exc:
            raise StoreError(f"The vector index {self.path} cannot be read: {exc}", hint=REBUILD) from exc
        return numbers

    def count(self) -> int:
        """Return how many rows there are.

        Raises:
            StoreError: The folder cannot be read.
        """
        try:
            return self._collection.count()
        except Exception as exc:
            raise StoreError(f"The vector index {self.path} cannot be read: {exc}", hint=REBUILD) from exc

    def close(self) -> None:
        """Let go of the files; once is enough."""
        if not self._closed:
            self._closed = True
            with _REGISTRY:
                self._client.close()  # type: ignore[attr-defined]


def _client(path: Path) -> "ClientAPI":
    # Imported here: chromadb costs half a second, and `import qa` must not.
    import chromadb
    from chromadb.config import Settings

    # `_env_file=None`: Chroma would otherwise take settings of its own from the .env of the working folder.
    settings: Any = Settings(_env_file=None, anonymized_telemetry=False, allow_reset=False, is_persistent=True)  # type: ignore[call-arg]
    try:
        with _REGISTRY:
            return chromadb.PersistentClient(path=str(path), settings=settings)
    except Exception as exc:
        raise StoreError(f"The vector index {path} cannot be opened: {exc}", hint=REBUILD) from exc


def _sizes(path: Path) -> dict[str, int]:
    files = (p for p in path.rglob("*") if p.is_file() and p.name != SIZES and not p.name.startswith(DATABASE))
    return {str(p.relative_to(path)): p.stat().st_size for p in files}


def require_whole(path: Path) -> None:
    """Raise unless the files of a sealed folder are there and as large as they were.

    Raises:
        StoreError: One of them is not.
    """
    try:
        sizes = json.loads((path / SIZES).read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise StoreError(f"The vector index {path} cannot be opened: {exc}", hint=REBUILD) from exc
    if sizes != _sizes(path) or not (path / DATABASE).is_file():
        raise StoreError(f"The vector index {path} cannot be opened: a file is missing or cut short", hint=REBUILD)
