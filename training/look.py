"""Fits the first look: which sentences of the articles found are looked at closely, before a model of all features ranks their spans.

    python -m training.look --out qa/models/hoibao-reader-v1 GOLD.jsonl=DATA_DIR ...

A sentence answers best that holds most of the facts of a question, in an article that is right. The weights raise the logarithm of the
chance that a softmax over all sentences gives to those, with a ridge penalty. scipy is needed for this alone.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.measures import holds
from qa.question import understand
from qa.reading.evidence import LOOK, SENTENCE_FEATURES, SENTENCES, look_over
from qa.retriever import PassageRetriever
from training.reader import FOLDS, fold_of, gold_sets, minimum, right

__all__ = ["Looked", "fit_look", "looked", "recall"]

Floats = NDArray[np.float64]

PENALTY = 3.0
"""Ridge penalty; a third and three times as much find as many."""
_COLUMNS = [SENTENCE_FEATURES.index(name) for name in LOOK]


class Looked(NamedTuple):
    """The sentences found for a question.

    Attributes:
        group: What cross-validation keeps together.
        table: Shape `(sentences, len(LOOK))`.
        best: Which of them answer best, shape `(sentences,)`.
    """

    group: str
    table: Floats
    best: NDArray[np.bool_]


def looked(golds: Sequence[dict[str, Any]], retriever: PassageRetriever) -> Iterator[Looked]:
    """Yield the sentences of each question that one of them answers."""
    for gold in golds:
        if not gold["answers"]:
            continue
        question = understand(gold["question"])
        seen = look_over(question, retriever.search(question), retriever.unit_weights(question))
        held = np.asarray(
            [_facts(v.article.text[s.start : s.end], gold) * right(v.article, gold) for v, s in seen.rows]
        )
        if held.any():
            group = gold.get("about") or gold["source"][0]
            yield Looked(group, seen.table[:, _COLUMNS].astype(np.float64), held == held.max())


def _facts(text: str, gold: dict[str, Any]) -> int:
    return sum(any(holds(text, v) for v in fact) for fact in gold["answers"])


def fit_look(data: Sequence[Looked]) -> Floats:
    """Return the weights of `LOOK`."""
    table, best = np.concatenate([d.table for d in data]), np.concatenate([d.best for d in data])
    scale = table.std(axis=0) + 1e-6
    table /= scale
    sizes = [len(d.best) for d in data]
    first = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(data)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = table @ weights
        chance = np.exp(score - np.maximum.reduceat(score, first)[of])
        chance /= np.add.reduceat(chance, first)[of]
        gained = chance * best
        expected = np.add.reduceat(gained, first) + 1e-12
        gradient = table.T @ (chance - gained / expected[of]) + PENALTY * weights
        return -float(np.log(expected).sum()) + 0.5 * PENALTY * float(weights @ weights), gradient

    weights: Floats = minimum(loss, np.zeros(len(LOOK))) / scale
    return weights


def recall(data: Sequence[Looked], weights: Sequence[Floats], most: int) -> float:
    """Return for how many of the questions one that answers best is among the `most` first, by the weights of each question's fold."""
    ranks = [
        np.flatnonzero(d.best[np.argsort(-(d.table @ weights[fold_of(d.group) % len(weights)]), kind="stable")])[0]
        for d in data
    ]
    return float(np.mean(np.asarray(ranks) < most))


def main() -> None:
    """Fit the weights, write them, and print what cross-validation says of them."""
    parser = argparse.ArgumentParser(description="Fit the first look at sentences.")
    parser.add_argument("sets", nargs="+", metavar="GOLD.jsonl=DATA_DIR")
    parser.add_argument("--out", type=Path, required=True, help="folder of look.json")
    options = parser.parse_args()
    data = [row for _, golds, retriever in gold_sets(options.sets) for row in looked(golds, retriever)]
    folds = [fit_look([d for d in data if fold_of(d.group) != fold]) for fold in range(FOLDS)]
    sys.stdout.write(f"{len(data)} questions, {np.mean([len(d.best) for d in data]):.0f} sentences each\n")
    for most in (8, 12, 16, SENTENCES, 24, 32):
        sys.stdout.write(f"among the first {most}: {recall(data, folds, most):.3f}\n")
    weights = dict(zip(LOOK, (round(float(w), 4) for w in fit_look(data)), strict=True))
    (options.out / "look.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
