"""What of a question stands in texts, against an obvious count of the same, sentence by sentence."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.forms import fold
from qa.numbered import NumberedTexts
from qa.overlap import Overlap
from qa.question import Unit

SYLLABLES = ["hội", "hồi", "nghị", "chủ", "trì", "bàn"]
syllables = st.sampled_from(SYLLABLES)
alternatives = st.lists(st.lists(syllables, min_size=1, max_size=4).map(tuple), min_size=1, max_size=3)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    chosen = tuple(draw(alternatives))
    chances = tuple(draw(st.sampled_from([0.04, 0.25, 0.6, 1.0])) for _ in chosen) if draw(st.booleans()) else ()
    return Unit("x", chosen, plain=draw(st.booleans()), chances=chances)


Sentence = list[str]
Piece = list[Sentence]
pieces = st.lists(st.lists(syllables, min_size=1, max_size=6), min_size=1, max_size=3)
texts = st.lists(st.lists(pieces, min_size=1, max_size=3), min_size=1, max_size=3)


def written(piece: Piece) -> str:
    return "\n".join(" ".join(sentence) for sentence in piece)


def slow(unit: Unit, sentence: Sentence) -> float:
    """Return how much of a unit stands in a sentence: its best alternative, words and neighbouring pairs counted one by one."""
    shaped = [fold(w) if unit.plain else w for w in sentence]
    best = 0.0
    for number, alternative in enumerate(unit.alternatives):
        wanted = [fold(w) if unit.plain else w for w in alternative]
        if len(wanted) == 1:
            share = float(wanted[0] in shaped)
        else:
            there = list(pairwise(shaped))
            share = sum(pair in there for pair in pairwise(wanted)) / (len(wanted) - 1)
        chance = unit.chances[number] if unit.chances else 1.0
        best = max(best, share * chance**0.5)
    return best


@given(st.lists(units(), min_size=1, max_size=4), texts, st.data())
def test_it_counts_what_the_obvious_way_counts(
    asked: list[Unit], given_texts: list[list[Piece]], data: st.DataObject
) -> None:
    flat = [piece for text in given_texts for piece in text]
    values = [data.draw(st.sampled_from([0.0, 0.5, 1.0, 3.0])) for _ in asked]
    overlap = Overlap(asked, values, NumberedTexts([[written(p) for p in text] for text in given_texts]))
    runs = []
    for _ in range(3):
        first = data.draw(st.integers(0, len(flat) - 1))
        runs.append((first, data.draw(st.integers(first + 1, len(flat)))))
    expected = [[[slow(u, s) for s in (s for p in flat[a:b] for s in p)] for a, b in runs] for u in asked]
    best = np.asarray([[max(found) for found in row] for row in expected])
    total = sum(values) or 1.0
    weighed = [[sum(v * row[r][s] for v, row in zip(values, expected, strict=True)) for s in range(len(expected[0][r]))] for r in range(len(runs))]  # fmt: skip
    made = np.asarray(runs)
    assert overlap.best(made) == pytest.approx(best)
    assert overlap.whole(made) == pytest.approx(np.asarray(values) @ best / total)
    assert overlap.closest(made) == pytest.approx([max(w) / total for w in weighed])
    assert (overlap.closest(made) <= overlap.whole(made) + 1e-9).all()
    assert (overlap.whole(made) <= 1 + 1e-9).all()


def share(unit: Unit, *texts: str) -> float:
    return float(Overlap([unit], [2.0], NumberedTexts([texts])).whole(np.asarray([[0, len(texts)]]))[0])


def test_an_unlikely_alternative_counts_by_the_root_of_its_chance() -> None:
    unit = Unit("won", (("won",), ("thắng",)), chances=(1.0, 0.25))
    assert share(unit, "đội thắng trận") == pytest.approx(0.5)
    assert share(unit, "đội thắng trận, won") == 1.0
    assert share(unit, "đội thua trận") == 0.0


def test_a_pair_must_stand_side_by_side_in_its_order() -> None:
    pair = Unit("hội nghị", (("hội", "nghị"),))
    assert share(pair, "Hội nghị bàn") == 1.0
    assert share(pair, "hội bàn nghị") == 0.0
    assert share(pair, "nghị hội") == 0.0
    assert share(pair, "hội! Nghị") == 0.0
    assert share(pair, "họ vào hội", "nghị sĩ đến") == 0.0


def test_of_a_long_phrase_the_share_of_its_pairs_counts_and_none_twice() -> None:
    phrase = Unit("x", (("ban", "chấp", "hành", "trung", "ương"),))
    assert share(phrase, "Ban chấp hành lâm thời") == pytest.approx(0.5)
    assert share(phrase, "chấp hành, chấp hành, chấp hành") == pytest.approx(0.25)
    assert share(phrase, "Ban chấp hành. Thành phố trung ương") == pytest.approx(0.5)


def test_diacritics_count_unless_the_unit_is_plain() -> None:
    assert share(Unit("hoi", (("hoi",),)), "hội") == 0.0
    assert share(Unit("hoi", (("hoi",),), plain=True), "hội") == 1.0
    assert share(Unit("hội", (("hội",),), plain=True), "hoi") == 1.0


def test_only_the_pieces_of_the_run_are_read() -> None:
    overlap = Overlap([Unit("cầu", (("cầu",),))], [1.0], NumberedTexts([["đường", "cầu"], ["cầu", "chợ"]]))
    runs = np.asarray([[0, 1], [1, 2], [0, 2], [2, 3], [3, 4], [2, 4]])
    assert overlap.whole(runs).tolist() == [0, 1, 1, 1, 0, 1]
    assert overlap.closest(runs).tolist() == [0, 1, 1, 1, 0, 1]


def test_far_apart_is_whole_but_not_close() -> None:
    asked = [Unit("cầu", (("cầu",),)), Unit("chợ", (("chợ",),))]
    overlap = Overlap(asked, [3.0, 1.0], NumberedTexts([["Có cầu mới! Có chợ cũ"]]))
    run = np.asarray([[0, 1]])
    assert overlap.whole(run).tolist() == [1.0]
    assert overlap.closest(run).tolist() == [0.75]


def test_nothing_asked_and_nothing_to_read() -> None:
    none = np.empty((0, 2), dtype=np.int64)
    overlap = Overlap([], [], NumberedTexts([["chợ"]]))
    assert overlap.whole(np.asarray([[0, 1]])).tolist() == [0.0]
    assert overlap.closest(np.asarray([[0, 1]])).tolist() == [0.0]
    empty = Overlap([Unit("cầu", (("cầu",),))], [1.0], NumberedTexts([]))
    assert [len(empty.whole(none)), len(empty.closest(none)), empty.best(none).shape] == [0, 0, (1, 0)]
