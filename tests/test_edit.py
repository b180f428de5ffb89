"""A change to the three stores: cut off at any instant, readers see one whole state and the next run completes the other."""

import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stores_support import (
    Files,
    Fuse,
    HashedWords,
    agreed,
    answers,
    change,
    crash,
    news,
    one,
    python_path,
    ready,
    run,
    state_of,
    texts_of,
)

from ingest.records import Record
from qa.edit import moment, removing
from qa.errors import IndexMismatch, IndexMissing, Locked, StoreError
from qa.stores import VECTORS, Stores
from qa.terms import Group, Term

SHARED = "https://example.vn/tin/mot-bai"


def edited(text: str) -> str:
    """Return a text with a word put in at its end."""
    return f"{text[:-1]} thêm_chữ."


# One article is changed, one gets a date only, one stays, one goes, one comes; of three records one changes and one goes.
OLD: Files = {
    "/n/changed.txt": one(news(1)),
    "/n/dated.txt": one(news(2)),
    "/n/gone.txt": one(news(3)),
    "/n/kept.txt": one(news(4)),
    "/n/pair.jsonl": [Record(news(5), key="1"), Record(news(6), key="2"), Record(news(7), key="3")],
}
NEW: Files = {
    "/n/changed.txt": one(news(11)),
    "/n/dated.txt": one(news(2), published="2020-02-02"),
    "/n/kept.txt": OLD["/n/kept.txt"],
    "/n/come.txt": one(news(13)),
    "/n/pair.jsonl": [Record(news(5), key="1"), Record(news(16), key="2")],
}
LESS: Files = {path: OLD[path] for path in ("/n/kept.txt", "/n/dated.txt", "/n/pair.jsonl")}
# Two records of one article come in one run, the second of which takes the place of the first before it is live.
TWICE: Files = {**OLD, "/n/x.txt": one(news(21), url=SHARED), "/n/y.txt": one(edited(news(21)), url=f"{SHARED}/")}
PASSAGES = len(ready("/n/x.txt", OLD["/n/kept.txt"][0]).passages)
TWICE_TEXTS = {s: t for s, t in texts_of(TWICE).items() if s != "n/x.txt"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def old_data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A data directory with the old articles and what was embedded of them; to be copied with `old`."""
    root, embedder = tmp_path_factory.mktemp("old") / "data", HashedWords()
    assert run(root, embedder, OLD) == ["added"] * 7
    agreed(root, texts_of(OLD), embedder)
    return root, embedder.texts


@pytest.fixture
def old(old_data: tuple[Path, list[str]], root: Path) -> HashedWords:
    """Put the old articles in the data directory; return the model that embedded them."""
    shutil.copytree(old_data[0], root)
    embedder = HashedWords()
    embedder.texts += old_data[1]
    return embedder


@pytest.fixture
def opened(root: Path) -> Any:
    """Return a function that opens the stores; they are closed when the test ends."""
    stores: list[Stores] = []

    def open_(**options: bool) -> Stores:
        stores.append(Stores(root, **options))
        return stores[-1]

    yield open_
    for one_of_them in stores:
        one_of_them.close()


# --- crashes ----------------------------------------------------------------------------------------------------------

BEFORE = [
    "before Sources.forget 1",
    "after Sources.forget 1",
    "before Staging.add 1",
    "after Staging.add 1",
    "after Sources.stage 1",
    "after Staging.add 4",
    "before Sources.forget 2",
    "before HashedWords.encode_documents 1",
    "after HashedWords.encode_documents 1",
    "after VectorCache.add 1",
    "after VectorEdit.add 1",
    "after LexicalEdit.commit 1",
    "after VectorEdit.publish 1",
]
AFTER = [
    "after Ledger.publish 1",
    "after Ledger.sweep 1",
    "before LexicalEdit.commit 2",
    "after LexicalIndex.update 1",
    "after VectorIndex.drop 1",
    "after VectorCache.sweep 1",
    "after VectorIndex.sweep 1",
]


def test_the_places_of_the_crashes_are_those_a_run_comes_to(root: Path, old: HashedWords) -> None:
    fuse = Fuse("")
    assert run(root, old, NEW, fuse=fuse) == ["updated", "updated", "added", "updated"]
    assert [place for place in fuse.reached if place in BEFORE + AFTER] == BEFORE + AFTER
    first, last = fuse.reached.index(BEFORE[-1]), fuse.reached.index(AFTER[0])
    assert fuse.reached[first + 1 : last] == ["before Ledger.publish 1"]
    agreed(root, texts_of(NEW), old)


@pytest.mark.parametrize("place", BEFORE + AFTER)
def test_after_a_crash_readers_see_one_state_and_the_next_run_completes_the_other(
    root: Path, old: HashedWords, place: str
) -> None:
    crash(root, old, NEW, place)
    assert answers(root, old) == texts_of(NEW if place in AFTER else OLD)
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)
    lost = 3 if place == "after HashedWords.encode_documents 1" else 0  # of one batch that was not cached yet
    assert len(set(old.texts)) == len(old.texts) - lost * PASSAGES == 10 * PASSAGES
    assert len(list((root / VECTORS).glob("g*"))) <= 3


@pytest.mark.parametrize("place", ["after VectorEdit.publish 1", "after Ledger.publish 1", "after Ledger.sweep 1"])
def test_after_a_crash_the_next_run_can_still_be_told_otherwise(root: Path, old: HashedWords, place: str) -> None:
    crash(root, old, NEW, place)
    run(root, old, OLD)  # the files are as they were before
    agreed(root, texts_of(OLD), old)


@pytest.mark.parametrize(
    "place",
    ["after Staging.add 2", "after LexicalEdit.commit 1", "after VectorEdit.publish 1", "after Ledger.publish 1"],
)
def test_a_first_run_that_crashed_is_mended_too(root: Path, place: str) -> None:
    embedder = HashedWords()
    crash(root, embedder, OLD, place)
    stores = Stores(root)
    assert stores.ledger.count() == (7 if place == "after Ledger.publish 1" else 0)
    assert (stores.model is None) == (place != "after Ledger.publish 1")
    stores.close()
    run(root, embedder, OLD)
    agreed(root, texts_of(OLD), embedder)
    assert len(embedder.texts) == len(set(embedder.texts))


@pytest.mark.parametrize("place", ["after Sources.forget 1", "before Ledger.publish 1", *AFTER[:5]])
def test_a_crash_while_articles_are_only_removed_is_completed(root: Path, old: HashedWords, place: str) -> None:
    place = place.replace("LexicalEdit.commit 2", "LexicalEdit.commit 1")
    crash(root, old, LESS, place)
    assert answers(root, old) == texts_of(LESS if not place.startswith(("before Ledger", "after Sources")) else OLD)
    embedded = len(old.texts)
    run(root, old, LESS)
    agreed(root, texts_of(LESS), old)
    assert len(old.texts) == embedded


@pytest.mark.parametrize(
    "place",
    [
        "after HashedWords.encode_documents 1",
        "after VectorEdit.publish 1",
        "after Ledger.publish 1",
        "after Ledger.sweep 1",
    ],
)
def test_two_records_of_one_article_in_a_run_that_crashed_are_one_article(
    root: Path, old: HashedWords, place: str
) -> None:
    crash(root, old, TWICE, place)
    assert answers(root, old) == (TWICE_TEXTS if place.startswith("after Ledger") else texts_of(OLD))
    run(root, old, TWICE)
    agreed(root, TWICE_TEXTS, old)
    stores = Stores(root)
    assert [a.copies for a in stores.ledger.articles() if a.source == "n/y.txt"] == [("n/x.txt",)]
    stores.close()


@pytest.mark.parametrize(
    "place",
    ["after VectorEdit.add 1", "after LexicalEdit.commit 1", "after VectorEdit.publish 1", "after Ledger.publish 1"],
)
def test_after_a_crash_while_the_model_changes_no_reader_mixes_the_two(
    root: Path, old: HashedWords, place: str
) -> None:
    new = HashedWords("another-model", dimensions=32)
    crash(root, new, NEW, place)
    led_to_new = place in ("after VectorEdit.publish 1", "after Ledger.publish 1")
    reader, refused = (new, old) if led_to_new else (old, new)
    assert answers(root, reader) == texts_of(NEW if place == "after Ledger.publish 1" else OLD)
    with pytest.raises(IndexMismatch):
        answers(root, refused)
    run(root, new, NEW)
    agreed(root, texts_of(NEW), new)
    assert len(new.texts) == len(set(new.texts))


def test_after_a_crash_while_the_model_changes_the_first_model_can_go_on(root: Path, old: HashedWords) -> None:
    crash(root, HashedWords("another-model"), NEW, "after VectorEdit.publish 1")
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)


def test_repeated_crashes_lose_nothing(root: Path, old: HashedWords) -> None:
    files = dict(OLD)
    for n, place in enumerate(["after VectorEdit.publish 1", "after Ledger.publish 1", "after Ledger.sweep 1"]):
        files |= {f"/n/{n}.txt": one(news(100 + n)), "/n/changed.txt": one(news(200 + n))}
        crash(root, old, files, place)
    run(root, old, files)
    agreed(root, texts_of(files), old)


def killed(root: Path, files: Files, place: str) -> None:
    """Run in a process of its own: kill it, and no mercy, at a place of the change."""
    run(root, HashedWords(), files, fuse=Fuse(place, lambda: os.kill(os.getpid(), signal.SIGKILL)))


def test_killed_processes_lose_nothing(root: Path, old: HashedWords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", python_path())
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["chromadb", "tantivy", "test_edit"])
    places = ["after VectorEdit.add 1", "after VectorEdit.publish 1", AFTER[0], AFTER[3]]
    for place in places:
        process = processes.Process(target=killed, args=(root, NEW, place))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        if place in AFTER:
            assert answers(root, old) == texts_of(NEW)
            run(root, old, OLD)  # and back, to be killed elsewhere
        else:
            assert answers(root, old) == texts_of(OLD)
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)


# --- what is not published --------------------------------------------------------------------------------------------


def test_what_is_not_published_changes_nothing(root: Path, old: HashedWords, opened: Callable[..., Stores]) -> None:
    stores = opened()
    with stores.writing():
        stores.recover()
        with change(stores, old, NEW) as edit:
            assert edit.add([ready("/n/come.txt", NEW["/n/come.txt"][0])]) == ["added"]
            stores.ledger.sources.stage([state_of("/n/come.txt", NEW["/n/come.txt"])])
        assert stores.ledger.sources.files().keys() == OLD.keys()
    assert answers(root, old) == texts_of(OLD)
    run(root, old, OLD)
    agreed(root, texts_of(OLD), old)


@pytest.mark.parametrize(
    "place", ["before HashedWords.encode_documents 1", "before LexicalEdit.commit 1", "before VectorEdit.publish 1"]
)
def test_an_edit_that_fails_changes_nothing_and_the_next_one_works(root: Path, old: HashedWords, place: str) -> None:
    def fail() -> None:
        raise StoreError("no room")

    with pytest.raises(StoreError, match="no room"):
        run(root, old, NEW, fuse=Fuse(place, fail))
    assert answers(root, old) == texts_of(OLD)
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)


def test_a_run_with_nothing_to_do_writes_nothing(root: Path, old: HashedWords) -> None:
    before = {p: p.read_bytes() for p in root.rglob("*.json")}
    fuse = Fuse("")
    assert run(root, old, OLD, fuse=fuse) == []
    assert fuse.reached == []
    assert {p: p.read_bytes() for p in root.rglob("*.json")} == before


# --- publishing -------------------------------------------------------------------------------------------------------


def test_articles_come_change_and_go(root: Path, old: HashedWords) -> None:
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)
    run(root, old, {})
    agreed(root, {}, old)
    run(root, old, OLD)
    agreed(root, texts_of(OLD), old)


def test_one_edit_may_be_published_several_times(root: Path, old: HashedWords, opened: Callable[..., Stores]) -> None:
    stores, files = opened(), dict(OLD)
    with stores.writing():
        stores.recover()
        with change(stores, old, files) as edit:
            for n in range(3):
                path, records = f"/n/{n}.txt", one(news(50 + n))
                files |= {path: records, "/n/changed.txt": one(news(60 + n))}
                assert edit.add([ready(p, files[p][0]) for p in (path, "/n/changed.txt")]) == ["added", "updated"]
                stores.ledger.sources.stage([state_of(p, files[p]) for p in (path, "/n/changed.txt")])
                edit.publish()
                assert answers(root, old) == texts_of(files)
                edit.publish()
            edit.add([ready("/n/late.txt", Record(news(70)))])  # and never published
    run(root, old, files)
    agreed(root, texts_of(files), old)


def test_what_was_gone_once_may_come_back_in_the_same_edit(
    root: Path, old: HashedWords, opened: Callable[..., Stores]
) -> None:
    stores = opened()
    id = next(a.id for a in stores.ledger.articles() if a.source == "n/kept.txt")
    with stores.writing():
        stores.recover()
        with change(stores, old, OLD) as edit:
            edit.publish(gone=[("/n/kept.txt", None)])
            assert stores.ledger.article(id) is None
            assert edit.add([ready("/n/kept.txt", OLD["/n/kept.txt"][0])]) == ["added"]
            edit.publish()
            edit.add([ready("/n/come.txt", NEW["/n/come.txt"][0])])
            edit.publish()
            assert stores.ledger.article(id) is not None
    files = {**OLD, "/n/come.txt": NEW["/n/come.txt"]}
    agreed(root, texts_of(files), old)


def test_an_article_updated_twice_in_one_edit_keeps_each_published_version(
    root: Path, old: HashedWords, opened: Callable[..., Stores]
) -> None:
    stores = opened()
    id = next(a.id for a in stores.ledger.articles() if a.source == "n/changed.txt")
    with stores.writing():
        stores.recover()
        with change(stores, old, OLD) as edit:
            for seed in (31, 32):
                edit.add([ready("/n/changed.txt", Record(news(seed)))])
                edit.publish()
    texts = [v.article.text for v in stores.ledger.versions(id)]
    assert texts == [ready("/x", Record(news(seed))).row.text for seed in (32, 31, 1)]


def test_an_open_reader_sees_each_publication(root: Path, old: HashedWords, opened: Callable[..., Stores]) -> None:
    reader = opened()
    asked = HashedWords().vectors([texts_of(NEW)["n/come.txt"]])[0]

    def nearest() -> list[str]:
        found = reader.ledger.find([n for n, _ in reader.vectors.search(asked, k=1)])
        return [a.source for _, a in found.values()]

    assert nearest() != ["n/come.txt"]
    run(root, old, NEW)
    assert nearest() == ["n/come.txt"]
    assert reader.verify().problems == ()


def _by_words(stores: Stores) -> list[int]:
    return [n for n, _ in stores.words.search([Group(((Term("words", "tin"),),))], k=50)]


def _by_vectors(stores: Stores) -> list[int]:
    return [n for n, _ in stores.vectors.search(HashedWords().vectors([news(1)])[0], k=50)]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("search", [_by_words, _by_vectors])
def test_a_reader_sees_only_whole_states_during_many_publications(
    root: Path, search: Callable[[Stores], list[int]]
) -> None:
    def state(n: int) -> Files:
        return {f"/n/{i}.txt": one(news(n if i < 2 else 500 + n + i)) for i in range(2 + n % 2)}

    states = [texts_of(state(n)) for n in range(8)]
    embedder = HashedWords()
    run(root, embedder, state(0))
    seen: list[dict[str, str]] = []
    failed: list[Exception] = []
    begin, done = threading.Barrier(2), threading.Event()

    def look() -> None:
        stores = Stores(root)
        begin.wait()
        try:
            while not done.is_set():
                seen.append({a.source: a.text for a in stores.ledger.articles()})
                found = {a.source: a.text for _, a in stores.ledger.find(search(stores)).values()}
                if found:  # else what was found has been replaced just then
                    seen.append(found)
        except StoreError as exc:
            failed.append(exc)
        stores.close()

    thread = threading.Thread(target=look)
    thread.start()
    begin.wait()
    for n in range(1, len(states)):
        run(root, embedder, state(n))
    done.set()
    thread.join()
    assert failed == []
    assert len(seen) > len(states)
    assert [s for s in seen if s not in states] == []


def test_identical_texts_are_embedded_once(root: Path) -> None:
    embedder = HashedWords()
    copies: Files = {f"/n/{i}.txt": one(news(1)) for i in range(5)}
    assert run(root, embedder, copies) == ["added"] * 5
    agreed(root, texts_of(copies), embedder)
    assert len(embedder.texts) == len(set(embedder.texts)) > 0
    embedded = len(embedder.texts)
    run(root, embedder, {**copies, "/n/0.txt": one(news(1), published="2020-02-02")})
    assert len(embedder.texts) == embedded


def test_progress_counts_what_is_embedded(
    root: Path, opened: Callable[..., Stores], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.edit.EMBED_BATCH", 2)
    stores, embedder, events = opened(create=True), HashedWords(), []
    articles = [ready(f"/n/{n}.txt", Record(news(n))) for n in range(3)]
    total = sum(len(a.passages) for a in articles)
    with stores.writing():
        stores.recover()
        with change(stores, embedder, {}, lambda done, of: events.append((done, of))) as edit:
            edit.add(articles)
            edit.publish()
            edit.add([ready("/n/again.txt", Record(news(9)))])
            edit.publish()
    assert events[0] == (2, total)
    assert (total, total) in events
    assert events[-1] == (total // 3, total // 3)  # counted anew after a publication
    assert all(done <= of for done, of in events)
    assert stores.verify().problems == ()


def test_a_new_date_changes_an_article_without_embedding(root: Path, old: HashedWords) -> None:
    embedded = len(old.texts)
    files = {**OLD, "/n/dated.txt": one(news(2), published="2021-03-04", outlet="Báo Làng")}
    assert run(root, old, files) == ["updated"]
    assert len(old.texts) == embedded
    stores = Stores(root)
    found = next(a for a in stores.ledger.articles() if a.source == "n/dated.txt")
    assert found.published is not None
    assert (found.published.value, found.outlet) == ("2021-03-04", "Báo Làng")
    assert [v.article.published for v in stores.ledger.versions(found.id)][1] is None
    stores.close()
    agreed(root, texts_of(files), old)


def test_a_record_that_says_the_same_in_other_bytes_is_noted_and_not_updated(root: Path, old: HashedWords) -> None:
    files = {**OLD, "/n/kept.txt": one(news(4) + "\n\n")}
    assert run(root, old, files) == ["again"]
    assert run(root, old, files) == []
    agreed(root, texts_of(OLD), old)


# --- removing ---------------------------------------------------------------------------------------------------------


def _id(root: Path, source: str) -> str:
    stores = Stores(root)
    try:
        return next(a.id for a in stores.ledger.articles() if a.source == source)
    finally:
        stores.close()


def test_a_removed_article_stays_out_until_its_file_changes(root: Path, old: HashedWords) -> None:
    id = _id(root, "n/kept.txt")
    removing(root, [id, "unknown"])
    left = {s: t for s, t in texts_of(OLD).items() if s != "n/kept.txt"}
    agreed(root, left, old)
    assert run(root, old, OLD) == []
    agreed(root, left, old)
    files = {**OLD, "/n/kept.txt": one(edited(news(4)))}
    assert run(root, old, files) == ["added"]
    agreed(root, texts_of(files), old)
    assert _id(root, "n/kept.txt") == id


def test_a_removed_article_is_still_told_of_unless_it_is_erased(root: Path, old: HashedWords) -> None:
    run(root, old, NEW)
    id, other = _id(root, "n/changed.txt"), _id(root, "n/dated.txt")
    removing(root, [id])
    stores = Stores(root)
    assert [v.until is None for v in stores.ledger.versions(id)] == [False, False]
    stores.close()
    removing(root, [id], erase=True)  # it is no longer live, and goes for good
    stores = Stores(root)
    assert stores.ledger.versions(id) == []
    assert len(stores.ledger.versions(other)) == 2
    stores.close()
    removing(root, [other], erase=True)
    stores = Stores(root)
    assert stores.ledger.versions(other) == []
    stores.close()
    expected = {s: t for s, t in texts_of(NEW).items() if s not in ("n/changed.txt", "n/dated.txt")}
    agreed(root, expected, old)


def test_removing_where_nothing_was_ingested_says_so(root: Path) -> None:
    with pytest.raises(IndexMissing):
        removing(root, ["x"])
    assert not root.exists()


def test_removing_before_the_first_publication_leaves_the_model_open(root: Path) -> None:
    Stores(root, create=True).close()
    removing(root, ["x"])
    stores = Stores(root)
    assert stores.model is None
    stores.require_model("any")
    stores.close()


def test_removing_waits_for_no_other_writer(root: Path, old: HashedWords) -> None:
    stores = Stores(root)
    with stores.writing(), pytest.raises(Locked):
        removing(root, [_id(root, "n/kept.txt")])
    stores.close()
    agreed(root, texts_of(OLD), old)


def test_articles_of_forgotten_files_go_with_the_next_publication_even_after_a_crash(
    root: Path, old: HashedWords
) -> None:
    crash(root, old, LESS, "before Ledger.publish 1")
    assert answers(root, old) == texts_of(OLD)
    run(root, old, LESS)  # finds no file that is gone, and nothing new
    agreed(root, texts_of(LESS), old)


# --- models -----------------------------------------------------------------------------------------------------------


def test_another_model_embeds_everything_again_and_the_first_is_still_cached(root: Path, old: HashedWords) -> None:
    other = HashedWords("another-model", dimensions=32)
    run(root, other, OLD)
    assert sorted(other.texts) == sorted(old.texts)
    agreed(root, texts_of(OLD), other)
    back = HashedWords()
    run(root, back, OLD)
    assert back.texts == []
    agreed(root, texts_of(OLD), back)


def test_another_model_comes_with_a_change_as_well(root: Path, old: HashedWords) -> None:
    other = HashedWords("another-model", dimensions=32)
    run(root, other, NEW)
    agreed(root, texts_of(NEW), other)
    assert len(other.texts) == len(set(other.texts))


def test_the_moment_is_in_universal_time_to_the_second() -> None:
    assert moment().endswith("+00:00")
    assert len(moment()) == len("2020-01-01T00:00:00+00:00")
