"""One reader of the page without a browser, by the page's own protocol: queue, stream of events, heartbeat."""

import http.client
import json
import re
import secrets
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

__all__ = ["Asked", "PageError", "Plan", "Session"]

CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)
QUEUE = "/gradio_api/queue"
PATIENCE = 120.0
"""Seconds after which a question counts as lost."""


class PageError(Exception):
    """The page did not answer as it should."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one question.

    Attributes:
        first: Seconds until something was shown.
        whole: Seconds until the answer was finished.
        shown: What the last event of the stream put on the page.
    """

    first: float
    whole: float
    shown: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Which functions of the page ask and load, as its configuration says.

    Attributes:
        ask: Number of the function that takes a question.
        inputs: What it is given: for each input whether that is the question, else the value it begins with.
        trigger: Number of the question box.
        load: Number of the function that draws the first screen, if there is one.
    """

    ask: int
    inputs: tuple[tuple[bool, Any], ...]
    trigger: int
    load: int | None

    @classmethod
    def of(cls, page: str) -> "Plan":
        """Read the plan out of the page's HTML.

        Raises:
            PageError: There is no page, or no question box in it.
        """
        found = CONFIG.search(page)
        if not found:
            raise PageError("no configuration in the page")
        config = json.loads(found[1])
        parts = {part["id"]: part for part in config["components"]}
        box = next((n for n, part in parts.items() if part["props"].get("elem_id") == "question"), None)
        asks = next((d for d in config["dependencies"] if [box, "submit"] in d["targets"]), None)
        if box is None or asks is None:
            raise PageError("no question box in the page")
        loads = next((d["id"] for d in config["dependencies"] if any(t[1] == "load" for t in d["targets"])), None)
        inputs = tuple((n == box, parts[n]["props"].get("value")) for n in asks["inputs"])
        return cls(asks["id"], inputs, box, loads)


class Session:
    """A reader with a conversation of their own, which the server keeps; use it as a context manager."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._hash = secrets.token_hex(6)
        self._plan: Plan | None = None
        self._heart: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        with_page = self._connect()
        with_page.request("GET", "/")
        reply = with_page.getresponse()
        page = reply.read().decode("utf-8")
        with_page.close()
        if reply.status != 200:
            raise PageError(f"the page answers {reply.status}")
        self._plan = Plan.of(page)
        self._heart = self._connect()  # a browser holds it open; when it ends, the server forgets the conversation
        self._heart.request("GET", f"/gradio_api/heartbeat/{self._hash}")
        if self._plan.load is not None:
            self._event(self._plan.load, [], None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._heart:
            self._heart.close()

    def ask(self, question: str) -> Asked:
        """Ask, and wait for the finished answer.

        Raises:
            PageError: The queue is full, the function failed, or the stream ended early.
        """
        if self._plan is None:
            raise PageError("the page has not been opened")
        data = [question if is_box else value for is_box, value in self._plan.inputs]
        return self._event(self._plan.ask, data, self._plan.trigger)

    def _event(self, function: int, data: list[Any], trigger: int | None) -> Asked:
        began = time.perf_counter()
        body = {
            "data": data,
            "event_data": None,
            "fn_index": function,
            "trigger_id": trigger,
            "session_hash": self._hash,
        }
        joining = self._connect()
        try:
            joining.request("POST", f"{QUEUE}/join", json.dumps(body), {"Content-Type": "application/json"})
            reply = joining.getresponse()
            told = reply.read().decode("utf-8")
            if reply.status != 200:
                raise PageError(f"the queue answers {reply.status}: {told[:200]}")
            return self._follow(json.loads(told)["event_id"], began)
        except (OSError, http.client.HTTPException) as exc:
            raise PageError(f"{type(exc).__name__}: {exc}") from exc
        finally:
            joining.close()

    def _follow(self, event: str, began: float) -> Asked:
        stream = self._connect()
        first, shown = 0.0, ""
        try:
            stream.request("GET", f"{QUEUE}/data?session_hash={self._hash}")
            reply = stream.getresponse()
            if reply.status != 200:
                raise PageError(f"the stream answers {reply.status}")
            for line in reply:
                if not line.startswith(b"data:"):
                    continue
                message = json.loads(line[5:])
                if message.get("event_id") != event:
                    continue
                now = time.perf_counter() - began
                output = message.get("output") or {}
                if message["msg"] == "process_generating":
                    first, shown = first or now, json.dumps(output.get("data"), ensure_ascii=False)
                elif message["msg"] == "process_completed":
                    if not message.get("success"):
                        raise PageError(f"the page failed: {output.get('error')}")
                    return Asked(first or now, now, shown)
            raise PageError("the stream ended before the answer")
        finally:
            stream.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
