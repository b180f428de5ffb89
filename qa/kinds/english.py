"""The noun beside the words that ask in English, which says what is wanted: `which fishing port`."""

import itertools
import re

from qa.kinds.kind import Kind
from qa.kinds.nouns import ENGLISH_MEASURE, ENGLISH_OF, NATIONALS
from qa.language.forms import tokens, words
from qa.language.lexicon import Lexicon
from qa.language.translations import default_translations

__all__ = ["english_head"]

_VERB = re.compile(
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|(?!(?:speed|seed|need|breed|feed|deed|creed|hundred|shed|sled|united)$)[a-z]{2,}ed|made|said|took|gave|held|ran|"
    r"won|led|spoke|wrote|sent|came|went|began|became|left|met|told|built|signed|chaired|owns?|runs?|that|who|whom|whose|which|where|when|'s|"
    r"shot|paid|saw|got|broke|blew|ended?|joined|cost|caused|hit|struck|took|put|kept|lost|found|bought|sold|caught|brought|let|set|cut|fell|flew|drove|stole|fought|taught|thought|felt|"
    r"to|of|in|at|on|for|from|by|with|near|during|between|among|under|into|onto|over|through|than|as|about|after|before|against|inside|outside|around|across|behind|beside|because|per|"
    r"still|also|now|recently|never|ever|already|reportedly|allegedly|each|every|both|any|all|this|that|these|those|the|a|an|he|she|it|they|you|we|i)$"
)
_AUXILIARY = frozenset("did does do is are was were".split())
"""Before the subject of a question these end the noun that is asked for: its last word is its head."""
LIKELY = 0.2
"""Least chance of a learned translation that names what is asked for where the lexicon has none."""


def english_head(
    lowered: str, end: int, kind: Kind | None, lexicon: Lexicon
) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun after `which` or `what` asks for, and the noun with its translations."""
    if kind is Kind.PERSON:
        return kind, _described(lowered, end, lexicon)
    named, noun = _noun(lowered, end, kind)
    if kind is not None and not kind.counts:
        return kind, ()
    if not noun and (of := _NAME_OF.match(lowered, end) or _CALLED.match(lowered, end)):
        return _named(lowered, of.end(), lexicon)
    if not noun:
        clause = [w.removesuffix("'s") for w in words(re.split(r"[,;?]", lowered[end : end + 120])[0])]
        return next((ENGLISH_MEASURE[w] for w in clause if w in ENGLISH_MEASURE), named), ()
    if named is Kind.OTHER:
        named = Kind.THING
    return named, _translations(noun, lexicon, person=named is Kind.PERSON)


def _noun(lowered: str, end: int, kind: Kind | None) -> tuple[Kind, list[str]]:
    """Return what the noun behind the words that ask asks for, and its words; none when nothing but a verb follows."""
    stranded = _STRANDED.search(lowered) is not None
    of = None if kind is not None else _ATTRIBUTE.match(lowered, end)
    if of and (stranded or (of["rest"] != "of" and not _is_attribute(words(of["noun"])))):
        of = None
    noun, whole = (words(of["noun"]), True) if of else _following(lowered, end)
    if lowered[:end].endswith("many"):
        noun = _plural(noun)
    if noun[:1] in (["one"], ["ones"]) and (among := _AMONG_FIRST.match(lowered)):
        noun, whole = _following(lowered, among.end())
    if not noun:
        return Kind.OTHER, noun
    if not of and noun[-1] in NATIONALS:
        return Kind.PERSON, noun
    for length in [len(noun)] if whole else range(len(noun), 0, -1):
        both = " ".join(noun[length - 2 : length])
        named = ENGLISH_OF.get(both) if length > 1 else None
        named = named or _kind_of(noun[length - 1])
        if named:
            if of and named is Kind.ROLE and _WORK.search(lowered, of.end()):
                named = Kind.THING
            return named, noun[:length]
    return Kind.OTHER, noun


def _following(lowered: str, end: int) -> tuple[list[str], bool]:
    """Return the noun behind the words that ask, and whether it is whole: an auxiliary follows."""
    if among := _AMONG.match(lowered, end):
        end = among.end()
    if exactly := _EXACTLY.match(lowered, end):
        end = exactly.end()
    clause = re.split(r"[,;:?]", lowered[end : end + 90])[0]
    noun: list[str] = []
    for form, start, _ in tokens(clause):
        if form == "s" and noun and clause[start - 1] in "'’" and lowered[:end].endswith(("which", "what")):
            return noun, True  # `which association's deputy head`
        if _VERB.match(form) and clause[start - 1 : start] != "-":
            return noun, form in _AUXILIARY and bool(noun)
        noun.append(form)
        if len(noun) == 6:
            break
    return noun, False


LEAST = 5
"""Letters above which a noun that ends with `man` is somebody: a ferryman."""


def _kind_of(word: str) -> Kind | None:
    """Return what a noun in the singular or the plural asks for."""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word))
    named = next((ENGLISH_OF[f] for f in forms if f in ENGLISH_OF), None)
    return named or (Kind.PERSON if len(word) > LEAST and word.endswith(("man", "men")) else None)


def _is_attribute(noun: list[str]) -> bool:
    """Return whether a noun names what is said of something: an amount, a day, a reason."""
    kind = ENGLISH_OF.get(" ".join(noun[-2:])) or (_kind_of(noun[-1]) if noun else None)
    return kind is not None and (kind.counts or kind in {Kind.DATE, Kind.REASON})


_EXACTLY = re.compile(r" (?:exactly|precisely|specifically|actually|else)(?= )")
"""Behind `what`; the noun, if any, comes after."""
_AMONG = re.compile(
    r" (?:(?:one|two|three|four) )?(?:of|among) (?:the|its|his|her|their|these|those|all)(?: \d+| two| three| four| five| six| seven| eight| nine| ten| \w+teen)?(?= )"
)
"""`which of the fifteen ministries`"""
_AMONG_FIRST = re.compile(r"(?:out )?(?:of|among) (?:the|these|those|its|their)(?= )")
"""`Of the four managers who were charged, which one …`"""
_ATTRIBUTE = re.compile(
    r"(?: (?:is|was|are|were)|'s) (?:the|its|his|her|their|[\w-]+'s) (?!(?:\w+ )?names? of )(?P<noun>[\w'-]+(?: [\w'-]+){0,3}?)"
    r"(?: (?P<rest>of|for|on|in|at|to|that|when|which|by|between|allowed|set|paid)\b|(?=,))"
)
"""After `what`; then comes what is asked of something: `the yearly budget of`."""
_WORK = re.compile(
    r" (?:(?:the|a|an|his|her|its|their|that|this|[\w-]+'s) )?(?:[\w-]+ ){0,2}?(?:memoir|book|film|movie|song|album|report|article|play|novel|show|programme|program|series|paper|painting|exhibition|"
    r"essay|poem|speech|documentary|thesis|work|collection|game|track|video|magazine|story|lecture|study|clip|drama|contest|campaign)\b"
)
"""What has a title that is no post."""
_STRANDED = re.compile(r" (?:for|to|with|by|of|at|on|in|from|about|into|\w+ed)\s*\?*$")
"""At the end of a question, what asks for something else: `What was the captain of the boat charged with?`"""
_NAME_OF = re.compile(
    r" (?:is|was|are|were) (?:the )?(?:(?:full|real|given|first|last) )?names? of (?:the|a|an|that|this|one)? ?(?:(?:former|first|late|old|new|same) )?"
)
"""After `what`; then comes what the thing is called."""
_CALLED = re.compile(r" (?:is|was|are|were) (?:the|a|an|his|her|their|this|that) (?=[^?]* (?:called|named)\s*\??$)")
"""After `what`, where the question ends with `called`; then comes the thing."""


def _named(lowered: str, at: int, lexicon: Lexicon) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun behind `what is the name of` asks for, and the noun with its translations: `the insurance company that`."""
    noun = list(
        itertools.takewhile(
            lambda w: w.endswith("'s") or not _VERB.match(w),
            (form for form, _, _ in tokens(re.split(r"[,;:?]", lowered[at : at + 90])[0])[:6]),
        )
    )
    if not noun:
        return Kind.THING, ()
    kind = _kind_of(noun[-1]) or Kind.THING
    return kind, _translations(noun, lexicon, person=kind is Kind.PERSON)


_IS_A = re.compile(r" (?:is|was|are|were) (?:the|a|an) (?:(?:new|former|current|acting|late|first|local) )?")


def _described(lowered: str, end: int, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Return the noun for the person that `who` asks for, with its translations: `who was the headteacher of`, `what is the name of the farmer`."""
    being = _IS_A.match(lowered, end)
    if being is None and not lowered[:end].endswith(" of the"):
        return ()
    at = being.end() if being else end
    clause = re.split(r"[,;:?]", lowered[at : at + 90])[0]
    noun = list(itertools.takewhile(lambda w: not _VERB.match(w), (form for form, _, _ in tokens(clause)[:6])))
    people = [i for i, w in enumerate(noun) if ENGLISH_OF.get(w.removesuffix("s")) is Kind.PERSON]
    return _translations(noun[: people[-1] + 1], lexicon, person=True) if people else ()


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


_DEPUTY = frozenset(("deputy", "vice", "assistant"))


def _translations(noun: list[str], lexicon: Lexicon, *, person: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return what the lexicon has for the last words of a noun, the longest first, and its last word; of a person nothing shorter: a vice chairman is no chairman."""
    heads: dict[tuple[str, ...], None] = {}
    for begin in range(max(0, len(noun) - 3), len(noun)):
        tail = noun[begin:]
        length, entries = lexicon.match(tail, 0)
        if length == len(tail) and entries and not (person and heads):
            deputy = ("phó",) if person and begin and noun[begin - 1] in _DEPUTY else ()
            found = (tuple(words(v)) for e in entries if e.kind != "verb" for v in e.vietnamese)
            heads.update(dict.fromkeys((*deputy, *v) for v in found))
        if begin == len(noun) - 1:
            learned = [] if heads else default_translations().of(tail[0])
            heads.update(dict.fromkeys(s for s, chance in learned if chance >= LIKELY))
            heads[tuple(tail)] = None
    return tuple(heads)
