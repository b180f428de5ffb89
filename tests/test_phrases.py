"""How answers are worded."""

import pytest

from qa.reading.phrases import as_sentence, listed, with_english


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


def test_a_post_has_its_english_beside_it() -> None:
    assert with_english("Chủ nhiệm Văn phòng Chính phủ").startswith("Chủ nhiệm Văn phòng Chính phủ (")
    assert with_english("chị cả của làng") == "chị cả của làng"
