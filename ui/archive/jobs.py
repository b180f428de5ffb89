"""What is being done to the collection for the page: one job after the other, each in a process of its own.

Jobs live in the server, not in a page: whoever opens the archive sees the one that runs.
"""

import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from qa.edit import moment
from qa.settings import Settings

__all__ = ["Job", "Jobs", "Kind", "Line"]

logger = logging.getLogger(__name__)

Kind = Literal["upload", "folders", "remove", "restore"]
REMEMBERED = 20
MOST_LINES = 500
"""Lines of a report that are kept of each job; the counts are whole."""
STOP_SECONDS = 25.0
"""How long a job may take to put in what it has when the page's process ends."""
SILENT = {"unchanged"}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file or article: `what` as `ingest.Outcome` says it, or of an upload `same`, `refused`, `out`."""

    what: str
    source: str
    reason: str = ""
    hint: str = ""
    line: int | None = None


@dataclass(slots=True)
class Job:
    """One job.

    Attributes:
        kind: What is done.
        by: The user who asked for it; "" on a page without users.
        what: Paths, or ids of articles.
        state: `queued`, `waiting` (another process writes), `running`, `done`, `stopped` or `failed`.
        stage: What is being done: `read` or `embed`; `done` of `total`.
        counts: How many files or articles came to each end.
        lines: Those worth telling of.
        articles: Ids that were removed, which can be restored.
        error: Why it failed, and what can be done about it.
    """

    kind: Kind
    by: str
    what: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    asked: str = field(default_factory=moment)
    ended: str = ""
    state: str = "queued"
    stage: str = ""
    done: int = 0
    total: int = 0
    error: tuple[str, str] = ("", "")
    process: "subprocess.Popen[str] | None" = None
    stopping: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "stopped", "failed"}

    def add(self, line: Line) -> None:
        """Note what became of something."""
        self.counts[line.what] += 1
        if line.what not in SILENT and len(self.lines) < MOST_LINES:
            self.lines.append(line)


class Jobs:
    """The jobs of this server.

    Args:
        settings: The data directory and the limits of ingestion.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.model_dump(mode="json", exclude={"chat_api_key"})
        self._lock = threading.Lock()
        self._jobs: deque[Job] = deque(maxlen=REMEMBERED)
        self._queue: deque[Job] = deque()
        self._runner: threading.Thread | None = None
        self._closed = False

    def all(self) -> list[Job]:
        """Return the jobs, latest first."""
        with self._lock:
            return list(reversed(self._jobs))

    def start(self, job: Job) -> Job:
        """Have a job done as soon as those before it are over."""
        with self._lock:
            self._jobs.append(job)
            self._queue.append(job)
            if self._runner is None and not self._closed:
                self._runner = threading.Thread(target=self._run, name="hoibao-jobs", daemon=True)
                self._runner.start()
        return job

    def over(self, job: Job) -> Job:
        """Note a job that nothing is left to do of."""
        job.state, job.ended = "done", moment()
        with self._lock:
            self._jobs.append(job)
        return job

    def stop(self, id: str) -> bool:
        """Stop a job: what it has read is put in, and it ends. Return whether there was one to stop."""
        with self._lock:
            job = next((job for job in self._jobs if job.id == id and not job.over), None)
            if job is None:
                return False
            job.stopping = True
            if job in self._queue:
                self._queue.remove(job)
                job.state, job.ended = "stopped", moment()
            elif job.process is not None:
                _signal(job.process, signal.SIGTERM)
            return True

    def close(self, *, seconds: float = STOP_SECONDS) -> None:
        """Stop every job, and wait for the one that runs to put in what it has; after `seconds` it is ended."""
        with self._lock:
            self._closed = True
            left = [job.id for job in self._jobs if not job.over]
        for id in left:
            self.stop(id)
        runner = self._runner
        if runner is not None:
            runner.join(seconds)
            for job in self.all():
                if job.process is not None and job.process.poll() is None:
                    logger.warning("A job was ended before it had put in what it had")
                    _signal(job.process, signal.SIGKILL)
            runner.join(5)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._queue or self._closed:
                    self._runner = None
                    return
                job = self._queue.popleft()
                job.state = "running"
            try:
                self._do(job)
            except Exception:  # the thread must go on with the next job
                logger.exception("A job failed")
                job.state = "failed"
            finally:
                job.ended = moment()
                if not job.over:
                    job.state = "stopped" if job.stopping else "failed"

    def _do(self, job: Job) -> None:
        key = "ids" if job.kind in {"remove", "restore"} else "paths"
        order = {"kind": job.kind, key: job.what, "settings": self._settings}
        process = _started()
        with self._lock:
            job.process = process
            stopping = job.stopping
        assert process.stdin is not None and process.stdout is not None  # noqa: PT018, S101 - both are pipes
        if stopping:
            _signal(process, signal.SIGTERM)
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
        # Its input stays open as long as it runs: that it ends is how a worker sees that this process has gone.
        for text in process.stdout:
            with suppress(ValueError):
                _note(job, json.loads(text))
        process.wait()
        process.stdin.close()
        process.stdout.close()


def _started() -> "subprocess.Popen[str]":
    here = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join(filter(None, (str(here), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "ui.archive.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,  # Ctrl-C in the terminal of the page's process must not reach it
    )


def _signal(process: "subprocess.Popen[str]", number: int) -> None:
    with suppress(ProcessLookupError):
        if number == signal.SIGKILL:
            os.killpg(process.pid, number)  # with the processes that read files for it
        else:
            process.send_signal(number)


def _note(job: Job, event: dict[str, Any]) -> None:
    match event["event"]:
        case "waiting":
            job.state = "waiting"
        case "progress":
            job.state = "running"
            job.stage, job.done, job.total = event["stage"], event["done"], event["total"]
        case "outcome":
            job.state = "running"
            job.add(
                Line(event["what"], event["source"], event.get("reason", ""), event.get("hint", ""), event.get("line"))
            )
        case "report":
            for name in ("unchanged", "removed", "restored"):
                if name in event:
                    job.counts[name] = event[name]
            job.counts["ignored"] += sum(event.get("ignored", {}).values())
            job.state = "stopped" if event.get("stopped") else "done"
        case "error":
            job.error = (event["message"], event["hint"])
            job.state = "stopped" if event["stopped"] else "failed"
