"""The whole visit of a newcomer, in both languages, on a phone and a desk, by day and by night; and what a browser keeps."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_support import Watch, free_port, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PHONE, DESK = (390, 844), (1440, 900)
VISITS = [("vi", PHONE, "light"), ("en", PHONE, "dark"), ("vi", DESK, "dark"), ("en", DESK, "light")]
ASKED = {"vi": "Ai chủ trì hội nghị năm 2019?", "en": "Who chaired the 2019 conference?"}
NEXT = {"vi": "còn năm 2016?", "en": "What about 2016?"}
CHAIR = "Nguyễn Văn Nên"
UNKNOWN = "Giá vé xem xiếc ở Nha Trang là bao nhiêu?"
PAYLOAD = "<img src=x onerror=hits.push(1)>${hits.push(2)}{{hits.push(3)}}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("visit")


@pytest.fixture(scope="module")
def address(browser: Any, sample_data: Path, folder: Path) -> Iterator[str]:
    del browser  # no server where there is no browser
    shutil.copytree(sample_data, folder / "data")
    with served(folder, free_port()) as url:
        yield url


def enter(browser: Any, url: str, watch: Watch, *, size: tuple[int, int] = DESK, **options: Any) -> Any:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **options)
    context.add_init_script("window.hits = []")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    watch.follow(context)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(url)
    page.wait_for_selector(".start h2, #live .exchange", state="attached")
    return page


def ask(page: Any, question: str) -> None:
    box = page.locator("textarea:visible").first
    box.fill(question)
    box.press("Enter")
    answered(page, question)


def answered(page: Any, question: str) -> None:
    page.wait_for_function("q => document.querySelector('#live .question')?.innerText === q", arg=question)
    page.wait_for_selector("#live .answer:not(.growing)")
    page.wait_for_function("document.querySelector('#question textarea').value === ''")


def questions(page: Any) -> list[str]:
    return [str(q) for q in page.locator(".question").all_inner_texts()]


def fits(page: Any) -> bool:
    page.wait_for_timeout(150)
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def on_screen(locator: Any) -> bool:
    inside = "e => { const r = e.getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.top < innerHeight }"
    for _ in range(20):
        if locator.evaluate(inside):
            return True
        locator.page.wait_for_timeout(250)
    return False


@pytest.mark.parametrize(("language", "size", "scheme"), VISITS)
def test_the_visit_of_a_newcomer(browser: Any, address: str, language: str, size: tuple[int, int], scheme: str) -> None:
    watch = Watch()
    page = enter(browser, f"{address}/?lang={language}", watch, size=size, color_scheme=scheme)
    first, follow_up = ASKED[language], NEXT[language]

    ask(page, first)  # asks
    assert CHAIR in page.inner_text("#live .lead")
    assert "2019" in page.inner_text("#live .understood .keep")

    ask(page, follow_up)  # asks on
    assert "2016" in page.inner_text("#live .understood")
    assert questions(page) == [first, follow_up]

    page.click("#live [data-act='edit']")  # thinks again
    page.wait_for_function("q => document.querySelector('#question textarea').value === q", arg=follow_up)
    page.wait_for_selector("#chips .editing")
    ask(page, first)
    assert questions(page) == [first, first]
    assert page.locator("#chips .editing").count() == 0

    mark = page.locator("#live .mark").first  # checks
    mark.focus()
    card = page.locator("#evidence .card").first
    assert "lit" in str(card.get_attribute("class"))
    assert CHAIR in card.locator("strong").first.inner_text()
    mark.press("Enter")
    quoted = page.wait_for_selector("mark.quoted")
    assert CHAIR in quoted.inner_text()
    assert on_screen(page.locator("mark.quoted"))
    assert fits(page)
    page.go_back()  # comes back by the browser's own way
    page.wait_for_selector("[data-pane='cards'] .card")
    page.wait_for_function("document.activeElement.matches('#live .mark')")

    page.click("#live .understood .keep")  # limits what is searched to the year that was read from the question
    page.wait_for_selector("#chips .chip")
    assert page.inner_text("#chips .chip").startswith("2019")
    assert "1 " in page.inner_text("#chips .left")
    page.click("#chips [data-drop]")
    page.wait_for_selector("#chips .chip", state="detached")

    page.evaluate("document.querySelector('#live .exchange').dataset.before = 'yes'")
    page.click("#live [data-act='retry']")  # once more
    page.wait_for_selector("#live .exchange:not([data-before]) .answer:not(.growing)")
    assert len(questions(page)) == 2

    page.reload()  # comes again another day
    page.wait_for_selector(".start h2")
    page.click("[data-show='conversations']")
    page.fill("#conversations input[type='search']", "hoi nghi nam 2019" if language == "vi" else "conference CHAIRED")
    page.locator("#conversations .opens").first.click()
    answered(page, first)
    assert questions(page) == [first, first]
    assert CHAIR in page.inner_text("#evidence .card")
    ask(page, follow_up)
    assert "2016" in page.inner_text("#live .understood")
    assert fits(page)
    assert watch.hosts == {address.removeprefix("http://")}
    assert watch.faults == []
    page.context.close()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_filters_limit_what_is_searched(browser: Any, address: str, size: tuple[int, int]) -> None:
    page = enter(browser, f"{address}/?lang=en", Watch(), size=size)
    page.click("#chips .filter")
    page.wait_for_selector("#panel dialog[open]")
    page.fill("#panel [name='since']", "31/31/2020")
    page.click("#panel .primary")
    assert "31/31/2020" in page.wait_for_selector("#panel .problem").inner_text()
    assert fits(page)
    page.fill("#panel [name='since']", "2020")
    page.fill("#panel [name='until']", "16/1/2020")
    page.locator("#panel [name='outlets']").first.check()
    page.fill("#panel [name='person']", "nguyen van nen")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chips .chip")
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    assert page.locator("#chips .chip").first.inner_text().startswith("2020 – 16 January 2020")
    assert page.locator("#chips .chip").count() == 3
    ask(page, ASKED["en"])
    shown = [str(t) for t in page.locator("#evidence .card").all_inner_texts()]
    assert shown
    assert all("2020" in text for text in shown)
    assert "TTXVN" in page.inner_text("#live .understood")
    for name in ("outlet", "period", "person"):
        page.click(f"#chips [data-drop='{name}']")
        page.wait_for_selector(f"#chips [data-drop='{name}']", state="detached")
    ask(page, "Who chaired the conference in 2019?")
    assert CHAIR in page.inner_text("#live .answer")
    page.context.close()


def test_an_answer_is_copied_with_its_sources_and_a_link_asks_again(browser: Any, address: str) -> None:
    watch = Watch()
    page = enter(browser, f"{address}/?lang=en", watch)
    ask(page, ASKED["en"])
    page.click("#live [data-copy]")
    page.wait_for_selector("#hoibao-notice.seen")
    assert page.inner_text("#hoibao-notice") == "The answer was copied with its sources."
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(ASKED["en"])
    assert re.search(r"\n\[1\] .+\n“.+”\nsamples/", text)
    ask(page, NEXT["en"])
    whole = page.inner_text("#live .answer")
    page.click("#live [data-link]")
    page.wait_for_function("document.querySelector('#hoibao-notice').innerText.includes('link')")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/?lang=en#")
    other = enter(browser, link, watch)
    answered(other, NEXT["en"])
    assert questions(other) == [ASKED["en"], NEXT["en"]]
    assert other.inner_text("#live .answer") == whole
    assert watch.errors == []
    other.context.close()
    page.context.close()


def test_conversations_are_renamed_deleted_and_brought_back(browser: Any, address: str) -> None:
    page = enter(browser, f"{address}/?lang=en", Watch())
    ask(page, ASKED["en"])
    page.click("[data-act='new']")
    page.wait_for_selector(".start h2")
    assert questions(page) == []
    ask(page, UNKNOWN)
    page.click("[data-show='conversations']")
    names = page.locator("#conversations .name")
    assert names.all_inner_texts() == [UNKNOWN, ASKED["en"]]
    page.locator("#conversations [data-words='rename']").last.click()
    page.keyboard.type("Four chairs")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "[...document.querySelectorAll('#conversations .name')].some(e => e.innerText === 'Four chairs')"
    )
    page.locator("#conversations [data-words='delete']").first.click()
    assert names.all_inner_texts() == ["Four chairs"]
    page.keyboard.press("Enter")  # what undoes it has the focus
    assert names.count() == 2
    page.locator("#conversations [data-words='delete']").first.click()
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector(".start h2")
    page.click("[data-show='conversations']")
    assert names.all_inner_texts() == ["Four chairs"]
    page.fill("#conversations input[type='search']", "lighthouse")
    assert "No conversation" in page.inner_text("#conversations .conversations")
    page.context.close()


def test_what_a_browser_keeps_is_bounded(browser: Any, address: str) -> None:
    page = enter(browser, f"{address}/?lang=en", Watch())
    page.evaluate("""() => { for (let n = 0; n < 100; n++) {
      const id = n.toString(16).padStart(16, '0');
      localStorage.setItem('hoibao-conversation-' + id, JSON.stringify({ id, name: 'n' + n, at: n, exchanges: [{ q: 'q' + n, a: 'a'.repeat(20000) }] }));
    }}""")
    ask(page, UNKNOWN)
    kept = page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('hoibao-conversation-')).length")
    assert 1 < kept <= 80
    assert page.evaluate("localStorage.getItem('hoibao-conversation-0000000000000063') !== null")  # the latest of them
    page.context.close()


def test_spoilt_and_hostile_storage_does_no_harm(browser: Any, address: str) -> None:
    watch = Watch()
    page = enter(browser, f"{address}/?lang=en", watch)
    ids = [f"{n:016x}" for n in range(6)]
    hostile = {
        "id": ids[0], "name": PAYLOAD, "at": PAYLOAD,
        "exchanges": [
            {"q": PAYLOAD, "a": f"{PAYLOAD} [1]", "u": PAYLOAD, "ok": True, "l": PAYLOAD, "p": [PAYLOAD, "--07-14", 3], "w": [PAYLOAD],
             "c": [[1, "0123456789abcdef:0-9"], [PAYLOAD, PAYLOAD], 7], "x": [PAYLOAD],
             "f": {"since": PAYLOAD, "outlets": [PAYLOAD], "people": [PAYLOAD, {}]}},
        ],
    }  # fmt: skip
    spoilt = ["{", "null", '{"id": 3}', json.dumps({"id": ids[4], "exchanges": [{"q": {}}]})]
    for id, text in zip(ids, [json.dumps(hostile), *spoilt], strict=False):
        page.evaluate("([k, v]) => localStorage.setItem(k, v)", [f"hoibao-conversation-{id}", text])
    page.click("[data-show='conversations']")
    assert page.locator("#conversations .name").all_inner_texts() == [PAYLOAD]
    page.locator("#conversations .opens").click()
    page.wait_for_selector("#live .answer")
    assert page.inner_text("#live .question") == PAYLOAD
    assert page.locator("#live .mark").count() == 0  # such an article was never there
    assert PAYLOAD[:60] in page.inner_text("#chips")
    page.click("#chips .filter")
    page.wait_for_selector("#panel dialog[open]")
    page.click("#panel [data-send='clear']")
    page.wait_for_selector("#chips .chip", state="detached")
    page.goto(f"{address}/?lang=en#q={PAYLOAD.replace('#', '')}&h={PAYLOAD}&outlets={PAYLOAD}&since={PAYLOAD}")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.hits") == []
    assert watch.dialogs == []
    assert watch.hosts == {address.removeprefix("http://")}
    inside = "e => e.querySelectorAll('img, script, style, iframe, [onerror]').length"
    for pane in ("#past", "#live", "#evidence", "#chips", "#panel"):
        assert page.eval_on_selector(f"{pane}", inside) == 0, pane
    page.context.close()


def test_the_keyboard_alone_is_enough(browser: Any, address: str) -> None:
    page = enter(browser, f"{address}/?lang=en", Watch())
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    first = (
        "[...document.querySelectorAll('.gradio-container :is(a, button, textarea)')].find((e) => e.checkVisibility())"
    )
    assert page.evaluate(f"{first}.className") == "skip"
    page.locator(".skip").focus()
    assert on_screen(page.locator(".skip"))
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    page.keyboard.type(ASKED["en"])
    page.keyboard.press("Enter")
    answered(page, ASKED["en"])
    page.locator("#live .mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.quoted")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-pane='cards'] .card")
    page.wait_for_function("document.activeElement.matches('.mark')")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    assert "Break the line" in page.inner_text("#help")
    page.keyboard.press("Escape")
    page.wait_for_selector("#help[open]", state="hidden")
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    assert page.locator("textarea:visible").first.input_value() == ""
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("#chips .editing")
    page.keyboard.press("Escape")
    page.wait_for_selector("#chips .editing", state="detached")
    assert page.locator("textarea:visible").first.input_value() == ""
    page.context.close()


def test_a_finished_answer_is_read_out_once(browser: Any, address: str) -> None:
    page = enter(browser, f"{address}/?lang=en", Watch())
    page.evaluate("""() => { window.heard = []; new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((n) => {
      if (n.nodeType === 1 && n.closest('#hoibao-log') && n.tagName === 'P') heard.push(n.textContent);
    }))).observe(document.body, { childList: true, subtree: true }); }""")
    ask(page, ASKED["en"])
    page.wait_for_function("heard.length > 0")
    page.click("[data-language='vi']")
    page.wait_for_timeout(500)
    assert "".join(page.evaluate("heard")).split() == page.inner_text("#live .said").split()
    page.context.close()


def test_at_twice_the_size_nothing_is_cut_off(browser: Any, address: str) -> None:
    page = enter(browser, f"{address}/?lang=en", Watch(), size=(720, 450), device_scale_factor=2)
    ask(page, ASKED["en"])
    assert fits(page)
    page.locator("#live .mark").first.click()
    page.wait_for_selector("mark.quoted")
    assert on_screen(page.locator("mark.quoted"))
    assert fits(page)
    page.click("[data-show='help']")
    box = page.locator("#help").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 450
    page.context.close()
