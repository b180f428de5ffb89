"""Turns as people type them in a chat: remarks around the question, spoken pronouns, a phrase in another's place, counted periods."""

import pytest

from qa.conversation import follow, stand_alone
from qa.schema import Turn
from qa.talk.counted import counted_from
from qa.talk.near import Bond
from qa.talk.spoken import plainly, without_remarks

SINGER = Turn("Ca sĩ nào khai mạc hội chợ Tân Phú?", "Ngô Thị Hoa. [1]")
BUILDER = Turn("Công ty nào xây cầu Tân Phú năm 2015?", "Công ty Thắng Lợi. [1]")
FLOOD = Turn("Trận lũ ở Suối Ngàn ngày 31/8/2017 làm bao nhiêu người chết?", "6 người. [1]")
LOAN = Turn("Ngân hàng Bình Minh cho Thắng Lợi vay bao nhiêu?", "40 tỉ đồng. [1]")
PRICE = Turn("gia cam sanh o cho Tan Phu bao nhieu mot ky?", "12.000 đồng. [1]")
JUDGE = Turn("Bị cáo Lê Văn Tám lĩnh mấy năm tù vì phá rừng ở Suối Ngàn?", "5 năm. [1]")
VILLAGE = Turn("Xã nào ở huyện Bình An định làm hồ chứa nước?", "Tân Phú. [1]")
CABINET = Turn("Who did Ann Lee pick as trade secretary?", "Bob Stone. [1]")
PAPER = Turn("How long did pupils get for the chemistry paper in the 2018 Tan Phu exam?", "90 minutes. [1]")
CROWD = Turn("How many fans filled the Suoi Ngan stadium on 1 March?", "3,000. [1]")
BIDDERS = Turn("Which two firms bid for the Tan Phu terminal?", "Thang Loi and Binh Minh. [1]")
TENANT = [
    Turn("How many people live on the Suoi Ngan boats?", "About 90. [1]"),
    Turn("who used to live there?", "Arkady von Baer. [1]"),
]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("à mà cho mình hỏi thêm, ổng quê ở đâu vậy bạn?", "ông ấy quê ở đâu?"),
        ("trời, tội quá, bả sống ở đâu thế ạ?", "bà ấy sống ở đâu?"),
        ("cam on nhieu, ho o dau vay ban?", "ho o dau?"),
        ("oh wow, thanks! do you know where he lives?", "where he lives?"),
        ("rồi sao nữa?", "sau đó thế nào?"),
        ("then what?", "what happened next?"),
        ("cổ sang Lào mấy năm rồi?", "cô ấy sang Lào mấy năm rồi?"),
        ("ảnh kiện ai?", "anh ấy kiện ai?"),
        # a particle, a picture, a correction and a count are none of that
        ("ảnh chụp ở đâu?", "ảnh chụp ở đâu?"),
        ("cổ phiếu nào tăng?", "cổ phiếu nào tăng?"),
        ("ảnh chân dung của ai?", "ảnh chân dung của ai?"),
        ("không, ý tôi là năm 2020", "không, ý tôi là năm 2020"),
        ("á hậu là ai?", "á hậu là ai?"),
        ("o dau?", "o dau?"),
    ],
)
def test_a_turn_is_read_without_what_is_said_around_it(typed: str, plain: str) -> None:
    assert plainly(typed) == plain
    assert plainly(plain) == plain


def test_what_asks_is_no_remark() -> None:
    assert without_remarks("Ai thắng, ai thua?") == "Ai thắng, ai thua?"
    assert without_remarks("Ok. Giá xoài 2.000 đồng, sao rẻ thế?") == "Giá xoài 2.000 đồng, sao rẻ thế?"


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        # spoken pronouns, and what a case or a place is called by
        ([SINGER], "bả quê ở đâu vậy?", "Ngô Thị Hoa quê ở đâu (khai mạc hội chợ Tân Phú)?"),
        ([SINGER], "chồng bả là ai?", "Chồng Ngô Thị Hoa là ai (khai mạc hội chợ Tân Phú)?"),
        ([FLOOD], "vụ đó xảy ra ở đâu?", "Trận lũ ở Suối Ngàn ngày 31/8/2017 xảy ra ở đâu?"),
        ([VILLAGE], "ở đó có mấy thôn?", "Có mấy thôn ở Tân Phú"),
        ([BUILDER], "hãng đó của ai?", "Hãng đó của ai"),
        ([BUILDER], "công ty này lỗ bao nhiêu?", "Công ty Thắng Lợi lỗ bao nhiêu"),
        ([BIDDERS], "who heads the latter?", "Who heads Binh Minh"),
        (TENANT, "for how long?", "For how long: Arkady von Baer"),
        # a phrase in the place of one of its sort
        ([LOAN], "thế bên Agribank?", "Agribank cho Thắng Lợi vay bao nhiêu?"),
        ([PRICE], "cam xoan thi sao?", "Gia cam xoan o cho Tan Phu bao nhieu mot ky?"),
        ([JUDGE], "nhầm, mình hỏi ông Tư cơ", "Ông Tư lĩnh mấy năm tù vì phá rừng ở Suối Ngàn?"),
        ([JUDGE], "ông Tư thì sao ạ?", "Ông Tư lĩnh mấy năm tù vì phá rừng ở Suối Ngàn?"),
        ([FLOOD], "còn ở Bình An?", "Trận lũ ở Bình An ngày 31/8/2017 làm bao nhiêu người chết?"),
        ([PAPER], "sorry, I meant the history one", "How long did pupils get for the history paper in the 2018 Tan Phu exam?"),
        ([PAPER], "and teachers?", "How long did teachers get for the chemistry paper in the 2018 Tan Phu exam?"),
        ([CABINET], "and the chief negotiator?", "Who did Ann Lee pick as chief negotiator?"),
        ([CROWD], "and the Binh An stadium?", "How many fans filled the Binh An stadium on 1 March?"),
        # a period counted from the one spoken of
        ([FLOOD], "hôm sau thì sao?", "Trận lũ ở Suối Ngàn ngày 1/9/2017 làm bao nhiêu người chết?"),
        ([BUILDER], "năm trước đó?", "Công ty nào xây cầu Tân Phú năm 2014?"),
        ([CROWD], "and the day before?", "How many fans filled the Suoi Ngan stadium on 28 February?"),
        # little is said, and it is about the same
        ([FLOOD], "Bộ Quốc phòng nói gì?", "Bộ Quốc phòng nói gì (trận lũ ở Suối Ngàn ngày 31/8/2017)?"),
        ([CROWD], "ticket price?", "Ticket price (the Suoi Ngan stadium on 1 March)?"),
    ],
)  # fmt: skip
def test_turns_of_a_chat_are_made_whole(history: list[Turn], question: str, whole: str) -> None:
    assert stand_alone(question, history).startswith(whole)


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("cảm ơn nha. Ai là hiệu trưởng trường Bình An?", "Ai là hiệu trưởng trường Bình An?"),
        ("ok got it. What is the tallest tower in Binh An?", "What is the tallest tower in Binh An?"),
        ("Who wrote the song Hello Binh An?", "Who wrote the song Hello Binh An?"),
        ("Ai viết bài hát Mưa rơi?", "Ai viết bài hát Mưa rơi?"),
    ],
)
@pytest.mark.parametrize("before", [FLOOD, PAPER])
def test_a_new_topic_leaves_its_remarks_behind_and_nothing_else(before: Turn, question: str, alone: str) -> None:
    followed = follow(question, [before])
    assert (followed.text, followed.bond) == (alone, Bond.NONE)


@pytest.mark.parametrize(
    ("turn", "spoken", "counted"),
    [
        ("the year before, who won?", "2020", "in 2019, who won?"),
        ("the next day?", "29 February", "on 1 March?"),
        ("the following month", "December 2016", "in January 2017"),
        ("tháng trước đó", "tháng 1/2016", "tháng 12/2015"),
        ("nam sau thi ai?", "nam 2016", "nam 2017 thi ai?"),
        # what is counted from today, what follows an event, and a unit the date does not have
        ("năm ngoái?", "năm 2016", "năm ngoái?"),
        ("ngày sau khi họp", "2/2/2016", "ngày sau khi họp"),
        ("the day before", "2016", "the day before"),
        ("the year before", "13 August", "the year before"),
        ("hôm sau", "", "hôm sau"),
    ],
)
def test_periods_are_counted_from_the_one_spoken_of(turn: str, spoken: str, counted: str) -> None:
    assert counted_from(turn, spoken) == counted


@pytest.mark.parametrize(
    "question",
    [
        "When Binh Minh Bank scrapped its plan to poll its owners in writing, did it say why?",
        "For which date had president-elect Rossi promised a talk on leaving his businesses?",
        "How much will it cost to restore the old Binh An theatre?",
        "Sau khi phát hiện bé lớp 1 trường Gateway ngất, người ta chuyển em tới cơ sở y tế nào?",
        "Trong đoàn người Honduras tìm đường sang Mỹ, thủ lĩnh nào nói họ sẽ chờ nhóm đi sau?",
        "moi cay phong la do trong o dai phan cach duong Binh An mua het bao nhieu tien?",
        "Cây tùng cổ ở Yên Sơn do công ty nào chăm sóc?",
        "Cớ gì mà ông Đỗ Quang Hiển bên công đoàn Bình An thôi không tranh cử nữa?",
    ],
)
@pytest.mark.parametrize("before", [LOAN, CABINET, JUDGE])
def test_a_question_that_names_what_it_points_to_stands_by_itself(before: Turn, question: str) -> None:
    assert stand_alone(question, [before]) == question
