"""What the tests of the stores share: a small model, articles ready to be staged, a run over texts, and ways to stop it."""

import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.identity import url_key
from ingest.prepare import prepare, record_hash
from ingest.records import Record
from qa.copies import signature
from qa.edit import Edit, editing
from qa.facets import outlets_of, times_of
from qa.language.forms import words
from qa.ledger import Ledger
from qa.lexical import LexicalIndex
from qa.lexical_edit import LexicalEdit
from qa.records import row_of
from qa.schema import Article, Block, BlockKind
from qa.sources import FileState, Sources, labelled
from qa.staging import Prepared, Staging
from qa.stores import Stores, text_hash
from qa.terms import Group, Term
from qa.vector_cache import VectorCache
from qa.vector_edit import VectorEdit
from qa.vectors import VectorIndex

Files = Mapping[str, Sequence[Record]]
"""The records of each file, by its path."""
NOW = "2020-01-01T00:00:00+00:00"


class HashedWords:
    """A model that needs no files: hashed bags of words, the same for the same name and text."""

    def __init__(self, name: str = "hashed-words", *, dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.texts: list[str] = []

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        self.texts += texts
        return self.vectors(texts)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.1
            for word in words(text):
                row[zlib.crc32(f"{self.name} {word}".encode()) % self.dimensions] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


# --- articles ---------------------------------------------------------------------------------------------------------


def made(name: str, *paragraphs: str) -> Article:
    """Return an article whose first paragraph is its title."""
    blocks, start = [], 0
    for i, paragraph in enumerate(paragraphs):
        blocks.append(Block(BlockKind.BODY if i else BlockKind.TITLE, start, start + len(paragraph)))
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    return Article(
        id=sha256(name.encode()).hexdigest()[:16],
        source=f"folder/{name}",
        title=paragraphs[0],
        text=text,
        blocks=tuple(blocks),
        language="vi",
        content_hash=sha256(text.encode()).hexdigest(),
    )


def staged(article: Article, *, key: str = "", path: str = "", digest: bytes = b"r") -> Prepared:
    """Return the article ready to be staged, a passage a paragraph, the hash of which is that of its text."""
    return Prepared(
        row=row_of(article),
        path=path or f"/{article.source}",
        key=key,
        label=labelled(article.source, key),
        record_hash=digest,
        url_key=url_key(article.url),
        signature=signature(article.text),
        passages=[
            (b.kind.value, b.start, b.end, text_hash(article.text[b.start : b.end]))
            for b in article.blocks
            if b.kind is not BlockKind.HOLE
        ],
        fields=[],
        times=times_of(article),
        outlets=outlets_of(article),
    )


def ready(path: str, record: Record) -> Prepared:
    """Return a record of a file ready to be staged, as ingestion makes it."""
    return prepare(record, path=path, label=path.lstrip("/"), digest=record_hash(record))


def one(text: str, **fields: Any) -> list[Record]:
    """Return the only record of a file."""
    return [Record(text, **fields)]


def news(seed: int, *, words: int = 60) -> str:
    """Return a text that shares no three words in a row with that of another seed."""
    body = " ".join(f"tiếng{seed}x{i}" for i in range(words))
    return f"Bản tin mục{seed}\n\nMở đầu chuyện{seed} {body}."


# --- runs -------------------------------------------------------------------------------------------------------------


def run(root: Path, embedder: HashedWords, files: Files, *, fuse: "Fuse | None" = None) -> list[str]:
    """Do what a pruning run of the pipeline does, with texts instead of files; return what each new record was."""
    stores = Stores(root, create=True)
    try:
        with stores.writing():
            stores.recover()
            with armed(fuse):
                return work(stores, embedder, files)
    finally:
        stores.close()


def work(stores: Stores, embedder: HashedWords, files: Files) -> list[str]:
    """Do the part of a run that comes after `recover()`."""
    sources, outcomes = stores.ledger.sources, []
    known = sources.files()
    for path in sorted(known.keys() - files.keys()):
        sources.forget(path)
    with change(stores, embedder, files) as edit:
        for path, records in files.items():
            state = state_of(path, records)
            if known.get(path) == state:
                continue
            had = sources.of_file(path)
            keys = {r.key or "": record_hash(r) for r in records}
            fresh = [r for r in records if had.get(r.key or "") is None or had[r.key or ""].record_hash != keys[r.key or ""]]  # fmt: skip
            outcomes += edit.add([ready(path, r) for r in fresh])
            sources.stage([state])
            if vanished := had.keys() - keys.keys():
                sources.forget(path, vanished)
        edit.publish()
    return outcomes


@contextmanager
def change(
    stores: Stores, embedder: HashedWords, files: Files, told: Callable[[int, int], None] = lambda *_: None
) -> Iterator[Edit]:
    """Yield an edit of the stores for which there are just these files."""
    with editing(stores, embedder, is_gone=lambda path: path not in files, on_embedded=told) as edit:
        yield edit


def state_of(path: str, records: Sequence[Record]) -> FileState:
    raw = b"".join(record_hash(r) for r in records)
    return FileState(path, len(raw), 0, sha256(raw).hexdigest(), records=len(records))


def texts_of(files: Files) -> dict[str, str]:
    """Return `{source: text}` as these files give it when each record is an article of its own."""
    prepared = [ready(path, r) for path, records in files.items() for r in records]
    return {p.label: p.row.text for p in prepared}


# --- what readers see -------------------------------------------------------------------------------------------------


def answers(root: Path, embedder: HashedWords) -> dict[str, str]:
    """Return `{source: text}` of every article that a reader comes to through words or vectors, as retrieval does."""
    stores = Stores(root)
    try:
        stores.require_model(embedder.name)
        reached = _reached(stores, embedder)
        found: dict[str, str] = {}
        for passage, about in stores.ledger.find(sorted(reached)).values():
            assert found.setdefault(about.source, about.text) == about.text  # never two forms of one article
            assert passage.text == about.text[passage.start : passage.end]
        return found
    finally:
        stores.close()


def _reached(stores: Stores, embedder: HashedWords) -> set[int]:
    """Return the passages that are found both by their words and by their vectors; it must be the same ones."""
    by_words, by_vector = set(), set()
    live = set(stores.ledger.numbers())
    for passage, _ in stores.ledger.passages():
        groups = [Group(((Term("words", word),),)) for word in words(passage.text)]
        by_words |= {n for n, _ in stores.words.search(groups, k=100)}
        by_vector |= {n for n, _ in stores.vectors.search(embedder.vectors([passage.text])[0], k=100)}
    assert by_words & live == by_vector & live == live
    return by_words | by_vector


def agreed(root: Path, expected: Mapping[str, str], embedder: HashedWords) -> None:
    """Check that the three stores hold exactly the articles expected, each vector with its own passage."""
    stores = Stores(root)
    try:
        verification = stores.verify()
        assert verification.problems == ()
        assert verification.articles == len(expected)
        assert {a.source: a.text for a in stores.ledger.articles()} == dict(expected)
        assert stores.model == embedder.name
        numbers = stores.ledger.numbers()
        assert stores.words.count() == verification.passages == len(numbers)  # none of them twice
        for number, vector in zip(numbers, stores.ledger.cache.of(numbers, model=embedder.name), strict=True):
            assert dict(stores.vectors.search(vector, k=100))[number] == pytest.approx(1.0, abs=1e-4)
        cached = stores.ledger.cache.find([text_hash(t) for t in embedder.texts], model=embedder.name)
        for text, vector in zip(embedder.texts, embedder.vectors(embedder.texts), strict=True):
            assert np.allclose(cached.get(text_hash(text), vector), vector)  # each text has its own vector
        for table in ("sources", "files", "articles"):
            query = f"SELECT count(*) FROM {table} WHERE state IN ('pending', 'dead')"
            assert stores.ledger.connection.execute(query).fetchone() == (0,)
    finally:
        stores.close()
    if expected:
        assert answers(root, embedder) == dict(expected)


# --- the end of a process ---------------------------------------------------------------------------------------------


class Crash(BaseException):
    """The end of a process, as far as the stores can tell: nothing catches it."""


def _crash() -> None:
    raise Crash


STEPS: tuple[tuple[type, str], ...] = (
    (Sources, "forget"),
    (Staging, "add"),
    (Sources, "stage"),
    (HashedWords, "encode_documents"),
    (VectorCache, "add"),
    (VectorEdit, "add"),
    (LexicalEdit, "commit"),
    (VectorEdit, "publish"),
    (Ledger, "publish"),
    (Ledger, "sweep"),
    (LexicalIndex, "update"),
    (VectorIndex, "drop"),
    (VectorCache, "sweep"),
    (VectorIndex, "sweep"),
)
"""Where a run may end."""


class Fuse:
    """Ends the process at one place of a run; `end` is what it does.

    Attributes:
        reached: The places the run came to.
    """

    def __init__(self, place: str, end: Callable[[], None] = _crash) -> None:
        self.place = place
        self.end = end
        self.reached: list[str] = []
        self._passed: Counter[str] = Counter()

    def around(self, owner: type, name: str) -> Callable[..., Any]:
        method, step = getattr(owner, name), f"{owner.__name__}.{name}"

        def fused(*args: Any, **kwargs: Any) -> Any:
            self._passed[step] += 1
            at = f"{step} {self._passed[step]}"
            self._reach(f"before {at}")
            result = method(*args, **kwargs)
            self._reach(f"after {at}")
            return result

        return fused

    def _reach(self, place: str) -> None:
        self.reached.append(place)
        if place == self.place:
            self.end()


@contextmanager
def armed(fuse: Fuse | None) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS if fuse is not None else ():
            assert fuse is not None
            patch.setattr(owner, name, fuse.around(owner, name))
        yield


def crash(root: Path, embedder: HashedWords, files: Files, place: str) -> None:
    """Have a run end at a place."""
    with pytest.raises(Crash):
        run(root, embedder, files, fuse=Fuse(place))


def python_path() -> str:
    """Return a PYTHONPATH under which another process finds the project and its tests."""
    tests = Path(__file__).resolve().parent
    return os.pathsep.join([str(tests.parent), str(tests)])
