"""Who holds which post and does what: read from text, kept in the ledger, told apart, asked for."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.people import measure
from ingest import ingest
from ingest.prepare import article_of_record
from ingest.records import Record
from qa import NewsAssistant, Settings
from qa.appearances import Entry, occasion
from qa.people.asked import Asked, AskedFor, people_asked
from qa.people.mentions import find_mentions
from qa.people.offices import Office, leads, office_of
from qa.people.rows import find_appearances
from qa.people.timeline import people_of
from qa.people.told import told
from qa.question import understand
from qa.schema import Role


def rows(text: str) -> set[tuple[str, str, str]]:
    return {(a.person, a.role.value, a.post) for a in find_appearances(text)}


def test_a_list_with_semicolons_gives_each_of_its_people_their_posts_and_the_deed_of_its_heading() -> None:
    text = "Đồng chủ trì buổi làm việc có các ông: Lê Văn Tám, Bí thư Huyện ủy, Chủ tịch HĐND huyện; Trần Thị Chín, Phó Bí thư Huyện ủy."
    assert rows(text) == {
        ("Lê Văn Tám", "chairs", ""), ("Lê Văn Tám", "post", "Bí thư Huyện ủy"), ("Lê Văn Tám", "post", "Chủ tịch HĐND huyện"),
        ("Trần Thị Chín", "chairs", ""), ("Trần Thị Chín", "post", "Phó Bí thư Huyện ủy"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chủ tịch UBND xã Lê Văn Tám phát biểu tại buổi lễ.", {("Lê Văn Tám", "post", "Chủ tịch UBND xã"), ("Lê Văn Tám", "speaks", "")}),
        ("Báo cáo do bà Trần Thị Chín, Giám đốc Sở Y tế, trình bày.", {("Trần Thị Chín", "post", "Giám đốc Sở Y tế"), ("Trần Thị Chín", "presents", "")}),
        ("PGS.TS. Lê Văn Tám là Hiệu trưởng Trường Đại học Sông Xanh.", {("Lê Văn Tám", "post", "Hiệu trưởng Trường Đại học Sông Xanh")}),
        ("Tổng thống Mỹ Harold Finch gặp Thủ tướng Anh Mary Poole.", {("Harold Finch", "post", "Tổng thống Mỹ"), ("Harold Finch", "meets", ""), ("Mary Poole", "post", "Thủ tướng Anh")}),
        ("Prime Minister Mary Poole told reporters that nothing had changed.", {("Mary Poole", "post", "Prime Minister"), ("Mary Poole", "speaks", "")}),
        ("Harold Finch, chairman of the Harbour Council, attended the meeting.", {("Harold Finch", "post", "chairman of the Harbour Council"), ("Harold Finch", "attends", "")}),
        ("Nguyên Giám đốc Sở Nội vụ Lê Văn Tám không dự buổi họp.", {("Lê Văn Tám", "post", "Nguyên Giám đốc Sở Nội vụ")}),
        ("Bộ trưởng Lê Văn Tám sẽ chủ trì phiên họp tuần sau.", {("Lê Văn Tám", "post", "Bộ trưởng")}),
        ("Thành phố Hải Dương và tỉnh Thái Bình ký thỏa thuận.", set()),
    ],
)  # fmt: skip
def test_posts_and_deeds_are_read_where_the_text_words_them(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # adverbs and times between a person and the verb
        ("Ông Lê Văn Tám cũng cho rằng giá sẽ giảm.", {("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám hồi tháng 5 nhiều lần cảnh báo về lũ.", {("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám trong cuộc họp báo chiều 3/4 cho biết đã xong.", {("Lê Văn Tám", "speaks", "")}),
        # what only people have or do makes a name without surname or title a person
        ("Thu Sương (22 tuổi, quê Long An) kể lại chuyện cũ.", {("Thu Sương", "speaks", "")}),
        ('"Tôi đã chờ rất lâu", Thanh Mây chia sẻ.', {("Thanh Mây", "speaks", "")}),
        ("Ottar Bliksen, một nhà báo tự do, nói ông đã bỏ việc.", {("Ottar Bliksen", "speaks", "")}),
        ("Gareth Plum nói trận đấu khó.", {("Gareth Plum", "speaks", "")}),
        # ranks before names of one word, with and without a country
        ("Tổng thống Korvald tới thăm nhà máy.", {("Korvald", "post", "Tổng thống"), ("Korvald", "meets", "")}),
        ("Tổng thống Nga Korvald từ chức.", {("Korvald", "post", "Tổng thống Nga"), ("Korvald", "appointed", "")}),
        # the body of a post is parted from the name behind it
        ("Cố vấn Nhà Trắng Gareth Plum phát biểu.", {("Gareth Plum", "post", "Cố vấn Nhà Trắng"), ("Gareth Plum", "speaks", "")}),
        ("Tổng giám đốc Tổ chức Nghề cá Quốc tế (TCNC) Gareth Plum nói.", {("Gareth Plum", "post", "Tổng giám đốc Tổ chức Nghề cá Quốc tế"), ("Gareth Plum", "speaks", "")}),
        ("Bí thư Thành ủy TP. HCM Lê Văn Tám phát biểu.", {("Lê Văn Tám", "post", "Bí thư Thành ủy TP. HCM"), ("Lê Văn Tám", "speaks", "")}),
        # a post that no comma parts from the name; bodies behind a post
        ("Đồng chí Lê Văn Tám ủy viên dự khuyết Trung ương Đảng, Bí thư Tỉnh ủy.", {("Lê Văn Tám", "post", "ủy viên dự khuyết Trung ương Đảng"), ("Lê Văn Tám", "post", "Bí thư Tỉnh ủy")}),
        ("Ông Lê Văn Tám, Vụ trưởng Vụ Biển (C04), Bộ Môi trường cho biết.", {("Lê Văn Tám", "post", "Vụ trưởng Vụ Biển"), ("Lê Văn Tám", "speaks", "")}),
        # occupations are posts where the words name where
        ("Bà Trần Thị Chín, nhân viên của Bảo tàng Sông Xanh, kể chuyện.", {("Trần Thị Chín", "post", "nhân viên của Bảo tàng Sông Xanh"), ("Trần Thị Chín", "speaks", "")}),
        ("Chuyên gia quân sự Gareth Plum nhận định.", {("Gareth Plum", "speaks", "")}),
        # what a sentence begins with
        ("Chủ trì cuộc họp, ông Lê Văn Tám bắt đầu từ chuyện đê điều.", {("Lê Văn Tám", "chairs", "")}),
        ("Speaking at the opening, Mayor Mary Poole thanked the crews.", {("Mary Poole", "post", "Mayor"), ("Mary Poole", "speaks", "")}),
        # English occupations and coordination
        ("Police chief Harold Finch and prosecutor Mary Poole presented the findings.", {("Harold Finch", "post", "Police chief"), ("Harold Finch", "presents", ""), ("Mary Poole", "presents", "")}),
        ("Mary Poole, now a senior fellow at the Harbour Institute, warned of floods.", {("Mary Poole", "post", "senior fellow at the Harbour Institute"), ("Mary Poole", "speaks", "")}),
        # posts of several people, posts held while something is done, what stands between a name and its post
        ("Hai cựu Thứ trưởng Bộ Biển Lê Văn Tám và Phạm Văn Mười bị khởi tố.", {("Lê Văn Tám", "post", "cựu Thứ trưởng Bộ Biển"), ("Phạm Văn Mười", "post", "cựu Thứ trưởng Bộ Biển")}),
        ("Với tư cách Trưởng đoàn, ông Lê Văn Tám ký biên bản.", {("Lê Văn Tám", "post", "Trưởng đoàn"), ("Lê Văn Tám", "signs", "")}),
        ("As chairman of the council, Harold Finch signed the accord.", {("Harold Finch", "post", "chairman of the council"), ("Harold Finch", "signs", "")}),
        ("Ông Lê Văn Tám, 54 tuổi, quê Nam Định, Chủ tịch UBND xã, bị bắt.", {("Lê Văn Tám", "post", "Chủ tịch UBND xã")}),
        ("Harold Finch, who stepped down as CEO, was late.", {("Harold Finch", "post", "CEO"), ("Harold Finch", "appointed", "")}),
        ("Giám đốc tài chính Bliksen Mạnh Vãn Thu phát biểu.", {("Mạnh Vãn Thu", "post", "Giám đốc tài chính Bliksen"), ("Mạnh Vãn Thu", "speaks", "")}),
        ("Trong cuộc gặp với đại sứ Gareth Plum, ông Lê Văn Tám khẳng định vậy.", {("Gareth Plum", "post", "đại sứ"), ("Lê Văn Tám", "speaks", "")}),
    ],
)  # fmt: skip
def test_people_are_read_however_the_text_introduces_them(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gia đình ông Lê Văn Tám cho biết sẽ kháng cáo.",  # somebody else speaks
        "Người hàng xóm của ông Lê Văn Tám nói vậy.",
        "Báo cáo bị ông Lê Văn Tám chỉ trích.",
        "Việc này sẽ do ông Lê Văn Tám chủ trì vào tuần tới, nếu ông dự kiến về kịp.",
        "Tuổi Trẻ cho biết vụ việc đang được làm rõ.",  # a newspaper
        "Người phát ngôn Điện Kremlin nhấn mạnh điều đó.",  # a palace
        "Báo cáo của Ernst & Young Singapore cho rằng giá sẽ tăng.",  # a firm
        "Tàu sân bay Đô đốc Kuznetsov rời cảng.",  # a ship
        "Đại hội đại biểu Đoàn TP Hồ Chí Minh khai mạc.",  # a city
        "Học sinh trường THPT Lê Viết Tám nghỉ học.",  # a school
        "Lầu Năm Góc cho biết chưa có quyết định.",
    ],
)
def test_what_is_nobody_and_what_others_do_is_not_read(text: str) -> None:
    assert not {r for r in rows(text) if r[1] != "post"}
    assert not {r for r in rows(text) if r[1] == "post" and r[0] != "Lê Văn Tám"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # any verb that reports
        ("Ông Lê Văn Tám quả quyết biện bạch rằng cầu vẫn an toàn.", {("Lê Văn Tám", "speaks", "")}),
        ("Judge Mary Poole ruled that the bridge could stay.", {("Mary Poole", "post", "Judge"), ("Mary Poole", "speaks", "")}),
        ("“The tide took it,” grumbled Harold Finch, chairman of the Harbour Council.", {("Harold Finch", "speaks", ""), ("Harold Finch", "post", "chairman of the Harbour Council")}),
        ("“Cầu lại sập rồi” - ông Lê Văn Tám, Chủ tịch UBND xã, thở dài.", {("Lê Văn Tám", "post", "Chủ tịch UBND xã"), ("Lê Văn Tám", "speaks", "")}),
        # posts that turn on any noun of an agent
        ("Harold Finch, a rapporteur for the Harbour Council, was absent.", {("Harold Finch", "post", "rapporteur for the Harbour Council")}),
        ("Ferry union organiser Harold Finch shouted that pay was late.", {("Harold Finch", "post", "Ferry union organiser"), ("Harold Finch", "speaks", "")}),
        # an office and a rank before one name
        ("Deputy Harbour Minister Rear Admiral Lê Quang Tám chaired the meeting.", {("Lê Quang Tám", "post", "Deputy Harbour Minister"), ("Lê Quang Tám", "post", "Rear Admiral"), ("Lê Quang Tám", "chairs", "")}),
        # lists of posts, and what ends them
        ("Ông Lê Văn Tám từng là Bí thư Huyện ủy, Phó Bí thư Tỉnh ủy.", {("Lê Văn Tám", "post", "Bí thư Huyện ủy"), ("Lê Văn Tám", "post", "Phó Bí thư Tỉnh ủy")}),
        ("Ông Lê Văn Tám, Tổng Giám đốc Đài Tiếng nói Việt Nam cho biết.", {("Lê Văn Tám", "post", "Tổng Giám đốc Đài Tiếng nói Việt Nam"), ("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám, Trưởng phòng Nông nghiệp - môi trường huyện Sông Xanh, cho biết.", {("Lê Văn Tám", "post", "Trưởng phòng Nông nghiệp - môi trường huyện Sông Xanh"), ("Lê Văn Tám", "speaks", "")}),
        # a post before a comma and a name
        ("Khi còn làm bộ trưởng, ông Lê Văn Tám nhiều lần khẳng định điều đó.", {("Lê Văn Tám", "post", "bộ trưởng"), ("Lê Văn Tám", "speaks", "")}),
        # a second verb of one subject
        ("Mayor Harold Finch stayed and spoke to reporters.", {("Harold Finch", "post", "Mayor"), ("Harold Finch", "speaks", "")}),
        # a body's name is nobody
        ("Ông Lê Văn Tám, Phó Chủ tịch UBND huyện Đinh Hòa Lâm, vắng mặt.", {("Lê Văn Tám", "post", "Phó Chủ tịch UBND huyện Đinh Hòa Lâm")}),
        ("Giám đốc Công ty Hồng Sơn - ông Lê Văn Tám - khẳng định.", {("Lê Văn Tám", "post", "Giám đốc Công ty Hồng Sơn"), ("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám là nguyên chủ tịch HĐQT SongBank.", {("Lê Văn Tám", "post", "nguyên chủ tịch HĐQT SongBank")}),
    ],
)  # fmt: skip
def test_rules_hold_for_words_that_no_list_names(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chính phủ công nhận ông Lê Văn Tám và bà Trần Thị Chín đe dọa rời đi.",
        "Đe dọa ấy buộc ông Lê Văn Tám từ chức.",
        "Harold Finch learned that the bridge was closed.",
    ],
)
def test_what_is_done_to_somebody_or_only_known_is_no_deed(text: str) -> None:
    assert not {row for row in rows(text) if row[0] in {"Lê Văn Tám", "Harold Finch"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # when it was ends a post, and so does how often
        ("Lê Văn Tám, người phát ngôn Bộ Biển hôm thứ Năm cho biết vậy.", {("Lê Văn Tám", "post", "người phát ngôn Bộ Biển"), ("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám nhậm chức Tổng giám đốc năm 2016.", {("Lê Văn Tám", "post", "Tổng giám đốc"), ("Lê Văn Tám", "appointed", "")}),
        ("Ông Lê Văn Tám, giám đốc Công ty Biển Xanh 11 lần bị phạt.", {("Lê Văn Tám", "post", "giám đốc Công ty Biển Xanh")}),
        # the first words that say that a post is held, and what follows them
        ("Ông Lê Văn Tám là Giám đốc Sở Biển và là Chủ tịch Hội Đê.", {("Lê Văn Tám", "post", "Giám đốc Sở Biển"), ("Lê Văn Tám", "post", "Chủ tịch Hội Đê")}),
        ("Ông Lê Văn Tám là người đầu tiên giữ vai trò Giám đốc Sở Biển.", {("Lê Văn Tám", "post", "Giám đốc Sở Biển")}),
        ("Đại hội bầu ông Lê Văn Tám tái cử chức vụ Bí thư Tỉnh uỷ.", {("Lê Văn Tám", "post", "Bí thư Tỉnh uỷ"), ("Lê Văn Tám", "appointed", "")}),
        ("Ông Lê Văn Tám chỉ định hai người làm đặc phái viên.", set()),
        ("Với vai trò Trưởng đoàn, ông Lê Văn Tám ký biên bản.", {("Lê Văn Tám", "post", "Trưởng đoàn"), ("Lê Văn Tám", "signs", "")}),
        # heads in short, and words that are heads and verbs
        ("Ông Lê Văn Tám - TGĐ SongBank - khẳng định.", {("Lê Văn Tám", "post", "TGĐ SongBank"), ("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám lãnh đạo công ty từ lâu.", set()),
        ("Ông Lê Văn Tám được bầu làm uỷ viên phụ trách điều hành cảng.", {("Lê Văn Tám", "post", "uỷ viên phụ trách điều hành cảng"), ("Lê Văn Tám", "appointed", "")}),
        ("Ông Lê Văn Tám, Phó trưởng Ban chỉ đạo bão lũ, vắng mặt.", {("Lê Văn Tám", "post", "Phó trưởng Ban chỉ đạo bão lũ")}),
        # a verb between somebody else's post and a name
        ("Chủ tịch UBND quận giao bà Trần Thị Chín, Phó trưởng phòng Giáo dục, trông coi trường.", {("Trần Thị Chín", "post", "Phó trưởng phòng Giáo dục"), ("Trần Thị Chín", "appointed", "")}),
        ("Đoàn cán bộ huyện và Trần Thị Chín đến muộn.", set()),
        # the end of a body's name is no noun of a place
        ("Bộ trưởng Bộ Thủy sản - Phát triển nông thôn Lê Văn Tám phát biểu.", {("Lê Văn Tám", "post", "Bộ trưởng Bộ Thủy sản - Phát triển nông thôn"), ("Lê Văn Tám", "speaks", "")}),
    ],
)  # fmt: skip
def test_posts_begin_and_end_where_the_words_say(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Tám, Giám đốc Công ty TNHH Hùng Thành, cho biết vậy.",
        "Ông Lê Văn Tám, Trưởng phòng Biển huyện Đức Hùng cho biết vậy.",
        "Ông Lê Văn Tám là giám đốc HarBank và Songtech.",
        "Công an tỉnh Bà Rịa - Vũng Tàu cho biết đã bắt ông Lê Văn Tám.",
        "Công ty Korvana Hà Tĩnh cam kết giúp ông Lê Văn Tám.",
        "Korvana Hà Tĩnh cam kết giúp ông Lê Văn Tám.",
    ],
)
def test_a_body_that_bears_a_name_is_nobody(text: str) -> None:
    assert {m.name for m in find_mentions(text) if m.sure} == {"Lê Văn Tám"}
    assert {name for name, _, _ in rows(text)} <= {"Lê Văn Tám"}


def test_a_country_between_a_post_and_a_name_is_nobody() -> None:
    assert ("Korvald", "post", "Cựu Thủ tướng Thái Lan") in rows("Cựu Thủ tướng Thái Lan Korvald từ chối bình luận.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # commas and dashes inside a body's name
        ("Bộ trưởng Bộ Biển, đê điều và nông nghiệp Lê Văn Tám phát biểu.", {("Lê Văn Tám", "post", "Bộ trưởng Bộ Biển, đê điều và nông nghiệp"), ("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám là giám đốc Công ty XD - TM – DV Sông Xanh.", {("Lê Văn Tám", "post", "giám đốc Công ty XD - TM – DV Sông Xanh")}),
        # a bracket between a post and a name, several posts between dashes, and what somebody is without a mark behind it
        ("Chủ tịch UBND huyện Biển Xanh (Nam Sông) Lê Văn Tám phát biểu.", {("Lê Văn Tám", "post", "Chủ tịch UBND huyện Biển Xanh"), ("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám - Giám đốc Sở Biển, TP. Nam Sông, người làng Chài - cho biết vậy.", {("Lê Văn Tám", "post", "Giám đốc Sở Biển"), ("Lê Văn Tám", "speaks", "")}),
        ("“Đò lại hỏng”, bà Trần Thị Chín, mẹ của Tám nói.", {("Trần Thị Chín", "speaks", "")}),
        ("Ông Lê Văn Tám, người nhiều lần giúp làng chài cũng bày tỏ lo ngại.", {("Lê Văn Tám", "speaks", "")}),
        ("Bà Trần Thị Chín, một chuyên gia về đê tại Viện Biển, vắng mặt.", {("Trần Thị Chín", "post", "chuyên gia về đê tại Viện Biển")}),
        # posts of several people
        ("Đại biểu Lê Văn Tám và Đỗ Văn Bảy vắng mặt.", {("Lê Văn Tám", "post", "Đại biểu"), ("Đỗ Văn Bảy", "post", "Đại biểu")}),
        ("Giữ chức vụ trưởng Vụ Biển là ông Lê Văn Tám và ông Đỗ Văn Bảy.", {("Lê Văn Tám", "post", "vụ trưởng Vụ Biển"), ("Đỗ Văn Bảy", "post", "vụ trưởng Vụ Biển")}),
        ("Quận đình chỉ chức vụ hiệu trưởng đối với bà Trần Thị Chín.", {("Trần Thị Chín", "post", "hiệu trưởng")}),
        # those who do the same, what a sentence begins with, and whom something is done to
        ("Ông Lê Văn Tám và các cộng sự đã dự hội nghị.", {("Lê Văn Tám", "attends", "")}),
        ("Sáng 3/4, tiếp xúc cử tri quận Biển, ông Lê Văn Tám im lặng.", {("Lê Văn Tám", "meets", "")}),
        ("Cảnh sát đưa ông Lê Văn Tám đến trạm và thông báo cho gia đình.", set()),
        ("Huyện ủy khiển trách ông Lê Văn Tám, Ủy ban Kiểm tra Huyện ủy cho biết.", set()),
        # whom people are called by what they are
        ("Cử tri Trà Bích Ngà nêu vấn đề bến đò.", {("Trà Bích Ngà", "speaks", "")}),
        ("Huyện ủy viên Lê Văn Tám gọi bến đò là nỗi lo.", {("Lê Văn Tám", "post", "Huyện ủy viên"), ("Lê Văn Tám", "speaks", "")}),
        ("Ông Lê Văn Tám trở thành ủy viên Hội đồng Đê.", {("Lê Văn Tám", "post", "ủy viên Hội đồng Đê")}),
        # names in parts
        ("Chủ tịch Ủy ban Biển Jean - Claude Bliksen phát biểu.", {("Jean - Claude Bliksen", "post", "Chủ tịch Ủy ban Biển"), ("Jean - Claude Bliksen", "speaks", "")}),
        ("Thủ tướng Korvath Blen - ocha phát biểu.", {("Korvath Blen - ocha", "post", "Thủ tướng"), ("Korvath Blen - ocha", "speaks", "")}),
        ("Ông Lê Văn Tám Phó Cục trưởng Cục Biển trả lời báo chí.", {("Lê Văn Tám", "post", "Phó Cục trưởng Cục Biển"), ("Lê Văn Tám", "speaks", "")}),
    ],
)  # fmt: skip
def test_what_stands_between_a_person_a_post_and_a_deed(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lê Văn Tám, chuyên gia tại Korvatek, nói với báo chí.",
        "Ông Lê Văn Tám, Chủ tịch Công đoàn Công ty may Nam Lợi cho hay.",
        "Tranh cãi giữa các nghị sĩ Korvania đã làm ông Lê Văn Tám buồn.",
        "Ông Lê Văn Tám, Thị trưởng Korvania, cho biết vậy.",
        "Đại sứ quán Anh tại Korvania bác bỏ lời ông Lê Văn Tám.",
    ],
)
def test_what_stands_where_a_name_may_stand_is_nobody(text: str) -> None:
    assert {name for name, _, _ in rows(text)} <= {"Lê Văn Tám"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Lê Văn Tám, chủ tịch UBND xã Biển - Ảnh: H. Đ.", {("Lê Văn Tám", "post", "chủ tịch UBND xã Biển")}),
        ("Ông Lê Văn Tám (42 tuổi, ngụ xã Biển, huyện Nam Sông, tỉnh Bắc Sông) làm thuyền trưởng.", {("Lê Văn Tám", "post", "thuyền trưởng")}),
        ("Lê Văn Tám (42 tuổi, nhân viên của một công ty tại Nam Sông) vắng mặt.", {("Lê Văn Tám", "post", "nhân viên của một công ty tại Nam Sông")}),
        ("Bí thư Huyện đoàn Lê Văn Tám vắng mặt.", {("Lê Văn Tám", "post", "Bí thư Huyện đoàn")}),
        ("Tổng thống đắc cử Korvald vắng mặt.", {("Korvald", "post", "Tổng thống đắc cử")}),
        ("Ban điều hành hiện có mười người, ông Lê Văn Tám vắng mặt.", set()),
        ("Thông tin ban đầu, anh Lê Văn Tám chạy xe máy.", set()),
        ("Ông Lê Văn Tám gặp bất hạnh từ nhỏ.", set()),
    ],
)  # fmt: skip
def test_what_is_told_of_somebody_by_the_way(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


def test_the_body_of_a_post_behind_a_name_is_nobody() -> None:
    found = rows(
        "Ông Lê Văn Tám, Trưởng phòng Giá Sở Tài chính, đọc báo cáo. Ông Tám, Hiệu trưởng trường Hương Giang, vắng mặt."
    )
    assert {name for name, _, _ in found} == {"Lê Văn Tám"}
    assert ("Lê Văn Tám", "post", "Trưởng phòng Giá Sở Tài chính") in found


def test_a_first_name_stands_for_a_foreigner() -> None:
    text = "Cô Ingrida Bliksen đến tòa. Ingrida cho biết sẽ kháng cáo."
    assert ("Ingrida Bliksen", "speaks", "") in rows(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bà Trần Thị Chín trúng cử. Trước đó, bà là Bí thư Huyện ủy.", ("Trần Thị Chín", "post", "Bí thư Huyện ủy")),
        ("Ông Lê Văn Tám đến muộn. Ông nhấn mạnh đê phải cao hơn.", ("Lê Văn Tám", "speaks", "")),
        ("Ông Lê Văn Tám đến muộn. Sau đó, ông chủ trì cuộc họp.", ("Lê Văn Tám", "chairs", "")),
        ("Trong buổi gặp với ông Lê Văn Tám, ông Phạm Văn Mười vui vẻ. Ông đề nghị giúp đỡ.", ("Phạm Văn Mười", "speaks", "")),
        ("Mr Harold Finch came late. He told reporters that nothing had changed.", ("Harold Finch", "speaks", "")),
    ],
)  # fmt: skip
def test_pronouns_stand_for_whom_they_mean(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in rows(text)


def test_pronouns_that_cannot_mean_somebody_are_nobody() -> None:
    assert (
        rows("Ông Lê Văn Tám đến muộn. Bà nói vậy. Bà con cho biết đã chờ. Anh cho biết sẽ rút khỏi liên minh.")
        == set()
    )


def test_posts_are_not_swapped_between_neighbours() -> None:
    found = rows("Dự lễ có ông Lê Văn Tám, Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Trần Thị Chín và Đại tá Phạm Văn Mười.")
    assert ("Lê Văn Tám", "post", "Bí thư Tỉnh ủy") in found
    assert ("Trần Thị Chín", "post", "Chủ tịch UBND tỉnh") in found
    assert ("Phạm Văn Mười", "post", "Đại tá") in found
    assert not any(name == "Lê Văn Tám" and "UBND" in post for name, _, post in found)


def test_a_short_form_stands_for_the_full_name() -> None:
    text = "Ông Lê Văn Tám, Giám đốc Sở Y tế, đến thăm bệnh viện. Ông Tám nói mọi việc đã ổn."
    assert {m.name for m in find_mentions(text)} == {"Lê Văn Tám"}
    assert ("Lê Văn Tám", "speaks", "") in rows(text)


def test_offsets_are_those_of_the_words() -> None:
    text = "Sáng nay, Giám đốc Sở Y tế Lê Văn Tám ký quyết định."
    for a in find_appearances(text):
        assert text[a.start : a.end] == (a.post or a.person)
        assert a.clause == (0, len(text))


@pytest.mark.parametrize(
    "text", ["", "Ông " * 20000, "Chủ tịch " * 20000, "Lê Văn Tám, " * 3000, "A" * 100000, "ông Lê\n" * 5000]
)
def test_hostile_texts_end(text: str) -> None:
    assert isinstance(find_appearances(text), tuple)


@pytest.mark.parametrize(
    ("post", "office"),
    [
        ("Bộ trưởng Bộ Y tế", Office("bo truong", "y te")),
        ("Bộ trưởng Y tế", Office("bo truong", "y te")),
        ("nguyên Chủ tịch UBND TP.HCM", Office("chu tich", "uy ban nhan dan thanh pho ho chi minh", former=True)),
        ("Foreign Ministry spokeswoman", Office("spokeswoman", "foreign ministry")),
    ],
)
def test_ways_of_writing_an_office_meet(post: str, office: Office) -> None:
    assert office_of(post) == office


def test_a_deputy_does_not_lead() -> None:
    assert leads("chu nhiem")
    assert not leads("pho chu nhiem")


def entry(person: str, post: str, article: str, date: str = "2019-01-01") -> Entry:
    return Entry(person, Role.POST, post, date, "event", article, f"{article}.txt", "", "", 0, (0, 0))


def test_people_of_one_name_are_kept_apart_and_spellings_of_one_brought_together() -> None:
    entries = [
        entry("Lê Văn Tám", "Bộ trưởng Bộ Y tế", "a"),
        entry("Le Van Tam", "Bộ trưởng Bộ Y tế", "b"),
        entry("Lê Văn Tám", "Trưởng thôn Hạ", "c"),
    ]
    found = people_of(entries, {})
    assert [p.articles for p in found] == [("a", "b"), ("c",)]
    assert found[0].spellings == ("Lê Văn Tám", "Le Van Tam")


def test_measuring_counts_what_is_right_false_and_missed() -> None:
    text = "Giám đốc Sở Y tế Lê Văn Tám ký quyết định."
    wanted = {("le van tam", "signs", ""), ("le van tam", "chairs", "")}
    counts = measure(iter([("half", text, wanted)]))["half"]
    assert counts == {("right", "signs"): 1, ("false", "post"): 1, ("missed", "chairs"): 1}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> NewsAssistant:
    folder: Path = tmp_path_factory.mktemp("people")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "2016.txt").write_text(
        "Cuộc họp của Cục Thủy lợi\n\nNgày 4/3/2016, Cục Thủy lợi họp tại Vĩnh Long. Tham dự có ông Lê Văn Tám, Cục trưởng Cục Thủy lợi; bà Trần Thị Chín, Phó Cục trưởng Cục Thủy lợi.",
        encoding="utf-8",
    )
    (articles / "2020.txt").write_text(
        "Cục Thủy lợi có lãnh đạo mới\n\nNgày 9/1/2020, Cục Thủy lợi họp tại Cần Thơ. Chủ trì cuộc họp là bà Trần Thị Chín, Cục trưởng Cục Thủy lợi. Ông Lê Văn Tám, nguyên Cục trưởng Cục Thủy lợi, Thứ trưởng Bộ Nông nghiệp, đến dự.",
        encoding="utf-8",
    )
    ingest([articles], settings=Settings(data_dir=folder / "data"))
    return NewsAssistant.open(folder / "data")


def test_a_timeline_is_by_date_and_each_entry_has_its_quotation(archive: NewsAssistant) -> None:
    (person,) = archive.people("tran thi chin")
    assert [(e.date, e.post) for e in person.posts] == [
        ("2016-03-04", "Phó Cục trưởng Cục Thủy lợi"),
        ("2020-01-09", "Cục trưởng Cục Thủy lợi"),
    ]
    for e in person.entries:
        article = archive.article(e.article_id)
        assert article is not None
        start, end = e.quotation(article.text)
        assert start <= e.start < end
        assert e.post in article.text[start:end]
    assert ("Trần Thị Chín", 2) in archive.names()
    assert archive.people("nobody at all") == []


@pytest.mark.parametrize(
    ("question", "first", "without"),
    [
        ("Ai là Cục trưởng Cục Thủy lợi năm 2016?", "Lê Văn Tám", "Trần Thị Chín"),
        ("Ai là Cục trưởng Cục Thủy lợi năm 2020?", "Trần Thị Chín", "Lê Văn Tám"),
        ("hien nay ai dung dau Cuc Thuy loi?", "Trần Thị Chín", "Lê Văn Tám"),
        ("Bà Trần Thị Chín giữ chức gì năm 2016?", "Phó Cục trưởng Cục Thủy lợi", "2020"),
        ("le van tam la ai", "Thứ trưởng Bộ Nông nghiệp", "Trần Thị Chín"),
    ],
)
def test_who_held_what_when_is_answered_from_dated_rows(
    archive: NewsAssistant, question: str, first: str, without: str
) -> None:
    answer = archive.ask(question)
    assert answer.answered
    assert first in answer.text
    assert without not in answer.text
    for c in answer.citations:
        article = archive.article(c.article_id)
        assert article is not None
        assert article.text[c.start : c.end] == c.quote


def test_meetings_somebody_attended_are_told_one_an_article(archive: NewsAssistant) -> None:
    answer = archive.ask("Ông Lê Văn Tám đã dự những cuộc họp nào?")
    assert len(answer.citations) == 2
    assert len({c.article_id for c in answer.citations}) == 2


def test_years_are_counted_from_the_day_that_is_set(archive: NewsAssistant) -> None:
    question = "Ai là Cục trưởng Cục Thủy lợi năm ngoái?"
    for today, holder in ((date(2017, 5, 1), "Lê Văn Tám"), (date(2021, 5, 1), "Trần Thị Chín")):
        settings = archive.settings.model_copy(update={"today": today})
        with closing(NewsAssistant.open(settings=settings)) as assistant:
            assert assistant.ask(question).text.startswith(holder)


@pytest.mark.parametrize(
    "question", ["Ai là Cục trưởng Cục Thủy lợi năm 2016 và năm 1999?", "Who chaired 2016?", "Ai là Bộ trưởng Bộ Y tế?"]
)
def test_what_the_rows_do_not_say_for_every_period_is_not_told_from_them(archive: NewsAssistant, question: str) -> None:
    rows = archive.stores.ledger.appearances
    asked = people_asked(understand(question), rows.known)
    assert asked is None or told(asked, ["2016", "1999"], rows, archive.article, language="vi") == []


def test_half_of_a_place_is_nobody(archive: NewsAssistant) -> None:
    rows = archive.stores.ledger.appearances
    asked = people_asked(understand("Ai là Chủ tịch UBND thành phố Cao Tám năm 2016?"), rows.known)
    assert asked is not None
    assert asked.what is AskedFor.HOLDER


@pytest.mark.parametrize(
    ("dated_by", "date", "note"),
    [
        ("event", "2016-03-04", "4/3/2016"),
        ("published", "2016-03", "đăng 3/2016"),
        ("planned", "2016", "bài về năm 2016"),
        ("", None, ""),
    ],
)
def test_what_a_day_rests_on_is_told_with_it(
    archive: NewsAssistant, dated_by: str, date: str | None, note: str
) -> None:
    (entry,) = archive.stores.ledger.appearances.holders([Office("cuc truong", "cuc thuy loi")])[:1]
    moved = replace(entry, date=date, dated_by=dated_by)
    rows = SimpleNamespace(holders=lambda offices: [moved])
    asked = Asked(AskedFor.HOLDER, offices=(Office("cuc truong", "cuc thuy loi"),))
    (claim,) = told(asked, [], rows, archive.article, language="vi")  # type: ignore[arg-type]  # one row will do
    assert claim.note == note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kết quả năm 2018 tốt.\n\nSở đề ra nhiệm vụ năm 2019. Kế hoạch năm 2019 gồm ba việc.", ("2019", "planned")),
        ("Sở có kế hoạch năm 2030 là trồng rừng.", (None, "")),
        ("Ngày 4/3/2016, Sở họp bàn nhiệm vụ năm 2017.", ("2016-03-04", "event")),
    ],
)
def test_when_an_article_was_is_never_a_year_merely_planned_for(text: str, expected: tuple[str | None, str]) -> None:
    article = article_of_record(Record(text=f"Cuộc họp của Sở Xây dựng\n\n{text}"), id="", source="x")
    assert occasion(article) == expected


def test_of_more_meetings_than_can_be_cited_it_is_said_that_there_are_more(tmp_path: Path) -> None:
    for day in range(1, 8):
        text = f"Cuộc họp thứ {day}\n\nNgày {day}/3/2016, Cục Thủy lợi họp lần thứ {day}. Tham dự có ông Lê Văn Tám, Cục trưởng Cục Thủy lợi."
        (tmp_path / f"{day}.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path], settings=Settings(data_dir=tmp_path / "data"))
    with closing(NewsAssistant.open(tmp_path / "data")) as assistant:
        answer = assistant.ask("Ông Lê Văn Tám đã dự những cuộc họp nào?")
    assert [c.event for c in answer.citations] == [f"2016-03-{day:02}" for day in (7, 6, 5, 4, 3)]
    assert answer.text.endswith("(Danh sách này có thể chưa đủ.)")


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("Harold Finch was chairman of the Harbour Council at that time.", True),
        ("Harold Finch, chairman of the Harbour Council, spoke.", False),
        ("Ông Lê Văn Tám từng là Giám đốc Sở Y tế.", True),
        ("Giám đốc Sở Y tế lúc bấy giờ là ông Lê Văn Tám.", True),
        ("Nguyên Giám đốc Sở Y tế Lê Văn Tám nói.", True),
        ("Ông Lê Văn Tám là Giám đốc Sở Y tế.", False),
    ],
)
def test_a_post_that_was_held_before_is_known_as_such(text: str, past: bool) -> None:
    (post,) = [a for a in find_appearances(text) if a.role is Role.POST]
    assert post.past is past
    assert "time" not in post.post


def test_a_post_held_before_is_not_dated_by_the_article_that_looks_back(tmp_path: Path) -> None:
    text = "Looking back\n\nHANOI, January 20, 2020 - The offices met. Harold Finch was chairman of the Harbour Council at that time."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path], settings=Settings(data_dir=tmp_path / "data"))
    with closing(NewsAssistant.open(tmp_path / "data")) as assistant:
        ((entry,),) = [p.entries for p in assistant.people("Harold Finch")]
        assert (entry.post, entry.date) == ("chairman of the Harbour Council", None)
        assert assistant.stores.ledger.appearances.holders([office_of(entry.post)]) == []
