"""How units of a question meet a text: as terms of the lexical index, and as coverage of a sentence."""

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.language.forms import fold
from qa.question import Question, Unit
from qa.terms import Group, Term, date_terms, pairs, singles

__all__ = ["TextTerms", "Weights", "lexical_query"]

TITLE_WEIGHT = 0.5
"""A term found in the title counts half as much again as one found in the passage."""
DATE_WEIGHT = 1.0
ABSENT = 0.3
"""What is left of the weight of a pair of Vietnamese syllables that stands nowhere: more often than not it is the end of one
word and the beginning of the next."""
NOWHERE = 0.5
"""Passages in which a term that stands nowhere is taken to stand."""


@dataclass(frozen=True, slots=True)
class TextTerms:
    """The words and neighbouring pairs of a text, with and without diacritics."""

    words: frozenset[str]
    pairs: frozenset[str]
    plain: frozenset[str]
    plain_pairs: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "TextTerms":
        """Read the terms of `text`."""
        single, double = singles(text), pairs(text)
        return cls(frozenset(single), frozenset(double), frozenset(map(fold, single)), frozenset(map(fold, double)))

    def coverage(self, unit: Unit) -> float:
        """Return how much of the unit stands here, 0 to 1: of its best alternative, the share of words or pairs found."""
        single, double = (self.plain, self.plain_pairs) if unit.plain else (self.words, self.pairs)
        best = 0.0
        for words, chance in unit.likely:
            shaped = [fold(w) for w in words] if unit.plain else list(words)
            if len(shaped) == 1:
                share = float(shaped[0] in single)
            else:
                joined = _joined(shaped)
                share = sum(p in double for p in joined) / len(joined)
            best = max(best, share * chance**0.5)
        return best


class Weights:
    """How much each unit of a question tells: its own weight times its rarity among the passages.

    Rarity is `ln(1 + N / df)`, `df` that of the rarest pair or word of an alternative, and of several alternatives the mean
    by their chances; those that stand nowhere are left out, as long as a likely one stands somewhere. A pair that stands
    nowhere is weighed by `ABSENT`.

    Attributes:
        units: The units of the question.
        values: How much each tells.
        total: What they tell together.

    Args:
        question: The question.
        frequency: Gives in how many passages a term of a field stands.
        passages: How many passages there are.
    """

    def __init__(self, question: Question, *, frequency: Callable[[str, str], int], passages: int) -> None:
        self.units = question.units
        self.values = tuple(u.weight * self._rarity(u, frequency, max(1, passages)) for u in question.units)
        self.total = sum(self.values)

    @property
    def shares(self) -> NDArray[np.float32]:
        """The share of the question that each unit is, shape `(units,)`."""
        return np.asarray(self.values, dtype=np.float32) / np.float32(self.total or 1.0)

    def share(self, *texts: TextTerms, discounts: Iterable[float] = (1.0,)) -> float:
        """Return the weighted share of the question that stands in the texts, 0 to 1.

        Args:
            texts: The text itself first, then what surrounds it.
            discounts: How much finding a unit in each of them counts.
        """
        if not self.total:
            return 0.0
        paired = list(zip(texts, discounts, strict=True))
        weighed = zip(self.units, self.values, strict=True)
        return sum(w * max(t.coverage(u) * d for t, d in paired) for u, w in weighed) / self.total

    @staticmethod
    def _rarity(unit: Unit, frequency: Callable[[str, str], int], passages: int) -> float:
        found = [(_frequency(unit, words, frequency), chance) for words, chance in unit.likely]
        total = sum(c for df, c in found if df)
        if not total:
            if len(unit.alternatives) == 1 and len(unit.alternatives[0]) == 2 and not unit.name:
                return ABSENT * math.log(1 + passages / NOWHERE)
            return math.log(1 + passages / NOWHERE)
        # An unlikely translation that alone stands somewhere does not make the word a common one.
        return math.log(1 + passages / max(NOWHERE, sum(df * c for df, c in found) / max(1.0, total)))


def _frequency(unit: Unit, words: tuple[str, ...], frequency: Callable[[str, str], int]) -> int:
    if len(words) == 1:
        return frequency("plain" if unit.plain else "words", fold(words[0]) if unit.plain else words[0])
    shaped = _joined([fold(w) for w in words] if unit.plain else list(words))
    return min(frequency("plain_pairs" if unit.plain else "pairs", p) for p in shaped)


def lexical_query(question: Question) -> list[Group]:
    """Return the groups to look for in the lexical index."""
    groups = []
    for unit in question.units:
        for title in (False, True):
            alternatives = tuple(_terms(unit, words, title=title, chance=chance) for words, chance in unit.likely)
            groups.append(Group(alternatives))
    groups += [Group(((Term("dates", t, DATE_WEIGHT),),)) for t in date_terms(question.dates)]
    return groups


def _terms(unit: Unit, words: tuple[str, ...], *, title: bool, chance: float) -> tuple[Term, ...]:
    shaped = [fold(w) for w in words] if unit.plain else list(words)
    terms = shaped if len(shaped) == 1 else _joined(shaped)
    if title:
        field = "title_plain" if unit.plain else "title"
    elif len(shaped) == 1:
        field = "plain" if unit.plain else "words"
    else:
        field = "plain_pairs" if unit.plain else "pairs"
    weight = unit.weight * chance * (TITLE_WEIGHT if title else 1.0) / len(terms)
    return tuple(Term(field, t, weight) for t in terms)


def _joined(words: list[str]) -> list[str]:
    return [f"{a}_{b}" for a, b in itertools.pairwise(words)]
