"""A reader at the page: opens it, asks, opens an article. What the page is built of is known here, not in the tests that use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from browser_support import ARGUMENTS, Watch, chromium

BOX = "textarea:visible"
ANSWER = "#live .answer"
DONE = f"{ANSWER}:not(.growing)"
OPEN = "[data-open]"
ARTICLE = "[data-pane='article']"
SHEETS = {"conversations": "[data-show='conversations']", "help": "[data-show='help']", "filters": "#chips .filter"}
"""The buttons that open something over the page, by what they open."""
SHEET = "dialog[open]"
EMPTY = "document.querySelector('#question textarea').value === ''"


@contextmanager
def launched() -> Iterator[Any]:
    """Start Chromium, without windows."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS.split())
        yield browser
        browser.close()


def visit(browser: Any, address: str, watch: Watch, *, query: str = "", **options: Any) -> Any:
    """Open the page in a fresh profile and wait until it can be used."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options})
    watch.follow(context)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/{query}")
    page.wait_for_selector(".start h2")
    page.wait_for_selector(BOX)
    return page


def put(page: Any, question: str) -> None:
    """Type a question, press Enter and wait until it is taken."""
    box = page.locator(BOX).first
    box.fill(question)
    box.press("Enter")
    page.wait_for_function(EMPTY)


def ask(page: Any, question: str) -> None:
    """Put a question, and wait for its finished answer."""
    before = page.locator(".exchange").count()
    put(page, question)
    page.wait_for_function(f"document.querySelectorAll('.exchange').length > {before}")
    page.wait_for_selector(DONE)


def open_article(page: Any) -> None:
    """Open the article behind the first mark of the answer, else behind the first card."""
    marks = page.locator(f"{ANSWER} {OPEN}")
    (marks if marks.count() else page.locator(f"{OPEN}:visible")).first.click()
    page.wait_for_selector(ARTICLE)


def overflow(page: Any) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
