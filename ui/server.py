"""Serving the page: port, headers, health, a start that is only announced when it is true, a graceful stop."""

import logging
import os
import signal
import socket
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from qa.errors import IndexMissing, ServeError
from qa.schema import Answer, Article, Filters, Turn
from qa.settings import Settings
from ui.beside import VIEW_PATHS, views_beside
from ui.listening import bind, refusal
from ui.memory import keep_together
from ui.programs import LISTED, Programs
from ui.ready import announce, warm_up
from ui.sessions import Sessions
from ui.tools import PATH, Tools, require_mcp
from ui.users import Users

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from qa import NewsAssistant
    from qa.calendar import Counted, Dated, Kind
    from qa.ledger import Version
    from qa.people.timeline import Person
    from ui.draining import Draining, Server
    from ui.page import Collection

__all__ = ["Opened", "Quoting", "build_app", "serve", "server_for"]

logger = logging.getLogger(__name__)

UNLIMITED = Filters()
STOP_SECONDS = 30
"""How long answers in flight may take when the process is told to stop."""


def serve(settings: Settings, *, on_ready: Callable[[str], None]) -> None:
    """Serve the page until the process is told to stop (SIGINT, SIGTERM).

    Args:
        settings: Data directory, host, port, users, limits.
        on_ready: Called once, with the address, when the page can be opened and its first question need not wait for the models.

    Raises:
        ServeError: The address cannot be listened on, or not without users, or a package is missing; nothing has been loaded then.
        HoibaoError: The assistant cannot be opened.
    """
    if settings.mcp:
        require_mcp()
    keep_together()
    listener = bind(settings.host, settings.port)
    folder = tempfile.TemporaryDirectory(prefix="hoibao-")
    with listener, folder:
        _require_users(settings, listener.getsockname()[0])
        os.environ["GRADIO_TEMP_DIR"] = folder.name  # read by Gradio; its default is a folder that other users share
        assistant = Opened(settings)
        with suppress(IndexMissing):  # the page then says so, and how to ingest
            assistant.open()
        from ui.page import Collection

        collection = Collection(Quoting(assistant))
        app = build_app(assistant, collection, settings)
        warm = threading.Event()
        threading.Thread(target=warm_up, args=(collection, warm), daemon=True).start()
        try:
            _run(app, listener, on_ready, warm, cleanup=folder.cleanup)
        except OSError as exc:  # somebody else began to listen while the models were loading
            raise refusal(settings.host, settings.port, exc) from exc


def build_app(assistant: "Opened", collection: "Collection", settings: Settings) -> "Draining":
    """Return the web application: the page at `/`, the health check at `/healthz`, with users also `/login`, with tools `/mcp`.

    From the outside in: proxies that are believed, what is let through at all, who is let in, and the stop.
    """
    from fastapi import FastAPI
    from fastapi.middleware.gzip import GZipMiddleware
    from starlette.routing import Route

    from ui.archive.routes import PATHS as ARCHIVE
    from ui.archive.routes import STREAMED, Archive
    from ui.draining import Draining
    from ui.fonts import FONTS, Announced, Fonts
    from ui.guard import Guard
    from ui.proxies import Forwarded

    programs = Programs(assistant.open)
    tools = Tools(programs) if settings.mcp else None
    running = tools.running if tools else None
    app = FastAPI(title="Hoibao", docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    paths: frozenset[str] = frozenset()
    if tools:
        app.router.routes.append(Route(PATH, tools))
        paths |= {PATH}

    @app.get("/healthz")
    def healthz() -> dict[str, Any]:
        return {"status": "ok", "articles": collection.count()}

    app.mount(f"/{FONTS}", Fonts())
    views = frozenset(f"/{path}" for path in VIEW_PATHS)
    paths |= views
    users = Users(settings.users_file)
    asked = bool(users.names())
    inner: ASGIApp = app
    head = ""
    if asked:
        from ui.access import Access
        from ui.basic import Basic
        from ui.login import PATHS, Login, signed_in_html
        from ui.passwords import Passwords

        cookie = f"hoibao-{settings.port}"  # a browser sends its cookies to every port of a host
        sessions = Sessions(users, hours=settings.session_hours)
        passwords = Passwords(users)
        app.router.routes.extend(
            Login(passwords, sessions, cookie=cookie, views=views, root_path=settings.root_path).routes()
        )
        paths, head = paths | PATHS, signed_in_html(cookie)
        basic = Basic(passwords, sessions) if settings.mcp or settings.api else None
        inner = Access(app, sessions, cookie=cookie, views=views, basic=basic)
    archive = Archive(settings, users=asked)
    app.router.routes.extend(archive.routes())
    paths |= ARCHIVE
    if settings.api:
        paths |= {LISTED}
    _mount_page(app, assistant, collection, settings, head=head, programs=programs if settings.api else None)
    app.add_middleware(Announced, views=views)
    app.add_middleware(GZipMiddleware)  # Gradio compresses its files, not the page itself; streams are left alone
    guarded = Guard(
        inner,
        also_open=paths,
        streamed=STREAMED,
        local_name="" if asked or settings.open_to_all else settings.host,
        root_path=settings.root_path,
    )
    return Draining(Forwarded(guarded, settings.trusted_proxies), on_stop=archive.close)


def server_for(app: "Draining") -> "Server":
    """Return the web server of an application of `build_app`, still to be run."""
    import uvicorn  # only here: no other command serves

    from ui.draining import Server

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # that is `Forwarded`'s
        ws="none",
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    return Server(config, app)


def _mount_page(
    app: "FastAPI",
    assistant: "Opened",
    collection: "Collection",
    settings: Settings,
    *,
    head: str,
    programs: Programs | None,
) -> None:
    import gradio as gr  # seconds of loading that no other command should pay

    from qa.feedback import FeedbackFile
    from ui.judging import Judging
    from ui.page import build_page, head_html

    page = build_page(
        assistant,
        collection,
        limit=settings.max_question_chars,
        users=bool(head),
        judging=Judging(FeedbackFile(settings.data_dir), assistant.made_by),
        views=views_beside(assistant, settings),
    )
    if programs:
        from ui.endpoints import add_endpoints

        add_endpoints(page, programs)
    fonts = ["Noto Sans", "system-ui", "sans-serif"]
    warnings.filterwarnings("ignore", "SSR mode is not supported", UserWarning)  # nor wanted, as is said below
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        root_path=settings.root_path or None,
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
        head=head + head_html(),
    )


def _require_users(settings: Settings, address: str) -> None:
    """Refuse to serve everybody who reaches an address, unless that is wanted.

    Raises:
        ServeError: It is not.
    """
    if ip_address(address.partition("%")[0]).is_loopback or settings.open_to_all or Users(settings.users_file).names():
        return
    raise ServeError(
        f"{settings.host} can be reached from other machines, and the page has no users",
        hint="Add one with `hoibao user NAME`; or let in everybody who reaches it, with --open-to-all.",
    )


def _run(
    app: "Draining",
    listener: socket.socket,
    on_ready: Callable[[str], None],
    warm: threading.Event,
    *,
    cleanup: Callable[[], None],
) -> None:
    def give_up() -> None:
        logger.warning("Stopped while a question was still being answered")
        cleanup()
        os._exit(0)  # a job that runs sees it, and ends by itself

    host, port = listener.getsockname()[:2]
    server = server_for(app)
    finished = threading.Event()
    waiting = threading.Thread(target=announce, args=(host, port, on_ready, warm, finished), daemon=True)
    with _stopping(server):
        waiting.start()
        try:
            server.run_until(give_up, sockets=[listener])
        finally:
            finished.set()
            waiting.join(STOP_SECONDS)


@contextmanager
def _stopping(server: "Server") -> Iterator[None]:
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


class Opened:
    """The assistant of a data directory, opened again and again until something has been ingested there."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
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
                self._assistant = NewsAssistant.open(settings=self.settings)
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

    def made_by(self) -> dict[str, str]:
        """Return the versions of what answers, by name."""
        from importlib.metadata import version

        return {"hoibao": version("hoibao"), "embeddings": self.open().retriever.embeddings.name}

    def outlets(self) -> Sequence[tuple[str, int]]:
        """Return the outlets with the number of articles of each."""
        return self.open().outlets()

    def people(self, name: str) -> "Sequence[Person]":
        """Return everybody of a name, or whose name ends so."""
        return self.open().people(name)

    def matching(self, words: str, *, most: int) -> Sequence[tuple[str, int]]:
        """Return the people whose names hold words, those named in most articles first."""
        return self.open().matching(words, most=most)

    def article(self, id: str) -> Article | None:
        """Return a live article."""
        return self.open().article(id)

    def counted(self, year: str = "") -> "Counted":
        """Return how many articles there are of each year, or month of a year."""
        return self.open().stores.ledger.calendar.counted(year)

    def dated(self, kind: "Kind", period: str, *, start: int, most: int) -> "Sequence[Dated]":
        """Return the articles of a period, by date."""
        return self.open().stores.ledger.calendar.articles(kind, period, start=start, most=most)

    def names(self, *, most: int) -> Sequence[tuple[str, int]]:
        """Return the people who are named in most articles."""
        return self.open().names(most=most)


class Quoting(Opened):
    """The same assistant without its chat model: example questions are tried unasked, and a model may cost money."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened.settings)
        self._opened = opened

    def open(self) -> "NewsAssistant":
        """Return the assistant of the other one."""
        return self._opened.open()

    def stream(self, question: str, history: Sequence[Turn] = (), *, filters: Filters = UNLIMITED) -> Iterator[Answer]:
        """Yield growing answers, quoted from the articles."""
        yield from self.open().stream({"question": question, "history": history, "filters": filters, "chat": False})
