"""Follow-ups made whole: `còn năm 2016?`, `ông ấy giữ chức gì?`, `and where was it held?` as questions that need no history.

By rule. A turn that says enough by itself stays as it is: a change of topic is not dragged along.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.kinds import Kind
from qa.language.forms import nfc, words
from qa.question import understand
from qa.schema import Hit, Turn
from qa.talk.about import asking_for_others, of_the_same, stands_by_itself
from qa.talk.before import Before
from qa.talk.parts import at_another_time, in_place, is_date
from qa.talk.pointing import named
from qa.talk.words import capital, content_of, without_lead

__all__ = ["FollowUp", "follow", "nearer", "stand_alone"]

SAME, SAME_ARTICLES = 0.3, 3
"""How much a passage gains that lies in the best article of the question before, beside a score of 1; how many articles count."""
LONGEST_TURN = 2000
"""Characters of a turn before that are read."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The last question of a conversation, made whole.

    Attributes:
        text: A question that needs no history.
        about: The question before, made whole, when something more is asked about the same; "" otherwise.
    """

    text: str
    about: str = ""


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Return the last question of a conversation as one that needs no history; itself when it says enough."""
    return follow(question, history).text


def follow(question: str, history: Sequence[Turn]) -> FollowUp:
    """Make the last question of a conversation whole.

    Args:
        question: As typed.
        history: The conversation so far, oldest first.
    """
    before = None
    for turn in history:
        if words(asked := turn.question[:LONGEST_TURN]):
            before = Before(understand(_followed(asked, before).text[:LONGEST_TURN]), turn.answer[:LONGEST_TURN])
    found = _followed(question, before)
    open_ended = question.rstrip().endswith("?") and not found.text.endswith("?")
    return replace(found, text=f"{found.text.rstrip(' .!')}?") if open_ended and words(found.text) else found


def nearer(hits: Sequence[Hit], before: Sequence[Hit]) -> list[Hit]:
    """Return the hits for a question with those nearer that lie in the articles found for the question before.

    Args:
        hits: Best first.
        before: Those for the question before, best first.
    """
    best: dict[str, float] = {}
    for hit in before:
        if hit.article.id in best or len(best) < SAME_ARTICLES:
            best[hit.article.id] = max(best.get(hit.article.id, 0.0), hit.score)
    top = max(best.values(), default=1.0) or 1.0
    found = {h.passage.number for h in hits}
    least = min((h.score for h in hits), default=0.0)
    others = [replace(h, score=least) for h in before if h.article.id in best and h.passage.number not in found]
    raised = [
        replace(h, score=(h.score + SAME * best.get(h.article.id, 0.0) / top) / (1 + SAME)) for h in (*hits, *others)
    ]
    return sorted(raised, key=lambda h: (-h.score, h.passage.number))


def _followed(question: str, before: Before | None) -> FollowUp:
    text = " ".join(nfc(question).split())
    if before is None or not words(text):
        return FollowUp(text)
    rest, led = without_lead(text)
    asked = understand(rest)
    if not any(s.end > s.start and s.kind is not Kind.TOPIC for s in asked.slots):
        return FollowUp(in_place(rest, asked, before) if led or is_date(asked) else text)
    about = before.question.text
    if other := asking_for_others(rest, asked, before):
        return FollowUp(other, about)
    if led and asked.dates and not asked.people and not content_of(asked):
        return FollowUp(at_another_time(asked, before))
    replaced = named(rest, asked, before)
    if replaced != rest:
        return FollowUp(capital(replaced), about)
    if stands_by_itself(asked, led=led):
        return FollowUp(capital(rest) if led else text)
    return FollowUp(capital(of_the_same(rest, asked, before)), about)
