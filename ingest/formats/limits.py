"""How much a file may unfold to, and the counter that every reader draws from."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from qa.errors import ArticleError

__all__ = ["Borrowed", "Budget", "Limits", "read_all"]

SLACK = 1_000_000
"""Bytes that may come out before their ratio to what went in is asked for."""
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        article_bytes: The text of one article, or its file where the file is text.
        whole_bytes: A file that must be held in memory whole: PDF, DOCX, feed, JSON, or an archive within an archive.
        total_bytes: All that is unpacked from one file.
        ratio: How many times its packed size something may unpack to.
        members: Files in one archive.
        depth: Archives within one another: 2 is a `.jsonl.xz` within a `.zip`.
        pages: Pages of a PDF.
    """

    article_bytes: int = 20_000_000
    whole_bytes: int = 200_000_000
    total_bytes: int = 8_000_000_000
    ratio: int = 200
    members: int = 200_000
    depth: int = 3
    pages: int = 3_000


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one file is read, however deep in it."""

    limits: Limits
    unpacked: int = 0
    members: int = 0
    depth: int = 0
    keys: set[int] = field(default_factory=set)

    def spend(self, count: int, *, name: str) -> None:
        """Count unpacked bytes.

        Raises:
            ArticleError: More comes out of the file than is taken.
        """
        self.unpacked += count
        if self.unpacked > self.limits.total_bytes:
            raise ArticleError(
                f"more than {self.limits.total_bytes / 1e6:g} MB come out of the archive",
                path=name,
                hint="Unpack it and give the folder.",
            )

    def unpacking(self, stream: BinaryIO, *, name: str, packed: Callable[[], int]) -> io.BufferedReader:
        """Return `stream`, which unpacks, so that what comes out is counted and held against the `packed` bytes read so far."""
        return io.BufferedReader(_Metered(stream, self, name, packed), CHUNK)


class Borrowed(io.RawIOBase):
    """A stream read through another that is neither closed nor kept, with a count of what was taken from it."""

    def __init__(self, inner: BinaryIO) -> None:
        super().__init__()
        self.inner = inner
        self.count = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return whether the inner stream is."""
        return self.inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Seek in the inner stream."""
        return self.inner.seek(offset, whence)

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]  # `Buffer` has a name from 3.12 on
        """Read from the inner stream, a piece at a time."""
        data = self.inner.read(min(len(buffer), CHUNK))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Metered(Borrowed):
    """What comes out of an archive."""

    def __init__(self, inner: BinaryIO, budget: Budget, name: str, packed: Callable[[], int]) -> None:
        super().__init__(inner)
        self.budget = budget
        self.name = name
        self.packed = packed

    def seekable(self) -> bool:
        return False  # going back would unpack, and count, all over again

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]  # as above
        count = super().readinto(buffer)
        self.budget.spend(count, name=self.name)
        most = self.budget.limits.ratio
        if self.count > SLACK and self.count > most * max(self.packed(), 1):
            raise ArticleError(f"it unpacks to more than {most} times its size, as no text does", path=self.name)
        return count


def read_all(stream: BinaryIO, *, most: int, name: str) -> bytes:
    """Return all bytes of a stream.

    Raises:
        ArticleError: There are more than `most`, or none.
    """
    data = stream.read(most + 1)
    if len(data) > most:
        raise ArticleError(
            f"the file has more than the {most / 1e6:g} MB that are taken",
            path=name,
            hint="HOIBAO_MAX_ARTICLE_MB sets the limit.",
        )
    if not data.strip():
        raise ArticleError("the file is empty", path=name)
    return data
