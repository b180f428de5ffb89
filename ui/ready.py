"""Ready: all is loaded that a first question would wait for, and the page answers."""

import http.client
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ui.listening import address_of
from ui.memory import settle

if TYPE_CHECKING:
    from ui.page import Collection

__all__ = ["announce", "warm_up"]

TICK = 0.05
"""Seconds between two looks."""


def warm_up(collection: "Collection", warm: threading.Event) -> None:
    """Load the models by trying the example questions of the first screen; then set `warm`, whatever came of it."""
    try:
        collection.examples()
    finally:
        settle()
        warm.set()


def announce(
    host: str, port: int, on_ready: Callable[[str], None], warm: threading.Event, finished: threading.Event
) -> None:
    """Call `on_ready` once all is loaded and a GET of the page is answered with the page, or with the way to the login."""
    address = address_of(host, port)
    reached = urlsplit(address).hostname or host
    while not finished.wait(TICK):
        connection = http.client.HTTPConnection(reached, port, timeout=10)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status in {200, 303} and warm.is_set():
                on_ready(address)
                return
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()
