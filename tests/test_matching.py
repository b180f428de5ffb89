"""How questions meet texts: coverage of units, their weights, and the query of the lexical index."""

import math

import pytest

from qa.kinds import Kind, Slot
from qa.matching import TITLE_WEIGHT, TextTerms, Weights, lexical_query
from qa.question import Question, Unit, understand

TEXT = TextTerms.of("Đồng chủ trì Hội nghị phối hợp ngày 2/2; ông Lê Hoà dự.")


@pytest.mark.parametrize(
    ("unit", "coverage"),
    [
        (Unit("hội", (("hội",),)), 1.0),
        (Unit("hội nghị", (("hội", "nghị"),)), 1.0),
        (Unit("nghị hội", (("nghị", "hội"),)), 0.0),
        (Unit("trì hội nghị bàn", (("trì", "hội", "nghị", "bàn"),)), 2 / 3),
        (Unit("meeting", (("meeting",), ("hội", "nghị"))), 1.0),
        (Unit("hoi nghi", (("hoi", "nghi"),), plain=True), 1.0),
        (Unit("hoi nghi", (("hoi", "nghi"),)), 0.0),
        (Unit("le hoa", (("le", "hoa"),), plain=True, name=True), 1.0),
        (Unit("lê hòa", (("lê", "hòa"),)), 1.0),
        (Unit("2/2", (("2/2",),)), 1.0),
        (Unit("2", (("2",),)), 0.0),
    ],
)
def test_coverage(unit: Unit, coverage: float) -> None:
    assert TEXT.coverage(unit) == pytest.approx(coverage)


def test_words_that_a_stop_parts_are_no_pair() -> None:
    unit = Unit("hợp ông", (("2/2", "ông"),))
    assert TEXT.coverage(unit) == 0.0


def test_rare_words_tell_more_than_common_ones() -> None:
    question = understand("Bệnh viện Suối Ngàn")
    frequencies = {"suối_ngàn": 1, "bệnh_viện": 90}
    weights = Weights(question, frequency=lambda _field, text: frequencies.get(text, 50), passages=100)
    rare, common = TextTerms.of("xã Suối Ngàn"), TextTerms.of("một bệnh viện")
    assert weights.share(rare) > weights.share(common) > 0


def test_the_whole_question_is_a_share_of_one() -> None:
    question = understand("Ai chủ trì hội nghị?")
    weights = Weights(question, frequency=lambda _field, _text: 3, passages=100)
    assert weights.share(TextTerms.of("chủ trì hội nghị Hà Nội")) == pytest.approx(1.0)
    assert weights.share(TextTerms.of("trời mưa")) == 0.0


def test_what_surrounds_a_sentence_counts_less_and_never_twice() -> None:
    question = understand("Ai chủ trì hội nghị?")
    weights = Weights(question, frequency=lambda _field, _text: 3, passages=100)
    whole, none = TextTerms.of("chủ trì hội nghị"), TextTerms.of("trời mưa")
    assert weights.share(none, whole, discounts=(1.0, 0.5)) == pytest.approx(0.5)
    assert weights.share(whole, whole, discounts=(1.0, 0.5)) == pytest.approx(1.0)


def test_a_pair_that_stands_nowhere_tells_less_than_one_that_stands_elsewhere() -> None:
    question, text = understand("hội nghị bàn"), TextTerms.of("hội nghị. Bàn")
    known = {"hội", "nghị", "bàn", "hội_nghị"}
    absent = Weights(question, frequency=lambda _field, text: int(text in known), passages=100)
    elsewhere = Weights(question, frequency=lambda _field, _text: 1, passages=100)
    assert elsewhere.share(text) < absent.share(text) <= 1.0


def test_a_name_that_stands_nowhere_still_counts_against_a_text() -> None:
    question = understand("What did Le Van Tam plant?")
    weights = Weights(question, frequency=lambda _field, text: int("le" not in text), passages=100)
    assert weights.share(TextTerms.of("He did plant trees.")) < 0.5


def rarity(unit: Unit, **frequencies: int) -> float:
    """Return what a unit tells among 100 passages."""
    question = Question("x", "en", (Slot(Kind.OTHER, False, 0, 0, (0, 1)),), (unit,))
    return Weights(question, frequency=lambda _field, text: frequencies.get(text, 0), passages=100).total


def test_of_several_alternatives_the_mean_by_their_chances_tells_how_rare_a_word_is() -> None:
    won = Unit("won", (("won",), ("thắng",), ("giành",)), chances=(1.0, 1.0, 0.5))
    assert rarity(won, thắng=10, giành=4) == pytest.approx(math.log(1 + 100 / 8))
    assert rarity(won, thắng=10) == pytest.approx(math.log(1 + 100 / 10))  # what stands nowhere is left out
    assert rarity(won) == pytest.approx(math.log(1 + 100 / 0.5))


def test_an_unlikely_translation_does_not_make_a_word_that_stands_nowhere_a_common_one() -> None:
    physics = Unit("physics", (("physics",), ("vật", "lý"), ("lý",)), chances=(1.0, 1.0, 0.04))
    assert rarity(physics, lý=50) == pytest.approx(math.log(1 + 100 / 2))
    assert rarity(physics, lý=5) == pytest.approx(rarity(physics))  # never rarer than what stands nowhere


def test_an_unlikely_translation_covers_by_the_root_of_its_chance() -> None:
    unit = Unit("won", (("won",), ("hội", "nghị"), ("bàn",)), chances=(1.0, 0.25, 0.04))
    assert TEXT.coverage(unit) == pytest.approx(0.5)


def test_an_unlikely_translation_is_looked_for_with_less_weight() -> None:
    unit = Unit("won", (("won",), ("chiến", "thắng"), ("được",)), chances=(1.0, 0.5, 0.1))
    groups = lexical_query(Question("x", "en", (Slot(Kind.OTHER, False, 0, 0, (0, 1)),), (unit,)))
    for group, full in zip(groups, (1.0, TITLE_WEIGHT), strict=True):
        assert [sum(t.weight for t in a) for a in group.alternatives] == pytest.approx([full, full / 2, full / 10])


def test_a_question_of_stop_words_alone_has_no_share() -> None:
    weights = Weights(understand("ai là gì"), frequency=lambda _field, _text: 1, passages=10)
    assert weights.total == 0.0
    assert weights.share(TEXT) == 0.0


def test_an_empty_collection_gives_finite_weights() -> None:
    weights = Weights(understand("Who chaired the conference?"), frequency=lambda _field, _text: 0, passages=0)
    assert math.isfinite(weights.total)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Ai chủ trì hội nghị?", {"words", "pairs", "title"}),
        ("ai chu tri hoi nghi", {"plain", "plain_pairs", "title_plain"}),
        ("Ai chủ trì hội nghị năm 2019?", {"words", "pairs", "title", "dates"}),
    ],
)
def test_the_query_asks_the_right_fields(text: str, fields: set[str]) -> None:
    terms = [t for group in lexical_query(understand(text)) for a in group.alternatives for t in a]
    assert {t.field for t in terms} == fields
    assert all(t.weight > 0 for t in terms)


def test_the_query_holds_the_translations_of_an_english_word() -> None:
    found = {t.text for g in lexical_query(understand("Who chaired it?")) for a in g.alternatives for t in a}
    assert {"chaired", "chủ_trì"} <= found


def test_a_date_is_asked_for_whole_and_in_parts() -> None:
    groups = lexical_query(understand("Việc gì ngày 14/7/2016?"))
    dates = {t.text for g in groups for a in g.alternatives for t in a if t.field == "dates"}
    assert dates == {"y2016", "m2016-07", "d2016-07-14", "d07-14"}
