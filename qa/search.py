"""Articles by words, time and outlet: what a program looks through before it reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa.matching import lexical_query
from qa.question import Question
from qa.retriever import PassageRetriever
from qa.schema import Article, Passage
from qa.within import Within

__all__ = ["Found", "find_articles"]

WIDE, AT_ONCE = 2000, 200
"""Passages of the lexical index that are looked through at most beyond those ranked, and how many of them are read at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and the passage of it that fits best."""

    article: Article
    passage: Passage


def find_articles(
    retriever: PassageRetriever, question: Question, *, within: Within | None = None, most: int = 10
) -> list[Found]:
    """Return articles that fit words, best first; near-copies stand under the first of them.

    Those that retrieval ranks come first. Where they are too few, the lexical index is looked through further.

    Args:
        retriever: Where to look.
        question: What for; words do, it need not be a question.
        within: The articles to look in; all when None.
        most: How many articles at most.

    Raises:
        IndexMissing: Nothing has been ingested yet.
    """
    found: list[Found] = []
    seen: set[str] = set()
    for passage, article in _ranked(retriever, question, within):
        if article.source not in seen:
            seen |= {article.source, *article.copies}
            found.append(Found(article, passage))
        if len(found) == most:
            break
    return found


def _ranked(
    retriever: PassageRetriever, question: Question, within: Within | None
) -> Iterator[tuple[Passage, Article]]:
    yield from ((hit.passage, hit.article) for hit in retriever.search(question, within=within))
    query = lexical_query(question)
    scored = within.words(query, k=WIDE) if within else dict(retriever.stores.words.search(query, k=WIDE))
    numbers = sorted(scored, key=lambda n: (-scored[n], n))
    for at in range(0, len(numbers), AT_ONCE):
        part = numbers[at : at + AT_ONCE]
        rows = retriever.stores.ledger.find(part)
        yield from (rows[number] for number in part if number in rows)
