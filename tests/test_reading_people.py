"""People and posts as answers."""

import pytest

from qa.question import understand
from qa.reading.nobody import is_nobody, names_nobody
from qa.reading.people import find_names, find_persons, find_posts
from qa.reading.spans import Sort, Span


def told(spans: list[Span], text: str) -> list[tuple[str, ...]]:
    return [tuple(text[a:b] for a, b in s.parts) for s in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ông Lê Văn Tám phát biểu.", "Lê Văn Tám"),
        ("Bà Loan mở quán bên đường.", "Loan"),
        ("Nhà báo cho rằng James Dodson biết rõ chuyện ấy.", "James Dodson"),
        ("Le Van Tam opened the fair.", "Le Van Tam"),
        ("Bà Hương Trần Kiều Dung cho biết.", "Hương Trần Kiều Dung"),
        ("Giám đốc, ông Christopher A. Wray trong buổi điều trần.", "Christopher A. Wray"),
        ("Như James Dodson, người từng là cố vấn, đã kể.", "James Dodson"),
    ],
)
def test_a_person(text: str, name: str) -> None:
    assert (name,) in told(find_persons(text, 0, len(text)), text)


def test_everyone_of_a_list_together_and_each_alone() -> None:
    text = "Dự hội nghị có các ông: Lê Văn Tám, Giám đốc Sở Y tế; Đỗ Quang Hiển, Chủ nhiệm Văn phòng Chính phủ."
    spans = told(find_persons(text, 0, len(text)), text)
    assert ("Lê Văn Tám", "Đỗ Quang Hiển") in spans
    assert ("Lê Văn Tám",) in spans


def test_people_far_apart_are_no_list() -> None:
    text = "Ông Lê Văn Tám nhận quà do bà Ngô Thị Hoa gửi từ quê."
    assert all(len(s) == 1 for s in told(find_persons(text, 0, len(text)), text))


def test_an_institution_is_nobody() -> None:
    text = "Theo Bộ Công Thương và Công ty Điện Lực, việc ấy đã xong."
    assert told(find_persons(text, 0, len(text)), text) == []


def test_what_opens_a_sentence_is_no_name() -> None:
    text = "Theo bà con, Suối Ngàn cạn nước."
    assert told(find_names(text, 0, len(text)), text) == [("Suối Ngàn",)]


def test_names_in_a_row_go_together() -> None:
    text = "Lũ qua các huyện Vạn Ninh, Khánh Vĩnh và Ninh Hòa rồi rút."
    assert ("Vạn Ninh", "Khánh Vĩnh", "Ninh Hòa") in told(find_names(text, 0, len(text)), text)


def test_offsets_are_those_of_the_article() -> None:
    text = "Một câu trước. Ông Lê Văn Tám phát biểu."
    assert ("Lê Văn Tám",) in told(find_persons(text, 15, len(text)), text)
    assert told(find_persons(text, 0, 14), text) == []


def test_the_posts_of_the_one_who_is_asked_about() -> None:
    question = understand("Ông Lê Văn Tám giữ chức vụ gì?")
    text = "Ông Lê Văn Tám, Bí thư Tỉnh ủy, Chủ tịch Hội Khuyến học, và ông Đỗ Quang Hiển, Giám đốc Sở Y tế, đến dự."
    posted = [s for s in find_posts(text, 0, len(text), question) if s.sort is Sort.POSTED]
    assert ("Bí thư Tỉnh ủy", "Chủ tịch Hội Khuyến học") in told(posted, text)
    assert not any("Giám đốc" in t for s in told(posted, text) for t in s)


def test_a_post_around_an_abbreviation_is_whole_and_that_of_the_name_behind_it() -> None:
    text = "Trước đó, Chủ tịch UBND TP. Cần Thơ Lê Quang Mạnh khai mạc hội thảo. Chuyên gia Hà Thị Bưởi trình bày."
    posted = [s for s in find_posts(text, 0, 69, understand("Ông Lê Quang Mạnh giữ chức gì?")) if s.sort is Sort.POSTED]
    assert told(posted, text) == [("Chủ tịch UBND TP. Cần Thơ",)]


def test_other_posts_are_found_too() -> None:
    question = understand("Bà Hoa giữ chức vụ gì?")
    text = "Chị là trưởng phòng tham mưu của huyện, cho biết như vậy."
    assert any("trưởng phòng tham mưu" in s[0] for s in told(find_posts(text, 0, len(text), question), text))


@pytest.mark.parametrize(
    ("text", "name", "nobody"),
    [
        ("Họ sống ở huyện Đông Hoà.", "Đông Hoà", True),
        ("Làng ấy ở Slovenia.", "Slovenia", True),
        ("Hãng tin Magyar Iroda đưa tin.", "Magyar Iroda", True),
        ("Bà Đông Hoà kể lại.", "Đông Hoà", False),
        ("Cậu bé Thái Sơn hát.", "Thái Sơn", False),
    ],
)
def test_places_and_firms_are_nobody(text: str, name: str, nobody: bool) -> None:
    start = text.index(name)
    assert is_nobody(text, start, start + len(name)) is nobody


@pytest.mark.parametrize(("name", "nobody"), [("Liên Hợp Quốc", True), ("Nhà Trắng", True), ("Amara Conteh", False)])
def test_what_the_lexicon_knows_is_nobody(name: str, nobody: bool) -> None:
    text = f"Sáng ấy, {name} nói sẽ họp kín."
    assert names_nobody(text, 9, 9 + len(name)) is nobody


def test_a_managing_director_is_not_only_a_director() -> None:
    text = "Ông Lê Văn Tám, giám đốc điều hành Công ty Suối Ngàn, phát biểu."
    assert ("giám đốc điều hành Công ty Suối Ngàn",) in told(
        find_posts(text, 0, len(text), understand("Ông Lê Văn Tám giữ chức gì?")), text
    )
