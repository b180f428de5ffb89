"""The three stores of a data directory, and the one order in which they are written.

    rows pending in the ledger → vectors cached → lexical commit and new vector generation → pending becomes live

Nothing of an interrupted write is ever answered from: readers ask the ledger which passages are live. What was left
behind is swept by the next writer.
"""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from qa.errors import IndexMismatch, IndexMissing, Locked, StoreError
from qa.ledger import Ledger
from qa.lexical import Document, LexicalIndex
from qa.schema import Article, BlockKind, Passage
from qa.vectors import VectorIndex

__all__ = ["LEDGER", "Embedder", "Stores", "Verification", "embedding_text", "text_hash"]

LEDGER, WORDS, VECTORS, LOCK, WRITER = "ledger.sqlite", "words", "vectors", "write.lock", "writer.json"
EMBED_BATCH = 256


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
                f"The articles in {self.root} were embedded with {model}, the setting says {name}",
                hint="Run `hoibao ingest` again to embed them with the new model, or set HOIBAO_EMBEDDING_MODEL back.",
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; the operating system gives it back when the process dies.

        Raises:
            Locked: Another process holds it.
        """
        lock = FileLock(self.root / LOCK)
        try:
            lock.acquire(timeout=0)
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
        """Undo what an interrupted run left, and make again an index that does not match the ledger."""
        gone = self.ledger.sweep()
        live = self.ledger.numbers()
        if not self._words_hold(live, without=gone):
            self.rebuild_words()
        if self.model is None:
            self.vectors.forget()
        elif not self.vectors.holds(live, model=self.model):
            self.rebuild_vectors()
        self.vectors.sweep()

    def publish(
        self,
        embedder: Embedder,
        *,
        remove: list[str] | None = None,
        on_embedded: Callable[[int, int], None] | None = None,
    ) -> None:
        """Turn what is pending live, in the order that a crash cannot break. Call under `writing()`.

        Args:
            embedder: Makes the vectors that are not cached yet. Another model than last time embeds everything again.
            remove: Ids of articles to remove.
            on_embedded: Called with `(passages done, passages to do)`.
        """
        states = ("live", "pending")
        changed = self.model not in (None, embedder.name)
        self._embed(embedder, states=states if changed else ("pending",), on_embedded=on_embedded)
        self.words.update(add=(_document(p, a) for p, a in self.ledger.passages(states=("pending",))))
        self._build_vectors(embedder.name, states=states)  # what is about to go stays in it as long as it is live
        self.ledger.publish(model=embedder.name, remove=remove or [])
        gone = self.ledger.sweep()
        if gone:
            self.words.update(remove=gone)
            self._build_vectors(embedder.name, states=("live",))
            self.ledger.sweep_vectors()
        self.vectors.sweep()

    def rebuild_words(self) -> None:
        """Make the lexical index again from the ledger. Call under `writing()`."""
        self.words.rebuild(_document(p, a) for p, a in self.ledger.passages())

    def rebuild_vectors(self) -> None:
        """Make the vector index again from the cached vectors. Call under `writing()`.

        Raises:
            IndexMissing: Nothing has been ingested.
        """
        if self.model is None:
            raise IndexMissing(f"Nothing has been ingested in {self.root}", hint="Run `hoibao ingest FOLDER` first.")
        self._build_vectors(self.model, states=("live",))
        self.vectors.sweep()

    def verify(self) -> Verification:
        """Compare the three stores, passage by passage."""
        live = set(self.ledger.numbers())
        problems = []
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

    def _embed(
        self, embedder: Embedder, *, states: tuple[str, ...], on_embedded: Callable[[int, int], None] | None
    ) -> None:
        texts = {text_hash(t): t for t in (embedding_text(p, a) for p, a in self.ledger.passages(states=states))}
        wanted = self.ledger.missing_vectors(texts, model=embedder.name)
        todo = [h for h in texts if h in wanted]
        for i in range(0, len(todo), EMBED_BATCH):
            part = todo[i : i + EMBED_BATCH]
            vectors = embedder.encode_documents([texts[h] for h in part])
            self.ledger.add_vectors(zip(part, vectors, strict=True), model=embedder.name)
            if on_embedded is not None:
                on_embedded(i + len(part), len(todo))

    def _build_vectors(self, model: str, *, states: tuple[str, ...]) -> None:
        numbers = self.ledger.numbers(states=states)
        self.vectors.build(numbers, self.ledger.vectors(numbers, model=model), model=model)

    def _words_hold(self, live: list[int], *, without: list[int]) -> bool:
        """Return whether the lexical index holds just the live passages, once those of `without` are taken out."""
        try:
            if without:
                self.words.update(remove=without)
            return self.words.stored() == set(live) and self.words.count() == len(live)
        except StoreError:
            return False

    def _writer(self) -> str:
        try:
            who = json.loads((self.root / WRITER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        return f" (process {who.get('process')} on {who.get('host')}, since {who.get('since')})"


def embedding_text(passage: Passage, article: Article) -> str:
    """Return what is embedded of a passage: its title gives it the subject it seldom repeats."""
    return passage.text if passage.kind is BlockKind.TITLE else f"{article.title}\n{passage.text}"


def text_hash(text: str) -> bytes:
    """Return the 16-byte BLAKE2b digest under which the vector of `text` is cached."""
    return blake2b(text.encode(), digest_size=16).digest()


def _document(passage: Passage, article: Article) -> Document:
    dates = tuple(d for d in article.dates if passage.start <= d.start and d.end <= passage.end)
    title_end = article.blocks[0].end if article.blocks and article.blocks[0].kind is BlockKind.TITLE else 0
    whole = tuple(d for d in (article.event, article.published) if d is not None)
    titled = tuple(d for d in article.dates if d.end <= title_end and d not in dates)
    return Document(passage.number, passage.text, article.title, dates + whole + titled)
