"""Follow-ups made whole: `còn năm 2016?`, `ông ấy giữ chức gì?`, `and where was it held?` as questions that need no history.

By rule. A turn that says enough by itself stays as it is: a change of topic is not dragged along.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.kinds import Kind
from qa.language.forms import fold, has_accents, nfc, words
from qa.question import Question, understand
from qa.schema import Hit, Turn
from qa.talk.about import of_the_same
from qa.talk.anaphors import names_new, points_back
from qa.talk.before import Before, before_of, date_of
from qa.talk.corrected import instead, put_right
from qa.talk.counted import counted_from
from qa.talk.described import described
from qa.talk.earlier import goes_on_from, leaving, with_returned, without_return
from qa.talk.listed import picked
from qa.talk.near import DRAWN, Bond, drawn_near, likely, spoken_of
from qa.talk.ordinals import another_in_the_row, begun_with_another, one_of_the_row
from qa.talk.others import asking_for_others, asking_who_they_are, asks_who_holds
from qa.talk.parts import (
    asking_for_another,
    at_another_time,
    in_place,
    in_the_same_place,
    is_date,
    is_part,
    other_and_asking,
    part_and_asking,
)
from qa.talk.pointing import named, thing_meant
from qa.talk.posts import holding
from qa.talk.somebody import people_named
from qa.talk.spoken import plainly, without_remarks
from qa.talk.standing import LEAST_CONTENT, chance_of_going_on, features, stands_by_itself
from qa.talk.topics import topic_of
from qa.talk.whole import whole_question
from qa.talk.words import (
    asked_by_name,
    capital,
    content_of,
    last_name,
    turn_language,
    unaccented,
    without_lead,
    without_pro_verb,
)

__all__ = ["Bond", "FollowUp", "follow", "last_turn", "nearer", "stand_alone"]

SHORT = 4
"""Words of a turn that asks nothing itself, up to which one with a question mark is about what was spoken of: `death toll?`."""
LONGEST_PART = 12
"""Words of a turn that asks nothing itself, above which it says enough."""
_IT = re.compile(r"(?i)(?<!\w)(?:its?|nó)(?!\w)")
UNLIKELY = 0.05
"""Chance of going on below which a turn stands by itself even with a pronoun in it."""
LONGEST_TURN = 2000
"""Characters of a turn before that are read."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The last question of a conversation, made whole.

    Attributes:
        text: A question that needs no history.
        bond: How it hangs on the conversation.
        before: The question before, made whole and understood; None when there is none.
        answer: What that was answered with.
    """

    text: str
    bond: Bond = Bond.NONE
    before: Question | None = None
    answer: str = ""

    @property
    def about(self) -> Question | None:
        """The question before when its articles are likely those of this one, too; None otherwise."""
        return self.before if DRAWN[self.bond].share else None

    def question(self, *, longest: int) -> Question:
        """Return it understood.

        Args:
            longest: Characters of it that are read.
        """
        text = self.text[:longest]
        return understand(text) if self.bond is Bond.NONE else whole_question(text)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Return the last question of a conversation as one that needs no history; itself when it says enough."""
    return follow(question, history).text


def follow(question: str, history: Sequence[Turn]) -> FollowUp:
    """Make the last question of a conversation whole.

    Args:
        question: As typed.
        history: The conversation so far, oldest first.
    """
    before = last_turn(history)
    found = _followed(question, before)
    open_ended = question.rstrip().endswith("?") and not found.text.endswith("?")
    return replace(found, text=f"{found.text.rstrip(' .!')}?") if open_ended and words(found.text) else found


def last_turn(history: Sequence[Turn]) -> Before | None:
    """Return the last turn of a conversation as the one before the next; None where there is none.

    Args:
        history: The conversation so far, oldest first.
    """
    before = None
    for turn in history:
        if words(asked := turn.question[:LONGEST_TURN]):
            found = _followed(asked, before)
            topic = _still_about(found, before) if before else ""
            thing = thing_meant(asked, before) if before and topic else ""
            whole = found.question(longest=LONGEST_TURN)
            marked = "?" in asked or (before is not None and before.marked)
            before = before_of(whole, turn.answer[:LONGEST_TURN], before, topic=topic)
            before = replace(
                before,
                part=found.bond is Bond.PART,
                marked=marked,
                thing=thing,
                it=bool(topic) and _IT.search(asked) is not None,
            )
    return before


def nearer(hits: Sequence[Hit], before: Sequence[Hit], followed: FollowUp) -> list[Hit]:
    """Return the hits for a question with those nearer that lie in the articles spoken of before.

    Args:
        hits: Best first.
        before: Those for the question before, best first.
        followed: The follow-up.
    """
    drawing = DRAWN[followed.bond]
    chances = likely(spoken_of(before, followed.answer), drawing)
    return drawn_near(hits, before, chances, share=drawing.share)


def _followed(question: str, before: Before | None) -> FollowUp:
    text = " ".join(nfc(question).split())
    if before is None or not words(text):
        return FollowUp(text)
    if rest := leaving(text) or leaving(without_remarks(text)):
        if not points_back(understand(rest), before):
            return FollowUp(capital(rest), Bond.NONE, before.question, before.answer)
        text = rest
    text, returned = without_return(without_remarks(text))
    before = goes_on_from(text, returned, before)
    text, before = picked(text, before)
    made, bond = _made_whole(text, before, led=bool(returned))
    made = with_returned(made, returned)
    if bond in {Bond.SAME, Bond.PART} and not has_accents(text) and understand(text).language == "vi":
        made = unaccented(made)  # else its own words would be taken to have none
    return FollowUp(made, bond, before.question, before.answer)


def _made_whole(typed: str, before: Before, *, led: bool) -> tuple[str, Bond]:
    text = plainly(typed)
    alone = without_remarks(typed)
    language = turn_language(text, vietnamese=before.vietnamese)
    rest, joins = without_lead(text, language=language)
    led = led or joins
    if corrected := put_right(text, rest, before, language=language):
        return capital(corrected[0]), Bond.PERIOD if is_date(understand(corrected[1])) else Bond.PART
    meant, whole = instead(text, before, language=language)
    if whole:
        return capital(meant), Bond.SAME
    rest, led = (meant, True) if meant else (rest, led)
    rest = counted_from(asked_by_name(without_pro_verb(rest)), date_of(before))
    asked = understand(rest, language=language)
    asks = any(s.end > s.start and s.kind is not Kind.TOPIC for s in asked.slots)
    telling = features(asked, before) if asks else {}
    by_itself = capital(rest) if led else alone, Bond.NONE
    if asks and chance_of_going_on(telling) < UNLIKELY:
        return by_itself
    if other := asking_who_they_are(rest, asked, before) or asking_for_others(rest, asked, before):
        return other, Bond.SAME
    if another := another_in_the_row(rest, before):
        return capital(another), Bond.PART
    if not asks:
        return _part_made_whole(alone, rest, asked, before, led=led)
    begun = begun_with_another(rest, before) or part_and_asking(rest, before)
    begun = begun or asking_for_another(rest, before)
    if begun := begun or (other_and_asking(rest, asked, before) if led else None):
        return capital(begun), Bond.PART
    if asked.dates and not asked.people and (not content_of(asked) if led else _asks_the_same(asked, before)):
        return capital(at_another_time(asked, before)), Bond.PERIOD
    replaced = one_of_the_row(rest, asked, before) or named(rest, asked, before)
    if replaced != rest:
        return capital(replaced), Bond.SAME
    if stands_by_itself(asked, before, telling):
        return by_itself
    alike = asked.kind is before.question.kind and (led or asks_who_holds(rest))
    naming = not (alike or (led and (last_name(rest) or asked.dates)))
    return capital(of_the_same(rest, asked, before, naming=naming)), Bond.SAME


def _part_made_whole(text: str, rest: str, asked: Question, before: Before, *, led: bool) -> tuple[str, Bond]:
    """Return a turn that asks nothing itself as the question before about another part of it."""
    if is_date(asked):
        return capital(in_place(rest, asked, before)), Bond.PERIOD
    if len(words(rest)) > LONGEST_PART:
        return text, Bond.NONE
    if said := described(rest, asked, before):
        return said, Bond.SAME
    part, person = people_named(rest, asked, before)
    if not led and not is_part(rest, before) and not (before.part and len(words(rest)) <= SHORT):
        if before.marked and not text.rstrip().endswith("?"):
            return text, Bond.NONE
        pointed = part if person else named(rest, asked, before)
        if pointed != rest:
            return capital(pointed), Bond.SAME
        if len(words(rest)) > (SHORT if names_new(rest, asked, before) else 2 * SHORT):
            return text, Bond.NONE
        replaced = in_the_same_place(rest, before)
        return (capital(replaced), Bond.PART) if replaced else (capital(of_the_same(rest, asked, before)), Bond.SAME)
    return capital(in_place(part, asked, holding(part, before))), Bond.PART


def _still_about(followed: FollowUp, before: Before) -> str:
    """Return what the conversation is about after a turn; "" when that turn says so itself."""
    if followed.bond is Bond.SAME:
        return topic_of(before)
    kept = followed.bond is Bond.PART and " (" in followed.text and followed.text.rstrip(" ?").endswith(")")
    return before.topic if kept else ""


def _asks_the_same(asked: Question, before: Before) -> bool:
    """Return whether a turn with a date but repeats the question before: `who won in 2017?`."""
    content, known = content_of(asked), {fold(w) for w in words(before.question.text)}
    same = asked.kind is before.question.kind and asked.language == before.question.language
    return same and len(content) <= LEAST_CONTENT[asked.language] and {fold(w) for w in content} <= known
