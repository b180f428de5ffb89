"""The page: one conversation on the left, its evidence on the right.

Gradio takes seconds to import, so `ui.server` imports this module only when it serves.
"""

import json
import logging
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import islice
from threading import Lock
from typing import Any, Protocol, cast

import gradio as gr

from qa.errors import HoibaoError, IndexMissing, QuestionError
from qa.ledger import Version
from qa.schema import Answer, Article, Turn
from ui.evidence import COMMAND, Exchange, Place, article_html, cards_html, exchange_html, plain, start_html
from ui.texts import ATTRIBUTES, Text, both, example_questions

__all__ = ["Assistant", "Collection", "build_page", "head_html"]

logger = logging.getLogger(__name__)

KEPT = 40
"""Exchanges a session keeps on the page; older ones scroll out of memory."""
AT_ONCE = 8
WAITING = 64
LOOKED_THROUGH = 500
TRIED = 9
EXAMPLES = 3
QUOTED = re.compile("“.+”")
# A click on anything that carries one of these data attributes becomes an event of the page, with the attributes as its data.
ON_CLICK = """
element.addEventListener('click', (event) => {
  const hit = event.target.closest('[data-open], [data-back], [data-ask]');
  if (hit) trigger('click', {...hit.dataset});
});
"""


class Assistant(Protocol):
    """What the page asks for; `ui.server` makes it of `qa.NewsAssistant`."""

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield growing answers, the last one done."""

    def version(self, article_id: str, content_hash: str) -> Version | None:
        """Return an article as it was when its content hash began so."""

    def articles(self) -> Iterator[Article]:
        """Yield the articles."""

    def count(self) -> int:
        """Return how many articles there are."""


class Collection:
    """How many articles there are, and questions about them that were asked once and could be answered."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = Lock()
        self._tried_at = 0
        self._examples: tuple[Text, ...] = ()

    def count(self) -> int:
        """Return the number of articles."""
        try:
            return self._assistant.count()
        except IndexMissing:
            return 0

    def examples(self) -> tuple[Text, ...]:
        """Return example questions; they are tried anew when the number of articles has changed.

        Trying them loads the models, so that the first question of a reader need not wait for that.
        """
        with self._lock:
            count = self.count()
            if count != self._tried_at:
                try:
                    candidates = example_questions(islice(self._assistant.articles(), LOOKED_THROUGH))
                    answerable = (text for text in islice(candidates, TRIED) if all(map(self._answers, text)))
                    self._examples = tuple(islice(answerable, EXAMPLES))
                except HoibaoError as exc:
                    logger.warning("No example questions: %s", exc)
                    self._examples = ()
                self._tried_at = count
            return self._examples

    def _answers(self, question: str) -> bool:
        title = QUOTED.search(question)  # an answer that gives the title back says nothing
        return any(
            answer.done and answer.answered and not (title and title[0] in answer.text)
            for answer in self._assistant.stream(question)
        )


def head_html() -> str:
    """Return the style sheet, the words of attributes and the script, for the page's head."""
    assets = files("ui").joinpath("assets")
    words = json.dumps({name: text._asdict() for name, text in ATTRIBUTES.items()}, ensure_ascii=False)
    return (
        f"<style>{assets.joinpath('page.css').read_text('utf-8')}</style>"
        f"<script>window.hoibaoWords = {words};</script>"
        f"<script>{assets.joinpath('page.js').read_text('utf-8')}</script>"
    )


def build_page(assistant: Assistant, collection: Collection, *, limit: int = 2000, users: bool = False) -> gr.Blocks:
    """Return the page over `assistant`; it still has to be mounted.

    Args:
        assistant: What answers.
        collection: What the first screen tells of.
        limit: Longest question that `assistant` takes, in characters.
        users: Whether readers sign in, and so can sign out.
    """
    talk = _Talk(assistant, limit)
    with gr.Blocks(title=ATTRIBUTES["title"].vi, analytics_enabled=False, delete_cache=(3600, 3600)) as page:
        exchanges = gr.State([], time_to_live=12 * 3600)
        gr.HTML(_masthead_html(users=users), elem_id="masthead", js_on_load=None, apply_default_css=False)
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="conversation"):
                start = _clickable("start", f'<p class="reading">{both("opening")}</p>')
                past = _clickable("past")
                live = _clickable("live")
                with gr.Row(elem_id="composer"):
                    box = gr.Textbox(
                        elem_id="question", lines=1, max_lines=6, show_label=False, container=False,
                        label=ATTRIBUTES["question"].vi, placeholder=ATTRIBUTES["placeholder"].vi, scale=1,
                    )  # fmt: skip
                    send = gr.Button(ATTRIBUTES["send"].vi, elem_id="send", variant="primary", scale=0)
            with gr.Column(elem_id="evidence-column"):
                evidence = _clickable("evidence", cards_html(None))
        shown = [start, past, live, box, evidence, exchanges]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": AT_ONCE}
        gr.on([box.submit, send.click], talk.ask, [box, exchanges], shown, concurrency_id="ask", **quiet)
        start.click(talk.ask_example, [exchanges], shown, concurrency_id="ask", **quiet)
        for source in (past, live, evidence):
            source.click(
                talk.turn_page, [exchanges], [evidence], trigger_mode="multiple", concurrency_id="read", **quiet
            )
        page.load(
            lambda: start_html(collection.count(), collection.examples()), None, [start], concurrency_id="read", **quiet
        )
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    return cast("gr.Blocks", page)


class _Talk:
    """The events of the page. They hold nothing: what was said stays in the session's own state."""

    def __init__(self, assistant: Assistant, limit: int) -> None:
        self._assistant = assistant
        self._limit = limit

    def ask_example(self, exchanges: list[Exchange], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Ask the example question that was clicked."""
        question = event._data.get("ask")
        if isinstance(question, str):
            yield from self.ask(question, exchanges)
        else:
            yield (gr.skip(),) * 6

    def ask(self, question: str, exchanges: list[Exchange]) -> Iterator[tuple[Any, ...]]:
        """Yield what the page shows: start, earlier exchanges, this one, the emptied box, its evidence, the new state."""
        number, same = len(exchanges), gr.skip()
        forgotten = max(0, number - KEPT)
        kept = [*[Exchange("")] * forgotten, *exchanges[forgotten:]]
        earlier = "".join(exchange_html(e, n) for n, e in enumerate(kept) if n >= forgotten)
        now = Exchange(question[: self._limit])
        yield "", earlier, exchange_html(now, number), "", cards_html(now, number), [*kept, now]
        for now in self._answers(question, kept[forgotten:]):
            # The state goes with what is shown: a reader may click a mark the moment it is there.
            yield same, same, exchange_html(now, number), same, cards_html(now, number), [*kept, now]

    def turn_page(self, exchanges: list[Exchange], event: gr.EventData) -> Any:
        """Return the article that was asked for, or the cards that the reader goes back to."""
        data = event._data
        number = _whole(data.get("back", data.get("exchange")))
        place = Place.parse(data.get("open"))
        if place is not None:
            try:
                found = self._assistant.version(place.article_id, place.version)
            except HoibaoError:
                found = None
            article, until = (found.article, found.until) if found else (None, None)
            return article_html(article, place, number, until=until)
        if "back" in data:
            return cards_html(exchanges[number] if number < len(exchanges) else None, number)
        return gr.skip()

    def _answers(self, question: str, exchanges: list[Exchange]) -> Iterator[Exchange]:
        history = [Turn(e.question, e.answer.text) for e in exchanges if e.answer is not None]
        try:
            for answer in self._assistant.stream(question, history):
                yield Exchange(question, answer)
        except HoibaoError as exc:
            yield Exchange(question[: self._limit], failure=self._failure_html(question, exc))
        except Exception:  # one of the two outermost places: a reader gets a message, the log gets the rest
            logger.exception("A question failed")
            yield Exchange(question[: self._limit], failure=_note(both("error"), f"<p>{both('error_unknown')}</p>"))

    def _failure_html(self, question: str, exc: HoibaoError) -> str:
        if isinstance(exc, IndexMissing):
            return _note(both("empty"), f"<p>{both('empty_how')}</p>{COMMAND}")
        if isinstance(exc, QuestionError) and not question.strip():
            return _note(both("question_error"), f"<p>{both('question_empty')}</p>")
        if isinstance(exc, QuestionError) and len(question) > self._limit:
            return _note(both("question_error"), f"<p>{both('question_long', limit=self._limit)}</p>")
        heading = both("question_error" if isinstance(exc, QuestionError) else "error")
        return _note(heading, f'<p lang="en">{plain(str(exc))}<br>{plain(exc.hint)}</p>')


def _clickable(elem_id: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=ON_CLICK, apply_default_css=False)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9 else 0


def _note(heading: str, body: str) -> str:
    return f'<div class="answer note"><p class="label">{heading}</p>{body}</div>'


def _masthead_html(*, users: bool) -> str:
    buttons = "".join(
        f'<button type="button" data-language="{language}" lang="{language}">{name}</button>'
        for language, name in (("vi", "Tiếng Việt"), ("en", "English"))
    )
    sign_out = f'<button type="button" class="sign-out" data-sign-out>{both("sign_out")}</button>' if users else ""
    return (
        f'<header class="masthead"><h1>{both("name")}</h1>'
        f'<div class="tools"><div class="languages" role="group" data-words="language">{buttons}</div>{sign_out}</div><p>{both("tagline")}</p></header>'
    )
