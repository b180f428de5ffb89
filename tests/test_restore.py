"""What was removed comes back as it was: id, text, offsets, words and vectors."""

from contextlib import closing
from pathlib import Path

import pytest
from conftest import SAMPLES

from ingest import ingest, restoring
from qa import NewsAssistant, Settings
from qa.edit import removing
from qa.embeddings import TextEmbeddings
from qa.errors import HoibaoError
from qa.ledger import Ledger
from qa.schema import Article
from qa.stores import LEDGER, Stores

QUESTION = "Ai chủ trì hội nghị năm 2019?"


@pytest.fixture
def chosen(fresh_samples: Path) -> Article:
    ledger = Ledger(fresh_samples / LEDGER)
    return next(a for a in ledger.articles() if "hop-bon-van-phong-2019" in a.source)


def test_a_removed_article_comes_back_whole(fresh_samples: Path, chosen: Article, embeddings: TextEmbeddings) -> None:
    settings = Settings(data_dir=fresh_samples)
    with closing(NewsAssistant.open(settings=settings)) as assistant:
        before = assistant.ask(QUESTION)
        removing(fresh_samples, [chosen.id])
        assert chosen.id not in {c.article_id for c in assistant.ask(QUESTION).citations}
        ledger = Ledger(fresh_samples / LEDGER)
        assert [row.id for row in ledger.listing.removed().rows] == [chosen.id]
        assert restoring([chosen.id], settings=settings, embedder=embeddings) == [chosen.id]
        assert ledger.article(chosen.id) == chosen
        assert ledger.listing.removed().count == 0
        after = assistant.ask(QUESTION)
        assert [(c.article_id, c.quote, c.start) for c in after.citations] == [
            (c.article_id, c.quote, c.start) for c in before.citations
        ]
    assert Stores(fresh_samples).verify().problems == ()


def test_it_stays_when_its_file_is_read_again_and_may_be_restored_once_only(
    fresh_samples: Path, chosen: Article, embeddings: TextEmbeddings
) -> None:
    settings = Settings(data_dir=fresh_samples)
    removing(fresh_samples, [chosen.id])
    restoring([chosen.id], settings=settings, embedder=embeddings)
    assert restoring([chosen.id], settings=settings, embedder=embeddings) == []
    report = ingest([SAMPLES], settings=settings, embedder=embeddings, prune=True)
    assert (report.added, report.updated, report.removed) == ([], [], [])
    assert report.articles == len(list(SAMPLES.iterdir()))
    assert Ledger(fresh_samples / LEDGER).article(chosen.id) is not None


def test_an_article_whose_file_is_gone_comes_back_and_takes_its_file_up_again(
    settings: Settings, tmp_path: Path, embeddings: TextEmbeddings
) -> None:
    folder = tmp_path / "bài"
    folder.mkdir()
    text = (SAMPLES / "hop-bon-van-phong-2019.txt").read_text("utf-8")
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "b.txt").write_text("Hội chợ xoài\n\nHội chợ xoài mở ở Tân Phú ngày 3/6/2019.", "utf-8")
    ingest([folder], settings=settings, embedder=embeddings)
    ledger = Ledger(settings.data_dir / LEDGER)
    was = next(a for a in ledger.articles() if a.source.endswith("a.txt"))
    (folder / "a.txt").unlink()
    assert ingest([folder], settings=settings, embedder=embeddings, prune=True).removed
    assert restoring([was.id], settings=settings, embedder=embeddings) == [was.id]
    assert ledger.article(was.id) == was
    report = ingest([folder], settings=settings, embedder=embeddings, prune=True)
    assert (report.removed, report.articles) == ([], 2)
    (folder / "a.txt").write_text(text, "utf-8")
    report = ingest([folder], settings=settings, embedder=embeddings)
    assert (report.added, report.articles) == ([], 2)
    assert Stores(settings.data_dir).verify().problems == ()


def test_what_never_was_or_was_erased_is_named(
    fresh_samples: Path, chosen: Article, embeddings: TextEmbeddings
) -> None:
    settings = Settings(data_dir=fresh_samples)
    removing(fresh_samples, [chosen.id], erase=True)
    for id in (chosen.id, "0123456789abcdef"):
        with pytest.raises(HoibaoError, match=f"no article {id}"):
            restoring([id], settings=settings, embedder=embeddings)
