"""What in a turn can only mean something said before: `of those`, `so many`, `trong số đó`, `người thứ hai`."""

import re

from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF
from qa.language.forms import UPPER, fold, has_accents, is_syllable, words
from qa.question import Question
from qa.talk.before import Before
from qa.talk.words import BEGINNING, ENGLISH_PARTICLES, compiled, of_a_country

__all__ = [
    "FRONTED",
    "FULL_NAME",
    "UNBOUND",
    "first_anaphor",
    "introduced",
    "names_new",
    "points_back",
    "so_much",
]

FULL_NAME = re.compile(rf"[{UPPER}][\w-]*(?: [{UPPER}][\w-]*)+")
FRONTED = re.compile(r"(?:In|At|On|After|Before|During|For|With|When|While|By|From) [^,?]+, ")
"""A phrase before the clause, in which `his` may be of somebody named in that: `In his speech, what did Ann Lee ask for?`."""
_NOT_HIS_OWN = r"(?! (?:who|which|that|whose|of (?!them|those|these)|in|from|with|on|at)\b)"
_ANAPHORS = re.compile(
    rf"\b(?:those|these)\b{_NOT_HIS_OWN}"
    r"|\b(?:is|was|are|were|does|did|do|will|would|can|could|than|of|about|from|for|before|after|by|with|at|like|to|why|since|until|and) "
    r"(?:that|this)(?= (?:from|to|in|on|for|of|at|with|by|about|all|cost|take|mean|happen|work|make|come|go|leave|affect|compare|apply|include|true|more|less)\b| *[?,.!]| *$)"
    r"|\bso (?:many|much|few|little|long|high|low|often|fast|big|expensive|cheap|late|early|old|young|small|large|heavy|hard)\b(?! (?:that|as)\b)"
    r"|\b(?:the|this|that|each|every|which|another|other|old|new|last|next|first|second|third) ones?\b(?! (?:who|which|that|of|in|on|from|with)\b)"
    r"|\bthe (?:others?|rest|latter|former|same)\b(?! (?:of (?!them|those|these)|[a-z]+ (?:as|that|which|who)\b))"
    r"|\b(?:each|both|neither|either|none|all|most|some|any|half|one|two|three|many|much) of (?:them|these|those|it|that)\b"
    r"|\b(?:each|apiece)(?= *[?,.!]| *$)"
    r"|\b(?:by|since|until|before|after) (?:then|that)\b(?! [a-z])"
    r"|\bthat (?:day|night|morning|evening|afternoon|week|weekend|month|year|time|season|moment|one|number|figure|much|many|long|same)\b"
    r"|(?:^|(?<=[,;] ))(?:as well|too)\b|[ ,](?:too|as well|either|instead)(?= *[?.!]*$)",
    re.IGNORECASE,
)
UNBOUND = re.compile(
    r"(?i)\b(?:he|she|they|him|them|his|her|hers|their|theirs|its|it(?! (?:costs?|takes?|take (?:before|until|for)|true|said|reported|known|possible|likely|clear|that|rain|snow)\b))\b"
)
_INTRODUCED = re.compile(r"\b(?:an?|every|each|no) (?P<said>[a-z-]+(?: [a-z-]+){0,3})")
_CLASSIFIERS = r"(?:cái|chiếc|con|người|vị|tên|ông|bà|anh|chị|cô|em|bên|đội|nơi|bài|điều|mục|phần|ý|việc|món|loại|khoản|giải|nhóm|hãng|công ty|nước|trường|tàu|xe|vụ|trận|trụ|đứa|cháu|căn|ca)"
_WHICH = r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d+)|đầu tiên|đầu(?= (?:là|có|thì|bị|được|góp|nói|làm|ở)\b| *[?,.]?$)|còn lại|kia)"
_UNTIMED = r"(?<!tháng )(?<!năm )(?<!ngày )(?<!tuần )(?<!hôm )(?<!hiện )(?<!xưa )(?<!lâu )(?<!trước )(?<!sau )(?<!đêm )(?<!sáng )(?<!trưa )(?<!chiều )(?<!tối )"
_SAME_IN_VIETNAMESE = (
    r"(?<!\w)(?:trong|giữa|ngoài|cả|số) (?:các |những )?(?:số |nhóm |đám |con số |khoản )?(?:đó|ấy|này|đấy|kia)(?!\w)"
    r"|(?<!\w)(?:lúc|khi|hồi|hôm|ngày|năm|chiều|sáng|tối|đêm|trước|sau|nơi|chỗ|ở|tại|từ|đến|như|do|vì|vụ|chuyện|việc|cuộc|khoản|con số|số tiền|điều|cái|chiếc|loại|người|ông|bà|anh|chị|cô|nhóm|hãng|công ty|đoàn|trường|nhà|dự án) (?:đó|ấy|đấy)(?!\w)"
    r"|(?<!\w)(?:tụi|bọn|chúng) (?:nó|họ)(?!\w)"
    r"|(?<!\w)(?:cả hai|hai (?:bên|người này|người đó)|đôi bên|số còn lại|phần còn lại|tất cả bọn|mấy (?:người|cái|chiếc|con) kia)(?!\w)"
    rf"|(?<!\w){_CLASSIFIERS} {_WHICH}(?!\w)"
    r"|(?<!\w)(?:bao nhiêu|mấy) (?:cái|chiếc|con|căn|suất|tấm|cuốn|bản|ca|vụ|chuyến)(?= (?:được|bị|đã|đang|sẽ|dành|là|thuộc|của|ở|tại|còn|mới|chưa|không|do|trong|phải)(?!\w)| *[?.]?$)"
    r"|(?<!\w)(?:mỗi|từng) (?:cái|chiếc|con|người|em|cháu|bé|nhà|hộ|gia đình|căn|suất|bên|đội|đứa|vị)(?!\w)"
)
_ACCENTED = rf"{_SAME_IN_VIETNAMESE}|(?<!\w)[^\W\d_]+ {_UNTIMED}(?:đó|ấy|đấy|này|kia)(?!\w)|\bnó\b|(?<!dòng )(?<!\w)họ(?! (?:tên|hàng|nhà|và tên))(?!\w)"
_SO_MUCH = re.compile(
    r"(?i)\bso (?:many|much|few|little|long|high|low|old|young|big|small|late|early|expensive|cheap|heavy|often|large)\b(?! (?:that|as)\b)|\bthat (?:many|much|long|high|low|old|young)\b"
)
_SO_MUCH_VIETNAMESE = r"(?<!\w)(?:nhiều|lâu|đông|cao|thấp|ít|đắt|rẻ|xa|muộn|sớm|lớn|nhỏ|nặng|nhẹ|dài|ngắn|già|trẻ)(?: (?:đến|tới))?(?: như)? (?:vậy|thế)(?!\w)|(?<!\w)(?:vì sao|tại sao|sao)(?: lại| mà)? (?:nhiều|lâu|đông|cao|thấp|ít|đắt|rẻ|muộn|sớm|nặng|nhẹ)[ ?.!]*$"


def introduced(left: str) -> bool:
    """Return whether an English turn tells of somebody new before a pronoun: `a young man win over` before `his`."""
    return any(ENGLISH_OF.get(w) is Kind.PERSON for m in _INTRODUCED.finditer(left) for w in m["said"].split())


def points_back(asked: Question, before: Before) -> bool:
    """Return whether a turn holds what can only mean something said before, no new name on its left."""
    found = first_anaphor(asked)
    if found is None:
        return False
    ahead = FRONTED.match(asked.text)
    left = asked.text if ahead and found < ahead.end() else asked.text[:found]
    return not names_new(left, asked, before)


def first_anaphor(asked: Question) -> int | None:
    """Return where the first thing in a turn stands that means something said before; None when there is none.

    A pronoun counts when no noun stands on its left that it could mean.
    """
    text = asked.text
    if asked.language == "vi":
        plain = not has_accents(text)
        found = compiled(_SAME_IN_VIETNAMESE if plain else _ACCENTED, plain=plain).search(text)
        return found.start() if found else None
    found = _ANAPHORS.search(text)
    pronoun = UNBOUND.search(text)
    free = pronoun and not [w for w in words(text[: pronoun.start()]) if w not in ENGLISH_PARTICLES | _ASKING]
    starts = [m.start() for m in (found, pronoun if free else None) if m]
    return min(starts, default=None)


def so_much(text: str) -> bool:
    """Return whether a turn points to how many or how much was just told of: `why so many?`, `sao lâu thế?`."""
    plain = not has_accents(text)
    return bool(_SO_MUCH.search(text) or compiled(_SO_MUCH_VIETNAMESE, plain=plain).search(text))


_ASKING = frozenset(
    "who whom whose what which when where why how many much long old far else exactly so then and but".split()
)


def names_new(left: str, asked: Question, before: Before) -> bool:
    """Return whether a name that was not spoken of stands on the left of what points back."""
    spoken = fold(f"{before.question.text} {before.answer} {' '.join(before.people)}")
    names = [n for n in (*asked.people, *FULL_NAME.findall(left)) if n in left]
    alone = [m[0] for m in re.finditer(rf"(?<!\w)[{UPPER}]\w+", left) if m[0].lower() not in BEGINNING]
    alone = [n for n in alone if not of_a_country(n)]
    names += [n for n in alone if asked.language == "en" or not is_syllable(n.lower())]
    return any(fold(n) not in spoken for n in names)
