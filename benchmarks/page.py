"""How heavy the page is, how soon it answers, and how it bears many people at once.

    python -m benchmarks.page DATA_DIR --people 50 --every 10 --seconds 300 --questions tests/samples_gold.jsonl

The page is served over a data directory that has been filled before (`hoibao demo`, `hoibao ingest`), in a process of its own.
First Chromium opens it with nothing cached; then people without a browser ask by the page's own protocol, each with a
conversation of their own, each question a follow-up of the last.
"""

import argparse
import json
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from benchmarks.crowd import Crowd

__all__ = ["served", "weigh"]

CHROMIUM = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
SERVE = """
import sys
from pathlib import Path
from qa import Settings
from ui.server import serve
serve(Settings(data_dir=Path(sys.argv[1]), port=int(sys.argv[2])), on_ready=lambda address: print(address, flush=True))
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; print one JSON object a line."""
    parser = argparse.ArgumentParser(description="Measure the page.")
    parser.add_argument("data", type=Path, help="a data directory with articles in it")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--every", type=float, default=10, help="seconds from one question of a person to the next")
    parser.add_argument("--questions", type=Path, default=Path("tests/samples_gold.jsonl"), help='{"question"} a line')
    parser.add_argument("--only", choices=["weight", "load"])
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    lines = options.questions.read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    with served(options.data) as (address, server):
        if options.only != "load":
            for row in weigh(address, questions[0]):
                print(json.dumps(row), flush=True)
        if options.only != "weight":
            crowd = Crowd(
                address, questions, people=options.people, every=options.every, seconds=options.seconds, seed=options.seed
            )  # fmt: skip
            for row in crowd.run(lambda: _cost(server)):
                print(json.dumps(row, ensure_ascii=False), flush=True)
    return 0


def weigh(address: str, question: str) -> Iterator[dict[str, Any]]:
    """Open the page in Chromium twice, cold and warm, and ask; yield bytes over the wire by kind, and seconds.

    `first_paint` is the browser's first contentful paint; `usable` when the first screen with its examples is there; `shown`
    and `answered` count from Enter.
    """
    from playwright.sync_api import sync_playwright  # only here: the load needs no browser

    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("Chromium is needed: install the package of your system, or take --only load")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, headless=True, args=CHROMIUM.split())
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        for visit in ("cold", "warm"):
            page = context.new_page()
            wire = _Wire(page)
            opened = _opened(page, address)
            weight = wire.told()
            yield {"visit": visit, **weight, **opened, **_asked(page, question)}
            page.close()
        browser.close()


class _Wire:
    """Counts what a page loads, as it comes over the wire."""

    def __init__(self, page: Any) -> None:
        self._known: dict[str, tuple[str, bool]] = {}
        self._bytes: Counter[str] = Counter()
        self._requests = 0
        self._uncompressed = 0
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.responseReceived", self._answered)
        tools.on("Network.loadingFinished", self._ended)

    def told(self) -> dict[str, Any]:
        """Return the sums so far, in thousands of bytes."""
        kinds = {kind: _kilo(size) for kind, size in self._bytes.most_common() if size}
        return {
            "requests": self._requests,
            "kb": _kilo(self._bytes.total()),
            "kb_by_kind": kinds,
            "kb_uncompressed_text": _kilo(self._uncompressed),
        }

    def _answered(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        content = headers.get("content-type", "")
        is_text = content.startswith("text/") or "json" in content or "javascript" in content
        self._known[event["requestId"]] = (event["type"], is_text and "content-encoding" not in headers)

    def _ended(self, event: dict[str, Any]) -> None:
        kind, is_plain = self._known.get(event["requestId"], ("Other", False))
        size = event["encodedDataLength"]
        self._bytes[kind] += int(size)
        self._requests += size > 0
        self._uncompressed += int(size) if is_plain else 0


def _opened(page: Any, address: str) -> dict[str, float]:
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(".start h2")
    usable = time.perf_counter() - began
    page.wait_for_function("document.fonts.status === 'loaded'")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")
    return {"first_paint": round(paint, 3), "usable": round(usable, 3)}


def _asked(page: Any, question: str) -> dict[str, float]:
    box = page.locator("textarea:visible").first
    box.fill(question)
    began = time.perf_counter()
    box.press("Enter")
    page.wait_for_selector(".exchange")
    shown = time.perf_counter() - began
    page.wait_for_selector("#live .answer:not(.growing)")
    return {"shown": round(shown, 3), "answered": round(time.perf_counter() - began, 3)}


def _kilo(size: float) -> float:
    return round(size / 1000, 1)


def _cost(server: psutil.Process) -> tuple[float, float]:
    times = server.cpu_times()
    return server.memory_info().rss, times.user + times.system


@contextmanager
def served(data: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve the page over a data directory, on a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(data), str(port)], stdout=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise SystemExit("the page could not be served")
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
