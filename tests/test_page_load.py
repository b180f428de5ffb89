"""How the page travels, and many readers at once: text compressed, streams as they come, nobody turned away."""

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_support import free_port, served

from benchmarks.crowd import Crowd
from benchmarks.session import PageError, Plan, Session

CHAIRS = ("Nguyễn Văn Nên", "Nguyễn Hạnh Phúc", "Đào Việt Trung", "Mai Tiến Dũng")


@pytest.fixture(scope="module")
def address(sample_data: Path) -> Iterator[str]:
    with served(sample_data.parent, free_port()) as url:
        yield url


def fetch(address: str, path: str) -> tuple[dict[str, str], bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
        reply = connection.getresponse()
        assert reply.status == 200
        return {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/", "/theme.css"])
def test_text_is_sent_compressed(address: str, path: str) -> None:
    headers, body = fetch(address, path)
    assert headers["content-encoding"] in {"gzip", "br"}
    assert len(body) < 25_000


def test_fonts_are_not_compressed_twice_and_may_be_kept(address: str) -> None:
    headers, body = fetch(address, "/fonts/literata-base.woff2")
    assert body.startswith(b"wOF2")
    assert "content-encoding" not in headers
    assert headers["content-type"] == "font/woff2"
    assert "max-age" in headers["cache-control"]


def test_a_session_asks_and_follows_up_and_sees_the_answer_grow(address: str) -> None:
    with Session(address) as session:
        asked = session.ask("Ai chủ trì hội nghị năm 2019?")
        assert [name for name in CHAIRS if name not in asked.shown] == []
        assert asked.first < asked.whole  # the stream is not held back until it ends
        assert "2019" in session.ask("Hội nghị đó họp ngày nào?").shown


def test_a_crowd_is_served_and_nobody_is_turned_away(address: str) -> None:
    questions = [
        json.loads(line)["question"]
        for line in (Path(__file__).parent / "samples_gold.jsonl").read_text("utf-8").splitlines()[:9]
    ]
    crowd = Crowd(address, questions, people=24, every=1, seconds=1, seed=7)
    *_, found = crowd.run(lambda: (0.0, time.process_time()))
    assert found["kinds_of_error"] == {}
    assert found["answered"] == 24


def test_a_page_without_a_question_box_is_refused() -> None:
    with pytest.raises(PageError, match="no configuration"):
        Plan.of("<html></html>")
