"""Who a request comes from, as the applications around the page know it."""

from typing import Any

from ui.access import USER

__all__ = ["address_of", "user_of"]


def address_of(request: Any) -> str:
    """Return the address that an event of the page comes from, as the proxies that are believed tell it; "" when none is known."""
    client = getattr(request, "client", None)
    return str(getattr(client, "host", "") or "")


def user_of(request: Any) -> str | None:
    """Return who has signed in, or None on a page without users."""
    scope = getattr(getattr(request, "request", None), "scope", None)
    return scope.get(USER) if isinstance(scope, dict) else None
