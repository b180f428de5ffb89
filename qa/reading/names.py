"""Institutions, places, quoted titles, and whatever follows the noun that a question asks with."""

import re

from qa.kinds import Slot
from qa.language.forms import UPPER, fold
from qa.language.lexicon import default_lexicon
from qa.reading.spans import Sort, Span
from qa.reading.views import ArticleView, Sentence

__all__ = ["STOPPERS", "find_headed", "find_organisations", "find_places", "find_quoted"]

CUT_CHARS = 20
HEADED_WORDS = 7
"""Most words taken after the noun asked for."""

_CAPITAL = rf"[{UPPER}0-9][\w’'./&-]*"
_INSTITUTIONS = (
    r"[Ss]ở|[Cc]ông an|[Bb]ộ|[ỦUủu][ỷyỶY] ban|[ỦU]ỷ ban|UBND|UBKT|HĐND|[Cc]ông ty|[Tt]ổng công ty|[Tt]ập đoàn|[Tt]rường|[Đđ]ại học|ĐH|[Hh]ọc viện|[Bb]ệnh viện|BV|[Vv]iện|TAND|"
    r"[Tt]òa án|[Tt]oà án|[Tt]òa|[Tt]oà|VKSND|[Cc]ảng vụ|[Hh]ội|[Hh]iệp hội|[Nn]gân hàng|[Cc]ục|[Tt]ổng cục|[Bb]an|[Vv]ăn phòng|[Tt]rung tâm|[Hh]ãng|[Bb]áo|[Tt]ạp chí|[Đđ]ài|"
    r"[Qq]uỹ|[Đđ]ảng|[Đđ]ội|[Pp]hòng|[Cc]hi cục|[Đđ]oàn|[Nn]hà xuất bản|NXB|[Bb]ộ đội|[Hh]ải quân|[Vv]ùng|[Ll]ữ đoàn|[Ss]ư đoàn|[Cc]âu lạc bộ|CLB|[Tt]hanh tra|[Cc]ảnh sát|[Ll]iên minh|[Ll]iên đoàn|[Tt]ổ chức|[Nn]hóm|[Đđ]ồn|[Hh]ợp tác xã|HTX|[Nn]hà máy|[Tt]iệm|[Cc]ửa hàng|[Ss]iêu thị|[Xx]í nghiệp|[Qq]uán|[Tt]hành ủy|[Tt]ỉnh ủy|[Hh]ệ thống"
)
_JOINED = r"và|tỉnh|thành phố|TP|huyện|quận|xã|phường|thị xã|quốc gia|nhân dân|cổ phần|TNHH|dân dụng|vận tải|du lịch|hàng không|thương mại|trung ương|điều tra|kiểm tra|tối cao|cấp cao|giao thông|kinh tế|môi trường|đa khoa|tiểu học|mầm non|the|of|for|and|nhà nước|cảnh sát|thi hành án|dân sự|phòng chống|quản lý|xây dựng|đầu tư|bảo hiểm|xã hội|điện lực|cấp nước|thủy lợi|vàng|bạc|miền"
_HEAD = re.compile(rf"(?<!\w)(?:{_INSTITUTIONS})(?= )")
_JOINER = re.compile(rf"(?:{_JOINED}|-|–|&)$")
_LAST = re.compile(rf"(?P<apart>, (?:\d+ )?)?(?P<last>[{UPPER}][^\W\d_]*)$")
_CAPITALS = re.compile(rf"(?: {_CAPITAL})+")
_NEXT = re.compile(r" ([^\s,;:.()“”\"?!]+(?:\.(?=\w))?)")
_ENGLISH_INSTITUTION = re.compile(
    rf"(?<!\w)(?:{_CAPITAL} (?:of |for |and |the )*)*(?:Ministry|Department|University|Company|Corporation|Office|Bank|Committee|Commission|Association|Group|Agency|Court|Party|Council|Institute|Hospital|School)(?: (?:of |for |and |the )*{_CAPITAL})*"
)
_PLACE_NOUN = (
    r"(?:thành phố|tỉnh|huyện|quận|TP\.?|Tp\.?|xã|phường|thị xã|thị trấn|thôn|ấp|bản|làng|khu phố|khu vực|khu|đường|phố|quốc lộ|cầu|cảng cá|cảng|sân bay|chùa|đền|khách sạn|nhà hàng|"
    r"đảo|quần đảo|bán đảo|sông|hồ|núi|bãi biển|vịnh|eo biển|nước|bang|thủ đô|công viên|chợ|trung tâm|trụ sở|hội trường|nhà thờ|bến xe|ga|trạm|hẻm|ngõ|tòa nhà|toà nhà|chung cư|rạp|nhà hát|bảo tàng|sân vận động|bệnh viện|trường|hầm|căn cứ|cao tốc|biển|vùng|quán|siêu thị|tầng|phòng|hội nghị|nhà văn hóa|nhà văn hoá|cung|dinh thự|dinh|số \d+|nhà)"
)
_PLACE = re.compile(
    rf"(?<!\w)(?<![Vv]ăn )(?:{_PLACE_NOUN}|{_PLACE_NOUN.capitalize()}) (?:(?:{_PLACE_NOUN}|hành chính|quốc gia|quốc tế|dân cư|văn hóa) )*{_CAPITAL}(?:[ -]{_CAPITAL})*(?:,? (?:{_PLACE_NOUN} )(?:{_PLACE_NOUN} )*{_CAPITAL}(?: {_CAPITAL})*)*"
)
_LOCATED = re.compile(
    rf"(?<!\w)(?:tại|Tại|ở|Ở|từ|đến|tới|ra|vào|về|sang|gần|in|In|at|At|from|to|near|quê)\s+((?:(?:the|{_PLACE_NOUN}|hành chính|quốc gia|quốc tế)\s+)*"
    rf"{_CAPITAL}(?:[ -](?:{_CAPITAL}|of(?= [{UPPER}])|the(?= [{UPPER}])|thành phố|tỉnh|và(?= [{UPPER}])|quốc gia|hành chính))*"
    rf"(?:,? \(?(?:(?:{_PLACE_NOUN}) )*{_CAPITAL}(?: {_CAPITAL})*\)?)?)"
)
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d")
_QUOTED = re.compile(r"“([^“”]{2,90})”|\"([^\"]{2,90})\"|‘([^‘’]{2,60})’|(?<!\w)'([^']{3,60})'(?!\w)")
_HEAD_STOP = re.compile(r"[,;:.!?()“”\"–—]|\s-\s")
STOPPERS = frozenset(
    "đã sẽ đang được bị là có để khi vì do nên mà thì với tại ở từ vào trong của cho và nhưng this that which who was were is are has had".split()
)
"""Words at which what a noun is called has ended."""


def find_organisations(text: str, start: int, end: int) -> list[Span]:
    """Return the institutions a sentence names, shorter readings of long ones too."""
    found: list[tuple[int, int]] = []
    for head in _HEAD.finditer(text, start, end):
        found += [(head.start(), last) for last in _name_ends(text, head.end(), end)]
    found += [m.span() for m in _ENGLISH_INSTITUTION.finditer(text, start, end) if " " in m[0]]
    return [Span(Sort.ORGANISATION, (f,)) for f in dict.fromkeys(found)]


def _name_ends(text: str, at: int, end: int) -> list[int]:
    """Return where the name of an institution whose first word ends at `at` may end, the longest first.

    `Sở Giáo dục và Đào tạo Hà Nội`: behind a capital one small syllable may follow, and joining words before the next one.
    """
    ends: list[int] = []
    capital, small = False, 0
    while match := _NEXT.match(text, at, end):
        word = match[1]
        if word[0].isupper() or word[0].isdigit():
            ends.append(match.end())
            capital, small = True, 0
        elif _JOINER.match(word):
            small = 0
        elif capital and small == 0 and word.lower() not in STOPPERS:
            ends.append(match.end())
            small += 1
        else:
            break
        at = match.end()
    whole = [e for e in ends if not _cut(text, e)]
    return (whole or ends)[::-1][:3]


def _cut(text: str, end: int) -> bool:
    """Return whether a name that ends here ends in the middle of a word: `Ban Tổ|` of `Ban Tổ chức`."""
    following = _NEXT.match(text, end)
    if following is None or not following[1].islower():
        return False
    last = text[max(0, end - CUT_CHARS) : end].rpartition(" ")[2]
    return default_lexicon().knows(f"{last} {following[1]}")


def find_places(text: str, start: int, end: int) -> list[Span]:
    """Return the places a sentence names, with the noun before the name or a preposition."""
    spans = []
    for match in _PLACE.finditer(text, start, end):
        spans += [Span(Sort.PLACE, (p,)) for p in _shorter(text, *match.span())]
    for match in _LOCATED.finditer(text, start, end):
        if _MONTH.match(text, match.start(1)):
            continue
        spans += [Span(Sort.LOCATED, (p,)) for p in _shorter(text, *match.span(1))]
    return list(dict.fromkeys(spans))


def find_quoted(text: str, start: int, end: int) -> list[Span]:
    """Return what stands in quotation marks; of several in a sentence, all of them together as well."""
    found = [(m.start(m.lastindex or 0), m.end(m.lastindex or 0)) for m in _QUOTED.finditer(text, start, end)]
    spans = [Span(Sort.QUOTED, (f,)) for f in found]
    if 1 < len(found) <= 5:
        spans.append(Span(Sort.QUOTED, tuple(found)))
    return spans


def find_headed(view: ArticleView, sentence: Sentence, slot: Slot, *, plain: bool) -> list[Span]:
    """Return what follows the noun that is asked for (`loại xoài nào` → `loại xoài ⟨cát Hòa Lộc⟩`), with the noun."""
    text, words, spans = view.article.text, view.plain if plain else view.forms, []
    for head in slot.heads:
        shaped = [fold(w) for w in head] if plain else list(head)
        for at in range(sentence.first, sentence.last - len(shaped) + 1):
            if words[at : at + len(shaped)] != shaped:
                continue
            after = at + len(shaped)
            last = after
            limit = min(sentence.last, after + HEADED_WORDS)
            while last < limit and not _HEAD_STOP.search(text, view.ends[last - 1], view.starts[last]):
                if view.forms[last] in STOPPERS and last > after:
                    break
                last += 1
            if last > after:
                spans.append(Span(Sort.HEADED, ((view.starts[at], view.ends[last - 1]),)))
                capital = after
                while capital < last and text[view.starts[capital]].isupper():
                    capital += 1
                if after < capital < last:
                    spans.append(Span(Sort.HEADED, ((view.starts[at], view.ends[capital - 1]),)))
    return list(dict.fromkeys(spans))


def _begun(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last syllable of a name when it begins a word that goes on behind it: `4 Văn` of `4 Văn phòng`."""
    last, following = _LAST.search(text, start, end), _NEXT.match(text, end)
    known = last and following and following[1].islower() and default_lexicon().knows(f"{last['last']} {following[1]}")
    return last if known else None


def _spelled_out(text: str, end: int) -> int:
    """Return where a name ends of which a word began at `end`: `cung Văn|` of `cung Văn hoá Hữu nghị Việt Xô`."""
    while following := _NEXT.match(text, end):
        end = following.end()
        more = _CAPITALS.match(text, end)
        if more is None:
            return end
        end = more.end()
        following = _NEXT.match(text, end)
        last = text[:end].rpartition(" ")[2]
        if following is None or not default_lexicon().knows(f"{last} {following[1]}"):
            return end
    return end


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the whole and the part before a comma or bracket: `xã Luận Khê, huyện Thường Xuân`."""
    end = start + len(text[start:end].rstrip(" ,.;:("))
    if begun := _begun(text, start, end):
        end = start + len(text[start : begun.start()].rstrip(" ,")) if begun["apart"] else _spelled_out(text, end)
    whole = text[start:end]
    if not any(c.isupper() or c.isdigit() for c in whole):
        return []
    spans = [(start, end)]
    if cut := re.search(r",? \(|, ", whole):
        spans.append((start, start + cut.start()))
    return spans
