"""The articles a conversation is about come nearer: those found for the turn before, above all when they hold its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from qa.language.forms import fold, occurrences
from qa.schema import Hit
from qa.talk.before import bare_answer, quoted

__all__ = ["CONSIDERED", "DRAWN", "Bond", "Drawing", "drawn_near", "likely", "spoken_of"]

CONSIDERED, ARTICLES = 10, 3
"""Articles found for the turn before of which one may have been spoken of; how many of them come nearer."""


class Bond(Enum):
    """How the last question hangs on the conversation."""

    NONE = "none"
    """It says enough by itself."""
    PERIOD = "period"
    """It is the one before, of another period, which most often is another article's."""
    PART = "part"
    """It is the one before, of another person or thing."""
    SAME = "same"
    """It asks more about the same."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How near the articles that were spoken of come.

    Attributes:
        share: How much lying in the likeliest counts, beside a score of 1.
        told: How much likelier one is that holds what was answered, beside the score of the best.
        sharpness: How much the likeliest stands out.
    """

    share: float
    told: float = 0.0
    sharpness: float = 1.0


DRAWN = {
    Bond.SAME: Drawing(0.8, told=1.5, sharpness=1.0),
    Bond.PERIOD: Drawing(0.0),
    Bond.PART: Drawing(0.1, told=1.5, sharpness=6.0),
    Bond.NONE: Drawing(0.1, told=1.5, sharpness=6.0),
}
"""Learned by `training.conversation`; that of `PART` is taken to be that of `NONE`, and `PERIOD` has none."""


def spoken_of(before: Sequence[Hit], answer: str) -> dict[str, tuple[float, float]]:
    """Return of the articles found for the turn before how well each was found, at most 1, and whether it holds the answer.

    Args:
        before: The hits, best first.
        answer: What was answered; where it quotes, a quotation must stand in the article word for word.
    """
    best: dict[str, Hit] = {}
    for hit in before:
        if hit.article.id in best or len(best) < CONSIDERED:
            best.setdefault(hit.article.id, hit)
    top = max((h.score for h in best.values()), default=0.0) or 1.0
    bare, quotes = fold(bare_answer(answer)), quoted(answer)
    found = {}
    for id, hit in best.items():
        text = hit.article.text
        holds = any(q in text for q in quotes) if quotes else bool(bare) and any(occurrences(bare, fold(text)))
        found[id] = hit.score / top, float(holds)
    return found


def likely(spoken: Mapping[str, tuple[float, float]], drawing: Drawing) -> dict[str, float]:
    """Return how likely each article was spoken of, the likeliest 1; of the others the few next ones."""
    total = {id: score + drawing.told * holds for id, (score, holds) in spoken.items()}
    most = max(total.values(), default=1.0) or 1.0
    best = sorted(total, key=lambda name: -total[name])[:ARTICLES]
    return {id: (total[id] / most) ** drawing.sharpness for id in best}


def drawn_near(hits: Sequence[Hit], before: Sequence[Hit], chances: Mapping[str, float], *, share: float) -> list[Hit]:
    """Return the hits of a question with those nearer that lie in likely articles, and with others of these.

    Args:
        hits: Best first.
        before: Those of the turn before.
        chances: How likely each article is meant, at most 1.
        share: As `Drawing.share`.
    """
    found = {h.passage.number for h in hits}
    least = min((h.score for h in hits), default=0.0)
    others = [replace(h, score=least) for h in before if h.article.id in chances and h.passage.number not in found]
    raised = [
        replace(h, score=(h.score + share * chances.get(h.article.id, 0.0)) / (1 + share)) for h in (*hits, *others)
    ]
    return sorted(raised, key=lambda h: (-h.score, h.passage.number))
