"""Who may add, remove and restore articles."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from qa.settings import Settings
from ui.access import USER
from ui.users import user_name

__all__ = ["Permit"]


class Permit:
    """Tells of a request whether its sender may change the collection.

    Args:
        settings: Name the archivists, or leave it to the default: without users, whoever is at this machine.
        users: Whether readers sign in.
    """

    def __init__(self, settings: Settings, *, users: bool) -> None:
        named = settings.archivists
        self._names = {user_name(name) for name in named or ()} - {None}
        self._local = named is None and not users and not settings.open_to_all and not settings.trusted_proxies

    def allows(self, scope: Mapping[str, Any]) -> bool:
        """Return whether the sender of the request of this scope may."""
        if USER in scope:
            return scope[USER] in self._names
        return self._local and _is_here((scope.get("client") or ("",))[0])


def _is_here(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False
