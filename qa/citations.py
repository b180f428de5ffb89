"""The claim gate: what a sentence of an answer says must stand in the quotations it is marked with.

Every answer passes here, whoever wrote it. A quotation is an exact slice of a live article. The names, posts, dates and
numbers of a claim must stand in its quotations, and a post the claim gives to a person must be given to that person
there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.gate.proof import is_bare, unproven
from qa.gate.text import read
from qa.gate.words import NEGATIONS
from qa.language.forms import WORD, words
from qa.language.lexicon import default_lexicon
from qa.schema import Article, BlockKind, Citation

__all__ = ["MAX_QUOTE_CHARS", "Claim", "Quote", "cite", "problems"]

MAX_QUOTE_CHARS = 600
_RENDERING = re.compile(r"\(([^()]*)\)")
_ITEMS = re.compile(r"[,;] | (?:và|and) ")


@dataclass(frozen=True, slots=True)
class Quote:
    """A slice of an article offered as proof: `article.text[start:end]`."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, without marks, and the quotations that are to prove it.

    Attributes:
        note: What the ledger knows of the quotations, such as the day of the article; shown in brackets behind the marks.
    """

    text: str
    quotes: tuple[Quote, ...]
    note: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it says the answer in its own words rather than quotes a sentence."""
        return not self.text.startswith("“")


def problems(claim: Claim) -> list[str]:
    """Return why a claim is not proven, one line each; an empty list when it is.

    What a sentence joins must be joined in one quotation. Only a bare list (`138 tập thể, 214 người.`) may take each of
    its items from another.

    Args:
        claim: What is said, and the quotations it is to stand on.
    """
    if not claim.quotes:
        return ["no quotation"]
    found = [p for quote in claim.quotes for p in _quote_problems(quote)]
    text, marked = _unquoted(claim.text)
    found += [
        f"“{w}” is not in the words of a quotation"
        for w in marked
        if not any(_verbatim(w, q.text) for q in claim.quotes)
    ]
    if not WORD.search(text):
        return found
    return found + _told(text, claim.quotes)


def cite(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    """Return the citations of quotations in order, numbered from 1."""
    return tuple(
        Citation(
            marker=marker,
            article_id=q.article.id,
            source=q.article.source,
            title=q.article.title,
            quote=q.text,
            start=q.start,
            end=q.end,
            content_hash=q.article.content_hash,
            kind=_kind(q),
            url=q.article.url,
            outlet=q.article.outlet,
            published=q.article.published.value if q.article.published else None,
            event=q.article.event.value if q.article.event else None,
            copies=q.article.copies,
            place=q.article.place(q.start),
        )
        for marker, q in enumerate(quotes, 1)
    )


def _quote_problems(quote: Quote) -> list[str]:
    if not 0 <= quote.start < quote.end <= len(quote.article.text):
        return ["the quotation lies outside its article"]
    if quote.end - quote.start > MAX_QUOTE_CHARS:
        return [f"the quotation is longer than {MAX_QUOTE_CHARS} characters"]
    holes = (b for b in quote.article.blocks if b.kind is BlockKind.HOLE)
    if any(b.start < quote.end and quote.start < b.end for b in holes):
        return ["the quotation has lost its content"]
    if not any(b.start <= quote.start and quote.end <= b.end for b in quote.article.blocks):
        return ["the quotation joins what stands apart in its article"]
    return []


def _kind(quote: Quote) -> BlockKind:
    return next(b.kind for b in quote.article.blocks if b.start <= quote.start and quote.end <= b.end)


def _told(text: str, quotes: tuple[Quote, ...]) -> list[str]:
    """Return what is wrong with what a claim tells in its own words."""
    text, found = _without_renderings(text, quotes)
    tried = [list(dict.fromkeys(unproven(text, q.text, _dates_in(q)))) for q in quotes]
    best = min(tried, key=len)
    if best and len(quotes) > 1 and is_bare(text) and len(items := _ITEMS.split(text)) > 1:
        best = [p for item in items for p in min((unproven(item, q.text, _dates_in(q)) for q in quotes), key=len)]
    return found + best


def _dates_in(quote: Quote) -> tuple[str, ...]:
    """Return the dates that the article reads into the words of the quotation, years completed; of stretches both ends."""
    inside = (d.value for d in quote.article.dates if quote.start <= d.start < d.end <= quote.end)
    return tuple(end for value in inside for end in value.split("/"))


def _unquoted(text: str) -> tuple[str, list[str]]:
    """Return a claim without quotation marks, and what they mark; of one that is nothing but a quotation no more is asked."""
    if text.startswith("“") and text.endswith("”"):
        return "", [text[1:-1]]
    return re.sub(r"[“”]", " ", text), re.findall(r"“([^“”]*)”", text)


def _verbatim(said: str, text: str) -> bool:
    """Return whether words stand in a text, none of them cut in two and no denial cut off before them."""
    at = text.find(said)
    while said and at >= 0:
        end = at + len(said)
        whole = not (text[max(0, at - 1) : at] + said[:1]).isalnum() or at == 0 or not said[:1].isalnum()
        if whole and not (text[end : end + 1].isalnum() and said[-1:].isalnum()):
            before = words(text[max(0, at - 12) : at])
            if not before or before[-1] not in NEGATIONS:
                return True
        at = text.find(said, at + 1)
    return False


def _without_renderings(text: str, quotes: tuple[Quote, ...]) -> tuple[str, list[str]]:
    """Return a claim without the English that the lexicon gives for a post or institution, and what of that is wrong.

    The English stands before the words in brackets or in brackets behind them.
    """
    found = []
    for bracket in list(_RENDERING.finditer(text))[::-1]:
        inside, before = bracket[1], text[: bracket.start()].rstrip()
        english = default_lexicon().english(inside)
        if english and before.casefold().endswith(english.casefold()):
            text = f"{before[: -len(english)]}{inside}{text[bracket.end() :]}"
            continue
        forms = words(inside)
        length, entries = default_lexicon().match(forms, 0)
        if not forms or length != len(forms):
            continue
        sides = [tuple(words(v)) for e in entries for v in e.vietnamese]
        if not any(read(q.text).places(side) for q in quotes for side in sides):
            found.append(f"nothing in a quotation is called {inside!r}")
        text = text[: bracket.start()] + text[bracket.end() :]
    return text, found
