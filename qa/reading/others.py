"""Whether a clause tells of somebody else than the people a question names: `bà Tư nói gì` is not answered with what her neighbour said."""

import re
from functools import lru_cache

from qa.language.forms import UPPER, WORD, fold
from qa.language.names import find_people
from qa.question import Question

__all__ = ["asks_for_words", "of_others"]

_SPEECH = re.compile(
    r"\b(?:noi|phat bieu|cho biet|cho rang|khang dinh|tuyen bo|nhan xet|yeu cau|de nghi|tra loi|dap lai|phan hoi|keu goi|canh bao|nhan manh|binh luan|"
    r"say|said|says|tell|told|answer|answered|reply|replied|respond|responded|urge|urged|demand|claim|claimed|warn|warned|comment|react|suggest|propose|announce)\b"
)
"""Asks what somebody said."""
LEAD = 80
"""Characters of a clause in which it may be said whom it tells of."""
_NAME = rf"[{UPPER}][^\W\d_]*"
_ADDRESSED = re.compile(
    rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]ụ|[Ee]m|[Đđ]ồng chí|[Tt]ướng|[Ll]uật sư|[Bb]ác sĩ|Mr|Mrs|Ms|Dr)\.? (?P<name>{_NAME}(?: {_NAME})*)"
)


_SPEAKS = re.compile(
    rf"(?<!\w)(?P<name>{_NAME}(?: {_NAME})+) (?:đã |cũng |còn |đều |vừa )?(?:khẳng định|nhấn mạnh|cho biết|cho rằng|cho hay|nói|phát biểu|tuyên bố|đề nghị|yêu cầu|kêu gọi|cảnh báo|nhận định|bày tỏ|chia sẻ|trả lời)(?!\w)"
)


def of_others(question: Question, text: str, start: int, span: tuple[int, int]) -> bool:
    """Return whether the sentence names people up to the beginning of a clause, but none of those the question names.

    Args:
        question: One that names nobody is asked of nobody in particular.
        text: Of the article.
        start: Where the sentence begins.
        span: Start and end of the clause.
    """
    asked = _last_names(question.text)
    if not asked:
        return False
    named = _last_names(text[start : min(span[0] + LEAD, span[1])]) | _speakers(text[start : span[1]])
    return bool(named) and named.isdisjoint(asked | {fold(w) for w in WORD.findall(question.text)})


def asks_for_words(question: Question) -> bool:
    """Return whether a question asks what somebody it names said."""
    return _SPEECH.search(question.folded) is not None and bool(_last_names(question.text))


@lru_cache(maxsize=2048)
def _speakers(text: str) -> frozenset[str]:
    """Return the folded last names of those before a verb of speech."""
    return frozenset(fold(m["name"].rpartition(" ")[2]) for m in _SPEAKS.finditer(text))


@lru_cache(maxsize=2048)
def _last_names(text: str) -> frozenset[str]:
    names = [p.name for p in find_people(text)] + [m["name"] for m in _ADDRESSED.finditer(text)]
    return frozenset(fold(n.rpartition(" ")[2]) for n in names)
