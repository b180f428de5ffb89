"""A person's posts and appearances by date; people of one name are kept apart where the articles tell them apart."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.appearances import Appearances, Entry
from qa.language.forms import fold, has_accents, match_form, words
from qa.schema import Role

__all__ = ["Person", "people_named", "people_of"]

_GENERAL = frozenset(
    "bí thư chủ tịch phó giám đốc trưởng ban phòng ủy viên nguyên cựu đồng chí đại biểu tổng thứ bộ sở".split()
)
"""Words of posts that very different people hold."""
MANY = 300
"""Articles from which a name is somebody known to all, and one person."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the articles.

    Attributes:
        name: The name as it is written most often.
        spellings: Every way it is written.
        entries: What is said of the person, by date; the undated last.
    """

    name: str
    spellings: tuple[str, ...]
    entries: tuple[Entry, ...]

    def to_json(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Return the person as the object `hoibao people --json` prints, given the texts of `articles`."""
        return {
            "name": self.name, "spellings": list(self.spellings), "articles": len(self.articles),
            "entries": [e.to_json(texts[e.article_id]) for e in self.entries],
        }  # fmt: skip

    @property
    def posts(self) -> tuple[Entry, ...]:
        """The entries that say which posts are held."""
        return tuple(e for e in self.entries if e.role is Role.POST)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that speak of the person."""
        return tuple(dict.fromkeys(e.article_id for e in self.entries))


def people_named(name: str, rows: Appearances) -> list[Person]:
    """Return everybody of this name, or whose name ends so, those with most articles first."""
    entries = rows.of(name)
    articles = {e.article_id for e in entries}
    return people_of(entries, rows.company(sorted(articles)) if len(articles) <= MANY else {})


def people_of(entries: Sequence[Entry], company: Mapping[str, set[str]]) -> list[Person]:
    """Return the people that entries of one name, or ending, are about, those with most articles first.

    Two articles speak of the same person when the names are spelt alike and a post, or two others they name, are the
    same; one that gives the person no post belongs to whoever of that spelling is spoken of most.

    Args:
        entries: As `Appearances.of` gives them.
        company: As `Appearances.company` gives it.
    """
    found: list[Person] = []
    for named in _by_name(entries):
        own = fold(named[0].person)
        for group in _joined(named, {a: names - {own} for a, names in company.items()}):
            spellings = Counter(e.person for e in group)
            ordered = tuple(s for s, _ in sorted(spellings.items(), key=lambda s: (-s[1], not has_accents(s[0]), s[0])))
            found.append(Person(ordered[0], ordered, tuple(group)))
    return sorted(found, key=lambda p: (-len(p.articles), p.name))


def _by_name(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries of each full name; a name without diacritics goes with the one spelt with them, if it is but one."""
    named: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        spelt = " ".join(match_form(w) for w in entry.person.split())
        named.setdefault(fold(spelt), {}).setdefault(spelt, []).append(entry)
    for plain, spellings in named.items():
        accented = [s for s in spellings if s != plain]
        if plain in spellings and len(accented) == 1:
            both = [*spellings[accented[0]], *spellings.pop(plain)]
            spellings[accented[0]] = [e for e in entries if e in both]
        yield from spellings.values()


def _joined(entries: Sequence[Entry], company: Mapping[str, set[str]]) -> list[list[Entry]]:
    """Return the entries of one name, told apart into people."""
    articles = list(dict.fromkeys(e.article_id for e in entries))
    posts: dict[str, set[frozenset[str]]] = {a: set() for a in articles}
    for e in entries:
        if e.post:
            posts[e.article_id].add(frozenset(words(e.post)))
    if len(articles) > MANY:
        return [list(entries)]
    root = _roots(articles, posts, company)
    groups: dict[str, list[Entry]] = {}
    for e in entries:
        groups.setdefault(root[e.article_id], []).append(e)
    return list(groups.values())


def _roots(
    articles: Sequence[str], posts: Mapping[str, set[frozenset[str]]], company: Mapping[str, set[str]]
) -> dict[str, str]:
    """Return for each article one that stands for all that speak of the same person."""
    parent = {a: a for a in articles}

    def root(a: str) -> str:
        while parent[a] != a:
            a = parent[a]
        return a

    def same(one: str, other: str) -> bool:
        beside = len(company.get(one, set()) & company.get(other, set()))
        return beside > 1 or _share(posts[one], posts[other]) or (beside > 0 and _akin(posts[one], posts[other]))

    known = [a for a in articles if posts[a]]
    for one, other in itertools.combinations(known, 2):
        if root(one) != root(other) and same(one, other):
            parent[root(one)] = root(other)
    sizes = Counter(root(a) for a in known)
    main = sizes.most_common(1)[0][0] if sizes else articles[0]
    for a in articles:
        if not posts[a] and a != main:
            parent[a] = root(next((o for o in known if company.get(a, set()) & company.get(o, set())), main))
    return {a: root(a) for a in articles}


def _akin(one: set[frozenset[str]], other: set[frozenset[str]]) -> bool:
    """Return whether the posts have a telling word in common."""
    return bool((frozenset().union(*one) - _GENERAL) & (frozenset().union(*other) - _GENERAL))


def _share(one: set[frozenset[str]], other: set[frozenset[str]]) -> bool:
    """Return whether a post of the one may be a post of the other: all words of the shorter stand in the longer, not only common ones."""
    for a in one:
        for b in other:
            shorter, longer = sorted((a, b), key=len)
            if shorter <= longer and (shorter - _GENERAL or shorter == longer):
                return True
    return False
