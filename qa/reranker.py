"""The reranker: a cross-encoder, which reads question and passage together."""

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.checkpoints import load
from qa.devices import device_named, dtype_named
from qa.errors import ModelError
from qa.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

__all__ = ["Reranker", "reranker_for"]

SETTING = "HOIBAO_RERANKER"
LONGEST = 512
"""Tokens of question and passage; a passage of 1,000 letters has some 300, and time grows faster than length."""
HEADS = ("ForSequenceClassification", "ForCausalLM")
"""How the classes of trained rerankers end; another model would be given a head of random weights."""


def reranker_for(settings: Settings) -> "Reranker | None":
    """Return the reranker of the settings, loaded when it is first used, or None when they name none."""
    if settings.reranker is None:
        return None
    return Reranker(
        settings.reranker,
        device=settings.device,
        dtype=settings.embedding_dtype,
        batch_size=settings.embedding_batch,
    )


class Reranker:
    """Any cross-encoder that sentence-transformers can load; threads may share it.

    Args:
        name: A folder, or a Hugging Face name.
        device: As `HOIBAO_DEVICE`.
        dtype: As `HOIBAO_EMBEDDING_DTYPE`.
        batch_size: Pairs scored at once.
    """

    def __init__(self, name: str, *, device: str = "auto", dtype: str = "auto", batch_size: int = 32) -> None:
        self.name = name
        self.device, self.dtype = device, dtype
        self.batch_size = batch_size
        self._guard = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each passage answers the question, in [0, 1], shape `(len(passages),)`.

        The sigmoid of the model's logit; of a model that tells yes from no, the share of yes.

        Raises:
            ModelError: The model cannot be loaded or run, or is no reranker.
        """
        if not passages:
            return np.empty(0, dtype=np.float32)
        # One thread at a time: a fast tokenizer is changed by each call, and PyTorch takes every core anyway.
        with self._guard:
            logits = self._logits([(question, passage) for passage in passages])
        if not np.isfinite(logits).all():
            raise ModelError(
                f"The reranker {self.name!r} gives scores that are no numbers",
                hint="HOIBAO_EMBEDDING_DTYPE=bfloat16 or float32 helps where numbers grow too large for half precision.",
            )
        margin = logits if logits.ndim == 1 else logits[:, -1] - (logits[:, 0] if logits.shape[1] == 2 else 0.0)
        return np.asarray(np.exp(-np.logaddexp(0.0, -margin)), dtype=np.float32)

    def _logits(self, pairs: list[tuple[str, str]]) -> NDArray[np.float64]:
        from torch.nn import Identity

        model = self._model
        try:
            made: Any = model.predict(
                pairs,
                batch_size=self.batch_size,
                show_progress_bar=False,
                activation_fn=Identity(),  # some models bring none and some a sigmoid; all get the same
                convert_to_tensor=True,
            )
            return np.asarray(made.double().cpu().numpy())
        except Exception as exc:  # memory, drivers, a model that does not fit its tokenizer
            raise ModelError(
                f"The reranker {self.name!r} cannot be run: {exc}",
                hint="Against want of memory: a smaller HOIBAO_EMBEDDING_BATCH, or HOIBAO_DEVICE=cpu.",
            ) from exc

    @cached_property
    def _model(self) -> "CrossEncoder":
        # Imported here: torch and transformers cost four to six seconds, and `import qa` must not.
        from sentence_transformers import CrossEncoder
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # a bar for a second of loading is noise in a terminal and dirt in a log
        device = device_named(self.device)
        dtype = dtype_named(self.dtype, device=device)

        def make(place: str, local: bool) -> "CrossEncoder":
            kwargs = {"dtype": dtype}
            made: CrossEncoder = CrossEncoder(
                place, device=device, model_kwargs=kwargs, local_files_only=local, trust_remote_code=False
            )
            return made

        model = load(make, self.name, setting=SETTING)
        config = getattr(model.transformers_model, "config", None)
        if not str((getattr(config, "architectures", None) or [""])[0]).endswith(HEADS) or model.num_labels > 2:
            raise ModelError(
                f"The model {self.name!r} is no reranker",
                hint=f"{SETTING} takes a cross-encoder with one score, or two (no and yes), such as BAAI/bge-reranker-v2-m3.",
            )
        model.max_seq_length = min(model.max_seq_length or LONGEST, _positions(config), LONGEST)
        return model


def _positions(config: Any) -> int:
    """Return how many tokens a model has places for."""
    positions = getattr(config, "max_position_embeddings", None) or LONGEST
    # RoBERTa and its kin count places from behind the padding.
    offset = (config.pad_token_id or 0) + 1 if "roberta" in str(config.model_type) else 0
    return int(positions) - offset
