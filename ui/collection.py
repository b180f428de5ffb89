"""The collection that the page asks: what it needs of the assistant, and what the first screen and the filters tell of it."""

import logging
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import Protocol

from qa.errors import HoibaoError, IndexMissing
from qa.ledger import Version
from qa.schema import Answer, Article, Filters, Turn
from ui.texts import Text, example_questions

__all__ = ["Assistant", "Collection"]

logger = logging.getLogger(__name__)

LOOKED_THROUGH = 500
TRIED = 9
EXAMPLES = 3
NAMES = 300
"""People to choose from in the filters."""
QUOTED = re.compile("“.+”")


class Assistant(Protocol):
    """What the page asks for; `ui.server` makes it of `qa.NewsAssistant`."""

    def stream(self, question: str, history: Sequence[Turn] = (), *, filters: Filters = ...) -> Iterator[Answer]:
        """Yield growing answers, the last one done."""

    def times(self, question: str) -> Sequence[str]:
        """Return the times a question speaks of, ISO 8601."""

    def version(self, article_id: str, content_hash: str) -> Version | None:
        """Return an article as it was when its content hash began so."""

    def versions(self, article_id: str) -> Sequence[Version]:
        """Return an article as it is and was, latest first."""

    def articles(self) -> Iterator[Article]:
        """Yield the articles."""

    def count(self, filters: Filters = ...) -> int:
        """Return how many articles there are."""

    def outlets(self) -> Sequence[tuple[str, int]]:
        """Return the outlets with the number of articles of each, the largest first."""

    def names(self, *, most: int) -> Sequence[tuple[str, int]]:
        """Return the people who are named in most articles."""


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

    def within(self, filters: Filters) -> int | None:
        """Return how many articles filters leave; None when they limit nothing, or nothing can be told."""
        try:
            return self._assistant.count(filters) if filters else None
        except HoibaoError:
            return None

    def choices(self) -> tuple[Sequence[tuple[str, int]], list[str]]:
        """Return the outlets and the people that filters can name."""
        try:
            return self._assistant.outlets(), [name for name, _ in self._assistant.names(most=NAMES)]
        except HoibaoError:
            return [], []

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
