"""Times counted from the one that the text named just before: `two years later`, `the following day`, `hôm sau`.

Their readers give an ISO 8601 duration (`P2Y`, `-P1M`), which `anchored` adds to that time.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from qa.language.times.english_relative import NUMBER as ENGLISH_NUMBER
from qa.language.times.english_relative import count as english_count
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import bounds, shifted_month, week
from qa.language.times.vietnamese_relative import FOLLOWERS, NUMBER, count

__all__ = ["LATER", "anchored"]

_POINTS = frozenset({TimeKind.DAY, TimeKind.MONTH, TimeKind.YEAR, TimeKind.RELATIVE, TimeKind.RANGE})
_DURATION = re.compile(r"(?P<sign>-?)P(?P<n>\d+)(?P<u>[DWMY])")
_NEEDED = {"D": 10, "W": 10, "M": 7, "Y": 4}
"""Characters of the ISO value that a count of each unit starts from."""
_REACH = 300
"""Characters within which the time that is counted from stands."""
_SENTENCE_END = re.compile(r"\n|[.!?][”\"’)]?(?=\s)")
_LATER_LEAD = spaced(
    rf"(?<![\w.,])(?P<not>(?:from|than|with|to|over|on|versus) )?(?P<n>{ENGLISH_NUMBER}) (?P<u>day|week|month|year|decade)s? $"
)
_FOLLOWING = spaced(r"(?P<w>following|next) (?P<u>day|morning|evening|night|week|month|year)(?![\w-])")
_FOLLOWING_LEAD = spaced(r"(?<!\w)(?<!over\x20)(?<!in\x20)(?<!for\x20)(?<!within\x20)(?<!during\x20)(?<!of\x20)the $")
_NEXT_DAY = spaced(r"(?:(?:sáng|trưa|chiều|tối|đêm|ngày) )?hôm sau(?!\w)")
_COUNTED_AFTER = spaced(rf"(?<![\w/.,])(?P<n>{NUMBER}) (?P<u>ngày|tuần|tháng|năm) $")
_AFTER = spaced(
    rf"(?P<w>sau|trước)(?: đó(?!\w)|(?<=sau)(?=,| (?:{'|'.join(f'{FOLLOWERS} phải mới lại em bé'.split())})(?!\w)))"
)
_UNITS = {"ngày": "D", "tuần": "W", "tháng": "M", "năm": "Y"}


def anchored(source: TimeText, found: list[Found]) -> Iterator[Found]:
    """Yield what was found; durations become times, or are left out where no time to count from stands just before."""
    last: Found | None = None
    for f in found:
        shift = _DURATION.fullmatch(f.value or "")
        if shift:
            value = _shifted(source, last, f, shift)
            f = f._replace(value=value, basis=source.text[last.start : last.end] if last and value else None)
        if f.value and not f.value.startswith("--") and f.kind in _POINTS:
            last = f
        yield f


def _shifted(source: TimeText, last: Found | None, f: Found, shift: re.Match[str]) -> str | None:
    """Return the time that lies `shift` from `last`, which stands in the same sentence as `f` or in the one before."""
    if not last or f.start - last.end > _REACH or len(_SENTENCE_END.findall(source.text[last.end : f.start])) > 1:
        return None
    value, unit = (last.value or "").rpartition("/")[2], shift["u"]
    ends, many = bounds(value), int(shift["n"]) * (-1 if shift["sign"] else 1)
    if not ends or len(value) < _NEEDED[unit]:
        return None
    return _moved(ends[0], many, unit)


def _moved(day: date, many: int, unit: str) -> str | None:
    if not 1 < day.year + (many if unit == "Y" else many // 12 if unit == "M" else 0) < 9000:
        return None
    if unit == "Y":
        return f"{day.year + many:04}"
    if unit == "M":
        return shifted_month(day, many)
    then = day + timedelta(days=many * (7 if unit == "W" else 1))
    return week(then) if unit == "W" else then.isoformat()


def _later(source: TimeText, at: int) -> Found | None:
    """Read `two years later` at its last word; `up from a year earlier` compares and names no time."""
    lead = source.before(_LATER_LEAD, at)
    if not lead or lead["not"] or not (many := english_count(lead["n"])):
        return None
    many, unit = (many * 10, "Y") if lead["u"] == "decade" else (many, lead["u"][0].upper())
    word = "later" if source.low.startswith("later", at) else "earlier"
    value = f"{'-' if word == 'earlier' else ''}P{many}{unit}"
    return Found(source.back(at) + lead.start("n"), at + len(word), value, TimeKind.RELATIVE)


def _following(source: TimeText, at: int) -> Found | None:
    """Read `the following day`, `the next month`; not the length `over the next year`."""
    match, lead = _FOLLOWING.match(source.low, at), source.before(_FOLLOWING_LEAD, at)
    if not match or not lead:
        return None
    unit = match["u"][0].upper()
    value = f"P1{unit if unit in 'DWMY' and match['u'] != 'morning' else 'D'}"
    return Found(source.back(at) + lead.start(), match.end(), value, TimeKind.RELATIVE)


def _next_day(source: TimeText, at: int) -> Found | None:
    match = _NEXT_DAY.match(source.low, at)
    return Found(at, match.end(), "P1D", TimeKind.RELATIVE) if match else None


def _after(source: TimeText, at: int) -> Found | None:
    """Read `hai năm sau đó`, `3 ngày trước đó`, `hai ngày sau phải` at `sau` or `trước`; not `hai ngày sau vụ cháy`."""
    lead, match = source.before(_COUNTED_AFTER, at), _AFTER.match(source.low, at)
    if not lead or not match or not (many := count(lead["n"])):
        return None
    value = f"{'-' if match['w'] == 'trước' else ''}P{many}{_UNITS[lead['u']]}"
    return Found(source.back(at) + lead.start(), match.end(), value, TimeKind.RELATIVE)


LATER: dict[str, Reader] = {
    "later": _later,
    "earlier": _later,
    "following": _following,
    "next": _following,
    "sau": _after,
    "trước": _after,
    "hôm": _next_day,
}
"""The reader of each word (in small letters) at which an expression is recognised."""
