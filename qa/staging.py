"""Staging: articles that a run has prepared are put into the ledger as pending, each under the identity it has.

The same article is known by the record it came from, by its address, by its id, or by its text when the file that held
it is gone. An address or an id alone is a claim, not a proof: pages share addresses and exports share numbers. So an
address counts only when title or text are alike, an id only for a near-copy; others are articles of their own, and none
takes the place of another.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from qa.appearances import PersonRow, insert_appearances
from qa.copies import NEAR, bands, resemblance, same_numbers
from qa.database import guarded
from qa.facets import insert_facets
from qa.language.forms import fold
from qa.ledger import Ledger, forget_twins
from qa.listing import insert_listed
from qa.records import ArticleRow

__all__ = ["Prepared", "Staging", "article_id"]

ALIKE = 0.2
"""From this resemblance on two texts under one address are one article, corrected; news of one address that is not one
article (a home page, a live ticker begun anew) shares next to nothing."""
MOST_TWINS = 50
"""Articles a new one is held against; of more, all are alike anyway."""

_FIELDS = ", ".join(ArticleRow._fields)
_SOURCE = "INSERT OR REPLACE INTO sources VALUES (?, ?, 'pending', ?, ?, ?)"
_MARKS = ", ".join("?" * len(ArticleRow._fields))


@dataclass(slots=True)
class Prepared:
    """An article ready to be put into the ledger.

    Attributes:
        row: Its columns; `id` and `source` are given when it is staged.
        path: Absolute path of its file.
        key: Its id inside the file, "" when the file is the article.
        label: How it is shown, as `Article.source`.
        record_hash: Of what the file says of it, 16 bytes.
        url_key: Its address in the form under which spellings of one address meet, or None.
        signature: As `qa.copies.signature` makes it of the text.
        passages: `(kind, start, end, text hash)` of each passage.
        fields: What the lexical index holds of each passage.
        people: Who is said to hold which post and to do what, as `qa.appearances.rows_of_people` gives it.
        times: As `qa.facets.times_of` gives them.
        outlets: As `qa.facets.outlets_of` gives them.
        numbers: The numbers of the passages, once it is staged.
    """

    row: ArticleRow
    path: str
    key: str
    label: str
    record_hash: bytes
    url_key: str | None
    signature: bytes
    passages: list[tuple[str, int, int, bytes]]
    fields: list[dict[str, str]]
    people: Sequence[PersonRow] = ()
    times: Sequence[tuple[str, str]] = ()
    outlets: Sequence[tuple[str, str]] = ()
    numbers: range = range(0)


@dataclass(slots=True)
class _Known:
    """An article that may be the same, or a copy."""

    row: int
    id: str
    live: int
    title: str
    text: str


def article_id(*identity: str) -> str:
    """Return 16 hexadecimal digits made from what makes an article the same next time."""
    return blake2b("\0".join(identity).encode(), digest_size=8).hexdigest()


class Staging:
    """Puts prepared articles into the ledger as pending. Use it under the writer's lock.

    Args:
        ledger: Where they go.
        is_gone: Says of a path whether no file stands there any more.

    Attributes:
        superseded: Numbers of passages that were staged and have been replaced since, by another record of the same article.
    """

    def __init__(self, ledger: Ledger, *, is_gone: Callable[[str], bool]) -> None:
        self._ledger = ledger
        self._is_gone = is_gone
        self.path = ledger.path
        self.superseded: list[int] = []

    @guarded
    def add(self, articles: Sequence[Prepared]) -> list[str]:
        """Stage articles and give them their ids, sources and passage numbers, in one transaction.

        Returns:
            What each is: `added`, `updated`, or `again` for one that is live with the same text already, under another
            record; of that one only the record is noted.
        """
        with self._ledger.transaction() as db:
            return [self._one(db, article) for article in articles]

    @guarded
    def restore(self, article: Prepared, id: str) -> bool:
        """Stage an article under the id it had before it was removed; return False when one of this id is there again."""
        with self._ledger.transaction() as db:
            here = "SELECT 1 FROM articles WHERE id = ? AND state IN ('live', 'pending')"
            if db.execute(here, (id,)).fetchone():
                return False
            article.row = article.row._replace(id=id, source=article.label)
            keys = bands(article.signature)
            twins = [(known.row, r) for known, r in self._twins(db, article, keys)]
            db.execute(_SOURCE, (article.path, article.key, article.label, article.record_hash, id))
            self._insert(db, article, keys, twins)
            return True

    def _one(self, db: sqlite3.Connection, article: Prepared) -> str:
        keys = bands(article.signature)
        twins = self._twins(db, article, keys)
        origin = self._origin(db, article)
        id = origin or self._identity(db, article, [known for known, _ in twins])
        article.row = article.row._replace(id=id, source=article.label)
        db.execute(
            _SOURCE,
            (article.path, article.key, article.label, article.record_hash, id),
        )
        here = {
            state: ArticleRow(*row)
            for state, *row in db.execute(
                f"SELECT state, {_FIELDS} FROM articles WHERE id = ? AND state IN ('live', 'pending')", (id,)
            )
        }
        latest = here.get("pending", here.get("live"))
        if latest and latest.content_hash == article.row.content_hash and (not origin or _same(latest, article.row)):
            return "again"
        if "pending" in here:
            self._supersede(db, id)
        self._insert(db, article, keys, [(known.row, r) for known, r in twins if known.id != id])
        return "updated" if latest else "added"

    def _origin(self, db: sqlite3.Connection, article: Prepared) -> str | None:
        """Return the id of the article this record gave before.

        If others give it, too, and the record is no longer like it, it takes leave: theirs must not be lost.
        """
        record = (article.path, article.key)
        found = db.execute(
            "SELECT article FROM sources WHERE path = ? AND key = ? ORDER BY state DESC", record
        ).fetchone()
        if found is None:
            return None
        id = str(found[0])
        others = self._paths(db, id, without=record)
        if others and not all(map(self._is_gone, others)):
            query = "SELECT row, id, state = 'live', title, text FROM articles WHERE id = ? AND state IN ('live', 'pending') ORDER BY row DESC"
            latest = db.execute(query, (id,)).fetchone()
            if latest is not None and not _alike(_Known(*latest), article.row):
                self._ledger.sources.forget(article.path, [article.key])
                return None
        return id

    def _paths(self, db: sqlite3.Connection, id: str, *, without: tuple[str, str] = ("", "")) -> list[str]:
        """Return the files of the records that give an article, as of this run, but for one record."""
        query = (
            "SELECT path FROM sources s WHERE article = ? AND (path, key) <> (?, ?) AND (state = 'pending' OR NOT EXISTS"
            " (SELECT 1 FROM sources p WHERE p.path = s.path AND p.key = s.key AND p.state = 'pending'))"
        )
        return [r[0] for r in db.execute(query, (id, *without))]

    def _identity(self, db: sqlite3.Connection, article: Prepared, twins: list[_Known]) -> str:
        """Return the id of the article this one is, if it is one that is known, else an id of its own."""
        for known in self._of_address(db, article.url_key):
            if _alike(known, article.row):
                return known.id
        query = "SELECT 1 FROM sources WHERE article = ? AND key = ? AND key <> ''"
        for twin in twins:
            if db.execute(query, (twin.id, article.key)).fetchone():
                return twin.id
        for twin in twins:
            if all(map(self._is_gone, self._paths(db, twin.id))):  # none at all when they were forgotten
                return twin.id
        own = article_id(article.url_key) if article.url_key else article_id(article.path, article.key)
        taken = db.execute("SELECT 1 FROM articles WHERE id = ? AND state IN ('live', 'pending')", (own,)).fetchone()
        return article_id(article.path, article.key, article.url_key or "") if taken else own

    def _of_address(self, db: sqlite3.Connection, url_key: str | None) -> list[_Known]:
        """Return the articles that have this address."""
        if url_key is None:
            return []
        query = "SELECT row, id, state = 'live', title, text FROM articles WHERE url_key = ? AND state IN ('live', 'pending') ORDER BY row"
        return [_Known(*row) for row in db.execute(query, (url_key,))]

    def _twins(self, db: sqlite3.Connection, article: Prepared, keys: Sequence[int]) -> list[tuple[_Known, float]]:
        """Return the near-copies of an article, whose `bands` are given, with their resemblance, the most like first."""
        if not keys:
            return []
        query = (
            f"WITH near AS (SELECT DISTINCT article FROM bands WHERE band IN ({','.join('?' * len(keys))}) LIMIT ?)"
            " SELECT row, id, state = 'live', title, text FROM near CROSS JOIN articles ON row = near.article"
            " WHERE state IN ('live', 'pending') ORDER BY row"
        )
        twins = []
        for known in (_Known(*row) for row in db.execute(query, [*keys, MOST_TWINS])):
            alike = resemblance(known.text, article.row.text)
            if alike >= NEAR and same_numbers(known.title, article.row.title):
                twins.append((known, alike))
        return sorted(twins, key=lambda twin: -twin[1])

    def _supersede(self, db: sqlite3.Connection, id: str) -> None:
        row, signature = db.execute(
            "SELECT row, signature FROM articles WHERE id = ? AND state = 'pending'", (id,)
        ).fetchone()
        self.superseded += [r[0] for r in db.execute("SELECT number FROM passages WHERE article = ?", (row,))]
        forget_twins(db, [(row, signature)])
        db.execute("DELETE FROM articles WHERE row = ?", (row,))

    def _insert(
        self, db: sqlite3.Connection, article: Prepared, keys: Sequence[int], twins: Sequence[tuple[int, float]]
    ) -> None:
        values = [*article.row, article.url_key, article.signature]
        row = db.execute(
            f"INSERT INTO articles (state, {_FIELDS}, url_key, signature) VALUES ('pending', {_MARKS}, ?, ?)", values
        ).lastrowid
        db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(b, row) for b in keys])
        pairs = [(a, b, r) for other, r in twins for a, b in ((row, other), (other, row))]
        db.executemany("INSERT OR REPLACE INTO twins VALUES (?, ?, ?)", pairs)
        last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
        first = (last[0] if last else 0) + 1
        article.numbers = range(first, first + len(article.passages))
        rows = [(number, row, *p) for number, p in zip(article.numbers, article.passages, strict=True)]
        db.executemany(
            "INSERT INTO passages (number, article, kind, start, end, text_hash) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
        if row is not None:
            insert_appearances(db, row, article.people)
            insert_facets(db, row, article.times, article.outlets)
            insert_listed(db, row)


def _alike(known: _Known, row: ArticleRow) -> bool:
    """Return whether two texts that claim to be one article may be.

    A title alone tells only of one that is live: its text is kept as an earlier version should the title be that of a
    column. Of two that are read in one run, the first would never have been there.
    """
    same_title = bool(known.live) and fold(known.title) == fold(row.title)
    return same_title or resemblance(known.text, row.text) >= ALIKE


def _same(one: ArticleRow, other: ArticleRow) -> bool:
    return one[2:] == other[2:]  # but for id and source
