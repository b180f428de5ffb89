"""A SQLite file: one connection a thread, transactions that are whole or not at all, errors that name the file."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from qa.errors import StoreError

__all__ = ["Database", "guarded", "guarded_rows", "parts"]

BATCH = 500
"""Values bound in one statement; SQLite takes 32,766."""

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Database:
    """A SQLite file in WAL mode: many readers, one writer.

    Args:
        path: The file; it is made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @property
    def _db(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            self._local.db = db
        return db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection inside one write transaction; any error undoes it whole."""
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def close(self) -> None:
        """Close this thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is not None:
            db.close()
            self._local.db = None


@contextmanager
def _named(database: object) -> Iterator[None]:
    """Turn what SQLite raises into a StoreError that names the file."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        hint = "Is it a Hoibao data directory, and is there room on the disk?"
        raise StoreError(f"{getattr(database, 'path', 'The database')} cannot be used: {exc}", hint=hint) from exc


def guarded(method: Callable[_P, _T]) -> Callable[_P, _T]:
    """Have a method raise StoreError where SQLite raises."""

    @wraps(method)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with _named(args[0]):
            return method(*args, **kwargs)

    return run


def guarded_rows(method: Callable[_P, Iterator[_T]]) -> Callable[_P, Iterator[_T]]:
    """Have a generator raise StoreError where SQLite raises."""

    @wraps(method)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> Iterator[_T]:
        with _named(args[0]):
            yield from method(*args, **kwargs)

    return run


def parts(values: Sequence[_T]) -> Iterator[list[_T]]:
    """Yield `values` in lists that one statement can take."""
    for i in range(0, len(values), BATCH):
        yield list(values[i : i + BATCH])
