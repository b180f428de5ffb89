"""Words with capitals that stand together, parted at spaces: `Kim Yo - jong`, `Jean - Claude Juncker`, `H'Hen Niê`."""

import re
from collections.abc import Iterator

from qa.language.forms import UPPER, is_syllable
from qa.people.beside import Piece, follows_head, is_place, title_before
from qa.people.names import GIVEN, NOBODY
from qa.people.words import TITLES

__all__ = ["PARTICLE_BEFORE", "end_of_name", "find_runs", "pieces_of"]

_REST = r"(?:[\w’']*(?:-\w+)*(?:[.](?=[\w]))?)+"
_TOKEN = rf"[{UPPER}]{_REST}"
_PARTICLE = r"(?:al|bin|ibn|de|da|du|van|von|der|den|el|la|le|dos)"
_DOUBLES = "Al|El|Jean|Marie|Anne|Hans|Karl|Frank|Pierre|Paul|Jo|Joy|Mary|Carl|Ernst|Klaus|Heinz|Abdul|Abdel|Abd"
"""What double given names begin with."""
_DOUBLED = "|".join(rf"(?<=\b{first} - )" for first in _DOUBLES.split("|"))
_NICKNAME = rf"[“\"](?=[{UPPER}])[\w .]{{1,20}}[”\"] "
# What begins with a set of letters is searched for quickest; what may not stand before them is asked behind them.
_RUN = re.compile(
    rf"[{UPPER}](?<![\w/@.-].)(?:(?<=[A-ZĐ])\. (?:[A-ZĐ]\. )?{_TOKEN}|(?<=[HYK]) [’'] ?{_TOKEN}|{_REST})"
    rf"(?: (?:[A-ZĐ]\.(?! [a-zà-ỹđ])|(?:{_NICKNAME})?(?:[AaEe]l-(?=[A-Z])|[Aa]l - |{_PARTICLE} ){{0,2}}(?:[DNO] [’'] ?)?{_TOKEN}|- (?:{_DOUBLED}){_TOKEN})){{0,10}}"
)
_KOREAN = re.compile(
    r"(?:Kim|Lee|Park|Choe|Thae|Ri|Ro|Ryu|Ryang|Hong|Im|Lim|Bae|Nam|Woo|Yun|Yu|Pak|Hyon|Pyon|Jo|No|So|Moon|Hwang|Choi|Jung|Kang|Cho|Ahn|Cha|Han|Yoon|Chung|Ban|Roh|Song|Yang|Shin|Jang|Kwon|Oh|Seo|Son|Bahn|Min|Hyun|Jeong|Jeon|Heo|Suh|Noh|Baek|Ha) [A-Z][a-z]+ - (?!(?:cho|theo|khi)\b)[A-Za-z][a-z]+(?![\w])|[A-Z][a-z]+ - [a-z]{1,2} - [a-z]+"
)
_PIECE = re.compile(
    rf"(?:{_NICKNAME})?(?:(?:{_DOUBLES}) - )?(?:[Aa]l - |{_PARTICLE} )*(?:[DHKNOY] [’'] ?)?[^ ]+(?: - [A-Za-z][a-z]+)?"
)
PARTICLE_BEFORE = re.compile(rf"(?<![\w]){_PARTICLE} \Z")
_LAST = re.compile(r"(?<![\w])[A-Z][a-z]+ [A-Z][a-z]+\Z")
_PART = re.compile(r" - ([a-z]{2,6})(?![\w])")
"""A part of a foreign name that no Vietnamese syllable is: `Prayuth Chan - ocha`."""


_SURNAME = re.compile(r" - ([A-Z][^\W\d_A-Z]{3,})(?![\w]| [A-Z]| - )")
"""The second of two surnames: `Kolinda Grabar - ⟨Kitarovic⟩`."""


def find_runs(text: str) -> Iterator[Piece]:
    """Yield where words with capitals stand together."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        yield start, _parted_end(text, start, end) if text.startswith(" - ", end) else end


def end_of_name(text: str, end: int) -> int:
    """Return where a name ends whose last word does at `end`, without what says that something is its: `Diana⟨’s⟩`."""
    end -= text.endswith(("’s", "'s"), 0, end)
    return end - (text[end - 1] in "’'")


def pieces_of(text: str, start: int, end: int) -> list[Piece]:
    """Return the words of a run, particles and the parts of double names with what they belong to."""
    return [m.span() for m in _PIECE.finditer(text, start, end)]


def _is_double(text: str, start: int, end: int, second: re.Match[str]) -> bool:
    """Return whether a foreign word behind a dash is a second surname: it stands nowhere without the first."""
    first = text[max(start, text.rfind(" ", start, end) + 1) : end]
    if not first.isascii() or any(is_syllable(w) or is_place(w) or w in NOBODY for w in (first, second[1])):
        return False
    whole = f"{first}{second[0]}"
    if text.count(second[1]) != text.count(whole):
        return False
    named = None if " " in text[start:end] else re.search(rf"[A-Z][\w-]+ {whole}", text)
    if named is None and " " not in text[start:end]:
        return False
    begin = named.start() if named else start
    word = text[begin : text.find(" ", begin)]
    return word in GIVEN or word.lower() in TITLES or title_before(text, begin) is not None or follows_head(text, begin)


def _parted_end(text: str, start: int, end: int) -> int:
    """Return where words with capitals end, with the last part of a Korean name written apart: `Moon Jae - in`."""
    if text.startswith(" - ", end):
        parted = _KOREAN.search(text, max(start, end - 16), min(len(text), end + 16))
        if parted and parted.end() > end:
            return parted.end()
        if (double := _SURNAME.match(text, end)) and _is_double(text, start, end, double):
            return double.end()
        part = _PART.match(text, end)
        if part and not is_syllable(part[1]) and _LAST.search(text, start, end):
            return part.end()
    return end
