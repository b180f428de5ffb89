"""A period as the question before would say it: in its language, with the year or month that the turn leaves out."""

import re

from qa.language.dates import sexagenary_years
from qa.language.forms import fold, has_accents
from qa.talk.words import compiled

__all__ = ["MONTHS", "as_said_before", "only_day_or_month", "renamed_years", "with_in"]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_MONTH = "|".join(MONTHS)
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
    month, day = MONTHS.index(said["month"].capitalize()) + 1, said["day"] or said["other"]
    year = f"/{said['year']}" if said["year"] else ""
    return f"{lead}{f'ngày {day}/' if day else 'tháng '}{month}{year}"


def _in_english(said: re.Match[str]) -> str:
    """Return a Vietnamese period in English; "" of an impossible one."""
    parts = said.groupdict()
    lead = next((f"{e} " for v, e in _PART_OF.items() if fold(v) == fold(parts["part"] or "")), "")
    month = int(parts.get("month") or 0)
    if month > len(MONTHS):
        return ""
    named = MONTHS[month - 1] if month else ""
    return lead + " ".join(filter(None, (parts.get("day"), named, parts["year"])))


def with_in(part: str) -> str:
    """Return an English period with a preposition before it."""
    return part if re.match(r"(?i)(?:in|on|at|during|by|since|until|before|after|from)\b", part) else f"in {part}"


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
