"""Who holds which post and does what, as the ledger keeps it: a row for each thing an article says of a person."""

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from qa.database import guarded, parts
from qa.language.forms import fold
from qa.language.sentences import LONGEST, split_clauses
from qa.people.offices import Office, leads, office_of
from qa.schema import Appearance, Article, DateRole, Role
from qa.tables import LedgerFile

__all__ = ["Appearances", "Entry", "PersonRow", "insert_appearances", "occasion", "rows_of_people"]

_COLUMNS = (
    "p.person, p.role, p.post, p.date, p.dated_by, a.id, a.source, a.title, a.content_hash,"
    " p.start, p.clause_start, p.clause_end"
)
_LIVE = "FROM appearances p CROSS JOIN articles a ON a.row = p.article WHERE a.state = 'live'"
_BY_DATE = "ORDER BY p.date IS NULL, p.date, a.id, p.start"
MOST_WORDS = 8
"""Words that a name is looked for by."""
_ROLES = {role.value: role for role in Role}
PersonRow = tuple[int, str, str, str, str, str, str, str, str | None, str, int, int, int, int]
"""A row of `appearances` but for its first column, the article."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a live article says of a person, and when that was.

    Attributes:
        person: The name as that article writes it in full.
        role: That a post is held, or what was done.
        post: The post as worded, or "".
        date: ISO 8601: the day of the event, else of publication, else the year of the meeting; None when no date is known, and for
            a post that was held before.
        dated_by: `event`, `published`, `planned` for the year that is planned for while the last one is looked back on, or "".
        start: Where the words of the post begin in the article, or the name of who did it.
        clause: Offsets of the sentence that says so.
    """

    person: str
    role: Role
    post: str
    date: str | None
    dated_by: str
    article_id: str
    source: str
    title: str
    content_hash: str
    start: int
    clause: tuple[int, int]

    def quotation(self, text: str) -> tuple[int, int]:
        """Return where to quote the article, whose text is given: its sentence, or of a long one the clause that says so."""
        if self.clause[1] - self.clause[0] <= LONGEST:
            return self.clause
        return next(piece for piece in split_clauses(text, *self.clause) if piece[1] > self.start)

    def to_json(self, text: str) -> dict[str, Any]:
        """Return the entry, with its quotation from the text of the article, as the object `hoibao people --json` prints."""
        start, end = self.quotation(text)
        return {
            "role": self.role.value, "post": self.post, "date": self.date, "dated_by": self.dated_by,
            "article_id": self.article_id, "source": self.source, "title": self.title,
            "quote": text[start:end], "start": start, "end": end, "content_hash": self.content_hash,
        }  # fmt: skip


def occasion(article: Article) -> tuple[str | None, str]:
    """Return when what an article tells was, and what says so: `event`, `published` or `planned`.

    An article that looks back on one year and plans for the next tells of a meeting between them, of the next as a rule.
    A year that is merely planned for says nothing of when.
    """
    if article.event:
        return article.event.value, "event"
    if article.published:
        return article.published.value, "published"
    planned = Counter(d.value for d in article.dates if d.role is DateRole.PLANNED and len(d.value) == len("2019"))
    reviewed = article.years(DateRole.REVIEWED)
    for year, _ in planned.most_common(1):
        if int(year) - 1 in reviewed and int(year) > max(reviewed):
            return year, "planned"
    return None, ""


def rows_of_people(found: Sequence[Appearance], when: tuple[str | None, str]) -> list[PersonRow]:
    """Return what an article says of people as rows of the ledger, but for the row of the article.

    Needs no ledger, so that any process can make them.

    Args:
        found: What it says.
        when: As `occasion` gives it.
    """
    rows: list[PersonRow] = []
    for number, a in enumerate(found):
        key = fold(a.person)
        last = key.rpartition(" ")[2]
        office = office_of(a.post) if a.post else Office("", "")
        held = ("" if a.past else office.head, office.body)
        dated = (None, "") if a.past else when
        rows.append((number, a.person, key, last, a.role.value, a.post, *held, *dated, a.start, a.end, *a.clause))
    return rows


def insert_appearances(db: sqlite3.Connection, article: int, rows: Sequence[PersonRow]) -> None:
    """Put the `rows_of_people` of an article, by its row, into the ledger, inside the transaction that is under way."""
    db.executemany(
        "INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(article, *row) for row in rows],
    )


class Appearances:
    """The people of the live articles.

    Args:
        ledger: The file they are kept in.
    """

    def __init__(self, ledger: LedgerFile) -> None:
        self._ledger = ledger
        self.path = ledger.path

    @guarded
    def of(self, name: str) -> list[Entry]:
        """Return what is said of everybody called `name`, with or without diacritics, by date; the undated last.

        Args:
            name: A full name, or its end: `Nên` also finds `Nguyễn Văn Nên`.
        """
        key = " ".join(fold(name).split())
        if not key:
            return []
        query = f"SELECT {_COLUMNS} {_LIVE} AND p.last = ? AND (p.key = ? OR substr(p.key, ?) = ?) {_BY_DATE}"
        values = (key.rpartition(" ")[2], key, -len(key) - 1, f" {key}")
        return [_entry(row) for row in self._ledger.connection.execute(query, values)]

    @guarded
    def articles_of(self, name: str) -> set[int]:
        """Return the rows of the articles that say something of somebody called `name`, as `of` takes it."""
        key = " ".join(fold(name).split())
        query = "SELECT DISTINCT article FROM appearances WHERE last = ? AND (key = ? OR substr(key, ?) = ?)"
        values = (key.rpartition(" ")[2], key, -len(key) - 1, f" {key}")
        return {int(row[0]) for row in self._ledger.connection.execute(query, values)} if key else set()

    @guarded
    def company(self, articles: Sequence[str]) -> dict[str, set[str]]:
        """Return, by article, the folded names of the people these articles speak of."""
        found: dict[str, set[str]] = {}
        for part in parts(articles):
            query = f"SELECT DISTINCT a.id, p.key {_LIVE} AND a.id IN ({','.join('?' * len(part))})"
            for article, key in self._ledger.connection.execute(query, part):
                found.setdefault(str(article), set()).add(str(key))
        return found

    @guarded
    def holders(self, offices: Sequence[Office]) -> list[Entry]:
        """Return who is said to hold one of these offices, by date; the undated last. Former holders are left out.

        Args:
            offices: As `qa.people.offices.office_of` gives them; one without a head is that of whoever leads its body.
        """
        found: list[Entry] = []
        for condition, values in (
            ("(p.body, p.head) IN (VALUES {})", [(o.body, o.head) for o in offices if o.head]),
            ("p.head <> '' AND p.body IN ({})", [(o.body,) for o in offices if o.body and not o.head]),
        ):
            for part in parts(values):
                marks = ", ".join(f"({', '.join('?' * len(value))})" for value in part)
                query = f"SELECT {_COLUMNS} {_LIVE} AND p.role = 'post' AND {condition.format(marks)} {_BY_DATE}"
                rows = self._ledger.connection.execute(query, [v for value in part for v in value])
                found += [_entry(row) for row in rows]
        led = {o.body for o in offices if not o.head}
        asked = {(o.head, o.body) for o in offices}
        held = ((e, office_of(e.post)) for e in found)
        kept = [e for e, o in held if (o.head, o.body) in asked or (o.body in led and leads(o.head))]
        return sorted(dict.fromkeys(kept), key=lambda e: (e.date is None, e.date or "", e.article_id, e.start))

    @guarded
    def known(self, names: Sequence[str]) -> set[str]:
        """Return which of these folded names somebody bears, in full or as the last part of the name."""
        found: set[str] = set()
        for part in parts([n for n in names if " " in n]):
            query = f"SELECT DISTINCT p.key {_LIVE} AND p.key IN ({','.join('?' * len(part))})"
            found |= {str(row[0]) for row in self._ledger.connection.execute(query, part)}
        for part in parts([n for n in names if " " not in n]):
            query = f"SELECT DISTINCT p.last {_LIVE} AND p.last IN ({','.join('?' * len(part))})"
            found |= {str(row[0]) for row in self._ledger.connection.execute(query, part)}
        return found

    def limited(self, rows: Collection[int]) -> "Appearances":
        """Return the people of those articles alone whose rows are given."""
        return _Limited(self._ledger, rows)

    def names(self, *, most: int = 1000) -> list[tuple[str, int]]:
        """Return the people who are named in most articles, with the number of articles; one spelling each."""
        return self.matching("", most=most)

    @guarded
    def matching(self, words: str, *, most: int = 50) -> list[tuple[str, int]]:
        """Return the people whose names hold words, those named in most articles first, with the number of articles.

        Args:
            words: With or without diacritics, in any order, each perhaps only begun: `nen nguy` finds `Nguyễn Văn Nên`.
            most: How many at most.
        """
        wanted = fold(words).split()[:MOST_WORDS]
        begun = "".join(" AND ' ' || p.key LIKE ? ESCAPE '!'" for _ in wanted)
        # The index of names holds the articles, too; those that are not live are few, and to leave them out is quicker than to join.
        query = (
            "SELECT p.key, count(DISTINCT p.article) AS n FROM appearances p WHERE p.article NOT IN"
            f" (SELECT row FROM articles WHERE state IN ('pending', 'dead', 'earlier')){begun} GROUP BY p.key ORDER BY n DESC, p.key LIMIT ?"
        )
        values = [*(f"% {_literal(word)}%" for word in wanted), most]
        counted = {str(key): int(n) for key, n in self._ledger.connection.execute(query, values)}
        spelt: dict[str, str] = {}
        for part in parts(list(counted)):
            query = f"SELECT p.key, max(p.person) {_LIVE} AND p.key IN ({','.join('?' * len(part))}) GROUP BY p.key"
            spelt.update((str(key), str(person)) for key, person in self._ledger.connection.execute(query, part))
        return [(spelt[key], n) for key, n in counted.items()]


class _Limited(Appearances):
    def __init__(self, ledger: LedgerFile, rows: Collection[int]) -> None:
        super().__init__(ledger)
        self._rows = rows

    def of(self, name: str) -> list[Entry]:
        return self._inside(super().of(name))

    def holders(self, offices: Sequence[Office]) -> list[Entry]:
        return self._inside(super().holders(offices))

    @guarded
    def _inside(self, entries: list[Entry]) -> list[Entry]:
        inside: set[str] = set()
        for part in parts(list({e.article_id for e in entries})):
            query = f"SELECT id, row FROM articles WHERE state = 'live' AND id IN ({','.join('?' * len(part))})"
            inside |= {str(id) for id, row in self._ledger.connection.execute(query, part) if row in self._rows}
        return [e for e in entries if e.article_id in inside]


def _literal(word: str) -> str:
    """Return a word as a pattern that stands for itself alone."""
    return re.sub(r"[!%_]", r"!\g<0>", word)


def _entry(row: Sequence[Any]) -> Entry:
    person, role, post, date, dated_by, article, source, title, content_hash, start, *clause = row
    return Entry(
        person, _ROLES[role], post, date, dated_by, article, source, title, content_hash, start, (clause[0], clause[1])
    )
