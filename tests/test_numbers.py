"""Quantities: both languages, digits and words, sizes and units, to one form; and what is no quantity."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.number_words import roman
from qa.language.numbers import Quantity, find_quantities, same_quantity

VI_DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
EN_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
EN_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def read(text: str) -> list[tuple[str, str]]:
    return [(format(q.value.normalize(), "f"), q.unit) for q in find_quantities(text) if not q.ordinal]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,5 tỷ", "1500000000", ""),
        ("1.5 billion", "1500000000", ""),
        ("1.500.000 đồng", "1500000", "VND"),
        ("1,500,000 dong", "1500000", "VND"),
        ("8,5 triệu đồng", "8500000", "VND"),
        ("VND 8.4 billion", "8400000000", "VND"),
        ("52.000", "52000", ""),
        ("52,000", "52000", ""),
        ("5.000 tỷ đồng", "5000000000000", "VND"),
        ("3 nghìn tỷ đồng", "3000000000000", "VND"),
        ("1,125 tỷ", "1125000000", ""),
        ("1.125 tỷ", "1125000000000", ""),
        ("1.125 billion", "1125000000", ""),
        ("0,125 ha", "0.125", "ha"),
        ("1.234,5 tấn", "1234.5", "ton"),
        ("1,234.5 tonnes", "1234.5", "ton"),
        ("$3.61bn", "3610000000", "USD"),
        ("3,61 tỉ USD", "3610000000", "USD"),
        ("€20m", "20000000", "EUR"),
        ("38%", "38", "%"),
        ("38 phần trăm", "38", "%"),
        ("38 per cent", "38", "%"),
        ("45 m2", "45", "m2"),
        ("120 km", "120", "km"),
        ("15.000 đồng/kg", "15000", "VND"),
        ("48 tuổi", "48", "year"),
        ("48-year-old", "48", "year"),
        ("18h", "1080", "clock"),
        ("7h30", "450", "clock"),
        ("6 giờ chiều", "1080", "clock"),
        ("6 p.m.", "1080", "clock"),
        ("mười hai tỉnh", "12", ""),
        ("hai mươi lăm tỉnh", "25", ""),
        ("một trăm linh năm xã", "105", ""),
        ("ba nghìn tấn", "3000", "ton"),
        ("hai triệu rưỡi", "2500000", ""),
        ("hai giờ rưỡi", "2.5", "hour"),
        ("nửa triệu trang", "500000", "page"),
        ("half a million pages", "500000", "page"),
        ("mười lăm ngày", "15", "day"),
        ("mười năm", "10", "year"),
        ("hai mươi năm", "20", "year"),
        ("một trăm năm mươi nghìn", "150000", ""),
        ("Hai tỷ đồng", "2000000000", "VND"),
        ("twelve offices", "12", ""),
        ("twenty-five people", "25", "person"),
        ("one hundred and five days", "105", "day"),
        ("two thousand", "2000", ""),
        ("a million", "1000000", ""),
        ("Năm cơ quan họp", "5", ""),
        ("Ba ông cùng dự", "3", ""),
    ],
)
def test_a_quantity_is_read(text: str, value: str, unit: str) -> None:
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lần thứ hai", 2), ("thứ tư", 4), ("Đại hội lần thứ XIII", 13), ("Đại hội XII", 12), ("khóa XIV", 14),
        ("the thirteenth congress", 13), ("13th", 13), ("twenty-first century", 21), ("lần đầu tiên", 1),
    ],
)  # fmt: skip
def test_an_ordinal_is_kept_apart(text: str, value: int) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.ordinal) == (value, True)
    assert not same_quantity(found, Quantity(Decimal(value), "", "", 0, 0))


@pytest.mark.parametrize(
    "text",
    [
        "ngày 14/7/2016", "July 14, 2016", "năm 2019", "tháng 3", "Covid-19", "05-CT/TW", "12/2020/NĐ-CP", "G20", "1.2.3",
        "năm nay", "Ba của em", "cam đã chín", "một người", "Lê Văn Tám họp", "quận Ba Đình", "sáng thứ hai", "Hai Bà Trưng",
        "one of them", "đồng chí", "MIX",
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_left_alone(text: str) -> None:
    assert find_quantities(text) == []


def test_evidence_is_read_more_freely_than_claims() -> None:
    assert find_quantities("cả bốn cùng đi") == []
    assert [q.value for q in find_quantities("cả bốn cùng đi", loose=True)] == [4]
    assert find_quantities("trong năm qua", loose=True) == []


def test_a_unit_may_be_left_out_but_not_changed() -> None:
    money, length, bare = (find_quantities(t)[0] for t in ("5 đồng", "5 km", "5"))
    assert same_quantity(money, bare)
    assert same_quantity(bare, length)
    assert not same_quantity(money, length)
    assert not same_quantity(bare, find_quantities("6")[0])


def vietnamese(n: int) -> str:
    if n >= 1000:
        size, word = (10**6, "triệu") if n >= 10**6 else (1000, "nghìn")
        rest = n % size
        padded = "không trăm " if 10 <= rest < 100 else "không trăm linh " if 0 < rest < 10 else ""
        return f"{vietnamese(n // size)} {word}" + (f" {padded}{vietnamese(rest)}" if rest else "")
    if n >= 100:
        rest = n % 100
        return f"{VI_DIGITS[n // 100]} trăm" + (f" {'linh ' if rest < 10 else ''}{vietnamese(rest)}" if rest else "")
    if n < 10:
        return VI_DIGITS[n]
    tens, last = divmod(n, 10)
    digit = {0: "", 1: " một" if tens == 1 else " mốt", 5: " lăm"}.get(last, f" {VI_DIGITS[last]}")
    return ("mười" if tens == 1 else f"{VI_DIGITS[tens]} mươi") + digit


def english(n: int) -> str:
    for size, word in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            joined = " and " if 0 < rest < 100 else " "
            return f"{english(n // size)} {word}" + (f"{joined}{english(rest)}" if rest else "")
    return EN_SMALL[n] if n < 20 else EN_TENS[n // 10] + (f"-{EN_SMALL[n % 10]}" if n % 10 else "")


@given(st.integers(13, 999_999))
def test_a_number_in_words_is_read_back(n: int) -> None:
    assert read(f"{vietnamese(n)} đồng") == [(str(n), "VND")]
    assert read(f"{english(n)} dong") == [(str(n), "VND")]


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from(["", " đồng", " USD", "%", " km"]))
def test_a_number_in_digits_is_the_same_in_both_languages(whole: int, cents: int, unit: str) -> None:
    written = f"{whole:,}" + (f".{cents:02}" if cents else "")
    swapped = written.translate(str.maketrans(",.", ".,"))
    if whole < 10_000 and not unit:
        unit = " tấn"  # four digits alone may be a year
    (one,), (other,) = find_quantities(f"gồm {swapped}{unit}."), find_quantities(f"is {written}{unit}.")
    assert one.value == other.value == Decimal(whole) + Decimal(cents) / 100
    assert same_quantity(one, other)


@given(st.text(st.sampled_from("0123456789.,%$ -/:hmaI XVthứ năm mươi hai trăm tỷđồngone twenty"), max_size=60))
def test_offsets_are_exact(text: str) -> None:
    done = 0
    for found in find_quantities(text):
        assert found.text == text[found.start : found.end]
        assert done <= found.start < found.end
        done = found.end


@pytest.mark.parametrize(
    ("numeral", "value"), [("IV", 4), ("XIII", 13), ("XL", 40), ("IIX", None), ("VV", None), ("", None)]
)
def test_roman_numerals(numeral: str, value: int | None) -> None:
    assert roman(numeral) == value


def test_raised_and_circled_digits_are_no_numbers() -> None:
    assert [q.text for q in find_quantities("² ③ 100 m² và ¹²")] == ["100 m²"]
