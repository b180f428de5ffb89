"""The learned ranking: which candidate answers, and how likely it is that any of them does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.kinds import Kind, Slot
from qa.reading.features import FEATURES, GROUPS, Candidate, group_of
from qa.reading.spans import Sort

__all__ = ["CONFIDENCE", "ReaderModel", "confidence_features", "default_reader_model", "key"]

Floats = NDArray[np.float64]

_OF_ALL = (
    "margin", "share", "article_score", "article_margin", "english", "clausal", "second_article", "unlike",
    "most_head_in", "most_head_near", "most_decay8", "most_local_near", "most_soft8", "most_own", "most_local",
)  # fmt: skip
_MOST = ("head_in", "head_near", "decay8", "local_near", "soft8", "own", "local")
CONFIDENCE = (*_OF_ALL, *(f"group_{g}" for g in GROUPS), *FEATURES)
"""What the probability of an answer is computed from."""


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """A linear model: weights that all kinds share, weights of each group of kinds, and one for each kind and sort.

    Attributes:
        shared: Shape `(len(FEATURES),)`.
        grouped: Shape `(len(GROUPS), len(FEATURES))`.
        sorted: For `kind/sort`.
        confidence: Shape `(len(CONFIDENCE) + 1,)`, the constant last.
        seen: The least and the most that was seen of each of `CONFIDENCE`, shape `(2, len(CONFIDENCE))`: what lies beyond, as in
            a collection of two articles, counts as the nearest that was seen.
        threshold: Least probability of an answer; below it, the articles do not say.
    """

    shared: Floats
    grouped: Floats
    sorted: dict[str, float]
    confidence: Floats
    seen: Floats
    threshold: float = 0.0

    def scores(self, found: Sequence[Candidate], slot: Slot) -> Floats:
        """Return the score of each candidate of a slot; the exponentials are proportional to their chances."""
        if not found:
            return np.zeros(0)
        table = np.stack([c.features for c in found]).astype(np.float64)
        bias = [self.sorted.get(key(slot.kind, c.span.sort), 0.0) for c in found]
        scores: Floats = table @ (self.shared + self.grouped[group_of(slot.kind)]) + np.asarray(bias)
        return scores

    def probability(self, features: Floats) -> float:
        """Return how likely it is that the best candidate answers, from `confidence_features`."""
        within = np.clip(features, *self.seen)
        return float(1.0 / (1.0 + np.exp(-(within @ self.confidence[:-1] + self.confidence[-1]))))

    def to_json(self) -> dict[str, Any]:
        """Return the model as it is kept in a file."""
        return {
            "features": list(FEATURES), "groups": list(GROUPS), "shared": _rounded(self.shared),
            "grouped": [_rounded(row) for row in self.grouped], "sorted": {k: round(v, 4) for k, v in sorted(self.sorted.items())},
            "confidence_features": list(CONFIDENCE), "confidence": _rounded(self.confidence), "seen": [_rounded(row) for row in self.seen],
            "threshold": round(self.threshold, 4),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ReaderModel":
        """Read a model; one of other features is refused with `ValueError`."""
        if tuple(data["features"]) != FEATURES or tuple(data["groups"]) != GROUPS:
            raise ValueError("the weights are of other features")
        if tuple(data["confidence_features"]) != CONFIDENCE:
            raise ValueError("the weights are of other features")
        shared, grouped, confidence, seen = (np.asarray(data[k]) for k in ("shared", "grouped", "confidence", "seen"))
        return cls(shared, grouped, dict(data["sorted"]), confidence, seen, float(data["threshold"]))


def key(kind: Kind, sort: Sort) -> str:
    """Return the name of the weight of a kind and a sort."""
    return f"{kind}/{sort}"


def confidence_features(
    found: Sequence[Candidate], scores: Floats, slot: Slot, *, language: str, hit_scores: Sequence[float]
) -> Floats:
    """Return what tells whether the best candidate of a slot answers, shape `(len(CONFIDENCE),)`.

    Args:
        found: The candidates.
        scores: Theirs.
        slot: What is asked for.
        language: Of the question.
        hit_scores: The scores of the articles found, best first.
    """
    best = int(np.argmax(scores))
    top = found[best]
    f = dict(zip(FEATURES, top.features.tolist(), strict=True))
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    said = tuple(t.casefold() for t in top.texts())
    same = [i for i, c in enumerate(found) if tuple(t.casefold() for t in c.texts()) == said]
    others = [s for i, s in enumerate(scores) if i not in same]
    elsewhere = [s for c, s in zip(found, scores, strict=True) if c.article.id != top.article.id]
    values = {
        "score": scores[best] / 10, "margin": min(4.0, scores[best] - max(others, default=scores[best] - 4.0)) / 4,
        "share": chances[same].sum(), "article_score": hit_scores[0] if hit_scores else 0.0,
        "article_margin": hit_scores[0] - hit_scores[1] if len(hit_scores) > 1 else 0.5, "candidates": np.log1p(len(found)) / 5,
        "english": float(language == "en"), "clausal": float(top.span.sort in {Sort.CLAUSE, Sort.ITEMS}),
        "unlike": float(max(others, default=-9.0) < scores[best] - 2.0), f"group_{GROUPS[group_of(slot.kind)]}": 1.0,
        **{f"most_{name}": max(float(c.features[FEATURES.index(name)]) for c in found) for name in _MOST},
        "second_article": min(4.0, scores[best] - max(elsewhere, default=scores[best] - 4.0)) / 4,
    }  # fmt: skip
    return np.asarray([values.get(name, f.get(name, 0.0)) for name in CONFIDENCE])


@cache
def default_reader_model() -> ReaderModel:
    """Return the model that comes with Hoibao, read once."""
    text = (files("qa") / "models" / "hoibao-reader-v1" / "weights.json").read_text(encoding="utf-8")
    return ReaderModel.from_json(json.loads(text))


def _rounded(values: Floats) -> list[float]:
    return [round(float(v), 4) for v in values]
