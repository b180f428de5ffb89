"""A text as the claim gate reads it: words, phrases of the lexicon, people and who owns what, numbers, dates."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from qa.gate_words import LIGHT, NEGATIONS, NO_NEGATION, SAME_DEEDS
from qa.language.dates import find_dates
from qa.language.forms import UPPER, detect_language, fold, tokens
from qa.language.lexicon import Entry, default_lexicon, lemmas
from qa.language.names import Person, find_people
from qa.language.numbers import Quantity, find_quantities

__all__ = ["Phrase", "Reading", "content", "is_light", "read", "same_person"]

_CLAUSE = re.compile(r";|(?<=\w\w\w)[.!?…](?=\s)|\n")
_BETWEEN_PEOPLE = frozenset(
    "và cùng với ông bà đồng chí các anh chị kiêm nguyên the and a an of as well also đều hai ba bốn là".split()
)
_TAKES_POST = re.compile(
    r"\s*,?\s*(?:hiện |đã |vừa |vẫn |từng |đều )?(?:là|giữ chức(?: vụ)?|làm|đảm nhiệm(?: chức vụ)?|được bầu (?:làm|giữ chức)|trở thành"
    r"|được bổ nhiệm (?:làm|giữ chức)|với (?:tư cách|cương vị)(?: là)?)\s+(?:một\s+)?(?P<post>[^,;:.()]{3,90}?)(?=\s*(?:[,;:.()]|$|\skiêm\s))"
)

_TO_NAME = re.compile(r"\s+là(?:\s+(?:ông|bà|đồng chí|anh|chị))?$")
"""What leads from a post to the name after it: `Giám đốc là ông …`."""
_LESSER = frozenset("phó nguyên cựu deputy vice former acting ex".split())
"""Words before a post that make it another one."""
_NAMED = re.compile(rf"(?<!\w)[{UPPER}]\w*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words that the lexicon knows together, or one that it does not.

    Attributes:
        first: Index of the first word; `last` is one past the last.
        meanings: Vietnamese words any of which says it.
        verb: Whether it can only be a verb, or can be one and is inflected as one.
    """

    first: int
    last: int
    forms: tuple[str, ...]
    meanings: frozenset[tuple[str, ...]] = frozenset()
    kinds: frozenset[str] = frozenset()
    verb: bool = False


@dataclass(slots=True)
class Reading:
    """A text, read once; `tokens` are `(matching form, start, end)`, other places are indexes into them."""

    text: str
    language: str
    tokens: list[tuple[str, int, int]]
    plain: list[str]
    phrases: list[Phrase]
    people: tuple[Person, ...]
    quantities: list[Quantity]
    dates: list[tuple[str, int, int]]
    clause: list[int]
    negations: list[int]
    at: dict[str, list[int]] = field(default_factory=dict)
    plain_at: dict[str, list[int]] = field(default_factory=dict)
    groups: list[list[int]] = field(default_factory=list)

    def index(self, offset: int) -> int:
        """Return the word that holds the character `offset`, or the one after it."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle][2] <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def places(self, forms: tuple[str, ...], *, plain: bool = False) -> list[int]:
        """Return where these words stand one after the other."""
        where, mine = (self.plain_at, self.plain) if plain else (self.at, [t[0] for t in self.tokens])
        n = len(forms)
        return [i for i in where.get(forms[0], ()) if tuple(mine[i : i + n]) == forms] if forms else []

    def saying(self, phrase: Phrase) -> list[int]:
        """Return where this text says what a phrase of another says, in whichever language."""
        found = set(self.places(phrase.forms))
        if len(phrase.forms) > 1 and is_light(phrase.forms[0]):
            found.update(self.places(phrase.forms[1:]))  # `bị hư hại`, `cùng dự`
        if self.language == "vi":
            for meaning in phrase.meanings:
                found.update(self.places(meaning))
        else:
            for mine in self.phrases:
                if phrase.meanings & mine.meanings:
                    found.add(mine.first)
            if len(phrase.forms) == 1:
                for lemma in lemmas(phrase.forms[0]):
                    found.update(i for i, t in enumerate(self.tokens) if len(lemma) > 3 and lemma in lemmas(t[0]))
        if "post" in phrase.kinds and phrase.forms[0] not in _LESSER:
            found = {i for i in found if not i or self.tokens[i - 1][0] not in _LESSER}
        return sorted(found)

    def holder(self, at: int) -> Person | None:
        """Return whose post would stand at this word."""
        offset = self.tokens[at][1]
        for person in self.people:
            if any(a <= offset < b for a, b in person.posts):
                return person
        near = [p for p in self.people if self.clause[self.index(p.start)] == self.clause[at]]
        before = [p for p in near if p.end <= offset]
        return before[-1] if before else near[0] if near else None

    def owners(self, at: int) -> list[Person]:
        """Return who does what is said at this word: the people named before it in its clause, else after it."""
        mine = self.clause[at]
        offset = self.tokens[at][1]
        after = None
        for group in reversed(self.groups):
            members = [self.people[i] for i in group]
            inside = [p for p in members if self.clause[self.index(p.start)] == mine]
            if not inside:
                continue
            if inside[0].end <= offset:
                before = [p for p in inside if p.end <= offset]
                return members if len(before) == len(members) and before[0] is members[0] else before
            after = members
        return after or []


def same_person(a: str, b: str) -> bool:
    """Return whether two names are one: folded, or the given name alone."""
    one, other = fold(a).split(), fold(b).split()
    return one == other or (1 in (len(one), len(other)) and one[-1] == other[-1])


@lru_cache(maxsize=2048)
def read(text: str) -> Reading:
    """Read a text; the last texts are remembered."""
    people = _people(text)
    language = _language(text)
    found = tokens(text)
    reading = Reading(
        text=text, language=language, tokens=found, plain=[fold(t[0]) for t in found], phrases=[],
        people=people, quantities=find_quantities(text, loose=True),
        dates=[(d.value, d.start, d.end) for d in find_dates(text)],
        clause=_clauses(text, found), negations=[],
    )  # fmt: skip
    for i, (form, _, _) in enumerate(found):
        reading.at.setdefault(form, []).append(i)
        reading.plain_at.setdefault(reading.plain[i], []).append(i)
    reading.phrases = _phrases(found, language)
    apart = [m.span() for m in NO_NEGATION.finditer(text)]
    reading.negations = [
        i for i, (form, s, _) in enumerate(found)
        if form in NEGATIONS and not any(a <= s < b for a, b in apart) and (form != "t" or text[s - 1 : s] in {"'", "’"})
    ]  # fmt: skip
    reading.groups = _groups(reading)
    return reading


def is_light(form: str) -> bool:
    """Return whether a word asks for no evidence."""
    return form in LIGHT


def content(claim: Reading) -> list[Phrase]:
    """Return the phrases of a claim that say something, besides names, numbers and dates."""
    spans = [(p.start, p.end) for p in claim.people] + [(q.start, q.end) for q in claim.quantities]
    spans += [(s, e) for _, s, e in claim.dates]
    found = []
    for phrase in claim.phrases:
        start = claim.tokens[phrase.first][1]
        if any(a <= start < b for a, b in spans) or phrase.forms[0][0].isdigit() or "function" in phrase.kinds:
            continue
        if all(map(is_light, phrase.forms)) or phrase.first in claim.negations:
            continue
        found.append(phrase)
    return found


def _language(text: str) -> str:
    """Return the language of a text, names aside: an English sentence may be half Vietnamese names."""
    rest = _NAMED.sub(" ", text)
    if any(fold(c) != c.lower() for c in rest):
        return detect_language(text)
    found = [t[0] for t in tokens(rest) if t[0].isalpha()]
    english = [w for w in found if default_lexicon().match([w], 0)[0]]
    sure = any(len(w) > 3 for w in english) and 2 * len(english) > len(found)
    return "en" if sure else detect_language(rest)


def _people(text: str) -> tuple[Person, ...]:
    people = []
    for person in find_people(text):
        posts = list(person.posts)
        end = max([person.end, *(b for _, b in posts)])
        for start in dict.fromkeys((person.end, end)):
            if taken := _TAKES_POST.match(text, start):
                posts.append(taken.span("post"))
                break
        trimmed = tuple((a, a + len(_TO_NAME.sub("", text[a:b]))) for a, b in posts)
        people.append(Person(person.name, person.start, person.end, trimmed))
    return tuple(people)


def _clauses(text: str, found: list[tuple[str, int, int]]) -> list[int]:
    cuts = [m.start() for m in _CLAUSE.finditer(text)]
    clause, at = [], 0
    for _, start, _ in found:
        while at < len(cuts) and cuts[at] < start:
            at += 1
        clause.append(at)
    return clause


def _phrases(found: list[tuple[str, int, int]], language: str) -> list[Phrase]:
    lexicon = default_lexicon()
    forms = [t[0] for t in found]
    phrases: list[Phrase] = []
    at = 0
    while at < len(forms):
        if language == "en":
            length, entries = lexicon.match(forms, at)
            if not length:
                length, entries = lexicon.match_vietnamese(forms, at) if not forms[at].isascii() else (0, ())
        else:
            length, entries = lexicon.match_vietnamese(forms, at)
        length = length or 1
        phrases.append(_phrase(tuple(forms[at : at + length]), at, entries, language))
        at += length
    return phrases


def _phrase(forms: tuple[str, ...], at: int, entries: tuple[Entry, ...], language: str) -> Phrase:
    kinds = frozenset(e.kind for e in entries)
    verb = "verb" in kinds and (language == "vi" or kinds == {"verb"} or forms[-1].endswith(("ed", "ing")))
    meanings = {tuple(_words_of(v)) for e in entries for v in e.vietnamese} if language == "en" or verb else set()
    if verb and language == "vi":
        meanings = {tuple(_words_of(v)) for e in entries if e.kind == "verb" for v in e.vietnamese}
    if language == "en" and verb and len(forms) == 1 and forms[0].endswith("s"):
        things = [e for lemma in lemmas(forms[0]) for e in default_lexicon().match([lemma], 0)[1] if e.kind != "verb"]
        meanings |= {_words_of(v) for e in things for v in e.vietnamese}
        verb = not things  # `tasks` are things sooner than somebody's deed
    meanings |= _same().get(" ".join(forms), frozenset()) | {forms}
    for lemma in lemmas(forms[0])[1:] if len(forms) == 1 and language == "en" else []:
        meanings |= _same().get(lemma, frozenset())
        if not verb and (forms[0].endswith("ed") or (forms[0].endswith("ing") and not kinds)):
            deeds = [e for e in default_lexicon().match([lemma], 0)[1] if e.kind == "verb"]
            meanings |= {_words_of(v) for e in deeds for v in e.vietnamese}
            verb = bool(deeds)
    return Phrase(at, at + len(forms), forms, frozenset(meanings), kinds, verb or " ".join(forms) in _same())


@lru_cache(maxsize=32768)
def _words_of(text: str) -> tuple[str, ...]:
    """Return the words of a lexicon alternative."""
    return tuple(t[0] for t in tokens(text))


@lru_cache(maxsize=1)
def _same() -> dict[str, frozenset[tuple[str, ...]]]:
    return {w: frozenset(_words_of(v) for v in group.split("|")) for group in SAME_DEEDS for w in group.split("|")}


def _groups(reading: Reading) -> list[list[int]]:
    """Join neighbours between whom nothing stands but their posts: they do what they do together."""
    groups: list[list[int]] = []
    for i, person in enumerate(reading.people):
        if i and _adjoin(reading, reading.people[i - 1], person):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _adjoin(reading: Reading, one: Person, other: Person) -> bool:
    posts = [*one.posts, *other.posts]
    named = {i for p in reading.phrases if p.kinds & {"post", "institution"} for i in range(p.first, p.last)}
    for i in range(reading.index(one.end), reading.index(other.start)):
        form, start, _ = reading.tokens[i]
        if form not in _BETWEEN_PEOPLE and i not in named and not any(a <= start < b for a, b in posts):
            return False
    return True
