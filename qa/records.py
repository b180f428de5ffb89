"""Rows of the ledger to articles and passages, and back."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from qa.schema import Article, Block, BlockKind, DateMention, DateRole, Passage

__all__ = ["ARTICLE_COLUMNS", "PASSAGE_COLUMNS", "article_detail", "article_of", "passage_of"]

ARTICLE_COLUMNS = (
    "a.row, a.id, a.source, a.url, a.title, a.title_derived, a.outlet, a.language, a.content_hash, a.text, a.detail"
)
PASSAGE_COLUMNS = "p.number, p.id, p.article, p.kind, p.start, p.end"


def article_detail(article: Article) -> dict[str, object]:
    """Return what is kept of an article in the JSON column `detail`."""
    return {
        "blocks": [[b.kind, b.start, b.end] for b in article.blocks],
        "outlets": list(article.outlets),
        "event": article.event and asdict(article.event),
        "published": article.published and asdict(article.published),
        "dates": [asdict(d) for d in article.dates],
        "origins": [list(run) for run in article.origins],
    }


def _date(value: dict[str, object] | None) -> DateMention | None:
    return None if value is None else DateMention(**{**value, "role": DateRole(value["role"])})  # type: ignore[arg-type]


def article_of(row: Sequence[object]) -> Article:
    """Return the article of a row of `ARTICLE_COLUMNS`."""
    _, id, source, url, title, derived, outlet, language, content_hash, text, raw = row
    detail = json.loads(str(raw))
    return Article(
        id=str(id),
        source=str(source),
        title=str(title),
        text=str(text),
        blocks=tuple(Block(BlockKind(k), s, e) for k, s, e in detail["blocks"]),
        language=str(language),
        content_hash=str(content_hash),
        title_derived=bool(derived),
        url=None if url is None else str(url),
        outlet=None if outlet is None else str(outlet),
        outlets=tuple(detail["outlets"]),
        event=_date(detail["event"]),
        published=_date(detail["published"]),
        dates=tuple(d for d in map(_date, detail["dates"]) if d is not None),
        origins=tuple((a, b, c) for a, b, c in detail["origins"]),
    )


def passage_of(row: Sequence[object], article: Article) -> Passage:
    """Return the passage of a row of `PASSAGE_COLUMNS`."""
    number, id, _, kind, start, end = row
    assert isinstance(number, int) and isinstance(start, int) and isinstance(end, int)  # noqa: PT018, S101 - INTEGER columns
    return Passage(str(id), article.id, BlockKind(str(kind)), start, end, article.text[start:end], number)
