"""Lunar years, by their own name or by the year of their Tết: `Xuân Bính Thân`, `Tết Nguyên đán 2018`."""

import re
from collections.abc import Iterator

from qa.language.dates import sexagenary_years
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced

__all__ = ["FESTIVALS", "lunar_years"]

_LUNAR_YEAR = spaced(
    r"(?:lunar new year|tet|tết(?: nguyên đán| cổ truyền)?(?: (?:của )?dân tộc)?|xuân)(?: of| in| festival| holiday| năm){0,2} (?P<y>(?:19|20)\d\d)(?!\w)(?![-–/.,]\d)"
)
_LUNAR_BEHIND = spaced(r"(?:lunar new year|tet)(?!\w)")
_ANIMALS = "rat ox tiger cat dragon snake horse goat monkey rooster dog pig".split()
_OTHER_ANIMALS = {"mouse": 0, "buffalo": 1, "rabbit": 3, "sheep": 7, "ram": 7, "boar": 11}
_ANIMAL = dict(zip(_ANIMALS, range(12), strict=True)) | _OTHER_ANIMALS
_ANIMAL_LEAD = spaced(r"(?<![\w\"“‘'])(?:the )?year of the $")
_SEASON = spaced(r"(?<!\w)mùa $")
_WORD = re.compile(r"\w+")
_YEAR_BEFORE = spaced(r"(?<![\w-])(?P<y>(?:19|20)\d\d) $")


def lunar_years(source: TimeText) -> Iterator[Found]:
    """Yield lunar years; one that only its name tells is that of its cycle nearest to the day counted from."""
    for words, start, end, number in sexagenary_years(source.text):
        bracket, year, basis = words.find("("), number, None
        if number < 60 and source.day:
            near = source.day.year - number
            year, basis = number + 60 * ((near + 30) // 60), source.basis
        end = start + len(words[:bracket].rstrip()) if bracket > 0 else end
        yield Found(start, end, f"{year:04}" if year >= 60 else None, TimeKind.LUNAR, basis)


def _festival(source: TimeText, at: int) -> Found | None:
    """Read `Tết Nguyên đán 2018`, `the Lunar New Year of 2018`, `2018 Lunar New Year`."""
    match = _LUNAR_YEAR.match(source.low, at)
    if match and not source.before(_SEASON, at):
        return Found(at, match.end(), match["y"], TimeKind.LUNAR)
    match, year = _LUNAR_BEHIND.match(source.low, at), source.before(_YEAR_BEFORE, at)
    return Found(source.back(at) + year.start(), match.end(), year["y"], TimeKind.LUNAR) if match and year else None


def _animal(source: TimeText, at: int) -> Found | None:
    """Read `the Year of the Monkey`, the nearest one to the day counted from."""
    lead, animal = source.before(_ANIMAL_LEAD, at), _WORD.match(source.low, at)
    if not lead or not animal or not source.day:
        return None
    ahead = (_ANIMAL[animal[0]] + 4 - source.day.year + 6) % 12 - 6  # 4 was a year of the rat
    start = source.back(at) + lead.start()
    return source.found(start, animal.end(), f"{source.day.year + ahead:04}", TimeKind.LUNAR)


FESTIVALS: dict[str, Reader] = {
    **dict.fromkeys(("tết", "tet", "xuân", "lunar"), _festival),
    **dict.fromkeys(_ANIMAL, _animal),
}
"""The reader of each word (in small letters) at which the year of a Tết is recognised."""
