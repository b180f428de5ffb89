"""A conversation as JSON that can be read back: the answers of the command line contract in an envelope with format and version."""

import json
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from qa.errors import HoibaoError
from qa.schema import Answer, BlockKind, Citation, Retrieved

__all__ = ["FORMAT", "LARGEST", "VERSION", "conversation_from", "json_of"]

FORMAT, VERSION = "hoibao-conversation", 1
LARGEST = 50_000_000
"""Bytes of a file that is read."""

_Text = Annotated[str, Field(max_length=100_000)]
_Texts = Annotated[list[_Text], Field(max_length=10_000)]


def json_of(exchanges: Sequence[tuple[str, Answer]], *, language: str) -> str:
    """Return a conversation as JSON, each answer as `Answer.to_json` gives it.

    Args:
        exchanges: Questions as they were asked, and their answers.
        language: `vi` or `en`, of the page it was held on.
    """
    rows = [{"question": question, "answer": answer.to_json()} for question, answer in exchanges]
    whole = {"format": FORMAT, "version": VERSION, "language": language, "exchanges": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def conversation_from(data: bytes) -> list[tuple[str, Answer]]:
    """Return the exchanges of a file that `json_of` wrote.

    What a file says is not proven by that: whoever shows its quotations as proven looks them up by article and content hash first.

    Args:
        data: The file, UTF-8.

    Raises:
        HoibaoError: It is another file, of a later version, too large or broken.
    """
    hint = "Give a .json file that Hoibao exported."
    if len(data) > LARGEST:
        raise HoibaoError(f"The conversation is larger than {LARGEST // 1_000_000} MB", hint=hint)
    try:
        head = _Head.model_validate_json(data)
        if head.version > VERSION:
            raise HoibaoError(
                f"The conversation has version {head.version} of the format, and only {VERSION} is known here",
                hint="Read it with a later version of Hoibao.",
            )
        whole = _Conversation.model_validate_json(data)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))[:200]
        raise HoibaoError(
            f"This is no conversation exported by Hoibao: {place and place + ': '}{first['msg'][:200]}", hint=hint
        ) from exc
    return [(row.question, row.answer.answer()) for row in whole.exchanges]


class _Row(BaseModel):
    """Fields of a later, compatible version are passed over; nothing is converted."""

    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False, hide_input_in_errors=True)


class _Head(_Row):
    format: Literal["hoibao-conversation"]
    version: int = Field(ge=1)


class _Place(_Row):
    unit: _Text
    at: int


class _CitationRow(_Row):
    marker: int = Field(ge=1, le=999)
    article_id: str = Field(pattern=r"^[0-9a-f]{16}$")
    source: _Text
    url: _Text | None
    copies: _Texts
    title: _Text
    outlet: _Text | None
    published: _Text | None
    event: _Text | None
    kind: Literal["title", "body", "caption", "hole"]
    quote: _Text
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    content_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    place: _Place | None

    @model_validator(mode="after")
    def _whole(self) -> "_CitationRow":
        if self.end - self.start != len(self.quote):
            raise ValueError("the quotation is longer or shorter than its offsets say")
        return self

    def citation(self) -> Citation:
        told = self.model_dump(exclude={"place", "kind", "copies"})
        place = (self.place.unit, self.place.at) if self.place else None
        return Citation(**told, kind=BlockKind(self.kind), copies=tuple(self.copies), place=place)


class _RetrievedRow(_Row):
    article_id: _Text
    source: _Text
    copies: _Texts
    title: _Text
    score: float

    def retrieved(self) -> Retrieved:
        return Retrieved(self.article_id, self.source, self.title, self.score, tuple(self.copies))


class _AnswerRow(_Row):
    id: JsonValue
    question: _Text
    language: Literal["vi", "en"]
    answered: bool
    text: _Text
    seconds: float
    citations: list[_CitationRow] = Field(max_length=1000)
    retrieved: list[_RetrievedRow] = Field(max_length=1000)
    understood: _Text = ""
    note: _Text = ""
    unproven: _Texts = []

    @model_validator(mode="after")
    def _sound(self) -> "_AnswerRow":
        if len({c.marker for c in self.citations}) < len(self.citations):
            raise ValueError("two citations have one marker")
        if self.citations and not self.answered:
            raise ValueError("what is not answered cites nothing")
        return self

    def answer(self) -> Answer:
        told = self.model_dump(exclude={"citations", "retrieved", "unproven"})
        return Answer(
            **told,
            citations=tuple(c.citation() for c in self.citations),
            retrieved=tuple(r.retrieved() for r in self.retrieved),
            unproven=tuple(self.unproven),
        )


class _ExchangeRow(_Row):
    question: _Text
    answer: _AnswerRow


class _Conversation(_Head):
    language: Literal["vi", "en"]
    exchanges: list[_ExchangeRow] = Field(max_length=10_000)
