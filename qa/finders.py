"""Which spans of a sentence are tried for which kind of question."""

from qa.kinds import Kind, Slot
from qa.question import Question
from qa.span_clauses import find_clauses, find_items
from qa.span_names import find_headed, find_organisations, find_places, find_quoted
from qa.span_numbers import find_days, find_numbers
from qa.span_people import find_names, find_persons, find_posts
from qa.spans import Sort, Span
from qa.views import ArticleView, Sentence

__all__ = ["find_spans"]

_SORTS = {
    Kind.MONEY: {Sort.MONEY, Sort.BARE},
    Kind.PERCENT: {Sort.PERCENT},
    Kind.AGE: {Sort.AGE, Sort.BARE, Sort.DURATION},
    Kind.DURATION: {Sort.DURATION, Sort.MEASURE, Sort.DATE, Sort.CLOCK, Sort.PERIOD, Sort.YEAR, Sort.SPELLED, Sort.BARE},
    Kind.ORDINAL: {Sort.ORDINAL, Sort.DURATION},
}
"""What alone can answer where the unit is asked for, whatever else stands there."""
_NAMED = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.THING})
_DAYS = frozenset({Kind.DATE, Kind.CLOCK, Kind.DURATION})


def find_spans(question: Question, slot: Slot, view: ArticleView, sentence: Sentence) -> list[Span]:
    """Return what in a sentence may answer one slot of a question; what only repeats the question is left out."""
    text, start, end, kind = view.article.text, sentence.start, sentence.end, slot.kind
    plain = any(u.plain and not u.name for u in question.units) and question.language == "vi"
    spans: list[Span] = []
    if kind is Kind.PERSON:
        spans += find_persons(text, start, end)
    if kind is Kind.ROLE:
        spans += find_posts(text, start, end, question)
    if kind.counts:
        spans += [s for s in find_numbers(view.article, start, end) if s.sort in _SORTS.get(kind, {s.sort})]
    if kind in _DAYS:
        spans += find_days(view.article, start, end)
    if kind in {Kind.ORGANISATION, Kind.THING}:
        spans += find_organisations(text, start, end)
    if kind in {Kind.PLACE, Kind.ORGANISATION}:
        spans += find_places(text, start, end)
    if kind in _NAMED:
        spans += find_names(text, start, end)
    if kind in {Kind.THING, Kind.ORGANISATION, Kind.PLACE, Kind.OTHER}:
        spans += find_quoted(text, start, end)
    if kind in {Kind.THING, Kind.ORGANISATION, Kind.PLACE, Kind.ROLE}:
        spans += find_headed(view, sentence, slot, plain=plain)
    if kind in {Kind.THING, Kind.REASON, Kind.OTHER} or (slot.many and kind in {Kind.PLACE, Kind.ORGANISATION}):
        spans += find_items(view, sentence)
    if kind in {Kind.REASON, Kind.OTHER, Kind.THING, Kind.YESNO}:
        spans += find_clauses(view, sentence)
    seen: dict[tuple[tuple[int, int], ...], Span] = {}
    for span in spans:
        if span.sort is Sort.CLAUSE or not _repeats(span, text, question):
            seen.setdefault(span.parts, span)
    return list(seen.values())


def _repeats(span: Span, text: str, question: Question) -> bool:
    return all(question.repeats(text[a:b]) for a, b in span.parts)
