"""Where articles come from: the files that were read, and the record of each that gave an article.

What a run reads is `pending` until its articles are published, so that a run that was cut off is taken up where the
last publication left it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.database import guarded
from qa.listing import relabel
from qa.tables import LedgerFile

__all__ = ["FileState", "Origin", "Problem", "Sources", "labelled"]

_UNREAD = "UPDATE files SET size = -1, mtime_ns = -1, raw_hash = '' WHERE path = ?"
"""Has a file read again, be it as it was; it is still known, so that it can be seen to be gone."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or a part of it, was refused.

    Attributes:
        part: What of the file, as `#member` of an archive; "" for the file itself.
    """

    reason: str
    hint: str = ""
    line: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class FileState:
    """What is known of a file without reading it.

    Attributes:
        path: Absolute path.
        size: Bytes.
        mtime_ns: Time of the last change, nanoseconds since 1970.
        raw_hash: BLAKE2b of the bytes, hexadecimal.
        terms: The limits it was read under; under others a refused file may pass.
        records: How many of its records gave an article.
        problems: What of it was refused.
    """

    path: str
    size: int
    mtime_ns: int
    raw_hash: str
    terms: str = ""
    records: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """A record of a file and the article it gave.

    Attributes:
        path: Absolute path of the file.
        key: Its id inside the file; "" when the file is the article.
        label: How it is shown, as `Article.source`.
        record_hash: Of what the file says of it, 16 bytes.
        article: Id of the article.
    """

    path: str
    key: str
    label: str
    record_hash: bytes
    article: str


class Sources:
    """Files and records in the ledger.

    Args:
        ledger: The database they stand in.
    """

    def __init__(self, ledger: LedgerFile) -> None:
        self._ledger = ledger
        self.path = ledger.path

    # --- reading ------------------------------------------------------------------------------------------------------

    @guarded
    def files(self) -> dict[str, FileState]:
        """Return every file that was read to its end, by absolute path."""
        rows = self._ledger.connection.execute(
            "SELECT path, size, mtime_ns, raw_hash, terms, records, problems FROM files WHERE state = 'live'"
        )
        return {r[0]: FileState(r[0], r[1], r[2], r[3], r[4], r[5], _problems(r[6])) for r in rows}

    @guarded
    def of_file(self, path: str) -> dict[str, Origin]:
        """Return the records of a file that gave a live article, by key."""
        return {o.key: o for o in self._origins("path", path)}

    @guarded
    def of_article(self, id: str) -> list[Origin]:
        """Return the records that give the article of this id, by label."""
        return self._origins("article", id)

    @guarded
    def shown(self, articles: Iterable[str]) -> dict[str, str]:
        """Return how the live ones among the articles of these ids are shown, by id."""
        query = "SELECT id, source FROM articles WHERE state = 'live' AND id = ?"
        found = (self._ledger.connection.execute(query, (id,)).fetchone() for id in articles)
        return {row[0]: row[1] for row in found if row is not None}

    def _origins(self, column: str, value: str) -> list[Origin]:
        query = f"SELECT path, key, label, record_hash, article FROM sources WHERE {column} = ? AND state = 'live' ORDER BY label"
        return [Origin(*row) for row in self._ledger.connection.execute(query, (value,))]

    # --- writing, under the writer's lock -----------------------------------------------------------------------------

    @guarded
    def stage(self, files: Iterable[FileState]) -> None:
        """Note that files were read to their end; they count from the next publication on."""
        with self._ledger.transaction() as db:
            rows = map(_row, files)
            db.executemany("INSERT OR REPLACE INTO files VALUES (?, 'pending', ?, ?, ?, ?, ?, ?)", rows)

    @guarded
    def touch(self, files: Iterable[FileState]) -> None:
        """Note new times of files whose bytes have not changed."""
        with self._ledger.transaction() as db:
            db.executemany(
                "UPDATE files SET size = ?, mtime_ns = ?, terms = ? WHERE path = ? AND state = 'live'",
                [(f.size, f.mtime_ns, f.terms, f.path) for f in files],
            )

    @guarded
    def move(self, old: str, file: FileState, label: str) -> list[str]:
        """Have the file `old` stand at another path; its articles stay as they are. Return how they are shown now.

        Args:
            old: The path it had.
            file: Its state at the path it has now.
            label: How it is shown there.
        """
        with self._ledger.transaction() as db:
            moved = list(self.of_file(old).values())
            self.forget(file.path)
            db.execute("DELETE FROM files WHERE path = ?", (old,))
            db.execute("INSERT INTO files VALUES (?, 'live', ?, ?, ?, ?, ?, ?)", _row(file))
            for origin in moved:
                now = labelled(label, origin.key)
                db.execute(
                    "UPDATE sources SET path = ?, label = ? WHERE path = ? AND key = ?",
                    (file.path, now, old, origin.key),
                )
                relabel(db, origin.article, origin.label, now)
        return [labelled(label, o.key) for o in moved]

    @guarded
    def forget(self, path: str, keys: Iterable[str] | None = None, *, published: bool = False) -> int:
        """Take away a file, or some records of it; return how many records went.

        An article that no other record gives goes with the next publication. One that was shown under a record that
        went is shown under another, whose file is read again, for its text may differ. So is a file that stays: what went
        may be there again after a run that was cut off.

        Args:
            path: Of the file.
            keys: Of the records; None for the file and all of them.
            published: It is part of a publication, which is whole or not at all, so that a file that stays is not read again.
        """
        with self._ledger.transaction() as db:
            wanted = None if keys is None else set(keys)
            gone = [o for o in self.of_file(path).values() if wanted is None or o.key in wanted]
            if wanted is None:
                db.execute("DELETE FROM files WHERE path = ?", (path,))
            elif not published:
                db.execute(f"{_UNREAD} AND state = 'live'", (path,))
            db.executemany("DELETE FROM sources WHERE path = ? AND key = ?", [(path, o.key) for o in gone])
            for origin in gone:
                for other in self.of_article(origin.article)[:1]:
                    if relabel(db, origin.article, origin.label, other.label, live=True):
                        db.execute(_UNREAD, (other.path,))
                        db.execute(
                            "UPDATE sources SET record_hash = x'' WHERE path = ? AND key = ?", (other.path, other.key)
                        )
        return len(gone)


def labelled(label: str, key: str) -> str:
    """Return how a record is shown: `FILE`, or `FILE#id`."""
    return f"{label}#{key}" if key else label


def _row(file: FileState) -> tuple[object, ...]:
    return file.path, file.size, file.mtime_ns, file.raw_hash, file.terms, file.records, _json(file.problems)


def _json(problems: Sequence[Problem]) -> str:
    rows = [[p.reason, p.hint, p.line, p.part] for p in problems]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _problems(text: str) -> tuple[Problem, ...]:
    return tuple(Problem(*row) for row in json.loads(text)) if text else ()
