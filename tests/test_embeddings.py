"""Embedding models: the one that comes with Hoibao, and any other that lies in a folder."""

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from qa.embeddings import SentenceEmbeddings
from qa.errors import ModelError

TEXTS = ["Đồng chí chủ trì hội nghị.", "The library opened in 2019.", "", "🎏", "x" * 5000, "dòng một\ndòng hai"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of random weights, with a prompt for questions."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    root = tmp_path_factory.mktemp("tiny")
    letters = "abcdefghijklmnopqrstuvwxyz"
    special = {
        "pad_token": "[PAD]",
        "unk_token": "[UNK]",
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
        "mask_token": "[MASK]",
    }
    vocabulary = {word: i for i, word in enumerate([*special.values(), ":", *letters, *(f"##{c}" for c in letters)])}
    tokenizer = BertWordPieceTokenizer(vocab=vocabulary)
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(vocabulary), **sizes)).save_pretrained(root / "bert")
    PreTrainedTokenizerFast(tokenizer_object=tokenizer._tokenizer, **special).save_pretrained(root / "bert")
    body = Transformer(str(root / "bert"), max_seq_length=32)
    prompts = {"query": "query: ", "document": "text: "}
    SentenceTransformer(modules=[body, Pooling(16, "mean")], prompts=prompts, device="cpu").save(str(root / "model"))
    return root / "model"


# --- the model that comes with Hoibao ---------------------------------------------------------------------------------


def test_vectors_are_of_unit_length(embeddings: SentenceEmbeddings) -> None:
    vectors = embeddings.encode_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    query = embeddings.encode_query(TEXTS[0])
    assert query.shape == (384,)
    assert query.dtype == np.float32
    assert np.linalg.norm(query) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_are_no_vectors_of_the_right_length(embeddings: SentenceEmbeddings) -> None:
    assert embeddings.encode_documents([]).shape == (0, 384)
    assert embeddings.embed_documents([]) == []


def test_a_text_has_the_same_vector_alone_and_among_others(embeddings: SentenceEmbeddings) -> None:
    together = embeddings.encode_documents(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert embeddings.encode_documents([text])[0] == pytest.approx(vector, abs=1e-4)


def test_like_is_nearer_than_unlike(embeddings: SentenceEmbeddings) -> None:
    near, far = embeddings.encode_documents(["A new library was opened in 2019.", "The rice harvest was poor."])
    asked = embeddings.encode_query("When did the library open?")
    assert asked @ near > asked @ far + 0.2


def test_langchain_gets_the_same_vectors_as_lists(embeddings: SentenceEmbeddings) -> None:
    documents = embeddings.embed_documents(TEXTS[:2])
    assert isinstance(documents[0][0], float)
    assert np.asarray(documents) == pytest.approx(embeddings.encode_documents(TEXTS[:2]), abs=1e-6)
    assert embeddings.embed_query(TEXTS[1]) == pytest.approx(embeddings.encode_query(TEXTS[1]).tolist(), abs=1e-6)


# --- any other --------------------------------------------------------------------------------------------------------


def test_a_folder_is_a_model(tiny: Path) -> None:
    model = SentenceEmbeddings(str(tiny))
    assert model.name == str(tiny)
    vectors = model.encode_documents(["one two", "three"])
    assert vectors.shape == (2, 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert model.encode_documents([]).shape == (0, 16)


def test_questions_and_texts_get_the_prompts_of_the_model(tiny: Path) -> None:
    from sentence_transformers import SentenceTransformer

    bare = SentenceTransformer(str(tiny), device="cpu")
    expected = bare.encode(["query: one two", "text: one two"], normalize_embeddings=True, prompt="")
    model = SentenceEmbeddings(str(tiny))
    assert model.encode_query("one two") == pytest.approx(expected[0], abs=1e-5)
    assert model.encode_documents(["one two"])[0] == pytest.approx(expected[1], abs=1e-5)
    assert np.abs(expected[0] - expected[1]).max() > 0.01


def test_a_relative_folder_is_a_model(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny.parent)
    assert SentenceEmbeddings("./model").encode_query("one").shape == (16,)


class CountedEmbeddings(SentenceEmbeddings):
    """Counts how often the model is loaded."""

    loads = 0

    def _location(self) -> str:
        self.loads += 1
        return super()._location()


def test_threads_share_one_loading(tiny: Path) -> None:
    model = CountedEmbeddings(str(tiny))
    assert model.loads == 0  # only when it is first used
    ready = threading.Barrier(4)
    vectors: list[list[float]] = []

    def use() -> None:
        ready.wait()
        vectors.append(model.embed_query("one two three"))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert model.loads == 1
    assert len(vectors) == 4
    assert all(v == pytest.approx(vectors[0], abs=1e-5) for v in vectors)


# --- what is no model -------------------------------------------------------------------------------------------------


def test_a_missing_model_is_named_with_what_helps(tmp_path: Path) -> None:
    for name in (str(tmp_path / "none"), "./none", "nobody/no-such-model", "not a name at all"):
        model = SentenceEmbeddings(name)
        for use in (
            lambda m: m.encode_documents(["a"]),
            lambda m: m.encode_query("a"),
            lambda m: m.embed_documents([]),
        ):
            with pytest.raises(ModelError) as refused:
                use(model)
            assert name in str(refused.value)
            assert "HOIBAO_EMBEDDING_MODEL" in refused.value.hint
            assert not refused.value.retryable


def _empty(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


def _cut_weights(folder: Path) -> None:
    weights = next(folder.rglob("model.safetensors"))
    weights.write_bytes(weights.read_bytes()[:100])


def _break_config(folder: Path) -> None:
    (folder / "config.json").write_text("{")


def _strange_config(folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps(["not", "a", "config"]))


def _strange_modules(folder: Path) -> None:
    (folder / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": "no.such.Module"}]))


@pytest.mark.parametrize("damage", [_empty, _cut_weights, _break_config, _strange_config, _strange_modules])
def test_a_folder_that_is_no_whole_model_is_named(tiny: Path, tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(tiny, folder)
    assert callable(damage)
    damage(folder)
    with pytest.raises(ModelError, match="broken") as refused:
        SentenceEmbeddings(str(folder)).encode_query("a")
    assert refused.value.hint


def test_a_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"\x00" * 100)
    with pytest.raises(ModelError, match=r"model\.bin"):
        SentenceEmbeddings(str(tmp_path / "model.bin")).encode_query("a")
