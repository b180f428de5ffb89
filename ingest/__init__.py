"""Articles in: reading, cleaning, describing, splitting, and the pipeline that stores them."""

from ingest.pipeline import IngestReport, Progress, ingest

__all__ = ["IngestReport", "Progress", "ingest"]
