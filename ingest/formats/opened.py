"""A file in the hands of its reader."""

import io
from dataclasses import dataclass, replace

from ingest.encodings import decode, unicode_codec
from ingest.formats.fields import Known
from ingest.formats.limits import Budget, Limits, read_all
from qa.errors import ArticleError

__all__ = ["Opened", "text_of"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, or what stands inside one, open for reading.

    Attributes:
        stream: Its bytes.
        name: What errors call it; for what is inside an archive `FILE#member`.
        known: What the caller knows beforehand.
        budget: What is left of the limits.
    """

    stream: io.BufferedReader
    name: str
    known: Known
    budget: Budget

    @property
    def limits(self) -> Limits:
        """How much the file may cost."""
        return self.budget.limits

    def refuse(self, reason: str, *, line: int | None = None, hint: str = "") -> ArticleError:
        """Return the error that says why the file, or one line of it, is not taken."""
        return ArticleError(reason, path=self.name, line=line, hint=hint)

    def inside(self, stream: io.BufferedReader, name: str) -> "Opened":
        """Return what stands in this file, one level deeper.

        Raises:
            ArticleError: Too many archives stand within one another.
        """
        if self.budget.depth >= self.limits.depth:
            raise self.refuse(f"more than {self.limits.depth} archives stand within one another")
        return replace(self, stream=stream, name=name)

    def article(self) -> bytes:
        """Return all bytes of a file that is one text."""
        return read_all(self.stream, most=self.limits.article_bytes, name=self.name)

    def whole(self) -> bytes:
        """Return all bytes of a file that cannot be read piece by piece."""
        return read_all(self.stream, most=self.limits.whole_bytes, name=self.name)

    def lines(self, *, newline: str | None = None) -> io.TextIOWrapper:
        """Return the file as a stream of text; bytes that are not UTF-8 come as lone surrogates, as in file names."""
        codec = unicode_codec(self.stream.peek(4096)[:4096]) or "utf-8"
        errors = "surrogateescape" if codec.startswith("utf-8") else "replace"
        return io.TextIOWrapper(self.stream, encoding=codec, errors=errors, newline=newline)


def text_of(data: bytes, *, declared: str | None = None, name: str) -> str:
    """Return the text of a file that may say its own encoding; characters typed with old fonts stay as they are.

    UTF-8 is believed before the declaration, because nothing else looks like it by accident.

    Raises:
        ArticleError: The bytes are not text, or in an encoding that is not known for sure.
    """
    codec = unicode_codec(data[:4096])
    for name_of_codec in filter(None, (codec, "utf-8", declared)):
        try:
            text = data.decode(name_of_codec)
        except (UnicodeError, LookupError):
            continue
        if "\x00" not in text[:4096]:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    return decode(data, name=name).text
