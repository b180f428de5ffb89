"""What tells a good answer from a bad one: the features of each candidate, a span in a sentence of an article that was found."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.kinds import Kind, Slot
from qa.language.forms import UPPER, WORD, fold, match_form, occurrences
from qa.language.names import find_people
from qa.question import Question
from qa.reading.asking import Asking
from qa.reading.described import described, is_loose
from qa.reading.evidence import COUNTS, SENTENCE_FEATURES, Evidence
from qa.reading.finders import find_spans
from qa.reading.likeness import Likeness, decayed
from qa.reading.others import of_others
from qa.reading.spans import CLAUSAL, Sort, Span
from qa.reading.views import ArticleView, Sentence, Sightings
from qa.schema import Article

__all__ = ["FEATURES", "GROUPS", "Candidate", "candidates", "group_of"]

Floats = NDArray[np.float32]

_CAUSE = re.compile(
    r"\b(?:[Vv]ì|[Dd]o|[Bb]ởi|[Nn]hằm|[Đđ]ể|nên|khiến|dẫn đến|[Nn]guyên nhân|[Ll]ý do|[Bb]ecause|[Dd]ue to|so that|[Ii]n order to)\b"
)
"""A capital is no `nên`: many bear that name."""
_SPEECH = re.compile(
    r"\b(?:cho rằng|cho biết|yêu cầu|đề nghị|khẳng định|nhấn mạnh|cần|phải|đề xuất|kêu gọi|kiến nghị|cáo buộc|phê bình|lưu ý|dặn|cho hay|nói)\b",
    re.IGNORECASE,
)  # fmt: skip
_TELLS = re.compile(
    r"[^.;“\"\n]*?(?<!\w)(?:cho biết|cho hay|thông tin|xác nhận|nói|khẳng định|đưa tin|thừa nhận|tuyên bố|dẫn lời|báo cáo|cho thấy|ghi nhận|said)(?!\w)"
)
_TELLING = re.compile(
    r"\b(?:noi|cho biet|cong bo|tuyen bo|thong bao|thong tin|phat bieu|tra loi|xac nhan|bao cao|say|said|announced?|tell|told|statement|claim|report|reported|speak|spoke)\b"
)
"""What asks when something was said."""
TOLD = 130
"""Characters behind a date in which it may be said to be the day on which something was told, not on which it happened."""
_PROPER = re.compile(rf"(?<![\w])[{UPPER}]")
_OPENS = re.compile(
    r"(?:\b(?:gồm|như|lần lượt|là|namely|including|includes?|such as)(?: có)?(?: các| những)?|:)\s*$", re.IGNORECASE
)
_AND = re.compile(r"\b(?:và|hoặc|hay|cùng|and|or)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:\btên(?: là)?|\blà|\bgọi là|\bmang tên|\bnamed|\bcalled|:)\s*[“\"]?$", re.IGNORECASE)

FEATURES = (
    *SENTENCE_FEATURES,
    "decay3", "decay8", "decay3_rel", "decay8_rel", "local_near", "local_in_near", "soft3", "soft8", "soft_in8", "soft_inside", "local_in_near_rel", "soft_in8_rel", "local_near_rel", "soft3_rel", "soft8_rel", "clause", "part_near", "inside", "head_in", "head_near", "head_sentence", "head_missing",
    "repeats", "group", "group_many", "single_many", "size", "only", "first_sort", "span_length", "named", "cause", "cause_sentence", "cause_reason",
    "speech", "after", "both_sides", "capital", "frequent", "year_fit", "said_then", "described", "undescribed", "of_others", "post_fit", "post_alone", "posts_other", "proper", "proper_head",
    "list_opened", "list_ended", "item_length", "item_even",
    "asked", "asked_near", "asked_whole", "asked_gone", "asked_away", "asked_soft", "asked_soft_near", "asked_rel", "asked_near_rel", "asked_soft_rel", "asked_soft_near_rel",
)  # fmt: skip
"""The columns of `Candidate.features`."""
_COMPARED = tuple(n.removesuffix("_rel") for n in FEATURES[len(SENTENCE_FEATURES) :] if n.endswith("_rel"))
"""What is also told beside the best of all candidates, as `…_rel`."""
ITEM_APART = 12
"""Words by which what stands in another item of a list is farther away than it looks."""
NUMERIC = frozenset(
    {Sort.COUNT, Sort.SPELLED, Sort.MONEY, Sort.MEASURE, Sort.AGE, Sort.PERCENT, Sort.DURATION, Sort.ORDINAL}
)
GROUPS = ("person", "name", "thing", "day", "number", "role", "cause", "clause")


_AT = {name: i for i, name in enumerate(FEATURES)}
_SOFT = ("soft3", "soft8", "soft_in8", "soft_inside", "asked_soft", "asked_soft_near")
_OF_SPANS = [
    _AT[name]
    for name in (
        "first_sort", "head_near", "head_in", "head_sentence", "head_missing", "repeats", "group", "group_many", "single_many",
        "size", "only", "span_length", "named", "cause", "cause_sentence", "cause_reason", "speech", "capital", "proper",
        "proper_head", "frequent", "year_fit", "said_then", "described", "undescribed", "of_others", "list_opened", "list_ended", "item_length", "item_even",
    )
]  # fmt: skip
"""The columns that `_span_features` fills, in its order."""


_NO_WORD = np.zeros(1, dtype=np.int64)
"""The clause of a sentence at the end of its article that has no word."""


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
        Kind.PERSON: "person", Kind.ORGANISATION: "name", Kind.PLACE: "name", Kind.THING: "thing", Kind.CODE: "thing", Kind.DATE: "day",
        Kind.CLOCK: "day", Kind.ROLE: "role", Kind.REASON: "cause",
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
        shares = _Shares(evidence.weights, evidence.local, evidence.within[view.article.id], part, asking)
        _near_features(block, view, sentence, spans, seen, shares)
        _soft_features(block, evidence.soft, row, spans, asking)
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


@dataclass(frozen=True, slots=True)
class _Shares:
    """How much each unit of the question counts.

    In all; for telling apart the sentences that were read, and those of the article; in the part of the question about the
    slot; and in what is asked for.
    """

    all: Floats
    local: Floats
    within: Floats
    part: Floats
    asked: Asking


def _near_features(
    block: Floats, view: ArticleView, sentence: Sentence, spans: Sequence[Span], seen: Sightings, shares: _Shares
) -> None:
    """Fill in how near the units of the question, and those of them that are asked for, stand to each span.

    Those within the span do not count but for what is asked for.
    """
    column = _Columns(block)
    asking = shares.asked
    column["asked_whole"][:] = seen.whole @ asking.units
    column["asked_gone"][:] = (1.0 - seen.whole) @ asking.known
    column["asked_away"][:] = asking.known.sum()
    first, last = sentence.first, max(sentence.last, sentence.first + 1)
    here = seen.found[:, first:last]
    units, words = np.flatnonzero(here.any(axis=1)), np.flatnonzero(here.any(axis=0))
    if not len(units):
        return
    here = here[units[:, None], words]  # most units stand elsewhere, and most words are no part of any
    total, part, asked = here.max(axis=1), shares.part[units] / (shares.part.sum() or 1.0), asking.units[units]
    column["part"][:], column["asked"][:] = total @ part, total @ asked
    column["asked_away"][:] -= total @ asking.known[units]

    stretches = _masks(view, (first, last), spans, words)
    best = (here * stretches[:, :, None, :]).max(axis=3)
    share = shares.all[units]
    near3, near8, clause, inside, around, before, behind = best
    column["decay3"][:], column["decay8"][:] = near3 @ share, near8 @ share
    column["local_near"][:], column["local_in_near"][:] = near8 @ shares.local[units], near8 @ shares.within[units]
    column["part_near"][:] = near8 @ part
    column["clause"][:], column["inside"][:] = clause @ share, inside @ share
    column["asked_near"][:] = around @ asked
    left, right = before @ share, behind @ share
    column["after"][:], column["both_sides"][:] = left - right, np.minimum(left, right)


def _masks(view: ArticleView, stretch: tuple[int, int], spans: Sequence[Span], words: NDArray[np.intp]) -> Floats:
    """Return how much each of the `words` of a sentence counts for each span, shape `(7, spans, words)`.

    That is: by nearness within some three words and some eight, in its clauses, in it, in and around it, before and behind it.
    """
    first, last = stretch
    places = words + first
    a = np.asarray([view.word_at(s.start) for s in spans])[:, None]
    b = np.asarray([_last_own(view, s) for s in spans])[:, None]
    end = np.asarray([view.word_at(s.end) for s in spans])[:, None]
    begins, ends = (np.clip(at[:, 0] - first, 0, last - first - 1) for at in (a, b - 1))
    inside = (places >= a) & (places < b)
    item, clause = (parts[first:last] if first < len(parts) else _NO_WORD for parts in (view.item, view.clause))
    apart = item[words] != item[begins][:, None]
    distance = np.maximum(np.maximum(a - places, places - b + 1) + ITEM_APART * apart, 0)
    clausal = np.asarray([s.sort in CLAUSAL for s in spans])[:, None]
    outside = ~inside | clausal
    same = outside & (clause[words] >= clause[begins][:, None]) & (clause[words] <= clause[ends][:, None])
    near = [np.where(outside, np.exp(-distance / reach), 0.0) for reach in (3.0, 8.0)]
    rows = [*near, same, inside, decayed(places, a, end), places < a, places >= end]
    return np.stack(rows).astype(np.float32)


def _last_own(view: ArticleView, span: Span) -> int:
    """Return the number of the word behind a span; of a number, behind its digits: what is counted says what is meant."""
    first, last = view.word_at(span.start), view.word_at(span.end)
    if span.sort not in NUMERIC or len(span.parts) > 1:
        return last
    return next((i + 1 for i in range(first, last) if view.forms[i][0].isdigit()), first + 1)


def _soft_features(block: Floats, soft: Likeness, row: int, spans: Sequence[Span], asking: Asking) -> None:
    """Fill in how much of the question has a like near each span, and how much of what is asked for."""
    column = _Columns(block)
    starts, ends = np.asarray([s.start for s in spans]), np.asarray([s.end for s in spans])
    for name, values in zip(_SOFT, soft.beside(row, starts, ends, asking.words), strict=True):
        column[name][:] = values


def _span_features(
    block: Floats, question: Question, slot: Slot, view: ArticleView, sentence: Sentence, spans: Sequence[Span]
) -> None:
    """Fill in what can be said of each span by its words and the words beside it."""
    text, start, end = view.article.text, sentence.start, sentence.end
    whole = text[start:end]
    asked = _words_of(question.text)
    heads = [" ".join(h) for h in slot.heads]
    in_sentence = bool(heads) and _names_any(whole, heads, question)
    years = {d.value[:4] for d in question.dates if d.value[:4].isdigit()}
    tells, by_noun = _TELLING.search(question.folded) is not None, slot.kind is Kind.PERSON and bool(slot.heads)
    strict = by_noun and not is_loose(slot)
    cause, dated = _CAUSE.search(whole) is not None, any(y in whole for y in years)
    first_speech = min((m.end() for m in _SPEECH.finditer(text, start, end)), default=end + 1)
    counts = Counter((s.sort, len(s.parts) > 1) for s in spans)
    known: set[tuple[Sort, bool]] = set()
    rows = []
    for span in spans:
        said, several = text[span.start : span.end], len(span.parts) > 1
        near = in_sentence and _names_any(text[max(start, span.start - 25) : min(end, span.end + 25)], heads, question)
        words = [fold(w) for a, b in span.parts for w in WORD.findall(text[a:b])]
        capital, gives_cause = said[:1].isupper(), _CAUSE.search(said) is not None
        proper = capital or _PROPER.search(said, 1) is not None
        rows.append(
            (
                (span.sort, several) not in known,
                near,
                near and _names_any(said, heads, question),
                in_sentence,
                bool(heads) and not in_sentence,
                sum(w in asked for w in words) / (len(words) or 1),
                several,
                several and slot.many,
                not several and slot.many,
                min(len(span.parts), 6) / 3,
                counts[span.sort, several] == 1,
                min(sum(b - a for a, b in span.parts), 200) / 100,
                span.sort not in CLAUSAL and _NAMED.search(text, max(start, span.start - 14), span.start) is not None,
                gives_cause,
                cause,
                gives_cause and slot.kind is Kind.REASON,
                first_speech <= span.start,
                capital,
                proper,
                bool(heads) and proper,
                min(text.count(said), 4) / 4 if len(said) < 60 else 0.25,
                dated,
                slot.kind is Kind.DATE
                and not tells
                and _TELLS.match(text, span.end, min(end, span.end + TOLD)) is not None,
                (fit := sum(described(text, a, b, slot) for a, b in span.parts) / len(span.parts) if by_noun else 0.0),
                strict and fit == 0.0,
                span.sort in CLAUSAL and of_others(question, text, start, (span.start, span.end)),
                *_list_features(text, span, start),
            )
        )
        known.add((span.sort, several))
    block[:, _OF_SPANS] = rows


@lru_cache(maxsize=64)
def _words_of(question: str) -> frozenset[str]:
    return frozenset(fold(w) for w in WORD.findall(question))


def _list_features(text: str, span: Span, start: int) -> tuple[float, ...]:
    """Return what tells a list from clauses that happen to stand in a row: a word that opens it, one before its last item, short items, and even ones."""
    if len(span.parts) < 2:
        return (0.0,) * 4
    lengths = np.asarray([b - a for a, b in span.parts], dtype=np.float32)
    gap = text[span.parts[-2][1] : span.parts[-1][0]]
    return (
        float(_OPENS.search(text, max(start, span.start - 24), span.start) is not None),
        float(_AND.search(gap) is not None),
        float(lengths.mean()) / 90,
        1.0 - min(1.0, float(lengths.std() / lengths.mean())),
    )


def _names_any(text: str, heads: Sequence[str], question: Question) -> bool:
    form = _form(text)
    return any(_holds(form, head, question) for head in heads)


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
