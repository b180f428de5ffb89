"""The wording of answers: bare answer first, proofs behind, within the room, in the language of the question."""

import numpy as np
import pytest
from reading_support import build

from qa.citations import Claim, problems
from qa.matching import Weights
from qa.question import understand
from qa.reader import read
from qa.reading.compose import LEAD_CHARS, clause_start
from qa.reading.features import Candidate
from qa.reading.spans import Sort, Span
from qa.reading.views import ArticleView, Sentence
from qa.schema import Article, BlockKind, Hit, Passage


def ask(question: str, *articles: Article) -> list[Claim]:
    asked = understand(question)
    hits = [Hit(Passage(a.id, BlockKind.BODY, 0, len(a.text), a.text, n), a, 1.0) for n, a in enumerate(articles)]
    weights = Weights(asked, frequency=lambda _field, _text: 1, passages=10)
    return list(read(asked, hits, weights, threshold=0.0).claims)


LIST = (
    "Chủ trì hội nghị là các ông: Lê Văn Tám, Chủ nhiệm Văn phòng Quốc hội; Đỗ Quang Hiển, Chủ nhiệm Văn phòng Chính phủ; "
    "Đào Việt Hà, Chủ nhiệm Văn phòng Chủ tịch nước và Ngô Minh Sơn, Chánh Văn phòng Tỉnh ủy."
)


def test_a_list_is_complete_and_joined_as_the_question_speaks() -> None:
    article = build("a", "Hội nghị", LIST)
    assert (
        ask("Những ai chủ trì hội nghị?", article)[0].text == "Lê Văn Tám, Đỗ Quang Hiển, Đào Việt Hà và Ngô Minh Sơn."
    )
    assert (
        ask("Who chaired the conference?", article)[0].text
        == "Lê Văn Tám, Đỗ Quang Hiển, Đào Việt Hà and Ngô Minh Sơn."
    )


def test_the_one_who_holds_the_post_is_named_alone_and_quoted_with_it() -> None:
    text = (
        "Dự hội nghị có đồng chí Lê Văn Tám - Bí thư Tỉnh ủy Sơn La; đồng chí Đỗ Quang Hiển - Giám đốc Sở Y tế Tân Phú; "
        "đồng chí Ngô Minh Sơn - Chánh án tòa án huyện."
    )
    claims = ask("Giám đốc Sở Y tế Tân Phú dự hội nghị là ai?", build("a", "Hội nghị", text))
    assert claims[0].text == "Đỗ Quang Hiển."
    assert claims[1].text == "“đồng chí Đỗ Quang Hiển - Giám đốc Sở Y tế Tân Phú”"


def test_a_quotation_goes_on_to_the_end_of_its_item() -> None:
    text = "Sáng 14/7, tại Tân Phú, hội chợ xoài khai mạc, có 40 gian hàng; buổi trưa, mưa to; buổi chiều, 12 nhà vườn ra về."
    claims = ask("Hội chợ có bao nhiêu gian hàng?", build("a", "Hội chợ", text))
    assert claims[0].text == "40 gian hàng."
    assert claims[1].text == "“Sáng 14/7, tại Tân Phú, hội chợ xoài khai mạc, có 40 gian hàng”"
    prose = "Sáng 14/7, hội chợ xoài khai mạc, có 40 gian hàng; đó là năm đông khách nhất."
    claims = ask("Hội chợ có bao nhiêu gian hàng?", build("a", "Hội chợ", prose))
    assert claims[1].text == f"“{prose}”"  # one mark parts no items


def test_a_sentence_that_answers_less_surely_is_quoted_behind_a_clause() -> None:
    text = (
        "Theo ban tổ chức, hội chợ xoài Tân Phú dời sang tháng 8 vì mưa bão. "
        "Ông Lê Văn Tám cho hay đường vào chợ đang sửa nên khách khó đi. Năm ngoái hội chợ có 40 gian hàng."
    )
    claims = ask("Vì sao hội chợ xoài dời sang tháng 8?", build("a", "Hội chợ", text))
    assert "vì mưa bão" in claims[0].text
    assert [c.text for c in claims[1:]] == ["“Ông Lê Văn Tám cho hay đường vào chợ đang sửa nên khách khó đi.”"]


def test_nothing_less_sure_stands_behind_a_bare_answer() -> None:
    text = (
        "Hội chợ xoài Tân Phú năm nay có 40 gian hàng. Ông Lê Văn Tám kể năm ngoái hội chợ ở Cao Lãnh chỉ có 12 gian hàng. "
        "Ban tổ chức cho hay bãi xe chứa được 300 ô tô."
    )
    claims = ask("Hội chợ xoài Tân Phú có bao nhiêu gian hàng?", build("a", "Hội chợ xoài Tân Phú", text))
    assert [c.text for c in claims] == ["40 gian hàng.", "“Hội chợ xoài Tân Phú năm nay có 40 gian hàng.”"]


@pytest.mark.parametrize("question", ["When was the 2019 mango fair held?", "Hội chợ xoài năm 2019 họp khi nào?"])
def test_the_year_that_a_question_says_is_no_answer_to_when(question: str) -> None:
    said = "Hội chợ xoài năm 2019 bàn việc bán xoài ra nước ngoài."
    assert ask(question, build("a", "Hội chợ xoài năm 2019", said)) == []
    dated = build("a", "Hội chợ xoài năm 2019", f"{said} Hội chợ xoài họp ngày 14/7/2019.")
    assert ask(question, dated)[0].text == "Ngày 14/7/2019."


def test_each_of_two_slots_is_answered() -> None:
    article = build("a", "Hội chợ", "Hội chợ khai mạc ngày 14/7/2016 tại Hà Nội.")
    leads = [c.text for c in ask("Hội chợ khai mạc hôm nào, ở đâu?", article)[:2]]
    assert leads == ["Ngày 14/7/2016.", "Hà Nội."]


def test_a_comparison_answers_each_year_from_its_article() -> None:
    early = build(
        "a", "Họp năm 2016", "Ngày 2/2/2016, ông Lê Văn Tám, Chủ nhiệm Văn phòng Quốc hội, phát biểu.", event=1
    )
    late = build("b", "Họp năm 2020", "Ngày 16/1/2020, ông Lê Văn Tám, Chánh Văn phòng Tỉnh ủy, phát biểu.", event=1)
    claims = ask("Chức vụ của ông Lê Văn Tám năm 2016 và năm 2020 khác thế nào?", early, late)
    text = " ".join(c.text for c in claims)
    assert "Chủ nhiệm Văn phòng Quốc hội" in text
    assert "Chánh Văn phòng Tỉnh ủy" in text
    assert {q.article.id for c in claims for q in c.quotes} == {"a", "b"}


@pytest.mark.parametrize(
    "question",
    ["Ai chủ trì hội nghị?", "Ông Đỗ Quang Hiển giữ chức vụ gì?", "What post does Do Quang Hien hold?", "Vì sao họp?"],
)
def test_all_is_proven_and_fits(question: str) -> None:
    padding = "trong khi nhiều nơi khác vẫn chờ mưa, đợi giống và lo giá, bà con nói vậy, " * 5
    article = build(
        "a",
        "Hội nghị",
        LIST,
        f"Họp vì lũ về nhanh, {padding}cán bộ cũng nói vậy.",
        f"Hội nghị kéo dài, {padding}ai cũng mệt.",
    )
    claims = ask(question, article)
    assert claims
    assert sum(len(c.text) + 6 for c in claims) <= 800
    assert len({q for c in claims for q in c.quotes}) <= 5
    assert [problems(c) for c in claims] == [[] for _ in claims]


@pytest.mark.parametrize(
    ("text", "said"), [("Cầu Suối Ngàn chưa thông xe.", "Không."), ("Cầu Suối Ngàn đã thông xe hôm qua.", "Có.")]
)
def test_yes_and_no(text: str, said: str) -> None:
    assert ask("Cầu Suối Ngàn đã thông xe chưa?", build("a", "Tin", text))[0].text == said


def partial(question: str, *articles: Article) -> bool:
    asked = understand(question)
    hits = [Hit(Passage(a.id, BlockKind.BODY, 0, len(a.text), a.text, n), a, 1.0) for n, a in enumerate(articles)]
    weights = Weights(asked, frequency=lambda _field, _text: 1, passages=10)
    return read(asked, hits, weights, threshold=0.0).partial


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Những ai chủ trì hội nghị?", LIST, False),
        ("Ai chủ trì hội nghị?", "Ông Lê Văn Tám chủ trì hội nghị.", False),
        ("Những ai chủ trì hội nghị?", "Ông Lê Văn Tám chủ trì hội nghị.", True),
        ("Những ai dự hội nghị?", "Dự hội nghị có ông Lê Văn Tám, bà Ngô Thị Hoa và nhiều cán bộ xã.", True),
        ("Những ai dự hội nghị?", "Dự hội nghị có ông Lê Văn Tám, bà Ngô Thị Hoa.", False),
        ("Ba cán bộ nào dự hội nghị?", "Dự hội nghị có ông Lê Văn Tám, bà Ngô Thị Hoa.", True),
        ("Hai cán bộ nào dự hội nghị?", "Dự hội nghị có ông Lê Văn Tám, bà Ngô Thị Hoa và nhiều cán bộ xã.", False),
    ],
)
def test_a_list_says_when_it_may_not_be_complete(question: str, text: str, expected: bool) -> None:
    assert partial(question, build("a", "Hội nghị", text)) is expected


def test_a_comparison_of_two_months_takes_each_from_its_article() -> None:
    early = build(
        "a", "Họp tháng 2/2016", "Ngày 2/2/2016, ông Lê Văn Tám, Chủ nhiệm Hợp tác xã Tân Phú, phát biểu.", event=1
    )
    late = build(
        "b", "Họp tháng 7/2016", "Ngày 16/7/2016, ông Lê Văn Tám, Chánh Văn phòng Tỉnh ủy, phát biểu.", event=1
    )
    claims = ask("Chức vụ của ông Lê Văn Tám tháng 2/2016 và tháng 7/2016 khác nhau thế nào?", early, late)
    assert {q.article.id for c in claims for q in c.quotes} == {"a", "b"}


@pytest.mark.parametrize(
    ("sentence", "span", "begins"),
    [
        (
            "Chủ tịch xã dặn bà con nên phơi xoài hai lần mỗi ngày, đảo đều tay, cất vào chum sành.",
            "cất vào chum sành",
            "Chủ tịch xã dặn",
        ),
        ("Xã khen tổ một; nhắc tổ hai phơi xoài cho kỹ, đảo đều tay.", "đảo đều tay", "nhắc tổ hai"),
        (f"Xã dặn {'phơi xoài cho kỹ ' * 10}rồi cất đi, đảo đều tay, rồi phủ bạt.", "rồi phủ bạt", "đảo đều tay"),
        ("Xã dặn phơi xoài cho kỹ.", "Xã dặn phơi xoài cho kỹ", "Xã dặn"),
    ],
)
def test_a_clause_is_said_with_those_before_it_in_its_item(sentence: str, span: str, begins: str) -> None:
    article = build("a", "Xoài", sentence)
    start = article.text.index(span)
    within = Sentence(BlockKind.BODY, article.blocks[1].start, article.blocks[1].end, 0, 0, 1)
    clause = Span(Sort.CLAUSE, ((start, start + len(span)),))
    candidate = Candidate(ArticleView(article), within, clause, np.zeros(0, dtype=np.float32))
    at = clause_start(candidate)
    assert article.text[at:].startswith(begins)
    assert clause.end - at <= LEAD_CHARS
