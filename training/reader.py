"""Fits the reader's ranking and its probability of an answer, and measures both by cross-validation by article.

    python -m training.reader --out qa/models/hoibao-reader-v1 GOLD.jsonl=DATA_DIR ...

Each gold file goes with a data directory into which its articles have been ingested. scipy and LightGBM are needed for this
alone.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from qa.embeddings import StaticEmbeddings, bundled_embeddings, embedder_for
from qa.gold import documents
from qa.kinds import Slot
from qa.matching import Weights
from qa.measures import holds
from qa.question import Question, understand
from qa.reader import is_strange
from qa.reading.evidence import article_scores, gather
from qa.reading.features import FEATURES, GROUPS, Candidate, candidates, group_of
from qa.reading.model import CONFIDENCE, ReaderModel, confidence_features, key, tree_rows
from qa.reading.spans import Sort
from qa.retriever import PassageRetriever
from qa.schema import Article, Hit
from qa.settings import load_settings
from qa.stores import Stores
from training.trees import grown

__all__ = [
    "Example",
    "Slotted",
    "Told",
    "confidence_weights",
    "cross_validated",
    "examples",
    "fit_confidence",
    "fit_ranking",
    "fold_of",
    "gold_sets",
    "judged",
    "learned_threshold",
    "minimum",
    "right",
    "told",
]

Floats = NDArray[np.float64]

FOLDS = 5
SHARED_PENALTY, GROUPED_PENALTY, SORTED_PENALTY, CONFIDENCE_PENALTY = 3.0, 10.0, 1.0, 30.0
"""Ridge penalties, chosen among powers of about 3 by cross-validation."""
HELPS = frozenset(
    (
        "own context look look_rel part cosine passage article first_article period names local local_in soft soft_local soft_in soft_around own_rel "
        "context_rel local_rel local_in_rel soft_rel soft_local_rel soft_in_rel cosine_rel period_rel decay3 decay8 decay3_rel decay8_rel local_near "
        "local_in_near soft3 soft8 soft_in8 local_in_near_rel soft_in8_rel local_near_rel soft3_rel soft8_rel clause part_near head_in "
        "head_near head_sentence people_here people_near people_whole named_here named_near named_whole days_here days_near days_whole asked asked_near asked_soft asked_soft_near asked_rel asked_near_rel asked_soft_rel asked_soft_near_rel group_many named cause_reason year_fit post_fit post_alone both_sides described"
    ).split()
)
HARMS = frozenset(
    ("absent", "absent_here", "head_missing", "posts_other", "said_then", "of_others", "asked_gone", "asked_away")
)
"""What can only speak for a candidate, and what only against it: a few hundred questions do not tell likenesses apart that go
together, and without this the weights of some turn against plain repetition of the question."""


@dataclass(slots=True)
class Slotted:
    """The candidates of one slot, as arrays."""

    slot: Slot
    found: list[Candidate]
    table: Floats
    sorts: list[Sort]
    gains: Floats

    @property
    def keys(self) -> list[str]:
        """The names of the weights of the candidates' sorts."""
        return [key(self.slot.kind, s) for s in self.sorts]

    def scores(self, model: ReaderModel) -> Floats:
        """Return what a model gives the candidates, shape `(candidates,)`."""
        return model.scored(self.table, self.sorts, self.slot.kind) if self.sorts else np.zeros(0)


@dataclass
class Example:
    """A question with the candidates of each of its slots, and how good each of them is.

    Attributes:
        group: What cross-validation keeps together: the article the question is about.
        without: The same with its right articles taken out of the hits, or None for an unanswerable one.
        typical: Whether it is asked as people ask; others were written to be hard.
    """

    gold: dict[str, Any]
    question: Question
    hits: list[Hit]
    weights: Weights
    group: str
    slots: list[Slotted]
    hit_scores: list[float]
    without: "Example | None" = field(default=None)
    typical: bool = True


def right(article: Article, gold: dict[str, Any]) -> bool:
    """Return whether an article, or a copy of it, is one that answers."""
    return bool(documents(article) & set(gold["source"]))


BESIDE = 0.65
"""What a candidate loses that holds every fact among nothing but others."""


def gain(candidate: Candidate, gold: dict[str, Any], *, slot: int, slots: int) -> float:
    """Return how good a candidate is, 0 to 1: the facts it holds, less what in it is none."""
    if not right(candidate.article, gold):
        return 0.0
    facts = gold["answers"]
    if slots > 1 and slots == len(facts):
        facts = [facts[slot]]
    said = candidate.texts()
    text = ", ".join(said)
    held = sum(any(holds(text, v) for v in fact) for fact in facts)
    wanted = max(1, -(-len(facts) // slots)) if slots > 1 else len(facts)
    useful = sum(any(holds(part, v) for fact in gold["answers"] for v in fact) for part in said) / len(said)
    return min(1.0, held / wanted) * (1.0 - BESIDE + BESIDE * useful)


def example(
    gold: dict[str, Any], question: Question, hits: list[Hit], weights: Weights, embeddings: StaticEmbeddings
) -> Example:
    """Return the candidates of a question with their gains."""
    evidence = gather(question, hits, weights, embeddings)
    slotted = []
    for i, slot in enumerate(question.slots):
        found = candidates(evidence, slot)
        table = np.stack([c.features for c in found]).astype(np.float64) if found else np.zeros((0, len(FEATURES)))
        gains = (
            np.asarray([gain(c, gold, slot=i, slots=len(question.slots)) for c in found])
            if gold["answers"]
            else np.zeros(len(found))
        )
        slotted.append(Slotted(slot, found, table, [c.span.sort for c in found], gains))
    about = gold.get("about") or (gold["source"][0] if gold["source"] else gold["id"])
    return Example(gold, question, hits, weights, about, slotted, article_scores(hits))


def examples(golds: Sequence[dict[str, Any]], retriever: PassageRetriever) -> Iterator[Example]:
    """Yield every question as an example, read over what retrieval finds for it; a follow-up as it is to be understood."""
    stores = retriever.stores
    likeness = bundled_embeddings()
    for gold in golds:
        question = understand(gold.get("understood", gold["question"]))
        hits = retriever.search(question)
        weights = Weights(question, frequency=stores.words.frequencies(), passages=stores.words.count())
        made = example(gold, question, hits, weights, likeness)
        if gold["answers"]:
            rest = [h for h in hits if not right(h.article, gold)]
            made.without = example({**gold, "answers": []}, question, rest, weights, likeness)
        yield made


def fold_of(group: str) -> int:
    """Return the part of the data a group belongs to."""
    return crc32(group.encode()) % FOLDS


def fit_ranking(data: Sequence[Example]) -> ReaderModel:
    """Fit the linear weights and grow the trees; in the scores both count the same, and these spread as those of the weights alone."""
    slots = [s for e in data for s in e.slots if len(s.found) and s.gains.max() > 0]
    linear = fit_weights(slots)
    rows = [tree_rows(s.table, s.sorts, s.slot.kind) for s in slots]
    trees = grown(rows, [s.gains for s in slots])
    weighed = [linear.scored(s.table, s.sorts, s.slot.kind) for s in slots]
    summed = [trees.sums(r) for r in rows]
    spread = _spread(weighed)
    trees = trees.scaled(spread / _spread(summed))
    share = spread / _spread([a + trees.sums(r) for a, r in zip(weighed, rows, strict=True)])
    bias = {k: v * share for k, v in linear.sorted.items()}
    return replace(
        linear, shared=linear.shared * share, grouped=linear.grouped * share, sorted=bias, trees=trees.scaled(share)
    )


def _spread(scores: Sequence[Floats]) -> float:
    return float(np.mean([s.std() for s in scores])) or 1.0


def fit_weights(slots: Sequence[Slotted]) -> ReaderModel:
    """Fit the linear weights: the expected gain of a softmax over the candidates of each slot, in logarithms, with ridge penalties."""
    names = sorted({k for s in slots for k in s.keys})
    at = {k: i for i, k in enumerate(names)}
    width, groups = len(FEATURES), len(GROUPS)
    scale = np.concatenate([s.table for s in slots]).std(axis=0) + 1e-6
    parts = [_Part(part, scale, at) for part in _by_group(slots)]
    penalty = np.concatenate(
        [np.full(width, SHARED_PENALTY), np.full(width * groups, GROUPED_PENALTY), np.full(len(names), SORTED_PENALTY)]
    )

    def loss(theta: Floats) -> tuple[float, Floats]:
        shared, grouped, bias = np.split(theta, [width, width * (groups + 1)])
        total, gradient = 0.0, np.zeros_like(theta)
        for part in parts:
            own = slice(width * part.group, width * (part.group + 1))
            value, pull = part.loss(shared + grouped[own], bias)
            total += value
            back = pull @ part.table
            gradient[:width] += back
            gradient[width + own.start : width + own.stop] += back
            gradient[width * (groups + 1) :] += np.bincount(part.sort, pull, len(names))
        total += 0.5 * float(penalty @ theta**2)
        return total, gradient + penalty * theta

    least = np.asarray([0.0 if f in HELPS else -np.inf for f in FEATURES])
    most = np.asarray([0.0 if f in HARMS else np.inf for f in FEATURES])
    bounds = list(zip(np.tile(least, groups + 1), np.tile(most, groups + 1), strict=True)) + [(None, None)] * len(names)
    theta = minimum(loss, np.zeros(width * (groups + 1) + len(names)), bounds)
    shared, grouped = theta[:width] / scale, theta[width : width * (groups + 1)].reshape(groups, width) / scale
    bias = dict(zip(names, theta[width * (groups + 1) :].tolist(), strict=True))
    return ReaderModel(shared, grouped, bias, np.zeros(len(CONFIDENCE) + 1), np.zeros((2, len(CONFIDENCE))))


def _by_group(slots: Sequence[Slotted]) -> list[list[Slotted]]:
    groups = [[s for s in slots if group_of(s.slot.kind) == g] for g in range(len(GROUPS))]
    return [g for g in groups if g]


class _Part:
    """The candidates of all slots of one group of kinds, slot after slot, their features in units of their spread."""

    def __init__(self, slots: Sequence[Slotted], scale: Floats, at: dict[str, int]) -> None:
        self.group = group_of(slots[0].slot.kind)
        self.table = np.concatenate([s.table for s in slots]) / scale
        self.sort = np.asarray([at[k] for s in slots for k in s.keys])
        self._gains = np.concatenate([s.gains / s.gains.max() for s in slots])
        sizes = [len(s.gains) for s in slots]
        self._first = np.cumsum([0, *sizes[:-1]])
        self._slot = np.repeat(np.arange(len(slots)), sizes)

    def loss(self, weights: Floats, bias: Floats) -> tuple[float, Floats]:
        """Return minus the logarithms of the expected gains, added up, and how it changes with the score of each candidate."""
        score = self.table @ weights + bias[self.sort]
        chance = np.exp(score - np.maximum.reduceat(score, self._first)[self._slot])
        chance /= np.add.reduceat(chance, self._first)[self._slot]
        gained = chance * self._gains
        expected = np.add.reduceat(gained, self._first) + 1e-9
        return -float(np.log(expected).sum()), chance - gained / expected[self._slot]


@dataclass(frozen=True, slots=True)
class Told:
    """What a ranking that has not seen the article of a question says of its first slot.

    Attributes:
        fold: The part of the data it belongs to.
        language: Of the question.
        answerable: Whether an article among the hits answers it.
        own: Whether its hits are those it has, not what is left when the right articles are taken out.
        gain: Of the best candidate.
        features: What the probability is computed from, shape `(len(CONFIDENCE),)`; None without a candidate.
        strange: Whether the best candidate is about something else, so that it is never said.
        typical: Whether the threshold is learned from it.
    """

    fold: int
    language: str
    answerable: bool
    own: bool
    gain: float
    features: Floats | None
    strange: bool = False
    typical: bool = True

    @property
    def weight(self) -> float:
        """How much it counts when the probability is fitted."""
        if not self.own:
            return WITHOUT_WEIGHT
        return WRONG_WEIGHT if self.answerable and self.gain == 0 else 1.0


def told(data: Sequence[Example], models: Sequence[ReaderModel]) -> list[Told]:
    """Return what the models, one of each part of the data and fitted on the others, say of every question, with its right articles and without."""
    rows = []
    for e in data:
        fold = fold_of(e.group)
        for one, answerable in ((e, bool(e.gold["answers"])), (e.without, False)):
            if one is None:
                continue
            slot = one.slots[0]
            scores = slot.scores(models[fold])
            best = float(slot.gains[int(np.argmax(scores))]) if slot.found else 0.0
            features = _confidence(one, scores) if slot.found else None
            strange = bool(slot.found) and is_strange(slot.found[int(np.argmax(scores))])
            rows.append(Told(fold, e.question.language, answerable, one is e, best, features, strange, e.typical))
    return rows


WRONGLY, WRONGLY_OF_ALL = 0.035, 0.11
"""Largest share of typical answerable questions that may be declined, and of all, most of which were written to be hard: cross-validated, those
that are strange or have no candidate among them. The typical ones alone are too few to tell hundredths apart."""
SEEN = (2, 98)
"""Percentiles of the confidence's features beyond which they count as these."""
WITHOUT_WEIGHT, WRONG_WEIGHT = 0.05, 0.5
"""How much an answerable question without its article counts, and one whose best candidate is wrong, beside 1."""


def fit_confidence(rows: Sequence[Told], ranking: ReaderModel) -> ReaderModel:
    """Return the ranking with the weights of the probability, fitted on what rankings say that had not seen the question."""
    known = [(r.features, float(r.answerable), r.weight) for r in rows if r.features is not None]
    features, labels, weights = zip(*known, strict=True)
    confidence, seen = confidence_weights(np.stack(features), np.asarray(labels), np.asarray(weights))
    return replace(ranking, confidence=confidence, seen=seen)


def confidence_weights(rows: Floats, labels: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Return the weights of the probability, shape `(len(CONFIDENCE) + 1,)`, and what was seen of each feature, shape `(2, len(CONFIDENCE))`.

    Args:
        rows: The features of each question, shape `(questions, len(CONFIDENCE))`.
        labels: 1 for one that is answered and 0 for one that is not, shape `(questions,)`.
        weight: How much each counts, shape `(questions,)`.
    """
    seen = np.stack([_seen(column) for column in rows.T], axis=1)
    rows = np.clip(rows, *seen)
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = (rows - mean) / scale

    def loss(theta: Floats) -> tuple[float, Floats]:
        logits = scaled @ theta[:-1] + theta[-1]
        chance = 1 / (1 + np.exp(-logits))
        total = -float((weight * (labels * np.log(chance + 1e-12) + (1 - labels) * np.log(1 - chance + 1e-12))).sum())
        pull = weight * (chance - labels)
        gradient = np.concatenate([pull @ scaled + CONFIDENCE_PENALTY * theta[:-1], [pull.sum()]])
        return total + 0.5 * CONFIDENCE_PENALTY * float((theta[:-1] ** 2).sum()), gradient

    helps = HELPS | {"margin", "share", "article_score", "article_margin", "second_article", "unlike"}
    bounds: list[tuple[float | None, float | None]] = [
        (0.0 if f in helps or f.startswith("most_") else None, 0.0 if f in HARMS else None) for f in CONFIDENCE
    ]
    theta = minimum(loss, np.zeros(rows.shape[1] + 1), [*bounds, (None, None)])
    slopes = theta[:-1] / scale
    return np.concatenate([slopes, [theta[-1] - slopes @ mean]]), seen


def _seen(column: Floats) -> Floats:
    """Return the least and the greatest value of a feature that count, outliers aside; most questions have no value of some."""
    valued = column[column != 0]
    if not len(valued):
        return np.zeros(2)
    low, high = np.percentile(valued, SEEN)
    if len(valued) < len(column):
        low, high = min(low, 0.0), max(high, 0.0)
    return np.asarray([low, high])


def cross_validated(data: Sequence[Example]) -> list[ReaderModel]:
    """Return the ranking of each fold, fitted on the others."""
    return [fit_ranking([e for e in data if fold_of(e.group) != fold]) for fold in range(FOLDS)]


def _confidence(one: Example, scores: Floats) -> Floats:
    slot = one.slots[0]
    return confidence_features(slot.found, scores, slot.slot, language=one.question.language, hit_scores=one.hit_scores)


def minimum(
    loss: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    bounds: Sequence[tuple[float | None, float | None]] | None = None,
) -> Floats:
    """Return where a loss, given with its gradient, is least."""
    from scipy.optimize import minimize  # of training alone

    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}).x
    return found


def main() -> None:
    """Fit the model on the gold sets named on the command line, write it, and print what cross-validation says of it."""
    parser = argparse.ArgumentParser(description="Fit the reader's ranking.")
    parser.add_argument("sets", nargs="+", metavar="GOLD.jsonl=DATA_DIR")
    parser.add_argument(
        "--typical", nargs="+", default=[], metavar="NAME", help="sets the threshold is learned from; all"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of weights.json")
    options = parser.parse_args()
    data = [
        replace(e, typical=not options.typical or name in options.typical)
        for name, golds, retriever in gold_sets(options.sets)
        for e in examples(golds, retriever)
    ]
    rows, ranking = told(data, cross_validated(data)), fit_ranking(data)
    found = judged(rows, ranking)
    _report(found)
    model = replace(fit_confidence(rows, ranking), threshold=learned_threshold(found))
    sys.stdout.write(f"threshold {model.threshold:.2f}\n")
    options.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(model.to_json(), ensure_ascii=False, indent=1)
    (options.out / "weights.json").write_text(text + "\n", encoding="utf-8")
    if model.trees is not None:
        model.trees.save(options.out / "trees.npz")


def gold_sets(sets: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]], PassageRetriever]]:
    """Yield the name of each `GOLD.jsonl=DATA_DIR`, its questions, and what finds passages for them."""
    retrievers: dict[str, PassageRetriever] = {}
    for name in sets:
        path, _, folder = name.rpartition("=")
        if folder not in retrievers:
            settings = load_settings(data_dir=folder)
            retrievers[folder] = PassageRetriever(stores=Stores(Path(folder)), embeddings=embedder_for(settings))
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        yield Path(path).stem, [json.loads(line) for line in lines if line.strip()], retrievers[folder]


class Judged(NamedTuple):
    """What is said of a question by models that have not seen its article.

    Attributes:
        language: Of the question.
        answerable: Whether it has an answer.
        gain: Of the best candidate.
        chance: The probability given to it.
        typical: Whether the threshold is learned from it.
    """

    language: str
    answerable: bool
    gain: float
    chance: float
    typical: bool = True


def learned_threshold(found: Sequence[Judged]) -> float:
    """Return the greatest threshold, in hundredths, that declines no more answerable questions than `WRONGLY` of the typical ones and `WRONGLY_OF_ALL`."""
    typical = np.asarray([j.chance for j in found if j.answerable and j.typical])
    every = np.asarray([j.chance for j in found if j.answerable])
    return max(
        t / 100
        for t in range(100)
        if (typical < t / 100).mean() <= WRONGLY and (every < t / 100).mean() <= WRONGLY_OF_ALL
    )


def judged(rows: Sequence[Told], ranking: ReaderModel) -> list[Judged]:
    """Return what is said of each question as it is, with the probability fitted on those of the other folds."""
    found = []
    for fold in range(FOLDS):
        model = fit_confidence([r for r in rows if r.fold != fold], ranking)
        for r in rows:
            if r.own and r.fold == fold:
                chance = 0.0 if r.features is None or r.strange else model.probability(r.features)
                found.append(Judged(r.language, r.answerable, r.gain, chance, r.typical))
    return found


def _report(found: Sequence[Judged]) -> None:
    """Print, by language and for every threshold, how often the best candidate is right and which questions are declined."""
    answerable = [j for j in found if j.answerable]
    sys.stdout.write(
        f"{len(answerable)} answerable questions, {len(found) - len(answerable)} others, {len(FEATURES)} features\n"
    )
    for language in ("vi", "en"):
        gains = [j.gain for j in answerable if j.language == language]
        sys.stdout.write(f"best candidate right, {language}: {np.mean([g > 0 for g in gains]):.3f} of {len(gains)}\n")
    for name, some in (("all", found), ("typical", [j for j in found if j.typical])):
        for threshold in np.arange(0.1, 0.95, 0.05):
            declined = np.mean([j.chance < threshold for j in some if not j.answerable])
            wrongly = np.mean([j.chance < threshold for j in some if j.answerable])
            sys.stdout.write(f"{name}, {threshold:.2f}: declined {declined:.3f} rightly, {wrongly:.3f} wrongly\n")


if __name__ == "__main__":
    main()
