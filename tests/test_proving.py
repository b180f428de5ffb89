"""What of a quotation is shown to prove a sentence: the names, dates and numbers of both, in either language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import NewsAssistant
from qa.proving import marked_with, proving
from qa.schema import Answer, Citation


def proven(text: str, quote: str, *, marker: int = 1) -> list[str]:
    citation = Citation(marker, "0" * 16, "a.txt", "Tiêu đề", quote, 0, len(quote), "")
    answer = Answer("?", text, True, "vi", (citation,))
    return [quote[start:end] for start, end in proving(answer, citation)]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        (
            "Nguyễn Văn Nên and Mai Tiến Dũng. [1]",
            "Chủ trì là ông Nguyễn Văn Nên và ông Mai Tiến Dũng.",
            ["Nguyễn Văn Nên", "Mai Tiến Dũng"],
        ),
        ("On 14 July 2016. [1]", "Hội nghị họp ngày 14/7/2016 tại Đà Nẵng.", ["14/7/2016"]),
        ("Ngày 25/1/2019. [1]", "Cuộc họp diễn ra sáng 25/1 tại Hà Nội.", ["sáng 25/1"]),
        ("4.6 billion dong. [1]", "Xã nhận hơn 4,6 tỷ đồng của 312 nhà hảo tâm.", ["4,6 tỷ đồng"]),
        ("Chánh Văn phòng Trung ương Đảng. [1]", "Ông là Chánh Văn phòng Trung ương Đảng từ năm 2016.", ["Chánh Văn phòng Trung ương Đảng"]),
        ("Ông Lê Văn Thử nói. [2]", "Ông Lê Văn Thử nói.", []),
        ("Trời mưa. [1]", "Trời mưa ở Vinh.", []),
    ],
)  # fmt: skip
def test_names_dates_and_numbers_of_the_sentence_are_found(text: str, quote: str, found: list[str]) -> None:
    shown = proven(text, quote)
    assert [any(f in s for s in shown) for f in found] == [True] * len(found)
    assert len(shown) == len(found)


def test_only_the_sentences_with_the_mark_count() -> None:
    text = "Nguyễn Văn Nên. [1] Ngày 14/7/2016. [2]"
    quote = "Ngày 14/7/2016, ông Nguyễn Văn Nên chủ trì."
    assert proven(text, quote) == ["Nguyễn Văn Nên"]
    assert [s for s in proven(text, quote, marker=2) if "Nên" in s] == []
    assert marked_with("A [1][2]. B [3]", 2) == ["A"]
    assert marked_with("- A. [1]\n- B. [1]", 1) == ["A.", "B."]
    assert marked_with("Chưa rõ. [?] Ông A. [1]", 1) == ["Ông A."]


def test_a_repeated_quotation_does_not_have_everything_marked() -> None:
    quote = "Ông Lê Văn Thử gặp bà Trần Thị Mai ngày 3/9/2021."
    assert proven(f"Lê Văn Thử. [1] “{quote}” [1]", quote) == ["Lê Văn Thử"]
    assert len(proven(f"“{quote}” [1]", quote)) == 3


def test_a_real_answer_shows_its_four_names(assistant: NewsAssistant) -> None:
    answer = assistant.ask("Who chaired the 2019 conference?")
    citation = answer.citations[0]
    shown = [citation.quote[a:b] for a, b in proving(answer, citation)]
    assert shown == ["Nguyễn Văn Nên", "Nguyễn Hạnh Phúc", "Đào Việt Trung", "Mai Tiến Dũng"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_offsets_lie_in_the_quotation_and_apart(said: str, quote: str) -> None:
    citation = Citation(1, "0" * 16, "a.txt", "", quote, 0, len(quote), "")
    spans = proving(Answer("?", f"{said} [1]", True, "vi", (citation,)), citation)
    flat = [x for span in spans for x in span]
    assert flat == sorted(set(flat))
    assert all(0 <= x <= len(quote) for x in flat)
