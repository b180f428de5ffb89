"""The turn before: as a whole question, understood, what was answered, and whom and what it was about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF, PLAIN_OF, VIETNAMESE_OF
from qa.language.forms import UPPER, fold, has_accents, is_syllable, words
from qa.language.lexicon import default_lexicon
from qa.language.names import find_people
from qa.question import Question
from qa.talk.words import ENGLISH_DATE, VIETNAMESE_DATE, compiled

__all__ = ["TITLED", "Before", "bare_answer", "before_of", "date_of", "place_of_date", "quoted", "who_is_meant"]

_PLACES = frozenset({Kind.PLACE, Kind.ORGANISATION})
_GEOGRAPHIC = re.compile(
    r"^(?:Mount|Mt|Lake|Cape|Port|Fort|Gulf|Les?|La)\b|\b(?:Islands?|River|Street|Road|Avenue|Bridge|Park|Square|Airport|Bay|Sea|Ocean|Strait|Valley|Tower|Hotel|University|School|Hospital|Olympics|Cup|League|Times|Post|News)$"
)
"""What makes a name no person's."""
LONGEST_SAID = 60
"""Characters of an answer that can stand in the place of the words that asked for it."""
REMEMBERED = 6
"""Names kept from turn to turn."""
_OWNED = ("của", "cua", "theo", "whose")
"""Words that ask for somebody besides whom a question is about: `ông Tám mặc áo của ai`."""
_DONE_BY = re.compile(r"(?i)(?<!\w)(?:được|bị|do|bởi|với|cho|duoc|bi|boi|voi) $")
"""What stands before somebody who did it to whom the question is about: `ông Tám bị ai bắt`."""
_DECLINED = re.compile(
    r"(?:Các bài báo không|Không (?:có|tìm thấy|rõ)|The articles do not|I do not|I don't|Not (?:said|stated))", re.I
)
_PREPOSITION = re.compile(r"(?i)^(?:in|at|on|near|ở|tại|o|tai) ")
_CAPITALISED = rf"[{UPPER}][\w'’-]*\w"
_FOREIGN = re.compile(
    rf"(?<!\w){_CAPITALISED}(?: (?:von|van|der|de|bin|al|el|da|la|[A-Z]\.)(?= ))*(?: {_CAPITALISED})*(?:(?: (?:von|van|der|de|bin|al|el))+ {_CAPITALISED})*"
)
"""A name of any language."""
_NAME_ALONE = re.compile(
    rf"(?:{_CAPITALISED}|[{UPPER}]\.)(?: (?:{_CAPITALISED}|[{UPPER}]\.|[\"“'‘(]{_CAPITALISED}[\"”'’)]|von|van|der|den|de|del|di|da|dos|du|la|le|bin|bint|ibn|al|el|(?:al|el|ul)-{_CAPITALISED})){{0,6}}"
)
"""An answer that is but a name, with its particles and the nickname in it: `Anna "Nan" van der Lee`."""
_TITLES = (
    "ông|bà|anh|chị|cô|bạn|em|cháu|thầy|vua|tổng thống|thủ tướng|ngoại trưởng|nghệ sĩ|ca sĩ|diễn viên|người mẫu|hoa hậu|đạo diễn|"
    "nhạc sĩ|danh hài|cầu thủ|huấn luyện viên|tiền đạo|bác sĩ|luật sư|bị cáo|bị can|nghi phạm|tài xế|doanh nhân|tỷ phú|đại tá|tướng"
)
TITLED = re.compile(
    rf"\b(?i:{_TITLES}|{fold(_TITLES)}|MC|mrs?\.?|ms\.?|king|queen|president|general|minister|actor|actress|singer|coach|doctor) "
    rf"({_CAPITALISED}(?: {_CAPITALISED})*)"
)
"""Who is called by a title, the name with diacritics or without."""
_POST_OF = re.compile(rf"\bthe (?P<post>(?:[a-z-]+ ){{0,2}}[a-z-]+) of {_CAPITALISED}(?: {_CAPITALISED})*")
"""Somebody who is called by a post: `the former mayor of Tan Phu`."""
_POST_FIRST = re.compile(
    rf"(?P<post>\w+ [^\W\d_]+(?: [^\W\d_]+)?) (?P<of>(?-i:[{UPPER}])\w+(?: [{UPPER}]\w+)*(?: (?:hội|phủ|hoi|phu)(?!\w))?)(?= [^\W\d_{UPPER}])"
)
"""`Tổng thống Mỹ`: a post with the place or body it is of, no name behind."""
_VISITED = re.compile(r"(?i)\b(?:thăm|đến|tới|về|chợ|cầu|tham|den|toi|ve|cho|cau) $")
"""What stands before a place of two syllables."""
_LED = re.compile(
    r"\b(?:did|does|is|was|has|will|leader|minister|senator|chairman|chairwoman|actor|actress|singer|player|coach|director|"
    r"tổng thống|thủ tướng|bộ trưởng|chủ tịch|ngoại trưởng|nữ hoàng|danh thủ|ca sĩ|cầu thủ|diễn viên|tướng) $",
    re.IGNORECASE,
)
"""What stands before the single name of somebody."""
_SOMEWHERE = re.compile(r"\b(?:in|at|into|near|off|outside|around|across) $")
"""What stands before a place in English."""
_PLACED = re.compile(
    r"(?:\b(?:the|a|an|in|at|into|from|near|to|ở|tại|từ|o|tai|tu|tỉnh|xã|huyện|quận|trường|hãng|công ty)) $",
    re.I,
)
"""What stands before a name that is nobody's."""


@dataclass(frozen=True, slots=True)
class Before:
    """The turn before.

    Attributes:
        question: As a whole question, understood.
        answer: What was answered.
        topic: What the conversation is about, where that was said in an earlier turn; "" when this one says so itself.
        people: Whom it was about, the one a pronoun most likely means first.
        earlier: The turn before this one.
        part: Whether it was the one before it about another part.
        marked: Whether it, or a turn before it, was typed with a question mark.
        thing: What `it` meant in it, or most likely would have; "" when the conversation has but begun.
        it: Whether it was typed with `it` or `nó`.
    """

    question: Question
    answer: str
    topic: str = ""
    people: tuple[str, ...] = ()
    earlier: "Before | None" = None
    part: bool = False
    marked: bool = True
    thing: str = ""
    it: bool = False

    @property
    def said(self) -> str:
        """The bare answer, before any quotation; "" when there was none."""
        return bare_answer(self.answer)

    @property
    def told(self) -> str:
        """The bare answer when it is short enough to stand in a question, and says more than yes or no."""
        said = _PREPOSITION.sub("", self.said) if self.question.kind is Kind.PLACE else self.said
        idle = len(said) > LONGEST_SAID or fold(said) in {"yes", "no", "co", "khong"}
        return "" if idle else said

    @property
    def own(self) -> str:
        """What the turn itself says, without what was put behind it."""
        return self.question.text.split(" (", 1)[0] if self.topic else self.question.text

    @property
    def vietnamese(self) -> bool:
        """Whether it was asked in Vietnamese."""
        return self.question.language == "vi"


def bare_answer(answer: str) -> str:
    """Return what an answer says before any quotation, without its marks; "" of one that declines."""
    bare = " ".join(re.sub(r"\[[\d?]+\]", " ", answer.split("“", 1)[0]).split()).strip(" .")
    return "" if _DECLINED.match(bare) else bare


def quoted(answer: str) -> list[str]:
    """Return the quotations of an answer."""
    return re.findall("“([^”]+)”", answer)


def before_of(question: Question, answer: str, earlier: Before | None, *, topic: str) -> Before:
    """Return a turn as the one before the next.

    Args:
        question: As a whole question, understood.
        answer: What was answered.
        earlier: The turn before this one.
        topic: As `Before.topic`.
    """
    turn = Before(question, answer, topic)
    asked = list(_named_in(question.text if not topic else question.text.split(" (", 1)[0], question.people))
    answered = _answered(turn) if question.kind in {Kind.PERSON, Kind.OTHER, Kind.THING, Kind.YESNO} else []
    slot = question.slots[0]
    owner = question.text[slot.start : slot.end].lower().startswith(_OWNED) or _DONE_BY.search(
        question.text[: slot.start]
    )
    first = answered if question.kind is Kind.PERSON and not (owner and asked) else []
    people = [*first, *asked, *answered, *(earlier.people if earlier and topic else ())]
    return Before(question, answer, topic, tuple(dict.fromkeys(filter(None, people)))[:REMEMBERED], earlier)


def _answered(turn: Before) -> list[str]:
    """Return the people an answer names; of one that is but a name, that one, whatever its language."""
    if turn.question.kind is Kind.PERSON and _NAME_ALONE.fullmatch(turn.told) and not has_accents(turn.told):
        return [turn.told]
    found = [p.name for p in find_people(turn.said)]
    if found or turn.question.kind is not Kind.PERSON:
        return found
    named = [m[0] for m in _FOREIGN.finditer(turn.said) if " " in m[0] or not is_syllable(m[0].lower())]
    return sorted(named, key=lambda n: -n.count(" "))[:1]


def _named_in(text: str, people: tuple[str, ...]) -> Iterator[str]:
    """Yield whom a question names: people of Vietnamese names and titled ones first, then what may be a foreign one."""
    if described := who_is_meant(text):
        yield described
    for name in people:
        if _is_place(name, text) or (not has_accents(text) and _SOMEWHERE.search(text[: text.find(name)])):
            continue
        whole = re.search(rf"(?<!\w){re.escape(name)}(?:-\w+)+", text)  # `Kim Jong-un`
        yield whole[0] if whole else name
    for found in _POST_OF.finditer(text):
        if found["post"].split()[-1] in ENGLISH_OF and ENGLISH_OF[found["post"].split()[-1]] is Kind.PERSON:
            yield found[0]
    for found in TITLED.finditer(text):
        if not any(found[1] in p for p in people):
            yield found[1]
    lexicon = default_lexicon()
    foreign = [
        m
        for m in _FOREIGN.finditer(text)
        if (m.start() or " " in m[0])
        and not _PLACED.search(text[: m.start()])
        and (has_accents(text) or not _SOMEWHERE.search(text[: m.start()]))
    ]
    for found in sorted(foreign, key=lambda m: " " not in m[0]):
        alone = " " not in found[0]
        if alone and (not _LED.search(text[: found.start()]) or re.match(r"['’]s? [a-z]+ [a-z]", text[found.end() :])):
            continue
        if re.search(r"\bof $", text[: found.start()]) and _POST_OF.search(text):
            continue
        forms = words(found[0])
        known = sum(lexicon.match([f], 0)[0] > 0 for f in forms)
        thing = lexicon.match(forms, 0)[0] == len(forms) or 2 * known >= len(forms)
        placed = (
            VIETNAMESE_OF.get(forms[0]) in _PLACES
            or lexicon.is_place(found[0])
            or _GEOGRAPHIC.search(found[0]) is not None
            or _is_place(found[0], text)
        )
        if not thing and not placed and not any(found[0] in p for p in people):
            yield re.sub(r"['’]s$", "", found[0])


def _is_place(name: str, text: str) -> bool:
    """Return whether a name that may be somebody's is a place's: a known one, or one of two syllables behind `đến`."""
    two = name.count(" ") == 1
    return two and (default_lexicon().is_place(name) or _VISITED.search(text[: max(0, text.find(name))]) is not None)


def who_is_meant(text: str) -> str:
    """Return whom a Vietnamese question begins with when a post calls somebody: `Tổng thống Mỹ`; "" when it does not."""
    found = _POST_FIRST.match(text)
    table = VIETNAMESE_OF if has_accents(text) else PLAIN_OF
    if not found or table.get(" ".join(words(found["post"]))) is not Kind.PERSON:
        return ""
    forms, lexicon = words(found["of"]), default_lexicon()
    body = forms[-1] in {"hội", "phủ", "hoi", "phu"}
    placed = lexicon.match(forms, 0)[0] == len(forms) or lexicon.is_place(found["of"])
    return found[0] if len(forms) == 1 or body or placed else ""


def date_of(before: Before) -> str:
    """Return the date that the question before speaks of, else the one it was answered with; "" when there is none."""
    if before.question.dates:
        return before.question.dates[-1].text
    return before.told if before.question.kind is Kind.DATE else ""


def place_of_date(before: Before) -> tuple[int, int]:
    """Return where the last date of the question before stands, with `đầu`, `in early` and the like before it."""
    whole, date = before.question.text, before.question.dates[-1]
    year = re.match(r"(?i)(?<=new )year ", whole[date.start :]) or re.match(r"Year ", whole[date.start :])
    start = date.start + (year.end() if year else 0)  # `Lunar New Year 2020`
    lead = compiled(f"(?<!\\w){VIETNAMESE_DATE if before.vietnamese else ENGLISH_DATE}$", plain=not has_accents(whole))
    found = lead.search(whole, 0, start)
    return (found.start() if found else start), date.end
