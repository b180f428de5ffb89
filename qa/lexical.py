"""The lexical index: BM25 over words, neighbouring words and their forms without diacritics, in tantivy.

Every field holds terms made by `qa.terms` and split at white space only, so that what is indexed and what is asked for
are made by the same functions. A change is one commit, seen whole or not at all; an index that is made anew grows in a
folder of its own, and a pointer leads to it once it is complete.
"""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from qa.errors import IndexMismatch, IndexMissing, StoreError
from qa.generations import REBUILD, Generations, is_name
from qa.lexical_edit import LexicalEdit, opened
from qa.terms import Group, Term

__all__ = ["Frequencies", "LexicalIndex"]

LAYOUT = "2"
META = "meta.json"
"""Tantivy's own account of the index, replaced whole by every commit."""
TRIES = 5
COUNTED = 16_384
"""Terms of which is remembered in how many passages they stand, some 4 MB."""


class Frequencies:
    """In how many passages a term stands, in one state of the index; many questions ask for the same words.

    Attributes:
        passages: How many there are.

    Args:
        searcher: A searcher of tantivy.
    """

    def __init__(self, searcher: Any) -> None:
        self.passages = int(searcher.num_docs)
        self._counted: Callable[[str, str], int] = lru_cache(maxsize=COUNTED)(searcher.doc_freq)

    def __call__(self, field: str, text: str) -> int:
        """Return in how many passages a term of a field stands."""
        return self._counted(field, text)


class LexicalIndex:
    """The lexical index of a data directory.

    Args:
        root: Folder of the index.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = Generations(root)
        self._guard = threading.Lock()
        self._folder: Path | None = None
        self._index: Any = None
        self._stamp = b""
        self._frequencies: Any = None

    @contextmanager
    def editing(self, *, anew: bool = False) -> Iterator["LexicalEdit"]:
        """Yield an edit; readers see nothing of it before `commit()`. Call under the writer's lock.

        Args:
            anew: Begin with an empty index in place of what is there, which stays until the commit.

        Raises:
            IndexMismatch: The index has another layout and is not made anew.
            StoreError: The index cannot be written.
        """
        there = None if anew else self._current()
        folder = self._generations.fresh() if there is None else there
        try:
            edit = LexicalEdit(folder, (lambda: self._lead_to(folder)) if there is None else None)
            try:
                yield edit
            finally:
                edit.close()
        finally:
            if there is None and self._led_to() != folder.name:
                shutil.rmtree(folder, ignore_errors=True)

    def update(self, *, add: Iterable[tuple[int, Mapping[str, str]]] = (), remove: Iterable[int] = ()) -> None:
        """Remove and then add passages, given as in an edit, in one commit. Call under the writer's lock.

        Raises:
            StoreError: The index cannot be written.
        """
        with self.editing() as edit:
            edit.remove(remove)
            for number, fields in add:
                edit.add(number, fields)
            edit.commit()

    def rebuild(self, documents: Iterable[tuple[int, Mapping[str, str]]]) -> None:
        """Make the index anew of `(number, fields)`; what is there serves readers until then. Call under the writer's lock.

        Raises:
            StoreError: The index cannot be written; the old one is still there.
        """
        with self.editing(anew=True) as edit:
            for number, fields in documents:
                edit.add(number, fields)
            edit.commit()

    def search(self, query: Sequence[Group], *, k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """Return `(passage number, BM25 score)`, best first.

        Args:
            query: Groups of which any may match; the scores of those that do are added.
            k: How many, at most.
            among: Passage numbers that are searched alone.

        Raises:
            IndexMissing: The index is gone.
            StoreError: It cannot be searched.
        """
        if not query or k < 1:
            return []
        import tantivy  # only where it is used: opening the ledger alone does not need it

        schema, searcher = self._reader()
        clauses = [(tantivy.Occur.Should, _clause(schema, group)) for group in query if group.alternatives]
        asked = tantivy.Query.boolean_query(clauses)
        if among is not None:
            these = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema, "number", list(among)), 0.0)
            asked = tantivy.Query.boolean_query([(tantivy.Occur.Must, asked), (tantivy.Occur.Must, these)])
        try:
            hits = searcher.search(asked, k, count=False).hits
            numbers = searcher.fast_field_values("number", [address for _, address in hits])
            return [(int(n), float(score)) for n, (score, _) in zip(numbers, hits, strict=True)]
        except (ValueError, OSError) as exc:
            raise StoreError(f"The lexical index cannot be searched: {exc}", hint=REBUILD) from exc

    def frequencies(self) -> "Frequencies":
        """Return a function that says in how many passages a term of a field stands, as of now; the same until that changes."""
        self._reader()
        frequencies: Frequencies = self._frequencies
        return frequencies

    def count(self) -> int:
        """Return how many passages are indexed."""
        _, searcher = self._reader()
        return int(searcher.num_docs)

    def stored(self) -> set[int]:
        """Return the passage numbers the index holds."""
        import tantivy  # as above

        _, searcher = self._reader()
        try:
            hits = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
            return set(map(int, searcher.fast_field_values("number", [address for _, address in hits])))
        except (ValueError, OSError) as exc:
            raise StoreError(f"The lexical index cannot be read: {exc}", hint=REBUILD) from exc

    def holds(self, numbers: Iterable[int]) -> bool:
        """Return whether the index can be read and holds just these passages, each once."""
        expected = set(numbers)
        try:
            return self.count() == len(expected) and self.stored() == expected
        except StoreError:
            return False

    def _current(self) -> Path | None:
        """Return the folder the pointer leads to, or None when there is no pointer.

        Raises:
            IndexMismatch: It was written with another layout.
            StoreError: The pointer is broken or the folder gone.
        """
        stamp = self._generations.stamp()
        if stamp is None:
            return None
        found = self._generations.parse(stamp)
        if found.get("layout") != LAYOUT:
            raise IndexMismatch(f"The lexical index {self.root} has another layout", hint=REBUILD)
        if not is_name(name := found.get("name")):
            raise self._generations.broken(ValueError(f"no generation is called {name!r}"))
        if not (self.root / name / META).exists():
            raise IndexMissing(f"The lexical index {self.root / name} is gone", hint=REBUILD)
        return self.root / name

    def _led_to(self) -> str | None:
        """Return the name of the folder the pointer leads to, as far as it can be told."""
        try:
            stamp = self._generations.stamp()
            return None if stamp is None else self._generations.parse(stamp).get("name")
        except StoreError:
            return None

    def _lead_to(self, folder: Path) -> None:
        before = self._led_to()
        self._generations.move({"name": folder.name, "layout": LAYOUT})
        self._generations.sweep({folder.name, before or ""})  # who is just opening the one before may do so

    def _reader(self) -> tuple[Any, Any]:
        """Return the schema and a searcher of the last commit; look again when the folder was swept just then."""
        for _ in range(TRIES):
            folder = self._current()
            if folder is None:
                raise IndexMissing(f"There is no lexical index in {self.root}", hint=REBUILD)
            try:
                with self._guard:
                    if folder != self._folder:
                        self._index, self._folder, self._stamp = opened(folder), folder, b""
                    stamp = (folder / META).read_bytes()  # a time would miss a commit within the same tick
                    if stamp != self._stamp:
                        self._index.reload()
                        self._frequencies = Frequencies(self._index.searcher())
                        self._stamp = stamp
                    return self._index.schema, self._index.searcher()
            except (ValueError, OSError) as exc:
                missed = exc
                if self._led_to() == folder.name:
                    break
        raise StoreError(f"The lexical index {self.root} cannot be read: {missed}", hint=REBUILD) from missed


def _clause(schema: Any, group: Group) -> Any:
    import tantivy  # as above

    def weighted(term: Term) -> Any:
        return tantivy.Query.boost_query(tantivy.Query.term_query(schema, term.field, term.text, "freq"), term.weight)

    def added(terms: tuple[Term, ...]) -> Any:
        if len(terms) == 1:
            return weighted(terms[0])
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, weighted(t)) for t in terms])

    parts = [added(terms) for terms in group.alternatives]
    return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts)
