"""What tells articles and sentences apart: the people, names and dates of a question, and what it asks for."""

import numpy as np
import pytest
from reading_support import build

from qa.embeddings import StaticEmbeddings, embedder_for
from qa.question import understand
from qa.reading.asking import Asking
from qa.reading.likeness import Likeness
from qa.reading.particulars import PARTICULARS, Particulars
from qa.reading.views import ArticleView

FAIR = build(
    "fair",
    "Hội chợ xoài Tân Phú",
    "Ngày 14/7/2016, bà Ngô Thị Hoa mở đầu hội chợ.",
    "Bà Hoa nói lâu.",
    "Sau đó trời mưa.",
    "Rồi trời tạnh.",
    "Ai cũng vui.",
)


def stands(question: str, name: str) -> list[float]:
    table = Particulars(understand(question)).table(ArticleView(FAIR))
    return [round(float(v), 2) for v in table[:, PARTICULARS.index(name)]]


def test_people_are_found_by_their_full_name_and_half_by_their_last() -> None:
    assert stands("Bà Ngô Thị Hoa nói gì?", "people_here") == [0.0, 1.0, 0.5, 0.0, 0.0, 0.0]
    assert stands("Bà Ngô Thị Hoa nói gì?", "people_near") == [0.0, 1.0, 1.0, 1.0, 0.5, 0.0]
    assert stands("Bà Ngô Thị Hoa nói gì?", "people_whole") == [1.0] * 6


def test_somebody_else_stands_nowhere() -> None:
    assert max(stands("Ông Lê Văn Tám nói gì?", "people_near")) == 0.0
    assert max(stands("Ông Lê Văn Tám nói gì?", "people_whole")) == 0.0


def test_other_names_are_near_when_the_title_has_them() -> None:
    assert stands("Hội chợ ở Tân Phú do ai mở đầu?", "named_here") == [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert min(stands("Hội chợ ở Tân Phú do ai mở đầu?", "named_near")) == 1.0
    assert max(stands("Hội chợ ở Sông Quàng do ai mở đầu?", "named_whole")) < 1.0


@pytest.mark.parametrize(
    ("day", "there"), [("14/7/2016", 1.0), ("năm 2016", 1.0), ("15/7/2016", 0.0), ("năm 2017", 0.0)]
)
def test_dates_meet(day: str, there: float) -> None:
    asked = f"Ai mở đầu hội chợ {day}?"
    assert stands(asked, "days_here")[1] == there
    assert stands(asked, "days_whole") == [there] * 6


def test_of_what_a_question_has_none_all_stand_everywhere() -> None:
    assert stands("Ai mở đầu hội chợ?", "days_here") == [1.0] * 6
    assert stands("Ai mở đầu hội chợ?", "people_whole") == [1.0] * 6


def asking(question: str) -> dict[str, float]:
    model = embedder_for()
    assert isinstance(model, StaticEmbeddings)
    asked = understand(question)
    weights = np.full(len(asked.units), 1 / len(asked.units), dtype=np.float32)
    shares = Asking.of(asked, asked.slots[0], weights, Likeness(question, [], model))
    assert shares.words.sum() == pytest.approx(1.0, abs=1e-3)
    return {u.source: float(s) for u, s in zip(asked.units, shares.units, strict=True)}


@pytest.mark.parametrize(
    ("question", "most", "least"),
    [
        ("Ông Lê Văn Tám, chủ tàu cá bị đâm, quê ở đâu?", "quê", "tàu"),
        ("que o dau cua ong le van tam, chu tau ca bi dam?", "que", "tau"),
        ("Which university did Le Van Tam, the boat builder, graduate from?", "university", "graduate"),
    ],
)
def test_what_adjoins_the_words_that_ask_says_what_is_asked_for(question: str, most: str, least: str) -> None:
    shares = asking(question)
    assert shares[most] > 3 * shares[least]


def test_names_and_numbers_do_not_say_what_is_asked_for() -> None:
    shares = asking("How many people did Le Van Tam hire in 2016?")
    assert shares["le van tam"] == 0.0
    assert shares["2016"] == 0.0


def test_a_question_of_nothing_but_question_words_asks_for_nothing() -> None:
    model = embedder_for()
    assert isinstance(model, StaticEmbeddings)
    asked = understand("Ai?")
    none = Asking.of(asked, asked.slots[0], np.zeros(len(asked.units), np.float32), Likeness("Ai?", [], model))
    assert not np.isnan(none.units).any()
    assert not np.isnan(none.words).any()
