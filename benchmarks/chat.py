"""What Hoibao adds to a chat model: time to the first words, memory over many streams, streams at once; over a server on loopback.

    python -m benchmarks.chat --data data/eval/stores/news --questions benchmarks/questions/news_held_out.jsonl

The server answers at once with two sentences that stand in what it was given, so that all that is measured is ours and the
client's. `before` is from the question to the arrival of the request, `after` from the last byte of the first sentence to its being
shown, proven; `added` is both.
"""

import argparse
import asyncio
import gc
import json
import re
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from qa import NewsAssistant, Settings
from ui.memory import settle

__all__ = ["Quoting", "questions_of"]

MEGABYTE = 1_000_000


class Quoting:
    """A server that speaks the OpenAI protocol and answers with the first two sentences it is given, word for word.

    Attributes:
        arrived: When each request came.
        said: When the first sentence of each reply was out.
    """

    def __init__(self) -> None:
        self.arrived: list[float] = []
        self.said: list[float] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                owner.answer(self)

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                """Say nothing of clients that have gone."""

        self._http = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Send two sentences of the request back as events."""
        body = json.loads(handler.rfile.read(int(handler.headers["content-length"])))
        self.arrived.append(time.perf_counter())
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        for number, text in enumerate(_sentences(body)):
            for piece in re.findall(r"\S+\s*", text):
                _send(handler, _event(body, {"content": piece}))
            if not number:
                self.said.append(time.perf_counter())  # before the line ends: by the time that is sent, it may be shown
            _send(handler, _event(body, {"content": "\n"}))
        _send(handler, _event(body, {}, reason="stop"))
        _send(handler, b"data: [DONE]\n\n")
        handler.wfile.write(b"0\r\n\r\n")


def questions_of(path: Path, most: int) -> list[str]:
    """Return the questions of a gold file that can be answered."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["question"] for row in rows if row.get("answers")][:most]


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; exit status 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description="Measure what is added to a chat model.")
    parser.add_argument("--data", type=Path, required=True, help="a data directory")
    parser.add_argument("--questions", type=Path, required=True, help="gold questions, one a line")
    parser.add_argument("--most", type=int, default=110, help="questions asked for the times")
    parser.add_argument("--streams", type=int, default=1000, help="streams over which memory is watched")
    parser.add_argument("--at-once", type=int, default=50)
    options = parser.parse_args(arguments)
    server = Quoting()
    settings = Settings(
        data_dir=options.data,
        chat_model="openai:quoting",
        chat_base_url=server.url,
        chat_api_key="none",  # type: ignore[arg-type]
    )
    assistant = NewsAssistant.open(settings=settings)
    questions = questions_of(options.questions, options.most)
    for question in questions[:5]:
        assistant.ask(question)
    settle()  # as the server does before it announces itself
    added = _times(assistant, server, questions)
    grown = _memory(assistant, questions, options.streams)
    failed = asyncio.run(_at_once(assistant, questions, options.at_once))
    server.close()
    return int(added > 60 or grown > 20 or failed > 0)


def _times(assistant: NewsAssistant, server: Quoting, questions: list[str]) -> float:
    before, after = [], []
    for question in questions:
        server.arrived.clear()
        server.said.clear()
        began = time.perf_counter()
        for answer in assistant.stream(question):
            if answer.citations and not answer.done:
                shown = time.perf_counter()
                before.append((server.arrived[0] - began) * 1000)
                after.append((shown - server.said[0]) * 1000)
                break
    added = [b + a for b, a in zip(before, after, strict=True)]
    for name, values in (("before", before), ("after", after), ("added", added)):
        p50, p95 = np.percentile(values, [50, 95])
        print(f"{name:7} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  ({len(values)} of {len(questions)} questions)")
    return float(np.percentile(added, 95))


def _memory(assistant: NewsAssistant, questions: list[str], streams: int) -> float:
    process, sizes = psutil.Process(), []
    for number in range(streams):
        for _ in assistant.stream(questions[number % len(questions)]):
            pass
        if number % max(1, streams // 20) == 0:
            gc.collect()
            sizes.append(process.memory_info().rss / MEGABYTE)
    half = len(sizes) // 2
    grown = statistics.median(sizes[-5:]) - statistics.median(sizes[half - 2 : half + 3])
    print(
        f"memory  {sizes[half]:.0f} MB after half of {streams} streams, {sizes[-1]:.0f} MB at the end: {grown:+.1f} MB"
    )
    return float(grown)


async def _at_once(assistant: NewsAssistant, questions: list[str], number: int) -> int:
    async def one(question: str) -> bool:
        answers = [a async for a in assistant.astream(question)]
        return answers[-1].done and not answers[-1].note

    began = time.perf_counter()
    asked = [questions[i % len(questions)] for i in range(number)]
    found = await asyncio.gather(*map(one, asked), return_exceptions=True)
    for error in (f for f in found if isinstance(f, BaseException)):
        print(f"  {type(error).__name__}: {error}", file=sys.stderr)
    failed = sum(f is not True for f in found)
    print(f"at once {number} streams, {failed} failed, {time.perf_counter() - began:.1f} s")
    return failed


def _sentences(body: dict[str, Any]) -> Iterator[str]:
    asked = body["messages"][-1]["content"]
    found = re.findall(r"(?m)^\[(\d+)\] (.{30,300})$", asked)
    yield from (f"“{text}” [{number}]" for number, text in found[:2])


def _event(body: dict[str, Any], delta: dict[str, Any], *, reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    row = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": body["model"], "choices": [choice]}
    return b"data: " + json.dumps(row, ensure_ascii=False).encode() + b"\n\n"


def _send(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


if __name__ == "__main__":
    raise SystemExit(main())
