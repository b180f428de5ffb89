"""Where in a question another part stands: in the place of the phrase of the same sort.

What tells the sort, the surest first: the post or place that somebody is called by, the preposition, whether it is a person, a
word in common, a name, the meaning.
"""

import re
from collections.abc import Callable

import numpy as np

from qa.kinds.nouns import ENGLISH_OF
from qa.language.forms import fold, has_accents, is_syllable, match_form, occurrences, words
from qa.language.lexicon import default_lexicon
from qa.talk.before import TITLED, Before, who_is_meant
from qa.talk.ends import is_verb
from qa.talk.nouns import (
    ADDRESS,
    DETERMINERS,
    IDLE,
    LAST,
    PARTED,
    POSTS,
    Place,
    cosines,
    is_post,
    likeliest_noun,
    modifier,
    noun_phrase,
)
from qa.talk.posts import another_post
from qa.talk.topics import asking_words, subject_of
from qa.talk.words import CAPITALS, ENGLISH_PARTICLES, NAME, PARTICLES, PLAIN_PARTICLES, UNIT, WORD, last_name

__all__ = ["Place", "anywhere", "place_of"]

_MODALS = frozenset(
    "phải bị được đã sẽ đang cần nên chỉ cũng vẫn mới phai bi duoc da se dang can nen chi cung van moi".split()
)
"""What a Vietnamese predicate may begin with."""
NEAR = 5
"""Words within which the number of a noun stands."""
DOING = 0.3
"""What is added to the cosine of a name that a question begins with, or that is its subject."""
LONGEST_WHO = 6
"""Words of somebody who is called by a place."""
_PREPOSITIONS = (
    ("in", "at", "ở", "tại", "trong", "o", "tai"), ("from", "từ", "tu"), ("since",), ("on", "trên", "tren"), ("for", "cho"), ("with", "với", "voi"),
    ("by", "bởi", "do"), ("to", "đến", "tới", "ra", "den", "toi"), ("of", "của", "cua"), ("about", "về", "ve"), ("through",), ("against",), ("under",), ("between",),
)  # fmt: skip
_SIDE = r"(?:phía|bên|phe|đội|phia|ben) "
_ONE = re.compile(r"(?i)(?:the )?(?P<which>[a-z][\w-]*(?: [a-z][\w-]*)?) ones?")
_COUNT = re.compile(r"(?i)^(?:the |total )?number of |^(?:số lượng|số|so luong|so) (?=[^\W\d_])")
"""What stands before what is counted."""
_SORT = re.compile(
    r"(?i)(?<!nhiêu )(?<!nhieu )(?<!mấy )(?<!may )(?<!\w)(?:những |nhung )?(?:người|nguoi) (?!nào|ta\b|nao\b)"
)
_PREPOSITION_FIRST = re.compile(r"(?i)^(?:in|at|on|from|for|to|of|by|with|about|during|after|before) (?=the )")
_ANYWHERE = re.compile(
    r"(?i)(?:trên |ở |tính )?(?:cả nước|toàn quốc|toàn tỉnh|toàn cầu|thế giới|ca nuoc|toan quoc|nationwide|worldwide|(?:in )?the (?:whole )?(?:country|world))"
)


def place_of(
    part: str, whole: str, before: Before, *, likely: bool = True, least: float = -1.0
) -> tuple[Place, str] | None:
    """Return where a part stands in a question, and the part as it stands there; None where nothing is like it.

    Args:
        part: What a turn names: `ở Vinh`, `the navy`, `bên Agribank`.
        whole: The question before, or its beginning.
        before: The turn before.
        likely: Whether what only means the most alike is a place for it, too.
        least: As `likeliest_noun` takes it.
    """
    if one := _ONE.fullmatch(part):
        found = modifier(whole)
        if found:
            return found, one["which"]
    if (old := who_is_meant(whole)) and who_is_meant(f"{part} x"):
        return (0, len(old)), part[:1].upper() + part[1:]
    case = re.match(r"(?:vụ|trận|cuộc|buổi|lễ|chuyện|người|vu|tran|cuoc) (?=(?:ở|tại|o|tai) )", part)
    part = part[case.end() :] if case and not next(occurrences(fold(case[0].strip()), fold(whole)), None) else part
    if found := _governed(part, whole) or _placed(part, whole, before):
        return found, part
    if found := _person(part, whole, before) or _anywhere(part, whole):
        return found, part
    if made := another_post(part, whole):
        return made
    if (side := re.match(f"(?i){_SIDE}", part)) and (found := _first_name(part[side.end() :], whole)):
        return found, part[side.end() :]
    if side and (found := _doing(whole)):
        return found, part
    if found := _whose(part, whole):
        return found, part
    if found := _owned(part, whole, before):
        return found, part.split(" ", 1)[1]
    if found := _counted(part, whole, before) or _sort_of_people(part, whole):
        return found, _COUNT.sub("", part)
    return _likest(part, whole, before, likely=likely, least=least)


def _likest(part: str, whole: str, before: Before, *, likely: bool, least: float) -> tuple[Place, str] | None:
    """Return where what a part shares a word with stands, or a name, or what means the most alike, and the part as it stands there."""
    headed = words(part)[-1:] and words(part)[-1] in words(whole)
    order: list[Callable[[str, str, Before], Place | None]] = [_shared, _subject] if headed else [_subject, _shared]
    for place in [*order, _named, _done]:
        if found := place(part, whole, before):
            return found, _bare(part) if place is _named else part
    part = _PREPOSITION_FIRST.sub("", part) if not before.vietnamese else part
    if likely and (likeliest := likeliest_noun(part, whole, before, least=least)):
        addressed = re.search(f"{ADDRESS}$", whole[: likeliest[0]]) if re.match(ADDRESS, part) else None
        return (addressed.start() if addressed else likeliest[0], likeliest[1]), part
    return None


def _governed(part: str, whole: str) -> Place | None:
    """Return where a phrase with the same preposition stands: `ở Tân Phú` for `ở Suối Ngàn`, `since May` for `since mid-March`."""
    forms = [(m[0].lower(), m.start(), m.end()) for m in WORD.finditer(part)]
    mine = next((p for p in _PREPOSITIONS if forms and forms[0][0] in p), None)
    if not mine or len(forms) < 2:
        return None
    head = 1 + (len(forms) > 1 + 1 and forms[1][0] in DETERMINERS)
    name = part[forms[head][1]].isupper()
    for found in reversed([m for m in WORD.finditer(whole) if m.start() and m[0] in mine]):
        behind = whole[found.end() :]
        between = "(?: [^\\W\\d_]+){0,2}?" if found[0] == forms[0][0] else ""
        run = re.match(f"(?: the)?{between} {CAPITALS}", behind)
        if run and name:
            more = re.match(
                rf"(?: [a-z]+){{1,2}} of {CAPITALS}", behind[run.end() :]
            )  # `the Egyptian resort of Tan Phu`
            return found.start(), found.end() + run.end() + (more.end() if more else 0)
        if not name and run and forms[0][0] == found[0] and head > 1:
            return found.start(), found.end() + run.end()
        if not name and not run and forms[0][0] == found[0]:
            return found.start(), _phrase_end(whole, found.end())
    return None


def _phrase_end(whole: str, start: int) -> int:
    """Return where the phrase that begins at a place ends: before a preposition, a particle, a verb or a comma."""
    end = start
    plain = not has_accents(whole)
    idle = ENGLISH_PARTICLES | PARTED | (PLAIN_PARTICLES if plain else PARTICLES)
    for found in WORD.finditer(whole, start):
        gap = whole[end : found.start()]
        if end > start and (gap != " " or found[0].lower() in idle or is_verb(found[0])):
            break
        end = found.end()
    return end


def _whose(part: str, whole: str) -> Place | None:
    """Return where the word stands that tells whose, for others': `the women's` for `the men's`."""
    if re.fullmatch(rf"{CAPITALS}['’]s?", part):
        named = re.search(rf"{CAPITALS}['’]s?(?= [a-z])", whole)
        return named.span() if named else None
    mine = re.fullmatch(r"(?:the )?[a-z]+['’]s?", part)
    theirs = re.search(r"(?:\bthe )?\b[a-z]+['’]s?(?= [a-z])", whole) if mine else None
    return theirs.span() if theirs else None


def _owned(part: str, whole: str, before: Before) -> Place | None:
    """Return where what an English question asks of somebody or something stands, for something else of theirs: `range` of `the jet's range`."""
    found = subject_of(before) if re.match(r"(?i)(?:the|its|their|his|her) [a-z]", part) and "'" not in part else None
    owner = re.match(r".+['’]s (?=[a-z][\w -]*$)", whole[slice(*found)]) if found and found[1] <= len(whole) else None
    return (found[0] + owner.end(), found[1]) if found and owner else None


def _counted(part: str, whole: str, before: Before) -> Place | None:
    """Return where what is counted stands, for something else to be counted: `số tài khoản` for `bao nhiêu sản phẩm`."""
    slot = before.question.slots[0]
    if not before.question.kind.counts or not _COUNT.match(part) or slot.end > len(whole):
        return None
    start, end = asking_words(before, slot)
    return (slot.end + 1, end) if end > slot.end + 1 and start == slot.start else None


def _sort_of_people(part: str, whole: str) -> Place | None:
    """Return where a sort of people stands, for another sort: `người nước ngoài` for `người Việt ở xa`."""
    found = _SORT.search(whole) if _SORT.match(part) else None
    return (found.start(), _phrase_end(whole, found.end())) if found else None


def _person(part: str, whole: str, before: Before) -> Place | None:
    """Return where somebody stands, for somebody else who is called by a title and a name: `ông Tư` for `bị cáo Nguyễn Văn Ba`."""
    if not TITLED.fullmatch(part):
        return None
    found = TITLED.search(whole)
    if found:
        return found.span()
    name = next((n for n in before.people if n in whole), "")
    return (whole.find(name), whole.find(name) + len(name)) if name else None


def _first_name(name: str, whole: str) -> Place | None:
    """Return where the first name of a question stands with what it is, for the name of another side: `Ngân hàng Bình Minh`."""
    first = re.match(CAPITALS, whole)
    if first and (" " in first[0] or not is_syllable(first[0].lower())):
        return first.span()
    called = re.match(rf"(?:[^\W\d_]+ ){{1,3}}?{CAPITALS}", whole)
    if called and not set(words(called[0])) & (PARTICLES | IDLE):
        return called.span()
    found = next(NAME.finditer(whole), None)
    return found.span() if found and last_name(f"x {name}") else None


def _doing(whole: str) -> Place | None:
    """Return where those stand who do what a Vietnamese question tells: `ngành điện lực` of `ngành điện lực hỗ trợ mỗi nhà`."""
    found = list(WORD.finditer(whole))
    forms, lexicon = [m[0].lower() for m in found], default_lexicon()
    for i in range(2, min(len(found), LONGEST_WHO)):
        _, entries = lexicon.match_vietnamese(forms, i, plain=not has_accents(whole))
        if forms[i] in PARTICLES or any(e.kind == "verb" for e in entries):
            return found[0].start(), found[i - 1].end()
    return None


def anywhere(part: str) -> bool:
    """Return whether a part is the whole country or the world."""
    return _ANYWHERE.fullmatch(part) is not None


def _anywhere(part: str, whole: str) -> Place | None:
    """Return where a place stands with its preposition, for the whole country or the world."""
    if not anywhere(part):
        return None
    found = list(re.finditer(rf"(?i:(?<!\w)(?:ở|tại|trong|o|tai|in|at)) (?:[^\W\d_]+ ){{0,2}}?{CAPITALS}", whole))
    return found[-1].span() if found else None


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
    idle = ENGLISH_PARTICLES | {"the", "a", "an"} if not before.vietnamese else IDLE
    idle |= {w for _, _, w in (*mine, *theirs) if fold(w) in idle}
    common = {w for _, _, w in mine} & {w for _, _, w in theirs} - idle
    for i, (_, _, word) in enumerate(mine):
        if word not in common:
            continue
        at = _standing(mine, theirs, i, plain=not has_accents(part))
        if 0 < i == len(mine) - 1 and at < len(mine) and part[mine[i][0]].isupper():
            return theirs[0][0], theirs[at][1]  # `đồ của vợ ông Tám` for `áo ông Tám`
        if not before.vietnamese and 0 < i == len(mine) - 1 and (phrase := noun_phrase(whole, theirs[at][0])):
            return phrase
        if before.vietnamese and i == at == 0 and not _name_in(part) and (end := _predicate(theirs, at)):
            return theirs[0][0], theirs[end - 1][1]
        first, last = at - i, at - i + len(mine) - 1
        left = {w for _, _, w in theirs[max(0, first) : at]}
        alike = (mine[0][2] in DETERMINERS) == (first >= 0 and theirs[first][2] in DETERMINERS)
        first = first if first >= 0 and alike and not (left - DETERMINERS - {w for _, _, w in mine}) & idle else at
        name = part[mine[-1][0]].isupper()
        if name:  # a name in the place of a name, whatever its length
            alike_to = next(
                (
                    n
                    for n in range(1, len(mine) - i)
                    if [w for _, _, w in mine[i : i + n]] != [w for _, _, w in theirs[at : at + n]]
                ),
                1,
            )
            last = next((j for j in range(max(at + alike_to - 1, 1), len(theirs)) if whole[theirs[j][0]].isupper()), at)
            last = last if last - at < len(mine) + 2 else at
        if mine[-1][2].isdigit():  # `tuyến 02` for `tuyến buýt CNG 01`
            last = next((j for j in range(at + 1, min(at + NEAR, len(theirs))) if theirs[j][2].isdigit()), last)
        last = last if last < len(theirs) else at
        while any(w.isupper() for w in part) and last + 1 < len(theirs) and whole[theirs[last + 1][0]].isupper():
            last += 1  # the rest of a name
        return theirs[first][0], theirs[last][1]
    return None


def _name_in(part: str) -> bool:
    return any(c.isupper() for c in part[1:])


def _predicate(theirs: list[tuple[int, int, str]], at: int) -> int:
    """Return which word of a Vietnamese question its predicate begins with, behind the one at a place: `phải` of `hộ nghèo phải nộp bao nhiêu`; 0 when none tells."""
    return next((j for j in range(at + 1, len(theirs)) if theirs[j][2] in _MODALS), 0)


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


def _subject(part: str, whole: str, before: Before) -> Place | None:
    """Return where the subject of an English question stands, for a part that begins as one does: `the old king's funeral`.

    Of somebody's post (`the deputy` for `the principal of the school`) the post alone.
    """
    found = subject_of(before) if re.match(r"(?:the|a|an|its|their|his|her) ", part, re.IGNORECASE) else None
    post = re.match(r"(?:the|a|an) [\w-]+(?= of )", before.question.text[slice(*found)]) if found else None
    if found and post and all(ENGLISH_OF.get(w[-1]) in POSTS for w in (words(part), words(post[0])) if w):
        return found[0], found[0] + post.end()
    if found and whole[slice(*found)].lower() in {"it", "they", "he", "she", "this", "that"}:
        return None
    if found and (role := re.search(r"(?<= as )(?:(?:the|a|an) )?[a-z][\w ]*$", whole.rstrip(" ?"))) and is_post(part):
        return role.span()  # `Who did she pick as foreign secretary` and `the negotiator`
    return found if found and found[1] <= len(whole) else None


def _named(part: str, whole: str, before: Before) -> Place | None:
    """Return where the name of a question stands that a name is most like: a place for a place, `Samsung` for `LG`, else the last."""
    bare = _bare(part)
    if not last_name(whole) or not last_name("x " + bare):
        return None
    names = [m.span() for m in NAME.finditer(whole)]
    first = re.match(CAPITALS, whole)
    first = None if any(s.start == 0 < s.end for s in before.question.slots) else first
    first_span = first.span() if first else (0, 0)
    names = [first.span(), *names] if first and not is_syllable(first[0].split()[0].lower()) else names
    names = [n for n in names if not UNIT.fullmatch(whole[slice(*n)])]
    of_the_sort = [n for n in names if _is_place(whole[slice(*n)], whole[: n[0]]) is _is_place(bare)]
    names = of_the_sort or names
    meant = cosines(bare, [whole[slice(*n)] for n in names])
    doing = subject_of(before)
    scores = [
        c + LAST * (n == names[-1]) + DOING * (n in (doing, first_span) and not before.vietnamese)
        for c, n in zip(meant, names, strict=True)
    ]
    start, end = _with_the_other(whole, names[int(np.argmax(scores))])
    determined = re.match(r"(?i)(?:the|a|an) ", bare) and re.match(r"( [a-z]+)+", whole[end:])
    return start, end + (determined.end() if determined else 0)


def _with_the_other(whole: str, name: Place) -> Place:
    """Return where a name stands with its number, and the one that a dash joins to it: `Landmark 81`, `Phong Nha – Kẻ Bàng`."""
    behind = re.match(
        rf" [–-] {CAPITALS}| \d[\w-]*(?! *(?:người|con|tỷ|triệu|%|\w+ \d))(?= [a-z]| *\?|$)", whole[name[1] :]
    )
    left = re.search(rf"{CAPITALS} [–-] $", whole[: name[0]])
    return left.start() if left else name[0], name[1] + (behind.end() if behind else 0)


def _is_place(name: str, left: str = "") -> bool:
    """Return whether a name is known to be one of a place, with diacritics or without, or stands where one does."""
    if re.match(r"TP|Tỉnh|Huyện|Thành phố", name) or re.search(
        r"(?i)(?<!\w)(?:ở|tại|in|o|tai|tỉnh|huyện|xã|tp) $", left
    ):
        return True
    lexicon, forms = default_lexicon(), words(name)
    length, entries = lexicon.match(forms, 0)
    return lexicon.is_place(name) or (length == len(forms) and any(e.kind == "place" for e in entries))


def _bare(part: str) -> str:
    return re.sub(r"(?i)^(?:in|at|on|from|ở|tại|của|với) ", "", part)


def _done(part: str, whole: str, _: Before) -> Place | None:
    """Return where an English participle stands, for another: `hired` for `dismissed`."""
    deed = re.search(r"(?<= )[a-z]+ed\b", whole) if part.endswith("ed") and " " not in part else None
    return deed.span() if deed else None
