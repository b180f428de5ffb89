"""The errors of Hoibao, one tree.

HoibaoError            each has .hint: what the reader can do about it
├── SettingsError      a setting is unknown or cannot be used
├── QuestionError      the question itself cannot be taken (empty, too long)
├── ArticleError       path, line: this article cannot be used; the run goes on
├── StoreError
│   ├── IndexMissing   nothing has been ingested here, or an index is gone
│   ├── IndexMismatch  the index was built with another model or layout
│   └── Locked         another process is writing; says who
├── ServeError         the page cannot be served (port in use, …)
└── ModelError         retryable: whether trying again can help
"""

from pathlib import Path

__all__ = [
    "ArticleError",
    "HoibaoError",
    "IndexMismatch",
    "IndexMissing",
    "Locked",
    "ModelError",
    "QuestionError",
    "ServeError",
    "SettingsError",
    "StoreError",
]


class HoibaoError(Exception):
    """Anything Hoibao refuses or cannot do, with a hint on what helps.

    Args:
        message: What is wrong, in one line.
        hint: What the reader can do about it, in one line.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SettingsError(HoibaoError):
    """A setting is unknown, or its value cannot be used."""


class QuestionError(HoibaoError):
    """The question cannot be taken: it is empty or too long."""


class ArticleError(HoibaoError):
    """One article cannot be used; the run goes on without it.

    Args:
        message: Why, in one line.
        path: The file, as the user named it.
        line: Line in the file, counted from 1, where that is known.
        hint: What the reader can do about it.
    """

    def __init__(self, message: str, *, path: str | Path, line: int | None = None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = str(path)
        self.line = line


class StoreError(HoibaoError):
    """One of the stores cannot be read or written."""


class IndexMissing(StoreError):
    """Nothing has been ingested here yet, or an index is gone."""


class IndexMismatch(StoreError):
    """The stores were written with another embedding model or another layout."""


class Locked(StoreError):
    """Another process is writing to the same data directory."""


class ServeError(HoibaoError):
    """The page cannot be served."""


class ModelError(HoibaoError):
    """A model cannot be loaded or did not answer.

    Args:
        message: What is wrong, in one line.
        hint: What the reader can do about it.
        retryable: Whether the same call may succeed later.
    """

    def __init__(self, message: str, *, hint: str = "", retryable: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.retryable = retryable
