"""Rows of the ledger to articles and passages, and back."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from qa.schema import Article, Block, BlockKind, DateMention, DateRole, Passage

__all__ = ["ARTICLE_COLUMNS", "PASSAGE_COLUMNS", "ArticleRow", "article_of", "passage_of", "row_of"]

_KINDS = {kind.value: kind for kind in BlockKind}
_ROLES = {role.value: role for role in DateRole}


class ArticleRow(NamedTuple):
    """An article as the ledger keeps it; the fields are columns, `detail` holds the rest of `Article` as JSON."""

    id: str
    source: str
    url: str | None
    title: str
    title_derived: bool
    outlet: str | None
    language: str
    event: str | None
    published: str | None
    content_hash: str
    text: str
    detail: str


ARTICLE_COLUMNS = ", ".join(("a.row", *(f"a.{name}" for name in ArticleRow._fields)))
PASSAGE_COLUMNS = "p.number, p.article, p.kind, p.start, p.end"


def row_of(article: Article) -> ArticleRow:
    """Return the row of an article; its `copies` are not part of it."""
    detail = {
        "blocks": [[b.kind, b.start, b.end] for b in article.blocks],
        "outlets": article.outlets,
        "event": article.event and article.event._asdict(),
        "published": article.published and article.published._asdict(),
        "dates": [[d.value, d.text, d.start, d.end, d.role, d.basis] for d in article.dates],
        "origins": article.origins,
        "places": article.places,
    }
    return ArticleRow(
        article.id,
        article.source,
        article.url,
        article.title,
        article.title_derived,
        article.outlet,
        article.language,
        article.event.value if article.event else None,
        article.published.value if article.published else None,
        article.content_hash,
        article.text,
        json.dumps(detail, ensure_ascii=False, separators=(",", ":")),
    )


def article_of(row: Sequence[object]) -> Article:
    """Return the article of a row of `ARTICLE_COLUMNS`."""
    kept = ArticleRow(*row[1:])  # type: ignore[arg-type]  # the columns have these types
    detail = json.loads(kept.detail)
    return Article(
        id=kept.id,
        source=kept.source,
        title=kept.title,
        text=kept.text,
        blocks=tuple(Block(_KINDS[k], s, e) for k, s, e in detail["blocks"]),
        language=kept.language,
        content_hash=kept.content_hash,
        title_derived=bool(kept.title_derived),
        url=kept.url,
        outlet=kept.outlet,
        outlets=tuple(detail["outlets"]),
        event=_date(detail["event"]),
        published=_date(detail["published"]),
        dates=tuple(DateMention(v, t, s, e, _ROLES[r], b) for v, t, s, e, r, b in detail["dates"]),
        origins=tuple(map(tuple, detail["origins"])),
        places=tuple(map(tuple, detail["places"])),
    )


def passage_of(row: Sequence[object], article: Article) -> Passage:
    """Return the passage of a row of `PASSAGE_COLUMNS`."""
    number, _, kind, start, end = row
    assert isinstance(number, int) and isinstance(start, int) and isinstance(end, int)  # noqa: PT018, S101 - INTEGER columns
    return Passage(article.id, BlockKind(str(kind)), start, end, article.text[start:end], number)


def _date(value: dict[str, object] | None) -> DateMention | None:
    return None if value is None else DateMention(**{**value, "role": _ROLES[str(value["role"])]})  # type: ignore[arg-type]
