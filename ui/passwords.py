"""Passwords looked at: how often, how many at once, and why not."""

import asyncio
from typing import NamedTuple

from ui.attempts import Attempts
from ui.users import Users, user_name

__all__ = ["Passwords", "Refused"]

AT_ONCE, WAITING = 2, 16
"""Passwords looked at together, each in 32 MB, and how many may wait for that; more are sent away for some seconds."""
BUSY_SECONDS = 5


class Refused(NamedTuple):
    """Why nobody was let in.

    Attributes:
        status: Of HTTP.
        error: `wrong`, `wait` (too many attempts) or `busy`.
        wait: Seconds until another attempt may be made.
    """

    status: int
    error: str
    wait: int = 0


class Passwords:
    """The one place that looks at passwords, of people at the login and of programs alike.

    Args:
        users: Those who may be let in.
        attempts: The limit of attempts.
    """

    def __init__(self, users: Users, attempts: Attempts | None = None) -> None:
        self._users = users
        self._attempts = attempts or Attempts()
        self._looking = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def check(self, address: str, name: str, password: str) -> str | Refused:
        """Return the user's name in its one form, or why there is no login.

        Args:
            address: The client's.
            name: As it was given.
            password: Likewise.
        """
        known = user_name(name)
        if wait := self._attempts.take(address, known):
            return Refused(429, "wait", wait)
        if self._waiting >= WAITING:
            return Refused(503, "busy", BUSY_SECONDS)
        self._waiting += 1
        try:
            async with self._looking:
                user = await asyncio.to_thread(self._users.check, name, password)
        finally:
            self._waiting -= 1
        if user is None:
            return Refused(401, "wrong")
        self._attempts.succeed(address, user)
        return user
