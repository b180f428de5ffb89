"""The sentences worth reading for a question, and what of them holds for all of their spans."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from qa.embeddings import StaticEmbeddings
from qa.matching import Weights
from qa.question import Question
from qa.reading.likeness import Likeness
from qa.reading.orders import gives_orders
from qa.reading.particulars import PARTICULARS, Particulars
from qa.reading.views import ArticleView, Sentence, Sightings, view_of
from qa.schema import Article, BlockKind, Hit

__all__ = [
    "COUNTS",
    "LOOK",
    "SENTENCE_FEATURES",
    "Evidence",
    "Overview",
    "article_scores",
    "gather",
    "look_over",
    "look_weights",
]

Floats = NDArray[np.float32]

ARTICLES = 4
"""Articles read for an answer; of 953 questions, six answered no more than four did, and took a fifth longer."""
WORTH = 0.75
"""Least score of an article that is read, beside the best one's: of 1,839 questions whose articles were found, 3 were answered by one of
less than 0.8 alone."""
SENTENCES = 20
"""Sentences looked at closely; one that answers best is among them for 98 of 100 questions, by the learned first look, as it was among 32
by how much of the question stands in and around a sentence."""
BEFORE, AFTER, TITLE, ARTICLE = 0.6, 0.4, 0.7, 0.5
"""How much finding a unit in the sentence before or after, in the title or elsewhere in the article counts beside finding it
in the sentence."""
COUNTS = 0.4
"""How much of a unit must stand in a sentence to count as standing there."""
SENTENCE_FEATURES = (
    "own", "context", "part", "cosine", "passage", "article", "first_article", "whole", "period", "early", "opening", "title",
    "caption", "length", "names", "density", "period_rel", "absent", "absent_here", "local", "local_in", "soft", "soft_local", "soft_in", "soft_around",
    *PARTICULARS, "look", "look_rel", "own_rel", "context_rel", "local_rel", "local_in_rel", "soft_rel", "soft_local_rel", "soft_in_rel", "cosine_rel",
)  # fmt: skip
"""What holds of every span of a sentence: the columns of `Evidence.shared`."""
APART = SENTENCE_FEATURES.index(PARTICULARS[0])
LOOK = (
    "own", "context", "passage", "article", "first_article", "whole", "period", "early", "opening", "title", "caption", "length",
    "names", "density", "absent", "absent_here", *PARTICULARS, "own_rel", "context_rel",
)  # fmt: skip
"""What the first look goes by, which chooses the sentences that are looked at closely."""
SPARE = 5
"""Sentences that may be left out for giving orders to whoever reads them."""
LOOKS = 10.0
"""What of the first look's score counts as 1 among the features."""
_LOOK = [SENTENCE_FEATURES.index(name) for name in LOOK]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences worth reading for a question, with what holds for all of their spans.

    Attributes:
        rows: Article and sentence of each.
        shared: Their part of the features, shape `(sentences, len(SENTENCE_FEATURES))`.
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
    soft: Likeness


def article_scores(hits: Sequence[Hit]) -> list[float]:
    """Return the scores of the articles of the hits, best first."""
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.article.id] = max(best.get(hit.article.id, 0.0), hit.score)
    return sorted(best.values(), reverse=True)


def gather(
    question: Question,
    hits: Sequence[Hit],
    weights: Weights,
    embeddings: StaticEmbeddings,
    *,
    articles: int = ARTICLES,
    worth: float = WORTH,
    sentences: int = SENTENCES,
) -> Evidence:
    """Return the sentences of the best articles that are most likely to answer.

    Args:
        question: The question, understood.
        hits: Best first.
        weights: How much each unit of the question tells.
        embeddings: Compares words and sentences with those of the question.
        articles: How many articles are read.
        worth: Least score of an article that is read, beside the best one's.
        sentences: How many sentences are looked at closely.
    """
    seen = look_over(question, hits, weights, articles=articles, worth=worth)
    share = weights.shares
    look = seen.table[:, _LOOK] @ look_weights()
    first = np.argsort(-look, kind="stable")[: sentences + SPARE].tolist()
    keep = np.fromiter(islice((i for i in first if not _gives_orders(*seen.rows[i])), sentences), dtype=np.intp)
    table = seen.table[keep]
    kept = tuple(seen.rows[i] for i in keep)
    soft = Likeness(question.text, kept, embeddings)
    if not kept:
        return Evidence(question, (), table, seen.sightings, share, share, {}, soft)
    column = _columns(table)
    column["look"][:], column["look_rel"][:] = look[keep] / LOOKS, (look[keep] - look[keep[0]]) / LOOKS
    column["cosine"][:], column["soft"][:], column["soft_local"][:] = soft.cosine, soft.whole, soft.local
    column["soft_around"][:] = soft.around([(v.article.id, s.start) for v, s in kept])
    found = np.stack([seen.sightings[v.article.id].within(s.first, s.last) for v, s in kept])
    local = _singled_out(found, share)
    column["local"][:] = found @ local
    column["period_rel"][:] = column["period"] / (column["period"].max() or 1.0)
    column["local_in"][:] = [f @ seen.within[v.article.id] for f, (v, _) in zip(found, kept, strict=True)]
    column["soft_in"][:] = soft.within
    for name in ("own", "context", "local", "local_in", "soft", "soft_local", "soft_in", "cosine"):
        column[f"{name}_rel"][:] = column[name] / (column[name].max() or 1.0)
    return Evidence(question, kept, table, seen.sightings, share, local, seen.within, soft)


@dataclass(frozen=True, slots=True)
class Overview:
    """All sentences of the best articles, and what can be told of them at a glance.

    Attributes:
        rows: Article and sentence of each.
        table: Their features, those of `LOOK` filled in, shape `(sentences, len(SENTENCE_FEATURES))`.
        sightings: Of each article, by id.
        within: As in `Evidence`.
    """

    rows: list[tuple[ArticleView, Sentence]]
    table: Floats
    sightings: dict[str, Sightings]
    within: dict[str, Floats]


def look_over(
    question: Question, hits: Sequence[Hit], weights: Weights, *, articles: int = ARTICLES, worth: float = WORTH
) -> Overview:
    """Return every sentence of the best articles; the arguments are those of `gather`."""
    units, share = question.units, weights.shares
    best, chosen = _best(hits, articles)
    top = max(best.values(), default=1.0) or 1.0
    chosen = {id: article for id, article in chosen.items() if best[id] >= worth * top}
    rows: list[tuple[ArticleView, Sentence]] = []
    tables: list[Floats] = [np.zeros((0, len(SENTENCE_FEATURES)), np.float32)]
    sightings: dict[str, Sightings] = {}
    within: dict[str, Floats] = {}
    named = np.asarray([u.name for u in units], dtype=bool)
    particulars = Particulars(question)
    for rank, (id, article) in enumerate(chosen.items()):
        view = view_of(article)
        seen = sightings[id] = Sightings(view, units)
        if not view.sentences:
            continue
        own = seen.by_sentence()
        within[id] = _singled_out(own, share)
        table = _sentence_features(view, seen, own, share, named, hits=[h for h in hits if h.article.id == id], top=top)
        table[:, APART : APART + len(PARTICULARS)] = particulars.table(view)
        column = _columns(table)
        column["article"][:], column["first_article"][:] = best[id] / top, rank == 0
        rows += [(view, s) for s in view.sentences]
        tables.append(table)
    table = np.concatenate(tables)
    column = _columns(table)
    for name in ("own", "context"):
        column[f"{name}_rel"][:] = column[name] / (column[name].max(initial=0.0) or 1.0)
    return Overview(rows, table, sightings, within)


def _gives_orders(view: ArticleView, sentence: Sentence) -> bool:
    return gives_orders(view.article.text[sentence.start : sentence.end])


def _columns(table: Floats) -> dict[str, Floats]:
    """Return the columns of a table of `SENTENCE_FEATURES` by name, as views."""
    return dict(zip(SENTENCE_FEATURES, table.T, strict=True))


@cache
def look_weights() -> Floats:
    """Return the weights of `LOOK` that come with Hoibao, shape `(len(LOOK),)`, read once.

    Raises:
        ValueError: They are of other features.
    """
    kept = json.loads((files("qa") / "models" / "hoibao-reader-v1" / "look.json").read_text(encoding="utf-8"))
    if tuple(kept) != LOOK:
        raise ValueError("the weights are of other features")
    return np.asarray([*kept.values()], dtype=np.float32)


def _singled_out(found: Floats, share: Floats) -> Floats:
    """Return the weights of the units by how few of the sentences they stand in: what all speak of tells none apart."""
    spread = (found > COUNTS).mean(axis=0)
    local = share * np.log(1.0 / np.maximum(spread, 1.0 / len(found))) * (spread > 0)
    total = float(local.sum())
    scaled: Floats = (local / total if total else share).astype(np.float32)
    return scaled


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


def _sentence_features(
    view: ArticleView,
    seen: Sightings,
    own: Floats,
    share: Floats,
    named: NDArray[np.bool_],
    *,
    hits: Sequence[Hit],
    top: float,
) -> Floats:
    table = np.zeros((len(own), len(SENTENCE_FEATURES)), dtype=np.float32)
    column = _columns(table)
    title = (
        seen.within(0, view.word_at(len(view.article.title)))
        if view.article.text.startswith(view.article.title)
        else np.zeros_like(share)
    )
    before = np.vstack([np.zeros_like(share), own[:-1]])
    after = np.vstack([own[1:], np.zeros_like(share)])
    around = np.maximum(np.maximum(BEFORE * before, AFTER * after), np.maximum(TITLE * title, ARTICLE * seen.whole))
    column["own"][:] = own @ share
    column["context"][:] = np.maximum(own, around) @ share
    column["whole"][:] = seen.whole @ share
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
    matched = np.append(0, np.cumsum(seen.found.max(axis=0, initial=0.0) > COUNTS))
    first, last = view.edges.T
    column["density"][:] = (matched[last] - matched[first]) / np.maximum(last - first, 1)
    column["absent"][:] = ((1.0 - seen.whole) * share).max(initial=0.0)
    column["absent_here"][:] = ((1.0 - np.maximum(own, around)) * share).max(axis=1, initial=0.0)
    return table
