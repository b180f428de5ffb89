"""Articles that answer a question as well as the best one, and otherwise: a later meeting of the same name, another count of the injured."""

import re
from collections.abc import Iterator, Sequence

from qa.language.forms import fold, words
from qa.language.times import spelled
from qa.reading.compose import Found
from qa.reading.features import Candidate
from qa.reading.spans import CLAUSAL
from qa.schema import Article, DateMention, Hit

__all__ = ["apart", "latest_first", "rivals"]

AS_GOOD = 1.2
"""How far below the best a candidate of another article may score to be named beside it."""
AS_FITTING = 0.97
"""Share of the best article's score that its article must have."""
MOST = 2
"""Rivals named at most."""
TITLE_CHARS = 60
_DIGITS = re.compile(r"\d+")
_DAYS = {
    "vi": {"event": "ngày {}", "published": "đăng {}"},
    "en": {"event": "{}", "published": "published {}"},
}


def rivals(found: Found, hits: Sequence[Hit]) -> list[Candidate]:
    """Return the candidates of other articles that answer as well as the best one and say something else; none of its copies.

    Args:
        found: What was found for a slot.
        hits: The passages that were read.
    """
    best, top = found.ranked[0]
    if best.span.sort in CLAUSAL:
        return []
    fit: dict[str, float] = {}
    for hit in hits:
        fit[hit.article.id] = max(fit.get(hit.article.id, 0.0), hit.score)
    chosen = [best]
    for other, score in found.ranked[1:]:
        if score < top - AS_GOOD or len(chosen) > MOST:
            break
        fits = fit.get(other.article.id, 0.0) >= AS_FITTING * fit.get(best.article.id, 0.0)
        alike = other.span.sort is best.span.sort
        if fits and alike and not any(_same(other, c) for c in chosen):
            chosen.append(other)
    return chosen[1:]


def latest_first(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates by the day of their articles, the latest first, where all are known; else as they are.

    Of one day, the article that was published later comes first.
    """
    days = [(a.event or a.published, a.published) for a in (c.article for c in chosen)]
    if not all(day for day, _ in days):
        return list(chosen)
    values = [tuple(d.value if d else "" for d in pair) for pair in days]
    order = sorted(range(len(chosen)), key=values.__getitem__, reverse=True)
    return [chosen[i] for i in order]


def apart(chosen: Sequence[Candidate], language: str) -> list[str]:
    """Return what tells the article of each candidate from those of the others: its day, its outlet, else its title."""
    articles = [c.article for c in chosen]
    notes = [[*outlet, *day] for outlet, day in zip(_outlets(articles), _days(articles, language), strict=True)]
    return [", ".join(note) or f"“{_shortened(a.title)}”" for note, a in zip(notes, articles, strict=True)]


def _same(one: Candidate, other: Candidate) -> bool:
    """Return whether two candidates say the same, or come from one article or its copy."""
    if one.article.id == other.article.id or one.article.source in other.article.copies:
        return True
    mine, theirs = (fold(" ".join(c.texts())) for c in (one, other))
    numbers, others = set(_DIGITS.findall(mine)), set(_DIGITS.findall(theirs))
    if numbers or others:
        return numbers <= others or others <= numbers
    said, also = set(words(mine)), set(words(theirs))
    return said <= also or also <= said


def _outlets(articles: Sequence[Article]) -> Iterator[list[str]]:
    named = [a.outlet for a in articles]
    for outlet in named:
        yield [outlet] if outlet and named.count(outlet) < len(named) else []


def _days(articles: Sequence[Article], language: str) -> Iterator[list[str]]:
    for which in ("event", "published"):
        days: list[DateMention | None] = [getattr(a, which) for a in articles]
        values = [d.value[:10] if d else "" for d in days]
        if all(values) and len(set(values)) > 1:
            yield from ([_DAYS[language][which].format(spelled(v))] for v in values)
            return
    yield from ([] for _ in articles)


def _shortened(title: str) -> str:
    if len(title) <= TITLE_CHARS:
        return title
    return title[:TITLE_CHARS].rpartition(" ")[0] + " …"
