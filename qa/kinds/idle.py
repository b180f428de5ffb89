"""Words that could ask but do not: those that begin a clause, deny, tell of everything, or stand beside what really asks."""

import re

from qa.kinds.kind import Kind
from qa.language.forms import fold

__all__ = ["Found", "asking_words"]

Found = tuple[Kind | None, int, int]
"""A place that may ask: what for (None where the noun beside it tells), where it begins and ends."""


def asking_words(lowered: str, found: list[Found], *, language: str) -> list[Found]:
    """Return the places that ask, without those that only look so; never none when there were some.

    Args:
        lowered: The question in lower case.
        found: Every place, in order.
        language: `vi` or `en`.
    """
    said = [m.span() for m in _QUOTED.finditer(lowered)]
    found = [f for f in found if not any(a < f[1] < b for a, b in said)] or found
    kept = _without_relatives(lowered, found) if language == "en" else _without_indefinites(fold(lowered), found)
    return kept or found


_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")


def _without_relatives(lowered: str, found: list[Found]) -> list[Found]:
    """Leave out English question words that only begin a clause: `How much did Tám, whose dog …, pay?`, `Who explained why …`."""
    if len(found) > 1 and _goes_on_about(lowered, found[0]):  # `Lan, who runs the shop, married which singer?`
        found = found[1:]
    opens = _AT_FIRST.match(lowered) is not None
    found = [f for f in found if f[0] is not Kind.YESNO or f[1] == 0 or opens or lowered[f[1] - 2] != ","]
    return [f for i, f in enumerate(found) if not (i and _relates(lowered, f))]


def _goes_on_about(lowered: str, found: Found) -> bool:
    """Return whether a question begins with somebody or something, of which more is said before anything is asked."""
    return _AT_FIRST.match(lowered) is None and _SAID_OF.search(lowered[: found[2]]) is not None


def _relates(lowered: str, found: Found) -> bool:
    """Return whether a word that asks only begins a clause, once something else has been asked.

    What goes on asking stands behind `and`, or behind a comma with its verb before its subject.
    """
    _, start, end = found
    if _GOES_ON.search(lowered[:start]):
        return _TELLS.match(lowered, start) is not None
    asks = lowered[:start].endswith(", ") and _ASKS.match(lowered, start) is not None
    return not asks and _RELATIVE.search(lowered, start, end) is not None


_AT_FIRST = re.compile(
    r"(?:at|in|on|during|after|before|when|while|as|according|under|of|for|from|by|with|besides|apart|since|until|following|per|among|to|"
    r"if|once|because|despite|amid|aside|given)\b|[\w' -]*\bago\b"
)
"""A question that begins so says first where, when or after whom; then it asks."""
_SAID_OF = re.compile(r", (?:who|whom|whose|which|where|when)$")
_GOES_ON = re.compile(
    r"(?:\b(?:and|but|or)(?: (?:in|at|on|from|to|by|with|of|for|under|during|near|into))?|[;:?.(–-])\s*$"
)
_TELLS = re.compile(
    r"(?:what|how|why|when|where|who) (?:they|he|she|it|we|you|the|a|an|his|her|its|their|this|that|these|those)\b(?! \w+ \w+ed by)"
)
"""Behind a question word, a subject without an auxiliary: `how the offices worked and what they planned`."""
_ASKS = re.compile(
    r"(?:what|how)\b|(?:when|where|why|which [\w-]+) (?:did|does|do|is|are|was|were|will|would|can|could|should)\b"
)
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|what|where|when|why|how)\b")


def _without_indefinites(folded: str, found: list[Found]) -> list[Found]:
    """Leave out Vietnamese question words that deny, tell of everything, or are told about, beside one that asks."""
    found = _without_repeats(folded, found)
    if (sure := _either(folded, found)) is not None:
        return sure
    for idle in (_is_indefinite, _is_told):
        if len(found) > 1:
            found = [f for f in found if not idle(folded, f)] or found
    return found


def _without_repeats(folded: str, found: list[Found]) -> list[Found]:
    """Leave out a noun such as `lý do` where something else is asked, and `nào` or `là gì` where it is the noun that they ask for."""
    kept, rest = [], list(found)
    while rest:
        one = rest.pop(0)
        if _is_bare(folded, one) and len(found) > 1:
            between = folded[one[2] : rest[0][2]] if rest and rest[0][0] is None else ""
            if not _ASKS_FOR_IT.search(between):
                continue
            asking = rest.pop(0)
            one = (*one[:2], asking[2]) if len(between.split()) <= NEAR else one
        kept.append(one)
    return kept or found


def _either(folded: str, found: list[Found]) -> list[Found] | None:
    """Return what is asked where both a question word and a `không` or `chưa` at the end could ask; None where neither is sure."""
    either = [f for f in found if f[0] is Kind.YESNO]
    others = [f for f in found if f[0] is not Kind.YESNO]
    if not either or not others or either[-1][1] < others[-1][1]:
        return None
    if _KNOWN.search(folded[: others[0][1]]):  # `đã rõ ai là tác giả chưa`
        return either[-1:]
    which = folded[others[0][1] : others[0][2]] == "nao" and not _DONE.search(folded[: others[0][1]])
    return others if which and _DONE.search(folded, others[0][2], either[-1][1]) else None


NEAR = 3
"""Words up to `nào` or `gì` that belong to the noun they ask for: `nguyên nhân chính là gì`."""


def _is_bare(folded: str, found: Found) -> bool:
    return _BARE.fullmatch(folded[found[1] : found[2]]) is not None


def _is_indefinite(folded: str, found: Found) -> bool:
    """Return whether `gì`, `nào`, `ai`, `mấy` mean nothing, everything or a few: `không giúp được gì`, `năm nào cũng`, `mấy ngày sau`."""
    start, end = found[1:]
    if found[0] is Kind.YESNO:
        return False
    if _EVERY.match(folded, end) or (folded.startswith("may ", start) and _A_FEW.match(folded, start)):
        return True
    denied = _DENIED.search(folded[:start])
    return denied is not None and not _DENIAL_IS_NAMED.search(folded[:start])


def _is_told(folded: str, found: Found) -> bool:
    """Return whether why is only what somebody explains or asks: `người giải thích vì sao …`."""
    told = found[0] is Kind.REASON and _TOLD.search(folded[: found[1]])
    return bool(told) and _WHY.match(folded, found[1]) is not None


_BARE = re.compile(r"nguyen nhan|(?:ly|li) do|so luong|(?:ty|ti) le|nghe nghiep|nguyen do")
_ASKS_FOR_IT = re.compile(r"^(?: \w+){0,2} (?:nao|gi)$|\bla gi$")
_KNOWN = re.compile(
    r"\b(?:co|da|lieu)\b(?: \w+){0,3} (?:ghi|noi|biet|ro|neu|xac dinh|cong bo|tiet lo|an dinh|cho biet|giai thich|tinh)(?: [\w.]+){0,5} $"
)
"""Whether something is known or told is asked: `có ghi … bao nhiêu … không`."""
_DONE = re.compile(r"\b(?:co|da|tung|lieu)\b")
_EVERY = re.compile(r" (?:cung|deu)\b")
_A_FEW = re.compile(
    r"may (?:gio|phut|ngay|hom|tuan|thang|nam|lan|chuc|tram)(?: \w+)? (?:sau|nay|qua|truoc|lien|toi|gan day|dau)\b"
)
_DENIED = re.compile(r"\b(?:khong|chang|cha|dung)(?: (?!(?:de|nham|boi|thi|ma|nen|vao|la)\b)\w+){0,3} $")
_DENIAL_IS_NAMED = re.compile(r"\b(?:hang|may bay|tren|tang|duong|phong) khong(?: \w+){0,3} $")
"""`hàng không`, `trên không`: the air."""
_TOLD = re.compile(
    r"\b(?:giai thich|ly giai|li giai|hoi|ke|hieu|neu|chi ra|thac mac|tim hieu|lam ro|phan tich|noi|biet)(?: (?:ro|ong|ba|ve|viec|chuyen|anh|chi)\b)?(?: [\w.]+){0,3} $"
)
_WHY = re.compile(r"(?:vi|tai) sao")
