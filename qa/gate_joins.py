"""How a claim joins what it states: posts to people, deeds to doers, denials to what they deny; the quotation must join them so."""

import re
from collections.abc import Iterator

from qa.gate_text import Phrase, Reading, content, is_light, same_person
from qa.language.forms import words
from qa.language.names import Person

__all__ = ["deed_problems", "denial_problems", "post_problems", "word_problems"]

KNOWN_SHARE = {"vi": 0.65, "en": 0.5}
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
            if not any(h == post or h.startswith(f"{post} ") for h in held) and not _rendered(
                claim, a, b, quote, person
            ):
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
            if claim.language == quote.language or any(p.verb for p in content(quote)):
                yield f"{said!r} is not said in the quotation"  # else its verb may be a light one: `took` for `mất`
            continue
        doers = claim.owners(phrase.first)
        if not doers or not quote.people:
            continue
        there = [quote.owners(at) for at in found]
        theirs = any(not t or any(same_person(a.name, b.name) for a in doers for b in t) for t in there)
        if not theirs and not any(_gapped(quote, d) for d in doers):
            yield f"{said!r} is said of somebody else than {doers[0].name} in the quotation"


def _gapped(quote: Reading, doer: Person) -> bool:
    """Return whether the quotation leaves out the verb behind a person: `A led one office and B the other`."""
    at = next((quote.index(p.end) for p in quote.people if same_person(p.name, doer.name)), None)
    if at is None or quote.language == "vi" or at >= len(quote.tokens):
        return False
    rest = [p for p in quote.phrases if p.first >= at and quote.clause[p.first] == quote.clause[at]]
    return bool(rest) and not any(p.verb or p.forms[0] in {"was", "is", "were", "had", "has"} for p in rest)


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


def _english_posts(claim: Reading, quote: Reading) -> Iterator[str]:
    """Yield the English posts, and of English quotations the institutions, that are not this person's there."""
    kinds = {"post", "institution"} if quote.language == "en" else {"post"}
    for phrase in claim.phrases:
        holder = claim.holder(phrase.first) if kinds & phrase.kinds else None
        if holder is None:
            continue
        found = quote.saying(phrase)
        said = " ".join(phrase.forms)
        if not found:
            if "post" in phrase.kinds and _beside(claim, holder, phrase):
                yield f"the post {said!r} is in no quotation"
        elif quote.people and not any(_held(quote, at, holder) for at in found):
            yield f"{holder.name} is not given the post {said!r} in any quotation"


def _beside(claim: Reading, holder: Person, phrase: Phrase) -> bool:
    """Return whether nothing but light words and other posts stand between a person and a post."""
    first, last = sorted((claim.index(holder.end - 1) + 1, phrase.first))
    if phrase.last <= claim.index(holder.start):
        first, last = phrase.last, claim.index(holder.start)
    posts = {i for p in claim.phrases if p.kinds & {"post", "institution"} for i in range(p.first, p.last)}
    return all(i in posts or is_light(claim.tokens[i][0]) for i in range(first, last))


def _held(quote: Reading, at: int, holder: Person) -> bool:
    """Return whether the post that begins at a word of the quotation is this person's."""
    there = quote.holder(at)
    return there is None or same_person(there.name, holder.name)


def _rendered(claim: Reading, a: int, b: int, quote: Reading, person: Person) -> bool:
    """Return whether a Vietnamese post stands in an English quotation, given to that person."""
    if quote.language == "vi":
        return False
    first, last = claim.index(a), claim.index(b - 1) + 1
    inside = [p for p in claim.phrases if first <= p.first and p.last <= last]
    return bool(inside) and all(any(_held(quote, at, person) for at in quote.saying(p)) for p in inside)


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
