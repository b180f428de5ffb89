"""HTML of the page: turns of the conversation, cards of evidence, the opened article.

Everything that comes from articles, file names and questions is hostile. It goes through `plain`, which leaves text and
nothing else: no element, no entity, no template, no control character, and one character for one, so that offsets hold.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from qa.schema import Answer, Article, Block, BlockKind, Citation, DateMention, Retrieved
from ui.texts import Text, both, date_text

__all__ = [
    "COMMAND",
    "Exchange",
    "Place",
    "article_html",
    "cards_html",
    "exchange_html",
    "plain",
    "start_html",
    "web_address",
]

COMMAND = "<pre><code>hoibao ingest PATH…</code></pre>"
LONGEST_TITLE = 240
LONGEST_QUESTION = 400
NEAREST = 3
MARK = re.compile(r" ?\[(\d{1,3})\]")
PLACE = re.compile(r"(?P<id>[0-9a-f]{16})(?:@(?P<version>[0-9a-f]{12}))?(?::(?P<start>\d{1,9})-(?P<end>\d{1,9}))?")
# Control characters, lone surrogates and the marks that turn the reading direction show as �, line breaks as themselves.
UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
CONTROL = re.compile(f"[{UNSEEN}]")
POINT = "- "
"""What every line of an answer in points begins with."""
TEMPLATE = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it.

    Attributes:
        answer: As far as it has grown; None while nothing is there, or when it failed.
        failure: HTML of a message, when it failed.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article; `start == end` for the article as a whole.

    Attributes:
        version: The beginning of the content hash of the text the offsets refer to; "" for the present one.
    """

    article_id: str
    start: int = 0
    end: int = 0
    version: str = ""

    def __str__(self) -> str:
        version = f"@{self.version}" if self.version else ""
        stretch = f":{self.start}-{self.end}" if self.end > self.start else ""
        return f"{self.article_id}{version}{stretch}"

    @classmethod
    def parse(cls, text: object) -> "Place | None":
        """Return the place that `str(place)` named, or None when `text` is anything else."""
        found = PLACE.fullmatch(text) if isinstance(text, str) else None
        return found and cls(found["id"], int(found["start"] or 0), int(found["end"] or 0), found["version"] or "")


def plain(text: str, *, longest: int | None = None) -> str:
    """Return `text` as HTML that shows it and does nothing, cut to `longest` characters with an ellipsis."""
    if longest is not None and len(text) > longest:
        text = text[:longest].rstrip() + "…"
    shown = CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return escape(shown).translate(TEMPLATE)


def web_address(url: str | None) -> str | None:
    """Return `url` when it is an ordinary web address that a link may lead to, else None."""
    if not url or CONTROL.search(url) or re.search(r"[\s\\<>\"'`{}]", url):
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return url if usable else None


def start_html(count: int, examples: Sequence[Text]) -> str:
    """Return the page before the first question: what can be asked, or that nothing has been ingested."""
    if not count:
        return f'<section class="start"><h2>{both("empty")}</h2><p>{both("empty_how")}</p>{COMMAND}</section>'
    said = both("articles" if examples else "no_examples", count=count)
    buttons = "".join(
        f'<li class="t" lang="{language}"><button type="button" class="example" data-ask="{plain(words)}">'
        f"{plain(words)}</button></li>"
        for text in examples
        for language, words in text._asdict().items()
    )
    return f'<section class="start"><h2>{both("start")}</h2><p>{said}</p><ul class="examples">{buttons}</ul></section>'


def exchange_html(exchange: Exchange, number: int) -> str:
    """Return one question with its answer; `number` counts exchanges from 0 and comes back with a clicked mark."""
    question = plain(exchange.question, longest=LONGEST_QUESTION)
    return (
        f'<section class="exchange" data-exchange="{number}"><h2 class="question">{question}</h2>'
        f"{exchange.failure or _answer_html(exchange.answer, number)}</section>"
    )


def cards_html(exchange: Exchange | None, number: int = 0) -> str:
    """Return the evidence of an exchange: a card for each citation, else the nearest articles, else a word about it."""
    heading = both("evidence")
    answer = exchange.answer if exchange else None
    if exchange is None or (answer is None and not exchange.failure):
        body = f'<p class="quiet">{both("evidence_wait")}</p>'
    elif answer and answer.citations:
        body = f'<ol class="cards">{"".join(_card_html(c, number) for c in answer.citations)}</ol>'
    elif answer and not answer.answered and answer.done and answer.retrieved:
        heading = both("nearest")
        body = f'<ul class="cards">{"".join(_nearest_html(r, number) for r in answer.retrieved[:NEAREST])}</ul>'
    else:
        body = f'<p class="quiet">{both("evidence_none")}</p>'
    return (
        f'<section class="pane" data-pane="cards"><h2 class="pane-title" tabindex="-1">{heading}</h2>{body}</section>'
    )


def article_html(article: Article | None, place: Place, number: int = 0, *, until: str | None = None) -> str:
    """Return a whole article with the stretch `place` highlighted, or the message that it is gone.

    Args:
        article: The article as it was when it was quoted.
        place: What is highlighted.
        number: Of the exchange the reader goes back to.
        until: The moment it was changed or removed since, if it was.
    """
    back = f'<p class="back"><button type="button" data-back="{number}">{both("back")}</button></p>'
    if article is None:
        inner = f'<p class="quiet">{both("gone")}</p>'
    else:
        since = f'<p class="since" role="note">{both("changed")} {date_text(until[:10])}.</p>' if until else ""
        inner = since + _head_html(article, place) + _text_html(article, place)
    return f'<section class="pane" data-pane="article" data-place="{place}">{back}{inner}</section>'


def _answer_html(answer: Answer | None, number: int) -> str:
    if answer is None:
        return f'<p class="reading">{both("reading")}</p>'
    told = {c.marker: c for c in answer.citations}

    def button(found: re.Match[str]) -> str:
        citation = told.get(int(found[1]))
        # a narrow space that does not break keeps the mark beside the words it proves
        return f"\N{NARROW NO-BREAK SPACE}{_mark_html(citation, number)}" if citation else found[0]

    lines = answer.text.split("\n")
    if all(line.startswith(POINT) for line in lines):
        points = (f"<li>{MARK.sub(button, plain(line.removeprefix(POINT)))}</li>" for line in lines)
        text = f"<ul>{''.join(points)}</ul>"
    else:
        text = MARK.sub(button, plain(answer.text))
    declined = answer.done and not answer.answered
    state = " declined" if declined else "" if answer.done else " growing"
    understood = (
        f'<p class="understood">{both("understood")} {plain(answer.understood)}</p>' if answer.understood else ""
    )
    note = f'<p class="quiet"{_lang(answer.language)}>{plain(answer.note)}</p>' if answer.note else ""
    return f'{understood}<div class="answer{state}"><div class="said"{_lang(answer.language)}>{text}</div></div>{note}'


def _mark_html(citation: Citation, number: int) -> str:
    place = _place_of(citation)
    title = plain(citation.title, longest=LONGEST_TITLE)
    return (
        f'<button type="button" class="mark" data-open="{plain(str(place))}" data-exchange="{number}" '
        f'data-marker="{citation.marker}" aria-label="[{citation.marker}] {title}">[{citation.marker}]</button>'
    )


def _card_html(citation: Citation, number: int) -> str:
    place = _place_of(citation)
    caption = f'<span class="tag">{both("caption")}</span> ' if citation.kind is BlockKind.CAPTION else ""
    copies = (
        f" · {both('copies')} {plain(', '.join(citation.copies), longest=LONGEST_TITLE)}" if citation.copies else ""
    )
    return (
        f'<li class="card" data-marker="{citation.marker}" data-exchange="{number}">'
        f'<p class="meta"><span class="number">{citation.marker}</span>'
        f"{_meta_html(citation.outlet, citation.event, citation.published)}</p>"
        f'<h3><button type="button" data-open="{plain(str(place))}" data-exchange="{number}" '
        f'data-marker="{citation.marker}">{_title_html(citation.title)}</button></h3>'
        f"<blockquote>{caption}{plain(citation.quote)}</blockquote>"
        f'<p class="file">{plain(citation.source, longest=LONGEST_TITLE)}{copies}</p></li>'
    )


def _place_of(citation: Citation) -> Place:
    return Place(citation.article_id, citation.start, citation.end, citation.content_hash[:12])


def _nearest_html(row: Retrieved, number: int) -> str:
    return (
        f'<li class="card"><h3><button type="button" data-open="{plain(row.article_id)}" data-exchange="{number}">'
        f'{_title_html(row.title)}</button></h3><p class="file">{plain(row.source, longest=LONGEST_TITLE)}</p></li>'
    )


def _title_html(title: str) -> str:
    return plain(title, longest=LONGEST_TITLE) if title.strip() else both("untitled")


def _meta_html(outlet: str | None, event: str | None, published: str | None) -> str:
    parts = [f'<span class="outlet">{plain(outlet, longest=80)}</span>'] if outlet else []
    parts += [f"<span>{both('happened')} {_clean_date(event)}</span>"] if event else []
    parts += [f"<span>{both('published')} {_clean_date(published)}</span>"] if published else []
    return "".join(parts)


def _clean_date(value: str) -> str:
    return date_text(value) if re.fullmatch(r"[\d-]{2,10}(T[\d:.+Z-]*)?", value) else plain(value, longest=40)


def _head_html(article: Article, place: Place) -> str:
    title_block = next((b for b in article.blocks if b.kind is BlockKind.TITLE), None)
    title = _highlight(article, title_block, place) if title_block else _title_html(article.title)
    derived = f'<p class="quiet">{both("derived")}</p>' if article.title_derived else ""
    facts = [_date_html("happened", article.event), _date_html("published", article.published)]
    address = web_address(article.url)
    if address:
        link = f'<a href="{plain(address)}" target="_blank" rel="noopener noreferrer">{plain(urlsplit(address).hostname or "")}</a>'
        facts.append(f"<dt>{both('original')}</dt><dd>{link}</dd>")
    facts.append(f"<dt>{both('file')}</dt><dd>{plain(article.source, longest=LONGEST_TITLE)}</dd>")
    if article.copies:
        facts.append(f"<dt>{both('copies')}</dt><dd>{plain(', '.join(article.copies), longest=LONGEST_TITLE)}</dd>")
    outlet = (
        f'<p class="meta"><span class="outlet">{plain(article.outlet, longest=80)}</span></p>' if article.outlet else ""
    )
    return (
        f'<header>{outlet}<h2 class="pane-title" tabindex="-1"{_lang(article.language)}>{title}</h2>'
        f'{derived}<dl class="facts">{"".join(facts)}</dl></header>'
    )


def _date_html(name: str, mention: DateMention | None) -> str:
    if mention is None:
        return ""
    words = " … ".join(plain(part, longest=80) for part in (mention.text, mention.basis) if part)
    source = f' <span class="quiet">({both("read_from")} “{words}”)</span>' if words else ""
    return f"<dt>{both(name)}</dt><dd>{_clean_date(mention.value)}{source}</dd>"


def _text_html(article: Article, place: Place) -> str:
    titles = [b for b in article.blocks if b.kind is BlockKind.TITLE][:1]
    shown = [b for b in article.blocks if b not in titles]
    return f'<div class="text"{_lang(article.language)}>{"".join(_block_html(article, b, place) for b in shown)}</div>'


def _block_html(article: Article, block: Block, place: Place) -> str:
    tags = {BlockKind.CAPTION: "caption", BlockKind.HOLE: "hole"}
    tag = f'<span class="tag">{both(tags[block.kind])}</span> ' if block.kind in tags else ""
    return f'<p class="{block.kind.value}">{tag}{_highlight(article, block, place)}</p>'


def _highlight(article: Article, block: Block, place: Place) -> str:
    start, end = max(block.start, place.start), min(block.end, place.end)
    if start >= end:
        return plain(article.text[block.start : block.end])
    before, quoted, after = (
        plain(article.text[a:b]) for a, b in ((block.start, start), (start, end), (end, block.end))
    )
    return f'{before}<mark class="quoted">{quoted}</mark>{after}'


def _lang(language: str) -> str:
    return f' lang="{language}"' if language in {"vi", "en"} else ""
