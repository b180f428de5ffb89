"""The turn before: as a whole question, understood, and what it was about."""

import re
from dataclasses import dataclass

from qa.language.forms import has_accents
from qa.language.lexicon import default_lexicon
from qa.question import Question
from qa.talk.words import ENGLISH_DATE, ENGLISH_PARTICLES, PARTICLES, PLAIN_PARTICLES, VIETNAMESE_DATE, WORD, compiled

__all__ = ["Before", "clause_of", "place_of_date", "topic_of"]


_ENGLISH_ENDS = frozenset("held hold place take happen happened open begin start".split())
"""What ends a question about when and where."""


@dataclass(frozen=True, slots=True)
class Before:
    """The turn before: as a whole question, understood, and what was answered."""

    question: Question
    answer: str

    @property
    def said(self) -> str:
        """The bare answer, before any quotation."""
        return re.sub(r"\[\d+\]", " ", self.answer.split("“", 1)[0])

    @property
    def vietnamese(self) -> bool:
        """Whether it was asked in Vietnamese."""
        return self.question.language == "vi"


def clause_of(before: Before) -> str:
    """Return the question before without the words that ask."""
    text = before.question.text.strip(" ?.!")
    if put := re.search(r"\(([^()]+)\)$", text):  # what a turn before that was about, behind a turn that was made whole
        return put[1]
    for slot in sorted(before.question.slots, key=lambda s: -s.start):
        text = f"{text[: slot.start].rstrip()} {text[slot.end :].lstrip()}"
    return text.strip(" ,?.!")


def topic_of(before: Before) -> str:
    """Return what the question before was about: without the words that ask and the deeds at its ends."""
    clause = clause_of(before)
    spans = [(m.start(), m.end(), m[0]) for m in WORD.finditer(clause)]
    first, last = 0, len(spans)
    forms = [w for _, _, w in spans]
    lowered = [w.lower() for w in forms]
    while first < last and (drop := _idle_at(lowered[first:last], before)):
        first += drop
    while first < last and (drop := _idle_end(lowered[first:last], before)):
        last -= drop
    return clause[spans[first][0] : spans[last - 1][1]] if first < last else clause


def _idle_at(forms: list[str], before: Before) -> int:
    """Return how many words at the beginning say no more than what was done."""
    if before.vietnamese:
        if forms[0] in PARTICLES or (forms[0] in PLAIN_PARTICLES and not any(map(has_accents, forms))):
            return 1
        length, entries = default_lexicon().match_vietnamese(forms, 0, plain=not any(map(has_accents, forms)))
        return length if length and all(e.kind == "verb" for e in entries) else 0
    if forms[0] in ENGLISH_PARTICLES:
        return 1
    length, entries = default_lexicon().match(forms, 0)
    return length if length and entries and all(e.kind == "verb" for e in entries) else 0


def _idle_end(forms: list[str], before: Before) -> int:
    if before.vietnamese:
        if forms[-1] in PARTICLES:
            return 1
        for length in (3, 2, 1):
            plain = not any(map(has_accents, forms))
            taken, entries = default_lexicon().match_vietnamese(forms[-length:], 0, plain=plain)
            if taken == length and all(e.kind == "verb" for e in entries):
                return length
        return 0
    return int(forms[-1] in ENGLISH_PARTICLES | _ENGLISH_ENDS)


def place_of_date(before: Before) -> tuple[int, int]:
    """Return where the last date of the question before stands, with `đầu`, `in early` and the like before it."""
    whole, date = before.question.text, before.question.dates[-1]
    lead = compiled(f"(?<!\\w){VIETNAMESE_DATE if before.vietnamese else ENGLISH_DATE}$", plain=not has_accents(whole))
    found = lead.search(whole, 0, date.start)
    return (found.start() if found else date.start), date.end
