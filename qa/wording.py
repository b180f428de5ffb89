"""The text of an answer: proven claims with their marks, what is said when there is none, and how it grows in a stream."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from textwrap import shorten

from qa.citations import Claim, Quote, cite, problems
from qa.kinds import Kind
from qa.question import Question
from qa.reader import Reading
from qa.retriever import ranked_articles
from qa.schema import Answer, Hit, Retrieved

__all__ = ["MAX_CITATIONS", "PENDING", "UNPROVEN", "Place", "composed", "declined", "growing", "joined", "told"]

logger = logging.getLogger(__name__)

MAX_CITATIONS = 5
_DECLINED = {
    "vi": "Các bài báo không cho biết điều này.",
    "en": "The articles do not say.",
}
_SEARCHED = {
    "vi": " Đã tìm trong {count} bài; gần nhất là {titles}.",
    "en": " {count} articles were searched; nearest are {titles}.",
}
_NOWHERE = {
    "vi": " Không có bài nào trong phạm vi đã chọn.",
    "en": " No article is within the filters.",
}
NAMED, TITLE_CHARS = 3, 90
"""Nearest articles named when nothing is answered, and how much of each title."""
_PARTIAL = {"vi": "(Danh sách này có thể chưa đủ.)", "en": "(This list may not be complete.)"}
_DIFFERING = {"vi": "(Có nhiều bài cùng hợp với câu hỏi.)", "en": "(Several articles fit the question.)"}
UNPROVEN = "[?]"
"""Stands in place of a mark after a sentence that is not proven, where the settings have such sentences shown."""
PENDING = "[…]"
"""Stands in place of a mark after a sentence that is not proven yet, where the settings have such sentences shown."""
TOLD = frozenset({Kind.THING, Kind.MATTER, Kind.REASON, Kind.YESNO, Kind.TOPIC, Kind.OTHER})
"""What a sentence may answer by itself; who asks for a name, a day or a number wants that."""
Place = tuple[int, bool]
"""Where a sentence stands: the number of its line, and whether the line is a point."""


def composed(question: Question, reading: Reading, hits: list[Hit], *, show_unproven: bool) -> Answer:
    """Return the answer that the proven ones among the claims of a reading make; not answered when none is."""
    answer = Answer(question.text, "", False, question.language, retrieved=tuple(ranked_articles(hits)))
    quotes: list[Quote] = []
    sentences, unproven = [], []
    wrongs = [problems(claim) for claim in reading.claims]
    bare = [bool(wrong) for claim, wrong in zip(reading.claims, wrongs, strict=True) if claim.is_bare]
    if bare and all(bare) and not show_unproven and question.kind not in TOLD:
        return answer  # what is left would be sentences that were to prove something else
    for claim, wrong in zip(reading.claims, wrongs, strict=True):
        if wrong:
            logger.debug("withheld: %s", "; ".join(wrong))
            if show_unproven:
                sentences.append(f"{claim.text} {UNPROVEN}")
                unproven.append(claim.text)
        elif sentence := _marked(claim, quotes):
            sentences.append(sentence)
    if not quotes:
        return answer
    if reading.partial:
        sentences.append(_PARTIAL[question.language])
    if reading.differing:
        sentences.append(_DIFFERING[question.language])
    text = joined((s, (line, reading.points)) for line, s in enumerate(sentences))
    return replace(answer, text=text, answered=True, citations=cite(quotes), unproven=tuple(unproven))


def joined(sentences: Iterable[tuple[str, Place]]) -> str:
    """Return sentences as one text: points a line each, others one after the other."""
    text, before = "", (-1, False)
    for sentence, place in sentences:
        line, point = place
        if point and place != before:
            text += ("\n" if text else "") + "- "
        elif text:
            text += "\n" if before[1] and line != before[0] else " "
        text += sentence
        before = place
    return text


def told(claims: Sequence[tuple[Claim, Place]], *, longest: int) -> tuple[list[tuple[str, Place]], tuple[Quote, ...]]:
    """Return proven claims with their marks, as many as there is room and may be cited, and the quotations they take.

    Args:
        claims: Proven; each with its place.
        longest: Characters of the whole.
    """
    quotes: list[Quote] = []
    said: list[tuple[str, Place]] = []
    room = longest
    for claim, place in claims:
        known = list(quotes)
        sentence = _marked(claim, quotes)
        if not sentence or len(sentence) > room:
            quotes = known
            continue
        said.append((sentence, place))
        room -= len(sentence) + 1
    return said, tuple(quotes)


def declined(language: str, retrieved: Sequence[Retrieved], count: int) -> str:
    """Return what is said when the articles do not say: how many were searched, and which come nearest."""
    text = _DECLINED[language] + ("" if count else _NOWHERE[language])
    if retrieved:
        titles = "; ".join(f"“{shorten(r.title, TITLE_CHARS, placeholder=' …')}”" for r in retrieved[:NAMED])
        number = f"{count:,}" if language == "en" else f"{count:,}".replace(",", ".")
        text += _SEARCHED[language].format(count=number, titles=titles)
    return text


def growing(answer: Answer) -> Iterator[Answer]:
    """Yield an answer as it grows by whole sentences, the finished one last."""
    for citation in answer.citations:
        mark = f"[{citation.marker}]"
        position = answer.text.find(mark)
        if position >= 0 and position + len(mark) < len(answer.text):
            known = answer.citations[: citation.marker]
            yield replace(answer, text=answer.text[: position + len(mark)], citations=known, done=False)
    yield answer


def _marked(claim: Claim, quotes: list[Quote]) -> str:
    """Return a claim with its marks, its new quotations being added to `quotes`; "" when that would be too many."""
    fresh = [q for q in claim.quotes if q not in quotes]
    if len(quotes) + len(fresh) > MAX_CITATIONS:
        return ""
    quotes += fresh
    marks = "".join(f"[{quotes.index(q) + 1}]" for q in claim.quotes)
    return f"{claim.text} {marks}" + (f" ({claim.note})" if claim.note else "")
