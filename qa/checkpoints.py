"""Checkpoints: where the files of a model lie, what tells one model from another, and how they are loaded."""

import json
import os
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from qa.errors import ModelError

__all__ = ["fingerprint", "folder_of", "label", "load"]

BLOCKS, BLOCK = 256, 4096
"""Of a file, so many blocks of so many bytes tell it from another; a smaller file is read whole."""
WITHOUT_CODE = "Hoibao runs no code that comes with a model; intfloat/multilingual-e5-base and BAAI/bge-m3 need none."

_T = TypeVar("_T")


def folder_of(model: str) -> Path | None:
    """Return the folder that a model's name leads to, or None when it is to be a Hugging Face name."""
    folder = Path(model).expanduser()
    return Path(os.path.abspath(folder)) if folder.is_dir() else None  # noqa: PTH100 (resolve() would lose a link's name)


def label(folder: Path) -> str:
    """Return what to call the model of a folder: its last part, or the name Hugging Face's cache keeps it under."""
    if folder.parent.name == "snapshots":
        return folder.parent.parent.name.removeprefix("models--").replace("--", "/")
    return folder.name


def fingerprint(folder: Path) -> str:
    """Return 16 letters that tell the files of a model from others, wherever they lie and whenever they were copied.

    Of large files the size and 1 MB in blocks spread evenly over them count, which no training leaves as they were:
    reading gigabytes whole would take longer than the question that waits for it.

    Raises:
        ModelError: A file cannot be read.
    """
    digest = blake2b(digest_size=8)
    try:
        for path in sorted(set(_files(folder))):
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
            with path.open("rb") as file:
                if size <= BLOCKS * BLOCK:
                    digest.update(file.read())
                    continue
                for i in range(BLOCKS):
                    file.seek(i * (size - BLOCK) // (BLOCKS - 1))
                    digest.update(file.read(BLOCK))
    except OSError as exc:
        raise ModelError(f"The model in {folder} cannot be read: {exc}", hint="May this user read its files?") from exc
    return digest.hexdigest()


def load(make: Callable[[str, bool], _T], model: str, *, setting: str) -> _T:
    """Load a model with sentence-transformers; the network is asked only for what is not on this machine.

    Args:
        make: Called with a folder or name, and whether only files of this machine may be used.
        model: Folder or Hugging Face name.
        setting: Where the user named it.

    Raises:
        ModelError: It cannot be loaded.
    """
    try:
        return _loaded(make, model)
    except Exception as exc:  # the libraries below raise a score of kinds
        if "trust_remote_code" in str(exc):
            raise ModelError(f"The model {model!r} brings its own code", hint=f"{setting}: {WITHOUT_CODE}") from exc
        reason = " ".join(str(exc).split())
        raise ModelError(f"The model {model!r} cannot be loaded: {reason}", hint=_hint(model, setting)) from exc


def _loaded(make: Callable[[str, bool], _T], model: str) -> _T:
    folder = folder_of(model)
    if folder is not None:
        return make(str(folder), True)
    if _is_path(model):
        raise FileNotFoundError(f"there is no folder {model}")
    try:
        return make(model, True)
    except OSError:  # it is not in the cache
        if _is_offline():
            raise
        return make(model, False)


def _hint(model: str, setting: str) -> str:
    if folder_of(model) or _is_path(model):
        return f"{setting} takes the folder of a whole model, as `hf download NAME --local-dir FOLDER` writes it."
    hint = (
        f"{setting} takes a Hugging Face name whose files are on this machine, or a folder: download the model where "
    )
    hint += "there is a network (`hf download NAME --local-dir FOLDER`), and name the folder."
    return hint + (" HF_HUB_OFFLINE=0 lets Hoibao download it by itself." if _is_offline() else "")


def _is_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or model.count("/") > 1 or Path(model).is_file()


def _is_offline() -> bool:
    """Return what huggingface_hub makes of the two switches; `qa.offline` sets them unless the user has."""
    value = os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE") or ""
    return value.upper() in {"1", "ON", "YES", "TRUE"}


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that make a model: those of its folder and of its modules, but no cards and no other checkpoints."""
    yield from (p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".") and p.suffix != ".md")
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        parts = [str(module["path"]) for module in modules if module["path"]]
    except (
        OSError,
        ValueError,
        TypeError,
        KeyError,
    ):  # no module of its own; whether it is whole shows when it is loaded
        return
    for part in parts:
        if (folder / part).resolve().is_relative_to(folder.resolve()):
            yield from (p for p in (folder / part).rglob("*") if p.is_file() and p.suffix != ".md")
