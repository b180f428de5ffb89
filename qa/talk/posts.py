"""Posts that somebody is called by, and where in a question one stands for another: `Thủ tướng`, `the mayor`."""

import re

from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF, PLAIN_OF, VIETNAMESE_OF
from qa.language.forms import has_accents, words
from qa.talk.before import Before
from qa.talk.nouns import Place
from qa.talk.words import CAPITALS, WORD

__all__ = ["another_post", "holding"]

_ARTICLE = re.compile(r"(?i)^(?:the|a|an) ")
_ANYBODY = frozenset("man men woman women boy boys girl girls child children people person victim staff".split())
"""Who holds no post."""
LONGEST_POST = 40
"""Characters in which a post is looked for."""
_OF_STATE = r"(?i) (?:nước|quốc hội|chính phủ|nuoc|quoc hoi|chinh phu)(?!\w)"
_OF_PLACE = rf"(?: (?:nước|tỉnh|huyện|xã|phường|quận|thành phố|bộ|nuoc|tinh|huyen|xa|phuong|quan|bo)(?!\w))?(?: {CAPITALS}(?: (?:hội|phủ|nước))?)?"
"""What belongs to a post, and what it is a post of."""


def holding(part: str, before: Before) -> Before:
    """Return the turn that a part is put in the place of something in: the last that names a post, for another post."""
    turn: Before | None = before
    while turn is not None:
        if (_only_post(part) and _english_post(part, turn.own)) or (
            _length_of_post(part) == len(words(part)) and _post(part, turn.own)
        ):
            return turn
        turn = turn.earlier
    return before


def another_post(part: str, whole: str) -> tuple[Place, str] | None:
    """Return where another post stands, and the part as it stands there."""
    if found := _post(part, whole):
        return found, part
    found = _english_post(part, whole)
    return (found, _ARTICLE.sub("", part)) if found else None


def _post(part: str, whole: str) -> Place | None:
    """Return where the first post of a Vietnamese question stands, for another: `Thủ tướng` for `Chủ tịch Quốc hội`."""
    if not _length_of_post(part):
        return None
    spans = [m.span() for m in WORD.finditer(whole)]
    at, length = next(((a, n) for a, _ in spans if (n := _length_of_post(whole[a:]))), (0, 0))
    if not length:
        return None
    first = next(i for i, (a, _) in enumerate(spans) if a == at)
    end = spans[first + length - 1][1]
    alone = len(words(part)) == _length_of_post(part)
    more = re.match(_OF_STATE if alone else _OF_PLACE, whole[end:])
    return at, end + (more.end() if more else 0)


def _english_post(part: str, whole: str) -> Place | None:
    """Return where the post of an English question stands that its holder is asked for by, for another: `governor` for `the mayor`."""
    if not _only_post(part):
        return None
    found = [
        m
        for m in WORD.finditer(whole)
        if m[0] in ENGLISH_OF and _only_post(m[0]) and whole[: m.start()].endswith(("the ", "'s ", "’s "))
    ]
    return found[0].span() if found else None


def _only_post(part: str) -> bool:
    """Return whether an English part is nothing but a post: `the mayor`, `the deputy mayor`."""
    forms = words(_ARTICLE.sub("", part))
    return (
        0 < len(forms) <= 2
        and part.islower()
        and ENGLISH_OF.get(forms[-1]) is Kind.PERSON
        and forms[-1] not in _ANYBODY
    )


def _length_of_post(text: str) -> int:
    """Return how many words of a post, or of what somebody is called by, a text begins with."""
    forms, table = words(text[:LONGEST_POST]), VIETNAMESE_OF if has_accents(text) else PLAIN_OF
    return next((n for n in (3, 2) if len(forms) >= n and table.get(" ".join(forms[:n])) is Kind.PERSON), 0)
