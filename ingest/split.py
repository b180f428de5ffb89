"""Splitting an article into passages of whole sentences."""

from collections.abc import Iterator

from qa.language.sentences import split_sentences
from qa.schema import Article, BlockKind, Passage

__all__ = ["TARGET_CHARS", "split"]

TARGET_CHARS = 1000
"""A passage grows by whole sentences until the next one would carry it past this."""

_Sentence = tuple[BlockKind, int, int]


def split(article: Article) -> list[Passage]:
    """Return the passages of an article in order.

    They are what is searched for, not what is quoted, so title and captions go with the text they stand by; holes are left
    out and part what stands around them. A sentence longer than `TARGET_CHARS` is a passage alone. The sentences that a
    passage is filled up with are spread evenly, so that no stub is left at the end.
    """
    passages = [_passage(article, part) for run in _runs(article) for part in _even(run)]
    return [p for p in passages if any(c.isalnum() for c in p.text)]


def _runs(article: Article) -> Iterator[list[_Sentence]]:
    """Yield the sentences between two holes."""
    run: list[_Sentence] = []
    for block in article.blocks:
        if block.kind is BlockKind.HOLE:
            yield run
            run = []
            continue
        text = article.text[block.start : block.end]
        run += [(block.kind, block.start + s, block.start + e) for s, e in split_sentences(text)]
    yield run


def _even(run: list[_Sentence]) -> Iterator[list[_Sentence]]:
    """Yield groups of sentences, as few as the target allows and about equally long."""
    if not run:
        return
    length = run[-1][2] - run[0][1]
    target = min(TARGET_CHARS, length / -(-length // TARGET_CHARS) + MARGIN)
    group: list[_Sentence] = []
    for sentence in run:
        if group and sentence[2] - group[0][1] > target:
            yield group
            group = []
        group.append(sentence)
    yield group


MARGIN = 100
"""Characters a passage may be longer than an even share; sentences do not end where it would be even."""


def _passage(article: Article, group: list[_Sentence]) -> Passage:
    kinds = {kind for kind, _, _ in group}
    kind = kinds.pop() if len(kinds) == 1 else BlockKind.BODY
    start, end = group[0][1], group[-1][2]
    return Passage(article.id, kind, start, end, article.text[start:end])
