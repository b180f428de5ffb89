"""Files that are uploaded together: what came of each, until the job begins that brings them in."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from ui.archive.jobs import Job, Jobs, Line

__all__ = ["Batches"]

IDLE_SECONDS = 60.0
"""After which a batch whose page has gone is taken to be whole."""


@dataclass(slots=True)
class _Batch:
    by: str
    paths: dict[str, None] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    timer: threading.Timer | None = None


class Batches:
    """The batches that are coming in, each by its user and the name that the page gave it.

    Args:
        jobs: Where their jobs begin.
        idle: Seconds after which one that nobody adds to or ends is taken to be whole.
    """

    def __init__(self, jobs: Jobs, *, idle: float = IDLE_SECONDS) -> None:
        self._jobs = jobs
        self._idle = idle
        self._lock = threading.Lock()
        self._batches: OrderedDict[tuple[str, str], _Batch] = OrderedDict()

    def add(self, by: str, name: str, line: Line | None, path: Path | None = None) -> None:
        """Note what came of one file."""
        with self._lock:
            batch = self._batches.setdefault((by, name), _Batch(by))
            if line is not None:
                batch.lines.append(line)
            if path is not None:
                batch.paths[str(path)] = None
            if batch.timer is not None:
                batch.timer.cancel()
            batch.timer = threading.Timer(self._idle, self.finish, (by, name))
            batch.timer.daemon = True
            batch.timer.start()

    def finish(self, by: str, name: str) -> Job | None:
        """Begin the job of a batch; None when there is none of this name."""
        with self._lock:
            batch = self._batches.pop((by, name), None)
        if batch is None:
            return None
        if batch.timer is not None:
            batch.timer.cancel()
        job = Job("upload", batch.by, tuple(batch.paths))
        for line in batch.lines:
            job.add(line)
        if not batch.paths:  # nothing was taken: the report is all there is
            return self._jobs.over(job)
        return self._jobs.start(job)

    def close(self) -> None:
        """Forget what is not whole; its files are brought in when the folder is read again."""
        with self._lock:
            for batch in self._batches.values():
                if batch.timer is not None:
                    batch.timer.cancel()
            self._batches.clear()
