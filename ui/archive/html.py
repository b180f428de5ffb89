"""HTML of the list of the articles, of what is being done, and of the runs. All text of articles and files goes through `plain`."""

import re
from collections.abc import Sequence

from qa.ledger import Run
from qa.listing import Listed, Page
from ui.archive.jobs import Job, Line
from ui.archive.words import REASONS, said
from ui.plain import LONGEST_TITLE, language_of, plain
from ui.texts import both, date_text, spans

__all__ = ["PAGE", "jobs_html", "runs_html", "table_html"]

PAGE = 50
"""Articles on one page of the list."""
COLUMNS = ("title", "outlet", "published", "event", "language", "source", "since", "copies")
COUNTED = ("added", "updated", "unchanged", "moved", "removed", "restored", "refused", "same", "out", "ignored")
SHOWN_LINES = 200
DATE = re.compile(r"[\d-]{2,10}(T[\d:.+Z-]*)?")


def table_html(page: Page, *, number: int, order: str, descending: bool, removed: bool, may: bool) -> str:
    """Return one page of the list.

    Args:
        page: What stands on it.
        number: Of the page, from 0.
        order: By what it is sorted.
        descending: Which way.
        removed: Whether these are the articles that were removed.
        may: Whether the reader may choose articles to remove or restore.
    """
    if not page.rows:
        return f'<p class="quiet">{said("none_removed" if removed else "nothing")}</p>'
    heads = "".join(
        _head_html(name, order, descending=descending, sortable=not removed, removed=removed) for name in COLUMNS
    )
    choose = (
        '<th scope="col" class="choose"><input type="checkbox" data-all data-words="archive_all"></th>' if may else ""
    )
    rows = "".join(_row_html(row, may=may) for row in page.rows)
    return f'<table class="articles"><thead><tr>{choose}{heads}</tr></thead><tbody>{rows}</tbody></table>{_pager_html(page, number)}'


def jobs_html(jobs: Sequence[Job], *, may: bool) -> str:
    """Return what is being done and was, latest first; "" when there is nothing."""
    if not jobs:
        return ""
    return f'<h2>{said("jobs")}</h2><ol class="jobs">{"".join(_job_html(job, may=may) for job in jobs)}</ol>'


def runs_html(runs: Sequence[Run]) -> str:
    """Return what each run of ingestion did, latest first."""
    rows = "".join(f"<li>{_run_html(run)}</li>" for run in runs)
    return f'<ol class="runs">{rows}</ol>' if rows else f'<p class="quiet">{said("no_runs")}</p>'


def _head_html(name: str, order: str, *, descending: bool, sortable: bool, removed: bool) -> str:
    words = said("until" if removed and name == "since" else name)
    if not sortable:
        return f'<th scope="col" class="c-{name}">{words}</th>'
    way = ("descending" if descending else "ascending") if name == order else "none"
    return f'<th scope="col" class="c-{name}" aria-sort="{way}"><button type="button" data-sort="{name}">{words}</button></th>'


def _row_html(row: Listed, *, may: bool) -> str:
    title = plain(row.title, longest=LONGEST_TITLE) if row.title.strip() else both("untitled")
    box = (
        f'<td class="choose"><input type="checkbox" value="{plain(row.id)}" data-words="archive_choose"></td>'
        if may
        else ""
    )
    facts = [plain(row.outlet, longest=80), _date(row.published or row.event), _moment(row.since)]
    under = " · ".join(fact for fact in facts if fact)
    language = said(row.language) if row.language in {"vi", "en"} else plain(row.language, longest=10)
    return (
        f'<tr>{box}<th scope="row" class="c-title"><button type="button" data-open="{plain(row.id)}" data-exchange="0"'
        f'{language_of(row.language)}>{title}</button><span class="under">{under}</span></th>'
        f'<td class="c-outlet">{plain(row.outlet, longest=80)}</td><td class="c-published">{_date(row.published)}</td>'
        f'<td class="c-event">{_date(row.event)}</td><td class="c-language">{language}</td>'
        f'<td class="c-source">{plain(row.source, longest=LONGEST_TITLE)}</td><td class="c-since">{_moment(row.since)}</td>'
        f'<td class="c-copies">{row.copies or ""}</td></tr>'
    )


def _pager_html(page: Page, number: int) -> str:
    pages = -(-page.count // PAGE)
    if pages < 2:
        return ""
    before, after = ("" if number > 0 else " disabled"), ("" if number < pages - 1 else " disabled")
    return (
        f'<nav class="pager" data-words="archive_table"><button type="button" data-page="{number - 1}"{before}>{said("earlier")}</button>'
        f"<span>{said('page', page=number + 1, pages=pages)}</span>"
        f'<button type="button" data-page="{number + 1}"{after}>{said("later")}</button></nav>'
    )


def _job_html(job: Job, *, may: bool) -> str:
    state = "stopping" if job.stopping and not job.over else job.state
    by = f' <span class="quiet">{said("by", name=job.by)}</span>' if job.by else ""
    bar = stop = ""
    if job.state == "running" and job.total:
        share = min(100, 100 * job.done // job.total)
        bar = f'<p class="quiet">{said(job.stage)}</p><progress max="100" value="{share}" data-words="archive_progress">{share} %</progress>'
    if may and not job.over and not job.stopping:
        stop = f'<button type="button" class="tool" data-stop="{job.id}">{said("stop")}</button>'
    if may and job.kind == "remove" and job.state == "done":
        stop = f'<button type="button" class="tool" data-undo="{plain(" ".join(job.what))}">{said("undo")}</button>'
    error = f'<p class="problem" lang="en">{plain(job.error[0])}<br>{plain(job.error[1])}</p>' if job.error[0] else ""
    return (
        f'<li class="job {job.state}" data-job="{job.id}"><p><strong>{said(f"job_{job.kind}")}</strong>{by} '
        f'<span class="quiet">{_moment(job.asked)}</span> <span class="state">{said(state)}</span> {stop}</p>'
        f'{bar}<p class="counts">{_counts_html(dict(job.counts))}</p>{error}{_lines_html(job)}</li>'
    )


def _counts_html(counts: dict[str, int]) -> str:
    return " · ".join(said(f"n_{name}", count=counts[name]) for name in COUNTED if counts.get(name))


def _lines_html(job: Job) -> str:
    if not job.lines:
        return ""
    bad_first = sorted(job.lines, key=lambda line: line.what != "refused")
    rows = "".join(f'<li class="{line.what}">{_line_html(line)}</li>' for line in bad_first[:SHOWN_LINES])
    whole = sum(count for what, count in job.counts.items() if what not in {"unchanged", "ignored", "restored"})
    whole = max(whole, len(job.lines))
    more = f'<li class="quiet">{said("more", count=whole - SHOWN_LINES)}</li>' if whole > SHOWN_LINES else ""
    opened = " open" if job.counts["refused"] or len(job.lines) <= 5 else ""
    return (
        f'<details class="lines"{opened} data-lines="{job.id}"><summary>{said("details", count=whole)}</summary>'
        f"<ul>{rows}{more}</ul></details>"
    )


def _line_html(line: Line) -> str:
    html = f'<span class="tag">{said(f"l_{line.what}")}</span> <span class="file">{plain(line.source, longest=LONGEST_TITLE)}</span>'
    if line.line is not None:
        html += f' <span class="quiet">{said("line", line=line.line)}</span>'
    if line.what == "out":
        return f"{html} – {said('out_how')}"
    if line.reason in REASONS:
        return f"{html} – {spans(REASONS[line.reason])}"
    why = " ".join(part for part in (line.reason, line.hint) if part)
    return f'{html} – <span lang="en">{plain(why, longest=400)}</span>' if why else html


def _run_html(run: Run) -> str:
    when = _moment(run.started)
    if run.report is None:
        return f"{when} – {said('cut_off')}"
    counts = {name: _number(run.report.get(name)) for name in COUNTED}
    return f"{when} – {_counts_html(counts) or said('n_unchanged', count=0)}"


def _number(value: object) -> int:
    if isinstance(value, dict):
        return sum(int(n) for n in value.values())
    return len(value) if isinstance(value, list) else int(value) if isinstance(value, int) else 0


def _date(value: str) -> str:
    return date_text(value) if DATE.fullmatch(value) else plain(value, longest=40)


def _moment(value: str) -> str:
    """Return a moment as the reader's browser puts it into words: here it is in UTC."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", value):
        return _date(value)
    return f'<time datetime="{value}">{value[:10]}</time>'
