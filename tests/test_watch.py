"""Following folders: what comes, changes or goes is brought in once it has been left alone."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest
from pipeline_support import BRIDGE, FLOOD, HARVEST, Archive, agree, jsonl, record

from ingest.report import IngestReport
from ingest.watch import watch
from qa.errors import HoibaoError, Locked
from qa.stores import Stores

Seen = IngestReport | HoibaoError


class Watcher:
    """A watch in a thread of its own."""

    def __init__(self, news: Archive, *, prune: bool = False) -> None:
        self.stop = threading.Event()
        self.seen: Queue[Seen] = Queue()
        self.ended = threading.Event()

        def follow() -> None:
            options = {"settings": news.settings, "embedder": news.embedder, "prune": prune, "stop": self.stop}
            for one in watch([news.folder], **options):  # type: ignore[arg-type]
                self.seen.put(one)
            self.ended.set()

        self.thread = threading.Thread(target=follow)
        self.thread.start()

    def report(self) -> IngestReport:
        one = self.seen.get(timeout=60)
        assert isinstance(one, IngestReport)
        return one

    def close(self) -> None:
        self.stop.set()
        self.thread.join()


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setattr("ingest.watch.SETTLED", 0.5)
    monkeypatch.setattr("ingest.watch.LOOK", 200)
    made = Archive(tmp_path)
    made.write("a.txt", FLOOD)
    return made


@pytest.fixture
def watching(news: Archive) -> Iterator[Callable[..., Watcher]]:
    watchers: list[Watcher] = []

    def begin(**options: bool) -> Watcher:
        watchers.append(Watcher(news, **options))
        return watchers[-1]

    yield begin
    for watcher in watchers:
        watcher.close()


@pytest.mark.timeout(120)
def test_what_comes_and_changes_and_goes_is_brought_in(news: Archive, watching: Callable[..., Watcher]) -> None:
    watcher = watching(prune=True)
    assert watcher.report().added == ["báo/a.txt"]
    news.write("b.txt", HARVEST)
    assert watcher.report().added == ["báo/b.txt"]
    news.write("a.txt", FLOOD.replace("rạng sáng", "nửa khuya"))
    assert watcher.report().updated == ["báo/a.txt"]
    (news.folder / "b.txt").rename(news.folder / "c.txt")
    assert watcher.report().moved == [("báo/b.txt", "báo/c.txt")]
    (news.folder / "c.txt").unlink()
    assert watcher.report().removed == ["báo/c.txt"]
    agree(news.settings, 1)
    watcher.close()
    assert watcher.ended.is_set()
    assert watcher.seen.empty()


@pytest.mark.timeout(120)
def test_without_pruning_what_goes_is_kept(news: Archive, watching: Callable[..., Watcher]) -> None:
    news.write("b.txt", HARVEST)
    watcher = watching()
    assert len(watcher.report().added) == 2
    (news.folder / "b.txt").unlink()
    news.write("c.txt", BRIDGE)
    report = watcher.report()
    assert (report.added, report.removed, report.gone, report.articles) == (["báo/c.txt"], [], 1, 3)


@pytest.mark.timeout(120)
def test_a_file_that_is_still_being_written_is_not_taken_half(
    news: Archive, watching: Callable[..., Watcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.watch.SETTLED", 1.5)
    watcher = watching()
    watcher.report()
    lines = jsonl(record(f"k{n}", f"Tin {n}", f"Chuyện thứ {n} của làng.") for n in range(30)).splitlines(keepends=True)
    pause = threading.Event()
    with (news.folder / "b.jsonl").open("w", encoding="utf-8") as stream:
        for line in lines:  # three seconds in all
            stream.write(line[: len(line) // 2])
            stream.flush()
            pause.wait(0.1)
            stream.write(line[len(line) // 2 :])
    report = watcher.report()
    assert (len(report.added), report.refused) == (30, [])
    watcher.close()
    assert watcher.seen.empty()


@pytest.mark.timeout(120)
def test_files_that_keep_coming_do_not_put_it_off_for_ever(
    news: Archive, watching: Callable[..., Watcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.watch.LONGEST", 3.0)
    watcher = watching()
    watcher.report()
    done, pause = threading.Event(), threading.Event()

    def crawl() -> None:
        n = 0
        while not done.is_set():
            n += 1
            news.write(f"mới/{n}.txt", f"Tin {n}\n\nChuyện thứ {n} của làng.")
            pause.wait(0.2)

    crawler = threading.Thread(target=crawl)
    crawler.start()
    try:
        assert watcher.report().added
    finally:
        done.set()
        crawler.join()


@pytest.mark.timeout(120)
def test_another_writer_is_named_and_the_run_tried_again(
    news: Archive, watching: Callable[..., Watcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.watch.WAIT", 0.2)
    with Stores(news.settings.data_dir, create=True).writing():
        watcher = watching()
        assert isinstance(watcher.seen.get(timeout=60), Locked)
    while isinstance(one := watcher.seen.get(timeout=60), Locked):
        pass
    assert isinstance(one, IngestReport)
    assert one.added == ["báo/a.txt"]


@pytest.mark.timeout(120)
def test_a_refused_file_is_told_and_taken_once_it_is_mended(news: Archive, watching: Callable[..., Watcher]) -> None:
    watcher = watching()
    watcher.report()
    news.write("bad.txt", b"")
    assert [Path(e.path).name for e in watcher.report().refused] == ["bad.txt"]
    news.write("bad.txt", BRIDGE)
    assert watcher.report().added == ["báo/bad.txt"]


@pytest.mark.timeout(120)
def test_an_empty_folder_is_watched_until_something_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.watch.SETTLED", 0.5)
    monkeypatch.setattr("ingest.watch.LOOK", 200)
    empty = Archive(tmp_path)
    watcher = Watcher(empty)
    try:
        assert isinstance(watcher.seen.get(timeout=60), HoibaoError)
        empty.write("a.txt", FLOOD)
        assert watcher.report().added == ["báo/a.txt"]
    finally:
        watcher.close()


@pytest.mark.timeout(60)
def test_a_stop_ends_it_though_nothing_happens(news: Archive, watching: Callable[..., Watcher]) -> None:
    watcher = watching()
    watcher.report()
    watcher.close()
    assert watcher.ended.is_set()


def test_a_path_that_is_not_there_is_an_error(news: Archive) -> None:
    with pytest.raises(HoibaoError, match="nowhere"):
        next(watch([news.folder / "nowhere"], settings=news.settings, embedder=news.embedder))
    assert not news.settings.data_dir.exists()
