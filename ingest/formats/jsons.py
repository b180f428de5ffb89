"""JSON: one article, a list of them, an object that holds such a list, or one to a line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ingest.encodings import decode
from ingest.formats.fields import Source, has_text, record_of
from ingest.formats.opened import Opened, text_of
from ingest.records import Record
from qa.errors import ArticleError

__all__ = ["read", "read_lines"]

TRIED = 200
"""Lines without one record after which a file is no JSON lines at all."""
DEEPEST = 3
"""Levels of objects in which the list of articles is looked for."""

_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_DECODER = json.JSONDecoder()
_ESCAPED = re.compile("[\udc80-\udcff]")


def read_lines(opened: Opened) -> Iterator[Record | ArticleError]:
    """Yield the records of JSON lines; a line that is none is an error, and the next is read.

    The key of a record without an id is its line, `L12`.

    Raises:
        ArticleError: Nothing in it looks like JSON lines.
    """
    lines = opened.lines()
    number, good, most = 0, False, opened.limits.article_bytes
    while line := lines.readline(most + 1):
        number += 1
        if len(line) > most:
            yield opened.refuse(f"the line has more than the {most / 1e6:g} MB that are taken", line=number)
            while line and not line.endswith("\n"):
                line = lines.readline(most + 1)
            continue
        if not line.strip(" \t\n\ufeff\x00"):
            continue
        try:
            yield record_of(
                _object(line, opened, number), Source(opened.name, number, f"L{number}"), opened.known, opened.budget
            )
            good = True
        except ArticleError as exc:
            yield _at_line(exc, number)
        if not good and number >= TRIED:
            raise opened.refuse(
                f"none of the first {TRIED} lines is an article in JSON",
                hint="A file with one JSON value is named .json.",
            )


def read(opened: Opened) -> Iterator[Record | ArticleError]:
    """Yield the articles of a JSON file; the key of one without an id is its number in the list, or its name in the object.

    Raises:
        ArticleError: The file, or the rest of it, is not JSON, or holds no articles.
    """
    text = text_of(opened.whole(), name=opened.name)
    start = _skip(text, 0)
    begin = _list_at(text, start, opened)
    if begin is not None:
        yield from _items(text, begin, opened)
        return
    value, end = _value(text, start, opened)
    if _skip(text, end) < len(text):
        raise opened.refuse(
            "more stands behind the JSON value",
            line=_line(text, end),
            hint="A file with one object a line is named .jsonl.",
        )
    if isinstance(value, dict) and has_text(value, opened.known):
        yield record_of(value, Source(opened.name, _line(text, start), None), opened.known, opened.budget)
        return
    inner = _named_objects(value)
    if not inner:
        raise opened.refuse(
            "there is no list of articles in it", hint="A list of objects, or an object with one, is read."
        )
    for name, item in inner.items():
        try:
            yield record_of(item, Source(opened.name, None, name), opened.known, opened.budget)
        except ArticleError as exc:
            yield exc


def _object(line: str, opened: Opened, number: int) -> dict[str, Any]:
    if _ESCAPED.search(line):  # not UTF-8: perhaps in an encoding of before Unicode
        line = decode(line.encode("utf-8", "surrogateescape"), name=opened.name).text
    try:
        value = json.loads(line.strip(" \t\n\r\ufeff\x00"))
    except json.JSONDecodeError as exc:
        raise opened.refuse(f"the line is not JSON: {exc.msg} (column {exc.colno})", line=number) from exc
    except (ValueError, RecursionError) as exc:  # a number of thousands of digits; lists in lists without end
        raise opened.refuse(f"the line is not JSON that can be read: {_why(exc)}", line=number) from exc
    if not isinstance(value, dict):
        raise opened.refuse(f"the line is {_kind(value)}, not an object", line=number)
    return value


def _list_at(text: str, start: int, opened: Opened) -> int | None:
    """Return where the list of articles begins: the value itself, or a member of the object, or of one in it."""
    waiting = [(start, 0)]
    while waiting:
        at, depth = waiting.pop(0)
        if text.startswith("[", at):
            return at
        if depth == DEEPEST or not text.startswith("{", at):
            continue
        members = list(_members(text, at, opened))
        if has_text({name: value for name, _, value in members}, opened.known):
            continue
        for _, where, value in members:
            if isinstance(value, list) and value and all(isinstance(item, dict) for item in value[:5]):
                return where
            if isinstance(value, dict):
                waiting.append((where, depth + 1))
    return None


def _members(text: str, at: int, opened: Opened) -> Iterator[tuple[str, int, Any]]:
    """Yield name, offset and value of each member of the object at `at`."""
    at = _skip(text, at + 1)
    while text.startswith('"', at):
        name, at = _value(text, at, opened)
        at = _skip(text, at)
        if not text.startswith(":", at):
            raise opened.refuse("this is not JSON: a colon is missing", line=_line(text, at))
        where = _skip(text, at + 1)
        value, at = _value(text, where, opened)
        yield name, where, value
        at = _skip(text, at)
        at = _skip(text, at + 1) if text.startswith(",", at) else at
    if not text.startswith("}", at):
        raise opened.refuse("this is not JSON: the object does not end", line=_line(text, at))


def _items(text: str, begin: int, opened: Opened) -> Iterator[Record | ArticleError]:
    at, line, counted, number = _skip(text, begin + 1), 1, 0, 0
    while at < len(text) and text[at] != "]":
        number += 1
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = _value(text, at, opened)
            at = _skip(text, end)
            if not isinstance(value, dict):
                raise opened.refuse(f"number {number} of the list is {_kind(value)}, not an object", line=line)
            yield record_of(value, Source(opened.name, line, str(number)), opened.known, opened.budget)
        except ArticleError as exc:
            yield _at_line(exc, line)
            if at == counted:  # not even JSON
                at = _next_item(text, at)
        at = _skip(text, at + 1) if text.startswith(",", at) else at
        if at == counted or (at < len(text) and text[at] not in '{]["-0123456789tfn'):
            at = len(text)
    if at >= len(text):
        raise opened.refuse(f"the list does not end; it was read up to number {number}", line=line)


def _next_item(text: str, at: int) -> int:
    """Return where, after an item that is not JSON, one begins a line with the same indent; the end of the text if none does."""
    indent = text[text.rfind("\n", 0, at) + 1 : at]
    if indent.strip(" \t") or not text.startswith("{", at):
        return len(text)
    after = text.find(f"\n{indent}{{", at)
    return after + 1 + len(indent) if after >= 0 else len(text)


def _named_objects(value: object) -> dict[str, dict[str, Any]]:
    """Return the objects of an object of objects, by name."""
    for _ in range(DEEPEST):
        if not isinstance(value, dict):
            break
        inner = {str(name): item for name, item in value.items() if isinstance(item, dict)}
        if len(inner) > 1:
            return inner
        value = next(iter(inner.values()), None)
    return {}


def _value(text: str, at: int, opened: Opened) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as exc:
        raise opened.refuse(f"this is not JSON: {exc.msg}", line=exc.lineno) from exc
    except (ValueError, RecursionError) as exc:
        raise opened.refuse(f"this is not JSON that can be read: {_why(exc)}", line=_line(text, at)) from exc


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _at_line(error: ArticleError, line: int) -> ArticleError:
    if error.line is None:
        error.line = line
    return error


def _why(error: Exception) -> str:
    return "it is nested too deep" if isinstance(error, RecursionError) else "a number is too long"


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "empty")
