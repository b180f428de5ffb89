"""The two passes of ranking: the weights that come along, sums by hand, and measures that are shares."""

import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.embeddings import bundled_table
from qa.fusion import FIRST, INTERACTION, SECOND, FusionWeights, Measured, first_pass, learned_weights, measure
from qa.matching import Weights
from qa.question import understand
from qa.schema import Article, Block, BlockKind, Passage

EQUAL = FusionWeights(dict.fromkeys(FIRST, 1 / len(FIRST)), dict.fromkeys(SECOND, 1 / len(SECOND)))
BRIDGE = ("Cầu Rạch Bần thông xe", "Sáng 3/5, cầu Rạch Bần thông xe sau 14 tháng thi công.", "Ông Lê Văn Tám cắt băng.")
MARKET = ("Chợ Bến Quang mở cửa", "Chợ có 212 sạp hàng cá.", "Tiểu thương mừng vì chợ mới.")


def article(id: str, title: str, *paragraphs: str) -> list[tuple[Passage, Article]]:
    """Return the passages of an article, a passage a paragraph, each with the article."""
    text = "\n".join([title, *paragraphs])
    made = Article(
        id=id, source=f"t/{id}.txt", title=title, text=text, blocks=(Block(BlockKind.BODY, 0, len(text)),), language="vi",
        content_hash="0" * 64,
    )  # fmt: skip
    starts = [text.index(p, len(title)) for p in paragraphs]
    return [
        (Passage(id, BlockKind.BODY, s, s + len(p), p, n), made)
        for n, (s, p) in enumerate(zip(starts, paragraphs, strict=True))
    ]


def measured(text: str, rows: list[tuple[Passage, Article]], *, interacting: int = 30) -> Measured:
    question = understand(text)
    weights = Weights(question, frequency=lambda _field, _text: 2, passages=50)
    scores = {name: [0.5] * len(rows) for name in ("lexical", "vectors", "translated")}
    return measure(question, rows, scores, units=weights, table=bundled_table(), weights=EQUAL, interacting=interacting)


def column(found: Measured, name: str) -> list[float]:
    return [float(v) for v in found.table[:, SECOND.index(name)]]


# --- the weights ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("half", "names"), [("first", FIRST), ("second", SECOND)])
def test_the_weights_that_come_along_name_every_measure_and_add_up_to_one(half: str, names: tuple[str, ...]) -> None:
    path = files("qa") / "models" / "hoibao-fusion-v1" / "weights.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert set(kept) == {"first", "second"}
    assert sorted(kept[half]) == sorted(names)
    assert min(kept[half].values()) >= 0
    assert sum(kept[half].values()) == pytest.approx(1.0, abs=1e-3)  # four digits each
    assert kept[half] == getattr(learned_weights(), half)


def test_the_period_has_a_weight() -> None:
    assert learned_weights().second["period"] > 0  # the 2019 conference is not the meeting that looks back on it


# --- the first pass ---------------------------------------------------------------------------------------------------


def test_the_first_pass_adds_up_normalised_scores() -> None:
    weights = FusionWeights({"lexical": 0.5, "vectors": 0.3, "translated": 0.2}, {})
    found = {
        "lexical": {1: 30.0, 2: 20.0, 3: 10.0},  # 1, 0.5, 0
        "vectors": {2: 0.9, 4: 0.8, 1: 0.4},  # 1, 0.8, 0
        "translated": {4: 0.7, 3: 0.2},  # 1, 0
    }
    # 1: .5, 2: .25 + .3 = .55, 3: 0, 4: .24 + .2 = .44
    assert first_pass(found, weights) == [2, 1, 4, 3]


def test_what_stands_alone_has_the_whole_score_and_equals_are_ordered_by_number() -> None:
    weights = FusionWeights({"lexical": 0.5, "vectors": 0.5, "translated": 0.0}, {})
    assert first_pass({"lexical": {9: 3.0}, "vectors": {4: 0.1}, "translated": {}}, weights) == [4, 9]
    assert first_pass({"lexical": {}, "vectors": {}, "translated": {}}, weights) == []


numbers = st.dictionaries(st.integers(0, 20), st.floats(0, 100), max_size=10)


@given(numbers, numbers)
def test_every_passage_found_is_ranked_once(lexical: dict[int, float], vectors: dict[int, float]) -> None:
    ranked = first_pass({"lexical": lexical, "vectors": vectors}, EQUAL)
    assert sorted(ranked) == sorted({*lexical, *vectors})


# --- the second pass --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    ["Cầu Rạch Bần thông xe khi nào?", "cau rach ban thong xe khi nao", "When did the bridge open on 3/5?", "???", "Who is Le Van Tam?"],
)  # fmt: skip
def test_every_measure_is_a_share_and_the_total_is_their_sum(question: str) -> None:
    rows = [*article("a", *BRIDGE), *article("b", *MARKET), *article("c", "Tin", "x" * 5000)]
    found = measured(question, rows)
    assert found.table.shape == (len(rows), len(SECOND))
    assert ((found.table >= 0) & (found.table <= 1)).all()
    by = [EQUAL.second[name] for name in SECOND]
    assert found.total == pytest.approx(found.table @ np.asarray(by))


def test_no_candidates_give_no_rows() -> None:
    found = measured("Cầu Rạch Bần thông xe khi nào?", [])
    assert found.table.shape == (0, len(SECOND))
    assert found.total.shape == (0,)


def test_words_are_looked_for_in_the_passage_and_in_the_article() -> None:
    bridge, market = article("a", *BRIDGE), article("b", *MARKET)
    found = measured("Cầu Rạch Bần thông xe?", [*bridge, *market])
    near, whole = column(found, "words_near"), column(found, "words_article")
    assert near[0] == pytest.approx(1.0)
    assert near[1] == 0.0  # its article says so, the passage does not
    assert whole[0] == whole[1] == pytest.approx(1.0)
    assert whole[2] == near[2] == 0.0


def test_words_of_two_sentences_are_not_near() -> None:
    rows = article("a", "Tin", "Cầu Rạch Bần vừa thông xe!", "Cầu Rạch Bần đã xong! Hôm qua thông xe.")
    near = column(measured("Cầu Rạch Bần thông xe?", rows), "words_near")
    assert near[0] > near[1] > 0


def test_people_are_looked_for_in_the_article_and_numbers_in_the_passage_too() -> None:
    rows = [*article("a", *BRIDGE), *article("b", *MARKET)]
    assert column(measured("Ông Lê Văn Tám cắt băng ở đâu?", rows), "names") == [1, 1, 0, 0]
    found = measured("Chợ nào có 212 sạp?", rows)
    assert column(found, "numbers") == [0, 0, 1, 0]
    assert column(found, "numbers_article") == [0, 0, 1, 1]


def test_a_question_without_people_numbers_or_dates_holds_that_against_nobody() -> None:
    found = measured("Chợ mở cửa ra sao?", [*article("a", *BRIDGE), *article("b", *MARKET)])
    for name in ("names", "numbers", "numbers_article", "period"):
        assert column(found, name) == [1, 1, 1, 1]


def test_the_title_belongs_to_the_article_and_not_to_its_passages() -> None:
    found = measured("Chợ Bến Quang?", article("b", "Chợ Bến Quang", "Tiểu thương mừng."))
    assert column(found, "words_article") == pytest.approx([1.0])
    assert column(found, "words_near") == [0.0]


def test_a_shorter_passage_is_briefer() -> None:
    rows = article("a", "Tin", "Ngắn.", "Một đoạn dài hơn nhiều, có thêm nhiều tiếng.", "dài " * 1000)
    short, long, longest = column(measured("Tin gì?", rows), "brevity")
    assert 1 > short > long > longest == 0.0


def test_only_the_best_candidates_interact() -> None:
    rows = [*article("a", *MARKET), *article("b", *BRIDGE)]
    question = "Cầu Rạch Bần thông xe khi nào?"
    every = measured(question, rows)
    assert all(v > 0 for name in INTERACTION for v in column(every, name))
    best = measured(question, rows, interacting=1)
    for name in INTERACTION:
        assert column(best, name) == pytest.approx([0, 0, column(every, name)[2], 0])
    assert (measured(question, rows, interacting=0).table[:, [SECOND.index(n) for n in INTERACTION]] == 0).all()


def test_overlapping_passages_each_have_their_own_words() -> None:
    text = "Chợ mở cửa! Cầu thông xe! Lúa được mùa!"
    [(whole, made)] = article("a", "Tin", text)
    start = whole.start
    cut = [(start, start + 25), (start + 12, start + len(text)), (start, start + len(text))]
    rows = [(Passage("a", BlockKind.BODY, a, b, made.text[a:b], n), made) for n, (a, b) in enumerate(cut)]
    assert column(measured("Chợ mở cửa?", rows), "words_near") == pytest.approx([1, 0, 1])
    assert column(measured("Lúa được mùa?", rows), "words_near") == pytest.approx([0, 1, 1])
    assert column(measured("Cầu thông xe?", rows), "words_near") == pytest.approx([1, 1, 1])
