"""The words by which a turn joins the one before, points back to it, and says nothing of its own."""

import re
from functools import cache

from qa.language.forms import UPPER, fold, fold_pattern, has_accents, is_syllable, nfc, words
from qa.language.lexicon import default_lexicon
from qa.question import Question, understand

__all__ = [
    "BEGINNING",
    "CAPITALS",
    "ENGLISH_DATE",
    "ENGLISH_PARTICLES",
    "NAME",
    "NAMED_FIRST",
    "PARTICLES",
    "PLAIN_PARTICLES",
    "UNIT",
    "VIETNAMESE_DATE",
    "WORD",
    "asked_by_name",
    "capital",
    "compiled",
    "content_of",
    "denied",
    "last_name",
    "of_a_country",
    "turn_language",
    "unaccented",
    "uncapital",
    "without_lead",
    "without_pro_verb",
]

_OH = r"(?:(?:à|ồ|ơ|ờ|ừ|ủa|ấy)(?: (?:không|nhầm))?,? )"
_CORRECTION = (
    rf"{_OH}?(?:(?:không phải(?: vậy| thế)?|không|(?:(?:tôi|mình|em|tớ) )?(?:hỏi |gõ |nói |ghi |nhớ )?(?:nhầm|lộn)(?: rồi| mất)?|sai rồi|xin lỗi)[,.]? +)+(?:(?:ý )?(?:tôi|mình|em|tớ)(?: là| muốn hỏi| hỏi| muốn nói)(?: đến| về)?:? |(?:là|hỏi|phải là) )?"
    rf"|{_OH}?(?:ý )?(?:tôi|mình|em|tớ) (?:chỉ )?(?:muốn hỏi|hỏi|muốn nói)(?: là| về| đến| riêng)?:? |{_OH}?ý (?:tôi|mình|em|tớ)(?: là|:):? |{_OH}?(?:chỉ )?hỏi (?:riêng )?(?=.* (?:cơ|thôi|mà)[ ?.!]*$)|{_OH}(?=.* (?:cơ|thôi|mà)[ ?.!]*$)"
)
_ALIKE = r"(?:(?:cũng |vẫn )?(?:câu|câu hỏi)(?: hỏi)? (?:đó|ấy|này|trên|vừa rồi|tương tự|y vậy|như vậy)|tương tự|y (?:vậy|thế|chang)|hỏi (?:y vậy|tương tự|như vậy))[, ]+(?:(?:nhưng|mà|thì)[, ]+)?(?:(?:cho|với|về|đối với) )?"
"""What asks the same once more of something else: `câu đó cho Bình An`."""
_LEAD = rf"(?:(?:ừ|ờ|à|ok|vâng|dạ|rồi)[, ]+)?(?:(?:(?:thế |vậy )?còn |và |thế )?{_ALIKE}|(?:(?:thế còn|vậy còn|còn) riêng|riêng|thế còn|vậy còn|thế thì|vậy thì|còn như|còn|thế|vậy|rồi|và|ngoài ra(?: còn)?|thế rồi|tính ra|hoá ra|hóa ra|rốt cuộc|cuối cùng)[, ]+)"
_TAIL = r"(?:[ ,]+(?:thì sao|thì thế nào|thì như thế nào|ra sao|cơ|cơ mà|(?:(?<=gì )|(?<=nào )|(?<=nhiêu ))kia|mới đúng|thôi|mà|nhé|nha|ạ|vậy|thế|hả|chứ|nhỉ))?[ ?.!]*$"
_WHAT_OF = r"[ ,]+(?:thì sao|thì thế nào|thì như thế nào)[ ?.!]*$"
"""What makes `năm 2016 thì sao?` a follow-up without any opening."""
_ENGLISH_CORRECTION = r"(?:(?:no|sorry|oops|wait|actually)[,.:;!–-]? +)+(?:i (?:mean|meant)(?: to ask)?(?: about)? )?|i (?:mean|meant)(?: to ask)?(?: about)? "
_ENGLISH_LEAD = r"(?:(?:ok(?:ay)?|oh|well|hm+|right)[, ]+)?(?:(?:(?:and|but)[, ]+)?(?:the )?(?:same|similar)(?: again)?(?: (?:question|thing|one|query))?[, ]+(?:but )?(?:for|about|of|with|on)(?= )|and (?:what|how) about|(?:what|how) about|and then|and|then|but|so|also|ok(?:ay)?|in the end|overall)[, ]+"
_ENGLISH_TAIL = r"(?:[ ,]+(?:instead|(?<!by )(?<!since )(?<!until )(?<!before )then|too|as well))?[ ?.!]*$"
VIETNAMESE_DATE = r"(?:(?:vào|trong|hồi|từ) )?(?:(?:đầu|cuối|giữa) )?(?:(?:sáng|chiều|tối|đêm|trưa) )?(?:(?:ngày|tháng|năm|quý|Tết|tết|dịp) )*"
ENGLISH_DATE = r"(?:(?:in|on|during) )?(?:(?:early|late|mid) )*"
PARTICLES = frozenset(
    "đã sẽ được bị đang là có do bởi thì mà cho của tại ở trong vào từ với về đến vừa mới cùng rằng gồm".split()
)
PLAIN_PARTICLES = frozenset(fold(w) for w in PARTICLES)
ENGLISH_PARTICLES = frozenset(
    "did does do was were is are has have had will would can could be been being of in on at to for by with from about as there s".split()
)
SHORT = 4
"""Words of a turn whose language may be taken for that of the conversation."""
_ENGLISH_BEGUN = re.compile(r"(?i)(?:no|not|and|or|but|in|on|at|the|his|her|its|why|who|when|so|i)\b")
_ONLY_NAMED = (
    (r"(?:the )?(?:cause|reason)s?|what for", "why"), (r"(?:the )?(?:location|place|venue)", "where"), (r"(?:the )?(?:date|time)", "when"),
    (r"(?:his|their|the) age", "how old is he"), (r"her age|age", "how old is she"), (r"(?:his|the) name", "who is he"),
    (r"địa điểm|nơi nào", "ở đâu"), (r"thời gian|thời điểm|ngày giờ", "khi nào"), (r"tuổi|độ tuổi", "bao nhiêu tuổi"), (r"lý do|lí do", "vì sao"),
)  # fmt: skip
"""What is asked for by its name alone, and how it is asked for."""
_PRO_VERB = re.compile(
    r"(?i)(?P<asking>why|how|when|where) (?:(?:did|does|do|has|have|had|will|would|can|could)(?:n['’]t)? )(?:he|she|they|it|that|this)(?: (?:do|doing) (?:that|this|it|so))?[ ?.!]*"
)
_DENIED = r"(?P<new>.+?)(?:,? chứ|,) (?:không|đâu) phải(?: là)? (?P<old>.+)|(?:ý (?:tôi|mình|em|tớ) (?:là )?)?(?:không phải|không)(?: là)? (?P<older>[^,]+), (?:mà )?(?:là )?(?P<newer>.+)"
_ENGLISH_DENIED = (
    r"(?i)(?P<new>.+?),? (?:and )?not (?P<old>.+)|(?:no, )?not (?P<older>[^,:;.–-]+)[,:;.–-]+ (?:but )?(?P<newer>.+)"
)
NAME = re.compile(rf"(?<=[^.?!] )[{UPPER}]\w*(?: [{UPPER}]\w*)*")
UNIT = re.compile(r"[A-Z]{2}D|EUR|GBP|JPY|CNY|KRW|VN[DĐ]|GW|MW|KW|GB|TB")
"""Units are no names."""
BEGINNING = frozenset(
    "who whom whose what which when where why how is are was were does did do has have had can could would will and but so in on at for from by with the a an if since after before besides any anything anyone anybody some something someone somebody everything everyone nothing nobody both each either neither all most many that this those these which".split()
)
"""Words whose capital is but that of the beginning."""
NAMED_FIRST = re.compile(rf"[{UPPER}]\w+(?: [{UPPER}]\w+)+")
"""A name at the beginning, where one word alone may have its capital from that."""
CAPITALS = (
    rf"[{UPPER}][\w-]*(?: (?:[{UPPER}][\w-]*|(?:el|al|ul)-[{UPPER}][\w-]*|\d[\w-]*(?! *(?:người|con|tỷ|triệu))))*"
)
"""A name, with its number: `Hành tinh 9`."""
WORD = re.compile(r"[^\W_]+(?:[./-]\w+)*")


def turn_language(text: str, *, vietnamese: bool) -> str:
    """Return the language of a turn: short ones that may be either are in that of the turn before.

    Args:
        text: The turn.
        vietnamese: Whether the turn before is Vietnamese.
    """
    language = understand(text).language
    if has_accents(text) or (language == "vi") is vietnamese:
        return language
    alphabetic = [w for w in words(text) if w.isalpha()]
    if vietnamese:
        return "vi" if all(map(is_syllable, alphabetic)) else language
    begun = _ENGLISH_BEGUN.match(text) or not all(map(is_syllable, alphabetic))
    names = {w.lower() for m in NAME.finditer(text) for w in m[0].split()}
    return (
        "en"
        if begun
        and len([w for w in alphabetic if w not in names]) <= SHORT
        and not compiled(_LEAD, plain=True).match(text)
        else language
    )


def without_lead(text: str, *, language: str = "") -> tuple[str, bool]:
    """Return a turn without what joins it to the one before (`còn … thì sao?`, `no, I mean …`), and whether anything did.

    Args:
        text: The turn.
        language: That of the turn; as it seems when empty.
    """
    language = language or understand(text).language
    plain = not has_accents(text)
    english = (_ENGLISH_CORRECTION, _ENGLISH_LEAD, _ENGLISH_TAIL)
    correction, lead, tail = english if language == "en" else (_CORRECTION, _LEAD, _TAIL)
    if language == "vi" and (found := compiled(_WHAT_OF, plain=plain).search(text)) and words(text[: found.start()]):
        shorter, _ = without_lead(text[: found.start()], language=language)
        return shorter, True
    for opening in (correction, lead):
        found = compiled(opening, plain=plain).match(text)
        if found and words(text[found.end() :]):
            rest = text[found.end() :]
            shorter = rest[: compiled(tail, plain=plain).search(rest).start()]  # type: ignore[union-attr]  # it can be empty
            return (shorter if words(shorter) else rest), True
    return text, False


def asked_by_name(text: str) -> str:
    """Return a turn that but names what it wants, `cause?` or `địa điểm?`, as a question; another one as it is."""
    bare, plain = text.strip(" ?.!"), not has_accents(text)
    return next(
        (
            f"{said}?"
            for name, said in _ONLY_NAMED
            if compiled(name, plain=plain and not name.isascii()).fullmatch(bare)
        ),
        text,
    )


def without_pro_verb(text: str) -> str:
    """Return an English turn without the verb that stands for one said before: `why` of `why did she?`."""
    found = _PRO_VERB.fullmatch(text.strip())
    return f"{found['asking']}?" if found else text


def denied(text: str, *, language: str) -> tuple[str, str] | None:
    """Return what a correction puts in the place of what: `the Party`, `the Office` of `the Party, not the Office`."""
    pattern = _ENGLISH_DENIED if language == "en" else _DENIED
    found = compiled(pattern, plain=language == "vi" and not has_accents(text)).fullmatch(text.strip(" ?.!"))
    if not found:
        return None
    new, old = (found["new"], found["old"]) if found["new"] else (found["newer"], found["older"])
    tail = compiled(_TAIL, plain=not has_accents(new)).search(new)
    return (new[: tail.start()] if tail and tail.start() else new), old


def last_name(text: str) -> tuple[int, int] | None:
    """Return where the last capitalised name of a question stands, its beginning apart."""
    found = [m for m in NAME.finditer(text) if not UNIT.fullmatch(m[0])]
    return found[-1].span() if found else None


def content_of(asked: Question) -> list[str]:
    """Return the words of a question beside those that ask and those that mean little."""
    text = asked.text
    for slot in sorted(asked.slots, key=lambda s: -s.start):
        text = text[: slot.start] + " " + text[slot.end :]
    for date in asked.dates:
        text = text.replace(date.text, " ")
    idle = (
        (ENGLISH_PARTICLES | {"the", "a", "an", "else", "many", "much", "year", "month"})
        if asked.language == "en"
        else PARTICLES
        | PLAIN_PARTICLES
        | {"vậy", "thế", "vay", "the", "người", "nguoi", "năm", "nam", "tháng", "thang", "ngày", "ngay"}
    )
    return [w for w in words(text) if w not in idle]


def of_a_country(name: str) -> bool:
    """Return whether a word with a capital only tells which country something is of: `Korean`."""
    _, entries = default_lexicon().match([name.lower()], 0)
    return any(e.kind == "adjective" for e in entries)


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """Return a text without the capital at its beginning, unless a name begins there."""
    forms = text.split(" ", 4)
    first = forms[0]
    titled = first in {"Ông", "Bà", "Anh", "Chị", "Ong", "Ba"}
    if first[1:].lower() != first[1:] or (len(forms) > 1 and forms[1][:1].isupper() and not titled):
        return text
    lowered = [w.lower() for w in forms]
    lexicon = default_lexicon()
    plain = not has_accents(text)
    _, entries = lexicon.match(lowered, 0)
    if any(e.kind in {"place", "institution"} for e in entries):
        return text
    known = (
        lowered[0] in _ASKING
        or is_syllable(first)
        or len(entries) > 0
        or lexicon.match_vietnamese(lowered, 0, plain=plain)[0]
    )
    return text[:1].lower() + text[1:] if known else text


_ASKING = frozenset(
    "ai gì nào đâu khi lúc hồi ở tại trong theo sau trước vào ngày năm tháng các những có người ông bà anh chị vì sao bao mấy hội who whom whose what "
    "which when where why how the a an in on at from of by with and did does do was were is are có gi nao dau luc tai theo sau truoc vao ngay nam "
    "thang cac nhung co nguoi ong ba vi may hoi dau cuoi đầu cuối".split()
)


def unaccented(text: str) -> str:
    """Return a text without Vietnamese diacritics, capitals kept: what was typed without any is put together without any."""
    return "".join(c if (plain := fold(c)) == c.lower() else plain.upper() if c.isupper() else plain for c in nfc(text))


@cache
def compiled(pattern: str, *, plain: bool) -> re.Pattern[str]:
    """Return a pattern in which case does not matter, of words typed without diacritics when `plain`."""
    return re.compile(fold_pattern(pattern) if plain else pattern, re.IGNORECASE)
