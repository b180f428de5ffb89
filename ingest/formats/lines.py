"""Lines of a page to paragraphs: what the layout broke is joined, what repeats on every page is left out."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.syllables import is_syllable

__all__ = ["Line", "paragraphs"]

EDGE = 2
"""Lines at the top and bottom of a page among which headers and footers are looked for."""
HYPHEN = "\x02"
"""How PDFium writes a hyphen at the end of a line."""

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:trang|page|tr\.?|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…:;”\")\]]\s*$")
_ITEM = re.compile(r"(?:[-–•*+▪●]\s|\(?\d{1,2}[.)]\s|[a-zđ]\)\s)")
_BROKEN = re.compile(r"([^\W\d_]+)[-\x02]$")
_NEXT = re.compile(r"[^\W\d_]+")


class Line(NamedTuple):
    """A line of a page in points from its lower left corner; `first` is the width of its first word."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    first: float

    @property
    def height(self) -> float:
        """Points from bottom to top."""
        return self.top - self.bottom


def paragraphs(pages: Sequence[list[Line]]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of all pages, one paragraph a line, and `(offset, page)` where each page begins in it."""
    pages = _without_running(pages)
    words = Counter(
        w for page in pages for line in page for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.casefold())
    )
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    last: Line | None = None
    for number, page in enumerate(pages, 1):
        gap = _usual_gap(page)
        for position, line in enumerate(page):
            glue = _glue(last, line, page, gap, turned=position == 0, words=words) if last else ""
            if glue == HYPHEN:
                parts[-1], length, glue = parts[-1][:-1], length - 1, ""
            elif last and glue != "\n" and parts[-1].endswith(HYPHEN):
                parts[-1] = parts[-1][:-1] + "-"
                glue = ""
            elif parts and parts[-1].endswith(HYPHEN):
                parts[-1] = parts[-1][:-1] + "-"
            parts.append(glue)
            length += len(glue)
            if position == 0:
                starts.append((length, number))
            parts.append(line.text)
            length += len(line.text)
            last = line
    return "".join(parts).replace(HYPHEN, "-"), starts


def _without_running(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers, and without lines at their edges that stand on half of the pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line) for line in [*page[:EDGE], *page[-EDGE:]]})
    often = max(2, len(pages) // 2)
    running = {shape for shape, count in edges.items() if count >= often} if len(pages) > 2 else set()
    kept = []
    for page in pages:
        last = len(page) - 1
        kept.append(
            [
                line
                for n, line in enumerate(page)
                if not (
                    (n < EDGE or n > last - EDGE)
                    and (_shape(line) in running or (n in {0, last} and last and _PAGE_NUMBER.fullmatch(line.text)))
                )
            ]
        )
    return kept if any(kept) else list(pages)


def _shape(line: Line) -> str:
    return _DIGITS.sub("0", line.text).casefold()


def _usual_gap(page: list[Line]) -> float:
    gaps = [above.bottom - below.top for above, below in pairwise(page) if above.bottom > below.bottom]
    return median(gaps) if gaps else 0.0


def _glue(last: Line, line: Line, page: list[Line], gap: float, *, turned: bool, words: Counter[str]) -> str:
    """Return what stands between two lines: a space, a line feed, nothing, or the hyphen that is to go."""
    turned = turned or line.bottom > last.bottom + last.height  # the next page or column
    taller = abs(line.height - last.height) > 0.15 * max(line.height, last.height, 1)
    if taller or _ITEM.match(line.text):
        return "\n"
    if turned:
        if _ENDS.search(last.text) or line.text[:1].isupper():
            return "\n"
    else:
        apart = last.bottom - line.top > gap + 0.4 * line.height
        indented = line.left > last.left + 0.8 * line.height and _ENDS.search(last.text) is not None
        edge = max((o.right for o in page if abs(o.left - last.left) < 3 * last.height), default=last.right)
        fitted = last.right + line.first + 0.35 * line.height < edge
        if apart or indented or fitted:
            return "\n"
    return _hyphen(last.text, line.text, words)


def _hyphen(above: str, below: str, words: Counter[str]) -> str:
    """Return how a line joins the next: a word broken in two is made one, a compound (`Bà Rịa-Vũng Tàu`) keeps its hyphen."""
    broken, rest = _BROKEN.search(above), _NEXT.match(below)
    if not broken or not rest:
        return " "
    first, second = broken[1].casefold(), rest[0].casefold()
    if not rest[0][0].islower() or words[f"{first}-{second}"] > words[first + second]:
        return ""
    if words[first + second] or not (is_syllable(first) and is_syllable(second)):
        return HYPHEN
    return ""
