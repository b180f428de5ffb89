"""A turn that says what is not meant: `the Party, not the Office`, `không phải hãng xe, mà người lái tên gì?`."""

from qa.kinds import Kind
from qa.language.forms import fold, has_accents, words
from qa.question import understand
from qa.talk.about import joined
from qa.talk.before import Before
from qa.talk.parts import in_place_of
from qa.talk.topics import topic_of
from qa.talk.words import compiled, denied, without_lead

__all__ = ["instead", "put_right"]

LONGEST_DENIED = 5
"""Words of what is denied."""
_DENYING = r"(?:(?:à|ơ|ừ|ờ)[, ]+)?(?:ý (?:tôi|mình|em|tớ) (?:là )?)?(?:không phải|đâu phải)(?!\w)|(?:no[,.]? )?not (?!only\b|all\b|many\b)"
_WHOEVER = r"(?:him|her|them|it|that|this|he|she|that one|this one|(?:ông|bà|anh|chị|cô|người|cái|vụ|chuyện|ngày|nơi) (?:ấy|đó|này|ta|đấy))"


def put_right(text: str, rest: str, before: Before, *, language: str) -> tuple[str, str] | None:
    """Return the question before with what is meant in the place of what is denied, and that; None when it does not name it."""
    for said in dict.fromkeys([text, rest]):
        pair = denied(said, language=language)
        made = in_place_of(pair[1], without_lead(pair[0], language=language)[0], before.question.text) if pair else None
        if pair and made:
            return made, pair[1]
    return None


def instead(text: str, before: Before, *, language: str) -> tuple[str, bool]:
    """Return what a turn asks instead of what it denies first, `người lái tên gì`, and whether that is whole; "" when it denies nothing.

    Somebody else than who was answered is asked for as who that is.
    """
    pair = denied(text, language=language)
    if not pair or not compiled(_DENYING, plain=not has_accents(text)).match(text):
        return "", False
    new, old = without_lead(pair[0].strip(), language=language)[0], pair[1].strip()
    if len(words(old)) > LONGEST_DENIED or fold(text).find(fold(old)) > fold(text).find(fold(new)):
        return "", False
    asked = understand(new, language=language)
    asks = any(s.end > s.start and s.kind is not Kind.TOPIC for s in asked.slots)
    answered = compiled(_WHOEVER, plain=not has_accents(old)).fullmatch(old) or fold(old) in fold(before.told)
    if asks or not answered or asked.dates:
        return new, False
    who = before.question.kind is Kind.PERSON
    named = f"{new} là ai" if who and language == "vi" else f"Who is {new}" if who else new
    named = named if has_accents(new) else named.replace("là", "la")
    return joined(named, topic_of(before, naming=False), asked, before, named=False), True
