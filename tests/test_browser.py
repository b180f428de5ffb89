"""The page as a reader meets it: Debian's Chromium over real articles, stores and answers."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile_payloads
import pytest
from browser_support import ROOT, Watch, free_port, served

from qa import NewsAssistant, Settings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QUESTION = "Who chaired the 2019 conference?"
CHAIRS = ("Nguyễn Văn Nên", "Nguyễn Hạnh Phúc", "Đào Việt Trung", "Mai Tiến Dũng")
UNKNOWN = "Giá vé xem xiếc ở Nha Trang là bao nhiêu?"
SIZES = [(390, 844), (1440, 900)]
PAYLOADS = list(hostile_payloads.PAYLOADS.values())[::12]
HOSTILE_QUESTION = "Ai chủ trì hội nghị Gỗ Lim năm 2031?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def address(browser: Any, sample_data: Path, folder: Path) -> Iterator[str]:
    """The page over the samples and one hostile article."""
    shutil.copytree(sample_data, folder / "data")
    hostile = folder / "bài báo ${__hoibao_ran++} <img src=x onerror=__hoibao_ran++>"
    hostile.mkdir()
    words = " ".join(PAYLOADS)
    far = "\n\n".join(f"Khoảnh rừng số {n} ở Nghệ An có {n + 200} cây lim đã được đếm." for n in range(1, 40))
    (hostile / "'><b>`{{x}}`.txt").write_text(
        f"Hội nghị Gỗ Lim năm 2031 {words}\n\nSáng 5/3/2031, hội nghị Gỗ Lim họp tại Vinh. {words}\n\n{far}\n\n"
        f"Đồng chí Trần Văn Bình {' '.join(PAYLOADS[:5])} chủ trì hội nghị Gỗ Lim năm 2031.\n\n(Ảnh: {words})\n\n{'DÀI' * 500}\n",
        "utf-8",
    )
    with served(folder, free_port(), hostile) as url:
        yield url


@pytest.fixture
def watch() -> Watch:
    return Watch()


def visit(
    browser: Any, address: str, watch: Watch, *, size: tuple[int, int] = (1440, 900), query: str = "", **options: Any
) -> Any:
    """Open the page in a fresh profile and wait until it can be used.

    Nothing glides by default: a click can miss what is still on its way.
    """
    still = {"reduced_motion": "reduce", **options}
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **still)
    watch.follow(context)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/{query}")
    page.wait_for_selector(".start h2")
    return page


def ask(page: Any, question: str) -> None:
    """Type a question into the first visible text area, press Enter, and wait for the finished answer."""
    before = page.locator(".exchange").count()
    box = page.locator("textarea:visible").first
    box.fill(question)
    box.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.exchange').length > {before}")
    page.wait_for_selector("#live .answer:not(.growing)")
    page.wait_for_function("document.querySelector('#question textarea').value === ''")


def open_first_mark(page: Any) -> Any:
    page.locator("#live .mark").first.click()
    page.wait_for_selector("[data-pane='article']")
    return page.locator("mark.quoted")


def is_on_screen(locator: Any) -> bool:
    """Tell whether the top of an element comes to rest inside the window; a smooth scroll takes its time."""
    inside = "e => { const r = e.getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.top < innerHeight }"
    for _ in range(20):
        if locator.evaluate(inside):
            return True
        locator.page.wait_for_timeout(250)
    return False


def widths(page: Any) -> tuple[int, int]:
    page.wait_for_timeout(100)
    found = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return found[0], found[1]


@pytest.mark.parametrize("size", SIZES)
def test_a_question_is_answered_and_its_proof_is_lit_up(
    browser: Any, address: str, folder: Path, watch: Watch, size: Any
) -> None:
    page = visit(browser, address, watch, size=size)
    ask(page, QUESTION)
    said = page.inner_text("#live .answer")
    assert [name for name in CHAIRS if name not in said] == []
    assert page.locator("#evidence .card").count() >= 1

    quoted = open_first_mark(page)
    assistant = NewsAssistant.open(settings=Settings(data_dir=folder / "data"))
    citation = assistant.ask(QUESTION).citations[0]
    assert quoted.inner_text() == citation.quote
    assert [name for name in CHAIRS if name not in quoted.inner_text()] == []
    assert is_on_screen(quoted)
    article = assistant.article(citation.article_id)
    assert article is not None
    shown = page.inner_text("[data-pane='article']")
    assert [b for b in article.blocks if article.text[b.start : b.end] not in shown] == []

    page.click("[data-back]")
    page.wait_for_selector("[data-pane='cards'] .card")
    page.wait_for_function("document.activeElement.matches('#live .mark')")  # moved once the cards are drawn
    page.locator("#evidence .card").first.click()
    page.wait_for_selector("mark.quoted")
    assert watch.hosts == {address.removeprefix("http://")}
    assert watch.errors == []
    page.context.close()


@pytest.mark.parametrize(("query", "heading", "label", "placeholder"), [
    ("", "Bạn muốn hỏi gì?", "vi", "Gõ câu hỏi, rồi nhấn Enter"),
    ("?lang=en", "What would you like to ask?", "en", "Your question, then Enter"),
])  # fmt: skip
def test_the_whole_page_speaks_one_language(
    browser: Any, address: str, watch: Watch, query: str, heading: str, label: str, placeholder: str
) -> None:
    page = visit(browser, address, watch, query=query)
    assert page.inner_text(".start h2") == heading
    assert page.get_attribute("html", "lang") == label
    page.wait_for_selector(f"#question textarea[placeholder='{placeholder}']")  # set once the box is drawn
    other = "vi" if label == "en" else "en"
    assert page.locator(f".t[lang='{other}']:visible").count() == 0
    assert page.locator(f".t[lang='{label}']:visible").count() > 3
    page.context.close()


def test_a_switch_of_language_keeps_the_conversation_and_is_remembered(
    browser: Any, address: str, watch: Watch
) -> None:
    page = visit(browser, address, watch)
    ask(page, UNKNOWN)
    page.click("[data-language='en']")
    assert page.inner_text("#evidence h2") == "The nearest articles"
    assert page.inner_text("#send") == "Ask"
    assert UNKNOWN in page.inner_text("#live .question")
    page.reload()
    page.wait_for_selector(".start h2")
    assert page.get_attribute("html", "lang") == "en"
    page.context.close()


def test_an_unanswered_question_is_declined_calmly_with_the_nearest_articles(
    browser: Any, address: str, watch: Watch
) -> None:
    page = visit(browser, address, watch)
    ask(page, UNKNOWN)
    assert page.inner_text("#live .declined").startswith("Các bài báo không cho biết")
    assert page.locator("#live .mark").count() == 0
    assert 1 <= page.locator("#evidence [data-open]").count() <= 3
    page.locator("#evidence .card").first.click()
    page.wait_for_selector("[data-pane='article']")
    assert page.locator("mark.quoted").count() == 0
    page.context.close()


def test_an_example_is_asked_with_one_click_and_has_an_answer(browser: Any, address: str, watch: Watch) -> None:
    page = visit(browser, address, watch, query="?lang=en")
    example = page.locator(".example:visible").first
    question = example.inner_text()
    example.click()
    page.wait_for_selector("#live .answer:not(.growing) .mark")
    assert page.inner_text("#live .question") == question
    assert page.locator(".example").count() == 0
    page.context.close()


def test_enter_sends_and_shift_enter_breaks_the_line(browser: Any, address: str, watch: Watch) -> None:
    page = visit(browser, address, watch)
    box = page.locator("textarea:visible").first
    box.press_sequentially("Ai chủ trì")
    box.press("Shift+Enter")
    box.press_sequentially("hội nghị năm 2019?")
    assert box.input_value() == "Ai chủ trì\nhội nghị năm 2019?"
    assert page.locator(".exchange").count() == 0
    box.press("Enter")
    page.wait_for_selector("#live .answer:not(.growing)")
    assert "hội nghị năm 2019?" in page.inner_text("#live .question")
    page.context.close()


@pytest.mark.parametrize(("question", "said"), [("   ", "còn trống"), ("x" * 100_000, "dài quá")])
def test_a_bad_question_gets_a_message_with_a_hint(
    browser: Any, address: str, watch: Watch, question: str, said: str
) -> None:
    page = visit(browser, address, watch)
    ask(page, question)
    assert said in page.inner_text("#live .note")
    assert "Traceback" not in page.inner_text("body")
    ask(page, "Ai chủ trì hội nghị năm 2019?")
    assert page.locator("#live .mark").count() >= 1
    page.context.close()


def test_marks_cards_and_articles_are_within_reach_of_the_keyboard(browser: Any, address: str, watch: Watch) -> None:
    page = visit(browser, address, watch)
    ask(page, QUESTION)
    page.locator("#live .mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.quoted")
    page.wait_for_function("document.activeElement.matches('[data-back]')")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-pane='cards'] .card")
    page.wait_for_function("document.activeElement.matches('.mark')")
    page.locator("#question textarea").focus()
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('.card') ? 'card' : document.activeElement.id"))
    assert "send" in reached
    assert "card" in reached
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_new_question_is_brought_into_view(browser: Any, address: str, watch: Watch, size: Any) -> None:
    page = visit(browser, address, watch, size=size)
    for question in (QUESTION, HOSTILE_QUESTION, UNKNOWN):
        ask(page, question)
        open_button = page.locator("#evidence [data-open]").first
        open_button.click()
        page.wait_for_selector("[data-pane='article']")
        page.click("[data-back]")
        page.wait_for_selector("[data-pane='cards'] .card")
    ask(page, "Ai chủ trì hội nghị năm 2019?")
    page.wait_for_timeout(400)
    assert is_on_screen(page.locator("#live .question"))
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(browser: Any, address: str, watch: Watch, size: Any, scheme: str) -> None:
    page = visit(browser, address, watch, size=size, color_scheme=scheme)
    assert widths(page) == (size[0], size[0])
    ask(page, HOSTILE_QUESTION)
    assert widths(page) == (size[0], size[0])
    open_first_mark(page)
    assert widths(page) == (size[0], size[0])
    light = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] > 128")
    assert light == (scheme == "light")
    page.context.close()


def test_a_session_sees_only_its_own_conversation(browser: Any, address: str, watch: Watch) -> None:
    mine, yours = visit(browser, address, watch), visit(browser, address, watch)
    ask(mine, QUESTION)
    ask(yours, UNKNOWN)
    ask(mine, "Ai chủ trì hội nghị năm 2019?")
    assert UNKNOWN not in mine.inner_text("body")
    assert QUESTION not in yours.inner_text("body")
    assert yours.locator(".exchange").count() == 1
    mine.context.close()
    yours.context.close()


def test_an_empty_collection_says_so_until_something_is_ingested(browser: Any, tmp_path: Path, watch: Watch) -> None:
    from ingest import ingest

    with served(tmp_path, free_port()) as url:
        page = visit(browser, url, watch, query="?lang=en")
        assert page.inner_text(".start h2") == "Nothing has been ingested yet"
        assert "hoibao ingest" in page.inner_text(".start")
        ask(page, QUESTION)
        assert "hoibao ingest" in page.inner_text("#live .note")
        ingest([ROOT / "ingest" / "samples"], settings=Settings(data_dir=tmp_path / "data"))
        page.reload()
        page.wait_for_selector(".example:visible")
        assert re.search(r"\d+ articles", page.inner_text(".start"))
        page.context.close()


BRIDGE = "Thông xe cầu Bến Sắn\n\nSáng 3/9/2021, cầu Bến Sắn được thông xe. Lễ cắt băng do ông {} chủ trì.\n"


def test_an_open_page_sees_new_articles_and_says_when_a_quoted_one_has_changed(
    browser: Any, tmp_path: Path, watch: Watch
) -> None:
    from ingest import ingest

    articles, settings = tmp_path / "bài", Settings(data_dir=tmp_path / "data")
    articles.mkdir()
    (articles / "hồ.txt").write_text("Khởi công hồ Đá Xanh\n\nHồ Đá Xanh khởi công ngày 2/4/2021.\n", "utf-8")
    with served(tmp_path, free_port(), articles) as url:
        page = visit(browser, url, watch, query="?lang=en")
        (articles / "cầu.txt").write_text(BRIDGE.format("Lê Văn Thử"), "utf-8")
        ingest([articles], settings=settings)
        ask(page, "Ai chủ trì lễ cắt băng cầu Bến Sắn?")
        assert "Lê Văn Thử" in page.inner_text("#live .answer")
        assert "Lê Văn Thử" in open_first_mark(page).inner_text()
        assert page.locator(".since").count() == 0

        (articles / "cầu.txt").write_text(BRIDGE.format("Ngô Đức Khải") + "\nĐã sửa.\n", "utf-8")
        ingest([articles], settings=settings)
        page.click("[data-back]")
        page.wait_for_selector("[data-pane='article']", state="detached")
        assert "Lê Văn Thử" in open_first_mark(page).inner_text()
        assert re.search(r"was changed or removed since, on \d+ \w+ 20\d\d\.$", page.inner_text(".since"))
        page.click(".versions summary")
        assert page.locator(".versions li").count() == 2
        page.click(".versions [data-open]")
        page.wait_for_selector(".since", state="detached")
        assert "Ngô Đức Khải" in page.inner_text("[data-pane='article'] .text")
        page.go_back()
        page.wait_for_selector(".since")
        page.click("[data-back]")
        page.wait_for_selector("[data-pane='cards'] .card")
        ask(page, "Ai chủ trì lễ cắt băng cầu Bến Sắn?")
        assert "Ngô Đức Khải" in page.inner_text("#live .answer")
        page.context.close()
