"""Where posts end, and whose they are."""

import pytest

from qa.people.rows import find_appearances


def rows(text: str) -> set[tuple[str, str, str]]:
    return {(a.person, a.role.value, a.post) for a in find_appearances(text)}


def posts(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, kind, post in rows(text):
        if kind == "post":
            found.setdefault(name, set()).add(post)
    return found


@pytest.mark.parametrize(
    ("text", "post"),
    [
        # verbs and adverbs end a post
        ("Ông Lê Văn Tám viện trưởng Viện Biển ngồi ghế đầu.", "viện trưởng Viện Biển"),
        ("Ông Lê Văn Tám, Trưởng phòng Biển liên quan đến việc ấy.", "Trưởng phòng Biển"),
        ("Ông Lê Văn Tám, Giám đốc Công ty Sông Xanh làm việc với đoàn.", "Giám đốc Công ty Sông Xanh"),
        ("Ông Lê Văn Tám, Phó Giám đốc trực tiếp chỉ huy, đến sớm.", "Phó Giám đốc"),
        ("Ông Lê Văn Tám, Giám đốc Khối Biển tại sự kiện.", "Giám đốc Khối Biển"),
        ("Ông Lê Văn Tám, giám đốc Sở Biển khác, vắng mặt.", "giám đốc Sở Biển"),
        # what sounds like a verb inside a body's name does not
        ("Ông Lê Văn Tám, giám đốc Đài tiếng nói Sông Xanh, vắng mặt.", "giám đốc Đài tiếng nói Sông Xanh"),
        ("Ông Lê Văn Tám, giám đốc Công ty may Sông Xanh, vắng mặt.", "giám đốc Công ty may Sông Xanh"),
        ("Ông Lê Văn Tám, trưởng ban Khu kinh tế mở Sông Xanh, vắng mặt.", "trưởng ban Khu kinh tế mở Sông Xanh"),
        ("Ông Lê Văn Tám, giám đốc Trung tâm Khảo thí và đánh giá chất lượng, vắng mặt.", "giám đốc Trung tâm Khảo thí và đánh giá chất lượng"),
        ("Ông Lê Văn Tám, chủ tịch Hiệp hội Doanh nghiệp nhỏ và vừa Sông Xanh, vắng mặt.", "chủ tịch Hiệp hội Doanh nghiệp nhỏ và vừa Sông Xanh"),
        ("Ông Lê Văn Tám, hạt trưởng Hạt kiểm lâm Hương Hiện, vắng mặt.", "hạt trưởng Hạt kiểm lâm Hương Hiện"),
        # neither do heads of posts inside it
        ("Ông Lê Văn Tám, trưởng phòng Khảo thí và Quản lý chất lượng, vắng mặt.", "trưởng phòng Khảo thí và Quản lý chất lượng"),
        ("Ông Lê Văn Tám, Cục trưởng Cục Nhà giáo và Cán bộ quản lý, vắng mặt.", "Cục trưởng Cục Nhà giáo và Cán bộ quản lý"),
        # nor marks
        ("Ông Lê Văn Tám (Phó trưởng Phòng phòng, chống thiên tai) vắng mặt.", "Phó trưởng Phòng phòng, chống thiên tai"),
        ("Ông Lê Văn Tám - phó hiệu trưởng Trường ĐH Kinh tế - luật, vắng mặt.", "phó hiệu trưởng Trường ĐH Kinh tế - luật"),
        ("Ông Lê Văn Tám, trưởng ban An ninh - an toàn (Tổng công ty Biển), vắng mặt.", "trưởng ban An ninh - an toàn"),
        # the body above is another's
        ("Ông Lê Văn Tám, Cục trưởng Cục Quản lý đê, Bộ Biển & Sông vắng mặt.", "Cục trưởng Cục Quản lý đê"),
        ("Ông Lê Văn Tám, giám đốc Bệnh viện Sông Xanh No. 2, vắng mặt.", "giám đốc Bệnh viện Sông Xanh No. 2"),
        ("Ông Lê Văn Tám, Cục trưởng Cục Mua sắm trang bị, vắng mặt.", "Cục trưởng Cục Mua sắm trang bị"),
        # further verbs, in English too, and what goes on with others
        ("Ông Lê Văn Tám, Giám đốc Sở Biển cam kết xong sớm.", "Giám đốc Sở Biển"),
        ("Ông Lê Văn Tám, Trưởng ban Đê giao Sở Biển xem lại.", "Trưởng ban Đê"),
        ("Ông Lê Văn Tám, Giám đốc Sở Biển và một người dân, vắng mặt.", "Giám đốc Sở Biển"),
        ("Harold Finch, head of the tide institute reported that it rained.", "head of the tide institute"),
        ("Harold Finch, director of the sea museum overseeing the works, was absent.", "director of the sea museum"),
        ("Harold Finch, coach of the under-19 team, was absent.", "coach of the under-19 team"),
        ("Ông Lê Văn Tám, giám đốc Sở Biển ước tính đê vỡ dài.", "giám đốc Sở Biển"),
        ("Cô Trần Thị Chín, chủ nhiệm lớp của Tám rưng rưng kể.", "chủ nhiệm lớp của Tám"),
        # heads of posts in full
        ("Interior and Safety Minister Harold Finch was absent.", "Interior and Safety Minister"),
        ("Chief Technology Officer Harold Finch was absent.", "Chief Technology Officer"),
        ("A letter by then-Prime Minister Harold Finch was lost.", "Prime Minister"),
        ("Đặc khu trưởng Biển Xanh Lê Văn Tám vắng mặt.", "Đặc khu trưởng Biển Xanh"),
        ("Ông Harold Finch, cựu chiến lược gia trưởng Nhà Trắng, vắng mặt.", "cựu chiến lược gia trưởng Nhà Trắng"),
        # what sounds like a verb ends another word
        ("Ông Lê Văn Tám, giám đốc Trung tâm Hướng nghiệp và việc làm Biển Xanh, vắng mặt.", "giám đốc Trung tâm Hướng nghiệp và việc làm Biển Xanh"),
        ("Ông Lê Văn Tám, chủ tịch Hội hướng dẫn viên Biển Xanh vắng mặt.", "chủ tịch Hội hướng dẫn viên Biển Xanh"),
        ("Ông Lê Văn Tám, giám đốc thu mua Công ty Sông Xanh vắng mặt.", "giám đốc thu mua Công ty Sông Xanh"),
        ("Ông Lê Văn Tám, giám đốc khối bán lẻ Sông Xanh vắng mặt.", "giám đốc khối bán lẻ Sông Xanh"),
        ("Ông Lê Văn Tám, phó ban trù bị của Hội Biển, vắng mặt.", "phó ban trù bị của Hội Biển"),
        ("Ông Lê Văn Tám, trưởng ban tổ chức sự kiện, vắng mặt.", "trưởng ban tổ chức sự kiện"),
        ("Ông Lê Văn Tám, giám đốc Ban quản lý danh thắng Biển Xanh, vắng mặt.", "giám đốc Ban quản lý danh thắng Biển Xanh"),
        ("Ông Lê Văn Tám, tư lệnh không quân Korvana, vắng mặt.", "tư lệnh không quân Korvana"),
        ("Ông Lê Văn Tám, chủ tịch công đoàn tiếp viên Biển Xanh, vắng mặt.", "chủ tịch công đoàn tiếp viên Biển Xanh"),
        ("Ông Lê Văn Tám, trưởng phòng Vật tư – Thiết bị Biển Xanh, vắng mặt.", "trưởng phòng Vật tư – Thiết bị Biển Xanh"),
        ("Ông Lê Văn Tám, phó ban Văn hóa, thanh niên và nhi đồng, vắng mặt.", "phó ban Văn hóa, thanh niên và nhi đồng"),
        ("Ông Lê Văn Tám, giám đốc Công ty Sông Xanh - Ảnh: BIỂN", "giám đốc Công ty Sông Xanh"),
        ("Ông Lê Văn Tám, chủ tịch Trung tâm mua sắm Biển Xanh, vắng mặt.", "chủ tịch Trung tâm mua sắm Biển Xanh"),
        ("Ông Lê Văn Tám, nhà nghiên cứu kiêm trưởng khoa Biển, vắng mặt.", "trưởng khoa Biển"),
        ("Ông Lê Văn Tám, trưởng phòng Khảo thí - Quản lý chất lượng, vắng mặt.", "trưởng phòng Khảo thí - Quản lý chất lượng"),
        ("Ông Lê Văn Tám, giám đốc Công ty TNHH Sơn Thủy, vắng mặt.", "giám đốc Công ty TNHH Sơn Thủy"),
        # verbs that end posts
        ("Ông Lê Văn Tám, trưởng phòng Đê còn vắng mặt.", "trưởng phòng Đê"),
        ("Ông Lê Văn Tám, trưởng phòng Đê tự hào về xã.", "trưởng phòng Đê"),
        ("Ông Lê Văn Tám - phó ban Đê Biển Xanh ủng hộ phương án mới.", "phó ban Đê Biển Xanh"),
        ("Ông Lê Văn Tám, Giám đốc Sở Biển nhìn nhận đê thấp.", "Giám đốc Sở Biển"),
        ("Ông Lê Văn Tám, Giám đốc Sở Biển phản ánh từ năm ngoái đê thấp.", "Giám đốc Sở Biển"),
        ("Ông Lê Văn Tám, Giám đốc Sở Biển ví việc ấy như cơn lũ.", "Giám đốc Sở Biển"),
        ("Ông Lê Văn Tám làm Trưởng trạm Biển Xanh ghé thăm trường.", "Trưởng trạm Biển Xanh"),
        ("Ông Lê Văn Tám, Trưởng thôn Biển Xanh nơi có đê, vắng mặt.", "Trưởng thôn Biển Xanh"),
        ("Ông Lê Văn Tám, Giám đốc Công ty Sông Xanh chiếm nửa vốn, vắng mặt.", "Giám đốc Công ty Sông Xanh"),
        ("Ông Lê Văn Tám, giám đốc Công ty Sông Xanh và đội ngũ của mình vắng mặt.", "giám đốc Công ty Sông Xanh"),
        ("Bão nổi sau khi vua Harold Bliksen vắng mặt.", "vua"),
    ],
)  # fmt: skip
def test_posts_end_where_their_words_do(text: str, post: str) -> None:
    assert {p for found in posts(text).values() for p in found} == {post}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a bracket that is closed holds the posts of whom it stands behind
        (
            "Dự có trung tá Lê Văn Tám (đội phó Đội Đê), trung tá Cao Bá Sơn (đội trưởng Đội Biển).",
            {"Lê Văn Tám": {"trung tá", "đội phó Đội Đê"}, "Cao Bá Sơn": {"trung tá", "đội trưởng Đội Biển"}},
        ),
        ("Tổ công tác, đứng đầu là bà Trần Thị Chín, đã đến.", {}),
        ("Ông Lê Văn Tám là ứng viên sáng giá.", {}),
        ("Ông Lê Văn Tám cân nhắc một tướng làm ứng viên phó chủ tịch.", {}),
        ("Bà Trần Thị Chín kể vậy. Ông hiệu trưởng vẫn im lặng.", {}),
        ("Bà Trần Thị Chín nhớ Bí thư Đảng ủy xã Hữu Khuê Lô Văn Tùng.", {"Lô Văn Tùng": {"Bí thư Đảng ủy xã Hữu Khuê"}}),
        (
            "Đơn nêu rõ trách nhiệm của ông Lê Văn Tám, giám đốc Bệnh viện Đê thời điểm đó và việc ông vắng mặt.",
            {"Lê Văn Tám": {"giám đốc Bệnh viện Đê"}},
        ),
        (
            "Mr Harold Finch, who resigned in May, is now a consultant to the Sea Fund.",
            {"Harold Finch": {"consultant to the Sea Fund"}},
        ),
        # the next one's title stands behind an `và`
        ("Theo ông Lê Văn Tám - giám đốc Sở Biển và ông Phạm Văn Mười, đê đã xong.", {"Lê Văn Tám": {"giám đốc Sở Biển"}}),
        ("Huyện phê bình lãnh đạo Phòng Biển và ông Phạm Văn Mười - phó trưởng phòng.", {"Phạm Văn Mười": {"phó trưởng phòng"}}),
        ("Đại diện công ty và người nhà gia đình anh Phạm Văn Mười vắng mặt.", {}),
        # anybody before a comma
        ("Theo lời công tố viên, giám đốc Lê Văn Tám đã trốn.", {"Lê Văn Tám": {"giám đốc"}}),
        # who speaks of somebody
        ("Về việc bổ nhiệm ông Lê Văn Tám, đại diện Bộ Biển cho biết đang xem xét.", {}),
        ("Ông Lê Văn Tám, đại diện Bộ Biển cho biết đang xem xét.", {"Lê Văn Tám": {"đại diện Bộ Biển"}}),
        ("Trả lời câu hỏi của phóng viên, anh Lê Văn Tám nói đê đã xong.", {}),
        ("Luật sư của ông Phạm Văn Mười, được bầu làm thư ký đoàn, vắng mặt.", {}),
        ("It was late for Harold Finch, the judge said.", {}),
        ("Harold Bliksen, lập ra và làm thủ lĩnh Ansar Korvana, vắng mặt.", {"Harold Bliksen": {"thủ lĩnh Ansar Korvana"}}),
        ("Tàu Biển Xanh giữ vai trò chỉ huy, trung tá Lê Văn Tám nói.", {"Lê Văn Tám": {"trung tá"}}),
        ("Bà hợp với vai trò thị trưởng thành phố Biển, ông Lê Văn Tám nói.", {}),
        ("Theo vụ điệp viên Harold Finch, Tổng thống Nga Bliksen đã im lặng. Ông Bliksen về.", {"Bliksen": {"Tổng thống Nga"}}),
        # supposed, and said of the next one
        ("Nếu ông Lê Văn Tám làm chủ tịch, đê sẽ cao hơn.", {}),
        ("Với ông Lê Văn Tám, cách chức Đội trưởng đội đê đối với ông Phạm Văn Mười.", {"Phạm Văn Mười": {"Đội trưởng đội đê"}}),
        # a verb between two people
        ("Chuyên gia đê Korvana tố Harold Finch bỏ họp. Ông Finch im lặng.", {}),
        ("Quan chức Korvana ví ông Harold Finch với lũ.", {}),
        ("Việc ấy làm nản lòng của lãnh đạo và người lao động - ông Lê Văn Tám, Trưởng ban Đê, nói.", {"Lê Văn Tám": {"Trưởng ban Đê"}}),
        ("Trả lời ý kiến của Bộ trưởng, ông Lê Văn Tám, Vụ trưởng Vụ Biển, vắng mặt.", {"Lê Văn Tám": {"Vụ trưởng Vụ Biển"}}),
        ("Đội bay đóng quân thường trực tại căn cứ Korvan Oak ở Bliksen.", {}),
        ("Quyền của tân cố vấn của Tổng thống Harold Bliksen, ông Lê Văn Tám nói.", {"Harold Bliksen": {"Tổng thống"}}),
        # a name inside the post of the one before
        ("Ông Lê Văn Tám - trưởng Ban quản lý khu kinh tế Vân Sông cho biết đê đã xong.", {"Lê Văn Tám": {"trưởng Ban quản lý khu kinh tế Vân Sông"}}),
        ("Harold Finch, một bác sĩ tại VCA Korvan Oak, nói vậy.", {"Harold Finch": {"bác sĩ tại VCA Korvan Oak"}}),
        # accomplices are no part of a post; what a body is about is part of its name
        ("Bà Trần Thị Chín, Giám đốc Công ty Hải Lâm và đồng phạm, bị khởi tố.", {"Trần Thị Chín": {"Giám đốc Công ty Hải Lâm"}}),
        ("Bà Trần Thị Chín, ủy viên Uỷ ban về các vấn đề biển đảo, vắng mặt.", {"Trần Thị Chín": {"ủy viên Uỷ ban về các vấn đề biển đảo"}}),
        # praise is no post
        ("Ông Lê Văn Tám là một lãnh đạo đáng tin cậy.", {}),
        ("Bà Trần Thị Chín là giám khảo trẻ nhất.", {}),
        ("Bà Trần Thị Chín là thành viên duy nhất được mời.", {}),
        ("Ông Lê Văn Tám là một huấn luyện viên tài ba.", {}),
    ],
)  # fmt: skip
def test_posts_are_given_to_whom_they_are_said_of(text: str, expected: dict[str, set[str]]) -> None:
    assert posts(text) == expected


def test_a_post_that_a_broken_line_cuts_is_none() -> None:
    assert posts("Ông Lê Văn Tám, trưởng công an TP.\nBiển Xanh (Biển Lớn) vắng mặt.") == {}


def test_meanwhile_is_not_back_then_and_an_adviser_not_a_former_one() -> None:
    found = find_appearances("Trong khi đó, phó chủ tịch Biển Xanh, ông Lê Văn Tám, im lặng.")
    assert [a.past for a in found if a.post] == [False]
    found = find_appearances("Ông Lê Văn Tám, cố vấn Bộ Biển, im lặng.")
    assert [a.past for a in found if a.post] == [False]
    found = find_appearances("Ông Lê Văn Tám, khi đó là chủ tịch Biển Xanh, im lặng.")
    assert [a.past for a in found if a.post] == [True]
