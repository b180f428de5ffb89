"""What stands in many texts between one space and the next, as keys of 64 bits: found in all of them at once, with no string made.

To cut a word out of a text and look it up costs Python some 300 nanoseconds, and a question meets several thousand of them. Here
the characters of all texts are one array, and the key of each stretch of them is a polynomial over its characters, taken from
two sums of those before (the hash of Karp & Rabin 1987, modulo 2**64).
"""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

__all__ = ["Integers", "Keys", "Written", "keys_of"]

Integers = NDArray[np.int64]
Keys = NDArray[np.uint64]

_SPACE, _LINE = 32, 10
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
USUAL = 1 << 16
"""Characters of the passages of a question, at most; the powers for so many are kept."""


class Written:
    """What stands between spaces; a line feed stands alone, and one is put behind each text.

    Attributes:
        text: All texts, one after the other.
        starts: Where in `text` each stretch begins, ascending.
        ends: Where each ends.
        keys: The key of each, that of the same characters everywhere.
        first: The first stretch of each text and, last, how many there are, shape `(texts + 1,)`.

    Args:
        texts: The texts.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = "".join(f"{text}\n" for text in texts)
        characters = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        space, line = characters == _SPACE, characters == _LINE
        apart = np.concatenate(([True], space | line, [True]))
        self.starts: Integers = np.flatnonzero(~space & (apart[:-2] | line))
        self.ends: Integers = np.flatnonzero(~space & (apart[2:] | line)) + 1
        self.keys: Keys = keys_of(characters, self.starts, self.ends)
        edges = [0, *accumulate(len(text) + 1 for text in texts)]
        self.first: Integers = np.searchsorted(self.starts, edges)

    def between(self, first: int, last: int) -> str:
        """Return what is written from one stretch to another, both included."""
        return self.text[self.starts[first] : self.ends[last]]


def keys_of(values: NDArray[np.unsignedinteger], starts: Integers, ends: Integers) -> Keys:
    """Return the keys of the runs `values[start:end]`, none of them empty: equal runs have one key, two others hardly ever.

    Of a million different runs, two share a key with a chance of 1 in 40 million.
    """
    powers, inverse = _powers(len(values))
    sums = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(np.multiply(values, powers, dtype=np.uint64), out=sums[1:])
    keys: Keys = (sums[ends] - sums[starts]) * inverse[starts]
    return keys + (ends - starts).astype(np.uint64) * np.uint64(_INVERSE)


def _powers(count: int) -> tuple[Keys, Keys]:
    """Return the powers of the base and of its inverse, so many of each from 0 on."""
    powers, inverse = _usual_powers() if count <= USUAL else _made_powers(count)
    return powers[:count], inverse[:count]


@cache
def _usual_powers() -> tuple[Keys, Keys]:
    return _made_powers(USUAL)


def _made_powers(count: int) -> tuple[Keys, Keys]:
    factors = np.full((2, count), [[_BASE], [_INVERSE]], dtype=np.uint64)
    factors[:, 0] = 1
    powers, inverse = np.cumprod(factors, axis=1)
    return powers, inverse
