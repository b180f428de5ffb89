"""Who is signed in: random tokens in the readers' cookies, what they stand for in memory here."""

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from ui.users import Users

__all__ = ["Session", "Sessions"]

REMEMBERED = 10_000
"""Sessions kept at once; the oldest are signed out first."""


@dataclass(frozen=True)
class Session:
    """One login in one browser.

    Attributes:
        user: The user's name.
        record: What was kept of the user at the login; the session ends when that changes.
        until: When the session ends, by the clock of `Sessions`.
        key: Makes names that no other session can make.
    """

    user: str
    record: str = field(repr=False)
    until: float
    key: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(32))

    def own(self, name: str) -> str:
        """Return `name` as it is called inside this session alone.

        A page chooses the name of its conversation itself. Under its own name, whoever guesses that of another reader's page
        gets an empty one.
        """
        return hmac.new(self.key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


class Sessions:
    """The sessions of this process; they end with it.

    Args:
        users: Those who may have one; a session ends when its user is removed or takes another password.
        hours: How long a session lasts.
        clock: Gives seconds that never go back.
    """

    def __init__(self, users: Users, *, hours: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = round(hours * 3600)
        self._users = users
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: OrderedDict[bytes, Session] = OrderedDict()

    def begin(self, user: str) -> str | None:
        """Return the token of a new session; None when the user has just been removed."""
        record = self._users.record(user)
        if record is None:
            return None
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[_digest(token)] = Session(user, record, self._clock() + self.seconds)
            if len(self._sessions) > REMEMBERED:
                self._sessions.popitem(last=False)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token, or None when there is none, or it has ended."""
        key = _digest(token)
        with self._lock:
            session = self._sessions.get(key)
        if session is None:
            return None
        if self._clock() < session.until and self._users.record(session.user) == session.record:
            return session
        self.end(token)
        return None

    def end(self, token: str) -> None:
        """End the session of a token, if there is one."""
        with self._lock:
            self._sessions.pop(_digest(token), None)


def _digest(token: str) -> bytes:
    """Return what a token is looked up by: comparing digests tells nothing of the token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
