"""The archive of a served page, asked as its page asks it."""

import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

import httpx

BATCH = "0123456789abcdef"
SECONDS = 60


def article(title: str, number: int) -> bytes:
    """Return a short article, written for the tests."""
    text = f"Ngày {number % 27 + 1}/6/2018, ông Nguyễn Hữu Linh khai trương gian hàng số {number} của hội chợ xoài Tân Phú."
    return f"{title}\n\n{text}\n".encode()


def send(
    reader: httpx.Client, name: str, body: bytes | Iterable[bytes], *, batch: str = BATCH, replace: bool = False
) -> Any:
    path = f"archive/file?batch={batch}&replace={int(replace)}&name={quote(name, safe='', errors='replace')}"
    return reader.post(path, content=body, headers={"content-type": "application/octet-stream"})


def finish(reader: httpx.Client, batch: str = BATCH) -> str:
    """End a batch, wait for its job, and return what is told of it."""
    job = reader.post("archive/finish", json={"batch": batch}).json()["job"]
    return over(reader, job)


def over(reader: httpx.Client, job: str) -> str:
    """Wait until a job is over, and return what is told of it."""
    waited(lambda: f'class="job done" data-job="{job}"' in state(reader) or f'stopped" data-job="{job}"' in state(reader) or f'failed" data-job="{job}"' in state(reader))  # fmt: skip
    told = state(reader)
    at = told.index(f'data-job="{job}"')
    return told[told.rindex("<li", 0, at) : told.find('<li class="job', at) if '<li class="job' in told[at:] else None]


def state(reader: httpx.Client) -> str:
    return str(reader.get("archive/state").json()["html"])


def rows(reader: httpx.Client, **asked: Any) -> dict[str, Any]:
    return dict(reader.get("archive/rows", params=asked).json())


def waited(done: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
