"""A question read by a chat model: made whole from the conversation and split into its parts; held against the rules.

What the rules read stands: a period they found is the period, a name that nobody wrote is no name. A reply that says otherwise is
put aside, and the question is taken as the rules have it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from qa.conversation import FollowUp
from qa.language.forms import UPPER, detect_language, fold, has_accents, nfc, occurrences
from qa.language.times import find_times
from qa.reading.orders import visible
from qa.schema import Turn

__all__ = ["Asked", "as_asked", "reading"]

PARTS = 3
"""Parts of a question at most."""
TURNS, TURN_CHARS = 4, 400
"""Turns of the conversation that are told, and how much of each answer."""
LONGEST = 500
_SYSTEM = """You rewrite the last question of a conversation about news articles so that it can be understood alone. Do not answer it.

Write one JSON object and nothing else: {"question": "...", "parts": ["..."]}
- "question": the last question with what it refers to written out (names, events, years from the conversation), in its own \
language. If it is complete already, the question unchanged.
- "parts": when it asks several things, each as a complete question, at most three; otherwise [].
Never add a name, a number or a date that stands neither in the question nor in the conversation."""
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?:[ -][{UPPER}]\w*)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that needs no history, and the questions it is made of; none when it asks one thing."""

    text: str
    parts: tuple[str, ...] = ()


def reading(typed: str, history: Sequence[Turn], *, today: date) -> list[BaseMessage]:
    """Return the messages that ask a model to read a question."""
    turns = [
        f"Q: {visible(t.question)[:TURN_CHARS]}\nA: {visible(t.answer)[:TURN_CHARS]}" for t in list(history)[-TURNS:]
    ]
    lines = [
        f"Today is {today.isoformat()}.",
        "Conversation:",
        *(turns or ["(none)"]),
        f"Last question: {visible(typed)}",
    ]
    return [SystemMessage(_SYSTEM), HumanMessage("\n".join(lines))]


def as_asked(reply: str, typed: str, history: Sequence[Turn], ruled: FollowUp, *, today: date) -> Asked:
    """Return the question as the model read it, where that agrees with the rules; else as the rules did.

    Args:
        reply: What the model wrote.
        typed: The question as typed.
        history: The conversation.
        ruled: The question as the rules made it whole.
        today: What relative times are counted from.
    """
    found = _OBJECT.search(reply[:20_000])
    try:
        row = json.loads(found[0]) if found else {}
    except (ValueError, RecursionError):
        row = {}
    row = row if isinstance(row, dict) else {}
    known = fold(" ".join([typed, *(f"{t.question} {t.answer}" for t in history)]))
    whole = row.get("question")
    text = " ".join(nfc(whole).split()) if isinstance(whole, str) else ""
    if not _agrees(text, typed, ruled.text, known, today):
        text = ruled.text
    listed = row.get("parts")
    parts = [" ".join(nfc(p).split()) for p in listed if isinstance(p, str)] if isinstance(listed, list) else []
    sound = 1 < len(parts) <= PARTS and all(_sound(p, typed, known) for p in parts)
    if not sound or not {v for p in parts for v in _periods(p, today)} <= _periods(text, today):
        parts = []
    return Asked(text, tuple(parts))


def _agrees(text: str, typed: str, ruled: str, known: str, today: date) -> bool:
    """Return whether a question says nothing that the rules deny."""
    periods = _periods(typed, today) or _periods(ruled, today)
    return _sound(text, typed, known) and (not periods or _periods(text, today) == periods)


def _sound(text: str, typed: str, known: str) -> bool:
    """Return whether a question is one, in the language of the typed one, of names and numbers that somebody wrote."""
    if not 0 < len(text) <= LONGEST or detect_language(text) != detect_language(typed):
        return False
    names = [
        m[0] if m.start() else m[0].partition(" ")[2] for m in _NAME.finditer(text)
    ]  # the first word is one anyway
    numbers = re.findall(r"\d+(?:[.,/-]\d+)*", text)
    return all(any(occurrences(fold(n), known)) for n in (*filter(None, names), *numbers))


def _periods(text: str, today: date) -> set[str]:
    plain = detect_language(text) == "vi" and not has_accents(text)
    return {t.mention.value for t in find_times(text, counted_from=today.isoformat(), plain=plain)}
