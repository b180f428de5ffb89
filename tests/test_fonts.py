"""The fonts of the page: our own, whole for Vietnamese, light, and with room for stacked marks."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from browser_support import Watch, free_port, served
from reader_support import ask, open_article, visit

from ui.fonts import FIRST, FOLDER, font_faces

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FAMILIES = {"Literata", "Noto Sans"}
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = [normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
SMALL = [letter for letter in [*VOWELS, "đ"] if not letter.isascii()]
LETTERS = SMALL + [letter.upper() for letter in SMALL]
QUESTION = "Ai chủ trì hội nghị năm 2019?"
LIGHT = 120_000
# Of every element that holds Vietnamese text itself: does the ink of the tallest letters stay inside its line?
CRAMPED = """
() => {
  const pen = document.createElement('canvas').getContext('2d'), cramped = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = element.value || [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('');
    if (!/[\\u00c0-\\u1eff]/.test(own) || !element.checkVisibility() || element.clientWidth === 1) continue;
    const style = getComputedStyle(element);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const ink = pen.measureText('ẪỖỔỮẴẬỰg');
    const leading = (parseFloat(style.lineHeight) - ink.fontBoundingBoxAscent - ink.fontBoundingBoxDescent) / 2;
    const above = ink.fontBoundingBoxAscent + leading - ink.actualBoundingBoxAscent;
    const below = ink.fontBoundingBoxDescent + leading - ink.actualBoundingBoxDescent;
    if (!(above > -0.5 && below > -0.5)) cramped.push(`${element.tagName}.${element.className}: ${own.slice(0, 30)}`);
  }
  return cramped;
}
"""


@pytest.fixture(scope="module")
def address(browser: Any, sample_data: Path) -> Iterator[str]:
    with served(sample_data.parent, free_port()) as url:
        yield url


def drawn_with(page: Any, text: str, style: str) -> dict[str, bool]:
    """Return the fonts that Chromium draws `text` with, and whether each came from the page."""
    page.evaluate(
        """async ([text, style]) => {
             const box = document.createElement('p');
             box.id = 'letters'; box.style.cssText = style; box.textContent = text;
             document.querySelector('#letters')?.remove(); document.body.append(box);
             await document.fonts.load(getComputedStyle(box).font, text);
           }""",
        [text, style],
    )
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": "#letters"})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    tools.detach()
    return {font["familyName"]: font["isCustomFont"] for font in fonts}


def test_there_are_134_letters() -> None:
    assert len(set(LETTERS)) == 134
    assert all(len(letter) == 1 for letter in LETTERS)


def test_every_letter_of_vietnamese_is_in_both_fonts_composed_or_not(browser: Any, address: str) -> None:
    page = visit(browser, address, Watch())
    for family in FAMILIES:
        for weight in (400, 600, 700):
            style = f"font-family: '{family}', monospace; font-weight: {weight}"
            for form in ("NFC", "NFD"):
                found = drawn_with(page, normalize(form, "".join(LETTERS)), style)
                assert len(found) == 1, (family, weight, form, found)
                assert all(found.values()), (family, weight, form, found)
                assert all(name.startswith(family) for name in found), (family, found)
    assert not all(drawn_with(page, "日本", "font-family: 'Literata', monospace").values())  # the tool tells them apart
    page.context.close()


def test_the_first_screen_loads_two_small_files_of_ours(browser: Any, address: str) -> None:
    watch = Watch()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    watch.follow(context)
    page = context.new_page()
    loaded: dict[str, int] = {}
    page.on(
        "response",
        lambda r: loaded.update({r.url: len(r.body())}) if r.request.resource_type == "font" else None,
    )
    reply = page.goto(address)
    page.wait_for_selector(".start h2")
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert {url.removeprefix(f"{address}/fonts/") for url in loaded} == set(FIRST)
    assert sum(loaded.values()) < LIGHT
    assert all(f"<fonts/{name}>; rel=preload" in reply.headers["link"] for name in FIRST)
    drawn = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))"
    )
    assert set(drawn) == FAMILIES
    assert watch.hosts == {address.removeprefix("http://")}
    assert watch.errors == []
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_lines_leave_room_for_stacked_marks(browser: Any, address: str, width: int) -> None:
    page = visit(browser, address, Watch(), viewport={"width": width, "height": 900})
    assert page.evaluate(CRAMPED) == []
    ask(page, QUESTION)
    assert page.evaluate(CRAMPED) == []
    open_article(page)
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate(CRAMPED) == []
    reading = page.evaluate("getComputedStyle(document.querySelector('mark').closest('p')).fontFamily")
    assert reading.replace('"', "").startswith("Literata")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('textarea')).fontFamily")
        .strip('"')
        .startswith("Noto Sans")
    )
    page.add_style_tag(content="p { line-height: 0.9 !important }")
    assert page.evaluate(CRAMPED) != []  # the measure can fail
    page.context.close()


def test_every_file_is_named_relatively_and_comes_with_its_licence() -> None:
    named = re.findall(r'url\("([^"]+)"\)', font_faces())
    assert {name.removeprefix("fonts/") for name in named} == {path.name for path in FOLDER.glob("*.woff2")}
    assert font_faces().count("url(") == len(named)
    assert font_faces().count("font-display: swap") == len(named)
    for name in ("Literata", "NotoSans"):
        licence = (FOLDER / f"OFL-{name}.txt").read_text("utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
