"""Parts of years and months, seasons, decades and centuries in Vietnamese: `đầu năm 2016`, `6 tháng đầu năm`, `thập niên 90`."""

import re
from datetime import date, timedelta

from qa.language.number_words import roman
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import bounds, century, decade, half_of, months, part_of, run_of, shifted_month, week
from qa.language.times.vietnamese_calendar import YEAR, month_at, quarter_at, school_year, year_at, year_behind
from qa.language.times.vietnamese_relative import NUMBER, count, that_week

__all__ = ["PARTS"]

_PARTS = {"đầu": "early", "giữa": "mid", "cuối": "late"}
_PART = spaced(r"(?:đầu|giữa|cuối)(?P<nth> tiên| cùng)?(?: của)? ")
_PART_NUMBER = spaced(
    rf"(?<!\w)(?:(?P<n>{NUMBER}|những|các|mấy|vài) (?P<u>tháng|quý|quí|ngày|năm|tuần)|(?P<one>tuần|tháng)) $"
)
_MONTHS_IN = {"tháng": 1, "quý": 3, "quí": 3}
_YEAR_ALONE = spaced(r"năm(?!\w)(?! (?:mới|học|sau|trước|nào))")
_BARE_YEAR = re.compile(YEAR)
_LATELY = spaced(r"(?<!\w)hồi $")
_UNIT_ALONE = spaced(
    r"(?:tuần|tháng|năm)(?!\w)(?! (?:mới|học|sau|trước|nào|\d|một|hai|năm|giêng|chạp|này|nay|ngoái|qua|rồi))"
)
_HALF = spaced(r"nửa (?P<p>đầu|cuối|sau)(?: của)? ")
_SEASONS = {"xuân": 2, "hè": 5, "hạ": 5, "thu": 8, "đông": 11}
_SEASON = spaced(r"(?:mùa (?P<s>xuân|hè|hạ|thu|đông)|(?P<summer>hè))(?!\w)")
_SPLIT = re.compile(r"[^\S\n]?[-–/][^\S\n]?(?P<y>(?:19|20)?\d\d)(?!\w)")
_CENTURY = spaced(r"thế k[ỷỉ] (?:thứ )?(?P<n>[ivx]{1,5}|\d{1,2})(?!\w)(?![.,]\d)(?! (?:trước công nguyên|tcn)(?!\w))")
_DECADE = spaced(
    r"(?:thập (?:niên|k[ỷỉ])(?: năm| những năm)?|những năm(?: thập niên)?) (?P<n>1[0-9]{2}0|20[0-9]0|[2-9]0)(?!\w)(?![.,/]\d)(?![^\S\n]?[-–,][^\S\n]?\d)"
    r"(?: (?:của )?thế k[ỷỉ] (?:(?P<c>[ivx]{1,5}|\d{1,2}|trước)(?!\w)))?"
)


def _part(source: TimeText, at: int) -> Found | None:
    """Read `đầu năm 2016`, `cuối tháng 7`, `6 tháng đầu năm nay`, `cuối tuần qua`, `đầu những năm 1990`."""
    match = _PART.match(source.low, at)
    if not match:
        return None
    part, number = _PARTS[source.low[at : match.end()].split()[0]], source.before(_PART_NUMBER, at)
    start = source.back(at) + number.start() if number else at
    many, unit = (_count_of(number["n"]), number["u"] or number["one"]) if number else (0, "")
    if not number and match["nth"]:
        return None  # `trận cuối cùng năm 2018`
    if many and unit in _MONTHS_IN:
        return _counted_part(source, start, match.end(), many * _MONTHS_IN[unit], part)
    inner = _whole(source, match.end()) or _this_unit(source, at, match.end(), part)
    if not inner or inner.kind not in {TimeKind.YEAR, TimeKind.MONTH, TimeKind.RELATIVE, TimeKind.PERIOD}:
        return None
    value = inner.value and part_of(inner.value, part)
    if value and many and part != "mid" and unit != "năm":
        days = many * (7 if unit != "ngày" else 1)
        value = run_of(inner.value or "", days, 1 if part == "early" else -1)
    if inner.value and not value:
        return None
    return inner._replace(start=start, value=value, kind=_kind_of_part(inner))


def _this_unit(source: TimeText, at: int, unit: int, part: str) -> Found | None:
    """Read what follows `hồi đầu`: `tuần`, `tháng` or `năm` alone, the last one whose part has begun."""
    match = _UNIT_ALONE.match(source.low, unit) if source.before(_LATELY, at) else None
    if not match:
        return None
    value = None
    for by in (0, -1) if source.day else ():
        value = _unit(source.day, match[0], by) if source.day else None
        ends = bounds(part_of(value or "", part) or "")
        if source.day and ends and ends[0] <= source.day:
            break
    return source.found(unit, match.end(), value)


def _unit(day: date, unit: str, by: int) -> str:
    """Return the week, month or year that lies `by` of them from that of `day`."""
    if unit == "tuần":
        return week(day + timedelta(weeks=by))
    return shifted_month(day, by) if unit == "tháng" else f"{day.year + by:04}"


def _count_of(words: str | None) -> int:
    """Return how many `6 tháng đầu` counts: one where no number stands, none for `những`."""
    return 1 if words is None else 0 if words in {"những", "các", "mấy", "vài"} else count(words)


def _counted_part(source: TimeText, start: int, at: int, count: int, part: str) -> Found | None:
    """Read what follows `6 tháng đầu`: a year, or `năm` alone, which is that of the day counted from."""
    inner = _whole(source, at)
    if not 1 <= count <= 11 or part == "mid":
        return None
    if inner and inner.value and len(inner.value) != 4:
        return None
    if inner and not inner.value:
        return inner._replace(start=start, kind=TimeKind.PERIOD)
    alone = _YEAR_ALONE.match(source.low, at)
    year = int(inner.value) if inner and inner.value else source.day.year if alone and source.day else None
    if not inner and not alone:
        return None
    ends = (1, count) if part == "early" else (13 - count, 12)
    end = inner.end if inner else at + len("năm")
    return source.found(start, end, months(year, *ends) if year else None, TimeKind.PERIOD)


def _kind_of_part(inner: Found) -> TimeKind:
    return TimeKind.RELATIVE if inner.kind is TimeKind.RELATIVE else TimeKind.PERIOD


def _whole(source: TimeText, at: int) -> Found | None:
    """Return the year, month, decade or other expression that begins at `at`."""
    if year := _BARE_YEAR.match(source.low, at):
        return Found(at, year.end(), year["y"], TimeKind.YEAR)
    word = _WORD.match(source.low, at)
    reader = _WHOLES.get(word[0]) if word else None
    inner = reader(source, at) if reader else None
    return inner if inner and inner.start == at else None


def _half(source: TimeText, at: int) -> Found | None:
    """Read `nửa đầu năm 2018`, `nửa cuối tháng 7`."""
    match = _HALF.match(source.low, at)
    if not match:
        return None
    which, inner = 1 if match["p"] == "đầu" else 2, _whole(source, match.end())
    if inner:
        value = inner.value and half_of(inner.value, which)
        return inner._replace(start=at, value=value, kind=TimeKind.PERIOD) if value or not inner.value else None
    if alone := _YEAR_ALONE.match(source.low, match.end()):
        half = half_of(f"{source.day.year:04}", which) if source.day else None
        return source.found(at, alone.end(), half, TimeKind.PERIOD)
    return None


def _season(source: TimeText, at: int) -> Found | None:
    """Read `mùa hè 2016`, `mùa giải 2018-2019`."""
    match = _SEASON.match(source.low, at)
    behind = year_behind(source, match.end()) if match else None
    if not match or not behind:
        return school_year(source, at)
    first = _SEASONS[match["s"] or "hè"]
    if behind[0] and (split := _SPLIT.match(source.low, behind[1])):
        end = int(f"{behind[0]}"[: 4 - len(split["y"])] + split["y"])
        winter = first == _SEASONS["đông"] and end - 1 == behind[0]
        return Found(at, split.end(), months(end - 1, first, first + 2), TimeKind.PERIOD) if winter else None
    return source.found(at, behind[1], months(behind[0], first, first + 2) if behind[0] else None, TimeKind.PERIOD)


def _decade(source: TimeText, at: int) -> Found | None:
    """Read `thập niên 1990`, `những năm 90`, `những năm 60 của thế kỷ 20`."""
    match = _DECADE.match(source.low, at)
    if not match:
        return None
    year = int(match["n"])
    if year < 100:
        if not match["c"] and year <= 20:
            return None  # of this century or of the last
        of = _century_number(match["c"]) if match["c"] not in {None, "trước"} else 20
        year += (of - 1) * 100 if of else 0
    return Found(at, match.end(), decade(year), TimeKind.PERIOD) if year >= 1000 else None


def _century(source: TimeText, at: int) -> Found | None:
    match = _CENTURY.match(source.low, at)
    number = _century_number(match["n"]) if match else None
    return Found(at, match.end(), century(number), TimeKind.PERIOD) if match and number else None


def _century_number(written: str) -> int | None:
    number = int(written) if written.isdigit() else roman(written.upper())
    return number if number and 1 <= number <= 30 else None


_WORD = re.compile(r"[^\W\d_]+")
_WHOLES: dict[str, Reader] = {
    "năm": year_at,
    "tháng": month_at,
    "thập": _decade,
    "những": _decade,
    "thế": _century,
    "tuần": that_week,
    "quý": quarter_at,
    "quí": quarter_at,
}
"""The reader of each word that may stand behind `đầu`, `cuối` or `nửa đầu`."""
PARTS: dict[str, Reader] = {
    **dict.fromkeys(_PARTS, _part),
    "nửa": _half,
    "mùa": _season,
    "hè": _season,
    "thập": _decade,
    "những": _decade,
    "thế": _century,
}
"""The reader of each word (in small letters) at which an expression is recognised."""
