"""A person named in a text."""

from dataclasses import dataclass

__all__ = ["Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named.

    Attributes:
        name: The fullest form of the name in the text.
        start: Offset of the name as it stands here.
        end: End of the name.
        lead: Where the titles right before the name begin; `start` when there are none.
        sure: Whether form or title make it a person; others must be given a post.
    """

    name: str
    start: int
    end: int
    lead: int
    sure: bool
