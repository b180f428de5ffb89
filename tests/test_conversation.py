"""Follow-ups are made whole from the conversation; what says enough by itself stays as it is."""

import pytest
from reading_support import build

from qa.conversation import follow, nearer, stand_alone
from qa.schema import Article, BlockKind, Hit, Passage, Turn

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
        (CHAIRED_PLAIN, "con nam 2016?", "ai chu tri hoi nghi nam 2016?"),
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
        (CHAIRED, "khi nào vậy?", "Hội nghị năm 2019 khi nào vậy?"),
        (CHAIRED, "còn ai nữa?", "Ai khác chủ trì hội nghị năm 2019?"),
        (CHAIRED, "Ai đọc báo cáo?", "Ai đọc báo cáo tại hội nghị năm 2019?"),
        (CHAIRED, "có bao nhiêu người dự?", "Hội nghị năm 2019 có bao nhiêu người dự?"),
        (CHAIRED, "hội nghị đó họp ở đâu?", "Hội nghị năm 2019 họp ở đâu?"),
        (CHAIRED, "nó diễn ra hôm nào?", "Hội nghị năm 2019 diễn ra hôm nào?"),
        (CHAIRED_PLAIN, "o dau?", "Hoi nghi nam 2019 o dau?"),
        (CHAIRED_EN, "where was it held?", "Where was the 2019 conference held?"),
        (CHAIRED_EN, "who else?", "Who else chaired the 2019 conference?"),
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
    ("question", "about"),
    [
        ("Ở đâu?", CHAIRED.question),
        ("hội nghị đó họp ở đâu?", CHAIRED.question),
        ("còn năm 2016?", ""),
        ("Cầu Suối Ngàn thông xe khi nào?", ""),
    ],
)
def test_only_what_asks_more_about_the_same_is_about_the_question_before(question: str, about: str) -> None:
    assert follow(question, [CHAIRED]).about == about


def hit(article: Article, score: float, number: int) -> Hit:
    return Hit(Passage(article.id, BlockKind.BODY, 0, len(article.text), article.text, number), article, score)


def test_passages_of_the_article_before_come_nearer_and_in() -> None:
    fair, bridge, rain = (build(n, "Tin", f"Chuyện {n}.") for n in ("fair", "bridge", "rain"))
    hits = [hit(bridge, 0.5, 1), hit(fair, 0.45, 2)]
    found = nearer(hits, [hit(fair, 0.9, 2), hit(rain, 0.8, 3)])
    assert [h.article.id for h in found] == ["fair", "rain", "bridge"]
    assert all(0 <= h.score <= 1 for h in found)
    assert [h.article.id for h in nearer(hits, [])] == ["bridge", "fair"]


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (CHAIRED_PLAIN, "the nam 2016 thi ai?", "ai chu tri hoi nghi nam 2016"),
        (CHAIRED, "thế năm 2016 ở đâu?", "Hội nghị năm 2016 ở đâu?"),
        (CHAIRED, "when?", "Hội nghị năm 2019 khi nào?"),
        (CHAIRED_EN, "vì sao?", "Why: chaired the 2019 conference?"),
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
