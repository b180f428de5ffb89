"""What a claim states that can be looked up: its names, numbers and dates must stand in the quotation."""

import re
from collections.abc import Iterator

from qa.gate.text import Phrase, Reading, is_light
from qa.language.forms import UPPER, fold, occurrences
from qa.language.numbers import Quantity, same_quantity

__all__ = ["date_problems", "name_problems", "number_problems", "says_date", "stated"]

_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")
_CAPITALISED = re.compile(rf"(?<!\w)[{UPPER}]\w*(?:[ -][{UPPER}]\w*)*")
_COUNTED_UNITS = frozenset({"person", "page", ""})
"""Units that a language may leave out: `four people` are `bốn ông`."""
_MONTH = re.compile(
    r"\btháng (\d{1,2})\b|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_DAY_PARTS = {
    "sáng": "morning", "trưa": "noon", "chiều": "afternoon", "tối": "evening", "đêm": "night", "morning": "morning",
    "noon": "noon", "afternoon": "afternoon", "evening": "evening", "night": "night",
}  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()
_DAY = re.compile(r"(?:ngày|mùng|mồng)\s$", re.IGNORECASE)
_FIRST = frozenset({"đầu", "nhất", "first"})
AFTER, WIDE = 5, 7
"""Words after a number in which what it counts must stand, in the same language and in another."""


def name_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the names of the claim that the quotation neither holds nor, by the lexicon, says in its language."""
    taken = _spoken_for(claim, quote)
    for run in _CAPITALISED.finditer(claim.text):
        first, last = claim.index(run.start()), claim.index(run.end() - 1) + 1
        for a, b in _left(first, last, taken):
            if _opens(claim, a):
                a += 1
            if a < b and not quote.places(tuple(claim.plain[a:b]), plain=True) and not _written(claim, a, b, quote):
                yield f"the name {claim.text[claim.tokens[a][1] : claim.tokens[b - 1][2]]!r} is in no quotation"
    for person in claim.people:
        first, last = claim.index(person.start), claim.index(person.end - 1) + 1
        if not quote.places(tuple(claim.plain[first:last]), plain=True):
            yield f"the name {person.name!r} is in no quotation"


def number_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the numbers of the claim that are not in the quotation, or count something else there."""
    for quantity in claim.quantities:
        if quantity.ordinal and quantity.value == 1 and _FIRST.intersection(quote.at):
            continue
        if _is_day(claim, quantity, quote) or _in_place(claim, quantity, quote):
            continue
        if not (found := stated(quantity, quote)):
            yield f"the number {quantity.text!r} is in no quotation"
        elif not quantity.ordinal and not any(_counts_same(claim, quantity, quote, other) for other in found):
            yield f"{quantity.text!r} counts something else in the quotation"
    spoken = [(q.start, q.end) for q in claim.quantities] + [(s, e) for _, s, e in claim.dates]
    spoken += [m.span() for m in _MONTH.finditer(claim.text)]
    written = set(_NUMBER.findall(quote.text))
    for match in _NUMBER.finditer(claim.text):
        if not any(a <= match.start() < b for a, b in spoken) and match[0] not in written:
            yield f"the number {match[0]} is in no quotation"


def date_problems(claim: Reading, quote: Reading, known: tuple[str, ...]) -> Iterator[str]:
    """Yield the dates of the claim that the quotation does not give; `known` are those its article reads into its words."""
    given = {*known, *(value for value, _, _ in quote.dates)}
    for value, start, end in claim.dates:
        if not any(says_date(v, value) for v in given):
            yield f"the date {claim.text[start:end]!r} is in no quotation"
    months = {_month(m) for m in _MONTH.finditer(quote.text)} | {
        int(v.split("-")[-2]) for v in given if v.count("-") == 2
    }
    months |= {int(v[5:7]) for v in given if len(v) >= 7 and v[:4].isdigit()} | {
        int(v[2:4]) for v in given if v[:2] == "--"
    }
    for match in _MONTH.finditer(claim.text):
        inside = any(a <= match.start() < b for _, a, b in claim.dates)
        if not inside and _month(match) not in months and not (match[0] == "May" and match.start() == 0):
            yield f"the month {match[0]!r} is in no quotation"
    here, there = _day_parts(claim), _day_parts(quote)
    if claim.dates and there and not here <= there:
        yield "the quotation speaks of another part of the day"


def stated(quantity: Quantity, quote: Reading) -> list[Quantity]:
    """Return the quantities of the quotation that are this one."""
    return [
        q for q in quote.quantities
        if same_quantity(quantity, q) and (q.unit == quantity.unit or quantity.unit in _COUNTED_UNITS)
    ]  # fmt: skip


def _in_place(claim: Reading, quantity: Quantity, quote: Reading) -> bool:
    """Return whether a number word is part of the name of a place that the quotation names: `Ba Lan`."""
    at = claim.index(quantity.start)
    places = (p for p in claim.phrases if "place" in p.kinds and p.first <= at < p.last)
    return any(quote.saying(p) for p in places)


def _is_day(claim: Reading, quantity: Quantity, quote: Reading) -> bool:
    """Return whether a number is a day without its month that the quotation gives: `August 28 to 31`, `ngày 4`."""
    given = any(value.endswith(f"-{int(quantity.value):02}") for value, _, _ in quote.dates)
    joined = (claim.text[end : quantity.start].strip() for _, _, end in claim.dates)
    ranged = any(between in {"to", "and", "-", "–", "đến", "và"} for between in joined)
    return given and not quantity.unit and (ranged or _DAY.search(claim.text, 0, quantity.start) is not None)


def _counts_same(claim: Reading, quantity: Quantity, quote: Reading, other: Quantity) -> bool:
    """Return whether what follows the number in the claim stands beside it in the quotation."""
    if quantity.unit not in _COUNTED_UNITS:
        return True
    after = _following(claim, quantity)
    if not after:
        return True
    same = claim.language == quote.language
    first, last = quote.index(other.start), quote.index(other.end - 1)
    reach = AFTER if same else WIDE
    for phrase in after:
        if any(first - reach <= at <= last + reach for at in quote.saying(phrase)):
            return True
    return not same and not any(quote.saying(p) for p in after) and not any(p.kinds for p in after)


def _following(claim: Reading, quantity: Quantity) -> list[Phrase]:
    """Return the content words right behind a number, up to the next mark or three words on."""
    last = claim.index(quantity.end - 1)
    found = []
    for phrase in claim.phrases:
        if not last < phrase.first <= last + 3:
            continue
        between = claim.text[claim.tokens[last][2] : claim.tokens[phrase.first][1]]
        if re.search(r"[,;:.()%]", between) or (len(phrase.forms) == 1 and is_light(phrase.forms[0])):
            break
        found.append(phrase)
    return found


def _day_parts(reading: Reading) -> set[str]:
    return {_DAY_PARTS[t[0]] for t in reading.tokens if t[0] in _DAY_PARTS}


def says_date(given: str, asked: str) -> bool:
    """Return whether one ISO value says another: it is the same, or fuller."""
    if given == asked or given.startswith(f"{asked}-"):
        return True
    return asked.startswith("--") and given.endswith(asked[1:]) and len(given) == 10


def _month(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else _MONTHS.index(match[2]) + 1


def _spoken_for(claim: Reading, quote: Reading) -> set[int]:
    """Return the words of the claim that are dates or numbers, or phrases that the quotation says."""
    spans = [(s, e) for _, s, e in claim.dates] + [m.span() for m in _MONTH.finditer(claim.text)]
    spans += [(q.start, q.end) for q in claim.quantities]
    taken = {i for i, (_, s, _) in enumerate(claim.tokens) if any(a <= s < b for a, b in spans)}
    people = {i for p in claim.people for i in range(claim.index(p.start), claim.index(p.end - 1) + 1)}
    for phrase in claim.phrases:
        span = range(phrase.first, phrase.last)
        name_part = claim.language == "vi" and len(span) == 1  # `lê` is a pear, `Lê` a family
        if phrase.kinds and not name_part and not people.intersection(span) and quote.saying(phrase):
            taken.update(span)
    return taken


def _left(first: int, last: int, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run of words that are not taken."""
    start = None
    for i in range(first, last + 1):
        if i < last and i not in taken:
            start = i if start is None else start
        elif start is not None:
            yield start, i
            start = None


def _opens(claim: Reading, at: int) -> bool:
    """Return whether a capital stands there only because a sentence begins: `Tại Vinh`, `The library`."""
    form, start, _ = claim.tokens[at]
    before = claim.text[:start].rstrip(" “\"'(")
    if before and before[-1] not in ".!?;:":
        return False
    if is_light(form):
        return True
    alone = at + 1 >= len(claim.tokens) or not claim.text[claim.tokens[at + 1][1]].isupper()
    known = any(p.first <= at < p.last and (p.kinds - {"place", "institution"}) for p in claim.phrases)
    return alone and (known or len(claim.tokens) > 2)


def _written(claim: Reading, first: int, last: int, quote: Reading) -> bool:
    """Return whether the quotation holds the name as part of a word with marks (`Covid` of `Covid-19`)."""
    name = fold(claim.text[claim.tokens[first][1] : claim.tokens[last - 1][2]])
    return any(occurrences(name, fold(quote.text)))
