"""Days, months and quarters of which only the last one names its month or year: `ngày 4, 5 và 6/2`, `tháng 11 và 12/2018`."""

import re
from collections.abc import Iterator

from qa.language.times.source import Found, TimeKind, TimeText, spaced
from qa.language.times.stretches import bounds, month_value, months, nearest_month
from qa.language.times.vietnamese_calendar import QUARTERS, last_quarter, year_behind
from qa.schema import DateMention

__all__ = ["day_made", "listed_days", "listed_parts"]

_MONTH = r"(?:(?:[^\S\n]?/[^\S\n]?|-(?=\d{1,2}[^\S\n]*(?:$|[\n,.;:)])))(?P<m2>\d{1,2})(?:/(?P<y>(?:19|20)\d\d))?| tháng (?P<m3>\d{1,2})(?:(?:,? năm |/|-)(?P<y3>(?:19|20)\d\d))?(?! (?:lần|ngày|tuần)(?!\w)))(?!\w)(?![/.,-]\w)"
_DAYS = spaced(r"(?:từ|ngày|sáng|trưa|chiều|tối|đêm) (?:ngày )?\d")
"""What the three patterns below begin with; looked for first because it is quick."""
_SPAN = spaced(
    r"(?:từ(?: ngày)?|(?P<led>ngày)) (?P<d>\d{1,2})(?:/(?P<m>\d{1,2}))?(?:[^\S\n]?[-–][^\S\n]?| (?:đến|tới) (?:hết )?(?:ngày )?)"
    rf"(?P<d2>\d{{1,2}}){_MONTH}"
)
_LISTED = spaced(
    r"(?:ngày|sáng|chiều|tối|đêm) (?P<d>\d{1,2}(?:, (?:ngày )?\d{1,2}){1,5})(?:,? và|,) (?:ngày )?(?P<d2>\d{1,2})"
    + _MONTH
)
_NIGHT = spaced(
    r"(?:ngày|sáng|trưa|chiều|tối|đêm) (?P<d>\d{1,2}),?(?: và| đến| tới)? "
    r"(?=(?:(?:rạng|sáng|trưa|chiều|tối|đêm|ngày) ){1,3}(?P<d2>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>(?:19|20)\d\d))?(?!\w))"
)
_MONTHS = spaced(
    r"tháng (?P<m>\d{1,2})(?P<more>(?:, (?:tháng )?\d{1,2}){0,4})(?:,? và|,? hoặc) (?P<last>\d{1,2})(?!\w)"
)
_QUARTERS = spaced(r"qu[ýí] (?:iv|i{1,3}|[1-4])(?:,? và|,? hoặc) (?P<last>iv|i{1,3}|[1-4])(?!\w)")
_PAUSE = re.compile(r"[^\S\n]*(?:$|[\n.,;:)])(?!\d)")


def listed_days(source: TimeText) -> Iterator[DateMention]:
    """Yield the days of `từ 4/2 đến 6/2`, `ngày 28/2-1/3`, `ngày 4, 5 và 6/2` and `đêm 15, rạng sáng 16/11` that no word or month stands beside."""
    done = 0
    for lead in _DAYS.finditer(source.low):
        at = lead.start()
        if at < done:
            continue
        for pattern, days_of in ((_SPAN, _span), (_LISTED, _list), (_NIGHT, _night)):
            if match := pattern.match(source.low, at):
                done = match.end()
                for start, end, day in days_of(match):
                    yield from day_made(source, start, end, day)
                break


_Day = tuple[str | None, str, str]
_Days = Iterator[tuple[int, int, _Day]]


def _span(match: re.Match[str]) -> _Days:
    last, year = match["m2"] or match["m3"], match["y"] or match["y3"]
    first = match.start() if match["led"] else match.start("d")
    yield first, match.end("m" if match["m"] else "d"), (year, match["m"] or last, match["d"])
    yield match.start("d2"), match.end(), (year, last, match["d2"])


def _list(match: re.Match[str]) -> _Days:
    month, year = match["m2"] or match["m3"], match["y"] or match["y3"]
    for number in re.finditer(r"\d+", match["d"]):
        start = match.start("d") + number.start()
        yield start if number.start() else match.start(), start + len(number[0]), (year, month, number[0])
    yield match.start("d2"), match.end(), (year, month, match["d2"])


def _night(match: re.Match[str]) -> _Days:
    if int(match["d"]) < int(match["d2"]):
        yield match.start(), match.end("d"), (match["y"], match["m"], match["d"])


def day_made(source: TimeText, start: int, end: int, day: _Day) -> Iterator[DateMention]:
    """Yield the date of a year, which may be open, a month and a day, when there is such a day."""
    year, month, number = day
    value = f"{year or '-'}-{int(month):02}-{int(number):02}"
    if bounds(value.replace("--", "2000-")):
        yield DateMention(value, source.text[start:end], start, end)


def listed_parts(source: TimeText) -> Iterator[Found]:
    """Yield the months of `hai tháng 5 và 6`, and the last quarter of `quý I và II/2018`."""
    for match in _MONTHS.finditer(source.low):
        behind = year_behind(source, match.end())
        numbers = [
            (match.start(), match.end("m"), int(match["m"])),
            (match.start("last"), match.end(), int(match["last"])),
        ]
        for more in re.finditer(r"\d+", match["more"]):
            start = match.start("more") + more.start()
            numbers.append((start, start + len(more[0]), int(more[0])))
        if not (behind or _PAUSE.match(source.low, match.end())) or not all(1 <= n <= 12 for *_, n in numbers):
            continue
        year, end = behind or (None, match.end())
        for start, stop, n in numbers:
            value = month_value(year and year - (n > numbers[1][2]), n) if behind else nearest_month(n, source.day)
            if year or not behind:
                yield source.found(start, end if stop == match.end() else stop, value, TimeKind.MONTH)
    for match in _QUARTERS.finditer(source.low):
        if match["last"].isdigit() or source.text[match.start("last")].isupper():
            yield from _quarter(source, match)


def _quarter(source: TimeText, match: re.Match[str]) -> Iterator[Found]:
    behind, number = year_behind(source, match.end()), QUARTERS.get(match["last"]) or int(match["last"])
    if behind or _PAUSE.match(source.low, match.end()):
        year, end = behind or (source.day and last_quarter(source.day, number), match.end())
        value = months(year, 3 * number - 2, 3 * number) if year else None
        yield source.found(match.start("last"), end, value, TimeKind.PERIOD)
