"""Dates as articles and questions write them, in Vietnamese and English; a year that is not fixed stays open.

Values are ISO 8601 as `qa.schema` describes: `2016-07-14`, `2016-07`, `2016`, or `--02-02` for an open year.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from qa.language.forms import lowered
from qa.language.sentences import split_sentences
from qa.schema import DateMention

__all__ = ["MONTHS", "PLACE", "WORDS_TOO", "find_dates", "resolve", "sexagenary_years"]

REACH = 300
"""Days before publication within which an open date is looked for."""

_MONTH_NAMES = (
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct "
    "november|nov december|dec"
)
MONTHS = {name: n for n, names in enumerate(_MONTH_NAMES.split(), start=1) for name in names.split("|")}
"""The number of each English name of a month, in small letters."""
WORDS_TOO = frozenset({"may", "march", "mar", "sep", "dec"})
"""Names of months that in small letters are other words of one of the two languages."""
_NAMES = tuple(MONTHS)
_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<y>(?:1[0-9]|20)[0-9][0-9])"

# What may stand before the digits. A day and month alone need one of the words of `_DAY_CUE`.
_DAY_CUE = re.compile(
    r"(?:^|(?<![\w-]))(?:(?:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya|hôm|ngày|mùng|mồng"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?:[^\S\n]+(?:nay|qua|mai|sớm|muộn))?(?:,|[^\S\n])[^\S\n]*\(?)+$",
    re.IGNORECASE,
)
_YEAR_CUE = re.compile(r"(?<![\w-])(?:năm|in|since|during|(?<!new\s)year)\s+$", re.IGNORECASE)
_OLD_YEAR_CUE = re.compile(r"(?<![\w-])(?:between|until|till|before|after|circa|c\.|born)\s+$", re.IGNORECASE)
_MONTH_CUE = re.compile(r"(?<![\w-])tháng\s+$", re.IGNORECASE)
_ENGLISH_CUE = re.compile(rf"(?<!\w)(?<!mid-)(?<!early-)(?<!late-)(?<!end-){_MONTH}\s+$", re.IGNORECASE)
_SMALL_MONTH_CUE = re.compile(r"(?<!\w)(?:in|on|since|until|from|early|late)\s$", re.IGNORECASE)
_NUMBER_CUE = re.compile(r"(?:số|no\.?|khoản|điều|phòng|[$€£#])\s*$", re.IGNORECASE)
_FEAST_CUE = re.compile(r"(?<!\w)(?:dịp|lễ|quốc khánh|phụ nữ|lao động|phiên)\s$", re.IGNORECASE)
_EDGE_CUE = re.compile(r"(?<!\w)(?:(?P<opens>vào|từ|trước|sau)|đến|tới|hết|là)\s$", re.IGNORECASE)
_WORDED_CUE = re.compile(r"(?:[,(]|(?<!\w)(?:là|vào|từ|đến|tới|hết))\s?$", re.IGNORECASE)
_PAUSE = re.compile(r"[^\S\n]*(?:$|[\n.,;:)])(?!\d)|[^\S\n](?:năm|tại|ở|(?:vừa qua|tới)(?!\s\d))(?!\w)", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:-|–|—|và|đến|tới|to|and|hoặc)\s*(?:hết\s+)?(?:ngày\s+)?", re.IGNORECASE)

# What may stand at the digits.
_DOCUMENT = re.compile(r"\d+(?:[-/]\d+){0,2}[-/–][A-ZĐ]{2}[\w/-]*")
_ISO = re.compile(rf"{_YEAR}([-/])(?P<m>\d\d)\2(?P<d>\d\d)(?!\d)(?![-/]\w)")
_FULL = re.compile(rf"(?P<d>\d{{1,2}})(\s?[/.-]\s?)(?P<m>\d{{1,2}})\2{_YEAR}(?!\w)(?![/-]\w)")
_WORDED = re.compile(
    rf"(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}})(?!\d)(?!\s+(?:ngày|tuần|năm nay))(?:(?:\s*,?\s*năm\s+|\s?[/-]\s?){_YEAR}(?!\d))?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}(?!\d))?", re.IGNORECASE)
_AFTER_MONTH = re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])(?:,?\s+{_YEAR}(?!\d))?")
_SHARED = re.compile(
    r"(?P<d>\d{1,2})(?=\s*(?:-|–|và|đến|hoặc|,)\s*(?:ngày\s+)?(?P<d2>\d{1,2})\s?[/-]\s?(?P<m>\d{1,2})(?:[/-](?P<y>\d{4}))?(?!\w))"
)
_MONTH_YEAR = re.compile(rf"(?P<m>\d{{1,2}})(?:\s?[/-]\s?|\s+năm\s+){_YEAR}(?![\w])(?![/-]\w)", re.IGNORECASE)
_SHORT = re.compile(
    r"(?P<d>\d{1,2})(?P<sep>[/-])(?P<m>\d{1,2})(?!\w)(?![/-]\w|\s?[/-]\s?\d)(?![.,]\d)(?!\s{1,3}tháng\s{1,3}\d)"
)
_PLAIN_YEAR = re.compile(rf"{_YEAR}(?![\w%])(?!/\w)(?![.,]\d)")
_COUNTED = re.compile(
    r"\s*(?:%|(?:người|đồng|USD|VN[ĐD]|t[ỷỉ](?! lệ)|triệu|nghìn|ngàn|m2?|km2?|ha|tấn|kg|chiếc|con|cái|bản|căn|hộ|lượt|vụ|phiếu|suất|đơn|trường hợp|ca|giờ"
    r"|phút|ngày(?! càng)|năm(?! (?:nay|qua|trước|sau|tới|\d))|tuổi|trang|tờ|cây|lít|độ|mét|bộ|sản phẩm|học sinh|đại biểu|people|men|women|children|dollars"
    r"|percent|votes|euros|tons|feet|meters|miles|sheep|cattle|hours|hrs|gmt|utc|mw|kw|per|baht|yen|yuan|dong|crowns|pounds"
    r"|cents|francs|roubles|rupees|pesos|krona|(?:kilo|centi)?met(?:re|er)s|lit(?:re|er)s|tonnes|acres|hectares|volts|beds|seats|pages|copies|samples|crates|boxes"
    r"|sacks|bags|barrels|truckloads|containers|points)(?![\w'’]))",
    re.IGNORECASE,
)
_SPAN_OF_YEARS = re.compile(rf"{_YEAR}\s?[-–]\s?(?:1[0-9]|20)[0-9]{{2}}\)")
PLACE = re.compile(
    r" (?:Street|St\.|Road|Lane|Avenue|Square|Boulevard|Drive|Place|Bridge|Park|Stadium|Hospital|School|Hall|Market|Station)(?!\w)"
)
"""What makes an address or a place of the day or month before it: `14 July Square`."""
_BEFORE_CHRIST = re.compile(r"\s*(?:trước công nguyên|tcn|bce?)(?!\w)", re.IGNORECASE)
_LUNAR = re.compile(r"\s*\(?\s*(?:âm lịch|tháng giêng|tháng chạp|lunar)", re.IGNORECASE)

_Sentence = tuple[int, int, tuple[str, int] | None]
_Reading = tuple[list[DateMention], int]

_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ|kỉ", "canh", "tân", "nhâm", "quý|quí")
_BRANCHES = ("tý|tí", "sửu", "dần", "mão|mẹo", "thìn", "tỵ|tị", "ngọ", "mùi|vị", "thân", "dậu", "tuất", "hợi")
_STEM = {name: i for i, names in enumerate(_STEMS) for name in names.split("|")}
_BRANCH = {name: i for i, names in enumerate(_BRANCHES) for name in names.split("|")}
_TITLED = tuple(name.title() for name in _BRANCH)
"""One of these stands in every lunar year name; asked first because it is quick."""
_FESTIVAL = (
    r"(?:tết(?:\s+nguyên đán|\s+cổ truyền)?(?:\s+(?:của\s+)?dân tộc)?(?:\s+năm)?|(?:mùa\s+)?xuân(?:\s+mới)?(?:\s+năm)?)"
)
_SEXAGENARY = re.compile(
    rf"(?P<stem>{'|'.join(n.title() for n in _STEM)})\s+(?P<branch>{'|'.join(n.title() for n in _BRANCH)})\b"
    rf"(?:\s*[-–(,]?\s*{_YEAR}(?!\d))?"
)
_LUNAR_LEAD = re.compile(rf"(?<!\w)(?:{_FESTIVAL}|năm)\s+$", re.IGNORECASE)
_DATED_FESTIVAL = re.compile(rf"\b{_FESTIVAL}\s+{_YEAR}(?!\d)", re.IGNORECASE)


def find_dates(text: str) -> list[DateMention]:
    """Return every date of `text` in order, each with its exact words and offsets; impossible ones are left out.

    Fractions, scores, document numbers and lunar days are no dates. A day and month without a year needs a word such as
    `ngày` or `chiều` before it, and keeps its year open.
    """
    found: list[DateMention] = []
    done = 0
    for digits in re.finditer(r"\d+", text):
        if digits.start() < done or not _may_begin(text, *digits.span()):
            continue
        mentions, done = _read(text, digits.start(), found)
        found.extend(mentions)
    return found


def sexagenary_years(text: str) -> list[tuple[str, int, int, int]]:
    """Return `(words, start, end, year)` of every lunar year name of `text` (`Xuân Bính Thân`, `Tết Canh Tý 2020`).

    The year is definite when it follows the name or when exactly one year named in `text` bears it; otherwise it is the
    remainder modulo 60 (36 for Bính Thân, so 1956, 2016, …), which is below 60.
    """
    if not any(name in text for name in _TITLED) or not _SEXAGENARY.search(text):
        return []
    found = []
    named = {int(m["y"]) for m in re.finditer(rf"(?<!\d){_YEAR}(?!\d)", text)}
    for match in _SEXAGENARY.finditer(text):
        year = _cycle_year(match)
        lead = _LUNAR_LEAD.search(text, max(0, match.start() - 48), match.start())
        if year is None or text[max(0, match.start() - 1) : match.start()].isalnum() or not (lead or match["y"]):
            continue  # a person may be called Quý Mùi
        bearing = {y for y in named if y % 60 == year}
        if match["y"] and int(match["y"]) % 60 == year:
            year = int(match["y"])
        elif len(bearing) == 1:
            year = bearing.pop()
        start = lead.start() if lead else match.start()
        found.append((text[start : match.end()], start, match.end(), year))
    return found


def resolve(mentions: Sequence[DateMention], text: str, published: str | None = None) -> list[DateMention]:
    """Return `mentions` with open years completed where `text` or the day of publication fixes them.

    In order: the same day and month stands in `text` with one year (before it, where `published` would fix another); its sentence names a Tết or lunar year that is
    definite (the date nearest to that Tết; July and August stay open); `published`, an ISO day, is known (the nearest
    date not after it within 300 days). The words that decided are kept in `basis`.
    """
    if not any(m.value.startswith("--") for m in mentions):
        return list(mentions)
    twins = _twins(mentions)
    festivals = _festivals(text)
    fixes = (
        m.value.startswith("--")
        and (_by_twin(m, twins, published) or _by_festival(m, festivals) or _by_day(m, published))
        for m in mentions
    )
    return [m._replace(value=fix[0], basis=fix[1]) if fix else m for m, fix in zip(mentions, fixes, strict=True)]


def _may_begin(text: str, start: int, end: int) -> bool:
    """Return whether a date could begin at these digits; asked of every number, so it is quick."""
    behind = text[end : end + 2].lstrip()
    if end - start in {1, 2}:
        joined = behind and (behind[0].isalpha() or behind[0] in "/-–.,")
        if not joined and not text[max(start - 3, 0) : start].strip(" .").isalpha():
            return False
    elif end - start != 4:
        return False
    before, earlier = text[max(start - 1, 0) : start], text[max(start - 2, 0) : max(start - 1, 0)]
    if before and before in ".,":
        return not earlier.isdigit()
    if before == ":" and earlier.isdigit():
        return end - start != 4  # ISO 9001:2015
    return not before or not (before.isalnum() or before in "_/$€£#" or (before == "-" and earlier.isalpha()))


def _read(text: str, at: int, found: list[DateMention]) -> _Reading:
    """Return the mentions whose digits begin at `at`, and the offset up to which the text is dealt with."""
    if document := _DOCUMENT.match(text, at):
        return [], document.end()
    floor = found[-1].end if found else 0
    for reader in (_read_english, _read_day, _read_shared, _read_month, _read_years):
        if (result := reader(text, at, floor)) is not None:
            return result
    return [], at + 1


def _read_day(text: str, at: int, floor: int) -> _Reading | None:
    match = next(filter(None, (pattern.match(text, at) for pattern in (_ISO, _FULL, _WORDED, _SHORT))), None)
    if not match:
        return None
    cue = _before(_DAY_CUE, text, at, floor)
    year = match.groupdict().get("y")
    if not year and cue is None and not (floor and _JOIN.fullmatch(text, floor, at)) and not _stands_alone(text, match):
        return [], match.end()
    swapped = match.re is _FULL and match[2] == "/"  # 12/31/2018
    value = _day(year, match["m"], match["d"]) or (_day(year, match["d"], match["m"]) if swapped else None)
    return _made(text, at if cue is None else cue, match, value)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Return whether a day and month are a date though no word such as `ngày` leads them: `(18/8)`, `từ 15/6,`, `dịp 8/3`."""
    at, end = match.span()
    before, pause = text[max(0, at - 12) : at], _PAUSE.match(text, end)
    if match.re is _WORDED:
        return bool(pause and _WORDED_CUE.search(before))
    if _FEAST_CUE.search(before):
        return not _COUNTED.match(text, end)
    large, dash = int(match["d"]) > 12, match["sep"] == "-"  # `2-1` may be a score, `1/3` a fraction
    if before[-2:] == " (" and text[end : end + 1] == ")":
        return large or not dash
    edge = _EDGE_CUE.search(before) if pause else None
    return bool(edge and (large or (not dash and (edge["opens"] or int(match["d"]) > int(match["m"])))))


def _read_english(text: str, at: int, floor: int) -> _Reading | None:
    """Read `July 14, 2016`, `14 July 2016`, `June 2016` at their first digits."""
    named = text[max(floor, at - 32) : at].rstrip().rstrip(".").lower().endswith(_NAMES)  # asked first: it is quick
    cue = _before_match(_ENGLISH_CUE, text, at, floor) if named else None
    if cue and _is_month(text, cue["name"], at - len(cue[0])):
        start, month = at - len(cue[0]), str(MONTHS[cue["name"].lower()])
        if year := _PLAIN_YEAR.match(text, at):
            return _made(text, start, year, f"{year['y']}-{int(month):02}")
        if match := _AFTER_MONTH.match(text, at):
            return _made(text, start, match, _day(match["y"], month, match["d"]))
    if (match := _DAY_FIRST.match(text, at)) and _is_month(text, match["name"], match.start()):
        return _made(text, at, match, _day(match["y"], str(MONTHS[match["name"].lower()]), match["d"]))
    return None


def _is_month(text: str, name: str, at: int) -> bool:
    """Return whether the `name` of a month means one: `may` and `march` in small letters do behind `in` or `on` only."""
    return name[0].isupper() or name not in WORDS_TOO or _SMALL_MONTH_CUE.search(text, max(0, at - 8), at) is not None


def _read_shared(text: str, at: int, floor: int) -> _Reading | None:
    """Read the first day of `ngày 4 và 5/2/2016`: the month stands with the second."""
    match = _SHARED.match(text, at)
    cue = _before(_DAY_CUE, text, at, floor)
    if not match or cue is None or int(match["d"]) >= int(match["d2"]):
        return None
    return _made(text, cue, match, _day(match["y"], match["m"], match["d"]))


def _read_month(text: str, at: int, floor: int) -> _Reading | None:
    if not (match := _MONTH_YEAR.match(text, at)):
        return None
    cue = _before(_MONTH_CUE, text, at, floor)
    numbered = _before(_NUMBER_CUE, text, at, floor) is not None
    if numbered or (cue is None and not re.fullmatch(r"\d{1,2}[/-]\d{4}", match[0])) or not 1 <= int(match["m"]) <= 12:
        return [], match.end()
    return _made(text, at if cue is None else cue, match, f"{match['y']}-{int(match['m']):02}")


def _read_years(text: str, at: int, floor: int) -> _Reading | None:
    if not (match := _PLAIN_YEAR.match(text, at)) or _BEFORE_CHRIST.match(text, match.end()):
        return None
    cue = _before(_YEAR_CUE, text, at, floor)
    vague = (
        not (1900 <= int(match["y"]) < 2100 or _in_span(text, at, floor))
        or _before(_NUMBER_CUE, text, at, floor) is not None
    )
    if cue is None and (vague or _COUNTED.match(text, match.end())):
        return None
    return _made(text, at if cue is None else cue, match, match["y"])


def _in_span(text: str, at: int, floor: int) -> bool:
    """Return whether an old year stands beside another (`(1856-1939)`, `năm 1871-1874`, `in 1607, 1682`) or behind `until`.

    Round ones that only a preposition precedes are left out: `between 1500 and 1700 sheep` counts.
    """
    if text[max(0, floor - 4) : floor].isdigit() and text[floor:at].strip() in {"-", "–", "to", "and", ",", "và"}:
        return True
    opens = text[max(0, at - 1) : at] == "(" and _SPAN_OF_YEARS.match(text, at)
    return bool(opens) or (text[at + 2 : at + 4] != "00" and _before(_OLD_YEAR_CUE, text, at, floor) is not None)


def _made(text: str, start: int, match: re.Match[str], value: str | None) -> _Reading:
    if value is None or _LUNAR.match(text, match.end()) or PLACE.match(text, match.end()):
        return [], match.end()
    end = match.end() - match[0].endswith(".")  # `12 July.` may end a sentence
    return [DateMention(value, text[start:end], start, end)], match.end()


def _before_match(cue: re.Pattern[str], text: str, at: int, floor: int) -> re.Match[str] | None:
    last = text[max(floor, at - 3) : at].rstrip()[-1:]  # all cues end in one of these: asked first because it is quick
    return cue.search(text[max(floor, at - 32) : at]) if last and (last.isalpha() or last in "(.,$€£#") else None


def _before(cue: re.Pattern[str], text: str, at: int, floor: int) -> int | None:
    """Return where the cue words right before `at` begin, or None; nothing before `floor` is looked at."""
    match = _before_match(cue, text, at, floor)
    return at - len(match[0]) if match else None


def _day(year: str | None, month: str, day: str) -> str | None:
    """Return the ISO value of a day, its year open when None, or None when there is no such day."""
    try:
        made = date(int(year or 2000), int(month), int(day))
    except ValueError:
        return None
    return made.isoformat() if year else f"--{made:%m-%d}"


def _cycle_year(match: re.Match[str]) -> int | None:
    """Return the year modulo 60 that a stem and a branch name, or None where the cycle has no such pair."""
    stem, branch = _STEM[match["stem"].lower()], _BRANCH[match["branch"].lower()]
    # The cycle begins with Giáp Tý; 1984, which is 4 modulo 60, was one.
    return next(((n + 4) % 60 for n in range(stem, 60, 10) if n % 12 == branch), None)


def _festivals(text: str) -> list[_Sentence]:
    """Return `(start, end, (words, year))` of each sentence; None where it names no definite Tết, or several."""
    named = [(start, words, year) for words, start, _, year in sexagenary_years(text) if year >= 60]
    if any(word in lowered(text) for word in ("tết", "xuân")):
        named += [(m.start(), m[0], int(m["y"])) for m in _DATED_FESTIVAL.finditer(text)]
    if not named:
        return []
    sentences = split_sentences(text)
    within: list[dict[int, str]] = [{} for _ in sentences]
    for start, words, year in named:
        within[bisect_right(sentences, start, key=lambda s: s[0]) - 1].setdefault(year, words)
    return [
        (start, end, next((words, year) for year, words in years.items()) if len(years) == 1 else None)
        for (start, end), years in zip(sentences, within, strict=True)
    ]


def _twins(mentions: Sequence[DateMention]) -> dict[str, DateMention]:
    """Return, by `-MM-DD`, the first of the days that stand in the text with one year only."""
    days: dict[str, dict[str, DateMention]] = {}
    for m in (m for m in mentions if len(m.value) == 10):
        days.setdefault(m.value[4:], {}).setdefault(m.value, m)
    return {day: next(iter(found.values())) for day, found in days.items() if len(found) == 1}


def _by_twin(mention: DateMention, twins: dict[str, DateMention], published: str | None) -> tuple[str, str] | None:
    """Return what the same day with a year tells: an anniversary often names the old day after that of the article."""
    twin = twins.get(mention.value[1:])
    if twin and twin.start > mention.start and _by_day(mention, published):
        return None
    return (twin.value, twin.text) if twin else None


def _by_festival(mention: DateMention, sentences: list[_Sentence]) -> tuple[str, str] | None:
    at = bisect_right(sentences, mention.start, key=lambda s: s[0]) - 1
    named = sentences[at][2] if at >= 0 else None
    if named is None or mention.value[2:4] in {"07", "08"}:
        return None
    words, year = named
    feast = date(year, 2, 5)  # Tết falls between 21 January and 20 February
    day = min(_on(mention, range(year - 1, year + 1)), key=lambda d: abs(d - feast), default=None)
    return (day.isoformat(), words) if day else None


def _by_day(mention: DateMention, published: str | None) -> tuple[str, str] | None:
    if not published or len(published) < 10:
        return None
    issued = date.fromisoformat(published[:10])
    days = _on(mention, range(issued.year - 1, issued.year + 1))
    near = [d for d in days if timedelta(0) <= issued - d <= timedelta(days=REACH)]
    return (max(near).isoformat(), published[:10]) if near else None


def _on(mention: DateMention, years: range) -> list[date]:
    """Return the open `mention` in each of `years` that has such a day."""
    values = (_day(str(year), mention.value[2:4], mention.value[5:7]) for year in years)
    return [date.fromisoformat(value) for value in values if value]
