"""Markdown: marks come off, words stay, and each knows where it stood."""

import re
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.encodings import decode
from ingest.formats.alignment import Aligner
from ingest.formats.days import ImplausibleDayError
from ingest.formats.fields import about
from ingest.formats.markup import fragment_text
from ingest.formats.opened import Opened
from ingest.records import Place, Record, with_title

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read"]

LONGEST = 300_000
"""Characters that are read as Markdown; a longer file is read as plain text, because some marks take long to match."""
FRONT = 16_384
"""Characters of the longest front matter."""
OPENED = 200
"""Brackets in front matter beyond which it is not read: the YAML reader takes the square of their number."""

_FRONT = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n(?P<body>(?:[^\n]*\n)*?)(?P=mark)[ \t]*(?:\n|$)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(opened: Opened) -> Iterator[Record]:
    """Yield the one article of a Markdown file, with what its front matter says.

    Raises:
        ArticleError: It is empty, too long, not text, or its front matter gives a day that cannot be.
    """
    source = decode(opened.article(), name=opened.name).text
    front = _FRONT.match(source[:FRONT])
    said = _front_matter(front["mark"], front["body"]) if front else None
    begin = front.end() if front and said is not None else 0
    text, places = _plain(source, begin)
    if not any(c.isalnum() for c in text):
        raise opened.refuse("the file has no text")
    try:
        record = about(said or {}, opened.known)
    except ImplausibleDayError as exc:
        raise opened.refuse(str(exc)) from exc
    yield with_title(
        Record(text, None, record.title, record.url, record.outlet, record.published, places=tuple(places))
    )


def _front_matter(mark: str, body: str) -> dict[str, object] | None:
    """Return the fields of YAML between `---`, or of TOML between `+++`; None when it is neither, and so text."""
    if body.count("[") + body.count("{") > OPENED:
        return None
    import yaml  # here, because few files need it

    try:
        said = tomllib.loads(body) if mark == "+++" else yaml.safe_load(body)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None
    return {str(name): value for name, value in said.items()} if isinstance(said, dict) else None


def _plain(source: str, begin: int) -> tuple[str, list[Place]]:
    if len(source) - begin > LONGEST:
        return source[begin:], [Place(0, "character", begin)]
    from markdown_it import MarkdownIt  # here, because only Markdown needs it

    above = source.count("\n", 0, begin)
    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"]).parse(source[begin:])
    aligner = Aligner(source)
    aligner.cursor = begin
    text: list[str] = []
    places: list[Place] = []
    length = 0
    for piece, first, gap in _pieces(tokens):
        if not piece.strip():
            continue
        if text:
            text.append(gap)
            length += len(gap)
        aligner.skip_to(above + first)
        places += aligner.follow(piece, start=length)
        text.append(piece)
        length += len(piece)
    return "".join(text), places


def _pieces(tokens: "list[Token]") -> Iterator[tuple[str, int, str]]:
    """Yield the text of each block, its first line counted from 0, and what parts it from the one before."""
    line, gap, number = 0, "\n\n", ""
    for token in tokens:
        if token.map:
            line = token.map[0]
        if token.type in {"fence", "code_block"}:
            yield token.content.rstrip("\n"), line, "\n\n"
        elif token.type == "html_block":
            yield fragment_text(token.content), line, "\n\n"
        elif token.type == "inline":
            yield number + _inline(token), line, gap
            number = ""
        gap, number = _between(token, gap, number)


def _between(token: "Token", gap: str, number: str) -> tuple[str, str]:
    """Return what parts the next text from the last, and the number it has in a list."""
    if token.type in {"td_close", "th_close"}:
        return "\t", number
    if token.type in {"tr_close", "list_item_close"}:
        return "\n", number
    if token.type == "list_item_open":
        return gap, f"{token.info}. " if token.info else ""
    if token.type in {"paragraph_close", "heading_close", "table_close", "bullet_list_close", "ordered_list_close"}:
        return "\n\n", number
    return gap, number


def _inline(token: "Token") -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "image":
            parts.append(_inline(child))
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.fullmatch(child.content)):
            parts.append("\n")
    return "".join(parts).strip()
