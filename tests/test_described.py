"""People are described where they are named; a question describes whom it asks for."""

import pytest
from reading_support import tried

from qa.question import understand
from qa.reading.described import described

TEXT = "Sáng qua, tài xế Lê Văn Tý đưa bà Hoàng Thị Mơ, hiệu trưởng trường làng, và em Nguyễn Bá Hai tới chợ."


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Ai là hiệu trưởng trường làng?", "Hoàng Thị Mơ"),
        ("Tài xế chở cô giáo tên gì?", "Lê Văn Tý"),
        ("tai xe cho hieu truong ten la gi", "Lê Văn Tý"),
        ("What is the name of the driver who took them to the market?", "Lê Văn Tý"),
        ("Who was the headteacher of the village school?", "Hoàng Thị Mơ"),
        ("Hiệu trưởng trường làng là ai?", "Hoàng Thị Mơ"),
    ],
)
def test_whom_a_question_describes(question: str, who: str) -> None:
    slot = understand(question).slots[0]
    for name in ("Lê Văn Tý", "Hoàng Thị Mơ", "Nguyễn Bá Hai"):
        at = TEXT.index(name)
        assert described(TEXT, at, at + len(name), slot) == (name == who), name


def test_a_question_that_describes_nobody() -> None:
    assert not described(TEXT, TEXT.index("Lê"), TEXT.index("Lê") + 9, understand("Ai đưa bà Mơ tới chợ?").slots[0])


OFFICE = "Dự họp có Lê Văn Tám, Chủ tịch xã Đông Hà; Hoàng Thị Mơ, Hiệu trưởng Trường Đông Hà."


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Ai là hiệu trưởng dự họp?", {"Hoàng Thị Mơ"}),
        ("Which vice chairman attended the meeting?", set()),
        ("Ai là bí thư dự họp?", set()),
        ("Cán bộ nào dự họp?", {"Lê Văn Tám", "Hoàng Thị Mơ"}),
        ("Ai dự họp?", {"Lê Văn Tám", "Hoàng Thị Mơ"}),
    ],
)
def test_a_holder_of_another_post_is_not_the_one_asked_for(question: str, found: set[str]) -> None:
    assert {"Lê Văn Tám", "Hoàng Thị Mơ"} & set(tried(question, OFFICE)) == found
