"""What a turn points back to, named: `ông ấy`, `hội nghị đó`, `it`, `then`."""

import re

from qa.kinds import Kind
from qa.language.forms import UPPER, fold, has_accents
from qa.language.names import find_people
from qa.question import Question
from qa.talk.about import joined
from qa.talk.before import Before, place_of_date, topic_of
from qa.talk.parts import with_in
from qa.talk.words import compiled

__all__ = ["named"]

_MAN = r"ông (?:ấy|này|đó|ta)|anh (?:ấy|này|ta)|đồng chí (?:ấy|này|đó)|vị (?:này|ấy|đó)|người (?:này|ấy|đó)"
_WOMAN = r"bà (?:ấy|này|đó|ta)|chị (?:ấy|này|ta)|cô (?:ấy|này|ta)"
_THEM = r"những người (?:này|ấy|đó)|các ông (?:ấy|này)"
_ACCENTED_THEM = rf"(?<!dòng )họ(?! (?:tên|hàng|nhà))|{_THEM}"
"""`ho` and `no` without diacritics are lakes and debts."""
_HE, _SHE, _THEY = (
    r"he|him|his|this man|that man|this person",
    r"she|her|hers|this woman|that woman",
    r"they|them|their",
)
_THING = (
    r"(?<!\w)(?P<noun>(?!(?:tháng|năm|ngày|tuần|lần|hôm|lúc|khi|dịp|hồi)\b)[^\W\d_]+(?: [^\W\d_]+){0,3}?) "
    r"(?:đó|này|ấy|kia|nói trên|trên(?= *(?:[?,.]|$|là\b|có\b|đã\b|do\b)))(?![\w])"
)
_ACCENTED_THING = rf"{_THING}|\bnó\b"
_THEN = r"(?:khi|lúc|hồi|năm|hôm|ngày|dịp) (?:đó|ấy)|ở đó|tại đó|khi ấy"
_ENGLISH_THING = (
    r"(?<!\w)(?:this|that|the same) (?P<noun>meeting|conference|event|gathering|case|accident|fire|project|article|company|firm|ship|boat|plane|law|decision|"
    r"report|plan|attack|crash|storm|school|hospital|bank|city|country|place|building|bridge|village|district|province|university|ministry|"
    r"agency|team|match|film|song|book|road|airport|exhibition|festival|programme|program|policy|tax|fine|sum|money|letter|speech|visit|trip|"
    r"deal|agreement|summit|party|ceremony|incident|group|house|statue)\b"
    r"|\bit\b(?! (?:true|said|reported|known|possible|likely|clear|that)\b)"
)
_ENGLISH_THEN = (
    r"\b(?:at that time|back then|that (?:year|day|time)|then"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )there(?! (?:is|are|was|were|been|be|has|have|will)\b))\b"
)
_FOREIGN = re.compile(rf"(?<!\w)[{UPPER}][\w-]+(?: (?:von|van|der|de|bin|al|el|da|[A-Z]\.))*(?: [{UPPER}][\w-]+)+")
"""A name of several words, of any language."""


def named(rest: str, asked: Question, before: Before) -> str:
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
            (_THEM if plain else _ACCENTED_THEM, _everybody(before)),
        ):
            found = compiled(rf"\b(?:{pattern})(?!\w)", plain=plain).search(text)
            if found and names:
                text = text[: found.start()] + names + text[found.end() :]
                person = True
        found = compiled(_THING if plain else _ACCENTED_THING, plain=plain).search(text)
    topic = topic_of(before)
    then = compiled(_ENGLISH_THEN if asked.language == "en" else _THEN, plain=plain).search(text)
    if (
        then
        and not asked.dates
        and before.question.dates
        and any(fold(n) in fold(topic) for n in before.question.people)
    ):
        topic = before.question.text[slice(*place_of_date(before))].strip()
        return f"{_trimmed(text[: then.start()] + text[then.end() :])} {topic if asked.language == 'vi' else with_in(topic)}?"
    if then and topic and not asked.dates:
        return joined(text[: then.start()].rstrip() + " " + text[then.end() :].lstrip(), topic, asked, before)
    if found and topic and not person:
        noun = (found.groupdict().get("noun") or "").strip()
        named = _beginning_with(noun, topic) if noun else topic
        if noun and named is None:
            return joined(text, topic, asked, before)
        return text[: found.start()] + (named or topic) + text[found.end() :]
    if person and not asked.dates and topic and not any(fold(n) in fold(topic) for n in before.question.people):
        return joined(text, topic, asked, before)
    return text


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" ,?.!")


def _people(before: Before, *, female: bool) -> str:
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


def _everybody(before: Before) -> str:
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
