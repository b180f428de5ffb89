"""Which spans of a sentence are tried for which kind of question."""

import re
from collections.abc import Iterator

from qa.kinds import Kind, Slot
from qa.kinds.nouns import PLAIN_OF
from qa.language.forms import UPPER, fold, words
from qa.question import Question
from qa.reading.clauses import find_clauses, find_items
from qa.reading.codes import find_codes
from qa.reading.fitting import fitting, sited
from qa.reading.names import STOPPERS, find_headed, find_organisations, find_places, find_quoted
from qa.reading.numbers import find_days, find_numbers, find_years
from qa.reading.people import find_names, find_persons, find_posts, is_cut, is_nobody, is_somewhere
from qa.reading.spans import Sort, Span
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
_UNCOUNTED = _OTHERWISE | {Sort.PERCENT, Sort.MONEY}
"""What counts no things: where things are asked for it is no answer."""
_COUNTABLE = frozenset(
    "người hộ xe tàu vé con căn vụ ca lượt suất chiếc nguoi ho tau ve can vu luot suat chiec".split()
)
_CURRENCIES = frozenset("dollars dong euros usd vnd yuan yen won pounds ringgit percent".split())
_YEARS = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"ngày|ngay|hôm|hom|\bdate|\bday", re.IGNORECASE)
"""Who asks for the day is not answered with a year."""
_DAY_NUMBER = re.compile(r"\d{1,2}[/-]\d|(?:mùng|mồng|ngày) \d|\d{1,2} tháng", re.IGNORECASE)
_SUM = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{5,}")
"""A sum of money without its unit: `25.000`."""
_PROPER = re.compile(rf"(?<!\w)[{UPPER}\d]")
"""What an institution or a place has in its name."""
_NAME_ASKED = re.compile(
    r"\bten (?:la )?gi\b|\bten goi\b|\bmang ten\b|\bgoi la gi\b|\bnames? of\b|\b(?:named|called)\b"
)
"""Asks what something is called; no clause says that."""
_ALONG = re.compile(r"(?<!\w)(?:tại|ở|từ|đến|tới|về|vào|in|at|from|to)\s$", re.IGNORECASE)
"""Before a name, what makes it that of a place."""
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
    for span in sited(_all_spans(question, slot, view, sentence), text, slot):
        if span.sort is Sort.CLAUSE or not all(question.repeats(text[a:b]) for a, b in span.parts):
            seen.setdefault(span.parts, span)
    return list(seen.values())


def _counting(found: list[Span], text: str, slot: Slot) -> list[Span]:
    """Return the numbers that count what is asked for, where any does in the sentence, and no row with one that counts something else; else all of them.

    One spelled out counts nothing but what is asked for: `một lần` and the like stand everywhere.
    """
    heads = [f" {fold(' '.join(h))} " for h in slot.heads]
    found = [s for s in found if s.sort is not Sort.SPELLED or _is_spelled(_form(text, s.start, s.end), heads)]
    counting = [s for s in found if all(any(h in _form(text, a, b) for h in heads) for a, b in s.parts)]
    return counting or [s for s in found if any(h in _form(text, s.start, s.end) for h in heads)] or found


def _counts_things(question: Question, slot: Slot) -> bool:
    """Return whether people or things are counted, not a sum or a share."""
    said = {w for h in slot.heads for w in h}
    if question.language == "en":
        return "many" in question.text[slot.start : slot.end] and not said & _CURRENCIES
    return any(h[0] in _COUNTABLE or (PLAIN_OF.get(fold(" ".join(h))) is Kind.PERSON) for h in slot.heads)


def _is_spelled(form: str, heads: list[str]) -> bool:
    return any(h in form for h in heads) if heads else not form.startswith((" mot ", " one "))


def _form(text: str, start: int, end: int) -> str:
    return " " + " ".join(fold(w) for w in words(text[start:end])) + " "


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
            elsewhere = any(is_nobody(text, *p) or _no_person(text, *p) for p in span.parts)
        else:
            elsewhere = any(p in people for p in span.parts)
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
        if not any(is_nobody(text, *p) or (foreign and _no_person(text, *p)) for p in span.parts):
            yield span


_PEOPLE = frozenset({Sort.PERSON, Sort.TITLED})
_TEAMS = frozenset("đội doi tuyển tuyen team side".split())
"""Countries and towns have such."""
_OUTLET = re.compile(
    r"\b(?:News|Post|Times|Online|Daily|Journal|Tribune|TV|Radio|Press|Interest|Media|Herald|Guardian)$"
)


def _no_person(text: str, start: int, end: int) -> bool:
    """Return whether a capitalised name that nothing makes a person's is an acronym, an outlet, somewhere to be, or cut out of a word."""
    name = text[start:end]
    acronym = len(name) > 1 and name.split()[0].isalpha() and name.split()[0].isupper() and len(name.split()[0]) > 1
    along = _ALONG.search(text, max(0, start - 8), start) is not None
    return acronym or along or _OUTLET.search(name) is not None or is_cut(text, start, end)


def _without_day(span: Span, text: str) -> bool:
    return span.sort is Sort.YEAR or (span.sort is Sort.PERIOD and not _DAY_NUMBER.search(text, span.start, span.end))


def _counts_and_days(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> Iterator[Span]:
    text, start, end, kind = view.article.text, sentence.start, sentence.end, slot.kind
    if kind.counts:
        found = [s for s in find_numbers(view.article, start, end) if s.sort in _SORTS.get(kind, {s.sort})]
        if kind is Kind.MONEY:
            found = [s for s in found if s.sort is Sort.MONEY or all(_SUM.fullmatch(text, *p) for p in s.parts)]
        if kind is Kind.NUMBER:
            unwanted = (_UNCOUNTED if _counts_things(question, slot) else _OTHERWISE) if slot.heads else {Sort.ORDINAL}
            found = [
                s for s in found if s.sort is not Sort.BARE or not all(_YEARS.fullmatch(text, *p) for p in s.parts)
            ]
            found = fitting((s for s in found if s.sort not in unwanted), text, question, slot)
            found = _counting(found, text, slot)
        yield from found
    if kind in _DAYS:
        asked = question.text[slot.start : slot.end] + " ".join(w for h in slot.heads for w in (" ", *h))
        found = find_days(view.article, start, end)
        if kind is Kind.DATE and _YEAR.search(asked):
            yield from find_years(text, found)
        elif kind is not Kind.DATE:
            yield from (s for s in found if s.sort is (Sort.CLOCK if kind is Kind.CLOCK else Sort.PERIOD))
        else:
            day = kind is Kind.DATE and _DAY.search(asked) is not None
            yield from (s for s in found if not (day and _without_day(s, text)))
