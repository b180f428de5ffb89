"""What a turn points back to, named: `ông ấy`, `hội nghị đó`, `it`, `then`."""

import re
from collections.abc import Sequence

from qa.kinds import Kind
from qa.language.dates import find_dates
from qa.language.forms import UPPER, fold, has_accents, words
from qa.language.lexicon import default_lexicon
from qa.language.names import find_people
from qa.question import Question, understand
from qa.talk.about import joined, undated
from qa.talk.anaphors import FULL_NAME, first_anaphor, names_new
from qa.talk.before import Before, place_of_date
from qa.talk.dates import with_in
from qa.talk.somebody import LONGEST_ASKING, people_named
from qa.talk.topics import asking_words, begun_by, clause_of, event_in, subject_of, topic_of, topic_with_deed
from qa.talk.words import (
    ENGLISH_PARTICLES,
    NAME,
    PARTICLES,
    PLAIN_PARTICLES,
    compiled,
    content_of,
    last_name,
    of_a_country,
    uncapital,
)

__all__ = ["named", "thing_meant"]

_THING = (
    r"(?<!\w)(?P<noun>(?!(?:tháng|năm|ngày|tuần|lần|hôm|lúc|khi|dịp|hồi)\b)[^\W\d_]+(?: [^\W\d_]+){0,3}?) "
    r"(?<!nào )(?<!hôm )(?<!năm )(?<!đêm )(?<!sáng )(?<!trưa )(?<!chiều )(?<!tối )(?<!ngày )(?<!hiện )(?<!lâu )(?<!xưa )(?<!trước )(?<!sau )"
    r"(?:đó|này|ấy|kia|nói trên|trên(?= *(?:[?,.]|$|là\b|có\b|đã\b|do\b)))(?![\w])"
)
_PLAIN_THING = rf"{_THING}|^no(?= (?:co|cao|dai|rong|nang|sau|o|la|bi|duoc|ten|dien|xay|ra|nam|thuoc|gia|khoi|mo|keo|bat|ban|chay|chua|bay|dat|gom|do|cua)\b)|(?<=sao )no\b(?! ti)|(?<=cua )no\b"
_ACCENTED_THING = rf"{_THING}|\bnó\b"
_THERE = r"(?:(?:ở|tại|tới|đến|về|ra|vào|trong|sang|qua) )?(?:chỗ|nơi|khu|vùng) (?:đó|ấy|này|đấy)|(?:ở|tại|tới|đến|về|ra|vào|trong|sang|qua) (?:đó|đấy|đây)"
_THEN = rf"\b(?:(?:khi|lúc|hồi|năm|hôm|ngày|dịp) (?:đó|ấy)|{_THERE})(?!\w)"
_CASE = r"(?:vụ việc|vụ|sự việc|việc|sự kiện|chuyện|trường hợp|sự cố|vụ án|vụ tai nạn|tai nạn)"
"""What any event is called in Vietnamese, so that `vụ đó` is the one spoken of."""
_ENGLISH_THING = (
    r"(?<!\w)(?:this|that|the same|the(?= (?:company|firm|ship|boat|plane|school|hospital|bank|city|country|village|district|province|university|agency|team|film|song|book)\b(?! (?-i:[A-Z])))) (?P<noun>meeting|conference|event|gathering|case|accident|fire|project|article|company|firm|ship|boat|plane|law|decision|"
    r"report|plan|attack|crash|storm|school|hospital|bank|city|country|place|building|bridge|village|district|province|university|ministry|"
    r"agency|team|match|film|song|book|road|airport|exhibition|festival|programme|program|policy|tax|fine|sum|money|letter|speech|visit|trip|"
    r"deal|agreement|summit|party|ceremony|incident|group|house|statue)\b"
    r"|\bits\b(?= (?!way\b|own\b)[a-z])|(?<=\bis )that(?= (?:from|to)\b)|(?<=\bwas )that(?= (?:from|to)\b)|\bit\b(?! costs?\b[^?]* to\b)(?! take (?:before|until)\b)(?! (?:true|said|reported|known|possible|likely|clear|that)\b)"
)
_ENGLISH_THEN = (
    r"\b(?:at that time|back then|that (?:year|day|time)|by then|then"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )there(?! (?:is|are|was|were|been|be|has|have|will)\b)|(?<=law )there|(?<=people )there)\b"
)
_ACTING = re.compile(
    r"(?i)\b(?:did|does|do|will|would|has|had|can|could|should) it (?!been|ever been|already been|cost|take|happen|last|start|begin|end|open|fall|sink|crash|weigh)"
)
"""A deed of `it`, which an institution does and an event does not."""
_LIES = re.compile(
    r"(?i)\b(?:where(?: is|'s) it\b|who (?:runs|owns|heads|leads|founded) it\b|how (?:big|old) is it\b)|(?<!\w)nó (?:ở đâu|nằm|của ai|thuộc|bị|phải|làm|bán|mua|đền|trả|xin|nói|cam kết|có (?!mấy|bao|diện|chiều|gì))"
)
"""What is asked of an institution more than of what it did."""
_OF_A_BODY = re.compile(
    r"(?i)\bits (?:chief|boss|head|founder|owner|director|chair\w*|president|ceo|spokes\w+|staff|employees|workers|shares?|shareholders|stock|profits?|revenue|sales|customers|clients|headquarters|parent|rivals?|competitors?|fleet|market|debts?|losses|capital|leader|members)\b"
)
"""What an institution has and hardly anything else."""
_SAID_OF = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied)|confirm\w*|explain\w*|announc\w*|reveal\w*|admit\w*|regret\w*|(?:respond\w*|react\w*) to|(?:say|said|know|knew|do|did|think) about|report\w*|condemn\w*|prais\w*|apologi\w+ for) it\b"
)
"""What is done about what was told, not about who did it."""
_HAPPENS = re.compile(
    r"(?i)\bit (?:\w+ )?(?:held|take place|took place|taking place|happen|happened|last|start|begin|began|end|open|opened)\b"
)
_EVENTS = frozenset(
    "vụ trận cuộc buổi lễ ca chuyến đợt cơn hội phiên kỳ giải vu tran cuoc buoi le chuyen dot con hoi phien ky giai".split()
)
"""What a Vietnamese event begins with."""
_OF_A_LIFE = frozenset({Kind.AGE, Kind.PLACE, Kind.ROLE})
"""What is asked of somebody wherever they were met."""
_PLACES = frozenset({Kind.PLACE, Kind.ORGANISATION, Kind.THING})
MUCH = {"en": 4, "vi": 8}
"""Words beside particles to the left of what points back, from which on it points to one of them."""
_ASKING = frozenset("who whom whose what which when where why how many much long the a an and or".split())
LEAST_NAMED = 4
"""Content words of a question above which `it` is what was named on its left: `When Acme scrapped its plan, why?`."""
_DETERMINED = re.compile(r"(?:A|An|The|Some) [a-z]")
_SO = r"\b(?:say|said|do|did|done|think) so\b|(?<!\w)(?:nói|làm|nghĩ|quyết) (?:thế|vậy|như (?:thế|vậy))(?= [^\W\d_])"
"""What stands for a deed or saying of the turn before."""
_WAY = re.compile(r"(?i)(?:ở|tại|tới|đến|về|ra|vào|trong|sang|qua|o|tai|toi|den|ve|vao|sang)(?= )")
"""What stands before `đó` and stays before the place that it means."""


def named(rest: str, asked: Question, before: Before) -> str:
    """Return a turn with the people and things it points back to named; unchanged when it points to none."""
    plain = not has_accents(rest)
    text, person = people_named(rest, asked, before)
    topic = topic_of(before)
    then = compiled(_ENGLISH_THEN if asked.language == "en" else _THEN, plain=plain).search(text)
    if then and not asked.dates and not _says_much(text[: then.start()], asked, before):
        bare = _trimmed(text[: then.start()] + " " + text[then.end() :])
        if place := _place(then[0], before):
            way = _WAY.match(then[0])
            text = f"{bare} {'in' if asked.language == 'en' else way[0].lower() if way else 'ở'} {place}?"
            return joined(text, topic, asked, before, named=False) if not person else text
        if before.question.dates and _is_about(topic, before.question.people):
            period = before.question.text[slice(*place_of_date(before))].strip()
            return f"{bare} {period if asked.language == 'vi' else with_in(period)}?"
        if topic:
            return joined(bare, topic, asked, before)
    if person:
        apart = topic_with_deed(before, naming=False)
        others = {p.name for p in find_people(apart)} - set(before.people[:1])
        alone = (
            bool(asked.dates)
            or bool(others)
            or (
                (_of_a_life(text, asked) or (not before.topic and _tells_who(before.people[:1])))
                and _is_about(apart, before.people[:1])
            )
        )
        held = (
            asked.kind is Kind.ROLE and not asked.dates and before.question.dates
        )  # who held what post depends on when
        if alone and held and not before.topic:
            return f"{_trimmed(text)} {before.question.text[slice(*place_of_date(before))].strip()}?"
        alone = alone and not compiled(_SO, plain=plain).search(rest)
        return text if alone else joined(text, apart, asked, before, named=False)
    if not topic:
        return text
    said = _spoken_of(text, before) if asked.language == "en" else None
    return joined(said, topic, asked, before) if said else _thing_named(text, asked, before)


def _tells_who(people: Sequence[str]) -> bool:
    """Return whether somebody is named in full: not `Putin`, nor `Khách Hàn Quốc`."""
    lexicon = default_lexicon()
    full = [m[0].split() for name in people for m in FULL_NAME.finditer(name)]
    return not any(lexicon.is_place(" ".join(n[i:])) for n in full for i in (0, 1)) and bool(full)


def _of_a_life(text: str, asked: Question) -> bool:
    """Return whether a turn with its people named asks what may be asked of somebody wherever they were met: not `where did she say that?`."""
    return asked.kind in _OF_A_LIFE and first_anaphor(understand(text)) is None


def _says_much(left: str, asked: Question, before: Before) -> bool:
    """Return whether so much stands before `it`, `nó` or `then` that it is likely named there."""
    idle = ENGLISH_PARTICLES | _ASKING if asked.language == "en" else PARTICLES | PLAIN_PARTICLES
    known = set(words(" ".join(before.people)))
    return len([w for w in words(left) if w not in idle | known]) >= MUCH[asked.language]


def _thing_named(text: str, asked: Question, before: Before) -> str:
    """Return a turn with `it`, `nó`, `hội nghị đó` and the like named."""
    plain = not has_accents(text)
    pattern = (
        re.compile(_ENGLISH_THING, re.IGNORECASE)
        if asked.language == "en"
        else compiled(_PLAIN_THING if plain else _ACCENTED_THING, plain=plain)
    )
    found = pattern.search(text)
    left = text[: found.start()] if found else ""
    much = len(content_of(asked)) > LEAST_NAMED and names_new(left, asked, before)
    if not found or much or _says_much(left, asked, before):
        return text
    noun = (found.groupdict().get("noun") or "").strip()
    topic = topic_of(before, naming=bool(noun))
    before_it, behind = text[: found.start()], text[found.end() :]
    if found[0].lower() == "its":
        behind = f"'s{behind}"
    told = before.told
    that = found[0].lower() == "that" and before.question.kind in _PLACES
    happens = _HAPPENS.search(text) is not None
    if not noun and told[:1].isupper() and not happens and (that or _is_told(text, before)):
        return joined(f"{before_it}{_inside(told)}{behind}", topic, asked, before, named=False)
    if not noun:
        made = _with_names(f"{before_it}{_subject(topic, before, text)}{behind}", topic, before)
        made = joined(made, topic, asked, before, named=False) if before.thing and not happens else made
        return _with_told(made, before)
    if (case := compiled(_CASE, plain=plain).fullmatch(noun)) and not _beginning_with(noun, topic, english=False):
        called = "" if words(topic)[0] in _EVENTS else f"{case[0]} "
        return f"{before_it}{called}{uncapital(topic)}{behind}"
    forms = noun.split()
    for at in range(len(forms)):  # of `hiệu trưởng trường đó`, only of `trường` was said which
        left, last = before_it + "".join(f"{w} " for w in forms[:at]), " ".join(forms[at:])
        if told[:1].isupper() and _asked_for(last, before):
            return joined(f"{left}{told}{behind}", topic_of(before, naming=False), asked, before, named=False)
        if stretch := _beginning_with(last, topic, english=asked.language == "en"):
            return _with_told(_with_stretch(left, stretch, behind, topic, asked, before), before)
    for at in range(len(forms)):
        if told[:1].isupper() and told.lower().startswith(f"{' '.join(forms[at:]).lower()} "):
            left = before_it + "".join(f"{w} " for w in forms[:at])
            return joined(f"{left}{told}{behind}", topic_of(before, naming=False), asked, before, named=False)
    if len(content_of(asked)) > LONGEST_ASKING:
        return text  # `cây lá đỏ` typed without diacritics, in a question that says all by itself
    made = f"{before_it}the {noun}{behind}" if asked.language == "en" else text
    return joined(made, topic, asked, before)


def _spoken_of(text: str, before: Before) -> str:
    """Return an English turn that points to a thing which the question before called so, too, with `the band` for `that band`; "" of another."""
    called = set(words(before.question.text)) - ENGLISH_PARTICLES
    found = re.search(r"\b(?:this|that|these|those) (?P<noun>[a-z]{3,})\b", text)
    fits = found and found["noun"] in called and not re.search(_ENGLISH_THING, text, re.IGNORECASE)
    return f"{text[: found.start()]}the{text[found.start('noun') - 1 :]}" if found and fits else ""


def _with_names(text: str, topic: str, before: Before) -> str:
    """Return a turn about the subject of the question before with the names of its topic behind it, where it has none."""
    names = [] if before.topic or not _nameless(text) else NAME.findall(f" {undated(topic)}")
    return f"{text.rstrip(' ?.!')} ({', '.join(dict.fromkeys(names))})?" if names else text


def _nameless(text: str) -> bool:
    """Return whether a turn names nothing but a date or a country."""
    bare = undated(text)
    name = last_name(bare)
    return name is None or of_a_country(bare[slice(*name)])


def _with_told(text: str, before: Before) -> str:
    """Return a turn about something with the name that was answered behind it, where that tells which: `(Can Tho Bridge)`."""
    told = before.told
    kind, bare = before.question.kind, text.rstrip(" ?.!")
    proper = kind is Kind.PLACE or any(c.isupper() or c.isdigit() for c in told[1:])
    named = kind in _PLACES | {Kind.OTHER} and (_nameless(text) or (proper and kind is not Kind.ORGANISATION))
    if before.topic or not (named and told[:1].isupper()) or fold(told) in fold(text):
        return text
    return f"{bare[:-1]}, {told})?" if bare.endswith(")") and " (" in bare else f"{bare} ({told})?"


def _inside(told: str) -> str:
    """Return an answer as it stands within a question: `a rocket` of `A rocket`."""
    return told[0].lower() + told[1:] if _DETERMINED.match(told) else told


def thing_meant(text: str, before: Before) -> str:
    """Return what `it` means in a turn about the same as the one before; what it most likely would, where the turn does not say it."""
    told, kind = before.told if not before.it else "", before.question.kind
    named = kind is Kind.OTHER and any(c.isupper() for c in told[1:])
    if told[:1].isupper() and (kind is Kind.THING or named or _is_doing(before)):
        return told
    return before.thing or _subject(topic_of(before, naming=False), before, text)


def _is_doing(before: Before) -> bool:
    """Return whether the institution that was answered does what an English question tells: `which firm won`, not `which firm did Ann Lee sell`."""
    asked = before.question
    return asked.kind is Kind.ORGANISATION and not (before.vietnamese or asked.slots[0].start or subject_of(before))


def _is_told(text: str, before: Before) -> bool:
    """Return whether `it` is what was answered: a thing, a building that stands somewhere, an institution that acts."""
    kind = before.question.kind
    if before.it:
        return False
    stands = kind is Kind.PLACE and before.vietnamese and asking_words(before, before.question.slots[0])[0] == 0
    acts = _is_doing(before) or (kind is Kind.ORGANISATION and (_ACTING.search(text) or _LIES.search(text)))
    determined = not before.vietnamese and _DETERMINED.match(before.told) is not None
    proper = before.vietnamese or determined or any(c.isupper() or c.isdigit() for c in before.told[1:])
    return (
        (kind is Kind.THING and proper)
        or stands
        or bool(acts)
        or (kind is Kind.OTHER and determined and not _SAID_OF.search(text))
    )


def _with_stretch(left: str, stretch: str, behind: str, topic: str, asked: Question, before: Before) -> str:
    """Return a turn with a stretch of the topic in it, and the rest of the topic behind it where that tells which."""
    dates = [d.text for d in before.question.dates if fold(d.text) in fold(topic)]
    lost = [d for d in dates if fold(d) not in fold(stretch)]
    made = f"{left}{' '.join([stretch, *lost[:1]])}{behind}"
    telling = dates or find_people(stretch) or any(w[:1].isupper() for w in stretch.split()[1:])
    if telling or asked.language == "en" or not topic.endswith(stretch):
        return made
    return joined(made, topic[: -len(stretch)].strip(" ,"), asked, before, named=False)


def _asked_for(noun: str, before: Before) -> bool:
    """Return whether a noun is what the question before asked for: `that company` after `which company`."""
    start, end = asking_words(before, before.question.slots[0])
    wanted = {w.removesuffix("s") for w in words(before.question.text[start:end])}
    wanted |= {w for slot in before.question.slots[:1] for head in slot.heads for w in head}
    return before.question.kind is not Kind.PERSON and set(words(noun)) <= wanted


def _subject(topic: str, before: Before, text: str) -> str:
    """Return what `it` is: of what is held or takes place the event spoken of, else the subject of an English question that has one, else its topic."""
    if _HAPPENS.search(text) and (event := event_in(topic)):
        return event
    if before.vietnamese and not before.topic:
        return begun_by(topic)
    if _SAID_OF.search(text) and not before.topic:
        return clause_of(before)
    if (_ACTING.search(text) or _LIES.search(text) or _OF_A_BODY.search(text)) and (body := _body(before)):
        return body
    if before.thing and not _HAPPENS.search(text):
        return before.thing
    if before.topic or not (found := subject_of(before)):
        return topic
    subject = before.question.text[slice(*found)]
    if " and " in subject and re.search(r"(?i)\bits?\b", text):
        return topic  # several, none of whom is `it`
    subject = undated(subject) if find_dates(text) else subject
    owner = re.match(r"(?P<owner>.+?)['’]s? ", subject)
    return owner["owner"] if owner and _ACTING.search(text) else subject  # `did it lose` of `Vinachem's capital`


def _body(before: Before) -> str:
    """Return the institution that was answered in the conversation, the last one; "" when none was."""
    turn: Before | None = before
    while turn is not None:
        if turn.question.kind is Kind.ORGANISATION and turn.told[:1].isupper():
            return turn.told
        turn = turn.earlier if turn.topic else None
    return ""


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" ,?.!")


def _is_about(topic: str, people: Sequence[str]) -> bool:
    return any(fold(n) in fold(topic) for n in people)


def _place(then: str, before: Before) -> str:
    """Return the place that was named in answer, when `there` can mean it."""
    told, kind = before.told, before.question.kind
    there = then.lower() == "there" or compiled(_THERE, plain=not has_accents(then)).fullmatch(then)
    return told if there and kind in _PLACES and told[:1].isupper() else ""


def _beginning_with(noun: str, topic: str, *, english: bool) -> str | None:
    """Return the stretch of a topic from a noun on: `hội nghị` → `hội nghị năm 2019`."""
    found = re.search(rf"(?<!\w){re.escape(fold(noun))}(?!\w)", fold(topic))
    if not found:
        return None
    of_name = re.search(rf"(?:(?<!^)\b[{UPPER}][\w.]* )+$", topic[: found.start()]) if english else None
    if of_name:
        return f"the {topic[of_name.start() : found.end()]}"  # `Tan Phu school`
    start = found.start()
    if noun.isascii() and not topic.islower() and start > 0 and topic[:start].lower().startswith("the"):
        return topic
    return topic[start:]
