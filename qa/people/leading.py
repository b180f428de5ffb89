"""The posts that lead up to a name: `Giám đốc Sở Y tế ⟨X⟩`, `Giám đốc Sở Y tế, ông ⟨X⟩`."""

import re

from qa.people.beside import agent_apposed, is_agent
from qa.people.english import CAPITALS_BEFORE, ENGLISH_BEFORE, LAST_NOUN, agent_of
from qa.people.marks import marks_in
from qa.people.mentions import Mention
from qa.people.names import POSTNOMINALS
from qa.people.phrases import ABBREVIATED, LONGEST, TRAIL, Slice, kept
from qa.people.stops import find_stops
from qa.people.words import HEAD, OCCUPATION, find_heads, head_end

__all__ = ["posts_before"]

_REVERSED = re.compile(r" (?:là|gồm|gồm có|is|are|was)\s*$")
_POSSESSIVE = re.compile(r"[’']s ")
_OF = re.compile(r" (?:của|cho|với|of|to|for|by|from)\s*$", re.IGNORECASE)
_OFFICE = re.compile(r"(?<![\w])(?:chức|chức vụ|chức danh|cương vị|vai trò) \Z")
_BECOMES = re.compile(r"(?<![\w])làm \Z")
"""What takes a post from the name behind it: `lập ra và làm ⟨thủ lĩnh⟩ X`."""
_ROLE = re.compile(r"(?:giữ|hợp với) vai trò \Z")
"""What gives a post to something else than the person behind a comma: `tàu giữ vai trò ⟨chỉ huy⟩, trung tá X nói`."""
_VIETNAMESE_CAPITALS = frozenset({"HLV", "hlv", "CEO", "vua", "Vua"})
_AS = re.compile(
    r"(?:\b[Aa]s|(?:[Kk]hi|[Hh]ồi|[Ll]úc) (?:còn|đang) (?:là|làm|giữ)|(?:[Tt]rước|[Ss]au) khi (?:trở thành|làm|là|giữ chức|nhậm chức)|[Tt]ừng (?:là|làm|giữ chức)|Là|Vốn là|(?:(?<!hợp )[Vv]ới|[Tt]rên|[Ởở]|[Tt]rong) (?:tư cách|cương vị|vai trò)(?: là)?) [^,.;:\n]{3,90}\Z"
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
_WHERE = re.compile(r" \((?![^()]*\d)[^()\n]{2,34}\) \Z")
_ENCLOSED = re.compile(rf"(?: (?:{'|'.join(sorted(POSTNOMINALS))}))?,")
_CLOSED = re.compile(r"[.;](?:\s|\Z)|\n| (?:and|as)\b")
_THE = re.compile(r"\b(?:the|his|her|its|their) (?:[\w’'&-]+ ){0,12}[\w’'&-]+\Z", re.ASCII)
"""A definite post before a comma, of which the name behind it may end the sentence."""
_LED_BY = re.compile(rf"\b(?:của|do|bởi|theo|by|of) (?:{HEAD.pattern})[^,.;:()\n]{{0,80}}\Z", re.IGNORECASE)
"""A post that a preposition begins, before a name between commas: `do ⟨người phát ngôn Bộ Ngoại giao⟩, X, đưa ra`."""
_BESIDE = re.compile(r"[\s)](?:và|(?<!đối )với|cùng|cùng với|lẫn|and|with)\s*\Z")
"""What makes a post that of somebody else than the name behind it: `giám đốc Sở Y tế ⟨và⟩ ông X`."""
_FAMILY = re.compile(r" (?:và|cùng) (?:\S+ ){0,2}?(?:gia đình|người nhà|vợ chồng|vợ|chồng|con trai|con gái)\s*\Z")
"""What makes the person behind a post somebody else: `đại diện công ty và ⟨gia đình⟩ anh X`."""
_OWNER = re.compile(r"(?<![\w])của \Z")
_GOES_ON = re.compile(
    r" (?:đã |cũng |còn |lại )?(?:cho|nói|khẳng|nhấn|chia|trả|kể|đề|yêu|nhận|bày|xác|thừa|tuyên|phát)(?![\w])"
)
_BEHIND = re.compile(r",? (?:[-–] )?")
_ANYBODY = re.compile(r"(?:đại biểu|thành viên|công tố viên|thẩm phán|kiểm sát viên|cán bộ|giáo viên|học sinh)\Z")
"""Heads without a body that are, before a comma, nobody of those named next: `theo lời công tố viên, giám đốc X`."""
_OWNED_BY = re.compile(r"[A-Z]\w+[’']s? ")
_OF_BODY = re.compile(r"[a-z][’']s? ")
_ADJECTIVES = re.compile(r"\b[Tt]he ((?!(?:[a-z]+ )?(?:of|and|in|at|to|that|for|by|with) )(?:[a-z-]+ ){1,2})\Z")
_SENTENCE_ENDS = frozenset({".", "\n", "!", "?"})
_DETERMINED = re.compile(r"(?:^|[\s(])(?:the|his|her|its|their|our|my|and|whose|say|says|said|that)\Z")
"""Before an English post between a determiner and a comma, whatever else leads up to it: `arrested ⟨the⟩ editor of the weekly, X,`."""
_LEADS_ON = re.compile(
    r"(?:^|\s)(?:của|do|bởi|theo|và|làm|là|trở thành|giữ chức|nhậm chức|chức|chức vụ|cương vị|vai trò|by|as|of)\Z",
    re.IGNORECASE,
)


def posts_before(text: str, m: Mention, begin: int, *, theirs: bool) -> tuple[list[Slice], int]:
    """Return the posts that lead up to a name, and where they begin.

    With `theirs`, a name without a post ends at `begin`: what stands right behind it is that one's post, unless it
    adjoins this name.
    """
    end = m.lead
    if text.startswith(") ", end - 2) and (where := _WHERE.search(text, max(begin, end - 40), end)):
        end = where.start()  # `Chủ tịch UBND huyện Phú Ninh (Quảng Nam) ⟨X⟩`
    marks = marks_in(text, begin, end)
    posts: list[Slice] = []
    first, adjoining = m.lead, end
    while True:
        edge = marks.pop() if marks else (begin, begin)
        mark = text[edge[0] : edge[1]].strip()
        if (
            not posts
            and end == adjoining
            and mark in {",", "-", "–"}
            and not text[edge[1] : end].strip()
            and _apposed(text, m, edge[0])
        ):
            end, edge = edge[0], marks.pop() if marks else (begin, begin)  # `Giám đốc Sở Y tế, ông X`
            post = _post_in(text, edge[1], end, whole=True, apposed=True)
            if post and _asked(text, post[0], m):
                break
            if post is None and not posts:
                called = agent_apposed(text, m.lead)
                first = called if called > begin else first
            if theirs and not text[begin : edge[0]].strip() and not _is_apart(text, edge, post):
                break
        else:
            post = _post_in(text, edge[1], end, whole=bool(posts), titled=m.lead < m.start and end == adjoining)
            if post and _POSSESSIVE.match(text, m.end) and _REVERSED.search(text, post[1], end):
                post = None  # `whose chairwoman is X’s sister`
            if post is None and not posts and end == m.lead:
                first = _called(text, edge[1], end, titled=m.lead < m.start)
        if post and posts and _ANYBODY.match(text[slice(*post)]):
            break
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


def _is_apart(text: str, edge: Slice, post: Slice | None) -> bool:
    """Return whether a post is none of the person's before it: another sentence holds it, or a verb and `the` lead up to it."""
    if edge[0] < edge[1]:
        return text[slice(*edge)] in _SENTENCE_ENDS
    return post is not None and _DETERMINED.search(text[edge[1] : post[0]].rstrip().lower()) is not None


def _called(text: str, start: int, end: int, *, titled: bool) -> int:
    """Return where the bare occupation right before a name begins: `said ⟨geologist⟩ X`; `end` when there is none."""
    if titled and text[end : end + 3].isascii() and text[end : end + 1].islower():
        grown = ENGLISH_BEFORE.search(text, start, end)  # `⟨Human rights⟩ lawyer X`
        return grown.start() if grown and grown[0] else end
    agent = LAST_NOUN.search(text, max(start, end - 24), end)
    if agent and is_agent(agent[1]) and not head_end(text, agent.start(1)):
        return agent.start(1)
    heads = find_heads(text, start, end)
    if (
        not heads
        or text[heads[-1][1] : end].strip()
        or not OCCUPATION.fullmatch(text, *heads[-1])
        or text.endswith("của", 0, heads[-1][1])
    ):
        return end
    begin = heads[-1][0]
    grown = ENGLISH_BEFORE.search(text, start, begin) if text[begin:end].isascii() else None
    return grown.start() if grown else begin  # `sacked ⟨Portuguese coach⟩ X`


def _asked(text: str, start: int, m: Mention) -> bool:
    """Return whether a post before a comma is that of whoever is answered: `trả lời câu hỏi của ⟨phóng viên TTXVN⟩, anh X nói`."""
    if _OWNER.search(text, max(0, start - 5), start) is None:
        return False
    behind = _BEHIND.match(text, m.end)
    return _GOES_ON.match(text, m.end) is not None or (behind is not None and head_end(text, behind.end()) > 0)


def _apposed(text: str, m: Mention, mark: int) -> bool:
    """Return whether a mark before a name may join it to a post: a title follows, or it is English between commas."""
    if m.lead < m.start or _AS.search(text, max(0, mark - LONGEST), mark):
        return True
    if not _ENCLOSED.match(text, m.end):
        return _CLOSED.match(text, m.end) is not None and _THE.search(text, max(0, mark - LONGEST), mark) is not None
    return text[max(0, mark - 12) : mark].isascii() or _LED_BY.search(text, max(0, mark - LONGEST), mark) is not None


def _leads_up(text: str, start: int, first: int, *, apposed: bool) -> bool:
    """Return whether the words before a post leave it whole; `apposed` when it is English, between `the` and a comma."""
    english = text[first : first + 8].isascii()  # behind a dateline's dash
    leading = text[start:first].strip(" \n-–—" if english else None).lower()
    if leading in _LEADING or _LEADS_ON.search(leading):
        return True
    return apposed and _DETERMINED.search(leading) is not None


def _agent_apposed(text: str, start: int, end: int) -> Slice | None:
    """Return the post that the noun of an agent makes before a comma, behind a determiner: `the ⟨Union's negotiator⟩, X,`."""
    post = agent_of(text, start, end)
    if post is None or not _OF_BODY.search(text, *post):
        return None
    if _OWNED_BY.match(text, post[0]):
        return post  # `⟨Fitch's barrister⟩, X,`
    return post if _DETERMINED.search(text[start : post[0]].rstrip().lower()) else None


def _post_in(
    text: str, start: int, end: int, *, whole: bool, apposed: bool = False, titled: bool = False
) -> Slice | None:
    """Return the post that ends a segment; with `whole`, only one that is all of it."""
    if reversed_copula := _REVERSED.search(text, start, end):
        end = reversed_copula.start()  # `kiểm sát viên của vụ án là X`
    stops = find_stops(text, start, end) if find_heads(text, start, end) else []
    begin = stops[-1][1] if stops else start
    heads = find_heads(text, begin, end)
    if not heads:
        return _agent_apposed(text, begin, end) if apposed else None if whole else agent_of(text, begin, end)
    if _BESIDE.search(text, heads[0][1], end) or _FAMILY.search(text, heads[0][1], end):
        return None
    if (_BECOMES.search(text, start, heads[0][0]) and not (apposed or titled)) or (
        whole and _ROLE.search(text, start, heads[0][0])
    ):
        return None
    if _OF.search(text, heads[0][0], end) and not (titled and _OFFICE.search(text, start, heads[0][0])):
        return None  # `cố vấn của ông X` is somebody else, `chức hiệu trưởng đối với bà X` is not
    if not apposed:
        heads = [h for h in heads if _OF.search(text, start, h[0])][-1:] or heads
    first, last = heads[0]
    if text[first:last].isascii() and text[first:last] not in _VIETNAMESE_CAPITALS:
        before = CAPITALS_BEFORE if text[first].isupper() else ENGLISH_BEFORE
        if (grown := before.search(text, start, first)) and not text[start : grown.start()].rstrip().endswith("’"):
            first = grown.start()
        rest = text[last:end].strip()
        if (
            not (apposed or whole)
            and rest.startswith(("of ", "at ", "for "))
            and not re.search(r"[A-Z][\w’'.-]*$", rest)
        ):
            return None  # `president of minority shareholder` belongs to the firm named next
    if apposed and (adjectives := _ADJECTIVES.search(text, start, first)):
        first = adjectives.start(1)  # `the ⟨provincial Party Secretary⟩, X`
    if whole and not _leads_up(text, start, first, apposed=apposed and text[first:last].isascii()):
        return None
    trimmed = end - len(text[first:end]) + len(TRAIL.sub("", text[first:end].rstrip()))
    short = ABBREVIATED.search(text, first, trimmed)
    return kept(text, first, short.start() if short else trimmed)
