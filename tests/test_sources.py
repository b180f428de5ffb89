"""Files and records: what was read counts once it is published; what is forgotten or moved loses no article."""

import sqlite3
from pathlib import Path

import pytest
from stores_support import NOW, made, staged

from qa.errors import StoreError
from qa.ledger import Ledger
from qa.sources import FileState, Origin, Problem, labelled
from qa.staging import Staging

LATER = "2020-02-02T00:00:00+00:00"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite", create=True)


def state(path: str, *, size: int = 1, **more: object) -> FileState:
    return FileState(path, size, 2, f"raw{size}", **more)  # type: ignore[arg-type]


def add(ledger: Ledger, *names: str, text: str = "", key: str = "") -> list[str]:
    """Publish the article of each name under its file; all have the same text when one is given."""
    staging = Staging(ledger, is_gone=lambda _: False)
    articles = [staged(made(n, "Tựa", text or f"Câu của {n}."), key=key, digest=n.encode()) for n in names]
    staging.add(articles)
    ledger.sources.stage([state(a.path, records=1) for a in articles])
    ledger.publish(model="m", now=NOW)
    ledger.sweep()
    return [a.row.id for a in articles]


def shared(ledger: Ledger) -> str:
    """Publish one article under two files, shown under `folder/a.txt`; return its id."""
    (id,) = add(ledger, "a.txt", text="Một bài.")
    with ledger.transaction() as db:
        db.execute("INSERT INTO sources VALUES ('/folder/b.txt', '', 'live', 'folder/b.txt', x'01', ?)", (id,))
        db.execute("INSERT INTO files VALUES ('/folder/b.txt', 'live', 1, 2, 'raw1', '', 1, '')")
    return id


def found(ledger: Ledger) -> list[str]:
    return [a.source for a in ledger.articles()]


def test_what_was_read_counts_once_it_is_published(ledger: Ledger) -> None:
    sources = ledger.sources
    (id,) = add(ledger, "a.txt")
    sources.stage([state("/folder/a.txt", size=9), state("/folder/b.txt")])
    assert sources.files() == {"/folder/a.txt": state("/folder/a.txt", records=1)}
    assert ledger.has_unpublished()
    ledger.publish(model="m", now=LATER)
    assert sources.files() == {p: state(p, size=s) for p, s in (("/folder/a.txt", 9), ("/folder/b.txt", 1))}
    assert not ledger.has_unpublished()
    assert sources.of_article(id) == [Origin("/folder/a.txt", "", "folder/a.txt", b"a.txt", id)]


def test_what_was_read_but_not_published_is_read_again(ledger: Ledger) -> None:
    add(ledger, "a.txt")
    Staging(ledger, is_gone=lambda _: False).add([staged(made("a.txt", "Tựa", "Khác."), digest=b"new")])
    ledger.sources.stage([state("/folder/a.txt", size=9)])
    ledger.sweep()
    assert ledger.sources.files()["/folder/a.txt"].size == 1
    assert ledger.sources.of_file("/folder/a.txt")[""].record_hash == b"a.txt"
    assert not ledger.has_unpublished()


def test_what_was_refused_of_a_file_is_remembered(ledger: Ledger) -> None:
    problems = (Problem("không có chữ", "Mở bằng tay.", 7), Problem("too long"))
    file = FileState("/báo/một\nhai 🎏.jsonl", 2**40, 2**60, "ab", terms="ten", records=3, problems=problems)
    ledger.sources.stage([file])
    ledger.publish(model="m", now=NOW)
    assert ledger.sources.files() == {file.path: file}


def test_new_times_are_noted_of_known_files_only(ledger: Ledger) -> None:
    add(ledger, "a.txt")
    before = ledger.sources.files()["/folder/a.txt"]
    touched = FileState(before.path, 5, 99, "ignored", terms="new")
    ledger.sources.touch([touched, state("/unknown")])
    assert ledger.sources.files() == {
        before.path: FileState(before.path, 5, 99, before.raw_hash, "new", before.records)
    }


@pytest.mark.parametrize(("key", "label"), [("", "a/b.txt"), ("7", "a/b.txt#7")])
def test_a_record_is_shown_with_its_file(key: str, label: str) -> None:
    assert labelled("a/b.txt", key) == label


# --- forgetting -------------------------------------------------------------------------------------------------------


def test_the_article_of_a_forgotten_file_goes_with_the_next_publication(ledger: Ledger) -> None:
    id, _ = add(ledger, "a.txt", "b.txt")
    assert ledger.sources.forget("/folder/a.txt") == 1
    assert ledger.sources.forget("/unknown") == 0
    assert found(ledger) == ["folder/a.txt", "folder/b.txt"]
    assert ledger.has_unpublished()
    ledger.sweep()  # the run was killed; this is the next one, which finds nothing to forget
    assert ledger.has_unpublished()
    ledger.publish(model="m", now=LATER)
    assert found(ledger) == ["folder/b.txt"]
    assert ledger.versions(id)[0].until == LATER
    assert not ledger.has_unpublished()
    assert ledger.sources.files().keys() == {"/folder/b.txt"}


def test_only_the_records_named_are_forgotten(ledger: Ledger) -> None:
    path = "/folder/x.jsonl"
    staging = Staging(ledger, is_gone=lambda _: False)
    staging.add([staged(made("x.jsonl", "Tựa", f"Câu {k}."), key=k, path=path) for k in "123"])
    ledger.sources.stage([state(path, records=3)])
    ledger.publish(model="m", now=NOW)
    assert ledger.sources.forget(path, ["2", "unknown"]) == 1
    assert ledger.sources.of_file(path).keys() == {"1", "3"}
    ledger.publish(model="m", now=LATER)
    assert found(ledger) == ["folder/x.jsonl#1", "folder/x.jsonl#3"]


def test_a_file_of_which_records_were_forgotten_is_read_again_unless_it_was_published(ledger: Ledger) -> None:
    """A run forgets a record and is killed; the record comes back, and the file looks as it did when it was last read."""
    add(ledger, "x.jsonl", key="1")
    path, before = "/folder/x.jsonl", ledger.sources.files()["/folder/x.jsonl"]
    ledger.sources.forget(path, ["1"])
    ledger.sweep()
    assert ledger.sources.files()[path] != before
    assert ledger.sources.files()[path].raw_hash == ""

    ledger.sources.stage([before])
    ledger.sources.forget(path, ["1"])
    ledger.publish(model="m", now=LATER)
    assert ledger.sources.files() == {path: before}


def test_an_article_of_two_files_is_shown_under_the_other_which_is_read_again(ledger: Ledger) -> None:
    id = shared(ledger)
    article = ledger.article(id)
    assert article is not None
    assert (article.source, article.copies) == ("folder/a.txt", ("folder/b.txt",))
    before = ledger.sources.files()
    ledger.sources.forget("/folder/a.txt")
    ledger.publish(model="m", now=LATER)
    assert [(a.id, a.source, a.copies) for a in ledger.articles()] == [(id, "folder/b.txt", ())]
    file = ledger.sources.files()["/folder/b.txt"]
    assert (file.size, file.raw_hash) != (before["/folder/b.txt"].size, before["/folder/b.txt"].raw_hash)
    assert ledger.sources.of_file("/folder/b.txt")[""].record_hash == b""


def test_a_file_that_is_to_be_read_again_can_still_be_forgotten(ledger: Ledger) -> None:
    """Both files of an article go, one after the other, and the run is killed between the two."""
    shared(ledger)
    ledger.sources.forget("/folder/a.txt")
    assert ledger.sources.files().keys() == {"/folder/b.txt"}
    for path in ledger.sources.files():
        ledger.sources.forget(path)
    ledger.publish(model="m", now=LATER)
    assert found(ledger) == []


def test_an_article_that_is_shown_under_another_file_stays_as_it_is(ledger: Ledger) -> None:
    id = shared(ledger)
    before = ledger.sources.files()["/folder/a.txt"]
    ledger.sources.forget("/folder/b.txt")
    ledger.publish(model="m", now=LATER)
    assert [(a.id, a.source, a.copies) for a in ledger.articles()] == [(id, "folder/a.txt", ())]
    assert ledger.sources.files() == {"/folder/a.txt": before}


# --- moving -----------------------------------------------------------------------------------------------------------


def test_a_moved_file_keeps_the_ids_and_the_history_of_its_articles(ledger: Ledger) -> None:
    (id,) = add(ledger, "a.txt")
    Staging(ledger, is_gone=lambda _: False).add([staged(made("a.txt", "Tựa", "Câu mới."))])
    ledger.publish(model="m", now=LATER)
    ledger.sweep()
    numbers = ledger.numbers()
    assert ledger.sources.move("/folder/a.txt", state("/new/c.txt", size=7), "new/c.txt") == ["new/c.txt"]
    assert [(a.id, a.source) for a in ledger.articles()] == [(id, "new/c.txt")]
    assert len(ledger.versions(id)) == 2
    assert ledger.numbers() == numbers
    assert ledger.sources.files() == {"/new/c.txt": state("/new/c.txt", size=7)}
    assert ledger.sources.of_file("/folder/a.txt") == {}
    assert ledger.sources.of_article(id) == [Origin("/new/c.txt", "", "new/c.txt", b"r", id)]
    assert not ledger.has_unpublished()


def test_the_records_of_a_moved_file_are_shown_under_its_new_name(ledger: Ledger) -> None:
    staging = Staging(ledger, is_gone=lambda _: False)
    staging.add([staged(made("x", "Tựa", f"Câu {k}."), key=k, path="/folder/x") for k in "12"])
    ledger.publish(model="m", now=NOW)
    assert sorted(ledger.sources.move("/folder/x", state("/y"), "y")) == ["y#1", "y#2"]
    assert found(ledger) == ["y#1", "y#2"]


def test_a_moved_file_that_is_not_the_one_shown_leaves_the_article_where_it_is(ledger: Ledger) -> None:
    id = shared(ledger)
    ledger.sources.move("/folder/b.txt", state("/new/b.txt"), "new/b.txt")
    assert [(a.id, a.source, a.copies) for a in ledger.articles()] == [(id, "folder/a.txt", ("new/b.txt",))]


def test_a_file_moved_over_another_takes_its_place(ledger: Ledger) -> None:
    a, b = add(ledger, "a.txt", "b.txt")
    ledger.sources.move("/folder/a.txt", state("/folder/b.txt"), "folder/b.txt")
    ledger.publish(model="m", now=LATER)
    assert [(x.id, x.source) for x in ledger.articles()] == [(a, "folder/b.txt")]
    assert ledger.versions(b)[0].until == LATER


def test_a_file_moved_over_one_of_two_sources_has_the_article_shown_under_the_other(ledger: Ledger) -> None:
    id = shared(ledger)
    (moved,) = add(ledger, "c.txt")
    ledger.sources.move("/folder/c.txt", state("/folder/a.txt"), "folder/a.txt")
    ledger.publish(model="m", now=LATER)
    assert {x.id: x.source for x in ledger.articles()} == {id: "folder/b.txt", moved: "folder/a.txt"}


# --- damage -----------------------------------------------------------------------------------------------------------


def test_what_sqlite_refuses_is_a_store_error(ledger: Ledger) -> None:
    with sqlite3.connect(ledger.path) as db:
        db.execute("DROP TABLE sources")
        db.execute("DROP TABLE files")
    for use in (
        ledger.sources.files,
        lambda: ledger.sources.of_file("/a"),
        lambda: ledger.sources.of_article("a"),
        lambda: ledger.sources.stage([state("/a")]),
        lambda: ledger.sources.touch([state("/a")]),
        lambda: ledger.sources.forget("/a"),
        lambda: ledger.sources.move("/a", state("/b"), "b"),
    ):
        with pytest.raises(StoreError, match=r"ledger\.sqlite") as refused:
            use()
        assert refused.value.hint
