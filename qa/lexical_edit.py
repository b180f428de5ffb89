"""One edit of the lexical index: what is added and removed becomes visible with one commit."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from qa.errors import StoreError
from qa.terms import FIELDS

__all__ = ["LexicalEdit", "opened"]

HEAP = 128_000_000
"""Bytes the writer may use before it flushes a segment. With 32 MB indexing is a third more work; with 64 MB 22,000 articles make
eight segments, which tantivy then merges, for four seconds in which a run that is done has to wait; more makes no difference."""


class LexicalEdit:
    """One change to the lexical index, made by `LexicalIndex.editing`; of no use once that ends.

    Args:
        folder: The tantivy index; made when it is not there.
        on_committed: Called after the first commit.
    """

    def __init__(self, folder: Path, on_committed: Callable[[], None] | None) -> None:
        self._on_committed = on_committed
        self._pending = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._writer = opened(folder).writer(heap_size=HEAP, num_threads=1)
        except (ValueError, OSError) as exc:
            raise _unwritten(exc) from exc

    def add(self, number: int, fields: Mapping[str, str]) -> None:
        """Add a passage.

        Args:
            number: Its number.
            fields: Its terms, as `qa.terms.fields_of` makes them.

        Raises:
            StoreError: It cannot be written.
        """
        import tantivy  # only where it is used: opening the ledger alone does not need it

        document = tantivy.Document()
        document.add_integer("number", number)
        for name in FIELDS:
            document.add_text(name, fields[name])
        self._pending = True
        try:
            self._writer.add_document(document)
        except (ValueError, OSError) as exc:
            raise _unwritten(exc) from exc

    def remove(self, numbers: Iterable[int]) -> None:
        """Remove passages added before; numbers that are not there are passed over.

        Raises:
            StoreError: The index cannot be written.
        """
        try:
            for number in numbers:
                self._pending = True
                self._writer.delete_documents_by_term("number", number)
        except (ValueError, OSError) as exc:
            raise _unwritten(exc) from exc

    def commit(self) -> None:
        """Make what was done so far visible, all at once.

        Raises:
            StoreError: The index cannot be written; readers see what they saw before.
        """
        try:
            self._writer.commit()
            self._pending = False
        except (ValueError, OSError) as exc:
            raise _unwritten(exc) from exc
        if self._on_committed is not None:
            self._on_committed()
            self._on_committed = None

    def close(self) -> None:
        """Undo what was not committed and give the writer's lock back."""
        try:
            if self._pending:
                self._writer.rollback()  # would also break off the merging of segments that a commit began
            self._writer.wait_merging_threads()
        except (ValueError, OSError) as exc:
            raise _unwritten(exc) from exc


def _unwritten(exc: Exception) -> StoreError:
    return StoreError(f"The lexical index cannot be written: {exc}", hint="Is the disk full?")


def opened(folder: Path) -> Any:
    """Return the tantivy index of a folder, made when it is not there.

    Raises:
        ValueError, OSError: As tantivy has it.
    """
    import tantivy  # as above

    return tantivy.Index(_schema(), path=str(folder))


def _schema() -> Any:
    import tantivy  # as above

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=False, indexed=True, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
