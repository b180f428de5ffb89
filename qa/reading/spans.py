"""Answer spans: what in a sentence may be said as the bare answer, and of which sort it is."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["CLAUSAL", "Sort", "Span"]


class Sort(StrEnum):
    """How a span was found, which tells how far it can be trusted to be of a kind."""

    PERSON = "person"
    FOREIGN = "foreign"
    TITLED = "titled"
    POST = "post"
    POSTED = "posted"
    ORGANISATION = "organisation"
    PLACE = "place"
    LOCATED = "located"
    NAME = "name"
    HEADED = "headed"
    QUOTED = "quoted"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    AGE = "age"
    DURATION = "duration"
    MEASURE = "measure"
    BARE = "bare"
    SPELLED = "spelled"
    ORDINAL = "ordinal"
    CODE = "code"
    CLOCK = "clock"
    DATE = "date"
    YEAR = "year"
    PERIOD = "period"
    WEEKDAY = "weekday"
    ITEMS = "items"
    CLAUSE = "clause"


CLAUSAL = frozenset({Sort.CLAUSE, Sort.ITEMS})
"""What says something rather than names it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article that may be the answer, or several stretches of one sentence.

    Attributes:
        sort: How it was found.
        parts: Start and end of each stretch, in the order of the text; one of them unless it is a group.
        said: What is said of it, when that is not the words themselves: a date with its year.
    """

    sort: Sort
    parts: tuple[tuple[int, int], ...]
    said: str = ""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.parts[-1][1]

    def texts(self, text: str) -> list[str]:
        """Return what is said of each stretch of `text`."""
        return [self.said] if self.said else [text[a:b] for a, b in self.parts]
