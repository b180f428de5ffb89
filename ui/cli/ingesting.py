"""Articles in and out: `hoibao ingest`, `remove`, `restore`, `runs`."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.errors import HoibaoError
from ui.cli.frame import REFUSED, STOPPED, AsJson, DataDir, ingested, ledger_of, settings_for
from ui.output import complain, note, run_line, summarise

if TYPE_CHECKING:
    from ingest import IngestReport

__all__ = ["ingest", "remove", "restore", "runs"]


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of articles.", show_default=False)],
    data_dir: DataDir = None,
    as_json: AsJson = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles whose file or record is gone.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and bring in what changes, until stopped.")] = False,
    wait: Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another run to finish.")] = 0.0,
) -> None:
    """Bring articles in; only what is new or changed is worked on."""
    settings = settings_for(data_dir)

    def tell(report: "IngestReport") -> None:
        if as_json:
            typer.echo(json.dumps(report.to_json(), ensure_ascii=False))
        summarise(report)

    with _stopping() as stop:
        if watch:
            from ingest.watch import watch as follow

            note("Watching; Ctrl-C ends it.")
            for seen in follow(paths, settings=settings, prune=prune, stop=stop):
                complain(seen) if isinstance(seen, HoibaoError) else tell(seen)
            return
        report = ingested(paths, settings, prune=prune, wait=wait, stop=stop)
    tell(report)
    if report.stopped:
        note("Stopped. What was read is in; the same command goes on from there.")
        raise typer.Exit(STOPPED)
    if report.refused:
        raise typer.Exit(REFUSED)


def remove(
    ids: Annotated[list[str], typer.Argument(help="As `hoibao articles` prints them.", show_default=False)],
    data_dir: DataDir = None,
    erase: Annotated[
        bool, typer.Option("--erase", help="Also delete the text and its earlier versions for good.")
    ] = False,
) -> None:
    """Take articles out; they stay out until their file changes."""
    from qa.edit import removing

    ledger = ledger_of(data_dir)
    for id in ids:
        if not ledger.versions(id):
            raise HoibaoError(f"There is no article {id}", hint="`hoibao articles` lists them.")
    folder = settings_for(data_dir).data_dir
    removing(folder, ids, erase=erase)
    if erase:
        from qa.chat.cache import forget_changed
        from qa.feedback import FeedbackFile

        forget_changed(folder, ledger.content_hashes)
        FeedbackFile(folder).forget(ids)
    kept = "" if erase else "; `hoibao restore` brings them back"
    note(f"{len(ids)} removed; {ledger.count()} articles can be asked about{kept}")


def restore(
    ids: Annotated[list[str], typer.Argument(help="Of articles that were removed.", show_default=False)],
    data_dir: DataDir = None,
) -> None:
    """Bring removed articles back, as they were."""
    from ingest import restoring

    settings = settings_for(data_dir)
    back = restoring(ids, settings=settings)
    note(f"{len(back)} restored; {ledger_of(data_dir).count()} articles can be asked about")
    if len(back) < len(set(ids)):
        note("The others are there already.")


def runs(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List what each run of ingestion did, latest first."""
    for run in ledger_of(data_dir).runs():
        if as_json:
            typer.echo(json.dumps(asdict(run), ensure_ascii=False))
        else:
            typer.echo(run_line(run))


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Yield an event that Ctrl-C and SIGTERM set; a second one ends the process at once."""
    stop = threading.Event()
    before = {int(number): signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: int, frame: object) -> None:
        del frame
        note("Stopping; what was read is being put in. Again to leave it.")
        stop.set()
        signal.signal(number, before[number])

    for number in before:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
