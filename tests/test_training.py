"""The training of the bundled model, on a handful of made-up texts."""

import json
import lzma
import random
from pathlib import Path

import numpy as np
import pytest

from qa.embeddings import StaticEmbeddings
from qa.language.forms import fold
from training import corpora, vocabulary
from training.embeddings import Options, train
from training.texts import Ragged, tokenized
from training.translation import learn

VIETNAMESE = (
    "hội_nghị thư_viện lúa mưa_lũ cầu_thủ trường_học bác_sĩ tòa_án chợ đường giá xăng Hòa_Bình năm 2019".split()
)
ENGLISH = "conference library rice flood player school doctor court market road price petrol peace year 2019".split()
OPTIONS = Options(steps=6, batch=12, dimensions=8)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts of words drawn by chance, laid out as the training wants them."""
    chance = random.Random(0)
    folder = tmp_path_factory.mktemp("shared") / "train"
    folder.mkdir()

    def drawn(words: list[str], numbers: list[int]) -> str:
        return " ".join(words[n] for n in numbers)

    def numbers(count: int) -> list[int]:
        return [chance.randrange(len(VIETNAMESE)) for _ in range(count)]

    articles = [
        {"id": str(n), "title": drawn(VIETNAMESE, numbers(5)), "abstract": drawn(VIETNAMESE, numbers(8))}
        | {"body": "\n".join(drawn(VIETNAMESE, numbers(8)) for _ in range(8))}
        for n in range(40)
    ]
    pairs = [(drawn(ENGLISH, n), drawn(VIETNAMESE, n).replace("_", " ")) for n in (numbers(9) for _ in range(1300))]
    words = list(zip(ENGLISH, (v.replace("_", " ") for v in VIETNAMESE), strict=True))
    (folder / "news_segmented.jsonl.xz").write_bytes(lzma.compress("\n".join(json.dumps(a) for a in articles).encode()))
    for name, rows in (("parallel_en_vi", [*pairs, ("Untranslated", "...")]), ("dictionary_en_vi", words)):
        (folder / f"{name}.tsv.xz").write_bytes(lzma.compress("\n".join(map("\t".join, rows)).encode()))
    return folder.parent


@pytest.fixture(scope="module")
def trained(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("trained")
    train(shared, root / "work", root / "model", OPTIONS)
    return root


def test_what_is_held_out_is_not_trained_on(shared: Path) -> None:
    kept = corpora.held_out(shared)
    assert len(kept) == len(set(kept)) == corpora.HELD_OUT
    pairs = corpora.parallel(shared)
    assert pairs
    assert not {e for e, _ in pairs} & {e for e, _ in kept}
    assert not {v for _, v in pairs} & {v for _, v in kept}
    assert corpora.held_out(shared) == kept


def test_lines_without_a_translation_are_left_out(shared: Path) -> None:
    assert all(any(c.isalnum() for c in v) for _, v in corpora.parallel(shared))


def test_a_model_is_saved_that_both_loaders_read_alike(trained: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["Hội nghị năm 2019", "Who chaired the conference?", "mua lu o dau"]
    library = SentenceTransformer(str(trained / "model"), device="cpu").encode(texts)
    assert StaticEmbeddings(str(trained / "model")).encode_documents(texts) == pytest.approx(library, abs=1e-6)
    assert library.shape == (3, 8)


def test_nothing_of_the_texts_is_saved_beside_the_vocabulary(trained: Path) -> None:
    files = {p.name for p in (trained / "model").rglob("*") if p.is_file()}
    assert "README.md" not in files
    assert {"modules.json", "tokenizer.json", "model.safetensors"} <= files


def test_the_same_seed_gives_the_same_model_also_after_an_interruption(shared: Path, trained: Path) -> None:
    expected = (trained / "model" / "model.safetensors").read_bytes()
    interrupted = trained / "again"
    interrupted.mkdir()
    for name in ("prepared.npz", "tokenizer.json"):
        (interrupted / name).write_bytes((trained / "work" / name).read_bytes())
    train(shared, interrupted, trained / "other", OPTIONS, stop=3)
    train(shared, interrupted, trained / "other", OPTIONS)
    assert (trained / "other" / "model.safetensors").read_bytes() == expected


@pytest.fixture(scope="module")
def vocab() -> vocabulary.Vocabulary:
    vietnamese = ["hội_nghị tòa_án thư_viện của và khỏe hòa", "hiếm"] * 1
    return vocabulary.build(vietnamese * 20, ["the library chairs the court", "to chair a meeting"] * 6)


def rows(vocab: vocabulary.Vocabulary, text: str) -> list[int]:
    return list(tokenized([text], vocab.tokenizer, vocab.rows, vocab.normalizer).values)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tòa án", "toà án"), ("khỏe", "khoẻ"), ("hội nghị", "hoi nghi"), ("chairs", "chair"), ("chaired", "chairing")],
)
def test_spellings_of_a_word_share_a_row(vocab: vocabulary.Vocabulary, one: str, other: str) -> None:
    assert rows(vocab, one) == rows(vocab, other)
    assert len(rows(vocab, one)) == 1


def test_a_compound_is_one_token_and_its_syllables_are_others(vocab: vocabulary.Vocabulary) -> None:
    assert len(rows(vocab, "“Hội nghị”, của tòa án.")) == 3
    assert rows(vocab, "thư viện") != rows(vocab, "thư") + rows(vocab, "viện")


def test_a_single_syllable_keeps_its_diacritics_apart(vocab: vocabulary.Vocabulary) -> None:
    assert fold("của") == "cua"
    assert rows(vocab, "của") != rows(vocab, "cua")


def test_ranges_of_ragged_texts() -> None:
    texts = Ragged(np.arange(6, dtype=np.int32), np.array([0, 2, 3, 6]))
    at, owner = texts.between(np.array([1, 0, 2]), np.array([3, 0, 3]))
    assert at.tolist() == [2, 3, 4, 5, 3, 4, 5]
    assert owner.tolist() == [0, 0, 0, 0, 2, 2, 2]


def test_translations_are_learned_from_what_occurs_together() -> None:
    # Vietnamese 1, 2, 3 are English 11, 12, 13; nothing is paired word by word.
    vietnamese = [[1, 2], [2, 3], [1, 3], [1], [3, 2, 1]]
    english = [[12, 11], [12, 13], [13, 11], [11], [11, 12, 13]]

    def ragged(texts: list[list[int]]) -> Ragged:
        flat = np.asarray([w for t in texts for w in t], dtype=np.int32)
        return Ragged(flat, np.cumsum([0, *map(len, texts)]))

    found = learn(ragged(english), ragged(vietnamese), rows=20)
    asked = np.array([1, 2, 3, 5])
    drawn = found.sample(asked, np.full(4, 0.01, dtype=np.float32), instead=np.arange(20, dtype=np.int32))
    assert drawn.tolist() == [11, 12, 13, 5]
