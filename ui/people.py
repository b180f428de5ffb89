"""HTML of the people of the articles: who is named, and what is said of one of them when, each point with its sentence."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from qa.appearances import Entry
from qa.language.forms import fold
from qa.people.timeline import Person
from qa.schema import Article, Role
from ui.chart import Series, chart_svg, fitting
from ui.people_texts import ROLES, counted, say
from ui.places import VERSION_CHARS, Place
from ui.plain import LONGEST_TITLE, language_of, plain
from ui.texts import date_text, spans

__all__ = ["PAGE", "PATH", "Looked", "current", "names_html", "pages_html", "person_html", "wanted", "way"]

PATH = "people"
"""Of the view, below the page."""
PAGE = 40
"""Entries shown at once."""
POSTS = 6
"""Posts told before the rest is folded away."""
LONGEST_NAME, LONGEST_POST = 120, 200
BARS = {"told": ("{when}: {count} lần được nhắc", "{when}: {count} mentions")}


@dataclass(frozen=True, slots=True)
class Looked:
    """How a reader looks at a person.

    Attributes:
        name: As it was asked for.
        who: Which of several of this name, from 0.
        kind: `posts`, `deeds` or "" for both.
        year: Four digits, or "" for all.
        start: How many entries to leave out at the beginning.
        width: Of the reader's column, in CSS pixels.
    """

    name: str
    who: int = 0
    kind: str = ""
    year: str = ""
    start: int = 0
    width: int = 640

    def href(self, **changes: object) -> str:
        """Return the link to the person, looked at otherwise; it begins at the beginning of the list unless told where."""
        fields = {"person": self.name, "who": self.who, "kind": self.kind, "year": self.year, "start": 0, **changes}
        return way(**fields)


def way(**fields: object) -> str:
    """Return the link to a place of this view: its fields stand behind the #, which never reaches a server.

    The path stands before it because Gradio's pages have a base of their own; `assets/people.js` follows it without loading anything.
    """
    said = [(name, str(value).encode("utf-8", "replace")) for name, value in fields.items() if value not in {"", 0}]
    return plain(f"{PATH}#{urlencode(said)}")


def names_html(names: Sequence[tuple[str, int]], heading: str) -> str:
    """Return people to choose from.

    Args:
        names: With the number of articles of each.
        heading: HTML.
    """
    rows = "".join(
        f'<li><a href="{way(person=name)}"><span class="name">{plain(name, longest=LONGEST_NAME)}</span>'
        f'<span class="quiet">{counted("articles", count)}</span></a></li>'
        for name, count in names
    )
    return f'<h2 tabindex="-1">{heading}</h2><ol class="names">{rows}</ol>'


def person_html(people: Sequence[Person], looked: Looked, articles: Mapping[str, Article]) -> str:
    """Return one person's posts and deeds by date.

    Args:
        people: Everybody of the name; that of `looked.who` is shown.
        looked: How.
        articles: Those that the entries shown speak from, by id; see `wanted`.
    """
    person = people[looked.who]
    written = [s for s in person.spellings if s != person.name]
    others = (
        f'<p class="quiet">{say("spellings")} {plain(", ".join(written[:8]), longest=LONGEST_TITLE)}</p>'
        if written
        else ""
    )
    count = counted("articles", len(person.articles))
    entries = _shown(person, looked)
    return (
        f'<h2 tabindex="-1">{plain(person.name, longest=LONGEST_NAME)}</h2><p class="quiet">{count}</p>{others}'
        f"{_namesakes_html(people, looked)}{_posts_html(person, looked)}"
        f"<section><h3>{say('timeline')}</h3>{_chart_html(person, looked)}{_kinds_html(looked)}"
        f"{_entries_html(wanted(person, looked), articles)}{pages_html(looked.start, PAGE, len(entries), looked.href)}</section>"
    )


def wanted(person: Person, looked: Looked) -> list[Entry]:
    """Return the entries that are shown, so that their articles can be fetched."""
    return _shown(person, looked)[looked.start : looked.start + PAGE]


def pages_html(start: int, page: int, count: int, href: Callable[..., str]) -> str:
    """Return the way through a long list; "" when it is all there."""
    if count <= page and not start:
        return ""
    before = f'<a href="{href(start=max(0, start - page))}">← {say("earlier")}</a>' if start else ""
    after = f'<a href="{href(start=start + page)}">{say("later")} →</a>' if start + page < count else ""
    where = say("page", first=min(start + 1, count), last=min(start + page, count), count=_number(count))
    return f'<nav class="pages" data-words="people_pages">{before}<span class="quiet">{where}</span>{after}</nav>'


def _shown(person: Person, looked: Looked) -> list[Entry]:
    kept = [e for e in person.entries if not looked.year or (e.date or "").startswith(looked.year)]
    if looked.kind:
        kept = [e for e in kept if (e.role is Role.POST) == (looked.kind == "posts")]
    return kept


def _namesakes_html(people: Sequence[Person], looked: Looked) -> str:
    if len(people) < 2:
        return ""
    rows = "".join(
        f'<li><a href="{Looked(looked.name, at).href()}">{plain(p.name, longest=LONGEST_NAME)}</a>'
        f' <span class="quiet">{counted("articles", len(p.articles))}{_known_as(p)}</span></li>'
        for at, p in enumerate(people)
        if at != looked.who
    )
    return (
        f'<details class="versions"><summary>{say("namesakes")} ({len(people) - 1})</summary><ul>{rows}</ul></details>'
    )


def _known_as(person: Person) -> str:
    posts = Counter(e.post for e in person.posts)
    return f" · {plain(posts.most_common(1)[0][0], longest=80)}" if posts else ""


def _posts_html(person: Person, looked: Looked) -> str:
    """Return the posts in every wording, those of most articles first, and from when to when they are given."""
    held: dict[str, list[Entry]] = {}
    for entry in person.posts:
        held.setdefault(fold(entry.post), []).append(entry)
    rows = [_post_html(told) for told in sorted(held.values(), key=lambda told: -len({e.article_id for e in told}))]
    if not rows or looked.start or looked.year or looked.kind:
        return ""
    more = (
        f'<details class="versions"><summary>{say("posts_more", count=len(rows) - POSTS)}</summary><ul class="posts">'
        f"{''.join(rows[POSTS : POSTS + 60])}</ul></details>"
        if len(rows) > POSTS
        else ""
    )
    return f'<section><h3>{say("posts")}</h3><ul class="posts">{"".join(rows[:POSTS])}</ul>{more}</section>'


def _post_html(told: Sequence[Entry]) -> str:
    wording = Counter(e.post for e in told).most_common(1)[0][0]
    days = sorted(e.date for e in told if e.date)
    ends = list(dict.fromkeys((days[0], days[-1]))) if days else []
    when = f"{' – '.join(map(date_text, ends))} · " if ends else ""
    count = counted("articles", len({e.article_id for e in told}))
    return f'<li><span class="post">{plain(wording, longest=LONGEST_POST)}</span> <span class="quiet">{when}{count}</span></li>'


def _chart_html(person: Person, looked: Looked) -> str:
    years = Counter(e.date[:4] for e in person.entries if e.date and e.date[:4].isdigit())
    if len(years) < 2:
        return ""
    last = max(years)
    periods = [str(y) for y in range(max(int(min(years)), int(last) - fitting(looked.width) + 1), int(last) + 1)]
    svg = chart_svg(periods, [Series("told", tuple(years[p] for p in periods))], width=looked.width, words=BARS)
    return f'<div class="chart-frame">{svg}</div>'


def _kinds_html(looked: Looked) -> str:
    choices = [("", "all"), ("posts", "only_posts"), ("deeds", "only_deeds")]
    links = "".join(
        f'<a href="{looked.href(kind=kind)}"{current(kind == looked.kind)}>{say(name)}</a>' for kind, name in choices
    )
    year = (
        f'<span class="chip">{say("only_year", year=looked.year)}</span><a href="{looked.href(year="")}">{say("every_year")}</a>'
        if looked.year
        else ""
    )
    return f'<nav class="kinds" data-words="people_kinds">{links}{year}</nav>'


def _entries_html(entries: Sequence[Entry], articles: Mapping[str, Article]) -> str:
    if not entries:
        return f'<p class="quiet">{say("none")}</p>'
    html, year = "", "-"
    for told in _by_sentence(entries, articles):
        date = told[0].date
        now = date[:4] if date else ""
        if now != year:
            html += f'{"</ol>" if html else ""}<h4>{date_text(now) if now.isdigit() else say("undated")}</h4><ol class="entries">'
            year = now
        html += _entry_html(told, articles.get(told[0].article_id))
    return f"{html}</ol>"


def _by_sentence(entries: Sequence[Entry], articles: Mapping[str, Article]) -> list[list[Entry]]:
    """Return the entries that stand on one sentence of one article together, in the order of the first of each."""
    found: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        article = articles.get(entry.article_id)
        quoted = entry.quotation(article.text) if article else entry.clause
        found.setdefault((entry.article_id, entry.date, quoted), []).append(entry)
    return list(found.values())


def _entry_html(told: Sequence[Entry], article: Article | None) -> str:
    entry = told[0]
    dated = f' <span class="quiet">({say(f"by_{entry.dated_by}")})</span>' if entry.date and entry.dated_by else ""
    day = f'<span class="day">{date_text(entry.date)}{dated}</span>' if entry.date else ""
    roles = "".join(
        f'<span class="tag">{spans(ROLES[role])}</span>' for role in dict.fromkeys(e.role.value for e in told)
    )
    posts = "; ".join(plain(post, longest=LONGEST_POST) for post in dict.fromkeys(e.post for e in told if e.post))
    head = f'<p class="meta">{day}<span>{roles}</span>{posts and f"<span class=post>{posts}</span>"}</p>'
    title = plain(entry.title, longest=LONGEST_TITLE) if entry.title.strip() else say("untitled")
    if article is None:
        return f'<li>{head}<p class="file">{title}</p></li>'
    start, end = entry.quotation(article.text)
    place = Place(entry.article_id, start, end, entry.content_hash[:VERSION_CHARS])
    return (
        f'<li class="card">{head}<blockquote{language_of(article.language)}>{plain(article.text[start:end])}</blockquote>'
        f'<h5><button type="button" data-open="{plain(str(place))}" data-exchange="0"><span class="unseen">{say("read")}: </span>{title}</button></h5>'
        f'<p class="file">{plain(entry.source, longest=LONGEST_TITLE)}</p></li>'
    )


def current(here: bool) -> str:
    """Return the attribute of the link that leads to what is shown."""
    return ' aria-current="true"' if here else ""


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
