"""The page: one conversation on the left, its evidence on the right; other views beside it.

Gradio takes seconds to import, so `ui.server` imports this module only when it serves.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, cast

import gradio as gr

from qa.schema import Filters
from ui.collection import Assistant, Collection
from ui.conversation import Conversation
from ui.delivery import Region, delivered, delivered_once
from ui.evidence import cards_html
from ui.fonts import font_faces
from ui.judging import Judging
from ui.masthead import masthead_html
from ui.scope import chips_html
from ui.talk import Talk
from ui.texts import ATTRIBUTES, both
from ui.views import View, add_views, html, places_of

__all__ = ["Assistant", "Collection", "build_page", "head_html"]

AT_ONCE = 8
WAITING = 256
STYLES = ("page.css", "chat.css", "sheets.css", "keeping.css")
SCRIPTS = (
    "streams.js", "base.js", "regions.js", "language.js", "evidence.js", "answers.js", "asking.js", "filters.js", "conversations.js",
    "judging.js", "saving.js", "keys.js",
)  # fmt: skip
"""In this order: `streams.js` comes before Gradio's own scripts ask for anything, `base.js` holds what the others share."""
BRIDGE = """
window.hoibao.connect('%(name)s', (data) => trigger('click', data));
"""
"""What lets the page's own scripts start an event with data of theirs."""
DELIVERY = """
watch('value', () => window.hoibao.place('%(name)s', props.value));
"""
"""What lets them put in place what comes of it."""


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
    views: Sequence[View] = (),
) -> gr.Blocks:
    """Return the page over `assistant`; it still has to be mounted.

    Args:
        assistant: What answers.
        collection: What the first screen tells of.
        limit: Longest question that `assistant` takes, in characters.
        users: Whether readers sign in, and so can sign out.
        judging: Keeps what readers say of answers; None when they are not asked.
        views: What else there is beside the conversation.
    """
    with gr.Blocks(title=ATTRIBUTES["title"].vi, analytics_enabled=False, delete_cache=(3600, 3600)) as page:
        state = gr.State(Conversation(), time_to_live=12 * 3600)
        html("masthead", masthead_html(places_of(views), "", users=users))
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="conversation"):
                _region(Region.START, f'<p class="reading">{both("opening")}</p>')
                _region(Region.PAST)
                _region(Region.LIVE)
                with gr.Column(elem_id="composer"):
                    _region(Region.CHIPS, chips_html(Filters()))
                    with gr.Row(elem_id="asking"):
                        box = gr.Textbox(
                            elem_id="question", lines=1, max_lines=6, show_label=False, container=False,
                            label=ATTRIBUTES["question"].vi, placeholder=ATTRIBUTES["placeholder"].vi, scale=1,
                        )  # fmt: skip
                        send = gr.Button(ATTRIBUTES["send"].vi, elem_id="send", variant="primary", scale=0)
                        stop = gr.Button(ATTRIBUTES["stop"].vi, elem_id="stop", scale=0)
            with gr.Column(elem_id="evidence-column"):
                _region(Region.EVIDENCE, cards_html(None))
        _region(Region.PANEL)
        desk, setter, reader = (_bridge(name, BRIDGE + DELIVERY) for name in ("desk", "setter", "reader"))
        judged, file = html("judged"), html("file")
        judge, saver = (_bridge(name, BRIDGE) for name in ("judge", "saver"))
        talk = Talk(assistant, collection, limit=limit, judging=judging)
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": AT_ONCE}
        asking = {**quiet, "concurrency_id": "ask"}
        # Gradio would drop what is sent before the stream of the last answer is closed, a moment after the answer is whole.
        typing = {**asking, "trigger_mode": "always_last"}
        reading = {**quiet, "concurrency_id": "read", "trigger_mode": "multiple"}
        gr.on([box.submit, send.click], delivered(talk.ask), [box, state], [desk, state], **typing)
        desk.click(delivered(talk.act), [state], [desk, state], **asking)
        stop.click(talk.stop, [state], None, **reading)
        setter.click(delivered_once(talk.set), [state], [setter, state], **reading)
        reader.click(delivered_once(talk.turn_page), [state], [reader, state], **reading)
        judge.click(talk.judge, [state], [judged], **reading)
        saver.click(talk.save, [state], [file], **reading)
        page.load(delivered_once(talk.start), None, [desk, state], **{**quiet, "concurrency_id": "read"})
    add_views(page, views, users=users)
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    return cast("gr.Blocks", page)


def _region(region: Region, value: str = "") -> gr.HTML:
    return html(region, f'<div data-region="{region}">{value}</div>')


def _bridge(name: str, script: str) -> gr.HTML:
    return gr.HTML(None, elem_id=name, html_template="", js_on_load=script % {"name": name}, apply_default_css=False)
