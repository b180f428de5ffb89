"""Articles in: reading, cleaning, describing, splitting, and the pipeline that stores them."""

from ingest.pipeline import ingest, ingest_events
from ingest.report import Event, IngestReport, Outcome, Progress
from ingest.restore import restoring

__all__ = ["Event", "IngestReport", "Outcome", "Progress", "ingest", "ingest_events", "restoring"]
