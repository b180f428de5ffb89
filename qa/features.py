"""What tells a good answer from a bad one: the features of each candidate, a span in a sentence of an article that was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.embeddings import StaticEmbeddings
from qa.finders import find_spans
from qa.kinds import Kind, Slot
from qa.language.forms import WORD, fold, match_form
from qa.language.names import find_people
from qa.matching import Weights
from qa.question import Question
from qa.schema import Article, BlockKind, Hit
from qa.soft import Soft
from qa.spans import Sort, Span
from qa.views import ArticleView, Sentence, Sightings, unit_weights, view_of

__all__ = ["FEATURES", "GROUPS", "Candidate", "Evidence", "article_scores", "candidates", "gather", "group_of"]

Floats = NDArray[np.float32]

ARTICLES = 6
"""Articles read for an answer."""
SENTENCES = 32
"""Sentences looked at closely; in cross-validation more found no more answers."""
BEFORE, AFTER, TITLE, ARTICLE = 0.6, 0.4, 0.7, 0.5
"""How much finding a unit in the sentence before or after, in the title or elsewhere in the article counts beside finding it
in the sentence."""
_CAUSE = re.compile(r"\b(?:vì|do|bởi|nhằm|để|nên|khiến|dẫn đến|nguyên nhân|lý do|because|due to|so that|in order to)\b", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:cho rằng|cho biết|yêu cầu|đề nghị|khẳng định|nhấn mạnh|cần|phải|đề xuất|kêu gọi|kiến nghị|cáo buộc|phê bình|lưu ý|dặn|cho hay|nói)\b",
    re.IGNORECASE,
)  # fmt: skip
_NAMED = re.compile(r"(?:\btên(?: là)?|\blà|\bgọi là|\bmang tên|\bnamed|\bcalled|:)\s*[“\"]?$", re.IGNORECASE)

FEATURES = (
    "own", "context", "part", "cosine", "passage", "article", "first_article", "whole", "period", "early", "opening", "title",
    "caption", "length", "names", "density", "period_rel", "absent", "absent_here", "local", "local_in", "soft", "soft_local", "soft_in", "soft_around",
    "own_rel", "context_rel", "local_rel", "local_in_rel", "soft_rel", "soft_local_rel", "soft_in_rel", "cosine_rel",
    "decay3", "decay8", "decay3_rel", "decay8_rel", "local_near", "local_in_near", "soft3", "soft8", "soft_in8", "soft_inside", "local_in_near_rel", "soft_in8_rel", "local_near_rel", "soft3_rel", "soft8_rel", "soft_inside_rel", "clause", "part_near", "inside", "head_in", "head_near", "head_sentence", "head_missing",
    "repeats", "group", "group_many", "single_many", "size", "only", "first_sort", "span_length", "named", "cause", "cause_sentence", "cause_reason",
    "speech", "after", "both_sides", "capital", "frequent", "year_fit", "post_fit", "posts_other",
)  # fmt: skip
"""The columns of `Candidate.features`."""
SHARED = FEATURES.index("cosine_rel") + 1
"""How many of them are the sentence's; the others are the span's."""
NUMERIC = frozenset({Sort.COUNT, Sort.SPELLED, Sort.MONEY, Sort.MEASURE, Sort.AGE, Sort.PERCENT, Sort.DURATION, Sort.ORDINAL})
COUNTS = 0.4
"""How much of a unit must stand in a sentence to count as standing there."""
GROUPS = ("person", "name", "day", "number", "role", "clause")


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences worth reading for a question, with what holds for all of their spans.

    Attributes:
        rows: Article and sentence of each.
        shared: Their part of the features, shape `(sentences, 20)`.
        sightings: Of each article, by id.
        weights: Share of the question of each unit.
        local: The same, of those that single out a sentence of what was read.
        within: The same, of those that single out a sentence of its own article, by article.
        soft: For each sentence its words, as the embedding model knows them, beside those of the question.
    """

    question: Question
    rows: tuple[tuple[ArticleView, Sentence], ...]
    shared: Floats
    sightings: dict[str, Sightings]
    weights: Floats
    local: Floats
    within: dict[str, Floats]
    soft: Soft


def article_scores(hits: Sequence[Hit]) -> list[float]:
    """Return the scores of the articles of the hits, best first."""
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.article.id] = max(best.get(hit.article.id, 0.0), hit.score)
    return sorted(best.values(), reverse=True)


def group_of(kind: Kind) -> int:
    """Return the number in `GROUPS` of the group a kind is weighed with."""
    if kind.counts:
        return GROUPS.index("number")
    named = {
        Kind.PERSON: "person", Kind.ORGANISATION: "name", Kind.PLACE: "name", Kind.THING: "name", Kind.DATE: "day",
        Kind.CLOCK: "day", Kind.ROLE: "role",
    }  # fmt: skip
    return GROUPS.index(named.get(kind, "clause"))


def gather(
    question: Question, hits: Sequence[Hit], weights: Weights, embeddings: StaticEmbeddings, *, articles: int = ARTICLES
) -> Evidence:
    """Return the sentences of the best articles that speak most of the question.

    Args:
        question: The question, understood.
        hits: Best first.
        weights: How much each unit of the question tells.
        embeddings: Compares words and sentences with those of the question.
        articles: How many articles are read.
    """
    units = question.units
    share = unit_weights(weights, units)
    best, chosen = _best(hits, articles)
    top = max(best.values(), default=1.0) or 1.0
    rows: list[tuple[ArticleView, Sentence]] = []
    shared: list[Floats] = []
    sightings: dict[str, Sightings] = {}
    within: dict[str, Floats] = {}
    named = np.asarray([u.name for u in units], dtype=bool)
    for rank, (id, article) in enumerate(chosen.items()):
        view = view_of(article)
        seen = sightings[id] = Sightings(view, units)
        if not view.sentences:
            continue
        own = _per_sentence(seen, view.sentences)
        within[id] = _singled_out(own, share)
        table = _sentence_features(view, seen, own, share, named, hits=[h for h in hits if h.article.id == id], top=top)
        table[:, FEATURES.index("article")] = best[id] / top
        table[:, FEATURES.index("first_article")] = rank == 0
        rows += [(view, s) for s in view.sentences]
        shared.append(table)
    if not rows:
        return Evidence(question, (), np.zeros((0, SHARED), np.float32), sightings, share, share, {}, Soft(question.text, (), embeddings))
    table = np.concatenate(shared)
    rough = (table[:, 0] + table[:, 1]) * (0.5 + 0.5 * table[:, FEATURES.index("article")])
    keep = np.argsort(-rough, kind="stable")[:SENTENCES]
    table = table[keep]
    kept = tuple(rows[i] for i in keep)
    column = {name: table[:, i] for i, name in enumerate(FEATURES[:SHARED])}
    soft = Soft(question.text, kept, embeddings)
    column["cosine"][:], column["soft"][:], column["soft_local"][:] = soft.cosine, soft.whole, soft.local
    column["soft_around"][:] = soft.around([(v.article.id, s.start) for v, s in kept])
    found = np.stack([sightings[v.article.id].within(s.first, s.last) for v, s in kept])
    local = _singled_out(found, share)
    column["local"][:] = found @ local
    column["period_rel"][:] = column["period"] / (column["period"].max() or 1.0)
    column["local_in"][:] = [f @ within[v.article.id] for f, (v, _) in zip(found, kept, strict=True)]
    column["soft_in"][:] = soft.within
    for name in ("own", "context", "local", "local_in", "soft", "soft_local", "soft_in", "cosine"):
        column[f"{name}_rel"][:] = column[name] / (column[name].max() or 1.0)
    return Evidence(question, kept, table, sightings, share, local, within, soft)


def _singled_out(found: Floats, share: Floats) -> Floats:
    """Return the weights of the units by how few of the sentences they stand in: what all speak of tells none apart."""
    spread = (found > COUNTS).mean(axis=0)
    local = share * np.log(1.0 / np.maximum(spread, 1.0 / len(found))) * (spread > 0)
    total = float(local.sum())
    scaled: Floats = (local / total if total else share).astype(np.float32)
    return scaled


def candidates(evidence: Evidence, slot: Slot) -> list[Candidate]:
    """Return every span that may answer a slot, with its features."""
    question, found = evidence.question, []
    part = _part_weights(question, slot, evidence.weights)
    blocks: list[Floats] = []
    for row, ((view, sentence), shared) in enumerate(zip(evidence.rows, evidence.shared, strict=True)):
        spans = find_spans(question, slot, view, sentence)
        if not spans:
            continue
        seen = evidence.sightings[view.article.id]
        block = np.zeros((len(spans), len(FEATURES)), dtype=np.float32)
        block[:, : len(shared)] = shared
        _near_features(block, view, sentence, spans, seen, evidence.weights, part, evidence.local, evidence.within[view.article.id])
        _soft_features(block, evidence.soft, row, spans)
        _span_features(block, question, slot, view, sentence, spans)
        if slot.kind in {Kind.PERSON, Kind.ROLE}:
            _post_features(block, question, view, sentence, spans, seen)
        found += [(view, sentence, span) for span in spans]
        blocks.append(block)
    if not found:
        return []
    table = np.concatenate(blocks)
    for name in ("decay3", "decay8", "local_near", "local_in_near", "soft3", "soft8", "soft_in8", "soft_inside"):
        column = table[:, FEATURES.index(name)]
        table[:, FEATURES.index(f"{name}_rel")] = column / (column.max() or 1.0)
    return [Candidate(*f, features=row) for f, row in zip(found, table, strict=True)]


def _best(hits: Sequence[Hit], articles: int) -> tuple[dict[str, float], dict[str, Article]]:
    """Return the best score of each of the first articles, and the articles; a copy of one that is there is left out."""
    best: dict[str, float] = {}
    chosen: dict[str, Article] = {}
    copies: set[str] = set()
    for hit in hits:
        article = hit.article
        if article.id not in chosen:
            if len(chosen) >= articles or article.source in copies:
                continue
            chosen[article.id] = article
            copies.update(article.copies)
        best[article.id] = max(best.get(article.id, 0.0), hit.score)
    return best, chosen


def _per_sentence(seen: Sightings, sentences: Sequence[Sentence]) -> Floats:
    """Return how much of each unit stands in each sentence, shape `(sentences, units)`."""
    return np.stack([seen.within(s.first, s.last) for s in sentences])


def _sentence_features(
    view: ArticleView, seen: Sightings, own: Floats, share: Floats, named: NDArray[np.bool_], *, hits: Sequence[Hit], top: float
) -> Floats:
    table = np.zeros((len(own), SHARED), dtype=np.float32)
    column = {name: table[:, i] for i, name in enumerate(FEATURES[: table.shape[1]])}
    title = seen.within(0, view.word_at(len(view.article.title))) if view.article.text.startswith(view.article.title) else np.zeros_like(share)
    before = np.vstack([np.zeros_like(share), own[:-1]])
    after = np.vstack([own[1:], np.zeros_like(share)])
    around = np.maximum(np.maximum(BEFORE * before, AFTER * after), np.maximum(TITLE * title, ARTICLE * seen.whole))
    column["own"][:] = own @ share
    column["context"][:] = np.maximum(own, around) @ share
    column["whole"][:] = seen.whole @ share
    column["part"][:] = 0.0
    for hit in hits:
        inside = [hit.passage.start <= s.start < hit.passage.end for s in view.sentences]
        column["passage"][inside] = np.maximum(column["passage"][inside], hit.score / top)
    column["period"][:] = max((h.parts.get("period", 1.0) for h in hits), default=1.0)
    column["early"][:] = 1.0 / (1.0 + np.arange(len(own)))
    column["opening"][:] = np.arange(len(own)) <= 2
    column["title"][:] = [s.kind is BlockKind.TITLE for s in view.sentences]
    column["caption"][:] = [s.kind is BlockKind.CAPTION for s in view.sentences]
    column["length"][:] = [min(s.end - s.start, 600) / 300 for s in view.sentences]
    if named.any():
        column["names"][:] = own[:, named] @ share[named]
    matched = seen.found.max(axis=0, initial=0.0) > COUNTS
    column["density"][:] = [matched[s.first : s.last].mean() if s.last > s.first else 0.0 for s in view.sentences]
    column["absent"][:] = ((1.0 - seen.whole) * share).max(initial=0.0)
    column["absent_here"][:] = ((1.0 - np.maximum(own, around)) * share).max(axis=1, initial=0.0)
    return table


def _part_weights(question: Question, slot: Slot, weights: Floats) -> Floats:
    """Return the weights of the units of the part of the question that says more about a slot."""
    if len(question.slots) == 1:
        return weights
    part = fold(question.text[slot.part[0] : slot.part[1]])
    inside = [re.search(rf"(?<!\w){re.escape(fold(u.source))}(?!\w)", part) is not None for u in question.units]
    own: Floats = np.where(inside, weights, 0.0).astype(np.float32)
    return own


def _near_features(
    block: Floats, view: ArticleView, sentence: Sentence, spans: Sequence[Span], seen: Sightings, weights: Floats, part: Floats,
    local: Floats, within: Floats,
) -> None:
    """Fill in how near the units of the question stand to each span; those within the span do not count."""
    column = {name: block[:, i] for i, name in enumerate(FEATURES)}
    first, last = sentence.first, max(sentence.last, sentence.first + 1)
    here = seen.found[:, first:last]
    places = np.arange(first, last)
    a = np.asarray([view.word_at(s.start) for s in spans])[:, None]
    b = np.asarray([_last_own(view, s) for s in spans])[:, None]
    inside = (places >= a) & (places < b)
    distance = np.maximum(a - places, places - b + 1)
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
    right = (here[None] * (places >= b)[:, None]).max(axis=2) @ weights
    column["after"][:] = left - right
    column["both_sides"][:] = np.minimum(left, right)


def _last_own(view: ArticleView, span: Span) -> int:
    """Return the number of the word behind a span; of a number, behind its digits: what is counted says what is meant."""
    first, last = view.word_at(span.start), view.word_at(span.end)
    if span.sort not in NUMERIC or len(span.parts) > 1:
        return last
    return next((i + 1 for i in range(first, last) if view.forms[i][0].isdigit()), first + 1)


def _soft_features(block: Floats, soft: Soft, row: int, spans: Sequence[Span]) -> None:
    column = {name: block[:, i] for i, name in enumerate(FEATURES)}
    starts, ends = np.asarray([s.start for s in spans]), np.asarray([s.end for s in spans])
    near = soft.near(row, starts, ends)
    for name, values in zip(("soft3", "soft8", "soft_in8", "soft_inside"), near, strict=True):
        column[name][:] = values


def _span_features(
    block: Floats, question: Question, slot: Slot, view: ArticleView, sentence: Sentence, spans: Sequence[Span]
) -> None:
    column = {name: block[:, i] for i, name in enumerate(FEATURES)}
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
        column["span_length"][i] = min(len(said), 200) / 100
        column["named"][i] = _NAMED.search(text, max(sentence.start, span.start - 14), span.start) is not None
        column["cause"][i] = _CAUSE.search(said) is not None
        column["cause_sentence"][i] = _CAUSE.search(text, sentence.start, sentence.end) is not None
        column["cause_reason"][i] = column["cause"][i] and slot.kind is Kind.REASON
        column["speech"][i] = _SPEECH.search(text, sentence.start, span.start) is not None
        column["capital"][i] = said[:1].isupper()
        column["frequent"][i] = min(text.count(said), 4) / 4 if len(said) < 60 else 0.25
        column["year_fit"][i] = bool(years) and any(y in text[sentence.start : sentence.end] for y in years)


def _post_features(
    block: Floats, question: Question, view: ArticleView, sentence: Sentence, spans: Sequence[Span], seen: Sightings
) -> None:
    """Fill in how much of a person's posts the question speaks of, and whether a post is somebody else's."""
    column = {name: block[:, i] for i, name in enumerate(FEATURES)}
    people = find_people(view.article.text[sentence.start : sentence.end])
    matched = seen.found.max(axis=0, initial=0.0) > COUNTS
    for person in people:
        start, end = sentence.start + person.start, sentence.start + person.end
        posts = [(view.word_at(sentence.start + a), view.word_at(sentence.start + b)) for a, b in person.posts]
        fit = max((float(matched[a:b].mean()) for a, b in posts if b > a), default=0.0)
        other = not question.speaks_of(person.name)
        for i, span in enumerate(spans):
            if any(a < end and start < b for a, b in span.parts):
                column["post_fit"][i] = max(column["post_fit"][i], fit)
            if other and any(sentence.start + a < span.end and span.start < sentence.start + b for a, b in person.posts):
                column["posts_other"][i] = 1.0


def _form(text: str) -> str:
    return " " + " ".join(match_form(w) for w in WORD.findall(text)) + " "


def _holds(form: str, head: str, question: Question) -> bool:
    if f" {head} " in form:
        return True
    return question.language == "vi" and f" {fold(head)} " in fold(form) and head.isascii()
