"""The pipeline: what is new or changed at some paths is read, described, split, embedded and published."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from ingest.find import find
from ingest.report import Event, IngestReport
from ingest.run import Run
from qa.edit import moment
from qa.embeddings import embedder_for
from qa.errors import Locked
from qa.settings import Settings, load_settings
from qa.stores import Embedder, Stores

__all__ = ["ingest", "ingest_events"]

logger = logging.getLogger(__name__)

TICK = 0.5
"""Seconds between two looks at whether a run that waits is to stop."""


def ingest(
    paths: Sequence[Path | str],
    *,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    prune: bool = False,
    wait: float = 0.0,
    stop: threading.Event | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> IngestReport:
    """Bring the article files at `paths` into the data directory; only what changed is worked on.

    Args:
        paths: Files and folders.
        settings: Defaults to the environment's.
        embedder: Defaults to the model of the settings.
        prune: Remove articles whose file or record is gone from `paths`.
        wait: Seconds to wait for another process that is writing.
        stop: Set it, from a signal or another thread, to have the run publish what it has and end.
        on_event: Called as the run goes on.

    Raises:
        HoibaoError: A path does not exist, or no article file is there.
        Locked: Another process is writing to the data directory.
        StoreError: The stores cannot be written; what was published stays.
        ModelError: The embedding model cannot be loaded.
    """
    events = ingest_events(paths, settings=settings, embedder=embedder, prune=prune, wait=wait, stop=stop)
    with closing(events):  # else what `on_event` raises would keep the run, and its lock, in the traceback
        for event in events:
            if isinstance(event, IngestReport):
                return event
            if on_event is not None:
                on_event(event)
    raise AssertionError("a run ends with its report")


def ingest_events(
    paths: Sequence[Path | str],
    *,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    prune: bool = False,
    wait: float = 0.0,
    stop: threading.Event | None = None,
) -> Generator[Event | IngestReport, None, None]:
    """Do what `ingest` does, and yield what happens as it happens, the report last.

    Closing the iterator ends the run: what it has is published.
    """
    settings = settings or load_settings()
    embedder = embedder or embedder_for(settings)
    stop = stop or threading.Event()
    began = time.perf_counter()
    found = find([Path(p) for p in paths])
    stores = Stores(settings.data_dir, create=True)
    try:
        with _writing(stores, wait=wait, stop=stop):
            number = stores.ledger.begin_run(moment())
            stores.recover()
            run = Run(stores, embedder, settings, found, prune=prune, stop=stop)
            try:
                yield from run.events()
            finally:
                report = run.report
                report.articles = stores.ledger.count()
                report.seconds = time.perf_counter() - began
                if run.published:
                    stores.ledger.finish_run(number, moment(), report.to_json())
    finally:
        stores.close()
    logger.info("ingested: %s", _counts(report))
    yield report


@contextmanager
def _writing(stores: Stores, *, wait: float, stop: threading.Event) -> Iterator[None]:
    """Hold the writer's lock, waiting for it as long as is wanted, unless `stop` is set meanwhile."""
    end = time.monotonic() + wait
    with ExitStack() as held:
        while True:
            left = max(0.0, end - time.monotonic())
            try:
                held.enter_context(stores.writing(wait=min(left, TICK)))
                break
            except Locked:
                if left <= TICK or stop.is_set():
                    raise
        yield


def _counts(report: IngestReport) -> str:
    """Return the counts of a run in one line, without a name."""
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "moved": len(report.moved),
        "removed": len(report.removed),
        "refused": len(report.refused),
    }
    return ", ".join(f"{n} {what}" for what, n in counts.items()) + f", {report.seconds:.1f} s"
