"""A part of a question in the place of another: a period, a person, a thing."""

import re
from dataclasses import replace

import numpy as np

from qa.embeddings import bundled_embeddings
from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF, VIETNAMESE_OF
from qa.language.forms import UPPER, fold, has_accents, match_form, occurrences, words
from qa.question import Question, understand
from qa.talk.about import of_the_same
from qa.talk.before import Before, place_of_date, who_is_meant
from qa.talk.dates import as_said_before, only_day_or_month, renamed_years, with_in
from qa.talk.topics import asking_words, is_verb, subject_of
from qa.talk.words import (
    ENGLISH_DATE,
    ENGLISH_PARTICLES,
    PLAIN_PARTICLES,
    VIETNAMESE_DATE,
    WORD,
    capital,
    compiled,
    content_of,
    last_name,
)

__all__ = ["at_another_time", "in_place", "in_place_of", "is_date", "is_part", "part_and_asking"]

ALIKE, ALIKE_NOUN, LAST = 0.25, 0.2, 0.1
"""Least cosine of a word in whose place another can stand, less where only nouns come into question, and what is added to that of the last word, which is most often meant."""
LONGEST_WHO = 6
"""Words of somebody who is called by a place."""
_FATE = r"(?<!\w)(?:tử vong|thiệt mạng|chết|bị thương|mất tích|nhập viện|bị bắt|được cứu|sống sót|bị ngộ độc)(?!\w)"
_ENGLISH_FATE = re.compile(
    r"(?i)\b(?:killed|died|injured|hurt|wounded|missing|arrested|rescued|hospitali[sz]ed|survived|evacuated|displaced)\b"
)
"""What becomes of people; one of these stands in another's place."""
_AFTER_NOUNS = frozenset(
    "and or but after before during last lasts this that who which when while than between under over into".split()
)
_ADDRESS = r"(?i)(?<!\w)(?:ông|bà|anh|chị|cô|thầy|chú|bác|em|cậu|ong|ba|chi|co|thay|chu|bac|cau) "
_OCCASION = r"(?<!\w)(?:khi|lúc|trong lúc|nhân lúc) (?!nào)[^,?]+(?:,|(?= *\??$))"
_ENGLISH_OCCASION = r"(?<!\w)(?:when|while|at the time (?:of|that|when)) [^,?]+(?:,|(?= *\??$))"
_POSTS = frozenset({Kind.PERSON, Kind.ROLE})
_BECAME = frozenset(("died", "survived"))
_ONE_OF_DATE = re.compile(r"(?i)the ones? (?P<when>(?:in|on|of|from) .*\d.*)")
_NAMED_ONE = re.compile(rf"(?:the )?(?P<name>[{UPPER}]\w*(?: [{UPPER}]\w*)*) ones?")
_CAPITALS = rf"[{UPPER}]\w*(?: [{UPPER}]\w*)*"
_DETERMINERS = frozenset("the a an".split())
_RELATIVE = r"(?:chiều |sáng |tối )?(?:hôm (?:qua|nay|trước|sau|kia)|ngày mai|cùng ngày|năm (?:ngoái|nay|sau|trước)|tháng (?:trước|này|sau)|tuần (?:trước|này|sau))|(?:yesterday|today|tomorrow|(?:last|this|next) (?:year|month|week)|(?:the )?year before)"
_IDLE = PLAIN_PARTICLES | frozenset(
    "nam ngay thang cac nhung nguoi ong ba anh chi nay do bao nhieu khi nao gi ai dau mot hai".split()
)


def in_place(rest: str, asked: Question, before: Before) -> str:
    """Return the question before with a part of it put in another's place: a period, a person, a thing."""
    whole = before.question.text
    part = rest.strip(" ?.!,")
    if period := _period_in(asked, part, whole):
        return _with_date(before, period)
    owner = next((n for n in before.people if f"{fold(part)} ".startswith(f"{fold(n)}'s ")), "")
    if owner and (made := in_place_of(owner, part, whole)):
        return made
    if asked.people and before.question.people:
        return _replaced(whole, before.question.people[0], asked.people[-1])
    if found := _fate(part, whole) or _other_side(part, whole):
        return found
    named_one = _NAMED_ONE.fullmatch(part)
    if named_one and (name := last_name(whole)):
        return whole[: name[0]] + named_one["name"] + whole[name[1] :]
    return _without_name(_put_in_place(part, whole, before), part, before)


def _without_name(made: str, part: str, before: Before) -> str:
    """Return a question about somebody in another post without the name of the one before: `phó chủ tịch Lê Văn Tám` after `chủ tịch Lê Văn Tám`."""
    forms = words(part)
    post = any(VIETNAMESE_OF.get(" ".join(forms[:n])) is Kind.PERSON for n in range(1, len(forms) + 1))
    name = next((n for n in before.question.people if re.search(rf" {re.escape(n)}(?!\w)", made)), "")
    if not post or not name or f"{part} " not in f"{made} ":
        return made
    return re.sub(rf" {re.escape(name)}(?!\w)", "", made)


def _put_in_place(part: str, whole: str, before: Before) -> str:
    if (old := who_is_meant(whole)) and who_is_meant(f"{part} x"):
        return capital(part) + whole[len(old) :]
    headed = words(part)[-1:] and words(part)[-1] in words(whole)
    for place in (_placed, _shared, _subject) if headed else (_placed, _subject, _shared):
        if found := place(part, whole, before):
            return _put(part, whole, found)
    if named := last_name(whole):
        bare = re.sub(r"(?i)^(?:in|at|on|from|ở|tại|của|với) ", "", part)
        if last_name("x " + bare):
            determined = re.match(r"(?i)(?:the|a|an) ", bare) and re.match(r"( [a-z]+)+", whole[named[1] :])
            return _put(bare, whole, (named[0], named[1] + (determined.end() if determined else 0)))
    if part.endswith("ed") and " " not in part and (deed := re.search(r"(?<= )[a-z]+ed\b", whole)):
        return _put(part, whole, deed.span())
    if alike := _alike(part, whole):
        addressed = re.search(f"{_ADDRESS}$", whole[: alike[0]]) if re.match(_ADDRESS, part) else None
        return _put(part, whole, (addressed.start() if addressed else alike[0], alike[1]))
    return f"{whole.rstrip(' ?')} – {part}?"


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
    side = re.fullmatch(rf"(?:phía|bên|phe|phia|ben) (?P<name>{_CAPITALS})", part)
    owner = (
        re.search(rf"(?<= của )(?:phía |bên )?{_CAPITALS}|(?<= cua )(?:phia |ben )?{_CAPITALS}", whole)
        if side
        else None
    )
    return whole[: owner.start()] + side["name"] + whole[owner.end() :] if side and owner else None


def _put(part: str, whole: str, place: tuple[int, int]) -> str:
    """Return a question with a part in a place; of two articles before it, one."""
    left = whole[: place[0]]
    if re.match(r"(?i)(?:the|a|an) ", part):
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


_OF_DATES = frozenset(
    "one ones năm nam tháng thang ngày ngay đầu dau cuối cuoi giữa giua vào vao hồi hoi tết tet xuân xuan in on of early late mid the".split()
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
    if not same or content_of(asking) or any(s.end > s.start and s.kind is not Kind.TOPIC for s in part.slots):
        return None
    return in_place(found["part"], part, before)


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
    if len(asked.dates) != 1:
        return ""
    date = asked.dates[0].text
    lead = VIETNAMESE_DATE if asked.language == "vi" else ENGLISH_DATE
    found = compiled(f"(?<!\\w){lead}{re.escape(date)}", plain=not has_accents(part)).search(part)
    if not found:
        return ""
    rest = words(part[: found.start()] + part[found.end() :])
    return found[0].strip() if rest and {fold(w) for w in rest} <= {fold(w) for w in words(whole)} else ""


def _with_date(before: Before, part: str) -> str:
    dates = before.question.dates
    old = before.question.text[slice(*place_of_date(before))] if dates else ""
    part = as_said_before(part, old, vietnamese=before.vietnamese)
    whole = _without_occasion(renamed_years(before.question.text, part), before)
    before = before if whole == before.question.text else replace(before, question=understand(whole))
    if not before.question.dates:
        return f"{whole.rstrip(' ?')} {part if before.vietnamese else with_in(part)}?"
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


def _placed(part: str, whole: str, _: Before) -> tuple[int, int] | None:
    """Return where somebody or something at a place stands, for another at another: `ông ở Cần Thơ` for `bà chủ tiệm ở Vinh`."""
    placed = re.compile(
        rf"^(?P<who>(?!(?:in|at|from|ở|tại|từ)\b)[^,]{{2,}}?) (?:in|at|from|ở|tại|từ) (?P<where>{_CAPITALS})"
    )
    mine, theirs = placed.match(part), placed.match(whole)
    if not mine or not theirs or mine.end() < len(part) or len(words(theirs["who"])) > LONGEST_WHO:
        return None
    return theirs.start("who"), theirs.end("where")


def _shared(part: str, whole: str, before: Before) -> tuple[int, int] | None:
    """Return the stretch of a question in whose place a part can stand: that shares a word with it, in the same place."""
    form = match_form if has_accents(part) and has_accents(whole) else fold
    mine = [(m.start(), m.end(), form(m[0])) for m in WORD.finditer(part)]
    theirs = [(m.start(), m.end(), form(m[0])) for m in WORD.finditer(whole)]
    idle = ENGLISH_PARTICLES | {"the", "a", "an"} if not before.vietnamese else _IDLE
    idle |= {w for _, _, w in (*mine, *theirs) if fold(w) in idle}
    common = {w for _, _, w in mine} & {w for _, _, w in theirs} - idle
    for i, (_, _, word) in enumerate(mine):
        if word not in common:
            continue
        at = next(j for j, (_, _, w) in enumerate(theirs) if w == word)
        if 0 < i == len(mine) - 1 and at < len(mine) and part[mine[i][0]].isupper():
            return theirs[0][0], theirs[at][1]  # `đồ của vợ ông Tám` for `áo ông Tám`
        first, last = at - i, at - i + len(mine) - 1
        left = {w for _, _, w in theirs[max(0, first) : at]}
        alike = (mine[0][2] in _DETERMINERS) == (first >= 0 and theirs[first][2] in _DETERMINERS)
        first = first if first >= 0 and alike and not (left - _DETERMINERS - {w for _, _, w in mine}) & idle else at
        last = last if last < len(theirs) else at
        while any(w.isupper() for w in part) and last + 1 < len(theirs) and whole[theirs[last + 1][0]].isupper():
            last += 1  # the rest of a name
        return theirs[first][0], theirs[last][1]
    return None


def _subject(part: str, _: str, before: Before) -> tuple[int, int] | None:
    """Return where the subject of an English question stands, for a part that begins as one does: `the old king's funeral`.

    Of somebody's post (`the deputy` for `the principal of the school`) the post alone.
    """
    found = subject_of(before) if re.match(r"(?:the|a|an|its|their|his|her) ", part, re.IGNORECASE) else None
    post = re.match(r"(?:the|a|an) [\w-]+(?= of )", before.question.text[slice(*found)]) if found else None
    if found and post and all(ENGLISH_OF.get(w[-1]) in _POSTS for w in (words(part), words(post[0])) if w):
        return found[0], found[0] + post.end()
    return found


def _goes_on(behind: str) -> bool:
    """Return whether an English noun goes on behind a word: `military` in `military service in the army`."""
    following = re.match(r" ([a-z]+)", behind)
    return following is not None and following[1] not in ENGLISH_PARTICLES | _AFTER_NOUNS and not is_verb(following[1])


def _alike(part: str, whole: str) -> tuple[int, int] | None:
    """Return where the word of a question stands that means most nearly what a part means: `petrol` for `kerosene`."""
    table = bundled_embeddings().table
    (_, mine), (at, tokens) = table.words([part, whole])
    found = [m.span() for m in re.finditer(r"[^\W_]+", whole)]
    if not found:
        return None
    meant, theirs = table.total(mine), table.token_vectors(tokens)
    cosines = theirs @ meant / np.maximum(np.linalg.norm(theirs, axis=1) * np.linalg.norm(meant), 1e-6)
    cosines = cosines + LAST * (np.arange(len(cosines)) == len(cosines) - 1)
    least = ALIKE
    if re.match(r"(?i)(?:the|a|an) ", part):
        least = ALIKE_NOUN
        cosines = np.where([_goes_on(whole[found[min(int(a), len(found) - 1)][1] :]) for a in at], -1.0, cosines)
    best = int(np.argmax(cosines))
    if cosines[best] < least:
        return None
    first = min(int(at[best]), len(found) - 1)
    last = int(at[best + 1]) - 1 if best + 1 < len(at) else first
    return found[first][0], found[max(first, min(last, len(found) - 1))][1]
