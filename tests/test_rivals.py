"""Articles that fit a question equally well: each is named, with what tells it from the others."""

import json

import pytest

from ingest import ingest
from qa import NewsAssistant, Settings

ARTICLES = [
    ("Cháy kho vải ở Lộc Hà", "2019-06-15", "Báo A",
     "Đám cháy kho vải ở phường Lộc Hà rạng sáng 14/6 làm 12 người bị thương, theo công an thành phố. Lửa bùng lên lúc 2h sáng."),
    ("Kho vải Lộc Hà cháy lớn", "2019-06-16", "Báo B",
     "Vụ cháy kho vải tại phường Lộc Hà ngày 14/6 khiến 15 người bị thương, bệnh viện cho biết. Nguyên nhân là chập điện."),
    ("Hội nghị tổng kết ngành muối năm 2018", "2019-01-20", None,
     "Ngày 19/1/2019, Hội nghị tổng kết ngành muối họp tại Nha Trang. Ông Lê Văn Sáu, Cục trưởng Cục Muối, chủ trì hội nghị."),
    ("Hội nghị tổng kết ngành muối năm 2019", "2020-01-12", None,
     "Ngày 11/1/2020, Hội nghị tổng kết ngành muối họp tại Phan Rang. Bà Trần Thị Bảy, Cục trưởng Cục Muối, chủ trì hội nghị."),
    ("Giá cà phê tăng", "2019-03-02", None,
     "Giá cà phê ở Buôn Hồ hôm qua lên 38.000 đồng một kg. Nông dân phấn khởi."),
    ("Cà phê Buôn Hồ lên giá", "2019-03-02", None,
     "Giá cà phê ở Buôn Hồ hôm qua lên 41.000 đồng một kg, theo thương lái."),
    ("Cầu Vàm thông xe", "2019-05-02", None,
     "Cầu Vàm dài 340 mét, nối hai xã An Hòa và An Lạc, thông xe sáng 1/5. Tổng vốn 96 tỷ đồng."),
    ("Thông xe cầu Vàm", "2019-05-03", None,
     "Cầu Vàm nối hai xã An Hòa và An Lạc dài 340 m. Xe máy đi trước, ô tô đi sau."),
]  # fmt: skip


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> NewsAssistant:
    """Pairs of articles about one thing each, or about two of one name."""
    root = tmp_path_factory.mktemp("pairs")
    lines = [
        json.dumps({"id": str(n), "title": title, "date": day, "text": text} | ({"source": outlet} if outlet else {}))
        for n, (title, day, outlet, text) in enumerate(ARTICLES)
    ]
    (root / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = Settings(data_dir=root / "data")
    ingest([root / "a.jsonl"], settings=settings)
    return NewsAssistant.open(settings=settings)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Vụ cháy kho vải ở Lộc Hà làm bao nhiêu người bị thương?",
            ["15 người. [1] (Báo B, đăng 16/6/2019)", "12 người. [2] (Báo A, đăng 15/6/2019)"],
        ),
        (
            "How many people were injured in the Loc Ha warehouse fire?",
            ["15 người. [1] (Báo B, published 16/6/2019)", "12 người. [2] (Báo A, published 15/6/2019)"],
        ),
        (
            "Ai chủ trì hội nghị tổng kết ngành muối?",
            ["Trần Thị Bảy. [1] (ngày 11/1/2020)", "Lê Văn Sáu. [2] (ngày 19/1/2019)"],
        ),
        (
            "Who chaired the salt industry conference?",
            ["Trần Thị Bảy. [1] (11/1/2020)", "Lê Văn Sáu. [2] (19/1/2019)"],
        ),
        (
            "Giá cà phê ở Buôn Hồ là bao nhiêu?",
            ["41.000 đồng. [1] (“Cà phê Buôn Hồ lên giá”)", "38.000 đồng. [2] (“Giá cà phê tăng”)"],
        ),
    ],
)
def test_each_is_told_with_what_tells_it_apart(pairs: NewsAssistant, question: str, said: list[str]) -> None:
    answer = pairs.ask(question)
    assert all(part in answer.text for part in said), answer.text
    assert answer.text.startswith(said[0])
    assert answer.text.endswith(
        "(Có nhiều bài cùng hợp với câu hỏi.)" if answer.language == "vi" else "(Several articles fit the question.)"
    )
    assert len({c.article_id for c in answer.citations}) == 2


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Ai chủ trì hội nghị tổng kết ngành muối họp ngày 19/1/2019?", "Lê Văn Sáu. [1] “"),
        ("Ai chủ trì hội nghị tổng kết ngành muối tại Phan Rang?", "Trần Thị Bảy. [1] “"),
        ("Cầu Vàm dài bao nhiêu?", "340 m"),
    ],
)
def test_what_the_question_or_both_articles_settle_is_told_once(pairs: NewsAssistant, question: str, lead: str) -> None:
    answer = pairs.ask(question)
    assert answer.text.startswith(lead)
    assert not answer.text.endswith("hợp với câu hỏi.)")


@pytest.mark.parametrize(
    "question", ["Ai chủ trì hội nghị tổng kết ngành muối năm 2016?", "Who chaired the 2016 salt conference?"]
)
def test_articles_of_other_years_do_not_answer(pairs: NewsAssistant, question: str) -> None:
    assert not pairs.ask(question).answered
    assert pairs.ask(question.replace("2016", "2020")).text.startswith("Trần Thị Bảy")
