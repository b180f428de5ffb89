"""Whom and what a turn means: `it` from turn to turn, she and he apart, somebody only described, one of a sort in another's place."""

import pytest

from qa.conversation import stand_alone
from qa.schema import Turn

FILM = [
    Turn("Who directed the film Suoi Ngan?", "Ann Lee. [1]"),
    Turn("Which prize did it win at the Tan Phu fair?", "The Golden Bell. [1]"),
]
FERRIES = [
    Turn("Which firm will run ferries from Tan Phu to Binh An?", "Thang Loi. [1]"),
    Turn("How many trips a day?", "7. [1]"),
]
KILLER = Turn("Who robbed the schoolgirl Mary Brandt?", "Robert Hill. [1]")
WINNER = Turn("Who won the women's race at the 2019 Tan Phu games?", "Mary Brandt. [1]")
BANS = Turn("Which countries have closed their ports to Thang Loi ships?", "China, Laos and Peru. [1]")
TOWER = Turn("How tall is the Binh An 81 tower in Tan Phu?", "400 metres. [1]")
VISITORS = Turn("How many tourists visited Tan Phu in the first quarter of 2019?", "9,000. [1]")
ARREST = Turn("Công an Tân Phú bắt ai vì làm giả giấy nghỉ ốm?", "Lê Văn Tám và Ngô Thị Hoa. [1]")
BRIDGE = Turn("Công ty nào trúng thầu xây cầu Bình An 2?", "Công ty Thắng Lợi. [1]")
QUAKE = [
    Turn("Trận động đất ở Suối Ngàn tháng 8/2018 mạnh mấy độ?", "6 độ. [1]"),
    Turn("Bao nhiêu người chết?", "40 người. [1]"),
]
OUTBREAK = Turn("Huyện nào ở Nghệ An có ổ dịch tả lợn đầu tiên?", "Bình An. [1]")
FRAUD = Turn("Chánh văn phòng huyện Bình An bị khởi tố trong vụ bán đất công là ai?", "Ông Lê Văn Tám. [1]")
AID = [
    Turn("Cột điện đổ ở trường Tân Phú làm mấy học sinh bị thương?", "2 em. [1]"),
    Turn("Ngành điện lực hỗ trợ mỗi nhà bao nhiêu?", "5 triệu đồng. [1]"),
]
SHARES = [Turn("phien 3/7 chi so chung dong cua con may diem", "906 điểm. [1]"), Turn("abc thi sao", "99 đồng. [1]")]


@pytest.mark.parametrize(
    ("history", "question", "held", "not_held"),
    [
        # `it` goes on being what it was; an institution has chiefs, and does things
        (FILM, "Who stars in it?", ["in the film Suoi Ngan"], []),
        (FERRIES, "Who is its chief executive?", ["Thang Loi's chief executive"], []),
        (FERRIES, "What ships does it use?", ["does Thang Loi use", "Tan Phu"], []),
        # he and she, and they who are others
        ([KILLER], "How old is he?", ["How old is Robert Hill"], []),
        ([KILLER], "How old is she?", ["How old is Mary Brandt"], []),
        ([WINNER], "How much do they want from her altogether?", ["from Mary Brandt altogether"], ["do Mary Brandt"]),
        ([WINNER], "Those kids you mentioned, what had they been promised?", ["had they been"], []),
        ([ARREST], "Người sau bao nhiêu tuổi?", ["Ngô Thị Hoa bao nhiêu tuổi"], ["Tám"]),
        # somebody or something that is only called by what it is
        ([WINNER], "And the loser?", ["Who is the loser", "Tan Phu games"], []),
        ([BRIDGE], "Thế chi phí?", ["Chi phí bao nhiêu", "cầu Bình An 2"], []),
        ([FRAUD, Turn("Trước đó ông làm gì?", "Giám đốc chợ. [1]")], "Còn người đứng ra bán đất?", ["Người đứng ra bán đất là ai"], ["Trước đó"]),
        # in another's place
        ([WINNER], "And the men's?", ["Who won the men's race"], []),
        ([TOWER], "And Keangnam?", ["Keangnam tower"], ["81"]),
        ([VISITORS], "And in the second?", ["in the second quarter of 2019"], []),
        ([VISITORS], "Same question for Suoi Ngan?", ["tourists visited Suoi Ngan"], ["Tan Phu"]),
        ([OUTBREAK], "Còn ổ thứ hai?", ["ổ dịch tả lợn thứ hai"], ["đầu tiên"]),
        (QUAKE, "Còn trận hồi tháng 7?", ["Bao nhiêu người chết", "tháng 7/2018"], ["8/2018"]),
        (AID, "Phía huyện thì sao?", ["Phía huyện hỗ trợ mỗi nhà bao nhiêu"], ["điện lực"]),
        (SHARES, "xyz", ["xyz", "Phien 3/7"], ["abc"]),
        # one of those that were answered, and one more that may be
        ([BANS], "What about the last of them?", ["Peru", "ports"], ["China"]),
        ([BANS], "And Japan?", ["Japan", "closed their ports"], []),
        # a country that does something, people of somewhere
        ([BANS], "Did Japan object?", ["Did Japan object", "ports"], []),
        (QUAKE, "Có người Pháp nào không?", ["Có người Pháp nào không", "Suối Ngàn"], []),
        # the one who was answered comes first, a place and a body are nobody, one is not several
        ([Turn("Ai tạc tượng ông Tư ở Suối Ngàn?", "Robert Hill. [1]")], "ông ấy nói gì?", ["Robert Hill nói gì"], ["Tư nói"]),
        ([Turn("What does the monk on Mount Koya want from his temple?", "Damages. [1]")], "How old is he?", ["the monk"], ["is Mount"]),
        ([Turn("Người đàn ông nhảy cầu Bình An được ai cứu?", "Hai dân chài. [1]")], "ông ta bao nhiêu tuổi?", ["người đàn ông nhảy cầu Bình An"], []),
        ([Turn("Bà Ngô Thị Hoa bị bốn người xông vào nhà ở Tân Phú vì sao?", "Vì nợ. [1]")], "Họ đòi bao nhiêu?", ["Họ đòi", "Ngô Thị Hoa bị bốn người"], []),
        # what was done is told with whom it was done to
        ([Turn("Which firm cracked the Tan Phu water main?", "Thang Loi. [1]")], "How long did the taps stay dry?", ["Thang Loi cracked the Tan Phu"], []),
        # what somebody said, how many that was, and what those who were counted did
        ([BRIDGE], "Bộ Xây dựng nói sao?", ["Bộ Xây dựng nói sao", "cầu Bình An 2"], []),
        ([WINNER], "What did Park say afterwards?", ["What did Park say", "Tan Phu games"], []),
        ([Turn("How many children drowned in Suoi Ngan on 13 April?", "9. [1]")], "How old were they?", ["children drowned in Suoi Ngan"], []),
        ([Turn("Which firm raised 3 million dollars from Thang Loi Ventures?", "Bindo. [1]")], "Is it profitable yet?", ["Is Bindo profitable"], []),
        (QUAKE, "sao nhiều thế?", ["40 người", "Suối Ngàn"], []),
        # all the world is not where the turns before were
        (QUAKE, "Nhiều thế, vì sao?", ["40 người", "Suối Ngàn"], []),
    ],
)  # fmt: skip
def test_what_is_meant_is_named(history: list[Turn], question: str, held: list[str], not_held: list[str]) -> None:
    whole = stand_alone(question, history)
    assert all(part in whole for part in held), whole
    assert not any(part in whole for part in not_held), whole


@pytest.mark.parametrize(
    "question",
    [
        "How much does rice cost in Hanoi?",
        "Ai mở hội chợ Tân Phú?",
        "What did the elephants in Suoi Ngan damage?",
        "Which liner on its way to Suoi Ngan was shot down?",
        "In his Tan Phu speech, what did minister Lee ask for?",
        "Who took his old grandmother to all the parks of Suoi Ngan?",
    ],
)
def test_a_turn_with_a_name_of_its_own_is_left_alone(question: str) -> None:
    assert stand_alone(question, [BANS]) == question
