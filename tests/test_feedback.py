"""What readers say of answers: kept through crashes and ingest, changed, erased, and made into gold questions."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hostile_payloads import PAYLOADS
from typer.testing import CliRunner

from qa import NewsAssistant, Turn
from qa.errors import HoibaoError, StoreError
from qa.feedback import LONGEST_REASON, Feedback, FeedbackFile, FeedbackFull, Verdict, feedback_key
from qa.gold import read_gold
from qa.judged import facts_of, judged
from qa.ledger import Ledger
from qa.schema import Answer, Citation, Filters
from qa.stores import LEDGER
from ui.cli import app

HASH, ID = "a" * 64, "0123456789abcdef"
QUESTION = "Ai chủ trì hội nghị năm 2019?"
DAY = "2026-11-30"


def citation(quote: str = "Ông Trần Văn Bình chủ trì.", marker: int = 1, **fields: Any) -> Citation:
    told = {"article_id": ID, "source": "tin/hop-lang.txt", "title": "Họp làng", "content_hash": HASH}
    return Citation(marker=marker, quote=quote, start=0, end=len(quote), **{**told, **fields})


def answer(text: str = "Trần Văn Bình. [1]", *citations: Citation, **fields: Any) -> Answer:
    told: dict[str, Any] = {"question": QUESTION, "answered": True, "language": "vi", **fields}
    return Answer(text=text, citations=citations or ((citation(),) if told["answered"] else ()), **told)


def given(verdict: Verdict = Verdict.RIGHT, *, said: Answer | None = None, key: str = "k1", **told: Any) -> Feedback:
    said = said or answer()
    return Feedback.of(said, verdict, key=key, day=DAY, question=said.question, **told)


@pytest.fixture
def file(tmp_path: Path) -> FeedbackFile:
    return FeedbackFile(tmp_path)


def test_a_judgement_comes_back_whole(file: FeedbackFile) -> None:
    one = given(
        Verdict.MISSING, reason="Thiếu\nngười thứ hai", history=[Turn("Họp ở đâu?", "Ở Vinh. [1]")], user="lan",
        filters=Filters("2019", "", ("VnExpress",), ("Trần Văn Bình",)), made_by={"hoibao": "0.1.0"}, rests_on=("f" * 16,),
    )  # fmt: skip
    file.keep(one)
    found = FeedbackFile(file.path.parent).all()
    assert [f.to_json() for f in found] == [one.to_json()]
    assert found[0].rests_on == (ID, "f" * 16)
    assert found[0].reason == "Thiếu người thứ hai"
    assert found[0].answer["citations"][0]["content_hash"] == HASH


def test_nothing_is_made_before_the_first_judgement(file: FeedbackFile) -> None:
    assert (file.all(), file.given(["k1"]), file.forget([ID])) == ([], {}, 0)
    file.take_back("k1")
    assert not file.path.exists()


def test_it_can_be_changed_and_taken_back(file: FeedbackFile) -> None:
    file.keep(given(Verdict.RIGHT))
    file.keep(given(Verdict.WRONG, key="k2"))
    file.keep(given(Verdict.WRONG, reason="Sai năm"))
    assert file.given(["k1", "k2", "k3"]) == {"k1": (Verdict.WRONG, "Sai năm"), "k2": (Verdict.WRONG, "")}
    assert [f.key for f in file.all()] == ["k1", "k2"]  # the last one first
    file.take_back("k1")
    assert [f.key for f in file.all()] == ["k2"]


def test_keys_tell_readers_places_and_answers_apart() -> None:
    keys = {
        feedback_key(conversation, number, said)
        for conversation in ("a" * 16, "b" * 16)
        for number in (0, 1)
        for said in (answer(), answer("Lê Thị Lan. [1]"))
    }
    assert len(keys) == 8


def test_what_is_kept_is_bounded(file: FeedbackFile, monkeypatch: pytest.MonkeyPatch) -> None:
    long = answer("Đúng. " * 5000, *(citation("x" * 5000, n) for n in range(1, 60)))
    turns = [Turn("hỏi " * 5000, "đáp " * 5000)] * 40
    file.keep(given(said=long, reason="vì " * 5000, history=turns))
    (found,) = file.all()
    assert len(json.dumps(found.to_json())) < 300_000
    assert len(found.reason) <= LONGEST_REASON
    monkeypatch.setattr("qa.feedback.MOST", 1)
    with pytest.raises(FeedbackFull):
        file.keep(given(key="k2"))
    file.keep(given(Verdict.WRONG))  # one that is there can still be changed
    assert file.given(["k1"])["k1"][0] is Verdict.WRONG


@pytest.mark.parametrize(
    "words", [*list(PAYLOADS.values())[::9], "\ud800 nửa chữ", "'); DROP TABLE feedback; --", "\x00"]
)
def test_hostile_words_are_only_words(file: FeedbackFile, words: str) -> None:
    file.keep(given(Verdict.WRONG, reason=words, said=answer(question=words), user=words))
    file.keep(given(key="k2"))
    assert [f.key for f in file.all()] == ["k2", "k1"]
    assert file.all()[1].question == words.encode("utf-8", "replace").decode()


def test_it_does_not_wait_for_a_run_of_ingestion(fresh_samples: Path) -> None:
    ledger = Ledger(fresh_samples / LEDGER)
    file = FeedbackFile(fresh_samples)
    done = threading.Event()

    def keep() -> None:
        file.keep(given())
        file.close()
        done.set()

    with ledger.transaction():  # as a run holds it
        thread = threading.Thread(target=keep)
        thread.start()
        assert done.wait(20)  # the ledger would be waited for until the transaction ends
        thread.join()
    assert file.given(["k1"])


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_feedback import given
from qa.feedback import FeedbackFile, Verdict
file = FeedbackFile(Path(sys.argv[1]))
for n in range(100_000):
    file.keep(given(Verdict.WRONG, key=f"k{{n}}", reason=f"lần {{n}}"))
    print(n, flush=True)
"""


def test_what_was_thanked_for_survives_a_kill(tmp_path: Path) -> None:
    script = KILLED.format(tests=str(ROOT / "tests"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= 40:
            break
    process.send_signal(signal.SIGKILL)
    said = [int(line) for line in process.communicate()[0].split()]
    last = max([40, *said])
    kept = {f.key for f in FeedbackFile(tmp_path).all()}
    assert {f"k{n}" for n in range(last + 1)} <= kept


def test_many_readers_at_once_lose_nothing(file: FeedbackFile) -> None:
    def keep(reader: int) -> None:
        for n in range(20):
            file.keep(given(key=f"{reader}-{n}"))
        file.close()

    threads = [threading.Thread(target=keep, args=(reader,)) for reader in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(file.all()) == 80


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "feedback.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"feedback\.sqlite"):
        FeedbackFile(tmp_path).keep(given())


def test_erased_words_do_not_stay_behind(file: FeedbackFile) -> None:
    secret = "Bà Đỗ Thị Mơ giữ chìa khóa kho thóc."
    said = answer(f"Đỗ Thị Mơ. [1] “{secret}” [1]", citation(secret))
    file.keep(given(said=said, reason="Rất đúng"))
    later = answer("Năm 2019. [1]", citation("Năm 2019.", article_id="e" * 16))
    file.keep(given(said=later, key="k2", history=[Turn("Ai giữ chìa khóa?", said.text)], rests_on=(ID,)))
    file.keep(given(said=later, key="k3"))
    assert file.forget([ID]) == 2
    found = {f.key: f for f in file.all()}
    assert found["k1"].reason == "Rất đúng"
    assert (found["k1"].answer["text"], found["k1"].answer["citations"]) == ("", [])
    assert (found["k2"].history[0].question, found["k2"].history[0].answer) == ("Ai giữ chìa khóa?", "")
    assert found["k3"].answer["text"] == later.text
    file.close()
    left = b"".join(p.read_bytes() for p in file.path.parent.iterdir())
    assert "chìa khóa kho thóc".encode() not in left
    assert b"R\xe1\xba\xa5t \xc4\x91\xc3\xbang" in left


# --- gold -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "quotes", "facts"),
    [
        (QUESTION, "Trần Văn Bình và Lê Thị Lan. [1] “Ông A.” [1]", ["Trần Văn Bình và Lê Thị Lan"], ["Trần Văn Bình", "Lê Thị Lan"]),
        ("When was it?", "25 January 2019. [1]", ["Ngày 25/1/2019, họp."], ["25 January 2019"]),
        ("Có bao nhiêu cây?", "1.200 cây. [1]", ["trồng 1.200 cây lim"], ["1.200"]),
        ("Họp ở đâu?", "Hà Nội. [1]", ["Họp tại Hà Nội."], ["Hà Nội"]),
        ("Nhờ đâu?", "nhờ công nghệ mới. [1]", ["Nhờ công nghệ mới, tin đi nhanh."], ["nhờ công nghệ mới"]),
        ("Ai dự?", "- Trần Văn Bình [1]\n- Lê Thị Lan [2]", ["a", "b"], ["Trần Văn Bình", "Lê Thị Lan"]),
        ("Hội nghị năm 2019 do Trần Văn Bình chủ trì phải không?", "Trần Văn Bình chủ trì năm 2019. [1]", ["x"], []),
        ("Vì sao?", "Vì đường xa, trời mưa, và không ai đưa đón được cho nên mọi người đều ở lại nhà. [1]", ["x"], []),
        ("Ai?", "Trần Văn Bình. [1] " + "x" * 800, ["x"], []),
    ],
)  # fmt: skip
def test_facts_are_what_the_answer_states_and_the_question_does_not(
    question: str, text: str, quotes: list[str], facts: list[str]
) -> None:
    assert [f[0] for f in facts_of(question, text, quotes)] == facts


def test_a_day_counts_as_the_quotation_spells_it() -> None:
    ((first, *others),) = facts_of("When was it?", "25 January 2019. [1]", ["Ngày 25/1/2019, họp."])
    assert (first, others) == ("25 January 2019", ["25/1/2019"])


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (given(Verdict.WRONG, reason="Sai người"), "wrong"),
        (given(Verdict.MISSING), "missing"),
        (given(said=answer("Các bài báo không nói.", answered=False)), "may answer after all"),
        (given(filters=Filters(since="2019")), "filters"),
        (given(made_by={"from": "browser"}), "browser"),
        (given(said=answer(unproven=("Câu này.",))), "proven"),
        (replace(given(), answer={**given().answer, "erased": True}), "erased"),
    ],
)
def test_what_is_no_gold_is_a_line_to_complete_that_is_not_taken_for_gold(one: Feedback, why: str) -> None:
    found = judged([one])
    assert found.gold == ()
    assert why in found.open[0]["why"]
    assert found.open[0]["reason"] == one.reason
    with pytest.raises(HoibaoError, match="source"):
        read_gold([json.dumps(found.open[0])], file="rest.jsonl")
    completed = {**found.open[0], "source": ["hop-lang"], "answers": [["Trần Văn Bình"]]}
    assert read_gold([json.dumps(completed)], file="rest.jsonl")[0].facts == (("Trần Văn Bình",),)


def test_doubted_and_repeated_judgements_are_told() -> None:
    found = judged([given(), given(key="k2"), given(key="k3", said=answer("Lê Thị Lan. [1]"))])
    assert (len(found.gold), found.repeated, found.open) == (2, 1, ())
    found = judged([given(), given(Verdict.WRONG, key="k2")])
    assert found.gold == ()
    assert [row["why"] for row in found.open] == ["another reader says otherwise", "the answer was wrong"]


@pytest.mark.parametrize(
    ("said", "lang"),
    [(answer(), "vi"), (answer(question="Ai chu tri hoi nghi?"), "vi-plain"), (answer(question="Who?", language="en"), "en")],
)  # fmt: skip
def test_a_line_says_how_the_question_was_typed(said: Answer, lang: str) -> None:
    assert judged([given(said=said)]).gold[0]["lang"] == lang


def test_from_a_reader_to_a_measure(
    fresh_samples: Path, assistant: NewsAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_DATA_DIR", str(fresh_samples))
    file, runner = FeedbackFile(fresh_samples), CliRunner()
    assert "No reader" in runner.invoke(app, ["feedback"]).stderr
    right = assistant.ask("Who chaired the 2019 conference?")
    declined = assistant.ask("Giá vé xem xiếc ở Nha Trang là bao nhiêu?")
    file.keep(given(said=right))
    file.keep(given(Verdict.WRONG, said=declined, key="k2", reason="Có mà\x1b[31m", user="lan"))
    listed = runner.invoke(app, ["feedback"]).stdout
    assert "right" in listed
    assert "Có mà" in listed
    assert "\x1b" not in listed
    rows = [json.loads(line) for line in runner.invoke(app, ["feedback", "--json"]).stdout.splitlines()]
    assert [row["verdict"] for row in rows] == ["wrong", "right"]
    gold, rest = tmp_path / "gold.jsonl", tmp_path / "rest.jsonl"
    told = runner.invoke(app, ["feedback", "--gold", str(gold)])
    assert told.exit_code == 0
    assert "left out" in told.stderr
    assert runner.invoke(app, ["feedback", "--rest", str(rest)]).exit_code == 0
    (line,) = read_gold(gold.read_text("utf-8").splitlines(), file="gold.jsonl")
    assert ("Nguyễn Văn Nên", "nguyen van nen") in (line.facts or ())
    assert json.loads(rest.read_text("utf-8"))["reason"].startswith("Có mà")
    measured = json.loads(runner.invoke(app, ["eval", str(gold), "--json"]).stdout)
    assert measured["summary"]["all"]["complete"] == 1
    assert measured["summary"]["all"]["top_doc"] == 1
    assert runner.invoke(app, ["feedback", "--gold", str(tmp_path / "no" / "gold.jsonl")]).exit_code == 2


def test_erasing_an_article_erases_it_from_feedback(
    fresh_samples: Path, assistant: NewsAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_DATA_DIR", str(fresh_samples))
    said = assistant.ask("Who chaired the 2019 conference?")
    file = FeedbackFile(fresh_samples)
    file.keep(given(said=said))
    ids = [c.article_id for c in said.citations]
    assert CliRunner().invoke(app, ["remove", ids[0]]).exit_code == 0
    assert file.all()[0].answer["text"] == said.text  # removed only: what it said can still be looked up
    assert CliRunner().invoke(app, ["remove", ids[0], "--erase"]).exit_code == 0
    assert file.all()[0].answer["text"] == ""


def test_the_file_can_be_read_with_sqlite_alone(file: FeedbackFile) -> None:
    file.keep(given(Verdict.WRONG, reason="Sai năm"))
    with sqlite3.connect(file.path) as db:
        assert db.execute("SELECT verdict, reason FROM feedback").fetchall() == [("wrong", "Sai năm")]
