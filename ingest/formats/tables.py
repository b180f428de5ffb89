"""Tables: one article a row, the first row says what the columns are."""

import csv
import re
from collections.abc import Iterator

from ingest.encodings import decode
from ingest.formats.fields import Source, known_columns, record_of
from ingest.formats.opened import Opened
from ingest.records import Record
from qa.errors import ArticleError

__all__ = ["read"]

DELIMITERS = ",;\t|"
LONGEST_HEADER = 100_000

_ESCAPED = re.compile("[\udc80-\udcff]")


def read(opened: Opened) -> Iterator[Record | ArticleError]:
    """Yield the articles of a table; the key of a row without an id is its first line, `L12`.

    The delimiter is the one that makes known columns of the first row; quotation marks are doubled within quotation marks.

    Raises:
        ArticleError: No column is known as the text, or a quoted field does not end.
    """
    # The limit is one for the process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), opened.limits.article_bytes))
    lines = opened.lines(newline="")
    header = lines.readline(LONGEST_HEADER)
    if not header.strip():
        raise opened.refuse("the file is empty")
    header = _readable(header, opened)
    columns, delimiter = max(
        ((next(csv.reader([header], delimiter=d), []), d) for d in DELIMITERS),
        key=lambda found: (len(known_columns(found[0], opened.known)), len(found[0])),
    )
    columns = [column.strip("\ufeff \t\r\n") for column in columns]
    if not {"text", "abstract"} & known_columns(columns, opened.known):
        raise opened.refuse(
            f"no column is known as the text; the first row is {', '.join(c[:40] for c in columns[:12])}",
            line=1,
            hint="Name the columns in the first row: title, text, date, url, source, id.",
        )
    yield from _rows(opened, csv.reader(lines, delimiter=delimiter), columns)


def _rows(opened: Opened, rows: Iterator[list[str]], columns: list[str]) -> Iterator[Record | ArticleError]:
    while True:
        line = 2 + getattr(rows, "line_num", 0)
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as exc:
            raise opened.refuse(
                f"the table cannot be read on from here: {exc}",
                line=line,
                hint="A quotation mark is perhaps not closed.",
            ) from exc
        if not any(cell.strip() for cell in row):
            continue
        try:
            if len(row) > len(columns):
                raise opened.refuse(f"the row has {len(row)} columns, the first row {len(columns)}", line=line)
            cells = {column: _readable(cell, opened) for column, cell in zip(columns, row, strict=False)}
            yield record_of(cells, Source(opened.name, line, f"L{line}"), opened.known, opened.budget)
        except ArticleError as exc:
            exc.line = exc.line or line
            yield exc


def _readable(cell: str, opened: Opened) -> str:
    return decode(cell.encode("utf-8", "surrogateescape"), name=opened.name).text if _ESCAPED.search(cell) else cell
