"""Times are found with their exact words, resolved by rule, and what nothing fixes is left out."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.dates import measure, read_rows
from qa.language.times import TimeKind, bounds, covers, find_counted, find_times
from qa.language.times.source import TimeText
from qa.language.times.stretches import between, half_of, part_of, stretch, weekday_of

DAY = "2019-03-14"
"""A Thursday."""


def read(text: str, counted_from: str | None = DAY, *, plain: bool = False) -> list[tuple[str, str, str]]:
    found = find_times(text, counted_from=counted_from, plain=plain)
    assert all(text[t.mention.start : t.mention.end] == t.mention.text for t in found)
    return [(t.mention.text, t.mention.value, t.kind.value) for t in found]


VIETNAMESE = [
    # days and months
    ("chiều 16/1", "2019-01-16", "day"),
    ("ngày 4/2 năm ngoái", "2018-02-04", "day"),
    ("ngày 2 tháng Chín năm 1945", "1945-09-02", "day"),
    ("ngày 14/3 vừa qua", "2019-03-14", "day"),
    ("ngày 20/3 tới", "2019-03-20", "day"),
    ("tháng 7", "2018-07", "month"),
    ("tháng 4 tới", "2019-04", "month"),
    ("tháng 7 năm ngoái", "2018-07", "month"),
    ("tháng Bảy", "2018-07", "month"),
    ("tháng 7/2016", "2016-07", "month"),
    # counted from the day
    ("hôm qua", "2019-03-13", "relative"),
    ("tối hôm kia", "2019-03-12", "relative"),
    ("rạng sáng nay", "2019-03-14", "relative"),
    ("chiều mai", "2019-03-15", "relative"),
    ("tuần trước", "2019-03-04/2019-03-10", "relative"),
    ("tuần tới", "2019-03-18/2019-03-24", "relative"),
    ("cuối tuần qua", "2019-03-09/2019-03-10", "relative"),
    ("tháng trước", "2019-02", "relative"),
    ("năm kia", "2017", "relative"),
    ("năm sau", "2020", "relative"),
    ("ngày 20 tháng trước", "2019-02-20", "relative"),
    ("hai ngày trước", "2019-03-12", "relative"),
    ("ba tuần trước", "2019-02-18/2019-02-24", "relative"),
    ("cách đây 3 năm", "2016", "relative"),
    ("cách đây hơn mười hai năm", "2007", "relative"),
    ("thứ Năm", "2019-03-14", "relative"),
    ("chiều thứ hai", "2019-03-11", "relative"),
    ("thứ Hai tuần trước", "2019-03-04", "relative"),
    ("thứ Bảy tới", "2019-03-16", "relative"),
    ("Chủ nhật", "2019-03-10", "relative"),
    ("đầu năm nay", "2019-01/2019-03", "relative"),
    ("cuối tháng trước", "2019-02-21/2019-02-28", "relative"),
    # parts of years
    ("quý I/2016", "2016-01/2016-03", "period"),
    ("quý 3 năm 2018", "2018-07/2018-09", "period"),
    ("quý IV", "2018-10/2018-12", "period"),
    ("6 tháng đầu năm 2018", "2018-01/2018-06", "period"),
    ("ba quý đầu năm 2018", "2018-01/2018-09", "period"),
    ("6 tháng đầu năm", "2019-01/2019-06", "period"),
    ("9 tháng năm 2018", "2018-01/2018-09", "period"),
    ("nửa cuối năm 2018", "2018-07/2018-12", "period"),
    ("giữa năm 2016", "2016-05/2016-08", "period"),
    ("cuối tháng 2/2016", "2016-02-21/2016-02-29", "period"),
    ("những năm 90", "1990/1999", "period"),
    ("cuối thập niên 1990", "1997/1999", "period"),
    ("những năm 60 của thế kỷ 20", "1960/1969", "period"),
    ("thế kỷ XX", "1901/2000", "period"),
    ("mùa đông năm 2016", "2016-11/2017-01", "period"),
    # stretches
    ("từ 2016 đến 2018", "2016/2018", "range"),
    ("giai đoạn 2016–2020", "2016/2020", "range"),
    ("từ ngày 4 đến 6/2/2016", "2016-02-04/2016-02-06", "range"),
    ("từ 4/2 đến 6/2", "2019-02-04/2019-02-06", "range"),
    ("ngày 28/2-1/3", "2019-02-28/2019-03-01", "range"),
    ("từ tháng 3 đến tháng 5/2017", "2017-03/2017-05", "range"),
    ("từ tháng 11 đến tháng 2/2018", "2017-11/2018-02", "range"),
    ("tháng 3-5/2017", "2017-03/2017-05", "range"),
    ("từ quý I đến quý III/2018", "2018-01/2018-09", "range"),
    ("giữa năm 2016 và năm 2018", "2016/2018", "range"),
    ("năm học 2018-2019", "2018/2019", "range"),
    # terms
    ("nhiệm kỳ 2015–2020", "2015/2020", "term"),
    ("Quốc hội khóa XIV", "2016/2021", "term"),
    ("Đại hội Đảng lần thứ XII", "2016", "term"),
    ("nhiệm kỳ Đại hội XII", "2016/2021", "term"),
    ("cuối quý III/2018", "2018-09", "period"),
    ("tuần đầu tháng 7/2018", "2018-07-01/2018-07-07", "period"),
    ("10 ngày cuối tháng 2/2016", "2016-02-20/2016-02-29", "period"),
    ("đầu tuần này", "2019-03-11/2019-03-12", "relative"),
    # lunar years
    ("Tết Mậu Tuất", "2018", "lunar"),
    ("Tết Mậu Thân 1968", "1968", "lunar"),
    ("Xuân Bính Thân", "2016", "lunar"),
    ("Tết Nguyên đán 2018", "2018", "lunar"),
    ("năm Thìn 1964", "1964", "lunar"),
    ("năm con Lợn", "2019", "lunar"),
    # what one word or number lends to another
    ("ngày 9-19 tháng 7", "2018-07-09/2018-07-19", "range"),
    ("từ ngày 23 đến 29 tháng 4", "--04-23/--04-29", "range"),
    ("từ ngày 31/1-2/2", "2019-01-31/2019-02-02", "range"),
    ("từ 1/5 đến 15/6 năm ngoái", "2018-05-01/2018-06-15", "range"),
    ("mùa giải 2018", "2018", "year"),
    ("năm tài chính 2018", "2018", "year"),
    ("niên vụ 2018-2019", "2018/2019", "range"),
    ("mùa đông 2016-2017", "2016-11/2017-01", "period"),
    ("năm 1871-1874", "1871/1874", "range"),
    ("tháng cuối năm 2017", "2017-12", "period"),
    ("tháng 10 này", "2019-10", "month"),
    ("giữa tháng mười hai", "2018-12-11/2018-12-20", "period"),
]
ENGLISH = [
    ("16 January", "2019-01-16", "day"),
    ("Monday, 11 March", "2019-03-11", "day"),
    ("the night of March 5", "2019-03-05", "day"),
    ("July", "2018-07", "month"),
    ("May last year", "2018-05", "month"),
    ("last July", "2018-07", "month"),
    ("yesterday morning", "2019-03-13", "relative"),
    ("the day before yesterday", "2019-03-12", "relative"),
    ("last night", "2019-03-13", "relative"),
    ("last week", "2019-03-04/2019-03-10", "relative"),
    ("next month", "2019-04", "relative"),
    ("this year", "2019", "relative"),
    ("two years ago", "2017", "relative"),
    ("a week ago", "2019-03-04/2019-03-10", "relative"),
    ("Monday", "2019-03-11", "relative"),
    ("last Thursday", "2019-03-07", "relative"),
    ("next Tuesday", "2019-03-19", "relative"),
    ("Friday last week", "2019-03-08", "relative"),
    ("late last year", "2018-10/2018-12", "relative"),
    ("the first quarter of 2018", "2018-01/2018-03", "period"),
    ("Q3 2018", "2018-07/2018-09", "period"),
    ("the second half of last year", "2018-07/2018-12", "period"),
    ("the first nine months of 2018", "2018-01/2018-09", "period"),
    ("mid-2016", "2016-05/2016-08", "period"),
    ("early July", "2018-07-01/2018-07-10", "period"),
    ("the end of 2016", "2016-10/2016-12", "period"),
    ("the early 1990s", "1990/1993", "period"),
    ("the 90s", "1990/1999", "period"),
    ("the twentieth century", "1901/2000", "period"),
    ("the winter of 2012", "2012-11/2013-01", "period"),
    ("between 2016 and 2018", "2016/2018", "range"),
    ("from March to May 2017", "2017-03/2017-05", "range"),
    ("from 4 to 6 February 2016", "2016-02-04/2016-02-06", "range"),
    ("4-6 February 2016", "2016-02-04/2016-02-06", "range"),
    ("February 4-6", "2019-02-04/2019-02-06", "range"),
    ("Tues., March 12", "2019-03-12", "day"),
    ("12/31/2018", "2018-12-31", "day"),
    ("this past Friday", "2019-03-08", "relative"),
    ("this coming Friday", "2019-03-15", "relative"),
    ("a fortnight ago", "2019-02-25/2019-03-03", "relative"),
    ("last summer", "2018-05/2018-07", "relative"),
    ("next spring", "2020-02/2020-04", "relative"),
    ("the end of the month", "2019-03-21/2019-03-31", "relative"),
    ("early next week", "2019-03-18/2019-03-19", "relative"),
    ("the week of March 5", "2019-03-04/2019-03-10", "period"),
    ("the weekend of March 2", "2019-03-02/2019-03-03", "period"),
    ("the first week of June 2018", "2018-06-01/2018-06-07", "period"),
    ("the last ten days of April 2018", "2018-04-21/2018-04-30", "period"),
    ("the first two months", "2019-01/2019-02", "period"),
    ("Q4", "2018-10/2018-12", "period"),
    ("H1 2018", "2018-01/2018-06", "period"),
    ("end-2018", "2018-10/2018-12", "period"),
    ("the end of the third quarter of 2018", "2018-09", "period"),
    ("the 1800s", "1800/1899", "period"),
    ("the fiscal year 2018", "2018", "year"),
    ("the 2017-18 season", "2017/2018", "range"),
    ("the academic year 2017-2018", "2017/2018", "range"),
    ("december 2018", "2018-12", "month"),
    ("may 2018", "2018-05", "month"),
    ("the Year of the Dog", "2018", "lunar"),
    ("the 2015-20 term", "2015/2020", "term"),
    ("the 12th Party Congress", "2016", "term"),
    ("the 14th National Assembly", "2016/2021", "term"),
    ("the 2015-2020 tenure", "2015/2020", "term"),
    ("Lunar New Year 2018", "2018", "lunar"),
    ("Tet Mau Than 1968", "1968", "lunar"),
    ("the Year of the Rat 2020", "2020", "lunar"),
    ("the small hours of 5 March", "2019-03-05", "day"),
    ("the mid-70s", "1974/1976", "period"),
    ("the '90s", "1990/1999", "period"),
    ("the late '60s", "1967/1969", "period"),
    ("the winter of 2013-14", "2013-11/2014-01", "period"),
    ("end-March", "2019-03-21/2019-03-31", "period"),
    ("the weekend of June 2-3", "2018-06-02/2018-06-03", "period"),
    ("1939-45", "1939/1945", "range"),
    ("2018/19", "2018/2019", "range"),
    ("between 1872 to 1920", "1872/1920", "range"),
    ("April-June 2018", "2018-04/2018-06", "range"),
    ("March 2015-May 2016", "2015-03/2016-05", "range"),
    ("Q1-Q3 2018", "2018-01/2018-09", "range"),
    ("between late 2014 and early 2016", "2014-10/2016-03", "range"),
    ("the night of 14-15 November", "2018-11-14/2018-11-15", "range"),
    ("the night of 13 to 14 March 1986", "1986-03-13/1986-03-14", "range"),
    ("Jan. 3-Feb. 5", "2019-01-03/2019-02-05", "range"),
    ("the last Friday of June 2018", "2018-06-29", "day"),
    ("the first Sunday in May", "2018-05-06", "day"),
    ("January 23, last year", "2018-01-23", "day"),
    ("Sunday last week", "2019-03-10", "relative"),
]


@pytest.mark.parametrize(("words", "value", "kind"), VIETNAMESE)
def test_a_vietnamese_time_with_its_words(words: str, value: str, kind: str) -> None:
    assert read(f"Hai xã ký biên bản {words}, rồi ai về nhà nấy.") == [(words, value, kind)]


@pytest.mark.parametrize(("words", "value", "kind"), ENGLISH)
def test_an_english_time_with_its_words(words: str, value: str, kind: str) -> None:
    assert read(f"Both hamlets signed it in {words}, and left.") == [(words, value, kind)]


PLAIN = [
    ("nam ngoai", "2018"), ("thang truoc", "2019-02"), ("hom qua", "2019-03-13"), ("tuan nay", "2019-03-11/2019-03-17"),
    ("quy I/2016", "2016-01/2016-03"), ("quy iii/2016", "2016-07/2016-09"), ("dau nam 2016", "2016-01/2016-03"),
    ("cuoi thang 7", "2018-07-21/2018-07-31"), ("thang 7 nam ngoai", "2018-07"), ("6 thang dau nam 2018", "2018-01/2018-06"),
    ("ba nam truoc", "2016"), ("cach day 3 nam", "2016"), ("thu 6 tuan truoc", "2019-03-08"), ("sang 16/1", "2019-01-16"),
    ("tu nam 2016 den nam 2018", "2016/2018"), ("giai doan 2016-2020", "2016/2020"), ("quoc hoi khoa xiv", "2016/2021"),
    ("dai hoi dang lan thu XII", "2016"), ("tet mau tuat", "2018"), ("nam ky hoi", "2019"), ("nhung nam 90", "1990/1999"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value"), PLAIN)
def test_vietnamese_without_diacritics(words: str, value: str) -> None:
    assert [r[:2] for r in read(f"xin hoi {words} co ai den?", plain=True)] == [(words, value)]


@pytest.mark.parametrize(
    "text",
    ["nguoi viet nam nay o dau", "mien nam truoc day", "toi qua do choi", "lan thu hai la ai", "hang nam co gi", "duong 30/4"],
)  # fmt: skip
def test_what_is_no_time_without_diacritics(text: str) -> None:
    assert read(text, plain=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "20 năm kinh nghiệm", "phạt 9 năm tù", "trong 3 ngày", "suốt 18 tháng", "hằng năm, mỗi tháng một lần", "thứ Bảy hàng tuần",
        "Nghị quyết 37-NQ/TW", "Thông tư 14/2013/TT-BYT", "tỷ số 2-1", "2.019 tấn", "đường 30/4", "số 16/1 phố Hàng", "phòng 2018 và 2019",
        "23 tháng Chạp", "mùng 1 Tết", "hiện nay", "thời gian qua", "buổi sáng", "đầu xuân", "mùa giải này", "lần thứ hai", "kỳ họp thứ Năm",
        "năm này qua tháng khác", "3 năm trước đó", "hai ngày trước trận đấu", "những năm trước", "3 năm nay", "5 năm qua", "hai năm sau",
        "năm sau cao hơn năm trước", "ông Quý Mùi", "cách mạng tháng Tám", "iPhone 2018", "HĐND tỉnh khóa XVI",
        "nghị quyết khóa XII", "Đại hội Đảng bộ tỉnh lần thứ XII", "Đại hội XI Công đoàn Việt Nam", "tháng năm tuổi trẻ", "vài năm trước",
        "20 years of work", "sent 2016 samples", "once a month", "he may march", "August Seeds won", "and March on is its song", "half a year ago",
        "every Monday", "Black Friday", "a quarter of a million", "the first half", "the next year", "the 115th Congress", "Tet", "years ago",
        "the film “Year of the Dragon”", "$2,019", "2018 people", "room 2016", "Ward 2016", "call 1900 2020", "ISO 9001:2015", "2018 thousand crowns",
        "built by March & Sons", "they may march 3 miles", "rằm tháng Bảy", "two years later", "up from a year earlier", "hôm sau",
        "mã SJC 2022", "căn 2008", "thẻ 1999", "2000 năm lịch sử", "hơn 2000", "giảm còn 1/3", "tăng đến 2/3", "thắng (2-1)",
        "quốc gia thứ ba sau Lào", "đợt dịch thứ tư này", "thế giới thứ ba này", "kim loại quý này", "2,6 tỷ năm trước", "năm con lợn chết",
        "thế kỷ 3 trước Công nguyên", "pages 1990-1995", "code 1984", "a 2016-page report", "USA Today says so", "the Saturday Night Live show",
        "this may be so", "his 20th century", "14 July Square", "on a Friday", "in 1500 BC", "at 2033 GMT", "Friday the 13th", "after May resigned",
        "the Monday after Easter", "on Sunday trading", "his 11th term in the party", "tuần thứ ba tháng trước",
        "Bệnh nhân 2021 lên chuyến bay VN 2020", "flight VN 2020", "a fine of 2018 crowns", "track 1990", "the Sunday market",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert read(f"Xem {text}.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng nay (14/3), họ về.", [("Sáng nay", "2019-03-14"), ("14/3", "2019-03-14")]),
        ("Tối qua, 1/3 số phiếu đã đếm.", [("Tối qua", "2019-03-13")]),
        ("Ngày 4 và 5/2/2016 họ họp.", [("Ngày 4", "2016-02-04"), ("5/2/2016", "2016-02-05")]),
        ("Họp ngày 4, 5 và 6/2/2016.", [("ngày 4", "2016-02-04"), ("5", "2016-02-05"), ("6/2/2016", "2016-02-06")]),
        ("Quý I và quý II/2017 đều lỗ.", [("Quý I", "2017-01/2017-03"), ("quý II/2017", "2017-04/2017-06")]),
        ("Việc làm từ năm 2016 đến nay.", [("năm 2016", "2016")]),
        ("It has stood since 1946 and on 12 July.", [("1946", "1946"), ("12 July", "2018-07-12")]),
        ("Năm nay lãi hơn năm trước.", [("Năm nay", "2019"), ("năm trước", "2018")]),
        ("Nghị quyết Trung ương 6 khóa XII; Quốc hội khóa XIV.", [("khóa XII", "2016/2021"), ("Quốc hội khóa XIV", "2016/2021")]),
        ("Trung ương Đoàn khóa XI họp. Nghị quyết khóa XI của Đảng.", [("khóa XI", "2011/2016")]),
        ("Arrested in May 2018, freed a month later.", [("May 2018", "2018-05"), ("a month later", "2018-06")]),
        ("On March 3 it sank. The next day they came.", [("March 3", "2019-03-03"), ("The next day", "2019-03-04")]),
        ("Năm 2016 lỗ, hai năm sau, lãi.", [("Năm 2016", "2016"), ("hai năm sau", "2018")]),
        ("It shut in 2016. It was sold. One year later it reopened.", [("2016", "2016")]),
        ("It shut in 2016, and two days later reopened.", [("2016", "2016")]),
        ("It will open on Monday, he said on Tuesday.", [("Monday", "2019-03-18"), ("Tuesday", "2019-03-12")]),
        ("On June 3 and 4, 2018 they met.", [("June 3", "2018-06-03"), ("4, 2018", "2018-06-04")]),
        ("Held on 3 and 4 June 2018.", [("3", "2018-06-03"), ("4 June 2018", "2018-06-04")]),
        ("The rally on March 2 marked 2 March 1945.", [("March 2", "2019-03-02"), ("2 March 1945", "1945-03-02")]),
        ("SEA Games 2019 và World Cup 2018", [("2019", "2019"), ("2018", "2018")]),
        ("Tòa họp các ngày 13, 14 và 15/2.", [("ngày 13", "2019-02-13"), ("14", "2019-02-14"), ("15/2", "2019-02-15")]),
        ("Cháy đêm 15, rạng sáng 16/2.", [("đêm 15", "2019-02-15"), ("rạng sáng 16/2", "2019-02-16")]),
        ("Hai tháng 5 và 6, giá tăng.", [("tháng 5", "2018-05"), ("6", "2018-06")]),
        ("Tháng 11 và 12/2018 lãi.", [("Tháng 11", "2018-11"), ("12/2018", "2018-12")]),
        ("Quý I và II/2018 lãi.", [("Quý I", "2018-01/2018-03"), ("II/2018", "2018-04/2018-06")]),
        ("Kế hoạch 10 năm 2016-2025.", [("2016-2025", "2016/2025")]),
        ("Trận cuối cùng năm 2018.", [("năm 2018", "2018")]),
        ("Diễn ở Huế (18/2), Vinh (19/2).", [("18/2", "2019-02-18"), ("19/2", "2019-02-19")]),
        ("Từ 15/2, trạm mở; hạn là 28 tháng 2.", [("15/2", "2019-02-15"), ("28 tháng 2", "2019-02-28")]),
        ("Dịp 8/3 năm nay, lễ 30-4, phiên 5/3.", [("8/3 năm nay", "2019-03-08"), ("30-4", "--04-30"), ("5/3", "2019-03-05")]),
        ("Chụp ngày 9-3 - Ảnh: Tư liệu.", [("ngày 9-3", "2019-03-09")]),
        ("Lần thứ 2 ngày 10-11-1964 ông đến.", [("ngày 10-11-1964", "1964-11-10")]),
        ("Vào tháng 2 sau hai năm; hôm Chủ nhật sau cuộc họp.", [("tháng 2", "2019-02"), ("hôm Chủ nhật", "2019-03-10")]),
        ("Tòa sẽ họp vào thứ Tư, xong việc dự kiến vào tháng 11.", [("thứ Tư", "2019-03-20"), ("tháng 11", "--11")]),
        ("Hồi đầu tuần ốm, hồi cuối năm khỏe.", [("đầu tuần", "2019-03-11/2019-03-12"), ("cuối năm", "2018-10/2018-12")]),
        ("Ngày 4/2 vào viện; hai ngày sau phải mổ, 3 năm sau vụ cháy.", [("Ngày 4/2", "2019-02-04"), ("hai ngày sau", "2019-02-06")]),
        ("Quan Hồ (1856-1939) mất; rơi vào ngày 21 hoặc 22-2.", [("1856-1939", "1856/1939"), ("ngày 21", "2019-02-21"), ("22-2", "2019-02-22")]),
        ("It will open in November. Will Davis left Tuesday.", [("November", "--11"), ("Tuesday", "2019-03-12")]),
        ("Sunday after the vote, up from August. However, by May.", [("Sunday", "2019-03-10"), ("August", "2018-08"), ("May", "2018-05")]),
        ("On the 14th and 15th of January.", [("14th", "2019-01-14"), ("15th of January", "2019-01-15")]),
        ("On January 14, 15 and 16, 2018.", [("January 14", "2018-01-14"), ("15", "2018-01-15"), ("16, 2018", "2018-01-16")]),
        ("Seen in 1607, 1682 and 1759, feared by 1500 men.", [("1607", "1607"), ("1682", "1682"), ("1759", "1759")]),
        ("Tháng 7/2016 có lũ, cầu sẽ xong vào tháng 7, dự kiến tuần đầu tháng 8.", [("Tháng 7/2016", "2016-07"), ("tháng 7", "--07"), ("tuần đầu tháng 8", "--08-01/--08-07")]),
        ("It will open on the first Sunday in June.", [("the first Sunday in June", "2019-06-02")]),
        ("The 2019 Women's Cup and the 1968 Tet Offensive.", [("2019", "2019"), ("1968", "1968")]),
        ("Until 1884, between 1500 and 1700 sheep, from 2005-07.", [("1884", "1884"), ("2005", "2005")]),
    ],
)  # fmt: skip
def test_several_times(text: str, expected: list[tuple[str, str]]) -> None:
    assert [r[:2] for r in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hôm qua và đầu năm nay, hai năm trước, quý II, Tết Canh Tý, last week, thứ Hai.", []),
        ("Sáng 7/10 và tháng 11.", ["--10-07", "--11"]),
        ("Đầu tháng 7 và February 4-6.", ["--07-01/--07-10", "--02-04/--02-06"]),
        ("Sáng 2/3 họp. Biên bản lập ngày 2/3/2018.", ["2018-03-02", "2018-03-02"]),
        ("Tháng 7 lỗ. Trong tháng 7/2016 có lũ.", ["2016-07", "2016-07"]),
        ("Đón Tết Canh Tý. Việc của năm 2020 còn nhiều.", ["2020", "2020"]),
        ("Mừng Tết Canh Tý 2020, chiều 16/1 xã họp.", ["2020", "2020-01-16"]),
    ],
)
def test_without_a_day_to_count_from(text: str, expected: list[str]) -> None:
    assert [r[1] for r in read(text, None)] == expected


def test_what_counts_from_another_time_of_the_text_does_not_count_from_the_day() -> None:
    text = "It sank on March 3, 2018. The next day, they wept; last week they laughed."
    assert find_times(text, counted_from=DAY)[1].mention.basis == "March 3, 2018"
    assert [m.text for m in find_counted(text, counted_from=DAY)] == ["last week"]


def test_the_basis_is_what_decided() -> None:
    found = find_times("Hôm qua; ngày 5/2; tháng 7; quý I/2016; Tết Kỷ Hợi.", counted_from=DAY)
    assert [t.mention.basis for t in found] == [DAY, DAY, DAY, None, DAY]
    assert find_times("Sáng 2/3. Ngày 2/3/2018.")[0].mention.basis == "Ngày 2/3/2018"


@pytest.mark.parametrize("counted_from", ["", "2019", "2019-02-30", "0001-01-01", "9999-12-31", "khi nào"])
def test_a_day_that_cannot_be_counted_from_is_none(counted_from: str) -> None:
    assert read("Hôm qua, tuần trước, next month, 900 năm trước.", counted_from) == []


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016-07-14", "2016-07-14", "2016-07-14"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-01/2016-03", "2016-01-01", "2016-03-31"),
        ("1901/2000", "1901-01-01", "2000-12-31"),
    ],
)
def test_bounds(value: str, first: str, last: str) -> None:
    found = bounds(value)
    assert found is not None
    assert [day.isoformat() for day in found] == [first, last]
    assert stretch(*found) == value


@pytest.mark.parametrize("value", ["--07-14", "--07", "--02-04/--02-06", "", "2016-13", "2016-02-30", "0000", "chiều"])
def test_what_has_no_bounds(value: str) -> None:
    assert bounds(value) is None


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2016-01/2016-03", "2016-02-04", True),
        ("2016-01/2016-03", "2016-04", False),
        ("2016", "2015/2020", True),
        ("--07-14", "2016", True),
        ("--07-14", "2016-01/2016-03", False),
        ("--02-29", "2017/2020", True),
        ("--07", "--07-14", True),
        ("--07", "--08-14", False),
        ("--02-04/--02-06", "2016-02-05", True),
        ("", "2016", False),
    ],
)
def test_covers(one: str, other: str, shared: bool) -> None:
    assert covers(one, other) is shared
    assert covers(other, one) is shared


def test_stretches_are_as_coarse_as_they_can_be() -> None:
    assert between("2017-01", "2017-12") == "2017"
    assert between("2016-02-01", "2016-02-29") == "2016-02"
    assert between("2018", "2016") is None
    assert (part_of("2016-07-14", "early"), half_of("2016-07-14", 1)) == (None, None)
    assert [weekday_of("2018-06", 4, n) for n in (1, -1)] == ["2018-06-01", "2018-06-29"]
    assert weekday_of("--06", 4, 1) is None


PIECES = st.sampled_from(
    "năm tháng ngày quý tuần thứ Hai Năm đầu cuối giữa nửa nay trước sau tới qua đến từ và 2016 2018 14/7 4 6 12 III XII khóa Đại hội Quốc "
    "Tết Canh Tý - – / , ( ) . July May last next first quarter half of the ago two years Monday early 1990s century from to between and".split()
)


@given(st.lists(PIECES, max_size=24), st.sampled_from([DAY, None, "2000-02-29"]), st.booleans())
def test_times_are_in_order_apart_and_exact(pieces: list[str], counted_from: str | None, plain: bool) -> None:
    text = " ".join(pieces)
    found = find_times(text, counted_from=counted_from, plain=plain)
    assert all(text[t.mention.start : t.mention.end] == t.mention.text != "" for t in found)
    assert all(a.mention.end <= b.mention.start for a, b in pairwise(found))
    assert all(covers(t.mention.value, t.mention.value) and isinstance(t.kind, TimeKind) for t in found)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(text[t.mention.start : t.mention.end] == t.mention.text for t in find_times(text, counted_from=DAY))
    find_times(text, plain=True)


@pytest.mark.parametrize(
    "bit",
    [
        "năm ", "năm trước ", "ngày ", "chiều ", "tháng 7 ", "quý I và ", "từ 4/2 đến 6/2 ", "đầu ", "nửa đầu ", "khóa XII ", "cách đây ", " ", "9",
        "Tết Canh Tý, ", "2016-", "July 4-", "the first ", "years ago 3 ", "Monday, ", "a century ", "ngày 4, 5, ", "the night of ", "İ",
        "2016, two days later ", "June 3 and ", "will meet ", "the end of the ", "the 2017-18 ", "tháng 5, ", "đêm 15, ", "1939-45 ", "sẽ ",
        "on 3, ", "tet ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("plain", [False, True])
def test_a_large_text_is_read_in_time(bit: str, plain: bool) -> None:
    text = bit * (30_000 // len(bit))
    begun = time.process_time()
    found = find_times(text, counted_from=DAY, plain=plain)
    assert time.process_time() - begun < 5  # what grows with the square of the length would take longer
    assert all(text[t.mention.start : t.mention.end] == t.mention.text for t in found)


def test_what_stands_before_is_seen_within_a_line() -> None:
    source = TimeText("x", "x", None)
    assert (source.basis, source.day_after(1)) == (None, None)
    assert read("Họ về hôm\nqua sông.") == []


def test_the_benchmark_counts_hits_and_wrong_values(tmp_path: Path) -> None:
    text = "Hôm qua và năm 2016."
    marks = [
        {"start": 0, "end": 7, "text": "Hôm qua", "kind": "relative", "value": "2019-03-12"},  # a day too early
        {"start": 11, "end": 19, "text": "năm 2016", "kind": "year", "value": "2016"},
    ]
    row = {"id": "a", "language": "vi", "published": DAY, "half": "tune", "marks": marks}
    named = {**row, "id": "b", "source": "one", "offset": 8, "length": 12, "half": "kept", "marks": []}
    path = tmp_path / "marks.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in ({**row, "text": text}, named)), encoding="utf-8")
    tallies = measure(list(read_rows(path, {"one": text}.__getitem__)))
    every = tallies["tune", "all"]
    assert (every.marked, every.found, every.hits, every.wrong_value) == (2, 2, 1, 1)
    assert (tallies["tune", "relative"].recall, tallies["tune", "year"].precision) == (0.0, 1.0)
    assert (tallies["kept", "all"].found, tallies["kept", "all"].misses) == (1, [])
