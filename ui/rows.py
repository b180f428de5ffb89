"""What programs are given, field by field: the objects of the command line contract as types that can be looked up."""

from typing import Any, TypeVar, cast

from typing_extensions import TypedDict

__all__ = [
    "AnswerRow",
    "ArticleRow",
    "BlockRow",
    "CitationRow",
    "EntryRow",
    "ExchangeRow",
    "FoundRow",
    "FoundRows",
    "PeopleRows",
    "PersonRow",
    "PlaceRow",
    "RetrievedRow",
    "taken",
]

_Row = TypeVar("_Row")


class ExchangeRow(TypedDict):
    """One turn of the conversation so far."""

    question: str
    answer: str


class PlaceRow(TypedDict):
    """Where in its file a quotation begins: `page` 3."""

    unit: str
    at: int


class CitationRow(TypedDict):
    """A verbatim quotation; `start` and `end` are offsets into the text of the article with this content hash."""

    marker: int
    article_id: str
    source: str
    url: str | None
    copies: list[str]
    title: str
    outlet: str | None
    published: str | None
    event: str | None
    kind: str
    quote: str
    start: int
    end: int
    content_hash: str
    place: PlaceRow | None


class RetrievedRow(TypedDict):
    """One of the ten best articles."""

    article_id: str
    source: str
    copies: list[str]
    title: str
    score: float


class AnswerRow(TypedDict):
    """An answer; marks such as [1] in `text` are the markers of its citations. Not answered: the articles do not say."""

    question: str
    language: str
    answered: bool
    text: str
    understood: str
    unproven: list[str]
    seconds: float
    citations: list[CitationRow]
    retrieved: list[RetrievedRow]


class _DescribedRow(TypedDict):
    id: str
    title: str
    source: str
    copies: list[str]
    url: str | None
    outlet: str | None
    language: str
    published: str | None
    event: str | None
    content_hash: str


class FoundRow(_DescribedRow):
    """An article that was found; `excerpt` is the beginning of the passage that fits best, at `start` of its text."""

    excerpt: str
    start: int
    end: int


class FoundRows(TypedDict):
    """Articles, best first."""

    articles: list[FoundRow]


class BlockRow(TypedDict):
    """A paragraph of the text: `title`, `body`, `caption`, or `hole` where words were lost."""

    kind: str
    start: int
    end: int


class ArticleRow(_DescribedRow):
    """An article with its text; `until` says since when the text is no longer the present one."""

    text: str
    blocks: list[BlockRow]
    since: str
    until: str | None


class EntryRow(TypedDict):
    """A post that is held (`role` is `post`) or something done, its day, and the sentence that says so."""

    role: str
    post: str
    date: str | None
    dated_by: str
    article_id: str
    source: str
    title: str
    quote: str
    start: int
    end: int
    content_hash: str


class PersonRow(TypedDict):
    """Somebody of the articles; `left_off` counts entries that are not given."""

    name: str
    spellings: list[str]
    articles: int
    entries: list[EntryRow]
    left_off: int


class PeopleRows(TypedDict):
    """Everybody of one name, the most written about first."""

    people: list[PersonRow]


def taken(kind: type[_Row], row: dict[str, Any]) -> _Row:
    """Return the fields of a row that its type names."""
    return cast("_Row", {name: row[name] for name in kind.__annotations__})
