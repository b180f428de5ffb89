"""The archive in Chromium: searched, sorted, read, added to, removed from and restored, by mouse and by keyboard."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from archive_support import article
from browser_support import Watch, free_port
from hostile_payloads import PAYLOADS
from reader_support import ask, overflow, visit
from serving_support import page_served
from test_accessibility import CUT, looked_through

from qa import Settings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WIDTHS = pytest.mark.parametrize("width", [390, 1440])
ROWS = "#listing tbody tr"
TITLES = "#listing tbody [data-open]"
SHOWN = "([at, texts]) => JSON.stringify([...document.querySelectorAll(at)].map(e => e.innerText)) === JSON.stringify(texts)"


@pytest.fixture
def address(fresh_samples: Path) -> Iterator[str]:
    with page_served(Settings(data_dir=fresh_samples, port=free_port())) as url:
        yield url


def archive(browser: Any, address: str, watch: Watch, *, width: int = 1440, query: str = "") -> Any:
    """Open the archive in a fresh profile and wait until it can be used."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    watch.follow(context)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/articles{query}")
    page.wait_for_selector(ROWS)
    page.wait_for_selector("#archive-files")
    return page


def add(page: Any, files: list[dict[str, Any]]) -> None:
    """Choose files, and wait until they are brought in."""
    before = page.locator(".job").count()
    with page.expect_file_chooser() as chooser:
        page.click("#archive-files")
    chooser.value.set_files(files)
    done(page, before + 1)


def done(page: Any, jobs: int) -> None:
    """Wait until so many jobs are over."""
    page.wait_for_function(f"document.querySelectorAll('.job:is(.done, .stopped, .failed)').length === {jobs}")


def file(name: str, body: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


@WIDTHS
def test_an_archivist_adds_finds_reads_removes_and_restores(browser: Any, address: str, width: int) -> None:
    watch = Watch()
    page = archive(browser, address, watch, width=width, query="?lang=en" if width == 390 else "")
    add(page, [file("hội chợ.txt", article("Hội chợ xoài ở Tân Phú", 7)), file("máy.exe", b"MZ")])
    page.wait_for_selector(f"{TITLES} >> text=Hội chợ xoài ở Tân Phú")
    counts = page.locator(".job .counts").inner_text()
    assert counts == ("1 added · 1 refused" if width == 390 else "1 thêm mới · 1 không nhận")
    page.fill("#archive-search", "hoi cho xoai")
    page.wait_for_function(f"document.querySelectorAll('{ROWS}').length === 1")
    page.click(TITLES)
    page.wait_for_selector("[data-pane='article']")
    page.locator("#evidence", has_text="gian hàng số 7").wait_for()
    page.go_back()
    page.wait_for_selector("[data-pane='article']", state="detached")
    page.wait_for_function("document.activeElement.textContent === 'Hội chợ xoài ở Tân Phú'")
    page.check(f"{ROWS} input")
    page.click("#archive-change")
    page.wait_for_selector(ROWS, state="detached")
    page.click("[data-state='removed']")
    page.wait_for_selector(f"{TITLES} >> text=Hội chợ xoài ở Tân Phú")
    page.click("[data-undo]")
    done(page, 3)
    page.click("[data-state='live']")
    page.wait_for_selector(f"{TITLES} >> text=Hội chợ xoài ở Tân Phú")
    assert overflow(page) <= 0
    page.click("[data-view='']")
    ask(page, "Gian hàng số 7 của hội chợ xoài Tân Phú khai trương ngày nào?")
    assert "8/6/2018" in page.locator("#live").inner_text() or "8 June 2018" in page.locator("#live").inner_text()
    assert (watch.faults, watch.dialogs) == ([], [])
    page.context.close()


def test_a_conversation_page_that_was_open_answers_from_new_articles(browser: Any, address: str) -> None:
    asking = visit(browser, address, Watch())
    page = archive(browser, address, Watch())
    add(page, [file("a.txt", article("Hội chợ xoài", 7))])
    ask(asking, "Gian hàng số 7 của hội chợ xoài Tân Phú khai trương ngày nào?")
    assert "8/6/2018" in asking.locator("#live").inner_text()
    assert "archive.js" not in asking.content()
    assert not asking.evaluate("'drawList' in window.hoibao")  # the archive's scripts are not here
    for opened in (asking, page):
        opened.context.close()


def test_it_is_sorted_and_the_order_is_kept_in_the_address(browser: Any, address: str) -> None:
    page = archive(browser, address, Watch())
    page.click("[data-sort='title']")
    page.wait_for_selector("[aria-sort='ascending'] [data-sort='title']")
    titles = page.locator(TITLES).all_inner_texts()
    page.wait_for_function("document.activeElement.dataset.sort === 'title'")
    page.click("[data-sort='title']")
    page.wait_for_selector("[aria-sort='descending'] [data-sort='title']")
    page.wait_for_function(SHOWN, arg=[TITLES, titles[::-1]])
    page.reload()
    page.wait_for_selector("[aria-sort='descending'] [data-sort='title']")
    page.wait_for_function(SHOWN, arg=[TITLES, titles[::-1]])
    page.context.close()


def test_a_job_is_seen_by_a_page_that_is_opened_later_and_by_others(browser: Any, address: str) -> None:
    page = archive(browser, address, Watch())
    add(page, [file("a.txt", article("Hội chợ dừa", 3))])
    page.context.close()
    other = archive(browser, address, Watch())
    other.locator("#archive-jobs", has_text="a.txt").wait_for()
    other.click("#archive-runs summary")
    other.wait_for_selector("#archive-runs li")
    other.locator("#archive-runs", has_text="1 thêm mới").wait_for()
    other.context.close()


def test_all_of_it_can_be_done_with_the_keyboard(browser: Any, address: str) -> None:
    page = archive(browser, address, Watch())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    page.wait_for_function("document.activeElement.id === 'view'")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#listing tbody [data-open]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-pane='article']")
    page.wait_for_function("document.activeElement.matches('.back button')")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-pane='article']", state="detached")
    page.wait_for_function("document.activeElement.matches('#listing tbody [data-open]')")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert page.is_enabled("#archive-change")
    page.focus("#archive-change")
    page.keyboard.press("Enter")
    done(page, 1)
    page.focus("[data-undo]")
    page.keyboard.press("Enter")
    done(page, 2)
    page.context.close()


def test_hostile_names_and_titles_do_nothing(browser: Any, address: str) -> None:
    watch = Watch()
    page = archive(browser, address, watch)
    page.evaluate("window.__hoibao_ran = 0")
    chosen = [payload for payload in PAYLOADS.values() if payload.isprintable()][:60]
    files = []
    for number, payload in enumerate(chosen):
        files.append(file(f"{number} {payload[:80].replace('/', '∕')}.txt", article(payload, number)))
        files.append(file(f"{number} {payload[:80].replace('/', '∕')}.exe", b"MZ"))
    add(page, files)
    page.click("[data-sort='source']")
    page.wait_for_selector("[aria-sort='ascending'] [data-sort='source']")
    page.click(TITLES)
    page.wait_for_selector("[data-pane='article']")
    for summary in page.locator(".lines:not([open]) summary").all():
        summary.click()
    page.wait_for_timeout(500)
    assert page.evaluate("window.__hoibao_ran") == 0
    assert page.locator("#view [evil]").count() == 0
    assert {host for host in watch.hosts if "evil" in host} == set()
    assert watch.dialogs == []
    assert f"{len(chosen)} không nhận" in page.locator(".job .counts").first.inner_text()
    assert overflow(page) <= 0
    page.context.close()


@WIDTHS
def test_no_state_has_a_serious_violation(browser: Any, address: str, width: int) -> None:
    page = archive(browser, address, Watch(), width=width)
    said = looked_through(page, "list")
    add(page, [file("a.txt", article("Hội chợ dừa", 3)), file("b.exe", b"MZ")])
    said += looked_through(page, "after an upload")
    page.click(TITLES)
    page.wait_for_selector("[data-pane='article']")
    said += looked_through(page, "article")
    assert not said, "\n".join(said)
    assert overflow(page) <= 0
    assert page.evaluate(CUT) == []
    page.context.close()
