"""The vector index: Chroma, kept as immutable generations behind a pointer file.

Chroma's embedded index loses vectors to a second writer, never shows an open reader what was added elsewhere, and can
be left unreadable by a kill. So nothing is ever added to a generation that readers may have open: a writer fills a
fresh folder, checks it, and moves the pointer; readers notice the move at their next search, open the new generation and
let go of the old one when no search uses it. A generation that is gone or broken is made again from the ledger.
"""

import json
import logging
import re
import secrets
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexMissing, StoreError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

__all__ = ["Generation", "VectorIndex"]

logger = logging.getLogger(__name__)

POINTER = "CURRENT.json"
NUMBERS = "numbers.npy"
"""The passage numbers of a generation, so that it can be compared with the ledger without reading Chroma page by page."""
COLLECTION = "passages"
_NAME = re.compile(r"g\d{6}-[0-9a-f]{8}")
TRIES = 5
BATCH = 5000
"""Rows of one `add`; Chroma takes 5,461."""
HNSW: Any = {"space": "cosine", "ef_construction": 200, "max_neighbors": 24, "ef_search": 200}
REBUILD = "Run `hoibao rebuild`; nothing needs to be embedded again."


@dataclass(frozen=True, slots=True)
class Generation:
    """What the pointer says.

    Attributes:
        name: Folder of the generation.
        count: How many vectors it holds.
        model: Name of the embedding model they were made with.
        dimensions: Length of a vector; 0 when there are none.
    """

    name: str
    count: int
    model: str
    dimensions: int


class VectorIndex:
    """The vectors of a data directory, searched by cosine.

    Args:
        root: Folder of the generations.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._guard = threading.Lock()
        self._open: _OpenGeneration | None = None

    def generation(self) -> Generation | None:
        """Return the generation the pointer names, or None when there is none.

        Raises:
            StoreError: The pointer cannot be read.
        """
        try:
            return _generation(json.loads((self.root / POINTER).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, OSError) as exc:
            raise StoreError(f"The pointer {self.root / POINTER} cannot be read: {exc}", hint=REBUILD) from exc

    def search(self, vector: NDArray[np.float32], *, k: int) -> list[tuple[int, float]]:
        """Return `(passage number, cosine)` of the nearest passages, best first.

        Args:
            vector: Shape `(dimensions,)`.
            k: How many, at most.

        Raises:
            IndexMissing: There is no generation, or its folder is gone.
            StoreError: The generation cannot be searched.
        """
        with self._current() as current:
            k = min(k, current.generation.count)
            if k == 0:
                return []
            try:
                found = current.collection.query(query_embeddings=[vector.tolist()], n_results=k, include=["distances"])
            except Exception as exc:
                raise StoreError(f"The vector index cannot be searched: {exc}", hint=REBUILD) from exc
            distances = (found["distances"] or [[]])[0]
            return [(int(i), 1.0 - d) for i, d in zip(found["ids"][0], distances, strict=True)]

    def build(self, numbers: Sequence[int], vectors: NDArray[np.float32], *, model: str) -> Generation:
        """Write a new generation, check it, and move the pointer to it. Call under the writer's lock.

        Args:
            numbers: Passage numbers, the keys.
            vectors: Shape `(len(numbers), dimensions)`.
            model: Name of the model that made them.

        Raises:
            StoreError: What was written does not read back whole; the pointer has not moved.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        last = max((int(p.name[1:7]) for p in self._folders()), default=0)
        # The second part keeps two generations apart that Chroma, which remembers folders, would take for one.
        name = f"g{last + 1:06d}-{secrets.token_hex(4)}"
        folder = self.root / name
        client = _client(folder)
        try:
            collection = client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": HNSW})
            for i in range(0, len(numbers), BATCH):
                ids = [str(n) for n in numbers[i : i + BATCH]]
                collection.add(ids=ids, embeddings=vectors[i : i + BATCH])
            _check(collection, numbers, vectors)
            np.save(folder / NUMBERS, np.asarray(numbers, dtype=np.int64))
        except Exception as exc:
            _close(client)
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(exc, StoreError):
                raise
            raise StoreError(f"The vector index could not be written: {exc}", hint="Is the disk full?") from exc
        _close(client)
        generation = Generation(name, len(numbers), model, int(vectors.shape[1]) if len(numbers) else 0)
        draft = self.root / f"{POINTER}.tmp"
        draft.write_text(json.dumps(asdict(generation)), encoding="utf-8")
        draft.replace(self.root / POINTER)
        return generation

    def holds(self, numbers: Sequence[int], *, model: str) -> bool:
        """Return whether the current generation can be opened and holds just these passages, of this model."""
        try:
            generation = self.generation()
            if generation is None or generation.model != model:
                return False
            stored = np.load(self.root / generation.name / NUMBERS)
            with self._current() as current:
                whole = current.collection.count() == len(numbers)
            if whole and numbers:
                self.search(np.full(generation.dimensions, 1.0, dtype=np.float32), k=1)
        except (StoreError, OSError, ValueError):
            return False
        except Exception:  # Chroma has no one kind of error; whatever it is, the generation is of no use
            logger.exception("The vector index is damaged")
            return False
        return whole and np.array_equal(stored, np.asarray(numbers, dtype=np.int64))

    def forget(self) -> None:
        """Take the pointer away: no generation is led to any more. Call under the writer's lock."""
        (self.root / POINTER).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete generations nobody is led to. The one before the current stays for readers that are still in it."""
        current = self.generation()
        names = sorted(p.name for p in self._folders())
        keep = set(names[-1:]) if current is None else {current.name, *[n for n in names if n < current.name][-1:]}
        for folder in self._folders():
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    def stored(self) -> set[int]:
        """Return the passage numbers the current generation holds, read page by page.

        Raises:
            IndexMissing: There is no generation, or its folder is gone.
        """
        numbers: set[int] = set()
        with self._current() as current:
            while page := current.collection.get(limit=BATCH, offset=len(numbers), include=[])["ids"]:
                numbers.update(map(int, page))
        return numbers

    def close(self) -> None:
        """Let go of the open generation."""
        with self._guard:
            if self._open is not None:
                self._open.retire()
                self._open = None

    def _folders(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return [p for p in self.root.iterdir() if p.is_dir() and _NAME.fullmatch(p.name)]

    def _entered(self) -> "_OpenGeneration":
        """Return the generation the pointer names, entered; look again when a writer swept it just then."""
        for _ in range(TRIES):
            wanted = self.generation()
            if wanted is None:
                raise IndexMissing(f"There is no vector index in {self.root}", hint=REBUILD)
            with self._guard:
                try:
                    if self._open is None or self._open.generation != wanted:
                        fresh = _OpenGeneration(self.root / wanted.name, wanted)
                        if self._open is not None:
                            self._open.retire()
                        self._open = fresh
                    self._open.enter()
                except StoreError as exc:
                    missed = exc
                else:
                    return self._open
            if self.generation() == wanted:
                break
        raise missed

    @contextmanager
    def _current(self) -> Iterator["_OpenGeneration"]:
        current = self._entered()
        try:
            yield current
        finally:
            with self._guard:
                current.leave()


def _generation(pointer: Any) -> Generation:
    name, count, model, dimensions = (pointer[k] for k in ("name", "count", "model", "dimensions"))
    if not (isinstance(name, str) and _NAME.fullmatch(name) and isinstance(model, str)):
        raise ValueError(f"no generation is called {name!r}")
    return Generation(name, int(count), model, int(dimensions))


class _OpenGeneration:
    """An open generation and how many searches are using it; every method is called under the index's guard."""

    def __init__(self, folder: Path, generation: Generation) -> None:
        if not folder.is_dir():
            raise IndexMissing(f"The vector index {folder} is gone", hint=REBUILD)
        self.generation = generation
        self._users = 0
        self._retired = False
        self._client = _client(folder)
        try:
            self.collection = self._client.get_collection(COLLECTION, embedding_function=None)
        except Exception as exc:
            _close(self._client)
            raise StoreError(f"The vector index {folder} cannot be opened: {exc}", hint=REBUILD) from exc

    def enter(self) -> None:
        self._users += 1

    def leave(self) -> None:
        self._users -= 1
        self._close_if_unused()

    def retire(self) -> None:
        self._retired = True
        self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self._retired and self._users == 0:
            _close(self._client)


def _client(folder: Path) -> "ClientAPI":
    # Imported here: chromadb costs half a second, and `import qa` must not.
    import chromadb
    from chromadb.config import Settings

    # `_env_file=None`: Chroma would otherwise take settings of its own from the .env of the working folder.
    settings: Any = Settings(_env_file=None, anonymized_telemetry=False, allow_reset=False, is_persistent=True)  # type: ignore[call-arg]
    try:
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    except Exception as exc:
        raise StoreError(f"The vector index {folder} cannot be opened: {exc}", hint=REBUILD) from exc


def _close(client: "ClientAPI") -> None:
    client.close()  # type: ignore[attr-defined]


def _check(collection: "Collection", numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
    """Raise StoreError unless every row is there and a sample of vectors finds itself."""
    if (count := collection.count()) != len(numbers):
        raise StoreError(f"The vector index holds {count} vectors instead of {len(numbers)}")
    sample = range(0, len(numbers), max(1, len(numbers) // 20))
    for i in sample:
        found = collection.query(query_embeddings=[vectors[i].tolist()], n_results=1, include=["distances"])
        distances = found["distances"] or [[]]
        if not distances[0] or distances[0][0] > 1e-3:
            raise StoreError("The vector index does not find what was just written to it")
