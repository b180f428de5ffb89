"""What a reader does with an answer in the page: judges it, saves it, opens a saved conversation; over the real page in Chromium."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_support import Watch, free_port, served
from docx import Document
from hostile_payloads import PAYLOADS
from reader_support import ask, overflow, visit
from serving_support import PASSWORD, page_served
from test_accessibility import looked_through

from qa import Settings
from qa.feedback import FeedbackFile, Verdict
from ui.users import Users

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QUESTION = "Who chaired the 2019 conference?"
OTHER = "Hội nghị năm 2019 do những ai chủ trì?"
UNKNOWN = "Giá vé xem xiếc ở Nha Trang là bao nhiêu?"
SHEET = "dialog#judging[open]"
HOSTILE = " ".join(list(PAYLOADS.values())[::15])[:900]


@pytest.fixture(scope="module")
def folder(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("keeping")
    shutil.copytree(sample_data, root / "data")
    return root


@pytest.fixture(scope="module")
def address(browser: Any, folder: Path) -> Iterator[str]:
    with served(folder, free_port()) as url:
        yield url


@pytest.fixture
def file(folder: Path) -> FeedbackFile:
    """What readers said; nothing at first."""
    file = FeedbackFile(folder / "data")
    for one in file.all():
        file.take_back(one.key)
    return file


@pytest.fixture
def watch() -> Iterator[Watch]:
    seen = Watch()
    yield seen
    assert not seen.faults
    assert not seen.dialogs
    assert len(seen.hosts - {"blob"}) <= 1  # the page's own


def pressed(page: Any, verdict: str, *, within: str = "#live") -> None:
    page.wait_for_selector(f'{within} [data-judge="{verdict}"][aria-pressed="true"]')
    page.wait_for_function(f"""document.querySelectorAll('{within} .judge [aria-pressed="true"]').length === 1""")


@pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")])
def test_a_reader_judges_and_changes_his_mind(
    browser: Any, address: str, file: FeedbackFile, watch: Watch, width: int, language: str
) -> None:
    page = visit(browser, address, watch, query=f"?lang={language}", viewport={"width": width, "height": 844})
    ask(page, QUESTION)
    page.click('#live [data-judge="right"]')
    pressed(page, "right")
    assert page.locator("dialog[open]").count() == 0  # nothing stands in the way of one who agrees
    page.locator("#hoibao-notice", has_text="Noted" if language == "en" else "Đã ghi nhận").wait_for()
    (one,) = file.all()
    assert (one.verdict, one.reason, one.question, one.user) == (Verdict.RIGHT, "", QUESTION, None)
    assert "Nguyễn Văn Nên" in one.answer["text"]
    assert len(one.answer["citations"][0]["content_hash"]) == 64
    assert one.made_by.keys() == {"hoibao", "embeddings"}

    page.click('#live [data-judge="missing"]')
    page.wait_for_selector(SHEET)
    pressed(page, "missing")  # kept at once; the reason is a gift
    page.fill(f"{SHEET} textarea", f"Còn một người nữa. {HOSTILE}")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(SHEET, state="hidden")
    page.wait_for_function("document.querySelector('#live .judge').dataset.reason !== ''")
    (one,) = file.all()
    assert one.verdict is Verdict.MISSING
    assert one.reason == " ".join(f"Còn một người nữa. {HOSTILE}".split())
    page.wait_for_function("document.activeElement.dataset.judge === 'missing'")

    ask(page, OTHER)  # the page is drawn anew, and what was said stays
    pressed(page, "missing", within="#past")
    page.click('#past [data-judge="missing"]')
    page.wait_for_selector(SHEET)
    assert page.input_value(f"{SHEET} textarea").startswith("Còn một người nữa.")
    page.click(f'{SHEET} [name="judge_take_back"]')
    page.wait_for_selector('#past .judge:not(:has([aria-pressed="true"]))')
    assert file.all() == []
    assert page.evaluate("window.__hoibao_ran") is None
    assert page.locator("[evil]").count() == 0
    page.context.close()


def test_by_keyboard_alone(browser: Any, address: str, file: FeedbackFile, watch: Watch) -> None:
    page = visit(browser, address, watch)
    ask(page, UNKNOWN)
    page.locator('#live [data-judge="right"]').focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(SHEET)
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.type("Có bài nói")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(SHEET, state="hidden")
    page.wait_for_function("document.querySelector('#live .judge').dataset.reason === 'Có bài nói'")
    assert [(f.verdict, f.reason, f.answer["answered"]) for f in file.all()] == [(Verdict.WRONG, "Có bài nói", False)]
    page.locator("#live .menu summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#live .menu[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#live .menu:not([open])")
    page.wait_for_function("document.activeElement.tagName === 'SUMMARY'")
    page.context.close()


def test_what_was_said_is_there_when_the_conversation_is_opened_again(
    browser: Any, address: str, file: FeedbackFile, watch: Watch
) -> None:
    page = visit(browser, address, watch)
    ask(page, QUESTION)
    page.click('#live [data-judge="right"]')
    pressed(page, "right")
    page.reload()
    page.wait_for_selector(".start h2")
    page.click("[data-show='conversations']")
    page.locator("#conversations .opens").first.click()
    page.wait_for_selector("#live .judge")
    pressed(page, "right")
    page.click('#live [data-judge="wrong"]')
    pressed(page, "wrong")
    (one,) = file.all()
    assert one.made_by["from"] == "browser"  # its words came back from there
    page.context.close()


def test_a_refused_or_stopped_answer_is_not_judged(browser: Any, address: str, watch: Watch) -> None:
    page = visit(browser, address, watch)
    ask(page, "   ")
    assert page.locator(".judge, .menu").count() == 0
    page.context.close()


def test_a_broken_file_costs_nobody_an_answer(browser: Any, sample_data: Path, tmp_path: Path, watch: Watch) -> None:
    shutil.copytree(sample_data, tmp_path / "data")
    (tmp_path / "data" / "feedback.sqlite").write_bytes(b"not a database " * 500)
    with served(tmp_path, free_port()) as url:
        page = visit(browser, url, watch)
        ask(page, QUESTION)
        assert "Nguyễn Văn Nên" in page.inner_text("#live .answer")
        page.click('#live [data-judge="right"]')
        page.wait_for_function("document.getElementById('hoibao-notice')?.innerText.includes('Chưa ghi được')")
        assert page.locator('#live [aria-pressed="true"]').count() == 0
        page.context.close()


def test_on_a_page_with_users_a_judgement_has_its_name(browser: Any, fresh_samples: Path, watch: Watch) -> None:
    settings = Settings(data_dir=fresh_samples, port=free_port())
    Users(settings.users_file).put("lan", PASSWORD)
    with page_served(settings) as url:
        context = browser.new_context()
        watch.follow(context)
        page = context.new_page()
        page.goto(url)
        page.fill("[name=user]", "lan")
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit], form button:not([data-language])")
        page.wait_for_selector(".start h2")
        ask(page, QUESTION)
        page.click('#live [data-judge="right"]')
        pressed(page, "right")
        context.close()
    assert [f.user for f in FeedbackFile(fresh_samples).all()] == ["lan"]


# --- files ----------------------------------------------------------------------------------------------------------


def saved(page: Any, ending: str, what: str, target: Path) -> Path:
    page.click("#live .menu summary")
    with page.expect_download() as coming:
        page.click(f'#live [data-save="{ending}"][data-what="{what}"]')
    path = target / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


@pytest.mark.parametrize(("width", "language"), [(390, "en"), (1440, "vi")])
def test_an_answer_and_a_conversation_are_saved_and_opened_again(
    browser: Any, address: str, watch: Watch, tmp_path: Path, width: int, language: str
) -> None:
    page = visit(browser, address, watch, query=f"?lang={language}", viewport={"width": width, "height": 844})
    ask(page, QUESTION)
    ask(page, OTHER)
    answer = saved(page, ".md", "answer", tmp_path).read_text("utf-8")
    assert answer.startswith("# Questions" if language == "en" else "# Hỏi")
    assert OTHER in answer
    assert QUESTION not in answer
    whole = saved(page, ".md", "conversation", tmp_path).read_text("utf-8")
    assert whole.index(QUESTION) < whole.index(OTHER)
    word = saved(page, ".docx", "conversation", tmp_path)
    assert any(QUESTION in p.text for p in Document(str(word)).paragraphs)
    path = saved(page, ".json", "conversation", tmp_path)
    assert path.name.isascii()
    assert path.name.startswith("hoibao-2")
    assert len(json.loads(path.read_text("utf-8"))["exchanges"]) == 2
    said = page.inner_text("#live .said")
    assert overflow(page) <= 0
    page.context.close()

    page = visit(browser, address, watch, query=f"?lang={language}", viewport={"width": width, "height": 844})
    page.click("[data-show='conversations']")
    page.wait_for_selector("#conversations .from-file")
    page.set_input_files("#conversations input[type=file]", path)
    page.wait_for_selector("#live .origin")
    assert page.inner_text("#live .said") == said
    assert page.locator(".exchange").count() == 2
    assert page.locator(".judge").count() == 0  # not answered here: nothing to judge
    page.locator("#live .mark").first.click()
    page.wait_for_selector("mark.quoted")
    page.reload()  # the browser keeps it as any other, and what it is
    page.wait_for_selector(".start h2")
    page.click("[data-show='conversations']")
    page.locator("#conversations .opens").first.click()
    page.wait_for_selector("#live .origin")
    page.context.close()


def test_a_file_proves_nothing_that_the_articles_do_not(
    browser: Any, address: str, watch: Watch, tmp_path: Path
) -> None:
    page = visit(browser, address, watch)
    ask(page, QUESTION)
    told = json.loads(saved(page, ".json", "conversation", tmp_path).read_text("utf-8"))
    answer = told["exchanges"][0]["answer"]
    real = answer["citations"][0]
    answer["text"] = f"Lừa đảo {HOSTILE} [1] [2] [3]"
    forged = "Câu này không đâu có."
    answer["citations"] = [
        real,
        {**real, "marker": 2, "quote": forged, "end": real["start"] + len(forged)},
        {**real, "marker": 3, "article_id": "f" * 16, "source": "<img evil src=//evil.test/x>"},
    ]
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(told), "utf-8")
    page.click("[data-show='conversations']")
    page.wait_for_selector("#conversations .from-file")
    page.set_input_files("#conversations input[type=file]", path)
    page.wait_for_selector("#live .origin")
    assert page.locator("#live .mark").all_inner_texts() == ["[1]"]
    assert forged not in page.inner_text("#evidence")
    assert "2 quotations" in page.inner_text("#live")
    assert page.evaluate("window.__hoibao_ran") is None
    assert page.locator("[evil]").count() == 0
    page.context.close()


@pytest.mark.parametrize("text", ["", "{}", "[1, 2", '{"format": "hoibao-conversation", "version": 9}', "\x00\ud83d"])
def test_another_file_is_not_opened(browser: Any, address: str, watch: Watch, tmp_path: Path, text: str) -> None:
    page = visit(browser, address, watch)
    path = tmp_path / "other.json"
    path.write_bytes(text.encode("utf-8", "replace"))
    page.click("[data-show='conversations']")
    page.wait_for_selector("#conversations .from-file")
    page.set_input_files("#conversations input[type=file]", path)
    page.wait_for_selector("#live .note")
    assert "Không mở lại được" in page.inner_text("#live .note")
    page.context.close()


def test_a_large_file_is_refused_in_the_browser(browser: Any, address: str, watch: Watch, tmp_path: Path) -> None:
    page = visit(browser, address, watch)
    path = tmp_path / "large.json"
    path.write_bytes(b" " * 1_600_000)
    page.click("[data-show='conversations']")
    page.wait_for_selector("#conversations .from-file")
    page.set_input_files("#conversations input[type=file]", path)
    page.wait_for_function("document.getElementById('hoibao-notice')?.innerText.includes('lớn quá')")
    page.context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_no_state_has_a_serious_violation(browser: Any, address: str, watch: Watch, width: int) -> None:
    page = visit(browser, address, watch, viewport={"width": width, "height": 900})
    ask(page, QUESTION)
    said = []
    page.click('#live [data-judge="right"]')
    pressed(page, "right")
    said += looked_through(page, "judged")
    page.click("#live .menu summary")
    assert overflow(page) <= 0
    box = page.locator("#live .menu .choices").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    said += looked_through(page, "menu")
    page.evaluate("document.querySelector('.menu[open]')?.removeAttribute('open')")
    page.click('#live [data-judge="wrong"]')
    page.wait_for_selector(SHEET)
    said += looked_through(page, "reason")
    assert not said, "\n".join(said)
    page.context.close()
