"""Servers on loopback that speak the protocols of OpenAI and Ollama, and play the scripted models of the chat tests.

A script is a function of the request: it gives a `Reply`, which says what is sent and how: in which pieces, with which status, cut
off where. Requests are kept, so that a test can read what was asked; so is whether the client hung up before the end.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHUNK = 7


@dataclass(frozen=True)
class Reply:
    """What a model says, or how it fails.

    Attributes:
        text: All it says.
        reason: Why it ended; "" to end without saying so.
        status: Of HTTP; from 400 on `text` is the message of the error.
        cut: Bytes of the body after which the connection is closed; None to send all of it.
        pause: Seconds before the first word.
        gap: Seconds between the pieces.
        forever: Whether the text is sent again and again.
        refusal: What is sent in place of text when the model will not.
        size: Characters of a piece.
        again: What is sent then after the first time, where that is not the text.
        as_is: Whether the text is sent as it stands to who asks for fields, too; else it is sent in fields then.
    """

    text: str = ""
    reason: str = "stop"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    code: str = "error"
    cut: int | None = None
    pause: float = 0.0
    gap: float = 0.0
    forever: bool = False
    refusal: str = ""
    size: int = CHUNK
    as_is: bool = False
    again: str = ""


Script = Callable[[dict[str, Any]], Reply | str]


class ChatServer:
    """A server that plays a script.

    Attributes:
        requests: The bodies of the requests, in order.
        keys: The keys they came with.
        hung_up: Set when a client went before the end of a reply.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.started: list[float] = []
        self.hung_up = threading.Event()
        self.stopping = threading.Event()
        server = self

        class Handler(_Handler):
            owner = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.request_queue_size = 128
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def url(self) -> str:
        return f"{self.address}/v1"

    def __enter__(self) -> "ChatServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    owner: ChatServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.owner.requests.append(body)
        self.owner.keys.append(self.headers.get("authorization", ""))
        self.owner.started.append(time.perf_counter())
        found = self.owner.script(body)
        reply = Reply(found) if isinstance(found, str) else found
        if wants_fields(body) and reply.status < 400 and not reply.as_is:
            reply = _in_fields(reply)
        self.owner.stopping.wait(reply.pause)
        try:
            if reply.status >= 400:
                self._error(reply)
            elif self.path.endswith("/api/chat"):
                self._send("application/x-ndjson", reply, _ollama(body, reply))
            elif body.get("stream"):
                self._send("text/event-stream", reply, _openai_events(body, reply))
            else:
                self._whole(_openai(body, reply))
        except (BrokenPipeError, ConnectionResetError):
            self.owner.hung_up.set()
            self.close_connection = True

    def _error(self, reply: Reply) -> None:
        ollama = self.path.endswith("/api/chat")
        error = (
            {"error": reply.text}
            if ollama
            else {"error": {"message": reply.text, "type": reply.code, "code": reply.code}}
        )
        self._whole(error, status=reply.status, headers=reply.headers)

    def _whole(self, row: object, *, status: int = 200, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(row).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _send(self, kind: str, reply: Reply, pieces: Iterator[bytes]) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        sent = 0
        for piece in pieces:
            if reply.cut is not None and sent + len(piece) > reply.cut:
                rest = piece[: reply.cut - sent]
                self.wfile.write(f"{len(rest):x}\r\n".encode() + rest + b"\r\n" if rest else b"")
                self.wfile.flush()
                self.close_connection = True
                return  # without the last chunk: the peer closed the connection
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.flush()
            sent += len(piece)
            if reply.gap and self.owner.stopping.wait(reply.gap):
                return
        self.wfile.write(b"0\r\n\r\n")


def _pieces(reply: Reply) -> Iterator[str]:
    yield from (reply.text[i : i + reply.size] for i in range(0, len(reply.text), reply.size))
    again = reply.again or reply.text
    while reply.forever:
        yield from (again[i : i + reply.size] for i in range(0, len(again), reply.size))


def wants_fields(body: dict[str, Any]) -> bool:
    """Return whether a request asks for a reply in fields, as OpenAI or as Ollama does."""
    return "response_format" in body or isinstance(body.get("format"), dict)


def in_fields(text: str, *, cut: bool = False) -> str:
    """Return a reply in words and marks as one in fields; cut off in its last sentence, if it is to be."""
    said = [] if "NOT_ANSWERED" in text else [s for s in re.split(r"\n|(?<=\]) (?!\[)|(?<=\]\.) ", text) if s.strip()]
    rows = [
        {"text": " ".join(re.sub(r" ?\[\d+\]", "", s).split()), "marks": [int(n) for n in re.findall(r"\[(\d+)\]", s)]}
        for s in said
    ]
    whole = json.dumps({"answered": bool(rows), "sentences": rows}, ensure_ascii=False)
    return whole[: whole.rindex('", "marks"')] if cut else whole


def _in_fields(reply: Reply) -> Reply:
    """Return what a server sends that holds its model to the form."""
    if not reply.text:
        return reply
    whole = in_fields(reply.text, cut=reply.reason in ("", "length"))
    if not reply.forever:
        return replace(reply, text=whole)
    return replace(reply, text=whole.removesuffix("]}"), again=", " + whole.partition("[")[2].removesuffix("]}"))


def _usage(body: dict[str, Any], text: str) -> dict[str, int]:
    read = sum(len(str(m["content"])) for m in body["messages"]) // 3
    return {"prompt_tokens": read, "completion_tokens": len(text) // 3, "total_tokens": read + len(text) // 3}


def _openai(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text or None, "refusal": reply.refusal or None}
    choice = {"index": 0, "message": message, "finish_reason": reply.reason or "stop"}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice],
            "usage": _usage(body, reply.text)}  # fmt: skip


def _openai_events(body: dict[str, Any], reply: Reply) -> Iterator[bytes]:
    about = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}

    def event(row: dict[str, Any]) -> bytes:
        return b"data: " + json.dumps({**about, **row}, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n\n"

    def choice(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
        return {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}

    yield event(choice({"role": "assistant", "content": ""}))
    if reply.refusal:
        yield event(choice({"refusal": reply.refusal}))
    for piece in _pieces(reply):
        yield event(choice({"content": piece}))
    if reply.reason:
        yield event(choice({}, reply.reason))
        if body.get("stream_options", {}).get("include_usage"):
            yield event({"choices": [], "usage": _usage(body, reply.text)})
        yield b"data: [DONE]\n\n"


def _ollama(body: dict[str, Any], reply: Reply) -> Iterator[bytes]:
    about = {"model": body["model"], "created_at": "2026-01-01T00:00:00Z"}

    def line(row: dict[str, Any]) -> bytes:
        return json.dumps({**about, **row}, ensure_ascii=False).encode() + b"\n"

    if body.get("stream", True):
        for piece in _pieces(reply):
            yield line({"message": {"role": "assistant", "content": piece}, "done": False})
        last = ""
    else:
        last = reply.text
    usage = _usage(body, reply.text)
    counts = {"prompt_eval_count": usage["prompt_tokens"], "eval_count": usage["completion_tokens"]}
    yield line({"message": {"role": "assistant", "content": last}, "done": True, "done_reason": reply.reason, **counts})


@contextmanager
def playing(*replies: Reply | str | Script) -> Iterator[ChatServer]:
    """Yield a server that gives these replies one after the other, the last one again and again."""
    lock, at = threading.Lock(), iter(range(1_000_000))

    def script(body: dict[str, Any]) -> Reply | str:
        with lock:
            reply = replies[min(next(at), len(replies) - 1)]
        return reply(body) if callable(reply) else reply

    with ChatServer(script) as server:
        yield server


def sentences(body: dict[str, Any]) -> dict[int, str]:
    """Return the numbered sentences of a request, as a model reads them."""
    asked = next(m["content"] for m in reversed(body["messages"]) if "===" in str(m["content"]))
    return {int(n): text for n, text in re.findall(r"(?m)^\[(\d+)\] (.*)$", asked)}


def number_of(body: dict[str, Any], words: str) -> int:
    """Return the number of the first sentence that holds some words."""
    return next(n for n, text in sentences(body).items() if words in text)


def saying(*parts: tuple[str, str] | str) -> Script:
    """Return a script that says sentences, each marked with the sentence that holds the given words: `(text, words)`.

    In a text `{n}` stands for the number.
    """

    def script(body: dict[str, Any]) -> str:
        said = []
        for part in parts:
            if isinstance(part, str):
                said.append(part)
            else:
                text, words = part
                n = number_of(body, words)
                said.append(text.format(n=n) if "{n}" in text else f"{text} [{n}]")
        return " ".join(said)

    return script


def texts(requests: Sequence[dict[str, Any]]) -> str:
    """Return all that was asked."""
    return "\n".join(str(m["content"]) for body in requests for m in body["messages"])
