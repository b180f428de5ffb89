"""The head of every view: the name, the ways to the other views, the languages, and what can be done."""

from collections.abc import Sequence

from ui.plain import plain
from ui.texts import Text, both, spans

__all__ = ["Place", "masthead_html"]

Place = tuple[str, Text]
"""A view as the navigation names it: its path below the page, "" for the conversation, and its name."""


def masthead_html(places: Sequence[Place], here: str, *, users: bool) -> str:
    """Return the masthead of the view at the path `here`.

    Args:
        places: Every view, in the order of the navigation; the first is the conversation.
        here: The path of the view shown.
        users: Whether readers sign in, and so can sign out.
    """
    buttons = "".join(
        f'<button type="button" data-language="{language}" lang="{language}">{name}</button>'
        for language, name in (("vi", "Tiếng Việt"), ("en", "English"))
    )
    links = "".join(
        f'<a href="./{plain(path)}" data-view="{plain(path)}"{_current(path == here)}>{spans(name)}</a>'
        for path, name in places
    )
    ways = f'<nav class="views" data-words="views">{links}</nav>' if len(places) > 1 else ""
    skip = '<a class="skip" href="#question">{}</a>' if not here else '<a class="skip" href="#view">{}</a>'
    return (
        f"{skip.format(both('skip' if not here else 'skip_view'))}"
        f'<header class="masthead"><h1>{both("name")}</h1>'
        f'<div class="languages" role="group" data-words="language">{buttons}</div><p>{both("tagline")}</p>'
        f'{ways}<nav class="actions" data-words="actions">{_actions_html(here, users=users)}</nav></header>'
    )


def _current(here: bool) -> str:
    return ' aria-current="page"' if here else ""


def _actions_html(here: str, *, users: bool) -> str:
    actions = (
        f'<button type="button" data-act="new">{both("new")}</button>'
        f'<button type="button" data-show="conversations" aria-haspopup="dialog">{both("conversations")}</button>'
        f'<button type="button" data-show="help" aria-haspopup="dialog">{both("help")}</button>'
    )
    leave = f'<button type="button" class="sign-out" data-sign-out>{both("sign_out")}</button>' if users else ""
    return ("" if here else actions) + leave
