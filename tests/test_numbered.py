"""Texts as arrays of word numbers: they agree with the words of the text, and break where sentences end."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.forms import fold, words
from qa.numbered import NumberedTexts, number_of
from qa.rows import RememberedRows

WORDS = "hội nghị chủ trì Hoà hòa TP HCM GS Đà-Nẵng 2019 1,5 2/2 14/7/2016 05-CT khỏe khoẻ thủ\u200btướng \u0111u\u031bo\u031b\u0323c U23".split()
MARKS = ["", ".", ",", "!", "?", "…", ";", ":", ".”", "!)", "?»", " –", '"', "...", "]."]
GAPS = [" ", "  ", "\n", "\n\n", "\t", ", "]
texts = st.lists(
    st.tuples(st.sampled_from(["", "“", "("]), st.sampled_from(WORDS), st.sampled_from(MARKS), st.sampled_from(GAPS)),
    max_size=25,
).map(lambda rows: "".join(map("".join, rows)))


def numbers(*pieces: str) -> list[int]:
    return list(map(int, NumberedTexts([pieces]).words))


def sentences(*pieces: str) -> list[list[int]]:
    """Return the numbers of each sentence that has words."""
    found: list[list[int]] = [[]]
    for number in numbers(*pieces):
        if number:
            found[-1].append(number)
        else:
            found.append([])
    return [f for f in found if f]


def split(*pieces: str) -> list[int]:
    """Return how many words each sentence has."""
    return [len(s) for s in sentences(*pieces)]


@given(texts)
def test_the_words_are_those_of_the_text_in_order(text: str) -> None:
    made = NumberedTexts([[text]])
    kept = made.words != 0
    assert list(made.words[kept]) == [number_of(w) for w in words(text)]
    assert list(made.plain[kept]) == [number_of(fold(w)) for w in words(text)]
    assert (made.plain[~kept] == 0).all()


@given(st.text(alphabet="aăâĐđơ\u0301\u0323\u200b0.,/:-!?… \n\tỳ_’", max_size=40))
def test_any_text_has_its_words(text: str) -> None:
    assert [n for n in numbers(text) if n] == [number_of(w) for w in words(text)]


@given(st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4))
def test_pieces_and_texts_cover_everything_once(given_texts: list[list[str]]) -> None:
    made = NumberedTexts(given_texts)
    assert made.first[0] == 0
    assert made.first[-1] == len(made.words) == len(made.plain) == len(made.sentence)
    assert list(np.diff(made.texts)) == list(map(len, given_texts))
    flat = [piece for pieces in given_texts for piece in pieces]
    assert len(made.first) == len(flat) + 1
    for piece, (begin, end) in zip(flat, pairwise(made.first), strict=True):
        assert list(made.words[begin:end]) == numbers(piece)
        assert made.words[end - 1] == 0  # a piece ends its sentence
    assert made.sentences == int((made.words == 0).sum())
    assert (np.diff(made.sentence) >= 0).all()


@given(st.lists(texts, min_size=1, max_size=5), st.data())
def test_sentences_of_a_run_are_those_of_its_words(pieces: list[str], data: st.DataObject) -> None:
    made = NumberedTexts([pieces])
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first + 1, len(pieces)))
    begin, end = made.sentence_ranges(np.asarray([[first, last]]))[0]
    inside = made.sentence[made.first[first] : made.first[last]]
    assert (begin, end) == (inside[0], inside[-1] + 1)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Hội nghị khai trương. Ông phát biểu", [4, 3]),
        ("Hội nghị khai mạc! Ông phát biểu", [4, 3]),
        ("Hội nghị khai mạc? Ông phát biểu", [4, 3]),
        ("Hội nghị khai mạc; ông phát biểu", [4, 3]),
        ("Hội nghị khai mạc… Ông phát biểu", [4, 3]),
        ("“Hội nghị khai trương.” Ông phát biểu", [4, 3]),
        ("(Hội nghị khai trương.) Ông phát biểu", [4, 3]),
        ("Hội nghị\nÔng phát biểu", [2, 3]),
        ("Hội nghị, khai mạc: ông phát biểu", [7]),
        ("Ở TP. HCM có GS. Lê H. Nam", [8]),
        ("Giá 1.500 đồng", [3]),
        ("Họp ngày 14/7/2016. Ông dự", [3, 2]),
    ],
)
def test_where_sentences_end(text: str, counts: list[int]) -> None:
    assert split(text) == counts


def test_a_full_stop_after_an_abbreviation_ends_no_sentence_and_after_a_word_it_does() -> None:
    assert split("GS. Một") == [2]
    assert split("H. Một") == [2]
    assert split("ba. Một") == [1, 1]
    assert split("trăm.” Một") == [1, 1]


def test_a_piece_ends_its_sentence() -> None:
    assert split("Ở TP.", "HCM có mưa") == [2, 3]
    assert split("Hội", "nghị") == [1, 1]


def test_without_diacritics_words_meet_and_with_them_they_do_not() -> None:
    made = NumberedTexts([["hội hoi hồi HỘI"]])
    assert len({*made.plain[:4]}) == 1
    assert len({*made.words[:4]}) == 3


def test_nothing_at_all() -> None:
    none = NumberedTexts([])
    assert (len(none.words), none.sentences, list(none.first), list(none.texts)) == (0, 0, [0], [0])
    empty = NumberedTexts([[""]])
    assert (list(empty.words), empty.sentences, list(empty.first)) == ([0], 1, [0, 1])


def test_words_remembered_and_words_met_anew_have_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Hội nghị khai mạc ở Đà Nẵng. Ông phát biểu: 1,5 tỷ đồng!"
    before = numbers(text)
    monkeypatch.setattr("qa.numbered._remembered", RememberedRows(np.uint64, most=2))
    assert numbers(text) == before
    assert numbers(f"{text} {text}") == [*before[:-1], *before]
