"""Numbers, clock times and days as answers, each with the unit or the thing it counts."""

import re
from collections.abc import Iterator
from itertools import pairwise

from qa.language.lexicon import default_lexicon
from qa.language.times import spelled
from qa.reading.classes import is_compound
from qa.reading.spans import Sort, Span
from qa.schema import Article

__all__ = ["find_days", "find_numbers", "find_years"]

_SIZE = r"(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ|vạn|hundred|thousand|million|billion|trillion)"
_ABOUT = (
    r"(?:(?:hơn|gần|khoảng|trên|ít nhất|chừng|tối đa|tối thiểu|about|over|nearly|more than|some|around|at least) )?"
)
_NUMBER = re.compile(
    rf"{_ABOUT}(?P<currency>(?<!\w)(?:VND|VNĐ|USD|EUR|US\$)\s?|[$€£]\s?)?(?<![\d.,/\w-])(?P<digits>\d[\d.,]*\d|\d)(?P<size>(?:\s?{_SIZE}\b)*)"
    rf"(?:\s?(?:-|–|đến|to)\s?(?P<upper>\d[\d.,]*\d|\d)(?P<size2>(?:\s?{_SIZE}\b)*)(?![/\d]))?"
)
_SPELLED = re.compile(
    rf"(?<!\w)(?<!thứ )(?<!tháng )(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?: (?:mươi|mốt|lăm|hai|ba|bốn|sáu|bảy|tám|chín|{_SIZE}))*(?= [^\W\d_])",
    re.IGNORECASE,
)
_UNITS: tuple[tuple[Sort, re.Pattern[str]], ...] = tuple(
    (sort, re.compile(rf"\s?(?:{unit})(?!\w)", re.IGNORECASE))
    for sort, unit in (
        (Sort.PERCENT, r"%|phần trăm|percent(?:age points)?|per cent|điểm phần trăm"),
        (Sort.AGE, r"tuổi|years? old|-year-old"),
        (Sort.MONEY, r"(?:đồng(?! (?:chí|minh|bào|hồ|đội|nghiệp|loạt|thời|ý|phạm|môn|hương|hành|tình|cỏ|lúa|ruộng|bằng)\b)|đ|đô la(?: Mỹ)?|đôla|đô|USD|VND|VNĐ|EUR|euros?|dollars?|dong|bảng(?: Anh)?|pounds?|yen|yên|won|nhân dân tệ|NDT|tệ|rúp|ruble|ringgit|baht|shekel|rupee|franc)(?:/[^\W\d_]\w*(?: (?:vuông|khối|hợp|viên|sinh|khách|hộ|phần|lượng|chỉ|ký|suất|đêm)\b)?)?"),
        (Sort.DURATION, r"giờ(?: đồng hồ)?|phút|giây|tiếng(?: đồng hồ)?|ngày(?: đêm)?|tuần(?: lễ)?|tháng|năm(?: tù)?|hours?|minutes?|seconds?|days?|weeks?|months?|years?"),
        (Sort.MEASURE, r"km2|km/h|km/giờ|km|cm|mm|m2|m3|m²|m³|mét(?: vuông| khối)?|m\d{1,2}|m|ha|héc-?ta|hecta|kg|ki-?lô-?gam|gam|gram|g|tấn|tạ|yến|lít|độ(?: C| Richter)?|°C|hải lý|dặm|MW|kWh|KB|MB|GB|tons?|tonnes?|hectares?|met(?:re|er)s?|miles?|feet|kilomet(?:re|er)s?|cubic metres?|km²|µg/m3"),
    )
)  # fmt: skip
_VAGUE = re.compile(
    r"(?: (?:số|bộ phận|cách|chút|ít|vài|phần nào|lần nữa|mặt|trong|người nào|khi|mình|loạt|nửa|thời|lúc)\b)",
    re.IGNORECASE,
)
"""What makes a word of number none: `một số`, `một cách`, `một trong`."""
_LABEL = re.compile(
    r"(?<!\w)(?:tầng|lớp|số|khóa|khoá|quận|phường|tổ|đường|quốc lộ|QL|tỉnh lộ|điều|khoản|điểm|cấp|loại|hạng|bảng|nhóm|lô|phòng|trang|kênh|khu|ca|chương|"
    r"tuyến|đội|vùng|cửa|nhà|block|tập|kỳ|lần|hệ|giai đoạn|phần|mục|vòng|phiên bản|block|ven biển|chuyến bay|tàu|xe|biển số|hẻm|ngõ|Boeing|Airbus|iPhone|level|floor|room|grade|article|number|flight|highway)\s$",
    re.IGNORECASE,
)
"""Before a number, what makes it a label rather than a count."""
LABEL_CHARS = 16
_YEAR_AFTER = re.compile(
    r" (?:nên|nay|qua|trước|sau|tới|ngoái|này|đó|mới|học|nào|là|và|thì|có|tuổi|nữa|kể|cũ|sinh|một|đầu|cuối|tài chính)\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:đầu|cuối|giữa|mỗi|hằng|hàng|trong|nhiều|từng|qua|các|những|mấy|cả|suốt|theo|vài|số|lâu|bao) $", re.IGNORECASE
)
"""What makes `năm` a year, not five."""
_COUNTED = re.compile(
    r"(?: (?!rạng\b|sáng\b|trưa\b|chiều\b|tối\b|đêm\b|hôm\b|trở\b|[Vv]à\b|[Vv]ới\b|[Cc]ho\b|[Cc]ủa\b|[Tt]ừ\b|đến\b|tới\b|trong\b|ở\b|tại\b|là\b|để\b|khi\b|thì\b|do\b|bởi\b|đã\b|sẽ\b|được\b|bị\b|and\b|with\b|for\b|of\b|in\b|on\b|at\b|to\b|from\b|by\b|or\b|as\b|have\b|were\b|was\b|are\b)[^\W\d_]+){1,3}"
)
_ORDINAL = re.compile(
    r"(?<!\w)(?:lần |năm |khóa |khoá |hạng |vị trí )?thứ (?:hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|nhất|nhì|[IVX]+|\d+)\b|\b\d+(?:st|nd|rd|th)\b|(?:khóa|khoá|lần|Đại hội|đại hội) (?:[IVX]+|\d+)\b"
)
_CLOCK = re.compile(
    r"(?<![\d/])\d{1,2}\s?(?:h|g)(?:\s?\d{2})?(?!\w)(?: ?(?:sáng|trưa|chiều|tối|đêm|khuya))?|(?<![\d/.,])\d{1,2}:\d{2}(?!\d)(?: ?(?:sáng|trưa|chiều|tối|[ap]m))?"
    r"|(?<![\d/])\d{1,2} giờ(?! đồng hồ)(?: \d{1,2}(?: phút)?)?(?: ?(?:sáng|trưa|chiều|tối|đêm|khuya))?"
)
_PERIOD = re.compile(
    r"(?<!\w)(?:cuối |đầu |giữa )?(?:quý|Quý) (?:[IVX]+|\d)(?:\s?[-/]\s?\d{4}| năm \d{4})?|(?:cuối|đầu|giữa|Cuối|Đầu|Giữa) (?:tháng|năm|tuần|thập niên) ?(?:\d{1,4}(?:[-/]\d{4})?|này|tới|sau|nay)?"
    r"|tháng \d{1,2}(?: năm nay| năm ngoái| tới|(?:[-/]| năm )\d{4})?|thập niên \d{2,4}|thế kỷ [XVI\d]+|first quarter of \d{4}|(?:mùng|mồng) \d{1,2} Tết|\d{1,2} tháng [Cc]hạp|giai đoạn \d{4}\s?[-–]\s?\d{4}",
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?<!năm )(?<!lần )(?<!người )(?:(?:sáng|trưa|chiều|tối|đêm|rạng sáng) )?(?:[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)|[Cc]hủ nhật|hôm qua|hôm nay|hôm kia|ngày mai|sáng nay|chiều nay|tối nay|tối qua|đêm qua|chiều qua|sáng qua|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?: tuần (?:này|trước|sau))?"
)
_SLASHED = re.compile(
    r"(?<![\d/.,-])(?:(?:ngày|sáng|chiều|tối|đêm|trưa|hôm|rạng sáng) )?\d{1,2}[-/]\d{1,2}(?:[-/]\d{4})?(?![\d/-]|[.,]\d|\s(?:số|tổng|diện|dân|quân|thành viên|đại biểu|phiếu))"
)

TOGETHER = 30
"""Most characters between two days that are said in one breath, as those of a period are."""
_DAYS = ((Sort.DATE, _SLASHED), (Sort.PERIOD, _PERIOD), (Sort.WEEKDAY, _WEEKDAY), (Sort.CLOCK, _CLOCK))


def find_numbers(article: Article, start: int, end: int) -> list[Span]:
    """Return the numbers of a sentence that are no dates, and rows of those with one unit."""
    text = article.text
    days = [(d.start, d.end) for d in article.dates if d.start < end and start < d.end and len(d.value) != 4]
    days += [(d.start, d.end) for d in article.dates if d.start < end and start < d.end and len(d.value) == 4]
    spans = list(_numbers(text, start, end, days))
    spans += [Span(Sort.ORDINAL, (m.span(),)) for m in _ORDINAL.finditer(text, start, end)]
    spans += _spelled(text, start, end, spans)
    for sort in (Sort.MONEY, Sort.PERCENT, Sort.COUNT, Sort.MEASURE, Sort.DURATION, Sort.BARE):
        same = [s.parts[0] for s in spans if s.sort is sort]
        if len(same) > 1:
            spans += [Span(sort, (a, b)) for a, b in pairwise(same)]
            if len(same) == 3:
                spans.append(Span(sort, tuple(same)))
    return spans


def find_days(article: Article, start: int, end: int) -> list[Span]:
    """Return the dates, periods and clock times of a sentence, and pairs of them."""
    text = article.text
    inside = [d for d in article.dates if start <= d.start < d.end <= end]
    spans = [Span(_sort_of(d.value), ((d.start, d.end),), _dated(d.value, d.text)) for d in inside]
    for sort, pattern in _DAYS:
        found = [m.span() for m in pattern.finditer(text, start, end)]
        spans += [Span(sort, (f,)) for f in found if not any(d.start <= f[0] and f[1] <= d.end for d in inside)]
    for sort in (Sort.DATE, Sort.CLOCK, Sort.PERIOD):
        same = sorted({s.parts[0] for s in spans if s.sort is sort})
        spans += [Span(sort, (a, b)) for a, b in pairwise(same) if 0 <= b[0] - a[1] <= TOGETHER]
    return spans


_YEAR = re.compile(r"(?<!\d)(?:[Nn]ăm )?(?:1[6-9]|20)\d\d(?!\d)")


def find_years(text: str, days: list[Span]) -> list[Span]:
    """Return the years that stand in what `find_days` found, alone and as pairs; relative ones (`năm ngoái`) as they are."""
    years: dict[tuple[tuple[int, int], ...], Span] = {}
    for span in days:
        found = [m for a, b in span.parts for m in _YEAR.finditer(text, max(0, a - 4), b) if a <= m.end() <= b]
        cut = [m for m in found if text[m.start() - 1 : m.start()] in {"/", "-", "."}]
        if found:  # a year is not cut out of its date: `2022 (8/10/2022)`
            said = f"{found[0][0]} ({text[span.start : span.end]})" if cut and len(span.parts) == 1 else ""
            parts = span.parts if cut else tuple(m.span() for m in found)
            years.setdefault(parts, Span(Sort.YEAR, parts, said))
        elif span.said or span.sort is Sort.YEAR:
            years.setdefault(span.parts, span)
    return list(years.values())


def _numbers(text: str, start: int, end: int, days: list[tuple[int, int]]) -> Iterator[Span]:
    for match in _NUMBER.finditer(text, start, end):
        first, last = match.span()
        digits = match.start("digits")
        if any(a <= digits < b for a, b in days) or re.match(r"\d+\s?[hg]\d", text[digits : digits + 6]):
            continue
        if text[digits - 1 : digits] in {"-", "/"} or re.match(r"[-/]?\d|[-/][A-ZĐ]", text[last : last + 2]):
            continue
        first = match.start() if match["currency"] or digits - match.start() < 14 else digits
        span = _with_unit(
            text, first, last, end, money=bool(match["currency"]), sized=bool(match["size"] or match["size2"])
        )
        label = span.sort is Sort.COUNT and _LABEL.search(text, max(start, digits - LABEL_CHARS), digits)
        yield Span(Sort.BARE, ((digits, last),)) if label else span


def _with_unit(text: str, first: int, last: int, end: int, *, money: bool, sized: bool) -> Span:
    if money:
        return Span(Sort.MONEY, ((first, last),))
    for sort, pattern in _UNITS:
        if unit := pattern.match(text, last, end):
            return Span(sort, ((first, unit.end()),))
    if following := _COUNTED.match(text, last, end):
        words = following[0].split()
        taken = 2 if _is_one_word(words[:2]) else 1
        return Span(Sort.COUNT, ((first, last + len(" ".join(words[:taken])) + 1),))
    return Span(Sort.MONEY if sized else Sort.BARE, ((first, last),))


def _is_one_word(syllables: list[str]) -> bool:
    said = " ".join(syllables)
    return len(syllables) > 1 and (default_lexicon().knows(said) or is_compound(said.lower()))


def _spelled(text: str, start: int, end: int, found: list[Span]) -> list[Span]:
    spans = []
    for match in _SPELLED.finditer(text, start, end):
        if any(s.start <= match.start() < s.end for s in found) or _means_no_number(text, start, match):
            continue
        for sort, pattern in _UNITS:
            if unit := pattern.match(text, match.end(), end):
                spans.append(Span(sort, ((match.start(), unit.end()),)))
        following = _COUNTED.match(text, match.end(), end)
        words = following[0].split() if following else []
        if not words:
            continue
        taken = 2 if _is_one_word(words[:2]) else 1
        spans.append(Span(Sort.SPELLED, ((match.start(), match.end() + len(" ".join(words[:taken])) + 1),)))
    return spans


def _means_no_number(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a word of number is used otherwise: `một cách`, `ngày một đổi mới`, `năm` for a year."""
    said = match[0].lower()
    if said == "một":
        return _VAGUE.match(text, match.end()) is not None or text.endswith("ngày ", start, match.start())
    return said == "năm" and bool(
        _YEAR_AFTER.match(text, match.end()) or _YEAR_BEFORE.search(text, max(start, match.start() - 12), match.start())
    )


def _sort_of(value: str) -> Sort:
    if "/" in value:
        return Sort.PERIOD
    return Sort.YEAR if len(value) == 4 else Sort.DATE


def _dated(value: str, written: str) -> str:
    """Return the words of a date and the whole date where the words do not hold it; `""` when they do.

    `chiều 16/1 (16/1/2020)`, but `14/6/2019 (“tối qua”)`: words that count from a day say nothing to those who read later.
    """
    if value.startswith("--") or value[:4] in written:
        return ""
    whole = spelled(value)
    return f"{written} ({whole})" if any(c.isdigit() for c in written) else f"{whole} (“{written}”)"
