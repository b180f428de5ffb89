"""Questions understood: the kind of answer wanted, names, dates, what is counted; and nothing typed breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.kinds import Kind
from qa.language.forms import words
from qa.language.lexicon import Entry, Lexicon
from qa.language.translations import default_translations
from qa.matching import TextTerms, Weights, lexical_query
from qa.question import LEARNED, Question, Unit, understand

KINDS = {
    Kind.PERSON: [
        "Ai chủ trì hội nghị?",
        "Những ai phát biểu tại lễ khai mạc?",
        "Ông nào đọc báo cáo chung?",
        "Vị bộ trưởng nào ký thông tư?",
        "hoi nghi do ai chu tri",
        "nguoi nao doc bao cao",
        "Who chaired the meeting?",
        "Which ministers signed the letter?",
        "Which two officials resigned?",
        "Whose house was flooded?",
        "Name the four chairmen.",
        "Who is the head of the office?",
        "Kỹ sư Hàn Quốc nào thiết kế cầu treo?",
        "Người trông kho tên là gì?",
        "nha hoat dong nao keu goi giu rung",
        "What is the name of the night-shift worker who found the ring?",
    ],
    Kind.ROLE: [
        "Ông Lê Văn Tám giữ chức vụ gì?",
        "Chức danh của bà Hoa là gì?",
        "Ông Tám làm chủ nhiệm văn phòng nào?",
        "ba Ngo Thi Hoa giu chuc gi o cong ty",
        "What post does Le Van Tam hold?",
        "What was her position at the ministry?",
        "In what capacity did Mai Tien Dung attend the gathering?",
    ],
    Kind.DATE: [
        "Khi nào cầu mới thông xe?",
        "Hội chợ mở cửa ngày nào?",
        "Năm nào nhà máy khánh thành?",
        "Hội nghị diễn ra vào thời gian nào?",
        "bao gio truong khai giang",
        "le hoi dien ra hom nao",
        "When will the bridge open?",
        "On what dates was the fair that the mayor, first of his town to come, was due to visit?",
        "On what day did the fair begin?",
        "What year was the dam built?",
    ],
    Kind.PLACE: [
        "Lễ hội diễn ra ở đâu?",
        "Nước nào mua nhiều xoài nhất?",
        "Huyện nào bị ngập sâu nhất?",
        "le hoi dien ra o dau",
        "Where did the festival take place?",
        "Which province grows the most mangoes?",
        "At which venue was the fundraiser held?",
    ],
    Kind.NUMBER: [
        "Có bao nhiêu hộ tham gia?",
        "Tỷ lệ xuất khẩu đạt mức nào?",
        "co may hoc sinh bi om",
        "How many doctors work there?",
    ],
    Kind.REASON: [
        "Vì sao giá phân bón tăng?",
        "Tại sao máy bay hạ cánh?",
        "Nguyên nhân của vụ cháy là gì?",
        "tai sao benh vien xong cham",
        "do dau ma gia tang",
        "Why did the price rise?",
        "What caused the flood?",
    ],
    Kind.MATTER: [
        "Việc gì xảy ra ở Đà Nẵng?",
        "What did the minister say about rice?",
        "Hội chợ diễn ra thế nào?",
        "hoi cho dien ra the nao",
        "How did the fair go?",
    ],
    Kind.ORDINAL: ["Đại hội lần thứ mấy?"],
    Kind.DURATION: ["Chuyến đi kéo dài bao lâu?"],
    Kind.MONEY: ["xay cau het bao nhieu tien", "How much did it cost?"],
    Kind.PERCENT: ["What percentage of pupils passed?"],
    Kind.AGE: ["How old is the bridge?"],
    Kind.ORGANISATION: [
        "hang nao che tao may bay nay",
        "Which company built the dam?",
        "Which office did Nguyen Van Nen run?",
        "Công ty vận hành hai chuyến phà tên gì?",
        "Bà Hoa vay tiền của ngân hàng Nhật nào?",
        "What is the name of the insurance company that paid for the roof?",
    ],
    Kind.THING: [
        "Hợp tác xã trồng loại xoài gì?",
        "hop tac xa trong loai xoai gi",
        "nha may san xuat gi",
        "Ca sĩ Hoa từng đóng vai nào?",
    ],
    Kind.TOPIC: ["Kể về hội chợ", "Hội chợ xoài"],
    Kind.OTHER: ["Kể tên hai hội chợ", "Name two fairs"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_the_kind_of_answer_wanted(kind: Kind, text: str) -> None:
    assert understand(text).kind is kind


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Những ai chủ trì?", True), ("Bốn ông nào chủ trì?", True), ("Các ông nào chủ trì?", True),
        ("nhung ai chu tri", True), ("Which two officials resigned?", True), ("Which officials resigned?", True),
        ("Who were the chairmen?", True), ("Ai chủ trì?", False), ("Who chaired it?", False), ("Ông nào đọc báo cáo?", False),
    ],
)  # fmt: skip
def test_whether_several_are_asked_for(text: str, many: bool) -> None:
    assert understand(text).many is many


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Ai chủ trì hội nghị năm 2019?", ["2019"]),
        ("Việc gì xảy ra ngày 14/7/2016?", ["2016-07-14"]),
        ("Việc gì xảy ra chiều 2/2?", ["--02-02"]),
        ("What happened on July 14, 2016?", ["2016-07-14"]),
        ("What changed from 2016 to 2020?", ["2016", "2020"]),
        ("chuyen gi xay ra thang 7 nam 2016", ["2016-07"]),
        ("Có 2/3 số hộ đồng ý không?", []),
    ],
)
def test_dates_of_a_question(text: str, dates: list[str]) -> None:
    assert [d.value for d in understand(text).dates] == dates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ông Lê Văn Tám giữ chức gì?", ("Lê Văn Tám",)),
        ("What post did Nguyen Van Nen and Mai Tien Dung hold?", ("Nguyen Van Nen", "Mai Tien Dung")),
        ("Hội nghị ở Hà Nội bàn gì?", ()),
    ],
)
def test_names_of_a_question(text: str, names: tuple[str, ...]) -> None:
    assert understand(text).people == names


def test_a_name_is_recognised_with_and_without_diacritics() -> None:
    for text in ("ong le van tam giu chuc gi", "Ông Lê Văn Tám giữ chức gì?", "What is Le Van Tam's post?"):
        assert understand(text).speaks_of("Lê Văn Tám")
    assert not understand("ong le van tamm giu chuc gi").speaks_of("Lê Văn Tám")


def test_text_is_normalised_and_spaces_are_collapsed() -> None:
    assert understand("  Ai\n chủ \t trì  hội nghị ? ").text == "Ai chủ trì hội nghị ?"


def test_three_forms_of_one_question_look_for_the_same_things() -> None:
    accented = understand("Ai chủ trì hội nghị?")
    plain = understand("ai chu tri hoi nghi")
    english = understand("Who chaired the conference?")
    text = TextTerms.of("Đồng chủ trì hội nghị là bốn ông.")
    for question in (accented, plain, english):
        weights = Weights(question, frequency=lambda _field, _text: 1, passages=10)
        assert weights.share(text) == pytest.approx(1.0), question.text
    assert plain.language == accented.language == "vi"
    assert english.language == "en"
    assert all(u.plain for u in plain.units)
    assert not any(u.plain for u in accented.units)


def test_words_that_ask_are_not_looked_for() -> None:
    for text in ("Ai chủ trì hội nghị?", "Who chaired the conference?", "Hội nghị diễn ra khi nào?"):
        looked_for = {u.source for u in understand(text).units}
        assert not looked_for & {"ai", "who", "khi", "nào", "khi nào", "the"}


def test_a_lexicon_of_ones_own_is_used() -> None:
    lexicon = Lexicon([Entry("wug", ("con vúc",), "noun")])
    units = understand("Where did the wug go?", lexicon=lexicon).units
    assert ("con", "vúc") in {a for u in units for a in u.alternatives}


HOSTILE = [
    "?" * 2000, "." * 2000, "((((" * 500, "[1][2]" * 300, "\\" * 2000, "🙂" * 2000, "\x00" * 2000, "a\x00b", "\u202e" * 2000,
    "\u202eai chủ trì\u202c", "\u200b" * 500, "a" * 2000, "A" * 2000, "Nguyễn " * 280, "ai " * 600, "1" * 2000, "1/1/1/1/" * 250,
    "năm " * 500, "2/2 " * 500, "%" * 2000, "percent " * 250, "' OR 1=1 --", "<script>alert(1)</script>", "$^.*+?{}[]()|",
    "how many", "bao nhiêu", "mấy", "who", "ai", "how many percent", "45 per cent of what?", "\u0301" * 100, "ﬁ Ⅷ ² ½ ٣",
    "\ud800", "\udce9t", "İstanbul ẞ ŉ",
]  # fmt: skip


def look(question: Question) -> None:
    """Use a question as retrieval and reading do."""
    weights = Weights(question, frequency=lambda _field, _text: 1, passages=10)
    assert 0.0 <= weights.share(TextTerms.of("Hội nghị tăng 45%, ai cũng vui. Percent!")) <= 1.0 + 1e-9
    for group in lexical_query(question):
        assert all(term.text for terms in group.alternatives for term in terms)
        assert all(group.alternatives)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_breaks_it(text: str) -> None:
    look(understand(text))


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    look(understand(text))


@given(
    st.lists(
        st.sampled_from(
            "ai who bao nhiêu how many percent per cent 45 % nào which two Nguyễn Văn 2019 2/2 the of".split()
        ),
        max_size=12,
    )
)
def test_no_sequence_of_asking_words_breaks_it(parts: list[str]) -> None:
    look(understand(" ".join(parts)))


# --- translations and their chances -----------------------------------------------------------------------------------


def test_every_alternative_has_its_chance() -> None:
    plain = Unit("x", (("a",), ("b", "c")))
    assert list(plain.likely) == [(("a",), 1.0), (("b", "c"), 1.0)]
    weighed = Unit("x", (("a",), ("b", "c")), chances=(1.0, 0.3))
    assert list(weighed.likely) == [(("a",), 1.0), (("b", "c"), 0.3)]


@pytest.mark.parametrize(
    "text", ["How many beds does the hospital have?", "Who won the match?", "Which katazome artist is it?"]
)
def test_the_word_itself_is_certain_and_none_is_likelier_than_that(text: str) -> None:
    for unit in understand(text).units:
        found = list(unit.likely)
        assert len(found) == len(unit.alternatives) == len({words for words, _ in found})
        assert found[0] == (tuple(words(unit.source)), 1.0)
        assert all(0.0 < chance <= 1.0 for _, chance in found)


def test_what_was_learned_counts_less_than_what_the_lexicon_has() -> None:
    lexicon = Lexicon([Entry("bridge", ("cây kiều",), "noun")])
    chances = dict(understand("Where is the bridge?", lexicon=lexicon).units[0].likely)
    assert chances["cây", "kiều"] == 1.0
    learned = default_translations().of("bridge")
    assert chances[learned[0][0]] == pytest.approx(LEARNED)
    alone = dict(understand("Where is the bridge?", lexicon=Lexicon([])).units[0].likely)
    assert alone[learned[0][0]] == 1.0
    for syllables, chance in learned:
        assert alone[syllables] == pytest.approx(chance / learned[0][1])


def test_parts_put_the_translations_in_place_of_english_words() -> None:
    question = understand("Where is the wug zzyzxq?", lexicon=Lexicon([Entry("wug", ("con vúc", "vúc"), "noun")]))
    assert question.parts == (("con vúc", 0.5), ("vúc", 0.5), ("zzyzxq", 1.0))


@pytest.mark.parametrize(
    "text", ["How many beds does the hospital have?", "Who chaired the 2019 conference in Da Nang?"]
)
def test_the_parts_of_a_unit_add_up_to_one(text: str) -> None:
    question = understand(text)
    assert sum(weight for _, weight in question.parts) == pytest.approx(len(question.units))
    assert understand("???").parts == ()


@pytest.mark.parametrize(
    ("question", "number", "spelled"),
    [
        ("How many of the 52,000 schools were surveyed?", "52,000", {"52,000", "52.000", "52000"}),
        ("Trong 52.000 trường có bao nhiêu trường công lập?", "52.000", {"52,000", "52.000", "52000"}),
        ("trong 1,5 trieu giao vien co bao nhieu nguoi", "1,5", {"1,5", "1.5"}),
        ("Who gave 1.5 billion dong?", "1.5", {"1,5", "1.5"}),
        ("Who spoke in 2019?", "2019", {"2019"}),
        ("Ai bay chuyến 175?", "175", {"175"}),
    ],
)
def test_a_number_is_looked_for_as_either_language_writes_it(question: str, number: str, spelled: set[str]) -> None:
    unit = next(u for u in understand(question).units if u.source == number)
    assert {" ".join(words) for words in unit.alternatives} == spelled
