"""Replies read as they come: sentences, marks in every dress, markup; the same however the reply was cut into chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.chat.parse import Parser, Said


def read(text: str, *, cut: bool = False) -> list[tuple[str, tuple[int, ...]]]:
    parser = Parser()
    return [(s.text, s.marks) for s in (*parser.feed(text), *parser.close(cut=cut))]


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[3]", (3,)), ("[3][7]", (3, 7)), ("[3] [7]", (3, 7)), ("[3], [7]", (3, 7)), ("[3, 7]", (3, 7)), ("[3;7]", (3, 7)), ("[1-3]", (1, 2, 3)),
        ("[1–3]", (1, 2, 3)), ("[1 đến 3]", (1, 2, 3)), ("[1 to 3]", (1, 2, 3)), ("[1]-[3]", (1, 3)), ("【3】", (3,)), ("［３］", (3,)), ("【１２】", (12,)),
        ("[câu 3]", (3,)), ("[Câu số 3]", (3,)), ("[nguồn 3]", (3,)), ("[Sentence 3]", (3,)), ("[source 3, source 7]", (3, 7)), ("(source 3)", (3,)),
        ("(câu 3 và 7)", (3, 7)), ("[ba]", (3,)), ("[three]", (3,)), ("[^3]", (3,)), ("[3†source]", (3,)), ("³", (3,)), ("¹²", (12,)), ("③", (3,)),
        ("[[3]](#cite-3)", (3,)), ("[3](http://evil.example/x)", (3,)), ("([3])", (3,)), ("**[3]**", (3,)), ("[ 3 ]", (3,)), ("[3] [3]", (3,)),
        ("[3-1]", (3, 1)), ("[1-99]", (1, 99)), ("[2-2]", (2,)),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "shape",
    ["Ông A họp ở Huế {}.", "Ông A họp ở Huế. {}", "Ông A họp ở Huế {}", "Ông A họp{} ở Huế.", "{} Ông A họp ở Huế."],
)
def test_marks_in_every_dress(mark: str, numbers: tuple[int, ...], shape: str) -> None:
    ((text, marks),) = read(shape.format(mark))
    assert text.rstrip(".").rstrip(" ,-") in {"Ông A họp ở Huế", "- Ông A họp ở Huế", ", Ông A họp ở Huế"} or mark in {
        "[3], [7]",
        "[1]-[3]",
    }
    assert sorted(marks) == sorted(numbers)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Một họp [1]. Hai họp [2].", [("Một họp.", (1,)), ("Hai họp.", (2,))]),
        ("Một họp. [1] Hai họp. [2]", [("Một họp.", (1,)), ("Hai họp.", (2,))]),
        ("[1] Một họp. [2] Hai họp.", [("Một họp.", (1,)), ("Hai họp.", (2,))]),
        ("Một họp. Hai họp. [2]", [("Một họp.", (2,)), ("Hai họp.", (2,))]),
        ("Một họp.\nHai họp [2].", [("Một họp.", ()), ("Hai họp.", (2,))]),
        ("TP. Hồ Chí Minh có 1.5 triệu xe [1].", [("TP. Hồ Chí Minh có 1.5 triệu xe.", (1,))]),
        ("## Trả lời\n\n- **Một** họp [1].\n* _Hai_ họp [2]\n1. Ba họp [3].", [("Trả lời", ()), ("Một họp.", (1,)), ("_Hai_ họp", (2,)), ("Ba họp.", (3,))]),
        ("Một ![x](http://evil.example/a?b=c) họp [1].", [("Một họp.", (1,))]),
        ("Xem [trang này](http://evil.example) họp [1].", [("Xem trang này họp.", (1,))]),
        ("[1]: http://evil.example\nMột họp [1].", [("Một họp.", (1,))]),
        ("Một <b>họp</b> <img src=http://evil.example> [1].", [("Một họp.", (1,))]),
        ("<think>Hai [2].\n\nBa.</think>Một họp [1].", [("Một họp.", (1,))]),
        ("<thinking>chưa xong", []),
        ("nghĩ ngợi</think>Một họp [1].", [("Một họp.", (1,))]),
        ("```\nMột họp [1].\n```", [("Một họp.", (1,))]),
        ("Một\u200b họp \u202e[1]\u2060.", [("Một họp.", (1,))]),
        ("", []), (" \n \n", []), ("[1]", []), ("...", []),
    ],
)  # fmt: skip
def test_sentences_with_their_marks(text: str, said: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read(text) == said


def test_what_was_being_written_when_the_reply_was_cut_is_left_out() -> None:
    assert read("Một họp [1]. Hai họp", cut=True) == [("Một họp.", (1,))]
    assert read("Một họp [1]. Hai họp [2].", cut=True) == [("Một họp.", (1,))]
    assert read("Một họp [1].\nHai họp [2", cut=True) == [("Một họp.", (1,))]


def test_a_sentence_is_given_out_before_the_reply_ends() -> None:
    parser = Parser()
    assert parser.feed("Một họp [1].") == []
    assert parser.feed(" Hai ") == [Said("Một họp.", (1,), (0, False))]
    assert parser.open == "Hai"
    assert parser.feed("họp [2") == []
    assert parser.open == ""  # a mark stands open
    assert parser.feed("].\n") == [Said("Hai họp.", (2,), (0, False))]
    assert parser.close() == []


@pytest.mark.parametrize(
    "text",
    ["NOT_ANSWERED", "**NOT_ANSWERED**", "[NOT_ANSWERED]", "Not answered.", "Các bài báo không cho biết điều này.", "The articles do not say.",
     "<think>hm</think>\nNOT_ANSWERED\n"],
)  # fmt: skip
def test_a_reply_that_declines(text: str) -> None:
    parser = Parser()
    assert [*parser.feed(text), *parser.close()] == []
    assert parser.declined


def test_a_sentence_that_speaks_of_not_saying_declines_nothing() -> None:
    parser = Parser()
    assert parser.feed("Ông nói các bài báo không cho biết điều này [1].\n")
    assert not parser.declined


@pytest.mark.parametrize("text", ["ab " * 400, "x" * 700, "Một câu dài hơn một chút [1]. " * 60, "\n" * 900])
def test_what_goes_on_without_end_is_seen(text: str) -> None:
    parser = Parser()
    parser.feed(text)
    assert parser.endless


def test_a_long_answer_is_not_endless() -> None:
    parser = Parser()
    parser.feed(" ".join(f"Câu số {i} nói về việc thứ {i * 7} [{i % 9}]." for i in range(60)))
    assert not parser.endless


PIECES = st.sampled_from(
    ["Ông A họp", " ở Huế", ".", " ", "\n", "[1]", "[2, 3]", "【4】", " [", "]", "(", ")", "- ", "**", "TP. Hồ Chí Minh", "1.5", "<think>", "</think>", "?",
     "“Hội nghị”", "…", "[x](http://e.vil)", "<", ">", "Bà B", "\ud83d", "³", "1. ", "\u200b"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.lists(st.integers(1, 9), min_size=1, max_size=60))
def test_the_same_however_it_is_cut(pieces: list[str], sizes: list[int]) -> None:
    text = "".join(pieces)
    whole, cut = Parser(), Parser()
    expected = [*whole.feed(text), *whole.close()]
    said, at = [], 0
    while at < len(text):
        size = sizes[at % len(sizes)]
        said += cut.feed(text[at : at + size])
        at += size
    assert [*said, *cut.close()] == expected
    assert (cut.declined, cut.raw) == (whole.declined, whole.raw)
    for one in expected:
        one.text.encode()
        assert "http" not in one.text or "e.vil" in text
