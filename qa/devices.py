"""Devices: where PyTorch computes, and in which precision."""

from typing import TYPE_CHECKING

from qa.errors import ModelError

if TYPE_CHECKING:
    import torch

__all__ = ["device_named", "dtype_named"]


def device_named(setting: str) -> str:
    """Return the device that `HOIBAO_DEVICE` stands for, such as `cpu` or `cuda:1`.

    Raises:
        ModelError: This machine does not have it, or PyTorch cannot use it.
    """
    offered = _offered()
    if setting == "auto":
        return offered[0]
    if setting not in offered:
        known = ", ".join(reversed(offered))
        raise ModelError(
            f"PyTorch cannot use the device {setting!r} here",
            hint=f"HOIBAO_DEVICE may be auto or {known} on this machine; CUDA also needs a build of PyTorch with it.",
        )
    return setting


def dtype_named(setting: str, *, device: str, float16: bool = True) -> "torch.dtype":
    """Return the precision that `HOIBAO_EMBEDDING_DTYPE` stands for on a device.

    Args:
        setting: The name of a precision, or `auto`: half on CUDA, where it doubles the speed, else single.
        device: As `device_named` returns it.
        float16: Whether the model bears half precision.
    """
    import torch  # takes seconds

    if setting == "auto":
        setting = "float16" if device.startswith("cuda") and float16 else "float32"
    return {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}[setting]


def _offered() -> list[str]:
    """Return the devices there are, the fastest first."""
    import torch  # takes seconds

    devices = ["cpu"]
    if torch.backends.mps.is_available():
        devices.insert(0, "mps")
    if torch.cuda.is_available():
        devices = ["cuda", *(f"cuda:{n}" for n in range(torch.cuda.device_count())), *devices]
    return devices
