"""What of a quotation proves the sentence that is marked with it: the names, dates and numbers the two have in common."""

import re
from collections.abc import Iterable, Iterator

from qa.gate.facts import says_date, stated
from qa.gate.text import Reading, is_light, read
from qa.language.forms import UPPER
from qa.schema import Answer, Citation

__all__ = ["marked_with", "proving"]

_MARKS = re.compile(r"(?: ?\[(?:\d{1,3}|\?)\])+")
_CAPITALISED = re.compile(rf"(?<!\w)[{UPPER}]\w*(?:[ -][{UPPER}]\w*)+")
_CALLED = {"post", "institution"}
_AROUND = 8
"""Words on either side of a capitalised run that may belong to it."""
_VERBATIM = re.compile(r"\s*“[^”]*”[.\s]*")


def proving(answer: Answer, citation: Citation) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a citation's quotation that give the names, dates and numbers of what is marked with it.

    They are found by the forms in which the claim gate compares both languages: `25 January 2019` is `ngày 25/1/2019`.

    Args:
        answer: The answer, perhaps still growing.
        citation: One of its citations.

    Returns:
        Offsets into `citation.quote`, ascending, none touching another.
    """
    said = marked_with(answer.text, citation.marker)
    own = [s for s in said if not _VERBATIM.fullmatch(s)]  # one that repeats the quotation would have all of it marked
    quote = read(citation.quote)
    spans = [span for sentence in own or said for span in _facts(read(sentence), quote)]
    return _joined(spans + [span for sentence in own for span in _called(read(sentence), quote)])


def marked_with(text: str, marker: int) -> list[str]:
    """Return the sentences of an answer that are marked with `[marker]`, without their marks."""
    found, at = [], 0
    for marks in _MARKS.finditer(text):
        if f"[{marker}]" in marks[0]:
            found.append(text[at : marks.start()].lstrip("- \n"))
        at = marks.end()
    return found


def _facts(claim: Reading, quote: Reading) -> Iterator[tuple[int, int]]:
    for person in claim.people:
        first, last = claim.index(person.start), claim.index(person.end - 1) + 1
        for at in quote.places(tuple(claim.plain[first:last]), plain=True):
            yield quote.tokens[at][1], quote.tokens[at + last - first - 1][2]
    for quantity in claim.quantities:
        yield from ((q.start, q.end) for q in stated(quantity, quote))
    for asked, _, _ in claim.dates:
        yield from ((start, end) for value, start, end in quote.dates if _same_day(value, asked))


def _called(claim: Reading, quote: Reading) -> Iterator[tuple[int, int]]:
    """Yield where the quotation holds a post or what has capitals in the claim, with what is the same around it: `Chánh Văn ⟨phòng⟩`."""
    runs = [m.span() for m in _CAPITALISED.finditer(claim.text)]
    called = [(claim.index(start), claim.index(end - 1) + 1) for start, end in runs]
    called += [(p.first, p.last) for p in claim.phrases if p.kinds & _CALLED]
    for first, last in called:
        for at in quote.places(tuple(claim.plain[first:last]), plain=True):
            before = _alike(claim, quote, first - 1, at - 1, -1)
            after = _alike(claim, quote, last, at + last - first, 1)
            yield quote.tokens[at - before][1], quote.tokens[at + last - first - 1 + after][2]


def _alike(claim: Reading, quote: Reading, mine: int, theirs: int, step: int) -> int:
    """Return how many words on, from these two and in this direction, both texts say the same without a mark between."""
    count = 0
    while 0 <= mine < len(claim.tokens) and 0 <= theirs < len(quote.tokens) and count < _AROUND:
        left, right = sorted((theirs, theirs - step))
        apart = quote.text[quote.tokens[left][2] : quote.tokens[right][1]].strip()
        if apart or claim.plain[mine] != quote.plain[theirs] or is_light(claim.tokens[mine][0]):
            break
        mine, theirs, count = mine + step, theirs + step, count + 1
    return count


def _same_day(given: str, asked: str) -> bool:
    """Return whether a date of a quotation is the one that is said; its year may stand elsewhere in the article."""
    return says_date(given, asked) or (given.startswith("--") and asked.endswith(given[1:]))


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
