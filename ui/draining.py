"""A stop that lets the answers in flight finish, and only them.

Uvicorn, told to stop, takes no new connection, closes those that are idle and waits for the rest. Every open page keeps one
connection for its heartbeat, though, which would be waited for as long as the page is open.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Draining", "Server"]

ANSWERS = "/gradio_api/queue/data"
HEARTBEATS = "/gradio_api/heartbeat/"
OVERDUE_SECONDS = 2


class Draining:
    """Ends the heartbeats of all pages as soon as, after `stop`, no answer is being sent.

    Args:
        app: The application.
        on_stop: Called when the stop begins, in a thread: what else must be ended, and may take its time over it.

    Attributes:
        on_stop: As above; it may be called more than once.
        cut_off: Whether an answer was still being sent when its time was over; the thread that reads it goes on.
    """

    def __init__(self, app: "ASGIApp", *, on_stop: Callable[[], None] = lambda: None) -> None:
        self._app = app
        self.on_stop = on_stop
        self._answers = 0
        self.cut_off = False
        self._stopping = False
        self._drained = asyncio.Event()

    def stop(self) -> None:
        """Begin: from the event loop, once no more requests are taken."""
        self._stopping = True
        self._look()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on, and keep count of the answers."""
        path = scope.get("path", "")
        if HEARTBEATS in path:
            await self._until_drained(scope, receive, send)
        elif ANSWERS in path:
            self._answers += 1
            try:
                await self._app(scope, receive, send)
            except asyncio.CancelledError:
                self.cut_off = True
                raise
            finally:
                self._answers -= 1
                self._look()
        else:
            await self._app(scope, receive, send)

    def _look(self) -> None:
        if self._stopping and not self._answers:
            self._drained.set()

    async def _until_drained(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        open_ = False

        async def send_noting(message: "Message") -> None:
            nonlocal open_
            open_ = message["type"] == "http.response.start" or message.get("more_body", False)
            await send(message)

        beating = asyncio.ensure_future(self._app(scope, receive, send_noting))
        drained = asyncio.ensure_future(self._drained.wait())
        try:
            await asyncio.wait({beating, drained}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            drained.cancel()
            beating.cancel()
        await asyncio.wait({beating})
        if not beating.cancelled():
            beating.result()
        if open_:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


class Server(uvicorn.Server):
    """Uvicorn, with a `Draining` that is told of the stop.

    Args:
        config: Of Uvicorn; `timeout_graceful_shutdown` is how long answers in flight may take.
        draining: The application.
    """

    def __init__(self, config: uvicorn.Config, draining: Draining) -> None:
        super().__init__(config)
        self._draining = draining
        self._give_up: Callable[[], None] | None = None
        self._overdue: threading.Timer | None = None

    def run_until(self, give_up: Callable[[], None], *, sockets: "list[socket.socket]") -> None:
        """Serve until told to stop.

        Args:
            give_up: Called when told so a second time, or when an answer still runs some seconds after its time is over: it runs
                in a thread, which nothing can end but the end of the process.
            sockets: Where to listen.
        """
        self._give_up = give_up
        self._overdue = threading.Timer((self.config.timeout_graceful_shutdown or 0) + OVERDUE_SECONDS, give_up)
        self._overdue.daemon = True
        try:
            self.run(sockets=sockets)
        finally:
            self._overdue.cancel()
        if self._draining.cut_off:
            give_up()

    def handle_exit(self, sig: int, frame: "FrameType | None") -> None:
        """Stop at the first signal, give up at the second."""
        if self.should_exit and self._give_up:
            self._give_up()
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: "list[socket.socket] | None" = None) -> None:
        """Let the answers in flight finish, within their time."""
        if self._overdue:
            self._overdue.start()
        self._draining.stop()
        ending = asyncio.ensure_future(asyncio.to_thread(self._draining.on_stop))
        await super().shutdown(sockets)
        await ending
