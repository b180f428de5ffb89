"""The nouns of a question: which is likeliest meant by another, where one tells which, and how far its phrase goes."""

import re

import numpy as np

from qa.embeddings import bundled_embeddings
from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF
from qa.language.forms import has_accents, words
from qa.language.lexicon import default_lexicon
from qa.talk.before import Before
from qa.talk.ends import is_verb
from qa.talk.words import ENGLISH_PARTICLES, PARTICLES, PLAIN_PARTICLES, WORD

__all__ = [
    "ADDRESS",
    "ALIKE",
    "DETERMINERS",
    "IDLE",
    "LAST",
    "PARTED",
    "POSTS",
    "Place",
    "cosines",
    "is_post",
    "likeliest_noun",
    "modifier",
    "noun_phrase",
]

Place = tuple[int, int]
ALIKE, FEW = 0.25, 3
"""Least cosine of a noun in whose place a part of more than a few words can stand."""
LIKELY, LAST = 0.1, 0.2
"""What is added to the cosine of nouns and of names that are most often meant: the last one, and what is counted."""
_AFTER_NOUNS = frozenset(
    "and or but after before during last lasts this that who which when while than between under over into".split()
)
PARTED = frozenset(
    "and or but who whom whose what which when where why how that than while after before since near over under through against between into during "
    "without within along across around behind among per until up out off".split()
)
"""What no English noun phrase goes on over, beside prepositions and auxiliaries."""
DETERMINERS = frozenset("the a an".split())
_MEASURES = frozenset(
    "tấn tỷ tỉ triệu nghìn ngàn đồng mét km kg tiền phần trăm lít usd đô tuổi lần giờ phút tuần tan ty trieu nghin ngan dong met tien phan tram lit do tuoi lan gio phut tuan".split()
)
_ACCENTED_IDLE = frozenset("các những người này bao nhiêu khi nào gì ai đâu mấy một tăng giảm".split())
IDLE = PLAIN_PARTICLES | frozenset(
    "nam ngay thang cac nhung nguoi ong ba anh chi nay do bao nhieu khi nao gi ai dau mot hai".split()
)
POSTS = frozenset({Kind.PERSON, Kind.ROLE})
ADDRESS = r"(?i)(?<!\w)(?:ông|bà|anh|chị|cô|thầy|chú|bác|em|cậu|ong|ba|chi|co|thay|chu|bac|cau) "


def likeliest_noun(part: str, whole: str, before: Before, *, least: float = -1.0) -> Place | None:
    """Return where the noun of a question stands that means most nearly what a part means: `petrol` for `kerosene`.

    Args:
        part: As `qa.talk.places.place_of` takes it.
        whole: The question.
        before: The turn before.
        least: Least cosine, where a part of a few words is to be surer than that it stands somewhere.
    """
    nouns = _nouns(part, whole, before)
    if not nouns:
        return None
    counted = before.question.slots[0].end if before.question.kind.counts else -1
    meant = cosines(part, [whole[slice(*n)] for n in nouns])
    scores = [c + LIKELY * _is_likely(whole, n, counted) for c, n in zip(meant, nouns, strict=True)]
    best = int(np.argmax(scores))
    return nouns[best] if scores[best] >= (least if len(words(part)) <= FEW else ALIKE) else None


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
    addressed = [s for s in spans if re.search(f"{ADDRESS}$", whole[: s[0]])] if re.match(ADDRESS, part) else []
    addressed = [(start, _called_to(whole, end)) for start, end in addressed]
    return addressed or [s for s in spans if name or not (whole[s[0]].isupper() and s[0])]


def _called_to(whole: str, end: int) -> int:
    """Return where what somebody is called ends: `chủ nhiệm` of `thầy chủ nhiệm trong phim`."""
    for found in WORD.finditer(whole, end):
        if whole[end : found.start()] != " " or found[0].lower() in PARTICLES | IDLE or found[0][0].isupper():
            break
        end = found.end()
    return end


def _english_nouns(part: str, whole: str, found: list[re.Match[str]]) -> list[Place]:
    idle = ENGLISH_PARTICLES | PARTED | DETERMINERS | _AFTER_NOUNS | {"many", "much", "first", "second", "year"}
    determined = re.match(r"(?i)(?:the|a|an) ", part)
    nouns = [m for m in found if m[0].lower() not in idle and not m[0].isdigit() and not _is_deed(m, whole)]
    deed = (
        re.search(r"(?<=[a-z]) (?P<deed>[a-z]+)(?= (?:as|for|to|in|at|on|with|from) )", whole)
        if not determined
        else None
    )
    return [
        m.span()
        for m in nouns
        if not (determined and _goes_on(whole[m.end() :]))
        and (is_post(part) or not is_post(m[0]))
        and not (deed and m.start() == deed.start("deed") and not default_lexicon().match([m[0]], 0)[0])
    ]


def _is_deed(found: re.Match[str], whole: str) -> bool:
    """Return whether an English word is a verb, and none that is made a noun: not `the closing of`."""
    named = found[0].endswith("ing") and re.search(r"(?i)\b(?:the|a|an) $", whole[: found.start()])
    return is_verb(found[0].lower()) and not named


def _vietnamese_nouns(found: list[re.Match[str]], *, plain: bool) -> list[Place]:
    lexicon, idle = default_lexicon(), IDLE if plain else PARTICLES | _ACCENTED_IDLE
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


def cosines(part: str, others: list[str]) -> list[float]:
    """Return how alike a part and each of others mean."""
    table = bundled_embeddings().table
    mine, *theirs = [table.total(tokens) for _, tokens in table.words([part, *others])]
    return [float(mine @ v) / max(float(np.linalg.norm(mine) * np.linalg.norm(v)), 1e-6) for v in theirs]


def modifier(whole: str) -> Place | None:
    """Return where the word stands that tells which one: `physics` of `the physics paper` for `the literature one`."""
    found = [m for m in WORD.finditer(whole) if re.match(r"[ -][a-z]", whole[m.end() :]) and not m[0][0].isupper()]
    nouns = [
        m
        for m in found
        if m[0] not in ENGLISH_PARTICLES | PARTED | DETERMINERS | _AFTER_NOUNS | {"many", "much", "long"}
        and not is_verb(m[0])
        and _goes_on(whole[m.end() :])
    ]
    if not nouns:
        return None
    return next((m for m in nouns if re.search(r"(?i)\b(?:the|a|an) $", whole[: m.start()])), nouns[0]).span()


def noun_phrase(whole: str, at: int) -> Place | None:
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
    return gap != " " or lowered in ENGLISH_PARTICLES | PARTED or (word[0].islower() and is_verb(word))


def is_post(part: str) -> bool:
    """Return whether an English part ends with what somebody is: `minister`, `negotiator`."""
    return any(ENGLISH_OF.get(w) in POSTS or re.fullmatch(r"\w{4,}[st]or", w) for w in words(part)[-1:])


def _goes_on(behind: str) -> bool:
    """Return whether an English noun goes on behind a word: `military` in `military service in the army`."""
    following = re.match(r" ([a-z]+)", behind)
    return following is not None and following[1] not in ENGLISH_PARTICLES | _AFTER_NOUNS and not is_verb(following[1])
