"""Whom a pronoun means: `ông ấy`, `she`, `they` as the people that were spoken of."""

import re

from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF
from qa.language.forms import has_accents, words
from qa.language.lexicon import default_lexicon
from qa.language.names import find_people
from qa.question import Question
from qa.talk.anaphors import FRONTED, FULL_NAME, introduced, names_new
from qa.talk.before import Before
from qa.talk.topics import subject_of
from qa.talk.words import ENGLISH_PARTICLES, compiled, content_of, last_name, uncapital

__all__ = ["LONGEST_ASKING", "calls_somebody", "people_named"]

_PLACES = frozenset({Kind.PLACE, Kind.ORGANISATION, Kind.THING})
LONGEST_ASKING = 8
"""Content words of a question of who above which `his` is that one's."""
LONGEST_OWNING = 4
"""The same where it is whose something is: `Who took his grandmother to every park in the land?`."""
LONGEST_CALLED = 5
"""Words of a subject above which `he` is rather somebody called by what he is: `its old president`."""
_CALLED_BY = re.compile(r"(?i)\b(?:the|a|an|its|their|his|her) (?:[\w-]+ ){0,3}?(?P<noun>[a-z]+)\b")
_ASKING = frozenset("who whom whose what which when where why how many much long the a an and or".split())
_BARE = r"(?= (?:là|có|đã|sẽ|bị|được|đang|ở|tại|xếp|sinh|quê|nói|làm|giữ|mất|sống|học|phát|trả|cho|từng|muốn|đến|tới|về|bao|còn|cũng|lại|vừa|phải|sắp)\b| *[?.!]?$)"
"""What follows `ông` or `bà` alone where nobody's name does."""
_THAT = r"(?:ấy|này|đó|đấy|ta|kia)"
_MAN = rf"ông{_BARE}|(?!người ta|cậu đấy)(?:ông|anh|thầy|chú|bác|cậu|em|bạn|cháu|bé|cụ|gã|tay|tên|đồng chí|vị|người|nhân vật|nghi phạm|nghi can|bị cáo|bị can|nạn nhân|tài xế|phi công|cầu thủ|ca sĩ|diễn viên|quan chức|cán bộ|bộ trưởng|giám đốc|chủ tịch|tướng|thanh niên) {_THAT}"
_DEED = r"^{}(?= (?!chủ|trùm|nội|ngoại|già|bố|mẹ|cụ|lão|hàng|con|đỡ|đồng|xã|trời|vua|hoàng|giáo|tổng|bộ|thủ|phó|giám|cựu|nào|ở|ấy|ta|này|đó|kia|trai|gái|em|họ|dâu|rể|nuôi|bác|ca|diễn|người|nghị|thẩm|luật|đại|thượng|trung|thiếu|tướng|chánh|dân|lớn|bầu|địa)[^\W\d_])(?-i:(?= [^A-ZÀ-ỸĐ]))"
"""`Ông` before a deed at the beginning of a turn; what is left out makes it another word."""
_ACCENTED_MAN = rf"{_MAN}|hắn(?: ta)?|{_DEED.format('ông')}"
_WOMAN = rf"bà{_BARE}|(?:bà|chị|cô|nàng|cô gái|nữ ca sĩ|nữ diễn viên|nữ sinh) {_THAT}|ả ta"
_ACCENTED_WOMAN = rf"{_WOMAN}|cô{_BARE}|{_DEED.format('bà')}"
"""`co` without diacritics is to have, `ba` three and `han` Korean."""
_THEM = r"những người (?:này|ấy|đó)|các ông (?:ấy|này)"
_ACCENTED_THEM = rf"(?<!dòng )họ(?! (?:tên|hàng|nhà))|{_THEM}"
"""`ho` and `no` without diacritics are lakes and debts."""
_HE, _SHE, _THEY = (
    r"he|him|his|(?:this|that) (?:man|person|guy|official|minister|suspect|victim|driver|pilot|player|singer|actor|general|student|teacher|leader)",
    r"she|her|hers|(?:this|that) (?:woman|girl|lady|actress)",
    r"(?<=\bof )(?:those|these)(?! [a-z]+s\b)|(?<=\bamong )(?:those|these)(?! [a-z]+s\b)|they|them|their",
)
_BODY = re.compile(
    r"(?i)(?:công ty|tập đoàn|ngân hàng|hãng|ban|bộ|sở|uỷ ban|ủy ban|hội|đội|nhóm|câu lạc bộ|trường|bệnh viện)(?!\w)"
)
"""What is no person though a surname may stand in it: `Công ty Tràng An`."""
_WHO_OR_WHAT = frozenset({Kind.PERSON, Kind.THING, Kind.OTHER, Kind.ROLE})
_PLACED = re.compile(
    r"(?i)(?:cầu|sông|núi|hồ|chợ|chùa|bến|cảng|sân bay|đường|phố|phường|thôn|ấp|trường|bệnh viện|tết|cau|song|nui|cho|chua|ben|cang|duong|pho|phuong|thon|ap|ở|tại|từ|đến|tới|o|tai|tu|den|toi|tỉnh|xã|huyện|quận|thành phố|phim|hãng|công ty) $"
)
_OWNED = re.compile(
    r" (?!(?:altogether|in|at|for|with|to|from|by|on|and|or|now|then|again|there|here|before|after|when|while|if|so|as|too|instead|back|away|up|out|off|about|about|into|over|because|until|since|today|that|this|the|a|an)\b)[a-z]"
)
"""What follows `her` where it is whose something is."""
_CALLED = (
    r"(?i:(?<!\w)(?:(?P<woman>bà|chị|cô|nữ \w+|hoa hậu|vợ|mẹ|con gái|mrs\.?|ms\.?|miss|madam|\w*girl|\w*woman|actress|queen|princess|duchess|daughter|wife|mother|sister|aunt)"
    r"|(?:ông|anh|chú|cậu|chồng|bố|cha|con trai|mr\.?|\w*boy|\w*man|king|prince|duke|son|husband|father|brother|uncle)) (?:tên |named |called )?)"
)
"""What tells, before a name, a woman from a man."""
_SEVERAL = re.compile(
    r"(?i)(?:(?<!lần )(?<!lan )(?<!thứ )(?<!năm )(?<!tháng )(?<!ngày )(?<!\d)\d+|hai|ba|bốn|năm|mấy|các|những|nhiều|cả|bon|may|cac|nhung|two|three|both) $"
)
"""What stands before several, of whom no single one is meant."""
_SEVERAL_WORDS = frozenset("people men women children kids police others staff folk families".split())
_SEVERAL_ENGLISH = re.compile(r"^[^A-Z]*\b(?:\w{3,}(?<!s)s|men|women|people|children|police)$")


def people_named(rest: str, asked: Question, before: Before) -> tuple[str, bool]:
    """Return a turn with its pronouns in place of people, and whether there were any."""
    plain = not has_accents(rest)
    text, person = rest, False
    english = asked.language == "en"
    woman = _WOMAN if plain else _ACCENTED_WOMAN
    they = _THEY if english else _THEM if plain else _ACCENTED_THEM
    one = english and re.search(rf"(?i)\b(?:{_HE}|{_SHE})\b", rest) is not None
    for pattern, names in (
        (_HE if english else _MAN if plain else _ACCENTED_MAN, _one(before, female=False)),
        (_SHE if english else woman, _one(before, female=True)),
        (they, "" if one and before.told and _everybody(before) in before.people else _everybody(before)),
    ):
        whole = rf"\b(?:{pattern})\b(?!['’])" if english else rf"\b(?:{pattern})(?!\w)"
        found = (re.compile(whole, re.IGNORECASE) if english else compiled(whole, plain=plain)).search(text)
        if (
            found
            and names
            and not (pattern == _THEY and english and _several_named(text[: found.start()]))
            and not _SEVERAL.search(text[: found.start()])
            and not _bound(text, found, asked, before)
        ):
            owner = "'s" if english and _owns(found[0].lower(), text[found.end() :]) else ""
            text = f"{text[: found.start()]}{names}{owner}{text[found.end() :]}"
            person = True
    return text, person


def _several_named(left: str) -> bool:
    """Return whether several are called by a noun on the left of `they`: `those kids, what had they …`."""
    said = [w for w in words(left) if w not in ENGLISH_PARTICLES | _ASKING]
    return any(w in _SEVERAL_WORDS or re.fullmatch(r"(?!this|besides|always|perhaps)\w{2,}[^s]s", w) for w in said)


def calls_somebody(asked: Question) -> bool:
    """Return whether a turn speaks of somebody by a pronoun alone: `ông ấy`, `she`."""
    plain = not has_accents(asked.text)
    if asked.language == "en":
        return re.search(rf"(?i)\b(?:{_HE}|{_SHE})\b(?!['’])", asked.text) is not None
    them = (_MAN, _WOMAN) if plain else (_ACCENTED_MAN, _ACCENTED_WOMAN)
    return any(compiled(rf"\b(?:{p})(?!\w)", plain=plain).search(asked.text) for p in them)


def _bound(text: str, found: re.Match[str], asked: Question, before: Before) -> bool:
    """Return whether a pronoun points to somebody in its own turn: to a new name on its left, to whom a long question asks for, or ahead."""
    left, most = (
        text[: found.start()],
        LONGEST_OWNING if _owns(found[0].lower(), text[found.end() :]) else LONGEST_ASKING,
    )
    asking = asked.kind is Kind.PERSON and asked.slots[0].start == 0
    ahead = FRONTED.match(text)
    clause = text[ahead.end() :] if ahead and found.end() < ahead.end() else ""
    return (
        names_new(left, asked, before)
        or (asked.language == "en" and introduced(left))
        or (asking and len(content_of(asked)) > most)
        or names_new(clause, asked, before)
    )


def _owns(pronoun: str, following: str) -> bool:
    return pronoun in {"his", "their"} or (pronoun == "her" and _OWNED.match(following) is not None)


def _one(before: Before, *, female: bool) -> str:
    """Return whom `ông ấy` or `she` means: the person spoken of last who can be meant, else who was only called by what they are."""
    if before.people:
        spoken = _spoken(before)
        known = {n: _is_female(n, spoken) for n in before.people}
        fitting = [n for n in known if known[n]] if female else []
        fitting += [n for n in known if known[n] is not (not female)]
        return (fitting or list(before.people))[0]
    if FULL_NAME.fullmatch(before.told) and before.question.kind in _WHO_OR_WHAT:
        return before.told
    if before.vietnamese:
        return _called_in_vietnamese(before.question.text)
    found = subject_of(before)
    subject = before.question.text[slice(*found)] if found else ""
    called = next(
        (m for m in _CALLED_BY.finditer(before.question.text) if ENGLISH_OF.get(m["noun"]) is Kind.PERSON), None
    )
    return called[0] if called and len(words(subject)) > LONGEST_CALLED else subject


def _called_in_vietnamese(text: str) -> str:
    """Return whom a Vietnamese question that names nobody is about: `người đàn ông nhảy cầu`, else the last name that is no place's."""
    begun = re.match(r"(?:người|nguoi) .+?(?= (?:được|bị|đã|sẽ|do|vì|là|duoc|bi|da|se|la) |$)", text, re.IGNORECASE)
    if begun and len(words(begun[0])) <= LONGEST_ASKING:
        return uncapital(begun[0])
    name = last_name(text)
    if not name or default_lexicon().is_place(text[slice(*name)]) or _PLACED.search(text[: name[0]]):
        return ""
    return text[slice(*name)]


def _spoken(before: Before) -> str:
    """Return what was asked and answered in the conversation."""
    turn: Before | None = before
    said = []
    while turn is not None:
        said.append(f"{turn.question.text} {turn.answer}")
        turn = turn.earlier
    return " ".join(said)


def _is_female(name: str, spoken: str) -> bool | None:
    """Return whether somebody is a woman, by the name or by what stands before it; None where neither tells."""
    if {"Thị", "Thi"} & set(name.split()):
        return True
    called = re.search(_CALLED + re.escape(name), spoken)
    if called:
        return called["woman"] is not None
    vietnamese = find_people(name) and has_accents(name)
    return False if vietnamese else None


def _everybody(before: Before) -> str:
    """Return whom `they` are: everybody an answer names, else everybody the question before does."""
    names = list(dict.fromkeys(p.name for p in find_people(before.said)))
    doing = subject_of(before) if not names else None
    if doing and _SEVERAL_ENGLISH.search(subject := before.question.text[slice(*doing)]):
        return subject
    body = before.question.kind is Kind.ORGANISATION and not names
    several = (
        re.match(r"(?i)(?:the|some|two|three) .*s$", before.told) and before.question.kind in _WHO_OR_WHAT | _PLACES
    )
    if before.told[:1].isupper() and (body or several or _BODY.match(before.told)):
        return before.told
    names = names or list(before.question.people)
    names = (
        list(dict.fromkeys([*before.question.people, *names]))
        if len(names) == 1
        else names or list(before.people[1::-1])
    )
    if not names and before.question.kind is Kind.NUMBER and not before.vietnamese:
        counted = re.match(r" [a-z]+(?: [a-z]+)?s\b| people\b", before.question.text[before.question.slots[0].end :])
        return f"the{counted[0]}" if counted else ""
    if len(names) == 1:
        return ""  # `họ` and `they` are several
    joiner = " và " if before.vietnamese else " and "
    return ", ".join(names[:-1]) + (joiner if len(names) > 1 else "") + names[-1] if names else ""
