"""What a chat model is given to answer from: numbered sentences of the best articles, few, with their neighbours."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from qa.citations import Claim, Quote
from qa.reading.evidence import SENTENCE_FEATURES, Evidence
from qa.reading.orders import gives_orders, visible
from qa.reading.views import ArticleView, Sentence, view_of
from qa.schema import Article, BlockKind

__all__ = ["Context", "Numbered", "build"]

BEST, MOST = 20, 40
"""Sentences taken for what they say of the question, and at most with their neighbours: of the facts that 82 questions never
learned from ask for, .99 stand in these (.96 with 14 of them; all of them stand in the four articles)."""
WEIGHED = {
    "local_in": 1.0,
    "context": 1.0,
    "own": 0.5,
    "cosine": 0.5,
    "article": 0.7,
    "passage": 0.7,
    "soft_local": 0.5,
}
"""What tells that a sentence answers, of the features of `qa.reading.evidence`."""
BESIDE = 1
"""Neighbours on each side of a sentence: who `he` is stands before it."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence under its number, and its place: `quote.article.text[quote.start:quote.end]`."""

    number: int
    quote: Quote
    block: int

    @property
    def shown(self) -> str:
        """The sentence as the model sees it."""
        return visible(self.quote.text)


@dataclass(frozen=True, slots=True)
class Context:
    """Numbered sentences, grouped by article; the numbers run from 1."""

    groups: tuple[tuple[Numbered, ...], ...] = ()
    by_number: dict[int, Numbered] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.by_number)

    def describe(self, group: Sequence[Numbered]) -> str:
        """Return title, outlet and days of the article of a group, on one line."""
        article = group[0].quote.article
        title = "" if gives_orders(article.title) else visible(article.title)
        outlet = "" if gives_orders(article.outlet or "") else visible(article.outlet or "")
        days = [f"event {article.event.value}"] if article.event else []
        days += [f"published {article.published.value}"] if article.published else []
        return " | ".join(x for x in (title, outlet, *days) if x)


def build(evidence: Evidence, told: Sequence[Claim] = (), *, budget: int, count: Callable[[str], int]) -> Context:
    """Return the sentences that answer best, with their neighbours, within a number of tokens.

    The best article stands first and the second best last, where models read most attentively (Liu et al. 2023, "Lost in the
    Middle"); within an article the sentences keep their order.

    Args:
        evidence: The sentences worth reading, as `gather` gives them.
        told: What the rows about people answer; their quotations come first.
        budget: Tokens that all of it may take.
        count: Tokens of a text.
    """
    chosen: dict[tuple[str, int], _Row] = {}
    spent = 0
    for row in _ranked(evidence, told):
        for one in _with_neighbours(row):
            key = (one.view.article.id, one.at)
            cost = count(one.text) + MARK_TOKENS
            if key in chosen or len(chosen) >= MOST or one.orders:
                continue
            if spent + cost > budget:
                return _numbered(chosen.values())
            chosen[key] = one
            spent += cost
    return _numbered(chosen.values())


MARK_TOKENS = 6
"""Tokens of a number in brackets and the end of a line."""


@dataclass(frozen=True, slots=True)
class _Row:
    view: ArticleView
    at: int

    @property
    def sentence(self) -> Sentence:
        return self.view.sentences[self.at]

    @property
    def text(self) -> str:
        return self.view.article.text[self.sentence.start : self.sentence.end]

    @property
    def orders(self) -> bool:
        """Whether it gives orders to a model, or stands beside a sentence that does: an order may take two."""
        here = self.view.sentences[max(0, self.at - 1) : self.at + 2]
        text = self.view.article.text
        return any(s.block == self.sentence.block and gives_orders(text[s.start : s.end]) for s in here)


def _ranked(evidence: Evidence, told: Sequence[Claim]) -> list[_Row]:
    rows = [r for claim in told for quote in claim.quotes if (r := _row_of(quote.article, quote.start)) is not None]
    if not evidence.rows:
        return rows
    weights = np.asarray([WEIGHED.get(name, 0.0) for name in SENTENCE_FEATURES], dtype=np.float32)
    order = np.argsort(-(evidence.shared @ weights), kind="stable")[:BEST]
    found = (_row_of(evidence.rows[i][0].article, evidence.rows[i][1].start) for i in order)
    return [*rows, *(r for r in found if r is not None)]


def _row_of(article: Article, start: int) -> _Row | None:
    view = view_of(article)
    at = next((i for i, s in enumerate(view.sentences) if s.start <= start < s.end), None)
    return None if at is None else _Row(view, at)


def _with_neighbours(row: _Row) -> list[_Row]:
    """Return a sentence and then those beside it, in its block; the title stands above all of them anyway."""
    beside = [row.at + d for d in (-BESIDE, BESIDE)]
    sentences = row.view.sentences
    inside = [i for i in beside if 0 <= i < len(sentences) and sentences[i].kind is not BlockKind.TITLE]
    return [row, *(_Row(row.view, i) for i in inside)]


def _numbered(rows: Iterable[_Row]) -> Context:
    by_article: dict[str, list[_Row]] = {}
    for row in rows:
        by_article.setdefault(row.view.article.id, []).append(row)
    ranked = list(by_article.values())
    ordered = [*ranked[:1], *ranked[2:], *ranked[1:2]]
    groups, number = [], 0
    for found in ordered:
        group = []
        for row in sorted(found, key=lambda r: r.at):
            number += 1
            s = row.sentence
            group.append(Numbered(number, Quote(row.view.article, s.start, s.end), s.block))
        groups.append(tuple(group))
    return Context(tuple(groups), {n.number: n for group in groups for n in group})
