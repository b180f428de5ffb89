"""What the question itself gives: a number, a date or a name that stands in it does not answer it.

`120.000 tỷ đồng` is no answer to `of over 120,000 billion dong, how much went to …`, `Donald Trump` none to `ai khuyên ông Trump`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.kinds import Kind, Slot
from qa.language.dates import find_dates
from qa.language.forms import UPPER, WORD, fold, has_accents
from qa.language.lexicon import default_lexicon
from qa.language.names import SURNAMES
from qa.language.numbers import Quantity, find_quantities, same_quantity
from qa.question import Question
from qa.reading.spans import CLAUSAL, Span

__all__ = ["given"]

SMALL = 10
"""A number below this is the one of the question only when both count the same: `hai xe` says nothing of `2 người`."""
FOREIGN = 5
"""Letters from which a name of one word without diacritics is no Vietnamese one."""
_FAMILY = re.compile(
    r"\b(?:con|vo|chong|me|cha|bo|anh trai|em trai|em gai|chi gai|anh em|ho hang|than nhan|ho ten|ten that|ten day du|full name|real name|"
    r"(?:son|daughter|wife|husband|father|mother|brother|sister|cousin|relative|nephew|niece|uncle|aunt|family|widow|child)s?)\b"
)
"""Who asks for somebody's family, or for a whole name, may be answered with a name that holds one of the question."""
_ADDRESSED = re.compile(
    rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|Mr|Mrs|Ms|Dr)\.? ([{UPPER}][^\W\d_]+)(?! [{UPPER}])"
)
_ADDRESSED_PLAIN = re.compile(r"(?<!\w)(?:[Oo]ng|[Bb]a|[Aa]nh|[Cc]hi|[Cc]o|Mr|Mrs|Ms|Dr)\.? ([A-Za-z]+)(?! [A-Z])")
"""The same, typed without diacritics and perhaps without capitals."""
_CAPITALISED = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]+(?:[ -][{UPPER}][^\W\d_]+)*")
_SURNAMES = frozenset(fold(s) for s in SURNAMES)


def given(question: Question, slot: Slot, span: Span, text: str) -> bool:
    """Return whether a span says but what the question has said itself: each of its numbers or dates, or somebody it names."""
    if span.sort in CLAUSAL:
        return False
    if slot.kind.counts and slot.kind is not Kind.ORDINAL:
        return all(_given_number(question, text[a:b]) for a, b in span.parts)
    if slot.kind is Kind.DATE:
        return all(_given_date(question, text[a:b]) for a, b in span.parts)
    return slot.kind is Kind.PERSON and len(span.parts) == 1 and _given_person(question, text[span.start : span.end])


def _given_number(question: Question, said: str) -> bool:
    theirs, mine = _quantities(question.text), _quantities(said)
    return bool(mine) and all(any(_same(m, t) for t in theirs) for m in mine)


def _given_date(question: Question, said: str) -> bool:
    """Return whether an article dates something as the question does: `năm 2019` when the conference of 2019 was."""
    mine = _dates(said)
    return bool(mine) and mine <= {d.value for d in question.dates}


@lru_cache(maxsize=4096)
def _dates(text: str) -> frozenset[str]:
    return frozenset(d.value for d in find_dates(text))


def _same(mine: tuple[Quantity, str], theirs: tuple[Quantity, str]) -> bool:
    """Return whether a number of an article is one of the question, by its value, its unit, and what it counts when it is small."""
    if not same_quantity(mine[0], theirs[0]):
        return False
    return (
        mine[0].value >= SMALL or (mine[0].unit != "" and mine[0].unit == theirs[0].unit) or _alike(mine[1], theirs[1])
    )


def _alike(counted: str, theirs: str) -> bool:
    """Return whether the words behind two numbers mean the same, one of them in the language of the question."""
    return counted != "" and any(counted == m for m in (theirs, *_translations(theirs)))


@lru_cache(maxsize=256)
def _translations(word: str) -> Sequence[str]:
    """Return the first syllables of what an English word may mean, folded."""
    _, entries = default_lexicon().match([word], 0)
    return tuple(fold(v).split()[0] for e in entries for v in e.vietnamese)


@lru_cache(maxsize=4096)
def _quantities(text: str) -> Sequence[tuple[Quantity, str]]:
    """Return the numbers of a text with the word behind each, folded."""
    found = find_quantities(text, loose=True)
    return tuple((q, fold(m[0]) if (m := WORD.search(text, q.end)) else "") for q in found)


def _given_person(question: Question, name: str) -> bool:
    if _FAMILY.search(question.folded):
        return False
    words = fold(name).split()
    first, last = words[0], words[-1]
    addressed, alone = _short_names(question.text)
    return last in addressed | alone or (first in addressed and first not in _SURNAMES)


@lru_cache(maxsize=256)
def _short_names(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of one word by which a question speaks of people: behind a title, and alone where they are no Vietnamese syllable."""
    addressed = {fold(m[1]) for m in (_ADDRESSED if has_accents(text) else _ADDRESSED_PLAIN).finditer(text)}
    names = (m[0] for m in _CAPITALISED.finditer(text) if m.start() > 0)
    return frozenset(addressed), frozenset(fold(n) for n in names if n.isalpha() and n.isascii() and len(n) >= FOREIGN)
