"""Small articles for the tests of the reader, described as ingestion describes them."""

from qa.language.dates import find_dates, resolve
from qa.question import understand
from qa.reading.finders import find_spans
from qa.reading.views import view_of
from qa.schema import Article, Block, BlockKind, DateRole


def build(
    id: str, *paragraphs: str | tuple[BlockKind, str], event: int | None = None, published: str | None = None
) -> Article:
    """An article whose first paragraph is its title; `event` says which of its dates is its own."""
    kinds = [(BlockKind.BODY, p) if isinstance(p, str) else p for p in paragraphs]
    kinds[0] = (BlockKind.TITLE, kinds[0][1])
    text = "\n".join(p for _, p in kinds)
    blocks, at = [], 0
    for kind, paragraph in kinds:
        blocks.append(Block(kind, at, at + len(paragraph)))
        at += len(paragraph) + 1
    dates = resolve(find_dates(text), text, published)
    if event is not None:
        dates[event] = dates[event]._replace(role=DateRole.EVENT)
    return Article(
        id=id, source=f"t/{id}.txt", title=kinds[0][1], text=text, blocks=tuple(blocks), language="vi",
        content_hash="0" * 64, dates=tuple(dates), event=None if event is None else dates[event],
    )  # fmt: skip


def tried(question: str, text: str) -> list[str]:
    """What of a sentence is tried as the answer to a question, one stretch at a time."""
    asked = understand(question)
    view = view_of(build("a", "Tin", text))
    sentence = view.sentences[-1]
    found = find_spans(asked, asked.slots[0], view, sentence)
    return [view.article.text[s.start : s.end] for s in found if len(s.parts) == 1]
