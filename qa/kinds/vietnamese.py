"""The noun beside the words that ask in Vietnamese, which says what is wanted: `loại xoài nào`."""

import re

from qa.kinds.kind import Kind
from qa.kinds.nouns import COMPOUNDS, PLAIN_OF, VIETNAMESE_OF
from qa.kinds.patterns import CALLED
from qa.language.forms import fold, fold_pattern, match_form, words
from qa.language.lexicon import Lexicon

__all__ = ["vietnamese_head"]

HEAD_SYLLABLES = 4
"""Longest head noun before `nào` or `gì`, in syllables."""
_NOT_HEAD = frozenset(
    "là có bị được của cho ở tại từ vào và những các một hai ba bốn năm này khi vì do làm với theo ra lên đến thuộc về đã sẽ đang phải cần".split()
)
_PLAIN_NOT_HEAD = frozenset(fold(w) for w in _NOT_HEAD)
_PLAIN_COMPOUNDS = frozenset(fold(w) for w in COMPOUNDS)
_SITES = frozenset({Kind.ORGANISATION, Kind.PLACE})
LED = 8
"""Most syllables that say more of a person before `nào`."""
DESCRIBED = 4
"""Most syllables that say more of an institution or a place before `nào`: `công ty Mỹ nào`."""
_NUMERALS = frozenset("một hai ba bốn năm mot bon nam".split())
_TELLS = frozenset("bị được có cho với đã sẽ từng đang vào là mặc làm loại kiểu giống dòng mẫu gồm".split())
_PLAIN_TELLS = frozenset(fold(w) for w in _TELLS)
"""Between a noun and `nào`, what shows that `nào` asks for something else: `ông ấy từng làm phim nào`."""
_CLASSIFIERS = frozenset(
    "chiếc con cái căn ngôi vụ tên bộ quả chuyến cuốn bài tấm cây viên chiec can ngoi vu ten bo qua chuyen cuon bai tam cay vien".split()
)
"""Words before a noun that is counted, which tell less than the noun itself."""


def vietnamese_head(
    lowered: str, start: int, end: int, kind: Kind | None, *, plain: bool, lexicon: Lexicon
) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun asks for that stands before `nào` or `gì`, and the noun; of a number, what follows it."""
    if kind is Kind.PERSON and re.fullmatch(fold_pattern(CALLED) if plain else CALLED, lowered[start:end]):
        return _vietnamese_called(lowered, start, plain=plain)
    if kind is Kind.PERSON:
        return kind, _vietnamese_described(lowered, start, end, plain=plain)
    if kind is not None:
        return kind, _counted(lowered, end, plain=plain) if kind is Kind.NUMBER else ()
    stops, table = (_PLAIN_NOT_HEAD, PLAIN_OF) if plain else (_NOT_HEAD, VIETNAMESE_OF)
    *earlier, clause = re.split(r"[,;:?]", lowered[:start])
    before = [match_form(w) for w in words(clause)]
    if earlier and before[-1:] in (["là"], ["la"]) and _NAME_FIRST.match(fold(lowered)):
        before = [match_form(w) for w in words(lowered[:start])]  # `tên hiệu trưởng trường làng, xã Tám, là gì`
    which = fold(lowered[start:end]) == "nao"
    if not which and (called := _name_of(before, table)):
        return called
    tells = _PLAIN_TELLS if plain else _TELLS
    if which and all(_ASIDE.match(fold(c).strip()) for c in earlier):
        person = _leading_person(before, table, tells, lexicon, plain=plain)
        if person:
            return Kind.PERSON, (person,)
    if near := _near_noun(before, earlier, table, which=which, plain=plain):
        return near
    if which and (far := _far_noun(before, table, tells, lexicon, plain=plain)):
        return far
    head = before[-2:]
    if len(head) == 2 and head[0] in stops:
        head = head[1:]
    if not head or head[-1] in stops:
        return Kind.OTHER, ()
    return Kind.THING, (tuple(head),)


def _near_noun(
    before: list[str], earlier: list[str], table: dict[str, Kind], *, which: bool, plain: bool
) -> tuple[Kind, tuple[tuple[str, ...], ...]] | None:
    """Return the noun right before `nào` or `gì`, with what it asks for.

    Args:
        before: The words of the clause before.
        earlier: The clauses before that one.
        table: What nouns ask for.
        which: Whether it is `nào`.
        plain: Whether it was typed without diacritics.
    """
    for length in range(min(HEAD_SYLLABLES, len(before)), 0, -1):
        noun = " ".join(before[-length:])
        if length == 1 and " ".join(before[-2:]) in (_PLAIN_COMPOUNDS if plain else COMPOUNDS):
            return None
        if noun in table:
            about = any(fold(c).split()[:1] and fold(c).split()[0] in _ADDRESS for c in earlier)
            named = (None if about else _post_before(before[:-length], table)) or table[noun]
            if named is Kind.PERSON and not which and before[-length - 1 : -length] in (["là"], ["la"]):
                named = Kind.ROLE  # `ông Tám là quan chức gì`
            return named, (tuple(before[-length:]),)
    return None


def _name_of(before: list[str], table: dict[str, Kind]) -> tuple[Kind, tuple[tuple[str, ...], ...]] | None:
    """Return what is asked for by `tên … là gì`, and its noun: `tên của hiệu trưởng trường làng`."""
    if len(before) < 3 or fold(before[0]) not in {"ten", "ho"} or fold(before[-1]) != "la":
        return None
    said = [w for w in before[:-1] if fold(w) not in {"ho", "ten", "cua"}]
    while len(said) > 1 and fold(said[0]) in {"thay", "co", "ong", "ba", "anh", "chi", "vi"}:
        said = said[1:]
    if person := _first_person(said, table):
        return Kind.PERSON, person
    noun = next(
        (said[:n] for n in range(min(HEAD_SYLLABLES, len(said)), 0, -1) if " ".join(said[:n]) in table), said[:2]
    )
    return table.get(" ".join(noun), Kind.THING), (tuple(noun),)


_NAME_FIRST = re.compile(r"(?:ho va |ho )?ten ")
_BEING = re.compile(
    fold(
        r" (?:đang |từng |sẽ |được bầu |được cử |được giao )?(?:là|làm|giữ chức|giữ ghế|nắm chức|đảm nhiệm chức|trở thành) (?:người |vị |một )?"
    )
)
"""Behind `ai`, what says which post or role somebody has."""


def _vietnamese_described(lowered: str, start: int, end: int, *, plain: bool) -> tuple[tuple[str, ...], ...]:
    """Return the noun for the person that `ai` asks for: `ai làm chủ tịch hội`, `thuyền trưởng tàu … là ai`."""
    table = PLAIN_OF if plain else VIETNAMESE_OF
    folded = fold(lowered)
    if len(folded) == len(lowered) and (being := _BEING.match(folded, end)):
        return _first_person(words(re.split(r"[,;:?]", lowered[being.end() :])[0]), table)
    if folded[:start].endswith(("la ", "chinh la ")) or folded[start:end].startswith("la "):
        clause = _CLAUSE_STARTS.split(lowered[:start])[-1]
        return _first_person(words(clause), table)
    return ()


def _first_person(said: list[str], table: dict[str, Kind]) -> tuple[tuple[str, ...], ...]:
    """Return the noun for a person with which words begin, if they do."""
    shaped = [match_form(w) for w in said]
    for first in range(2 if shaped and shaped[0] in _LEADS else 1):
        for length in range(min(HEAD_SYLLABLES, len(shaped) - first), 0, -1):
            noun = " ".join(shaped[first : first + length])
            if table.get(noun) is Kind.PERSON and noun not in _ADDRESS | _LEADS:
                return (tuple(shaped[first : first + length]),)
    return ()


_SEATS = re.compile(r" cho(?= (?:ngoi|do|o|va|tro|tren|trong|dau)\b|\s*[?,]|$)")
"""Typed without diacritics, what is more likely `chỗ` than `cho`."""


def _counted(lowered: str, end: int, *, plain: bool) -> tuple[tuple[str, ...], ...]:
    """Return what is counted, as it stands behind `bao nhiêu`: with its classifier and without."""
    adjoining = re.match(r"(?: \w+){1,2}", lowered[end : end + 40])
    following = words(adjoining[0]) if adjoining else []
    if plain and _SEATS.match(lowered, end):
        return (("cho",),)
    if not following or following[0] in (_PLAIN_NOT_HEAD if plain else _NOT_HEAD):
        return ()
    shorter = following[-1:] if following[0] in _CLASSIFIERS else following[:1]
    return tuple(dict.fromkeys([tuple(following), tuple(shorter)]))


def _far_noun(
    before: list[str], table: dict[str, Kind], tells: frozenset[str], lexicon: Lexicon, *, plain: bool
) -> tuple[Kind, tuple[tuple[str, ...], ...]] | None:
    """Return the noun that stands further to the left of `nào`, with what it asks for: `chuyên gia nước ngoài nào`."""
    for at in range(len(before) - 1, -1, -1):
        for length in (3, 2):
            rest = before[at + length :]
            near = len(before) - at <= LED and at + length <= len(before) and not (tells | _APART) & set(rest)
            far = table.get(" ".join(before[at : at + length])) if near else None
            described = len(rest) < DESCRIBED or (len(rest) == DESCRIBED and not _acts(rest, lexicon, plain=plain))
            if far is Kind.PERSON or (far in _SITES and described):
                return far, (tuple(before[at : at + length]),)
    return None


_ASIDE = re.compile(
    r"(?:trong|theo|tai|o|sau|truoc|khi|luc|nam|ngay|hom|vao|tu|dip|nhan|thang|toi|sang|chieu|cuoi|dau|giua)\b"
)
"""What begins with these says where, when or after whom; then a clause of its own begins."""
_APART = frozenset("từ ở tại trên trong tu o tai tren".split())
"""Between a noun and `nào`, what shows that another noun is meant: `lính cứu hỏa từ quận nào`."""
_LEADS = frozenset("nguyên cựu vị một nữ nam phó tân nguyen cuu vi mot nu pho tan".split())
"""Before a noun for a person that a clause begins with."""
_ADDRESS = frozenset("ông bà anh chị cô cụ em người gã kẻ ong ba chi co cu nguoi ga ke".split())
"""What names are addressed with: a sentence that begins with them goes on about somebody named."""


def _leading_person(
    before: list[str], table: dict[str, Kind], tells: frozenset[str], lexicon: Lexicon, *, plain: bool
) -> tuple[str, ...]:
    """Return the noun for a person that a clause begins with when no verb comes between it and `nào`: `lãnh đạo doanh nghiệp địa ốc nào`."""
    first = 1 if before and before[0] in _LEADS else 0
    for length in range(min(HEAD_SYLLABLES, len(before) - first), 0, -1):
        noun = " ".join(before[first : first + length])
        if table.get(noun) is not Kind.PERSON or noun in _ADDRESS:
            continue
        at = first + length
        if len(before) - at > LED or tells & set(before[at:]):
            return ()
        return () if _acts(before[at:], lexicon, plain=plain) else tuple(before[first : first + length])
    return ()


def _acts(said: list[str], lexicon: Lexicon, *, plain: bool) -> bool:
    """Return whether a verb stands among words."""
    at = 0
    while at < len(said):
        taken, entries = lexicon.match_vietnamese(said, at, plain=plain)
        if any(e.kind == "verb" for e in entries) and not (plain and taken < 2):
            return True
        at += max(1, taken)
    return False


_CLAUSE_STARTS = re.compile(r"[,;:?]\s*(?:(?:thì|thi|và|va|còn|con) )?|\s-\s|\s–\s")


def _vietnamese_called(lowered: str, start: int, *, plain: bool) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what is asked for by `tên là gì`, and its noun: what begins the clause (`công ty … tên gì`); a person unless that tells otherwise."""
    stops, table = (_PLAIN_NOT_HEAD, PLAIN_OF) if plain else (_NOT_HEAD, VIETNAMESE_OF)
    clauses = [[match_form(w) for w in words(c)] for c in _CLAUSE_STARTS.split(lowered[:start])]
    found = [f for f in (_noun_begun(c, table, stops) for c in (clauses[-1], clauses[0])) if f]
    kinds = [kind for kind, _ in found]
    if not found or kinds == [Kind.PLACE, Kind.PERSON]:  # `người phụ nữ ở Mỹ Tho, tỉnh Tiền Giang, tên là gì`
        return Kind.PERSON, ()
    kind, noun = found[0]
    if kind is Kind.PLACE and len(found) == 1 and len(clauses) > 1 and not _ASIDE.match(fold(" ".join(clauses[0]))):
        return Kind.PERSON, ()  # an address goes on behind the comma: `chủ quán ở làng Vòng, xã Đông, tên là gì`
    return kind, () if " ".join(noun) in _ADDRESS else (noun,)


def _noun_begun(
    clause: list[str], table: dict[str, Kind], stops: frozenset[str]
) -> tuple[Kind, tuple[str, ...]] | None:
    """Return what the noun that begins a clause asks for, and the noun."""
    for at in range(min(2, len(clause))):
        for length in range(min(HEAD_SYLLABLES, len(clause) - at), 0, -1):
            noun = " ".join(clause[at : at + length])
            named = table.get(noun)
            if named in {Kind.PERSON, Kind.ORGANISATION, Kind.PLACE} and noun not in _CLASSIFIERS | _LEADS:
                return named, tuple(clause[at : at + length])
        if clause[at] in stops and clause[at] not in _NUMERALS:
            break
    return None


_AS = frozenset(("la", "lam", "dang"))


def _post_before(before: list[str], table: dict[str, Kind]) -> Kind | None:
    """Return `PERSON` for `chủ tịch xã nào`: a post right before the noun."""
    if before and (before[0] in _ADDRESS or (len(before) > 2 and fold(before[-3]) in _AS)):
        return None  # `ông Tám lãnh đạo công ty nào`, `Lan là sinh viên trường nào`: of somebody named
    return Kind.PERSON if len(before) >= 2 and table.get(" ".join(before[-2:])) is Kind.PERSON else None
