"""The claim gate: what a sentence of an answer says must stand in the quotations it is marked with.

Every answer passes here, whoever wrote it. A quotation is an exact slice of a live article. The names, posts, dates and
numbers of a claim must stand in its quotations, and a post the claim gives to a person must be given to that person
there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.forms import UPPER, fold, words
from qa.language.lexicon import default_lexicon
from qa.language.names import find_people
from qa.schema import Article, BlockKind, Citation

__all__ = ["MAX_QUOTE_CHARS", "Claim", "Quote", "cite", "problems"]

MAX_QUOTE_CHARS = 600
NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")
_CAPITALISED = re.compile(rf"(?<!\w)[{UPPER}]\w*(?:[ -][{UPPER}]\w*)+")
_LONE = re.compile(rf"(?<=[^\W\d_{UPPER}] )[{UPPER}]\w*(?![ -][{UPPER}])(?!\w)")
"""A capitalised word in the middle of a sentence: a name of one word (`tại Vinh`)."""
_MEASURED = re.compile(
    r"\d+(?:[.,]\d+)*\s?(?:(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm|thousand|million|billion|phần trăm|percent|per cent|USD|đồng|ha|kg|km|m2|tấn)"
    r"(?!\w)|%)(?:\s(?:đồng|USD|tấn))?"
)
"""A number with the word of size or the unit that belongs to it."""
_SPELLED = {"tỉ": "tỷ"}
_RENDERING = re.compile(r"\(([^()]*)\)")


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
    """One sentence of an answer, without marks, and the quotations that are to prove it."""

    text: str
    quotes: tuple[Quote, ...]


def problems(claim: Claim) -> list[str]:
    """Return why a claim is not proven, one line each; an empty list when it is.

    Args:
        claim: What is said, and the quotations it is to stand on.
    """
    if not claim.quotes:
        return ["no quotation"]
    found = [p for quote in claim.quotes for p in _quote_problems(quote)]
    evidence = [" ".join(words(q.text)) for q in claim.quotes]
    plain = [fold(e) for e in evidence]
    found += [f"the name {n!r} is in no quotation" for n in _names(claim.text) if not _named(n, claim, plain)]
    found += [f"the number {n} is in no quotation" for n in NUMBER.findall(claim.text) if not _numbered(n, claim)]
    measured = {_form(m[0]) for q in claim.quotes for m in _MEASURED.finditer(q.text)}
    found += [f"{m[0]!r} is in no quotation" for m in _MEASURED.finditer(claim.text) if _form(m[0]) not in measured]
    found += [f"“{w}” is not in the words of a quotation" for w in _quoted(claim.text) if not _said(w, claim)]
    return found + _post_problems(claim)


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


def _names(text: str) -> list[str]:
    people = [p.name for p in find_people(text)]
    return list(dict.fromkeys([*people, *_CAPITALISED.findall(text), *_LONE.findall(text)]))


def _quoted(text: str) -> list[str]:
    """Return what stands in quotation marks; a claim that is nothing but a quotation may hold marks of its own."""
    if text.startswith("“") and text.endswith("”"):
        return [text[1:-1]]
    return re.findall(r"“([^“”]*)”", text)


def _said(words_quoted: str, claim: Claim) -> bool:
    return any(words_quoted in q.text for q in claim.quotes)


def _named(name: str, claim: Claim, plain: list[str]) -> bool:
    """Return whether a name stands in a quotation, or is the lexicon's English for something that does."""
    if any(_inside(fold(" ".join(words(name))), text) for text in plain):
        return True
    written = re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")  # `Covid` of `Covid-19`, which is one word
    if any(written.search(fold(q.text)) for q in claim.quotes):
        return True
    for rendering in _RENDERING.findall(claim.text):
        if name in rendering:
            return _rendered(rendering, plain)
    return False


def _rendered(rendering: str, plain: list[str]) -> bool:
    lexicon = default_lexicon()
    forms = words(rendering)
    length, entries = lexicon.match(forms, 0)
    if length != len(forms):
        return False
    sides = [fold(" ".join(words(v))) for e in entries for v in e.vietnamese]
    return any(_inside(side, text) for side in sides for text in plain)


def _numbered(number: str, claim: Claim) -> bool:
    if any(number in NUMBER.findall(q.text) for q in claim.quotes):
        return True
    return any(
        number in _written(d.value)
        for q in claim.quotes
        for d in q.article.dates
        if q.start <= d.start and d.end <= q.end
    )


def _written(value: str) -> set[str]:
    """Return how a date may be written in numbers: `2016-02-02` → `2/2/2016`, `2016`, …."""
    if value.startswith("--"):
        _, _, month, day = value.split("-")
        return {f"{int(day)}/{int(month)}"}
    parts = value.split("-")
    written = {value, parts[0]}
    if len(parts) == 3:
        written |= {f"{int(parts[2])}/{int(parts[1])}/{parts[0]}", f"{int(parts[2])}/{int(parts[1])}"}
    if len(parts) == 2:
        written.add(f"{int(parts[1])}/{parts[0]}")
    return written


def _post_problems(claim: Claim) -> list[str]:
    """Return what is wrong with the posts the claim gives to people: they must be theirs in one quotation."""
    found = []
    for person in find_people(claim.text):
        given = {_form(claim.text[a:b]) for a, b in person.posts}
        proven: set[str] = set()
        for quote in claim.quotes:
            for other in find_people(quote.text):
                if fold(other.name) == fold(person.name):
                    proven |= {_form(quote.text[a:b]) for a, b in other.posts}
        found += [f"{person.name} is not given the post {post!r} in any quotation" for post in sorted(given - proven)]
    return found


def _form(text: str) -> str:
    return " ".join(_SPELLED.get(w, w) for w in words(text.replace("%", " phần trăm")))


def _inside(needle: str, text: str) -> bool:
    return f" {needle} " in f" {text} "
