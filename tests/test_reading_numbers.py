"""Numbers, days and clock times as answers, each with what belongs to it."""

import pytest
from reading_support import build

from qa.reading.numbers import find_days, find_numbers, find_years
from qa.reading.spans import Sort


def numbers(text: str) -> list[tuple[Sort, tuple[str, ...]]]:
    article = build("a", text)
    return [(s.sort, tuple(text[a:b] for a, b in s.parts)) for s in find_numbers(article, 0, len(text))]


def days(text: str, published: str | None = None) -> list[tuple[Sort, str]]:
    article = build("a", text, published=published)
    return [(s.sort, " / ".join(s.texts(text))) for s in find_days(article, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "sort", "said"),
    [
        ("Nơi ấy có 96 bác sĩ.", Sort.COUNT, "96 bác sĩ"),
        ("Vụ này có 212 hộ tham gia.", Sort.COUNT, "212 hộ"),
        ("Dự án hết 8,4 tỷ đồng trong năm.", Sort.MONEY, "8,4 tỷ đồng"),
        ("The bridge cost $12 million and took long.", Sort.MONEY, "$12 million"),
        ("Giá 16.000 đồng/kg lợn hơi.", Sort.MONEY, "16.000 đồng/kg"),
        ("Có 35% được bán.", Sort.PERCENT, "35%"),
        ("Cụ thọ 80 tuổi.", Sort.AGE, "80 tuổi"),
        ("Nhà rộng 45 m2, có gác.", Sort.MEASURE, "45 m2"),
        ("Chuyến đi mất 14 giờ đồng hồ.", Sort.DURATION, "14 giờ đồng hồ"),
        ("Đại hội lần thứ XII khai mạc.", Sort.ORDINAL, "lần thứ XII"),
        ("Có bốn ngôi nhà đổ.", Sort.SPELLED, "bốn ngôi"),
        ("Đội có 3 đồng chí bị ốm.", Sort.COUNT, "3 đồng chí"),
        ("Có 27 trường hợp phải khám lại.", Sort.COUNT, "27 trường hợp"),
        ("Thu được hơn 1,2 triệu con.", Sort.COUNT, "hơn 1,2 triệu con"),
    ],
)  # fmt: skip
def test_a_number_with_its_unit(text: str, sort: Sort, said: str) -> None:
    assert any(s is sort and said in parts[0] for s, parts in numbers(text))


def test_a_day_is_no_number() -> None:
    assert not [p for s, p in numbers("Ngày 14/7/2016 trời mưa.") if s is not Sort.ORDINAL]


def test_a_time_of_day_is_nothing_that_is_counted() -> None:
    assert not [p for s, p in numbers("Đêm 23 rạng sáng mai trời mưa.") if s is Sort.COUNT]


def test_two_sums_go_together() -> None:
    assert (Sort.MONEY, ("3 tỷ đồng", "4 tỷ đồng")) in numbers("Vốn tăng từ 3 tỷ đồng lên 4 tỷ đồng.")


@pytest.mark.parametrize(
    ("text", "sort", "said"),
    [
        ("Hội nghị họp ngày 14/7/2016.", Sort.DATE, "ngày 14/7/2016"),
        ("Hội nghị họp chiều 16/1 để mừng Tết Canh Tý 2020.", Sort.DATE, "chiều 16/1 (16/1/2020)"),
        ("The fair was held on July 14, 2016.", Sort.DATE, "July 14, 2016"),
        ("Chợ mở cửa lúc 5h30.", Sort.CLOCK, "5h30"),
        ("Thu phí hết vào quý 3-2022.", Sort.PERIOD, "quý 3-2022"),
        ("Anh đến hôm thứ bảy.", Sort.WEEKDAY, "thứ bảy"),
        ("Trường thành lập năm 1976.", Sort.YEAR, "năm 1976"),
    ],
)
def test_a_day(text: str, sort: Sort, said: str) -> None:
    assert (sort, said) in days(text)


def test_a_resolved_year_is_said_beside_the_words() -> None:
    assert (Sort.DATE, "chiều 2/2 (2/2/2016)") in days("Hội nghị họp chiều 2/2.", published="2016-02-10")
    assert (Sort.DATE, "sáng 6/3") in days("Cầu thông xe sáng 6/3.")


def test_the_first_and_the_last_day_go_together() -> None:
    assert (Sort.DATE, "ngày 4/7/2019 / ngày 9/7/2019") in days("Mở từ ngày 4/7/2019 đến ngày 9/7/2019.")


@pytest.mark.parametrize(
    "text",
    [
        "Họ trao quà cho một số hộ.", "Việc ấy làm một cách vội vàng.", "Một bộ phận dân cư phản đối.", "Ngay từ đầu năm nên gieo sớm.",
        "Đó là một trong những lý do.", "Nhiều năm qua, chợ vắng.", "Cấp theo quyết định 05-CT/TW.",
    ],
)  # fmt: skip
def test_words_that_count_nothing_are_no_numbers(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    "text", ["Cháy ở tầng 2 rồi lan lên mái.", "Em học lớp 5 trường làng.", "Xe chạy trên quốc lộ 129 đoạn qua xã."]
)
def test_a_label_counts_nothing(text: str) -> None:
    assert [s for s, _ in numbers(text)] == [Sort.BARE]


def test_five_is_still_a_number() -> None:
    assert (Sort.SPELLED, ("năm ngôi nhà",)) in numbers("Có năm ngôi nhà đổ.")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Chợ mở ngày 8/10/2022.", [["2022 (ngày 8/10/2022)"]]),
        ("Ông sinh năm 1957 tại Huế.", [["năm 1957"]]),
        ("Chợ mở ngày 8/10.", []),
        ("Chợ mở sáng nay.", []),
    ],
)
def test_years_of_days(text: str, years: list[list[str]]) -> None:
    article = build("a", text)
    assert [s.texts(text) for s in find_years(text, find_days(article, 0, len(text)))] == years
