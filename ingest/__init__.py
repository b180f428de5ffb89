"""Articles in: reading, cleaning, describing, splitting, and the pipeline that stores them."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.pipeline import ingest, ingest_events
    from ingest.report import Event, IngestReport, Outcome, Progress
    from ingest.restore import restoring

__all__ = ["Event", "IngestReport", "Outcome", "Progress", "ingest", "ingest_events", "restoring"]

_HOMES = {
    "ingest.pipeline": ("ingest", "ingest_events"),
    "ingest.report": ("Event", "IngestReport", "Outcome", "Progress"),
    "ingest.restore": ("restoring",),
}


def __getattr__(name: str) -> object:
    # Imported when asked for: the pipeline brings LangChain and the settings, which the processes that only read do not need.
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
