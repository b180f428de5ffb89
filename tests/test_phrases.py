"""How answers are worded."""

import pytest

from qa.reading.phrases import as_sentence, in_english, listed, number_asked


@pytest.mark.parametrize(
    ("items", "language", "said"),
    [
        (["A"], "vi", "A"),
        (["A", "B", "C"], "vi", "A, B và C"),
        (["A", "B", "C"], "en", "A, B and C"),
        (["A, a", "B"], "vi", "A, a; B"),
        (["bạn và tôi", "họ"], "vi", "bạn và tôi; họ"),
    ],
)
def test_a_list(items: list[str], language: str, said: str) -> None:
    assert listed(items, language=language) == said


@pytest.mark.parametrize(("text", "said"), [("chiều 2/2", "Chiều 2/2."), ("Xong!", "Xong!"), ("thôi…", "Thôi…")])
def test_a_sentence(text: str, said: str) -> None:
    assert as_sentence(text) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Chủ nhiệm Văn phòng Chính phủ", "Head of the Government Office (Chủ nhiệm Văn phòng Chính phủ)"),
        ("bộ trưởng", "minister (bộ trưởng)"),
        ("chị cả của làng", "chị cả của làng"),
    ],
)
def test_a_post_stands_behind_its_english(words: str, said: str) -> None:
    assert in_english(words) == said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Hai tỉnh nào chịu thiệt hại nặng nhất?", 2),
        ("3 doanh nghiệp gỗ nào bị phạt?", 3),
        ("Which four officials chaired it?", 4),
        ("Những tỉnh nào chịu thiệt hại năm 2016?", None),
        ("Which officials chaired it?", None),
    ],
)
def test_how_many_are_asked_for(text: str, number: int | None) -> None:
    assert number_asked(text) == number
