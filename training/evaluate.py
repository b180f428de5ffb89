"""Measure an embedding model: `python -m training.evaluate --shared DIR [--model NAME] [--articles N] [--speed]`.

What is counted is how often the right text comes first, or among the first ten, by cosine:

- `xquad`: the paragraph of a question among all paragraphs of XQuAD (development half) and 3,000 passages of other news;
- `pairs`: the Vietnamese translation of an English sentence among 1,000, none of them trained on, and the way back;
- `news`: the article of a question, by its best passage, among all articles or N of them.

`--speed` measures instead the seconds of loading, the passages of 600 characters a second, and the milliseconds of a
question.
"""

import argparse
import json
import lzma
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.embeddings import embedder_for
from qa.language.forms import fold
from qa.settings import DEFAULT_EMBEDDING_MODEL, Settings
from qa.stores import Embedder
from training.corpora import held_out

__all__ = ["measure", "news", "pairs", "speed", "xquad"]

PASSAGE_CHARS = 600
OTHER_PASSAGES = 3000
BATCH = 4096
TIMED_PASSAGES = 20_000
TIMED_QUESTIONS = 500


def measure(model: Any, shared: Path, *, articles: int | None = None) -> dict[str, float]:
    """Return every figure, as fractions, under names such as `xquad en→vi @1`."""
    return xquad(model, shared) | pairs(model, shared) | news(model, shared, articles=articles)


def xquad(model: Any, shared: Path) -> dict[str, float]:
    """Return how often the right paragraph is found: Vietnamese, unaccented and English questions, Vietnamese text."""
    data = json.loads((shared / "eval" / "xquad_dev.json").read_text(encoding="utf-8"))
    paragraphs = [p["context"] for d in data["vi"] for p in d["paragraphs"]]
    asked = {
        lang: [
            (q["question"], i) for i, p in enumerate(p for d in data[lang] for p in d["paragraphs"]) for q in p["qas"]
        ]
        for lang in ("vi", "en")
    }
    chance = random.Random(1)
    others = [chance.choice(_passages(a["text"])) for a in chance.sample(_articles(shared), OTHER_PASSAGES)]
    among = _encode(model, paragraphs + others)
    alone = among[: len(paragraphs)]
    questions = {
        "vi→vi": asked["vi"],
        "unaccented→vi": [(fold(q), i) for q, i in asked["vi"]],
        "en→vi": asked["en"],
    }
    figures: dict[str, float] = {}
    for name, rows in questions.items():
        vectors = np.stack([model.encode_query(q) for q, _ in rows])
        right = [{i} for _, i in rows]
        figures |= _counted(f"xquad {name}", vectors @ among.T, right)
        figures |= _counted(f"xquad alone {name}", vectors @ alone.T, right)
    return figures


def pairs(model: Any, shared: Path) -> dict[str, float]:
    """Return how often a held-out sentence finds its translation."""
    kept = held_out(shared)
    english, vietnamese = (_encode(model, [p[side] for p in kept]) for side in (0, 1))
    cosines = english @ vietnamese.T
    right = [{i} for i in range(len(kept))]
    return _counted("pairs en→vi", cosines, right) | _counted("pairs vi→en", cosines.T, right)


def news(model: Any, shared: Path, *, articles: int | None = None) -> dict[str, float]:
    """Return how often the right article is found by the best of its passages, each with the title before it.

    Args:
        model: What is measured.
        shared: Folder of the data.
        articles: How many articles, those of the questions among them; None for all.
    """
    lines = (shared / "eval" / "dev_news.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [q for q in map(json.loads, lines) if q["source"]]
    gold = {s for q in questions for s in q["source"]}
    corpus = _articles(shared)
    if articles is not None:
        rest = [a for a in corpus if a["id"] not in gold]
        corpus = [a for a in corpus if a["id"] in gold]
        corpus += random.Random(2).sample(rest, articles - len(corpus))
    texts, owners = [], []
    for number, article in enumerate(corpus):
        title = article["text"].split("\n", 1)[0]
        for passage in _passages(article["text"]):
            texts.append(f"{title}\n{passage}")
            owners.append(number)
    vectors = _encode(model, texts)
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    place = {a["id"]: i for i, a in enumerate(corpus)}
    figures: dict[str, float] = {}
    for lang in ("vi", "vi-plain", "en"):
        rows = [q for q in questions if q["lang"] == lang]
        cosines = np.stack([model.encode_query(q["question"]) for q in rows]) @ vectors.T
        best = np.maximum.reduceat(cosines, starts, axis=1)
        figures |= _counted(f"news {lang}", best, [{place[s] for s in q["source"]} for q in rows])
    return figures


def speed(model: Any, shared: Path) -> dict[str, float]:
    """Return how fast the model is on this machine; it must not have been used yet."""
    texts = [a["text"][:PASSAGE_CHARS] for a in _articles(shared) if len(a["text"]) >= PASSAGE_CHARS][:TIMED_PASSAGES]
    began = time.perf_counter()
    model.encode_query("Ai?")
    loaded = time.perf_counter()
    model.encode_documents(texts)
    encoded = time.perf_counter()
    for text in texts[:TIMED_QUESTIONS]:
        model.encode_query(text[:80])
    asked = time.perf_counter()
    return {
        "load, s": loaded - began,
        "passages/s": len(texts) / (encoded - loaded),
        "question, ms": 1000 * (asked - encoded) / TIMED_QUESTIONS,
    }


def main(arguments: list[str] | None = None) -> None:
    """Print the figures of a model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the data")
    parser.add_argument("--model", default=DEFAULT_EMBEDDING_MODEL, help="a name or a folder")
    parser.add_argument("--articles", type=int, help="articles of the news measure; all when not given")
    parser.add_argument("--speed", action="store_true", help="measure speed instead")
    options = parser.parse_args(arguments)
    model: Embedder = embedder_for(Settings(embedding_model=options.model))
    if options.speed:
        figures = speed(model, options.shared)
    else:
        figures = measure(model, options.shared, articles=options.articles)
    for name, value in figures.items():
        sys.stdout.write(f"{name:28} {value:.3f}\n")


def _counted(name: str, scores: NDArray[np.float32], right: list[set[int]]) -> dict[str, float]:
    """Return the shares of rows whose right columns are first and among the first ten."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    first = np.mean([int(row[0]) in r for row, r in zip(best, right, strict=True)])
    ten = np.mean([bool(r & set(row.tolist())) for row, r in zip(best, right, strict=True)])
    return {f"{name} @1": float(first), f"{name} @10": float(ten)}


def _encode(model: Any, texts: list[str]) -> NDArray[np.float32]:
    parts = [model.encode_documents(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
    return np.concatenate(parts)


def _articles(shared: Path) -> list[dict[str, str]]:
    with lzma.open(shared / "eval" / "news_articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _passages(text: str) -> list[str]:
    """Return the body of an article in passages of whole lines, about `PASSAGE_CHARS` characters each."""
    return list(_joined(text.split("\n")[1:])) or [text]


def _joined(lines: list[str]) -> Iterator[str]:
    passage = ""
    for line in lines:
        if passage and len(passage) + len(line) > PASSAGE_CHARS:
            yield passage
            passage = ""
        passage = f"{passage}\n{line}".strip()
    if passage:
        yield passage


if __name__ == "__main__":
    main()
