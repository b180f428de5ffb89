"""Article files of every format that is read, each to records.

The key of a record is its id within the file: its own id, else `L12` (the line, in `.jsonl`, `.csv` and `.tsv`) or `7` (the
number in a list or feed). A file inside an archive puts its path before it: `báo/2019.jsonl#000001`; `#` and `%` within a
path or an id are written `%23` and `%25`. An id that comes again gets `~2` behind it.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import BinaryIO

from ingest.formats import archives, feeds, jsons, markdown, pdf, plain, tables, webpage, word
from ingest.formats.days import today_utc
from ingest.formats.fields import Known
from ingest.formats.limits import Borrowed, Budget, Limits
from ingest.formats.opened import Opened
from ingest.records import Record
from qa.errors import ArticleError

__all__ = ["FORMATS", "Limits", "read_records", "readable", "single"]

_Reader = Callable[[Opened], Iterator[Record | ArticleError]]

_SINGLE: dict[str, Callable[[Opened], Iterator[Record]]] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": webpage.read,
    ".htm": webpage.read,
    ".pdf": pdf.read,
    ".docx": word.read,
}
_MANY: dict[str, _Reader] = {
    ".json": jsons.read,
    ".jsonl": jsons.read_lines,
    ".ndjson": jsons.read_lines,
    ".csv": tables.read,
    ".tsv": tables.read,
    ".rss": feeds.read,
    ".atom": feeds.read,
    ".xml": feeds.read,
}
_PACKED = frozenset({".gz", ".xz"})

FORMATS = frozenset({*_SINGLE, *_MANY, *_PACKED, ".zip"})
"""File name endings that are read, lower case; of what is packed, `readable` says more."""


def single(name: str) -> bool:
    """Return whether a file of this name always holds exactly one article, so that the file is the article."""
    return _inner(name) in _SINGLE


def readable(name: str) -> bool:
    """Return whether a file of this name is read; `a.tar.gz` is not, though `.gz` is."""
    return _inner(name) in {*_SINGLE, *_MANY, ".zip"}


def read_records(
    data: bytes | BinaryIO,
    *,
    name: str,
    limits: Limits | None = None,
    fields: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Iterator[Record | ArticleError]:
    """Yield the articles of a file in its order, as they are read, and an error for each that cannot be used.

    Args:
        data: The bytes, or a stream of them. A stream is read piece by piece where the format allows it; it stays open.
        name: The file as errors call it; its ending says what it is.
        limits: How much the file may cost.
        fields: Which of our names (`title`, `text`, `abstract`, `date`, `url`, `source`, `id`) is which of the file's own, in JSON
            and tables; the usual names in Vietnamese and English are known.
        today: The day after which, a year on, nothing can have been published; by default the present one.

    Raises:
        ArticleError: The file, or the rest of it, cannot be used.
    """
    known = Known(_ours(fields or {}), today or today_utc())
    budget = Budget(limits or Limits())
    stream = Borrowed(io.BytesIO(data) if isinstance(data, bytes) else data)
    yield from _read(
        Opened(io.BufferedReader(stream), name, known, budget), PurePosixPath(name.replace("\\", "/")).name
    )


def _read(opened: Opened, name: str) -> Iterator[Record | ArticleError]:
    ending = PurePosixPath(name).suffix.lower()
    if ending in _PACKED:
        yield from archives.read_packed(opened, name, _read)
    elif ending == ".zip":
        yield from archives.read_zip(opened, _read, readable)
    elif reader := (_SINGLE.get(ending) or _MANY.get(ending)):
        yield from reader(opened)
    else:
        hint = f"Articles are files ending in {', '.join(sorted(FORMATS))}."
        raise opened.refuse(f"files of the kind {ending or 'without an ending'} are not read", hint=hint)


def _inner(name: str) -> str:
    path = PurePosixPath(name)
    while path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    return path.suffix.lower()


def _ours(fields: Mapping[str, str]) -> dict[str, str]:
    """Return `fields` by the names the readers use, from the ones that settings and documents use."""
    return {{"date": "published", "source": "outlet"}.get(ours, ours): theirs for ours, theirs in fields.items()}
