"""PDF: the text layer, page by page."""

import re
import threading
from collections.abc import Iterator
from typing import Any

from ingest.formats.lines import Line, paragraphs
from ingest.formats.opened import Opened
from ingest.records import Place, Record, repaired, with_title

__all__ = ["read"]

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not made for threads."""
_BREAK = re.compile("\r\n|[\r\n]|(?<=\ufffe)")
"""PDFium writes U+FFFE for a hyphen at the end of a line, and no break after it."""
_WORD = re.compile(r"\S+")
_NAMELESS = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")


def read(opened: Opened) -> Iterator[Record]:
    """Yield the article of a PDF; lines are joined to paragraphs, headers and footers that repeat are left out.

    The day a file was made is not the day its article was published, so that stays open; the title of its properties is
    believed where it stands on the first page.

    Raises:
        ArticleError: It is protected, damaged, has too many pages, or no text layer.
    """
    import pypdfium2  # here, because it loads a shared library of 8 MB

    data = opened.whole()
    if b"%PDF-" not in data[:1024]:
        raise opened.refuse("this is not a PDF")
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as exc:
            raise _refused(str(exc), opened) from exc
        try:
            pages, pictures = _pages(document, opened)
            title = " ".join((document.get_metadata_value("Title") or "").split())
        except pypdfium2.PdfiumError as exc:
            raise opened.refuse(f"the PDF is damaged: {exc}") from exc
        finally:
            document.close()
    yield _record(pages, pictures, title, opened)


def _record(pages: list[list[Line]], pictures: int, title: str, opened: Opened) -> Record:
    """Return the article on the pages.

    Raises:
        ArticleError: They have no text, or one whose letters mean nothing.
    """
    text, starts = paragraphs(pages)
    letters = sum(c.isalnum() for c in text)
    if letters < 20 and pictures:
        raise opened.refuse(
            "the pages are scanned images, without text", hint="Run text recognition (OCR) on it first."
        )
    if letters == 0:
        raise opened.refuse("the PDF has no text")
    if len(_NAMELESS.findall(text)) > 0.1 * len(text):
        raise opened.refuse("the letters of the PDF have no Unicode meaning", hint="Run text recognition (OCR) on it.")
    stands = title and title.casefold() in " ".join(text[:5000].split()).casefold()
    places = tuple(Place(start, "page", page) for start, page in starts)
    return with_title(repaired(Record(text, title=title if stands else None, places=places), name=opened.name))


def _refused(reason: str, opened: Opened) -> Exception:
    if "password" in reason.lower():
        return opened.refuse("the PDF is password-protected", hint="Save it without a password.")
    if "security" in reason.lower():
        return opened.refuse("the PDF is protected in a way that cannot be opened", hint="Print it to a new PDF.")
    return opened.refuse("the PDF is damaged and cannot be opened")


def _pages(document: Any, opened: Opened) -> tuple[list[list[Line]], int]:  # pypdfium2 is not typed
    """Return the lines of each page, and how many pages have no text but a picture.

    Raises:
        ArticleError: There are too many pages or too much text.
    """
    count = len(document)
    if count > opened.limits.pages:
        raise opened.refuse(f"the PDF has {count} pages, more than the {opened.limits.pages} that are taken")
    pages, pictures, length = [], 0, 0
    for number in range(count):
        page = document[number]
        shown = page.get_textpage()
        text = shown.get_text_range()
        length += len(text)
        if length > opened.limits.article_bytes:
            raise opened.refuse(f"the text has more than the {opened.limits.article_bytes / 1e6:g} MB that are taken")
        pages.append([_line(shown, text, start, end) for start, end in _spans(text)])
        if not text.strip():
            pictures += any(True for _ in page.get_objects(filter=[3], max_depth=3))  # 3: FPDF_PAGEOBJ_IMAGE
        shown.close()
        page.close()
    return pages, pictures


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end, after in [*(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))]:
        bare = text[start:end].strip()
        if bare:
            begin = text.index(bare, start)
            yield begin, begin + len(bare)
        start = after


def _line(shown: Any, text: str, start: int, end: int) -> Line:  # as above
    """Return one line with its box; `first` is the width of its first word."""
    words = text[start:end].replace("\ufffe", "\x02")
    word = _WORD.match(text, start, end)
    last = min(end, shown.count_chars()) - 1
    if last < start:
        return Line(words, 0, 0, 0, 0, 0)
    left, bottom, right, top = shown.get_charbox(start, loose=True)
    edge = shown.get_charbox(last, loose=True)[2] if last > start else right
    inner = shown.get_charbox(min(word.end() - 1, last), loose=True)[2] if word else right
    return Line(words, left, bottom, max(edge, left), top, max(inner - left, 0))
