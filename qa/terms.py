"""Terms: what a text becomes in the lexical index, and what a question asks it for, made by the same functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.language.forms import WORD, fold, match_form
from qa.schema import DateMention

__all__ = ["FIELDS", "Group", "Term", "date_terms", "fields_of", "pairs", "singles"]

FIELDS = ("words", "pairs", "plain", "plain_pairs", "title", "title_plain", "dates")
"""`words` and `pairs` keep diacritics, the `plain` ones do not; `title` holds both words and pairs."""

_GAP = re.compile(r"\s*[-–]?\s*")
"""What may stand between two words of a pair: spaces or a hyphen, no other punctuation."""
_WORD_BETWEEN = re.compile(f"({WORD.pattern})")
"""Splits a text into what stands between words and, at the odd places, the words themselves."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a query in one of `FIELDS`, with its weight."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives that say the same thing: the best one counts (a disjunction maximum), its terms added up."""

    alternatives: tuple[tuple[Term, ...], ...]


def singles(text: str) -> list[str]:
    """Return the words of `text` in matching form."""
    return _words_and_gaps(text)[0]


def pairs(text: str) -> list[str]:
    """Return each two neighbouring words as one term: `chủ trì hội nghị` → `chủ_trì`, `trì_hội`, `hội_nghị`."""
    found, gaps = _words_and_gaps(text)
    return _joined(found, gaps)


def date_terms(dates: Iterable[DateMention]) -> list[str]:
    """Return terms under which one date meets however it is written: the whole, day and month, month, year.

    A stretch has those of both its ends.
    """
    terms: list[str] = []
    for value in (end for d in dates for end in d.value.split("/")):
        if value.startswith("--"):
            terms.append(f"d{value[2:]}")
            continue
        terms.append(f"y{value[:4]}")
        if len(value) >= 7:
            terms.append(f"m{value[:7]}")
        if len(value) == 10:
            terms += [f"d{value}", f"d{value[5:]}"]
    return terms


def fields_of(text: str, title: str, dates: Iterable[DateMention] = ()) -> dict[str, str]:
    """Return the terms of a passage for each of `FIELDS`, with a space between two.

    Needs no number and no index, so that any process can make them.

    Args:
        text: Text of the passage.
        title: Title of its article; the terms of the last titles are remembered.
        dates: The dates under which the passage is found.
    """
    words, word_pairs, plain, plain_pairs = _text_terms(text)
    title_terms, title_plain = _title_terms(title)
    values = (words, word_pairs, plain, plain_pairs, title_terms, title_plain, " ".join(date_terms(dates)))
    return dict(zip(FIELDS, values, strict=True))


def _text_terms(text: str) -> tuple[str, str, str, str]:
    """Return words, pairs and the plain forms of both, in one pass over the text.

    A pair is joined before or after folding with the same result: `_` is its own plain form.
    """
    found, gaps = _words_and_gaps(text)
    plain = [fold(w) for w in found]
    return " ".join(found), " ".join(_joined(found, gaps)), " ".join(plain), " ".join(_joined(plain, gaps))


@lru_cache(maxsize=256)
def _title_terms(title: str) -> tuple[str, str]:
    words, word_pairs, plain, plain_pairs = _text_terms(title)
    return f"{words} {word_pairs}".strip(), f"{plain} {plain_pairs}".strip()


def _words_and_gaps(text: str) -> tuple[list[str], list[str]]:
    """Return the words in matching form and what stands after each but the last."""
    parts = _WORD_BETWEEN.split(text)
    return [match_form(w) for w in parts[1::2]], parts[2:-1:2]


def _joined(words: Sequence[str], gaps: Sequence[str]) -> list[str]:
    return [
        f"{left}_{right}"
        for left, right, gap in zip(words, words[1:], gaps, strict=False)  # no pair begins at the last word
        if gap == " " or _GAP.fullmatch(gap)
    ]
