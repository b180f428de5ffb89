"""What tells a good answer from a bad one: the features of each candidate, a span in a sentence of an article that was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.kinds import Kind, Slot
from qa.language.forms import UPPER, WORD, fold, match_form, occurrences
from qa.language.names import find_people
from qa.question import Question
from qa.reading.asking import Asking
from qa.reading.evidence import COUNTS, SENTENCE_FEATURES, Evidence
from qa.reading.finders import find_spans
from qa.reading.likeness import Likeness, decayed
from qa.reading.spans import Sort, Span
from qa.reading.views import ArticleView, Sentence, Sightings
from qa.schema import Article

__all__ = ["FEATURES", "GROUPS", "Candidate", "candidates", "group_of"]

Floats = NDArray[np.float32]

_CAUSE = re.compile(
    r"\b(?:vì|do|bởi|nhằm|để|nên|khiến|dẫn đến|nguyên nhân|lý do|because|due to|so that|in order to)\b", re.IGNORECASE
)
_SPEECH = re.compile(
    r"\b(?:cho rằng|cho biết|yêu cầu|đề nghị|khẳng định|nhấn mạnh|cần|phải|đề xuất|kêu gọi|kiến nghị|cáo buộc|phê bình|lưu ý|dặn|cho hay|nói)\b",
    re.IGNORECASE,
)  # fmt: skip
_PROPER = re.compile(rf"(?<![\w])[{UPPER}]")
_NAMED = re.compile(r"(?:\btên(?: là)?|\blà|\bgọi là|\bmang tên|\bnamed|\bcalled|:)\s*[“\"]?$", re.IGNORECASE)

FEATURES = (
    *SENTENCE_FEATURES,
    "decay3", "decay8", "decay3_rel", "decay8_rel", "local_near", "local_in_near", "soft3", "soft8", "soft_in8", "soft_inside", "local_in_near_rel", "soft_in8_rel", "local_near_rel", "soft3_rel", "soft8_rel", "clause", "part_near", "inside", "head_in", "head_near", "head_sentence", "head_missing",
    "repeats", "group", "group_many", "single_many", "size", "only", "first_sort", "span_length", "named", "cause", "cause_sentence", "cause_reason",
    "speech", "after", "both_sides", "capital", "frequent", "year_fit", "post_fit", "post_alone", "posts_other", "proper", "proper_head",
    "asked", "asked_near", "asked_whole", "asked_soft", "asked_soft_near", "asked_rel", "asked_near_rel", "asked_soft_rel", "asked_soft_near_rel",
)  # fmt: skip
"""The columns of `Candidate.features`."""
_COMPARED = tuple(n.removesuffix("_rel") for n in FEATURES[len(SENTENCE_FEATURES) :] if n.endswith("_rel"))
"""What is also told beside the best of all candidates, as `…_rel`."""
ITEM_APART = 12
"""Words by which what stands in another item of a list is farther away than it looks."""
NUMERIC = frozenset(
    {Sort.COUNT, Sort.SPELLED, Sort.MONEY, Sort.MEASURE, Sort.AGE, Sort.PERCENT, Sort.DURATION, Sort.ORDINAL}
)
GROUPS = ("person", "name", "day", "number", "role", "clause")


_AT = {name: i for i, name in enumerate(FEATURES)}


class _Columns:
    """The columns of a block of features by name, as views."""

    def __init__(self, block: Floats) -> None:
        self._block = block

    def __getitem__(self, name: str) -> Floats:
        return self._block[:, _AT[name]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span in a sentence that may answer one slot of the question.

    Attributes:
        features: Shape `(len(FEATURES),)`.
    """

    view: ArticleView
    sentence: Sentence
    span: Span
    features: Floats

    @property
    def article(self) -> Article:
        """The article it stands in."""
        return self.view.article

    def texts(self) -> list[str]:
        """Return what is said, stretch by stretch."""
        return self.span.texts(self.view.article.text)


def group_of(kind: Kind) -> int:
    """Return the number in `GROUPS` of the group a kind is weighed with."""
    if kind.counts:
        return GROUPS.index("number")
    named = {
        Kind.PERSON: "person", Kind.ORGANISATION: "name", Kind.PLACE: "name", Kind.THING: "name", Kind.DATE: "day",
        Kind.CLOCK: "day", Kind.ROLE: "role",
    }  # fmt: skip
    return GROUPS.index(named.get(kind, "clause"))


def candidates(evidence: Evidence, slot: Slot) -> list[Candidate]:
    """Return every span that may answer a slot, with its features."""
    question, found = evidence.question, []
    part = _part_weights(question, slot, evidence.weights)
    asking = Asking.of(question, slot, evidence.weights, evidence.soft)
    blocks: list[Floats] = []
    for row, ((view, sentence), shared) in enumerate(zip(evidence.rows, evidence.shared, strict=True)):
        spans = find_spans(question, slot, view, sentence)
        if not spans:
            continue
        seen = evidence.sightings[view.article.id]
        block = np.zeros((len(spans), len(FEATURES)), dtype=np.float32)
        block[:, : len(shared)] = shared
        _near_features(
            block, view, sentence, spans, seen, evidence.weights, part, evidence.local, evidence.within[view.article.id]
        )
        _soft_features(block, evidence.soft, row, spans)
        _asked_features(block, evidence, row, spans, seen, asking)
        _span_features(block, question, slot, view, sentence, spans)
        if slot.kind in {Kind.PERSON, Kind.ROLE}:
            _post_features(block, question, view, sentence, spans, seen)
        found += [(view, sentence, span) for span in spans]
        blocks.append(block)
    if not found:
        return []
    table = np.concatenate(blocks)
    for name in _COMPARED:
        column = table[:, FEATURES.index(name)]
        table[:, FEATURES.index(f"{name}_rel")] = column / (column.max() or 1.0)
    return [Candidate(*f, features=row) for f, row in zip(found, table, strict=True)]


def _part_weights(question: Question, slot: Slot, weights: Floats) -> Floats:
    """Return the weights of the units of the part of the question that says more about a slot."""
    if len(question.slots) == 1:
        return weights
    part = fold(question.text[slot.part[0] : slot.part[1]])
    inside = [any(occurrences(fold(u.source), part)) for u in question.units]
    own: Floats = np.where(inside, weights, 0.0).astype(np.float32)
    return own


def _asked_features(
    block: Floats, evidence: Evidence, row: int, spans: Sequence[Span], seen: Sightings, asking: Asking
) -> None:
    """Fill in how much of what is asked for stands in the sentence, near each span, and in the article."""
    column = _Columns(block)
    view, sentence = evidence.rows[row]
    first, last = sentence.first, max(sentence.last, sentence.first + 1)
    here = seen.found[:, first:last]
    begin = np.asarray([view.word_at(s.start) for s in spans])[:, None]
    end = np.asarray([view.word_at(s.end) for s in spans])[:, None]
    column["asked"][:] = here.max(axis=1) @ asking.units
    column["asked_near"][:] = (here[None] * decayed(np.arange(first, last), begin, end)[:, None]).max(
        axis=2
    ) @ asking.units
    column["asked_whole"][:] = seen.whole @ asking.units
    starts, ends = np.asarray([s.start for s in spans]), np.asarray([s.end for s in spans])
    column["asked_soft"][:], column["asked_soft_near"][:] = evidence.soft.weighed(row, starts, ends, asking.words)


def _near_features(
    block: Floats,
    view: ArticleView,
    sentence: Sentence,
    spans: Sequence[Span],
    seen: Sightings,
    weights: Floats,
    part: Floats,
    local: Floats,
    within: Floats,
) -> None:
    """Fill in how near the units of the question stand to each span; those within the span do not count."""
    column = _Columns(block)
    first, last = sentence.first, max(sentence.last, sentence.first + 1)
    here = seen.found[:, first:last]
    places = np.arange(first, last)
    a = np.asarray([view.word_at(s.start) for s in spans])[:, None]
    b = np.asarray([_last_own(view, s) for s in spans])[:, None]
    inside = (places >= a) & (places < b)
    distance = np.maximum(a - places, places - b + 1)
    item = np.asarray(view.item[first:last] or [0])
    apart = item != item[np.clip(a[:, 0] - first, 0, len(item) - 1)][:, None]
    distance = distance + ITEM_APART * apart
    clause = np.asarray(view.clause[first:last] or [0])
    low = clause[np.clip(a[:, 0] - first, 0, len(clause) - 1)][:, None]
    high = clause[np.clip(b[:, 0] - 1 - first, 0, len(clause) - 1)][:, None]
    clausal = np.asarray([s.sort in {Sort.CLAUSE, Sort.ITEMS} for s in spans])[:, None]
    outside = ~inside | clausal
    decay3 = np.where(outside, np.exp(-np.maximum(distance, 0) / 3.0), 0.0).astype(np.float32)
    decay8 = np.where(outside, np.exp(-np.maximum(distance, 0) / 8.0), 0.0).astype(np.float32)
    same = (outside & (clause >= low) & (clause <= high)).astype(np.float32)
    column["decay3"][:] = (here[None] * decay3[:, None]).max(axis=2) @ weights
    near = (here[None] * decay8[:, None]).max(axis=2)
    column["decay8"][:] = near @ weights
    column["local_near"][:] = near @ local
    column["local_in_near"][:] = near @ within
    column["part_near"][:] = near @ part / (part.sum() or 1.0)
    column["part"][:] = here.max(axis=1) @ part / (part.sum() or 1.0)
    column["clause"][:] = (here[None] * same[:, None]).max(axis=2) @ weights
    column["inside"][:] = (here[None] * inside[:, None]).max(axis=2) @ weights
    left = (here[None] * (places < a)[:, None]).max(axis=2) @ weights
    behind = np.asarray([view.word_at(s.end) for s in spans])[:, None]
    right = (here[None] * (places >= behind)[:, None]).max(axis=2) @ weights
    column["after"][:] = left - right
    column["both_sides"][:] = np.minimum(left, right)


def _last_own(view: ArticleView, span: Span) -> int:
    """Return the number of the word behind a span; of a number, behind its digits: what is counted says what is meant."""
    first, last = view.word_at(span.start), view.word_at(span.end)
    if span.sort not in NUMERIC or len(span.parts) > 1:
        return last
    return next((i + 1 for i in range(first, last) if view.forms[i][0].isdigit()), first + 1)


def _soft_features(block: Floats, soft: Likeness, row: int, spans: Sequence[Span]) -> None:
    column = _Columns(block)
    starts, ends = np.asarray([s.start for s in spans]), np.asarray([s.end for s in spans])
    near = soft.near(row, starts, ends)
    for name, values in zip(("soft3", "soft8", "soft_in8", "soft_inside"), near, strict=True):
        column[name][:] = values


def _span_features(
    block: Floats, question: Question, slot: Slot, view: ArticleView, sentence: Sentence, spans: Sequence[Span]
) -> None:
    column = _Columns(block)
    text = view.article.text
    asked = {fold(w) for w in WORD.findall(question.text)}
    heads = [" ".join(h) for h in slot.heads]
    in_sentence = bool(heads)
    if heads:
        sentence_form = _form(text[sentence.start : sentence.end])
        in_sentence = any(_holds(sentence_form, h, question) for h in heads)
    sorts: dict[tuple[Sort, bool], int] = {}
    for i, span in enumerate(spans):
        sorts[span.sort, len(span.parts) > 1] = sorts.get((span.sort, len(span.parts) > 1), 0) + 1
        column["first_sort"][i] = sorts[span.sort, len(span.parts) > 1] == 1
    years = {d.value[:4] for d in question.dates if d.value[:4].isdigit()}
    for i, span in enumerate(spans):
        said = text[span.start : span.end]
        if in_sentence:
            around = _form(text[max(sentence.start, span.start - 25) : min(sentence.end, span.end + 25)])
            column["head_near"][i] = any(_holds(around, h, question) for h in heads)
            column["head_in"][i] = column["head_near"][i] and any(_holds(_form(said), h, question) for h in heads)
        column["head_sentence"][i] = in_sentence
        column["head_missing"][i] = bool(heads) and not in_sentence
        words = [fold(w) for a, b in span.parts for w in WORD.findall(text[a:b])]
        column["repeats"][i] = sum(w in asked for w in words) / (len(words) or 1)
        several = len(span.parts) > 1
        column["group"][i] = several
        column["group_many"][i] = several and slot.many
        column["single_many"][i] = not several and slot.many
        column["size"][i] = min(len(span.parts), 6) / 3
        column["only"][i] = sorts[span.sort, several] == 1
        column["span_length"][i] = min(sum(b - a for a, b in span.parts), 200) / 100
        column["named"][i] = _NAMED.search(text, max(sentence.start, span.start - 14), span.start) is not None
        column["cause"][i] = _CAUSE.search(said) is not None
        column["cause_sentence"][i] = _CAUSE.search(text, sentence.start, sentence.end) is not None
        column["cause_reason"][i] = column["cause"][i] and slot.kind is Kind.REASON
        column["speech"][i] = _SPEECH.search(text, sentence.start, span.start) is not None
        column["capital"][i] = said[:1].isupper()
        column["proper"][i] = _PROPER.search(said, 1) is not None or said[:1].isupper()
        column["proper_head"][i] = bool(heads) and column["proper"][i]
        column["frequent"][i] = min(text.count(said), 4) / 4 if len(said) < 60 else 0.25
        column["year_fit"][i] = bool(years) and any(y in text[sentence.start : sentence.end] for y in years)


def _post_features(
    block: Floats, question: Question, view: ArticleView, sentence: Sentence, spans: Sequence[Span], seen: Sightings
) -> None:
    """Fill in how much of a person's posts the question speaks of, how much more than of others', and whether a post is somebody else's."""
    column = _Columns(block)
    people = find_people(view.article.text[sentence.start : sentence.end])
    matched = seen.found.max(axis=0, initial=0.0) > COUNTS
    fits = []
    for person in people:
        posts = [(view.word_at(sentence.start + a), view.word_at(sentence.start + b)) for a, b in person.posts]
        fits.append(max((float(matched[a:b].mean()) for a, b in posts if b > a), default=0.0))
        if question.speaks_of(person.name):
            continue
        given = [(sentence.start + a, sentence.start + b) for a, b in person.posts]
        for i, span in enumerate(spans):
            if any(a < y and x < b for a, b in given for x, y in span.parts):
                column["posts_other"][i] = 1.0
    for i, span in enumerate(spans):
        own = [any(a < sentence.start + p.end and sentence.start + p.start < b for a, b in span.parts) for p in people]
        mine = [f for f, is_own in zip(fits, own, strict=True) if is_own]
        theirs = [f for f, is_own in zip(fits, own, strict=True) if not is_own]
        if mine:
            column["post_fit"][i] = sum(mine) / len(span.parts)
            column["post_alone"][i] = min(mine) - max([*theirs, *(mine if len(mine) > 1 else ())], default=0.0)


def _form(text: str) -> str:
    return " " + " ".join(match_form(w) for w in WORD.findall(text)) + " "


def _holds(form: str, head: str, question: Question) -> bool:
    if f" {head} " in form:
        return True
    return question.language == "vi" and f" {fold(head)} " in fold(form) and head.isascii()
