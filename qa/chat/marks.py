"""The marks of a reply, `[3]`, in every dress that models give them; and what of a line is no text: markup, links, tags."""

import re
import unicodedata

__all__ = ["Marked", "read_line"]

Marked = list[tuple[int, tuple[int, ...]]]
"""Where marks stand in a text, each with its numbers."""

_ONES = "một hai ba bốn năm sáu bảy tám chín mười".split()
_ENGLISH = "one two three four five six seven eight nine ten".split()
_SPELLED = {w: i for names in (_ONES, _ENGLISH) for i, w in enumerate(names, 1)}
_NUMBER = rf"(?:\d{{1,3}}|(?<!\w)(?:{'|'.join(_SPELLED)})(?!\w))"
_NAMED = r"(?:\^|#|(?:câu|số|nguồn|trích dẫn|dẫn chứng|bài|đoạn|sentences?|sources?|no\.?|numbers?|cite|citations?|refs?|references?|see|xem|passages?|articles?|documents?)\s*(?:số|no\.?|:|#)?)"
_AND = r"(?:\s*(?:,|;|/|&|\+|và|and|-|–|—|đến|tới|to)\s*)"
_INSIDE = rf"(?:{_NAMED}\s*)?{_NUMBER}(?:{_AND}(?:{_NAMED}\s*)?{_NUMBER})*"
_MARK = re.compile(
    rf"\[?\[\s*(?P<inside>{_INSIDE})\s*(?:[†:|][^\]\n]{{0,40}})?\](?:\([^)\s]*\)|\](?:\([^)\s]*\))?)?"
    rf"|\(\s*(?P<round>{_NAMED}\s*{_NUMBER}(?:{_AND}(?:{_NAMED}\s*)?{_NUMBER})*)\s*\)",
    re.IGNORECASE,
)
"""`[3]`, `[3, 7]`, `[1-3]`, `[câu 3]`, `[3†nguồn]`, `[^3]`, `[[3]](#3)`, `(source 3)`."""
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|—|đến|tới|to)\s*(?:{_NAMED}\s*)?({_NUMBER})", re.IGNORECASE)
_ONE = re.compile(_NUMBER, re.IGNORECASE)
LONGEST_RANGE = 10
_BRACKETS = str.maketrans(
    {"【": "[", "】": "]", "［": "[", "］": "]", "〔": "[", "〕": "]", "⟦": "[", "⟧": "]", "〖": "[", "〗": "]"}
)
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_CIRCLED = re.compile("[\u2460-\u2473]")
_RAISED = re.compile("[⁰¹²³⁴-⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_IMAGE = re.compile(r"!\[[^\]]*\]\s*(?:\([^)]*\)?|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]]*)\]\s*\([^)]*\)")
_REFERENCE = re.compile(r"^\s*\[[^\]]*\]:\s*\S+.*$")
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>|<(?:https?:|mailto:)[^>]*>")
_POINT = re.compile(r"^\s*(?:[-*+•–·▪‣]|\d{1,2}[.)])\s+")
_DECORATION = re.compile(
    r"^\s*(?:#{1,6}\s+|>+\s*)+|\*\*|__|~~|`+|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|^\s*(?:[-*_]\s*){3,}$|^\s*\|?[\s:|-]+\|[\s:|-]*$"
)
_HIDDEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u200f") | {chr(c) for c in range(0x202A, 0x202F)}
_GAP = re.compile(r"\s+([.,;:!?…])|\(\s*\)|\s{2,}")


def read_line(line: str) -> tuple[str, Marked, bool]:
    """Return the text of a line without markup and marks, the marks with their places in that text, and whether it is a point."""
    line = _plain(line)
    if _REFERENCE.match(line):
        return "", [], False
    line = _TAG.sub(" ", _IMAGE.sub(" ", line))
    bare = _POINT.sub("", line, count=1)
    point = bare != line
    pieces: list[str] = []
    marks: Marked = []
    at = 0
    for found in _MARK.finditer(bare):
        numbers = _numbers(found["inside"] or found["round"])
        pieces.append(_undecorated(bare[at : found.start()]))
        marks.append((len(pieces), numbers))
        at = found.end()
    pieces.append(_undecorated(bare[at:]))
    text, places = "", [0]
    for piece in pieces:
        text = _closed(text, piece)
        places.append(len(text))
    return text.rstrip(), [(min(places[i], len(text.rstrip())), numbers) for i, numbers in marks], point


def _plain(line: str) -> str:
    """Return a line in NFC with plain brackets and digits, without characters that show nothing."""
    line = "".join(unicodedata.normalize("NFKC", c) if _FULL_WIDTH.match(c) else c for c in line if c not in _HIDDEN)
    line = unicodedata.normalize("NFC", line.translate(_BRACKETS))
    line = _CIRCLED.sub(lambda m: f"[{unicodedata.normalize('NFKC', m[0])}]", line)
    return _RAISED.sub(lambda m: f"[{m[0].translate(_DIGITS)}]", line)


def _undecorated(piece: str) -> str:
    return _DECORATION.sub("", _LINK.sub(r"\1", piece))


def _closed(text: str, piece: str) -> str:
    """Return a text with a piece behind it, without the gap that a mark left between words and a stop."""
    joined = text + piece
    return _GAP.sub(lambda m: m[1] or (" " if m[0].isspace() else ""), joined)


def _numbers(inside: str) -> tuple[int, ...]:
    numbers: list[int] = []
    rest = inside
    for found in _RANGE.finditer(inside):
        first, last = _value(found[1]), _value(found[2])
        if first <= last < first + LONGEST_RANGE:
            numbers += range(first, last + 1)
            rest = rest.replace(found[0], " ", 1)
    numbers += [_value(n) for n in _ONE.findall(rest)]
    return tuple(dict.fromkeys(numbers))


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _SPELLED[number.lower()]
