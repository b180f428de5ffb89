"""Stretches of time in ISO 8601: the days a value spans, its parts, and what two values have in common.

A value is a day, a month or a year, whose year may be open (`--07-14`), or two of them joined by a slash, both ends
included: `2016-01/2016-03`.
"""

import calendar
import re
from datetime import date, timedelta

__all__ = [
    "between",
    "bounds",
    "century",
    "covers",
    "decade",
    "half_of",
    "month_value",
    "months",
    "nearest_day",
    "nearest_month",
    "part_of",
    "run_of",
    "shifted_month",
    "stretch",
    "week",
    "weekday_of",
    "weekend",
]

_POINT = re.compile(r"(?P<y>\d{4}|-)(?:-(?P<m>\d\d))?(?:-(?P<d>\d\d))?")
_LEAP = 2000
"""The year in which open values are compared, for it has every day."""
_REACH = 300
"""Days within which what has an open year is looked for, as `qa.language.dates` does."""
_YEAR_PARTS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}
_MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_LONG_PARTS = {"early": (0.0, 0.3), "mid": (0.4, 0.6), "late": (0.7, 0.9)}
"""Tenths of a decade or century: the first and last year of a part begin there."""
_WEEK_PARTS = {"early": (0, 1), "mid": (2, 3), "late": (5, 6)}
_THIRDS = {"early": 0, "mid": 1, "late": 2}


def bounds(value: str) -> tuple[date, date] | None:
    """Return the first and the last day of an ISO value or stretch; None when its year is open or there is no such day."""
    first, _, last = value.partition("/")
    return None if "--" in value else _bounds(first, last or first, None)


def covers(value: str, day_or_period: str) -> bool:
    """Return whether two values can be about the same time: they share a day, in some year where one is open."""
    given, other = bounds(value), bounds(day_or_period)
    if given and other:
        return given[0] <= other[1] and other[0] <= given[1]
    known = given or other
    years = range(known[0].year, known[1].year + 1) if known else range(_LEAP, _LEAP + 1)
    for year in years[:9]:  # as many as hold every day, 29 February too
        ours, theirs = given or _in_year(value, year), other or _in_year(day_or_period, year)
        if ours and theirs and ours[0] <= theirs[1] and theirs[0] <= ours[1]:
            return True
    return False


def stretch(first: date, last: date) -> str:
    """Return the coarsest value that says exactly `first` to `last`: `2016`, `2016-01/2016-03`, `2016-07-11/2016-07-17`."""
    forms = ["%Y-%m-%d"]
    if first.day == 1 and last.day == _days(last.year, last.month):
        forms.append("%Y-%m")
        if first.month == 1 and last.month == 12:
            forms.append("%Y")
    ends = [_written(day, forms[-1]) for day in (first, last)]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def between(first: str, last: str) -> str | None:
    """Return the stretch from the value `first` to the value `last`; what is open takes the year of the other.

    None when it would end before it begins.
    """
    if first.startswith("--") and last.startswith("--"):
        return f"{first}/{last}" if len(first) == len(last) and first < last else None
    if first.startswith("--"):
        first = _closed(first, int(last[:4]), latest=last)
    elif last.startswith("--"):
        last = _closed(last, int(first[:4]), earliest=first)
    begin, end = bounds(first), bounds(last)
    return stretch(begin[0], end[1]) if begin and end and begin[0] < end[1] else None


def months(year: int, first: int, last: int) -> str:
    """Return the stretch from one month of `year` to another; `last` may pass December."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return stretch(date(year, first, 1), date(end_year, end_month, _days(end_year, end_month)))


def month_value(year: int | None, month: int) -> str:
    """Return a month, its year open when None."""
    return f"{year:04}-{month:02}" if year else f"--{month:02}"


def nearest_day(month: int, number: int, day: date | None) -> str | None:
    """Return the last such day that is not after `day` and within 300 days of it; its year is open otherwise.

    None when no year has it.
    """
    for year in (day.year, day.year - 1) if day else ():
        then = _bounds(f"{year:04}-{month:02}-{number:02}", f"{year:04}-{month:02}-{number:02}", None)
        if then and day and timedelta(0) <= day - then[0] <= timedelta(days=_REACH):
            return then[0].isoformat()
    value = f"{month_value(None, month)}-{number:02}"
    return value if _in_year(value, _LEAP) else None


def nearest_month(month: int, day: date | None) -> str:
    """Return the last such month that begins by `day` and is not over for 300 days; its year is open otherwise."""
    if day is None:
        return month_value(None, month)
    year = day.year if month <= day.month else day.year - 1
    if year < 1 or day - date(year, month, _days(year, month)) > timedelta(days=_REACH):
        return month_value(None, month)
    return month_value(year, month)


def shifted_month(day: date, by: int) -> str:
    """Return the month `by` months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return month_value(max(year, 1), month + 1)


def part_of(value: str, part: str) -> str | None:
    """Return the `early`, `mid` or `late` part of a year, quarter, month, week, decade or century.

    Of a year January to March, May to August, October to December; of a quarter one month; of a month the days to the
    10th, to the 20th and from the 21st; of a week two days, the last of them the weekend; of longer stretches of years the
    first four, the middle three and the last three tenths. None of other values.
    """
    if match := _POINT.fullmatch(value):
        if match["d"]:
            return None
        if match["m"]:
            first, last = _MONTH_PARTS[part]
            year = _LEAP + 1 if match["y"] == "-" else int(match["y"])
            return f"{value}-{first:02}/{value}-{min(last, _days(year, int(match['m']))):02}"
        return months(int(match["y"]), *_YEAR_PARTS[part])
    ends = value.split("/")
    if not all(len(end) == 4 for end in ends):
        return _part_of_days(value, part)
    first, tenth = int(ends[0]), (int(ends[1]) - int(ends[0]) + 1) / 10
    begin, end = _LONG_PARTS[part]
    return f"{first + round(begin * tenth * 10):04}/{first + round((end + 0.1) * tenth * 10) - 1:04}"


def _part_of_days(value: str, part: str) -> str | None:
    """Return the part of a week or quarter."""
    ends = bounds(value)
    if ends and (ends[1] - ends[0]).days == 6:
        first, last = _WEEK_PARTS[part]
        return stretch(ends[0] + timedelta(days=first), ends[0] + timedelta(days=last))
    if ends and ends[0].month % 3 == 1 and value == months(ends[0].year, ends[0].month, ends[0].month + 2):
        return month_value(ends[0].year, ends[0].month + _THIRDS[part])
    return None


def run_of(value: str, days: int, order: int) -> str | None:
    """Return the `order`-th run of so many days of a month or year, the last one for -1; None when it has no such run."""
    if value.startswith("--"):
        made = run_of(f"{_LEAP + 1}{value[1:]}", days, order)
        return made and made.replace(f"{_LEAP + 1}-", "--")
    ends = bounds(value)
    if not ends:
        return None
    first = ends[0] + timedelta(days=days * (order - 1)) if order > 0 else ends[1] - timedelta(days=days - 1)
    last = first + timedelta(days=days - 1)
    return stretch(first, last) if ends[0] <= first and last <= ends[1] else None


def weekday_of(value: str, weekday: int, order: int) -> str | None:
    """Return the `order`-th such weekday (Monday 0) of a month, the last one for -1; None of an open month."""
    ends = bounds(value)
    if not ends:
        return None
    first = ends[0] + timedelta(days=(weekday - ends[0].weekday()) % 7)
    last = ends[1] - timedelta(days=(ends[1].weekday() - weekday) % 7)
    return (last if order < 0 else first + timedelta(weeks=order - 1)).isoformat()


def half_of(value: str, which: int) -> str | None:
    """Return the first or second half of a year, a month, a decade or a century; None of other values."""
    if match := _POINT.fullmatch(value):
        if match["d"]:
            return None
        if match["m"]:
            last = _days(_LEAP + 1 if match["y"] == "-" else int(match["y"]), int(match["m"]))
            return f"{value}-01/{value}-15" if which == 1 else f"{value}-16/{value}-{last}"
        return months(int(match["y"]), 6 * which - 5, 6 * which)
    ends = value.split("/")
    if not all(len(end) == 4 for end in ends):
        return None
    middle = (int(ends[0]) + int(ends[1])) // 2
    return f"{ends[0]}/{middle:04}" if which == 1 else f"{middle + 1:04}/{ends[1]}"


def week(day: date) -> str:
    """Return the week of `day`, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return stretch(monday, monday + timedelta(days=6))


def weekend(day: date) -> str:
    """Return Saturday and Sunday of the week of `day`."""
    saturday = day + timedelta(days=5 - day.weekday())
    return stretch(saturday, saturday + timedelta(days=1))


def decade(year: int) -> str:
    """Return the ten years from `year` on, which ends in 0: `1990/1999`."""
    return f"{year:04}/{year + 9:04}"


def century(number: int) -> str:
    """Return the hundred years of the century of that number: `1901/2000` for 20."""
    return f"{number * 100 - 99:04}/{number * 100:04}"


def _bounds(first: str, last: str, year: int | None) -> tuple[date, date] | None:
    begin, end = _POINT.fullmatch(first), _POINT.fullmatch(last)
    if not begin or not end:
        return None
    try:
        opens = date(_year(begin, year), int(begin["m"] or 1), int(begin["d"] or 1))
        closing, month = _year(end, year), int(end["m"] or 12)
        closes = date(closing, month, int(end["d"] or _days(closing, month)))
    except ValueError:  # there is no such day
        return None
    return opens, closes


def _year(point: re.Match[str], year: int | None) -> int:
    return int(point["y"]) if point["y"] != "-" else year or 0


def _in_year(value: str, year: int) -> tuple[date, date] | None:
    first, _, last = value.partition("/")
    return _bounds(first, last or first, year)


def _closed(value: str, year: int, *, earliest: str = "", latest: str = "9999") -> str:
    """Return the open `value` in `year`, or a year before or after where the other end asks for it."""
    made = f"{year:04}-{value[2:]}"
    if made > latest:
        return f"{year - 1:04}-{value[2:]}"
    return f"{year + 1:04}-{value[2:]}" if made < earliest else made


def _days(year: int, month: int) -> int:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        raise ValueError(year, month)
    return calendar.monthrange(year, month)[1]


def _written(day: date, form: str) -> str:
    return day.isoformat()[: {"%Y": 4, "%Y-%m": 7}.get(form, 10)]
