"""The vector index: a large base and a small delta, searched together, each an immutable folder behind one pointer.

What is new goes into a delta beside the base, so that a few articles cost little however many there are already; a delta
that has outgrown its base is merged with it. Passages that went are only noted in the pointer until the next rebuilding.
Readers notice at their next search that the pointer has moved, open what is new and let go of what no search uses any
more. An index that is gone or broken is made again from the ledger.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexMissing, StoreError
from qa.generations import REBUILD, Generations
from qa.hnsw import VectorFolder, require_whole
from qa.vector_edit import VectorEdit
from qa.vector_state import Generation

__all__ = ["VectorIndex"]

logger = logging.getLogger(__name__)

TRIES = 5
SAMPLE = 8
"""Rows of each folder that `holds` reads."""


class VectorIndex:
    """The vectors of a data directory, searched by cosine.

    Args:
        root: Folder of the generations.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = Generations(root)
        self._guard = threading.Lock()
        self._view: _View | None = None
        self._parsed: tuple[bytes, Generation] | None = None

    def generation(self) -> Generation | None:
        """Return what the pointer says, or None when there is none.

        Raises:
            StoreError: The pointer cannot be read.
        """
        stamp, parsed = self._generations.stamp(), self._parsed
        if stamp is None:
            return None
        if parsed is None or parsed[0] != stamp:
            self._parsed = parsed = (stamp, Generation.read(self._generations, stamp))
        return parsed[1]

    def search(self, vector: NDArray[np.float32], *, k: int) -> list[tuple[int, float]]:
        """Return `(passage number, cosine)` of the nearest passages, best first.

        Args:
            vector: Shape `(dimensions,)`.
            k: How many, at most.

        Raises:
            IndexMissing: There is no generation, or a folder of it is gone.
            StoreError: The generation cannot be searched.
        """
        with self._current() as view:
            k = min(k, view.generation.count)
            if k <= 0:
                return []
            found = [hit for part in view.parts for hit in part.nearest(vector, k, view.generation.dropped)]
        return sorted(found, key=lambda hit: -hit[1])[:k]

    @contextmanager
    def editing(self, *, model: str) -> Iterator[VectorEdit]:
        """Yield an edit; readers see nothing of it before `publish()`. Call under the writer's lock.

        Args:
            model: Name of the model that makes the vectors. Another than before begins an index of its own.

        Raises:
            StoreError: The pointer cannot be read.
        """
        edit = VectorEdit(self._generations, self.generation(), model=model)
        try:
            yield edit
        finally:
            edit.abandon()

    def drop(self, numbers: Iterable[int]) -> None:
        """Lead to these passages no more; only the pointer moves. Call under the writer's lock.

        Args:
            numbers: Passage numbers; those that are not there are passed over.

        Raises:
            StoreError: The pointer or a folder cannot be read, or the pointer cannot be written.
        """
        generation = self.generation()
        if generation is None:
            return
        stored = set(self._numbers(generation).tolist())
        dropped = generation.dropped | (stored & set(numbers))
        if dropped != generation.dropped:
            generation.without(dropped).point(self._generations)

    def rebuild(
        self, numbers: Sequence[int], vectors_in_batches: Iterable[NDArray[np.float32]], *, model: str
    ) -> Generation:
        """Write a fresh base and no delta, and move the pointer to it. Call under the writer's lock.

        Args:
            numbers: Passage numbers, the keys.
            vectors_in_batches: Their vectors in the same order, in arrays of shape `(any, dimensions)`.
            model: Name of the model that made them.

        Raises:
            StoreError: What was written does not read back whole; the pointer has not moved.
        """
        try:
            current = self.generation()
        except StoreError:
            current = None  # the pointer is broken: this mends it
        edit, at = VectorEdit(self._generations, current, model=model, anew=True), 0
        try:
            for batch in vectors_in_batches:
                edit.add(numbers[at : at + len(batch)], batch)
                at += len(batch)
            if at != len(numbers):
                raise StoreError(f"There are {at} vectors for {len(numbers)} passages", hint=REBUILD)
            return edit.publish()
        finally:
            edit.abandon()

    def holds(self, numbers: Sequence[int], *, model: str) -> bool:
        """Return whether the current generation can be opened and leads to just these passages, of this model."""
        try:
            generation = self.generation()
            if generation is None or generation.model != model:
                return False
            live = np.setdiff1d(self._numbers(generation), np.fromiter(generation.dropped, np.int64))
            if not np.array_equal(live, np.sort(np.asarray(numbers, dtype=np.int64))):
                return False
            with self._current() as view:
                return view.generation == generation and all(
                    part.is_whole(generation.dimensions) for part in view.parts
                )
        except StoreError as exc:
            logger.warning("The vector index is damaged: %s", exc)
            return False

    def forget(self) -> None:
        """Take the pointer away: no generation is led to any more. Call under the writer's lock."""
        self._generations.forget()

    def sweep(self) -> None:
        """Delete folders nobody is led to; those of the state before stay for readers still in them.

        Call under the writer's lock.

        Raises:
            StoreError: The pointer cannot be read.
        """
        current = self.generation()
        self._generations.sweep(() if current is None else {*current.folders, *current.previous})

    def stored(self) -> set[int]:
        """Return the passage numbers the index leads to, read from the folders themselves.

        Raises:
            IndexMissing: There is no generation, or a folder of it is gone.
            StoreError: It cannot be read.
        """
        with self._current() as view:
            return set().union(*(part.folder.numbers() for part in view.parts)) - view.generation.dropped

    def close(self) -> None:
        """Let go of the open folders."""
        with self._guard:
            if self._view is not None:
                self._view.retire()
                self._view = None

    def _numbers(self, generation: Generation) -> NDArray[np.int64]:
        parts = [VectorFolder.saved_numbers(self.root / name) for name in generation.folders]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def _entered(self) -> "_View":
        """Return a view of what the pointer says, entered; look again when a writer swept it just then."""
        for _ in range(TRIES):
            with self._guard:
                wanted = self.generation()  # not before: who waits for the guard would come with an old one
                if wanted is None:
                    raise IndexMissing(f"There is no vector index in {self.root}", hint=REBUILD)
                try:
                    if self._view is None or self._view.generation != wanted:
                        fresh = _View(self.root, wanted, self._view.parts if self._view is not None else [])
                        if self._view is not None:
                            self._view.retire()
                        self._view = fresh
                    self._view.users += 1
                except StoreError as exc:
                    missed = exc
                else:
                    return self._view
            if self.generation() == wanted:
                raise missed
        raise missed

    @contextmanager
    def _current(self) -> Iterator["_View"]:
        view = self._entered()
        try:
            yield view
        finally:
            with self._guard:
                view.leave()


class _Part:
    """An open folder and how many views hold it; `hold` and `release` are called under the index's guard."""

    def __init__(self, path: Path, count: int) -> None:
        self.folder = VectorFolder(path)
        self.name = path.name
        self.count = count
        self._holders = 0

    def hold(self) -> None:
        self._holders += 1

    def release(self) -> None:
        self._holders -= 1
        if self._holders == 0:
            self.folder.close()

    def nearest(self, vector: NDArray[np.float32], k: int, dropped: frozenset[int]) -> list[tuple[int, float]]:
        """Return the `k` nearest rows that are not dropped: ask for more until there are as many."""
        wanted = k + min(k, len(dropped))
        while True:
            found = self.folder.nearest(vector, k=min(wanted, self.count))
            live = [hit for hit in found if hit[0] not in dropped]
            if len(live) >= k or wanted >= self.count:
                return live[:k]
            wanted *= 4

    def is_whole(self, dimensions: int) -> bool:
        """Return whether every row is there, a sample of them reads back and a search finds something.

        Raises:
            StoreError: Files are missing or cut short, or cannot be read.
        """
        require_whole(self.folder.path)  # whatever was there when it was opened
        numbers = VectorFolder.saved_numbers(self.folder.path)
        if not self.folder.count() == len(numbers) == self.count:
            return False
        sample = numbers[:: max(1, len(numbers) // SAMPLE)].tolist()
        rows = self.folder.vectors(sample)
        return rows.shape == (len(sample), dimensions) and bool(self.folder.nearest(rows[0], k=1))


class _View:
    """The open folders of a generation and how many searches use them; all is called under the index's guard."""

    def __init__(self, root: Path, generation: Generation, others: Sequence[_Part]) -> None:
        self.generation = generation
        self.parts: list[_Part] = []
        self.users = 0
        self._retired = False
        there = {part.name: part for part in others}
        try:
            for name, count in generation.counts.items():
                part = there.get(name) or _Part(root / name, count)
                part.hold()
                self.parts.append(part)
        except StoreError:
            self._release()
            raise

    def leave(self) -> None:
        self.users -= 1
        if self._retired and self.users == 0:
            self._release()

    def retire(self) -> None:
        self._retired = True
        if self.users == 0:
            self._release()

    def _release(self) -> None:
        for part in self.parts:
            part.release()
