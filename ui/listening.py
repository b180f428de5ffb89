"""Where the page listens: taking the port, or saying why not."""

import errno
import socket

from qa.errors import ServeError

__all__ = ["address_of", "bind", "refusal"]


def bind(host: str, port: int) -> socket.socket:
    """Take the port without listening on it yet: whoever comes before the page is up is refused, not kept waiting.

    Raises:
        ServeError: It cannot be taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as exc:
        raise ServeError(f"{host} is not an address of this machine", hint="Try --host 127.0.0.1.") from exc
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as exc:
        listener.close()
        raise refusal(host, port, exc) from exc
    return listener


def refusal(host: str, port: int, exc: OSError) -> ServeError:
    """Return the error that says why an address cannot be listened on."""
    if isinstance(exc, PermissionError):
        return ServeError(
            f"Port {port} needs more rights than this user has", hint="Take a port above 1023 with --port."
        )
    if exc.errno == errno.EADDRINUSE:
        hint = f"Is Hoibao running already? Open {address_of(host, port)}, or take another port with --port {port + 1}."
        return ServeError(f"Port {port} is in use", hint=hint)
    return ServeError(f"Cannot listen on {host}, port {port}: {exc.strerror}", hint="Try --host 127.0.0.1.")


def address_of(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
