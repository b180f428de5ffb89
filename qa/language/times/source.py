"""The text that times are looked for in, and what is found there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

__all__ = ["Found", "Reader", "TimeKind", "TimeText", "spaced"]

LOOKED_BACK = 40
"""Characters before a word that are looked at."""
_NAMED = re.compile(r"\d{4}")


class TimeKind(StrEnum):
    """What sort of expression speaks of a time."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RELATIVE = "relative"
    """Counted from a day: `hôm qua`, `last week`, `thứ Năm`."""
    PERIOD = "period"
    """Part of a year, or a decade or century: `quý I/2016`, `đầu năm 2016`, `the 1990s`."""
    RANGE = "range"
    TERM = "term"
    """Of the Party or the National Assembly, or the congress itself."""
    LUNAR = "lunar"


class Found(NamedTuple):
    """An expression of time: where it stands and what it says; `value` is None when nothing fixes it."""

    start: int
    end: int
    value: str | None
    kind: TimeKind
    basis: str | None = None


@dataclass(frozen=True)
class TimeText:
    """A text as times are read from it.

    Attributes:
        text: As it was given.
        low: Of the same length, in small letters, for patterns.
        day: The day that relative expressions are counted from.
    """

    text: str
    low: str
    day: date | None

    @cached_property
    def basis(self) -> str | None:
        """The day that relative expressions are counted from, as ISO value."""
        return self.day.isoformat() if self.day else None

    def day_after(self, days: int) -> str | None:
        """Return the day that lies so many days after the one counted from; before it when negative."""
        return (self.day + timedelta(days=days)).isoformat() if self.day else None

    def found(self, start: int, end: int, value: str | None, kind: TimeKind = TimeKind.RELATIVE) -> Found:
        """Return an expression that is counted from the day, unless its own words name a year."""
        named = _NAMED.search(self.low, start, end)
        return Found(start, end, value, kind, None if named else self.basis)

    def before(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """Return the match of `pattern`, which ends in `$`, right before `at`; its offsets count from `self.back(at)`."""
        return pattern.search(self.low[self.back(at) : at])

    def back(self, at: int) -> int:
        """Return where the part of the text begins that `before` looks at."""
        return max(0, at - LOOKED_BACK)

    def since(self, pattern: re.Pattern[str], at: int) -> int:
        """Return where the words of `pattern`, which ends in `$`, begin before `at`; `at` when they do not stand there."""
        match = self.before(pattern, at)
        return self.back(at) + match.start() if match else at


Reader = Callable[[TimeText, int], Found | None]
"""Reads the expression that the word at an offset belongs to."""


def spaced(pattern: str) -> re.Pattern[str]:
    """Compile `pattern`, in which a blank stands for one to three blanks within a line."""
    return re.compile(pattern.replace(" ", r"[^\S\n]{1,3}"))
