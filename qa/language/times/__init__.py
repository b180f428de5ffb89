"""Every time that a text speaks of, in Vietnamese and English, each resolved by rule.

Days, months, years, what is counted from the day of the text, parts of years, terms, lunar years, and stretches of these.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from qa.language.dates import find_dates, resolve
from qa.language.times import congresses, english_periods, english_relative, vietnamese_calendar, vietnamese_parts
from qa.language.times.anchored import LATER, anchored
from qa.language.times.definite import is_definite, spelled
from qa.language.times.lunar import FESTIVALS, lunar_years
from qa.language.times.plain import accented
from qa.language.times.ranges import ranges, shared
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import bounds, covers, week, weekend
from qa.language.times.vietnamese_lists import day_made, listed_days, listed_parts
from qa.language.times.vietnamese_relative import RELATIVE, WEEKDAY_NOT, WEEKDAYS, named_year
from qa.language.times.years import SPLIT_YEARS, is_number, spans_of_years, year_start
from qa.schema import DateMention

__all__ = ["TimeKind", "TimeMention", "bounds", "covers", "find_counted", "find_times", "spelled"]

_WORD = re.compile(r"\w+")
_TABLES: tuple[dict[str, Reader], ...] = (
    LATER,
    english_periods.MONTHLY,
    english_relative.RELATIVE,
    english_periods.PERIODS,
    congresses.ENGLISH_TERMS,
    RELATIVE,
    vietnamese_calendar.CALENDAR,
    vietnamese_parts.PARTS,
    congresses.VIETNAMESE_TERMS,
    FESTIVALS,
    SPLIT_YEARS,
)
_READERS = {word: tuple(t[word] for t in _TABLES if word in t) for table in _TABLES for word in table}
"""The readers of each word (in small letters) at which an expression is recognised; the first that reads one wins."""
_NEAR = spaced(r".*(?<!\w)(?P<w>nay|qua|mai)(?P<comma>,)? ")
_PAUSE = re.compile(r"\s*(?:$|[\n.,;:)])")
_PREPOSITION = re.compile(r"(?:in|since|during)\s+", re.IGNORECASE)
_AND_DAY = spaced(
    r"(?P<more>(?:, (?:\d{1,2})(?:st|nd|rd|th)?)*),? and (?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\w:%])(?![.,/-]\d)"
    r"(?:,? (?P<y>(?:19|20)\d\d)(?!\w)|(?! (?!(?:in|at|for|with|by|and|to|the)(?!\w))[a-z]))"
)
_DAY_AND = spaced(
    r"(?:(?<!\w)(?:on|of|for|until|since|both) (?:the )?|(?:^|\n|[.(] ?))(?P<d>\d{1,2}(?:st|nd|rd|th)?(?:, \d{1,2}(?:st|nd|rd|th)?){0,4}),? and (?:the )?$"
)
_DAY_NUMBER = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?")
_NAMED_YEAR = spaced(r",?(?: of)? (?P<w>last|this|next) year(?![\w-])")
_WHICH_DAY = spaced(r" (?:(?P<past>vừa qua|vừa rồi)|(?:sắp )?tới(?! (?:nay|ngày|tháng|năm|hết|\d)))(?!\w)")
_ORDINAL = spaced(r"thứ (?P<n>hai|ba|tư|năm|sáu|bảy|[2-7]),? ")
_WEEK_LEAD = spaced(r"(?<!\w)(?:the )?week(?P<end>end)? (?:of|beginning|starting|ending|ended) $")
_DAY_LEAD = spaced(
    r"(?<!\w)(?:(?:the )?(?:night|morning|afternoon|evening|eve|dawn|(?:early|small) hours) of |(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.?),? (?:the )?)+$"
)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """An expression of time and its kind; `mention.basis` is what decided where its own words do not."""

    mention: DateMention
    kind: TimeKind


def find_times(text: str, *, counted_from: str | None = None, plain: bool = False) -> list[TimeMention]:
    """Return every time that `text` speaks of, in order, none within another; what nothing fixes is left out.

    Values are ISO 8601: a day, month or year, its year open (`--07-14`) when nothing fixes it, or a stretch of two of
    them (`2016-01/2016-03`).

    Args:
        text: An article or a question, NFC.
        counted_from: The ISO day that `hôm qua`, `last week` and open years are counted from: the day of publication, or
            today for a question.
        plain: Whether its Vietnamese is written without diacritics; `nam ngoai` is then read as `năm ngoái`.
    """
    read = accented(text) if plain else text
    source = TimeText(read, _lower(read), _day(counted_from))
    found = [*_worded(source), *listed_parts(source), *spans_of_years(source), *lunar_years(source), *_dated(source)]
    found = ranges(source, shared(source, list(anchored(source, _apart(_joined(source, found))))))
    return [
        TimeMention(DateMention(f.value, text[f.start : f.end], f.start, f.end, basis=f.basis), f.kind)
        for f in found
        if f.value
    ]


def find_counted(text: str, *, counted_from: str, plain: bool = False) -> list[DateMention]:
    """Return the days, weeks, months and years that `text` names by counting from a day: `hôm qua`, `last week`.

    Lengths (`3 năm trước`, `a week ago`) are left out, for they are seldom meant to the day; so is what counts from another
    time of the text (`the next day`). The arguments are those of `find_times`.
    """
    found = find_times(text, counted_from=counted_from, plain=plain)
    counted = (t.mention for t in found if t.kind is TimeKind.RELATIVE and t.mention.basis == counted_from[:10])
    return [m for m in counted if is_definite(m.text)]


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _day(value: str | None) -> date | None:
    """Return the day that is counted from; years so early or late that counting would leave the calendar are none."""
    ends = bounds(value[:10]) if value and len(value) >= 10 else None
    return ends[0] if ends and 1000 <= ends[0].year < 9000 else None


def _worded(source: TimeText) -> Iterator[Found]:
    """Yield what the words that speak of times begin or end."""
    readers_of = _READERS.get
    for word in _WORD.finditer(source.low):
        if not (readers := readers_of(word[0])):
            continue
        for reader in readers:
            if found := reader(source, word.start()):
                yield found
                break


def _dated(source: TimeText) -> Iterator[Found]:
    """Yield dates as `find_dates` reads them, with the year that stands behind them as a word."""
    mentions = [m for m in map(partial(_bare, source), find_dates(source.text)) if m]
    mentions += listed_days(source)
    fixed: dict[int, Found] = {}
    ends: dict[int, int] = {}
    for mention in mentions:
        if mention.value.startswith("--") and (behind := _year_of_day(source, mention.end)):
            value = f"{behind[0]:04}-{mention.value[2:]}" if behind[0] else None
            fixed[mention.start] = Found(mention.start, behind[1], value, TimeKind.DAY, source.basis)
        elif mention.value.startswith("--") and (which := _WHICH_DAY.match(source.low, mention.end)):
            ends[mention.start] = which.end()
            if source.day and not which["past"]:
                value = _next_day(mention.value, source.day)
                fixed[mention.start] = Found(mention.start, which.end(), value, TimeKind.DAY, source.basis)
    mentions = [m for mention in mentions for m in _beside(source, mention)]
    mentions.sort(key=lambda m: m.start)
    kinds = {4: TimeKind.YEAR, 7: TimeKind.MONTH}
    for m in resolve(mentions, source.text, source.basis):
        kind = kinds.get(len(m.value), TimeKind.DAY) if m.value[0] != "-" else TimeKind.DAY
        yield fixed.get(m.start) or Found(m.start, ends.get(m.start, m.end), m.value, kind, m.basis)


def _year_of_day(source: TimeText, at: int) -> tuple[int | None, int] | None:
    """Return the year that `năm ngoái` or `, last year` at `at` means, and where it ends."""
    match = _NAMED_YEAR.match(source.low, at)
    if match:
        return (source.day.year + english_relative.SHIFT[match["w"]] if source.day else None), match.end()
    return named_year(source, at)


def _bare(source: TimeText, mention: DateMention) -> DateMention | None:
    """Return `mention` without what is no part of it, or None when it is no date."""
    if len(mention.text) == 4 and is_number(source, mention.start, mention.end):
        return None
    if mention.value.startswith("--") and (near := _NEAR.match(mention.text.lower())) and near["comma"]:
        by = {"nay": 0, "qua": -1, "mai": 1}[near["w"]]
        day = source.day_after(by)
        if day[4:] != mention.value[1:] if day else not _PAUSE.match(source.low, mention.end):
            return None  # `tối qua, 1/3 số phiếu`
    cut = mention.text.rfind("(") + 1  # `sáng nay (24/5)` is two
    preposition = _PREPOSITION.match(mention.text)
    cut = preposition.end() if preposition else cut
    return mention._replace(text=mention.text[cut:], start=mention.start + cut) if cut else mention


def _beside(source: TimeText, mention: DateMention) -> Iterator[DateMention]:
    """Yield `mention` with the day that shares its month: `June 3 and 4, 2019`, `3 and 4 June 2019`."""
    if not mention.text[:1].isascii() or len(mention.value) < 7 or mention.value[-3] != "-":
        yield mention
        return
    if mention.text[0].isalpha() and (behind := _AND_DAY.match(source.low, mention.end)):
        year = behind["y"] or mention.value[:-6].rstrip("-") or None
        month, end = mention.value[-5:-3], behind.end()
        if year:
            mention = mention._replace(value=f"{year}-{month}-{mention.value[-2:]}")
        yield mention
        for number in _DAY_NUMBER.finditer(behind["more"]):
            start = behind.start("more") + number.start()
            yield from day_made(source, start, start + len(number[0]), (year, month, number["d"]))
        yield from day_made(source, behind.start("d"), end, (year, month, behind["d"]))
        return
    if mention.text[0].isdigit() and mention.text[-1:].isascii() and (before := source.before(_DAY_AND, mention.start)):
        year, month = mention.value[:-6].rstrip("-") or None, mention.value[-5:-3]
        for number in _DAY_NUMBER.finditer(before["d"]):
            start = source.back(mention.start) + before.start("d") + number.start()
            yield from day_made(source, start, start + len(number[0]), (year, month, number["d"]))
    yield mention


def _next_day(value: str, day: date) -> str | None:
    """Return the next day after `day` that has the month and day of the open `value`."""
    made = (f"{year:04}-{value[2:]}" for year in range(day.year, day.year + 9))
    return next((m for m in made if bounds(m) and m > day.isoformat()), None)


def _joined(source: TimeText, found: list[Found]) -> Iterator[Found]:
    """Let days begin where their weekday or `the night of` does, weeks where `the week of`, years where `the fiscal year`."""
    for f in found:
        if f.kind is TimeKind.YEAR:
            yield f._replace(start=year_start(source, f.start))
        elif f.kind is TimeKind.RANGE and (led := source.before(_WEEK_LEAD, f.start)):
            yield f._replace(start=source.back(f.start) + led.start(), kind=TimeKind.PERIOD)
        elif f.kind is not TimeKind.DAY:
            yield f
        elif led := source.before(_WEEK_LEAD, f.start):
            ends = bounds(f.value or "")
            value = (weekend if led["end"] else week)(ends[0]) if ends else None
            yield f._replace(start=source.back(f.start) + led.start(), value=value, kind=TimeKind.PERIOD)
        else:
            yield f._replace(start=source.since(_DAY_LEAD, _without_ordinal(source, f)))


def _without_ordinal(source: TimeText, found: Found) -> int:
    """Return where a day begins: behind `thứ hai` in `lần thứ hai ngày 10-11-1964`, which was no Monday."""
    match, ends = _ORDINAL.match(source.low, found.start), bounds(found.value or "")
    if not match or not ends or WEEKDAYS[match["n"]] == ends[0].weekday() or source.text[match.start("n")].isupper():
        return found.start
    return match.end() if source.before(WEEKDAY_NOT, found.start) else found.start


def _apart(found: Iterable[Found]) -> list[Found]:
    """Return the expressions in order, the longer one of any two that overlap."""
    kept: list[Found] = []
    for f in sorted(found, key=lambda f: (f.start, -f.end)):
        while kept and kept[-1].end > f.start and kept[-1].end - kept[-1].start < f.end - f.start:
            kept.pop()
        if not kept or kept[-1].end <= f.start:
            kept.append(f)
    return kept
