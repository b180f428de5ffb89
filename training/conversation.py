"""Learn how near the articles spoken of come: `python -m training.conversation --shared DIR --work DIR`.

Two questions about one article make a conversation: the first is the turn before, answered by its gold facts. A few words of the
second, without what names its event and with what the first was about behind them, are a follow-up; as it is, it stands by
itself, after a question about the same article or, as often, after one about another. Weights are those with the best mean
reciprocal rank of the right article. How related a turn must be to be a follow-up is what best tells the few words after the
first question from the same after a question about another article. All is cross-validated by article and printed; the place of
the weights is `qa/talk/near.py`, of the relatedness `qa/talk/standing.py`.
"""

import argparse
import itertools
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.evaluate import data_dir, gold_sets, prepare
from qa import NewsAssistant
from qa.gold import Gold, documents, read_gold
from qa.language.forms import UPPER, fold, words
from qa.question import understand
from qa.schema import Hit
from qa.talk.about import joined
from qa.talk.before import before_of
from qa.talk.near import Drawing, drawn_near, likely, spoken_of
from qa.talk.standing import relatedness
from qa.talk.topics import topic_of
from qa.talk.whole import whole_question

__all__ = ["Conversation", "bare", "conversations", "learned", "reduced", "threshold"]

FOLDS, SEED = 5, 7
OTHERS = 4
"""Words of a follow-up beside those that ask."""
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8)
TOLD = (0.0, 0.4, 0.8, 1.5, 3.0)
SHARPNESS = (1.0, 3.0, 6.0)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Two turns, searched for.

    Attributes:
        kind: `same` of a follow-up, `alone` of a question that stands by itself.
        group: What must not be parted by the folds: the right article.
        right: The articles that are right.
        hits: The best passage of each article found for the last turn, best first.
        before: Likewise, for the turn before.
        spoken: As `qa.talk.near.spoken_of` gives it.
    """

    kind: str
    group: str
    right: frozenset[str]
    hits: Sequence[Hit]
    before: Sequence[Hit]
    spoken: Mapping[str, tuple[float, float]]

    def reciprocal(self, drawing: Drawing) -> float:
        """Return 1 / rank of the first right article, 0 when it was not found."""
        ranked = drawn_near(self.hits, self.before, likely(self.spoken, drawing), share=drawing.share)
        ids = dict.fromkeys(h.article.id for h in ranked)
        return next((1 / n for n, id in enumerate(ids, 1) if id in self.right), 0.0)


def conversations(golds: Sequence[Gold], assistant: NewsAssistant) -> Iterator[Conversation]:
    """Yield the conversations that questions make."""
    by_article = _by_article(golds)
    chance = random.Random(SEED)
    found = {g.id: assistant.retriever.search(understand(g.question)) for asked in by_article.values() for g in asked}
    everybody = [g for asked in by_article.values() for g in asked]
    for article, asked in by_article.items():
        for first, second in itertools.permutations(asked, 2):
            whole = whole_question(reduced(second, first, _answer(first)))
            yield _conversation("same", article, second, assistant.retriever.search(whole), first, found[first.id])
            for other in (first, chance.choice(everybody)):
                yield _conversation("alone", article, second, found[second.id], other, found[other.id])


def _by_article(golds: Sequence[Gold]) -> dict[str, list[Gold]]:
    by_article: dict[str, list[Gold]] = defaultdict(list)
    for gold in golds:
        if gold.facts:
            by_article[gold.sources[0]].append(gold)
    return by_article


def _conversation(
    kind: str, article: str, gold: Gold, hits: Sequence[Hit], other: Gold, before: Sequence[Hit]
) -> Conversation:
    right = frozenset(h.article.id for h in (*hits, *before) if documents(h.article) & set(gold.sources))
    return Conversation(kind, article, right, _bests(hits), _bests(before), spoken_of(before, _answer(other)))


def _bests(hits: Sequence[Hit]) -> list[Hit]:
    return [*{h.article.id: h for h in reversed(hits)}.values()][::-1]


def _answer(gold: Gold) -> str:
    return ", ".join(fact[0] for fact in gold.facts or ())


_NAMES = re.compile(rf"(?<!^)(?<!\w)[{UPPER}][\w.'’-]*|\d[\w.,/-]*")


def reduced(second: Gold, first: Gold, answer: str) -> str:
    """Return the second question as a follow-up: `bare`, with what the first was about behind it."""
    before = before_of(understand(first.question), answer, None, topic="")
    return joined(bare(second, first), topic_of(before), understand(second.question), before)


def bare(second: Gold, first: Gold | None = None, *, most: int = OTHERS) -> str:
    """Return a few words of the second question from those that ask on, without names, numbers and what the first says, too."""
    slot = understand(second.question).slots[0]
    said = {w for w in words(fold(first.question if first else "")) if len(w) > 1}
    asking, others = [], []
    for found in re.finditer(r"\S+", second.question.rstrip(" ?.")):
        if slot.start <= found.start() < slot.end:
            asking.append(found)
        elif not (_NAMES.match(second.question, found.start()) or {*words(fold(found[0]))} & said):
            others.append(found)
    near = sorted(others, key=lambda m: (m.start() < slot.start, abs(m.start() - slot.start)))[:most]
    return " ".join(m[0] for m in sorted([*asking, *near], key=lambda m: m.start()))


def learned(found: Sequence[Conversation], grid: Sequence[Drawing]) -> dict[str, float]:
    """Return the weights of a grid with the best mean reciprocal rank, and what they are worth, cross-validated by article."""
    table = np.asarray([[c.reciprocal(drawing) for c in found] for drawing in grid])
    fold_of = _folds([c.group for c in found])
    held = np.zeros(len(found))
    for number in range(FOLDS):
        kept_out = fold_of == number
        held[kept_out] = table[table[:, ~kept_out].mean(axis=1).argmax()][kept_out]
    drawing = grid[int(table.mean(axis=1).argmax())]
    without = np.asarray([c.reciprocal(Drawing(0.0)) for c in found])
    figures = {
        "first": (held == 1).mean(),
        "first_without": (without == 1).mean(),
        "mrr": held.mean(),
        "mrr_without": without.mean(),
    }
    chosen = {"share": drawing.share, "told": drawing.told, "sharpness": drawing.sharpness, "n": len(found)}
    return chosen | {name: round(float(value), 3) for name, value in figures.items()}


def threshold(golds: Sequence[Gold]) -> dict[str, float]:
    """Return the relatedness that best parts follow-ups from questions about other articles, cross-validated by article."""
    rows: list[tuple[str, bool, float]] = []
    chance = random.Random(SEED)
    everybody = [g for asked in _by_article(golds).values() for g in asked]
    for article, asked in _by_article(golds).items():
        for first, second in itertools.permutations(asked, 2):
            for other in (first, chance.choice(everybody)):
                before = before_of(understand(other.question), _answer(other), None, topic="")
                rows.append((article, other is first, relatedness(bare(second, most=2 * OTHERS), before)))
    follows = np.asarray([f for _, f, _ in rows])
    alike = np.asarray([r for _, _, r in rows])
    fold_of = _folds([article for article, _, _ in rows])
    grid = np.arange(0.0, 0.4, 0.01)
    right = np.asarray([(alike >= least) == follows for least in grid])
    held = [right[right[:, fold_of != n].mean(axis=1).argmax()][fold_of == n] for n in range(FOLDS)]
    least = float(grid[right.mean(axis=1).argmax()])
    return {"related": round(least, 2), "n": len(rows), "right": round(float(np.concatenate(held).mean()), 3)}


def main() -> None:
    """Learn, cross-validate and print."""
    parser = argparse.ArgumentParser(description="Learn how near the articles spoken of before come.")
    parser.add_argument("--shared", type=Path, required=True, help="folder of the gold sets")
    parser.add_argument("--work", type=Path, default=Path("data/eval"), help="where corpora and stores are")
    options = parser.parse_args()
    (written,) = (s for s in gold_sets(options.shared, options.work) if s.name == "written")
    prepare(options.shared, options.work, [written])
    golds = read_gold(written.gold.read_text(encoding="utf-8").split("\n"), file=written.gold.name)
    sys.stdout.write(f"relatedness {json.dumps(threshold(golds))}\n")
    found = list(conversations(golds, NewsAssistant.open(data_dir(options.work, written.store))))
    grid = [Drawing(*values) for values in itertools.product(SHARES, TOLD, SHARPNESS)]
    for kind in ("same", "alone"):
        sys.stdout.write(f"{kind} {json.dumps(learned([c for c in found if c.kind == kind], grid))}\n")


def _folds(groups: Sequence[str]) -> NDArray[np.int64]:
    """Return the fold of each, all of a group in one."""
    names = sorted(set(groups))
    random.Random(SEED).shuffle(names)
    number = {name: n % FOLDS for n, name in enumerate(names)}
    return np.asarray([number[g] for g in groups], dtype=np.int64)


if __name__ == "__main__":
    main()
