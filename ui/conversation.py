"""A conversation as the page holds it, for as long as it is open."""

from dataclasses import dataclass, field, replace

from qa.schema import Answer, Filters, Turn

__all__ = ["KEPT", "Conversation", "Exchange", "turns"]

KEPT = 40
"""Exchanges kept on the page; older ones scroll out of memory."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it.

    Attributes:
        answer: As far as it has grown; None while nothing is there, or when it failed.
        failure: HTML of a message, when it failed.
        stopped: Whether the reader stopped the answer.
        filters: What the question was limited to.
        periods: Times that were read from the question, ISO 8601.
        people: Names of people that were read from it.
        origin: Where it was brought back from, `browser` or `file`; "" when it was answered on this page.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""
    stopped: bool = False
    filters: Filters = field(default_factory=Filters)
    periods: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    origin: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return bool(self.failure) or self.stopped or (self.answer is not None and self.answer.done)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked on one page, one after the other.

    Attributes:
        id: 16 hexadecimal digits, by which the browser keeps it; "" before the first question.
        exchanges: Oldest first; those that scrolled out of memory have no question.
        filters: What the next question is limited to.
        editing: Whether the next question takes the place of the last one.
        asking: Names the answer that is growing, or grew last.
    """

    id: str = ""
    exchanges: tuple[Exchange, ...] = ()
    filters: Filters = field(default_factory=Filters)
    editing: bool = False
    asking: str = ""

    def before(self, number: int) -> tuple[Exchange, ...]:
        """Return the exchanges before one, those that are forgotten left out."""
        return tuple(e for e in self.exchanges[:number] if e.question)

    def without_last(self) -> "Conversation":
        """Return it without its last exchange."""
        return replace(self, exchanges=self.exchanges[:-1], editing=False)

    def with_last(self, exchange: Exchange) -> "Conversation":
        """Return it with another last exchange."""
        return replace(self, exchanges=(*self.exchanges[:-1], exchange))


def turns(exchanges: tuple[Exchange, ...]) -> list[Turn]:
    """Return the history that a follow-up is understood by."""
    return [Turn(e.question, e.answer.text) for e in exchanges if e.answer is not None]
