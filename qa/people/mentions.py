"""Where a text names people: Vietnamese names by surname, others by title, post, or what is known from the same text."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.language.forms import fold, is_syllable, match_form, occurrences
from qa.people.beside import (
    Piece,
    begins_word,
    called_before,
    follows_head,
    is_foreign,
    is_place,
    names_division,
    says,
    tells,
    title_before,
)
from qa.people.capitals import find_runs
from qa.people.named import Mention
from qa.people.runs import Run
from qa.people.words import TITLES

__all__ = ["Mention", "find_mentions"]

_form = lru_cache(maxsize=32768)(match_form)


def find_mentions(text: str) -> list[Mention]:
    """Return the people named in `text`, in order; short forms (`ông Nên`) under the full name of the same text."""
    found: list[Mention] = []
    alone: list[Piece] = []
    for piece in find_runs(text):
        title = title_before(text, piece[0])
        words = text[slice(*piece)]
        if title is None and " " in words:
            if is_place(words):
                continue
            title = called_before(text, piece[0])
        if " " in words or title or (is_foreign(text, piece) and follows_head(text, piece[0])):
            found += Run(text, *piece, title).mentions()
        else:
            alone.append(piece)  # perhaps the short form of somebody named in full elsewhere
    longer = _longer_names(found)
    first = {_form(m.name.partition(" ")[0]) for m in found}
    for piece in alone:
        word = _form(text[slice(*piece)])
        begins = word in first and (says(text, piece[1]) or tells(text, piece[1]))
        if text.endswith((" họ ", " tên "), 0, piece[0]) or word in TITLES:
            continue
        if (word in longer or begins) and not is_place(text[slice(*piece)]) and not begins_word(text, [piece]):
            found.append(Mention(text[slice(*piece)], *piece, piece[0], sure=False))
    named = [m for m in _named_in_full(sorted(found, key=lambda m: m.start), longer) if len(m.name.rstrip(".")) > 1]
    things = _things(text, named)
    return [m for m in named if m.name not in things] if things else named


def _things(text: str, named: Sequence[Mention]) -> set[str]:
    """Return the names that bear no title anywhere and are those of a place or a firm elsewhere: `huyện ⟨Tương Dương⟩`."""
    titled = {m.name for m in named if m.lead < m.start}
    return {
        name
        for name in {m.name for m in named} - titled
        if " " in name and any(names_division(text, at) for at, _ in occurrences(name, text))
    }


def _longer_names(found: Sequence[Mention]) -> dict[str, list[Mention]]:
    """Return, by what they end in, the mentions of several words, in order."""
    longer: dict[str, list[Mention]] = {}
    for m in found:
        words = [_form(w) for w in m.name.split()]
        if len(words) > 1 and m.sure and not any(map(is_syllable, words)):
            longer.setdefault(words[0], []).append(m)  # `Siti` of `Siti Aisyah`
        for i in range(1, len(words)):
            suffix = " ".join(words[i:])
            longer.setdefault(suffix, []).append(m)
            if (plain := fold(suffix)) != suffix:
                longer.setdefault(plain, []).append(m)
    return longer


def _named_in_full(found: Sequence[Mention], longer: Mapping[str, Sequence[Mention]]) -> list[Mention]:
    """Return the mentions that are people, each under the fullest name of the text that ends in its own."""
    made = []
    for m in found:
        name = _in_full(m, longer) or _family(m, found)
        if name and name != m.name:
            made.append(replace(m, name=name, sure=True))
        elif m.sure or " " in m.name:
            made.append(m)
    return made


def _in_full(m: Mention, longer: Mapping[str, Sequence[Mention]]) -> str:
    """Return the name of the latest longer mention before this one, or of the first after it."""
    name = ""
    while others := longer.get(" ".join(map(_form, (name or m.name).split()))):
        at = bisect_left(others, m.start, key=lambda o: o.start)
        name = others[max(0, at - 1)].name
    return name


def _family(m: Mention, found: Sequence[Mention]) -> str:
    """Return the one foreign name that begins with a family name alone: `ông Tập`."""
    if " " in m.name:
        return ""
    begin = {o.name for o in found if o.name.startswith(m.name + " ")}
    return begin.pop() if len(begin) == 1 else ""
