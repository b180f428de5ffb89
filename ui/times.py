"""HTML of the articles over time: bars by year or month, the same as a table, and the articles of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.calendar import Counted, Dated, Kind
from ui.chart import Series, chart_svg, fitting
from ui.people import current, pages_html, way
from ui.people_texts import counted as counted_text
from ui.people_texts import say
from ui.plain import LONGEST_TITLE, plain
from ui.texts import date_text

__all__ = ["LISTED", "Looked", "times_html"]

LISTED = 50
"""Articles listed at once."""
BARS = {
    "event": ("Bài về việc xảy ra {when}: {count}", "Articles about events of {when}: {count}"),
    "published": ("Bài đăng {when}: {count}", "Articles published in {when}: {count}"),
}
KINDS: tuple[Kind, ...] = ("event", "published")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a reader looks at.

    Attributes:
        period: ISO year or month; "" for all years.
        kind: By which day articles are listed.
        start: How many of them to leave out at the beginning.
        width: Of the reader's column, in CSS pixels.
    """

    period: str = ""
    kind: Kind = "event"
    start: int = 0
    width: int = 640

    @property
    def year(self) -> str:
        """The year whose months are drawn; "" when years are."""
        return self.period[:4]

    def href(self, **changes: object) -> str:
        """Return the link to a period, looked at otherwise."""
        return way(**{"time": self.period or "all", "by": self.kind, "start": 0, **changes})


def times_html(counted: Counted, looked: Looked, listed: Sequence[Dated], count: int) -> str:
    """Return the articles over time.

    Args:
        counted: By year or, of `looked.year`, by month.
        looked: What is looked at.
        listed: Articles of the period, from `looked.start` on.
        count: How many there are of it.
    """
    back = f'<p class="back-up"><a href="{way(time="all")}">← {say("all_years")}</a></p>' if looked.year else ""
    heading = say("time_year", year=looked.year) if looked.year else say("time_title")
    html = f'{back}<h2 tabindex="-1">{heading}</h2>'
    if not (counted.event or counted.published):
        return f'{html}<p class="quiet">{say("time_nothing")} {counted_text("time_undated", counted.undated)}</p>'
    lead = say("time_lead") if not looked.period else ""
    undated = f" {counted_text('time_undated', counted.undated)}" if counted.undated and not looked.year else ""
    html += f'<p class="quiet">{lead}{undated}</p>{_legend_html(counted)}{_chart_html(counted, looked)}{_table_html(counted, looked)}'
    return html + (_list_html(looked, listed, count) if looked.period else "")


def _legend_html(counted: Counted) -> str:
    rows = "".join(
        f'<li><span class="swatch {kind}" aria-hidden="true"></span>{say(kind)}</li>'
        for kind in KINDS
        if getattr(counted, kind)
    )
    return f'<ul class="legend">{rows}</ul>'


def _chart_html(counted: Counted, looked: Looked) -> str:
    if looked.year:
        periods = [f"{looked.year}-{month:02}" for month in range(1, 13)]
        note = ""
    else:
        years = sorted(map(int, {*counted.event, *counted.published}))
        first = max(years[0], years[-1] - fitting(looked.width) + 1)
        periods = [f"{year:04}" for year in range(first, years[-1] + 1)]
        note = f'<p class="quiet">{say("time_before", year=first)}</p>' if years[0] < first else ""
    series = [
        Series(kind, tuple(counts.get(period, 0) for period in periods))
        for kind in KINDS
        if (counts := getattr(counted, kind))
    ]
    return f'<div class="chart-frame">{chart_svg(periods, series, width=looked.width, words=BARS)}</div>{note}'


def _table_html(counted: Counted, looked: Looked) -> str:
    kinds = [kind for kind in KINDS if getattr(counted, kind)]
    heads = "".join(f'<th scope="col">{say(kind)}</th>' for kind in kinds)
    rows = ""
    for period in sorted({*counted.event, *counted.published}):
        cells = "".join(
            f"<td>{_cell_html(getattr(counted, kind).get(period, 0), period, kind, looked)}</td>" for kind in kinds
        )
        named = say("no_month") if looked.year and len(period) == len("2016") else date_text(period)
        rows += f'<tr><th scope="row">{named}</th>{cells}</tr>'
    first = say("month" if looked.year else "year")
    return (
        f'<details class="versions"><summary>{say("table")}</summary><div class="table-frame" tabindex="0" role="group" '
        f'data-words="people_told"><table><thead><tr><th scope="col">{first}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _cell_html(count: int, period: str, kind: Kind, looked: Looked) -> str:
    whole_year = looked.year and len(period) == len("2016")  # of no month: the year is listed already
    return str(count) if not count or whole_year else f'<a href="{way(time=period, by=kind)}">{count}</a>'


def _list_html(looked: Looked, listed: Sequence[Dated], count: int) -> str:
    kinds = "".join(f'<a href="{looked.href(by=kind)}"{current(kind == looked.kind)}>{say(kind)}</a>' for kind in KINDS)
    rows = "".join(
        f'<li class="card"><p class="meta"><span class="day">{date_text(row.date[:10])}</span>'
        f"{_outlet_html(row)}</p>"
        f'<h4><button type="button" data-open="{plain(row.id)}" data-exchange="0">{_title_html(row)}</button></h4>'
        f'<p class="file">{plain(row.source, longest=LONGEST_TITLE)}</p></li>'
        for row in listed
    )
    shown = f'<ol class="entries">{rows}</ol>' if rows else f'<p class="quiet">{say("none")}</p>'
    return (
        f"<section><h3>{date_text(looked.period)} · {counted_text('articles', count)}</h3>"
        f'<nav class="kinds" data-words="people_kinds">{kinds}</nav>{shown}'
        f"{pages_html(looked.start, LISTED, count, looked.href)}</section>"
    )


def _outlet_html(row: Dated) -> str:
    return f'<span class="outlet">{plain(row.outlet, longest=80)}</span>' if row.outlet else ""


def _title_html(row: Dated) -> str:
    return plain(row.title, longest=LONGEST_TITLE) if row.title.strip() else say("untitled")
