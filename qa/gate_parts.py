"""Where in a quotation things stand: what a claim joins must not be joined from parts that speak of different things."""

import re
from collections.abc import Iterator

from qa.gate_facts import says_date, stated
from qa.gate_text import Reading, content

__all__ = ["apart_problems", "rival_problems"]

_PARTING = re.compile(r"[,;:.()–—]")
_CONJUNCTIONS = frozenset({"và", "and", "còn", "but", "nhưng"})
OWN = 2
"""Phrases beside a number that make its part speak of something of its own."""
_OF_TOTAL = re.compile(r"(?:trong (?:tổng )?số|tổng số|out of|(?<=\d )of)\s$")
_SAYS_TOTAL = re.compile(r"\b(?:tổng|số|trong|of|total)\b", re.IGNORECASE)


def rival_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the numbers and dates that stand in another part of the quotation than all else that the claim says of them."""
    counts = [q for q in claim.quantities if not q.ordinal]
    mine_all = {quote.index(q.start) for c in counts for q in stated(c, quote)}
    for quantity in counts:
        found = stated(quantity, quote)
        mine = {quote.index(q.start) for q in found}
        others = {quote.index(q.start) for q in quote.quantities if q.unit == quantity.unit} - mine_all
        if _rather(quote, _beside(claim, quote, quantity.start), mine, others):
            yield f"the quotation says this of another number than {quantity.text!r}"
        elif quantity.unit and _elsewhere(quote, _beside(claim, quote, quantity.start), mine):
            yield f"the quotation says something else of {quantity.text!r}"
        total = bool(found) and all(_OF_TOTAL.search(quote.text, 0, q.start) for q in found)
        if total and not _SAYS_TOTAL.search(claim.text):
            yield f"{quantity.text!r} is a total in the quotation"
    if len(claim.dates) == 1:
        value, start, end = claim.dates[0]
        mine = {quote.index(s) for v, s, _ in quote.dates if says_date(v, value) or says_date(value, v)}
        if _rather(quote, _beside(claim, quote, start), mine, {quote.index(s) for _, s, _ in quote.dates} - mine):
            yield f"the quotation says this of another date than {claim.text[start:end]!r}"
        yield from _other_deed(claim, quote, mine, claim.text[start:end])


def apart_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield a problem when what a simple claim says stands in no one clause or list item of the quotation."""
    joined = _PARTING.search(claim.text.rstrip(" ."), 0) or any(t[0] in _CONJUNCTIONS for t in claim.tokens)
    if len(claim.people) > 1 or (joined and len(claim.quantities) + len(claim.dates) > 1) or len(set(quote.clause)) < 2:
        return
    said = [places for places in (quote.saying(p) for p in content(claim)) if places]
    said += [[quote.index(q.start) for q in stated(c, quote)] for c in claim.quantities if stated(c, quote)]
    for person in claim.people if len(quote.people) > 1 else ():  # of one person, what follows says `he`
        first, last = claim.index(person.start), claim.index(person.end - 1) + 1
        said.append(quote.places(tuple(claim.plain[first:last]), plain=True))
    head = _head(quote)
    clauses = [
        {quote.clause[at] for at in places} | ({-1} if any(at < head for at in places) else set())
        for places in said
        if places
    ]
    if clauses and not any(all(c in found or -1 in found for found in clauses) for c in set(quote.clause)):
        yield "no one clause of the quotation says all of it"


def _head(quote: Reading) -> int:
    """Return how many words open the list that the quotation is, and so hold for each of its items."""
    colon = quote.text.find(":")
    if 0 <= colon < quote.text.find(";"):
        return quote.index(colon)
    if len({quote.clause[quote.index(p.start)] for p in quote.people}) > 1:
        first = quote.people[0]
        return quote.index(min([first.start, *(a for a, _ in first.posts)]))
    return 0


def _other_deed(claim: Reading, quote: Reading, mine: set[int], text: str) -> Iterator[str]:
    """Yield a problem when the date stands with a deed of its own, and all that the claim tells of is done elsewhere."""
    parts = _parts(quote)
    here = {parts[at] for at in mine}
    deeds = [[parts[at] for at in quote.saying(p)] for p in content(claim) if p.verb]
    own = any(p.verb and parts[p.first] in here for p in content(quote))
    if own and deeds and all(places and not here.intersection(places) for places in deeds):
        yield f"the quotation tells of something else with {text!r}"


def _beside(claim: Reading, quote: Reading, at: int) -> list[list[int]]:
    """Return where the quotation says what stands in the same part of the claim as the character `at`."""
    parts = _parts(claim)
    mine = parts[claim.index(at)]
    said = [quote.saying(p) for p in content(claim) if parts[p.first] == mine]
    for person in claim.people:
        first, last = claim.index(person.start), claim.index(person.end - 1) + 1
        if parts[first] == mine:
            said.append(quote.places(tuple(claim.plain[first:last]), plain=True))
    return said


def _rather(quote: Reading, said: list[list[int]], mine: set[int], others: set[int]) -> bool:
    """Return whether nothing of what is said stands in the parts of `mine`, and something in those of `others`."""
    parts = _parts(quote)
    alone = {quote.clause[at] for at in mine} - {quote.clause[at] for at in others}
    mine, others = {parts[at] for at in mine}, {parts[at] for at in others}
    here = any(parts[at] in mine or quote.clause[at] in alone for places in said for at in places)
    there = any(parts[at] in others - mine for places in said for at in places)
    return bool(mine) and not here and there


def _elsewhere(quote: Reading, said: list[list[int]], mine: set[int]) -> bool:
    """Return whether the part of a number speaks of things of its own, and all that is said of it stands in other parts."""
    parts = _parts(quote)
    here = {parts[at] for at in mine}
    found = [at for places in said for at in places]
    own = [p for p in content(quote) if parts[p.first] in here and p.kinds]
    return bool(found) and len(own) >= OWN and not any(parts[at] in here for at in found)


def _parts(reading: Reading) -> list[int]:
    """Return for each word the number of the part it stands in, parts being parted by marks and conjunctions."""
    parts, number, done = [], 0, 0
    for form, start, end in reading.tokens:
        number += bool(_PARTING.search(reading.text, done, start)) or form in _CONJUNCTIONS
        parts.append(number)
        done = end
    return parts
