"""Titles, outlets and days are what the article says, and None where it does not say."""

from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.describe import LONGEST_TITLE, Description, describe
from qa.schema import DateRole

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def described(raw: str, published: str | None = None) -> Description:
    return describe(clean(raw), published=published)


def years(description: Description, role: DateRole) -> set[str]:
    return {d.value for d in description.dates if d.role is role and len(d.value) == 4}


@pytest.mark.parametrize(
    ("raw", "shown", "canonical"),
    [
        ("https://www.vietnamplus.vn/a/1.vnp\nHội xã\nXã họp.", "VietnamPlus", ("VietnamPlus",)),
        ("Hội xã\n\nXã họp xong.\n\n(TTXVN/Vietnam+)", "TTXVN / Vietnam+", ("TTXVN", "VietnamPlus")),
        ("Hội xã\n\nXã họp xong.\n\nTin, ảnh: TTXVN", "TTXVN", ("TTXVN",)),
        ("Hội xã\n\nHà Nội (TTXVN) - Xã họp xong.", "TTXVN", ("TTXVN",)),
        ("Hội xã\n\nTTO - Xã họp xong.", "TTO", ("Tuổi Trẻ",)),
        ("Flood\n\nHANOI (Reuters) - Water rose fast.", "Reuters", ("Reuters",)),
        ("https://e.vnexpress.net/x\nFlood\nWater rose. (VNA)", "VnExpress", ("VnExpress", "TTXVN")),
        ("Hội xã\n\nXã họp. (Ảnh: An/TTXVN)\n\nDân vui.", None, ()),
        ("https://bao.example/x\nHội xã\nXã họp.", None, ()),
    ],
)
def test_outlets(raw: str, shown: str | None, canonical: tuple[str, ...]) -> None:
    description = described(raw)
    assert (description.outlet, description.outlets) == (shown, canonical)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("Hội xã\nThứ ba, 12/1/2021, 10:00 (GMT+7)\nXã họp.", "2021-01-12"),
        ("https://vov.vn/2016/02/03/hoi-xa.html\nHội xã\nXã họp.", "2016-02-03"),
        ("https://tuoitre.vn/hoi-xa-20190402103455.htm\nHội xã\nXã họp.", "2019-04-02"),
        ("https://vov.vn/hoi-xa-369789.html\nHội xã\nXã họp.", None),
        ("Fair\n\nHANOI, January 20, 2020 - The fair opened.", "2020-01-20"),
        ("Hội xã\nXã họp ngày 2/3/2020.", None),
    ],
)
def test_published(raw: str, day: str | None) -> None:
    published = described(raw).published
    assert (published.value if published else None) == day


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("Ngày 14/7/2016, xã mở hội.", "2016-07-14"),
        ("Xã mở hội. Dân đến đông. Lễ diễn ra tối 15/9/2018 tại đình.", "2018-09-15"),
        ("Mừng Tết Canh Tý 2020, chiều 16/1 xã mở hội.", "2020-01-16"),
        ("The fair opened on May 18, 2022.", "2022-05-18"),
        ("Chiều 2/2, xã mở hội.", None),
        ("Xã họp theo Luật số 5 ngày 2/3/2015 về hội.", None),
        ("Kỷ niệm ngày thành lập Đảng (3/2/1930 - 3/2/2016), xã mở hội.", None),
        ("Từ ngày 1/7/2020, giá điện tăng.", None),
        ("Hạn nộp là trước ngày 5/6/2020 cho mọi hộ.", None),
        ("Dự kiến ngày 5/6/2020 hội mở.", None),
        ("Ngày 5/6/2020, hội sẽ mở.", None),
        ("Cách đây nửa thế kỷ, sáng 31/10/1968, làng bị cháy.", None),
        ("Theo kế hoạch số 12/KH - UB ngày 20/7/2018, xã dọn kênh.", None),
        ("Ông An, sinh ngày 5/6/1950, nói. Dân nghe.", None),
        ("Một. Hai. Ba. Ngày 14/7/2016, xã mở hội.", None),
    ],
)
def test_event(body: str, day: str | None) -> None:
    description = described(f"Hội xã Mây\n\n{body}")
    assert (description.event.value if description.event else None) == day
    assert description.event is None or description.event in description.dates


def test_publication_fixes_the_event_and_bounds_it() -> None:
    assert described("Hội xã\n\nChiều 2/2, xã mở hội.", "2016-02-03").event.value == "2016-02-02"  # type: ignore[union-attr]
    assert described("Hội xã\n\nNgày 2/2/2010, xã lập hội.", "2016-02-03").event is None


@pytest.mark.parametrize(
    ("text", "reviewed", "planned"),
    [
        ("Xã họp tổng kết năm 2017, bàn nhiệm vụ năm 2018.", {"2017"}, {"2018"}),
        ("Theo báo cáo công tác năm 2018, phương hướng năm 2019 của xã.", {"2018"}, {"2019"}),
        ("Năm 2017, xã đã làm ba con đường.", {"2017"}, set()),
        ("Xã triển khai công tác năm 2019.", set(), {"2019"}),
        ("Xã đã hoàn thành nhiệm vụ năm 2017.", {"2017"}, set()),
        ("They met to review 2017 and set out plans for 2018.", {"2017"}, {"2018"}),
        ("Ông An sinh năm 1950 ở xã.", set(), set()),
    ],
)
def test_roles_of_years(text: str, reviewed: set[str], planned: set[str]) -> None:
    description = described(f"Chuyện xã Mây\n\n{text}")
    assert years(description, DateRole.REVIEWED) == reviewed
    assert years(description, DateRole.PLANNED) == planned


def test_a_title_is_made_from_the_text() -> None:
    raw = (
        "Đến dự có đại diện các hộ trồng xoài.\n\nHợp tác xã xoài Mây thu 40 tấn xoài trong năm 2021, nhiều hơn năm ngoái là năm mất mùa vì nắng hạn và sâu bệnh.\n\n"
        "Giá xoài tăng. Hợp tác xã xoài bán xoài sang Nhật. Các hộ trồng xoài vui."
    )
    description = described(raw)
    assert description.title_derived
    assert description.title == "Hợp tác xã xoài Mây thu 40 tấn xoài trong năm 2021"
    assert described("Xã Mây\n\nHọp.").title_derived is False


@pytest.mark.parametrize("raw", ["", "---", "a", "\ud800", "Một dòng dài " * 40, "x" * 5000])
def test_any_text_can_be_described(raw: str) -> None:
    description = described(raw)
    assert len(description.title) <= LONGEST_TITLE
    assert (description.event, description.published, description.outlet) == (None, None, None)


def test_languages() -> None:
    assert described("Hội xã\n\nXã họp về việc làm đường.").language == "vi"
    assert described("Fair\n\nThe fair was held by the lake and it was full.").language == "en"


SEED_FACTS = {
    "000": ("Bốn văn phòng ở Trung ương triển khai công tác phối hợp năm 2019", None, None),
    "001": ("Tăng cường phối hợp công tác giữa 4 Văn phòng Trung ương", "VietnamPlus", "2016-02-02"),
    "002": ("Bốn Văn phòng TW phối hợp chặt chẽ, nâng cao chất lượng phục vụ", "TTXVN / Vietnam+", "2020-01-16"),
    "003": (None, "TTXVN", None),
    "004": ("Hội nghị toàn quốc công tác văn phòng tỉnh ủy, thành ủy", None, "2016-07-14"),
}


@pytest.fixture(params=sorted(SEED_FACTS))
def seed(request: pytest.FixtureRequest) -> tuple[str, Description]:
    if not SEEDS.is_dir():
        pytest.skip(f"no seed articles at {SEEDS}")
    return request.param, described(next(SEEDS.glob(f"{request.param}_*.txt")).read_text(encoding="utf-8"))


@pytest.mark.seeds
def test_seeds(seed: tuple[str, Description]) -> None:
    number, description = seed
    title, outlet, event = SEED_FACTS[number]
    assert description.title == title or (title is None and 20 < len(description.title) <= LONGEST_TITLE)
    assert description.title_derived == (title is None)
    assert description.outlet == outlet
    assert (description.event.value if description.event else None) == event
    assert (description.url is not None) == (number == "001")
    assert description.published is None
    assert description.language == "vi"
    if number == "000":
        assert {d.value for d in description.dates} == {"2018", "2019"}
    if number == "001":
        assert description.event is not None
        assert (description.event.text, description.event.basis) == ("chiều 2/2", "Xuân Bính Thân")
        assert description.url.endswith("/369789.vnp")  # type: ignore[union-attr]
    if number == "002":
        assert description.outlets == ("TTXVN", "VietnamPlus")
    if number == "003":
        assert "2017" in years(description, DateRole.REVIEWED)
        assert years(description, DateRole.PLANNED) == {"2018"}


@pytest.mark.parametrize(
    "bit", ["a", "A. ", "2/2 ", "2019 ", "1-", "ngày 2/3 ", "Từ ngày 1/1/2019 đến ", "(Ảnh: a) ", "ảnh 1"]
)
@pytest.mark.timeout(60)  # what grows with the square of the length would take hours
def test_a_line_of_a_megabyte_is_described_in_time(bit: str) -> None:
    assert describe(clean("Tít bài\n" + bit * (1_000_000 // len(bit)))).title == "Tít bài"
