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
from qa.reading.model import CONFIDENCE
from qa.schema import BlockKind, Hit, Passage
from qa.settings import DEFAULT_EMBEDDING_MODEL
from training.reader import (
    FOLDS,
    HARMS,
    HELPS,
    Example,
    Told,
    confidence_weights,
    example,
    fit_ranking,
    fold_of,
    gain,
    judged,
    learned_threshold,
    told,
)

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


def rows_that_tell(count: int) -> list[Told]:
    """Rows in which the answerable ones have a wide margin, and half of all are about numbers."""
    rng = np.random.default_rng(0)
    rows = []
    for n in range(count):
        features = np.zeros(len(CONFIDENCE))
        answerable = n % 3 > 0
        features[CONFIDENCE.index("margin")] = (0.8 if answerable else 0.2) + rng.normal(0, 0.05)
        features[CONFIDENCE.index("group_number")] = n % 2
        rows.append(Told(n % FOLDS, "vi", answerable, True, float(answerable), features))
    return rows


def test_the_probability_is_learned_and_the_threshold_spares_who_is_answered() -> None:
    ranking = fit_ranking([made("Ai đến?", "Ông Lê Văn Tám đến chợ, bà Ngô Thị Hoa ở nhà.", "Lê Văn Tám")])
    found = judged(rows_that_tell(120), ranking)
    threshold = learned_threshold(found)
    assert len(found) == 120
    assert all(j.chance < threshold for j in found if not j.answerable)
    assert all(j.chance >= threshold for j in found if j.answerable)
    hard = [j._replace(chance=0.0, typical=False) for j in found if j.answerable]
    assert learned_threshold([*found, *hard[:5]]) == threshold  # a few of the hard ones may be declined
    assert learned_threshold([*found, *hard]) == 0.0


def test_what_most_questions_lack_still_counts_where_it_is() -> None:
    rows = rows_that_tell(120)
    features = np.stack([r.features for r in rows if r.features is not None])
    rare = CONFIDENCE.index("sort_code")
    features[0, rare] = 1.0
    _, seen = confidence_weights(features, np.asarray([float(r.answerable) for r in rows]), np.ones(len(rows)))
    assert seen[:, rare].tolist() == [0.0, 1.0]


def test_a_question_is_told_of_with_and_without_its_article() -> None:
    one = made("Ai đến?", "Ông Lê Văn Tám đến chợ.", "Lê Văn Tám")
    one.without = made("Ai đến?", "Chợ đông.")
    model = fit_ranking([made("Ai về?", "Ông Lê Văn Tám về, bà Ngô Thị Hoa ở lại.", "Lê Văn Tám")])
    with_it, without_it = told([one], [model] * FOLDS)
    assert (with_it.answerable, with_it.own, with_it.gain, with_it.weight) == (True, True, 1.0, 1.0)
    assert (without_it.answerable, without_it.own, without_it.features) == (False, False, None)
    assert without_it.weight < 1.0
