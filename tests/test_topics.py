"""Points about a subject: the clauses that speak of it, each quoted, or silence."""

import pytest
from reading_support import build

from qa.citations import problems
from qa.kinds import Kind
from qa.language.forms import fold
from qa.matching import TextTerms, Weights
from qa.question import understand
from qa.reader import Reading, read
from qa.reading.topics import POINT_CHARS, POINTS
from qa.schema import Article, BlockKind, Hit, Passage

REEF = build(
    "reef",
    "Rạn san hô Hòn Mây hồi sinh",
    "Sáng 4/5/2022, Ban quản lý vịnh Hòn Mây họp bàn việc cứu rạn san hô. Người dân địa phương vẫn đánh cá ngoài khơi.",
    "Theo bà Ngô Thị Hoa, rạn san hô đã mất một phần ba diện tích trong mười năm.",
    "Ban quản lý cấm neo tàu, thu gom lưới cũ, trồng lại san hô ở bốn bãi; rạn san hô vì thế dày thêm; " * 3
    + "du khách được báo trước.",
)
CORAL = build("coral", "Thợ lặn trồng san hô", "Nhóm thợ lặn Bãi Sao trồng 1.200 nhánh san hô lên khung thép.")
BRIDGE = build("bridge", "Cầu Suối Ngàn thông xe", "Cầu Suối Ngàn dài 450 m, thông xe ngày 6/3/2021.")


def reading(question: str, *articles: Article) -> Reading:
    hits = [
        Hit(Passage(a.id, BlockKind.BODY, 0, len(a.text), a.text, n), a, 1.0 - 0.1 * n) for n, a in enumerate(articles)
    ]
    terms = [TextTerms.of(a.text) for a in articles]
    asked = understand(question)
    weights = Weights(
        asked, frequency=lambda field, text: sum(text in getattr(t, field) for t in terms), passages=len(terms)
    )
    return read(asked, hits, weights)


@pytest.mark.parametrize(
    "question",
    [
        "Các bài báo nói gì về rạn san hô?", "Có tin gì về san hô?", "noi gi ve ran san ho", "rạn san hô", "What was said about coral?",
        "Tell me about coral", "What do the articles say about coral?",
    ],
)  # fmt: skip
def test_a_subject_is_answered_with_points_of_the_articles_that_speak_of_it(question: str) -> None:
    found = reading(question, REEF, CORAL, BRIDGE)
    assert found.points
    assert 2 <= len(found.claims) <= POINTS
    assert {c.quotes[0].article.id for c in found.claims} == (
        {"reef"} if "ran" in fold(question) else {"reef", "coral"}
    )
    for claim in found.claims:
        assert problems(claim) == []
        assert "san hô" in claim.text
        assert len(claim.text) <= POINT_CHARS + 2


def test_no_point_is_made_twice() -> None:
    copy = build("copy", "Rạn san hô", REEF.text.split("\n")[2])
    said = [c.text for c in reading("rạn san hô", REEF, copy).claims]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    "question", ["Nói gì về bóng chuyền bãi biển?", "san hô ở Greenland", "What was said about volleyball?"]
)
def test_of_what_nobody_speaks_nothing_is_said(question: str) -> None:
    assert reading(question, REEF, CORAL, BRIDGE).claims == ()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Bà Hoa nói gì về rạn san hô?", Kind.MATTER), ("Kể tên ba bãi san hô", Kind.OTHER), ("Ai trồng san hô?", Kind.PERSON),
        ("Are divers planting coral?", Kind.YESNO), ("Compare the divers of 2016 and 2020", Kind.OTHER), ("What did she say about coral?", Kind.MATTER),
    ],
)  # fmt: skip
def test_what_asks_for_one_thing_is_no_subject(question: str, kind: Kind) -> None:
    assert understand(question).kind is kind


def test_sides_of_a_comparison_are_told_apart() -> None:
    early = build("a", "Lễ hội hoa năm 2016", "Ngày 2/2/2016, lễ hội hoa mở ở Tân Phú, có 12 gian hàng.", event=1)
    late = build("b", "Lễ hội hoa năm 2020", "Ngày 16/1/2020, lễ hội hoa mở ở Suối Ngàn, có 40 gian hàng.", event=1)
    found = reading("Lễ hội hoa năm 2016 khác lễ hội hoa năm 2020 thế nào?", early, late)
    assert [c.quotes[0].article.id for c in found.claims] == ["a", "b"]
