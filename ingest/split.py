"""Splitting an article into passages of whole sentences."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from qa.language.sentences import split_sentences
from qa.schema import Article, Block, BlockKind, Passage

__all__ = ["TARGET_CHARS", "split"]

TARGET_CHARS = 600
"""A passage grows by whole sentences until the next one would carry it past this."""


def split(article: Article) -> list[Passage]:
    """Return the passages of an article in order.

    Title and captions are passages of their own, so that a quotation from one can be named as such; holes are left out.
    A sentence longer than `TARGET_CHARS` is a passage alone.
    """
    passages = [_passage(article, kind, start, end) for kind, start, end in _spans(article)]
    return [p for p in passages if any(c.isalnum() for c in p.text)]


def _spans(article: Article) -> Iterator[tuple[BlockKind, int, int]]:
    body: list[Block] = []
    for block in article.blocks:
        if block.kind is BlockKind.BODY:
            body.append(block)
            continue
        yield from _grouped(article.text, body)
        body = []
        if block.kind is not BlockKind.HOLE:
            yield block.kind, block.start, block.end
    yield from _grouped(article.text, body)


def _grouped(text: str, blocks: Iterable[Block]) -> Iterator[tuple[BlockKind, int, int]]:
    start = end = -1
    for block in blocks:
        for s, e in split_sentences(text[block.start : block.end]):
            first, last = block.start + s, block.start + e
            if start >= 0 and last - start > TARGET_CHARS:
                yield BlockKind.BODY, start, end
                start = -1
            if start < 0:
                start = first
            end = last
    if start >= 0:
        yield BlockKind.BODY, start, end


def _passage(article: Article, kind: BlockKind, start: int, end: int) -> Passage:
    text = article.text[start:end]
    digest = blake2b(text.encode(), digest_size=4).hexdigest()
    return Passage(f"{article.id}:{start}-{end}:{digest}", article.id, kind, start, end, text)
