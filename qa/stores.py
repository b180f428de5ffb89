"""The three stores of a data directory: opened, locked, mended, compared.

Readers ask the ledger which passages are live, so nothing of an interrupted write is ever answered from; what it left
behind is swept by the next writer. `qa.edit` writes.
"""

import json
import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from qa.database import parts
from qa.errors import IndexMismatch, IndexMissing, Locked, StoreError
from qa.ledger import Ledger
from qa.lexical import LexicalIndex
from qa.schema import Article, BlockKind, Passage
from qa.terms import fields_of
from qa.vectors import VectorIndex

__all__ = ["LEDGER", "Embedder", "Stores", "Verification", "embedding_text", "index_fields", "text_hash"]

logger = logging.getLogger(__name__)

LEDGER, WORDS, VECTORS, LOCK, WRITER = "ledger.sqlite", "words", "vectors", "write.lock", "writer.json"


class Embedder(Protocol):
    """What the stores need of an embedding model."""

    name: str

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape `(len(texts), dimensions)`."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the three stores agree.

    Attributes:
        articles: Live articles.
        passages: Live passages.
        problems: What does not agree, one line each; empty when all is well.
    """

    articles: int
    passages: int
    problems: tuple[str, ...] = field(default=())


class Stores:
    """Ledger, lexical index and vector index of one data directory.

    Args:
        root: The data directory.
        create: Make it when it is not there.

    Raises:
        IndexMissing: There is no ledger and `create` is off.
        StoreError: The ledger cannot be used.
    """

    def __init__(self, root: Path, *, create: bool = False) -> None:
        self.root = root
        self.ledger = Ledger(root / LEDGER, create=create)
        self.words = LexicalIndex(root / WORDS)
        self.vectors = VectorIndex(root / VECTORS)

    def close(self) -> None:
        """Let go of every file."""
        self.vectors.close()
        self.ledger.close()

    @property
    def model(self) -> str | None:
        """Name of the embedding model the vectors were made with, or None before the first run."""
        return self.ledger.meta("model")

    def require_model(self, name: str) -> None:
        """Raise unless the vectors were made by the model `name`.

        Raises:
            IndexMismatch: They were made by another model.
        """
        generation = self.vectors.generation()
        model = generation.model if generation is not None else self.model
        if model not in (None, name):
            raise IndexMismatch(
                f"The articles in {self.root} were embedded with {model}, the settings say {name}",
                hint="Run `hoibao ingest` again to embed them anew, or set HOIBAO_EMBEDDING_MODEL, HOIBAO_PASSAGE_PREFIX and "
                "HOIBAO_EMBEDDING_DIMENSIONS back.",
            )

    @contextmanager
    def writing(self, *, wait: float = 0.0) -> Iterator[None]:
        """Hold the writer's lock; the operating system gives it back when the process dies.

        Args:
            wait: Seconds to wait for another writer to finish.

        Raises:
            Locked: Another process still holds it.
        """
        lock = FileLock(self.root / LOCK)
        try:
            lock.acquire(timeout=wait)
        except Timeout as exc:
            raise Locked(
                f"Another process is writing to {self.root}{self._writer()}",
                hint="Wait until it has finished; questions can be asked meanwhile.",
            ) from exc
        try:
            mine = {
                "process": os.getpid(),
                "host": socket.gethostname(),
                "since": datetime.now(UTC).isoformat("T", "seconds"),
            }
            (self.root / WRITER).write_text(json.dumps(mine), encoding="utf-8")
            yield
        finally:
            (self.root / WRITER).unlink(missing_ok=True)
            lock.release()

    def recover(self) -> None:
        """Undo what an interrupted run left, and make again an index that does not match the ledger.

        Call under `writing()`.
        """
        gone = self.ledger.sweep()
        live = self.ledger.numbers()
        if not self._words_hold(live, without=gone):
            self.rebuild_words()
        if self.model is None:
            self.vectors.forget()
        elif not self._vectors_hold(live, without=gone):
            try:
                self.rebuild_vectors()
            except StoreError:  # a vector is not cached any more: the next publication embeds again
                logger.exception("The vector index cannot be made again from what is cached")
                self.vectors.forget()
        self.vectors.sweep()

    def take_out(self, numbers: Sequence[int]) -> None:
        """Take passages that are no longer live out of both indexes. Call under `writing()`."""
        self.words.update(remove=numbers)
        self.vectors.drop(numbers)

    def rebuild_words(self) -> None:
        """Make the lexical index again from the ledger. Call under `writing()`."""
        self.words.rebuild((p.number, index_fields(p, a)) for p, a in self.ledger.passages())

    def rebuild_vectors(self) -> None:
        """Make the vector index again from the cached vectors. Call under `writing()`.

        Raises:
            IndexMissing: Nothing has been ingested.
        """
        if self.model is None:
            raise IndexMissing(f"Nothing has been ingested in {self.root}", hint="Run `hoibao ingest FOLDER` first.")
        numbers = self.ledger.numbers()
        batches = (self.ledger.cache.of(part, model=self.model) for part in parts(numbers))
        self.vectors.rebuild(numbers, batches, model=self.model)
        self.vectors.sweep()

    def verify(self) -> Verification:
        """Compare the three stores, passage by passage."""
        live = set(self.ledger.numbers())
        problems: list[str] = []
        if self.model is None and not live:
            return Verification(0, 0)
        for name, index in (("lexical", self.words), ("vector", self.vectors)):
            try:
                stored = index.stored()
            except StoreError as exc:
                problems.append(f"{name} index: {exc}")
                continue
            if missing := live - stored:
                problems.append(f"{name} index: {len(missing)} passages are missing")
            if extra := stored - live:
                problems.append(f"{name} index: {len(extra)} passages are not in the ledger")
        problems += [
            f"article {a.id}: passage {p.id} does not match its text"
            for p, a in self.ledger.passages()
            if p.text != a.text[p.start : p.end] or not p.text
        ]
        return Verification(self.ledger.count(), len(live), tuple(problems))

    def _words_hold(self, live: list[int], *, without: list[int]) -> bool:
        """Return whether the lexical index holds just the live passages, once those of `without` are taken out."""
        try:
            if without:
                self.words.update(remove=without)
            return self.words.holds(live)
        except StoreError:
            return False

    def _vectors_hold(self, live: list[int], *, without: list[int]) -> bool:
        """Return whether the vector index leads to just the live passages, once those of `without` are dropped."""
        try:
            if without:
                self.vectors.drop(without)
            return self.vectors.holds(live, model=self.model or "")
        except StoreError:
            return False

    def _writer(self) -> str:
        try:
            who = json.loads((self.root / WRITER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        return f" (process {who.get('process')} on {who.get('host')}, since {who.get('since')})"


def embedding_text(text: str, title: str) -> str:
    """Return what is embedded of a passage: its title gives it the subject it seldom repeats."""
    return text if text.startswith(title) else f"{title}\n{text}"


def text_hash(text: str) -> bytes:
    """Return the 16-byte BLAKE2b digest under which the vector of `text` is cached."""
    return blake2b(text.encode(), digest_size=16).digest()


def index_fields(passage: Passage, article: Article) -> dict[str, str]:
    """Return what the lexical index holds of a passage: its words, those of its title, and its dates."""
    dates = tuple(d for d in article.dates if passage.start <= d.start and d.end <= passage.end)
    title_end = article.blocks[0].end if article.blocks and article.blocks[0].kind is BlockKind.TITLE else 0
    whole = tuple(d for d in (article.event, article.published) if d is not None)
    titled = tuple(d for d in article.dates if d.end <= title_end and d not in dates)
    return fields_of(passage.text, article.title, dates + whole + titled)
