"""How often somebody may try to sign in, or do anything else: a bucket of attempts per address and per name, in bounded memory."""

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple, TypeVar

__all__ = ["Attempts"]

BURST = 8
"""Attempts at once; somebody who mistypes needs a few."""
PER_ADDRESS, PER_NAME = 15.0, 60.0
"""Seconds until one more attempt from an address, or at a name from whatever addresses: 1,440 guesses a day at one name."""
REMEMBERED = 10_000
"""Addresses and names remembered; those longest unseen are forgotten first."""


_V = TypeVar("_V")


class _Bucket(NamedTuple):
    left: float
    at: float


class Attempts:
    """Counts attempts to sign in.

    An attempt takes a token from the bucket of its address and from that of its name, and gets both back when the password was
    right. Whoever guesses at a name from many addresses empties its bucket for everybody else too; so a name's bucket does not
    hold for an address from which that name has signed in before.

    Args:
        clock: Gives seconds that never go back.
        burst: Attempts at once.
        per_address: Seconds until one more attempt from an address.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, burst: int = BURST, per_address: float = PER_ADDRESS
    ) -> None:
        self._clock = clock
        self._burst = burst
        self._per_address = per_address
        self._lock = threading.Lock()
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()
        self._trusted: OrderedDict[tuple[str, str], None] = OrderedDict()

    def take(self, address: str, name: str | None) -> int:
        """Count an attempt; return 0 when it may be made, else the seconds to wait, and then nothing is counted.

        Args:
            address: The client's; addresses of version 6 count by their first 64 bits, which are one household's.
            name: The user's name in its one form, whether there is such a user or not; None when it cannot be one.
        """
        with self._lock:
            held = self._held(address, name)
            wait = max(self._wait(key, every) for key, every in held)
            if not wait:
                for key, every in held:
                    self._add(key, every, -1)
            return wait

    def succeed(self, address: str, name: str) -> None:
        """Give an attempt back: its password was right."""
        with self._lock:
            for key, every in self._held(address, name):
                self._add(key, every, +1)
            _put(self._trusted, (_network(address), name), None)

    def _held(self, address: str, name: str | None) -> list[tuple[tuple[str, str], float]]:
        network = _network(address)
        held = [(("address", network), self._per_address)]
        if name is not None and (network, name) not in self._trusted:
            held.append((("name", name), PER_NAME))
        return held

    def _left(self, key: tuple[str, str], every: float) -> float:
        bucket = self._buckets.get(key)
        if bucket is None:
            return self._burst
        return min(self._burst, bucket.left + (self._clock() - bucket.at) / every)

    def _wait(self, key: tuple[str, str], every: float) -> int:
        return max(0, math.ceil((1 - self._left(key, every)) * every))

    def _add(self, key: tuple[str, str], every: float, tokens: int) -> None:
        left = self._left(key, every) + tokens
        if left >= self._burst:
            self._buckets.pop(key, None)  # as if never seen
        else:
            _put(self._buckets, key, _Bucket(left, self._clock()))


def _network(address: str) -> str:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        return str(known.ipv4_mapped or ipaddress.ip_network((known.packed, 64), strict=False))
    return str(known)


def _put(rows: "OrderedDict[tuple[str, str], _V]", key: tuple[str, str], value: _V) -> None:
    rows[key] = value
    rows.move_to_end(key)
    if len(rows) > REMEMBERED:
        rows.popitem(last=False)
