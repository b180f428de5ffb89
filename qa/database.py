"""A SQLite file: one connection a thread, transactions that are whole or not at all, errors that name the file."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from qa.errors import StoreError

__all__ = ["Database", "guarded", "guarded_rows", "parts"]

TIMEOUT = 30.0
"""Seconds to wait for another connection."""
BATCH = 500
"""Values bound in one statement; SQLite takes 32,766."""

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Database:
    """A SQLite file in WAL mode: many readers, one writer.

    Args:
        path: The file; it is made when it is not there.

    Attributes:
        synchronous: `NORMAL`: a crash of the process loses nothing, one of the machine perhaps the last transactions; `FULL`: nothing.
    """

    synchronous = "NORMAL"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(self.path, timeout=TIMEOUT, isolation_level=None)
            _use_wal(db)
            db.execute(f"PRAGMA synchronous = {self.synchronous}")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA cache_size = -32000")  # kilobytes; the default of 2 MB has a large run wait for the disk
            db.execute("PRAGMA secure_delete = ON")  # what is erased must not be read from the file
            self._local.db = db
        return db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection inside one write transaction; any error undoes it whole. An inner one joins the outer."""
        db = self.connection
        joins = db.in_transaction
        if joins:
            yield db
            return
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # SQLite itself undoes one that finds no room
                db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close this thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is not None:
            db.close()
            self._local.db = None


def _use_wal(db: sqlite3.Connection) -> None:
    """Put the file in WAL mode; SQLite's own timeout does not count while another connection is doing so."""
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


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
