"""RSS and Atom feeds: one article an entry."""

import html.entities
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.formats.fields import Source, record_of
from ingest.formats.opened import Opened, text_of
from ingest.records import Record
from qa.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

MENDED = 200_000
"""Characters of the longest feed whose broken XML is mended; mending takes the square of the length."""

_DECLARED = re.compile(rb"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_DECLARATION = re.compile(r"\ufeff?\s*<\?xml[^<>]{0,400}\?>")
_FIRST = re.compile(r"<[A-Za-z]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})

# Local names of an entry's children, by what they hold; the first that holds something is taken.
_CHILDREN = {
    "title": ("title", "headline"),
    "text": ("encoded", "content", "fulltext", "full-text", "body"),
    "abstract": ("description", "summary", "subtitle"),
    "published": ("pubDate", "published", "issued", "date", "created", "updated", "modified"),
    "id": ("guid", "id", "identifier"),
    "outlet": ("source", "publisher"),
}


def read(opened: Opened) -> Iterator[Record | ArticleError]:
    """Yield the entries of a feed; one without its full text is taken with its summary.

    Raises:
        ArticleError: It is no feed, or one that defines entities of its own.
    """
    from lxml import etree  # here, because only feeds need it

    data = opened.whole()
    declared = _DECLARED.search(data[:512])
    text = text_of(data, declared=declared[1].decode("ascii") if declared else None, name=opened.name)
    first = _FIRST.search(text)
    if first is None or "<!ENTITY" in text[: first.start()]:
        reason = "the feed defines entities of its own, which are not read" if first else "this is not XML"
        raise opened.refuse(reason)
    text = _ENTITY.sub(_entity, _DECLARATION.sub("", text, count=1).replace("\x00", ""))
    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        events=("start", "end"),
        encoding="utf-8",
        recover=len(text) <= MENDED,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _entries(events, opened)
    except etree.XMLSyntaxError as exc:
        raise opened.refuse(f"the XML cannot be read on from here: {exc.msg}", line=exc.lineno) from exc


def _entries(events: "Iterator[tuple[str, _Element]]", opened: Opened) -> Iterator[Record | ArticleError]:
    root, outlet, number, depth = "", "", 0, 0
    for event, node in events:
        name = _local(node)
        if event == "start":
            depth += 1
            if not root:
                root = name
                if root not in {"rss", "feed", "RDF", "channel"}:
                    raise opened.refuse(
                        f"this XML is not a feed: it begins with <{root[:40]}>", hint="RSS and Atom are read."
                    )
            continue
        depth -= 1
        if name == "title" and not outlet and not number and depth <= 2:
            outlet = " ".join("".join(node.itertext()).split())
        if name not in {"item", "entry"} or depth > 2:
            continue
        number += 1
        try:
            values = _values(node, outlet)
            yield record_of(values, Source(opened.name, node.sourceline, str(number)), opened.known, opened.budget)
        except ArticleError as exc:
            yield exc
        _forget(node)
    if not root or not number:
        raise opened.refuse("the feed has no entries" if root else "this is not XML")


def _values(entry: "_Element", outlet: str) -> dict[str, object]:
    children: dict[str, list[_Element]] = {}
    for child in entry:
        children.setdefault(_local(child), []).append(child)
    values: dict[str, object] = {}
    for ours, names in _CHILDREN.items():
        for name in names:
            value = next(filter(None, map(_content, children.get(name, []))), "")
            if value:
                values[ours] = value
                break
    values["url"] = _link(children.get("link", []), str(values.get("id", "")))
    values.setdefault("outlet", outlet)
    return {name: value for name, value in values.items() if value}


def _content(node: "_Element") -> str:
    """Return the text of a child, markup that stands in it unescaped (Atom's `xhtml`) written out again."""
    from lxml import etree  # as above

    if len(node) == 0:
        return (node.text or "").strip()
    return "".join(
        [html.escape(node.text or ""), *(etree.tostring(child, encoding="unicode", method="html") for child in node)]
    ).strip()


def _link(links: "list[_Element]", guid: str) -> str:
    for relation in ("alternate", None):
        for link in links:
            if link.get("rel", "alternate") == relation or (relation is None and link.get("rel") is None):
                address = link.get("href") or (link.text or "")
                if address.strip():
                    return address.strip()
    return guid


def _local(node: "_Element") -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _forget(node: "_Element") -> None:
    """Empty an entry that was read, and take those before it out of the tree: a feed may be long."""
    node.clear(keep_tail=True)
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def _entity(match: re.Match[str]) -> str:
    """Return the character of an entity that HTML knows and XML does not."""
    return match[0] if match[1] in _XML_ENTITIES else html.entities.html5.get(f"{match[1]};", "")
