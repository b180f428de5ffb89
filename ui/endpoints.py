"""The page's endpoints for programs: named, typed and described, as `gradio_client` calls them."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, get_type_hints

import gradio as gr
from pydantic import ConfigDict, ValidationError, validate_call

from qa.errors import HoibaoError
from ui.programs import Programs

__all__ = ["add_endpoints"]

AT_ONCE = 4
"""Calls of programs that are answered at once, whatever their number, so that readers of the page are not crowded out."""


def add_endpoints(page: gr.Blocks, programs: Programs) -> None:
    """Add `/ask`, `/search_articles`, `/get_article` and `/person_timeline` to a page that is built."""
    for number, event in page.fns.items():  # the page's own events took the names of their functions, `ask` among them
        event.api_name = f"page_{number}"
    with page:
        for call in programs.all:
            gr.api(  # type: ignore[attr-defined]  # documented, but not in `__all__`
                _answering(call),
                api_name=call.__name__,
                api_description=_described(call),
                concurrency_limit=AT_ONCE,
                concurrency_id="programs",
            )


def _described(call: Callable[..., Any]) -> str:
    """Return what a function does and what its parameters mean; Gradio's list has no other place for these."""
    told = [" ".join((call.__doc__ or "").split())]
    for name, hint in get_type_hints(call, include_extras=True).items():
        told += [f"{name}: {about.description}" for about in getattr(hint, "__metadata__", ()) if about.description]
    return "\n".join(told)


def _answering(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its arguments checked and its errors told: Gradio itself takes anything and tells nothing."""
    checked = validate_call(config=ConfigDict(strict=True, hide_input_in_errors=True))(call)
    names = [*inspect.signature(call).parameters]

    @wraps(call)
    def answer(*args: Any) -> Any:
        try:
            return checked(**dict(zip(names, args, strict=False)))
        except ValidationError as exc:
            first = exc.errors(include_url=False, include_context=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise gr.Error(f"{place}: {first['msg']}", print_exception=False) from exc
        except HoibaoError as exc:
            raise gr.Error(f"{exc}. {exc.hint}".rstrip(". ") + ".", print_exception=False) from exc

    return answer
