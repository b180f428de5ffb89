"""Likeness of words: other words of one meaning, and of the other language, are near; spans are near what stands beside them."""

import numpy as np
import pytest
from reading_support import build

from qa.embeddings import StaticEmbeddings, embedder_for
from qa.reading.likeness import Likeness
from qa.reading.views import ArticleView, Sentence


@pytest.fixture(scope="module")
def model() -> StaticEmbeddings:
    made = embedder_for()
    assert isinstance(made, StaticEmbeddings)
    return made


def rows(*sentences: str) -> list[tuple[ArticleView, Sentence]]:
    view = ArticleView(build("a", *sentences))
    return [(view, s) for s in view.sentences]


def test_words_of_the_other_language_are_alike(model: StaticEmbeddings) -> None:
    soft = Likeness(
        "How many people were killed?", rows("Trời mưa to ở chợ", "Vụ cháy làm ba người thiệt mạng."), model
    )
    assert soft.whole[1] > soft.whole[0] + 0.2
    assert soft.local[1] > soft.local[0]
    assert soft.cosine[1] > soft.cosine[0]


def test_a_span_is_near_what_stands_beside_it(model: StaticEmbeddings) -> None:
    text = "Cầu dài 450 mét, còn lễ hội mùa xuân năm ấy thì kéo dài suốt 14 ngày đêm."
    made = rows("Tin", text)
    soft = Likeness("Lễ hội kéo dài bao lâu?", made, model)
    at = made[1][1].start
    starts = np.asarray([at + text.index("450"), at + text.index("14")])
    ends = starts + 2
    close, around, _, _, asked, both = soft.beside(1, starts, ends, soft.question_weights)
    assert close[1] > close[0]
    assert around[1] > around[0]
    assert asked[0] == asked[1] > both[1] > both[0]


def test_without_sentences_there_is_nothing(model: StaticEmbeddings) -> None:
    assert Likeness("Ai đến?", [], model).whole.shape == (0,)


def test_words_are_counted_as_they_stand(model: StaticEmbeddings) -> None:
    ((at, tokens),) = model.table.words(["Vụ cháy làm 8,5 người thiệt mạng"])
    assert len(at) == len(tokens)
    assert at[0] == 0
    assert np.all(np.diff(at) >= 0)
    assert at[-1] <= 7
