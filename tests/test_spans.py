"""What is said first: what of the wanted kind a sentence holds, said whole and never cut short; nothing when there is nothing."""

import pytest
from reading_support import build

from qa.citations import problems
from qa.matching import Weights
from qa.question import understand
from qa.reader import read
from qa.reading.people import find_names
from qa.schema import BlockKind, Hit, Passage


def said(question: str, text: str, *, published: str | None = None) -> str | None:
    """Return the lead of an answer read from one sentence, whatever its probability; None when nothing is of the kind."""
    asked = understand(question)
    article = build("a", "Tin", text, published=published)
    weights = Weights(asked, frequency=lambda _field, _text: 1, passages=10)
    hits = [Hit(Passage("a", BlockKind.BODY, 4, len(article.text), text, 1), article, 1.0)]
    claims = read(asked, hits, weights, threshold=0.0).claims
    if not claims:
        return None
    assert not problems(claims[0]), "the reader says what the gate must withhold"
    return claims[0].text


LIST = (
    "Chủ trì hội nghị là các ông: Lê Văn Tám, Chủ nhiệm Văn phòng Quốc hội; Đỗ Quang Hiển, Chủ nhiệm Văn phòng Chính phủ; "
    "Đào Việt Hà, Chủ nhiệm Văn phòng Chủ tịch nước và Ngô Minh Sơn, Chánh Văn phòng Tỉnh ủy."
)
FOUR = "Lê Văn Tám, Đỗ Quang Hiển, Đào Việt Hà {} Ngô Minh Sơn."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Những ai chủ trì hội nghị?", FOUR.format("và")),
        ("Ai chủ trì hội nghị?", FOUR.format("và")),
        ("nhung ai chu tri hoi nghi", FOUR.format("và")),
        ("ai chu tri hoi nghi", FOUR.format("và")),
        ("Who chaired the conference?", FOUR.format("and")),
        ("Who were the chairmen of the conference?", FOUR.format("and")),
        ("Who co-chaired the meeting?", FOUR.format("and")),
        ("Which officials chaired the conference?", FOUR.format("and")),
    ],
)
def test_everyone_in_a_list_who_did_it(question: str, answer: str) -> None:
    assert said(question, LIST) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Ai là Chủ nhiệm Văn phòng Chính phủ?", "Đỗ Quang Hiển."),
        ("ai la chu nhiem van phong chinh phu", "Đỗ Quang Hiển."),
        ("Who was the Chairman of the Government Office?", "Đỗ Quang Hiển."),
        ("Ai là Chủ nhiệm Văn phòng Chủ tịch nước?", "Đào Việt Hà."),
    ],
)
def test_the_one_in_a_list_who_holds_the_post(question: str, answer: str) -> None:
    assert said(question, LIST) == answer


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Ai đọc báo cáo chung?", "Ông Bùi Văn Lộc đọc báo cáo chung.", "Bùi Văn Lộc."),
        ("Who opened the fair?", "Le Van Tam opened the fair on Monday.", "Le Van Tam."),
        ("Ai thay ông Lê Văn Tám?", "Ông Lê Văn Tám được bà Ngô Thị Hoa thay.", "Ngô Thị Hoa."),
    ],
)
def test_one_person(question: str, text: str, answer: str) -> None:
    assert said(question, text) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Ông Đào Việt Hà giữ chức vụ gì?", "Chủ nhiệm Văn phòng Chủ tịch nước."),
        ("ong dao viet ha giu chuc vu gi", "Chủ nhiệm Văn phòng Chủ tịch nước."),
        ("Chức vụ của ông Lê Văn Tám là gì?", "Chủ nhiệm Văn phòng Quốc hội."),
    ],
)
def test_the_post_of_a_named_person(question: str, answer: str) -> None:
    assert said(question, LIST) == answer


def test_a_post_is_given_in_english_with_its_own_words_behind() -> None:
    answer = said("What post does Do Quang Hien hold?", LIST)
    assert answer is not None
    assert answer.startswith("Head of the Government Office (Chủ nhiệm Văn phòng Chính phủ)")


@pytest.mark.parametrize(
    ("question", "joined"),
    [("Ông Lê Văn Tám giữ chức vụ gì?", ", "), ("What post did Lê Văn Tám hold?", " and ")],
)
def test_posts_of_one_person_go_with_commas_in_vietnamese(question: str, joined: str) -> None:
    lead = said(question, "Lê Văn Tám, Ủy viên Trung ương Đảng, Chủ nhiệm Văn phòng Quốc hội, chủ trì hội nghị.")
    assert lead is not None
    assert joined in lead
    assert lead.index("Ủy viên Trung ương Đảng") < lead.index(joined) < lead.index("Chủ nhiệm Văn phòng Quốc hội")


def test_the_post_of_someone_in_a_row_of_posts_before_names() -> None:
    text = "Chủ tịch nước Trần Đại Hải, Thủ tướng Nguyễn Xuân Lâm và Chủ tịch Quốc hội Nguyễn Thị Kim Hoa đến viếng."
    assert said("Ông Nguyễn Xuân Lâm giữ chức vụ gì?", text) == "Thủ tướng."
    assert said("Bà Nguyễn Thị Kim Hoa giữ chức vụ gì?", text) == "Chủ tịch Quốc hội."


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Hội nghị họp khi nào?", "Hội nghị họp ngày 14/7/2016.", "Ngày 14/7/2016."),
        ("When was the fair held?", "The fair was held on July 14, 2016.", "July 14, 2016."),
        ("Hội nghị họp khi nào?", "Hội nghị họp chiều 16/1 để mừng Tết Canh Tý 2020.", "Chiều 16/1 (16/1/2020)."),
        ("Cầu thông xe khi nào?", "Cầu thông xe sáng 6/3.", "Sáng 6/3."),
        ("Chợ mở cửa lúc nào?", "Chợ mở cửa lúc 5h30.", "5h30."),
        ("Cầu thông xe ngày nào?", "Khởi công ngày 25/9/2017, cầu dài một cây số, rộng bốn làn xe, nối hai xã ven sông lớn, cầu thông xe ngày 20/12/2018.", "Ngày 20/12/2018."),
    ],
)  # fmt: skip
def test_a_date(question: str, text: str, answer: str) -> None:
    assert said(question, text) == answer


def test_a_resolved_year_is_said_beside_the_words() -> None:
    assert said("Hội nghị họp khi nào?", "Hội nghị họp chiều 2/2.", published="2016-02-10") == "Chiều 2/2 (2/2/2016)."


def test_a_date_of_the_question_is_no_answer() -> None:
    assert said("Ngày 14/7/2016 hội nghị họp đến khi nào?", "Hội nghị họp từ ngày 14/7/2016.") is None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Hội nghị họp ở đâu?", "Hội nghị họp tại Hà Nội sáng nay.", "Hà Nội."),
        ("Hội nghị họp ở đâu?", "Hội nghị họp tại Đà Nẵng sáng nay.", "Đà Nẵng."),
        ("Hội nghị họp ở đâu?", "Hội nghị họp tại thành phố Đồng Hới sáng nay.", "Thành phố Đồng Hới."),
        ("Hội chợ mở ở đâu?", "Hội chợ mở ở Ấn Độ.", "Ấn Độ."),
        ("le hoi dien ra o dau", "Lễ hội diễn ra tại huyện Sông Quàng hằng năm.", "Huyện Sông Quàng."),
        ("Where was the fair held?", "The fair was held in Can Tho City on Monday.", "Can Tho City."),
        ("Hội nghị họp ở đâu?", "Hội nghị họp tại Hà Nội và bàn nhiều việc.", "Hà Nội."),
    ],
)
def test_a_place(question: str, text: str, answer: str) -> None:
    assert said(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Có bao nhiêu bác sĩ?", "Nơi ấy có 96 bác sĩ và 214 điều dưỡng.", "96 bác sĩ."),
        ("co bao nhieu dieu duong", "Nơi ấy có 96 bác sĩ và 214 điều dưỡng.", "214 điều dưỡng."),
        ("How many doctors work there?", "Nơi ấy có 96 bác sĩ và 214 điều dưỡng.", "96 bác sĩ."),
        ("How many nurses work there?", "They have 96 doctors and 214 nurses.", "214 nurses."),
        ("Có bao nhiêu hộ tham gia?", "Vụ này có 212 hộ tham gia, trồng 45 ha.", "212 hộ."),
        ("How many households took part?", "Vụ này có 212 hộ tham gia, trồng 45 ha.", "212 hộ."),
        ("Bệnh viện có bao nhiêu giường?", "Bệnh viện được thiết kế 450 giường với 22 khoa.", "450 giường."),
        ("Mỗi nhà rộng bao nhiêu?", "Mỗi nhà rộng 45 m2, có gác tránh lũ.", "45 m2."),
        ("Đại hội lần thứ mấy?", "Đại hội lần thứ XII khai mạc với 1.510 đại biểu.", "Lần thứ XII."),
    ],
)
def test_a_number_with_what_it_counts(question: str, text: str, answer: str) -> None:
    assert said(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Dự án hết bao nhiêu tiền?", "Dự án hết 8,4 tỷ đồng.", "8,4 tỷ đồng."),
        ("Dự án hết bao nhiêu tiền?", "Dự án có 14 người và hết 8,4 tỷ đồng trong 2 năm.", "8,4 tỷ đồng."),
        ("du an het bao nhieu tien", "Dự án có 14 người và hết 8,4 tỷ đồng trong 2 năm.", "8,4 tỷ đồng."),
        ("How much did the project cost?", "The project had 14 people and cost VND 8.4 billion.", "VND 8.4 billion."),
        ("How much did the bridge cost?", "The bridge cost $12 million and took 14 months.", "$12 million."),
    ],
)
def test_money(question: str, text: str, answer: str) -> None:
    found = said(question, text)
    assert found is not None
    assert answer.rstrip(".").removeprefix("VND ").removeprefix("$") in found
    assert "14" not in found
    assert " and" not in found


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Bao nhiêu phần trăm được xuất khẩu?", "Trong 1.240 tấn ấy, 35% được xuất khẩu."),
        ("bao nhieu phan tram duoc xuat khau", "Trong 1.240 tấn ấy, 35% được xuất khẩu."),
        ("What percentage was exported?", "Of 1,240 tonnes, 35% was exported."),
        ("How many percent were exported?", "Of 1,240 tonnes, 35% was exported."),
    ],
)
def test_percent(question: str, text: str) -> None:
    found = said(question, text)
    assert found is not None
    assert found.startswith("35%")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Ai trồng cây?", "Cây được trồng từ năm ngoái."),
        ("Ai thay ông Lê Văn Tám?", "Ông Lê Văn Tám xin nghỉ."),
        ("Ông Lê Văn Tám giữ chức vụ gì?", "Ông Lê Văn Tám về quê."),
        ("Ông Lê Văn Tám giữ chức vụ gì?", "Ông Đỗ Quang Hiển, Chủ nhiệm Văn phòng Chính phủ, về quê."),
        ("Cầu thông xe khi nào?", "Cầu dài và đẹp."),
        ("Cầu thông xe khi nào?", "Năm nay có 2/3 số cầu thông xe."),
        ("Cầu nằm ở đâu?", "Cầu dài và đẹp."),
        ("Có bao nhiêu hộ tham gia?", "Nhiều hộ tham gia."),
        ("Dự án hết bao nhiêu tiền?", "Dự án có 14 người trong 2 năm."),
        ("How much did the bridge cost?", "The bridge took 14 months."),
        ("Hội nghị kéo dài mấy tiếng đồng hồ?", "Hội nghị có 300 đại biểu."),
    ],
)
def test_nothing_of_the_kind_is_nothing(question: str, text: str) -> None:
    assert said(question, text) is None


def test_a_number_of_the_question_or_of_a_date_is_no_answer() -> None:
    assert said("Trong 300 học sinh, bao nhiêu đỗ?", "Có 300 học sinh.") is None
    assert said("Bao nhiêu người đến?", "Ngày 14/7/2016 trời mưa.") is None


def test_a_person_is_no_place() -> None:
    text = "Chủ tịch Quốc hội Nguyễn Thị Kim Ngân phát biểu tại hội nghị ở Suối Ngàn."
    assert said("Hội nghị họp ở đâu?", text) == "Suối Ngàn."
    assert said("Hội nghị họp ở đâu?", "Bà Ngô Thị Hoa phát biểu tại hội nghị.") is None


def test_the_first_syllable_of_a_post_is_no_name() -> None:
    text = "Báo cáo do Tổng thư ký Quốc hội trình bày tại Vinh."
    found = {text[a:b] for span in find_names(text, 0, len(text)) for a, b in span.parts}
    assert "Vinh" in found
    assert "Tổng" not in found
