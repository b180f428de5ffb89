"""Sentences end where a reader would end them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.sentences import LONGEST, split_clauses, split_sentences


def sentences(text: str) -> list[str]:
    return [text[s:e] for s, e in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Ông Lê Bình sống ở TP.HCM từ nhỏ.", "Bà Hoa ở TP. Huế."],
        ["PGS.TS. Trần Văn Mộc và ThS. Đỗ Lan cùng dự.", "Ủy ban mời cả GS. Phạm Kha, Th.S Bùi Na."],
        ["Sách của J.K. Rowling bán được 1.500 bản, lãi 3,5 tỷ.", "Đó là năm 2011."],
        ["Họp ngày 14.7.2016 tại xã.", "Àn bàn xong thì về."],
        ["Có cam, quýt, bưởi, v.v. trong vườn.", "Đến mùa, v.v.", "Ấy là chuyện cũ."],
        ["Mưa kéo dài...", "Nước lên nhanh…", "Dân phải đi."],
        ["Bà nói: “Tôi ở lại.”", "Rồi bà cười."],
        ["“Thật sao?” ông hỏi.", "Không ai đáp!"],
        ["Theo Chỉ thị 05-CT/TW, xem thêm ở vnexpress.net và U.S. Steel.", "Hết."],
        ["The U.S. President met Mr. Hill at 5 p.m. on Jan. 5 in St. Louis.", "He left."],
        ["They moved to the U.S.", "They stayed."],
        ["1. Chuẩn bị hồ sơ.", "2. Nộp hồ sơ."],
        ["Bị can Lê Văn T. khai nhận.", "Vụ án còn mở."],
        ["Nghiên cứu biến đổi gen.", "Kết quả tốt."],
    ],
)
def test_sentences_joined_by_a_space_come_apart_again(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xây dựng làng nước.Phát biểu xong, ông về.", ["Xây dựng làng nước.", "Phát biểu xong, ông về."]),
        ("Hết năm 2019.Theo ông, ổn.", ["Hết năm 2019.", "Theo ông, ổn."]),
        ("Đạt kết quả tốt…Sau đó nghỉ.", ["Đạt kết quả tốt…", "Sau đó nghỉ."]),
        ("Ai đi?Ở đâu?", ["Ai đi?", "Ở đâu?"]),
        ("Việc đã đúng.UBND xã báo.", ["Việc đã đúng.", "UBND xã báo."]),
        ("Một dòng\nDòng hai. Câu ba", ["Một dòng", "Dòng hai.", "Câu ba"]),
        ("Xem trang vnexpress.net.Theo báo này, trời mưa.", ["Xem trang vnexpress.net.", "Theo báo này, trời mưa."]),
        ("Vào www.Example.Com mà xem.", ["Vào www.Example.Com mà xem."]),
        ("Ngày 14.7.2016.Theo ông, ổn.", ["Ngày 14.7.2016.", "Theo ông, ổn."]),
        ("Viết bởi J.K.Rowling ở PGS.TS.Lê Na.", ["Viết bởi J.K.Rowling ở PGS.TS.Lê Na."]),
        ("Gác cao 3,2 m.Dân lên ở.", ["Gác cao 3,2 m.", "Dân lên ở."]),
        ("Xong việc. —", ["Xong việc. —"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_lost_spaces_and_line_feeds(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


TEXTS = st.text(st.sampled_from('aĐbỞ .?!…\n"”;:,1 '), max_size=80)


@given(TEXTS)
def test_spans_ascend_are_trimmed_and_lose_nothing(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())
    assert all(text[s:e] == text[s:e].strip() != "" and "\n" not in text[s:e] for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(TEXTS, st.integers(1, 40))
def test_clauses_stay_inside_and_short(text: str, times: int) -> None:
    long = text * times
    for start, end in split_sentences(long):
        clauses = split_clauses(long, start, end)
        assert clauses
        assert all(start <= s < e <= end and e - s <= LONGEST for s, e in clauses)
        kept = "".join("".join(long[s:e].split()) for s, e in clauses)
        assert kept.replace(";", "") == "".join(long[start:end].split()).replace(";", "")


def test_a_list_of_people_comes_apart() -> None:
    text = "Dự họp có các ông: Lê An, Chủ tịch xã; Vũ Bình, Bí thư xã; Hồ Cảnh, Chánh Văn phòng."
    clauses = [text[s:e] for s, e in split_clauses(text, 0, len(text))]
    assert clauses == [
        "Dự họp có các ông:",
        "Lê An, Chủ tịch xã",
        "Vũ Bình, Bí thư xã",
        "Hồ Cảnh, Chánh Văn phòng.",
    ]


def test_commas_cut_only_what_is_long() -> None:
    assert len(split_clauses("một, hai, ba.", 0, 13)) == 1
    text = ", ".join(["một vế khá dài của câu này"] * 30)
    clauses = split_clauses(text, 0, len(text))
    assert len(clauses) > 2
    assert all(e - s <= 300 for s, e in clauses)


@pytest.mark.parametrize("bit", ["a", "a.", "A. ", ". ", "... ", '"', "nước.Phát ", ", ", "a:b "])
@pytest.mark.timeout(60)  # what grows with the square of the length would take hours
def test_a_megabyte_is_split_in_time(bit: str) -> None:
    text = bit * (1_000_000 // len(bit))
    assert all(a <= b for (_, a), (b, _) in pairwise(split_sentences(text)))
    assert all(e - s <= LONGEST for s, e in split_clauses(text, 0, len(text)))
