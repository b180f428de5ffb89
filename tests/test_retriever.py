"""Retrieval over the samples, and how the period of a question ranks articles."""

from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from ingest import ingest
from qa import NewsAssistant, Settings
from qa.embeddings import TextEmbeddings, embedder_for
from qa.errors import IndexMismatch, IndexMissing
from qa.language.dates import find_dates
from qa.question import understand
from qa.retriever import FusionWeights, PassageRetriever, period_fit, ranked_articles
from qa.schema import Article, Block, BlockKind, DateMention, DateRole, Hit, Passage
from qa.stores import Stores


def build(id: str, *roles: tuple[str, DateRole], title: str = "Tin", copies: tuple[str, ...] = ()) -> Article:
    dates = [DateMention(value, value, 0, 0, role) for value, role in roles]
    event = next((d for d in dates if d.role is DateRole.EVENT), None)
    return Article(
        id=id, source=f"t/{id}.txt", title=title, text="Tin", blocks=(Block(BlockKind.BODY, 0, 3),), language="vi",
        content_hash="0" * 64, dates=tuple(dates), event=event, copies=copies,
    )  # fmt: skip


def hit(article: Article, score: float, number: int = 0) -> Hit:
    return Hit(Passage(article.id, BlockKind.BODY, 0, 3, "Tin", number), article, score)


def test_it_is_a_langchain_retriever_and_gives_documents(assistant: NewsAssistant) -> None:
    retriever = assistant.retriever
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke("Who chaired the 2019 conference?")
    assert 0 < len(documents) <= 10
    for document in documents:
        article = assistant.article(document.metadata["article_id"])
        assert article is not None
        assert document.page_content == article.text[document.metadata["start"] : document.metadata["end"]]
        assert document.metadata["source"] == article.source
        assert document.metadata["title"] == article.title
        assert document.metadata["url"] == article.url
        assert str(document.id).startswith(f"{article.id}:")
    scores = [d.metadata["score"] for d in documents]
    assert scores == sorted(scores, reverse=True)
    assert "hop-bon-van-phong-2019" in documents[0].metadata["source"]


def test_it_stands_in_a_pipeline_and_k_limits_it(assistant: NewsAssistant) -> None:
    three = assistant.retriever.model_copy(update={"k": 3})
    chain = RunnableLambda(lambda row: row["q"]) | three | RunnableLambda(len)
    assert chain.invoke({"q": "hội nghị"}) == 3
    with pytest.raises(ValidationError):
        PassageRetriever(stores=three.stores, embeddings=three.embeddings, k=0)


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Bệnh viện Suối Ngàn có bao nhiêu giường?", "benh-vien-suoi-ngan-mo-cua"),
        ("benh vien suoi ngan co bao nhieu giuong", "benh-vien-suoi-ngan-mo-cua"),
        ("How many beds does Suoi Ngan Hospital have?", "benh-vien-suoi-ngan-mo-cua"),
        ("Which library went online in Hue?", "hue-library-digitisation"),
        ("doanh thu hop tac xa xoai tan my phu", "hop-tac-xa-xoai-tan-my-phu"),
        ("Who chaired the 2019 conference?", "hop-bon-van-phong-2019"),
        ("Hội nghị năm 2019 do những ai chủ trì?", "hop-bon-van-phong-2019"),
        ("hoi nghi nam 2019 do nhung ai chu tri", "hop-bon-van-phong-2019"),
        ("Cuộc gặp mừng Tết Canh Tý diễn ra ở đâu?", "tet-canh-ty-2020"),
        ("Việc gì xảy ra ngày 14/7/2016?", "hoi-nghi-van-phong-cap-uy-da-nang"),
    ],
)
def test_the_right_article_comes_first(assistant: NewsAssistant, question: str, source: str) -> None:
    hits = assistant.retriever.search(understand(question))
    assert source in hits[0].article.source


def test_hits_are_scored_in_order_between_0_and_1(assistant: NewsAssistant) -> None:
    hits = assistant.retriever.search(understand("Ai chủ trì hội nghị năm 2019?"), k=7)
    assert len(hits) == 7
    scores = [h.score for h in hits]
    assert scores == sorted(scores, reverse=True)
    weights = FusionWeights()
    for found in hits:
        assert set(found.parts) == {"lexical", "vectors", "period"}
        assert all(0.0 <= part <= 1.0 for part in found.parts.values())
        assert found.score == pytest.approx(sum(getattr(weights, name) * part for name, part in found.parts.items()))
        assert found.passage.text == found.article.text[found.passage.start : found.passage.end]
    assert sum((weights.lexical, weights.vectors, weights.period)) == pytest.approx(1.0)


def test_a_search_is_repeatable(assistant: NewsAssistant) -> None:
    question = understand("Ai chủ trì hội nghị năm 2019?")
    first, second = assistant.retriever.search(question), assistant.retriever.search(question)
    assert [(h.passage.id, h.score) for h in first] == [(h.passage.id, h.score) for h in second]


def test_nothing_ingested_is_an_index_missing(tmp_path: Path, embeddings: TextEmbeddings) -> None:
    retriever = PassageRetriever(stores=Stores(tmp_path / "data", create=True), embeddings=embeddings)
    with pytest.raises(IndexMissing) as caught:
        retriever.invoke("Ai?")
    assert "hoibao ingest" in caught.value.hint
    retriever.stores.close()


def test_another_model_is_an_index_mismatch(sample_data: Path) -> None:
    stores = Stores(sample_data)
    with pytest.raises(IndexMismatch) as caught:
        PassageRetriever(stores=stores, embeddings=embedder_for(Settings(embedding_model="another-model"))).invoke(
            "Ai?"
        )
    assert caught.value.hint
    stores.close()


def test_event_beats_planned_beats_reviewed_beats_mentioned_beats_nothing() -> None:
    asked = tuple(find_dates("năm 2019"))
    fits = [
        period_fit(asked, build("a", ("2019-01-25", DateRole.EVENT))),
        period_fit(asked, build("b", ("2019", DateRole.PLANNED))),
        period_fit(asked, build("c", ("2019", DateRole.REVIEWED))),
        period_fit(asked, build("d", ("2019", DateRole.MENTIONED))),
        period_fit(asked, build("e", ("2016", DateRole.PLANNED))),
    ]
    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == len(fits)
    assert fits[0] == 1.0
    assert fits[-1] == 0.0


def test_what_happened_in_another_year_fits_less_than_what_has_no_day() -> None:
    asked = tuple(find_dates("hội nghị năm 2019"))
    conference = build("a", ("2018", DateRole.REVIEWED), ("2019", DateRole.PLANNED))
    looking_back = build("b", ("2020-01-16", DateRole.EVENT), ("2019", DateRole.REVIEWED))
    assert period_fit(asked, conference) > period_fit(asked, looking_back) > 0.0


@pytest.mark.parametrize(
    ("asked", "given", "fits"),
    [
        ("ngày 14/7/2016", "2016-07-14", True), ("tháng 7/2016", "2016-07-14", True), ("năm 2016", "2016-07-14", True),
        ("ngày 14/7", "2016-07-14", True), ("ngày 14/7/2016", "--07-14", True), ("ngày 14/7/2016", "2016", True),
        ("ngày 15/7/2016", "2016-07-14", False), ("tháng 8/2016", "2016-07-14", False), ("năm 2017", "2016-07-14", False),
        ("ngày 14/8", "2016-07-14", False), ("ngày 14/7/2016", "--07-15", False),
    ],
)  # fmt: skip
def test_dates_cut_short_meet(asked: str, given: str, fits: bool) -> None:
    assert (period_fit(tuple(find_dates(asked)), build("a", (given, DateRole.EVENT))) == 1.0) is fits


def test_a_question_without_a_date_fits_every_article() -> None:
    assert period_fit((), build("a")) == 1.0
    assert period_fit(tuple(find_dates("năm 2019")), build("a")) == 0.0


def test_an_article_stands_once_with_its_best_score() -> None:
    one, two = build("a"), build("b")
    rows = ranked_articles([hit(one, 0.9), hit(two, 0.8, 1), hit(one, 0.7, 2)])
    assert [(r.article_id, r.score) for r in rows] == [("a", 0.9), ("b", 0.8)]


def test_copies_stand_under_the_first_of_them() -> None:
    first, twin = build("a", copies=("t/b.txt",)), build("b", copies=("t/a.txt",))
    rows = ranked_articles([hit(first, 0.9), hit(twin, 0.9, 1), hit(build("c"), 0.5, 2)])
    assert [(r.source, r.copies) for r in rows] == [("t/a.txt", ("t/b.txt",)), ("t/c.txt", ())]


def test_ten_articles_at_most() -> None:
    hits = [hit(build(f"a{n}"), 1.0 - n / 100, n) for n in range(25)]
    assert [r.article_id for r in ranked_articles(hits)] == [f"a{n}" for n in range(10)]
    assert len(ranked_articles(hits, k=3)) == 3


def test_twins_in_the_stores_are_shown_as_one(tmp_path: Path, embeddings: TextEmbeddings) -> None:
    text = "Chợ Bến Quang mở cửa\n\nChợ Bến Quang mở cửa ngày 14/7/2016, có 212 sạp hàng cá."
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "three.txt").write_text("Trường Bến Quang khai giảng\n\nTrường có 300 học sinh.", encoding="utf-8")
    data = tmp_path / "data"
    ingest(
        [tmp_path / f"{n}.txt" for n in ("one", "two", "three")], settings=Settings(data_dir=data), embedder=embeddings
    )
    stores = Stores(data)
    rows = ranked_articles(
        PassageRetriever(stores=stores, embeddings=embeddings).search(understand("Chợ Bến Quang có mấy sạp?"))
    )
    stores.close()
    assert len(rows) == 2
    twins = {rows[0].source, *rows[0].copies}
    assert {Path(s).name for s in twins} == {"one.txt", "two.txt"}
