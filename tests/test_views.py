"""Articles as the reader sees them, and where the units of a question stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_support import build

from qa.matching import TextTerms, Weights
from qa.question import Unit, understand
from qa.reading.views import ArticleView, Sightings, view_of
from qa.schema import BlockKind

ARTICLE = build(
    "a", "Hội chợ xoài", "Ông Nguyễn Hữu Linh mở hội chợ. Sau đó ông Linh về.", (BlockKind.HOLE, "Tới dự có .")
)


def test_holes_are_no_sentences() -> None:
    assert all("Tới dự" not in ARTICLE.text[s.start : s.end] for s in ArticleView(ARTICLE).sentences)


def test_words_are_numbered_through_the_article() -> None:
    view = ArticleView(ARTICLE)
    for s in view.sentences:
        assert view.starts[s.first] >= s.start
        assert view.ends[s.last - 1] <= s.end


@pytest.mark.parametrize(
    ("text", "clauses", "items"),
    [
        ("một hai, ba", [0, 0, 1], [0, 0, 0]),
        ("một; hai, ba", [0, 1, 2], [0, 1, 1]),
        ("8,5 triệu 10:30 2/9", [0, 0, 0, 0], [0, 0, 0, 0]),  # marks within numbers
        ("đo đạc - kiểm tra", [0, 0, 1, 1], [0, 0, 0, 0]),
        ("Mỹ-Trung họp", [0, 0, 0], [0, 0, 0]),
        ("“một” (hai)", [1, 2], [0, 0]),
        ("một - ; hai", [0, 1], [0, 1]),
    ],
)
def test_marks_part_clauses_and_items(text: str, clauses: list[int], items: list[int]) -> None:
    view = ArticleView(build("a", "", text))
    assert view.clause.tolist() == clauses
    assert view.item.tolist() == items


@pytest.mark.parametrize(
    ("unit", "strengths"),
    [
        (Unit("hội chợ", (("hội", "chợ"),)), [1.0, 1.0, 0.0]),
        (Unit("hoi cho", (("hoi", "cho"),), plain=True), [1.0, 1.0, 0.0]),
        (Unit("fair", (("fair",), ("hội", "chợ"))), [1.0, 1.0, 0.0]),
        (Unit("nguyen huu linh", (("nguyen", "huu", "linh"),), plain=True, name=True), [0.0, 1.0, 0.5]),
        (Unit("hội chợ trâu", (("hội", "chợ", "trâu"),)), [0.5, 0.5, 0.0]),
    ],
)
def test_how_much_of_a_unit_stands_in_each_sentence(unit: Unit, strengths: list[float]) -> None:
    view = ArticleView(ARTICLE)
    seen = Sightings(view, [unit])
    assert [float(seen.within(s.first, s.last)[0]) for s in view.sentences] == strengths


def test_the_weights_of_the_units_add_up_to_the_whole() -> None:
    question = understand("Ai mở hội chợ xoài ở Tân Phú?")
    weights = Weights(question, frequency=lambda _field, _text: 1, passages=10)
    assert weights.shares.sum() == pytest.approx(1.0)


def test_a_view_is_remembered_until_the_article_changes() -> None:
    assert view_of(ARTICLE) is view_of(ARTICLE)
    assert view_of(build("a", "Hội chợ khác")) is not view_of(ARTICLE)


@given(st.lists(st.sampled_from("hội chợ xoài linh . ; a".split()), max_size=30))
def test_single_words_are_found_as_the_index_finds_them(words: list[str]) -> None:
    article = build("p", "Tin", " ".join(words) or "x")
    unit = Unit("xoài", (("xoài",),))
    seen = Sightings(ArticleView(article), [unit])
    assert float(seen.whole[0]) == TextTerms.of(article.text).coverage(unit)
    assert seen.found.shape == (1, len(ArticleView(article).forms) + 1)
    assert np.all(seen.found <= 1.0)


@pytest.mark.parametrize("units", [[], [Unit("hội", (("hội",),)), Unit("Linh", (("linh",),), plain=True, name=True)]])
@pytest.mark.parametrize("text", ["Hội chợ. Ông Linh về hội. Hết", "Hội. *** ! Hội\n…\nHội ông Linh\n***", "", "…"])
def test_what_stands_in_each_sentence_is_what_stands_among_its_words(text: str, units: list[Unit]) -> None:
    view = ArticleView(build("a", "Hội chợ xoài", text))
    seen = Sightings(view, units)
    expected = [seen.within(s.first, s.last) for s in view.sentences]
    assert seen.by_sentence().tolist() == [row.tolist() for row in expected]
