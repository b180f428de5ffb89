"""What numbers count: those of people are no answer where floors are asked for, those of kilometres none where anything is counted."""

import re
from functools import lru_cache

from qa.kinds import Kind, Slot
from qa.kinds.nouns import PLAIN_OF
from qa.language.forms import WORD, fold, words
from qa.question import Question
from qa.reading.classes import class_of
from qa.reading.spans import Sort, Span

__all__ = ["counting", "counts_things", "of_another_class"]

_COUNTABLE = frozenset(
    "người hộ xe tàu vé con căn vụ ca lượt suất chiếc nguoi ho tau ve can vu luot suat chiec".split()
)
_CURRENCIES = frozenset("dollars dong euros usd vnd yuan yen won pounds ringgit percent".split())
_ALIKE = frozenset(
    (
        frozenset(("people", "households")),
        frozenset(("votes", "people")),
        frozenset(("cases", "people")),
        frozenset(("cases", "events")),
        frozenset(("households", "buildings")),
        frozenset(("bodies", "people")),
        frozenset(("votes", "writings")),
    )
)
"""Classes that may stand for each other: a seat's votes are its voters."""
_WORD = re.compile(r" [^\W\d_]+")
"""Behind a number and its noun, how the noun may go on: `9 trường| hợp`."""


def of_another_class(span: Span, text: str, slot: Slot) -> bool:
    """Return whether a number, or one of several, surely counts something else than what a slot asks for."""
    wanted = _class_asked(slot.heads)
    if wanted is None:
        return False
    if span.sort is Sort.MEASURE:
        return True
    if span.sort not in {Sort.COUNT, Sort.SPELLED}:
        return False
    counted = {
        _class_counted(text[a : next_word.end() if (next_word := _WORD.match(text, b)) else b]) for a, b in span.parts
    }
    return any(c not in {None, wanted} and frozenset((c, wanted)) not in _ALIKE for c in counted)


@lru_cache(maxsize=256)
def _class_asked(heads: tuple[tuple[str, ...], ...]) -> str | None:
    """Return the class of what is counted when all nouns that are known and asked for are of one."""
    found = {c for head in heads if (c := class_of(head)) is not None}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _class_counted(said: str) -> str | None:
    words = [w.lower() for w in WORD.findall(said)]
    at = next((i for i in range(len(words) - 1, -1, -1) if any(c.isdigit() for c in words[i])), -1)
    rest = words[at + 1 :] if at >= 0 else words[1:]
    return class_of([w for w in rest if w not in _SIZES])


_SIZES = frozenset("trăm nghìn ngàn triệu tỷ tỉ vạn".split())


def counting(found: list[Span], text: str, slot: Slot) -> list[Span]:
    """Return the numbers that count what is asked for, where any does in the sentence, and no row with one that counts something else; else all of them.

    One spelled out counts nothing but what is asked for: `một lần` and the like stand everywhere.
    """
    heads = [f" {fold(' '.join(h))} " for h in slot.heads]
    found = [s for s in found if s.sort is not Sort.SPELLED or _is_spelled(_form(text, s.start, s.end), heads)]
    counting = [s for s in found if all(any(h in _form(text, a, b) for h in heads) for a, b in s.parts)]
    return counting or [s for s in found if any(h in _form(text, s.start, s.end) for h in heads)] or found


def counts_things(question: Question, slot: Slot) -> bool:
    """Return whether people or things are counted, not a sum or a share."""
    said = {w for h in slot.heads for w in h}
    if question.language == "en":
        return "many" in question.text[slot.start : slot.end] and not said & _CURRENCIES
    return any(h[0] in _COUNTABLE or (PLAIN_OF.get(fold(" ".join(h))) is Kind.PERSON) for h in slot.heads)


def _is_spelled(form: str, heads: list[str]) -> bool:
    return any(h in form for h in heads) if heads else not form.startswith((" mot ", " one "))


def _form(text: str, start: int, end: int) -> str:
    return " " + " ".join(fold(w) for w in words(text[start:end])) + " "
