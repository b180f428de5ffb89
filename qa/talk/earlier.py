"""Which turn a follow-up goes on from: the last one, one further back, or none, where it says that it leaves them."""

import re

from qa.kinds import Kind
from qa.kinds.nouns import ENGLISH_OF, PLAIN_OF, VIETNAMESE_OF
from qa.language.forms import fold, has_accents, words
from qa.question import understand
from qa.talk.anaphors import points_back
from qa.talk.before import Before
from qa.talk.somebody import calls_somebody
from qa.talk.standing import relatedness
from qa.talk.words import compiled, content_of

__all__ = ["goes_on_from", "leaving", "with_returned", "without_return"]

FURTHEST = 4
"""Turns that are gone back."""
_OTHER = r"(?:chuyện|việc|vụ|tin|câu|câu hỏi|cái|đề tài|chủ đề|vấn đề|bài|mục|mảng) (?:khác|mới)"
_ACROSS = r"(?:sang|qua) (?:chuyện|việc|vụ|tin|đề tài|chủ đề|vấn đề|mục|mảng)(?! (?:đó|này|ấy))[^,.:;?]{0,25}"
_ASIDE = r"(?:thôi|bỏ qua|gác|khoan|tạm gác|dẹp)(?: (?:lại|đi))? (?:chuyện|vụ|việc|cái|phần)[^,.:;?]{0,20}"
_CHANGED = r"(?:đổi|chuyển)(?: sang| qua)? (?:chủ đề|đề tài|chuyện|câu hỏi)(?: khác)?"
_LEAVING = (
    r"(?:(?:à|ừ|ok|giờ|bây giờ|tiện đây|nhân tiện|thôi)[, ]+)*"
    rf"(?:{_ASIDE}|(?:cho |xin )?(?:(?:tôi|mình|em|tớ) )?(?:(?:xin |muốn )?(?:hỏi|nói|bàn|quay|đổi|chuyển)(?: sang| qua| về)? )?(?:{_OTHER}|{_ACROSS})|{_CHANGED}|không liên quan[^,.:;?]{{0,20}})"
    r"(?: (?:nhé|nha|ạ|chút|tí|xíu|đi|này|nè|luôn))*[,.:;!?–-]+ (?:(?:sang|qua|về) [^,.:;?]{1,20}[:,] )?"
)
_ENGLISH_OTHER = (
    r"(?:on )?(?:an?other|one other|a different|a new|an unrelated|a separate|different|new|unrelated|separate|other) (?:note|topic|subject|story|matter|thing)"
    r"|(?:an? )?(?:different|new|unrelated|separate) question|(?:for )?something (?:else|different|unrelated|lighter|happier|sadder|newer|less \w+|more \w+)"
)
_ENGLISH_CHANGED = (
    r"(?:let's |let me |can we |i want to |i'd like to |to )?(?:chang(?:e|ing)|switch(?:ing)?)(?: the| to a(?:nother| different| new)?)? ?(?:topics?|subjects?|gears|story)"
    r"|moving on(?: to [^,.:;?]{1,25})?|(?:enough (?:of|about)|forget (?:about )?|leaving) ?(?:that|this|him|her|it|them)(?: aside)?|(?:this is )?(?:completely |totally )?unrelated(?:ly)?"
)
_ENGLISH_LEAVING = (
    r"(?:(?:ok(?:ay)?|right|now|well|thanks|anyway|so|and)[,. ]+)*"
    rf"(?:{_ENGLISH_OTHER}|{_ENGLISH_CHANGED})(?: (?:though|but|now|then|entirely|altogether|completely))*[,.:;!?–-]+ (?:but )?"
)
_RETURNING = r"(?:(?:(?:tôi|mình|em|cháu|con|tớ) )?(?:muốn |xin |cho )*(?:hỏi|nói) (?:lại|thêm)(?: về| chuyện| vụ)+|(?:quay|trở|quành)(?: trở)? (?:lại|về)(?: (?:với|về|chuyện|vụ|cái|phần|việc|đoạn|chỗ))*|(?:nói |hỏi )?về lại(?: chuyện| vụ)?) (?P<what>[^,:?]{1,40}?)(?: (?:đi|nhé|nha|ạ))?[,:] "
_ENGLISH_RETURNING = r"(?:(?:and|so|ok(?:ay)?|now)[, ]+)?(?:(?:(?:coming|going|getting|turning|returning|circling) back|returning|back) to|as (?:for|to)|regarding|speaking of) (?P<what>[^,:?]{1,40})[,:] "


def leaving(text: str) -> str:
    """Return a turn that says that it leaves what was spoken of, without saying so: `Something else now: …`; "" of another one."""
    plain = not has_accents(text)
    for pattern, folded in ((_LEAVING, plain), (_ENGLISH_LEAVING, False)):
        found = compiled(pattern, plain=folded).match(text)
        rest = text[found.end() :].strip() if found else ""
        if words(rest):
            return rest
    return ""


def without_return(text: str) -> tuple[str, str]:
    """Return a turn without what it says it goes back to, and that: `how many fit on one?` of `Coming back to the ships, …`."""
    plain = not has_accents(text)
    for pattern, folded in ((_RETURNING, plain), (_ENGLISH_RETURNING, False)):
        found = compiled(pattern, plain=folded).match(text)
        if found and words(text[found.end() :]):
            what = found["what"].strip()
            return re.sub(r"(?i)(?<=[a-z] )it(?!\w)", what, text[found.end() :], count=1), what
    return text, ""


def with_returned(whole: str, returned: str) -> str:
    """Return a question made whole with what it goes back to, where that is not said there: `that call`."""
    said = {fold(w) for w in words(whole)}
    if not returned or {fold(w) for w in content_of(understand(returned))} <= said:
        return whole
    bare = whole.rstrip(" ?.!")
    behind = re.search(r" \((?=.*\)$)", bare)
    return f"{bare[: behind.start()]} ({returned}, {bare[behind.end() :]}?" if behind else f"{bare} ({returned})?"


def goes_on_from(text: str, returned: str, before: Before) -> Before:
    """Return the turn that another goes on from, the last one unless it means somebody or something named further back.

    Args:
        text: The turn.
        returned: What it says it goes back to; "" when it does not say.
        before: The last turn.
    """
    turns = [before]
    while turns[-1].earlier and len(turns) < FURTHEST:
        turns.append(turns[-1].earlier)
    if returned:
        wanted = {fold(w) for w in content_of(understand(returned))}
        shares = [
            (len(wanted & {fold(w) for w in words(f"{t.own} {t.answer}")}), relatedness(returned, t)) for t in turns
        ]
        return turns[shares.index(max(shares))] if wanted else before
    asked = understand(text)
    called = calls_somebody(asked) and (asked.language == "vi" or points_back(asked, before))
    if not called or before.people or _tells_of_somebody(before):
        return before
    return next((t for t in turns if t.people), before)


def _tells_of_somebody(before: Before) -> bool:
    """Return whether a turn asks for somebody, or calls somebody by what they are: `the driver`."""
    table = (VIETNAMESE_OF if has_accents(before.question.text) else PLAIN_OF) if before.vietnamese else ENGLISH_OF
    forms = words(before.question.text)
    called = [" ".join(forms[i : i + n]) for i in range(len(forms)) for n in (1, 2, 3)]
    return before.question.kind is Kind.PERSON or any(table.get(c) is Kind.PERSON for c in called)
