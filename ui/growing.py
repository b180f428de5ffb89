"""Answers while they grow: read in a thread of their own, so that a reader who stops one need not wait for its next word."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event

from qa.schema import Answer

__all__ = ["Growing"]

_READING = ThreadPoolExecutor(32, thread_name_prefix="hoibao-answer")
"""More than are asked at once: one that was stopped may still wait for a chat model. Threads stay, and with them what each
has opened."""


class _Read:
    """What a thread has read of one answer: answers, then None, or what was raised. Stopping it puts None, too."""

    def __init__(self) -> None:
        self.found: SimpleQueue[Answer | Exception | None] = SimpleQueue()
        self.stopped = Event()

    def stop(self) -> None:
        self.stopped.set()
        self.found.put(None)

    def latest(self) -> Answer | Exception | None:
        """Return what was read last, of all the answers that wait to be taken; first what ended them comes after them."""
        found = self.found.get()
        while isinstance(found, Answer) and not self.found.empty():
            if not isinstance(later := self.found.get(), Answer):
                self.found.put(later)  # the one reader is over: nothing can come between
                break
            found = later
        return found

    def fill(self, answers: Iterator[Answer]) -> None:
        try:
            for answer in answers:
                if self.stopped.is_set():
                    return
                self.found.put(answer)
            self.found.put(None)
        except Exception as exc:  # noqa: BLE001 - it is raised where the answers are taken
            self.found.put(exc)


class Growing:
    """The answers that are growing, by the token of each."""

    def __init__(self) -> None:
        self._reads: dict[str, _Read] = {}

    def until_stopped(self, token: str, answers: Iterator[Answer]) -> Iterator[Answer | None]:
        """Yield answers as they come, of several that wait the latest; when the token is stopped, yield None and end.

        Raises:
            Exception: Whatever `answers` raises.
        """
        read = self._reads[token] = _Read()
        _READING.submit(read.fill, answers)
        try:
            while (found := read.latest()) is not None and not read.stopped.is_set():
                if isinstance(found, Exception):
                    raise found
                yield found
            if read.stopped.is_set():
                yield None
        finally:
            read.stopped.set()  # nobody takes what still comes
            del self._reads[token]

    def stop(self, token: str) -> None:
        """Stop the answer of this token, if it is still growing."""
        if read := self._reads.get(token):
            read.stop()
