"""Hostile text as HTML that shows it and does nothing.

Everything that comes from articles, file names, questions and kept conversations goes through `plain`, which leaves text and
nothing else: no element, no entity, no template, no control character, and one character for one, so that offsets hold.
"""

import re
from html import escape
from urllib.parse import urlsplit

__all__ = ["LONGEST_TITLE", "language_of", "plain", "web_address"]

LONGEST_TITLE = 240
# Control characters, lone surrogates and the marks that turn the reading direction show as �, line breaks as themselves.
UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
CONTROL = re.compile(f"[{UNSEEN}]")
TEMPLATE = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;"})


def plain(text: str, *, longest: int | None = None) -> str:
    """Return `text` as HTML that shows it and does nothing, cut to `longest` characters with an ellipsis."""
    if longest is not None and len(text) > longest:
        text = text[:longest].rstrip() + "…"
    shown = CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return escape(shown).translate(TEMPLATE)


def web_address(url: str | None) -> str | None:
    """Return `url` when it is an ordinary web address that a link may lead to, else None."""
    if not url or CONTROL.search(url) or re.search(r"[\s\\<>\"'`{}]", url):
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        usable = usable and "@" not in parts.netloc  # a user's name can look like a well-known host
    except ValueError:
        return None
    return url if usable else None


def language_of(language: str) -> str:
    """Return the attribute that names the language of a text, or "" when it is not one of the two."""
    return f' lang="{language}"' if language in {"vi", "en"} else ""
