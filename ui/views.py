"""Views beside the conversation: pages of the one Gradio application, each with a path, a name, and files of its own.

They are routes of one `gr.Blocks`, not applications of their own beside it: one queue and one set of sessions then serve all
views, the guard, the login and the stop know one application, and a browser that has opened one view has Gradio's script for
all. What only one view needs of scripts and styles stands in that view alone, so that no other loads it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import gradio as gr

from ui.masthead import Place, masthead_html
from ui.texts import Text

__all__ = ["ASK", "View", "add_views", "html", "places_of"]

ASK: Place = ("", Text("Hỏi đáp", "Ask"))
"""The conversation, which is the first view."""


@dataclass(frozen=True, slots=True)
class View:
    """A view beside the conversation.

    Attributes:
        path: Below the page: `articles` for `/articles`.
        name: In the navigation.
        build: Called inside the view's `gr.Blocks`, below the masthead; makes its components and their events.
        scripts: Files of `ui/assets` that it alone needs; they run once the view is drawn, after those of every page.
        styles: Likewise, style sheets.
        words: Words of attributes that its scripts set, as `ui.texts.ATTRIBUTES`.
    """

    path: str
    name: Text
    build: Callable[[], None]
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    words: Mapping[str, Text] = field(default_factory=dict)


def places_of(views: Sequence[View]) -> list[Place]:
    """Return what the navigation names: the conversation, then the views."""
    return [ASK, *((view.path, view.name) for view in views)]


def add_views(page: gr.Blocks, views: Sequence[View], *, users: bool) -> None:
    """Add views to a page that is built, each under the masthead.

    Args:
        page: The page.
        views: In the order of the navigation.
        users: Whether readers sign in.
    """
    places = places_of(views)
    for view in views:
        with page.route(view.name.vi, view.path, show_in_navbar=False):
            html("masthead", masthead_html(places, view.path, users=users))
            view.build()
            html(f"view-{view.path}", script=_script(view), head=_styles(view))
    page.current_page = ""  # what is added later belongs to the conversation again


def html(elem_id: str, value: str = "", *, script: str | None = None, head: str | None = None) -> gr.HTML:
    """Return a component that shows HTML made here; all text in it must have gone through `ui.plain.plain`.

    Args:
        elem_id: Its `id` in the page.
        value: The HTML.
        script: Run when it is drawn; `trigger("click", data)` starts the component's `click` event.
        head: Put into the head of the document.
    """
    return gr.HTML(value, elem_id=elem_id, js_on_load=script, head=head, apply_default_css=False)


def _script(view: View) -> str:
    words = json.dumps({name: text._asdict() for name, text in view.words.items()}, ensure_ascii=False)
    return f"Object.assign(window.hoibaoWords, {words});\n" + "\n".join(map(_read, view.scripts))


def _styles(view: View) -> str | None:
    return "".join(f"<style>{_read(name)}</style>" for name in view.styles) or None


def _read(name: str) -> str:
    return files("ui").joinpath("assets", name).read_text("utf-8")
