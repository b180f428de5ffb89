"""What people do as far as a text words it: chairing, speaking, presenting, attending, signing, being appointed, meeting."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qa.language.forms import UPPER
from qa.people.mentions import Mention
from qa.people.posts import Posts
from qa.people.speech import QUOTED_BY, SPEAKS
from qa.people.subjects import stands_first
from qa.people.words import ADVERB, DENIED, LISTS, NAMED, OCCUPATION, verb_role
from qa.schema import Role

__all__ = ["deeds_of"]

NEAR = 90
"""Characters between the heading of a list and the first person named in it."""
MORE = 180
"""Characters behind a verb in which another of the same subject is looked for."""
AT_ONCE = 30
"""Characters behind a verb of speech in which another verb of the same subject may stand; then comes what was said."""
ADVERBS = 5
"""How many words may stand between a person and the verb."""
_ASIDE = re.compile(
    r"\s*[,–—-]\s(?![^,.;:\n]*\b(?:không|chưa|nhận được) )[^,.;:\n“”\"]{2,110}?(?:[,–—]|(?<=\s)-(?=\s))\s*(?=\S)"
)
_WHO = re.compile(
    r"\s*,\s(?:who|người|vốn|whose)\b[^,.;:\n“”\"]{2,110}?(?:,\s*(?=\S)|\s(?=(?:đã |cũng |vừa )(?:cho biết|bày tỏ|chia sẻ|nói|khẳng định|tuyên bố|nhấn mạnh|phát biểu|lên tiếng|xác nhận|cảnh báo|kêu gọi)\b))"
)
_BETWEEN = re.compile(r"\s[–—-]\s(?:(?:TP|Tp|TX|[HPQ])\.|[^.;:\n“”\"–—]){2,160}?\s[–—-]\s(?=\S)")
"""What stands between two dashes behind a name: `ông X - Giám đốc Sở Y tế, Chủ tịch Hội Y - nói`."""
_SAYING = rf"(?:{SPEAKS})"
_CLOSING = re.compile(r",(?:(?:TP|Tp|TX|[HPQ])\.|[^.;:\n“”\"–—]){2,140}?\s[–—-]\s(?=\S)")
"""The rest of that, behind the last post."""
_KIN = re.compile(
    rf"(?:,| [-–]) (?:vợ|chồng|mẹ|cha|bố|con|anh|chị|em|bạn|hàng xóm|người (?:dân|thân|nhà|bạn|hàng xóm|phụ nữ|đàn ông|chứng kiến|phụ trách)|chủ|một|cư dân|thương nhân)\b[^,.;:\n“”\"]{{2,80}}? (?<!với )(?<!bị )(?<!các )(?<!những )(?<!được )(?<!để )(?<!việc )(?<!lời )(?<!bài )(?<!cuộc )(?<!sự )(?<!tra )(?=(?:đã |cũng ){{0,2}}{_SAYING}\b)"
)
"""Who somebody is, without a mark before what he said: `bà X, mẹ của Y ⟨nói⟩`."""
_OTHERS_TOO = r"and (?:leaders|representatives|officials|members|delegates|other|others|several|many|more than|some|dozens|hundreds)\b[^,.;:\n“”\"]{0,70}? (?=(?:also |jointly )?(?:attended|joined|took part|participated|were present)\b)"
_COMPANY = re.compile(
    r"(?:và|cùng(?: với)?) (?:các|những|nhiều|đoàn|lãnh đạo|đại diện|một số|hàng|toàn thể)\b[^,.;:\n“”\"]{2,70}? (?=(?:đã|đang|cũng|vừa|cùng|đều)\b)"
    rf"|{_OTHERS_TOO}"
)
"""Those who do the same as somebody: `ông X và các cộng sự ⟨đã⟩ gặp …`."""
_REST = re.compile(r"[^,.;:\n“”\"–—-]{1,45}[,–—-]\s+")
_OF_BODY = re.compile(
    r"(?:of|from|at|with|in|on|của|thuộc|ở|tại|trong|trên|từ|sau|với|qua) [^,.;:\n“”\"]{2,60}? "
    rf"(?<!bài )(?<!lời )(?<!cuộc )(?<!buổi )(?<!sự )(?<!bản )(?<!các )(?<!những )(?={_SAYING}\b)"
)
_MORE_BODY = re.compile(
    rf"(?:(?:, (?:(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|TP|tỉnh) )?[{UPPER}][\w .]{{1,30}}?){{1,3}}(?: \([^()\n]{{2,40}}\))?(?: -|,)? (?=(?:đã |cũng )?{_SAYING}\b)|(?:,|[-–]) (?:[{UPPER}]|(?:công ty|trường|đại học|học viện|bộ|sở|viện|bệnh viện|đoàn|hội|trung tâm|văn phòng|khoa|phòng|ban|cục|vụ) )(?:(?:TP|Tp)\.|[^,.;:\n“”\"–]){{2,60}}?(?: -)? (?=(?:đã |cũng )?{_SAYING}\b)|(?:of|from|at|của|thuộc) [^,.;:\n“”\"]{{2,60}}(?=, ))"
)
_OPENING = re.compile(
    r"(?:[^,.;:“”\"\n]{2,30}, ){0,2}(?:(?P<meets>tiếp xúc|gặp|gặp gỡ|làm việc với(?! (?:cơ quan|công an|nhà chức trách|cảnh sát|tổ ))|tiếp đón|hội đàm với|thăm)|(?P<chairs>chủ trì|chủ toạ|chủ tọa|điều hành|chairing|presiding over)|(?P<attends>tham dự|dự(?! kiến| báo| đoán| án| định| tính)|đến dự|tới dự|attending)|(?P<presents>trình bày|báo cáo tại|presenting)"
    r"|(?P<speaks>phát biểu|trả lời|trao đổi|chia sẻ|kết luận|bày tỏ|thảo luận|góp ý|giải thích|lý giải|nhận xét|thông tin(?! ban đầu| từ| mới| trên| này| cho)|nói chuyện|nói về|khai trước|giải trình|speaking|addressing|asked about))"
    r"(?![\w])[^.;:\n“”\"]{3,110},\s*\Z",
    re.IGNORECASE,
)
"""What a sentence may begin with that says what its subject does: `Chủ trì cuộc họp, ông X …`."""
_AS = re.compile(r" (?:as|to|its|their|the|a|head|chair|chief|president|director|manager|[a-z]+ (?:of|at))\b")
"""Behind whom somebody `named`, what tells that this was to a post."""
_SAID = re.compile(r" (?:cho biết|cho hay|cho rằng|nói|khẳng định|xác nhận),")
"""In what a sentence opens with, that somebody else has spoken: `trao đổi với báo, lãnh đạo bệnh viện ⟨cho biết⟩, ông X …`."""
_OTHERS = re.compile(
    r"\b(?:của|chính quyền|chính phủ|nội các|người nhà|người thân|bạn bè|đồng nghiệp|gửi|vào|đầu|luật sư của|khả năng|nguy cơ|viễn cảnh|gia đình|vợ chồng|vợ|chồng|con trai|con gái|con rể|con dâu|cha|bố|mẹ|anh trai|em trai|chị gái|em gái|bà xã|ông xã|thân nhân|phía|nhóm|phe|đội ngũ|văn phòng|trợ lý|khiển trách|cảnh cáo|kỷ luật|bắt giữ|bắt|khởi tố|truy tố|xét xử|"
    r"bị|khiến|giúp|nhờ|mời|chỉ đạo|sai|phân công|đưa|chở|bế|áp giải|dẫn giải|(?<!thay )cho|khi nghe|yêu cầu|đề nghị|tố cáo|buộc|ép|đòi|với|(?:phản đối|chỉ trích|lên án|vì) việc|ủng hộ|phản đối|kêu gọi|hối thúc|thúc giục|thuyết phục|muốn|mong|chờ|dưới thời|(?:spokes(?:man|woman|person)|lawyers?|attorneys?) for|against|of|forced|force|under|let|made|makes|wants|wanted) (?:nhà tư sản |(?:các )?(?:ông|bà|đồng chí|anh|chị|cô|em|bầu|Tổng thống|Thủ tướng) )?$",
    re.IGNORECASE,
)
"""Before a person, what makes somebody else the subject of the verb behind: `gia đình ông X cho biết`."""
_CLOSED = re.compile(r"[”\"] ?,? ?(?:[-–—] )?\Z")
_BARE = re.compile(
    r"(?: \([^()\n]{0,40}\))?,?(?: -)? (?!là |đã |bị |được |không |có |and |was |is )[a-zà-ỹđ]+(?: [a-zà-ỹđ]+){0,2}(?:[.\n]|\Z| (?:về|khi|trước|sau khi) )"
)
"""Behind a quotation and who said it, the few words that say how: `“…”, ông X bức xúc.`"""
_READ = re.compile(r"[\s,]*(?:đã )?(?:đọc|trình bày)\b")
_BRACKET = re.compile(r"\s*\([^()]{0,60}\)")
_SAID_BY = re.compile(
    rf"(?:{QUOTED_BY.pattern[:-2]}|\b(?:theo (?:lời |ý kiến |nhận định |đánh giá )?(?:của )?|dẫn lời |lời (?:của )?|(?:phát biểu|ý kiến|chia sẻ|tuyên bố|nhận định|đề nghị|yêu cầu|chỉ đạo|kết luận|lời khuyên|thông tin) của |according to |in the words of ))"
    r"(?:(?:các )?(?:ông|bà|đồng chí|anh|chị|cô) |the |his |her |its |their )?$",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?:\s*[“\"'‘-]")
_BY = re.compile(
    r"\b(?:do|sự (?:tham dự|có mặt|hiện diện|chứng kiến) của|dưới sự (?:chủ trì|chủ toạ|chủ tọa|điều hành) của|chủ trì bởi|chaired by|presided over by|sign(?:ing|ed)\b[^.;:]{0,80}? by|presented by|delivered by|read by|signed by|attended by|joined by|accompanied by|briefed by|under the chairmanship of|greeted by|received by|welcomed by|(?:confirmed|announced|revealed|disclosed|condemned|criticised|criticized|praised|denied|rejected|echoed|dismissed as [^,.;:]{2,40}) by)\s+(?:(?:các )?(?:ông|bà|đồng chí) |the |his |her |its |their )?$",
    re.IGNORECASE,
)
_BY_ROLES = (
    ("sự tham dự", Role.ATTENDS),
    ("sự có mặt", Role.ATTENDS),
    ("sự hiện diện", Role.ATTENDS),
    ("sự chứng kiến", Role.ATTENDS),
    ("chủ trì", Role.CHAIRS),
    ("chủ t", Role.CHAIRS),
    ("điều hành", Role.CHAIRS),
    ("chair", Role.CHAIRS),
    ("presided", Role.CHAIRS),
    ("presented", Role.PRESENTS),
    ("delivered", Role.PRESENTS),
    ("read", Role.PRESENTS),
    ("sign", Role.SIGNS),
    ("attended", Role.ATTENDS),
    ("joined", Role.ATTENDS),
    ("accompanied", Role.ATTENDS),
    ("greeted", Role.MEETS),
    ("received", Role.MEETS),
    ("welcomed", Role.MEETS),
    (" by", Role.SPEAKS),
)
_COORDINATED = re.compile(
    r"\s*(?:[-–—]\s*)?(?:,|;|và|cùng(?: với)?|with|and(?: by)?|, và|, and(?: by)?|, cùng(?: với)?)\s*(?:(?:các|ông|bà|đồng chí|anh|chị)\s*)*"
    rf"(?:(?:his|her|their|its) (?:\w+ ){{1,3}}|the (?:[a-z]+ ){{1,2}}|(?:người )?đồng cấp (?:\w+ ){{1,3}}|{OCCUPATION.pattern} )?",
    re.IGNORECASE,
)
_MORE = re.compile(
    r" (?:và|and|rồi|sau đó|đồng thời|, đồng thời)(?: (?:đã|có(?: bài)?|cũng|also|then|later|afterwards))? ",
    re.IGNORECASE,
)
_RUMOUR = re.compile(
    r"(?:tin đồn|bác tin|có chuyện|reports? (?:that|of)|rumou?rs? that|claims? that)\s*(?:ông |bà )?$", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b(?:không|chưa|sẽ|dự kiến|đề nghị|xem xét|cân nhắc|ý định|muốn|kêu gọi|considering|will|not|would|must|have to|to be|plans? to|proposed to)\b(?:(?! (?:khi|sau|when|after) )[^,.;:“”\"]){0,60}$",
    re.IGNORECASE,
)

_OBJECT = re.compile(
    r"(?:\b(?:công nhận|ủng hộ|gặp|tiếp|thăm|mời|bầu|chọn|giao|cho|với|của|về|cáo buộc|chỉ trích|bắt|khởi tố|thay thế|giúp|đưa|giữa|of|with|against|between|about|from|for|met|supported|accused|thanked|joined)) \Z"
)
"""What makes a person the object of somebody else's deed."""
_CLAUSE = re.compile(r"(?<![\w])(?:được|bị|đã|để|khi|vì|yêu cầu|đều|làm)(?![\w])")
"""Between the heading of a list and a name, what makes the name no part of the list."""
_LAST_WORD = re.compile(r"(\w++)[”\",. ]*+\Z")
_LEADING = frozenset(
    (
        "theo lời của to of said says added explained do bởi by bầu nhiệm giao định công động chuẩn appointed elected named nominated appointing electing naming nominating sacking dismissing promoting hiring đồn tin chuyện that "
        "ông bà chí anh chị cô the his her its their mr ms của quyền phủ các đình vợ chồng trai gái rể dâu cha bố mẹ xã nhân phía bị khiến giúp nhờ mời cho nghe cầu nghị cáo buộc ép đòi với gọi thúc giục phục muốn mong chờ thời "
        "việc hộ đối tướng thống nhà thân bè nghiệp gửi năng cơ cảnh đạo sai đưa chở bế giải nhóm phe ngũ phòng lý trách luật giữ bắt tố xử against sản forced force under let made makes wants wanted for sacked fired dismissed ousted chức nhiệm"
    ).split()
)
"""The last words of what tells something before a name; asked for before the patterns, which take longer."""
OWNER = 36
"""Characters before a person in which somebody else is looked for whose subject it is."""
BEFORE = 60
"""Characters before a person in which these are looked for."""


class _Led(NamedTuple):
    """What is said right before a person.

    Attributes:
        roles: Deeds: by whom, according to whom, who was named.
        by: Whether something was done by the person.
        other: Whether what follows is only rumoured, or done by somebody else.
    """

    roles: frozenset[Role] = frozenset()
    by: bool = False
    other: bool = False


Deed = tuple[int, Role]
"""The number of a mention, and what its person does there."""


def deeds_of(
    text: str, mentions: Sequence[Mention], posts: Sequence[Posts], sentences: Sequence[tuple[int, int]]
) -> Iterator[Deed]:
    """Yield what each mention is said to do there, in no order; the same may come twice."""
    edges = iter(sentences)
    begin, sentence = next(edges, (0, len(text)))
    first = True
    own: dict[int, frozenset[Role]] = {}
    joined = _joined(text, posts)
    free: list[bool] = []  # whether each stands where a subject may, and so does who is joined to it before
    by: dict[int, frozenset[Role]] = {}
    for at, m in enumerate(mentions):
        while sentence < m.end:
            begin, sentence = next(edges, (0, len(text)))
            first = True
        lead, end = posts[at][1], posts[at][2]
        ceiling = min(sentence, mentions[at + 1].start if at + 1 < len(mentions) else sentence)
        free.append(stands_first(text, lead) and (not at or not joined[at - 1] or free[-1]))
        led = _led(text, lead, m)
        by[at] = led.roles
        between = text.endswith(", ", 0, lead) and text.startswith(", ", end)
        named = m.lead < m.start and between  # `chủ tịch đảng này, bà ⟨X⟩, cho biết`
        named = named or (lead < m.lead and text.startswith(", ", end))
        apposed = end > m.end or bool(posts[at][0]) or named
        aside = (
            text.startswith(", ", end)
            and not _WHO.match(text, end)
            and not text.startswith(", who", end)
            and (_suffers(text, lead) or not stands_first(text, lead))
        )  # `gặp Ngoại trưởng X, mong muốn`
        quoted = _CLOSED.search(text, max(0, lead - 6), lead) is not None
        behind = (
            ()
            if led.other or aside
            else _after(text, end, ceiling, sentence, apposed=apposed, by=led.by, quoted=quoted, first=free[at])
        )
        opening = _OPENING.match(text, begin, lead) if first else None
        if opening and _SAID.search(text, opening.end(opening.lastgroup or 0), lead):
            opening = None
        opened = () if opening is None or led.other else (Role(str(opening.lastgroup)),)
        own[at], first = led.roles.union(behind, opened), False
    for at in reversed(range(len(mentions) - 1)):
        if joined[at] and not own[at] and not _suffers(text, posts[at][1]):  # `ông X và bà Y dự`
            own[at] = own[at + 1]
    for at in range(len(mentions) - 1):
        if joined[at] and not own[at + 1] and by[at]:  # `do ông X và bà Y ký`
            own[at + 1] = by[at]
            by[at + 1] = by[at]
    for at, roles in own.items():
        yield from ((at, role) for role in roles)
    yield from _listed(text, mentions, posts, sentences)


def _suffers(text: str, lead: int) -> bool:
    """Return whether the word before a person makes that one an object: `công nhận ⟨X⟩ và Y nói`, `of ⟨X⟩ and Y said`."""
    before = _OBJECT.search(text, max(0, lead - 24), lead)
    return before is not None


def _joined(text: str, posts: Sequence[Posts]) -> list[bool]:
    """Return whether each person is joined to the next: `ông X và bà Y`; a comma alone joins only in a longer list."""
    between = [_COORDINATED.fullmatch(text, a[2], b[1]) for a, b in itertools.pairwise(posts)]
    alone = [found is not None and text[slice(*found.span())].strip() == "," for found in between]
    joined = [found is not None for found in between]
    more = [alone[at] and _COMPANY.match(text, posts[at + 1][2] + 1) is not None for at in range(len(between))]
    return [
        joined[at] and (not alone[at] or more[at] or any(joined[max(0, at - 1) : at] + joined[at + 1 : at + 2]))
        for at in range(len(between))
    ]


def _after(
    text: str, end: int, ceiling: int, sentence: int, *, apposed: bool, by: bool, quoted: bool, first: bool
) -> Iterator[Role]:
    """Yield what the words right behind the phrase of a person, which ends at `end`, say is done."""
    if (_QUOTES.match(text, end, sentence + 1) and first) or (
        quoted and _BARE.match(text, end) and not DENIED.match(text, end)
    ):
        yield Role.SPEAKS
        return
    if by and _READ.match(text, end, sentence):
        yield Role.PRESENTS
    for at in _starts(text, end, ceiling, sentence, apposed=apposed):
        place, words = at, 0
        while (found := verb_role(text, place)) is None and words < ADVERBS:
            if not text[place : place + 1].isalnum() or (adverb := ADVERB.match(text, place, sentence)) is None:
                break
            place, words = adverb.end(), words + 1
        if found and found[1] < sentence and not DENIED.search(text, at, found[1]):
            yield found[0]
            near = ceiling if found[0] is not Role.SPEAKS else min(ceiling, found[2] + AT_ONCE)
            yield from _further(text, found[2], near)
            if found[0] is Role.SPEAKS:
                return  # then comes what was said
        elif DENIED.match(text, place) and not text.startswith("who ", at):
            return
        elif _PAST.match(text, place) or _CAME.search(text, at, place):
            yield from _further(text, place, ceiling)


_PAST = re.compile(
    r"(?:về|sang|vào|lên|đi|trở lại|trở về|bay|ghé)(?= [^,.;:]{0,40} và )|(?!as\b|and\b)(?:[a-z]{2,}ed|cut|sat|stood|flew|left|came|went|took|gave|led|won|ran|rose|made|put|drove|stayed)(?= )"
)
"""An English verb that says nothing of its own, before another of the same subject: `stayed and spoke`."""


_CAME = re.compile(r"(?:đến|tới) \Z")
"""Motion before what else somebody did: `đến Hà Nội và gặp …`."""


def _further(text: str, start: int, end: int) -> Iterator[Role]:
    """Yield what else is done, by verbs that follow an `và`: `chủ trì và phát biểu`."""
    for more in _MORE.finditer(text, start, min(end, start + MORE)):
        found = verb_role(text, more.end())
        if found and not DENIED.search(text, start, found[1]):
            yield found[0]


def _starts(text: str, end: int, ceiling: int, sentence: int, *, apposed: bool) -> list[int]:
    """Return where the verb may begin: right behind the name, behind an apposition, or behind an aside."""
    if bracket := _BRACKET.match(text, end, sentence):
        end = bracket.end()
    while end < sentence and text[end].isspace():
        end += 1
    starts = [end]
    clause = _WHO.match(text, end, sentence)
    if text[end : end + 1] in {",", "-", "–"} and (apposed or clause):
        starts.append(end + 1 + (text[end + 1 : end + 2] == " "))
    if apposed and (rest := _REST.match(text, end, ceiling)):
        starts.append(rest.end())
    if body := _OF_BODY.match(text, end, ceiling):
        starts.append(body.end())
    starts += _behind(text, end, ceiling, sentence, apposed=apposed)
    if more := _MORE_BODY.match(text, end, sentence):
        starts.append(more.end())
        clause = clause or _ASIDE.match(text, more.end(), sentence)
    if aside := clause or _ASIDE.match(text, end, sentence):
        starts.append(aside.end())
    return [s for s in starts if s < sentence]


def _behind(text: str, end: int, ceiling: int, sentence: int, *, apposed: bool) -> Iterator[int]:
    """Yield where the verb may begin behind who somebody is, or who does the same."""
    mark = text[end : end + 1]
    if mark in {",", "-", "–", "—"}:
        if between := _BETWEEN.match(text, end - 1, sentence) or (apposed and _CLOSING.match(text, end, sentence)):
            yield between.end()
        if kin := _KIN.match(text, end if mark == "," else end - 1, sentence):
            yield kin.end()
    elif mark in {"v", "c", "a"} and (company := _COMPANY.match(text, end, ceiling)):
        yield company.end()


def _led(text: str, lead: int, m: Mention) -> _Led:
    """Return what the words right before the phrase of a person say."""
    last = _LAST_WORD.search(text, max(0, lead - 12), lead)
    inner = lead != m.lead and _SAID_BY.search(text, max(0, m.lead - BEFORE), m.lead)
    if (last is None or not (last[1].lower() in _LEADING or last[1].endswith("ed"))) and not inner:
        return _Led()
    window = max(0, lead - BEFORE)
    roles = {Role.SPEAKS} if inner or _SAID_BY.search(text, window, lead) else set()
    by = _BY.search(text, window, lead)
    if by and _AGAINST.search(text, window, by.start()):
        return _Led(other=True)
    if by:
        roles |= set([role for words, role in _BY_ROLES if words in by[0].lower()][:1])
    alone = " " not in text[m.start : m.end] and m.lead == m.start  # `công ty của bầu Đức`
    alone = alone or (text.endswith("named ", 0, lead) and not _AS.match(text, m.end))
    if not alone and (named := NAMED.search(text, window, lead)) and not _AGAINST.search(text, window, named.start()):
        roles.add(Role.APPOINTED)
    if _RUMOUR.search(text, window, lead) or (
        not roles and not inner and _OTHERS.search(text, max(0, lead - OWNER), lead)
    ):
        return _Led(other=True)
    return _Led(frozenset(roles), by=by is not None)


def _listed(
    text: str, mentions: Sequence[Mention], posts: Sequence[Posts], sentences: Sequence[tuple[int, int]]
) -> Iterator[Deed]:
    """Yield what the heading of a list says of each of its people."""
    at = 0
    for start, end in sentences:
        inside = []
        while at < len(mentions) and mentions[at].start < end:
            if mentions[at].start >= start:
                inside.append(at)
            at += 1
        if not inside:
            continue
        first = posts[inside[0]][1]
        for role, heading in LISTS:
            found = heading.search(text, start, min(end, first + 1))
            if (
                found
                and first - found.end() < NEAR
                and not DENIED.search(text, start, found.end())
                and not _CLAUSE.search(text, found.end(), first)
            ):
                yield from ((i, role) for i in inside)
                break
