"""Embedding models in folders, by the way of the settings: prefixes, dimensions, precision, and the name of the vectors."""

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from model_support import tiny_embedder
from numpy.typing import NDArray
from pipeline_support import Archive

from ingest import ingest
from qa import NewsAssistant, Settings
from qa.embeddings import SentenceEmbeddings, TextEmbeddings, embedder_for
from qa.errors import IndexMismatch, ModelError, SettingsError
from qa.prompts import FAMILIES
from qa.settings import DEFAULT_EMBEDDING_MODEL
from qa.stores import Stores

TEXT = "chủ trì hội nghị"
TEXTS = ["thư viện mở cửa", "lũ vỡ đê", "the bridge opened", TEXT]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that brings no prompts, under a name that says nothing."""
    return tiny_embedder(tmp_path_factory.mktemp("models") / "plain")


@pytest.fixture
def e5(plain: Path, tmp_path: Path) -> Path:
    """The same files under the name of a family."""
    return Path(shutil.copytree(plain, tmp_path / "multilingual-e5-small"))


def bare(folder: Path, *texts: str) -> NDArray[np.float32]:
    """Return the unit vectors of just these texts, by the library alone."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    return np.asarray(model.encode(list(texts), normalize_embeddings=True, prompt=""), np.float32)


def named(model: Path | str, **others: object) -> TextEmbeddings:
    return embedder_for(Settings(embedding_model=str(model), **others))  # type: ignore[arg-type]


# --- prefixes ---------------------------------------------------------------------------------------------------------


def test_the_prefixes_of_the_family_reach_the_model(e5: Path) -> None:
    model = named(e5)
    query, passage = bare(e5, f"query: {TEXT}", f"passage: {TEXT}")
    assert model.encode_query(TEXT) == pytest.approx(query, abs=1e-5)
    assert model.encode_documents([TEXT])[0] == pytest.approx(passage, abs=1e-5)
    assert np.abs(query - passage).max() > 0.01


def test_a_model_of_no_family_gets_the_text_alone(plain: Path) -> None:
    model = named(plain)
    assert model.encode_query(TEXT) == pytest.approx(bare(plain, TEXT)[0], abs=1e-5)
    assert model.encode_documents([TEXT])[0] == pytest.approx(bare(plain, TEXT)[0], abs=1e-5)


@pytest.mark.parametrize("key", ["document", "passage"])
def test_the_prompts_a_model_brings_win_over_its_family(tmp_path: Path, key: str) -> None:
    folder = tiny_embedder(tmp_path / "my-e5-base", prompts={"query": "instruct: ai ", key: "conference "})
    model = named(folder)
    query, passage = bare(folder, f"instruct: ai {TEXT}", f"conference {TEXT}")
    assert model.encode_query(TEXT) == pytest.approx(query, abs=1e-5)
    assert model.encode_documents([TEXT])[0] == pytest.approx(passage, abs=1e-5)


def test_the_settings_win_over_the_family_and_over_the_model(e5: Path, tmp_path: Path) -> None:
    own = tiny_embedder(tmp_path / "own", prompts={"query": "ai ", "document": "conference "})
    for folder in (e5, own):
        model = named(folder, query_prefix="", passage_prefix="library ")
        query, passage = bare(folder, TEXT, f"library {TEXT}")
        assert model.encode_query(TEXT) == pytest.approx(query, abs=1e-5)
        assert model.encode_documents([TEXT])[0] == pytest.approx(passage, abs=1e-5)


def test_one_prefix_alone_may_be_set(e5: Path) -> None:
    model = named(e5, query_prefix="ai ")
    query, passage = bare(e5, f"ai {TEXT}", f"passage: {TEXT}")
    assert model.encode_query(TEXT) == pytest.approx(query, abs=1e-5)
    assert model.encode_documents([TEXT])[0] == pytest.approx(passage, abs=1e-5)


# --- dimensions, precision, device ------------------------------------------------------------------------------------


def test_vectors_are_cut_and_made_unit_vectors_again(plain: Path) -> None:
    whole, cut = named(plain), named(plain, embedding_dimensions=8)
    expected = whole.encode_documents(TEXTS)[:, :8]
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    found = cut.encode_documents(TEXTS)
    assert found.shape == (len(TEXTS), 8)
    assert found == pytest.approx(expected, abs=1e-5)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert cut.encode_query(TEXT).shape == (8,)
    assert cut.encode_documents([]).shape == (0, 8)
    assert named(plain, embedding_dimensions=32).encode_documents(TEXTS) == pytest.approx(
        whole.encode_documents(TEXTS), abs=1e-5
    )


def test_more_dimensions_than_the_model_has_are_refused(plain: Path) -> None:
    with pytest.raises(ModelError, match=r"33.*32") as refused:
        named(plain, embedding_dimensions=33).encode_query(TEXT)
    assert "Matryoshka" in refused.value.hint


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_precision_gives_single_precision_unit_vectors(plain: Path, dtype: str) -> None:
    exact, rough = named(plain).encode_documents(TEXTS), named(plain, embedding_dtype=dtype).encode_documents(TEXTS)
    assert rough.dtype == np.float32
    assert np.linalg.norm(rough, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert (rough * exact).sum(axis=1).min() > 0.99
    assert np.abs(rough - exact).max() > 1e-6


def test_the_batch_changes_no_vector(plain: Path) -> None:
    one = named(plain, embedding_batch=1)
    assert isinstance(one, SentenceEmbeddings)
    assert one.batch_size == 1
    assert one.encode_documents(TEXTS) == pytest.approx(named(plain).encode_documents(TEXTS), abs=1e-5)


def test_a_device_that_is_not_there_is_refused(plain: Path) -> None:
    with pytest.raises(ModelError, match="cuda:99") as refused:
        named(plain, device="cuda:99").encode_query(TEXT)
    assert "HOIBAO_DEVICE" in refused.value.hint


def test_vectors_without_a_direction_are_refused(plain: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = shutil.copytree(plain, tmp_path / "overflown")
    weights = next(folder.rglob("model.safetensors"))
    tensors = load_file(weights)
    tensors["embeddings.LayerNorm.weight"][:] = np.nan
    save_file(tensors, weights, metadata={"format": "pt"})
    with pytest.raises(ModelError, match="direction") as refused:
        named(folder).encode_query(TEXT)
    assert "HOIBAO_EMBEDDING_DTYPE" in refused.value.hint


def test_what_the_library_raises_while_it_runs_is_wrapped(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sentence_transformers import SentenceTransformer

    def out_of_memory(*_: object, **__: object) -> None:
        raise RuntimeError("CUDA out of memory")

    monkeypatch.setattr(SentenceTransformer, "encode_document", out_of_memory)
    with pytest.raises(ModelError, match="out of memory") as refused:
        named(plain).encode_documents(TEXTS)
    assert "HOIBAO_EMBEDDING_BATCH" in refused.value.hint


def test_a_model_with_code_of_its_own_is_refused(plain: Path, tmp_path: Path) -> None:
    import json

    folder = shutil.copytree(plain, tmp_path / "gte-multilingual-base")
    ran = tmp_path / "ran"
    (folder / "code.py").write_text(f"open({str(ran)!r}, 'w')\nclass C: pass\n")
    path = folder / "config.json"
    config = {**json.loads(path.read_text()), "model_type": "new", "auto_map": {"AutoConfig": "code.C"}}
    path.write_text(json.dumps(config))
    with pytest.raises(ModelError, match="its own code") as refused:
        named(folder).encode_query(TEXT)
    assert "runs no code" in refused.value.hint
    assert not ran.exists()


def test_a_model_that_does_not_suit_says_so(plain: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    named(plain).encode_query(TEXT)
    assert not [r for r in caplog.records if r.name == "qa.embeddings"]
    folder = shutil.copytree(plain, tmp_path / "phobert-news")
    with caplog.at_level(logging.WARNING):
        named(folder).encode_query(TEXT)
    assert "underscores" in caplog.text


# --- the name of the vectors ------------------------------------------------------------------------------------------


def test_the_bundled_model_keeps_its_name() -> None:
    assert embedder_for().name == embedder_for(Settings()).name == "hoibao-static-v1" == DEFAULT_EMBEDDING_MODEL
    assert embedder_for(Settings(query_prefix="", device="cpu", embedding_batch=4)).name == DEFAULT_EMBEDDING_MODEL


@pytest.mark.parametrize("given", [{"query_prefix": "q: "}, {"passage_prefix": "p: "}, {"embedding_dimensions": 64}])
def test_what_the_bundled_model_cannot_do_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=DEFAULT_EMBEDDING_MODEL) as refused:
        embedder_for(Settings(**given))  # type: ignore[arg-type]
    assert "HOIBAO_EMBEDDING_MODEL" in refused.value.hint


def test_a_name_of_hugging_face_is_the_name_unless_something_changes_the_vectors() -> None:
    assert named("BAAI/bge-m3").name == "BAAI/bge-m3"
    assert named("BAAI/bge-m3", device="cuda", embedding_dtype="float16", query_prefix="q: ").name == "BAAI/bge-m3"
    changed = [
        named("BAAI/bge-m3", passage_prefix="p: ").name,
        named("BAAI/bge-m3", passage_prefix="").name,
        named("BAAI/bge-m3", embedding_dimensions=256).name,
        named("BAAI/bge-m3", embedding_dimensions=128, passage_prefix="p: ").name,
        named("intfloat/multilingual-e5-small").name,
        named("intfloat/multilingual-e5-small", passage_prefix="").name,
        "BAAI/bge-m3",
        "intfloat/multilingual-e5-small",
    ]
    assert len(set(changed)) == len(changed)
    assert "'passage: '" in named("intfloat/multilingual-e5-small").name


def test_a_folder_is_named_by_what_it_holds(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = named(plain).name
    assert name.startswith("plain files=")
    moved = shutil.copytree(plain, tmp_path / "plain", copy_function=shutil.copyfile)
    monkeypatch.chdir(tmp_path)
    assert named(moved).name == named("plain").name == named("./plain").name == name
    trained = tiny_embedder(tmp_path / "new" / "plain", seed=1)
    assert next(trained.rglob("*.safetensors")).stat().st_size == next(plain.rglob("*.safetensors")).stat().st_size
    others = [
        named(trained).name,
        named(plain, embedding_dimensions=8).name,
        named(plain, passage_prefix="p: ").name,
        named(tiny_embedder(tmp_path / "prompted" / "plain", prompts={"query": "", "document": "d: "})).name,
        name,
    ]
    assert len(set(others)) == len(others)


def test_naming_loads_nothing(plain: Path) -> None:
    import subprocess
    import sys

    code = "import sys; from qa import Settings; from qa.embeddings import embedder_for; from qa.reranker import reranker_for\n"
    code += "embedder_for(Settings(embedding_model=sys.argv[1])); reranker_for(Settings(reranker=sys.argv[1]))\n"
    code += "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(plain)], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# --- the index --------------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    found = Archive(tmp_path)
    found.write("a.txt", "Hội nghị năm 2019\n\nAi chủ trì hội nghị đã rõ.\n")
    found.write("b.txt", "Thư viện\n\nThư viện mở cửa.\n")
    return found


def stored(data: Path) -> tuple[str | None, int]:
    """Return the model of an index and the length of its vectors."""
    stores = Stores(data)
    generation = stores.vectors.generation()
    assert stores.verify().problems == ()
    model = stores.model
    stores.close()
    assert generation is not None
    assert generation.model == model
    return model, generation.dimensions


def test_what_was_embedded_otherwise_is_refused_and_embedded_anew(
    archive: Archive, plain: Path, tmp_path: Path
) -> None:
    data = archive.settings.data_dir
    trained = tiny_embedder(tmp_path / "trained" / "plain", seed=1)
    first = Settings(data_dir=data, embedding_model=str(plain))
    for settings in (
        first,
        Settings(data_dir=data, embedding_model=str(plain), embedding_dimensions=8),
        Settings(data_dir=data, embedding_model=str(plain), passage_prefix="library "),
        Settings(data_dir=data, embedding_model=str(trained)),
    ):
        if settings is not first:
            with pytest.raises(IndexMismatch) as refused:
                NewsAssistant.open(settings=settings)
            assert "hoibao ingest" in refused.value.hint
        report = ingest([archive.folder], settings=settings)
        assert report.unchanged == (0 if settings is first else 2)
        assert stored(data) == (embedder_for(settings).name, settings.embedding_dimensions or 32)
        assistant = NewsAssistant.open(settings=settings)
        assert assistant.retriever.invoke("Ai chủ trì hội nghị?")
        assistant.close()
    with pytest.raises(IndexMismatch):
        NewsAssistant.open(settings=first)


def test_weights_that_were_trained_on_in_their_folder_are_seen(archive: Archive, tmp_path: Path) -> None:
    folder = tiny_embedder(tmp_path / "mine")
    settings = Settings(data_dir=archive.settings.data_dir, embedding_model=str(folder))
    ingest([archive.folder], settings=settings)
    NewsAssistant.open(settings=settings).close()
    shutil.rmtree(folder)
    tiny_embedder(folder, seed=1)
    with pytest.raises(IndexMismatch):
        NewsAssistant.open(settings=settings)


def test_what_changes_no_stored_vector_asks_for_no_new_ones(archive: Archive, plain: Path) -> None:
    data = archive.settings.data_dir
    ingest([archive.folder], settings=Settings(data_dir=data, embedding_model=str(plain)))
    other = Settings(
        data_dir=data, embedding_model=str(plain), query_prefix="query: ", embedding_dtype="bfloat16", embedding_batch=1
    )
    assistant = NewsAssistant.open(settings=other)
    assert assistant.retriever.invoke("Ai chủ trì hội nghị?")
    assistant.close()


def test_every_family_has_a_pattern() -> None:
    assert all(f.pattern for f in FAMILIES)  # an empty one would be found in every name
