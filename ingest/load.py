"""Finding article files and reading their text."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import ArticleError, HoibaoError
from qa.ledger import FileState

__all__ = ["FORMATS", "Found", "decode", "find", "read"]

FORMATS = frozenset({".txt"})
"""File name endings that are read, lower case."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = {*map(chr, range(32))} - set("\t\n\r\f\v") | {"\x7f"}


@dataclass(slots=True)
class Found:
    """What lies at the paths given.

    Attributes:
        files: `(path, source)` of the files to read, by path; `source` is `folder/name.txt`, relative to the folder given.
        refused: Files that are not taken, each with its reason.
        ignored: How many files of other kinds were passed over, by file name ending.
    """

    files: list[tuple[Path, str]] = field(default_factory=list)
    refused: list[ArticleError] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)


def find(paths: Sequence[Path]) -> Found:
    """List the article files at `paths`, files and folders, each once.

    Hidden files are passed over, links that lead out of their folder are refused.

    Raises:
        HoibaoError: A path does not exist, or there is no article file at any of them.
    """
    found = Found()
    seen: set[Path] = set()
    for path in paths:
        if not _exists(path):
            raise HoibaoError(f"There is no file or folder {path}", hint="Is the path spelled right?")
        folder = path.is_dir()
        inside = _walk(path.absolute(), found) if folder else iter([path.absolute()])
        root = path.resolve() if folder else path.resolve().parent
        for file in inside:
            _take(file, root, given=not folder, found=found, seen=seen)
    if not found.files and not found.refused:
        named = ", ".join(str(p) for p in paths)
        kinds = ", ".join(f"{n} × {kind}" for kind, n in found.ignored.most_common(5))
        reason = f"only files of other kinds: {kinds}" if kinds else "the folder is empty"
        raise HoibaoError(
            f"There is no article to read in {named} ({reason})",
            hint=f"Articles are files ending in {', '.join(sorted(FORMATS))}.",
        )
    return found


def read(path: Path, *, max_bytes: int) -> tuple[bytes, FileState]:
    """Return the bytes of a file and its state.

    Raises:
        ArticleError: The file cannot be read, is empty or is larger than `max_bytes`.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise ArticleError(
                f"the file has {size / 1e6:.1f} MB, more than the {max_bytes / 1e6:g} MB that are taken",
                path=path,
                hint="HOIBAO_MAX_ARTICLE_MB sets the limit.",
            )
        with path.open("rb") as handle:
            status = os.fstat(handle.fileno())
            data = handle.read(max_bytes + 1)
    except OSError as exc:
        raise ArticleError(f"the file cannot be read: {exc.strerror or exc}", path=path) from exc
    if not data.strip():
        raise ArticleError("the file is empty", path=path)
    return data, FileState(str(path), status.st_size, status.st_mtime_ns, hashlib.sha256(data).hexdigest())


def decode(data: bytes, *, path: Path) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark; line ends become line feeds.

    Raises:
        ArticleError: The bytes are not text, or in another encoding.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as exc:
        if encoding == "utf-8" and b"\x00" in data[:4096]:
            raise ArticleError("this is a binary file, not text", path=path) from exc
        raise ArticleError(
            f"the text is not {encoding.upper().removesuffix('-SIG')} (byte {exc.start})",
            path=path,
            hint="Save it as UTF-8.",
        ) from exc
    controls = sum(c in _CONTROL for c in text[:4096])
    if controls > max(2, len(text[:4096]) // 100):
        raise ArticleError("this is a binary file, not text", path=path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False


def _walk(folder: Path, found: Found) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in folders:
            link = Path(parent) / name
            if link.is_symlink() and not link.resolve().is_relative_to(folder.resolve()):
                found.refused.append(ArticleError("the link leads out of the folder", path=link))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent) / name


def _take(file: Path, root: Path, *, given: bool, found: Found, seen: set[Path]) -> None:
    try:
        real = file.resolve()
    except (OSError, RuntimeError):  # RuntimeError: how Python before 3.13 names a loop
        found.refused.append(ArticleError("this is not a regular file", path=file))
        return
    if real in seen:
        return
    try:
        str(real).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(file).decode("utf-8", "backslashreplace")
        found.refused.append(ArticleError("the file name is not UTF-8", path=shown, hint="Rename the file."))
        return
    if file.suffix.lower() not in FORMATS:
        if given:
            hint = f"Articles are files ending in {', '.join(sorted(FORMATS))}."
            found.refused.append(
                ArticleError(
                    f"files of the kind {file.suffix or 'without an ending'} are not read", path=file, hint=hint
                )
            )
        else:
            found.ignored[file.suffix.lower() or "no ending"] += 1
    elif not real.is_relative_to(root) and not given:
        found.refused.append(ArticleError("the link leads out of the folder", path=file))
    elif not real.is_file():
        found.refused.append(ArticleError("this is not a regular file", path=file))
    else:
        label = f"{root.name}/{real.relative_to(root).as_posix()}" if real.is_relative_to(root) else real.name
        seen.add(real)
        found.files.append((real, label))
