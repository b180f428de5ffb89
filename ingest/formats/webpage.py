"""Web pages: the article without the page around it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ingest.encodings import reading_of
from ingest.formats.alignment import Aligner, masked
from ingest.formats.days import ImplausibleDayError, published_day
from ingest.formats.fields import web_address
from ingest.formats.markup import parse_html, tree_text
from ingest.formats.opened import Opened, text_of
from ingest.records import Record, repaired, with_title

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

LONGEST = 3_000_000
"""Characters of the longest page whose article is looked for; of a longer one all text is taken."""
ELEMENTS = 15_000
CHILDREN = 1_500
"""Elements of such a page, and of one element in it: looking takes the square of the latter (measured, 10,000 took 12 s)."""

_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^<>]{0,100}encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_DATES = (
    "//meta[@property='article:published_time' or @name='article:published_time' or @itemprop='datePublished' or @name='pubdate' "
    "or @name='publishdate' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//*[@itemprop='datePublished']/@datetime",
)
_JSON_LD_DAY = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_OUTLETS = "//meta[@property='og:site_name' or @name='og:site_name' or @name='application-name']/@content"
_ADDRESSES = "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"


def read(opened: Opened) -> Iterator[Record]:
    """Yield the article of a page, with its title, day, outlet and canonical address.

    Raises:
        ArticleError: The page has no text, is too long, or names a day that cannot be.
    """
    data = opened.article()
    declared = _CHARSET.search(data[:4096])
    charset = (declared[1] or declared[2]).decode("ascii", "replace") if declared else None
    source = text_of(data, declared=charset, name=opened.name)
    tree = parse_html(source)
    whole = tree_text(tree)
    if reading := reading_of(whole, name=opened.name):  # before the soft hyphen, which is a letter in TCVN3, gets lost
        source = reading.convert(source)
        tree = parse_html(source)
        whole = tree_text(tree)
    if tree is None:
        raise opened.refuse("the page has no text")
    try:
        day = _day(tree, opened.known.today)
    except ImplausibleDayError as exc:
        raise opened.refuse(str(exc)) from exc
    found = _article(tree, opened.known.today) if len(source) <= LONGEST and _is_bounded(tree) else None
    text = found.text if found else whole
    if not any(c.isalnum() for c in text):
        raise opened.refuse("the page has no text")
    title = (found and found.title) or _first(tree, "//title/text()")
    record = Record(
        text=text,
        title=title,
        url=next(filter(None, map(web_address, _strings(tree, _ADDRESSES))), None),
        outlet=_first(tree, _OUTLETS) or (found.outlet if found else None),
        published=day or (found.published if found else None),
        places=tuple(Aligner(masked(source)).follow(text)),
    )
    yield with_title(repaired(record, name=opened.name))


def _is_bounded(tree: "_Element") -> bool:
    """Return whether a page has no more elements than pages of news have."""
    return all(count < ELEMENTS and len(node) <= CHILDREN for count, node in enumerate(tree.iter()))


def _article(tree: "_Element", today: date) -> Record | None:
    """Return what trafilatura takes for the article, or None where it finds none."""
    import trafilatura  # here: it takes half a second to load

    dates = {
        "extensive_search": False,
        "original_date": True,
        "max_date": today.isoformat(),
        "outputformat": "%Y-%m-%d",
    }
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, with_metadata=True, date_extraction_params=dates
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):  # pages made to break it
        return None
    if found is None:
        return None
    said = found if isinstance(found, dict) else found.as_dict()
    text = "\n".join(line.strip() for line in (said.get("text") or "").split("\n")).strip()
    if not text:
        return None
    return Record(text, title=said.get("title"), outlet=said.get("sitename"), published=said.get("date"))


def _day(tree: "_Element", today: date) -> str | None:
    values = [value for path in _DATES for value in _strings(tree, path)]
    for script in _strings(tree, "//script[@type='application/ld+json']/text()")[:20]:
        values += _JSON_LD_DAY.findall(script[:200_000])
    return next(filter(None, (published_day(value, today=today) for value in values[:20])), None)


def _strings(tree: "_Element", path: str) -> list[str]:
    found = tree.xpath(path)
    return [str(value) for value in found] if isinstance(found, list) else []


def _first(tree: "_Element", path: str) -> str | None:
    return next((" ".join(value.split())[:1000] for value in _strings(tree, path) if value.strip()), None)
