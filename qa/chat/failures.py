"""What can go wrong with a chat model: told apart whoever the provider is, and said in the reader's language.

Messages of providers are not passed on: they repeat keys, addresses and pieces of the prompt.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.errors import ModelError

__all__ = ["Failed", "Failure", "failure_of", "note"]


class Failure(StrEnum):
    """Why a chat model gave no answer."""

    KEY = "key"
    MODEL = "model"
    REQUEST = "request"
    RATE = "rate"
    SERVER = "server"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    CUT = "cut"
    CONTEXT = "context"
    EMPTY = "empty"
    REFUSED = "refused"
    ENDLESS = "endless"
    UNPROVEN = "unproven"


_WHY = {
    Failure.KEY: ("khóa truy cập mô hình không được chấp nhận", "the chat model's key was not accepted"),
    Failure.MODEL: ("không tìm thấy mô hình này ở địa chỉ đã đặt", "there is no such chat model at its address"),
    Failure.REQUEST: ("mô hình không nhận yêu cầu này", "the chat model did not take the request"),
    Failure.RATE: ("mô hình đang quá tải, hãy thử lại sau", "the chat model is too busy; try again later"),
    Failure.SERVER: ("máy chủ của mô hình gặp lỗi", "the chat model's server failed"),
    Failure.TIMEOUT: ("mô hình không trả lời kịp", "the chat model did not answer in time"),
    Failure.CONNECTION: ("không kết nối được với mô hình", "the chat model could not be reached"),
    Failure.CUT: ("mô hình ngừng giữa chừng", "the chat model broke off"),
    Failure.CONTEXT: ("mô hình không đọc được chừng ấy chữ", "the chat model cannot take in that much text"),
    Failure.EMPTY: ("mô hình không nói gì", "the chat model said nothing"),
    Failure.REFUSED: ("mô hình từ chối câu hỏi này", "the chat model refused the question"),
    Failure.ENDLESS: ("mô hình lặp lại mãi một điều", "the chat model went on without end"),
    Failure.UNPROVEN: (
        "không câu nào của mô hình được bài báo chứng minh",
        "no sentence of the chat model could be proven",
    ),
}
_QUOTED = {"vi": "Trích nguyên văn từ các bài báo, vì {why}.", "en": "Quoted straight from the articles: {why}."}
_PARTIAL = {"vi": "Câu trả lời có thể chưa đủ, vì {why}.", "en": "This answer may be incomplete: {why}."}
_HINTS = {
    Failure.KEY: "Set HOIBAO_CHAT_API_KEY, or the provider's own variable.",
    Failure.MODEL: "Check HOIBAO_CHAT_MODEL and HOIBAO_CHAT_BASE_URL.",
    Failure.CONNECTION: "Is the server of HOIBAO_CHAT_BASE_URL running?",
    Failure.TIMEOUT: "HOIBAO_CHAT_TIMEOUT sets how long it is waited for.",
    Failure.CONTEXT: "HOIBAO_CHAT_CONTEXT_TOKENS says how much the model can take in.",
}
_RETRYABLE = frozenset({Failure.RATE, Failure.SERVER, Failure.TIMEOUT, Failure.CONNECTION, Failure.CUT, Failure.EMPTY})
_BY_STATUS = {
    400: Failure.REQUEST, 401: Failure.KEY, 402: Failure.RATE, 403: Failure.KEY, 404: Failure.MODEL, 408: Failure.TIMEOUT,
    413: Failure.CONTEXT, 422: Failure.REQUEST, 429: Failure.RATE,
}  # fmt: skip
_TOO_LONG = re.compile(
    r"context[ _-]?(?:length|window|size|limit)|maximum context|too many tokens|prompt is too long|input is too long|reduce the length"
    r"|exceeds? .{0,40}(?:context|tokens|n_ctx)|input tokens exceed|token limit",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"response[ _]?(?:format|schema|mime)|json[ _]?(?:schema|mode|object)|structured|grammar|guided|output[ _](?:format|config)|\bformat\b"
    r"|requested parameters",
    re.IGNORECASE,
)
"""How providers and servers name the form of a reply when they refuse it with another status than that of a bad request."""
_FILTERED = re.compile(r"content[ _-]?(?:filter|policy|management)|safety", re.IGNORECASE)
_NO_KEY = re.compile(r"api[ _-]?key|credential|unauthori[sz]ed", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure.

    Attributes:
        failure: What went wrong.
        wait: Seconds that the provider wants to be left alone; None when it does not say.
        form: Whether it may have been the form asked of the reply that was refused; the call can do without.
    """

    failure: Failure
    wait: float | None = None
    form: bool = False

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later."""
        return self.failure in _RETRYABLE

    def error(self) -> ModelError:
        """Return it as an error of ours."""
        english = _WHY[self.failure][1]
        hint = _HINTS.get(self.failure, "")
        return ModelError(f"{english[0].upper()}{english[1:]}", hint=hint, retryable=self.retryable)


def note(failure: Failure, language: str, *, partial: bool = False) -> str:
    """Return what a reader is told: why the answer is quoted, or why the model's own may be incomplete."""
    return (_PARTIAL if partial else _QUOTED)[language].format(why=_WHY[failure][language == "en"])


def failure_of(exc: BaseException, *, begun: bool) -> Failed:
    """Return what an exception of a provider's client means.

    A request that is not taken may have been too much asked: whatever the provider says of it, the call is worth making again
    without the form of the reply.

    Clients differ in their classes, not in what they carry: a status, a response with headers, a name that tells, a cause.

    Args:
        exc: What the client raised.
        begun: Whether words had come already.
    """
    chain = _chain(exc)
    said = " ".join(str(e) for e in chain)[:4000]
    found = _told_apart(chain, said, begun=begun)
    form = found.failure is Failure.REQUEST or (
        found.failure in (Failure.SERVER, Failure.MODEL) and _FORM.search(said) is not None
    )
    return replace(found, form=form and not begun)


def _told_apart(chain: list[BaseException], said: str, *, begun: bool) -> Failed:
    names = " ".join(cls.__name__ for e in chain for cls in type(e).__mro__)
    status = next((s for e in chain if (s := _status(e)) is not None), None)
    if "ContextOverflow" in names or (status not in (401, 403, 429) and _TOO_LONG.search(said)):
        return Failed(Failure.CONTEXT)
    if "Refusal" in names or (status in (400, 403) and _FILTERED.search(said)):
        return Failed(Failure.REFUSED)
    if status is not None:
        server = Failure.SERVER if status >= HTTP_SERVER else Failure.REQUEST
        return Failed(_BY_STATUS.get(status, server), next((w for e in chain if (w := _wait(e)) is not None), None))
    if "Timeout" in names:
        return Failed(Failure.TIMEOUT)
    if begun:
        return Failed(Failure.CUT)
    if re.search(r"Connect|Transport|Network|RemoteProtocol|OSError", names):
        return Failed(Failure.CONNECTION)
    if re.search(r"Decode|JSON", names):
        return Failed(Failure.SERVER)
    return Failed(Failure.KEY if _NO_KEY.search(said) else Failure.REQUEST)


HTTP_SERVER = 500


def _chain(exc: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    at: BaseException | None = exc
    while at is not None and at not in found:
        found.append(at)
        at = at.__cause__ or at.__context__
    return found


def _status(exc: BaseException) -> int | None:
    for name in ("status_code", "code", "http_status"):
        value = getattr(exc, name, None)
        if isinstance(value, int) and 400 <= value < 600:
            return value
    value = getattr(getattr(exc, "response", None), "status_code", None)
    return value if isinstance(value, int) and 400 <= value < 600 else None


def _wait(exc: BaseException) -> float | None:
    """Return the seconds of a `Retry-After` header; dates in it are as good as silence."""
    headers = getattr(getattr(exc, "response", None), "headers", None)
    if not isinstance(headers, Mapping):
        return None
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(0.0, float(milliseconds) / 1000)
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
