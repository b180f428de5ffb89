"""What a question counts from today: `năm ngoái`, `tuần trước`, `last week`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.language.forms import has_accents, words
from qa.language.times import bounds, find_counted, spelled
from qa.question import Question, understand
from qa.schema import Article, DateMention

__all__ = ["Timed", "timed"]

_PASSING = ("nay", "today", "this year", "this month", "this week")
"""Ends of words that also say no more than `now`; a question with these alone is not one about a time."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A question with what it counts from today.

    Attributes:
        question: The question without the words that count, and with the times they mean, offsets as in the whole.
        understood: Its text with each of these times spelled out, or "" when there is none.
        elsewhere: Whether it asks about a time that no article is dated by.
    """

    question: Question
    understood: str = ""
    elsewhere: bool = False

    def misses(self, best: Article | None) -> bool:
        """Return whether the question asks about a time other than that of the article that fits it best."""
        return self.elsewhere and best is not None and (best.event or best.published) is not None


def timed(question: Question, *, today: date, dated: Callable[[date, date], bool]) -> Timed:
    """Return the question with the times that it counts from `today`.

    An article may say `năm nay` itself, and a question repeat it; so a time that no article is dated by is not looked for.

    Args:
        question: The question, understood.
        today: The day that is counted from.
        dated: Whether any article happened or was published from one day to another, both included.
    """
    text = question.text
    plain = question.language == "vi" and not has_accents(text)
    found = find_counted(text, counted_from=today.isoformat(), plain=plain)
    named = [m for m in found if not any(d.start < m.end and m.start < d.end for d in question.dates)]
    known = [m for m in named if (ends := bounds(m.value)) and dated(*ends)]
    if not known or not words(_without(text, known)):
        return Timed(question, elsewhere=any(not m.text.casefold().endswith(_PASSING) for m in named))
    asked = understand(_without(text, known))
    dates = sorted((*asked.dates, *known), key=lambda d: d.start)
    return Timed(replace(asked, dates=tuple(dates)), _spelled(text, known))


def _without(text: str, times: Sequence[DateMention]) -> str:
    """Return the text without the words that count: articles of other years say `năm ngoái`, too."""
    for mention in reversed(times):
        text = f"{text[: mention.start].rstrip()} {text[mention.end :].lstrip()}".strip()
    return text


def _spelled(text: str, times: Sequence[DateMention]) -> str:
    for mention in reversed(times):
        text = f"{text[: mention.end]} ({spelled(mention.value)}){text[mention.end :]}"
    return text
