"""Times counted from a day: from the publication of an article, and from today in a question."""

import json
from datetime import date

import pytest

from ingest import ingest
from ingest.clean import clean
from ingest.describe import describe
from qa import NewsAssistant, Settings
from qa.fusion import dates_meet
from qa.language.times import find_counted, spelled
from qa.question import understand
from qa.schema import Answer
from qa.today import timed

MARKET = "Tối qua, ông Lê Văn Bảo, Phó Chủ tịch thị xã Hội Xuân, cắt băng khai trương chợ đêm. Chợ có 120 gian hàng. Tuần trước, thị xã lát xong đường vào chợ."
BRIDGE = "Hôm qua, bà Nguyễn Thị Thảo, Chủ tịch thị xã Hội Xuân, cắt băng khánh thành cầu Mới. Cầu dài 340 mét. Việc xây cầu bắt đầu từ năm ngoái."


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> NewsAssistant:
    """Two articles whose days are known from their records."""
    root = tmp_path_factory.mktemp("town")
    records = [
        {"id": "1", "title": "Hội Xuân mở chợ đêm", "date": "2019-06-15", "text": MARKET},
        {"id": "2", "title": "Hội Xuân có cầu Mới", "date": "2018-03-20", "text": BRIDGE},
    ]
    (root / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    settings = Settings(data_dir=root / "data", today=date(2020, 2, 2))
    ingest([root / "a.jsonl"], settings=settings)
    return NewsAssistant.open(settings=settings)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Hôm qua xã họp, tuần trước xã nghỉ.", ["2019-06-14", "2019-06-03/2019-06-09"]),
        ("Cầu xây từ năm ngoái, xong tháng trước.", ["2018", "2019-05"]),
        ("The fair opened yesterday, as it did last year.", ["2019-06-14", "2018"]),
        ("Thứ năm tuần trước xã họp.", ["2019-06-06"]),
        ("Xã họp cách đây 3 ngày, nhà xây từ 10 năm trước, two weeks ago.", []),
        ("Xã họp ngày 3/2.", []),
    ],
)
def test_what_names_one_time_is_counted_and_what_is_a_length_is_not(text: str, values: list[str]) -> None:
    found = find_counted(text, counted_from="2019-06-15")
    assert [m.value for m in found] == values
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2019-06-14", "14/6/2019"),
        ("2019-06", "6/2019"),
        ("2018", "2018"),
        ("2019-06-03/2019-06-09", "3/6/2019 – 9/6/2019"),
    ],
)
def test_spelled(value: str, words: str) -> None:
    assert spelled(value) == words


def test_an_article_is_dated_by_what_it_counts_from_its_publication() -> None:
    raw = f"Hội Xuân mở chợ đêm\n\n{MARKET}"
    dated, undated = describe(clean(raw), published="2019-06-15"), describe(clean(raw))
    assert dated.event is not None
    assert (dated.event.value, dated.event.text) == ("2019-06-14", "Tối qua")
    assert [d.value for d in dated.dates] == ["2019-06-14", "2019-06-03/2019-06-09"]
    assert undated.event is None
    assert undated.dates == ()


def test_a_day_written_out_beside_it_is_one_date() -> None:
    dated = describe(clean("Hội xã\n\nSáng nay (14/6), xã mở hội."), published="2019-06-14")
    assert [d.value for d in dated.dates] == ["2019-06-14"]


@pytest.mark.parametrize(
    ("asked", "given", "meet"),
    [
        ("2019-06-05", "2019-06-03/2019-06-09", True),
        ("2019-06-10", "2019-06-03/2019-06-09", False),
        ("2019", "2019-06-03/2019-06-09", True),
        ("2019-06-03/2019-06-09", "2019-06", True),
        ("--06-05", "2019-06-03/2019-06-09", True),
    ],
)
def test_stretches_meet_the_days_they_hold(asked: str, given: str, meet: bool) -> None:
    assert dates_meet(asked, given) is meet


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Chợ đêm Hội Xuân khai trương khi nào?", "14/6/2019 (“Tối qua”)"),
        ("Đường vào chợ đêm được lát xong khi nào?", "3/6/2019 – 9/6/2019 (“Tuần trước”)"),
        ("When was the new bridge of Hoi Xuan opened?", "19/3/2018 (“Hôm qua”)"),
        ("Cầu Mới được xây từ năm nào?", "2017 (“năm ngoái”)"),
    ],
)
def test_a_time_counted_from_publication_is_told_as_a_date_with_its_words(
    town: NewsAssistant, question: str, lead: str
) -> None:
    answer = town.ask(question)
    assert answer.text.startswith(lead)
    assert all(c.quote == _text(town, answer, c.marker)[c.start : c.end] for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "understood", "lead"),
    [
        ("Năm ngoái ai cắt băng?", "Năm ngoái (2019) ai cắt băng?", "Lê Văn Bảo"),
        ("nam ngoai ai cat bang", "nam ngoai (2019) ai cat bang", "Lê Văn Bảo"),
        ("Who cut the ribbon last year?", "Who cut the ribbon last year (2019)?", "Lê Văn Bảo"),
        ("Ai cắt băng năm 2018?", "", "Nguyễn Thị Thảo"),
    ],
)
def test_a_question_is_counted_from_today(town: NewsAssistant, question: str, understood: str, lead: str) -> None:
    answer = town.ask(question)
    assert answer.understood == understood
    assert answer.text.startswith(lead)


def test_another_year_than_the_one_asked_for_is_no_answer(town: NewsAssistant) -> None:
    settings = town.settings.model_copy(update={"today": date(2026, 5, 1)})
    later = NewsAssistant(town.stores, settings, town.retriever.embeddings)
    assert not later.ask("Năm ngoái ai cắt băng?").answered
    assert later.ask("Ai cắt băng khai trương chợ đêm hôm nay?").answered  # asks about no other time


def test_words_that_articles_use_themselves_are_not_held_against_them() -> None:
    question = understand("Ông Bảo năm nay bao nhiêu tuổi?")
    known = timed(question, today=date(2026, 5, 1), dated=lambda first, last: False)
    assert (known.question, known.understood, known.elsewhere) == (question, "", False)


def _text(town: NewsAssistant, answer: Answer, marker: int) -> str:
    found = town.article(answer.citations[marker - 1].article_id)
    assert found is not None
    return found.text
