"""What was made of words once, found again."""

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Remembered"]

_T = TypeVar("_T")


class Remembered(dict[str, _T]):
    """What a function makes of each word; all is forgotten when there is too much of it. Threads may share it.

    For what is asked of every word of a text: `map(remembered.__getitem__, words)` asks nothing but a dictionary, while
    `lru_cache` also puts what was found at the head of a list.

    Args:
        make: Called with a word that is not remembered.
        most: Words of which is remembered what was made of them.
    """

    def __init__(self, make: Callable[[str], _T], *, most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, word: str) -> _T:
        made = self._make(word)
        if len(self) >= self._most:
            self.clear()
        self[word] = made
        return made
