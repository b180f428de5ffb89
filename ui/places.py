"""Places in articles, as the page names them."""

import re
from dataclasses import dataclass

from qa.schema import Citation

__all__ = ["VERSION_CHARS", "Place", "place_of"]

VERSION_CHARS = 12
"""Characters of a content hash that name a version."""
PLACE = re.compile(r"(?P<id>[0-9a-f]{16})(?:@(?P<version>[0-9a-f]{12}))?(?::(?P<start>\d{1,9})-(?P<end>\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article; `start == end` for the article as a whole.

    Attributes:
        version: The beginning of the content hash of the text the offsets refer to; "" for the present one.
    """

    article_id: str
    start: int = 0
    end: int = 0
    version: str = ""

    def __str__(self) -> str:
        version = f"@{self.version}" if self.version else ""
        stretch = f":{self.start}-{self.end}" if self.end > self.start else ""
        return f"{self.article_id}{version}{stretch}"

    @classmethod
    def parse(cls, text: object) -> "Place | None":
        """Return the place that `str(place)` named, or None when `text` is anything else."""
        found = PLACE.fullmatch(text) if isinstance(text, str) else None
        return found and cls(found["id"], int(found["start"] or 0), int(found["end"] or 0), found["version"] or "")


def place_of(citation: Citation) -> Place:
    """Return where a quotation stands."""
    return Place(citation.article_id, citation.start, citation.end, citation.content_hash[:VERSION_CHARS])
