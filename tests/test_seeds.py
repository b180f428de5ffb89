"""The scraped articles the project starts from, end to end; skipped when they are not beside the checkout."""

import unicodedata
from pathlib import Path

import pytest

from ingest import ingest
from qa import Article, NewsAssistant, Settings
from qa.embeddings import TextEmbeddings
from qa.schema import BlockKind, DateRole

pytestmark = pytest.mark.seeds

CO_CHAIRS = ("Nguyễn Văn Nên", "Nguyễn Hạnh Phúc", "Đào Việt Trung", "Mai Tiến Dũng")


@pytest.fixture(scope="module")
def seeded(seeds: Path, embeddings: TextEmbeddings, tmp_path_factory: pytest.TempPathFactory) -> NewsAssistant:
    settings = Settings(data_dir=tmp_path_factory.mktemp("seeds") / "data")
    report = ingest([seeds], settings=settings, embedder=embeddings)
    assert len(report.added) == 5
    assert report.refused == []
    opened = NewsAssistant.open(settings=settings)
    opened.retriever = opened.retriever.model_copy(update={"embeddings": embeddings})
    return opened


@pytest.fixture(scope="module")
def articles(seeded: NewsAssistant) -> dict[str, Article]:
    return {Path(a.source).name[:3]: a for a in seeded.articles()}


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize(
    ("number", "title", "outlets", "event"),
    [
        ("000", "Bốn văn phòng ở Trung ương triển khai công tác phối hợp năm 2019", (), None),
        ("001", "Tăng cường phối hợp công tác giữa 4 Văn phòng Trung ương", ("VietnamPlus",), "2016-02-02"),
        ("002", "Bốn Văn phòng TW phối hợp chặt chẽ, nâng cao chất lượng phục vụ", ("TTXVN", "VietnamPlus"), "2020-01-16"),
        ("003", None, ("TTXVN",), None),
        ("004", "Hội nghị toàn quốc công tác văn phòng tỉnh ủy, thành ủy", (), "2016-07-14"),
    ],
)  # fmt: skip
def test_what_is_read_from_each(
    articles: dict[str, Article], number: str, title: str | None, outlets: tuple[str, ...], event: str | None
) -> None:
    article = articles[number]
    assert article.title_derived == (title is None)
    assert title is None or article.title == title
    assert article.outlets == outlets
    assert (article.event.value if article.event else None) == event
    if article.event is not None:
        assert article.text[article.event.start : article.event.end] == article.event.text != ""


def test_years_are_told_apart(articles: dict[str, Article]) -> None:
    assert {2018, 2019} <= set(articles["000"].years())
    assert 2017 in articles["003"].years(DateRole.REVIEWED)
    assert 2018 in articles["003"].years(DateRole.PLANNED)


def test_addresses_captions_and_holes(articles: dict[str, Article]) -> None:
    assert (articles["001"].url or "").startswith("http://www.vietnamplus.vn/tang-cuong")
    assert articles["002"].outlet == "TTXVN / Vietnam+"
    kinds = {n: [b.kind for b in a.blocks] for n, a in articles.items()}
    assert kinds["003"].count(BlockKind.CAPTION) == 2
    assert kinds["000"].count(BlockKind.HOLE) == 1
    for article in articles.values():
        assert "leftcenterrightdel" not in article.text
        assert "ảnh 1" not in article.text


def test_every_block_stands_in_its_file(articles: dict[str, Article], seeds: Path) -> None:
    for article in articles.values():
        raw = bare((seeds / Path(article.source).name).read_text(encoding="utf-8"))
        assert all(bare(article.text[b.start : b.end]) in raw for b in article.blocks)


@pytest.mark.parametrize(
    "question",
    ["Who chaired the 2019 conference?", "Ai đã chủ trì hội nghị năm 2019?", "ai da chu tri hoi nghi nam 2019"],
)
def test_who_chaired_the_2019_conference(
    seeded: NewsAssistant, articles: dict[str, Article], seeds: Path, question: str
) -> None:
    answer = seeded.ask(question)
    assert all(name in answer.text[:200] for name in CO_CHAIRS)
    citation = answer.citations[0]
    article = articles["000"]
    assert citation.article_id == article.id
    assert citation.quote == article.text[citation.start : citation.end]
    assert all(name in citation.quote for name in CO_CHAIRS)
    assert bare(citation.quote) in bare((seeds / Path(article.source).name).read_text(encoding="utf-8"))


def test_what_was_lost_from_the_text_is_no_fact(seeded: NewsAssistant) -> None:
    answer = seeded.ask("Ai tới dự hội nghị bốn văn phòng triển khai công tác phối hợp năm 2019?")
    assert all("có ." not in c.quote for c in answer.citations)
