"""What passes the guard and what a proxy is believed, request by request."""

import asyncio
from typing import Any

import pytest

from ui.guard import LARGEST_BODY, Guard
from ui.proxies import Forwarded

Sent = list[dict[str, Any]]


class Seen:
    """An application that keeps what reaches it."""

    def __init__(self) -> None:
        self.scopes: Sent = []
        self.body = b""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        if scope["type"] != "http":
            return
        message = await receive()
        self.body = message.get("body", b"")
        await send({"type": "http.response.start", "status": 200, "headers": [(b"access-control-allow-origin", b"*")]})
        await send({"type": "http.response.body", "body": b"ok"})


def request(
    app: Any, path: str = "/", *, method: str = "GET", pieces: tuple[bytes, ...] = (b"",), client: str = "192.0.2.1",
    stalls: bool = False, **headers: str,
) -> int:  # fmt: skip
    """Send a request and return the status of its answer."""
    named = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "scheme": "http",
        "headers": named, "client": (client, 1), "root_path": "",
    }  # fmt: skip
    left, sent = list(pieces), []

    async def receive() -> dict[str, Any]:
        if left:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left) or stalls}
        if stalls:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    assert (
        not [name for name, _ in sent[0]["headers"] if name.startswith(b"access-control")] or app.__class__ is Forwarded
    )
    return int(sent[0]["status"])


def test_a_body_that_comes_in_pieces_arrives_in_one() -> None:
    seen = Seen()
    pieces = (b"a" * 1000, b"", b"b" * 1000)
    assert (
        request(Guard(seen), "/gradio_api/queue/join", method="POST", pieces=pieces, transfer_encoding="chunked") == 200
    )
    assert seen.body == b"a" * 1000 + b"b" * 1000


@pytest.mark.parametrize("headers", [{"transfer_encoding": "chunked"}, {"content_length": "10"}])
@pytest.mark.parametrize("method", ["POST", "GET", "PUT"])
def test_a_body_is_never_read_past_its_limit(method: str, headers: dict[str, str]) -> None:
    seen = Seen()
    pieces = (b"x" * (LARGEST_BODY // 2),) * 5
    assert request(Guard(seen), "/gradio_api/queue/join", method=method, pieces=pieces, **headers) == 413
    assert seen.scopes == []


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "\xb2", str(LARGEST_BODY + 1)])
def test_a_strange_length_is_refused(length: str) -> None:
    seen = Seen()
    assert request(Guard(seen), "/gradio_api/queue/join", method="POST", content_length=length) == 413
    assert seen.scopes == []


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.guard.BODY_SECONDS", 0.01)
    seen = Seen()
    assert request(Guard(seen), "/gradio_api/queue/join", method="POST", content_length="9", stalls=True) == 408
    assert seen.scopes == []


@pytest.mark.parametrize(("path", "inside"), [
    ("/hoibao/", "/"), ("/", "/"), ("/hoibao/config", "/config"), ("/config", "/config"),
    ("/hoibao/gradio_api/heartbeat/x", "/gradio_api/heartbeat/x"),
])  # fmt: skip
def test_a_proxy_may_leave_the_root_path_on_or_take_it_off(path: str, inside: str) -> None:
    seen = Seen()
    assert request(Guard(seen, root_path="/hoibao"), path) == 200
    assert (seen.scopes[0]["path"], seen.scopes[0]["raw_path"]) == (inside, inside.encode())


@pytest.mark.parametrize(
    "path", ["/hoibaox/config", "/hoibao/gradio_api/info", "/hoibao/hoibao/config", "/x/config", ""]
)
def test_nothing_else_opens_with_a_root_path(path: str) -> None:
    assert request(Guard(Seen(), root_path="/hoibao"), path) == 404


def test_what_is_not_http_does_not_pass() -> None:
    seen = Seen()
    asyncio.run(Guard(seen)({"type": "websocket", "path": "/", "headers": []}, None, None))  # type: ignore[arg-type]
    assert seen.scopes == []
    asyncio.run(Guard(seen)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert [scope["type"] for scope in seen.scopes] == ["lifespan"]


SAYS = {
    "x_forwarded_for": "203.0.113.5",
    "x_forwarded_proto": "https",
    "x_forwarded_host": "news.test",
    "host": "inside",
}


@pytest.mark.parametrize("proxies", [("127.0.0.1",), ("127.0.0.0/8", "::1"), ("10.0.0.1", "127.0.0.1")])
def test_a_trusted_proxy_is_believed(proxies: tuple[str, ...]) -> None:
    seen = Seen()
    request(Forwarded(seen, proxies), client="127.0.0.1", **SAYS)
    assert seen.scopes[0]["client"][0] == "203.0.113.5"
    assert seen.scopes[0]["scheme"] == "https"
    assert (b"x-forwarded-host", b"news.test") in seen.scopes[0]["headers"]


@pytest.mark.parametrize(
    ("proxies", "client"),
    [((), "127.0.0.1"), (("10.0.0.0/8",), "127.0.0.1"), (("127.0.0.1",), "192.0.2.1"), (("127.0.0.1",), "")],
)
def test_nobody_else_is(proxies: tuple[str, ...], client: str) -> None:
    seen = Seen()
    request(
        Forwarded(seen, proxies), client=client, forwarded="for=1.2.3.4", x_gradio_server="http://evil.test", **SAYS
    )
    assert seen.scopes[0]["client"][0] == client
    assert seen.scopes[0]["scheme"] == "http"
    assert seen.scopes[0]["headers"] == [(b"host", b"inside")]


def test_what_the_client_itself_says_to_a_trusted_proxy_is_not_believed() -> None:
    seen = Seen()
    said = {**SAYS, "x_forwarded_for": "198.51.100.1, 203.0.113.5"}  # the first is the client's own word
    request(Forwarded(seen, ("127.0.0.1",)), client="127.0.0.1", **said)
    assert seen.scopes[0]["client"][0] == "203.0.113.5"
