"""A claim that is nearly the quotation: what was changed must be harmless."""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from qa.gate_text import Phrase, Reading, is_light
from qa.language.numbers import same_quantity

__all__ = ["edit_problems"]

NEAR = 0.72
"""Share of the words of a claim that stand in the quotation in the same order for it to be nearly the quotation."""
SHORTEST = 5
"""Words below which a claim is too short to be compared so."""
DENIES = 3
"""Words before the end of what was left out in which a denial still belongs to what follows."""


def edit_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the changes that make a sentence of the quotation say something else."""
    theirs, mine = [t[0] for t in quote.tokens], [t[0] for t in claim.tokens]
    shared = sum((Counter(theirs) & Counter(mine)).values())
    if len(mine) < SHORTEST or shared < NEAR * len(mine):
        return
    steps = SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()
    if sum(j2 - j1 for kind, _, _, j1, j2 in steps if kind == "equal") < NEAR * len(mine):
        return
    free = {i for kind, i1, i2, _, _ in steps if kind != "equal" for i in range(i1, i2)}
    for kind, i1, i2, j1, j2 in steps:
        if kind == "equal":
            continue
        denied = [n for n in quote.negations if max(i1, i2 - DENIES) <= n < i2]
        denies = [n for n in claim.negations if j1 <= n < j2]
        if j2 < len(mine) and len(denied) > len(denies):
            yield f"{theirs[denied[0]]!r} was left out of the quotation"
        if len(denies) > len(denied):
            yield f"{mine[denies[0]]!r} is put into the words of the quotation"
        if kind != "delete":
            yield from _put_in(claim, quote, (i1, i2), (j1, j2), free)


def _put_in(
    claim: Reading, quote: Reading, theirs: tuple[int, int], mine: tuple[int, int], free: set[int]
) -> Iterator[str]:
    """Yield the words of the claim that neither the words they stand for say, nor any left out elsewhere (`free`)."""
    numbers, named = _number_words(claim), _name_words(claim)
    for phrase in claim.phrases:
        if phrase.last <= mine[0] or phrase.first >= mine[1]:
            continue
        span = range(phrase.first, phrase.last)
        if numbers.intersection(span):
            right = _same_number(claim, phrase, quote, theirs, free)
        elif all(is_light(form) for form in phrase.forms) or phrase.first in claim.negations:
            continue
        else:
            found = quote.saying(phrase)
            there = range(theirs[0] - len(phrase.forms) + 1, theirs[1])
            moved = theirs[0] == theirs[1] or not named.intersection(span) or not _name_words(quote).intersection(there)
            right = any(at in there or (moved and (at in free or theirs[0] == theirs[1])) for at in found)
        if not right:
            yield f"{' '.join(phrase.forms)!r} is not what the quotation says there"


def _name_words(reading: Reading) -> set[int]:
    return {i for p in reading.people for i in range(reading.index(p.start), reading.index(p.end - 1) + 1)}


def _number_words(reading: Reading) -> set[int]:
    spans = [(q.start, q.end) for q in reading.quantities] + [(s, e) for _, s, e in reading.dates]
    return {
        i for i, (form, s, _) in enumerate(reading.tokens) if form[0].isdigit() or any(a <= s < b for a, b in spans)
    }


def _same_number(claim: Reading, phrase: Phrase, quote: Reading, theirs: tuple[int, int], free: set[int]) -> bool:
    """Return whether the number or date of a phrase is given in these words of the quotation, beside them, or elsewhere left out."""
    near = {*range(theirs[0] - 2, theirs[1] + 2), *free}
    at = claim.tokens[phrase.first][1]
    for quantity in (q for q in claim.quantities if q.start <= at < q.end):
        if any(same_quantity(quantity, q) for q in quote.quantities if quote.index(q.start) in near):
            return True
    for value, _, _ in (d for d in claim.dates if d[1] <= at < d[2]):
        if any(v.endswith(value[-5:]) or v.startswith(value) for v, s, e in quote.dates if quote.index(e - 1) in near):
            return True
    return any(quote.tokens[i][0] == claim.tokens[phrase.first][0] for i in near if 0 <= i < len(quote.tokens))
