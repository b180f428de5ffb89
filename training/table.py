"""Learn the word translations that come with Hoibao: `python -m training.table --shared DIR --out qa/models/hoibao-words-v1`.

Two alignments are learned, English given Vietnamese and Vietnamese given English; a translation must be likely both ways.
"""

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.embeddings import MODELS
from qa.language.forms import fold, match_form, words
from qa.language.lexicon import lemmas
from qa.settings import DEFAULT_EMBEDDING_MODEL
from qa.static_embeddings import normalized
from training import corpora

__all__ = ["learn"]

logger = logging.getLogger(__name__)

ROUNDS = 6
TENSION = 4.0
"""How strongly an alignment keeps to the diagonal (Dyer et al. 2013, who found 4 a good value)."""
ABSENT = 0.08
"""Probability that a word is aligned with nothing, as there."""
OWN_ROW_AT_LEAST = 12
"""Occurrences from which an inflected English word has translations of its own; a rarer one shares those of its base form."""
LONGEST = 80
"""Words of a sentence above which a pair is left out."""
KEPT = 8
"""Most translations kept of a word."""
LEAST = 0.02
"""Least probability of a translation, given the English word."""
LEAST_BACK = 0.01
"""Least probability of the English word, given the translation."""
DICTIONARY, LEXICON = 1, 3
"""How often each entry is seen."""

Rows = NDArray[np.int64]


def learn(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, list[tuple[str, float]]]:
    """Return for each English word its Vietnamese translations with their probabilities, most likely first.

    IBM model 1 (Brown et al. 1993) with the diagonal prior of fast_align (Dyer et al. 2013), by expectation
    maximisation, once each way. The score of a translation is the geometric mean of both probabilities, made to add up
    to 1 over those that are kept.

    Args:
        pairs: `(English words, Vietnamese words)` of each sentence or entry.
    """
    fits = [(e, v) for e, v in pairs if 0 < len(e) <= LONGEST and 0 < len(v) <= LONGEST]
    english, en_rows = _numbered(e for e, _ in fits)
    vietnamese, vi_rows = _numbered(v for _, v in fits)
    forward = _aligned(en_rows, vi_rows, len(vietnamese))
    backward = _aligned(vi_rows, en_rows, len(english))
    back = {(e, v): p for v, of in backward.items() for e, p in of.items()}
    table = {}
    for e, of in forward.items():
        scored = [
            (vietnamese[v], (p * back[e, v]) ** 0.5)
            for v, p in of.items()
            if p >= LEAST and back.get((e, v), 0.0) >= LEAST_BACK and _translates(english[e], vietnamese[v])
        ]
        best = sorted(scored, key=lambda s: (-s[1], s[0]))[:KEPT]
        if best:
            total = sum(p for _, p in best)
            table[english[e]] = [(v, p / total) for v, p in best]
    return table


def prepared(shared: Path) -> list[tuple[list[str], list[str]]]:
    """Return the sentence pairs, dictionary and lexicon as words, the Vietnamese compounds joined."""
    sentences = corpora.parallel(shared)
    entries = corpora.dictionary(shared) * DICTIONARY + corpora.lexicon() * LEXICON
    every = sentences + entries
    counts = Counter(w for e, _ in every for w in _english(e))
    base = {w: _base(w, counts) for w in counts}
    compounds = _compounds([v for _, v in every])
    return [([base[w] for w in _english(e)], v) for (e, _), v in zip(every, compounds, strict=True)]


def save(table: dict[str, list[tuple[str, float]]], out: Path) -> None:
    """Write the table as `translations.tsv`: the English word, then `Vietnamese=probability` columns."""
    out.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join([e, *(f"{v}={p:.2f}" for v, p in of)]) for e, of in sorted(table.items())]
    (out / "translations.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _english(text: str) -> list[str]:
    return [w for w in words(text.replace("&apos;", "'")) if w.isalpha() and w.isascii()]


def _base(word: str, counts: Counter[str]) -> str:
    """Return the base form whose translations a rare inflected form shares, or the word itself."""
    if counts[word] >= OWN_ROW_AT_LEAST:
        return word
    return max(lemmas(word), key=lambda w: (counts[w], w == word))


def _compounds(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of Vietnamese texts as the bundled tokenizer parts them."""
    tokenizer = Tokenizer.from_file(str(MODELS / DEFAULT_EMBEDDING_MODEL / "tokenizer.json"))
    normalizer = tokenizer.normalizer
    assert normalizer is not None  # noqa: S101 - the bundled one has
    tokenizer.normalizer = None
    found = tokenizer.encode_batch([normalized(t, normalizer) for t in texts], add_special_tokens=False)
    return [_words(e.tokens) for e in found]


def _words(tokens: Iterable[str]) -> list[str]:
    """Return whole words of tokens, parts of words joined: `▁hội▁nghị`, `▁kata`, `zome` → `hội nghị`, `katazome`."""
    joined: list[str] = []
    for token in tokens:
        if token.startswith("▁") or not joined:
            joined.append(token)
        else:
            joined[-1] += token
    forms = (" ".join(match_form(s) for s in w.split("▁") if s) for w in joined)
    return [f for f in forms if f and not f.isdigit()]


def _numbered(texts: Iterable[Sequence[str]]) -> tuple[list[str], list[Rows]]:
    number: dict[str, int] = {}
    rows = [np.asarray([number.setdefault(w, len(number)) for w in text], dtype=np.int64) for text in texts]
    return list(number), rows


def _aligned(source: list[Rows], target: list[Rows], targets: int) -> dict[int, dict[int, float]]:
    """Return p(target | source) for every two words of a pair that have some."""
    keys, prior, occurrence, occurrences = _links(source, target, targets)
    distinct, link = np.unique(keys, return_inverse=True)
    of = distinct // targets
    chance: NDArray[Any] = np.full(len(distinct), 1.0)
    nothing = ABSENT / targets
    for _ in range(ROUNDS):
        weight = prior * chance[link]
        weight /= (np.bincount(occurrence, weights=weight, minlength=occurrences) + nothing)[occurrence]
        chance = np.bincount(link, weights=weight)
        chance = chance / np.bincount(of, weights=chance)[of]
    kept = np.flatnonzero(chance >= min(LEAST, LEAST_BACK) / 2)
    table: dict[int, dict[int, float]] = {}
    for i in kept:
        table.setdefault(int(of[i]), {})[int(distinct[i] % targets)] = float(chance[i])
    return table


def _links(source: list[Rows], target: list[Rows], targets: int) -> tuple[Rows, NDArray[np.float64], Rows, int]:
    """Return of every two words of a pair: their key, the prior of the link, and which target occurrence it explains."""
    keys, priors, occurrences = [], [], []
    done = 0
    for s, t in zip(source, target, strict=True):
        at = (np.arange(len(t)) + 0.5) / len(t)
        by = (np.arange(len(s)) + 0.5) / len(s)
        prior = np.exp(-TENSION * np.abs(at[:, None] - by[None, :]))
        prior *= (1 - ABSENT) / prior.sum(axis=1, keepdims=True)
        keys.append((s[None, :] * targets + t[:, None]).ravel())
        priors.append(prior.ravel())
        occurrences.append(np.repeat(np.arange(len(t)) + done, len(s)))
        done += len(t)
    return np.concatenate(keys), np.concatenate(priors), np.concatenate(occurrences), done


def _translates(english: str, vietnamese: str) -> bool:
    """Return whether a translation says more than the word itself: names are matched as they are written."""
    return len(english) > 1 and fold(vietnamese).replace(" ", "") != english


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the data, see training/README.md")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    table = learn(prepared(options.shared))
    save(table, options.out)
    logger.info("%d words, %d translations", len(table), sum(map(len, table.values())))


if __name__ == "__main__":
    main()
