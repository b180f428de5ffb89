"""Checkpoints: what tells the files of one model from another's, and how loading fails."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from qa.checkpoints import BLOCK, BLOCKS, fingerprint, folder_of, label, load
from qa.errors import ModelError


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder that looks like a model with weights too large to be read whole."""
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "modules.json").write_text(json.dumps([{"path": ""}, {"path": "1_Pooling"}]))
    (folder / "config.json").write_text('{"hidden_size": 32}')
    (folder / "1_Pooling" / "config.json").write_text('{"pooling": "mean"}')
    weights = np.random.default_rng(0).bytes(3 * BLOCKS * BLOCK)
    (folder / "model.safetensors").write_bytes(weights)
    return folder


def test_a_copy_elsewhere_has_the_same_fingerprint(model: Path, tmp_path: Path) -> None:
    before = fingerprint(model)
    copy = shutil.copytree(model, tmp_path / "elsewhere" / "other name", copy_function=shutil.copyfile)
    assert fingerprint(copy) == before
    assert len(before) == 16


def test_what_is_no_part_of_the_model_changes_nothing(model: Path) -> None:
    before = fingerprint(model)
    (model / "README.md").write_text("a card")
    (model / ".gitattributes").write_text("x")
    (model / "onnx").mkdir()
    (model / "onnx" / "model.onnx").write_bytes(b"x" * 100)
    os.utime(model / "model.safetensors", ns=(1, 1))
    assert fingerprint(model) == before


@pytest.mark.parametrize("name", ["config.json", "1_Pooling/config.json", "modules.json"])
def test_a_change_of_one_small_file_shows(model: Path, name: str) -> None:
    before = fingerprint(model)
    (model / name).write_text((model / name).read_text().replace('"', '" ', 1))
    assert fingerprint(model) != before


def test_weights_of_the_same_size_and_time_show(model: Path) -> None:
    weights = model / "model.safetensors"
    time, before = weights.stat().st_mtime_ns, fingerprint(model)
    content = bytearray(weights.read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = np.random.default_rng(1).bytes(third)
    weights.write_bytes(content)
    os.utime(weights, ns=(time, time))
    assert fingerprint(model) != before


def test_the_first_and_the_last_bytes_count(model: Path) -> None:
    weights = model / "model.safetensors"
    content, seen = bytearray(weights.read_bytes()), {fingerprint(model)}
    for position in (0, -1):
        content[position] ^= 1
        weights.write_bytes(content)
        seen.add(fingerprint(model))
    assert len(seen) == 3


def test_a_renamed_file_shows(model: Path) -> None:
    before = fingerprint(model)
    (model / "config.json").rename(model / "config-of-old.json")
    assert fingerprint(model) != before


@pytest.mark.parametrize("modules", ["{", "[7]", '[{"path": "../../outside"}]', "null"])
def test_strange_modules_are_left_to_the_loading(model: Path, modules: str) -> None:
    (model.parent.parent / "outside").mkdir(exist_ok=True)
    (model / "modules.json").write_text(modules)
    assert len(fingerprint(model)) == 16


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gone") as refused:
        fingerprint(tmp_path / "gone")
    assert refused.value.hint


def test_folders_are_told_from_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "intfloat" / "e5").mkdir(parents=True)
    (tmp_path / "link").symlink_to("intfloat/e5")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folder_of("intfloat/e5") == tmp_path / "intfloat" / "e5"
    assert folder_of("~/intfloat/e5") == tmp_path / "intfloat" / "e5"
    assert folder_of("./link") == tmp_path / "link"
    assert folder_of("intfloat/e6") is None
    assert label(tmp_path / "link") == "link"
    assert label(tmp_path / "models--a--b" / "snapshots" / "0a1b") == "a/b"


class Maker:
    """Stands for sentence-transformers: fails as told, and says how it was called."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.calls: list[tuple[str, bool]] = []

    def __call__(self, place: str, local: bool) -> str:
        self.calls.append((place, local))
        if self.failures:
            raise self.failures.pop(0)
        return "model"


def test_the_network_is_asked_only_for_what_is_not_here(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    make = Maker()
    assert load(make, str(model), setting="S") == load(make, "a/b", setting="S") == "model"
    assert make.calls == [(str(model), True), ("a/b", True)]
    make = Maker(OSError("not cached"))
    assert load(make, "a/b", setting="S") == "model"
    assert make.calls == [("a/b", True), ("a/b", False)]
    make = Maker(OSError("broken"))
    with pytest.raises(ModelError, match="broken"):
        load(make, str(model), setting="S")
    assert make.calls == [(str(model), True)]


def test_offline_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
        monkeypatch.setenv(name, "1")
        make = Maker(OSError("not\ncached"), OSError("never"))
        with pytest.raises(ModelError, match="not cached") as refused:
            load(make, "a/b", setting="HOIBAO_RERANKER")
        assert make.calls == [("a/b", True)]
        for word in ("HOIBAO_RERANKER", "hf download", "folder", "HF_HUB_OFFLINE=0"):
            assert word in refused.value.hint


def test_a_folder_that_is_not_there_is_not_looked_for_on_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    for name in ("./gone", "/gone/model", "~/gone", "a/b/c"):
        make = Maker()
        with pytest.raises(ModelError, match="no folder"):
            load(make, name, setting="S")
        assert not make.calls


def test_code_that_comes_with_a_model_is_refused() -> None:
    make = Maker(ValueError("Please pass the argument `trust_remote_code=True` to allow custom code to be run."))
    with pytest.raises(ModelError, match="its own code") as refused:
        load(make, "Alibaba-NLP/gte-multilingual-base", setting="S")
    assert "runs no code" in refused.value.hint
    assert "trust_remote_code" not in f"{refused.value} {refused.value.hint}"
