"""The pipeline: what is new or changed at some paths is read, described, split, embedded and published."""

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.clean import clean
from ingest.describe import describe
from ingest.load import decode, find, read
from ingest.split import split
from qa.embeddings import SentenceEmbeddings
from qa.errors import ArticleError
from qa.ledger import FileState
from qa.schema import Article
from qa.settings import Settings, load_settings
from qa.stores import Embedder, Stores, embedding_text, text_hash

__all__ = ["IngestReport", "Progress", "article_from_text", "ingest"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` in `stage` (`read` counts files, `embed` passages)."""

    stage: str
    done: int
    total: int


@dataclass(slots=True)
class IngestReport:
    """What a run did; sources are `folder/name.txt`.

    Attributes:
        refused: Files that could not be used, each with path, line, reason and hint.
        ignored: How many files of other kinds were passed over, by file name ending.
        articles: How many articles can be asked about now.
        seconds: Time taken.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[ArticleError] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return {
            "added": self.added,
            "updated": self.updated,
            "unchanged": len(self.unchanged),
            "refused": [{"path": e.path, "line": e.line, "reason": str(e), "hint": e.hint} for e in self.refused],
            "ignored": dict(self.ignored),
            "articles": self.articles,
            "seconds": round(self.seconds, 3),
        }


def ingest(
    paths: Sequence[Path | str],
    *,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> IngestReport:
    """Bring the article files at `paths` into the data directory; only what changed is worked on.

    Args:
        paths: Files and folders.
        settings: Defaults to the environment's.
        embedder: Defaults to the model of the settings.
        on_progress: Called as the run goes on.

    Raises:
        HoibaoError: A path does not exist, or no article file is there.
        Locked: Another process is writing to the data directory.
        StoreError: The stores cannot be written.
    """
    settings = settings or load_settings()
    embedder = embedder or SentenceEmbeddings(settings.embedding_model)
    began = time.perf_counter()
    found = find([Path(p) for p in paths])
    stores = Stores(settings.data_dir, create=True)
    try:
        with stores.writing():
            run = stores.ledger.begin_run(_now())
            stores.recover()
            report = _Run(stores, settings, on_progress or _silent).go(found.files, embedder)
            report.refused = found.refused + report.refused
            report.ignored = found.ignored
            report.articles = stores.ledger.count()
            report.seconds = time.perf_counter() - began
            stores.ledger.finish_run(run, _now(), report.to_json())
    finally:
        stores.close()
    logger.info(
        "ingested: %d added, %d updated, %d refused, %.1f s",
        len(report.added),
        len(report.updated),
        len(report.refused),
        report.seconds,
    )
    return report


def article_from_text(raw: str, *, identity: str, source: str) -> Article:
    """Return the article a decoded file holds.

    Args:
        raw: The text as decoded.
        identity: What makes it the same article next time; its hash is the article's id.
        source: As `Article.source`.

    Raises:
        ArticleError: Nothing is left once the dirt is off.
    """
    cleaned = clean(raw)
    if not any(c.isalnum() for c in cleaned.text):
        raise ArticleError("no text is left once rules, links and tails are taken off", path=source)
    about = describe(cleaned)
    return Article(
        id=hashlib.blake2b(identity.encode(), digest_size=8).hexdigest(),
        source=source,
        title=about.title,
        text=cleaned.text,
        blocks=tuple(cleaned.blocks),
        language=about.language,
        content_hash=hashlib.sha256(cleaned.text.encode()).hexdigest(),
        title_derived=about.title_derived,
        url=about.url,
        outlet=about.outlet,
        outlets=tuple(about.outlets),
        event=about.event,
        published=about.published,
        dates=tuple(about.dates),
        origins=tuple(cleaned.origins),
    )


class _Run:
    """One run over a list of files, under the writer's lock."""

    def __init__(self, stores: Stores, settings: Settings, on_progress: Callable[[Progress], None]) -> None:
        self.stores = stores
        self.settings = settings
        self.on_progress = on_progress
        self.report = IngestReport()
        self.known = stores.ledger.file_states()
        self.touched: list[FileState] = []

    def go(self, files: Sequence[tuple[Path, str]], embedder: Embedder) -> IngestReport:
        for done, (path, source) in enumerate(files, 1):
            try:
                self._one(path, source)
            except ArticleError as exc:
                self.report.refused.append(exc)
            self.on_progress(Progress("read", done, len(files)))
        self.stores.ledger.touch(self.touched)
        model_changed = self.stores.model not in (None, embedder.name)
        if self.report.added or self.report.updated or model_changed or self.stores.vectors.generation() is None:
            self.stores.publish(
                embedder, on_embedded=lambda done, total: self.on_progress(Progress("embed", done, total))
            )
        return self.report

    def _one(self, path: Path, source: str) -> None:
        known = self.known.get(str(path))
        if known is not None and _untouched(path, known[1]):
            self.report.unchanged.append(source)
            return
        data, state = read(path, max_bytes=int(self.settings.max_article_mb * 1e6))
        if known is not None and known[1].raw_hash == state.raw_hash:
            self.touched.append(state)
            self.report.unchanged.append(source)
            return
        raw = decode(data, path=path)
        try:
            article = article_from_text(raw, identity=str(path), source=source)
        except ArticleError as exc:
            raise ArticleError(str(exc), path=path, hint=exc.hint) from exc
        passages = split(article)
        self.stores.ledger.add_pending(article, state, [(p, text_hash(embedding_text(p, article))) for p in passages])
        (self.report.added if known is None else self.report.updated).append(source)


def _untouched(path: Path, known: FileState) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (known.size, known.mtime_ns)


def _now() -> str:
    return datetime.now(UTC).isoformat("T", "seconds")


def _silent(progress: Progress) -> None:
    del progress
