"""Settings: the environment and `.env`, prefix `HOIBAO_`, all optional."""

import difflib
import json
import os
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qa.errors import SettingsError

__all__ = ["DEFAULT_EMBEDDING_MODEL", "Settings", "load_settings"]

PREFIX = "HOIBAO_"
ENV_FILE = ".env"
DEFAULT_EMBEDDING_MODEL = "hoibao-static-v1"
"""The sentence-transformers model that comes with Hoibao; a new training takes a new name, since vectors are cached by it."""
PRICED = ("read", "written")
FIELDS = frozenset({"title", "text", "abstract", "date", "url", "source", "id"})


class Settings(BaseSettings):
    """What can be set; the defaults work with nothing set.

    Attributes:
        data_dir: Folder of the three stores.
        embedding_model: The model that comes with Hoibao, or a folder or Hugging Face name that sentence-transformers
            can load.
        query_prefix: Stands before a question; None, in the environment `auto`, for what the model asks for.
        passage_prefix: Stands before a passage; likewise.
        embedding_dimensions: Keep only so many of a vector's numbers; None, in the environment `auto`, for all.
        embedding_dtype: Precision of the models; `auto` for float16 on CUDA and float32 elsewhere.
        embedding_batch: Texts a model is given at once.
        device: Where models run; `auto` for the fastest that PyTorch offers.
        reranker: A cross-encoder, by folder or Hugging Face name; None, in the environment `none`, for none.
        lexicon: A file of your own words, English and Vietnamese, read before those that come along; or None.
        answer_threshold: Least probability of being right, 0 to 1, below which the articles are said not to say; None for the
            learned one.
        show_unproven: Whether sentences that no quotation proves are shown, marked, beside proven ones.
        chat_model: A chat model that writes the answers, `provider:name` as `init_chat_model` takes it (`openai:…`, `ollama:…`); None,
            in the environment `none`, for quotations alone.
        chat_api_key: Its key; None for the one in the provider's own variable.
        chat_base_url: Address of its server; None for the provider's.
        chat_temperature: 0 for the likeliest words; None, in the environment `auto`, for the provider's own.
        chat_max_tokens: Longest reply.
        chat_context_tokens: What the model can take in, question and reply included; None, in the environment `auto`, for what
            LangChain knows of it, else 8,192.
        chat_timeout: Seconds without a word after which the model is given up.
        chat_retries: How often a call is tried again where that can help.
        chat_structured: Whether the model is asked for its sentences in fields, which it is then held to: `on`, `off`, or `auto` for when
            LangChain's profile of the model says that it offers this. Where its server refuses, it is asked for text.
        chat_pending: Whether a stream shows sentences at once, marked `[…]`, before they are proven.
        chat_understanding: Whether the model also reads the question: follow-ups, questions of several parts.
        chat_cache: Whether answers are kept and given again to the same question over the same articles.
        chat_price: Price of a million tokens read and of a million written, `0.15,0.60`; None, in the environment `none`, for unknown.
        today: The day that `năm ngoái`, `last week` and the like are counted from in questions; None, in the environment `auto`, for the
            real one.
        host: Address the page listens on.
        port: Port the page listens on, 1 to 65535.
        root_path: What a proxy leaves in front of the page's paths, such as `/hoibao`.
        trusted_proxies: Addresses or networks of the proxies whose `X-Forwarded-*` headers are believed.
        users: File of those who may open the page; None, in the environment `auto`, for `users` in the data directory.
        session_hours: How long a login lasts.
        api: Whether programs may call the page's endpoints, with `gradio_client`.
        mcp: Whether programs may call tools of the Model Context Protocol, at `/mcp`.
        open_to_all: Whether the page may be served without users elsewhere than on this machine.
        max_question_chars: Longest question taken, in characters.
        max_article_mb: Largest article taken by ingestion, in megabytes.
        max_article_seconds: Longest time reading one article may take.
        folders: Folders that the page ingests again when an archivist asks for it.
        archivists: Users who may add, remove and restore articles in the page; None, in the environment `auto`, for whoever opens a
            page without users on this machine; empty, in the environment `none`, for nobody.
        max_upload_mb: Largest file the page takes, in megabytes.
        workers: Processes that read files; 0 for as many as there are processors, at most 8.
        fields: What records call our fields where it is not found out, as JSON: `{"title": "ten_bai", "text": "than_bai"}`.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    data_dir: Path = Path("data")
    embedding_model: str = DEFAULT_EMBEDDING_MODEL
    query_prefix: str | None = None
    passage_prefix: str | None = None
    embedding_dimensions: int | None = Field(default=None, ge=1)
    embedding_dtype: Literal["auto", "float32", "float16", "bfloat16"] = "auto"
    embedding_batch: int = Field(default=32, ge=1, le=4096)
    device: str = Field(default="auto", pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$")
    reranker: str | None = None
    lexicon: Path | None = None
    answer_threshold: float | None = Field(default=None, ge=0, le=1)
    show_unproven: bool = False
    today: date | None = None

    chat_model: str | None = None
    chat_api_key: SecretStr | None = None
    chat_base_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    chat_temperature: float | None = Field(default=0.0, ge=0, le=2)
    chat_max_tokens: int = Field(default=2048, ge=64, le=200_000)
    chat_context_tokens: int | None = Field(default=None, ge=1024)
    chat_timeout: float = Field(default=60.0, gt=0, allow_inf_nan=False)
    chat_retries: int = Field(default=2, ge=0, le=10)
    chat_structured: Literal["auto", "on", "off"] = "auto"
    chat_pending: bool = False
    chat_understanding: bool = False
    chat_cache: bool = False
    chat_price: Annotated[tuple[float, float] | None, NoDecode] = None

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    root_path: str = Field(default="", pattern=r"^(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])*$")
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    users: Path | None = None
    session_hours: float = Field(default=12.0, gt=0, le=8760)
    api: bool = False
    mcp: bool = False
    open_to_all: bool = False
    max_question_chars: int = Field(default=2000, ge=1)
    max_article_mb: float = Field(default=20.0, gt=0, allow_inf_nan=False)
    max_article_seconds: float = Field(default=8.0, gt=0, allow_inf_nan=False)
    folders: Annotated[tuple[Path, ...], NoDecode] = ()
    archivists: Annotated[tuple[str, ...] | None, NoDecode] = None
    max_upload_mb: float = Field(default=100.0, gt=0, allow_inf_nan=False)
    workers: int = Field(default=0, ge=0, le=64)
    fields: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)

    @property
    def users_file(self) -> Path:
        """The file of those who may open the page."""
        return self.users or self.data_dir / "users"

    @field_validator("data_dir", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        if value == "":  # Path("") would be the working folder
            raise ValueError("a folder is needed")
        return value

    @field_validator(
        "query_prefix",
        "passage_prefix",
        "embedding_dimensions",
        "answer_threshold",
        "today",
        "users",
        "chat_temperature",
        "chat_context_tokens",
        mode="before",
    )
    @classmethod
    def _left_to_the_model(cls, value: object) -> object:
        return None if value == "auto" else value

    @field_validator("chat_price", mode="before")
    @classmethod
    def _prices(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value in ("", "none"):
            return None
        prices = value.split(",")
        if len(prices) != len(PRICED) or not all(p.strip().replace(".", "", 1).isdecimal() for p in prices):
            raise ValueError("two prices are needed, as in 0.15,0.60")
        return tuple(float(p) for p in prices)

    @field_validator("reranker", "lexicon", "chat_model", "chat_api_key", "chat_base_url", mode="before")
    @classmethod
    def _none(cls, value: object) -> object:
        return None if value in ("", "none") else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        named = [] if value in ("", "none") else value.split(",")
        try:
            return tuple(str(ip_network(proxy.strip())) for proxy in named)
        except ValueError:
            raise ValueError("addresses or networks are needed, parted by commas") from None

    @field_validator("folders", "archivists", mode="before")
    @classmethod
    def _parted(cls, value: object, about: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        if about.field_name == "archivists" and value == "auto":
            return None
        return () if value == "none" else tuple(part.strip() for part in value.split(",") if part.strip())

    @field_validator("fields", mode="before")
    @classmethod
    def _decoded(cls, value: object) -> object:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise ValueError("this is not JSON") from None
        if isinstance(value, dict) and (unknown := value.keys() - FIELDS):
            raise ValueError(f"there is no field {', '.join(map(repr, unknown))}, only {', '.join(sorted(FIELDS))}")
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
