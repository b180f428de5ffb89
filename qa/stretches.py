"""Tokens of many texts at once: stretches of words are tokenized once and remembered.

A text may be cut between two words where no token of several words can lie across, since the best segmentation of the whole is
then that of its parts.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.rows import RememberedRows
from qa.written import Integers, Keys, Written, keys_of

__all__ = ["Stretches"]

REMEMBERED = 200_000
"""Most stretches, and most written words, of which is remembered what they are; some 20 MB together."""
KEY = (1 << 64) - 1
"""The bits of a key."""
HEAD = 4
"""Letters by which the words that may follow are told apart; the last word of a token may be part of a longer one."""


class Stretches:
    """Tokens of stretches of words.

    Args:
        vocabulary: Every token, `▁` before each of its words.
        normalized: Returns the words of a text as tokens have them, between single spaces; those of two texts with a space between
            are the words of the one and of the other.
        tokenized: Returns the tokens of texts, normalized.
    """

    def __init__(
        self,
        vocabulary: Iterable[str],
        normalized: Callable[[str], str],
        tokenized: Callable[[list[str]], list[list[int]]],
    ) -> None:
        self._normalized, self._tokenized = normalized, tokenized
        self._joints = _Joints(vocabulary)
        self._words = RememberedRows(np.uint64, most=REMEMBERED)
        """Of what stands between two spaces a key of its words, and what the last and the first of them are to `_Joints`."""
        self._tokens = RememberedRows(np.int32, most=REMEMBERED)

    def tokens(self, texts: Sequence[str]) -> tuple[Integers, Integers]:
        """Return the tokens of all texts, one after the other, and where those of each begin and, last, where all end."""
        written = Written(texts)
        words, lengths = self._words.of(written.keys, lambda new: [self._read(written.between(i, i)) for i in new])
        keys, before, behind = words.reshape(-1, 3).T
        held = np.flatnonzero(lengths)
        text_of = np.searchsorted(written.first, held, side="right") - 1
        apart = (text_of[1:] != text_of[:-1]) | ~self._joints.may_hold(before[:-1], behind[1:])
        begins = np.flatnonzero(np.append(True, apart)[: len(held)])
        ends = np.append(begins[1:], len(held))[: len(begins)]

        def tokenized(new: list[int]) -> list[list[int]]:
            stretches = (written.between(held[begins[i]], held[ends[i] - 1]) for i in new)
            return self._tokenized([self._normalized(stretch) for stretch in stretches])

        tokens, counts = self._tokens.of(keys_of(keys, begins, ends), tokenized)
        firsts = np.searchsorted(text_of[begins], np.arange(len(texts) + 1))
        return tokens.astype(np.int64), np.append(0, np.cumsum(counts))[firsts]

    def _read(self, written: str) -> tuple[int, ...]:
        said = self._normalized(written)
        if not said:
            return ()
        words = said.split(" ")
        return hash(said) & KEY, self._joints.before(words[-1]), self._joints.behind(words[0])


class _Joints:
    """Between which words a token can lie across: a bit for each pair of what stands before and what behind."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        following: dict[str, set[str]] = {}
        for token in vocabulary:
            for one, other in pairwise(token.split("▁")[1:]):
                following.setdefault(one, set()).add(other[:HEAD])
        self._before = {word: n for n, word in enumerate(following, 1)}
        self._behind = {head: n for n, head in enumerate(set().union(*following.values()), 1)}
        longer: dict[str, list[int]] = {}
        for head, number in self._behind.items():
            for length in range(1, len(head) + 1):
                longer.setdefault(head[:length], []).append(number)
        row = np.zeros(len(self._behind) + 1, dtype=bool)
        self._bits = np.zeros((len(following) + 1, len(np.packbits(row))), dtype=np.uint8)
        for word, heads in following.items():
            row[:] = False
            row[[number for head in heads for number in longer[head]]] = True
            self._bits[self._before[word]] = np.packbits(row)

    def before(self, word: str) -> int:
        """Return the number of a word as one that stands before another; 0 for one that no token goes on behind."""
        return self._before.get(word, 0)

    def behind(self, word: str) -> int:
        """Return the number of a word as one that stands behind another: of the longest of its beginnings that some token has there."""
        return next((self._behind[word[:n]] for n in range(HEAD, 0, -1) if word[:n] in self._behind), 0)

    def may_hold(self, before: Keys, behind: Keys) -> NDArray[np.bool_]:
        """Return for each pair of numbers whether a token can lie across."""
        column, bit = np.divmod(behind.astype(np.int64), 8)
        held: NDArray[np.bool_] = (self._bits[before.astype(np.int64), column] >> (7 - bit)) & 1 == 1
        return held
