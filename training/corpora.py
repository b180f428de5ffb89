"""The training data, read from a folder laid out as `training/README.md` says; nothing of it is kept in the project."""

import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from qa.language.lexicon import parse

__all__ = ["HELD_OUT", "NewsArticle", "dictionary", "held_out", "lexicon", "news", "parallel"]

HELD_OUT = 1000
"""English–Vietnamese sentence pairs that are never trained on."""
SHORTEST_HELD_OUT = 30
"""Fewest characters of a held-out English sentence: greetings and fragments tell models apart by chance."""

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """A word-segmented article: `_` joins the syllables of a word.

    Attributes:
        title: One line.
        abstract: One line, sometimes empty.
        sentences: The body, a sentence each.
    """

    title: str
    abstract: str
    sentences: tuple[str, ...]


def news(shared: Path) -> Iterator[NewsArticle]:
    """Yield the training articles of `train/news_segmented.jsonl.xz` (vietnews corpus)."""
    with lzma.open(shared / "train" / "news_segmented.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            body = tuple(s for s in row["body"].split("\n") if s.strip())
            yield NewsArticle(row["title"], row["abstract"], body)


def held_out(shared: Path) -> list[Pair]:
    """Return the `HELD_OUT` sentence pairs `(English, Vietnamese)` kept for measuring; no two share a side."""
    pairs = [p for p in _parallel(shared) if len(p[0]) >= SHORTEST_HELD_OUT and len(p[1]) >= SHORTEST_HELD_OUT]
    return random.Random(20_26).sample(pairs, HELD_OUT)


def parallel(shared: Path) -> list[Pair]:
    """Return the sentence pairs `(English, Vietnamese)` to train on: neither side is that of a held-out pair."""
    kept = held_out(shared)
    english = {_key(e) for e, _ in kept}
    vietnamese = {_key(v) for _, v in kept}
    return [(e, v) for e, v in _parallel(shared) if _key(e) not in english and _key(v) not in vietnamese]


def dictionary(shared: Path) -> list[Pair]:
    """Return the dictionary as `(English, Vietnamese)` words and phrases, glosses parted and asides taken out."""
    pairs = []
    for english, vietnamese in _rows(shared / "train" / "dictionary_en_vi.tsv.xz"):
        for sense in re.split("[;,]", _ASIDE.sub(" ", english)):
            words = sense.lower().removeprefix("to ").strip()
            if words and len(words.split()) <= 8 and len(vietnamese.split()) <= 10:
                pairs.append((words, vietnamese))
    return list(dict.fromkeys(pairs))


def lexicon() -> list[Pair]:
    """Return the lexicon of Hoibao as `(English, Vietnamese)` pairs."""
    text = (files("qa.language") / "lexicon.tsv").read_text(encoding="utf-8")
    return [(e.english, v) for e in parse(text, name="lexicon.tsv") for v in e.vietnamese]


def _parallel(shared: Path) -> list[Pair]:
    """Return the sentence pairs, each side once: subtitles repeat, and some lines have no translation."""
    seen: set[str] = set()
    pairs = []
    for english, vietnamese in _rows(shared / "train" / "parallel_en_vi.tsv.xz"):
        keys = {_key(english), _key(vietnamese)}
        if "" in keys or keys & seen:
            continue
        seen |= keys
        pairs.append((english, vietnamese))
    return pairs


def _rows(path: Path) -> Iterator[Pair]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            english, _, vietnamese = line.rstrip("\n").partition("\t")
            yield english.strip(), vietnamese.strip()


def _key(sentence: str) -> str:
    return "".join(c for c in sentence.lower() if c.isalnum())
