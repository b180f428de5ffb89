"""How many tokens a text takes: by the model's own count where it has one at hand, else an estimate from above."""

from langchain_core.language_models import BaseChatModel

__all__ = ["estimated", "tokens_of"]

ASCII_PER_TOKEN, OTHER_TOKENS = 2.5, 1.5
"""English takes some four characters a token, Vietnamese letters with marks up to two tokens each in vocabularies that have
little Vietnamese; the estimate lies above both, so that a window is never passed for what it saves."""


def estimated(text: str) -> int:
    """Return an estimate of the tokens of a text that is rather too high."""
    ascii_ = len(text.encode("ascii", "ignore"))
    return 1 + int(ascii_ / ASCII_PER_TOKEN + (len(text) - ascii_) * OTHER_TOKENS)


def tokens_of(model: BaseChatModel, text: str) -> int:
    """Return how many tokens a text takes.

    Only a counter that the model was given is asked: LangChain's default ones fetch vocabularies from the network.
    """
    counter = getattr(model, "custom_get_token_ids", None)
    return len(counter(text)) if counter is not None else estimated(text)
