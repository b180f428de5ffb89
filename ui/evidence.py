"""HTML of the evidence: the cards of an answer, and the article one of them opens."""

import re
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlsplit

from qa.errors import HoibaoError
from qa.ledger import Version
from qa.proving import proving
from qa.schema import Answer, Article, Block, BlockKind, Citation, DateMention, Retrieved
from ui.conversation import Exchange
from ui.places import VERSION_CHARS, Place, place_of
from ui.plain import LONGEST_TITLE, language_of, plain, web_address
from ui.texts import both, date_text

__all__ = ["Versions", "article_html", "cards_html", "opened_html"]

NEAREST = 3


def cards_html(exchange: Exchange | None, number: int = 0) -> str:
    """Return the evidence of an exchange: a card for each citation, else the nearest articles, else a word about it."""
    heading = both("evidence")
    answer = exchange.answer if exchange else None
    if exchange is None or not (exchange.over or (answer and answer.citations)):
        body = f'<p class="quiet">{both("evidence_wait")}</p>'
    elif answer and answer.citations:
        body = f'<ol class="cards">{"".join(_card_html(answer, c, number) for c in answer.citations)}</ol>'
    elif answer and not answer.answered and answer.done and answer.retrieved:
        heading = both("nearest")
        body = f'<ul class="cards">{"".join(_nearest_html(r, number) for r in answer.retrieved[:NEAREST])}</ul>'
    else:
        body = f'<p class="quiet">{both("evidence_none")}</p>'
    return (
        f'<section class="pane" data-pane="cards"><details class="fold" open><summary>'
        f'<h2 class="pane-title" tabindex="-1">{heading}</h2></summary>{body}</details></section>'
    )


class Versions(Protocol):
    """Where articles are looked up as they are and were: the ledger, or an assistant over one."""

    def version(self, id: str, content_hash: str, /) -> Version | None:
        """Return an article as it was when its content hash began so."""

    def versions(self, id: str, /) -> Sequence[Version]:
        """Return an article as it is and was, latest first."""


def opened_html(known: Versions, place: Place, number: int = 0, *, back: str = "back") -> str:
    """Return the article of a place, as it was when it was quoted; see `article_html`."""
    try:
        found = known.version(place.article_id, place.version)
        versions = known.versions(place.article_id) if found else ()
    except HoibaoError:
        found, versions = None, ()
    article, until = (found.article, found.until) if found else (None, None)
    return article_html(article, place, number, until=until, versions=versions, back=back)


def article_html(
    article: Article | None,
    place: Place,
    number: int = 0,
    *,
    until: str | None = None,
    versions: Sequence[Version] = (),
    back: str = "back",
) -> str:
    """Return a whole article with the stretch `place` highlighted, or the message that it is gone.

    Args:
        article: The article as it was when it was quoted.
        place: What is highlighted.
        number: Of the exchange the reader goes back to.
        until: The moment it was changed or removed since, if it was.
        versions: All there are of it, latest first.
        back: Name of the words of the way back.
    """
    way = f'<p class="back"><button type="button" data-back="{number}">{both(back)}</button></p>'
    if article is None:
        inner = f'<p class="quiet">{both("gone")}</p>'
    else:
        since = f'<p class="since" role="note">{both("changed")} {date_text(until[:10])}.</p>' if until else ""
        inner = (
            since + _head_html(article, place) + _text_html(article, place) + _versions_html(article, versions, number)
        )
    return f'<section class="pane" data-pane="article" data-place="{place}">{way}{inner}</section>'


def _card_html(answer: Answer, citation: Citation, number: int) -> str:
    place = place_of(citation)
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
        f"<blockquote>{caption}{_quote_html(answer, citation)}</blockquote>"
        f'<p class="file">{plain(citation.source, longest=LONGEST_TITLE)}{copies}</p></li>'
    )


def _quote_html(answer: Answer, citation: Citation) -> str:
    """Return the quotation with what proves the answer's sentence in bold."""
    html, at = "", 0
    for start, end in proving(answer, citation):
        html += f"{plain(citation.quote[at:start])}<strong>{plain(citation.quote[start:end])}</strong>"
        at = end
    return html + plain(citation.quote[at:])


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
        f'<header>{outlet}<h2 class="pane-title" tabindex="-1"{language_of(article.language)}>{title}</h2>'
        f'{derived}<dl class="facts">{"".join(facts)}</dl></header>'
    )


def _versions_html(shown: Article, versions: Sequence[Version], number: int) -> str:
    if len(versions) < 2:
        return ""
    rows = "".join(f"<li>{_version_html(shown, v, number)}</li>" for v in versions)
    return (
        f'<details class="versions"><summary>{both("versions", count=len(versions))}</summary><ol>{rows}</ol></details>'
    )


def _version_html(shown: Article, version: Version, number: int) -> str:
    when = version.until or version.since
    said = f"{both('version_then' if version.until else 'version_now')} {_clean_date(when[:10])}"
    article = version.article
    if article.content_hash == shown.content_hash:
        return f'{said} <span class="tag">{both("shown_now")}</span>'
    place = Place(article.id, version=article.content_hash[:VERSION_CHARS])
    return (
        f'<button type="button" class="tool" data-open="{plain(str(place))}" data-exchange="{number}">{said}</button>'
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
    return f'<div class="text"{language_of(article.language)}>{"".join(_block_html(article, b, place) for b in shown)}</div>'


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
