"""Points about a subject: of what the articles say of it, the clauses that say most, each of another sentence."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qa.citations import Claim, Quote
from qa.language.forms import fold, words
from qa.reading.compose import MARK_CHARS
from qa.reading.evidence import COUNTS, SENTENCE_FEATURES, Evidence
from qa.reading.views import ArticleView, Sentence
from qa.schema import BlockKind

__all__ = ["POINTS", "points"]

POINTS, PER_ARTICLE = 5, 3
"""Most points, and most from one article."""
POINT_CHARS = 260
"""Sentences above this are shown from the first to the last clause that speaks of the subject."""
LEAST, NEARLY = 0.5, 0.6
"""Least share of the subject that must stand in a sentence, and least beside the sentence that says most of it."""
ESSENTIAL = 0.34
"""Share of the subject from which a single word must stand in the article, whatever else does."""
ALIKE = 0.6
"""Share of the words two points may have in common."""
SHORT = 8
"""Words below which a sentence is no point: the line under a picture, a heading."""
_BESIDE = frozenset({BlockKind.TITLE, BlockKind.CAPTION})
_BREAK = re.compile(r"[,;:]\s+")


@dataclass(frozen=True, slots=True)
class _Point:
    view: ArticleView
    sentence: Sentence
    start: int
    end: int
    words: frozenset[str]

    @property
    def text(self) -> str:
        return self.view.article.text[self.start : self.end]


def points(evidence: Evidence, *, least: float = LEAST, most: int = POINTS, room: int) -> list[Claim]:
    """Return quotations that speak of the subject of a question, best first; none when no sentence speaks of most of it.

    Args:
        evidence: The sentences worth reading for it.
        least: Least share of the subject that must stand in a sentence.
        most: How many points at most.
        room: Characters for all of them.
    """
    claims: list[Claim] = []
    chosen: list[_Point] = []
    for point in _ranked(evidence, least):
        article = point.view.article
        if len(claims) == most:
            break
        if sum(p.view.article.id == article.id for p in chosen) >= PER_ARTICLE or len(point.text) > room:
            continue
        if any(len(point.words & p.words) > ALIKE * min(len(point.words), len(p.words)) for p in chosen):
            continue
        chosen.append(point)
        room -= len(point.text) + MARK_CHARS
        quote = Quote(article, point.sentence.start, point.sentence.end)
        claims.append(Claim(f"“{point.text}”", (quote,)))
    return claims


def _ranked(evidence: Evidence, least: float) -> Iterator[_Point]:
    if not evidence.rows:
        return
    column = {name: evidence.shared[:, i] for i, name in enumerate(SENTENCE_FEATURES)}
    own, absent = column["own"], column["absent"]
    least = max(least, NEARLY * float(own.max(initial=0.0)))
    score = own + 0.3 * column["soft"] + 0.2 * column["article"] + 0.1 * column["opening"]
    essential = ESSENTIAL if least >= LEAST else 1.0
    elsewhere = set(_elsewhere(evidence))
    for i in np.argsort(-score, kind="stable"):
        view, sentence = evidence.rows[i]
        text = view.article.text[sentence.start : sentence.end]
        if (
            view.article.id in elsewhere
            or absent[i] > essential
            or own[i] < least
            or sentence.kind in _BESIDE
            or text.endswith("?")
            or len(words(text)) < SHORT
        ):
            continue
        start, end = _stretch(evidence, view, sentence)
        yield _Point(view, sentence, start, end, frozenset(fold(w) for w in words(view.article.text[start:end])))


def _elsewhere(evidence: Evidence) -> Iterator[str]:
    """Yield the articles in which a name of the subject does not stand."""
    asked = evidence.question.text
    named = [
        any(m[0][0].isupper() and m.start() > 0 for m in re.finditer(re.escape(u.source), asked, re.IGNORECASE))
        for u in evidence.question.units
    ]
    for id, seen in evidence.sightings.items():
        if (seen.whole[named] < COUNTS).any():
            yield id


def _stretch(evidence: Evidence, view: ArticleView, sentence: Sentence) -> tuple[int, int]:
    """Return the sentence, or of a long one the clauses from the first to the last that speak of the subject."""
    text = view.article.text[sentence.start : sentence.end]
    if len(text) <= POINT_CHARS:
        return sentence.start, sentence.end
    found = evidence.sightings[view.article.id].found[:, sentence.first : sentence.last]
    said = np.flatnonzero((evidence.weights[:, None] * (found > COUNTS)).max(axis=0, initial=0.0) > 0)
    breaks = [sentence.start, *(sentence.start + m.end() for m in _BREAK.finditer(text)), sentence.end]
    clauses = list(itertools.pairwise(breaks))
    telling = [sum(a <= view.starts[sentence.first + w] < b for w in said) for a, b in clauses]
    inside = [c for c, n in zip(clauses, telling, strict=True) if n] or clauses
    start, end = inside[0][0], inside[-1][1]
    if end - start > POINT_CHARS:
        start, end = clauses[int(np.argmax(telling))]
    for a, b in clauses[::-1]:  # what leads up to it, unless that is another item of a list
        if b == start and end - a <= POINT_CHARS and view.article.text[a:b].rstrip()[-1:] != ";":
            start = a
    for a, b in clauses:
        if a == end and b - start <= POINT_CHARS:
            end = b
    return start, len(view.article.text[:end].rstrip(" ,;:"))
