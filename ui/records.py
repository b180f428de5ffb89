"""Conversations as the browser keeps them, as links hold them, and answers as text to paste elsewhere.

What comes back from a browser is hostile. Only questions and the words of answers are taken from there; quotations are
cut anew from the articles they are said to stand in.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from qa.citations import Quote, cite
from qa.ledger import Version
from qa.schema import Answer, Citation, Filters
from ui.conversation import KEPT, Conversation, Exchange
from ui.places import Place, place_of
from ui.plain import LONGEST_TITLE, web_address
from ui.scope import filters_of, filters_row
from ui.texts import date_words

__all__ = ["FindVersion", "asked_by_link", "copied", "link_of", "record_of", "restored"]

ID = re.compile(r"[0-9a-f]{16}")
LONGEST = 6000
"""Characters of a question or an answer that are kept, at most."""
MOST_CITATIONS = 20
FOLLOWED = 6
"""Questions before a follow-up that its link holds."""
FindVersion = Callable[[str, str], Version | None]


def record_of(exchange: Exchange) -> str:
    """Return what the browser keeps of a finished exchange, as JSON; "" when there is nothing to keep."""
    answer = exchange.answer
    if answer is None or not exchange.over:
        return ""
    row = {
        "q": exchange.question[:LONGEST], "a": answer.text[:LONGEST], "u": answer.understood[:LONGEST],
        "ok": answer.answered, "l": answer.language, "s": exchange.stopped, "c": [[c.marker, str(place_of(c))] for c in answer.citations],
        "f": filters_row(exchange.filters), "p": list(exchange.periods), "w": list(exchange.people),
        "x": list(answer.unproven), "o": "file" if exchange.origin == "file" else "",
    }  # fmt: skip
    return json.dumps({name: value for name, value in row.items() if value or name == "ok"})


def restored(record: object, find: FindVersion, *, limit: int) -> Conversation | None:
    """Return the conversation of a record that a browser kept, or None when it is none.

    Args:
        record: `{"id", "exchanges"}`, each exchange as `record_of` gives it.
        find: Gives the version of an article by id and beginning of its content hash.
        limit: Longest question, in characters.
    """
    if not isinstance(record, Mapping) or not isinstance(record.get("exchanges"), list):
        return None
    id = _text(record, "id", 16)
    rows = [row for row in record["exchanges"][-KEPT:] if isinstance(row, Mapping) and _text(row, "q", limit).strip()]
    if not rows or not ID.fullmatch(id):
        return None
    exchanges = tuple(_exchange(row, find, limit) for row in rows)
    return Conversation(id, exchanges, exchanges[-1].filters)


def link_of(exchange: Exchange, before: Sequence[Exchange]) -> str:
    """Return the fragment of an address that asks the question again, a follow-up with the questions before it."""
    answer = exchange.answer
    fields = [("q", exchange.question[:LONGEST])]
    if answer is not None and answer.understood:
        fields = [("h", e.question[:LONGEST]) for e in before[-FOLLOWED:]] + fields
    limits = exchange.filters
    fields += [(name, value) for name, value in (("since", limits.since), ("until", limits.until)) if value]
    fields += [("outlets", name) for name in limits.outlets] + [("people", name) for name in limits.people]
    return "#" + urlencode([(name, value.encode("utf-8", "replace")) for name, value in fields])


def asked_by_link(fields: object, *, limit: int) -> tuple[list[str], Filters] | None:
    """Return the questions of a link, the one that matters last, and what they are limited to; None when there is none."""
    if not isinstance(fields, Mapping) or not _text(fields, "q", limit).strip():
        return None
    earlier = fields.get("h")
    texts = [h[:limit] for h in earlier if isinstance(h, str) and h.strip()] if isinstance(earlier, list) else []
    return [*texts[-FOLLOWED:], _text(fields, "q", limit)], filters_of(fields)


def copied(exchange: Exchange) -> str:
    """Return an answer as text: the question, the answer, and its numbered sources with title, outlet, date, quotation, address."""
    answer = exchange.answer
    if answer is None:
        return ""
    parts = [text[:LONGEST] for text in (answer.understood or exchange.question, answer.text)]
    parts += [_source(c, answer.language) for c in answer.citations]
    return "\n\n".join(parts)


def _source(citation: Citation, language: str) -> str:
    said = {"vi": ("sự kiện", "đăng"), "en": ("event", "published")}["en" if language == "en" else "vi"]
    dates = [
        f"{name} {getattr(date_words(value), 'en' if language == 'en' else 'vi')}"
        for name, value in zip(said, (citation.event, citation.published), strict=True)
        if value
    ]
    head = ". ".join(
        part for part in (citation.title[:LONGEST_TITLE], ", ".join([*filter(None, [citation.outlet]), *dates])) if part
    )
    return f"[{citation.marker}] {head}\n“{citation.quote}”\n{web_address(citation.url) or citation.source[:LONGEST_TITLE]}"


def _exchange(row: Mapping[str, Any], find: FindVersion, limit: int) -> Exchange:
    question, text = _text(row, "q", limit), _text(row, "a", LONGEST)
    citations = tuple(_citations(row.get("c"), find))
    answer = Answer(
        question, text, answered=row.get("ok") is True, language="en" if row.get("l") == "en" else "vi",
        citations=citations, understood=_text(row, "u", limit), unproven=tuple(_texts(row, "x")),
    )  # fmt: skip
    return Exchange(
        question, answer, stopped=row.get("s") is True, filters=filters_of(row.get("f")),
        periods=tuple(_texts(row, "p")), people=tuple(_texts(row, "w")), origin="file" if row.get("o") == "file" else "browser",
    )  # fmt: skip


def _citations(rows: object, find: FindVersion) -> list[Citation]:
    found: list[Citation] = []
    for row in rows[:MOST_CITATIONS] if isinstance(rows, list) else ():
        marker, place = (row[0], Place.parse(row[1])) if isinstance(row, list) and len(row) == 2 else (0, None)
        if not isinstance(marker, int) or isinstance(marker, bool) or place is None or not 0 < marker < 1000:
            continue
        version = find(place.article_id, place.version)
        if version is None or not 0 <= place.start < place.end <= len(version.article.text):
            continue
        blocks = version.article.blocks
        if any(b.start <= place.start and place.end <= b.end for b in blocks):
            found.append(replace(cite([Quote(version.article, place.start, place.end)])[0], marker=marker))
    return found


def _text(row: Mapping[str, Any], name: str, longest: int) -> str:
    value = row.get(name)
    return value[:longest] if isinstance(value, str) else ""


def _texts(row: Mapping[str, Any], name: str) -> list[str]:
    values = row.get(name)
    return [v[:400] for v in values[:10] if isinstance(v, str)] if isinstance(values, list) else []
