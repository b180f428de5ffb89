"""Rows under keys: what was made once is found again, in the order of the keys, until too many are remembered."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.rows import RememberedRows


def row(key: int) -> list[int]:
    return [key % 1000 + n for n in range(key % 4)]


class Asked:
    """Rows asked for, with all that had to be made."""

    def __init__(self, most: int) -> None:
        self.rows = RememberedRows(np.int32, most=most)
        self.made: list[int] = []

    def of(self, keys: Sequence[int]) -> list[list[int]]:
        def make(places: list[int]) -> list[list[int]]:
            self.made += [keys[i] for i in places]
            return [row(keys[i]) for i in places]

        values, lengths = self.rows.of(np.asarray(keys, dtype=np.uint64), make)
        return [part.tolist() for part in np.split(values, np.cumsum(lengths)[:-1])] if keys else []


KEYS = st.lists(st.one_of(st.integers(0, 40), st.integers(0, (1 << 64) - 1)), max_size=60)


@given(st.lists(KEYS, max_size=8), st.sampled_from([0, 1, 5, 30, 1000]))
def test_each_key_has_its_row_however_many_are_remembered(calls: list[list[int]], most: int) -> None:
    asked = Asked(most)
    for keys in calls:
        assert asked.of(keys) == [row(key) for key in keys]


def test_a_row_is_made_once_until_too_many_are_remembered() -> None:
    asked = Asked(4)
    asked.of([7, 3, 7])
    asked.of([3, 7, 5])
    assert sorted(asked.made) == [3, 5, 7]
    asked.of([8, 9])  # more than four: all are forgotten
    asked.of([8, 9, 3])
    assert sorted(asked.made) == [3, 3, 5, 7, 8, 9]


def test_what_cannot_be_made_is_not_remembered() -> None:
    rows = RememberedRows(np.int32, most=10)
    keys = np.asarray([1, 2], dtype=np.uint64)
    with pytest.raises(ZeroDivisionError):
        rows.of(keys, lambda places: [[1 // 0] for _ in places])
    assert rows.of(keys, lambda places: [[5] for _ in places])[0].tolist() == [5, 5]


def test_threads_share_rows() -> None:
    asked = Asked(50)
    calls = [[(n * 7 + i) % 90 for i in range(40)] for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(asked.of, calls)] == [[row(key) for key in keys] for keys in calls]
