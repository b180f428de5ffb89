"""The view of people and time: its components, and what it shows for the place that stands behind the # of its address."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from secrets import token_hex
from typing import Any, Protocol

import gradio as gr

from qa.calendar import Counted, Dated, Kind
from qa.errors import HoibaoError, IndexMissing
from qa.language.forms import fold
from qa.ledger import Version
from qa.people.timeline import Person
from qa.schema import Article
from ui import people, times
from ui.evidence import opened_html
from ui.people_texts import NAME, WORDS, counted, say
from ui.places import Place
from ui.plain import plain
from ui.views import View, html

__all__ = ["Known", "people_view", "shown_html"]

logger = logging.getLogger(__name__)

NAMES = 60
"""People listed at once."""
LONGEST, MOST_START = 120, 1_000_000
YEAR, PERIOD = re.compile(r"\d{4}"), re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
AT_ONCE = 4
BRIDGE = "window.hoibao.connect('%s', (data) => trigger('click', data));"


class Known(Protocol):
    """What the view asks for; `ui.server` makes it of `qa.NewsAssistant`."""

    def people(self, name: str) -> Sequence[Person]:
        """Return everybody of a name, or whose name ends so."""

    def matching(self, words: str, *, most: int) -> Sequence[tuple[str, int]]:
        """Return the people whose names hold words, those named in most articles first."""

    def article(self, id: str) -> Article | None:
        """Return a live article."""

    def counted(self, year: str = "") -> Counted:
        """Return how many articles there are of each year, or month of a year."""

    def dated(self, kind: Kind, period: str, *, start: int, most: int) -> Sequence[Dated]:
        """Return the articles of a period, by date."""

    def version(self, article_id: str, content_hash: str) -> Version | None:
        """Return an article as it was when its content hash began so."""

    def versions(self, article_id: str) -> Sequence[Version]:
        """Return an article as it is and was, latest first."""


def people_view(known: Known) -> View:
    """Return the view over a collection."""

    def show(event: gr.EventData) -> str:
        return shown_html(known, event._data)

    def read(event: gr.EventData) -> str:
        place = Place.parse(event._data.get("open"))
        return _hint_html() if place is None else opened_html(known, place, back="close_article")

    def build() -> None:
        with gr.Column(elem_id="view"), gr.Row(elem_id="columns"):
            with gr.Column(elem_id="told-column"):
                html("finder", _finder_html())
                told = html("told", f'<p class="reading">{say("opening")}</p>')
            with gr.Column(elem_id="evidence-column"):
                evidence = html("evidence", _hint_html())
        teller, reader = (html(name, script=BRIDGE % name) for name in ("teller", "reader"))
        quiet: dict[str, Any] = {
            "show_progress": "hidden", "api_visibility": "private", "concurrency_limit": AT_ONCE,
            "concurrency_id": "people", "trigger_mode": "multiple",
        }  # fmt: skip
        teller.click(show, None, [told], **quiet)
        reader.click(read, None, [evidence], **quiet)

    return View(people.PATH, NAME, build, scripts=("people.js",), styles=("people.css",), words=WORDS)


def shown_html(known: Known, data: Mapping[str, object]) -> str:
    """Return what a place of the view shows.

    Args:
        known: The collection.
        data: The fields that stand behind the # (`find`, `person`, `who`, `kind`, `year`, `time`, `by`, `start`), all as texts, and the
            `width` of the reader's column; whatever cannot be read of them counts as not given.
    """
    given = {name: value[:LONGEST] for name, value in data.items() if isinstance(value, str)}
    fields = {name: value.encode("utf-8", "replace").decode() for name, value in given.items()}  # no half of a pair
    try:
        inner = "".join(_parts(known, fields))
    except IndexMissing:
        inner = f'<p class="quiet">{say("empty")}</p>'
    except HoibaoError as exc:
        logger.warning("People and time cannot be shown: %s", exc)
        inner = f'<p class="quiet">{say("failed")}</p>'
    except Exception:  # one of the two outermost places: a reader gets a message, the log gets the rest
        logger.exception("People and time cannot be shown")
        inner = f'<p class="quiet">{say("failed")}</p>'
    way = "time" if fields.get("time") else "people"
    return f'<div class="told" data-way="{way}" data-fresh="{token_hex(4)}">{inner}</div>'


def _parts(known: Known, fields: Mapping[str, str]) -> Iterator[str]:
    if fields.get("time"):
        yield _times_html(known, fields)
    elif name := " ".join(fields.get("person", "").split()):
        yield _person_html(known, name, fields)
    else:
        yield _names_html(known, " ".join(fields.get("find", "").split()))


def _names_html(known: Known, wanted: str) -> str:
    found = known.matching(wanted, most=NAMES)
    if not found and wanted:
        return f'<p class="quiet" role="status">{say("nobody", name=_words(wanted))}</p>'
    if not found:
        return f'<p class="quiet">{say("empty")}</p>'
    heading = counted("found_most" if len(found) == NAMES else "found", len(found)) if wanted else say("most_named")
    return people.names_html(found, heading)


def _person_html(known: Known, name: str, fields: Mapping[str, str]) -> str:
    found = list(known.people(name))
    exact = [p for p in found if fold(p.name) == fold(name)]
    found = exact or found
    if not found:
        return f'<h2 tabindex="-1">{plain(name, longest=LONGEST)}</h2><p class="quiet">{say("nobody", name=_words(name))}</p>'
    kind = fields.get("kind", "")
    looked = people.Looked(
        name, min(_number(fields, "who"), len(found) - 1), kind if kind in {"posts", "deeds"} else "",
        fields["year"] if YEAR.fullmatch(fields.get("year", "")) else "", _number(fields, "start"), _width(fields),
    )  # fmt: skip
    ids = dict.fromkeys(e.article_id for e in people.wanted(found[looked.who], looked))
    return people.person_html(found, looked, {id: article for id in ids if (article := known.article(id))})


def _times_html(known: Known, fields: Mapping[str, str]) -> str:
    period = fields["time"] if PERIOD.fullmatch(fields["time"]) else ""
    numbers = known.counted(period[:4])
    by = fields.get("by")
    kind: Kind = "published" if by == "published" or (by != "event" and not numbers.event) else "event"
    looked = times.Looked(period, kind, _number(fields, "start"), _width(fields))
    counts = numbers.event if kind == "event" else numbers.published
    count = sum(n for p, n in counts.items() if p.startswith(period))
    listed = known.dated(kind, period, start=looked.start, most=times.LISTED) if period else ()
    return times.times_html(numbers, looked, listed, count)


def _finder_html() -> str:
    ways = "".join(
        f'<a href="{people.way(**fields)}" data-way="{name}">{say(name)}</a>'
        for name, fields in (("people", {"find": " "}), ("time", {"time": "all"}))
    )
    return (
        f'<nav class="ways" data-words="people_ways">{ways}</nav><form class="finder" role="search">'
        f'<label for="find-person">{say("find")}</label><div><input type="search" id="find-person" maxlength="{LONGEST}" autocomplete="off" '
        f'spellcheck="false" aria-describedby="find-hint"></div><p class="quiet" id="find-hint">{say("find_hint")}</p></form>'
    )


def _hint_html() -> str:
    return (
        f'<section class="pane" data-pane="cards"><h2 class="pane-title" tabindex="-1">{say("article")}</h2>'
        f'<p class="quiet">{say("open_hint")}</p></section>'
    )


def _words(text: str) -> str:
    """Return what was typed, without what could be taken for anything but words; it is escaped where it is shown."""
    return re.sub(r"[^\w .'’-]", "\N{REPLACEMENT CHARACTER}", text)[:60]


def _number(fields: Mapping[str, str], name: str) -> int:
    value = fields.get(name, "")
    return min(int(value), MOST_START) if value.isascii() and value.isdigit() and len(value) < 8 else 0


def _width(fields: Mapping[str, str]) -> int:
    return _number(fields, "width") or 640
