"""The tables of the ledger."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from qa.database import Database, guarded
from qa.errors import IndexMismatch, IndexMissing

__all__ = ["LedgerFile"]

LAYOUT = "3"

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'live', 'dead', 'earlier')),
    source TEXT NOT NULL, url TEXT, title TEXT NOT NULL, title_derived INTEGER NOT NULL, outlet TEXT,
    language TEXT NOT NULL, event TEXT, published TEXT, content_hash TEXT NOT NULL, text TEXT NOT NULL,
    detail TEXT NOT NULL,
    url_key TEXT, signature BLOB NOT NULL, since TEXT, until TEXT
);
CREATE UNIQUE INDEX live_article ON articles (id) WHERE state = 'live';
CREATE UNIQUE INDEX pending_article ON articles (id) WHERE state = 'pending';
CREATE INDEX article_state ON articles (state, id);
CREATE INDEX article_content ON articles (content_hash) WHERE state = 'live';
CREATE INDEX article_url ON articles (url_key) WHERE url_key IS NOT NULL;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text_hash BLOB NOT NULL
);
CREATE INDEX passage_article ON passages (article);
CREATE TABLE appearances (
    article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    person TEXT NOT NULL, key TEXT NOT NULL, last TEXT NOT NULL, role TEXT NOT NULL, post TEXT NOT NULL,
    head TEXT NOT NULL, body TEXT NOT NULL, date TEXT, dated_by TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, clause_start INTEGER NOT NULL, clause_end INTEGER NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX appearance_key ON appearances (key);
CREATE INDEX appearance_last ON appearances (last);
CREATE INDEX appearance_office ON appearances (body, head) WHERE role = 'post';
CREATE TABLE bands (
    band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE TABLE twins (
    one INTEGER NOT NULL, other INTEGER NOT NULL, resemblance REAL NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('pending', 'live')),
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, raw_hash TEXT NOT NULL, terms TEXT NOT NULL,
    records INTEGER NOT NULL, problems TEXT NOT NULL,
    PRIMARY KEY (path, state)
) WITHOUT ROWID;
CREATE TABLE sources (
    path TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('pending', 'live')),
    label TEXT NOT NULL, record_hash BLOB NOT NULL, article TEXT NOT NULL,
    PRIMARY KEY (path, key, state)
) WITHOUT ROWID;
CREATE INDEX source_article ON sources (article);
CREATE TABLE vectors (
    row INTEGER PRIMARY KEY, model TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL
);
CREATE UNIQUE INDEX vector_text ON vectors (text_hash, model);
CREATE TABLE runs (
    row INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL, finished TEXT, report TEXT
);
"""

_SET_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class LedgerFile(Database):
    """The SQLite file of a data directory, with its tables in place.

    Args:
        path: The database file.
        create: Make the file and its folder when they are not there.

    Raises:
        IndexMissing: The file is not there and `create` is off.
        IndexMismatch: The file was written with another layout.
        StoreError: The file is not a ledger or cannot be read.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        super().__init__(path)
        if not path.exists():
            if not create:
                raise _nothing(path)
            path.parent.mkdir(parents=True, exist_ok=True)
        self._prepare(create=create)

    @guarded
    def meta(self, key: str) -> str | None:
        """Return a value kept under `key`, or None."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    @guarded
    def set_meta(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        with self.transaction() as db:
            db.execute(_SET_META, (key, value))

    @guarded
    def have(self, name: str, make: Callable[[sqlite3.Connection], None]) -> None:
        """Make what files written by an earlier version lack, unless it is there.

        Args:
            name: Of the last table, index or trigger that `make` makes.
            make: Called inside a transaction.
        """
        if self._has(name):
            return
        with self.transaction() as db:
            if not self._has(name):  # another process may have been faster
                make(db)

    @guarded
    def _prepare(self, *, create: bool) -> None:
        if not create and not self._has("meta"):
            raise _nothing(self.path)
        self.have("meta", _begin)
        layout = self.meta("layout")
        if layout != LAYOUT:
            raise IndexMismatch(
                f"{self.path} was written with layout {layout}, this version needs {LAYOUT}",
                hint="Ingest into a fresh --data-dir.",
            )

    def _has(self, name: str) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE name = ?"
        return self.connection.execute(query, (name,)).fetchone() is not None


def _begin(db: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";"):
        db.execute(statement)
    db.execute(_SET_META, ("layout", LAYOUT))


def _nothing(path: Path) -> IndexMissing:
    return IndexMissing(
        f"Nothing has been ingested in {path.parent}",
        hint="Run `hoibao ingest FOLDER` first, or `hoibao demo` to try the sample articles.",
    )
