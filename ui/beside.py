"""The views beside the conversation, in the order of the navigation: a new one takes its place here."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.people_view import Known
    from ui.views import View

__all__ = ["VIEW_PATHS", "views_beside"]

VIEW_PATHS: tuple[str, ...] = ("people",)
"""Where they are, below the page; known without loading Gradio, for those who let requests in."""


def views_beside(assistant: "Known") -> "list[View]":
    """Return the views over an assistant, one for each of `VIEW_PATHS`."""
    from ui.people_view import people_view  # loads Gradio

    return [people_view(assistant)]
