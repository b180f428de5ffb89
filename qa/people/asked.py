"""Questions about people that the ledger's rows answer: somebody's posts, who holds an office, what somebody attended."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.language.forms import fold, is_syllable, words
from qa.language.lexicon import default_lexicon
from qa.people.offices import Office, folded_body, office_of
from qa.people.words import HEAD, HEADS
from qa.question import Question
from qa.schema import Role

__all__ = ["Asked", "AskedFor", "people_asked"]

NAME_WORDS = 5
"""Words of the longest name looked for."""
TRANSLATIONS = 24
"""Ways of putting an English office into Vietnamese that are tried."""


class AskedFor(StrEnum):
    """What is asked of people."""

    POSTS = "posts"
    HOLDER = "holder"
    DEEDS = "deeds"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about people.

    Attributes:
        what: What is asked for.
        name: The person, folded, or "".
        offices: The office asked for, in every way it may be called; a head of "" is whoever leads the body.
        roles: The deeds asked for.
        alone: Whether nothing else is said, so that no article need be found first.
        now: Whether the present holder is asked for.
    """

    what: AskedFor
    name: str = ""
    offices: tuple[Office, ...] = ()
    roles: tuple[Role, ...] = ()
    alone: bool = True
    now: bool = False


Names = Callable[[Sequence[str]], set[str]]

_WHO = r"(?:ai|nguoi nao|ong nao|ba nao|vi nao|dong chi nao)"
_ALREADY = r"(?:(?:hien|dang|da|tung|hien nay|luc do|luc ay|khi do|la nguoi) )*"
_HOLDERS = (
    re.compile(
        rf"\b{_WHO} {_ALREADY}(?:la|lam|giu chuc(?: vu)?|giu cuong vi|dam nhiem(?: chuc(?: vu)?)?|dam nhan(?: chuc(?: vu)?)?) (?P<post>.+)"
    ),
    re.compile(
        rf"^(?:hien nay |hien tai |bay gio |luc do )?(?:ong |ba )?(?P<post>.+?) {_ALREADY}(?:la|ten(?: la)?) (?:ai|gi|nguoi nao)\b"
    ),
    re.compile(rf"\b{_WHO} {_ALREADY}(?:dung dau|lanh dao|phu trach|quan ly|cam dau) (?P<body>.+)"),
    re.compile(
        r"\bwho(?: else)? (?:is|was|were|became|served as|serves as|has been|had been|acted as|worked as)(?: the| a| an| then| currently| now)* (?P<post>[^?]+)"
    ),
    re.compile(
        r"\bwho (?:currently |then )?(?:heads|headed|led|leads|runs|ran|directs|directed|chairs|chaired|is in charge of|was in charge of|was heading|is heading)(?: the)? (?P<body>[^?]+)"
    ),
    re.compile(r"\bwhat (?:is|was) the name of the (?:then |current )?(?P<post>[^?]+)"),
)
_DATED = r"(?:năm|tháng|ngày|quý|nam|thang|ngay|quy)(?= \d| nay| ngoái| ngoai| trước| truoc| kia)|đầu năm|cuối năm|giữa năm|dau nam|cuoi nam|giua nam"
_TAIL = re.compile(
    rf" (?:{_DATED}|ở|tại|trong|vào|hồi|lúc|khi|từ|trước|sau|hiện nay|hiện tại|bây giờ|nhiệm kỳ|tai|trong|vao|luc|khi|hien nay|hien tai|bay gio|nhiem ky|"
    r"in|at|on|during|when|as of|from|between|since|before|after|now|today|currently|then|early|late|mid|last|this)(?= |$)|[,?;:(]|\d|$"
)
"""What follows the words of an office; with diacritics where those of the question have them."""
_NOW = re.compile(
    r"\b(?:hien nay|hien tai|bay gio|hien gio|dang la|dang lam|duong nhiem|hien dang|is|now|currently|current|today)\b"
)
_POSTS = re.compile(
    r"\b(?:la ai|la nguoi nao|who (?:is|was)|(?:giu|dam nhiem|dam nhan|nam giu|tung giu|kinh qua|lam) (?:nhung |cac )?(?:chuc|chuc vu|chuc danh|cuong vi|vi tri|trong trach)\b|chuc vu|chuc danh|"
    r"lam (?:chuc )?gi|giu chuc|(?:which|what) (?:posts?|positions?|offices?|roles?|jobs?|titles?)\b)"
)
_POST_WORDS = frozenset(
    (
        "la ai nguoi nao who is was has had did does do giu dam nhiem nhan nam chuc vu danh cuong vi vi tri trong trach lam gi nhung cac cua "
        "which what post posts position positions office offices role roles job jobs title titles hold held holding have occupied serve served in as the at by of "
        "ong ba dong chi mr ms mrs dr dang da tung hien nay tai luc do khi ay nam thang dau cuoi giua vao hoi bay gio now currently current then early late mid during tell me about "
        "cho biet hoi xin vay the nhi a voi va and s"
    ).split()
)
_MEETINGS = re.compile(
    r"\b(?:hoi nghi|cuoc hop|cuoc gap|phien hop|su kien|buoi le|buoi lam viec|dai hoi|hoi thao|meetings?|conferences?|events?|sessions?|gatherings?|ceremon(?:y|ies))\b"
)
_DEEDS: tuple[tuple[re.Pattern[str], tuple[Role, ...]], ...] = (
    (re.compile(r"\b(?:chu tri|dong chu tri|dieu hanh|chair|chaired|preside|presided)\b"), (Role.CHAIRS,)),
    (re.compile(r"\b(?:phat bieu|speak|spoke|address|addressed)\b"), (Role.SPEAKS, Role.PRESENTS)),
    (
        re.compile(
            r"\b(?:du|tham du|den du|toi du|co mat|tham gia|attend|attended|take part in|took part in|present at)\b"
        ),
        (Role.ATTENDS, Role.CHAIRS, Role.PRESENTS),
    ),
)
_DEED_WORDS = _POST_WORDS | frozenset(
    "hoi nghi cuoc hop gap phien su kien buoi le viec dai thao du tham den toi co mat gia chu tri dong dieu hanh phat bieu o nhung noi dau where to took take part present attend attended chair chaired speak spoke address addressed meeting meetings conference conferences event events session sessions gathering gatherings any list all been".split()
)


def people_asked(question: Question, known: Names) -> Asked | None:
    """Return what a question asks of people, or None when it is another question.

    Args:
        question: The question, understood.
        known: Says of folded names which of them somebody in the articles bears.
    """
    plain = question.folded
    name, rest = _name_in(question, known)
    if name:
        said = {w for w in _WORDS.findall(rest) if not w.isdigit()}
        if _MEETINGS.search(rest) and re.search(r"\b(?:nao|which|what|list|nhung gi)\b", rest):
            for verb, roles in _DEEDS:
                if verb.search(rest):
                    return Asked(AskedFor.DEEDS, name, roles=roles, alone=said <= _DEED_WORDS)
        if _POSTS.search(rest) and said <= _POST_WORDS:
            return Asked(AskedFor.POSTS, name, now=_NOW.search(rest) is not None)
        return None
    for pattern in _HOLDERS:
        if not (found := pattern.search(plain)):
            continue
        group = "post" if found.groupdict().get("post") else "body"
        start, end = found.span(group)
        lowered = question.text.lower()
        office = (lowered if len(lowered) == len(plain) else plain)[start:end]
        end = start + _TAIL.search(office).start()  # type: ignore[union-attr]  # the end of the text fits, too
        offices = tuple(dict.fromkeys(_offices(question, start, end, headed=group == "post")))
        if offices:
            outside = set(_WORDS.findall(plain[: found.start()] + " " + plain[end:])) - _PERIOD_WORDS
            alone = not {w for w in outside if not w.isdigit()} - _POST_WORDS
            return Asked(AskedFor.HOLDER, offices=offices, alone=alone, now=_NOW.search(plain) is not None)
    return None


_WORDS = re.compile(r"[^\W_]+")
_PERIOD_WORDS = frozenset(
    "nam thang ngay quy dau cuoi giua early late mid year in of the january february march april may june july august september october november december and va".split()
)
_TITLED = re.compile(r"\b(?:ong|ba|dong chi|mr|mrs|ms|dr)\.? $")


def _name_in(question: Question, known: Names) -> tuple[str, str]:
    """Return the longest name of the question that the articles know, folded, and the question without it.

    A name of one word needs a title before it, or a capital and a shape that no Vietnamese syllable has; one that is also
    a place is the place.
    """
    plain = question.folded
    found = [m.span() for m in _WORDS.finditer(plain)]
    capital = [len(plain) == len(question.text) and question.text[start].isupper() for start, _ in found]
    spans: dict[tuple[int, int], str] = {}
    for length in range(1, NAME_WORDS + 1):
        for i in range(len(found) - length + 1):
            start, end = found[i][0], found[i + length - 1][1]
            foreign = i > 0 and capital[i] and not is_syllable(plain[start:end])
            if length > 1 or foreign or _TITLED.search(plain[:start]):
                spans[start, end] = " ".join(plain[start:end].split())
    names = known(list(dict.fromkeys(spans.values())))
    for (start, end), name in sorted(spans.items(), key=lambda s: s[0][0] - s[0][1]):
        if name in names and not default_lexicon().is_place(question.text[start:end]):
            return name, f"{plain[:start]} {plain[end:]}"
    return "", plain


def _offices(question: Question, start: int, end: int, *, headed: bool) -> Iterator[Office]:
    """Yield the ways in which the words of a question name an office, in Vietnamese and as they stand."""
    said = question.text[start:end].strip()
    if not folded_body(said):
        return
    if question.language == "vi":
        if not headed:
            yield Office("", folded_body(said))
        elif HEAD.match(said):
            yield office_of(said)
        elif plain_head := _plain_head(said):
            yield Office(plain_head, folded_body(said[len(plain_head) :]))
        return
    yield office_of(said) if headed else Office("", folded_body(said))
    for phrase in itertools.islice(_in_vietnamese(said), TRANSLATIONS):
        if headed and HEAD.match(phrase):
            yield office_of(phrase)
        elif not headed:
            yield Office("", folded_body(phrase))


def _plain_head(said: str) -> str:
    """Return the head that words typed without diacritics begin with: `chu nhiem van phong chinh phu`."""
    plain = fold(said)
    return next((plain[: len(h)] for h in _PLAIN_HEADS if plain == h or plain.startswith(h + " ")), "")


_PLAIN_HEADS = tuple(fold(h) for h in HEADS)


def _in_vietnamese(english: str) -> Iterator[str]:
    """Yield Vietnamese for an English office: the phrases of the lexicon that make it up, head before body."""
    forms = words(english)
    sides: list[list[str]] = []
    at = 0
    while at < len(forms):
        length, entries = default_lexicon().match(forms, at)
        entries = tuple(e for e in entries if e.kind != "function")
        if entries:
            sides.append([v for e in entries for v in e.vietnamese][:4])
        at += max(1, length)
    for choice in itertools.product(*sides[:3]):
        yield " ".join(choice)
        if len(choice) > 1:
            yield " ".join(reversed(choice))  # `Government Office head`
