"""The list of the articles: sorted, searched whatever the accents, by pages; and as the ledger changes, so it does."""

import sqlite3
from pathlib import Path

import pytest

from qa.edit import removing
from qa.ledger import Ledger
from qa.listing import ORDERS, Order
from qa.stores import LEDGER


@pytest.fixture
def ledger(fresh_samples: Path) -> Ledger:
    return Ledger(fresh_samples / LEDGER)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_holds_every_article_once(ledger: Ledger, order: Order) -> None:
    whole = ledger.listing.page(order=order, descending=False)
    assert whole.count == len(whole.rows) == ledger.count()
    assert {row.id for row in whole.rows} == {article.id for article in ledger.articles()}
    parts = [ledger.listing.page(order=order, descending=False, first=n, most=3).rows for n in range(0, 12, 3)]
    assert [row for part in parts for row in part] == list(whole.rows)
    back = ledger.listing.page(order=order, descending=True)
    assert back.rows == whole.rows[::-1]


def test_a_row_says_what_the_article_says(ledger: Ledger) -> None:
    for row in ledger.listing.page().rows:
        article = ledger.article(row.id)
        assert article is not None
        assert (row.title, row.source, row.language) == (article.title, article.source, article.language)
        assert row.outlet == (article.outlet or "")
        assert row.event == (article.event.value if article.event else "")
        assert row.published == (article.published.value if article.published else "")
        assert row.copies == len(article.copies)


@pytest.mark.parametrize(
    ("words", "count"),
    [("bon van phong", 3), ("BỐN Văn Phòng", 3), ("dong thap", 1), ("Đồng xoài", 1), ("van-phong", 3), ("%", 0), ("_", 0),
     ("' OR 1=1 --", 0), ("\\", 0), ("", 10)],
)  # fmt: skip
def test_words_are_found_whatever_their_accents(ledger: Ledger, words: str, count: int) -> None:
    found = ledger.listing.page(words=words)
    assert found.count == len(found.rows)
    assert found.count == count


def test_what_is_removed_leaves_the_list(ledger: Ledger, fresh_samples: Path) -> None:
    row = ledger.listing.page(words="dong thap").rows[0]
    removing(fresh_samples, [row.id])
    assert ledger.listing.page(words="dong thap").count == 0
    gone = ledger.listing.removed()
    assert [(r.id, r.title, r.source) for r in gone.rows] == [(row.id, row.title, row.source)]
    assert ledger.listing.removed(words="dong thap").count == 1
    assert ledger.listing.removed(words="khac han").count == 0
    removing(fresh_samples, [row.id], erase=True)
    assert ledger.listing.removed().count == 0


def test_a_ledger_from_before_gets_its_list_when_it_is_opened(ledger: Ledger, fresh_samples: Path) -> None:
    before = ledger.listing.page(order="source")
    ledger.close()
    with sqlite3.connect(fresh_samples / LEDGER) as db:
        db.executescript("DROP TRIGGER listing_state; DROP TRIGGER listing_earlier; DROP TABLE listing;")
    assert Ledger(fresh_samples / LEDGER).listing.page(order="source") == before
