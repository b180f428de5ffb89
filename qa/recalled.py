"""What was found for the last questions: a follow-up looks again for the question before it."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from qa.ledger import Ledger
from qa.question import Question
from qa.schema import Hit
from qa.talk.near import CONSIDERED
from qa.within import Within

__all__ = ["Recalled"]

KEPT = 256
"""Questions whose hits are kept, some 50 kB each."""
_Key = tuple[Question, frozenset[int] | None]


class Recalled:
    """Remembers what was found for the last questions, as far as `qa.conversation.nearer` needs it.

    Args:
        ledger: Says whether what was found is still there.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._kept: OrderedDict[_Key, tuple[Hit, ...]] = OrderedDict()

    def keep(self, question: Question, within: Within | None, hits: Sequence[Hit]) -> None:
        """Remember the hits of a question, best first: those in the best articles."""
        best = [*dict.fromkeys(h.article.id for h in hits)][:CONSIDERED]
        with self._lock:
            self._kept[_key(question, within)] = tuple(h for h in hits if h.article.id in best)
            self._kept.move_to_end(_key(question, within))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def hits(self, question: Question, within: Within | None) -> tuple[Hit, ...] | None:
        """Return what was found for a question; None when that is forgotten, or one of the articles has changed since."""
        with self._lock:
            found = self._kept.get(_key(question, within))
        if found is None:
            return None
        return found if self._ledger.are_live([h.passage.number for h in found]) else None


def _key(question: Question, within: Within | None) -> _Key:
    return question, None if within is None else within.rows
