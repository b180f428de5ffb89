"""Worker processes: a crash or a hang costs one file, the order stays, nothing is left behind."""

import io
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pipeline_support import BRIDGE, LONG, Archive, agree, children, jsonl, record, write

from ingest import reading, worker
from ingest.reading import READY, At, Done, Message, Task, Terms
from ingest.workers import Workers
from qa import Settings
from qa.errors import HoibaoError
from qa.sources import Problem
from qa.staging import Prepared

PATCHED = """
import os, sys, time
import ingest.reading as reading
from ingest.records import Record

inner = reading.read_records

def read_records(stream, *, name, **options):
    what = os.path.basename(name).split(".")[0].rstrip("0123456789")
    if what == "good":
        yield from inner(stream, name=name, **options)
        return
    yield Record("Tin đầu\\n\\nMột hai ba bốn.", key="1")
    if what == "hang":
        time.sleep(3600)
    elif what == "crash":
        os.abort()
    elif what == "exit":
        os._exit(0)
    elif what == "print":
        print("noise on standard output")
        os.write(1, b"more noise" * 1000)
        sys.stdout.flush()
    elif what == "memory":
        held = bytearray(64 << 30)
    elif what == "deep":
        def down(): return down()
        down()
    elif what == "surprise":
        raise type("Surprise", (Exception,), {})("a library was surprised")
    elif what == "unpicklable":
        reading.prepare = lambda *args, **kwargs: (lambda: None)
    yield Record("Tin sau\\n\\nNăm sáu bảy tám.", key="2")

reading.read_records = read_records
"""
"""Put in front of everything in a worker process by `sitecustomize`: readers that misbehave by the name of the file."""


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "patch" / "patched_reading.py", PATCHED)
    write(
        tmp_path / "patch" / "sitecustomize.py",
        "import sys\nif 'ingest.worker' in sys.orig_argv:\n    import patched_reading\n",
    )
    monkeypatch.syspath_prepend(str(tmp_path / "patch"))


def tasks(folder: Path, *names: str) -> list[Task]:
    return [
        Task(str(write(folder / n, jsonl([record(n, f"Tin {n}", LONG)]))), f"báo/{n}", "", {}, Terms()) for n in names
    ]


def run(given: list[Task], *, count: int = 2, patience: float = 30.0) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    with Workers(count, patience=patience) as workers:
        for task, message in workers.run(given):
            found.setdefault(Path(task.path).name, []).append(message)
    return found


def problems(messages: list[Message]) -> list[str]:
    return [m.reason for m in messages if isinstance(m, Problem)]


def done(messages: list[Message]) -> Done:
    assert isinstance(messages[-1], Done)
    assert not any(isinstance(m, Done) for m in messages[:-1])
    return messages[-1]


# --- what can go wrong --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("crash.jsonl", "crashed"),
        ("exit.jsonl", "crashed"),
        ("memory.jsonl", "memory"),
        ("deep.jsonl", "nested too deeply"),
        ("surprise.jsonl", "Surprise: a library was surprised"),
    ],
)
def test_whatever_happens_to_one_file_the_others_are_read(tmp_path: Path, name: str, said: str) -> None:
    found = run(tasks(tmp_path, "good1.jsonl", name, "good2.jsonl"), count=1)
    assert list(found) == ["good1.jsonl", name, "good2.jsonl"]
    for good in ("good1.jsonl", "good2.jsonl"):
        assert done(found[good]).whole
        assert problems(found[good]) == []
    (reason,) = problems(found[name])
    assert said in reason
    end = done(found[name])
    assert not end.whole
    assert end.state.raw_hash  # it is remembered by its bytes, so that it is not tried again as it is
    assert end.state.problems[-1].reason == reason
    assert end.state.records == 1  # what came before counts


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.timeout(60)
def test_a_file_that_hangs_is_given_up(tmp_path: Path) -> None:
    found = run(tasks(tmp_path, "hang1.jsonl", "good1.jsonl", "hang2.jsonl", "good2.jsonl"), patience=1.0)
    assert list(found) == ["hang1.jsonl", "good1.jsonl", "hang2.jsonl", "good2.jsonl"]
    for name in ("hang1.jsonl", "hang2.jsonl"):
        assert problems(found[name]) == ["reading it takes more than 1 s"]
        assert "HOIBAO_MAX_ARTICLE_SECONDS" in done(found[name]).state.problems[0].hint
        assert not done(found[name]).whole
    assert done(found["good1.jsonl"]).whole
    assert done(found["good2.jsonl"]).whole


@pytest.mark.timeout(60)
def test_the_start_of_a_process_is_not_counted_against_its_first_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "import sys, time\nif 'ingest.worker' in sys.orig_argv:\n    time.sleep(2.5)\n"
    write(tmp_path / "patch" / "sitecustomize.py", slow)
    monkeypatch.syspath_prepend(str(tmp_path / "patch"))
    found = run(tasks(tmp_path, "good.jsonl"), patience=1.5)
    assert problems(found["good.jsonl"]) == []


@pytest.mark.timeout(60)
def test_a_consumer_that_takes_its_time_is_not_a_file_that_hangs(tmp_path: Path) -> None:
    (task,) = tasks(tmp_path, "good.jsonl")
    write(Path(task.path), jsonl(record(str(n), f"Tin {n}", f"Câu {n}. " * 9) for n in range(300)))
    seen = []
    with Workers(1, patience=0.7) as workers:
        for _, message in workers.run([task]):
            if not seen:
                time.sleep(2)
            seen.append(message)
    assert problems(seen) == []
    assert done(seen).whole


@pytest.mark.usefixtures("misbehaving")
def test_what_is_printed_does_not_come_between_the_messages(tmp_path: Path) -> None:
    found = run(tasks(tmp_path, "print.jsonl"))["print.jsonl"]
    assert [type(m) for m in found] == [Prepared, Prepared, Done]
    assert done(found).whole


@pytest.mark.usefixtures("misbehaving")
def test_a_message_that_cannot_be_sent_costs_its_file(tmp_path: Path) -> None:
    found = run(tasks(tmp_path, "unpicklable.jsonl", "good.jsonl"), count=1)
    assert problems(found["unpicklable.jsonl"]) == ["the library that reads it crashed"]
    assert done(found["good.jsonl"]).whole


@pytest.mark.usefixtures("misbehaving")
def test_what_was_refused_before_a_crash_is_remembered_too(tmp_path: Path) -> None:
    (task,) = tasks(tmp_path, "crash.jsonl")
    write(tmp_path / "patch" / "patched_reading.py", PATCHED.replace('"Tin đầu\\n\\nMột hai ba bốn."', '"* * *"'))
    found = run([task])["crash.jsonl"]
    assert len(problems(found)) == 2
    assert [p.reason for p in done(found).state.problems] == problems(found)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_is_killed_is_replaced(tmp_path: Path, number: signal.Signals) -> None:
    given = tasks(tmp_path, *(f"a{n:02}.jsonl" for n in range(40)))
    write(Path(given[0].path), jsonl(record(str(n), f"Tin {n}", f"Câu {n}. " * 9) for n in range(500)))
    before, killed, found = children(), False, {}
    with Workers(1, patience=30) as workers:
        for task, message in workers.run(given):
            if not killed:
                (process,) = children() - before
                os.kill(process, number)
                killed = True
            if isinstance(message, Done):
                found[task.path] = message
    assert list(found) == [task.path for task in given]
    assert not found[given[0].path].whole
    assert all(end.whole for path, end in found.items() if path != given[0].path)


@pytest.mark.timeout(60)
def test_signals_that_are_meant_for_the_run_do_not_reach_the_file_that_is_read(tmp_path: Path) -> None:
    (task,) = tasks(tmp_path, "a.jsonl")
    write(Path(task.path), jsonl(record(str(n), f"Tin {n}", f"Câu {n}. " * 9) for n in range(500)))
    before, seen = children(), []
    with Workers(1, patience=30) as workers:
        for _, message in workers.run([task]):
            if not seen:
                (process,) = children() - before
                os.kill(process, signal.SIGTERM)
                os.kill(process, signal.SIGINT)
            seen.append(message)
    assert problems(seen) == []
    assert done(seen).whole


@pytest.mark.timeout(60)
def test_a_process_that_cannot_be_started_ends_the_run_and_refuses_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = Archive(tmp_path)
    news.write("a.jsonl", jsonl([record("1", "Một", LONG)]))
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", "/bin/false")
        with pytest.raises(HoibaoError, match="cannot be started"):
            news.run()
        patched.setattr(sys, "executable", str(tmp_path / "nowhere"))
        with pytest.raises(HoibaoError, match="cannot be started"):
            news.run()
    report = news.run()
    assert (report.added, report.refused) == (["báo/a.jsonl#1"], [])


@pytest.mark.timeout(60)
@pytest.mark.parametrize("after", [0, 1, 100])
def test_what_the_tasks_raise_is_raised(tmp_path: Path, after: int) -> None:
    given = tasks(tmp_path, *(f"a{n}.jsonl" for n in range(min(after, 20))))

    def broken() -> Iterator[Task]:
        yield from given
        raise OSError("the disk went away")

    before = children()
    with pytest.raises(OSError, match="went away"), Workers(2) as workers:
        list(workers.run(broken()))
    assert children() == before


# --- order, ends --------------------------------------------------------------------------------------------------------


@pytest.mark.timeout(60)
def test_messages_come_in_the_order_of_the_tasks_however_long_each_takes(tmp_path: Path) -> None:
    given = tasks(tmp_path, *(f"a{n:03}.jsonl" for n in range(150)))
    for task in given[::7]:
        write(Path(task.path), jsonl(record(str(n), f"Tin {n}", f"Câu {n}. " * 9) for n in range(90)))
    order: list[str] = []
    keys: dict[str, list[str]] = {}
    with Workers(2) as workers:
        for task, message in workers.run(given):
            if not order or order[-1] != task.path:
                order.append(task.path)
            if isinstance(message, Prepared):
                keys.setdefault(task.path, []).append(message.key)
    assert order == [task.path for task in given]
    assert keys[given[7].path] == [str(n) for n in range(90)]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("taken", [0, 1, 150])
def test_an_early_end_leaves_no_process(tmp_path: Path, taken: int) -> None:
    given = tasks(tmp_path, *(f"a{n:03}.jsonl" for n in range(200)))  # more than may wait to be taken
    before = children()
    with Workers(2) as workers:
        messages = workers.run(given)
        for _ in range(taken):
            next(messages)
    assert children() == before
    time.sleep(0.3)
    assert children() == before


@pytest.mark.timeout(60)
def test_an_end_leaves_no_process(tmp_path: Path) -> None:
    before = children()
    run(tasks(tmp_path, "a.jsonl", "b.jsonl"))
    assert children() == before


@pytest.mark.timeout(60)
def test_a_worker_ends_when_its_run_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ingest.worker"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdin
    assert process.stdout
    assert pickle.load(process.stdout) == READY
    process.stdin.write(pickle.dumps(tasks(tmp_path, "a.jsonl")[0])[:-20])  # killed in the midst of a task
    _, said = process.communicate()
    assert (process.returncode, said) == (0, b"")


def test_more_workers_than_tasks_and_no_task_at_all(tmp_path: Path) -> None:
    assert list(run(tasks(tmp_path, "a.jsonl"), count=5)) == ["a.jsonl"]
    assert run([]) == {}


def test_a_worker_answers_each_task_until_there_are_none(tmp_path: Path) -> None:
    given = tasks(tmp_path, "a.jsonl", "b.jsonl")
    answered = io.BytesIO()
    worker.serve(io.BytesIO(b"".join(map(pickle.dumps, given))), answered)
    answered.seek(0)
    messages = []
    while answered.tell() < len(answered.getvalue()):
        messages.append(pickle.load(answered))
    assert messages[0] == READY
    assert [type(m) for m in messages[1:]] == [Prepared, Done] * 2


# --- a run with workers -------------------------------------------------------------------------------------------------


@pytest.mark.timeout(120)
def test_a_run_with_workers_gives_what_a_run_without_gives_article_for_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(news: Archive) -> None:
        for n in range(300):
            kind = ".md" if n % 3 else ".txt"
            news.write(
                f"{n % 7}/bài {n}{kind}", f"Tin số {n}\n\nChuyện thứ {n} xảy ra ngày {n % 28 + 1}/5/2018. {LONG}"
            )

    def all_of(news: Archive) -> list[tuple[object, ...]]:
        from qa.stores import Stores

        stores = Stores(news.settings.data_dir)
        found = [
            (a.source, a.title, a.text, a.content_hash, a.event, a.dates, a.blocks, a.copies)
            for a in stores.ledger.articles()
        ]
        passages = [(a.source, p.kind, p.start, p.end) for p, a in stores.ledger.passages()]
        stores.close()
        return [*found, *passages]

    inline, pooled = Archive(tmp_path / "one"), Archive(tmp_path / "two")
    started: list[object] = []

    class Counted(Workers):
        def __init__(self, count: int, *, patience: float) -> None:
            started.append(count)
            super().__init__(count, patience=patience)

    monkeypatch.setattr("ingest.run.Workers", Counted)
    fill(inline)
    first = inline.run()
    assert started == []
    monkeypatch.setattr("ingest.run.INLINE_BYTES", 0)
    fill(pooled)
    second = pooled.run()
    assert started == [2]
    assert (len(first.added), first.refused) == (300, [])
    assert second.added == first.added
    assert all_of(pooled) == all_of(inline)
    agree(pooled.settings, 300)


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.timeout(60)
def test_a_run_names_what_crashed_once_and_does_not_try_it_again(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    news.settings = Settings(data_dir=tmp_path / "data", workers=1, max_article_seconds=1.5)
    for name in ("crash.jsonl", "good.jsonl", "hang.jsonl"):
        news.write(name, jsonl([record(name, f"Tin {name}", BRIDGE)]))
    first = news.run()
    assert sorted(Path(e.path).name for e in first.refused) == ["crash.jsonl", "hang.jsonl"]
    assert "báo/good.jsonl#good.jsonl" in first.added
    before = children()
    again = news.run()
    assert [str(e) for e in again.refused] == [str(e) for e in first.refused]
    assert again.added == []
    assert children() == before


def test_a_large_file_gives_a_sign_of_life_while_it_is_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK", 10)
    monkeypatch.setattr(reading, "SIGN", 8)
    (task,) = tasks(tmp_path, "a.jsonl")
    messages = list(reading.read_file(task))
    assert messages[0] == At(0)
    assert isinstance(messages[-1], Done)
    again = list(reading.read_file(Task(task.path, task.label, done(messages).state.raw_hash, {}, task.terms)))
    assert done(again).unread
