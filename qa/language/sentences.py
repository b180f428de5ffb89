"""Where sentences end, and the clauses and list items of long ones; Vietnamese and English alike."""

import re
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["LONGEST", "is_abbreviation", "split_clauses", "split_sentences"]

LONG = 300
"""Characters up to which a clause is left whole."""
LONGEST = 600
"""Characters no clause exceeds: the limit of a quotation."""
REMEMBERED = 8000
"""Characters of a line whose sentences are remembered."""

_STOP = re.compile(r"[.!?…]+[\"”’»)\]']*")
_TOKEN = re.compile(r"[\w.]+$")
_MEASURED = re.compile(r"\d ?(?:m|g|l|h|ha|kg|km|cm|mm)$")
_OPENING = " \t\u00a0\"“‘'«([–—-"

# Always followed by the name or number they belong to, so a capital after them begins nothing; a pattern of whole words.
_TITLES = re.compile(
    "tp|tx|tt|q|p|h|ts|ths|th|gs|pgs|bs|bscki|bsckii|ks|cn|cv|ncs|nsnd|nsưt|c|tr|st|mr|mrs|ms|dr|prof|gen|lt|col|sgt|capt"
    "|sen|rep|gov|no|vol|jan|feb|mar|apr|aug|sept|sep|oct|nov|dec|vs"
)
_LOWER_TITLES = re.compile("tp|tx|gs|pgs|ts|ths|bs|vs")  # these stand in small letters too; `gen`, `sen` are words
# Words that begin a sentence often enough to end one after an initial (`Bùi Văn T. Theo …`, `in the U.S. The …`).
_STARTERS = re.compile(
    "theo|sau|trước|trong|tại|tuy|nhưng|và|khi|do|đây|đó|ông|bà|anh|chị|cô|ngày|năm|hiện|ngoài|với|để|nếu|các|những|một|từ"
    "|ở|bên|cùng|vì|the|a|an|in|on|at|he|she|it|they|we|but|and|after|before|this|that|his|her|their"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of every sentence of `text`, in order, trimmed of white space.

    A line feed always ends a sentence. Together the spans hold every character that is not white space. Abbreviations,
    initials, decimals, dates and addresses do not end one; a stop whose space was lost (`nước.Phát biểu`) does.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for line in text.split("\n"):
        spans += [(begin + start, begin + end) for start, end in _sentences_of(line)]
        begin += len(line) + 1
    return spans


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the clauses or list items of the sentence `text[start:end]` as `(start, end)` into `text`.

    Cut at `;`, after a `:` that opens a list, and after `, ` where a piece is still over 300 characters. A piece is never
    empty and at most 600 characters; without any mark it is cut between words. Semicolons are left out.
    """
    pieces = []
    for piece in _cut(text, start, end, _list_cuts(text, start, end)):
        cuts = [] if piece[1] - piece[0] <= LONG else _packed(text, *piece, _COMMA)
        for shorter in _cut(text, *piece, cuts):
            words = [] if shorter[1] - shorter[0] <= LONGEST else _packed(text, *shorter, _SPACE)
            pieces.extend(_cut(text, *shorter, words))
    return [final for piece in pieces or [(start, end)] for final in _chopped(text, *piece)]


_COMMA = re.compile(r",(?=\s)")
_SPACE = re.compile(r"\s+")
_LIST_MARK = re.compile(r";|:(?=\s)")


def _sentences_of(line: str) -> Sequence[tuple[int, int]]:
    """Return the sentences of a line; those of the last lines are remembered, for each step of reading an article asks for them."""
    return _remembered(line) if len(line) <= REMEMBERED else _split_line(line)


@lru_cache(maxsize=256)
def _remembered(line: str) -> tuple[tuple[int, int], ...]:
    return tuple(_split_line(line))


def _split_line(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start, stop = 0, len(line)
    for mark in _STOP.finditer(line):
        if _ends(line, start, mark, stop):
            _add(line, start, mark.end(), spans)
            start = mark.end()
    _add(line, start, stop, spans)
    return spans


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends(text: str, start: int, mark: re.Match[str], stop: int) -> bool:
    """Return whether the stop `mark` ends the sentence that began at `start` of a line that ends at `stop`."""
    after = mark.end()
    if after >= stop:
        return True
    spaced = text[after].isspace()
    head = after
    while head < stop and text[head] in _OPENING:
        head += 1
    if head >= stop:
        return False  # nothing but marks follows: they belong to this sentence
    follow = text[head]
    if not (follow.isupper() or (follow.isdigit() and spaced)):
        return False
    if mark[0][0] != "." or mark[0].startswith(".."):
        return spaced or _begins(text, head, stop)
    return _full_stop(text, start, mark.start(), head, stop, spaced=spaced or head > after)


def _full_stop(text: str, start: int, dot: int, head: int, stop: int, *, spaced: bool) -> bool:
    """Decide on a single full stop before the capital or digit at `head`."""
    found = _TOKEN.search(text, max(start, dot - 24), dot)
    token = found[0] if found else ""
    word = token.rsplit(".", 1)[-1]
    if token.lower() in {"v.v", "etc"}:
        return True
    if not spaced:
        measured = _MEASURED.search(text, max(start, dot - 8), dot) is not None
        return (measured or _closes(token, word)) and _begins(text, head, stop, after=word)
    if found and found.start() <= start + 1 and (word.isdigit() or len(word) == 1) and len(token) <= 3:
        return False  # `1. Kết quả`, `a. …`: the number of a list item
    if _is_title(word):
        return False
    initial = len(word) == 1 and (word.isupper() or "." in token)
    return not initial or _STARTERS.fullmatch(_next_word(text, head, stop).lower()) is not None


def is_abbreviation(word: str) -> bool:
    """Return whether a full stop behind this word most likely belongs to it: `TP.`, `GS.`, an initial."""
    return len(word) == 1 or _is_title(word)


def _is_title(word: str) -> bool:
    return (_LOWER_TITLES if word.islower() else _TITLES).fullmatch(word.lower()) is not None


def _closes(token: str, word: str) -> bool:
    """Return whether `word` can end a sentence whose next one follows without a space."""
    if token.startswith("www") or _is_title(word):
        return False
    return len(word) > 3 or word.isdigit() or (len(word) > 1 and not word.isupper()) or not word


def _begins(text: str, head: int, stop: int, *, after: str = "ạ") -> bool:
    """Return whether a sentence begins at `head` although no space stands before it, right behind the word `after`."""
    word = _next_word(text, head, stop)
    if len(word) == 1:
        return word in "ỞÔÝAÁIU" and head + 1 < stop and text[head + 1].isspace()
    if word[1:].islower():
        return True
    return word.isupper() and (len(word) > 3 or not after.isascii())


def _next_word(text: str, head: int, stop: int) -> str:
    end = head
    while end < min(stop, head + 24) and text[end].isalnum():
        end += 1
    return text[head:end]


def _list_cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the `(end of left, start of right)` cuts at semicolons and before lists."""
    semicolon = text.rfind(";", start, end)
    last_comma = [m.start() for m in _COMMA.finditer(text, start, end)][-2:]
    cuts = []
    for mark in _LIST_MARK.finditer(text, start, end):
        if mark[0] == ";":
            cuts.append(mark.span())
        elif semicolon > mark.start() or (len(last_comma) == 2 and last_comma[0] > mark.start()):
            cuts.append((mark.end(), mark.end()))
    return cuts


def _packed(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return cuts after some of the marks, so that pieces are as long as fits into `LONG` characters."""
    cuts: list[tuple[int, int]] = []
    begin, last = start, start
    for found in mark.finditer(text, start, end):
        if found.end() - begin > LONG and last > begin:
            cuts.append((last, last))
            begin = last
        last = found.end()
    if end - begin > LONG and last > begin:
        cuts.append((last, last))
    return cuts


def _cut(text: str, start: int, end: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for left, right in [*cuts, (end, end)]:
        _add(text, start, left, spans)
        start = right
    return spans


def _chopped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Chop what has neither marks nor spaces at the longest length allowed."""
    spans: list[tuple[int, int]] = []
    for begin in range(start, end, LONGEST):
        _add(text, begin, min(begin + LONGEST, end), spans)
    return spans
