"""Answers while they grow: all of them come, in order, until somebody stops one."""

import threading
from collections.abc import Iterator

import pytest

from qa.errors import StoreError
from qa.schema import Answer
from ui.growing import Growing


def words(count: int, gate: threading.Event | None = None) -> Iterator[Answer]:
    for n in range(count):
        if gate is not None and n:
            assert gate.wait(10)
        yield Answer("?", str(n), True, "vi", done=n == count - 1)


def test_what_is_not_stopped_comes_whole() -> None:
    came = [a.text for a in Growing().until_stopped("a", words(40)) if a]
    assert came[-1] == "39"
    assert came == sorted(came, key=int)


def test_of_several_that_wait_the_latest_is_taken() -> None:
    gate, told = threading.Event(), threading.Event()

    def hasty() -> Iterator[Answer]:
        yield from words(1)
        assert gate.wait(10)
        yield from words(4)
        told.set()

    answers = Growing().until_stopped("a", hasty())
    assert next(answers)
    gate.set()
    assert told.wait(10)
    assert [a and a.text for a in answers] == ["3"]


def test_what_goes_wrong_after_several_that_wait_is_not_lost() -> None:
    gate = threading.Event()

    def hasty() -> Iterator[Answer]:
        yield from words(1)
        assert gate.wait(10)
        yield from words(4)
        raise StoreError("Hỏng", hint="…")

    answers = Growing().until_stopped("a", hasty())
    assert next(answers)
    gate.set()
    with pytest.raises(StoreError, match="Hỏng"):
        list(answers)


def test_a_stopped_answer_ends_at_once_though_its_next_word_never_comes() -> None:
    growing, gate = Growing(), threading.Event()
    answers = growing.until_stopped("a", words(3, gate))
    first = next(answers)
    assert first is not None
    assert first.text == "0"
    growing.stop("a")
    assert list(answers) == [None]
    gate.set()


def test_only_the_answer_of_the_token_stops() -> None:
    growing, gate = Growing(), threading.Event()
    one, other = growing.until_stopped("a", words(2, gate)), growing.until_stopped("b", words(2, gate))
    assert next(one)
    assert next(other)
    growing.stop("a")
    growing.stop("c")
    assert list(one) == [None]
    gate.set()
    assert [a and a.text for a in other] == ["1"]
    growing.stop("b")  # over already


def test_what_goes_wrong_is_raised_where_the_answers_are_taken() -> None:
    def broken() -> Iterator[Answer]:
        yield from words(1)
        raise StoreError("Hỏng", hint="…")

    answers = Growing().until_stopped("a", broken())
    assert next(answers)
    with pytest.raises(StoreError, match="Hỏng"):
        next(answers)


def test_nothing_more_is_read_when_nobody_takes_it() -> None:
    growing, gate, read = Growing(), threading.Event(), []

    def counted() -> Iterator[Answer]:
        for answer in words(5, gate):
            read.append(answer.text)
            yield answer

    answers = growing.until_stopped("a", counted())
    assert next(answers)
    answers.close()  # type: ignore[attr-defined]
    gate.set()
    list(growing.until_stopped("b", words(3)))
    assert len(read) <= 2
