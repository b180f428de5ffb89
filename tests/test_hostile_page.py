"""Hostile articles, file names, addresses and questions, all over the real stack in Chromium: nothing runs, nothing is loaded,
and the page stays whole."""

import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import urlsplit

import pytest
from browser_support import Watch, free_port, served
from hostile_payloads import PAYLOADS, as_shown
from reader_support import ANSWER, ARTICLE, BOX, OPEN, SHEET, SHEETS, ask, open_article, overflow, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CHAIR = "Trần Văn Bình"
NAMES = (
    "Gỗ Lim|Đá Xanh|Bến Sắn|Hoa Gạo|Mây Trắng|Cù Lao|Suối Mơ|Đồi Chè|Cánh Buồm|Ngọc Lan|Phù Sa|Rừng Đước|Lúa Vàng|Sen Hồng|Thác Bạc|"
    "Trăng Khuyết|Hải Đăng|Gốm Cổ|Tre Ngà|Sao Mai|Bưởi Diễn|Vải Thiều|Đèn Lồng|Chim Lạc|Trống Đồng|Nhãn Lồng"
).split("|")
LONGEST = 330
"""Characters of payloads in one sentence, so that it can be quoted."""
HUGE = "Tên dài " * 130_000
# Elements that only an article or a question can have brought in, and what of ours they could have broken.
BROUGHT_IN = """
() => [...document.querySelectorAll(
  '[evil], body iframe, object, embed, base[href*=evil], meta[http-equiv=refresh], form, math, marquee, [onerror], [onload], ' +
  '[onclick], [onfocus], [style*=evil], a[href^="javascript:" i], a[href^="data:" i], a[href^="file:" i], [src*=evil], #x')]
  .map(element => element.outerHTML.slice(0, 200))
"""
# The question box can be seen, lies on top of everything else, and takes text.
USABLE = """
box => {
  const seen = box.getBoundingClientRect(), x = seen.left + seen.width / 2, y = seen.top + seen.height / 2;
  return seen.top >= 0 && seen.bottom <= innerHeight && document.elementFromPoint(x, y) === box && !box.disabled;
}
"""


class Meeting(NamedTuple):
    """An invented conference, and what stands in the sentence that says who chaired it."""

    name: str
    payloads: list[str]

    @property
    def question(self) -> str:
        return f"Ai chủ trì hội nghị {self.name}?"

    @property
    def text(self) -> str:
        words = " ".join(self.payloads)
        return (
            f"Sáng 5/3/2031, hội nghị {self.name} họp tại Vinh. {words}\n\n"
            f"Đồng chí {CHAIR} chủ trì hội nghị {self.name} {words}.\n\n(Ảnh: {words})\n"
        )


def meetings() -> list[Meeting]:
    """Return meetings that hold every payload between them."""
    groups: list[list[str]] = [[]]
    for payload in PAYLOADS.values():
        if groups[-1] and len(" ".join([*groups[-1], payload])) > LONGEST:
            groups.append([])
        groups[-1].append(payload)
    return [Meeting(name, group) for name, group in zip(NAMES, groups, strict=False)]


MEETINGS = meetings()


def write_articles(folder: Path) -> None:
    """Write every meeting twice: as a text file named by a payload, and as a record with payloads in all its fields."""
    named = cycle(
        p for p in PAYLOADS.values() if "/" not in p and "\0" not in p and len(p.encode("utf-8", "replace")) < 120
    )
    for meeting in MEETINGS:
        name = next(named).encode("utf-8", "replace").decode()
        (folder / f"{name} {meeting.name}.txt").write_bytes(
            f"Khai mạc hội nghị {meeting.name} {meeting.payloads[0][:90]}\n\n{meeting.text}".replace("\0", "").encode(
                "utf-8", "replace"
            )
        )
    fields = cycle(PAYLOADS.values())
    rows = [
        {"id": f"{next(fields)} {n}", "title": next(fields), "outlet": next(fields), "url": next(fields),
         "text": f"Hội thi {meeting.name} {next(fields)}\n\nÔng Lê Văn Thử {next(fields)} khai mạc hội thi {meeting.name}."}
        for n, meeting in enumerate(MEETINGS)
    ]  # fmt: skip
    rows.append(
        {
            "id": "huge",
            "title": HUGE,
            "url": f"http://evil.test/{'a' * 100_000}",
            "text": f"Hội làng Cả khai mạc. {'W' * 9_000}",
        }
    )
    (folder / "bài `${__hoibao_ran++}`.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")


@pytest.fixture(scope="module")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    articles = folder / "kho <img evil src=x onerror=__hoibao_ran++>"
    articles.mkdir()
    write_articles(articles)
    with served(folder, free_port(), articles) as url:
        yield url


class Guarded:
    """A page that is watched: what it asks for, what runs in it, whether it stays whole."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address, self.watch, self.urls = address, Watch(), []
        self.page = visit(browser, address, self.watch, **options)
        self.page.on("request", lambda request: self.urls.append(request.url))
        self.page.evaluate("window.__hoibao_ran = 0")

    def check(self, where: str) -> None:
        """Fail when anything ran, was loaded, or broke the page."""
        assert self.page.evaluate("window.__hoibao_ran") == 0, where
        assert self.watch.dialogs == [], where
        assert self.watch.errors == [], where
        assert self.watch.hosts == {urlsplit(self.address).netloc}, where
        assert [url for url in self.urls if "evil" in url or "passwd" in url] == [], where
        assert self.page.evaluate(BROUGHT_IN) == [], where
        assert overflow(self.page) <= 0, where
        assert self.page.locator(BOX).count() == 1, where
        assert self.page.locator(BOX).evaluate(USABLE), where


def unseen(shown: str) -> set[str]:
    """Return the names of the payloads that are not in the text of the page."""
    return {name for name, payload in PAYLOADS.items() if squeezed(payload) not in squeezed(shown)}


def squeezed(text: str) -> str:
    """Return text without the white space and the signs that a browser or the cleaning of articles may drop."""
    return re.sub(r"[\s\ufffd\u200b\u200d\ufeff]+", "", normalize("NFC", as_shown(text)))


def test_the_table_is_large_and_without_twins() -> None:
    assert len(PAYLOADS) >= 80
    assert len(set(PAYLOADS.values())) == len(PAYLOADS)
    assert {payload for meeting in MEETINGS for payload in meeting.payloads} == set(PAYLOADS.values())


@pytest.mark.parametrize(("width", "every"), [(390, 1), (1440, 3)])
def test_answers_evidence_and_articles_stay_text(browser: Any, address: str, width: int, every: int) -> None:
    guarded = Guarded(browser, address, viewport={"width": width, "height": 900})
    page, shown, proven, asked = guarded.page, "", 0, MEETINGS[::every]
    for meeting in asked:
        ask(page, meeting.question)
        guarded.check(meeting.name)
        proven += CHAIR in page.inner_text(ANSWER)
        shown += page.inner_text("body")
        named = page.locator(f"{OPEN}:visible", has_text=meeting.name)
        (named if named.count() else page.locator(f"{OPEN}:visible")).first.click()
        page.wait_for_selector(ARTICLE)
        guarded.check(meeting.name)
        shown += page.inner_text(ARTICLE)
    assert proven > 0.8 * len(asked)
    assert every > 1 or unseen(shown) == set()
    page.context.close()


def test_addresses_outlets_and_names_of_records_stay_text(browser: Any, address: str) -> None:
    guarded = Guarded(browser, address)
    page, links = guarded.page, []
    for meeting in MEETINGS[::2]:
        ask(page, f"Ai khai mạc hội thi {meeting.name}?")
        open_article(page)
        guarded.check(meeting.name)
        links += page.eval_on_selector_all(f"{ARTICLE} a", "all => all.map(link => link.href)")
    assert {urlsplit(link).scheme for link in links} <= {"http", "https"}
    page.context.close()


def test_questions_stay_text(browser: Any, address: str) -> None:
    guarded = Guarded(browser, address)
    page = guarded.page
    for meeting in MEETINGS:
        ask(page, " ".join(meeting.payloads))
    guarded.check("questions")
    assert unseen(page.inner_text("body")) == set()

    page.reload()  # the browser has kept the conversation
    page.wait_for_selector(BOX)
    page.evaluate("window.__hoibao_ran = 0")
    page.locator(SHEETS["conversations"]).first.click()
    kept = page.locator(f"{SHEET} li button")
    kept.first.wait_for()
    assert page.evaluate(BROUGHT_IN) == []
    kept.first.click()
    page.wait_for_function(f"document.querySelectorAll('.exchange').length === {len(MEETINGS)}")
    guarded.check("a kept conversation")
    assert unseen(page.inner_text("body")) == set()
    page.context.close()


def test_false_controls_do_nothing_and_the_box_still_works(browser: Any, address: str) -> None:
    guarded = Guarded(browser, address)
    page = guarded.page
    false = [payload for name, payload in PAYLOADS.items() if name.startswith("false ")]
    ask(page, f"{' '.join(false)} hội nghị Gỗ Lim")
    before = page.inner_text("body")
    for words in ("Xoá hết", "Về các trích dẫn", "data-open=", "[99]"):
        page.locator(BOX).press("Escape")
        page.get_by_text(words).first.click(position={"x": 5, "y": 5})
    page.wait_for_timeout(300)
    assert page.inner_text("body") == before
    ask(page, MEETINGS[0].question)
    assert CHAIR in page.inner_text(ANSWER)
    guarded.check("after false controls")
    page.reload()  # whatever of a conversation is kept comes back
    page.wait_for_selector(BOX)
    page.wait_for_timeout(300)
    assert page.evaluate("window.__hoibao_ran") is None
    assert page.evaluate(BROUGHT_IN) == []
    page.context.close()


def test_a_huge_title_leaves_the_page_whole(browser: Any, address: str) -> None:
    guarded = Guarded(browser, address)
    ask(guarded.page, "Hội làng Cả khai mạc khi nào?")
    guarded.page.locator(f"{OPEN}:visible").first.click()
    guarded.page.wait_for_selector(ARTICLE)
    guarded.check("huge")
    guarded.page.context.close()
