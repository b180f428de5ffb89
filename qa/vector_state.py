"""What the pointer of the vector index says."""

from dataclasses import dataclass, replace
from typing import Any

from qa.generations import Generations, is_name

__all__ = ["Generation", "Part", "allowed"]

FLOOR = 2000
"""A delta of so many rows, or so many dropped ones, is never too many."""
SHARE = 10
"""Beyond the floor, a delta may be a tenth of its base, and a tenth of all rows may be dropped."""


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of a generation and how many rows it holds."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Generation:
    """What the pointer says.

    Attributes:
        model: Name of the embedding model the vectors were made with.
        dimensions: Length of a vector; 0 when there are none.
        base: The large part, or None when there is nothing.
        delta: What came since, or None.
        dropped: Passage numbers that are stored in a part but no longer led to.
        previous: Folders of the state before, kept for readers still in them.
    """

    model: str
    dimensions: int
    base: Part | None = None
    delta: Part | None = None
    dropped: frozenset[int] = frozenset()
    previous: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Return `{folder: rows}`, the base first."""
        return {part.name: part.count for part in (self.base, self.delta) if part is not None}

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the names of its folders."""
        return tuple(self.counts)

    @property
    def stored(self) -> int:
        """Return how many rows its folders hold, with those dropped."""
        return sum(self.counts.values())

    @property
    def count(self) -> int:
        """Return how many passages it leads to."""
        return self.stored - len(self.dropped)

    @property
    def is_worn(self) -> bool:
        """Return whether so much is dropped that the next edit writes a fresh base of what is left."""
        return len(self.dropped) > allowed(self.stored)

    @classmethod
    def read(cls, generations: Generations, stamp: bytes) -> "Generation":
        """Return what a pointer says.

        Raises:
            StoreError: It is damaged.
        """
        found = generations.parse(stamp)
        try:
            base, delta = _part(found["base"]), _part(found["delta"])
            model, dropped, previous = found["model"], frozenset(found["dropped"]), tuple(found["previous"])
            if not isinstance(model, str) or not all(type(n) is int for n in dropped):
                raise TypeError("a model has a name and a passage a number")  # noqa: TRY301 (one way out for all damage)
            return cls(model, int(found["dimensions"]), base, delta, dropped, previous)
        except (ValueError, TypeError, KeyError) as exc:
            raise generations.broken(exc) from exc

    def without(self, dropped: frozenset[int]) -> "Generation":
        """Return this generation with just these passages dropped; with all of them, one of nothing."""
        if len(dropped) < self.stored:
            return replace(self, dropped=dropped)
        return Generation(self.model, 0, previous=self.folders)

    def point(self, generations: Generations) -> None:
        """Move the pointer to this generation.

        Raises:
            StoreError: It cannot be written.
        """
        parts = {
            name: part and {"name": part.name, "count": part.count}
            for name, part in (("base", self.base), ("delta", self.delta))
        }
        rest = {"dropped": sorted(self.dropped), "previous": self.previous}
        generations.move({"model": self.model, "dimensions": self.dimensions, **parts, **rest})


def allowed(rows: int) -> int:
    """Return how many rows beside so many others are still few."""
    return max(FLOOR, rows // SHARE)


def _part(value: Any) -> Part | None:
    if value is None:
        return None
    if not is_name(value["name"]):
        raise ValueError(f"no generation is called {value['name']!r}")
    return Part(value["name"], int(value["count"]))
