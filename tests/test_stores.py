"""The three stores together: one writer at a time, damage mended without embedding, disagreement named."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stores_support import (
    Crash,
    Files,
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
    texts_of,
)

from ingest.records import Record
from qa import NewsAssistant, Settings
from qa.edit import removing
from qa.errors import IndexMismatch, IndexMissing, Locked, StoreError
from qa.generations import POINTER
from qa.schema import Article, Block, BlockKind, DateMention, DateRole, Passage
from qa.stores import LOCK, VECTORS, WORDS, WRITER, Stores, index_fields, text_hash
from qa.vectors import VectorIndex

OLD: Files = {f"/n/{i}.txt": one(news(i)) for i in range(3)}
NEW: Files = {"/n/0.txt": one(news(10)), "/n/1.txt": OLD["/n/1.txt"], "/n/3.txt": one(news(13))}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def old_data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A data directory with the old articles and what was embedded of them; to be copied with `old`."""
    root, embedder = tmp_path_factory.mktemp("old") / "data", HashedWords()
    run(root, embedder, OLD)
    return root, embedder.texts


@pytest.fixture
def old(old_data: tuple[Path, list[str]], root: Path) -> HashedWords:
    """Put the old articles in the data directory; return the model that embedded them."""
    shutil.copytree(old_data[0], root)
    embedder = HashedWords()
    embedder.texts += old_data[1]
    return embedder


@pytest.fixture
def stores(root: Path, old: HashedWords) -> Iterator[Stores]:
    stores = Stores(root)
    yield stores
    stores.close()


# --- damage -----------------------------------------------------------------------------------------------------------


def _vectors(root: Path) -> Path:
    generation = VectorIndex(root / VECTORS).generation()
    assert generation is not None
    return root / VECTORS / generation.folders[0]


def _words(root: Path) -> Path:
    return root / WORDS / str(json.loads((root / WORDS / POINTER).read_text())["name"])


def _other_layout(root: Path) -> None:
    pointer = root / WORDS / POINTER
    pointer.write_text(json.dumps({**json.loads(pointer.read_text()), "layout": "0"}))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "words gone": lambda root: shutil.rmtree(root / WORDS),
    "words emptied": lambda root: [p.unlink() for p in _words(root).iterdir()],
    "words of another layout": _other_layout,
    "words without meta": lambda root: (_words(root) / "meta.json").write_text("{"),
    "words without terms": lambda root: [p.unlink() for p in _words(root).glob("*.term")],
    "words' pointer broken": lambda root: (root / WORDS / POINTER).write_text("{"),
    "vectors gone": lambda root: shutil.rmtree(root / VECTORS),
    "generation gone": lambda root: shutil.rmtree(_vectors(root)),
    "generation emptied": lambda root: [p.unlink() for p in _vectors(root).rglob("*") if p.is_file()],
    "generation damaged": lambda root: os.truncate(_vectors(root) / "chroma.sqlite3", 100),
    "pointer gone": lambda root: (root / VECTORS / POINTER).unlink(),
    "pointer broken": lambda root: (root / VECTORS / POINTER).write_text("{"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_again_without_embedding(root: Path, old: HashedWords, damage: str) -> None:
    DAMAGES[damage](root)
    stores = Stores(root)
    assert stores.verify().problems
    stores.close()
    embedded = len(old.texts)
    run(root, old, OLD)
    agreed(root, texts_of(OLD), old)
    assert len(old.texts) == embedded


@pytest.mark.parametrize("damage", ["words gone", "words without terms", "vectors gone", "pointer broken"])
def test_damage_after_a_crash_is_mended_as_well(root: Path, old: HashedWords, damage: str) -> None:
    crash(root, old, NEW, "after Ledger.publish 1")
    DAMAGES[damage](root)
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)


@pytest.mark.parametrize("damage", ["words without meta", "vectors gone", "generation damaged", "pointer broken"])
def test_rebuild_makes_both_indexes_again(root: Path, old: HashedWords, damage: str) -> None:
    DAMAGES[damage](root)
    stores = Stores(root)
    with stores.writing():
        stores.rebuild_words()
        stores.rebuild_vectors()
    stores.close()
    agreed(root, texts_of(OLD), old)


@pytest.mark.parametrize("damage", ["words gone", "pointer gone"])
def test_removing_mends_first(root: Path, old: HashedWords, damage: str) -> None:
    stores = Stores(root)
    id = next(a.id for a in stores.ledger.articles() if a.source == "n/2.txt")
    stores.close()
    DAMAGES[damage](root)
    removing(root, [id])
    agreed(root, {s: t for s, t in texts_of(OLD).items() if s != "n/2.txt"}, old)


def test_a_crash_in_recovery_is_mended_by_the_next_run(root: Path, old: HashedWords) -> None:
    for files, place in ((NEW, "after VectorEdit.publish 1"), (NEW, "after Ledger.publish 1")):
        crash(root, old, files, place)
        stores = Stores(root)
        stores.ledger.sweep()  # all that the recovery of a run did before it was killed in turn
        stores.close()
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)


def test_recovering_what_is_well_writes_nothing(root: Path, old: HashedWords, stores: Stores) -> None:
    def files() -> dict[Path, bytes]:  # not those of Chroma, which writes to some whenever it opens them
        return {p: p.read_bytes() for p in [*(root / WORDS).rglob("*"), *(root / VECTORS).glob("*")] if p.is_file()}

    before, folders = files(), sorted((root / VECTORS).iterdir())
    with stores.writing():
        stores.recover()
    assert files() == before
    assert sorted((root / VECTORS).iterdir()) == folders


def test_what_a_crash_left_behind_is_swept(root: Path, old: HashedWords) -> None:
    for place in ("after VectorEdit.add 1", "after VectorEdit.publish 1") * 2:
        crash(root, old, NEW, place)
    run(root, old, NEW)
    generation = VectorIndex(root / VECTORS).generation()
    assert generation is not None
    assert {p.name for p in (root / VECTORS).glob("g*")} <= {*generation.folders, *generation.previous}
    agreed(root, texts_of(NEW), old)


def test_articles_without_a_vector_cannot_be_rebuilt_and_say_what_helps(stores: Stores) -> None:
    with stores.ledger.transaction() as db:
        db.execute("DELETE FROM vectors")
    with pytest.raises(StoreError, match="missing") as refused:
        stores.rebuild_vectors()
    assert "hoibao ingest" in refused.value.hint
    assert stores.verify().problems == ()  # what was there still serves


# --- verifying --------------------------------------------------------------------------------------------------------


def test_verify_finds_nothing_where_all_agrees(stores: Stores) -> None:
    found = stores.verify()
    assert (found.articles, found.passages, found.problems) == (3, len(stores.ledger.numbers()), ())


def test_verify_of_what_was_never_begun_finds_nothing(root: Path) -> None:
    stores = Stores(root, create=True)
    assert (stores.verify().articles, stores.verify().problems) == (0, ())
    stores.close()


def test_verify_names_what_does_not_agree(stores: Stores, old: HashedWords) -> None:
    number = stores.ledger.numbers()[0]
    stores.words.update(remove=[number])
    others = [n for n in stores.ledger.numbers() if n != number] + [10**6]
    stores.vectors.rebuild(others, [np.eye(len(others), 64, dtype=np.float32)], model=old.name)
    with stores.ledger.transaction() as db:
        db.execute("UPDATE passages SET end = start WHERE number = ?", (number,))
    problems = stores.verify().problems
    assert len(problems) == 4
    for expected in (
        "lexical index: 1 passages are missing",
        "vector index: 1 passages are missing",
        "vector index: 1 passages are not in the ledger",
        "does not match its text",
    ):
        assert any(expected in p for p in problems)


def test_verify_names_an_index_that_cannot_be_read(root: Path, stores: Stores) -> None:
    DAMAGES["words gone"](root)
    DAMAGES["pointer broken"](root)
    problems = stores.verify().problems
    assert [p.split(":")[0] for p in problems] == ["lexical index", "vector index"]


# --- models -----------------------------------------------------------------------------------------------------------


def test_a_reader_with_another_model_is_refused(root: Path, old: HashedWords, stores: Stores) -> None:
    stores.require_model(old.name)
    with pytest.raises(IndexMismatch, match=r"hashed-words.*another-model") as refused:
        stores.require_model("another-model")
    assert "HOIBAO_EMBEDDING_MODEL" in refused.value.hint
    with pytest.raises(IndexMismatch):
        NewsAssistant.open(settings=Settings(data_dir=root, embedding_model="another-model"))


def test_before_the_first_run_there_is_no_model(root: Path) -> None:
    with pytest.raises(IndexMissing):
        Stores(root)
    assert not root.exists()
    stores = Stores(root, create=True)
    assert stores.model is None
    stores.require_model("any")
    with pytest.raises(IndexMissing, match="Nothing has been ingested") as missing:
        stores.rebuild_vectors()
    assert "hoibao ingest" in missing.value.hint
    stores.close()


def test_a_data_directory_of_another_layout_is_refused_with_a_hint(root: Path, stores: Stores) -> None:
    stores.ledger.set_meta("layout", "1")
    for create in (False, True):
        with pytest.raises(IndexMismatch, match="layout 1") as refused:
            Stores(root, create=create)
        assert "--data-dir" in refused.value.hint


# --- the lock and other processes -------------------------------------------------------------------------------------


def test_a_second_writer_is_refused_and_told_who_is_first(root: Path, old: HashedWords) -> None:
    first, second = Stores(root), Stores(root)
    with first.writing():
        with pytest.raises(Locked, match=f"process {os.getpid()} on ") as refused, second.writing():
            pytest.fail("both are writing")
        assert refused.value.hint
        assert answers(root, old) == texts_of(OLD)
    with second.writing():
        pass
    first.close()
    second.close()


def test_who_writes_is_told_as_far_as_it_is_known(root: Path, stores: Stores) -> None:
    second = Stores(root)
    with stores.writing():
        for written in ("{", ""):
            (root / WRITER).write_text(written)
            with pytest.raises(Locked, match=r"is writing to .*data$"), second.writing():
                pytest.fail("both are writing")
    second.close()


def test_a_writer_that_fails_gives_the_lock_back(root: Path, stores: Stores) -> None:
    with pytest.raises(Crash), stores.writing():
        raise Crash
    assert not (root / WRITER).exists()
    second = Stores(root)
    with second.writing():
        assert str(os.getpid()) in (root / WRITER).read_text()
        assert (root / LOCK).exists()
    second.close()


HOLD = """
import sys
from pathlib import Path
from qa.stores import Stores
stores = Stores(Path(sys.argv[1]))
with stores.writing():
    print("held", flush=True)
    sys.stdin.readline()
"""


def python(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": python_path()},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        **options,
    )


def test_another_process_keeps_writers_out_but_not_readers_until_it_dies(root: Path, old: HashedWords) -> None:
    with python("-c", HOLD, root) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=f"process {other.pid} on "):
            run(root, old, NEW)
        assert answers(root, old) == texts_of(OLD)
        other.kill()
    run(root, old, NEW)
    agreed(root, texts_of(NEW), old)


def test_a_writer_may_wait_for_the_one_before(root: Path, stores: Stores, old: HashedWords) -> None:
    with python("-c", HOLD, root) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        other.stdin.write("\n")
        other.stdin.flush()
        with stores.writing(wait=60):
            assert str(os.getpid()) in (root / WRITER).read_text()


# --- what is indexed --------------------------------------------------------------------------------------------------


def test_the_dates_of_a_passage_are_its_own_those_of_the_title_and_those_of_the_article() -> None:
    text = "Lễ hội 5/3/2019\nNgày 7/3/2019 họp. Ngày 9/3/2019 nghỉ."
    dates = tuple(
        DateMention(f"2019-03-0{d}", f"{d}/3/2019", text.index(f"{d}/3"), text.index(f"{d}/3") + 8) for d in (5, 7, 9)
    )
    published = DateMention("2020-01-01", "", 0, 0, DateRole.PUBLISHED)
    blocks = (Block(BlockKind.TITLE, 0, 15), Block(BlockKind.BODY, 16, len(text)))
    article = Article("id", "a", "Lễ hội 5/3/2019", text, blocks, "vi", "c", published=published, dates=dates)
    passage = Passage("id", BlockKind.BODY, 16, 34, text[16:34])
    terms = index_fields(passage, article)["dates"].split()
    assert {t for t in terms if len(t) == 11} == {"d2019-03-07", "d2020-01-01", "d2019-03-05"}


def test_a_text_hash_is_sixteen_bytes_of_the_text_alone() -> None:
    assert len(text_hash("Lũ rút")) == 16
    assert text_hash("Lũ rút") == text_hash("Lũ rút") != text_hash("Lũ  rút")


def test_stores_let_go_of_their_files(root: Path, stores: Stores, old: HashedWords) -> None:
    with stores.writing():
        stores.recover()
        with change(stores, old, OLD) as edit:
            edit.add([ready("/n/9.txt", Record(news(9)))])
            edit.publish()
    stores.vectors.search(old.vectors([news(9)])[0], k=1)
    stores.close()
    stores.close()
    assert not [p for p in root.iterdir() if p.name.endswith(("-wal", "-shm"))]
    moved = root.with_name("moved")
    root.rename(moved)
    agreed(moved, {**texts_of(OLD), "n/9.txt": ready("/n/9.txt", Record(news(9))).row.text}, old)
