"""A reply in fields, read as it comes: each sentence given out once its object is complete; a reply in words read as such.

What is asked for is `{"answered": bool, "sentences": [{"text": str, "marks": [int]}]}`. A server may put it between fences or
behind thoughts, give the list alone, or pay no heed and send ordinary text. What is given out depends on the text alone, never on how
it was cut into chunks, and reading takes time in proportion to its length.
"""

import json
import re
from collections import deque

from qa.chat.elements import Element, Elements
from qa.chat.marks import read_line
from qa.chat.parse import (
    LONGEST_LINE,
    LONGEST_REPLY,
    LONGEST_TAG,
    REPEATS,
    Parser,
    Said,
    declines,
    goes_round,
    open_bracket,
    sentences_of,
)

__all__ = ["FieldParser"]

LONGEST_HEAD = 64
"""Characters that may stand before the first bracket: space, a fence with its name."""
_HEAD = re.compile(r"[\s\ufeff\u200b]*(?:`{3,}[ \t]*\w*\s*)?\[?\s*")
_FALSE = frozenset({"false", "no"})
MOST_MARKS = 20
BLANKS = 400
"""Blank characters in a row after which a reply goes on without end: what models held to a form do when they have nothing to say."""
LONGEST_ESCAPE = 6


class FieldParser:
    """Takes a reply in chunks and gives out its sentences; as `Parser`, for a reply in fields.

    Attributes:
        raw: The reply so far, without what the model thought to itself.
    """

    def __init__(self) -> None:
        self._words: Parser | None = Parser()
        self._held: list[Said] = []
        self._elements = Elements("sentences", "answered", "text")
        self._written: list[str] = []
        self._end: deque[str] = deque(maxlen=REPEATS)
        self._blanks = self._given = self._line = 0
        self._point = self._declined = self._closed = False

    @property
    def raw(self) -> str:
        """The reply so far, without what the model thought to itself."""
        return self._words.raw if self._words else "".join(self._written)

    @property
    def declined(self) -> bool:
        """Whether the model said that it cannot answer."""
        if self._words:
            return self._words.declined
        whole = self._elements.done or self._closed
        return self._declined or (whole and not self._given and self._elements.flagged.lower() in _FALSE)

    @property
    def endless(self) -> bool:
        """Whether the model says one thing over and over, or far too much."""
        if self._words:
            return self._words.endless
        long = len(self._written) >= LONGEST_REPLY or self._blanks > BLANKS
        return long or goes_round("".join(self._end))

    @property
    def open(self) -> str:
        """The sentence that is being written, without marks and markup; "" while a bracket or tag stands open."""
        if self._words:
            return self._words.open
        text = _unescaped(self._elements.open) if len(self._elements.open) <= LONGEST_LINE else ""
        if open_bracket(text) or "<" in text[-LONGEST_TAG:]:
            return ""
        return read_line(text)[0]

    def feed(self, chunk: str) -> list[Said]:
        """Return the sentences that a further piece of the reply completes."""
        said: list[Said] = []
        for c in chunk.encode("utf-8", "replace").decode("utf-8"):
            said += self._in_words(self._words, c) if self._words else self._in_fields(c)
        return said

    def close(self, *, cut: bool = False) -> list[Said]:
        """Return the sentences that are left when the reply has ended: none of fields, where what is not complete does not count."""
        self._closed = not cut
        held, self._held = self._held, []
        return [*held, *(self._words.close(cut=cut) if self._words else ())]

    def _in_words(self, words: Parser, c: str) -> list[Said]:
        """Take a character of what is ordinary text as far as is known."""
        before = words.raw
        self._held += words.feed(c)
        seen = words.raw
        if len(seen) <= LONGEST_HEAD:
            if c == "{" and seen == before + c and _HEAD.fullmatch(before):
                self._words, self._held = None, []
                self._written = [*before, c]
                if before.rstrip().endswith("["):
                    self._elements.open_list()
                self._elements.take(c)
                return []
            if _HEAD.fullmatch(seen):
                return []
        held, self._held = self._held, []
        return held

    def _in_fields(self, c: str) -> list[Said]:
        if len(self._written) >= LONGEST_REPLY:
            return []
        self._written.append(c)
        if c.isspace() and not self._elements.quoted:
            self._blanks += 1
        else:
            self._blanks = 0
            self._end.append(c)
        element = self._elements.take(c)
        return self._said(element) if element else []

    def _said(self, element: Element) -> list[Said]:
        """Return the sentences of an element: one, of a model that does as it is told."""
        text, marks = _read(element)
        sentences, point = sentences_of(" ".join(text.split())[:LONGEST_LINE])
        self._line += point or self._point  # points stand on lines of their own
        self._point = point
        said = []
        for sentence, own in sentences:
            if declines(sentence):
                self._declined = True
            elif any(c.isalnum() for c in sentence):
                said.append(Said(sentence, own or marks, (self._line, point)))
        self._given += len(said)
        return said


def _read(element: Element) -> tuple[str, tuple[int, ...]]:
    """Return the text and the marks of an element; where it is no sound JSON, the text as far as that can be made out."""
    try:
        found = json.loads(element.source, strict=False)
    except (ValueError, RecursionError):
        return _unescaped(element.text), ()
    if isinstance(found, str):
        return _sound(found), ()
    text, marks = (found.get("text"), found.get("marks")) if isinstance(found, dict) else ("", ())
    listed = marks if isinstance(marks, list) else [marks]
    numbers = dict.fromkeys(n for mark in listed[:MOST_MARKS] for n in _numbers(mark))
    return _sound(text) if isinstance(text, str) else "", tuple(numbers)


def _numbers(mark: object) -> list[int]:
    """Return the numbers of a mark, whichever way it was written: 3, 3.0, "3", "[3][7]"."""
    if isinstance(mark, str):
        return [int(n) for n in re.findall(r"[0-9]{1,3}", mark[:40])]
    if isinstance(mark, float) and mark.is_integer():
        mark = int(mark)
    return [mark] if isinstance(mark, int) and not isinstance(mark, bool) else []


def _unescaped(written: str) -> str:
    """Return the text of the inside of a JSON string, perhaps cut off within an escape; "" when it is none."""
    for cut in range(LONGEST_ESCAPE + 1):
        try:
            return _sound(str(json.loads(f'"{written[: len(written) - cut]}"', strict=False)))
        except ValueError:
            continue
    return ""


def _sound(text: str) -> str:
    """Return a text without halves of pairs, which JSON can write though they are no characters."""
    return text.encode("utf-8", "replace").decode("utf-8")
