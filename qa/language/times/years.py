"""Four digits: whether they are a year, and the words that belong to one: `the fiscal year 2018`, `the 2017-18 season`."""

import re

from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import between

__all__ = ["SPLIT_YEARS", "is_number", "year_start"]

_NUMBERED = spaced(
    r"(?<!\w)(?:(?:phòng|số|trang|lô|thửa|tầng|tổng đài|chuyến bay|rooms?|numbers?|no\.?|pages?|wards?|hills?|lots?|plots?|suites?|units?|gates?"
    r"|flights?|routes?|highways?|volumes?|channels?|boxes|box|bus|seats?|chapters?|articles?|sections?|precincts?|platforms?|apartments?|boeing|airbus"
    r"|hotline|train|extension) (?:\d+(?: |, | và | and ))*|(?:iphone|ipad|macbook|galaxy(?: \w+)?|windows|office) )$"
)
"""What is numbered, with the numbers that a list of them begins with."""
_THINGS = spaced(
    r" (?:(?:thousand|million|billion)(?!\w)"
    r"|(?!(?:is|was|has|does|its|as|plus|versus|less|this|us|says|minus|across|towards|besides|perhaps|always)(?!\w))[a-z]{3,}s(?!\w))"
)
_ARTICLE = re.compile(
    r"(?<!\w)(?:the|of|in|a|an|its|his|her|their|our|my|this|for|since|until|during|by|from|to|năm|and|[^\w\s])\s*$|^\s*$"
)
_DIGITS_BEFORE = spaced(r"(?<![\w.,/-])\d{3,4} $")
_DIGITS_BEHIND = spaced(r" \d{3,4}(?!\w)(?![.,/-]\d)")
_SORT = r"(?:fiscal|financial|academic|school|calendar|budget|tax|marketing|crop)"
_LEAD = spaced(rf"(?<!\w)(?:(?:the )?{_SORT} (?:years? )?|the (?:year )?)$")
_SPLIT = r"(?P<y>(?:19|20)\d\d)[-–/](?P<y2>\d\d)"
_SPLIT_BEFORE = spaced(rf"(?<![\w.,/-])(?:the )?{_SPLIT} (?:{_SORT} )?$")
_SPLIT_BEHIND = spaced(rf" {_SPLIT}(?!\w)(?![-–/.,]\w)")
_WORD = re.compile(r"\w+")


def is_number(source: TimeText, start: int, end: int) -> bool:
    """Return whether the four digits there count or number things instead: `sent 2016 samples`, `room 2016`, `1900 2020`."""
    if source.before(_NUMBERED, start) or source.before(_DIGITS_BEFORE, start) or _DIGITS_BEHIND.match(source.low, end):
        return True
    return _THINGS.match(source.low, end) is not None and not source.before(_ARTICLE, start)


def year_start(source: TimeText, start: int) -> int:
    """Return where the expression of the year at `start` begins: `the fiscal year 2018` does with `the`."""
    lead = source.before(_LEAD, start)
    bare = lead and lead[0].split() == ["the"] and not source.low.startswith("year", start)
    return start if not lead or bare else source.back(start) + lead.start()


def _split_year(source: TimeText, at: int) -> Found | None:
    """Read `the 2017-18 season` and `the school year 2017-18` at their noun."""
    noun = _WORD.match(source.low, at)
    if not noun:
        return None
    before, behind = source.before(_SPLIT_BEFORE, at), _SPLIT_BEHIND.match(source.low, noun.end())
    years = before or behind
    value = between(years["y"], years["y"][:2] + years["y2"]) if years else None
    if not value:
        return None
    start = source.back(at) + before.start() if before else year_start(source, at)
    kind = TimeKind.TERM if noun[0] in {"term", "tenure"} else TimeKind.RANGE
    return Found(start, noun.end() if before else behind.end() if behind else at, value, kind)


SPLIT_YEARS: dict[str, Reader] = dict.fromkeys(("season", "year", "period", "term", "tenure"), _split_year)
"""The reader of each word (in small letters) at which two years, the second in two digits, are recognised."""
