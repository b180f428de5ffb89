"""The measures against values worked out by hand, gold files, whole evaluations and what differs between two of them."""

import importlib.util
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from conftest import ROOT, SAMPLES

from qa import Answer, Citation, NewsAssistant
from qa.comparison import compare
from qa.errors import HoibaoError
from qa.evaluation import Scored, evaluate, summary
from qa.gold import FolderTexts, Gold, LedgerTexts, Place, read_gold
from qa.measures import answer_measures, retrieval_measures
from qa.schema import Retrieved

SCORER = ROOT.parent / "shared" / "tools" / "score.py"
SAMPLE_GOLD = ROOT / "tests" / "samples_gold.jsonl"
MARKET = "Chợ nổi Vàm Sậy họp lại từ ngày 3/5/2021. Bà Trịnh Thị Hoa bán 120 ghe\n dưa mỗi tuần. Giá dưa là 1,25 triệu đồng một tấn."


def gold(*facts: Sequence[str], **others: Any) -> Gold:
    about: dict[str, Any] = {
        "sources": ("market",),
        "question": "Ai bán dưa ở chợ nổi Vàm Sậy?",
        "lang": "vi",
        "kind": "person",
    }
    return Gold(**{"id": "q", "file": "gold.jsonl", "facts": tuple(map(tuple, facts)), **about, **others})


def found(*sources: str | tuple[str, ...]) -> list[Retrieved]:
    """Return articles in order of rank; a tuple is an article and its copies."""
    rows = [(s,) if isinstance(s, str) else s for s in sources]
    return [Retrieved(str(n), row[0], "", 1.0, tuple(row[1:])) for n, row in enumerate(rows)]


def citation(quote: str, source: str = "news/market.txt", copies: tuple[str, ...] = ()) -> Citation:
    return Citation(1, "a", source, "", quote, 0, len(quote), "", copies=copies)


def answer(text: str, *cited: Citation, answered: bool = True) -> Answer:
    return Answer("?", text, answered, "vi", cited)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    (root / "deep").mkdir(parents=True)
    (root / "deep" / "market.txt").write_text(MARKET, encoding="utf-8")
    (root / "other.txt").write_text("Cá tra Vàm Sậy được giá.", encoding="utf-8")
    return root


@pytest.fixture
def texts(folder: Path) -> FolderTexts:
    return FolderTexts(folder)


# --- retrieval ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (found("x/market.txt", "b.txt"), (1, 1, 1, 1, 1)),
        (found("a.txt", "b.txt", "market.txt"), (0, 1, 1, 1 / 3, 1 / 2)),
        (found("a.txt", ("b.txt", "c.txt", "old/market.txt")), (0, 1, 1, 1 / 2, 1 / math.log2(3))),
        (found("dump.jsonl#market"), (1, 1, 1, 1, 1)),
        (found("market/a.txt", "market.2.txt"), (0, 0, 0, 0, 0)),
        (found(*"abcde", "market.txt"), (0, 0, 1, 1 / 6, 1 / math.log2(7))),
        (found(*"abcdefghij", "market.txt"), (0, 0, 0, 0, 0)),
        ([], (0, 0, 0, 0, 0)),
    ],
    ids=["first", "third", "copy", "record", "none", "sixth", "eleventh", "empty"],
)
def test_retrieval_of_one_right_article(rows: list[Retrieved], expected: tuple[float, ...]) -> None:
    measures = retrieval_measures(gold(), rows)
    assert list(measures) == ["recall@1", "recall@5", "recall@10", "mrr", "ndcg@10"]
    assert tuple(measures.values()) == pytest.approx(expected)


def test_retrieval_of_several_right_articles() -> None:
    both = gold(sources=("m", "n"))
    apart = retrieval_measures(both, found("m.txt", "a.txt", "b.txt", "n.txt"))
    assert (apart["recall@1"], apart["mrr"]) == (1, 1)
    assert apart["ndcg@10"] == pytest.approx((1 + 1 / math.log2(5)) / (1 + 1 / math.log2(3)))
    assert retrieval_measures(both, found("m.txt"))["ndcg@10"] == pytest.approx(1 / (1 + 1 / math.log2(3)))
    copies = retrieval_measures(both, found(("m.txt", "n.txt"), "a.txt"))
    assert copies["ndcg@10"] == 1  # they take one row, and that one is the best there can be
    again = retrieval_measures(both, found("m.txt", ("z.txt", "m.txt")))
    assert again["ndcg@10"] == pytest.approx(1 / (1 + 1 / math.log2(3)))  # what was found is not found twice


def test_without_a_right_article_retrieval_is_not_measured() -> None:
    assert retrieval_measures(gold(sources=()), found("a.txt")) == {}


# --- answers --------------------------------------------------------------------------------------------------------------


def test_facts_lead_and_complete(texts: FolderTexts) -> None:
    asked = gold(["Trịnh Thị Hoa", "Trinh Thi Hoa"], ["120 ghe"], ["1,2"], ["25 triệu"], ["3/5"])
    said = answer("Trịnh Thị Hoa, 1,25 triệu đồng, ngày 3/5/2021." + " và rồi" * 30 + " bán 120  GHE [1].")
    measures = answer_measures(asked, said, texts)
    assert measures["facts"] == 2 / 5  # neither "1,2", "25" nor "3/5" stands there as a whole number
    assert measures["lead"] == 1 / 5
    assert measures["complete"] == 0
    assert answer_measures(gold(["Hoa"]), said, texts)["complete"] == 1
    assert answer_measures(gold(["Ho"]), said, texts)["facts"] == 0


def test_a_long_answer_has_no_facts_but_sources(texts: FolderTexts) -> None:
    quote = citation("Bà Trịnh Thị Hoa bán 120 ghe")
    assert answer_measures(gold(["Hoa"]), answer("Hoa " + "a" * 796, quote), texts)["facts"] == 1
    long = answer_measures(gold(["Hoa"]), answer("Hoa " + "a" * 797, quote), texts)
    assert (long["facts"], long["complete"], long["lead"]) == (0, 0, 0)
    assert (long["top_doc"], long["any_doc"], long["support"]) == (1, 1, 1)


def test_sources_and_support(texts: FolderTexts) -> None:
    asked = gold(["Hoa"], evidence=("Bà Trịnh Thị Hoa bán 120 ghe dưa mỗi tuần.",))
    wrong, right = citation("Cá tra Vàm Sậy được giá.", "other.txt"), citation("Bà Trịnh Thị Hoa bán 120 ghe dưa")
    second = answer_measures(asked, answer("Hoa", wrong, right), texts)
    assert (second["top_doc"], second["any_doc"], second["support"]) == (0, 1, 1)
    only = answer_measures(asked, answer("Hoa", wrong), texts)
    assert (only["top_doc"], only["any_doc"], only["support"]) == (0, 0, 0)
    copied = answer_measures(asked, answer("Hoa", citation("Cá", "other.txt", copies=("market.txt",))), texts)
    assert (copied["top_doc"], copied["any_doc"], copied["support"]) == (1, 1, 0)
    sixth = answer_measures(asked, answer("Hoa", *[wrong] * 5, right), texts)
    assert sixth["any_doc"] == 0  # only five citations count


@pytest.mark.parametrize(
    ("quote", "support"),
    [
        ("Thị Hoa bán 120 ghe dưa", 1),  # 6 of 10 words, 24 characters
        ("Hoa bán 120 ghe dưa", 0),  # 5 of 10
        ("x Hoa y z Trịnh Thị bán 1", 1),  # 25 characters that hold the fact
        ("x Hoa y z Trịnh Thị bán ", 0),
    ],
)
def test_support_needs_a_run_of_words_or_a_fact_in_a_longer_quotation(
    texts: FolderTexts, quote: str, support: float
) -> None:
    asked = gold(["Hoa"], evidence=("Bà Trịnh Thị Hoa bán 120 ghe dưa mỗi tuần",))
    assert len(quote) < 25 or "x" in quote
    assert answer_measures(asked, answer("Hoa", citation(quote)), texts)["support"] == support


def test_precision_counts_numbers_and_accented_names(texts: FolderTexts) -> None:
    asked = gold(["Trịnh Thị Hoa"], evidence=(Place("market", 0, 41),))
    said = answer("Trịnh Thị Hoa [9] sold 77 with Lê Văn Bảy and John Smith on 3/5/2021. Vàm Sậy")
    # Trịnh Thị Hoa, 3/5/2021 and Vàm Sậy are known; 77 and Lê Văn Bảy are not; John Smith and the mark do not count
    assert answer_measures(asked, said, texts)["precision"] == 3 / 5
    assert "precision" not in answer_measures(asked, answer("the lady who sells melons"), texts)


def test_verbatim_knows_white_space_from_words(texts: FolderTexts) -> None:
    good = [
        citation("bán 120 ghe dưa mỗi tuần"),
        citation("Giá dưa", "z.jsonl#market"),
        citation("Giá dưa", "z", ("market.txt",)),
    ]
    bad = [citation("bán 121 ghe"), citation("Giá dưa", "nowhere.txt")]
    measures = answer_measures(gold(["Hoa"]), answer("Hoa", *good, *bad), texts)
    assert measures["verbatim"] == 3 / 5
    assert "verbatim" not in answer_measures(gold(["Hoa"]), answer("Hoa"), texts)


def test_declining(texts: FolderTexts) -> None:
    declined = answer("Các bài báo không cho biết.", answered=False)
    assert answer_measures(gold(), declined, texts) == {"abstained": 1}
    assert answer_measures(gold(), answer("Hoa"), texts) == {"abstained": 0}
    wrongly = answer_measures(gold(["Hoa"]), declined, texts)
    assert wrongly.pop("over_abstained") == 1
    assert set(wrongly.values()) == {0}
    assert answer_measures(gold(["Hoa"]), None, texts) == wrongly | {"over_abstained": 1}
    assert answer_measures(gold(), None, texts) == {"abstained": 0}
    assert answer_measures(gold(["Hoa"]), answer("Hoa"), texts)["over_abstained"] == 0
    assert answer_measures(Gold("q", "g", "vi", "?", ("market",)), answer("Hoa"), texts) == {}


# --- the scorer the measures come from ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.is_file():
        pytest.skip("../shared/tools/score.py is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


INVENTED = [
    answer("Trịnh Thị Hoa bán 120 ghe. [1]", citation("Bà Trịnh Thị Hoa bán 120 ghe dưa mỗi tuần.")),
    answer(
        "trinh thi hoa [1][2]", citation("Cá tra Vàm Sậy được giá.", "other.txt"), citation("Giá dưa là 1,25 triệu")
    ),
    answer("Lê Văn Bảy, 1,25 triệu, 77 ghe", citation("Giá dưa là 1,26", "other.txt", ("a/market.txt",))),
    answer("Hoa " + "x " * 400, citation(MARKET * 6)),
    answer(" " * 5 + "y " * 120 + "Trịnh Thị Hoa 120 ghe", citation("")),
    answer("không rõ", answered=False),
    answer("120 ghe", *[citation("Vàm Sậy", "other.txt")] * 5, citation("Bà Trịnh Thị Hoa bán 120 ghe dưa mỗi tuần.")),
]
ROWS: list[dict[str, Any]] = [
    {"answers": [["Trịnh Thị Hoa", "Trinh Thi Hoa"], ["120 ghe", "120"]], "source": ["market"],
     "evidence": ["Bà Trịnh Thị Hoa bán 120 ghe dưa mỗi tuần."]},
    {"answers": [["1,25 triệu"]], "source": ["market", "other"], "evidence": [{"doc": "market", "start": 41, "end": 90}]},
    {"answers": [], "source": [], "evidence": []},
]  # fmt: skip


def scorers_own(row: dict[str, Any]) -> dict[str, Any]:
    """Return the measures in a row of the scorer."""
    about = ("id", "lang", "type", "citations", "bad_quotes", "chars")
    verbatim = {"verbatim": 1 - row["bad_quotes"] / row["citations"]} if row["citations"] else {}
    return {k: v for k, v in row.items() if k not in about} | verbatim


@pytest.mark.seeds
@pytest.mark.parametrize("row", ROWS, ids=["facts", "places", "unanswerable"])
@pytest.mark.parametrize("said", [*INVENTED, None])
def test_invented_answers_score_as_with_the_scorer(
    scorer: ModuleType, folder: Path, row: dict[str, Any], said: Answer | None
) -> None:
    line = {"id": "q", "lang": "vi", "type": "person", "question": "Ai bán dưa ở chợ nổi Vàm Sậy?", **row}
    (read,) = read_gold([json.dumps(line)], file="gold.jsonl")
    theirs = scorer.score_one(line, said.to_json() if said else None, scorer.Corpus(folder))
    assert answer_measures(read, said, FolderTexts(folder)) == scorers_own(theirs)


@pytest.mark.seeds
def test_the_samples_score_as_with_the_scorer(scorer: ModuleType, assistant: NewsAssistant) -> None:
    lines = SAMPLE_GOLD.read_text(encoding="utf-8").splitlines()
    scored = list(evaluate(read_gold(lines, file="g"), assistant, texts=FolderTexts(SAMPLES)))
    answers = [s.answer.to_json() for s in scored if s.answer]
    corpus = scorer.Corpus(SAMPLES)
    theirs = [scorer.score_one(json.loads(line), a, corpus) for line, a in zip(lines, answers, strict=True)]
    table = scorer.summarize(theirs)
    ours = summary(scored)
    for group, row in {"all": ours["all"], **ours["languages"]}.items():
        shared = {k: v for k, v in table[group].items() if k != "median_chars" and v is not None}
        assert {k: row[k] for k in shared} == shared


def test_whether_a_follow_up_was_understood(texts: FolderTexts) -> None:
    asked = gold(["Hoa"], question="còn 2016?", shows=(("năm 2016", "in 2016"), ("Hoa",)), shows_not=("2019",))

    def understood(shown: str) -> float:
        return answer_measures(asked, replace(answer("Hoa"), question="còn 2016?", understood=shown), texts)[
            "understood"
        ]

    assert understood("Hoa ban gi nam 2016?") == 1
    assert understood("Hoa bán gì năm 2015?") == 0
    assert understood("Hoa bán gì năm 2016, không phải 2019?") == 0
    assert understood("") == 0
    assert answer_measures(asked, None, texts)["understood"] == 0
    assert "understood" not in answer_measures(gold(["Hoa"]), answer("Hoa"), texts)
    new = gold(["Hoa"], shows_not=("2019",))
    assert answer_measures(new, replace(answer("Hoa"), question="Hoa bán gì?"), texts)["understood"] == 1


# --- gold files -----------------------------------------------------------------------------------------------------------

LINE = {"id": "a", "lang": "vi", "type": "person", "question": "Ai?", "answers": [["Hoa"]], "source": ["market"],
        "evidence": ["Hoa bán", {"doc": "market", "start": 0, "end": 4}]}  # fmt: skip


def test_reading_gold() -> None:
    short = {"id": "b", "lang": "en", "question": "Who?", "source": ["market"]}
    first, second = read_gold([json.dumps(LINE), " ", json.dumps(short)], file="g.jsonl")
    assert first == Gold(
        "a", "g.jsonl", "vi", "Ai?", ("market",), "person", (("Hoa",),), ("Hoa bán", Place("market", 0, 4))
    )
    assert second == Gold("b", "g.jsonl", "en", "Who?", ("market",), "", None, ())


@pytest.mark.parametrize(
    "change",
    [
        {"id": None}, {"id": ""}, {"id": 7}, {"lang": None}, {"lang": ""}, {"question": None}, {"type": 3},
        {"answers": None}, {"answers": ["Hoa"]}, {"answers": [[]]}, {"answers": [[" "]]}, {"answers": [[1]]},
        {"shows": ["Hoa"]}, {"shows": [[]]}, {"shows_not": "Hoa"}, {"shows_not": [1]}, {"history": "Ai?"}, {"history": [{"question": "Ai?"}]}, {"source": "market"}, {"source": [1]}, {"evidence": "Hoa"}, {"evidence": [{"doc": "market"}]},
        {"evidence": [{"doc": "market", "start": 5, "end": 1}]}, {"question": "\ud800"},
    ],
    ids=str,
)  # fmt: skip
def test_a_malformed_line_is_named(change: dict[str, Any]) -> None:
    with pytest.raises(HoibaoError, match=r"bad\.jsonl, line 2: ") as caught:
        read_gold([json.dumps({**LINE, "id": "z"}), json.dumps({**LINE, **change})], file="bad.jsonl")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{"], "line 1"),
        (["[]"], "line 1"),
        (["[" * 100_000], "line 1"),
        ([json.dumps(LINE), "", json.dumps(LINE)], "line 3: the id a"),
        (["", " "], "no question"),
        (['{"id": "b", "lang": "en", "question": "Who?", "source": []}'], "line 1: a question without `answers`"),
    ],
)
def test_what_is_no_gold_file_is_refused(lines: list[str], said: str) -> None:
    with pytest.raises(HoibaoError, match=said):
        read_gold(lines, file="bad.jsonl")


def test_texts_of_a_folder(texts: FolderTexts, folder: Path) -> None:
    assert texts.document("market") == MARKET
    assert texts.document("nowhere") == ""
    with pytest.raises(HoibaoError, match="no folder"):
        FolderTexts(folder / "none")
    (folder / "bytes.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(HoibaoError, match=r"bytes\.txt cannot be read"):
        FolderTexts(folder).document("bytes")


def test_texts_of_the_ledger(assistant: NewsAssistant) -> None:
    texts = LedgerTexts(assistant)
    article = next(a for a in assistant.articles() if Path(a.source).stem == "hop-bon-van-phong-2019")
    assert texts.document("hop-bon-van-phong-2019") == article.text != ""
    assert texts.document("nowhere") == ""
    quote = Citation(1, article.id, article.source, "", article.text[5:50], 5, 50, "")
    assert list(texts.quoted(quote)) == [article.text]
    assert list(texts.quoted(citation("x"))) == []


# --- whole evaluations ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scored(assistant: NewsAssistant) -> list[Scored]:
    golds = read_gold(SAMPLE_GOLD.read_text(encoding="utf-8").splitlines(), file=SAMPLE_GOLD.name)
    return list(evaluate(golds, assistant))


def test_the_samples_from_end_to_end(scored: list[Scored]) -> None:
    found = summary(scored)
    overall = found["all"]
    assert overall["n"] == len(scored) == sum(row["n"] for row in found["kinds"].values())
    assert set(found["languages"]) == {"en", "vi", "vi-plain"}
    assert set(found["golds"]) == {SAMPLE_GOLD.name}
    assert overall["verbatim"] == 1
    assert overall["recall@1"] >= 0.9
    assert overall["facts"] >= 0.7
    assert overall["recall@1"] <= overall["recall@5"] <= overall["recall@10"]
    assert 0 < overall["p50_ms"] <= overall["p95_ms"]
    assert "abstained" not in found["kinds"]["person"]
    assert "facts" not in found["kinds"]["unanswerable"]


def test_a_row_says_what_was_asked_and_measured(scored: list[Scored]) -> None:
    row = scored[0].to_json()
    assert list(row)[:4] == ["id", "gold", "lang", "type"]
    assert (row["id"], row["gold"], row["facts"], row["mrr"]) == ("sm-001", "samples_gold.jsonl", 1, 1)
    assert row["seconds"] > 0
    assert not scored[0].missed
    missed = {s.gold.id for s in scored if s.missed}
    assert missed == {s.gold.id for s in scored if 0.0 in (s.measures.get("complete"), s.measures.get("abstained"))}


def test_searching_only(assistant: NewsAssistant, scored: list[Scored]) -> None:
    golds = [s.gold for s in scored]
    searched = list(evaluate(golds, assistant, retrieval=True))
    names = ("recall@1", "recall@5", "recall@10", "mrr", "ndcg@10")
    assert [s.measures for s in searched] == [{k: s.measures[k] for k in names if k in s.measures} for s in scored]
    assert {s.answer for s in searched} == {None}
    wrong = Gold("w", "g", "vi", golds[0].question, ("nowhere",))
    (lost,) = evaluate([wrong], assistant)  # without facts it is searched for, only
    assert (lost.missed, lost.answer, set(lost.measures.values())) == (True, None, {0})


def test_a_refused_question_scores_as_one_without_an_answer(assistant: NewsAssistant) -> None:
    empty, fine = gold(["Hoa"], question=" "), gold(["Hoa"], id="r", question="Ai bán dưa?")
    refused, taken = evaluate([empty, fine], assistant)
    assert refused.refusal is not None
    assert refused.missed
    assert refused.measures["over_abstained"] == 1
    assert refused.measures["recall@10"] == refused.measures["facts"] == 0
    assert refused.to_json()["seconds"] is None
    assert taken.refusal is None
    (long,) = evaluate([gold(question="a" * 100_000)], assistant, retrieval=True)
    assert "100,000" in str(long.refusal)


def test_means_are_over_questions_and_verbatim_over_citations() -> None:
    first = Scored(gold(["a"]), {"facts": 1.0, "verbatim": 1.0}, citations=1, unproven=0, seconds=0.1)
    second = Scored(gold(["a"], lang="en"), {"facts": 0.0, "verbatim": 0.0}, citations=4, unproven=4, seconds=0.3)
    third = Scored(gold(lang="en", kind=""), {"abstained": 1.0})
    found = summary([first, second, third])
    assert found["all"] == {"n": 3, "facts": 0.5, "verbatim": 0.2, "abstained": 1, "p50_ms": 200, "p95_ms": 290}
    assert found["languages"]["en"]["n"] == 2
    assert list(found["kinds"]) == ["person"]


# --- two runs -------------------------------------------------------------------------------------------------------------


def rows(values: Sequence[float], *, name: str = "facts", lang: str = "vi", gold: str = "g") -> list[dict[str, Any]]:
    return [
        {"id": str(n), "gold": gold, "lang": lang, "type": "", name: float(v), "seconds": 0.1}
        for n, v in enumerate(values)
    ]


def test_a_clear_difference_and_none() -> None:
    chance = np.random.default_rng(1)
    before = chance.integers(0, 2, 80)
    better = np.maximum(before, chance.random(80) < 0.5)
    noisy = np.where(np.arange(80) % 10 == 0, 1 - before, before)
    (clear, _) = compare(rows(before), rows(better))
    found = clear.measures["facts"]
    assert found.clear
    assert 0 < found.low < found.difference < found.high
    assert found.difference == pytest.approx(better.mean() - before.mean())
    worse = compare(rows(better), rows(before))[0].measures["facts"]
    assert worse.clear
    assert (worse.low, worse.high) == pytest.approx((-found.high, -found.low))
    same = compare(rows(before), rows(noisy))[0].measures["facts"]
    assert not same.clear
    assert same.low < 0 < same.high
    assert not compare(rows(before), rows(before))[0].measures["facts"].clear


def test_the_interval_is_that_of_the_binomial_and_the_same_every_time() -> None:
    # 40 of 100 questions gained: a draw's mean is binomial(100, .4) / 100, whose 2.5 % and 97.5 % points are .31 and .50
    one, other = rows([0] * 100), rows([1] * 40 + [0] * 60)
    found = compare(one, other)[0].measures["facts"]
    assert (found.low, found.high) == pytest.approx((0.31, 0.50), abs=0.011)
    assert compare(one, other) == compare(one, other)


def test_only_what_both_runs_have_is_compared() -> None:
    first = [
        *rows([0, 0, 1]),
        *rows([1], lang="en", gold="h"),
        {"id": "9", "gold": "g", "lang": "vi", "abstained": 1.0},
    ]
    second = [*rows([1, 1])[::-1], *rows([1, 1], lang="en", gold="h"), *rows([1], gold="i")]
    overall, english, vietnamese = compare(first, second)
    assert (overall.group, overall.questions) == ("all", 3)
    assert (english.group, english.questions) == ("en", 1)
    assert (vietnamese.group, vietnamese.questions) == ("vi", 2)
    assert set(overall.measures) == {"facts"}
    assert (vietnamese.measures["facts"].first, vietnamese.measures["facts"].second) == (0, 1)


def test_a_measure_counts_where_both_runs_have_it() -> None:
    first = [*rows([0.5, 0.5]), {"id": "2", "gold": "g", "lang": "vi", "precision": 0.0}]
    second = [*rows([1.0, 0.5]), {"id": "2", "gold": "g", "lang": "vi", "precision": 0.5, "facts": 1.0}]
    measures = compare(first, second)[0].measures
    assert (measures["facts"].n, measures["facts"].difference) == (2, 0.25)
    precision = measures["precision"]
    assert (precision.n, precision.low, precision.high) == (1, 0.5, 0.5)  # draws without that question say nothing


def test_runs_without_a_common_question() -> None:
    with pytest.raises(HoibaoError, match="no question in common") as caught:
        compare(rows([1]), rows([1], gold="h"))
    assert caught.value.hint
