"""Lunar years, by their own name or by the year of their Tết: `Xuân Bính Thân`, `Tết Nguyên đán 2018`."""

import re
from collections.abc import Iterator

from qa.language.dates import sexagenary_years
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced

__all__ = ["FESTIVALS", "lunar_years"]

_LUNAR_YEAR = spaced(
    r"(?:lunar new year|tet|tết(?: nguyên đán| cổ truyền)?(?: (?:của )?dân tộc)?|xuân)(?: of| in| festival| holiday| năm){0,2} (?P<y>(?:19|20)\d\d)(?!\w)(?![-–/.,]\d)"
)
_LUNAR_BEHIND = spaced(r"(?:lunar new year|tet)(?!\w)(?! offensive)")
_ANIMALS = "rat ox tiger cat dragon snake horse goat monkey rooster dog pig".split()
_OTHER_ANIMALS = {"mouse": 0, "buffalo": 1, "rabbit": 3, "sheep": 7, "ram": 7, "boar": 11}
_ANIMAL = dict(zip(_ANIMALS, range(12), strict=True)) | _OTHER_ANIMALS
_ANIMAL_LEAD = spaced(r"(?<![\w\"“‘'])(?:the )?year of the $")
_BRANCHES = ("tý|tí", "sửu", "dần", "mão|mẹo", "thìn", "tỵ|tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_BRANCH = {name: n for n, names in enumerate(_BRANCHES) for name in names.split("|")}
_BRANCH_LEAD = spaced(r"(?<!\w)(?:tết(?: năm)?|năm|xuân) $")
_YEAR_BEHIND = spaced(r",? \(?(?P<y>(?:1[89]|20)\d\d)(?!\w)")
_BEASTS = ("chuột", "trâu", "hổ|cọp", "mèo", "rồng", "rắn", "ngựa", "dê", "khỉ", "gà", "chó", "lợn|heo")
_BEAST = {name: n for n, names in enumerate(_BEASTS) for name in names.split("|")}
_BEAST_LEAD = spaced(r"(?<!\w)(?P<w>tết(?: năm)?|năm) con $")
_PLAIN_STEMS = "giap at binh dinh mau ky canh tan nham quy".split()
_PLAIN_BRANCHES = ("ty", "suu", "dan", "mao", "thin", "ty", "ngo", "mui", "than", "dau", "tuat", "hoi")
_PLAIN_NAME = spaced(
    rf"(?P<stem>{'|'.join(_PLAIN_STEMS)}) (?P<branch>{'|'.join(dict.fromkeys(_PLAIN_BRANCHES))})(?!\w)(?:,? \(?(?P<y>(?:19|20)\d\d)(?!\w))?"
)
_PLAIN_LEAD = spaced(r"(?<!\w)(?:(?:tet|spring|lunar new year|lunar year)(?: of)? |year of (?:the )?)$")
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
    """Read `the Year of the Monkey`, the nearest one to the day counted from, and `the Year of the Rat 2020`."""
    lead, animal = source.before(_ANIMAL_LEAD, at), _WORD.match(source.low, at)
    if not lead or not animal:
        return None
    number, start = _ANIMAL[animal[0]], source.back(at) + lead.start()
    year = _YEAR_BEHIND.match(source.low, animal.end())
    if year and "(" not in year[0] and (int(year["y"]) - 4 - number) % 12 == 0:
        return Found(start, year.end(), year["y"], TimeKind.LUNAR)
    return source.found(start, animal.end(), _nearest(source, number), TimeKind.LUNAR)


def _nearest(source: TimeText, number: int) -> str | None:
    """Return the year of the beast or branch of that number nearest to the day counted from."""
    if not source.day:
        return None
    ahead = (number + 4 - source.day.year + 6) % 12 - 6  # 4 was a year of the rat
    return f"{source.day.year + ahead:04}"


def _beast(source: TimeText, at: int) -> Found | None:
    """Read `năm con Lợn`, `Tết con gà`; not `năm con lợn`, which are five pigs."""
    lead, beast = source.before(_BEAST_LEAD, at), _WORD.match(source.low, at)
    if not lead or not beast or (lead["w"] == "năm" and not source.text[at].isupper()):
        return None
    return source.found(source.back(at) + lead.start(), beast.end(), _nearest(source, _BEAST[beast[0]]), TimeKind.LUNAR)


def _branch(source: TimeText, at: int) -> Found | None:
    """Read `năm Thìn 1964`, whose stem is left out."""
    lead, branch = source.before(_BRANCH_LEAD, at), _WORD.match(source.low, at)
    year = _YEAR_BEHIND.match(source.low, branch.end()) if lead and branch else None
    if not lead or not branch or not year or (int(year["y"]) - 4 - _BRANCH[branch[0]]) % 12:
        return None
    end = branch.end() if "(" in year[0] else year.end()
    return Found(source.back(at) + lead.start(), end, year["y"], TimeKind.LUNAR)


def _plain_name(source: TimeText, at: int) -> Found | None:
    """Read `Tet Mau Than 1968`, the lunar year of an English text."""
    if not source.text[at].isupper():
        return None
    lead, match = source.before(_PLAIN_LEAD, at), _PLAIN_NAME.match(source.low, at)
    if not lead or not match or not source.text[match.start("branch")].isupper():
        return None
    stem = _PLAIN_STEMS.index(match["stem"])
    numbers = [n for n in range(stem, 60, 10) if _PLAIN_BRANCHES[n % 12] == match["branch"]]
    if not numbers:
        return None  # the cycle has no such pair
    number = (numbers[0] + 4) % 60
    start, end = source.back(at) + lead.start(), match.end("branch")
    if match["y"] and int(match["y"]) % 60 == number:
        return Found(start, match.end() if "(" not in match[0] else end, match["y"], TimeKind.LUNAR)
    near = source.day.year - number if source.day else None
    return source.found(start, end, f"{number + 60 * ((near + 30) // 60):04}" if near else None, TimeKind.LUNAR)


FESTIVALS: dict[str, Reader] = {
    **dict.fromkeys(("tết", "tet", "xuân", "lunar"), _festival),
    **dict.fromkeys(_ANIMAL, _animal),
    **dict.fromkeys(_BRANCH, _branch),
    **dict.fromkeys(_BEAST, _beast),
    **dict.fromkeys(_PLAIN_STEMS, _plain_name),
}
"""The reader of each word (in small letters) at which the year of a Tết is recognised."""
