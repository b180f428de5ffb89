"""Days of publication, in whatever way files write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.days import ImplausibleDayError, published_day

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019-04-25", "2019-04-25"),
        ("2019-4-5", "2019-04-05"),
        ("2019-04", "2019-04"),
        ("2019", "2019"),
        (2019, "2019"),
        ("20190425", "2019-04-25"),
        (20190425, "2019-04-25"),
        ("2019/04/25", "2019-04-25"),
        ("2019-04-25T10:30:00+07:00", "2019-04-25T10:30:00+07:00"),
        ("2019-04-25T10:30:00Z", "2019-04-25T10:30:00+00:00"),
        ("2019-04-25 10:30:00.123", "2019-04-25T10:30:00"),
        ("2019-04-25T10:30:00+0700", "2019-04-25T10:30:00+07:00"),
        ("Thu, 25 Apr 2019 10:30:00 +0700", "2019-04-25T10:30:00+07:00"),
        ("25 Apr 2019 10:30 GMT", "2019-04-25T10:30:00+00:00"),
        (1556163000, "2019-04-25T10:30:00+07:00"),
        (1556163000000, "2019-04-25T10:30:00+07:00"),
        ("1556163000", "2019-04-25T10:30:00+07:00"),
        ("25/4/2019", "2019-04-25"),
        ("25-04-2019", "2019-04-25"),
        ("5.4.2019", "2019-04-05"),
        ("Thứ Năm, 25/04/2019 10:30 (GMT+7)", "2019-04-25T10:30:00+07:00"),
        ("10:30 25/04/2019", "2019-04-25T10:30:00"),
        ("25/04/2019 10:30 PM", "2019-04-25T22:30:00"),
        ("25/04/2019 12:05 SA", "2019-04-25T00:05:00"),
        ("25/04/2019 - 7h05", "2019-04-25T07:05:00"),
        ("ngày 25 tháng 4 năm 2019", "2019-04-25"),
        ("Đăng lúc 8:15, ngày 25 tháng 4 năm 2019", "2019-04-25T08:15:00"),
        ("April 25, 2019", "2019-04-25"),
        ("tháng 4/2019", "2019-04"),
        (date(2019, 4, 25), "2019-04-25"),
        (datetime(2019, 4, 25, 10, 30), "2019-04-25T10:30:00"),
        ("2027-02-28", "2027-02-28"),
    ],
)
def test_a_day_is_read(value: object, day: str) -> None:
    assert published_day(value, today=TODAY) == day


@pytest.mark.parametrize(
    "value",
    [
        "",
        "hôm qua",
        "04/25/2019",
        "30/2/2019",
        "2019-02-30",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00",
        0,
        -1,
        0.0,
        1e300,
        float("nan"),
        True,
        None,
        [],
        "25/4",
        "v1.2.3",
    ],
)
def test_what_names_no_day_is_left_open(value: object) -> None:
    assert published_day(value, today=TODAY) is None


@pytest.mark.parametrize("value", ["3019-01-01", "1/1/3019", "2027-03-02", 32503680000, "2099"])
def test_the_future_is_refused(value: object) -> None:
    with pytest.raises(ImplausibleDayError, match="in the future"):
        published_day(value, today=TODAY)


def test_the_time_before_newspapers_is_refused() -> None:
    with pytest.raises(ImplausibleDayError, match="published 1066-10-14"):
        published_day("1066-10-14", today=TODAY)


@given(st.text(max_size=40) | st.integers() | st.floats() | st.dates().map(str) | st.datetimes().map(str))
def test_nothing_else_is_raised_and_what_is_read_is_a_day(value: object) -> None:
    try:
        day = published_day(value, today=TODAY)
    except ImplausibleDayError:
        return
    if day is not None and len(day) >= 10:
        assert 1600 <= date.fromisoformat(day[:10]).year <= 2027
