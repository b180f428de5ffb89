"""Answers kept: given again to the same question over the same sentences, from the same model, asked in the same words.

What is kept is what was said, not that it was proven: an answer that is recalled passes the gate again. It is dropped when an
article it was written from has changed or gone, and the words of an erased article do not stay behind in it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from qa.chat.draft import Draft
from qa.chat.parse import Said
from qa.chat.prompt import PROMPT_VERSION
from qa.chat.verify import check
from qa.citations import Claim, Quote
from qa.database import Database, guarded
from qa.wording import Place

__all__ = ["CACHE", "AnswerCache", "forget_changed"]

CACHE = "answers.sqlite"
KEPT = 10_000
"""Answers kept; the oldest ones make room."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, said TEXT NOT NULL, made INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sources (
  key TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, article_id TEXT NOT NULL, content_hash TEXT NOT NULL,
  PRIMARY KEY (key, article_id)
) STRICT;
CREATE INDEX IF NOT EXISTS sources_article ON sources (article_id);
"""


class AnswerCache(Database):
    """Answers beside the ledger.

    Args:
        folder: The data directory.
        manner: All else that an answer depends on: temperature, longest reply, whether it is asked for in fields.
    """

    def __init__(self, folder: Path, manner: str = "") -> None:
        super().__init__(folder / CACHE)
        self._manner = manner
        self.connection.executescript(_SCHEMA)

    @guarded
    def recall(self, draft: Draft) -> bool:
        """Fill in a draft with an answer that was kept for the same request; return whether there was one."""
        row = self.connection.execute("SELECT said FROM answers WHERE key = ?", (self._key(draft),)).fetchone()
        if row is None:
            self._forget_changed(draft)
            return False
        claims: list[tuple[Claim, Place]] = []
        for text, marks, (line, point) in json.loads(row[0]):
            found = check(Said(text, tuple(marks), (line, point)), draft.context, language=draft.language)
            if not isinstance(found, Claim):
                return False
            claims.append((found, (line, point)))
        draft.recall(tuple(claims))
        return True

    @guarded
    def keep(self, draft: Draft) -> None:
        """Keep the answer of a draft that is finished."""
        if draft.usage.cached or draft.shrunk:
            return
        numbers = {n.quote: n.number for n in draft.context.by_number.values()}
        said = []
        for claim, place in draft.written.claims:
            marks = [number for q, number in numbers.items() if any(_within(q, own) for own in claim.quotes)]
            said.append((claim.text, marks, place))
        key = self._key(draft)
        articles = {n.quote.article.id: n.quote.article.content_hash for n in draft.context.by_number.values()}
        with self.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, (SELECT coalesce(max(made), 0) + 1 FROM answers))",
                (key, json.dumps(said, ensure_ascii=False)),
            )
            db.executemany(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", ((key, id, h) for id, h in articles.items())
            )
            db.execute("DELETE FROM answers WHERE made <= (SELECT max(made) FROM answers) - ?", (KEPT,))

    @guarded
    def sweep(self, live: Callable[[Iterable[str]], dict[str, str]]) -> None:
        """Drop the answers of articles that have changed or gone.

        Args:
            live: Gives the content hashes of those of some articles that are live.
        """
        rows = self.connection.execute("SELECT DISTINCT article_id, content_hash FROM sources").fetchall()
        hashes = live([id for id, _ in rows])
        stale = [(id, h) for id, h in rows if hashes.get(id) != h]
        with self.transaction() as db:
            db.executemany(
                "DELETE FROM answers WHERE key IN (SELECT key FROM sources WHERE article_id = ? AND content_hash = ?)",
                stale,
            )

    @guarded
    def empty_log(self) -> None:
        """Have nothing of what was dropped stay behind in the write-ahead log."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _forget_changed(self, draft: Draft) -> None:
        """Drop the answers of earlier texts of the articles that are now read."""
        articles = {n.quote.article.id: n.quote.article.content_hash for n in draft.context.by_number.values()}
        with self.transaction() as db:
            db.executemany(
                "DELETE FROM answers WHERE key IN (SELECT key FROM sources WHERE article_id = ? AND content_hash <> ?)",
                articles.items(),
            )

    def _key(self, draft: Draft) -> str:
        sentences = [
            (n.quote.article.id, n.quote.article.content_hash, n.quote.start, n.quote.end)
            for n in draft.context.by_number.values()
        ]
        about = [
            PROMPT_VERSION,
            self._manner,
            draft.usage.model,
            draft.question,
            draft.language,
            draft.today.isoformat(),
            sentences,
        ]
        return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()


def forget_changed(folder: Path, live: Callable[[Iterable[str]], dict[str, str]]) -> None:
    """Drop the answers that were written from articles of a data directory that have changed or gone, if any were kept.

    Args:
        folder: The data directory.
        live: Gives the content hashes of those of some articles that are live.
    """
    if (folder / CACHE).exists():
        cache = AnswerCache(folder)
        cache.sweep(live)
        cache.empty_log()
        cache.close()


def _within(one: Quote, other: Quote) -> bool:
    return one.article is other.article and other.start <= one.start and one.end <= other.end
