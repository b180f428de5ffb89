"""Whether one quotation proves one claim: the checks in order, and which of them a claim is put to."""

import re
from functools import lru_cache

from qa.gate_edits import edit_problems
from qa.gate_facts import date_problems, name_problems, number_problems
from qa.gate_joins import deed_problems, denial_problems, post_problems, word_problems
from qa.gate_parts import apart_problems, rival_problems
from qa.gate_text import Reading, content, read

__all__ = ["is_bare", "unproven"]


@lru_cache(maxsize=4096)
def unproven(text: str, quote: str, dates: tuple[str, ...]) -> tuple[str, ...]:
    """Return what of a claim in its own words the words of one quotation do not prove, one line each.

    Args:
        text: The claim.
        quote: The quotation.
        dates: ISO values that the quotation's article reads into its words.
    """
    claim, evidence = read(text), read(quote)
    found = [*name_problems(claim, evidence), *number_problems(claim, evidence), *date_problems(claim, evidence, dates)]
    found += post_problems(claim, evidence)
    if (not content(claim) and not claim.negations) or _slice_of(claim, evidence):
        return tuple(found)
    found += edit_problems(claim, evidence)
    found += deed_problems(claim, evidence)
    found += rival_problems(claim, evidence)
    found += apart_problems(claim, evidence)
    found += denial_problems(claim, evidence)
    found += word_problems(claim, evidence)
    return tuple(found)


def is_bare(text: str) -> bool:
    """Return whether a claim only lists: nobody holds a post in it, and nothing is done."""
    claim = read(text)
    posts = any(p.posts for p in claim.people) or any("post" in p.kinds for p in claim.phrases)
    return not posts and not any(p.verb for p in content(claim))


def _slice_of(claim: Reading, quote: Reading) -> bool:
    """Return whether a claim is a run of words of the quotation that no denial stands right before."""
    forms = tuple(t[0] for t in claim.tokens)
    return any(at - 1 not in quote.negations and _same_marks(claim, quote, at) for at in quote.places(forms))


def _same_marks(claim: Reading, quote: Reading, at: int) -> bool:
    """Return whether the marks between the words are the same, too: without a semicolon two items become one."""
    start, end = quote.tokens[at][1], quote.tokens[at + len(claim.tokens) - 1][2]
    return _marks(quote.text[start:end]) == _marks(claim.text[claim.tokens[0][1] : claim.tokens[-1][2]])


def _marks(text: str) -> list[str]:
    return re.findall(r"[;:.!?]", text)
