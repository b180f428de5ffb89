"""Word translations learned from sentence pairs: English words to Vietnamese ones, with probabilities.

They reach further than the lexicon, which knows what it knows better. The table and its model card lie in
`qa/models/hoibao-words-v1`; `training.table` makes them.
"""

from functools import cache
from importlib.resources import files

from qa.language.lexicon import lemmas

__all__ = ["Translations", "default_translations"]


class Translations:
    """A table of word translations.

    Args:
        table: For each English word its Vietnamese translations with probabilities, most likely first.
    """

    def __init__(self, table: dict[str, tuple[tuple[tuple[str, ...], float], ...]]) -> None:
        self._table = table

    def of(self, word: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        """Return `(syllables, probability)` of the translations of an English word or of its base form, likeliest first."""
        return next((self._table[w] for w in lemmas(word) if w in self._table), ())


def parse(text: str) -> Translations:
    """Return the table of a file: an English word, then `Vietnamese=probability`, parted by tabs."""
    table = {}
    for line in text.splitlines():
        word, *columns = line.split("\t")
        pairs = (c.rpartition("=") for c in columns)
        table[word] = tuple((tuple(v.split(" ")), float(p)) for v, _, p in pairs)
    return Translations(table)


@cache
def default_translations() -> Translations:
    """Return the table that comes with Hoibao, read once."""
    path = files("qa") / "models" / "hoibao-words-v1" / "translations.tsv"
    return parse(path.read_text(encoding="utf-8"))
