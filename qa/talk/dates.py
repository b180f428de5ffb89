"""A period as the question before would say it: in its language, with the year or month that the turn leaves out."""

import re
from datetime import date, timedelta

from qa.language.dates import find_dates, sexagenary_years
from qa.language.forms import fold, has_accents
from qa.talk.words import compiled

__all__ = ["as_said_before", "counted_from", "only_day_or_month", "renamed_years", "with_in"]

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_MONTH = "|".join(_MONTHS)
_PART_OF = {"đầu": "early", "giữa": "mid", "cuối": "late"}
_ENGLISH_PART = {v: k for k, v in _PART_OF.items()}
_IN = r"(?:(?:vào|trong|hồi|từ) )?"
_PART = r"(?:(?P<part>đầu|giữa|cuối) )?"
_VIETNAMESE_YEAR = rf"{_IN}{_PART}(?:năm )?(?P<year>(?:19|20)\d\d)"
_VIETNAMESE_MONTH = rf"{_IN}{_PART}(?:(?:ngày )?(?P<day>\d\d?)[/.-])?(?:tháng )?(?P<month>\d\d?)(?:(?:[/.-]| năm )(?P<year>(?:19|20)\d\d))?"
_ENGLISH_PERIOD = re.compile(
    rf"(?:(?:in|on|during) )?(?:the )?(?:(?P<part>early|mid|late)[ -])?(?:(?P<day>\d\d?) )?(?:(?P<month>{_MONTH})(?: (?P<other>\d\d?)(?=,|$),?)?)?(?: ?(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_BARE = rf"{_IN}{_PART}(?:tháng \d\d?|(?:ngày|hôm|mùng|mồng) \d\d?)"
_ENGLISH_BARE = re.compile(rf"(?:(?:in|during) )?(?:(?:early|mid|late)[ -])?(?:{_MONTH})")
_ENGLISH_BARE_IN = re.compile(rf"(?:in|during|on) (?:(?:early|mid|late)[ -])?(?:{_MONTH})", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"(?:19|20)\d\d$")
_MONTH_AND_YEAR = re.compile(
    r"\d\d?([/.-])(?P<rest>\d\d?(?:[/.-](?:19|20)\d\d)?)$|\d\d?(?P<spelled> tháng \d.*| thang \d.*)$"
)
_STEMS = "Giáp Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý".split()
_BRANCHES = "Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi".split()

_NEXT = r"(?P<unit>năm|tháng|hôm|ngày) (?:hôm )?(?:(?P<back>trước(?: đó)?|liền trước|ngay trước(?: đó)?)|(?:sau(?: đó)?|tiếp theo|kế tiếp|kế|ngay sau(?: đó)?))(?! khi)(?!\w)"
_ENGLISH_NEXT = (
    r"(?:in |on )?(?:the |a |one )?(?:(?P<earlier>previous|preceding)|(?:next|following)) (?P<unit>year|month|day)\b"
    r"|(?:in |on )?(?:the |a |one )?(?P<counted>year|month|day) (?:(?P<back>before(?: that)?|earlier)|(?:after(?: that)?|later))(?![\w ]*\b(?:was|were|is|did|had)\b)"
)
"""`the next day`, `năm trước đó`: counted from the date spoken of, not from today as `năm ngoái` is."""
_UNITS = {
    "năm": 4,
    "nam": 4,
    "year": 4,
    "tháng": 7,
    "thang": 7,
    "month": 7,
    "hôm": 10,
    "hom": 10,
    "ngày": 10,
    "ngay": 10,
    "day": 10,
}
"""Characters of an ISO date down to a unit."""
_NO_YEAR = "2019"
"""Stands for the year of `13/8`; no leap year, and never shown."""


def counted_from(text: str, spoken: str) -> str:
    """Return a turn with a period that is counted from a date spoken of as that period: `the day before` as `12 August`.

    Args:
        text: The turn; only what it begins with, or is, is counted.
        spoken: The date spoken of, as it was said; "" when there was none.
    """
    found = re.match(_ENGLISH_NEXT, text, re.IGNORECASE) or compiled(_NEXT, plain=not has_accents(text)).match(text)
    dates = find_dates(spoken)
    if not found or not dates:
        return text
    parts = found.groupdict()
    unit = (parts["unit"] or parts.get("counted") or "").lower()
    step = -1 if parts["back"] or parts.get("earlier") else 1
    value = dates[-1].value
    yearless = value.startswith("--")
    value = value.replace("--", f"{_NO_YEAR}-", 1) if yearless else value
    if (
        len(value) < _UNITS[unit]
        or not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value)
        or (yearless and _UNITS[unit] == len(_NO_YEAR))
    ):
        return text
    year, month, day = (int(n) for n in [*value.split("-"), 1, 1][:3])
    if _UNITS[unit] == len("2019-08-13"):
        moved = date(year, month, day) + timedelta(days=step)
        year, month, day = moved.year, moved.month, moved.day
    elif _UNITS[unit] == len("2019-08"):
        year, month = year + (month - 1 + step) // 12, (month - 1 + step) % 12 + 1
    else:
        year += step
    level, shown = _UNITS[unit], "" if yearless else str(year)
    if "counted" in parts:
        said = " ".join(
            filter(
                None,
                (str(day) if level > len("2019-08") else "", _MONTHS[month - 1] if level > len("2019") else "", shown),
            )
        )
        said = f"{'on' if level > len('2019-08') else 'in'} {said}"
    else:
        named = (f"ngày {day}/{month}", f"tháng {month}", "năm ")[(10, 7, 4).index(level)]
        said = named + (shown if level == len("2019") else f"/{shown}" if shown else "")
        said = said if has_accents(text) else fold(said)
    return said + text[found.end() :]


def only_day_or_month(text: str) -> bool:
    """Return whether a turn says nothing but a month or a day without its year: `tháng 4`, `hôm 12`, `in April`, `April`."""
    bare = text.strip(" ?.!")
    if _ENGLISH_BARE_IN.fullmatch(bare) or _ENGLISH_BARE.fullmatch(bare):
        return True
    return compiled(_BARE, plain=not has_accents(bare)).fullmatch(bare) is not None


def as_said_before(part: str, old: str, *, vietnamese: bool) -> str:
    """Return a period in the language of the question before, with what it leaves out of the date there.

    Args:
        part: As the turn says it: `năm 2016`, `in April`, `hôm 12`.
        old: The date that it takes the place of; "" where there is none.
        vietnamese: Whether the question before is Vietnamese.
    """
    part = _translated(part.strip(), vietnamese=vietnamese)
    year = _YEAR_BEHIND.search(old.strip())
    if not old or (not only_day_or_month(part) and (_YEAR_BEHIND.search(part) or not re.search(r"\d[/.-]\d", part))):
        return part
    if not vietnamese:
        return f"{part} {year[0]}" if year else part
    if re.search(r"(?i)th[áa]ng \d\d?$", part) or re.search(r"\d[/.-]\d\d?$", part):
        return f"{part}/{year[0]}" if year else part
    rest = _MONTH_AND_YEAR.search(old.strip())
    return f"{part}{rest['spelled'] or (rest[1] + rest['rest'])}" if rest else part


def _translated(part: str, *, vietnamese: bool) -> str:
    """Return a period in the other language; as it is when it is none that can be told."""
    plain = not has_accents(part)
    english = _ENGLISH_PERIOD.fullmatch(part)
    if vietnamese:
        named = english and (english["month"] or re.match(r"(?i)(?:in|on|during|early|mid|late)\b", part))
        return _in_vietnamese(english) or part if english and named else part
    found = compiled(_VIETNAMESE_YEAR, plain=plain).fullmatch(part) or compiled(
        _VIETNAMESE_MONTH, plain=plain
    ).fullmatch(part)
    if not found or (english and not re.match(r"(?:năm|nam) ", part)):
        return part
    return _in_english(found) or part


def _in_vietnamese(said: re.Match[str]) -> str:
    """Return an English period in Vietnamese; "" of one without month and year."""
    lead = f"{_ENGLISH_PART[said['part'].lower()]} " if said["part"] else ""
    if not said["month"]:
        return f"{lead}năm {said['year']}" if said["year"] else ""
    month, day = _MONTHS.index(said["month"].capitalize()) + 1, said["day"] or said["other"]
    year = f"/{said['year']}" if said["year"] else ""
    return f"{lead}{f'ngày {day}/' if day else 'tháng '}{month}{year}"


def _in_english(said: re.Match[str]) -> str:
    """Return a Vietnamese period in English; "" of an impossible one."""
    parts = said.groupdict()
    lead = next((f"{e} " for v, e in _PART_OF.items() if fold(v) == fold(parts["part"] or "")), "")
    month = int(parts.get("month") or 0)
    if month > len(_MONTHS):
        return ""
    named = _MONTHS[month - 1] if month else ""
    return lead + " ".join(filter(None, (parts.get("day"), named, parts["year"])))


def with_in(part: str) -> str:
    """Return an English period with a preposition before it."""
    return part if re.match(r"(?i)(?:in|on|at|during)\b", part) else f"in {part}"


def renamed_years(text: str, part: str) -> str:
    """Return a text with the names of lunar years (`Tết Canh Tý`) changed to that of the year that a period names."""
    year = re.search(r"(?:19|20)\d\d", part)
    if not year:
        return text
    number = int(year[0]) - 4
    name = f"{_STEMS[number % 10]} {_BRANCHES[number % 12]}"
    for said, start, end, _ in reversed(sexagenary_years(text)):
        old = re.search(r"\w+ \w+(?=(?:\s*[-–(,]?\s*(?:19|20)\d\d)?$)", said)
        if old:
            text = text[: start + old.start()] + name + text[start + old.end() : end] + text[end:]
    return text
