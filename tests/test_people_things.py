"""What looks like the name of a person and is that of a place, a firm, a school or a number; and names written apart."""

import pytest

from qa.people.divisions import is_division
from qa.people.rows import find_appearances
from qa.people.things import is_cut, is_firm, names_thing_itself


def rows(text: str) -> set[tuple[str, str, str]]:
    return {(a.person, a.role.value, a.post) for a in find_appearances(text)}


def test_districts_are_known_in_either_placement_of_the_tone() -> None:
    assert is_division("Tương Dương")
    assert is_division("Hòa Vang") == is_division("Hoà Vang") is True
    assert not is_division("Văn Tám")


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        # a district without its noun, in a post and behind a body
        ("Ông Lê Văn Tám, Bí thư Huyện ủy Tương Dương cho rằng đường còn xấu.", {"Bí thư Huyện ủy Tương Dương"}),
        ("Lãnh đạo Bệnh viện đa khoa Nông Cống xác nhận ông Lê Văn Tám đã khỏe.", set()),
        # a name that the text uses for a district elsewhere
        ("Ông Lê Văn Tám sống ở huyện Vân Sông. Trưởng trạm Vân Sông nói vậy.", set()),
        # places of the highlands, abbreviated divisions, numbers
        ("Ông Lê Văn Tám, chính trị viên của đồn Đắk Ơ, vắng mặt.", {"chính trị viên của đồn Đắk Ơ"}),
        ("Ông Lê Văn Tám - phó chủ tịch UBND H.Biển Xanh - vắng mặt.", {"phó chủ tịch UBND H.Biển Xanh"}),
        ("Trưởng đoàn tham khảo Điều IV nói với ông Lê Văn Tám.", set()),
        ("Ở Bà Rịa - Biển Xanh, công bố của ông Lê Văn Tám đã có.", set()),
        # sites, and letters that stand for somebody
        ("Ông Lê Văn Tám vắng mặt. Có người lên Twitter nói vậy.", set()),
        ("Anh N. cho biết đã gặp ông Lê Văn Tám.", set()),
        ("Một con lừa chạy mất, The Tide cho biết. Ông Lê Văn Tám vắng mặt.", set()),
        ("Ông Lê Văn Tám vắng mặt. Huấn luyện viên của đội ra khỏi hang Tham Korvan.", set()),
        ("Nút giao Phạm Văn Biển là nơi thường kẹt xe, ông Lê Văn Tám vắng mặt.", set()),
        # schools
        ("Ông Lê Văn Tám, hiệu trưởng Trường THPT chuyên Phạm Văn Biển, vắng mặt.", {"hiệu trưởng Trường THPT chuyên Phạm Văn Biển"}),
        ("Trong văn bản gửi ĐH Y Khoa Phạm Văn Biển, ông Lê Văn Tám im lặng.", set()),
        # firms and papers
        ("Lê Văn Tám - chủ tịch HĐQT Songjet - vắng mặt. Hãng đã lập Thai Songjet.", {"chủ tịch HĐQT Songjet"}),
        ("Báo Korvana Daily cho biết ông Lê Văn Tám vắng mặt.", set()),
        ("Giải thưởng Phạm Văn Biển trao cho bí thư chi đoàn, phó bí thư. Ông Lê Văn Tám vắng mặt.", set()),
    ],
)  # fmt: skip
def test_things_are_nobody(text: str, posts: set[str]) -> None:
    found = rows(text)
    assert {name for name, _, _ in found} <= {"Lê Văn Tám"}
    assert {post for _, kind, post in found if kind == "post"} == posts


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Giám đốc Sở TN & MT Lê Văn Tám vắng mặt.", "Giám đốc Sở TN & MT"),
        ("Cục trưởng Thú y Lê Văn Tám vắng mặt.", "Cục trưởng Thú y"),
        ("Thị trưởng Korvana là Lê Văn Tám đã đến.", "Thị trưởng Korvana"),
    ],
)
def test_the_body_before_a_name_is_none_of_it(text: str, post: str) -> None:
    assert rows(text) == {("Lê Văn Tám", "post", post)}


@pytest.mark.parametrize(
    "text",
    [
        "Một lãnh đạo Chi cục Thú y TP. Biển Xanh cho biết heo đã khỏe.",
        "Đại diện các đơn vị Bộ Biển tại cuộc họp.",
        "Vị Phó Chủ tịch Quỹ Chống lũ im lặng.",
        "Nhà báo Reuters chỉ ra đê thấp.",
        "“Nguy rồi”, nhà báo Đức cảnh báo.",
        "Lãnh đạo Công an TP Buôn Ma Thuột cho biết đê đã vỡ.",
        "Kết quả thanh tra Korvan Oaks đã có.",
        "Đại sứ Arab Saudi nói vậy.",
        "Báo Người Đi Biển cho hay bão đã tan.",
    ],
)
def test_bodies_countries_and_agencies_are_nobody(text: str) -> None:
    assert rows(text) == set()


def test_a_title_makes_a_person_of_whom_bears_the_name_of_a_district() -> None:
    assert ("Tương Dương", "speaks", "") in rows("Bà Tương Dương kể chuyện cũ.")


def test_a_full_stop_parts_a_name_from_the_thing_before() -> None:
    text = "Tàu tuần tra quanh khu vực.\nGeng Bliksen, người phát ngôn Bộ Biển, nói vậy."
    assert ("Geng Bliksen", "speaks", "") in rows(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đại sứ EU tại Mỹ Harold O ’ Bliksen nói vậy.", "Harold O ’ Bliksen"),
        ("Thủ lĩnh EU Harold al - Bliksen nói vậy.", "Harold al - Bliksen"),
        ("Thẩm phán Omar Al - Bliksen nói vậy.", "Omar Al - Bliksen"),
        ("Phát ngôn viên Điện Kremlin Harold Bliksen nói vậy.", "Harold Bliksen"),
        ("Thái tử Arab Saudi Harold bin Bliksen nói vậy.", "Harold bin Bliksen"),
        ("Chủ tịch Hạ viện Korvan Bliksen nói vậy.", "Korvan Bliksen"),
        ("Chủ tịch Nghị viện Korvan Bliksen nói vậy.", "Korvan Bliksen"),
        ("Bộ trưởng Ngoại giao Úc Julie Bishop nói vậy.", "Julie Bishop"),
        ("Chuyên gia đê điều Korvan Bliksen nói vậy.", "Korvan Bliksen"),
        ("Thị trưởng Korvan Bliksen - Oskarvik nói vậy. Bà Bliksen - Oskarvik im lặng.", "Korvan Bliksen - Oskarvik"),
        ("Giám đốc Pierre - Yves Bliksen nói vậy.", "Pierre - Yves Bliksen"),
        ("Từ Trung Quốc, ông Lê Văn Tám nói vậy.", "Lê Văn Tám"),
        ("Bà Trần Thị Kim An - Giám đốc Sở Biển nói vậy.", "Trần Thị Kim An"),
        ("GS.TSKH Lê Văn Tám nói vậy.", "Lê Văn Tám"),
        ("Trong thư gửi người đồng cấp Mỹ, ông Harold Bliksen nói vậy.", "Harold Bliksen"),
        ("Chief Justice Harold Bliksen's ruling stands. Bliksen's aide agreed.", "Harold Bliksen"),
        ("Đối tượng là thượng úy Lê Văn Th. đã bị bắt.", "Lê Văn Th"),
        ("Theo Chủ tịch Tập Cận Bình, việc ấy đã xong. Tập nói thêm.", "Tập Cận Bình"),
    ],
)
def test_names_written_apart_are_whole(text: str, name: str) -> None:
    assert {n for n, _, _ in rows(text)} == {name}


def test_two_people_with_a_dash_between_them_have_not_one_name() -> None:
    text = "Cuộc gặp Tổng thống Harold Bliksen - Oskarvik đã xong. Ông Oskarvik nói vậy."
    assert {n for n, _, _ in rows(text)} == {"Harold Bliksen", "Oskarvik"}


def test_a_name_that_is_cut_is_none() -> None:
    assert rows("Hợp đồng do cựu tổng thống George H.W.\nBliksen thông qua.") == set()
    assert is_cut("Omar Al - ‘ Iraqi", ["Omar", "Al"], 7)
    assert not is_cut("George Bliksen", ["George", "Bliksen"], 14)


def test_a_family_name_alone_is_not_somebody_of_that_family() -> None:
    text = "Cô Chen Bliksen, 20 tuổi, vắng mặt. Một hành khách họ Chen cho biết đã chờ lâu."
    assert rows(text) == set()


def test_a_title_that_ends_a_name_is_no_title() -> None:
    assert not any(post for _, _, post in rows("Ca sĩ Nam Em hát. Liên hệ với quản lý của Nam Em, phía cô im lặng."))
    assert rows("Vụ trưởng Vụ Sức khỏe trẻ em Lê Văn Tám vắng mặt.") == {
        ("Lê Văn Tám", "post", "Vụ trưởng Vụ Sức khỏe trẻ em")
    }


def test_what_words_are_written_as_firms_are() -> None:
    assert is_firm(["Songbank"])
    assert is_firm(["Thai", "Songjet"])
    assert not is_firm(["Harold", "McBliksen"])
    assert names_thing_itself(["Đắk", "Ơ"])
    assert names_thing_itself(["The", "Evening", "Tide"])
    assert names_thing_itself(["SongFast", "Klarina"])
    assert not names_thing_itself(["McBliksen", "Finch"])
    assert not names_thing_itself(["Lê", "Văn", "Tám"])
