"""Days and moments of publication as files write them, in ISO 8601."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from qa.language.dates import find_dates

__all__ = ["ImplausibleDayError", "published_day", "today_utc"]

EARLIEST = 1600
"""No newspaper is older."""
VIETNAM = timezone(timedelta(hours=7))
"""Seconds since 1970 name a moment and no zone; the day is the one in Hanoi."""

_EPOCH = re.compile(r"(\d{9,16})(?:\.\d+)?")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:])([01]?\d|2[0-3])\s?[:hg]\s?([0-5]\d)(?!\d)(?::([0-5]\d))?\s*(?P<half>[AaPp]\.?[Mm]\b|SA\b|CH\b)?"
)
_ZONE = re.compile(r"(?:GMT|UTC)\s?([+-])\s?(\d{1,2})(?::?(\d\d))?")
_ISO = re.compile(r"(\d{4})-(\d\d?)(?:-(\d\d?))?")
_ISO_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]+(\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?(?=$|[^\d])"
)
_MARKERS = frozenset({"0001-01-01", "0000-00-00"})
"""How .NET and MySQL write that there is no day."""


class ImplausibleDayError(ValueError):
    """A day that no article can have been published on; the message says which and why."""


def published_day(value: object, *, today: date) -> str | None:
    """Return a day or moment in ISO 8601, or None when `value` names none.

    Days come before months. Seconds and milliseconds since 1970 are numbers or digits.

    Raises:
        ImplausibleDayError: The day is more than a year after `today`, or before 1600.
    """
    if isinstance(value, datetime):
        found: str | None = value.isoformat("T", "seconds")
    elif isinstance(value, date):
        found = value.isoformat()
    elif isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    elif isinstance(value, str):
        found = _written(value.strip()[:120])
    else:
        found = _number(float(value))
    if found is None or found[:10] in _MARKERS:
        return None
    latest = date(today.year + 1, today.month, min(today.day, 28)).isoformat()
    if found > latest and not latest.startswith(found):
        raise ImplausibleDayError(f"published {found[:10]}, which is in the future")
    if int(found[:4]) < EARLIEST:
        raise ImplausibleDayError(f"published {found[:10]}, which is before there were newspapers")
    return found


def _written(text: str) -> str | None:
    if epoch := _EPOCH.fullmatch(text):
        return _number(float(epoch[0]))
    if moment := _ISO_MOMENT.match(text):
        return _moment(moment)
    if iso := _ISO.fullmatch(text):
        return _iso(iso)
    for read in (_basic, _rfc_822, _vietnamese):
        if found := read(text):
            return found
    return None


def _number(value: float) -> str | None:
    """Return the moment of seconds since 1970, or of thousandths or millionths; a year or day in digits is itself."""
    if EARLIEST <= value <= 2200 and value == int(value):
        return f"{int(value)}"
    if 16000101 <= value <= 22001231:
        return _basic(str(int(value)))
    while 1e11 < value < 1e17:
        value /= 1000
    if not 1e8 <= value <= 1e11:  # before 1973 it is an empty field, or no moment at all
        return None
    return datetime.fromtimestamp(value, VIETNAM).isoformat("T", "seconds")


def _moment(match: re.Match[str]) -> str | None:
    day, clock, zone = match[1], match[2], match[3] or ""
    if zone in {"Z", "UTC"}:
        zone = "+00:00"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:] or '00'}"
    try:
        return datetime.fromisoformat(f"{day}T{clock}{zone}").isoformat("T", "seconds")
    except ValueError:
        return _day(day[:4], day[5:7], day[8:])


def _iso(match: re.Match[str]) -> str | None:
    if match[3]:
        return _day(match[1], match[2], match[3])
    return f"{match[1]}-{int(match[2]):02}" if 1 <= int(match[2]) <= 12 else None


def _basic(text: str) -> str | None:
    if re.fullmatch(r"\d{4}", text):
        return text if EARLIEST <= int(text) <= 2200 else None
    digits = re.fullmatch(r"(\d{4})[/.]?(\d\d)[/.]?(\d\d)", text)
    return _day(digits[1], digits[2], digits[3]) if digits else None


def _rfc_822(text: str) -> str | None:
    if "," not in text and ":" not in text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # how the parser says that it is no date
        return None
    if not re.search(r"[A-Za-z]{3}", text) or not re.search(r"\d{4}", text):
        return None
    return moment.isoformat("T", "seconds")


def _vietnamese(text: str) -> str | None:
    """Read `Thứ Năm, 25/04/2019 10:30 (GMT+7)`, `ngày 25 tháng 4 năm 2019` and what else articles write."""
    if numbers := _DAY_FIRST.search(text):
        day = _day(numbers[4], numbers[3], numbers[1])
        rest = text[: numbers.start()] + " " + text[numbers.end() :]
    else:
        mention = next((m for m in find_dates(text) if not m.value.startswith("--")), None)
        if not mention:
            return None
        day = mention.value
        rest = text[: mention.start] + " " + text[mention.end :]
    clock = _CLOCK.search(rest)
    if not day or len(day) < 10 or not clock:
        return day
    hour = int(clock[1])
    half = (clock["half"] or "").upper().replace(".", "")
    if half in {"PM", "CH"} and hour < 12:
        hour += 12
    elif half in {"AM", "SA"} and hour == 12:
        hour = 0
    zone = _ZONE.search(rest)
    offset = f"{zone[1]}{int(zone[2]):02}:{zone[3] or '00'}" if zone and int(zone[2]) < 15 else ""
    return f"{day}T{hour:02}:{clock[2]}:{clock[3] or '00'}{offset}"


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def today_utc() -> date:
    """Return the day it is."""
    return datetime.now(UTC).date()
