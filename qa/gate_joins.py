"""How a claim joins what it states: posts to people, deeds to doers, denials to what they deny; the quotation must join them so."""

import re
from collections.abc import Iterator

from qa.gate_text import Phrase, Reading, is_light, same_person
from qa.language.forms import words
from qa.language.names import Person

__all__ = ["content", "deed_problems", "denial_problems", "post_problems", "word_problems"]

KNOWN_SHARE = {"vi": 0.7, "en": 0.5}
"""Least share of the content words of a claim that the quotation must say, in its own language and from another."""
DENIED = 3
"""Words after a denial that it may deny."""
_SPELLED = {"tỉ": "tỷ"}


def post_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the posts that the claim gives to people who do not hold them in the quotation."""
    for person in claim.people:
        theirs = [p for p in quote.people if same_person(p.name, person.name)]
        held = [_form(quote.text[a:b]) for p in theirs for a, b in p.posts]
        for a, b in person.posts:
            post = _form(claim.text[a:b])
            if not any(h == post or h.startswith(f"{post} ") for h in held) and not _rendered(claim, a, b, quote, person):
                yield f"{person.name} is not given the post {claim.text[a:b]!r} in any quotation"
    if claim.language == "en":
        yield from _english_posts(claim, quote)


def deed_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the verbs of the claim that the quotation does not say, or says of somebody else."""
    for phrase in content(claim):
        if not phrase.verb:
            continue
        found = quote.saying(phrase)
        said = " ".join(phrase.forms)
        if not found:
            yield f"{said!r} is not said in the quotation"
            continue
        doers = claim.owners(phrase.first)
        if not doers or not quote.people:
            continue
        there = [quote.owners(at) for at in found]
        if not any(not t or any(same_person(a.name, b.name) for a in doers for b in t) for t in there):
            yield f"{said!r} is said of somebody else than {doers[0].name} in the quotation"


def denial_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield what the claim denies and the quotation does not, or the other way round."""
    denied = {i for n in quote.negations for i in range(n + 1, n + 1 + DENIED)}
    denying = {i for n in claim.negations for i in range(n + 1, n + 1 + DENIED)}
    if claim.negations and not quote.negations:
        yield "the quotation denies nothing"
        return
    for phrase in content(claim):
        found = quote.saying(phrase)
        if not found:
            continue
        mine = phrase.first in denying
        if mine and claim.negations and not any(at in denied for at in found) and _next_to(claim, phrase):
            yield f"{' '.join(phrase.forms)!r} is not denied in the quotation"
        if not mine and all(_adjoins(quote, at) for at in found):
            yield f"{' '.join(phrase.forms)!r} is denied in the quotation"


def word_problems(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the words of the claim that stand nowhere in the quotation when they are too many."""
    asked = content(claim)
    same = claim.language == quote.language
    if not same:
        asked = [p for p in asked if p.kinds]
    missing = [p for p in asked if not quote.saying(p)]
    if len(asked) - len(missing) < KNOWN_SHARE["vi" if same else "en"] * len(asked):
        yield f"the quotation does not say {', '.join(' '.join(p.forms) for p in missing)}"


def content(claim: Reading) -> list[Phrase]:
    """Return the phrases of a claim that say something, besides names, numbers and dates."""
    spans = [(p.start, p.end) for p in claim.people] + [(q.start, q.end) for q in claim.quantities]
    spans += [(s, e) for _, s, e in claim.dates]
    found = []
    for phrase in claim.phrases:
        start = claim.tokens[phrase.first][1]
        if any(a <= start < b for a, b in spans) or phrase.forms[0][0].isdigit() or "function" in phrase.kinds:
            continue
        if all(map(is_light, phrase.forms)) or phrase.first in claim.negations:
            continue
        found.append(phrase)
    return found


def _english_posts(claim: Reading, quote: Reading) -> Iterator[str]:
    for phrase in claim.phrases:
        if "post" not in phrase.kinds or not claim.people:
            continue
        found = quote.saying(phrase)
        holder = claim.holder(phrase.first)
        said = " ".join(phrase.forms)
        if not found:
            yield f"the post {said!r} is in no quotation"
        elif holder and quote.people and not any(_held(quote, at, phrase, holder) for at in found):
            yield f"{holder.name} is not given the post {said!r} in any quotation"


def _held(quote: Reading, at: int, phrase: Phrase, holder: Person) -> bool:
    """Return whether the post that begins at a word of the quotation is this person's, and no longer one."""
    del phrase
    there = quote.holder(at)
    return there is None or same_person(there.name, holder.name)


def _rendered(claim: Reading, a: int, b: int, quote: Reading, person: Person) -> bool:
    """Return whether a Vietnamese post stands in an English quotation, given to that person."""
    if quote.language == "vi":
        return False
    first, last = claim.index(a), claim.index(b - 1) + 1
    inside = [p for p in claim.phrases if first <= p.first and p.last <= last]
    return bool(inside) and all(any(_held(quote, at, p, person) for at in quote.saying(p)) for p in inside)


def _next_to(claim: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is the first one after a denial."""
    before = [n for n in claim.negations if n < phrase.first]
    return bool(before) and all(is_light(claim.tokens[i][0]) for i in range(before[-1] + 1, phrase.first))


def _adjoins(quote: Reading, at: int) -> bool:
    """Return whether the word of the quotation follows a denial, light words aside."""
    before = [n for n in quote.negations if n < at <= n + DENIED]
    return bool(before) and all(is_light(quote.tokens[i][0]) for i in range(before[-1] + 1, at))


def _form(text: str) -> str:
    return " ".join(_SPELLED.get(w, w) for w in words(re.sub("%", " phần trăm", text)))
