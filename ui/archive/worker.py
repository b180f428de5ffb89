"""The process that changes the collection for the page, so that questions go on being answered meanwhile.

It reads one JSON object from standard input, does it, and writes what happens, one JSON object a line. It stops, having put in
what it has, at SIGTERM, or when standard input ends: the page's process has gone then.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from qa.errors import ArticleError, HoibaoError, Locked
from qa.settings import Settings

__all__ = ["main"]

NICE = 10
PATIENCE = 24 * 3600.0
"""Seconds to wait for another process that is writing."""


def main() -> None:
    """Do what standard input says."""
    order = json.loads(sys.stdin.buffer.readline())
    os.nice(NICE)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal; the page's process says when to stop
    threading.Thread(target=_stop_with_parent, args=(stop,), daemon=True).start()
    settings = Settings(_env_file=None, **order["settings"])  # type: ignore[call-arg]  # taken by BaseSettings, unseen by mypy
    try:
        if order["kind"] in {"remove", "restore"}:
            _change(order["kind"], order["ids"], settings, stop)
        else:
            _ingest([Path(path) for path in order["paths"]], settings, stop)
    except HoibaoError as exc:
        _tell(event="error", message=str(exc), hint=exc.hint, stopped=stop.is_set())


def _stop_with_parent(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):  # unbuffered: a buffer that is being waited for keeps Python from ending
        pass
    stop.set()


def _tell(**fields: Any) -> None:
    try:
        sys.stdout.write(json.dumps(fields) + "\n")
        sys.stdout.flush()
    except OSError:  # nobody listens any more; what was begun is put in all the same
        return


def _ingest(paths: list[Path], settings: Settings, stop: threading.Event) -> None:
    from ingest import IngestReport, Outcome, ingest_events  # loaded where it is needed: taking articles out is quicker

    def events(wait: float) -> bool:
        for event in ingest_events(paths, settings=settings, stop=stop, wait=wait):
            if isinstance(event, IngestReport):
                told = event.to_json()
                kept = {name: told[name] for name in ("unchanged", "ignored", "articles", "seconds", "stopped", "gone")}
                _tell(event="report", **kept)
            elif isinstance(event, Outcome):
                error = event.error
                why = {"reason": str(error), "hint": error.hint, "line": error.line} if error else {}
                _tell(event="outcome", what=event.what, source=_shown(event.source, error, paths), was=event.was, **why)
            else:
                _tell(event="progress", stage=event.stage, done=event.done, total=event.total)
        return True

    try:
        events(0.0)
    except Locked:
        _tell(event="waiting")
        events(PATIENCE)
    _tell_of_removed(paths, settings)


def _tell_of_removed(paths: list[Path], settings: Settings) -> None:
    """Tell which of the files gave articles that were removed: they stay out until the file changes or they are restored."""
    from qa.ledger import Ledger
    from qa.stores import LEDGER

    ledger = Ledger(settings.data_dir / LEDGER)
    for path in paths:
        if path.is_file():
            origins = ledger.sources.of_file(os.path.realpath(path)).values()
            live = ledger.content_hashes(o.article for o in origins)
            for origin in origins:
                if origin.article not in live:
                    _tell(event="outcome", what="out", source=origin.label)
    ledger.close()


def _shown(source: str, error: ArticleError | None, roots: list[Path]) -> str:
    """Return how a file is shown: as the ledger does, and not by the path it has on this machine."""
    if error is None:
        return source
    for root in roots:
        inside = f"{os.path.realpath(root)}{os.sep}"
        if source.startswith(inside):
            return f"{root.name}/{source.removeprefix(inside)}"
    return "/".join(Path(source).parts[-2:])


def _change(kind: str, ids: list[str], settings: Settings, stop: threading.Event) -> None:
    from ingest import restoring
    from qa.edit import removing

    def change(wait: float) -> None:
        if kind == "remove":
            removing(settings.data_dir, ids, wait=wait)
            _tell(event="report", removed=len(ids))
        else:
            _tell(event="report", restored=len(restoring(ids, settings=settings, wait=wait)))

    waiting = False
    while not stop.is_set():
        try:
            change(1.0 if waiting else 0.0)
        except Locked:
            if not waiting:
                _tell(event="waiting")
            waiting = True
        else:
            return
    _tell(event="report", stopped=True)


if __name__ == "__main__":
    main()
