"""The vector index: a base and a delta behind a pointer, seen at once and never half."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.errors import IndexMissing, StoreError
from qa.generations import POINTER
from qa.vector_edit import VectorEdit
from qa.vector_state import Generation
from qa.vectors import VectorIndex

ROOT = Path(__file__).resolve().parent.parent

Vectors = NDArray[np.float32]


def unit_vectors(count: int, *, dimensions: int = 24, seed: int = 0) -> Vectors:
    values = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "vectors"


def built(root: Path, numbers: Sequence[int], vectors: Vectors) -> VectorIndex:
    index = VectorIndex(root)
    index.rebuild(numbers, [vectors], model="a-model")
    return index


def added(index: VectorIndex, numbers: Sequence[int], vectors: Vectors, *, model: str = "a-model") -> Generation:
    with index.editing(model=model) as edit:
        edit.add(numbers, vectors)
        return edit.publish()


def pointed(root: Path) -> Generation:
    generation = VectorIndex(root).generation()
    assert generation is not None
    return generation


def current(root: Path) -> Path:
    return root / pointed(root).folders[-1]


def found(index: VectorIndex, vector: Vectors, *, k: int = 1) -> list[int]:
    return [n for n, _ in index.search(vector, k=k)]


def exact(model: dict[int, Vectors], asked: Vectors, k: int) -> list[int]:
    return sorted(model, key=lambda n: -float(model[n] @ asked))[:k]


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.vector_state.FLOOR", 10)


def folders(root: Path) -> set[Path]:
    return {p for p in root.iterdir() if p.is_dir()}


def said(index: VectorIndex) -> tuple[int, str, int] | None:
    """Return what the pointer says: how many vectors, of which model, how long."""
    now = index.generation()
    return None if now is None else (now.count, now.model, now.dimensions)


# --- search -----------------------------------------------------------------------------------------------------------


def test_the_nearest_come_first_with_their_cosine(root: Path) -> None:
    vectors, asked = unit_vectors(60), unit_vectors(1, seed=1)[0]
    index = built(root, range(100, 160), vectors)
    cosines = vectors @ asked
    expected = [(100 + int(i), float(cosines[i])) for i in np.argsort(-cosines)[:7]]
    nearest = index.search(asked, k=7)
    assert [n for n, _ in nearest] == [n for n, _ in expected]
    assert [c for _, c in nearest] == pytest.approx([c for _, c in expected], abs=1e-5)


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
    writer.rebuild(range(10, 14), [vectors], model="a-model")
    assert reader.search(vectors[2], k=1)[0][0] == 12
    assert reader.stored() == {10, 11, 12, 13}


def test_the_generation_before_the_current_one_stays(root: Path) -> None:
    index = built(root, range(2), unit_vectors(2))
    (root / "notes").mkdir()
    for _ in range(3):
        before = current(root)
        index.rebuild(range(2), [unit_vectors(2)], model="a-model")
        index.sweep()
        assert current(root) != before
        assert folders(root) == {before, current(root), root / "notes"}


def test_what_a_killed_writer_left_is_swept(root: Path) -> None:
    index = built(root, range(2), unit_vectors(2))
    index.rebuild(range(2), [unit_vectors(2)], model="a-model")
    kept, pointer = folders(root), (root / POINTER).read_bytes()
    index.rebuild(range(2), [unit_vectors(2)], model="a-model")
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
        writer.rebuild(range(1000 * number, 1000 * number + 30), [vectors], model="a-model")
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
            writer.rebuild(range(number, number + 3), [vectors], model="a-model")
            assert reader.search(vectors[1], k=1)[0][0] == number + 1
        nearest = held.parts[0].folder.nearest(vectors[1], k=1)
    assert [n for n, _ in nearest] == [1]


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
            writer.rebuild(range(3), [vectors], model="a-model")
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


# --- edits: base and delta --------------------------------------------------------------------------------------------


def test_the_first_edit_makes_a_base_and_the_next_a_delta_beside_it(root: Path) -> None:
    vectors, index = unit_vectors(40), VectorIndex(root)
    with index.editing(model="a-model") as edit:
        for at in range(0, 30, 10):
            edit.add(range(at, at + 10), vectors[at : at + 10])
        with pytest.raises(IndexMissing):
            VectorIndex(root).search(vectors[0], k=1)
        edit.publish()
    base = pointed(root).base
    added(index, range(30, 33), vectors[30:33])
    once = pointed(root)
    added(index, range(33, 40), vectors[33:])
    twice = pointed(root)
    assert base is not None
    assert base.count == 30
    assert once.base == twice.base == base
    assert once.delta is not None
    assert twice.delta is not None
    assert (once.delta.count, twice.delta.count, twice.count) == (3, 10, 40)
    assert once.delta.name != twice.delta.name
    for asked in vectors:
        assert found(index, asked, k=40) == exact(dict(enumerate(vectors)), asked, 40)
    assert index.stored() == set(range(40))
    assert index.holds(range(40), model="a-model")


def test_an_edit_shows_nothing_before_it_is_published(root: Path) -> None:
    vectors = unit_vectors(6)
    index, reader = built(root, range(3), vectors[:3]), VectorIndex(root)
    with index.editing(model="a-model") as edit:
        edit.add([3, 4], vectors[3:5])
        edit.add([5], vectors[5:])
        assert index.stored() == reader.stored() == {0, 1, 2}
        published = edit.publish()
        assert published == reader.generation()
        assert found(reader, vectors[4]) == [4]
    assert found(reader, vectors[4]) == [4]
    with pytest.raises(StoreError, match="published"):
        edit.add([6], vectors[:1])
    with pytest.raises(StoreError, match="published"):
        edit.publish()


@pytest.mark.parametrize("numbers", [range(0), range(3)])
def test_an_abandoned_edit_leaves_nothing(root: Path, numbers: range) -> None:
    index = built(root, numbers, unit_vectors(3)[: len(numbers)])
    before, kept = (root / POINTER).read_bytes(), folders(root)
    with index.editing(model="a-model"):
        pass
    with index.editing(model="a-model") as edit:
        edit.add([7], unit_vectors(1))
    with pytest.raises(ZeroDivisionError), index.editing(model="a-model") as edit:  # noqa: PT012 (two steps on purpose)
        edit.add([7], unit_vectors(1))
        raise ZeroDivisionError
    with pytest.raises(StoreError, match="abandoned"):
        edit.publish()
    assert (root / POINTER).read_bytes() == before
    assert folders(root) == kept
    added(index, [7], unit_vectors(1))
    assert index.stored() == {*numbers, 7}


def test_an_edit_of_nothing_moves_nothing_but_says_so_of_an_empty_index(root: Path) -> None:
    index = VectorIndex(root)
    with index.editing(model="a-model") as edit:
        edit.publish()
    assert said(index) == (0, "a-model", 0)
    added(index, range(3), unit_vectors(3))
    before = (root / POINTER).read_bytes()
    with index.editing(model="a-model") as edit:
        edit.add([], np.empty((0, 24), np.float32))
        assert edit.publish() == pointed(root)
    assert (root / POINTER).read_bytes() == before


@pytest.mark.usefixtures("_small")
def test_a_delta_that_has_outgrown_its_base_is_merged_with_it(root: Path) -> None:
    vectors = unit_vectors(150)
    index = built(root, range(100), vectors[:100])
    added(index, range(100, 108), vectors[100:108])
    index.drop([3, 101])
    assert added(index, range(108, 110), vectors[108:110]).delta is not None  # ten are not too many
    assert pointed(root).count == 108
    merged = added(index, [110], vectors[110:111])
    assert merged.delta is None
    assert merged.base is not None
    assert merged.base.count == 110  # the dropped one of the delta went, the one of the base stays noted
    assert merged.dropped == {3}
    live = {n: v for n, v in enumerate(vectors[:111]) if n not in {3, 101}}
    assert index.stored() == set(live)
    assert index.holds(sorted(live), model="a-model")
    for asked in vectors[:20]:
        assert found(index, asked, k=200) == exact(live, asked, 200)
    index.sweep()
    assert {p.name for p in folders(root)} == {*merged.folders, *merged.previous}


@pytest.mark.usefixtures("_small")
def test_an_edit_goes_on_in_a_copy_of_the_base_once_it_is_large(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.vector_edit.BATCH", 7)
    vectors = unit_vectors(200)
    index = built(root, range(20), vectors[:20])
    added(index, range(20, 25), vectors[20:25])
    with index.editing(model="a-model") as edit:
        for at in range(25, 200, 25):
            edit.add(range(at, at + 25), vectors[at : at + 25])
            assert index.stored() == set(range(25))
        edit.publish()
    assert (pointed(root).delta, pointed(root).count) == (None, 200)
    assert index.stored() == set(range(200))
    for asked in vectors[::9]:
        assert found(index, asked, k=5) == exact(dict(enumerate(vectors)), asked, 5)
    index.sweep()
    assert len(folders(root)) == 3


def test_another_model_begins_an_index_of_its_own(root: Path) -> None:
    index = built(root, range(3), unit_vectors(3))
    added(index, [3], unit_vectors(1))
    other = unit_vectors(2, dimensions=8)
    added(index, [4, 5], other, model="another")
    assert said(index) == (2, "another", 8)
    assert pointed(root).delta is None
    assert found(index, other[1], k=9) == exact({4: other[0], 5: other[1]}, other[1], 9)


def test_threads_may_add_one_after_another(root: Path) -> None:
    vectors, index = unit_vectors(80), VectorIndex(root)
    with index.editing(model="a-model") as edit:
        threads = [
            threading.Thread(target=edit.add, args=(range(at, at + 20), vectors[at : at + 20]))
            for at in range(0, 80, 20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        edit.publish()
    assert index.stored() == set(range(80))


# --- dropping ---------------------------------------------------------------------------------------------------------


def test_what_is_dropped_is_never_found_and_others_take_its_place(root: Path) -> None:
    asked = unit_vectors(1)[0]
    vectors = unit_vectors(300, seed=3)
    index = built(root, range(200), vectors[:200])
    added(index, range(200, 300), vectors[200:])
    reader = VectorIndex(root)
    near = found(reader, asked, k=300)
    kept = folders(root)
    index.drop(near[:120])  # the nearest of both parts, more than anyone asks for
    assert folders(root) == kept
    for k in (1, 50, 180, 300):
        assert found(reader, asked, k=k) == near[120 : 120 + k]
    index.drop([*near[:150:2], 10**9])
    assert found(reader, asked, k=300) == [n for n in near[120:] if n not in set(near[:150:2])]
    assert reader.stored() == set(found(reader, asked, k=300))
    assert reader.holds(sorted(reader.stored()), model="a-model")
    assert not reader.holds(range(300), model="a-model")


def test_with_everything_dropped_nothing_is_left(root: Path) -> None:
    index = built(root, range(4), unit_vectors(4))
    index.drop([0, 1])
    index.drop(range(9))
    assert said(index) == (0, "a-model", 0)
    assert (index.stored(), found(index, unit_vectors(1)[0], k=5)) == (set(), [])
    assert index.holds([], model="a-model")
    added(index, [9], unit_vectors(1))
    index.sweep()
    assert index.stored() == {9}


def test_dropping_what_is_not_there_moves_nothing(root: Path) -> None:
    VectorIndex(root).drop([1])
    assert not root.exists()
    index = built(root, range(3), unit_vectors(3))
    before = (root / POINTER).read_bytes()
    index.drop([])
    index.drop([7])
    assert (root / POINTER).read_bytes() == before


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("adding", [0, 2])
def test_a_worn_index_is_written_afresh_by_the_next_edit(root: Path, adding: int) -> None:
    vectors = unit_vectors(60)
    index = built(root, range(40), vectors[:40])
    added(index, range(40, 50), vectors[40:50])
    index.drop(range(35, 46))
    assert pointed(root).is_worn
    with index.editing(model="a-model") as edit:
        edit.add(range(50, 50 + adding), vectors[50 : 50 + adding])
        edit.publish()
    after = pointed(root)
    live = [*range(35), *range(46, 50 + adding)]
    assert (after.count, after.stored, after.delta, after.dropped) == (len(live), len(live), None, frozenset())
    assert index.holds(live, model="a-model")
    for number in live:
        assert found(index, vectors[number]) == [number]


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_the_index_is_a_dictionary_of_vectors(root: Path, seed: int) -> None:
    rng, index, reader = np.random.default_rng(seed), VectorIndex(root), VectorIndex(root)
    model: dict[int, Vectors] = {}
    number = 0
    for step in range(14):
        fresh = unit_vectors(int(rng.integers(1, 30)), seed=100 * seed + step)
        action = rng.choice(["add", "add", "add", "drop", "drop", "rebuild", "abandon"])
        numbers = range(number, number + len(fresh))
        if action in ("add", "abandon"):
            number += len(fresh)
            with index.editing(model="a-model") as edit:
                half = len(fresh) // 2
                edit.add(numbers[:half], fresh[:half])
                edit.add(numbers[half:], fresh[half:])
                if action == "add":
                    edit.publish()
                    model.update(zip(numbers, fresh, strict=True))
        elif action == "drop":
            gone = rng.integers(0, number + 5, size=int(rng.integers(0, 12))).tolist()
            index.drop(gone)
            model = {n: v for n, v in model.items() if n not in gone}
        else:
            index.rebuild(list(model), [np.stack(list(model.values()))] if model else [], model="a-model")
        if reader.generation() is None:
            assert model == {}
            continue
        index.sweep()
        assert reader.stored() == set(model)
        assert reader.holds(sorted(model), model="a-model")
        for asked in fresh[:3]:
            for k in (1, 5, 200):
                assert found(reader, asked, k=k) == exact(model, asked, k)


# --- other processes, and their deaths --------------------------------------------------------------------------------


def python(*arguments: str | Path) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": paths},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


READ = """
import sys
from pathlib import Path
from qa.vectors import VectorIndex
from test_vectors import unit_vectors
index = VectorIndex(Path(sys.argv[1]))
for line in sys.stdin:
    print(sorted(n for n, _ in index.search(unit_vectors(1)[0], k=100)), flush=True)
"""


def test_a_reader_in_another_process_sees_each_move_of_the_pointer(root: Path) -> None:
    vectors = unit_vectors(8)
    index = built(root, range(4), vectors[:4])
    with python("-c", READ, root) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def seen() -> str:
            assert reader.stdin is not None
            assert reader.stdout is not None
            reader.stdin.write("?\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip()

        assert seen() == "[0, 1, 2, 3]"
        added(index, [4, 5], vectors[4:6])
        assert seen() == "[0, 1, 2, 3, 4, 5]"
        index.drop([0, 4])
        index.sweep()
        assert seen() == "[1, 2, 3, 5]"
        added(index, [6], vectors[6:7])
        index.rebuild([7], [vectors[7:]], model="a-model")
        for _ in range(2):
            index.sweep()
        assert seen() == "[7]"
        reader.stdin.close()


def killed(root: Path, place: str) -> None:
    """Run in a process of its own: edit, and be killed, and no mercy, at a place of the edit."""

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    index, vectors = VectorIndex(root), unit_vectors(60)
    setattr(sys.modules["qa.vector_state"], "FLOOR", 10)  # noqa: B010 (mypy knows it as a constant)
    if place == "in a merge":
        setattr(VectorEdit, "_take_over", die)  # noqa: B010
    with index.editing(model="a-model") as edit:
        edit.add([20, 21], vectors[20:22])
        if place == "after an addition":
            die()
        edit.add(
            range(22, 60) if place in ("in a merge", "after a merge") else [22],
            vectors[22 : 60 if "merge" in place else 23],
        )
        if place == "after a merge":
            die()
        if place == "before the pointer":
            setattr(Generation, "point", die)  # noqa: B010
        if place == "in the move of the pointer":
            setattr(Path, "replace", die)  # noqa: B010
        edit.publish()
        assert place == "after the pointer"
        die()


KILLED = [
    "after an addition",
    "in a merge",
    "after a merge",
    "before the pointer",
    "in the move of the pointer",
    "after the pointer",
]


@pytest.mark.parametrize("place", KILLED)
def test_a_writer_killed_at_any_instant_leaves_the_old_state_or_the_new_one(root: Path, place: str) -> None:
    vectors = unit_vectors(60)
    index = built(root, range(15), vectors[:15])
    added(index, range(15, 20), vectors[15:20])
    before = (root / POINTER).read_bytes()
    code = f"from pathlib import Path; import test_vectors; test_vectors.killed(Path({str(root)!r}), {place!r})"
    with python("-c", code) as process:
        assert process.wait() == -signal.SIGKILL
    live = list(range(23 if place == "after the pointer" else 20))
    assert ((root / POINTER).read_bytes() == before) == (place != "after the pointer")
    assert VectorIndex(root).holds(live, model="a-model")
    index.sweep()
    assert {p.name for p in folders(root)} <= {*pointed(root).folders, *pointed(root).previous}
    for number in live:
        assert found(index, vectors[number]) == [number]
    added(index, range(23, 30), vectors[23:30])
    assert index.stored() == {*live, *range(23, 30)}


def filled(root: Path) -> None:
    """Run in a process of its own: edit where no file can grow beyond 400 kB, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    index, vectors = VectorIndex(root), unit_vectors(3000, dimensions=64)
    with pytest.raises(StoreError) as refused, index.editing(model="a-model") as edit:  # noqa: PT012 (whichever step fails)
        for at in range(0, 3000, 500):
            edit.add(range(100 + at, 600 + at), vectors[at : at + 500])
        edit.publish()
    assert "disk full" in refused.value.hint
    sys.stdout.write("refused\n")


def test_a_full_disk_ends_the_edit_and_changes_nothing(root: Path) -> None:
    vectors = unit_vectors(5, dimensions=64)
    index = built(root, range(5), vectors)
    before, kept = (root / POINTER).read_bytes(), folders(root)
    code = f"from pathlib import Path; import test_vectors; test_vectors.filled(Path({str(root)!r}))"
    with python("-c", code) as process:
        assert process.stdout is not None
        assert process.stdout.read() == "refused\n"
        assert process.wait() == 0
    assert (root / POINTER).read_bytes() == before
    assert folders(root) == kept
    assert index.holds(range(5), model="a-model")


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
        *(
            f'{{"model": {model}, "dimensions": 3, "base": {base}, "delta": null, "dropped": {dropped}, "previous": []}}'.encode()
            for model, base, dropped in (
                ("7", '{"name": "g000001-00000000", "count": 3}', "[]"),
                ('"m"', '{"name": "../g000001-00000000", "count": 3}', "[]"),
                ('"m"', '{"name": "g000001-00000000", "count": "x"}', "[]"),
                ('"m"', '{"name": "g000001-00000000", "count": 3}', '["1"]'),
                ('"m"', "[]", "[]"),
            )
        ),
    ],
)
def test_a_broken_pointer_is_named_and_can_be_written_anew(root: Path, pointer: bytes) -> None:
    vectors = unit_vectors(3)
    index = built(root, range(3), vectors)
    (root / POINTER).write_bytes(pointer)
    with pytest.raises(StoreError) as refused:
        VectorIndex(root).search(vectors[0], k=1)
    assert "hoibao rebuild" in refused.value.hint
    index.rebuild(range(3), [vectors], model="a-model")
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
        index.rebuild(numbers, [vectors], model="a-model")
    assert (root / POINTER).read_bytes() == before
    assert folders(root) == kept
    assert index.search(unit_vectors(3)[1], k=1)[0][0] == 1
    index.rebuild(range(4, 7), [unit_vectors(3)], model="a-model")
    assert index.search(unit_vectors(3)[1], k=1)[0][0] == 5


def _files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("damage", ["gone", "emptied", "cut"])
def test_damage_to_any_file_of_either_part_is_seen(root: Path, part: int, damage: str) -> None:
    vectors = unit_vectors(1700)
    index = built(root, range(1200), vectors[:1200])
    added(index, range(1200, 1700), vectors[1200:])
    assert found(index, vectors[5]) == [5]
    assert index.holds(range(1700), model="a-model")
    index.close()
    part_name = pointed(root).folders[part]
    for at, name in enumerate(_files(root / part_name)):
        copy = root.with_name(f"copy{at}")  # Chroma remembers a folder that it could not open
        shutil.copytree(root, copy)
        file = copy / part_name / name
        if damage == "gone":
            file.unlink()
        elif size := file.stat().st_size:
            os.truncate(file, 0 if damage == "emptied" else size // 2)
        else:
            continue
        assert not VectorIndex(copy).holds(range(1700), model="a-model"), name


def test_other_numbers_another_model_and_no_index_are_not_held(root: Path) -> None:
    assert not VectorIndex(root).holds([], model="a-model")
    index = built(root, [3, 1, 2], unit_vectors(3))
    assert index.holds([1, 2, 3], model="a-model")
    assert not index.holds([1, 2], model="a-model")
    assert not index.holds([1, 2, 4], model="a-model")
    assert not index.holds([1, 2, 3], model="another")
    index.forget()
    assert not index.holds([1, 2, 3], model="a-model")
    index.sweep()
    assert folders(root) == set()


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
