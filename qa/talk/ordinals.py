"""One of several in a row in the place of another: `the second one?`, `lần 2?`, `lần thứ 11 nước nào làm chủ tịch?`."""

import re

from qa.language.forms import fold, has_accents, words
from qa.question import Question
from qa.talk.about import joined
from qa.talk.before import Before
from qa.talk.topics import topic_of
from qa.talk.words import compiled

__all__ = ["another_in_the_row", "begun_with_another", "one_of_the_row"]

_ENGLISH = r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|latest|next|previous|final|\d+(?:st|nd|rd|th)"
_COUNTED = r"(?:lần|khóa|khoá|kỳ|kì|đợt|vòng|trận|chặng|phần|tập|giai đoạn)"
_WHICH = r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d+|[IVX]+)|đầu tiên|đầu|trước|sau|tiếp theo|kế tiếp|cuối cùng|cuối|\d+|[IVX]+)"
_VIETNAMESE = rf"(?<!\w)(?:{_COUNTED} {_WHICH}|thứ (?:nhất|hai|ba|tư|\d+))(?!\w)"
_ONE = re.compile(rf"(?i)(?:the )?(?P<which>{_ENGLISH})(?: (?P<noun>ones?|time))?")
_ONE_OF_A_SORT = re.compile(rf"(?i)the (?P<which>{_ENGLISH}) (?P<noun>[a-z]+(?: [a-z]+)?)")
_ONE_INSIDE = re.compile(rf"(?i)\bthe (?P<which>{_ENGLISH}) (?P<one>ones?)\b")
_OF_BEFORE = re.compile(rf"(?i)\b(?P<which>{_ENGLISH})\b(?: (?P<noun>(?-i:(?:[A-Z]\w* )*[a-z]+)))?")


def another_in_the_row(rest: str, before: Before) -> str | None:
    """Return the question before about another in the row, when a turn names nothing else."""
    whole, bare = before.question.text, rest.strip(" ?.!,")
    if not before.vietnamese:
        bare = re.sub(r"(?i)^(?:in|on|at|for|of|during|about) ", "", bare)
        mine, theirs = _ONE.fullmatch(bare) or _ONE_OF_A_SORT.fullmatch(bare), _OF_BEFORE.search(whole)
        if mine and theirs and not _of_the_sort(mine["noun"] or "", whole[theirs.end("which") :]):
            return None
        if not mine or not theirs or mine["which"].lower() == theirs["which"].lower():
            return None
        if mine["noun"] == "time":
            dropped = whole[: theirs.start()] + whole[theirs.end("which") :].lstrip()
            return f"{dropped.rstrip(' ?.!')} for the {mine['which']} time?"
        return whole[: theirs.start("which")] + mine["which"] + whole[theirs.end("which") :]
    which = compiled(rf"(?P<noun>.+) (?P<which>{_WHICH})", plain=not has_accents(rest)).fullmatch(bare)
    other = compiled(rf"(?<!\w){_WHICH}(?!\w)", plain=not has_accents(whole))
    if which and f" {fold(which['noun'])} " in f" {fold(whole)} " and (old := _last(other, whole)):
        if fold(old[0]) == fold(which["which"]):
            return None
        return whole[: old.start()] + which["which"] + whole[old.end() :]
    pattern = compiled(_VIETNAMESE, plain=not has_accents(rest))
    theirs = compiled(_VIETNAMESE, plain=not has_accents(whole)).search(whole)
    if not theirs or not pattern.fullmatch(bare) or fold(bare) == fold(theirs[0]):
        return None
    return whole[: theirs.start()] + bare + whole[theirs.end() :]


def _of_the_sort(noun: str, behind: str) -> bool:
    """Return whether what an ordinal counts is what stands behind another: `line` of `the first metro line`."""
    return noun in {"", "one", "ones", "time"} or words(noun)[-1] in words(behind)[:4]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last that a pattern finds of what is no number alone."""
    found = [
        m for m in pattern.finditer(text) if not re.fullmatch(r"\d+|[IVX]+|sau|trước|truoc|đầu|dau|cuối|cuoi", m[0])
    ]
    return found[-1] if found else None


def begun_with_another(rest: str, before: Before) -> str | None:
    """Return a turn that begins with another in the row, with what is in it: `lần thứ 11 ở đâu?` → `Hội nghị lần thứ 11 ở đâu?`."""
    whole = before.question.text
    if not before.vietnamese:
        return None
    mine = compiled(_VIETNAMESE, plain=not has_accents(rest)).match(rest)
    theirs = compiled(_VIETNAMESE, plain=not has_accents(whole)).search(whole)
    first = before.question.slots[0].start
    if not mine or not theirs or not theirs.start() or fold(mine[0]) == fold(theirs[0]) or first < theirs.end():
        return None
    return whole[: theirs.start()] + rest


def one_of_the_row(rest: str, asked: Question, before: Before) -> str | None:
    """Return a turn with `the first one` named, and what the question before was about with that one in its place."""
    mine, theirs = _ONE_INSIDE.search(rest), _OF_BEFORE.search(before.question.text)
    if not mine or not theirs or not theirs["noun"] or mine["which"].lower() == theirs["which"].lower():
        return None
    said = rest[: mine.start("one")] + theirs["noun"] + rest[mine.end("one") :]
    topic = re.sub(rf"(?i)\b{theirs['which']}\b", mine["which"], topic_of(before, naming=False), count=1)
    if len(set(words(topic)) - set(words(said))) <= 1:
        return said
    return joined(said, topic, asked, before, named=False)
