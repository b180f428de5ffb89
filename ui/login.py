"""Signing in and out: a page of its own, in both languages, that works without script."""

import hashlib
import json
import re
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.access import VIEW
from ui.fonts import font_faces
from ui.passwords import Passwords, Refused
from ui.sessions import Sessions
from ui.texts import Text
from ui.users import LONGEST_PASSWORD

__all__ = ["PATHS", "Login", "signed_in_html"]

PATHS = frozenset({"/login", "/login.css", "/logout"})
LARGEST_FORM, LONGEST_QUERY = 8192, 2048
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
}
WORDS = {
    "name": Text("Hỏi báo", "Hoibao"),
    "title": Text("Đăng nhập – Hỏi báo", "Sign in – Hoibao"),
    "heading": Text("Đăng nhập", "Sign in"),
    "lead": Text(
        "Kho bài báo này chỉ mở cho người có tài khoản.", "This collection of articles is open to its users only."
    ),
    "user": Text("Tên người dùng", "User name"),
    "password": Text("Mật khẩu", "Password"),
    "send": Text("Đăng nhập", "Sign in"),
    "languages": Text("Ngôn ngữ", "Language"),
    "wrong": Text(
        "Tên người dùng hoặc mật khẩu chưa đúng. Hãy thử lại.", "The user name or the password is not right. Try again."
    ),
    "wait": Text(
        "Đã thử quá nhiều lần. Hãy đợi {wait} rồi thử lại.", "Too many attempts. Wait {wait}, then try again."
    ),
    "busy": Text(
        "Đang có nhiều người đăng nhập. Hãy đợi {wait} rồi thử lại.",
        "Many people are signing in. Wait {wait}, then try again.",
    ),
    "seconds": Text("{count} giây", "{count} s"),
    "minutes": Text("{count} phút", "{count} min"),
}


class Login:
    """The routes of signing in and out.

    Args:
        passwords: Looks at those of people who sign in.
        sessions: Where their sessions begin and end.
        cookie: The cookie that holds a session's token.
        views: Paths of the views beside the page, which a reader may have come for.
        root_path: What a proxy leaves in front of the paths; the cookie is sent below it only.
    """

    def __init__(
        self,
        passwords: Passwords,
        sessions: Sessions,
        *,
        cookie: str,
        views: frozenset[str] = frozenset(),
        root_path: str = "",
    ) -> None:
        self._passwords = passwords
        self._sessions = sessions
        self._cookie = cookie
        self._views = views
        self._path = f"{root_path}/"

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/login", self._page, methods=["GET"]),
            Route("/login", self._sign_in, methods=["POST"]),
            Route("/login.css", _style, methods=["GET"]),
            Route("/logout", self._sign_out, methods=["GET", "POST"]),
        ]

    async def _page(self, request: Request) -> Response:
        token = request.cookies.get(self._cookie)
        if token and self._sessions.find(token):
            return _to(self._place(request))
        return _login_html(request)

    async def _sign_in(self, request: Request) -> Response:
        name, password = await _fields(request)
        found = await self._passwords.check(request.client.host if request.client else "", name, password)
        token = self._sessions.begin(found) if isinstance(found, str) else None
        if isinstance(found, Refused) or token is None:
            return _login_html(request, name, found if isinstance(found, Refused) else Refused(401, "wrong"))
        self._sessions.end(request.cookies.get(self._cookie, ""))
        response = _to(self._place(request))
        for cookie, value in ((self._cookie, token), (_reader(self._cookie), _mark(found))):
            response.set_cookie(
                cookie, value, max_age=self._sessions.seconds, path=self._path, httponly=cookie == self._cookie,
                samesite="lax", secure=request.url.scheme == "https",
            )  # fmt: skip
        return response

    def _place(self, request: Request) -> str:
        """Return where a reader goes on: the view he came for, with the query he came with."""
        fields = parse_qsl(_query(request).removeprefix("?"), keep_blank_values=True)
        view = next((value for name, value in fields if name == VIEW and f"/{value}" in self._views), "")
        kept = urlencode([(name, value) for name, value in fields if name != VIEW])
        return f"./{view}?{kept}" if kept else f"./{view}"

    async def _sign_out(self, request: Request) -> Response:
        if request.method != "POST":  # a link must not sign anybody out
            return _to("./")
        self._sessions.end(request.cookies.get(self._cookie, ""))
        response = _to("login")
        for cookie in (self._cookie, _reader(self._cookie)):
            response.delete_cookie(cookie, path=self._path)
        return response


def signed_in_html(cookie: str) -> str:
    """Return the script of a page whose readers sign in, for its head, before the page's own scripts."""
    script = files("ui").joinpath("assets", "signed-in.js").read_text("utf-8")
    return f"<script>window.hoibaoReader = {json.dumps(_reader(cookie))};</script><script>{script}</script>"


def _reader(cookie: str) -> str:
    """Return the name of the cookie that tells the page one reader from another; it opens nothing."""
    return f"{cookie}-reader"


def _mark(user: str) -> str:
    return hashlib.sha256(user.encode("utf-8")).hexdigest()[:16]


async def _fields(request: Request) -> tuple[str, str]:
    body = await request.body()
    try:
        fields = parse_qs(body[:LARGEST_FORM].decode("utf-8"), keep_blank_values=True, max_num_fields=8)
    except ValueError:
        fields = {}
    name, password = (fields.get(field, [""])[-1] for field in ("user", "password"))
    return name[:LONGEST_PASSWORD], password


def _to(place: str) -> Response:
    return RedirectResponse(place, status_code=303, headers={"cache-control": "no-store"})


def _query(request: Request) -> str:
    """Return the query that a reader came with, to go on with after the login."""
    try:
        fields = parse_qsl(request.url.query[:LONGEST_QUERY], keep_blank_values=True, max_num_fields=20)
    except ValueError:
        fields = []
    return f"?{urlencode(fields)}" if fields else ""


def _login_html(request: Request, name: str = "", refused: Refused | None = None) -> Response:
    language = "en" if request.query_params.get("lang") == "en" else "vi"
    words = {key: getattr(text, language) for key, text in WORDS.items()}
    fields = dict.fromkeys(("error", "at_user", "at_password"), "")
    fields["at_password" if name else "at_user"] = " autofocus"
    if refused:
        unit, count = ("seconds", refused.wait) if refused.wait < 120 else ("minutes", -(-refused.wait // 60))
        said = words[refused.error].format(wait=words[unit].format(count=count))
        words["title"] = f"{said} {words['title']}"
        fields["error"] = f'<p class="error" id="error" role="alert">{escape(said)}</p>'
        for field in ("at_user", "at_password"):
            fields[field] += ' aria-invalid="true" aria-describedby="error"'
    kept = parse_qsl(_query(request).removeprefix("?"), keep_blank_values=True)
    other, other_name = ("en", "English") if language == "vi" else ("vi", "Tiếng Việt")
    switch = urlencode([*((key, value) for key, value in kept if key != "lang"), ("lang", other)])
    texts = {
        **words, "language": language, "other": other, "other_name": other_name, "switch": f"?{switch}",
        "query": _query(request), "typed": name,
    }  # fmt: skip
    template = Template(files("ui").joinpath("assets", "login.html").read_text("utf-8"))
    page = template.substitute({key: escape(text) for key, text in texts.items()} | fields)
    headers = HEADERS | ({"retry-after": str(refused.wait)} if refused and refused.wait else {})
    return HTMLResponse(page, status_code=refused.status if refused else 200, headers=headers)


async def _style(_request: Request) -> Response:
    """Answer with the style sheet, in the colours of the page."""
    assets = files("ui").joinpath("assets")
    page = assets.joinpath("page.css").read_text("utf-8")
    light, dark = (_block(page, name) for name in (":root", ".dark"))
    colours = f":root {{{light}}}\n@media (prefers-color-scheme: dark) {{ :root {{{dark}}} }}\n"
    style = font_faces() + colours + assets.joinpath("login.css").read_text("utf-8")
    return Response(style, media_type="text/css", headers={"cache-control": "no-cache"})


def _block(style: str, selector: str) -> str:
    found = re.search(rf"(?m)^{re.escape(selector)} \{{(.*?)^\}}", style, re.DOTALL)
    return found[1] if found else ""
