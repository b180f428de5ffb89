"""Articles by words, time and outlet: what a program looks through before it reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.appearances import occasion
from qa.errors import QuestionError
from qa.language.forms import fold
from qa.language.times import bounds
from qa.matching import lexical_query
from qa.question import Question
from qa.retriever import PassageRetriever
from qa.schema import Article, Passage

__all__ = ["Found", "find_articles"]

WIDE, AT_ONCE = 2000, 200
"""Passages that are looked through for articles of a time or an outlet, best first, and how many of them are read at once."""
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and the passage of it that fits best."""

    article: Article
    passage: Passage


def find_articles(
    retriever: PassageRetriever,
    question: Question,
    *,
    since: str = "",
    until: str = "",
    outlet: str = "",
    most: int = 10,
) -> list[Found]:
    """Return articles that fit words, best first; near-copies stand under the first of them.

    Those that retrieval ranks come first. Where time or outlet leave too few of them, the lexical index is looked through further.

    Args:
        retriever: Where to look.
        question: What for; words do, it need not be a question.
        since: ISO day, month or year: articles of this time or later. An article's time is the day of its event, else of its
            publication, else the year that its meeting is planned for; without any it is of no time.
        until: ISO day, month or year, its last day included.
        outlet: Canonical (`VietnamPlus`) or as an article shows it, with or without diacritics.
        most: How many articles at most.

    Raises:
        QuestionError: `since` or `until` is no ISO day, month or year.
        IndexMissing: Nothing has been ingested yet.
    """
    first, last = _day(since, end=0), _day(until, end=1)
    wanted = " ".join(fold(outlet).split())
    hits = ((hit.passage, hit.article) for hit in retriever.search(question))
    found: list[Found] = []
    seen: set[str] = set()
    for passage, article in _further(hits, retriever, question) if first or last or wanted else hits:
        if article.source in seen or not (_is_of(article, wanted) and _is_within(article, first, last)):
            continue
        seen |= {article.source, *article.copies}
        found.append(Found(article, passage))
        if len(found) == most:
            break
    return found


def _further(
    hits: Iterator[tuple[Passage, Article]], retriever: PassageRetriever, question: Question
) -> Iterator[tuple[Passage, Article]]:
    yield from hits
    numbers = [number for number, _ in retriever.stores.words.search(lexical_query(question), k=WIDE)]
    for at in range(0, len(numbers), AT_ONCE):
        part = numbers[at : at + AT_ONCE]
        rows = retriever.stores.ledger.find(part)
        yield from (rows[number] for number in part if number in rows)


def _is_of(article: Article, outlet: str) -> bool:
    names = (*article.outlets, article.outlet or "")
    return not outlet or outlet in {" ".join(fold(name).split()) for name in names}


def _is_within(article: Article, first: str, last: str) -> bool:
    if not first and not last:
        return True
    when = bounds(occasion(article)[0] or "")
    return when is not None and when[1].isoformat() >= first and (not last or when[0].isoformat() <= last)


def _day(value: str, *, end: int) -> str:
    if not value:
        return ""
    found = bounds(value) if _ISO.fullmatch(value) else None
    if found is None:
        raise QuestionError(f"{value!r} is no time to limit articles to", hint="Give 2016, 2016-07 or 2016-07-14.")
    return found[end].isoformat()
