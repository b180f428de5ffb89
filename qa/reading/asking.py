"""What of a question says what is asked for: `làm nghề gì`, `which university did he graduate from`.

An article that speaks of everybody in the question but not of that does not answer it.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.kinds import Slot
from qa.language.forms import WORD, fold, occurrences
from qa.question import Question
from qa.reading.likeness import Likeness

__all__ = ["Asking"]

Floats = NDArray[np.float32]

REACH = 1.0
"""Words from those that ask after which a word says a third of what is asked for; 2 to 8 declined fewer unanswerable questions."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How much the units and words of a question say of what one of its slots asks for.

    Attributes:
        units: Shares of the units; names and numbers count for nothing.
        words: Shares of the words as the embedding model knows them.
        known: `units`, but for the English words that nothing is known to translate: that they stand nowhere says nothing.
    """

    units: Floats
    words: Floats
    known: Floats

    @classmethod
    def of(cls, question: Question, slot: Slot, weights: Floats, likeness: Likeness) -> "Asking":
        """Weigh a question by nearness to the words that ask.

        Args:
            question: The question.
            slot: What is asked for.
            weights: Share of the question of each unit.
            likeness: Knows the words of the question.
        """
        words = _Words(question.text)
        folded = fold(question.text)
        near = np.zeros(len(question.units), dtype=np.float32)
        for i, unit in enumerate(question.units):
            if unit.name or unit.source[:1].isdigit():
                continue
            for span in occurrences(fold(unit.source), folded):
                near[i] = max(near[i], _nearness(words, span, slot))
        nearness = np.asarray([_nearness(words, span, slot) for span in likeness.question_spans], dtype=np.float32)
        units = _shares(near * weights)
        known = [question.language == "vi" or len(unit.alternatives) > 1 for unit in question.units]
        return cls(units, _shares(nearness * likeness.question_weights), units * np.asarray(known, dtype=np.float32))


class _Words:
    """Where the words of a question begin and end."""

    def __init__(self, text: str) -> None:
        spans = [m.span() for m in WORD.finditer(text)]
        self._starts, self._ends = [a for a, _ in spans], [b for _, b in spans]

    def between(self, start: int, end: int) -> int:
        """Return how many words stand wholly in a stretch."""
        return max(0, bisect_right(self._ends, end) - bisect_left(self._starts, start))


def _nearness(words: _Words, span: tuple[int, int], slot: Slot) -> float:
    """Return 1 for what adjoins the words that ask, less with every word in between."""
    start, end = span
    if end <= slot.start:
        apart = words.between(end, slot.start)
    elif start >= slot.end:
        apart = words.between(slot.end, start)
    else:
        return 0.0
    return float(np.exp(-apart / REACH))


def _shares(values: Floats) -> Floats:
    total = float(values.sum())
    return np.asarray(values / total if total else values, dtype=np.float32)
