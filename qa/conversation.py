"""Follow-ups made whole: `còn năm 2016?`, `ông ấy giữ chức gì?`, `and where was it held?` as questions that need no history.

By rule. A turn that says enough by itself stays as it is: a change of topic is not dragged along.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from qa.embeddings import bundled_embeddings
from qa.kinds import Kind
from qa.language.forms import UPPER, fold, has_accents, nfc, words
from qa.language.lexicon import default_lexicon
from qa.language.names import find_people
from qa.question import Question, understand
from qa.schema import Turn

__all__ = ["stand_alone"]

ALIKE = 0.3
"""Least cosine of a word in whose place another can stand."""
LONGEST_TURN = 2000
"""Characters of a turn before that are read."""
LONGEST_FRAGMENT, LONGEST_BARE = 8, 4
"""Words of a turn that asks nothing and is still taken for a follow-up; content words beside those that ask, of one that
begins with them."""

# Vietnamese patterns are written with diacritics and matched without where a turn was typed so.
_CORRECTION = (
    r"(?:(?:à |ồ )?(?:không|nhầm|nhầm rồi|không phải|sai rồi|xin lỗi)[,.]? +)+(?:(?:ý )?(?:tôi|mình|em)(?: là| muốn hỏi| hỏi| muốn nói)(?: đến| về)?:? |(?:là|hỏi|phải là) )?"
    r"|(?:ý )?(?:tôi|mình|em) (?:muốn hỏi|hỏi|muốn nói)(?: là| về| đến)?:? |ý (?:tôi|mình|em) là:? "
)
_LEAD = r"(?:thế còn|vậy còn|thế thì|vậy thì|còn như|còn|thế|vậy|rồi|và|ngoài ra(?: còn)?|thế rồi)[, ]+"
_TAIL = r"[ ,]*(?:thì sao|thì thế nào|thì như thế nào|ra sao|cơ|cơ mà|nhé|nha|ạ|vậy|thế|hả|chứ)?[ ?.!]*$"
_ENGLISH_CORRECTION = r"(?:(?:no|sorry|oops|wait|actually)[,.]? +)+(?:i (?:mean|meant)(?: to ask)?(?: about)? )?|i (?:mean|meant)(?: to ask)?(?: about)? "
_ENGLISH_LEAD = r"(?:and (?:what|how) about|(?:what|how) about|and then|and|then|but|so|also|ok(?:ay)?)[, ]+"
_ENGLISH_TAIL = r"[ ,]*(?:instead|then|too|as well|one)?[ ?.!]*$"

_MAN = r"ông (?:ấy|này|đó|ta)|anh (?:ấy|này|ta)|đồng chí (?:ấy|này|đó)|vị (?:này|ấy|đó)|người (?:này|ấy|đó)"
_WOMAN = r"bà (?:ấy|này|đó|ta)|chị (?:ấy|này|ta)|cô (?:ấy|này|ta)"
_THEM = r"họ|những người (?:này|ấy|đó)|các ông (?:ấy|này)"
_HE, _SHE, _THEY = (
    r"he|him|his|this man|that man|this person",
    r"she|her|hers|this woman|that woman",
    r"they|them|their",
)
_THING = r"(?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3}?) (?:đó|này|ấy|trên|kia|nói trên)(?![\w])|\bnó\b"
_THEN = r"(?:khi|lúc|hồi|năm|hôm|ngày|dịp) (?:đó|ấy)|ở đó|tại đó|khi ấy"
_ENGLISH_THING = r"(?:this|that|the same) (?P<noun>[a-z]+)|\bit\b"
_ENGLISH_THEN = r"(?:at that time|back then|that (?:year|day|time)|there|then)"
_ELSE = r"(?:còn )?(?:những )?(?:ai|gì|cái gì|nơi nào|đâu)(?: khác)?(?: nữa)?(?: không)?"
_ENGLISH_ELSE = r"(?:who|what|where|which) else|any(?:one|body|thing) else"
_PARTICLES = frozenset(
    "đã sẽ được bị đang là có do bởi thì mà cho của tại ở trong vào từ với về đến vừa mới cùng rằng gồm".split()
)
_PLAIN_PARTICLES = frozenset(fold(w) for w in _PARTICLES)
_ENGLISH_PARTICLES = frozenset(
    "did does do was were is are has have had will would can could be been being of in on at to for by with from about as there s".split()
)
_ATTENDING = frozenset(
    "attend attended come came speak spoke speech chair chaired present there dự tham có mặt phát biểu chủ trì tới đến du mat phat bieu tri ông bà ong ba mr mrs".split()
)
"""What people do at an event and hardly anywhere else; who is only asked to have done that, is asked about the event before."""
_EVENT = r"(?:hội nghị|cuộc họp|cuộc gặp|buổi|lễ|đại hội|phiên|kỳ họp|gặp mặt|hội thảo|diễn đàn|lễ hội|triển lãm)\b"
_VIETNAMESE_DATE = r"(?:(?:vào|trong|hồi|từ) )?(?:(?:đầu|cuối|giữa) )?(?:(?:sáng|chiều|tối|đêm|trưa) )?(?:(?:ngày|tháng|năm|quý|Tết|tết|dịp) )*"
_ENGLISH_DATE = r"(?:(?:in|on|during) )?(?:(?:early|late|mid) )*"
_NAMING = frozenset({Kind.ORGANISATION, Kind.PLACE, Kind.THING})
LONGEST_NAME = 60
"""Characters of an answer that names what is spoken of from then on."""
_NAME = re.compile(rf"(?<=[^.?!] )[{UPPER}]\w*(?: [{UPPER}]\w*)*")
_FOREIGN = re.compile(rf"(?<!\w)[{UPPER}][\w-]+(?: (?:von|van|der|de|bin|al|el|da|[A-Z]\.))*(?: [{UPPER}][\w-]+)+")
"""A name of several words, of any language."""
_WORD = re.compile(r"[^\W_]+(?:[./-]\w+)*")


@dataclass(frozen=True, slots=True)
class _Before:
    """The turn before: as a whole question, understood, and what was answered."""

    question: Question
    answer: str

    @property
    def said(self) -> str:
        """The bare answer, before any quotation."""
        return re.sub(r"\[\d+\]", " ", self.answer.split("“", 1)[0])

    @property
    def vietnamese(self) -> bool:
        return self.question.language == "vi"


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Return the last question of a conversation as one that needs no history; itself when it says enough.

    Args:
        question: As typed.
        history: The conversation so far, oldest first.
    """
    before = None
    for turn in history:
        if words(asked := turn.question[:LONGEST_TURN]):
            before = _Before(understand(_whole(asked, before)[:LONGEST_TURN]), turn.answer[:LONGEST_TURN])
    return _whole(question, before)


def _whole(question: str, before: _Before | None) -> str:
    text = " ".join(nfc(question).split())
    if before is None or not words(text):
        return text
    rest, led = _without_lead(text)
    asked = understand(rest)
    if not any(s.end > s.start and s.kind is not Kind.TOPIC for s in asked.slots):
        return (
            _fragment(rest, asked, before)
            if led or (len(words(rest)) <= LONGEST_FRAGMENT and _may_be_part(asked))
            else text
        )
    if other := _anything_else(rest, asked, before):
        return other
    if led and asked.dates and not asked.people and not _content(asked):
        return _of_another_time(asked, before)
    replaced = _without_pronouns(rest, asked, before)
    if replaced != rest:
        return _capital(replaced)
    if _stands_by_itself(asked, led=led):
        return _capital(rest) + "?" * (text.endswith("?") and not rest.endswith("?"))
    return _capital(_about(rest, asked, before))


def _without_lead(text: str) -> tuple[str, bool]:
    """Return a turn without what joins it to the one before (`còn … thì sao?`, `no, I mean …`), and whether anything did."""
    language = understand(text).language
    plain = not has_accents(text)
    patterns = [(_ENGLISH_CORRECTION, _ENGLISH_LEAD, _ENGLISH_TAIL), (_CORRECTION, _LEAD, _TAIL)]
    for correction, lead, tail in patterns if language == "en" else patterns[::-1]:
        for opening in (correction, lead):
            found = _compiled(opening, plain=plain).match(text)
            if found and words(text[found.end() :]):
                rest = text[found.end() :]
                shorter = rest[: _compiled(tail, plain=plain).search(rest).start()]  # type: ignore[union-attr]  # it can be empty
                return (shorter if words(shorter) else rest), True
    return text, False


def _may_be_part(asked: Question) -> bool:
    """Return whether a turn that asks nothing can be a part of a question: a date alone, a name alone."""
    if not asked.dates:
        return False
    rest = asked.text
    for date in asked.dates[::-1]:
        rest = rest[: date.start] + rest[date.end :]
    return (
        len(
            [
                w
                for w in words(rest)
                if w not in _PARTICLES | _ENGLISH_PARTICLES | {"năm", "nam", "đầu", "cuối", "early", "late", "the"}
            ]
        )
        == 0
    )


def _fragment(rest: str, asked: Question, before: _Before) -> str:
    """Return the question before with a part of it put in another's place: a period, a person, a thing."""
    whole = before.question.text
    part = rest.strip(" ?.!,")
    if asked.dates and _is_date(part, asked):
        return _with_date(before, part)
    if asked.people and before.question.people:
        return _replaced(whole, before.question.people[-1], _person(part, asked))
    if shared := _shared(part, whole):
        return whole[: shared[0]] + part + whole[shared[1] :]
    if named := _last_name(whole):
        bare = re.sub(r"(?i)^(?:in|at|on|from|ở|tại|của|với) ", "", part)
        if _last_name("x " + bare):
            return whole[: named[0]] + bare + whole[named[1] :]
    if alike := _alike(part, whole):
        return whole[: alike[0]] + part + whole[alike[1] :]
    return f"{whole.rstrip(' ?')} – {part}?"


def _of_another_time(asked: Question, before: _Before) -> str:
    """Return the question before of another period; where a turn asks for something else (`thế năm 2019 ở đâu?`), that."""
    date = asked.dates[-1]
    lead = _compiled(
        f"(?<!\\w){_VIETNAMESE_DATE if asked.language == 'vi' else _ENGLISH_DATE}$", plain=not has_accents(asked.text)
    )
    found = lead.search(asked.text, 0, date.start)
    part = asked.text[found.start() if found else date.start : date.end].strip()
    moved = _with_date(before, part)
    slot = asked.slots[0]
    if slot.kind is before.question.kind:
        return moved
    bare = understand(asked.text[slot.start : slot.end])
    return _capital(_about(bare.text, bare, _Before(understand(moved), before.answer)))


def _is_date(part: str, asked: Question) -> bool:
    rest = part
    for date in asked.dates[::-1]:
        rest = rest[: date.start] + rest[min(date.end, len(rest)) :]
    return (
        len(
            words(
                re.sub(
                    r"(?i)\b(?:năm|nam|tháng|thang|ngày|ngay|đầu|dau|cuối|cuoi|giữa|giua|vào|hồi|in|on|early|late|the|mid|of|tết|tet|xuân)\b",
                    " ",
                    rest,
                )
            )
        )
        == 0
    )


def _with_date(before: _Before, part: str) -> str:
    whole = before.question.text
    dates = before.question.dates
    if not dates:
        return f"{whole.rstrip(' ?')} {part if before.vietnamese else _in(part)}?"
    start, end = _dated(before)
    old = whole[start:end]
    if before.vietnamese:
        return (
            whole[:start]
            + (part if re.match(r"(?i)\D", part) or not re.match(r"(?i)\D", old) else f"năm {part}")
            + whole[end:]
        )
    preposition = re.match(r"(?i)(?:in|on|during) ", old)
    return (
        whole[:start] + (_in(part) if preposition else re.sub(r"(?i)^(?:in|on|at|during|the) ", "", part)) + whole[end:]
    )


def _dated(before: _Before) -> tuple[int, int]:
    """Return where the last date of the question before stands, with `đầu`, `in early` and the like before it."""
    whole, date = before.question.text, before.question.dates[-1]
    lead = _compiled(
        f"(?<!\\w){_VIETNAMESE_DATE if before.vietnamese else _ENGLISH_DATE}$", plain=not has_accents(whole)
    )
    found = lead.search(whole, 0, date.start)
    return (found.start() if found else date.start), date.end


def _in(part: str) -> str:
    return part if re.match(r"(?i)(?:in|on|at|during)\b", part) else f"in {part}"


def _person(part: str, asked: Question) -> str:
    return asked.people[-1] if asked.people else part


def _replaced(text: str, old: str, new: str) -> str:
    """Return a text with a name in another's place, the title before it (`ông`, `Mr`) with it."""
    found = re.search(rf"(?:(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Mm]rs?\.?|[Mm]s\.?) )?{re.escape(old)}", text)
    return text[: found.start()] + new + text[found.end() :] if found else text


def _shared(part: str, whole: str) -> tuple[int, int] | None:
    """Return the stretch of a question in whose place a part can stand: that shares a word with it, in the same place."""
    mine = [(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(part)]
    theirs = [(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(whole)]
    common = {w for _, _, w in mine} & {w for _, _, w in theirs}
    common = {w for w in common if len(w) > 2 and w not in _ENGLISH_PARTICLES | {"the", "nam", "cua", "cac", "nhung"}}
    for i, (_, _, word) in enumerate(mine):
        if word not in common:
            continue
        at = next(j for j, (_, _, w) in enumerate(theirs) if w == word)
        first, last = at - i, at - i + len(mine) - 1
        if first < 0 or last >= len(theirs):
            first, last = at, at
        return theirs[first][0], theirs[last][1]
    return None


def _alike(part: str, whole: str) -> tuple[int, int] | None:
    """Return where the word of a question stands that means most nearly what a part means: `petrol` for `kerosene`."""
    (_, mine), (at, theirs) = bundled_embeddings().encode_words([part, whole])
    found = [m.span() for m in re.finditer(r"[^\W_]+", whole)]
    if not len(mine) or not len(theirs) or not found:
        return None
    meant = mine.sum(axis=0)
    cosines = theirs @ meant / np.maximum(np.linalg.norm(theirs, axis=1) * np.linalg.norm(meant), 1e-6)
    best = int(np.argmax(cosines))
    if cosines[best] < ALIKE:
        return None
    first = min(int(at[best]), len(found) - 1)
    last = int(at[best + 1]) - 1 if best + 1 < len(at) else first
    return found[first][0], found[max(first, min(last, len(found) - 1))][1]


def _last_name(text: str) -> tuple[int, int] | None:
    """Return where the last capitalised name of a question stands, its beginning apart."""
    found = list(_NAME.finditer(text))
    return found[-1].span() if found else None


def _anything_else(rest: str, asked: Question, before: _Before) -> str | None:
    """Return the question before, asking for others, where a turn says no more than `còn ai nữa?`."""
    plain = not has_accents(rest)
    bare = rest.strip(" ?.!")
    slot = next((s for s in before.question.slots if s.end > s.start), None)
    if slot is None:
        return None
    whole = before.question.text
    if asked.language == "en" and re.fullmatch(f"(?i){_ENGLISH_ELSE}", bare):
        return _capital(whole[: slot.start] + f"{whole[slot.start : slot.end].lower()} else" + whole[slot.end :])
    if re.search(r"\b(?:nữa|khác|nua|khac)\b", bare) and _compiled(_ELSE, plain=plain).fullmatch(bare):
        return _capital(f"{whole[: slot.start]}{whole[slot.start : slot.end].lower()} khác{whole[slot.end :]}")
    return None


def _without_pronouns(rest: str, asked: Question, before: _Before) -> str:
    """Return a turn with the people and things it points back to named; unchanged when it points to none."""
    plain = not has_accents(rest)
    text = rest
    person = False
    if asked.language == "en":
        for pattern, names in (
            (_HE, _people(before, female=False)),
            (_SHE, _people(before, female=True)),
            (_THEY, _everybody(before)),
        ):
            found = re.search(rf"(?i)\b(?:{pattern})\b(?!')", text)
            if found and names:
                owns = found[0].lower() in {"his", "their"} or (
                    found[0].lower() == "her" and re.match(r" (?!\?)[a-z]", text[found.end() :])
                )
                text = text[: found.start()] + names + ("'s" if owns else "") + text[found.end() :]
                person = True
        found = re.search(rf"(?i){_ENGLISH_THING}", text)
    else:
        for pattern, names in (
            (_MAN, _people(before, female=False)),
            (_WOMAN, _people(before, female=True)),
            (_THEM, _everybody(before)),
        ):
            found = _compiled(rf"\b(?:{pattern})(?!\w)", plain=plain).search(text)
            if found and names:
                text = text[: found.start()] + names + text[found.end() :]
                person = True
        found = _compiled(_THING, plain=plain).search(text)
    topic = _topic(before)
    then = _compiled(_ENGLISH_THEN if asked.language == "en" else _THEN, plain=plain).search(text)
    if (
        then
        and not asked.dates
        and before.question.dates
        and any(fold(n) in fold(topic) for n in before.question.people)
    ):
        topic = before.question.text[slice(*_dated(before))].strip()
        return (
            f"{_trimmed(text[: then.start()] + text[then.end() :])} {topic if asked.language == 'vi' else _in(topic)}?"
        )
    if then and topic and not asked.dates:
        return _joined(text[: then.start()].rstrip() + " " + text[then.end() :].lstrip(), topic, asked, before)
    if found and topic and not person:
        noun = (found.groupdict().get("noun") or "").strip()
        named = _beginning_with(noun, topic) if noun else topic
        if noun and named is None:
            return _joined(text, topic, asked, before)
        return text[: found.start()] + (named or topic) + text[found.end() :]
    if person and not asked.dates and topic and not any(fold(n) in fold(topic) for n in before.question.people):
        return _joined(text, topic, asked, before)
    return text


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" ,?.!")


def _people(before: _Before, *, female: bool) -> str:
    """Return whom `ông ấy` or `she` means: of the answer when it names somebody the question does not, else of the question."""
    answered = [p.name for p in find_people(before.said)]
    named = (
        [*answered, *before.question.people[::-1]]
        if before.question.kind is Kind.PERSON
        else [*before.question.people[::-1], *answered]
    )
    fitting = [n for n in named if ("Thị" in n.split() or "Thi" in n.split()) is female]
    answer = _FOREIGN.match(before.said.strip()) if before.question.kind is Kind.PERSON else None
    foreign = [m[0] for m in ([answer] if answer else list(_FOREIGN.finditer(before.question.text))[::-1])]
    return next(iter([*fitting, *named, *foreign]), "")


def _everybody(before: _Before) -> str:
    names = list(dict.fromkeys(p.name for p in find_people(before.said))) or list(before.question.people)
    joiner = " và " if before.vietnamese else " and "
    return ", ".join(names[:-1]) + (joiner if len(names) > 1 else "") + names[-1] if names else ""


def _beginning_with(noun: str, topic: str) -> str | None:
    """Return the stretch of a topic from a noun on: `hội nghị` → `hội nghị năm 2019`."""
    at = fold(topic).find(fold(noun))
    if at < 0:
        return None
    return (
        topic
        if noun.isascii() and not topic.islower() and at > 0 and topic[:at].lower().startswith("the")
        else topic[at:]
    )


def _stands_by_itself(asked: Question, *, led: bool) -> bool:
    """Return whether a turn says what it is about: a name, a date, or something that is no mere deed."""
    content = _content(asked)
    if asked.people and not asked.dates:
        named = {w for n in asked.people for w in words(n)}
        return not {w for w in content if w not in named} <= _ATTENDING
    if asked.people or asked.dates or _last_name(asked.text):
        return True
    if len(content) <= 1:
        return False
    if led:
        return len(content) > 2 * LONGEST_BARE
    first = asked.slots[0].start == 0 or _is_deed(content, asked)
    if asked.language == "en":
        return not (first and len(content) <= LONGEST_BARE)
    return not (first and len(content) <= LONGEST_BARE + 1)


def _content(asked: Question) -> list[str]:
    """Return the words of a question beside those that ask and those that mean little."""
    text = asked.text
    for slot in sorted(asked.slots, key=lambda s: -s.start):
        text = text[: slot.start] + " " + text[slot.end :]
    for date in asked.dates:
        text = text.replace(date.text, " ")
    idle = (
        (_ENGLISH_PARTICLES | {"the", "a", "an", "else", "many", "much", "year", "month"})
        if asked.language == "en"
        else _PARTICLES
        | _PLAIN_PARTICLES
        | {"vậy", "thế", "vay", "the", "người", "nguoi", "năm", "nam", "tháng", "thang", "ngày", "ngay"}
    )
    return [w for w in words(text) if w not in idle]


def _is_deed(content: list[str], asked: Question) -> bool:
    """Return whether what a turn says begins with a verb, so that its subject stands before: `diễn ra khi nào`."""
    if asked.language == "en":
        return False
    length, entries = default_lexicon().match_vietnamese(content, 0, plain=not has_accents(asked.text))
    return length > 0 and any(e.kind == "verb" for e in entries)


def _about(rest: str, asked: Question, before: _Before) -> str:
    """Return a turn that only asks, or names a deed, with what the question before was about."""
    topic = _topic(before)
    if not topic:
        return rest
    if _content(asked):
        return _joined(rest, topic, asked, before)
    slot = asked.slots[0]
    asking = rest.strip(" ?.!")
    if asked.language != before.question.language:
        return _asked_again(slot.kind, before) or _joined(rest, topic, asked, before)
    if slot.kind in {Kind.REASON, Kind.OTHER}:
        topic = _clause(before)
    if asked.language == "en":
        return f"{asking}: {topic}?"
    if slot.kind is Kind.REASON:
        opener = re.match(r"(?:Theo|Tại|Trong|Khi|Ngày|Năm|Tháng|Ở|Sau|Trước|Vào)\b", topic)
        return f"{asking} {topic[:1].lower() + topic[1:] if opener else topic}?"
    return f"{topic} {asking[:1].lower()}{asking[1:]}?"


_ASKING = {
    Kind.DATE: ("khi nào", "When"), Kind.PLACE: ("ở đâu", "Where"), Kind.REASON: ("vì sao", "Why"), Kind.PERSON: ("ai", "Who"),
    Kind.NUMBER: ("bao nhiêu", "How many"), Kind.MONEY: ("bao nhiêu tiền", "How much"), Kind.DURATION: ("bao lâu", "How long"),
}  # fmt: skip


def _asked_again(kind: Kind, before: _Before) -> str | None:
    """Return the question before asking for something else, in its own language."""
    if kind not in _ASKING:
        return None
    vietnamese, english = _ASKING[kind]
    topic = _clause(before) if kind is Kind.REASON else _topic(before)
    return f"{topic} {vietnamese}?" if before.vietnamese else f"{english}: {topic}?"


def _joined(text: str, topic: str, asked: Question, before: _Before) -> str:
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
    joiner = " tại " if _compiled(_EVENT, plain=not has_accents(topic)).match(topic) else ", "
    return f"{bare}{joiner}{topic}?"


def _clause(before: _Before) -> str:
    """Return the question before without the words that ask."""
    text = before.question.text.strip(" ?.!")
    if put := re.search(r"\(([^()]+)\)$", text):  # what a turn before that was about, behind a turn that was made whole
        return put[1]
    for slot in sorted(before.question.slots, key=lambda s: -s.start):
        text = f"{text[: slot.start].rstrip()} {text[slot.end :].lstrip()}"
    return text.strip(" ,?.!")


def _topic(before: _Before) -> str:
    """Return what the question before was about: without the words that ask and the deeds at its ends."""
    clause = _clause(before)
    spans = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(clause)]
    first, last = 0, len(spans)
    forms = [w for _, _, w in spans]
    lowered = [w.lower() for w in forms]
    while first < last and (drop := _idle_at(lowered[first:last], before)):
        first += drop
    while first < last and (drop := _idle_end(lowered[first:last], before)):
        last -= drop
    return clause[spans[first][0] : spans[last - 1][1]] if first < last else clause


def _idle_at(forms: list[str], before: _Before) -> int:
    """Return how many words at the beginning say no more than what was done."""
    if before.vietnamese:
        if forms[0] in _PARTICLES or (forms[0] in _PLAIN_PARTICLES and not any(map(has_accents, forms))):
            return 1
        length, entries = default_lexicon().match_vietnamese(forms, 0, plain=not any(map(has_accents, forms)))
        return length if length and all(e.kind == "verb" for e in entries) else 0
    if forms[0] in _ENGLISH_PARTICLES:
        return 1
    length, entries = default_lexicon().match(forms, 0)
    return length if length and entries and all(e.kind == "verb" for e in entries) else 0


def _idle_end(forms: list[str], before: _Before) -> int:
    if before.vietnamese:
        if forms[-1] in _PARTICLES:
            return 1
        for length in (3, 2, 1):
            plain = not any(map(has_accents, forms))
            taken, entries = default_lexicon().match_vietnamese(forms[-length:], 0, plain=plain)
            if taken == length and all(e.kind == "verb" for e in entries):
                return length
        return 0
    if forms[-1] in _ENGLISH_PARTICLES or forms[-1] in {
        "held",
        "hold",
        "place",
        "take",
        "happen",
        "happened",
        "open",
        "begin",
        "start",
    }:
        return 1
    return 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _compiled(pattern: str, *, plain: bool) -> re.Pattern[str]:
    return re.compile(fold_pattern(pattern) if plain else pattern, re.IGNORECASE)


def fold_pattern(pattern: str) -> str:
    """Return a pattern that matches the same words typed without diacritics; escapes keep their case."""
    return "".join(
        p if p.startswith("\\") else fold(p) if p.islower() or not p.isascii() else p
        for p in re.split(r"(\\.|\(\?P<\w+>|\(\?.)", pattern)
    )
