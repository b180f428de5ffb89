"""The things Hoibao speaks of: articles, passages, citations, answers.

Offsets count characters of an article's clean text, from 0, end excluded. Dates are ISO 8601 strings; a partial one is
cut short (`2016-02`, `2016`) or, when the year is open, begins with two hyphens (`--02-02`).
"""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from typing import Any, NamedTuple

__all__ = [
    "Answer",
    "Appearance",
    "Article",
    "Block",
    "BlockKind",
    "Citation",
    "DateMention",
    "DateRole",
    "Filters",
    "Hit",
    "Passage",
    "Retrieved",
    "Role",
    "Turn",
    "Usage",
]


class BlockKind(StrEnum):
    """What a paragraph of an article is."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"
    HOLE = "hole"
    """A sentence with its content lost on the way (`Tới dự có .`): kept to be read, never used as evidence."""


class DateRole(StrEnum):
    """What a date does in its article."""

    EVENT = "event"
    PUBLISHED = "published"
    REVIEWED = "reviewed"
    PLANNED = "planned"
    MENTIONED = "mentioned"


class Block(NamedTuple):
    """One paragraph of the clean text: `article.text[start:end]`."""

    kind: BlockKind
    start: int
    end: int


class DateMention(NamedTuple):
    """A date as an article speaks of it; a tuple, since hundreds are read from the ledger for every question.

    Attributes:
        value: ISO 8601, cut short or with an open year where the text does not fix the rest; of what is counted from a day
            perhaps a stretch, both ends included: `2019-06-10/2019-06-16` for `tuần trước`.
        text: The words it was read from; `""` with `start == end == 0` when they stand outside the clean text.
        role: What it does in the article.
        basis: Further words that fixed its year (`Xuân Bính Thân`), or the day it was counted from, or None.
    """

    value: str
    text: str
    start: int
    end: int
    role: DateRole = DateRole.MENTIONED
    basis: str | None = None


class Role(StrEnum):
    """What an article says of somebody: that a post is held, or what was done."""

    POST = "post"
    CHAIRS = "chairs"
    SPEAKS = "speaks"
    PRESENTS = "presents"
    ATTENDS = "attends"
    SIGNS = "signs"
    APPOINTED = "appointed"
    MEETS = "meets"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What an article says of one person at one place.

    Attributes:
        person: The fullest form of the name in the article.
        role: That a post is held, or what was done.
        post: The post as worded, or "" when something was done.
        start: Where the words of the post begin, or the name of who did it.
        end: End of these words.
        clause: Offsets of the sentence that says so.
        past: Whether the words say that a post was held before the time of the article (`lúc bấy giờ`, `was … at that time`).
    """

    person: str
    role: Role
    post: str
    start: int
    end: int
    clause: tuple[int, int]
    past: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read, cleaned and described.

    Attributes:
        id: 16 hexadecimal digits, made from the article's identity.
        source: The file it came from, as `folder/name.txt`; for a record inside a file, `FILE#id`.
        text: Clean text, NFC, paragraphs joined by line feeds.
        blocks: The paragraphs of `text` in order, without gaps but for the line feeds.
        outlet: As it is shown (`TTXVN / Vietnam+`), or None.
        outlets: Canonical names, so that `VietnamPlus` and `Vietnam+` are one.
        event: The mention that says when it happened, or None when the text does not fix the day.
        published: The mention that says when it was published, or None.
        title_derived: Whether the title was made from the text because the file has none.
        origins: `(clean, raw, length)` runs, ascending: clean characters `clean…clean+length` stand at `raw…` of the
            text as the file gave it. Characters outside any run were put in (white space) or composed.
        places: `(raw, unit, at)`, ascending: from character `raw` of that text on, it stands in the `unit` (`character`,
            `line`, `page`, `paragraph`) number `at` of the file; characters run on one by one.
        copies: Other sources of the same article, and the sources of identical and near-identical ones.
        content_hash: SHA-256 of `text` in UTF-8, hexadecimal.
    """

    id: str
    source: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    language: str
    content_hash: str
    title_derived: bool = False
    url: str | None = None
    outlet: str | None = None
    outlets: tuple[str, ...] = ()
    event: DateMention | None = None
    published: DateMention | None = None
    dates: tuple[DateMention, ...] = ()
    origins: tuple[tuple[int, int, int], ...] = ()
    places: tuple[tuple[int, str, int], ...] = ()
    copies: tuple[str, ...] = ()

    def place(self, offset: int) -> tuple[str, int] | None:
        """Return where in the file the clean character at `offset` stands: `("page", 3)`; None when it was put in or is unknown."""
        run = bisect_right(self.origins, offset, key=lambda r: r[0]) - 1
        if run < 0 or offset >= self.origins[run][0] + self.origins[run][2]:
            return None
        raw = self.origins[run][1] + offset - self.origins[run][0]
        found = bisect_right(self.places, raw, key=lambda p: p[0]) - 1
        if found < 0:
            return None
        start, unit, at = self.places[found]
        return unit, at + raw - start if unit == "character" else at

    def years(self, role: DateRole | None = None) -> tuple[int, ...]:
        """Return the years the article speaks of, ascending, each once; of one role when `role` is given."""
        values = {d.value[:4] for d in self.dates if role is None or d.role is role}
        return tuple(sorted(int(v) for v in values if v.isdigit()))


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article: `text == article.text[start:end]`.

    Attributes:
        number: The ledger's row number, the key of the vector and lexical indexes.
    """

    article_id: str
    kind: BlockKind
    start: int
    end: int
    text: str
    number: int = -1

    @property
    def id(self) -> str:
        """`ARTICLE:START-END:HASH`, the same for the same text at the same place."""
        return f"{self.article_id}:{self.start}-{self.end}:{blake2b(self.text.encode(), digest_size=4).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is limited to; `Filters()` limits nothing.

    An article's time is the day of its event, else of its publication, else the times its text speaks of.

    Attributes:
        since: ISO day, month or year: articles of this time or later; "" for no limit.
        until: ISO day, month or year, its last day included; "" for no limit.
        outlets: Names of outlets, any of which will do; canonical (`VietnamPlus`) or as an article shows them.
        people: Names of people, with or without diacritics, all of whom an article must say something of.
    """

    since: str = ""
    until: str = ""
    outlets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.outlets or self.people)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer, with the reasons.

    Attributes:
        score: Fused score in [0, 1], comparable within one search.
        parts: The scores it was fused from, by name.
    """

    passage: Passage
    article: Article
    score: float
    parts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation: `quote == article.text[start:end]`.

    Attributes:
        marker: The number it has in the answer, from 1.
        kind: `caption` when the words stand under a picture.
        content_hash: Of the article the offsets refer to.
        copies: Sources of identical or near-identical articles.
        place: Where in the file it begins, as `Article.place` says: `("page", 3)`; None when that is not known.
    """

    marker: int
    article_id: str
    source: str
    title: str
    quote: str
    start: int
    end: int
    content_hash: str
    kind: BlockKind = BlockKind.BODY
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    event: str | None = None
    copies: tuple[str, ...] = ()
    place: tuple[str, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the citation as the object of the command line contract."""
        return {
            "marker": self.marker,
            "article_id": self.article_id,
            "source": self.source,
            "url": self.url,
            "copies": list(self.copies),
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published,
            "event": self.event,
            "kind": self.kind.value,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "content_hash": self.content_hash,
            "place": self.place and {"unit": self.place[0], "at": self.place[1]},
        }


@dataclass(frozen=True, slots=True)
class Retrieved:
    """An article that retrieval found, best first in `Answer.retrieved`."""

    article_id: str
    source: str
    title: str
    score: float
    copies: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the row as the object of the command line contract."""
        return {
            "article_id": self.article_id,
            "source": self.source,
            "copies": list(self.copies),
            "title": self.title,
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the text it was answered with."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took of a chat model.

    Attributes:
        model: Its name, `provider:name`.
        written: Whether the answer is its own; else it was quoted in its place, or declined.
        calls: Requests made, retries and repairs among them.
        input_tokens: As the provider counts them; where it does not tell, our estimate from above.
        output_tokens: Likewise.
        sentences: Numbered sentences it was given, at the first request.
        refused: Sentences it wrote that the claim gate refused.
        first_seconds: From the first request to its first word; None when it said nothing.
        seconds: Spent with the model, waiting between tries included.
        cost: In the currency of the price that is set; None when none is.
        cached: Whether the answer was kept from an earlier, equal question.
    """

    model: str
    written: bool = False
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    sentences: int = 0
    refused: int = 0
    first_seconds: float | None = None
    seconds: float = 0.0
    cost: float | None = None
    cached: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the row as an object of the command line contract."""
        return {
            "model": self.model,
            "written": self.written,
            "calls": self.calls,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "sentences": self.sentences,
            "refused": self.refused,
            "first_seconds": None if self.first_seconds is None else round(self.first_seconds, 4),
            "seconds": round(self.seconds, 4),
            "cost": None if self.cost is None else round(self.cost, 6),
            "cached": self.cached,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What Hoibao says, and what proves it; `str(answer)` is its text.

    Attributes:
        text: The answer with marks such as `[1]`, each the `marker` of a citation.
        answered: False when the articles do not say; then `citations` is empty.
        language: `vi` or `en`, the language of the question.
        retrieved: The ten best articles, best first.
        seconds: Time taken.
        unproven: Sentences of `text` that no quotation proves, marked `[?]` there; empty unless the settings have them shown.
        understood: A follow-up as it was made whole from the conversation; "" when it was taken as it stands.
        note: Why a chat model that is set did not write this, or did not finish it, in the language of the question; or "".
        usage: What it took of the chat model; None without one.
        pending: Sentences of `text` that are not proven yet, marked `[…]` there; only in a stream, and only by setting.
        done: False while the answer is still growing in a stream.
    """

    question: str
    text: str
    answered: bool
    language: str
    citations: tuple[Citation, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    seconds: float = 0.0
    done: bool = True
    id: str | None = None
    unproven: tuple[str, ...] = ()
    understood: str = ""
    note: str = ""
    usage: Usage | None = None
    pending: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text

    def with_id(self, id: str) -> "Answer":
        """Return the same answer under the id of the question line it belongs to."""
        return replace(self, id=id)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the object of the command line contract.

        `understood`, `note`, `model` (what it took of the chat model) and `unproven` stand there only when there is any.
        """
        row: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "language": self.language,
            "answered": self.answered,
            "text": self.text,
            "seconds": round(self.seconds, 4),
            "citations": [c.to_json() for c in self.citations],
            "retrieved": [r.to_json() for r in self.retrieved],
        }
        row |= {"understood": self.understood} if self.understood else {}
        row |= {"note": self.note} if self.note else {}
        row |= {"model": self.usage.to_json()} if self.usage else {}
        return row | ({"unproven": list(self.unproven)} if self.unproven else {})
