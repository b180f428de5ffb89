"""What a turn that only asks is about: the event of the turn before."""

import re
from itertools import takewhile

from qa.kinds import Kind
from qa.language.dates import find_dates
from qa.language.forms import fold, has_accents, words
from qa.question import Question
from qa.talk.anaphors import so_much
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
from qa.talk.words import VIETNAMESE_DATE, capital, compiled, content_of, uncapital

__all__ = ["joined", "of_the_same", "undated"]

_HOW_MANY = (
    r"^(?:how (?:many|much|long|old|far|big|high|tall|often)|bao nhiêu|bao nhieu|bao lâu|bao lau|bao xa|mấy|may)(?!\w)"
)
_DANGLING = re.compile(
    r"(?i)(?: (?:in|on|at|of|by|since|from|until|during|the|(?:first|second|last) half|end|start|beginning))+$"
)
_AT = re.compile(r"(?i)(?<!\w)(?:ở|tại|từ|gần|in|at|from|near|o|tai|tu|gan) (?:\w+ )?$")
_EVER = r"(?<!\w)(?:từ (?:trước|hồi|khi|ngày|lúc|đầu) [^,?]{0,30}?(?:tới|đến) (?:giờ|nay)|xưa nay|(?:tới|đến) (?:giờ|nay) (?:thì )?(?:cả thảy|tổng cộng|tất cả))(?!\w)|\b(?:so far|of all time|ever since|since it (?:began|started|opened)|in all its years)\b"
"""What asks of all the time there was."""
_TOLD = frozenset({Kind.REASON, Kind.MATTER})
_ASKING = {
    Kind.DATE: ("khi nào", "When"), Kind.PLACE: ("ở đâu", "Where"), Kind.REASON: ("vì sao", "Why"), Kind.MATTER: ("thế nào", "How"), Kind.PERSON: ("ai", "Who"),
    Kind.NUMBER: ("bao nhiêu", "How many"), Kind.MONEY: ("bao nhiêu tiền", "How much"), Kind.DURATION: ("bao lâu", "How long"),
}  # fmt: skip


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
    topic = undated(topic) if compiled(_EVER, plain=not has_accents(rest)).search(rest) else topic
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
