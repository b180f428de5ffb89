"""Where the words of a plain text stand in the marked-up source it was made from."""

import re
from bisect import bisect_right

from ingest.records import Place

__all__ = ["Aligner", "masked"]

NEAR = 3_000
"""Characters of the source within which the next word of a paragraph is looked for."""
FAR = 2_000
"""Paragraphs whose beginning is looked for in the whole rest of the source."""
OPENING = 24
"""Characters of a paragraph that are looked for as its beginning."""

_WORD = re.compile(r"\S+")
_TAG = re.compile(r"<[^<>]*>")
_SILENT = re.compile(r"<(script|style|head)\b", re.IGNORECASE)


class Aligner:
    """Follows a text through its source, word by word, in order.

    Args:
        source: The decoded file; what cannot be text is masked, at the same offsets.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.ends = [m.start() for m in re.finditer("\n", source)]
        self.cursor = 0
        self.searches = 0

    def follow(self, text: str, *, start: int = 0) -> list[Place]:
        """Return where the words of `text`, which begins at `start` of the record's text, stand in the source.

        A word that does not stand there in one piece is known by its line alone.
        """
        places: list[Place] = []
        for line in re.finditer(r"[^\n]+", text):
            self._anchor(line[0].strip()[:OPENING])
            for word in _WORD.finditer(text, line.start(), line.end()):
                self._word(word[0], start + word.start(), places)
        return places

    def skip_to(self, line: int) -> None:
        """Go on at a line, counted from 0, unless the search is further already."""
        if 0 < line <= len(self.ends):
            self.cursor = max(self.cursor, self.ends[line - 1] + 1)

    def line(self) -> int:
        """Return the line at which the search stands, counted from 1."""
        return bisect_right(self.ends, self.cursor - 1) + 1

    def _anchor(self, opening: str) -> None:
        if self.source.startswith(opening, self.cursor) or self.searches >= FAR:
            return
        self.searches += 1
        at = self.source.find(opening, self.cursor)
        if at >= 0:
            self.cursor = at

    def _word(self, word: str, offset: int, places: list[Place]) -> None:
        at = self.source.find(word, self.cursor, self.cursor + NEAR + len(word))
        last = places[-1] if places else None
        if at < 0:
            if last is None or (last.unit, last.at) != ("line", self.line()):
                places.append(Place(offset, "line", self.line()))
            return
        self.cursor = at + len(word)
        if last is None or last.unit != "character" or at - last.at != offset - last.start:
            places.append(Place(offset, "character", at))


def masked(source: str) -> str:
    """Return HTML with its tags, scripts and styles blotted out, every other character at the offset it had."""
    parts: list[str] = []
    done = 0
    while opening := _SILENT.search(source, done):
        closing = re.compile(rf"</{opening[1]}", re.IGNORECASE).search(source, opening.end())
        end = closing.start() if closing else len(source)
        parts += source[done : opening.start()], "\x00" * (end - opening.start())
        done = end
    parts.append(source[done:])
    return _TAG.sub(lambda m: "\x00" * len(m[0]), "".join(parts))
