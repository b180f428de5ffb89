"""Words with capitals that are no name of a person: papers, firms, schools, places of the highlands, and names cut short."""

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.language.forms import UPPER
from qa.people.names import EASTERN, GIVEN, INSTITUTION

__all__ = [
    "ADJOINED",
    "FIRMS",
    "PLACE_ENDS",
    "SCHOOLS",
    "SHORTENED",
    "begins_body",
    "ends_institution",
    "fields_before",
    "follows_plural",
    "follows_school",
    "follows_ship",
    "goes_on",
    "has_abbreviation",
    "is_camel",
    "is_cut",
    "is_firm",
    "is_named_after",
    "is_named_next",
    "is_numbered",
    "is_paper",
    "names_thing_itself",
]

SHORTENED = frozenset("Ch Gi Kh Ng Nh Ph Qu Th Tr".split())
"""Given names of which only the first sound is written: `Nguyễn Văn ⟨Th⟩.`"""
SCHOOLS = frozenset({"THPT", "THCS", "ĐH", "CĐ", "KCN", "BV", "TH"})
"""Abbreviations that make the name behind them that of a school, a zone or a hospital."""
FIRMS = frozenset({"TNHH", "MTV", "CP", "DNTN", "HTX"})
"""Those that make a short name behind them that of a firm."""
_SCHOOL_BEFORE = re.compile(
    r"(?:(?<!hiệu )(?<!môi )(?<!nông )trường(?: (?:đại học|cao đẳng|trung học|trung cấp|tiểu học|mầm non|mẫu giáo))?|THPT|THCS|tiểu học|mầm non)"
    r"(?: (?:chuyên|phổ thông|trung học|cơ sở|đặc biệt|công lập|dân lập|tư thục|quốc tế|nội trú|dân tộc|năng khiếu|thực hành|nghề)){1,4} \Z",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    "(?:Tuổi Trẻ|Thanh Niên|Tiền Phong|Dân Trí|Dân Việt|Lao Động|Người Lao Động|Pháp Luật|Nhân Dân|Người Đưa Tin|Tri Thức|Zing|VnExpress|Vietnam|Viet|Ê Đê|Ba Na|Gia Rai|Cơ Tu|Cơ Ho|Thời báo|Hòa Phát)"
)
"""What names of papers, firms and peoples begin with."""
_NAMED_AFTER = re.compile(
    r"(?i:cộng sản|tncs|tiền phong|quốc gia|hành chính|thành phố|tp\.?|tư tưởng|đạo đức|phong cách|giải thưởng|huân chương|huy chương|lăng|bảo tàng|đường|đại lộ|cháu ngoan) \Z"
)
"""Before the name of Hồ Chí Minh, what bears it: the Youth Union, the Academy of Politics, the city."""
_BODY = re.compile(
    r"(?:Ủy|Uỷ|Bộ|Sở|Ban|Cục|Công|Trường|Đại học|ĐH|Bệnh viện|BV|Tổng|Hội|Đảng|Quốc hội|Chính phủ|Tòa|Toà|Viện|Trung ương|UBND|TAND|HĐND|TTXVN|Thành ủy|Tỉnh ủy|TP|Thành phố|Phó|Chủ tịch|Nghị|"
    r"Báo|Tờ|Đài|Giới|Phía|Dân|Fan|Vợ|Chồng|Mẹ|Luật|Hiệp|Hiến|Đội|Đoàn|Học viện|Ngân hàng|Tập đoàn|Khoa|Vụ|Phòng|Quỹ|Kho bạc|Cơ quan|Xí nghiệp|Hợp tác xã|Quân|Sư|Trung tâm|Câu|CLB|Liên|Hãng|Cảnh|Lầu|Nhà|Phường|Quận|Huyện|Thị trấn|Thị xã|Khu|Logo|Tàu|United|National|White|Party|Congress|Communist)(?![\w])"
)
_SHIP = re.compile(r"(?<![\w])(?:tàu|chiến hạm|hộ vệ hạm|khu trục hạm)(?: [a-zà-ỹđ]+){0,5} \Z", re.IGNORECASE)
_PLURAL = re.compile(r"(?<![\w])(?:các|những|nhiều|một số) (?:cựu |nữ )?(?:[a-zà-ỹđ]+ ){1,3}\Z")
_NAMED_NEXT = re.compile(
    rf",? (?:[-–] )?(?:ông|bà|anh|chị|thầy|cô|đồng chí|bác sĩ|TS|ThS|PGS|BS)\.? [{UPPER}]| là [{UPPER}][\w’'-]+ [{UPPER}]"
)
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|O[’'])(?:[^\W\d_]+[a-z][A-Z]|[A-Z]{2,}[a-z]{2})")
"""Firms write themselves so: `OceanBank`."""
_FIRM = re.compile(
    r"[a-z](?:bank|tech|group|corp|soft|mart|pharma|telecom|invest|holdings|jet|airlines|airways)\Z", re.IGNORECASE
)
_FIRM_ENDS = ("jet", "bank", "corp", "soft", "tech")
_THING_BEGINS = frozenset("Đắk Đăk Đắc Ea Ia Krông Chư Buôn Plei Kon Mường Tháng Mười Xe Điện Robot The".split())
"""What names of places of the highlands, and of things, begin with."""
_NUMBERED = re.compile(r"[IVX]+|(?:[HQPX]|TX|TT|TP)\.\w+")
"""A number, or a division of which only the first letter is written: `H.Bình Chánh`."""
_INITIAL = re.compile(rf"(?:[{UPPER}]\.(?:[{UPPER}]\.?)*|\.[{UPPER}]\.?)(?:\n|$)")
_APOSTROPHE = re.compile(r" ’ [a-z]")
"""Inside a name written apart: `Abu Mo ’ amen`."""
ADJOINED = frozenset({" ", " đắc cử ", " đương nhiệm ", " lâm thời ", " mãn nhiệm "})
"""What stands between a rank and the name that it makes a person's."""
PLACE_ENDS = frozenset(
    "City State Province County Island Republic Kingdom District Commune Ward Region Prefecture Territory Oblast".split()
)
"""English words that names of places end in."""
_FIELDS = frozenset(
    "Education Health Finance Defence Defense Justice Interior Foreign Affairs Trade Industry Commerce Agriculture Transport Labour Labor Culture Sports Tourism "
    "Construction Planning Investment Security Environment Science Technology Information Communications Communication Energy Home Economy Economics Relations "
    "Works Development Public Foreign External International Internal Natural Social Rural National Resources Housing Immigration Police Cooperation Fisheries".split()
)
"""What English ministers and departments are for, before the name of who heads them."""
_FOR_FIELD = re.compile(
    r"(?: of| and| for| &|,) (?:Foreign |Public |Home |External |International |Natural |Social )?\Z"
)
QUOTED = 90
"""Characters before an apostrophe in which the mark may stand that it closes."""


def goes_on(text: str, pieces: Sequence[tuple[int, int]], word: str, *, titled: bool) -> bool:
    """Return whether the first of several words is part of a title of two: `⟨Associate⟩ Professor`, `People's ⟨Artist⟩`."""
    if len(pieces) < 3:
        return False
    if word in {"associate", "assistant"}:
        return text[slice(*pieces[1])] == "Professor"
    if word in {"people's", "people’s", "meritorious", "merited"}:
        return text[slice(*pieces[1])] in {"Artist", "Teacher", "Physician"}
    return titled and word in {"gen", "cdr", "cmdr", "artist", "teacher", "physician"}


def fields_before(text: str, pieces: Sequence[tuple[int, int]]) -> int:
    """Return how many words before a name say what a minister is for: `Minister of ⟨Education⟩ Sun Yue`."""
    n = 0
    while len(pieces) - n > 2 and text[slice(*pieces[n])] in _FIELDS:
        n += 1
    return n if n and _FOR_FIELD.search(text, max(0, pieces[0][0] - 24), pieces[0][0]) else 0


def ends_institution(text: str, pieces: Sequence[tuple[int, int]], k: int) -> bool:
    """Return whether the word before the name at `k` ends that of a body: `President of the National ⟨Assembly⟩ Harold Finch`."""
    word = text[slice(*pieces[k - 1])]
    return 1 < k <= len(pieces) - 2 and word not in EASTERN and INSTITUTION.fullmatch(word) is not None


def is_cut(text: str, words: Sequence[str], end: int) -> bool:
    """Return whether the last part of a foreign name that ends at `end` is missing: `George H.`, `Abu Mo ’ amen`."""
    return (
        words[-1] in {"Al", "El", "Bin"}
        or (words[0] in GIVEN and len(words) > 1 and _INITIAL.match(text, end - 2) is not None)
        or (_APOSTROPHE.match(text, end) is not None and "‘" not in text[max(0, end - QUOTED) : end])
    )


def names_thing_itself(words: Sequence[str]) -> bool:
    """Return whether the words, which no title precedes, begin or are written as those of no person are."""
    return (
        is_numbered(words[0])
        or (len(words) <= 3 and is_paper(" ".join(words)))
        or not SCHOOLS.isdisjoint(words[:-1])
        or (len(words) > 1 and words[0] in _THING_BEGINS and (len(words) == 2 or words[0] == "The"))
        or (len(words) == 2 and is_camel(words[0]) and not words[0][:2].isupper())
    )


@lru_cache(maxsize=32768)
def is_numbered(name: str) -> bool:
    """Return whether a name begins with a number, or with the first letter of a division: `IV`, `H.Bình Chánh`."""
    return _NUMBERED.fullmatch(name.partition(" ")[0]) is not None


@lru_cache(maxsize=32768)
def is_paper(name: str) -> bool:
    """Return whether a name begins as those of papers, firms and peoples do: `Tuổi Trẻ Online`."""
    return _PAPERS.match(name) is not None


def has_abbreviation(words: Sequence[str]) -> bool:
    """Return whether a word is all capitals, as in names of bodies: `TW Đoàn`; a name all in capitals is long."""
    upper = [len(w) > 1 and "." not in w and w.isupper() and not set(w) <= set("IVX") for w in words]
    return any(upper) and (not all(upper) or len(" ".join(words)) < 12)


def is_firm(words: Sequence[str]) -> bool:
    """Return whether the words are written as only firms are: `OceanBank`, `Thai Vietjet`."""
    if len(words) == 1:
        return is_camel(words[0]) or _FIRM.search(words[0]) is not None
    return words[0] not in GIVEN and (is_camel(words[-1]) or words[-1].endswith(_FIRM_ENDS))


@lru_cache(maxsize=32768)
def is_camel(word: str) -> bool:
    """Return whether a word has capitals inside: `WikiLeaks`."""
    return _CAMEL.match(word) is not None


def is_named_after(text: str, start: int) -> bool:
    """Return whether what stands before the name of Hồ Chí Minh bears it: `Đoàn TNCS ⟨Hồ Chí Minh⟩`."""
    return _NAMED_AFTER.search(text, max(0, start - 24), start) is not None


def follows_school(text: str, start: int) -> bool:
    """Return whether words of a school lead up to its name: `Trường THPT chuyên ⟨Nguyễn Bỉnh Khiêm⟩`."""
    return _SCHOOL_BEFORE.search(text, max(0, start - 48), start) is not None


def follows_ship(text: str, start: int) -> bool:
    """Return whether the words of a ship lead up to its name: `tàu sân bay ⟨Đô đốc Kuznetsov⟩`."""
    return _SHIP.search(text, max(0, start - 40), start) is not None


def follows_plural(text: str, start: int) -> bool:
    """Return whether several are spoken of right before a name, which is then where they are from: `các nghị sĩ ⟨Catalonia⟩`."""
    return _PLURAL.search(text, max(0, start - 40), start) is not None


@lru_cache(maxsize=32768)
def begins_body(name: str) -> bool:
    """Return whether a name begins as those of bodies do: `Bộ Tài chính`."""
    return _BODY.match(name) is not None


def is_named_next(text: str, end: int) -> bool:
    """Return whether a person with a title stands right behind a name, which is then that of a firm: `Công ty Hồng Lĩnh - ông X`."""
    return _NAMED_NEXT.match(text, end) is not None
