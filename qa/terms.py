"""Terms: what a text becomes in the lexical index, and what a question asks it for, made by the same functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise

from qa.language.forms import WORD, fold, match_form, words
from qa.language.remembered import Remembered
from qa.schema import DateMention

__all__ = ["FIELDS", "Group", "Term", "date_terms", "fields_of", "pairs", "singles"]

FIELDS = ("words", "pairs", "plain", "plain_pairs", "title", "title_plain", "dates")
"""`words` and `pairs` keep diacritics, the `plain` ones do not; `title` holds both words and pairs."""

_HYPHENS = frozenset("-–")
"""What may stand between two words of a pair, once, besides spaces."""
PARTED = 2
"""Of the marks between two words, as `_gap` counts them: from here on they make no pair."""
_WORD_BETWEEN = re.compile(f"({WORD.pattern})")
"""Splits a text into what stands between words and, at the odd places, the words themselves."""


_Written = tuple[tuple[str, ...], tuple[str, ...], tuple[bool, ...], int, int]
"""Of what stands between two spaces: its words in matching form, mostly one, and their plain forms; of each but the first whether
it makes a pair with the one before it; the marks before the first, or all when there is no word, and those behind the last."""


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
    return words(text)


def pairs(text: str) -> list[str]:
    """Return each two neighbouring words as one term: `chủ trì hội nghị` → `chủ_trì`, `trì_hội`, `hội_nghị`."""
    found, _, joined = _read(text)
    return _joined(found, joined)


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
    found, word_pairs, plain, plain_pairs = _text_terms(text)
    title_terms, title_plain = _title_terms(title)
    values = (found, word_pairs, plain, plain_pairs, title_terms, title_plain, " ".join(date_terms(dates)))
    return dict(zip(FIELDS, values, strict=True))


def _text_terms(text: str) -> tuple[str, str, str, str]:
    """Return words, pairs and the plain forms of both, in one pass over the text.

    A pair is joined before or after folding with the same result: `_` is its own plain form.
    """
    found, plain, joined = _read(text)
    return " ".join(found), " ".join(_joined(found, joined)), " ".join(plain), " ".join(_joined(plain, joined))


@lru_cache(maxsize=256)
def _title_terms(title: str) -> tuple[str, str]:
    found, word_pairs, plain, plain_pairs = _text_terms(title)
    return f"{found} {word_pairs}".strip(), f"{plain} {plain_pairs}".strip()


def _read(text: str) -> tuple[list[str], list[str], list[bool]]:
    """Return the words in matching form, their plain forms, and of each but the first whether it makes a pair with the last."""
    found: list[str] = []
    plain: list[str] = []
    joined: list[bool] = []
    gap = PARTED
    for forms, plains, inside, before, behind in map(_WRITTEN.__getitem__, text.split()):
        if forms:
            joined.append(gap + before < PARTED)
            joined += inside
            found += forms
            plain += plains
            gap = behind
        else:
            gap += before
    return found, plain, joined[1:]


def _written(written: str) -> _Written:
    """Return the words of what stands between two spaces, and what stands before, between and behind them."""
    if written.isalnum():  # as nearly everywhere
        form = match_form(written)
        return (form,), (fold(form),), (), 0, 0
    before, *parts = _WORD_BETWEEN.split(written)
    forms, gaps = tuple(map(match_form, parts[::2])), [*map(_gap, parts[1::2])]
    joined = tuple(gap < PARTED for gap in gaps[:-1])
    return forms, tuple(map(fold, forms)), joined, _gap(before), gaps[-1] if gaps else 0


_WRITTEN = Remembered(_written, most=65536)


def _gap(marks: str) -> int:
    """Return 0 for no mark at all, 1 for a hyphen, else `PARTED`: the sum is that of all the marks between two words."""
    return 0 if not marks else 1 if marks in _HYPHENS else PARTED


def _joined(found: Sequence[str], joined: Iterable[bool]) -> list[str]:
    return [*compress(map("_".join, pairwise(found)), joined)]
