"""How likely a turn goes on from the conversation rather than standing by itself: by what it lacks, and by what it has of its own."""

import re
from collections.abc import Mapping
from math import exp

from qa.embeddings import bundled_embeddings
from qa.language.forms import fold, has_accents, is_syllable, words
from qa.question import Question
from qa.talk.anaphors import FRONTED, UNBOUND, first_anaphor, introduced, names_new, points_back
from qa.talk.before import Before
from qa.talk.somebody import calls_somebody
from qa.talk.words import (
    BEGINNING,
    NAME,
    NAMED_FIRST,
    PLAIN_PARTICLES,
    UNIT,
    compiled,
    content_of,
    last_name,
    of_a_country,
)

__all__ = ["LEAST_CONTENT", "WEIGHTS", "chance_of_going_on", "features", "relatedness", "stands_by_itself"]

WEIGHTS: Mapping[str, float] = {
    "bias": 3.52, "plain": 0.42, "others": -4.58, "others_vietnamese": 1.56, "others_plain": -1.14, "names": -2.83, "full_names": -1.49,
    "no_name": 1.81, "dates": -1.52, "related": 5.08, "shared": 1.88, "anaphor": 3.9, "somebody": 1.57, "pronoun": 2.27,
}  # fmt: skip
"""Learned by `training.standing`."""
LIKELY = 0.45
"""Chance of going on below which a turn stands by itself."""
LIKELY_POINTING = 0.15
"""The same for one with an English pronoun, though it may mean what the turn itself names."""
LEAST_CONTENT = {"vi": 3, "en": 2}
"""Words beside those that ask, up to which a turn without a name of its own says too little: `kết quả ra sao?`."""
MOST_CONTENT = {"vi": 6, "en": 5}
"""Words beside those that ask, above which a turn that shares none with the one before says enough even without a name."""
RELATED = 0.12
"""Least relatedness of such a turn to the one before if it is to go on all the same: twice what `training.conversation` learns of shorter ones."""
MOST_NAMES = 2
"""Names that count."""
_CALLED = r"(?<!\w)(?:ông|bà|anh|chị|cô|bạn|em|cháu|bé|thầy|bác|chú|người|bộ|sở|ban|cục|vụ|chính|quốc|công|uỷ|đảng) "
"""What makes a syllable with a capital somebody who was named in full, whose countryman somebody is, or an office that there is but one of."""
_NOW = re.compile(r"\b(?:hom nay|hien nay|hien tai|bay gio|today|nowadays|right now)\b")
_ATTENDING = frozenset(
    "attend attended come came speak spoke speech chair chaired present there dự tham có mặt phát biểu chủ trì tới đến du mat phat bieu tri ông bà ong ba mr mrs".split()
)
"""What people do at an event and hardly anywhere else; who is only asked to have done that, is asked about the event before."""
_SAYING = r"(?<!\w)(?:nói (?:gì|sao|thế nào|như thế nào)|phản ứng (?:gì|sao|ra sao|thế nào)|bình luận (?:gì|sao)|giải thích (?:gì|sao|thế nào)|trả lời (?:gì|sao))(?: về (?:việc|chuyện|vụ) (?:này|đó))?[ ?.]*$|\b(?:say|respond|react|comment|reply)(?: (?:then|afterwards?|later|to (?:it|that|this)|about (?:it|that|this)))?[ ?.]*$"


def stands_by_itself(asked: Question, before: Before, telling: Mapping[str, float]) -> bool:
    """Return whether a turn that points to nobody says what it is about.

    Args:
        asked: As `features` takes it.
        before: The turn before.
        telling: As `features` gives it.
    """
    if points_back(asked, before) or _only_says(asked) or _only_attends(asked):
        return False
    if _asks_the_same_of_another(asked, before):
        return True
    likely = LIKELY_POINTING if telling["pronoun"] else LIKELY
    if chance_of_going_on(telling) < likely or _NOW.search(fold(asked.text)):
        return True
    apart = not (telling["shared"] or telling["anaphor"] or telling["somebody"] or telling["pronoun"])
    return apart and len(content_of(asked)) > MOST_CONTENT[asked.language] and telling["related"] < RELATED


def _asks_the_same_of_another(asked: Question, before: Before) -> bool:
    """Return whether a turn says all that the question before did, of another name: `ai chủ trì hội nghị Gỗ Lim?`, `ai chủ trì hội nghị Đá Xanh?`."""
    last = before.question
    own = {fold(w) for n in _names(asked) for w in words(n)}
    theirs = {fold(w) for n in _names(last) for w in words(n)}
    if last.dates or own <= theirs or not theirs:
        return False
    said = {fold(w) for w in content_of(asked)}
    return {fold(w) for w in content_of(last)} - theirs <= said - own


def _only_says(asked: Question) -> bool:
    """Return whether a short turn asks what somebody said, of what was spoken of: `Bộ Y tế nói sao?`, `what did Lee say afterwards?`."""
    name = last_name(asked.text)
    named = len(words(asked.text[slice(*name)])) if name else 0
    found = compiled(_SAYING, plain=not has_accents(asked.text)).search(asked.text)
    return found is not None and len(content_of(asked)) <= named + LEAST_CONTENT[asked.language]


def _only_attends(asked: Question) -> bool:
    """Return whether a turn asks of somebody whom it names nothing but what one does at an event."""
    named = {w for n in asked.people for w in words(n)}
    return bool(named) and not asked.dates and {w for w in content_of(asked) if w not in named} <= _ATTENDING


def chance_of_going_on(telling: Mapping[str, float]) -> float:
    """Return how likely a turn that asks something needs the turns before to be understood, in [0, 1].

    Args:
        telling: As `features` gives it.
    """
    return 1 / (1 + exp(-sum(WEIGHTS[name] * value for name, value in telling.items())))


def features(asked: Question, before: Before) -> dict[str, float]:
    """Return what tells whether a turn goes on, by name: as many as `WEIGHTS`, each about 1 where it tells much.

    Args:
        asked: The turn, without the words that join it to the one before.
        before: The turn before.
    """
    vietnamese = asked.language == "vi"
    ahead = FRONTED.match(asked.text)
    bound = ahead is not None and names_new(asked.text[ahead.end() :], asked, before)  # `In his speech, Ann Lee …`
    pronoun = None if vietnamese or bound else UNBOUND.search(asked.text)
    bound = bound or (pronoun is not None and introduced(asked.text[: pronoun.start()]))
    content = content_of(asked)
    plain = vietnamese and not has_accents(asked.text)
    spoken = fold(f"{before.question.text} {before.answer} {' '.join(before.people)}")
    names = [n for n in _names(asked) if fold(n) not in spoken]
    said = {fold(w) for w in words(f"{before.question.text} {before.said}")} - PLAIN_PARTICLES
    own = {w for n in (*_names(asked), *asked.people) for w in words(n)}
    others = sum(w not in own for w in content) / 5
    return {
        "bias": 1.0,
        "plain": float(plain),
        "others": others,
        "others_vietnamese": others * vietnamese,
        "others_plain": others * plain,
        "names": min(len(names), MOST_NAMES),
        "full_names": min(sum(" " in n for n in names), MOST_NAMES),
        "no_name": float(not names and not plain),
        "dates": float(bool(asked.dates)),
        "related": relatedness(asked.text, before),
        "shared": sum(fold(w) in said for w in content if not w.isdigit()) / 3,
        "anaphor": float(not bound and first_anaphor(asked) is not None),
        "somebody": float(not bound and calls_somebody(asked)),
        "pronoun": float(pronoun is not None and not bound),
    }


def relatedness(text: str, before: Before) -> float:
    """Return how alike a turn and the question before mean: the cosine of their vectors, both languages in one space."""
    embeddings = bundled_embeddings()
    return float(embeddings.encode_query(text) @ embeddings.encode_query(before.question.text))


def _is_called(name: str, text: str) -> bool:
    return (
        is_syllable(name.lower())
        and compiled(rf"{_CALLED}{name}", plain=not has_accents(text)).search(text) is not None
    )


def _names(asked: Question) -> list[str]:
    """Return the names in a turn, without the one syllable of `Bộ Quốc phòng` or `bạn Tư`."""
    names = [m[0] for m in NAME.finditer(asked.text) if not UNIT.fullmatch(m[0]) and not of_a_country(m[0])]
    if asked.language == "vi":
        names = [n for n in names if " " in n or not _is_called(n, asked.text)]
    first = NAMED_FIRST.match(asked.text)
    return [*names, first[0]] if first and words(first[0])[0] not in BEGINNING else names
