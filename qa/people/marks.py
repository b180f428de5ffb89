"""The marks that part phrases, told from those inside the name of a body."""

import re

from qa.language.forms import UPPER
from qa.people.beside import is_word
from qa.people.words import HONORIFIC, head_end, verb_role

__all__ = ["marks_in"]

_MARK = re.compile(
    r"[;:\n“”\"–—…?!]|,(?! chống )|\((?![A-ZĐ&-]{2,14}\) )|\)(?<!\([A-ZĐ]{2}\))(?<!\([A-ZĐ]{3}\))(?<!\([A-ZĐ&]{4}\))(?<!\([A-ZĐ&]{5}\))(?<!\([A-ZĐ&]{6}\))|-(?<=\s-)(?:\s|(?=\w{3}))"
    r"|\.(?!(?<=\b[HQPX]\.)\w)(?<!\bTP\.)(?<!\bTp\.)(?<!\bNo\.)(?<!\bP\.)(?<!\bQ\.)(?<!\bSt\.)(?<!\bDr\.)(?<!\bMr\.)(?=\s|$|[^\W\d_a-z])"
)


def marks_in(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the marks that part phrases, without those inside the name of a body."""
    found = (m.span() for m in _MARK.finditer(text, begin, end))
    return [(a, b) for a, b in found if not _inside_body(text, a, b, end)]


_SPACES = re.compile(r"\s*")
_FIELD = re.compile(
    rf"([a-zà-ỹđ]+(?: [a-zà-ỹđ]+)?)(?=(?: (?:và [a-zà-ỹđ]+ [a-zà-ỹđ]+ )?(?:[{UPPER}]|tỉnh|huyện|quận|thành phố|thị xã|xã|phường|của|lúc|khi|hồi|hiện|vừa|đã|cũng|cho|thuộc))| \(|[,;:.)]| (?:[-–]) | và )"
)
"""Words of a field of work before a place or a mark: `Phòng Tài nguyên - ⟨môi trường⟩ huyện`."""
_BODY_BEFORE = re.compile(
    r"(?<![\w])(?:[Ss]ở|[Bb]ộ|[Pp]hòng|[Bb]an|[Kk]hoa|[Cc]ục|[Vv]ụ|[Cc]hi cục|[Tt]rung tâm|[Vv]iện|[Hh]ội|[Ll]iên đoàn|[Tt]rường|[Ủủ]y ban|[Uu]ỷ ban|[Cc]ông ty|[Đđ]oàn|[Đđ]ội|[Tt]ổ) [^.;:()“”\"\n]{2,56}\Z"
)
_ABBREVIATIONS = re.compile(rf"(?<![\w])[{UPPER}]{{2,6}} ?\Z")
_ABBREVIATION = re.compile(rf" ?[{UPPER}]{{2,6}}(?![\w])")
_FIELDS = re.compile(
    r"((?: [a-zà-ỹđ]+(?: [a-zà-ỹđ]+){0,2},)*(?: [a-zà-ỹđ]+(?: [a-zà-ỹđ]+){0,2}) và (?:[a-zà-ỹđ]+(?: [a-zà-ỹđ]+)))(?![a-zà-ỹđ])"
)
"""Fields of work that go on the name of a body: `Bộ Lao động, ⟨thương binh và xã hội⟩`."""
_JOINTS = (" và ", " & ", " and ")
_TRADES = frozenset({"marketing", "logistics", "luật", "nhi đồng"})
"""Fields of work that the lexicon does not know."""
_PART = re.compile(rf" ((?![{UPPER}]\w* [{UPPER}])[{UPPER}][\w]+ [a-zà-ỹđ]+)(?![\w])")
"""The second part of a name: `Khoa Gây mê – ⟨Hồi sức⟩ ngoại`."""
_PARTS = re.compile(
    rf", (?!(?:Bộ|Sở|Cục|Tổng cục|UBND|HĐND|Trường|Đại học|ĐH|Viện|Công an|TP|Ban|Hội) )[{UPPER}][^,;.:()\n]{{2,32}} (?:và|&|and) [{UPPER}]"
)


def _inside_body(text: str, start: int, end: int, limit: int) -> bool:
    """Return whether a dash or comma joins two parts of a name: `Ban Kinh tế - Ngân sách`, `Bộ Văn hóa, Thể thao và Du lịch`."""
    if text[start:end] == ",":
        if all(text.find(joint, end, limit) < 0 for joint in _JOINTS):
            return False
        if fields := _FIELDS.match(text, end, limit):
            listed = fields[1].replace(" và ", ",").split(",")
            first = _BODY_BEFORE.search(text, max(0, start - 60), start)
            known = all(word.strip() in _TRADES or is_word(word.strip()) for word in listed)
            return first is not None and known and verb_role(text, end + 1) is None
        parts = _PARTS.match(text, start, limit)
        return parts is not None and not head_end(text, end + 1) and not HONORIFIC.match(text, end + 1)
    if text[start:end] == "–":
        part = _PART.match(text, end, limit)
        if part and is_word(part[1]) and not head_end(text, part.start(1)):
            return _BODY_BEFORE.search(text, max(0, start - 60), start) is not None
        return _is_field(text, start, end, limit) or (
            _ABBREVIATIONS.search(text, max(0, start - 9), start) is not None
            and _ABBREVIATION.match(text, end) is not None
        )
    if "-" not in text[start:end]:
        return False
    after = _after_spaces(text, end)
    if text.startswith(("PV", "Ảnh", "ẢNH"), after):
        return False
    if _FIELD.match(text, after, limit):
        return _is_field(text, start, end, limit)
    return text[after : after + 1].isupper() and not head_end(text, after) and not HONORIFIC.match(text, after)


def _is_field(text: str, start: int, end: int, limit: int) -> bool:
    """Return whether a dash joins a field of work to a body named before it: `Trường Kinh tế - ⟨luật⟩`."""
    after = _after_spaces(text, end)
    field = _FIELD.match(text, after, limit)
    if field is None or verb_role(text, after) is not None or not (is_word(field[1]) or field[1] in _TRADES):
        return False
    return _BODY_BEFORE.search(text, max(0, start - 60), start) is not None


def _after_spaces(text: str, at: int) -> int:
    return _SPACES.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
