"""Numbers that cannot be the answer: of another dimension, of people whom something else befell, of days where minutes are asked for.

`nặng bao nhiêu` is not answered with kilometres, nor `bao nhiêu người bị thương` with how many died.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from qa.kinds import Kind, Slot
from qa.language.forms import fold, fold_pattern
from qa.question import Question
from qa.reading.spans import Sort, Span

__all__ = ["fitting"]

_ALONE = r"(?! (?!mét|met|m |km|cm|mm|ki|hải|dặm|so |kể |tính |và |ở |tại |trong |khi |thì )\w)"
"""What follows `cao bao nhiêu` when it asks for metres: a unit of length or nothing that is counted, no `tầng`."""
_DIMENSIONS = {
    "length": (
        rf"how (?:tall|wide|deep|thick|far)(?! (?:below|above|ahead|along))|(?<!mức )(?:cao|dài|sâu|dày|xa|cách) (?:bao nhiêu|mấy){_ALONE}|chiều (?:cao|dài|rộng|sâu)|bao xa|"
        r"(?:bao nhiêu|mấy) (?:mét|met|m|km|cm|mm|ki-?lô-?mét|hải lý|dặm)(?! (?:vuông|khối))|how many (?:kilomet|met|centimet|mill?imet)(?:re|er)s|how many (?:miles|feet|nautical miles)",
        r"(?:km|cm|mm|m\d{0,2}|mét|hải lý|dặm|miles?|feet|(?:kilo|centi|milli)?met(?:re|er)s?)$",
    ),
    "weight": (
        r"how heavy|nặng (?:bao nhiêu|mấy)|cân nặng|(?:bao nhiêu|mấy) (?:kg|ki-?lô-?gam|ký|cân|tấn|tạ|yến|gam|gram)|how many (?:kilos?|kilograms|tons|tonnes|grams)|how much [^,?]*\bweigh",
        r"(?:kg|ki-?lô-?gam|gam|gram|g|tấn|tạ|yến|tons?|tonnes?)$",
    ),
    "area": (
        r"diện tích|(?:bao nhiêu|mấy) (?:ha|hecta|héc-?ta|m2|mét vuông|km2)|how many (?:hectares|square [a-z]+)|(?:surface|floor) area",
        r"(?:ha|héc-?ta|hecta|m2|m²|km2|km²|mét vuông|hectares?|square [a-z]+)$",
    ),
    "volume": (
        r"(?:bao nhiêu|mấy) (?:lít|m3|mét khối)|how many (?:lit(?:re|er)s|cubic [a-z]+)",
        r"(?:m3|m³|mét khối|lít|lit(?:re|er)s?|cubic met(?:re|er)s?)$",
    ),
    "speed": (
        r"(?:tốc độ|vận tốc)[^,?]{0,40}bao nhiêu(?! (?!km)\w)|(?:wind|top|what) speed",
        r"(?:km/h|km/giờ|km|hải lý(?:/giờ)?|m/s|mph|dặm(?:/giờ)?)$",
    ),
}
"""What asks for a dimension, and the units it is told in."""
_BEFELL = {
    "died": r"(?:chết|thiệt mạng|tử vong|tử nạn|hy sinh|tử thương|died|dead|deaths?|killed|die|lives)",
    "injured": r"(?:bị thương|thương tích|trọng thương|injured|hurt|wounded|injuries)",
    "missing": r"(?:mất tích|missing|unaccounted)",
    "held": r"(?:bị bắt|bắt giữ|tạm giữ|bị bắt giữ|arrested|detained)",
    "moved": r"(?:sơ tán|di dời|evacuated|displaced)",
}
"""What befalls people who are counted."""
_COUNTS = r"(?:bao nhiêu|mấy|how many|số người|number of)"
_ASKED = r"{counts}(?: [\w'-]+){{0,6}}? {fate}|{fate} (?:(?:ít nhất|tổng cộng) )?{counts}"
AFTER = 40
"""Characters behind a number in which it is said what befell those it counts."""
_NEXT = re.compile(r"\d|[;.:()]|, |(?<!\w)(?:và|and|còn|trong khi|khiến|làm)(?!\w)")


def fitting(found: Iterable[Span], text: str, question: Question, slot: Slot) -> list[Span]:
    """Return the numbers that may be the one a slot asks for; all of them when the question does not tell."""
    asked = question.text[slot.part[0] : slot.part[1]].lower()
    spans = list(found)
    if slot.kind is Kind.DURATION:
        return [s for s in spans if _lasts(s, text, asked)]
    if slot.kind is not Kind.NUMBER:
        return spans
    if units := _units(asked, question):
        return [s for s in spans if s.sort is Sort.MEASURE and all(units.search(text, a, b) for a, b in s.parts)]
    plain = question.language == "vi" and fold(asked) == asked
    wanted = {n for n, p in _asked_fates(plain) if p.search(asked)}
    if not wanted:
        return spans
    return [s for s in spans if not (other := _befell_those(s, text)) or other & wanted]


_TIMES = {
    "second": 0, "minute": 1, "hour": 2, "day": 3, "week": 4, "month": 5, "year": 6,
    "giây": 0, "phút": 1, "giờ": 2, "tiếng": 2, "ngày": 3, "đêm": 3, "tuần": 4, "tháng": 5, "năm": 6,
}  # fmt: skip
"""Units of time, short ones first."""
_FOLDED_TIMES = {fold(u): n for u, n in _TIMES.items()}
_TIME = re.compile(rf"(?<!\w)({'|'.join(_TIMES)})s?(?!\w)")
_TIME_ASKED = re.compile(rf"(?<!\w)(?:bao nhieu|may|how many) ({'|'.join(_FOLDED_TIMES)})s?(?!\w)")
_RANGE = re.compile(r"[-–]|(?<!\w)(?:đến|tới|to)(?!\w)")


def _lasts(span: Span, text: str, asked: str) -> bool:
    """Return whether a span says how long, and in a unit near the one that is asked for: `bao nhiêu phút` is not answered with days."""
    said = text[span.start : span.end]
    if span.sort is Sort.PERIOD:
        return _RANGE.search(said) is not None
    wanted, units = _TIME_ASKED.search(fold(asked)), [_TIMES[u] for u in _TIME.findall(said)]
    return not wanted or not units or min(abs(u - _FOLDED_TIMES[wanted[1]]) for u in units) < 2


def _units(asked: str, question: Question) -> re.Pattern[str] | None:
    plain = question.language == "vi" and fold(asked) == asked
    for pattern, units in _compiled(plain):
        if pattern.search(asked):
            return units
    return None


@cache
def _compiled(plain: bool) -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [
        (
            re.compile(rf"(?<!\w)(?:{fold_pattern(a) if plain else a})(?!\w)"),
            re.compile(rf"(?<![^\W\d_]){u}", re.IGNORECASE),
        )
        for a, u in _DIMENSIONS.values()
    ]


@cache
def _asked_fates(plain: bool) -> Sequence[tuple[str, re.Pattern[str]]]:
    found = ((n, _ASKED.format(counts=_COUNTS, fate=p)) for n, p in _BEFELL.items())
    return [(n, re.compile(rf"(?<!\w)(?:{fold_pattern(p) if plain else p})(?!\w)")) for n, p in found]


_FATES = [(n, re.compile(rf"(?<!\w){p}(?!\w)", re.IGNORECASE)) for n, p in _BEFELL.items()]


def _befell_those(span: Span, text: str) -> set[str]:
    """Return what is said to have befallen those a number counts: in its own words, or right behind them."""
    start, end = span.start, span.end
    stop = _NEXT.search(text, end, end + AFTER)
    said = text[start : stop.start() if stop else end + AFTER]
    return {n for n, p in _FATES if p.search(said)}
