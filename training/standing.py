"""Learn what tells a turn that goes on from one that stands by itself: `python -m training.standing`.

The last turns of the conversations that were written for Hoibao go on wherever they do not say by themselves all that their
question must hold; those that change the topic stand by themselves, and so do single questions, each put behind the conversation about
another article that chance gives it. A logistic regression tells them apart; it is cross-validated by set of conversations and
printed. The place of the weights is `qa/talk/standing.py`, of the thresholds `qa/conversation.py`.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.evaluate import QUESTIONS
from qa.conversation import last_turn
from qa.gold import Gold, read_gold
from qa.kinds import Kind
from qa.language.forms import fold
from qa.measures import holds
from qa.question import understand
from qa.schema import Turn
from qa.talk.before import Before
from qa.talk.spoken import plainly
from qa.talk.standing import WEIGHTS, features
from qa.talk.words import turn_language, without_lead

__all__ = ["Example", "examples", "fitted", "held_out_chances"]

FOLDS, SEED = 6, 7
SINGLE = ("news", "news_second", "news_third")
"""Files of questions that stand by themselves."""
LOOKED_AT = (
    "conversations_second_held_out",
    "conversations_third_held_out",
    "conversations_sixth_held_out",
    "conversations_seventh_held_out",
)
"""Conversations that were held out until they had been looked at."""
SHARE = {"follow": 1.0, "topic": 3.0, "short": 0.4, "single": 0.15}
"""What an example counts: changes of topic and short questions are few in the sets, long ones are many."""
SHORT = {"vi": 11, "en": 9}
"""Words of a short question."""
PENALTY = 0.3
THRESHOLDS = (0.05, 0.45)


@dataclass(frozen=True, slots=True)
class Example:
    """A turn behind a conversation.

    Attributes:
        kind: `follow` of one that goes on, `topic` of one that changes the topic, `single` of a question put there, `short` of a short one.
        group: The set of conversations it is of; "" of single questions.
        language: Of the turn.
        values: As `qa.talk.standing.features` gives them, in the order of the weights.
    """

    kind: str
    group: str
    language: str
    values: NDArray[np.float64]


def examples(talks: Sequence[tuple[str, Gold]], singles: Sequence[Gold]) -> Iterator[Example]:
    """Yield the turns that ask something.

    Args:
        talks: Conversations, each with the name of its set.
        singles: Questions that stand by themselves.
    """
    chance = random.Random(SEED)
    for group, gold in talks:
        says_all = _says_all(gold)
        kind = "follow" if not says_all else "topic" if gold.kind == "new_topic" else ""
        if kind and (found := _values(gold.question, gold.history)) is not None:
            yield Example(kind, group, gold.lang, found)
    for gold in singles:
        fitting = [t for _, t in talks if t.lang == gold.lang and t.id != gold.id]
        if fitting and (found := _values(gold.question, chance.choice(fitting).history)) is not None:
            short = len(gold.question.split()) <= SHORT[gold.lang[:2]]
            yield Example("short" if short else "single", "", gold.lang, found)


def _says_all(gold: Gold) -> bool:
    """Return whether a turn holds by itself what its question must, and nothing that it must not."""
    text = fold(gold.question)
    return all(any(holds(text, fold(s)) for s in spellings) for spellings in gold.shows) and not any(
        holds(text, fold(s)) for s in gold.shows_not
    )


def _values(question: str, history: Sequence[Turn]) -> NDArray[np.float64] | None:
    """Return what tells of a turn behind a conversation; None of one that asks nothing."""
    before: Before | None = last_turn(history)
    if before is None:
        return None
    text = plainly(" ".join(question.split()))
    language = turn_language(text, vietnamese=before.vietnamese)
    asked = understand(without_lead(text, language=language)[0], language=language)
    if not any(s.end > s.start and s.kind is not Kind.TOPIC for s in asked.slots):
        return None
    found = features(asked, before)
    return np.asarray([found[name] for name in WEIGHTS])


def fitted(found: Sequence[Example]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, by Newton's method, all but the first kept small."""
    table = np.stack([e.values for e in found])
    goes_on = np.asarray([float(e.kind == "follow") for e in found])
    share = np.asarray([SHARE[e.kind] for e in found])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 1e-3
    weights = np.zeros(table.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share * (goes_on - chance)) - penalty * weights
        bend = (table * (share * chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def held_out_chances(found: Sequence[Example]) -> NDArray[np.float64]:
    """Return how likely each goes on by weights learned from the other folds; all of a set of conversations are in one."""
    groups = sorted({e.group for e in found} - {""})
    chance = random.Random(SEED)
    fold_of = np.asarray([groups.index(e.group) % FOLDS if e.group else chance.randrange(FOLDS) for e in found])
    held = np.zeros(len(found))
    for number in range(FOLDS):
        weights = fitted([e for e, n in zip(found, fold_of, strict=True) if n != number])
        kept_out = fold_of == number
        held[kept_out] = 1 / (1 + np.exp(-np.stack([e.values for e in found])[kept_out] @ weights))
    return held


def main() -> None:
    """Learn, cross-validate and print."""
    talks = [
        (path.stem, gold)
        for path in sorted(QUESTIONS.glob("conversations_*.jsonl"))
        if "held_out" not in path.stem or path.stem in LOOKED_AT
        for gold in _read(path)
    ]
    singles = [gold for name in SINGLE for gold in _read(QUESTIONS / f"{name}.jsonl")]
    singles += [
        replace(gold, question=gold.history[0].question, history=()) for _, gold in talks if gold.lang != "mixed"
    ]
    found = list(examples(talks, singles))
    held = held_out_chances(found)
    for threshold in THRESHOLDS:
        told = {
            kind: [bool(chance >= threshold) for e, chance in zip(found, held, strict=True) if e.kind == kind]
            for kind in SHARE
        }
        shares = {kind: f"{sum(goes)} of {len(goes)}" for kind, goes in told.items()}
        sys.stdout.write(f"taken to go on at {threshold}: {json.dumps(shares)}\n")
    weights = dict(zip(WEIGHTS, fitted(found).round(2).tolist(), strict=True))
    sys.stdout.write(f"{json.dumps(weights)}\n")


def _read(path: Path) -> list[Gold]:
    return read_gold(path.read_text(encoding="utf-8").split("\n"), file=path.name)


if __name__ == "__main__":
    main()
