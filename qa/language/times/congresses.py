"""Congresses of the Party, and terms of the Party and the National Assembly of Vietnam, by their number.

The years are those that both bodies give (dangcongsan.vn, quochoi.vn); a term of the Party runs from its congress to the
next.
"""

import re

from qa.language.number_words import ordinal_word, roman
from qa.language.times.english_relative import OWN
from qa.language.times.source import Found, Reader, TimeKind, TimeText, spaced

__all__ = ["ENGLISH_TERMS", "VIETNAMESE_TERMS"]

_CONGRESSES = {6: 1986, 7: 1991, 8: 1996, 9: 2001, 10: 2006, 11: 2011, 12: 2016, 13: 2021}
_PARTY = {n: f"{year}/{_CONGRESSES.get(n + 1, year + 5)}" for n, year in _CONGRESSES.items()}
_ASSEMBLY = {
    10: "1997/2002",
    11: "2002/2007",
    12: "2007/2011",
    13: "2011/2016",
    14: "2016/2021",
    15: "2021/2026",
}
_AROUND = 400
"""Characters of a sentence that are looked at for the body a term belongs to."""

_NUMBER = r"(?P<n>[ivx]{1,5}|\d{1,2})(?!\w)(?![./-]\w)"
_TERM = spaced(rf"(?:khóa|khoá) (?:thứ )?{_NUMBER}")
_ASSEMBLY_LEAD = spaced(r"(?<!\w)quốc hội(?: (?:việt nam|nước cộng hòa xã hội chủ nghĩa việt nam))?,? $")
_TENURE_LEAD = spaced(r"(?<!\w)nhiệm k[ỳì] $")
_BODY = spaced(
    r"(?<!\w)(?:(?P<other>hđnd|hội đồng nhân dân|đảng bộ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy|quận ủy|đảng ủy|đoàn(?! (?:kết|thể|viên|đại biểu))|công đoàn"
    r"|mặt trận|mttq|liên đoàn|hội (?:nông dân|phụ nữ|cựu chiến binh|liên hiệp|nhà báo|nhà văn|chữ thập đỏ|sinh viên)"
    r"|trường|học viện|sinh viên|học sinh|đại học)|(?P<assembly>quốc hội)|(?P<party>đảng|trung ương|tw|đại hội|bộ chính trị"
    r"|ban chấp hành|bch|ban bí thư|tổng bí thư))(?!\w)"
)
_CONGRESS = spaced(
    rf"đại hội(?: đại biểu)?(?: đảng)?(?: (?:đại biểu )?toàn quốc)?(?: (?:của )?đảng(?: cộng sản việt nam)?)?(?: lần)?(?: thứ)? {_NUMBER}"
)
_OF_OTHERS = spaced(
    r"(?: (?:của )?(?:công đoàn|đoàn(?! kết)|hội|mttq|mặt trận|liên đoàn|đảng bộ|liên hiệp|tỉnh|huyện|thành phố|xã|phường|tổng hội|ngành))(?!\w)"
)

_ORDINAL = r"(?P<n>\d{1,2}(?:st|nd|rd|th)|[ivx]{1,5}|[a-z]{5,11})"
_ENGLISH_CONGRESS = spaced(
    rf"(?<!\w)(?:the )?{_ORDINAL}(?P<of>(?: (?:national|party|communist|vietnamese|vietnam|cpv))*) $"
)
_ENGLISH_ASSEMBLY = spaced(
    rf"(?<!\w)(?:the )?{_ORDINAL}(?:[ -](?:tenure|term|legislature))? national $".replace("[ -]", "(?: |-)")
)
_ENGLISH_TENURE = spaced(rf"(?<!\w)(?:the )?{_ORDINAL}(?: |-)$")
_ENGLISH_COMMITTEE = spaced(rf"(?<!\w)(?:the )?{_ORDINAL}(?: party| cpv| communist party)? $")
_ENGLISH_BODY = spaced(
    r"(?<!\w)(?:(?P<assembly>national assembly)|(?P<party>party|politburo|central committee|cpv))(?!\w)"
)
_COMMITTEE = spaced(r"central committee(?!\w)")
_WORD = re.compile(r"\w+")


def _number(written: str) -> int:
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits[0])
    read = ordinal_word(written, 0)
    return read[0] if read else roman(written.upper()) or 0


def _written(source: TimeText, start: int, end: int) -> bool:
    """Return whether the number is in digits or capitals (`XII`)."""
    return source.text[start:end].isdigit() or source.text[start:end].isupper()


def _sentence(source: TimeText, at: int, end: int) -> tuple[str, str]:
    """Return what stands before `at` and behind `end` in the sentence, in small letters."""
    before = source.low[max(0, at - _AROUND) : at]
    behind = source.low[end : end + _AROUND]
    return re.split(r"\n|[.!?](?=\s)", before)[-1], re.split(r"\n|[.!?](?=\s|$)", behind, maxsplit=1)[0]


def _term(source: TimeText, at: int) -> Found | None:
    """Read `khóa XII`, `Quốc hội khóa XIV`, `nhiệm kỳ khóa XII`."""
    match = _TERM.match(source.low, at)
    if not match or not _written(source, *match.span("n")):
        return None
    before, behind = _sentence(source, at, match.end())
    bodies = list(_BODY.finditer(before))
    body = bodies[-1] if bodies else _BODY.search(behind)
    terms = {} if body is None or body["other"] else _ASSEMBLY if body["assembly"] else _PARTY
    start = source.since(_ASSEMBLY_LEAD, at)
    return Found(source.since(_TENURE_LEAD, start), match.end(), terms.get(_number(match["n"])), TimeKind.TERM)


def _congress(source: TimeText, at: int) -> Found | None:
    """Read `Đại hội XII`, `Đại hội Đảng lần thứ XII`, `nhiệm kỳ Đại hội XII`."""
    match = _CONGRESS.match(source.low, at)
    if not match or not _written(source, *match.span("n")) or _OF_OTHERS.match(source.low, match.end()):
        return None
    number, start = _number(match["n"]), source.since(_TENURE_LEAD, at)
    year = _CONGRESSES.get(number)
    value = _PARTY.get(number) if start < at else f"{year}" if year else None
    return Found(start, match.end(), value, TimeKind.TERM)


def _english_congress(source: TimeText, at: int) -> Found | None:
    """Read `the 12th Party Congress` at its last word."""
    match = source.before(_ENGLISH_CONGRESS, at)
    year = _CONGRESSES.get(_number(match["n"])) if match else None
    if not match or not year:
        return None
    before, behind = _sentence(source, at, at + len("congress"))
    if not re.search(r"party|communist|cpv", match["of"] + before[-200:] + behind[:40]):
        return None
    return Found(source.back(at) + match.start(), at + len("congress"), f"{year}", TimeKind.TERM)


def _english_assembly(source: TimeText, at: int) -> Found | None:
    """Read `the 14th National Assembly` at its last word."""
    match = source.before(_ENGLISH_ASSEMBLY, at)
    value = _ASSEMBLY.get(_number(match["n"])) if match else None
    if not match or not value:
        return None
    return Found(source.back(at) + match.start(), at + len("assembly"), value, TimeKind.TERM)


def _english_committee(source: TimeText, at: int) -> Found | None:
    """Read `the 12th Party Central Committee`."""
    match, noun = source.before(_ENGLISH_COMMITTEE, at), _COMMITTEE.match(source.low, at)
    value = _PARTY.get(_number(match["n"])) if match else None
    if not match or not noun or not value:
        return None
    return Found(source.back(at) + match.start(), noun.end(), value, TimeKind.TERM)


def _english_tenure(source: TimeText, at: int) -> Found | None:
    """Read `the 14th tenure`, whose body the sentence names."""
    match, noun = source.before(_ENGLISH_TENURE, at), _WORD.match(source.low, at)
    number = _number(match["n"]) if match else 0
    if not match or not noun or not number or source.before(OWN, source.back(at) + match.start()):
        return None
    end = noun.end()
    before, behind = _sentence(source, at, end)
    bodies = list(_ENGLISH_BODY.finditer(before))
    body = _ENGLISH_BODY.match(behind, 1) or (bodies[-1] if bodies else _ENGLISH_BODY.search(behind))
    terms = {} if body is None else _ASSEMBLY if body["assembly"] else _PARTY
    return Found(source.back(at) + match.start(), end, terms.get(number), TimeKind.TERM)


VIETNAMESE_TERMS: dict[str, Reader] = {"khóa": _term, "khoá": _term, "đại": _congress}
"""The reader of each Vietnamese word at which a term is recognised."""
ENGLISH_TERMS: dict[str, Reader] = {
    "congress": _english_congress,
    "assembly": _english_assembly,
    "central": _english_committee,
    "tenure": _english_tenure,
    "term": _english_tenure,
    "legislature": _english_tenure,
}
"""The reader of each English word at which a term is recognised."""
