"""Two runs of an evaluation held against one another, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import HoibaoError
from qa.measures import ANSWER, RETRIEVAL

__all__ = ["Comparison", "Difference", "compare"]

RESAMPLES = 10_000
PART = 1_000
"""Resamples held in memory at once."""
SEED = 20_190_125
COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class Difference:
    """How one measure changed.

    Attributes:
        n: Questions for which both runs have it.
        first: Its mean over these in the first run.
        second: In the second.
        low: Lower end of the interval of `second - first`.
        high: Upper end.
    """

    n: int
    first: float
    second: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """`second - first`."""
        return self.second - self.first

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0

    def to_json(self) -> dict[str, Any]:
        """Return the difference as a JSON object."""
        values = {"first": self.first, "second": self.second, "difference": self.difference,
                  "low": self.low, "high": self.high}  # fmt: skip
        return {"n": self.n, **{name: round(v, 4) for name, v in values.items()}, "clear": self.clear}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How every measure changed over a group of questions: `all`, or those of one language.

    Attributes:
        questions: How many questions of the group both runs have.
        measures: By name.
    """

    group: str
    questions: int
    measures: dict[str, Difference]


def compare(
    first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]], *, resamples: int = RESAMPLES
) -> list[Comparison]:
    """Return what changed from the first run to the second, over all questions that both have, then by language.

    Intervals are paired bootstrap percentiles (Efron and Tibshirani 1993), 95 %: questions are drawn with replacement, and
    both runs are measured over the same draw. A measure is the mean over the drawn questions for which both runs have it,
    `verbatim` too. The draws are seeded; the same runs give the same intervals.

    Args:
        first: Rows as `Scored.to_json` gives them; a question is known by `gold` and `id`.
        second: As `first`.
        resamples: How many draws.

    Raises:
        HoibaoError: The runs have no question in common.
    """
    earlier = {(row["gold"], row["id"]): row for row in first}
    pairs = [(earlier[key], row) for row in second if (key := (row["gold"], row["id"])) in earlier]
    if not pairs:
        raise HoibaoError(
            "The two runs have no question in common",
            hint="Questions are matched by the name of their gold file and their id: evaluate the same file twice.",
        )
    languages = sorted({one["lang"] for one, _ in pairs})
    groups = {"all": pairs, **{lang: [p for p in pairs if p[0]["lang"] == lang] for lang in languages}}
    return [Comparison(name, len(group), _differences(group, resamples)) for name, group in groups.items()]


def _differences(pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], resamples: int) -> dict[str, Difference]:
    names = [m for m in (*RETRIEVAL, *ANSWER) if any(m in a and m in b for a, b in pairs)]
    if not names:
        return {}
    there = np.array([[m in a and m in b for m in names] for a, b in pairs], np.float64)
    values = np.array([[[row.get(m, 0.0) for m in names] for row in pair] for pair in pairs], np.float64)
    one, other = (values[:, side] * there for side in (0, 1))
    low, high = _intervals(other - one, there, resamples)
    n = there.sum(axis=0)
    columns = zip(names, n, one.sum(axis=0) / n, other.sum(axis=0) / n, low, high, strict=True)
    return {m: Difference(int(n), *map(float, rest)) for m, n, *rest in columns}


def _intervals(
    changes: NDArray[np.float64], there: NDArray[np.float64], resamples: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both ends of the interval of the mean change, for each column, over the questions where it is there."""
    chance, count = np.random.default_rng(SEED), len(changes)
    means = []
    for begin in range(0, resamples, PART):
        size = min(PART, resamples - begin)
        drawn = chance.multinomial(count, np.full(count, 1 / count), size=size).astype(np.float64)
        with np.errstate(invalid="ignore"):  # no drawn question has the measure: such a draw says nothing
            means.append((drawn @ changes) / (drawn @ there))
    tail = (1 - COVERAGE) / 2
    low, high = np.nanquantile(np.concatenate(means), [tail, 1 - tail], axis=0)
    return low, high
