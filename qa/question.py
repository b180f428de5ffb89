"""Questions understood: language, kind of answer wanted, period, and the units of meaning to look for."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qa.errors import QuestionError
from qa.kinds import Kind, Slot, find_slots
from qa.language.dates import find_dates
from qa.language.forms import UPPER, detect_language, fold, has_accents, nfc, occurrences, tokens, words
from qa.language.lexicon import Entry, Lexicon, default_lexicon
from qa.language.names import find_people
from qa.language.periods import year_role
from qa.language.translations import default_translations
from qa.schema import DateMention

__all__ = ["Question", "Unit", "checked", "understand"]


SINGLE_WORD, HALF_PAIR, DATE_WORD = 0.5, 0.6, 0.3
"""Weights beside 1 for a pair of words: one syllable says little, a pair with a function word less, and what a number says
of time is matched as a date."""


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
        slots: What is asked for, in the order of the question; at least one.
        units: What to look for, in the order of the question.
        dates: The dates and years it speaks of.
        people: Names of people it speaks of, as written.
    """

    text: str
    language: str
    slots: tuple[Slot, ...]
    units: tuple[Unit, ...]
    dates: tuple[DateMention, ...] = ()
    people: tuple[str, ...] = ()
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

    @property
    def kind(self) -> Kind:
        """What is asked for first."""
        return self.slots[0].kind

    @property
    def many(self) -> bool:
        """Whether several are asked for."""
        return any(slot.many for slot in self.slots)

    def repeats(self, words: str) -> bool:
        """Return whether these words stand in the question, with or without diacritics."""
        return any(occurrences(fold(words), self.folded))

    def speaks_of(self, name: str) -> bool:
        """Return whether the question names this person, with or without diacritics."""
        return self.repeats(name)


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


def understand(text: str, *, lexicon: Lexicon | None = None, language: str = "") -> Question:
    """Return the question as understood, by rule.

    Args:
        text: As typed, in Vietnamese with or without diacritics, or in English.
        lexicon: Defaults to the one that comes with Hoibao.
        language: `vi` or `en` where it is known; as it seems when empty.
    """
    text = " ".join(nfc(text).split())
    language = language or _language_of(text)
    plain = language == "vi" and not has_accents(text)
    lexicon = lexicon or default_lexicon()
    slots = find_slots(text, language=language, plain=plain, lexicon=lexicon)
    dated = _PLAIN_CUE.sub(lambda m: _CUES[m[0]], text) if plain else text  # of the same length
    dates = tuple(d._replace(text=text[d.start : d.end], role=year_role(d, dated)) for d in find_dates(dated))
    people = tuple(p.name for p in find_people(text))
    told = text[: slots[0].start] + " , " + text[slots[0].end :]  # the words that ask are not looked for
    units = _english_units(told, lexicon) if language == "en" else _vietnamese_units(told, plain=plain)
    return Question(text, language, slots, tuple(units), dates, people, fold(text))


_CAPITALISED = re.compile(rf"(?<!\w)[{UPPER}]\w*")


def _language_of(text: str) -> str:
    """Return the language of a question: that of its other words where only names have diacritics (`Who appointed Lê Văn Tám?`)."""
    found = detect_language(text)
    if found == "en" or not has_accents(text):
        return found
    rest = _CAPITALISED.sub(lambda m: " " if has_accents(m[0]) else m[0], text)
    return "en" if not has_accents(rest) and len(words(rest)) > 1 and detect_language(rest) == "en" else found


def _vietnamese_units(text: str, *, plain: bool) -> list[Unit]:
    stops = _PLAIN_STOPS if plain else _VIETNAMESE_STOPS
    found = tokens(text)
    units = [
        Unit(w, _spellings(w), plain=plain, weight=DATE_WORD)
        if w[0].isdigit()
        else Unit(w, ((w,),), plain=plain, weight=SINGLE_WORD)
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
    if form[0].isdigit():
        return 1, Unit(form, _spellings(form), plain=True, name=True)
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


_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{5,}")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")


def _spellings(number: str) -> tuple[tuple[str, ...], ...]:
    """Return a number as written and as the other language writes it: `52,000` is `52.000`, `1.5` is `1,5`."""
    if _THOUSANDS.fullmatch(number):
        digits = re.sub(r"[.,]", "", number)
        grouped = f"{int(digits):,}"
        spelled = [number, grouped.replace(",", "."), grouped, digits]
    elif decimal := _DECIMAL.fullmatch(number):
        spelled = [number, f"{decimal[1]},{decimal[2]}", f"{decimal[1]}.{decimal[2]}"]
    else:
        spelled = [number]
    return tuple((s,) for s in dict.fromkeys(spelled))


def _capital(text: str, token: tuple[str, int, int]) -> bool:
    return text[token[1]].isupper()


def _name_unit(forms: list[str], *, weight: float = 1.0) -> Unit:
    return Unit(" ".join(forms), (tuple(fold(f) for f in forms),), plain=True, weight=weight, name=True)
