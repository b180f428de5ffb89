"""The views beside the conversation, in the order of the navigation: a new one takes its place here."""

from typing import TYPE_CHECKING

from qa.settings import Settings

if TYPE_CHECKING:
    from ui.people_view import Known
    from ui.views import View

__all__ = ["VIEW_PATHS", "views_beside"]

VIEW_PATHS: tuple[str, ...] = ("articles", "people")
"""Where they are, below the page; known without loading Gradio, for those who let requests in."""


def views_beside(assistant: "Known", settings: Settings) -> "list[View]":
    """Return the views over an assistant, one for each of `VIEW_PATHS`."""
    from ui.archive.view import archive_view  # with Gradio, which only a page that is served loads
    from ui.people_view import people_view

    return [archive_view(settings), people_view(assistant)]
