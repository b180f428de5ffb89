"""Months, quarters, parts of years, decades and centuries in English: `July last year`, `Q3 2018`, `early 2016`."""

import re

from qa.language.number_words import ordinal_word
from qa.language.times.english_relative import MONTH, MONTHS, NUMBER, SHIFT, THE, count, that
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import (
    between,
    century,
    decade,
    half_of,
    month_value,
    months,
    nearest_day,
    nearest_month,
    part_of,
)

__all__ = ["PERIODS"]

_YEAR = r"(?P<y>1[0-9]{3}|20[0-9]{2})(?![\w%])(?!/\w)(?![.,]\d)"
_NAMED_YEAR = spaced(r",?(?: of| in)? (?P<w>last|this|next) year(?![\w-])")
_YEAR_BEHIND = spaced(rf"(?:,? (?:of |in |of the year |in the year )?|[/-]){_YEAR}")
_DAYS = spaced(
    rf"{MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:[^\S\n]?[-–][^\S\n]?| to | through | until | till )(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])(?:,? {_YEAR})?"
)
_DAYS_BEFORE = spaced(r"(?<![\w.,/-])(?P<d>\d{1,2})[^\S\n]?[-–][^\S\n]?(?P<d2>\d{1,2})(?:st|nd|rd|th)? $")
_MONTH_ALONE = spaced(MONTH)
_MONTH_CUE = spaced(
    r"(?<!\w)(?:(?:in|since|until|till|during|last|next|this|early|mid|late|between|end of)(?: |-)|by (?!may)"
    rf"|(?:{'|'.join(MONTHS)})(?: and | to | or | through |[^\S\n]?[-–,][^\S\n]?)|from )$"
)
"""What stands before the name of a month that is also a name or a verb: May, March."""
_MONTH_FOLLOWS = spaced(rf"(?: to | through | and |[^\S\n]?[-–][^\S\n]?)(?:{'|'.join(MONTHS)})(?!\w)")
_DAY_BEFORE = spaced(r"\d(?:st|nd|rd|th)?(?: of)? $")
_PART = spaced(r"(?P<p>early|mid|late)(?: in| on)?(?:[^\S\n]?-[^\S\n]?| )(?:in )?(?:the )?")
_EDGE = spaced(r"(?:the )?(?:very )?(?P<p>beginning|start|middle|end) of (?:the (?:year )?)?")
_EDGES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_ORDINALS = r"first|second|third|fourth|last|final|1st|2nd|3rd|4th|opening|closing"
_QUARTER_LEAD = spaced(rf"(?<!\w)(?:the )?(?P<n>{_ORDINALS})(?: |-)$")
_MONTHS_LEAD = spaced(rf"(?<!\w)(?:the )?(?P<n>first|last|final) (?P<count>{NUMBER}) $")
_LETTER_QUARTER = spaced(r"(?:q(?P<n>[1-4])|(?P<n2>[1-4])q)(?!\w)")
_ORDER = {
    "first": 1,
    "1st": 1,
    "opening": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
} | dict.fromkeys(("last", "final", "closing"), -1)
_DECADE = re.compile(r"(?P<n>1[0-9]{2}0|20[0-9]0|[2-9]0)['’]?s(?!\w)")
_SEASONS = {"spring": 2, "summer": 5, "autumn": 8, "fall": 8, "winter": 11}
_SEASON = spaced(rf"(?P<s>spring|summer|autumn|fall|winter)(?:,? of|,? in)?,? {_YEAR}")
_CENTURY_LEAD = spaced(
    r"(?<!\w)(?P<the>the )?(?P<n>(?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)(?:-| )[a-z]{4,7}|[a-z]{5,11}))(?: |-)$"
)
_BARE_YEAR = re.compile(_YEAR)
_MONTH_YEAR = spaced(rf"{MONTH},?(?: of)? {_YEAR}")
_WORD = re.compile(r"\w+")
_CENTURY_AHEAD = spaced(
    r"(?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)(?:-| )[a-z]{4,7}|[a-z]{5,11})(?: |-)(?P<c>century)(?!\w)"
)
_HALF_OF = spaced(r" (?:of|in) (?:the )?")
_OF_THE_YEAR = spaced(r" of the year(?!\w)")
_THE_QUARTER = spaced(rf"(?<!\w)the (?:{_ORDINALS}) $")


def _year_behind(source: TimeText, at: int) -> tuple[int | None, int] | None:
    """Return the year that stands at `at` behind a month or quarter, and where it ends; None for one without a day."""
    if match := _YEAR_BEHIND.match(source.low, at):
        return int(match["y"]), match.end()
    if match := _NAMED_YEAR.match(source.low, at):
        return (source.day.year + SHIFT[match["w"]] if source.day else None), match.end()
    return None


def _month(source: TimeText, at: int) -> Found | None:
    """Read `July`, `July last year`, `July 4-6, 2016`; a day or year behind it is for `find_dates` to read."""
    if not source.text[at].isupper():
        return None
    if days := _days(source, at):
        return days
    match = _MONTH_ALONE.match(source.low, at)
    if not match or re.match(r"[^\S\n]\d", source.low[match.end() : match.end() + 2]) or source.before(_DAY_BEFORE, at):
        return None
    if behind := _year_behind(source, match.end()):
        year, end = behind
        return source.found(at, end, month_value(year, MONTHS[match["m"]]) if year else None, TimeKind.MONTH)
    short = match["m"] in {"may", "march", "april", "june", "august"} or len(match["m"]) < 4
    if short and not source.before(_MONTH_CUE, at) and not _MONTH_FOLLOWS.match(source.low, match.end()):
        return None  # names and verbs
    end = match.end() - match[0].endswith(".") * (len(match["m"]) > 4 or match["m"] in {"may", "june", "july"})
    return source.found(at, end, nearest_month(MONTHS[match["m"]], source.day), TimeKind.MONTH)


def _days(source: TimeText, at: int) -> Found | None:
    """Read `July 4-6, 2016` and `4-6 July 2016` at the month."""
    days = source.before(_DAYS_BEFORE, at)
    if days:
        start, match = (
            source.back(at) + days.start(),
            _MONTH_YEAR.match(source.low, at) or _MONTH_ALONE.match(source.low, at),
        )
    else:
        start, match = at, _DAYS.match(source.low, at)
        days = match
    if not match or not days:
        return None
    month, first, last = MONTHS[match["m"]], int(days["d"]), int(days["d2"])
    year = match.groupdict().get("y")
    end = f"{month_value(int(year), month)}-{last:02}" if year else nearest_day(month, last, source.day)
    value = between(f"{end[:-2]}{first:02}", end) if end else None
    return source.found(start, match.end(), value, TimeKind.RANGE) if value else None


def _part(source: TimeText, at: int) -> Found | None:
    """Read `early 2016`, `late last year`, `mid-July`, `the early 1990s`."""
    match = _PART.match(source.low, at)
    inner = _whole(source, match.end()) if match else None
    if not match or not inner:
        return None
    long = "/" in (inner.value or "")  # `the early 1990s`
    return _part_made(source.since(THE, at) if long else at, match["p"], inner)


def _edge(source: TimeText, at: int) -> Found | None:
    """Read `the end of 2016`."""
    match = _EDGE.match(source.low, at)
    inner = _whole(source, match.end()) if match else None
    return _part_made(source.since(THE, at), _EDGES[match["p"]], inner) if match and inner else None


def _part_made(start: int, part: str, inner: Found) -> Found | None:
    value = inner.value and part_of(inner.value, part)
    if inner.value and not value:
        return None
    kind = TimeKind.RELATIVE if inner.kind is TimeKind.RELATIVE else TimeKind.PERIOD
    return inner._replace(start=start, value=value, kind=kind)


def _whole(source: TimeText, at: int) -> Found | None:
    """Return the year, month, decade or other expression that begins at `at`."""
    if year := _BARE_YEAR.match(source.low, at):
        return Found(at, year.end(), year["y"], TimeKind.YEAR)
    if dated := _MONTH_YEAR.match(source.low, at):
        return Found(at, dated.end(), month_value(int(dated["y"]), MONTHS[dated["m"]]), TimeKind.MONTH)
    word = _WORD.match(source.low, at)
    if word and (lead := _CENTURY_AHEAD.match(source.low, at)):
        return _century(source, lead.start("c"))
    reader = _WHOLES.get(word[0]) if word else None
    inner = reader(source, at) if reader else None
    return inner if inner and inner.start == at else None


def _quarter(source: TimeText, at: int) -> Found | None:
    """Read `the first quarter of 2018`, `the second half of last year`, `the first six months of 2018` at their noun."""
    noun = _WORD.match(source.low, at)
    if not noun:
        return None
    lead = source.before(_MONTHS_LEAD if noun[0] == "months" else _QUARTER_LEAD, at)
    if not lead:
        return None
    start, order = source.back(at) + lead.start(), _ORDER[lead["n"]]
    length = {"quarter": 3, "half": 6}.get(noun[0]) or count(lead["count"])
    if noun[0] == "half" and (of := _HALF_OF.match(source.low, noun.end())) and (inner := _whole(source, of.end())):
        value = inner.value and half_of(inner.value, 1 if order == 1 else 2)
        return inner._replace(start=start, value=value, kind=TimeKind.PERIOD) if value or not inner.value else None
    if not 1 <= length <= 11 or order * length > 12:
        return None
    behind = _year_behind(source, noun.end()) or _the_year(source, noun.end())
    if not behind:
        if noun[0] != "quarter" or order < 0 or not source.before(_THE_QUARTER, at):
            return None
        behind = (source.day.year - (source.day.month < 3 * order - 2) if source.day else None), noun.end()
    ends = (13 - length, 12) if order < 0 else (order * length - length + 1, order * length)
    return source.found(start, behind[1], months(behind[0], *ends) if behind[0] else None, TimeKind.PERIOD)


def _the_year(source: TimeText, at: int) -> tuple[int | None, int] | None:
    match = _OF_THE_YEAR.match(source.low, at)
    return ((source.day.year if source.day else None), match.end()) if match else None


def _letter_quarter(source: TimeText, at: int) -> Found | None:
    """Read `Q3 2018`."""
    match = _LETTER_QUARTER.match(source.low, at)
    behind = _year_behind(source, match.end()) if match else None
    if not match or not behind:
        return None
    number = int(match["n"] or match["n2"])
    return source.found(
        at, behind[1], months(behind[0], 3 * number - 2, 3 * number) if behind[0] else None, TimeKind.PERIOD
    )


def _decade(source: TimeText, at: int) -> Found | None:
    """Read `the 1990s`, `the 90s`."""
    match, led = _DECADE.match(source.low, at), source.since(THE, at)
    if not match or (len(match["n"]) == 2 and (led == at or match["n"] == "20")):
        return None
    year = int(match["n"]) + (1900 if len(match["n"]) == 2 else 0)
    return Found(led, match.end(), decade(year), TimeKind.PERIOD)


def _season(source: TimeText, at: int) -> Found | None:
    match = _SEASON.match(source.low, at)
    if not match:
        return None
    first = _SEASONS[match["s"]]
    return Found(source.since(THE, at), match.end(), months(int(match["y"]), first, first + 2), TimeKind.PERIOD)


def _century(source: TimeText, at: int) -> Found | None:
    """Read `the 20th century` at its last word."""
    match = source.before(_CENTURY_LEAD, at)
    if not match:
        return None
    digits = re.match(r"\d+", match["n"])
    read = ordinal_word(match["n"].replace(" ", "-"), 0)
    number = int(digits[0]) if digits else read[0] if read else 0
    if not 1 <= number <= 30:
        return None
    return Found(source.back(at) + match.start(), at + len("century"), century(number), TimeKind.PERIOD)


_WHOLES: dict[str, Reader] = {
    **dict.fromkeys(("last", "this", "next"), that),
    **dict.fromkeys(MONTHS, _month),
    **dict.fromkeys([f"{n}0s" for n in (*range(2, 10), *range(100, 210))], _decade),
}
"""The reader of each word that may stand behind `early`, `the end of` or `the first half of`."""
PERIODS: dict[str, Reader] = {
    **dict.fromkeys(MONTHS, _month),
    **dict.fromkeys([f"{n}0s" for n in (*range(2, 10), *range(100, 210))], _decade),
    **dict.fromkeys(("early", "mid", "late"), _part),
    **dict.fromkeys(_EDGES, _edge),
    **dict.fromkeys(("quarter", "half", "months"), _quarter),
    **dict.fromkeys([f"q{n}" for n in range(1, 5)] + [f"{n}q" for n in range(1, 5)], _letter_quarter),
    **dict.fromkeys(_SEASONS, _season),
    "century": _century,
}
"""The reader of each word (in small letters) at which an expression is recognised."""
