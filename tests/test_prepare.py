"""From a record to an article that is ready for the ledger."""

from dataclasses import fields, replace

import pytest
from pipeline_support import BRIDGE, FLOOD, LONG

from ingest.prepare import article_of_record, prepare, record_hash
from ingest.records import Place, Record
from qa.copies import resemblance, signature
from qa.errors import ArticleError
from qa.stores import embedding_text, text_hash

RECORD = Record(
    "Bến tàu\n\nBến tàu mở lại ngày 14/7/2016.",
    key="k1",
    title="Bến tàu",
    url="https://bao.example/ben-tau",
    outlet="Báo Mẫu",
    published="2016-07-15",
    line=3,
    places=(Place(0, "line", 3),),
)


def made(text: str = FLOOD, id: str = "x") -> object:
    return article_of_record(Record(text), id=id, source="báo/a.txt")


def test_an_article_is_the_same_for_the_same_record() -> None:
    assert made() == made()
    one, other = made(), made(FLOOD.replace("\n\n", "\n\n\n"))
    assert one.content_hash == other.content_hash  # type: ignore[attr-defined]
    assert one.content_hash != made(BRIDGE).content_hash  # type: ignore[attr-defined]


def test_what_the_record_says_of_itself_is_kept() -> None:
    article = article_of_record(RECORD, id="x", source="báo/a.jsonl#k1")
    assert (article.title, article.url, article.outlet) == ("Bến tàu", "https://bao.example/ben-tau", "Báo Mẫu")
    assert article.published is not None
    assert article.published.value == "2016-07-15"
    assert article.event is not None
    assert article.event.value == "2016-07-14"
    assert article.places == ((0, "line", 3),)


@pytest.mark.parametrize("text", ["* * *\n", "-----\nhttps://example.test/a\n", "🎏 … !!!", ""])
def test_a_record_of_which_nothing_is_left_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ArticleError, match="no text is left") as refused:
        article_of_record(Record(text, line=7), id="x", source="báo/a.jsonl#k")
    assert (refused.value.path, refused.value.line) == ("báo/a.jsonl#k", 7)


def test_what_goes_to_the_ledger_belongs_together() -> None:
    ready = prepare(replace(RECORD, text=LONG, title=None), path="/kho/a.jsonl", label="báo/a.jsonl", digest=b"d" * 16)
    row = ready.row
    assert (ready.path, ready.key, ready.label, ready.record_hash) == (
        "/kho/a.jsonl", "k1", "báo/a.jsonl#k1", b"d" * 16,
    )  # fmt: skip
    assert row.source == "báo/a.jsonl#k1"
    assert ready.url_key == "bao.example/ben-tau"
    assert ready.signature == signature(row.text)
    assert len(ready.passages) == len(ready.fields) >= 1
    for _, start, end, digest in ready.passages:
        assert digest == text_hash(embedding_text(row.text[start:end], row.title))


def test_a_file_that_is_the_article_has_no_key() -> None:
    ready = prepare(Record(FLOOD), path="/kho/a.txt", label="báo/a.txt", digest=b"")
    assert (ready.key, ready.label, ready.url_key) == ("", "báo/a.txt", None)


@pytest.mark.parametrize("name", ["text", "title", "url", "outlet", "published"])
def test_whatever_a_file_says_of_an_article_changes_its_hash(name: str) -> None:
    value = getattr(RECORD, name)
    hashes = [record_hash(replace(RECORD, **{name: v})) for v in (value, f"{value}.", "", *([None] * (name != "text")))]
    assert len(set(hashes)) == len(hashes)


def test_where_a_record_stands_in_its_file_does_not_change_its_hash() -> None:
    assert record_hash(replace(RECORD, key="k2", line=9, places=())) == record_hash(RECORD)


def test_the_fields_of_a_record_cannot_be_mistaken_for_each_other() -> None:
    assert record_hash(Record("a", title="b")) != record_hash(Record("ab", title=""))
    assert record_hash(Record("a", title="b")) != record_hash(Record("a", url="b"))
    assert record_hash(Record("\ud800")) != record_hash(Record("?"))
    told = {"text", "title", "url", "outlet", "published"}
    assert {f.name for f in fields(Record)} == told | {"key", "line", "places"}  # a new field: does it count?


def test_near_copies_have_signatures_that_meet() -> None:
    from qa.copies import bands

    other = LONG.replace("chín giờ", "mười giờ")
    assert resemblance(LONG, other) > 0.75
    assert set(bands(signature(LONG))) & set(bands(signature(other)))
