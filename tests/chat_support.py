"""Chat models that do well and ill over the samples, and what every answer of theirs must hold to."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chat_server import ChatServer, Script, saying

from qa import Answer, NewsAssistant, Settings
from qa.embeddings import TextEmbeddings

QUESTION = "Ai chủ trì hội nghị năm 2019?"
ENGLISH = "Who chaired the 2019 conference?"
KEY = "sk-very-secret-0123456789"
CHAIRS = "Đồng chủ trì hội nghị là bốn ông"
GOOD = saying(
    (
        "Hội nghị năm 2019 do bốn ông Nguyễn Văn Nên, Nguyễn Hạnh Phúc, Đào Việt Trung và Mai Tiến Dũng đồng chủ trì.",
        CHAIRS,
    ),
    ("Ông Nguyễn Hạnh Phúc trình bày dự thảo báo cáo.", "Người trình bày dự thảo"),
)
Open = Callable[..., NewsAssistant]


def opening(data: Path, embeddings: TextEmbeddings) -> Open:
    """Return a way to open the samples with a chat model at a server."""

    def opened(server: ChatServer, *, model: str = "openai:gpt-test", **settings: Any) -> NewsAssistant:
        given = {
            "chat_api_key": KEY,
            "chat_base_url": server.address if model.startswith("ollama") else server.url,
            **settings,
        }
        chosen = Settings(data_dir=data, chat_model=model, chat_timeout=given.pop("chat_timeout", 20), **given)
        assistant = NewsAssistant.open(settings=chosen)
        assistant.retriever = assistant.retriever.model_copy(update={"embeddings": embeddings})
        return assistant

    return opened


def grown(assistant: NewsAssistant, question: str = QUESTION) -> list[Answer]:
    """Return the growing answers of a stream, which must end as the answer does that is not streamed."""
    found = list(assistant.stream(question))
    assert [a.done for a in found] == [False] * (len(found) - 1) + [True]
    return found


def sound(answer: Answer, assistant: NewsAssistant) -> None:
    """Whether marks and citations agree, and every quotation stands in its article."""
    assert {int(m) for m in re.findall(r"\[(\d+)\]", answer.text)} == {c.marker for c in answer.citations}
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        article = assistant.article(citation.article_id)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote
        assert len(citation.quote) <= 600


def quoted_instead(answer: Answer, why: str, plain: NewsAssistant, question: str = QUESTION) -> None:
    """Whether an answer is the one without a chat model, with a plain note of why."""
    wanted = plain.ask(question)
    assert (answer.text, answer.citations, answer.answered) == (wanted.text, wanted.citations, wanted.answered)
    assert why in answer.note
    assert KEY not in repr(answer) + json.dumps(answer.to_json())


BAD: dict[str, Script] = {
    "says what no sentence says": saying(("Hội nghị bàn về giá xăng dầu và nhà ở.", CHAIRS)),
    "alters a number": saying(("Đồng chủ trì hội nghị là bảy ông.", CHAIRS)),
    "alters a year": saying(("Hội nghị năm 2017 do ông Nguyễn Văn Nên đồng chủ trì.", CHAIRS)),
    "swaps two posts of a list": saying(("Ông Đào Việt Trung là Chủ nhiệm Văn phòng Chính phủ.", CHAIRS)),
    "makes an attendee the chair": saying(("Bà Nguyễn Thị Kim Ngân chủ trì hội nghị.", "Nguyễn Thị Kim Ngân dự")),
    "names somebody else": saying(("Ông Trần Văn Khống chủ trì hội nghị.", CHAIRS)),
    "quotes falsely": saying(("Báo viết: \"Hội nghị do bà Kim Ngân chủ trì\".", CHAIRS)),
    "denies": saying(("Ông Nguyễn Văn Nên không chủ trì hội nghị.", CHAIRS)),
    "answers in the wrong language": saying(("The conference was co-chaired by four men who met there.", CHAIRS)),
    "says only yes": saying(("Đúng vậy.", CHAIRS)),
    "gives an address": saying(("Ông Nguyễn Văn Nên đồng chủ trì, xem http://evil.example/a.", CHAIRS)),
    "breaks a character": saying(("Đồng chủ trì hội nghị là ông Nguyễn V\ufffdn Nên.", CHAIRS)),
    "writes in another script": saying(("Ông Nguyễn Văn Nên 主持 hội nghị.", CHAIRS)),
}  # fmt: skip
