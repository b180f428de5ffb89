"""The posts a text joins to the people it names: before the name, after it, by `là` or `giữ chức`."""

import re
from collections.abc import Sequence

from qa.language.forms import is_syllable
from qa.people.following import Following
from qa.people.leading import posts_before
from qa.people.marks import marks_in
from qa.people.mentions import Mention
from qa.people.names import SURNAMES
from qa.people.offices import is_former
from qa.people.phrases import JOIN, Slice, kept, parted
from qa.people.words import DIVISION, RANK, head_within

__all__ = ["Posts", "bears_post", "find_posts", "in_post", "looks_back"]

Posts = tuple[list[Slice], int, int]
"""The posts of a mention, where the phrase that names and places the person begins, and where it ends."""
REACH = 320
"""Characters before and after a name in which its posts are looked for."""
# Each begins with the mark itself, what may not stand before it after it: such a pattern is searched for quickest.
PAST = 24
"""Characters beside a post in which words that look back are looked for."""
_WAS = re.compile(
    r"\b(?:was|were|had been|used to be|served as|từng là|từng làm|từng giữ chức(?: vụ)?|vốn là)(?: then| once)?(?: the| a| an)? \Z",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:at (?:the|that) time|back then|then|(?<!trong )(?<!Trong )khi đó|khi ấy|lúc đó|lúc ấy|lúc bấy giờ|bấy giờ|hồi đó|thời điểm đó)\b",
    re.IGNORECASE,
)
LOOK_BACK = 40
"""Characters before a name in which the verb that appoints is looked for."""
_SEVERAL = re.compile(
    r"(?:^|\W)(?:hai|ba|bốn|năm|các|những|two|three|four|both|[2-9])(?: (?:vị|ông|bà|the))? \Z", re.IGNORECASE
)
_REVERSED = re.compile(r"\s(?:là|gồm)\s")
_MANY = re.compile(
    r"(?:nguyên |cựu )?(?:đại biểu|thành viên|ủy viên|uỷ viên|(?:thượng |hạ )?nghị sĩ|dân biểu|thẩm phán|kiểm sát viên|phóng viên|senators?|representatives?)(?![\w])",
    re.IGNORECASE,
)
"""Heads of posts that many hold at once."""
_WITHIN = re.compile(r" (?:tại|ở|của|thuộc)\b")
_AND_ALSO = re.compile(r",? (?:và|and|cùng) |, ")


def find_posts(text: str, mentions: Sequence[Mention]) -> list[Posts]:
    """Return the posts of each mention of a text, with the extent of the phrase around it."""
    found: list[Posts] = []
    begin, held = 0, True
    for at, m in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) and mentions[at + 1].start <= m.end + REACH else None
        start = max(0, m.lead - REACH, begin)
        before, lead = posts_before(text, m, start, theirs=start == begin and not held)
        found.append(_around(text, m, before, lead, following))
        begin, held = m.end, bool(before)
    return _shared(text, mentions, found)


def _shared(text: str, mentions: Sequence[Mention], found: list[Posts]) -> list[Posts]:
    """Return the posts with those of several people given to each: `hai kiểm sát viên X và Y`, `đại biểu X và Y`."""
    common: Slice | None = None
    for at in range(1, len(mentions)):
        slices, _lead, end = found[at - 1]
        if slices and slices[0][1] <= mentions[at - 1].lead:
            common = slices[0]
        if common is None:
            continue
        joined = _AND_ALSO.fullmatch(text, end, mentions[at].lead)
        if joined is None:
            common = None
            continue
        own = found[at][0]
        if own and own[0][0] < mentions[at].start:
            common = None  # the next one's post stands before the name
        elif _SEVERAL.search(text, max(0, common[0] - 12), common[0]):
            found[at] = ([common, *own], *found[at][1:])
        elif not own and joined[0] == " và " and (_REVERSED.match(text, common[1]) or _MANY.match(text, common[0])):
            found[at] = ([common], *found[at][1:])
    return found


def bears_post(text: str, mentions: Sequence[Mention], at: int) -> bool:
    """Return whether a post stands with the mention number `at` of a text, whoever the others are."""
    m = mentions[at]
    begin = max(0, m.lead - REACH, mentions[at - 1].end if at else 0)
    before, lead = posts_before(text, m, begin, theirs=False)
    following = mentions[at + 1] if at + 1 < len(mentions) and mentions[at + 1].start <= m.end + REACH else None
    return bool(before or _around(text, m, before, lead, following)[0])


def in_post(text: str, before: Mention, m: Mention) -> bool:
    """Return whether a name is rather part of the post behind the one before it: `ông X, Hiệu trưởng trường ⟨Hương Sơn⟩`."""
    if m.start - before.end > REACH or m.lead < m.start:
        return False
    native = not m.name.isascii() and all(map(is_syllable, m.name.split()))
    named = m.name.partition(" ")[0] in SURNAMES
    known = named or (m.sure and " " in m.name and not native)
    if known and DIVISION.search(text, max(0, m.start - LOOK_BACK), m.start) is None:
        return False
    joined = JOIN.match(text, before.end, m.start)
    if (
        joined is None
        or joined[0].lstrip()[:1] not in ",-–—("
        or not head_within(text, joined.end(), m.start)
        or marks_in(text, joined.end(), m.start)
        or (
            (rank := RANK.match(text, joined.end()))
            and not _WITHIN.match(text, rank.end())  # `một bác sĩ tại Bệnh viện Valley Oak`
            and (" " in m.name or _is_called(text, m.name))
        )
    ):
        return False
    begin = max(0, before.lead - REACH)
    if known:  # `ông X, Chủ tịch UBND huyện ⟨Cù Lao Dung⟩`
        return not posts_before(text, before, begin, theirs=False)[0]
    return native or not posts_before(text, before, begin, theirs=False)[0]


def _is_called(text: str, name: str) -> bool:
    """Return whether a text gives a name of one word a title somewhere: `Tổng thống Nga ⟨Putin⟩ … Ông Putin`."""
    return any(f"{title} {name}" in text for title in ("ông", "Ông", "bà", "Bà"))


def looks_back(text: str, start: int, end: int) -> bool:
    """Return whether the words around a post say that it was held before the time of the text."""
    before = _WAS.search(text, max(0, start - PAST), start) or _THEN.search(text, max(0, start - PAST), start)
    return bool(before or _THEN.search(text, start, min(len(text), end + PAST)) or is_former(text[start:end]))


def _around(text: str, m: Mention, before: list[Slice], lead: int, following: Mention | None) -> Posts:
    """Return the posts before and behind a name."""
    after, end = Following(text, min(len(text), m.end + REACH), following, lead).of(m.end, held=bool(before))
    parts = [(post, part) for post in (*before, *after) for part in parted(text, *post)]
    return [part for post, part in parts if part == post or kept(text, *part)], lead, end
