"""People, posts and deeds of an article, as rows."""

from qa.language.forms import fold
from qa.language.sentences import split_sentences
from qa.people.deeds import deeds_of
from qa.people.mentions import find_mentions
from qa.people.posts import bears_post, find_posts, in_post, looks_back
from qa.people.pronouns import with_pronouns
from qa.schema import Appearance, Role

__all__ = ["find_appearances"]


def find_appearances(text: str) -> tuple[Appearance, ...]:
    """Return who is said to hold which post and to do what, each once, at its first place, in the order of the text."""
    mentions = find_mentions(text)
    # A foreign name that bears no title and no post anywhere may be a newspaper's or a firm's.
    known = {m.name for m in mentions if m.sure}
    for at, m in enumerate(mentions):
        if m.name not in known and bears_post(text, mentions, at):
            known.add(m.name)
    mentions = [
        m for at, m in enumerate(mentions) if m.name in known and not (at and in_post(text, mentions[at - 1], m))
    ]
    sentences = split_sentences(text) if mentions else []
    mentions = with_pronouns(text, mentions, sentences) if mentions else []
    posts = find_posts(text, mentions)
    found: list[tuple[int, int, str, Role, str]] = []
    for m, (slices, _, _) in zip(mentions, posts, strict=True):
        found += [(start, end, m.name, Role.POST, text[start:end]) for start, end in slices]
    for at, role in deeds_of(text, mentions, posts, sentences):
        m = mentions[at]
        found.append((m.start, m.end, m.name, role, ""))
    rows: dict[tuple[str, Role, str], Appearance] = {}
    number = 0
    for start, end, name, role, post in sorted(found):
        while sentences[number][1] < end:
            number += 1
        past = bool(post) and looks_back(text, start, end)
        appearance = Appearance(name, role, post, start, end, sentences[number], past)
        rows.setdefault((fold(name), role, fold(post)), appearance)
    return tuple(rows.values())
