"""Whether a turn goes on or stands by itself, and what it needs of the turns before when it goes on."""

import numpy as np
import pytest

from qa.conversation import follow, last_turn, stand_alone
from qa.gold import Gold
from qa.question import understand
from qa.schema import Turn
from qa.talk.near import Bond
from qa.talk.standing import WEIGHTS, chance_of_going_on, features
from training.standing import Example, examples, fitted, held_out_chances

LOANS = Turn("Ai lập công ty cho vay Thắng Lợi ở Suối Ngàn?", "Lê Văn Tám. [1]")
EXAM = Turn("Kỳ thi thử năm 2019 ở Tân Phú diễn ra mấy ngày?", "Ba ngày. [1]")
JETS = Turn("Ai phụ trách chương trình tiêm kích T-9 ở Tân Phú?", "Bob Stone. [1]")
USURY = Turn("cong an Tan Phu phat hien bao nhieu nguoi vay tin dung den", "9. [1]")
BOOKS = [
    Turn("Who sent books to the hall of Tan Phu?", "Bob Stone. [1]"),
    Turn("Which clerk turned them down?", "Ann Lee. [1]"),
]
ARTISTS = [
    Turn("Nữ nghệ sĩ nào nói với huyện Suối Ngàn rằng đoàn hát thiếu rạp?", "Bà Ngô Thị Hoa. [1]"),
    Turn("Bên múa rối thì ai lên tiếng?", "Lê Văn Tám. [1]"),
]
BIDDERS = Turn("Which two firms bid for the Tan Phu terminal?", "Thang Loi and Binh Minh. [1]")
GOVERNOR = [
    Turn("Who was Suoi Ngan's governor at the 2018 memorial service?", "Ann Lee. [1]"),
    Turn("How long did the service last?", "2 hours. [1]"),
]
POWER = [
    Turn("Who heads the Binh Minh Bank office in Suoi Ngan and warned about dams?", "Ann Lee. [1]"),
    Turn("What is the province's power capacity now?", "600 MW. [1]"),
]
BUS = Turn("Tuyến buýt TP 01 ở Suối Ngàn chạy từ bến nào?", "Bến Tân Phú. [1]")


@pytest.mark.parametrize(
    ("history", "question", "held", "not_held"),
    [
        # says much, but nothing of what it is about
        ([EXAM], "thi môn Sử bao nhiêu phút?", ["kỳ thi thử năm 2019 ở Tân Phú"], []),
        ([JETS], "Bao nhiêu chiếc dành cho hải quân Lào?", ["T-9"], []),
        ([LOANS], "trước Bình Minh thì nó thuộc về ai?", ["Thắng Lợi"], []),
        # a topic keeps what its question names and counts
        ([Turn("How many years of the Binh An Free Port did the parade of 1 July 2018 mark?", "20. [1]")], "On which square was it?", ["Binh An Free Port"], []),
        ([Turn("Da Nang la noi thu may co dich cum ga", "12. [1]")], "o nhung xa nao?", ["Da Nang"], []),
        ([Turn("How many bombers did Suoi Ngan say flew along its border?", "2. [1]")], "How close to Tan Phu did they come?", ["bombers"], []),
        ([Turn("Khách Lào mang lậu bao nhiêu máy ảnh cũ vào sân bay Suối Ngàn?", "418. [1]")], "Ông ấy đi chuyến bay nào?", ["máy ảnh cũ"], []),
        # what was answered tells which one is asked about
        ([Turn("Which bridge got new lamps for 30 billion dong?", "Binh An Bridge. [1]")], "how many hours a night will it be on?", ["Binh An Bridge"], []),
        ([Turn("What did a Tan Phu jet drop by accident on 5 May?", "A bomb full of sand. [1]")], "where did it land?", ["a bomb full of sand land"], []),
        # names are taken whole
        ([Turn("Which Tan Phu director did Stone dismiss?", 'Ronald "Rex" Alder. [1]')], "when was he to leave?", ['Ronald "Rex" Alder'], []),
        ([Turn("Đạo diễn nào kiện Thắng Lợi lần 2?", "Lê Văn Tám. [1]")], "Sao lần 1 anh ấy lại rút đơn?", ["Lê Văn Tám"], ["anh ấy"]),
        ([Turn("How much fish did two cooks net off Tan Phu beach?", "2 tonnes. [1]")], "what price did they sell it at?", ["fish two cooks"], ["did Tan Phu sell"]),
        # somebody of one name needs to be told where
        ([Turn("Which missile system did Stone call a threat to Suoi Ngan?", "The T-9 system. [1]")], "Where was he speaking?", ["Stone speaking", "a threat to Suoi Ngan"], ["he speaking"]),
        ([Turn("Which secretary asked for a new tax law for Suoi Ngan?", "Le Van Tam. [1]")], "On what day did he say so?", ["Le Van Tam say so", "a new tax law"], []),
        ([Turn("Ông Lê Văn Tám nêu mấy điều Suối Ngàn cần tránh?", "8 điều. [1]")], "Ông nói thế ở diễn đàn nào?", ["Lê Văn Tám nói thế", "Suối Ngàn cần tránh"], []),
        # a post for a post, a period for a period, a number for a number, what is its of it
        (GOVERNOR, "What about the mayor?", ["Suoi Ngan's mayor at the 2018 memorial"], ["governor", "How long"]),
        (POWER, "and by 2030?", ["power capacity by 2030"], [" now"]),
        ([BUS], "Thế tuyến 02?", ["Tuyến 02", "chạy từ bến nào"], ["01"]),
        ([Turn("What kind of fuel does Suoi Ngan's T-9 missile burn?", "Solid fuel. [1]")], "and its maximum range?", ["T-9 missile's maximum range"], ["fuel"]),
        ([Turn("How much did Thang Loi earn in profit in 2018?", "9 million. [1]")], "And its exports?", ["How much are Thang Loi's exports"], []),
        ([Turn("Hai bên gặp nhau ở thành phố nào bên lề hội nghị Tân Phú?", "Suối Ngàn. [1]")], "không, ý mình là lần gặp hôm 10/1", ["hôm 10/1", "ở thành phố nào"], ["lần gặp hôm"]),
        ([Turn("How many died in the 2006 blasts in the Lao resort of Tan Phu?", "23. [1]")], "and in Suoi el-Ngan in 2005?", ["Suoi el-Ngan in 2005"], ["Tan Phu"]),
        # something else done, counted or asked of somebody
        ([Turn("Ai làm loa nói cho người mù?", "Lê Văn Tám. [1]")], "còn đèn học thông minh?", ["Ai làm đèn học thông minh"], ["loa"]),
        ([Turn("Thị trường xăng ở Suối Ngàn có bao nhiêu đầu mối nhập khẩu?", "29. [1]")], "à không, tôi hỏi doanh nghiệp đại lý cơ", ["bao nhiêu doanh nghiệp đại lý"], ["đầu mối"]),
        ([Turn("Hộ có 1-3 con phải thế chấp bao nhiêu ở Tân Phú?", "2 triệu. [1]")], "còn hộ từ 10 con trở lên?", ["Hộ từ 10 con trở lên phải thế chấp"], []),
        ([USURY], "lai suat thi sao", ["Lai suat bao nhieu", "vay tin dung den"], []),
        # of all the time there was, of the first who spoke, of those without a name
        ([Turn("Giải vẽ Tân Phú năm 2018 có bao nhiêu tranh dự thi?", "90. [1]")], "Thế từ hồi mở giải tới giờ cả thảy mấy tranh?", ["giải vẽ Tân Phú"], ["2018"]),
        (ARTISTS, "Cháu muốn hỏi lại về bà nghệ sĩ ban đầu: bà bảo rạp kê được mấy ghế?", ["Ngô Thị Hoa bảo rạp"], ["Cháu muốn", "Mary"]),
        ([Turn("ke gian hay thao trom thu gi tren cao toc suoi ngan", "Bu lông. [1]")], "nhan vien di tuan thi bi tui no lam gi", ["cao toc suoi ngan"], []),
        # a verb that stands for one said before, a thing that was called so
        (BOOKS, "why did she?", ["Ann Lee turned them down"], []),
        ([Turn("In which town did two firms talk about a brass band for the fair?", "Tan Phu. [1]")], "who heads that band?", ["the band"], ["that band"]),
        # who holds another post is nobody who was named
        ([Turn("Sở Xây dựng cử ai làm trưởng đoàn thanh tra ở Tân Phú?", "Lê Văn Tám. [1]")], "phó đoàn là ai?", ["đoàn thanh tra ở Tân Phú"], ["Lê Văn Tám"]),
        ([Turn("Which missile did Suoi Ngan use to rehearse a raid?", "The T-9. [1]")], "and which planes took part?", ["rehearse a raid"], ["T-9"]),
    ],
)  # fmt: skip
def test_a_turn_gets_what_it_lacks(history: list[Turn], question: str, held: list[str], not_held: list[str]) -> None:
    whole = stand_alone(question, history)
    assert all(part in whole for part in held), whole
    assert not any(part in whole for part in not_held), whole


@pytest.mark.parametrize(
    "question",
    [
        "In which town did a young man win over his sweetheart with a heart made of 900 lamps?",
        "How long did it take before the water drained out of the 60 flooded houses in Dong Ha district?",
        "Giám đốc điện lực Lê Văn Tám giải thích thế nào việc hoá đơn ở Đông Hà cao hơn nơi khác?",
        "Which firm owns the former diesel lorry that was first to use the road under wires near Dong Ha?",
        "Who was the last person to see Mary Brandt alive by the Dong Ha bridge?",
    ],
)
@pytest.mark.parametrize("before", [JETS, GOVERNOR[0], BIDDERS])
def test_a_question_that_says_all_is_left_alone_with_its_pronouns(before: Turn, question: str) -> None:
    followed = follow(question, [before])
    assert (followed.text, followed.bond) == (question, Bond.NONE)


@pytest.mark.parametrize(
    ("last", "question"),
    [
        ("Ai chủ trì hội nghị Thắng Lợi?", "Ai chủ trì hội nghị Bình Minh?"),
        ("Who chaired the Red Hill forum?", "Who chaired the Blue Lake forum?"),
        ("Ai là giám đốc Sở Y tế Tân Phú?", "Ai là giám đốc Sở Y tế Suối Ngàn?"),
    ],
)
def test_the_same_asked_of_another_name_stands_by_itself(last: str, question: str) -> None:
    assert stand_alone(question, [Turn(last, "Lê Văn Tám. [1]")]) == question


def test_the_chance_of_going_on_falls_with_what_a_turn_has_of_its_own() -> None:
    before = last_turn([BUS])
    assert before is not None
    chances = [
        chance_of_going_on(features(understand(q), before))
        for q in (
            "Mấy giờ chạy?",
            "Mấy giờ chợ Bình An mở cửa?",
            "Mấy giờ chợ Bình An ở huyện Thắng Lợi mở cửa bán cá ngày Tết?",
        )
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.9 > 0.1 > chances[-1]
    assert features(understand("Mấy giờ?"), before).keys() == WEIGHTS.keys()


def _example(kind: str, group: str, value: float) -> Example:
    values = np.zeros(len(WEIGHTS))
    values[0], values[1] = 1, value
    return Example(kind, group, "vi", values)


def test_weights_are_learned_that_tell_those_that_go_on() -> None:
    found = [_example("follow", f"set{n % 3}", 1 + n % 2) for n in range(30)]
    found += [_example("single", "", -1 - n % 2) for n in range(30)]
    weights = fitted(found)
    assert weights[1] > 0
    held = held_out_chances(found)
    assert held[:30].min() > 0.5 > held[30:].max()


def test_examples_are_follow_ups_changes_of_topic_and_single_questions() -> None:
    history = (BUS,)
    follow_up = Gold("a", "f", "vi", "Mấy giờ chạy?", ("d",), "date", (("5",),), (), history, (("Suối Ngàn",),))
    topic = Gold("b", "f", "vi", "Ai xây cầu Bình An?", ("d",), "new_topic", (("x",),), (), history, (("Bình An",),))
    single = Gold("c", "f", "vi", "Ai mở hội chợ ở huyện Thắng Lợi?", ("d",), "person", (("x",),))
    found = list(examples([("set", follow_up), ("set", topic)], [single]))
    assert [(e.kind, e.group) for e in found] == [("follow", "set"), ("topic", "set"), ("short", "")]
