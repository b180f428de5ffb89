"""Answer spans: what in a sentence is of the kind a question wants, ready to be said."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from qa.citations import Quote
from qa.language.forms import UPPER, fold, match_form
from qa.language.lexicon import default_lexicon
from qa.language.names import Person, find_people, is_enumeration
from qa.matching import TextTerms, Weights
from qa.question import Kind, Question
from qa.schema import DateMention

__all__ = ["Spans", "find_spans", "lead_window"]

NEAR = 90
"""Characters around a span that count as its surroundings."""
COUNTED_NEAR = 25
"""Characters after a number in which the thing counted must be named."""
STAND_OUT = 0.12
"""How much better than its neighbours one person of a list must fit to be the one who is asked for."""

_CAPITAL = rf"[{UPPER}][\w.]*"
_PLACE = re.compile(
    r"\b(?:tại|Tại|ở|Ở|in|In|at|At)\s+((?:(?:the|thành phố|tỉnh|huyện|quận|TP\.?|xã|phường|thị xã|khu|trụ sở|hội trường|nhà)\s+)*"
    rf"{_CAPITAL}(?:[ -](?:{_CAPITAL}|of(?= {_CAPITAL})|the(?= {_CAPITAL})|thành phố|tỉnh|và(?= {_CAPITAL})|quốc gia|hành chính))*"
    rf"(?:, {_CAPITAL}(?: {_CAPITAL})*)?)"
)
_SIZE = r"(?:nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion)"
_NUMBER = re.compile(
    r"(?:(?:hơn|gần|khoảng|trên|ít nhất|chừng|about|over|nearly|more than|some) )?(?:\b(?:VND|VNĐ|USD|EUR) |[$€£]\s?)?"
    rf"(?<![\d.,])(?:\d[\d.,]*\d|\d)(?:h\d{{0,2}}|\s?%| (?:phần trăm|percent|per cent))?(?: {_SIZE}\b)*"
)
_FOLLOWING = re.compile(r"(?: [^\W\d_]+\d?(?!\w)){0,3}")
_UNIT = re.compile(
    r"đồng|đô|USD|VN[DĐ]|EUR|euros?|dollars?|dong|người|m[23]?|km|ha|kg|tấn|tons?|tonnes|people", re.IGNORECASE
)
_JOINS = frozenset(
    "và với cho của từ đến tới trong ở tại là để khi thì hoặc do bởi and with for of in on at to from by or as".split()
)
_MONEY = re.compile(
    rf"[^\d]*?(?:(?:VND|VNĐ|USD|EUR|[$€£])\s?\d|\d[\d.,]*\s?(?:{_SIZE}\s?)*(?:đồng|đ\b|USD|đô la|euro|EUR|VND|VNĐ|dollars?|dong))",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(
    r"(?:bao nhieu|may) (?:tien|dong)\b|\bhow much (?:money|did|does|do|was|were|is|will)\b"
    r"(?=.*\b(?:cost|pay|paid|spen[dt]|worth|invest(?:ed)?|raised?|donated?|give|gave|given|money|price)\b)|\bhow much money\b"
)
_ASKS_PERCENT = re.compile(r"\b(?:phan tram|percent(?:age)?|per cent)\b")
_ORDINAL = re.compile(r"(?:lần )?thứ (?:hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|nhất|[IVX]+|\d+)\b")
_CLOCK = re.compile(r"\b\d{1,2}(?:h|g|:)(?:\d{2})?(?: (?:sáng|trưa|chiều|tối))?\b")


@dataclass(frozen=True, slots=True)
class Spans:
    """What a sentence answers.

    Attributes:
        text: The bare answer; `""` when the sentence itself is the answer.
        fitness: How well it fits, about 1; a factor of the sentence's score.
    """

    text: str
    fitness: float = 1.0


def find_spans(question: Question, quote: Quote, weights: Weights) -> Spans | None:
    """Return what of the wanted kind stands in the quotation, or None when nothing does."""
    find = _FINDERS.get(question.kind)
    return Spans("") if find is None else find(question, quote, weights)


def lead_window(text: str, weights: Weights, *, chars: int) -> str:
    """Return the run of whole clauses, at most `chars` long, that covers most of the question; words are cut only if one clause is longer.

    Answers tend to follow the words a question repeats, so of equal runs the one reaching further on is taken.
    """
    if len(text) <= chars:
        return text
    edges = [0, *(m.end() for m in re.finditer(r"[,;:]\s+", text)), len(text)]
    best, best_share = text[:0], -1.0
    for i, start in enumerate(edges[:-1]):
        ends = [e for e in edges[i + 1 :] if e - start <= chars]
        piece = text[start : ends[-1]] if ends else _cut(text[start : start + chars])
        share = weights.share(TextTerms.of(piece))
        if share > best_share:
            best, best_share = piece, share
    return best.rstrip(" ,;:")


def _cut(text: str) -> str:
    return text[: text.rfind(" ")] if " " in text else text


def _persons(question: Question, quote: Quote, weights: Weights) -> Spans | None:
    text = quote.text
    people = list({fold(p.name): p for p in reversed(find_people(text))}.values())[::-1]
    people = [p for p in people if not question.speaks_of(p.name)]
    if not people:
        return None
    listed = is_enumeration(text)
    parts = _surroundings(people, text, listed=listed)
    # What the head of a list meets is true of everyone in it: only what goes beyond singles one out.
    head = TextTerms.of(text[: min(a for a, _ in parts)] if listed else "")
    common = weights.share(head)
    shares = [weights.share(head, TextTerms.of(text[a:b]), discounts=(1.0, 1.0)) - common for a, b in parts]
    best = max(range(len(people)), key=lambda i: (shares[i], -i))
    if len(people) == 1 or not listed:
        return Spans(_said(people[best].name))
    rest = sum(s for i, s in enumerate(shares) if i != best) / (len(people) - 1)
    if not question.many and shares[best] - rest > STAND_OUT:
        return Spans(_said(people[best].name))
    return Spans(_listed([p.name for p in people], language=question.language), fitness=1.1 if question.many else 1.0)


def _surroundings(people: list[Person], text: str, *, listed: bool) -> list[tuple[int, int]]:
    """Return for each person the part of the sentence that speaks of them: their item of a list, or what is near."""
    spans = []
    for person in people:
        start = min([person.start, *(a for a, _ in person.posts)])
        end = max([person.end, *(b for _, b in person.posts)])
        if not listed:
            start, end = max(0, start - NEAR), min(len(text), end + NEAR)
        spans.append((start, end))
    return spans


def _roles(question: Question, quote: Quote, weights: Weights) -> Spans | None:
    del weights
    text = quote.text
    for person in find_people(text):
        if person.posts and question.speaks_of(person.name):
            posts = list(dict.fromkeys(text[a:b].strip() for a, b in person.posts))
            if question.language == "en":
                posts = [_with_english(p) for p in posts]
            return Spans(_said(", ".join(posts)), fitness=1.0 + 0.05 * min(len(posts), 4))
    return None


def _with_english(post: str) -> str:
    english = default_lexicon().english(post)
    return f"{post} ({english})" if english else post


def _dates(question: Question, quote: Quote, weights: Weights) -> Spans | None:
    asked = {d.value for d in question.dates}
    mentions = [
        d for d in quote.article.dates
        if quote.start <= d.start and d.end <= quote.end and d.value not in asked and len(d.value) >= 7
    ]  # fmt: skip
    if mentions:
        shares = [_near_share(quote, d.start - quote.start, d.end - quote.start, weights) for d in mentions]
        best = mentions[max(range(len(mentions)), key=lambda i: (shares[i], -i))]
        chosen = mentions[:3] if question.many or "đến" in question.text else [best]
        happened = any(
            quote.article.event == d or (quote.article.event and quote.article.event.start == d.start) for d in chosen
        )
        return Spans(_said(", ".join(_dated(d) for d in chosen)), fitness=1.15 if happened else 1.0)
    if clocks := [m[0] for m in _CLOCK.finditer(quote.text)]:
        return Spans(_said(", ".join(clocks[:3])), fitness=0.8)
    return None


def _dated(date: DateMention) -> str:
    """Return the words of a date, and the whole date where the words do not hold it."""
    parts = date.value.split("-")
    if date.value.startswith("--") or parts[0] in date.text:
        return date.text
    return f"{date.text} ({'/'.join(str(int(p)) for p in reversed(parts))})"


def _places(question: Question, quote: Quote, weights: Weights) -> Spans | None:
    found = [
        m for m in _PLACE.finditer(quote.text)
        if fold(m[1]) not in question.folded and not quote.text.startswith("Trung ương", m.start(1))
    ]  # fmt: skip
    if not found:
        return None
    return Spans(_said(_nearest(found, quote, weights)[1].strip(" ,.;:")))


def _numbers(question: Question, quote: Quote, weights: Weights) -> Spans | None:
    dates = [(d.start - quote.start, d.end - quote.start) for d in quote.article.dates]
    ordinal = re.search(r"thứ mấy|thu may|mấy\b.*\blần|anniversary|which congress", question.text) is not None
    pattern = _ORDINAL if ordinal and _ORDINAL.search(quote.text) else _NUMBER
    found = [
        m for m in pattern.finditer(quote.text)
        if not any(a <= m.start() < b for a, b in dates) and fold(m[0]) not in question.folded
    ]  # fmt: skip
    found = [m for m in found if _counts(m, question, quote)]
    if not found:
        return None
    found = [m for m in found if _says_counted(_following(m, quote), question)] or found
    best = _nearest(found, quote, weights)
    if pattern is _ORDINAL:
        return Spans(_said(best[0]))
    following = _following(best, quote)
    return Spans(_said(" ".join([best[0], *following[: _taken(best[0], following, question)]])))


def _taken(number: str, following: list[str], question: Question) -> int:
    """Return how many of the words that follow a number are the thing it counts."""
    if (
        not following
        or re.search(r"(?:%|\dh\d*|phần trăm|percent|per cent)$", number)
        or following[0].lower() in _JOINS
    ):
        return 0
    if re.search(rf"{_SIZE}$", number):
        return int(_UNIT.fullmatch(following[0]) is not None)
    if said := _says_counted(following, question):
        return said
    return 2 if default_lexicon().knows(" ".join(following[:2])) else 1


def _following(number: re.Match[str], quote: Quote) -> list[str]:
    found = _FOLLOWING.match(quote.text, number.end())
    return found[0].split() if found else []


def _says_counted(following: list[str], question: Question) -> int:
    """Return with how many of its words the thing to be counted follows; 0 when it does not."""
    if question.counted is None:
        return 0
    shape = fold if question.counted.plain else match_form
    for words in sorted(question.counted.alternatives, key=len, reverse=True):
        same = [shape(w) for w in following[: len(words)]] == [shape(w) for w in words]
        known = (
            len(words) == 1 or question.language == "en" or default_lexicon().knows(" ".join(following[: len(words)]))
        )
        if same and known:
            return len(words)
    return 0


def _counts(number: re.Match[str], question: Question, quote: Quote) -> bool:
    """Return whether a number counts what the question asks to be counted."""
    if _ORDINAL.fullmatch(number[0]):
        return True
    if _ASKS_MONEY.search(question.folded):
        return _MONEY.match(quote.text, number.start(), number.end() + 8) is not None
    if _ASKS_PERCENT.search(question.folded):
        return re.search(r"(?:%|phần trăm|percent|per cent)$", number[0]) is not None
    counted = question.counted
    if counted is None:
        return True
    text = quote.text[number.start() : number.end() + COUNTED_NEAR]
    terms, whole = TextTerms.of(text), TextTerms.of(quote.article.text)
    # Of "đại biểu" both syllables must follow, unless the two are no word of this article ("giường theo").
    present = [w for w in counted.alternatives if whole.coverage(replace(counted, alternatives=(w,))) == 1.0]
    if question.language == "vi":
        present = present[:1]
    return any(terms.coverage(replace(counted, alternatives=(w,))) == 1.0 for w in present)


_FINDERS: dict[Kind, Callable[[Question, Quote, Weights], Spans | None]] = {
    Kind.PERSON: _persons,
    Kind.ROLE: _roles,
    Kind.DATE: _dates,
    Kind.PLACE: _places,
    Kind.NUMBER: _numbers,
}
"""Of the other kinds, such as a reason, the sentence itself is the answer."""


def _nearest(found: list[re.Match[str]], quote: Quote, weights: Weights) -> re.Match[str]:
    shares = [_near_share(quote, m.start(), m.end(), weights) for m in found]
    best = max(range(len(found)), key=lambda i: (shares[i], -i))
    return found[best]


def _near_share(quote: Quote, start: int, end: int, weights: Weights) -> float:
    """Return how much of the question stands around a span, and again in its own clause."""
    near = quote.text[max(0, start - NEAR) : end + NEAR]
    before = re.split(r"[,;:]\s", quote.text[:start])[-1]
    after = re.split(r"[,;:]\s", quote.text[end:])[0]
    return weights.share(TextTerms.of(near)) + 0.5 * weights.share(TextTerms.of(before + quote.text[start:end] + after))


def _listed(names: list[str], *, language: str) -> str:
    joiner = " and " if language == "en" else " và "
    return _said(", ".join(names[:-1]) + joiner + names[-1])


def _said(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
