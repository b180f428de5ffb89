"""Signing in, asking, signing out, in Chromium and through a proxy that puts the page under a path of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser_support import Watch, free_port
from serving_support import PASSWORD, page_served, proxied

from qa.settings import Settings
from ui.users import Users

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QUESTION = "Ai chủ trì hội nghị năm 2019?"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    users = Users(tmp_path_factory.mktemp("login") / "users")
    for name in ("ánh", "bình"):
        users.put(name, PASSWORD)
    return users


@pytest.fixture(scope="module")
def address(browser: Any, sample_data: Path, users: Users) -> Iterator[str]:
    settings = Settings(
        data_dir=sample_data, users=users.path, port=free_port(), root_path="/hoibao", trusted_proxies=("127.0.0.1",)
    )
    with page_served(settings) as url, proxied(url, "/hoibao") as outside:
        yield outside


def sign_in(page: Any, password: str = PASSWORD, *, name: str = "Ánh") -> None:
    page.fill("#user", name)
    page.fill("#password", password)
    page.press("#password", "Enter")


def test_sign_in_ask_and_sign_out(browser: Any, address: str, users: Users) -> None:
    watch = Watch()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    watch.follow(context)
    refused: set[tuple[int, str]] = set()
    context.on("response", lambda r: refused.add((r.status, urlsplit(r.url).path)) if r.status >= 400 else None)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}?lang=en")
    assert page.inner_text("h1") == "Sign in"
    page.click("nav a")
    page.wait_for_selector("h1:has-text('Đăng nhập')")
    page.wait_for_selector("#user:focus")

    sign_in(page, "sai mật khẩu")
    page.wait_for_selector("[role=alert]")
    assert "chưa đúng" in page.title()
    assert page.input_value("#user") == "Ánh"
    page.wait_for_selector("#password:focus")
    told = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText")
    assert "chưa đúng" in told

    sign_in(page)
    page.wait_for_selector(".start h2")
    page.wait_for_url(f"{address}?lang=vi")
    box = page.locator("textarea:visible").first
    box.fill(QUESTION)
    box.press("Enter")
    page.wait_for_selector("#live .answer:not(.growing) .mark")
    assert "Nguyễn Văn Nên" in page.inner_text("#live .answer")
    page.locator("#live .mark").first.click()
    page.wait_for_selector("mark.quoted")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.evaluate("for (const name of ['hoibao-conversation-x', 'other']) localStorage.setItem(name, 'x')")

    page.click("[data-sign-out]")
    page.wait_for_selector("#password")
    assert page.url.startswith(f"{address}login")
    page.go_back()
    page.wait_for_selector("#password")  # nothing of the conversation is kept
    assert QUESTION not in page.inner_text("body")
    assert context.cookies() == []
    assert page.evaluate("[localStorage.getItem('hoibao-conversation-x'), localStorage.getItem('other')]") == [
        None,
        "x",
    ]
    assert watch.hosts == {address.split("/")[2]}
    assert [error for error in watch.errors if not error.startswith("Failed to load resource")] == []
    # Gradio's page asks for its manifest at the root of the host, wherever it is itself.
    after = {(status, path) for status, path in refused if status == 401 and "/gradio_api/" in path}
    assert refused - after - {(404, "/manifest.json")} == {(401, "/hoibao/login")}
    context.close()


def test_a_page_whose_login_has_ended_leads_to_a_new_one(browser: Any, address: str, users: Users) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    sign_in(page)
    page.wait_for_selector(".start h2")
    context.clear_cookies()
    box = page.locator("textarea:visible").first
    box.fill(QUESTION)
    box.press("Enter")
    page.wait_for_selector("#password")
    for name, left in (
        ("ánh", "x"),
        ("bình", None),
    ):  # what is kept in the browser is still its reader's, and no other's
        page.evaluate("localStorage.setItem('hoibao-conversation-x', 'x')")
        context.clear_cookies()
        page.goto(address)
        sign_in(page, name=name)
        page.wait_for_selector(".start h2")
        assert page.evaluate("localStorage.getItem('hoibao-conversation-x')") == left
    context.close()


def test_people_and_the_archive_lie_under_the_path_of_the_proxy(browser: Any, address: str, users: Users) -> None:
    watch = Watch()
    context = browser.new_context()
    watch.follow(context)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}people?lang=en")
    sign_in(page)
    page.wait_for_url(f"{address}people?lang=en")
    page.fill("#find-person", "nguyen van nen")
    page.wait_for_function("document.querySelectorAll('#told .names li').length === 1")
    page.click("#told .names a")
    page.wait_for_selector("#told .entries .card")
    page.locator("#told .entries [data-open]").first.click()
    page.wait_for_selector("mark.quoted")
    page.click(".ways [data-way='time']")
    page.wait_for_selector("#told .chart .hit")
    page.click("a[data-view='articles']")
    page.wait_for_selector("#listing tbody tr")
    page.locator("#listing tbody [data-open]").first.click()
    page.wait_for_selector("[data-pane='article']")
    assert watch.hosts == {address.split("/")[2]}
    assert watch.faults == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_login_page_works_without_script_and_fits(browser: Any, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 700}, color_scheme=scheme, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(address)
    box = page.locator("form").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.get_by_label("Tên người dùng").count() == page.get_by_label("Mật khẩu").count() == 1
    sign_in(page)
    page.wait_for_url(address)
    assert sorted(cookie["httpOnly"] for cookie in context.cookies()) == [False, True]
    context.close()
