"""The posts behind a name: `ông ⟨X⟩, Giám đốc Sở Y tế`, `ông ⟨X⟩ là Giám đốc Sở Y tế`."""

import re

from qa.people.english import english_head, open_head
from qa.people.marks import marks_in
from qa.people.mentions import Mention
from qa.people.phrases import ABBREVIATED, JOIN, TRAIL, Slice, kept
from qa.people.stops import find_stops
from qa.people.subjects import stands_first
from qa.people.words import HONORIFIC, NAMED, OCCUPATION, find_heads, head_end, head_within, verb_role
from qa.schema import Role

__all__ = ["Following"]

LOOK_BACK = 40
"""Characters before a name in which the verb that appoints is looked for."""
_AGE = re.compile(r"\s*\((?:[^()]{0,12}\d[^()]{0,90}|(?:trú|ngụ|quê|ở|SN)\b[^()]{1,90}|[^()]{1,30})\)")
_YEARS = re.compile(
    r",?\s*(?:\(\s?)?(?:\d{1,3} tuổi|SN \d{4}|sinh năm \d{4}|aged? \d{1,3}|\d{1,3}|(?:quê|trú|ngụ|thường trú|tạm trú)\b[^,;().\n]{2,60})(?:\s?\))?(?=\s?[,;.-])"
)
_HOME = re.compile(r"\s*(?:SN|sinh|aged?|quê|trú|ngụ|thường|tạm)\b")
_COPULA = re.compile(
    r"(?<![\w])(?<!không )(?<!chưa )(?<!không còn )(?<!phải )(?:là|làm|trở thành|(?:đảm nhiệm|đảm nhận|đảm trách|nắm giữ|giữ|kiêm nhiệm|kiêm|bổ nhiệm|bầu|giao|vào) (?:các )?(?:chức(?: vụ| danh)?|cương vị|vị trí|vai trò)|chức(?: vụ| danh)?|"
    r"đảm nhiệm|đảm nhận|đảm trách|kiêm nhiệm|kiêm|(?:với|trên|ở|trong) (?:cương vị|tư cách|vai trò|vị trí)(?: là)?|is|was|becomes|became|(?:has|have|had) been|as|serves as|served as|elected|appointed|named) (?:now |then |also |previously |once |formerly |currently |most recently |until recently |still )?(?:the |a |an |một |một trong những |new |its |his |her |their )?(?:new |next |first )?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[ ,]*([^,.;:()\n]{0,60})")
_HELD_WORDS = (
    " là",
    " làm",
    "chức",
    "trở thành",
    "đảm ",
    "kiêm",
    " vị trí ",
    "vai trò ",
    "cương vị ",
    "tư cách ",
    " is ",
    " was ",
    " became ",
    " becomes ",
    " been ",
    " as ",
    "elected ",
    "appointed ",
    "named ",
)
"""Some of these stand wherever words say that a post is held; they are looked for first, which is quick."""
_COPULAS = 40
"""Characters of the longest words that say that a post is held."""
_ASIDE = re.compile(r", [^,.;:()\n“”\"]{3,80}, ")
_NOT_OF_HIM = re.compile(
    r"\b(?:không|chưa|nói|cho biết|cho rằng|coi|xem|gọi|muốn|thấy|tin|nghi|said|told|nhưng|mà|nếu|khi(?! (?:đó|ấy))|ký|rằng|vợ|chồng|con|bạn|anh trai|em|cháu|mẹ|cha|bố|họ|những(?! chức)|các(?! chức)|đây|(?<!khi )(?<!lúc )(?<!hồi )đó|như|sẽ|dự kiến|will|not|to be|wife|son|daughter|brother)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?<![\w])(?:chỉ định|đề cử|(?<!tái )(?<!trúng )(?<!đắc )(?<!ứng )(?<!bầu )cử|cân nhắc|đề bạt|thuê|chọn|tiến cử|bổ nhiệm|mời)(?![\w])"
)
_NAMED = re.compile(r"(?<![\w])(?:được|bị)(?![\w])")
_ONLY_AND = frozenset({"và", "and", "và một", "and a", "and an", "and the"})
"""What joins somebody else to a person without a post."""
_ELEMENT = re.compile(
    r"(?:một )?(?:cán bộ|đảng viên|giáo sư|tiến sĩ|nhà |người|luật sư|bác sĩ|kỹ sư|doanh nhân|con |học trò)[^,.;:()\n“”\"]{0,50}, "
)
_OF_NAME = re.compile(r" (?:của (?:ông|bà|anh|chị|đồng chí)?|of (?:Mr\.?|Ms\.?|Mrs\.?)?)\s*$")
_LISTED = re.compile(
    r"(?: \([^()\n]{1,40}\))?(?:[,;]|,? (?:và|rồi|kiêm|sau đó là|and|then)) (?:(?:là|làm|kiêm) )?(?:the |a |an )?"
)
_IF = re.compile(r"(?<![\w])(?:[Nn]ếu|[Gg]iả sử|[Ll]iệu|cách chức|miễn nhiệm) (?:ông |bà )?\Z")
"""Before a name, what makes a post behind it none that is held."""
_OWNED = re.compile(r"(?<![\w])(?:của|cho|với) \Z")
_APART = re.compile(r"(?:, (?!hiện|người|nguyên|từng|khi|lúc|nay|vốn|đang|who|now|then)| trong )\b")
"""What does not go on with somebody who is no subject, as `lời của ông X, hiện là Giám đốc` does."""
_DISMISSED = re.compile(r", (?:cách chức|miễn nhiệm|bãi nhiệm)\b")
"""What begins the dismissal of somebody named behind it: `với ông X, ⟨cách chức⟩ Đội trưởng đối với ông Y`."""
_RULED = re.compile(r" (?:said|says|ruled|told|added|wrote)\b")
_SPOKESMEN = re.compile(r"(?:đại diện|lãnh đạo|người phát ngôn|phát ngôn viên|cán bộ|chuyên gia|luật sư) ")
_VERB = re.compile(r"(?:lãnh đạo|chỉ huy|quản lý|đứng đầu|đại diện|bảo vệ|điều phối)(?! viên)(?![\w])")
"""Heads that behind a name are rather verbs: `ông X lãnh đạo công ty`."""
_SUBJECT = re.compile(r" in [a-z]{4,}(?![\w])(?! \d)")


class Following:
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
        while personal := self._personal(at):
            at = personal
        posts: list[Slice] = []
        position = at
        if not held and (post := self._unparted(at)):
            posts, position = [post], post[1]
        while joined := JOIN.match(self.text, position, self.limit):
            post = self._post(joined.end())
            if held and posts and self._adjoins(joined.end()):
                return (posts, position) if self.text.startswith(")", position - 1) else ([], at)
            if post and not posts and joined[0] in {", ", ", the "} and self._is_next_subject(post):
                return [], at
            joint = joined[0].strip().lower()
            if post is None or (not posts and joint in _ONLY_AND) or joint == "và một":
                break
            posts.append(post)
            position = post[1] + (self.text[post[1] : post[1] + 1] == ")")
        said = self._said(position)
        if (
            not said
            and not posts
            and (aside := _ASIDE.match(self.text, position, self.limit))
            and not self.text.startswith("and ", aside.end())
        ):
            said = self._said(aside.end() - 1)
        if not said and not posts and (post := self._post(at + 1)) and self._named():
            return [post], at  # `named X chief executive`
        if said:
            posts += [said, *self._further(said[1])]
        return posts, position

    def _is_next_subject(self, post: Slice) -> bool:
        """Return whether a post behind a comma is rather who speaks: `về vụ ông X, ⟨đại diện Bộ Nội vụ⟩ cho biết`."""
        if not _SPOKESMEN.match(self.text, post[0]) or stands_first(self.text, self.lead):
            return self.text.endswith(" the ", 0, post[0]) and _RULED.match(self.text, post[1]) is not None
        said = verb_role(self.text, post[1] + 1) if self.text.startswith(" ", post[1]) else None
        return said is not None and said[0] is Role.SPEAKS

    def _personal(self, start: int) -> int:
        """Return where the age, the year of birth or the home behind a name ends, or 0; posts are no part of them."""
        if self.text[start : start + 2].strip()[:1].isalpha() and not _HOME.match(self.text, start):
            return 0
        for pattern in (_AGE, _YEARS):
            aside = pattern.match(self.text, start, self.limit)
            if aside and not find_heads(self.text, *aside.span()):
                return aside.end()
        return 0

    def _said(self, start: int) -> Slice | None:
        """Return the post that the words behind a name say is held: `ông X hiện ⟨là⟩ Giám đốc`."""
        if self.text[start : start + 1] not in {" ", ","}:
            return None
        words = _CLAUSE.match(self.text, start, self.limit)
        said = self.text[start : words.end() + _COPULAS] if words else ""
        if words is None or not any(word in said for word in _HELD_WORDS):
            return None
        if _IF.search(self.text, max(0, self.lead - 12), self.lead):
            return None
        if _OWNED.search(self.text, max(0, self.lead - 8), self.lead) and _APART.match(self.text, start):
            return None  # `luật sư của ông X, được bầu làm thư ký`
        for copula in _COPULA.finditer(self.text, words.start(1), min(words.end() + _COPULAS, self.limit)):
            if copula.start() > words.end() or _NOT_OF_HIM.search(self.text, start, copula.end()):
                return None
            if _DISMISSED.match(self.text, start):
                return None
            if _NAMES.search(self.text, start, copula.start()) and not _NAMED.search(self.text, start, copula.start()):
                return None  # `ông X chỉ định hai người làm đặc sứ`
            if post := self._post(copula.end()) or self._second(copula.end()):
                return post
        return None

    def _second(self, start: int) -> Slice | None:
        """Return the post behind a first that is none: `Ông là cán bộ lão thành, nguyên ⟨Bí thư Tỉnh ủy⟩`."""
        first = _ELEMENT.match(self.text, start, self.limit)
        return self._post(first.end()) if first else None

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
        verb = OCCUPATION.match(self.text[end + 1 : head]) or _VERB.match(self.text, end + 1)
        return self._post(end + 1) if head and not verb else None

    def _complement(self, end: int) -> int:
        """Return where what a head governs begins in earnest: behind the `in` of `lecturer in physiology`."""
        return end + 4 if _SUBJECT.match(self.text, end, self.limit) else end

    def _adjoins(self, start: int) -> bool:
        """Return whether nothing parts a post that begins at `start` from the next name."""
        if not self.following or not head_within(self.text, start, self.limit):
            return False
        between = self.text[start : self.limit].rstrip()
        return not marks_in(self.text, start, self.limit) and TRAIL.sub("", between) == between

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
                return kept(self.text, start, self.following.end)
            titled = HONORIFIC.search(self.text, start, self.limit)
            bare = self.text[start : titled.start()].rstrip() if titled else words
            if TRAIL.sub("", bare) == bare:
                return None  # nothing parts it from the next name, whose it is then
        words = ABBREVIATED.sub("", TRAIL.sub("", words))
        post = kept(self.text, start, start + len(words))
        return post if post and post[1] >= head else None
