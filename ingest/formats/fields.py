"""Records with named fields, whatever the names: which field is the title, the text, the day."""

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from ingest.formats.days import ImplausibleDayError, published_day
from ingest.formats.limits import Budget
from ingest.formats.markup import fragment_text
from ingest.records import Place, Record, repaired, with_title
from qa.errors import ArticleError
from qa.language.forms import fold

__all__ = [
    "Known",
    "Source",
    "about",
    "escaped",
    "has_text",
    "known_columns",
    "record_of",
    "scalar_text",
    "web_address",
]

LONGEST_KEY = 300
"""Characters of the longest id; what is longer is no id."""

# What fields are called: the first that holds something is taken. Compared without accents, capitals and separators.
_ALIASES = {
    "title": "title headline name heading tieude tuade tuabai tenbai tenbaibao tenbaiviet daude tit",
    "text": "text content body articlebody articletext fulltext maintext contenttext contenthtml contentencoded bodytext bodyhtml html story "
    "noidung noidungbai noidungbaiviet noidungchitiet toanvan baiviet thanbai vanban article paragraphs document",
    "abstract": "abstract sapo description summary lead lede leadparagraph standfirst subtitle excerpt tomtat mota dechinh chapo trichdan trichyeu",
    "url": "url link href permalink canonicalurl canonical sourceurl articleurl weburl pageurl duongdan lienket diachi uri",
    "published": "published publishedat datepublished publisheddate publishdate pubdate publicationdate datepublish publishtime publishedtime "
    "date datetime timestamp time createdat created ngaydang ngayxuatban ngaydangbai ngaydangtin ngayphathanh thoigiandang thoigianxuatban "
    "thoigian ngay ngaygio ngayviet",
    "outlet": "outlet publisher newspaper sitename source website site media press newssource sourcename bao toasoan tenbao nguon nguontin nguonbao",
    "id": "id oid _id guid uuid articleid newsid docid documentid identifier key maso ma mabai mabaiviet masobai",
}
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_NESTED = ("source", "article", "data", "attributes", "fields", "document", "post")


def _normal(name: str) -> str:
    return _SEPARATORS.sub("", fold(name))


_NAMES = {ours: tuple(dict.fromkeys(map(_normal, names.split()))) for ours, names in _ALIASES.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What a caller knows beforehand: which of our names is which of theirs, and the day it is."""

    fields: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record stands.

    Attributes:
        name: What errors call the file.
        line: Where it begins.
        key: Its key when it has no id; None when the file is the article.
    """

    name: str
    line: int | None
    key: str | None

    def refuse(self, reason: str, *, hint: str = "") -> ArticleError:
        """Return the error that says why this record is not taken."""
        return ArticleError(reason, path=self.name, line=self.line, hint=hint)


def known_columns(names: Iterable[str], known: Known) -> set[str]:
    """Return which of our fields a header row names."""
    theirs = {_normal(name) for name in names}
    given = {ours for ours, name in known.fields.items() if _normal(name) in theirs}
    return given | {ours for ours, aliases in _NAMES.items() if ours not in known.fields and theirs & set(aliases)}


def has_text(mapping: Mapping[str, object], known: Known) -> bool:
    """Return whether an object is an article: it has a text of its own."""
    return _filled(_matched(mapping, known).get("text"))


def about(mapping: Mapping[str, object], known: Known) -> Record:
    """Return a record without text: what a mapping says of the title, address, outlet and day of an article.

    Raises:
        ImplausibleDayError: The article cannot have been published on the day it names.
    """
    values = _matched(mapping, known)
    title = " ".join(_prose(values.get("title")).split())
    outlet = " ".join(scalar_text(values.get("outlet"))[:200].split()) or None
    return Record(
        text="",
        title=title[:1000] or None,
        url=web_address(scalar_text(values.get("url"))) or web_address(scalar_text(values.get("id"))),
        outlet=urlsplit(outlet).hostname if outlet and web_address(outlet) else outlet,
        published=published_day(_scalar(values.get("published")), today=known.today),
    )


def record_of(mapping: Mapping[str, object], source: Source, known: Known, budget: Budget) -> Record:
    """Return the record that a mapping of field names to values holds.

    A text in HTML becomes plain; a list of paragraphs is joined; an abstract stands before the text unless the text begins
    with it. An id that was there before in the file gets `~2`, `~3`, … behind it: nothing is lost, and order decides.

    Raises:
        ArticleError: There is no text, it is too long, or its day of publication cannot be.
    """
    values = _fields(mapping, known)
    body = _prose(values.get("text"))
    abstract = _prose(values.get("abstract"))
    title = " ".join(_prose(values.get("title")).split())
    if abstract and _bare(abstract) != _bare(title) and not _bare(body).startswith(_bare(abstract)[:200]):
        body = f"{abstract}\n\n{body}".strip()
    if not any(c.isalnum() for c in body):
        raise source.refuse("the record has no text", hint=f"Its fields are {_named(mapping)}; say which is the text.")
    if len(body) > budget.limits.article_bytes:
        raise source.refuse(f"the text has more than the {budget.limits.article_bytes / 1e6:g} MB that are taken")
    try:
        said = about({name: values[name] for name in values if name != "text"}, Known({}, known.today))
    except ImplausibleDayError as exc:
        raise source.refuse(str(exc)) from exc
    record = replace(
        said,
        text=body.replace("\r\n", "\n").replace("\r", "\n"),
        line=source.line,
        key=_key(values.get("id"), source, budget),
        places=(Place(0, "line", source.line),) if source.line is not None else (),
    )
    return with_title(repaired(record, name=source.name))


def scalar_text(value: object) -> str:
    """Return the text of a field that names one thing: a string, a number, or an object with a name in it."""
    value = _scalar(value)
    return (
        value.strip()
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else ""
    )


def web_address(text: str) -> str | None:
    """Return `text` when it is an address of the web, else None."""
    text = text.strip()
    if (
        not text.lower().startswith(("http://", "https://"))
        or len(text) > 2000
        or any(c.isspace() or c < "!" for c in text)
    ):
        return None
    try:
        host = urlsplit(text).hostname
        text.encode()
    except ValueError:  # brackets that hold no address, half a character
        return None
    return text if host else None


def _fields(mapping: Mapping[str, object], known: Known) -> dict[str, object]:
    """Return our fields by name; an object one level down is looked into when there is no text at the top."""
    values = _matched(mapping, known)
    if not _filled(values.get("text")):
        for name, inner in mapping.items():
            if isinstance(inner, dict) and _normal(str(name)) in _NESTED:
                values = {**_matched(inner, known), **{k: v for k, v in values.items() if v is not inner}}
    return values


def _matched(mapping: Mapping[str, object], known: Known) -> dict[str, object]:
    theirs: dict[str, object] = {}
    for name, value in mapping.items():
        if value not in (None, "", [], {}):
            theirs.setdefault(_normal(str(name)), value)
    found = {}
    for ours, aliases in _NAMES.items():
        names = (_normal(known.fields[ours]),) if ours in known.fields else aliases
        value = next((theirs[n] for n in names if n in theirs and (ours != "text" or _filled(theirs[n]))), None)
        if value is not None:
            found[ours] = value
    return found


def _filled(value: object) -> bool:
    """Return whether a value can hold prose; other things are sometimes called `content` too."""
    if isinstance(value, list):
        return any(_filled(item) for item in value[:3] if not isinstance(item, list))
    if isinstance(value, dict):
        return any(isinstance(value.get(k), str) for k in ("text", "content", "value", "_text", "#text"))
    return isinstance(value, str) and bool(value.strip())


def _prose(value: object) -> str:
    """Return the text of a field; lists are paragraphs, objects give what they call text."""
    parts: list[str] = []
    waiting, depth = [value], 0
    while waiting and depth < 100_000:
        depth += 1
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(fragment_text(item).strip())
        elif isinstance(item, list | tuple):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            waiting.extend(item[k] for k in ("text", "content", "value", "_text", "#text") if k in item)
    return "\n".join(part for part in parts if part)


def _scalar(value: object) -> object:
    """Return the one value in the objects that exports wrap around it: `{"$date": …}`, `{"name": "VnExpress"}`, `["…"]`."""
    for _ in range(4):
        if isinstance(value, list | tuple) and value:
            value = value[0]
        elif isinstance(value, dict):
            value = next(
                (
                    value[k]
                    for k in ("$oid", "$date", "$numberLong", "name", "title", "id", "@id", "#text", "value")
                    if value.get(k)
                ),
                None,
            )
        else:
            break
    return html.unescape(value) if isinstance(value, str) and "&" in value else value


def _key(value: object, source: Source, budget: Budget) -> str | None:
    if source.key is None:
        return None
    own = scalar_text(value)
    key = escaped(own) if 0 < len(own) <= LONGEST_KEY else source.key
    number, unique = 1, key
    while hash((budget.depth, source.name, unique)) in budget.keys:
        number += 1
        unique = f"{key}~{number}"
    budget.keys.add(hash((budget.depth, source.name, unique)))
    return unique


def escaped(name: str) -> str:
    """Return one part of a key: `%`, `#` and what is not printable written as `%XX`, so that `#` only parts a file from what is in it."""
    if name.isprintable() and "#" not in name and "%" not in name:
        return name
    return "".join(
        c if c.isprintable() and c not in "#%" else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in name
    )


def _bare(text: str) -> str:
    return " ".join(text[:4000].split()).casefold()


def _named(mapping: Mapping[str, object]) -> str:
    names = [str(name)[:40] for name in list(mapping)[:12]]
    return json.dumps(names, ensure_ascii=False)[1:-1] or "none"
