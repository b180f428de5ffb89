"""People are described where they are named; a question describes whom it asks for."""

import pytest

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
