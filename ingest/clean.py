"""Scraping dirt comes off; what is left stands in the file, word for word.

Within one block the clean text, white space aside, is a contiguous slice of the raw text in NFC. So whatever is taken off
stands at the edge of a block; taken from the middle of a paragraph, it makes two blocks of it. Zero-width characters and
soft hyphens go at the edges of lines and stay within them, where words are matched without them. The one exception are
control characters, marks that turn the reading direction and lone surrogates: they go wherever they stand.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from ingest.traced import TracedText
from qa.language.forms import ZERO_WIDTH
from qa.language.sentences import split_sentences
from qa.schema import Block, BlockKind

__all__ = ["Cleaned", "clean"]

LONGEST_TITLE = 200
"""Characters of the longest first line that is taken for a title."""
LONGEST_CAPTION = 400
"""Characters of the longest line that is a caption as a whole."""
MOST_MARKS = 500
"""Places at which one line is parted, of each kind; what has more is no article, and stays as it is from there on."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_EDGE = f" {ZERO_WIDTH}"
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_RULE = re.compile(r"(?:[-–—=_*~•·#+.]\s?){3,}")
_URL = re.compile(r"(?:(?:nguồn|link|url|source)\s*:\s*)?<?(?P<url>(?:https?://|www\.)\S+?)>?", re.IGNORECASE)
_MARKER = re.compile(r"left\s?center\s?right\s?del\s*", re.IGNORECASE)
_LINK = re.compile(
    r"[\[【][^\[\]]{3,300}[\]】]|(?:>>|»|▶|►|☛).{1,300}|(?:xem thêm|đọc thêm|mời xem|read more|see also)\s*:.{1,400}",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:(?:các |những )?(?:tin|bài)(?: viết)? (?:cùng chuyên mục|cùng chủ đề|khác|liên quan|mới(?: nhất| hơn)?|cũ hơn|đọc nhiều)"
    r"|xem thêm|đọc thêm|có thể bạn quan tâm|từ khóa|chia sẻ|bình luận|tags?"
    r"|(?:related|other|more|latest) (?:news|articles|stories)|read more|see also)\s*[:.…]*",
    re.IGNORECASE,
)
_AGENCY = r"(?:[^()\n]*(?:[A-ZĐ]{2}|\+|\.vn|\.com|(?:[Tt]heo|[Nn]guồn|[Tt]ổng hợp|[Bb]áo|By)\b)[^()\n]*)"
_BYLINE = re.compile(
    rf"\({_AGENCY}\)|(?:Tin|Bài|Ảnh|Clip|Video|Theo)(?:,? (?:và |& )?(?:tin|bài|ảnh|clip|video))+\s*:.{{1,60}}"
    r"|(?:Nguồn(?: tin)?|Tác giả|Thực hiện|Biên tập|PV|By|Source)\s*:\s*.{1,60}|(?:Tin|Bài)\s*:\s*.{1,60}"
)
_NAME = r"[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]\w*\.?"
_PERSON = re.compile(
    rf"(?:Theo )?{_NAME}(?:(?:\s*[-–&,]\s*|\s)(?:{_NAME}|và)){{0,5}}(?<!\w\w\.)(?:\s*\([^()]{{2,40}}\))?"
)
_AGENCY_END = re.compile(rf"(?<=[.!?…\"”/])\s*\((?!\s*[Ảả]nh|\s*[Pp]hoto){_AGENCY}\)\s*$")
_DAY = (
    r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{4}-\d\d-\d\d|\d{1,2} tháng \d{1,2},? năm \d{4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
)
_TIME = r"(?:[\s,|T–-]*\d{1,2}\s?[:hg]\s?\d{0,2}(?:[:]\d\d)?\s*(?:[AP]M)?)?"
_HEADER = re.compile(
    rf"(?:(?:published|updated|posted|ngày đăng|đăng ngày|đăng lúc|cập nhật|xuất bản|thời gian)\s*(?:lúc|on|at)?\s*:?\s*)?"
    rf"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[\s,]*)?(?:ngày\s+)?{_TIME}[\s,|-]*{_DAY}{_TIME}"
    r"[\s,|]*(?:\(?(?:GMT|UTC)\s?[+-]?\s?\d*(?::\d\d)?\)?)?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\((?:[Ảả]nh|ẢNH|Nguồn ảnh|[Pp]hoto|[Hh]ình)(?:(?:\s+minh h[oọ]a)?\s*:|\s+(?=minh h|[A-ZĐ]))[^()]{0,120}(?:\([^()]{0,60}\)[^()]{0,60})?\)\.?"
)
_CREDIT_END = re.compile(r"(?:^|[-–.,;”\"\s])\s*(?:[Ảả]nh|ẢNH|Photo)\s*:\s*[^:!?]{1,70}$")
_NUMBERED = re.compile(r"\s*[ảẢ]nh\s*\d{1,3}\s*")
_HOLE = re.compile(
    r"(?<!\w)(?:có|gồm|gồm có|là|của|với|bởi|do|các ông|các bà|đồng chí|các đồng chí|by|were|was|included?|including)\s*:?\s+\.(?![.\w])",
    re.IGNORECASE,
)
_END_MARK = re.compile(r"/\s?\.(?=[\s(]|$|[A-ZÀ-ÝĂĐĨŨƠƯ])")
_COMMA = re.compile(r"[,;](?<=\w[,;])(?=[^\W\d_])|[,;](?<=\w\s[,;])(?=\s|[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without its dirt, and what was taken off.

    Attributes:
        text: Clean text in NFC, blocks joined by one line feed each.
        blocks: As `Article.blocks`; a title is the first.
        origins: As `Article.origins`.
        url: The address above the title, or None.
        title: The text of the title block, or None.
        bylines: Tails that name an author, outlet or agency, as they stood.
        header: Lines that say when it was published, as they stood.
    """

    text: str
    blocks: tuple[Block, ...]
    origins: tuple[tuple[int, int, int], ...]
    url: str | None = None
    title: str | None = None
    bylines: tuple[str, ...] = ()
    header: tuple[str, ...] = ()


_Taken = dict[str, list[str]]


class _Line(NamedTuple):
    """One line or piece of one; `gap` says whether a blank line stands before it."""

    text: TracedText
    gap: bool = False
    kind: BlockKind = BlockKind.BODY

    @property
    def words(self) -> str:
        return self.text.text


def clean(raw: str) -> Cleaned:
    """Take the scraping dirt off `raw`, any text at all; see the module for what is promised."""
    taken: _Taken = {"url": [], "bylines": [], "header": []}
    lines = list(_lines(TracedText(raw).drop(_INVISIBLE).nfc()))
    lines = list(_without_bylines(list(_without_marks(lines, taken)), taken))
    title = _title(lines)
    pieces = [piece for line in lines[title is not None :] for piece in _pieces(line, title)]
    if title is not None:
        pieces = [lines[0]._replace(kind=BlockKind.TITLE), *(p for p in pieces if p.words != title)]
    pieces = _once(pieces)
    blocks, start = [], 0
    for piece in pieces:
        blocks.append(Block(piece.kind, start, start + len(piece.text)))
        start += len(piece.text) + 1
    whole = TracedText.join([p.text for p in pieces])
    url = next(iter(taken["url"]), None)
    bylines, header = tuple(taken["bylines"]), tuple(taken["header"])
    return Cleaned(whole.text, tuple(blocks), whole.origins, url, title, bylines, header)


def _lines(whole: TracedText) -> Iterator[_Line]:
    start, gap = 0, False
    for end, after in [*(m.span() for m in _BREAK.finditer(whole.text)), (len(whole), len(whole))]:
        line = whole.keep(start, end).collapse()
        bare = line.text.strip(_EDGE)
        if bare != line.text:
            at = line.text.find(bare)
            line = line.keep(at, at + len(bare))
        if line.text:
            yield _Line(line, gap)
        gap = not line.text
        start = after


def _without_marks(lines: list[_Line], taken: _Taken) -> Iterator[_Line]:
    """Yield the lines that are text, with what follows a picture's mark as a caption."""
    caption = False
    last_prose = max((i for i, line in enumerate(lines) if len(line.words) > 199 or line.words[-1] in ".…"), default=-1)
    for number, line in enumerate(lines):
        words = line.words
        if address := _URL.fullmatch(words):
            taken["url"].append(address["url"])
        elif number < 8 and len(words) < 100 and _HEADER.fullmatch(words):
            taken["header"].append(words)
        elif (tail := _TAIL.fullmatch(words)) and number > last_prose:
            return  # only headlines of other articles follow
        elif not (tail or _RULE.fullmatch(words) or _LINK.fullmatch(words)):
            if mark := _MARKER.match(words):
                caption = True
                line = line._replace(text=line.text.keep(mark.end(), len(words)))
            if line.text.text:
                yield line._replace(kind=BlockKind.CAPTION) if caption else line
                caption = False


def _without_bylines(lines: list[_Line], taken: _Taken) -> Iterator[_Line]:
    """Yield the lines without those that only name who wrote them, and without agencies behind the last stop."""
    for number, line in enumerate(lines):
        words = line.words
        ends = number > 1 and " " in words and all(after.gap for after in lines[number + 1 : number + 2])
        if number > 0 and len(words) < 100 and (_BYLINE.fullmatch(words) or (ends and _PERSON.fullmatch(words))):
            taken["bylines"].append(words)
            continue
        if words[-1] == ")" and (agency := _AGENCY_END.search(words, max(0, len(words) - 80))):
            taken["bylines"].append(agency[0].strip())
            line = line._replace(text=line.text.keep(0, agency.start()))
        yield line


def _title(lines: list[_Line]) -> str | None:
    first = lines[0].words if len(lines) > 1 and lines[0].kind is BlockKind.BODY else ""
    if not 0 < len(first) <= LONGEST_TITLE or (first[-1] in ".:;," and not first.endswith("...")):
        return None
    return None if _CREDIT.search(first) or _CREDIT_END.search(first) else first


def _pieces(line: _Line, title: str | None) -> Iterator[_Line]:
    """Yield the blocks of one line: captions, holes and text apart, repeated titles and end marks gone."""
    words = line.words
    marked = "/" in words or "(" in words or " ." in words or ":" in words[-80:] or (title and title in words)
    if line.kind is BlockKind.BODY and not marked:
        yield line._replace(text=_spaced(line.text))  # most lines: nothing to part
        return
    for part in _at_end_marks(line):
        for piece in _at_numbered(part, title):
            for block in _at_credits(piece):
                for whole in _at_holes(block):
                    text = whole.text.collapse()
                    if text.text:
                        yield whole._replace(text=_spaced(text))


def _at_end_marks(line: _Line) -> Iterator[_Line]:
    start = 0
    for mark in islice(_END_MARK.finditer(line.words), MOST_MARKS):
        yield _cut(line, start, mark.start())
        start = mark.end()
    yield _cut(line, start, len(line.words))


def _at_numbered(line: _Line, title: str | None) -> Iterator[_Line]:
    """Part a line at each repeated title with `ảnh 1` behind it; a caption follows."""
    start, kind, found = 0, line.kind, line.words.find(title) if title else -1
    while title and found >= 0:
        if mark := _NUMBERED.match(line.words, found + len(title)):
            yield from _captioned(line, start, found, kind)
            start, kind = mark.end(), BlockKind.CAPTION
        found = line.words.find(title, found + len(title))
    yield from _captioned(line, start, len(line.words), kind)


def _captioned(line: _Line, start: int, end: int, kind: BlockKind) -> Iterator[_Line]:
    """Yield `line[start:end]`; of a caption, only up to its credit or first stop is one when more follows."""
    piece = _cut(line, start, end)._replace(kind=kind)
    credit = _CREDIT.search(piece.words, 0, LONGEST_CAPTION) if kind is BlockKind.CAPTION else None
    edge = credit.end() if credit else len(piece.words)
    if kind is BlockKind.CAPTION and not credit and (start or len(piece.words) > LONGEST_CAPTION):
        edge = next((e for _, e in split_sentences(piece.words[: 4 * LONGEST_CAPTION])), edge)
    yield _cut(piece, 0, edge)
    yield _cut(piece, edge, len(piece.words))._replace(kind=BlockKind.BODY)


def _at_credits(line: _Line) -> Iterator[_Line]:
    """Part a line around each `(Ảnh: …)`: the sentence before it and the credit are a caption."""
    marks = list(islice(_CREDIT.finditer(line.words), MOST_MARKS)) if line.kind is BlockKind.BODY else []
    if marks:
        yield from _parted(line, marks, BlockKind.CAPTION)
    elif len(line.words) <= LONGEST_CAPTION and ":" in line.words and _CREDIT_END.search(line.words):
        yield line._replace(kind=BlockKind.CAPTION)
    else:
        yield line


def _at_holes(line: _Line) -> Iterator[_Line]:
    """Part a line around each sentence whose content was lost."""
    may = line.kind is BlockKind.BODY and " ." in line.words
    holes = list(islice(_HOLE.finditer(line.words), MOST_MARKS)) if may else []
    yield from _parted(line, holes, BlockKind.HOLE) if holes else [line]


def _parted(line: _Line, marks: list[re.Match[str]], kind: BlockKind) -> Iterator[_Line]:
    """Yield the sentences that end in one of `marks` as `kind`, and what stands between them."""
    begins = [s for s, _ in split_sentences(line.words)]
    done = 0
    for mark in marks:
        inside = mark.start() - 2 if kind is BlockKind.CAPTION else mark.start()  # a credit follows its sentence
        first = max(done, begins[max(0, bisect_right(begins, inside) - 1)])
        yield _cut(line, done, first)
        yield _cut(line, first, mark.end())._replace(kind=kind)
        done = mark.end()
    yield _cut(line, done, len(line.words))


def _cut(line: _Line, start: int, end: int) -> _Line:
    return line if end - start == len(line.text) else line._replace(text=line.text.keep(start, end))


def _spaced(text: TracedText) -> TracedText:
    """Return `text` with the spaces that were lost after stops and around commas."""
    words = text.text
    edits = [(s, s, " ") for s, _ in split_sentences(words) if s and not words[s - 1].isspace()]
    for at in (m.start() for m in _COMMA.finditer(words)):
        if words[at - 1].isspace():
            edits.append((at - 1, at, ""))
        if not words[at + 1].isspace():
            edits.append((at + 1, at + 1, " "))
    return text.edit(sorted(edits))


def _once(pieces: list[_Line]) -> list[_Line]:
    """Keep captions once; a line that stands again right below itself or in the last group of lines is one."""
    last = max((i for i, p in enumerate(pieces) if p.gap), default=len(pieces))
    kept: list[_Line] = []
    seen: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        at = seen.get(piece.words)
        again = at is not None and (piece.kind is BlockKind.CAPTION or at == len(kept) - 1 or number >= last)
        if at is None or not again or len(piece.words) < 12:
            seen.setdefault(piece.words, len(kept))
            kept.append(piece)
        elif kept[at].kind is BlockKind.BODY and len(piece.words) <= LONGEST_CAPTION:
            kept[at] = kept[at]._replace(kind=BlockKind.CAPTION)
    return kept
