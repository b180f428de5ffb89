"""Runs that end early: what was read is in, the next run goes on, nothing is doubled or lost."""

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pipeline_support import ROOT, Archive, HashedWords, agree, children, jsonl, record

from ingest import Event, IngestReport, Outcome, Progress, ingest_events
from qa.errors import Locked
from qa.stores import WRITER, Stores


def fill(news: Archive, *, files: int = 6, records: int = 60) -> dict[str, str]:
    """Write containers; return what a whole run gives, text by source."""
    expected = {}
    for f in range(files):
        rows = [record(f"k{n}", f"Tin {f} số {n}", f"Chuyện thứ {n} của làng {f} kể lại.") for n in range(records)]
        news.write(f"{f}.jsonl", jsonl(rows))
        expected |= {f"báo/{f}.jsonl#{r['id']}": f"{r['title']}\n{r['text']}" for r in rows}
    return expected


def same(texts: dict[str, str], expected: dict[str, str]) -> bool:
    return {s: t.replace("\n\n", "\n") for s, t in texts.items()} == expected


@pytest.fixture
def news(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def finish(news: Archive, expected: dict[str, str], first: set[str]) -> None:
    """Check that a stopped run is whole as far as it went, and that the next one does the rest and no more."""
    had = news.texts()
    assert set(had) == first
    agree(news.settings, len(had))
    before = news.ids()
    report = news.run()
    assert not report.stopped
    assert not set(report.added) & first
    assert set(report.added) | first == set(expected)
    assert report.updated == []
    assert report.unchanged == len(first)
    assert same(news.texts(), expected)
    assert {s: i for s, i in news.ids().items() if s in before} == before
    agree(news.settings, len(expected))
    assert news.run().unchanged == len(expected)


# --- in this process ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [0, 5, 70, 200])
def test_a_stop_has_what_was_read_put_in(news: Archive, after: int) -> None:
    expected = fill(news)
    stop, seen = threading.Event(), 0

    def on_event(event: Event) -> None:
        nonlocal seen
        seen += isinstance(event, Outcome)
        if seen >= after:
            stop.set()

    if not after:
        stop.set()
    before = children()
    report = news.run(stop=stop, on_event=on_event)
    assert report.stopped
    assert report.articles == len(report.added) < len(expected)
    assert children() == before
    (run,) = Stores(news.settings.data_dir).ledger.runs()
    assert run.report is not None
    assert run.report["stopped"] is True
    finish(news, expected, set(report.added))


@pytest.mark.parametrize("after", [1, 3, 80, 200])
def test_closing_the_events_puts_in_what_was_read(news: Archive, after: int) -> None:
    expected = fill(news)
    before = children()
    events = ingest_events([news.folder], settings=news.settings, embedder=news.embedder)
    for _ in range(after):
        next(events)
    events.close()
    assert children() == before
    first = set(news.texts())
    assert len(first) < len(expected)
    (run,) = Stores(news.settings.data_dir).ledger.runs()
    assert run.report is not None
    assert set(run.report["added"]) == first  # type: ignore[call-overload]
    assert run.report["stopped"] is True
    finish(news, expected, first)


def test_closing_the_events_in_the_midst_of_what_is_removed_removes_it_all_the_same(news: Archive) -> None:
    expected = fill(news, files=2, records=10)
    news.run()
    news.write("0.jsonl", jsonl([record("k0", "Tin 0 số 0", "Chuyện thứ 0 của làng 0 kể lại.")]))
    for event in ingest_events([news.folder], settings=news.settings, embedder=news.embedder, prune=True):
        if isinstance(event, Outcome) and event.what == "removed":
            break
    del event
    gc.collect()
    news.run(prune=True)
    assert set(news.texts()) == {s for s in expected if "/1." in s} | {"báo/0.jsonl#k0"}
    agree(news.settings, 11)


@pytest.mark.parametrize("surprise", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("after", [1, 90])
def test_what_is_raised_on_an_event_ends_the_run_and_frees_the_stores(
    news: Archive, surprise: type[BaseException], after: int
) -> None:
    expected, seen = fill(news), 0

    def on_event(event: Event) -> None:
        nonlocal seen
        seen += 1
        if seen == after:
            raise surprise

    with pytest.raises(surprise) as raised:
        news.run(on_event=on_event)
    assert raised.value.__traceback__ is not None  # it is held on to, and the run is over all the same
    first = set(news.texts())
    assert len(first) < len(expected)
    finish(news, expected, first)


def test_an_error_of_the_model_in_the_midst_leaves_the_last_state(
    news: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(HashedWords):
        def encode_documents(self, texts: list[str]) -> object:  # type: ignore[override]
            raise MemoryError

    expected = fill(news)
    well, news.embedder = news.embedder, Failing()
    monkeypatch.setattr("qa.edit.EMBED_BATCH", 100)
    before = children()
    with pytest.raises(MemoryError):
        news.run()
    assert children() == before
    news.embedder = well
    finish(news, expected, set())


def test_a_long_run_publishes_as_it_goes(news: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.run.PUBLISH_AFTER", 0.0)
    expected = fill(news)
    stores, counts = Stores(news.settings.data_dir, create=True), set()
    for event in ingest_events([news.folder], settings=news.settings, embedder=news.embedder):
        if isinstance(event, Progress | Outcome):
            counts.add(stores.ledger.count())
    assert len(counts) > 3  # readers saw it grow
    stores.close()
    assert same(news.texts(), expected)
    agree(news.settings, len(expected))


# --- a process of its own -------------------------------------------------------------------------------------------------

SLOWLY = """
import sys, time
import ingest.pipeline, ingest.run
sys.path.insert(0, {tests!r})
from pipeline_support import HashedWords

class Slow(HashedWords):
    def encode_documents(self, texts):
        time.sleep(0.2)
        return super().encode_documents(texts)

ingest.pipeline.embedder_for = lambda name: Slow()
import qa.edit
qa.edit.EMBED_BATCH = 50
ingest.run.BATCH = 20
from ui.cli import main
main()
"""


@pytest.fixture
def started(news: Archive) -> Iterator[list["subprocess.Popen[bytes]"]]:
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def begin(news: Archive, started: list["subprocess.Popen[bytes]"], *options: str) -> "subprocess.Popen[bytes]":
    code = SLOWLY.format(tests=str(ROOT / "tests"))
    command = [
        sys.executable,
        "-c",
        code,
        "ingest",
        str(news.folder),
        "--data-dir",
        str(news.settings.data_dir),
        *options,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOIBAO_WORKERS": "2"}
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, start_new_session=True)
    started.append(process)
    return process


def until_it_embeds(news: Archive, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the run of that process has put its first vectors by."""
    while True:
        assert process.poll() is None, process.communicate()
        if (news.settings.data_dir / WRITER).exists():
            stores = Stores(news.settings.data_dir)
            cached = stores.ledger.connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
            stores.close()
            if cached > 100:
                return
        time.sleep(0.02)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("group", [False, True], ids=["the run alone", "its workers too"])
def test_a_signal_ends_the_command_in_good_order(
    news: Archive, started: list["subprocess.Popen[bytes]"], number: signal.Signals, group: bool
) -> None:
    expected = fill(news)
    process = begin(news, started, "--json")
    until_it_embeds(news, process)
    os.killpg(process.pid, number) if group else process.send_signal(number)
    out, err = process.communicate()
    assert process.returncode == 130, err.decode()
    report = json.loads(out)
    assert report["stopped"] is True
    assert report["refused"] == []
    assert report["articles"] == len(report["added"])
    assert 0 < report["articles"] < len(expected)
    assert b"Traceback" not in err
    assert "goes on from there" in err.decode()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # no worker is left
    finish(news, expected, set(report["added"]))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("group", [False, True], ids=["the run alone", "its workers too"])
def test_a_killed_command_has_changed_nothing_and_the_next_one_does_it_all(
    news: Archive, started: list["subprocess.Popen[bytes]"], group: bool
) -> None:
    expected = fill(news)
    process = begin(news, started)
    until_it_embeds(news, process)
    os.killpg(process.pid, signal.SIGKILL) if group else process.kill()
    process.communicate()  # ends when the workers, which hold standard error, have ended too
    stores = Stores(news.settings.data_dir)
    assert stores.ledger.count() == 0
    assert [r.finished for r in stores.ledger.runs()] == [None]
    stores.close()
    report = news.run()
    assert set(report.added) == set(expected)
    assert len(news.embedder.texts) < len(set(news.embedder.texts)) + 1
    assert len(news.embedder.texts) < 2 * len(expected)  # what was embedded before the end is not embedded again
    assert same(news.texts(), expected)
    agree(news.settings, len(expected))


@pytest.mark.timeout(120)
def test_of_two_commands_at_once_one_is_refused_by_name_or_waits(
    news: Archive, started: list["subprocess.Popen[bytes]"]
) -> None:
    expected = fill(news)
    first = begin(news, started)
    until_it_embeds(news, first)
    with pytest.raises(Locked, match=f"process {first.pid}"):
        news.run()
    waiting = news.run(wait=100)
    _, err = first.communicate()
    assert first.returncode == 0, err
    assert (waiting.added, waiting.unchanged) == ([], len(expected))
    assert same(news.texts(), expected)
    agree(news.settings, len(expected))


def test_a_report_is_the_last_event(news: Archive) -> None:
    fill(news, files=1, records=3)
    *events, report = ingest_events([news.folder], settings=news.settings, embedder=news.embedder)
    assert isinstance(report, IngestReport)
    assert not any(isinstance(e, IngestReport) for e in events)
