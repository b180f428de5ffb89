"""Rows of the ledger to articles and passages, and back."""

import json
from collections.abc import Sequence
from dataclasses import fields
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
    return _Kept.of(kept)


class _Kept(Article):
    """An article of which `detail` is read when something of it is asked for.

    A question is measured against the titles and passages of some forty articles, and reads four; to take the dates, paragraphs and
    origins of all of them apart took as long as to find them.
    """

    __slots__ = ("_detail",)
    _detail: str

    @classmethod
    def of(cls, row: ArticleRow) -> "_Kept":
        """Return the article of a row."""
        article = cls.__new__(cls)
        article._set({name: getattr(row, name) for name in _PLAIN})
        article._set({"title_derived": bool(row.title_derived), "copies": (), "_detail": row.detail})
        return article

    def __getattr__(self, name: str) -> object:
        """Return what is not read yet: a slot that is empty."""
        if name not in _DETAILED:
            raise AttributeError(name)
        self._set(_detailed(self._detail))
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        """Return whether it is the same article, however it was made."""
        return isinstance(other, Article) and all(getattr(self, f.name) == getattr(other, f.name) for f in fields(self))

    __hash__ = Article.__hash__

    def _set(self, values: dict[str, object]) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


_PLAIN = ("id", "source", "title", "text", "language", "content_hash", "url", "outlet")
_DETAILED = frozenset(("blocks", "outlets", "event", "published", "dates", "origins", "places"))


def _detailed(kept: str) -> dict[str, object]:
    detail = json.loads(kept)
    return {
        "blocks": tuple(Block(_KINDS[k], s, e) for k, s, e in detail["blocks"]),
        "outlets": tuple(detail["outlets"]),
        "event": _date(detail["event"]),
        "published": _date(detail["published"]),
        "dates": tuple(DateMention(v, t, s, e, _ROLES[r], b) for v, t, s, e, r, b in detail["dates"]),
        "origins": tuple(map(tuple, detail["origins"])),
        "places": tuple(map(tuple, detail["places"])),
    }


def passage_of(row: Sequence[object], article: Article) -> Passage:
    """Return the passage of a row of `PASSAGE_COLUMNS`."""
    number, _, kind, start, end = row
    assert isinstance(number, int) and isinstance(start, int) and isinstance(end, int)  # noqa: PT018, S101 - INTEGER columns
    return Passage(article.id, BlockKind(str(kind)), start, end, article.text[start:end], number)


def _date(value: dict[str, object] | None) -> DateMention | None:
    return None if value is None else DateMention(**{**value, "role": _ROLES[str(value["role"])]})  # type: ignore[arg-type]
