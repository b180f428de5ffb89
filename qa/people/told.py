"""Answers from the ledger's rows about people: each stands on the sentence that its row was read from."""

from collections.abc import Callable, Iterator, Sequence

from qa.appearances import Appearances, Entry
from qa.citations import Claim, Quote, problems
from qa.language.forms import fold, occurrences
from qa.language.times import covers
from qa.people.asked import Asked, AskedFor
from qa.people.offices import Office, leads, office_of
from qa.people.timeline import Person, people_of
from qa.reading.phrases import as_sentence, in_english, listed
from qa.schema import Article

__all__ = ["told"]

MOST = 4
"""Holders, times or meetings named at most."""
CLEAR = 0.6
"""Share of the articles that must speak of one person where an office is named without its body (`Thủ tướng`)."""
SHOWN = 260
"""Characters of a sentence shown for a deed."""
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
        claims = _holders(asked, periods, rows, articles, language)
    else:
        people = _people(asked.name, rows)
        if len(people) != 1:
            return []  # nobody, or several of one name: which is meant is not for us to say
        made = _posts if asked.what is AskedFor.POSTS else _deeds
        claims = made(asked, people[0], periods, articles, language)
    return list(claims)


def _people(name: str, rows: Appearances) -> list[Person]:
    entries = rows.of(name)
    found = people_of(entries, rows.company(list(dict.fromkeys(e.article_id for e in entries))))
    exact = [p for p in found if any(fold(s) == name for s in p.spellings)]
    found = exact or found
    clear = [p for p in found if len(p.articles) >= CLEAR * sum(len(q.articles) for q in found)]
    return clear if len(clear) == 1 and len(clear[0].articles) > 1 else found


def _within(entry: Entry, periods: Sequence[str]) -> bool:
    return not periods or (entry.date is not None and any(covers(entry.date, p) for p in periods))


def _posts(asked: Asked, person: Person, periods: Sequence[str], articles: Articles, language: str) -> Iterator[Claim]:
    """Yield somebody's posts, the latest first; those of an article together."""
    found = [e for e in person.posts if _within(e, periods)]
    said: list[frozenset[str]] = []
    dated = sorted({e.date or "" for e in found}, reverse=True)
    for date in dated:
        for article_id in dict.fromkeys(e.article_id for e in found if (e.date or "") == date):
            entries = [e for e in found if e.article_id == article_id]
            clause = max({(e.start, e.end) for e in entries}, key=lambda c: sum((e.start, e.end) == c for e in entries))
            posts = list(dict.fromkeys(e.post for e in entries if (e.start, e.end) == clause))
            keys = frozenset(fold(p) for p in posts)
            if any(keys <= other for other in said):
                continue
            if claim := _proven(_worded(posts, language), entries[0], clause, articles):
                said.append(keys)
                yield claim
            if len(said) == (1 if asked.now else MOST):
                return


def _holders(
    asked: Asked, periods: Sequence[str], rows: Appearances, articles: Articles, language: str
) -> Iterator[Claim]:
    """Yield who holds an office: in each period that is asked for, or latest."""
    offices = set(asked.offices)
    entries = [e for e in rows.holders(list({o.body for o in offices})) if _holds(e, offices)]
    if not asked.alone and not periods:
        return
    for period in periods or [""]:
        inside = [e for e in entries if _within(e, [period] if period else [])]
        if not all(o.body for o in offices):
            inside = _clear(inside)
        holders: dict[str, Entry] = {}
        for e in sorted(inside, key=lambda e: e.date or "", reverse=not period):
            holders.setdefault(fold(e.person), e)
        if len(holders) > MOST or not holders:
            return
        for e in list(holders.values())[: 1 if asked.now or (not period and not periods) else MOST]:
            same = [s for s in inside if fold(s.person) == fold(e.person)]
            claims = (
                _proven(f"{s.person}, {_worded([s.post], language)}", s, (s.start, s.end), articles)
                for s in same[:: -1 if not period else 1]
            )
            if claim := next(filter(None, claims), None):
                yield claim


def _holds(entry: Entry, offices: set[Office]) -> bool:
    """Return whether the post is one of the offices; one without a head is that of whoever leads the body."""
    office = office_of(entry.post)
    return office in offices or (Office("", office.body) in offices and leads(office.head))


def _clear(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the person whom most of them are about, if that is clear."""
    articles: dict[str, set[str]] = {}
    for e in entries:
        articles.setdefault(fold(e.person), set()).add(e.article_id)
    total = len({e.article_id for e in entries})
    best = max(articles, key=lambda name: len(articles[name]), default="")
    return [e for e in entries if fold(e.person) == best] if best and len(articles[best]) >= CLEAR * total else []


def _deeds(asked: Asked, person: Person, periods: Sequence[str], articles: Articles, language: str) -> Iterator[Claim]:
    """Yield the sentences that say what somebody did, one of each article, by date."""
    del language
    if not asked.alone:
        return
    for article_id in person.articles:
        entries = [
            e for e in person.entries if e.article_id == article_id and e.role in asked.roles and _within(e, periods)
        ]
        best = min(entries, key=lambda e: asked.roles.index(e.role), default=None)
        if best is None:
            continue
        shown = best.quote if len(best.quote) <= SHOWN else _around(best)
        if claim := _proven(f"“{shown}”", best, (best.start, best.end), articles, titled=True):
            yield claim


def _around(entry: Entry) -> str:
    """Return the beginning of a long sentence, up to where the person has been named."""
    name = fold(entry.person).rpartition(" ")[2]
    end = next((e for _, e in occurrences(name, fold(entry.quote))), SHOWN)
    cut = entry.quote.find(";", end)
    end = cut if end <= cut <= SHOWN else max(end, SHOWN if end < SHOWN else end)
    return (
        entry.quote[:end].rpartition(" ")[0].rstrip(" ,;:–-")
        if end < len(entry.quote) and cut != end
        else entry.quote[:end]
    )


def _worded(posts: Sequence[str], language: str) -> str:
    words = [in_english(p) for p in posts] if language == "en" else list(posts)
    return ", ".join(words) if language == "vi" else listed(words, language=language)


def _proven(
    text: str, entry: Entry, clause: tuple[int, int], articles: Articles, *, titled: bool = False
) -> Claim | None:
    """Return the claim with its date when the gate lets it pass."""
    article = articles(entry.article_id)
    if article is None:
        return None
    said = text if text.startswith("“") else as_sentence(text)
    about = [f"“{article.title}”"] if titled and not article.title_derived else []
    note = ", ".join([*about, *([_shown(entry.date)] if entry.date else [])])
    claim = Claim(said, (Quote(article, *clause),), note)
    return None if problems(claim) else claim


def _shown(date: str) -> str:
    """Return an ISO date as it is written in both languages: `16/1/2020`."""
    return "/".join(str(int(part)) for part in reversed(date[:10].split("-")))
