"""The learned word translations: how the table is read, and what comes along."""

from importlib.resources import files

import pytest

from qa.language.forms import fold, words
from qa.language.translations import Translations, default_translations, parse
from qa.question import LEARNED, understand

TEXT = (files("qa") / "models" / "hoibao-words-v1" / "translations.tsv").read_text(encoding="utf-8")
ROWS = [line.split("\t") for line in TEXT.splitlines()]


def test_a_table_is_read() -> None:
    table = parse("bridge\tcầu=0.75\tcây cầu=0.25\nrain\tmưa=1.00\n")
    assert table.of("bridge") == ((("cầu",), 0.75), (("cây", "cầu"), 0.25))
    assert table.of("rain") == ((("mưa",), 1.0),)
    assert table.of("snow") == ()
    assert parse("").of("bridge") == ()


def test_an_inflected_word_has_the_translations_of_its_base_form_and_its_own_before_them() -> None:
    table = Translations({"open": ((("mở",), 1.0),), "opening": ((("khai", "mạc"), 1.0),)})
    assert table.of("opened") == table.of("opens") == ((("mở",), 1.0),)
    assert table.of("opening") == ((("khai", "mạc"), 1.0),)


def test_the_table_that_comes_along_is_well_formed() -> None:
    english = [row[0] for row in ROWS]
    assert english == sorted(set(english))
    assert len(english) == 19_843
    assert sum(len(row) - 1 for row in ROWS) == 51_202
    assert all(word.isascii() and word.isalpha() and word == word.lower() for word in english)


def test_chances_stand_in_order_and_add_up_to_one() -> None:
    for row in ROWS:
        chances = [float(c.rpartition("=")[2]) for c in row[1:]]
        assert 0 < len(chances) <= 8
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) == pytest.approx(1.0, abs=0.05)
        assert min(chances) >= 0


def test_translations_are_words_in_matching_form_and_none_stands_twice() -> None:
    wrong = []
    for word, *columns in ROWS:
        translations = [c.rpartition("=")[0] for c in columns]
        wrong += [(word, v) for v in translations if " ".join(words(v)) != v]
        wrong += [(word, "twice")] * (len(set(translations)) != len(translations))
    assert not wrong


def test_names_are_left_to_be_matched_as_they_are_written() -> None:
    alike = [row[0] for row in ROWS for c in row[1:] if fold(c.rpartition("=")[0]).replace(" ", "") == row[0]]
    assert not alike
    assert ("nguyễn",) not in [v for v, _ in default_translations().of("nguyen")]
    unit = understand("What did Nguyen say?").units[0]
    assert unit.name
    assert next(iter(unit.likely)) == (("nguyen",), 1.0)
    assert all(chance <= LEARNED for _, chance in list(unit.likely)[1:])


@pytest.mark.parametrize(("english", "vietnamese"), [("bridge", "cầu"), ("flood", "lũ"), ("teacher", "giáo viên")])
def test_common_words_have_their_translations(english: str, vietnamese: str) -> None:
    assert tuple(vietnamese.split()) in [v for v, _ in default_translations().of(english)]


def test_the_default_table_is_read_once() -> None:
    assert default_translations() is default_translations()
