"""The first look: which articles are read at all, and which of their sentences are looked at closely."""

import json
from pathlib import Path

import numpy as np
import pytest
from reading_support import build

from qa.embeddings import StaticEmbeddings
from qa.matching import Weights
from qa.question import Question, understand
from qa.reading import evidence
from qa.reading.evidence import LOOK, SENTENCE_FEATURES, SENTENCES, WORTH, gather, look_over, look_weights
from qa.schema import Article, BlockKind, Hit, Passage
from qa.settings import DEFAULT_EMBEDDING_MODEL

DENSITY = SENTENCE_FEATURES.index("density")
MODEL = StaticEmbeddings(DEFAULT_EMBEDDING_MODEL)
QUESTION = understand("Ai trao giải hội thi nấu phở ở Tân Phú?")
ANSWER = "Bà Ngô Thị Hoa trao giải nhất hội thi nấu phở ở Tân Phú cho đội chợ Lách."
BESIDE = [f"Đội thứ {n} mang đến {n + 2} nồi nước dùng và rất nhiều rau thơm." for n in range(60)]


def weights(question: Question) -> Weights:
    return Weights(question, frequency=lambda _field, _text: 1, passages=10)


def hit(article: Article, score: float) -> Hit:
    return Hit(
        Passage(article.id, BlockKind.BODY, 0, len(article.text), article.text, int(score * 100)), article, score
    )


def test_the_sentence_that_speaks_of_the_question_is_among_the_few_that_are_looked_at() -> None:
    article = build("a", "Hội thi nấu phở", *BESIDE[:30], ANSWER, *BESIDE[30:])
    found = gather(QUESTION, [hit(article, 1.0)], weights(QUESTION), MODEL)
    assert len(found.rows) == SENTENCES
    said = [v.article.text[s.start : s.end] for v, s in found.rows]
    assert ANSWER in said[:2]
    assert found.shared.shape[0] == SENTENCES


def test_all_sentences_are_looked_over_and_told_apart() -> None:
    article = build("a", "Hội thi nấu phở", *BESIDE[:5], ANSWER)
    seen = look_over(QUESTION, [hit(article, 1.0)], weights(QUESTION))
    scores = seen.table[:, evidence._LOOK] @ look_weights()
    assert len(seen.rows) == len(scores) == 7
    assert article.text[seen.rows[int(np.argmax(scores))][1].start :].startswith(ANSWER)


def test_how_dense_a_sentence_is_with_words_of_the_question() -> None:
    article = build("a", "Hội thi", "Tân Phú nấu phở. Trời mưa.\n…\nNấu ăn cả ngày.")
    seen = look_over(QUESTION, [hit(article, 1.0)], weights(QUESTION))
    dense = dict(
        zip((article.text[s.start : s.end] for _, s in seen.rows), seen.table[:, DENSITY].tolist(), strict=True)
    )
    assert dense["Tân Phú nấu phở."] == dense["Hội thi"] == 1.0
    assert dense["Trời mưa."] == dense["…"] == 0.0
    assert dense["Nấu ăn cả ngày."] == 0.25


@pytest.mark.parametrize(("score", "read"), [(WORTH - 0.05, {"a"}), (WORTH + 0.05, {"a", "b"})])
def test_an_article_far_behind_the_best_is_not_read(score: float, read: set[str]) -> None:
    hits = [hit(build("a", "Hội thi", ANSWER), 1.0), hit(build("b", "Hội chợ", "Bà Hoa đến."), score)]
    assert set(look_over(QUESTION, hits, weights(QUESTION)).sightings) == read
    assert set(look_over(QUESTION, hits, weights(QUESTION), worth=0.0).sightings) == {"a", "b"}


def test_nothing_found_is_nothing_looked_at() -> None:
    found = gather(QUESTION, [], weights(QUESTION), MODEL)
    assert found.rows == ()
    assert found.shared.shape[0] == 0


def test_weights_of_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "models" / "hoibao-reader-v1"
    folder.mkdir(parents=True)
    (folder / "look.json").write_text(json.dumps(dict.fromkeys(LOOK[1:], 0.0)), encoding="utf-8")
    monkeypatch.setattr(evidence, "files", lambda _: tmp_path)
    with pytest.raises(ValueError, match="other features"):
        look_weights.__wrapped__()
