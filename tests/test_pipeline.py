"""Runs of the pipeline: only what changed is worked on, a bad file stops nobody, and the report says what was done."""

import json
import logging
import os
import sqlite3
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import Progress, ingest
from ingest.pipeline import article_from_text
from qa import Settings
from qa.embeddings import SentenceEmbeddings
from qa.errors import ArticleError, HoibaoError, IndexMismatch, Locked, ModelError
from qa.language.forms import words
from qa.lexical import Group, Term
from qa.stores import LEDGER, VECTORS, WORDS, Stores

FLOOD = "Lũ về sông Quảng\n\nĐê bao vỡ lúc rạng sáng.\n\nHàng trăm hộ dân sơ tán trong đêm.\n"
HARVEST = "Vụ lúa được mùa\n\nNăng suất đạt bảy tấn mỗi hecta.\n"
BRIDGE = "New bridge opens\n\nTraffic began to cross at noon.\n"


class HashedWords:
    """A model that needs no files: hashed bags of words."""

    def __init__(self, name: str = "hashed-words") -> None:
        self.name = name
        self.texts: list[str] = []

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        self.texts += texts
        vectors = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.1
            for word in words(text):
                row[zlib.crc32(word.encode()) % 64] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.fixture
def embedder() -> HashedWords:
    return HashedWords()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "báo"
    folder.mkdir()
    write(folder / "a.txt", FLOOD)
    write(folder / "b.txt", HARVEST)
    return folder


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_mtime_ns if path.exists() else None
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    if before is not None:
        os.utime(path, ns=(before, before + 10**9))  # the clock of files may stand still between two writes
    return path


def holding(settings: Settings, word: str) -> set[str]:
    """Return the sources of the articles found by a word."""
    stores = Stores(settings.data_dir)
    numbers = [n for n, _ in stores.words.search([Group(((Term("words", word),),))], k=100)]
    found = {a.source for _, a in stores.ledger.find(numbers).values()}
    stores.close()
    return found


def agree(settings: Settings, articles: int) -> None:
    stores = Stores(settings.data_dir)
    verification = stores.verify()
    stores.close()
    assert verification.problems == ()
    assert verification.articles == articles


def state(settings: Settings) -> dict[str, object]:
    """Return what a run with nothing to do must leave alone: rows, generation, commits."""
    data = settings.data_dir
    with sqlite3.connect(data / LEDGER) as db:
        tables = {
            t: db.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in ("articles", "passages", "vectors")
        }
    return {
        **tables,
        "folders": sorted(p.name for p in (data / VECTORS).iterdir()),
        "pointer": (data / VECTORS / "CURRENT.json").stat().st_mtime_ns,
        "words": (data / WORDS / "meta.json").stat().st_mtime_ns,
    }


# --- only what changed ------------------------------------------------------------------------------------------------


def test_articles_are_added_once(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    first = ingest([folder], settings=settings, embedder=embedder)
    assert (first.added, first.updated, first.unchanged, first.refused) == (["báo/a.txt", "báo/b.txt"], [], [], [])
    assert first.articles == 2
    agree(settings, 2)
    assert holding(settings, "rạng") == {"báo/a.txt"}
    assert "Lũ về sông Quảng\nĐê bao vỡ lúc rạng sáng.\nHàng trăm hộ dân sơ tán trong đêm." in embedder.texts
    before, embedded = state(settings), len(embedder.texts)

    again = ingest([folder, folder / "a.txt"], settings=settings, embedder=embedder)
    assert (again.added, again.updated, again.unchanged) == ([], [], ["báo/a.txt", "báo/b.txt"])
    assert again.articles == 2
    assert len(embedder.texts) == embedded
    assert state(settings) == before


def test_a_file_with_its_size_and_time_as_before_is_not_read(
    folder: Path, settings: Settings, embedder: HashedWords
) -> None:
    ingest([folder], settings=settings, embedder=embedder)
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_bytes(b"\xff" * before.st_size)  # would be refused
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    report = ingest([folder], settings=settings, embedder=embedder)
    assert (report.unchanged, report.refused) == (["báo/a.txt", "báo/b.txt"], [])


def test_a_new_time_alone_changes_nothing(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    ingest([folder], settings=settings, embedder=embedder)
    embedded, before = len(embedder.texts), state(settings)
    os.utime(folder / "a.txt", ns=(0, 10**18))
    report = ingest([folder], settings=settings, embedder=embedder)
    assert report.unchanged == ["báo/a.txt", "báo/b.txt"]
    assert len(embedder.texts) == embedded
    assert {**state(settings), "articles": 0} == {**before, "articles": 0}
    known = Stores(settings.data_dir).ledger.file_states()[str(folder / "a.txt")][1]
    assert known.mtime_ns == 10**18  # so that the next run need not read it


def test_changed_text_takes_the_place_of_the_old(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    ingest([folder], settings=settings, embedder=embedder)
    before = Stores(settings.data_dir).ledger.file_states()[str(folder / "a.txt")][0]
    embedder.texts.clear()
    write(folder / "a.txt", FLOOD.replace("rạng sáng", "nửa khuya"))
    write(folder / "c.txt", BRIDGE)
    report = ingest([folder], settings=settings, embedder=embedder)
    assert (report.added, report.updated, report.unchanged) == (["báo/c.txt"], ["báo/a.txt"], ["báo/b.txt"])
    assert report.articles == 3
    assert holding(settings, "rạng") == set()
    assert holding(settings, "khuya") == {"báo/a.txt"}
    assert holding(settings, "noon") == {"báo/c.txt"}
    agree(settings, 3)
    assert Stores(settings.data_dir).ledger.file_states()[str(folder / "a.txt")][0] == before  # the same article
    assert len(embedder.texts) == 3  # the new body of one, title and body of the other; titles alone stay as they were


def test_a_change_and_back_again_is_followed(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    for text, word in ((FLOOD, "rạng"), (BRIDGE, "noon"), (FLOOD, "rạng")):
        write(folder / "a.txt", text)
        ingest([folder], settings=settings, embedder=embedder)
        assert holding(settings, word) == {"báo/a.txt"}
        agree(settings, 2)


def test_files_elsewhere_are_left_as_they_are(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    ingest([folder], settings=settings, embedder=embedder)
    report = ingest([write(folder.parent / "khác" / "a.txt", BRIDGE)], settings=settings, embedder=embedder)
    assert (report.added, report.articles) == (["khác/a.txt"], 3)
    assert holding(settings, "rạng") == {"báo/a.txt"}
    agree(settings, 3)


def test_the_same_text_in_two_files_is_two_articles_that_know_each_other(
    folder: Path, settings: Settings, embedder: HashedWords
) -> None:
    write(folder / "copy.txt", FLOOD.replace("\n", "\r\n"))
    ingest([folder], settings=settings, embedder=embedder)
    assert len(embedder.texts) == len(set(embedder.texts))
    copies = {a.source: a.copies for a in Stores(settings.data_dir).ledger.articles()}
    assert copies == {"báo/a.txt": ("báo/copy.txt",), "báo/copy.txt": ("báo/a.txt",), "báo/b.txt": ()}


def test_another_model_embeds_again_although_no_file_changed(
    folder: Path, settings: Settings, embedder: HashedWords
) -> None:
    ingest([folder], settings=settings, embedder=embedder)
    other = HashedWords("another")
    report = ingest([folder], settings=settings, embedder=other)
    assert len(report.unchanged) == 2
    assert sorted(other.texts) == sorted(embedder.texts)
    assert Stores(settings.data_dir).model == "another"
    agree(settings, 2)


# --- files that cannot be used ----------------------------------------------------------------------------------------

BAD: dict[str, tuple[bytes, str]] = {
    "binary.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
    "latin.txt": ("Résumé d'une réunion".encode("latin-1"), "UTF-8"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b"\n \r\n\t", "empty"),
    "rules.txt": (b"-----\n\n*****\n\nhttps://example.test/a\n", "no text is left"),
    "marks.txt": ("🎏 … !!! 🎏\n".encode(), "no text is left"),
    "BOM.txt": (b"\xef\xbb\xbf", "no text is left"),
    "large.txt": (b"a" * 2001, "more than the"),
}


def test_bad_files_are_named_and_the_others_go_in(folder: Path, tmp_path: Path, embedder: HashedWords) -> None:
    settings = Settings(data_dir=tmp_path / "data", max_article_mb=0.002)
    for name, (content, _) in BAD.items():
        write(folder / name, content)
    (folder / "loop.txt").symlink_to("nowhere")
    report = ingest([folder], settings=settings, embedder=embedder)
    assert report.added == ["báo/a.txt", "báo/b.txt"]
    assert report.articles == 2
    reasons = {Path(e.path).name: str(e) for e in report.refused}
    assert reasons.keys() == {*BAD, "loop.txt"}
    for name, (_, reason) in BAD.items():
        assert reason in reasons[name]
    assert all(e.path.startswith(str(folder)) for e in report.refused)
    agree(settings, 2)

    write(folder / "latin.txt", "Tóm tắt cuộc họp")
    mended = ingest([folder], settings=settings, embedder=embedder)
    assert mended.added == ["báo/latin.txt"]
    assert len(mended.refused) == len(BAD)
    agree(settings, 3)


def test_an_article_whose_file_goes_bad_stays_as_it_was(
    folder: Path, settings: Settings, embedder: HashedWords
) -> None:
    ingest([folder], settings=settings, embedder=embedder)
    write(folder / "a.txt", b"\x00\x01\x02" * 50)
    report = ingest([folder], settings=settings, embedder=embedder)
    assert [Path(e.path).name for e in report.refused] == ["a.txt"]
    assert holding(settings, "rạng") == {"báo/a.txt"}
    agree(settings, 2)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file name is text")
def test_a_name_that_is_not_text_stops_nobody(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    odd = os.fsencode(folder) + b"/b\xe0i c\xf2.txt"  # Latin-1, from an old archive
    Path(os.fsdecode(odd)).write_bytes(BRIDGE.encode())
    report = ingest([folder], settings=settings, embedder=embedder)
    assert {"báo/a.txt", "báo/b.txt"} <= set(report.added)
    assert len(report.added) + len(report.refused) == 3
    json.dumps(report.to_json(), ensure_ascii=False).encode()  # what is said of it can be printed
    agree(settings, len(report.added))


@pytest.mark.parametrize("name", ["hai\ndòng.txt", "🎏.txt", "-rf.txt", "'; DROP TABLE articles; --.txt"])
def test_any_name_goes_in_and_comes_back(folder: Path, settings: Settings, embedder: HashedWords, name: str) -> None:
    write(folder / name, BRIDGE)
    for _ in range(2):
        report = ingest([folder], settings=settings, embedder=embedder)
    assert f"báo/{name}" in report.unchanged
    assert holding(settings, "noon") == {f"báo/{name}"}
    agree(settings, 3)


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
def test_hostile_text_goes_in_and_is_found(folder: Path, settings: Settings, embedder: HashedWords, text: str) -> None:
    write(folder / "x.txt", text)
    report = ingest([folder], settings=settings, embedder=embedder)
    assert "báo/x.txt" in report.added
    assert holding(settings, "mốc") == {"báo/x.txt"}
    agree(settings, 3)


# --- nothing to ingest ------------------------------------------------------------------------------------------------


def test_without_anything_to_read_no_data_directory_is_made(
    tmp_path: Path, settings: Settings, embedder: HashedWords
) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "others" / "a.pdf", "x")
    for path in ("empty", "others", "none"):
        with pytest.raises(HoibaoError) as refused:
            ingest([tmp_path / path], settings=settings, embedder=embedder)
        assert refused.value.hint
    assert not settings.data_dir.exists()


def test_when_every_file_is_refused_the_run_still_ends_well(
    tmp_path: Path, settings: Settings, embedder: HashedWords
) -> None:
    for _ in range(2):
        report = ingest([write(tmp_path / "báo" / "a.txt", b"\xff\xff")], settings=settings, embedder=embedder)
        assert (len(report.refused), report.articles) == (1, 0)
        agree(settings, 0)
    assert embedder.texts == []


# --- what a run tells -------------------------------------------------------------------------------------------------


def test_the_report_is_a_json_object_and_is_kept_with_the_run(
    folder: Path, settings: Settings, embedder: HashedWords
) -> None:
    write(folder / "bad.txt", b"\xff\xff")
    write(folder / "c.pdf", "x")
    ingest([folder / "b.txt"], settings=settings, embedder=embedder)
    report = ingest([folder], settings=settings, embedder=embedder).to_json()
    assert report == {
        "added": ["báo/a.txt"],
        "updated": [],
        "unchanged": 1,
        "refused": [
            {
                "path": str(folder / "bad.txt"),
                "line": None,
                "reason": "the text is not UTF-8 (byte 0)",
                "hint": "Save it as UTF-8.",
            }
        ],
        "ignored": {".pdf": 1},
        "articles": 2,
        "seconds": report["seconds"],
    }
    assert report["seconds"] >= 0
    with sqlite3.connect(settings.data_dir / LEDGER) as db:
        runs = db.execute("SELECT started, finished, report FROM runs ORDER BY row").fetchall()
    assert len(runs) == 2
    assert json.loads(runs[1][2]) == json.loads(json.dumps(report))
    assert all(started <= finished and started.endswith("+00:00") for started, finished, _ in runs)


def test_a_run_that_fails_is_recorded_as_begun_and_repeated_by_the_next(
    folder: Path, settings: Settings, embedder: HashedWords
) -> None:
    class Failing(HashedWords):
        def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
            raise ModelError("no memory")

    with pytest.raises(ModelError):
        ingest([folder], settings=settings, embedder=Failing())
    with sqlite3.connect(settings.data_dir / LEDGER) as db:
        assert [r[0] for r in db.execute("SELECT finished FROM runs")] == [None]
    assert Stores(settings.data_dir).ledger.count() == 0
    assert ingest([folder], settings=settings, embedder=embedder).added == ["báo/a.txt", "báo/b.txt"]
    agree(settings, 2)


def test_progress_is_told_for_each_file_and_each_batch(
    folder: Path, settings: Settings, embedder: HashedWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.stores.EMBED_BATCH", 3)
    write(folder / "bad.txt", b"\xff\xff")
    events: list[Progress] = []
    ingest([folder], settings=settings, embedder=embedder, on_progress=events.append)
    total = len(embedder.texts)
    assert total == 4
    read = [Progress("read", n, 3) for n in (1, 2, 3)]
    assert events == [*read, Progress("embed", 3, total), Progress("embed", 4, total)]
    events.clear()
    ingest([folder], settings=settings, embedder=embedder, on_progress=events.append)
    assert events == read


def test_the_log_holds_numbers_and_no_text(
    folder: Path, settings: Settings, embedder: HashedWords, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="ingest"):
        ingest([folder], settings=settings, embedder=embedder)
    (record,) = [r for r in caplog.records if r.name.startswith("ingest")]
    assert "2 added, 0 updated, 0 refused" in record.getMessage()
    assert "báo" not in record.getMessage()


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_a_run_beside_another_is_refused(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    ingest([folder], settings=settings, embedder=embedder)
    write(folder / "a.txt", BRIDGE)
    with Stores(settings.data_dir).writing(), pytest.raises(Locked, match=f"process {os.getpid()}"):
        ingest([folder], settings=settings, embedder=embedder)
    assert holding(settings, "rạng") == {"báo/a.txt"}
    with sqlite3.connect(settings.data_dir / LEDGER) as db:
        assert db.execute("SELECT count(*) FROM runs").fetchone() == (1,)


def test_a_data_directory_of_another_layout_is_refused(folder: Path, settings: Settings, embedder: HashedWords) -> None:
    with Stores(settings.data_dir, create=True).ledger.transaction() as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'layout'")
    with pytest.raises(IndexMismatch):
        ingest([folder], settings=settings, embedder=embedder)


def test_settings_and_model_come_from_the_environment_by_default(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_DATA_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("HOIBAO_EMBEDDING_MODEL", str(tmp_path / "no-model"))
    with pytest.raises(ModelError, match="no-model"):
        ingest([str(folder)])
    assert (tmp_path / "elsewhere" / LEDGER).is_file()


def test_an_article_is_the_same_for_the_same_identity() -> None:
    def made(raw: str = FLOOD, identity: str = "/a") -> tuple[str, str]:
        article = article_from_text(raw, identity=identity, source="a/b.txt")
        return article.id, article.content_hash

    assert made() == made(FLOOD.replace("\n\n", "\n\n\n"))
    assert made()[0] == made(BRIDGE)[0] != made(identity="/b")[0]
    assert made()[1] != made(BRIDGE)[1]
    with pytest.raises(ArticleError) as refused:
        article_from_text("* * *\n", identity="/a", source="a/b.txt")
    assert refused.value.path == "a/b.txt"


def test_the_real_model_goes_the_same_way(folder: Path, settings: Settings, embeddings: SentenceEmbeddings) -> None:
    ingest([folder], settings=settings, embedder=embeddings)
    agree(settings, 2)
    stores = Stores(settings.data_dir)
    nearest = stores.vectors.search(embeddings.encode_query("Vụ lúa được mùa"), k=1)
    assert [p.text for p, _ in stores.ledger.find([nearest[0][0]]).values()] == ["Vụ lúa được mùa"]
    assert stores.model == embeddings.name
