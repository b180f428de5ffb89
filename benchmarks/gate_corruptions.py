"""Ways of making an honest claim false, each seeded by the caller's chance; what cannot be made false so gives None."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.language.dates import find_dates
from qa.language.names import Person, find_people
from qa.language.numbers import find_quantities

__all__ = ["CORRUPTIONS", "Stock"]

_UNITS = (
    "đồng|USD", "tỷ|triệu", "tấn|kg", "km|m", "ha|m2", "%|tấn", "billion|million", "dong|dollars", "tonnes|kg", "năm|tháng", "ngày|giờ",
    "triệu|nghìn", "phút|giờ", "tuổi|tháng", "USD|euro", "months|years", "VND|USD",
)  # fmt: skip
_VERBS = (
    "chủ trì|tham dự|báo cáo|bổ nhiệm|phê bình|từ chối|khánh thành|bắt giữ|phản đối|ký kết|mua|bán|xây dựng|phá dỡ|trao tặng|thu hồi|"
    "khởi tố|tuyên dương|chứng kiến|cho biết|điều tra|đề nghị|yêu cầu|phát biểu|tổ chức|khai mạc|thành lập|kiểm tra|xử phạt|công bố|trình bày|"
    "hỗ trợ|sản xuất|xuất khẩu|tiêu hủy|phát hiện|tăng|giảm|hoàn thành|cảm ơn|khuyên"
).split("|")
_ENGLISH_VERBS = (
    "chaired|attended|reported|appointed|criticised|refused|inspected|arrested|opposed|signed|bought|sold|praised|thanked|presented|opened|"
    "cancelled|closed|destroyed|advised|co-chaired|led|paid|asked|collapsed|damaged|exported"
).split("|")
_ALIKE = (
    {"cho biết", "phát biểu"}, {"đề nghị", "yêu cầu"}, {"báo cáo", "trình bày"}, {"công bố", "cho biết", "báo cáo"}, {"tuyên dương", "praised"}, {"presented", "reported"},
    {"chaired", "co-chaired", "led"}, {"damaged", "destroyed", "collapsed"}, {"tham dự", "chứng kiến"}, {"sold", "exported"}, {"bán", "xuất khẩu"},
)  # fmt: skip
_DENIED = re.compile(r"\b(?:không|chưa|chẳng)(?: hề)? (?!khí|gian|quân|ít|ngừng|chỉ|những|được)(?=\w)")
_ALSO = re.compile(r"(?:hàng|phòng|trên|có|hay|số|tàu|đường) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stock:
    """What false parts are taken from: the people, posts, numbers and dates of the article and of others."""

    people: tuple[str, ...]
    posts: tuple[str, ...]
    numbers: tuple[str, ...]
    dates: tuple[str, ...]


Corruption = Callable[[str, Stock, random.Random], str | None]


def wrong_number(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Change a number: one digit, or for another number of the article."""
    found = [m for q in find_quantities(claim) for m in re.finditer(r"\d[\d.,]*(?<=\d)", q.text) if q.unit != "clock"]
    spans = [(q.start, q.end) for q in find_quantities(claim) if q.text[0].isdigit() and q.unit != "clock"]
    if not found or not spans:
        return None
    start, end = chance.choice(spans)
    match = re.match(r"\d[\d.,]*(?<=\d)", claim[start:end])
    if match is None:
        return None
    others = [n for n in stock.numbers if n != match[0]]
    if others and chance.random() < 0.4:
        made = chance.choice(others)
    else:
        at = chance.choice([i for i, c in enumerate(match[0]) if c.isdigit()])
        made = match[0][:at] + chance.choice([c for c in "123456789" if c != match[0][at]]) + match[0][at + 1 :]
    return claim[:start] + made + claim[start + match.end() :]


def wrong_unit(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Change the unit or size behind a number."""
    del stock
    options = []
    for pair in _UNITS:
        for one, other in (pair.split("|"), pair.split("|")[::-1]):
            for match in re.finditer(
                rf"(?<=\d )(?:(?:tỷ|triệu|nghìn|billion|million) )?({re.escape(one)})(?!\w)|(?<=\d){re.escape(one)}(?!\w)",
                claim,
            ):
                group = 1 if match[1] else 0
                inside = any(d.start <= match.start(group) < d.end for d in find_dates(claim))
                if not inside:
                    options.append((match.start(group), match.end(group), other))
    if not options:
        return None
    start, end, other = chance.choice(options)
    return claim[:start] + other + claim[end:]


def wrong_role(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Give a person a post of somebody else."""
    held = [(a, b) for p in find_people(claim) for a, b in p.posts]
    if not held:
        return None
    mine = {claim[a:b].lower() for a, b in held}
    others = [p for p in stock.posts if p.lower() not in mine and not any(m.startswith(p.lower()) for m in mine)]
    if not others:
        return None
    start, end = chance.choice(held)
    return claim[:start] + chance.choice(others) + claim[end:]


def swapped_names(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Swap two people who do not do the same, or put in another of the article."""
    people = find_people(claim)
    apart = [
        (a, b) for i, a in enumerate(people) for b in people[i + 1 :]
        if a.name != b.name and not re.fullmatch(r"[\s,]*(?:và|cùng|and|với|ông|bà|anh|chị|đồng chí|[\s,])*", claim[a.end : b.start])
    ]  # fmt: skip
    if apart and chance.random() < 0.6:
        a, b = chance.choice(apart)
        coordinate = (a.posts or b.posts) or re.search(
            r"\b(?:cho biết|nói|dự|chủ trì|phát biểu)\b", claim[a.end : b.start]
        )
        return claim[: a.start] + b.name + claim[a.end : b.start] + a.name + claim[b.end :] if coordinate else None
    others = [n for n in stock.people if n not in claim and not any(n in p.name for p in people)]
    if not people or not others:
        return None
    person = chance.choice(people)
    return claim[: person.start] + chance.choice(others) + claim[person.end :]


def swapped_posts(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Swap the posts of two people of one list."""
    del stock
    holders = [p for p in find_people(claim) if p.posts]
    pairs = [(a, b) for i, a in enumerate(holders) for b in holders[i + 1 :] if _differ(claim, a, b)]
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    (a, b), (c, d) = one.posts[0], other.posts[0]
    if chance.random() < 0.5:
        return f"{one.name}, {claim[c:d]}."
    if b > c:
        return None
    return claim[:a] + claim[c:d] + claim[b:c] + claim[a:b] + claim[d:]


def _differ(claim: str, one: Person, other: Person) -> bool:
    mine, theirs = ([claim[a:b].lower() for a, b in p.posts] for p in (one, other))
    return (
        mine[0] not in theirs
        and theirs[0] not in mine
        and not mine[0].startswith(theirs[0])
        and not theirs[0].startswith(mine[0])
    )


def wrong_verb(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Put another deed in place of one."""
    del stock
    options = [
        (m.span(), verbs) for verbs in (_VERBS, _ENGLISH_VERBS) for v in verbs for m in re.finditer(rf"(?<!\w){v}(?!\w)", claim)
    ]  # fmt: skip
    if not options:
        return None
    (start, end), verbs = chance.choice(options)
    old = claim[start:end]
    others = [v for v in verbs if v not in claim and not any({v, old} <= group for group in _ALIKE)]
    return claim[:start] + chance.choice(others) + claim[end:]


def dropped_negation(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Take out a denial."""
    del stock
    found = [m for m in _DENIED.finditer(claim) if not _ALSO.search(claim[: m.start()])]
    found += list(re.finditer(r"\b(?:no longer|not|never) ", claim))
    if not found:
        return None
    match = chance.choice(found)
    return claim[: match.start()] + claim[match.end() :]


def added_negation(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Deny a deed."""
    del stock
    options = [
        (m.start(), chance.choice(["không ", "chưa "]))
        for v in _VERBS
        for m in re.finditer(rf"(?<!\w){v}(?!\w)", claim)
    ]
    options += [(m.start(), "never ") for v in _ENGLISH_VERBS for m in re.finditer(rf"(?<!\w){v}(?!\w)", claim)]
    options += [(m.end() + 1, "not ") for m in re.finditer(r"\b(?:was|is|will|has|had|were)(?= )", claim)]
    if not options:
        return None
    at, word = chance.choice(options)
    return claim[:at] + word + claim[at:] if not re.search(r"(?:không|chưa) (?:\w+ )?$", claim[:at]) else None


def wrong_date(claim: str, stock: Stock, chance: random.Random) -> str | None:
    """Change a day, a month or a year, or take another date of the article."""
    dates = find_dates(claim)
    if not dates:
        return None
    date = chance.choice(dates)
    others = [d for d in stock.dates if d not in claim and not _same_day(d, date.value)]
    if others and chance.random() < 0.4:
        return claim[: date.start] + chance.choice(others) + claim[date.end :]
    numbers = list(re.finditer(r"\d+", date.text))
    match = chance.choice(numbers)
    value = int(match[0])
    made = (
        value + chance.choice([-1, 1, 2])
        if value > 31
        else value % (12 if len(numbers) > 1 and match is numbers[1] else 28) + 1
    )
    if made == value:
        return None
    return claim[: date.start + match.start()] + str(made) + claim[date.start + match.end() :]


def _same_day(text: str, value: str) -> bool:
    return any(d.value[-5:] == value[-5:] or value.startswith(d.value) for d in find_dates(text))


CORRUPTIONS: dict[str, Corruption] = {
    "wrong number": wrong_number,
    "wrong unit": wrong_unit,
    "wrong role": wrong_role,
    "swapped names": swapped_names,
    "swapped posts": swapped_posts,
    "wrong verb": wrong_verb,
    "dropped negation": dropped_negation,
    "added negation": added_negation,
    "wrong date": wrong_date,
}
