"""What the command line prints: answers, articles, reports and progress."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from qa.errors import HoibaoError

if TYPE_CHECKING:
    from ingest import Event, IngestReport
    from qa import Answer, Article
    from qa.explain import Explanation
    from qa.ledger import Run, Version
    from qa.people.timeline import Person

__all__ = [
    "article_detail",
    "article_row",
    "complain",
    "note",
    "one_line",
    "print_answer",
    "print_article",
    "print_explanations",
    "print_person",
    "progress",
    "run_line",
    "summarise",
    "version_row",
]

NAMED = 20
"""Refused files named one by one on a terminal; the rest are counted."""

_errors = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def note(message: str) -> None:
    """Print a line to standard error."""
    _errors.print(one_line(message))


def complain(error: HoibaoError) -> None:
    """Print an error and its hint to standard error."""
    _errors.print(f"Error: {one_line(str(error))}")
    if error.hint:
        _errors.print(f"Hint: {one_line(error.hint)}")


@contextmanager
def progress() -> Iterator[Callable[["Event"], None]]:
    """Draw progress on a terminal, with rate and time left; stay quiet elsewhere."""
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    read = (BarColumn(bar_width=20), TaskProgressColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    counts: Counter[str] = Counter()
    with Progress(
        *read, TextColumn("{task.fields[counts]}"), console=_errors, transient=True, disable=not _errors.is_terminal
    ) as bar:
        task = bar.add_task("Reading", total=None, counts="")

        def on_event(event: "Event") -> None:
            if hasattr(event, "what"):
                counts[event.what] += 1
                return
            if event.stage == "embed":
                counts["passages embedded"] = event.done
            shown = ", ".join(f"{n} {what}" for what, n in counts.items())
            if event.stage == "read":
                bar.update(task, completed=event.done, total=event.total, counts=shown)
            else:
                bar.update(task, counts=shown)

        yield on_event


def summarise(report: "IngestReport") -> None:
    """Print what a run did, to standard error: a table on a terminal, else a line."""
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": report.unchanged,
        "moved": len(report.moved),
        "removed": len(report.removed),
        "refused": len(report.refused),
    }
    told = f"{report.articles} articles can be asked about ({report.seconds:.1f} s)"
    if _errors.is_terminal:
        table = Table(*counts, caption=told, caption_justify="left")
        table.add_row(*map(str, counts.values()))
        _errors.print(table)
    else:
        always = ("added", "updated", "unchanged")
        _errors.print(", ".join(f"{n} {what}" for what, n in counts.items() if n or what in always) + f"; {told}")
    for error in report.refused[:NAMED]:
        place = one_line(error.path) + (f", line {error.line}" if error.line else "")
        _errors.print(f"  refused: {place}: {one_line(str(error))}{f' ({one_line(error.hint)})' if error.hint else ''}")
    if len(report.refused) > NAMED:
        _errors.print(f"  … and {len(report.refused) - NAMED} more; --json names them all")
    if report.gone:
        _errors.print(f"  {report.gone} files or records are gone, their articles are kept; --prune removes them")
    if report.ignored:
        kinds = ", ".join(f"{n} × {one_line(kind)}" for kind, n in report.ignored.most_common(5))
        _errors.print(f"  passed over, not articles: {kinds}")


def one_line(text: str) -> str:
    """Return `text` fit for one line of a terminal: control characters and line breaks are shown, not obeyed."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def print_answer(answer: "Answer") -> None:
    """Print an answer and its sources."""
    typer.echo(answer.text)
    if answer.note:
        note(answer.note)
    for c in answer.citations:
        place = f"{c.place[0]} {c.place[1]}" if c.place and c.place[0] != "character" else None
        about = ", ".join(x for x in (c.outlet, c.event, c.source, place) if x)
        caption = ", caption" if c.kind.value == "caption" else ""
        typer.echo(f"\n[{c.marker}] {one_line(c.title)} ({one_line(about)}{caption})")
        if c.quote not in answer.text:
            typer.echo(f"    “{c.quote}”")


def print_person(person: "Person", texts: Mapping[str, str]) -> None:
    """Print somebody's posts and deeds by date, each with the words that say so, given the texts of the articles."""
    also = [s for s in person.spellings if s != person.name]
    typer.echo(one_line(person.name + (f" (also {', '.join(also)})" if also else "")))
    for e in person.entries:
        about = {"published": " (published)", "planned": " (planned for)"}.get(e.dated_by, "")
        said = one_line(e.post) if e.post else e.role.value
        typer.echo(f"  {e.date or 'undated'}{about}  {said}  [{one_line(e.title)}, {one_line(e.source)}]")
        text = texts[e.article_id]
        typer.echo(f"      “{one_line(text[slice(*e.quotation(text))])}”")


def print_explanations(explanations: Sequence["Explanation"]) -> None:
    """Print why passages were found: their words, and what each measure added to the score."""
    for number, e in enumerate(explanations, 1):
        typer.echo(
            f"\n#{number}  {e.hit.score:.3f}  {one_line(e.hit.article.title)} ({one_line(e.hit.article.source)})"
        )
        added = sorted(((v * w, name, v, w) for name, v, w in e.measures), reverse=True)
        typer.echo("    " + ", ".join(f"{name} {v:.2f} × {w:.2f} = {total:.3f}" for total, name, v, w in added))
        for m in e.met:
            said = m.found if m.found == m.asked else f"{m.asked} → {m.found}"
            typer.echo(f"    {m.share:5.1%}  {said} ({m.place})")
        if e.missed:
            typer.echo(f"    nowhere: {', '.join(e.missed)}")


def print_article(article: "Article", versions: Sequence["Version"]) -> None:
    """Print an article whole, captions and holes marked, and what versions of it there are."""
    facts = {
        "source": article.source, "url": article.url, "outlet": article.outlet,
        "event": article.event and f"{article.event.value} (from “{article.event.text}”)",
        "published": article.published and article.published.value, "copies": ", ".join(article.copies),
        "versions": ", ".join(_version(v) for v in versions) if len(versions) > 1 else "",
    }  # fmt: skip
    typer.echo(article.title + (" (title made from the text)" if article.title_derived else ""))
    for name, value in facts.items():
        if value:
            typer.echo(f"{name}: {one_line(value)}")
    for block in article.blocks:
        text = article.text[block.start : block.end]
        typer.echo(f"\n[{block.kind.value}] {text}" if block.kind.value in ("caption", "hole") else f"\n{text}")


def article_row(article: "Article") -> dict[str, Any]:
    """Return what a list of articles says of one, as a JSON object."""
    return {
        "id": article.id, "source": article.source, "copies": list(article.copies), "url": article.url,
        "title": article.title, "title_derived": article.title_derived, "outlet": article.outlet,
        "outlets": list(article.outlets), "language": article.language,
        "published": article.published and article.published.value, "event": article.event and article.event.value,
        "years": list(article.years()), "content_hash": article.content_hash,
    }  # fmt: skip


def article_detail(article: "Article") -> dict[str, Any]:
    """Return the text, blocks and dates of an article, as a JSON object."""
    return {
        "text": article.text,
        "blocks": [{"kind": b.kind.value, "start": b.start, "end": b.end} for b in article.blocks],
        "dates": [
            {"value": d.value, "text": d.text, "start": d.start, "end": d.end, "role": d.role.value, "basis": d.basis}
            for d in article.dates
        ],
    }


def version_row(version: "Version") -> dict[str, Any]:
    """Return when an article had a text, as a JSON object."""
    return {
        "content_hash": version.article.content_hash, "title": version.article.title,
        "since": version.since, "until": version.until,
    }  # fmt: skip


def run_line(run: "Run") -> str:
    """Return what a run did, in a line."""
    if run.report is None:
        return f"{run.started}  cut off"
    report = run.report
    counts = [(len(v) if isinstance(v, list) else v, k) for k, v in report.items()]
    told = [
        f"{n} {k}" for n, k in counts if n and k in ("added", "updated", "unchanged", "moved", "removed", "refused")
    ]
    return f"{run.started}  {', '.join(told) or 'nothing'}" + ("  (stopped)" if report.get("stopped") else "")


def _version(version: "Version") -> str:
    until = version.until or "now"
    return f"{version.article.content_hash[:12]} ({version.since[:16]} to {until[:16]})"
