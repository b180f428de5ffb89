"""Hoibao, the library: text, stores, retrieval, reading, citations, the assistant.

from qa import NewsAssistant
answer = NewsAssistant.open().ask("Who chaired the 2019 conference?")
print(answer)                       # the text with [1] marks
answer.citations[0].quote           # the sentence that proves it
"""

from qa.offline import silence

silence()  # before any library is imported that would otherwise look for the network

from qa.assistant import NewsAssistant  # noqa: E402 - after the switches are set
from qa.errors import HoibaoError  # noqa: E402
from qa.schema import Answer, Article, Citation, Passage, Turn  # noqa: E402
from qa.settings import Settings, load_settings  # noqa: E402

__all__ = [
    "Answer",
    "Article",
    "Citation",
    "HoibaoError",
    "NewsAssistant",
    "Passage",
    "Settings",
    "Turn",
    "load_settings",
]
