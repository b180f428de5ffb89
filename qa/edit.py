"""One change to the three stores, in the one order that a crash cannot break.

    rows pending in the ledger → vectors cached → lexical commit and vector generation in place
    → one ledger transaction: pending becomes live, replaced and removed becomes dead → the dead are swept

At every instant an article is there in its old form or its new one, never in both or neither.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.lexical_edit import LexicalEdit
from qa.staging import Prepared, Staging
from qa.stores import Embedder, Stores, embedding_text, text_hash
from qa.vector_edit import VectorEdit

__all__ = ["Edit", "editing", "moment", "removing"]

EMBED_BATCH = 1024
"""Passages embedded at once."""

_Passage = tuple[int, bytes, str]
"""Number, hash and text of a passage that is to be embedded."""


@contextmanager
def editing(
    stores: Stores,
    embedder: Embedder,
    *,
    is_gone: Callable[[str], bool],
    on_embedded: Callable[[int, int], None],
) -> Iterator["Edit"]:
    """Yield a change to the stores; what is not published when the block ends is not there. Call under `writing()`.

    Args:
        stores: What is changed; `recover()` must have been called.
        embedder: Makes the vectors that are not cached yet. Another model than last time embeds everything again.
        is_gone: Says of a path whether no file stands there any more.
        on_embedded: Called with `(passages embedded, passages staged)`.
    """
    edit = Edit(stores, embedder, Staging(stores.ledger, is_gone=is_gone), on_embedded)
    try:
        yield edit
    finally:
        edit.abandon()


def removing(root: Path, ids: Sequence[str], *, erase: bool = False, wait: float = 0.0) -> None:
    """Remove articles from a data directory; they stay out until their file changes.

    Args:
        root: The data directory.
        ids: Ids of articles; those that are not live are left as they are.
        erase: Delete their text and their earlier versions, too.
        wait: Seconds to wait for another process that is writing.

    Raises:
        IndexMissing: Nothing has been ingested there.
        Locked: Another process is writing there.
    """
    stores = Stores(root)
    try:
        with stores.writing(wait=wait):
            stores.recover()
            if stores.model is not None:  # else nothing has ever been live
                stores.ledger.publish(model=stores.model, now=moment(), remove=ids)
            stores.take_out(stores.ledger.sweep())
            stores.ledger.cache.sweep()
            if erase:
                for id in ids:
                    stores.ledger.erase(id)
    finally:
        stores.close()


class Edit:
    """A change to the stores that grows until it is published; then it may grow again. Made by `editing`."""

    def __init__(
        self,
        stores: Stores,
        embedder: Embedder,
        staging: Staging,
        on_embedded: Callable[[int, int], None],
    ) -> None:
        self._stores = stores
        self._embedder = embedder
        self._staging = staging
        self._on_embedded = on_embedded
        self._opened = ExitStack()
        self._words: LexicalEdit | None = None
        self._vectors: VectorEdit | None = None
        self._buffer: list[_Passage] = []
        self._done = self._total = 0

    def add(self, articles: Sequence[Prepared]) -> list[str]:
        """Stage articles; return what each is: `added`, `updated`, or `again` when it is there already."""
        outcomes = self._staging.add(articles)
        self._index([a for a, outcome in zip(articles, outcomes, strict=True) if outcome != "again"])
        return outcomes

    def restore(self, article: Prepared, id: str) -> bool:
        """Stage an article under the id it had before it was removed; return False when one of this id is there again."""
        staged = self._staging.restore(article, id)
        self._index([article] if staged else [])
        return staged

    def _index(self, fresh: Sequence[Prepared]) -> None:
        if fresh:
            words, _ = self._open()
            for article in fresh:
                for number, fields in zip(article.numbers, article.fields, strict=True):
                    words.add(number, fields)
                self._buffer += _texts(article)
            self._total += sum(len(a.numbers) for a in fresh)
            self._embed(at_least=EMBED_BATCH)

    def publish(self, *, gone: Sequence[tuple[str, Collection[str] | None]] = ()) -> None:
        """Turn what was staged live, and what nothing gives any more dead.

        Args:
            gone: `(path, keys)` of files and records that are not there any more; keys None for the whole file.

        Raises:
            StoreError: An index could not be written; nothing has changed for readers.
            ModelError: The model cannot be loaded.
        """
        stores, name = self._stores, self._embedder.name
        indexed = self._words is not None or stores.model not in (None, name) or stores.vectors.generation() is None
        if not (indexed or gone or stores.ledger.has_unpublished()):
            return
        if indexed:
            words, vectors = self._open()
            self._embed(at_least=1)
            words.remove(self._staging.superseded)
            words.commit()
            vectors.publish()
        stores.ledger.publish(model=name, now=moment(), gone=gone)
        self.abandon()
        if dead := stores.ledger.sweep() + self._staging.superseded:
            stores.take_out(dead)
            stores.ledger.cache.sweep()
        stores.vectors.sweep()
        self._staging.superseded = []
        self._done = self._total = 0

    def abandon(self) -> None:
        """Let go of what was not published; its rows are swept by the next run."""
        self._buffer = []
        self._words = self._vectors = None
        self._opened.close()

    def _open(self) -> tuple[LexicalEdit, VectorEdit]:
        if self._words is None or self._vectors is None:
            stores = self._stores
            self._words = self._opened.enter_context(stores.words.editing())
            self._vectors = self._opened.enter_context(stores.vectors.editing(model=self._embedder.name))
            if stores.model not in (None, self._embedder.name) or stores.vectors.generation() is None:
                self._embed_again()
        return self._words, self._vectors

    def _embed_again(self) -> None:
        """Embed what is live, with a new model or because its index is gone; it stays live until it is replaced."""
        self._total += self._stores.ledger.passage_count()
        for passage, article in self._stores.ledger.passages():
            text = embedding_text(passage.text, article.title)
            self._buffer.append((passage.number, text_hash(text), text))
            self._embed(at_least=EMBED_BATCH)

    def _embed(self, *, at_least: int) -> None:
        """Embed what is buffered, batch by batch, and hand the vectors on to the index."""
        while len(self._buffer) >= at_least:
            batch, self._buffer = self._buffer[:EMBED_BATCH], self._buffer[EMBED_BATCH:]
            _, vectors = self._open()
            vectors.add([number for number, _, _ in batch], self._vectors_of(batch))
            self._done += len(batch)
            self._on_embedded(self._done, self._total)

    def _vectors_of(self, batch: list[_Passage]) -> NDArray[np.float32]:
        ledger, model = self._stores.ledger, self._embedder.name
        texts = {h: text for _, h, text in batch}
        found = ledger.cache.find(list(texts), model=model)
        todo = [h for h in texts if h not in found]
        if todo:
            made = self._embedder.encode_documents([texts[h] for h in todo])
            fresh = dict(zip(todo, made, strict=True))
            ledger.cache.add(fresh.items(), model=model)
            found |= fresh
        return np.stack([found[h] for _, h, _ in batch])


def moment() -> str:
    """Return now, ISO 8601, in UTC, to the second."""
    return datetime.now(UTC).isoformat("T", "seconds")


def _texts(article: Prepared) -> list[_Passage]:
    text, title = article.row.text, article.row.title
    return [
        (number, digest, embedding_text(text[start:end], title))
        for number, (_, start, end, digest) in zip(article.numbers, article.passages, strict=True)
    ]
