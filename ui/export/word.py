"""A conversation as a Word document, its quotations in real footnotes.

python-docx writes the document; footnotes it does not know, so their part is built here (ECMA-376, part 1, 17.11).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qa.schema import Answer
from ui.export.layout import Note, Paragraph, Section, laid_out, words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["docx_of"]

NOTE_TEXT, NOTE_MARK, LINK = "footnote text", "footnote reference", "Hyperlink"
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
RULES = {-1: ("separator", "w:separator"), 0: ("continuationSeparator", "w:continuationSeparator")}
"""The two notes that every document with notes has: the line above them, and that above those that go on from the page before."""


def docx_of(exchanges: Sequence[tuple[str, Answer]], *, language: str) -> bytes:
    """Return a conversation as a DOCX file.

    Args:
        exchanges: Questions as they were asked, and their answers.
        language: `vi` or `en`, of headings and dates.
    """
    from docx import Document  # a quarter of a second that only an export should pay

    document = Document()
    _prepare(document, language)
    document.add_heading(words("title", language), level=0)
    notes = _Footnotes(document)
    for section in laid_out(exchanges, language=language):
        _add_section(document, section, notes, language)
    notes.close()
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: "Document", language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    properties = document.core_properties
    properties.title, properties.author, properties.comments = words("title", language), "Hoibao", ""
    properties.language = LOCALES.get(language, "vi-VN")
    properties.created = properties.modified = datetime.now(UTC)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), properties.language)
    styles = document.styles
    styles.add_style(NOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True).font.size = Pt(9)
    styles.add_style(NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True).font.superscript = True
    link = styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True).font
    link.underline, link.color.rgb = True, RGBColor(0x05, 0x63, 0xC1)


def _add_section(document: "Document", section: Section, notes: "_Footnotes", language: str) -> None:
    document.add_heading(section.question, level=1)
    if section.understood:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{words('understood', language)} ").italic = True
        paragraph.add_run(section.understood)
    for said in section.paragraphs:
        _add_paragraph(document, said, notes)
    if section.unmarked:
        _add_paragraph(document, Paragraph((f"{words('unmarked', language)} ", *section.unmarked)), notes)


def _add_paragraph(document: "Document", said: Paragraph, notes: "_Footnotes") -> None:
    paragraph = document.add_paragraph(style="List Bullet" if said.point else None)
    for piece in said.pieces:
        if isinstance(piece, Note):
            notes.mark(paragraph, piece)
        else:
            paragraph.add_run(piece)


class _Footnotes:
    """The part of a document that holds its footnotes.

    Word numbers notes itself, in the order of their marks, which is the order they are laid out in; a note that is marked again has
    its number written there, since a second mark would make a second note of it.
    """

    def __init__(self, document: "Document") -> None:
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart

        self._document = document
        self._root = _element("w:footnotes")
        for number, (kind, rule) in RULES.items():
            self._root.append(_footnote(number, kind, _within("w:p", _within("w:r", _element(rule)))))
        name, package = PackURI("/word/footnotes.xml"), document.part.package
        self._part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, self._root, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._known: set[int] = set()

    def mark(self, paragraph: "WordParagraph", note: Note) -> None:
        """Put the mark of a note at the end of a paragraph, and the note among the others."""
        run = paragraph.add_run(str(note.number) if note.number in self._known else None, style=NOTE_MARK)
        if note.number in self._known:
            return
        self._known.add(note.number)
        run._r.append(_element("w:footnoteReference", {"w:id": str(note.number)}))
        self._root.append(_footnote(note.number, None, self._written(note)))

    def close(self) -> None:
        """Tell the settings of the document which notes are the rules."""
        from docx.oxml.ns import qn

        settings = self._document.settings.element
        told = _element("w:footnotePr")
        for number in RULES:
            told.append(_element("w:footnote", {"w:id": str(number)}))
        compat = settings.find(qn("w:compat"))  # the schema wants these before it
        settings.append(told) if compat is None else compat.addprevious(told)

    def _written(self, note: Note) -> Any:
        paragraph = self._document.add_paragraph(style=NOTE_TEXT)  # made where python-docx makes them, then moved
        paragraph.add_run(style=NOTE_MARK)._r.append(_element("w:footnoteRef"))
        paragraph.add_run(" ")
        paragraph.add_run(note.title).bold = True
        paragraph.add_run(f". {note.about}." if note.about else ".")
        paragraph.add_run(f" “{note.quote}” {note.source}")
        if note.address:
            paragraph.add_run(" ")
            paragraph._p.append(self._link(note.address, paragraph.add_run(note.address, style=LINK)._r))
        paragraph._p.getparent().remove(paragraph._p)
        return paragraph._p

    def _link(self, address: str, run: Any) -> Any:
        from docx.opc.constants import RELATIONSHIP_TYPE

        relation = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = _element("w:hyperlink", {"r:id": relation})
        link.append(run)
        return link


def _footnote(number: int, kind: str | None, paragraph: Any) -> Any:
    note = _element("w:footnote", {"w:id": str(number), **({"w:type": kind} if kind else {})})
    note.append(paragraph)
    return note


def _within(tag: str, child: Any) -> Any:
    element = _element(tag)
    element.append(child)
    return element


def _element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(name), value)
    return element
