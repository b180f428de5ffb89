"""Where in a question another part stands: in the place of the phrase of the same sort.

What tells the sort, the surest first: the post or place that somebody is called by, the preposition, whether it is a person, a
word in common, a name, the meaning.
"""

import re
from collections.abc import Callable

import numpy as np

from qa.embeddings import bundled_embeddings
from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF, PLAIN_OF, VIETNAMESE_OF
from qa.language.forms import UPPER, fold, has_accents, match_form, occurrences, words
from qa.language.lexicon import default_lexicon
from qa.talk.before import TITLED, Before, who_is_meant
from qa.talk.topics import is_verb, subject_of
from qa.talk.words import ENGLISH_PARTICLES, PARTICLES, PLAIN_PARTICLES, WORD, last_name

__all__ = ["CAPITALS", "Place", "place_of"]

Place = tuple[int, int]
ALIKE, LIKELY, FEW = 0.25, 0.1, 3
"""Least cosine of a noun in whose place a part of more than a few words can stand, and what is added for the last noun and for what is counted, which are most often meant."""
LONGEST_WHO = 6
"""Words of somebody who is called by a place."""
CAPITALS = rf"[{UPPER}][\w-]*(?: (?:[{UPPER}][\w-]*|\d[\w-]*(?! *(?:người|con|tỷ|triệu))))*"
"""A name, with its number: `Hành tinh 9`."""
_ADDRESS = r"(?i)(?<!\w)(?:ông|bà|anh|chị|cô|thầy|chú|bác|em|cậu|ong|ba|chi|co|thay|chu|bac|cau) "
_PREPOSITIONS = (
    ("in", "at", "ở", "tại", "trong", "o", "tai"), ("from", "từ", "tu"), ("since",), ("on", "trên", "tren"), ("for", "cho"), ("with", "với", "voi"),
    ("by", "bởi", "do"), ("to", "đến", "tới", "ra", "den", "toi"), ("of", "của", "cua"), ("about", "về", "ve"), ("through",), ("against",), ("under",), ("between",),
)  # fmt: skip
_SIDE = r"(?:phía|bên|phe|đội|phia|ben) "
_AFTER_NOUNS = frozenset(
    "and or but after before during last lasts this that who which when while than between under over into".split()
)
_PARTED = frozenset(
    "and or but who whom whose what which when where why how that than while after before since near over under through against between into during "
    "without within along across around behind among per until up out off".split()
)
"""What no English noun phrase goes on over, beside prepositions and auxiliaries."""
_DETERMINERS = frozenset("the a an".split())
_POSTS = frozenset({Kind.PERSON, Kind.ROLE})
_ONE = re.compile(r"(?i)(?:the )?(?P<which>[a-z][\w-]*(?: [a-z][\w-]*)?) ones?")
_ANYWHERE = re.compile(
    r"(?i)(?:trên |ở |tính )?(?:cả nước|toàn quốc|toàn tỉnh|toàn cầu|thế giới|ca nuoc|toan quoc|nationwide|worldwide|(?:in )?the (?:whole )?(?:country|world))"
)
_MEASURES = frozenset(
    "tấn tỷ tỉ triệu nghìn ngàn đồng mét km kg tiền phần trăm lít usd đô tuổi lần giờ phút tuần tan ty trieu nghin ngan dong met tien phan tram lit do tuoi lan gio phut tuan".split()
)
_IDLE_ACCENTED = frozenset("các những người này bao nhiêu khi nào gì ai đâu mấy một tăng giảm".split())
_IDLE = PLAIN_PARTICLES | frozenset(
    "nam ngay thang cac nhung nguoi ong ba anh chi nay do bao nhieu khi nao gi ai dau mot hai".split()
)


def place_of(part: str, whole: str, before: Before) -> tuple[Place, str] | None:
    """Return where a part stands in a question, and the part as it stands there; None where nothing is like it.

    Args:
        part: What a turn names: `ở Vinh`, `the navy`, `bên Agribank`.
        whole: The question before, or its beginning.
        before: The turn before.
    """
    if one := _ONE.fullmatch(part):
        found = _modifier(one["which"], whole)
        if found:
            return found, one["which"]
    if (old := who_is_meant(whole)) and who_is_meant(f"{part} x"):
        return (0, len(old)), part[:1].upper() + part[1:]
    case = re.match(r"(?:vụ|trận|cuộc|buổi|lễ|chuyện|người|vu|tran|cuoc) (?=(?:ở|tại|o|tai) )", part)
    part = part[case.end() :] if case and not next(occurrences(fold(case[0].strip()), fold(whole)), None) else part
    if found := _governed(part, whole) or _placed(part, whole, before):
        return found, part
    if found := _person(part, whole, before):
        return found, part
    if found := _post(part, whole) or _anywhere(part, whole):
        return found, part
    if side := re.match(_SIDE, part):
        bare = part[side.end() :]
        runs = [m for m in re.finditer(CAPITALS, whole) if m.start() == 0 or " " in m[0] or m[0].isupper() or m.start()]
        if last_name(f"x {bare}") and runs and not re.search(r"(?i) (?:ở|tại|in|at) $", whole[: runs[0].start()]):
            return runs[0].span(), bare
    headed = words(part)[-1:] and words(part)[-1] in words(whole)
    order: list[Callable[[str, str, Before], Place | None]] = [_shared, _subject] if headed else [_subject, _shared]
    for place in [*order, _named, _done]:
        if found := place(part, whole, before):
            return found, _bare(part) if place is _named else part
    if alike := _alike(part, whole, before):
        addressed = re.search(f"{_ADDRESS}$", whole[: alike[0]]) if re.match(_ADDRESS, part) else None
        return (addressed.start() if addressed else alike[0], alike[1]), part
    return None


def _governed(part: str, whole: str) -> Place | None:
    """Return where a phrase with the same preposition stands: `ở Tân Phú` for `ở Suối Ngàn`, `since May` for `since mid-March`."""
    forms = [(m[0].lower(), m.start(), m.end()) for m in WORD.finditer(part)]
    mine = next((p for p in _PREPOSITIONS if forms and forms[0][0] in p), None)
    if not mine or len(forms) < 2:
        return None
    head = 1 + (len(forms) > 1 + 1 and forms[1][0] in _DETERMINERS)
    name = part[forms[head][1]].isupper()
    for found in reversed([m for m in WORD.finditer(whole) if m.start() and m[0] in mine]):
        behind = whole[found.end() :]
        between = "(?: [^\\W\\d_]+){0,2}?" if found[0] == forms[0][0] else ""
        run = re.match(f"(?: the)?{between} {CAPITALS}", behind)
        if run and name:
            return found.start(), found.end() + run.end()
        if not name and not run and forms[0][0] == found[0]:
            return found.start(), _phrase_end(whole, found.end())
    return None


def _phrase_end(whole: str, start: int) -> int:
    """Return where the phrase that begins at a place ends: before a preposition, a particle, a verb or a comma."""
    end = start
    plain = not has_accents(whole)
    idle = ENGLISH_PARTICLES | _PARTED | (PLAIN_PARTICLES if plain else PARTICLES)
    for found in WORD.finditer(whole, start):
        gap = whole[end : found.start()]
        if end > start and (gap != " " or found[0].lower() in idle or is_verb(found[0])):
            break
        end = found.end()
    return end


def _person(part: str, whole: str, before: Before) -> Place | None:
    """Return where somebody stands, for somebody else who is called by a title and a name: `ông Tư` for `bị cáo Nguyễn Văn Ba`."""
    if not TITLED.fullmatch(part):
        return None
    found = TITLED.search(whole)
    if found:
        return found.span()
    name = next((n for n in before.people if n in whole), "")
    return (whole.find(name), whole.find(name) + len(name)) if name else None


def _post(part: str, whole: str) -> Place | None:
    """Return where the post stands that a Vietnamese question begins with, for another: `Thủ tướng` for `Chủ tịch Quốc hội`."""
    mine, theirs = _length_of_post(part), _length_of_post(whole)
    if not mine or not theirs:
        return None
    spans = [m.span() for m in WORD.finditer(whole)]
    end = spans[theirs - 1][1]
    more = re.match(
        rf"(?: (?:nước|tỉnh|huyện|xã|phường|quận|thành phố|bộ|nuoc|tinh|huyen|xa|phuong|quan|bo))? {CAPITALS}(?: (?:hội|phủ|nước))?",
        whole[end:],
    )
    return 0, end + (more.end() if more else 0)


def _length_of_post(text: str) -> int:
    """Return how many words of a post, or of what somebody is called by, a text begins with."""
    forms, table = words(text), VIETNAMESE_OF if has_accents(text) else PLAIN_OF
    return next((n for n in (3, 2) if len(forms) >= n and table.get(" ".join(forms[:n])) is Kind.PERSON), 0)


def _anywhere(part: str, whole: str) -> Place | None:
    """Return where a place stands with its preposition, for the whole country or the world."""
    if not _ANYWHERE.fullmatch(part):
        return None
    found = list(re.finditer(rf"(?i:(?<!\w)(?:ở|tại|trong|o|tai|in|at)) (?:[^\W\d_]+ ){{0,2}}?{CAPITALS}", whole))
    return found[-1].span() if found else None


def _modifier(part: str, whole: str) -> Place | None:
    """Return where the word stands that tells which one: `physics` of `the physics paper` for `the literature one`."""
    found = [m for m in WORD.finditer(whole) if re.match(r"[ -][a-z]", whole[m.end() :]) and not m[0][0].isupper()]
    nouns = [
        m
        for m in found
        if m[0] not in ENGLISH_PARTICLES | _PARTED | _DETERMINERS | _AFTER_NOUNS | {"many", "much", "long"}
        and not is_verb(m[0])
        and _goes_on(whole[m.end() :])
    ]
    if not nouns:
        return None
    return next((m for m in nouns if re.search(r"(?i)\b(?:the|a|an) $", whole[: m.start()])), nouns[0]).span()


def _placed(part: str, whole: str, before: Before) -> Place | None:
    """Return where somebody or something at a place stands, for another at another: `ông ở Cần Thơ` for `bà chủ tiệm ở Vinh`."""
    placed = re.compile(
        rf"^(?P<who>(?!(?:in|at|from|ở|tại|từ)\b)[^,]{{2,}}?) (?:in|at|from|ở|tại|từ) (?P<where>{CAPITALS})"
    )
    mine, theirs = placed.match(part), placed.match(whole)
    if not mine or not theirs or mine.end() < len(part) or len(words(theirs["who"])) > LONGEST_WHO:
        return None
    if any(slot.start < theirs.end("who") for slot in before.question.slots if slot.end > slot.start):
        return None
    return theirs.start("who"), theirs.end("where")


def _shared(part: str, whole: str, before: Before) -> Place | None:
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
        at = _standing(mine, theirs, i, plain=not has_accents(part))
        if 0 < i == len(mine) - 1 and at < len(mine) and part[mine[i][0]].isupper():
            return theirs[0][0], theirs[at][1]  # `đồ của vợ ông Tám` for `áo ông Tám`
        if not before.vietnamese and 0 < i == len(mine) - 1 and (phrase := _noun_phrase(whole, theirs[at][0])):
            return phrase
        first, last = at - i, at - i + len(mine) - 1
        left = {w for _, _, w in theirs[max(0, first) : at]}
        alike = (mine[0][2] in _DETERMINERS) == (first >= 0 and theirs[first][2] in _DETERMINERS)
        first = first if first >= 0 and alike and not (left - _DETERMINERS - {w for _, _, w in mine}) & idle else at
        name = part[mine[-1][0]].isupper()
        if name:  # a name in the place of a name, whatever its length
            last = next((j for j in range(max(at, 1), len(theirs)) if whole[theirs[j][0]].isupper()), at)
            last = last if last - at < len(mine) + 2 else at
        last = last if last < len(theirs) else at
        while any(w.isupper() for w in part) and last + 1 < len(theirs) and whole[theirs[last + 1][0]].isupper():
            last += 1  # the rest of a name
        return theirs[first][0], theirs[last][1]
    return None


def _standing(mine: list[tuple[int, int, str]], theirs: list[tuple[int, int, str]], i: int, *, plain: bool) -> int:
    """Return which word of a question is the one shared: not the first half of another compound, `bộ` of `bộ trưởng bộ y tế`."""
    found = [j for j, (_, _, w) in enumerate(theirs) if w == mine[i][2]]
    lexicon = default_lexicon()
    forms = [w for _, _, w in theirs]
    own = mine[i + 1][2] if i + 1 < len(mine) else ""
    for j in found:
        length, _ = lexicon.match_vietnamese(forms, j, plain=plain)
        if length < 2 or forms[j + 1] == own:
            return j
    return found[0]


def _noun_phrase(whole: str, at: int) -> Place | None:
    """Return where the English noun phrase with a word in it stands, its determiner included."""
    spans = [(m.start(), m.end(), m[0]) for m in WORD.finditer(whole)]
    here = next(j for j, (start, _, _) in enumerate(spans) if start == at)
    first = last = here
    while first and not _parts(spans, first - 1, whole):
        first -= 1
    while last + 1 < len(spans) and not _parts(spans, last + 1, whole, behind=True):
        last += 1
    return spans[first][0], spans[last][1]


def _parts(spans: list[tuple[int, int, str]], j: int, whole: str, *, behind: bool = False) -> bool:
    """Return whether an English word ends a noun phrase that it stands beside."""
    start, end, word = spans[j]
    gap = whole[spans[j - 1][1] : start] if behind else whole[end : spans[j + 1][0]]
    lowered = word.lower()
    return gap != " " or lowered in ENGLISH_PARTICLES | _PARTED or (word[0].islower() and is_verb(word))


def _subject(part: str, whole: str, before: Before) -> Place | None:
    """Return where the subject of an English question stands, for a part that begins as one does: `the old king's funeral`.

    Of somebody's post (`the deputy` for `the principal of the school`) the post alone.
    """
    found = subject_of(before) if re.match(r"(?:the|a|an|its|their|his|her) ", part, re.IGNORECASE) else None
    post = re.match(r"(?:the|a|an) [\w-]+(?= of )", before.question.text[slice(*found)]) if found else None
    if found and post and all(ENGLISH_OF.get(w[-1]) in _POSTS for w in (words(part), words(post[0])) if w):
        return found[0], found[0] + post.end()
    if found and (role := re.search(r"(?<= as )(?:(?:the|a|an) )?[a-z][\w ]*$", whole.rstrip(" ?"))) and _is_post(part):
        return role.span()  # `Who did she pick as foreign secretary` and `the negotiator`
    return found if found and found[1] <= len(whole) else None


def _is_post(part: str) -> bool:
    return any(ENGLISH_OF.get(w) in _POSTS or re.fullmatch(r"\w{4,}[st]or", w) for w in words(part)[-1:])


def _named(part: str, whole: str, _: Before) -> Place | None:
    """Return where the last name of a question stands, for a part with a name."""
    named = last_name(whole)
    bare = _bare(part)
    if not named or not last_name("x " + bare):
        return None
    determined = re.match(r"(?i)(?:the|a|an) ", bare) and re.match(r"( [a-z]+)+", whole[named[1] :])
    return named[0], named[1] + (determined.end() if determined else 0)


def _bare(part: str) -> str:
    return re.sub(r"(?i)^(?:in|at|on|from|ở|tại|của|với) ", "", part)


def _done(part: str, whole: str, _: Before) -> Place | None:
    """Return where an English participle stands, for another: `hired` for `dismissed`."""
    deed = re.search(r"(?<= )[a-z]+ed\b", whole) if part.endswith("ed") and " " not in part else None
    return deed.span() if deed else None


def _goes_on(behind: str) -> bool:
    """Return whether an English noun goes on behind a word: `military` in `military service in the army`."""
    following = re.match(r" ([a-z]+)", behind)
    return following is not None and following[1] not in ENGLISH_PARTICLES | _AFTER_NOUNS and not is_verb(following[1])


def _alike(part: str, whole: str, before: Before) -> Place | None:
    """Return where the noun of a question stands that means most nearly what a part means: `petrol` for `kerosene`."""
    nouns = _nouns(part, whole, before)
    if not nouns:
        return None
    table = bundled_embeddings().table
    vectors = [table.total(tokens) for _, tokens in table.words([part, *(whole[a:b] for a, b in nouns)])]
    lengths = [max(float(np.linalg.norm(v)), 1e-6) for v in vectors]
    counted = before.question.slots[0].end if before.question.kind.counts else -1
    scores = [
        float(vectors[0] @ v) / (lengths[0] * n) + LIKELY * _is_likely(whole, (a, b), counted)
        for v, n, (a, b) in zip(vectors[1:], lengths[1:], nouns, strict=True)
    ]
    best = int(np.argmax(scores))
    return nouns[best] if len(words(part)) <= FEW or scores[best] >= ALIKE else None


def _is_likely(whole: str, place: Place, counted: int) -> bool:
    """Return whether a noun is of those most often meant: the last one, and what is counted."""
    return place[1] == len(whole.rstrip(" ?.!")) or place[0] == counted + 1


def _nouns(part: str, whole: str, before: Before) -> list[Place]:
    """Return where the nouns of a question stand in whose place a part can be."""
    asking = [range(slot.start, slot.end) for slot in before.question.slots]
    dates = [range(d.start, d.end) for d in before.question.dates]
    taken = [*asking, *dates]
    name = part[:1].isupper()
    found = [m for m in WORD.finditer(whole) if not any(m.start() in t for t in taken)]
    spans = (
        _vietnamese_nouns(found, plain=not has_accents(whole))
        if before.vietnamese
        else _english_nouns(part, whole, found)
    )
    addressed = [s for s in spans if re.search(f"{_ADDRESS}$", whole[: s[0]])] if re.match(_ADDRESS, part) else []
    return addressed or [s for s in spans if name or not (whole[s[0]].isupper() and s[0])]


def _english_nouns(part: str, whole: str, found: list[re.Match[str]]) -> list[Place]:
    idle = ENGLISH_PARTICLES | _PARTED | _DETERMINERS | _AFTER_NOUNS | {"many", "much", "first", "second", "year"}
    determined = re.match(r"(?i)(?:the|a|an) ", part)
    nouns = [m for m in found if m[0].lower() not in idle and not m[0].isdigit() and not is_verb(m[0].lower())]
    deed = (
        re.search(rf"(?<=[a-z]) (?P<deed>[a-z]+)(?= (?:as|for|to|in|at|on|with|from) )", whole)
        if not determined
        else None
    )
    return [
        m.span()
        for m in nouns
        if not (determined and _goes_on(whole[m.end() :]))
        and (_is_post(part) or not _is_post(m[0]))
        and not (deed and m.start() == deed.start("deed") and not default_lexicon().match([m[0]], 0)[0])
    ]


def _vietnamese_nouns(found: list[re.Match[str]], *, plain: bool) -> list[Place]:
    lexicon, idle = default_lexicon(), _IDLE if plain else PARTICLES | _IDLE_ACCENTED
    forms = [m[0].lower() for m in found]
    spans, i = [], 0
    while i < len(found):
        length, entries = lexicon.match_vietnamese(forms, i, plain=plain)
        if (
            forms[i] in {"người", "nguoi"}
            and i + 1 < len(found)
            and forms[i + 1] not in idle
            and length < len(("người", "lớn"))
        ):
            spans.append((found[i].start(), found[i + 1].end()))
            i += 2
            continue
        if length and all(found[i + n].start() == found[i + n - 1].end() + 1 for n in range(1, length)):
            if not all(e.kind in {"verb", "function"} for e in entries) and not set(forms[i : i + length]) <= _MEASURES:
                spans.append((found[i].start(), found[i + length - 1].end()))
            i += length
            continue
        if forms[i] not in idle | _MEASURES and not forms[i].isdigit():
            spans.append(found[i].span())
        i += 1
    return spans
