"""The three stores together: whatever happens to a writer, readers see the old or the new state, and the next run mends it."""

import os
import shutil
import signal
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.split import split
from qa import NewsAssistant, Settings
from qa.errors import IndexMismatch, IndexMissing, Locked
from qa.language.forms import words
from qa.ledger import FileState, Ledger
from qa.lexical import Group, LexicalIndex, Term
from qa.schema import Article, Block, BlockKind
from qa.stores import VECTORS, WORDS, WRITER, Embedder, Stores, embedding_text, text_hash
from qa.vectors import POINTER, Generation, VectorIndex

ROOT = Path(__file__).resolve().parent.parent


class HashedWords:
    """A model that needs no files: hashed bags of words, the same for the same name and text."""

    def __init__(self, name: str = "hashed-words", *, dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.texts: list[str] = []

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        self.texts += texts
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.1
            for word in words(text):
                row[zlib.crc32(f"{self.name} {word}".encode()) % self.dimensions] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def article(name: str, text: str) -> Article:
    """Return an article whose first line is its title and whose other lines are captions: one passage a line."""
    blocks, start = [], 0
    for i, line in enumerate(text.split("\n")):
        blocks.append(Block(BlockKind.CAPTION if i else BlockKind.TITLE, start, start + len(line)))
        start += len(line) + 1
    id = sha256(name.encode()).hexdigest()[:16]
    return Article(id, name, text.split("\n")[0], text, tuple(blocks), "vi", sha256(text.encode()).hexdigest())


def run(
    stores: Stores, embedder: Embedder, files: Mapping[str, str] | None = None, *, remove: Sequence[str] = ()
) -> None:
    """Do what a run of the pipeline does, with texts instead of files; `remove` names files."""
    with stores.writing():
        stores.recover()
        known = stores.ledger.file_states()
        changed = 0
        for name, text in (files or {}).items():
            state = FileState(name, len(text), 0, sha256(text.encode()).hexdigest())
            if name not in known or known[name][1] != state:
                made = article(name, text)
                passages = [(p, text_hash(embedding_text(p, made))) for p in split(made)]
                stores.ledger.add_pending(made, state, passages)
                changed += 1
        if changed or remove or stores.model not in (None, embedder.name) or stores.vectors.generation() is None:
            stores.publish(embedder, remove=[article(name, "").id for name in remove])


# One article is changed, one is longer, one stays, one goes, one comes: as many passages as before, but not the same.
OLD = {
    "same.txt": "Lũ rút\nđê_cũ vỡ ở hạ lưu\ndân về nhà",
    "longer.txt": "Cầu mới\nhợp_long sáng nay",
    "kept.txt": "Vụ lúa\nđược_mùa lớn\ngiá tăng",
    "gone.txt": "Phiên chợ\nhọp_đêm bên sông",
}
NEW = {
    "same.txt": "Lũ rút\nđê_mới vững ở hạ lưu\ndân về nhà",
    "longer.txt": "Cầu mới\nhợp_long sáng nay\nxe chạy từ mai",
    "kept.txt": OLD["kept.txt"],
    "come.txt": "Trường học khai_giảng đầu tuần",
}


def change(stores: Stores, embedder: Embedder) -> None:
    run(stores, embedder, NEW, remove=["gone.txt"])


def answers(root: Path, embedder: HashedWords) -> dict[str, str]:
    """Return `{source: text}` of every article that a reader comes to through words or vectors, as retrieval does."""
    stores = Stores(root)
    stores.require_model(embedder.name)
    found: dict[str, str] = {}
    for text in {*OLD.values(), *NEW.values()}:
        for line in text.split("\n"):
            groups = [Group(((Term("words", word),),)) for word in words(line)]
            numbers = {n for n, _ in stores.words.search(groups, k=100)}
            vector = HashedWords(embedder.name, dimensions=embedder.dimensions).encode_documents([line])[0]
            numbers |= {n for n, _ in stores.vectors.search(vector, k=100)}
            for passage, about in stores.ledger.find(sorted(numbers)).values():
                assert found.setdefault(about.source, about.text) == about.text  # never two forms of one article
                assert passage.text == about.text[passage.start : passage.end]
    stores.close()
    return found


def agreed(root: Path, expected: Mapping[str, str], embedder: HashedWords) -> None:
    """Check that the three stores hold exactly the articles expected, each vector with its own passage."""
    stores = Stores(root)
    verification = stores.verify()
    assert verification.problems == ()
    assert verification.articles == len(expected)
    assert verification.passages == sum(text.count("\n") + 1 for text in expected.values())
    assert {a.source: a.text for a in stores.ledger.articles()} == dict(expected)
    assert stores.words.count() == verification.passages  # none of them twice
    twin = HashedWords(embedder.name, dimensions=embedder.dimensions)
    for passage, about in stores.ledger.passages():
        vector = twin.encode_documents([embedding_text(passage, about)])[0]
        nearest = stores.vectors.search(vector, k=100)
        assert dict(nearest)[passage.number] == pytest.approx(1.0, abs=1e-4)
    stores.close()
    assert answers(root, embedder) == dict(expected)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def old_data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A data directory with the old articles and what was embedded of them; to be copied with `old`."""
    root, embedder = tmp_path_factory.mktemp("old") / "data", HashedWords()
    stores = Stores(root, create=True)
    run(stores, embedder, OLD)
    stores.close()
    return root, embedder.texts


@pytest.fixture
def old(old_data: tuple[Path, list[str]], root: Path) -> HashedWords:
    """Put the old articles in the data directory; return the model that embedded them."""
    shutil.copytree(old_data[0], root)
    embedder = HashedWords()
    embedder.texts += old_data[1]
    return embedder


# --- crashes ----------------------------------------------------------------------------------------------------------


class Crash(BaseException):
    """The end of a process, as far as the stores can tell: nothing catches it."""


class Fuse:
    """Stops the process at one place of a `publish`; `end` is what it does."""

    def __init__(self, place: str, end: Callable[[], None]) -> None:
        self.place = place
        self.end = end
        self.passed: Counter[str] = Counter()

    @contextmanager
    def around(self, step: str) -> Iterator[None]:
        self.passed[step] += 1
        step = f"{step} {self.passed[step]}"
        self.reach(f"before {step}")
        yield
        self.reach(f"after {step}")

    def reach(self, place: str) -> None:
        if place == self.place:
            self.end()


class FusedEmbedder(HashedWords):
    fuse: Fuse

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        with self.fuse.around("embedding"):
            return super().encode_documents(texts)


class FusedLedger(Ledger):
    fuse: Fuse

    def publish(self, *, model: str, remove: Sequence[str] = ()) -> None:
        with self.fuse.around("publish"):
            super().publish(model=model, remove=remove)

    def sweep(self) -> list[int]:
        with self.fuse.around("sweep"):
            return super().sweep()

    def sweep_vectors(self) -> None:
        with self.fuse.around("sweep_vectors"):
            super().sweep_vectors()


class FusedWords(LexicalIndex):
    fuse: Fuse

    def update(self, **changes: Iterable[Any]) -> None:
        with self.fuse.around("words.update"):
            super().update(**changes)


class FusedVectors(VectorIndex):
    fuse: Fuse

    def build(self, numbers: Sequence[int], vectors: NDArray[np.float32], *, model: str) -> Generation:
        with self.fuse.around("vectors.build"):
            return super().build(numbers, vectors, model=model)


class FusedStores(Stores):
    """Stores whose next `publish` ends at the place of the fuse."""

    def __init__(self, root: Path, fuse: Fuse) -> None:
        super().__init__(root)
        self.fuse = fuse

    def publish(self, embedder: Embedder, **options: Any) -> None:
        fused = FusedEmbedder(embedder.name)
        fused.texts = getattr(embedder, "texts", [])
        self.ledger, self.words, self.vectors = FusedLedger(self.ledger.path), FusedWords(self.words.root), FusedVectors(self.vectors.root)  # fmt: skip
        for part in (fused, self.ledger, self.words, self.vectors):
            part.fuse = self.fuse
        super().publish(fused, **options)


BEFORE = [
    "before embedding 1",
    "after embedding 1",
    "before words.update 1",
    "before vectors.build 1",
    "before publish 1",
]
AFTER = [
    "before sweep 1",
    "before words.update 2",
    "before vectors.build 2",
    "before sweep_vectors 1",
    "after sweep_vectors 1",
]


def stop() -> None:
    raise Crash


def crash(root: Path, embedder: HashedWords, place: str, work: Callable[[Stores, Embedder], None] = change) -> None:
    stores = FusedStores(root, Fuse(place, stop))
    with pytest.raises(Crash):
        work(stores, embedder)
    stores.close()


@pytest.fixture
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.stores.EMBED_BATCH", 2)


@pytest.mark.usefixtures("_small_batches")
@pytest.mark.parametrize("place", [*BEFORE, "before embedding 2", *AFTER])
def test_after_a_crash_readers_see_one_state_and_the_next_run_completes_the_other(
    root: Path, old: HashedWords, place: str
) -> None:
    crash(root, old, place)
    assert answers(root, old) == (NEW if place in AFTER else OLD)
    change(Stores(root), old)
    agreed(root, NEW, old)
    lost = 2 if place == "after embedding 1" else 0  # one batch was not cached yet
    assert len(old.texts) == len(set(old.texts)) + lost  # nothing else was embedded twice
    assert len(list((root / VECTORS).glob("g*"))) <= 2


@pytest.mark.parametrize("place", [*BEFORE, *AFTER])
def test_after_a_crash_a_run_with_nothing_to_do_mends_the_stores(root: Path, old: HashedWords, place: str) -> None:
    crash(root, old, place)
    embedded = len(old.texts)
    run(Stores(root), old)
    agreed(root, OLD if place in BEFORE else NEW, old)
    assert len(old.texts) == embedded


@pytest.mark.parametrize("place", ["before vectors.build 1", "before publish 1", "before sweep 1"])
def test_a_first_run_that_crashed_is_mended_too(root: Path, place: str) -> None:
    embedder = HashedWords()
    Stores(root, create=True).close()
    crash(root, embedder, place, lambda stores, model: run(stores, model, OLD))
    run(Stores(root), embedder)  # whose files were all refused
    agreed(root, OLD if place in AFTER else {}, embedder)
    run(Stores(root), embedder, OLD)
    agreed(root, OLD, embedder)
    assert len(embedder.texts) == len(set(embedder.texts))


@pytest.mark.parametrize("place", [*BEFORE[-2:], *AFTER[:1]])
def test_after_a_crash_while_the_model_changes_no_reader_mixes_the_two(
    root: Path, old: HashedWords, place: str
) -> None:
    new = HashedWords("another-model")
    crash(root, new, place)
    refusals = 0
    for embedder in (old, new):
        stores = Stores(root)
        try:
            stores.require_model(embedder.name)
        except IndexMismatch:
            refusals += 1
            continue
        for passage, about in stores.ledger.find(sorted(stores.vectors.stored())).values():
            vector = HashedWords(embedder.name).encode_documents([embedding_text(passage, about)])[0]
            assert dict(stores.vectors.search(vector, k=100))[passage.number] == pytest.approx(1.0, abs=1e-4)
    assert refusals >= 1
    change(Stores(root), new)
    agreed(root, NEW, new)


def test_a_crash_in_recovery_is_mended_by_the_next_run(root: Path, old: HashedWords) -> None:
    for place in ("before vectors.build 1", "before sweep 1"):
        crash(root, old, place)
        Stores(root).ledger.sweep()  # all that the recovery of a run did before it was killed in turn
    run(Stores(root), old)
    agreed(root, NEW, old)


def test_repeated_crashes_lose_nothing(root: Path, old: HashedWords) -> None:
    files = dict(OLD)
    for n, place in enumerate([*BEFORE, *AFTER]):
        files |= {f"{n}.txt": f"Bài số{n}\nnội dung số{n}", "same.txt": f"Lũ rút\nlần số{n}\ndân về nhà"}
        stores = FusedStores(root, Fuse(place, stop))
        try:
            run(stores, old, files)
        except Crash:
            stores.close()
    stores = Stores(root)
    run(stores, old, files)
    assert stores.verify().problems == ()
    assert {a.source: a.text for a in stores.ledger.articles()} == files


# --- damage -----------------------------------------------------------------------------------------------------------


def _generation(root: Path) -> Path:
    generation = VectorIndex(root / VECTORS).generation()
    assert generation is not None
    return root / VECTORS / generation.name


DAMAGES: dict[str, Callable[[Path], object]] = {
    "words gone": lambda root: shutil.rmtree(root / WORDS),
    "words emptied": lambda root: [p.unlink() for p in (root / WORDS).iterdir()],
    "words of another layout": lambda root: (root / WORDS / "LAYOUT").write_text("0"),
    "words without meta": lambda root: (root / WORDS / "meta.json").write_text("{"),
    "words without terms": lambda root: [p.unlink() for p in (root / WORDS).glob("*.term")],
    "vectors gone": lambda root: shutil.rmtree(root / VECTORS),
    "generation gone": lambda root: shutil.rmtree(_generation(root)),
    "generation emptied": lambda root: [p.unlink() for p in _generation(root).rglob("*") if p.is_file()],
    "generation damaged": lambda root: os.truncate(_generation(root) / "chroma.sqlite3", 100),
    "pointer gone": lambda root: (root / VECTORS / POINTER).unlink(),
    "pointer broken": lambda root: (root / VECTORS / POINTER).write_text("{"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_again_without_embedding(root: Path, old: HashedWords, damage: str) -> None:
    DAMAGES[damage](root)
    assert Stores(root).verify().problems
    embedded = len(old.texts)
    run(Stores(root), old)
    agreed(root, OLD, old)
    assert len(old.texts) == embedded


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name not in ("generation gone", "generation emptied")])
def test_damage_after_a_crash_is_mended_as_well(root: Path, old: HashedWords, damage: str) -> None:
    crash(root, old, "before sweep 1")
    DAMAGES[damage](root)
    run(Stores(root), old)
    agreed(root, NEW, old)


@pytest.mark.parametrize("damage", ["words without meta", "vectors gone", "generation damaged", "pointer broken"])
def test_rebuild_makes_both_indexes_again(root: Path, old: HashedWords, damage: str) -> None:
    DAMAGES[damage](root)
    stores = Stores(root)
    with stores.writing():
        stores.rebuild_words()
        stores.rebuild_vectors()
    stores.close()
    agreed(root, OLD, old)


def test_verify_names_what_does_not_agree(root: Path, old: HashedWords) -> None:
    agreed(root, OLD, old)
    stores = Stores(root)
    number = stores.ledger.numbers()[0]
    stores.words.update(remove=[number])
    others = [n for n in stores.ledger.numbers() if n != number] + [10**6]
    stores.vectors.build(others, np.eye(len(others), 64, dtype=np.float32), model=old.name)
    with stores.ledger.transaction() as db:
        db.execute("UPDATE passages SET end = start WHERE number = ?", (number,))
    problems = "\n".join(stores.verify().problems)
    assert "lexical index: 1 passages are missing" in problems
    assert "vector index: 1 passages are missing" in problems
    assert "vector index: 1 passages are not in the ledger" in problems
    assert "does not match its text" in problems
    assert len(stores.verify().problems) == 4


# --- publishing -------------------------------------------------------------------------------------------------------


def test_articles_come_change_and_go(root: Path, old: HashedWords) -> None:
    agreed(root, OLD, old)
    change(Stores(root), old)
    agreed(root, NEW, old)
    run(Stores(root), old, {}, remove=[*NEW, "unknown.txt"])
    agreed(root, {}, old)
    run(Stores(root), old, OLD)
    agreed(root, OLD, old)


def test_an_open_reader_sees_each_publication(root: Path, old: HashedWords) -> None:
    reader = Stores(root)
    asked = HashedWords().encode_documents(["Trường học khai_giảng đầu tuần"])[0]

    def nearest() -> list[str]:
        found = reader.ledger.find([n for n, _ in reader.vectors.search(asked, k=1)])
        return [a.source for _, a in found.values()]

    assert nearest() != ["come.txt"]
    change(Stores(root), old)
    assert nearest() == ["come.txt"]
    assert reader.verify().problems == ()


def test_identical_texts_are_embedded_once(root: Path) -> None:
    embedder = HashedWords()
    copies = {f"{i}.txt": "Một bài\nđăng lại nhiều nơi" for i in range(5)}
    run(Stores(root, create=True), embedder, copies)
    assert sorted(embedder.texts) == ["Một bài", "Một bài\nđăng lại nhiều nơi"]
    stores = Stores(root)
    assert stores.verify().problems == ()
    assert {len(a.copies) for a in stores.ledger.articles()} == {4}
    run(Stores(root), embedder, {"0.txt": "Một bài\nđã sửa"}, remove=["1.txt"])
    assert embedder.texts[2:] == ["Một bài\nđã sửa"]
    assert {len(a.copies) for a in Stores(root).ledger.articles()} == {0, 2}


def test_progress_counts_what_is_embedded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.stores.EMBED_BATCH", 2)
    stores, embedder, events = Stores(root, create=True), HashedWords(), []
    made = article("a.txt", "Một\nhai\nba\nbốn\nnăm")
    passages = [(p, text_hash(embedding_text(p, made))) for p in split(made)]
    with stores.writing():
        stores.ledger.add_pending(made, FileState("a.txt", 1, 1, ""), passages)
        stores.publish(embedder, on_embedded=lambda done, total: events.append((done, total)))
    assert events == [(2, 5), (4, 5), (5, 5)]


# --- models -----------------------------------------------------------------------------------------------------------


def test_another_model_embeds_everything_again_and_the_first_is_still_cached(root: Path, old: HashedWords) -> None:
    other = HashedWords("another-model", dimensions=32)
    run(Stores(root), other)
    assert sorted(other.texts) == sorted(old.texts)
    agreed(root, OLD, other)
    assert Stores(root).model == "another-model"
    back = HashedWords()
    run(Stores(root), back)
    assert back.texts == []
    agreed(root, OLD, back)


def test_a_reader_with_another_model_is_refused(root: Path, old: HashedWords) -> None:
    stores = Stores(root)
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


# --- the lock and other processes -------------------------------------------------------------------------------------


def test_a_second_writer_is_refused_and_told_who_is_first(root: Path, old: HashedWords) -> None:
    first, second = Stores(root), Stores(root)
    with first.writing():
        with pytest.raises(Locked, match=f"process {os.getpid()} on ") as refused, second.writing():
            pytest.fail("both are writing")
        assert refused.value.hint
        assert answers(root, old) == OLD
    with second.writing():
        pass


def test_a_writer_that_fails_gives_the_lock_back(root: Path, old: HashedWords) -> None:
    stores = Stores(root)
    with pytest.raises(Crash), stores.writing():
        raise Crash
    assert not (root / WRITER).exists()
    with Stores(root).writing():
        assert str(os.getpid()) in (root / WRITER).read_text()


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
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": paths},
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
            change(Stores(root), old)
        assert answers(root, old) == OLD
        other.kill()
    change(Stores(root), old)
    agreed(root, NEW, old)


def killed(root: Path, place: str) -> None:
    """Run in a process of its own: kill it, and no mercy, at a place of the change."""
    fuse = Fuse(place, lambda: os.kill(os.getpid(), signal.SIGKILL))
    change(FusedStores(root, fuse), HashedWords())


def test_killed_processes_lose_nothing(root: Path, old: HashedWords) -> None:
    for place in ("before publish 1", "before sweep 1"):
        code = f"from pathlib import Path; import test_stores; test_stores.killed(Path({str(root)!r}), {place!r})"
        with python("-c", code) as process:
            assert process.wait() == -signal.SIGKILL
        assert answers(root, old) == (OLD if place in BEFORE else NEW)
    change(Stores(root), old)
    agreed(root, NEW, old)
