"""Keeping the memory of a process with many threads together, and the garbage collector from looking through all of it."""

import gc
from contextlib import suppress
from ctypes import CDLL

__all__ = ["keep_together", "settle"]

ARENAS = 2
_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h."""


def keep_together() -> None:
    """Let all threads take memory from the same few places, where the C library can be told so; call it before there are threads.

    glibc gives each thread a place of its own otherwise, and what one has let go of another cannot use: answering in 32 threads
    took 1,000 MB, 790 this way.
    """
    with suppress(OSError, AttributeError):  # another C library
        CDLL(None).mallopt(_ARENA_MAX, ARENAS)


def settle() -> None:
    """Have the garbage collector leave alone what is there by now; call it when all is loaded that stays.

    Looking through the lexicon, the models and the libraries takes some 0.2 s, during which nobody is answered.
    """
    gc.collect()
    gc.freeze()
