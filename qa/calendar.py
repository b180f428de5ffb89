"""When the articles are from: how many happened, or were published, in each year or month, and which ones those are."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.database import guarded
from qa.errors import QuestionError
from qa.tables import LedgerFile

__all__ = ["Calendar", "Counted", "Dated", "Kind"]

Kind = Literal["event", "published"]
"""By what an article is dated: the day of what it tells of, or of its publication."""
KINDS: tuple[Kind, ...] = ("event", "published")
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
# SQLite, left to itself, takes the index of states and reads every article: the statements name these.
_INDEXES = (
    "CREATE INDEX article_event ON articles (event) WHERE state = 'live' AND event IS NOT NULL",
    "CREATE INDEX article_published ON articles (published) WHERE state = 'live' AND published IS NOT NULL",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles there are of each time.

    Attributes:
        event: Numbers of articles by period, `2016` or `2016-07`, in order, by the day of what they tell of.
        published: Likewise, by the day of publication.
        undated: Articles that neither dates; of the whole collection.
    """

    event: dict[str, int]
    published: dict[str, int]
    undated: int


@dataclass(frozen=True, slots=True)
class Dated:
    """One article in a list by date.

    Attributes:
        date: The day it is listed by, ISO 8601, perhaps cut short.
        outlet: As it is shown, or None.
    """

    id: str
    title: str
    outlet: str | None
    source: str
    date: str


class Calendar:
    """The days of the live articles, by indexes of their own: without, a count reads every article's page.

    Args:
        ledger: The file they are kept in; the indexes are made when it was written before there were any.
    """

    def __init__(self, ledger: LedgerFile) -> None:
        self._ledger = ledger
        self.path = ledger.path
        ledger.have("article_published", _index)

    @guarded
    def counted(self, year: str = "") -> Counted:
        """Return how many articles there are of each year or, of one year given by four digits, of each of its months.

        Raises:
            QuestionError: `year` is none.
        """
        if year and not re.fullmatch(r"\d{4}", year):
            raise QuestionError(f"{year[:40]!r} is no year", hint="Give four digits: 2016.")
        event, published = (self._by_period(kind, year) for kind in KINDS)
        query = "SELECT count(*) FROM articles WHERE state = 'live'"
        total = int(self._ledger.connection.execute(query).fetchone()[0])
        dated = (
            "SELECT row FROM articles INDEXED BY article_event WHERE state = 'live' AND event IS NOT NULL UNION"
            " SELECT row FROM articles INDEXED BY article_published WHERE state = 'live' AND published IS NOT NULL"
        )
        known = int(self._ledger.connection.execute(f"SELECT count(*) FROM ({dated})").fetchone()[0])
        return Counted(event, published, total - known)

    @guarded
    def articles(self, kind: Kind, period: str, *, start: int = 0, most: int = 50) -> list[Dated]:
        """Return articles of a period, by date.

        Args:
            kind: By which of their days.
            period: ISO year, month or day.
            start: How many to leave out at the beginning.
            most: How many at most.

        Raises:
            QuestionError: `period` is no year, month or day, or `kind` is none.
        """
        if kind not in KINDS or not _PERIOD.fullmatch(period):
            raise QuestionError(f"{period[:40]!r} is no time", hint="Give 2016, 2016-07 or 2016-07-14.")
        query = (
            f"SELECT id, title, outlet, source, {kind} FROM articles INDEXED BY article_{kind} WHERE state = 'live' AND {kind} IS NOT NULL"
            f" AND {kind} >= ? AND {kind} < ? ORDER BY {kind}, title, id LIMIT ? OFFSET ?"
        )
        values = (period, _after(period), most, start)
        return [Dated(*row) for row in self._ledger.connection.execute(query, values)]

    def _by_period(self, kind: Kind, year: str) -> dict[str, int]:
        length = len("2016-07") if year else len("2016")
        query = (
            f"SELECT substr({kind}, 1, {length}) AS period, count(*) FROM articles INDEXED BY article_{kind} WHERE state = 'live' AND {kind} IS NOT NULL"
            f" AND {kind} >= ? AND {kind} < ? GROUP BY period ORDER BY period"
        )
        limits: Sequence[str] = (year, _after(year)) if year else ("0", ":")
        rows = self._ledger.connection.execute(query, limits)
        return {str(period): int(n) for period, n in rows if _PERIOD.fullmatch(period)}


def _index(db: sqlite3.Connection) -> None:
    for statement in _INDEXES:
        db.execute(statement)


def _after(period: str) -> str:
    """Return what sorts right after everything that begins with a period."""
    return period + "\N{LATIN SMALL LETTER Z}"
