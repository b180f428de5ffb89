"""The year of an event, where the sentence that tells of it leaves it to its article: `hội nghị năm 2019 do …`.

Articles name the year once, in the title or where they say when the thing happened, and every later sentence of it means that one.
A sentence that names event and year together thus stands on two quotations: what was done, and when that was.
"""

import re

from qa.citations import MAX_QUOTE_CHARS, Quote
from qa.language.sentences import split_sentences
from qa.schema import Article, BlockKind

__all__ = ["framed"]

_EVENT = (
    r"(?:hội nghị|hội thảo|đại hội|cuộc họp|phiên họp|kỳ họp|cuộc gặp(?: mặt)?|buổi (?:lễ|họp|gặp|làm việc)|lễ"
    r"|conference|meeting|congress|session|ceremony|gathering|workshop)"
)
_NAMED = re.compile(
    rf"(?P<before>\b{_EVENT}\b(?: (?!năm\b)\w+){{0,6}}?)\s+(?:(?:trong|của|vào) )?năm (?P<vi>(?:19|20)\d\d)\b"
    rf"|\b(?P<article>[Tt]he )(?P<en>(?:19|20)\d\d) (?P<named>(?:\w+ ){{0,2}}{_EVENT}\b)"
    rf"|(?P<head>\b{_EVENT}\b) (?:of|in) (?P<of>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def framed(text: str, quote: Quote) -> tuple[str, Quote] | None:
    """Return a sentence without the year of the event it names, and the quotation that gives that year.

    None when it names no event with a year, more than one year, or another than its article's; or when the quotation speaks of a
    year itself.
    """
    found = _NAMED.search(text)
    if found is None or len(_YEAR.findall(text)) != 1 or _YEAR.search(quote.text):
        return None
    year = found["vi"] or found["en"] or found["of"]
    said = found["before"] or (f"{found['article']}{found['named']}" if found["named"] else found["head"])
    proof = _proof(year, quote.article)
    return None if proof is None else (text[: found.start()] + said + text[found.end() :], proof)


def _proof(year: str, article: Article) -> Quote | None:
    """Return where an article says that what it tells of happened in a year."""
    event = article.event
    if event is not None and event.value[:4] != year:
        return None
    title = next((b for b in article.blocks if b.kind is BlockKind.TITLE), None)
    if title is not None and set(_YEAR.findall(article.text[title.start : title.end])) == {year}:
        return Quote(article, title.start, title.end) if title.end - title.start <= MAX_QUOTE_CHARS else None
    if event is None or event.start == event.end or year not in event.text:
        return None
    block = next((b for b in article.blocks if b.start <= event.start < b.end and b.kind is not BlockKind.HOLE), None)
    if block is None:
        return None
    for start, end in split_sentences(article.text[block.start : block.end]):
        if block.start + start <= event.start < block.start + end and end - start <= MAX_QUOTE_CHARS:
            return Quote(article, block.start + start, block.start + end)
    return None
