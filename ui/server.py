"""Serving the page: port, headers, health, a start that is only announced when it is true, a graceful stop."""

import errno
import http.client
import logging
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from qa.errors import IndexMissing, ServeError
from qa.schema import Answer, Article, Filters, Turn
from qa.settings import Settings

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from qa import NewsAssistant
    from qa.ledger import Version
    from ui.page import Assistant, Collection

__all__ = ["HEADERS", "build_app", "serve"]

logger = logging.getLogger(__name__)

UNLIMITED = Filters()
STOP_SECONDS = 2
LARGEST_BODY = 2_000_000
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
"""Sent with every answer."""
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


def serve(settings: Settings, *, on_ready: Callable[[str], None]) -> None:
    """Serve the page until the process is told to stop (SIGINT, SIGTERM).

    Args:
        settings: Data directory, host, port, limits.
        on_ready: Called once, with the address, when the page can be opened.

    Raises:
        ServeError: The address cannot be listened on; nothing has been loaded then.
        HoibaoError: The assistant cannot be opened.
    """
    listener = _bind(settings.host, settings.port)
    with listener, tempfile.TemporaryDirectory(prefix="hoibao-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder  # read by Gradio; its default is a folder that other users share
        assistant = _Opened(settings)
        with suppress(IndexMissing):  # the page then says so, and how to ingest
            assistant.open()
        from ui.page import Collection

        collection = Collection(assistant)
        app = build_app(assistant, collection, settings)
        threading.Thread(target=collection.examples, daemon=True).start()  # loads the models meanwhile
        try:
            _run(app, listener, on_ready)
        except OSError as exc:  # somebody else began to listen while the models were loading
            raise _refusal(settings.host, settings.port, exc) from exc


def build_app(assistant: "Assistant", collection: "Collection", settings: Settings) -> "FastAPI":
    """Return the web application: the page at `/`, the health check at `/healthz`."""
    import gradio as gr  # seconds of loading that no other command should pay
    from fastapi import FastAPI
    from fastapi.middleware.gzip import GZipMiddleware

    from ui.fonts import FONTS, Announced, Fonts
    from ui.page import build_page, head_html

    app = FastAPI(title="Hoibao", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, Any]:
        return {"status": "ok", "articles": collection.count()}

    app.mount(f"/{FONTS}", Fonts())
    page = build_page(assistant, collection, limit=settings.max_question_chars)
    fonts = ["Noto Sans", "system-ui", "sans-serif"]
    app = gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"]),
        head=head_html(),
    )
    app.add_middleware(Announced)
    app.add_middleware(GZipMiddleware)  # Gradio compresses its files, not the page itself; streams are left alone
    app.add_middleware(_Guard)
    return cast("FastAPI", app)


def _run(app: "FastAPI", listener: socket.socket, on_ready: Callable[[str], None]) -> None:
    import uvicorn  # only here: no other command serves

    host, port = listener.getsockname()[:2]
    # An open page keeps a stream to the server; without a time limit a stop would wait until the last window is closed.
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=STOP_SECONDS
    )
    server = uvicorn.Server(config)
    finished = threading.Event()
    waiting = threading.Thread(target=_announce, args=(host, port, on_ready, finished), daemon=True)
    with _stopping(server):
        waiting.start()
        try:
            server.run(sockets=[listener])
        finally:
            finished.set()
            waiting.join(STOP_SECONDS)


def _announce(host: str, port: int, on_ready: Callable[[str], None], finished: threading.Event) -> None:
    """Call `on_ready` once a GET of the page is answered with the page."""
    address = _address(host, port)
    reached = urlsplit(address).hostname or host
    while not finished.wait(0.05):
        connection = http.client.HTTPConnection(reached, port, timeout=10)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                on_ready(address)
                return
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()


@contextmanager
def _stopping(server: "uvicorn.Server") -> Iterator[None]:
    """Let both signals end `serve` quietly: uvicorn raises them once more when it has stopped, which would kill the process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        server.should_exit = True

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


class _Opened:
    """The assistant of a data directory, opened again and again until something has been ingested there."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._assistant: NewsAssistant | None = None

    def open(self) -> "NewsAssistant":
        """Return the assistant.

        Raises:
            IndexMissing: Nothing has been ingested yet.
        """
        from qa import NewsAssistant  # loading that must not come before the port is ours

        with self._lock:
            if self._assistant is None:
                self._assistant = NewsAssistant.open(settings=self._settings)
            return self._assistant

    def stream(self, question: str, history: Sequence[Turn] = (), *, filters: Filters = UNLIMITED) -> Iterator[Answer]:
        """Yield growing answers."""
        yield from self.open().stream({"question": question, "history": history, "filters": filters})

    def times(self, question: str) -> Sequence[str]:
        """Return the times a question speaks of."""
        return self.open().times(question)

    def version(self, article_id: str, content_hash: str) -> "Version | None":
        """Return an article as it was when its content hash began so."""
        return self.open().version(article_id, content_hash)

    def versions(self, article_id: str) -> "Sequence[Version]":
        """Return an article as it is and was, latest first."""
        return self.open().versions(article_id)

    def articles(self) -> Iterator[Article]:
        """Yield the articles."""
        return self.open().articles()

    def count(self, filters: Filters = UNLIMITED) -> int:
        """Return how many articles there are, or how many of them filters leave."""
        return self.open().count(filters)

    def outlets(self) -> Sequence[tuple[str, int]]:
        """Return the outlets with the number of articles of each."""
        return self.open().outlets()

    def names(self, *, most: int) -> Sequence[tuple[str, int]]:
        """Return the people who are named in most articles."""
        return self.open().names(most=most)


class _Guard:
    """Adds the headers, closes what the page does not need, refuses large bodies.

    A plain ASGI wrapper: Starlette's `BaseHTTPMiddleware` hides from a stream that its reader has gone.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: "Message") -> None:
            if message["type"] == "http.response.start":
                names = {name.encode() for name in HEADERS}
                kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in names]
                message["headers"] = [*kept, *((n.encode(), v.encode()) for n, v in HEADERS.items())]
            await send(message)

        size = dict(scope["headers"]).get(b"content-length", b"0")
        if scope["path"] not in OPEN and not scope["path"].startswith(OPEN_BELOW):
            await _refuse(404, send_guarded)
        elif not size.isdigit() or int(size) > LARGEST_BODY:
            await _refuse(413, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)


async def _refuse(status: int, send: "Send") -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _bind(host: str, port: int) -> socket.socket:
    """Take the port without listening on it yet: whoever comes before the page is up is refused, not kept waiting."""
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
        raise _refusal(host, port, exc) from exc
    return listener


def _refusal(host: str, port: int, exc: OSError) -> ServeError:
    if isinstance(exc, PermissionError):
        return ServeError(
            f"Port {port} needs more rights than this user has", hint="Take a port above 1023 with --port."
        )
    if exc.errno == errno.EADDRINUSE:
        hint = f"Is Hoibao running already? Open {_address(host, port)}, or take another port with --port {port + 1}."
        return ServeError(f"Port {port} is in use", hint=hint)
    return ServeError(f"Cannot listen on {host}, port {port}: {exc.strerror}", hint="Try --host 127.0.0.1.")


def _address(host: str, port: int) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
