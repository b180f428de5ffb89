"""A part of a question in the place of another: a period, a person, a thing."""

import re

import numpy as np

from qa.embeddings import bundled_embeddings
from qa.language.forms import fold, has_accents, words
from qa.question import Question, understand
from qa.talk.about import of_the_same
from qa.talk.before import Before, place_of_date
from qa.talk.words import ENGLISH_DATE, ENGLISH_PARTICLES, VIETNAMESE_DATE, WORD, capital, compiled, last_name

__all__ = ["at_another_time", "in_place", "is_date", "with_in"]

ALIKE = 0.3
"""Least cosine of a word in whose place another can stand."""


def in_place(rest: str, asked: Question, before: Before) -> str:
    """Return the question before with a part of it put in another's place: a period, a person, a thing."""
    whole = before.question.text
    part = rest.strip(" ?.!,")
    if is_date(asked):
        return _with_date(before, part)
    if asked.people and before.question.people:
        return _replaced(whole, before.question.people[-1], asked.people[-1])
    if shared := _shared(part, whole):
        return whole[: shared[0]] + part + whole[shared[1] :]
    if named := last_name(whole):
        bare = re.sub(r"(?i)^(?:in|at|on|from|ở|tại|của|với) ", "", part)
        if last_name("x " + bare):
            return whole[: named[0]] + bare + whole[named[1] :]
    if alike := _alike(part, whole):
        return whole[: alike[0]] + part + whole[alike[1] :]
    return f"{whole.rstrip(' ?')} – {part}?"


def at_another_time(asked: Question, before: Before) -> str:
    """Return the question before of another period; where a turn asks for something else (`thế năm 2019 ở đâu?`), that."""
    date = asked.dates[-1]
    lead = compiled(
        f"(?<!\\w){VIETNAMESE_DATE if asked.language == 'vi' else ENGLISH_DATE}$", plain=not has_accents(asked.text)
    )
    found = lead.search(asked.text, 0, date.start)
    part = asked.text[found.start() if found else date.start : date.end].strip()
    moved = _with_date(before, part)
    slot = asked.slots[0]
    if slot.kind is before.question.kind:
        return moved
    bare = understand(asked.text[slot.start : slot.end])
    return capital(of_the_same(bare.text, bare, Before(understand(moved), before.answer)))


_OF_DATES = frozenset(
    "năm nam tháng thang ngày ngay đầu dau cuối cuoi giữa giua vào vao hồi hoi tết tet xuân xuan in on of early late mid the".split()
)


def is_date(asked: Question) -> bool:
    """Return whether a turn says nothing but a date."""
    rest = asked.text
    for date in asked.dates[::-1]:
        rest = rest[: date.start] + rest[date.end :]
    return bool(asked.dates) and set(words(rest)) <= _OF_DATES


def _with_date(before: Before, part: str) -> str:
    whole = before.question.text
    dates = before.question.dates
    if not dates:
        return f"{whole.rstrip(' ?')} {part if before.vietnamese else with_in(part)}?"
    start, end = place_of_date(before)
    old = whole[start:end]
    if before.vietnamese:
        return whole[:start] + (part if not part[:1].isdigit() or old[:1].isdigit() else f"năm {part}") + whole[end:]
    preposition = re.match(r"(?i)(?:in|on|during) ", old)
    return (
        whole[:start]
        + (with_in(part) if preposition else re.sub(r"(?i)^(?:in|on|at|during|the) ", "", part))
        + whole[end:]
    )


def with_in(part: str) -> str:
    """Return an English period with a preposition before it."""
    return part if re.match(r"(?i)(?:in|on|at|during)\b", part) else f"in {part}"


def _replaced(text: str, old: str, new: str) -> str:
    """Return a text with a name in another's place, the title before it (`ông`, `Mr`) with it."""
    found = re.search(rf"(?:(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Mm]rs?\.?|[Mm]s\.?) )?{re.escape(old)}", text)
    return text[: found.start()] + new + text[found.end() :] if found else text


def _shared(part: str, whole: str) -> tuple[int, int] | None:
    """Return the stretch of a question in whose place a part can stand: that shares a word with it, in the same place."""
    mine = [(m.start(), m.end(), fold(m[0])) for m in WORD.finditer(part)]
    theirs = [(m.start(), m.end(), fold(m[0])) for m in WORD.finditer(whole)]
    common = {w for _, _, w in mine} & {w for _, _, w in theirs}
    common = {w for w in common if len(w) > 2 and w not in ENGLISH_PARTICLES | {"the", "nam", "cua", "cac", "nhung"}}
    for i, (_, _, word) in enumerate(mine):
        if word not in common:
            continue
        at = next(j for j, (_, _, w) in enumerate(theirs) if w == word)
        first, last = at - i, at - i + len(mine) - 1
        if first < 0 or last >= len(theirs):
            first, last = at, at
        return theirs[first][0], theirs[last][1]
    return None


def _alike(part: str, whole: str) -> tuple[int, int] | None:
    """Return where the word of a question stands that means most nearly what a part means: `petrol` for `kerosene`."""
    (_, mine), (at, theirs) = bundled_embeddings().encode_words([part, whole])
    found = [m.span() for m in re.finditer(r"[^\W_]+", whole)]
    if not len(mine) or not len(theirs) or not found:
        return None
    meant = mine.sum(axis=0)
    cosines = theirs @ meant / np.maximum(np.linalg.norm(theirs, axis=1) * np.linalg.norm(meant), 1e-6)
    best = int(np.argmax(cosines))
    if cosines[best] < ALIKE:
        return None
    first = min(int(at[best]), len(found) - 1)
    last = int(at[best + 1]) - 1 if best + 1 < len(at) else first
    return found[first][0], found[max(first, min(last, len(found) - 1))][1]
