"""What an event changes on the page, carried there as one value.

Gradio builds a component anew for every output that an event leaves alone, hands every value to a thread of its own, and sends
all of them twice. So the page's events have one output: a mapping of regions to what they show, which `regions.js` puts in place.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import wraps
from secrets import token_hex
from typing import Any, ParamSpec

import gradio as gr

__all__ = ["Changes", "Region", "delivered", "delivered_once"]

P = ParamSpec("P")


class Region(StrEnum):
    """What events change: HTML of a part of the page, the text in the question box, or what the server keeps of the session."""

    START = "start"
    PAST = "past"
    LIVE = "live"
    EVIDENCE = "evidence"
    CHIPS = "chips"
    PANEL = "panel"
    BOX = "box"
    STATE = "state"


Changes = dict[Region, Any]
"""What becomes of regions; those that are not named stay."""


def delivered(event: Callable[P, Iterator[Changes]]) -> Callable[P, Iterator[list[Any]]]:
    """Return an event, which yields changes, as a function that yields its value and the state.

    Each value holds all that has changed since the event began, since a browser may draw only the last of several.
    """

    @wraps(event)
    def carry(*args: P.args, **kwargs: P.kwargs) -> Iterator[list[Any]]:
        token, so_far = token_hex(4), Changes()
        for changes in event(*args, **kwargs):
            so_far |= changes
            yield _value(token, so_far, changes)

    return carry


def delivered_once(event: Callable[P, Changes]) -> Callable[P, list[Any]]:
    """Return an event, which returns changes, as a function that returns its value and the state."""

    @wraps(event)
    def carry(*args: P.args, **kwargs: P.kwargs) -> list[Any]:
        changes = event(*args, **kwargs)
        return _value(token_hex(4), changes, changes)

    return carry


def _value(token: str, so_far: Changes, changes: Changes) -> list[Any]:
    shown = {str(region): value for region, value in so_far.items() if region is not Region.STATE}
    return [{"event": token, **shown}, changes.get(Region.STATE, gr.skip())]
