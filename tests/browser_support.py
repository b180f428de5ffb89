"""What the browser tests stand on: Debian's Chromium, and the page served over real articles in a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
ARGUMENTS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
SERVE = """
import sys
from pathlib import Path
from ingest import ingest
from qa import Settings
from ui.server import serve
settings = Settings(data_dir=Path(sys.argv[1]), port=int(sys.argv[2]))
if sys.argv[3:]:
    ingest([Path(path) for path in sys.argv[3:]], settings=settings)
serve(settings, on_ready=lambda address: print(f"ready {address}", flush=True))
"""


def chromium() -> str:
    """Return the browser's path; without one skip, but fail where a skip would hide that nothing was tried."""
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("No chromium: install Debian's package; in CI the browser tests must run")
    if path is None:
        pytest.skip("No chromium on this machine: install Debian's package to run the browser tests")
    return path


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, port: int, *sources: Path) -> Iterator[str]:
    """Ingest `sources`, serve the page, and give its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder / "data"), str(port), *map(str, sources)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=folder, stdout=subprocess.PIPE, text=True,
        stderr=(folder / "log.txt").open("w"),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = next((line for line in process.stdout if line.startswith("ready ")), None)
        if said is None:
            pytest.fail(f"The server did not start:\n{(folder / 'log.txt').read_text()[-3000:]}")
        yield said.split()[1]
    finally:
        process.terminate()
        process.communicate(timeout=30)


@dataclass
class Watch:
    """What a page did while nobody looked: requests, dialogs, errors."""

    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """The errors, but for what Gradio says when a page is left while its stream is open."""
        return [e for e in self.errors if "AbortError" not in e and "errored out" not in e]

    def follow(self, context: Any) -> None:
        """Note everything that happens in a browser context."""
        context.on("request", lambda r: self.hosts.add(urlsplit(r.url).netloc or urlsplit(r.url).scheme))
        context.on("weberror", lambda e: self.errors.append(str(e.error)))
        context.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        context.on("dialog", lambda d: (self.dialogs.append(d.message), d.dismiss()))
