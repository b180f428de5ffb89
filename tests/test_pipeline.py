"""Runs of the pipeline: only what changed is worked on, a bad file stops nobody, and the report says what was done."""

import json
import logging
import os
import sqlite3
import threading
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from numpy.typing import NDArray
from pipeline_support import BRIDGE, FLOOD, HARVEST, Archive, HashedWords, agree, holding, jsonl, record, write

from ingest import Event, IngestReport, Outcome, Progress, ingest, ingest_events
from qa import NewsAssistant, Settings
from qa.edit import removing
from qa.embeddings import SentenceEmbeddings
from qa.errors import HoibaoError, IndexMismatch, Locked, ModelError
from qa.stores import LEDGER, VECTORS, WORDS, Stores


@pytest.fixture
def news(tmp_path: Path) -> Archive:
    made = Archive(tmp_path)
    made.write("a.txt", FLOOD)
    made.write("b.txt", HARVEST)
    return made


def state(settings: Settings) -> dict[str, object]:
    """Return what a run with nothing to do must leave alone: rows, generation, commits."""
    data = settings.data_dir
    with sqlite3.connect(data / LEDGER) as db:
        tables = {
            t: db.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall()
            for t in ("articles", "passages", "vectors", "sources")
        }
    return {
        **tables,
        "folders": sorted(p.name for p in (data / VECTORS).iterdir()),
        "pointer": (data / VECTORS / "CURRENT.json").stat().st_mtime_ns,
        "words": {str(p): p.stat().st_mtime_ns for p in (data / WORDS).rglob("meta.json")},
    }


# --- only what changed ------------------------------------------------------------------------------------------------


def test_articles_are_added_once(news: Archive) -> None:
    first = news.run()
    assert (first.added, first.updated, first.unchanged, first.refused) == (["báo/a.txt", "báo/b.txt"], [], 0, [])
    assert first.articles == 2
    agree(news.settings, 2)
    assert holding(news.settings, "rạng") == {"báo/a.txt"}
    assert "Lũ về sông Quảng\nĐê bao vỡ lúc rạng sáng.\nHàng trăm hộ dân sơ tán trong đêm." in news.embedder.texts
    before, embedded = state(news.settings), len(news.embedder.texts)

    again = news.run(news.folder, news.folder / "a.txt")
    assert (again.added, again.updated, again.unchanged) == ([], [], 2)
    assert again.articles == 2
    assert len(news.embedder.texts) == embedded
    assert state(news.settings) == before


def test_a_file_with_its_size_and_time_as_before_is_not_read(news: Archive) -> None:
    news.run()
    before = (news.folder / "a.txt").stat()
    (news.folder / "a.txt").write_bytes(b"\xff" * before.st_size)  # would be refused
    os.utime(news.folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    report = news.run()
    assert (report.unchanged, report.refused) == (2, [])


def test_a_new_time_alone_changes_nothing(news: Archive) -> None:
    news.run()
    embedded, before = len(news.embedder.texts), state(news.settings)
    os.utime(news.folder / "a.txt", ns=(0, 10**18))
    assert news.run().unchanged == 2
    assert len(news.embedder.texts) == embedded
    assert state(news.settings) == before
    known = Stores(news.settings.data_dir).ledger.sources.files()[str(news.folder / "a.txt")]
    assert known.mtime_ns == 10**18  # so that the next run need not read it


def test_changed_text_takes_the_place_of_the_old(news: Archive) -> None:
    news.run()
    before = news.ids()["báo/a.txt"]
    news.embedder.texts.clear()
    news.write("a.txt", FLOOD.replace("rạng sáng", "nửa khuya"))
    news.write("c.txt", BRIDGE)
    report = news.run()
    assert (report.added, report.updated, report.unchanged) == (["báo/c.txt"], ["báo/a.txt"], 1)
    assert report.articles == 3
    assert holding(news.settings, "rạng") == set()
    assert holding(news.settings, "khuya") == {"báo/a.txt"}
    assert holding(news.settings, "noon") == {"báo/c.txt"}
    agree(news.settings, 3)
    assert news.ids()["báo/a.txt"] == before  # the same article
    assert len(news.embedder.texts) == 2  # what has not changed is not embedded again


def test_an_earlier_text_can_still_be_looked_up(news: Archive) -> None:
    news.run()
    id = news.ids()["báo/a.txt"]
    news.write("a.txt", FLOOD.replace("rạng sáng", "nửa khuya"))
    news.run()
    now, before = Stores(news.settings.data_dir).ledger.versions(id)
    assert "nửa khuya" in now.article.text
    assert "rạng sáng" in before.article.text
    assert now.until is None
    assert before.until is not None


def test_a_change_and_back_again_is_followed(news: Archive) -> None:
    for text, word in ((FLOOD, "rạng"), (BRIDGE, "noon"), (FLOOD, "rạng")):
        news.write("a.txt", text)
        news.run()
        assert holding(news.settings, word) == {"báo/a.txt"}
        agree(news.settings, 2)


def test_files_elsewhere_are_left_as_they_are(news: Archive) -> None:
    news.run()
    report = news.run(write(news.folder.parent / "khác" / "a.txt", BRIDGE), prune=True)
    assert (report.added, report.removed, report.articles) == (["khác/a.txt"], [], 3)
    assert holding(news.settings, "rạng") == {"báo/a.txt"}
    agree(news.settings, 3)


def test_the_same_text_in_two_files_is_two_articles_that_know_each_other(news: Archive) -> None:
    news.write("copy.txt", FLOOD.replace("\n", "\r\n"))
    report = news.run()
    assert len(report.added) == 3
    assert len(news.embedder.texts) == len(set(news.embedder.texts))
    stores = Stores(news.settings.data_dir)
    copies = {a.source: a.copies for a in stores.ledger.articles()}
    stores.close()
    assert copies == {"báo/a.txt": ("báo/copy.txt",), "báo/copy.txt": ("báo/a.txt",), "báo/b.txt": ()}


def test_another_model_embeds_again_although_no_file_changed(news: Archive) -> None:
    news.run()
    first, news.embedder = news.embedder, HashedWords("another")
    assert news.run().unchanged == 2
    assert sorted(news.embedder.texts) == sorted(first.texts)
    assert Stores(news.settings.data_dir).model == "another"
    agree(news.settings, 2)


def test_a_removed_article_stays_out_until_its_file_changes(news: Archive) -> None:
    news.run()
    removing(news.settings.data_dir, [news.ids()["báo/a.txt"]])
    assert news.run().articles == 1
    news.write("a.txt", FLOOD.replace("rạng sáng", "nửa khuya"))
    report = news.run()
    assert (report.added, report.articles) == (["báo/a.txt"], 2)
    agree(news.settings, 2)


# --- files that are gone ------------------------------------------------------------------------------------------------


def test_a_file_that_is_gone_keeps_its_article_until_one_prunes(news: Archive) -> None:
    news.run()
    (news.folder / "a.txt").unlink()
    for _ in range(2):
        kept = news.run()
        assert (kept.gone, kept.removed, kept.articles) == (1, [], 2)
    pruned = news.run(prune=True)
    assert (pruned.gone, pruned.removed, pruned.articles) == (0, ["báo/a.txt"], 1)
    assert holding(news.settings, "rạng") == set()
    agree(news.settings, 1)
    again = news.run(prune=True)
    assert (again.gone, again.removed, again.unchanged) == (0, [], 1)


def test_pruning_one_folder_leaves_a_folder_whose_name_begins_alike(news: Archive) -> None:
    neighbour = write(news.folder.parent / "báo2" / "c.txt", BRIDGE)
    news.run(news.folder, neighbour.parent)
    neighbour.unlink()
    report = news.run(prune=True)
    assert (report.removed, report.articles) == ([], 3)


def test_what_cannot_be_looked_at_is_not_taken_to_be_gone(news: Archive) -> None:
    news.write("sâu/c.txt", BRIDGE)
    news.run()
    (news.folder / "sâu" / "c.txt").unlink()
    (news.folder / "sâu").rmdir()
    (news.folder / "sâu").symlink_to("sâu")  # a loop: nobody can say what is behind it
    report = news.run(prune=True)
    assert (report.removed, report.gone, report.articles) == ([], 0, 3)


def test_everything_may_go(news: Archive) -> None:
    news.write("c.md", BRIDGE)
    news.run()
    for name in ("a.txt", "b.txt"):
        (news.folder / name).unlink()
    (news.folder / "c.md").write_bytes(b"")
    report = news.run(prune=True)
    assert report.removed == ["báo/a.txt", "báo/b.txt"]
    assert report.articles == 1  # the file that went bad keeps its article
    agree(news.settings, 1)


# --- files that cannot be used ----------------------------------------------------------------------------------------

BAD: dict[str, bytes] = {
    "binary.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "empty.txt": b"",
    "blank.txt": b"\n \r\n\t",
    "rules.txt": b"-----\n\n*****\n\nhttps://example.test/a\n",
    "marks.txt": "🎏 … !!! 🎏\n".encode(),
    "BOM.txt": b"\xef\xbb\xbf",
    "large.txt": b"a" * 2001,
}


def test_bad_files_are_named_in_every_report_and_the_others_go_in(news: Archive) -> None:
    news.settings = Settings(data_dir=news.settings.data_dir, max_article_mb=0.002)
    for name, content in BAD.items():
        news.write(name, content)
    (news.folder / "loop.txt").symlink_to("nowhere")
    report = news.run()
    assert report.added == ["báo/a.txt", "báo/b.txt"]
    assert report.articles == 2
    reasons = {Path(e.path).name: str(e) for e in report.refused}
    assert reasons.keys() == {*BAD, "loop.txt"}
    assert all(reasons.values())
    assert "more than the" in reasons["large.txt"]
    assert all(e.path.startswith(str(news.folder)) for e in report.refused)
    agree(news.settings, 2)

    again = news.run()
    assert {Path(e.path).name: str(e) for e in again.refused} == reasons
    assert again.unchanged == 2

    news.write("rules.txt", "Tóm tắt cuộc họp")
    mended = news.run()
    assert mended.added == ["báo/rules.txt"]
    assert len(mended.refused) == len(BAD)
    agree(news.settings, 3)


def test_a_refused_file_is_taken_once_the_limit_lets_it(news: Archive) -> None:
    news.settings = Settings(data_dir=news.settings.data_dir, max_article_mb=0.002)
    news.write("large.txt", "Báo cáo\n\n" + "từ ngữ " * 400)
    (refused,) = news.run().refused
    assert "HOIBAO_MAX_ARTICLE_MB" in refused.hint
    news.settings = Settings(data_dir=news.settings.data_dir, max_article_mb=0.02)
    report = news.run()
    assert (report.added, report.refused, report.unchanged) == (["báo/large.txt"], [], 2)


@pytest.mark.parametrize(
    "setting", [{"max_article_seconds": 30.0}, {"fields": {"title": "ten"}}, {"max_article_mb": 1.0}], ids=str
)
def test_a_refused_file_is_not_read_again_until_it_or_a_limit_changes(
    news: Archive, setting: dict[str, object]
) -> None:
    path = news.write("c.jsonl", "this is no JSON".ljust(400) + "\n")
    assert len(news.run().refused) == 1
    before = path.stat()
    path.write_bytes(jsonl([record("1", "Một", "Hai ba bốn năm.")]).encode().ljust(before.st_size, b" "))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert len(news.run().refused) == 1  # its size and time are as before, so it was not looked into
    news.settings = Settings(data_dir=news.settings.data_dir, workers=1, **setting)  # type: ignore[arg-type]
    report = news.run()
    assert (report.added, report.refused) == (["báo/c.jsonl#1"], [])


def test_an_article_whose_file_goes_bad_stays_as_it_was(news: Archive) -> None:
    news.run()
    news.write("a.txt", b"\x00\x01\x02" * 50)
    for _ in range(2):
        report = news.run(prune=True)
        assert [Path(e.path).name for e in report.refused] == ["a.txt"]
        assert report.removed == []
        assert holding(news.settings, "rạng") == {"báo/a.txt"}
        agree(news.settings, 2)
    news.write("a.txt", FLOOD)
    report = news.run()
    assert (report.unchanged, report.refused) == (2, [])


def test_a_library_that_fails_costs_one_file(news: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def clean(text: str) -> object:
        if "lúa" in text:
            raise ValueError("a library was surprised")
        return cleaned(text)

    import ingest.prepare

    cleaned = ingest.prepare.clean
    monkeypatch.setattr(ingest.prepare, "clean", clean)
    report = news.run()
    assert report.added == ["báo/a.txt"]
    assert ["a library was surprised" in str(e) for e in report.refused] == [True]


def test_a_file_that_vanishes_before_it_is_read_is_named_and_tried_again(news: Archive) -> None:
    def remove(event: Event) -> None:
        (news.folder / "b.txt").unlink(missing_ok=True)

    report = news.run(on_event=remove)
    assert (report.added, [Path(e.path).name for e in report.refused]) == (["báo/a.txt"], ["b.txt"])
    assert "cannot be read" in str(report.refused[0])
    news.write("b.txt", HARVEST)
    assert news.run().added == ["báo/b.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_named_and_tried_again(news: Archive) -> None:
    (news.folder / "a.txt").chmod(0)
    (refused,) = news.run().refused
    assert "ermission" in str(refused)
    (news.folder / "a.txt").chmod(0o644)
    assert news.run().added == ["báo/a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file name is text")
def test_a_name_that_is_not_text_stops_nobody(news: Archive) -> None:
    folder = os.fsencode(news.folder)
    for odd in (b"/b\xe0i c\xf2.txt", b"/\xe0nh.j\xf2g"):  # Latin-1, from an old archive
        Path(os.fsdecode(folder + odd)).write_bytes(BRIDGE.encode())
    Path(os.fsdecode(folder + b"/l\xe0.txt")).symlink_to("nowhere")
    report = news.run()
    assert report.added == ["báo/a.txt", "báo/b.txt"]
    assert len(report.refused) == 2
    json.dumps(report.to_json(), ensure_ascii=False).encode()  # what is said of it can be printed
    agree(news.settings, 2)


@pytest.mark.parametrize("name", ["hai\ndòng.txt", "🎏.txt", "-rf.txt", "'; DROP TABLE articles; --.txt", "a#b%.txt"])
def test_any_name_goes_in_and_comes_back(news: Archive, name: str) -> None:
    news.write(name, BRIDGE)
    assert f"báo/{name}" in news.run().added
    assert news.run().unchanged == 3
    assert holding(news.settings, "noon") == {f"báo/{name}"}
    agree(news.settings, 3)


@pytest.mark.parametrize(
    "text",
    [
        f"Tựa đề\n\nmốc {'dài' * 40_000} hết.",
        "Tựa đề\n\nmốc\x00\x07 rỗng.",
        "Tựa đề\n\nmốc " + "câu. " * 20_000,
        "mốc",
        "Tựa đề\n\n" + "mốc\n" * 3000,
        "\ufeffTựa đề\n\nmốc\u2028dòng\u2029\u202eđảo\u202c \U0001f3f4\u200d☠️",
    ],
    ids=["long word", "control characters", "many sentences", "one word", "many lines", "marks"],
)
def test_hostile_text_goes_in_and_is_found(news: Archive, text: str) -> None:
    news.write("x.txt", text)
    assert "báo/x.txt" in news.run().added
    assert holding(news.settings, "mốc") == {"báo/x.txt"}
    agree(news.settings, 3)


# --- nothing to ingest ------------------------------------------------------------------------------------------------


def test_without_anything_to_read_no_data_directory_is_made(tmp_path: Path) -> None:
    news = Archive(tmp_path, "empty")
    write(tmp_path / "others" / "a.png", "x")
    for path in ("empty", "others", "none"):
        with pytest.raises(HoibaoError) as refused:
            news.run(tmp_path / path)
        assert refused.value.hint
    assert not news.settings.data_dir.exists()


def test_when_every_file_is_refused_the_run_still_ends_well(tmp_path: Path) -> None:
    news = Archive(tmp_path)
    news.write("a.txt", BAD["binary.txt"])
    for _ in range(2):
        report = news.run()
        assert (len(report.refused), report.articles) == (1, 0)
        agree(news.settings, 0)
    assert news.embedder.texts == []


# --- what a run tells -------------------------------------------------------------------------------------------------


def test_the_report_is_a_json_object_and_is_kept_with_the_run(news: Archive) -> None:
    news.write("bad.txt", BAD["binary.txt"])
    news.write("c.png", "x")
    news.run(news.folder / "b.txt")
    (news.folder / "b.txt").rename(news.folder / "d.txt")
    report = news.run().to_json()
    assert report == {
        "added": ["báo/a.txt"],
        "updated": [],
        "unchanged": 0,
        "moved": [{"from": "báo/b.txt", "to": "báo/d.txt"}],
        "removed": [],
        "gone": 0,
        "refused": [
            {
                "path": str(news.folder / "bad.txt"),
                "line": None,
                "reason": report["refused"][0]["reason"],
                "hint": report["refused"][0]["hint"],
            }
        ],
        "ignored": {".png": 1},
        "articles": 2,
        "seconds": report["seconds"],
        "stopped": False,
    }
    assert report["seconds"] >= 0
    second, first = Stores(news.settings.data_dir).ledger.runs()
    assert second.report == json.loads(json.dumps(report))
    assert first.report is not None
    assert first.report["added"] == ["báo/b.txt"]
    assert all(r.started <= (r.finished or "") and r.started.endswith("+00:00") for r in (first, second))


def test_a_run_that_fails_is_recorded_as_begun_and_repeated_by_the_next(news: Archive) -> None:
    class Failing(HashedWords):
        def encode_documents(self, texts: list[str]) -> NDArray:  # type: ignore[type-arg]
            raise ModelError("no memory")

    well, news.embedder = news.embedder, Failing()
    with pytest.raises(ModelError):
        news.run()
    stores = Stores(news.settings.data_dir)
    assert [(r.finished, r.report) for r in stores.ledger.runs()] == [(None, None)]
    assert stores.ledger.count() == 0
    news.embedder = well
    assert news.run().added == ["báo/a.txt", "báo/b.txt"]
    agree(news.settings, 2)


def test_progress_only_ever_grows_and_ends_at_its_total(news: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.edit.EMBED_BATCH", 3)
    monkeypatch.setattr("ingest.run.BATCH", 2)
    news.write("bad.txt", BAD["binary.txt"])
    news.write("c.jsonl", jsonl(record(str(n), f"Tin {n}", f"Nội dung {n} " * 20) for n in range(30)))
    events: list[Event] = []
    report = news.run(on_event=events.append)
    for stage in ("read", "embed"):
        told = [e for e in events if isinstance(e, Progress) and e.stage == stage]
        assert all(one.done <= other.done for one, other in pairwise(told))
        assert told[-1].done == told[-1].total > 0
        assert all(e.done <= e.total for e in told)
    outcomes = Counter(e.what for e in events if isinstance(e, Outcome))
    assert outcomes == {"added": 32, "refused": 1}
    assert len(report.added) == 32
    events.clear()
    news.run(on_event=events.append)
    assert [e.what for e in events if isinstance(e, Outcome)] == ["refused"]


def test_a_file_that_grows_while_it_is_read_does_not_turn_progress_back(news: Archive) -> None:
    lines = jsonl(record(str(n), f"Tin {n}", f"Nội dung {n} " * 20) for n in range(800))
    path = news.write("c.jsonl", lines[: len(lines) // 8].rsplit("\n", 1)[0] + "\n")
    events: list[Event] = []
    for event in ingest_events([news.folder], settings=news.settings, embedder=news.embedder):
        if not events:
            path.write_text(lines, encoding="utf-8")
        if not isinstance(event, IngestReport):
            events.append(event)
    told = [e.done for e in events if isinstance(e, Progress) and e.stage == "read"]
    assert told == sorted(told)
    assert told[-1] == next(e.total for e in events if isinstance(e, Progress) and e.stage == "read")


def test_the_log_holds_numbers_and_no_text(news: Archive, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="ingest"):
        news.run()
    (line,) = [r for r in caplog.records if r.name.startswith("ingest")]
    assert "2 added, 0 updated" in line.getMessage()
    assert "báo" not in line.getMessage()


# --- one writer, many readers -------------------------------------------------------------------------------------------


def test_a_run_beside_another_is_refused(news: Archive) -> None:
    news.run()
    news.write("a.txt", BRIDGE)
    with Stores(news.settings.data_dir).writing(), pytest.raises(Locked, match=f"process {os.getpid()}"):
        news.run()
    assert holding(news.settings, "rạng") == {"báo/a.txt"}
    assert len(Stores(news.settings.data_dir).ledger.runs()) == 1


@pytest.mark.timeout(60)
def test_a_run_waits_for_another_when_it_is_told_to(news: Archive) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with Stores(news.settings.data_dir, create=True).writing():
            held.set()
            done.wait(1)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    report = news.run(wait=50)
    holder.join()
    assert report.articles == 2


def test_readers_answer_during_a_run_and_see_what_is_published_without_opening_again(news: Archive) -> None:
    news.run()
    news.write("c.txt", BRIDGE)
    news.write("a.txt", FLOOD.replace("rạng sáng", "nửa khuya"))
    stores = Stores(news.settings.data_dir)  # stays open

    def seen() -> set[str]:
        vector = HashedWords().encode_documents(["Traffic cross noon bridge lúa sông"])[0]
        numbers = [n for n, _ in stores.vectors.search(vector, k=10)]
        return {a.text.split("\n")[0] + str("rạng" in a.text) for _, a in stores.ledger.find(numbers).values()}

    before = seen()
    events = ingest_events([news.folder], settings=news.settings, embedder=news.embedder)
    during = [seen() for event in events if not isinstance(event, IngestReport)]
    assert len(during) >= 3
    assert before == {"Lũ về sông QuảngTrue", "Vụ lúa được mùaFalse"}
    after = {"Lũ về sông QuảngFalse", "Vụ lúa được mùaFalse", "New bridge opensFalse"}
    assert all(one in (before, after) for one in during)
    assert seen() == after
    stores.close()


def test_a_data_directory_of_another_layout_is_refused(news: Archive) -> None:
    with Stores(news.settings.data_dir, create=True).ledger.transaction() as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'layout'")
    with pytest.raises(IndexMismatch):
        news.run()


def test_settings_and_model_come_from_the_environment_by_default(
    news: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_DATA_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("HOIBAO_EMBEDDING_MODEL", str(tmp_path / "no-model"))
    with pytest.raises(ModelError, match="no-model"):
        ingest([str(news.folder)])
    assert (tmp_path / "elsewhere" / LEDGER).is_file()


def test_a_quotation_says_where_in_its_file_it_stands(tmp_path: Path) -> None:
    write(
        tmp_path / "tin.jsonl",
        "\n" + jsonl([{"id": "k1", "text": "Khởi công hồ Đá Xanh\n\nHồ Đá Xanh khởi công ngày 2/4/2021."}]),
    )
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "tin.jsonl"], settings=settings)
    cited = NewsAssistant.open(settings=settings).ask("Hồ Đá Xanh khởi công khi nào?").citations[0]
    assert cited.place == ("line", 2)
    assert cited.to_json()["place"] == {"unit": "line", "at": 2}
    bridge = write(tmp_path / "a.txt", "Thông xe cầu Bến Sắn\n\nCầu Bến Sắn thông xe ngày 3/9/2021.\n")
    ingest([bridge], settings=settings)
    cited = NewsAssistant.open(settings=settings).ask("Cầu Bến Sắn thông xe khi nào?").citations[0]
    assert cited.place == ("character", bridge.read_text("utf-8").index(cited.quote))


def test_the_real_model_goes_the_same_way(news: Archive, embeddings: SentenceEmbeddings) -> None:
    ingest([news.folder], settings=news.settings, embedder=embeddings)
    agree(news.settings, 2)
    stores = Stores(news.settings.data_dir)
    nearest = stores.vectors.search(embeddings.encode_query("Vụ lúa được mùa"), k=1)
    assert [p.text for p, _ in stores.ledger.find([nearest[0][0]]).values()] == [HARVEST.replace("\n\n", "\n").strip()]
    assert stores.model == embeddings.name


@pytest.mark.timeout(30)
def test_a_run_that_waits_can_be_stopped(news: Archive) -> None:
    news.run()
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with Stores(news.settings.data_dir).writing(), pytest.raises(Locked):
        ingest([news.folder], settings=news.settings, embedder=news.embedder, wait=3600, stop=stop)
