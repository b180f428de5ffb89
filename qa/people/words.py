"""The words that tell who is who: titles, the heads of posts, verbs of what people do at meetings."""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from qa.language.forms import lowered
from qa.people.speech import OPEN, SPEAKS, WELCOMED
from qa.schema import Role

__all__ = [
    "ADVERB",
    "CALLED",
    "CALLED_ENDS",
    "CALLING",
    "DENIED",
    "DIVISION",
    "HEAD",
    "HEADS",
    "HONORIFIC",
    "HONORIFIC_ENDS",
    "LISTS",
    "NAMED",
    "OCCUPATION",
    "RANK",
    "TITLES",
    "VERB",
    "find_heads",
    "head_before",
    "head_end",
    "head_ends",
    "head_within",
    "names_body",
    "names_thing",
    "verb_role",
]

_TITLES = (
    "ông|bà|anh|chị|cô|chú|bác|cụ|em|cháu|thầy|đồng chí|đ/c|vị|ngài|nhà giáo|nghệ sĩ|ca sĩ|diễn viên|nhạc sĩ|họa sĩ|đạo diễn|người mẫu|hoa hậu|á hậu|luật sư|bác sĩ|kỹ sư|"
    "kiến trúc sư|nhà báo|nhà văn|nhà thơ|doanh nhân|tiến sĩ|thạc sĩ|giáo sư|phó giáo sư|cầu thủ|tiền đạo|tiền vệ|hậu vệ|thủ môn|tay vợt|võ sĩ|tài xế|nạn nhân|bị can|bị cáo|linh mục|giáo sĩ|"
    "miss|lady|lord|sir|dame|baroness|monsignor|chef|critic|senators|professors|madam|father|sister|lawyer|professor|actor|actress|singer|doctor|nurse|reporter|writer|author|physiotherapist|goalkeeper|striker|midfielder|farmer|driver|economist|"
    "analyst|lawmaker|activist|counterpart|predecessor|successor|người đồng cấp|đồng cấp|người tiền nhiệm|tiền nhiệm"
)
_SHORT_TITLES = (
    "NSND|NSƯT|NGND|NGƯT|NS|AHLĐ|TSKH|PGS|GS|TS|ThS|BS|BSCKI|BSCKII|CKI|CKII|LS|KTS|Mr|Mrs|Ms|Dr|Prof|Assoc|Asst|Rev|Sr"
)
_RANKS = "Gen|Cmdr|Lt|Col|Capt|Sgt|Maj|Sen|Rep|Gov|Adm|Brig|Supt"
"""Ranks cut short, which in small letters are other words."""
HONORIFIC = re.compile(
    rf"(?<![\w])(?:(?:các|hai|ba|những) (?:vị )?)?(?:(?<!văn phòng )(?<!trẻ )(?<!đơn )(?:{_TITLES}) |(?:{_SHORT_TITLES}|(?-i:{_RANKS}))(?![\w])[ .,/-]{{1,3}})+\Z",
    re.IGNORECASE,
)
"""What stands between a post and a name, or alone before a name; it is part of neither."""
TITLES = frozenset(
    t.lower()
    for t in [*_TITLES.split("|"), *_SHORT_TITLES.split("|"), "lt", "col", "capt", "sgt", "maj", "adm", "supt"]
    if " " not in t
)
"""Titles of one word, which may begin a run of capitals."""
_CALLED = (
    "cử tri|nghi phạm|nghi can|hung thủ|đối tượng|bị hại|nhân chứng|tử tù|bệnh nhân|thí sinh|phụ huynh|vận động viên|kình ngư|tay đua|trung vệ|danh hài|nghệ nhân|tỷ phú|đại gia|rapper|nhà thiết kế|"
    "biên kịch|blogger|nhà sử học|sử gia|nhà phê bình|dịch giả|cựu binh|phạm nhân|sản phụ|thai phụ|vũ công|siêu mẫu|nhạc trưởng|nghệ sỹ|nhiếp ảnh gia|ông bầu|trọng tài|kỳ thủ|võ sư|thiền sư|hòa thượng|hoà thượng|thượng tọa|thượng toạ|đại đức|ni sư|"
    "mục sư|lương y|dược sĩ|thủ khoa|hoa khôi|á khôi|diễn giả|thợ lặn|tiểu thương|ngư dân|nông dân|bé"
)
CALLED = re.compile(rf"(?<![\w])(?:(?i:{_CALLED})|VĐV|MC|NTK) \Z")
"""What persons are called by what they are; a name of several words behind it is theirs: `cử tri ⟨Trà Bích Ngà⟩`."""
CALLED_ENDS = frozenset(c.rpartition(" ")[2] for c in _CALLED.split("|")) | {"vđv", "mc", "ntk"}
"""The last words of these, which are asked for first."""
HONORIFIC_ENDS = (
    TITLES | frozenset(re.split(r"[ /]", t)[-1] for t in _TITLES.split("|")) | set(_RANKS.lower().split("|"))
)
"""The last words of titles; asked for before the pattern, which takes longer."""

_HEADS = (
    # state and party
    "đặc khu trưởng|trưởng đặc khu|chiến lược gia trưởng|trưởng chiến lược gia|chiến lược gia|tổng công trình sư|luật sư nhà trắng|chi hội trưởng|chi hội phó|hội phó|liên đội trưởng|đồn trưởng|phó đồn trưởng|bếp trưởng|kiến trúc sư trưởng|quản đốc|phó quản đốc|hạt trưởng|hạt phó|phó chi cục|phó cục|phó vụ|phó viện|phó hạt|phó thôn|phó ấp|phó bản|trung đoàn trưởng|sư đoàn trưởng|tiểu đoàn trưởng|"
    "đại đội trưởng|chính trị viên|trợ lý ngoại trưởng|phó ngoại trưởng|trợ lý bộ trưởng|thủ hiến|toàn quyền|tổng tư lệnh|phó tổng tư lệnh|thủ lĩnh|phó đại sứ|head nurse|chief prosecutor|vua|nhà vua|tổng thư kí|thư kí|tổng quản lý|giáo hoàng|đệ nhất phu nhân|tỉnh trưởng|phó phòng|phó khoa|phó đoàn|phó công an|phó đội|phó tổng bí thư|tổng bí thư|phó bí thư|bí thư|phó chủ tịch|chủ tịch|phó thủ tướng|thủ tướng|thứ trưởng|bộ trưởng|ủy viên|uỷ viên|"
    "phó chánh|chánh|phó chủ nhiệm|chủ nhiệm|phó tổng thư ký|tổng thư ký|thường trực|thành viên|đại biểu|đbqh|sĩ quan|nữ sĩ quan|phó trưởng ban|trưởng ban|"
    "phó trưởng đoàn|trưởng đoàn|phó trưởng phòng|trưởng phòng|phó trưởng|trưởng|phó ban|tổ trưởng|tổ phó|thư ký|"
    "phó tổng thống|tổng thống|ngoại trưởng|quốc vương|nữ hoàng|hoàng tử|thái tử|thị trưởng|đô trưởng|thượng nghị sĩ|hạ nghị sĩ|nghị sĩ|dân biểu|thống đốc|phó thống đốc|"
    "quốc vụ khanh|cố vấn|lãnh tụ|nhà lãnh đạo|lãnh đạo|người đứng đầu|đứng đầu|người quản lý|lớp trưởng|lớp phó|xã viên|phát ngôn viên|người phát ngôn|nữ phát ngôn viên|đặc phái viên|đặc sứ|đại sứ|tổng lãnh sự|lãnh sự|công sứ|tùy viên|trưởng đại diện|"
    "tổng kiểm toán|phó tổng kiểm toán|tổng thanh tra|phó tổng thanh tra|thanh tra|viện trưởng|phó viện trưởng|viện phó|chánh án|phó chánh án|thẩm phán|kiểm sát viên|công tố viên|"
    "cục trưởng|phó cục trưởng|cục phó|vụ trưởng|phó vụ trưởng|tổng vụ trưởng|đại biện lâm thời|đại biện|trạm trưởng|trạm phó|thủ kho|chánh xứ|trưởng bản|trưởng thôn|trưởng ấp|đại diện|vụ phó|chi cục trưởng|phó chi cục trưởng|tổng cục trưởng|phó tổng cục trưởng|"
    "ứng cử viên|ứng viên|quan chức|phái viên|huyện ủy viên|huyện uỷ viên|tỉnh ủy viên|tỉnh uỷ viên|thành ủy viên|thành uỷ viên|quận ủy viên|quận uỷ viên|đảng ủy viên|đảng uỷ viên|người đại diện|đồng chủ tịch|cao ủy|cao uỷ|tham tán|thẩm tra viên|chấp hành viên|điều tra viên|tổng chưởng lý|chưởng lý|kiểm sát trưởng|tổng trưởng|"
    "hoàng đế|nhật hoàng|hoàng hậu|công chúa|hoàng thân|vương phi|trụ trì|giám mục|tổng giám mục|hồng y|"
    # companies, schools, clubs
    "phó tổng giám đốc|tổng giám đốc|phó giám đốc|giám đốc|hiệu trưởng|phó hiệu trưởng|hiệu phó|phó trưởng khoa|trưởng khoa|kế toán trưởng|tổng biên tập|phó tổng biên tập|"
    "đội trưởng|đội phó|phó đội trưởng|hội trưởng|nhóm trưởng|nhà sáng lập|người sáng lập|đồng sáng lập|sáng lập|viện sĩ|giảng viên|giáo viên|thầy giáo|cô giáo|nhân viên|chuyên viên|cán bộ|chuyên gia|nhà khoa học|nhà nghiên cứu|học sinh|sinh viên|công an viên|bảo vệ của|bảo vệ tại|phi công|phi hành gia|phóng viên|biên tập viên|bình luận viên|học giả|giáo sư|nhà phân tích|nhà kinh tế|bác sĩ|kỹ sư|tổng đạo diễn|"
    "tgđ|phó tgđ|p.tgđ|pgđ|gđ|tbt|tổng chỉ huy|tổng phụ trách|kỹ sư trưởng|điều dưỡng trưởng|y tá trưởng|nghiên cứu viên|nghiên cứu sinh|điều dưỡng|y tá|y sĩ|bảo mẫu|giám khảo|nhà đồng sáng lập|người đồng sáng lập|"
    "quản lý|điều phối viên|trợ lý|huấn luyện viên|hlv|ceo|thuyền trưởng|cơ trưởng|cơ phó|luật sư của|chủ nhà hàng|chủ nhiệm|"
    # ranks
    "nguyên soái|đại tướng|thượng tướng|trung tướng|thiếu tướng|chuẩn tướng|đô đốc|phó đô đốc|chuẩn đô đốc|tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|đại uý|thượng úy|thượng uý|trung úy|trung uý|thiếu úy|thiếu uý|"
    "lữ đoàn trưởng|quân đoàn trưởng|trung đội trưởng|phân đội trưởng|hải đội trưởng|phi đội trưởng|xã đội trưởng|trung đoàn phó|sư đoàn phó|lữ đoàn phó|tiểu đoàn phó|đại đội phó|"
    "tư lệnh|phó tư lệnh|chính ủy|chính uỷ|phó chính ủy|tổng tham mưu trưởng|phó tổng tham mưu trưởng|tham mưu trưởng|tham mưu phó|chỉ huy|phó chỉ huy|cảnh sát trưởng|"
    # English
    "general secretary|secretary general|pm|deputy pm|mp|charge d'affaires|chargé d'affaires|secretary of state|party secretary|deputy secretary|secretary|vice president|president|deputy prime minister|prime minister|deputy minister|minister|"
    "vice chairman|vice chairwoman|deputy chairman|chairman|chairwoman|chairperson|chair|deputy director general|director general|director-general|deputy director|director|managing director|"
    "chief executive officer|chief financial officer|chief operating officer|chief technology officer|chief medical officer|chief marketing officer|chief risk officer|chief scientific officer|chief information officer|chief health officer|chief economist|chief scientist|chief engineer|chief of police|prosecutor-general|attorney-general|secretary-general|chief executive|chief of staff|chief justice|chief|deputy head|head coach|head teacher|headteacher|headmaster|head|mayor|governor|ambassador|consul general|"
    "spokesman|spokeswoman|spokesperson|senator|congressman|congresswoman|representative|lieutenant general|major general|general|lieutenant colonel|colonel|major|captain|lieutenant|sergeant|commander|admiral|"
    "judge|principal|rector|dean|manager|coach|founder|co-founder|editor-in-chief|editor|foreign secretary|treasurer|leader|officer|clerk|analyst|consultant|engineer|adviser|advisor|teacher|trustee|commissioner|inspector|councillor|state secretary|harbour master|prosecutor|justice|speaker|attorney general|superintendent|curator|conductor|king|queen|prince|princess|pope|chancellor|premier|member|vice-president|vice-chairman|vice-chancellor|vice chancellor|vice minister|vice premier|mayor-elect|governor-elect|chief constable|constable|chief superintendent|chief inspector|detective|attaché|prefect|magistrate|coroner|legislator|vice-captain|inspector general|inspector-general|surgeon general|solicitor general|auditor general|governor general|governor-general|comptroller general|advocate general|president-elect|first lady|accountant|consul|vice consul|ombudsman|negotiator|cllr|official|expert|curator|envoy|archbishop|bishop|cardinal|sheriff|brigadier|marshal|auditor|registrar|provost|"
    "undersecretary|under-secretary|headmistress|skipper|fellow|lecturer|researcher|professor|scientist|economist|historian|surgeon|pilot|astronaut|supervisor|technician|organiser|organizer|coordinator|campaigner|"
    "presenter|correspondent|columnist|reporter|journalist|owner|partner|lawyer|counsel|producer|nurse|student|cardiologist|biologist|psychologist|epidemiologist|sociologist|physicist|chemist|geologist|virologist|archaeologist|strategist|oceanographer|architect|composer|poet|painter"
)
_HELD = "nguyên|cựu|quyền|cố|nữ|tân|đương kim|then|former|ex-|ex|acting|outgoing|incoming|interim|newly elected|new"
"""What says of a post that it was held before, or is held only now."""


def _first_word(phrase: str) -> str:
    return re.split(r"[ -]", phrase)[0]


_WHOLE = set(_HEADS.split("|"))
HEADS = tuple(
    sorted(_WHOLE | {f"phó {h}" for h in _WHOLE if not h.isascii() and not h.startswith("phó ")}, key=len, reverse=True)
)
"""The words a post begins with, longest first; in English, the noun it turns on."""
_NO_HEAD = (
    r"(?:(?<![\w-])|(?<=\bthen-))(?!(?-i:major [a-z]))(?<!tể )(?<!danh )(?<!ban )(?<!bộ )(?<!đoàn )(?<!truất )(?<!tước )(?<!thẩm )(?<!trở )(?!tướng (?:mạo|lĩnh|quân|số))(?!(?<=và )quản lý)(?!(?<=- )quản lý chất lượng)(?!(?:(?<=kết quả )|(?<=kết luận )|(?<=tiến hành )|(?<=cuộc ))thanh tra)(?!thanh tra chính phủ)(?!thường trực (?:tại|ở) )(?!lãnh đạo (?:của|các) )(?!giám đốc thẩm|(?:tổng )?lãnh sự quán|đại sứ quán)"
    r"(?!vụ phó (?:chủ|bí|giám|thủ|trưởng|tổng|ban|đại|cục))(?!(?:(?<=\d )|(?<=\d\d ))pm\b)"
    r"(?!general (?:staff|assembly|department|hospital|office|administration|motors|electric|elections?|meeting)\b)"
    r"(?!(?:official|expert) (?!(?:of|at|in|from|with|on|for|who|said|says|told|and|was|is|has)\b)(?-i:[a-z]))"
)
HEAD = re.compile(
    rf"{_NO_HEAD}(?:(?<!chính )(?:{_HELD}) ?)?(?:{'|'.join(HEADS)})(?![\w])",
    re.IGNORECASE,
)
"""One of these, with what says of it that it was held before."""
_BY_FIRST: dict[str, list[str]] = {}
for _head in HEADS:
    _BY_FIRST.setdefault(_first_word(_head), []).append(_head)
_OPENINGS = {" ".join(head.split(" ")[:2]): _first_word(head) for head in HEADS}
"""What posts begin with, two words of each, and the first of them."""


def _tree(words: Collection[str]) -> str:
    """Return a pattern of words that holds each of their beginnings once, so that a letter that none goes on with ends the search."""
    rest: dict[str, list[str]] = {}
    for word in words:
        if word:
            rest.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(letter) + _tree(words) for letter, words in rest.items()]
    if "" in words:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_OPENING = re.compile(rf"\W(?=(?:(?P<held>{_tree(_HELD.split('|'))}) ?)?(?P<head>{_tree(_OPENINGS)})(?!\w))")
"""What stands before one of these, in small letters, with what says that the post was held before."""


def find_heads(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where posts begin in `text[start:end]`: the spans of `HEAD` that do not overlap, in order."""
    heads = _heads(text)
    first = bisect_left(heads.starts, start)
    spans = ((at, heads.ends[at]) for at in heads.starts[first : bisect_left(heads.starts, end)])
    return [span for span in spans if span[1] <= end]


def head_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the last of `find_heads(text, start, end)`."""
    heads = _heads(text)
    last = bisect_left(heads.starts, end) - 1
    while last >= 0 and heads.starts[last] >= start:
        at = heads.starts[last]
        if heads.ends[at] <= end:
            return at, heads.ends[at]
        last -= 1
    return None


def head_end(text: str, start: int) -> int:
    """Return where the head of a post that begins at `start` ends, or 0."""
    return _heads(text).ends.get(start, 0)


def head_ends(text: str) -> Mapping[int, int]:
    """Return where the heads of posts end in a text, by where they begin."""
    return _heads(text).ends


def head_within(text: str, start: int, limit: int) -> int:
    """Return where the head of a post that begins at `start` ends in `text[:limit]`, or 0."""
    end = head_end(text, start)
    if end <= limit:
        return end
    cut = HEAD.match(text, start, limit)
    return cut.end() if cut else 0


class _Heads(NamedTuple):
    """Where the heads of a text begin that do not overlap, and where each ends, with those that do."""

    starts: list[int]
    ends: dict[int, int]


@lru_cache(maxsize=4)
def _heads(text: str) -> _Heads:
    """Return the heads of a text, looked for where two of their first words stand, which is quicker than everywhere."""
    small = lowered(text)
    if len(small) != len(text):
        small = text  # a letter of which the small one is longer
    ends: dict[int, int] = {}
    for opening in _OPENING.finditer(f"\n{small}"):
        at = opening.start()  # of what stands before it there, which is one letter on
        held = opening["held"]
        if held and opening.end("held") == opening.start("head") and not _stands_alone(small, held):
            continue  # `⟨NewScientist⟩`
        if head := (HEAD if held else _beginning(_OPENINGS[opening["head"]])).match(text, at):
            ends[at] = head.end()
    starts: list[int] = []
    for at in ends:
        if not starts or ends[starts[-1]] <= at:
            starts.append(at)
    return _Heads(starts, ends)


@lru_cache(maxsize=1024)
def _beginning(word: str) -> re.Pattern[str]:
    """Return `HEAD` as far as it begins with a word: the fewer words a pattern holds, the quicker it is."""
    heads = "|".join(_BY_FIRST[word])
    return re.compile(rf"{_NO_HEAD}(?:{heads})(?![\w])", re.IGNORECASE)


def _stands_alone(text: str, held: str) -> bool:
    """Return whether the first word of what is written together with a head is a word of the text elsewhere."""
    return re.search(rf"\b{_first_word(held)}\b", text) is not None


THING = 24
"""Characters before a name in which the noun of a place or a thing is looked for."""
RANK = re.compile(
    rf"(?:(?:{_HELD}) )?(?:(?:phó )?tổng thống|(?:phó )?thủ tướng|ngoại trưởng|bộ trưởng|thứ trưởng|(?:thượng |hạ )?nghị sĩ|dân biểu|quốc vương|nữ hoàng|hoàng tử|thái tử|công chúa|thẩm phán|công tố viên|"
    r"(?:đại |thượng |trung |thiếu |chuẩn )?tướng|đô đốc|đại tá|thượng tá|trung tá|thiếu tá|đại [uú][yỷý]|thị trưởng|đại sứ|hlv|huấn luyện viên|thuyền trưởng|vua|nhà vua|giáo hoàng|"
    r"president|prime minister|chancellor|senator|judge|general|colonel|captain|king|queen|prince|princess|pope|justice|premier|coach|professor|chuyên gia|trợ lý|giáo sư|bác sĩ|nhà báo|phóng viên)(?![\w])",
    re.IGNORECASE,
)
"""Posts that a name alone follows, but for that of a country: `Tổng thống Putin`."""
OCCUPATION = re.compile(
    r"(?:trưởng|phó trưởng|đứng đầu|thường trực|sáng lập|huấn luyện viên|hlv|giáo viên|thầy giáo|cô giáo|giảng viên|nhân viên|chuyên viên|chuyên gia|cán bộ|quan chức|điều dưỡng|y tá|y sĩ|bảo mẫu|giám khảo|nghiên cứu viên|nghiên cứu sinh|người đại diện|nhà khoa học|nhà nghiên cứu|cảnh sát|thành viên|quản lý|"
    r"đại diện|thủ kho|trợ lý|thư ký|luật sư của|cơ trưởng|cơ phó|coach|manager|editor|founder|member|head|chief|chair|representative|general|major|officer|clerk|analyst|consultant|engineer|adviser|advisor|teacher|leader|prosecutor|nurse|fellow|lecturer|researcher|professor|scientist|economist|historian|surgeon|pilot|astronaut|"
    r"supervisor|technician|organi[sz]er|coordinator|campaigner|presenter|correspondent|columnist|reporter|journalist|owner|partner|lawyer|counsel|producer|student|\w+ologist|physicist|chemist|strategist|oceanographer|architect|composer|poet|painter|official|expert|curator|negotiator|(?:associate|assistant|adjunct|emeritus) professor|(?:[a-z]+(?:[tcrn]al|ic|ary|ous|rights|security|policy|law)) (?:scientist|economist|historian|analyst|lawyer|engineer|researcher|expert|surgeon|sociologist))",
    re.IGNORECASE,
)
"""Heads that are a post only together with a body."""
CALLING = re.compile(
    r"(?i:(?:nữ |nam |cựu |nguyên |cô )?(?:chuyên gia|nhà khoa học|nhà nghiên cứu|nhân viên|cán bộ|quan chức|điều dưỡng|y tá|y sĩ|giảng viên|giáo viên|học sinh|sinh viên|phi công|phi hành gia|phóng viên|biên tập viên|bình luận viên|học giả|giáo sư|nhà phân tích|nhà kinh tế|bác sĩ|kỹ sư|công an viên))"
    r"(?! [^A-ZĐ]*?\b(?:của|tại|ở|thuộc|cho)\b)[^A-ZĐ]*\Z"
)
"""What somebody is rather than holds, unless the words name where: `chuyên gia quân sự`."""

_VERBS = (
    (
        Role.CHAIRS,
        r"(?:đồng |làm )?(?:chủ trì|chủ tọa|chủ toạ)|điều hành(?= (?:phiên|cuộc|hội|buổi|kỳ|đại|họp))|(?:co-)?chaired|chairs|presided|presides|is chairing|moderated|led (?:the|a) (?:meeting|session|discussion|talks|hearing)",
    ),
    (
        Role.PRESENTS,
        r"(?:đã )?(?:thay mặt [^,.;:]{3,90}? )?(?:trình bày|đọc)(?! ý kiến)(?= (?:\w+ )?(?:báo cáo|tờ trình|dự thảo|tham luận|diễn văn|đề án|kết quả|quyết định|công bố|tóm tắt))|trình bày(?! ý kiến)|"
        r"thay mặt [^,.;:]{3,90}? báo cáo|báo cáo(?! với| thuế| cho| lên| không| cần| phải| này| của| nêu| về việc)|presented|delivered (?:the|a) report|read (?:out )?(?:part of )?(?:the|a) (?:report|statement)|reported (?:on|to)",
    ),
    (
        Role.ATTENDS,
        r"(?:tham|đến|tới|về|cùng|sang|ra)(?: dự)(?! báo| án| kiến| phòng)|dự(?! thi| tuyển| án| báo| kiến| thảo| toán| phòng| định| đoán| tính| trữ| liệu| khuyết| bị)|có mặt|tham gia (?:hội nghị|cuộc họp|buổi|phiên)|chứng kiến(?= (?:lễ|buổi|việc ký))|góp mặt(?! (?:trong|ở|vào) (?:\w+ ){0,2}(?:phim|bom tấn|bộ ảnh|MV|danh sách|top|đội hình|vòng|tác phẩm|album|series))|"
        r"attended|attends|was present|were present|(?:took part|participated) in|was in attendance|sat in on|joined (?:the|a) (?:meeting|conference|ceremony|session|event|dinner|talks|panel)",
    ),
    (
        Role.SIGNS,
        r"(?:vừa )?(?:đặt bút )?(?:ký|kí)(?! tặng| kết luận| túc| sự| hiệu| ức| sinh| gửi)|(?:co-)?signed|signs|inked",
    ),
    (
        Role.APPOINTED,
        r"(?:được|bị|vừa được|chính thức được) (?:(?!khi |là |để |sau |rằng |mô tả |giải thích |hỏi |biết )[^,.;:]){0,60}?(?:bầu|bổ nhiệm|phân công|chỉ định(?! (?:vào|nhập) viện| điều trị| mổ| phẫu)|điều động|luân chuyển|giao phụ trách|giao quyền|cách chức|miễn nhiệm|bãi nhiệm|cho thôi|đề bạt|phong(?= (?:hàm|quân|cấp|chức|thiếu|trung|thượng|đại|tướng|giáo|phó|làm))|thăng(?! hoa| trầm| bằng))|"
        r"trúng cử|đắc cử|tái đắc cử|(?:tuyên thệ )?nhậm chức|từ chức|từ nhiệm|thoái vị|đăng quang(?! (?:ngôi |tại |cuộc thi )?[Hh]oa)|lên ngôi|được (?:cử|chọn|chỉ định|giao|mời) (?:làm|giữ|phụ trách)|thôi giữ chức|thôi chức|thôi làm|nghỉ hưu|đắc cử|nhận chức|(?<!người )kế nhiệm(?! của)|"
        r"(?:was|were|has been|had been|is) (?:re-?)?(?:elected|appointed|named|promoted|dismissed|removed|sworn in|relieved|chosen|picked|selected|hired|fired|sacked|ousted|reinstated|tapped|replaced|transferred(?= to)|(?:put|placed) in charge)|resigned|stepped down|is (?:retiring|stepping down)|retired|retires|resigns|quit|steps down|took the helm|took charge|took office|took over as|takes over|succeeded|will be succeeded",
    ),
    (
        Role.MEETS,
        r"(?:đã )?có (?:cuộc|buổi) (?:họp|gặp|tiếp|làm việc|hội kiến|hội đàm)|(?:có|bắt đầu|thực hiện|kết thúc) chuyến (?:thăm|công du)|(?:đã )?(?:có )?(?:hội đàm|hội kiến|làm việc với(?! (?:cơ quan (?:công an|điều tra|chức năng)|công an|nhà chức trách|cảnh sát))|bắt tay(?! vào)|gặp gỡ|gặp mặt|gặp(?! (?:không ít|nhiều|khó|trở|nạn|sự cố|vấn đề|phải|rủi|thách|tai|chấn thương|rắc|bất|hoạ|họa|cảnh|sức ép|áp lực|phản ứng|chuyện|lại nhau trong))|tiếp đón|chào đón(?! năm)|tiếp kiến|tiếp xúc|tiếp(?! viên| tay| tân| sức| tục| dân| cận| nhận| theo| thị)|đón tiếp|đón(?! nhận| tết| năm)|(?:đến |tới |đi |về |sang |lên |xuống |ra )?thăm(?! (?:nhà(?! (?:máy|văn|hát|thờ|tù|trẻ|trường|xưởng|riêng))|quê|dò|khám|nom)))|"
        rf"met(?: with)?|meets|held (?:\w+ )?(?:talks|a meeting)|visited|visits|received (?:an?|the) (?:\w+ ){{0,3}}?(?:delegations?|visitors?|guests?|leaders?|members|voters|president|minister|ambassador|chairman|chairwoman|envoy|secretary|governor|king|queen|pope)|received(?! (?:a|an|the|his|her|its|their|more|some|no|only|\d+)\b)|welcomed(?!{WELCOMED})|greeted|hosted|toured|paid (?:a|an \w+|a \w+) visit|shook hands with|(?:began|arrived (?:in|on|for)|started) (?:an? )?(?:\w+ ){{0,2}}visit",
    ),
    (Role.SPEAKS, SPEAKS),
)
VERB = re.compile("|".join(rf"(?P<{role}>(?:{words})(?![\w]))" for role, words in _VERBS), re.IGNORECASE)
"""What people do, by the verb that says it, in a group named for the role; the first that fits counts."""

ADVERB = re.compile(
    r"(?:đã|cũng|vừa|đang|cùng|đều|còn|mới|lại|tiếp tục|nhiều lần|liên tục|nhanh chóng|cụ thể|tiếp|chỉ|vẫn|chiều tối|rạng sáng|sớm|thẳng thắn|trực tiếp|chính thức|từng|luôn|thân mật|trân trọng|nhiệt liệt|ghi nhận và|hôm nay|hôm qua|sáng nay|chiều nay|tối nay|ngày|hôm|sáng|chiều|tối|trưa|"
    r"vào|lúc|hồi|đầu|giữa|cuối|tuần|tháng(?: (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|giêng|chạp))?|năm|thứ \w+|qua|nay|trước|này|ngoái|trưa nay|rạng sáng|sau khi|đó|cho|thêm|theo đó|sau đó|also|then|later|last|first|once|again|already|still|[a-z]{3,}ly|personally|has|had|have|jointly|both|who|đến|tới|"
    r"\d{1,2}(?:[/-]\d{1,2}(?:[/-]\d{4})?)?|mạnh mẽ|rõ|bất ngờ|thậm chí|tuy vậy|tuy nhiên|liền|bèn|lập tức|ngay lập tức|vui vẻ|vui mừng|ngậm ngùi|xúc động|bức xúc|tự hào|phấn khởi|hồ hởi|hào hứng|thành thật|thẳng thừng|hóm hỉnh|dứt khoát|kiên quyết|bình tĩnh|gay gắt|chân thành|khiêm tốn|hạnh phúc|người|thì|afterwards|(?:(?:late|early) )?on (?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?|yesterday|today|this (?:week|month|morning|afternoon|year)|last (?:week|month|year|night)|thay mặt [^,.;:]{3,80}?|đại diện [^,.;:]{3,60}?)\s+",
    re.IGNORECASE,
)
"""A word that may stand between a person and the verb."""

DENIED = re.compile(
    r"\b(?:không|chưa|chẳng|chớ|sẽ|dự kiến|có thể|nên|nếu|từ chối|vắng|hủy|hoãn|will|not|never|would|could|may|might|is to|plans? to|is expected to|declined to|refused to|did not|was not|were not|didn’t|didn't)\b",
    re.IGNORECASE,
)
"""Before a verb, what makes it no deed: denied, planned, possible."""

NAMED = re.compile(
    r"\b(?:bầu|bổ nhiệm|(?<!bàn )(?<!ngoại )(?<!chuyển )giao|chỉ định|phân công|điều động|phê chuẩn|cách chức|miễn nhiệm|bãi nhiệm|(?:re)?appoint(?:ed|ing)|elect(?:ed|ing)|nam(?:ed|ing)|nominat(?:ed|ing)|sack(?:ed|ing)|fired|dismiss(?:ed|ing)|ousted|promot(?:ed|ing)|hir(?:ed|ing))\s+(?:(?:ông|bà|đồng chí|anh|chị|the|Mr\.?|Ms\.?)\s+)*$",
    re.IGNORECASE,
)
"""Before a name, what makes it that of somebody who is appointed."""

LISTS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (
        role,
        re.compile(
            rf"(?<![\w])(?:{words})(?![\w])[^.;:\n]{{0,110}}?(?:\b(?:có|gồm|là|bao gồm|do|were|was|are|included)\b|:)",
            re.IGNORECASE,
        ),
    )
    for role, words in (
        (
            Role.CHAIRS,
            r"(?:đồng )?(?:chủ trì|chủ tọa|chủ toạ)(?! (?:hỏi|yêu cầu|đề nghị|nói|cho|nhắc|tuyên))|điều hành(?= (?:phiên|cuộc|hội|buổi|kỳ|đại|họp))|chairing|co-chairing|the (?:co-)?chairs",
        ),
        (
            Role.ATTENDS,
            r"về phía [^.;:,]{3,60}?(?= có)|tham gia(?= (?:đoàn|buổi|hội|lễ|chương|phiên|cuộc|họp|tiếp))|(?:tham|đến|tới|về|cùng) dự|dự(?= (?:và|hội|buổi|lễ|cuộc|phiên|có|tại|họp|đại|chương|còn|sự))|có mặt|attending|in attendance|present|those present|the attendees|also present",
        ),
        (Role.SPEAKS, r"phát biểu(?= (?:tại|có|ý))|speaking"),
        (Role.MEETS, r"cùng (?:tiếp|đón|gặp)(?= (?:có|đoàn|khách))"),
    )
)
"""Headings of lists: `Đồng chủ trì hội nghị có các ông: …`."""

_THINGS = (
    r"(?<!tin )đồn|đồn biên phòng|trạm|trạm biến áp|giáo phái|sân khấu|giải thưởng|ngã tư|nút giao|hang|hang động|ngã ba|khu vực|phiến quân|bộ tộc|vở|tiểu thuyết|robot|tập thể|thành phố|TP|Tp|huyện đoàn|tỉnh đoàn|thành đoàn|quận đoàn|thị đoàn|tỉnh|huyện|quận|phường|xã|thị xã|thị trấn|(?<!nông )thôn|ấp|(?<!xuất )(?<!cơ )(?<!văn )bản|làng|khu phố|đường|phố|quốc lộ|(?<!yêu )(?<!toàn )cầu|cảng|sân bay|chùa|đền|"
    r"đảo|quần đảo|bán đảo|sông|hồ|núi|vịnh|(?<!chủ tịch )(?<!nhà )(?<!trong )(?<!ngoài )nước|(?<!liên )bang|vùng|biển|tòa nhà|toà nhà|khách sạn|nhà hàng|(?<!đoàn )(?<!môi )(?<!thị )(?<!hiện )(?<!thương )(?<!công )trường|đại học|bệnh viện|công ty|tập đoàn|"
    r"hãng|hãng tin|(?<!họp )(?<!nhà )(?<!thông )(?<!tình )báo|tờ|tạp chí|đài|tàu|(?<!áp )giải|(?<!đồng )(?<!bộ )đội|câu lạc bộ|CLB|hiệp hội|dự án|chung cư|khu đô thị|chợ|công viên|ga|cao tốc|tư tưởng|THPT|THCS|tiểu học|HTX|hợp tác xã|nhà máy|xí nghiệp|cửa hàng|quán|tổ chức|nhân đạo|cuộc thi|(?<!thời )(?<!nghĩa )(?<!khẩu )trang|kênh|(?<!cách )mạng|(?<!dẫn )chương trình|phim|thương hiệu|nhóm|ban nhạc|liên đoàn|(?<!bộ )(?<!trưởng )(?<!sở )(?<!vụ )(?<!tham tán )(?<!đại diện )thương mại|siêu thị|rạp|sân|sân vận động|nhà thờ|nhà hát|bảo tàng|học viện|trung tâm|dự luật|chiến dịch|cơn bão|bão|loài|giống|dòng|mẫu|máy bay|tên lửa|vệ tinh|trò chơi|cuốn|tác phẩm|ca khúc|bài hát|album|vai|nhân vật|hạt|ông chủ|bà chủ|quảng trường|đại lộ|ngõ|hẻm|thung lũng|eo biển|đập|khu nghỉ dưỡng|khu du lịch|trại giam|tổ hợp|(?<!thủ )quỹ|(?<!thượng )(?<!hạ )(?<!nghị )viện|căn cứ|căn cứ không quân|căn cứ hải quân|ngân hàng|tàu|ứng dụng|văn phòng luật sư|"
    r"street|city|river|university|company|hospital|school|shipyard|ship|ferry|vessel|club|newspaper|magazine|bank|group|firm|tanker|freighter|trawler|yacht|warship|frigate|submarine|weekly|daily|charity|consultancy|brand|airline|retailer|think tank|website|band|orchestra|village|town|district|county|province|island|port"
)
_NO_PERSON = re.compile(rf"(?:^|[^\w])(?:(?:{_THINGS}) |tp\.\s)$", re.IGNORECASE)
_BODIES = (
    "công ty", "tập đoàn", "ngân hàng", "khách sạn", "trường", "bệnh viện", "nhà máy", "hãng", "ctcp", "doanh nghiệp",
    "khu du lịch", "khu công nghiệp", "siêu thị", "chung cư",
)  # fmt: skip
_BODY = re.compile(rf"(?<![\w])(?:{'|'.join(_BODIES)})(?: [^\s,.;:()“”\"]+){{1,8}} \Z")
_PLAIN_THINGS = frozenset(thing.lower() for thing in _THINGS.split("|") if re.fullmatch(r"[\w ]+", thing))
"""Those nouns that are one whatever stands before them; asked for before the pattern, which takes longer."""
_THING_ENDS = frozenset(re.split(r"[ )]", thing)[-1].lower() for thing in _THINGS.split("|"))


DIVISION = re.compile(
    r"(?:^|[^\w])(?:(?:thành phố|TP|Tp|huyện đoàn|tỉnh đoàn|thành đoàn|quận đoàn|thị đoàn|tỉnh|huyện|quận|thị xã|xã|phường|thị trấn) |tp\.\s)$",
    re.IGNORECASE,
)
"""The divisions whose own name is often left out: `Chủ tịch UBND tỉnh ⟨Cao Minh Tuấn⟩`."""


def verb_role(text: str, at: int) -> tuple[Role, int, int] | None:
    """Return what the verb that begins at `at` says, and its offsets; None when none begins there."""
    if not text[at : at + 1].isalpha():
        return None
    if found := VERB.match(text, at):
        return Role(str(found.lastgroup)), *found.span()
    reported = OPEN.match(text, at)
    return (Role.SPEAKS, *reported.span()) if reported else None


def names_thing(text: str, start: int) -> bool:
    """Return whether the noun before `start` makes a name there that of a place, a firm or a thing."""
    window = text[max(0, start - THING) : start]
    last = window.rstrip(". \n").rsplit(None, 1)[-1:]
    if not last or last[0].lower() not in _THING_ENDS:
        return False
    words = window.lower().rsplit(" ", 4)
    return (words[-1] == "" and (words[-2] in _PLAIN_THINGS or " ".join(words[-3:-1]) in _PLAIN_THINGS)) or (
        _NO_PERSON.search(window) is not None
    )


def names_body(text: str, start: int) -> bool:
    """Return whether words of what a body does lead up to its name at `start`: `Công ty du lịch quốc tế ⟨Hòn Ngọc⟩`."""
    window = text[max(0, start - 60) : start].lower()
    return any(noun in window for noun in _BODIES) and _BODY.search(window) is not None
