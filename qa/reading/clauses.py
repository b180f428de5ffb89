"""Clauses and lists as answers: what is said where no name and no number is asked for."""

import re

from qa.reading.spans import Sort, Span
from qa.reading.views import ArticleView, Sentence

__all__ = ["CLAUSE_CHARS", "find_clauses", "find_items"]

CLAUSE_CHARS = 190
"""Longest clause said as a bare answer: with its mark it ends within the first 200 characters."""
LEAST_CHARS = 12
_EDGE = re.compile(
    r"[,;:](?=\s)\s+|\s[-–—]\s|\.\s+|[“”\"]\s*|\s(?=(?:vì|do|bởi|nhằm|để|nên|nhưng|trong khi|tuy nhiên|because|so that|in order to)\s)"
)
_OPENS_LIST = re.compile(r":\s+|\b(?:gồm|bao gồm|như|including|namely|such as|với)(?: có)?(?: các| những)?:?\s+")
_ITEM = re.compile(r"\s*(?:(?:,(?!\d)|;)\s*(?:và\s+|and\s+)?|\s(?:và|and|cùng|hay|hoặc)\s)")


def find_clauses(view: ArticleView, sentence: Sentence) -> list[Span]:
    """Return the runs of whole clauses of a sentence that are short enough to lead, or the sentence itself."""
    text, start, end = view.article.text, sentence.start, sentence.end
    spans = [Span(Sort.CLAUSE, ((start, end),))] if end - start <= CLAUSE_CHARS else []
    edges = [(start, start), *(m.span() for m in _EDGE.finditer(text, start, end)), (end, end)]
    for i, (_, first) in enumerate(edges[:-1]):
        longest = None
        for last, _ in edges[i + 1 :]:
            if last - first > CLAUSE_CHARS:
                break
            if last - first >= LEAST_CHARS:
                longest = last
        if longest is None:
            longest = first + len(text[first : first + CLAUSE_CHARS].rsplit(" ", 1)[0])
            longest = min(longest, end)
        if longest - first >= LEAST_CHARS:
            spans.append(Span(Sort.CLAUSE, ((first, longest),)))
        single = edges[i + 1][0]
        if single != longest and 25 <= single - first <= CLAUSE_CHARS:
            spans.append(Span(Sort.CLAUSE, ((first, single),)))
    return list(dict.fromkeys(spans))


def find_items(view: ArticleView, sentence: Sentence) -> list[Span]:
    """Return the lists of a sentence: what follows a colon or `gồm`, item by item, and longer rows parted by commas."""
    text, spans = view.article.text, []
    for opening in _OPENS_LIST.finditer(text, sentence.start, sentence.end):
        stop = re.compile(r"[.!?](?:\s|$)|…|\.\.\.").search(text, opening.end(), sentence.end)
        last = stop.start() if stop else sentence.end
        parts, at = [], opening.end()
        for mark in [*_ITEM.finditer(text, opening.end(), last), None]:
            stop_at = mark.start() if mark else last
            if stop_at > at:
                parts.append((at, stop_at))
            at = mark.end() if mark else last
        if 2 <= len(parts) <= 12 and all(b - a <= 90 for a, b in parts):
            spans.append(Span(Sort.ITEMS, tuple(parts)))
    return spans
