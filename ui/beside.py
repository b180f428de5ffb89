"""The views beside the conversation, in the order of the navigation: a new one takes its place here."""

from typing import TYPE_CHECKING

from qa.settings import Settings

if TYPE_CHECKING:
    from ui.collection import Assistant
    from ui.views import View

__all__ = ["VIEW_PATHS", "views_beside"]

VIEW_PATHS: tuple[str, ...] = ("articles",)
"""Where they are, below the page; known without loading Gradio, for those who let requests in."""


def views_beside(assistant: "Assistant", settings: Settings) -> "list[View]":
    """Return the views over an assistant, one for each of `VIEW_PATHS`."""
    from ui.archive.view import archive_view  # with Gradio, which only a page that is served loads

    del assistant
    return [archive_view(settings)]
