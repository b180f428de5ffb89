"""The page served inside the test's own process, what a browser would send it, and a proxy in front of it."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from qa.settings import Settings

PASSWORD = "một mật khẩu đủ dài"
SECONDS = 60


@contextmanager
def page_served(settings: Settings) -> Iterator[str]:
    """Serve the page over a data directory, and give its address."""
    from ui.page import Collection
    from ui.server import Opened, build_app, server_for

    assistant = Opened(settings)
    server = server_for(build_app(assistant, Collection(assistant), settings))
    server.config.host, server.config.port = "127.0.0.1", settings.port
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{settings.port}"
    finally:
        server.should_exit = True
        thread.join(SECONDS)


def client(address: str) -> httpx.Client:
    return httpx.Client(base_url=address, timeout=SECONDS, trust_env=False)


def sign_in(reader: httpx.Client, name: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
    return reader.post("login", data={"user": name, "password": password}, headers=headers)


def join(reader: httpx.Client, question: str, session_hash: str) -> httpx.Response:
    """Send a question the way the page does, whatever else the page's event takes."""
    config = reader.get("config").json()
    parts = {part["id"]: part for part in config["components"]}
    asked = next(
        event
        for event in config["dependencies"]
        if any(name == "submit" and parts[id]["props"].get("elem_id") == "question" for id, name in event["targets"])
    )
    data = [
        question if parts[id]["props"].get("elem_id") == "question" else parts[id]["props"].get("value")
        for id in asked["inputs"]
    ]
    body = {"data": data, "fn_index": asked["id"], "session_hash": session_hash, "event_data": None}
    return reader.post("gradio_api/queue/join", json=body)


def events(reader: httpx.Client, session_hash: str) -> Iterator[dict[str, Any]]:
    """Yield what the page is told of a conversation."""
    with reader.stream("GET", "gradio_api/queue/data", params={"session_hash": session_hash}) as reply:
        assert reply.status_code == 200, reply.status_code
        for line in reply.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def answer(reader: httpx.Client, question: str, session_hash: str) -> str:
    """Ask, and return all that the page is told, as text."""
    joined = join(reader, question, session_hash)
    assert joined.status_code == 200, joined.text
    return json.dumps(list(events(reader, session_hash)), ensure_ascii=False)


@contextmanager
def proxied(address: str, prefix: str) -> Iterator[str]:
    """Put the page under a prefix, which is taken off on the way in, and give the address there."""
    host = address.removeprefix("http://")

    class Proxy(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            if not self.path.startswith(f"{prefix}/"):
                self.send_error(404)
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
            kept = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            said = {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Host": self.headers["Host"]}
            upstream = http.client.HTTPConnection(host, timeout=SECONDS)
            try:
                upstream.request(self.command, self.path.removeprefix(prefix), body, {**kept, **said})
                reply = upstream.getresponse()
                self.send_response(reply.status)
                for name, value in reply.getheaders():
                    if name.lower() not in {"transfer-encoding", "connection", "date", "server"}:
                        self.send_header(name, value)
                self.send_header("Connection", "close")
                self.end_headers()
                while piece := reply.read1(65536):
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                pass  # the reader has gone
            finally:
                self.close_connection = True
                upstream.close()

        do_GET = do_POST = do_HEAD = pass_on  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(SECONDS)
