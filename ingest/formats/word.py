"""DOCX: paragraphs, tables and notes in the order they are read."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.formats.opened import Opened
from ingest.records import Place, Record, repaired, with_title

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARTS = 10_000
"""Files in the largest document that is taken."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIPPED = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr"})


def read(opened: Opened) -> Iterator[Record]:
    """Yield the article of a document; deleted text is left out, a note follows the paragraph that refers to it.

    The day a document was made is not the day its article was published, so that stays open.

    Raises:
        ArticleError: It is protected, damaged, too large, or has no text.
    """
    data = opened.whole()
    if data.startswith(OLE):
        raise opened.refuse(
            "the document is password-protected, or an old .doc by another name",
            hint="Open it in Word or LibreOffice and save it as .docx without a password.",
        )
    _check(data, opened)
    paragraphs, title = _content(data, opened)
    text, places = "", []
    pieces = []
    length = 0
    for number, words in paragraphs:
        if words.strip():
            places.append(Place(length, "paragraph", number))
            pieces.append(words.strip())
            length += len(pieces[-1]) + 1
    text = "\n".join(pieces)
    if not any(c.isalnum() for c in text):
        raise opened.refuse("the document has no text", hint="Scanned pages need text recognition (OCR) first.")
    if len(text) > opened.limits.article_bytes:
        raise opened.refuse(f"the text has more than the {opened.limits.article_bytes / 1e6:g} MB that are taken")
    known = title if title and _bare(title) in _bare(text[:5000]) else None
    yield with_title(repaired(Record(text, title=known, places=tuple(places)), name=opened.name))


def _check(data: bytes, opened: Opened) -> None:
    """Look at the table of contents before anything is unpacked.

    Raises:
        ArticleError: It is no archive, protected, or unpacks to too much.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as exc:
        raise opened.refuse("the document is damaged: it is no .docx archive") from exc
    size = sum(part.file_size for part in parts)
    if (
        len(parts) > PARTS
        or size > max(opened.limits.whole_bytes, 1)
        or any(_packed_too_well(part, opened) for part in parts)
    ):
        raise opened.refuse(f"the document unpacks to {size / 1e6:.0f} MB, more than a document does")
    if any(part.flag_bits & 1 for part in parts):
        raise opened.refuse("the document is password-protected", hint="Save it without a password.")


def _packed_too_well(part: zipfile.ZipInfo, opened: Opened) -> bool:
    return part.file_size > 1_000_000 and part.file_size > opened.limits.ratio * max(part.compress_size, 1)


def _content(data: bytes, opened: Opened) -> tuple[list[tuple[int, str]], str | None]:
    """Return the numbered paragraphs of a document, and its title where its properties or a style name one."""
    import docx  # here: it takes a moment to load, and few files need it
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(data))
        notes = _notes(document.part)
        paragraphs = list(_paragraphs(document.element.body, notes))
        title = (document.core_properties.title or "").strip() or None
    except (OpcError, etree.LxmlError, zipfile.BadZipFile, zlib.error, *_BROKEN) as exc:
        raise opened.refuse("the document is damaged: a part of it is missing or cannot be read") from exc
    return paragraphs, title


_BROKEN = (
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
)
"""How python-docx, which trusts its files, fails on parts that are missing or of another kind."""


def _paragraphs(body: "_Element", notes: dict[tuple[str, str], str]) -> Iterator[tuple[int, str]]:
    """Yield `(number, text)` of each paragraph in the order of the file; the cells of a row are one, parted by tabs."""
    number = 0
    row: list[str] | None = None
    for event, node in _walk(body):
        if node.tag == f"{_W}tr":
            if event == "start" and row is None:
                row = []
            elif event == "end" and row is not None and not any(a.tag == f"{_W}tr" for a in node.iterancestors()):
                yield number, "\t".join(filter(None, row))
                row = None
        elif node.tag == f"{_W}p" and event == "start":
            number += 1
            words, cited = _words(node, notes)
            if row is not None:
                row.append(" ".join([words.strip(), *cited]).strip())
                continue
            yield number, words
            for note in cited:
                yield number, note


def _walk(body: "_Element") -> "Iterator[tuple[str, _Element]]":
    from lxml import etree  # as above

    skipped = 0
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if node.tag in _SKIPPED:
            skipped += 1 if event == "start" else -1
        elif not skipped:
            yield event, node


def _words(paragraph: "_Element", notes: dict[tuple[str, str], str]) -> tuple[str, list[str]]:
    """Return the text of one paragraph, without those of text boxes in it, and the notes it refers to."""
    parts: list[str] = []
    cited: list[str] = []
    inner = 0
    for event, node in _walk(paragraph):
        if node.tag == f"{_W}p" and node is not paragraph:
            inner += 1 if event == "start" else -1
        if event == "end" or inner:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _TEXT:
            parts.append(_TEXT[node.tag])
        elif node.tag in {f"{_W}footnoteReference", f"{_W}endnoteReference"}:
            cited.append(notes.get((node.tag[len(_W) :][:-9], node.get(f"{_W}id") or ""), ""))
    return "".join(parts), [note for note in cited if note]


def _notes(part: Any) -> dict[tuple[str, str], str]:  # python-docx's parts have no public type
    """Return the footnotes and endnotes by kind and id."""
    from docx.oxml import parse_xml  # as above

    found = {}
    for relation in part.rels.values():
        kind = relation.reltype.removeprefix(_NOTES).removesuffix("s")
        if kind in {"footnote", "endnote"} and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iter(f"{_W}{kind}"):
                words = " ".join(_words(p, {})[0].strip() for p in note.iter(f"{_W}p"))
                found[kind, note.get(f"{_W}id") or ""] = words.strip()
    return found


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
