"""An answer that takes its time: it can be stopped, and what stands then stays."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from browser_support import ROOT, Watch, chromium, free_port
from reader_support import put

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# An assistant as `ui.collection.Assistant` has it, that says a word at a time until it is told to go on.
SERVE = """
import sys, time
from pathlib import Path
import uvicorn
from qa import Settings
from qa.schema import Answer
from ui.collection import Collection
from ui.server import build_app

class Slow:
    def stream(self, question, history=(), *, filters=None):
        time.sleep(0.5 if "?" in question else 0)
        words = "Một hai ba bốn năm".split()
        for n in range(1, 6 if question == "nhanh" else 400):
            yield Answer(question, " ".join(words[:n]), True, "vi", done=False, unproven=())
            time.sleep(0.05)
        yield Answer(question, "Xong. Chưa rõ. [?]", True, "vi", unproven=("Chưa rõ.",))
    def open(self): return self
    def made_by(self): return {}
    def times(self, question): return []
    def version(self, article_id, content_hash): return None
    def versions(self, article_id): return []
    def articles(self): return iter(())
    def count(self, filters=None): return 3
    def outlets(self): return []
    def names(self, *, most): return []

slow = Slow()
app = build_app(slow, Collection(slow), Settings(data_dir=Path(sys.argv[1])))
uvicorn.run(app, port=int(sys.argv[2]), log_level="error", ws="none", timeout_graceful_shutdown=1)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    folder, port = tmp_path_factory.mktemp("slow"), free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder), str(port)], env={**os.environ, "PYTHONPATH": str(ROOT), "GRADIO_TEMP_DIR": str(folder)},
        cwd=folder, stderr=(folder / "log.txt").open("w"),
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    watch = Watch()
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    for _ in range(100):
        try:
            opened.goto(f"{address}/?lang=en")
            break
        except Exception:  # noqa: BLE001 - the server is still starting
            opened.wait_for_timeout(200)
    opened.wait_for_selector(".start h2")
    watch.follow(context)
    yield opened
    assert watch.faults == []
    context.close()


def ask(page: Any, question: str) -> None:
    put(page, question)


def test_an_answer_is_stopped_where_it_is(page: Any) -> None:
    assert not page.is_visible("#stop")
    ask(page, "chậm")
    page.wait_for_selector("#live .growing")
    page.wait_for_selector("#stop:visible")
    page.wait_for_selector("#send", state="hidden")
    assert page.inner_text("#stop") == "Stop"
    page.click("#stop")
    page.wait_for_selector("#live .stopped")
    page.wait_for_selector("#send:visible")
    said = page.inner_text("#live .said")
    assert said.startswith("Một")
    assert page.inner_text("#live .stopped") == "You stopped this answer."
    page.wait_for_timeout(600)
    assert page.locator("#live .growing").count() == 0  # nothing more came
    ask(page, "nhanh")
    page.wait_for_selector("#live .unproven")
    assert page.inner_text("#past .question") == "chậm"
    assert "Not proven" in page.inner_text("#live .unproven")
    assert "[?]" not in page.inner_text("#live .said")


def test_what_is_sent_while_an_answer_grows_is_asked_next(page: Any) -> None:
    ask(page, "chậm")
    page.wait_for_selector("#live .growing")
    box = page.locator("#question textarea")
    box.fill("nhanh")
    box.press("Enter")
    box.press("Enter")  # once more asks nothing more
    page.click("#stop")
    page.wait_for_selector("#live .unproven")
    assert page.inner_text("#past .question") == "chậm"
    assert page.inner_text("#live .question") == "nhanh"
    assert page.locator(".exchange").count() == 2


def test_escape_stops_before_the_first_word_and_the_question_can_be_edited(page: Any) -> None:
    ask(page, "Còn lâu không?")
    page.wait_for_selector("#live .reading")
    page.keyboard.press("Escape")
    page.wait_for_selector("#live .stopped")
    page.click("#live [data-act='edit']")
    page.wait_for_selector("#chips .editing")
    ask(page, "nhanh")
    page.wait_for_selector("#live .unproven")
    assert page.locator(".question").all_inner_texts() == ["nhanh"]


def test_a_stopped_answer_is_kept_and_opened_as_such(page: Any) -> None:
    ask(page, "chậm")
    page.wait_for_selector("#live .growing")
    page.click("#stop")
    page.wait_for_selector("#live .stopped")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('hoibao-conversation-'))")
    page.reload()
    page.wait_for_selector(".start h2")
    page.click("[data-show='conversations']")
    page.click("#conversations .opens")
    page.wait_for_selector("#live .stopped")
    assert page.inner_text("#live .question") == "chậm"
