"""The bilingual lexicon: the file is well-formed, the longest phrase wins, and posts find their way back to English."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from qa import NewsAssistant, Settings
from qa.errors import SettingsError
from qa.language.forms import words
from qa.language.lexicon import LONGEST, Entry, Lexicon, default_lexicon, extend_lexicon, lemmas, parse
from qa.question import understand

KINDS = {
    "adjective", "culture", "disaster", "economy", "education", "event", "function", "health", "institution", "law",
    "military", "noun", "number", "place", "post", "science", "sport", "time", "verb",
}  # fmt: skip
TEXT = (files("qa.language") / "lexicon.tsv").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if line.strip() and not line.startswith("#")]


def test_every_line_has_three_columns_of_a_known_kind() -> None:
    wrong = [line for line in LINES if line.count("\t") != 2 or line.rsplit("\t", 1)[1] not in KINDS]
    assert not wrong
    assert len(LINES) > 5000


def test_the_file_is_in_normal_form_and_holds_no_stray_space() -> None:
    assert unicodedata.is_normalized("NFC", TEXT)
    wrong = [c for line in LINES for c in line.split("\t") if c != " ".join(c.split()) or "| " in c or " |" in c]
    assert not wrong


def test_no_entry_stands_twice() -> None:
    counts = Counter((e.english.lower(), e.kind) for e in parse(TEXT, name="lexicon.tsv"))
    assert not [key for key, n in counts.items() if n > 1]


def test_every_alternative_holds_a_word() -> None:
    wrong = [e.english for e in parse(TEXT, name="x") if not all(words(v) for v in e.vietnamese)]
    assert not wrong  # matching divides by the number of words


def test_no_alternative_stands_twice_in_its_entry() -> None:
    wrong = [e.english for e in parse(TEXT, name="x") if len(set(e.vietnamese)) != len(e.vietnamese)]
    assert not wrong


def test_no_phrase_is_too_long_to_be_looked_up() -> None:
    assert not [e.english for e in parse(TEXT, name="x") if not 1 <= len(words(e.english)) <= LONGEST]


def test_the_longest_phrase_wins() -> None:
    tokens = words("the chairman of the government office spoke")
    taken, entries = default_lexicon().match(tokens, 1)
    assert taken == 5
    assert "Chủ nhiệm Văn phòng Chính phủ" in entries[0].vietnamese
    assert default_lexicon().match(["zzyzx"], 0) == (0, ())
    assert default_lexicon().match([], 0) == (0, ())


def test_an_inflected_phrase_is_found_by_its_base_forms() -> None:
    lexicon = Lexicon([Entry("hold a meeting", ("họp",), "verb"), Entry("office", ("văn phòng",), "institution")])
    assert lexicon.match(words("held two meetings"), 0) == (0, ())
    assert lexicon.match(words("holds a meeting"), 0)[0] == 3
    assert lexicon.match(words("hold a meetings"), 0)[0] == 3
    assert lexicon.match(words("offices"), 0)[0] == 1


def test_entries_of_one_phrase_all_count() -> None:
    taken, entries = default_lexicon().match(["chair"], 0)
    assert taken == 1
    assert {"chủ trì", "chủ tịch"} <= {v for e in entries for v in e.vietnamese}


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("chaired", "chair"), ("offices", "office"), ("parties", "party"), ("carried", "carry"), ("planned", "plan"),
        ("opening", "open"), ("making", "make"), ("boxes", "box"), ("running", "run"), ("chairs", "chair"), ("rose", "rose"),
    ],
)  # fmt: skip
def test_lemmas_hold_the_base_form_and_the_word_first(word: str, base: str) -> None:
    assert lemmas(word)[0] == word
    assert base in lemmas(word)


@pytest.mark.parametrize("word", ["is", "as", "bed", "red", "king", "ties", ""])
def test_short_words_are_not_cut_to_nothing(word: str) -> None:
    assert lemmas(word)[0] == word
    assert all(len(form) >= 2 or form == word for form in lemmas(word))


def test_posts_and_institutions_go_back_to_english() -> None:
    lexicon = default_lexicon()
    assert lexicon.english("Chủ nhiệm Văn phòng Chính phủ") is not None
    assert "government office" in str(lexicon.english("Chủ nhiệm Văn phòng Chính phủ")).lower()
    assert lexicon.english("chủ nhiệm  văn phòng chính phủ") == lexicon.english("Chủ nhiệm Văn phòng Chính phủ")
    assert lexicon.english("hạt giống") is None  # a noun is no name
    assert lexicon.english("Chức vụ không có thật") is None


def test_the_preferred_english_name_is_the_first_in_the_file() -> None:
    lexicon = Lexicon([Entry("first", ("ban một", "ban hai"), "post"), Entry("second", ("ban hai", "ban một"), "post")])
    assert lexicon.english("ban một") == "first"
    assert lexicon.english("ban hai") == "second"


def test_every_first_form_of_a_name_goes_back_to_english() -> None:
    lexicon = default_lexicon()
    names = [e for e in parse(TEXT, name="x") if e.kind in {"post", "institution"}]
    assert not [e.english for e in names if lexicon.english(e.vietnamese[0]) is None]


@pytest.mark.parametrize(
    "line",
    ["only one", "two\tcolumns", "a\tb\tnoun\tmore", "\tb\tnoun", "a\t\tnoun", "a\tb\t", "a\tb|\tnoun", "a\t|\tnoun"],
)
def test_a_malformed_line_is_named(line: str) -> None:
    with pytest.raises(SettingsError, match=r"mine\.tsv, line 3") as caught:
        parse(f"# mine\nwell\tgiếng\tnoun\n{line}\n", name="mine.tsv")
    assert caught.value.hint


def test_comments_and_empty_lines_are_passed_over() -> None:
    assert parse("# x\n\n  \nwell\tgiếng | suối\tnoun\n", name="m") == [Entry("well", ("giếng", "suối"), "noun")]


# --- words of one's own -----------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A file of three entries, in use; afterwards only those that come along are."""
    path = tmp_path / "mine.tsv"
    path.write_text(
        "\ufeff# mine\nwug\tcon vúc|vúc\tnoun\nChief of Staff of Us\tChánh Văn phòng\tpost\nbridge\tcây kiều\tnoun\n",
        encoding="utf-8",
    )
    extend_lexicon(path)
    yield path
    extend_lexicon(None)


@pytest.mark.usefixtures("own")
def test_entries_of_ones_own_are_found_beside_those_that_come_along() -> None:
    assert [e.vietnamese for e in default_lexicon().match(["wugs"], 0)[1]] == [("con vúc", "vúc")]
    assert default_lexicon().knows("con vúc")
    assert default_lexicon().match(words("the government office"), 1)[0] == 2
    alternatives = understand("Where did the wug go?").units[0].alternatives
    assert alternatives[:3] == (("wug",), ("con", "vúc"), ("vúc",))


@pytest.mark.usefixtures("own")
def test_entries_of_ones_own_are_preferred() -> None:
    entries = default_lexicon().match(["bridge"], 0)[1]
    assert entries[0].vietnamese == ("cây kiều",)
    assert "cầu" in [v for e in entries[1:] for v in e.vietnamese]
    assert default_lexicon().english("chánh văn phòng") == "Chief of Staff of Us"


def test_without_the_file_everything_is_as_it_was(own: Path) -> None:
    assert default_lexicon().knows("con vúc")
    extend_lexicon(None)
    assert not default_lexicon().knows("con vúc")
    assert default_lexicon().english("chánh văn phòng") != "Chief of Staff of Us"


def test_a_malformed_line_of_ones_own_is_named_with_file_and_line(own: Path) -> None:
    bad = own.with_name("bad.tsv")
    bad.write_text("well\tgiếng\tnoun\n\nno entry\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        extend_lexicon(bad)
    assert str(bad) in str(caught.value)
    assert "line 3" in str(caught.value)
    assert caught.value.hint
    assert default_lexicon().knows("con vúc")  # what was in use stays in use


@pytest.mark.parametrize("content", [None, b"w\xf6rd\tt\xfa\tnoun\n"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "none.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        extend_lexicon(path)
    assert str(path) in str(caught.value)
    assert "HOIBAO_LEXICON" in caught.value.hint
    assert not default_lexicon().knows("con vúc")


def test_a_folder_is_no_lexicon(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        extend_lexicon(tmp_path)


def test_the_setting_brings_it_into_use(sample_data: Path, own: Path) -> None:
    extend_lexicon(None)
    NewsAssistant.open(settings=Settings(data_dir=sample_data, lexicon=own)).close()
    assert default_lexicon().knows("con vúc")
    NewsAssistant.open(settings=Settings(data_dir=sample_data)).close()
    assert not default_lexicon().knows("con vúc")
    with pytest.raises(SettingsError, match=r"gone\.tsv"):
        NewsAssistant.open(settings=Settings(data_dir=sample_data, lexicon=own.with_name("gone.tsv")))


def test_a_word_of_ones_own_finds_an_article(sample_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("zzyzx\tgiường\tnoun\n", encoding="utf-8")
    found = {}
    for lexicon in (None, path):
        assistant = NewsAssistant.open(settings=Settings(data_dir=sample_data, lexicon=lexicon))
        hits = assistant.retriever.search(understand("How many zzyzx are there?"))
        found[lexicon] = "benh-vien-suoi-ngan-mo-cua" in hits[0].article.source
        assistant.close()
    extend_lexicon(None)
    assert found == {None: False, path: True}
