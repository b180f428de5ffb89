"""Somebody or something that a turn calls only by what it is, `the loser`, `còn người ký đơn?`: asked for as who or what that is."""

import re

from qa.kinds import Kind
from qa.kinds.nouns import PLAIN_OF, VIETNAMESE_OF
from qa.language.forms import fold, has_accents, words
from qa.question import Question, understand
from qa.talk.about import joined
from qa.talk.before import Before
from qa.talk.nouns import is_post
from qa.talk.pointing import named
from qa.talk.topics import topic_of
from qa.talk.words import capital, compiled

__all__ = ["described"]

_OWNED = re.compile(r"(?:its|his|her|their) (?:[a-z-]+ ){0,2}(?P<noun>[a-z-]+)")
"""What is somebody's or something's of whom more is asked: `its maximum range`."""
LEAST_TOLD = 4
"""Words from which on a Vietnamese turn tells who somebody is: `người đứng ra ký`."""
_ENGLISH_ROLE = re.compile(
    r"(?i)(?:the|his|her|its|their) (?:[a-z]+['’]s )?(?:[a-z-]+ ){0,2}?(?P<role>[a-z]+(?:er|or|ist|ian|ee)|runner-up|victim|suspect|pilot|champion|chief|head|host|thief|wife|husband|son|daughter|mother|father|partner|brother|sister|rival|witness|judge|king|queen|mayor|guard|captain|student|president)"
)
_NO_ROLE = frozenset(
    "number river tower water weather paper power order border matter letter quarter dinner summer winter october september november december computer corner centre center committee coffee fee error door floor sector factor tractor reactor motor mirror terror colour color doctor offer charter chapter newspaper cover layer".split()
)
_ANYBODY = frozenset("man men woman women boy boys girl girls child children people person".split())
_SOMEBODY = (
    r"(?:người|kẻ|nguoi|ke) (?!ta\b|nào\b|nao\b|dân\b|dan\b|nước\b|nuoc\b|lớn\b|lon\b|già\b|gia\b|việt\b|viet\b)[^,?]+"
)
_VIETNAMESE_ROLE = r"(?:(?:đơn vị|bên|hãng|công ty) )?(?:tác giả|chủ nhân|chủ tàu|chủ xe|chủ nhà|chủ đầu tư|nạn nhân|nghi phạm|hung thủ|thủ phạm|tài xế|á quân|quán quân|người thắng|người thua|nhà thầu|đối thủ|trọng tài|thuyền trưởng|phi công)"
_QUANTITIES = {
    r"(?:tổng )?(?:chi phí|kinh phí|vốn|giá|giá vé|giá bán|mức phạt|tiền phạt|doanh thu|lợi nhuận|diện tích|thiệt hại|công suất|trọng lượng|chiều dài|chiều cao|tốc độ|tuổi thọ|mức lương|lương|lãi suất|lãi|học phí|phí|tiền lãi|sản lượng|dân số|tỷ lệ|tỉ lệ|chiều rộng|độ cao|độ sâu|nhiệt độ|sức gió|thời hạn|mức lãi|tổng số|quãng đường|sĩ số|sức chứa)": "bao nhiêu",
    r"(?:kết quả|hậu quả|tình hình|phản ứng|tình trạng)": "thế nào",
    r"(?:mục đích|mục tiêu|lý do|nguyên nhân|hình phạt|tội danh|giải thưởng)": "là gì",
}  # fmt: skip
_ENGLISH_QUANTITIES = {
    r"(?:the |its |their |his |her )?(?:total |ticket )?(?:cost|price|budget|fine|prize money|salary|revenue|profit|damage|bill|fee|turnover)": "How much is",
    r"(?:the |its |their |his |her )?(?:final )?(?:score|result|outcome|aim|purpose|motive|verdict|sentence|charge|penalty|prize|reaction|response)": "What is",
}  # fmt: skip


def described(rest: str, asked: Question, before: Before) -> str | None:
    """Return a turn that asks nothing and only says what somebody or something is as a question of who or what; None of another one.

    Where the question before asks for one of the sort, this takes its place and is not asked for.

    Args:
        rest: The turn without what joins it to the one before.
        asked: That, understood.
        before: The turn before.
    """
    part = rest.strip(" ?.!,")
    own = before.own
    if any(w in {fold(o) for o in words(own)} for w in map(fold, words(part)[-1:])):
        return None
    if owned := _OWNED.fullmatch(part):
        asking = "Who" if is_post(part) else "How much" if before.question.kind.counts else "What"
        question = f"{asking} {'are' if owned['noun'].endswith('s') else 'is'} {part}"
        named_there = named(question, understand(question), before)
        return capital(named_there) if named_there != question else joined(question, topic_of(before), asked, before)
    question = _in_vietnamese(part, own) if asked.language == "vi" else _in_english(part, own, before)
    return joined(capital(question), topic_of(before), asked, before) if question else None


def _in_english(part: str, own: str, before: Before) -> str:
    for said, asking in _ENGLISH_QUANTITIES.items():
        if re.fullmatch(said, part, re.IGNORECASE) and not before.question.kind.counts:
            determined = re.match(r"(?i)(?:the|its|their|his|her) ", part)
            return f"{asking} {'' if determined else 'the '}{part}"
    role = _ENGLISH_ROLE.fullmatch(part)
    person = before.question.kind is Kind.PERSON
    if (
        not role
        or role["role"].lower() in _NO_ROLE
        or not person
        or any(is_post(w) for w in words(own) if w not in _ANYBODY)
    ):
        return ""
    return f"Who is {part}"


def _in_vietnamese(part: str, own: str) -> str:
    plain = not has_accents(part)
    for said, asking in _QUANTITIES.items():
        if compiled(said, plain=plain).fullmatch(part) and not compiled(said, plain=not has_accents(own)).search(own):
            return f"{part} {fold(asking) if plain else asking}"
    told = compiled(_SOMEBODY, plain=False).fullmatch(part) and len(words(part)) >= LEAST_TOLD and part[1:].islower()
    table = VIETNAMESE_OF if has_accents(own) else PLAIN_OF
    forms = words(own)
    posts = any(table.get(" ".join(forms[i : i + n])) is Kind.PERSON for i in range(len(forms)) for n in (1, 2, 3))
    again = {"người", "nguoi", "kẻ", "ke"} & set(forms)
    role = compiled(_VIETNAMESE_ROLE, plain=plain).fullmatch(part) and not posts
    return f"{part} {'la' if plain else 'là'} ai" if role or (told and not again and not posts) else ""
