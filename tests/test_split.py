"""Passages: whole sentences, in order, nothing twice and nothing left out."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.split import TARGET_CHARS, split
from qa.language.sentences import split_sentences
from qa.schema import Article, Block, BlockKind, Passage

SENTENCE = "Đồng chí Nguyễn Văn A phát biểu khai mạc hội nghị lần thứ ba."
WORD = st.sampled_from(["hội", "Đồng", "chí", "2019", "1.", "T.", "…", "họp", "x" * 650, "“Vâng”", "—", "🎏", "TP.HCM"])
LINE = st.lists(WORD | st.sampled_from([".", "!", "xong.", "thôi?"]), min_size=1, max_size=60).map(" ".join)
BLOCKS = st.lists(st.tuples(st.sampled_from(list(BlockKind)), LINE), max_size=12)


def article(*blocks: tuple[BlockKind, str]) -> Article:
    made, start = [], 0
    for kind, text in blocks:
        made.append(Block(kind, start, start + len(text)))
        start += len(text) + 1
    text = "\n".join(text for _, text in blocks)
    return Article("00ff00ff00ff00ff", "a/b.txt", "Tựa", text, tuple(made), "vi", "c" * 64)


def body(*texts: str) -> Article:
    return article(*((BlockKind.BODY, text) for text in texts))


def sentences(made: Article, kind: BlockKind) -> list[tuple[int, int]]:
    """Return the sentences of the blocks of a kind that hold a letter or a digit."""
    spans = [
        (block.start + s, block.start + e)
        for block in made.blocks
        if block.kind is kind
        for s, e in split_sentences(made.text[block.start : block.end])
    ]
    return [(s, e) for s, e in spans if any(c.isalnum() for c in made.text[s:e])]


def holder(passages: list[Passage], start: int, end: int) -> Passage | None:
    return next((p for p in passages if p.start <= start and end <= p.end), None)


@given(BLOCKS)
def test_passages_are_slices_in_order_that_do_not_overlap(blocks: list[tuple[BlockKind, str]]) -> None:
    made = article(*blocks)
    passages = split(made)
    for passage in passages:
        assert passage.article_id == made.id
        assert passage.text == made.text[passage.start : passage.end]
        assert any(c.isalnum() for c in passage.text)
    for left, right in pairwise(passages):
        assert left.end <= right.start
    assert len({p.id for p in passages}) == len(passages)
    assert split(made) == passages


@given(BLOCKS)
def test_every_sentence_is_whole_in_one_passage_of_its_kind(blocks: list[tuple[BlockKind, str]]) -> None:
    made = article(*blocks)
    passages = split(made)
    for start, end in sentences(made, BlockKind.BODY):
        found = holder(passages, start, end)
        assert found is not None
        assert found.kind is BlockKind.BODY
    for block in made.blocks:
        inside = [p for p in passages if p.start < block.end and block.start < p.end]
        if block.kind is BlockKind.HOLE:
            assert inside == []  # never evidence
        elif block.kind is not BlockKind.BODY and sentences(made, block.kind) and inside:
            assert [(p.kind, p.start, p.end) for p in inside] == [(block.kind, block.start, block.end)]
        elif block.kind is not BlockKind.BODY:
            assert not any(c.isalnum() for c in made.text[block.start : block.end])


@given(BLOCKS)
def test_passages_are_as_large_as_the_target_lets_them_be(blocks: list[tuple[BlockKind, str]]) -> None:
    made = article(*blocks)
    passages = [p for p in split(made) if p.kind is BlockKind.BODY]
    for passage in passages:
        inside = [s for s in sentences(made, BlockKind.BODY) if passage.start <= s[0] and s[1] <= passage.end]
        assert passage.end - passage.start <= TARGET_CHARS or len(inside) == 1
    between = [b.start for b in made.blocks if b.kind is not BlockKind.BODY]
    everything = [
        (b.start + s, b.start + e)
        for b in made.blocks
        if b.kind is BlockKind.BODY
        for s, e in split_sentences(made.text[b.start : b.end])
    ]
    for left, right in pairwise(passages):
        follows = next(e for s, e in everything if s >= left.end)
        parted = any(left.end <= at < right.start for at in between)
        assert parted or follows - left.start > TARGET_CHARS


def test_sentences_are_gathered_up_to_the_target_across_paragraphs() -> None:
    each = len(SENTENCE) + 1
    fit = (TARGET_CHARS + 1) // each
    passages = split(body(" ".join([SENTENCE] * 4), " ".join([SENTENCE] * fit)))
    assert [(p.start, p.end) for p in passages] == [(0, fit * each - 1), (fit * each, (fit + 4) * each - 1)]


def test_a_sentence_exactly_at_the_target_joins_and_one_more_character_does_not() -> None:
    first = "A" * 99 + "."
    assert len(split(body(f"{first} {'B' * (TARGET_CHARS - 102)}."))) == 1
    assert len(split(body(f"{first} {'B' * (TARGET_CHARS - 101)}."))) == 2


def test_a_long_sentence_is_alone() -> None:
    long = "Dài " + "ơi " * 300 + "hết."
    passages = split(body(SENTENCE, long, SENTENCE))
    assert [p.text for p in passages] == [SENTENCE, long, SENTENCE]


def test_titles_and_captions_stand_alone_and_holes_are_left_out() -> None:
    made = article(
        (BlockKind.TITLE, "Tựa đề"),
        (BlockKind.BODY, "Một."),
        (BlockKind.CAPTION, "Ảnh một. Hai câu."),
        (BlockKind.CAPTION, "Ảnh hai"),
        (BlockKind.BODY, "Hai."),
        (BlockKind.HOLE, "Tới dự có ."),
        (BlockKind.BODY, "Ba."),
        (BlockKind.BODY, "Bốn."),
        (BlockKind.BODY, "***"),
    )
    assert [(p.kind.value, p.text) for p in split(made)] == [
        ("title", "Tựa đề"),
        ("body", "Một."),
        ("caption", "Ảnh một. Hai câu."),
        ("caption", "Ảnh hai"),
        ("body", "Hai."),
        ("body", "Ba.\nBốn.\n***"),
    ]
    assert split(article()) == split(body("***", "— …")) == []


def test_ids_tell_place_and_text_apart() -> None:
    def ids(*texts: str) -> list[str]:
        return [p.id for p in split(body(*texts))]

    assert ids("Một.") == ids("Một.")
    assert ids("Một.") != ids("Mót.")  # same place, other text
    one, two = split(article((BlockKind.CAPTION, "Một."), (BlockKind.CAPTION, "Một.")))
    assert one.id != two.id
    assert one.id.startswith("00ff00ff00ff00ff:0-4:")
