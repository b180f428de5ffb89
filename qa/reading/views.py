"""Articles as the reader sees them: sentences of numbered words, and where the units of a question stand among them."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.citations import MAX_QUOTE_CHARS
from qa.language.forms import WORD, fold, match_form, plain_form
from qa.language.sentences import split_clauses, split_sentences
from qa.question import Unit
from qa.schema import Article, BlockKind

__all__ = ["ArticleView", "Sentence", "Sightings", "view_of"]

Floats = NDArray[np.float32]

FAMILIAR = 0.5
"""How much the last word of a name counts for the whole: an article says `ông Linh` once it has said `Nguyễn Hữu Linh`."""
CREDIT_CHARS = 60
_CREDIT = re.compile(r"\(?(?:[ẢA]nh|Photo|Nguồn|Video|Clip|Đồ họa)\s*(?:minh họa)?\s*:", re.IGNORECASE)
"""Under a picture, who took it; nobody asks."""
_BREAK = re.compile(r"[,;:()“”\"–—?!-]")
"""What may part two clauses; a hyphen does between spaces."""


class Sentence(NamedTuple):
    """A sentence, or a clause of one too long to quote: `article.text[start:end]`, words `first:last` of its article."""

    kind: BlockKind
    start: int
    end: int
    first: int
    last: int
    block: int


class ArticleView:
    """The words and sentences of an article.

    Attributes:
        article: The article.
        forms: Its words in matching form.
        plain: The same without diacritics.
        starts: Where each word begins.
        ends: Where each ends.
        clause: Number of the clause each stands in, ascending, shape `(words,)`.
        item: Number of the stretch between semicolons each stands in, ascending, shape `(words,)`.
        sentences: In order; holes are left out.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        text = article.text
        spans = [m.span() for m in WORD.finditer(text)]
        written = [text[a:b] for a, b in spans]
        self.forms = [*map(match_form, written)]
        self.plain = [*map(plain_form, written)]
        self.starts = [a for a, _ in spans]
        self.ends = [b for _, b in spans]
        self.clause, self.item = self._parted()
        self.sentences = tuple(self._sentences())

    def positions(self, word: str, *, plain: bool) -> Sequence[int]:
        """Return the numbers of the words equal to `word`, ascending."""
        return (self._where_plain if plain else self._where).get(word, ())

    @cached_property
    def edges(self) -> NDArray[np.int64]:
        """Where the words of each sentence begin and end, shape `(sentences, 2)`."""
        return np.asarray([(s.first, s.last) for s in self.sentences], dtype=np.int64).reshape(-1, 2)

    @cached_property
    def _where(self) -> dict[str, tuple[int, ...]]:
        return _places(self.forms)

    @cached_property
    def _where_plain(self) -> dict[str, tuple[int, ...]]:
        return _places(self.plain)

    def word_at(self, offset: int) -> int:
        """Return the number of the first word that begins at `offset` or after it."""
        return bisect_left(self.starts, offset)

    def _parted(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the number of the clause, and of the stretch between semicolons, that each word stands in."""
        text, words = self.article.text, len(self.starts)
        begins, ends = np.asarray(self.starts, dtype=np.int64), np.append(0, self.ends)
        found = [m.start() for m in _BREAK.finditer(text) if m[0] != "-" or _is_dash(text, m.start())]
        at = np.asarray(found, dtype=np.int64)
        before = np.searchsorted(begins, at, side="right")  # the words that begin before each mark, or with it
        between = (at >= ends[before]) & (before < words)  # a mark within a number parts nothing
        marks = np.zeros((2, words), dtype=np.int64)
        marks[0, before[between]] = 1
        marks[1, before[between & np.asarray([text[i] == ";" for i in found], dtype=bool)]] = 1
        clause, item = marks.cumsum(axis=1)
        return clause, item

    def _sentences(self) -> list[Sentence]:
        text, found = self.article.text, []
        for number, block in enumerate(self.article.blocks):
            if block.kind is BlockKind.HOLE:
                continue
            for s, e in split_sentences(text[block.start : block.end]):
                start, end = block.start + s, block.start + e
                if end - start < CREDIT_CHARS and _CREDIT.match(text, start):
                    continue
                pieces = [(start, end)] if end - start <= MAX_QUOTE_CHARS else split_clauses(text, start, end)
                found += [Sentence(block.kind, a, b, self.word_at(a), self.word_at(b), number) for a, b in pieces]
        return found


def _is_dash(text: str, at: int) -> bool:
    return text[at - 1 : at].isspace() and text[at + 1 : at + 2].isspace()


def _places(forms: Sequence[str]) -> dict[str, tuple[int, ...]]:
    where: dict[str, list[int]] = defaultdict(list)
    for at, form in enumerate(forms):
        where[form].append(at)
    # tuples of numbers cost the garbage collector nothing
    return {form: tuple(places) for form, places in where.items()}


_VIEWS: dict[tuple[str, str], ArticleView] = {}
REMEMBERED = 256
"""Views remembered, some 20 MB."""


def view_of(article: Article) -> ArticleView:
    """Return the view of an article; the last ones are remembered."""
    key = (article.id, article.text)
    view = _VIEWS.get(key)
    if view is None or (view.article is not article and view.article != article):
        if len(_VIEWS) >= REMEMBERED:
            _VIEWS.clear()
        view = _VIEWS[key] = ArticleView(article)
    return view


class Sightings:
    """Where the units of a question stand in an article.

    Attributes:
        found: How much of each unit each word of the article is part of, shape `(units, words)`.
        whole: How much of each stands anywhere in it, shape `(units,)`.
    """

    def __init__(self, view: ArticleView, units: Sequence[Unit]) -> None:
        self.view = view
        self.found: Floats = np.zeros((len(units), len(view.forms) + 1), dtype=np.float32)
        for row, unit in zip(self.found, units, strict=True):
            self._mark(unit, row)
        self.whole: Floats = self.found.max(axis=1, initial=0.0)

    def within(self, first: int, last: int) -> Floats:
        """Return how much of each unit stands among the words `first:last`."""
        best: Floats = self.found[:, max(0, first) : max(first, last)].max(axis=1, initial=0.0)
        return best

    def by_sentence(self) -> Floats:
        """Return how much of each unit stands in each sentence, shape `(sentences, units)`."""
        edges = self.view.edges
        best = np.maximum.reduceat(self.found, edges.ravel(), axis=1)[:, ::2]
        best[:, edges[:, 0] >= edges[:, 1]] = 0.0
        return np.ascontiguousarray(best.T)

    def _mark(self, unit: Unit, row: Floats) -> None:
        words = self.view.plain if unit.plain else self.view.forms
        for alternative, chance in unit.likely:
            strength = chance**0.5
            shaped = [fold(w) for w in alternative] if unit.plain else list(alternative)
            if len(shaped) == 1:
                at_all = [*self.view.positions(shaped[0], plain=unit.plain)]
                row[at_all] = np.maximum(row[at_all], strength)
                continue
            for skipped in range(len(shaped) - 1):
                rest = shaped[skipped:]
                for at in self.view.positions(rest[0], plain=unit.plain):
                    run = 1
                    while run < len(rest) and at + run < len(words) and words[at + run] == rest[run]:
                        run += 1
                    if run > 1:
                        part = row[at : at + run]
                        np.maximum(part, strength * (run - 1) / (len(shaped) - 1), out=part)
            if unit.name:
                at_last = [*self.view.positions(shaped[-1], plain=unit.plain)]
                row[at_last] = np.maximum(row[at_last], FAMILIAR)
