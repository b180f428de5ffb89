"""Gold questions: what was asked, what a right answer holds, and the documents it must come from.

A line of a gold file is a JSON object:

    {"id", "lang", "question", "source": [doc, …], "type"?, "answers"?: [[spelling, …], …], "evidence"?: [text or place, …],
     "history"?: [{"question", "answer"}, …], "shows"?: [[spelling, …], …], "shows_not"?: [spelling, …]}

`source` names the right documents: a document is called by the stem of its file's name or, for a record inside a file, by what
follows `#`. `answers` are the required facts, each in its accepted spellings; `[]` says that the articles do not answer,
and a line without `answers` is for retrieval only. A piece of evidence is the text itself or `{"doc", "start", "end"}`,
counted in characters of the document in NFC. The last two fields say what the question, as it was understood, must hold and must not.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from qa.errors import HoibaoError
from qa.schema import Article, Citation, Retrieved, Turn

if TYPE_CHECKING:
    from qa.assistant import NewsAssistant

__all__ = ["FolderTexts", "Gold", "LedgerTexts", "Place", "Texts", "document_of", "documents", "read_gold"]

HINT = 'A line is {"id", "lang", "question", "source": […]} and, to score answers, "type", "answers" and "evidence".'


@dataclass(frozen=True, slots=True)
class Place:
    """Evidence by its place: characters `start` to `end` of a document, end excluded."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gold:
    """One question with what is right.

    Attributes:
        file: The gold file it stands in; with `id` it names the question.
        kind: Its `type`, or "".
        sources: The right documents; empty when there is none.
        history: The conversation before it, oldest first.
        shows: What the question as it was understood must hold, each in its accepted spellings.
        shows_not: What it must not hold.
        facts: Required facts, each in its accepted spellings; empty when the articles do not answer; None when only
            retrieval is scored.
    """

    id: str
    file: str
    lang: str
    question: str
    sources: tuple[str, ...]
    kind: str = ""
    facts: tuple[tuple[str, ...], ...] | None = None
    evidence: tuple[str | Place, ...] = ()
    history: tuple[Turn, ...] = ()
    shows: tuple[tuple[str, ...], ...] = ()
    shows_not: tuple[str, ...] = ()


def read_gold(lines: Iterable[str], *, file: str) -> list[Gold]:
    """Return the questions of a gold file.

    Args:
        lines: Its lines; empty ones are passed over.
        file: What the file is called in results and errors.

    Raises:
        HoibaoError: A line is malformed or repeats an id, or there is no question; the message names file and line.
    """
    found: dict[str, Gold] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            gold = _gold(json.loads(line), file)
        except (ValueError, RecursionError) as exc:
            raise HoibaoError(f"{file}, line {number}: {exc}", hint=HINT) from exc
        if gold.id in found:
            raise HoibaoError(f"{file}, line {number}: the id {gold.id} was there before", hint="Each id stands once.")
        found[gold.id] = gold
    if not found:
        raise HoibaoError(f"There is no question in {file}", hint=HINT)
    return list(found.values())


def documents(found: Citation | Retrieved | Article) -> set[str]:
    """Return the documents that a citation or an article stands for: its own and its copies'."""
    return {document_of(source) for source in (found.source, *found.copies)}


class Texts(Protocol):
    """Where the words of documents are looked up."""

    def document(self, doc: str) -> str:
        """Return the text of a document in NFC; "" when there is none of this name."""

    def quoted(self, citation: Citation) -> Iterator[str]:
        """Yield the texts in which a citation's quotation may stand."""


class FolderTexts:
    """Texts as the files give them.

    Args:
        root: The ingested files, in folders of any depth; each is called by the stem of its name.

    Raises:
        HoibaoError: There is no such folder.
    """

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise HoibaoError(f"There is no folder {root}", hint="--corpus names the folder of the ingested files.")
        self._paths = {p.stem: p for p in root.rglob("*") if p.is_file()}
        self._known: dict[str, str] = {}

    def document(self, doc: str) -> str:
        """Return the text of a file in NFC, or "".

        Raises:
            HoibaoError: The file cannot be read as UTF-8.
        """
        if doc not in self._known:
            path = self._paths.get(doc)
            try:
                text = path.read_text(encoding="utf-8") if path else ""
            except (OSError, UnicodeDecodeError) as exc:
                hint = "Without --corpus, quotations are looked up in the ledger."
                raise HoibaoError(f"{path} cannot be read: {getattr(exc, 'strerror', None) or exc}", hint=hint) from exc
            self._known[doc] = unicodedata.normalize("NFC", text)
        return self._known[doc]

    def quoted(self, citation: Citation) -> Iterator[str]:
        """Yield the text of the cited file and of its copies."""
        return map(self.document, sorted(documents(citation)))


class LedgerTexts:
    """Texts as the ledger holds them, cleaned.

    A quotation is a slice of this text, so that looking it up here shows only that the ledger is what it was; whether it
    stands in the file is seen with `FolderTexts`. Places counted in files that cleaning changed do not fit here, either.

    Args:
        assistant: Whose articles are meant.
    """

    def __init__(self, assistant: "NewsAssistant") -> None:
        self._assistant = assistant
        self._ids: dict[str, str] | None = None

    def document(self, doc: str) -> str:
        """Return the clean text of the article whose source, or else a copy, is the document; "" without one."""
        if self._ids is None:
            self._ids = {}
            copies: dict[str, str] = {}
            for article in self._assistant.articles():
                self._ids[document_of(article.source)] = article.id
                copies.update((document_of(source), article.id) for source in article.copies)
            self._ids = copies | self._ids
        article_id = self._ids.get(doc)
        found = self._assistant.article(article_id) if article_id else None
        return found.text if found else ""

    def quoted(self, citation: Citation) -> Iterator[str]:
        """Yield the clean text of the cited article."""
        found = self._assistant.article(citation.article_id)
        if found is not None:
            yield found.text


def document_of(source: str) -> str:
    """Return what a gold file calls the document of a source: the stem of its file's name, or what follows `#`."""
    return source.rsplit("#", 1)[1] if "#" in source else Path(source).stem


def _gold(row: object, file: str) -> Gold:
    if not isinstance(row, dict):
        raise ValueError("this is no JSON object")  # noqa: TRY004 - one kind of error for one kind of fault
    json.dumps(row, ensure_ascii=False).encode()  # half of a surrogate pair cannot be written back
    id, lang, question, kind = (_text(row, name) for name in ("id", "lang", "question", "type"))
    if not id or not lang:
        raise ValueError(f"`{'lang' if id else 'id'}` is empty")
    facts = tuple(_texts(f, "a fact in `answers`") for f in _list(row, "answers")) if "answers" in row else None
    sources = _texts(_list(row, "source"), "`source`", some=False)
    if facts is None and not sources:
        raise ValueError("a question without `answers` needs a `source`")
    evidence = tuple(_evidence(e) for e in _list(row, "evidence")) if "evidence" in row else ()
    history = tuple(_turn(t) for t in _list(row, "history")) if "history" in row else ()
    shows = tuple(_texts(f, "a part of `shows`") for f in _list(row, "shows")) if "shows" in row else ()
    shows_not = _texts(_list(row, "shows_not"), "`shows_not`", some=False) if "shows_not" in row else ()
    return Gold(id, file, lang, question, sources, kind, facts, evidence, history, shows, shows_not)


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "" if name == "type" else None)
    if not isinstance(value, str):
        raise ValueError(f"`{name}` is missing or no text")  # noqa: TRY004 - as above
    return value


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name)
    if not isinstance(value, list):
        raise ValueError(f"`{name}` is missing or no list")  # noqa: TRY004 - as above
    return value


def _texts(value: object, what: str, *, some: bool = True) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(x, str) and x.strip() for x in value) or (some and not value):
        raise ValueError(f"{what} is no list of texts")
    return tuple(value)


def _turn(value: object) -> Turn:
    match value:
        case {"question": str(question), "answer": str(answer)}:
            return Turn(question, answer)
    raise ValueError('`history` is no list of {"question", "answer"}')


def _evidence(value: object) -> str | Place:
    if isinstance(value, str):
        return value
    match value:
        case {"doc": str(doc), "start": int(start), "end": int(end)} if 0 <= start <= end:
            return Place(doc, start, end)
    raise ValueError('`evidence` is neither a text nor {"doc", "start", "end"}')
