"""One edit of the vector index: what is new is written into a folder of its own, and then the pointer moves."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from qa.errors import StoreError
from qa.generations import Generations
from qa.hnsw import PAGE, VectorFolder
from qa.vector_state import Generation, Part, allowed

__all__ = ["VectorEdit"]

BATCH = 1000
"""Rows of one addition: as fast as 5,000, and Chroma holds the interpreter's lock no longer than a third of a second."""
CHECKED = 1000
"""Rows of an edit that are read back before it is published, at most about as many."""
TOLERANCE = 1e-3
"""How far from 1 the cosine of a row to itself may be; single precision stays below 1e-6."""


class VectorEdit:
    """What is being added to a vector index; made by `VectorIndex.editing`. Any thread may add, one at a time.

    Args:
        generations: The folders and their pointer.
        current: What the pointer says now, if anything.
        model: Name of the model that makes the vectors.
        anew: Begin with nothing, whatever there is.
    """

    def __init__(self, generations: Generations, current: Generation | None, *, model: str, anew: bool = False) -> None:
        self._generations = generations
        self._current = current
        self._stamp = generations.stamp()
        self._model = model
        fresh = anew or current is None or current.base is None or current.model != model
        self._kept = None if fresh else current  # what stays part of the index
        self._base: Part | None = None  # set when the draft is a delta of it
        self._draft: VectorFolder | None = None
        self._numbers: list[NDArray[np.int64]] = []  # all that the draft holds
        self._sample: list[tuple[int, NDArray[np.float32]]] = []
        self._dimensions = 0
        self._state = "open"
        self._guard = threading.RLock()

    def add(self, numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add passages; they are written at once.

        Args:
            numbers: Passage numbers that the index has never held.
            vectors: Shape `(len(numbers), dimensions)`.

        Raises:
            StoreError: They cannot be written; the edit is of no use any more.
        """
        with self._step():
            if len(numbers) != len(vectors):
                raise StoreError(f"There are {len(vectors)} vectors for {len(numbers)} passages")
            if not np.isfinite(lengths := np.linalg.norm(vectors, axis=1)).all() or not lengths.all():
                raise StoreError("A vector has no direction")
            for i in range(0, len(numbers), BATCH):
                self._write(np.asarray(numbers[i : i + BATCH], np.int64), vectors[i : i + BATCH], sampled=True)
                if self._base is not None and self._held() > allowed(self._base.count):
                    self._merge(self._base)

    def publish(self) -> Generation:
        """Check what was written, close it, and move the pointer; with nothing added, nothing moves but a worn index.

        Returns:
            What the pointer says now.

        Raises:
            StoreError: What was written does not read back whole; the pointer has not moved.
        """
        with self._step():
            kept = self._kept
            if kept is not None and kept.is_worn and self._draft is None:
                self._begin()
            if self._draft is None and kept is not None:
                self._state = "published"
                return kept
            published = self._checked()
            if self._generations.stamp() != self._stamp:
                raise StoreError("The vector index was changed while it was edited")
            published.point(self._generations)
            self._state = "published"
            return published

    def abandon(self) -> None:
        """Let go of the edit; unless it was published, its folder goes."""
        with self._guard:
            self._discard()
            if self._state == "open":
                self._state = "abandoned"

    @contextmanager
    def _step(self) -> Iterator[None]:
        """One thread at a time, only while the edit is open; a failure ends it."""
        with self._guard:
            if self._state != "open":
                raise StoreError(f"The edit of the vector index is no longer open: it was {self._state}")
            try:
                yield
            except BaseException:
                self.abandon()
                raise

    def _begin(self) -> None:
        """Open the draft: a copy of the delta, a delta, or a base with all that a worn index still leads to."""
        kept = self._kept
        if kept is None or kept.is_worn:
            self._draft = VectorFolder(self._generations.fresh(), create=True)
            for name in kept.folders if kept is not None else ():
                self._take_over(name, without=kept.dropped if kept is not None else frozenset())
            return
        self._base = kept.base
        if kept.delta is None:
            self._draft = VectorFolder(self._generations.fresh(), create=True)
        else:
            self._copy(kept.delta.name)

    def _copy(self, name: str) -> None:
        source, path = self._generations.root / name, self._generations.fresh()
        try:
            self._draft = VectorFolder.copied(source, path)
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        self._numbers = [VectorFolder.saved_numbers(source)]

    def _merge(self, base: Part) -> None:
        """Go on in a copy of the base, which takes over the draft: the small part is added to the large one."""
        small, kept = self._draft, self._kept
        if small is None or kept is None:
            return
        small.seal(np.concatenate(self._numbers))
        self._draft, self._base = None, None
        try:
            self._copy(base.name)
            self._take_over(small.path.name, without=kept.dropped)
        finally:
            shutil.rmtree(small.path, ignore_errors=True)

    def _take_over(self, name: str, *, without: frozenset[int]) -> None:
        """Add the rows of a closed folder to the draft."""
        path = self._generations.root / name
        live = [n for n in VectorFolder.saved_numbers(path).tolist() if n not in without]
        source = VectorFolder(path)
        try:
            for i in range(0, len(live), BATCH):
                part = live[i : i + BATCH]
                self._write(np.asarray(part, np.int64), source.vectors(part))
        finally:
            source.close()

    def _write(self, numbers: NDArray[np.int64], vectors: NDArray[np.float32], *, sampled: bool = False) -> None:
        if self._draft is None:
            self._begin()
        assert self._draft is not None  # noqa: S101 (it has just begun)
        self._draft.add(numbers.tolist(), vectors)
        self._numbers.append(numbers)
        self._dimensions = int(vectors.shape[1])
        if sampled:
            step = max(1, len(self._sample) * 2 // CHECKED) * 50
            self._sample += [(int(numbers[i]), vectors[i].copy()) for i in range(0, len(numbers), step)]

    def _held(self) -> int:
        return sum(map(len, self._numbers))

    def _checked(self) -> Generation:
        """Close the draft, open it again, and return the generation it makes if it is whole."""
        kept, previous = self._kept, self._current.folders if self._current is not None else ()
        if self._draft is None:
            return Generation(self._model, 0, previous=previous)
        numbers = np.concatenate(self._numbers) if self._numbers else np.empty(0, np.int64)
        others = np.empty(0, np.int64)
        if self._base is not None:
            others = VectorFolder.saved_numbers(self._generations.root / self._base.name)
        everything = np.concatenate([others, numbers])
        if len(np.unique(everything)) != len(everything):
            raise StoreError("A passage number was given to the vector index twice")
        self._draft.seal(numbers)
        self._draft = VectorFolder(self._draft.path)
        _check(self._draft, len(numbers), self._sample)
        part = Part(self._draft.path.name, len(numbers))
        self._draft.close()
        dropped = kept.dropped & set(everything.tolist()) if kept is not None else frozenset()
        base, delta = (part, None) if self._base is None else (self._base, part)
        return Generation(self._model, self._dimensions, base, delta, frozenset(dropped), previous)

    def _discard(self) -> None:
        """Close the draft and, unless it was published, delete it."""
        draft, self._draft = self._draft, None
        if draft is not None and self._state != "published":
            draft.close()
            shutil.rmtree(draft.path, ignore_errors=True)


def _check(folder: VectorFolder, count: int, sample: Sequence[tuple[int, NDArray[np.float32]]]) -> None:
    """Raise StoreError unless every row is there and a sample of them reads back as it was given."""
    if (found := folder.count()) != count:
        raise StoreError(f"The vector index holds {found} vectors instead of {count}")
    for i in range(0, len(sample), PAGE):
        numbers, vectors = zip(*sample[i : i + PAGE], strict=True)
        rows, given = folder.vectors(numbers), np.stack(vectors)
        cosines = np.sum(rows * given, axis=1) / np.linalg.norm(rows, axis=1) / np.linalg.norm(given, axis=1)
        if not np.all(cosines > 1 - TOLERANCE):
            raise StoreError("The vector index does not hold what was just written to it")
    if sample:
        folder.nearest(sample[0][1], k=1)
