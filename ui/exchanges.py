"""HTML of the conversation: the first screen, and questions with their answers."""

import re
from collections.abc import Callable, Sequence

from qa.schema import Answer, Citation
from ui.conversation import Exchange
from ui.judging import Judgement, judgement_html
from ui.places import place_of
from ui.plain import LONGEST_TITLE, language_of, plain
from ui.records import copied, link_of, record_of
from ui.saving import menu_html
from ui.texts import Text, both
from ui.understood import understood_html

__all__ = ["COMMAND", "exchange_html", "start_html"]

COMMAND = "<pre><code>hoibao ingest PATH…</code></pre>"
LONGEST_QUESTION = 400
MARK = re.compile(r" ?\[(\d{1,3})\]")
UNPROVEN = " [?]"
"""What stands behind a sentence that no quotation proves, where such sentences are shown."""
LONGEST_LEAD = 200
"""Characters within which the bare answer stands, if there is one."""
POINT = "- "
"""What every line of an answer in points begins with."""


def start_html(count: int, examples: Sequence[Text]) -> str:
    """Return the page before the first question: what can be asked, or that nothing has been ingested."""
    if not count:
        return f'<section class="start"><h2>{both("empty")}</h2><p>{both("empty_how")}</p>{COMMAND}</section>'
    said = both("articles" if examples else "no_examples", count=count)
    buttons = "".join(
        f'<li class="t" lang="{language}"><button type="button" class="example" data-act="ask" data-ask="{plain(words)}">'
        f"{plain(words)}</button></li>"
        for text in examples
        for language, words in text._asdict().items()
    )
    return f'<section class="start"><h2>{both("start")}</h2><p>{said}</p><ul class="examples">{buttons}</ul></section>'


def exchange_html(
    exchange: Exchange,
    number: int,
    *,
    conversation: str = "",
    before: Sequence[Exchange] = (),
    last: bool = True,
    judgement: Judgement | None = None,
) -> str:
    """Return one question with its answer.

    Args:
        exchange: The question.
        number: Counts exchanges from 0 and comes back with a clicked mark.
        conversation: Under which the browser keeps it.
        before: The exchanges that a follow-up rests on.
        last: Whether it can be asked again and edited.
        judgement: What its reader said of it; None when it cannot be judged.
    """
    question = plain(exchange.question, longest=LONGEST_QUESTION)
    record = record_of(exchange) if conversation else ""
    kept = f' data-conversation="{conversation}" data-record="{plain(record)}"' if record else ""
    stopped = f'<p class="stopped" role="status">{both("stopped")}</p>' if exchange.stopped else ""
    tools = _tools_html(exchange, number, before, last=last) if exchange.over else ""
    tools += judgement_html(judgement, number) if judgement and exchange.over else ""
    origin = f'<p class="quiet origin">{both("from_file")}</p>' if exchange.origin == "file" else ""
    inner = exchange.failure or understood_html(exchange) + _answer_html(exchange, number)
    return (
        f'<section class="exchange" data-exchange="{number}"{kept}><h2 class="question">{question}</h2>'
        f"{origin}{inner}{stopped}{tools}</section>"
    )


def _answer_html(exchange: Exchange, number: int) -> str:
    answer = exchange.answer
    if answer is None:
        return "" if exchange.stopped else f'<p class="reading">{both("reading")}</p>'
    told = {c.marker: c for c in answer.citations}
    doubted = sorted(answer.unproven, key=len, reverse=True)

    def line_html(line: str) -> str:
        for sentence in doubted:
            said, mark, rest = line.partition(sentence + UNPROVEN)
            if mark:
                return f"{line_html(said)}{_unproven_html(sentence)}{line_html(rest)}"
        return MARK.sub(lambda found: _button_html(found, told, number), plain(line))

    lines = answer.text.split("\n")
    if all(line.startswith(POINT) for line in lines):
        points = (f"<li>{line_html(line.removeprefix(POINT))}</li>" for line in lines)
        text = f"<ul>{''.join(points)}</ul>"
    else:
        text = _with_lead(answer, line_html)
    declined = answer.done and not answer.answered and not exchange.stopped
    state = " declined" if declined else "" if exchange.over else " growing"
    note = f'<p class="quiet"{language_of(answer.language)}>{plain(answer.note)}</p>' if answer.note else ""
    return f'<div class="answer{state}"><div class="said"{language_of(answer.language)}>{text}</div></div>{note}'


def _with_lead(answer: Answer, line_html: Callable[[str], str]) -> str:
    """Return the text with what a reader looks for first set apart: the bare answer before the first mark, or that there is none."""
    mark = MARK.search(answer.text)
    at = mark.start() if mark else answer.text.find(". ") + 1 if answer.done and not answer.answered else 0
    if not 0 < at <= LONGEST_LEAD or answer.unproven:
        return line_html(answer.text)
    return f'<span class="lead">{line_html(answer.text[:at])}</span>{line_html(answer.text[at:])}'


def _button_html(found: re.Match[str], told: dict[int, Citation], number: int) -> str:
    citation = told.get(int(found[1]))
    # a narrow space that does not break keeps the mark beside the words it proves
    return f"\N{NARROW NO-BREAK SPACE}{_mark_html(citation, number)}" if citation else found[0]


def _unproven_html(sentence: str) -> str:
    return f'<span class="unproven">{plain(sentence)} <span class="tag">{both("unproven")}</span></span>'


def _mark_html(citation: Citation, number: int) -> str:
    place = place_of(citation)
    title = plain(citation.title, longest=LONGEST_TITLE)
    return (
        f'<button type="button" class="mark" data-open="{plain(str(place))}" data-exchange="{number}" '
        f'data-marker="{citation.marker}" aria-label="[{citation.marker}] {title}">[{citation.marker}]</button>'
    )


def _tools_html(exchange: Exchange, number: int, before: Sequence[Exchange], *, last: bool) -> str:
    tools, menu = [], ""
    if exchange.answer is not None:
        tools.append(f'data-copy="{plain(copied(exchange))}">{both("copy")}')
        tools.append(f'data-link="{plain(link_of(exchange, before))}">{both("link")}')
        menu = menu_html(number)
    if last:
        tools += [f'data-act="retry">{both("retry")}', f'data-act="edit">{both("edit")}']
    buttons = "".join(f'<button type="button" class="tool" {tool}</button>' for tool in tools)
    return f'<div class="tools" role="group" data-words="tools">{buttons}{menu}</div>' if tools else ""
