"""A conversation as Markdown with footnotes, as GitHub, Pandoc and Obsidian read them."""

import re
from collections.abc import Sequence

from qa.schema import Answer
from ui.export.layout import Note, Paragraph, Section, laid_out, words

__all__ = ["markdown_of"]

# Whatever begins something inside a line: emphasis, code, links, images, HTML, entities, strikethrough, tables, formulas, footnotes.
SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$^{}#@]|!(?=\[)|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
# Whatever begins a block: headings, lists, quotations, rules, fences.
OPENING = re.compile(r"^(?:(?P<mark>[-+=:])|(?P<number>\d{1,9})(?=[.)]))")


def markdown_of(exchanges: Sequence[tuple[str, Answer]], *, language: str) -> str:
    """Return a conversation as Markdown; nothing in its texts is taken for markup.

    Args:
        exchanges: Questions as they were asked, and their answers.
        language: `vi` or `en`, of headings and dates.
    """
    sections = laid_out(exchanges, language=language)
    blocks = [f"# {words('title', language)}"]
    for section in sections:
        blocks += _section(section, language)
    blocks += [_footnote(note) for note in _notes(sections)]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, language: str) -> list[str]:
    blocks = [f"## {_plain(section.question)}"]
    if section.understood:
        blocks.append(f"*{words('understood', language)}* {_plain(section.understood)}")
    points: list[str] = []
    for paragraph in section.paragraphs:
        if paragraph.point:
            points.append(f"- {_written(paragraph)}")
            continue
        blocks += ["\n".join(points)] if points else []
        points = []
        blocks.append(_written(paragraph))
    blocks += ["\n".join(points)] if points else []
    if section.unmarked:
        blocks.append(f"{words('unmarked', language)} {''.join(map(_mark, section.unmarked))}")
    return blocks


def _written(paragraph: Paragraph) -> str:
    written = "".join(_mark(p) if isinstance(p, Note) else _inline(p) for p in paragraph.pieces)
    return _opened(written)


def _notes(sections: Sequence[Section]) -> list[Note]:
    found = [p for s in sections for q in s.paragraphs for p in q.pieces if isinstance(p, Note)]
    found += [note for s in sections for note in s.unmarked]
    return sorted({note.number: note for note in found}.values(), key=lambda note: note.number)


def _mark(note: Note) -> str:
    return f"[^{note.number}]"


def _footnote(note: Note) -> str:
    parts = [f"{_plain(note.title)}."]
    parts += [f"{_inline(note.about)}."] if note.about else []
    parts += [f"“{_inline(note.quote)}”", f"{_inline(note.source)}"]
    parts += [f"<{note.address}>"] if note.address else []
    return f"[^{note.number}]: {' '.join(parts)}"


def _plain(text: str) -> str:
    """Return a text that stands at the beginning of a block."""
    return _opened(_inline(text))


def _inline(text: str) -> str:
    return SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _opened(line: str) -> str:
    return OPENING.sub(lambda found: f"\\{found['mark']}" if found["mark"] else f"{found['number']}\\", line)
