"""Hoibao, the library: text, stores, retrieval, reading, citations, the assistant.

from qa import NewsAssistant
answer = NewsAssistant.open().ask("Who chaired the 2019 conference?")
print(answer)                       # the text with [1] marks
answer.citations[0].quote           # the sentence that proves it
"""

from importlib import import_module
from typing import TYPE_CHECKING

from qa.offline import silence

silence()  # before any library is imported that would otherwise look for the network

if TYPE_CHECKING:
    from qa.assistant import NewsAssistant
    from qa.errors import HoibaoError
    from qa.schema import Answer, Article, Citation, Filters, Passage, Turn
    from qa.settings import Settings, load_settings

__all__ = [
    "Answer",
    "Article",
    "Citation",
    "Filters",
    "HoibaoError",
    "NewsAssistant",
    "Passage",
    "Settings",
    "Turn",
    "load_settings",
]

_HOMES = {
    "qa.assistant": ("NewsAssistant",),
    "qa.errors": ("HoibaoError",),
    "qa.schema": ("Answer", "Article", "Citation", "Filters", "Passage", "Turn"),
    "qa.settings": ("Settings", "load_settings"),
}


def __getattr__(name: str) -> object:
    # Imported when asked for: LangChain costs half a second, which the processes that only read files do not need.
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
