"""The announcement: neither before all is loaded nor before the page answers, and not lost when loading fails."""

import http.server
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from ui.ready import announce, warm_up

PATIENCE = 20.0


class Page(http.server.ThreadingHTTPServer):
    status = 200
    looks = 0


class Handler(http.server.BaseHTTPRequestHandler):
    server: Page

    def do_GET(self) -> None:
        self.server.looks += 1
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def page() -> Iterator[Page]:
    with Page(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class Announced:
    def __init__(self, page: Page) -> None:
        self.warm, self.finished, self.said = threading.Event(), threading.Event(), threading.Event()
        self.thread = threading.Thread(
            target=announce, args=("127.0.0.1", page.server_port, lambda _: self.said.set(), self.warm, self.finished)
        )
        self.thread.start()


def looked_at(page: Page, *, more: int = 3) -> None:
    wanted, end = page.looks + more, time.monotonic() + PATIENCE
    while page.looks < wanted and time.monotonic() < end:
        time.sleep(0.01)
    assert page.looks >= wanted


def test_it_waits_until_all_is_loaded(page: Page) -> None:
    announced = Announced(page)
    looked_at(page)
    assert not announced.said.is_set()
    announced.warm.set()
    assert announced.said.wait(PATIENCE)
    announced.thread.join(PATIENCE)
    assert not announced.thread.is_alive()


def test_it_waits_until_the_page_answers_with_a_page(page: Page) -> None:
    page.status = 500
    announced = Announced(page)
    announced.warm.set()
    looked_at(page)
    assert not announced.said.is_set()
    page.status = 303  # the way to the login
    assert announced.said.wait(PATIENCE)


def test_a_server_that_is_told_to_stop_first_is_never_announced(page: Page) -> None:
    announced = Announced(page)
    looked_at(page)
    announced.finished.set()
    announced.thread.join(PATIENCE)
    assert not announced.said.is_set()


def test_examples_that_fail_do_not_hold_the_announcement_up() -> None:
    def fail() -> None:
        raise RuntimeError("a broken index")

    warm = threading.Event()
    with pytest.raises(RuntimeError, match="broken"):
        warm_up(SimpleNamespace(examples=fail), warm)  # type: ignore[arg-type]  # all that is asked of it
    assert warm.is_set()
