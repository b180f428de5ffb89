"""Embedding models: text to unit vectors, as a LangChain `Embeddings`."""

import logging
import threading
from abc import abstractmethod
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from qa.checkpoints import fingerprint, folder_of, label, load
from qa.devices import device_named, dtype_named
from qa.errors import ModelError, SettingsError
from qa.prompts import Prefixes, family_of, own_prefixes, saved_prefixes
from qa.settings import DEFAULT_EMBEDDING_MODEL, Settings
from qa.static_embeddings import StaticTable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "SentenceEmbeddings",
    "StaticEmbeddings",
    "TextEmbeddings",
    "bundled_embeddings",
    "bundled_table",
    "embedder_for",
]

logger = logging.getLogger(__name__)

MODELS = Path(__file__).parent / "models"
SETTING = "HOIBAO_EMBEDDING_MODEL"
HINT = f"{SETTING} takes a folder, or a Hugging Face name whose files are on this machine."


def embedder_for(settings: Settings | None = None) -> "TextEmbeddings":
    """Return the embedding model of the settings; it is loaded when it is first used.

    Args:
        settings: Without them, the model that comes with Hoibao, which needs no PyTorch.

    Raises:
        SettingsError: The model that comes with Hoibao is to have prefixes or other dimensions.
        ModelError: A file of a model cannot be read.
    """
    if settings is None:
        return bundled_embeddings()
    if settings.embedding_model != DEFAULT_EMBEDDING_MODEL:
        return SentenceEmbeddings(
            settings.embedding_model,
            query_prefix=settings.query_prefix,
            passage_prefix=settings.passage_prefix,
            dimensions=settings.embedding_dimensions,
            device=settings.device,
            dtype=settings.embedding_dtype,
            batch_size=settings.embedding_batch,
        )
    if settings.query_prefix or settings.passage_prefix or settings.embedding_dimensions:
        raise SettingsError(
            f"The model {DEFAULT_EMBEDDING_MODEL} takes no prefixes and no other dimensions",
            hint=f"Unset HOIBAO_QUERY_PREFIX, HOIBAO_PASSAGE_PREFIX and HOIBAO_EMBEDDING_DIMENSIONS, or set {SETTING}.",
        )
    return bundled_embeddings()


def bundled_table() -> StaticTable:
    """Return the words and vectors of the model that comes with Hoibao, loaded once.

    Raises:
        ModelError: It cannot be loaded.
    """
    return bundled_embeddings().table


@cache
def bundled_embeddings() -> "StaticEmbeddings":
    """Return the model that comes with Hoibao, the same for all who ask; it is loaded when it is first used."""
    return StaticEmbeddings(DEFAULT_EMBEDDING_MODEL)


class TextEmbeddings(Embeddings):
    """A named model that makes unit vectors of texts; threads may share it.

    Args:
        name: What the vectors are cached under.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._loading = threading.Lock()

    @abstractmethod
    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape `(len(texts), dimensions)`.

        Raises:
            ModelError: The model cannot be loaded.
        """

    @abstractmethod
    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape `(dimensions,)`.

        Raises:
            ModelError: The model cannot be loaded.
        """

    def encode_parts(self, parts: Sequence[tuple[str, float]]) -> NDArray[np.float32] | None:
        """Return the unit vector of several texts, each counting as much as its weight, shape `(dimensions,)`.

        None for a model whose vectors are not made of those of words.
        """
        del parts
        return None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors as lists, as LangChain asks for them."""
        vectors: list[list[float]] = self.encode_documents(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector as a list, as LangChain asks for it."""
        vector: list[float] = self.encode_query(text).tolist()
        return vector


class StaticEmbeddings(TextEmbeddings):
    """A sentence-transformers model of one `StaticEmbedding`, run with NumPy: the mean of the vectors of the tokens.

    The vectors are those that sentence-transformers makes from the same files, without the seconds and the memory
    that PyTorch takes. Only a text without any letter or digit differs: the library gives it the zero vector, whose
    cosine is undefined; here it gets the vector of the unknown token, which lies away from all text.

    Args:
        name: A model that comes with Hoibao, or a folder with one that `training.embeddings` has written.
    """

    BATCH = 1024
    """Texts encoded at once, which bounds the memory."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape `(len(texts), dimensions)`.

        Raises:
            ModelError: The model cannot be loaded.
        """
        with self._loading:
            model = self._model
        parts = [model.encode(texts[i : i + self.BATCH]) for i in range(0, len(texts), self.BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, model.dimensions), dtype=np.float32)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape `(dimensions,)`.

        Raises:
            ModelError: The model cannot be loaded.
        """
        vector: NDArray[np.float32] = self.encode_documents([text])[0]
        return vector

    def encode_parts(self, parts: Sequence[tuple[str, float]]) -> NDArray[np.float32] | None:
        """Return the unit vector of several texts, each counting as much as its weight; None when there are none.

        Raises:
            ModelError: The model cannot be loaded.
        """
        return self.table.weighted(parts) if parts else None

    @property
    def table(self) -> "StaticTable":
        """Tokenizer and vectors of the words.

        Raises:
            ModelError: The model cannot be loaded.
        """
        with self._loading:
            return self._model

    @cached_property
    def _model(self) -> "StaticTable":
        bundled = MODELS / self.name
        folder = bundled if bundled.is_dir() else Path(self.name)
        try:
            return StaticTable(folder)
        except Exception as exc:  # the libraries below raise a score of kinds
            raise ModelError(f"The embedding model {self.name!r} cannot be loaded: {exc}", hint=HINT) from exc


class SentenceEmbeddings(TextEmbeddings):
    """Any sentence-transformers model, loaded when it is first used.

    Its `name` says all that the vectors of passages depend on: the model, the prefix of passages that it does not
    bring itself, fewer dimensions, and of a folder what its files hold. Where a folder lies does not matter, nor what
    stands before questions, nor device and precision.

    Args:
        model: A folder, or a Hugging Face name.
        query_prefix: Stands before a question; None for what the model or its family asks for.
        passage_prefix: Stands before a passage; likewise.
        dimensions: Keep only so many, for a model trained for that (Matryoshka); None for all.
        device: As `HOIBAO_DEVICE`.
        dtype: As `HOIBAO_EMBEDDING_DTYPE`.
        batch_size: Texts encoded at once.

    Raises:
        ModelError: There is a folder of that name, and it cannot be read.
    """

    def __init__(
        self,
        model: str,
        *,
        query_prefix: str | None = None,
        passage_prefix: str | None = None,
        dimensions: int | None = None,
        device: str = "auto",
        dtype: str = "auto",
        batch_size: int = 32,
    ) -> None:
        folder = folder_of(model)
        self.model = model
        self.family = family_of(model, folder)
        self.query_prefix, self.passage_prefix = query_prefix, passage_prefix
        self.dimensions = dimensions
        self.device, self.dtype = device, dtype
        self.batch_size = batch_size
        own = saved_prefixes(folder) if folder is not None else None
        passage = self._prefixes(own).passage if own is None or passage_prefix is not None else ""
        parts = [label(folder) if folder is not None else model]
        parts += [f"passages={passage!r}"] if passage or passage_prefix is not None else []
        parts += [f"dimensions={dimensions}"] if dimensions is not None else []
        parts += [f"files={fingerprint(folder)}"] if folder is not None else []
        super().__init__(" ".join(parts))

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape `(len(texts), dimensions)`.

        Raises:
            ModelError: The model cannot be loaded or run.
        """
        return self._encode(texts, query=False)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape `(dimensions,)`.

        Raises:
            ModelError: The model cannot be loaded or run.
        """
        vector: NDArray[np.float32] = self._encode([text], query=True)[0]
        return vector

    def _encode(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        # One thread at a time: a fast tokenizer is changed by each call, and PyTorch takes every core anyway.
        with self._loading:
            model, prefixes = self._loaded
            if not texts:
                return np.empty((0, self.dimensions or model.get_embedding_dimension() or 0), dtype=np.float32)
            encode = model.encode_query if query else model.encode_document
            prompt = prefixes.query if query else prefixes.passage
            try:
                made = encode(list(texts), prompt=prompt, batch_size=self.batch_size, show_progress_bar=False)
            except Exception as exc:  # memory, drivers, a model that does not fit its tokenizer
                raise ModelError(
                    f"The embedding model {self.model!r} cannot be run: {exc}",
                    hint="Against want of memory: a smaller HOIBAO_EMBEDDING_BATCH, or HOIBAO_DEVICE=cpu.",
                ) from exc
        return self._unit(np.asarray(made, dtype=np.float32))

    def _unit(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        vectors = vectors[:, : self.dimensions]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise ModelError(
                f"The embedding model {self.model!r} gives vectors without a direction",
                hint="HOIBAO_EMBEDDING_DTYPE=bfloat16 or float32 helps where numbers grow too large for half precision.",
            )
        return np.asarray(vectors / lengths, dtype=np.float32)

    @cached_property
    def _loaded(self) -> "tuple[SentenceTransformer, Prefixes]":
        # Imported here: torch and transformers cost four to six seconds, and `import qa` must not.
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # a bar for a second of loading is noise in a terminal and dirt in a log
        device = device_named(self.device)
        dtype = dtype_named(self.dtype, device=device, float16=self.family.float16)

        def make(place: str, local: bool) -> "SentenceTransformer":
            kwargs = {"dtype": dtype}
            return SentenceTransformer(
                place, device=device, model_kwargs=kwargs, local_files_only=local, trust_remote_code=False
            )

        model = load(make, self._location(), setting=SETTING)
        longest = model.get_embedding_dimension()
        if self.dimensions is not None and longest is not None and self.dimensions > longest:
            raise ModelError(
                f"HOIBAO_EMBEDDING_DIMENSIONS is {self.dimensions}, and {self.model!r} has {longest}",
                hint=f"Unset it, or set at most {longest} if the model was trained to be cut short (Matryoshka).",
            )
        if self.family.warning:
            logger.warning("The embedding model %s does not suit Hoibao: %s.", self.model, self.family.warning)
        return model, self._prefixes(own_prefixes(model.prompts))

    def _prefixes(self, own: Prefixes | None) -> Prefixes:
        """Return what stands before texts: the settings, else what the model brings, else what its family asks for."""
        usual = own or self.family.prefixes
        return Prefixes(
            usual.query if self.query_prefix is None else self.query_prefix,
            usual.passage if self.passage_prefix is None else self.passage_prefix,
        )

    def _location(self) -> str:
        return self.model
