"""Questions understood: language, kind of answer wanted, period, and the units of meaning to look for."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from qa.errors import QuestionError
from qa.language.dates import find_dates
from qa.language.forms import detect_language, fold, has_accents, nfc, tokens, words
from qa.language.lexicon import Entry, Lexicon, default_lexicon
from qa.language.names import find_people
from qa.language.periods import year_role
from qa.language.translations import default_translations
from qa.schema import DateMention

__all__ = ["Kind", "Question", "Unit", "checked", "understand"]


SINGLE_WORD, HALF_PAIR, DATE_WORD = 0.5, 0.6, 0.3
"""Weights beside 1 for a pair of words: one syllable says little, a pair with a function word less, and what a number says
of time is matched as a date."""


class Kind(StrEnum):
    """What kind of answer a question wants."""

    PERSON = "person"
    ROLE = "role"
    DATE = "date"
    PLACE = "place"
    NUMBER = "number"
    REASON = "reason"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of meaning to look for: a word, a pair of words, a name, or an English phrase with its translations.

    Attributes:
        source: The words of the question it stands for.
        alternatives: Each a sequence of words in matching form; any one of them will do.
        plain: Whether words match without diacritics.
        weight: How much it counts beside its rarity.
        name: Whether it is a name rather than two words that happen to stand together.
        chances: How likely each alternative is what is meant, the likeliest 1; empty when all are 1.
    """

    source: str
    alternatives: tuple[tuple[str, ...], ...]
    plain: bool = False
    weight: float = 1.0
    name: bool = False
    chances: tuple[float, ...] = ()

    @property
    def likely(self) -> Iterator[tuple[tuple[str, ...], float]]:
        """Each alternative with its chance."""
        return zip(self.alternatives, self.chances or itertools.repeat(1.0), strict=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: NFC, white space collapsed.
        language: `vi` or `en`.
        kind: What is asked for.
        many: Whether several are asked for.
        units: What to look for, in the order of the question.
        dates: The dates and years it speaks of.
        people: Names of people it speaks of, as written.
        counted: What "how many" asks to be counted, or None.
    """

    text: str
    language: str
    kind: Kind
    many: bool
    units: tuple[Unit, ...]
    dates: tuple[DateMention, ...] = ()
    people: tuple[str, ...] = ()
    counted: Unit | None = None
    folded: str = field(default="", repr=False)

    @property
    def parts(self) -> tuple[tuple[str, float], ...]:
        """The units as texts with weights that add up to 1 for each unit, its translations in place of English words."""
        made: list[tuple[str, float]] = []
        for unit in self.units:
            likely = list(unit.likely)
            likely = likely if unit.name else likely[1:] or likely
            total = sum(chance for _, chance in likely)
            made += [(" ".join(words), chance / total) for words, chance in likely]
        return tuple(made)

    def speaks_of(self, name: str) -> bool:
        """Return whether the question names this person, with or without diacritics."""
        return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", self.folded) is not None


# Patterns are tried in order; the first that is found decides. Vietnamese ones are written with diacritics and matched
# against the folded question as well when that was typed without them.
_VIETNAMESE: tuple[tuple[Kind, str], ...] = (
    (
        Kind.ROLE,
        r"chức vụ|giữ chức|chức gì|chức danh|cương vị|giữ vai trò gì|đảm nhiệm (?:chức|vị trí)|làm (?:chủ nhiệm|bộ trưởng|chủ tịch)[\w ]* nào",
    ),
    (Kind.REASON, r"vì sao|tại sao|lý do|lí do|nguyên nhân|do đâu"),
    (
        Kind.DATE,
        r"khi nào|bao giờ|ngày nào|hôm nào|lúc nào|năm nào|tháng nào|thời gian nào|ngày bao nhiêu|mấy giờ|thời điểm nào|ngày mấy",
    ),
    (
        Kind.PERSON,
        r"\bai\b|người nào|những ai|(?:ông|bà|vị|đồng chí|lãnh đạo|bác sĩ|giáo sư|luật sư|thẩm phán|chủ tịch|giám đốc|bộ trưởng|thủ tướng|hiệu trưởng|ca sĩ|nghệ sĩ|đạo diễn|cầu thủ|huấn luyện viên|đại biểu|cán bộ|nhà báo|nhà văn|đại sứ|tướng) nào",
    ),
    (
        Kind.PLACE,
        r"ở đâu|nơi nào|tại đâu|tỉnh nào|thành phố nào|nước nào|quốc gia nào|địa điểm nào|đâu là nơi|huyện nào|quận nào",
    ),
    (
        Kind.NUMBER,
        r"bao nhiêu|(?:\bmấy\b)(?<!nhà mấy)(?! (?:bay|móc|tính|mặc))|số lượng|tỷ lệ|tỉ lệ|mức nào|thứ mấy|bao lâu|bao xa",
    ),
)
_OPENS = r"(?:^|(?<=[,;:] )|(?<=, and )|(?<=^and ))"
"""Where a question word asks; elsewhere `when`, `where` and `who` join a clause: `the lawyer who spoke when …`."""
_ENGLISH: tuple[tuple[Kind, str], ...] = (
    (
        Kind.ROLE,
        r"in what capacity|(?:what|which) (?:\w+ ){0,2}(?:positions?|posts?|jobs?|titles?|roles?|offices?|ranks?)\b(?! heads)"
        r"|position\b(?=.*\bchange)|job(?= at\b| in\b| when\b| during\b)",
    ),
    (Kind.REASON, r"why|for what reasons?|what (?:was|were|is) the reasons?|what caused"),
    (Kind.DATE, rf"{_OPENS}when|(?:what|which) (?:date|day|year|month|time|hours)|since when|how long ago"),
    (
        Kind.PERSON,
        rf"{_OPENS}(?:who|whom|whose)|(?:to|by|with|from|of) whom|name the"
        r"|(?:what|which) (?:(?!(?:did|does|do|is|are|was|were|has|have|had|will|would|can) )[\w-]+ ){0,3}(?:heads?|officials?|leaders?|ministers?|judges?|people|person|men|women|lawyers?"
        r"|directors?|players?|executives?|officers?|chair(?:man|woman|men)?|president|secretary|doctors?|singers?|artists?)",
    ),
    (
        Kind.PLACE,
        rf"{_OPENS}where|(?:which|what) (?:[\w-]+ )?(?:city|province|country|place|town|district|building|village|venue|port)",
    ),
    (
        Kind.NUMBER,
        r"how (?:many|much|long|far|old|high|large|big|tall|fast)"
        r"|what (?:percentage|percent|number|amount|share|proportion|price|rate)|which anniversary",
    ),
)
_VIETNAMESE_MANY = r"những ai|những người|các ông|những|\bcác\b|bốn|ba|hai|gồm|lần lượt"
_ENGLISH_MANY = r"\bwhich (?:two|three|four|five|six|(?:[\w-]+ ){0,3}(?:heads|officials|leaders|ministers|chairmen|judges|women|men|people|directors|players|doctors|artists))\b|\bpeople\b|\bwere\b.*\bwho\b|\bwho (?:were|are|all)\b|\bnames\b|\bpositions\b"

_VIETNAMESE_STOPS = frozenset(
    (
        "ai gì nào đâu sao mấy bao nhiêu khi lúc hôm thế là của và có các những được trong ở tại cho với không về "
        "theo đã đang sẽ thì mà này đó ấy vì do bởi ra vào lên từ đến để hay hoặc cũng như rằng một ông bà anh chị "
        "hồi dịp ngày năm tháng"
    ).split()
)
_PLAIN_STOPS = frozenset(fold(w) for w in _VIETNAMESE_STOPS)
_ENGLISH_STOPS = frozenset(
    (
        "a an the of in on at to for by with from as and or but is are was were be been being do does did done has "
        "have had who whom whose what when where which why how many much long far that this these those it its "
        "their his her he she they them there then than s did not no nor so if into about between during after "
        "before over under up out off any some all each every other more most can could will would shall should "
        "may might must i you we me my your our us tell name hold held holding take took taken place happen "
        "happened same given"
    ).split()
)


_CUES = {fold(w): w for w in ("ngày", "tháng", "năm", "sáng", "trưa", "chiều", "tối", "đêm", "quý")}
_PLAIN_CUE = re.compile(rf"\b(?:{'|'.join(_CUES)})(?= \d)")
"""Words before a date, typed without diacritics."""


def checked(text: object, *, longest: int) -> str:
    """Return `text` when it is a question that can be taken.

    Args:
        text: What was asked.
        longest: The most characters that are taken.

    Raises:
        QuestionError: It is no text, empty or too long.
    """
    if not isinstance(text, str) or not text.strip():
        hint = "Ask in Vietnamese or English, for example: Who chaired the 2019 conference?"
        raise QuestionError("The question is empty", hint=hint)
    if len(text) > longest:
        raise QuestionError(
            f"The question has {len(text):,} characters, more than the {longest:,} that are taken",
            hint="Ask one thing at a time; HOIBAO_MAX_QUESTION_CHARS sets the limit.",
        )
    return text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates: what was typed was no UTF-8


def understand(text: str, *, lexicon: Lexicon | None = None) -> Question:
    """Return the question as understood, by rule.

    Args:
        text: As typed, in Vietnamese with or without diacritics, or in English.
        lexicon: Defaults to the one that comes with Hoibao.
    """
    text = " ".join(nfc(text).split())
    language = detect_language(text)
    plain = language == "vi" and not has_accents(text)
    kind, many, asking = _kind(text, language=language, plain=plain)
    dated = _PLAIN_CUE.sub(lambda m: _CUES[m[0]], text) if plain else text  # of the same length
    dates = tuple(replace(d, text=text[d.start : d.end], role=year_role(d, dated)) for d in find_dates(dated))
    people = tuple(p.name for p in find_people(text))
    told = text[: asking[0]] + " , " + text[asking[1] :]  # the words that ask are not looked for
    lexicon = lexicon or default_lexicon()
    units = _english_units(told, lexicon) if language == "en" else _vietnamese_units(told, plain=plain)
    counted = _counted(text[asking[1] :], language=language, lexicon=lexicon) if kind is Kind.NUMBER else None
    return Question(text, language, kind, many, tuple(units), dates, people, counted, fold(text))


def _kind(text: str, *, language: str, plain: bool) -> tuple[Kind, bool, tuple[int, int]]:
    """Return the kind of answer wanted, whether several are, and where the words stand that ask for it."""
    lowered = text.lower()
    if language == "en":
        patterns, many = _ENGLISH, _ENGLISH_MANY
    else:
        patterns, many = _VIETNAMESE, _VIETNAMESE_MANY
    many_found = re.search(rf"\b(?:{fold(many) if plain else many})(?!\w)", lowered) is not None
    for kind, pattern in patterns:
        if found := re.search(rf"\b(?:{fold(pattern) if plain else pattern})(?!\w)", lowered):
            return kind, many_found, found.span()
    return Kind.OTHER, many_found, (0, 0)


def _counted(after: str, *, language: str, lexicon: Lexicon) -> Unit | None:
    """Return what follows the words "how many": an English phrase with its translations, or one or two syllables."""
    following = words(after)
    stops = _ENGLISH_STOPS if language == "en" else _VIETNAMESE_STOPS
    if not following or following[0] in stops:
        return None
    if language == "en":
        length, entries = lexicon.match(following, 0)
        translated = [tuple(words(v)) for e in entries for v in e.vietnamese]
        return Unit(" ".join(following[: length or 1]), (tuple(following[: length or 1]), *translated))
    plain = not has_accents(after)
    return Unit(" ".join(following[:2]), (tuple(following[:2]), (following[0],)), plain=plain)


def _vietnamese_units(text: str, *, plain: bool) -> list[Unit]:
    stops = _PLAIN_STOPS if plain else _VIETNAMESE_STOPS
    found = tokens(text)
    units = [
        Unit(w, ((w,),), plain=plain, weight=DATE_WORD if w[0].isdigit() else SINGLE_WORD)
        for w, _, _ in found
        if w not in stops
    ]
    for (left, _, end), (right, start, _) in itertools.pairwise(found):
        apart = text[end:start].strip(" -–") or (left in stops and right in stops) or right[0].isdigit()
        if not apart:
            weight = HALF_PAIR if left in stops or right in stops else 1.0
            units.append(Unit(f"{left} {right}", ((left, right),), plain=plain, weight=weight))
    return units


def _english_units(text: str, lexicon: Lexicon) -> list[Unit]:
    found = tokens(text)
    forms = [t[0] for t in found]
    names = {}
    for person in find_people(text):
        inside = [i for i, (_, s, e) in enumerate(found) if person.start <= s and e <= person.end]
        names[inside[0]] = len(inside)
    units: list[Unit] = []
    at = 0
    while at < len(found):
        if at in names:
            length = names[at]
            units.append(_name_unit(forms[at : at + length], weight=2.0))
        else:
            length, unit = _phrase(text, found, forms, at, lexicon)
            if unit is not None:
                units.append(unit)
        at += length
    return units


def _phrase(
    text: str, found: list[tuple[str, int, int]], forms: list[str], at: int, lexicon: Lexicon
) -> tuple[int, Unit | None]:
    """Return how many words were taken at `at`, and the unit they make, if any."""
    length, entries = lexicon.match(forms, at)
    entries = tuple(e for e in entries if e.kind != "function")
    form = forms[at]
    if length <= 1 and (form in _ENGLISH_STOPS or (length == 1 and not entries)):
        return 1, None
    if length > 1 and not entries:
        return 1, None if form in _ENGLISH_STOPS else _translated((form,), ())
    if entries:
        return length, _translated(tuple(forms[at : at + length]), entries)
    if not _capital(text, found[at]):
        return 1, _translated((form,), ()) if default_translations().of(form) else _name_unit([form])
    last = at
    while last + 1 < len(found) and _capital(text, found[last + 1]):
        last += 1
    if last > at:
        return last + 1 - at, _name_unit(forms[at : last + 1])
    # Alone, a capital may begin a name or only the question.
    learned = [s for s, _ in default_translations().of(form)]
    alternatives = dict.fromkeys([(fold(form),), *(tuple(map(fold, syllables)) for syllables in learned)])
    chances = (1.0, *(LEARNED for _ in range(len(alternatives) - 1)))
    return 1, Unit(form, tuple(alternatives), plain=True, name=True, chances=chances)


LEARNED = 0.6
"""Chance of a learned translation beside one of the lexicon."""


def _translated(forms: tuple[str, ...], entries: tuple[Entry, ...]) -> Unit:
    """Return the unit of an English word or phrase: itself, what the lexicon has for it, and what was learned."""
    chances: dict[tuple[str, ...], float] = {forms: 1.0}
    for entry in entries:
        for vietnamese in entry.vietnamese:
            chances.setdefault(tuple(words(vietnamese)), 1.0)
    if len(forms) == 1:
        learned = default_translations().of(forms[0])
        for syllables, chance in learned:
            relative = chance / learned[0][1] * (LEARNED if entries else 1.0)
            chances.setdefault(syllables, relative)
    return Unit(" ".join(forms), tuple(chances), chances=tuple(chances.values()))


def _capital(text: str, token: tuple[str, int, int]) -> bool:
    return text[token[1]].isupper()


def _name_unit(forms: list[str], *, weight: float = 1.0) -> Unit:
    return Unit(" ".join(forms), (tuple(fold(f) for f in forms),), plain=True, weight=weight, name=True)
