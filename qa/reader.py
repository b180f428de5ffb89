"""The extractive reader: from retrieved passages to claims, each standing on a quotation; or to silence."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa.citations import Claim
from qa.embeddings import StaticEmbeddings, TextEmbeddings, bundled_embeddings
from qa.fusion import period_fit
from qa.kinds import Slot
from qa.language.dates import sexagenary_years
from qa.matching import Weights
from qa.question import Question
from qa.reading.compose import Found, compose
from qa.reading.evidence import article_scores, gather
from qa.reading.features import FEATURES, Candidate, candidates
from qa.reading.model import ReaderModel, confidence_features, default_reader_model
from qa.schema import DateMention, Hit

__all__ = ["read"]

LEAST_OWN, LEAST_CONTEXT = 0.03, 0.18
"""Least share of the question that must stand in the best sentence, and in and around it; about 1 % each of the questions
fitted on that have an answer lies below. The probability was fitted on questions that some article speaks of, and knows little of others."""
FOREIGN_CONTEXT, FOREIGN_WORD = 0.32, 0.34
"""Where less than the first stands in and around it, no single word of more than the second share may be absent altogether."""
RANKED = 80
"""Candidates of a slot that are handed on."""
FITS = 0.85
"""How well an article must fit the year of one part of a comparison, beside the one that fits best."""


CYCLE = 60
"""Years after which a lunar year has the same name."""


def read(
    question: Question,
    hits: Sequence[Hit],
    weights: Weights,
    *,
    embeddings: TextEmbeddings | None = None,
    threshold: float | None = None,
    model: ReaderModel | None = None,
) -> list[Claim]:
    """Return what the articles of the hits answer: the bare answer first, then quoted sentences; nothing when they do not say.

    Args:
        question: The question, understood.
        hits: Best first.
        weights: How much each unit of the question tells.
        embeddings: Used when it is the bundled model, the one the ranking was fitted with; else that one is loaded.
        threshold: Least probability of an answer, below which the articles do not say; None for the learned one.
        model: Defaults to the one that comes with Hoibao.
    """
    model = model or default_reader_model()
    likeness = embeddings if isinstance(embeddings, StaticEmbeddings) else bundled_embeddings()
    answers: list[Found] = []
    for slot, among in _parts(question, hits):
        evidence = gather(question, among, weights, likeness)
        found = candidates(evidence, slot)
        if not found:
            continue
        scores = model.scores(found, slot)
        if not answers:
            about = confidence_features(
                found, scores, slot, language=question.language, hit_scores=article_scores(among)
            )
            if _strange(found[int(np.argmax(scores))]) or model.probability(about) < (
                model.threshold if threshold is None else threshold
            ):
                return []
        order = np.argsort(-scores, kind="stable")[:RANKED]
        answers.append(Found(slot, tuple((found[i], float(scores[i])) for i in order)))
    return compose(question, answers) if answers else []


def _strange(best: Candidate) -> bool:
    values: dict[str, float] = dict(zip(FEATURES, best.features.tolist(), strict=True))
    foreign = values["context"] < FOREIGN_CONTEXT and values["absent"] > FOREIGN_WORD
    return foreign or values["own"] < LEAST_OWN or values["context"] < LEAST_CONTEXT


def _parts(question: Question, hits: Sequence[Hit]) -> list[tuple[Slot, list[Hit]]]:
    """Return each slot with the hits to read for it: of a comparison of two years, each year with the articles that fit it."""
    years = {d.value[:4]: d for d in (*question.dates, *_festivals(question, hits)) if d.value[:4].isdigit()}
    if len(years) < 2 or len(years) > 3:
        return [(slot, list(hits)) for slot in question.slots]
    if len(question.slots) > 1:
        parts = []
        for slot in question.slots:
            own = [d for d in years.values() if slot.part[0] <= d.start < slot.part[1]]
            parts.append((slot, _fitting(hits, own[0]) if len(own) == 1 else list(hits)))
        return parts
    slot = question.slots[0]
    return (
        [(replace(slot, many=False), _fitting(hits, d)) for d in years.values()]
        if _compares(question)
        else [(slot, list(hits))]
    )


def _festivals(question: Question, hits: Sequence[Hit]) -> list[DateMention]:
    """Return the lunar years a question names (`Xuân Bính Thân`) as years that some article of the hits speaks of."""
    named = []
    known = {y for h in hits for y in h.article.years()}
    for words, start, end, year in sexagenary_years(question.text):
        fitting = [y for y in known if y == year or (year < CYCLE and y % CYCLE == year)]
        named += [DateMention(str(max(fitting)), words, start, end)] if fitting else []
    return named


def _compares(question: Question) -> bool:
    asked = question.folded
    return any(
        w in asked
        for w in (
            "khac",
            "so voi",
            "thay doi",
            "doi ra sao",
            "doi the nao",
            "compare",
            "differ",
            "change",
            "between",
            "versus",
        )
    )


def _fitting(hits: Sequence[Hit], date: DateMention) -> list[Hit]:
    """Return the hits whose articles fit a year best."""
    fits = [period_fit((date,), h.article) for h in hits]
    best = max(fits, default=0.0)
    return [h for h, fit in zip(hits, fits, strict=True) if fit >= FITS * best]
