"""A text whose every character knows where it came from, through all that cleaning does to it."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence

__all__ = ["TracedText"]

_Run = tuple[int, int, int]

_UNEVEN = re.compile(r"\s{2,}|[^\S ]")


class TracedText:
    """A text made from a raw one by keeping, dropping, composing and spacing, never by reordering.

    Every operation returns a new `TracedText`; the origins of its characters ascend.

    Args:
        raw: The text as it was decoded.
    """

    __slots__ = ("_runs", "text")

    def __init__(self, raw: str) -> None:
        self.text = raw
        self._runs: list[_Run] = [(0, 0, len(raw))] if raw else []

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def origins(self) -> tuple[_Run, ...]:
        """`(clean, raw, length)` runs as in `Article.origins`; characters put in or composed stand in none."""
        return tuple(self._runs)

    def keep(self, start: int, end: int) -> "TracedText":
        """Return the characters from `start` to `end`, end excluded."""
        if start == 0 and end == len(self.text):
            return self
        runs: list[_Run] = []
        first = max(0, bisect_right(self._runs, start, key=_clean_start) - 1)
        _copy(self._runs, first, start, end, -start, runs)
        return _made(self.text[start:end], runs)

    def drop(self, pattern: re.Pattern[str]) -> "TracedText":
        """Return the text without the matches of `pattern`."""
        return self.edit((*m.span(), "") for m in pattern.finditer(self.text))

    def insert(self, positions: Iterable[int], space: str = " ") -> "TracedText":
        """Return the text with `space` before each of the ascending `positions`."""
        return self.edit((at, at, space) for at in positions)

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> "TracedText":
        """Return the text with each `(start, end, new)` replaced, ascending and apart from one another.

        The characters put in have no origin.
        """
        pieces: list[str] = []
        runs: list[_Run] = []
        done = length = at = 0
        for start, end, new in edits:
            pieces += self.text[done:start], new
            at = _copy(self._runs, at, done, start, length - done, runs)
            length += start - done + len(new)
            done = end
        if not pieces:
            return self
        pieces.append(self.text[done:])
        _copy(self._runs, at, done, len(self.text), length - done, runs)
        return _made("".join(pieces), runs)

    def nfc(self) -> "TracedText":
        """Return the text in normal form C; a letter composed with its marks has no origin."""
        if unicodedata.is_normalized("NFC", self.text):
            return self
        clusters = _clusters(self.text)
        edits = ((*m.span(), unicodedata.normalize("NFC", m[0])) for m in clusters.finditer(self.text))
        return self.edit((start, end, new) for start, end, new in edits if new != self.text[start:end])

    def collapse(self) -> "TracedText":
        """Return the text with each run of white space made one space, and none at either end."""
        text = self.text
        if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:  # as nearly everywhere
            return self  # of white space, only a space is printable
        start = len(self.text) - len(self.text.lstrip())
        trimmed = self.keep(start, max(start, len(self.text.rstrip())))
        return trimmed.edit((*m.span(), " ") for m in _UNEVEN.finditer(trimmed.text))

    @staticmethod
    def join(parts: Sequence["TracedText"], separator: str = "\n") -> "TracedText":
        """Return `parts`, which follow one another in the raw text, with `separator` between them."""
        runs: list[_Run] = []
        length = 0
        for part in parts:
            _copy(part._runs, 0, 0, len(part.text), length, runs)
            length += len(part.text) + len(separator)
        return _made(separator.join(p.text for p in parts), runs)


def _made(text: str, runs: list[_Run]) -> TracedText:
    made = TracedText("")
    made.text = text
    made._runs = runs
    return made


def _clean_start(run: _Run) -> int:
    return run[0]


def _copy(source: list[_Run], at: int, start: int, end: int, shift: int, into: list[_Run]) -> int:
    """Append what `source`, from its run `at` on, has between `start` and `end`, moved by `shift`; return where it stopped."""
    while at < len(source):
        clean, raw, length = source[at]
        if clean >= end:
            break
        low, high = max(clean, start), min(clean + length, end)
        if low < high:
            run = (low + shift, raw + low - clean, high - low)
            if into and into[-1][0] + into[-1][2] == run[0] and into[-1][1] + into[-1][2] == run[1]:
                run = (into[-1][0], into[-1][1], into[-1][2] + run[2])
                into[-1] = run
            else:
                into.append(run)
        if clean + length > end:
            break
        at += 1
    return at


def _clusters(text: str) -> re.Pattern[str]:
    """Return a pattern of all that composing may change in `text`: letters with marks, and lone singletons.

    Marks are category M and the Hangul vowels and finals; Unicode composes nothing else with what stands before it
    (UAX #15).
    """
    letters = set(text)
    marks = [c for c in letters if unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff"]
    singles = [c for c in letters if not unicodedata.is_normalized("NFC", c)]
    one = "".join(map(re.escape, marks))
    alone = "".join(map(re.escape, singles))
    parts = ([f"[\\s\\S]?[{one}]+"] if one else []) + ([f"[{alone}]"] if alone else [])
    return re.compile("|".join(parts) or r"(?!)")
