"""A reply read as it comes: whole sentences with their marks, each given out once nothing can change it any more.

What is given out depends on the text alone, never on how it was cut into chunks: it is looked at after every word.
"""

import re
from dataclasses import dataclass

from qa.chat.marks import read_line
from qa.chat.prompt import NOT_ANSWERED
from qa.language.forms import fold
from qa.language.sentences import split_sentences

__all__ = [
    "LONGEST_LINE",
    "LONGEST_REPLY",
    "LONGEST_TAG",
    "REPEATS",
    "Parser",
    "Said",
    "declines",
    "goes_round",
    "open_bracket",
    "sentences_of",
]

_OPENS = re.compile(r"<(think|thinking|thought|reasoning|reflection|analysis)>$", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:think|thinking|thought|reasoning|reflection|analysis)>$", re.IGNORECASE)
LONGEST_TAG = 16
LONGEST_LINE = 4000
"""Characters after which a line that does not end is taken to have ended."""
LONGEST_REPLY = 16_000
"""Characters after which a reply is no answer any more."""
LONGEST_PERIOD, TIMES = 80, 8
"""Characters of one thing, and how often it is said on end by a model that goes round in circles."""
REPEATS = LONGEST_PERIOD * TIMES
"""Characters at the end of a reply that are looked at for that."""
_DECLINES = frozenset(
    (
        "not answered", "not_answered", "khong tra loi duoc", "the articles do not say", "the articles do not answer the question",
        "the sentences do not answer the question", "the articles do not answer", "the sentences do not answer",
        "cac bai bao khong cho biet", "cac bai bao khong cho biet dieu nay", "cac cau khong tra loi duoc cau hoi",
        "cac cau tren khong tra loi duoc cau hoi", "cac bai bao khong tra loi duoc cau hoi",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a reply.

    Attributes:
        text: Without marks and markup.
        marks: The numbers it is marked with, in order; none when it has no mark.
        place: Its line, and whether that is a point of a list.
    """

    text: str
    marks: tuple[int, ...]
    place: tuple[int, bool]


class Parser:
    """Takes a reply in chunks and gives out its sentences.

    Attributes:
        declined: Whether the model said that it cannot answer.
        raw: The reply so far, without what the model thought to itself.
    """

    def __init__(self) -> None:
        self.declined = False
        self.raw = ""
        self._line = ""
        self._number = 0
        self._given = 0
        self._hidden = False
        self._tail = ""

    @property
    def endless(self) -> bool:
        """Whether the model says one thing over and over, or far too much."""
        return len(self.raw) > LONGEST_REPLY or goes_round(self.raw[-REPEATS:])

    @property
    def open(self) -> str:
        """The sentence that is being written, without marks and markup; "" while a bracket or tag stands open."""
        line = self._line[: max(self._line.rfind("\n"), 0) or None]
        if open_bracket(line) or "<" in line[-LONGEST_TAG:]:
            return ""
        text, _, _ = read_line(line)
        rest = [text[s:e] for s, e in split_sentences(text)][self._given :]
        return " ".join(rest)

    def feed(self, chunk: str) -> list[Said]:
        """Return the sentences that a further piece of the reply completes."""
        said: list[Said] = []
        for c in chunk.encode("utf-8", "replace").decode("utf-8"):
            if len(self.raw) > LONGEST_REPLY:
                break
            if self._hidden:
                self._tail = (self._tail + c)[-LONGEST_TAG:]
                if c == ">" and _CLOSES.search(self._tail):
                    self._hidden, self._tail = False, ""
                continue
            self.raw += c
            if c == "\n" or len(self._line) > LONGEST_LINE:
                said += self._settle(final=True)
                self._line, self._given = "", 0
                self._number += 1
                continue
            self._line += c
            if c == ">":
                self._tags()
            elif c.isspace():
                said += self._settle(final=False)
        return said

    def close(self, *, cut: bool = False) -> list[Said]:
        """Return the sentences that are left when the reply has ended; of one cut off not the one that was being written."""
        if cut and self._line:
            self._line += " "
            return self._settle(final=False)
        said = self._settle(final=True)
        self._line, self._given = "", 0
        return said

    def _tags(self) -> None:
        """Leave out what a model thinks to itself before it answers."""
        if opened := _OPENS.search(self._line):
            self._line = self._line[: opened.start()]
            self.raw = self.raw[: self.raw.rfind("<")]
            self._hidden = True
        elif _CLOSES.search(self._line):  # some servers leave the opening tag out
            self._line, self._given, self.raw = "", 0, ""

    def _settle(self, *, final: bool) -> list[Said]:
        """Return the sentences of the line that are complete and were not given out yet."""
        if not final and open_bracket(self._line):
            return []
        sentences, point = sentences_of(self._line)
        ready = len(sentences) if final else _ready([marks for _, marks in sentences])
        said = []
        for sentence, marks in sentences[self._given : ready]:
            if not marks and declines(sentence):
                self.declined = True
            elif any(c.isalnum() for c in sentence):
                said.append(Said(sentence, marks, (self._number, point)))
        self._given = max(self._given, ready)
        return said


def sentences_of(line: str) -> tuple[list[tuple[str, tuple[int, ...]]], bool]:
    """Return the sentences of a line without markup, each with the numbers it is marked with, and whether the line is a point."""
    text, marks, point = read_line(line)
    spans = split_sentences(text)
    of = _assigned(spans, marks, before=bool(marks) and marks[0][0] == 0)
    return [(text[slice(*span)], numbers) for span, numbers in zip(spans, of, strict=True)], point


def declines(sentence: str) -> bool:
    """Return whether a sentence says that the question cannot be answered."""
    plain = fold(sentence).strip(" .!*\"'“”[]()")
    return plain in _DECLINES or NOT_ANSWERED.lower() in plain


def goes_round(end: str) -> bool:
    """Return whether the end of a reply says one thing over and over."""
    return any(end.endswith(end[-n:] * TIMES) for n in range(1, min(LONGEST_PERIOD, len(end) // TIMES) + 1))


def open_bracket(line: str) -> bool:
    """Return whether a mark or a link may still be growing at the end of a line."""
    tail = line[-200:]
    at = max(tail.rfind("["), tail.rfind("【"), tail.rfind("［"))
    closed = max(tail.rfind("]"), tail.rfind("】"), tail.rfind("］"))
    if at > closed:
        return True
    link = tail.rfind("](")
    return link >= 0 and ")" not in tail[link:]


def _assigned(
    spans: list[tuple[int, int]], marks: list[tuple[int, tuple[int, ...]]], *, before: bool
) -> list[tuple[int, ...]]:
    """Return the numbers of each sentence: marks inside it and right behind it, or, where a line begins with one, before it.

    A sentence without any takes those of the next one that has some: two sentences on one mark.
    """
    found: list[list[int]] = [[] for _ in spans]
    for place, numbers in marks:
        if before:
            owner = next((i for i, (_, end) in enumerate(spans) if place < end), len(spans) - 1)
        else:
            owner = max((i for i, (start, _) in enumerate(spans) if start < place), default=0)
        if 0 <= owner < len(spans):
            found[owner] += [n for n in numbers if n not in found[owner]]
    for i in range(len(spans) - 2, -1, -1):
        found[i] = found[i] or found[i + 1]
    return [tuple(numbers) for numbers in found]


def _ready(of: list[tuple[int, ...]]) -> int:
    """Return how many sentences at the beginning of a growing line cannot change any more.

    The last one may still grow; one without a mark waits for one that has some.
    """
    return next((i for i, numbers in enumerate(of[:-1]) if not numbers), max(len(of) - 1, 0))
