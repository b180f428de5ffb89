"""Likeness of words: how near the words of a question are to those of a sentence that says it in other words, or in Vietnamese."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.embeddings import StaticEmbeddings
from qa.reading.views import ArticleView, Sentence

__all__ = ["Likeness", "decayed"]

Floats = NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+")
NEAR, AROUND = 3.0, 8.0
"""Words after which what stands near a span counts a third."""


INSIDE = 0.6
"""How much what stands within a span counts beside what adjoins it."""


def decayed(places: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]) -> Floats:
    """Return how much words count that stand in spans `first:last` or away from them, shape `(spans, words)`."""
    inside, distance = _apart(places, first, last)
    return np.where(inside, INSIDE, np.exp(-distance / AROUND)).astype(np.float32)


def _apart(
    places: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return whether words stand in spans, and how far away from them they are."""
    return (places >= first) & (places < last), np.maximum(np.maximum(first - places, places - last + 1), 0)


class Likeness:
    """The words of a question beside those of some sentences.

    Attributes:
        cosine: Of the question and each sentence as wholes.
        whole: Share of the question that has a like in each sentence: of every word of the question its best cosine,
            weighted by how much the word tells.
        local: The same, weighted by how differently it is found in the sentences.
        within: The same, weighted by how differently it is found in the sentences of the article.
        question_spans: Where each word of the question begins and ends.
        question_weights: How much each tells, together 1.
    """

    def __init__(
        self, question: str, rows: Sequence[tuple[ArticleView, Sentence]], embeddings: StaticEmbeddings
    ) -> None:
        table = embeddings.table
        (at, asked), *found = table.words([question, *(v.article.text[s.start : s.end] for v, s in rows)])
        spans = [m.span() for m in _WORD.finditer(question)]
        self.question_spans = [spans[min(i, len(spans) - 1)] for i in at.tolist()] if spans else [(0, 0)] * len(at)
        vectors = table.token_vectors(asked)
        lengths = np.linalg.norm(vectors, axis=1)
        self.question_weights: Floats = lengths / (lengths.sum() or 1.0)
        edges = np.cumsum([0, *(len(tokens) for _, tokens in found)])
        there = np.concatenate([tokens for _, tokens in found]) if found else asked[:0]
        likeness: Floats = np.maximum(table.cosines(asked, there), 0.0)
        self._likeness: list[Floats] = [likeness[:, a:b] for a, b in pairwise(edges)]
        self._offsets: list[NDArray[np.int64]] = []
        for (view, sentence), (at, _) in zip(rows, found, strict=True):
            words = _WORD.finditer(view.article.text, sentence.start, sentence.end)
            starts = [m.start() for m in words] or [sentence.start]
            self._offsets.append(np.asarray(starts)[np.minimum(at, len(starts) - 1)])
        whole = np.maximum.reduceat(likeness, edges[:-1], axis=1).T if rows else np.zeros((0, len(asked)), np.float32)
        spread = whole.std(axis=0) * self.question_weights if rows else self.question_weights
        self._local: Floats = (spread / (spread.sum() or 1.0)).astype(np.float32)
        ids = [v.article.id for v, _ in rows]
        self._within: list[Floats] = [self.question_weights] * len(rows)
        for id in dict.fromkeys(ids):
            own = [i for i, other in enumerate(ids) if other == id]
            apart = whole[own].std(axis=0) * self.question_weights if len(own) > 1 else self.question_weights
            for i in own:
                self._within[i] = (apart / (apart.sum() or 1.0)).astype(np.float32)
        self.within: Floats = np.asarray(
            [w @ weights for w, weights in zip(whole, self._within, strict=True)], dtype=np.float32
        )
        self._whole = whole
        self.whole: Floats = whole @ self.question_weights
        self.local: Floats = whole @ self._local
        about = table.total(asked)
        sums = np.stack([table.total(tokens) for _, tokens in found]) if found else vectors[:0]
        lengths = np.linalg.norm(sums, axis=1) * np.linalg.norm(about)
        self.cosine: Floats = (sums @ about / np.where(lengths == 0, 1.0, lengths)).astype(np.float32)

    def around(self, places: Sequence[tuple[str, int]]) -> Floats:
        """Return `local` of each sentence together with those right before and after it, of one article.

        Args:
            places: Article and offset of each sentence.
        """
        order = sorted(range(len(places)), key=places.__getitem__)
        best = self._whole.copy()
        for a, b in pairwise(order):
            if places[a][0] == places[b][0]:
                best[a] = np.maximum(best[a], self._whole[b])
                best[b] = np.maximum(best[b], self._whole[a])
        return np.asarray(best @ self._local, dtype=np.float32)

    def beside(self, row: int, starts: NDArray[np.int64], ends: NDArray[np.int64], asked: Floats) -> tuple[Floats, ...]:
        """Return how much of the question has a like beside each span of a sentence.

        Args:
            row: Number of the sentence.
            starts: Where the spans begin.
            ends: Where they end.
            asked: How much each word of the question tells of what is asked for.

        Returns:
            `local` of what stands near each span; `local` and `within` of what stands around it; `local` of itself; how much of
            what is asked for stands in the sentence; and in and around each span.
        """
        likeness, offsets = self._likeness[row], self._offsets[row]
        if not len(offsets) or not likeness.size:
            return tuple(np.zeros((6, len(starts)), dtype=np.float32))
        places = np.arange(len(offsets))
        first = np.searchsorted(offsets, starts)[:, None]
        last = np.searchsorted(offsets, ends)[:, None]
        inside, distance = _apart(places, first, last)
        near, around = (np.exp(-distance / reach) for reach in (NEAR, AROUND))
        beside = [np.where(inside, 0.0, near), np.where(inside, 0.0, around)]
        masks = np.stack([*beside, inside, np.where(inside, INSIDE, around)]).astype(np.float32)
        close, around, within, both = (likeness * masks[:, :, None, :]).max(axis=3)
        local = self._local
        whole = np.full(len(starts), self._whole[row] @ asked, dtype=np.float32)
        return close @ local, around @ local, around @ self._within[row], within @ local, whole, both @ asked
