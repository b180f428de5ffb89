"""Sites and areas by what they are called: `khách sạn nào` is not answered with a town, nor `thành phố nào` with an airport."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from qa.kinds import Kind, Slot
from qa.language.forms import UPPER, fold
from qa.language.lexicon import default_lexicon
from qa.question import Question
from qa.reading.spans import Span

__all__ = ["sited"]

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


_AREAS = {
    "tỉnh|province": r"tỉnh|thành phố|tp\.?|province",
    "thành phố|city|town": r"thành phố|tp\.?|thủ đô|thị xã|thị trấn|city|town",
    "huyện|quận|district": r"huyện|quận|thị xã|thành phố|tp\.?|district",
    "xã|phường|thị trấn|commune|ward": r"xã|phường|thị trấn|commune|ward",
    "nước|quốc gia|country|nation": r"nước|quốc gia|vương quốc|cộng hoà|cộng hòa|đảo quốc",
    "bang|state": r"bang|tiểu bang|state",
}
"""Areas, with what a name of one may be called; one that is called something else is of another sort."""
_CALLED = re.compile(
    r"(?<!\w)(?:thành phố|tp\.?|tỉnh|huyện|quận|phường|xã|thị xã|thị trấn|thôn|ấp|làng|xóm|khu|đường|phố|quốc lộ|cầu|cảng|sân bay|sân bay quốc tế|chùa|đền|"
    r"sông|hồ|núi|bang|chợ|công viên|ga|cao tốc|khách sạn|nhà hàng|bệnh viện|trường|đại học|báo|tờ|trung tâm|tòa nhà|toà nhà|căn cứ|trụ sở|nhà thờ|công an|sở|ủy ban|công ty|tập đoàn)\s?$",
    re.IGNORECASE,
)
CALLED = 18
"""Characters before a name in which it is said what it is."""


_HOME = re.compile(
    r"\b(?:que (?:quan )?(?:o|goc|tu|tai)|nguyen quan|sinh ra o|home ?town|native (?:village|province|town)|born)\b"
)
"""Asks where somebody comes from."""
_COMES = re.compile(
    r"(?<!\w)(?:quê(?: quán| gốc)?|nguyên quán|người gốc|sinh ra|sinh tại|trú|ngụ|sinh)(?!\w)[^.;]*$", re.IGNORECASE
)
COMES = 40
"""Characters before a place in which it may be said that somebody comes from there."""


def sited(found: Iterable[Span], text: str, question: Question, slot: Slot) -> Iterator[Span]:
    """Yield the spans, without those that name no site or area of the sort that is asked for (`khách sạn nào`, `in which city`), and for `quê ở đâu` those where nobody is said to come from."""
    wanted = _site(slot.heads) if slot.kind in {Kind.PLACE, Kind.ORGANISATION} else None
    area = _area(slot.heads) if slot.kind is Kind.PLACE else None
    nation = slot.kind is Kind.PLACE and bool(slot.heads) and _head_key(" ".join(slot.heads[-1])) in _NATIONS
    home = slot.kind is Kind.PLACE and _HOME.search(question.folded) is not None
    for span in found:
        a, b = span.parts[0]
        if nation and not _is_country(text, a, b):
            continue
        if home and not _COMES.search(text, max(0, a - COMES), a):
            continue
        if wanted is not None and not wanted.search(text, max(0, a - BESIDE), b):
            continue
        if area is None or not any(_of_another_sort(text, *p, area) for p in span.parts):
            yield span


_NATIONS = frozenset(
    fold(n) if " " in n else n for n in ("nước", "nuoc", "quốc gia", "country", "countries", "nation", "nations")
)
_STATE = re.compile(
    r"(?:các |những )?(?:nước|quốc gia|vương quốc|cộng hòa|cộng hoà|liên bang|tiểu vương quốc|nhà nước)(?!\w)",
    re.IGNORECASE,
)
_AMONG = re.compile(r",| và | and ")


def _is_country(text: str, start: int, end: int) -> bool:
    """Return whether a name, or the first of several, is known as that of a country or is called one."""
    first = _AMONG.split(text[start:end])[0].strip()
    called = _STATE.match(first) or text.endswith("nước ", 0, start)
    return bool(called) or default_lexicon().is_place(first)


def _of_another_sort(text: str, start: int, end: int, area: re.Pattern[str]) -> bool:
    """Return whether what is said right before the capital of a name or its second word makes it no area of the sort that is asked for."""
    capitals = [m.start() for m in _CAPITAL.finditer(text, start, end)][:2] or [start]
    called = next((c for at in capitals if (c := _CALLED.search(text, max(0, at - CALLED), at))), None)
    return called is not None and not area.search(text, called.start(), end)


_CAPITAL = re.compile(rf"(?<!\w)(?!TP|Tp)[{UPPER}\d]")


@cache
def _area(heads: tuple[tuple[str, ...], ...]) -> re.Pattern[str] | None:
    """Return what an area may be called, from its noun: the English one comes last."""
    said = {_head_key(" ".join(head)) for head in heads[-1:]}
    for nouns, called in _AREAS.items():
        if said & {_head_key(n) for n in nouns.split("|")}:
            return re.compile(rf"(?<!\w)(?:{called})(?!\w)", re.IGNORECASE)
    return None


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
