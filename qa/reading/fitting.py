"""What cannot be the answer: numbers of another dimension, or of people whom something else befell; sites of another sort.

`nặng bao nhiêu` is not answered with kilometres, `bao nhiêu người bị thương` with how many died, nor `khách sạn nào` with a town.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from qa.kinds import Kind, Slot
from qa.language.forms import fold, fold_pattern
from qa.question import Question
from qa.reading.spans import Sort, Span

__all__ = ["fitting", "sited"]

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
    if slot.kind is not Kind.NUMBER:
        return spans
    if units := _units(asked, question):
        return [s for s in spans if s.sort is Sort.MEASURE and all(units.search(text, a, b) for a, b in s.parts)]
    plain = question.language == "vi" and fold(asked) == asked
    wanted = {n for n, p in _asked_fates(plain) if p.search(asked)}
    if not wanted:
        return spans
    return [s for s in spans if not (other := _befell_those(s, text)) or other & wanted]


_SITES = (
    r"tòa|toà|nhà|trụ sở|hội trường|cung|dinh|trung tâm|cao ốc|chung cư|tháp|buildings?|tower|hall|house|centre|center",
    r"khách sạn|nhà nghỉ|resort|khu nghỉ dưỡng|hotels?|motel|hostel",
    r"bệnh viện|bv|viện|trung tâm y tế|trạm y tế|phòng khám|hospitals?|clinic",
    r"đại học|đh|học viện|trường|thpt|thcs|tiểu học|mầm non|university|universities|college|academy|institute|school",
    r"đường|phố|quốc lộ|đại lộ|ngõ|hẻm|ql|tỉnh lộ|cao tốc|streets?|road|avenue|highway",
    r"chùa|đền|miếu|đình|tu viện|thiền viện|pagoda|temple|shrine|monastery",
    r"nhà thờ|giáo xứ|thánh đường|church|cathedral",
    r"chợ|siêu thị|market|supermarket",
    r"cầu|bridge",
    r"sân bay|cảng hàng không|phi trường|airport|airbase",
    r"bảo tàng|museum",
    r"sân vận động|sân|nhà thi đấu|stadium|arena",
    r"ga|nhà ga|bến xe|bến|trạm|station|terminal",
    r"nhà hàng|quán|restaurant|cafe|bar",
    r"trại giam|nhà tù|trại|nhà giam|prison|jail",
)
"""Sites whose names hold what they are, each with what may be said instead."""
BESIDE = 20
"""Characters before a name in which it may be said what it names."""


def sited(found: Iterable[Span], text: str, slot: Slot) -> Iterator[Span]:
    """Yield the spans, without those that name no site of the sort that is asked for: `khách sạn nào`, `at which hospital`."""
    wanted = _site(slot.heads) if slot.kind in {Kind.PLACE, Kind.ORGANISATION} else None
    for span in found:
        a, b = span.parts[0]
        if wanted is None or wanted.search(text, max(0, a - BESIDE), b):
            yield span


@cache
def _site(heads: tuple[tuple[str, ...], ...]) -> re.Pattern[str] | None:
    """Return what a site must be called, from its nouns: those as they stand in the question come first, or last."""
    said = {_head_key(" ".join(head)) for head in (*heads[:1], *heads[-1:])}
    for words in _SITES:
        if said & {_head_key(w) for w in words.replace("s?", "").split("|")}:
            return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    return None


def _head_key(noun: str) -> str:
    """Return how a noun is looked up: one syllable as it is typed, since `quan` may be a district, more without diacritics."""
    return fold(noun) if " " in noun else noun


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
