"""Whose turn it is to read: one at a time, in one thread of linear algebra, and nothing of it stays behind."""

import threading

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from qa.turns import reading


def threads() -> set[int]:
    return {int(row["num_threads"]) for row in threadpool_info() if row["user_api"] == "blas"}


def test_one_reads_while_the_others_wait() -> None:
    inside, most = [], []

    def read() -> None:
        for _ in range(20):
            with reading():
                inside.append(1)
                most.append(len(inside))
                np.ones((40, 40)) @ np.ones((40, 40))
                inside.pop()

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(most) == 120
    assert max(most) == 1


def test_linear_algebra_has_one_thread_meanwhile_and_what_it_had_afterwards() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        with reading():
            assert threads() == {1}
        assert threads() == before


def test_a_turn_that_fails_is_over() -> None:
    with pytest.raises(ValueError, match="no"), reading():
        raise ValueError("no")
    with reading():
        pass
