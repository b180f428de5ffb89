"""What a run tells while it goes on, and when it is done."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from qa.errors import ArticleError

__all__ = ["Event", "IngestReport", "Outcome", "Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` in `stage` (`read` counts files, `embed` passages)."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article or file.

    Attributes:
        what: `added`, `updated`, `unchanged`, `moved`, `removed` or `refused`.
        source: `folder/name.txt`; for a record inside a file, `FILE#id`.
        was: Where it stood before it was moved.
        error: Why it was refused.
    """

    what: str
    source: str
    was: str | None = None
    error: ArticleError | None = None


@dataclass(slots=True)
class IngestReport:
    """What a run did; sources are `folder/name.txt`, or `FILE#id` for a record inside a file.

    Attributes:
        unchanged: How many articles were there already.
        moved: `(was, is)` of the articles whose file has another name or place.
        removed: Articles no file gives any more.
        gone: How many files and records are not there any more whose articles are kept, for want of `prune`.
        refused: Files and records that could not be used, each with path, line, reason and hint.
        ignored: How many files of other kinds were passed over, by file name ending.
        articles: How many articles can be asked about now.
        seconds: Time taken.
        stopped: Whether the run was stopped before its end; the next one goes on from there.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    moved: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    gone: int = 0
    refused: list[ArticleError] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    seconds: float = 0.0
    stopped: bool = False

    def count(self, outcome: Outcome) -> None:
        """Put an outcome where it belongs."""
        if outcome.what == "unchanged":
            self.unchanged += 1
        elif outcome.what == "moved":
            self.moved.append((outcome.was or "", outcome.source))
        elif outcome.error is not None:
            self.refused.append(outcome.error)
        else:
            getattr(self, outcome.what).append(outcome.source)

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return {
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "moved": [{"from": was, "to": now} for was, now in self.moved],
            "removed": self.removed,
            "gone": self.gone,
            "refused": [{"path": e.path, "line": e.line, "reason": str(e), "hint": e.hint} for e in self.refused],
            "ignored": dict(self.ignored),
            "articles": self.articles,
            "seconds": round(self.seconds, 3),
            "stopped": self.stopped,
        }


Event = Progress | Outcome
