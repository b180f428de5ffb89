"""The page: one conversation on the left, its evidence on the right.

Gradio takes seconds to import, so `ui.server` imports this module only when it serves.
"""

import json
from importlib.resources import files
from typing import Any, cast

import gradio as gr

from qa.schema import Filters
from ui.collection import Assistant, Collection
from ui.conversation import Conversation
from ui.evidence import cards_html
from ui.fonts import font_faces
from ui.judging import Judging
from ui.scope import chips_html
from ui.talk import Shown, Talk
from ui.texts import ATTRIBUTES, both

__all__ = ["Assistant", "Collection", "build_page", "head_html"]

AT_ONCE = 8
WAITING = 256
STYLES = ("page.css", "chat.css", "sheets.css", "keeping.css")
SCRIPTS = (
    "base.js", "language.js", "evidence.js", "answers.js", "asking.js", "filters.js", "conversations.js", "judging.js", "saving.js", "keys.js",
)  # fmt: skip
"""In this order; `base.js` holds what the others share."""
BRIDGE = """
window.hoibao.connect('%s', (data) => trigger('click', data));
"""
"""What lets the page's own scripts start an event with data of theirs."""


def head_html() -> str:
    """Return the fonts, the style sheets, the words of attributes and the scripts, for the page's head."""
    assets = files("ui").joinpath("assets")
    words = json.dumps({name: text._asdict() for name, text in ATTRIBUTES.items()}, ensure_ascii=False)
    styles = "".join(f"<style>{assets.joinpath(name).read_text('utf-8')}</style>" for name in STYLES)
    scripts = "".join(f"<script>{assets.joinpath(name).read_text('utf-8')}</script>" for name in SCRIPTS)
    return f"<style>{font_faces()}</style>{styles}<script>window.hoibaoWords = {words};</script>{scripts}"


def build_page(
    assistant: Assistant,
    collection: Collection,
    *,
    limit: int = 2000,
    users: bool = False,
    judging: Judging | None = None,
) -> gr.Blocks:
    """Return the page over `assistant`; it still has to be mounted.

    Args:
        assistant: What answers.
        collection: What the first screen tells of.
        limit: Longest question that `assistant` takes, in characters.
        users: Whether readers sign in, and so can sign out.
        judging: Keeps what readers say of answers; None when they are not asked.
    """
    with gr.Blocks(title=ATTRIBUTES["title"].vi, analytics_enabled=False, delete_cache=(3600, 3600)) as page:
        state = gr.State(Conversation(), time_to_live=12 * 3600)
        _html("masthead", _masthead_html(users=users))
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="conversation"):
                start = _html("start", f'<p class="reading">{both("opening")}</p>')
                past, live = _html("past"), _html("live")
                with gr.Column(elem_id="composer"):
                    chips = _html("chips", chips_html(Filters()))
                    with gr.Row(elem_id="asking"):
                        box = gr.Textbox(
                            elem_id="question", lines=1, max_lines=6, show_label=False, container=False,
                            label=ATTRIBUTES["question"].vi, placeholder=ATTRIBUTES["placeholder"].vi, scale=1,
                        )  # fmt: skip
                        send = gr.Button(ATTRIBUTES["send"].vi, elem_id="send", variant="primary", scale=0)
                        stop = gr.Button(ATTRIBUTES["stop"].vi, elem_id="stop", scale=0)
            with gr.Column(elem_id="evidence-column"):
                evidence = _html("evidence", cards_html(None))
        panel = _html("panel")
        desk, setter, reader = (_html(name, script=BRIDGE % name) for name in ("desk", "setter", "reader"))
        judged, file = _html("judged"), _html("file")
        judge, saver = (_html(name, script=BRIDGE % name) for name in ("judge", "saver"))
        shown = Shown(start, past, live, box, evidence, chips, panel, state)
        talk = Talk(assistant, collection, shown, limit=limit, judging=judging)
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": AT_ONCE}
        asking = {**quiet, "concurrency_id": "ask"}
        reading = {**quiet, "concurrency_id": "read", "trigger_mode": "multiple"}
        gr.on([box.submit, send.click], talk.ask, [box, state], shown.all, **asking)
        desk.click(talk.act, [state], shown.all, **asking)
        stop.click(talk.stop, [state], None, **reading)
        setter.click(talk.set, [state], shown.all, **reading)
        reader.click(talk.turn_page, [state], [evidence], **reading)
        judge.click(talk.judge, [state], [judged], **reading)
        saver.click(talk.save, [state], [file], **reading)
        page.load(talk.start, None, [start], **{**quiet, "concurrency_id": "read"})
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    return cast("gr.Blocks", page)


def _html(elem_id: str, value: str = "", *, script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=script, apply_default_css=False)


def _masthead_html(*, users: bool) -> str:
    buttons = "".join(
        f'<button type="button" data-language="{language}" lang="{language}">{name}</button>'
        for language, name in (("vi", "Tiếng Việt"), ("en", "English"))
    )
    actions = (
        f'<button type="button" data-act="new">{both("new")}</button>'
        f'<button type="button" data-show="conversations" aria-haspopup="dialog">{both("conversations")}</button>'
        f'<button type="button" data-show="help" aria-haspopup="dialog">{both("help")}</button>'
    )
    if users:
        actions += f'<button type="button" class="sign-out" data-sign-out>{both("sign_out")}</button>'
    return (
        f'<a class="skip" href="#question">{both("skip")}</a>'
        f'<header class="masthead"><h1>{both("name")}</h1>'
        f'<div class="languages" role="group" data-words="language">{buttons}</div><p>{both("tagline")}</p>'
        f'<nav class="actions">{actions}</nav></header>'
    )
