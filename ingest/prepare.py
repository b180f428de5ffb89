"""From a record to an article ready for the ledger: cleaned, described, split, its terms made."""

import hashlib
from dataclasses import replace

from ingest.clean import clean
from ingest.describe import describe
from ingest.identity import url_key
from ingest.records import Record
from ingest.split import split
from qa.appearances import occasion, rows_of_people
from qa.copies import signature
from qa.errors import ArticleError
from qa.facets import outlets_of, times_of
from qa.people.rows import find_appearances
from qa.records import row_of
from qa.schema import Article
from qa.sources import labelled
from qa.staging import Prepared
from qa.stores import embedding_text, index_fields, text_hash

__all__ = ["article_of_record", "prepare", "prepare_article", "record_hash"]


def record_hash(record: Record) -> bytes:
    """Return 16 bytes that change when anything changes of what a file says of an article."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (record.text, record.title, record.url, record.outlet, record.published):
        digest.update(b"\0" if part is None else b"\1" + part.encode("utf-8", "surrogatepass") + b"\2")
    return digest.digest()


def article_of_record(record: Record, *, id: str, source: str) -> Article:
    """Return the article that a record holds.

    Args:
        record: As a format gives it.
        id: Of the article.
        source: As `Article.source`.

    Raises:
        ArticleError: Nothing is left once the dirt is off.
    """
    cleaned = clean(record.text)
    if not any(c.isalnum() for c in cleaned.text):
        raise ArticleError("no text is left once rules, links and tails are taken off", path=source, line=record.line)
    if record.url:
        cleaned = replace(cleaned, url=record.url)
    about = describe(cleaned, published=record.published, outlet=record.outlet)
    return Article(
        id=id,
        source=source,
        title=about.title,
        text=cleaned.text,
        blocks=tuple(cleaned.blocks),
        language=about.language,
        content_hash=hashlib.sha256(cleaned.text.encode()).hexdigest(),
        title_derived=about.title_derived,
        url=about.url,
        outlet=about.outlet,
        outlets=tuple(about.outlets),
        event=about.event,
        published=about.published,
        dates=tuple(about.dates),
        origins=tuple(cleaned.origins),
        places=tuple((p.start, p.unit, p.at) for p in record.places),
    )


def prepare(record: Record, *, path: str, label: str, digest: bytes) -> Prepared:
    """Return the article of a record, ready to be staged.

    Args:
        record: As a format gives it.
        path: Absolute path of its file.
        label: How the file is shown.
        digest: The record's hash.

    Raises:
        ArticleError: Nothing is left once the dirt is off.
    """
    key = record.key or ""
    return prepare_article(
        article_of_record(record, id="", source=labelled(label, key)), path=path, key=key, digest=digest
    )


def prepare_article(article: Article, *, path: str, key: str, digest: bytes) -> Prepared:
    """Return an article ready to be staged.

    Args:
        article: As `article_of_record` makes it, or as the ledger kept it.
        path: Absolute path of its file.
        key: Its id inside the file.
        digest: The record's hash.
    """
    passages = split(article)
    return Prepared(
        row=row_of(article),
        path=path,
        key=key,
        label=article.source,
        record_hash=digest,
        url_key=url_key(article.url),
        signature=signature(article.text),
        passages=[(p.kind.value, p.start, p.end, text_hash(embedding_text(p.text, article.title))) for p in passages],
        fields=[index_fields(p, article) for p in passages],
        people=rows_of_people(find_appearances(article.text), occasion(article)),
        times=times_of(article),
        outlets=outlets_of(article),
    )
