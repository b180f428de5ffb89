"""Prompts: what a model wants to stand before a question and before a passage, and what else its family needs.

A model that carries prompts in its own configuration (Qwen3-Embedding, EmbeddingGemma, …) is taken at its word. The
table is for those whose card asks for prefixes that their configuration leaves out. Most models want none.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.checkpoints import label

__all__ = ["Family", "Prefixes", "family_of", "own_prefixes", "saved_prefixes"]


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What stands before a text.

    Attributes:
        query: Before a question.
        passage: Before a passage.
    """

    query: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """What models of one descent have in common.

    Attributes:
        pattern: Found in their names, which are taken in lower case.
        prefixes: What their cards ask for.
        float16: Whether half precision serves them.
        warning: Why they do not suit Hoibao; "" when they do.
    """

    pattern: str = ""
    prefixes: Prefixes = Prefixes()
    float16: bool = True
    warning: str = ""


SEGMENTED = Family(
    r"phobert|vietnamese-bi-encoder|dangvantuan/vietnamese-embedding$",
    warning="it was trained on text with its words joined by underscores, and Hoibao gives it plain text; "
    "BAAI/bge-m3 and intfloat/multilingual-e5-base take plain Vietnamese",
)
# The prefixes stand in the cards of intfloat/multilingual-e5-*, intfloat/e5-mistral-7b-instruct and BAAI/bge-*-en-v1.5;
# that of EmbeddingGemma says that its activations overflow half precision.
FAMILIES = (
    Family(
        r"\be5-(?:\w+-)*instruct", Prefixes("Instruct: Given a question, find passages of news that answer it\nQuery: ")
    ),
    Family(r"(?:\b|_)e5-(?:small|base|large)", Prefixes("query: ", "passage: ")),
    Family(r"\bbge-(?:small|base|large)-en", Prefixes("Represent this sentence for searching relevant passages: ")),
    Family("embeddinggemma", float16=False),
    SEGMENTED,
)
PASSAGE_PROMPTS = ("document", "passage", "corpus")
"""The names under which a configuration may hold the prompt of passages, the first one winning."""


def family_of(model: str, folder: Path | None = None) -> Family:
    """Return the family of a model, that of no needs when none is known.

    Args:
        model: Its Hugging Face name, or its folder as given.
        folder: Where its files lie, if on this machine: its name and its `config.json` say what it came from.
    """
    names = [model.lower()]
    if folder is not None:
        if _json(folder / "tokenizer_config.json").get("tokenizer_class") == "PhobertTokenizer":
            return SEGMENTED
        names = [label(folder).lower(), str(_json(folder / "config.json").get("_name_or_path", "")).lower()]
    return next((f for f in FAMILIES if any(re.search(f.pattern, name) for name in names)), Family())


def own_prefixes(prompts: Mapping[str, str | None]) -> Prefixes | None:
    """Return the prefixes among the prompts of a model's configuration, or None when it has none."""
    # sentence-transformers looks for the same names, but takes an absent "document" for an empty one.
    passage = next((p for p in map(prompts.get, PASSAGE_PROMPTS) if p), "")
    query = prompts.get("query") or ""
    return Prefixes(query, passage) if query or passage else None


def saved_prefixes(folder: Path) -> Prefixes | None:
    """Return the prefixes that the model in a folder carries, or None when it carries none."""
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts")
    return own_prefixes(prompts) if isinstance(prompts, dict) else None


def _json(path: Path) -> dict[str, Any]:
    """Return the object in a file; what cannot be read is for the loading to refuse."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
