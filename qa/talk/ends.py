"""What a clause says besides what was done: without the deeds and particles at its ends."""

from qa.kinds import Kind
from qa.language.forms import fold, has_accents
from qa.language.lexicon import default_lexicon
from qa.talk.before import Before
from qa.talk.words import ENGLISH_PARTICLES, PARTICLES, PLAIN_PARTICLES, WORD

__all__ = ["LEAST_TOPIC", "is_verb", "without_ends"]

_IDLE_ENDS = frozenset(
    ("dien ra", "to chuc", "xay ra", "hop", "lam", "bat dau", "ket thuc", "khai mac", "duoc mo", "mo")
)
_ENGLISH_ENDS = frozenset("held hold place take happen happened open begin start".split())
"""What ends a question about when and where."""
LEAST_TOPIC = 2
"""Words of a topic."""
_DONE = frozenset("killed injured appointed elected arrested found built made known called born shot".split())
_PAST = frozenset(
    "won ran sold bought made took gave went came held built met said told beat shot sank rose broke drew flew drove wrote sang paid spent sent kept became began grew "
    "got saw stole fought caught taught brought thought struck swept did had ate chose threw blew knew wore swore tore rang swam froze hid bit slept dealt sought fled".split()
)
"""Verbs whose past nothing at its end tells, and that are no nouns."""
_SUFFERED = frozenset(("bị", "được"))
"""What is done to somebody is told with these: `bị chồng tố` is not what the husband was about."""


def without_ends(clause: str, before: Before) -> str:
    """Return a clause without the deeds and particles at its ends."""
    spans = [(m.start(), m.end(), m[0]) for m in WORD.finditer(clause)]
    first, last = 0, len(spans)
    lowered = [w.lower() for _, _, w in spans]
    while first < last and not _in_name(spans, first) and (drop := _idle_at(lowered[first:last], before)):
        first += drop
    while (
        first < last
        and (spans[last - 1][2][0].islower() or before.vietnamese)
        and (drop := _idle_end(lowered[first:last], before))
    ):
        last -= drop
    return clause[spans[first][0] : spans[last - 1][1]] if first < last else clause


def is_verb(form: str) -> bool:
    """Return whether an English word is nothing but a verb."""
    if form in _PAST:
        return True
    lexicon = default_lexicon()
    for base in (
        form,
        form.removesuffix("s"),
        form.removesuffix("es"),
        form.removesuffix("ed"),
        form.removesuffix("d"),
    ):
        length, entries = lexicon.match([base], 0)
        if length and entries:
            return all(e.kind == "verb" for e in entries)
    return form.endswith("ed") and len(form) > 4


def _in_name(spans: list[tuple[int, int, str]], at: int) -> bool:
    """Return whether a word and the next begin a name, as `Da` of `Da Nang` does, which alone would be a particle."""
    return all(word[0].isupper() for _, _, word in spans[at : at + 2]) and at + 1 < len(spans)


def _idle_at(forms: list[str], before: Before) -> int:
    """Return how many words at the beginning say no more than what was done."""
    if before.vietnamese:
        if forms[0] in _SUFFERED:
            return 0
        plain = not any(map(has_accents, forms))
        length, entries = default_lexicon().match_vietnamese(forms, 0, plain=plain)
        if plain and length > 1 and not any(e.kind == "verb" for e in entries):
            return 0  # `co so`, not `co`
        if forms[0] in PARTICLES or (forms[0] in PLAIN_PARTICLES and not any(map(has_accents, forms))):
            return 1
        length, entries = default_lexicon().match_vietnamese(forms, 0, plain=not any(map(has_accents, forms)))
        return length if length and all(e.kind == "verb" for e in entries) else 0
    if forms[0] in ENGLISH_PARTICLES or (forms[0].endswith("ed") and is_verb(forms[0])) or forms[0] in _DONE:
        return 1
    length, entries = default_lexicon().match(forms, 0)
    return length if length and entries and all(e.kind == "verb" for e in entries) else 0


def _idle_end(forms: list[str], before: Before) -> int:
    if before.vietnamese:
        if forms[-1] in PARTICLES:
            return 1
        if before.question.kind in {Kind.DATE, Kind.CLOCK, Kind.PLACE} and len(forms) > LEAST_TOPIC:
            plain = not any(map(has_accents, forms))
            for n in (2, 1):
                taken, entries = default_lexicon().match_vietnamese(forms[-n:], 0, plain=plain)
                if taken == n and all(e.kind == "verb" for e in entries):
                    return n
        return next((n for n in (2, 1) if fold(" ".join(forms[-n:])) in _IDLE_ENDS), 0)
    return int(forms[-1] in ENGLISH_PARTICLES | _ENGLISH_ENDS)
