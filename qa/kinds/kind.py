"""What kind of thing a question asks for, and a slot: one thing that is asked for."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Kind", "Slot"]


class Kind(StrEnum):
    """What kind of answer a question wants."""

    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"
    PLACE = "place"
    DATE = "date"
    CLOCK = "clock"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    CODE = "code"
    AGE = "age"
    DURATION = "duration"
    REASON = "reason"
    MATTER = "matter"
    YESNO = "yesno"
    THING = "thing"
    TOPIC = "topic"
    OTHER = "other"

    @property
    def counts(self) -> bool:
        """Whether a number is wanted."""
        return self in _COUNTS


_COUNTS = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.ORDINAL, Kind.AGE, Kind.DURATION})


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a question asks for.

    Attributes:
        kind: Of what kind it is.
        many: Whether several are asked for.
        start: Where the words that ask begin.
        end: Where they end.
        part: Start and end of the part of the question that says more about it.
        heads: What the thing is called, each a sequence of words in matching form: `cảng cá`, of an English question with
            its translations; of a number what is counted.
    """

    kind: Kind
    many: bool
    start: int
    end: int
    part: tuple[int, int]
    heads: tuple[tuple[str, ...], ...] = ()
