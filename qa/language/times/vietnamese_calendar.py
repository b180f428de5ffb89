"""Months, quarters and years as Vietnamese names them: `tháng 7 năm ngoái`, `quý I/2016`, `năm học 2018-2019`."""

import re
from datetime import date

from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import between, bounds, month_value, months, nearest_day, nearest_month, shifted_month
from qa.language.times.vietnamese_relative import (
    AHEAD,
    COMING,
    COUNTED,
    ELSEWHEN,
    NUMBER,
    SHIFT,
    WHICH,
    count,
    named_year,
)

__all__ = [
    "CALENDAR",
    "QUARTERS",
    "YEAR",
    "last_quarter",
    "month_at",
    "quarter_at",
    "school_year",
    "year_at",
    "year_behind",
]

YEAR = r"(?P<y>1[0-9]{3}|20[0-9]{2})(?![\w%])(?!/\w)(?![.,]\d)"
_YEAR_BEHIND = spaced(rf"(?:[^\S\n]?[/-][^\S\n]?|,?(?: của| trong)? (?:năm )?){YEAR}")
_FULL_YEAR = spaced(rf"năm {YEAR}")
_SCHOOL_YEAR = spaced(
    r"(?:năm học|niên khoá|niên khóa|niên vụ|mùa giải|mùa bóng) (?P<y>(?:19|20)\d\d) ?[-–/] ?(?P<y2>(?:19|20)?\d\d)(?!\w)".replace(
        " ?", r"[^\S\n]?"
    )
)
_MONTH_WORDS = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7, "bẩy": 7, "sáu": 6, "năm": 5, "tư": 4,
    "bốn": 4, "ba": 3, "hai": 2, "một": 1,
}  # fmt: skip
_MONTH = spaced(rf"tháng (?P<m>\d{{1,2}}|{'|'.join(_MONTH_WORDS)})(?!\w)(?![.,]\d)(?! (?:ngày|tuần|lần|âm lịch)(?!\w))")
_MONTH_LEAD = spaced(r"(?<!\w)(?:hồi|đầu|giữa|cuối) $")
_FRACTION = re.compile(r"[^\S\n]?[/-][^\S\n]?\d")
_DAY = spaced(r"(?<![\w/.,-])(?:(?:sáng|trưa|chiều|tối|đêm|ngày|hôm) ){0,3}(?P<d>\d{1,2}) $")
_NO_MONTH = spaced(r"(?<!\w)(?:cách mạng|rằm) $")
_MONTHS = spaced(r"tháng (?P<m>\d{1,2})[^\S\n]?[-–][^\S\n]?(?P<m2>\d{1,2})(?!\w)(?![.,-]\d)(?!/\d(?!\d{3}))")
_THAT_MONTH = spaced(rf"tháng {WHICH}{ELSEWHEN}")
_WHICH_MONTH = spaced(rf" {WHICH}{ELSEWHEN}")
_MANY_MONTHS = spaced(rf"(?<!\w)(?P<n>{NUMBER}) $")
_PAUSE = re.compile(r"[^\S\n]*(?:$|[\n.,;:)])")
_OF_YEAR = spaced(r"tháng(?: của| trong)? (?=năm )")
_QUARTER = spaced(
    r"qu[ýí] (?P<q>iv|i{1,3}|[1-4]|một|hai|ba|bốn|tư|đầu(?: tiên)?(?= (?:của )?năm)|cuối(?: cùng)?(?= (?:của )?năm))(?!\w)(?![.,]\d)"
)
_QUARTER_LEAD = spaced(
    r"(?:(?<!\w)(?:trong|của|vào|từ|đến|tới|cho|hết|đầu|giữa|cuối|suốt|sang|và|với|là) |(?:^|[^\w\s])[^\S\n]*|\n)$"
)
"""What stands before `quý này` when it is a quarter: `kim loại quý này` is precious."""
_THAT_QUARTER = spaced(rf"qu[ýí] {WHICH}{ELSEWHEN}")
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "đầu": 1, "cuối": 4}
"""The number of each word for a quarter, in small letters."""


def year_behind(source: TimeText, at: int) -> tuple[int | None, int] | None:
    """Return the year that stands at `at` behind a month or quarter, and where it ends."""
    if match := _YEAR_BEHIND.match(source.low, at):
        return int(match["y"]), match.end()
    return named_year(source, at)


def month_at(source: TimeText, at: int) -> Found | None:
    """Read `tháng 7 năm ngoái`, `tháng 3-5/2017`, `tháng trước`, `2 tháng Chín năm 1945`, `9 tháng năm 2019`."""
    if source.before(COUNTED, at):
        return _day(source, at) or _first_months(source, at)
    if match := _MONTHS.match(source.low, at):
        return _several_months(source, match)
    if (match := _MONTH.match(source.low, at)) and (month := _month_number(source, match)):
        return _one_month(source, match, month)
    if (match := _THAT_MONTH.match(source.low, at)) and match["w"] != "qua":
        value = shifted_month(source.day, SHIFT[match["w"]]) if source.day else None
        return source.found(at, match.end(), value)
    return None


def _month_number(source: TimeText, match: re.Match[str]) -> int | None:
    if match["m"].isdigit():
        return int(match["m"]) if 1 <= int(match["m"]) <= 12 else None
    written = source.text[match.start("m")].isupper() or year_behind(source, match.end()) is not None
    led = written or (
        match["m"] not in {"năm", "một"} and source.before(_MONTH_LEAD, match.start())
    )  # `tháng năm 2018`
    return _MONTH_WORDS[" ".join(match["m"].split())] if led else None


def _one_month(source: TimeText, match: re.Match[str], month: int) -> Found | None:
    """Read a month with the year or the word behind it; alone it is the last such one."""
    if behind := year_behind(source, match.end()):
        year, end = behind
        return source.found(match.start(), end, month_value(year, month) if year else None, TimeKind.MONTH)
    if _FRACTION.match(source.low, match.end()) or source.before(_NO_MONTH, match.start()):
        return None
    value, end = nearest_month(month, source.day), match.end()
    which = _WHICH_MONTH.match(source.low, end)
    if which and (which["w"] != "sau" or _PAUSE.match(source.low, which.end())):  # `tháng 8 sau hai năm chờ đợi`
        end = which.end()
        if source.day and which["w"] in {*COMING.split("|"), "này"}:
            due = month < source.day.month - 6 if which["w"] == "này" else month <= source.day.month
            value = month_value(source.day.year + due, month)
    elif source.before(AHEAD, match.start()):
        value = month_value(None, month)
    return source.found(match.start(), end, value, TimeKind.MONTH)


def _several_months(source: TimeText, match: re.Match[str]) -> Found | None:
    """Read `tháng 3-5/2017`."""
    first, last = int(match["m"]), int(match["m2"])
    if not 1 <= first < last <= 12:
        return None
    if behind := year_behind(source, match.end()):
        year, end = behind
        return source.found(match.start(), end, months(year, first, last) if year else None, TimeKind.RANGE)
    value = between(nearest_month(first, source.day), nearest_month(last, source.day))
    return source.found(match.start(), match.end(), value, TimeKind.RANGE)


def _day(source: TimeText, at: int) -> Found | None:
    """Read `ngày 2 tháng Chín năm 1945`, whose month is a word, at the month."""
    number, match = source.before(_DAY, at), _MONTH.match(source.low, at)
    if not number or not match or not source.text[match.start("m")].isupper():
        return None  # `9 tháng năm 2019`
    month, day = _MONTH_WORDS[" ".join(match["m"].split())], int(number["d"])
    behind = year_behind(source, match.end())
    value = nearest_day(month, day, source.day)
    if behind:
        value = f"{month_value(behind[0], month)}-{day:02}" if behind[0] else None
    if value and not value.startswith("--") and not bounds(value):
        return None
    return source.found(source.back(at) + number.start(), behind[1] if behind else match.end(), value, TimeKind.DAY)


def _first_months(source: TimeText, at: int) -> Found | None:
    """Read `9 tháng năm 2019`, January to September."""
    number, match = source.before(_MANY_MONTHS, at), _OF_YEAR.match(source.low, at)
    behind = year_behind(source, match.end() - 1) if match else None
    if not number or not behind or not 2 <= (n := count(number["n"])) <= 11:
        return None
    return source.found(
        source.back(at) + number.start(), behind[1], months(behind[0], 1, n) if behind[0] else None, TimeKind.PERIOD
    )


def year_at(source: TimeText, at: int) -> Found | None:
    """Read `năm nay`, `năm 2016`, `năm học 2018-2019`."""
    if school := school_year(source, at):
        return school
    if match := _FULL_YEAR.match(source.low, at):
        return Found(at, match.end(), match["y"], TimeKind.YEAR)
    if (behind := named_year(source, at)) and not source.before(COUNTED, at):
        return source.found(at, behind[1], f"{behind[0]:04}" if behind[0] else None)
    return None


def school_year(source: TimeText, at: int) -> Found | None:
    """Read `năm học 2018-2019`, `mùa giải 2018/19`."""
    match = _SCHOOL_YEAR.match(source.low, at)
    if not match:
        return None
    last = match["y"][: 4 - len(match["y2"])] + match["y2"]
    return Found(at, match.end(), between(match["y"], last), TimeKind.RANGE)


def quarter_at(source: TimeText, at: int) -> Found | None:
    """Read `quý I/2016`, `quý trước`."""
    if match := _QUARTER.match(source.low, at):
        written = match["q"].isdigit() or source.text[match.start("q")].isupper()
        number = QUARTERS.get(match["q"].split()[0]) or int(match["q"])
        behind = year_behind(source, match.end())
        if not behind and not written:
            return None
        year, end = behind or (source.day and last_quarter(source.day, number), match.end())
        return source.found(at, end, months(year, 3 * number - 2, 3 * number) if year else None, TimeKind.PERIOD)
    match = _THAT_QUARTER.match(source.low, at)
    if match and match["w"] != "nay" and (match["w"] != "này" or source.before(_QUARTER_LEAD, at)):
        if not source.day:
            return source.found(at, match.end(), None)
        year, quarter = divmod(source.day.year * 4 + (source.day.month - 1) // 3 + SHIFT[match["w"]], 4)
        return source.found(at, match.end(), months(year, 3 * quarter + 1, 3 * quarter + 3))
    return None


def last_quarter(day: date, number: int) -> int:
    """Return the year of the last such quarter that has begun on `day`."""
    return day.year - (day.month < 3 * number - 2)


CALENDAR: dict[str, Reader] = {
    "tháng": month_at,
    "năm": year_at,
    "quý": quarter_at,
    "quí": quarter_at,
    "niên": school_year,
}
"""The reader of each word (in small letters) at which an expression is recognised."""
