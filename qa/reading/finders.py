"""Which spans of a sentence are tried for which kind of question."""

import re
from collections.abc import Iterator

from qa.kinds import Kind, Slot
from qa.language.forms import fold, words
from qa.language.names import find_people
from qa.question import Question
from qa.reading.clauses import find_clauses, find_items
from qa.reading.names import find_headed, find_organisations, find_places, find_quoted
from qa.reading.numbers import find_days, find_numbers, find_years
from qa.reading.people import find_names, find_persons, find_posts, is_nobody
from qa.reading.spans import Sort, Span
from qa.reading.views import ArticleView, Sentence

__all__ = ["find_spans"]

_SORTS = {
    Kind.MONEY: {Sort.MONEY, Sort.BARE},
    Kind.PERCENT: {Sort.PERCENT},
    Kind.AGE: {Sort.AGE, Sort.BARE, Sort.DURATION},
    Kind.DURATION: {Sort.DURATION, Sort.MEASURE, Sort.DATE, Sort.CLOCK, Sort.PERIOD, Sort.YEAR},
    Kind.ORDINAL: {Sort.ORDINAL, Sort.DURATION},
}
"""What alone can answer where the unit is asked for, whatever else stands there."""
_OTHERWISE = frozenset({Sort.ORDINAL, Sort.DURATION, Sort.AGE})
"""What counts nothing but time and rank, and is asked for in other words."""
_DAY = re.compile(r"ngày|ngay|hôm|hom|\bdate|\bday", re.IGNORECASE)
"""Who asks for the day is not answered with a year."""
_DAY_NUMBER = re.compile(r"\d{1,2}[/-]\d|(?:mùng|mồng|ngày) \d|\d{1,2} tháng", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:năm|nam) (?:nào|nao|bao nhiêu|bao nhieu|mấy|may)\b|\byears?\b", re.IGNORECASE)
_INSTITUTIONS = frozenset({Kind.ORGANISATION, Kind.THING})
_PLACES = frozenset({Kind.PLACE, Kind.ORGANISATION})
_QUOTED = frozenset({Kind.THING, Kind.ORGANISATION, Kind.PLACE, Kind.OTHER})
_HEADED = frozenset({Kind.THING, Kind.ORGANISATION, Kind.PLACE, Kind.ROLE})
_LISTED = frozenset({Kind.THING, Kind.REASON, Kind.MATTER, Kind.OTHER})
_TOLD = frozenset({Kind.REASON, Kind.MATTER, Kind.OTHER, Kind.THING, Kind.YESNO})
_NAMED = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.THING})
_DAYS = frozenset({Kind.DATE, Kind.CLOCK, Kind.DURATION})


def find_spans(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> list[Span]:
    """Return what in a sentence may answer one slot of a question; what only repeats the question is left out."""
    text = view.article.text
    seen: dict[tuple[tuple[int, int], ...], Span] = {}
    for span in _all_spans(question, slot, view, sentence):
        if span.sort is Sort.CLAUSE or not all(question.repeats(text[a:b]) for a, b in span.parts):
            seen.setdefault(span.parts, span)
    return list(seen.values())


def _counting(found: list[Span], text: str, slot: Slot) -> list[Span]:
    """Return the numbers that count what is asked for, where any does in the sentence, and no row with one that counts something else; else all of them."""
    heads = [f" {fold(' '.join(h))} " for h in slot.heads]
    counting = [s for s in found if all(any(h in _form(text, a, b) for h in heads) for a, b in s.parts)]
    return counting or [s for s in found if any(h in _form(text, s.start, s.end) for h in heads)] or found


def _form(text: str, start: int, end: int) -> str:
    return " " + " ".join(fold(w) for w in words(text[start:end])) + " "


def _all_spans(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> Iterator[Span]:
    text, start, end, kind = view.article.text, sentence.start, sentence.end, slot.kind
    if kind is Kind.PERSON:
        yield from (s for s in find_persons(text, start, end) if not any(is_nobody(text, *p) for p in s.parts))
    if kind is Kind.ROLE:
        yield from find_posts(text, start, end, question)
    yield from _counts_and_days(question, slot, view, sentence)
    if kind in _INSTITUTIONS:
        yield from find_organisations(text, start, end)
    if kind in _PLACES:
        yield from find_places(text, start, end)
    if kind in _NAMED:
        yield from _named(text, start, end, kind)
    if kind in _QUOTED:
        yield from find_quoted(text, start, end)
    if kind in _HEADED:
        plain = question.language == "vi" and any(u.plain and not u.name for u in question.units)
        yield from find_headed(view, sentence, slot, plain=plain)
    if kind in _LISTED or (slot.many and kind in _PLACES):
        yield from find_items(view, sentence)
    if kind in _TOLD:
        yield from find_clauses(view, sentence)


def _named(text: str, start: int, end: int, kind: Kind) -> Iterator[Span]:
    """Yield the capitalised names of a sentence, without places where a person is asked for, and the other way round."""
    people = [(start + p.start, start + p.end) for p in find_people(text[start:end])] if kind in _PLACES else []
    for span in find_names(text, start, end):
        elsewhere = kind is Kind.PERSON and any(is_nobody(text, *p) for p in span.parts)
        if not elsewhere and not any(p in people for p in span.parts):
            yield span


def _without_day(span: Span, text: str) -> bool:
    return span.sort is Sort.YEAR or (span.sort is Sort.PERIOD and not _DAY_NUMBER.search(text, span.start, span.end))


def _counts_and_days(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> Iterator[Span]:
    text, start, end, kind = view.article.text, sentence.start, sentence.end, slot.kind
    if kind.counts:
        found = [s for s in find_numbers(view.article, start, end) if s.sort in _SORTS.get(kind, {s.sort})]
        if kind is Kind.NUMBER:
            unwanted = _OTHERWISE if slot.heads else {Sort.ORDINAL}
            found = _counting([s for s in found if s.sort not in unwanted], text, slot)
        yield from found
    if kind in _DAYS:
        asked = question.text[slot.start : slot.end] + " ".join(w for h in slot.heads for w in (" ", *h))
        found = find_days(view.article, start, end)
        if kind is Kind.DATE and _YEAR.search(asked):
            yield from find_years(text, found)
        else:
            day = kind is Kind.DATE and _DAY.search(asked) is not None
            yield from (s for s in found if not (day and _without_day(s, text)))
