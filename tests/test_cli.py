"""The command line: exit status, data on standard output and nothing else there, a message and a hint for every refusal."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
from pipeline_support import HashedWords
from typer.testing import CliRunner, Result

from qa.fusion import SECOND
from qa.stores import Stores
from ui.cli import app

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "ingest" / "samples"
QUESTION = "Who chaired the 2019 conference?"
CHAIRS = ("Nguyễn Văn Nên", "Nguyễn Hạnh Phúc", "Đào Việt Trung", "Mai Tiến Dũng")


def run(*arguments: str | Path) -> Result:
    """Run a command in this process; an exception that is no exit is raised."""
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(result: Result, *said: str) -> None:
    """Check that a command could not run: status 2, a message and a hint on standard error, no data."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "Hint: " in result.stderr
    assert "Traceback" not in result.stderr
    for words in said:
        assert words in result.stderr


def process(*arguments: str | bytes | Path, cwd: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run a command as a user does."""
    entry = Path(sys.executable).with_name("hoibao")
    command = [entry] if entry.exists() else [sys.executable, "-c", "from ui.cli import main; main()"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HOIBAO_")} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, *arguments], cwd=cwd, env=environment, capture_output=True, timeout=150, check=False
    )


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


MARKET = "Chợ Bến Quang mở cửa\n\nChợ Bến Quang mở cửa ngày 14/7/2016, có 212 sạp hàng cá."


# --- from end to end ------------------------------------------------------------------------------------------------------


def test_asking_as_a_user_does(sample_data: Path, tmp_path: Path) -> None:
    asked = process("ask", QUESTION, "--json", "--data-dir", sample_data, cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr.decode()
    assert asked.stderr == b""
    answer = json.loads(asked.stdout)
    assert answer["answered"] is True
    assert all(name in answer["text"][:200] for name in CHAIRS)
    assert answer["citations"][0]["source"].endswith("hop-bon-van-phong-2019.txt")


def test_refusing_as_a_user_sees_it(tmp_path: Path) -> None:
    asked = process("ask", QUESTION, "--json", cwd=tmp_path)
    assert asked.returncode == 2
    assert asked.stdout == b""
    assert asked.stderr.decode().splitlines()[0].startswith("Error: ")
    assert asked.stderr.decode().splitlines()[1].startswith("Hint: ")
    assert not list(tmp_path.iterdir())


# --- ask ------------------------------------------------------------------------------------------------------------------


def test_an_answer_as_json_is_one_object_on_standard_output(sample_data: Path) -> None:
    result = run("ask", QUESTION, "--json", "--data-dir", sample_data)
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    answer = json.loads(result.stdout)
    assert list(answer) == ["id", "question", "language", "answered", "text", "seconds", "citations", "retrieved"]
    assert answer["id"] is None
    assert answer["question"] == QUESTION
    assert {
        "marker",
        "article_id",
        "source",
        "url",
        "copies",
        "title",
        "published",
        "event",
        "quote",
        "start",
        "end",
    } <= set(answer["citations"][0])
    assert {"article_id", "source", "copies", "score"} <= set(answer["retrieved"][0])
    assert "Nguyễn Văn Nên" in result.stdout  # letters are not escaped


def test_an_answer_for_people_shows_text_and_sources(sample_data: Path) -> None:
    result = run("ask", QUESTION, "--data-dir", sample_data)
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert all(name in first for name in CHAIRS)
    assert any(line.startswith("[1] ") and "hop-bon-van-phong-2019.txt" in line for line in rest)


def test_an_explanation_for_people_follows_the_answer(sample_data: Path) -> None:
    plain = run("ask", QUESTION, "--data-dir", sample_data)
    result = run("ask", QUESTION, "--explain", "--data-dir", sample_data)
    assert result.exit_code == 0
    assert result.stdout.startswith(plain.stdout)
    said = result.stdout.removeprefix(plain.stdout)
    assert [line.split()[0] for line in said.splitlines() if line.startswith("#")] == ["#1", "#2", "#3"]
    first = said.split("#2")[0]
    assert "hop-bon-van-phong-2019.txt" in first
    assert "conference → hội nghị (" in first
    score = float(first.split()[1])
    added = re.findall(r"[a-z_]+ (\d\.\d+) × (\d\.\d+) = (\d\.\d+)", first)
    assert len(added) == len(SECOND)
    assert sum(float(total) for _, _, total in added) == pytest.approx(score, abs=0.01)
    totals = [float(total) for _, _, total in added]
    assert totals == sorted(totals, reverse=True)


def test_what_stands_nowhere_is_said(sample_data: Path) -> None:
    result = run("ask", "Who chaired the volcano conference?", "--explain", "--data-dir", sample_data)
    assert re.search(r"nowhere: .*\bvolcano\b", result.stdout)


def test_an_explanation_for_programs_is_a_field_of_the_answer(sample_data: Path) -> None:
    result = run("ask", QUESTION, "--explain", "--json", "--data-dir", sample_data)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert len(answer["explained"]) == 3
    first = answer["explained"][0]
    assert first["source"].endswith("hop-bon-van-phong-2019.txt")
    assert set(first["measures"]) == set(SECOND)
    total = sum(m["value"] * m["weight"] for m in first["measures"].values())
    assert total == pytest.approx(first["score"], abs=0.001)
    assert "explained" not in json.loads(run("ask", QUESTION, "--json", "--data-dir", sample_data).stdout)


def test_a_lexicon_that_cannot_be_read_is_refused(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.tsv").write_text("no entry\n", encoding="utf-8")
    monkeypatch.setenv("HOIBAO_LEXICON", "mine.tsv")
    refused(run("ask", QUESTION, "--data-dir", sample_data), "mine.tsv, line 1")
    monkeypatch.setenv("HOIBAO_LEXICON", "none.tsv")
    refused(run("ask", QUESTION, "--data-dir", sample_data), "none.tsv cannot be read")


def test_declining_is_done(sample_data: Path) -> None:
    result = run("ask", "Who won the Nobel Prize in Physics?", "--json", "--data-dir", sample_data)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["answered"], answer["citations"]) == (False, [])


@pytest.mark.parametrize(
    ("question", "said"),
    [("", "empty"), (" \n\t", "empty"), ("a" * 100_000, "100,000")],
    ids=["empty", "space", "long"],
)
def test_a_question_that_cannot_be_taken(sample_data: Path, question: str, said: str) -> None:
    refused(run("ask", question, "--data-dir", sample_data), said)
    refused(run("ask", question, "--json", "--data-dir", sample_data), said)


def test_no_question_or_two_of_them(sample_data: Path, tmp_path: Path) -> None:
    lines = tmp_path / "q.jsonl"
    lines.write_text("", encoding="utf-8")
    refused(run("ask", "--data-dir", sample_data))
    refused(run("ask", QUESTION, "--batch", lines, "--data-dir", sample_data))


@pytest.mark.parametrize(
    "command",
    [["ask", QUESTION], ["articles"], ["show", "x"], ["verify"], ["rebuild"], ["remove", "x"], ["runs"], ["people"]],
    ids=lambda c: c[0],
)
def test_a_missing_index_is_named_and_nothing_is_made(tmp_path: Path, command: list[str]) -> None:
    data = tmp_path / "nothing"
    refused(run(*command, "--data-dir", data), str(data), "hoibao ingest")
    assert not data.exists()


def test_a_data_directory_that_is_no_data_directory(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ledger.sqlite").write_bytes(b"this is no database" * 100)
    refused(run("ask", QUESTION, "--data-dir", tmp_path / "data"), "ledger.sqlite")


def test_a_question_that_was_not_utf8(sample_data: Path) -> None:
    """Python hands over bytes that are no UTF-8 as lone surrogates."""
    result = run("ask", "caf\udce9 ai", "--json", "--data-dir", sample_data)
    assert result.exit_code in {0, 2}
    assert result.stdout.encode()[:1] in {b"{", b""}


# --- ask --batch ----------------------------------------------------------------------------------------------------------

BATCH = [
    '{"id": "a", "question": "Who chaired the 2019 conference?"}',
    "this is no JSON",
    "",
    '{"id": 7, "question": "Bệnh viện Suối Ngàn có bao nhiêu giường?", "history": [{"question": "Xin chào", "answer": "Chào"}]}',
    '{"id": "no question"}',
    '{"id": "empty", "question": " "}',
    '{"id": "number", "question": 5}',
    '["a", "list"]',
    "null",
    '{"id": "history", "question": "Ai?", "history": "x"}',
    '{"id": "last", "question": "benh vien suoi ngan co bao nhieu giuong"}',
]
BAD = [2, 5, 6, 7, 8, 9, 10]


def test_a_batch_answers_what_it_can_and_names_the_rest(sample_data: Path, tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text("\n".join(BATCH) + "\n", encoding="utf-8")
    result = run("ask", "--batch", questions, "--output", answers, "--data-dir", sample_data)
    assert result.exit_code == 1
    assert result.stdout == ""
    rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", 7, "last"]
    assert all(row["answered"] for row in rows)
    assert all(name in rows[0]["text"][:200] for name in CHAIRS)
    for number in range(1, len(BATCH) + 1):
        assert (f"line {number}:" in result.stderr) is (number in BAD)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "q.jsonl"]


def test_a_batch_without_an_output_goes_to_standard_output(sample_data: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([BATCH[0], BATCH[3]]).encode())
    result = run("ask", "--batch", questions, "--data-dir", sample_data)
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", 7]
    assert result.stderr == ""


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "x", "question": "Ai chủ trì\u2028hội nghị năm 2019?"}',
        '{"id": "x", "question": "Ai chủ trì\u0085hội nghị năm 2019?"}',
    ],
)
def test_a_line_ends_where_a_line_feed_stands(sample_data: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "q.jsonl").write_text(line, encoding="utf-8")
    result = run("ask", "--batch", tmp_path / "q.jsonl", "--data-dir", sample_data)
    assert result.exit_code == 0
    assert json.loads(result.stdout.rstrip("\n"))["id"] == "x"


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"id": "s", "question": "ai \\ud800 chủ trì"}',
        '{"id": "\\ud800", "question": "Ai chủ trì?"}',
        "\x00",
    ],
    ids=["deep", "surrogate", "surrogate id", "nul"],
)
def test_a_hostile_line_is_refused_or_answered_and_the_next_one_answered(
    sample_data: Path, tmp_path: Path, line: str
) -> None:
    (tmp_path / "q.jsonl").write_text(f"{line}\n{BATCH[0]}\n", encoding="utf-8")
    result = run("ask", "--batch", tmp_path / "q.jsonl", "--output", tmp_path / "a.jsonl", "--data-dir", sample_data)
    rows = [json.loads(row) for row in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[-1]["id"] == "a"
    assert result.exit_code == int("line 1:" in result.stderr)


def test_a_batch_file_that_cannot_be_read(sample_data: Path, tmp_path: Path) -> None:
    refused(run("ask", "--batch", tmp_path / "none.jsonl", "--data-dir", sample_data), "none.jsonl")
    refused(run("ask", "--batch", tmp_path, "--data-dir", sample_data), tmp_path.name)
    (tmp_path / "latin.jsonl").write_bytes(b'{"question": "caf\xe9"}')
    refused(run("ask", "--batch", tmp_path / "latin.jsonl", "--data-dir", sample_data), "latin.jsonl")


def test_an_output_that_cannot_be_written(sample_data: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(BATCH[0], encoding="utf-8")
    batch = ("ask", "--batch", tmp_path / "q.jsonl", "--data-dir", sample_data, "--output")
    refused(run(*batch, tmp_path / "gone" / "a.jsonl"), "gone")
    (tmp_path / "folder").mkdir()
    refused(run(*batch, tmp_path / "folder"), "folder")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "q.jsonl"]
    assert not list((tmp_path / "folder").iterdir())


def test_an_answer_file_that_is_there_is_replaced_whole(sample_data: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(BATCH[0], encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("ZYZZYVA\n" * 1000, encoding="utf-8")
    assert (
        run(
            "ask", "--batch", tmp_path / "q.jsonl", "--output", tmp_path / "a.jsonl", "--data-dir", sample_data
        ).exit_code
        == 0
    )
    assert "ZYZZYVA" not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")


# --- ingest ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs of ingestion use a model that loads in no time."""
    monkeypatch.setattr("ingest.pipeline.embedder_for", lambda name: HashedWords())
    monkeypatch.setattr("ingest.watch.embedder_for", lambda name: HashedWords())


def reported(result: Result) -> dict[str, Any]:
    """Return the report that a run printed, and nothing else with it."""
    assert result.stdout.count("\n") == 1
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_ingesting_twice_works_on_nothing_the_second_time(tmp_path: Path) -> None:
    folder = write(tmp_path / "news", one=MARKET)
    first = run("ingest", folder, "--json", "--data-dir", tmp_path / "data")
    second = run("ingest", folder, "--json", "--data-dir", tmp_path / "data")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert reported(first)["added"] == ["news/one.txt"]
    report = reported(second)
    assert (report["added"], report["updated"], report["unchanged"], report["articles"]) == ([], [], 1, 1)
    assert second.stderr.startswith("0 added, 0 updated, 1 unchanged; 1 articles can be asked about (")
    assert second.stderr.count("\n") == 1  # no progress where there is no terminal


@pytest.mark.usefixtures("light")
def test_without_json_nothing_is_on_standard_output(tmp_path: Path) -> None:
    folder = write(tmp_path / "news", one=MARKET)
    result = run("ingest", folder, "--data-dir", tmp_path / "data")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 added" in result.stderr


@pytest.mark.usefixtures("light")
def test_a_bad_file_is_named_every_time_and_the_others_come_in(tmp_path: Path) -> None:
    folder = write(tmp_path / "news", one=MARKET)
    (folder / "binary.txt").write_bytes(b"PK\x03\x04\x00\x00\xff\xfe\x00" * 50)
    (folder / "empty.txt").write_bytes(b"")
    for _ in range(2):
        result = run("ingest", folder, "--json", "--data-dir", tmp_path / "data")
        assert result.exit_code == 1
        report = reported(result)
        assert report["articles"] == 1
        assert {Path(r["path"]).name for r in report["refused"]} == {"binary.txt", "empty.txt"}
        assert all(r["reason"] for r in report["refused"])
        assert "binary.txt" in result.stderr
        assert "2 refused" in result.stderr


@pytest.mark.usefixtures("light")
def test_many_bad_files_are_counted_and_json_names_them_all(tmp_path: Path) -> None:
    folder = write(tmp_path / "news", **{f"bad{n:02}": "" for n in range(25)})
    result = run("ingest", folder, "--json", "--data-dir", tmp_path / "data")
    assert result.exit_code == 1
    assert len(reported(result)["refused"]) == 25
    assert result.stderr.count("  refused: ") == 20
    assert "and 5 more" in result.stderr


def test_a_folder_with_nothing_readable_leaves_nothing_to_ask(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "binary.txt").write_bytes(b"PK\x03\x04\x00\x00\xff\xfe\x00" * 50)
    result = run("ingest", tmp_path / "news", "--data-dir", tmp_path / "data")
    assert result.exit_code in {1, 2}
    assert "binary.txt" in result.stderr
    assert result.stdout == ""
    asked = run("ask", QUESTION, "--json", "--data-dir", tmp_path / "data")
    assert asked.exit_code == 2 or json.loads(asked.stdout)["answered"] is False


def test_an_empty_folder_or_one_of_other_files_or_none(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "empty").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG")
    refused(run("ingest", tmp_path / "empty", "--data-dir", data), "empty")
    refused(run("ingest", tmp_path / "pictures", "--data-dir", data), ".png")
    refused(run("ingest", tmp_path / "gone", "--data-dir", data), "gone")
    refused(run("ingest", tmp_path / "gone", "--watch", "--data-dir", data), "gone")
    assert not data.exists()


def test_a_writer_who_is_there_is_named(tmp_path: Path) -> None:
    folder, data = write(tmp_path / "news", one=MARKET), tmp_path / "data"
    stores = Stores(data, create=True)
    with stores.writing():
        refused(run("ingest", folder, "--data-dir", data), str(os.getpid()))
        refused(run("ingest", folder, "--wait", "0.3", "--data-dir", data), str(os.getpid()))
        refused(run("rebuild", "--data-dir", data), str(os.getpid()))
    stores.close()
    assert run("ingest", folder, "--wait", "-1", "--data-dir", data).exit_code == 2


@pytest.mark.usefixtures("light")
def test_what_is_gone_is_kept_and_named_until_one_prunes(tmp_path: Path) -> None:
    folder, data = write(tmp_path / "news", one=MARKET, two=MARKET.replace("Bến", "Cầu")), tmp_path / "data"
    run("ingest", folder, "--data-dir", data)
    (folder / "one.txt").unlink()
    (folder / "two.txt").rename(folder / "three.txt")
    (folder / "picture.png").write_bytes(b"x")
    kept = run("ingest", folder, "--json", "--data-dir", data)
    assert reported(kept)["gone"] == 1
    assert reported(kept)["moved"] == [{"from": "news/two.txt", "to": "news/three.txt"}]
    assert "1 moved" in kept.stderr
    assert "--prune removes them" in kept.stderr
    assert "1 × .png" in kept.stderr
    pruned = run("ingest", folder, "--json", "--prune", "--data-dir", data)
    assert (pruned.exit_code, reported(pruned)["removed"], reported(pruned)["articles"]) == (0, ["news/one.txt"], 1)


@pytest.mark.usefixtures("light")
@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file name is text")
def test_names_that_are_no_text_are_printed_all_the_same(tmp_path: Path) -> None:
    folder = write(tmp_path / "news", one=MARKET)
    for odd in (b"b\xe0i.txt", b"\xe0nh.j\xf2g"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + odd)).write_bytes(b"x")
    result = run("ingest", folder, "--json", "--data-dir", tmp_path / "data")
    assert result.exit_code == 1
    assert reported(result)["ignored"] == {".j\\xf2g": 1}
    assert "xe0i.txt" in result.stderr


@pytest.mark.timeout(120)
@pytest.mark.usefixtures("light")
def test_watching_brings_in_what_comes_until_a_signal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.watch.SETTLED", 0.5)
    monkeypatch.setattr("ingest.watch.LOOK", 200)
    folder, data = write(tmp_path / "news", one=MARKET), tmp_path / "data"

    def meddle() -> None:
        stores = Stores(data, create=True)
        pause = threading.Event()
        while stores.ledger.count() < 1:
            pause.wait(0.05)
        write(folder, two=MARKET.replace("Bến", "Cầu"), bad="")
        while stores.ledger.count() < 2:
            pause.wait(0.05)
        pause.wait(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    meddler = threading.Thread(target=meddle)
    meddler.start()
    result = run("ingest", folder, "--watch", "--json", "--data-dir", data)
    meddler.join()
    assert result.exit_code == 0
    first, *_, last = [json.loads(line) for line in result.stdout.splitlines()]
    assert first["added"] == ["news/one.txt"]
    assert last["articles"] == 2
    assert "Watching" in result.stderr
    assert "Stopping" in result.stderr
    assert signal.getsignal(signal.SIGTERM) is before


# --- remove, runs, versions -------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(tmp_path: Path, light: None) -> Path:
    """A data directory after two runs: one article was changed in between, one has come."""
    folder, data = write(tmp_path / "news", one=MARKET), tmp_path / "data"
    run("ingest", folder, "--data-dir", data)
    (folder / "one.txt").write_text(MARKET.replace("212", "345") + " Chợ họp cả đêm.", encoding="utf-8")
    write(folder, two="Cầu Mới\n\nCầu Mới thông xe.", bad="")
    run("ingest", folder, "--data-dir", data)
    return data


def ids(data: Path) -> dict[str, str]:
    rows = [json.loads(line) for line in run("articles", "--json", "--data-dir", data).stdout.splitlines()]
    return {row["source"]: row["id"] for row in rows}


def test_an_earlier_version_is_shown(changed: Path) -> None:
    now = json.loads(run("show", "news/one.txt", "--json", "--data-dir", changed).stdout)
    assert "345" in now["text"]
    latest, before = now["versions"]
    assert latest["content_hash"] == now["content_hash"]
    assert latest["until"] is None
    assert before["until"] >= before["since"]
    shown = run("show", now["id"], "--version", before["content_hash"][:10], "--data-dir", changed)
    assert shown.exit_code == 0
    assert "212" in shown.stdout
    assert "345" not in shown.stdout
    assert "versions: " in shown.stdout
    as_json = run("show", now["id"], "--version", before["content_hash"], "--json", "--data-dir", changed)
    assert "212" in json.loads(as_json.stdout)["text"]
    unknown = run("show", now["id"], "--version", "zzzz", "--data-dir", changed)
    refused(unknown, "no version zzzz", before["content_hash"][:12])
    refused(run("show", "nothing", "--version", "zzzz", "--data-dir", changed), "nothing", "hoibao articles")


def test_a_removed_article_is_gone_and_its_text_can_be_erased(changed: Path) -> None:
    one, two = ids(changed)["news/one.txt"], ids(changed)["news/two.txt"]
    refused(run("remove", one, "0123456789abcdef", "--data-dir", changed), "0123456789abcdef", "hoibao articles")
    assert len(ids(changed)) == 2  # all or none
    removed = run("remove", one, "--data-dir", changed)
    assert (removed.exit_code, removed.stdout) == (0, "")
    assert "1 removed; 1 articles" in removed.stderr
    assert ids(changed) == {"news/two.txt": two}
    assert run("verify", "--data-dir", changed).exit_code == 0
    refused(run("show", one, "--data-dir", changed), one)
    erased = run("remove", one, two, "--erase", "--data-dir", changed)
    assert erased.exit_code == 0
    assert ids(changed) == {}
    refused(run("remove", one, "--data-dir", changed), one)  # nothing is left of it
    folder = changed.parent / "news"
    again = run("ingest", folder, "--json", "--data-dir", changed)
    assert reported(again)["articles"] == 0  # they stay out until their file changes
    write(folder, two="Cầu Mới\n\nCầu Mới thông xe sáng nay.")
    assert reported(run("ingest", folder, "--json", "--data-dir", changed))["added"] == ["news/two.txt"]


def test_runs_are_listed_latest_first_those_that_were_cut_off_too(changed: Path) -> None:
    stores = Stores(changed)
    stores.ledger.begin_run("2020-01-01T00:00:00+00:00")
    stores.close()
    cut, second, first = run("runs", "--data-dir", changed).stdout.splitlines()
    assert cut == "2020-01-01T00:00:00+00:00  cut off"
    assert second.endswith("1 added, 1 updated, 1 refused")
    assert first.endswith("1 added")
    rows = [json.loads(line) for line in run("runs", "--json", "--data-dir", changed).stdout.splitlines()]
    assert [r["number"] for r in rows] == [3, 2, 1]
    assert rows[0]["report"] is rows[0]["finished"] is None
    assert rows[1]["report"]["updated"] == ["news/one.txt"]
    assert run("ingest", changed.parent / "news", "--data-dir", changed).exit_code == 1
    assert run("runs", "--data-dir", changed).stdout.splitlines()[0].endswith("2 unchanged, 1 refused")


# --- articles, show, verify, rebuild -----------------------------------------------------------------------------------------


def test_articles_are_listed(sample_data: Path) -> None:
    rows = [json.loads(line) for line in run("articles", "--json", "--data-dir", sample_data).stdout.splitlines()]
    assert len(rows) == len(list(SAMPLES.iterdir()))
    assert [r["source"] for r in rows] == sorted(r["source"] for r in rows)
    by_name = {Path(r["source"]).stem: r for r in rows}
    assert by_name["tet-canh-ty-2020"]["event"] == "2020-01-16"
    assert by_name["hop-bon-van-phong-2019"]["event"] is None
    lines = run("articles", "--data-dir", sample_data).stdout.splitlines()
    assert [line.split()[0] for line in lines] == [r["id"] for r in rows]


def test_an_article_is_shown_by_id_and_by_source(sample_data: Path) -> None:
    rows = [json.loads(line) for line in run("articles", "--json", "--data-dir", sample_data).stdout.splitlines()]
    row = next(r for r in rows if "tet-canh-ty" in r["source"])
    shown = json.loads(run("show", row["id"], "--json", "--data-dir", sample_data).stdout)
    assert {name: shown[name] for name in row} == row
    assert {b["kind"] for b in shown["blocks"]} >= {"title", "body", "caption"}
    assert all(shown["text"][d["start"] : d["end"]] == d["text"] for d in shown["dates"])
    by_source = run("show", row["source"], "--data-dir", sample_data)
    assert by_source.exit_code == 0
    assert row["title"] in by_source.stdout
    assert "[caption]" in by_source.stdout
    assert "2020-01-16" in by_source.stdout


def test_people_are_listed_and_told_by_date(sample_data: Path) -> None:
    listed = [json.loads(line) for line in run("people", "--json", "--data-dir", sample_data).stdout.splitlines()]
    assert listed[0]["articles"] == max(row["articles"] for row in listed) > 1
    (person,) = (
        json.loads(x) for x in run("people", "van nen", "--json", "--data-dir", sample_data).stdout.splitlines()
    )
    assert person["name"] == "Nguyễn Văn Nên"
    dates = [e["date"] for e in person["entries"] if e["date"]]
    assert dates == sorted(dates)
    assert {e["post"] for e in person["entries"]} >= {"Chủ nhiệm Văn phòng Chính phủ"}
    shown = run("people", "Nguyễn Văn Nên", "--data-dir", sample_data).stdout
    assert all(f"“{e['quote']}”" in shown and e["source"] in shown for e in person["entries"])


def test_nobody_of_a_name_is_said_and_is_no_failure(sample_data: Path) -> None:
    result = run("people", "Zebedee Quill", "--data-dir", sample_data)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Zebedee Quill" in result.stderr


def test_a_hole_is_shown_as_a_hole(sample_data: Path) -> None:
    result = run("show", "samples/quyen-gop-vung-lu-song-quang.txt", "--data-dir", sample_data)
    assert "[hole] Tham dự buổi lễ có" in result.stdout


def test_an_unknown_article_is_refused(sample_data: Path) -> None:
    refused(run("show", "0123456789abcdef", "--data-dir", sample_data), "0123456789abcdef", "hoibao articles")


def test_verify_finds_what_rebuild_mends(fresh_samples: Path) -> None:
    well = run("verify", "--json", "--data-dir", fresh_samples)
    assert well.exit_code == 0
    assert json.loads(well.stdout) == {"articles": 10, "passages": json.loads(well.stdout)["passages"], "problems": []}
    stores = Stores(fresh_samples)
    stores.words.update(remove=stores.ledger.numbers()[:3])
    stores.close()
    ill = run("verify", "--json", "--data-dir", fresh_samples)
    assert ill.exit_code == 1
    assert any("3 passages" in p for p in json.loads(ill.stdout)["problems"])
    assert "rebuild" in ill.stderr
    mended = run("rebuild", "--data-dir", fresh_samples)
    assert mended.exit_code == 0
    assert mended.stdout == ""
    assert run("verify", "--data-dir", fresh_samples).exit_code == 0
    assert json.loads(run("ask", QUESTION, "--json", "--data-dir", fresh_samples).stdout)["answered"]


def test_an_index_that_is_gone_is_named(fresh_samples: Path) -> None:
    import shutil

    shutil.rmtree(fresh_samples / "words")
    refused(run("ask", QUESTION, "--data-dir", fresh_samples), "hoibao rebuild")
    assert run("verify", "--data-dir", fresh_samples).exit_code == 1


# --- settings, version, terminal ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["articles"], ["ask", QUESTION], ["verify"], ["serve"]], ids=lambda c: c[0])
def test_an_unknown_setting_is_refused_with_the_nearest_name(
    monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("HOIBAO_DATA_DRI", "x")
    refused(run(*command), "HOIBAO_DATA_DRI", "HOIBAO_DATA_DIR")


def test_an_unknown_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HOIBAO_PROT=8000\nOTHER=1\n", encoding="utf-8")
    refused(run("articles"), "HOIBAO_PROT", "HOIBAO_PORT")


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_setting_that_cannot_be_used_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("HOIBAO_PORT", port)
    refused(run("serve"), "HOIBAO_PORT")


def test_the_data_directory_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch, sample_data: Path) -> None:
    monkeypatch.setenv("HOIBAO_DATA_DIR", str(sample_data))
    assert run("articles").exit_code == 0
    assert "nothing" in run("articles", "--data-dir", "nothing").stderr


def test_the_version_is_printed() -> None:
    try:
        expected = version("hoibao")
    except PackageNotFoundError:
        pytest.skip("Hoibao is not installed here; `make test` installs it")
    result = run("--version")
    assert (result.exit_code, result.stdout.strip()) == (0, expected)


@pytest.mark.parametrize("arguments", [["frobnicate"], ["ask", "--nonsense"], ["ingest"], ["show"], ["remove"]])
def test_a_command_that_is_not_understood(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(
    "command",
    ["ingest", "ask", "serve", "articles", "show", "remove", "runs", "verify", "rebuild", "eval", "demo", "user"],
)
def test_every_command_takes_a_data_directory_and_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--data-dir" in result.stdout


def raw_controls(*texts: str) -> set[str]:
    return {c for text in texts for c in text if not c.isprintable() and c != "\n"}


def test_control_characters_of_files_do_not_reach_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    name = "chợ\x1b[31m\u202e\x07.txt"
    (folder / name).write_text(
        "Chợ \x1b]0;ownedBến Quang mở cửa\n\nChợ Bến Quang mở cửa \x1b[2J\u202engày 14/7/2016, có 212 sạp hàng cá.",
        encoding="utf-8",
    )
    (folder / "bad\x1b[31m.txt").write_bytes(b"")
    data = tmp_path / "data"
    ingested = run("ingest", folder, "--data-dir", data)
    assert ingested.exit_code == 1
    assert raw_controls(ingested.stdout, ingested.stderr) == set()
    listed = run("articles", "--data-dir", data)
    assert raw_controls(listed.stdout, listed.stderr) == set()
    id = listed.stdout.split()[0]
    shown = run("show", id, "--data-dir", data)
    assert raw_controls(shown.stdout, shown.stderr) == set()
    asked = run("ask", "Chợ Bến Quang có bao nhiêu sạp hàng?", "--data-dir", data)
    assert "212" in asked.stdout
    assert raw_controls(asked.stdout, asked.stderr) == set()


@pytest.mark.parametrize("command", ["ingest", "show", "ask"])
def test_control_characters_of_arguments_do_not_reach_the_terminal(sample_data: Path, command: str) -> None:
    hostile = "no\x1b[31m\u202ewhere"
    arguments = ["ask", "--batch", hostile] if command == "ask" else [command, hostile]
    result = run(*arguments, "--data-dir", sample_data)
    assert result.exit_code == 2
    assert "where" in result.stderr
    assert raw_controls(result.stdout, result.stderr) == set()


def test_the_demo_sets_a_folder_of_another_version_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Path] = []
    monkeypatch.setattr("ui.cli.serving._until_stopped", lambda settings: served.append(settings.data_dir))
    assert run("demo").exit_code == 0
    with closing(sqlite3.connect("data/demo/ledger.sqlite")) as db, db:
        db.execute("UPDATE meta SET value = '1' WHERE key = 'layout'")
    again = run("demo")
    assert again.exit_code == 0
    assert "data/demo.1" in again.stderr
    assert served == [Path("data/demo")] * 2
    assert Path("data/demo.1/ledger.sqlite").exists()
    refused(run("demo", "--data-dir", "data/demo.1"), "layout 1", "fresh --data-dir")
