"""What a question asks for: one slot for each thing wanted, with its kind, its head noun and the words that ask."""

import re
from collections.abc import Iterator

from qa.kinds.english import english_head
from qa.kinds.idle import Found, asking_words
from qa.kinds.kind import Kind, Slot
from qa.kinds.nouns import PLAIN_OF
from qa.kinds.patterns import (
    BIDS,
    ENGLISH_MANY,
    ENGLISH_TOPIC,
    LONGEST_SUBJECT,
    MONEY_WORDS,
    VIETNAMESE_MANY,
    VIETNAMESE_TOPIC,
    WHO_IS,
    patterns,
)
from qa.kinds.vietnamese import vietnamese_head
from qa.language.forms import fold, fold_pattern, words
from qa.language.lexicon import Lexicon

__all__ = ["Kind", "Slot", "find_slots"]


def find_slots(text: str, *, language: str, plain: bool, lexicon: Lexicon) -> tuple[Slot, ...]:
    """Return what a question asks for, in order: at least one slot, of kind `OTHER` when nothing says more.

    Args:
        text: NFC, white space collapsed.
        language: `vi` or `en`.
        plain: Whether it is Vietnamese typed without diacritics.
        lexicon: Gives the translations of English head nouns.
    """
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text
    if topic := re.match(
        ENGLISH_TOPIC if language == "en" else fold_pattern(VIETNAMESE_TOPIC) if plain else VIETNAMESE_TOPIC, lowered
    ):
        return (Slot(Kind.TOPIC, True, 0, topic.end(), (topic.end(), len(text))),)
    asked = [f for f in _asked(lowered, language=language, plain=plain) if not _is_name(text, f, language)]
    asked = asking_words(lowered, asked, language=language)
    found = _thinned([f for f in asked if not _only_compares(lowered, f)])
    if (who := WHO_IS[language].match(text)) and " ".join(fold(who["name"]).split()[:2]) not in PLAIN_OF:
        found = [(Kind.ROLE, *f[1:]) for f in found[:1]]
    slots = []
    for i, (kind, start, end) in enumerate(found):
        part = _part(lowered, found, i)
        many = _many(lowered[part[0] : part[1]], language=language, plain=plain)
        slots.append(_slot(lowered, kind, start, end, part, many, language=language, plain=plain, lexicon=lexicon))
    if slots:
        return tuple(slots)
    if len(words(text)) <= LONGEST_SUBJECT and not BIDS.match(fold(text)):
        return (Slot(Kind.TOPIC, True, 0, 0, (0, len(text))),)
    return (Slot(Kind.OTHER, _many(lowered, language=language, plain=plain), 0, 0, (0, len(text))),)


def _asked(lowered: str, *, language: str, plain: bool) -> Iterator[Found]:
    """Yield `(kind, start, end)` of every place that asks, in order, none overlapping."""
    taken: list[Found] = []
    for kind, pattern in patterns(language, plain=plain):
        for match in pattern.finditer(lowered):
            if match[0] and not any(s < match.end() and match.start() < e for _, s, e in taken):
                taken.append((kind, *match.span()))
    yield from sorted(taken, key=lambda t: t[1])


def _is_name(text: str, found: Found, language: str) -> bool:
    """Return whether a word that asks is part of a Vietnamese name, or an abbreviation: `ông Lý Văn Gì`, `công ty AI`."""
    _, at, end = found
    if language != "vi" or not text[at].isupper():
        return False
    return (text[at:end] == "AI" and not text.isupper()) or (at > 0 and text[:at].split()[-1][:1].isupper())


_DIFFERS = re.compile(r"(?:khac|doi|so)(?: (?:nhau|di|voi nhau))? $")


def _only_compares(lowered: str, found: Found) -> bool:
    """Return whether `thế nào` only says that two things asked for before are compared: `chức vụ … khác nhau thế nào`."""
    kind, start, _ = found
    before = fold(lowered[:start])
    return kind is Kind.MATTER and _DIFFERS.search(before) is not None and _NAMES_ATTRIBUTE.search(before) is not None


_NAMES_ATTRIBUTE = re.compile(r"\b(?:chuc vu|chuc danh|cuong vi|so luong|bao nhieu|may|ai|nao|dia diem|ngay)\b")


def _thinned(found: list[Found]) -> list[Found]:
    """Leave out weak places beside strong ones: a yes or no beside a question word, what joins a clause in the middle."""
    strong = [f for f in found if f[0] is not Kind.YESNO]
    asks = bool(found) and found[0][0] is None and found[0][1] == 0  # `On what dates was …, was due to …`
    if len(strong) < len(found) and (found[0][0] is Kind.YESNO or (all(f[0] is None for f in strong) and not asks)):
        return [f for f in found if f[0] is Kind.YESNO][:1]
    kept = strong or found
    if len(kept) > 1 and kept[0][0] in {Kind.REASON, Kind.MATTER} and kept[0][2] - kept[0][1] > 24:
        return kept[:1]
    return kept[:3]


def _part(lowered: str, found: list[Found], i: int) -> tuple[int, int]:
    """Return the part of the question around one place that asks: it ends where a comma or `và` parts it from the next."""
    start, end = 0, len(lowered)
    if i + 1 < len(found):
        end = _boundary(lowered, found[i][2], found[i + 1][1])
    if i:
        start = _boundary(lowered, found[i - 1][2], found[i][1])
    return start, end


def _boundary(lowered: str, first: int, last: int) -> int:
    marks = list(re.finditer(r"[,;]\s|\s(?=(?:và|va|and|còn|con|but|trong đó|so với)\s)", lowered[first:last]))
    return first + marks[-1].end() if marks else last


def _many(part: str, *, language: str, plain: bool) -> bool:
    if language == "en":
        return ENGLISH_MANY.search(part) is not None
    return re.search(fold_pattern(VIETNAMESE_MANY) if plain else VIETNAMESE_MANY, part) is not None


def _slot(
    lowered: str, kind: Kind | None, start: int, end: int, part: tuple[int, int], many: bool, *,
    language: str, plain: bool, lexicon: Lexicon,
) -> Slot:  # fmt: skip
    if language == "en":
        named, heads = english_head(lowered, end, kind, lexicon)
    else:
        named, heads = vietnamese_head(lowered, start, end, kind, plain=plain, lexicon=lexicon)
    kind = named if kind is Kind.PERSON and language == "vi" else kind or named
    if kind is Kind.NUMBER and language == "vi" and not heads:
        pattern = fold_pattern(MONEY_WORDS) if plain else MONEY_WORDS
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", lowered[max(part[0], start - 60) : start]):
            kind = Kind.MONEY
    return Slot(kind, many, start, end, part, heads)
