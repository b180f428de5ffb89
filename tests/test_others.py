"""What somebody else did or said does not answer a question about the people it names."""

import pytest
from reading_support import tried

from qa.question import understand
from qa.reading.others import of_others

TEXT = "Bà Tư kể rằng chợ cháy lúc nửa đêm, ông Lê Văn Sáu lại bảo gần sáng mới có lửa."


@pytest.mark.parametrize(
    ("question", "clause", "others"),
    [
        ("Ông Sáu nói gì về vụ cháy chợ?", "chợ cháy lúc nửa đêm", True),
        ("Bà Tư nói gì về vụ cháy chợ?", "chợ cháy lúc nửa đêm", False),
        ("What did Le Van Sau say about the fire?", "chợ cháy lúc nửa đêm", True),
        ("What did Le Van Sau say about the fire?", "gần sáng mới có lửa", False),
        ("Chợ cháy ra sao?", "chợ cháy lúc nửa đêm", False),
    ],
)
def test_a_clause_of_somebody_else(question: str, clause: str, others: bool) -> None:
    at = TEXT.index(clause)
    assert of_others(understand(question), TEXT, 0, (at, at + len(clause))) == others


def test_what_others_said_is_not_tried() -> None:
    assert not any(
        "nửa đêm" in said for said in tried("Ông Sáu nói gì về vụ cháy chợ?", "Bà Tư kể rằng chợ cháy lúc nửa đêm.")
    )
    assert any(
        "nửa đêm" in said for said in tried("Bà Tư nói gì về vụ cháy chợ?", "Bà Tư kể rằng chợ cháy lúc nửa đêm.")
    )


def test_who_speaks_late_in_a_sentence_speaks() -> None:
    text = f"Điểm lại {'những gian hàng xoài đã mở ở Tân Phú, ' * 3}ông Lê Văn Sáu khẳng định hội chợ đông khách."
    assert of_others(understand("Bà Ngô Thị Tư nói gì về hội chợ?"), text, 0, (0, len(text)))
    assert not of_others(understand("Ông Lê Văn Sáu nói gì về hội chợ?"), text, 0, (0, len(text)))
