"""People and posts: who is named, which post is whose, and what is a place after all."""

import pytest

from qa.language.names import find_people, is_enumeration, posts_before


def named(text: str) -> dict[str, list[str]]:
    return {p.name: [text[a:b] for a, b in p.posts] for p in find_people(text)}


LIST = (
    "Chủ trì là các ông: Lê Văn Tám, Chủ nhiệm Văn phòng Trung ương Đảng; Đỗ Quang Hiển, Tổng thư ký Quốc hội kiêm Chủ nhiệm "
    "Văn phòng Quốc hội; Đào Việt Hà, Chủ nhiệm Văn phòng Chủ tịch nước và Mai Tiến Sơn, Chủ nhiệm Văn phòng Chính phủ."
)


def test_a_list_gives_each_person_their_own_post() -> None:
    assert named(LIST) == {
        "Lê Văn Tám": ["Chủ nhiệm Văn phòng Trung ương Đảng"],
        "Đỗ Quang Hiển": ["Tổng thư ký Quốc hội kiêm Chủ nhiệm Văn phòng Quốc hội"],
        "Đào Việt Hà": ["Chủ nhiệm Văn phòng Chủ tịch nước"],
        "Mai Tiến Sơn": ["Chủ nhiệm Văn phòng Chính phủ"],
    }
    assert is_enumeration(LIST)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Chủ tịch Quốc hội Lê Thị Kim Hoa dự và phát biểu.", {"Lê Thị Kim Hoa": ["Chủ tịch Quốc hội"]}),
        ("Phó Chánh Văn phòng Trung ương Đảng Bùi Văn Lộc đọc báo cáo.", {"Bùi Văn Lộc": ["Phó Chánh Văn phòng Trung ương Đảng"]}),
        ("Kế toán trưởng Ngô Thị Bích Lan cho biết lợi nhuận tăng.", {"Ngô Thị Bích Lan": ["Kế toán trưởng"]}),
        (
            "Bí thư Thành ủy Đà Nẵng Nguyễn Xuân Hòa, Ủy viên Trung ương Đảng, cùng dự.",
            {"Nguyễn Xuân Hòa": ["Bí thư Thành ủy Đà Nẵng", "Ủy viên Trung ương Đảng"]},
        ),
        (
            "Đồng chí Lê Văn Tám - Chánh Văn phòng Trung ương Đảng, Bí thư Trung ương Đảng - điểm qua bối cảnh.",
            {"Lê Văn Tám": ["Chánh Văn phòng Trung ương Đảng", "Bí thư Trung ương Đảng"]},
        ),
        (
            "Bà Trần Thị Mỹ Dung, Phó Chủ tịch Ủy ban nhân dân huyện Sông Quàng, cảm ơn bà con.",
            {"Trần Thị Mỹ Dung": ["Phó Chủ tịch Ủy ban nhân dân huyện Sông Quàng"]},
        ),
        (
            "Huỳnh Văn Lợi, Giám đốc Hợp tác xã, và Kiều Minh Triết, chuyên gia tư vấn, cùng đến.",
            {"Huỳnh Văn Lợi": ["Giám đốc Hợp tác xã"], "Kiều Minh Triết": []},
        ),
        ("Mai Tien Dung met Ton Nu Khanh Vy in the library.", {"Mai Tien Dung": [], "Ton Nu Khanh Vy": []}),
        ("Sau đó ông Đặng Hòa nói ngắn.", {"Đặng Hòa": []}),
        ("Ông Đặng Hòa nói ngắn.", {"Đặng Hòa": []}),
    ],
)  # fmt: skip
def test_people_and_their_posts(text: str, people: dict[str, list[str]]) -> None:
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Bộ trưởng Nguyễn Văn An, Bộ trưởng Trần Thị Bình và Thứ trưởng Lê Văn Cường cùng dự.",
            {"Nguyễn Văn An": ["Bộ trưởng"], "Trần Thị Bình": ["Bộ trưởng"], "Lê Văn Cường": ["Thứ trưởng"]},
        ),
        (
            "Chủ tịch nước Trần Đại Hải, Thủ tướng Nguyễn Xuân Lâm và Chủ tịch Quốc hội Nguyễn Thị Kim Hoa đến viếng.",
            {
                "Trần Đại Hải": ["Chủ tịch nước"],
                "Nguyễn Xuân Lâm": ["Thủ tướng"],
                "Nguyễn Thị Kim Hoa": ["Chủ tịch Quốc hội"],
            },
        ),
    ],
)
def test_a_post_before_a_name_is_not_given_to_the_person_named_before(text: str, people: dict[str, list[str]]) -> None:
    assert named(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị họp ở Hà Nội, Thái Nguyên và Đồng Tháp.",
        "Đoàn đi qua Lâm Đồng, Ninh Bình, Cao Bằng và Hà Giang.",
        "Trường Trần Hưng Đạo nằm trên đường Lê Lợi, gần cầu Hoàng Văn Thụ.",
        "Xe chạy dọc đường Nguyễn Văn Linh, rẽ vào phố Phan Đình Phùng.",
        "Bệnh viện Nguyễn Tri Phương đông người.",
        "The Government Office and the National Assembly Office.",
        "Văn phòng Trung ương Đảng và Ủy ban Kiểm tra Trung ương họp.",
        "",
        "không có ai ở đây",
    ],
)
def test_places_and_institutions_are_no_people(text: str) -> None:
    assert named(text) == {}


def test_offsets_are_those_of_the_text() -> None:
    for person in find_people(LIST):
        assert LIST[person.start : person.end] == person.name
        assert all(0 <= a < b <= len(LIST) for a, b in person.posts)


def test_two_people_without_a_list_are_no_enumeration() -> None:
    assert not is_enumeration("Ông Lê Văn Tám gặp bà Trần Thị Mỹ Dung.")
    assert not is_enumeration("Chủ trì là ông Lê Văn Tám; họp ở Hà Nội.")


def test_posts_before_reads_only_what_adjoins_the_name() -> None:
    text = "Bộ trưởng đã đi. Chủ tịch Quốc hội Lê Thị Kim Hoa dự."
    at = text.index("Lê Thị")
    assert [text[a:b] for a, b in posts_before(text, at)] == ["Chủ tịch Quốc hội"]


@pytest.mark.timeout(60)  # what grows with the square takes hours
@pytest.mark.parametrize(
    "piece",
    [
        "Trần Văn An, ", "Bộ trưởng ", "Bộ trưởng Nguyễn Văn An và ", "Chủ tịch, ", "Nguyễn ", "A", "Văn ", "ông ", "- ",
        "và ", "Lê Văn Tám; ", "Đ", "Hà Nội ", "\n", " ", "Trần", "kiêm ",
    ],
)  # fmt: skip
def test_a_long_hostile_text_comes_to_an_end(piece: str) -> None:
    size = 300_000 if "Nguyễn " in piece else 60_000
    text = piece * (size // len(piece))
    people = find_people(text)
    assert all(text[p.start : p.end] == p.name for p in people[:100])


@pytest.mark.parametrize("mark", [", ", " - ", "- ", "-", " – ", "—", " và ", "; "])
def test_any_mark_between_two_people_is_read(mark: str) -> None:
    text = f"Nguyễn Văn An{mark}Bộ trưởng Trần Thị Bình cùng dự."
    assert named(text).get("Trần Thị Bình") in (["Bộ trưởng"], [])
    assert "Bộ trưởng" not in named(text)["Nguyễn Văn An"]
