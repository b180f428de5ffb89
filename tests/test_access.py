"""The page with users: nothing without a login, nothing of another reader's conversation with one."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browser_support import free_port
from serving_support import PASSWORD, answer, client, events, join, page_served, proxied, sign_in

from qa.settings import Settings
from ui.attempts import BURST
from ui.guard import HEADERS
from ui.users import Users

QUESTION = "Ai chủ trì hội nghị năm 2019?"
SAID = "Nguyễn Văn Nên"
GATEWAY = {"X-Forwarded-For": "203.0.113.9"}
CLOSED = (
    "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt", "/assets/index.js", "/static/img/logo.svg",
    "/svelte/x.js", "/gradio_api/queue/data?session_hash=x", "/gradio_api/queue/status", "/gradio_api/heartbeat/x",
    "/gradio_api/startup-events", "/gradio_api/app_id", "/hoibao/config", "/logout",
)  # fmt: skip
SENT = ("/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset", "/logout", "/")


@pytest.fixture(autouse=True, scope="module")
def _cheap_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.users.LOG2_N", 4)
        yield


@pytest.fixture(scope="module")
def settings(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        data_dir=sample_data, users=tmp_path_factory.mktemp("access") / "users", port=free_port(),
        root_path="/hoibao", trusted_proxies=("127.0.0.0/8",),
    )  # fmt: skip


@pytest.fixture(scope="module")
def users(settings: Settings, _cheap_hashes: None) -> Users:
    users = Users(settings.users_file)
    for name in ("nguyễn.an", "binh"):
        users.put(name, PASSWORD)
    return users


@pytest.fixture(scope="module")
def address(settings: Settings, users: Users) -> Iterator[str]:
    with page_served(settings) as url:
        yield url


@pytest.fixture(scope="module")
def proxy(address: str) -> Iterator[str]:
    with proxied(address, "/hoibao") as url:
        yield url


@pytest.fixture
def reader(address: str) -> Iterator[httpx.Client]:
    """Somebody who comes straight to the page, below its own root path: such proxies there are, too."""
    with client(f"{address}/hoibao/") as opened:
        yield opened


@pytest.mark.parametrize("path", CLOSED)
def test_nothing_of_the_page_is_there_without_a_login(address: str, settings: Settings, path: str) -> None:
    with client(address) as stranger:
        cookies = ["", *(f"hoibao-{settings.port}={token}" for token in ("x", "", "x" * 5000))]
        replies = [stranger.get(path, headers={"Cookie": cookie}) for cookie in cookies]
    assert [reply.status_code for reply in replies] == [401] * 4
    assert {reply.text for reply in replies} == {"Sign in first."}


@pytest.mark.parametrize("path", SENT)
def test_nothing_can_be_sent_without_a_login(address: str, path: str) -> None:
    with client(address) as stranger:
        assert stranger.post(path, json={"session_hash": "x", "fn_index": 0, "data": []}).status_code == 401


def test_its_health_is_no_secret(address: str) -> None:
    with client(address) as stranger:
        assert stranger.get("/healthz").json()["status"] == "ok"


def test_the_page_leads_to_the_login_and_that_back_to_what_was_wanted(reader: httpx.Client) -> None:
    asked = reader.get("?lang=en&q=a%26b%22")
    assert (asked.status_code, asked.headers["location"]) == (303, "login?lang=en&q=a%26b%22")
    shown = reader.get(asked.headers["location"])
    assert "<h1>Sign in</h1>" in shown.text
    assert 'action="login?lang=en&amp;q=a%26b%22"' in shown.text
    signed = reader.post("login?lang=en&q=a%26b%22", data={"user": "  NGUYỄN.An ", "password": PASSWORD})
    assert (signed.status_code, signed.headers["location"]) == (303, "./?lang=en&q=a%26b%22")
    assert reader.get("").status_code == 200
    again = reader.get("login")
    assert (again.status_code, again.headers["location"]) == (303, "./")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie_is_for_this_page_and_no_script(reader: httpx.Client, settings: Settings, scheme: str) -> None:
    signed = sign_in(reader, "binh", **{"X-Forwarded-Proto": scheme})
    session, mark = signed.headers.get_list("set-cookie")
    parts = {part.strip().lower() for part in session.split(";")}
    assert {"httponly", "samesite=lax", "path=/hoibao/", "max-age=43200"} <= parts
    assert ("secure" in parts) == (scheme == "https")
    token = signed.cookies[f"hoibao-{settings.port}"]
    assert len(token) >= 43
    assert token not in mark
    reader.cookies.clear()
    reader.cookies.set(f"hoibao-{settings.port}", signed.cookies[f"hoibao-{settings.port}-reader"])
    assert reader.get("config").status_code == 401  # the other cookie opens nothing


@pytest.mark.parametrize(
    ("language", "heading", "said"), [("vi", "Đăng nhập", "chưa đúng"), ("en", "Sign in", "not right")]
)
def test_a_wrong_password_is_told_in_the_reader_s_language(
    reader: httpx.Client, language: str, heading: str, said: str
) -> None:
    reader.headers.update(GATEWAY)
    replies = []
    for name in ("binh", "nobody-of-that-name", "no name", "<b>\"'"):
        reply = reader.post(f"login?lang={language}", data={"user": name, "password": "wrong"})
        assert reply.status_code == 401
        assert f'<html lang="{language}">' in reply.text
        assert f"<h1>{heading}</h1>" in reply.text
        alert = re.search(r'<p class="error" id="error" role="alert">([^<]*)</p>', reply.text)
        assert alert
        assert said in alert[1]
        assert reply.text.count('aria-invalid="true" aria-describedby="error"') == 2
        assert "wrong" not in reply.text
        assert "<b>" not in reply.text
        assert "set-cookie" not in reply.headers
        replies.append(re.sub(r'value="[^"]*"', "", reply.text))
    assert len(set(replies)) == 1  # nothing tells which names there are


@pytest.mark.parametrize(
    "body",
    [b"", b"user=binh", b"password=x", b"\xff\xfe", b"user=" + b"a&" * 50, b"user=binh&password=" + b"x" * 20_000],
)
def test_a_strange_form_is_a_wrong_one(reader: httpx.Client, body: bytes) -> None:
    reader.headers["X-Forwarded-For"] = f"198.51.100.{len(body) % 250}"
    reply = reader.post("login", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert reply.status_code == 401
    assert reader.get("config").status_code == 401


def test_whoever_tries_too_often_has_to_wait(reader: httpx.Client) -> None:
    reader.headers["X-Forwarded-For"] = "203.0.113.77"
    for _ in range(BURST):
        assert sign_in(reader, "somebody", "wrong").status_code == 401
    refused = sign_in(reader, "somebody", "wrong")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert f"Hãy đợi {refused.headers['retry-after']} giây" in refused.text
    english = reader.post("login?lang=en", data={"user": "somebody", "password": "wrong"})
    assert re.search(r"Wait \d+ s, then try again", english.text)
    reader.headers["X-Forwarded-For"] = "203.0.113.78"  # as the trusted proxy tells it, somebody else
    assert sign_in(reader, "binh").status_code == 303


def test_the_login_page_has_a_policy_of_its_own(reader: httpx.Client) -> None:
    shown = reader.get("login")
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy
    others = {name: value for name, value in HEADERS.items() if name != "content-security-policy"}
    assert {name: shown.headers.get(name) for name in others} == others
    assert shown.headers["cache-control"] == "no-store"
    assert "<script" not in shown.text
    assert shown.text.count("<label for=") == 2
    style = reader.get("login.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "--accent:" in style.text.split("prefers-color-scheme: dark")[0]
    assert "--accent:" in style.text.split("prefers-color-scheme: dark")[1]


def test_another_site_can_neither_sign_in_nor_out(reader: httpx.Client) -> None:
    assert sign_in(reader, "binh", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert sign_in(reader, "binh", Origin="http://evil.test").status_code == 403
    assert sign_in(reader, "binh").status_code == 303
    assert reader.post("logout", headers={"Origin": "http://evil.test"}).status_code == 403
    assert reader.get("config").status_code == 200


def test_after_signing_out_the_cookie_is_worth_nothing(reader: httpx.Client) -> None:
    cookies = dict(sign_in(reader, "binh").cookies)
    assert reader.get("config").status_code == 200
    link = reader.get("logout")
    assert (link.status_code, link.headers["location"]) == (303, "./")
    assert reader.get("config").status_code == 200
    out = reader.post("logout")
    assert (out.status_code, out.headers["location"]) == (303, "login")
    reader.cookies.update(cookies)
    assert reader.get("config").status_code == 401


def test_a_login_ends_with_its_user_and_with_its_password(reader: httpx.Client, users: Users) -> None:
    users.put("tạm", PASSWORD)
    for change in (lambda: users.put("tạm", "một mật khẩu mới"), lambda: users.remove("tạm")):
        password = PASSWORD if users.check("tạm", PASSWORD) else "một mật khẩu mới"
        assert sign_in(reader, "tạm", password).status_code == 303
        assert reader.get("config").status_code == 200
        change()
        assert reader.get("config").status_code == 401
    assert sign_in(reader, "tạm", "một mật khẩu mới").status_code == 401


def test_nothing_of_a_conversation_is_kept_by_the_browser(reader: httpx.Client) -> None:
    sign_in(reader, "binh")
    for path in ("", "config"):
        assert reader.get(path).headers["cache-control"] == "no-store"
    assert "data-sign-out" in reader.get("").text


def test_the_page_works_through_a_proxy_that_takes_its_path_off(proxy: str) -> None:
    with client(proxy) as visitor:
        asked = visitor.get("")
        assert str(asked.url.join(asked.headers["location"])) == f"{proxy}login"
        signed = sign_in(visitor, "binh", Origin=proxy.removesuffix("/hoibao/"))
        assert str(signed.url.join(signed.headers["location"])) == proxy
        page = visitor.get("")
        assert page.status_code == 200
        assert visitor.get("config").json()["root"] == proxy.rstrip("/")
        for asset in set(re.findall(r'(?:src|href)="(\./assets/[^"]+)"', page.text)):
            assert visitor.get(asset).status_code == 200, asset
        assert SAID in answer(visitor, QUESTION, "page")
        assert visitor.post("logout").status_code == 303
        assert visitor.get("config").status_code == 401


def test_whoever_knows_the_name_of_a_conversation_sees_nothing_of_it(proxy: str) -> None:
    with client(proxy) as mine, client(proxy) as yours, client(proxy) as other:
        sign_in(mine, "binh")
        sign_in(yours, "nguyễn.an")
        sign_in(other, "binh")  # another login of the same user is another reader, too
        assert join(mine, QUESTION, "page").status_code == 200
        for thief in (yours, other):
            seen = [message["msg"] for message in events(thief, "page")]
            assert seen == ["unexpected_error"]
            thief.post("gradio_api/cancel", json={"session_hash": "page", "fn_index": 0, "event_id": "x"})
        told = json.dumps(list(events(mine, "page")), ensure_ascii=False)
        assert SAID in told
        assert "process_completed" in told
        follow_up = answer(yours, "Còn năm 2016?", "page")  # the same name, and no word of the first question
        assert "2019" not in follow_up.split("2016", 1)[0]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff", b'{"session_hash": []}'])
def test_a_body_that_is_no_object_is_refused(reader: httpx.Client, body: bytes) -> None:
    sign_in(reader, "binh")
    reply = reader.post("gradio_api/queue/join", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code in {400, 422}
