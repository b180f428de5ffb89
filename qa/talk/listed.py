"""One of several that were named or counted, called by its place among them: `the latter`, `người thứ hai`, `cái đầu`."""

import re
from dataclasses import replace

from qa.language.forms import fold, has_accents, words
from qa.question import Question
from qa.talk.before import Before
from qa.talk.words import compiled

__all__ = ["counted_in", "picked"]

FURTHEST = 3
"""Turns that are gone back to what was listed."""
LONGEST_ITEM = 8
"""Words of one of several."""
_AND = re.compile(r",? (?:and|và|va|or|hoặc|cùng|&) |[,;] ")
_PLACES = {
    "first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "former": 0, "latter": -1,
    "dau": 0, "dau tien": 0, "thu nhat": 0, "thu hai": 1, "thu nhi": 1, "thu ba": 2, "thu tu": 3, "sau": -1, "truoc": 0, "cuoi": -1, "cuoi cung": -1, "sau cung": -1,
}  # fmt: skip
_AUXILIARY = r"(?: (?:is|was|are|were|did|does|do|has|had|have|will|would|can|could)\b|['’]s\b| *[?,.!]| *$)"
_ENGLISH = re.compile(
    rf"(?i)\bthe (?:(?P<which>latter|(?:(?<=did the )|(?<=does the )|(?<=will the )|(?<=would the ))former|former(?= one\b|{_AUXILIARY}))(?: one)?\b|(?P<nth>first|second|third|fourth|last)(?: (?:(?P<one>(?:one|person|man|woman)(?! (?:to|who|that) )|name|named|mentioned|of (?:them|these|those|the (?:two|three)))\b|(?={_AUXILIARY}))|(?={_AUXILIARY})))"
)
_NOUN = r"người|công ty|bên|đội|nơi|cái|vị|ông|bà|anh|chị|cô|hãng|tên|chiếc|con|nước|tàu|xe|trường|tỉnh|đơn vị|nhóm|loại|món|khoản|điều|ý|mục|điểm"
_NTH = r"đầu tiên|đầu(?! (?:tư|thú|độc|hàng|bếp|đàn|cơ|năm|tháng|tuần)\b)|thứ nhất|thứ hai|thứ nhì|thứ ba|thứ tư|(?:sau cùng|cuối cùng)|cuối(?! (?:năm|tháng|tuần)\b)|(?:sau|trước)(?= (?:là|có|thì|do|ở|bị|được|bao|mấy|tên|quê|nói|làm|khai|giữ|mua|bán|sinh|sống|đã|sẽ|từng|học|nhận|góp|trả)\b| *[?.!]*$)"
_VIETNAMESE = rf"(?<!\w)(?P<noun>{_NOUN}) (?P<nth>{_NTH})(?!\w)"
_CLASSIFIERS = frozenset("cái chiếc con điều ý mục khoản điểm cai chiec dieu y muc khoan diem".split())


def picked(text: str, before: Before) -> tuple[str, Before]:
    """Return a turn with the one of several that it calls by its place named, and the turn before as if that one alone had been answered.

    Args:
        text: The turn.
        before: The turn before; those before it are looked through, too.
    """
    found = _ENGLISH.search(text) or compiled(_VIETNAMESE, plain=not has_accents(text)).search(text)
    if not found:
        return text, before
    said = found.groupdict()
    place = _PLACES[fold(said.get("which") or said["nth"])]
    turn: Before | None = before
    for _ in range(FURTHEST):
        if turn is None:
            break
        items = _items(turn)
        if items and (place < 0 or place < len(items)):
            whole = text[: found.start()] + items[place] + text[found.end() :]
            return whole, replace(before, answer=items[place]) if turn is before else before
        if (noun := counted_in(turn.question)) and _is_classifier(found):
            return f"{text[: found.start()]}{_one_of(noun, found)}{text[found.end() :]}", before
        turn = turn.earlier
    return text, before


def _items(turn: Before) -> list[str]:
    """Return those that an answer names, when they are several."""
    items = [i for i in _AND.split(turn.told) if i.strip()]
    several = len(items) > 1 and all(len(words(i)) <= LONGEST_ITEM and not i[:1].isdigit() for i in items)
    return items if several and not turn.question.kind.counts else []


def counted_in(question: Question) -> str:
    """Return what a question counts, `trụ cột` of `mấy trụ cột`; "" of any other."""
    slot = question.slots[0]
    behind = question.text[slot.end :].lstrip()
    heads = sorted((" ".join(h) for h in slot.heads), key=len, reverse=True) if slot.kind.counts else []
    return next((behind[: len(h)] for h in heads if fold(behind).startswith(fold(h))), "")


def _is_classifier(found: re.Match[str]) -> bool:
    said = found.groupdict()
    return bool(said.get("one") == "one") or (said.get("noun") or "").lower() in _CLASSIFIERS


def _one_of(noun: str, found: re.Match[str]) -> str:
    said = found.groupdict()
    if said.get("noun"):
        return f"{noun} {said['nth']}"
    return f"the {said['nth']} {noun.removesuffix('s')}"
