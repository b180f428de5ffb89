"""Follow-ups are made whole from the conversation; what says enough by itself stays as it is."""

from dataclasses import replace

import pytest
from reading_support import build

from qa.conversation import FollowUp, follow, nearer, stand_alone
from qa.kinds import Kind
from qa.question import understand
from qa.schema import Article, BlockKind, Hit, Passage, Turn
from qa.talk.near import Bond, Drawing, likely, spoken_of
from qa.talk.whole import whole_question

CHAIRED = Turn(
    "Ai chủ trì hội nghị năm 2019?", "Lê Văn Tám và Ngô Thị Hoa. [1] “Ông Lê Văn Tám và bà Ngô Thị Hoa chủ trì.” [1]"
)
CHAIRED_EN = Turn("Who chaired the 2019 conference?", "Lê Văn Tám. [1] “Ông Lê Văn Tám chủ trì.” [1]")
CHAIRED_PLAIN = Turn("ai chu tri hoi nghi nam 2019", "Lê Văn Tám. [1]")
POST = Turn("Ông Lê Văn Tám giữ chức gì đầu năm 2016?", "Chủ nhiệm Hợp tác xã Tân Phú. [1]")
SUSPECT = Turn("Where was the first suspect in the Tan Phu market theft arrested?", "Suối Ngàn. [1]")


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (CHAIRED, "còn năm 2016?", "Ai chủ trì hội nghị năm 2016?"),
        (CHAIRED, "thế đầu năm 2020 thì sao?", "Ai chủ trì hội nghị đầu năm 2020?"),
        (CHAIRED, "năm 2016?", "Ai chủ trì hội nghị năm 2016?"),
        (CHAIRED, "không, ý tôi là năm 2020", "Ai chủ trì hội nghị năm 2020?"),
        (CHAIRED_PLAIN, "con nam 2016?", "Ai chu tri hoi nghi nam 2016?"),
        (CHAIRED_EN, "and in 2016?", "Who chaired the 2016 conference?"),
        (CHAIRED_EN, "what about January 2020?", "Who chaired the January 2020 conference?"),
        (CHAIRED_EN, "no, I mean the 2016 one", "Who chaired the 2016 conference?"),
        (POST, "thế năm 2019?", "Ông Lê Văn Tám giữ chức gì năm 2019?"),
    ],
)
def test_another_period_takes_the_place_of_the_one_before(before: Turn, question: str, whole: str) -> None:
    assert stand_alone(question, [before]) == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (POST, "còn bà Ngô Thị Hoa?", "Ngô Thị Hoa giữ chức gì đầu năm 2016?"),
        (
            SUSPECT,
            "what about the second suspect?",
            "Where was the second suspect in the Tan Phu market theft arrested?",
        ),
        (
            Turn("Giá xoài ở Tân Phú tăng bao nhiêu?", "5%. [1]"),
            "còn ở Suối Ngàn thì sao?",
            "Giá xoài ở Suối Ngàn tăng bao nhiêu?",
        ),
    ],
)
def test_another_subject_takes_the_place_of_the_one_before(before: Turn, question: str, whole: str) -> None:
    assert stand_alone(question, [before]) == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (CHAIRED, "Ở đâu?", "Hội nghị năm 2019 ở đâu?"),
        (CHAIRED, "khi nào vậy?", "Hội nghị năm 2019 khi nào?"),
        (CHAIRED, "còn ai nữa?", "Ngoài Lê Văn Tám và Ngô Thị Hoa, ai khác chủ trì hội nghị năm 2019?"),
        (CHAIRED, "Ai đọc báo cáo?", "Ai đọc báo cáo tại hội nghị năm 2019?"),
        (CHAIRED, "có bao nhiêu người dự?", "Hội nghị năm 2019 có bao nhiêu người dự?"),
        (CHAIRED, "hội nghị đó họp ở đâu?", "Hội nghị năm 2019 họp ở đâu?"),
        (CHAIRED, "nó diễn ra hôm nào?", "Hội nghị năm 2019 diễn ra hôm nào?"),
        (CHAIRED_PLAIN, "o dau?", "Hoi nghi nam 2019 o dau?"),
        (CHAIRED_EN, "where was it held?", "Where was the 2019 conference held?"),
        (CHAIRED_EN, "who else?", "Besides Lê Văn Tám, who else chaired the 2019 conference?"),
        (CHAIRED_EN, "who presented the report?", "Who presented the report (the 2019 conference)?"),
    ],
)
def test_what_only_asks_is_asked_of_the_same_event(before: Turn, question: str, whole: str) -> None:
    assert stand_alone(question, [before]) == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (CHAIRED_EN, "what post did he hold then?", "What post did Lê Văn Tám hold (the 2019 conference)?"),
        (CHAIRED, "bà ấy giữ chức gì?", "Ngô Thị Hoa giữ chức gì tại hội nghị năm 2019?"),
        (CHAIRED, "họ giữ chức gì?", "Lê Văn Tám và Ngô Thị Hoa giữ chức gì tại hội nghị năm 2019?"),
        (POST, "ông ấy quê ở đâu?", "Lê Văn Tám quê ở đâu?"),
        (POST, "lúc đó ai là Chủ tịch xã?", "Ai là Chủ tịch xã đầu năm 2016?"),
    ],
)
def test_pronouns_are_named(before: Turn, question: str, whole: str) -> None:
    assert stand_alone(question, [before]) == whole


@pytest.mark.parametrize(
    "question",
    [
        "Cầu Suối Ngàn thông xe khi nào?", "Giá xăng hôm nay bao nhiêu?", "How much does gold cost in Hanoi?", "xe điện",
        "How many people were there at the Suoi Ngan fair?", "Is it true that Suoi Ngan bridge closed?", "ho chi minh sinh o lang sen phai khong?",
        "Có bao nhiêu người trên tàu Suối Ngàn?", "Họ tên chủ tàu Suối Ngàn là gì?", "no xau cua ngan hang Suoi Ngan la bao nhieu?",
        "Tháng này giá xoài ở Suối Ngàn là bao nhiêu?", "Who opened the Tan Phu fair in 2016?", "Vì sao giá phân bón tăng mạnh ở đồng bằng?", "?", "",
    ],
)  # fmt: skip
def test_a_change_of_topic_is_not_dragged_along(question: str) -> None:
    assert stand_alone(question, [CHAIRED]) == question
    assert stand_alone(question, [CHAIRED_EN]) == question


def test_without_a_conversation_nothing_changes() -> None:
    assert stand_alone("  còn   năm 2016? ", []) == "còn năm 2016?"


def test_a_chain_is_followed_from_its_first_turn() -> None:
    turns = [CHAIRED, Turn("còn năm 2016?", "Đỗ Quang Hiển. [1]"), Turn("ông ấy giữ chức gì?", "Giám đốc. [1]")]
    assert stand_alone("họp ở đâu?", turns[:2]) == "Hội nghị năm 2016 họp ở đâu?"
    assert "Đỗ Quang Hiển" in stand_alone("ông ấy giữ chức gì?", turns[:2])
    assert "2016" in stand_alone("ông ấy giữ chức gì?", turns[:2])


def test_a_conversation_of_any_length_and_content_is_taken() -> None:
    odd = [
        Turn("", ""),
        Turn("?" * 5000, "\x00" * 9),
        Turn("(" * 3000, "[1]"),
        Turn("a" * 100_000, "“"),
        Turn("\ud800", "\u202e"),
    ]
    assert isinstance(stand_alone("còn năm 2016?", odd), str)


@pytest.mark.parametrize(
    ("question", "bond"),
    [
        ("Ở đâu?", Bond.SAME),
        ("hội nghị đó họp ở đâu?", Bond.SAME),
        ("kết quả ra sao?", Bond.SAME),
        ("còn năm 2016?", Bond.PERIOD),
        ("năm 2016 thì sao?", Bond.PERIOD),
        ("còn hội thảo?", Bond.PART),
        ("Cầu Suối Ngàn thông xe khi nào?", Bond.NONE),
    ],
)
def test_how_a_turn_hangs_on_the_conversation(question: str, bond: Bond) -> None:
    followed = follow(question, [CHAIRED])
    assert followed.bond is bond
    assert (followed.about is None) == (bond is Bond.PERIOD)


def test_a_single_question_is_understood_as_ever() -> None:
    for question in ("Ai chủ trì (the 2019 conference)?", "Nguyen Van Nen giữ chức gì?", "and in 2016?"):
        followed = follow(question, [])
        assert (followed.text, followed.bond, followed.about) == (question, Bond.NONE, None)
        assert followed.question(longest=2000) == understand(question)


def hit(article: Article, score: float, number: int) -> Hit:
    return Hit(Passage(article.id, BlockKind.BODY, 0, len(article.text), article.text, number), article, score)


def test_passages_of_the_article_before_come_nearer_and_in() -> None:
    fair, bridge, rain = (build(n, "Tin", f"Chuyện {n}.") for n in ("fair", "bridge", "rain"))
    hits = [hit(bridge, 0.5, 1), hit(fair, 0.45, 2)]
    same = FollowUp("Ở đâu?", Bond.SAME, understand("Ai?"))
    found = nearer(hits, [hit(fair, 0.9, 2), hit(rain, 0.6, 3)], same)
    assert found[0].article.id == "fair"
    assert {h.article.id for h in found} == {"fair", "rain", "bridge"}
    assert all(0 <= h.score <= 1 for h in found)
    assert [h.article.id for h in nearer(hits, [], same)] == ["bridge", "fair"]
    assert [h.article.id for h in nearer(hits, [hit(fair, 0.9, 2)], replace(same, bond=Bond.PERIOD))] == [
        "bridge",
        "fair",
    ]


@pytest.mark.parametrize(
    "answer",
    ["Tám. [1]", "Tam. [1]", "Ông Tám và bà Hoa [1] “Ông Tám bán chuối ở chợ.” [1]", "“Ông Tám bán chuối ở chợ.” [1]"],
)
def test_an_article_that_holds_what_was_answered_was_more_likely_spoken_of(answer: str) -> None:
    fair, market = build("fair", "Tin", "Bà Hoa bán dưa."), build("market", "Tin", "Ông Tám bán chuối ở chợ.")
    before = [hit(fair, 0.9, 1), hit(market, 0.8, 2)]
    assert spoken_of(before, answer) == {fair.id: (1.0, 0.0), market.id: (pytest.approx(0.8 / 0.9), 1.0)}
    chances = likely(spoken_of(before, answer), Drawing(0.1, told=1.0))
    assert chances[market.id] == 1.0 > chances[fair.id]


def test_an_answer_that_declines_was_told_by_no_article() -> None:
    said = build("said", "Tin", "The articles do not say. Các bài báo không cho biết điều này.")
    for answer in ("The articles do not say.", "Các bài báo không cho biết điều này."):
        assert spoken_of([hit(said, 0.9, 1)], answer) == {said.id: (1.0, 0.0)}


def test_what_comes_from_a_turn_in_another_language_is_looked_for_in_that() -> None:
    foreign = whole_question("Có bao nhiêu người dự (the fire in the market)?")
    assert (foreign.language, foreign.kind) == ("vi", Kind.NUMBER)
    sources = {u.source: u for u in foreign.units}
    assert "fire" in sources
    assert ("cháy",) in sources["fire"].alternatives
    plain = whole_question("Nguyen Van Nen giữ chức gì đầu năm 2016?")
    name = next(u for u in plain.units if "nen" in u.source.lower())
    assert name.plain
    assert [d.value for d in plain.dates] == ["2016"]
    behind = whole_question("What post did Lê Văn Tám hold (hội nghị năm 2019)?")
    assert [behind.text[d.start : d.end] for d in behind.dates] == ["năm 2019"]


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (CHAIRED_PLAIN, "the nam 2016 thi ai?", "Ai chu tri hoi nghi nam 2016"),
        (CHAIRED, "thế năm 2016 ở đâu?", "Hội nghị năm 2016 ở đâu?"),
        (CHAIRED, "when?", "Hội nghị năm 2019 khi nào?"),
        (CHAIRED_EN, "vì sao?", "Why: Lê Văn Tám chaired the 2019 conference?"),
        (
            Turn("Which reporter was declared dead in Suoi Ngan?", "Arkady von Baer. [1]"),
            "how old is he?",
            "Arkady von Baer",
        ),
        (Turn("How much tax is put on a litre of petrol?", "4,000 dong. [1]"), "and diesel?", "diesel"),
    ],
)
def test_languages_and_kinds_may_change(before: Turn, question: str, whole: str) -> None:
    assert whole in stand_alone(question, [before])


FIRE = Turn("Vụ cháy chợ Tân Phú xảy ra khi nào?", "Rạng sáng 23/3/2018. [1]")
CRUSH = Turn("How many people were killed in the Suoi Ngan crush?", "154. [1]")
LEAGUE = Turn("Đội nào vô địch Cúp Tân Phú 2018?", "Suối Ngàn. [1]")
COMPANY = Turn("Which company built the Tan Phu bridge?", "Thang Loi. [1]")
HEALTH = Turn("What did the health ministry say about the new vaccine?", "It is safe. [1]")
WORK = Turn("Ngày 16/1/2020 các văn phòng cùng nhau làm gì?", "Gặp mặt cuối năm. [1]")
VISIT = [
    Turn("Tổng thống nào thăm Tân Phú tháng 2/2019?", "Donald Trump. [1]"),
    Turn("ông ấy gặp ai?", "Kim Jong-un. [1]"),
]
STORM = Turn("Bao so 12 nam 2017 lam bao nhieu nguoi chet?", "106 người. [1]")
CHIEF = Turn("Ai la chu tich xa Tan Phu?", "Lê Văn Tám. [1]")
SUIT = Turn("Bộ vest ông Macron mặc hôm nhậm chức giá bao nhiêu?", "450 euro. [1]")
SHOP = Turn("Bà chủ tiệm ở Tân Phú bị phạt bao nhiêu?", "40 triệu đồng. [1]")


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        # the event, without the deeds and the words that asked about it
        ([FIRE], "nguyên nhân là gì?", "Nguyên nhân là gì (vụ cháy chợ Tân Phú xảy ra rạng sáng 23/3/2018)?"),
        ([FIRE], "ở đâu?", "Vụ cháy chợ Tân Phú xảy ra ở đâu?"),
        ([FIRE], "chủ đầu tư là ai?", "Chủ đầu tư là ai (vụ cháy chợ Tân Phú)?"),
        ([FIRE], "nó kéo dài bao lâu?", "Vụ cháy chợ Tân Phú kéo dài bao lâu?"),
        ([CRUSH], "when did it happen?", "When did the Suoi Ngan crush happen?"),
        ([CRUSH], "who apologised?", "Who apologised (the Suoi Ngan crush)?"),
        # what was answered in the place of what was asked
        ([WORK], "ở đâu?", "Ngày 16/1/2020 các văn phòng cùng nhau gặp mặt cuối năm ở đâu?"),
        ([LEAGUE], "ai ghi bàn?", "Ai ghi bàn (Đội Suối Ngàn vô địch Cúp Tân Phú 2018)?"),
        ([COMPANY], "where is the company based?", "Where is Thang Loi based (the Tan Phu bridge)?"),
        ([COMPANY], "when was it opened?", "When was the Tan Phu bridge opened?"),
        ([HEALTH], "when?", "When did the health ministry say about the new vaccine?"),
        # another part
        ([CRUSH], "and injured?", "How many people were injured in the Suoi Ngan crush?"),
        ([CRUSH], "no, I meant the Tan Phu ferry", "How many people were killed in the Tan Phu ferry?"),
        ([HEALTH], "and the WHO?", "What did the WHO say about the new vaccine?"),
        ([LEAGUE], "không phải, tôi hỏi Cúp Bình An", "Đội nào vô địch Cúp Bình An 2018?"),
        ([SUIT], "không, ý tôi là đồ của vợ ông ấy", "Đồ của vợ Macron mặc hôm nhậm chức giá bao nhiêu?"),
        ([SHOP], "à không, tôi hỏi ông ở Suối Ngàn cơ", "Ông ở Suối Ngàn bị phạt bao nhiêu?"),
        ([FIRE], "còn hôm qua?", "Vụ cháy chợ Tân Phú xảy ra khi nào hôm qua?"),
        ([STORM], "con bao so 10?", "Bao so 10 nam 2017 lam bao nhieu nguoi chet?"),
        ([STORM], "bao nhieu nguoi mat tich?", "Bao nhieu nguoi mat tich (bao so 12 nam 2017)?"),
        ([CHIEF], "ong ay bao nhieu tuoi?", "Le Van Tam bao nhieu tuoi (chu tich xa Tan Phu)?"),
        ([Turn("Ai chủ trì hội nghị xoài năm 2019?", "Ông Lê Văn Tám. [1]")], "Hội nghị tốn bao nhiêu tiền?", "Hội nghị xoài năm 2019 tốn bao nhiêu tiền?"),
        ([CHIEF], "con pho chu tich?", "Ai la pho chu tich xa Tan Phu?"),
        ([CHIEF], "con ai nua?", "Ngoai Le Van Tam, ai khac la chu tich xa Tan Phu?"),
        # people, from whichever turn
        (VISIT, "ông ấy ở lại mấy ngày?", "Kim Jong-un ở lại mấy ngày (tổng thống Donald Trump thăm Tân Phú tháng 2/2019)?"),
        (VISIT, "ở khách sạn nào?", "Ở khách sạn nào (tổng thống Donald Trump thăm Tân Phú tháng 2/2019)?"),
        ([POST], "vợ ông là ai?", "Vợ Lê Văn Tám là ai?"),
        ([POST], "ông chủ tịch xã là ai?", "Ông chủ tịch xã là ai (ông Lê Văn Tám đầu năm 2016)?"),
    ],
)  # fmt: skip
def test_a_follow_up_says_all_that_it_needs(history: list[Turn], question: str, whole: str) -> None:
    assert stand_alone(question, history) == whole


def test_more_is_asked_for_than_was_named() -> None:
    assert stand_alone("còn ai bị phạt nữa?", [CHAIRED]).startswith("Ngoài Lê Văn Tám và Ngô Thị Hoa, còn ai bị phạt")
    assert "23/3" not in stand_alone("còn ai bị khởi tố nữa không?", [FIRE]).split("(")[0]
    assert stand_alone("which other ships came?", [COMPANY]).startswith("Besides Thang Loi, which other")


COUNTED = Turn("Bao nhiêu người bị khởi tố vụ phá rừng Suối Ngàn?", "5. [1]")
INVESTORS = Turn("Có mấy nhà đầu tư mua cảng Tân Phú?", "3. [1]")
MEMBERS = Turn("How many of the club's 20 members voted in 2018?", "7. [1]")
DIED = Turn("How many people died in the Tan Phu market fire?", "5. [1]")
DEAD = Turn("Vụ cháy chợ Tân Phú làm mấy người chết?", "5 người. [1]")
FIRST = Turn("Where was the first Tan Phu contest held?", "Suoi Ngan. [1]")
TENTH = Turn("Hội nghị Trồng xoài lần thứ 10 họp ở đâu?", "Tân Phú. [1]")
MARCH = Turn("In which city did the Office meet in March 2019?", "Hanoi. [1]")
MATCH = Turn("Đội Suối Ngàn thắng trận gặp Tân Phú ngày 5/3/2019 với tỉ số nào?", "2-1. [1]")
RAT = Turn("Buổi gặp đón Xuân Bính Thân ở Tân Phú diễn ra ngày nào?", "2/2/2016. [1]")
ROBBER = [
    Turn("Tiệm vàng nào ở Tân Phú bị cướp sáng 27/8?", "Tiệm Kim Ngọc. [1]"),
    Turn("tên cướp là ai?", "Lê Văn Tám. [1]"),
]
OWNER = Turn("Công ty nào xây cầu Tân Phú?", "Thắng Lợi. [1]")
BUILDER = Turn("Which company built the Tan Phu bridge?", "Thang Loi. [1]")
PRINCIPAL = Turn("Who is the principal of Tan Phu school?", "Lê Văn Tám. [1]")
HEAD = Turn("Ai là hiệu trưởng trường Tân Phú?", "Lê Văn Tám. [1]")
COST = Turn("How much did the Tan Phu bridge cost?", "300 billion dong. [1]")
JAILED = Turn("Did the court jail the former mayor of Tan Phu?", "Yes. [1]")
SPEECH = Turn("Who gave the opening speech at the 2016 meeting about roads?", "Lê Văn Tám. [1]")
GOLD = Turn("gia vang giao thang 6 o Tan Phu la bao nhieu?", "33 triệu đồng. [1]")
CLOTHES = Turn("Ông Lê Văn Tám mặc áo theo kiểu của ai khi gặp bà Hoa?", "Mao Trạch Đông. [1]")
WON = Turn("Ai thắng cuộc thi vẽ Tân Phú 2018?", "Lê Văn Tám. [1]")
STATE = Turn("Tong thong My tham Tan Phu hom nao?", "12/2/2019. [1]")
SIDE = Turn("Phát ngôn viên nào của Suối Ngàn chỉ trích Tân Phú?", "Ngô Thị Hoa. [1]")


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        # who was counted
        ([COUNTED], "họ là ai?", "Những ai bị khởi tố vụ phá rừng Suối Ngàn?"),
        ([INVESTORS], "cụ thể là ai?", "Những nhà đầu tư mua cảng Tân Phú là những ai?"),
        ([MEMBERS], "which ones?", "Which of the club's 20 members voted in 2018?"),
        ([DIED], "names?", "Who died in the Tan Phu market fire?"),
        # what became of others
        ([DIED], "injured?", "How many people were injured in the Tan Phu market fire?"),
        ([DEAD], "thế còn bị thương?", "Vụ cháy chợ Tân Phú làm mấy người bị thương?"),
        ([DEAD], "hôm nào?", "Vụ cháy chợ Tân Phú hôm nào?"),
        # another in the row
        ([FIRST], "and the second?", "Where was the second Tan Phu contest held?"),
        ([TENTH], "lần 11?", "Hội nghị Trồng xoài lần 11 họp ở đâu?"),
        ([TENTH], "lần thứ 11 ai chủ trì?", "Hội nghị Trồng xoài lần thứ 11 ai chủ trì?"),
        ([FIRST], "when was the last one?", "When was the last Tan Phu contest?"),
        # periods that leave something out, in either language
        ([MARCH], "no, April", "In which city did the Office meet in April 2019?"),
        ([MARCH], "còn tháng 4?", "In which city did the Office meet in April 2019?"),
        ([MARCH], "còn năm 2018?", "In which city did the Office meet in 2018?"),
        ([MATCH], "hôm 12?", "Đội Suối Ngàn thắng trận gặp Tân Phú hôm 12/3/2019 với tỉ số nào?"),
        ([MATCH], "à nhầm, trận ngày 12/3", "Đội Suối Ngàn thắng trận gặp Tân Phú ngày 12/3/2019 với tỉ số nào?"),
        ([MATCH], "in early 2018?", "Đội Suối Ngàn thắng trận gặp Tân Phú đầu năm 2018 với tỉ số nào?"),
        ([RAT], "còn năm 2020?", "Buổi gặp đón Xuân Canh Tý ở Tân Phú diễn ra ngày nào năm 2020?"),
        ([DIED], "what about the one in 2015?", "How many people died in the Tan Phu market fire in 2015?"),
        # what is denied
        ([MARCH], "I meant the Party, not the Office", "In which city did the Party meet in March 2019?"),
        ([MARCH], "no, not 2019, 2018", "In which city did the Office meet in March 2018?"),
        ([MATCH], "tôi hỏi đội Bình An chứ không phải Suối Ngàn", "Đội Bình An thắng trận gặp Tân Phú ngày 5/3/2019 với tỉ số nào?"),
        ([DEAD], "à mình hỏi riêng vụ ở Suối Ngàn thôi", "Vụ ở Suối Ngàn làm mấy người chết?"),
        # what is named alone
        ([DIED], "cause?", "Why: 5 died in the Tan Phu market fire?"),
        ([PRINCIPAL], "his age?", "How old is Lê Văn Tám (the principal of Tan Phu school)?"),
        ([CHAIRED], "địa điểm?", "Hội nghị năm 2019 ở đâu?"),
        # people
        (ROBBER, "hắn bao nhiêu tuổi?", "Lê Văn Tám bao nhiêu tuổi (Tiệm Kim Ngọc ở Tân Phú bị cướp sáng 27/8)?"),
        ([HEAD], "thầy ấy dạy môn gì?", "Lê Văn Tám dạy môn gì (hiệu trưởng trường Tân Phú)?"),
        ([JAILED], "what was he accused of?", "What was the former mayor of Tan Phu accused of?"),
        ([CLOTHES], "ông ấy đi giày gì?", "Lê Văn Tám đi giày gì?"),
        ([PRINCIPAL], "and the deputy?", "Who is the deputy of Tan Phu school?"),
        ([SIDE], "còn phía Bình An?", "Phát ngôn viên nào của Bình An chỉ trích Tân Phú?"),
        # things
        ([PRINCIPAL], "ok and how many students does the school have?", "How many students does the Tan Phu school have?"),
        ([BUILDER], "công ty đó ở đâu?", "Thang Loi ở đâu (the Tan Phu bridge)?"),
        ([OWNER], "giám đốc công ty đó là ai?", "Giám đốc Thắng Lợi là ai (cầu Tân Phú)?"),
        ([COST], "and the tunnel?", "How much did the tunnel cost?"),
        ([JAILED], "for how long?", "For how long did the court jail the former mayor of Tan Phu?"),
        ([SPEECH], "when was it held?", "When was the 2016 meeting about roads held?"),
        # more of the same
        ([OWNER], "còn công ty nào khác?", "Ngoài Thắng Lợi, công ty nào khác xây cầu Tân Phú?"),
        ([OWNER], "ngoài Thắng Lợi ra còn ai?", "Ngoài Thắng Lợi, công ty nào khác xây cầu Tân Phú?"),
        ([OWNER], "còn ai xây nữa?", "Ngoài Thắng Lợi, còn ai xây cầu Tân Phú?"),
        ([BUILDER], "others?", "Besides Thang Loi, which other company built the Tan Phu bridge?"),
        ([OWNER], "trước đó còn ai nữa?", "Trước đó, ngoài Thắng Lợi, công ty nào khác xây cầu Tân Phú?"),
        # the same asked once more
        ([HEAD], "trường Bình An thì ai?", "Ai là hiệu trưởng trường Bình An?"),
        ([GOLD], "the con bac giao thang 5?", "Gia bac giao thang 5 o Tan Phu la bao nhieu?"),
        ([WON], "năm 2017 ai thắng?", "Ai thắng cuộc thi vẽ Tân Phú năm 2017?"),
        ([WON], "chủ đề là gì?", "Cuộc thi vẽ Tân Phú 2018 chủ đề là gì?"),
        ([STATE], "ong ay o dau?", "Tong thong My o dau?"),
        ([STATE], "con thu tuong Nhat?", "Thu tuong Nhat tham Tan Phu hom nao?"),
        ([DIED], "and the Suoi Ngan one?", "How many people died in the Suoi Ngan market fire?"),
    ],
)  # fmt: skip
def test_short_turns_of_a_chat_are_made_whole(history: list[Turn], question: str, whole: str) -> None:
    assert stand_alone(question, history) == whole


def test_a_post_is_asked_for_at_another_time_without_its_occasion() -> None:
    opened = Turn("Ông Lê Văn Tám giữ chức gì khi khai mạc hội nghị ở Tân Phú vào tháng 7/2016?", "Giám đốc. [1]")
    assert stand_alone("à nhầm, hỏi tháng 2 cơ", [opened]) == "Ông Lê Văn Tám giữ chức gì tháng 2/2016?"
    met = Turn("Ông Lê Văn Tám có dự hội nghị năm 2016 không?", "Có. [1]")
    assert "2016" in stand_alone("ông ấy giữ chức gì?", [met])
    assert "2016" not in stand_alone("ông ấy quê ở đâu?", [met])


def test_what_stands_behind_a_follow_up_asks_nothing() -> None:
    asked = whole_question("Ho lay xe de lam gi (bao nhieu nguoi lay xe)?")
    assert [asked.text[s.start : s.end] for s in asked.slots] == ["de lam gi"]


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Who appointed Lê Văn Tám?", "en", Kind.PERSON),
        ("Is Lê Văn Tám married?", "en", Kind.YESNO),
        ("Nguyễn Văn Nên", "vi", Kind.TOPIC),
        ("Ai bổ nhiệm Lê Văn Tám?", "vi", Kind.PERSON),
    ],
)
def test_a_name_with_diacritics_does_not_make_a_question_vietnamese(text: str, language: str, kind: Kind) -> None:
    assert (understand(text).language, understand(text).kind) == (language, kind)


@pytest.mark.parametrize(
    "question",
    [
        "Why did the Suoi Ngan trader Do Quang Hien say he had sold his shop?",
        "Which two gifts did the old fishermen of Suoi Ngan hand to their guests?",
        "When the fishing boat from Suoi Ngan sank, who towed it ashore?",
        "Danh ca Đỗ Mai Hương dặn con cháu làm gì khi bà mất?",
        "Khi tàu cá của ngư dân Suối Ngàn chìm ngoài khơi, ai kéo nó vào bờ?",
    ],
)
def test_what_a_turn_names_itself_is_pointed_to_within_it(question: str) -> None:
    assert stand_alone(question, [CHAIRED]) == question
    assert stand_alone(question, [BUILDER]) == question


def test_only_a_whole_word_is_an_auxiliary() -> None:
    history = [Turn("Which artist made the wooden buffalo in his mother's village?", "Lê Văn Tám. [1]")]
    assert stand_alone("and where is it?", history) == "Where is the wooden buffalo in his mother's village?"
