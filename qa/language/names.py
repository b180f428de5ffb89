"""People and posts as official Vietnamese prose names them: `Mai Tiến Dũng, Ủy viên Trung ương Đảng, Chủ nhiệm …`.

Statistical recognisers label officials as places (`Quốc hội Nguyễn Thị Kim Ngân`); surnames, titles and capitals do
better.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.language.forms import fold

__all__ = ["POST_HEAD", "SURNAMES", "Person", "find_people", "is_enumeration", "posts_before"]

SURNAMES = frozenset(
    (
        "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Đào Mai Trịnh Lâm Phùng "
        "Tô Tạ Cao Hà Lưu Thái Châu Tống Trương Vương Triệu Tôn Lương Quách Kiều Khuất Lại La Lã Lục Mạc Nghiêm "
        "Ngọ Nông Thân Thiều Tăng Vi Chu Giàng Hầu Hứa Khúc Bạch Âu Cù Diệp Doãn Giang Hạ Kha Khổng Ninh Ngụy Sầm "
        "Sùng Tiêu Tòng Vàng Vừ Ma Lò Lù Điểu Đồng Đàm Đậu Cấn Chử Chẩu Mùa Thào Uông Nhữ"
    ).split()
)
"""Vietnamese family names, common first."""

_FOLDED_SURNAMES = frozenset(fold(s).capitalize() for s in SURNAMES)

_PLACES = frozenset(
    (
        "Hà Nội|Hà Nam|Hà Tĩnh|Hà Giang|Hà Đông|Hà Tiên|Lâm Đồng|Thái Nguyên|Thái Bình|Thái Lan|Ninh Bình|"
        "Ninh Thuận|Cao Bằng|Cao Lãnh|Đồng Nai|Đồng Tháp|Đồng Hới|Vũ Hán|Châu Âu|Châu Á|Châu Đốc|Châu Phi|"
        "Trung Quốc|Tô Lịch|La Mã|Mai Châu|Mai Dịch|Lý Sơn|Tây Ninh|Hoàng Sa|Hoàng Mai|Hoàng Liên Sơn|Hồ Tây|"
        "Hồ Gươm|Vàng Danh|Văn Lâm|Văn Giang|Văn Miếu|Lê Lợi|Phan Thiết|Phan Rang|Lại Châu|Lâm Thao|Cao Nguyên|"
        "Quảng Nam|Đông Anh|Giang Tô|Hà Bắc|Hà Khẩu|Đồng Hỷ|Đồng Đăng|Đồng Xoài"
    ).split("|")
)
_NOT_PEOPLE_BEFORE = re.compile(
    r"(?:\b(?:TP|Tp|Thành phố|thành phố|tỉnh|Tỉnh|đường|Đường|phố|Phố|quận|Quận|huyện|Huyện|phường|xã|cầu|Cầu|trường|Trường|"
    r"Đại học|đại học|THPT|THCS|Tiểu học|công viên|sân bay|tư tưởng|Tư tưởng|đảo|sông|Bệnh viện|bệnh viện|giải)\.?\s+)$"
)
_TITLE_BEFORE = re.compile(
    r"(?:\b(?:ông|bà|Ông|Bà|anh|Anh|chị|Chị|em|cháu|đồng chí|Đồng chí|cụ|Cụ|nghệ sĩ|NSND|NSƯT|GS|TS|ThS|PGS|BS|bác sĩ|luật sư|"
    r"thượng tá|đại tá|thiếu tá|trung tá|thẩm phán|giám đốc|bị cáo|bị can|Mr|Mrs|Ms|Dr)\.?\s+)$"
)

_LETTERS = [chr(c) for c in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(c).isalpha()]
_UPPER = "".join(c for c in _LETTERS if c.isupper())
_LOWER = "".join(c for c in _LETTERS if c.islower())
_SYLLABLE = rf"[{_UPPER}][{_LOWER}]*"
_RUN = re.compile(rf"(?<![\w]){_SYLLABLE}(?:[ ][A-Z]\.(?=[ ][{_UPPER}])|[ ]{_SYLLABLE}){{1,5}}(?![\w])")
_CALLED = re.compile(r"(?:Ông|Bà|Anh|Chị|Cô|Cụ|Em|Mr|Mrs|Ms|Dr) ")

_HEADS = (
    "Tổng Bí thư|Phó Bí thư|Bí thư|Phó Chủ tịch|Chủ tịch|Phó Thủ tướng|Thủ tướng|Thứ trưởng|Bộ trưởng|Ủy viên|Uỷ viên|"
    "Phó Chánh|Chánh|Phó Chủ nhiệm|Chủ nhiệm|Phó Tổng thư ký|Tổng thư ký|Tổng Thư ký|Thành viên Thường trực|Thường trực|"
    "Phó Trưởng ban|Trưởng ban|Trưởng Ban|Phó Tổng Giám đốc|Tổng Giám đốc|Phó Giám đốc|Giám đốc|Phó Viện trưởng|Viện trưởng|"
    "Phó Cục trưởng|Cục trưởng|Vụ trưởng|Phó Hiệu trưởng|Hiệu trưởng|Phó Trưởng phòng|Trưởng phòng|Phó Trưởng đoàn|Trưởng đoàn|"
    "Tư lệnh|Chính ủy|Tổng Tham mưu trưởng|Đại sứ|Thẩm phán|Người phát ngôn|Tổng Biên tập|Tổng biên tập|Đại biểu Quốc hội|"
    "Trưởng khoa|Phó Trưởng khoa|Tổng Kiểm toán|Thống đốc|Phó Thống đốc|Tổng Thanh tra|Kế toán trưởng|Đội trưởng|Hội trưởng|"
    "Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Luật sư|Bác sĩ|Giáo sư|Tiến sĩ|"
    "Tổng thống|Ngoại trưởng|Quốc vương|Thị trưởng|Thượng nghị sĩ|Phó Tổng thống|nguyên "
)
POST_HEAD = re.compile(rf"\b(?:{_HEADS})", re.IGNORECASE)
"""The words a post begins with."""

_NEXT_POST = re.compile(rf"\s*(?:,|-|–|—|kiêm|và|đồng thời là)\s*(?=(?:nguyên )?(?:{_HEADS}))", re.IGNORECASE)
_POST_TEXT = re.compile(r"[^,;:.()\n–—]+?(?=\s*(?:[,;:.()\n–—]|\s-\s|$))")
_POST_STOPS = re.compile(
    r"\s+(?:đã|cùng|phát biểu|trình bày|nhấn mạnh|cho biết|cho rằng|khẳng định|dự|chủ trì|thay mặt|bày tỏ|nêu|yêu cầu|đề nghị|"
    r"báo cáo|chúc|gửi|tham dự|tới dự|đến dự|(?<!đốc )điều hành|cho hay|nói|đánh giá|và các|thông tin|kết luận|với các|với)\b"
)


_JOINER = re.compile(r"\s*(?:\b(?:và|cùng|với|đồng chí|ông|bà)\b\s*)*$", re.IGNORECASE)
_RUN_NAME = re.compile(rf"(?<![\w])(?:{'|'.join(sorted(SURNAMES))})(?: {_SYLLABLE}){{2,4}}(?![\w])")
_PARTS = re.compile(r"(?:[,–—-]|\b(?:và|cùng|với|and)\b)\s*")
REACH = 3 * 90
"""Characters before a name in which its posts are looked for."""
POST_CHARS = 90
"""Longest post taken, in characters."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone a text names, with the posts the text joins to the name there.

    Attributes:
        name: As it stands in the text.
        start: Offset of the name, in the text searched.
        end: End of the name.
        posts: Offsets `(start, end)` of the posts right before or after the name.
    """

    name: str
    start: int
    end: int
    posts: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=8192)
def find_people(text: str) -> tuple[Person, ...]:
    """Return the people named in `text`, in order."""
    people = []
    for run in _RUN.finditer(text):
        span = _name_in(text, run.start(), run.end())
        if span is not None:
            start, end = span
            posts = (*posts_before(text, start), *_posts_after(text, end))
            people.append(Person(text[start:end], start, end, posts))
    return tuple(people)


def posts_before(text: str, start: int) -> tuple[tuple[int, int], ...]:
    """Return the posts that stand right before a name: `Chủ tịch Quốc hội ⟨Nguyễn Thị Kim Ngân⟩`."""
    window = max(0, start - REACH)
    floor = max(window, *(text.rfind(mark, window, start) + 1 for mark in (";", ":", ".", "(", ")", "\n", "“", '"')))
    for name in _RUN_NAME.finditer(text, floor, start):
        floor = name.end()
        if re.match(r"\s*[,–—-]", text[floor:start]):
            # What stands in between are the posts of the one named before, but for one that adjoins this name.
            floor += max(m.end() for m in _PARTS.finditer(text[floor:start]))
    lead = text[floor:start]
    heads = [m.start() for m in POST_HEAD.finditer(lead)]
    parts: list[tuple[int, int]] = []
    end = len(lead.rstrip())
    for comma in [*[m.start() for m in re.finditer(r",|\s-\s", lead)][::-1], -1]:
        first = next((h for h in heads if comma < h < end), None)
        if first is None or _POST_STOPS.search(lead, first, end) or end - first > POST_CHARS:
            break
        opening = lead[comma + 1 : first].strip()
        parts.insert(0, (floor + first, floor + end))
        if comma < 0 or opening:
            break
        end = comma
    return tuple(parts)


def is_enumeration(text: str) -> bool:
    """Return whether `text` lists people: several names, told apart by semicolons or introduced by `các ông:`."""
    return len(find_people(text)) > 1 and (
        ";" in text or re.search(r"\b(?:các (?:ông|bà|đồng chí)|gồm)\b", text) is not None
    )


def _name_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    if called := _CALLED.match(text, start, end):
        return (called.end(), end) if end > called.end() else None
    syllables = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    for i, (first, last) in enumerate(syllables):
        word = text[first:last]
        if word not in SURNAMES and word not in _FOLDED_SURNAMES:
            continue
        rest = syllables[i : i + 5]
        name_end = rest[-1][1]
        if len(rest) < 2 or text[first:name_end] in _PLACES or text[rest[0][0] : rest[1][1]] in _PLACES:
            continue
        if _NOT_PEOPLE_BEFORE.search(text, max(0, first - 16), first):
            return None
        titled = _TITLE_BEFORE.search(text, max(0, first - 24), first) is not None
        if len(rest) == 2 and not (titled or _known_two(text, first, name_end)):
            continue
        return first, name_end
    if _TITLE_BEFORE.search(text, max(0, start - 24), start):
        return start, end
    return None


def _known_two(text: str, start: int, end: int) -> bool:
    """Return whether two syllables are surely a name: a post before them or an apposition with a post after them."""
    return bool(posts_before(text, start) or _posts_after(text, end))


def _posts_after(text: str, end: int) -> tuple[tuple[int, int], ...]:
    posts = []
    position = end
    while match := _NEXT_POST.match(text, position, position + REACH):
        found = _POST_TEXT.match(text, match.end(), match.end() + REACH)
        if found is None:
            break
        stop = _POST_STOPS.search(text, found.start(), found.end())
        last = stop.start() if stop else found.end()
        if next_name := _RUN_NAME.search(text, found.start(), last):
            between = text[found.start() : next_name.start()]
            if (last := found.start() + len(_JOINER.sub("", between))) == found.start() + len(between.rstrip()):
                break  # nothing parts the post from the next name: it is theirs
        if not 0 < last - found.start() <= POST_CHARS:
            break
        posts.append((found.start(), last))
        position = last
        if stop or next_name:
            break
    return tuple(posts)
