"""Worker processes: files are read beside one another, their messages come in the order of the files."""

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from ingest.reading import READY, Done, Message, Same, Task, hash_file
from qa.errors import HoibaoError
from qa.sources import FileState, Problem
from qa.staging import Prepared

__all__ = ["Workers"]

AHEAD = 64
"""Messages of one file, and files, that may wait to be taken."""
PATIENCE = 8.0
"""Seconds without a message after which a worker is taken to hang."""
TICK = 0.5
"""Seconds between two looks at whether one hangs."""

_T = TypeVar("_T")
_Waiting = tuple[Task, "queue.Queue[Message | Exception]"]


class Workers:
    """A pool of worker processes; use it as a context.

    Args:
        count: How many, at least 1.
        patience: Seconds without a message after which a worker is ended and its file refused.
    """

    def __init__(self, count: int, *, patience: float = PATIENCE) -> None:
        self._workers = [_Worker(patience) for _ in range(max(1, count))]
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()

    def __enter__(self) -> "Workers":
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._stopped.set()
        for worker in self._workers:
            worker.end()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.let_go()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Message]]:
        """Yield each task with its messages, `Done` last, in the order of the tasks.

        Raises:
            HoibaoError: A process cannot be started. What `tasks` raises is raised, too.
        """
        source, lock = iter(tasks), threading.Lock()
        waiting: queue.Queue[_Waiting | Exception | None] = queue.Queue(AHEAD)
        self._threads = [
            threading.Thread(target=self._work, args=(w, source, lock, waiting), daemon=True) for w in self._workers
        ]
        for thread in self._threads:
            thread.start()
        left = len(self._threads)
        while left:
            entry = waiting.get()
            if isinstance(entry, Exception):
                raise entry
            if entry is None:
                left -= 1
                continue
            task, line = entry
            message: Message | Exception | None = None
            while not isinstance(message, Done):
                message = line.get()
                if isinstance(message, Exception):
                    raise message
                yield task, message

    def _work(
        self,
        worker: "_Worker",
        source: Iterator[Task],
        lock: threading.Lock,
        waiting: "queue.Queue[_Waiting | Exception | None]",
    ) -> None:
        """Have a worker read task after task; the thread of that worker."""
        line: queue.Queue[Message | Exception] | None = None
        try:
            while not self._stopped.is_set():
                with lock:  # taken and lined up in one go: the order of the line is the order of the tasks
                    line = None
                    task = next(source, None)
                    if task is None:
                        break
                    line = queue.Queue(AHEAD)
                    self._put(waiting, (task, line))
                for message in worker.read(task):
                    self._put(line, message)
        except Exception as exc:  # noqa: BLE001 - raised again where the messages are taken
            if line is None:
                self._put(waiting, exc)
            else:
                self._put(line, exc)
        self._put(waiting, None)

    def _put(self, line: "queue.Queue[_T]", item: "_T") -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                line.put(item, timeout=TICK)
                return

    def _watch(self) -> None:
        """End the workers that hang."""
        while not self._stopped.wait(TICK):
            for worker in self._workers:
                worker.end_if_hanging()


class _Worker:
    """One process, started when it is needed and again when it has died."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: float | None = None
        self._hung = self._ended = False
        self._guard = threading.Lock()

    def read(self, task: Task) -> Iterator[Message]:
        """Yield the messages of a task; a file that the process does not outlive is refused.

        Raises:
            HoibaoError: The process cannot be started.
        """
        process = self._running()
        if process is None:
            return
        problems: list[Problem] = []
        count = 0
        try:
            self._send(process, task)
            while True:
                message = self._answer(process)
                yield message
                if isinstance(message, Done):
                    return
                count += isinstance(message, Prepared | Same)
                if isinstance(message, Problem):
                    problems.append(message)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.let_go()
        if self._ended:
            return
        if self._hung:
            hint = "HOIBAO_MAX_ARTICLE_SECONDS sets the limit."
            problem = Problem(f"reading it takes more than {self._patience:g} s", hint)
        else:
            problem = Problem("the library that reads it crashed")
        yield problem
        yield Done(_state(task, count, (*problems, problem)), whole=False)

    def end_if_hanging(self) -> None:
        """Kill the process when it has not answered for too long."""
        with self._guard:
            if self._asked is None or time.monotonic() - self._asked <= self._patience:
                return
            self._hung = True
            if self._process is not None:
                self._process.kill()

    def end(self) -> None:
        """Kill the process, if there is one; there will be no other."""
        with self._guard:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def let_go(self) -> None:
        """Kill the process, if there is one, and take note of its end."""
        with self._guard:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            process.wait()

    def _send(self, process: "subprocess.Popen[bytes]", task: Task) -> None:
        assert process.stdin is not None  # noqa: S101 - a pipe
        pickle.dump(task, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()

    def _answer(self, process: "subprocess.Popen[bytes]") -> Message:
        assert process.stdout is not None  # noqa: S101 - a pipe
        with self._guard:
            self._asked = time.monotonic()
        try:
            message: Message = pickle.load(process.stdout)  # noqa: S301 - from a process of our own
        finally:
            with self._guard:
                self._asked = None
        return message

    def _running(self) -> "subprocess.Popen[bytes] | None":
        """Return the process, started if need be; None when it is to end."""
        with self._guard:
            if self._ended or self._process is not None:
                return None if self._ended else self._process
            self._hung = False
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
            command = [sys.executable, "-m", "ingest.worker"]
            try:
                process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603 - our own module
            except OSError as exc:
                raise HoibaoError(f"The process that reads files cannot be started: {exc}") from exc
            self._process = process
        try:
            assert process.stdout is not None  # noqa: S101 - a pipe
            ready = pickle.load(process.stdout) == READY  # noqa: S301 - as above
        except (EOFError, OSError, pickle.UnpicklingError):
            ready = False
        if not ready:
            self.let_go()
            raise HoibaoError("The process that reads files cannot be started", hint=f"What does `{sys.executable} -m ingest.worker` say?")  # fmt: skip
        return process


def _state(task: Task, records: int, problems: tuple[Problem, ...]) -> FileState:
    """Return the state of a file that could not be read, so that it is tried again only when it changes."""
    try:
        state = hash_file(task.path, terms=str(task.terms))
    except OSError:
        state = FileState(task.path, 0, 0, "", str(task.terms))
    return replace(state, records=records, problems=problems)
