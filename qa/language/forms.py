"""Forms of words: Unicode, tone placement, accents, and which language a text is in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from qa.language.remembered import Remembered

__all__ = [
    "UPPER",
    "WORD",
    "ZERO_WIDTH",
    "detect_language",
    "fold",
    "fold_pattern",
    "has_accents",
    "is_syllable",
    "lowered",
    "match_form",
    "nfc",
    "occurrences",
    "plain_form",
    "tokens",
    "words",
]

UPPER = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA))) if c.isupper())
"""Capital letters of Vietnamese and English, for a class of a pattern; a range such as `à-ỹ` holds capitals too."""

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\xad"
"""Characters that show nothing and mean nothing within a word."""
WORD = re.compile(rf"\w+(?:[{ZERO_WIDTH}]+\w+)*(?:[.,/:-]\d+)*")
"""A syllable, a word or a number; numbers keep their inner marks (`2/2`, `1,5`, `05-CT` is two)."""
_UNSEEN = dict.fromkeys(map(ord, ZERO_WIDTH))
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""The block of combining marks, less the one that combines nothing; nearly every text is ASCII without them."""
CACHED = 64
"""Characters of a text whose plain form is remembered: words and names, not articles."""

ACCENTED = 0.12
"""Share of accented letters above which a text is Vietnamese, unless its function words are English."""
SENTENCE = 7
"""Words from which an English text holds a function word that is no Vietnamese syllable."""
_VIETNAMESE_FUNCTION_WORDS = frozenset(
    (
        "là của và ai gì nào đâu khi sao có các những được trong ở tại cho với không năm ngày ông bà la cua va gi "
        "nao dau co cac nhung duoc trong tai cho voi khong nam ngay ong bao nhieu nhung nguoi"
    ).split()
)
_ENGLISH_FUNCTION_WORDS = frozenset(
    (
        "the of and who what when where which how why is are was were did does do in on at to for by a an with "
        "from many much whose whom has have had that this about tell any there their his her it been or as into one you your they them"
    ).split()
)

_SYLLABLE = re.compile(r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
"""A Vietnamese syllable typed without diacritics."""

# Old and new placement of the tone on oa, oe and uy: `hòa` and `hoà` are one word. Only open syllables differ.
_TONE_MOVES = {
    old: new
    for base, shifted in (("oa", "óa òa ỏa õa ọa"), ("oe", "óe òe ỏe õe ọe"), ("uy", "úy ùy ủy ũy ụy"))
    for old, new in zip(
        {"oa": "oá oà oả oã oạ", "oe": "oé oè oẻ oẽ oẹ", "uy": "uý uỳ uỷ uỹ uỵ"}[base].split(),
        shifted.split(),
        strict=True,
    )
}
_TONE_PATTERN = re.compile(rf"(?<!q)({'|'.join(_TONE_MOVES)})(?![\w])")


@lru_cache(maxsize=4)
def lowered(text: str) -> str:
    """Return a text in small letters; those of the last ones are remembered, for several steps of reading an article ask for them."""
    return text.lower()


def nfc(text: str) -> str:
    """Return `text` in Unicode normal form C, the form everything is kept in."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=65536)
def match_form(word: str) -> str:
    """Return the form under which spellings of one word meet: NFC, lower case, one tone placement (`hoà` → `hòa`)."""
    return _TONE_PATTERN.sub(lambda m: _TONE_MOVES[m[1]], nfc(word.translate(_UNSEEN)).lower())


@lru_cache(maxsize=65536)
def plain_form(word: str) -> str:
    """Return the matching form of a word without diacritics."""
    return fold(match_form(word))


def fold(text: str) -> str:
    """Return `text` lower-case and without diacritics: `Đồng chủ trì` → `dong chu tri`.

    Precomposed letters map to one letter each, so offsets into NFC text stay valid.
    """
    return _folded_word(text) if len(text) <= CACHED else _folded(text)


def fold_pattern(pattern: str) -> str:
    """Return a pattern that matches the same words typed without diacritics; escapes keep their case."""
    return "".join(
        p if p.startswith("\\") else fold(p) if p.islower() or not p.isascii() else p
        for p in re.split(r"(\\.|\(\?P<\w+>|\(\?.)", pattern)
    )


def words(text: str) -> list[str]:
    """Return the words of `text` in matching form, in order."""
    return list(chain.from_iterable(map(_FORMS.__getitem__, text.split())))


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Return `(matching form, start, end)` of every word of `text`, in order."""
    return [(match_form(m[0]), m.start(), m.end()) for m in WORD.finditer(text)]


def occurrences(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of every place where `words` stand in `text`, cut out of no longer word."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_joins(text[max(0, start - 1) : start]) or _joins(text[end : end + 1])):
            yield start, end
        start = text.find(words, end)


def _forms(written: str) -> tuple[str, ...]:
    """Return the words of what stands between two spaces: no word holds one, and to cut a text at them is quickest."""
    return (match_form(written),) if written.isalnum() else tuple(map(match_form, WORD.findall(written)))


_FORMS = Remembered(_forms, most=65536)


def _joins(character: str) -> bool:
    return character.isalnum() or character == "_"


def has_accents(text: str) -> bool:
    """Return whether any letter of `text` carries a Vietnamese diacritic."""
    return any(fold(c) != c for c in set(text.lower()) if c.isalpha())


def is_syllable(word: str) -> bool:
    """Return whether a word has the shape of a Vietnamese syllable, with or without diacritics."""
    return _SYLLABLE.fullmatch(fold(word)) is not None


def detect_language(text: str) -> str:
    """Return `vi` or `en`, by accents first, function words second and the shape of syllables last; a tie is `vi`.

    English function words that are Vietnamese syllables, too (`do`, `to`, `an`), prove nothing where all the others are syllables.
    """
    letters = {c: n for c, n in Counter(text.lower()).items() if c.isalpha()}
    written = (text.lower() if text.isupper() else text).split()
    found, english, sure, vietnamese, foreign = map(sum, zip(*map(_SIGNS.__getitem__, written), _NO_SIGNS, strict=True))
    accented = sum(n for c, n in letters.items() if not c.isascii() and fold(c) != c)
    if letters and accented / sum(letters.values()) > ACCENTED:
        return "en" if sure >= 2 and english > vietnamese else "vi"  # names keep their accents in English too
    if not accented and (english == vietnamese or (not sure and found >= SENTENCE)):
        return "en" if foreign > found / (2 if english <= vietnamese else 3) else "vi"
    return "en" if english > vietnamese else "vi"


_Signs = tuple[int, int, int, int, int]
"""How many words there are, English function words, those of them that are no Vietnamese syllables, Vietnamese function words,
and words that are no Vietnamese syllables."""
_NO_SIGNS: _Signs = (0, 0, 0, 0, 0)


def _signs(written: str) -> _Signs:
    """Return what stands between two spaces tells of the language; names of capitals alone (`UNESCO`) tell nothing."""
    found = [match_form(w) for w in WORD.findall(written) if len(w) == 1 or not w.isupper()]
    english = [w for w in found if w in _ENGLISH_FUNCTION_WORDS]
    sure = sum(not is_syllable(w) for w in english)
    vietnamese = sum(map(_VIETNAMESE_FUNCTION_WORDS.__contains__, found))
    return len(found), len(english), sure, vietnamese, sum(w.isalpha() and not is_syllable(w) for w in found)


_SIGNS = Remembered(_signs, most=65536)


def _folded(text: str) -> str:
    plain = text.lower()
    if plain.isascii():
        return plain
    plain = _MARKS.sub("", unicodedata.normalize("NFD", plain.replace("đ", "d")))
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))


_folded_word = lru_cache(maxsize=65536)(_folded)
