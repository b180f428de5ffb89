"""What readers' judgements can honestly become: gold questions where an answer was found right, else work for a person.

A right answer gives the documents it was proven from, its quotations as evidence and, as required facts, the names, days and
numbers that the bare answer states and the question does not; without any, the line is for retrieval only. Nothing else is gold:
that an answer is wrong does not say what is right, a reader who agrees that the articles do not say has not read them all, and an
answer within filters is no answer to the question alone. Those are given as lines to complete, which `qa.gold.read_gold` refuses
until somebody has put in `source` and `answers`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qa.feedback import Feedback, Verdict
from qa.gate.text import Reading, read
from qa.gold import document_of
from qa.language.forms import UPPER, fold, has_accents
from qa.measures import holds

__all__ = ["Judged", "facts_of", "judged"]

MARKS = re.compile(r"(?: ?\[(?:\d{1,3}|\?)\])+")
QUOTED = re.compile(r"“[^”]*”")
RUN = re.compile(rf"(?<!\w)[{UPPER}]\w*(?:[ -][{UPPER}]\w*)+")
LONGEST_LEAD, LONGEST_FACT, LONGEST_SCORED = 200, 60, 800
"""Characters of the bare answer; of one that is a fact as a whole; of an answer whose facts are scored at all (`qa.measures`)."""
DAY = re.compile(r"^(?:ngày|on) ", re.IGNORECASE)
MOST_FACTS = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements sorted.

    Attributes:
        gold: Lines of a gold file.
        open: Lines for a person to complete: the question, what was said, the verdict, the reason, and `why` it is no gold.
        repeated: How many said again what a line of `gold` says.
    """

    gold: tuple[dict[str, Any], ...]
    open: tuple[dict[str, Any], ...]
    repeated: int


def judged(given: Iterable[Feedback]) -> Judged:
    """Return what judgements become.

    Args:
        given: In any order; that of the lines is theirs.
    """
    rows = list(given)
    doubted = {_said(f) for f in rows if f.verdict is not Verdict.RIGHT}
    gold: dict[str, dict[str, Any]] = {}
    left, repeated = [], 0
    for one in rows:
        why = _why_not(one, doubted)
        if why:
            left.append({**_asked(one), **_told(one), "why": why})
            continue
        line = _gold(one)
        same = json.dumps({k: v for k, v in line.items() if k != "id"}, sort_keys=True)
        repeated += same in gold
        gold.setdefault(same, line)
    return Judged(tuple(gold.values()), tuple(left), repeated)


def facts_of(question: str, text: str, quotes: Sequence[str]) -> list[list[str]]:
    """Return the facts that a right answer states, each in the spellings it is known by; none when it states none of its own.

    Args:
        question: What it states is no fact of the answer.
        text: The answer, with its marks.
        quotes: Its quotations: a day or a number counts in their spelling, too.
    """
    if len(text) > LONGEST_SCORED:
        return []
    asked = fold(question)
    leads = [lead for line in text.split("\n") if (lead := _lead(line))]
    facts: dict[str, list[str]] = {}
    for lead in leads:
        for spellings in _stated(read(lead), [read(q) for q in quotes]):
            if not any(holds(asked, fold(s)) for s in spellings) and holds(text, spellings[0]):
                facts.setdefault(fold(spellings[0]), _spelt(spellings))
    whole = leads[0].rstrip(". ") if len(leads) == 1 else ""
    if not facts and 0 < len(whole) <= LONGEST_FACT and any(holds(fold(q), fold(whole)) for q in quotes):
        return [_spelt([whole])]
    return list(facts.values())[:MOST_FACTS]


def _why_not(one: Feedback, doubted: set[tuple[str, ...]]) -> str:
    """Return why a judgement is no gold, or ""."""
    if one.answer.get("erased"):
        return "an article it was proven from has been erased"
    if one.verdict is not Verdict.RIGHT:
        return "the answer was wrong" if one.verdict is Verdict.WRONG else "something was missing"
    if not one.answer["answered"]:
        return "the articles may answer after all: a reader has not read them all"
    if "from" in one.made_by:
        return f"the answer came back from the reader's {one.made_by['from']}"
    if one.filters:
        return "it was answered within filters"
    if one.answer.get("unproven"):
        return "not all of it is proven"
    return "another reader says otherwise" if _said(one) in doubted else ""


def _gold(one: Feedback) -> dict[str, Any]:
    cited = one.answer["citations"]
    quotes = list(dict.fromkeys(c["quote"] for c in cited))
    line = {**_asked(one), "type": "reader", "source": list(dict.fromkeys(document_of(c["source"]) for c in cited))}
    line["evidence"] = quotes
    facts = facts_of(one.question, one.answer["text"], quotes)
    return {**line, "answers": facts} if facts else line


def _asked(one: Feedback) -> dict[str, Any]:
    language = one.answer["language"]
    lang = "vi-plain" if language == "vi" and not has_accents(one.question) else language
    row = {"id": f"reader-{one.key[:12]}", "lang": lang, "question": one.question}
    history = [{"question": t.question, "answer": t.answer} for t in one.history]
    return {**row, "history": history} if history else row


def _told(one: Feedback) -> dict[str, Any]:
    """Return what a person needs to complete a line; `source` is empty, so that it is not taken for gold before."""
    limits = one.to_json()["filters"]
    told = {
        "source": [], "verdict": one.verdict.value, "reason": one.reason, "said": one.answer["text"],
        "cited": [{"source": c["source"], "quote": c["quote"]} for c in one.answer["citations"]], "day": one.day,
    }  # fmt: skip
    return {**told, "filters": {k: v for k, v in limits.items() if v}} if one.filters else told


def _said(one: Feedback) -> tuple[str, ...]:
    """Return what makes two judgements be of one answer to one question."""
    history = [text for t in one.history for text in (t.question, t.answer)]
    return (fold(one.question), str(one.answer["text"]), *history)


def _lead(line: str) -> str:
    """Return the bare answer of a line: what stands before its first mark, quotations left out."""
    bare = QUOTED.sub(" ", MARKS.split(line.removeprefix("- "))[0])
    return " ".join(bare.split())[:LONGEST_LEAD]


def _stated(lead: Reading, quotes: Sequence[Reading]) -> Iterator[list[str]]:
    """Yield the people, days, numbers and other capitalised names of a bare answer, each as it is spelt there and in a quotation."""
    taken: list[tuple[int, int]] = []
    for value, start, end in lead.dates:
        same = [DAY.sub("", q.text[a:b]) for q in quotes for v, a, b in q.dates if v == value]
        yield [DAY.sub("", lead.text[start:end]), *same]
        taken.append((start, end))
    for number in lead.quantities:
        if not _within(number.start, number.end, taken):
            same = [p.text for q in quotes for p in q.quantities if (p.value, p.unit) == (number.value, number.unit)]
            yield [lead.text[number.start : number.end], *same]
            taken.append((number.start, number.end))
    for person in lead.people:
        if not _within(person.start, person.end, taken):
            yield [lead.text[person.start : person.end]]
            taken.append((person.start, person.end))
    for run in RUN.finditer(lead.text):
        if not any(start < run.end() and run.start() < end for start, end in taken):
            yield [run[0]]


def _within(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in taken)


def _spelt(spellings: Sequence[str]) -> list[str]:
    """Return spellings, each also without diacritics, as one who types none is answered."""
    return list(dict.fromkeys([*spellings, *(plain for s in spellings if (plain := fold(s)) != s.casefold())]))
