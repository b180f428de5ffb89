"""A question answered by a chat model: read, searched for, written, proven; and quoted from the articles when that fails."""

from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing, closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from langchain_core.messages import BaseMessage
from langchain_core.runnables import run_in_executor

from qa.chat.asking import as_asked, reading
from qa.chat.cache import AnswerCache
from qa.chat.context import Context, build
from qa.chat.draft import Draft
from qa.chat.failures import note
from qa.chat.writer import Writer
from qa.citations import Claim
from qa.conversation import FollowUp
from qa.question import Question
from qa.reading.evidence import Evidence
from qa.retriever import ranked_articles
from qa.schema import Answer, Hit, Turn
from qa.today import Timed
from qa.within import Within
from qa.wording import declined

__all__ = ["Asked", "Sources", "Telling"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way.

    Attributes:
        typed: As typed, NFC, white space collapsed.
        history: The conversation before it.
        followed: As the rules made it whole.
        whole: As understood then.
        timed: The same with the times that it counts from today.
        within: The articles that are looked in; None for all.
        hits: What was found for it, best first.
    """

    typed: str
    history: tuple[Turn, ...]
    followed: FollowUp
    whole: Question
    timed: Timed
    within: Within | None = None
    hits: tuple[Hit, ...] = ()

    @property
    def question(self) -> Question:
        """What is looked for."""
        return self.timed.question

    @property
    def understood(self) -> str:
        """The question as it was understood; "" when it was taken as it stands."""
        return self.timed.understood or ("" if self.followed.text == self.typed else self.followed.text)


class Sources(Protocol):
    """What a chat model answers from; `qa.assistant` is it."""

    def searched(self, asked: Asked, parts: Sequence[str] = ()) -> Asked:
        """Return the question with what is found for it, and for its parts where it has some."""

    def evidence(self, asked: Asked) -> tuple[Evidence, tuple[Claim, ...]]:
        """Return the sentences worth reading, and what the rows about people answer."""

    def quoted(self, asked: Asked) -> Answer:
        """Return the answer in the articles' own words, or that they do not say."""

    def understood(self, asked: Asked, text: str) -> Asked:
        """Return the question understood as `text`."""

    def searched_in(self, asked: Asked) -> int:
        """Return how many articles were looked in."""


class Telling:
    """Has a chat model answer questions.

    Args:
        sources: What it answers from.
        writer: Makes its calls.
        today: The day relative times are counted from; None for the real one.
        understanding: Whether the model also reads the questions.
        cache: Where answers are kept, or None.
    """

    def __init__(
        self,
        sources: Sources,
        writer: Writer,
        *,
        today: date | None = None,
        understanding: bool = False,
        cache: AnswerCache | None = None,
    ) -> None:
        self._sources, self._writer, self._cache = sources, writer, cache
        self._today, self._understanding = today, understanding

    def answers(self, asked: Asked) -> Generator[Answer, None, None]:
        """Yield growing answers, the last one done."""
        parts: tuple[str, ...] = ()
        if self._understanding:
            asked, parts = self._as_read(asked, self._writer.said(self._reading(asked)))
        asked, draft = self._drafted(asked, parts)
        with closing(self._writer.write(draft)) as steps:
            for _ in steps:
                if answer := self._growing(asked, draft):
                    yield answer
        yield replace(self._finished(asked, draft), understood=asked.understood)

    async def aanswers(self, asked: Asked) -> AsyncGenerator[Answer, None]:
        """As `answers`, without blocking the event loop."""
        parts: tuple[str, ...] = ()
        if self._understanding:
            asked, parts = self._as_read(asked, await self._writer.asaid(self._reading(asked)))
        asked, draft = await run_in_executor(None, self._drafted, asked, parts)
        async with aclosing(self._writer.awrite(draft)) as steps:
            async for _ in steps:
                if answer := self._growing(asked, draft):
                    yield answer
        finished = await run_in_executor(None, self._finished, asked, draft)
        yield replace(finished, understood=asked.understood)

    def _day(self) -> date:
        return self._today or date.today()

    def _reading(self, asked: Asked) -> list[BaseMessage]:
        return reading(asked.typed, asked.history, today=self._day())

    def _as_read(self, asked: Asked, reply: str) -> tuple[Asked, tuple[str, ...]]:
        """Return the question as the model read it, and its parts."""
        found = as_asked(reply, asked.typed, asked.history, asked.followed, today=self._day())
        if found.text == asked.followed.text:
            return asked, found.parts
        return self._sources.understood(asked, found.text), found.parts

    def _drafted(self, asked: Asked, parts: tuple[str, ...]) -> tuple[Asked, Draft]:
        """Return the question with what was found, and its answer still to be written, or recalled."""
        asked = self._sources.searched(asked, parts)
        evidence, told = self._sources.evidence(asked)

        def context(budget: int) -> Context:
            return build(evidence, told, budget=budget, count=self._writer.count)

        text = asked.timed.understood or asked.whole.text
        draft = self._writer.draft(asked.question, text, context, self._day())
        if self._cache is not None:
            self._cache.recall(draft)
        return asked, draft

    def _growing(self, asked: Asked, draft: Draft) -> Answer | None:
        answer = self._writer.answer(asked.question, draft, ranked_articles(list(asked.hits)), done=False)
        return answer and replace(answer, understood=asked.understood)

    def _finished(self, asked: Asked, draft: Draft) -> Answer:
        """Return the answer as it stands at the end: the model's, or that the articles do not say, or quotations."""
        written = draft.written
        language = asked.question.language
        retrieved = ranked_articles(list(asked.hits))
        usage = self._writer.used(draft)
        answer = self._writer.answer(asked.question, draft, retrieved, done=True)
        if answer is not None:
            if self._cache is not None and written.failure is None:
                self._cache.keep(draft)
            why = note(written.failure, language, partial=True) if written.failure else ""
            return replace(answer, note=why)
        if written.declined:
            text = declined(language, retrieved, self._sources.searched_in(asked))
            return Answer(asked.question.text, text, False, language, retrieved=tuple(retrieved), usage=usage)
        quoted = self._sources.quoted(asked)
        why = note(written.failure, language) if written.failure and quoted.answered else ""
        return replace(quoted, note=why, usage=usage)
