"""Question words that do not ask: what begins a clause, denies, tells of everything, or stands beside what asks."""

import pytest

from qa.kinds import Kind
from qa.language.forms import detect_language
from qa.question import understand


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # clauses that tell more
        ("How deep was the ditch into which the mango cart fell?", [Kind.NUMBER]),
        ("Which ferryman told the paper what the owners had promised?", [Kind.PERSON]),
        ("Who explained why the fair was moved to Tan Phu?", [Kind.PERSON]),
        ("Why was the fair, where two stalls burned, closed early?", [Kind.REASON]),
        ("How many days did the fair last, which opened on 3 May?", [Kind.DURATION]),
        ("Who presented the plan on how the wards worked and what they hoped for?", [Kind.PERSON]),
        ("Lan Anh, who runs the mango fair, married which singer?", [Kind.PERSON]),
        ("When the ferry was sold, had its owner paid the fine?", [Kind.YESNO]),
        ("When the ferry was sold, who bought it?", [Kind.PERSON]),
        ("The mango robot, a toy, was built by which firm?", [Kind.ORGANISATION]),
        # what goes on asking
        ("Who opened the fair and where was it held?", [Kind.PERSON, Kind.PLACE]),
        ("Who opened the fair, and in which ward?", [Kind.PERSON, Kind.PLACE]),
        ("At the fair, who sang?", [Kind.PERSON]),
        ("The fair moved in May. Who runs it now?", [Kind.PERSON]),
        ("The fair was closed in May; had it been fined?", [Kind.YESNO]),
        # what is denied, is all, is a few, is only told
        ("Vì sao thuyền nhỏ không giúp được gì khi phà chìm?", [Kind.REASON]),
        ("Thầy Tám, người năm nào cũng tặng xoài, dạy ở trường nào?", [Kind.ORGANISATION]),
        ("Sao mấy ngày sau hội chợ nhiều nhà vẫn đóng cửa?", [Kind.REASON]),
        ("Ông Tám, người giải thích vì sao hội chợ dời chỗ, giữ chức vụ gì?", [Kind.ROLE]),
        ("Bà Hoa lý giải vì sao hội chợ vắng?", [Kind.REASON]),
        ("Ông Tám trả lời thế nào về hội chợ?", [Kind.MATTER]),
        # a noun beside what really asks, and with it
        ("Vụ cháy – lý do khiến chợ đóng cửa – làm bao nhiêu người bị thương?", [Kind.NUMBER]),
        ("Nguyên nhân khiến phà chìm ở Tân Phú là gì?", [Kind.REASON]),
        ("Ông Tám nêu nguyên nhân chính nào khiến phà chìm?", [Kind.REASON]),
        # yes or no, or something else
        ("Biên bản có ghi bà Hoa đã đổi bao nhiêu tiền hay không?", [Kind.YESNO]),
        ("Đoạn phim đã rõ ai là người quay chưa?", [Kind.YESNO]),
        ("Giám đốc nào từng hoang mang chuyện công ty còn hay không?", [Kind.PERSON]),
        ("Xã có cho dời hội chợ không, khi dân chưa chịu?", [Kind.YESNO]),
        ("Hai hãng nào mở chuyến, một hãng phà và một hãng hàng không?", [Kind.ORGANISATION]),
        # names and quotations
        ("Chiếc máy bay của Ai Cập rơi gần thành phố nào?", [Kind.PLACE]),
        ("Từ 2012 có mấy công ty AI mở ở Tân Phú?", [Kind.NUMBER]),
        ("Ở “Ai là triệu phú”, cô Tám nhận bao nhiêu tiền?", [Kind.MONEY]),
    ],
)  # fmt: skip
def test_only_what_asks_is_asked_for(text: str, kinds: list[Kind]) -> None:
    assert [slot.kind for slot in understand(text).slots] == kinds


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ai lam truong doan tham hoi cho xoai an giang", "vi"),
        ("do don vi nao to chuc hoi cho o an giang", "vi"),
        ("vu chay do ai gay ra o cho to", "vi"),
        ("Phi công IS bị bắt ở Tân Phú là ai?", "vi"),
        ("who is to do it on the an giang side", "en"),
        ("no, I mean the 2019 one", "en"),
        ("by whom?", "en"),
    ],
)
def test_syllables_that_are_english_words_too_prove_nothing(text: str, language: str) -> None:
    assert detect_language(text) == language
