"""Whose turn it is to read: one question at a time, in one thread.

Searching and reading hold the interpreter's lock nearly throughout: several questions side by side would only make each other wait, and
the page that tells of them. Their products of matrices are small: threads of the linear algebra library gain nothing, and on a machine
whose other processors are busy they wait for each other by spinning, which doubled the time of an answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

__all__ = ["reading"]

_LOCK = Lock()


@contextmanager
def reading() -> Iterator[None]:
    """Wait for one's turn, and hold it; not while a chat model writes."""
    with _LOCK, _linear_algebra().limit(limits=1):
        yield


@cache
def _linear_algebra() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController  # only who asks pays for looking through the loaded libraries

    return ThreadpoolController().select(user_api="blas")
