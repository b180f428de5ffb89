"""Answers and conversations to keep as files, and such a file opened again.

The browser gets a file inside the page's own stream and saves it itself: no address is opened that anybody could ask for, and
nothing of a conversation lies on the server's disk. What comes back in a file is as hostile as what comes back from a browser, and is
brought back the same way: quotations are cut anew from the articles they are said to stand in, and what it shows is marked.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex

from qa.errors import HoibaoError
from qa.language.forms import fold
from qa.schema import Answer
from ui.conversation import KEPT, Conversation, Exchange
from ui.export import FORMATS, conversation_from, exported
from ui.plain import plain
from ui.records import FindVersion, record_of, restored
from ui.texts import both

__all__ = ["brought_back", "file_html", "menu_html"]

TYPES = {
    ".md": "text/markdown",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
}
LONGEST_NAME = 60


def menu_html(number: int) -> str:
    """Return the menu that saves one answer, or the conversation as far as it is on the page."""
    groups = "".join(
        f'<div role="group" data-words="save_{what}"><span class="quiet" aria-hidden="true">{both(f"save_{what}")}</span>'
        + "".join(
            f'<button type="button" class="tool" data-save="{ending}" data-what="{what}" data-exchange="{number}">{both(f"save{ending}")}</button>'
            for ending in FORMATS
        )
        + "</div>"
        for what in ("answer", "conversation")
    )
    return f'<details class="menu"><summary class="tool">{both("save")}</summary><div class="choices">{groups}</div></details>'


def file_html(conversation: Conversation, data: Mapping[str, object]) -> str:
    """Return a file inside HTML, from which the scripts of the page save it; "" when there is nothing to save.

    Args:
        conversation: What is on the page.
        data: `save`, one of `FORMATS`, `what`, `answer` or `conversation`, `exchange` and `language`, as the page sends them.
    """
    ending, at = data.get("save"), data.get("exchange")
    if ending not in TYPES or not isinstance(ending, str):
        return ""
    number = int(at) if isinstance(at, str) and at.isascii() and at.isdigit() and len(at) < 6 else -1
    chosen = (
        conversation.exchanges if data.get("what") == "conversation" else conversation.exchanges[number : number + 1]
    )
    rows = [(e.question, e.answer) for e in chosen if e.over and e.answer is not None] if number >= 0 else []
    if not rows:
        return ""
    language = "en" if data.get("language") == "en" else "vi"
    body = b64encode(exported(rows, ending, language=language)).decode("ascii")
    name = plain(_name_of(rows) + ending)
    return (
        f'<p hidden data-file="{name}" data-type="{TYPES[ending]}" data-fresh="{token_hex(4)}" data-body="{body}"></p>'
    )


def brought_back(text: object, find: FindVersion, *, limit: int) -> Conversation | None:
    """Return the conversation of a file that was exported, or None when it is none.

    Args:
        text: The file.
        find: Gives the version of an article by id and beginning of its content hash.
        limit: Longest question, in characters.
    """
    if not isinstance(text, str):
        return None
    try:
        told = conversation_from(text.encode("utf-8", "replace"))
    except HoibaoError:
        return None
    rows = []
    for question, answer in told[-KEPT:]:
        row = record_of(Exchange(question, answer, origin="file"))
        rows.append(json.loads(row))
    found = restored({"id": token_hex(8), "exchanges": rows}, find, limit=limit)
    if found is None:
        return None
    kept = [(q, a) for q, a in told[-KEPT:] if q[:limit].strip()]
    exchanges = tuple(_marked(e, a) for e, (_, a) in zip(found.exchanges, kept, strict=True))
    return replace(found, exchanges=exchanges)


def _marked(exchange: Exchange, told: Answer) -> Exchange:
    """Return an exchange with a word on those of its quotations that do not stand in this collection."""
    answer = exchange.answer
    if answer is None:
        return exchange
    proven = {(c.marker, c.quote) for c in answer.citations}
    lost = sum((c.marker, c.quote) not in proven for c in told.citations)
    same = tuple(c for c in answer.citations if any((c.marker, c.quote) == (t.marker, t.quote) for t in told.citations))
    if not lost:
        return exchange
    vi = f"{lost} trích dẫn của tệp không có trong kho này, nên chưa được chứng minh ở đây."
    en = f"{lost} quotations of the file do not stand in this collection, so they prove nothing here."
    return replace(exchange, answer=replace(answer, citations=same, note=en if answer.language == "en" else vi))


def _name_of(rows: list[tuple[str, Answer]]) -> str:
    """Return a name that every file system takes: the day and the words of the first question."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(rows[0][0])).strip("-")[:LONGEST_NAME].strip("-")
    return f"hoibao-{datetime.now(UTC):%Y-%m-%d}-{words}".rstrip("-")
