"""Markup to plain text: what a reader of the page would see, one block a line."""

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["fragment_text", "looks_like_markup", "parse_html", "tree_text"]

_TAG = re.compile(
    r"<(?:/?(?:p|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|table|tbody|tr|td|th|blockquote|figure|figcaption|article|section|font|sub|sup|pre)"
    r"|(?:br|img|hr|iframe|script|style))\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,24});")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND = re.compile(r" ?([\n\t]) ?")
_LINES = re.compile(r"\n{2,}")

_UNSEEN = frozenset(
    "head script style noscript template iframe object embed svg canvas audio video select option button input textarea".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main menu nav ol p pre section summary table tbody tfoot thead tr ul".split()
)


def looks_like_markup(text: str) -> bool:
    """Return whether a field of a record holds HTML."""
    return "<" in text and _TAG.search(text) is not None


def fragment_text(text: str) -> str:
    """Return the plain text of a field that may hold HTML, or plain text with entities."""
    for _ in range(2):  # feeds hold markup that was escaped once more
        if looks_like_markup(text):
            return tree_text(parse_html(text))
        if "&" not in text or not _ENTITY.search(text):
            break
        text = unescape(text)
    return text


def parse_html(text: str) -> "_Element | None":
    """Return the tree of a page or fragment, without comments and processing instructions; None when there is nothing."""
    from lxml import etree, html  # here, because only markup needs it

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
    )
    data = text.replace("\x00", "").encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):  # nothing but markup that closes what was never opened
        return None


def tree_text(tree: "_Element | None") -> str:
    """Return what a tree shows: blocks as lines, cells apart by tabs; scripts, styles and forms left out."""
    if tree is None:
        return ""
    from lxml import etree  # as above

    parts: list[str] = []
    unseen = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if unseen or tag in _UNSEEN:
                unseen += 1
                continue
            parts.append(_opening(tag))
            parts.append(_SPACE.sub(" ", node.text or ""))
            continue
        if unseen:
            unseen -= 1
        elif tag in _BLOCKS:
            parts.append("\n")
        if not unseen:
            parts.append(_SPACE.sub(" ", node.tail or ""))
    text = _AROUND.sub(r"\1", "".join(parts))
    return _LINES.sub("\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _opening(tag: str) -> str:
    if tag in {"td", "th"}:
        return "\t"
    return "\n" if tag in _BLOCKS or tag == "br" else ""
