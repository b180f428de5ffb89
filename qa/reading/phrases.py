"""How answers are worded in each language: bare spans, lists, posts with their English, yes and no."""

from collections.abc import Sequence

from qa.language.lexicon import default_lexicon

__all__ = ["NO", "YES", "as_sentence", "listed", "with_english"]

YES = {"vi": "Có.", "en": "Yes."}
NO = {"vi": "Không.", "en": "No."}
_AND = {"vi": " và ", "en": " and "}


def as_sentence(text: str) -> str:
    """Return `text` with a capital at its beginning and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def listed(items: Sequence[str], *, language: str) -> str:
    """Return the items as a list that is read aloud: `A, B và C`."""
    if len(items) < 2:
        return "".join(items)
    joiner = _AND[language]
    if any(", " in i or joiner in i for i in items):
        return "; ".join(items)
    return ", ".join(items[:-1]) + joiner + items[-1]


def with_english(words: str) -> str:
    """Return a post or an institution with the lexicon's English behind it in brackets, where there is any."""
    english = default_lexicon().english(words)
    return f"{words} ({english})" if english else words
