"""Replies in fields: what they are to look like, whether a model offers them, and which have refused.

The field `marks` takes the place of marks in brackets, so that nothing has to be guessed. Where a provider refuses the form, the same
question is put again without it, and the model is not asked for it again as long as the process lives.
"""

import logging
import warnings
from dataclasses import dataclass
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableBinding, RunnableSequence

__all__ = ["SCHEMA", "Structure", "structure_of"]

SCHEMA: dict[str, Any] = {
    "title": "answer",
    "description": "An answer made of sentences, each with the numbered sentences that prove it.",
    "type": "object",
    "properties": {
        "answered": {"type": "boolean", "description": "Whether the numbered sentences answer the question."},
        "sentences": {
            "type": "array",
            "description": "The answer, one sentence an element; empty when there is none.",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string", "description": "The sentence, without numbers in brackets."},
                    "marks": {
                        "type": "array",
                        "description": "The numbers of the sentences that prove it.",
                        "items": {"type": "integer"},
                    },
                },
                "required": ["text", "marks"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["answered", "sentences"],
    "additionalProperties": False,
}
"""As providers take it that hold a model to it: every field required, no others."""
_REFUSED: set[tuple[str, str]] = set()
"""Models, by name and address, whose providers have refused the form."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Structure:
    """A model bound to the form of its replies.

    Attributes:
        model: Streams the JSON as its text.
        key: Name and address of the model.
    """

    model: Runnable[Any, BaseMessage]
    key: tuple[str, str]

    @property
    def offered(self) -> bool:
        """Whether the form was not refused yet."""
        return self.key not in _REFUSED

    def give_up(self) -> None:
        """Remember that the form was refused, and that the model does without."""
        if self.offered:
            logger.info("the chat model takes no form for its replies; they are read as text")
        _REFUSED.add(self.key)


def structure_of(model: BaseChatModel, name: str, wanted: Literal["auto", "on", "off"]) -> Structure | None:
    """Return a model bound to the form of its replies, or None where that is not wanted or the model has no such thing.

    Args:
        model: Any of LangChain's.
        name: What it goes by.
        wanted: `auto` for when LangChain's profile of the model says that it offers this, `on` for whenever it can be asked.
    """
    profile = getattr(model, "profile", None) or {}
    if wanted == "off" or (wanted == "auto" and profile.get("structured_output") is not True):
        return None
    bound = _bound(model)
    if bound is None:
        logger.info("the chat model cannot be asked for replies in fields; they are read as text")
        return None
    address = getattr(model, "openai_api_base", None) or getattr(model, "base_url", None)
    return Structure(bound, (name, str(address or "")))


def _bound(model: BaseChatModel) -> Runnable[Any, BaseMessage] | None:
    """Return a model with its provider's own argument for the form, which LangChain knows.

    It stands first in what `with_structured_output` gives; behind it stands a parser that reads the whole again with every
    piece, which is not for us. A call of a tool is no such argument: its text is empty.
    """
    for options in ({"strict": True}, {}):
        try:
            with warnings.catch_warnings():  # it warns when it takes tools instead
                warnings.simplefilter("ignore")
                made = model.with_structured_output(SCHEMA, method="json_schema", **options)
        except Exception as exc:  # noqa: BLE001  # whatever a provider's class raises, it means that it cannot
            logger.debug("no replies in fields: %s", type(exc).__name__)
            continue
        first = made.first if isinstance(made, RunnableSequence) else None
        return first if isinstance(first, RunnableBinding) and not first.kwargs.get("tools") else None
    return None
