"""How a text describes the people it names (`hiệu trưởng Nguyễn Văn A`, `Nguyễn Văn A, tài xế`), beside how a question describes whom it asks for."""

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.kinds import Kind, Slot
from qa.kinds.nouns import VIETNAMESE_OF
from qa.language.forms import UPPER, WORD, fold, match_form
from qa.language.names import find_people
from qa.reading.spans import Span

__all__ = ["described", "holds_another_post", "is_loose"]

BEFORE, BEHIND = 45, 60
"""Characters before a name and behind it in which it may be described."""
LONGEST_JOIN = 3
"""Characters of what joins a name with its description: ` - `."""
LONGEST = 4
"""Most syllables of a noun for a person."""
_SINCE = re.compile(r"[,;:.()“”\"–—]|\s-\s|\d")
_UNTIL = re.compile(
    r"[;:.()“”\"]|(?<!\w)(?:cho biết|cho rằng|cho hay|nói|khẳng định|nhấn mạnh|đã|sẽ|vừa|đang|bị|được|phát biểu|yêu cầu|đề nghị|xác nhận|kể|và|cùng|với|said)(?!\w)"
)
_SOMEBODY = re.compile(rf".*[{UPPER}][^\W\d_]+ [{UPPER}][^\W\d_]+ (?=.*\b(?:ông|bà|anh|chị|em|cô|cụ|cháu) $)")
"""Before a title and a name, whom a sentence has named first: the nouns before that one are not of this one."""
_JOINS = re.compile(r"\s?(?:,|-|–|—|\()\s?")


_LOOSE = frozenset(
    fold(
        "lãnh đạo|lãnh đạo doanh nghiệp|cán bộ|quan chức|công chức|đại diện|nhân vật|đại biểu|chuyên gia|nạn nhân|nghi phạm|nghi can|bị cáo|bị can|bạn|bạn bè|thành viên|kẻ|người|"
        "đàn ông|phụ nữ|công nhân|nhân viên|chuyên viên|cử tri|ngôi sao|đồng nghiệp|đồng cấp|ứng viên|ứng cử viên|thí sinh|đồng phạm|thanh niên|nhà khoa học|nhà nghiên cứu|"
        "doanh nhân|tỷ phú|anh hùng|quản lý|cấp dưới|sĩ quan|cảnh sát|binh sĩ|quân nhân|chính trị gia|chính khách|tướng|giáo sư|tiến sĩ|bác sĩ|luật sư|kỹ sư|"
        "người phát ngôn|phát ngôn viên|người đứng đầu|đứng đầu|trưởng|cố vấn|trợ lý|nghị sĩ|dân biểu|vợ|chồng|mẹ|cha|bố|con trai|con gái|anh trai|em trai|em gái|chị gái|"
        "man|men|woman|women|person|people|leader|official|officials|executive|chief|head|expert|member|members|relative|boss|one"
    ).split("|")
)
"""What somebody may be besides holding any post."""

_BROAD = frozenset(
    "chairman chairmen chairwoman chairs chair president director directors secretary manager commander".split()
)
"""English posts that have several in Vietnamese; one of a conference holds none."""


def described(text: str, start: int, end: int, slot: Slot) -> bool:
    """Return whether the person named at `text[start:end]` is described right there as the one a slot asks for."""
    wanted = _wanted(slot)
    if not wanted:
        return False
    beside = text[max(0, start - BEFORE) : start], text[end : end + LONGEST_JOIN + BEHIND]
    return not wanted.isdisjoint(_nouns_beside(*beside))


def holds_another_post(text: str, span: Span, start: int, end: int, slot: Slot) -> bool:
    """Return whether the sentence `text[start:end]` gives everybody in a span a post, and to nobody the one that a slot asks for.

    One who is asked for as no more than an official, an officer or a professor may hold any.
    """
    wanted = _wanted(slot)
    if not wanted or not wanted.isdisjoint(_LOOSE):
        return False
    if not wanted.isdisjoint(_BROAD) and not any(w.startswith("pho ") for w in wanted):
        return False
    people = [
        p for p in find_people(text[start:end]) if any(a < start + p.end and start + p.start < b for a, b in span.parts)
    ]
    if len(people) < len(span.parts) or not all(p.posts for p in people):
        return False
    posts = [fold(text[start + a : start + b]) for p in people for a, b in p.posts]
    if any(w in post for w in wanted for post in posts):
        return False
    return not any(described(text, start + p.start, start + p.end, slot) for p in people)


def is_loose(slot: Slot) -> bool:
    """Return whether a slot asks for somebody by a noun that fits whoever holds any post: an official, an executive."""
    return not _wanted(slot).isdisjoint(_LOOSE)


@lru_cache(maxsize=256)
def _wanted(slot: Slot) -> frozenset[str]:
    return frozenset(fold(" ".join(h)) for h in slot.heads) if slot.kind is Kind.PERSON else frozenset()


@lru_cache(maxsize=4096)
def _nouns_beside(before: str, behind: str) -> frozenset[str]:
    """Return the nouns for people in what stands before a name and behind it; of the text no more is remembered."""
    since = [m.end() for m in _SINCE.finditer(before.rstrip())]
    own = before[since[-1] if since else 0 :]
    found = set(_nouns(_SOMEBODY.sub("", own)))
    if joined := _JOINS.match(behind):
        told = behind[joined.end() : joined.end() + BEHIND]
        until = _UNTIL.search(told)
        found |= set(_nouns(told[: until.start() if until else BEHIND]))
    return frozenset(found)


def _nouns(said: str) -> Iterator[str]:
    """Yield the nouns for people among words, folded, the longest at each place."""
    words = [match_form(w) for w in WORD.findall(said)]
    at = 0
    while at < len(words):
        lengths = [k for k in range(LONGEST, 0, -1) if VIETNAMESE_OF.get(" ".join(words[at : at + k])) is Kind.PERSON]
        if lengths and (at == 0 or words[at - 1] != "phòng"):  # `Văn phòng Chủ tịch nước` is no chair
            yield fold(" ".join(words[at : at + lengths[0]]))
        at += lengths[0] if lengths else 1
