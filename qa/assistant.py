"""The assistant: question in, proven answer out. One LangChain Runnable over the parts of this package."""

import logging
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig, run_in_executor

from qa.citations import Quote, cite, problems
from qa.conversation import follow, nearer
from qa.embeddings import TextEmbeddings, embedder_for
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
from qa.reranker import reranker_for
from qa.retriever import PassageRetriever, ranked_articles
from qa.schema import Answer, Article, Hit, Retrieved, Turn
from qa.search import Found, find_articles
from qa.settings import Settings, load_settings
from qa.stores import Stores
from qa.today import Timed, timed

__all__ = ["NewsAssistant"]

logger = logging.getLogger(__name__)

AssistantInput = str | Mapping[str, Any]
MAX_CITATIONS = 5

_DECLINED = {
    "vi": "Các bài báo không cho biết điều này.",
    "en": "The articles do not say.",
}
_SEARCHED = {
    "vi": " Đã tìm trong {count} bài; gần nhất là {titles}.",
    "en": " {count} articles were searched; nearest are {titles}.",
}
REMEMBERED = 6
"""Turns of a conversation that a follow-up can point back to."""
NAMED, TITLE_CHARS = 3, 90
"""Nearest articles named when nothing is answered, and how much of each title."""
_PARTIAL = {"vi": "(Danh sách này có thể chưa đủ.)", "en": "(This list may not be complete.)"}
_DIFFERING = {"vi": "(Có nhiều bài cùng hợp với câu hỏi.)", "en": "(Several articles fit the question.)"}
UNPROVEN = "[?]"
"""Stands in place of a mark after a sentence that is not proven, where the settings have such sentences shown."""


class NewsAssistant(Runnable[AssistantInput, Answer]):
    """Answers questions over the articles of a data directory, proving every sentence.

    As a Runnable it takes a question, or a mapping with `question` and perhaps `history`, and gives an `Answer`; its
    streams give growing `Answer`s, the last one with `done`.

    Args:
        stores: The data directory, opened.
        settings: Limits and model.
        embeddings: The model of the settings.
    """

    def __init__(self, stores: Stores, settings: Settings, embeddings: TextEmbeddings) -> None:
        self.stores = stores
        self.settings = settings
        self.retriever = PassageRetriever(stores=stores, embeddings=embeddings, reranker=reranker_for(settings))

    @classmethod
    def open(cls, data_dir: Path | str | None = None, *, settings: Settings | None = None) -> "NewsAssistant":
        """Open a data directory.

        Args:
            data_dir: Defaults to the setting.
            settings: Defaults to the environment's.

        Raises:
            IndexMissing: Nothing has been ingested there.
            IndexMismatch: It was written with another embedding model.
            SettingsError: A setting cannot be used.
            ModelError: A file of the model cannot be read.
        """
        settings = settings or load_settings(data_dir=data_dir)
        extend_lexicon(settings.lexicon)
        stores = Stores(Path(data_dir) if data_dir is not None else settings.data_dir)
        embeddings = embedder_for(settings)
        stores.require_model(embeddings.name)
        return cls(stores, settings, embeddings)

    def close(self) -> None:
        """Let go of the stores."""
        self.stores.close()

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question.

        Args:
            question: In Vietnamese, with or without diacritics, or in English.
            history: The conversation so far, oldest first; a follow-up is made whole with it.

        Raises:
            QuestionError: The question is empty or too long.
            IndexMissing: Nothing has been ingested yet.
        """
        return self.invoke({"question": question, "history": history})

    def explain(self, question: str) -> list[Explanation]:
        """Return why the passages that rank best for a question were found, best first.

        Raises:
            QuestionError: The question is empty or too long.
            IndexMissing: Nothing has been ingested yet.
        """
        return self.retriever.explain(understand(checked(question, longest=self.settings.max_question_chars)))

    def search(self, words: str, *, since: str = "", until: str = "", outlet: str = "", most: int = 10) -> list[Found]:
        """Return articles that fit words, best first, with the passage of each that fits best; near-copies stand under the first.

        Args:
            words: In Vietnamese, with or without diacritics, or in English; they need not be a question.
            since: ISO day, month or year: articles of this time or later, by event, else by publication.
            until: ISO day, month or year, its last day included.
            outlet: Canonical (`VietnamPlus`) or as an article shows it.
            most: How many articles at most.

        Raises:
            QuestionError: The words are empty or too long, or a time cannot be read.
            IndexMissing: Nothing has been ingested yet.
        """
        question = understand(checked(words, longest=self.settings.max_question_chars))
        return find_articles(self.retriever, question, since=since, until=until, outlet=outlet, most=most)

    def article(self, id: str) -> Article | None:
        """Return the live article of this id, or None."""
        return self.stores.ledger.article(id)

    def version(self, id: str, content_hash: str = "") -> Version | None:
        """Return an article as it was when it was quoted; its `until` says whether it has changed since.

        Args:
            id: As `Citation.article_id`.
            content_hash: As `Citation.content_hash`, or the beginning of it; "" for the present text.
        """
        live = self.stores.ledger.article(id)
        for version in self.stores.ledger.versions(id):
            if version.article.content_hash.startswith(content_hash) and (content_hash or version.until is None):
                return replace(version, article=live) if live and version.until is None else version
        return None

    def people(self, name: str) -> list[Person]:
        """Return everybody of this name, or whose name ends so, with posts and deeds by date; the most written about first.

        Args:
            name: With or without diacritics: `Nguyễn Văn Nên`, `Nguyen Van Nen`, `Nên`.
        """
        return people_named(name, self.stores.ledger.appearances)

    def names(self, *, most: int = 1000) -> list[tuple[str, int]]:
        """Return the people who are named in most articles, with the number of articles."""
        return self.stores.ledger.appearances.names(most=most)

    def count(self) -> int:
        """Return how many articles can be asked about."""
        return self.stores.ledger.count()

    def articles(self) -> Iterator[Article]:
        """Yield the live articles, by source."""
        return self.stores.ledger.articles()

    def invoke(self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question; see `ask`."""
        return self._call_with_config(self._answer, input, config, run_type="chain", **kwargs)

    async def ainvoke(self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question without blocking the event loop."""
        return await run_in_executor(config, self.invoke, input, config, **kwargs)

    def stream(self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Answer]:
        """Yield growing answers, sentence by sentence; each sentence is proven before it is shown."""
        answer = self.invoke(input, config, **kwargs)
        yield from _growing(answer)

    async def astream(
        self, input: AssistantInput, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Answer]:
        """Yield growing answers without blocking the event loop."""
        answer = await self.ainvoke(input, config, **kwargs)
        for partial in _growing(answer):
            yield partial

    def _of_people(self, question: Question) -> Reading | None:
        """Return what the ledger's rows about people answer, or None when it is another question or they do not say."""
        rows = self.stores.ledger.appearances
        asked = people_asked(question, rows.known)
        if asked is None:
            return None
        plain = question.language == "vi" and not has_accents(question.text)
        times = find_times(question.text, counted_from=self._today().isoformat(), plain=plain)
        periods = [t.mention.value for t in times]
        claims = told(asked, periods, rows, self.article, language=question.language)
        return Reading(tuple(claims), points=len(claims) > 1, partial=len(claims) > MAX_CITATIONS) if claims else None

    def _read(self, asked: Timed, hits: list[Hit]) -> Reading:
        """Return what the articles of the hits say; nothing when the question is about a time none of them is of."""
        if asked.misses(hits[0].article if hits else None):
            return Reading()
        return read(
            asked.question,
            hits,
            self.retriever.unit_weights(asked.question),
            embeddings=self.retriever.embeddings,
            threshold=self.settings.answer_threshold,
        )

    def _today(self) -> date:
        return self.settings.today or date.today()

    def _answer(self, input: AssistantInput) -> Answer:
        began = time.perf_counter()
        asked = input if isinstance(input, str) else input.get("question")
        history = () if isinstance(input, str) else input.get("history") or ()
        typed = " ".join(nfc(checked(asked, longest=self.settings.max_question_chars)).split())
        followed = follow(typed, history[-REMEMBERED:])
        asked_for = followed.question(longest=self.settings.max_question_chars)
        counted = timed(asked_for, today=self._today(), dated=self.stores.ledger.dated)
        question = counted.question
        hits = self.retriever.search(question)
        if followed.about:
            hits = nearer(hits, self.retriever.search(followed.about), followed)
        reading = self._of_people(asked_for) or self._read(counted, hits)
        answer = _composed(question, reading, hits, show_unproven=self.settings.show_unproven)
        if not answer.answered:
            answer = replace(answer, text=_declined(question.language, answer.retrieved, self.count()))
        seconds = time.perf_counter() - began
        logger.info("answered: %d passages, %.0f ms", len(hits), seconds * 1000)
        understood = counted.understood or ("" if followed.text == typed else followed.text)
        return replace(answer, question=typed, understood=understood, seconds=seconds)


def _composed(question: Question, reading: Reading, hits: list[Hit], *, show_unproven: bool) -> Answer:
    """Return the answer that the proven ones among the claims of a reading make; not answered when none is."""
    quotes: list[Quote] = []
    sentences, unproven = [], []
    for claim in reading.claims:
        if wrong := problems(claim):
            logger.debug("withheld: %s", "; ".join(wrong))
            if show_unproven:
                sentences.append(f"{claim.text} {UNPROVEN}")
                unproven.append(claim.text)
            continue
        fresh = [q for q in claim.quotes if q not in quotes]
        if len(quotes) + len(fresh) > MAX_CITATIONS:
            continue
        quotes += fresh
        marks = "".join(f"[{quotes.index(q) + 1}]" for q in claim.quotes)
        sentences.append(f"{claim.text} {marks}" + (f" ({claim.note})" if claim.note else ""))
    answer = Answer(question.text, "", False, question.language, retrieved=tuple(ranked_articles(hits)))
    if not quotes:
        return answer
    if reading.partial:
        sentences.append(_PARTIAL[question.language])
    if reading.differing:
        sentences.append(_DIFFERING[question.language])
    text = "\n".join(f"- {s}" for s in sentences) if reading.points else " ".join(sentences)
    return replace(answer, text=text, answered=True, citations=cite(quotes), unproven=tuple(unproven))


def _declined(language: str, retrieved: Sequence[Retrieved], count: int) -> str:
    """Return what is said when the articles do not say: how many were searched, and which come nearest."""
    text = _DECLINED[language]
    if retrieved:
        titles = "; ".join(f"“{shorten(r.title, TITLE_CHARS, placeholder=' …')}”" for r in retrieved[:NAMED])
        number = f"{count:,}" if language == "en" else f"{count:,}".replace(",", ".")
        text += _SEARCHED[language].format(count=number, titles=titles)
    return text


def _growing(answer: Answer) -> Iterator[Answer]:
    """Yield an answer as it grows by whole sentences, the finished one last."""
    for citation in answer.citations:
        mark = f"[{citation.marker}]"
        position = answer.text.find(mark)
        if position >= 0 and position + len(mark) < len(answer.text):
            known = answer.citations[: citation.marker]
            yield replace(answer, text=answer.text[: position + len(mark)], citations=known, done=False)
    yield answer
