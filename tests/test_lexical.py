"""The lexical index: words, neighbouring words and their plain forms; one commit at a time, seen at once."""

import itertools
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import IndexMismatch, IndexMissing, StoreError
from qa.generations import POINTER
from qa.language.forms import fold
from qa.lexical import LexicalIndex
from qa.lexical_edit import LexicalEdit
from qa.schema import DateMention
from qa.terms import FIELDS, Group, Term, date_terms, fields_of, pairs, singles

ROOT = Path(__file__).resolve().parent.parent

HOSTILE = [
    "dài" * 30_000,  # more bytes than one term can have
    "từ\x00ngữ có ký tự rỗng",
    "🎏 cá chép 🏮 đèn lồng 🎏",
    "…!? — *** (…)",
    "",
    "\ud7ff \U0010ffff \ufeff ẹ\u0301\u0323\u0302",
    "İSTANBUL ǅ ŉ ﬁ ß",
    "a" * 400 + " " + "b" * 65_531,
    "1.000.000,5 2/2/2019 05-CT 1:2:3",
    "một\u2028hai\u2029ba\x85bốn\x1cnăm",
]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return LexicalIndex(tmp_path / "words")


def doc(number: int, text: str, title: str = "", dates: Sequence[DateMention] = ()) -> tuple[int, dict[str, str]]:
    return number, fields_of(text, title, dates)


def folder(index: LexicalIndex) -> Path:
    """Return the folder the pointer leads to."""
    return next(p for p in index.root.iterdir() if p.is_dir() and p.name in (index.root / POINTER).read_text())


def folders(index: LexicalIndex) -> set[Path]:
    return {p for p in index.root.iterdir() if p.is_dir()} if index.root.exists() else set()


def term(field: str, text: str, weight: float = 1.0) -> Group:
    return Group(((Term(field, text, weight),),))


def found(index: LexicalIndex, field: str, text: str) -> set[int]:
    return {n for n, _ in index.search([term(field, text)], k=100)}


def score(index: LexicalIndex, *groups: Group) -> dict[int, float]:
    return dict(index.search(groups, k=100))


# --- terms ------------------------------------------------------------------------------------------------------------


def test_pairs_are_neighbouring_words() -> None:
    assert pairs("Chủ trì  hội nghị") == ["chủ_trì", "trì_hội", "hội_nghị"]
    assert pairs("Đà Nẵng - Huế") == ["đà_nẵng", "nẵng_huế"]
    assert pairs("xong. Mới, (rồi) thôi") == []
    assert pairs("một") == pairs("") == []


def test_spellings_of_one_word_are_one_term() -> None:
    assert singles("Hoà HÒA hòa") == ["hòa"] * 3
    assert singles("ngày 2/2/2019, 1,5 triệu") == ["ngày", "2/2/2019", "1,5", "triệu"]


@given(st.text(st.sampled_from("aĐđ ằ\u0300.-–,1/\n\u00a0ÝỤ_🎏"), max_size=40))
def test_a_pair_is_made_of_two_words_in_a_row_and_no_term_holds_white_space(text: str) -> None:
    words = singles(text)
    neighbours = [f"{a}_{b}" for a, b in itertools.pairwise(words)]
    at = 0
    for pair in pairs(text):  # in order, each from a later place
        at = neighbours.index(pair, at) + 1
    for form in (*words, *map(fold, words), *pairs(text)):
        assert len(form.split()) <= 1


def test_a_date_is_met_by_its_day_its_month_and_its_year() -> None:
    def terms(value: str) -> set[str]:
        return set(date_terms([DateMention(value, "", 0, 0)]))

    assert terms("2019-01-25") == {"y2019", "m2019-01", "d2019-01-25", "d01-25"}
    assert terms("2016-02") == {"y2016", "m2016-02"}
    assert terms("2016") == {"y2016"}
    assert terms("--02-02") == {"d02-02"}
    assert date_terms([]) == []


@given(st.text(st.sampled_from("aĐđ ằ\u0300.-–,1/\n\u00a0ÝỤ_🎏\u200b"), max_size=40), st.text(max_size=9))
def test_the_fields_of_a_passage_are_its_terms_and_those_of_its_title(text: str, title: str) -> None:
    days = (DateMention("2019-01-25", "", 0, 0), DateMention("2016", "", 0, 0))
    fields = fields_of(text, title, days)
    assert tuple(fields) == FIELDS
    titled = [*singles(title), *pairs(title)]
    assert fields["words"].split(" ") == (singles(text) or [""])
    assert fields["pairs"].split(" ") == (pairs(text) or [""])
    assert fields["plain"].split() == [f for w in singles(text) for f in fold(w).split()]
    assert fields["plain_pairs"].split() == [fold(p) for p in pairs(text)]
    assert fields["title"].split() == titled
    assert fields["title_plain"].split() == [f for w in titled for f in fold(w).split()]
    assert fields["dates"] == "y2019 m2019-01 d2019-01-25 d01-25 y2016"
    assert pickle.loads(pickle.dumps(fields)) == fields


# --- search -----------------------------------------------------------------------------------------------------------


def test_words_pairs_and_plain_forms_are_found_each_in_its_field(index: LexicalIndex) -> None:
    day = (DateMention("2019-01-25", "25/1", 0, 4),)
    index.update(
        add=[
            doc(1, "Đồng chí chủ trì hội nghị", "Họp bàn", day),
            doc(2, "trì hoãn, chủ nhật", "Chủ trì"),
            doc(3, "chu tri"),
        ]
    )
    assert found(index, "words", "chủ") == {1, 2}
    assert found(index, "words", "chu") == {3}
    assert found(index, "plain", "chu") == {1, 2, 3}
    assert found(index, "plain", "dong") == {1}
    assert found(index, "pairs", "chủ_trì") == {1}
    assert found(index, "plain_pairs", "chu_tri") == {1, 3}
    assert found(index, "title", "chủ_trì") == found(index, "title", "chủ") == {2}
    assert found(index, "title_plain", "hop_ban") == {1}
    assert found(index, "dates", "d01-25") == found(index, "dates", "y2019") == {1}
    assert found(index, "words", "không") == set()
    assert index.frequencies()("plain", "chu") == 3
    assert index.frequencies()("words", "không") == 0
    reader = LexicalIndex(index.root)
    assert (reader.frequencies()("plain", "chu"), reader.frequencies()("words", "không")) == (3, 0)
    index.update(add=[doc(9, "không chủ")])
    assert (reader.frequencies()("plain", "chu"), reader.frequencies()("words", "không")) == (4, 1)


def test_the_best_come_first_and_no_more_than_asked_for(index: LexicalIndex) -> None:
    index.update(add=[doc(n, "mưa " * n + "nắng " * (9 - n), "") for n in range(1, 9)])
    ranked = index.search([term("words", "mưa")], k=3)
    assert [n for n, _ in ranked] == [8, 7, 6]
    assert sorted((s for _, s in ranked), reverse=True) == [s for _, s in ranked]
    assert index.search([], k=3) == []
    assert index.search([Group(())], k=3) == []
    assert index.search([term("words", "mưa")], k=0) == []


def test_of_alternatives_the_best_counts_and_groups_add_up(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "mưa gió bão"), doc(2, "mưa"), doc(3, "gió nhẹ")])
    rain, wind = score(index, term("words", "mưa")), score(index, term("words", "gió"))
    either = Group(((Term("words", "mưa"),), (Term("words", "gió"),)))
    assert score(index, either) == pytest.approx({1: max(rain[1], wind[1]), 2: rain[2], 3: wind[3]}, rel=1e-4)
    both = score(index, term("words", "mưa"), term("words", "gió"))
    assert both == pytest.approx({1: rain[1] + wind[1], 2: rain[2], 3: wind[3]}, rel=1e-4)
    storm = score(index, term("words", "bão", 0.1))
    together = Group(((Term("words", "mưa"), Term("words", "gió")), (Term("words", "bão", 0.1),)))
    assert storm[1] < rain[1]
    assert score(index, together)[1] == pytest.approx(rain[1] + wind[1], rel=1e-4)
    assert score(index, term("words", "mưa", 2.5))[2] == pytest.approx(2.5 * rain[2], rel=1e-4)


def test_hostile_text_neither_breaks_the_index_nor_loses_a_document(index: LexicalIndex) -> None:
    index.update(add=[doc(n, f"{text} mốc{n}", text) for n, text in enumerate(HOSTILE)])
    assert index.stored() == set(range(len(HOSTILE)))
    assert index.count() == len(HOSTILE)
    for number, text in enumerate(HOSTILE):
        assert found(index, "words", f"mốc{number}") == {number}
        for field, words in (("words", singles(text)), ("pairs", pairs(text)), ("title", singles(text))):
            for word in words:
                fits = len(word.encode()) < 65_530
                assert (number in found(index, field, word)) == fits
                assert (
                    (number in found(index, field.replace("words", "plain"), fold(word)))
                    or not fits
                    or field != "words"
                )
    index.search([term("words", "x" * 100_000), term("words", ""), term("words", "\x00"), term("words", "a b")], k=5)


# --- writing ----------------------------------------------------------------------------------------------------------


def test_passages_are_added_and_removed_in_one_commit(index: LexicalIndex) -> None:
    index.update(add=[doc(n, f"câu số{n}") for n in range(1, 6)])
    index.update(add=[doc(9, "câu mới"), doc(2, "câu lại")], remove=[2, 3, 77])
    assert index.stored() == {1, 2, 4, 5, 9}
    assert index.count() == 5
    assert found(index, "words", "số2") == found(index, "words", "số3") == set()
    assert found(index, "words", "lại") == {2}
    index.update(remove=[1, 2, 4, 5, 9])
    assert (index.count(), index.stored(), found(index, "words", "câu")) == (0, set(), set())


def test_an_open_reader_sees_what_another_commits(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "một")])
    reader = LexicalIndex(index.root)
    assert found(reader, "words", "hai") == set()
    index.update(add=[doc(2, "hai")], remove=[1])
    assert found(reader, "words", "hai") == {2}
    assert reader.stored() == {2}


def test_a_reader_sees_a_commit_that_came_within_one_tick_of_the_clock(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "một")])
    reader = LexicalIndex(index.root)
    assert reader.count() == 1
    before = (folder(index) / "meta.json").stat()
    index.update(add=[doc(2, "hai")])
    os.utime(
        folder(index) / "meta.json", ns=(before.st_atime_ns, before.st_mtime_ns)
    )  # file times move in steps of 4 ms
    assert reader.stored() == {1, 2}


def test_a_rebuilt_index_holds_only_what_it_was_rebuilt_from(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "một"), doc(2, "hai")])
    reader = LexicalIndex(index.root)
    assert reader.count() == 2
    index.rebuild([doc(2, "hai mới"), doc(3, "ba")])
    for view in (index, reader, LexicalIndex(index.root)):
        assert view.stored() == {2, 3}
        assert found(view, "words", "một") == set()
        assert found(view, "words", "mới") == {2}
    index.rebuild([])
    assert reader.stored() == set()


def test_an_update_that_fails_leaves_the_index_as_it_was_and_usable(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "một")])

    def half() -> Iterator[tuple[int, dict[str, str]]]:
        yield doc(2, "hai")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as kept:  # whoever reports the error still holds it
        index.update(add=half(), remove=[1])
    index.update(add=[doc(3, "ba")])
    assert index.stored() == {1, 3}
    assert kept.value.__traceback__ is not None


def test_an_edit_shows_nothing_before_it_is_committed(index: LexicalIndex) -> None:
    for n in (1, 3):  # the first edit makes the index, the other changes it
        with index.editing() as edit:
            edit.add(*doc(n, f"số{n}"))
            edit.remove([n - 2])
            if n == 1:
                with pytest.raises(IndexMissing):
                    index.count()
            else:
                assert index.stored() == {1}
            edit.commit()
            assert index.stored() == {n}
            edit.add(*doc(n + 1, f"số{n + 1}"))
            assert index.stored() == {n}
            edit.commit()
            assert LexicalIndex(index.root).stored() == {n, n + 1}
            edit.add(*doc(9, "không bao giờ"))
        assert index.stored() == {n, n + 1}
        index.update(remove=[n + 1])
    assert folders(index) == {folder(index)}


def test_many_small_edits_do_not_leave_as_many_segments(index: LexicalIndex) -> None:
    for n in range(40):
        index.update(add=[doc(n, "mưa")])
    assert len(list(folder(index).glob("*.term"))) < 20


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("anew", [True, False])
def test_an_abandoned_edit_leaves_nothing(index: LexicalIndex, there: bool, anew: bool) -> None:
    if there:
        index.update(add=[doc(1, "một")])
    before = folders(index)
    with index.editing(anew=anew) as edit:
        edit.add(*doc(2, "hai"))
    with pytest.raises(ZeroDivisionError), index.editing(anew=anew) as edit:  # noqa: PT012 (two steps on purpose)
        edit.add(*doc(2, "hai"))
        raise ZeroDivisionError
    assert folders(index) == before
    assert index.holds([1]) == there
    index.update(add=[doc(3, "ba")])
    assert index.stored() == ({1, 3} if there else {3})


def test_the_old_index_serves_readers_until_the_new_one_is_complete(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "một"), doc(2, "hai")])
    reader, late = LexicalIndex(index.root), LexicalIndex(index.root)
    old = folder(index)

    def watched() -> Iterator[tuple[int, dict[str, str]]]:
        for n in range(10, 13):
            assert found(reader, "words", "hai") == {2}
            yield doc(n, "mới")

    index.rebuild(watched())
    assert folders(index) == {old, folder(index)}  # the old one stays for those who are just opening it
    assert found(reader, "words", "mới") == found(late, "words", "mới") == {10, 11, 12}
    index.rebuild([doc(20, "mới hơn")])
    assert old not in folders(index)
    assert reader.stored() == late.stored() == {20}

    def broken() -> Iterator[tuple[int, dict[str, str]]]:
        yield doc(30, "dở dang")
        raise ZeroDivisionError

    kept = folders(index)
    with pytest.raises(ZeroDivisionError):
        index.rebuild(broken())
    assert folders(index) == kept
    assert reader.stored() == {20}


def test_an_index_holds_just_what_it_holds(index: LexicalIndex) -> None:
    assert not index.holds([])
    index.update(add=[doc(n, "như nhau") for n in range(5)])
    assert index.holds(range(5))
    assert not index.holds(range(4))
    assert not index.holds([0, 1, 2, 3, 5])
    index.update(add=[doc(4, "hai lần")])
    assert not index.holds(range(5))
    index.update(remove=range(5))
    assert index.holds([])


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_the_index_is_a_dictionary_of_texts(index: LexicalIndex, seed: int) -> None:
    rng, model, reader, number = random.Random(seed), dict[int, str](), LexicalIndex(index.root), 0
    index.rebuild([])
    for _ in range(25):
        fresh = {number + i: f"chung số{rng.randrange(9)}" for i in range(rng.randrange(4))}
        number += len(fresh)
        gone = rng.sample(range(number + 2), rng.randrange(min(4, number + 2)))
        action = rng.choice(["edit", "edit", "edit", "abandon", "rebuild"])
        if action == "rebuild":
            index.rebuild(doc(n, text) for n, text in model.items())
        else:
            with index.editing() as edit:
                edit.remove(gone)
                for n, text in fresh.items():
                    edit.add(*doc(n, text))
                if action == "edit":
                    edit.commit()
                    model = {n: text for n, text in model.items() if n not in gone} | fresh
        assert reader.holds(model)
        assert found(reader, "words", "chung") == set(model)
        for word in ("số1", "số5"):
            assert found(reader, "words", word) == {n for n, text in model.items() if word in text}


def killed(root: Path, place: str) -> None:
    """Run in a process of its own: edit, and be killed, and no mercy, at a place of the edit."""

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if place == "in the move of the pointer":
        setattr(Path, "replace", die)  # noqa: B010 (mypy knows it as a method)
    with LexicalIndex(root).editing(anew="pointer" in place) as edit:
        edit.remove([1])
        for n in range(10, 2000):
            edit.add(*doc(n, f"chung số{n}"))
        if place == "before the commit":
            die()
        if place == "before the pointer":
            setattr(LexicalEdit, "close", die)  # noqa: B010
            edit._on_committed = die
        edit.commit()
        assert place == "after the commit"
        die()


@pytest.mark.parametrize(
    "place", ["before the commit", "after the commit", "before the pointer", "in the move of the pointer"]
)
def test_a_writer_killed_at_any_instant_leaves_the_old_state_or_the_new_one(index: LexicalIndex, place: str) -> None:
    index.update(add=[doc(n, f"chung số{n}") for n in (1, 2)])
    code = f"from pathlib import Path; import test_lexical; test_lexical.killed(Path({str(index.root)!r}), {place!r})"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": paths}, check=False)
    assert done.returncode == -signal.SIGKILL
    live = {2, *range(10, 2000)} if place == "after the commit" else {1, 2}
    assert index.holds(live)
    index.update(add=[doc(3, "ba")], remove=[2])
    assert index.stored() == (live | {3}) - {2}
    index.rebuild([doc(4, "bốn")])
    index.rebuild([doc(4, "bốn")])
    assert index.stored() == {4}
    assert len(folders(index)) == 2


SHOW = """
import sys
from pathlib import Path
from qa.lexical import LexicalIndex
index = LexicalIndex(Path(sys.argv[1]))
for line in sys.stdin:
    print(sorted(index.stored()), flush=True)
"""


def test_a_reader_in_another_process_sees_each_commit_and_each_new_index(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "một")])
    reader = subprocess.Popen(
        [sys.executable, "-c", SHOW, index.root],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        changes: list[tuple[Callable[[], None], str]] = [
            (lambda: None, "[1]"),
            (lambda: index.update(add=[doc(2, "hai")], remove=[1]), "[2]"),
            (lambda: index.rebuild([doc(3, "ba")]), "[3]"),
            (lambda: [index.rebuild([doc(n, "bốn")]) for n in (4, 5, 6)] and None, "[6]"),
        ]
        for change, expected in changes:
            change()
            reader.stdin.write("?\n")
            reader.stdin.flush()
            assert reader.stdout.readline().strip() == expected
        reader.stdin.close()


def test_searches_go_on_while_others_write(index: LexicalIndex) -> None:
    index.update(add=[doc(0, "chung số0")])
    reader = LexicalIndex(index.root)
    sizes: list[int] = []
    errors: list[BaseException] = []
    ready, done = threading.Barrier(4), threading.Event()

    def ask() -> None:
        try:
            ready.wait()
            while not (done.is_set() and sizes):
                sizes.append(len(found(reader, "words", "chung")))
        except StoreError as exc:
            errors.append(exc)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    ready.wait()
    for n in range(1, 9):
        index.update(add=[doc(n, f"chung số{n}")], remove=[n - 1])
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(sizes) == {1}  # never both and never neither
    assert reader.stored() == {8}


def test_a_reader_writes_nothing(index: LexicalIndex) -> None:
    index.update(add=[doc(1, "một")])

    def state() -> dict[str, tuple[int, int]]:
        return {p.name: (p.stat().st_mtime_ns, p.stat().st_ino) for p in index.root.rglob("*")}

    before = state()
    reader = LexicalIndex(index.root)
    assert (found(reader, "words", "một"), reader.stored(), reader.count()) == ({1}, {1}, 1)
    assert state() == before


# --- what is broken ---------------------------------------------------------------------------------------------------

USES: list[Callable[[LexicalIndex], object]] = [
    lambda i: i.search([term("words", "một")], k=1),
    lambda i: i.frequencies()("words", "một"),
    lambda i: i.count(),
    lambda i: i.stored(),
]


@pytest.mark.parametrize("use", USES)
def test_without_an_index_it_is_missing(index: LexicalIndex, use: Callable[[LexicalIndex], object]) -> None:
    with pytest.raises(IndexMissing) as missing:
        use(index)
    assert "hoibao rebuild" in missing.value.hint
    assert not index.root.exists()
    index.update(add=[doc(1, "một")])
    use(index)
    shutil.rmtree(index.root)
    with pytest.raises(IndexMissing):
        use(index)


@pytest.mark.parametrize("use", [*USES, lambda i: i.update(remove=[1])])
@pytest.mark.parametrize("layout", ['"0"', "null"])
def test_another_layout_is_refused_until_it_is_rebuilt(
    index: LexicalIndex, layout: str, use: Callable[[LexicalIndex], object]
) -> None:
    index.update(add=[doc(1, "một")])
    (index.root / POINTER).write_text(f'{{"name": "{folder(index).name}", "layout": {layout}}}')
    with pytest.raises(IndexMismatch) as refused:
        use(LexicalIndex(index.root))
    assert "hoibao rebuild" in refused.value.hint
    LexicalIndex(index.root).rebuild([doc(1, "một")])
    use(LexicalIndex(index.root))


@pytest.mark.parametrize("use", [*USES, lambda i: i.update(remove=[1])])
@pytest.mark.parametrize("file", ["meta.json", "*.term", "*.store"])
def test_a_damaged_index_is_named_and_can_be_rebuilt(
    index: LexicalIndex, file: str, use: Callable[[LexicalIndex], object]
) -> None:
    index.update(add=[doc(1, "một")])
    os.truncate(next(folder(index).glob(file)), 3)
    with pytest.raises(StoreError) as refused:
        use(LexicalIndex(index.root))
    assert refused.value.hint
    index.rebuild([doc(1, "một")])
    use(LexicalIndex(index.root))
    assert index.stored() <= {1}


@pytest.mark.parametrize("use", USES)
def test_an_index_damaged_under_an_open_reader_is_named(
    index: LexicalIndex, use: Callable[[LexicalIndex], object]
) -> None:
    index.update(add=[doc(1, "một")])
    reader = LexicalIndex(index.root)
    use(reader)
    (folder(index) / "meta.json").write_text("{")
    with pytest.raises(StoreError) as refused:
        use(reader)
    assert refused.value.hint
