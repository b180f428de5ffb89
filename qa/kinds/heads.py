"""The noun beside the words that ask, which says what is wanted: `loại xoài nào`, `which fishing port`."""

import itertools
import re

from qa.kinds.kind import Kind
from qa.kinds.nouns import ENGLISH_MEASURE, ENGLISH_OF, PLAIN_OF, VIETNAMESE_OF
from qa.kinds.patterns import CALLED
from qa.language.forms import fold, fold_pattern, match_form, tokens, words
from qa.language.lexicon import Lexicon

__all__ = ["english_head", "vietnamese_head"]

HEAD_SYLLABLES = 4
"""Longest head noun before `nào` or `gì`, in syllables."""
_VERB = re.compile(
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|(?!(?:speed|seed|need|breed|feed|deed|creed|hundred|shed|sled)$)[a-z]{2,}ed|made|said|took|gave|held|ran|"
    r"won|led|spoke|wrote|sent|came|went|began|became|left|met|told|built|signed|chaired|owns?|runs?|that|who|to|'s|of|in|at|on|for|"
    r"from|by|with|near|during|between|among|under|shot|paid|saw|got|broke|blew|ended?|joined|cost|caused|hit|struck|took)$"
)
_NOT_HEAD = frozenset(
    "là có bị được của cho ở tại từ vào và những các một hai ba bốn năm này khi vì do làm với theo ra lên đến thuộc về đã sẽ đang phải cần".split()
)
_PLAIN_NOT_HEAD = frozenset(fold(w) for w in _NOT_HEAD)
_SITES = frozenset({Kind.ORGANISATION, Kind.PLACE})
LED = 8
"""Most syllables that say more of a person before `nào`."""
DESCRIBED = 4
"""Most syllables that say more of an institution or a place before `nào`: `công ty Mỹ nào`."""
_TELLS = frozenset("bị được có cho với đã sẽ từng đang vào là mặc làm loại kiểu giống dòng mẫu".split())
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
    if kind is not None:
        return kind, _counted(lowered, end, plain=plain) if kind is Kind.NUMBER else ()
    stops, table = (_PLAIN_NOT_HEAD, PLAIN_OF) if plain else (_NOT_HEAD, VIETNAMESE_OF)
    *earlier, clause = re.split(r"[,;:?]", lowered[:start])
    before = [match_form(w) for w in words(clause)]
    which = fold(lowered[start:end]) == "nao"
    tells = _PLAIN_TELLS if plain else _TELLS
    if which and all(_ASIDE.match(fold(c).strip()) for c in earlier):
        person = _leading_person(before, table, tells, lexicon, plain=plain)
        if person:
            return Kind.PERSON, (person,)
    for length in range(min(HEAD_SYLLABLES, len(before)), 0, -1):
        noun = " ".join(before[-length:])
        if noun in table:
            named = _post_before(before[:-length], table) or table[noun]
            return named, (tuple(before[-length:]),)
    if which and (far := _far_noun(before, table, tells, lexicon, plain=plain)):
        return far
    head = before[-2:]
    if len(head) == 2 and head[0] in stops:
        head = head[1:]
    if not head or head[-1] in stops:
        return Kind.OTHER, ()
    return Kind.THING, (tuple(head),)


def _counted(lowered: str, end: int, *, plain: bool) -> tuple[tuple[str, ...], ...]:
    """Return what is counted, as it stands behind `bao nhiêu`: with its classifier and without."""
    adjoining = re.match(r"(?: \w+){1,2}", lowered[end : end + 40])
    following = words(adjoining[0]) if adjoining else []
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
            near = len(before) - at <= LED and at + length <= len(before) and not tells & set(rest)
            far = table.get(" ".join(before[at : at + length])) if near else None
            described = len(rest) < DESCRIBED or (len(rest) == DESCRIBED and not _acts(rest, lexicon, plain=plain))
            if far is Kind.PERSON or (far in _SITES and described):
                return far, (tuple(before[at : at + length]),)
    return None


_ASIDE = re.compile(
    r"(?:trong|theo|tai|o|sau|truoc|khi|luc|nam|ngay|hom|vao|tu|dip|nhan|thang|toi|sang|chieu|cuoi|dau|giua)\b"
)
"""What begins with these says where, when or after whom; then a clause of its own begins."""
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
    return kind, (noun,) if kind is not Kind.PERSON else ()


def _noun_begun(
    clause: list[str], table: dict[str, Kind], stops: frozenset[str]
) -> tuple[Kind, tuple[str, ...]] | None:
    """Return what the noun that begins a clause asks for, and the noun."""
    for at in range(min(2, len(clause))):
        for length in range(min(HEAD_SYLLABLES, len(clause) - at), 0, -1):
            noun = " ".join(clause[at : at + length])
            named = table.get(noun)
            if named in {Kind.PERSON, Kind.ORGANISATION, Kind.PLACE} and noun not in _CLASSIFIERS:
                return named, tuple(clause[at : at + length])
        if clause[at] in stops:
            break
    return None


def _post_before(before: list[str], table: dict[str, Kind]) -> Kind | None:
    """Return `PERSON` for `chủ tịch xã nào`: a post right before the noun."""
    if before and before[0] in _ADDRESS:  # `ông Tám lãnh đạo công ty nào`: a deed of somebody named
        return None
    return Kind.PERSON if len(before) >= 2 and table.get(" ".join(before[-2:])) is Kind.PERSON else None


def english_head(
    lowered: str, end: int, kind: Kind | None, lexicon: Lexicon
) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun after `which` or `what` asks for, and the noun with its translations."""
    of = _ATTRIBUTE.match(lowered, end) if kind is None and not _STRANDED.search(lowered) else None
    noun: list[str] = words(of["noun"]) if of else []
    for form, _, _ in [] if of else tokens(re.split(r"[,;:?]", lowered[end : end + 90])[0]):
        if _VERB.match(form) and not (noun == [] and form in {"two"}):
            break
        noun.append(form)
        if len(noun) == 6:
            break
    if lowered[:end].endswith("many"):
        noun = _plural(noun)
    named = Kind.OTHER
    for length in [len(noun), *range(1, len(noun))] if noun else []:
        base = noun[length - 1]
        if (both := " ".join(noun[length - 2 : length])) in ENGLISH_OF and length > 1:
            named, noun = ENGLISH_OF[both], noun[:length]
            break
        singular = next(
            (
                b
                for b in (base, base.removesuffix("s"), base.removesuffix("es"), base.removesuffix("ies") + "y")
                if b in ENGLISH_OF
            ),
            None,
        )
        if singular:
            named, noun = ENGLISH_OF[singular], noun[:length]
            break
    if kind is not None and not kind.counts:
        return kind, ()
    if not noun and (of := _NAME_OF.match(lowered, end)):
        return _english_named(lowered, of.end(), lexicon)
    if not noun:
        clause = [w.removesuffix("'s") for w in words(re.split(r"[,;?]", lowered[end : end + 120])[0])]
        return next((ENGLISH_MEASURE[w] for w in clause if w in ENGLISH_MEASURE), named), ()
    if named is Kind.OTHER:
        named = Kind.THING
    return named, _translations(noun, lexicon)


_ATTRIBUTE = re.compile(
    r" (?:is|was|are|were) (?:the|its|his|her|their) (?!(?:\w+ )?names? of )(?P<noun>[\w'-]+(?: [\w'-]+){0,3}?) of "
)
"""After `what`; then comes what is asked of something: `the yearly budget of`."""
_STRANDED = re.compile(r" (?:for|to|with|by|of|at|on|in|from|about|into|\w+ed)\s*\?*$")
"""At the end of a question, what asks for something else: `What was the captain of the boat charged with?`"""
_NAME_OF = re.compile(
    r" (?:is|was|are|were) (?:the )?(?:(?:full|real|given|first|last) )?names? of (?:the|a|an|that|this|one)? ?(?:(?:former|first|late|old|new|same) )?"
)
"""After `what`; then comes what the thing is called."""


def _english_named(lowered: str, at: int, lexicon: Lexicon) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun behind `what is the name of` asks for, and the noun with its translations: `the insurance company that`."""
    noun = list(
        itertools.takewhile(
            lambda w: w.endswith("'s") or not _VERB.match(w),
            (form for form, _, _ in tokens(re.split(r"[,;:?]", lowered[at : at + 90])[0])[:6]),
        )
    )
    if not noun:
        return Kind.THING, ()
    singular = next((b for b in (noun[-1], noun[-1].removesuffix("s")) if b in ENGLISH_OF), None)
    return ENGLISH_OF[singular] if singular else Kind.THING, _translations(noun, lexicon)


_IRREGULAR = frozenset(
    "people men women children staff police feet teeth cattle fish personnel media criteria data".split()
)


def _plural(noun: list[str]) -> list[str]:
    """Return the words up to the plural that "how many" is followed by; all of them when there is none: a verb may follow unmarked."""
    plurals = [w in _IRREGULAR or (w.endswith("s") and not w.endswith(("ss", "us", "is"))) for w in noun]
    if True not in plurals:
        return noun
    last = plurals.index(True)
    while last + 1 < len(noun) and plurals[last + 1]:
        last += 1
    return noun[: last + 1]


def _translations(noun: list[str], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    heads: dict[tuple[str, ...], None] = {}
    for begin in range(max(0, len(noun) - 3), len(noun)):
        tail = noun[begin:]
        length, entries = lexicon.match(tail, 0)
        if length == len(tail) and entries:
            heads.update(dict.fromkeys(tuple(words(v)) for e in entries if e.kind != "verb" for v in e.vietnamese))
        if begin == len(noun) - 1:
            heads[tuple(tail)] = None
    return tuple(heads)
