"""By what articles are limited: their times and outlets, kept beside their texts so that they are found in milliseconds."""

import re
import sqlite3
from collections.abc import Sequence
from datetime import date
from itertools import chain

from qa.appearances import Appearances, occasion
from qa.database import guarded, parts
from qa.errors import QuestionError
from qa.language.forms import fold
from qa.language.times import bounds
from qa.records import ARTICLE_COLUMNS, article_of
from qa.schema import Article, DateRole, Filters
from qa.tables import LedgerFile

__all__ = ["Facets", "insert_facets", "outlets_of", "times_of"]

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
MOST_TIMES = 40
"""Times kept of an article that neither an event nor a publication dates."""
_TABLES = (
    "CREATE TABLE times (article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,"
    " first TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (article, first, last)) WITHOUT ROWID",
    "CREATE TABLE outlets (article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,"
    " key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (article, key)) WITHOUT ROWID",
    "CREATE INDEX outlet_key ON outlets (key, article)",
)


class Facets:
    """The times and outlets of the live articles.

    Args:
        ledger: The file they are kept in; the tables are made when it was written before there were any.
        appearances: Who the articles speak of.
    """

    def __init__(self, ledger: LedgerFile, appearances: Appearances) -> None:
        self._ledger = ledger
        self._appearances = appearances
        self.path = ledger.path
        ledger.have("outlet_key", _fill)

    @guarded
    def within(self, filters: Filters) -> frozenset[int]:
        """Return the rows of the live articles that filters leave.

        Raises:
            QuestionError: `since` or `until` is no ISO day, month or year.
        """
        limits = [self._in_period(filters.since, filters.until)] if filters.since or filters.until else []
        limits += [self._of_outlets([_key(name) for name in filters.outlets])] if filters.outlets else []
        limits += [self._appearances.articles_of(name) for name in filters.people]
        rows = set.intersection(*limits) if limits else self._rows("SELECT row FROM articles WHERE state = 'live'")
        # Those that are not live are few, and to list them takes less time than to list those that are.
        return frozenset(rows - self._rows("SELECT row FROM articles WHERE state IN ('pending', 'dead', 'earlier')"))

    @guarded
    def outlets(self) -> list[tuple[str, int]]:
        """Return the outlets with the number of articles of each, those with most first."""
        query = (
            "SELECT max(o.name), count(*) AS n FROM outlets o CROSS JOIN articles a ON a.row = o.article"
            " WHERE a.state = 'live' AND o.name <> '' GROUP BY o.key ORDER BY n DESC, o.key"
        )
        return [(str(name), int(n)) for name, n in self._ledger.connection.execute(query)]

    def _in_period(self, since: str, until: str) -> set[int]:
        first, last = (_bounds(value) if value else None for value in (since, until))
        values = (last[1].isoformat() if last else "9999", first[0].isoformat() if first else "")
        query = "SELECT article FROM times WHERE first <= ? AND last >= ?"
        return self._rows(query, values)

    def _of_outlets(self, keys: Sequence[str]) -> set[int]:
        query = f"SELECT article FROM outlets WHERE key IN ({','.join('?' * len(keys))})"
        return self._rows(query, keys)

    def _rows(self, query: str, values: Sequence[str] = ()) -> set[int]:
        return set(chain.from_iterable(self._ledger.connection.execute(query, values)))


def _fill(db: sqlite3.Connection) -> None:
    for statement in _TABLES:
        db.execute(statement)
    rows = [r[0] for r in db.execute("SELECT row FROM articles WHERE state = 'live'").fetchall()]
    for part in parts(rows):
        query = f"SELECT {ARTICLE_COLUMNS} FROM articles a WHERE a.row IN ({','.join('?' * len(part))})"
        for row in db.execute(query, part).fetchall():
            article = article_of(row)
            insert_facets(db, row[0], times_of(article), outlets_of(article))


def insert_facets(
    db: sqlite3.Connection, row: int, times: Sequence[tuple[str, str]], outlets: Sequence[tuple[str, str]]
) -> None:
    """Put the times and outlets of an article, by its row, into the ledger, inside the transaction that is under way.

    Args:
        db: The connection.
        row: Row of the article.
        times: As `times_of` gives them.
        outlets: As `outlets_of` gives them.
    """
    kept = sorted(set(times))[:MOST_TIMES]
    db.executemany("INSERT OR IGNORE INTO times VALUES (?, ?, ?)", [(row, *time) for time in kept])
    db.executemany("INSERT OR IGNORE INTO outlets VALUES (?, ?, ?)", [(row, *outlet) for outlet in outlets])


def outlets_of(article: Article) -> list[tuple[str, str]]:
    """Return the outlets an article is of: what each is found by, and the name that is listed, "" for none."""
    canonical = article.outlets or (() if article.outlet is None else (article.outlet,))
    named = {_key(name): name for name in canonical}
    if article.outlet:
        named.setdefault(_key(article.outlet), "")  # found by it, but not listed beside the names it is made of
    return [(key, name) for key, name in named.items() if key]


def times_of(article: Article) -> list[tuple[str, str]]:
    """Return the times an article is of, each the ISO days it begins and ends with.

    The day of its event, else of its publication, else the year its meeting is planned for, else what its text speaks of
    without looking back on it.
    """
    for value in (
        article.event and article.event.value,
        article.published and article.published.value,
        occasion(article)[0],
    ):
        if value and (found := bounds(value)):
            return [(found[0].isoformat(), found[1].isoformat())]
    spoken = [d for d in article.dates if d.role is not DateRole.REVIEWED] or article.dates
    stretches = [s for d in spoken if (s := bounds(d.value))]
    return list(dict.fromkeys((a.isoformat(), b.isoformat()) for a, b in stretches))


def _bounds(value: str) -> tuple[date, date]:
    found = bounds(value) if _ISO.fullmatch(value) else None
    if found is None:
        raise QuestionError(f"{value!r} is no time to limit articles to", hint="Give 2016, 2016-07 or 2016-07-14.")
    return found


def _key(name: str) -> str:
    return " ".join(fold(name).split())
