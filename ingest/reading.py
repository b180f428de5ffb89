"""Reading one file: what of it is new, made ready for the ledger. Runs in a worker process, or in the run's own."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ingest.formats import Limits, read_records
from ingest.prepare import prepare, record_hash
from ingest.records import Record
from qa.errors import ArticleError
from qa.sources import FileState, Problem
from qa.staging import Prepared

__all__ = ["READY", "At", "Done", "Message", "Same", "Task", "Terms", "hash_file", "read_file"]

CHUNK = 1 << 20
READY = "ready"
"""What a worker process says first: from now on what takes long is the reading."""
STEP = 200_000
"""Bytes of a file after which it is said how far it is read."""
SIGN = 64
"""Chunks hashed after which a sign of life is given."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what files are read.

    Attributes:
        limits: How much a file may unfold to.
        fields: Field names of records by what they mean to us.
        seconds: How long nothing may be heard of it.
        today: The day from which on a date of publication is in the future.
    """

    limits: Limits = field(default_factory=Limits)
    fields: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 8.0
    today: date = field(default_factory=date.today)

    def __str__(self) -> str:
        """What a refused file is remembered with; under other terms it is tried again."""
        return hashlib.blake2b(
            repr((VERSION, self.limits, sorted(self.fields.items()), self.seconds)).encode(), digest_size=8
        ).hexdigest()


LONGEST_REASON = 300
"""Characters kept of what a library says."""
VERSION = 1
"""Of what is read and how; a new number has refused files tried again."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read.

    Attributes:
        path: Absolute path.
        label: How it is shown.
        raw_hash: Of its bytes when it was last read to its end, or "".
        records: Hashes of the records that gave an article, by key.
        terms: Under what it is read.
    """

    path: str
    label: str
    raw_hash: str
    records: Mapping[str, bytes]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Same:
    """A record that has not changed."""

    key: str


@dataclass(frozen=True, slots=True)
class At:
    """How many bytes of the file have been read."""

    position: int


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a file.

    Attributes:
        state: Its state, with what was refused of it; None when it could not be looked at.
        whole: Whether it was read to its end, so that records not met are gone from it.
        unread: Its bytes were as before, so nothing of it was read.
    """

    state: FileState
    whole: bool
    unread: bool = False


Message = Prepared | Same | Problem | At | Done


def read_file(task: Task) -> Iterator[Message]:
    """Yield what a file holds, record by record, and `Done` last."""
    problems: list[Problem] = []
    state = FileState(task.path, 0, 0, "", str(task.terms))
    count, position, whole = 0, 0, False
    try:
        for step in _hashing(task.path, terms=str(task.terms)):
            if isinstance(step, FileState):
                state = step
            else:
                yield step
        if state.raw_hash == task.raw_hash:
            yield Done(state, whole=True, unread=True)
            return
        with Path(task.path).open("rb") as stream:
            records = read_records(
                stream, name=task.path, limits=task.terms.limits, fields=task.terms.fields, today=task.terms.today
            )
            for record in records:
                message = problem_of(record, task.path) if isinstance(record, ArticleError) else _one(record, task)
                if isinstance(message, Problem):
                    problems.append(message)
                else:
                    count += 1
                yield message
                if stream.tell() - position > STEP:
                    position = stream.tell()
                    yield At(position)
        whole = True
    except Exception as exc:  # noqa: BLE001 - whatever a library raises over a file costs that file, not the run
        problem = problem_of(exc, task.path)
        problems.append(problem)
        yield problem
    if not count and not problems:
        problems.append(Problem("there is no article in the file"))
        yield problems[0]
    yield Done(replace(state, records=count, problems=tuple(problems)), whole)


def hash_file(path: str, *, terms: str) -> FileState:
    """Return the state of a file, its bytes hashed.

    Raises:
        OSError: It cannot be read.
    """
    *_, state = _hashing(path, terms=terms)
    assert isinstance(state, FileState)  # noqa: S101 - it comes last
    return state


def _hashing(path: str, *, terms: str) -> Iterator[At | FileState]:
    """Yield a sign of life now and then, for a large file takes long, and the state of the file last."""
    digest = hashlib.blake2b(digest_size=16)
    with Path(path).open("rb") as stream:
        status = os.fstat(stream.fileno())
        for number, chunk in enumerate(iter(lambda: stream.read(CHUNK), b""), 1):
            digest.update(chunk)
            if number % SIGN == 0:
                yield At(0)
    yield FileState(path, status.st_size, status.st_mtime_ns, digest.hexdigest(), terms)


def problem_of(exc: Exception, path: str) -> Problem:
    """Return why something of the file at `path` was refused, in words."""
    if isinstance(exc, ArticleError):
        part = exc.path.removeprefix(path) if exc.path.startswith(f"{path}#") else ""
        return Problem(str(exc), exc.hint, exc.line, part)
    if isinstance(exc, MemoryError):
        return Problem("reading it takes more memory than there is")
    if isinstance(exc, RecursionError):
        return Problem("it is nested too deeply")
    if isinstance(exc, OSError):
        return Problem(f"the file cannot be read: {exc.strerror or exc}")
    return Problem(f"the library that reads it failed: {type(exc).__name__}: {exc}"[:LONGEST_REASON])


def _one(record: Record, task: Task) -> Prepared | Same | Problem:
    digest = record_hash(record)
    if task.records.get(record.key or "") == digest:
        return Same(record.key or "")
    try:
        return prepare(record, path=task.path, label=task.label, digest=digest)
    except Exception as exc:  # noqa: BLE001 - one record of a file costs no other
        return replace(problem_of(exc, task.path), line=record.line, part=f"#{record.key}" if record.key else "")
