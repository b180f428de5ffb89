"""The extractive reader on small articles: the right sentence, the bare answer first, and silence when nothing answers."""

import pytest
from reading_support import build

from qa.citations import MAX_QUOTE_CHARS, Claim, problems
from qa.language.sentences import split_sentences
from qa.matching import TextTerms, Weights
from qa.question import understand
from qa.reader import read
from qa.reading.compose import LEAD_CHARS
from qa.schema import Article, BlockKind, Hit, Passage

BODY = BlockKind.BODY


def ask(question: str, *articles: Article) -> list[Claim]:
    """Read the articles, the first one the best hit, with true frequencies."""
    hits = [Hit(Passage(a.id, BODY, 0, len(a.text), a.text, n), a, 1.0 - 0.1 * n) for n, a in enumerate(articles)]
    sentences = [TextTerms.of(a.text[s:e]) for a in articles for s, e in split_sentences(a.text)]
    weights = Weights(
        understand(question),
        frequency=lambda field, text: sum(text in getattr(t, field) for t in sentences),
        passages=len(sentences),
    )
    return list(read(understand(question), hits, weights).claims)


FAIR = build(
    "fair",
    "Hội chợ xoài Tân Phú thu hút nhiều khách",
    "Hội chợ xoài khai mạc ngày 14/7/2016 tại Hà Nội. Có 212 hộ trồng xoài tham gia. Hội chợ thu 8,4 tỷ đồng.",
    "Bà Ngô Thị Hoa, Giám đốc Hợp tác xã Tân Phú, mở đầu hội chợ. Ông Lê Văn Tám phát biểu.",
    (BlockKind.HOLE, "Tới dự lễ bế mạc hội chợ có ."),
    (BlockKind.CAPTION, "Ông Đỗ Quang Hiển cắt băng khánh thành gian hàng."),
    "Giá phân bón tăng một phần tư. Vì thế hợp tác xã lãi ít hơn kế hoạch.",
)
BRIDGE = build(
    "bridge",
    "Cầu Suối Ngàn thông xe",
    "Cầu Suối Ngàn dài 450 m, thông xe ngày 6/3/2021. Kỹ sư Bùi Văn Lộc thiết kế cầu.",
)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Ai mở đầu hội chợ xoài?", "Ngô Thị Hoa."),
        ("ai mo dau hoi cho xoai", "Ngô Thị Hoa."),
        ("Hội chợ xoài khai mạc ngày nào?", "Ngày 14/7/2016."),
        ("Hội chợ xoài khai mạc ở đâu?", "Hà Nội."),
        ("Bà Ngô Thị Hoa giữ chức vụ gì?", "Giám đốc Hợp tác xã Tân Phú."),
        ("Có bao nhiêu hộ trồng xoài tham gia?", "212 hộ"),
        ("Ai thiết kế cầu Suối Ngàn?", "Bùi Văn Lộc."),
        ("Cầu Suối Ngàn thông xe khi nào?", "Ngày 6/3/2021."),
    ],
)
def test_the_bare_answer_comes_first(question: str, lead: str) -> None:
    reading = ask(question, FAIR, BRIDGE)
    assert reading[0].text.startswith(lead)


@pytest.mark.parametrize(
    "question", ["Ai mở đầu hội chợ xoài?", "Ai thiết kế cầu Suối Ngàn?", "Vì sao hợp tác xã lãi ít?"]
)
def test_every_claim_of_the_reader_is_proven(question: str) -> None:
    reading = ask(question, FAIR, BRIDGE)
    assert reading
    for claim in reading:
        assert problems(claim) == []
        assert all(q.end - q.start <= MAX_QUOTE_CHARS for q in claim.quotes)


def test_the_sentence_is_quoted_behind_the_bare_answer() -> None:
    reading = ask("Ai thiết kế cầu Suối Ngàn?", FAIR, BRIDGE)
    assert [c.text for c in reading] == ["Bùi Văn Lộc.", "“Kỹ sư Bùi Văn Lộc thiết kế cầu.”"]
    assert {c.quotes for c in reading} == {reading[0].quotes}


def test_a_reason_that_points_back_brings_the_sentence_before_it() -> None:
    reading = ask("Vì sao hợp tác xã lãi ít hơn kế hoạch?", FAIR, BRIDGE)
    text = " ".join(c.text for c in reading)
    assert text.index("Giá phân bón tăng một phần tư.") < text.index("Vì thế hợp tác xã lãi ít hơn kế hoạch.")


@pytest.mark.parametrize(
    "question",
    [
        "Ai vô địch giải bóng đá châu Âu?",
        "Who won the football championship?",
        "Máy bay rơi ở đâu?",
        "ai vo dich giai bong da",
        "Tàu vũ trụ Sao Mai phóng khi nào?",
        "Why did the volcano erupt?",
        "là gì",
        "?",
    ],
)
def test_what_the_articles_do_not_speak_of_is_declined(question: str) -> None:
    reading = ask(question, FAIR, BRIDGE)
    assert reading == []


@pytest.mark.parametrize(
    "question",
    [
        "Ai mở đầu trận bóng đá nữ tranh cúp vô địch châu Âu mùa hè?",
        "Ai thiết kế tàu vũ trụ, vệ tinh, tên lửa đẩy và trạm quan sát sao chổi?",
    ],
)
def test_a_few_words_in_common_are_no_answer(question: str) -> None:
    reading = ask(question, FAIR, BRIDGE)
    assert reading == []


def test_a_kind_that_stands_nowhere_is_declined() -> None:
    only = build("only", "Cầu mới", "Cầu mới đẹp và dài, ai cũng thích đi qua.")
    assert ask("Cầu mới thông xe khi nào?", only) == []
    assert ask("Cầu mới dài bao nhiêu?", only) == []


def test_a_hole_is_never_read() -> None:
    reading = ask("Ai tới dự lễ bế mạc hội chợ?", FAIR)
    assert all(FAIR.text[q.start : q.end] != "Tới dự lễ bế mạc hội chợ có ." for c in reading for q in c.quotes)


def test_a_caption_can_answer() -> None:
    reading = ask("Ai cắt băng khánh thành gian hàng?", FAIR)
    assert reading[0].text == "Đỗ Quang Hiển."


def test_of_equal_sentences_the_better_article_answers() -> None:
    first = build("first", "Lễ khai trương", "Ông Lê Văn Tám cắt băng khai trương cửa hàng.")
    second = build("second", "Lễ khai trương", "Ông Đỗ Quang Hiển cắt băng khai trương cửa hàng.")
    assert ask("Ai cắt băng khai trương cửa hàng?", first, second)[0].text == "Lê Văn Tám."
    assert ask("Ai cắt băng khai trương cửa hàng?", second, first)[0].text == "Đỗ Quang Hiển."


def test_only_the_best_articles_are_read() -> None:
    others = [build(f"o{n}", "Tin vắn", f"Chợ số {n} đông khách.") for n in range(8)]
    assert ask("Ai thiết kế cầu Suối Ngàn?", *others[:2], BRIDGE)
    assert not ask("Ai thiết kế cầu Suối Ngàn?", *others, BRIDGE)


def test_no_hits_no_answer() -> None:
    assert ask("Ai thiết kế cầu Suối Ngàn?") == []


def test_a_sentence_too_long_to_quote_is_quoted_by_clauses() -> None:
    clauses = "; ".join(
        f"tổ {n} trồng {n * 7 + 300} cây bên bờ suối, che bóng cho ruộng bậc thang, giữ đất khỏi lở" for n in range(12)
    )
    long = build(
        "long", "Trồng cây ở Suối Ngàn", f"Năm nay {clauses}; đội trưởng Bùi Văn Lộc thiết kế vườn ươm hạt sồi."
    )
    reading = ask("Ai thiết kế vườn ươm hạt sồi?", long)
    assert reading[0].text == "Bùi Văn Lộc."
    assert all(0 < q.end - q.start <= MAX_QUOTE_CHARS for c in reading for q in c.quotes)


def test_a_long_sentence_leads_with_the_part_that_answers() -> None:
    padding = "trong khi nhiều nơi khác vẫn chờ mưa, đợi giống và lo giá, bà con nói vậy, cán bộ cũng nói vậy, " * 4
    long = build("long", "Vườn ươm", f"{padding.capitalize()}hạt sồi nảy mầm chậm vì đất quá khô.")
    reading = ask("Vì sao hạt sồi nảy mầm chậm?", long)
    assert len(reading[0].text) <= LEAD_CHARS
    assert "vì đất quá khô" in reading[0].text
    assert sum(len(c.text) for c in reading) <= 800


def test_a_long_sentence_that_begins_with_the_answer_is_said_once() -> None:
    padding = "trong khi nhiều nơi khác vẫn chờ mưa, đợi giống và lo giá, bà con nói vậy, " * 4
    long = build("long", "Vườn ươm", f"Hạt sồi nảy mầm chậm vì đất quá khô, {padding}mọi người vẫn vui.")
    text = " ".join(c.text for c in ask("Vì sao hạt sồi nảy mầm chậm?", long))
    assert "vì đất quá khô" in text[:LEAD_CHARS]
    assert text.count("vì đất quá khô") == 1
