"""Uploaded files: kept in the data directory under names that do no harm, none in the place of another."""

import hashlib
import os
import re
import secrets
import threading
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from ingest.formats import readable

__all__ = ["FOLDER", "Incoming", "Refusal", "Uploads", "safe_parts"]

FOLDER = "uploads"
"""Of the data directory. Its hidden folders hold what is still coming and what was replaced; ingestion passes them over."""
INCOMING, REPLACED = ".incoming", ".replaced"
LONGEST_PART = 120
"""Bytes of a file's or folder's name; file systems take 255."""
DEEPEST = 12
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SAME_NAME = 10_000


class Refusal(Exception):
    """A file is not taken; `str()` names the reason as `ui.archive.words` knows it."""


def safe_parts(name: str) -> list[str]:
    r"""Return the folders and the name under which an uploaded file may be kept.

    Nothing of it leads out of the folder, is hidden, holds control characters, or means something to a shell or another system.

    Args:
        name: As the browser gives it, with `/` or `\` between folders.

    Raises:
        Refusal: Nothing is left of it, or files of its kind are not read.
    """
    parts = [part for part in map(_safe, re.split(r"[/\\]+", name)) if part][-DEEPEST:]
    if not parts:
        raise Refusal("name")
    if not readable(parts[-1]):
        raise Refusal("kind")
    return parts


def _safe(part: str) -> str:
    shown = "".join(c for c in unicodedata.normalize("NFC", part) if unicodedata.category(c)[0] != "C")
    shown = _FORBIDDEN.sub("_", shown).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) <= 10 else (shown, "")
    while len(f"{stem}{ending}".encode()) > LONGEST_PART:
        stem = stem[:-1]
    return (stem + ending).strip(" .")


class Uploads:
    """The folder of uploaded files of a data directory.

    Args:
        data_dir: The data directory.
        largest: Bytes of a file at most.
    """

    def __init__(self, data_dir: Path, *, largest: int) -> None:
        self.root = data_dir / FOLDER
        self.largest = largest
        self._lock = threading.Lock()

    def begin(self, name: str) -> "Incoming":
        """Begin to take a file.

        Raises:
            Refusal: Its name or kind is not taken.
            OSError: It cannot be written.
        """
        return Incoming(self, safe_parts(name))

    def place(self, part: Path, parts: list[str], digest: str, *, replace: bool) -> tuple[Path, bool]:
        """Put a file that has come whole where it belongs; return where, and whether it was there already.

        One of its name but other content stays beside it, unless it is to be replaced; it is then kept among the replaced ones.
        """
        with self._lock:
            folder = self._folder(parts[:-1])
            stem, ending = _split(parts[-1])
            for number in range(1, _SAME_NAME):
                path = folder / (f"{stem} ({number}){ending}" if number > 1 else parts[-1])
                if path.is_file() and not path.is_symlink():
                    if _digest(path) == digest:
                        part.unlink()
                        return path, True
                    if not replace:
                        continue
                    aside = self.root / REPLACED / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
                    aside.mkdir(parents=True)
                    path.rename(aside / path.name)
                elif path.exists() or path.is_symlink():
                    continue
                part.rename(path)
                return path, False
        raise Refusal("name")

    def _folder(self, parts: list[str]) -> Path:
        folder = self.root
        for part in parts:
            name = part
            while (folder / name).exists() and not (folder / name).is_dir():
                name += "_"
            folder /= name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class Incoming:
    """A file that is still coming, in pieces."""

    def __init__(self, uploads: Uploads, parts: list[str]) -> None:
        self._uploads, self._parts = uploads, parts
        self._size, self._digest = 0, hashlib.blake2b(digest_size=16)
        folder = uploads.root / INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / secrets.token_hex(8)
        self._file = self._path.open("xb")

    def write(self, piece: bytes) -> None:
        """Take a piece.

        Raises:
            Refusal: The file is too large.
            OSError: It cannot be written.
        """
        self._size += len(piece)
        if self._size > self._uploads.largest:
            raise Refusal("large")
        self._digest.update(piece)
        self._file.write(piece)

    def finish(self, *, replace: bool) -> tuple[Path, bool]:
        """Put the file in its place; return where, and whether it was there already.

        Raises:
            Refusal: It is empty.
            OSError: It cannot be written.
        """
        if not self._size:
            raise Refusal("empty")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._uploads.place(self._path, self._parts, self._digest.hexdigest(), replace=replace)

    def close(self) -> None:
        """Let go of it; what was not finished is deleted."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return stem, dot + ending


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
