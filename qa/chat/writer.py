"""Calls to a chat model, blocking and not, and the answer that comes of them."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import aclosing, closing
from dataclasses import replace
from datetime import date
from typing import Any, cast

from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable

from qa.chat.context import Context
from qa.chat.draft import Draft, Written
from qa.chat.failures import Failed, failure_of
from qa.chat.models import ChatModel
from qa.chat.tokens import tokens_of
from qa.citations import cite
from qa.kinds import Kind
from qa.question import Question
from qa.schema import Answer, Retrieved, Usage
from qa.settings import Settings
from qa.wording import PENDING, joined, told

__all__ = ["Writer"]

LONGEST, LONGEST_TOPIC = 800, 1600
"""Characters of an answer, and of one that tells of a subject."""
CONTEXT = 3000
"""Tokens of numbered sentences at most: what answers stands in few, and models overlook things in many."""
OVERHEAD = 900
"""Tokens of the instructions and the question, by the estimate."""
logger = logging.getLogger(__name__)

Build = Callable[[int], Context]


class Writer:
    """Has a chat model write answers.

    Args:
        chat: The model.
        settings: Retries, limits, price, whether sentences are shown before they are proven.
    """

    def __init__(self, chat: ChatModel, settings: Settings) -> None:
        self.chat = chat
        self._settings = settings

    def count(self, text: str) -> int:
        """Return how many tokens a text takes."""
        return tokens_of(self.chat.model, text)

    def draft(self, question: Question, text: str, context: Build, today: date) -> Draft:
        """Return an answer that is still to be written.

        Args:
            question: What is looked for.
            text: The question as it is put to the model: one that needs no history.
            context: Gives the numbered sentences within so many tokens.
            today: What relative times are counted from.
        """
        room = self.chat.window - min(self._settings.chat_max_tokens, self.chat.window // 4) - OVERHEAD
        return Draft(
            text,
            question.language,
            today,
            chat=self.chat,
            context=context,
            budget=max(0, min(CONTEXT, room)),
            retries=self._settings.chat_retries,
            longest=LONGEST_TOPIC if question.kind is Kind.TOPIC else LONGEST,
            eager=self._settings.chat_pending,
        )

    def said(self, messages: list[BaseMessage]) -> str:
        """Return the reply to messages, "" when there is none: what is asked so can be done without."""
        try:
            return self.chat.model.invoke(messages).text
        except Exception as exc:  # noqa: BLE001  # as in `_calling`
            return _without(exc)

    async def asaid(self, messages: list[BaseMessage]) -> str:
        """As `said`, without blocking."""
        try:
            return (await self.chat.model.ainvoke(messages)).text
        except Exception as exc:  # noqa: BLE001  # as in `_calling`
            return _without(exc)

    def write(self, draft: Draft) -> Generator[None, None, None]:
        """Make the calls of a draft; yields whenever there is something new to show."""
        clock = _Clock(draft)
        while (messages := draft.request()) is not None:
            time.sleep(draft.pause)
            try:
                with closing(self._calling(messages, draft)) as chunks:
                    for chunk in chunks:
                        clock.heard(chunk)
                        if draft.take(chunk):
                            yield
                        if draft.enough:
                            break
            except _CallFailed as exc:
                draft.failed(exc.failed)
            else:
                draft.ended()
            clock.stop()

    async def awrite(self, draft: Draft) -> AsyncGenerator[None, None]:
        """As `write`, without blocking; a task that is cancelled ends its call."""
        clock = _Clock(draft)
        while (messages := draft.request()) is not None:
            await asyncio.sleep(draft.pause)
            try:
                async with aclosing(self._acalling(messages, draft)) as chunks:
                    async for chunk in chunks:
                        clock.heard(chunk)
                        if draft.take(chunk):
                            yield
                        if draft.enough:
                            break
            except _CallFailed as exc:
                draft.failed(exc.failed)
            else:
                draft.ended()
            clock.stop()

    def answer(self, question: Question, draft: Draft, retrieved: Sequence[Retrieved], *, done: bool) -> Answer | None:
        """Return what a draft says, with marks and citations; None when it says nothing.

        Args:
            question: The question.
            draft: As far as it has come.
            retrieved: The best articles.
            done: Whether it is finished.
        """
        written: Written = draft.written
        said, quotes = told(written.claims, longest=LONGEST_TOPIC if question.kind is Kind.TOPIC else LONGEST)
        pending = written.pending if self._settings.chat_pending and not done else ()
        if not said and not pending:
            return None
        text = joined([*said, *((f"{text} {PENDING}", place) for text, place in pending)])
        return Answer(
            question.text,
            text,
            bool(said) or not done,
            question.language,
            citations=cite(quotes),
            retrieved=tuple(retrieved),
            pending=tuple(text for text, _ in pending),
            usage=replace(self.used(draft), written=True),
            done=done,
        )

    def used(self, draft: Draft) -> Usage:
        """Return what a draft took of the model, with its cost where the price is known."""
        usage, price = draft.usage, self._settings.chat_price
        if price is None:
            return usage
        return replace(usage, cost=(usage.input_tokens * price[0] + usage.output_tokens * price[1]) / 1_000_000)

    def _model(self, draft: Draft) -> Runnable[Any, BaseMessage]:
        """Return the model, bound to the form of the reply where that is asked for."""
        structure = self.chat.structure
        return structure.model if structure is not None and draft.in_fields else self.chat.model

    def _calling(self, messages: list[BaseMessage], draft: Draft) -> Generator[BaseMessage, None, None]:
        try:
            yield from self._model(draft).stream(messages)
        except Exception as exc:  # noqa: BLE001  # every provider's client has errors of its own; all end in quotations
            raise _CallFailed(failure_of(exc, begun=draft.begun)) from None

    async def _acalling(self, messages: list[BaseMessage], draft: Draft) -> AsyncGenerator[BaseMessage, None]:
        try:
            stream = cast("AsyncGenerator[BaseMessage, None]", self._model(draft).astream(messages))
            async with aclosing(stream) as chunks:
                async for chunk in chunks:
                    yield chunk
        except Exception as exc:  # noqa: BLE001  # as above
            raise _CallFailed(failure_of(exc, begun=draft.begun)) from None


def _without(exc: Exception) -> str:
    logger.info("the chat model did not read a question: %s", failure_of(exc, begun=False).failure.value)
    return ""


class _CallFailed(Exception):
    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.failure.value)
        self.failed = failed


class _Clock:
    """Notes the time to the first word and the time in all."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._began = time.perf_counter()

    def heard(self, chunk: BaseMessage) -> None:
        if self._draft.usage.first_seconds is None and chunk.text:
            self._draft.usage = replace(self._draft.usage, first_seconds=time.perf_counter() - self._began)

    def stop(self) -> None:
        self._draft.usage = replace(self._draft.usage, seconds=time.perf_counter() - self._began)
