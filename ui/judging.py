"""What readers say of answers: the buttons below each, and what is done when one is clicked."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from secrets import token_hex

from qa.errors import HoibaoError
from qa.feedback import LONGEST_REASON, Feedback, FeedbackFile, FeedbackFull, Verdict, feedback_key
from ui.attempts import Attempts
from ui.conversation import Conversation, Exchange, turns
from ui.plain import plain
from ui.texts import both

__all__ = ["Judgement", "Judging", "judgement_html"]

logger = logging.getLogger(__name__)

AT_ONCE, EVERY = 40, 10.0
"""Judgements from one address at once, and the seconds until one more: an office behind one address, but no flood."""
Judgement = tuple[str, Verdict | None, str]
"""The key of an answer, what its reader said of it, and why."""


def judgement_html(judgement: Judgement, number: int) -> str:
    """Return the buttons that say of an answer whether it is right."""
    key, given, reason = judgement
    buttons = "".join(
        f'<button type="button" class="tool" data-judge="{verdict.value}" aria-pressed="{str(verdict is given).lower()}">'
        f"{both(f'judge_{verdict.value}')}</button>"
        for verdict in Verdict
    )
    return (
        f'<div class="judge" role="group" data-words="judge" data-key="{key}" data-exchange="{number}" '
        f'data-reason="{plain(reason)}"><span class="quiet" aria-hidden="true">{both("judge")}</span>{buttons}</div>'
    )


class Judging:
    """Keeps what readers say.

    Args:
        file: Where it is kept.
        made_by: Gives the versions of what answers, by name.
        attempts: How often one address may judge.
    """

    def __init__(
        self, file: FeedbackFile, made_by: Callable[[], Mapping[str, str]], *, attempts: Attempts | None = None
    ) -> None:
        self._file = file
        self._made_by = made_by
        self._attempts = attempts or Attempts(burst=AT_ONCE, per_address=EVERY)

    def given(self, conversation: Conversation) -> dict[int, Judgement]:
        """Return what was said of the answers of a conversation, by number of the exchange; of those only that can be judged."""
        keys = {n: _key(conversation, n) for n, e in enumerate(conversation.exchanges) if _can_be_judged(e)}
        try:
            known = self._file.given(keys.values())
        except HoibaoError as exc:  # an answer is worth more than what was said of it
            logger.warning("Feedback cannot be read: %s", exc)
            known = {}
        return {n: (key, *known.get(key, (None, ""))) for n, key in keys.items()}

    def judge(self, conversation: Conversation, data: Mapping[str, object], *, address: str, user: str | None) -> str:
        """Keep what a reader says, and return as HTML what came of it; the scripts of the page show it.

        Args:
            conversation: In which the answer stands.
            data: `exchange`, `verdict` ("" to take it back) and perhaps `reason`, as the page sends them.
            address: Where it comes from.
            user: Who it comes from, on a page with users.
        """
        at, verdict, reason = data.get("exchange"), data.get("verdict"), data.get("reason")
        number = int(at) if isinstance(at, str) and at.isascii() and at.isdigit() and len(at) < 6 else -1
        known = verdict == "" or verdict in [*Verdict]
        if (
            not known
            or not 0 <= number < len(conversation.exchanges)
            or not _can_be_judged(conversation.exchanges[number])
        ):
            return _came_html("", None, "", "judge_gone")
        key = _key(conversation, number)
        if self._attempts.take(address, None):
            return self._as_it_was(key, "judge_wait")
        try:
            if verdict == "":
                self._file.take_back(key)
                return _came_html(key, None, "", "judge_taken")
            said = Verdict(str(verdict))
            before = self._file.given([key]).get(key)
            if not isinstance(reason, str):
                reason = before[1] if before and before[0] is said else ""
            self._file.keep(self._feedback(conversation, number, said, reason[: LONGEST_REASON * 2], user))
        except FeedbackFull:
            return self._as_it_was(key, "judge_full")
        except HoibaoError as exc:
            logger.warning("Feedback cannot be kept: %s", exc)
            return self._as_it_was(key, "judge_failed")
        return _came_html(key, said, reason[:LONGEST_REASON], "judge_thanks")

    def _feedback(
        self, conversation: Conversation, number: int, verdict: Verdict, reason: str, user: str | None
    ) -> Feedback:
        exchange, before = conversation.exchanges[number], conversation.before(number)
        answer = exchange.answer
        assert answer is not None  # noqa: S101 - such an exchange cannot be judged
        made_by = dict(self._made_by()) | ({"chat": answer.usage.model} if answer.usage else {})
        if exchange.origin:  # what a browser says was answered here
            made_by["from"] = exchange.origin
        # A question that was taken as it stands rests on nothing that was asked before it.
        earlier = before if answer.understood else ()
        return Feedback.of(
            answer, verdict, reason=reason, key=_key(conversation, number), question=exchange.question, user=user,
            day=datetime.now(UTC).isoformat(timespec="seconds"), history=turns(earlier), filters=exchange.filters,
            made_by=made_by, rests_on=[c.article_id for e in earlier if e.answer for c in e.answer.citations],
        )  # fmt: skip

    def _as_it_was(self, key: str, said: str) -> str:
        try:
            verdict, reason = self._file.given([key]).get(key, (None, ""))
        except HoibaoError:
            verdict, reason = None, ""
        return _came_html(key, verdict, reason, said)


def _can_be_judged(exchange: Exchange) -> bool:
    """Return whether there is an answer of ours that is finished."""
    whole = exchange.answer is not None and exchange.answer.done
    return whole and not (exchange.stopped or exchange.failure or exchange.origin == "file")


def _key(conversation: Conversation, number: int) -> str:
    answer = conversation.exchanges[number].answer
    assert answer is not None  # noqa: S101 - see `_can_be_judged`
    return feedback_key(conversation.id, number, answer)


def _came_html(key: str, verdict: Verdict | None, reason: str, said: str) -> str:
    return (
        f'<p hidden data-judged="{key}" data-verdict="{verdict.value if verdict else ""}" data-reason="{plain(reason)}" '
        f'data-said="{said}" data-fresh="{token_hex(4)}"></p>'
    )
