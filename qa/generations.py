"""Folders behind a pointer: the one way in which an index changes under its readers.

A writer fills a fresh folder that nobody is led to, and then replaces the pointer, a small file that names the folders in
use. The replacement is one rename: a process killed at any instant leaves the old pointer and its folders as they were,
and a reader sees either the old state or the new one. What a killed writer left behind is swept later.
"""

import json
import re
import secrets
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeGuard

from qa.errors import StoreError

__all__ = ["POINTER", "REBUILD", "Generations", "is_name"]

POINTER = "CURRENT.json"
REBUILD = "Run `hoibao rebuild`; nothing needs to be embedded again."
_NAME = re.compile(r"g\d{6,}-[0-9a-f]{8}")


class Generations:
    """The folders of one index and the pointer that leads to them. Readers write nothing.

    Args:
        root: Folder of the folders.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def stamp(self) -> bytes | None:
        """Return the pointer as it is written, or None when there is none.

        Raises:
            StoreError: The pointer cannot be read.
        """
        try:
            return (self.root / POINTER).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise StoreError(f"The pointer {self.root / POINTER} cannot be read: {exc}", hint=REBUILD) from exc

    def parse(self, stamp: bytes) -> dict[str, Any]:
        """Return what a pointer says.

        Raises:
            StoreError: It is damaged.
        """
        try:
            found = json.loads(stamp)
            if not isinstance(found, dict):
                raise TypeError(f"a pointer is no {type(found).__name__}")  # noqa: TRY301 (one way out for all damage)
        except (ValueError, TypeError) as exc:
            raise self.broken(exc) from exc
        return found

    def broken(self, cause: Exception) -> StoreError:
        """Return the error to raise for a pointer that says what cannot be."""
        return StoreError(f"The pointer {self.root / POINTER} cannot be read: {cause}", hint=REBUILD)

    def move(self, pointer: Mapping[str, Any]) -> None:
        """Lead every reader to another state from its next look on. Call under the writer's lock.

        Raises:
            StoreError: The pointer cannot be written; the old one stands.
        """
        draft = self.root / f"{POINTER}.tmp"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(pointer), encoding="utf-8")
            draft.replace(self.root / POINTER)
        except OSError as exc:
            raise StoreError(
                f"The pointer {self.root / POINTER} cannot be written: {exc}", hint="Is the disk full?"
            ) from exc

    def forget(self) -> None:
        """Take the pointer away: no folder is led to any more. Call under the writer's lock."""
        (self.root / POINTER).unlink(missing_ok=True)

    def fresh(self) -> Path:
        """Return the path of a folder that has never been there, for a writer to fill; it is not made yet."""
        last = max((int(p.name[1:].split("-")[0]) for p in self.folders()), default=0)
        # The second part keeps two folders apart that Chroma, which remembers paths, would take for one.
        return self.root / f"g{last + 1:06d}-{secrets.token_hex(4)}"

    def folders(self) -> list[Path]:
        """Return the folders that are there, oldest first."""
        if not self.root.is_dir():
            return []
        return sorted(p for p in self.root.iterdir() if p.is_dir() and _NAME.fullmatch(p.name))

    def sweep(self, keep: Collection[str]) -> None:
        """Delete the folders whose names are not in `keep`. Call under the writer's lock."""
        for folder in self.folders():
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)


def is_name(value: object) -> TypeGuard[str]:
    """Return whether `value` can be the name of a folder here: a pointer must never lead elsewhere."""
    return isinstance(value, str) and _NAME.fullmatch(value) is not None
