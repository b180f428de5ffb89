"""Many people at the page at once, and what it costs the server."""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import quantiles
from typing import Any

from benchmarks.session import Asked, PageError, Session

__all__ = ["Crowd"]

TICK = 1.0
"""Seconds between two looks at the memory of the server."""


class Crowd:
    """People who each open the page once and then ask at fixed times, whether the page is slow or not.

    Args:
        address: Of the page.
        questions: Asked in an order of chance by each; every question is a follow-up of the one before.
        people: How many.
        every: Seconds from one question of a person to the next.
        seconds: When nobody asks any more.
        seed: For the order and the beginnings.
    """

    def __init__(
        self, address: str, questions: list[str], *, people: int, every: float, seconds: float, seed: int
    ) -> None:
        self._address, self._every, self._seconds = address, every, seconds
        self._stop = 0.0
        self._lock = threading.Lock()
        self._asked: list[Asked] = []
        self._errors: Counter[str] = Counter()
        self._late = 0
        chance = random.Random(seed)  # noqa: S311
        self._people = [
            threading.Thread(
                target=self._person, args=(chance.sample(questions, len(questions)), chance.uniform(0, every))
            )
            for _ in range(people)
        ]

    def run(self, look: Callable[[], tuple[float, float]]) -> Iterator[dict[str, Any]]:
        """Let everybody ask; yield the memory of the server as it grows and the times since the row before, and at last all figures.

        `late` counts questions that could not be put at their time because the answer before was not there yet; `processor`
        is how many processors the server kept busy.

        Args:
            look: Returns the server's memory in bytes and its seconds of processor time so far.
        """
        began, before, memory = time.monotonic(), look()[1], []
        self._stop, report_at, told = began + self._seconds, 0.0, 0
        for person in self._people:
            person.start()
        while any(person.is_alive() for person in self._people):
            memory.append(round(look()[0] / 1e6))
            if time.monotonic() - began >= report_at:
                lately, told = [asked.whole for asked in self._asked[told:]], len(self._asked)
                yield {
                    "second": round(report_at), "memory_mb": memory[-1], "answered": told, "p95_s": _spread(lately).get("p95"),
                }  # fmt: skip
                report_at += max(10.0, self._seconds / 10)
            time.sleep(TICK)
        took, after = time.monotonic() - began, look()[1]
        yield {
            "people": len(self._people),
            "every": self._every,
            "seconds": round(took, 1),
            "answered": len(self._asked),
            "errors": sum(self._errors.values()),
            "kinds_of_error": dict(self._errors.most_common(5)),
            "late": self._late,
            "shown_s": _spread([asked.first for asked in self._asked]),
            "answered_s": _spread([asked.whole for asked in self._asked]),
            "memory_mb": {"first": memory[0], "last": memory[-1], "most": max(memory)},
            "processor": round((after - before) / took, 2),
        }

    def _person(self, questions: list[str], wait: float) -> None:
        due = self._stop - self._seconds + wait
        try:
            time.sleep(wait)
            with Session(self._address) as session:
                for number in range(sys.maxsize):
                    due += self._every if number else 0
                    if due >= self._stop:
                        return
                    behind = time.monotonic() - due
                    time.sleep(max(0.0, -behind))
                    self._note(_outcome(session, questions[number % len(questions)]), late=number > 0 and behind > 0)
        except (OSError, PageError) as exc:
            self._note(f"opening the page: {exc}")

    def _note(self, outcome: Asked | str, *, late: bool = False) -> None:
        with self._lock:
            self._late += late
            if isinstance(outcome, Asked):
                self._asked.append(outcome)
            else:
                self._errors[outcome] += 1


def _outcome(session: Session, question: str) -> Asked | str:
    try:
        asked = session.ask(question)
    except PageError as exc:
        return str(exc)
    return asked if "answer" in asked.shown and "answer note" not in asked.shown else "a message instead of an answer"


def _spread(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return {}
    cuts = quantiles(values, n=100, method="inclusive")
    return {
        "p50": round(cuts[49], 3),
        "p95": round(cuts[94], 3),
        "p99": round(cuts[98], 3),
        "most": round(max(values), 3),
    }
