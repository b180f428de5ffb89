"""The training texts as rows of the embedding table: tokenized once, then sampled from by array operations alone."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.normalizers import Normalizer

from qa.language.forms import fold
from qa.static_embeddings import normalized

__all__ = ["Ids", "Ragged", "tokenized", "unaccented"]

Ids = NDArray[np.int64]
BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Ragged:
    """Sequences of different lengths in one array.

    Attributes:
        values: All sequences, one after the other.
        ends: Where each ends, shape `(sequences + 1,)`, the first being 0.
    """

    values: NDArray[np.int32]
    ends: Ids

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def lengths(self) -> Ids:
        """Length of each sequence."""
        return np.diff(self.ends)

    def between(self, first: Ids, last: Ids) -> tuple[Ids, Ids]:
        """Return `(positions in values, which range each belongs to)` of the ranges of sequences `[first, last)`."""
        begin = self.ends[first]
        lengths = self.ends[last] - begin
        owners = np.repeat(np.arange(len(first)), lengths)
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return begin[owners] + offsets, owners


def tokenized(texts: Iterable[str], tokenizer: Tokenizer, rows: Sequence[int], normalizer: Normalizer) -> Ragged:
    """Return the rows of the tokens of each text."""
    row_of = np.asarray(rows, dtype=np.int32)
    quick = Tokenizer.from_str(tokenizer.to_str())
    quick.normalizer = None  # the texts are normalised already
    parts: list[NDArray[np.int32]] = []
    lengths: list[int] = [0]
    for batch in _batches(texts):
        prepared = [normalized(text, normalizer) for text in batch]
        for found in quick.encode_batch_fast(prepared, add_special_tokens=False):
            ids = found.ids
            parts.append(np.asarray(ids, dtype=np.int32))
            lengths.append(len(ids))
    values = row_of[np.concatenate(parts)] if parts else np.empty(0, dtype=np.int32)
    return Ragged(values, np.cumsum(lengths, dtype=np.int64))


def unaccented(text: str) -> str:
    """Return the text as it is typed without diacritics."""
    return fold(unicodedata.normalize("NFC", text))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while batch := list(islice(rest, BATCH)):
        yield batch
