"""Articles limited by time, outlet and person: found quickly, and nothing outside is ever answered from."""

import sqlite3
from pathlib import Path

import pytest

from ingest import ingest
from qa import NewsAssistant, Settings
from qa.errors import QuestionError
from qa.facets import times_of
from qa.schema import Article, DateMention, DateRole, Filters
from qa.within import Within

NOBODY = Filters(people=("Lê Không Có",))


def named(assistant: NewsAssistant, filters: Filters) -> set[str]:
    rows = assistant.stores.ledger.facets.within(filters)
    query = "SELECT row, source FROM articles"
    sources = dict(assistant.stores.ledger.connection.execute(query).fetchall())
    return {Path(sources[row]).stem for row in rows}


def dated(*dates: DateMention, event: str = "", published: str = "") -> Article:
    def mention(value: str, role: DateRole) -> DateMention | None:
        return DateMention(value, value, 0, 0, role) if value else None

    return Article(
        "0" * 16, "a.txt", "", "", (), "vi", "", event=mention(event, DateRole.EVENT),
        published=mention(published, DateRole.PUBLISHED), dates=dates,
    )  # fmt: skip


def of(value: str, role: DateRole = DateRole.MENTIONED) -> DateMention:
    return DateMention(value, value, 0, 0, role)


@pytest.mark.parametrize(
    ("article", "times"),
    [
        (dated(of("2010"), event="2016-02-02", published="2016-02-03"), [("2016-02-02", "2016-02-02")]),
        (dated(of("2010"), published="2016-02"), [("2016-02-01", "2016-02-29")]),
        (dated(of("2010"), event="--02-02", published="2016"), [("2016-01-01", "2016-12-31")]),
        (dated(of("2018", DateRole.REVIEWED), of("2019", DateRole.PLANNED)), [("2019-01-01", "2019-12-31")]),
        (dated(of("2015", DateRole.REVIEWED), of("2017"), of("2017")), [("2017-01-01", "2017-12-31")]),
        (dated(of("2015", DateRole.REVIEWED)), [("2015-01-01", "2015-12-31")]),
        (dated(of("--02-02")), []),
        (dated(), []),
    ],
)
def test_the_times_of_an_article(article: Article, times: list[tuple[str, str]]) -> None:
    assert times_of(article) == times


@pytest.mark.parametrize(
    ("filters", "inside", "outside"),
    [
        (Filters("2016", "2016"), {"gap-mat-xuan-binh-than", "hoi-nghi-van-phong-cap-uy-da-nang"}, {"hop-bon-van-phong-2019"}),
        (Filters("2019", "2019"), {"hop-bon-van-phong-2019"}, {"tet-canh-ty-2020"}),
        (Filters("2020-01-16", "2020-01-16"), {"tet-canh-ty-2020"}, {"explainer-four-central-offices"}),
        (Filters(until="2016-06"), {"gap-mat-xuan-binh-than"}, {"hoi-nghi-van-phong-cap-uy-da-nang"}),
        (Filters(since="2022"), {"hue-library-digitisation"}, {"benh-vien-suoi-ngan-mo-cua"}),
        (Filters(outlets=("vnexpress",)), {"benh-vien-suoi-ngan-mo-cua"}, {"tet-canh-ty-2020"}),
        (Filters(outlets=("VNE", "VietnamPlus")), {"benh-vien-suoi-ngan-mo-cua", "tet-canh-ty-2020"}, {"hue-library-digitisation"}),
        (Filters(people=("Nguyễn Văn Nên", "đào việt trung")), {"hop-bon-van-phong-2019"}, {"benh-vien-suoi-ngan-mo-cua"}),
        (Filters("2020", outlets=("TTXVN",), people=("Nen",)), {"tet-canh-ty-2020"}, {"van-phong-trung-uong-tong-ket-2017"}),
        (NOBODY, set(), {"tet-canh-ty-2020"}),
    ],
)  # fmt: skip
def test_filters_leave_the_right_articles(
    assistant: NewsAssistant, filters: Filters, inside: set[str], outside: set[str]
) -> None:
    found = named(assistant, filters)
    assert inside <= found
    assert not outside & found
    assert assistant.count(filters) == len(found)


def test_outlets_are_listed_once_with_their_articles(assistant: NewsAssistant) -> None:
    outlets = dict(assistant.outlets())
    assert outlets["VnExpress"] == 1
    assert outlets["TTXVN"] == 2
    assert "TTXVN / Vietnam+" not in outlets


@pytest.mark.parametrize("value", ["hôm qua", "2016-13", "2016/2017", "--07"])
def test_a_time_that_is_none_is_an_error(assistant: NewsAssistant, value: str) -> None:
    with pytest.raises(QuestionError, match="no time"):
        assistant.ask("Ai chủ trì hội nghị?", filters=Filters(since=value))


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì hội nghị năm 2019?",
        "Nguyễn Văn Nên giữ chức gì?",
        "Ai là Chủ nhiệm Văn phòng Quốc hội?",
        "hội nghị văn phòng",
    ],
)
@pytest.mark.parametrize(
    "filters", [Filters("2016", "2016"), Filters(outlets=("TTXVN",)), Filters(people=("Mai Tiến Dũng",)), NOBODY]
)
def test_nothing_outside_the_filters_is_found_or_cited(
    assistant: NewsAssistant, question: str, filters: Filters
) -> None:
    inside = named(assistant, filters)
    answer = assistant.ask(question, filters=filters)
    assert {Path(r.source).stem for r in answer.retrieved} <= inside
    assert {Path(c.source).stem for c in answer.citations} <= inside
    assert answer.answered or not inside or f" {len(inside)} " in answer.text


def test_the_answer_changes_with_the_period(assistant: NewsAssistant) -> None:
    question = "Nguyễn Văn Nên giữ chức gì?"
    early = assistant.ask(question, filters=Filters(until="2019"))
    late = assistant.ask(question, filters=Filters(since="2020"))
    assert early.answered
    assert late.answered
    assert {c.source for c in early.citations}.isdisjoint(c.source for c in late.citations)


def test_when_nothing_is_within_it_is_said(assistant: NewsAssistant) -> None:
    answer = assistant.ask("Ai chủ trì hội nghị năm 2019?", filters=NOBODY)
    assert not answer.answered
    assert answer.retrieved == ()
    assert answer.text.endswith("Không có bài nào trong phạm vi đã chọn.")


def test_no_filters_change_nothing(assistant: NewsAssistant) -> None:
    question = "Ai chủ trì hội nghị năm 2019?"
    plain, empty = assistant.ask(question), assistant.ask(question, filters=Filters())
    assert (plain.text, plain.retrieved) == (empty.text, empty.retrieved)


@pytest.mark.parametrize(("few", "compared"), [(3000, 1000), (3000, 0), (0, 0)])
def test_few_and_many_articles_are_searched_alike(
    assistant: NewsAssistant, monkeypatch: pytest.MonkeyPatch, few: int, compared: int
) -> None:
    from qa import within as module
    from qa.question import understand

    rows = assistant.stores.ledger.facets.within(Filters("2016", "2016"))
    question = understand("hội nghị văn phòng")
    best = [h.passage.number for h in assistant.retriever.search(question, within=Within(assistant.stores, rows))]
    monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(module, "COMPARED", compared)
    found = [h.passage.number for h in assistant.retriever.search(question, within=Within(assistant.stores, rows))]
    assert found == best
    assert found


def test_a_ledger_from_before_is_filled_when_it_is_opened(fresh_samples: Path) -> None:
    with sqlite3.connect(fresh_samples / "ledger.sqlite") as db:
        db.execute("DROP TABLE times")
        db.execute("DROP TABLE outlets")
    opened = NewsAssistant.open(settings=Settings(data_dir=fresh_samples))
    assert opened.count(Filters("2016", "2016")) == 2
    assert dict(opened.outlets())["VnExpress"] == 1
    opened.close()


def test_what_changes_is_found_by_its_new_time(tmp_path: Path) -> None:
    articles, settings = tmp_path / "bài", Settings(data_dir=tmp_path / "data")
    articles.mkdir()
    for day in ("2/4/2021", "2/4/2022"):
        (articles / "hồ.txt").write_text(f"Khởi công hồ Đá Xanh\n\nSáng {day}, hồ Đá Xanh được khởi công.\n", "utf-8")
        ingest([articles], settings=settings)
    opened = NewsAssistant.open(settings=settings)
    assert opened.count(Filters("2021", "2021")) == 0
    assert opened.count(Filters("2022", "2022")) == 1
    opened.close()
