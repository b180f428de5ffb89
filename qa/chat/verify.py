"""Each sentence of a reply as a claim on the sentences it is marked with, put to the claim gate; or why it is refused."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from qa.chat.context import Context, Numbered
from qa.chat.frames import framed
from qa.chat.parse import Said
from qa.citations import MAX_QUOTE_CHARS, Claim, Quote, problems
from qa.gate.text import Phrase, Reading, content, read
from qa.language.forms import fold, words
from qa.language.translations import default_translations

__all__ = ["check"]

_ADDRESS = re.compile(
    r"\w+://|\bwww\.|\w@\w|\b(?:hxxps?|mailto|javascript|data):|[\w-]{2,}\[?\.\]?(?:com|net|org|io|info|biz|co|me|dev|app|xyz|site|online|top|ru|cn|vn"
    r"|uk|us|eu|gov|edu|test|example|invalid|localhost)\b(?![.\s]?[A-ZĐ])|\b\d{1,3}(?:\.\d{1,3}){3}\b|[\w-]{2,}\.[a-z]{2,}/",
    re.IGNORECASE,
)
"""An address in a sentence could carry out what the model was shown; no sentence needs one."""
_QUOTED = re.compile(r"\"([^\"“”]+)\"|«([^»]+)»|„([^“”]+)[“”]")
NEAREST = 3
"""Sentences tried in place of those a sentence is marked with."""
SHARED = 0.5
"""Share of the words of a sentence that one of these must share."""
KNOWN = 0.5
"""Least share of what a sentence tells that its quotation must say in so many words."""
LONGEST = 600
_SCRIPTS = re.compile(r"[^\W\d_]")


def check(said: Said, context: Context, *, language: str) -> Claim | list[str]:
    """Return the claim that a sentence of a reply is, proven; or why it is not, one line each.

    The sentences it is marked with are tried one by one, then neighbours among them as one quotation, then all together. When none
    proves it, those of the context that share most words with it are tried: a wrong mark need not cost a true sentence.

    Args:
        said: The sentence.
        context: What its numbers stand for.
        language: Of the question.
    """
    text = _tidy(said.text)
    if wrong := _unfit(text, language):
        return [wrong]
    marked = [context.by_number[n] for n in said.marks if n in context.by_number]
    whole = next((n for n in marked if words(n.quote.text) == words(text)), None)
    if whole is not None and text.startswith("“"):
        return Claim(
            f"“{whole.quote.text}”", (whole.quote,)
        )  # quoted whole: in the article's own marks, which we showed otherwise
    reasons: list[str] = []
    for quotes in _ways(marked):
        reasons = _why_not(text, quotes)
        if not reasons:
            return Claim(text, quotes)
        if (frame := framed(text, quotes[0])) and not _why_not(frame[0], quotes):
            return Claim(text, (*quotes, frame[1]))
    for other in _nearest(text, context, beside=marked):
        if not _why_not(text, (other.quote,)):
            return Claim(text, (other.quote,))
    if not said.marks:
        return ["it has no mark"]
    unknown = [n for n in said.marks if n not in context.by_number]
    return reasons or [f"there is no sentence {', '.join(f'[{n}]' for n in unknown)}"]


def _tidy(text: str) -> str:
    """Return a sentence with straight quotation marks made those whose words must stand in the quotation."""
    text = _QUOTED.sub(lambda m: f"“{m[1] or m[2] or m[3]}”", " ".join(text.split()))
    return text.strip(" ,;")


def _unfit(text: str, language: str) -> str:
    """Return why a sentence cannot be said whatever it stands on; "" when it can."""
    if len(text) > LONGEST:
        return "it is too long"
    if "\ufffd" in text:
        return "a character is broken"
    if _ADDRESS.search(text):
        return "addresses are not told"
    if any(ord(c) > 0x24F and not 0x1E00 <= ord(c) <= 0x1EFF for c in _SCRIPTS.findall(text)):
        return "it is in another script"
    if _other_language(text, language):
        return {"vi": "it is not in Vietnamese", "en": "it is not in English"}[language]
    return ""


def _other_language(text: str, language: str) -> bool:
    """Return whether a sentence is in the other language, for sure; names, quotations and renderings in brackets aside."""
    own = re.sub(r"“[^”]*”|\([^)]*\)", " ", text)
    reading = read(own)
    if reading.language == language:
        return False
    small = [own[s:e] for _, s, e in reading.tokens if own[s].islower()]
    if language == "en":
        return sum(fold(w) != w.lower() for w in small) >= FOREIGN
    return sum(w.isascii() for w in small) >= FOREIGN and all(w.isascii() for w in small)


FOREIGN = 3
"""Words of the other language from which a sentence is in it."""


def _ways(marked: Sequence[Numbered]) -> Iterator[tuple[Quote, ...]]:
    """Yield what a sentence may stand on, the least first."""
    for one in marked:
        yield (one.quote,)
    runs = _runs(marked)
    for run in runs:
        yield (run,)
    if len(marked) > 1:
        yield tuple(dict.fromkeys(n.quote for n in marked))


def _runs(marked: Sequence[Numbered]) -> list[Quote]:
    """Return the neighbours among marked sentences joined, as far as one paragraph and the longest quotation go."""
    found = []
    for one, other in pairwise(sorted(marked, key=lambda n: n.number)):
        a, b = one.quote, other.quote
        beside = a.article is b.article and one.block == other.block and other.number == one.number + 1
        if beside and not a.article.text[a.end : b.start].strip() and b.end - a.start <= MAX_QUOTE_CHARS:
            found.append(Quote(a.article, a.start, b.end))
    return found


def _nearest(text: str, context: Context, *, beside: Sequence[Numbered]) -> list[Numbered]:
    """Return the sentences that share most words with a text, aside from those it is marked with."""
    mine = set(fold(text).split())
    rated = [
        (len(mine & set(fold(n.quote.text).split())) / max(1, len(mine)), -n.number, n)
        for n in context.by_number.values()
        if n not in beside
    ]
    best = sorted(rated, key=lambda r: r[:2], reverse=True)[:NEAREST]
    return [n for share, _, n in best if share >= SHARED]


def _why_not(text: str, quotes: tuple[Quote, ...]) -> list[str]:
    return problems(Claim(text, quotes)) or _empty(text, quotes)


def _empty(text: str, quotes: Iterable[Quote]) -> list[str]:
    """Return a problem when too little of what a sentence tells is said in its quotations.

    The gate asks for what can be looked up; an answer that a reader made is a slice of its quotation besides. A model can write
    words that the gate finds nothing in: of these, half must be found, through the learned translations where need be.
    """
    if text.startswith("“") and text.endswith("”"):
        return []
    claim = read(text)
    evidence = [read(q.text) for q in quotes]
    facts = len(claim.people) + len(claim.quantities) + len(claim.dates)
    told = [_told(p, claim, evidence) for p in content(claim)]
    known = [t for t in told if t is not None]
    if len(known) - sum(known) > (1 - KNOWN) * len(known) or len(told) - len(known) > sum(known) + facts:
        return ["the quotation says too little of it"]
    return [] if facts or sum(known) or _names(claim) else ["it tells nothing"]


def _told(phrase: Phrase, claim: Reading, evidence: Sequence[Reading]) -> bool | None:
    """Return whether a quotation says a phrase; None when nothing is known of the word in the other language."""
    if any(q.saying(phrase) for q in evidence):
        return True
    if any(q.language == claim.language for q in evidence) or claim.language != "en":
        return False
    learned = [s for form in phrase.forms for s, _ in default_translations().of(form)]
    if not learned and not phrase.kinds:
        return None
    return any(q.places(syllables) for q in evidence for syllables in learned)


def _names(claim: Reading) -> bool:
    return any(claim.text[s].isupper() for _, s, _ in claim.tokens[1:])
