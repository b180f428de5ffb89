"""What a question asks for: kinds, several slots, head nouns; nothing typed breaks it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.kinds import Kind, find_slots
from qa.language.forms import detect_language, has_accents
from qa.language.lexicon import default_lexicon
from qa.question import understand


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Hội chợ mở hôm nào, ở đâu?", [Kind.DATE, Kind.PLACE]),
        ("Ai dự và chào xã giao những ai?", [Kind.PERSON, Kind.PERSON]),
        ("How many houses were built and how many were repaired?", [Kind.NUMBER, Kind.NUMBER]),
        ("hoi cho mo ngay nao va thu duoc bao nhieu tien", [Kind.DATE, Kind.MONEY]),
        ("Cơ quan nào ra quyết định phạt?", [Kind.ORGANISATION]),
        ("co quan nao ra quyet dinh phat", [Kind.ORGANISATION]),
        ("Which agency issued the fine?", [Kind.ORGANISATION]),
        ("Which former rector proposed it?", [Kind.PERSON]),
        ("Chuyên gia nước ngoài nào lên tiếng?", [Kind.PERSON]),
        ("Bà Hoa bao nhiêu tuổi?", [Kind.AGE]),
        ("How old is she?", [Kind.AGE]),
        ("Phạt bao nhiêu tiền?", [Kind.MONEY]),
        ("Bao nhiêu phần trăm hộ đồng ý?", [Kind.PERCENT]),
        ("Đại hội lần thứ mấy?", [Kind.ORDINAL]),
        ("Chuyến đi kéo dài bao lâu?", [Kind.DURATION]),
        ("Chợ mở cửa mấy giờ?", [Kind.CLOCK]),
        ("Có đúng là cầu đã thông xe?", [Kind.YESNO]),
        ("Cầu đã thông xe chưa?", [Kind.YESNO]),
        ("Did the bridge open?", [Kind.YESNO]),
        ("Ông Tám nói gì về giá gạo?", [Kind.MATTER]),
        ("What did the minister say about rice?", [Kind.MATTER]),
        ("In what state was the bridge?", [Kind.MATTER]),
        ("In what state of Australia is the bridge?", [Kind.PLACE]),
        ("Bà Hoa dựng quán nhằm mục đích gì?", [Kind.REASON]),
        ("Ông Tám lấy cớ gì để về sớm?", [Kind.REASON]),
        ("Cô gái bán xoài dùng những từ gì để khen chợ?", [Kind.OTHER]),
        ("Anh Tám đi chợ với mấy người bạn gặp chuyện gì?", [Kind.MATTER]),
        ("Lãnh đạo công ty xoài miền Tây nào mở hội chợ?", [Kind.PERSON]),
        ("Nguyên chủ tịch tỉnh Sơn La nào mở hội chợ?", [Kind.PERSON]),
        ("Chủ tịch xã thăm công ty xoài nào?", [Kind.ORGANISATION]),
        ("Ông Tám lãnh đạo công ty nào?", [Kind.ORGANISATION]),
        ("Bà Hoa đáp xuống sân bay nào?", [Kind.PLACE]),
        ("Ông Lê Văn Gì giữ chức vụ gì?", [Kind.ROLE]),
        ("Ông Lê Văn Tám là ai?", [Kind.ROLE]),
        ("TS Lê Văn Tám, người trồng xoài ở Cao Lãnh, là ai?", [Kind.ROLE]),
        ("Chủ tịch xã là ai?", [Kind.PERSON]),
        ("Who is Le Van Tam?", [Kind.ROLE]),
        ("Who was the chairman?", [Kind.PERSON]),
        ("Bà Hoa được giao ghế gì?", [Kind.ROLE]),
        ("What top speed did the train reach?", [Kind.NUMBER]),
        ("What part did Mr Tam play in the fair?", [Kind.ROLE]),
        ("What explanation did the ferry firm give for the delay?", [Kind.REASON]),
        ("What first set off the fire at the mango stall?", [Kind.REASON]),
        ("What did the ward blame for the late opening?", [Kind.REASON]),
        ("What did experts say probably caused the crush?", [Kind.REASON]),
        ("What did Tam say in reply to the charges made by the ward?", [Kind.MATTER]),
        ("Which of the fifteen stalls sold the most?", [Kind.THING]),
        ("Which of the fifteen ministries bought mangoes?", [Kind.ORGANISATION]),
        ("Of the four officials at the fair, which one left early?", [Kind.PERSON]),
        ("Which Tan Phu-based ferry firm was fined?", [Kind.ORGANISATION]),
        ("What new airport service did the airline offer?", [Kind.THING]),
        ("What prison term did the boatman get?", [Kind.DURATION]),
        ("What pay rise was promised to the ferrymen?", [Kind.NUMBER]),
        ("What was the last day for handing in mangoes?", [Kind.DATE]),
        ("What is the title of the book on mangoes?", [Kind.THING]),
        ("What was her former profession?", [Kind.ROLE]),
        ("What does Tam, who won the prize, do for a living?", [Kind.ROLE]),
        ("What does a kilo of mangoes fetch in Tan Phu?", [Kind.MONEY]),
        ("In whose house did the fire begin?", [Kind.PERSON]),
        ("To which Canadian did Tam sell the boat?", [Kind.PERSON]),
        ("Which Canadian ship came to Tan Phu?", [Kind.THING]),
        ("From when to when was the fair open?", [Kind.DATE]),
        ("How cheap were the mangoes?", [Kind.NUMBER]),
        ("Sâu cỡ nào?", [Kind.NUMBER]),
        ("Hố ở Tân Phú sâu chừng nào?", [Kind.NUMBER]),
        ("Hội chợ mở đêm nào?", [Kind.DATE]),
        ("Bà Hoa ví chợ với thứ gì?", [Kind.MATTER]),
        ("Xe tải gây sụt đường bằng cách nào?", [Kind.MATTER]),
        ("Báo cáo dựa vào đâu mà chê chợ?", [Kind.REASON]),
        ("Bên bán trả lời sao khi xã đòi nợ?", [Kind.MATTER]),
        ("Ông Tám đòi những nhượng bộ nào?", [Kind.THING]),
        ("Cựu quan chức nào của xã bác tin?", [Kind.PERSON]),
        ("Ông Tám là quan chức gì của xã?", [Kind.ROLE]),
        ("Cô Lan là sinh viên trường nào?", [Kind.ORGANISATION]),
        ("tram thu phi moi thu bao nhieu mot luot", [Kind.MONEY]),
        ("ky hop thu bao nhieu cua xa", [Kind.ORDINAL]),
        ("Tên thầy hiệu trưởng trường làng ở xã Tân Phú, Đồng Tháp là gì?", [Kind.PERSON]),
        ("Tổ chức hội chợ để làm lợi cho xã có đúng không?", [Kind.YESNO]),
        ("Kể về hội chợ", [Kind.TOPIC]),
        ("Kể tên ba thôn có hội chợ", [Kind.OTHER]),
        ("hội chợ xoài", [Kind.TOPIC]),
        ("Xã nhận mỗi năm bao nhiêu học viên?", [Kind.NUMBER]),
        ("Ông Tám sinh năm bao nhiêu?", [Kind.DATE]),
        ("Xã đã bao giờ mở hội chợ chưa?", [Kind.YESNO]),
        ("When the fair moved to Hanoi, how many stalls were there?", [Kind.NUMBER]),
        ("When did the fair open, and who opened it?", [Kind.DATE, Kind.PERSON]),
        ("What does Mr Tam do for a living?", [Kind.ROLE]),
        ("What growth figure did the bank forecast?", [Kind.NUMBER]),
        ("According to Mr Tam, are they moving?", [Kind.YESNO]),
        ("Chức vụ của ông Tám năm 2016 và năm 2020 khác nhau thế nào?", [Kind.ROLE]),
        ("Bà Hoa mở quán để làm gì?", [Kind.REASON]),
        ("ba hoa mo quan de lam gi", [Kind.REASON]),
        ("How much did the 1,200-seat fair hall cost to build?", [Kind.MONEY]),
        ("How much was the hospital bill of Mr Tam?", [Kind.MONEY]),
        ("How much rain fell, and what did it cost?", [Kind.NUMBER, Kind.MONEY]),
        ("What was the total budget of the fair?", [Kind.MONEY]),
        ("What was the former occupation of Mr Tam?", [Kind.ROLE]),
        ("What was the captain of the boat charged with?", [Kind.OTHER]),
        ("What was the age of the victim?", [Kind.AGE]),
        ("Biển số chiếc xe tải chở xoài là gì?", [Kind.CODE]),
        ("bien so chiec xe tai cho xoai ve cho dau moi sang hom qua la bao nhieu", [Kind.CODE]),
        ("Xe tải biển số giả chở hàng gì?", [Kind.THING]),
        ("What is the registration number of Mr Tam's boat?", [Kind.CODE]),
        ("Which phone number should visitors call?", [Kind.CODE]),
        ("Tổng thư ký Quốc hội nào đọc tờ trình về luật đặc khu?", [Kind.PERSON]),
        ("Ông Lê Quý Vương mang cấp hàm nào khi dự buổi giao ban?", [Kind.ROLE]),
        ("Theo thanh tra, khâu cấp phép xây dựng ở Đắk Nông vướng chỗ nào?", [Kind.MATTER]),
        ("Hồ sơ đấu thầu cầu Thủ Thiêm 2 bị chê yếu ở điểm nào?", [Kind.MATTER]),
        ("Người dân Lý Sơn muốn Sở Giao thông, Sở Du lịch làm gì?", [Kind.MATTER]),
        ("Bà Trần Thị Tám, người đề nghị mở chợ, trước kia làm gì?", [Kind.OTHER]),
        ("phuong cham cua thu tuong nam 2017 gom nhung chu nao", [Kind.THING]),
        ("What did the lecturer Nguyen Huu Lam think Hanoi had to do before banning motorbikes?", [Kind.MATTER]),
        ("Which United Nations spokesman read out the statement on Yemen?", [Kind.PERSON]),
        ("Which ministry's chief inspector signed the Ba Ria conclusion?", [Kind.ORGANISATION]),
        ("What exactly did the auditors of Tan Thuan find?", [Kind.OTHER]),
    ],
)  # fmt: skip
def test_what_is_asked_for_in_order(text: str, kinds: list[Kind]) -> None:
    assert [s.kind for s in understand(text).slots] == kinds


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Những lĩnh vực nào được chọn?", ("lĩnh", "vực")),
        ("Tàu về cảng cá nào?", ("cảng", "cá")),
        ("Which fishing port did it return to?", ("cảng",)),
        ("Có bao nhiêu hộ tham gia?", ("hộ",)),
        ("How many doctors work there?", ("bác", "sĩ")),
        ("co bao nhieu hoc sinh", ("hoc", "sinh")),
        ("Ai làm chủ tịch hội nuôi ong?", ("chủ", "tịch")),
        ("Ai là phó chủ tịch hội nuôi ong?", ("phó", "chủ", "tịch")),
        ("Thuyền trưởng con tàu ấy là ai?", ("thuyền", "trưởng")),
        ("Who was the headteacher of the school?", ("hiệu", "trưởng")),
        ("What is the name of the farmer who found it?", ("nông", "dân")),
        ("Which vice chairman came?", ("phó", "chủ", "tịch")),
    ],
)
def test_the_noun_that_is_asked_for(text: str, head: tuple[str, ...]) -> None:
    assert head in understand(text).slots[0].heads


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Những trường đại học nào dự hội chợ?", True),
        ("nhung truong dai hoc nao du hoi cho", True),
        ("Trường đại học nào dự hội chợ?", False),
        ("truong dai hoc nao du hoi cho", False),
    ],
)
def test_whether_several_are_asked_for_with_and_without_diacritics(text: str, many: bool) -> None:
    assert understand(text).slots[0].many is many


def test_a_deputy_is_asked_for_as_one() -> None:
    assert ("chủ", "tịch") not in understand("Which vice chairman came?").slots[0].heads
    assert ("phó", "trưởng", "phòng") in understand("Who is the deputy head of department?").slots[0].heads


@pytest.mark.parametrize(
    ("text", "kind", "head"),
    [
        ("Tên của hiệu trưởng trường làng là gì?", Kind.PERSON, ("hiệu", "trưởng")),
        ("Tên trò chơi ấy là gì?", Kind.THING, ("trò", "chơi")),
        ("Chủ rẫy dưa ở thôn Đông, xã Tây tên là gì?", Kind.PERSON, None),
        ("Sau trận lụt, xã bị hại nặng nhất tên là gì?", Kind.PLACE, ("xã",)),
        ("ong Tam ra dau thu vi sao", Kind.REASON, None),
    ],
)
def test_whose_name_is_asked_for(text: str, kind: Kind, head: tuple[str, ...] | None) -> None:
    slot = understand(text).slots[0]
    assert slot.kind is kind
    assert head is None or head in slot.heads


def test_whose_behind_a_comma_goes_on_about_somebody_named() -> None:
    asked = understand("How much money did Hoa, whose dog bit a guest, pay for the doctor?")
    assert [s.kind for s in asked.slots] == [Kind.MONEY]


def test_no_noun_is_made_of_what_follows_a_comma() -> None:
    assert understand("Giá là bao nhiêu, ngang với cân rau?").slots[0].heads == ()


def test_each_slot_has_its_part_of_the_question() -> None:
    text = "Ai mở đầu hội chợ, và ai bế mạc hội nghị?"
    first, second = understand(text).slots
    assert "hội chợ" in text[slice(*first.part)]
    assert "hội chợ" not in text[slice(*second.part)]


@given(st.text(max_size=150))
def test_slots_lie_within_the_question_and_do_not_overlap(text: str) -> None:
    language = detect_language(text)
    plain = language == "vi" and not has_accents(text)
    slots = find_slots(text, language=language, plain=plain, lexicon=default_lexicon())
    assert slots
    assert all(0 <= s.start <= s.end <= len(text) and 0 <= s.part[0] <= s.part[1] <= len(text) for s in slots)
    assert all(a.end <= b.start for a, b in pairwise(slots))


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("How many nurses work there?", "nurses"),
        ("How many people died in the flood?", "people"),
        ("How many sales offices opened last year?", "offices"),
        ("How many staff took part?", "staff"),
    ],
)
def test_what_is_counted_ends_where_the_verb_begins(question: str, head: str) -> None:
    assert (head,) in understand(question).slots[0].heads
