"""Posts in English, whose words stand before the noun they turn on: `Foreign Ministry ⟨spokesman⟩`, `union ⟨organiser⟩`."""

import re

from qa.people.beside import is_agent
from qa.people.names import NO_OFFICE
from qa.people.words import find_heads, head_within

__all__ = ["CAPITALS_BEFORE", "ENGLISH_BEFORE", "LAST_NOUN", "agent_of", "english_head", "open_head"]

_NO_PART = (
    "the|a|an|of|to|by|with|from|and|or|for|at|in|on|as|that|his|her|its|their|who|is|was|were|has|had|also|but|when|after|before|against|among|be|been|former|then|mr|ms|he|she|it|they|we|"
    "under|over|next|most|recently|currently|newly|just|only|still|once|longtime|said|told|meet|met|while|where|which|later|only|not|did|do|does|will|would|may|can|including|between|through|about|into|than|because|if|so|no|yet|once|until|whose|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june|july|august|september|october|november|december|afterwards|meanwhile|however|earlier|though|although|without|despite|like|unlike|yesterday|today|becomes|became|succeeds|replaces|remains|takes|leads|heads|runs|"
)
_ENGLISH_WORD = rf"(?<![\w’'-])(?!(?i:{_NO_PART.rstrip('|')})\b(?<!WHO))(?:[A-Z][A-Za-z’'&-]*|(?<!\bto )(?<!\bin )(?![a-z]+ed\b|(?!(?:marketing|managing|housing|planning|engineering|banking|training|shipping|mining|manufacturing|visiting|founding|presiding|acting|governing|operating|sporting|outgoing|incoming|ranking|sitting|nursing|fishing|farming|building|trading|sailing|swimming|coaching|broadcasting|publishing|consulting|lending|serving|commanding)\b)[a-z]+ing\b)[a-z]+(?:[’']s)?)"
ENGLISH_BEFORE = re.compile(rf"(?:(?:[Ff]ormer|[Aa]cting|[Tt]hen) )?(?:{_ENGLISH_WORD} ){{0,4}}$")
CAPITALS_BEFORE = re.compile(
    rf"(?:(?:[Ff]ormer|[Aa]cting|[Tt]hen|deputy|vice) )?(?:(?<![\w’'-])(?!(?i:{_NO_PART.rstrip('|')})\b(?<!WHO))[A-Z][A-Za-z’'&-]* (?:and (?=[A-Z]))?){{0,5}}$"
)
"""Before a head with a capital: `In the afternoon ⟨President⟩ X`."""
_GOVERNS = re.compile(
    rf"(?:(?:[Ff]ormer|[Aa]cting|[Tt]hen) )?(?:{_ENGLISH_WORD} ){{0,3}}?(?P<noun>[a-z]{{4,}})(?= (?:of|at|for|with) (?:the |a |an |its |his |her )?[A-Z])"
)
LAST_NOUN = re.compile(r"(?<![\w’'-])([A-Za-z]{4,}) ?\Z")
_ONLY_WHENCE = re.compile(
    r"(?:(?:[A-Z][a-z]+(?:ish|ese|an|ch|sh|ic|li|qi)|[Pp]eople[’']s|[Mm]erit(?:ed|orious)|(?i:local|senior|veteran|former|young|leading|top|retired|fellow|one|another)) ?)+"
)


def english_head(text: str, start: int, limit: int) -> int:
    """Return where the head of `Foreign Ministry spokesman` ends, or 0: English posts may begin with the name of their body."""
    heads = find_heads(text, start, min(limit, start + 60))[:1]
    if heads and text[slice(*heads[0])].isascii() and ENGLISH_BEFORE.fullmatch(text, start, heads[0][0]):
        return head_within(text, heads[0][0], limit)
    return 0


def open_head(text: str, start: int, limit: int) -> int:
    """Return where the noun of an agent ends that a preposition and a body follow, or 0: `a rapporteur for the Council`."""
    found = _GOVERNS.match(text, start, limit)
    return found.end() if found and is_agent(found["noun"]) and found["noun"] not in NO_OFFICE else 0


def agent_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the post that the noun of an agent makes with the words before it: `union organiser`."""
    last = LAST_NOUN.search(text, max(start, end - 24), end)
    if last is None or last[1].lower() in NO_OFFICE or not is_agent(last[1]):
        return None
    before = (CAPITALS_BEFORE if last[1][0].isupper() else ENGLISH_BEFORE).search(text, start, last.start(1))
    grown = before[0].strip() if before else ""
    if not before or not grown or _ONLY_WHENCE.fullmatch(grown):
        return None
    return before.start(), last.end(1)
