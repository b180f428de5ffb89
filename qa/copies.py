"""Near-copies: agency text that was printed again with a few words edited.

Two texts resemble each other as far as the sets of their three-word shingles overlap (Jaccard; Broder 1997). Which ones
to compare is found by MinHash signatures cut into bands (locality-sensitive hashing; Leskovec, Rajaraman and Ullman,
*Mining of Massive Datasets*, chapter 3), so that a new article is held against a handful of others, not against all.
"""

import re
import zlib
from collections import Counter

import numpy as np

from qa.language.forms import lowered

__all__ = ["NEAR", "bands", "resemblance", "same_numbers", "signature"]

NEAR = 0.75
"""From this resemblance on two texts are copies. Over 22,633 news articles six pairs lie between .5 and .8, none of
them copies, and 171 above."""
WORDS = 3
"""Words of a shingle."""
BANDS, ROWS = 16, 4
"""A pair of resemblance .75 meets in a band with a chance of .998, one of .5 of .64, one of .2 of .03."""
LONGEST = 100_000
"""Characters of a text that are looked at."""

_NUMBER = re.compile(r"\d+")
_RANDOM = np.random.Generator(np.random.PCG64(20190125))
_FACTORS = _RANDOM.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _RANDOM.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_MIXERS = _RANDOM.integers(1, 2**62, ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


def signature(text: str) -> bytes:
    """Return the MinHash signature of a text, 256 bytes; `b""` for a text of fewer than three words."""
    words = " ".join(_words(text)).encode().split(b" ")
    shingles = map(b" ".join, zip(words, words[1:], words[2:], strict=False))  # one that comes twice changes no minimum
    hashes = np.fromiter(map(zlib.crc32, shingles), dtype=np.uint64)
    if not len(hashes):
        return b""
    mixed = _FACTORS[:, None] * hashes  # modulo 2**64; the upper half is well mixed
    mixed += _TERMS[:, None]
    return bytes((mixed.min(axis=1) >> np.uint64(32)).astype("<u4"))


def bands(signature: bytes) -> list[int]:
    """Return the keys under which a signature meets those like it, signed 64-bit numbers; none for an empty one."""
    if not signature:
        return []
    rows = np.frombuffer(signature, dtype="<u4").astype(np.uint64).reshape(BANDS, ROWS)
    keys = (rows * _MIXERS).sum(axis=1, dtype=np.uint64) + np.arange(BANDS, dtype=np.uint64) * _MIXERS[0]
    found: list[int] = keys.astype(np.int64).tolist()
    return found


def same_numbers(one: str, other: str) -> bool:
    """Return whether the numbers of one title are all in the other, each as often.

    Texts made after one pattern (lottery results, exam keys) differ in little else.
    """
    left, right = Counter(_NUMBER.findall(one)), Counter(_NUMBER.findall(other))  # 3/3 is not part of 1/3
    return left <= right or right <= left


def resemblance(one: str, other: str) -> float:
    """Return the Jaccard resemblance of two texts by their shingles, 0 to 1."""
    if one == other:
        return 1.0
    left, right = _shingles(one), _shingles(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _shingles(text: str) -> set[str]:
    words = _words(text)
    return {" ".join(three) for three in zip(words, words[1:], words[2:], strict=False)}


def _words(text: str) -> list[str]:
    return lowered(text[:LONGEST]).split()
