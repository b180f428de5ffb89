"""What a turn that only asks is about: the event of the turn before."""

import re
from itertools import takewhile

from qa.embeddings import bundled_embeddings
from qa.kinds import Kind
from qa.language.dates import find_dates
from qa.language.forms import fold, has_accents, is_syllable, words
from qa.language.lexicon import default_lexicon
from qa.question import Question
from qa.talk.anaphors import of_a_country, points_back, so_much
from qa.talk.before import Before
from qa.talk.topics import (
    EVENT,
    asking_words,
    behind_asking,
    clause_of,
    statement_of,
    subject_of,
    topic_of,
    topic_with_deed,
)
from qa.talk.words import PLAIN_PARTICLES, VIETNAMESE_DATE, capital, compiled, content_of, last_name, uncapital

__all__ = ["LEAST_CONTENT", "joined", "of_the_same", "relatedness", "stands_by_itself", "undated"]

LONGEST_LED = 8
"""Words beside those that ask, above which a turn says enough although words join it to the one before."""
LEAST_CONTENT = {"vi": 3, "en": 2}
"""Words beside those that ask, up to which a turn without a name of its own says too little: `kết quả ra sao?`."""
MOST_CONTENT = {"vi": 6, "en": 5}
"""Words beside those that ask, above which a turn says enough even without a name."""
RELATED = 0.12
"""Least relatedness to the question before of a turn that says more, and no name: twice what `training.conversation` learns of shorter ones."""
_NOW = re.compile(r"\b(?:hom nay|hien nay|hien tai|bay gio|today|nowadays|right now)\b")
_CALLED = r"(?<!\w)(?:ông|bà|anh|chị|cô|bạn|em|cháu|bé|thầy|bác|chú|bộ|sở|ban|cục|vụ|chính|quốc|công|uỷ|đảng) $"
"""What makes a syllable with a capital somebody who was named in full, or an office that there is but one of."""
_HOME = frozenset(("viet nam", "vietnam"))
"""What hardly a question asked here is not about."""
_ATTENDING = frozenset(
    "attend attended come came speak spoke speech chair chaired present there dự tham có mặt phát biểu chủ trì tới đến du mat phat bieu tri ông bà ong ba mr mrs".split()
)
"""What people do at an event and hardly anywhere else; who is only asked to have done that, is asked about the event before."""
_HOW_MANY = (
    r"^(?:how (?:many|much|long|old|far|big|high|tall|often)|bao nhiêu|bao nhieu|bao lâu|bao lau|bao xa|mấy|may)(?!\w)"
)
_DANGLING = re.compile(
    r"(?i)(?: (?:in|on|at|of|by|since|from|until|during|the|(?:first|second|last) half|end|start|beginning))+$"
)
_AT = re.compile(r"(?i)(?<!\w)(?:ở|tại|từ|gần|in|at|from|near|o|tai|tu|gan) (?:\w+ )?$")
_SAYING = r"(?<!\w)(?:nói (?:gì|sao|thế nào|như thế nào)|phản ứng (?:gì|sao|ra sao|thế nào)|bình luận (?:gì|sao)|giải thích (?:gì|sao|thế nào)|trả lời (?:gì|sao))(?: về (?:việc|chuyện|vụ) (?:này|đó))?[ ?.]*$|\b(?:say|respond|react|comment|reply)(?: (?:then|afterwards?|later|to (?:it|that|this)|about (?:it|that|this)))?[ ?.]*$"
_ACTOR = re.compile(
    r"(?i)(?:^|^(?:did|does|do|has|have|is|was|will|would|can|could) (?:the )?|^(?:chính phủ|phía|nước|tỉnh|bên|thế|chinh phu|phia|nuoc|tinh) |(?<!\w)(?:người|nguoi) )$"
)
"""What stands before a place that does something, or that people are of."""
_NAMES = frozenset({Kind.PERSON, Kind.THING, Kind.OTHER, Kind.ORGANISATION, Kind.PLACE})
_TOLD = frozenset({Kind.REASON, Kind.MATTER})
_ASKING = {
    Kind.DATE: ("khi nào", "When"), Kind.PLACE: ("ở đâu", "Where"), Kind.REASON: ("vì sao", "Why"), Kind.MATTER: ("thế nào", "How"), Kind.PERSON: ("ai", "Who"),
    Kind.NUMBER: ("bao nhiêu", "How many"), Kind.MONEY: ("bao nhiêu tiền", "How much"), Kind.DURATION: ("bao lâu", "How long"),
}  # fmt: skip


def stands_by_itself(asked: Question, before: Before, *, led: bool) -> bool:
    """Return whether a turn says what it is about: a new name, a date, or something unlike what was spoken of.

    Args:
        asked: The turn.
        before: The turn before.
        led: Whether it began with words that join it to the turn before.
    """
    content = content_of(asked)
    spoken = fold(f"{before.question.text} {before.answer} {' '.join(before.people)}")
    fresh = [
        n for n in asked.people if not _only_says(asked) and fold(n) not in spoken and not _acts_elsewhere(n, asked)
    ]
    if fresh and not asked.dates:
        named = {w for n in asked.people for w in words(n)}
        return not {w for w in content if w not in named} <= _ATTENDING
    if points_back(asked, before) or _only_says(asked):
        return False
    name = last_name(asked.text)
    tells = name is not None and _tells(name, asked) and fold(asked.text[slice(*name)]) not in spoken
    dated = bool(asked.dates) and len(content) > LEAST_CONTENT[asked.language]
    if led and not dated and len(content) <= MOST_CONTENT[asked.language] and _shares(content, before):
        return False
    if fresh or dated or tells or _NOW.search(fold(asked.text)):
        return True
    if len(content) <= LEAST_CONTENT[asked.language]:
        return False
    if led:
        return len(content) > LONGEST_LED
    most = MOST_CONTENT[asked.language]
    return len(content) > most and (len(content) > 2 * most or relatedness(asked.text, before) < RELATED)


def _only_says(asked: Question) -> bool:
    """Return whether a short turn asks what somebody said, of what was spoken of: `Bộ Y tế nói sao?`, `what did Lee say afterwards?`."""
    name = last_name(asked.text)
    named = len(words(asked.text[slice(*name)])) if name else 0
    found = compiled(_SAYING, plain=not has_accents(asked.text)).search(asked.text)
    return found is not None and len(content_of(asked)) <= named + LEAST_CONTENT[asked.language]


def _acts_elsewhere(name: str, asked: Question) -> bool:
    """Return whether a short turn but tells which place did something, or where people are of: `did China apologise?`, `có người Mỹ nào không?`."""
    left = asked.text[: max(0, asked.text.find(name))]
    if len(content_of(asked)) > LEAST_CONTENT[asked.language] + len(words(name)) or not _ACTOR.search(left):
        return False
    lexicon, forms = default_lexicon(), words(name)
    length, entries = lexicon.match(forms, 0)
    known = lexicon.is_place(name) or (length == len(forms) and any(e.kind == "place" for e in entries))
    return known or fold(left).endswith("nguoi ")


def _shares(content: list[str], before: Before) -> bool:
    """Return whether a word of a turn was said in the question before or in answer to it."""
    spoken = {fold(w) for w in words(f"{before.question.text} {before.said}")} - PLAIN_PARTICLES
    return any(fold(w) in spoken for w in content if not w.isdigit())


def _tells(place: tuple[int, int], asked: Question) -> bool:
    """Return whether a name tells what is meant: not the one syllable of `bạn Tư` or `Bộ Ngoại giao`, not the country itself."""
    name, left = asked.text[slice(*place)], asked.text[: place[0]]
    one = asked.language == "vi" and " " not in name and is_syllable(name.lower())
    if asked.language == "en" and of_a_country(name):
        return False
    if _acts_elsewhere(name, asked):
        return False
    return not (one and compiled(_CALLED, plain=not has_accents(left)).search(left)) and fold(name) not in _HOME


def relatedness(text: str, before: Before) -> float:
    """Return how alike a turn and the question before mean: the cosine of their vectors, both languages in one space."""
    embeddings = bundled_embeddings()
    return float(embeddings.encode_query(text) @ embeddings.encode_query(before.question.text))


def of_the_same(rest: str, asked: Question, before: Before, *, naming: bool = True) -> str:
    """Return a turn that only asks, or names a deed, with what the question before was about.

    Args:
        rest: The turn without what joins it to the one before.
        asked: That, understood.
        before: The turn before.
        naming: Whether what was answered may be named: not when something else is asked about instead.
    """
    topic = topic_with_deed(before, naming=naming) if content_of(asked) else topic_of(before, naming=naming)
    topic = _of_the_year(topic, asked) if asked.dates else topic
    if not topic:
        return rest
    if content_of(asked):
        event = compiled(EVENT, plain=not has_accents(topic)).match(topic)
        if event and asked.language == before.question.language == "vi" and asked.slots[0].start > 0:
            return f"{topic} {uncapital(_without_head(rest, topic)).rstrip(' ?.!')}?"  # `họp ở đâu` has no subject of its own
        return joined(rest, f"{_how_much(before)}{topic}" if so_much(rest) else topic, asked, before, named=naming)
    slot = asked.slots[0]
    asking = compiled(r" (?:vậy|thế|ạ|nhỉ|hả)$", plain=not has_accents(rest)).sub("", rest.strip(" ?.!"))
    if asked.language != before.question.language:
        bare = len(words(asking)) == len(words(asked.text[slot.start : slot.end]))
        return (_asked_again(slot.kind, before) if bare else None) or joined(rest, topic, asked, before)
    if slot.kind in _TOLD | {Kind.OTHER, Kind.DURATION}:
        topic = statement_of(before)
    elif not before.topic and before.vietnamese and before.question.slots[0].start:
        topic = clause_of(before) if topic in clause_of(before) else topic
    if asked.language == "en":
        if before.question.kind is Kind.YESNO and not before.topic and not before.question.slots[0].start:
            return f"{asking} {uncapital(before.question.text).rstrip(' ?.!')}?"
        if not before.topic and subject_of(before) and slot.kind is not before.question.kind:
            return f"{asking} {behind_asking(before)}?"
        return f"{asking}: {topic}?"
    if compiled(r"(?:vì|tại|do) (?:sao|đâu)|sao", plain=not has_accents(asking)).fullmatch(asking):
        return f"{asking} {uncapital(topic)}?"
    if slot.kind in _TOLD:
        return f"{asking} ({uncapital(topic)})?"
    return f"{topic} {uncapital(asking)}?"


def _without_head(rest: str, topic: str) -> str:
    """Return a turn without the words with which it begins as the topic does: `tốn bao nhiêu` of `hội chợ tốn bao nhiêu`."""
    mine, theirs = rest.split(), topic.split()
    same = sum(1 for _ in takewhile(lambda pair: fold(pair[0]) == fold(pair[1]), zip(mine, theirs, strict=False)))
    return " ".join(mine[same:]) if 1 < same < len(mine) else rest


def _how_much(before: Before) -> str:
    """Return how many or how much was told of, with what was counted: `64 days, `; "" when nothing was."""
    if not before.question.kind.counts or not before.told:
        return ""
    start, end = asking_words(before, before.question.slots[0])
    counted = compiled(_HOW_MANY, plain=False).sub("", before.question.text[start:end]).strip()
    alone = all(w[:1].isdigit() for w in words(before.told))
    return f"{before.told}{f' {counted}' if counted and alone else ''}, "


def _lies(before: Before) -> bool:
    """Return whether a question only asked where something lies, of which more is seldom asked: `ở quận nào`, not `quận nào phạt`."""
    start, _ = asking_words(before, before.question.slots[0])
    asking = before.question.text[start : before.question.slots[0].end].lower()
    return asking.startswith(("where", "ở", "tại", "o ")) or _AT.search(before.question.text[:start]) is not None


def _of_the_year(topic: str, asked: Question) -> str:
    """Return a topic for a turn that has a date of its own: of that year where it is of another, else without its dates."""
    years, others = [re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", t) for t in (asked.text, topic)]
    same = len(years) == len(others) == len(find_dates(topic)) == 1 and find_dates(topic)[0].text == others[0]
    return topic.replace(others[0], years[0]) if same else undated(topic)


def undated(topic: str) -> str:
    """Return a topic without its dates, for a turn that has its own."""
    plain = not has_accents(topic)
    for found in reversed(find_dates(topic)):
        lead = compiled(rf"(?<!\w)(?:(?:in|on|during) |{VIETNAMESE_DATE})$", plain=plain).search(topic[: found.start])
        topic = topic[: lead.start() if lead else found.start] + topic[found.end :]
    return _DANGLING.sub("", " ".join(topic.split()).strip(" ,"))


def _asked_again(kind: Kind, before: Before) -> str | None:
    """Return the question before asking for something else, in its own language."""
    if kind not in _ASKING:
        return None
    vietnamese, english = _ASKING[kind]
    topic = statement_of(before) if kind in _TOLD and not before.topic else topic_of(before)
    if not before.vietnamese and not before.topic and subject_of(before) and kind is not before.question.kind:
        return f"{english} {behind_asking(before)}?"
    if not before.vietnamese:
        return f"{english}: {topic}?"
    return f"{capital(vietnamese)} {uncapital(topic)}?" if kind is Kind.REASON else f"{topic} {vietnamese}?"


def joined(text: str, topic: str, asked: Question, before: Before, *, named: bool = True) -> str:
    """Return a turn with its topic behind it, and with what was named in answer when `named`."""
    bare = " ".join(text.rstrip(" ?.!").split())
    if not topic or fold(topic) in fold(bare):
        return f"{bare}?"
    further = before.topic and before.question.kind is Kind.PLACE and _lies(before)
    named = named and before.question.kind in {Kind.ORGANISATION, Kind.PLACE, Kind.THING} and not further
    told = before.told if named else ""
    if told[:1].isupper() and fold(told) not in fold(topic + bare):
        topic = f"{topic}, {told}"
    if asked.language == "vi" and compiled(EVENT, plain=not has_accents(topic)).match(topic):
        return f"{bare} {'tại' if has_accents(topic) else 'tai'} {topic}?"
    named_inside = re.search(rf"(?<=[^.?!] ){re.escape(topic.split()[0])}(?!\w)", before.question.text) is not None
    return f"{bare} ({topic if named_inside else uncapital(topic)})?"
