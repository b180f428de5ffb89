"""The assistant: question in, proven answer out. One LangChain Runnable over the parts of this package."""

import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping, Sequence
from contextlib import aclosing, closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableConfig, run_in_executor

from qa.chat.cache import AnswerCache
from qa.chat.models import ChatModel, open_chat_model
from qa.chat.telling import Asked, Telling
from qa.chat.writer import Writer
from qa.citations import Claim
from qa.conversation import Bond, FollowUp, follow, nearer
from qa.embeddings import StaticEmbeddings, TextEmbeddings, bundled_embeddings, embedder_for
from qa.explain import Explanation
from qa.language.forms import has_accents, nfc
from qa.language.lexicon import extend_lexicon
from qa.language.times import find_times
from qa.ledger import Version
from qa.people.asked import people_asked
from qa.people.timeline import Person, people_named
from qa.people.told import told
from qa.question import Question, checked, understand
from qa.reader import Reading, read
from qa.reading.evidence import Evidence, gather
from qa.recalled import Recalled
from qa.reranker import reranker_for
from qa.retriever import PassageRetriever, in_turn
from qa.schema import Answer, Article, Filters, Turn
from qa.search import Found, find_articles
from qa.settings import Settings, load_settings
from qa.stores import Stores
from qa.today import Timed, timed
from qa.turns import reading
from qa.within import Within
from qa.wording import MAX_CITATIONS, composed, declined, growing

__all__ = ["NewsAssistant"]

logger = logging.getLogger(__name__)

AssistantInput = str | Mapping[str, Any]
REMEMBERED = 6
"""Turns of a conversation that a follow-up can point back to."""


class NewsAssistant(Runnable[AssistantInput, Answer]):
    """Answers questions over the articles of a data directory, proving every sentence.

    As a Runnable it takes a question, or a mapping with `question` and perhaps `history`, `filters`, and `chat` False to leave a chat
    model out of it; it gives an `Answer`, its streams growing `Answer`s, the last one with `done`.

    Args:
        stores: The data directory, opened.
        settings: Limits and model.
        embeddings: The model of the settings.
        chat: A chat model that writes the answers; without one they are quotations.
    """

    def __init__(
        self, stores: Stores, settings: Settings, embeddings: TextEmbeddings, chat: ChatModel | None = None
    ) -> None:
        self.stores = stores
        self.settings = settings
        self.retriever = PassageRetriever(stores=stores, embeddings=embeddings, reranker=reranker_for(settings))
        self._recalled = Recalled(stores.ledger)
        self.telling = None if chat is None else self._told_by(chat)

    @classmethod
    def open(
        cls,
        data_dir: Path | str | None = None,
        *,
        settings: Settings | None = None,
        chat_model: str | BaseChatModel | None = None,
    ) -> "NewsAssistant":
        """Open a data directory.

        Args:
            data_dir: Defaults to the setting.
            settings: Defaults to the environment's.
            chat_model: A chat model that writes the answers: `provider:name`, or any LangChain chat model. Defaults to the setting.

        Raises:
            IndexMissing: Nothing has been ingested there.
            IndexMismatch: It was written with another embedding model.
            SettingsError: A setting cannot be used, or the chat model needs a package or a key.
            ModelError: A file of the model cannot be read.
        """
        settings = settings or load_settings(data_dir=data_dir)
        extend_lexicon(settings.lexicon)
        stores = Stores(Path(data_dir) if data_dir is not None else settings.data_dir)
        embeddings = embedder_for(settings)
        stores.require_model(embeddings.name)
        wanted = chat_model or settings.chat_model
        return cls(stores, settings, embeddings, open_chat_model(wanted, settings) if wanted else None)

    def close(self) -> None:
        """Let go of the stores."""
        self.stores.close()

    def ask(self, question: str, *, history: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """Answer a question.

        Args:
            question: In Vietnamese, with or without diacritics, or in English.
            history: The conversation so far, oldest first; a follow-up is made whole with it.
            filters: The articles to look in, by period, outlets and people; all when None.

        Raises:
            QuestionError: The question is empty or too long.
            IndexMissing: Nothing has been ingested yet.
        """
        return self.invoke({"question": question, "history": history, "filters": filters})

    def explain(self, question: str) -> list[Explanation]:
        """Return why the passages that rank best for a question were found, best first.

        Raises:
            QuestionError: The question is empty or too long.
            IndexMissing: Nothing has been ingested yet.
        """
        return self.retriever.explain(understand(checked(question, longest=self.settings.max_question_chars)))

    def search(self, words: str, *, filters: Filters | None = None, most: int = 10) -> list[Found]:
        """Return articles that fit words, best first, with the passage of each that fits best; near-copies stand under the first.

        Args:
            words: In Vietnamese, with or without diacritics, or in English; they need not be a question.
            filters: The articles to look in; all when None.
            most: How many articles at most.

        Raises:
            QuestionError: The words are empty or too long, or a time cannot be read.
            IndexMissing: Nothing has been ingested yet.
        """
        question = understand(checked(words, longest=self.settings.max_question_chars))
        return find_articles(self.retriever, question, within=self._within(filters), most=most)

    def article(self, id: str) -> Article | None:
        """Return the live article of this id, or None."""
        return self.stores.ledger.article(id)

    def version(self, id: str, content_hash: str = "") -> Version | None:
        """Return an article as it was when it was quoted; its `until` says whether it has changed since.

        Args:
            id: As `Citation.article_id`.
            content_hash: As `Citation.content_hash`, or the beginning of it; "" for the present text, or the last one of an article that
                was removed.
        """
        return self.stores.ledger.version(id, content_hash)

    def versions(self, id: str) -> list[Version]:
        """Return an article as it is and as it was, latest first; empty when there never was one of this id."""
        return self.stores.ledger.versions(id)

    def times(self, question: str) -> list[str]:
        """Return the times that a question speaks of, ISO 8601, days and years or stretches of them."""
        return self._times(understand(question[: self.settings.max_question_chars]))

    def people(self, name: str) -> list[Person]:
        """Return everybody of this name, or whose name ends so, with posts and deeds by date; the most written about first.

        Args:
            name: With or without diacritics: `Nguyễn Văn Nên`, `Nguyen Van Nen`, `Nên`.
        """
        return people_named(name, self.stores.ledger.appearances)

    def names(self, *, most: int = 1000) -> list[tuple[str, int]]:
        """Return the people who are named in most articles, with the number of articles."""
        return self.stores.ledger.appearances.names(most=most)

    def matching(self, words: str, *, most: int = 50) -> list[tuple[str, int]]:
        """Return the people whose names hold words, each perhaps only begun, those named in most articles first.

        Args:
            words: With or without diacritics: `nguyen n` finds `Nguyễn Văn Nên`.
            most: How many at most.
        """
        return self.stores.ledger.appearances.matching(words, most=most)

    def outlets(self) -> list[tuple[str, int]]:
        """Return the outlets with the number of articles of each, those with most first."""
        return self.stores.ledger.facets.outlets()

    def count(self, filters: Filters | None = None) -> int:
        """Return how many articles can be asked about, or how many of them `filters` leave."""
        ledger = self.stores.ledger
        return len(ledger.facets.within(filters)) if filters else ledger.count()

    def articles(self) -> Iterator[Article]:
        """Yield the live articles, by source."""
        return self.stores.ledger.articles()

    def invoke(self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question; see `ask`."""
        return self._call_with_config(self._answer, input, config, run_type="chain", **kwargs)

    async def ainvoke(self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question without blocking the event loop; cancelling it ends the call to a chat model."""
        return await self._acall_with_config(self._aanswer, input, config, run_type="chain", **kwargs)

    def stream(self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Answer]:
        """Yield growing answers, sentence by sentence; each sentence is proven before it is shown."""
        return self._transform_stream_with_config(iter([input]), self._stream, config, run_type="chain", **kwargs)

    async def astream(
        self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Answer]:
        """Yield growing answers without blocking the event loop; closing it ends the call to a chat model."""
        grown = self._atransform_stream_with_config(_once(input), self._astream, config, run_type="chain", **kwargs)
        async with aclosing(cast("AsyncGenerator[Answer, None]", grown)) as answers:
            async for answer in answers:
                yield answer

    def _told_by(self, chat: ChatModel) -> Telling:
        settings, cache = self.settings, None
        if settings.chat_cache:
            form = " in fields" if chat.structure else ""
            cache = AnswerCache(self.stores.root, f"{settings.chat_temperature} {settings.chat_max_tokens}{form}")
            cache.sweep(self.stores.ledger.content_hashes)
        return Telling(
            self,
            Writer(chat, settings),
            today=settings.today,
            understanding=settings.chat_understanding,
            cache=cache,
        )

    def _of_people(self, question: Question, within: Within | None) -> Reading | None:
        """Return what the ledger's rows about people answer, or None when it is another question or they do not say."""
        ledger = self.stores.ledger
        rows = ledger.appearances if within is None else ledger.appearances.limited(within.rows)
        asked = people_asked(question, rows.known)
        if asked is None:
            return None
        claims = told(asked, self._times(question), rows, self.article, language=question.language)
        return Reading(tuple(claims), points=len(claims) > 1, partial=len(claims) > MAX_CITATIONS) if claims else None

    def _times(self, question: Question) -> list[str]:
        plain = question.language == "vi" and not has_accents(question.text)
        times = find_times(question.text, counted_from=self._today().isoformat(), plain=plain)
        return [t.mention.value for t in times]

    def _today(self) -> date:
        return self.settings.today or date.today()

    def _answer(self, input: AssistantInput) -> Answer:
        *_, answer = self._answers(input)
        return answer

    async def _aanswer(self, input: AssistantInput) -> Answer:
        async with aclosing(self._aanswers(input)) as answers:
            async for answer in answers:
                last = answer
        return last

    def _stream(self, inputs: Iterator[AssistantInput]) -> Iterator[Answer]:
        for input in inputs:
            yield from self._answers(input)

    async def _astream(self, inputs: AsyncIterator[AssistantInput]) -> AsyncIterator[Answer]:
        async for input in inputs:
            async with aclosing(self._aanswers(input)) as answers:
                async for answer in answers:
                    yield answer

    def _answers(self, input: AssistantInput) -> Generator[Answer, None, None]:
        began = time.perf_counter()
        asked = self._asked(input)
        telling = self._telling(input)
        if telling is None:
            quoted = replace(self.quoted(self.searched(asked)), understood=asked.understood)
            yield from growing(_stamped(quoted, asked, began))
            return
        with closing(telling.answers(asked)) as answers:
            for answer in answers:
                yield _stamped(answer, asked, began)

    async def _aanswers(self, input: AssistantInput) -> AsyncGenerator[Answer, None]:
        telling = self._telling(input)
        if telling is None:
            for answer in await run_in_executor(None, lambda: list(self._answers(input))):
                yield answer
            return
        began = time.perf_counter()
        asked = await run_in_executor(None, self._asked, input)
        async with aclosing(telling.aanswers(asked)) as answers:
            async for answer in answers:
                yield _stamped(answer, asked, began)

    def _telling(self, input: AssistantInput) -> Telling | None:
        return None if not isinstance(input, str) and input.get("chat") is False else self.telling

    def _asked(self, input: AssistantInput) -> Asked:
        asked = input if isinstance(input, str) else input.get("question")
        history = () if isinstance(input, str) else input.get("history") or ()
        typed = " ".join(nfc(checked(asked, longest=self.settings.max_question_chars)).split())
        filters = None if isinstance(input, str) else input.get("filters")
        history = tuple(history[-REMEMBERED:])
        followed = follow(typed, history)
        return Asked(typed, history, followed, *self._whole(followed), within=self._within(filters))

    def _within(self, filters: Filters | None) -> Within | None:
        return Within(self.stores, self.stores.ledger.facets.within(filters)) if filters else None

    def _whole(self, followed: FollowUp) -> tuple[Question, Timed]:
        whole = followed.question(longest=self.settings.max_question_chars)
        return whole, timed(whole, today=self._today(), dated=self.stores.ledger.dated)

    def understood(self, asked: Asked, text: str) -> Asked:
        """Return the question understood as `text`."""
        followed = replace(asked.followed, text=text)
        whole, counted = self._whole(followed)
        return replace(asked, followed=followed, whole=whole, timed=counted)

    def searched(self, asked: Asked, parts: Sequence[str] = ()) -> Asked:
        """Return the question with what is found for it, and for its parts where it has some."""
        with reading():
            hits = self.retriever.search(asked.question, within=asked.within)
            self._recalled.keep(asked.question, asked.within, hits)
            if about := asked.followed.about:
                before = self._recalled.hits(about, asked.within) or self.retriever.search(about, within=asked.within)
                hits = nearer(hits, before, asked.followed)
            for part in parts:
                hits = in_turn(hits, self.retriever.search(understand(part), within=asked.within))
            return replace(asked, hits=tuple(hits))

    def evidence(self, asked: Asked) -> tuple[Evidence, tuple[Claim, ...]]:
        """Return the sentences worth reading, and what the rows about people answer."""
        with reading():
            people = self._of_people(asked.whole, asked.within)
            weights = self.retriever.unit_weights(asked.question)
            embeddings = self.retriever.embeddings
            likeness = embeddings if isinstance(embeddings, StaticEmbeddings) else bundled_embeddings()
            found = gather(asked.question, asked.hits, weights, likeness)
            return found, people.claims if people else ()

    def searched_in(self, asked: Asked) -> int:
        """Return how many articles were looked in."""
        return self.count() if asked.within is None else len(asked.within.rows)

    def quoted(self, asked: Asked) -> Answer:
        """Return the answer in the articles' own words, or that they do not say."""
        question, hits = asked.question, list(asked.hits)
        with reading():
            found = self._of_people(asked.whole, asked.within) or self._read(asked)
            answer = composed(question, found, hits, show_unproven=self.settings.show_unproven)
        if not answer.answered:
            answer = replace(answer, text=declined(question.language, answer.retrieved, self.searched_in(asked)))
        return answer

    def _read(self, asked: Asked) -> Reading:
        """Return what the articles found say; nothing when the question is about a time none of them is of."""
        if asked.timed.misses(asked.hits[0].article if asked.hits else None):
            return Reading()
        return read(
            asked.question,
            asked.hits,
            self.retriever.unit_weights(asked.question),
            embeddings=self.retriever.embeddings,
            threshold=self.settings.answer_threshold,
            made_whole=asked.followed.bond is not Bond.NONE,
        )


def _stamped(answer: Answer, asked: Asked, began: float) -> Answer:
    """Return an answer with the question as typed and the time it took."""
    seconds = time.perf_counter() - began
    if answer.done:
        logger.info("answered: %d articles, %.0f ms", len(answer.retrieved), seconds * 1000)
    return replace(answer, question=asked.typed, seconds=seconds)


async def _once(input: AssistantInput) -> AsyncIterator[AssistantInput]:
    yield input
