"""The arithmetic of a `StaticEmbedding` without PyTorch: tokenizer, table of vectors, and what both need of a text."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.stretches import Stretches

if TYPE_CHECKING:
    from tokenizers.normalizers import Normalizer

__all__ = ["StaticTable", "normalized"]

Tokens = NDArray[np.int64]

TOKENS_AT_ONCE = 65536
TEXTS_AT_ONCE = 64
"""Texts whose tokens are looked for together, which bounds the memory."""
FEW = 16
"""Texts below which it is not worth while to cut them into stretches."""


class StaticTable:
    """Tokenizer and table of a `StaticEmbedding`; the table stays in 8-bit integers where it is stored in them.

    Args:
        folder: Where `model.safetensors` and `tokenizer.json` lie.

    Attributes:
        dimensions: Length of a vector.
        tokens_known: How many tokens there are.
    """

    def __init__(self, folder: Path) -> None:
        # Imported here: only who embeds pays for them, and `import qa` stays quick.
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._rows, self._row_of, self._weights = _tables(load_file(folder / "model.safetensors"))
        self.dimensions: int = self._rows.shape[1]
        self.tokens_known = len(self._row_of)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        normalizer = self._tokenizer.normalizer
        if normalizer is None:
            raise ValueError("the tokenizer has no normalizer")
        self._normalizer: Normalizer = normalizer
        # `normalized` does the same several times faster for most texts.
        self._tokenizer.normalizer = None
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._unknown = self._tokenizer.token_to_id("<unk>") or 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape `(len(texts), dimensions)`."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        few = len(texts) < FEW
        token_ids = map(self._array, self._ids([*map(self._normalized, texts)])) if few else self.tokens(texts)
        for vector, ids in zip(vectors, token_ids, strict=True):
            vector[:] = self.total(ids)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the numbers of the tokens of each text, at least one each."""
        found = []
        for i in range(0, len(texts), TEXTS_AT_ONCE):
            ids, edges = self._stretches.tokens(texts[i : i + TEXTS_AT_ONCE])
            found += [ids[a:b] if a < b else self._array([]) for a, b in pairwise(edges.tolist())]
        return found

    def token_vectors(self, ids: Tokens) -> NDArray[np.float32]:
        """Return the vectors of tokens, as long as they count in a text, shape `(len(ids), dimensions)`."""
        vectors: NDArray[np.float32] = self._rows[self._row_of[ids]] * self._weights[ids][:, None]
        return vectors

    def weighted(self, parts: Sequence[tuple[str, float]]) -> NDArray[np.float32]:
        """Return the unit vector of several texts, each counting as much as its weight; that of no text is zero."""
        total = np.zeros(self.dimensions, dtype=np.float32)
        for ids, (_, weight) in zip(self.tokens([text for text, _ in parts]), parts, strict=True):
            total += np.float32(weight) * self.total(ids)
        return total / max(float(np.linalg.norm(total)), 1e-9)

    def cosines(self, asked: Tokens, tokens: Tokens) -> NDArray[np.float32]:
        """Return the cosine of each of the tokens `asked` with each of others, shape `(len(asked), len(tokens))`.

        Each vector is read once, however often its token stands there.
        """
        distinct, place = np.unique(tokens, return_inverse=True)
        mine, there = self._row_of[asked], self._row_of[distinct]
        met: NDArray[np.float32] = self._rows[mine].astype(np.float32) @ self._rows[there].astype(np.float32).T
        met /= np.outer(self._lengths[mine], self._lengths[there])
        return met[:, place]

    def words(self, texts: Sequence[str]) -> list[tuple[Tokens, Tokens]]:
        """Return the words of each text one by one, as the model knows them (`thiệt mạng` is one).

        Returns:
            For each text the numbers of the words at which the model's begin, counting runs of letters and digits from 0, and
            their tokens; both of shape `(words,)`.
        """
        found = []
        for tokens in self.tokens(texts):
            begun = self._begun[tokens]
            found.append((np.maximum(np.cumsum(begun) - begun, 0), tokens))
        return found

    @cached_property
    def _lengths(self) -> NDArray[np.float32]:
        """The length of each row of the table."""
        squared: NDArray[np.float32] = np.einsum("ij,ij->i", self._rows, self._rows, dtype=np.float32)
        return np.maximum(np.sqrt(squared), np.float32(1e-6))

    @cached_property
    def _begun(self) -> Tokens:
        """How many words begin within each token."""
        begun = np.zeros(self._tokenizer.get_vocab_size(), dtype=np.int64)
        for token, id in self._tokenizer.get_vocab().items():
            begun[id] = token.count("▁")
        return begun

    @cached_property
    def _stretches(self) -> Stretches:
        return Stretches(self._tokenizer.get_vocab(), self._normalized, self._ids)

    def _normalized(self, text: str) -> str:
        return normalized(text, self._normalizer)

    def _ids(self, prepared: list[str]) -> list[list[int]]:
        return [e.ids for e in self._tokenizer.encode_batch_fast(prepared, add_special_tokens=False)]

    def _array(self, ids: list[int]) -> Tokens:
        return np.asarray(ids or [self._unknown], dtype=np.int64)

    def total(self, ids: Tokens) -> NDArray[np.float32]:
        """Return the sum of the vectors of tokens, shape `(dimensions,)`, taken as a product, in parts that fit in little memory."""
        # A product for each text: summing by segments over a whole batch takes thirty times longer.
        total = np.zeros(self.dimensions, dtype=np.float32)
        for i in range(0, len(ids), TOKENS_AT_ONCE):
            part = ids[i : i + TOKENS_AT_ONCE]
            total += self._weights[part] @ self._rows[self._row_of[part]].astype(np.float32)
        return total


# Letters up to Latin Extended-B and those of Vietnamese, combining tones, and common marks: there Python and the
# tokenizer's own normalizer agree on letters and lower case.
_UNCOMMON = re.compile("[^\\x00-\u024f\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b\u1e00-\u1eff\u2010-\u2026]")
_WORD = re.compile(r"[^\W_]+")


def normalized(text: str, normalizer: "Normalizer") -> str:
    """Return what the normalizer of the bundled model makes of `text`: words in lower case between single spaces.

    Args:
        text: Any text.
        normalizer: The tokenizer's own, which sees to the texts with other letters than Vietnamese and English ones.
    """
    if _UNCOMMON.search(text):
        return str(normalizer.normalize_str(text))
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def _tables(tensors: dict[str, NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float32]]:
    """Return `(rows, row of each token, weight of each token)`, in either layout `StaticEmbedding.load` takes."""
    rows = tensors["embedding.weight"] if "embedding.weight" in tensors else tensors["embeddings"]
    row_of = tensors.get("mapping", np.arange(len(rows)))
    return rows, row_of, tensors.get("weights", np.ones(len(row_of), dtype=np.float32)).astype(np.float32)
