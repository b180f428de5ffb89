"""People and posts as answers: names of any language, names after titles, the posts of somebody named."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from qa.language.forms import UPPER, fold
from qa.language.lexicon import default_lexicon
from qa.language.names import find_people, is_enumeration
from qa.people.rows import find_appearances
from qa.question import Question
from qa.reading.names import find_organisations
from qa.reading.spans import Sort, Span
from qa.schema import Appearance, Role

__all__ = ["find_names", "find_persons", "find_posts"]

_CAPITAL = rf"[{UPPER}](?:[\w’'.-]*[\w])?"
_RUN = re.compile(
    rf"(?<![\w]){_CAPITAL}(?: [A-Z]\.(?= [{UPPER}])|(?: (?:al|bin|de|van|von|der|da|el|of))? {_CAPITAL})*(?!\w)"
)
_TITLED = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Ee]m|[Cc]háu|[Cc]ậu|[Nn]ghệ sĩ|[Tt]hiền sư|[Ll]uật sư|[Bb]ác sĩ|[Tt]iến sĩ|[Đđ]ồng chí|[Vv]ợ|[Cc]hồng|"
    rf"[Cc]on (?:gái|trai)|[Đđ]ại tá|[Tt]hượng tá|[Tt]rung tá|[Tt]hiếu tá|[Đđ]ại úy|[Tt]hượng úy|[Gg]iáo sư|PGS\.?TS|GS\.?TS|TS|ThS|Mr\.?|Ms\.?|Mrs\.?|Dr\.?) "
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})*)"
)
_OPENERS = frozenset(
    (
        "ông bà anh chị cô như theo tại ngày trong khi sau trước từ đến với và nhưng tuy còn do vì nếu để các những một hai ba đây đó này khi ở "
        "trên dưới qua cùng cũng đồng hiện nay năm tháng tuy nhiên ngoài bên về việc người họ tôi chúng nhiều mỗi đặc phía được bị có không "
        "the a an in on at he she it they we but and after before this that his her their mr mrs ms dr thứ bộ sở phó chủ tổng"
    ).split()
)
_NOT_A_NAME = re.compile(
    r"(?:Ủy|Uỷ|Bộ|Sở|Ban|Cục|Công|Trường|Đại học|Bệnh viện|Tổng|Hội|Đảng|Quốc hội|Chính phủ|Tòa|Toà|Viện|Trung ương|UBND|TAND|HĐND|Thành ủy|Tỉnh ủy|TP|Thành phố|Việt Nam|Hà Nội|Mỹ|Trung Quốc|Phó|Chủ tịch)\b"
)
_POST = re.compile(
    r"\b(?:(?:nguyên|cựu|quyền|cố) )?(?:(?:phó|Phó) (?=\w))?(?:tổng bí thư|bí thư|chủ tịch|thủ tướng|thứ trưởng|bộ trưởng|ủy viên|uỷ viên|chánh|chủ nhiệm|tổng thư ký|"
    r"thường trực|trưởng (?:ban|phòng|khoa|đoàn|công an|thôn|bản|nhóm|đại diện|bộ môn|tàu|ấp)|tổng giám đốc|giám đốc|viện trưởng|cục trưởng|vụ trưởng|"
    r"hiệu trưởng|tư lệnh|chính ủy|tham mưu trưởng|tổng tham mưu trưởng|đại sứ|thẩm phán|người phát ngôn|phát ngôn viên|tổng biên tập|đại biểu|tổng kiểm toán|"
    r"thống đốc|chánh thanh tra|kế toán trưởng|đội trưởng|đội phó|tổ trưởng|hội trưởng|tổng thống|ngoại trưởng|thị trưởng|nghị sĩ|thượng nghị sĩ|chuyên gia|giảng viên|"
    r"giáo viên|nhân viên|chuyên viên|cán bộ|nhà sáng lập|ban|luật sư|thư ký|trợ lý|cố vấn|chủ|quản lý|điều phối viên|thành viên|"
    r"cảnh sát trưởng|thuyền trưởng|công tố viên|kiểm sát viên|bác sĩ|kỹ sư|đạo diễn|viện phó|hiệu phó|trung đoàn trưởng|sư đoàn trưởng|lãnh đạo|đại diện|CEO|tổng quản lý|chủ quán|ca sĩ|diễn viên|nhà báo|phóng viên|biên tập viên|tài xế|"
    r"head|chief|chairman|chairwoman|director|deputy director|minister|president|secretary|member of|spokesman|manager|commander|professor|rector)\b",
    re.IGNORECASE,
)
_POST_END = re.compile(
    r"\s*(?:[,;:.()\n–—“”\"]|\s-\s(?=[^\W\d_a-zà-ỹ])|\s(?=(?:đã|cùng|phát biểu|trình bày|nhấn mạnh|cho biết|cho rằng|khẳng định|dự|chủ trì|thay mặt|bày tỏ|nêu|yêu cầu|đề nghị|báo cáo|chúc|gửi|"
    r"tham dự|(?<!đốc )điều hành|cho hay|nói|đánh giá|thông tin|kết luận|với|là|ông|bà|đồng chí|trong|tại|khi|từng|vừa|vào|từ|sẽ|đang|được|bị|có|kể|chia sẻ|lý giải|giải thích|xác nhận|trả lời|tuyên bố|said|who)\b)|$)"
)
POST_CHARS = 110


def find_persons(text: str, start: int, end: int) -> list[Span]:
    """Return the people named in the sentence `text[start:end]`; of a list of people, all of them together as well."""
    sentence = text[start:end]
    people = find_people(sentence)
    spans = [Span(Sort.PERSON, ((start + p.start, start + p.end),)) for p in people]
    taken = {(p.start, p.end) for p in people}
    names = list({fold(p.name): (start + p.start, start + p.end) for p in reversed(people)}.values())[::-1]
    if len(names) > 1 and (is_enumeration(sentence) or _in_a_row(text, names)):
        spans.append(Span(Sort.PERSON, tuple(sorted(names))))
    for match in _TITLED.finditer(sentence):
        span = match.span("name")
        if not any(a < span[1] and span[0] < b for a, b in taken):
            taken.add(span)
            spans.append(Span(Sort.TITLED, ((start + span[0], start + span[1]),)))
    taken |= {(s.start - start, s.end - start) for s in find_organisations(text, start, end)}
    foreign = []
    for a, b in _runs(sentence):
        if any(s < b and a < e for s, e in taken) or " " not in sentence[a:b] or _NOT_A_NAME.match(sentence, a):
            continue
        foreign.append((start + a, start + b))
    spans += [Span(Sort.FOREIGN, (f,)) for f in foreign]
    mixed = sorted([*names, *foreign])
    if foreign and len(mixed) > 1 and _in_a_row(text, mixed):
        spans.append(Span(Sort.FOREIGN, tuple(mixed)))
    return spans


def find_names(text: str, start: int, end: int) -> list[Span]:
    """Return the other capitalised names of a sentence, and rows of them."""
    runs = [(start + a, start + b) for a, b in _runs(text[start:end]) if not _is_word(text, start + a, start + b)]
    spans = [Span(Sort.NAME, (r,)) for r in runs]
    row: list[tuple[int, int]] = []
    for run in runs:
        if row and re.fullmatch(
            r"(?:,|;| và| and|, và|\s\([^()]*\),)\s(?:(?:các|tỉnh|huyện|thành phố|TP\.?|quận|xã|the) )?",
            text[row[-1][1] : run[0]],
        ):
            row.append(run)
            continue
        if len(row) > 1:
            spans.append(Span(Sort.NAME, tuple(row)))
        row = [run]
    if len(row) > 1:
        spans.append(Span(Sort.NAME, tuple(row)))
    return spans


_NEXT = re.compile(r"(?: [^\W\d_]+){1,3}")


def _is_word(text: str, start: int, end: int) -> bool:
    """Return whether a lone capitalised syllable begins a common word or a post: `Công tác`, `Tổng thư ký`."""
    following = _NEXT.match(text, end)
    if following is None or " " in text[start:end]:
        return False
    small = list(itertools.takewhile(str.islower, following[0].split()))
    return any(default_lexicon().knows(" ".join((text[start:end], *small[:n]))) for n in range(1, len(small) + 1))


def find_posts(text: str, start: int, end: int, question: Question) -> list[Span]:
    """Return the posts held by the people the question names, then those of the sentence that it gives to nobody else."""
    sentence = text[start:end]
    spans: list[Span] = []
    others: list[tuple[int, int]] = []
    for person in find_people(sentence):
        if not question.speaks_of(person.name):
            others += person.posts if question.people else ()
        elif person.posts:
            spans += _held([(start + a, start + b) for a, b in person.posts])
    inside = [row for row in _rows_of_posts(text) if start <= row.start and row.end <= end]
    for name in dict.fromkeys(row.person for row in inside if question.speaks_of(row.person)):
        spans += _held([(row.start, row.end) for row in inside if row.person == name])
    spans += [
        Span(Sort.POST, ((start + a, start + b),))
        for a, b in _posts(sentence)
        if not any(s < b and a < e for s, e in others)
    ]
    return spans


def _held(posts: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield the posts of one person, together and each alone."""
    yield Span(Sort.POSTED, tuple(posts))
    if len(posts) > 1:
        yield from (Span(Sort.POSTED, (post,)) for post in posts)


@lru_cache(maxsize=32)
def _rows_of_posts(text: str) -> tuple[Appearance, ...]:
    """Return the posts that a text says somebody holds; read again from it, for a passage that is read knows no ledger."""
    return tuple(row for row in find_appearances(text) if row.role is Role.POST)


def _posts(sentence: str) -> Iterator[tuple[int, int]]:
    done, people = 0, [p.start for p in find_people(sentence)]
    for match in _POST.finditer(sentence):
        if match.start() < done:
            continue
        stop = _POST_END.search(sentence, match.end())
        end = min(stop.start() if stop else len(sentence), match.start() + POST_CHARS)
        end = min([end, *(p for p in people if p > match.end())])
        end = len(sentence[:end].rstrip())
        if end - match.start() >= 6:
            done = end
            yield match.start(), end


def _runs(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words, without what is capitalised because it opens the sentence."""
    for match in _RUN.finditer(sentence):
        start, end = match.span()
        opens = start == 0 or sentence[:start].rstrip()[-1:] in '.:“"!?-–'
        first, _, rest = match[0].partition(" ")
        if first.lower() in _OPENERS and (opens or first.lower() in {"ông", "bà", "anh", "chị", "mr", "mrs", "ms"}):
            if not rest:
                continue
            start += len(first) + 1
        elif opens and not rest and start == 0:
            continue
        yield _behind_place(sentence, start, end), end


def _behind_place(sentence: str, start: int, end: int) -> int:
    """Return where a run begins without the country before it: `Thủ tướng Đức |Angela Merkel`."""
    parts = sentence[start:end].split(" ")
    for taken in range(min(3, len(parts) - 1), 0, -1):
        place = " ".join(parts[:taken])
        if len(parts) - taken > 1 and default_lexicon().is_place(place):
            return start + len(place) + 1
    return start


def _in_a_row(text: str, names: list[tuple[int, int]]) -> bool:
    """Return whether nothing but commas, `và` and titles parts the names."""
    gaps = [text[a[1] : b[0]] for a, b in pairwise(names)]
    return all(
        re.fullmatch(
            r"(?:\s?\([^()]{0,40}\))?\s?(?:,|;|và|cùng|and|,\s?và)?\s*(?:(?:ông|bà|anh|chị|và|and|các)\s*)*", g
        )
        for g in gaps
    )
