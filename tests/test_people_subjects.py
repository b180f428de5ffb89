"""Who is the subject of a verb, and which verbs say what somebody did."""

import pytest

from qa.people.rows import find_appearances
from qa.people.subjects import stands_first


def deeds(text: str) -> set[tuple[str, str]]:
    return {(a.person, a.role.value) for a in find_appearances(text) if not a.post}


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("", True),
        ("Sáng nay, ", True),
        ("Ngày 3/4 ", True),
        ("cho biết ", True),
        ("vây quanh ", False),
        ("bổ nhiệm ", False),
    ],
)
def test_where_a_subject_stands(before: str, first: bool) -> None:
    assert stands_first(f"{before}ông Lê Văn Tám", len(before)) is first


@pytest.mark.parametrize(
    "text",
    [
        # the subject stands before
        "Huyện ủng hộ ông Lê Văn Tám và cảnh báo về lũ.",
        "Đám đông vây quanh đại tá Lê Văn Tám, trưởng phòng Biển, yêu cầu trả xe.",
        "Người nhà ông Lê Văn Tám cho biết sẽ chờ.",
        "Luật sư của ông Lê Văn Tám đề nghị hoãn.",
        "Sở gửi Phó chủ tịch Lê Văn Tám báo cáo việc ấy.",
        "Trao đổi với báo, lãnh đạo bệnh viện cho biết, ông Lê Văn Tám đã khỏe.",
        "Lễ viếng nhà thơ Lê Văn Tám: ' Mừng bác lên tiên '.",
        "A spokesman for Harold Finch said nothing was lost.",
        "It was the work of a fisherman named Harold Finch.",
        "Luật sư bào chữa cho bầu Tám đề nghị hoãn. Lê Văn Tám im lặng.",
        "Nước ấy ủng hộ ông Lê Văn Tám từ chức.",
        "Báo phản đối việc Tổng thống Harold Finch im lặng, cáo buộc nhà nước lơ là.",
        # only possible
        "Báo chí nói về khả năng ông Lê Văn Tám đắc cử.",
        # other meanings of the words
        "Người dân Biển Xanh nói riêng và ông Lê Văn Tám.",
        "Bà Trần Thị Chín chia sẻ giải thưởng với bạn.",
        "Ông Lê Văn Tám được phong danh hiệu Anh hùng.",
        "Harold Finch received his pension in May.",
        "Dự kiến trong năm nay, ông Lê Văn Tám về quê.",
        "Ông Lê Văn Tám, một doanh nghiệp khai khoáng.",
        "Chủ tọa hỏi vì sao là con số ấy thì Lê Văn Tám im lặng.",
        "Chương trình của bầu Tám được khen. Ông Lê Văn Tám im lặng.",
        "Đội bắt nhà cựu ngoại giao Harold Finch ở biên giới.",
        "Bà Trần Thị Chín được chỉ định nhập viện điều trị.",
        "Bà Trần Thị Chín đăng quang Hoa hậu Biển Xanh.",
        "Ông Lê Văn Tám góp mặt trong nhiều bộ phim.",
        "Bà Trần Thị Chín từng dự thi ở Korvana.",
        "Nhà văn Lê Văn Tám ký tặng sách.",
        "Ông Lê Văn Tám đang gặp sức ép lớn.",
        "Ông Lê Văn Tám tiếp tay kẻ gian.",
        "Bà Trần Thị Chín, người kế nhiệm ông Bảy, im lặng.",
        "Ông Lê Văn Tám được giải thích rằng bà Chín phong cho con một tước.",
        "Lời ấy gửi tới ông Lê Văn Tám và bà Trần Thị Chín: “Hãy về”.",
        "Ông chủ hãng đang xem xét cách chức ông Lê Văn Tám.",
        "Ông Lê Văn Tám, con người nói ít làm nhiều, im lặng.",
    ],
)
def test_what_somebody_else_does_or_nobody_did_is_no_deed(text: str) -> None:
    assert deeds(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Lê Văn Tám: “Đê đã xong”.", {("Lê Văn Tám", "speaks")}),
        ("Sở thông báo giám đốc Lê Văn Tám, 50 tuổi, đã từ chức.", {("Lê Văn Tám", "appointed")}),
        ("Ông Lê Văn Tám được phong hàm đại tá.", {("Lê Văn Tám", "appointed")}),
        ("Lê Văn Tám – Văn phòng luật sư Biển Xanh cho rằng đê thấp.", {("Lê Văn Tám", "speaks")}),
        ("Ông Lê Văn Tám – trưởng công an Q. Biển Xanh – cho biết đê thấp.", {("Lê Văn Tám", "speaks")}),
        ("Harold Finch was named as head of the sea museum.", {("Harold Finch", "appointed")}),
        ("Ông Lê Văn Tám, khai khoáng từ lâu, nói vậy.", {("Lê Văn Tám", "speaks")}),
        ("Bà Trần Thị Chín (vợ ông Bảy) cho biết nước đã rút.", {("Trần Thị Chín", "speaks")}),
        (
            "Ông Lê Văn Tám, hiệu trưởng Trường Đê, huyện Biển Xanh, Sông Lớn, cho biết đê thấp.",
            {("Lê Văn Tám", "speaks")},
        ),
        (
            "Ông Lê Văn Tám, phó trưởng ban Đê, cũng đã yêu cầu phòng Biển rà soát, đánh giá và báo cáo sở.",
            {("Lê Văn Tám", "speaks")},
        ),
        ("Anh ấy “không cười” khi huyện bổ nhiệm ông Lê Văn Tám làm trưởng ban.", {("Lê Văn Tám", "appointed")}),
        (
            "Thỏa thuận được Ngoại trưởng Mỹ Harold Finch và người đồng cấp Nga Mary Poole ký.",
            {("Harold Finch", "signs"), ("Mary Poole", "signs")},
        ),
        ("Tổng thống Harold Finch đã chào đón đoàn khách.", {("Harold Finch", "meets")}),
        ("Khi trưởng nhóm này, bà Trần Thị Chín, cho biết đê thấp, mưa đã tạnh.", {("Trần Thị Chín", "speaks")}),
        ("Khi thấy nước lên, anh Lê Văn Tám nhảy xuống, đón em bé.", set()),
        (
            "Ông Lê Văn Tám, Phó chủ tịch xã Đê, huyện Biển Xanh (Sông Lớn) cho biết đê thấp.",
            {("Lê Văn Tám", "speaks")},
        ),
        ("Ông Lê Văn Tám, Vụ phó vụ Đê, bộ Biển cũng cho rằng đê thấp.", {("Lê Văn Tám", "speaks")}),
        ("Ông Lê Văn Tám ngậm ngùi kể chuyện đê.", {("Lê Văn Tám", "speaks")}),
        (
            "Lễ ký có sự chứng kiến của ông Lê Văn Tám và bà Trần Thị Chín.",
            {("Lê Văn Tám", "attends"), ("Trần Thị Chín", "attends")},
        ),
        ("Thủ tướng Lê Văn Tám bắt đầu chuyến thăm Korvana.", {("Lê Văn Tám", "meets")}),
        ("Người dẫn chương trình Harold Finch hỏi về đê.", {("Harold Finch", "speaks")}),
        ("Thủ tướng Lê Văn Tám có cuộc hội kiến với vua nước ấy.", {("Lê Văn Tám", "meets")}),
        ("He was briefed by Colonel Harold Finch.", {("Harold Finch", "speaks")}),
        (
            "Sở ra quyết định cách chức ông Lê Văn Tám - Phó chi cục Biển Xanh và ông Cao Bá Sơn - Trưởng phòng Đê.",
            {("Lê Văn Tám", "appointed"), ("Cao Bá Sơn", "appointed")},
        ),
    ],
)
def test_what_somebody_does(text: str, expected: set[tuple[str, str]]) -> None:
    assert deeds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Michael Bliksen là giám đốc hãng. “Tôi thích”, cô tiết lộ.", set()),
        ("Emily Bliksen là giám đốc hãng. “Tôi thích”, cô tiết lộ.", {("Emily Bliksen", "speaks")}),
        ("Kelly Bliksen là giám đốc hãng. “Tôi thích”, cô tiết lộ.", {("Kelly Bliksen", "speaks")}),
    ],
)
def test_given_names_tell_men_from_women(text: str, expected: set[tuple[str, str]]) -> None:
    assert deeds(text) == expected
