"""Whom `ông`, `bà`, `he` and `she` stand for where they begin what is said of somebody."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.people.mentions import Mention
from qa.people.names import GIVEN, GIVEN_TO_BOTH, GIVEN_TO_WOMEN
from qa.people.words import head_end, verb_role

__all__ = ["with_pronouns"]

BACK = 3
"""Sentences before a pronoun in which the one it stands for is looked for."""
_MEN = frozenset({"ông", "anh", "chú", "he", "mr"})
_WOMEN = frozenset({"bà", "chị", "cô", "she", "ms", "mrs", "miss"})
_NOT_ALONE = (
    r"(?!(?:con|mẹ|chủ(?! (?:trì|tọa|toạ|động))|gái|giáo|em|bà|lão|bé|trai|nội|ngoại|dâu|hàng|nhà|già|cha|anh|chị|hai|quốc|vợ|chồng|"
    r"bạn|ruột|họ|bố|nông|thợ|xã|bầu|tổ(?! chức))\b)"
)
"""What makes another word of a pronoun: `bà con`, `ông chủ`."""
_REST = rf"(?: (?:ấy|này|ta))? {_NOT_ALONE}(?=[a-zà-ỹđ])"
_FIRST = re.compile(rf"(?:Ông|Bà|Anh|Chị|Cô|He|She){_REST}")
_LATER = re.compile(rf"[”\",] (?P<pronoun>(?:ông|bà|anh|chị|cô|he|she){_REST})")
_CIRCUMSTANCE = re.compile(
    r"(?:Trong|Tại|Sau|Trước|Khi|Ngay|Cùng với|Theo|Bên cạnh|Trao đổi|Trả lời|In|At|After|Before|During|With)\b"
)
"""What a sentence begins with before its subject."""
_VERBS = frozenset("đứng đầu|chỉ huy|lãnh đạo|quản lý|thanh tra|đại diện|sáng lập|trưởng|nguyên|nữ".split("|"))
"""Heads of posts that are verbs, too."""
_OPENING = re.compile(r"(?:[^,.;:“”\"\n]{2,40}, |[“\"].*[”\"],? )?")
"""What may stand between the beginning of a sentence and the pronoun that is its subject."""


def with_pronouns(text: str, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]) -> list[Mention]:
    """Return the mentions in order, with those by a pronoun that is the subject of its sentence.

    A pronoun stands for the first person of the nearest sentence before it who may be meant by it.
    """
    found: list[Mention] = []
    genders = _genders(text, mentions)
    latest: list[tuple[int, Mention]] = []  # who was named before, with the number of the sentence, likeliest first
    at = 0
    for number, (start, end) in enumerate(sentences):
        here: list[Mention] = []
        while at < len(mentions) and mentions[at].start < end:
            here.append(mentions[at])
            at += 1
        pronoun = _subject(text, start, min(end, here[0].lead if here else end)) if latest else None
        if pronoun:
            word = text[slice(*pronoun)].split(" ")[0].lower()
            named = next((m for n, m in latest if number - n <= BACK and _fits(word, genders.get(m.name, set()))), None)
            if named:
                spot = replace(named, start=pronoun[0], end=pronoun[1] - 1, lead=pronoun[0], sure=True)
                here.insert(0, spot)
        if here:
            latest = [(number, m) for m in _subject_first(text, start, here)] + latest[:6]
        found += here
    return found


def _subject_first(text: str, start: int, here: Sequence[Mention]) -> Sequence[Mention]:
    """Return the people of a sentence, those last who stand in what it opens with: `Sau cuộc gặp với X, ông Y …`."""
    if len(here) > 1 and _CIRCUMSTANCE.match(text, start) and "," in text[here[0].end : here[1].lead]:
        return [*here[1:], here[0]]
    return here


def _subject(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the pronoun stands that a sentence, or what stands behind its quotation, begins with."""
    first = _FIRST.match(text, start, end)
    later = None if first else _LATER.search(text, start, end)
    if later and not _OPENING.fullmatch(text, start, later.start("pronoun")):
        return None
    found = first.span() if first else later.span("pronoun") if later else None
    return None if found is None or _is_office(text, found[1]) else found


def _is_office(text: str, end: int) -> bool:
    """Return whether a post stands right behind a pronoun, which is then a title: `Ông ⟨hiệu trưởng⟩ vẫn im lặng`."""
    head = head_end(text, end)
    return head > 0 and verb_role(text, end) is None and text[end:head] not in _VERBS


def _genders(text: str, mentions: Sequence[Mention]) -> dict[str, set[str]]:
    """Return the titles that people bear in a text that tell men from women."""
    genders: dict[str, set[str]] = {}
    for m in mentions:
        said = {w.strip(".,").lower() for w in text[m.lead : m.start].split()} & (_MEN | _WOMEN)
        if said or m.name not in genders:
            genders.setdefault(m.name, set()).update(said)
    return {name: said or _by_name(name) for name, said in genders.items()}


def _by_name(name: str) -> set[str]:
    """Return the titles that suit somebody's name, none when it does not tell men from women."""
    first = name.partition(" ")[0]
    if " Thị " in name or first in GIVEN_TO_WOMEN:
        return {"bà", "chị", "cô"}
    return {"ông"} if " " in name and first in GIVEN and first not in GIVEN_TO_BOTH else set()


def _fits(pronoun: str, titles: set[str]) -> bool:
    """Return whether a pronoun may mean somebody who bears these titles; `anh` is also a country."""
    if pronoun == "anh":
        return "anh" in titles
    return not titles or not titles.isdisjoint(_MEN if pronoun in _MEN else _WOMEN)
