"""The ledger: articles, passages, cached vectors and runs in SQLite. It is the truth; both indexes are made from it.

An article's row is `pending` while a run prepares it, `live` while it can be cited, `dead` once it is replaced or
removed. A passage is as alive as its article. Passage numbers are never used twice (AUTOINCREMENT), so an index entry
left over from a killed run can never come to mean another passage.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.database import Database, guarded, guarded_rows, parts
from qa.errors import IndexMismatch, IndexMissing, StoreError
from qa.records import ARTICLE_COLUMNS, PASSAGE_COLUMNS, article_detail, article_of, passage_of
from qa.schema import Article, Passage

__all__ = ["FileState", "Ledger"]

LAYOUT = 1

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'live', 'dead')),
    source TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, raw_hash TEXT NOT NULL,
    url TEXT, title TEXT NOT NULL, title_derived INTEGER NOT NULL, outlet TEXT, language TEXT NOT NULL,
    event TEXT, published TEXT, content_hash TEXT NOT NULL, text TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE UNIQUE INDEX live_article ON articles (id) WHERE state = 'live';
CREATE INDEX article_state ON articles (state, id);
CREATE INDEX article_content ON articles (content_hash) WHERE state = 'live';
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text_hash BLOB NOT NULL
);
CREATE INDEX passage_article ON passages (article);
CREATE TABLE vectors (
    model TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text_hash)
) WITHOUT ROWID;
CREATE TABLE runs (
    row INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL, finished TEXT, report TEXT
);
"""

_SET_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def _nothing(path: Path) -> IndexMissing:
    return IndexMissing(
        f"Nothing has been ingested in {path.parent}",
        hint="Run `hoibao ingest FOLDER` first, or `hoibao demo` to try the sample articles.",
    )


@dataclass(frozen=True, slots=True)
class FileState:
    """What is known of a file without reading it.

    Attributes:
        path: Absolute path.
        size: Bytes.
        mtime_ns: Time of the last change, nanoseconds since 1970.
        raw_hash: SHA-256 of the bytes, hexadecimal.
    """

    path: str
    size: int
    mtime_ns: int
    raw_hash: str


class Ledger(Database):
    """The SQLite file of a data directory; one connection a thread, many readers, one writer.

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
    def _prepare(self, *, create: bool) -> None:
        known = self._db.execute("SELECT name FROM sqlite_master WHERE name = 'meta'").fetchone() is not None
        if not known and not create:
            raise _nothing(self.path)
        if not known:
            with self.transaction() as db:
                for statement in _TABLES.split(";"):
                    db.execute(statement)
                db.execute(_SET_META, ("layout", str(LAYOUT)))
        layout = self.meta("layout")
        if layout != str(LAYOUT):
            raise IndexMismatch(
                f"{self.path} was written with layout {layout}, this version needs {LAYOUT}",
                hint="Ingest into a fresh --data-dir.",
            )

    @guarded
    def meta(self, key: str) -> str | None:
        """Return a value kept under `key`, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    # --- reading ------------------------------------------------------------------------------------------------------

    @guarded
    def count(self) -> int:
        """Return how many articles are live."""
        return int(self._db.execute("SELECT count(*) FROM articles WHERE state = 'live'").fetchone()[0])

    @guarded
    def article(self, id: str) -> Article | None:
        """Return the live article of this id, or None."""
        row = self._db.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles a WHERE a.id = ? AND a.state = 'live'", (id,)
        ).fetchone()
        return None if row is None else self._with_copies([article_of(row)])[0]

    @guarded_rows
    def articles(self) -> Iterator[Article]:
        """Yield the live articles, by source."""
        rows = self._db.execute(f"SELECT {ARTICLE_COLUMNS} FROM articles a WHERE a.state = 'live' ORDER BY a.source")
        for row in rows:
            yield self._with_copies([article_of(row)])[0]

    @guarded
    def find(self, numbers: Sequence[int]) -> dict[int, tuple[Passage, Article]]:
        """Return the live ones among the passages of these numbers, with their articles."""
        found: dict[int, tuple[int, tuple[object, ...]]] = {}
        rows_needed: set[int] = set()
        for part in parts(numbers):
            marks = ",".join("?" * len(part))
            query = (
                f"SELECT {PASSAGE_COLUMNS} FROM passages p "
                f"JOIN articles a ON a.row = p.article WHERE a.state = 'live' AND p.number IN ({marks})"
            )
            for row in self._db.execute(query, part):
                found[row[0]] = (row[2], row)
                rows_needed.add(row[2])
        articles = self._by_row(sorted(rows_needed))
        return {
            number: (passage_of(row, articles[article]), articles[article])
            for number, (article, row) in found.items()
            if article in articles
        }

    @guarded
    def file_states(self) -> dict[str, tuple[str, FileState]]:
        """Return `(article id, file state)` of every live article, by absolute path."""
        rows = self._db.execute("SELECT path, id, size, mtime_ns, raw_hash FROM articles WHERE state = 'live'")
        return {r[0]: (r[1], FileState(r[0], r[2], r[3], r[4])) for r in rows}

    @guarded
    def numbers(self, *, states: Sequence[str] = ("live",)) -> list[int]:
        """Return the numbers of all passages whose article is in one of `states`, ascending."""
        marks = ",".join("?" * len(states))
        query = (
            "SELECT p.number FROM passages p JOIN articles a ON a.row = p.article "
            f"WHERE a.state IN ({marks}) ORDER BY p.number"
        )
        return [r[0] for r in self._db.execute(query, list(states))]

    @guarded_rows
    def passages(self, *, states: Sequence[str] = ("live",)) -> Iterator[tuple[Passage, Article]]:
        """Yield every passage whose article is in one of `states`, with its article, by number."""
        marks = ",".join("?" * len(states))
        rows = self._db.execute(
            f"SELECT row FROM articles WHERE state IN ({marks}) ORDER BY row",
            list(states),
        ).fetchall()
        for part in parts([r[0] for r in rows]):
            for row, article in self._by_row(part, copies=False).items():
                query = f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.article = ? ORDER BY p.number"
                for found in self._db.execute(query, (row,)).fetchall():
                    yield passage_of(found, article), article

    @guarded
    def vectors(self, numbers: Sequence[int], *, model: str) -> NDArray[np.float32]:
        """Return the cached vectors of these passages, shape `(len(numbers), dimensions)`.

        Raises:
            StoreError: A vector of one of them is not cached for this model.
        """
        by_number: dict[int, bytes] = {}
        for part in parts(numbers):
            marks = ",".join("?" * len(part))
            query = (
                "SELECT p.number, v.vector FROM passages p JOIN vectors v ON v.text_hash = p.text_hash "
                f"WHERE v.model = ? AND p.number IN ({marks})"
            )
            by_number.update(dict(self._db.execute(query, [model, *part])))
        missing = len(set(numbers)) - len(by_number)
        if missing:
            raise StoreError(f"{missing} vectors of model {model} are missing", hint="Run `hoibao ingest` again.")
        return (
            np.stack([np.frombuffer(by_number[n], dtype=np.float32) for n in numbers])
            if numbers
            else np.empty((0, 0), np.float32)
        )

    # --- writing, under the writer's lock -----------------------------------------------------------------------------

    @guarded
    def add_pending(self, article: Article, file: FileState, passages: Iterable[tuple[Passage, bytes]]) -> list[int]:
        """Write an article and its `(passage, text hash)` pairs as pending; return the passage numbers."""
        detail = json.dumps(article_detail(article), ensure_ascii=False, separators=(",", ":"))
        with self.transaction() as db:
            cursor = db.execute(
                "INSERT INTO articles (id, state, source, path, size, mtime_ns, raw_hash, url, title, title_derived, outlet,"
                " language, event, published, content_hash, text, detail)"
                " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    article.id, article.source, file.path, file.size, file.mtime_ns, file.raw_hash, article.url,
                    article.title, article.title_derived, article.outlet, article.language,
                    article.event and article.event.value, article.published and article.published.value,
                    article.content_hash, article.text, detail,
                ),
            )  # fmt: skip
            row = cursor.lastrowid
            return [
                db.execute(
                    "INSERT INTO passages (id, article, kind, start, end, text_hash) VALUES (?, ?, ?, ?, ?, ?)",
                    (p.id, row, p.kind, p.start, p.end, text_hash),
                ).lastrowid
                or 0
                for p, text_hash in passages
            ]

    @guarded
    def missing_vectors(self, hashes: Iterable[bytes], *, model: str) -> set[bytes]:
        """Return those of the text hashes for which no vector of `model` is cached."""
        wanted = set(hashes)
        for part in parts(sorted(wanted)):
            marks = ",".join("?" * len(part))
            query = f"SELECT text_hash FROM vectors WHERE model = ? AND text_hash IN ({marks})"
            wanted.difference_update(r[0] for r in self._db.execute(query, [model, *part]))
        return wanted

    @guarded
    def add_vectors(self, rows: Iterable[tuple[bytes, NDArray[np.float32]]], *, model: str) -> None:
        """Cache `(text hash, vector)` rows made by `model`."""
        with self.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                ((model, h, np.ascontiguousarray(v, dtype=np.float32).tobytes()) for h, v in rows),
            )

    @guarded
    def touch(self, states: Iterable[FileState]) -> None:
        """Note new times and sizes of files whose bytes have not changed."""
        with self.transaction() as db:
            db.executemany(
                "UPDATE articles SET size = ?, mtime_ns = ? WHERE path = ? AND state = 'live'",
                [(s.size, s.mtime_ns, s.path) for s in states],
            )

    @guarded
    def publish(self, *, model: str, remove: Sequence[str] = ()) -> None:
        """In one transaction: pending articles become live, those they replace and those of `remove` become dead.

        Args:
            model: Name of the model the vectors were made with, from now on.
            remove: Ids of articles to remove.
        """
        with self.transaction() as db:
            db.execute(_SET_META, ("model", model))
            db.execute(
                "UPDATE articles SET state = 'dead' WHERE state = 'live'"
                " AND id IN (SELECT id FROM articles WHERE state = 'pending')"
            )
            db.executemany("UPDATE articles SET state = 'dead' WHERE state = 'live' AND id = ?", [(i,) for i in remove])
            db.execute("UPDATE articles SET state = 'live' WHERE state = 'pending'")

    @guarded
    def sweep(self) -> list[int]:
        """Delete pending and dead articles; return the numbers of the passages that went.

        Their vectors stay cached, so that a run that was cut off need not embed again.
        """
        gone = self.numbers(states=("pending", "dead"))
        with self.transaction() as db:
            db.execute("DELETE FROM articles WHERE state IN ('pending', 'dead')")
        return gone

    @guarded
    def sweep_vectors(self) -> None:
        """Delete cached vectors of texts that no passage holds any more."""
        with self.transaction() as db:
            db.execute("DELETE FROM vectors WHERE text_hash NOT IN (SELECT text_hash FROM passages)")

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
            fetched = self._db.execute(query, part).fetchall()
            articles = [article_of(r) for r in fetched]
            if copies:
                articles = self._with_copies(articles)
            found.update({r[0]: a for r, a in zip(fetched, articles, strict=True)})
        return found

    def _with_copies(self, articles: list[Article]) -> list[Article]:
        query = "SELECT source FROM articles WHERE state = 'live' AND content_hash = ? AND id <> ? ORDER BY source"
        return [
            replace(a, copies=tuple(r[0] for r in self._db.execute(query, (a.content_hash, a.id)))) for a in articles
        ]
