"""The lexical index: BM25 over words, neighbouring words and their forms without diacritics, in tantivy.

Every field holds terms made here and split at white space only, so that what is indexed and what is asked for are made
by the same function.
"""

import itertools
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import IndexMismatch, IndexMissing, StoreError
from qa.language.forms import fold, tokens
from qa.schema import DateMention

__all__ = ["FIELDS", "Document", "Group", "LexicalIndex", "Term", "date_terms", "pairs", "singles"]

LAYOUT = "1"
LAYOUT_FILE = "LAYOUT"
META = "meta.json"
"""Tantivy's own account of the index, replaced whole by every commit."""
REBUILD = "Run `hoibao rebuild`; nothing needs to be embedded again."
HEAP = 64_000_000
"""Bytes the writer may use before it flushes a segment."""

FIELDS = ("words", "pairs", "plain", "plain_pairs", "title", "title_plain", "dates")
"""`words` and `pairs` keep diacritics, the `plain` ones do not; `title` holds both words and pairs."""

_GAP = re.compile(r"\s*[-–]?\s*")
"""What may stand between two words of a pair: spaces or a hyphen, no other punctuation."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed of one passage."""

    number: int
    text: str
    title: str
    dates: tuple[DateMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a query in one of `FIELDS`, with its weight."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives that say the same thing: the best one counts (a disjunction maximum), its terms added up."""

    alternatives: tuple[tuple[Term, ...], ...]


def singles(text: str) -> list[str]:
    """Return the words of `text` in matching form."""
    return [t[0] for t in tokens(text)]


def pairs(text: str) -> list[str]:
    """Return each two neighbouring words as one term: `chủ trì hội nghị` → `chủ_trì`, `trì_hội`, `hội_nghị`."""
    found = tokens(text)
    return [
        f"{left}_{right}"
        for (left, _, end), (right, start, _) in itertools.pairwise(found)
        if _GAP.fullmatch(text, end, start)
    ]


def date_terms(dates: Iterable[DateMention]) -> list[str]:
    """Return terms under which one date meets however it is written: the whole, day and month, month, year."""
    terms: list[str] = []
    for value in (d.value for d in dates):
        if value.startswith("--"):
            terms.append(f"d{value[2:]}")
            continue
        terms.append(f"y{value[:4]}")
        if len(value) >= 7:
            terms.append(f"m{value[:7]}")
        if len(value) == 10:
            terms += [f"d{value}", f"d{value[5:]}"]
    return terms


class LexicalIndex:
    """The lexical index of a data directory.

    Args:
        root: Folder of the index.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._guard = threading.Lock()
        self._index: Any = None
        self._stamp = b""

    def update(self, *, add: Iterable[Document] = (), remove: Iterable[int] = ()) -> None:
        """Delete and add passages in one commit. Call under the writer's lock.

        Raises:
            StoreError: The index cannot be written.
        """
        import tantivy

        index = self._open(create=True)
        try:
            writer = index.writer(heap_size=HEAP, num_threads=1)
            try:
                for number in remove:
                    writer.delete_documents_by_term("number", number)
                for document in add:
                    writer.add_document(tantivy.Document(**_fields(document)))
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()  # also gives its lock back
        except (ValueError, OSError) as exc:
            raise StoreError(f"The lexical index cannot be written: {exc}", hint="Is the disk full?") from exc

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Make the index anew from `documents`. Call under the writer's lock."""
        with self._guard:
            self._index = None
        shutil.rmtree(self.root, ignore_errors=True)
        self.update(add=documents)

    def search(self, query: Sequence[Group], *, k: int) -> list[tuple[int, float]]:
        """Return `(passage number, BM25 score)`, best first.

        Args:
            query: Groups of which any may match; the scores of those that do are added.
            k: How many, at most.

        Raises:
            IndexMissing: The index is gone.
            StoreError: It cannot be searched.
        """
        if not query or k < 1:
            return []
        import tantivy

        schema, searcher = self._reader()
        clauses = [(tantivy.Occur.Should, _clause(schema, group)) for group in query if group.alternatives]
        try:
            hits = searcher.search(tantivy.Query.boolean_query(clauses), k).hits
            return [(int(searcher.doc(address)["number"][0]), float(score)) for score, address in hits]
        except (ValueError, OSError) as exc:
            raise StoreError(f"The lexical index cannot be searched: {exc}", hint=REBUILD) from exc

    def frequencies(self) -> Callable[[str, str], int]:
        """Return a function that says in how many passages a term of a field stands, as of now."""
        _, searcher = self._reader()
        return lambda field, text: int(searcher.doc_freq(field, text))

    def count(self) -> int:
        """Return how many passages are indexed."""
        _, searcher = self._reader()
        return int(searcher.num_docs)

    def stored(self) -> set[int]:
        """Return the passage numbers the index holds."""
        import tantivy

        _, searcher = self._reader()
        hits = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
        return {int(searcher.doc(address)["number"][0]) for _, address in hits}

    def _reader(self) -> tuple[Any, Any]:
        """Return the schema and a searcher of the last commit."""
        index = self._open(create=False)
        try:
            with self._guard:
                stamp = (self.root / META).read_bytes()  # a time would miss a commit within the same tick
                if stamp != self._stamp:
                    index.reload()
                    self._stamp = stamp
            return index.schema, index.searcher()
        except (ValueError, OSError) as exc:
            raise StoreError(f"The lexical index {self.root} cannot be read: {exc}", hint=REBUILD) from exc

    def _open(self, *, create: bool) -> Any:
        import tantivy

        with self._guard:
            if self._index is not None and (self.root / META).exists():
                return self._index
            there = (self.root / META).exists()
            if not there and not create:
                raise IndexMissing(f"There is no lexical index in {self.root}", hint=REBUILD)
            layout = self.root / LAYOUT_FILE
            if there and (not layout.exists() or layout.read_text(encoding="utf-8") != LAYOUT):
                raise IndexMismatch(f"The lexical index {self.root} has another layout", hint=REBUILD)
            self.root.mkdir(parents=True, exist_ok=True)
            try:
                self._index = tantivy.Index(_schema(), path=str(self.root))
            except (ValueError, OSError) as exc:
                raise StoreError(f"The lexical index {self.root} cannot be opened: {exc}", hint=REBUILD) from exc
            if not there:
                layout.write_text(LAYOUT, encoding="utf-8")
            self._stamp = b""
            return self._index


def _clause(schema: Any, group: Group) -> Any:
    import tantivy

    def weighted(term: Term) -> Any:
        return tantivy.Query.boost_query(tantivy.Query.term_query(schema, term.field, term.text, "freq"), term.weight)

    def added(terms: tuple[Term, ...]) -> Any:
        if len(terms) == 1:
            return weighted(terms[0])
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, weighted(t)) for t in terms])

    parts = [added(terms) for terms in group.alternatives]
    return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=True, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _fields(document: Document) -> dict[str, Any]:
    single, double = singles(document.text), pairs(document.text)
    title = [*singles(document.title), *pairs(document.title)]
    texts = {
        "words": single,
        "pairs": double,
        "plain": map(fold, single),
        "plain_pairs": map(fold, double),
        "title": title,
        "title_plain": map(fold, title),
        "dates": date_terms(document.dates),
    }
    return {"number": document.number, **{name: " ".join(terms) for name, terms in texts.items()}}
