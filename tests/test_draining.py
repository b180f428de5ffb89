"""Many questions at once, and a stop while they are being answered."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from browser_support import free_port
from conftest import ROOT
from serving_support import SECONDS, answer, client, events, join, page_served

from qa import NewsAssistant, Settings

QUESTION = "Ai chủ trì hội nghị năm 2019?"
SAID = "Nguyễn Văn Nên"
SLOW = """
import sys
from pathlib import Path
from qa import NewsAssistant, Settings
import ui.server
stream = NewsAssistant.stream

def slow(self, asked, *rest, **options):
    answers = list(stream(self, asked, *rest, **options))
    if "slowly" in str(asked):
        yield answers[0]
        print("answering", flush=True)
        sys.stdin.readline()
    yield from answers

NewsAssistant.stream = slow
ui.server.STOP_SECONDS = int(sys.argv[3])
settings = Settings(data_dir=Path(sys.argv[1]), port=int(sys.argv[2]))
ui.server.serve(settings, on_ready=lambda address: print(address, flush=True))
print("stopped", flush=True)
"""


def test_eight_questions_are_answered_at_once(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each waits until all eight are being answered: one after the other, none would ever be."""
    together = threading.Barrier(8, timeout=SECONDS)
    stream = NewsAssistant.stream

    def waiting(self: NewsAssistant, asked: Any, *rest: Any, **options: Any) -> Iterator[Any]:
        together.wait()
        yield from stream(self, asked, *rest, **options)

    monkeypatch.setattr(NewsAssistant, "stream", waiting)
    with page_served(Settings(data_dir=sample_data, port=free_port())) as address, ThreadPoolExecutor(8) as pool:

        def ask(number: int) -> str:
            with client(address) as reader:
                return answer(reader, QUESTION, f"page{number}")

        answers = list(pool.map(ask, range(8)))
    assert [SAID in said for said in answers] == [True] * 8


@contextmanager
def slowly_served(data: Path, folder: Path, *, stop_seconds: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(data), str(free_port()), str(stop_seconds)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(folder / "log.txt").open("w"),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, (folder / "log.txt").read_text()
        yield process, address
    finally:
        process.kill()
        process.communicate()


@contextmanager
def asked_slowly(
    process: subprocess.Popen[str], address: str
) -> Iterator[tuple[list[dict[str, Any]], threading.Thread]]:
    """Ask, and give what the page is told, which grows, and what lives as long as the page's heartbeat; the answer has begun."""
    told: list[dict[str, Any]] = []

    def listen() -> None:
        with client(address) as reader:
            assert join(reader, f"{QUESTION} slowly", "page").status_code == 200
            with suppress(httpx.HTTPError):
                told.extend(events(reader, "page"))

    def beat() -> None:
        with (
            suppress(httpx.HTTPError),
            client(address) as reader,
            reader.stream("GET", "gradio_api/heartbeat/page") as beats,
        ):
            for _ in beats.iter_lines():
                beating.set()

    beating = threading.Event()
    threads = [threading.Thread(target=work, daemon=True) for work in (listen, beat)]
    for thread in threads:
        thread.start()
    assert process.stdout is not None
    assert process.stdout.readline() == "answering\n"
    assert beating.wait(SECONDS)
    yield told, threads[1]
    for thread in threads:
        thread.join(SECONDS)


def wait_until_refused(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    for _ in range(20 * SECONDS):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    pytest.fail("New connections are still taken")


def test_an_answer_in_flight_is_finished_and_no_other_taken(sample_data: Path, tmp_path: Path) -> None:
    with slowly_served(sample_data, tmp_path, stop_seconds=SECONDS) as (process, address):
        with asked_slowly(process, address) as (told, heart):
            process.send_signal(signal.SIGTERM)
            wait_until_refused(address)
            heart.join(1)
            assert heart.is_alive()  # a page whose heart stops takes its server for lost, and the answer with it
            assert process.poll() is None
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        assert process.wait(SECONDS) == 0
        assert process.stdout is not None
        assert process.stdout.read() == "stopped\n"
    done = [message for message in told if message["msg"] == "process_completed"]
    assert [message["success"] for message in done] == [True]
    assert SAID in str(told)
    assert (tmp_path / "log.txt").read_text() == ""


@pytest.mark.parametrize("again", [False, True])
def test_a_stop_does_not_wait_for_ever(sample_data: Path, tmp_path: Path, again: bool) -> None:
    """Neither past its time nor past a second word."""
    seconds = SECONDS if again else 1
    with (
        slowly_served(sample_data, tmp_path, stop_seconds=seconds) as (process, address),
        asked_slowly(process, address),
    ):
        process.send_signal(signal.SIGINT)
        wait_until_refused(address)
        if again:
            process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS / 2) == 0
    assert (tmp_path / "log.txt").read_text().endswith("Stopped while a question was still being answered\n")
