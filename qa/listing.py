"""The list of the articles: a narrow row of each, so that a page of a hundred thousand is found, sorted and searched in SQL.

The rows of `articles` hold whole texts; to sort those by title would read all of them. What is listed stands in a table of
its own, made from them, with an index for each order. Triggers keep what a publication changes.
"""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from qa.database import guarded
from qa.language.forms import fold
from qa.tables import LedgerFile

__all__ = ["ORDERS", "Listed", "Listing", "Order", "Page", "insert_listed", "relabel"]

Order = Literal["title", "outlet", "published", "event", "language", "source", "since", "copies"]
ORDERS: dict[Order, str] = {
    "title": "l.title_key", "outlet": "l.outlet_key", "published": "l.published", "event": "l.event",
    "language": "l.language", "source": "l.source_key", "since": "l.since", "copies": "copies",
}  # fmt: skip
"""By what the list can be sorted."""
MOST_TERMS = 12
LONGEST_KEY = 200

_COLUMNS = "l.id, l.title, l.outlet, l.published, l.event, l.language, l.source, l.since"
_COPIES = (
    "(SELECT count(*) FROM sources s WHERE s.article = l.id AND s.state = 'live' AND s.label <> l.source)"
    " + (SELECT count(*) FROM twins t CROSS JOIN listing o ON o.article = t.other WHERE t.one = l.article AND o.live = 1)"
)
_TABLES = (
    "CREATE TABLE listing (article INTEGER PRIMARY KEY REFERENCES articles (row) ON DELETE CASCADE,"
    " live INTEGER NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, title_key TEXT NOT NULL, outlet TEXT NOT NULL,"
    " outlet_key TEXT NOT NULL, published TEXT NOT NULL, event TEXT NOT NULL, language TEXT NOT NULL,"
    " source TEXT NOT NULL, source_key TEXT NOT NULL, since TEXT NOT NULL)",
    *(
        f"CREATE INDEX listing_{name} ON listing (live, {column.removeprefix('l.')})"
        for name, column in ORDERS.items()
        if name != "copies"
    ),
    "CREATE TRIGGER listing_state AFTER UPDATE OF state, since ON articles BEGIN"
    " UPDATE listing SET live = NEW.state = 'live', since = coalesce(NEW.since, '') WHERE article = NEW.row; END",
    "CREATE TRIGGER listing_earlier AFTER UPDATE OF state ON articles WHEN NEW.state = 'earlier' BEGIN"
    " DELETE FROM listing WHERE article = NEW.row; END",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One article of the list.

    Attributes:
        title: "" for one that has none.
        published: ISO 8601, perhaps cut short; "" where it is not known.
        event: Likewise.
        since: When its present text came in, or until when it was there if it was removed; ISO 8601.
        copies: How many more records and near-copies of it there are.
    """

    id: str
    title: str
    outlet: str
    published: str
    event: str
    language: str
    source: str
    since: str
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the list, and how many there are in all."""

    rows: tuple[Listed, ...]
    count: int


class Listing:
    """The live articles as a list, and those that were removed.

    Args:
        ledger: The file it is kept in; the table is made when it was written before there was one.
    """

    def __init__(self, ledger: LedgerFile) -> None:
        self._ledger = ledger
        self.path = ledger.path
        ledger.have("listing_earlier", _fill)

    @guarded
    def page(
        self, *, words: str = "", order: Order = "since", descending: bool = True, first: int = 0, most: int = 50
    ) -> Page:
        """Return a stretch of the live articles.

        Args:
            words: Every one of them must stand, perhaps as a part of a word and whatever its accents, in title, outlet, source or id.
            order: By what they are sorted; those without it come first, when descending last.
            descending: The other way round.
            first: How many are passed over.
            most: How many are returned.
        """
        where, values = _holding(words)
        db, column, way = self._ledger.connection, ORDERS[order], "DESC" if descending else "ASC"
        count = int(db.execute(f"SELECT count(*) FROM listing l WHERE {where}", values).fetchone()[0])
        copies = f", {_COPIES} AS copies" if order == "copies" else ""
        chosen = (
            f"SELECT l.article{copies} FROM listing l WHERE {where}"
            f" ORDER BY {column} {way}, l.article {way} LIMIT ? OFFSET ?"
        )
        rows = [r[0] for r in db.execute(chosen, [*values, most, first]).fetchall()]
        return Page(tuple(self._listed(rows)), count)

    @guarded
    def removed(self, *, words: str = "", first: int = 0, most: int = 50) -> Page:
        """Return a stretch of the articles that were removed and can be restored, those removed last first."""
        terms = _terms(words)
        query = (
            "SELECT max(a.row), a.id, a.title, coalesce(a.outlet, ''), coalesce(a.published, ''), coalesce(a.event, ''),"
            " a.language, a.source, coalesce(a.until, '') FROM articles a WHERE a.state IN ('dead', 'earlier') AND NOT EXISTS"
            " (SELECT 1 FROM articles b WHERE b.id = a.id AND b.state IN ('live', 'pending')) GROUP BY a.id"
        )
        found = [Listed(*row[1:]) for row in self._ledger.connection.execute(query)]
        kept = [r for r in found if all(t in fold(f"{r.title} {r.outlet} {r.source} {r.id}") for t in terms)]
        kept.sort(key=lambda row: (row.since, row.id), reverse=True)
        return Page(tuple(kept[first : first + most]), len(kept))

    def _listed(self, rows: list[int]) -> list[Listed]:
        query = (
            f"SELECT l.article, {_COLUMNS}, {_COPIES} FROM listing l WHERE l.article IN ({','.join('?' * len(rows))})"
        )
        found = {row[0]: Listed(*row[1:]) for row in self._ledger.connection.execute(query, rows)}
        return [found[row] for row in rows if row in found]


def _fill(db: sqlite3.Connection) -> None:
    for statement in _TABLES:
        db.execute(statement)
    for (row,) in db.execute("SELECT row FROM articles WHERE state IN ('live', 'pending')").fetchall():
        insert_listed(db, row)


def insert_listed(db: sqlite3.Connection, row: int) -> None:
    """Put an article that stands in the ledger, by its row, into the list, inside the transaction that is under way."""
    query = (
        "SELECT state = 'live', id, title, coalesce(outlet, ''), coalesce(published, ''), coalesce(event, ''), language,"
        " source, coalesce(since, '') FROM articles WHERE row = ?"
    )
    live, id, title, outlet, published, event, language, source, since = db.execute(query, (row,)).fetchone()
    values = (row, live, id, title, _key(title), outlet, _key(outlet), published, event, language, source, _key(source))
    db.execute(f"INSERT OR REPLACE INTO listing VALUES ({','.join('?' * 13)})", (*values, since))


def relabel(db: sqlite3.Connection, id: str, was: str, now: str, *, live: bool = False) -> int:
    """Have the article that is shown under the source `was` be shown under `now`, in all its versions or as it is `live`; return how many."""
    only, listed = (" AND state = 'live'", " AND live = 1") if live else ("", "")
    db.execute(
        f"UPDATE listing SET source = ?, source_key = ? WHERE id = ? AND source = ?{listed}", (now, _key(now), id, was)
    )
    return db.execute(f"UPDATE articles SET source = ? WHERE id = ? AND source = ?{only}", (now, id, was)).rowcount


def _holding(words: str) -> tuple[str, list[str]]:
    terms = _terms(words)
    held = "(l.title_key LIKE ? ESCAPE '\\' OR l.outlet_key LIKE ? ESCAPE '\\' OR l.source_key LIKE ? ESCAPE '\\' OR l.id = ?)"
    where = " AND ".join(["l.live = 1", *([held] * len(terms))])
    values = []
    for term in terms:
        escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        values += [f"%{escaped}%"] * 3 + [term]
    return where, values


def _terms(words: str) -> list[str]:
    return fold(words).split()[:MOST_TERMS]


def _key(text: str) -> str:
    return " ".join(fold(text).split())[:LONGEST_KEY]
