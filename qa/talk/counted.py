"""A period counted from the one spoken of: `the day before`, `năm sau đó`."""

import re
from datetime import date, timedelta

from qa.language.dates import find_dates
from qa.language.forms import fold, has_accents
from qa.talk.dates import MONTHS
from qa.talk.words import compiled

__all__ = ["counted_from"]

_NEXT = r"(?P<unit>năm|tháng|hôm|ngày) (?:hôm )?(?:(?P<back>trước(?: đó)?|liền trước|ngay trước(?: đó)?)|(?:sau(?: đó)?|tiếp theo|kế tiếp|kế|ngay sau(?: đó)?))(?! khi)(?!\w)"
_ENGLISH_NEXT = (
    r"(?:in |on )?(?:the |a |one )?(?:(?P<earlier>previous|preceding)|(?:next|following)) (?P<unit>year|month|day)\b"
    r"|(?:in |on )?(?:the |a |one )?(?P<counted>year|month|day) (?:(?P<back>before(?: that)?|earlier)|(?:after(?: that)?|later))(?![\w ]*\b(?:was|were|is|did|had)\b)"
)
"""`the next day`, `năm trước đó`: counted from the date spoken of, not from today as `năm ngoái` is."""
_DEPTHS = {
    "năm": 1,
    "nam": 1,
    "year": 1,
    "tháng": 2,
    "thang": 2,
    "month": 2,
    "hôm": 3,
    "hom": 3,
    "ngày": 3,
    "ngay": 3,
    "day": 3,
}
"""How many of year, month and day a unit needs."""
_YEAR, _MONTH, _DAY = 1, 2, 3
_ANY_YEAR, _LEAP_YEAR = 2019, 2020
"""Stand for the year of `13/8` and of `29/2`, and are never shown."""


def counted_from(text: str, spoken: str) -> str:
    """Return a turn with a period that is counted from a date spoken of as that period: `the day before` as `12 August`.

    Args:
        text: The turn; only what it begins with is counted.
        spoken: The date spoken of, as it was said; "" when there was none.
    """
    english = re.match(_ENGLISH_NEXT, text, re.IGNORECASE)
    found = english or compiled(_NEXT, plain=not has_accents(text)).match(text)
    dates = find_dates(spoken)
    if not found or not dates:
        return text
    said = found.groupdict()
    depth = _DEPTHS[(said["unit"] or said["counted"]).lower()]
    date_spoken = re.fullmatch(r"(?:(\d{4})|-)(?:-(\d\d))?(?:-(\d\d))?", dates[-1].value)
    parts = [int(p) if p else None for p in date_spoken.groups()] if date_spoken else []
    if len([p for p in parts[:depth] if p is not None]) < depth - (depth > _YEAR and bool(parts) and parts[0] is None):
        return text
    back = said["back"] or said.get("earlier")
    year, month, day = _moved(parts, depth, -1 if back else 1)
    shown = year if parts[0] is not None else None
    moved = (_in_english if english else _in_vietnamese)(shown, month, day, depth)
    return (moved if english or has_accents(text) else fold(moved)) + text[found.end() :]


def _moved(parts: list[int | None], depth: int, step: int) -> tuple[int, int, int]:
    """Return the year, month and day one unit on or back; what lies deeper than the unit does not count."""
    month, day = parts[1] or 1, parts[2] or 1
    year = parts[0] or (_LEAP_YEAR if (month, day) == (2, 29) else _ANY_YEAR)
    if depth == _DAY:
        moved = date(year, month, day) + timedelta(days=step)
        return moved.year, moved.month, moved.day
    if depth == _MONTH:
        return year + (month - 1 + step) // 12, (month - 1 + step) % 12 + 1, day
    return year + step, month, day


def _in_english(year: int | None, month: int, day: int, depth: int) -> str:
    parts = [str(day)] * (depth == _DAY) + [MONTHS[month - 1]] * (depth >= _MONTH) + [str(year)] * (year is not None)
    return f"{'on' if depth == _DAY else 'in'} {' '.join(parts)}"


def _in_vietnamese(year: int | None, month: int, day: int, depth: int) -> str:
    behind = f"/{year}" if year is not None else ""
    return {_YEAR: f"năm {year}", _MONTH: f"tháng {month}{behind}", _DAY: f"ngày {day}/{month}{behind}"}[depth]
