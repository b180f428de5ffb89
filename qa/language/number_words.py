"""Numbers written as words, Vietnamese and English, and Roman numerals."""

import re
from decimal import Decimal

__all__ = ["STARTS", "english_words", "ordinal_word", "roman", "vietnamese_words"]

_DIGIT = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_LAST = {**_DIGIT, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""The digits after `mươi` and `mười`; five is `lăm` there, `năm` is the year."""
del _LAST["năm"]
_SIZE = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_ENGLISH = {w: i for i, w in enumerate(_SMALL) if i} | {
    w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ENGLISH_SIZE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINAL = {
    w: i
    for i, w in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
            "sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_FIRST = re.compile(r"(?:lần )?đầu tiên\b|lần đầu\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_SHAPE = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
STARTS = frozenset({*_DIGIT, "mười", "nửa", *_ENGLISH, "half", "a", *_ORDINAL, "thứ", "lần", "đầu"})
"""Lower-case words with which a number or ordinal may begin."""
LONGEST = 14
"""Words of the longest number read."""

Read = tuple[Decimal, int, bool]
"""Value, where it ends, and whether it is made of several words."""


def vietnamese_words(text: str, at: int) -> Read | None:
    """Return the Vietnamese number that begins at `at`: `một trăm linh năm`, `nửa triệu`, `ba nghìn hai trăm`."""
    tokens = _tokens(text, at, " ")
    if tokens and tokens[0][0] == "nửa" and len(tokens) > 1 and tokens[1][0] in _SIZE:
        return Decimal(_SIZE[tokens[1][0]]) / 2, tokens[1][1], True
    total, done, limit = Decimal(0), 0, 10**12
    while done < len(tokens):
        group, taken = _below_thousand([t[0] for t in tokens], done)
        if not taken:
            break
        size, after = 1, done + taken
        while after < len(tokens) and tokens[after][0] in _SIZE:
            size *= _SIZE[tokens[after][0]]
            after += 1
        if size >= limit or (size == 1 and done and taken == 1 and tokens[done][0] == "năm"):
            break
        total, done, limit = total + group * size, after, size
        if done < len(tokens) and tokens[done][0] == "rưỡi" and size > 1:
            total, done = total + Decimal(size) / 2, done + 1
            break
        if size == 1:
            break
    return (total, tokens[done - 1][1], done > 1) if done else None


def english_words(text: str, at: int) -> Read | None:
    """Return the English number that begins at `at`: `twenty-five`, `one hundred and five`, `half a million`."""
    tokens = _tokens(text, at, " -")
    names = [t[0] for t in tokens]
    if names[:2] == ["half", "a"] and len(names) > 2 and names[2] in _ENGLISH_SIZE:
        return Decimal(_ENGLISH_SIZE[names[2]]) / 2, tokens[2][1], True
    if names[:1] == ["a"] and len(names) > 1 and names[1] in {*_ENGLISH_SIZE, "hundred"}:
        names[0] = "one"
    total, group, done, last = 0, 0, 0, 10**3
    for i, name in enumerate(names):
        if (
            name in _ENGLISH
            and _ENGLISH[name] < last
            and (group % 100 == 0 or (_ENGLISH[name] < 10 <= group % 100 and group % 10 == 0))
        ):
            group += _ENGLISH[name]
            last = 10 if _ENGLISH[name] >= 20 else 1
        elif name == "hundred" and 0 < group < 10:
            group, last = group * 100, 100
        elif name in _ENGLISH_SIZE and group:
            total, group, last = total + group * _ENGLISH_SIZE[name], 0, 10**3
        elif (
            name == "and"
            and i
            and i + 1 < len(names)
            and names[i - 1] in {"hundred", *_ENGLISH_SIZE}
            and names[i + 1] in _ENGLISH
        ):
            continue
        else:
            break
        done = i + 1
    return (Decimal(total + group), tokens[done - 1][1], done > 1) if done else None


def ordinal_word(text: str, at: int) -> tuple[int, int] | None:
    """Return the value and end of an ordinal at `at` that is one of its own: `thirteenth`, `twenty-first`, `đầu tiên`."""
    if first := _FIRST.match(text, at):
        return 1, first.end()
    tokens = _tokens(text, at, " -")[:2]
    if tokens and tokens[0][0] in _ORDINAL:
        return _ORDINAL[tokens[0][0]], tokens[0][1]
    if len(tokens) > 1 and _ENGLISH.get(tokens[0][0], 0) >= 20 and _ORDINAL.get(tokens[1][0], 99) < 10:
        return _ENGLISH[tokens[0][0]] + _ORDINAL[tokens[1][0]], tokens[1][1]
    return None


def roman(numeral: str) -> int | None:
    """Return the value of a Roman numeral up to 399, or None when the letters make none."""
    if not numeral or not _ROMAN_SHAPE.fullmatch(numeral):
        return None
    values = [_ROMAN[c] for c in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _tokens(text: str, at: int, between: str) -> list[tuple[str, int]]:
    """Return `(lower-case word, end)` of the words from `at` on that only `between` parts."""
    found: list[tuple[str, int]] = []
    while len(found) < LONGEST and (match := _WORDS.match(text, at)):
        found.append((match[0].lower(), match.end()))
        at = match.end() + 1
        if match.end() >= len(text) or text[match.end()] not in between:
            break
    return found


def _below_thousand(names: list[str], at: int) -> tuple[int, int]:
    """Return the value and word count of the number below a thousand at `at`; `(0, 0)` for none."""
    value, done = 0, at
    if _next(names, at + 1) == "trăm" and (names[at] in _DIGIT or names[at] == "không"):
        value, done = _DIGIT.get(names[at], 0) * 100, at + 2
        if _next(names, done) in {"linh", "lẻ"} and _next(names, done + 1) in {**_DIGIT, "tư": 4}:
            return value + {**_DIGIT, "tư": 4}[names[done + 1]], done + 2 - at
        if _next(names, done) == "rưỡi":
            return value + 50, done + 1 - at
    if _next(names, done) == "mười":
        value, done = value + 10, done + 1
    elif _next(names, done) in _DIGIT and _next(names, done + 1) == "mươi":
        value, done = value + 10 * _DIGIT[names[done]], done + 2
    elif _next(names, done) in _DIGIT and done == at:
        return _DIGIT[names[done]], 1
    else:
        return value, done - at
    if _next(names, done) in _LAST:
        value, done = value + _LAST[names[done]], done + 1
    return value, done - at


def _next(names: list[str], at: int) -> str:
    return names[at] if at < len(names) else ""
