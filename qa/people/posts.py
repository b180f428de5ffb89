"""The posts a text joins to the people it names: before the name, after it, by `là` or `giữ chức`."""

import re
from collections.abc import Iterator, Sequence

from qa.language.forms import is_syllable
from qa.people.beside import is_agent
from qa.people.english import CAPITALS_BEFORE, ENGLISH_BEFORE, LAST_NOUN, agent_of, english_head, open_head
from qa.people.marks import marks_in
from qa.people.mentions import Mention
from qa.people.names import POSTNOMINALS, SURNAMES
from qa.people.offices import office_of
from qa.people.stops import find_stops
from qa.people.words import (
    CALLING,
    DIVISION,
    HEAD,
    HONORIFIC,
    NAMED,
    OCCUPATION,
    find_heads,
    head_end,
    head_within,
)

__all__ = ["Posts", "bears_post", "find_posts", "in_post", "looks_back"]

Slice = tuple[int, int]
Posts = tuple[list[Slice], int, int]
"""The posts of a mention, where the phrase that names and places the person begins, and where it ends."""

LONGEST = 110
"""Characters of the longest post."""
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
    r"\b(?:at (?:the|that) time|back then|then|khi đó|khi ấy|lúc đó|lúc ấy|lúc bấy giờ|bấy giờ|hồi đó|thời điểm đó)\b",
    re.IGNORECASE,
)
LOOK_BACK = 40
"""Characters before a name in which the verb that appoints is looked for."""
_AGE = re.compile(r"\s*\((?:[^()]{0,12}\d[^()]{0,40}|[^()]{1,30})\)")
_YEARS = re.compile(
    r",?\s*(?:\(\s?)?(?:\d{1,3} tuổi|SN \d{4}|sinh năm \d{4}|aged? \d{1,3}|\d{1,3}|(?:quê|trú|ngụ|thường trú|tạm trú)\b[^,;().\n]{2,60})(?:\s?\))?(?=\s?[,;.-])"
)
_JOIN = re.compile(
    r"\s*(?:, ?\(|,|-|–|—|\(|kiêm(?: nhiệm)?(?: (?:chức danh|chức vụ|giữ chức))?|đồng thời là|và|and|as well as)\s*(?:(?:kiêm|đồng thời(?: là)?|hiện(?: nay)?(?: là|đang là)?|nay(?: là)?|hiện là|lúc đó là|khi đó là|khi ấy là|"
    r"who is|who was|once|the|a|an|its|their|now|currently|then|formerly|also|đảng (?:Cộng h[oò][àa]|Dân chủ),) )*",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"[ ,]*(?:[^,.;:()\n]{0,60}? )?(?<!không )(?<!chưa )(?<!không còn )(?<!phải )(?<!thôi )(?<!thôi giữ )(?:là|làm|giữ chức(?: vụ| danh)?|giữ cương vị|giữ vị trí|đảm nhiệm(?: chức(?: vụ)?| cương vị| vị trí)?|"
    r"đảm nhận(?: chức(?: vụ)?| cương vị| vị trí)?|trở thành|chức|trên cương vị|với cương vị|với tư cách|is|was|became|as|serves as|served as|elected|appointed|named) (?:now |then |also |previously |once |formerly |currently |most recently |until recently |still )?(?:the |a |an |một |một trong những |new |its |his |her |their )?(?:new |next |first )?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r", (?!who)[^,.;:()\n“”\"]{3,80}, ")
_NOT_OF_HIM = re.compile(
    r"\b(?:không|chưa|nói|cho biết|cho rằng|coi|xem|gọi|muốn|thấy|tin|nghi|said|told|nhưng|mà|nếu|khi|ký|rằng|vợ|chồng|con|bạn|anh trai|em|cháu|mẹ|cha|bố|họ|những|các|đây|đó|như|sẽ|dự kiến|will|not|to be|wife|son|daughter|brother)\b",
    re.IGNORECASE,
)
_REVERSED = re.compile(r" (?:là|gồm|gồm có|is|are|was)\s*$")
_TRAIL = re.compile(
    r"(?:[.…]{2,}|\s+(?:của|là|và|về|-|–|kiêm|lúc bấy giờ|khi bấy giờ|bấy giờ|lúc đó|khi đó|hồi đó|lúc ấy|khi ấy|lúc|hồi|at the time|cùng|với|đồng chí|ông|bà|từ|tại|nay|hiện|mới|thay|the|of|and|for|năm \d{4}|(?:giai đoạn|khóa|khoá) \d{4}(?:\s?[-–]\s?\d{4})?|nhiệm kỳ \d{4}(?:\s?[-–]\s?\d{4})?|\d+ tuổi))+$",
    re.IGNORECASE,
)
_OF = re.compile(r" (?:của|cho|với|of|to|for|by|from)\s*$", re.IGNORECASE)
_OF_NAME = re.compile(r" (?:của (?:ông|bà|anh|chị|đồng chí)?|of (?:Mr\.?|Ms\.?|Mrs\.?)?)\s*$")
_AND = re.compile(
    r"(?:,)?\s+(?:và|kiêm nhiệm (?:chức danh|chức vụ)|kiêm(?: nhiệm| giữ chức)?|đồng thời là|and|as well as) (?:the |a |an )?(?!(?:đại diện|lãnh đạo|các|những|representatives?|other) )(?=\S)|, (?=\S)",
    re.IGNORECASE,
)
_VIETNAMESE_CAPITALS = frozenset({"HLV", "hlv", "CEO"})
_AS = re.compile(
    r"(?:\b[Aa]s|[Kk]hi còn (?:là|làm|giữ)|[Hh]ồi còn làm|Là|Với tư cách(?: là)?|Trên cương vị) [^,.;:\n]{3,90}\Z"
)
_LEADING = frozenset(
    {
        "",
        "là",
        "với tư cách",
        "với tư cách là",
        "trên cương vị",
        "trong vai trò",
        "as",
        "as the",
        "as a",
        "as an",
        "các",
        "a",
        "an",
        "đồng chí",
        "the",
        "its",
        "their",
        "ông",
        "bà",
        "ông, bà",
        "gồm",
        "có",
        "hai",
    }
)


def find_posts(text: str, mentions: Sequence[Mention]) -> list[Posts]:
    """Return the posts of each mention of a text, with the extent of the phrase around it."""
    found: list[Posts] = []
    begin, held = 0, True
    for at, m in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) and mentions[at + 1].start <= m.end + REACH else None
        start = max(0, m.lead - REACH, begin)
        before, lead = _before(text, m, start, theirs=start == begin and not held)
        found.append(_around(text, m, before, lead, following))
        begin, held = m.end, bool(before)
    return _shared(text, mentions, found)


def _shared(text: str, mentions: Sequence[Mention], found: list[Posts]) -> list[Posts]:
    """Return the posts with those of several people given to each: `hai kiểm sát viên X và Y`."""
    for at in range(1, len(mentions)):
        slices, _lead, end = found[at - 1]
        if not slices or found[at][0] or not _AND_ALSO.fullmatch(text, end, mentions[at].lead):
            continue
        first = slices[0][0]
        if slices[0][1] <= mentions[at - 1].lead and _SEVERAL.search(text, max(0, first - 12), first):
            found[at] = ([slices[0]], *found[at][1:])
    return found


def bears_post(text: str, mentions: Sequence[Mention], at: int) -> bool:
    """Return whether a post stands with the mention number `at` of a text, whoever the others are."""
    m = mentions[at]
    begin = max(0, m.lead - REACH, mentions[at - 1].end if at else 0)
    before, lead = _before(text, m, begin, theirs=False)
    following = mentions[at + 1] if at + 1 < len(mentions) and mentions[at + 1].start <= m.end + REACH else None
    return bool(before or _around(text, m, before, lead, following)[0])


def in_post(text: str, before: Mention, m: Mention) -> bool:
    """Return whether a name is rather part of the post behind the one before it: `ông X, Hiệu trưởng trường ⟨Hương Sơn⟩`."""
    divided = DIVISION.search(text, max(0, m.start - LOOK_BACK), m.start) is not None
    known = m.sure or m.name.partition(" ")[0] in SURNAMES
    if m.start - before.end > REACH or m.lead < m.start or (known and not divided):
        return False
    joined = _JOIN.match(text, before.end, m.start)
    if (
        joined is None
        or joined[0].lstrip()[:1] not in ",-–—("
        or not head_within(text, joined.end(), m.start)
        or marks_in(text, joined.end(), m.start)
    ):
        return False
    begin = max(0, before.lead - REACH)
    if known:  # `ông X, Chủ tịch UBND huyện ⟨Cù Lao Dung⟩`
        return not _before(text, before, begin, theirs=False)[0]
    return (not m.name.isascii() and all(map(is_syllable, m.name.split()))) or not _before(
        text, before, begin, theirs=False
    )[0]


def looks_back(text: str, start: int, end: int) -> bool:
    """Return whether the words around a post say that it was held before the time of the text."""
    before = _WAS.search(text, max(0, start - PAST), start) or _THEN.search(text, max(0, start - PAST), start)
    return bool(before or _THEN.search(text, start, min(len(text), end + PAST)) or office_of(text[start:end]).former)


def _around(text: str, m: Mention, before: list[Slice], lead: int, following: Mention | None) -> Posts:
    """Return the posts before and behind a name."""
    after, end = _After(text, min(len(text), m.end + REACH), following, lead).of(m.end, held=bool(before))
    return [part for post in (*before, *after) for part in _parted(text, *post)], lead, end


def _before(text: str, m: Mention, begin: int, *, theirs: bool) -> tuple[list[Slice], int]:
    """Return the posts that lead up to a name, and where they begin.

    With `theirs`, a name without a post ends at `begin`: what stands right behind it is that one's post, unless it
    adjoins this name.
    """
    marks = marks_in(text, begin, m.lead)
    posts: list[Slice] = []
    first, end = m.lead, m.lead
    while True:
        edge = marks.pop() if marks else (begin, begin)
        mark = text[edge[0] : edge[1]].strip()
        if (
            not posts
            and end == m.lead
            and mark in {",", "-", "–"}
            and not text[edge[1] : end].strip()
            and _apposed(text, m, edge[0])
        ):
            end, edge = edge[0], marks.pop() if marks else (begin, begin)  # `Giám đốc Sở Y tế, ông X`
            post = _post_in(text, edge[1], end, whole=True, apposed=True)
            if theirs and not text[begin : edge[0]].strip():
                break
        else:
            post = _post_in(text, edge[1], end, whole=bool(posts))
            if post is None and not posts and end == m.lead:
                first = _called(text, edge[1], end)
        if post is None or (posts and theirs and not text[begin : edge[0]].strip()):
            break
        posts.insert(0, post)
        first = post[0]
        if (
            edge[0] <= begin
            or text[edge[0] : edge[1]].strip() not in {",", "-", "–"}
            or text[edge[1] : post[0]].strip()
        ):
            break
        end = edge[0]
    return posts, first


def _called(text: str, start: int, end: int) -> int:
    """Return where the bare occupation right before a name begins: `said ⟨geologist⟩ X`; `end` when there is none."""
    agent = LAST_NOUN.search(text, max(start, end - 24), end)
    if agent and is_agent(agent[1]) and not head_end(text, agent.start(1)):
        return agent.start(1)
    heads = find_heads(text, start, end)
    if not heads or text[heads[-1][1] : end].strip() or not OCCUPATION.fullmatch(text, *heads[-1]):
        return end
    return heads[-1][0]


def _apposed(text: str, m: Mention, mark: int) -> bool:
    """Return whether a mark before a name may join it to a post: a title follows, or it is English between commas."""
    if m.lead < m.start or _AS.search(text, max(0, mark - LONGEST), mark):
        return True
    if not _ENCLOSED.match(text, m.end):
        return False
    return text[max(0, mark - 12) : mark].isascii() or _LED_BY.search(text, max(0, mark - LONGEST), mark) is not None


_ENCLOSED = re.compile(rf"(?: (?:{'|'.join(sorted(POSTNOMINALS))}))?,")
_LED_BY = re.compile(rf"\b(?:của|do|bởi|theo|by|of) (?:{HEAD.pattern})[^,.;:()\n]{{0,80}}\Z", re.IGNORECASE)
"""A post that a preposition begins, before a name between commas: `do ⟨người phát ngôn Bộ Ngoại giao⟩, X, đưa ra`."""
_LEADS_ON = re.compile(r"(?:^|\s)(?:của|do|bởi|theo|và|làm|là|chức|chức vụ|cương vị|vai trò|by|as|of)\Z", re.IGNORECASE)
_SEVERAL = re.compile(
    r"(?:^|\W)(?:hai|ba|bốn|năm|các|những|two|three|four|both|[2-9])(?: (?:vị|ông|bà|the))? \Z", re.IGNORECASE
)
_AND_ALSO = re.compile(r",? (?:và|and|cùng) |, ")
_ABBREVIATED = re.compile(r" \([A-ZĐ&-]{2,14}\)$")
_LISTED = re.compile(r"(?:[,;]|,? (?:và|rồi|kiêm|sau đó là|and|then)) (?:the |a |an )?")
_SUBJECT = re.compile(r" in [a-z]{4,}(?![\w])(?! \d)")


def _post_in(text: str, start: int, end: int, *, whole: bool, apposed: bool = False) -> Slice | None:
    """Return the post that ends a segment; with `whole`, only one that is all of it."""
    if reversed_copula := _REVERSED.search(text, start, end):
        end = reversed_copula.start()  # `kiểm sát viên của vụ án là X`
    if not find_heads(text, start, end):
        return None if whole else agent_of(text, start, end)
    stops = find_stops(text, start, end)
    heads = find_heads(text, stops[-1][1] if stops else start, end)
    if not heads:
        return None if whole else agent_of(text, stops[-1][1], end)
    if _OF.search(text, heads[0][0], end):
        return None  # `cố vấn của ông X` is somebody else
    if not apposed:
        heads = [h for h in heads if _OF.search(text, start, h[0])] or heads
    first, last = heads[0]
    if text[first:last].isascii() and text[first:last] not in _VIETNAMESE_CAPITALS:
        before = CAPITALS_BEFORE if text[first].isupper() else ENGLISH_BEFORE
        if (grown := before.search(text, start, first)) and not text[start : grown.start()].rstrip().endswith("’"):
            first = grown.start()
        rest = text[last:end].strip()
        if not apposed and rest.startswith(("of ", "at ", "for ")) and not re.search(r"[A-Z][\w’'.-]*$", rest):
            return None  # `president of minority shareholder` belongs to the firm named next
    if whole and (leading := text[start:first].strip().lower()) not in _LEADING and not _LEADS_ON.search(leading):
        return None
    trimmed = end - len(text[first:end]) + len(_TRAIL.sub("", text[first:end].rstrip()))
    short = _ABBREVIATED.search(text, first, trimmed)
    return _kept(text, first, short.start() if short else trimmed)


def _kept(text: str, start: int, end: int) -> Slice | None:
    """Return the slice when it may be a post: neither too long nor a bare occupation."""
    if not 2 < end - start <= LONGEST or OCCUPATION.fullmatch(text, start, end):
        return None
    return None if CALLING.match(text[start:end]) or _NATIONAL.fullmatch(text, start, end) else (start, end)


_NATIONAL = re.compile(
    rf"(?:(?:[A-Z][a-z]+(?:ish|ese|an|ch|sh|ic|li|qi)|(?i:local|senior|veteran|former|young|leading|top)) )+{OCCUPATION.pattern}"
)
"""A bare occupation with where somebody is from: `Dutch coach`."""


def _parted(text: str, start: int, end: int) -> Iterator[Slice]:
    """Yield the posts that one slice joins: `Deputy Prime Minister and Foreign Minister`, `Thủ tướng kiêm quyền Tổng thống`."""
    if (rank := _RANK.search(text, start, end)) and find_heads(text, start, rank.start()):
        yield from _parted(text, start, start + len(text[start : rank.start()].rstrip()))
        yield rank.start(), end
        return
    for joint in _AND.finditer(text, start, end):
        following = head_within(text, joint.end(), end) or english_head(text, joint.end(), end)
        if following and find_heads(text, start, joint.start()):
            yield start, joint.start()
            yield from _parted(text, joint.end(), end)
            return
    yield start, end


_RANK = re.compile(
    r"(?<![\w-])(?:(?:senior|junior|rear|vice|lieutenant|major|brigadier|sub|air|police|retired|army|flight) )*"
    r"(?:general|colonel|admiral|captain|major|lieutenant|brigadier|marshal|sergeant|commodore|thượng tướng|đại tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá)\Z",
    re.IGNORECASE,
)
"""A rank that ends a post is a post of its own: `Deputy Defence Minister ⟨Senior Lieutenant General⟩ X`."""


class _After:
    """The posts behind a name.

    Args:
        text: The text.
        limit: Where the search ends.
        following: The next person named before that, if any.
        lead: Where the phrase that names the person begins; behind a verb that appoints, what follows the name is a post.
    """

    def __init__(self, text: str, limit: int, following: Mention | None, lead: int) -> None:
        self.text, self.following, self.lead = text, following, lead
        self.limit = min(limit, following.start) if following else limit

    def of(self, end: int, *, held: bool) -> tuple[list[Slice], int]:
        """Return the posts that follow a name that ends at `end`, and where the phrase they make with it ends.

        With `held`, posts stand before the name; those behind it are then the next one's if the last of them adjoins that.
        """
        at = end
        while (
            aside := _AGE.match(self.text, at, self.limit) or _YEARS.match(self.text, at, self.limit)
        ) and not find_heads(self.text, *aside.span()):
            at = aside.end()
        posts: list[Slice] = []
        position = at
        if not held and (post := self._unparted(at)):
            posts, position = [post], post[1]
        while joined := _JOIN.match(self.text, position, self.limit):
            post = self._post(joined.end())
            if held and posts and self._adjoins(joined.end()):
                return [], at
            if post is None or (not posts and joined[0].strip().lower() in {"và", "and"}):
                break
            posts.append(post)
            position = post[1] + (self.text[post[1] : post[1] + 1] == ")")
        said = _COPULA.match(self.text, position, self.limit)
        if not said and not posts and (aside := _ASIDE.match(self.text, position, self.limit)):
            said = _COPULA.match(self.text, aside.end(), self.limit)
        if not said and not posts and (post := self._post(at + 1)) and self._named():
            return [post], at  # `named X chief executive`
        if said and not _NOT_OF_HIM.search(self.text, position, said.end()) and (post := self._post(said.end())):
            posts.append(post)
            posts += self._further(post[1])
        return posts, position

    def _further(self, end: int) -> list[Slice]:
        """Return the posts that go on a list behind the first: `từng là Bí thư Huyện ủy, Phó Bí thư Tỉnh ủy`."""
        found: list[Slice] = []
        while (joined := _LISTED.match(self.text, end, self.limit)) and head_within(
            self.text, joined.end(), self.limit
        ):
            post = self._post(joined.end())
            if post is None or self._adjoins(joined.end()):
                break
            found.append(post)
            end = post[1]
        return found

    def _named(self) -> bool:
        return NAMED.search(self.text, max(0, self.lead - LOOK_BACK), self.lead) is not None

    def _unparted(self, end: int) -> Slice | None:
        """Return the post that no mark parts from a name that ends at `end`: `ông X Bí thư Tỉnh ủy`."""
        head = head_end(self.text, end + 1) if self.text.startswith(" ", end) else 0
        return self._post(end + 1) if head and not OCCUPATION.match(self.text[end + 1 : head]) else None

    def _complement(self, end: int) -> int:
        """Return where what a head governs begins in earnest: behind the `in` of `lecturer in physiology`."""
        return end + 4 if _SUBJECT.match(self.text, end, self.limit) else end

    def _adjoins(self, start: int) -> bool:
        """Return whether nothing parts a post that begins at `start` from the next name."""
        if not self.following or not head_within(self.text, start, self.limit):
            return False
        between = self.text[start : self.limit].rstrip()
        return not marks_in(self.text, start, self.limit) and _TRAIL.sub("", between) == between

    def _post(self, start: int) -> Slice | None:
        """Return the post that begins at `start`, if one does."""
        head = (
            head_within(self.text, start, self.limit)
            or english_head(self.text, start, self.limit)
            or open_head(self.text, start, self.limit)
        )
        if not head:
            return None
        ends = [a for a, _ in marks_in(self.text, head, self.limit)][:1]
        ends += [a for a, _ in find_stops(self.text, self._complement(head), self.limit)][:1]
        last = min(ends, default=self.limit)
        words = self.text[start:last].rstrip()
        if self.following and last == self.limit:
            if _OF_NAME.search(words + " "):  # `người phát ngôn của ông Kushner`
                return _kept(self.text, start, self.following.end)
            titled = HONORIFIC.search(self.text, start, self.limit)
            bare = self.text[start : titled.start()].rstrip() if titled else words
            if _TRAIL.sub("", bare) == bare:
                return None  # nothing parts it from the next name, whose it is then
        words = _ABBREVIATED.sub("", _TRAIL.sub("", words))
        post = _kept(self.text, start, start + len(words))
        return post if post and post[1] >= head else None
