"""The bilingual lexicon: English words and phrases to Vietnamese ones, and posts and institutions back to English.

`lexicon.tsv` beside this module holds one entry a line: English, Vietnamese alternatives parted by `|`, kind.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from qa.errors import SettingsError
from qa.language.forms import fold, match_form, words

__all__ = ["Entry", "Lexicon", "default_lexicon", "extend_lexicon", "lemmas"]

NAMES_KINDS = frozenset({"institution", "post"})
LONGEST = 12
"""Longest English phrase looked up, in words."""

_DOUBLED = frozenset("bdglmnprt")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon.

    Attributes:
        english: As written in the file.
        vietnamese: Alternatives, most usual first.
        kind: The group it belongs to, such as `post` or `function`.
    """

    english: str
    vietnamese: tuple[str, ...]
    kind: str


class Lexicon:
    """A set of entries that can be looked up from both sides.

    Args:
        entries: In any order; of two for the same English, both count.
    """

    def __init__(self, entries: list[Entry]) -> None:
        self._by_english: dict[tuple[str, ...], list[Entry]] = {}
        self._english_of: dict[str, str] = {}
        for entry in entries:
            self._by_english.setdefault(tuple(words(entry.english)), []).append(entry)
        self._by_vietnamese: dict[tuple[str, ...], list[Entry]] = {}
        for entry in entries:
            for alternative in entry.vietnamese:
                self._by_vietnamese.setdefault(tuple(words(alternative)), []).append(entry)
        self._by_plain: dict[tuple[str, ...], list[Entry]] = {}
        for shaped, found in self._by_vietnamese.items():
            self._by_plain.setdefault(tuple(map(fold, shaped)), []).extend(found)
        named = [e for e in entries if e.kind in NAMES_KINDS]
        for entry in named:
            self._english_of.setdefault(_key(entry.vietnamese[0]), entry.english)
        for entry in named:
            for other in entry.vietnamese[1:]:
                self._english_of.setdefault(_key(other), entry.english)

    def match(self, tokens: list[str], at: int) -> tuple[int, tuple[Entry, ...]]:
        """Return `(words taken, entries)` of the longest phrase that begins at `tokens[at]`; `(0, ())` for none.

        Args:
            tokens: English words in matching form.
            at: Where to begin.
        """
        for length in range(min(LONGEST, len(tokens) - at), 0, -1):
            head = tuple(tokens[at : at + length - 1])
            for last in lemmas(tokens[at + length - 1]):
                if entries := self._by_english.get((*head, last)):
                    return length, _verbs_first(entries) if last != tokens[at + length - 1] else tuple(entries)
            if length > 1:
                for first in lemmas(head[0])[1:]:
                    if entries := self._by_english.get((first, *head[1:], tokens[at + length - 1])):
                        return length, tuple(entries)
        return 0, ()

    def match_vietnamese(self, tokens: list[str], at: int, *, plain: bool = False) -> tuple[int, tuple[Entry, ...]]:
        """Return `(words taken, entries)` of the longest Vietnamese alternative that begins at `tokens[at]`; `(0, ())` for none.

        Args:
            tokens: Vietnamese words in matching form.
            at: Where to begin.
            plain: Whether they were typed without diacritics.
        """
        known = self._by_plain if plain else self._by_vietnamese
        for length in range(min(LONGEST, len(tokens) - at), 0, -1):
            if entries := known.get(tuple(tokens[at : at + length])):
                return length, tuple(entries)
        return 0, ()

    def knows(self, vietnamese: str) -> bool:
        """Return whether these Vietnamese words are an alternative of some entry."""
        return tuple(words(vietnamese)) in self._by_vietnamese

    def is_place(self, vietnamese: str) -> bool:
        """Return whether these Vietnamese words are the name of a country, province or other place."""
        entries = self._by_vietnamese.get(tuple(words(vietnamese)), ())
        return any(e.kind == "place" for e in entries)

    def english(self, vietnamese: str) -> str | None:
        """Return the English name of a post or institution, or None when the lexicon has none."""
        return self._english_of.get(_key(vietnamese))


def _verbs_first(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return only the verbs among the entries of an inflected form, if there are any: `chaired` is not a chair."""
    return tuple(e for e in entries if e.kind == "verb") or tuple(entries)


def lemmas(word: str) -> list[str]:
    """Return the word and the base forms it may come from: `chaired` → `chaired`, `chair`, `chaire`."""
    found = [word]
    for ending, replacements in (
        ("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            found += [stem + r for r in replacements]
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
                found.append(stem[:-1])
    return list(dict.fromkeys(found))


def default_lexicon() -> Lexicon:
    """Return the lexicon in use: the one that comes with Hoibao and, before it, the user's own entries, read once.

    Raises:
        SettingsError: A file cannot be read or a line of it is malformed; the message names it.
    """
    return _lexicon(_own[-1])


def extend_lexicon(path: Path | None) -> None:
    """Put the entries of a file before those that come with Hoibao, for the whole process; None for no file.

    Raises:
        SettingsError: As `default_lexicon`.
    """
    _lexicon(path)
    _own[:] = [path]


_own: list[Path | None] = [None]


@cache
def _lexicon(own: Path | None) -> Lexicon:
    text = (files("qa.language") / "lexicon.tsv").read_text(encoding="utf-8")
    entries = parse(text, name="lexicon.tsv")
    if own is None:
        return Lexicon(entries)
    try:
        added = own.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(
            f"The lexicon {own} cannot be read: {getattr(exc, 'strerror', None) or exc}",
            hint="HOIBAO_LEXICON takes a file in UTF-8, three columns parted by tabs: English, Vietnamese, kind.",
        ) from exc
    return Lexicon([*parse(added, name=str(own)), *entries])


def parse(text: str, *, name: str) -> list[Entry]:
    """Return the entries of a lexicon file.

    Raises:
        SettingsError: A line has not three columns; the message names the file and the line.
    """
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [c.strip() for c in line.split("\t")]
        alternatives = [v.strip() for v in columns[1].split("|")] if len(columns) == 3 else []
        if not alternatives or not all(map(words, [columns[0], columns[2], *alternatives])):
            raise SettingsError(
                f"{name}, line {number}: not an entry", hint="Three columns: English, Vietnamese, kind."
            )
        entries.append(Entry(columns[0], tuple(alternatives), columns[2]))
    return entries


def _key(vietnamese: str) -> str:
    return " ".join(match_form(w) for w in words(vietnamese))
