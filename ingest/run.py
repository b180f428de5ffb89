"""One run of ingestion: what was found is held against what is known, and what is new is read, staged and published."""

import os
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from ingest.find import Found, FoundFile
from ingest.formats import Limits
from ingest.reading import At, Done, Message, Same, Task, Terms, hash_file, read_file
from ingest.report import Event, IngestReport, Outcome, Progress
from ingest.workers import Workers
from qa.edit import Edit, editing
from qa.errors import ArticleError
from qa.settings import Settings
from qa.sources import FileState, Problem, labelled
from qa.staging import Prepared
from qa.stores import Embedder, Stores

__all__ = ["Run"]

BATCH = 64
"""Articles staged in one transaction."""
INLINE_BYTES = 1_000_000
"""Plain text up to this size is read in the run's own process; to start another takes longer."""
PLAIN = (".txt", ".md")
PUBLISH_AFTER = 120.0
"""Seconds after which a long run first publishes what it has; then after twice as long each time."""


@dataclass(slots=True)
class _Batch:
    """What has been read and waits to be staged, in one transaction."""

    articles: list[Prepared] = field(default_factory=list)
    files: list[FileState] = field(default_factory=list)
    touched: list[FileState] = field(default_factory=list)


class Run:
    """One run, under the writer's lock.

    Args:
        stores: What it writes to; `recover()` must have been called.
        embedder: Makes the vectors.
        settings: Limits and field names.
        found: The files there are.
        prune: Whether articles go whose file or record is gone.
        stop: Set from elsewhere to have the run publish what it has and end.

    Attributes:
        report: What has been done so far.
        published: Whether the run came to its end, be it that it was stopped.
    """

    def __init__(
        self,
        stores: Stores,
        embedder: Embedder,
        settings: Settings,
        found: Found,
        *,
        prune: bool,
        stop: threading.Event,
    ) -> None:
        self.stores = stores
        self.sources = stores.ledger.sources
        self.embedder = embedder
        self.settings = settings
        self.found = found
        self.prune = prune
        self.stop = stop
        self.report = IngestReport(ignored=found.ignored)
        self.published = False
        limits = Limits(article_bytes=int(settings.max_article_mb * 1e6))
        self.terms = Terms(limits, settings.fields, settings.max_article_seconds)
        self.known = self.sources.files()
        self._batch = _Batch()
        self._seen: set[str] = set()
        self._vanished: list[tuple[str, set[str] | None]] = []
        self._embedded: list[Progress] = []
        self._next_publication = time.monotonic() + PUBLISH_AFTER
        self._patience = PUBLISH_AFTER

    def events(self) -> Iterator[Event]:
        """Do the run and yield what happens."""
        with editing(self.stores, self.embedder, is_gone=_is_gone, on_embedded=self._on_embedded) as edit:
            try:
                for error in self.found.refused:
                    yield self._count(Outcome("refused", error.path, error=error))
                todo = yield from self._moved((yield from self._changed()))
                yield from self._work(todo, edit)
            except GeneratorExit:
                self.report.stopped = True
                self._publish(edit)
                raise
            yield from self._publish(edit)

    # --- what is known ------------------------------------------------------------------------------------------------

    def _changed(self) -> Generator[Event, None, list[FoundFile]]:
        """Return the files that are not as they were when they were last read."""
        todo: list[FoundFile] = []
        for file in self.found.files:
            known = self.known.get(file.path)
            if known is None or (known.size, known.mtime_ns) != (file.size, file.mtime_ns) or self._other_terms(known):
                todo.append(file)
            else:
                yield from self._as_before(known)
        return todo

    def _as_before(self, known: FileState) -> Iterator[Event]:
        self.report.unchanged += known.records
        for problem in known.problems:
            yield self._refused(known.path, problem)

    def _moved(self, todo: list[FoundFile]) -> Generator[Event, None, list[FoundFile]]:
        """Follow the files among `todo` that stood elsewhere before; return the others."""
        sizes = {f.size for f in todo if f.path not in self.known}
        here = {f.path for f in self.found.files}
        gone = [k for k in self.known.values() if k.size in sizes and k.path not in here and _is_gone(k.path)]
        if not gone:
            return todo
        left = []
        for file in todo:
            was = self._was(file, gone) if file.path not in self.known else None
            if was is None:
                left.append(file)
                continue
            gone.remove(was)
            self.known.pop(was.path)
            old = {o.key: o.label for o in self.sources.of_file(was.path).values()}
            state = FileState(file.path, file.size, file.mtime_ns, was.raw_hash, was.terms, was.records, was.problems)
            self.sources.move(was.path, state, file.label)
            self.known[file.path] = state
            moved = [self._count(Outcome("moved", labelled(file.label, k), was=label)) for k, label in old.items()]
            if self._other_terms(state):
                left.append(file)
            else:
                moved += [self._refused(file.path, problem) for problem in was.problems]
            yield from moved
        return left

    def _was(self, file: FoundFile, gone: list[FileState]) -> FileState | None:
        """Return the file that is gone and had the bytes this one has."""
        alike = [k for k in gone if k.size == file.size]
        if not alike:
            return None
        try:
            raw_hash = hash_file(file.path, terms="").raw_hash
        except OSError:
            return None
        return next((k for k in alike if k.raw_hash == raw_hash), None)

    def _gone(self) -> list[str]:
        """Return the files that were read before and are not there any more."""
        here = {f.path for f in self.found.files}
        roots = tuple(folder + os.sep for folder in self.found.folders)
        return [p for p in self.known if p.startswith(roots) and p not in here and _is_gone(p)]

    # --- what is new --------------------------------------------------------------------------------------------------

    def _work(self, todo: list[FoundFile], edit: Edit) -> Iterator[Event]:
        total, before = sum(f.size for f in todo), 0
        sizes = {f.path: f.size for f in todo}
        with closing(self._messages(todo)) as messages:
            for task, message in messages:
                if self.stop.is_set():
                    self.report.stopped = True
                    break
                if isinstance(message, At):
                    yield Progress("read", before + min(message.position, sizes[task.path]), total)  # it may have grown
                else:
                    yield from self._take(task, message, edit)
                if isinstance(message, Done):
                    before += sizes[task.path]
                    yield Progress("read", before, total)
        yield from self._flush(edit)

    def _messages(self, todo: list[FoundFile]) -> Generator[tuple[Task, Message], None, None]:
        tasks = (self._task(file) for file in todo)
        if sum(f.size for f in todo) <= INLINE_BYTES and all(f.path.endswith(PLAIN) for f in todo):
            for task in tasks:
                for message in read_file(task):
                    yield task, message
            return
        count = min(self.settings.workers or min(os.cpu_count() or 1, 8), len(todo))
        with Workers(count, patience=self.settings.max_article_seconds) as workers:
            yield from workers.run(tasks)

    def _task(self, file: FoundFile) -> Task:
        known = self.known.get(file.path)
        records = {o.key: o.record_hash for o in self.sources.of_file(file.path).values()} if known else {}
        raw_hash = known.raw_hash if known and not self._other_terms(known) else ""
        return Task(file.path, file.label, raw_hash, records, self.terms)

    def _other_terms(self, known: FileState) -> bool:
        """Return whether what was refused of a file may pass now."""
        return bool(known.problems) and known.terms != str(self.terms)

    def _take(self, task: Task, message: Message, edit: Edit) -> Iterator[Event]:
        if isinstance(message, Problem):
            yield self._refused(task.path, message)
        elif isinstance(message, Same):
            self._seen.add(message.key)
            self.report.unchanged += 1
        elif isinstance(message, Prepared):
            self._seen.add(message.key)
            self._batch.articles.append(message)
            if len(self._batch.articles) >= BATCH:
                yield from self._flush(edit)
        elif isinstance(message, Done):
            yield from self._end_of_file(task, message, edit)

    def _end_of_file(self, task: Task, done: Done, edit: Edit) -> Iterator[Event]:
        seen, self._seen = self._seen, set()
        known = self.known.get(task.path)
        if done.unread and known is not None:
            self._batch.touched.append(done.state)
            yield from self._as_before(known)
            return
        if done.state.raw_hash:  # else it could not be looked at, and is tried again
            self._batch.files.append(done.state)
        vanished = task.records.keys() - seen if done.whole else set()
        if self.prune and vanished and not done.state.problems:  # else one of them may be what could not be read
            self._vanished.append((task.path, vanished))
        else:
            self.report.gone += len(vanished)
        if len(self._batch.files) >= BATCH:
            yield from self._flush(edit)

    def _flush(self, edit: Edit) -> list[Event]:
        """Stage what was read, and publish when it is time; return what happened, all of it counted already."""
        batch, self._batch = self._batch, _Batch()
        outcomes = edit.add(batch.articles)
        self.sources.stage(batch.files)
        self.sources.touch(batch.touched)
        events: list[Event] = [
            self._count(Outcome("unchanged" if outcome == "again" else outcome, article.label))
            for article, outcome in zip(batch.articles, outcomes, strict=True)
        ]
        if time.monotonic() > self._next_publication:
            events += self._made_public(edit)
            self._patience *= 2
            self._next_publication = time.monotonic() + self._patience
        return events + self._drawn()

    def _made_public(self, edit: Edit) -> list[Event]:
        """Publish; return what was removed, because nothing else gives it."""
        vanished, self._vanished = self._vanished, []
        gone = [
            o for path, keys in vanished for o in self.sources.of_file(path).values() if keys is None or o.key in keys
        ]
        before = self.sources.shown(dict.fromkeys(o.article for o in gone))
        edit.publish(gone=vanished)
        lost = sorted(
            {before[o.article] for o in gone if o.article in before and not self.sources.of_article(o.article)}
        )
        return [self._count(Outcome("removed", label)) for label in lost]

    def _publish(self, edit: Edit) -> list[Event]:
        """Stage and publish what is left; what is gone goes last, for an article may have come back elsewhere."""
        events = self._flush(edit)
        if not self.report.stopped:
            gone = self._gone()
            self._vanished += [(path, None) for path in gone if self.prune]
            self.report.gone += 0 if self.prune else len(gone)
        events += self._made_public(edit)
        self.published = True
        return events + self._drawn()

    # --- telling ------------------------------------------------------------------------------------------------------

    def _count(self, outcome: Outcome) -> Outcome:
        self.report.count(outcome)
        return outcome

    def _refused(self, path: str, problem: Problem) -> Outcome:
        named = path + problem.part
        error = ArticleError(problem.reason, path=named, line=problem.line, hint=problem.hint)
        return self._count(Outcome("refused", named, error=error))

    def _on_embedded(self, done: int, total: int) -> None:
        self._embedded.append(Progress("embed", done, total))

    def _drawn(self) -> list[Event]:
        embedded, self._embedded = self._embedded, []
        return list(embedded)


def _is_gone(path: str) -> bool:
    """Return whether no file stands at `path`; one that cannot be looked at just now is not gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
