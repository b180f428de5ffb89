"""One answer being written: which calls it takes, what of the replies is proven, what may be shown already.

A draft makes no calls itself: it says what to ask next, takes what comes back, and so serves calls that block and calls that do
not alike. In a stream proven sentences are shown up to the first refused one; those behind it wait until that one has been
asked for again, so that what is shown only grows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from random import uniform
from typing import Any

from langchain_core.messages import BaseMessage

from qa.chat.context import Context
from qa.chat.failures import Failed, Failure
from qa.chat.fields import FieldParser
from qa.chat.models import ChatModel
from qa.chat.parse import Parser, Said
from qa.chat.prompt import going_on, mending, request
from qa.chat.tokens import tokens_of
from qa.chat.verify import check
from qa.citations import Claim
from qa.language.forms import fold
from qa.schema import Usage
from qa.wording import Place

__all__ = ["Draft", "Written"]

LONGEST_WAIT = 20.0
"""Seconds that a provider may ask for; a reader waits no longer, and gets quotations at once instead."""
BACKOFF = 0.4
"""Seconds before the first retry, doubled with each."""
ONCE = frozenset({Failure.TIMEOUT, Failure.EMPTY})
"""Tried again once at most: who has waited a minute will not wait three."""
SHRINKS, LEAST = 3, 400
"""How often the context is halved when it is too long, and the least tokens left to it."""
REPEATED = 3
"""Sentences said before, after which a reply is taken to go round in circles."""
_LENGTH = frozenset({"length", "max_tokens", "max_output_tokens"})
_FILTERED = frozenset({"content_filter", "safety", "refusal", "prohibited_content", "blocklist", "recitation", "spii"})
_REASONS = ("finish_reason", "done_reason", "stop_reason")


@dataclass(frozen=True, slots=True)
class Written:
    """What a chat model has written so far.

    Attributes:
        claims: Proven, each with its place in the text.
        pending: Sentences not proven yet, likewise.
        declined: Whether the model says that the sentences do not answer.
        failure: Why it did not write, or did not finish; None when it did.
    """

    claims: tuple[tuple[Claim, Place], ...]
    pending: tuple[tuple[str, Place], ...] = ()
    declined: bool = False
    failure: Failure | None = None


@dataclass(slots=True)
class _Entry:
    said: Said
    claim: Claim | None
    reasons: list[str]
    settled: bool = False


class Draft:
    """An answer being written.

    Args:
        question: One that needs no history.
        language: `vi` or `en`.
        today: What relative times are counted from.
        chat: The model.
        context: Gives the numbered sentences within so many tokens.
        budget: Tokens for these at first.
        retries: How often a failed call is made again.
        longest: Characters of an answer, after which no more is asked for.
        eager: Whether every word is worth showing, before its sentence is proven.

    Attributes:
        pause: Seconds to wait before the next call.
        in_fields: Whether the present reply is asked for in fields.
        usage: What it took so far.
    """

    def __init__(
        self,
        question: str,
        language: str,
        today: date,
        *,
        chat: ChatModel,
        context: Callable[[int], Context],
        budget: int,
        retries: int,
        longest: int,
        eager: bool = False,
    ) -> None:
        self.question, self.language, self.today = question, language, today
        self._chat, self._build, self._budget, self._longest = chat, context, budget, longest
        self._eager = eager
        self.context = context(budget)
        self._retries, self._tried, self._shrunk = retries, 0, 0
        self._entries: list[_Entry] = []
        self._holes: list[int] = []
        self._mending = self._over = self._declined = False
        self._more: Callable[..., list[BaseMessage]] = _nothing
        self._failure: Failure | None = None
        self._parser: Parser | FieldParser = Parser()
        self._reason, self._sent, self._got, self._repeated = "", 0, (0, 0), 0
        self._refused = self._formless = self.in_fields = False
        self.pause = 0.0
        self.usage = Usage(chat.name, sentences=len(self.context))

    @property
    def shrunk(self) -> bool:
        """Whether the context had to be made smaller than at first."""
        return self._shrunk > 0

    @property
    def begun(self) -> bool:
        """Whether the present reply has any words."""
        return bool(self._parser.raw)

    @property
    def enough(self) -> bool:
        """Whether the rest of the present reply is not worth waiting for."""
        room = self._longest - sum(len(e.claim.text) for e in self._entries if e.claim)
        return self._parser.endless or self._repeated >= REPEATED or room < 0

    @property
    def written(self) -> Written:
        """What there is so far."""
        shown: list[tuple[Claim, Place]] = []
        pending: list[tuple[str, Place]] = []
        for entry in self._entries:
            waits = not self._over and (pending or not entry.settled)
            if waits:
                pending.append((entry.said.text, entry.said.place))
            elif entry.claim is not None:
                shown.append((entry.claim, entry.said.place))
        if self._eager and not self._over and not self._mending and (said := self._parser.open):
            pending.append((said, (shown[-1][1][0] if shown else 0, False)))
        return Written(tuple(shown), tuple(pending), self._declined, self._failure)

    def request(self) -> list[BaseMessage] | None:
        """Return the messages of the next call, or None when there is none to be made."""
        if self._over or not len(self.context):
            return None
        structure = self._chat.structure
        self.in_fields = structure is not None and structure.offered and not self._formless
        manner: dict[str, Any] = {"language": self.language, "in_fields": self.in_fields}
        messages = request(self.question, self.context, today=self.today, **manner) + self._more(**manner)
        self._parser = FieldParser() if self.in_fields else Parser()
        self._reason, self._got, self._repeated, self._refused = "", (0, 0), 0, False
        self._sent = sum(tokens_of(self._chat.model, m.text) for m in messages)
        return messages

    def take(self, chunk: BaseMessage) -> bool:
        """Take a piece of a reply; return whether there is something new to show."""
        if used := getattr(chunk, "usage_metadata", None):
            self._got = (self._got[0] + used["input_tokens"], self._got[1] + used["output_tokens"])
        about = chunk.response_metadata
        self._reason = next((str(about[n]).lower() for n in _REASONS if about.get(n)), self._reason)
        self._refused = self._refused or _refuses(chunk)
        fresh = self._weigh(self._parser.feed(chunk.text))
        return fresh or (self._eager and bool(chunk.text))

    def ended(self) -> None:
        """Take note that a reply has ended, or that enough of it has come."""
        self._count()
        if self._formless and self._chat.structure is not None:
            self._chat.structure.give_up()
        length, filtered = self._reason in _LENGTH, self._refused or self._reason in _FILTERED
        cut = self._chat.tells_why and not self._reason and not self.enough
        self._weigh(self._parser.close(cut=cut or length or self.enough))
        self._declined = self._parser.declined and not any(e.claim for e in self._entries)
        if filtered:
            self._fail(Failed(Failure.REFUSED))
        elif cut:
            self._fail(Failed(Failure.CUT if self.begun else Failure.EMPTY))
        elif self._parser.endless and not self._entries:
            self._finish(Failure.ENDLESS)
        elif not self._entries and not self._declined and not self._mending:
            self._fail(Failed(Failure.EMPTY))
        elif length and self._entries and not self._mending:
            self._mend(Failure.CUT)
        else:
            self._mend(None)

    def failed(self, failed: Failed) -> None:
        """Take note that a call has failed."""
        if self._reason:  # it had ended, and the client made an error of how
            self.ended()
            return
        self._count()
        if failed.form and self.in_fields:
            self._formless, self.pause = True, 0.0
            return
        self._fail(failed)

    def recall(self, claims: tuple[tuple[Claim, Place], ...]) -> None:
        """Take an answer that was kept."""
        self._entries = [_Entry(Said(c.text, (), place), c, [], settled=True) for c, place in claims]
        self._over = True
        self.usage = replace(self.usage, cached=True)

    def _weigh(self, sentences: list[Said]) -> bool:
        fresh = False
        for said in sentences:
            if any(fold(said.text) == fold(e.said.text) for e in self._entries if e.claim or not self._mending):
                self._repeated += 1
                continue
            found = check(said, self.context, language=self.language)
            claim, reasons = (found, []) if isinstance(found, Claim) else (None, found)
            fresh = True
            if self._mending:
                self._mended(said, claim)
                continue
            if claim is None and not said.marks and said.text.endswith(":"):
                continue  # what leads to a list claims nothing
            self._entries.append(_Entry(said, claim, reasons, settled=claim is not None))
            self.usage = replace(self.usage, refused=self.usage.refused + (claim is None))
        return fresh

    def _mended(self, said: Said, claim: Claim | None) -> None:
        """Put what a refused sentence became in its place, or leave it out."""
        if not self._holes:
            return
        entry = self._entries[self._holes.pop(0)]
        entry.settled = True
        if claim is not None:
            entry.claim, entry.said = claim, replace(said, place=entry.said.place)

    def _mend(self, failure: Failure | None) -> None:
        """Ask for what was refused once more, when it was not asked for yet."""
        self._holes = [i for i, e in enumerate(self._entries) if not e.settled]
        if self._mending or not self._holes or self._declined:
            self._finish(failure)
            return
        self._mending, self.pause, self._failure = True, 0.0, failure
        refused = [(self._entries[i].said.text, self._entries[i].reasons) for i in self._holes]
        self._more = partial(mending, self._parser.raw, refused)

    def _fail(self, failed: Failed) -> None:
        failure = failed.failure
        if self._mending:
            self._finish(self._failure)
            return
        if failure is Failure.CONTEXT and not self._entries and self._shrunk < SHRINKS and self._budget // 2 >= LEAST:
            self._shrunk += 1
            self._budget //= 2
            self.context = self._build(self._budget)
            return
        most = min(self._retries, 1) if failure in ONCE else self._retries
        if not failed.retryable or self._tried >= most or (failed.wait or 0.0) > LONGEST_WAIT:
            self._finish(failure)
            return
        backoff = BACKOFF * 2**self._tried * uniform(0.8, 1.2)  # noqa: S311  # so that readers do not all come back at once
        self.pause = backoff if failed.wait is None else failed.wait
        self._tried += 1
        self._entries = [e for e in self._entries if e.claim]
        if self._entries:
            self._more = partial(going_on, [(e.said.text, e.said.marks) for e in self._entries])

    def _finish(self, failure: Failure | None) -> None:
        self._over = True
        proven = any(e.claim for e in self._entries)
        self._failure = failure or (None if proven or self._declined else Failure.UNPROVEN)

    def _count(self) -> None:
        """Add what a call took; where the provider does not tell, what we estimate."""
        read, wrote = self._got
        if self.begun:
            read, wrote = read or self._sent, wrote or tokens_of(self._chat.model, self._parser.raw)
        self.usage = replace(
            self.usage,
            calls=self.usage.calls + 1,
            input_tokens=self.usage.input_tokens + read,
            output_tokens=self.usage.output_tokens + wrote,
        )


def _nothing(**_: object) -> list[BaseMessage]:
    return []


def _refuses(chunk: BaseMessage) -> bool:
    """Return whether a piece of a reply is part of a refusal, which OpenAI sends beside the text."""
    blocks = chunk.content if isinstance(chunk.content, list) else []
    return bool(chunk.additional_kwargs.get("refusal")) or any(
        isinstance(block, dict) and block.get("type") == "refusal" for block in blocks
    )
