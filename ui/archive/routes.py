"""What the archive's page asks of the server, and what it sends: plain requests, for files come in streams and lists at once."""

import asyncio
import json
import logging
import re
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from qa.errors import IndexMissing
from qa.ledger import Ledger
from qa.listing import ORDERS, Page
from qa.settings import Settings
from qa.stores import LEDGER
from ui.access import USER
from ui.archive.batches import Batches
from ui.archive.html import PAGE, jobs_html, runs_html, table_html
from ui.archive.jobs import Job, Jobs, Kind, Line
from ui.archive.permit import Permit
from ui.archive.uploads import Refusal, Uploads
from ui.evidence import opened_html
from ui.guard import BODY_SECONDS
from ui.places import Place

__all__ = ["PATHS", "STREAMED", "Archive"]

logger = logging.getLogger(__name__)

STREAMED = frozenset({"/archive/file"})
PATHS = STREAMED | {
    f"/archive/{name}"
    for name in ("rows", "article", "state", "finish", "folders", "remove", "restore", "stop", "runs")
}
ID = re.compile(r"[0-9a-f]{16}")
BATCH = re.compile(r"[0-9a-f]{8,32}")
MOST_IDS = 1000
MOST_RUNS = 20
LONGEST_WORDS, LONGEST_NAME = 200, 4096


class Archive:
    """The collection as archivists see and change it.

    Args:
        settings: The data directory, the folders, the limits.
        users: Whether readers sign in.
    """

    def __init__(self, settings: Settings, *, users: bool) -> None:
        self.settings = settings
        self.permit = Permit(settings, users=users)
        self.jobs = Jobs(settings)
        self.batches = Batches(self.jobs)
        self.uploads = Uploads(settings.data_dir, largest=int(settings.max_upload_mb * 1e6))
        self._ledger: Ledger | None = None

    def routes(self) -> list[Route]:
        """Return the routes, all below `/archive/`."""
        changing: dict[str, Callable[[Request, dict[str, Any]], Job | None]] = {
            "finish": self._finish, "folders": self._folders, "remove": self._remove, "restore": self._restore, "stop": self._stop,
        }  # fmt: skip
        return [
            Route("/archive/rows", self._rows),
            Route("/archive/article", self._article),
            Route("/archive/state", self._state),
            Route("/archive/runs", self._runs),
            Route("/archive/file", self._file, methods=["POST"]),
            *(Route(f"/archive/{name}", self._permitted(act), methods=["POST"]) for name, act in changing.items()),
        ]

    def close(self) -> None:
        """End what is being done, having it put in what it has."""
        self.batches.close()
        self.jobs.close()

    def ledger(self) -> Ledger | None:
        """Return the ledger, or None while nothing has been brought in."""
        if self._ledger is None:
            try:
                self._ledger = Ledger(self.settings.data_dir / LEDGER)
            except IndexMissing:
                return None
        return self._ledger

    # --- looking ------------------------------------------------------------------------------------------------------

    def _rows(self, request: Request) -> Response:
        asked = request.query_params
        removed, order = asked.get("state") == "removed", asked.get("sort", "since")
        order = order if order in ORDERS else "since"
        descending = asked.get("way", "descending") == "descending"
        number, words = _whole(asked.get("page")), asked.get("q", "")[:LONGEST_WORDS]
        ledger = self.ledger()
        page = Page((), 0)
        for _ in range(2):  # a page beyond the last one is the last one
            if ledger is not None:
                first = number * PAGE
                page = (
                    ledger.listing.removed(words=words, first=first, most=PAGE)
                    if removed
                    else ledger.listing.page(words=words, order=order, descending=descending, first=first, most=PAGE)
                )
            if page.rows or not page.count:
                break
            number = max(0, -(-page.count // PAGE) - 1)
        html = table_html(
            page,
            number=number,
            order=order,
            descending=descending,
            removed=removed,
            may=self.permit.allows(request.scope),
        )
        return _json({"html": html, "count": page.count, "page": number})

    def _article(self, request: Request) -> Response:
        place = Place.parse(request.query_params.get("place"))
        ledger = self.ledger()
        html = opened_html(ledger, place, back="back_to_list") if ledger and place else ""
        return _json({"html": html})

    def _state(self, request: Request) -> Response:
        jobs, may = self.jobs.all(), self.permit.allows(request.scope)
        ledger = self.ledger()
        return _json({
            "html": jobs_html(jobs, may=may), "busy": any(not job.over for job in jobs), "may": may,
            "over": " ".join(job.id for job in jobs if job.over),
            "articles": ledger.count() if ledger else 0,
        })  # fmt: skip

    def _runs(self, _request: Request) -> Response:
        ledger = self.ledger()
        return _json({"html": runs_html(ledger.runs()[:MOST_RUNS] if ledger else [])})

    # --- changing -----------------------------------------------------------------------------------------------------

    async def _file(self, request: Request) -> Response:
        """Take one file, as the body of the request."""
        if not self.permit.allows(request.scope):
            return _json({"error": "forbidden"}, status=403)
        asked = request.query_params
        batch, name = asked.get("batch", ""), asked.get("name", "")[:LONGEST_NAME]
        if not BATCH.fullmatch(batch):
            return _json({"error": "batch"}, status=400)
        by = request.scope.get(USER, "")
        path = None
        try:
            path, same = await self._taken(request, name, replace=asked.get("replace") == "1")
            line = Line("same", name, "same") if same else None
        except Refusal as exc:
            line = Line("refused", name, str(exc))
        except (ClientDisconnect, TimeoutError):
            line = Line("refused", name, "short")
        except OSError:
            logger.exception("An uploaded file cannot be written")
            line = Line("refused", name, "full")
        self.batches.add(by, batch, line, path)
        return _json({"taken": path is not None, "why": line.reason if line else ""})

    async def _taken(self, request: Request, name: str, *, replace: bool) -> Any:
        size = request.headers.get("content-length", "")
        incoming = await run_in_threadpool(self.uploads.begin, name)
        try:
            if size.isdigit() and int(size) > self.uploads.largest:
                raise Refusal("large")
            pieces = request.stream()
            while True:
                async with asyncio.timeout(BODY_SECONDS):
                    piece = await anext(pieces, None)
                if piece is None:
                    break
                await run_in_threadpool(incoming.write, piece)
            return await run_in_threadpool(incoming.finish, replace=replace)
        finally:
            await run_in_threadpool(incoming.close)

    def _permitted(self, act: "Callable[[Request, dict[str, Any]], Job | None]") -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            if not self.permit.allows(request.scope):
                return _json({"error": "forbidden"}, status=403)
            try:
                sent = json.loads(await request.body() or b"{}")
                job = await run_in_threadpool(act, request, sent if isinstance(sent, dict) else {})
            except ValueError:
                return _json({"error": "unreadable"}, status=400)
            return _json({"job": job.id if job else None})

        return answer

    def _finish(self, request: Request, sent: dict[str, Any]) -> Job | None:
        return self.batches.finish(request.scope.get(USER, ""), str(sent.get("batch")))

    def _folders(self, request: Request, _sent: dict[str, Any]) -> Job | None:
        paths = [path.resolve() for path in self.settings.folders]
        if self.uploads.root.is_dir():
            paths.append(self.uploads.root.resolve())
        return self._begin("folders", request, tuple(map(str, paths))) if paths else None

    def _remove(self, request: Request, sent: dict[str, Any]) -> Job | None:
        return self._begin("remove", request, _ids(sent))

    def _restore(self, request: Request, sent: dict[str, Any]) -> Job | None:
        return self._begin("restore", request, _ids(sent))

    def _stop(self, _request: Request, sent: dict[str, Any]) -> Job | None:
        self.jobs.stop(str(sent.get("job")))
        return None

    def _begin(self, kind: Kind, request: Request, what: tuple[str, ...]) -> Job:
        return self.jobs.start(Job(kind, request.scope.get(USER, ""), what))


def _ids(sent: dict[str, Any]) -> tuple[str, ...]:
    ids = sent.get("ids")
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_IDS:
        raise ValueError("ids of articles are needed")
    if not all(isinstance(id, str) and ID.fullmatch(id) for id in ids):
        raise ValueError("this is no id of an article")
    return tuple(dict.fromkeys(ids))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _json(told: dict[str, Any], *, status: int = 200) -> Response:
    return JSONResponse(told, status_code=status, headers={"cache-control": "no-store"})
