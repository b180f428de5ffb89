"""Late interaction over the bundled model, against loops that do the same word by word."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.embeddings import bundled_table
from qa.interaction import BLOCK, late_interaction
from qa.static_embeddings import StaticTable

WORDS = "conference chaired beds hospital Hue library hội nghị chủ trì bệnh viện giường Huế thư viện 2019 zzyzx lũ mưa cầu xăng".split()
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=90).map(" ".join), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def table() -> StaticTable:
    return bundled_table()


def cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


def slow(table: StaticTable, question: str, text: str) -> tuple[float, float]:
    """Return the weighted mean of the best cosines: in the whole text, and in the best of its windows of two blocks."""
    asked = table.token_vectors(table.tokens([question])[0])
    there = table.token_vectors(table.tokens([text])[0])
    lengths = [float(np.linalg.norm(a)) for a in asked]

    def met(window: NDArray[np.float32]) -> float:
        return sum(w * max(cosine(a, t) for t in window) for w, a in zip(lengths, asked, strict=True)) / sum(lengths)

    windows = [there[i : i + 2 * BLOCK] for i in range(0, max(1, len(there) - BLOCK), BLOCK)]
    return met(there), max(map(met, windows))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), texts)
def test_it_gives_what_loops_give(question: str, given_texts: list[str]) -> None:
    table = bundled_table()
    whole, closest = late_interaction(table, question, given_texts)
    expected = [slow(table, question, text) for text in given_texts]
    assert whole == pytest.approx([np.clip(w, 0, 1) for w, _ in expected], abs=1e-4)
    assert closest == pytest.approx([np.clip(c, 0, 1) for _, c in expected], abs=1e-4)


@settings(max_examples=40)
@given(st.text(max_size=60), st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_any_texts_give_shares_and_no_window_beats_the_whole(question: str, given_texts: list[str]) -> None:
    whole, closest = late_interaction(bundled_table(), question, given_texts)
    for shares in (whole, closest):
        assert shares.shape == (len(given_texts),)
        assert ((shares >= 0) & (shares <= 1)).all()
    assert (closest <= whole + 1e-5).all()


def test_a_text_meets_itself_wholly(table: StaticTable) -> None:
    text = "hội nghị phối hợp bốn văn phòng"
    whole, closest = late_interaction(table, text, [text, "Giá xăng tăng. " + text + ". Mưa lũ."])
    assert whole == pytest.approx([1, 1], abs=1e-3)
    assert closest == pytest.approx([1, 1], abs=1e-3)


@pytest.mark.parametrize(
    ("english", "vietnamese", "other"),
    [
        ("conference", "hội nghị", "giá xăng"),
        ("hospital beds", "giường bệnh viện", "đội bóng"),
        ("flood", "mưa lũ", "thư viện"),
        ("teacher", "giáo viên", "xe tải"),
    ],
)
def test_a_translation_is_nearer_than_another_word(
    table: StaticTable, english: str, vietnamese: str, other: str
) -> None:
    whole, _ = late_interaction(table, english, [f"Tin về {vietnamese}", f"Tin về {other}"])
    assert whole[0] > whole[1] + 0.2


def test_words_far_apart_meet_the_whole_and_no_window(table: StaticTable) -> None:
    between = "giá xăng " * 3 * BLOCK
    near, far = f"{between} thư viện bệnh viện", f"thư viện {between} bệnh viện"
    whole, closest = late_interaction(table, "thư viện bệnh viện", [near, far])
    assert whole[0] == pytest.approx(whole[1], abs=1e-3)
    assert closest[0] > closest[1] + 0.1


def test_a_text_does_not_lean_on_its_neighbours(table: StaticTable) -> None:
    one, other = "mưa lũ vỡ đê", "thư viện mở cửa"
    alone = [late_interaction(table, "library flood", [t])[0][0] for t in (one, other)]
    assert late_interaction(table, "library flood", [one, other])[0] == pytest.approx(alone, abs=1e-5)
    assert late_interaction(table, "library flood", [other, one])[1] == pytest.approx(
        [late_interaction(table, "library flood", [t])[1][0] for t in (other, one)], abs=1e-5
    )


def test_no_texts_and_empty_ones(table: StaticTable) -> None:
    assert [len(shares) for shares in late_interaction(table, "hội nghị", [])] == [0, 0]
    for shares in (*late_interaction(table, "hội nghị", ["", "!?"]), *late_interaction(table, "", ["hội nghị", ""])):
        assert np.isfinite(shares).all()
        assert shares.shape == (2,)
