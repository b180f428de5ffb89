"""The page by the rules of accessibility: axe-core in every state, and nothing cut off when it is enlarged."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_support import Watch, free_port, served
from reader_support import BOX, SHEET, SHEETS, ask, open_article, overflow, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QUESTION = "Who chaired the 2019 conference?"
UNKNOWN = "Giá vé xem xiếc ở Nha Trang là bao nhiêu?"


def open_sheet(page: Any, name: str) -> None:
    """Open one sheet over the page, after the one before has been closed."""
    if page.locator(SHEET).count():
        page.keyboard.press("Escape")
        page.wait_for_selector(SHEET, state="detached")
    page.locator(f"{SHEETS[name]}:visible").first.click()
    page.wait_for_selector(SHEET)


STATES: dict[str, Callable[[Any], None]] = {
    "start": lambda page: None,
    "refused": lambda page: ask(page, "   "),
    "declined": lambda page: ask(page, UNKNOWN),
    "answer": lambda page: ask(page, QUESTION),
    "article": open_article,
    **{name: lambda page, name=name: open_sheet(page, name) for name in SHEETS},
}
"""How a reader comes from each state to the next."""
# Text that a box cuts off, and boxes that stand out of the window. Lines that are clamped on purpose may go on below.
CUT = """
() => [...document.querySelectorAll('body *')].filter(element => {
  if (!element.checkVisibility() || element.closest('.sr-only, .unseen, svg')) return false;
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  if (box.width <= 1 || box.height <= 1) return false;
  const clips = ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
  return clips || box.left < -1 || box.right > innerWidth + 1;
}).map(element => `${element.tagName}#${element.id}.${element.className}`)
"""


@pytest.fixture(scope="module")
def address(browser: Any, sample_data: Path) -> Iterator[str]:
    with served(sample_data.parent, free_port()) as url:
        yield url


def violations(page: Any) -> list[str]:
    """Return what axe-core calls serious or critical, with the elements."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:120]} {node['failureSummary'][:300]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


def looked_through(page: Any, state: str) -> list[str]:
    """Return the violations of one state in both languages, light and dark."""
    said = []
    page.add_style_tag(content="* { transition: none !important }")  # or the colours are measured halfway
    for language in ("vi", "en"):
        page.locator(f"button[data-language='{language}']").first.evaluate(
            "button => button.click()"
        )  # also below a sheet
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_function(f"document.body.classList.contains('dark') === {str(scheme == 'dark').lower()}")
            said += [f"{state}, {language}, {scheme}: {line}" for line in violations(page)]
    return said


@pytest.mark.parametrize("width", [390, 1440])
def test_no_state_has_a_serious_violation(browser: Any, address: str, width: int) -> None:
    page = visit(browser, address, Watch(), viewport={"width": width, "height": 900})
    said = []
    for state, reach in STATES.items():
        reach(page)
        said += looked_through(page, state)
    assert not said, "\n".join(said)
    page.evaluate("document.querySelector('textarea').setAttribute('aria-label', '')")
    page.evaluate("document.querySelectorAll('label').forEach(label => label.replaceWith(...label.childNodes))")
    page.add_style_tag(content="p { color: #888 !important; background: #999 !important }")
    assert violations(page) != []  # the measure can fail
    page.context.close()


def test_an_empty_collection_has_no_serious_violation(browser: Any, tmp_path: Path) -> None:
    with served(tmp_path, free_port()) as url:
        page = visit(browser, url, Watch())
        said = []
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            said += looked_through(page, f"empty, {width}")
        ask(page, QUESTION)
        said += looked_through(page, "asked of nothing")
        assert not said, "\n".join(said)
        page.context.close()


@pytest.mark.parametrize("size", [(640, 450), (320, 480)], ids=["200 %", "320 px"])
def test_nothing_is_cut_off_when_the_page_is_enlarged(browser: Any, address: str, size: tuple[int, int]) -> None:
    page = visit(browser, address, Watch(), viewport={"width": size[0], "height": size[1]}, device_scale_factor=2)
    for state, reach in STATES.items():
        reach(page)
        for language in ("vi", "en"):
            page.locator(f"button[data-language='{language}']").first.evaluate("button => button.click()")
            page.wait_for_timeout(100)
            assert overflow(page) <= 0, (state, language)
            assert page.evaluate(CUT) == [], (state, language)
            box = page.locator(BOX).first.bounding_box()
            assert box["height"] < size[1] / 3, (state, language)  # the box leaves room to read
    page.context.close()
