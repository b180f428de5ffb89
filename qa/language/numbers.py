"""Quantities as Vietnamese and English write them, read to one form: `1,5 tỷ đồng` and `VND 1.5 billion` are one.

Marks are read by shape, because both languages stand in one text. Groups of three (`1.500.000`, `52,000`) are thousands,
unless they begin with 0 (`0,125`) or one group stands before a size of the other habit (`1,125 tỷ`, `1.125 billion`, which
are decimals); of two different marks the last is the decimal one (`1.234,5`); any other single mark is decimal (`1,5`).

Number words mean other things, too (`ba` father, `năm` year, `chín` ripe, `một` a): one that stands alone is a number only
before a unit, a size or a noun that is often counted, `một` and `one` only before a size. Inside a compound
(`hai mươi lăm`) they are always numbers. `mười năm` is ten years, `mười lăm` fifteen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qa.language.dates import find_dates
from qa.language.number_words import STARTS, english_words, ordinal_word, roman, vietnamese_words

__all__ = ["Quantity", "find_quantities", "same_quantity"]

_SIZES = {
    "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9, "hundred": 100,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9, "mn": 10**6, "tn": 10**12,
}  # fmt: skip
_UNITS = {
    "%": "%|phần trăm|percentage points?|percent|per cent|pct",
    "VND": "đồng|VND|VNĐ|dong|đ",
    "USD": "đô la Mỹ|đô la|đô|USD|US dollars?|dollars?",
    "EUR": "euros?|EUR",
    "GBP": "bảng Anh|pounds?|GBP",
    "km2": "km2|km²|square kilomet(?:re|er)s?|kilômét vuông",
    "m2": "m2|m²|mét vuông|square met(?:re|er)s?",
    "m3": "m3|m³|mét khối|cubic met(?:re|er)s?",
    "km": "km|cây số|ki-?lô-?mét|kilomet(?:re|er)s?",
    "cm": "cm|centimet(?:re|er)s?",
    "mm": "mm|millimet(?:re|er)s?",
    "m": "m|mét|met(?:re|er)s?",
    "ha": "ha|héc-?ta|hecta|hectares?",
    "kg": "kg|ki-?lô-?gam|kilograms?|kilos?",
    "ton": "tấn|tons?|tonnes?",
    "litre": "lít|lit(?:re|er)s?",
    "hour": "giờ đồng hồ|giờ|tiếng đồng hồ|tiếng|hours?",
    "minute": "phút|minutes?",
    "second": "giây|seconds?",
    "day": "ngày|days?",
    "week": "tuần|weeks?",
    "month": "tháng|months?",
    "year": "năm|tuổi|years?",
    "degree": "độ C|°C|độ|degrees?(?: Celsius)?",
    "MW": "MW|megawatts?",
    "page": "trang|pages?",
    "person": "người|people|persons?",
}
_CURRENCIES = {"$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "VND": "VND", "VNĐ": "VND"}
_COUNTED = frozenset(
    (
        "ông bà em cháu anh chị cụ đồng đại cán bộ học giáo bác điều cơ văn tỉnh huyện xã quận phường thành thị nước quốc ngôi nhà hộ trường "
        "lần cuộc vụ ca bệnh trạm nhiệm đề nội nguyên phần nhóm bên con chiếc cái quyển cuốn bộ đơn ngành dự công khoa phòng giường "
        "tập cá doanh dân gia đoàn đội tàu xe máy mục giải việc điểm vấn bài tờ bản suất phiếu lượt mùa kỳ khóa đợt giai chương "
        "tổ đảng hội ban bước câu loại mặt hàng căn lớp tác quý tuyến cây cầu đường tòa trận bàn hiệp thủ nghệ nạn bị đối cựu phó"
    ).split()
)
_NOT_A_COUNT = frozenset("thứ tháng mùng mồng ngày số quý khóa hạng lớp".split())
"""Words before a number word that make it a name: of a weekday, a month, a class."""

_UNIT_OF = [
    (re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE if len(name) > 1 else 0), name)
    for name, pattern in _UNITS.items()
]
_ANY_UNIT = re.compile(rf"[ \u00a0-]?({'|'.join(p for p in _UNITS.values())})(?!\w)", re.IGNORECASE)
_BARE_PERCENT = re.compile(r"\s?%")
_SIZE = re.compile(rf"[ \u00a0]?({'|'.join(_SIZES)})(?!\w)", re.IGNORECASE)
_MONEY_SIZE = re.compile(r"()([mbk])(?!\w)")
_HALF = re.compile(r" rưỡi(?!\w)")
_BEFORE = re.compile(r"(?:(?<!\w)(?:US\$|USD|EUR|VND|VNĐ)|[$€£])\s?$")
_DIGITS = r"\d+(?:[.,]\d+)*"
_CLOCK = re.compile(
    r"(\d{1,2})(?:(?:h|g|:)(\d{2})(?!\d)|[hg](?!\w)| giờ(?: (\d{2})(?: phút)?)?(?= (?:sáng|trưa|chiều|tối)\b)|(?= ?[ap]\.?m\b))"
    r"(?: ?(sáng|trưa|chiều|tối|a\.?m|p\.?m)\b)?"
)
_ENGLISH_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\b")
_THU = re.compile(r"(?:lần )?thứ (?:(\d+)\b|([IVXLC]+)\b|(\w+)(?: (mươi|mười))?(?: (\w+))?)", re.IGNORECASE)
_ROMAN = re.compile(r"(?<![\w.-])[IVXL]{2,6}(?![\w.-]\w|\w)|(?<=khóa )[IVX](?!\w)|(?<=quý )[IVX](?!\w)")
_DOCUMENT = re.compile(r"\d+(?:[-/]\d+){0,2}[-/–][A-ZĐ]{1,2}[\w/-]*|\d+(?:/\d+)+")
_CANDIDATE = re.compile(rf"{_DIGITS}|(?<![\w-])(?:[^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text gives: `text[start:end]` of the text it was read from.

    Attributes:
        value: Sizes multiplied in: 1500000000 for `1,5 tỷ`; minutes after midnight for a clock time.
        unit: Canonical (`VND`, `%`, `km`, `clock`), or `""`.
        ordinal: Whether it numbers one of a row (`thứ hai`, `XIII`, `13th`).
    """

    value: Decimal
    unit: str
    text: str
    start: int
    end: int
    ordinal: bool = False


def find_quantities(text: str, *, loose: bool = False) -> list[Quantity]:
    """Return the quantities of `text` in order; dates, months (`tháng 3`) and document numbers are none.

    Args:
        text: Vietnamese, English, or both.
        loose: Take number words that stand alone wherever they may be numbers: for reading evidence, not claims.
    """
    return list(_quantities(text, loose))


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Return whether two quantities say the same: one value, and one unit where both have one."""
    return a.value == b.value and a.ordinal == b.ordinal and (a.unit == b.unit or not a.unit or not b.unit)


def _quantities(text: str, loose: bool) -> Iterator[Quantity]:
    dates = [(d.start, d.end) for d in find_dates(text)]
    done = 0
    for match in _CANDIDATE.finditer(text):
        at = match.start()
        if at < done or any(a <= at < b for a, b in dates):
            continue
        if text[at].isdecimal():  # `²` is a digit, but no number
            found, done = _digits(text, match)
        elif match[0].isupper() or match[0].lower() in STARTS:
            found = _worded(text, match, loose)
        else:
            continue
        if found is not None:
            done = found.end
            yield found


def _digits(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    """Return the quantity at these digits, and how far the text is dealt with."""
    at, end = match.span()
    before = text[max(0, at - 8) : at]
    if document := _DOCUMENT.match(text, at):
        return None, document.end()
    if re.search(r"(?:[^\W\d]-?|[\d/.,:]|#|(?<!\w)tháng )$", before, re.IGNORECASE) and not _BEFORE.search(
        text, max(0, at - 5), at
    ):
        return None, end
    if clock := _CLOCK.match(text, at):
        return _clock(clock), clock.end()
    if ordinal := _ENGLISH_ORDINAL.match(text, at):
        return Quantity(Decimal(ordinal[1]), "", ordinal[0], at, ordinal.end(), ordinal=True), ordinal.end()
    size = _SIZE.match(text, end)
    value = _value(match[0], size[1].lower() if size else "")
    if value is None:
        return None, end
    return _measured(text, at, end, value), end


def _value(digits: str, size: str) -> Decimal | None:
    """Return what digits and marks mean, as the module says; None when they are no number (`1.2.3`)."""
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return Decimal(digits)
    last = marks[-1]
    whole, _, tail = digits.rpartition(last)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits) and len(set(marks)) == 1 and not digits.startswith("0"):
        decimal_mark = "," if not size.isascii() else "."
        if not (size and len(marks) == 1 and last == decimal_mark):
            return Decimal(re.sub(r"[.,]", "", digits))
    if len(marks) > 1 and (last in marks[:-1] or not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", whole)):
        return None
    return Decimal(re.sub(r"[.,]", "", whole) + "." + tail)


def _measured(text: str, start: int, end: int, value: Decimal) -> Quantity | None:
    """Return the quantity whose number is read, with the size and unit that follow it and the currency before it."""
    currency = _BEFORE.search(text, max(0, start - 5), start)
    unit = _CURRENCIES[currency[0].strip()] if currency else ""
    last = 1
    while size := _SIZE.match(text, end):
        last = _SIZES[size[1].lower()]
        value, end = value * last, size.end()
    if currency and (size := _MONEY_SIZE.match(text, end)):
        last = {"m": 10**6, "b": 10**9, "k": 10**3}[size[2]]
        value, end = value * last, size.end()
    if last > 1 and (half := _HALF.match(text, end)):
        value, end = value + Decimal(last) / 2, half.end()
    if not unit:
        unit, end = _unit(text, end)
    if unit and last == 1 and (half := _HALF.match(text, end)):
        value, end = value + Decimal("0.5"), half.end()
    if end < len(text) and text[end].isalpha() and text[end - 1].isalnum():
        return None
    at = currency.start() if currency else start
    return Quantity(value, unit, text[at:end], at, end)


def _unit(text: str, end: int) -> tuple[str, int]:
    if percent := _BARE_PERCENT.match(text, end):
        return "%", percent.end()
    found = _ANY_UNIT.match(text, end)
    if not found:
        return "", end
    name = next((n for pattern, n in _UNIT_OF if pattern.fullmatch(found[1])), "")
    # `đồng chí` are comrades, `10 M` is not metres, `hai năm 2016` has a year after it.
    if not name or re.match(r" (?:chí|bộ|bào|thời|hồ)\b", text[found.end() :]) or (name == "m" and found[1] == "M"):
        return "", end
    return name, found.end()


def _clock(match: re.Match[str]) -> Quantity | None:
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    half = (match[4] or "").replace(".", "")
    if half in {"chiều", "tối", "pm"} and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    return Quantity(Decimal(60 * hour + minute), "clock", match[0], match.start(), match.end())


def _worded(text: str, match: re.Match[str], loose: bool) -> Quantity | None:
    """Return the quantity that begins with this word, if one does."""
    at = match.start()
    if ordinal := _ordinal(text, match):
        return ordinal
    read = vietnamese_words(text, at) or english_words(text, at)
    if read is None:
        return None
    value, end, compound = read
    before = re.search(r"(\w+)[ ]$", text[max(0, at - 12) : at])
    if before and before[1].lower() in _NOT_A_COUNT:
        return None
    if match[0][0].isupper() and before:
        return None  # a name: `Lê Văn Tám`, `quận Ba Đình`
    found = _measured(text, at, end, value)
    if found is None or compound:
        return found
    if value == 1:
        return found if found.value != 1 else None
    if found.end > end:
        return found
    return found if _is_counted(text, match[0].lower(), end, loose) else None


def _is_counted(text: str, word: str, end: int, loose: bool) -> bool:
    following = re.match(r" ([^\W\d_]+)", text[end : end + 16])
    if word.isascii() and word not in {"hai", "ba"}:
        return True  # of the English words only `one` is something else
    if following is None or following[1][0].isupper():
        return loose and word != "năm"
    return following[1] in _COUNTED or (loose and word not in {"năm", "chín"})


def _ordinal(text: str, match: re.Match[str]) -> Quantity | None:
    at = match.start()
    if match[0].lower() in {"thứ", "lần"} and (found := _THU.match(text, at)):
        if re.search(r"(?:sáng|trưa|chiều|tối|đêm|ngày)\s$", text[max(0, at - 6) : at]):
            return None  # a weekday
        return _numbered_by_thu(text, found)
    if (found := _ROMAN.match(text, at)) and (value := roman(found[0])):
        return Quantity(Decimal(value), "", found[0], at, found.end(), ordinal=True)
    if (read := ordinal_word(text, at)) is not None:
        return Quantity(Decimal(read[0]), "", text[at : read[1]], at, read[1], ordinal=True)
    return None


def _numbered_by_thu(text: str, found: re.Match[str]) -> Quantity | None:
    if found[1]:
        value, end = int(found[1]), found.end(1)
    elif found[2]:
        value, end = roman(found[2]) or 0, found.end(2)
    elif found[3].lower() in {"nhất", "nhì", "tư"}:
        value, end = {"nhất": 1, "nhì": 2, "tư": 4}[found[3].lower()], found.end(3)
    else:
        read = vietnamese_words(text, found.start(3))
        value, end = (int(read[0]), read[1]) if read else (0, 0)
    if not value:
        return None
    return Quantity(Decimal(value), "", text[found.start() : end], found.start(), end, ordinal=True)
