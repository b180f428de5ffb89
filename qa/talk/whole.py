"""A question put together from two turns, understood: each part in its own language, with or without diacritics."""

import re
from dataclasses import replace

from qa.language.forms import fold, has_accents
from qa.question import Question, understand

__all__ = ["whole_question"]

_BEHIND = re.compile(r" \(([^()]*(?:\([^()]*\)[^()]*)*)\)\??$")
"""What the turns before were about, behind the last one."""


def whole_question(text: str) -> Question:
    """Return a question that was made whole, understood.

    `Có bao nhiêu người dự (the Hamburg conference)?` is a Vietnamese question that looks for what English words mean, and
    `Nguyen Van Nen` in an accented one is written as it was in the turn that it comes from. What stands behind asks nothing.

    Args:
        text: As `qa.conversation.follow` makes it.
    """
    behind = _BEHIND.search(text)
    own = text[: behind.start()] if behind else text
    asked = understand(own)
    borrowed = [behind[1]] if behind and _written(behind[1]) != _written(own) else []
    bare = own
    if has_accents(own) and asked.language == "vi":
        for name in {n for n in asked.people if not has_accents(n)}:
            borrowed.append(name)
            bare = bare.replace(name, " , ")
    if not borrowed:
        whole = understand(text)
        return replace(whole, slots=asked.slots) if any(s.end > s.start for s in asked.slots) else whole
    units = [*(understand(bare) if bare != own else asked).units]
    dates, people = asked.dates, asked.people
    if behind:
        about = understand(behind[1])
        at = behind.start(1)
        dates = (*dates, *(d._replace(start=d.start + at, end=d.end + at) for d in about.dates))
        people = (*people, *about.people)
        borrowed = borrowed if behind[1] in borrowed else [behind[1], *borrowed]
    units += [u for part in borrowed for u in understand(part).units]
    return replace(
        asked,
        text=text,
        units=tuple(dict.fromkeys(units)),
        dates=dates,
        people=tuple(dict.fromkeys(people)),
        folded=fold(text),
    )


def _written(text: str) -> tuple[str, bool]:
    """Return the language of a text, and whether it is Vietnamese without diacritics."""
    language = understand(text).language
    return language, language == "vi" and not has_accents(text)
