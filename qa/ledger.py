"""The ledger: articles, passages, cached vectors and runs in SQLite. It is the truth; both indexes are made from it.

An article's row is `pending` while a run prepares it, `live` while it can be cited, `dead` once it is replaced or removed
and its passages are still in the indexes, and `earlier` for good: what was once quoted can still be looked up. A passage
is as alive as its article. Passage numbers are never used twice (AUTOINCREMENT), so an index entry left over from a killed
run can never come to mean another passage.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from qa.appearances import Appearances
from qa.calendar import Calendar
from qa.copies import bands
from qa.database import guarded, guarded_rows, parts
from qa.facets import Facets
from qa.listing import Listing
from qa.records import ARTICLE_COLUMNS, PASSAGE_COLUMNS, article_of, passage_of
from qa.schema import Article, Passage
from qa.sources import Sources
from qa.tables import LedgerFile
from qa.vector_cache import VectorCache

__all__ = ["Ledger", "Run", "Version", "forget_twins"]

_ORPHAN = "state = 'live' AND id NOT IN (SELECT article FROM sources WHERE state = 'live')"
MOST_COPIES = 100
"""Copies named of one article."""


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it is or was.

    Attributes:
        since: When it became live, ISO 8601.
        until: When it was replaced or removed, or None while it is live.
    """

    article: Article
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of ingestion: when, and what it did; `finished` and `report` are None when it was cut off."""

    number: int
    started: str
    finished: str | None
    report: dict[str, object] | None


class Ledger(LedgerFile):
    """The SQLite file of a data directory; one connection a thread, many readers, one writer.

    Attributes:
        sources: The files and records the articles come from.
        cache: The vectors of the passages.
        appearances: Who holds which post and does what in the articles.
        facets: Their times and outlets.
        calendar: How many there are of each year and month.
        listing: What a list shows of them.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        super().__init__(path, create=create)
        self.sources = Sources(self)
        self.cache = VectorCache(self)
        self.appearances = Appearances(self)
        self.facets = Facets(self, self.appearances)
        self.calendar = Calendar(self)
        self.listing = Listing(self)

    # --- reading ------------------------------------------------------------------------------------------------------

    @guarded
    def count(self) -> int:
        """Return how many articles are live."""
        return int(self.connection.execute("SELECT count(*) FROM articles WHERE state = 'live'").fetchone()[0])

    @guarded
    def is_empty(self) -> bool:
        """Return whether no article is live; quicker than counting them."""
        return self.connection.execute("SELECT 1 FROM articles WHERE state = 'live' LIMIT 1").fetchone() is None

    @guarded
    def dated(self, first: date, last: date) -> bool:
        """Return whether a live article happened or was published from one day to another, both included."""
        ends = (first.isoformat(), last.isoformat())
        where = "state = 'live' AND (event BETWEEN ? AND ? OR published BETWEEN ? AND ?)"
        return self.connection.execute(f"SELECT 1 FROM articles WHERE {where} LIMIT 1", ends * 2).fetchone() is not None

    @guarded
    def article(self, id: str) -> Article | None:
        """Return the live article of this id, or None."""
        row = self.connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles a WHERE a.id = ? AND a.state = 'live'", (id,)
        ).fetchone()
        return None if row is None else self._with_copies({row[0]: article_of(row)})[row[0]]

    @guarded
    def content_hashes(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the content hashes of those of some articles that are live."""
        found: dict[str, str] = {}
        for some in parts(list(ids)):
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(
                f"SELECT id, content_hash FROM articles WHERE state = 'live' AND id IN ({marks})", some
            )
            found.update(rows)
        return found

    @guarded_rows
    def articles(self) -> Iterator[Article]:
        """Yield the live articles, by source."""
        rows = self.connection.execute("SELECT row FROM articles WHERE state = 'live' ORDER BY source, id").fetchall()
        for part in parts([r[0] for r in rows]):
            found = self._by_row(part)
            yield from (found[row] for row in part if row in found)

    @guarded
    def versions(self, id: str) -> list[Version]:
        """Return an article as it is and as it was, latest first; empty when there never was one of this id."""
        rows = self.connection.execute(
            f"SELECT {ARTICLE_COLUMNS}, a.since, a.until FROM articles a"
            " WHERE a.id = ? AND a.state <> 'pending' ORDER BY a.row DESC",
            (id,),
        ).fetchall()
        return [Version(article_of(r[:-2]), r[-2] or "", r[-1]) for r in rows]

    def version(self, id: str, content_hash: str = "") -> Version | None:
        """Return an article as it was when its content hash began so; for "" as it is, or was last when it was removed."""
        found = [v for v in self.versions(id) if v.article.content_hash.startswith(content_hash)]
        if not found:
            return None
        version = next((v for v in found if v.until is None), found[0])
        live = self.article(id) if version.until is None else None  # with its copies
        return replace(version, article=live) if live else version

    @guarded
    def runs(self) -> list[Run]:
        """Return the runs of ingestion, latest first."""
        rows = self.connection.execute("SELECT row, started, finished, report FROM runs ORDER BY row DESC")
        return [Run(r[0], r[1], r[2], r[3] and json.loads(r[3])) for r in rows]

    @guarded
    def find(self, numbers: Sequence[int]) -> dict[int, tuple[Passage, Article]]:
        """Return the live ones among the passages of these numbers, with their articles."""
        found: dict[int, tuple[int, tuple[object, ...]]] = {}
        for part in parts(numbers):
            marks = ",".join("?" * len(part))
            query = (
                f"SELECT {PASSAGE_COLUMNS} FROM passages p "
                f"JOIN articles a ON a.row = p.article WHERE +a.state = 'live' AND p.number IN ({marks})"
            )
            found.update({row[0]: (row[1], row) for row in self.connection.execute(query, part)})
        articles = self._by_row(sorted({article for article, _ in found.values()}))
        return {
            number: (passage_of(row, articles[article]), articles[article])
            for number, (article, row) in found.items()
            if article in articles
        }

    @guarded
    def are_live(self, numbers: Sequence[int]) -> bool:
        """Return whether the passages of these numbers, none given twice, all belong to live articles."""
        count = 0
        for part in parts(numbers):
            query = (
                "SELECT count(*) FROM passages p JOIN articles a ON a.row = p.article "
                f"WHERE +a.state = 'live' AND p.number IN ({','.join('?' * len(part))})"
            )
            count += self.connection.execute(query, part).fetchone()[0]
        return count == len(numbers)

    @guarded
    def numbers(self, *, states: Sequence[str] = ("live",)) -> list[int]:
        """Return the numbers of all passages whose article is in one of `states`, ascending."""
        marks = ",".join("?" * len(states))
        query = (
            "SELECT p.number FROM passages p JOIN articles a ON a.row = p.article "
            f"WHERE a.state IN ({marks}) ORDER BY p.number"
        )
        return [r[0] for r in self.connection.execute(query, list(states))]

    @guarded
    def numbers_of(self, articles: Sequence[int]) -> list[int]:
        """Return the numbers of all passages of these articles, given by row."""
        found: list[int] = []
        for part in parts(articles):
            query = f"SELECT number FROM passages WHERE article IN ({','.join('?' * len(part))})"
            found += [r[0] for r in self.connection.execute(query, part)]
        return found

    @guarded
    def among(self, numbers: Sequence[int], articles: Collection[int]) -> set[int]:
        """Return those of these passages whose article, by row, is one of `articles`."""
        found: set[int] = set()
        for part in parts(numbers):
            query = f"SELECT number, article FROM passages WHERE number IN ({','.join('?' * len(part))})"
            found |= {number for number, article in self.connection.execute(query, part) if article in articles}
        return found

    @guarded
    def passage_count(self) -> int:
        """Return how many passages are live."""
        query = "SELECT count(*) FROM passages p JOIN articles a ON a.row = p.article WHERE a.state = 'live'"
        return int(self.connection.execute(query).fetchone()[0])

    @guarded_rows
    def passages(self, *, states: Sequence[str] = ("live",)) -> Iterator[tuple[Passage, Article]]:
        """Yield every passage whose article is in one of `states`, with its article, by number."""
        marks = ",".join("?" * len(states))
        rows = self.connection.execute(
            f"SELECT row FROM articles WHERE state IN ({marks}) ORDER BY row",
            list(states),
        ).fetchall()
        for part in parts([r[0] for r in rows]):
            for row, article in self._by_row(part, copies=False).items():
                query = f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.article = ? ORDER BY p.number"
                for found in self.connection.execute(query, (row,)).fetchall():
                    yield passage_of(found, article), article

    # --- writing, under the writer's lock -----------------------------------------------------------------------------

    @guarded
    def publish(
        self,
        *,
        model: str,
        now: str,
        remove: Sequence[str] = (),
        gone: Sequence[tuple[str, Collection[str] | None]] = (),
    ) -> None:
        """In one transaction: pending articles become live, those they replace and those of `remove` become dead.

        So does every article that no file gives any more, once what is gone is forgotten.

        Args:
            model: Name of the model the vectors were made with, from now on.
            now: The moment, ISO 8601.
            remove: Ids of articles to remove.
            gone: `(path, keys)` of files and records to forget; keys None for the whole file.
        """
        with self.transaction() as db:
            self.set_meta("model", model)
            db.execute(
                "UPDATE articles SET state = 'dead', until = ? WHERE state = 'live'"
                " AND id IN (SELECT id FROM articles WHERE state = 'pending')",
                (now,),
            )
            db.executemany(
                "UPDATE articles SET state = 'dead', until = ? WHERE state = 'live' AND id = ?",
                [(now, i) for i in remove],
            )
            db.execute("UPDATE articles SET state = 'live', since = ? WHERE state = 'pending'", (now,))
            for table, keys in (("sources", "path, key"), ("files", "path")):
                db.execute(
                    f"DELETE FROM {table} WHERE state = 'live'"
                    f" AND ({keys}) IN (SELECT {keys} FROM {table} WHERE state = 'pending')"
                )
                db.execute(f"UPDATE {table} SET state = 'live' WHERE state = 'pending'")
            for path, forgotten in gone:
                self.sources.forget(path, forgotten, published=True)
            db.execute(f"UPDATE articles SET state = 'dead', until = ? WHERE {_ORPHAN}", (now,))

    @guarded
    def has_unpublished(self) -> bool:
        """Return whether anything is pending, or an article is live that no file gives any more."""
        pending = ("articles", "sources", "files")
        queries = [f"SELECT 1 FROM {t} WHERE state = 'pending'" for t in pending] + [
            f"SELECT 1 FROM articles WHERE {_ORPHAN}"
        ]
        return any(self.connection.execute(f"{query} LIMIT 1").fetchone() for query in queries)

    @guarded
    def sweep(self) -> list[int]:
        """Delete what is pending, put dead articles with the earlier ones; return the numbers of the passages that went.

        Their vectors stay cached, so that a run that was cut off need not embed again.
        """
        gone = self.numbers(states=("pending", "dead"))
        with self.transaction() as db:
            rows = db.execute("SELECT row, signature FROM articles WHERE state IN ('pending', 'dead')").fetchall()
            forget_twins(db, rows)
            db.execute("DELETE FROM articles WHERE state = 'pending'")
            db.executemany("DELETE FROM passages WHERE article = ?", [(r[0],) for r in rows])
            for table in ("appearances", "times", "outlets"):
                db.executemany(f"DELETE FROM {table} WHERE article = ?", [(r[0],) for r in rows])
            db.execute("UPDATE articles SET state = 'earlier' WHERE state = 'dead'")
            for table in ("sources", "files"):
                db.execute(f"DELETE FROM {table} WHERE state = 'pending'")
        return gone

    @guarded
    def erase(self, id: str) -> int:
        """Delete the earlier versions of an article for good, from the file, too; return how many there were."""
        with self.transaction() as db:
            count = db.execute("DELETE FROM articles WHERE id = ? AND state = 'earlier'", (id,)).rowcount
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # the log holds the text as well
        return count

    @guarded
    def begin_run(self, started: str) -> int:
        """Record that a run has begun at `started` (ISO 8601); return its number."""
        with self.transaction() as db:
            return db.execute("INSERT INTO runs (started) VALUES (?)", (started,)).lastrowid or 0

    @guarded
    def finish_run(self, run: int, finished: str, report: dict[str, object]) -> None:
        """Record the end of a run and what it did."""
        with self.transaction() as db:
            db.execute(
                "UPDATE runs SET finished = ?, report = ? WHERE row = ?",
                (finished, json.dumps(report, ensure_ascii=False), run),
            )

    # --- helpers ------------------------------------------------------------------------------------------------------

    def _by_row(self, rows: Sequence[int], *, copies: bool = True) -> dict[int, Article]:
        found: dict[int, Article] = {}
        for part in parts(rows):
            marks = ",".join("?" * len(part))
            query = f"SELECT {ARTICLE_COLUMNS} FROM articles a WHERE a.row IN ({marks}) ORDER BY a.row"
            articles = {r[0]: article_of(r) for r in self.connection.execute(query, part).fetchall()}
            found.update(self._with_copies(articles) if copies else articles)
        return found

    def _with_copies(self, articles: dict[int, Article]) -> dict[int, Article]:
        """Return the articles of these rows with the other sources of each and of its twins."""
        marks = ",".join("?" * len(articles))
        query = (
            f"SELECT a.row, s.label FROM articles a CROSS JOIN sources s ON s.article = a.id"
            f" WHERE a.row IN ({marks}) AND s.state = 'live' AND s.label <> a.source"
            f" UNION SELECT a.row, b.source FROM articles a CROSS JOIN articles b ON b.row IN (SELECT c.row FROM articles c"
            f" WHERE c.content_hash = a.content_hash AND c.state = 'live' AND c.id <> a.id LIMIT {MOST_COPIES})"
            f" WHERE a.row IN ({marks})"
            f" UNION SELECT t.one, b.source FROM twins t CROSS JOIN articles b ON b.row = t.other"
            f" WHERE t.one IN ({marks}) AND b.state = 'live'"
        )
        copies: dict[int, list[str]] = {row: [] for row in articles}
        for row, label in self.connection.execute(query, [*articles, *articles, *articles]):
            if len(copies[row]) < MOST_COPIES:
                copies[row].append(label)
        return {row: replace(a, copies=tuple(sorted(copies[row]))) if copies[row] else a for row, a in articles.items()}


def forget_twins(db: sqlite3.Connection, articles: Sequence[tuple[int, bytes]]) -> None:
    """Take articles, given as `(row, signature)`, out of what near-copies are looked for in."""
    db.executemany(
        "DELETE FROM bands WHERE band = ? AND article = ?", [(b, row) for row, s in articles for b in bands(s)]
    )
    mirrored = "(one, other) IN (SELECT other, one FROM twins WHERE one = ?1) OR one = ?1"
    db.executemany(f"DELETE FROM twins WHERE {mirrored}", [(row,) for row, _ in articles])
