"""Months, quarters, parts of years, decades and centuries in English: `July last year`, `Q3 2018`, `early 2016`."""

import re

from qa.language.dates import MONTHS, PLACE, WORDS_TOO
from qa.language.number_words import ordinal_word
from qa.language.times.english_relative import (
    MONTH,
    NUMBER,
    OWN,
    SEASONS,
    SHIFT,
    THE,
    WEEKDAYS,
    count,
    is_ahead,
    that,
    that_unit,
)
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
    run_of,
    weekday_of,
)

__all__ = ["MONTHLY", "PERIODS"]

_YEAR = r"(?P<y>1[0-9]{3}|20[0-9]{2})(?![\w%])(?!/\w)(?![.,]\d)"
_NAMED_YEAR = spaced(r",?(?: of| in)? (?P<w>last|this|next) year(?![\w-])")
_YEAR_BEHIND = spaced(rf"(?:,? (?:of |in |of the year |in the year )?|[/-]){_YEAR}")
_DAYS = spaced(
    rf"{MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:[^\S\n]?[-–][^\S\n]?| to | through | until | till )(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])(?:,? {_YEAR})?"
)
_DAYS_BEFORE = spaced(r"(?<![\w.,/-])(?P<d>\d{1,2})[^\S\n]?[-–][^\S\n]?(?P<d2>\d{1,2})(?:st|nd|rd|th)? $")
_MONTH_ALONE = spaced(MONTH)
_MONTH_CUE = spaced(
    r"(?<!\w)(?:(?:in|since|until|till|during|through|last|next|early|mid|late|end|between|end of)(?: |-)|(?:by|after|before|than|around|this|of|months to|year to) "
    rf"|(?:{'|'.join(MONTHS)})(?: and | to | or | through |[^\S\n]?[-–,][^\S\n]?)|from )$"
)
"""What stands before the name of a month that is also a name or a verb: May, March."""
_BESIDE = {"after", "before", "than", "around"}
_MONTH_FOLLOWS = spaced(rf"(?: to | through | and |[^\S\n]?[-–][^\S\n]?)(?:{'|'.join(MONTHS)})(?!\w)")
_NAME_GOES_ON = spaced(r" (?:&|[A-Z]\w)")
_DAY_BEFORE = spaced(r"\d(?:st|nd|rd|th)?(?: of)? $")
_PART = spaced(
    r"(?:(?P<p>early|mid|late)(?: in| on)?(?:[^\S\n]?-[^\S\n]?| )(?:in )?(?:the )?['’‘]?|(?P<end>end)-|(?P<e>beginning|start|middle|end|close) of (?:the (?:year (?=\d)|month of )?)?)"
)
_PARTS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late", "close": "late"}
_THE_UNIT = spaced(r"(?<=the\x20)(?P<u>week|month|quarter|year|decade|century)(?![\w-])(?! (?:of|in|to)(?!\w))")
_ORDINALS = r"first|second|third|fourth|last|final|1st|2nd|3rd|4th|opening|closing"
_WEEKDAY_LEAD = spaced(r"(?<!\w)(?:the )?(?P<n>first|second|third|fourth|last) $")
_QUARTER_LEAD = spaced(rf"(?<!\w)(?:the )?(?P<n>{_ORDINALS})(?: |-)$")
_RUN_LEAD = spaced(rf"(?<!\w)(?:the )?(?P<n>first|last|final|opening|closing) (?P<count>{NUMBER}) $")
_LETTERS = spaced(r"(?:(?P<u>[qh])(?P<n>[1-4])|(?P<n2>[1-4])(?P<u2>[qh]))(?!\w)")
_LETTERS_CUE = spaced(r"(?<!\w)(?:in|for|of|from|to|than|since|during|vs\.?|versus|and|with|by) $")
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
_LETTERS_LISTED = spaced(r"(?: and | to | or |, |-|–)q[1-4](?!\w)")
_PAUSE = re.compile(r"[,.;)]")
_MONTHS_IN = {"quarter": 3, "half": 6, "months": 1, "quarters": 3}
_DAYS_IN = {"week": 7, "days": 1, "weeks": 7}
_DECADE = re.compile(r"(?P<n>1[0-9]{2}0|20[0-9]0|[2-9]0)['’]?s(?!\w)")
_THE_QUOTED = spaced(r"(?<!\w)the ['’‘]?$")
_THE_PART = spaced(r"(?<!\w)the (?:early|mid|late)(?: |-)['’‘]?$")
_SEASON = spaced(
    rf"(?P<s>{'|'.join(SEASONS)})(?:,? of|,? in)?,? (?:(?P<split>(?:19|20)\d\d)[-–/](?P<y2>\d\d)(?!\w)|{_YEAR}(?![-–]\d))"
)
_CENTURY_LEAD = spaced(
    r"(?<!\w)(?P<the>the )?(?P<n>(?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)(?:-| )[a-z]{4,7}|[a-z]{5,11}))(?: |-)$"
)
_BARE_YEAR = re.compile(_YEAR)
_MONTH_YEAR = spaced(rf"{MONTH},?(?: of)? {_YEAR}")
_WORD = re.compile(r"\w+")
_NOUN_AHEAD = spaced(
    r"(?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)(?:-| )[a-z]{4,7}|[a-z]{4,11})(?: |-)(?P<c>century|quarter|half)(?!\w)"
)
_OF = spaced(r" (?:of|in) (?:the )?")
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
    match = _MONTH_ALONE.match(source.low, at)
    small = not source.text[at].isupper()
    cue = source.before(_MONTH_CUE, at) if match else None
    if not match or (small and match["m"] in WORDS_TOO and (not cue or cue[0].startswith("this"))):
        return None  # `this may be`
    if days := _days(source, at):
        return days
    if re.match(r"[^\S\n]\d", source.low[match.end() : match.end() + 2]) or source.before(_DAY_BEFORE, at):
        return None
    if behind := _year_behind(source, match.end()):
        year, end = behind
        return source.found(at, end, month_value(year, MONTHS[match["m"]]) if year else None, TimeKind.MONTH)
    if PLACE.match(source.text, match.end("m")) or _is_name(source, match, cue[0].split()[0] if cue else ""):
        return None
    end = match.end() - match[0].endswith(".") * (len(match["m"]) > 4 or match["m"] in {"may", "june", "july"})
    ahead = is_ahead(source, at)
    value = month_value(None, MONTHS[match["m"]]) if ahead else nearest_month(MONTHS[match["m"]], source.day)
    return source.found(at, end, value, TimeKind.MONTH)


def _is_name(source: TimeText, month: re.Match[str], cue: str) -> bool:
    """Return whether the month is a verb or somebody's name instead, from the word before it: `after May resigned`."""
    if month["m"] not in {"may", "march", "april", "june", "august"} and len(month["m"]) >= 4:
        return False
    if not cue:
        return not _MONTH_FOLLOWS.match(source.low, month.end())
    if cue in {"by", "from", "of", *_BESIDE} and _NAME_GOES_ON.match(source.text, month.end("m")):
        return True
    return month["m"] == "may" and cue in _BESIDE and not _PAUSE.match(source.low, month.end())


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
    """Read `early 2016`, `mid-July`, `end-2016`, `the early 1990s`, `the end of the month`."""
    match = _PART.match(source.low, at)
    if not match:
        return None
    unit = _THE_UNIT.match(source.low, match.end()) if match["e"] else None
    inner = _this_unit(source, unit) if unit else _whole(source, match.end())
    if not inner or match.end() == inner.end:
        return None
    part = match["p"] or _PARTS[match["e"] or match["end"]]
    value = inner.value and part_of(inner.value, part)
    if inner.value and not value:
        return None
    long = match["e"] or (inner.kind is TimeKind.PERIOD and "/" in (inner.value or ""))  # `the early 1990s`
    kind = TimeKind.RELATIVE if inner.kind is TimeKind.RELATIVE else TimeKind.PERIOD
    return inner._replace(start=source.since(THE, at) if long else at, value=value, kind=kind)


def _this_unit(source: TimeText, unit: re.Match[str]) -> Found:
    return source.found(unit.start(), unit.end(), that_unit(source.day, unit["u"], 0) if source.day else None)


def _whole(source: TimeText, at: int) -> Found | None:
    """Return the year, month, decade or other expression that begins at `at`."""
    if year := _BARE_YEAR.match(source.low, at):
        return Found(at, year.end(), year["y"], TimeKind.YEAR)
    if dated := _MONTH_YEAR.match(source.low, at):
        return Found(at, dated.end(), month_value(int(dated["y"]), MONTHS[dated["m"]]), TimeKind.MONTH)
    word = _WORD.match(source.low, at)
    noun = _NOUN_AHEAD.match(source.low, at) if word else None
    if noun:
        inner = (_century if noun["c"] == "century" else _run)(source, noun.start("c"))
        return inner._replace(start=at) if inner else None
    reader = _WHOLES.get(word[0]) if word else None
    inner = reader(source, at) if reader else None
    return inner if inner and inner.start == at else None


def _run(source: TimeText, at: int) -> Found | None:
    """Read `the first quarter of 2018`, `the second half of last year`, `the first six months of 2018` at their noun."""
    noun = _WORD.match(source.low, at)
    lead = source.before(_RUN_LEAD if noun and noun[0].endswith("s") else _QUARTER_LEAD, at) if noun else None
    if not noun or not lead:
        return None
    start, order, many = source.back(at) + lead.start(), _ORDER[lead["n"]], count(lead.groupdict().get("count") or "a")
    of = _OF.match(source.low, noun.end())
    inner = _whole(source, of.end()) if of else None
    if days := _DAYS_IN.get(noun[0]):
        value = inner.value and run_of(inner.value, many * days, order) if inner else None
        return inner._replace(start=start, value=value, kind=TimeKind.PERIOD) if inner and value else None
    if noun[0] == "half" and inner:
        value = inner.value and half_of(inner.value, 1 if order == 1 else 2)
        return inner._replace(start=start, value=value, kind=TimeKind.PERIOD) if value or not inner.value else None
    length = many * _MONTHS_IN[noun[0]]
    if not 1 <= length <= 11 or order * length > 12:
        return None
    behind = _year_behind(source, noun.end()) or _the_year(source, noun.end())
    if not behind:
        return _last_run(source, start, noun, order, length)
    return source.found(start, behind[1], _months_run(behind[0], order, length), TimeKind.PERIOD)


def _months_run(year: int | None, order: int, length: int) -> str | None:
    ends = (13 - length, 12) if order < 0 else (order * length - length + 1, order * length)
    return months(year, *ends) if year else None


def _last_run(source: TimeText, start: int, noun: re.Match[str], order: int, length: int) -> Found | None:
    """Read `the first quarter` alone, which is the last one, and `the first five months`, those of the year."""
    if noun[0] == "months" and length > 1 and order > 0 and _PAUSE.match(source.low, noun.end()):
        year = source.day.year if source.day and source.day.month >= length else None
        return source.found(start, noun.end(), _months_run(year, order, length), TimeKind.PERIOD)
    if noun[0] != "quarter" or order < 0 or not source.before(_THE_QUARTER, noun.start()):
        return None
    value = _months_run(_last_year(source, 3 * order - 2), order, 3)
    return source.found(start, noun.end(), value, TimeKind.PERIOD)


def _last_year(source: TimeText, month: int) -> int | None:
    """Return the year of the last such month that has begun."""
    return source.day.year - (source.day.month < month) if source.day else None


def _the_year(source: TimeText, at: int) -> tuple[int | None, int] | None:
    match = _OF_THE_YEAR.match(source.low, at)
    return ((source.day.year if source.day else None), match.end()) if match else None


def _letters(source: TimeText, at: int) -> Found | None:
    """Read `Q3 2018`, `H1 2018`, `in Q3`."""
    match = _LETTERS.match(source.low, at)
    if not match:
        return None
    length, order = 3 if "q" in match[0] else 6, int(match["n"] or match["n2"])
    behind = _year_behind(source, match.end())
    alone = source.before(_LETTERS_CUE, at) or _LETTERS_LISTED.match(source.low, match.end())
    if order * length > 12 or not (behind or (length == 3 and match["n"] and alone)):
        return None
    year, end = behind or (_last_year(source, 3 * order - 2), match.end())
    return source.found(at, end, _months_run(year, order, length), TimeKind.PERIOD)


def _decade(source: TimeText, at: int) -> Found | None:
    """Read `the 1990s`, `the 90s`, the decade of `the mid-70s`."""
    match, led = _DECADE.match(source.low, at), source.since(_THE_QUOTED, at)
    if not match:
        return None
    if len(match["n"]) == 2 and (match["n"] == "20" or (led == at and not source.before(_THE_PART, at))):
        return None  # `in his 70s`
    year = int(match["n"]) + (1900 if len(match["n"]) == 2 else 0)
    long = year % 100 == 0 and year < 1900  # `the 1800s`
    return Found(led, match.end(), f"{year}/{year + 99}" if long else decade(year), TimeKind.PERIOD)


def _season(source: TimeText, at: int) -> Found | None:
    """Read `the spring of 2014`, `the winter of 2013-14`."""
    match = _SEASON.match(source.low, at)
    if not match:
        return None
    first, year = SEASONS[match["s"]], int(match["y"] or match["split"])
    if match["split"] and (first != SEASONS["winter"] or (year + 1) % 100 != int(match["y2"])):
        return None
    return Found(source.since(THE, at), match.end(), months(year, first, first + 2), TimeKind.PERIOD)


def _century(source: TimeText, at: int) -> Found | None:
    """Read `the 20th century` at its last word."""
    match = source.before(_CENTURY_LEAD, at)
    if not match or (not match["the"] and source.before(OWN, source.back(at) + match.start())):
        return None
    digits = re.match(r"\d+", match["n"])
    read = ordinal_word(match["n"].replace(" ", "-"), 0)
    number = int(digits[0]) if digits else read[0] if read else 0
    if not 1 <= number <= 30:
        return None
    return Found(source.back(at) + match.start(), at + len("century"), century(number), TimeKind.PERIOD)


def _weekday_of(source: TimeText, at: int) -> Found | None:
    """Read `the last Friday of June 2018`, `the first Sunday in May` at the weekday."""
    word = _WORD.match(source.low, at)
    lead, of = source.before(_WEEKDAY_LEAD, at), _OF.match(source.low, word.end()) if word else None
    inner = _whole(source, of.end()) if lead and of else None
    if not word or not lead or not inner or inner.kind is not TimeKind.MONTH:
        return None
    value = inner.value
    if value and value.startswith("--") and source.day:  # still to come
        value = month_value(source.day.year + (int(value[2:]) < source.day.month), int(value[2:]))
    value = value and weekday_of(value, WEEKDAYS[word[0]], _ORDER[lead["n"]])
    return inner._replace(start=source.back(at) + lead.start(), value=value, kind=TimeKind.DAY)


_WHOLES: dict[str, Reader] = {
    **dict.fromkeys(("last", "this", "next"), that),
    **dict.fromkeys(MONTHS, _month),
    **dict.fromkeys([f"{n}0s" for n in (*range(2, 10), *range(100, 210))], _decade),
}
"""The reader of each word that may stand behind `early`, `the end of` or `the first half of`."""
PERIODS: dict[str, Reader] = {
    **dict.fromkeys(MONTHS, _month),
    **dict.fromkeys([f"{n}0s" for n in (*range(2, 10), *range(100, 210))], _decade),
    **dict.fromkeys(("early", "mid", "late", *_PARTS), _part),
    **dict.fromkeys((*_DAYS_IN, *_MONTHS_IN), _run),
    **dict.fromkeys("q1 q2 q3 q4 1q 2q 3q 4q h1 h2 1h 2h".split(), _letters),
    **dict.fromkeys(SEASONS, _season),
    "century": _century,
}
"""The reader of each word (in small letters) at which an expression is recognised."""
MONTHLY: dict[str, Reader] = dict.fromkeys(WEEKDAYS, _weekday_of)
"""The reader of each weekday at which the day of a month is recognised: `the first Sunday in May`."""
