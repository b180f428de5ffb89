"""Why a passage was found: products that add up, words and translations told, and what is missed."""

import json

import pytest

from qa import NewsAssistant
from qa.errors import QuestionError
from qa.explain import Met, explain
from qa.fusion import SECOND, FusionWeights
from qa.matching import Weights
from qa.question import understand
from qa.schema import Article, Block, BlockKind, Hit, Passage

TITLE, FIRST, SECOND_PARAGRAPH = "Chợ Bến Quang mở cửa", "Sáng nay có hội nghị.", "Ba trăm tiểu thương dự."
TEXT = f"{TITLE}\n{FIRST}\n{SECOND_PARAGRAPH}"
ARTICLE = Article(
    id="a", source="t/a.txt", title=TITLE, text=TEXT, blocks=(Block(BlockKind.BODY, 0, len(TEXT)),), language="vi",
    content_hash="0" * 64,
)  # fmt: skip
START = TEXT.index(FIRST)
HIT = Hit(Passage("a", BlockKind.BODY, START, START + len(FIRST), FIRST, 0), ARTICLE, 0.35, {"lexical": 0.5, "people": 0.25, "reranker": 0.9})  # fmt: skip
WEIGHTS = FusionWeights({}, {"lexical": 0.6, "people": 0.2})


def units(text: str, **frequencies: int) -> Weights:
    return Weights(understand(text), frequency=lambda _field, term: frequencies.get(term, 2), passages=50)


def told(text: str, **frequencies: int) -> dict[str, tuple[str, str]]:
    return {m.asked: (m.found, m.place) for m in explain(HIT, units(text, **frequencies), WEIGHTS).met}


def test_the_products_add_up_to_the_score(assistant: NewsAssistant) -> None:
    for question in ("Ai chủ trì hội nghị năm 2019?", "How many beds does Suoi Ngan Hospital have?", "???"):
        explanations = assistant.explain(question)
        assert 0 < len(explanations) <= 3
        for explanation in explanations:
            assert [name for name, _, _ in explanation.measures] == list(SECOND)
            assert sum(v * w for _, v, w in explanation.measures) == pytest.approx(explanation.hit.score)


def test_a_reranker_is_told_and_adds_nothing_here() -> None:
    measures = explain(HIT, units("hội nghị"), WEIGHTS).measures
    assert measures == (("lexical", 0.5, 0.6), ("people", 0.25, 0.2), ("reranker", 0.9, 0.0))


def test_translated_words_are_told() -> None:
    found = told("What about the conference at the market?")
    assert found["conference"] == ("hội nghị", "passage")
    assert found["market"] == ("chợ", "title")


def test_words_stand_in_the_passage_the_title_or_the_article() -> None:
    found = told("Hội nghị, chợ, tiểu thương?")
    assert found["hội nghị"] == ("hội nghị", "passage")
    assert found["chợ"] == ("chợ", "title")
    assert found["tiểu thương"] == ("tiểu thương", "article")


def test_what_stands_nowhere_is_missed_also_when_a_part_of_it_stands_there() -> None:
    explanation = explain(HIT, units("When did the conference of the volcano begin?"), WEIGHTS)
    assert "volcano" in explanation.missed
    assert not {m.asked for m in explanation.met} & set(explanation.missed)
    explanation = explain(HIT, units("Who is Ben Quang Trung?"), WEIGHTS)
    assert explanation.missed == ("ben quang trung",)


def test_each_unit_is_met_or_missed_and_those_that_tell_most_come_first() -> None:
    weights = units("Hội nghị mở cửa ở núi lửa?", hội_nghị=1, mở_cửa=40)
    explanation = explain(HIT, weights, WEIGHTS)
    assert len(explanation.met) + len(explanation.missed) == len(weights.units)
    shares = [m.share for m in explanation.met]
    assert shares == sorted(shares, reverse=True)
    assert explanation.met[0] == Met("hội nghị", "hội nghị", "passage", max(weights.values) / weights.total)
    missing = sum(v for u, v in zip(weights.units, weights.values, strict=True) if u.source in explanation.missed)
    assert sum(shares) + missing / weights.total == pytest.approx(1.0)


def test_diacritics_are_not_asked_for_where_none_were_typed() -> None:
    assert told("hoi nghi o dau")["hoi nghi"] == ("hoi nghi", "passage")


def test_it_is_json() -> None:
    explanation = explain(HIT, units("Hội nghị ở núi lửa?"), WEIGHTS)
    row = json.loads(json.dumps(explanation.to_json()))
    assert set(row) == {"source", "title", "start", "end", "score", "measures", "met", "missed"}
    assert (row["source"], row["title"], row["score"]) == ("t/a.txt", TITLE, 0.35)
    assert TEXT[row["start"] : row["end"]] == FIRST
    assert row["measures"]["lexical"] == {"value": 0.5, "weight": 0.6}
    assert set(row["met"][0]) == {"asked", "found", "place", "share"}
    assert "núi lửa" in row["missed"]


def test_the_assistant_checks_the_question(assistant: NewsAssistant) -> None:
    with pytest.raises(QuestionError):
        assistant.explain("  ")
    with pytest.raises(QuestionError):
        assistant.explain("x" * (assistant.settings.max_question_chars + 1))


def test_the_assistant_explains_what_it_finds(assistant: NewsAssistant) -> None:
    question = "How many beds does Suoi Ngan Hospital have?"
    explanations = assistant.explain(question)
    hits = assistant.retriever.search(understand(question), k=3)
    assert [e.hit.passage.id for e in explanations] == [h.passage.id for h in hits]
    assert "benh-vien-suoi-ngan-mo-cua" in explanations[0].hit.article.source
    assert ("beds", "giường") in [(m.asked, m.found) for m in explanations[0].met]
