"""Finding article files."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.formats import FORMATS, readable
from qa.errors import ArticleError, HoibaoError

__all__ = ["Found", "FoundFile", "find"]

_KINDS = f"Articles are files ending in {', '.join(sorted(FORMATS))}."


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read.

    Attributes:
        path: Absolute, links resolved.
        label: How it is shown: `folder/name.txt`, relative to the folder given.
        size: Bytes.
        mtime_ns: Time of the last change, nanoseconds since 1970.
    """

    path: str
    label: str
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Found:
    """What lies at the paths given.

    Attributes:
        files: The files to read, by path.
        folders: The folders that were searched, absolute.
        refused: Files that are not taken, each with its reason.
        ignored: How many files of other kinds were passed over, by file name ending.
    """

    files: list[FoundFile] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    refused: list[ArticleError] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)


def find(paths: Sequence[Path]) -> Found:
    """List the article files at `paths`, files and folders, each once.

    Hidden files are passed over, links that lead out of their folder are refused.

    Raises:
        HoibaoError: A path does not exist, or there is no article file at any of them.
    """
    found = Found()
    seen: set[str] = set()
    for path in paths:
        if not _exists(path):
            raise HoibaoError(f"There is no file or folder {path}", hint="Is the path spelled right?")
        if path.is_dir():
            folder = _Folder(os.path.realpath(path), found, seen)
            found.folders.append(folder.root)
            folder.walk(folder.root, "")
        else:
            _given(path, found, seen)
    if not found.files and not found.refused:
        named = ", ".join(str(p) for p in paths)
        kinds = ", ".join(f"{n} × {kind}" for kind, n in found.ignored.most_common(5))
        reason = f"only files of other kinds: {kinds}" if kinds else "the folder is empty"
        raise HoibaoError(f"There is no article to read in {named} ({reason})", hint=_KINDS)
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False


def _given(path: Path, found: Found, seen: set[str]) -> None:
    """Take a file that was named itself."""
    if not readable(path.name):
        kind = path.suffix or "without an ending"
        found.refused.append(
            ArticleError(f"files of the kind {_shown(kind)} are not read", path=_shown(path), hint=_KINDS)
        )
        return
    try:
        real = os.path.realpath(path, strict=True)
        status = Path(real).stat()
    except (OSError, RuntimeError):
        found.refused.append(ArticleError("this is not a regular file", path=_shown(path)))
        return
    _take(path, real, f"{Path(real).parent.name}/{Path(real).name}", status, found, seen)


def _take(shown: Path | str, real: str, label: str, status: os.stat_result, found: Found, seen: set[str]) -> None:
    if real in seen:
        return
    seen.add(real)
    try:
        real.encode()
    except UnicodeEncodeError:
        found.refused.append(ArticleError("the file name is not UTF-8", path=_shown(shown), hint="Rename the file."))
        return
    if not stat.S_ISREG(status.st_mode):
        found.refused.append(ArticleError("this is not a regular file", path=_shown(shown)))
        return
    found.files.append(FoundFile(real, label, status.st_size, status.st_mtime_ns))


def _shown(path: Path | str) -> str:
    """Return a path as it can be printed and stored: bytes that are not UTF-8 are written out in hexadecimal."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class _Folder:
    """A folder that was named, searched with all that is in it."""

    def __init__(self, root: str, found: Found, seen: set[str]) -> None:
        self.root = root.rstrip(os.sep)
        self.name = Path(root).name
        self.found = found
        self.seen = seen

    def walk(self, folder: str, below: str) -> None:
        """Take the files of `folder`, which stands `below` the root, then those of the folders in it."""
        inner = []
        for entry in self._entries(folder):
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                self._link(entry)
            elif entry.is_dir():
                inner.append(entry.name)
            elif not readable(entry.name):
                self.found.ignored[_shown(Path(entry.name).suffix.lower()) or "no ending"] += 1
            else:
                with suppress(FileNotFoundError):  # it has gone since the folder was listed
                    label = f"{self.name}/{below}{entry.name}"
                    _take(entry.path, entry.path, label, entry.stat(), self.found, self.seen)
        for name in inner:
            self.walk(f"{folder}{os.sep}{name}", f"{below}{name}/")

    def _entries(self, folder: str) -> Iterator["os.DirEntry[str]"]:
        try:
            with os.scandir(folder) as entries:
                yield from sorted(entries, key=lambda e: e.name)
        except OSError as exc:
            reason = f"the folder cannot be read: {exc.strerror or exc}"
            self.found.refused.append(ArticleError(reason, path=_shown(folder)))

    def _link(self, entry: "os.DirEntry[str]") -> None:
        try:
            real = os.path.realpath(entry.path, strict=True)
            status = Path(real).stat()
        except (OSError, RuntimeError):
            self.found.refused.append(ArticleError("this is not a regular file", path=_shown(entry.path)))
            return
        inside = f"{real}{os.sep}".startswith(self.root + os.sep)
        if not inside:
            self.found.refused.append(ArticleError("the link leads out of the folder", path=_shown(entry.path)))
        elif not stat.S_ISDIR(status.st_mode) and readable(real):
            label = f"{self.name}/{os.path.relpath(real, self.root)}"
            _take(entry.path, real, label.replace(os.sep, "/"), status, self.found, self.seen)
