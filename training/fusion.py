"""Learn the weights of retrieval: `python -m training.fusion --shared DIR --work DIR --out qa/models/hoibao-fusion-v1`.

Each question has its candidates; a softmax over them should fall on passages of the right article (the listwise loss of
ListNet, Cao et al. 2007, with several right ones). Weights are not negative and are divided by their sum at the end, which
changes no ranking. Cross-validated by article: what is told of a question was learned from questions about other articles.
"""

import argparse
import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from benchmarks.evaluate import GoldSet, data_dir, gold_sets, prepare
from qa import NewsAssistant
from qa.fusion import FIRST, SECOND
from qa.gold import documents, read_gold
from qa.question import understand
from qa.retriever import MEASURED

__all__ = ["Asked", "cross_validated", "fit"]

logger = logging.getLogger(__name__)

FOLDS = 5
PENALTY = 0.1
"""Of the squared weights; a tenth or ten times as much changes no figure by more than half a point."""
LEAST = {"period": 1.0}
"""Least weight, before all are divided by their sum: few questions here need the period, but the 2019 conference must never be
the meeting that looks back on it."""
COUNTS = {"xquad": 0.2}
"""How much a question of a set counts: encyclopedia paragraphs are many and are not news."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidates of a question.

    Attributes:
        group: What must not be parted by the folds: the right article.
        measures: One row a candidate, one column for each of `SECOND`.
        right: Which candidates come from a right article, shape `(candidates,)`.
        article: Number of the article of each.
    """

    gold_set: str
    language: str
    group: str
    measures: Floats
    right: NDArray[np.bool_]
    article: NDArray[np.int64]


def collected(gold_set: GoldSet, work: Path) -> Iterator[Asked]:
    """Yield the answerable questions of a gold set with their candidates."""
    assistant = NewsAssistant.open(data_dir(work, gold_set.store))
    lines = gold_set.gold.read_text(encoding="utf-8").split("\n")
    for gold in read_gold(lines, file=gold_set.gold.name):
        if not gold.sources:
            continue
        candidates = assistant.retriever.candidates(understand(gold.question), interacting=MEASURED)
        numbers: dict[str, int] = {}
        article = [numbers.setdefault(a.id, len(numbers)) for _, a in candidates.found]
        right = [bool(documents(a) & set(gold.sources)) for _, a in candidates.found]
        group = " ".join(sorted(gold.sources))
        yield Asked(
            gold_set.name,
            gold.lang,
            group,
            candidates.measured.table,
            np.asarray(right, dtype=np.bool_),
            np.asarray(article, dtype=np.int64),
        )
    assistant.close()


def fit(asked: Sequence[Asked], names: Sequence[str] = SECOND) -> Floats:
    """Return the weights of these measures, not negative, that make right candidates likeliest."""
    columns = [SECOND.index(name) for name in names]
    told = [a for a in asked if a.right.any() and not a.right.all()]
    tables = [(a.measures[:, columns], a.right, COUNTS.get(a.gold_set, 1.0)) for a in told]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for table, right, counts in tables:
            scores = table @ weights
            every, rights = logsumexp(scores), logsumexp(scores[right])
            total += counts * float(every - rights)
            slope = slope + counts * table.T @ (np.exp(scores - every) - np.where(right, np.exp(scores - rights), 0.0))
        return total, slope

    bounds = [(LEAST.get(name, 0.0), None) for name in names]
    found: Floats = minimize(loss, np.ones(len(names)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def cross_validated(asked: Sequence[Asked]) -> dict[tuple[str, str], list[int]]:
    """Return the rank of the right article of every question by set and language, learned without its fold; 99 for none."""
    fold = [int(hashlib.md5(a.group.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS for a in asked]
    weights = [fit([a for a, f in zip(asked, fold, strict=True) if f != n]) for n in range(FOLDS)]
    ranks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for a, f in zip(asked, fold, strict=True):
        ranks[a.gold_set, a.language].append(rank(a, weights[f]))
    return ranks


def rank(asked: Asked, weights: Floats) -> int:
    """Return the rank of the right article, 99 when it is not among the candidates."""
    if not asked.right.any():
        return 99
    scores = asked.measures @ weights
    best = np.full(int(asked.article.max()) + 1, -np.inf)
    np.maximum.at(best, asked.article, scores)
    return 1 + int((best > best[asked.article[asked.right]].max()).sum())


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the gold sets")
    parser.add_argument("--work", type=Path, default=Path("data/eval"), help="where corpora and stores are")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sets = [s for s in gold_sets(options.shared, options.work) if s.learned_from]
    prepare(options.shared, options.work, sets)
    asked = [a for s in sets for a in collected(s, options.work)]
    for (name, language), ranks in cross_validated(asked).items():
        found = np.asarray(ranks)
        logger.info(
            "%-10s %-9s %4d  first %.3f  in five %.3f",
            name,
            language,
            len(found),
            (found == 1).mean(),
            (found <= 5).mean(),
        )
    second, first = fit(asked), fit(asked, FIRST)
    made = {
        "first": {n: round(float(w), 4) for n, w in zip(FIRST, first / first.sum(), strict=True)},
        "second": {n: round(float(w), 4) for n, w in zip(SECOND, second / second.sum(), strict=True)},
    }
    logger.info("%d questions: %s", len(asked), made)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "weights.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
