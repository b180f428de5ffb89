"""Dates are read exactly, and an open year is never guessed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.dates import find_dates, resolve, sexagenary_years
from qa.schema import DateRole


def values(text: str) -> list[str]:
    return [m.value for m in find_dates(text)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ngày 14/7/2016", "2016-07-14"),
        ("14-7-2016", "2016-07-14"),
        ("14.7.2016", "2016-07-14"),
        ("2016-07-14", "2016-07-14"),
        ("chiều 2/2", "--02-02"),
        ("sáng 25-6", "--06-25"),
        ("rạng sáng 1/3", "--03-01"),
        ("sáng nay 2-4", "--04-02"),
        ("hôm 17/11", "--11-17"),
        ("Thứ ba, 12/1/2021", "2021-01-12"),
        ("ngày 25 tháng 6 năm 2019", "2019-06-25"),
        ("ngày 25 tháng 6", "--06-25"),
        ("tháng 7/2016", "2016-07"),
        ("tháng 7 năm 2016", "2016-07"),
        ("01/2014", "2014-01"),
        ("năm 2019", "2019"),
        ("năm 1075", "1075"),
        ("2019", "2019"),
        ("July 14, 2016", "2016-07-14"),
        ("14 July 2016", "2016-07-14"),
        ("3rd of May 2018", "2018-05-03"),
        ("Sept. 3, 2018", "2018-09-03"),
        ("SEPT.\u00a0 3, 2018", "2018-09-03"),
        ("June 25", "--06-25"),
        ("June 2020", "2020-06"),
        ("in 2019", "2019"),
    ],
)
def test_one_date_with_its_words(words: str, value: str) -> None:
    text = f"Họ gặp nhau {words}, rồi về."
    found = find_dates(text)
    assert [(m.value, m.text, m.role) for m in found] == [(value, words, DateRole.MENTIONED)]
    assert text[found[0].start : found[0].end] == words


@pytest.mark.parametrize(
    "text",
    [
        "ngày 32/13", "ngày 30/2", "ngày 29/2/2019", "2/3 số phiếu", "tỷ số 3-1", "37/39 phiếu", "Nghị định 15/2023/NĐ-CP", "số 05-CT/TW",
        "15/2017/QH14", "phiếu 2019-06-15/VJC", "Luật số 12/2017", "hơn 2019 người", "1.500 đồng", "2.019 tấn", "tên lửa S-400", "ngày 10/3 âm lịch", "lúc 10:30",
        "He may 5 times", "6 tháng đầu năm", "phòng 2019", "giảm còn 1/3", "lên đến 2/3", "thắng (2-1)", "từ 2-3 ngày", "vào 1/3 diện tích", "14 July Square",
        "in 1500 BC", "phạt 18 tháng 6 triệu",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert values(f"Xem {text}.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("năm 2016-2020", ["2016", "2020"]),
        ("nhiệm kỳ 2015 - 2020", ["2015", "2020"]),
        ("ngày 4 và 5/2/2016", ["2016-02-04", "2016-02-05"]),
        ("ngày 4-5/2", ["--02-04", "--02-05"]),
        ("từ ngày 2/3 đến 5/3", ["--03-02", "--03-05"]),
        ("Chỉ thị 15/2023/NĐ-CP ngày 3/4/2023", ["2023-04-03"]),
        ("Diễn ở Huế (18/8), dịp 8/3 và lễ 30-4.", ["--08-18", "--03-08", "--04-30"]),
        ("Từ 15/6, trước 2/4, đến 26/3.", ["--06-15", "--04-02", "--03-26"]),
        ("Ảnh ngày 9-8 - Ảnh: Tư liệu, hạn là 28 tháng 6.", ["--08-09", "--06-28"]),
        ("ngày 21 hoặc 22-12", ["--12-21", "--12-22"]),
        ("Năm 1871-1874, ông Hồ (1856-1939), until 1884", ["1871", "1874", "1856", "1939", "1884"]),
        ("Từ 2018 ngày càng đông, 2018 tỷ lệ giảm, 2018 tỷ đồng", ["2018", "2018"]),
        ("March 2015-May 2016 (Jan. 7)", ["2015-03", "2016-05", "--01-07"]),
    ],
)
def test_several_dates(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_the_full_stop_of_a_sentence_is_no_part_of_its_date() -> None:
    assert [m.text for m in find_dates("They met on 12 July. He left.")] == ["12 July"]


def resolved(text: str, published: str | None = None) -> list[tuple[str, str | None]]:
    return [(m.value, m.basis) for m in resolve(find_dates(text), text, published)]


def test_the_same_day_elsewhere_fixes_the_year() -> None:
    assert resolved("Sáng 2/3, họ họp. Biên bản lập ngày 2/3/2018.")[0] == ("2018-03-02", "ngày 2/3/2018")
    assert resolved("Sáng 2/3, họp. Khác ngày 2/3/2018 và ngày 2/3/2019.")[0] == ("--03-02", None)


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("Mừng Tết Nguyên đán Canh Tý 2020, chiều 16/1 xã họp.", "2020-01-16", "Tết Nguyên đán Canh Tý 2020"),
        ("Ngày 25/12, trước Tết Canh Tý 2020, xã họp.", "2019-12-25", "Tết Canh Tý 2020"),
        ("Đón Xuân Bính Thân, chiều 2/2 xã họp. Việc của năm 2016 còn nhiều.", "2016-02-02", "Xuân Bính Thân"),
        ("Vui Tết 2018, tối 3/2 có hội.", "2018-02-03", "Tết 2018"),
        ("VUI XUÂN 2018, TỐI 3/2 CÓ HỘI.", "2018-02-03", "XUÂN 2018"),
    ],
)
def test_a_definite_tet_in_the_sentence_fixes_the_year(text: str, value: str, basis: str) -> None:
    assert (value, basis) in resolved(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chiều 2/2, xã họp về kế hoạch năm 2019.",
        "Đón Xuân Bính Thân, chiều 2/2 xã họp.",
        "Mừng Tết Canh Tý 2020. Chiều 16/1 xã họp.",
        "Sau Tết 2020, ngày 15/7 xã họp.",
        "Từ Tết 2019 đến Tết 2020, ngày 5/2 là hội.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert any(value.startswith("--") for value, _ in resolved(text))


def test_publication_fixes_the_nearest_day_before_it() -> None:
    assert resolved("Sáng 2/3 họp.", "2018-03-05") == [("2018-03-02", "2018-03-05")]
    assert resolved("Sáng 20/12 họp.", "2018-03-05") == [("2017-12-20", "2018-03-05")]
    assert resolved("Sáng 6/3 họp.", "2018-03-05") == [("--03-06", None)]
    assert resolved("Sáng 29/2 họp.", "2019-03-05") == [("--02-29", None)]


def test_lunar_years() -> None:
    text = "Xuân Bính Thân, năm Kỷ Hợi, Tết Canh Tý 2020; việc của năm 2016. Ông Trần Quý Mùi dự."
    found = sexagenary_years(text)
    assert [(w, y) for w, _, _, y in found] == [
        ("Xuân Bính Thân", 2016),
        ("năm Kỷ Hợi", 39),
        ("Tết Canh Tý 2020", 2020),
    ]
    assert all(text[s:e] == w for w, s, e, _ in found)
    assert sexagenary_years("Tết Mậu Thân 1968")[0][3] == 1968
    assert sexagenary_years("Xuân Giáp Sửu") == []
    assert sexagenary_years("Xuân Bính Thân; 1956 và 2016")[0][3] == 36


@given(st.text(st.sampled_from("0123456789/-. ngàythámăT,Jun"), max_size=60))
def test_offsets_and_values_hold_for_any_text(text: str) -> None:
    found = find_dates(text)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(len(m.value) in {4, 7, 10} for m in found)
    assert len(resolve(found, text, "2020-05-01")) == len(found)


@pytest.mark.parametrize(
    "bit", ["1 ", "1/2 ", "ngày ", "1/2/2019 ", "Tết ", "năm 2019-", "12 tháng ", "Tết Canh Tý ngày 2/3, "]
)
@pytest.mark.timeout(60)  # what grows with the square of the length would take hours
def test_a_large_text_is_read_in_time(bit: str) -> None:
    text = bit * (300_000 // len(bit))
    assert all(d.text == text[d.start : d.end] for d in resolve(find_dates(text), text))


def test_a_date_does_not_begin_in_the_line_before() -> None:
    text = "Cuộc họp thứ 2\n\nNgày 2/3/2016, huyện họp."
    (found,) = find_dates(text)
    assert (found.value, found.text) == ("2016-03-02", "Ngày 2/3/2016")
