"""Following folders: what changes in them is brought in as it comes."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import watch as changes

from ingest.pipeline import ingest
from ingest.report import IngestReport
from qa.embeddings import embedder_for
from qa.errors import HoibaoError, Locked
from qa.settings import Settings, load_settings
from qa.stores import Embedder

__all__ = ["watch"]

SETTLED = 2.0
"""Seconds a file must be left alone before it is taken to be written to its end."""
LONGEST = 60.0
"""Seconds after which a run begins though files keep coming."""
LOOK = 1000
"""Milliseconds between two looks while something is still being written."""
WAIT = 30.0
"""Seconds to wait for another process that is writing."""


def watch(
    paths: Sequence[Path | str],
    *,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    prune: bool = False,
    stop: Event | None = None,
) -> Iterator[IngestReport | HoibaoError]:
    """Bring in what is at `paths`, then what changes there, until `stop` is set.

    A file is read once it has been left alone for two seconds, so that one that is still being copied is not taken half;
    where files keep coming, what is there is read after a minute.

    Args:
        paths: Files and folders, as for `ingest`.
        settings: Defaults to the environment's.
        embedder: Defaults to the model of the settings.
        prune: Remove articles whose file is gone.
        stop: Set it, from a signal or another thread, to have it end.

    Raises:
        HoibaoError: A path does not exist.

    Yields:
        The report of each run that did something, or what kept a run from being done; the next change is tried again.
    """
    settings, stop = settings or load_settings(), stop or Event()
    embedder = embedder or embedder_for(settings)
    for path in paths:
        if not Path(path).exists():
            raise HoibaoError(f"There is no file or folder {path}", hint="Is the path spelled right?")
    last = since = time.monotonic() - LONGEST
    waiting = first = True
    for changed in changes(*paths, stop_event=stop, raise_interrupt=False, rust_timeout=LOOK, yield_on_timeout=True):
        now = time.monotonic()
        if changed:
            last, since, waiting = now, since if waiting else now, True
        if not waiting or (now - last < SETTLED and now - since < LONGEST) or stop.is_set():
            continue
        waiting = False
        try:
            report = ingest(paths, settings=settings, embedder=embedder, prune=prune, wait=WAIT, stop=stop)
        except HoibaoError as exc:
            waiting = isinstance(exc, Locked)
            yield exc
            continue
        if first or report.added or report.updated or report.moved or report.removed or report.refused:
            yield report
        first = False
