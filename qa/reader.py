"""The extractive reader: from retrieved passages to claims, each standing on a quotation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.citations import MAX_QUOTE_CHARS, Claim, Quote
from qa.language.sentences import split_clauses, split_sentences
from qa.matching import TextTerms, Weights
from qa.question import Question
from qa.schema import Article, BlockKind, Hit
from qa.spans import Spans, find_spans, lead_window

__all__ = ["LEAD_CHARS", "MIN_SHARE", "read"]

ARTICLES = 5
"""Articles read for an answer."""
LEAD_CHARS = 200
TEXT_CHARS = 780
"""Room for the whole text, marks aside."""
MIN_SHARE = 0.35
"""Least share of the question that must stand in the best sentence and what surrounds it; below it, the articles do not
say."""
NEIGHBOUR, TITLE, ARTICLE = 0.6, 0.7, 0.5
"""How much finding a word in the sentence before, in the title or elsewhere in the article counts beside finding it in the
sentence."""
_POINTS_BACK = re.compile(
    r"(?:vì|do|bởi|từ|trước|với|theo|qua)\s(?:những\s)?(?:\w+\s)?(?:đó|vậy|thế|này|ấy)\b|(?:that is why|for these reasons|therefore)\b",
    re.IGNORECASE,
)
_KIND_FACTOR = {BlockKind.BODY: 1.0, BlockKind.CAPTION: 0.85, BlockKind.TITLE: 0.8}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        share: Share of the question that stands in it and around it, 0 to 1.
        score: What candidates are ranked by.
        spans: What in it is of the wanted kind, or None when nothing is.
    """

    quote: Quote
    share: float
    score: float
    spans: Spans | None


def read(question: Question, hits: list[Hit], weights: Weights, *, min_share: float = MIN_SHARE) -> list[Claim]:
    """Return what the articles of the hits answer: the lead first, then quoted sentences; nothing when they do not say.

    Args:
        question: The question, understood.
        hits: Best first.
        weights: How much each unit of the question tells.
        min_share: As `MIN_SHARE`.
    """
    candidates = sorted(_candidates(question, hits, weights), key=lambda c: -c.score)
    usable = [c for c in candidates if c.spans is not None]
    if not usable or usable[0].share < min_share:
        return []
    return list(_compose(usable[0], weights))


def _candidates(question: Question, hits: list[Hit], weights: Weights) -> Iterator[Candidate]:
    best: dict[str, float] = {}
    articles: dict[str, Article] = {}
    for hit in hits:
        if hit.article.id not in best and len(best) >= ARTICLES:
            continue
        best[hit.article.id] = max(best.get(hit.article.id, 0.0), hit.score)
        articles[hit.article.id] = hit.article
    top = max(best.values(), default=1.0) or 1.0
    for id, article in articles.items():
        title, whole = TextTerms.of(article.title), TextTerms.of(article.text)
        before = TextTerms.of("")
        for kind, quote in _sentences(article):
            terms = TextTerms.of(quote.text)
            own = weights.share(terms)
            share = weights.share(terms, before, title, whole, discounts=(1.0, NEIGHBOUR, TITLE, ARTICLE))
            before = terms
            if own == 0.0:
                continue
            spans = find_spans(question, quote, weights)
            score = (0.5 * share + 0.5 * own) * (0.5 + 0.5 * best[id] / top) * _KIND_FACTOR[kind]
            score *= 0.4 if spans is None else spans.fitness
            yield Candidate(quote, share, score, spans)


def _sentences(article: Article) -> Iterator[tuple[BlockKind, Quote]]:
    """Yield the sentences of an article; of one too long to quote, its clauses."""
    for block in article.blocks:
        if block.kind is BlockKind.HOLE:
            continue
        for start, end in split_sentences(article.text[block.start : block.end]):
            first, last = block.start + start, block.start + end
            if last - first <= MAX_QUOTE_CHARS:
                yield block.kind, Quote(article, first, last)
                continue
            for s, e in split_clauses(article.text, first, last):
                yield block.kind, Quote(article, s, e)


def _compose(best: Candidate, weights: Weights) -> Iterator[Claim]:
    """Yield what is said: the bare answer and its sentence; without a bare answer the sentence, and one beside it."""
    quote = best.quote
    if best.spans is not None and best.spans.text:
        yield Claim(best.spans.text, (quote,))
        room = TEXT_CHARS - len(best.spans.text)
        shown = quote.text if len(quote.text) <= room else lead_window(quote.text, weights, chars=room)
        yield Claim(f"“{shown}”", (quote,))
        return
    beside = _beside(quote)
    backward = beside is not None and beside.end <= quote.start
    room = TEXT_CHARS
    for part in [beside, quote] if backward else [quote, beside]:
        if part is None:
            continue
        shown = part.text
        if len(shown) > room:
            shown = lead_window(shown, weights, chars=room) if part is quote else ""
        if len(shown) > LEAD_CHARS and room == TEXT_CHARS:
            window = lead_window(shown, weights, chars=LEAD_CHARS - 4)
            if not shown.startswith(window):  # else the sentence itself begins with the answer
                yield Claim(f"“{window}”", (part,))
                room -= len(window)
        if shown and len(shown) <= room:
            yield Claim(f"“{shown}”", (part,))
            room -= len(shown)


def _beside(quote: Quote) -> Quote | None:
    """Return the sentence before one that points back (`Vì những lẽ đó`), else the one after, of the same block."""
    block = next((b for b in quote.article.blocks if b.start <= quote.start and quote.end <= b.end), None)
    if block is None:
        return None
    spans = [
        (block.start + s, block.start + e) for s, e in split_sentences(quote.article.text[block.start : block.end])
    ]
    here = next((i for i, (s, e) in enumerate(spans) if s <= quote.start and quote.end <= e), None)
    if here is None:
        return None
    there = here - 1 if _POINTS_BACK.match(quote.text) else here + 1
    if not 0 <= there < len(spans) or spans[there][1] - spans[there][0] > MAX_QUOTE_CHARS:
        return None
    return Quote(quote.article, *spans[there])
