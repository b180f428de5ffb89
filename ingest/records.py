"""What every reader gives: an article as its file has it, with the places it came from."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.encodings import reading_of, refuse_lost

__all__ = ["Place", "Record", "place_of", "repaired", "with_title"]

_SPACE = re.compile(r"\s+")
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of a text stands in its file.

    Attributes:
        start: From this character of the text on, up to the next place, …
        unit: `character`, `line`, `page` or `paragraph`.
        at: … the text stems from this one of the file: the offset in the decoded file, running on character by character,
            or the number of the line, page or paragraph, counted from 1.
    """

    start: int
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file gives it, before cleaning.

    Attributes:
        text: Decoded, with line feeds as line ends; a title that the format keeps apart is its first line, a blank line after.
        key: Its id inside the file, unique there; None when the file is the article.
        title: The title as the format gives it.
        url: An http or https address.
        outlet: Who published it, as the format says it.
        published: An ISO 8601 day or moment, as far as it is known.
        line: Where it begins in the file.
        places: Where its pieces stand in the file, ascending by `start`.
    """

    text: str
    key: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    line: int | None = None
    places: tuple[Place, ...] = ()


def place_of(places: Sequence[Place], offset: int) -> Place | None:
    """Return where the character at `offset` stands in the file, a `character` place moved on to it; None where unknown."""
    found = bisect_right(places, offset, key=lambda place: place.start) - 1
    if found < 0:
        return None
    place = places[found]
    return Place(offset, place.unit, place.at + (offset - place.start if place.unit == "character" else 0))


def with_title(record: Record) -> Record:
    """Return `record` with its title as the first line of its text, unless it stands there already.

    Cleaning takes a first line for the title unless it ends in a stop, a colon or a comma; so those marks are left off there.
    """
    title = _SPACE.sub(" ", record.title or "").strip()
    if not title:
        return replace(record, title=None)
    first = next((line for line in record.text.split("\n", 40) if line.strip()), "")
    if _bare(first) == _bare(title):
        return replace(record, title=title)
    line = title if title.endswith("...") else title.rstrip(" .:;,") or title
    body = record.text.lstrip()
    shift = len(line) + 2 - (len(record.text) - len(body))
    moved = tuple(replace(place, start=max(place.start + shift, len(line) + 2)) for place in record.places)
    head = (Place(0, "line", record.line),) if record.line is not None and moved else ()
    return replace(record, title=title, text=f"{line}\n\n{body}", places=head + moved)


def repaired(record: Record, *, name: str | Path) -> Record:
    """Return `record` with wrong decodings undone in its text and fields, as `ingest.encodings.repair` says.

    Raises:
        ArticleError: It is likely that the text was typed with an old font, but not sure.
    """
    record = _whole(record)
    reading = reading_of(record.text, name=name)
    if reading is None:
        refuse_lost(record.text, name=name)
        return record
    pieces: list[str] = []
    done = length = 0
    moved = {0: 0}
    for start in [*(place.start for place in record.places), len(record.text)]:
        pieces.append(reading.convert(record.text[done:start]))
        length += len(pieces[-1])
        moved[start] = length
        done = start
    text = "".join(pieces)
    places = [replace(place, start=moved[place.start]) for place in record.places]
    refuse_lost(text, name=name)
    title = reading.convert(record.title) if record.title else None
    outlet = reading.convert(record.outlet) if record.outlet else None
    return replace(record, text=text, places=tuple(places), title=title, outlet=outlet)


def _whole(record: Record) -> Record:
    """Return `record` without halves of characters, which JSON can hold and nothing can store."""
    text, title, outlet = (
        _LONE.sub("\ufffd", s) if s and not s.isascii() else s for s in (record.text, record.title, record.outlet)
    )
    return replace(record, text=text or "", title=title, outlet=outlet)


def _bare(line: str) -> str:
    return _SPACE.sub(" ", line).strip(" .:;,").casefold()
