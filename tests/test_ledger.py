"""The ledger: what is live is found, whole and once; what went wrong leaves nothing behind."""

import sqlite3
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from qa.errors import IndexMismatch, IndexMissing, StoreError
from qa.ledger import FileState, Ledger
from qa.schema import Article, Block, BlockKind, DateMention, DateRole, Passage

MODEL = "a-model"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "data" / "ledger.sqlite", create=True)


def put(ledger: Ledger, key: str, value: str) -> None:
    with ledger.transaction() as db:
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def made(name: str, *paragraphs: str) -> Article:
    """Return an article whose first paragraph is its title."""
    blocks, start = [], 0
    for i, paragraph in enumerate(paragraphs):
        blocks.append(Block(BlockKind.BODY if i else BlockKind.TITLE, start, start + len(paragraph)))
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    return Article(
        id=sha256(name.encode()).hexdigest()[:16],
        source=f"folder/{name}",
        title=paragraphs[0],
        text=text,
        blocks=tuple(blocks),
        language="vi",
        content_hash=sha256(text.encode()).hexdigest(),
    )


def passages_of(article: Article) -> list[tuple[Passage, bytes]]:
    """Return one passage a block, each with the hash of its text."""
    return [
        (
            Passage(
                f"{article.id}:{b.start}-{b.end}", article.id, b.kind, b.start, b.end, article.text[b.start : b.end]
            ),
            hash_of(article.text[b.start : b.end]),
        )
        for b in article.blocks
    ]


def hash_of(text: str) -> bytes:
    return sha256(text.encode()).digest()[:16]


def add(ledger: Ledger, article: Article, *, size: int = 1) -> list[int]:
    return ledger.add_pending(article, FileState(f"/{article.source}", size, 2, "raw"), passages_of(article))


def texts(ledger: Ledger, numbers: list[int]) -> list[str]:
    return [p.text for p, _ in ledger.find(numbers).values()]


# --- what comes back --------------------------------------------------------------------------------------------------


def test_an_article_comes_back_as_it_was_put_in(ledger: Ledger) -> None:
    event = DateMention("2019-01-25", "25/1/2019", 3, 12, DateRole.EVENT, basis="Xuân Kỷ Hợi")
    rich = Article(
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
        event=event,
        published=DateMention("2019-02", "", 0, 0, DateRole.PUBLISHED),
        dates=(event, DateMention("--02-02", "2/2", 0, 3)),
        origins=((0, 4, 7), (8, 20, 5)),
    )
    plain = made("bare.txt", "Chỉ có tiêu đề")
    for article in (rich, plain):
        add(ledger, article)
    ledger.publish(model="m")
    assert ledger.article(rich.id) == rich
    assert ledger.article(plain.id) == plain
    assert list(ledger.articles()) == sorted((rich, plain), key=lambda a: a.source)
    kinds = {p.text: p.kind for p, a in ledger.passages() if a.id == rich.id}
    assert kinds == {rich.text[b.start : b.end]: b.kind for b in rich.blocks}


def test_only_what_is_live_is_found(ledger: Ledger) -> None:
    article = made("a.txt", "Tựa", "Một câu.")
    numbers = add(ledger, article)
    assert len(numbers) == 2
    assert (ledger.count(), ledger.article(article.id), ledger.find(numbers), ledger.numbers()) == (0, None, {}, [])
    assert ledger.file_states() == {}

    ledger.publish(model="m")
    assert ledger.count() == 1
    assert texts(ledger, [*numbers, 10**9, -1]) == ["Tựa", "Một câu."]
    assert ledger.numbers() == numbers

    ledger.publish(model="m", remove=[article.id])
    assert (ledger.count(), ledger.article(article.id), ledger.find(numbers), ledger.numbers()) == (0, None, {}, [])
    assert ledger.numbers(states=("dead",)) == numbers
    assert ledger.sweep() == numbers
    assert ledger.numbers(states=("live", "pending", "dead")) == []


def test_a_replaced_article_is_there_in_its_new_form_only(ledger: Ledger) -> None:
    old, other, new = made("a.txt", "Tựa", "Cũ."), made("b.txt", "Khác"), made("a.txt", "Tựa", "Mới.", "Thêm.")
    before, kept = add(ledger, old), add(ledger, other)
    ledger.publish(model="m")
    after = add(ledger, new)
    assert texts(ledger, [*before, *after]) == ["Tựa", "Cũ."]  # until it is published
    ledger.publish(model="m")
    assert texts(ledger, [*before, *after]) == ["Tựa", "Mới.", "Thêm."]
    assert [a.text for a in ledger.articles()] == [new.text, other.text]
    assert ledger.sweep() == before
    assert ledger.numbers() == sorted([*kept, *after])


def test_a_reader_never_sees_an_article_in_two_forms_or_in_none(ledger: Ledger) -> None:
    forms = [made("a.txt", f"Tựa {i}", *(f"Câu {i} {j}." for j in range(i % 3))) for i in range(40)]
    add(ledger, forms[0])
    ledger.publish(model="m")
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
        add(ledger, form)
        ledger.publish(model="m")
        ledger.sweep()
    done.set()
    for thread in threads:
        thread.join()
    assert seen
    assert all(len(s) == 1 for s in seen)
    assert {s[0] for s in seen} <= {f.text for f in forms}
    assert mixed == []


def test_copies_are_the_live_articles_with_the_same_text(ledger: Ledger) -> None:
    one, two, three = (made(name, "Tựa", "Cùng một bài.") for name in ("a.txt", "b.txt", "c.txt"))
    other = made("d.txt", "Tựa", "Bài khác.")
    numbers = {a.id: add(ledger, a) for a in (one, two, other)}
    ledger.publish(model="m")
    add(ledger, three)  # pending: not there yet
    copies = {a.id: a.copies for a in ledger.articles()}
    assert copies == {one.id: (two.source,), two.id: (one.source,), other.id: ()}
    assert {a.copies for _, a in ledger.find(numbers[one.id]).values()} == {(two.source,)}
    ledger.publish(model="m", remove=[two.id])
    found = ledger.article(one.id)
    assert found is not None
    assert found.copies == (three.source,)


def test_many_numbers_are_found_at_once(ledger: Ledger) -> None:
    numbers = [n for i in range(9) for n in add(ledger, made(f"{i}.txt", *(f"Bài {i} câu {j}" for j in range(150))))]
    ledger.publish(model="m")
    asked = [*reversed(numbers), 10**9]
    assert len(numbers) == 1350  # more than two statements hold
    assert set(ledger.find(asked)) == set(numbers)
    assert [p.number for p, _ in ledger.passages()] == numbers


# --- vectors ----------------------------------------------------------------------------------------------------------


def test_vectors_come_back_in_the_order_asked_for(ledger: Ledger) -> None:
    article = made("a.txt", *(f"Câu {i}" for i in range(1100)))
    numbers = add(ledger, article)
    rows = {h: np.full(3, i, np.float32) for i, (_, h) in enumerate(passages_of(article))}
    ledger.add_vectors(rows.items(), model=MODEL)
    asked = [numbers[700], numbers[3], numbers[1099], *numbers[:600]]
    assert ledger.vectors(asked, model=MODEL)[:, 0].tolist() == [700, 3, 1099, *range(600)]
    assert ledger.vectors(asked, model=MODEL).dtype == np.float32
    assert ledger.vectors([], model=MODEL).shape == (0, 0)


def test_a_missing_vector_is_named(ledger: Ledger) -> None:
    article = made("a.txt", "Một", "Hai")
    numbers = add(ledger, article)
    hashes = [h for _, h in passages_of(article)]
    ledger.add_vectors([(hashes[0], np.ones(2, np.float32))], model=MODEL)
    assert ledger.missing_vectors(hashes, model=MODEL) == {hashes[1]}
    assert ledger.missing_vectors(hashes, model="another") == set(hashes)
    with pytest.raises(StoreError, match=MODEL) as refused:
        ledger.vectors(numbers, model=MODEL)
    assert refused.value.hint
    with pytest.raises(StoreError):
        ledger.vectors(numbers[:1], model="another")


def test_vectors_outlive_a_run_that_was_cut_off_but_not_their_text(ledger: Ledger) -> None:
    kept, gone = made("a.txt", "Ở lại"), made("b.txt", "Ra đi")
    hashes = [hash_of("Ở lại"), hash_of("Ra đi")]
    for article in (kept, gone):
        add(ledger, article)
    ledger.add_vectors([(h, np.ones(2, np.float32)) for h in hashes], model=MODEL)
    ledger.sweep()  # the run was cut off before anything was live
    assert ledger.missing_vectors(hashes, model=MODEL) == set()
    add(ledger, kept)
    ledger.publish(model="m")
    ledger.sweep_vectors()
    assert ledger.missing_vectors(hashes, model=MODEL) == {hashes[1]}


# --- transactions -----------------------------------------------------------------------------------------------------


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.transaction() as db:
            db.execute("INSERT INTO meta VALUES ('key', 'value')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert ledger.meta("key") is None
    put(ledger, "key", "again")
    put(ledger, "key", "and again")
    assert Ledger(ledger.path).meta("key") == "and again"


def test_an_article_whose_passages_fail_leaves_nothing(ledger: Ledger) -> None:
    article = made("a.txt", "Tựa", "Câu.")
    rows = iter([*passages_of(article), (None, b"")])
    with pytest.raises(AttributeError):
        ledger.add_pending(article, FileState("/a", 1, 2, "raw"), rows)  # type: ignore[arg-type]
    assert ledger.sweep() == []
    ledger.publish(model="m")
    assert ledger.count() == 0


def test_passage_numbers_are_never_used_twice(ledger: Ledger) -> None:
    first = add(ledger, made("a.txt", "Một", "Hai"))
    ledger.sweep()
    again = Ledger(ledger.path)
    second = add(again, made("a.txt", "Một", "Hai"))
    assert min(second) > max(first)


def test_files_and_runs_are_remembered(ledger: Ledger) -> None:
    article = made("a.txt", "Tựa")
    add(ledger, article)
    ledger.publish(model="m")
    path = f"/{article.source}"
    assert ledger.file_states() == {path: (article.id, FileState(path, 1, 2, "raw"))}
    ledger.touch([FileState(path, 1, 99, "raw"), FileState("/unknown", 5, 5, "raw")])
    assert ledger.file_states() == {path: (article.id, FileState(path, 1, 99, "raw"))}

    run, cut_off = ledger.begin_run("2020-01-01T00:00:00"), ledger.begin_run("2020-01-02T00:00:00")
    assert run != cut_off
    ledger.finish_run(run, "2020-01-01T00:01:00", {"added": ["bài"]})
    with sqlite3.connect(ledger.path) as db:
        rows = db.execute("SELECT row, finished, report FROM runs ORDER BY row").fetchall()
    assert rows == [(run, "2020-01-01T00:01:00", '{"added": ["bài"]}'), (cut_off, None, None)]


# --- threads ----------------------------------------------------------------------------------------------------------


def test_one_ledger_serves_many_threads(ledger: Ledger) -> None:
    numbers = add(ledger, made("a.txt", "Tựa", "Câu."))
    ledger.publish(model="m")
    results: list[object] = []

    def use(name: str) -> None:
        for _ in range(20):
            results.append(texts(ledger, numbers))
            put(ledger, name, name)
        ledger.close()

    threads = [threading.Thread(target=use, args=(f"thread {i}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [["Tựa", "Câu."]] * 120
    assert [ledger.meta(f"thread {i}") for i in range(6)] == [f"thread {i}" for i in range(6)]


def test_a_closed_ledger_leaves_the_file_to_others(ledger: Ledger) -> None:
    add(ledger, made("a.txt", "Tựa"))
    ledger.publish(model="m")
    ledger.close()
    ledger.close()
    ledger.path.with_name("moved.sqlite").write_bytes(ledger.path.read_bytes())  # nothing is left in the log beside it
    assert Ledger(ledger.path.with_name("moved.sqlite")).count() == 1


def test_a_reader_opens_while_a_writer_is_at_work(ledger: Ledger) -> None:
    add(ledger, made("a.txt", "Tựa"))
    ledger.publish(model="m")
    with ledger.transaction() as db:
        db.execute("DELETE FROM articles")
        assert Ledger(ledger.path).count() == 1


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
def test_another_layout_is_refused(ledger: Ledger, create: bool) -> None:
    put(ledger, "layout", "0")
    with pytest.raises(IndexMismatch, match="layout 0") as refused:
        Ledger(ledger.path, create=create)
    assert refused.value.hint


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
    for i in range(50):
        add(ledger, made(f"{i}.txt", "Tựa", "Một câu dài. " * 80))
    ledger.publish(model="m")
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
