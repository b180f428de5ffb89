"""Fitting the reader: what counts as right, folds by article, and a fit that learns and repeats itself."""

import numpy as np
import pytest
from reading_support import build

pytest.importorskip("scipy")
pytest.importorskip("lightgbm")

from qa.embeddings import StaticEmbeddings
from qa.matching import Weights
from qa.measures import holds
from qa.question import understand
from qa.reading.features import FEATURES
from qa.schema import BlockKind, Hit, Passage
from qa.settings import DEFAULT_EMBEDDING_MODEL
from training.reader import FOLDS, HARMS, HELPS, Example, example, fit_ranking, fold_of, gain

MODEL = StaticEmbeddings(DEFAULT_EMBEDDING_MODEL)


def made(question: str, text: str, *facts: str) -> Example:
    article = build("a", "Tin", text)
    asked = understand(question)
    hits = [Hit(Passage("a", BlockKind.BODY, 4, len(article.text), text, 1), article, 1.0)]
    gold = {"id": "q", "answers": [[f] for f in facts], "source": ["a"]}
    weights = Weights(asked, frequency=lambda _field, _text: 1, passages=10)
    return example(gold, asked, hits, weights, MODEL)


@pytest.mark.parametrize(
    ("text", "variant", "there"),
    [("có 35 hộ", "35", True), ("có 35,5 ha", "35", False), ("Hà Nội", "hà nội", True), ("Hà Nộii", "Hà Nội", False)],
)
def test_a_spelling_counts_as_whole_words(text: str, variant: str, there: bool) -> None:
    assert holds(text, variant) is there


def test_the_gain_of_a_list_is_what_it_holds_less_what_is_wrong() -> None:
    slot = made(
        "Những ai dự họp?", "Dự họp có các ông: Lê Văn Tám; Đỗ Quang Hiển.", "Lê Văn Tám", "Đỗ Quang Hiển"
    ).slots[0]
    gains = {tuple(c.texts()): g for c, g in zip(slot.found, slot.gains, strict=True)}
    assert gains["Lê Văn Tám", "Đỗ Quang Hiển"] == 1.0
    assert gains["Lê Văn Tám",] == 0.5


def test_a_candidate_of_another_article_is_wrong() -> None:
    one = made("Ai đến?", "Ông Lê Văn Tám đến.", "Lê Văn Tám")
    assert gain(one.slots[0].found[0], {**one.gold, "source": ["b"]}, slot=0, slots=1) == 0.0


def test_the_fit_learns_repeats_itself_and_keeps_its_signs() -> None:
    data = [
        made("Ai mở hội chợ?", "Bà Ngô Thị Hoa mở hội chợ, còn hôm qua thì ông Lê Văn Tám xin nghỉ.", "Ngô Thị Hoa"),
        made("Ai xin nghỉ?", "Bà Ngô Thị Hoa mở hội chợ, còn hôm qua thì ông Lê Văn Tám xin nghỉ.", "Lê Văn Tám"),
    ]
    model, again = fit_ranking(data), fit_ranking(data)
    assert np.array_equal(model.shared, again.shared)
    for one in data:
        slot = one.slots[0]
        assert slot.gains[int(np.argmax(model.scores(slot.found, slot.slot)))] == 1.0
    weights = dict(zip(FEATURES, model.shared, strict=True))
    assert all(weights[f] >= 0 for f in HELPS)
    assert all(weights[f] <= 0 for f in HARMS)


def test_folds_are_of_articles() -> None:
    assert fold_of("000123") == fold_of("000123")
    assert {fold_of(f"{n:06}") for n in range(200)} == set(range(FOLDS))
