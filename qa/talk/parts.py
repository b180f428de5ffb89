"""A part of a question in the place of another: a period, a person, a thing."""

import re
from dataclasses import replace

from qa.kinds import Kind
from qa.kinds.nouns import VIETNAMESE_OF
from qa.language.forms import UPPER, fold, has_accents, is_syllable, match_form, occurrences, words
from qa.language.lexicon import default_lexicon
from qa.question import Question, understand
from qa.talk.about import joined, of_the_same, undated
from qa.talk.before import Before, place_of_date
from qa.talk.dates import as_said_before, only_day_or_month, renamed_years, with_in
from qa.talk.listed import counted_in
from qa.talk.nouns import ALIKE
from qa.talk.places import anywhere, place_of
from qa.talk.topics import asking_words, clause_of
from qa.talk.words import (
    CAPITALS,
    ENGLISH_DATE,
    NAME,
    PLAIN_PARTICLES,
    VIETNAMESE_DATE,
    capital,
    compiled,
    content_of,
    last_name,
)

__all__ = [
    "asking_for_another",
    "at_another_time",
    "in_place",
    "in_place_of",
    "in_the_same_place",
    "is_date",
    "is_part",
    "other_and_asking",
    "part_and_asking",
]

_FATE = r"(?<!\w)(?:tử vong|thiệt mạng|chết|bị thương|mất tích|nhập viện|bị bắt|được cứu|sống sót|bị ngộ độc)(?!\w)"
_ENGLISH_FATE = re.compile(
    r"(?i)\b(?:killed|died|injured|hurt|wounded|missing|arrested|rescued|hospitali[sz]ed|survived|evacuated|displaced)\b"
)
"""What becomes of people; one of these stands in another's place."""
_AFTER_NOUNS = frozenset(
    "and or but after before during last lasts this that who which when while than between under over into".split()
)
_OCCASION = r"(?<!\w)(?:khi|lúc|trong lúc|nhân lúc) (?!nào)[^,?]+(?:,|(?= *\??$))"
_ENGLISH_OCCASION = r"(?<!\w)(?:when|while|at the time (?:of|that|when)) [^,?]+(?:,|(?= *\??$))"
_BECAME = frozenset(("died", "survived"))
_OCCASIONS = frozenset("lan vu tran cuoc buoi chuyen dot dip hoi luc".split())
"""What a period is one of: `lần gặp hôm 10/1`."""
_NOW = re.compile(
    r"(?i) (?:right now|now|today|currently|at present|hiện nay|hiện tại|bây giờ|hien nay|hien tai|bay gio)$"
)
_ONE_OF_DATE = re.compile(r"(?i)the ones? (?P<when>(?:in|on|of|from) .*\d.*)")
_NAMED_ONE = re.compile(rf"(?:the )?(?P<name>[{UPPER}]\w*(?: [{UPPER}]\w*)*) ones?")
_DETERMINERS = frozenset("the a an".split())
_RELATIVE = r"(?:chiều |sáng |tối )?(?:hôm (?:qua|nay|trước|sau|kia)|ngày mai|cùng ngày|năm (?:ngoái|nay|sau|trước)|tháng (?:trước|này|sau)|tuần (?:trước|này|sau))|(?:yesterday|today|tomorrow|(?:last|this|next) (?:year|month|week)|(?:the )?year before)"


def in_place(rest: str, asked: Question, before: Before) -> str:
    """Return the question before with a part of it put in another's place: a period, a person, a thing."""
    whole = before.question.text
    part = _TOTAL.sub("", rest.strip(" ?.!,"))
    name = re.search(f"{CAPITALS}$", part)
    if asked.language == "vi" and not before.vietnamese and name and re.match(r"[^A-Z\W]", part):
        part = name[0]  # `phim Mùa Gặt` in an English question
    if period := _period_in(asked, part, whole):
        return _with_date(before, period)
    owner = next((n for n in before.people if f"{fold(part)} ".startswith(f"{fold(n)}'s ")), "")
    if owner and (made := in_place_of(owner, part, whole)):
        return made
    if asked.people and before.question.people:
        return _replaced(whole, before.question.people[0], asked.people[-1])
    if found := _fate(part, whole) or _other_side(part, whole):
        return found
    if _is_one_answered(part, before):
        return joined(capital(part), before.topic or clause_of(before), asked, before, named=False)
    named_one = _NAMED_ONE.fullmatch(part)
    if named_one and (old := last_name(whole)):
        return whole[: old[0]] + named_one["name"] + whole[old[1] :]
    return _without_name(_put_in_place(part, whole, before), part, before)


def _is_one_answered(part: str, before: Before) -> bool:
    """Return whether a part is of those that were answered, or one more of them where the question names nothing of its sort: `the US?` after `Which countries …?`."""
    bare = re.sub(r"(?i)^(?:the|a|an|about) ", "", part)
    if fold(bare) in fold(before.told) and fold(bare) not in fold(before.question.text):
        return True
    lexicon, forms = default_lexicon(), words(bare)
    length, entries = lexicon.match(forms, 0)
    place = length == len(forms) and any(e.kind == "place" for e in entries)
    names = NAME.finditer(before.question.text)
    others = [
        m[0]
        for m in names
        if lexicon.is_place(m[0]) or any(e.kind == "place" for e in lexicon.match(words(m[0]), 0)[1])
    ]
    return (
        before.question.kind in {Kind.PLACE, Kind.ORGANISATION}
        and place
        and not others
        and before.question.slots[0].many
    )


def _without_name(made: str, part: str, before: Before) -> str:
    """Return a question about somebody in another post without the name of the one before: `phó chủ tịch Lê Văn Tám` after `chủ tịch Lê Văn Tám`."""
    forms = words(part)
    post = any(VIETNAMESE_OF.get(" ".join(forms[:n])) is Kind.PERSON for n in range(1, len(forms) + 1))
    name = next((n for n in before.question.people if re.search(rf" {re.escape(n)}(?!\w)", made)), "")
    if not post or not name or f"{part} " not in f"{made} ":
        return made
    return re.sub(rf" {re.escape(name)}(?!\w)", "", made)


def _put_in_place(part: str, whole: str, before: Before) -> str:
    """Return a question with a part in its place; of one with its topic behind it, in what is asked rather than in the topic."""
    whole = f"{undated(whole.rstrip(' ?'))}?" if _YEAR.search(part) and _YEAR.search(whole) else whole
    own, topic = whole.split(" (", 1) if whole.rstrip(" ?").endswith(")") and " (" in whole else (whole, "")
    itself = replace(before, question=understand(own)) if topic else before
    surely = place_of(part, own, itself, likely=False) if topic else None
    behind = None if surely or not topic else place_of(part, whole, before, likely=False)
    if topic and not surely and not behind and not (loosely := place_of(part, own, itself, least=ALIKE)):
        return f"{capital(part)} ({topic.rstrip(' ?')}?"
    if topic and not behind and (found := surely or loosely):
        place, as_put = found
        old = own[slice(*place)]
        names = re.findall(CAPITALS, old) or [old]
        names = [n for n in names if " " in n or not (old.startswith(n) and is_syllable(n.lower()))] or [old]
        kept = (
            ""
            if (part != part.lower() or anywhere(part)) and any(fold(n) in fold(topic) for n in names)
            else f" ({topic.rstrip(' ?')}"
        )
        return f"{_put(as_put, own, place).rstrip(' ?')}{kept}?"
    if found := behind or place_of(part, whole, before):
        return _put(found[1], whole, found[0])
    if (other := _instead_of_counted(part, whole, before)) or (other := _instead_of_object(part, whole, before)):
        return other
    return f"{whole.rstrip(' ?')} – {part}?"


def _instead_of_counted(part: str, whole: str, before: Before) -> str:
    """Return the question before with something else counted, where it counts something that ends it or that a deed follows; "" otherwise."""
    slot = before.question.slots[0]
    noun = counted_in(before.question)
    if not noun or not before.vietnamese or anywhere(part) or whole != before.question.text:
        return ""
    at = whole.find(noun, slot.end)
    return f"{whole[:at]}{part}?" if at >= 0 else ""


def _instead_of_object(part: str, whole: str, before: Before) -> str:
    """Return a Vietnamese question of who does something with something else done: `Ai làm loa?` for `Ai làm đèn học?`; "" of any other."""
    own = whole.split(" (", 1)[0].rstrip(" ?")
    slot = before.question.slots[0]
    if not before.vietnamese or slot.kind is not Kind.PERSON or slot.start or part[:1].isupper():
        return ""
    left = own[: slot.end]
    forms = words(own[slot.end :])
    length, entries = default_lexicon().match_vietnamese(forms, 0, plain=not has_accents(own))
    if not length or not any(e.kind == "verb" for e in entries) or length == len(forms):
        return ""
    return f"{left} {' '.join(own[slot.end :].split()[:length])} {part}{whole[len(own) :].rstrip(' ?')}?"


def in_place_of(old: str, new: str, whole: str) -> str | None:
    """Return a question with a part in the place of another that it names; None when it does not: `the Party, not the Office`."""
    found = next(occurrences(fold(old), fold(whole)), None)
    if found is None:
        return None
    left, forms = whole[: found[0]], words(new)
    if forms and words(left)[-1:] == forms[:1]:
        new = new.split(" ", 1)[-1]  # `đội Bình An` after `đội`
    return left + new + whole[found[1] :]


def _fate(part: str, whole: str) -> str | None:
    """Return the question before about others who came to harm or did not: `bị thương` for `chết`, `injured` for `killed`."""
    mine, theirs = _ENGLISH_FATE.fullmatch(part), _ENGLISH_FATE.search(whole)
    if not mine:
        mine = compiled(_FATE, plain=not has_accents(part)).fullmatch(part)
        theirs = compiled(_FATE, plain=not has_accents(whole)).search(whole)
    if not mine or not theirs or fold(mine[0]) == fold(theirs[0]):
        return None
    became = theirs[0].lower() in _BECAME and mine[0].lower() not in _BECAME
    return whole[: theirs.start()] + ("were " if became else "") + part + whole[theirs.end() :]


def _other_side(part: str, whole: str) -> str | None:
    """Return the question before about another side: `phía Tân Phú` in the place of whose official, company or army was asked for."""
    side = re.fullmatch(rf"(?:phía|bên|phe|phia|ben) (?P<name>{CAPITALS})", part)
    owner = (
        re.search(rf"(?<= của )(?:phía |bên )?{CAPITALS}|(?<= cua )(?:phia |ben )?{CAPITALS}", whole) if side else None
    )
    return whole[: owner.start()] + side["name"] + whole[owner.end() :] if side and owner else None


def _put(part: str, whole: str, place: tuple[int, int]) -> str:
    """Return a question with a part in a place; of two articles before it, one."""
    left = whole[: place[0]]
    if re.match(r"(?i)(?:the|a|an) ", part) and not re.match(r"(?i)(?:the|a|an) ", whole[place[0] :]):
        determined = re.search(r"(?i)\b(?:the|a|an) $", left)
        left = left[: determined.start()] if determined else left
        part = (
            part
            if determined
            or not left
            or re.search(r"(?i)\b(?:of|in|at|on|by|with|for|to|did|is|are|was|were|does|put|built|build) $", left)
            else part.split(" ", 1)[1]
        )
    return left + part + whole[place[1] :]


def at_another_time(asked: Question, before: Before) -> str:
    """Return the question before of another period; where a turn asks for something else (`thế năm 2019 ở đâu?`), that."""
    date = asked.dates[-1]
    lead = compiled(
        f"(?<!\\w){VIETNAMESE_DATE if asked.language == 'vi' else ENGLISH_DATE}$", plain=not has_accents(asked.text)
    )
    found = lead.search(asked.text, 0, date.start)
    part = asked.text[found.start() if found else date.start : date.end].strip()
    moved = _with_date(before, part)
    slot = asked.slots[0]
    if slot.kind is before.question.kind:
        return moved
    start, end = asking_words(Before(asked, ""), slot)
    theirs = asking_words(before, before.question.slots[0])
    if slot.heads and theirs[0]:
        asking, whole = asked.text[start:end], before.question.text
        left = re.sub(rf"(?i)\b{re.escape(asking.split()[0])} $", "", whole[: theirs[0]])
        return _with_date(Before(understand(f"{left}{asking}{whole[theirs[1] :]}"), before.answer), part)
    bare = understand(asked.text[start:end])
    return capital(of_the_same(bare.text, bare, Before(understand(moved), before.answer)))


_TITLE = "(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Ee]m|[Hh]ãng|[Nn]gân hàng|[Cc]ông ty|[Bb]ên|[Pp]hía|[Tt]ỉnh|[Xx]ã)"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH_BEHIND = re.compile(
    r"(?i)(?<!\w)(?:(?:hồi|hoi|vào|vao|trong) )?(?:đầu |giữa |cuối |dau |giua |cuoi )?(?:tháng|thang) \d\d?$"
)
_TOTAL = re.compile(r"(?i)^(?:in total|altogether|overall|tổng cộng|tong cong|tất cả|tat ca) (?=\w)")
_OF_DATES = frozenset(
    "and to và đến va den one ones năm nam tháng thang ngày ngay đầu dau cuối cuoi giữa giua vào vao hồi hoi từ tu trước truoc sau tới toi tết tet xuân xuan in on of by since until before after from early late mid the".split()
)


def is_date(asked: Question) -> bool:
    """Return whether a turn says nothing but a date."""
    rest = asked.text
    for date in asked.dates[::-1]:
        rest = rest[: date.start] + rest[date.end :]
    if compiled(_RELATIVE, plain=asked.language == "vi" and not has_accents(rest)).fullmatch(rest.strip(" ?.!")):
        return True
    if only_day_or_month(asked.text):
        return True
    return bool(asked.dates) and set(words(rest)) <= _OF_DATES


def part_and_asking(rest: str, before: Before) -> str | None:
    """Return the question before about a part that a turn names before it asks the same once more: `trường Bình An thì ai?`."""
    found = compiled(r"(?P<part>[^,]+?),? thì (?P<asking>.+)", plain=not has_accents(rest)).fullmatch(
        rest.strip(" ?.!")
    )
    if not found or not before.vietnamese:
        return None
    asking, part = understand(found["asking"]), understand(found["part"])
    same = asking.kind is before.question.kind or fold(found["asking"]) in {"sao", "the nao"}
    theirs = words(before.question.text[slice(*asking_words(before, before.question.slots[0]))])
    if (
        not same
        or set(content_of(asking)) - set(theirs)
        or any(s.end > s.start and s.kind is not Kind.TOPIC for s in part.slots)
    ):
        return None
    return in_place(found["part"], part, before)


def other_and_asking(rest: str, asked: Question, before: Before) -> str | None:
    """Return the question before about somebody or something else that a turn begins with, when it asks the same: `Agribank mất bao nhiêu?`."""
    name = re.match(rf"(?:{_TITLE} )?{CAPITALS}", rest)
    if (
        not name
        or not before.vietnamese
        or asked.language != "vi"
        or asked.dates
        or not _same_kind(asked.kind, before.question.kind)
    ):
        return None
    named = set(words(name[0]))
    more = [w for w in content_of(asked) if w not in named and w not in words(before.question.text)]
    if len(more) > 1 or fold(name[0]) in fold(before.question.text):
        return None
    found = place_of(name[0], before.question.text, before)
    return _put(found[1], before.question.text, found[0]) if found else None


def _same_kind(one: Kind, other: Kind) -> bool:
    return one is other or (one.counts and other.counts)


def asking_for_another(rest: str, before: Before) -> str | None:
    """Return the question before asking for another of the same: `which Japanese director?` after `Which Korean director won?`."""
    bare, slot, whole = rest.strip(" ?.!"), before.question.slots[0], before.question.text
    mine = re.fullmatch(r"(?i)(?:which|what) [\w-]+(?: [\w-]+)? (?P<head>[a-z]+)", bare)
    theirs = re.match(rf"(?: [\w-]+){{0,3}}? {mine['head']}\b", whole[slot.end :]) if mine else None
    if before.vietnamese or not theirs or fold(bare) in fold(whole):
        return None
    return whole[: slot.start] + bare + whole[slot.end + theirs.end() :]


def in_the_same_place(rest: str, before: Before) -> str | None:
    """Return the question before with a few words in the place of others of their sort, when one is the same or both are names; None when they are none."""
    part, whole = rest.strip(" ?.!,"), before.question.text
    form = match_form if has_accents(part) and has_accents(whole) else fold
    known = {form(w) for w in words(whole) if fold(w) not in PLAIN_PARTICLES}
    shared = {form(w) for w in (*words(part)[:1], *words(part)[-1:])} & known
    name = re.fullmatch(CAPITALS, part) and (before.question.people or last_name(whole))
    new = fold(part) not in fold(whole)
    return _put_in_place(part, whole, before) if new and (shared or name) else None


def is_part(rest: str, before: Before) -> bool:
    """Return whether a turn that asks nothing can only mean a part of the question before: `injured?`, `the one in 2015`."""
    part = rest.strip(" ?.!,")
    return bool(_ONE_OF_DATE.fullmatch(part) or _NAMED_ONE.fullmatch(part) or _fate(part, before.question.text))


def _period_in(asked: Question, part: str, whole: str) -> str:
    """Return the period that a part names when the rest of it repeats the question before: `ngày 12/3` of `trận ngày 12/3`; "" of any other."""
    if is_date(asked):
        return re.sub(r"(?i)^the ones? | ones?$", "", part)
    if dated := _ONE_OF_DATE.fullmatch(part):
        return dated["when"]
    if not asked.dates and (found := _MONTH_BEHIND.search(part)):
        rest = words(part[: found.start()])
        known = {fold(w) for w in words(whole)}
        return found[0] if rest and all(fold(w) in known for w in rest) else ""
    if len(asked.dates) != 1:
        return ""
    date = asked.dates[0].text
    lead = VIETNAMESE_DATE if asked.language == "vi" else ENGLISH_DATE
    found = compiled(f"(?<!\\w){lead}{re.escape(date)}", plain=not has_accents(part)).search(part)
    if not found:
        return ""
    rest = words(part[: found.start()] + part[found.end() :])
    known = {fold(w) for w in words(whole)} | _OCCASIONS
    return found[0].strip() if rest and {fold(w) for w in rest} <= known else ""


def _with_date(before: Before, part: str) -> str:
    dates = before.question.dates
    old = before.question.text[slice(*place_of_date(before))] if dates else ""
    part = as_said_before(part, old, vietnamese=before.vietnamese)
    whole = _without_occasion(renamed_years(before.question.text, part), before)
    before = before if whole == before.question.text else replace(before, question=understand(whole))
    if not before.question.dates:
        own, topic = whole.split(" (", 1) if before.topic and " (" in whole else (whole, "")
        own = _NOW.sub("", own.rstrip(" ?"))
        made = f"{own} {part if before.vietnamese else with_in(part)}"
        return f"{made} ({topic}" if topic else f"{made}?"
    start, end = place_of_date(before)
    old = whole[start:end]
    if before.vietnamese:
        return whole[:start] + (part if not part[:1].isdigit() or old[:1].isdigit() else f"năm {part}") + whole[end:]
    preposition = re.match(r"(?i)(?:in|on|during) ", old)
    return (
        whole[:start]
        + (with_in(part) if preposition else re.sub(r"(?i)^(?:in|on|at|during|the) ", "", part))
        + whole[end:]
    )


def _without_occasion(whole: str, before: Before) -> str:
    """Return a question about somebody's post without the occasion that told when: `khi khai mạc cuộc họp ở Tân Phú tháng 7/2016`."""
    if before.question.kind is not Kind.ROLE or not before.question.people:
        return whole
    pattern = _OCCASION if before.vietnamese else _ENGLISH_OCCASION
    for found in compiled(pattern, plain=not has_accents(whole)).finditer(whole):
        slot, rest = before.question.slots[0], whole[: found.start()] + whole[found.end() :].lstrip(" ,")
        asks = found.start() <= slot.start < found.end() or before.question.people[0] not in rest
        if not asks:
            return " ".join(rest.split())
    return whole


def _replaced(text: str, old: str, new: str) -> str:
    """Return a text with a name in another's place, the title before it (`ông`, `Mr`) with it."""
    found = re.search(rf"(?:(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Mm]rs?\.?|[Mm]s\.?) )?{re.escape(old)}", text)
    return text[: found.start()] + new + text[found.end() :] if found else text
