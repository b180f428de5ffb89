"""Late interaction: each word of a question looks for the word of a passage that is nearest to it in meaning.

The sum over the words of the question of the greatest cosine is the MaxSim of ColBERT (Khattab & Zaharia 2020), here over
the vectors of the bundled static model, across both languages. Weights are the lengths of the vectors, which the training
made small for words that tell little.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.static_embeddings import StaticTable

__all__ = ["late_interaction"]

BLOCK = 16
"""Tokens of half a window; a window of 32 is about a sentence."""
Floats = NDArray[np.float64]


def late_interaction(table: StaticTable, question: str, texts: Sequence[str]) -> tuple[Floats, Floats]:
    """Return how well texts meet a question word by word: the whole of each, and the best window of each.

    Args:
        table: Tokenizer and vectors.
        question: What was asked.
        texts: Passages.

    Returns:
        Two arrays in [0, 1], shape `(len(texts),)`.
    """
    if not texts:
        return np.zeros(0), np.zeros(0)
    asked, *tokens = table.tokens([question, *texts])
    best = table.cosines(asked, np.concatenate(tokens))
    weights = np.linalg.norm(table.token_vectors(asked), axis=1)
    weights /= weights.sum() + 1e-9

    lengths = np.asarray([len(t) for t in tokens])
    blocks = -(-lengths // BLOCK)
    firsts = np.cumsum(blocks) - blocks
    text_of = np.repeat(np.arange(len(texts)), blocks)
    begins = np.repeat(np.cumsum(lengths) - lengths, blocks) + (np.arange(len(text_of)) - firsts[text_of]) * BLOCK
    of_block = np.maximum.reduceat(best, begins, axis=1)
    whole = weights @ np.maximum.reduceat(of_block, firsts, axis=1)
    followed = np.flatnonzero(text_of[:-1] == text_of[1:])
    windows = of_block.copy()
    windows[:, followed] = np.maximum(of_block[:, followed], of_block[:, followed + 1])
    closest = np.maximum.reduceat(weights @ windows, firsts)
    return np.clip(whole, 0.0, 1.0), np.clip(closest, 0.0, 1.0)
