"""What a question was about: its clause without the words that ask, its event, or the statement its answer makes of it."""

import re

from qa.kinds import Kind, Slot
from qa.language.forms import UPPER, fold, has_accents, tokens, words
from qa.language.lexicon import default_lexicon
from qa.talk.before import Before
from qa.talk.ends import LEAST_TOPIC, is_verb, without_ends
from qa.talk.words import (
    BEGINNING,
    ENGLISH_PARTICLES,
    NAME,
    NAMED_FIRST,
    PARTICLES,
    UNIT,
    WORD,
    compiled,
    of_a_country,
    uncapital,
)

__all__ = [
    "EVENT",
    "asking_words",
    "begun_by",
    "behind_asking",
    "clause_of",
    "event_in",
    "statement_of",
    "subject_of",
    "topic_of",
    "topic_with_deed",
]

EVENT = r"(?:cuộc thi|cuộc đua|giải đấu|liên hoan|hội nghị|cuộc họp|cuộc gặp|buổi|lễ|đại hội|phiên|kỳ họp|gặp mặt|hội thảo|diễn đàn|lễ hội|triển lãm)\b"
NAMING = frozenset({Kind.ORGANISATION, Kind.PLACE, Kind.THING, Kind.PERSON})
_ENGLISH_EVENT = (
    r"(?<!\w)(?:the|a|an|this|that|(?:[\w.]+ ){0,3}[\w.]+['’]s?) (?:[\w'’-]+ ){0,6}?(?:meeting|conference|congress|ceremony|gathering|get-together|summit|"
    r"forum|festival|exhibition|seminar|session|party|funeral|match|final|trial|contest|competition|visit|talks|protest|election|vote)\b"
)
_DANGLING = r"(?: (?:kéo dài|vì|do|bởi|lúc|vào|với|về|là|khoảng|chừng|cỡ|mạnh|trị giá|có giá|dài|rộng|cao|nặng|sâu|từ|ở|tại|bằng))+$"
"""What stands before the words that ask, and says nothing without them."""
_NAMED_THING = re.compile(
    rf"(?:[^\W\d_]+ ){{1,3}}?[{UPPER}]\w*(?: [{UPPER}\d]\w*)*(?: [-–] [{UPPER}]\w*(?: [{UPPER}]\w*)*)?(?= [a-zà-ỹđ])"
)
"""A thing with its name."""
_WHETHER = r" (?:có phải(?: là)?|đã từng|có|đã) "
"""What a question of yes or no has before its deed."""
_TOLD_FIRST = re.compile(
    r"(?P<told>(?=(?:\S+ ){4})[^?!]*[\w”)][.!]) (?:(?:what|who|how old|how much|how many|where|when|why)(?:['’]s| is| was| are| were| did) (?:(?:his|her|their|its|the) \w+|it|he|she|they|that|this)"
    r"|(?:(?:ông|bà|anh|chị|cô|em|người|vụ|việc|cái|con|chiếc)(?: \w+)? (?:đó|ấy|này|ta|đấy) )?(?:tên |là |tên là )*(?:ai|gì|ở đâu|khi nào|bao nhiêu|bao giờ|vì sao|tại sao)(?: (?:vậy|thế|ạ))?)$",
    re.IGNORECASE,
)
"""A sentence that tells and one that but asks: `An official took the money. What's his name?`."""
_GOES_ON = r" (?:có mặt|diễn ra|kéo dài|được|bị|đã|sẽ|có|dọc)(?!\w).*"
_FIRST_TIME = re.compile(r"(?i) for the (?:first|second|last) time\b")
_CLOSING_VERB = re.compile(r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bof)(?<!'s) [a-z]{3,}$")
"""Behind `did` the last word is what was done, even where it may be a noun: `How much did the bridge cost`."""
_CAUSING = r" (?:làm|khiến)(?: cho)?$"
"""What stands before those that are counted: `làm mấy người chết`."""
_DOING = r" (?:làm|(?:thay đổi|biến đổi|diễn biến|diễn ra)(?= *$))$"
"""What the answer stands in place of, too: `làm gì`, `thay đổi ra sao`."""
_ACTS = re.compile(
    r"[a-z]{3,}ed (?:the|a|an|its|his|her|their|them|him|it|down|up|out|off|away|to|by|in|on|at|for|with|from|that)\b"
)
"""A deed, though its word may be a noun, too: `turned them down`."""
_PREDICATES = frozenset("due to in at on not also once ever first recently finally already".split())
_ASKED_AUXILIARY = re.compile(r"(?i)\b(?:did|does|do|was|were|is|are|has|have|had|will) $")
_MIGHT = re.compile(r"(?i)(?:will|would|can|could|may|might|must|should) ")
_BASE = re.compile(
    r"(?!(?:the|a|an|its|their|his|her|this|that|these|those|it|he|she|they|we|you|i|there|people|police)\b)[a-z]+(?: |$)"
)
_OF_SOMEBODY = re.compile(r"(?i)(?<!\w)(?:nữ|nam|cựu|nguyên|tân) $")
"""What stands before who somebody is and says nothing without it."""
_DETERMINING = re.compile(r"(?:(?:in|on|at|to|from|by|for|with|of) )?(?:which|what|how many|whose)\b", re.IGNORECASE)
_DETERMINERS = frozenset("the a an its their his her this that of".split())
_IS = re.compile(r"(?i)\b(?:was|were|is|are) ")
_AUXILIARY = re.compile(
    r"(?i)\b(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|might|may|should|must) "
)
_DOES = frozenset(("did ", "does ", "do ", "will ", "would "))
_NAMED_SUBJECT = re.compile(rf"[{UPPER}][\w'’-]*(?: (?:and )?[{UPPER}][\w'’-]*)*(?= [a-z])")
_DETERMINED = re.compile(
    rf"(?:(?i:the|a|an|its|their|his|her|this|that)|[{UPPER}][\w.]*(?: [{UPPER}][\w.]*){{0,3}}['’]s?) "
)
LONGEST_ASKED = 8
"""Words of what `which` asks for."""


def topic_of(before: Before, *, naming: bool = True) -> str:
    """Return what the conversation is about: an event, a thing, or what the last answer said of it, and all that it names.

    Args:
        before: The turn before.
        naming: Whether what was answered may be named.
    """
    if before.topic:
        return before.topic
    topic = _told_of(before, naming=naming)
    return ", ".join([topic, *_lost(topic, before)]) if topic else topic


def _lost(topic: str, before: Before) -> list[str]:
    """Return the names of an English question before that its topic leaves out, and what it counts."""
    if before.vietnamese:
        return []
    text = before.question.text
    names = [m[0] for m in NAME.finditer(text) if not UNIT.fullmatch(m[0]) and not of_a_country(m[0])]
    first = NAMED_FIRST.match(text)
    names += [first[0]] if first and words(first[0])[0] not in BEGINNING else []
    slot = before.question.slots[0]
    clause = slot.kind is Kind.NUMBER and not (_DETERMINED.match(topic) or event_in(topic))
    counted = text[slot.end : asking_words(before, slot)[1]].strip() if clause else ""
    names = [n for n in names if n not in counted]
    told = [counted] if counted.endswith("s") else []  # people are but people
    return [n for n in dict.fromkeys([*told, *names]) if fold(n) not in fold(topic)]


def _told_of(before: Before, *, naming: bool) -> str:
    """Return the event or thing that the turn before is about, or what its answer said of it."""
    clause = clause_of(before)
    bare = without_ends(clause, before)
    named = not before.vietnamese and bare[:1].isupper()
    bare = bare if named or len(words(bare)) >= LEAST_TOPIC else clause
    kind, told = before.question.kind, before.told if naming else ""
    names = kind in NAMING and told[:1].isupper() and fold(told) not in fold(clause)
    if before.vietnamese:
        event = compiled(EVENT, plain=not has_accents(bare)).search(bare)
        if kind is Kind.PERSON and event:
            return bare[event.start() :]
        if kind.counts and event and event.start():
            return compiled(_GOES_ON, plain=not has_accents(bare)).sub("", bare[event.start() :])
        deed = told and kind in {Kind.THING, Kind.OTHER} and re.search(r"\b(?:làm|lam)$", clause)
        return statement_of(before) if names or deed else bare
    if not told and naming and kind in NAMING - {Kind.PERSON} and (asked := _asked_for(before)):
        return asked
    if subject_of(before):
        asked = _asked_noun(before) if names and kind is not Kind.PERSON else ""
        return ", ".join(filter(None, (clause, asked, told if names else "")))
    bare = _FIRST_TIME.sub("", bare)
    event = re.search(_ENGLISH_EVENT, bare, re.IGNORECASE)
    if event and kind is Kind.PERSON:
        return bare[event.start() :]
    slot = before.question.slots[0]
    if kind is Kind.NUMBER and slot.start == 0 and not event and not _DETERMINED.match(bare):
        _, end = asking_words(before, slot)
        return f"{before.question.text[slot.end : end].strip()} {clause}".strip()
    if _DETERMINED.match(bare):
        return f"{bare}, {told}" if names and kind is not Kind.PERSON else bare
    return statement_of(before) if names else bare


def _asked_for(before: Before) -> str:
    """Return an English question with what it asks for as if that were known: `two Tan Phu ships` of `which two Tan Phu ships`; "" of any other."""
    text, slot = before.question.text.rstrip(" ?.!"), before.question.slots[0]
    _, end = asking_words(before, slot)
    return text[slot.end :].strip() if not before.vietnamese and slot.start == 0 and end > slot.end else ""


def topic_with_deed(before: Before, *, naming: bool = True) -> str:
    """Return as `topic_of` does, of an English question of who or which one with what was done: `Ann Lee sold the mill`, not `the mill`."""
    slot = before.question.slots[0]
    if before.topic or before.vietnamese or slot.start or slot.kind not in NAMING:
        return topic_of(before, naming=naming)
    topic = _told_of(before, naming=naming)
    if event_in(topic):
        return topic_of(before, naming=naming)
    deed = statement_of(before) if naming and before.told[:1].isupper() else clause_of(before)
    left = deed.removesuffix(topic.removesuffix(f", {before.told}"))
    whole = deed if left != deed and re.search(r"[a-z] $", left) else topic
    return ", ".join([whole, *_lost(whole, before)])


def _asked_noun(before: Before) -> str:
    """Return what an English question asks for when it tells more than its sort: `package for the jet` of `which package for the jet`; "" otherwise."""
    start, end = asking_words(before, before.question.slots[0])
    noun = _DETERMINING.sub("", before.question.text[start:end], count=1).strip()
    return noun if len(words(noun)) > 1 and not before.vietnamese else ""


def begun_by(topic: str) -> str:
    """Return what a Vietnamese topic begins with when a deed follows: `cầu Mỹ Thuận` of `cầu Mỹ Thuận nối hai tỉnh`; itself otherwise."""
    found = _NAMED_THING.match(topic)
    following = words(topic[found.end() :]) if found else []
    length, entries = default_lexicon().match_vietnamese(following, 0, plain=not has_accents(topic))
    deed = length > 0 and all(e.kind == "verb" for e in entries)
    return found[0] if found and (deed or (following and following[0] in PARTICLES)) else topic


def event_in(topic: str) -> str:
    """Return the event within an English topic: `the 2016 meeting about roads` of `the speech at the 2016 meeting about roads`; "" when there is none."""
    found = re.search(_ENGLISH_EVENT, topic, re.IGNORECASE)
    if not found:
        return ""
    last = [m.start() for m in re.finditer(r"(?<!\w)(?:the|a|an|this|that|its|their) ", found[0], re.IGNORECASE)]
    return topic[found.start() + (last[-1] if last else 0) :]


def clause_of(before: Before) -> str:
    """Return the question before without the words that ask."""
    text = before.question.text.strip(" ?.!")
    if told_first := _TOLD_FIRST.match(text):
        return told_first["told"]  # the sentence behind only asks
    slots = before.question.slots if before.vietnamese else before.question.slots[:1]
    for slot in sorted(slots, key=lambda s: -s.start):
        start, end = asking_words(before, slot) if slot is before.question.slots[0] else (slot.start, slot.end)
        counted = fold(text[slot.end : end]).strip()
        if before.vietnamese and slot.kind is Kind.NUMBER and counted not in {"", "nguoi"} and text[end:].strip():
            end = slot.end  # `bắt nghi phạm ở Tân Phú` of `bắt mấy nghi phạm ở Tân Phú`
        left = text[:start].rstrip()
        if before.vietnamese:
            left = compiled(_DANGLING, plain=not has_accents(text)).sub("", left)
            left = compiled(_CAUSING, plain=not has_accents(text)).sub("", left) if slot.kind.counts else left
            left = (
                compiled(_WHETHER, plain=not has_accents(text)).sub(" ", left, 1) if slot.kind is Kind.YESNO else left
            )
        text = f"{left} {text[end:].lstrip()}"
    text = text.strip(" ,?.!")
    return text if before.vietnamese else _AUXILIARY.sub("", text, count=1)


def statement_of(before: Before) -> str:
    """Return the question before with its answer in the place of the words that ask: `Lê Văn Tám chủ trì hội nghị`."""
    told, kind = before.told, before.question.kind
    clause = clause_of(before)
    unfit = (
        {Kind.YESNO, Kind.TOPIC}
        if before.vietnamese
        else {Kind.YESNO, Kind.TOPIC, Kind.REASON, Kind.MATTER, Kind.OTHER}
    )
    if not told or kind in unfit or fold(told) in fold(clause):
        return clause
    text = before.question.text.strip(" ?.!")
    slot = before.question.slots[0]
    start, end = asking_words(before, slot)
    if not before.vietnamese:
        rest = text[end:].lstrip()
        subject = start == 0 and rest and (not _AUXILIARY.match(rest) or _predicated(rest))
        return f"{told}{'' if rest[:1] == ',' else ' '}{rest}" if subject else f"{clause}: {told}"
    noun = text[start : slot.start].strip()
    left = compiled(_DOING, plain=not has_accents(text)).sub("", text[:start].rstrip())
    filled = _overlapping(noun, told)
    if left and fold(left).split()[-1] == fold(filled).split()[0]:
        left = left.rsplit(" ", 1)[0] if " " in left else ""
    made = f"{left} {uncapital(filled) if left else filled} {text[end:].lstrip()}"
    return " ".join(made.split()).strip(" ,")


def _overlapping(noun: str, told: str) -> str:
    """Return what was answered behind the noun that asked for it, no word twice: `bí thư xã Tân Phú` of `bí thư xã` and `Xã Tân Phú`."""
    nouns, named = fold(noun).split(), fold(told).split()
    if nouns[:1] == named[:1] and len(named) > 1:
        return told  # `Tàu Thắng Lợi` of `tàu cá`
    shared = next((n for n in range(min(len(nouns), len(named)), 0, -1) if nouns[-n:] == named[:n]), 0)
    return " ".join([*noun.split()[: len(nouns) - shared], told])


def subject_of(before: Before) -> tuple[int, int] | None:
    """Return where the subject of an English question with `did`, `was` and the like stands, or None."""
    text = before.question.text
    if before.vietnamese:
        return None
    _, end = asking_words(before, before.question.slots[0])
    aux = _AUXILIARY.match(text, end + (text[end : end + 1] == " ")) or _ASKED_AUXILIARY.search(text[: end + 1])
    if not aux or _predicated(text[aux.start() :]):
        return None
    first, last = aux.end(), len(text.rstrip(" ?.!"))
    if aux[0].lower() in _DOES and (name := _NAMED_SUBJECT.match(text, first)) and _does(text[name.end() :]):
        return name.span()
    left = ""
    for form, start, stop in tokens(text[first:last]):
        determined, left = left in _DETERMINERS or left.endswith("'s"), form
        hyphened = "-" in (text[first + start - 1 : first + start], text[first + stop : first + stop + 1])
        if start and form in {"when", "while", "after", "before", "because"} and _IS.match(aux[0]):
            return first, first + start - 1
        if start and form in {"that", "which", "who", "whose"}:
            return (first, last) if _IS.match(aux[0]) else None
        if start and is_verb(form) and text[first + start].islower() and not hyphened and not determined:
            return first, first + start - 1
    closing = _CLOSING_VERB.search(text, first, last) if aux[0].lower() in _DOES else None
    if closing:
        return first, closing.start()
    return (first, last) if _IS.match(aux[0]) else None


def _does(rest: str) -> bool:
    """Return whether a verb follows the name that an English question is about: `Ann Lee win the cup`, not `Tan Phu bridge cost`."""
    forms = WORD.findall(rest)
    _, entries = default_lexicon().match([forms[0]], 0)
    following = forms[1] if len(forms) > 1 else ""
    opens = not following or following in ENGLISH_PARTICLES | _DETERMINERS or following[0].isupper()
    return any(e.kind == "verb" for e in entries) or (not entries and opens)


def behind_asking(before: Before) -> str:
    """Return an English question from the auxiliary on: `did the Office meet in July 2016`."""
    text = before.question.text.rstrip(" ?.!")
    _, end = asking_words(before, before.question.slots[0])
    aux = _ASKED_AUXILIARY.search(text[: end + 1])
    return text[aux.start() if aux else end :].strip()


def asking_words(before: Before, slot: Slot) -> tuple[int, int]:
    """Return where the words that ask stand with the noun they ask for: `xã nào`, `mấy cây số`, `Which German university`."""
    text = before.question.text
    if before.vietnamese:
        start, end = slot.start, slot.end
        for head in sorted(slot.heads, key=len, reverse=True):
            noun = " ".join(head)
            if fold(text[:start].rstrip()).endswith(fold(noun)):
                first = len(text[:start].rstrip()) - len(noun)
                before_it = _OF_SOMEBODY.search(text[:first])
                return (before_it.start() if before_it else first), end
            if slot.kind.counts and fold(text[end:].lstrip()).startswith(fold(noun)):
                return start, end + len(text[end:]) - len(text[end:].lstrip()) + len(noun)
        return start, end
    if not _DETERMINING.match(text, slot.start) or _ASKED_AUXILIARY.search(f"{text[: slot.end]} "):
        return slot.start, slot.end
    end = slot.end
    for number, (form, start, stop) in enumerate(tokens(text[slot.end :])):
        if number >= LONGEST_ASKED:
            break
        if _AUXILIARY.match(form + " ") or is_verb(form) or (number and _ACTS.match(text, slot.end + start)):
            return slot.start, end
        end = slot.end + stop
    return slot.start, slot.end


def _predicated(rest: str) -> bool:
    """Return whether an auxiliary is followed by what it says of its subject, not by the subject: `was due`, not `was the ship`."""
    following = tokens(rest)[1:2]
    if following and _MIGHT.match(rest) and _BASE.match(rest[following[0][1] :]) and not following[0][0].endswith("s"):
        return True
    return bool(following) and (
        following[0][0].endswith(("ed", "en", "ing")) or is_verb(following[0][0]) or following[0][0] in _PREDICATES
    )
