"""The claim gate by mutation, over the project's own samples: a small version of `python -m benchmarks.gate`."""

import functools

import pytest

from benchmarks.gate import FROM_HAND, Tally, hand_written, measure, pairs, samples
from benchmarks.gate_corruptions import CORRUPTIONS


@functools.cache
def tallies() -> dict[str, Tally]:
    articles = samples()
    written = [p for held_back in (False, True) for p in hand_written(articles, held_back=held_back)]
    return measure(pairs(list(articles.values()), written, seed=7, each=60))


def share(*, honest: bool) -> float:
    """Return the share judged rightly; hand-written claims, which are harder, have tests of their own."""
    counted = [t for k, t in tallies().items() if t.honest is honest and k != FROM_HAND and not k.startswith("hand")]
    assert sum(t.count for t in counted) > 200
    return sum(t.right for t in counted) / sum(t.count for t in counted)


def test_nearly_every_corruption_is_caught() -> None:
    assert share(honest=False) >= 0.98


def test_hardly_an_honest_claim_is_refused() -> None:
    assert share(honest=True) >= 0.98


@pytest.mark.parametrize("kind", [*CORRUPTIONS, "another article", "off by one", "stitched"])
def test_each_kind_is_caught(kind: str) -> None:
    tally = tallies()[kind]
    assert tally.count >= 5
    assert tally.right / tally.count >= 0.94


def test_false_claims_written_by_hand_are_caught() -> None:
    articles = samples()
    false = [p for held_back in (False, True) for p in hand_written(articles, held_back=held_back, honest=False)]
    found = measure(iter(false))
    count, right = sum(t.count for t in found.values()), sum(t.right for t in found.values())
    assert count >= 80
    assert right / count >= 0.9


@pytest.mark.parametrize(("language", "least"), [("English", 0.86), ("Vietnamese", 0.8)])
def test_claims_written_by_hand_pass(language: str, least: float) -> None:
    tally = tallies()[f"hand-written {language}"]
    assert tally.count >= 60
    assert tally.right / tally.count >= least
