"""Retrieval: lexical and vector search side by side, fused, with the period of the question."""

from collections.abc import Mapping
from dataclasses import dataclass

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from qa.embeddings import TextEmbeddings
from qa.errors import IndexMissing
from qa.matching import lexical_query
from qa.question import Question, understand
from qa.schema import Article, DateMention, DateRole, Hit, Retrieved
from qa.stores import Stores

__all__ = ["FusionWeights", "PassageRetriever", "period_fit", "ranked_articles"]

CANDIDATES = 100
"""Passages taken from each index."""


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """The weights of the convex combination (Bruch et al. 2023): lexical, vectors and period add up to 1.

    Set by hand, over 80 questions: more weight on the vectors finds more for English questions, less for Vietnamese ones.
    With .10 the right one among 22,633 articles comes first for .93 of Vietnamese questions, .90 without diacritics and .87
    of English ones; with .05 for .93, .90 and .83, with .15 for .88, .90 and .87.
    """

    lexical: float = 0.70
    vectors: float = 0.10
    period: float = 0.20


class PassageRetriever(BaseRetriever):
    """Finds the passages most likely to answer; a LangChain retriever.

    Attributes:
        stores: Where to look.
        embeddings: Must be the model the stores were written with.
        k: How many documents `invoke` returns.
        weights: How the scores are fused.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    stores: Stores
    embeddings: TextEmbeddings
    k: int = Field(default=10, ge=1, le=200)
    weights: FusionWeights = FusionWeights()

    def search(self, question: Question, *, k: int = 50) -> list[Hit]:
        """Return the passages most likely to answer, best first.

        Scores are convex combinations of per-query min-max normalised BM25, cosine and fit of the period, in [0, 1].

        Args:
            question: An understood question.
            k: How many passages, at most 200.

        Raises:
            IndexMissing: Nothing has been ingested yet, or an index is gone.
            IndexMismatch: The index was made with another embedding model.
        """
        if not self.stores.ledger.count():
            raise IndexMissing(
                f"Nothing has been ingested in {self.stores.root}",
                hint="Run `hoibao ingest FOLDER` first, or `hoibao demo` to try the sample articles.",
            )
        self.stores.require_model(self.embeddings.name)
        lexical = dict(self.stores.words.search(lexical_query(question), k=CANDIDATES))
        vectors = dict(self.stores.vectors.search(self.embeddings.encode_query(question.text), k=CANDIDATES))
        found = self.stores.ledger.find([*(lexical.keys() | vectors.keys())])
        scores = {"lexical": _normalised(lexical), "vectors": _normalised(vectors)}
        hits = []
        for number, (passage, article) in found.items():
            parts = {name: values.get(number, 0.0) for name, values in scores.items()}
            parts["period"] = period_fit(question.dates, article)
            score = sum(getattr(self.weights, name) * value for name, value in parts.items())
            hits.append(Hit(passage, article, score, parts))
        hits.sort(key=lambda h: (-h.score, h.passage.number))
        return hits[:k]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        return [
            Document(
                page_content=hit.passage.text,
                id=hit.passage.id,
                metadata={
                    "article_id": hit.article.id,
                    "source": hit.article.source,
                    "title": hit.article.title,
                    "url": hit.article.url,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                },
            )
            for hit in self.search(understand(query), k=self.k)
        ]


def period_fit(asked: tuple[DateMention, ...], article: Article) -> float:
    """Return how well an article fits the dates of a question, 0 to 1; 1 when the question has none.

    When something happened counts most, then what it plans, what it reviews, and what it merely speaks of: "the 2019
    conference" is not the 2020 meeting that looks back on 2019.
    """
    if not asked:
        return 1.0
    return sum(_one_fit(d, article) for d in asked) / len(asked)


def ranked_articles(hits: list[Hit], *, k: int = 10) -> list[Retrieved]:
    """Return the articles of the hits, each once with its best score, best first; copies stand under the first."""
    rows: dict[str, Retrieved] = {}
    shown: set[str] = set()
    for hit in hits:
        article = hit.article
        if article.id in rows or article.source in shown:
            continue
        rows[article.id] = Retrieved(article.id, article.source, article.title, hit.score, article.copies)
        shown.update(article.copies)
    return list(rows.values())[:k]


_ROLE_FIT = {DateRole.PLANNED: 0.7, DateRole.REVIEWED: 0.5, DateRole.PUBLISHED: 0.5, DateRole.MENTIONED: 0.3}


def _one_fit(asked: DateMention, article: Article) -> float:
    event = article.event.value if article.event else None
    if event and _meets(asked.value, event):
        return 1.0
    met = [d for d in article.dates if _meets(asked.value, d.value)]
    best = max((_ROLE_FIT.get(d.role, 0.3) for d in met), default=0.0)
    said_alike = asked.role is not DateRole.MENTIONED and any(d.role is asked.role for d in met)
    if best and not event and (said_alike or asked.value[:4] in article.title):
        return 0.9
    return best / 2 if event else best


def _meets(asked: str, given: str) -> bool:
    """Return whether two dates, each perhaps cut short, can be the same."""
    if asked.startswith("--"):
        return given.endswith(asked[1:])
    if given.startswith("--"):
        return asked.endswith(given[1:])
    return given.startswith(asked) or asked.startswith(given)


def _normalised(scores: Mapping[int, float]) -> dict[int, float]:
    """Return the scores moved to [0, 1] by this query's best and worst."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {number: (score - low) / (high - low) for number, score in scores.items()}
