"""Why a passage was found: which words and translations stand where, and what each measure gave."""

from dataclasses import dataclass

from qa.fusion import FusionWeights
from qa.matching import TextTerms, Weights
from qa.question import Unit
from qa.schema import Hit

__all__ = ["Explanation", "Met", "explain"]


@dataclass(frozen=True, slots=True)
class Met:
    """A unit of the question that an article holds.

    Attributes:
        asked: The words of the question.
        found: The words that stand there: the same, or a translation.
        place: `passage`, `title` or `article`.
        share: How much of the question it tells, 0 to 1.
    """

    asked: str
    found: str
    place: str
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage has its score.

    Attributes:
        hit: The passage.
        measures: `(name, value, weight)`; the products add up to the score, before a reranker.
        met: Units found, those that tell most first.
        missed: Units that stand nowhere in the article.
    """

    hit: Hit
    measures: tuple[tuple[str, float, float], ...]
    met: tuple[Met, ...]
    missed: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the explanation as a JSON object."""
        return {
            "source": self.hit.article.source,
            "title": self.hit.article.title,
            "start": self.hit.passage.start,
            "end": self.hit.passage.end,
            "score": round(self.hit.score, 4),
            "measures": {name: {"value": round(v, 4), "weight": w} for name, v, w in self.measures},
            "met": [
                {"asked": m.asked, "found": m.found, "place": m.place, "share": round(m.share, 4)} for m in self.met
            ],
            "missed": list(self.missed),
        }


def explain(hit: Hit, units: Weights, weights: FusionWeights) -> Explanation:
    """Return why a passage has its score.

    Args:
        hit: As the retriever returned it.
        units: How much each unit of the question tells.
        weights: Those of the retriever.
    """
    places = {
        "passage": TextTerms.of(hit.passage.text),
        "title": TextTerms.of(hit.article.title),
        "article": TextTerms.of(hit.article.text),
    }
    met, missed = [], []
    for unit, value in sorted(zip(units.units, units.values, strict=True), key=lambda u: -u[1]):
        found = next(((words, place) for place, terms in places.items() if (words := _found(unit, terms))), None)
        if found is None:
            missed.append(unit.source)
        else:
            met.append(Met(unit.source, *found, value / (units.total or 1.0)))
    measures = tuple((name, value, weights.second.get(name, 0.0)) for name, value in hit.parts.items())
    return Explanation(hit, measures, tuple(met), tuple(missed))


def _found(unit: Unit, terms: TextTerms) -> str | None:
    """Return the likeliest alternative of the unit that stands there, whole."""
    for words, _ in unit.likely:
        if terms.coverage(Unit(unit.source, (words,), plain=unit.plain)) == 1.0:
            return " ".join(words)
    return None
