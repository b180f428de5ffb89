"""The reranker, over tiny cross-encoders of random weights."""

import logging
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from model_support import tiny_embedder, tiny_reranker

from qa import Settings
from qa.errors import ModelError
from qa.reranker import LONGEST, Reranker, reranker_for

QUESTION = "Ai chủ trì hội nghị?"
PASSAGES = ["thư viện mở cửa", "chủ trì hội nghị", "the bridge opened", "lũ vỡ đê", "năm", "lúa được mùa " * 200]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_reranker(tmp_path_factory.mktemp("rerankers") / "one")


def library_logits(folder: Path, pairs: list[tuple[str, str]]) -> np.ndarray:
    """Return what transformers makes of the pairs, one by one."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        made = [
            model(**tokenizer(*pair, truncation=True, max_length=64, return_tensors="pt")).logits[0] for pair in pairs
        ]
    return np.stack([m.numpy() for m in made])


def test_scores_are_the_sigmoid_of_the_logit(folder: Path) -> None:
    scores = Reranker(str(folder)).scores(QUESTION, PASSAGES)
    assert scores.shape == (len(PASSAGES),)
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()
    logits = library_logits(folder, [(QUESTION, p) for p in PASSAGES])[:, 0]
    assert scores == pytest.approx(1 / (1 + np.exp(-logits)), abs=1e-5)
    assert len(np.unique(scores.round(4))) == len(PASSAGES)


def test_two_logits_are_no_and_yes(tmp_path: Path) -> None:
    folder = tiny_reranker(tmp_path / "two", labels=2, seed=3)
    logits = library_logits(folder, [(QUESTION, p) for p in PASSAGES])
    share = np.exp(logits[:, 1]) / np.exp(logits).sum(axis=1)
    assert Reranker(str(folder)).scores(QUESTION, PASSAGES) == pytest.approx(share, abs=1e-5)


def test_scores_do_not_depend_on_batch_or_order_or_chance(folder: Path) -> None:
    scores = Reranker(str(folder)).scores(QUESTION, PASSAGES)
    again = Reranker(str(folder), batch_size=1)
    assert again.scores(QUESTION, PASSAGES) == pytest.approx(scores, abs=1e-5)
    assert again.scores(QUESTION, PASSAGES[::-1]) == pytest.approx(scores[::-1], abs=1e-5)
    assert np.argsort(again.scores(QUESTION, PASSAGES)).tolist() == np.argsort(scores).tolist()
    assert np.abs(again.scores("the flood", PASSAGES) - scores).max() > 0.01


def test_no_passages_load_no_model(tmp_path: Path) -> None:
    assert Reranker(str(tmp_path / "none")).scores(QUESTION, []).shape == (0,)


def test_half_precision_is_near(folder: Path) -> None:
    exact = Reranker(str(folder)).scores(QUESTION, PASSAGES)
    rough = Reranker(str(folder), dtype="bfloat16").scores(QUESTION, PASSAGES)
    assert rough.dtype == np.float32
    assert rough == pytest.approx(exact, abs=0.1)
    assert np.abs(rough - exact).max() > 1e-6


def test_threads_share_one_reranker(folder: Path) -> None:
    reranker, found, ready = Reranker(str(folder)), [], threading.Barrier(4)
    expected = Reranker(str(folder)).scores(QUESTION, PASSAGES)

    def use() -> None:
        ready.wait()
        found.append(reranker.scores(QUESTION, PASSAGES))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(f == pytest.approx(expected, abs=1e-5) for f in found)


def test_the_settings_name_it(folder: Path) -> None:
    assert reranker_for(Settings()) is None
    assert reranker_for(Settings(reranker="none")) is None
    given = Settings(reranker=str(folder), device="cpu", embedding_dtype="bfloat16", embedding_batch=7)
    reranker = reranker_for(given)
    assert reranker is not None
    assert (reranker.name, reranker.device, reranker.dtype, reranker.batch_size) == (str(folder), "cpu", "bfloat16", 7)
    assert 0 < LONGEST <= 512


def test_a_missing_reranker_is_named_with_what_helps(tmp_path: Path) -> None:
    for name in (str(tmp_path / "none"), "nobody/no-such-reranker"):
        with pytest.raises(ModelError, match="cannot be loaded") as refused:
            Reranker(name).scores(QUESTION, PASSAGES)
        assert name in str(refused.value)
        assert "HOIBAO_RERANKER" in refused.value.hint


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    for folder in (tiny_embedder(tmp_path / "embedder"), tiny_reranker(tmp_path / "three", labels=3)):
        with pytest.raises(ModelError, match="no reranker") as refused:
            Reranker(str(folder)).scores(QUESTION, PASSAGES)
        assert "HOIBAO_RERANKER" in refused.value.hint


def test_broken_weights_are_named(folder: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(folder, tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"{")
    with pytest.raises(ModelError, match="broken"):
        Reranker(str(broken)).scores(QUESTION, PASSAGES)


def test_a_device_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="cuda:99") as refused:
        Reranker(str(folder), device="cuda:99").scores(QUESTION, PASSAGES)
    assert "HOIBAO_DEVICE" in refused.value.hint


def test_scores_that_are_no_numbers_are_refused(folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from safetensors.numpy import load_file, save_file

    broken = shutil.copytree(folder, tmp_path / "nan")
    tensors = load_file(broken / "model.safetensors")
    tensors["classifier.bias"][:] = np.nan
    save_file(tensors, broken / "model.safetensors", metadata={"format": "pt"})
    with caplog.at_level(logging.INFO), pytest.raises(ModelError, match="no numbers") as refused:
        Reranker(str(broken)).scores(QUESTION, PASSAGES)
    assert "HOIBAO_EMBEDDING_DTYPE" in refused.value.hint
    assert QUESTION not in caplog.text
