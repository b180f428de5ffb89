"""What a turn that only asks is about: the event of the turn before."""

import re

from qa.kinds import Kind
from qa.language.forms import fold, has_accents, words
from qa.language.lexicon import default_lexicon
from qa.question import Question
from qa.talk.before import Before, clause_of, topic_of
from qa.talk.words import capital, compiled, content_of, last_name

__all__ = ["asking_for_others", "joined", "of_the_same", "stands_by_itself"]

LONGEST_BARE = 4
"""Content words beside those that ask, of a turn that begins with them and is still a follow-up."""
_ATTENDING = frozenset(
    "attend attended come came speak spoke speech chair chaired present there dự tham có mặt phát biểu chủ trì tới đến du mat phat bieu tri ông bà ong ba mr mrs".split()
)
"""What people do at an event and hardly anywhere else; who is only asked to have done that, is asked about the event before."""
_EVENT = r"(?:hội nghị|cuộc họp|cuộc gặp|buổi|lễ|đại hội|phiên|kỳ họp|gặp mặt|hội thảo|diễn đàn|lễ hội|triển lãm)\b"
_NAMING = frozenset({Kind.ORGANISATION, Kind.PLACE, Kind.THING})
LONGEST_NAME = 60
"""Characters of an answer that names what is spoken of from then on."""
_ASKING = {
    Kind.DATE: ("khi nào", "When"), Kind.PLACE: ("ở đâu", "Where"), Kind.REASON: ("vì sao", "Why"), Kind.PERSON: ("ai", "Who"),
    Kind.NUMBER: ("bao nhiêu", "How many"), Kind.MONEY: ("bao nhiêu tiền", "How much"), Kind.DURATION: ("bao lâu", "How long"),
}  # fmt: skip
_ELSE = r"(?:còn )?(?:những )?(?:ai|gì|cái gì|nơi nào|đâu)(?: khác)?(?: nữa)?(?: không)?"
_ENGLISH_ELSE = r"(?:who|what|where|which) else|any(?:one|body|thing) else"


def asking_for_others(rest: str, asked: Question, before: Before) -> str | None:
    """Return the question before, asking for others, where a turn says no more than `còn ai nữa?`."""
    plain = not has_accents(rest)
    bare = rest.strip(" ?.!")
    slot = next((s for s in before.question.slots if s.end > s.start), None)
    if slot is None:
        return None
    whole = before.question.text
    if asked.language == "en" and re.fullmatch(f"(?i){_ENGLISH_ELSE}", bare):
        return capital(whole[: slot.start] + f"{whole[slot.start : slot.end].lower()} else" + whole[slot.end :])
    if re.search(r"\b(?:nữa|khác|nua|khac)\b", bare) and compiled(_ELSE, plain=plain).fullmatch(bare):
        return capital(f"{whole[: slot.start]}{whole[slot.start : slot.end].lower()} khác{whole[slot.end :]}")
    return None


def stands_by_itself(asked: Question, *, led: bool) -> bool:
    """Return whether a turn says what it is about: a name, a date, or something that is no mere deed."""
    content = content_of(asked)
    if asked.people and not asked.dates:
        named = {w for n in asked.people for w in words(n)}
        return not {w for w in content if w not in named} <= _ATTENDING
    if asked.people or asked.dates or last_name(asked.text):
        return True
    if len(content) <= 1:
        return False
    if led:
        return len(content) > 2 * LONGEST_BARE
    first = asked.slots[0].start == 0 or _is_deed(content, asked)
    if asked.language == "en":
        return not (first and len(content) <= LONGEST_BARE)
    return not (first and len(content) <= LONGEST_BARE + 1)


def _is_deed(content: list[str], asked: Question) -> bool:
    """Return whether what a turn says begins with a verb, so that its subject stands before: `diễn ra khi nào`."""
    if asked.language == "en":
        return False
    length, entries = default_lexicon().match_vietnamese(content, 0, plain=not has_accents(asked.text))
    return length > 0 and any(e.kind == "verb" for e in entries)


def of_the_same(rest: str, asked: Question, before: Before) -> str:
    """Return a turn that only asks, or names a deed, with what the question before was about."""
    topic = topic_of(before)
    if not topic:
        return rest
    if content_of(asked):
        event = compiled(_EVENT, plain=not has_accents(topic)).match(topic)
        if event and asked.language == before.question.language == "vi" and asked.slots[0].start > 0:
            return f"{topic} {rest[:1].lower()}{rest[1:].rstrip(' ?.!')}?"  # `họp ở đâu` has no subject of its own
        return joined(rest, topic, asked, before)
    slot = asked.slots[0]
    asking = rest.strip(" ?.!")
    if asked.language != before.question.language:
        return _asked_again(slot.kind, before) or joined(rest, topic, asked, before)
    if slot.kind in {Kind.REASON, Kind.OTHER}:
        topic = clause_of(before)
    if asked.language == "en":
        return f"{asking}: {topic}?"
    if slot.kind is Kind.REASON:
        opener = re.match(r"(?:Theo|Tại|Trong|Khi|Ngày|Năm|Tháng|Ở|Sau|Trước|Vào)\b", topic)
        return f"{asking} {topic[:1].lower() + topic[1:] if opener else topic}?"
    return f"{topic} {asking[:1].lower()}{asking[1:]}?"


def _asked_again(kind: Kind, before: Before) -> str | None:
    """Return the question before asking for something else, in its own language."""
    if kind not in _ASKING:
        return None
    vietnamese, english = _ASKING[kind]
    topic = clause_of(before) if kind is Kind.REASON else topic_of(before)
    return f"{topic} {vietnamese}?" if before.vietnamese else f"{english}: {topic}?"


def joined(text: str, topic: str, asked: Question, before: Before) -> str:
    """Return a turn with its topic behind it."""
    bare = " ".join(text.rstrip(" ?.!").split())
    if fold(topic) in fold(bare):
        return f"{bare}?"
    named = before.said.strip(" .")
    if (
        before.question.kind in _NAMING
        and named[:1].isupper()
        and len(named) <= LONGEST_NAME
        and fold(named) not in fold(topic + bare)
    ):
        topic = f"{topic}, {named}"
    if asked.language == "en":
        return f"{bare} ({topic})?"
    joiner = " tại " if compiled(_EVENT, plain=not has_accents(topic)).match(topic) else ", "
    return f"{bare}{joiner}{topic}?"
