"""The quiet line over an answer: how its question was understood, and what it was limited to."""

import re

from ui.conversation import Exchange
from ui.plain import plain
from ui.scope import iso_of, scope_html
from ui.texts import both, period_text

__all__ = ["understood_html"]

OPEN = re.compile(r"--\d\d(?:-\d\d)?")
"""A day or month whose year is not said: nothing can be limited to it."""


def understood_html(exchange: Exchange) -> str:
    """Return a follow-up as it was made whole, what was read from the question, and the filters it was asked with; "" for none."""
    answer = exchange.answer
    parts = [f"{both('understood')} {plain(answer.understood)}"] if answer and answer.understood else []
    read = [*map(_period, exchange.periods), *map(_person, exchange.people)]
    parts += [f"{both('read_off')} {' '.join(read)}"] if read else []
    parts += [f"{both('within')} {scope_html(exchange.filters)}"] if exchange.filters else []
    said = "".join(f"<span>{part}</span> " for part in parts)
    return f'<p class="understood">{said}</p>' if said else ""


def _period(value: str) -> str:
    first, _, last = value.partition("/")
    if iso_of(first) is None or (last and iso_of(last) is None):
        words = period_text(value) if OPEN.fullmatch(value) else plain(value, longest=40)
        return f'<span class="chip">{words}</span>'
    return _button(f'data-period="{plain(value)}"', period_text(first, last or first))


def _person(name: str) -> str:
    return _button(f'data-person="{plain(name, longest=120)}"', plain(name, longest=60))


def _button(data: str, words: str) -> str:
    return (
        f'<button type="button" class="chip keep" data-act="keep" {data}>{words}'
        f'<span class="unseen"> – {both("keep")}</span></button>'
    )
