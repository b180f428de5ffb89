"""A chat model by its name: any that LangChain's `init_chat_model` takes, with the settings it is called with."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from langchain_core.language_models import BaseChatModel

from qa.chat.structure import Structure, structure_of
from qa.errors import SettingsError
from qa.settings import Settings

__all__ = ["ChatModel", "open_chat_model"]

WINDOW = 8192
"""Tokens a model is taken to read when nothing is known of it: what the smallest in use can."""
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "google_genai": "google", "ollama": "ollama"}
_PACKAGES = {"openai": "langchain_openai", "anthropic": "langchain_anthropic", "google_genai": "langchain_google_genai",
             "ollama": "langchain_ollama"}  # fmt: skip
_KEYS = {
    "openai": ("OPENAI_API_KEY",),
    "anthropic": ("ANTHROPIC_API_KEY",),
    "google_genai": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
}
_ADDRESSES = {"openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE")}


@dataclass(frozen=True)
class ChatModel:
    """A chat model and what is known of it.

    Attributes:
        name: As it was asked for; of a model that was given, its class and its own name.
        window: Tokens it can take in, the reply included.
        tells_why: Whether its replies say why they ended; one that ends without was cut.
        structure: The model bound to the form of its replies; None when they come as text with marks.
    """

    name: str
    model: BaseChatModel
    window: int
    tells_why: bool = False
    structure: Structure | None = None


def open_chat_model(given: str | BaseChatModel, settings: Settings) -> ChatModel:
    """Return a chat model, ready to be called; nothing is sent yet.

    Args:
        given: `provider:name`, or a LangChain chat model, which is taken as it is.
        settings: Key, address, temperature, limits.

    Raises:
        SettingsError: There is no such provider, its package is not installed, it has no key, or it refuses a setting.
    """
    if isinstance(given, BaseChatModel):
        own = getattr(given, "model_name", None) or getattr(given, "model", None)
        name = type(given).__name__ + (f":{own}" if isinstance(own, str) else "")
        return _known(name, given, settings)
    provider = given.partition(":")[0] if ":" in given else ""
    if not provider or not given.partition(":")[2]:
        raise SettingsError(
            f"{given!r} is no chat model", hint="Name it with its provider: openai:NAME, anthropic:NAME, ollama:NAME."
        )
    if provider in _PACKAGES and find_spec(_PACKAGES[provider]) is None:
        raise _not_installed(provider, _PACKAGES[provider])
    model = _made(given, provider, _options(provider, settings))
    return _known(given, model, settings)


def _known(name: str, model: BaseChatModel, settings: Settings) -> ChatModel:
    structure = structure_of(model, name, settings.chat_structured)
    return ChatModel(name, model, _window(model, settings), tells_why=_tells_why(model), structure=structure)


def _made(given: str, provider: str, options: Mapping[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # a second of loading, which only a chat model is worth

    try:
        made = init_chat_model(given, **options)
    except ImportError as exc:
        raise _not_installed(provider, getattr(exc, "name", None) or provider) from None
    except Exception as exc:  # noqa: BLE001  # each provider's client refuses settings with errors of its own, which may hold them
        kind = type(exc).__name__
        raise SettingsError(
            f"The chat model {given} cannot be opened ({kind})",
            hint="Is the provider one of openai, anthropic, google_genai, ollama, or another that init_chat_model knows? "
            "Check HOIBAO_CHAT_API_KEY and HOIBAO_CHAT_BASE_URL.",
        ) from None
    if not isinstance(made, BaseChatModel):
        raise SettingsError(f"{given!r} is no chat model", hint="Name it with its provider: openai:NAME, ollama:NAME.")
    return made


def _not_installed(provider: str, package: str) -> SettingsError:
    extra = _EXTRAS.get(provider)
    command = f'pip install "hoibao[{extra}]"' if extra else f"pip install {package.replace('_', '-')}"
    return SettingsError(f"The chat models of {provider} need a package that is not installed", hint=f"Run: {command}")


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """Return what a provider's client is made with; each has its own names, and the retries are ours."""
    key = settings.chat_api_key.get_secret_value() if settings.chat_api_key else ""
    options: dict[str, Any] = {}
    if settings.chat_temperature is not None:
        options["temperature"] = settings.chat_temperature
    if settings.chat_base_url:
        options["base_url"] = settings.chat_base_url
    if provider == "ollama":
        headers = {"headers": {"Authorization": f"Bearer {key}"}} if key else {}
        return options | {
            "num_predict": settings.chat_max_tokens,
            "num_ctx": settings.chat_context_tokens or WINDOW,  # its own default silently leaves out what is beyond
            "client_kwargs": {"timeout": settings.chat_timeout, **headers},
        }
    options |= {"max_tokens": settings.chat_max_tokens, "timeout": settings.chat_timeout, "max_retries": 0}
    if provider == "openai":
        options["stream_usage"] = True
    if key:
        options["api_key"] = key
    elif provider in _KEYS and not any(os.environ.get(name) for name in _KEYS[provider]):
        elsewhere = settings.chat_base_url or any(os.environ.get(name) for name in _ADDRESSES.get(provider, ()))
        if not elsewhere:
            raise SettingsError(
                f"The chat model of {provider} needs a key", hint=f"Set HOIBAO_CHAT_API_KEY or {_KEYS[provider][0]}."
            )
        options["api_key"] = "none"  # servers of one's own ask for none, but the client does
    return options


def _window(model: BaseChatModel, settings: Settings) -> int:
    if settings.chat_context_tokens:
        return settings.chat_context_tokens
    if own := getattr(model, "num_ctx", None):
        return int(own)
    profile = getattr(model, "profile", None) or {}
    return int(profile.get("max_input_tokens") or WINDOW)


def _tells_why(model: BaseChatModel) -> bool:
    return type(model).__module__.partition(".")[0] in _PACKAGES.values()
