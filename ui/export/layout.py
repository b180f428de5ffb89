"""How a conversation lies on paper: questions, answers in paragraphs, notes numbered through in the order they are first marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.schema import Answer, BlockKind, Citation
from ui.plain import web_address
from ui.texts import Text, date_words

__all__ = ["Note", "Paragraph", "Section", "laid_out", "one_line", "words"]

WORDS = {
    "title": Text("Hỏi và đáp", "Questions and answers"),
    "understood": Text("Hiểu là:", "Understood as:"),
    "happened": Text("sự kiện", "event"),
    "published": Text("đăng", "published"),
    "caption": Text("chú thích ảnh", "caption"),
    "untitled": Text("Không có tiêu đề", "Untitled"),
    "file": Text("Tệp:", "File:"),
    "copies": Text("Cũng có ở:", "Also in:"),
    "unmarked": Text("Cũng trích từ:", "Also quoted:"),
    "notes": Text("Trích dẫn", "Evidence"),
}
POINT = "- "
"""What every line of an answer in points begins with."""
MARK = re.compile(r" ?\[(\d{1,3})\]")
BREAK = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A quotation and where it stands, each text on one line and without anything unseen.

    Attributes:
        number: From 1, through the whole conversation.
        title: Of the article.
        about: Outlet, dates, and whether it is a caption.
        quote: Word for word.
        source: The file, and those of its copies.
        address: On the web, when it is an ordinary one.
    """

    number: int
    title: str
    about: str
    quote: str
    source: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an answer: words, and the notes that prove them; a `point` is one of a list."""

    pieces: tuple[str | Note, ...]
    point: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer.

    Attributes:
        question: As it was asked.
        understood: A follow-up as it was made whole; "" when it was taken as it stands.
        paragraphs: Of the answer.
        unmarked: Notes of quotations that no mark of the answer names.
    """

    question: str
    understood: str
    paragraphs: tuple[Paragraph, ...]
    unmarked: tuple[Note, ...] = ()


def words(name: str, language: str) -> str:
    """Return the words of a heading or label in a language; Vietnamese when it is not English."""
    return WORDS[name].en if language == "en" else WORDS[name].vi


def laid_out(exchanges: Sequence[tuple[str, Answer]], *, language: str) -> list[Section]:
    """Return the sections of a conversation.

    Args:
        exchanges: Questions as they were asked, and their answers.
        language: `vi` or `en`, of labels and dates.
    """
    sections: list[Section] = []
    count = 0
    for question, answer in exchanges:
        notes: dict[int, Note] = {}
        cited = {c.marker: c for c in answer.citations}
        marked = [int(m[1]) for m in MARK.finditer(answer.text)]
        for marker in dict.fromkeys([m for m in marked if m in cited] + list(cited)):
            count += 1
            notes[marker] = _note(cited[marker], count, language)
        paragraphs = tuple(_paragraphs(answer.text, notes))
        paragraphs += (Paragraph((one_line(answer.note),)),) if answer.note else ()
        unmarked = tuple(note for marker, note in notes.items() if marker not in marked)
        sections.append(Section(one_line(question), one_line(answer.understood), paragraphs, unmarked))
    return sections


def one_line(text: str) -> str:
    """Return `text` on one line: breaks are spaces, what cannot be seen is �."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", BREAK.sub(" ", text)).strip()


def _paragraphs(text: str, notes: dict[int, Note]) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            point = line.startswith(POINT)
            yield Paragraph(tuple(_pieces(line.removeprefix(POINT) if point else line, notes)), point)


def _pieces(line: str, notes: dict[int, Note]) -> Iterator[str | Note]:
    at = 0
    line = one_line(line)
    for found in MARK.finditer(line):
        if (note := notes.get(int(found[1]))) is not None:
            if found.start() > at:
                yield line[at : found.start()]
            yield note
            at = found.end()
    if at < len(line):
        yield line[at:]


def _note(citation: Citation, number: int, language: str) -> Note:
    dates = [
        f"{words(name, language)} {getattr(date_words(value), 'en' if language == 'en' else 'vi')}"
        for name, value in (("happened", citation.event), ("published", citation.published))
        if value
    ]
    caption = [words("caption", language)] if citation.kind is BlockKind.CAPTION else []
    source = f"{words('file', language)} {citation.source}"
    if citation.copies:
        source += f" · {words('copies', language)} {', '.join(citation.copies)}"
    return Note(
        number,
        one_line(citation.title) or words("untitled", language),
        one_line(", ".join([*filter(None, [citation.outlet]), *dates, *caption])),
        one_line(citation.quote),
        one_line(source),
        web_address(citation.url),
    )
