"""Who is let in: nothing of the page without a session, and nothing of another reader's conversation with one."""

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.requests import HTTPConnection

from ui.guard import header, refuse, replayed, whole_body
from ui.passwords import Refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ui.basic import Basic
    from ui.sessions import Session, Sessions

__all__ = ["USER", "VIEW", "Access"]

FREE = {"/login", "/login.css", "/healthz"}
FREE_BELOW = ("/fonts/",)
"""What is answered without a session: the login is set in the fonts of the page."""
KEPT_BELOW = ("/assets/", "/fonts/", "/static/", "/svelte/", "/theme.css")
"""Files of Gradio's, which a browser may keep; the rest would show a conversation after its reader has signed out."""
HEARTBEAT = "/gradio_api/heartbeat/"
VIEW = "view"
"""Names, in the query of the login, the view to go on to."""
USER = "hoibao.user"
"""Where, in the scope of a request, its user stands."""
NAME = "session_hash"
"""What Gradio calls the name of a page's conversation, which the page makes up itself."""


class Access:
    """Lets through only what comes with a session, and gives Gradio names of conversations that are that session's own.

    Gradio's own `auth` would not do: its page knows no Vietnamese, its login has no limit, its tokens do not expire, its heartbeat is
    open to everybody, and whoever has signed in may read the events of any conversation whose name he guesses.

    Args:
        app: The page.
        sessions: Those that are let in.
        cookie: The cookie that holds a session's token.
        views: Paths of the views beside the page.
        basic: Lets programs in that send name and password; None when there are to be no programs.
    """

    def __init__(
        self,
        app: "ASGIApp",
        sessions: "Sessions",
        *,
        cookie: str,
        views: frozenset[str] = frozenset(),
        basic: "Basic | None" = None,
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._cookie = cookie
        self._basic = basic
        self._pages = {"/"} | views

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Let a request through with its session, or say where to sign in."""
        if scope["type"] != "http" or scope["path"] in FREE or scope["path"].startswith(FREE_BELOW):
            await self._app(scope, receive, send)
            return
        token = HTTPConnection(scope).cookies.get(self._cookie)
        session: Session | Refused | None = self._sessions.find(token) if token else None
        if session is None and self._basic is not None:
            session = await self._basic.session(scope)
        if isinstance(session, Refused):
            await _refuse_program(session, send)
            return
        if session is None:
            await _ask_to_sign_in(scope, send, self._pages)
            return
        if not scope["path"].startswith(KEPT_BELOW):
            send = _not_kept(send)
        try:
            scope, receive = await _owned(scope, receive, session)
        except ValueError:
            await refuse(400, send)
            return
        await self._app({**scope, USER: session.user}, receive, send)


async def _ask_to_sign_in(scope: "Scope", send: "Send", pages: set[str]) -> None:
    if scope["path"] in pages and scope["method"] in {"GET", "HEAD"}:
        query = scope["query_string"].decode("latin-1")
        if view := scope["path"].removeprefix("/"):
            query = f"{query}&{VIEW}={view}" if query else f"{VIEW}={view}"
        # Relative, so that it holds below whatever path a proxy puts this.
        await refuse(303, send, location=f"login?{query}" if query else "login", cache_control="no-store")
    else:
        await refuse(401, send, "Sign in first.", cache_control="no-store")


async def _refuse_program(refused: Refused, send: "Send") -> None:
    said = "The user name or the password is not right." if refused.error == "wrong" else "Too many attempts."
    headers = {"retry_after": str(refused.wait)} if refused.wait else {}
    await refuse(refused.status, send, said, cache_control="no-store", **headers)


def _not_kept(send: "Send") -> "Send":
    async def send_not_kept(message: "Message") -> None:
        if message["type"] == "http.response.start":
            others = [(n, v) for n, v in message.get("headers", []) if n.lower() != b"cache-control"]
            message = {**message, "headers": [*others, (b"cache-control", b"no-store")]}
        await send(message)

    return send_not_kept


async def _owned(scope: "Scope", receive: "Receive", session: "Session") -> "tuple[Scope, Receive]":
    """Put the session's own name of the conversation in the place of the page's: in path, query and body.

    Raises:
        ValueError: The query or the body cannot be read.
    """
    path = scope["path"]
    if path.startswith(HEARTBEAT):
        owned = HEARTBEAT + session.own(path.removeprefix(HEARTBEAT))
        return {**scope, "path": owned, "raw_path": owned.encode("ascii")}, receive
    if query := scope["query_string"].decode("latin-1"):
        fields = parse_qsl(query, keep_blank_values=True, max_num_fields=20)
        renamed = urlencode([(name, session.own(value) if name == NAME else value) for name, value in fields])
        scope = {**scope, "query_string": renamed.encode("ascii")}
    if scope["method"] == "POST" and path.startswith("/gradio_api/") and header(scope, "content-length") != "0":
        body = await whole_body(receive)
        read = json.loads(body or b"{}")
        if not isinstance(read, dict):
            raise ValueError("this is no object")
        if NAME in read:
            read[NAME] = session.own(str(read[NAME]))
        body = json.dumps(read).encode("ascii")
        others = [(n, v) for n, v in scope["headers"] if n not in {b"content-length", b"transfer-encoding"}]
        scope = {**scope, "headers": [*others, (b"content-length", str(len(body)).encode())]}
        receive = replayed(body, receive)
    return scope, receive
