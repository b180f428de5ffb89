"""What the commands share: their options, their errors, and the ways to settings, stores and assistant."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.errors import HoibaoError
from ui.output import complain, progress

if TYPE_CHECKING:
    from ingest import IngestReport
    from qa import NewsAssistant, Settings
    from qa.ledger import Ledger

__all__ = [
    "FAILED",
    "REFUSED",
    "STOPPED",
    "AsJson",
    "DataDir",
    "assistant_for",
    "ingested",
    "ledger_of",
    "reported",
    "settings_for",
]

REFUSED, FAILED, STOPPED = 1, 2, 130
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the stores.", show_default="HOIBAO_DATA_DIR, else ./data")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def reported(command: Callable[..., None]) -> Callable[..., None]:
    """Turn Hoibao's errors into a message with a hint and exit status 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except HoibaoError as exc:
            complain(exc)
            raise typer.Exit(FAILED) from exc
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
            raise typer.Exit(0) from None

    return run


def settings_for(data_dir: Path | None, **overrides: Any) -> "Settings":
    """Return the settings, with what the command line gives; None means "not given"."""
    from qa.settings import load_settings

    return load_settings(data_dir=data_dir, **overrides)


def assistant_for(settings: "Settings") -> "NewsAssistant":
    """Return the assistant over a data directory."""
    from qa import NewsAssistant

    return NewsAssistant.open(settings=settings)


def ledger_of(data_dir: Path | None) -> "Ledger":
    """Return the ledger alone, for commands that need no model."""
    from qa.ledger import Ledger
    from qa.stores import LEDGER

    return Ledger(settings_for(data_dir).data_dir / LEDGER)


def ingested(paths: list[Path], settings: "Settings", **options: Any) -> "IngestReport":
    """Bring articles in, with progress on a terminal."""
    from ingest import ingest

    with progress() as on_event:
        return ingest(paths, settings=settings, on_event=on_event, **options)
