"""Answers from the ledger's rows about people: each stands on the sentence that its row was read from."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from qa.appearances import Appearances, Entry
from qa.citations import Claim, Quote, problems
from qa.language.forms import fold, occurrences
from qa.language.sentences import split_clauses
from qa.language.times import covers
from qa.people.asked import Asked, AskedFor
from qa.people.timeline import Person, people_named
from qa.reading.phrases import as_sentence, in_english, listed
from qa.schema import Article

__all__ = ["told"]

MOST = 4
"""Holders or times named at most."""
CLEAR = 0.6
"""Share of the articles that must speak of one person where many hold an office, or it is named without its body (`Thủ tướng`)."""
MEETINGS = 6
"""Deeds told at most; one more than can be cited, which tells that there are more."""
TRIED = 5
"""Entries of one holder that are tried until one is proven."""
SHOWN = 260
"""Characters of a sentence shown for a deed."""
_DATED = {
    "vi": {"event": "{}", "published": "đăng {}", "planned": "bài về năm {}", "": ""},
    "en": {"event": "{}", "published": "published {}", "planned": "article about {}", "": ""},
}
"""How the day of an article is told, by what says it."""
Articles = Callable[[str], Article | None]


def told(asked: Asked, periods: Sequence[str], rows: Appearances, articles: Articles, *, language: str) -> list[Claim]:
    """Return what the rows answer, each claim with its date; none when they do not say, or not clearly.

    Args:
        asked: What is asked of people.
        periods: The times the question speaks of, ISO 8601.
        rows: The ledger's rows.
        articles: Gives the live article of an id.
        language: Of the question.
    """
    if asked.what is AskedFor.HOLDER:
        return _holders(asked, periods, rows, articles, language)
    person = _person(asked.name, rows)
    if person is None:
        return []
    entries = [e for e in person.entries if _within(e, periods)]
    if asked.what is AskedFor.DEEDS:
        return list(itertools.islice(_deeds(asked, entries, articles, language), MEETINGS)) if asked.alone else []
    return list(itertools.islice(_posts(entries, articles, language), 1 if asked.now else MOST))


def _person(name: str, rows: Appearances) -> Person | None:
    """Return who bears the name, or whom nearly all articles mean by it; None for nobody and for several."""
    found = people_named(name, rows)
    found = [p for p in found if any(fold(s) == name for s in p.spellings)] or found
    clear = found[:1] if found and len(found[0].articles) >= CLEAR * sum(len(p.articles) for p in found) else []
    return clear[0] if clear and (len(found) == 1 or len(clear[0].articles) > 1) else None


def _within(entry: Entry, periods: Sequence[str]) -> bool:
    return not periods or (entry.date is not None and any(covers(entry.date, p) for p in periods))


def _posts(entries: Sequence[Entry], articles: Articles, language: str) -> Iterator[Claim]:
    """Yield the posts that somebody's entries tell of, the latest first; those of an article together, none twice."""
    said: list[set[str]] = []
    for inside in _by_article([e for e in entries if e.post]):
        together = [e for e in inside if e.clause == Counter(e.clause for e in inside).most_common(1)[0][0]]
        posts = {fold(e.post): e.post for e in together}
        if any(posts.keys() <= other for other in said):
            continue
        if claim := _proven(_worded(posts.values(), language), together[0], articles, language):
            said.append(set(posts))
            yield claim


def _by_article(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the entries of each article, the latest article first."""
    found: dict[str, list[Entry]] = {}
    for e in entries:
        found.setdefault(e.article_id, []).append(e)
    return sorted(found.values(), key=lambda of: of[0].date or "", reverse=True)


def _holders(asked: Asked, periods: Sequence[str], rows: Appearances, articles: Articles, language: str) -> list[Claim]:
    """Return who holds an office: the latest holder, or those of every period that is asked for.

    Nothing is said when there is none in one of the periods, or more than can be named.
    """
    if not asked.alone and not periods:
        return []
    entries = rows.holders(asked.offices)
    claims: list[Claim] = []
    for period in periods or [""]:
        inside = [e for e in entries if not period or _within(e, [period])]
        if len({fold(e.person) for e in inside}) > MOST or not all(o.body for o in asked.offices):
            inside = _clear(inside)
        holders: dict[str, list[Entry]] = {}
        for e in sorted(inside, key=lambda e: e.date or "", reverse=not period):
            holders.setdefault(fold(e.person), []).append(e)
        if not holders:
            return []
        for of in itertools.islice(holders.values(), MOST if period and not asked.now else 1):
            worded = (_proven(f"{e.person}, {_worded([e.post], language)}", e, articles, language) for e in of[:TRIED])
            claims += itertools.islice(filter(None, worded), 1)
    return claims


def _clear(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the person whom most of them are about, if that is clear."""
    articles: dict[str, set[str]] = {}
    for e in entries:
        articles.setdefault(fold(e.person), set()).add(e.article_id)
    total = len({e.article_id for e in entries})
    best = max(articles, key=lambda name: len(articles[name]), default="")
    return [e for e in entries if fold(e.person) == best] if best and len(articles[best]) >= CLEAR * total else []


def _deeds(asked: Asked, entries: Sequence[Entry], articles: Articles, language: str) -> Iterator[Claim]:
    """Yield the sentences that say what somebody did, one of each article, the latest first."""
    for of in _by_article([e for e in entries if e.role in asked.roles]):
        best = min(of, key=lambda e: asked.roles.index(e.role))
        if claim := _proven("", best, articles, language):
            yield claim


def _shown(quote: str, person: str) -> str:
    """Return a sentence, of a long one the beginning up to the clause that names the person, or that clause alone."""
    if len(quote) <= SHOWN:
        return quote
    name = fold(person).rpartition(" ")[2]
    named = next((at for at, _ in occurrences(name, fold(quote))), 0)
    start, end = next(piece for piece in split_clauses(quote, 0, len(quote)) if piece[1] > named)
    return quote[:end] if end <= SHOWN else quote[start:end]


def _worded(posts: Iterable[str], language: str) -> str:
    return ", ".join(posts) if language == "vi" else listed([in_english(p) for p in posts], language=language)


def _proven(text: str, entry: Entry, articles: Articles, language: str) -> Claim | None:
    """Return the claim, or without a text the words of the article, with its day beside it, when the gate lets it pass."""
    article = articles(entry.article_id)
    if article is None:
        return None
    quote = Quote(article, *entry.quotation(article.text))
    said = as_sentence(text) if text else f"“{_shown(quote.text, entry.person)}”"
    day = "/".join(str(int(part)) for part in reversed((entry.date or "")[:10].split("-")) if part)
    claim = Claim(said, (quote,), _DATED[language][entry.dated_by].format(day))
    return None if problems(claim) else claim
