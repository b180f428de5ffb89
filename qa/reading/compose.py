"""The wording of an answer: the bare spans first, then the clauses that prove them, within the room there is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.citations import Claim, Quote
from qa.kinds import Kind, Slot
from qa.language.forms import fold
from qa.language.sentences import split_sentences
from qa.question import Question
from qa.reading.features import Candidate
from qa.reading.phrases import NO, YES, as_sentence, in_english, listed, number_asked
from qa.reading.spans import CLAUSAL, Sort, Span

__all__ = ["LEAD_CHARS", "MARK_CHARS", "TEXT_CHARS", "Found", "clause_start", "compose", "is_partial"]

LEAD_CHARS = 200
"""Characters within which the answer proper should stand."""
TEXT_CHARS = 770
"""Room for the whole text, marks aside."""
QUOTES = 3
"""Most sentences quoted."""
CLOSE, CLOSE_TOLD = 1.5, 3.0
"""How far below the best one a candidate of another sentence may score to be quoted, too: behind a bare answer, and (one in twenty as likely)
behind a clause, for what is told has more to it than one sentence. On 490 questions never learned from .714 of the facts are told so, .691 with
1.5 for both; with 3.0 for both .727, but sentences that have nothing to do with a name or a number stand behind it."""
MARK_CHARS = 6
"""Room for the marks and the space behind a claim."""
ENOUGH_CHARS = 100
"""Length from which the clauses around an answer are enough to understand it."""
_MARK = re.compile(r"[,;:]\s+")
_POINTS_BACK = re.compile(
    r"(?:vì|do|bởi|từ|trước|với|theo|qua)\s(?:những\s)?(?:\w+\s)?(?:đó|vậy|thế|này|ấy)\b|(?:that is why|for these reasons|therefore)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:không|chưa|chẳng|phủ nhận|bác bỏ|bác tin|not|never|no|denied|denies)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:và|cùng|với)(?: (?:với|cả))? (?:các|nhiều|một số|hàng (?:chục|trăm|nghìn)|những)\b|\bv\.?\s?v\b|…|\.\.\.|\b(?:trong đó có|chẳng hạn)\b"
    r"|\b(?:and (?:other|many|several)|among (?:others|them)|such as|etc)\b",
    re.IGNORECASE,
)
"""What says that a list goes on, or was begun by the article alone."""
_OPEN_CHARS = 60
"""How far from a list such words concern it."""
_ASIDE = re.compile(r"^[\s,;:–—-]+|[\s,;:–—-]+$")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one slot: its candidates with their scores, best first; and what tells its article from others, if that must be said."""

    slot: Slot
    ranked: tuple[tuple[Candidate, float], ...]
    note: str = ""

    @property
    def best(self) -> Candidate:
        """The best one."""
        return self.ranked[0][0]


def compose(question: Question, answers: Sequence[Found]) -> list[Claim]:
    """Return what is said: the bare answers, each on its sentence, then the sentences themselves.

    Args:
        question: The question.
        answers: What was found for each slot, or by each of several articles; at least one candidate each.
    """
    claims: list[Claim] = []
    for found in answers:
        for claim in _leads(question, found):
            if not any(_says(c.text, claim.text) for c in claims):
                claims.append(replace(claim, note=found.note))
    return [*claims, *_proofs(claims, answers)]


def _leads(question: Question, found: Found) -> Iterator[Claim]:
    best = found.best
    quote = _quote(best)
    if found.slot.kind is Kind.YESNO:
        yield Claim((NO if _DENIES.search(_text(best)) else YES)[question.language], (quote,))
    if best.span.sort is Sort.CLAUSE:
        yield from _clauses(found)
        return
    texts = [_ASIDE.sub("", t) for t in best.texts()]
    more = _more(found)
    texts += [t for t, _ in more]
    if question.language == "en" and found.slot.kind in {Kind.ROLE, Kind.ORGANISATION}:
        texts = [in_english(t) for t in texts]
    official = best.span.sort is Sort.POSTED and question.language == "vi"  # posts of one person go with commas
    said = ", ".join(texts) if official else listed(texts, language=question.language)
    yield Claim(as_sentence(said), tuple(dict.fromkeys([quote, *(q for _, q in more)])))


def is_partial(question: Question, found: Found) -> bool:
    """Return whether several are asked for and more of them may be meant than the answer names."""
    best = found.best
    if not found.slot.many or best.span.sort is Sort.CLAUSE:
        return False
    named = len(best.span.parts) + len(_more(found))
    if wanted := number_asked(question.text[slice(*found.slot.part)]):
        return named < wanted and best.span.sort is not Sort.ITEMS
    text, sentence = best.article.text, best.sentence
    before = text[max(sentence.start, best.span.start - _OPEN_CHARS) : best.span.start]
    after = text[best.span.end : min(sentence.end, best.span.end + _OPEN_CHARS)]
    alone = len(best.span.parts) == 1 and best.span.sort not in CLAUSAL
    return alone or _OPEN.search(before) is not None or _OPEN.search(after) is not None


MORE = 0.7
"""How far below the best one another candidate may score to be named with it where several are asked for."""


def _more(found: Found) -> list[tuple[str, Quote]]:
    """Return further answers where several are asked for but the best candidate is one: of its sort, nearly as good."""
    best, top = found.ranked[0]
    if not found.slot.many or len(best.texts()) > 1 or best.span.sort in CLAUSAL:
        return []
    said = [fold(_ASIDE.sub("", best.texts()[0]))]
    more: list[tuple[str, Quote]] = []
    for other, score in found.ranked[1:40]:
        text = _ASIDE.sub("", other.texts()[0])
        alike = other.article.id == best.article.id and other.span.sort is best.span.sort and len(other.span.parts) == 1
        if score < top - MORE or len(more) == 4:
            break
        if alike and not any(fold(text) in s or s in fold(text) for s in said):
            said.append(fold(text))
            more.append((text, _quote(other)))
    return more


def _clauses(found: Found) -> Iterator[Claim]:
    """Yield the clause that answers, with what follows it in its sentence; nothing when the sentence begins with it."""
    best = found.best
    text = best.article.text
    if best.span.start == best.sentence.start:
        return
    start = clause_start(best)
    shown = text[start : min(best.sentence.end, start + TEXT_CHARS - LEAD_CHARS)]
    if start + len(shown) < best.sentence.end:
        shown = _ASIDE.sub("", text[start : best.span.end])
    yield Claim(f"“{shown}”", (_quote(best),))


def clause_start(candidate: Candidate) -> int:
    """Return where to begin with a clause: as many clauses before it as the lead has room for, but of its own item of a list."""
    text, first, start = candidate.article.text, candidate.sentence.start, candidate.span.start
    earliest = candidate.span.end - (LEAD_CHARS - MARK_CHARS)
    marks = list(_MARK.finditer(text, first, start))
    item = next((m.end() for m in reversed(marks) if m[0].startswith(";")), first)
    return next((at for at in (item, *(m.end() for m in marks)) if at >= max(item, earliest)), start)


def _proofs(claims: Sequence[Claim], answers: Sequence[Found]) -> Iterator[Claim]:
    """Yield the sentences that prove the answers and, where there is room, those of the next best candidates."""
    room = TEXT_CHARS - sum(len(c.text) + MARK_CHARS for c in claims)
    cited = [c.quotes[0] for c in claims if c.text.startswith("“")]
    for candidate in _to_quote(answers):
        quote = _quote(candidate)
        if quote in cited or len(cited) >= max(QUOTES, len(answers)):
            continue
        beside = _beside(quote) if _POINTS_BACK.match(quote.text) else None
        for part in (beside, quote):
            shown = "" if part is None else _from_clause(candidate, room) if part is quote else part.text
            if (
                part is None
                or part in cited
                or not shown
                or len(shown) > room
                or any(_says(c.text, shown) for c in claims)
            ):
                continue
            cited.append(part)
            room -= len(shown) + MARK_CHARS
            yield Claim(f"“{shown}”", (part,))


def _to_quote(answers: Sequence[Found]) -> Iterator[Candidate]:
    for found in answers:
        yield found.best
    for found in answers:
        least = found.ranked[0][1] - (CLOSE_TOLD if found.best.span.sort in CLAUSAL else CLOSE)
        yield from (candidate for candidate, score in found.ranked[1:60] if score >= least)


def _from_clause(candidate: Candidate, room: int) -> str:
    """Return what of the sentence of a candidate proves it: the clauses of the span, and as many more as make them understood.

    What stands in the others names other people and numbers than the answer.
    """
    text, sentence, span = candidate.article.text, candidate.sentence, candidate.span
    ends = [m.start() for m in _MARK.finditer(text, sentence.start, sentence.end)]
    begins = [sentence.start, *(m.end() for m in _MARK.finditer(text, sentence.start, sentence.end))]
    clauses = list(zip(begins, [*ends, sentence.end], strict=True))
    inside = [i for i, (a, b) in enumerate(clauses) if a < span.end and span.start < b] or [0]
    if span.sort not in CLAUSAL:
        items = text.count(";", sentence.start, sentence.end) > 1  # a single one parts sentences, not items
        return _around(text, clauses, inside[0], inside[-1], room, end=";" if items else "")
    first, last = inside[0], len(clauses) - 1
    while first > 0 and text[ends[first - 1]] != ";" and clauses[last][1] - clauses[first][0] < ENOUGH_CHARS:
        first -= 1
    while last > inside[-1] and clauses[last][1] - clauses[first][0] > room:
        last -= 1
    shown = text[clauses[first][0] : clauses[last][1]]
    return shown if len(shown) <= room else ""


def _around(text: str, clauses: Sequence[tuple[int, int]], first: int, last: int, room: int, *, end: str) -> str:
    """Return clauses with those beside them that make them understood, those before them first, as far as the mark that ends the items of a list."""
    begin = first
    while begin > 0 and text[clauses[begin - 1][1]] != end and clauses[last][1] - clauses[begin][0] < ENOUGH_CHARS:
        begin -= 1
    while last + 1 < len(clauses) and text[clauses[last][1]] != end and clauses[last + 1][1] - clauses[begin][0] < room:
        last += 1
    shown = text[clauses[begin][0] : clauses[last][1]]
    return shown if len(shown) <= room else ""


def _quote(candidate: Candidate) -> Quote:
    return Quote(candidate.article, candidate.sentence.start, candidate.sentence.end)


def _text(candidate: Candidate) -> str:
    span: Span = candidate.span
    return candidate.article.text[span.start : span.end]


def _says(longer: str, shorter: str) -> bool:
    return shorter.strip("“”. ") in longer


def _beside(quote: Quote) -> Quote | None:
    """Return the sentence before one, of the same block."""
    block = next((b for b in quote.article.blocks if b.start <= quote.start and quote.end <= b.end), None)
    if block is None:
        return None
    spans = [
        (block.start + s, block.start + e) for s, e in split_sentences(quote.article.text[block.start : block.end])
    ]
    here = next((i for i, (s, e) in enumerate(spans) if s <= quote.start and quote.end <= e), 0)
    if here == 0 or spans[here - 1][1] - spans[here - 1][0] > LEAD_CHARS * 3:
        return None
    return Quote(quote.article, *spans[here - 1])
