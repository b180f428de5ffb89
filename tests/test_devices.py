"""Devices and precision."""

import pytest
import torch

from qa.devices import device_named, dtype_named
from qa.errors import ModelError


def machine(monkeypatch: pytest.MonkeyPatch, *, cuda: int = 0, mps: bool = False) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)


def test_auto_is_the_fastest_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for there, device in (
        ({}, "cpu"),
        ({"mps": True}, "mps"),
        ({"cuda": 2}, "cuda"),
        ({"cuda": 1, "mps": True}, "cuda"),
    ):
        machine(monkeypatch, **there)  # type: ignore[arg-type]
        assert device_named("auto") == device


def test_a_device_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, cuda=2)
    for name in ("cpu", "cuda", "cuda:0", "cuda:1"):
        assert device_named(name) == name


@pytest.mark.parametrize(("cuda", "name"), [(0, "cuda"), (0, "cuda:0"), (0, "mps"), (2, "cuda:2"), (2, "mps")])
def test_a_device_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, cuda: int, name: str) -> None:
    machine(monkeypatch, cuda=cuda)
    with pytest.raises(ModelError, match=name) as refused:
        device_named(name)
    assert "HOIBAO_DEVICE" in refused.value.hint
    assert "cpu" in refused.value.hint
    assert ("cuda:1" in refused.value.hint) is (cuda == 2)


def test_auto_is_half_precision_on_cuda_alone() -> None:
    assert dtype_named("auto", device="cuda:1") is torch.float16
    assert dtype_named("auto", device="cuda", float16=False) is torch.float32
    assert dtype_named("auto", device="cpu") is dtype_named("auto", device="mps") is torch.float32


def test_a_precision_that_is_named_is_taken() -> None:
    assert dtype_named("bfloat16", device="cpu") is torch.bfloat16
    assert dtype_named("float16", device="cpu", float16=False) is torch.float16
    assert dtype_named("float32", device="cuda") is torch.float32
