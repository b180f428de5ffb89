"""Word forms: one word however it is typed, offsets that stay true, and the language of a question."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.forms import detect_language, fold, fold_pattern, has_accents, match_form, nfc, tokens, words

VIETNAMESE = (
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ bcghklmnpqrstvx 0123456789.,;:-/()“”\n"
)
PROSE = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper()), max_size=80).map(nfc)


@given(PROSE)
def test_fold_keeps_the_length_of_vietnamese_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=60))
def test_fold_and_match_form_are_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert match_form(match_form(text)) == match_form(text)


@given(PROSE)
def test_fold_leaves_no_diacritic(text: str) -> None:
    assert fold(text).isascii() or not any(c.isalpha() and not c.isascii() for c in fold(text))
    assert not has_accents(fold(text))


def test_fold_of_a_known_sentence() -> None:
    assert fold("Đồng chủ trì Hội nghị, ngày 2/2") == "dong chu tri hoi nghi, ngay 2/2"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"), ("HÒA", "hoà"), ("tỏa", "toả"), ("họa", "hoạ"), ("khỏe", "khoẻ"), ("xòe", "xoè"),
        ("thủy", "thuỷ"), ("Thúy", "thuý"), ("lũy", "luỹ"), ("tụy", "tuỵ"), ("ủy", "uỷ"),
    ],
)  # fmt: skip
def test_both_placements_of_a_tone_are_one_word(old: str, new: str) -> None:
    assert match_form(old) == match_form(new)
    assert match_form(unicodedata.normalize("NFD", old)) == match_form(new)
    assert words(f"{old} {new}") == [match_form(new)] * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hóa"),
        ("hòa", "hoa"),
        ("thủy", "thuy"),
        ("quý", "quỳ"),
        ("toàn", "tòan"),
        ("thuý", "thúi"),
        ("đa", "da"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert match_form(one) != match_form(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "quỹ", "toàn", "hoạt", "khuỷu", "loét", "quà"])
def test_words_that_have_one_spelling_keep_it(word: str) -> None:
    assert match_form(word) == word
    assert match_form(word.upper()) == word


def test_tokens_give_offsets_into_the_text_and_keep_numbers_whole() -> None:
    text = "Chiều 2/2/2016: 4,6 tỷ đồng, tăng 18,5%, theo Thuỷ."
    found = tokens(text)
    assert [t[0] for t in found] == ["chiều", "2/2/2016", "4,6", "tỷ", "đồng", "tăng", "18,5", "theo", "thủy"]
    assert [text[s:e] for _, s, e in found][:3] == ["Chiều", "2/2/2016", "4,6"]


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text: str) -> None:
    last = 0
    for form, start, end in tokens(text):
        assert last <= start < end
        assert form == match_form(text[start:end])
        last = end


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ai chủ trì hội nghị năm 2019?", "vi"),
        ("Hội nghị bàn việc gì?", "vi"),
        ("Đà Nẵng", "vi"),
        ("Bệnh viện Suối Ngàn có bao nhiêu giường?", "vi"),
        ("Vì sao giá phân bón tăng?", "vi"),
        ("Ông John Smith nói gì với báo The New York Times?", "vi"),
        ("ai chu tri hoi nghi nam 2019", "vi"),
        ("hoi nghi nam 2019 do nhung ai chu tri", "vi"),
        ("benh vien suoi ngan o dau", "vi"),
        ("xay benh vien het tong cong bao nhieu tien", "vi"),
        ("doanh thu tang vi sao", "vi"),
        ("chu tich nuoc la ai", "vi"),
        ("gia vang hom nay", "vi"),
        ("2019", "vi"),
        ("Who chaired the 2019 conference?", "en"),
        ("How many doctors does the hospital have?", "en"),
        ("Which office did Nguyen Van Nen run in early 2016?", "en"),
        ("Why did the mango cooperative earn more in 2022?", "en"),
        ("When was the meeting in Đà Nẵng held?", "en"),
        ("Name the four chairmen of the meeting", "en"),
        ("What did Trần Quốc Vượng say to the staff of the four offices?", "en"),
        ("Where is Nguyễn Văn Nên from?", "en"),
        ("What did Trần Quốc Vượng say to Đào Việt Trung?", "en"),
    ],
)
def test_language_of_a_question(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", " ", "?", "🙂", "\x00", "\u202e"])
def test_a_text_without_words_has_some_language(text: str) -> None:
    assert detect_language(text) == "vi"


def test_a_folded_pattern_keeps_its_escapes() -> None:
    pattern = fold_pattern(r"những(?: [^\W\d]+)* (?P<Ai>nào)(?!\S)")
    assert pattern == r"nhung(?: [^\W\d]+)* (?P<Ai>nao)(?!\S)"
