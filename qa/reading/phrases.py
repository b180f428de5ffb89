"""How answers are worded in each language: bare spans, lists, posts with their English, yes and no."""

import re
from collections.abc import Sequence

from qa.language.lexicon import default_lexicon

__all__ = ["NO", "YES", "as_sentence", "in_english", "listed", "number_asked"]

YES = {"vi": "Có.", "en": "Yes."}
NO = {"vi": "Không.", "en": "No."}
_AND = {"vi": " và ", "en": " and "}


def as_sentence(text: str) -> str:
    """Return `text` with a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def listed(items: Sequence[str], *, language: str) -> str:
    """Return the items as a list that is read aloud: `A, B và C`."""
    if len(items) < 2:
        return "".join(items)
    joiner = _AND[language]
    if any(", " in i or joiner in i for i in items):
        return "; ".join(items)
    return ", ".join(items[:-1]) + joiner + items[-1]


def in_english(words: str) -> str:
    """Return a post or an institution in the lexicon's English, the words themselves behind it in brackets.

    A proper name has capitals (`Văn phòng Quốc hội`: `National Assembly Office`). Without an entry the words stay alone.
    """
    english = default_lexicon().english(words)
    if not english:
        return words
    return f"{_titled(english) if words != words.lower() else english} ({words})"


_SMALL = frozenset("a an and at for from in of on the to with".split())
_NUMBERS = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_NUMBER_ASKED = re.compile(
    rf"\b(?P<number>{'|'.join(_NUMBERS)}|[2-9]|10)(?= [^\W\d]+(?: [^\W\d]+){{0,4}} (?:nào|gì)\b)"
    rf"|\b(?:which|what|whose|name the|who (?:were|are)(?: the)?)(?: [\w-]+){{0,2}} (?P<english>{'|'.join(_NUMBERS)}|[2-9]|10)\b",
    re.IGNORECASE,
)


def number_asked(text: str) -> int | None:
    """Return how many things a question asks for when it says so: `ba tỉnh nào`, `which two firms`."""
    found = _NUMBER_ASKED.search(text)
    if found is None:
        return None
    said = (found["number"] or found["english"]).lower()
    return _NUMBERS.get(said) or int(said)


def _titled(english: str) -> str:
    """Return English words as a title: `head of the national assembly office` → `Head of the National Assembly Office`."""
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in english.split(" "))
