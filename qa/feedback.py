"""What readers say of answers: right, wrong, or something missing, and why.

It is kept in a file of its own beside the ledger, not in the ledger: a run of ingestion holds the ledger's write lock for as long
as a large transaction takes, and a reader's click must not wait for that, nor hold it up; and what people have said stays when a
collection is brought in anew. Every judgement is one small transaction, on the disk before the reader is thanked.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import Any

from qa.database import Database, guarded, parts
from qa.errors import HoibaoError
from qa.schema import Answer, Filters, Turn

__all__ = ["FEEDBACK", "LONGEST_REASON", "Feedback", "FeedbackFile", "FeedbackFull", "Verdict", "feedback_key"]

FEEDBACK = "feedback.sqlite"
LONGEST_REASON = 1000
"""Characters of a reason that are kept."""
LONGEST_TEXT, LONGEST_QUOTE, MOST_TURNS, MOST_CITATIONS = 6000, 1000, 6, 20
"""What is kept of an answer, of a quotation, of the conversation before it."""
MOST = 100_000
"""Judgements kept. When there are so many no more are taken: none is thrown away unseen."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
  number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'missing')),
  reason TEXT NOT NULL, day TEXT NOT NULL, user TEXT, question TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS rests_on (
  key TEXT NOT NULL REFERENCES feedback (key) ON DELETE CASCADE, article_id TEXT NOT NULL, PRIMARY KEY (key, article_id)
) STRICT;
CREATE INDEX IF NOT EXISTS rests_on_article ON rests_on (article_id);
"""


class Verdict(StrEnum):
    """What a reader says of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    """What it says is right, but something that belongs there is not."""


class FeedbackFull(HoibaoError):
    """There are as many judgements as are kept."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's judgement of one answer.

    Attributes:
        key: As `feedback_key` makes it; a second judgement under it takes the place of the first.
        reason: In the reader's words, perhaps "".
        day: When it was given, ISO 8601.
        user: Who gave it, on a page with users.
        question: As it was asked.
        answer: As `Answer.to_json` gives it, cut to what is kept; without text and quotations once an article it rests on was erased.
        history: The conversation before it, oldest first.
        filters: What the question was limited to.
        made_by: Versions of what answered, by name: `hoibao`, `embeddings`, `chat`; `from` when the answer came back from somewhere.
        rests_on: Articles whose words the answer, or an earlier one of the conversation, repeats.
    """

    key: str
    verdict: Verdict
    reason: str
    day: str
    question: str
    answer: Mapping[str, Any]
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)
    made_by: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    rests_on: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Answer, verdict: Verdict, *, history: Iterable[Turn] = (), **told: Any) -> "Feedback":
        """Return a judgement of an answer, cut to what is kept; the other fields are given by name."""
        row = answer.to_json()
        row["text"] = answer.text[:LONGEST_TEXT]
        row["citations"] = [{**c, "quote": c["quote"][:LONGEST_QUOTE]} for c in row["citations"][:MOST_CITATIONS]]
        row["retrieved"] = [{"article_id": r["article_id"], "source": r["source"]} for r in row["retrieved"]]
        kept = tuple(Turn(t.question[:LONGEST_TEXT], t.answer[:LONGEST_TEXT]) for t in [*history][-MOST_TURNS:])
        earlier = told.pop("rests_on", ())
        rests_on = tuple(dict.fromkeys([*(c.article_id for c in answer.citations), *earlier]))
        reason = " ".join(told.pop("reason", "").split())[:LONGEST_REASON]
        return cls(answer=row, verdict=verdict, reason=reason, history=kept, rests_on=rests_on, **told)

    def to_json(self) -> dict[str, Any]:
        """Return the judgement as the object `hoibao feedback --json` prints."""
        return {
            "key": self.key, "verdict": self.verdict.value, "reason": self.reason, "day": self.day, "user": self.user,
            "question": self.question, "answer": dict(self.answer), "made_by": dict(self.made_by),
            "history": [{"question": t.question, "answer": t.answer} for t in self.history],
            "filters": {
                "since": self.filters.since, "until": self.filters.until,
                "outlets": list(self.filters.outlets), "people": list(self.filters.people),
            },
        }  # fmt: skip


def feedback_key(conversation: str, number: int, answer: Answer) -> str:
    """Return 32 hexadecimal digits for one reader's judgement of one answer at one place of a conversation.

    Args:
        conversation: Its id, which nobody but its reader can know: so nobody changes what another has said.
        number: Of the exchange, from 0.
        answer: What was said there; another answer to the question gets another key.
    """
    told = (conversation, str(number), answer.question, answer.text)
    return blake2b("\0".join(told).encode("utf-8", "replace"), digest_size=16).hexdigest()


class FeedbackFile(Database):
    """The judgements of a data directory; the file is made by the first one.

    Args:
        folder: The data directory.
    """

    synchronous = "FULL"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / FEEDBACK)

    @guarded
    def keep(self, feedback: Feedback) -> None:
        """Keep a judgement, in the place of an earlier one of the same key; it is on the disk when this returns.

        Raises:
            FeedbackFull: There are as many as are kept.
            StoreError: The file cannot be written.
        """
        self._make()
        row = feedback.to_json()
        detail = json.dumps(
            {name: row[name] for name in ("answer", "history", "filters", "made_by")}, ensure_ascii=False
        )
        told = (feedback.key, feedback.verdict.value, feedback.reason, feedback.day, feedback.user, feedback.question)
        clean = [None if t is None else t.encode("utf-8", "replace").decode() for t in (*told, detail)]
        with self.transaction() as db:
            known = db.execute("SELECT 1 FROM feedback WHERE key = ?", (feedback.key,)).fetchone()
            if known is None and db.execute("SELECT count(*) FROM feedback").fetchone()[0] >= MOST:
                raise FeedbackFull(
                    f"{MOST:,} judgements are kept, and no more",
                    hint="Export them, then put feedback.sqlite elsewhere.",
                )
            db.execute("DELETE FROM feedback WHERE key = ?", (feedback.key,))
            db.execute(
                "INSERT INTO feedback (key, verdict, reason, day, user, question, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
                clean,
            )
            db.executemany("INSERT INTO rests_on VALUES (?, ?)", [(feedback.key, id) for id in feedback.rests_on])

    @guarded
    def take_back(self, key: str) -> None:
        """Forget a judgement, if there is one of this key."""
        if self.path.exists():
            self._make()
            with self.transaction() as db:
                db.execute("DELETE FROM feedback WHERE key = ?", (key,))

    @guarded
    def given(self, keys: Iterable[str]) -> dict[str, tuple[Verdict, str]]:
        """Return verdict and reason of those of these keys that were judged."""
        found: dict[str, tuple[Verdict, str]] = {}
        if self.path.exists():
            self._make()
            for part in parts(list(keys)):
                query = f"SELECT key, verdict, reason FROM feedback WHERE key IN ({','.join('?' * len(part))})"
                found |= {key: (Verdict(v), reason) for key, v, reason in self.connection.execute(query, part)}
        return found

    @guarded
    def all(self) -> list[Feedback]:
        """Return the judgements, those given last first."""
        if not self.path.exists():
            return []
        self._make()
        query = "SELECT key, verdict, reason, day, user, question, detail FROM feedback ORDER BY number DESC"
        rests: dict[str, list[str]] = {}
        for key, article in self.connection.execute("SELECT key, article_id FROM rests_on ORDER BY rowid"):
            rests.setdefault(key, []).append(article)
        return [_feedback(row, tuple(rests.get(row[0], ()))) for row in self.connection.execute(query)]

    @guarded
    def forget(self, articles: Iterable[str]) -> int:
        """Take the words of erased articles out; what readers said themselves stays.

        Returns:
            From how many judgements something was taken.
        """
        if not self.path.exists():
            return 0
        self._make()
        changed: set[str] = set()
        with self.transaction() as db:
            for part in parts(list(articles)):
                query = f"SELECT DISTINCT key FROM rests_on WHERE article_id IN ({','.join('?' * len(part))})"
                changed |= {key for (key,) in db.execute(query, part)}
            for key in changed:
                detail = json.loads(db.execute("SELECT detail FROM feedback WHERE key = ?", (key,)).fetchone()[0])
                detail["answer"] |= {"text": "", "citations": [], "retrieved": [], "erased": True}
                detail["answer"].pop("unproven", None)
                detail["history"] = [{**turn, "answer": ""} for turn in detail["history"]]
                db.execute(
                    "UPDATE feedback SET detail = ? WHERE key = ?", (json.dumps(detail, ensure_ascii=False), key)
                )
                db.execute("DELETE FROM rests_on WHERE key = ?", (key,))
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # the log holds the words as well
        return len(changed)

    def _make(self) -> None:
        if getattr(self._local, "made", None) is not self.connection:
            self.connection.executescript(_SCHEMA)
            self._local.made = self.connection


def _feedback(row: sqlite3.Row | tuple[Any, ...], rests_on: tuple[str, ...]) -> Feedback:
    key, verdict, reason, day, user, question, detail = row
    told = json.loads(detail)
    limits = told["filters"]
    filters = Filters(limits["since"], limits["until"], tuple(limits["outlets"]), tuple(limits["people"]))
    history = tuple(Turn(t["question"], t["answer"]) for t in told["history"])
    return Feedback(
        key, Verdict(verdict), reason, day, question, told["answer"], history, filters, told["made_by"], user, rests_on
    )
