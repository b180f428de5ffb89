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


def sentences(made: Article) -> list[tuple[int, int]]:
    """Return the sentences outside holes that hold a letter or a digit."""
    spans = [
        (block.start + s, block.start + e)
        for block in made.blocks
        if block.kind is not BlockKind.HOLE
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
def test_every_sentence_is_whole_in_one_passage_and_holes_are_in_none(blocks: list[tuple[BlockKind, str]]) -> None:
    made = article(*blocks)
    passages = split(made)
    for start, end in sentences(made):
        assert holder(passages, start, end) is not None
    for block in made.blocks:
        if block.kind is BlockKind.HOLE:
            assert not [p for p in passages if p.start < block.end and block.start < p.end]  # never evidence


@given(BLOCKS)
def test_passages_keep_to_the_target_and_none_could_be_two(blocks: list[tuple[BlockKind, str]]) -> None:
    made = article(*blocks)
    passages = split(made)
    for passage in passages:
        inside = [s for s in sentences(made) if passage.start <= s[0] and s[1] <= passage.end]
        assert passage.end - passage.start <= TARGET_CHARS or len(inside) == 1
    holes = [b.start for b in made.blocks if b.kind is BlockKind.HOLE]
    for left, right in pairwise(passages):
        parted = any(left.end <= at < right.start for at in holes)
        assert parted or right.end - left.start > TARGET_CHARS / 2


@given(BLOCKS)
def test_a_passage_is_of_the_kind_of_its_blocks_or_body(blocks: list[tuple[BlockKind, str]]) -> None:
    made = article(*blocks)
    for passage in split(made):
        kinds = {b.kind for b in made.blocks if b.start < passage.end and passage.start < b.end}
        assert passage.kind is (kinds.pop() if len(kinds) == 1 else BlockKind.BODY)


def test_sentences_are_spread_evenly_across_paragraphs() -> None:
    fit = (TARGET_CHARS + 1) // (len(SENTENCE) + 1)
    made = body(" ".join([SENTENCE] * 4), " ".join([SENTENCE] * fit))
    counts = [len([s for s in sentences(made) if p.start <= s[0] < p.end]) for p in split(made)]
    assert sum(counts) == fit + 4
    assert len(counts) == 2
    assert abs(counts[0] - counts[1]) <= 3


def test_a_sentence_exactly_at_the_target_joins_and_one_more_character_does_not() -> None:
    first = "A" * 99 + "."
    assert len(split(body(f"{first} {'B' * (TARGET_CHARS - 102)}."))) == 1
    assert len(split(body(f"{first} {'B' * (TARGET_CHARS - 101)}."))) == 2


def test_a_long_sentence_is_alone() -> None:
    long = "Dài " + "ơi " * 300 + "hết."
    passages = split(body(SENTENCE, long, SENTENCE))
    assert [p.text for p in passages] == [SENTENCE, long, SENTENCE]


def test_titles_and_captions_go_with_their_text_and_holes_part_it() -> None:
    made = article(
        (BlockKind.TITLE, "Tựa đề"),
        (BlockKind.BODY, "Một."),
        (BlockKind.CAPTION, "Ảnh một. Hai câu."),
        (BlockKind.BODY, "Hai."),
        (BlockKind.HOLE, "Tới dự có ."),
        (BlockKind.BODY, "Ba."),
        (BlockKind.BODY, "***"),
        (BlockKind.HOLE, "Tới dự có ."),
        (BlockKind.CAPTION, "Ảnh hai"),
    )
    assert [(p.kind.value, p.text) for p in split(made)] == [
        ("body", "Tựa đề\nMột.\nẢnh một. Hai câu.\nHai."),
        ("body", "Ba.\n***"),
        ("caption", "Ảnh hai"),
    ]
    assert [p.kind.value for p in split(article((BlockKind.TITLE, "Tựa đề")))] == ["title"]
    assert split(article()) == split(body("***", "— …")) == []


def test_ids_tell_place_and_text_apart() -> None:
    def ids(*texts: str) -> list[str]:
        return [p.id for p in split(body(*texts))]

    assert ids("Một.") == ids("Một.")
    assert ids("Một.") != ids("Mót.")  # same place, other text
    one, two = split(article((BlockKind.BODY, "Một."), (BlockKind.HOLE, "."), (BlockKind.BODY, "Một.")))
    assert one.id != two.id
    assert one.id.startswith("00ff00ff00ff00ff:0-4:")
