"""Reading one file: what is new comes ready, what is as before is named, what cannot be used is told."""

import os
from datetime import date
from hashlib import blake2b
from pathlib import Path

import pytest
from pipeline_support import BRIDGE, FLOOD, HARVEST, jsonl, record, write

import ingest.reading
from ingest.formats import Limits
from ingest.reading import At, Done, Message, Same, Task, Terms, hash_file, read_file
from qa.errors import ArticleError
from qa.sources import Problem
from qa.staging import Prepared

RECORDS = [record("k1", "Tin một", FLOOD), record("k2", "Tin hai", HARVEST), record("k3", "Tin ba", BRIDGE)]


def task(path: Path, *, raw_hash: str = "", records: dict[str, bytes] | None = None, **terms: object) -> Task:
    return Task(str(path), f"báo/{path.name}", raw_hash, records or {}, Terms(**terms))  # type: ignore[arg-type]


def read(given: Task) -> tuple[list[Message], Done]:
    *messages, done = read_file(given)
    assert isinstance(done, Done)
    return [m for m in messages if not isinstance(m, At)], done


def test_a_file_is_read_with_its_state(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", FLOOD)
    os.utime(path, ns=(0, 1_500_000_000_123_456_789))
    messages, done = read(task(path))
    assert [m.label for m in messages if isinstance(m, Prepared)] == ["báo/a.txt"]
    assert done.whole
    assert not done.unread
    state = done.state
    assert (state.path, state.size, state.mtime_ns) == (str(path), len(FLOOD.encode()), path.stat().st_mtime_ns)
    assert state.raw_hash == blake2b(FLOOD.encode(), digest_size=16).hexdigest()
    assert (state.records, state.problems, state.terms) == (1, (), str(Terms()))
    assert hash_file(str(path), terms="t").raw_hash == state.raw_hash


def test_the_same_bytes_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", FLOOD)
    raw_hash = hash_file(str(path), terms="").raw_hash
    monkeypatch.setattr(ingest.reading, "read_records", None)
    messages, done = read(task(path, raw_hash=raw_hash))
    assert messages == []
    assert (done.whole, done.unread) == (True, True)


def test_records_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", jsonl(RECORDS))
    messages, _ = read(task(path))
    known = {m.key: m.record_hash for m in messages if isinstance(m, Prepared)}
    assert list(known) == ["k1", "k2", "k3"]
    write(path, jsonl([RECORDS[2], {**RECORDS[0], "text": BRIDGE}, RECORDS[1]]))
    messages, done = read(task(path, records=known))
    assert messages[0] == Same("k3")
    assert isinstance(messages[1], Prepared)
    assert messages[1].key == "k1"
    assert messages[2] == Same("k2")
    assert done.state.records == 3


def test_a_record_that_cannot_be_used_is_told_and_the_next_one_read(tmp_path: Path) -> None:
    lines = jsonl(RECORDS).splitlines(keepends=True)
    path = write(tmp_path / "a.jsonl", lines[0] + "{broken\n" + jsonl([record("k", "* *", "- 🎏 -")]) + lines[1])
    messages, done = read(task(path))
    assert [type(m) for m in messages] == [Prepared, Problem, Problem, Prepared]
    assert [m.line for m in messages if isinstance(m, Problem)] == [2, 3]
    assert done.whole
    assert done.state.records == 2
    assert done.state.problems == tuple(m for m in messages if isinstance(m, Problem))


@pytest.mark.parametrize(
    ("surprise", "said"),
    [
        (MemoryError(), "more memory than there is"),
        (RecursionError(), "nested too deeply"),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error"),
        (ArticleError("it is damaged", path="x", line=4, hint="Mend it."), "it is damaged"),
        (ValueError("surprised"), "failed: ValueError: surprised"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "failed: UnicodeDecodeError"),
        (AssertionError("x" * 9999), "failed: AssertionError: xxx"),
    ],
    ids=lambda v: type(v).__name__,
)
def test_whatever_a_library_raises_ends_the_file_in_good_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, surprise: Exception, said: str
) -> None:
    inner = ingest.reading.read_records

    def read_records(*args: object, **kwargs: object) -> object:
        records = inner(*args, **kwargs)  # type: ignore[arg-type]
        yield next(records)
        raise surprise

    monkeypatch.setattr(ingest.reading, "read_records", read_records)
    path = write(tmp_path / "a.jsonl", jsonl(RECORDS))
    messages, done = read(task(path))
    assert [type(m) for m in messages] == [Prepared, Problem]
    assert not done.whole
    (problem,) = done.state.problems
    assert said in problem.reason
    assert len(problem.reason) <= 300
    assert done.state.records == 1
    assert done.state.raw_hash == hash_file(str(path), terms="").raw_hash


@pytest.mark.parametrize("surprise", [ValueError("surprised"), MemoryError(), KeyError("x")], ids=repr)
def test_a_record_over_which_a_library_fails_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, surprise: Exception
) -> None:
    inner = ingest.reading.prepare

    def prepare(record: object, **kwargs: object) -> object:
        if getattr(record, "key", "") == "k2":
            raise surprise
        return inner(record, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest.reading, "prepare", prepare)
    messages, done = read(task(write(tmp_path / "a.jsonl", jsonl(RECORDS))))
    assert [type(m) for m in messages] == [Prepared, Problem, Prepared]
    assert done.whole
    assert done.state.problems[0].line == 2


@pytest.mark.parametrize("what", ["none", "folder", "link"])
def test_what_cannot_be_read_has_no_state_and_is_tried_again(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.txt"
    if what == "folder":
        path.mkdir()
    elif what == "link":
        path.symlink_to("nowhere")
    (problem,), done = read(task(path))
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.reason
    assert (done.whole, done.state.raw_hash) == (False, "")


def test_how_far_a_large_file_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.reading, "STEP", 20_000)
    path = write(tmp_path / "a.jsonl", jsonl(record(f"k{n}", f"Tin {n}", f"Chuyện {n}. " * 40) for n in range(300)))
    positions = [m.position for m in read_file(task(path)) if isinstance(m, At)]
    assert len(positions) > 3
    assert positions == sorted(positions)
    assert positions[-1] <= path.stat().st_size


def test_a_day_yet_to_come_counts_from_the_day_of_the_terms(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", jsonl([record("k1", "Tin", FLOOD, date="2031-05-04")]))
    (problem,), _ = read(task(path, today=date(2026, 1, 1)))
    assert isinstance(problem, Problem)
    (ready,), _ = read(task(path, today=date(2031, 6, 1)))
    assert isinstance(ready, Prepared)


def test_other_limits_are_other_terms_and_another_day_is_not() -> None:
    same = {str(Terms()), str(Terms(today=date(2001, 1, 1))), str(Terms(fields={}))}
    assert len(same) == 1
    others = {
        str(t)
        for t in (
            Terms(),
            Terms(limits=Limits(article_bytes=5)),
            Terms(fields={"text": "x"}),
            Terms(fields={"title": "x"}),
            Terms(seconds=60.0),
        )
    }
    assert len(others) == 5
    assert str(Terms(fields={"a": "1", "b": "2"})) == str(Terms(fields={"b": "2", "a": "1"}))
