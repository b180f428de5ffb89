"""Turns that point back without a pronoun of somebody: to several, to how many, to a turn further back; and turns that leave."""

import pytest

from qa.conversation import follow, stand_alone
from qa.question import understand
from qa.schema import Turn
from qa.talk.anaphors import first_anaphor
from qa.talk.earlier import leaving, without_return
from qa.talk.near import Bond

FOUNDERS = Turn("Hãng tàu Bình An do những ai lập ra?", "Lê Văn Tám, Ngô Thị Hoa và Trần Văn Tư. [1]")
AIMS = Turn("Kế hoạch trồng rừng của huyện Suối Ngàn có mấy mục tiêu?", "4 mục tiêu. [1]")
BIDDERS = Turn("Which two firms bid for the Tan Phu terminal?", "Thang Loi and Binh Minh. [1]")
FERRY = Turn("How many days did the crew of the Suoi Ngan ferry strike for in 2015?", "31. [1]")
SHIPS = Turn("Which two Binh An patrol ships called at the port of Tan Phu on 4 May?", "Two. " * 20)
GUARDS = Turn("Which guards can the ministry send to the Suoi Ngan embassy?", "The Binh An guards. [1]")
COUNTED = Turn("Năm 2018 Sở Y tế Tân Phú phạt bao nhiêu nhà thuốc bán hàng giả?", "17 nhà thuốc. [1]")
HOLIDAY = Turn("Dịp lễ năm 2018, Suối Ngàn – Bình An đón bao nhiêu lượt khách?", "9.000 lượt. [1]")
CRASH = Turn("Xe tải tông hàng loạt quầy hàng ở chợ Tân Phú là của ai?", "Của hãng Thắng Lợi. [1]")
FAIR = Turn("Who was photographed at the Tan Phu fair?", "Bob Stone. [1]")
GUEST = Turn("Sau trận lũ ở Suối Ngàn, bộ trưởng nào tới bến Tân Phú gặp dân chài?", "Bộ trưởng Lê Văn Tám. [1]")
RICE = Turn("Tỉnh Bình An đã cấp bao nhiêu gạo?", "300 tấn. [1]")
JET = [
    Turn("Which missile did the Binh An navy carry on its old bombers to Tan Phu?", "The Suoi Ngan 5. [1]"),
    Turn("What is its range?", "300 km. [1]"),
    Turn("And the warhead?", "40 kg. [1]"),
]


@pytest.mark.parametrize(
    ("history", "question", "held", "not_held"),
    [
        # one of several that were named, or counted
        ([FOUNDERS], "Người đầu góp bao nhiêu vốn?", ["Lê Văn Tám góp", "Bình An"], ["Hoa", "Tư "]),
        ([FOUNDERS], "người thứ hai quê ở đâu?", ["Ngô Thị Hoa quê ở đâu"], []),
        ([BIDDERS], "And what did the former say about it?", ["Thang Loi say"], ["Binh Minh"]),
        ([BIDDERS], "how big is the second one?", ["Binh Minh"], ["Thang Loi and"]),
        ([AIMS], "Cái đầu là gì?", ["Mục tiêu đầu là gì", "Suối Ngàn"], []),
        ([AIMS, Turn("Cái đầu là gì?", "Giữ đất. [1]")], "Cái thứ hai?", ["Mục tiêu thứ hai", "Suối Ngàn"], []),
        # those and so many
        ([GUARDS], "How many of those are stationed at home?", ["Binh An guards"], ["those"]),
        ([FERRY], "Why so many?", ["31 days", "Suoi Ngan ferry"], []),
        ([SHIPS], "When had they last sent any before that?", ["Binh An", "Tan Phu"], []),
        ([COUNTED], "Trong số đó tiệm bị đóng cửa hẳn chiếm bao nhiêu, còn tiệm bị nhắc nhở bao nhiêu?", ["Tân Phú"], []),
        # something else counted, another sort of people, a name with a dash, what belongs to the same
        ([COUNTED], "còn số phòng khám thì mấy?", ["bao nhiêu phòng khám"], ["nhà thuốc"]),
        ([HOLIDAY], "còn Tân Phú?", ["Tân Phú đón bao nhiêu"], ["Suối Ngàn", "Bình An"]),
        (JET[:2], "And the warhead?", ["Suoi Ngan 5's warhead"], ["range"]),
        # what is meant instead of what was answered
        ([CRASH], "Ý tôi không phải hãng xe, mà người cầm lái tên gì kia.", ["Người cầm lái tên gì", "Tân Phú"], ["hãng xe"]),
        ([FAIR], "Not him, sorry: I meant the woman with the flag behind her.", ["Who is the woman", "Tan Phu"], ["Bob"]),
        # a turn further back
        ([GUEST, RICE], "Chiều hôm đó ông còn ghé xã nào nữa?", ["Lê Văn Tám"], ["gạo"]),
        (JET, "Coming back to the bombers, how many of these missiles fit on one?", ["Suoi Ngan 5", "bombers"], ["warhead"]),
    ],
)  # fmt: skip
def test_what_was_said_before_is_named(
    history: list[Turn], question: str, held: list[str], not_held: list[str]
) -> None:
    whole = stand_alone(question, history)
    assert all(part in whole for part in held), whole
    assert not any(part in whole for part in not_held), whole


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Something else now: who won the cup?", "who won the cup?"),
        ("ok, on another note, who won the cup?", "who won the cup?"),
        ("Totally unrelated, but who won the cup?", "who won the cup?"),
        ("Thôi chuyện đó, sang thể thao: ai vô địch?", "ai vô địch?"),
        ("cho hoi viec khac: ai vo dich?", "ai vo dich?"),
        ("Chuyển chủ đề nhé, ai vô địch?", "ai vô địch?"),
        # more about the same is no leaving
        ("Another question: who won the cup?", ""),
        ("việc mới nhất là gì?", ""),
        ("còn ai khác?", ""),
    ],
)
def test_a_turn_may_say_that_it_leaves(question: str, rest: str) -> None:
    assert leaving(question) == rest
    if rest:
        found = follow(question, [FERRY])
        assert (found.text.lower(), found.bond) == (rest, Bond.NONE)


def test_what_is_gone_back_to_is_said_first() -> None:
    assert without_return("Coming back to the ships, how old are they?") == ("how old are they?", "the ships")
    assert without_return("Quay lại chuyện con tàu, ai lái?") == ("ai lái?", "con tàu")
    assert without_return("Back in 2016, who won?") == ("Back in 2016, who won?", "")


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("How many of those are new?", True), ("Why is that?", True), ("When had they last met?", True), ("Did it sink too?", True),
        ("Trong số đó mấy người về?", True), ("người thứ hai là ai?", True), ("mỗi hộ được bao nhiêu?", True),
        ("Is it true that the bridge closed?", False), ("Who are those who left Tan Phu?", False), ("Did she say that the bridge closed?", True),
        ("Did Ann Lee say that the bridge closed?", False), ("Tháng này ai thắng?", False), ("Giá gạo năm nay bao nhiêu?", False),
    ],
)  # fmt: skip
def test_what_points_back_is_seen(question: str, points: bool) -> None:
    assert (first_anaphor(understand(question)) is not None) is points
