"""What is said when the bare answer of a reading is not proven."""

from reading_support import build

from qa.citations import Claim, Quote
from qa.question import understand
from qa.reader import Reading
from qa.wording import composed

ARTICLE = build(
    "a",
    "Chợ mới",
    "Chợ mới có 212 sạp, mở cửa từ sáng thứ hai. Quỹ ấy không gắn với vụ kiện nào. Đoàn thăm bảy nước gồm Ba Lan, Hungary và Romania.",
)
MARKET, FUND, TOUR = (s.strip() for s in ARTICLE.text.split("\n")[1].replace(". ", ".|").split("|"))


def quote(words: str) -> Quote:
    at = ARTICLE.text.index(words)
    return Quote(ARTICLE, at, at + len(words))


def test_a_sentence_that_was_to_prove_something_else_is_no_answer() -> None:
    reading = Reading((Claim("213 sạp.", (quote(MARKET),)), Claim(f"“{MARKET}”", (quote(MARKET),))))
    question = understand("Chợ mới có bao nhiêu sạp?")
    assert not composed(question, reading, [], show_unproven=False).answered
    shown = composed(question, reading, [], show_unproven=True)
    assert shown.unproven == ("213 sạp.",)


def test_one_proven_answer_of_two_is_told() -> None:
    reading = Reading((Claim("213 sạp.", (quote(MARKET),)), Claim("Romania.", (quote(TOUR),))))
    answer = composed(understand("Chợ có bao nhiêu sạp và đoàn thăm nước nào?"), reading, [], show_unproven=False)
    assert answer.answered
    assert answer.text == "Romania. [1]"


def test_a_no_in_english_is_proven_by_a_denial() -> None:
    question = understand("Is the fund tied to a lawsuit?")
    answer = composed(question, Reading((Claim("No.", (quote(FUND),)),)), [], show_unproven=False)
    assert answer.text == "No. [1]"
    assert not composed(question, Reading((Claim("No.", (quote(MARKET),)),)), [], show_unproven=False).answered


def test_a_number_word_in_the_name_of_a_place_is_no_number() -> None:
    question = understand("Đoàn thăm những nước nào?")
    for words, answered in (("Ba Lan, Hungary và Romania.", True), ("Ba Lan, Hungary và Bulgaria.", False)):
        reading = Reading((Claim(words, (quote(TOUR),)),))
        assert composed(question, reading, [], show_unproven=False).answered is answered
