"""The ledger: what is live is found, whole and once; what was is kept; what went wrong leaves nothing behind."""

import pickle
import sqlite3
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stores_support import NOW, made, staged

from ingest.prepare import article_of_record
from ingest.records import Place, Record
from qa.database import BATCH, Database, parts
from qa.errors import IndexMismatch, IndexMissing, StoreError
from qa.ledger import Ledger, Run
from qa.records import article_of, passage_of, row_of
from qa.schema import Article, Block, BlockKind, DateMention, DateRole
from qa.staging import Staging
from qa.stores import text_hash

MODEL = "a-model"
LATER = "2020-02-02T00:00:00+00:00"
LAST = "2020-03-03T00:00:00+00:00"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "data" / "ledger.sqlite", create=True)


def add(ledger: Ledger, *articles: Article) -> list[int]:
    """Stage articles, each under the file it is named for; return the numbers of their passages."""
    prepared = [staged(a) for a in articles]
    Staging(ledger, is_gone=lambda _: False).add(prepared)
    return [n for p in prepared for n in p.numbers]


def publish(ledger: Ledger, *articles: Article, now: str = NOW) -> list[int]:
    numbers = add(ledger, *articles)
    ledger.publish(model="m", now=now)
    ledger.sweep()
    return numbers


def live(ledger: Ledger, name: str) -> Article:
    return next(a for a in ledger.articles() if a.source == f"folder/{name}")


def texts(ledger: Ledger, numbers: list[int]) -> list[str]:
    return [p.text for p, _ in ledger.find(numbers).values()]


# --- rows -------------------------------------------------------------------------------------------------------------

EVENT = DateMention("2019-01-25", "25/1/2019", 3, 12, DateRole.EVENT, basis="Xuân Kỷ Hợi")
RICH = Article(
    id="00ff00ff00ff00ff",
    source="báo/một\nhai 🎏.txt",
    title="Tiêu đề",
    text="Tiêu đề\nĐồng chí chủ trì.\nẢnh: A\nTới dự có .",
    blocks=(
        Block(BlockKind.TITLE, 0, 7),
        Block(BlockKind.BODY, 8, 25),
        Block(BlockKind.CAPTION, 26, 32),
        Block(BlockKind.HOLE, 33, 43),
    ),
    language="vi",
    content_hash="c" * 64,
    title_derived=True,
    url="https://example.test/a?b=c",
    outlet="TTXVN / Vietnam+",
    outlets=("ttxvn", "vietnam+"),
    event=EVENT,
    published=DateMention("2019-02", "", 0, 0, DateRole.PUBLISHED),
    dates=(EVENT, DateMention("--02-02", "2/2", 0, 3)),
    origins=((0, 4, 7), (8, 20, 5)),
    places=((0, "page", 1), (9, "page", 2)),
)


@pytest.mark.parametrize("article", [RICH, made("bare.txt", "Chỉ có tiêu đề")])
def test_a_row_holds_all_of_an_article(article: Article) -> None:
    row = row_of(article)
    kept = article_of([7, *row])
    assert (kept, article) == (article, kept)
    assert kept == article_of([7, *row])
    assert hash(article_of([7, *row])) == hash(article)
    assert kept != replace(article, title="khác")
    assert replace(article, title="khác") != kept
    assert (row.event, row.published) == (article.event and article.event.value, article.published and article.published.value)  # fmt: skip


@pytest.mark.parametrize("field", [f.name for f in fields(Article)])
def test_each_part_of_an_article_can_be_asked_for_first(field: str) -> None:
    kept = article_of([7, *row_of(RICH)])
    assert getattr(kept, field) == getattr(RICH, field)
    assert replace(article_of([7, *row_of(RICH)]), copies=("b.txt",)) == replace(RICH, copies=("b.txt",))
    assert pickle.loads(pickle.dumps(article_of([7, *row_of(RICH)]))) == RICH
    with pytest.raises(AttributeError):
        _ = kept.nothing  # type: ignore[attr-defined]


def test_a_passage_is_the_slice_its_row_names() -> None:
    passage = passage_of([5, 1, "caption", 26, 32], RICH)
    assert (passage.number, passage.kind, passage.text, passage.article_id) == (5, BlockKind.CAPTION, "Ảnh: A", RICH.id)
    assert passage.id.startswith(f"{RICH.id}:26-32:")


def test_an_article_comes_back_as_it_was_put_in(ledger: Ledger) -> None:
    plain = made("bare.txt", "Chỉ có tiêu đề")
    prepared = [staged(RICH), staged(plain)]
    Staging(ledger, is_gone=lambda _: False).add(prepared)
    ledger.publish(model="m", now=NOW)
    back = {a.source: a for a in ledger.articles()}
    for article, put in zip((RICH, plain), prepared, strict=True):
        found = ledger.article(put.row.id)
        assert found is not None
        assert found == back[article.source]
        assert row_of(found)[1:] == row_of(article)[1:]
    kinds = {p.text: p.kind for p, a in ledger.passages() if a.source == RICH.source}
    assert kinds == {RICH.text[b.start : b.end]: b.kind for b in RICH.blocks if b.kind is not BlockKind.HOLE}


# --- places -----------------------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(st.lists(st.text("aăâđ bcé.", min_size=1, max_size=30), min_size=1, max_size=6))
def test_a_clean_character_is_found_again_in_the_file(lines: list[str]) -> None:
    raw = "Tựa đề\n\n" + "\n\n".join(f"Câu  {line}" for line in lines)
    article = article_of_record(Record(raw, places=(Place(0, "character", 100),)), id="", source="a.txt")
    for i, char in enumerate(article.text):
        place = article.place(i)
        if char.isspace():
            continue
        assert place is not None
        unit, at = place
        assert unit == "character"
        assert unicodedata.normalize("NFC", raw[at - 100]) == char


def test_a_place_is_a_page_where_the_file_has_pages() -> None:
    places = [RICH.place(i) for i in (0, 6, 8, 12)]
    assert places == [("page", 1), ("page", 2), ("page", 2), ("page", 2)]
    assert [RICH.place(i) for i in (7, 13, 40)] == [None] * 3  # put in, composed, beyond


def test_a_place_before_the_first_that_is_known_is_none() -> None:
    article = article_of_record(Record("Tựa\n\nMột câu ở trang hai.", places=(Place(5, "page", 2),)), id="", source="a")
    assert article.place(0) is None
    assert article.place(article.text.index("Một")) == ("page", 2)


def test_lines_and_pages_are_numbered_and_characters_run_on() -> None:
    raw = "Tựa\n\nCâu một.\n\nCâu hai."
    places = (Place(0, "line", 1), Place(5, "character", 50), Place(15, "line", 5))
    article = article_of_record(Record(raw, places=places), id="", source="a")
    assert article.place(2) == ("line", 1)
    assert article.place(article.text.index("một")) == ("character", 50 + len("Câu "))
    assert article.place(article.text.index("hai")) == ("line", 5)


# --- what is live -----------------------------------------------------------------------------------------------------


def test_only_what_is_live_is_found(ledger: Ledger) -> None:
    numbers = add(ledger, made("a.txt", "Tựa", "Một câu."))
    assert len(numbers) == 2
    assert (ledger.count(), list(ledger.articles()), ledger.find(numbers), ledger.numbers()) == (0, [], {}, [])
    assert ledger.sources.of_file("/folder/a.txt") == {}
    assert ledger.passage_count() == 0

    ledger.publish(model="m", now=NOW)
    id = live(ledger, "a.txt").id
    assert (ledger.count(), ledger.passage_count(), ledger.numbers()) == (1, 2, numbers)
    assert texts(ledger, [*numbers, 10**9, -1]) == ["Tựa", "Một câu."]

    ledger.publish(model="m", now=LATER, remove=[id, "unknown"])
    assert (ledger.count(), ledger.article(id), ledger.find(numbers), ledger.numbers()) == (0, None, {}, [])
    assert ledger.numbers(states=("dead",)) == numbers
    assert ledger.sweep() == numbers
    assert ledger.numbers(states=("live", "pending", "dead", "earlier")) == []


def test_a_replaced_article_is_there_in_its_new_form_only(ledger: Ledger) -> None:
    old, other, new = made("a.txt", "Tựa", "Cũ."), made("b.txt", "Khác"), made("a.txt", "Tựa", "Mới.", "Thêm.")
    before, kept = publish(ledger, old), publish(ledger, other)
    after = add(ledger, new)
    assert texts(ledger, [*before, *after]) == ["Tựa", "Cũ."]  # until it is published
    ledger.publish(model="m", now=LATER)
    assert texts(ledger, [*before, *after]) == ["Tựa", "Mới.", "Thêm."]
    assert [a.text for a in ledger.articles()] == [new.text, other.text]
    assert ledger.sweep() == before
    assert ledger.numbers() == sorted([*kept, *after])


def test_a_reader_never_sees_an_article_in_two_forms_or_in_none(ledger: Ledger) -> None:
    forms = [made("a.txt", f"Tựa {i}", *(f"Câu {i} {j}." for j in range(i % 3))) for i in range(40)]
    publish(ledger, forms[0])
    seen: list[list[str]] = []
    mixed: list[object] = []
    ready, done = threading.Barrier(3), threading.Event()

    def look() -> None:
        reader = Ledger(ledger.path)
        ready.wait()
        while not (done.is_set() and seen):
            seen.append([a.text for a in reader.articles()])
            mixed.extend((p, a) for p, a in reader.passages() if p.text != a.text[p.start : p.end])
        reader.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    ready.wait()
    for form in forms[1:]:
        publish(ledger, form)
    done.set()
    for thread in threads:
        thread.join()
    assert seen
    assert all(len(s) == 1 for s in seen)
    assert {s[0] for s in seen} <= {f.text for f in forms}
    assert mixed == []


def test_copies_are_the_live_articles_with_the_same_text(ledger: Ledger) -> None:
    one, two, three = (made(name, "Tựa", "Cùng một bài.") for name in ("a.txt", "b.txt", "c.txt"))
    numbers = add(ledger, one, two, made("d.txt", "Tựa", "Bài khác."))
    ledger.publish(model="m", now=NOW)
    add(ledger, three)  # pending: not there yet
    copies = {a.source: a.copies for a in ledger.articles()}
    assert copies == {one.source: (two.source,), two.source: (one.source,), "folder/d.txt": ()}
    assert {a.copies for _, a in ledger.find(numbers[:2]).values()} == {(two.source,)}
    ledger.publish(model="m", now=LATER, remove=[live(ledger, "b.txt").id])
    assert live(ledger, "a.txt").copies == (three.source,)


def test_many_numbers_are_found_at_once(ledger: Ledger) -> None:
    numbers = publish(ledger, *(made(f"{i}.txt", *(f"Bài {i} câu {j}" for j in range(150))) for i in range(9)))
    asked = [*reversed(numbers), 10**9]
    assert len(numbers) == 1350 > 2 * BATCH  # more than two statements hold
    assert set(ledger.find(asked)) == set(numbers)
    assert [p.number for p, _ in ledger.passages()] == numbers
    assert ledger.find([]) == {}


def test_articles_come_by_source(ledger: Ledger) -> None:
    names = [f"{i % 7}-{i}.txt" for i in range(600)]
    publish(ledger, *(made(name, f"Bài {name}") for name in names))
    assert [a.source for a in ledger.articles()] == sorted(f"folder/{n}" for n in names)


# --- what was ---------------------------------------------------------------------------------------------------------


def test_an_update_keeps_the_version_before(ledger: Ledger) -> None:
    old, new = made("a.txt", "Tựa", "Cũ."), made("a.txt", "Tựa", "Mới.")
    publish(ledger, old)
    id = live(ledger, "a.txt").id
    publish(ledger, new, now=LATER)
    versions = ledger.versions(id)
    assert [(v.article.text, v.article.content_hash, v.since, v.until) for v in versions] == [
        (new.text, new.content_hash, LATER, None),
        (old.text, old.content_hash, NOW, LATER),
    ]
    assert {v.article.id for v in versions} == {id}


def test_a_removed_article_is_an_earlier_one(ledger: Ledger) -> None:
    publish(ledger, made("a.txt", "Tựa", "Câu."))
    id = live(ledger, "a.txt").id
    for state in ("dead", "earlier"):
        ledger.publish(model="m", now=LATER, remove=[id] if state == "dead" else [])
        assert [(v.since, v.until) for v in ledger.versions(id)] == [(NOW, LATER)]
        ledger.sweep()
    publish(ledger, made("a.txt", "Tựa", "Câu."), now=LAST)
    assert [(v.since, v.until) for v in ledger.versions(id)] == [(LAST, None), (NOW, LATER)]


def test_what_is_not_published_is_no_version(ledger: Ledger) -> None:
    publish(ledger, made("a.txt", "Tựa", "Cũ."))
    id = live(ledger, "a.txt").id
    add(ledger, made("a.txt", "Tựa", "Mới."))
    assert len(ledger.versions(id)) == 1
    assert ledger.versions("unknown") == []


def test_erasing_deletes_the_earlier_versions_only(ledger: Ledger) -> None:
    for i in range(3):
        publish(ledger, made("a.txt", "Tựa", f"Câu {i}."), made("b.txt", "Tựa", f"Khác {i}."), now=LATER)
    id, other = live(ledger, "a.txt").id, live(ledger, "b.txt").id
    assert ledger.erase(id) == 2
    assert [v.article.text for v in ledger.versions(id)] == ["Tựa\nCâu 2."]
    assert len(ledger.versions(other)) == 3
    assert ledger.erase(id) == 0


def test_what_was_erased_is_not_in_the_file_any_more(ledger: Ledger) -> None:
    secret = "chuyện_riêng_cần_xoá"
    publish(ledger, made("a.txt", "Tựa", f"Kể {secret}."))
    id = live(ledger, "a.txt").id
    publish(ledger, made("a.txt", "Tựa", "Đã sửa."))

    def on_disk() -> bool:
        files = [p for p in ledger.path.parent.iterdir() if p.is_file()]
        return any(secret.encode() in p.read_bytes() for p in files)

    assert on_disk()
    ledger.erase(id)
    assert not on_disk()


# --- vectors ----------------------------------------------------------------------------------------------------------


def test_vectors_come_back_in_the_order_asked_for(ledger: Ledger) -> None:
    lines = [f"Câu {i}" for i in range(1100)]
    numbers = add(ledger, made("a.txt", *lines))
    ledger.cache.add([(text_hash(t), np.full(3, i, np.float32)) for i, t in enumerate(lines)], model=MODEL)
    asked = [numbers[700], numbers[3], numbers[1099], *numbers[:600]]
    assert ledger.cache.of(asked, model=MODEL)[:, 0].tolist() == [700, 3, 1099, *range(600)]
    assert ledger.cache.of(asked, model=MODEL).dtype == np.float32
    assert ledger.cache.of([], model=MODEL).shape == (0, 0)


def test_a_missing_vector_is_named(ledger: Ledger) -> None:
    numbers = add(ledger, made("a.txt", "Một", "Hai"))
    hashes = [text_hash("Một"), text_hash("Hai")]
    ledger.cache.add([(hashes[0], np.ones(2, np.float32))], model=MODEL)
    assert ledger.cache.find(hashes, model=MODEL).keys() == {hashes[0]}
    assert ledger.cache.find(hashes, model="another") == {}
    with pytest.raises(StoreError, match=MODEL) as refused:
        ledger.cache.of(numbers, model=MODEL)
    assert refused.value.hint
    with pytest.raises(StoreError):
        ledger.cache.of(numbers[:1], model="another")


def test_vectors_outlive_a_run_that_was_cut_off_but_not_their_text(ledger: Ledger) -> None:
    kept, gone = made("a.txt", "Ở lại"), made("b.txt", "Ra đi")
    hashes = [text_hash("Ở lại"), text_hash("Ra đi")]
    add(ledger, kept, gone)
    ledger.cache.add([(h, np.ones(2, np.float32)) for h in hashes], model=MODEL)
    ledger.sweep()  # the run was cut off before anything was live
    assert ledger.cache.find(hashes, model=MODEL).keys() == set(hashes)
    publish(ledger, kept)
    ledger.cache.sweep()
    assert ledger.cache.find(hashes, model=MODEL).keys() == {hashes[0]}


def test_a_vector_made_again_takes_the_place_of_the_first(ledger: Ledger) -> None:
    for value in (1, 2):
        ledger.cache.add([(b"h", np.full(2, value, np.float64))], model=MODEL)
    assert ledger.cache.find([b"h"], model=MODEL)[b"h"].tolist() == [2, 2]


# --- transactions -----------------------------------------------------------------------------------------------------


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.transaction():
            ledger.set_meta("key", "value")  # joins the transaction around it
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert ledger.meta("key") is None
    ledger.set_meta("key", "again")
    ledger.set_meta("key", "and again")
    assert Ledger(ledger.path).meta("key") == "and again"


def test_a_transaction_whose_end_fails_leaves_nothing_and_the_next_one_counts(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.transaction() as db:
            db.execute("PRAGMA defer_foreign_keys = ON")
            db.execute("INSERT INTO meta VALUES ('key', 'value')")
            db.execute("INSERT INTO passages (article, kind, start, end, text_hash) VALUES (99, 'body', 0, 1, x'')")

    with pytest.raises(sqlite3.IntegrityError):
        fail()
    assert ledger.meta("key") is None
    ledger.set_meta("other", "value")
    assert Ledger(ledger.path).meta("other") == "value"


def test_a_transaction_that_sqlite_itself_has_undone_says_why(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.transaction() as db:
            db.execute("INSERT OR ROLLBACK INTO meta VALUES ('layout', 'twice')")

    with pytest.raises(sqlite3.IntegrityError):
        fail()
    ledger.set_meta("key", "value")
    assert Ledger(ledger.path).meta("key") == "value"


def test_a_full_disk_is_told_of_and_leaves_what_was_there(ledger: Ledger) -> None:
    publish(ledger, made("a.txt", "Tựa", "Câu."))
    pages = ledger.connection.execute("PRAGMA page_count").fetchone()[0]
    ledger.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="full") as refused:
        add(ledger, made("b.txt", "Tựa", "Một câu dài. " * 5000))
    assert "room" in refused.value.hint
    ledger.connection.execute("PRAGMA max_page_count = 1000000")
    publish(ledger, made("c.txt", "Tựa", "Câu."))
    assert [a.source for a in ledger.articles()] == ["folder/a.txt", "folder/c.txt"]
    assert Ledger(ledger.path).count() == 2


def test_a_writer_that_is_never_let_in_says_so(ledger: Ledger) -> None:
    ledger.connection.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(ledger.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        ledger.set_meta("key", "value")
    other.execute("ROLLBACK")
    other.close()
    ledger.set_meta("key", "value")


def test_passage_numbers_are_never_used_twice(ledger: Ledger) -> None:
    first = add(ledger, made("a.txt", "Một", "Hai"))
    ledger.sweep()
    again = Ledger(ledger.path)
    second = add(again, made("a.txt", "Một", "Hai"))
    assert min(second) > max(first)


@given(st.lists(st.integers(), max_size=3 * BATCH))
@settings(max_examples=20)
def test_values_are_parted_and_none_is_lost(values: list[int]) -> None:
    found = list(parts(values))
    assert [v for part in found for v in part] == values
    assert all(0 < len(part) <= BATCH for part in found)


def test_runs_are_remembered(ledger: Ledger) -> None:
    run, cut_off = ledger.begin_run("2020-01-01T00:00:00"), ledger.begin_run("2020-01-02T00:00:00")
    ledger.finish_run(run, "2020-01-01T00:01:00", {"added": ["bài"]})
    assert ledger.runs() == [
        Run(cut_off, "2020-01-02T00:00:00", None, None),
        Run(run, "2020-01-01T00:00:00", "2020-01-01T00:01:00", {"added": ["bài"]}),
    ]
    assert ledger.connection.execute("SELECT report FROM runs WHERE row = ?", (run,)).fetchone() == (
        '{"added": ["bài"]}',
    )


# --- threads ----------------------------------------------------------------------------------------------------------


def test_one_ledger_serves_many_threads(ledger: Ledger) -> None:
    numbers = publish(ledger, made("a.txt", "Tựa", "Câu."))
    results: list[object] = []

    def use(name: str) -> None:
        for _ in range(20):
            results.append(texts(ledger, numbers))
            ledger.set_meta(name, name)
        ledger.close()

    threads = [threading.Thread(target=use, args=(f"thread {i}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [["Tựa", "Câu."]] * 120
    assert [ledger.meta(f"thread {i}") for i in range(6)] == [f"thread {i}" for i in range(6)]


def test_a_ledger_that_several_make_at_once_is_made_once(tmp_path: Path) -> None:
    for attempt in range(5):
        path, start = tmp_path / str(attempt) / "ledger.sqlite", threading.Barrier(4)
        failed: list[Exception] = []

        def make(path: Path = path, start: threading.Barrier = start, failed: list[Exception] = failed) -> None:
            start.wait()
            try:
                Ledger(path, create=True).close()
            except StoreError as exc:
                failed.append(exc)

        threads = [threading.Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert Ledger(path).count() == 0


def test_a_closed_ledger_leaves_the_file_to_others(ledger: Ledger) -> None:
    publish(ledger, made("a.txt", "Tựa"))
    ledger.close()
    ledger.close()
    moved = ledger.path.with_name("moved.sqlite")
    moved.write_bytes(ledger.path.read_bytes())  # nothing is left in the log beside it
    assert Ledger(moved).count() == 1


def test_a_reader_opens_while_a_writer_is_at_work(ledger: Ledger) -> None:
    publish(ledger, made("a.txt", "Tựa"))
    with ledger.transaction() as db:
        db.execute("DELETE FROM articles")
        counts: list[int] = []
        reader = threading.Thread(target=lambda: counts.append(Ledger(ledger.path).count()))
        reader.start()
        reader.join()
        assert counts == [1]


# --- what is no ledger ------------------------------------------------------------------------------------------------


def test_without_a_ledger_the_reader_is_told_to_ingest(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as missing:
        Ledger(tmp_path / "none" / "ledger.sqlite")
    assert "hoibao ingest" in missing.value.hint
    assert not (tmp_path / "none").exists()


def test_a_ledger_that_was_never_begun_is_missing_until_it_is_made(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.touch()  # what a run leaves that was killed right after SQLite made the file
    with pytest.raises(IndexMissing):
        Ledger(path)
    assert Ledger(path, create=True).count() == 0


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("layout", ["1", "2", "4"])
def test_another_layout_is_refused(ledger: Ledger, layout: str, create: bool) -> None:
    ledger.set_meta("layout", layout)
    with pytest.raises(IndexMismatch, match=f"layout {layout}") as refused:
        Ledger(ledger.path, create=create)
    assert "--data-dir" in refused.value.hint


@pytest.mark.parametrize("create", [False, True])
def test_a_ledger_of_the_first_layout_is_refused_and_left_alone(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        db.execute("CREATE TABLE articles (row INTEGER PRIMARY KEY, id TEXT, state TEXT)")
        db.execute("INSERT INTO meta VALUES ('layout', '1')")
    with pytest.raises(IndexMismatch, match="layout 1") as refused:
        Ledger(path, create=create)
    assert "Ingest into a fresh" in refused.value.hint
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone() == (2,)


@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("Đây là một bài báo, không phải sổ cái. " * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"ledger\.sqlite") as refused:
        Ledger(path, create=create)
    assert refused.value.hint
    assert path.read_bytes() == before


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_in_its_place_is_refused(tmp_path: Path, create: bool) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(StoreError):
        Ledger(tmp_path / "ledger.sqlite", create=create)


@pytest.mark.parametrize(
    "use", [lambda b: list(b.articles()), lambda b: list(b.passages()), lambda b: b.find(range(1, 99))]
)
def test_a_damaged_ledger_says_so(ledger: Ledger, use: Callable[[Ledger], object]) -> None:
    publish(ledger, *(made(f"{i}.txt", f"Tựa {i}", f"Một câu dài {i}. " * 80) for i in range(50)))
    ledger.close()
    size = ledger.path.stat().st_size
    with ledger.path.open("r+b") as file:  # the tables of the first half can still be opened
        file.seek(size // 2)
        file.write(b"\xa5" * (size // 2))
    reader = Ledger(ledger.path)
    with pytest.raises(StoreError) as refused:
        use(reader)
    assert refused.value.hint


def test_a_ledger_that_cannot_be_opened_says_so(ledger: Ledger) -> None:
    ledger.close()
    with ledger.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (ledger.path.stat().st_size - 4096))
    with pytest.raises(StoreError) as refused:
        Ledger(ledger.path)
    assert refused.value.hint


def test_a_database_is_any_sqlite_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "any.sqlite")
    with database.transaction() as db:
        db.execute("CREATE TABLE t (a)")
    assert database.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()
