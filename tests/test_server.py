"""Serving: the port before anything heavy, headers on everything, a true announcement, a graceful stop."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browser_support import free_port

from qa.errors import IndexMismatch, ServeError
from qa.settings import Settings
from ui.guard import HEADERS
from ui.server import serve
from ui.users import Users

ROOT = Path(__file__).parents[1]
SERVE = """
import sys
from pathlib import Path
from qa.settings import Settings
from ui.server import serve
serve(Settings(data_dir=Path(sys.argv[1]), port=int(sys.argv[2])), on_ready=lambda address: print(address, flush=True))
print("stopped", flush=True)
"""


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


def request(port: int, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        return Reply(
            reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read().decode("utf-8", "replace")
        )
    finally:
        connection.close()


class Serving(NamedTuple):
    process: subprocess.Popen[str]
    port: int
    address: str
    temporary: Path


def start(folder: Path) -> Serving:
    """Serve an empty data directory in a process of its own, and wait for its announcement."""
    port, temporary = free_port(), folder / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder / "data"), str(port)],
        env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address:
        _, said = process.communicate()
        pytest.fail(f"The server did not start: {said}")
    return Serving(process, port, address, temporary)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    served = start(tmp_path_factory.mktemp("serving"))
    yield served
    served.process.kill()
    served.process.communicate()


def test_the_address_is_announced_when_the_page_answers(serving: Serving) -> None:
    assert serving.address == f"http://127.0.0.1:{serving.port}"
    reply = request(serving.port, "/")
    assert reply.status == 200
    assert "gradio_config" in reply.body


def test_health_tells_how_many_articles_there_are(serving: Serving) -> None:
    reply = request(serving.port, "/healthz")
    assert reply.status == 200
    assert reply.body == '{"status":"ok","articles":0}'


@pytest.mark.parametrize("path", ["/", "/healthz", "/theme.css", "/config", "/nothing/here", "/gradio_api/upload"])
def test_every_answer_carries_the_headers(serving: Serving, path: str) -> None:
    reply = request(serving.port, path)
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS
    assert "server" not in reply.headers


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    sources = {source for sources in policy.values() for source in sources.split()}
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
    assert {policy[name] for name in ("form-action", "frame-src", "object-src", "frame-ancestors")} == {"'none'"}


@pytest.mark.parametrize(
    "path", [
        "/docs", "/openapi.json", "/redoc", "/monitoring", "/gradio_api/runs", "/gradio_api/info", "/gradio_api/openapi.json",
        "/gradio_api/file=/etc/passwd", "/gradio_api/file%3D/etc/passwd", "/gradio_api/proxy=http://127.0.0.1:1/", "/login",
        "/static/../../../../../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "//gradio_api/info",
        "/gradio_api/vibe-code", "/gradio_api/call/ask", "/gradio_api/run/predict", "/gradio_api/queue/../info",
    ],
)  # fmt: skip
def test_what_the_page_does_not_need_is_closed(serving: Serving, path: str) -> None:
    reply = request(serving.port, path)
    assert reply.status in {400, 403, 404}
    assert "root:" not in reply.body


def test_nothing_can_be_uploaded(serving: Serving) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'
    reply = request(
        serving.port, "/gradio_api/upload", method="POST", body=body, Content_Type="multipart/form-data; boundary=x"
    )
    assert reply.status == 404
    assert not [path for path in serving.temporary.rglob("*") if path.is_file()]


def test_a_huge_body_is_refused_before_it_is_read(serving: Serving) -> None:
    assert request(serving.port, "/gradio_api/queue/join", method="POST", Content_Length="99000000").status == 413


def test_a_huge_body_whose_length_is_not_told_is_refused(serving: Serving) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=20)
    pieces = (b"x" * 100_000 for _ in range(1000))
    try:
        connection.request("POST", "/gradio_api/queue/join", pieces, encode_chunked=True)  # type: ignore[arg-type]
        status = connection.getresponse().status
    except ConnectionError:  # refused while it was still being sent
        status = 413
    finally:
        connection.close()
    assert status == 413


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:{port}", "127.0.0.1:{port}", "127.8.8.8", "[::1]:{port}"])
def test_without_users_it_answers_to_names_of_this_machine(serving: Serving, host: str) -> None:
    assert request(serving.port, "/", Host=host.format(port=serving.port)).status == 200


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:{port}", "localhost.evil.test", "127.0.0.1.evil.test", "192.0.2.1", "[::1", ""]
)
@pytest.mark.parametrize("path", ["/", "/config", "/healthz", "/gradio_api/queue/data?session_hash=x"])
def test_without_users_no_other_site_can_pass_for_it(serving: Serving, host: str, path: str) -> None:
    """DNS rebinding: a site lets its own name point here, and its script reads what is here as its own."""
    reply = request(serving.port, path, Host=host.format(port=serving.port), X_Forwarded_Host="localhost")
    assert reply.status in {400, 421}
    assert "localhost" in reply.body or reply.status == 400


@pytest.mark.parametrize("headers", [
    {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": "http://evil.test"}, {"Origin": "null"},
    {"Origin": "http://127.0.0.1"}, {"Origin": "http://127.0.0.1.evil.test"}, {"Origin": "http://["},
    {"Origin": "http://evil.test", "X_Forwarded_Host": "evil.test"},
])  # fmt: skip
def test_another_site_can_send_nothing(serving: Serving, headers: dict[str, str]) -> None:
    reply = request(serving.port, "/gradio_api/queue/join", method="POST", body=b"{}", **headers)
    assert reply.status == 403


@pytest.mark.parametrize("headers", [{}, {"Sec_Fetch_Site": "same-origin"}, {"Origin": "http://127.0.0.1:{port}"}])
def test_the_page_itself_and_programs_can_send(serving: Serving, headers: dict[str, str]) -> None:
    headers = {name: value.format(port=serving.port) for name, value in headers.items()}
    reply = request(
        serving.port,
        "/gradio_api/reset",
        method="POST",
        body=b'{"event_id":"x"}',
        Content_Type="application/json",
        **headers,
    )
    assert reply.status == 200


def test_no_other_origin_may_read(serving: Serving) -> None:
    for origin in ("http://localhost:1", "http://evil.test"):
        reply = request(serving.port, "/config", Origin=origin)
        assert not [name for name in reply.headers if name.startswith("access-control")]


def test_nobody_is_believed_about_the_page_s_address(serving: Serving) -> None:
    reply = request(
        serving.port,
        "/config",
        X_Forwarded_Host="evil.test",
        X_Gradio_Server="http://evil.test",
        X_Forwarded_Proto="https",
    )
    assert reply.status == 200
    assert "evil.test" not in reply.body
    assert "https://127" not in reply.body


def test_without_users_there_is_no_login(serving: Serving) -> None:
    assert {request(serving.port, path).status for path in ("/login", "/login.css")} == {404}
    assert request(serving.port, "/logout", method="POST").status == 404
    assert "data-sign-out" not in request(serving.port, "/").body


def test_elsewhere_than_here_it_takes_users_or_a_word_that_none_are_wanted(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, host="0.0.0.0", port=free_port())
    with pytest.raises(ServeError, match="other machines") as refused:
        serve(settings, on_ready=lambda _: pytest.fail("announced"))
    assert "hoibao user" in refused.value.hint
    assert "--open-to-all" in refused.value.hint


@pytest.mark.parametrize("users", [True, False])
def test_elsewhere_with_users_or_that_word_it_goes_on(
    tmp_path: Path, users: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa import NewsAssistant

    monkeypatch.setattr("ui.users.LOG2_N", 4)
    settings = Settings(data_dir=tmp_path, host="0.0.0.0", port=free_port(), open_to_all=not users)
    if users:
        Users(settings.users_file).put("an", "một mật khẩu")

    def opened(**_: object) -> None:
        raise IndexMismatch("as far as needed", hint="")

    monkeypatch.setattr(NewsAssistant, "open", opened)
    with pytest.raises(IndexMismatch):
        serve(settings, on_ready=lambda _: pytest.fail("announced"))


def test_no_word_of_the_page_leads_elsewhere(serving: Serving) -> None:
    """The style sheet and the script are ours; neither names another host."""
    for name in ("page.css", "page.js", "login.css", "login.html", "signed-in.js"):
        text = (ROOT / "ui" / "assets" / name).read_text("utf-8")
        assert "http" not in text
        assert "@import" not in text
        assert "url(" not in text


def test_a_port_in_use_is_refused_with_a_hint(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Port {port} is in use") as caught:
            serve(Settings(data_dir=tmp_path, port=port), on_ready=lambda _: pytest.fail("announced"))
    assert f"--port {port + 1}" in caught.value.hint


def test_a_port_in_use_is_refused_before_anything_heavy(tmp_path: Path) -> None:
    code = """
import sys
from ui.server import ServeError, Settings, serve
try:
    serve(Settings(port=int(sys.argv[1])), on_ready=print)
except ServeError:
    print([name for name in ("gradio", "chromadb", "torch", "tantivy") if name in sys.modules])
"""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = subprocess.run(
            [sys.executable, "-c", code, str(taken.getsockname()[1])],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
    assert set(ran.stdout.strip()) <= set("[]'tantivy, ")
    assert "gradio" not in ran.stdout


@pytest.mark.parametrize("host", ["192.0.2.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_refused(host: str, tmp_path: Path) -> None:
    with pytest.raises(ServeError) as caught:
        serve(Settings(data_dir=tmp_path, host=host, port=free_port()), on_ready=lambda _: pytest.fail("announced"))
    assert "127.0.0.1" in caught.value.hint


def test_a_failed_start_leaves_the_port_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qa import NewsAssistant

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise IndexMismatch("another model", hint="ingest again")

    monkeypatch.setattr(NewsAssistant, "open", refuse)
    port = free_port()
    with pytest.raises(IndexMismatch):
        serve(Settings(data_dir=tmp_path, port=port), on_ready=lambda _: pytest.fail("announced"))
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_gracefully(number: signal.Signals, tmp_path: Path) -> None:
    served = start(tmp_path)
    with socket.create_connection(("127.0.0.1", served.port)) as reader:  # a reader that stays connected
        reader.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        served.process.send_signal(number)
        said, complaints = served.process.communicate(timeout=30)
    assert served.process.returncode == 0, complaints
    assert said.strip() == "stopped"
    assert "Traceback" not in complaints
    assert list(served.temporary.iterdir()) == []
