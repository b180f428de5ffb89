"""Numbers count what is asked for: people are no floors, and nothing that is counted is told in kilometres."""

import pytest
from reading_support import tried

PORT = "Cảng có 14 tàu, 300 công nhân, 6 tầng nhà kho, cách chợ 2 km; 27 trường hợp phải khám lại."


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Cảng có bao nhiêu công nhân?", {"300 công nhân"}),
        ("How many workers does the port have?", {"300 công nhân"}),
        ("Nhà kho ở cảng cao mấy tầng?", {"6 tầng"}),
        ("cang co bao nhieu tau", {"14 tàu"}),
        ("Ở cảng có bao nhiêu hồ sơ?", set()),
    ],
)
def test_a_number_counts_what_is_asked_for(question: str, answers: set[str]) -> None:
    found = {f for f in tried(question, PORT) if not f.isdecimal()}
    assert {f for f in found if f.startswith(("14", "300", "6 ", "2 "))} == answers


def test_cases_may_be_people() -> None:
    assert any(f.startswith("27") for f in tried("Bao nhiêu người phải khám lại?", PORT))


def test_what_is_of_no_known_class_may_be_anything() -> None:
    assert len(tried("Cảng có bao nhiêu phao?", PORT)) > 2
