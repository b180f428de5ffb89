"""What asks for more of what was answered (`còn ai nữa?`), or who those are that were counted (`which ones?`)."""

import re

from qa.kinds import Kind, Slot
from qa.language.forms import fold, has_accents, words
from qa.question import Question, understand
from qa.talk.about import joined
from qa.talk.before import Before
from qa.talk.listed import counted_in
from qa.talk.somebody import people_named
from qa.talk.topics import topic_of
from qa.talk.words import capital, compiled, uncapital

__all__ = ["asking_for_others", "asking_who_they_are", "asks_who_holds"]

_NAMES = frozenset({Kind.PERSON, Kind.THING, Kind.OTHER, Kind.ORGANISATION, Kind.PLACE})
_ANY = r"(?:ai|gì|cái gì|nơi nào|đâu|chỗ nào|người nào)"
_ELSE = rf"(?:còn )?(?:có )?(?:những )?{_ANY}(?: khác)?(?: nữa)?(?: không)?|ngoài (?:ra|đó)(?: (?:thì )?(?:còn )?(?:có )?{_ANY})?(?: nữa)?|(?:còn )?(?:ai|gì) nữa"
_BESIDE = rf"ngoài [^?]{{1,60}}? (?:ra )?(?:thì )?còn (?:có )?{_ANY}(?: khác)?(?: nữa)?(?: không)?"
_ENGLISH_ELSE = r"(?:who|what|where|which)(?: ones?)? else|any(?:one|body|thing|where) else|(?:any|which|what) others?|(?:the )?others|(?:who|what) (?:are|were) the others?|any more"
_MORE = r"(?:,? (?:nữa|khác(?: nữa)?))(?= không| ?[?.!]*$)|(?<=ai )khác\b"
_ENGLISH_MORE = r"(?i)\b(?<=who )else\b|\b(?<=what )else\b|\b(?<=which )other\b|\b(?<=what )other\b"
_AT_THAT_TIME = r"(?:trước đó|sau đó|khi đó|lúc đó|hồi đó|năm đó|hôm đó|ở đó|tại đó)[, ]+(?=còn |có )"
_HEADED = r"(?:còn )?(?:có )?(?:những )?(?P<noun>.+?) nào$"
_WHO_THEY_ARE = r"(?:(?:thế|vậy) )?(?:họ|đó|cụ thể|những người (?:đó|này|ấy)|(?:là )?những ai|ai|gồm|gồm có|bao gồm)(?: (?:là|gồm))?(?: (?:những )?(?:ai|gì|nơi nào|cái gì|chỗ nào))?(?: (?:vậy|thế|nhỉ|ạ))?|tên(?: (?:họ|là))?(?: (?:là )?gì)?|kể tên(?: (?:ra|đi|xem))?"
_ENGLISH_WHO_THEY_ARE = r"(?i)(?:which|who|what)(?: ones?| exactly| (?:are|were) (?:they|those|these)(?: exactly)?)?|(?:their |the )?names|name them|such as(?: (?:what|who))?|like (?:what|who)"
_HOLDS = r"[^,]{2,40} là (?:những )?ai|ai (?:là|làm) [^,]{2,40}|who (?:is|was|are|were) the [^,]{2,40}"
_HOW_MANY = re.compile(r"(?i)how many(?: of(?= ))?")
_COUNTING = re.compile(r"(?i)(?:bao nhiêu|bao nhieu|mấy|may|how (?:many|much))(?!\w)")
_SOMEBODY = frozenset("people men women persons".split())


def asking_who_they_are(rest: str, asked: Question, before: Before) -> str | None:
    """Return the question before asking which they are, when it asked how many: `Những ai bị khởi tố?` after `Bao nhiêu người …`."""
    bare, slot = rest.strip(" ?.!"), before.question.slots[0]
    if before.question.kind is not Kind.NUMBER:
        return None
    pattern = (
        re.compile(_ENGLISH_WHO_THEY_ARE)
        if asked.language == "en"
        else compiled(_WHO_THEY_ARE, plain=not has_accents(bare))
    )
    if not pattern.fullmatch(bare):
        return None
    whole = before.question.text
    if not before.vietnamese:
        return _which(whole, slot)
    plain, start = not has_accents(whole), slot.start
    left, right = compiled(r"(?:^| )có$", plain=plain).sub("", whole[:start].rstrip()), whole[slot.end :]
    somebody = compiled(r" (?:người|ai)(?!\w)", plain=plain).match(right)
    those = "nhung" if plain else "những"
    asking = "ai" if "ai" in words(bare) else "gi" if plain else "gì"
    if somebody:
        return capital(f"{left} {those} ai{right[somebody.end() :]}".strip())
    return capital(f"{left} {those}{right.rstrip(' ?.!')} {'la' if plain else 'là'} {those} {asking}?".strip())


def asks_who_holds(rest: str) -> bool:
    """Return whether a turn asks for nothing but who somebody else is: `phó đoàn là những ai?`, `who was the deputy?`."""
    return compiled(_HOLDS, plain=not has_accents(rest)).fullmatch(rest.strip(" ?.!")) is not None


def _which(whole: str, slot: Slot) -> str | None:
    """Return an English question of how many as one of which."""
    asking = _HOW_MANY.match(whole, slot.start)
    if not asking:
        return None
    rest = whole[asking.end() :].lstrip()
    if words(rest)[:1] and words(rest)[0] in _SOMEBODY and "of" not in asking[0]:
        return f"{whole[: slot.start]}Who {rest.split(' ', 1)[-1]}"
    return f"{whole[: slot.start]}{'Which of' if asking[0].endswith('of') else 'Which'} {rest}"


def asking_for_others(rest: str, asked: Question, before: Before) -> str | None:
    """Return the question of a turn that asks for more of what was answered: `còn ai nữa?`, `which other ships came?`.

    The question before when it says no more than that, with the answer known left out.
    """
    plain = not has_accents(rest)
    bare = rest.strip(" ?.!")
    if whether := compiled(r"(?P<more>.*(?: (?:ai|gì|nào)(?!\w).*)? (?:nữa|khác)) không", plain=plain).fullmatch(bare):
        bare = whether["more"]
        asked = understand(bare, language=asked.language)
    if asked.kind is not Kind.PERSON and people_named(bare, asked, before)[1]:
        return None  # `ông ấy còn viết gì nữa` asks for more of somebody, not of what was answered
    if found := compiled(_AT_THAT_TIME, plain=plain).match(bare):
        made = asking_for_others(bare[found.end() :], asked, before)
        if not made or asked.language != before.question.language:
            return made
        return f"{capital(bare[: found.end()].strip(' ,'))}, {made[:1].lower()}{made[1:]}"
    others = _english_others if asked.language == "en" else _vietnamese_others
    return others(bare, asked, before)


def _english_others(bare: str, asked: Question, before: Before) -> str | None:
    if counted := re.fullmatch(r"(?i)(?P<left>how many |which |what )others(?P<behind> .+)", bare):
        noun = counted_in(before.question)
        made = f"{counted['left']}other {noun}{counted['behind']}" if noun else bare
        return capital(joined(made, topic_of(before, naming=False), asked, before, named=False)) if noun else None
    if re.fullmatch(f"(?i){_ENGLISH_ELSE}", bare):
        return _others_of(before)
    if not re.search(_ENGLISH_MORE, bare):
        return None
    known = _known(asked, before)
    made = f"Besides {known}, {uncapital(bare)}" if known else bare
    return capital(joined(made, topic_of(before, naming=False), asked, before, named=False))


def _vietnamese_others(bare: str, asked: Question, before: Before) -> str | None:
    plain = not has_accents(bare)
    if re.search(r"\b(?:nữa|khác|nua|khac)\b", bare) and compiled(_ELSE, plain=plain).fullmatch(bare):
        return _others_of(before)
    if compiled(rf"(?:còn )?(?:gì|những gì|ai|những ai)|{_BESIDE}|ngoài ra", plain=plain).fullmatch(bare):
        return _others_of(before)
    more = compiled(_MORE, plain=plain).search(bare)
    if not more or compiled(r".*(?<!\w)(?:không|thôi|chưa|hết) .*nữa", plain=plain).fullmatch(bare):
        return None
    asks = any(s.end > s.start for s in understand(bare, language="vi").slots)
    if not asks and not _is_head(bare[: more.start()], before):
        return None  # `người mang quốc tịch khác` is somebody else, of whom the same is asked
    known = _known(asked, before)
    lead = f"{'Ngoai' if plain else 'Ngoài'} {known}, " if known else ""
    bare = bare[: more.start()] + bare[more.end() :]
    if _asks_for_the_same(bare, before, plain=plain) or _is_head(bare, before):
        return _others_of(before)
    if whole := _with_what_was_done(bare, before):
        return capital(f"{lead}{'con' if plain else 'còn'} {uncapital(whole)}?" if lead else f"{whole}?")
    made = f"{lead}{'con' if plain else 'còn'} {uncapital(bare)}" if lead else bare
    return capital(joined(made, topic_of(before, naming=False), asked, before, named=False))


def _known(asked: Question, before: Before) -> str:
    """Return what was named of the sort that more is asked for of."""
    kind, was = asked.kind, before.question.kind
    if kind is Kind.PERSON is not was:
        named = before.told if was in {Kind.ORGANISATION, Kind.THING} and before.told[:1].isupper() else ""
        return named or (before.people[0] if before.people else "")
    return before.told if kind is was or {kind, was} <= _NAMES else ""


def _others_of(before: Before) -> str | None:
    """Return the question before, asking for others than were named."""
    whole, known = before.question.text.split(" (", 1)[0].strip(" ?.!"), before.told
    behind = before.question.text[len(whole) :].strip(" ?.!")
    slot = next((s for s in before.question.slots if s.end > s.start), None)
    if slot is None:
        return None
    asking = whole[slot.start : slot.end]
    if _COUNTING.match(asking):
        return None  # of a number there is no other
    if before.vietnamese:
        lead = f"{'Ngoài' if has_accents(whole) else 'Ngoai'} {known}, " if known else ""
        other = "khác" if has_accents(whole) else "khac"
        made = f"{whole[: slot.start]}{uncapital(asking)} {other}{whole[slot.end :]}"
    else:
        lead = f"Besides {known}, " if known else ""
        determining = re.match(r"(?i)(?:which|what)$", asking) and slot.heads
        made = f"{whole[: slot.start]}{uncapital(asking)} {'other' if determining else 'else'}{whole[slot.end :]}"
    return capital(f"{lead}{uncapital(made) if lead else made} {behind}".strip() + "?")


def _asks_for_the_same(bare: str, before: Before, *, plain: bool) -> bool:
    """Return whether a turn asks for no more than others of what was asked for: `còn tàu nào` after `tàu chiến nào` or `which ship`."""
    found = compiled(_HEADED, plain=plain).fullmatch(bare)
    return found is not None and _is_head(found["noun"], before)


def _is_head(noun: str, before: Before) -> bool:
    """Return whether a noun is what the question before asked for."""
    forms = {fold(w) for w in words(noun)} - {"con", "co", "nhung", "nao"}
    return bool(forms) and any(
        forms <= {fold(w) for w in head} for slot in before.question.slots for head in slot.heads
    )


def _with_what_was_done(bare: str, before: Before) -> str:
    """Return a turn that names a deed of the question before with what it was done to: `ai đăng ký mua cổ phần` for `ai đăng ký`; "" when it names none."""
    whole = before.question.text.rstrip(" ?.!")
    deed = re.search(r"(?<= )\w+(?: \w+)?$", bare)
    if not before.vietnamese or not deed:
        return ""
    at = fold(whole).find(f" {fold(deed[0])} ", before.question.slots[0].end)
    return bare + whole[at + 1 + len(deed[0]) :] if at >= 0 else ""
