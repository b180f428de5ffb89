"""An answer or a conversation to keep elsewhere: as Markdown, as a Word document, or as JSON that can be read back."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from qa.errors import HoibaoError
from qa.schema import Answer
from ui.export.data import LARGEST, conversation_from, json_of
from ui.export.markdown import markdown_of
from ui.export.word import docx_of

__all__ = [
    "FORMATS",
    "checked_format",
    "conversation_from",
    "docx_of",
    "exported",
    "json_of",
    "markdown_of",
    "read_conversation",
    "write_export",
]

Exchanges = Sequence[tuple[str, Answer]]
_WRITERS: dict[str, Callable[[Exchanges, str], bytes]] = {
    ".md": lambda exchanges, language: markdown_of(exchanges, language=language).encode("utf-8", "replace"),
    ".docx": lambda exchanges, language: docx_of(exchanges, language=language),
    ".json": lambda exchanges, language: json_of(exchanges, language=language).encode("utf-8", "replace"),
}
FORMATS = tuple(_WRITERS)
"""Endings of file names, each of a format."""


def exported(exchanges: Exchanges, ending: str, *, language: str) -> bytes:
    """Return a conversation as a file.

    Args:
        exchanges: Questions as they were asked, and their answers, oldest first.
        ending: One of `FORMATS`.
        language: `vi` or `en`, of headings and dates.
    """
    return _WRITERS[ending](exchanges, language)


def checked_format(path: Path) -> str:
    """Return the format that the name of a file asks for.

    Raises:
        HoibaoError: It asks for none that is known.
    """
    ending = path.suffix.lower()
    if ending not in _WRITERS:
        raise HoibaoError(
            f"An answer cannot be written as {path.name}", hint=f"Let the name end in {', '.join(FORMATS)}."
        )
    return ending


def read_conversation(path: Path) -> list[tuple[str, Answer]]:
    """Return the exchanges of a `.json` file that `write_export` wrote.

    Raises:
        HoibaoError: It cannot be read, or is another file.
    """
    try:
        with path.open("rb") as handle:
            return conversation_from(handle.read(LARGEST + 1))
    except OSError as exc:
        raise HoibaoError(f"{path} cannot be read: {exc.strerror}", hint="Is the name right?") from exc


def write_export(path: Path, exchanges: Exchanges, *, language: str) -> None:
    """Write a conversation to a file, which appears whole or not at all.

    Raises:
        HoibaoError: Its name asks for no known format, or it cannot be written.
    """
    data = exported(exchanges, checked_format(path), language=language)
    draft = path.with_name(f"{path.name}.tmp")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as exc:
        raise HoibaoError(f"{path} cannot be written: {exc.strerror}", hint="Does the folder exist?") from exc
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
