"""What of the words around a name may be a post, what is trimmed off it, and the posts that one slice joins."""

import re
from collections.abc import Iterator

from qa.people.english import english_head
from qa.people.words import CALLING, OCCUPATION, find_heads, head_within

__all__ = ["ABBREVIATED", "JOIN", "LONGEST", "TRAIL", "Slice", "kept", "parted"]

Slice = tuple[int, int]
LONGEST = 110
"""Characters of the longest post."""
JOIN = re.compile(
    r"\s*(?:, ?\(|,|-|–|—|\(|kiêm(?: nhiệm)?(?: (?:chức danh|chức vụ|giữ chức))?|đồng thời là|và|and|as well as)\s*(?:(?:kiêm|đồng thời(?: là)?|hiện(?: nay)?(?: là|đang là)?|nay(?: là)?|hiện là|lúc đó là|khi đó là|khi ấy là|"
    r"who is|who was|once|một|the|a|an|its|their|his|her|now|currently|then|formerly|also|đảng (?:Cộng h[oò][àa]|Dân chủ),) )*",
    re.IGNORECASE,
)
"""What joins a post to the name or the post before it."""
TRAIL = re.compile(
    r"(?:[.…]{2,}|\s*['’]|\s+(?:đối với|của|là|và|về|-|–|kiêm|thời điểm (?:đó|này|ấy)|lúc bấy giờ|khi bấy giờ|bấy giờ|lúc đó|khi đó|hồi đó|lúc ấy|khi ấy|lúc|hồi|at the time|cùng|với|đồng thời|hiện nay|khác|[Đđ]ồng chí|[Ôô]ng|[Bb]à|từ|từ đầu|từ giữa|từ cuối|tại|nay|hiện|mới|thay|the|of|and|for|năm \d{4}|(?:giai đoạn|khóa|khoá) \d{4}(?:\s?[-–]\s?\d{4})?|nhiệm kỳ \d{4}(?:\s?[-–]\s?\d{4})?|\d+ tuổi))+$"
)
"""What leads on from a post and is no part of it."""
ABBREVIATED = re.compile(r" \([A-ZĐ&-]{2,14}\)$")
_AND = re.compile(
    r"(?:,)?\s+(?:và|kiêm nhiệm (?:chức danh|chức vụ)|kiêm(?: nhiệm| giữ chức)?|đồng thời là|and|as well as) (?:the |a |an )?(?!(?:đại diện|lãnh đạo|cán bộ|nhân viên|một|các|những|representatives?|other) )(?=\S)|, (?=\S)",
    re.IGNORECASE,
)
_ONE_OF_MANY = re.compile(
    r" (?:duy nhất|sáng giá|(?:tương lai )?tiềm năng|nặng ký|đầu tiên|mới nhất|nổi tiếng|trẻ|kỳ cựu|gạo cội|tài ba|tài năng|(?:đáng )?tin cậy|cứng rắn|gần gũi|gương mẫu|mẫu mực|khó đoán|giỏi|xuất sắc|tận tâm|mạnh mẽ(?: hơn)?|quan trọng|(?:vĩ đại|giỏi|trẻ|xuất sắc) nhất)\Z"
)
"""What is said of somebody rather than held: `là thành viên ⟨duy nhất⟩`."""
_NATIONAL = re.compile(
    rf"(?:(?:(?:[A-Z][a-z]+(?:ish|ese|an|ch|sh|ic|li|qi)|Swiss|Thai|Greek|Lao|Filipino|Indian|US|UK)(?:-born)?|(?i:local|senior|veteran|former|young|leading|top|retired|longtime|fellow|independent|freelance|amateur)) )+{OCCUPATION.pattern}"
)
"""A bare occupation with where somebody is from: `Dutch coach`."""
_RANKS = frozenset({"General", "Major"})
"""Ranks that with a small letter are other words."""
_RANK = re.compile(
    r"(?<![\w-])(?:(?:senior|junior|rear|vice|lieutenant|major|brigadier|sub|air|police|retired|army|flight) )*"
    r"(?:general|colonel|admiral|captain|major|lieutenant|brigadier|marshal|sergeant|commodore|thượng tướng|đại tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá)\Z",
    re.IGNORECASE,
)
"""A rank that ends a post is a post of its own: `Deputy Defence Minister ⟨Senior Lieutenant General⟩ X`."""


def kept(text: str, start: int, end: int) -> Slice | None:
    """Return the slice when it may be a post: neither too long nor a bare occupation."""
    if text.endswith(("TP.", "Tp."), start, end):
        return None  # cut where a line ends
    if not 2 < end - start <= LONGEST or (
        OCCUPATION.fullmatch(text, start, end)
        and not (text[start:end] in _RANKS and text[max(0, start - 24) : start].isascii())
    ):
        return None
    if _ONE_OF_MANY.search(text, start, end):
        return None
    return None if CALLING.match(text[start:end]) or _NATIONAL.fullmatch(text, start, end) else (start, end)


def parted(text: str, start: int, end: int) -> Iterator[Slice]:
    """Yield the posts that one slice joins: `Deputy Prime Minister and Foreign Minister`, `Thủ tướng kiêm quyền Tổng thống`."""
    if (rank := _RANK.search(text, start, end)) and find_heads(text, start, rank.start()):
        yield from parted(text, start, start + len(text[start : rank.start()].rstrip()))
        yield rank.start(), end
        return
    for joint in _AND.finditer(text, start, end):
        following = head_within(text, joint.end(), end) or english_head(text, joint.end(), end)
        if following and find_heads(text, start, joint.start()):
            yield start, joint.start()
            yield from parted(text, joint.end(), end)
            return
    yield start, end
