"""The particulars of a question, its people, other names and dates: how many of them stand in a sentence, near it, in its article."""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.fusion import dates_meet, named_in
from qa.language.forms import fold, words
from qa.question import Question, Unit
from qa.reading.views import ArticleView, Sightings

__all__ = ["PARTICULARS", "Particulars"]

Floats = NDArray[np.float32]

PARTICULARS = tuple(f"{kind}_{place}" for kind in ("people", "named", "days") for place in ("here", "near", "whole"))
"""What `Particulars.table` tells of each sentence."""
BEFORE = 2
"""Sentences before one in which a name or date that it takes for granted may stand; the title is always near."""


class Particulars:
    """The people, other names and dates that a question speaks of.

    Args:
        question: The question.
    """

    def __init__(self, question: Question) -> None:
        self._people = [_unit(n) for n in question.people]
        self._names = [_unit(n) for n in named_in(question) if n not in question.people]
        self._dates = [d.value for d in question.dates]

    def table(self, view: ArticleView) -> Floats:
        """Return the share of each kind that stands in, near and around each sentence, shape `(sentences, len(PARTICULARS))`.

        Of a kind that the question has none of, all stand everywhere.
        """
        people, names = Sightings(view, self._people), Sightings(view, self._names)
        days = self._days(view)
        event = view.article.event
        dated = [event is not None and dates_meet(asked, event.value) for asked in self._dates]
        whole = np.maximum(np.asarray(dated, dtype=np.float32), days.max(axis=0, initial=0.0))
        columns = [
            *_spread(people.by_sentence(), people.whole),
            *_spread(names.by_sentence(), names.whole),
            *_spread(days, whole),
        ]
        return np.stack(columns, axis=1)

    def _days(self, view: ArticleView) -> Floats:
        days = np.zeros((len(view.sentences), len(self._dates)), dtype=np.float32)
        starts = [s.start for s in view.sentences]
        for j, asked in enumerate(self._dates):
            for date in view.article.dates:
                if dates_meet(asked, date.value):
                    days[max(0, bisect_right(starts, date.start) - 1), j] = 1.0
        return days


def _unit(name: str) -> Unit:
    return Unit(name, (tuple(map(fold, words(name))),), plain=True, name=True)


def _spread(here: Floats, whole: Floats) -> Sequence[Floats]:
    """Return what stands in each sentence, near it and in the article, each a column."""
    if not len(whole):
        return [np.ones(len(here), dtype=np.float32)] * 3
    near = np.maximum(here, here[0])
    for back in range(1, min(BEFORE, len(here) - 1) + 1):
        near[back:] = np.maximum(near[back:], here[:-back])
    return [here.mean(axis=1), near.mean(axis=1), np.full(len(here), whole.mean(), dtype=np.float32)]
