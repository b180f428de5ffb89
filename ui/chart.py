"""Bars over time as SVG: drawn by matplotlib on the server, coloured by the page's own style sheet, every bar a button.

Tried against what Gradio bundles: its Plotly is 1.4 MB of compressed script and wants another package here, its Vega-Lite 0.5 MB;
both draw one picture for one language, neither lets a bar be reached by keyboard, and neither tells which bar was clicked. An SVG
needs no script and no policy of its own, follows light and dark by itself, and is text to a screen reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from threading import Lock

from lxml import etree

from ui.texts import date_words

__all__ = ["WIDTHS", "Series", "chart_svg", "fitting"]

WIDTHS = (320, 1120)
"""The narrowest and the widest chart, in CSS pixels."""
HEIGHT, STEP = 220, 40
"""Pixels; widths are rounded down to steps, so that few pictures are drawn and all are remembered."""
NARROWEST_SLOT, WIDEST_SLOT = 24, 84
"""Pixels that a period has: at least a finger's bar; where they do not fit, the chart is wider than its frame and scrolls."""
LEFT, BOTTOM, TOP = 40, 26, 12
LABEL = 42
"""Pixels that the label of a period needs."""
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWING = Lock()  # matplotlib's settings are everybody's


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers by period, of one kind.

    Attributes:
        kind: Names it in classes and in what a click says; a word.
        counts: One for each period.
    """

    kind: str
    counts: tuple[int, ...]


def chart_svg(
    periods: Sequence[str], series: Sequence[Series], *, width: int, words: Mapping[str, tuple[str, str]]
) -> str:
    """Return bars over periods as SVG; a bar that is not empty is a button with `data-period` and `data-kind`.

    Args:
        periods: ISO years or months, in order.
        series: Side by side in each period.
        width: Of the frame, in CSS pixels.
        words: What a bar of each kind is called, in Vietnamese and English, with `{count}` and `{when}` in it.
    """
    if not periods:
        return ""
    return _drawn(tuple(periods), tuple(series), _framed(width), tuple(sorted(words.items())))


def fitting(width: int) -> int:
    """Return how many periods fit into a frame without scrolling."""
    return (_framed(width) - LEFT) // NARROWEST_SLOT


@lru_cache(maxsize=64)
def _drawn(
    periods: tuple[str, ...], series: tuple[Series, ...], frame: int, words: tuple[tuple[str, tuple[str, str]], ...]
) -> str:
    width = min(max(frame, LEFT + NARROWEST_SLOT * len(periods)), LEFT + WIDEST_SLOT * max(len(periods), 4))
    root = etree.fromstring(_picture(periods, series, width), etree.XMLParser(resolve_entities=False, no_network=True))
    for unwanted in (*root.iter(f"{_SVG}metadata"), *root.iter(f"{_SVG}defs")):
        unwanted.getparent().remove(unwanted)
    called = dict(words)
    for element in root.iter(f"{_SVG}*"):
        _cleaned(element)
    for group in [e for e in root.iter(f"{_SVG}g") if (e.get("class") or "").startswith(("bar ", "hit "))]:
        what, kind, at = (group.get("class") or "").split()
        group.set("class", f"{what} {kind}")
        if what == "hit":
            count = next(s.counts[int(at)] for s in series if s.kind == kind)
            _as_button(group, kind, periods[int(at)], count, called[kind])
    root.set("width", str(width))
    root.set("height", str(HEIGHT))
    root.set("viewBox", f"0 0 {width} {HEIGHT}")
    root.set("role", "group")
    root.set("class", "chart")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def _framed(width: int) -> int:
    return min(max(width, WIDTHS[0]), WIDTHS[1]) // STEP * STEP


def _picture(periods: tuple[str, ...], series: tuple[Series, ...], width: int) -> bytes:
    import matplotlib  # most of a second, and only for those who look at a chart
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    with (
        _DRAWING,
        matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "hoibao", "font.family": "sans-serif"}),
    ):
        figure = Figure(figsize=(width / 72, HEIGHT / 72))
        axis = figure.add_axes((LEFT / width, BOTTOM / HEIGHT, 1 - LEFT / width, 1 - (BOTTOM + TOP) / HEIGHT))
        slot = 0.8 / len(series)
        top = max(1, *(n for s in series for n in s.counts)) * 1.04
        for k, one in enumerate(series):
            at = [x + (k - (len(series) - 1) / 2) * slot for x in range(len(periods))]
            for what, heights in (("bar", one.counts), ("hit", tuple(top if n else 0 for n in one.counts))):
                for x, (patch, n) in enumerate(zip(axis.bar(at, heights, slot * 0.94), one.counts, strict=True)):
                    patch.set_clip_on(False)
                    patch.set_visible(bool(n))
                    patch.set_gid(f"{what} {one.kind} {x}")
        axis.set(xlim=(-0.6, len(periods) - 0.4), ylim=(0, top))
        axis.spines[["top", "left", "right"]].set_visible(False)
        every = -(-LABEL * len(periods) // (width - LEFT))
        shown = [x for x in range(len(periods)) if (len(periods) - 1 - x) % every == 0]
        axis.set_xticks(shown, [_short(periods[x]) for x in shown])
        axis.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axis.tick_params(length=0)
        axis.grid(axis="y")
        axis.set_axisbelow(True)
        held = BytesIO()
        figure.savefig(held, format="svg", transparent=True, metadata={"Date": None})
    return held.getvalue()


def _short(period: str) -> str:
    """Return what stands below a bar: `2016`, or of `2016-07` the month alone, which reads the same in both languages."""
    return str(int(period[5:7])) if len(period) > 4 else period


def _cleaned(element: etree._Element) -> None:
    """Leave the colours to the style sheet, and no name that another picture of the page may have, too."""
    name = element.get("id") or ""
    drawn = element.attrib.pop("style", "")
    for attribute in ("id", "clip-path"):
        element.attrib.pop(attribute, None)
    if name.startswith(("bar ", "hit ")):
        element.set("class", name)
    elif name.startswith("patch_"):
        element.set("class", "axis")
    if element.tag == f"{_SVG}text":
        anchor = next((part.split(":")[1].strip() for part in drawn.split(";") if "text-anchor" in part), "start")
        element.set("text-anchor", anchor)
        element.set("aria-hidden", "true")


def _as_button(group: etree._Element, kind: str, period: str, count: int, called: tuple[str, str]) -> None:
    when = date_words(period)
    vi, en = (said.format(count=count, when=w) for said, w in zip(called, when, strict=True))
    for name, value in (
        ("role", "button"), ("tabindex", "0"), ("data-period", period), ("data-kind", kind),
        ("data-vi", vi), ("data-en", en), ("aria-label", vi),
    ):  # fmt: skip
        group.set(name, value)
    title = etree.SubElement(group, f"{_SVG}title")
    title.text = f"{_short(period) if len(period) == 4 else period}: {count}"
