"""The claim gate: honest claims pass, and every way of saying more than the quotation says is caught."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.citations import MAX_QUOTE_CHARS, Claim, Quote, cite, problems
from qa.language.dates import find_dates, resolve
from qa.schema import Article, Block, BlockKind

TITLE = "Bốn cơ quan họp bàn việc chung"
LIST = (
    "Chủ trì hội nghị là các ông: Lê Văn Tám, Chủ nhiệm Văn phòng Quốc hội; Đỗ Quang Hiển, Chủ nhiệm Văn phòng Chính phủ "
    "và Ngô Minh Sơn, Chánh Văn phòng Tỉnh ủy."
)
MONEY = "Buổi lễ tại Đà Nẵng chiều 2/2 thu hơn 4,6 tỷ đồng của 138 tập thể, tăng 18,5%."
ROW = "Bộ trưởng Nguyễn Văn An, Bộ trưởng Trần Thị Bình và Thứ trưởng Lê Văn Cường cùng dự."
LONG = "Từng hộ " + "trồng thêm cây, " * 40 + "rồi nghỉ."
HOLE = "Tới dự buổi lễ có ."
CAPTION = "Ông Lê Văn Tám bắt tay bà con."


def build(*paragraphs: tuple[BlockKind, str], source: str = "t/a.txt") -> Article:
    text = "\n".join(p for _, p in paragraphs)
    blocks, at = [], 0
    for kind, paragraph in paragraphs:
        blocks.append(Block(kind, at, at + len(paragraph)))
        at += len(paragraph) + 1
    return Article(
        id=hashlib.sha256(source.encode()).hexdigest()[:16], source=source, title=TITLE, text=text, blocks=tuple(blocks),
        language="vi", content_hash=hashlib.sha256(text.encode()).hexdigest(),
        dates=tuple(resolve(find_dates(text), text, "2016-02-10")), copies=("t/b.txt",),
    )  # fmt: skip


BODY = BlockKind.BODY
ARTICLE = build(
    (BlockKind.TITLE, TITLE), (BODY, LIST), (BODY, MONEY), (BlockKind.HOLE, HOLE), (BlockKind.CAPTION, CAPTION), (BODY, ROW),
    (BODY, LONG), (BODY, "Tết Bính Thân, mọi người nghỉ."),
)  # fmt: skip


def quote(text: str, article: Article = ARTICLE) -> Quote:
    start = article.text.index(text)
    return Quote(article, start, start + len(text))


def proven(claim: str, *quotes: Quote) -> bool:
    return not problems(Claim(claim, quotes))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Lê Văn Tám, Đỗ Quang Hiển và Ngô Minh Sơn.", LIST),
        ("Đỗ Quang Hiển.", LIST),
        ("Do Quang Hien.", LIST),
        ("Đỗ Quang Hiển, Chủ nhiệm Văn phòng Chính phủ.", LIST),
        ("Chủ nhiệm Văn phòng Chính phủ (chairman of the government office).", LIST),
        ("Chủ nhiệm Văn phòng Chính phủ (Chairman of the Government Office).", LIST),
        (f"“{LIST}”", LIST),
        ("Hơn 4,6 tỷ đồng.", MONEY),
        ("4.6 tỷ đồng.", MONEY),
        ("138 tập thể.", MONEY),
        ("18,5%.", MONEY),
        ("Đà Nẵng.", MONEY),
        ("Chiều 2/2.", MONEY),
        ("Chiều 2/2 (2/2/2016).", MONEY),
        (f"“{MONEY}”", MONEY),
        ("Lê Văn Tám.", CAPTION),
        ("Bộ trưởng Nguyễn Văn An.", ROW),
        ("Bộ trưởng Trần Thị Bình.", ROW),
        ("Thứ trưởng Lê Văn Cường.", ROW),
        (TITLE, TITLE),
    ],
)
def test_an_honest_claim_passes(claim: str, evidence: str) -> None:
    assert problems(Claim(claim, (quote(evidence),))) == []


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Hơn 4,7 tỷ đồng.", MONEY),
        ("46 tỷ đồng.", MONEY),
        ("38 tập thể.", MONEY),
        ("1385 tập thể.", MONEY),
        ("18%.", MONEY),
        ("Chiều 3/2.", MONEY),
        ("Chiều 2/2 (2/2/2017).", MONEY),
        ("Chiều 2/2 (2/3/2016).", MONEY),
        ("Năm 2015.", MONEY),
    ],
)
def test_a_changed_number_is_caught(claim: str, evidence: str) -> None:
    assert not proven(claim, quote(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Lê Văn Chín.", LIST),
        ("Lê Tám.", LIST),
        ("Trần Văn Tám.", LIST),
        ("Lê Văn Tám, Đỗ Quang Hiển và Trần Thị Bình.", LIST),
        ("Đỗ Quang.", MONEY),
        ("Do Quang Hai.", LIST),
        ("John Smith.", LIST),
        ("Hà Nội.", MONEY),
        ("Đồng Tháp.", MONEY),
        ("Ấn Độ.", MONEY),
        ("Tại Đà Lạt.", MONEY),
        ("Ủy ban Đoàn Kết.", MONEY),
        ("Liên Hợp Quốc.", MONEY),
        ("Chủ nhiệm Văn phòng Chính phủ (Chief Justice of the Supreme Court).", LIST),
    ],
)
def test_a_changed_name_is_caught(claim: str, evidence: str) -> None:
    assert not proven(claim, quote(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Lê Văn Tám, Chủ nhiệm Văn phòng Chính phủ.", LIST),
        ("Đỗ Quang Hiển, Chủ nhiệm Văn phòng Quốc hội.", LIST),
        ("Chánh Văn phòng Tỉnh ủy Đỗ Quang Hiển.", LIST),
        ("Ngô Minh Sơn - Chủ nhiệm Văn phòng Chính phủ.", LIST),
        ("Lê Văn Tám, Chủ nhiệm Văn phòng Quốc hội; Đỗ Quang Hiển, Chánh Văn phòng Tỉnh ủy.", LIST),
        ("Lê Văn Tám, Bộ trưởng.", LIST),
        ("Bộ trưởng Lê Văn Tám.", CAPTION),
        ("Thứ trưởng Trần Thị Bình.", ROW),
        ("Bộ trưởng Lê Văn Cường.", ROW),
        ("Thứ trưởng Nguyễn Văn An.", ROW),
    ],
)
def test_a_post_given_to_another_is_caught(claim: str, evidence: str) -> None:
    assert not proven(claim, quote(evidence))


FLOOD = "Ông Lê Văn Tám, Trưởng ban, cho biết 47 nhà sập, 1.850 ha lúa mất trắng; bà Trần Thị Bình chưa nhận 1,5 tỷ đồng hỗ trợ ngày 25/4."
OFFICES = "Đỗ Quang Hiển dự hội nghị ở Hà Nội; Lê Văn Tám chủ trì."


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Lê Văn Tám said 47 houses collapsed.", FLOOD),
        ("1,850 ha of rice were lost.", FLOOD),
        ("Trần Thị Bình has not received 1.5 billion dong.", FLOOD),
        ("April 25.", FLOOD),
        ("Ngày 25 tháng 4.", FLOOD),
        ("Lê Văn Tám chaired.", OFFICES),
        ("Đỗ Quang Hiển attended the conference in Hanoi.", OFFICES),
        ("Chairman of the Government Office Đỗ Quang Hiển.", LIST),
        ("Ngô Minh Sơn chủ trì hội nghị.", LIST),
        ("Chánh Văn phòng Tỉnh ủy là ông Ngô Minh Sơn.", LIST),
        ("4.6 billion dong.", MONEY),
    ],
)
def test_an_honest_claim_in_other_words_passes(claim: str, evidence: str) -> None:
    article = build((BODY, evidence), source="t/c.txt")
    assert problems(Claim(claim, (quote(evidence, article),))) == []


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Lê Văn Tám said 48 houses collapsed.", FLOOD),
        ("1,850 houses collapsed.", FLOOD),
        ("Trần Thị Bình has received 1.5 billion dong.", FLOOD),
        ("Bà Trần Thị Bình nhận 1,5 tỷ đồng hỗ trợ.", FLOOD),
        ("Lê Văn Tám không cho biết 47 nhà sập.", FLOOD),
        ("1.5 million dong.", FLOOD),
        ("1.5 billion dollars.", FLOOD),
        ("April 26.", FLOOD),
        ("Trần Thị Bình, Trưởng ban.", FLOOD),
        ("Đỗ Quang Hiển chaired the conference.", OFFICES),
        ("Đỗ Quang Hiển chủ trì hội nghị.", OFFICES),
        ("Lê Văn Tám chaired the conference in Huế.", OFFICES),
        ("Lê Văn Tám reported to the conference.", OFFICES),
        ("Chairman of the National Assembly Office Đỗ Quang Hiển.", LIST),
        ("“nhận 1,5 tỷ đồng hỗ trợ ngày 25/4”", FLOOD),
        ("“Lê Văn Tám, Trưởng ban, chưa nhận 1,5 tỷ đồng”", FLOOD),
    ],
)
def test_what_is_joined_otherwise_is_caught(claim: str, evidence: str) -> None:
    article = build((BODY, evidence), source="t/c.txt")
    assert not proven(claim, quote(evidence, article))


@pytest.mark.parametrize(
    ("claim", "honest"),
    [
        ("Head of the Government Office (Chủ nhiệm Văn phòng Chính phủ).", True),
        ("Chủ nhiệm Văn phòng Chính phủ (Head of the Government Office).", True),
        ("Đỗ Quang Hiển, Head of the Government Office (Chủ nhiệm Văn phòng Chính phủ).", True),
        ("Lê Văn Tám, Head of the Government Office (Chủ nhiệm Văn phòng Chính phủ).", False),
        ("Deputy Head of the Government Office (Chủ nhiệm Văn phòng Chính phủ).", False),
        ("Minister of Health (Chủ nhiệm Văn phòng Chính phủ).", False),
        ("Head of the Government Office (Bộ trưởng Y tế).", False),
        ("Head of the President's Office (Chủ nhiệm Văn phòng Chủ tịch nước).", False),
    ],
)
def test_english_beside_the_words_themselves_is_held_to_them(claim: str, honest: bool) -> None:
    assert proven(claim, quote(LIST)) is honest


def test_a_post_from_one_quotation_is_not_given_by_another() -> None:
    other = build((BODY, "Ông Lê Văn Tám về quê."), (BODY, "Ông Đỗ Quang Hiển, Bộ trưởng, đến."), source="t/c.txt")
    quotes = (quote("Ông Lê Văn Tám về quê.", other), quote("Ông Đỗ Quang Hiển, Bộ trưởng, đến.", other))
    assert proven("Đỗ Quang Hiển, Bộ trưởng.", *quotes)
    assert not proven("Lê Văn Tám, Bộ trưởng.", *quotes)


def test_a_number_that_only_another_article_holds_is_caught() -> None:
    other = build((BODY, "Buổi lễ có 214 người."), source="t/c.txt")
    assert proven("214 người.", quote("Buổi lễ có 214 người.", other))
    assert not proven("214 người.", quote(MONEY))
    assert proven("138 tập thể, 214 người.", quote(MONEY), quote("Buổi lễ có 214 người.", other))


def test_a_number_outside_the_quotation_is_caught_even_in_the_same_article() -> None:
    assert not proven("Hơn 4,6 tỷ đồng.", quote(LIST))
    assert not proven("138 tập thể.", quote(MONEY[: MONEY.index("138")].rstrip()))


def test_a_resolved_date_needs_its_words_in_the_quotation() -> None:
    resolved = "Chiều 2/2 (2/2/2016)."
    assert [d.value for d in ARTICLE.dates] == ["2016-02-02"]
    assert proven(resolved, quote(MONEY))
    assert proven("2/2/2016.", quote(MONEY))
    assert proven("Năm 2016.", quote(MONEY))
    assert not proven("2/2/2016.", quote(MONEY[MONEY.index("thu hơn") :]))
    assert not proven("2/2/2016.", quote(LIST))
    opened = replace(ARTICLE, dates=tuple(d._replace(value="--02-02", basis=None) for d in ARTICLE.dates))
    assert proven("Chiều 2/2.", quote(MONEY, opened))
    assert not proven("2/2/2016.", quote(MONEY, opened))


def test_a_claim_without_a_quotation_is_not_proven() -> None:
    assert not proven("Ai cũng vui.")


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 5), (5, 5), (9, 5), (0, len(ARTICLE.text) + 1), (-9, -5), (10**9, 10**9 + 1)]
)
def test_a_quotation_outside_its_article_is_refused(start: int, end: int) -> None:
    assert not proven("Ai cũng vui.", Quote(ARTICLE, start, end))


def test_a_quotation_over_two_paragraphs_is_refused() -> None:
    start = ARTICLE.text.index(LIST)
    assert proven("Lê Văn Tám.", Quote(ARTICLE, start, start + len(LIST)))
    assert not proven("Lê Văn Tám.", Quote(ARTICLE, start, start + len(LIST) + 1 + len(MONEY)))
    assert not proven("Lê Văn Tám.", Quote(ARTICLE, start, start + len(LIST) + 1))


def test_a_quotation_longer_than_the_limit_is_refused() -> None:
    start = ARTICLE.text.index(LONG)
    assert len(LONG) > MAX_QUOTE_CHARS == 600
    assert proven("Từng hộ trồng thêm cây.", Quote(ARTICLE, start, start + MAX_QUOTE_CHARS))
    assert not proven("Từng hộ trồng thêm cây.", Quote(ARTICLE, start, start + MAX_QUOTE_CHARS + 1))


def test_a_sentence_that_lost_its_content_proves_nothing() -> None:
    assert not proven("Buổi lễ.", quote(HOLE))
    assert not proven("Ai cũng vui.", quote("Tới dự"))


def test_one_bad_quotation_beside_a_good_one_is_refused() -> None:
    assert not proven("Lê Văn Tám.", quote(LIST), quote(HOLE))


def test_every_problem_is_said() -> None:
    found = problems(Claim("Lê Văn Chín, Bộ trưởng, thu 99 đồng.", (quote(MONEY), quote(HOLE))))
    assert len(found) >= 4
    assert any("Lê Văn Chín" in p for p in found)
    assert any("99" in p for p in found)


@given(st.sampled_from([LIST, MONEY, ROW, CAPTION]), st.integers(0, 9), st.integers(0, 300))
def test_no_digit_can_be_changed(evidence: str, digit: int, at: int) -> None:
    places = [i for i, c in enumerate(evidence) if c.isdigit()]
    if not places:
        return
    place = places[at % len(places)]
    changed = evidence[:place] + str(digit) + evidence[place + 1 :]
    assert proven(changed, quote(evidence)) is (changed == evidence)


@given(st.permutations(["Lê Văn Tám", "Đỗ Quang Hiển", "Ngô Minh Sơn"]))
def test_no_names_can_be_swapped_in_a_list(order: list[str]) -> None:
    names = ["Lê Văn Tám", "Đỗ Quang Hiển", "Ngô Minh Sơn"]
    changed = LIST
    for i, name in enumerate(names):
        changed = changed.replace(name, f"<{i}>")
    for i, name in enumerate(order):
        changed = changed.replace(f"<{i}>", name)
    assert proven(changed, quote(LIST)) is (order == names)


# What a chat model can do to a claim and the extractive reader cannot.
def test_a_changed_size_is_caught() -> None:
    assert not proven("Hơn 4,6 triệu đồng.", quote(MONEY))


def test_a_changed_number_word_is_caught() -> None:
    assert not proven("Năm cơ quan họp.", quote(TITLE))


def test_a_changed_name_of_one_word_is_caught() -> None:
    assert not proven("Buổi lễ tại Huế thu hơn 4,6 tỷ đồng.", quote(MONEY))


def test_words_put_in_quotation_marks_are_verbatim() -> None:
    assert not proven("“Buổi lễ chẳng thu được đồng nào.”", quote(MONEY))


def test_a_post_given_by_a_verb_is_caught() -> None:
    assert not proven("Lê Văn Tám giữ chức Chủ nhiệm Văn phòng Chính phủ.", quote(LIST))


def test_citations_are_exact_and_numbered() -> None:
    quotes = [quote(LIST), quote(CAPTION), quote(TITLE)]
    cited = cite(quotes)
    assert [c.marker for c in cited] == [1, 2, 3]
    assert [c.kind for c in cited] == [BlockKind.BODY, BlockKind.CAPTION, BlockKind.TITLE]
    for citation in cited:
        assert citation.quote == ARTICLE.text[citation.start : citation.end]
        assert (citation.article_id, citation.source, citation.title) == (ARTICLE.id, "t/a.txt", TITLE)
        assert citation.content_hash == hashlib.sha256(ARTICLE.text.encode()).hexdigest()
        assert citation.copies == ("t/b.txt",)
    assert cite([]) == ()
