"""What the question says itself does not answer it: its numbers, and the people it names."""

import pytest
from reading_support import tried

HALL = "Hội trường có 1.200 ghế, xây hết 45 tỷ đồng, do 12 kỹ sư và 3 kiến trúc sư lo, cao 18 m."


@pytest.mark.parametrize(
    ("question", "left_out", "kept"),
    [
        ("Of the 1,200 seats in the hall, how many are for guests?", "1.200 ghế", None),
        ("Hội trường cao 18 m thì rộng bao nhiêu mét?", "18 m", None),
        ("Twelve engineers built the hall; how many architects took part?", "12 kỹ sư", "3 kiến trúc"),
        ("Hội trường 45 tỷ đồng được góp bao nhiêu tiền?", "45 tỷ đồng", None),
        ("Ba công ty xây hội trường, có bao nhiêu kiến trúc sư?", "12 kỹ sư", "3 kiến trúc"),
    ],
)
def test_a_number_of_the_question_is_no_answer(question: str, left_out: str, kept: str | None) -> None:
    found = tried(question, HALL)
    assert left_out not in found
    assert kept is None or any(f.startswith(kept) for f in found)


GUESTS = "Lễ mở cửa có ông Robert Kelly, bà Đinh Thị Lan và Paul Kelly dự."


@pytest.mark.parametrize(
    ("question", "left_out", "kept"),
    [
        ("Ai cùng ông Kelly dự lễ mở cửa?", {"Robert Kelly", "Paul Kelly"}, "Đinh Thị Lan"),
        ("Who came to the opening with Kelly?", {"Robert Kelly"}, "Đinh Thị Lan"),
        ("Ai là anh trai của ông Kelly?", set(), "Paul Kelly"),
        ("ai cung ong kelly du le mo cua", {"Robert Kelly", "Paul Kelly"}, "Đinh Thị Lan"),
        ("Ai cùng bà Lan dự lễ mở cửa?", {"Đinh Thị Lan"}, "Robert Kelly"),
    ],
)
def test_somebody_the_question_names_is_no_answer(question: str, left_out: set[str], kept: str) -> None:
    found = tried(question, GUESTS)
    assert not left_out & set(found)
    assert kept in found
