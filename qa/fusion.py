"""How candidates are ranked: what is measured of each, and the learned weights by which it is added up.

Both passes are convex combinations (Bruch et al. 2023) of measures in [0, 1]; the weights come from `training.fusion`
and lie in `qa/models/hoibao-fusion-v1`.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qa.interaction import late_interaction
from qa.language.forms import UPPER, words
from qa.language.lexicon import default_lexicon
from qa.language.times import covers
from qa.matching import Weights
from qa.numbered import Integers, NumberedTexts
from qa.overlap import Overlap
from qa.question import Question, Unit
from qa.schema import Article, DateMention, DateRole, Passage
from qa.static_embeddings import StaticTable
from qa.stores import embedding_text

__all__ = [
    "FIRST",
    "INTERACTING",
    "SECOND",
    "FusionWeights",
    "Measured",
    "dates_meet",
    "first_pass",
    "learned_weights",
    "measure",
    "named_in",
    "period_fit",
]

FIRST = ("lexical", "vectors")
"""Measures of the first pass: BM25, and the cosine of the question, for an English one of it and its translation together."""
COSINES = ("vectors", "translated")
"""Cosine of the question, and of its translation."""
INTERACTION = ("meaning", "meaning_near")
"""Late interaction with the passage and its title, and with the best window of it; only for `INTERACTING` candidates."""
INTERACTING = 15
"""Candidates whose words are compared one by one, which takes as long as all other measures together. With 20 of 50 the right
article comes first as often as with 60 of 60, over 1,000 questions; with 12, in one of 200 encyclopedia paragraphs fewer."""
SECOND = (
    "lexical",
    *COSINES,
    "words_near",
    "words_article",
    "period",
    "names",
    "numbers",
    "numbers_article",
    "brevity",
    *INTERACTION,
)
"""Measures of the second pass: BM25 and both cosines, how much of the question stands in the best sentence of the passage and in
what was found of its article, how the article fits its dates, its names in the article, its numbers in the passage and in the article, how
short the passage is, and late interaction."""

LONGEST = 7.0
"""Natural logarithm of about the longest passage, in characters."""
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights of both passes by name; those of a pass add up to 1."""

    first: Mapping[str, float]
    second: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of the candidates of one question.

    Attributes:
        table: One row a candidate, one column for each of `SECOND`, all in [0, 1].
        total: The weighted sum of each row, in [0, 1].
    """

    table: Scores
    total: Scores


@cache
def learned_weights() -> FusionWeights:
    """Return the weights that come with Hoibao, read once."""
    path = files("qa") / "models" / "hoibao-fusion-v1" / "weights.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    return FusionWeights(first=kept["first"], second=kept["second"])


def first_pass(found: Mapping[str, Mapping[int, float]], weights: FusionWeights) -> list[int]:
    """Return the passages that either index found, best first, by the sum of their min-max normalised scores.

    Args:
        found: For each of `FIRST` the score of each passage found.
        weights: The weights.
    """
    total: dict[int, float] = {}
    for name, scores in found.items():
        low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
        for number, score in scores.items():
            share = (score - low) / (high - low) if high > low else 1.0
            total[number] = total.get(number, 0.0) + weights.first[name] * share
    return sorted(total, key=lambda number: (-total[number], number))


def measure(
    question: Question,
    candidates: Sequence[tuple[Passage, Article]],
    scores: Mapping[str, Sequence[float]],
    *,
    units: Weights,
    table: StaticTable,
    weights: FusionWeights,
    interacting: int = INTERACTING,
) -> Measured:
    """Measure the candidates of a question.

    Args:
        question: The question, understood.
        candidates: Passages with their articles.
        scores: `lexical` and each of `COSINES`, in [0, 1] for each candidate.
        units: How much each unit of the question tells.
        table: The bundled static model, for late interaction.
        weights: The weights.
        interacting: As `INTERACTING`.
    """
    columns: dict[str, Scores] = {n: np.asarray(scores[n], dtype=np.float64) for n in ("lexical", *COSINES)}
    columns |= _read(question, candidates, units)
    columns["period"] = np.asarray([period_fit(question.dates, a) for _, a in candidates], dtype=np.float64)
    lengths = [math.log(len(p.text) + 1) for p, _ in candidates]
    columns["brevity"] = np.clip(1.0 - np.asarray(lengths, dtype=np.float64) / LONGEST, 0.0, 1.0)
    columns |= {name: np.zeros(len(candidates)) for name in INTERACTION}
    made = np.stack([columns[name] for name in SECOND], axis=1)
    by = np.asarray([weights.second[name] for name in SECOND])
    best = np.argsort(-(made @ by), kind="stable")[:interacting]
    texts = [embedding_text(candidates[i][0].text, candidates[i][1].title) for i in best]
    for name, values in zip(INTERACTION, late_interaction(table, question.text, texts), strict=True):
        made[best, SECOND.index(name)] = values
    return Measured(made, made @ by)


def period_fit(asked: tuple[DateMention, ...], article: Article) -> float:
    """Return how well an article fits the dates of a question, 0 to 1; 1 when the question has none.

    When something happened counts most, then what it plans, what it reviews, and what it merely speaks of: "the 2019
    conference" is not the 2020 meeting that looks back on 2019.
    """
    if not asked:
        return 1.0
    return sum(_one_fit(d, article) for d in asked) / len(asked)


def _read(question: Question, candidates: Sequence[tuple[Passage, Article]], weights: Weights) -> dict[str, Scores]:
    """Return what of the words, people and numbers of the question stands in passages and articles."""
    people = [Unit(name, (tuple(words(name)),), plain=True, name=True) for name in named_in(question)]
    numeric = [i for i, u in enumerate(weights.units) if u.source[:1].isdigit()]
    named = list(range(len(weights.units), len(weights.units) + len(people)))
    texts, articles, passages = _cut(candidates)
    overlap = Overlap([*weights.units, *people], [*weights.values, *(0.0 for _ in people)], texts)
    whole, passage = overlap.best(articles), overlap.best(passages)
    return {
        "words_near": overlap.closest(passages),
        "words_article": overlap.whole(articles),
        "names": _mean(whole[named]),
        "numbers": _mean(passage[numeric]),
        "numbers_article": _mean(whole[numeric]),
    }


_CAPITAL = re.compile(rf"(?<![.!?:] )(?<!^)(?<!\w)[{UPPER}]\w*(?: [{UPPER}]\w*)*")


def named_in(question: Question) -> list[str]:
    """Return the people of a question and what else it writes with capitals, but for words that have a translation."""
    others = (m[0] for m in _CAPITAL.finditer(question.text))
    if question.language == "en":
        lexicon = default_lexicon()
        others = (o for o in others if not lexicon.match(words(o), 0)[0])
    return list(dict.fromkeys([*question.people, *others]))


def _mean(found: Scores) -> Scores:
    """Return the mean over the units; 1 for all when there are none."""
    return found.mean(axis=0) if len(found) else np.ones(found.shape[1])


def _cut(candidates: Sequence[tuple[Passage, Article]]) -> tuple[NumberedTexts, Integers, Integers]:
    """Return the candidates by article, each its title and then its passages, and the pieces of article and passage.

    What else stands in an article held too few words of the question to be found, and reading it would take as long again.
    The pieces are `[first, last)` for each candidate, shape `(candidates, 2)`.
    """
    by_article: dict[str, list[str]] = {}
    place = []
    for passage, article in candidates:
        pieces = by_article.setdefault(article.id, [article.title])
        place.append(len(pieces))
        pieces.append(passage.text)
    texts = NumberedTexts([*by_article.values()])
    number = {id: n for n, id in enumerate(by_article)}
    of = np.asarray([number[a.id] for _, a in candidates], dtype=np.int64)
    first = texts.texts[of] + np.asarray(place, dtype=np.int64)
    articles = np.stack([texts.texts[of], texts.texts[of + 1]], axis=1)
    return texts, articles, np.stack([first, first + 1], axis=1)


_ROLE_FIT = {DateRole.PLANNED: 0.7, DateRole.REVIEWED: 0.5, DateRole.PUBLISHED: 0.5, DateRole.MENTIONED: 0.3}


def _one_fit(asked: DateMention, article: Article) -> float:
    event = article.event.value if article.event else None
    if event and dates_meet(asked.value, event):
        return 1.0
    met = [d for d in article.dates if dates_meet(asked.value, d.value)]
    best = max((_ROLE_FIT.get(d.role, 0.3) for d in met), default=0.0)
    said_alike = asked.role is not DateRole.MENTIONED and any(d.role is asked.role for d in met)
    if best and not event and (said_alike or asked.value[:4] in article.title):
        return 0.9
    return best / 2 if event else best


def dates_meet(asked: str, given: str) -> bool:
    """Return whether two dates, each perhaps cut short or a stretch, can be the same."""
    if "/" in asked or "/" in given:
        return covers(asked, given)
    if asked.startswith("--"):
        return given.endswith(asked[1:])
    if given.startswith("--"):
        return asked.endswith(given[1:])
    return given.startswith(asked) or asked.startswith(given)
