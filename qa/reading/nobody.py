"""Capitalised names that are nobody's: places, firms and things, acronyms, and what is cut out of a word."""

import re

from qa.language.forms import has_accents
from qa.language.lexicon import default_lexicon

__all__ = ["is_cut", "is_nobody", "is_somewhere", "names_nobody", "names_nowhere"]

_PLACE_BEFORE = re.compile(
    r"(?:^|[^\w])(?<!Nhật\s)(?:thành phố|TP|tỉnh|huyện|quận|phường|xã|thị xã|thị trấn|thôn|ấp|bản|làng|xóm|buôn|khu phố|đường|phố|quốc lộ|cầu|cảng|sân bay|chùa|đền|"
    r"đảo|quần đảo|bán đảo|sông|hồ|núi|vịnh|eo biển|nước|bang|vùng|biển|chợ|công viên|ga|cao tốc|kênh|rạch|đèo|rừng|khu đô thị)\.?\s$",
    re.IGNORECASE,
)
"""Before a name, what makes it that of a place."""
_THING_BEFORE = re.compile(
    r"(?:^|[^\w])(?:tòa nhà|toà nhà|khách sạn|nhà hàng|trường|đại học|bệnh viện|công ty|tập đoàn|hãng|hãng tin|báo|tờ|tạp chí|đài|tàu|giải|đội|câu lạc bộ|hiệp hội|"
    r"dự án|chung cư|thủy điện|thuỷ điện|mỏ|nhà máy|nhà hát|trang|chương trình|phim|bộ phim|ca khúc|bài hát)\.?\s$",
    re.IGNORECASE,
)
"""Before a name, what makes it that of a firm or a thing."""
_ALONG = re.compile(r"(?<!\w)(?:tại|ở|từ|đến|tới|về|vào|đi|ngụ|quê|trú|in|at|from|to)\s$", re.IGNORECASE)
"""Before a name, what makes it that of a place."""
_OUTLET = re.compile(
    r"\b(?:News|Post|Times|Online|Daily|Journal|Tribune|TV|Radio|Press|Interest|Media|Herald|Guardian|Sputnik|Reuters|Yonhap|TASS|AFP|Xinhua|Ảnh)$"
)


_ADDRESSED = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|cô|chú|bác|cụ|em|cháu|cậu|tên|bé|vua|thầy|sư|mr|mrs|ms)\.? $", re.IGNORECASE
)
SHORT = 4
"""Letters below which a lone capitalised word is hardly somebody's name."""


def names_nobody(text: str, start: int, end: int) -> bool:
    """Return whether a capitalised name that nothing makes a person's is an acronym, an outlet, somewhere to be, a lone syllable, cut out of a word, or known.

    What the lexicon knows is an institution, a place or a thing: `Liên Hợp Quốc`, `Nhà Trắng`.
    """
    name = text[start:end]
    acronym = len(name) > 1 and name.split()[0].isalpha() and name.split()[0].isupper() and len(name.split()[0]) > 1
    along = _ALONG.search(text, max(0, start - 8), start) is not None
    alone = (
        " " not in name
        and (has_accents(name) or len(name) < SHORT)
        and not _ADDRESSED.search(text, max(0, start - 10), start)
    )
    known = " " in name and default_lexicon().knows(name)
    return acronym or along or alone or known or _OUTLET.search(name) is not None or is_cut(text, start, end)


_ACRONYM = re.compile(r"(?!(?:TP|HCM|TPHCM|UAE|EU|US|UK)$)(?:[IVX]+|[A-ZĐ]{2,})$")


def names_nowhere(text: str, start: int, end: int) -> bool:
    """Return whether a capitalised name is surely none of a place: an acronym, a Roman number, an outlet."""
    name = text[start:end]
    return _ACRONYM.match(name) is not None or _OUTLET.search(name) is not None


def is_nobody(text: str, start: int, end: int) -> bool:
    """Return whether a capitalised name is surely none of a person: a known place, or named as a place, a firm or a thing."""
    return is_somewhere(text, start, end) or _THING_BEFORE.search(text, max(0, start - 20), start) is not None


def is_somewhere(text: str, start: int, end: int) -> bool:
    """Return whether a capitalised name is surely that of a place."""
    return _PLACE_BEFORE.search(text, max(0, start - 20), start) is not None or default_lexicon().is_place(
        text[start:end]
    )


_NEXT = re.compile(r" ([^\W\d_]+)")


def is_cut(text: str, start: int, end: int) -> bool:
    """Return whether the last syllable of a name begins a word that goes on behind it: `Trưởng Công|` of `Trưởng Công an`."""
    following = _NEXT.match(text, end)
    last = text[start:end].rpartition(" ")[2]
    small = following[1] if following else ""
    return small.islower() and default_lexicon().knows(f"{last} {small}")
