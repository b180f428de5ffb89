"""The vector index: immutable generations behind a pointer, seen at once and never half."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.errors import IndexMissing, StoreError
from qa.vectors import POINTER, Generation, VectorIndex

Vectors = NDArray[np.float32]


def unit_vectors(count: int, *, dimensions: int = 24, seed: int = 0) -> Vectors:
    values = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "vectors"


def built(root: Path, numbers: range, vectors: Vectors) -> VectorIndex:
    index = VectorIndex(root)
    index.build(numbers, vectors, model="a-model")
    return index


def current(root: Path) -> Path:
    generation = VectorIndex(root).generation()
    assert generation is not None
    return root / generation.name


def folders(root: Path) -> set[Path]:
    return {p for p in root.iterdir() if p.is_dir()}


def said(index: VectorIndex) -> tuple[int, str, int] | None:
    """Return what the pointer says: how many vectors, of which model, how long."""
    found = index.generation()
    return None if found is None else (found.count, found.model, found.dimensions)


# --- search -----------------------------------------------------------------------------------------------------------


def test_the_nearest_come_first_with_their_cosine(root: Path) -> None:
    vectors, asked = unit_vectors(60), unit_vectors(1, seed=1)[0]
    index = built(root, range(100, 160), vectors)
    cosines = vectors @ asked
    expected = [(100 + int(i), float(cosines[i])) for i in np.argsort(-cosines)[:7]]
    found = index.search(asked, k=7)
    assert [n for n, _ in found] == [n for n, _ in expected]
    assert [c for _, c in found] == pytest.approx([c for _, c in expected], abs=1e-5)


def test_asking_for_more_than_there_is_gives_all(root: Path) -> None:
    index = built(root, range(3), unit_vectors(3))
    assert {n for n, _ in index.search(unit_vectors(1)[0], k=200)} == {0, 1, 2}
    assert index.search(unit_vectors(1)[0], k=0) == []


def test_an_index_of_nothing_finds_nothing(root: Path) -> None:
    index = built(root, range(0), np.empty((0, 0), np.float32))
    assert said(index) == (0, "a-model", 0)
    assert index.search(unit_vectors(1)[0], k=5) == []
    assert index.stored() == set()


def test_all_numbers_are_read_back_page_by_page(root: Path) -> None:
    index = built(root, range(7, 10_508), unit_vectors(10_501, dimensions=2))
    assert index.stored() == set(range(7, 10_508))  # three pages
    assert said(index) == (10_501, "a-model", 2)


def test_a_question_of_another_length_is_refused(root: Path) -> None:
    index = built(root, range(3), unit_vectors(3))
    with pytest.raises(StoreError, match="cannot be searched") as refused:
        index.search(unit_vectors(1, dimensions=5)[0], k=1)
    assert refused.value.hint
    assert index.search(unit_vectors(3)[2], k=1)[0][0] == 2


# --- generations ------------------------------------------------------------------------------------------------------


def test_an_open_reader_sees_a_new_generation(root: Path) -> None:
    vectors = unit_vectors(4)
    writer, reader = built(root, range(4), vectors), VectorIndex(root)
    assert reader.search(vectors[2], k=1)[0][0] == 2
    writer.build(range(10, 14), vectors, model="a-model")
    assert reader.search(vectors[2], k=1)[0][0] == 12
    assert reader.stored() == {10, 11, 12, 13}


def test_the_generation_before_the_current_one_stays(root: Path) -> None:
    index = built(root, range(2), unit_vectors(2))
    (root / "notes").mkdir()
    for _ in range(3):
        before = current(root)
        index.build(range(2), unit_vectors(2), model="a-model")
        index.sweep()
        assert current(root) != before
        assert folders(root) == {before, current(root), root / "notes"}


def test_what_a_killed_writer_left_is_swept(root: Path) -> None:
    index = built(root, range(2), unit_vectors(2))
    index.build(range(2), unit_vectors(2), model="a-model")
    kept, pointer = folders(root), (root / POINTER).read_bytes()
    index.build(range(2), unit_vectors(2), model="a-model")
    (root / POINTER).write_bytes(pointer)  # as if killed before it moved
    index.sweep()
    assert folders(root) == kept
    VectorIndex(root / "none").sweep()


def test_searches_under_way_survive_swaps(root: Path) -> None:
    vectors = unit_vectors(30)
    writer, reader = built(root, range(30), vectors), VectorIndex(root)
    answers: list[set[int]] = []
    errors: list[BaseException] = []
    ready, done = threading.Barrier(5), threading.Event()

    def ask() -> None:
        try:
            ready.wait()
            while not (done.is_set() and answers):
                answers.append({n // 1000 for n, _ in reader.search(vectors[7], k=30)})
        except StoreError as exc:
            errors.append(exc)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    ready.wait()
    for number in range(1, 8):
        writer.build(range(1000 * number, 1000 * number + 30), vectors, model="a-model")
        writer.sweep()
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {len(generations) for generations in answers} == {1}  # never half of one and half of another
    assert {n // 1000 for n, _ in reader.search(vectors[7], k=30)} == {7}


def test_a_generation_stays_open_while_a_search_uses_it(root: Path) -> None:
    vectors = unit_vectors(3)
    writer, reader = built(root, range(3), vectors), VectorIndex(root)
    with reader._current() as held:  # a search that has just begun
        for number in (10, 20):
            writer.build(range(number, number + 3), vectors, model="a-model")
            assert reader.search(vectors[1], k=1)[0][0] == number + 1
        found = held.collection.query(query_embeddings=[vectors[1].tolist()], n_results=1)
    assert found["ids"] == [["1"]]


class OvertakenIndex(VectorIndex):
    """A reader that others overtake right after it has read the pointer."""

    overtake: Callable[[], None] | None = None

    def generation(self) -> Generation | None:
        read = super().generation()
        overtake, self.overtake = self.overtake, None
        if overtake is not None:
            overtake()
        return read


def test_a_reader_overtaken_by_two_builds_finds_its_way(root: Path) -> None:
    vectors = unit_vectors(3)
    writer, reader = built(root, range(3), vectors), OvertakenIndex(root)

    def overtake() -> None:  # one run does both when it has to recover first
        for _ in range(2):
            writer.build(range(3), vectors, model="a-model")
            writer.sweep()

    reader.overtake = overtake
    assert reader.search(vectors[1], k=1)[0][0] == 1


def test_closing_one_reader_leaves_another_in_the_same_process(root: Path) -> None:
    vectors = unit_vectors(3)
    one, two = built(root, range(3), vectors), VectorIndex(root)
    assert one.search(vectors[1], k=1) == two.search(vectors[1], k=1)
    one.close()
    one.close()
    assert two.search(vectors[2], k=1)[0][0] == 2
    assert one.search(vectors[2], k=1)[0][0] == 2  # and opens again when asked


# --- what is broken ---------------------------------------------------------------------------------------------------


def test_without_any_generation_the_index_is_missing(root: Path) -> None:
    index = VectorIndex(root)
    assert index.generation() is None
    for use in (index.stored, lambda: index.search(unit_vectors(1)[0], k=1)):
        with pytest.raises(IndexMissing) as missing:
            use()
        assert "hoibao rebuild" in missing.value.hint
    assert not root.exists()


@pytest.mark.parametrize(
    "pointer",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"g"',
        b"\xff\xfe\x00",
        b'{"name": "g"}',
        b'{"name": "g", "count": "x", "model": "m", "dimensions": 3}',
        b'{"name": 7, "count": 3, "model": "m", "dimensions": 3}',
    ],
)
def test_a_broken_pointer_is_named_and_can_be_written_anew(root: Path, pointer: bytes) -> None:
    vectors = unit_vectors(3)
    index = built(root, range(3), vectors)
    (root / POINTER).write_bytes(pointer)
    with pytest.raises(StoreError) as refused:
        VectorIndex(root).search(vectors[0], k=1)
    assert "hoibao rebuild" in refused.value.hint
    index.build(range(3), vectors, model="a-model")
    assert VectorIndex(root).search(vectors[1], k=1)[0][0] == 1


def test_a_missing_folder_is_named_and_can_be_built_anew(root: Path) -> None:
    vectors = unit_vectors(3)
    built(root, range(3), vectors)
    shutil.rmtree(current(root))
    reader = VectorIndex(root)
    with pytest.raises(IndexMissing, match=current(root).name) as missing:
        reader.search(vectors[0], k=1)
    assert "hoibao rebuild" in missing.value.hint
    built(root, range(3), vectors)
    assert reader.search(vectors[1], k=1)[0][0] == 1


def test_a_damaged_folder_is_named_and_can_be_built_anew(root: Path) -> None:
    vectors = unit_vectors(3)
    built(root, range(3), vectors)
    os.truncate(current(root) / "chroma.sqlite3", 100)
    reader = VectorIndex(root)
    with pytest.raises(StoreError, match="cannot be opened") as refused:
        reader.search(vectors[0], k=1)
    assert "hoibao rebuild" in refused.value.hint
    built(root, range(3), vectors)
    assert reader.search(vectors[1], k=1)[0][0] == 1


def test_a_whole_index_deleted_under_a_reader_is_built_anew(root: Path) -> None:
    vectors = unit_vectors(3)
    reader = built(root, range(3), vectors)
    assert reader.search(vectors[0], k=1)[0][0] == 0
    shutil.rmtree(root)
    built(root, range(10, 13), vectors)
    assert reader.search(vectors[1], k=1)[0][0] == 11
    assert reader.stored() == {10, 11, 12}


def test_a_damaged_index_deleted_whole_is_built_anew(root: Path) -> None:
    vectors = unit_vectors(3)
    built(root, range(3), vectors)
    os.truncate(current(root) / "chroma.sqlite3", 100)
    reader = VectorIndex(root)
    with pytest.raises(StoreError):
        reader.search(vectors[0], k=1)
    shutil.rmtree(root)
    built(root, range(10, 13), vectors)
    assert reader.search(vectors[1], k=1)[0][0] == 11


@pytest.mark.parametrize(
    ("numbers", "vectors"),
    [
        (range(5), unit_vectors(4)),
        ([1, 2, 2], unit_vectors(3)),
        (range(2), np.zeros((2, 24), np.float32)),
        (range(2), np.full((2, 24), np.nan, np.float32)),
    ],
    ids=["too few vectors", "a number twice", "vectors of nothing", "no numbers"],
)
def test_a_build_that_fails_leaves_the_pointer_alone(root: Path, numbers: range, vectors: Vectors) -> None:
    index = built(root, range(3), unit_vectors(3))
    before, kept = (root / POINTER).read_bytes(), folders(root)
    with pytest.raises(StoreError):
        index.build(numbers, vectors, model="a-model")
    assert (root / POINTER).read_bytes() == before
    assert folders(root) == kept
    assert index.search(unit_vectors(3)[1], k=1)[0][0] == 1
    index.build(range(4, 7), unit_vectors(3), model="a-model")
    assert index.search(unit_vectors(3)[1], k=1)[0][0] == 5


# --- Chroma's own settings --------------------------------------------------------------------------------------------


def test_a_env_file_with_chroma_names_changes_nothing(root: Path, tmp_path: Path) -> None:
    lines = ["ALLOW_RESET=TRUE", "IS_PERSISTENT=FALSE", "ANONYMIZED_TELEMETRY=TRUE", "CHROMA_SERVER_HTTP_PORT=none"]
    (tmp_path / ".env").write_text("\n".join([*lines, f"PERSIST_DIRECTORY={tmp_path / 'elsewhere'}"]))
    assert Path.cwd() == tmp_path  # the last but one cannot be read: whoever takes this file fails loudly
    vectors = unit_vectors(3)
    built(root, range(3), vectors)
    assert VectorIndex(root).search(vectors[1], k=1)[0][0] == 1
    assert (current(root) / "chroma.sqlite3").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == [".env", "vectors"]
