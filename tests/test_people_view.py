"""People and time in the page: found, dated, each point with its sentence; bars that are buttons; hostile words stay words."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser_support import Watch, free_port, served
from hostile_payloads import PAYLOADS
from lxml import etree
from reader_support import overflow
from test_accessibility import CUT, looked_through

from qa import NewsAssistant, Settings
from qa.people.timeline import Person
from qa.schema import Role
from ui.chart import NARROWEST_SLOT, WIDTHS, Series, chart_svg, fitting
from ui.people import PAGE, Looked, person_html, wanted
from ui.people_view import shown_html
from ui.server import Opened

NAME = "Nguyễn Văn Nên"
LATE = """
(() => { // the end of a stream of messages is read late, as on a machine with much else to do
  const plain = window.fetch;
  window.fetch = async (...call) => {
    const response = await plain(...call);
    if (!String(call[0]?.url ?? call[0]).includes('queue/data')) return response;
    const end = 'data: {"msg":"close_stream"';
    const late = new TransformStream({ async transform(piece, controller) {
      const text = new TextDecoder().decode(piece);
      const at = text.indexOf(end);
      if (at < 0) return controller.enqueue(piece);
      controller.enqueue(new TextEncoder().encode(text.slice(0, at)));
      await new Promise((resolve) => setTimeout(resolve, 1500));
      controller.enqueue(new TextEncoder().encode(text.slice(at)));
    } });
    return new Response(response.body.pipeThrough(late), response);
  };
})();
"""
BARS = {
    "event": ("{when}: {count} bài", "{when}: {count} articles"),
    "published": ("{when}: {count} đăng", "{when}: {count} out"),
}
SIZES = [(390, "en"), (1440, "vi")]


@pytest.fixture(scope="module")
def known(sample_data: Path) -> Opened:
    return Opened(Settings(data_dir=sample_data))


# --- bars -----------------------------------------------------------------------------------------------------------


def bars(svg: str, what: str = "hit") -> list[Any]:
    root = etree.fromstring(svg)
    return [g for g in root.iter("{*}g") if (g.get("class") or "").split()[:1] == [what]]


@pytest.mark.parametrize("width", [0, 320, 650, 5000])
def test_every_number_that_is_not_zero_is_a_bar_and_a_button(width: int) -> None:
    periods = [f"2016-{month:02}" for month in range(1, 13)]
    event, published = tuple(range(12)), (0, 5) * 6
    svg = chart_svg(periods, [Series("event", event), Series("published", published)], width=width, words=BARS)
    told = {(g.get("data-period"), g.get("data-kind")): g for g in bars(svg)}
    assert told.keys() == {(p, "event") for p, n in zip(periods, event, strict=True) if n} | {
        (p, "published") for p, n in zip(periods, published, strict=True) if n
    }
    button = told["2016-07", "event"]
    assert (button.get("role"), button.get("tabindex")) == ("button", "0")
    assert (button.get("data-vi"), button.get("data-en")) == ("tháng 7/2016: 6 bài", "July 2016: 6 articles")
    drawn = [g for g in bars(svg, "bar") if g.get("class") == "bar event" and len(g)]
    heights = [
        max(ys) - min(ys)
        for g in drawn
        if (ys := [float(y) for y in re.findall(r"[ML] [\d.]+ ([\d.]+)", g[0].get("d"))])
    ]
    assert len(heights) == 11
    assert heights[-1] / heights[0] == pytest.approx(11, rel=0.01)
    assert WIDTHS[0] - 40 <= int(etree.fromstring(svg).get("width")) <= WIDTHS[1]


def test_a_picture_brings_nothing_that_the_page_could_trip_over() -> None:
    svg = chart_svg(["2016", "2017"], [Series("event", (1, 2))], width=600, words=BARS)
    assert not re.search(r"\bid=|style=|<style|href|url\(|<metadata|<!DOCTYPE|http://(?!www\.w3\.org)", svg)
    assert chart_svg([], [], width=600, words=BARS) == ""


@pytest.mark.parametrize("width", [0, 320, 640, 9999])
def test_what_fits_needs_no_scrolling(width: int) -> None:
    periods = [str(2000 + n) for n in range(fitting(width))]
    svg = chart_svg(periods, [Series("event", (1,) * len(periods))], width=width, words=BARS)
    assert int(etree.fromstring(svg).get("width")) <= max(width, WIDTHS[0])
    assert len(periods) >= 280 // NARROWEST_SLOT


# --- what is shown --------------------------------------------------------------------------------------------------


def test_every_point_of_a_person_has_its_sentence(known: Opened, assistant: NewsAssistant) -> None:
    (person,) = [p for p in assistant.people(NAME) if p.name == NAME]
    html = shown_html(known, {"person": NAME})
    assert len(person.entries) <= PAGE
    places = set(re.findall(r'data-open="([^"]+)"', html))
    for entry in person.entries:
        article = assistant.article(entry.article_id)
        assert article
        start, end = entry.quotation(article.text)
        assert f"{entry.article_id}@{entry.content_hash[:12]}:{start}-{end}" in places
        assert html.count(article.text[start : start + 40]) >= 1
    years = [int(y) for y in re.findall(r"<h4>(\d{4})</h4>", html)]
    assert years == sorted(set(years))
    assert html.index("Không rõ ngày") > html.index(f"<h4>{years[-1]}</h4>")


@pytest.mark.parametrize("asked", ["nguyen van nen", "NGUYỄN VĂN NÊN", "Nên", " nen "])
def test_a_person_is_shown_by_any_spelling_or_the_end_of_the_name(known: Opened, asked: str) -> None:
    assert f'<h2 tabindex="-1">{NAME}</h2>' in shown_html(known, {"person": asked})


def test_kinds_and_years_limit_the_list(known: Opened) -> None:
    posts = shown_html(known, {"person": NAME, "kind": "posts"})
    deeds = shown_html(known, {"person": NAME, "kind": "deeds"})
    cards = {
        name: re.findall(r'<li class="card">.*?</li>', html, re.DOTALL)
        for name, html in (("posts", posts), ("deeds", deeds))
    }
    assert cards["posts"]
    assert cards["deeds"]
    assert all("Chức vụ</span>" in card for card in cards["posts"])
    assert not any("Chức vụ</span>" in card for card in cards["deeds"])
    only = shown_html(known, {"person": NAME, "year": "2016"})
    assert re.findall(r"<h4>([^<]+)</h4>", only) == ["2016"]


def test_a_long_list_comes_in_pages(known: Opened, assistant: NewsAssistant) -> None:
    (person,) = [p for p in assistant.people(NAME) if p.name == NAME]
    post = next(e for e in person.entries if e.role is Role.POST)
    many = Person(NAME, (NAME,), (post,) * (PAGE * 2 + 5))
    seen = 0
    for start in (0, PAGE, PAGE * 2):
        looked = Looked(NAME, start=start)
        seen += len(wanted(many, looked))
        html = person_html([many], looked, {})
        assert ("Tiếp theo" in html) == (start < PAGE * 2)
        assert ("Trước đó" in html) == (start > 0)
    assert seen == PAGE * 2 + 5


def test_articles_are_listed_by_month(known: Opened, assistant: NewsAssistant) -> None:
    events = [a for a in assistant.articles() if a.event and a.event.value.startswith("2016")]
    html = shown_html(known, {"time": "2016", "by": "event"})
    assert {re.sub(r"[@:].*", "", p) for p in re.findall(r'data-open="([^"]+)"', html)} == {a.id for a in events}
    month = events[0].event.value[:7] if events[0].event else ""
    one = shown_html(known, {"time": month, "by": "event"})
    assert f'data-open="{events[0].id}"' in one
    whole = shown_html(known, {"time": "all"})
    assert "<table>" in whole
    assert f">{len(events)}</a>" in whole


@pytest.mark.parametrize(
    "value", [*list(PAYLOADS.values())[::7], "\x00", "\ud800", "9" * 300, "-1", "٣", "2016-13", "' OR 1=1 --"]
)
def test_whatever_stands_behind_the_hash_is_only_words(known: Opened, value: str) -> None:
    for name in ("find", "person", "time"):
        for other in ("who", "kind", "year", "by", "start", "width"):
            html = shown_html(known, {name: value, other: value})
            assert "evil" not in re.sub(r'"[^"]*"|>[^<]*<', "", html)
            assert not re.search(r"<(?:script|img|iframe|svg(?! )|video|form)\b", html)
            assert "${" not in html
            assert "{{" not in html
            assert "Chưa mở được" not in html
    assert shown_html(known, {"person": NAME, "who": value, "start": value})


def test_fields_of_another_kind_are_not_given(known: Opened) -> None:
    odd: dict[str, object] = {"person": ["x"], "find": {"a": 1}, "time": 3, "width": None}
    assert "Được nhắc trong nhiều bài nhất" in shown_html(known, odd)


def test_an_empty_collection_says_so(tmp_path: Path) -> None:
    empty = Opened(Settings(data_dir=tmp_path))
    for data in ({}, {"person": NAME}, {"time": "all"}):
        assert "Kho chưa có bài báo nào" in shown_html(empty, data)


# --- in the browser -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(browser: Any, sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("people")
    shutil.copytree(sample_data, folder / "data")
    hostile = folder / "bài ${__hoibao_ran++} <img src=x onerror=__hoibao_ran++>"
    hostile.mkdir()
    words = " ".join(list(PAYLOADS.values())[::6])
    (hostile / "'><b>`{{x}}`.txt").write_text(
        f"Hội chợ Măng Đen năm 2023 {words}\n\nSáng 5/3/2023, hội chợ Măng Đen khai mạc. "
        f"Ông Lò Văn Pản, Giám đốc Sở Công Thương {words}, phát biểu tại hội chợ Măng Đen. {words}\n",
        "utf-8",
    )
    with served(folder, free_port(), hostile) as url:
        yield url


@pytest.fixture
def watch() -> Iterator[Watch]:
    seen = Watch()
    yield seen
    assert not seen.faults
    assert not seen.dialogs
    assert len(seen.hosts) <= 1  # the page's own


def visit(
    browser: Any,
    address: str,
    watch: Watch,
    place: str = "",
    *,
    width: int = 1440,
    language: str = "vi",
    before: str = "",
) -> Any:
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    watch.follow(context)
    context.add_init_script(before)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/people?lang={language}{place}")
    page.wait_for_selector("#told .told")
    return page


def is_on_screen(locator: Any) -> bool:
    inside = "e => { const r = e.getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.top < innerHeight }"
    for _ in range(20):
        if locator.evaluate(inside):
            return True
        locator.page.wait_for_timeout(250)
    return False


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("width", "language"), SIZES)
def test_from_a_name_to_the_sentence_and_back(
    browser: Any, address: str, watch: Watch, width: int, language: str
) -> None:
    page = visit(browser, address, watch, width=width, language=language)
    assert NAME in page.inner_text("#told .names")
    page.fill("#find-person", "nen nguy")
    page.wait_for_function("document.querySelectorAll('#told .names li').length === 1")
    page.wait_for_function("document.activeElement.id === 'find-person'")  # the list changes, the reader goes on typing
    page.click("#told .names a")
    page.wait_for_selector("#told .entries")
    assert page.inner_text("#told h2") == NAME
    page.wait_for_function("document.activeElement.tagName === 'H2'")
    assert f"lang={language}" in page.url  # nothing was loaded again
    card = page.locator("#told .entries .card").nth(1)
    sentence = card.locator("blockquote").inner_text()
    card.locator("[data-open]").click()
    page.wait_for_selector("mark.quoted")
    assert " ".join("".join(page.locator("mark.quoted").all_inner_texts()).split()) == " ".join(sentence.split())
    assert is_on_screen(page.locator("mark.quoted").first)
    assert overflow(page) <= 0
    page.click("[data-back]")
    page.wait_for_selector("[data-pane='article']", state="detached")
    card.locator("[data-open]:focus").wait_for()
    page.go_back()  # the list that was found
    page.wait_for_selector("#told .names")
    page.context.close()


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_nothing_is_lost_while_the_stream_of_the_last_event_ends(browser: Any, address: str, watch: Watch) -> None:
    page = visit(browser, address, watch, f"#person={quote(NAME)}", before=LATE)
    card = page.locator("#told .entries .card").nth(1)
    for _ in range(2):
        card.locator("[data-open]").click()
        page.wait_for_selector("mark.quoted", timeout=20_000)
        page.click("[data-back]")
        page.wait_for_selector("[data-pane='article']", state="detached", timeout=20_000)
    page.context.close()


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("width", "language"), SIZES)
def test_from_a_bar_to_an_article(browser: Any, address: str, watch: Watch, width: int, language: str) -> None:
    page = visit(browser, address, watch, width=width, language=language)
    page.click(".ways [data-way='time']")
    page.wait_for_selector("#told .chart")
    assert page.get_attribute(".ways [data-way='time']", "aria-current") == "true"
    bar = page.locator(".chart .hit[data-period='2016'][data-kind='event']")
    said = bar.get_attribute("aria-label")
    assert said.startswith("Articles about events of 2016" if language == "en" else "Bài về việc xảy ra 2016")
    bar.focus()
    page.keyboard.press("Enter")  # by keyboard first
    page.wait_for_selector("#told .entries")
    count = int(said.rsplit(" ", 1)[1])
    assert page.locator("#told .entries .card").count() == count
    month = page.locator(".chart .hit").first
    month.click()  # and by hand
    page.wait_for_function("document.querySelector('.chart .hit.now') !== null")
    page.locator("#told .entries [data-open]").first.click()
    page.wait_for_selector("[data-pane='article'] .text")
    assert overflow(page) <= 0
    page.click("[data-back]")
    page.wait_for_selector("[data-pane='article']", state="detached")
    page.locator("details.versions summary").first.click()
    page.locator("#told td a").first.click()
    page.wait_for_selector("#told .entries")
    page.reload()
    page.wait_for_selector("#told .entries")  # the place stands in the address
    page.context.close()


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_a_year_of_a_person_is_chosen_by_its_bar(browser: Any, address: str, watch: Watch) -> None:
    page = visit(browser, address, watch, f"#person={quote(NAME)}")
    page.wait_for_selector("#told .chart")
    page.locator(".chart .hit[data-period='2016']").click()
    page.wait_for_selector("#told .kinds .chip")
    assert page.locator("#told h4").all_inner_texts() == ["2016"]
    page.locator("#told .kinds a").last.click()
    page.wait_for_selector("#told .kinds .chip", state="detached")
    page.locator("button[data-language='en']").click()
    page.wait_for_selector(".chart .hit[aria-label^='2016: ']")
    page.wait_for_function("document.querySelector('#told h3').innerText.startsWith('Posts')")
    page.context.close()


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "place",
    [
        f"#person={quote('Lò Văn Pản')}",
        "#time=2023",
        "#find=lo+van",
        f"#person={quote(' '.join(list(PAYLOADS.values())[:8]))}",
    ],
)
def test_hostile_articles_and_addresses_do_nothing(browser: Any, address: str, watch: Watch, place: str) -> None:
    page = visit(browser, address, watch, place)
    opens = page.locator("#told [data-open]")
    if opens.count():
        opens.first.click()
        page.wait_for_selector("[data-pane='article'] .text")
    page.wait_for_timeout(500)
    assert page.evaluate("window.__hoibao_ran") is None
    assert page.locator("[evil]").count() == 0
    assert overflow(page) <= 0
    page.context.close()


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize("width", [390, 1440])
def test_no_state_has_a_serious_violation(browser: Any, address: str, watch: Watch, width: int) -> None:
    page = visit(browser, address, watch, width=width)
    said = looked_through(page, "names")
    for place in (f"person={quote(NAME)}", "time=all", "time=2016&by=event", "person=Kh%C3%B4ng+Ai"):
        fresh = page.get_attribute("#told .told", "data-fresh")
        page.evaluate("place => { location.hash = place }", place)
        page.wait_for_function("fresh => document.querySelector('#told .told').dataset.fresh !== fresh", arg=fresh)
        for summary in page.locator("#told details:not([open]) > summary").all():
            summary.click()
        said += looked_through(page, place)
        assert page.evaluate(CUT) == [], place
        assert overflow(page) <= 0, place
    page.evaluate("location.hash = 'time=2016&by=event'")
    page.wait_for_selector("#told .entries")
    page.locator("#told .entries [data-open]").first.click()
    page.wait_for_selector("[data-pane='article'] .text")
    said += looked_through(page, "article")
    assert not said, "\n".join(said)
    page.context.close()
