"""Retrieval: words and vectors side by side, fused, and the best of them looked at a second time."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, Field

from qa.embeddings import TextEmbeddings, bundled_table
from qa.errors import IndexMissing
from qa.explain import Explanation, explain
from qa.fusion import INTERACTING, SECOND, FusionWeights, Measured, first_pass, learned_weights, measure
from qa.lexical import Frequencies
from qa.matching import Weights, lexical_query
from qa.question import Question, understand
from qa.reranker import Reranker
from qa.schema import Article, Hit, Passage, Retrieved
from qa.stores import Stores, embedding_text
from qa.within import Within

__all__ = ["Candidates", "PassageRetriever", "in_turn", "ranked_articles"]

TAKEN = 100
"""Passages taken from each index."""
MEASURED = 50
"""Passages that are looked at a second time."""
RERANKED = 50
"""Passages that a reranker reads."""
RERANKER = 0.7
"""Share of a reranker in the score. Set by hand: which model it is, and how well it knows Vietnamese, is not known here."""


_SEARCHING = ThreadPoolExecutor(4, thread_name_prefix="hoibao-search")


@dataclass(frozen=True, slots=True)
class Candidates:
    """What both indexes found for a question, measured."""

    found: Sequence[tuple[Passage, Article]]
    measured: Measured


class PassageRetriever(BaseRetriever):
    """Finds the passages most likely to answer; a LangChain retriever.

    Attributes:
        stores: Where to look.
        embeddings: Must be the model the stores were written with.
        k: How many documents `invoke` returns.
        weights: How the scores are fused.
        reranker: A cross-encoder that reads the best passages, or None.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    stores: Stores
    embeddings: TextEmbeddings
    k: int = Field(default=10, ge=1, le=MEASURED)
    weights: FusionWeights = Field(default_factory=learned_weights)
    reranker: Reranker | None = None

    def search(self, question: Question, *, k: int = 50, within: Within | None = None) -> list[Hit]:
        """Return the passages most likely to answer, best first.

        Up to 100 passages of the lexical index (BM25) and as many of the vector index (cosine) are fused by a convex
        combination of their min-max normalised scores (Bruch et al. 2023). The best 50 are measured again (`qa.fusion`):
        how much of the question stands in one sentence and in the article, people, numbers, period, and the late
        interaction of word vectors. Scores are convex combinations of these, in [0, 1]. Of near-copies only
        the one that ranks best is returned.

        Args:
            question: An understood question.
            k: How many passages, at most 50.
            within: The articles that are searched; all when None.

        Raises:
            IndexMissing: Nothing has been ingested yet, or an index is gone.
            IndexMismatch: The index was made with another embedding model.
            ModelError: A model cannot be loaded or run.
        """
        candidates = self.candidates(question, within=within)
        rows = zip(candidates.found, candidates.measured.total, candidates.measured.table, strict=True)
        hits = [
            Hit(passage, article, float(total), dict(zip(SECOND, map(float, row), strict=True)))
            for (passage, article), total, row in rows
        ]
        hits.sort(key=lambda h: (-h.score, h.passage.number))
        return self._reranked(question, _without_copies(hits))[:k]

    def candidates(
        self, question: Question, *, interacting: int = INTERACTING, within: Within | None = None
    ) -> Candidates:
        """Return what both indexes find, measured; in no order, near-copies among them.

        Args:
            question: An understood question.
            interacting: For how many of the best late interaction is reckoned; of the others it is taken to be 0.
            within: The articles that are searched; all when None.

        Raises:
            IndexMissing: As `search`; and its other errors.
        """
        if self.stores.ledger.is_empty():
            raise IndexMissing(
                f"Nothing has been ingested in {self.stores.root}",
                hint="Run `hoibao ingest FOLDER` first, or `hoibao demo` to try the sample articles.",
            )
        self.stores.require_model(self.embeddings.name)
        asked = self.embeddings.encode_query(question.text)
        translated = self.embeddings.encode_parts(question.parts) if question.language == "en" else None
        nearest = self._nearest(asked if translated is None else asked + translated, within)
        units = self.unit_weights(question)
        words = lexical_query(question)
        lexical = within.words(words, k=TAKEN) if within is not None else dict(self.stores.words.search(words, k=TAKEN))
        found = {"lexical": lexical, "vectors": nearest()}
        live = self.stores.ledger.find(first_pass(found, self.weights)[:MEASURED])
        vectors = self.stores.ledger.cache.of([*live], model=self.embeddings.name)
        best = max(found["lexical"].values(), default=1.0)
        cosines = np.clip(vectors @ asked, 0.0, 1.0) if live else np.zeros(0)
        scores: dict[str, Sequence[float]] = {
            "lexical": [found["lexical"].get(number, 0.0) / best for number in live],
            "vectors": list(cosines),
            "translated": list(cosines if translated is None or not live else np.clip(vectors @ translated, 0.0, 1.0)),
        }
        rows = list(live.values())
        measured = measure(
            question,
            rows,
            scores,
            units=units,
            table=bundled_table(),
            weights=self.weights,
            interacting=interacting,
        )
        return Candidates(rows, measured)

    def _nearest(self, vector: NDArray[np.float32], within: Within | None) -> Callable[[], Mapping[int, float]]:
        """Return a function that waits for what the vector index finds.

        It searches while words are looked for: neither index holds Python's interpreter lock meanwhile.
        """
        unit = vector / np.linalg.norm(vector)
        if within is not None:
            nearest = within.vectors(unit, k=TAKEN, model=self.embeddings.name)
            return lambda: nearest
        searching = _SEARCHING.submit(self.stores.vectors.search, unit, k=TAKEN)
        return lambda: dict(searching.result())

    def unit_weights(self, question: Question) -> Weights:
        """Return how much each unit of a question tells among the passages of the stores."""
        return _weights(question, self.stores.words.frequencies())

    def explain(self, question: Question, *, k: int = 3) -> list[Explanation]:
        """Return why the passages that rank best were found, best first.

        Raises:
            IndexMissing: As `search`; and its other errors.
        """
        units = self.unit_weights(question)
        return [explain(hit, units, self.weights) for hit in self.search(question, k=k)]

    def _reranked(self, question: Question, hits: list[Hit]) -> list[Hit]:
        if self.reranker is None or not hits:
            return hits
        read = hits[:RERANKED]
        texts = [embedding_text(h.passage.text, h.article.title) for h in read]
        rated = [
            replace(
                hit,
                score=(1.0 - RERANKER) * hit.score + RERANKER * float(score),
                parts={**hit.parts, "reranker": float(score)},
            )
            for hit, score in zip(read, self.reranker.scores(question.text, texts), strict=True)
        ]
        rest = [replace(hit, score=(1.0 - RERANKER) * hit.score) for hit in hits[RERANKED:]]
        return sorted([*rated, *rest], key=lambda h: (-h.score, h.passage.number))

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


@lru_cache(maxsize=64)
def _weights(question: Question, frequencies: Frequencies) -> Weights:
    """Return the weights of a question, which is asked for them when it is searched for and when it is answered."""
    return Weights(question, frequency=frequencies, passages=frequencies.passages)


def ranked_articles(hits: list[Hit], *, k: int = 10) -> list[Retrieved]:
    """Return the articles of the hits, each once with its best score, best first; copies stand under the first."""
    rows: dict[str, Retrieved] = {}
    for hit in _without_copies(hits):
        article = hit.article
        if article.id not in rows:
            rows[article.id] = Retrieved(article.id, article.source, article.title, hit.score, article.copies)
    return list(rows.values())[:k]


def in_turn(hits: Sequence[Hit], others: Sequence[Hit]) -> list[Hit]:
    """Return two lists of hits as one, a hit of each in turn, none twice; scores fall with the place."""
    found: dict[int, Hit] = {}
    for pair in zip_longest(hits, others):
        for hit in filter(None, pair):
            found.setdefault(hit.passage.number, hit)
    scores = sorted((h.score for h in found.values()), reverse=True)
    return [replace(h, score=score) for h, score in zip(found.values(), scores, strict=True)]


def _without_copies(hits: list[Hit]) -> list[Hit]:
    """Return the hits without those whose article is a copy of another one that stands before it."""
    first: dict[str, str] = {}
    kept = []
    for hit in hits:
        article = hit.article
        if first.setdefault(article.source, article.id) != article.id:
            continue
        for copy in article.copies:
            first.setdefault(copy, article.id)
        kept.append(hit)
    return kept
