"""Whether a person stands where the subject of a clause does, or is the object of a verb before."""

import re

__all__ = ["stands_first"]

_WORD = re.compile(r"(\w++)\s*+\Z")
_OWNER = re.compile(r"\w+[’'](?:s )?\s?\Z")
_BEFORE_SUBJECTS = frozenset(
    (
        "rằng khi sau lúc nay qua trước là thì nhưng và còn mà do bởi theo vì nên nơi hôm chiều sáng tối trưa đó này ấy đây nếu dù tuy như cả riêng lời "
        "báo tin bố lộ nhận kể viết cáo dẫn biết hay thấy định nói lại năm tháng tuần ngày cùng với thời that said says when while as and but after because though if by to which where"
    ).split()
)
"""Words that subjects stand behind."""
_DETERMINERS = frozenset("the his her its their our my".split())
"""English words that stand before a subject and belong to it."""


def stands_first(text: str, start: int) -> bool:
    """Return whether nothing before a person at `start` governs it: a clause begins there, or what introduces one stands before."""
    last = _WORD.search(text, max(0, start - 20), start)
    owner = _OWNER.search(text, max(0, start - 30), start) if text.endswith(("s ", "' ", "’ "), 0, start) else None
    if owner:
        last = _WORD.search(text, max(0, owner.start() - 20), owner.start())
    if last and last[1] in _DETERMINERS:
        last = _WORD.search(text, max(0, last.start() - 20), last.start())
    return last is None or not last[1].islower() or last[1] in _BEFORE_SUBJECTS or any(c.isdigit() for c in last[1])
