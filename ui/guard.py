"""What is let through to the page at all: its own paths, its own host, small bodies; and the headers of every answer."""

import asyncio
import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "Guard", "header", "refuse", "replayed", "whole_body"]

LARGEST_BODY = 2_000_000
BODY_SECONDS = 30
"""How long a body may take to arrive."""
HEADERS = {
    # Gradio's own start needs inline script, and its HTML component makes functions of its templates: hence the two 'unsafe'.
    "content-security-policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
"""Sent with every answer; one that has a policy of its own keeps that."""
OPEN = {"/", "/healthz", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json", "/config"}
OPEN_BELOW = (
    "/assets/",
    "/fonts/",
    "/static/",
    "/svelte/",
    "/gradio_api/queue/",
    "/gradio_api/heartbeat/",
    "/gradio_api/startup-events",
    "/gradio_api/app_id",
    "/gradio_api/cancel",
    "/gradio_api/reset",
)
"""The paths that the page needs. Gradio has many more, for uploads, files, proxying and its own editor: all closed."""

WHY = {
    403: "Another page sent this request.",
    421: "This page has no users, so it answers only to names of this machine, such as localhost.",
}


class Guard:
    """Closes what the page does not need, refuses strange hosts, other sites' requests and large bodies, adds the headers.

    A plain ASGI wrapper: Starlette's `BaseHTTPMiddleware` hides from a stream that its reader has gone.

    Args:
        app: What is guarded.
        also_open: More paths than the page's own.
        streamed: Those of them whose bodies are passed on as they come, for who takes them to limit.
        local_name: Where given, the page answers only to this name and those of the loopback. Otherwise any site could, by a name
            of its own that it lets point here, have a reader's browser read the page for it (DNS rebinding).
        root_path: What a proxy leaves in front of the paths.
    """

    def __init__(
        self,
        app: "ASGIApp",
        *,
        also_open: frozenset[str] = frozenset(),
        streamed: frozenset[str] = frozenset(),
        local_name: str = "",
        root_path: str = "",
    ) -> None:
        self._app = app
        self._open = OPEN | also_open
        self._streamed = streamed
        self._local_name = local_name
        self._root_path = root_path

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Let a request through, or say why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return
        scope, send = _below(scope, self._root_path), _with_headers(send)
        if status := self._refused(scope):
            await refuse(status, send, WHY.get(status, ""))
        elif not _has_body(scope) or scope["path"] in self._streamed:
            await self._app(scope, receive, send)
        else:
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    body = await whole_body(receive)
            except TimeoutError:
                await refuse(408, send)
            else:
                if body is None:
                    await refuse(413, send)
                else:
                    await self._app(scope, replayed(body, receive), send)

    def _refused(self, scope: "Scope") -> int:
        """Return the status a request is refused with, 0 when it is let through."""
        path = scope["path"]
        if self._local_name and not _is_local(_name_in(f"//{header(scope, 'host')}"), self._local_name):
            return 421
        if path not in self._open and not path.startswith(OPEN_BELOW):
            return 404
        if scope["method"] not in {"GET", "HEAD"} and _from_elsewhere(scope):
            return 403
        if path in self._streamed:
            return 0
        size = header(scope, "content-length") or "0"
        return 413 if not (size.isascii() and size.isdigit()) or int(size) > LARGEST_BODY else 0


def header(scope: "Scope", name: str) -> str:
    """Return a header of a request, the last one of that name; "" when there is none."""
    found = [value for key, value in scope["headers"] if key == name.encode("latin-1")]
    return found[-1].decode("latin-1") if found else ""


async def whole_body(receive: "Receive") -> bytes | None:
    """Return a request's body, or None when it is too large or its sender has gone."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            return None
    return body


def replayed(body: bytes, receive: "Receive") -> "Receive":
    """Return a `receive` that gives `body` once, in one piece, and then what `receive` gives."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> "Message":
        return left.pop() if left else await receive()

    return again


async def refuse(status: int, send: "Send", text: str = "", **headers: str) -> None:
    """Answer with a status, a line of text perhaps, and headers."""
    body = text.encode("utf-8")
    fields = {"content-length": str(len(body)), "content-type": "text/plain; charset=utf-8", **headers}
    start = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: "Send") -> "Send":
    async def send_guarded(message: "Message") -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message.get("headers", [])}
            policy = b"content-security-policy"
            ours = {n.encode(): v.encode() for n, v in HEADERS.items() if n.encode() != policy or policy not in own}
            # Gradio lets every origin read its answers, with cookies; nobody but the page itself needs to.
            kept = [
                (name, value)
                for name, value in message.get("headers", [])
                if name.lower() not in ours and not name.lower().startswith(b"access-control-")
            ]
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return send_guarded


def _below(scope: "Scope", root_path: str) -> "Scope":
    """Take off the root path, for a proxy that leaves it on; most take it off themselves."""
    if not root_path or not scope["path"].startswith(f"{root_path}/"):
        return scope
    raw = scope.get("raw_path") or b""
    cut = {"raw_path": raw[len(root_path) :]} if raw.startswith(root_path.encode() + b"/") else {}
    return {**scope, "path": scope["path"][len(root_path) :], **cut}


def _name_in(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_local(name: str, own: str) -> bool:
    try:
        return name in {"localhost", own} or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _has_body(scope: "Scope") -> bool:
    return bool(header(scope, "transfer-encoding")) or header(scope, "content-length") not in {"", "0"}


def _from_elsewhere(scope: "Scope") -> bool:
    """Tell whether another site's page sends this. Programs that are no browsers send neither header."""
    site = header(scope, "sec-fetch-site")
    if site:
        return site not in {"same-origin", "none"}
    origin = header(scope, "origin")
    hosts = {header(scope, "host").lower(), header(scope, "x-forwarded-host").split(",")[0].strip().lower()}
    return bool(origin) and origin.lower().partition("://")[2] not in hosts - {""}
