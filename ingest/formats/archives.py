"""ZIP archives, and single files packed with gzip or xz."""

import gzip
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ingest.formats.fields import escaped
from ingest.formats.limits import Borrowed
from ingest.formats.opened import Opened
from ingest.records import Record
from qa.errors import ArticleError

__all__ = ["read_packed", "read_zip"]

Reader = Callable[[Opened, str], Iterator[Record | ArticleError]]
"""Reads an opened file by the name it has."""

TAIL = 65_536 + 22
"""Bytes at the end of an archive in which its table of contents is announced."""
ENTRY = 1_000
"""Bytes that one entry of the table may take, on the average."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
)
"""How the libraries of Python say that packed bytes are damaged, protected or of a kind they do not know."""
_PASSED_OVER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


def read_packed(opened: Opened, name: str, reader: Reader) -> Iterator[Record | ArticleError]:
    """Yield what a `.gz` or `.xz` holds; `a.jsonl.xz` is read as `a.jsonl`.

    Raises:
        ArticleError: It is damaged, unpacks to too much, or what is inside cannot be read.
    """
    path = PurePosixPath(name)
    packed = Borrowed(opened.stream)
    buffered = io.BufferedReader(packed)
    unpacked = gzip.GzipFile(fileobj=buffered) if path.suffix.lower() == ".gz" else lzma.LZMAFile(buffered)  # noqa: SIM115  # neither owns its stream
    metered = opened.budget.unpacking(cast("BinaryIO", unpacked), name=opened.name, packed=lambda: packed.count)
    below = opened.inside(metered, opened.name)
    opened.budget.depth += 1
    try:
        yield from reader(below, path.stem)
    except _BROKEN as exc:
        raise opened.refuse(f"the archive is damaged: {_said(exc)}") from exc
    finally:
        opened.budget.depth -= 1


def read_zip(opened: Opened, reader: Reader, readable: Callable[[str], bool]) -> Iterator[Record | ArticleError]:
    """Yield what the files in an archive hold, in its order; what is refused is named, hidden files are passed over.

    The key of a file that is one article is its path, that of a record in a file `path#id`, where `#` and `%` within a path
    or an id are written `%23` and `%25`.

    Raises:
        ArticleError: It is no archive, or its table of contents is too long.
    """
    stream: BinaryIO = opened.stream if opened.stream.seekable() else io.BytesIO(opened.whole())
    _check_table(stream, opened)
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as exc:
        raise opened.refuse(f"this is no ZIP archive that can be read: {_said(exc)}") from exc
    seen: set[str] = set()
    with archive:
        for entry in archive.infolist():
            if entry.is_dir() or _is_hidden(entry.filename):
                continue
            opened.budget.members += 1
            if opened.budget.members > opened.limits.members:
                raise opened.refuse(
                    f"there are more than {opened.limits.members:,} files in the archive", hint="Part it into several."
                )
            member, reason = _member(entry, seen)
            part = f"{opened.name}#{escaped(member)}"
            if reason or not readable(member):
                yield ArticleError(
                    reason or f"files of the kind {PurePosixPath(member).suffix or 'without an ending'} are not read",
                    path=part,
                )
                continue
            yield from _one(archive, entry, member, replace(opened, name=part), reader)


def _one(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, member: str, opened: Opened, reader: Reader
) -> Iterator[Record | ArticleError]:
    """Yield what one file of an archive holds; an error that ends the file does not end the archive."""
    budget = opened.budget
    try:
        with archive.open(entry) as packed:
            metered = budget.unpacking(packed, name=opened.name, packed=lambda: entry.compress_size)  # type: ignore[arg-type]  # a stream of bytes
            below = opened.inside(metered, opened.name)
            budget.depth += 1
            try:
                for found in reader(below, member):
                    yield (
                        found
                        if isinstance(found, ArticleError)
                        else replace(found, key=_joined(escaped(member), found.key))
                    )
            finally:
                budget.depth -= 1
    except ArticleError as exc:
        if budget.unpacked > budget.limits.total_bytes:
            raise
        yield exc
    except _BROKEN as exc:
        yield opened.refuse(f"it cannot be unpacked: {_said(exc)}")


def _joined(member: str, key: str | None) -> str:
    return member if key is None else f"{member}#{key}"


def _member(entry: zipfile.ZipInfo, seen: set[str]) -> tuple[str, str]:
    """Return the name of an entry, unique in its archive, and why it is refused, if it is."""
    name, reason = entry.filename, ""
    if not entry.flag_bits & 0x800 and not name.isascii():  # read as CP437 by zipfile, as the standard has it
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            reason = "the name in the archive is not UTF-8"
    unprintable = next((c for c in entry.orig_filename if not c.isprintable()), None)
    if unprintable is not None:
        reason = "the name holds a line break or control character"
    elif "\\" in name or name.startswith("/") or ":" in name[:2] or ".." in PurePosixPath(name).parts:
        reason = "the name leads out of the archive"
    elif stat.S_ISLNK(entry.external_attr >> 16):
        reason = "this is a link"
    elif entry.flag_bits & 1:
        reason = "the file is encrypted"
    unique, number = name, 1
    while unique in seen:
        number += 1
        unique = f"{name}~{number}"
    seen.add(unique)
    if unique != name and not reason:  # the ending still says what it is
        path = PurePosixPath(name)
        unique = str(path.with_name(f"{path.stem}~{number}{path.suffix}"))
        seen.add(unique)
    return unique, reason


def _is_hidden(name: str) -> bool:
    return any(
        (part.startswith(".") and part != "..") or part.lower() in _PASSED_OVER for part in PurePosixPath(name).parts
    )


def _check_table(stream: BinaryIO, opened: Opened) -> None:
    """Hold the length of the table of contents against the limit, because zipfile reads it as a whole.

    Raises:
        ArticleError: It is too long.
    """
    try:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(max(size - TAIL - 200, 0))
        tail = stream.read(TAIL + 200)
        stream.seek(0)
    except _BROKEN as exc:
        raise opened.refuse(f"the archive cannot be read: {_said(exc)}") from exc
    end, wide = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    length = (
        int.from_bytes(tail[wide + 40 : wide + 48], "little")
        if wide >= 0
        else int.from_bytes(tail[end + 12 : end + 16], "little")
    )
    if end >= 0 and length > opened.limits.members * ENTRY:
        raise opened.refuse("the table of contents of the archive is too long", hint="Part it into several archives.")


def _said(exc: BaseException) -> str:
    words = " ".join(str(exc).split())[:120]
    return words or type(exc).__name__
