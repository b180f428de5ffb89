"""What a proxy in front says of a request, and from whom it is believed."""

import ipaddress
from collections.abc import Sequence
from typing import TYPE_CHECKING

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Forwarded"]

SAID = {b"forwarded", b"x-gradio-server", b"x-real-ip"}
"""Headers that tell of another request than this one; beside them all that begin with `x-forwarded-`."""


class Forwarded:
    """Takes the client's address and scheme from trusted proxies; from others, takes out what they say.

    Gradio believes everybody's `X-Forwarded-Host`, and so would the limit of logins everybody's `X-Forwarded-For`.

    Args:
        app: What sees the request as the client sent it.
        proxies: Addresses or networks of the trusted.
    """

    def __init__(self, app: "ASGIApp", proxies: Sequence[str] = ()) -> None:
        self._app = app
        self._proxies = [ipaddress.ip_network(proxy) for proxy in proxies]
        self._believing = ProxyHeadersMiddleware(app, list(proxies))  # type: ignore[arg-type]  # Uvicorn has its own names for ASGI

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on as the client sent it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._trusts(scope):
            await self._believing(scope, receive, send)  # type: ignore[arg-type]
        else:
            own = [(n, v) for n, v in scope["headers"] if n not in SAID and not n.startswith(b"x-forwarded-")]
            await self._app({**scope, "headers": own}, receive, send)

    def _trusts(self, scope: "Scope") -> bool:
        try:
            address = ipaddress.ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return any(address in network for network in self._proxies)
