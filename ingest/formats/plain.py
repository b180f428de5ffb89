"""Plain text: the file is the article."""

from collections.abc import Iterator

from ingest.encodings import decode
from ingest.formats.opened import Opened
from ingest.records import Place, Record

__all__ = ["read"]


def read(opened: Opened) -> Iterator[Record]:
    """Yield the one article of a text file.

    Raises:
        ArticleError: It is empty, too long or not text.
    """
    text = decode(opened.article(), name=opened.name).text
    if not text.strip("\ufeff \n\t\f\v"):
        raise opened.refuse("the file is empty")
    yield Record(text, places=(Place(0, "character", 0),))
