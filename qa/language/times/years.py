"""Four digits: whether they are a year, and the words that belong to one: `the fiscal year 2018`, `the 2017-18 season`."""

import re
from collections.abc import Iterator

from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced
from qa.language.times.stretches import between

__all__ = ["SPLIT_YEARS", "is_number", "spans_of_years", "year_start"]

_NUMBERED = spaced(
    r"(?<!\w)(?:(?:phòng|buồng|sạp|bệnh nhân|số|trang|lô|thửa|tầng|căn(?: hộ)?|mã(?: \w+)?|thẻ|đồi|cao điểm|ghế|giường|ki-?ốt|hộp thư|hòm thư|đầu số|số hiệu|ký hiệu|tổng đài"
    r"|chuyến bay(?: [a-z]{2})?|rooms?|numbers?|no\.?|pages?|pp?\.|wards?|hills?|lots?|plots?|suites?|units?|gates?|flights?(?: [a-z]{2})?|patients?|routes?|roads?|highways?|volumes?|vol\.|channels?"
    r"|boxes|box|bus|seats?|chapters?|articles?|sections?|precincts?|platforms?|apartments?|flats?|boeing|airbus|hotline|train|extension|code|pin|lockers?"
    r"|cabins?|cells?|desks?|berths?|bays?|blocks?|huts?|piers?|booths?|stalls?|tickets?|badges?|invoices?|cases?|files?|items?|exhibits?|locomotives?|engines?"
    r"|carriages?|serial|id|phone|tel\.?|dial|call|opus|op\.|regiment|battalion|squadron|division|verse|clause|paragraph|asteroid|tracks?|exit|stop|studio|size|grade|terminal|trams?|wagons?|tanks?|trucks?|shelf|vault|parcels?|coupons?|licen[cs]e|permit|policy"
    r"|barcode|password|frequency|line|lane|type) (?:\d+(?: |, | và | and |[-–/]))*"
    r"|(?:iphone|ipad|macbook|galaxy(?: \w+)?|windows|office) )$"
)
"""What is numbered, with the numbers that a list of them begins with."""
_ABOUT = spaced(r"(?<!\w)(?:hơn|gần|chừng|tròn|ít nhất|nearly|almost|more than|fewer than|less than|at least) $")
_COMPOUND = re.compile(r"-(?!(?:era|present|now|nay|style|vintage|model|built|born)(?!\w))[a-z]")
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
_LEAD = spaced(
    rf"(?<!\w)(?:(?:the )?{_SORT} (?:years? )?|the (?:year )?|(?:mùa giải|mùa bóng|niên vụ|năm học|năm tài chính|năm tài khóa) )$"
)
_MANY_YEARS = spaced(r"(?<!\w)(?:\d{1,3}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục) $")
_SPAN_AFTER = spaced(r"năm (?P<y>(?:19|20)\d\d)[^\S\n]?[-–][^\S\n]?(?:19|20)\d\d(?!\w)")
_SHORT_SPAN = re.compile(r"(?P<y>[12]\d\d\d)(?P<dash>[-–/])(?P<y2>\d\d)(?![\w/–-]|[.,]\d)")
_SPLIT = r"(?P<y>(?:19|20)\d\d)[-–/](?P<y2>\d\d)"
_SPLIT_BEFORE = spaced(rf"(?<![\w.,/-])(?:the )?{_SPLIT} (?:{_SORT} )?$")
_SPLIT_BEHIND = spaced(rf" {_SPLIT}(?!\w)(?![-–/.,]\w)")
_NO_START = re.compile(r"[\w.,/$€£–-]")
_WORD = re.compile(r"\w+")


def is_number(source: TimeText, start: int, end: int) -> bool:
    """Return whether the four digits there count or number things instead: `sent 2016 samples`, `room 2016`, `1900 2020`."""
    if source.before(_NUMBERED, start) or source.before(_DIGITS_BEFORE, start) or _DIGITS_BEHIND.match(source.low, end):
        return True
    if _COMPOUND.match(source.low, end) or (source.low[end - 1] == "0" and source.before(_ABOUT, start)):
        return True  # `a 2016-page report`, `hơn 2000`
    return _THINGS.match(source.low, end) is not None and not source.before(_ARTICLE, start)


def year_start(source: TimeText, start: int) -> int:
    """Return where the expression of the year at `start` begins: `the fiscal year 2018` does with `the`, `mùa giải 2018` with its noun."""
    if word := _SPAN_AFTER.match(source.low, start):  # `kế hoạch 5 năm 2016-2020`
        return word.start("y") if source.before(_MANY_YEARS, start) else start
    lead = source.before(_LEAD, start)
    bare = lead and lead[0].split() == ["the"] and not source.low.startswith("year", start)
    return start if not lead or bare else source.back(start) + lead.start()


def spans_of_years(source: TimeText) -> Iterator[Found]:
    """Yield the stretches whose second year is written in two digits: `1939-45`, `2018/19`; `2005-07` may be a month."""
    for match in _SHORT_SPAN.finditer(source.low):
        first, last = int(match["y"]), int(match["y2"])
        if not 1800 <= first < 2100 or _NO_START.match(source.low, match.start() - 1, match.start()):
            continue
        follows = last == (first + 1) % 100
        if (not follows and (match["dash"] == "/" or not max(12, first % 100) < last)) or is_number(
            source, *match.span()
        ):
            continue
        if value := between(match["y"], f"{first + (last - first) % 100:04}"):
            yield Found(match.start(), match.end(), value, TimeKind.RANGE)


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
