"""Features of candidates: what holds of the sentence, what of the span, and that nothing depends on the size of the question."""

import numpy as np
import pytest
from reading_support import build

from qa.embeddings import StaticEmbeddings, embedder_for
from qa.kinds import Kind
from qa.matching import Weights
from qa.question import understand
from qa.reading.evidence import article_scores, gather
from qa.reading.features import FEATURES, GROUPS, Candidate, candidates, group_of
from qa.schema import Article, BlockKind, Hit, Passage

FAIR = build(
    "fair", "Hội chợ xoài", "Bà Ngô Thị Hoa, Giám đốc Hợp tác xã Tân Phú, mở đầu hội chợ.", "Ông Lê Văn Tám phát biểu về giống xoài.",
    "Nơi ấy có 96 bác sĩ và 214 điều dưỡng.",
)  # fmt: skip


def found(question: str, *articles: Article) -> list[Candidate]:
    model = embedder_for()
    assert isinstance(model, StaticEmbeddings)
    asked = understand(question)
    hits = [
        Hit(Passage(a.id, BlockKind.BODY, 0, len(a.text), a.text, n), a, 1.0 - 0.1 * n) for n, a in enumerate(articles)
    ]
    weights = Weights(asked, frequency=lambda _field, _text: 1, passages=10)
    return candidates(gather(asked, hits, weights, model), asked.slots[0])


def value(candidates: list[Candidate], said: str, name: str) -> float:
    (candidate,) = [c for c in candidates if c.texts() == [said]]
    return float(candidate.features[FEATURES.index(name)])


@pytest.mark.parametrize("name", ["own", "local", "decay8", "soft"])
def test_the_one_who_did_it_stands_nearer_to_what_was_done(name: str) -> None:
    people = found("Ai mở đầu hội chợ?", FAIR)
    assert value(people, "Ngô Thị Hoa", name) > value(people, "Lê Văn Tám", name)


def test_the_post_that_is_asked_for_is_theirs() -> None:
    people = found("Ai là Giám đốc Hợp tác xã Tân Phú?", FAIR)
    assert value(people, "Ngô Thị Hoa", "post_fit") == 1.0
    assert value(people, "Lê Văn Tám", "post_fit") == 0.0


def test_a_number_counts_what_is_asked_for() -> None:
    numbers = found("Có bao nhiêu bác sĩ?", FAIR)
    assert value(numbers, "96 bác sĩ", "head_in") == 1.0
    assert ["214 điều dưỡng"] not in [c.texts() for c in numbers]


def test_what_the_question_says_is_no_candidate() -> None:
    assert ["Lê Văn Tám"] not in [c.texts() for c in found("Ai thay ông Lê Văn Tám?", FAIR)]


def test_all_features_are_finite_and_named() -> None:
    for candidate in found("Ai mở đầu hội chợ xoài ở Tân Phú năm 2016?", FAIR):
        assert candidate.features.shape == (len(FEATURES),)
        assert np.all(np.isfinite(candidate.features))


def test_a_copy_is_read_once() -> None:
    from dataclasses import replace

    copy = replace(FAIR, id="copy", source="t/copy.txt")
    first = replace(FAIR, copies=("t/copy.txt",))
    assert {c.article.id for c in found("Ai mở đầu hội chợ?", first, copy)} == {"fair"}


def test_without_hits_there_is_nothing() -> None:
    assert found("Ai mở đầu hội chợ?") == []
    assert article_scores([]) == []


def test_every_kind_has_a_group() -> None:
    assert {group_of(k) for k in Kind} == set(range(len(GROUPS)))
