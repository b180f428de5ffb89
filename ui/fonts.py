"""The fonts of the page, from our own files: nothing is asked of another host, and Vietnamese looks the same everywhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["FONTS", "Announced", "Fonts", "font_faces"]

FONTS = "fonts"
"""Where they are served, below the page: a relative address holds behind a proxy with a path of its own, too."""
FOLDER = Path(__file__).parent / "assets" / "fonts"
FIRST = ("literata-base.woff2", "noto-sans-base.woff2")
"""What the first screen is drawn with; the rest is loaded when a text needs it."""
A_WEEK = "public, max-age=604800"


class Fonts(StaticFiles):
    """The files, which a browser may keep: they change only with a new version of Hoibao."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    def file_response(self, *args: Any, **options: Any) -> Any:
        """Return a file, or that it has not changed."""
        response = super().file_response(*args, **options)
        response.headers["cache-control"] = A_WEEK
        return response


class Announced:
    """Names the fonts of the first screen in the headers of the page.

    The head that Gradio is given stands in its script, so that a browser would come upon the fonts only after that has run.

    Args:
        app: What is served.
        views: Paths of the views beside the page.
    """

    def __init__(self, app: "ASGIApp", *, views: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._pages = {"/"} | views
        self._links = ", ".join(f"<{FONTS}/{name}>; rel=preload; as=font; crossorigin" for name in FIRST).encode()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request."""

        async def send_announced(message: "Message") -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"] = [*message.get("headers", []), (b"link", self._links)]
            await send(message)

        is_page = scope["type"] == "http" and scope["path"] in self._pages
        await self._app(scope, receive, send_announced if is_page else send)


def font_faces() -> str:
    """Return the style sheet of the fonts."""
    return FOLDER.with_suffix(".css").read_text("utf-8")
