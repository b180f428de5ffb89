"""The extractive reader: from retrieved passages to claims, each standing on a quotation; or to silence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa.citations import Claim
from qa.embeddings import StaticEmbeddings, TextEmbeddings, bundled_embeddings
from qa.fusion import period_fit
from qa.kinds import Kind, Slot
from qa.language.dates import sexagenary_years
from qa.matching import Weights
from qa.question import Question
from qa.reading.compose import TEXT_CHARS, Found, compose, is_partial
from qa.reading.evidence import Evidence, article_scores, gather
from qa.reading.features import FEATURES, Candidate, candidates
from qa.reading.model import ReaderModel, confidence_features, default_reader_model
from qa.reading.rivals import apart, latest_first, rivals
from qa.reading.spans import Sort
from qa.reading.topics import POINTS, points
from qa.schema import Article, DateMention, Hit

__all__ = ["Reading", "is_strange", "read"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
_POST_ALONE, _DESCRIBED = FEATURES.index("post_alone"), FEATURES.index("described")

LEAST_CONTEXT = 0.18
"""Least share of the question that must stand in and around the best sentence: less is of something else altogether. The probability was
fitted on questions that some article speaks of, and knows little of others."""
FOREIGN_CONTEXT, FOREIGN_WORD = 0.32, 0.34
"""Where less than the first stands in and around it, no single word of more than the second share may be absent altogether."""
RANKED = 80
"""Candidates of a slot that are handed on."""
MADE_WHOLE = 0.4
"""Share of the learned threshold that holds for a follow-up made whole; it was fitted on questions that people wrote out."""
FITS = 0.85
"""How well an article must fit the year of one part of a comparison, beside the one that fits best."""


ABOUT = frozenset({Kind.TOPIC, Kind.OTHER, Kind.REASON, Kind.MATTER})
"""What is asked of a comparison that names nothing in particular: points about each side answer it."""
HOLDS = 0.5
"""How much more of the post that is asked for one of a list must hold than the others, to be the answer instead of the list."""
NEARLY, ALONE = 0.6, 0.2
"""How far below its best member a list of people may score to be the answer, unless so much more of that one's post is asked for."""
SPOKEN_OF, SPOKEN_SENTENCES = 8, 32
"""Articles read for points about a subject, and sentences looked at closely."""
SIDE = 0.1
"""Least share of a comparison that must stand in a sentence about one side."""
RECENT = "1990"
"""First year that is taken for the time of an article rather than for history it tells."""
CYCLE = 60
"""Years after which a lunar year has the same name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the articles say in answer to a question.

    Attributes:
        claims: The bare answer first, then quoted sentences; none when the articles do not say.
        points: Whether they are points about a subject, one a line.
        partial: Whether several things were asked for and more of them may be meant than are named.
        differing: Whether articles that fit equally well answer differently; each answer then has a note that tells its article.
    """

    claims: tuple[Claim, ...] = ()
    points: bool = False
    partial: bool = False
    differing: bool = False


def read(
    question: Question,
    hits: Sequence[Hit],
    weights: Weights,
    *,
    embeddings: TextEmbeddings | None = None,
    threshold: float | None = None,
    model: ReaderModel | None = None,
    made_whole: bool = False,
) -> Reading:
    """Return what the articles of the hits answer.

    Args:
        question: The question, understood.
        hits: Best first.
        weights: How much each unit of the question tells.
        embeddings: Used when it is the bundled model, the one the ranking was fitted with; else that one is loaded.
        threshold: Least probability of an answer, below which the articles do not say; None for the learned one.
        model: Defaults to the one that comes with Hoibao.
        made_whole: Whether the question was made of a follow-up: its words are less those of an article then, and its articles more
            certain, so that the learned threshold counts by `MADE_WHOLE` alone.
    """
    model = model or default_reader_model()
    if threshold is None:
        threshold = model.threshold * (MADE_WHOLE if made_whole else 1.0)
    likeness = embeddings if isinstance(embeddings, StaticEmbeddings) else bundled_embeddings()
    hits = [h for h in hits if not _of_other_years(question, h.article)]
    parts = _parts(question, hits)
    if question.kind in ABOUT and (question.kind is Kind.TOPIC or len(parts) > len(question.slots)):
        among = [
            gather(question, found, weights, likeness, articles=SPOKEN_OF, worth=0.0, sentences=SPOKEN_SENTENCES)
            for _, found in parts
        ]
        return Reading(tuple(_points(among)), points=True)
    answers: list[Found] = []
    for slot, articles in parts:
        evidence = gather(question, articles, weights, likeness)
        found = candidates(evidence, slot)
        if not found:
            continue
        scores = model.scores(found, slot)
        if not answers:
            about = confidence_features(
                found, scores, slot, language=question.language, hit_scores=article_scores(articles)
            )
            if is_strange(found[int(np.argmax(scores))]) or model.probability(about) < threshold:
                return Reading()
        order = _holder_first(slot, found, np.argsort(-scores, kind="stable")[:RANKED])
        order = _whole_list_first(found, scores, order)
        answers.append(Found(slot, tuple((found[i], float(scores[i])) for i in order)))
    if not answers:
        return Reading()
    partial = any(is_partial(question, found) for found in answers)
    beside = rivals(answers[0], hits) if len(parts) == 1 else []
    if beside:
        answers = _beside(answers[0], beside, question.language)
    return Reading(tuple(compose(question, answers)), partial=partial and not beside, differing=bool(beside))


def _beside(found: Found, others: Sequence[Candidate], language: str) -> list[Found]:
    """Return the best candidate and its rivals, each with what its own article says and what tells that article apart."""
    chosen = latest_first([found.best, *others])
    return [
        Found(found.slot, tuple((c, s) for c, s in found.ranked if c.article.id == own.article.id), note)
        for own, note in zip(chosen, apart(chosen, language), strict=True)
    ]


def _holder_first(slot: Slot, found: Sequence[Candidate], order: Indices) -> Indices:
    """Return the order with the one who alone holds the post that is asked for before the list of people that ranks best: `bí thư huyện … là ai`."""
    best = found[order[0]]
    if slot.kind is not Kind.PERSON or slot.many or not slot.heads or len(best.span.parts) == 1:
        return order
    for place, i in enumerate(order):
        parts = found[i].span.parts
        if len(parts) == 1 and parts[0] in best.span.parts and found[i].features[_POST_ALONE] > HOLDS:
            return np.concatenate([order[place : place + 1], order[:place], order[place + 1 :]])
    return order


def _whole_list_first(found: Sequence[Candidate], scores: Floats, order: Indices) -> Indices:
    """Return the order with a list of people before its member that ranks best, when the list ranks nearly as well.

    Unless the question speaks of a post of that one, or describes that one better than the list: who did something with others
    did not do it alone.
    """
    best = found[order[0]]
    if best.span.sort is not Sort.PERSON or len(best.span.parts) > 1 or best.features[_POST_ALONE] > ALONE:
        return order
    for place, i in enumerate(order):
        if scores[i] < scores[order[0]] - NEARLY:
            break
        if found[i].features[_DESCRIBED] < best.features[_DESCRIBED]:
            continue
        if best.span.parts[0] in found[i].span.parts and len(found[i].span.parts) > 1:
            return np.concatenate([order[place : place + 1], order[:place], order[place + 1 :]])
    return order


def _points(among: Sequence[Evidence]) -> list[Claim]:
    """Return the points about a subject; of each side of a comparison in turn, or none when one side has none."""
    if len(among) == 1:
        return points(among[0], room=TEXT_CHARS)
    sides = [points(e, least=SIDE, most=max(2, POINTS // len(among)), room=TEXT_CHARS // len(among)) for e in among]
    return [claim for side in sides for claim in side] if all(sides) else []


def is_strange(best: Candidate) -> bool:
    """Return whether so little of the question stands in and around the best candidate that it must be about something else."""
    values: dict[str, float] = dict(zip(FEATURES, best.features.tolist(), strict=True))
    foreign = values["context"] < FOREIGN_CONTEXT and values["absent"] > FOREIGN_WORD
    return foreign or values["context"] < LEAST_CONTEXT


def _of_other_years(question: Question, article: Article) -> bool:
    """Return whether an article speaks of years, but of none that the question asks about: what it tells was another time."""
    asked = {y for d in question.dates for y in _years_of(d.value)}
    if not asked:
        return False
    known = {y for m in (*article.dates, article.event, article.published) if m for y in _years_of(m.value)}
    return bool(known) and not known & asked


def _years_of(value: str) -> Iterator[str]:
    """Yield the years of an ISO value, of a stretch both ends, that lie within living memory."""
    yield from (end[:4] for end in value.split("/") if end[:4].isdigit() and end[:4] >= RECENT)


def _parts(question: Question, hits: Sequence[Hit]) -> list[tuple[Slot, list[Hit]]]:
    """Return each slot with the hits to read for it: of a comparison of two periods, each with the articles that fit it."""
    years = _periods([*question.dates, *_festivals(question, hits)])
    if len(years) < 2 or len(years) > 3:
        return [(slot, list(hits)) for slot in question.slots]
    if len(question.slots) > 1:
        parts = []
        for slot in question.slots:
            own = [d for d in years.values() if slot.part[0] <= d.start < slot.part[1]]
            parts.append((slot, _fitting(hits, own[0]) if len(own) == 1 else list(hits)))
        return parts
    slot = question.slots[0]
    if not _compares(question):
        return [(slot, list(hits))]
    return [(replace(slot, many=False), _fitting(hits, d)) for d in years.values()]


def _periods(dates: Sequence[DateMention]) -> dict[str, DateMention]:
    """Return the years that are spoken of, each with its first date; of a single year, its months."""
    known = [d for d in dates if d.value[:4].isdigit()]
    years: dict[str, DateMention] = {}
    months: dict[str, DateMention] = {}
    for date in known:
        years.setdefault(date.value[:4], date)
        if len(date.value) >= len("2016-07"):
            months.setdefault(date.value[:7], date)
    return months if len(years) == 1 < len(months) else years


def _festivals(question: Question, hits: Sequence[Hit]) -> list[DateMention]:
    """Return the lunar years a question names (`Xuân Bính Thân`) as years that some article of the hits speaks of."""
    named: list[DateMention] = []
    years = sexagenary_years(question.text)
    known = {y for h in hits for y in h.article.years()} if years else set()
    for words, start, end, year in years:
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
