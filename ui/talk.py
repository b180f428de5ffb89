"""The events of the page. What was said stays in the session's own state, and in the reader's browser."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any

import gradio as gr

from qa.errors import HoibaoError, IndexMissing, QuestionError
from qa.question import understand
from qa.schema import Filters
from ui.collection import Assistant, Collection
from ui.conversation import KEPT, Conversation, Exchange, turns
from ui.delivery import Changes, Region
from ui.evidence import cards_html, opened_html
from ui.exchanges import COMMAND, exchange_html, start_html
from ui.growing import Growing
from ui.judging import Judging
from ui.places import Place
from ui.plain import plain
from ui.reader import address_of, user_of
from ui.records import asked_by_link, restored
from ui.saving import brought_back, file_html
from ui.scope import chips_html, dropped, filters_of, iso_of, kept, panel_html
from ui.texts import both

__all__ = ["Talk"]

logger = logging.getLogger(__name__)

NO_DATE = re.compile(r"[^\w/. -]")


class Talk:
    """The events.

    Args:
        assistant: What answers.
        collection: What the first screen and the filters tell of.
        limit: Longest question that `assistant` takes, in characters.
        judging: Keeps what readers say of answers; None when they are not asked.
    """

    def __init__(
        self, assistant: Assistant, collection: Collection, *, limit: int, judging: Judging | None = None
    ) -> None:
        self._assistant = assistant
        self._collection = collection
        self._limit = limit
        self._judging = judging
        self._growing = Growing()

    def start(self) -> Changes:
        """Show the page before the first question."""
        return {Region.START: start_html(self._collection.count(), self._collection.examples())}

    def ask(self, question: str, conversation: Conversation) -> Iterator[Changes]:
        """Ask what was typed, in place of the last question when that is being edited; an empty box, as after Enter was pressed twice, asks nothing."""
        if not question:
            yield {}
            return
        if conversation.editing:
            conversation = conversation.without_last()
        yield from self._asked(question, conversation)

    def act(self, conversation: Conversation, event: gr.EventData) -> Iterator[Changes]:
        """Do what a button of the page asks for that may bring an answer."""
        data = event._data
        match data.get("act"):
            case "ask" if isinstance(question := data.get("ask"), str):
                yield from self._asked(question, conversation)
            case "retry" if conversation.exchanges:
                last = conversation.exchanges[-1]
                yield from self._asked(last.question, conversation.without_last())
            case "link" if asked := asked_by_link(data.get("link"), limit=self._limit):
                questions, filters = asked
                conversation = Conversation(filters=filters)
                for question in questions:
                    for changes in self._asked(question, conversation, whole=True):
                        conversation = changes.get(Region.STATE, conversation)
                        yield changes
            case "open":
                yield self._opened(conversation, data.get("record"))
            case "file":
                yield self._brought(conversation, data.get("file"))
            case "new":
                yield {**self._emptied(), Region.STATE: Conversation(filters=conversation.filters)}
            case _:
                yield {}

    def set(self, conversation: Conversation, event: gr.EventData) -> Changes:
        """Do what a button of the page asks for that changes how the next question is asked."""
        data = event._data
        match data.get("act"):
            case "panel":
                return {Region.PANEL: panel_html(conversation.filters, *self._collection.choices())}
            case "filters" if isinstance(form := data.get("form"), Mapping):
                if problem := _problem(form):
                    panel = panel_html(conversation.filters, *self._collection.choices(), problem=problem, typed=form)
                    return {Region.PANEL: panel}
                return {**self._changed(replace(conversation, filters=_of_form(form))), Region.PANEL: ""}
            case "clear":
                return {**self._changed(replace(conversation, filters=Filters())), Region.PANEL: ""}
            case "drop":
                return self._changed(replace(conversation, filters=dropped(conversation.filters, data)))
            case "keep":
                return self._changed(replace(conversation, filters=kept(conversation.filters, data)))
            case "edit" if conversation.exchanges:
                editing = replace(conversation, editing=True)
                return {**self._changed(editing), Region.BOX: conversation.exchanges[-1].question}
            case "unedit":
                return {**self._changed(replace(conversation, editing=False)), Region.BOX: ""}
            case _:
                return {}

    def stop(self, conversation: Conversation) -> None:
        """Stop the answer that is growing; the event that lets it grow then shows it as far as it came."""
        self._growing.stop(conversation.asking)

    def judge(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        """Keep what a reader says of an answer; the state stays as it is, so that an answer may grow meanwhile."""
        if self._judging is None:
            return ""
        return self._judging.judge(conversation, event._data, address=address_of(request), user=user_of(request))

    def save(self, conversation: Conversation, event: gr.EventData) -> str:
        """Return a file with an answer or the conversation."""
        return file_html(conversation, event._data)

    def turn_page(self, conversation: Conversation, event: gr.EventData) -> Changes:
        """Show the article that was asked for, or the cards that the reader goes back to."""
        data, exchanges = event._data, conversation.exchanges
        number = _whole(data.get("back", data.get("exchange")))
        place = Place.parse(data.get("open"))
        if place is not None:
            return {Region.EVIDENCE: opened_html(self._assistant, place, number)}
        if "back" in data:
            return {Region.EVIDENCE: cards_html(exchanges[number] if number < len(exchanges) else None, number)}
        return {}

    def _asked(self, question: str, conversation: Conversation, *, whole: bool = False) -> Iterator[Changes]:
        """Yield what changes while a question is answered.

        Args:
            question: As typed.
            conversation: So far.
            whole: Whether to draw what was asked before as well, though the page has it.
        """
        number = len(conversation.exchanges)
        forgotten = max(0, number - KEPT)
        blank = tuple(Exchange("") for _ in range(forgotten))
        now = Exchange(question[: self._limit], filters=conversation.filters)
        exchanges = (*blank, *conversation.exchanges[forgotten:], now)
        conversation = Conversation(
            conversation.id or token_hex(8), exchanges, conversation.filters, asking=token_hex(8)
        )
        before = self._past(conversation) if whole or forgotten or not number else {}
        yield {
            Region.START: "", **before, Region.LIVE: self._live_html(conversation), **self._chips(conversation), Region.BOX: "",
            Region.EVIDENCE: cards_html(now, number), Region.STATE: conversation,
        }  # fmt: skip
        for now in self._answers(question, conversation):
            # The state goes with what is shown: a reader may click a mark the moment it is there.
            conversation = conversation.with_last(now)
            yield {
                Region.LIVE: self._live_html(conversation), Region.EVIDENCE: cards_html(now, number), Region.STATE: conversation,
            }  # fmt: skip

    def _answers(self, question: str, conversation: Conversation) -> Iterator[Exchange]:
        now, history = conversation.exchanges[-1], turns(conversation.exchanges[:-1])
        stream = self._assistant.stream(question, history, filters=conversation.filters)
        try:
            for answer in self._growing.until_stopped(conversation.asking, stream):
                if answer is None:
                    yield replace(now, answer=now.answer and replace(now.answer, done=True), stopped=True)
                    return
                if now.answer is None:
                    whole = answer.understood or answer.question
                    now = replace(now, periods=tuple(self._assistant.times(whole)), people=understand(whole).people)
                now = replace(now, answer=answer)
                yield now
        except HoibaoError as exc:
            yield replace(now, answer=None, failure=self._failure_html(question, exc))
        except Exception:  # one of the two outermost places: a reader gets a message, the log gets the rest
            logger.exception("A question failed")
            yield replace(now, answer=None, failure=_note(both("error"), f"<p>{both('error_unknown')}</p>"))

    def _failure_html(self, question: str, exc: HoibaoError) -> str:
        if isinstance(exc, IndexMissing):
            return _note(both("empty"), f"<p>{both('empty_how')}</p>{COMMAND}")
        if isinstance(exc, QuestionError) and not question.strip():
            return _note(both("question_error"), f"<p>{both('question_empty')}</p>")
        if isinstance(exc, QuestionError) and len(question) > self._limit:
            return _note(both("question_error"), f"<p>{both('question_long', limit=self._limit)}</p>")
        heading = both("question_error" if isinstance(exc, QuestionError) else "error")
        return _note(heading, f'<p lang="en">{plain(str(exc))}<br>{plain(exc.hint)}</p>')

    def _opened(self, conversation: Conversation, record: object) -> Changes:
        """Return a conversation as the browser kept it."""
        try:
            found = restored(record, self._assistant.version, limit=self._limit)
        except HoibaoError:
            found = None
        return self._shown_again(conversation, found)

    def _brought(self, conversation: Conversation, text: object) -> Changes:
        """Return a conversation as a file holds it."""
        try:
            found = brought_back(text, self._assistant.version, limit=self._limit)
        except HoibaoError:
            found = None
        return self._shown_again(conversation, found)

    def _shown_again(self, conversation: Conversation, found: Conversation | None) -> Changes:
        if found is None:
            note = _note(both("lost"), "")
            return {**self._emptied(), Region.LIVE: note, Region.STATE: Conversation(filters=conversation.filters)}
        last = len(found.exchanges) - 1
        return {
            Region.START: "", **self._past(found), Region.LIVE: self._live_html(found), **self._chips(found), Region.BOX: "", Region.STATE: found,
            Region.EVIDENCE: cards_html(found.exchanges[last], last),
        }  # fmt: skip

    def _emptied(self) -> Changes:
        return {**self.start(), Region.PAST: "", Region.LIVE: "", Region.BOX: "", Region.EVIDENCE: cards_html(None)}

    def _changed(self, conversation: Conversation) -> Changes:
        return {**self._chips(conversation), Region.STATE: conversation}

    def _chips(self, conversation: Conversation) -> Changes:
        count = self._collection.within(conversation.filters)
        return {Region.CHIPS: chips_html(conversation.filters, count=count, editing=conversation.editing)}

    def _past(self, conversation: Conversation) -> Changes:
        judged = self._judging.given(conversation) if self._judging else {}
        earlier = (
            exchange_html(
                e, n, conversation=conversation.id, before=conversation.before(n), last=False, judgement=judged.get(n)
            )
            for n, e in enumerate(conversation.exchanges[:-1])
            if e.question or e.failure
        )
        return {Region.PAST: "".join(earlier)}

    def _live_html(self, conversation: Conversation) -> str:
        last = len(conversation.exchanges) - 1
        now = conversation.exchanges[last]
        judged = self._judging.given(conversation) if self._judging and now.over else {}
        return exchange_html(
            now, last, conversation=conversation.id, before=conversation.before(last), judgement=judged.get(last)
        )


def _problem(form: Mapping[str, Any]) -> str:
    """Return what is wrong with the dates of a form, as HTML, or ""."""
    read = []
    for name in ("since", "until"):
        typed = form.get(name)
        if isinstance(typed, str) and typed.strip():
            iso = iso_of(typed)
            if iso is None:
                return both("unread_date", date=NO_DATE.sub("\N{REPLACEMENT CHARACTER}", typed.strip()[:20]))
            read.append(iso)
    wrong_way = len(read) == 2 and read[0] > read[1] and not read[0].startswith(read[1])
    return both("wrong_way") if wrong_way else ""


def _of_form(form: Mapping[str, Any]) -> Filters:
    people = form.get("people")
    named = [*people] if isinstance(people, list) else []
    return filters_of({**form, "people": [*named, form.get("person")]})


def _whole(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9 else 0


def _note(heading: str, body: str) -> str:
    return f'<div class="answer note"><p class="label">{heading}</p>{body}</div>'
