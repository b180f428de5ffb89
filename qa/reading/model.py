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
from qa.reading.spans import CLAUSAL, Sort
from qa.reading.trees import Trees

__all__ = [
    "CONFIDENCE",
    "TREE_FEATURES",
    "ReaderModel",
    "confidence_features",
    "default_reader_model",
    "key",
    "tree_rows",
]

Floats = NDArray[np.float64]
_SORTS = tuple(Sort)
TREE_FEATURES = (*FEATURES, *(f"group_{g}" for g in GROUPS), *(f"sort_{s}" for s in _SORTS))
"""What the trees ask for: the features of a candidate, the group of the kind that is asked for, and the sort of the span."""

_OF_ALL = (
    "margin", "share", "article_score", "article_margin", "english", "clausal", "second_article", "unlike",
    "most_head_in", "most_head_near", "most_decay8", "most_local_near", "most_soft8", "most_own", "most_local",
)  # fmt: skip
_MOST = ("head_in", "head_near", "decay8", "local_near", "soft8", "own", "local")
_AT_MOST = [FEATURES.index(name) for name in _MOST]
_OWN = (
    *_OF_ALL, "heads", *(f"group_{g}" for g in GROUPS), *(f"kind_{k}" for k in Kind), *(f"sort_{s}" for s in _SORTS), *FEATURES,
)  # fmt: skip
CROSSED = (
    "margin", "asked_near", "asked_soft_near", "asked_soft", "asked_whole", "head_in", "head_near", "absent", "absent_here",
    "decay8", "soft8", "own", "context", "clausal", "proper",
)  # fmt: skip
"""What tells more of an answer of one group of kinds than of another: a number without what it counts is none, a clause may do."""
_CROSSED = [_OWN.index(name) for name in CROSSED]
CONFIDENCE = (*_OWN, *(f"{name} of {group}" for group in GROUPS for name in CROSSED))
"""What the probability of an answer is computed from."""


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """A linear model, weights that all kinds share, weights of each group of kinds, and one for each kind and sort; and trees, whose sums are added.

    Attributes:
        shared: Shape `(len(FEATURES),)`.
        grouped: Shape `(len(GROUPS), len(FEATURES))`.
        sorted: For `kind/sort`.
        trees: Over `TREE_FEATURES`; None for none.
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
    trees: Trees | None = None

    def scores(self, found: Sequence[Candidate], slot: Slot) -> Floats:
        """Return the score of each candidate of a slot; the exponentials are proportional to their chances."""
        if not found:
            return np.zeros(0)
        return self.scored(np.stack([c.features for c in found]), [c.span.sort for c in found], slot.kind)

    def scored(self, table: NDArray[np.floating[Any]], sorts: Sequence[Sort], kind: Kind) -> Floats:
        """Return the score of each row of features.

        Args:
            table: Shape `(candidates, len(FEATURES))`, at least one.
            sorts: How each candidate was found.
            kind: What is asked for.
        """
        bias = [self.sorted.get(key(kind, s), 0.0) for s in sorts]
        scores: Floats = table.astype(np.float64) @ (self.shared + self.grouped[group_of(kind)]) + np.asarray(bias)
        return scores if self.trees is None else scores + self.trees.sums(tree_rows(table, sorts, kind))

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
            "threshold": round(self.threshold, 4), "tree_features": list(TREE_FEATURES),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any], trees: Trees | None = None) -> "ReaderModel":
        """Read a model; one of other features is refused with `ValueError`."""
        known = {
            "features": FEATURES,
            "groups": GROUPS,
            "confidence_features": CONFIDENCE,
            "tree_features": TREE_FEATURES,
        }
        if any(tuple(data[name]) != expected for name, expected in known.items()):
            raise ValueError("the weights are of other features")
        shared, grouped, confidence, seen = (np.asarray(data[k]) for k in ("shared", "grouped", "confidence", "seen"))
        return cls(shared, grouped, dict(data["sorted"]), confidence, seen, float(data["threshold"]), trees)


def tree_rows(table: NDArray[np.floating[Any]], sorts: Sequence[Sort], kind: Kind) -> NDArray[np.float32]:
    """Return the rows of `TREE_FEATURES` for rows of `FEATURES`, shape `(candidates, len(TREE_FEATURES))`."""
    more = np.zeros((len(table), len(GROUPS) + len(_SORTS)), dtype=np.float32)
    more[:, group_of(kind)] = 1.0
    more[np.arange(len(table)), [len(GROUPS) + _SORTS.index(s) for s in sorts]] = 1.0
    return np.hstack([table.astype(np.float32), more])


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
        "margin": min(4.0, scores[best] - max(others, default=scores[best] - 4.0)) / 4,
        "share": chances[same].sum(), "article_score": hit_scores[0] if hit_scores else 0.0,
        "article_margin": hit_scores[0] - hit_scores[1] if len(hit_scores) > 1 else 0.5,
        "english": float(language == "en"), "clausal": float(top.span.sort in CLAUSAL),
        "unlike": float(max(others, default=-9.0) < scores[best] - 2.0), "heads": float(bool(slot.heads)),
        f"group_{GROUPS[group_of(slot.kind)]}": 1.0, f"kind_{slot.kind}": 1.0, f"sort_{top.span.sort}": 1.0,
        **dict(zip((f"most_{name}" for name in _MOST), np.max([c.features[_AT_MOST] for c in found], axis=0).tolist(), strict=True)),
        "second_article": min(4.0, scores[best] - max(elsewhere, default=scores[best] - 4.0)) / 4,
    }  # fmt: skip
    own = np.asarray([values.get(name, f.get(name, 0.0)) for name in _OWN])
    crossed = np.zeros((len(GROUPS), len(CROSSED)))
    crossed[group_of(slot.kind)] = own[_CROSSED]
    return np.concatenate([own, crossed.ravel()])


@cache
def default_reader_model() -> ReaderModel:
    """Return the model that comes with Hoibao, read once."""
    folder = files("qa") / "models" / "hoibao-reader-v1"
    with (folder / "trees.npz").open("rb") as trees:
        return ReaderModel.from_json(
            json.loads((folder / "weights.json").read_text(encoding="utf-8")), Trees.load(trees)
        )


def _rounded(values: Floats) -> list[float]:
    return [round(float(v), 4) for v in values]
