"""Which spans of a sentence are tried for which kind of question."""

import re
from collections.abc import Iterator

from qa.kinds import Kind, Slot
from qa.language.forms import UPPER, words
from qa.question import Question
from qa.reading.clauses import find_clauses, find_items
from qa.reading.codes import find_codes
from qa.reading.counted import counting, counts_things, of_another_class
from qa.reading.described import holds_another_post
from qa.reading.fitting import fitting
from qa.reading.given import given
from qa.reading.names import STOPPERS, find_headed, find_organisations, find_places, find_quoted
from qa.reading.nobody import is_nobody, is_somewhere, names_nobody, names_nowhere
from qa.reading.numbers import find_days, find_numbers, find_years
from qa.reading.others import asks_for_words, of_others
from qa.reading.people import find_names, find_persons, find_posts
from qa.reading.sites import sited
from qa.reading.spans import CLAUSAL, Sort, Span
from qa.reading.views import ArticleView, Sentence

__all__ = ["find_spans"]

_SORTS = {
    Kind.MONEY: {Sort.MONEY, Sort.BARE},
    Kind.PERCENT: {Sort.PERCENT},
    Kind.AGE: {Sort.AGE, Sort.BARE, Sort.DURATION},
    Kind.DURATION: {Sort.DURATION, Sort.PERIOD},
    Kind.ORDINAL: {Sort.ORDINAL, Sort.DURATION},
}
"""What alone can answer where the unit is asked for, whatever else stands there."""
_OTHERWISE = frozenset({Sort.ORDINAL, Sort.DURATION, Sort.AGE})
"""What counts nothing but time and rank, and is asked for in other words."""
_UNASKED = frozenset({Sort.ORDINAL, Sort.AGE})
"""What no question for a number wants that does not say so."""
_UNCOUNTED = _OTHERWISE | {Sort.PERCENT, Sort.MONEY}
"""What counts no things: where things are asked for it is no answer."""
_YEARS = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"ngày|ngay|hôm|hom|\bdate|\bday", re.IGNORECASE)
"""Who asks for the day is not answered with a year."""
_DAY_NUMBER = re.compile(r"\d{1,2}[/-]\d|(?:mùng|mồng|ngày) \d|\d{1,2} tháng", re.IGNORECASE)
_SUM = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{5,}")
"""A sum of money without its unit: `25.000`."""
_PROPER = re.compile(rf"(?<!\w)[{UPPER}\d]")
"""What an institution or a place has in its name."""
_NAME_ASKED = re.compile(
    r"\bten (?:la )?gi\b|^(?:ho )?ten\b.* la gi\b|\bten goi\b|\bmang ten\b|\bgoi la gi\b|\bnames? of\b|\b(?:named|called)\b"
)
"""Asks what something is called; no clause says that."""
_CALL = re.compile(r"\b(?:dien thoai|hotline|duong day nong|thue bao|phone|telephone)\b")
"""Asks for a number to call."""
_YEAR = re.compile(r"\b(?:năm|nam) (?:nào|nao|bao nhiêu|bao nhieu|mấy|may)\b|\byears?\b", re.IGNORECASE)
_INSTITUTIONS = frozenset({Kind.ORGANISATION, Kind.THING})
_PLACES = frozenset({Kind.PLACE, Kind.ORGANISATION})
_QUOTED = frozenset({Kind.THING, Kind.ORGANISATION, Kind.OTHER})
_HEADED = frozenset({Kind.THING, Kind.ORGANISATION, Kind.PLACE, Kind.ROLE})
_LISTED = frozenset({Kind.THING, Kind.REASON, Kind.MATTER, Kind.OTHER})
_TOLD = frozenset({Kind.REASON, Kind.MATTER, Kind.OTHER, Kind.THING, Kind.YESNO})
_NAMED = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.THING})
_DAYS = frozenset({Kind.DATE, Kind.CLOCK, Kind.DURATION})


def find_spans(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> list[Span]:
    """Return what in a sentence may answer one slot of a question; what only repeats the question is left out."""
    text = view.article.text
    seen: dict[tuple[tuple[int, int], ...], Span] = {}
    for span in sited(_all_spans(question, slot, view, sentence), text, question, slot):
        repeats = span.sort is not Sort.CLAUSE and all(question.repeats(text[a:b]) for a, b in span.parts)
        if (
            not repeats
            and not given(question, slot, span, text)
            and not _somebody_else(question, slot, span, sentence, text)
        ):
            seen.setdefault(span.parts, span)
    return list(seen.values())


def _somebody_else(question: Question, slot: Slot, span: Span, sentence: Sentence, text: str) -> bool:
    """Return whether a span names holders of other posts than the one asked for, or tells what others than the one asked about said."""
    if slot.kind is Kind.PERSON:
        return holds_another_post(text, span, sentence.start, sentence.end, slot)
    said = span.sort in CLAUSAL and asks_for_words(question)
    return said and of_others(question, text, sentence.start, (span.start, span.end))


def _all_spans(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> Iterator[Span]:
    text, start, end, kind = view.article.text, sentence.start, sentence.end, slot.kind
    if kind is Kind.PERSON:
        yield from _persons(text, start, end)
    if kind is Kind.ROLE:
        yield from find_posts(text, start, end, question)
    if kind is Kind.CODE:
        yield from find_codes(text, start, end, call=_CALL.search(question.folded) is not None)
    yield from _counts_and_days(question, slot, view, sentence)
    if kind in _INSTITUTIONS:
        yield from find_organisations(text, start, end)
    if kind is Kind.PLACE:
        yield from find_places(text, start, end)
    if kind in _NAMED:
        yield from _named(text, start, end, slot)
    if kind in _QUOTED:
        yield from find_quoted(text, start, end)
    if kind in _HEADED:
        plain = question.language == "vi" and any(u.plain and not u.name for u in question.units)
        headed = find_headed(view, sentence, slot, plain=plain)
        yield from (s for s in headed if kind not in _PLACES or _has_name(text, s.start, s.end))
    if kind in _LISTED or (slot.many and kind in _PLACES):
        yield from find_items(view, sentence)
    if kind in _TOLD and not (kind is Kind.THING and _NAME_ASKED.search(question.folded)):
        yield from find_clauses(view, sentence)


def _named(text: str, start: int, end: int, slot: Slot) -> Iterator[Span]:
    """Yield the capitalised names of a sentence: where a person is asked for none of a place, a firm or a thing, and the other way round."""
    kind, people = slot.kind, []
    if kind in _PLACES:
        people = [p for s in find_persons(text, start, end) if s.sort in _PEOPLE for p in s.parts]
    sides = any(w in _TEAMS for h in slot.heads for w in h)
    for span in find_names(text, start, end):
        if kind is Kind.PERSON:
            elsewhere = any(is_nobody(text, *p) or names_nobody(text, *p) for p in span.parts)
        else:
            elsewhere = any(p in people for p in span.parts) or (
                kind is Kind.PLACE and any(names_nowhere(text, *p) for p in span.parts)
            )
            elsewhere |= kind is Kind.ORGANISATION and not sides and any(is_somewhere(text, *p) for p in span.parts)
        if not elsewhere:
            yield span


def _has_name(text: str, start: int, end: int) -> bool:
    """Return whether a noun and what follows it is a name: `Bệnh viện Chợ Rẫy`, not `Bệnh viện được xây 9 tầng`."""
    proper = _PROPER.search(text, start + 1, end)
    return proper is not None and STOPPERS.isdisjoint(words(text[start : proper.start()]))


def _persons(text: str, start: int, end: int) -> Iterator[Span]:
    for span in find_persons(text, start, end):
        foreign = span.sort is Sort.FOREIGN
        if not any(is_nobody(text, *p) or (foreign and names_nobody(text, *p)) for p in span.parts):
            yield span


_PEOPLE = frozenset({Sort.PERSON, Sort.TITLED})
_TEAMS = frozenset("đội doi tuyển tuyen team side".split())
"""Countries and towns have such."""


def _without_day(span: Span, text: str) -> bool:
    return span.sort is Sort.YEAR or (span.sort is Sort.PERIOD and not _DAY_NUMBER.search(text, span.start, span.end))


def _counts_and_days(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> Iterator[Span]:
    text, start, end, kind = view.article.text, sentence.start, sentence.end, slot.kind
    if kind.counts:
        found = [s for s in find_numbers(view.article, start, end) if s.sort in _SORTS.get(kind, {s.sort})]
        if kind is Kind.MONEY:
            found = [s for s in found if s.sort is Sort.MONEY or all(_SUM.fullmatch(text, *p) for p in s.parts)]
        if kind is Kind.NUMBER:
            unwanted = (_UNCOUNTED if counts_things(question, slot) else _OTHERWISE) if slot.heads else _UNASKED
            found = [
                s for s in found if s.sort is not Sort.BARE or not all(_YEARS.fullmatch(text, *p) for p in s.parts)
            ]
            found = [s for s in found if s.sort not in unwanted and not of_another_class(s, text, slot)]
            found = counting(found, text, slot)
        yield from fitting(found, text, question, slot)
    if kind in _DAYS:
        asked = question.text[slot.start : slot.end] + " ".join(w for h in slot.heads for w in (" ", *h))
        found = find_days(view.article, start, end)
        if kind is Kind.DATE and _YEAR.search(asked):
            yield from find_years(text, found)
        elif kind is not Kind.DATE:
            found = [s for s in found if s.sort is (Sort.CLOCK if kind is Kind.CLOCK else Sort.PERIOD)]
            yield from fitting(found, text, question, slot)
        else:
            day = kind is Kind.DATE and _DAY.search(asked) is not None
            yield from (s for s in found if not (day and _without_day(s, text)))
