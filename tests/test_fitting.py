"""A number of another dimension, or of people whom something else befell, is no answer; nor is a plate one to call."""

import pytest
from reading_support import tried

from qa.reading.codes import find_codes

BRIDGE = "Cây cầu treo dài 120 m, nặng 35 tấn, mỗi ngày cho 400 lượt xe qua với tốc độ 20 km/h."
RAIN = "Trận mưa làm 14 người chết, 9 người bị thương và 3 người mất tích; 250 hộ dân phải sơ tán."


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Cây cầu treo nặng bao nhiêu?", ["35 tấn"]),
        ("cay cau treo nang bao nhieu", ["35 tấn"]),
        ("How heavy is the suspension bridge?", ["35 tấn"]),
        ("Cây cầu treo dài bao nhiêu mét?", ["120 m"]),
        ("How long is the suspension bridge?", None),
        ("Xe qua cầu treo với tốc độ bao nhiêu?", ["120 m", "20 km/h"]),
        ("Khu chợ bên cầu treo rộng bao nhiêu hecta?", []),
        ("Mỗi ngày cầu treo cho bao nhiêu lượt xe qua?", ["400 lượt"]),
    ],
)
def test_a_number_is_of_the_dimension_that_is_asked_for(question: str, answers: list[str] | None) -> None:
    found = tried(question, BRIDGE)
    assert "120 m" in found if answers is None else set(found) <= set(answers) and bool(found) == bool(answers)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Trận mưa làm bao nhiêu người bị thương?", {"9 người"}),
        ("tran mua lam bao nhieu nguoi bi thuong", {"9 người"}),
        ("How many people were injured in the downpour?", {"9 người"}),
        ("How many people did the downpour kill?", {"14 người chết", "14 người"}),
        ("Trận mưa làm mấy người mất tích?", {"3 người"}),
        ("Phải sơ tán bao nhiêu hộ dân?", {"250 hộ dân", "250 hộ"}),
    ],
)
def test_a_number_counts_those_whom_it_befell(question: str, answers: set[str]) -> None:
    found = set(tried(question, RAIN))
    assert found & answers
    wrong = {"14", "9", "3"} - {a.split()[0] for a in answers}
    if "kill" not in question and "hộ" not in question:
        assert not {f for f in found if f.split()[0] in wrong}


def test_who_died_says_nothing_of_who_was_hurt() -> None:
    assert tried("Trận mưa làm bao nhiêu người bị thương?", "Trận mưa làm 14 người thiệt mạng trong đêm.") == []


def test_a_height_may_be_written_in_one_word() -> None:
    assert tried("Cô Hoa cao bao nhiêu?", "Cô Hoa cao 1m68, nặng 52 kg.") == ["1m68"]


def test_money_is_no_label() -> None:
    assert tried("Tổ 9 được hỗ trợ bao nhiêu tiền?", "Ông Tư ở tổ 9, khu vực 2 kể chuyện.") == []
    assert tried("Vé bán bao nhiêu tiền?", "Vé vào cửa bán giá 25.000.") == ["25.000"]


TRAFFIC = (
    "Xe tải 51C-123.45 tông xe máy 59P1 678.90 trước mũi tàu cá QNg 90123 TS hôm 12/3/2019, theo nghị định 46/2016/NĐ-CP; "
    "ai thấy xin gọi 0236.3123.456, (028) 3829 7777 hoặc 1900 1234, 113."
)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Biển số của chiếc xe tải là gì?", ["51C-123.45", "59P1 678.90", "QNg 90123 TS"]),
        ("bien so cua chiec xe tai la bao nhieu", ["51C-123.45", "59P1 678.90", "QNg 90123 TS"]),
        ("What is the registration number of the truck?", ["51C-123.45", "59P1 678.90", "QNg 90123 TS"]),
        ("Số điện thoại để báo tin là số nào?", ["0236.3123.456", "(028) 3829 7777", "1900 1234", "113"]),
        ("What was the hotline?", ["0236.3123.456", "(028) 3829 7777", "1900 1234", "113"]),
    ],
)
def test_a_number_that_names(question: str, answers: list[str]) -> None:
    assert tried(question, TRAFFIC) == answers


@pytest.mark.parametrize("text", ["Năm 2018 có 12.000 đồng.", "Giai đoạn 2016-2017 tăng 3,5%.", "Lúc 14h30 ngày 2/9."])
def test_what_counts_or_dates_names_nothing(text: str) -> None:
    assert not find_codes(text, 0, len(text), call=False) + find_codes(text, 0, len(text), call=True)


def test_an_institution_that_is_asked_for_has_a_name() -> None:
    assert not tried(
        "Which hospital treated the driver?", "Bệnh viện mới đặt mục tiêu giảm một nửa số ca chuyển tuyến."
    )
    assert not tried("Which hospital treated the driver?", "Bệnh viện được xây 9 tầng với 450 giường.")
    assert "Bệnh viện Chợ Rẫy" in tried("Which hospital treated the driver?", "Bệnh viện Chợ Rẫy nhận ba ca.")


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Đoàn ở khách sạn nào?", ["khách sạn Hoa Sen"]),
        ("Which hotel did they stay in?", ["khách sạn Hoa Sen"]),
        ("Đoàn khám ở bệnh viện nào?", []),
        ("Which hospital did they visit?", []),
        ("Đoàn đến tỉnh nào?", ["Cà Mau"]),
        ("doan den quan nao", ["Cà Mau"]),
        ("doan kham o benh vien nao", []),
    ],
)
def test_a_site_is_of_the_sort_that_is_asked_for(question: str, answers: list[str]) -> None:
    found = tried(question, "Đoàn của Toyota đến Cà Mau và nghỉ tại khách sạn Hoa Sen.")
    assert set(answers) <= set(found)
    assert bool(answers) or not found
