"""Whether people who ask notice that articles are uploaded: errors, times, and whether the new articles can be asked about.

    python -m benchmarks.uploads DATA_DIR --people 20 --every 10 --articles 1000 --questions tests/samples_gold.jsonl

The page is served over a copy of a data directory that has been filled before. People ask for a while with nothing else going on;
then they ask while articles are uploaded as a browser would, one request each, and brought in. The processor time
told is that of the page's own process; ingestion runs in another.
"""

import argparse
import http.client
import json
import secrets
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psutil

from benchmarks.crowd import Crowd
from benchmarks.page import served
from benchmarks.session import Session

PLACES = "Tân Phú, Mỹ Lộc, Bình Hòa, Phú Thuận, An Khánh, Long Sơn, Vĩnh Hội, Đông Thạnh, Xuân Lập, Hòa Bình".split(
    ", "
)
GOODS = "xoài, dừa, gốm, lụa, cá khô, mật ong, nấm, chè, cà phê, bưởi".split(", ")
SENDING = 3
"""Files sent at once, as the page does."""
TRIED = 20
"""Of the new articles, how many are asked about."""
PATIENCE = 1800.0


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; print one JSON object a line. Exit status 1 when a question failed or a new article is not found."""
    parser = argparse.ArgumentParser(description="Measure asking while articles are uploaded.")
    parser.add_argument("data", type=Path, help="a data directory with articles in it; it is copied")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--every", type=float, default=10, help="seconds from one question of a person to the next")
    parser.add_argument(
        "--seconds", type=float, default=120, help="how long is asked with, and at least without, uploads"
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--questions", type=Path, default=Path("tests/samples_gold.jsonl"), help='{"question"} a line')
    options = parser.parse_args(arguments)
    questions = [
        json.loads(line)["question"] for line in options.questions.read_text("utf-8").splitlines() if line.strip()
    ]
    with tempfile.TemporaryDirectory() as work:
        data = Path(shutil.copytree(options.data, Path(work) / "data"))
        with served(data) as (address, process):
            server = psutil.Process(process.pid)

            def crowd() -> dict[str, Any]:
                asking = Crowd(
                    address, questions, people=options.people, every=options.every, seconds=options.seconds, seed=7
                )
                *_, found = asking.run(lambda: _cost(server))
                return found

            alone = crowd()
            print(json.dumps({"phase": "alone", **alone}, ensure_ascii=False), flush=True)
            uploaded: dict[str, Any] = {}
            uploading = threading.Thread(target=lambda: uploaded.update(_upload(address, options.articles)))
            uploading.start()
            together = crowd()
            uploading.join()
            print(json.dumps({"phase": "while uploading", **together}, ensure_ascii=False), flush=True)
            found = _answerable(address, options.articles)
            print(json.dumps({"phase": "uploaded", **uploaded, **found}, ensure_ascii=False), flush=True)
    whole = found["found"] == found["tried"] and uploaded["lost"] == 0
    return 0 if whole and not alone["errors"] and not together["errors"] else 1


def _articles(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and texts of made-up articles, each with a fact of its own."""
    for number in range(count):
        place, goods = PLACES[number % 10], GOODS[number // 10 % 10]
        title = f"Hội chợ {goods} lần thứ {number + 1} ở {place}"
        body = (
            f"Sáng {number % 28 + 1}/{number % 12 + 1}/2018, hội chợ {goods} lần thứ {number + 1} khai mạc ở {place} với {number + 31} gian"
            f" hàng.\n\nBan tổ chức cho biết khách đến xem đông hơn năm trước, nhiều nhà vườn mang {goods} từ các xã lân cận tới bán."
        )
        yield f"hội chợ/{number + 1}.txt", f"{title}\n\n{body}\n".encode()


def _upload(address: str, count: int) -> dict[str, Any]:
    """Send articles and wait until they are brought in."""
    batch, began = secrets.token_hex(8), time.perf_counter()

    def send(article: tuple[str, bytes]) -> bool:
        name, body = article
        path = f"/archive/file?batch={batch}&name={quote(name, safe='')}"
        return _ask(address, "POST", path, body).get("taken", False) is True

    with ThreadPoolExecutor(SENDING) as pool:
        taken = sum(pool.map(send, _articles(count)))
    sent = time.perf_counter() - began
    _ask(address, "POST", "/archive/finish", json.dumps({"batch": batch}).encode())
    while _ask(address, "GET", "/archive/state")["busy"] and time.perf_counter() - began < PATIENCE:
        time.sleep(0.5)
    return {
        "articles": count,
        "lost": count - taken,
        "sent_s": round(sent, 1),
        "in_s": round(time.perf_counter() - began, 1),
    }


def _answerable(address: str, count: int) -> dict[str, int]:
    numbers = range(0, count, max(1, count // TRIED))
    found = 0
    for number in numbers:
        with Session(address) as session:
            place, goods = PLACES[number % 10], GOODS[number // 10 % 10]
            shown = session.ask(f"Hội chợ {goods} lần thứ {number + 1} ở {place} có bao nhiêu gian hàng?").shown
            found += f"{number + 31} gian hàng" in shown
    return {"tried": len(numbers), "found": found}


def _ask(address: str, method: str, path: str, body: bytes | None = None) -> dict[str, Any]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    try:
        connection.request(method, path, body)
        told = json.loads(connection.getresponse().read())
        return told if isinstance(told, dict) else {}
    finally:
        connection.close()


def _cost(server: psutil.Process) -> tuple[float, float]:
    times = server.cpu_times()
    return server.memory_info().rss, times.user + times.system


if __name__ == "__main__":
    sys.exit(main())
