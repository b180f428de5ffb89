"""Programs with users: name and password come with every request (RFC 7617), and are looked at once."""

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from ui.guard import header
from ui.passwords import Passwords, Refused

if TYPE_CHECKING:
    from starlette.types import Scope

    from ui.sessions import Session, Sessions

__all__ = ["Basic"]

LONGEST = 2048
REMEMBERED = 1000
"""Programs whose sessions are remembered; those longest unseen are looked at anew."""


class Basic:
    """Gives programs sessions by HTTP Basic authentication, under the same limits as people at the login.

    Only the first request of a program costs a look at its password; for the later ones its session is found by a keyed digest of what
    it sends. No answer asks for a password, so that no browser opens a window of its own for it.

    Args:
        passwords: Looks at them.
        sessions: Where the sessions begin.
    """

    def __init__(self, passwords: Passwords, sessions: "Sessions") -> None:
        self._passwords = passwords
        self._sessions = sessions
        self._key = secrets.token_bytes(32)
        self._tokens: OrderedDict[bytes, str] = OrderedDict()
        self._looking: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()

    async def session(self, scope: "Scope") -> "Session | Refused | None":
        """Return the session of a request, why it gets none, or None when it brings no name and password."""
        sent = header(scope, "authorization")
        if not sent.lower().startswith("basic "):
            return None
        digest = hmac.digest(self._key, sent.encode("latin-1"), hashlib.sha256)
        lock = self._looking.setdefault(digest, asyncio.Lock())
        async with lock:  # a program's first requests may come all at once: the others wait for the one look
            return self._known(digest) or await self._looked_at(scope, digest, sent)

    def _known(self, digest: bytes) -> "Session | None":
        found = self._sessions.find(self._tokens.get(digest, ""))
        if found:
            self._tokens.move_to_end(digest)
        return found

    async def _looked_at(self, scope: "Scope", digest: bytes, sent: str) -> "Session | Refused":
        name, password = _read(sent[len("basic ") :])
        user = await self._passwords.check((scope.get("client") or ("",))[0], name, password)
        if isinstance(user, Refused):
            return user
        token = self._sessions.begin(user) or ""
        self._tokens[digest] = token
        self._tokens.move_to_end(digest)
        if len(self._tokens) > REMEMBERED:
            self._tokens.popitem(last=False)
        return self._sessions.find(token) or Refused(401, "wrong")


def _read(encoded: str) -> tuple[str, str]:
    try:
        told = base64.b64decode(encoded[:LONGEST].strip(), validate=True).decode("utf-8")
    except ValueError:
        return "", ""
    name, _, password = told.partition(":")
    return name, password
