"""What the command line prints: answers, articles, reports and progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from qa.errors import HoibaoError

if TYPE_CHECKING:
    from ingest import IngestReport, Progress
    from qa import Answer, Article

__all__ = [
    "article_detail",
    "article_row",
    "complain",
    "note",
    "one_line",
    "print_answer",
    "print_article",
    "progress",
    "summarise",
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
def progress() -> Iterator[Callable[["Progress"], None]]:
    """Draw progress on a terminal; stay quiet elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    names = {"read": "Reading", "embed": "Embedding"}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal) as bar:
        tasks = {stage: bar.add_task(name, visible=False) for stage, name in names.items()}
        yield lambda p: bar.update(tasks[p.stage], completed=p.done, total=p.total, visible=True)


def summarise(report: "IngestReport") -> None:
    """Print what a run did, to standard error."""
    counts = f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged"
    if report.refused:
        counts += f", {len(report.refused)} refused"
    _errors.print(f"{counts}; {report.articles} articles can be asked about ({report.seconds:.1f} s)")
    for error in report.refused[:NAMED]:
        place = one_line(error.path) + (f", line {error.line}" if error.line else "")
        _errors.print(f"  refused: {place}: {error}{f' ({error.hint})' if error.hint else ''}")
    if len(report.refused) > NAMED:
        _errors.print(f"  … and {len(report.refused) - NAMED} more; --json names them all")
    if report.ignored:
        kinds = ", ".join(f"{n} × {kind}" for kind, n in report.ignored.most_common(5))
        _errors.print(f"  passed over, not articles: {kinds}")


def one_line(text: str) -> str:
    """Return `text` fit for one line of a terminal: control characters and line breaks are shown, not obeyed."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def print_answer(answer: "Answer") -> None:
    """Print an answer and its sources."""
    typer.echo(answer.text)
    for c in answer.citations:
        about = ", ".join(x for x in (c.outlet, c.event, c.source) if x)
        caption = ", caption" if c.kind.value == "caption" else ""
        typer.echo(f"\n[{c.marker}] {one_line(c.title)} ({one_line(about)}{caption})")
        if c.quote not in answer.text:
            typer.echo(f"    “{c.quote}”")


def print_article(article: "Article") -> None:
    """Print an article whole, captions and holes marked."""
    facts = {
        "source": article.source, "url": article.url, "outlet": article.outlet,
        "event": article.event and f"{article.event.value} (from “{article.event.text}”)",
        "published": article.published and article.published.value,
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
