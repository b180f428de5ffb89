"""Short rows of numbers remembered under keys of 64 bits, and found for thousands of keys at once."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.written import Integers, Keys

__all__ = ["RememberedRows"]

_SPREAD = np.uint64(0xBF58476D1CE4E5B9)


class RememberedRows:
    """Rows of numbers under keys, in arrays: no object a row, which the garbage collector would look at. Threads may share it.

    Keys are looked up in a table of slots with linear probing, all in a few steps together.

    Args:
        dtype: Of the numbers.
        most: Rows after which all are forgotten, but for those that are just asked for.
    """

    def __init__(self, dtype: Any, *, most: int) -> None:
        self._dtype = dtype
        self._most = most
        self._lock = Lock()
        self._forget(most)

    def of(self, keys: Keys, make: Callable[[list[int]], Sequence[Sequence[int]]]) -> tuple[NDArray[Any], Integers]:
        """Return the rows of keys one after the other, and how long each is.

        Args:
            keys: The keys.
            make: Returns the rows of those at the given places, whose keys are not known; called once at most.
        """
        with self._lock:
            found = self._find(keys)
            unknown = np.flatnonzero(found < 0)
            if len(unknown):
                if self._count + len(unknown) > self._most:
                    self._forget(max(self._most, len(keys)))
                    unknown = np.arange(len(keys))
                new = unknown[np.unique(keys[unknown], return_index=True)[1]]
                self._add(keys[new], make(new.tolist()))
                found[unknown] = self._find(keys[unknown])
            lengths = self._lengths[found]
            ends = np.cumsum(lengths)
            places = np.arange(int(ends[-1]) if len(ends) else 0)
            return self._values[places + np.repeat(self._begins[found] - (ends - lengths), lengths)], lengths

    def _forget(self, room: int) -> None:
        self._count = self._used = 0
        self._bits = max(4, (2 * room).bit_length())
        self._slots = np.zeros(1 << self._bits, dtype=np.int32)
        """In each slot the number of a row, from 1; 0 where it is free."""
        self._keys: Keys = np.zeros(0, dtype=np.uint64)
        self._begins: Integers = np.zeros(0, dtype=np.int64)
        self._lengths: Integers = np.zeros(0, dtype=np.int64)
        self._values: NDArray[Any] = np.zeros(0, dtype=self._dtype)

    def _find(self, keys: Keys) -> Integers:
        """Return the number of the row of each key, -1 where there is none."""
        found = np.full(len(keys), -1, dtype=np.int64)
        at = self._home(keys)
        open = np.arange(len(keys))
        while len(open):
            number = self._slots[at] - 1
            taken = number >= 0
            open, at, number = open[taken], at[taken], number[taken]
            met = self._keys[number] == keys[open]
            found[open[met]] = number[met]
            open, at = open[~met], self._next(at[~met])
        return found

    def _add(self, keys: Keys, rows: Sequence[Sequence[int]]) -> None:
        """Remember the rows of keys that are not known, each once."""
        first, count = self._count, self._count + len(keys)
        lengths = np.asarray([len(row) for row in rows], dtype=np.int64)
        begins = self._used + np.cumsum(lengths) - lengths
        used = self._used + int(lengths.sum())
        self._keys = _roomy(self._keys, count)
        self._begins, self._lengths = _roomy(self._begins, count), _roomy(self._lengths, count)
        self._values = _roomy(self._values, used)
        self._keys[first:count], self._begins[first:count], self._lengths[first:count] = keys, begins, lengths
        self._values[self._used : used] = [number for row in rows for number in row]
        self._count, self._used = count, used
        numbers, at = np.arange(first, count, dtype=np.int32) + 1, self._home(keys)
        while len(numbers):
            free = self._slots[at] == 0
            self._slots[at[free]] = numbers[free]  # of several that want one slot, the last has it
            left = self._slots[at] != numbers
            numbers, at = numbers[left], self._next(at[left])

    def _home(self, keys: Keys) -> Integers:
        return ((keys * _SPREAD) >> np.uint64(64 - self._bits)).astype(np.int64)

    def _next(self, at: Integers) -> Integers:
        return (at + 1) & ((1 << self._bits) - 1)


def _roomy(values: NDArray[Any], count: int) -> NDArray[Any]:
    """Return an array that holds at least so many, and twice as many as before when it has to grow."""
    if count <= len(values):
        return values
    grown = np.zeros(max(count, 2 * len(values), 1024), dtype=values.dtype)
    grown[: len(values)] = values
    return grown
