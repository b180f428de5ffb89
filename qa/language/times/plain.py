"""Words of time typed without Vietnamese diacritics, as questions often are, written with them again."""

import re
from functools import cache
from itertools import product

from qa.language.forms import fold

__all__ = ["accented"]

_WHICH = "này trước tới sau qua rồi vừa|qua vừa|rồi sắp|tới"
_NUMBERS = "một hai ba bốn năm sáu bảy tám chín mười"
_STEMS = "Giáp Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý".split()
_BRANCHES = "Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi".split()
_UNITS = "(?:nam|thang|tuan|quy|ngay)"
_START = r"(?:\d|nam \d|thang \d|ngay \d|quy (?:\d|[ivx]+\b)|dau |giua |cuoi |hom |het )"


def _together(*words: str) -> list[str]:
    """Return every phrase of one word from each of `words`; a bar stands for a blank inside a word."""
    return [" ".join(phrase).replace("|", " ") for phrase in product(*(w.split() for w in words))]


_PHRASES = [
    *_together("hôm", "nay qua kia"),
    *_together("sáng trưa chiều đêm tối", "nay qua mai"),
    *_together("ngày", "mai kia"),
    *_together("tuần tháng quý", _WHICH),
    *_together("năm", "nay ngoái trước tới sau kia vừa|qua sắp|tới"),
    *_together("chủ|nhật", _WHICH),
    *_together("nửa", "đầu cuối sau"),
    *_together("mùa", "xuân hè hạ thu đông giải bóng"),
    *_together("thế thập", "kỷ"),
    *_together("cách", "đây nay"),
    *_together("thứ", "hai ba tư năm sáu bảy", f"tuần {_WHICH}"),
    *_together(_NUMBERS, "ngày tuần tháng năm", "trước đầu cuối"),
    "chủ nhật", "thập niên", "quốc hội", "trung ương", "bộ chính trị", "ban chấp hành", "đại hội", "tết nguyên đán", "tết cổ truyền",
    "những năm", "giai đoạn", "nhiệm kỳ", "niên khóa", "năm học", "về trước", "trước đây",
]  # fmt: skip
"""Phrases that mean a time whatever stands beside them."""
_NOT_AFTER = {
    "năm": r"(?<!viet )(?<!mien )(?<!phia )(?<!dong )(?<!tay )(?<!ha )(?<!quang )",
}
_NOT_BEFORE = {"tối qua": r"(?! (?:do|day|ben|nha|lai|duong|cau|noi|truong|benh)\b)"}

_BEFORE = {
    "đầu|giữa|cuối": rf"(?= (?:{_UNITS}|thap|nhung|the ky|\d{{4}})\b)",
    "ngày|tháng|năm|sáng|trưa|chiều|tối|đêm|hôm": r"(?= \d)",
    "tháng|năm": r"(?= (?:dau|cuoi|nam|nay|ngoai)\b)",
    "sáng|trưa|chiều|tối|đêm": r"(?= (?:hom|ngay|thu|chu nhat)\b)",
    "thứ": r"(?= (?:hai|ba|tu|nam|sau|bay|[2-7]) tuan\b)",
    "quý": r"(?= (?:i{1,3}|iv|[1-4])\b)",
    "hè": r"(?= (?:nam )?(?:\d{4}|nay|ngoai)\b)",
    "từ|đến|giữa": rf"(?= {_START})",
    "khóa": r"(?= (?:[ivx]+|\d{1,2})\b)",
    "của": rf"(?= {_UNITS}\b)",
    "tết": r"(?= (?:nam )?(?:\d{4}|giap|at|binh|dinh|mau|ky|canh|tan|nham|quy)\b)",
    "đảng|lần thứ|đảng lần thứ": r"(?= (?:khoa|lan|thu|[ivx]+|\d{1,2})\b)",
    "năm": rf"(?= (?:{'|'.join(fold(w) for w in _STEMS)}) (?:{'|'.join(fold(w) for w in _BRANCHES)})\b)",
    "trước|đầu|cuối": "",
}
"""Words that mean a time before what the pattern tells."""


@cache
def _rules() -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns with what they stand for; made when first asked for, since most texts have their diacritics."""
    rules = [
        (re.compile(rf"\b{_NOT_AFTER.get(p.split()[0], '')}{fold(p)}\b{_NOT_BEFORE.get(p, '')}"), p) for p in _PHRASES
    ]
    for words, ahead in _BEFORE.items():
        for word in words.split("|"):
            behind = "" if ahead else r"(?<=\d ngay )|(?<=\d tuan )|(?<=\d thang )|(?<=\d nam )|(?<=\d quy )"
            rules.append((re.compile(rf"(?:{behind})\b{_NOT_AFTER.get(word, '')}{fold(word)}\b{ahead}"), word))
    for unit in ("ngày", "tuần", "tháng", "năm", "quý"):
        rules.append((re.compile(rf"(?<=\d ){fold(unit)}\b(?= (?:truoc|dau|cuoi)\b)"), unit))
        rules.append((re.compile(rf"(?<=day ){fold(unit)}\b"), unit))
        rules.append((re.compile(rf"(?<=day \d ){fold(unit)}\b|(?<=day \d\d ){fold(unit)}\b"), unit))
    for (i, stem), (j, branch) in product(enumerate(_STEMS), enumerate(_BRANCHES)):
        if i % 2 == j % 2:  # the cycle has no other pairs; this also tells Tý from Tỵ
            rules.append((re.compile(rf"(?<=(?:tet|nam|uan) ){fold(stem)} {fold(branch)}\b"), f"{stem} {branch}"))
    return rules


_ROMAN = re.compile(
    r"(?<=\bkhoa )(?!vi\b)[ivx]{2,5}\b|(?<=\bthe ky )[ivx]{1,5}\b|(?<=\bquy )[iv]{1,3}\b|(?<=\blan thu )[ivx]{2,5}\b"
)


def accented(text: str) -> str:
    """Return `text`, of the same length, with diacritics on its words of time: `nam ngoai` → `năm ngoái`."""
    plain = fold(text)
    if len(plain) != len(text):
        return text
    written = list(text)
    for pattern, words in _rules():
        for match in pattern.finditer(plain):
            given = text[match.start() : match.end()]
            written[match.start() : match.end()] = [
                w.upper() if g.isupper() else w for w, g in zip(words, given, strict=True)
            ]
    for match in _ROMAN.finditer(plain):
        written[match.start() : match.end()] = match[0].upper()
    return "".join(written)
