"""Embedding models: the one that comes with Hoibao, and any other that lies in a folder."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa import Settings
from qa.embeddings import MODELS, SentenceEmbeddings, StaticEmbeddings, TextEmbeddings, bundled_table, embedder_for
from qa.errors import ModelError
from qa.language.forms import fold
from qa.settings import DEFAULT_EMBEDDING_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = MODELS / DEFAULT_EMBEDDING_MODEL
TEXTS = [
    "Đồng chí chủ trì hội nghị.",
    "The library opened in 2019.",
    "",
    "🎏",
    "x" * 5000,
    "dòng một\ndòng hai",
    "Ai chu tri hoi nghi nam 2019?",
    "Hội nghị diễn ra sáng 22/6 tại TP.HCM. " * 300,
    "Thủ tướng met the mayor of Hà Nội; “tòa án” said no…",
    "Καλημέρα ΚΌΣΜΟΣ, 日本語, İstanbul, ǅ, ﬁ, ①½²",
    "zero\u200bwidth\xad and\xa0hard\x00 spaces",
    "e\u0301\u0323 ơ\u0300 \u0301",
]
EMPTY = ["", " ", "...", "🎏", "\n\t", "—–", "\u0301"]


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


@pytest.fixture(scope="module")
def library() -> "SentenceTransformer":
    """The bundled model as sentence-transformers loads it."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(BUNDLED), device="cpu")


def of_library(library: "SentenceTransformer", texts: list[str]) -> NDArray[np.float32]:
    return np.asarray(library.encode(texts, normalize_embeddings=True), dtype=np.float32)


def test_the_default_is_the_bundled_model(embeddings: TextEmbeddings) -> None:
    assert isinstance(embeddings, StaticEmbeddings)
    assert embeddings.name == DEFAULT_EMBEDDING_MODEL
    other = embedder_for(Settings(embedding_model="some/other"))
    assert isinstance(other, SentenceEmbeddings)
    assert other.name == "some/other"


def test_vectors_are_of_unit_length(embeddings: TextEmbeddings) -> None:
    vectors = embeddings.encode_documents(TEXTS + EMPTY)
    assert vectors.shape == (len(TEXTS) + len(EMPTY), 256)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    query = embeddings.encode_query(TEXTS[0])
    assert query.shape == (256,)
    assert query.dtype == np.float32
    assert np.linalg.norm(query) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_are_no_vectors_of_the_right_length(embeddings: TextEmbeddings) -> None:
    assert embeddings.encode_documents([]).shape == (0, 256)
    assert embeddings.embed_documents([]) == []


def test_a_text_has_the_same_vector_alone_and_among_others(embeddings: TextEmbeddings) -> None:
    together = embeddings.encode_documents(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert embeddings.encode_documents([text])[0] == pytest.approx(vector, abs=1e-6)
        assert embeddings.encode_query(text) == pytest.approx(vector, abs=1e-6)


def test_texts_beyond_one_batch_keep_their_order(embeddings: TextEmbeddings) -> None:
    texts = [f"bài báo số {n}" for n in range(2 * StaticEmbeddings.BATCH + 3)]
    vectors = embeddings.encode_documents(texts)
    assert vectors.shape == (len(texts), 256)
    for n in (0, StaticEmbeddings.BATCH - 1, StaticEmbeddings.BATCH, len(texts) - 1):
        assert vectors[n] == pytest.approx(embeddings.encode_query(texts[n]), abs=1e-6)


def test_the_library_makes_the_same_vectors(embeddings: TextEmbeddings, library: "SentenceTransformer") -> None:
    texts = [t for t in TEXTS if t not in EMPTY]
    assert embeddings.encode_documents(texts) == pytest.approx(of_library(library, texts), abs=1e-5)


@pytest.mark.parametrize("remembered", [0, 3, 1000])
def test_many_texts_have_the_vectors_they_have_alone(
    embeddings: TextEmbeddings, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr("qa.stretches.REMEMBERED", remembered)
    stems = [
        "hội nghịch",
        "tòa án",
        "of them",
        "hội",
        "nghị quyết",
        "người dân tộc",
        "zzq",
        "nam 2019",
        "chu tri hoi nghi",
    ]
    texts = [" ".join((a, b, c)) for a in stems for b in stems for c in ("", "bộ trưởngs", "ủy ban")] + TEXTS + EMPTY
    model = StaticEmbeddings(DEFAULT_EMBEDDING_MODEL)
    for _ in range(2):
        together = model.encode_documents(texts)
        alone = np.stack([embeddings.encode_query(t) for t in texts])
        assert together == pytest.approx(alone, abs=1e-6)


CHARACTERS = st.one_of(
    st.text(max_size=60),
    st.text(
        alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệÓÒỎÕỌ \u0301\u0300\u0323.,-0123456789",
        max_size=200,
    ),
    st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=100),
    st.text(alphabet="ΣσςİıŉǅſẞKÅ aΑ.\u0307\u0345", max_size=20),
)


@given(CHARACTERS)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_library_makes_the_same_vector_of_any_text(
    embeddings: TextEmbeddings, library: "SentenceTransformer", text: str
) -> None:
    expected = of_library(library, [text])[0]
    found = embeddings.encode_query(text)
    if np.linalg.norm(expected) < 0.5:  # the library has no direction for a text without letters and digits
        expected = embeddings.encode_query("")
    assert found == pytest.approx(expected, abs=1e-5)


def test_a_text_without_words_lies_away_from_texts(embeddings: TextEmbeddings) -> None:
    vectors = embeddings.encode_documents(EMPTY)
    assert vectors == pytest.approx(np.tile(vectors[0], (len(EMPTY), 1)), abs=1e-6)
    words = embeddings.encode_documents(["Đồng chí chủ trì hội nghị.", "The library opened in 2019.", "lũ lụt ở Huế"])
    assert (words @ vectors[0]).max() < 0.1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"), ("tòa án", "toà án"), ("Hòa Bình", "Hoà Bình"), ("khỏe mạnh", "khoẻ mạnh"), ("thủy điện", "thuỷ điện"),
        ("ủy ban nhân dân", "uỷ ban nhân dân"), ("TÒA ÁN", "TOÀ ÁN"), ("kỷ lục về thủy hỏa", "kỷ lục về thuỷ hoả"), ("lũy thừa", "luỹ thừa"),
    ],
)  # fmt: skip
def test_both_placements_of_a_tone_are_one_word(embeddings: TextEmbeddings, old: str, new: str) -> None:
    assert old != new
    assert embeddings.encode_query(old) == pytest.approx(embeddings.encode_query(new), abs=1e-6)


def test_every_form_of_unicode_case_and_mark_gives_one_vector(embeddings: TextEmbeddings) -> None:
    import unicodedata

    text = "Đồng chí Đào Việt Trung chủ trì hội nghị, ngày 22-6"
    vector = embeddings.encode_query(text)
    for form in ("NFC", "NFD"):
        assert embeddings.encode_query(unicodedata.normalize(form, text)) == pytest.approx(vector, abs=1e-6)
    assert embeddings.encode_query(text.upper()) == pytest.approx(vector, abs=1e-6)
    assert embeddings.encode_query(f"  “{text}”!") == pytest.approx(vector, abs=1e-6)


def test_like_is_nearer_than_unlike(embeddings: TextEmbeddings) -> None:
    texts = [
        "Thư viện tỉnh vừa được khánh thành, có hơn hai vạn cuốn sách.",
        "Vụ lúa năm nay mất mùa vì hạn hán kéo dài.",
        "Đội tuyển bóng đá giành chiến thắng trong trận chung kết.",
    ]
    questions = ["Thư viện có bao nhiêu sách?", "Vì sao vụ lúa mất mùa?", "Ai thắng trận chung kết bóng đá?"]
    english = ["When did the library open?", "Why was the rice harvest poor?", "Which team won the football final?"]
    documents = embeddings.encode_documents(texts)
    for asked in (questions, [fold(q) for q in questions], english):
        cosines = embeddings.encode_documents(asked) @ documents.T
        assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_langchain_gets_the_same_vectors_as_lists(embeddings: TextEmbeddings) -> None:
    documents = embeddings.embed_documents(TEXTS[:2])
    assert isinstance(documents[0][0], float)
    assert np.asarray(documents) == pytest.approx(embeddings.encode_documents(TEXTS[:2]), abs=1e-6)
    assert embeddings.embed_query(TEXTS[1]) == pytest.approx(embeddings.encode_query(TEXTS[1]).tolist(), abs=1e-6)


def test_the_bundled_folder_is_small_and_says_what_it_is() -> None:
    assert sum(p.stat().st_size for p in BUNDLED.rglob("*") if p.is_file()) <= 25e6
    card = (BUNDLED / "README.md").read_text(encoding="utf-8")
    for word in ("vietnews", "Tatoeba", "lexicon", "training.embeddings", "Limits", "licen"):
        assert word in card


@pytest.mark.parametrize("name", ["hoibao-words-v1", "hoibao-fusion-v1"])
def test_each_model_says_what_it_is_and_how_it_was_made(name: str) -> None:
    card = (BUNDLED.parent / name / "README.md").read_text(encoding="utf-8")
    script = {"hoibao-words-v1": "training.table", "hoibao-fusion-v1": "training.fusion"}[name]
    for word in (name, f"python -m {script}", "Limits", "licen"):
        assert word in card


def test_parts_count_by_their_weights(embeddings: TextEmbeddings) -> None:
    both = embeddings.encode_parts([("hội nghị", 1.0), ("mưa lũ", 1.0)])
    assert both == pytest.approx(embeddings.encode_query("hội nghị, mưa lũ"), abs=1e-5)
    one = embeddings.encode_parts([("hội nghị", 1.0), ("mưa lũ", 0.0)])
    assert one == pytest.approx(embeddings.encode_query("hội nghị"), abs=1e-5)
    assert embeddings.encode_parts([]) is None


def test_tokens_and_their_vectors_make_the_vector_of_a_text(embeddings: TextEmbeddings) -> None:
    table = bundled_table()
    for text in TEXTS:
        [ids] = table.tokens([text])
        total = table.token_vectors(ids).sum(axis=0)
        assert total / np.linalg.norm(total) == pytest.approx(embeddings.encode_query(text), abs=1e-5)
    assert [len(ids) for ids in table.tokens(["", "!"])] == [1, 1]


def test_cosines_of_tokens_are_those_of_their_vectors() -> None:
    table = bundled_table()
    asked, others = table.tokens(["hội nghị ở Huế", "thư viện Huế mở cửa, hội nghị ở Huế"])
    mine, theirs = table.token_vectors(asked), table.token_vectors(others)
    lengths = np.outer(np.linalg.norm(mine, axis=1), np.linalg.norm(theirs, axis=1))
    assert table.cosines(asked, others) == pytest.approx(mine @ theirs.T / lengths, abs=1e-5)
    assert table.cosines(asked, asked[:0]).shape == (len(asked), 0)


NO_TORCH = """
import sys
from pathlib import Path
from ingest import ingest
from qa import NewsAssistant, Settings

settings = Settings(data_dir=Path(sys.argv[2]))
ingest([Path(sys.argv[1])], settings=settings)
assistant = NewsAssistant.open(settings=settings)
assistant.ask("Who chaired the 2019 conference?")
assistant.close()
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""


def test_ingesting_and_asking_load_no_torch(tmp_path: Path) -> None:
    samples = ROOT / "ingest" / "samples"
    done = subprocess.run(
        [sys.executable, "-c", NO_TORCH, str(samples), str(tmp_path / "data")],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1] == "[]"


def test_any_static_model_in_a_folder_is_run(tmp_path: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    torch.manual_seed(7)
    static = StaticEmbedding(Tokenizer.from_file(str(BUNDLED / "tokenizer.json")), embedding_dim=8)
    model = SentenceTransformer(modules=[static], device="cpu")
    model.save(str(tmp_path / "small"), create_model_card=False)
    texts = [t for t in TEXTS if t not in EMPTY]
    assert StaticEmbeddings(str(tmp_path / "small")).encode_documents(texts) == pytest.approx(
        of_library(model, texts),
        abs=1e-4,  # single precision, added up over 5,000 letters
    )


class CountedStatic(StaticEmbeddings):
    """Counts how often the bundled model is loaded."""

    loads = 0

    @property
    def name(self) -> str:  # type: ignore[override]  # read once when the model is loaded
        self.loads += 1
        return DEFAULT_EMBEDDING_MODEL

    @name.setter
    def name(self, value: str) -> None: ...


def test_threads_share_the_bundled_model(embeddings: TextEmbeddings) -> None:
    model = CountedStatic(DEFAULT_EMBEDDING_MODEL)
    assert model.loads == 0
    texts = [f"{t} {n}" for n in range(20) for t in ("Ai chủ trì hội nghị?", "Who opened the library", "lũ lụt")]
    expected = embeddings.encode_documents(texts)
    vectors = _in_threads(lambda: model.encode_documents(texts))
    assert model.loads == 1
    assert len(vectors) == 4
    assert all(v == pytest.approx(expected, abs=1e-6) for v in vectors)


@pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json"])
def test_a_broken_static_model_is_named(tmp_path: Path, missing: str) -> None:
    shutil.copytree(BUNDLED, tmp_path / "broken")
    (tmp_path / "broken" / missing).write_bytes(b"{")
    with pytest.raises(ModelError, match="broken") as refused:
        StaticEmbeddings(str(tmp_path / "broken")).encode_query("a")
    assert "HOIBAO_EMBEDDING_MODEL" in refused.value.hint


# --- any other --------------------------------------------------------------------------------------------------------


def test_a_folder_is_a_model(tiny: Path) -> None:
    model = SentenceEmbeddings(str(tiny))
    assert model.name.startswith(f"{tiny.name} files=")
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
    vectors = _in_threads(lambda: model.encode_documents(["one two three"]))
    assert model.loads == 1
    assert len(vectors) == 4
    assert all(v == pytest.approx(vectors[0], abs=1e-5) for v in vectors)


def _in_threads(use: Callable[[], NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    ready = threading.Barrier(4)
    found: list[NDArray[np.float32]] = []

    def together() -> None:
        ready.wait()
        found.append(use())

    threads = [threading.Thread(target=together) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


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
