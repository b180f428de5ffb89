"""What stands beside words with capitals: titles, posts, the noun of a thing, the beginning of a sentence."""

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.language.forms import UPPER, is_syllable
from qa.language.lexicon import default_lexicon
from qa.people.names import GIVEN, SURNAMES
from qa.people.words import CALLED, CALLED_ENDS, HONORIFIC, HONORIFIC_ENDS, OCCUPATION, head_before, head_end

__all__ = [
    "Piece",
    "adjoins_head",
    "agent_apposed",
    "agent_before",
    "begins_word",
    "called_before",
    "follows_head",
    "follows_scholar",
    "in_place",
    "is_aged",
    "is_agent",
    "is_agent_title",
    "is_foreign",
    "is_place",
    "is_stranger",
    "is_word",
    "names_country",
    "names_division",
    "opens",
    "recurs",
    "says",
    "tells",
    "title_before",
]

Piece = tuple[int, int]
"""Where a word of a name stands."""
_NEXT_WORD = re.compile(r" [^\W\d_]+")
_PARTED = frozenset(" .,/-")
_NO_WORD = re.compile(r"\W")
_EDGE = re.compile(r"[,.;:()\n](?:(?<=\()[A-ZĐ&-]{2,14}\)|(?<=TP\.)|(?<=Tp\.)|(?<=[PQ]\.)|(?<=St\.)|())")
"""What parts a post from a name, which abbreviations do not: then its group is unset."""
_BEHIND = r"(?: \([^()\n]{0,40}\))? (?:(?:đã|cũng|còn|vừa|tiếp tục|thẳng thắn|hào hứng|xúc động|bất ngờ) )?"
_SAYS = re.compile(
    rf"{_BEHIND}(?:lý giải|chia sẻ|tâm sự|bày tỏ|kể|nói|trải lòng|thừa nhận|đáp lời|than|khai|nhận xét|phân tích|bộc bạch|thổ lộ)(?![\w])"
)
_TELLS = re.compile(rf"{_BEHIND}(?:cho biết|cho hay|tiết lộ|khẳng định|nhấn mạnh|viết|cho rằng)(?![\w])")
_AGED = re.compile(r",? \(?(?:\d{1,2} tuổi|SN \d|sinh năm \d|sinh ngày \d|aged? \d)| \(\d\d[,)]|, \d\d, ")
_STRANGER = re.compile(
    r"(?:,|,? [-–—]) (?!ông|bà|Ông|Bà|nơi|nhưng|và|which|where|and)[^,;:\n“”\"–—]{3,110}?(?:,| [-–—]) (?:đã |cũng |còn )?(?:lý giải|chia sẻ|tâm sự|bày tỏ|kể|nói|thừa nhận|nhận định|nhận xét|phát biểu|bình luận|said|says|told)(?![\w])"
)
_BEGINS = frozenset({"", "\n", ".", "!", "?", "…", ":", "“", '"', "'", "”", "-", "–"})
_AGENT = re.compile(
    r"(?!(?:after|under|over|other|another|rather|whether|either|neither|never|ever|later|water|winter|summer|number|member|matter|order|power|paper|together|former|latter|earlier|"
    r"however|moreover|further|forever|remember|consider|discover|recover|deliver|offer|suffer|enter|center|major|minor|inferior|superior|interior|error|tour|prior|labor|exist|consist|assist|insist|resist|"
    r"human|urban|relevant|important|constant|instant|distant|recent|current|silent|event|moment|present|percent|cent|spent|sent|went|different|parent|apparent|independent)$)"
    r"[a-z]{2,}(?:er|or|ist|ian|eer|man|woman|yst|eur|ographer|ant|ent)$",
    re.IGNORECASE,
)
"""English nouns of agents by their endings (Marchand 1969): whatever one is, a name behind it is a person's."""
_KIN = frozenset(
    "wife husband mother father son daughter brother sister widow uncle aunt cousin friend deputy aide boss guest host head chief coach".split()
)
_APPOSED = re.compile(
    r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he|[Mm]y|[Oo]ur)|[a-z][’']s?) ((?:[A-Za-z-]+ ){0,3}([a-z]{3,})), \Z"
)
"""Before a name, who that is to somebody, or what he does."""
_AGENTS = frozenset(
    "chef cook monk nun priest vicar rabbi imam pastor guard aide host critic athlete midwife advocate delegate candidate cadet diplomat pundit barista bureaucrat guide".split()
)
"""Such nouns that end in another way."""
_LAST_LOWER = re.compile(r"(?<![\w’'-])([a-z]{4,}) \Z")
_ENGLISH_BEHIND = re.compile(
    r",? (?:who(?:se)?|aged)\b|, an? (?:former|senior|veteran|leading|long-time|longtime)\b|, an? (?:[a-z]+(?:-[a-z]+)* ){0,2}(?:mother|father|widow|widower|resident|retired|student|native|survivor|neighbour|neighbor|nurse|doctor|shopkeeper|teacher|farmer|fisherman|lawyer|economist|analyst|historian|biologist|engineer|scientist|researcher|professor|lecturer|activist|volunteer|driver|worker|housewife|pensioner|plumber|carpenter|baker|photographer|journalist|writer|pilot|sailor|soldier|veteran|witness|musician|priest|spokes(?:man|woman|person))\b"
)
_GOES_ON = re.compile(r"(?:[’']s)?,? [a-z]{2}")
_SCHOLAR = re.compile(
    r"(?i:(?:nữ |cựu )?(?:chuyên gia|giáo sư|nhà nghiên cứu|nhà khoa học|học giả|nhà phân tích|nhà kinh tế))"
    r"(?: (?!(?:hãng|công ty|tập đoàn|của|tại|ở|thuộc|cho|trường|viện|về|người|từ|đến|và)(?![\w]))[a-zà-ỹđ]+){1,4} "
)
_DIVIDED = re.compile(
    r"(?<![\w])(?:tỉnh|huyện|quận|phường|xã|thị xã|thị trấn|thành phố|TP|[Cc]ông ty|[Tt]ập đoàn|[Bb]ệnh viện|[Ss]ân bay|[Cc]ảng|[Bb]áo|ĐH|THPT|THCS)\.? \Z"
)
_FORENAME = re.compile(rf"[{UPPER}][\w.’'-]* \Z")
_CALLS = frozenset("ông bà anh chị cô chú bác cụ em cháu thầy chí vị ngài cáo can nhân mr mrs ms miss".split())
"""The last words of titles that only names follow."""
REACH = 90
"""Characters before a name in which the post that leads up to it may begin."""
AROUND = 5000
"""Characters before and behind a name in which it may be taken up."""
PLACES = 20
"""Places looked at there; who is taken up at all is so soon."""
LOOK_BACK = 24
"""Characters before a name in which a title, or the noun of a place, is looked for."""


def says(text: str, end: int) -> bool:
    """Return whether behind a name that ends at `end` stands what only people do: `X kể`."""
    return _SAYS.match(text, end) is not None


def tells(text: str, end: int) -> bool:
    """Return whether behind a name stands what people do, and papers and firms, too: `X cho biết`."""
    return _TELLS.match(text, end) is not None


def is_aged(text: str, end: int) -> bool:
    """Return whether an age or a year of birth stands behind a name."""
    return _AGED.match(text, end) is not None or _ENGLISH_BEHIND.match(text, end) is not None


def is_stranger(text: str, end: int) -> bool:
    """Return whether behind a name stands who that is, and that he spoke: `X, một nhà báo tự do, nói`."""
    return _STRANGER.match(text, end) is not None


def is_agent(word: str) -> bool:
    """Return whether an English word is that of somebody who does something, by its ending: `geologist`."""
    return _AGENT.match(word) is not None or word.lower() in _AGENTS


def is_agent_title(text: str, pieces: Sequence[Piece]) -> bool:
    """Return whether the first of three words or more says what somebody does: `Hydrologist ⟨Sunita Bhandari⟩`."""
    word = text[slice(*pieces[0])]
    return (
        len(pieces) > 2
        and word not in GIVEN
        and opens(text, pieces[0][0])
        and is_agent(word)
        and not head_end(text, pieces[0][0])
    )


def agent_before(text: str, start: int) -> int:
    """Return where the English noun of an agent that adjoins a name begins, or 0: `said ⟨caver⟩ Deborah Lisle`.

    The heads of posts are left to those who look for them, but for bare occupations.
    """
    last = _LAST_LOWER.search(text, max(0, start - 24), start)
    if last is None or not (is_agent(last[1]) or OCCUPATION.fullmatch(last[1])):
        return 0
    head = head_end(text, last.start(1))
    return 0 if head and not OCCUPATION.fullmatch(text, last.start(1), head) else last.start(1)


def agent_apposed(text: str, start: int) -> int:
    """Return where the words begin that tell before a comma who somebody is, or 0: `wife` of `his ⟨wife⟩, X`."""
    if not text.startswith(", ", start - 2):
        return 0
    apposed = _APPOSED.search(text, max(0, start - 60), start)
    return apposed.start(1) if apposed and (apposed[2] in _KIN or is_agent(apposed[2])) else 0


def recurs(text: str, start: int, end: int) -> bool:
    """Return whether a name of several words is taken up by its last one, before a small word: `Lisle said`."""
    name = text[start:end]
    last = name.rpartition(" ")[2]
    first, limit = max(0, start - AROUND), min(len(text), end + AROUND)
    at = text.find(last, first, limit) if len(last) > 2 else -1
    for _ in range(PLACES):
        if at < 0:
            return False
        behind = at + len(last)
        if (
            (at == 0 or text[at - 1] in ' \n“"(')
            and _GOES_ON.match(text, behind)
            and not _FORENAME.search(text, max(0, at - 30), at)
        ):
            return True
        at = text.find(last, behind, limit)
    return False


def title_before(text: str, start: int) -> re.Match[str] | None:
    """Return the title right before a name, if any."""
    if text[start - 1 : start] not in _PARTED:
        return None
    word = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
    if word.isalpha() and word.lower() not in HONORIFIC_ENDS:
        return None  # as nearly everywhere
    window = text[max(0, start - 18) : start]
    last = window.rstrip(" .,/-")
    if len(last) == len(window):
        return None
    word = last[last.rfind(" ") + 1 :]
    if not word.isalpha():
        word = _NO_WORD.split(word)[-1]
    if word.lower() not in HONORIFIC_ENDS:
        return None
    if word == "Anh" and not opens(text, start - len(window) + len(last) - len(word)):
        return None  # a capital makes `Anh` a country
    return HONORIFIC.search(text, max(0, start - LOOK_BACK), start)


def called_before(text: str, start: int) -> re.Match[str] | None:
    """Return what somebody is called right before a name: `cử tri ⟨Trà Bích Ngà⟩`."""
    last = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : start - 1]
    return CALLED.search(text, max(0, start - LOOK_BACK), start) if last.lower() in CALLED_ENDS else None


def opens(text: str, start: int) -> bool:
    """Return whether a sentence or quotation begins at `start`."""
    return text[max(0, start - 2) : start].strip(" \t")[-1:] in _BEGINS


def begins_word(text: str, pieces: Sequence[Piece]) -> bool:
    """Return whether the last piece and the word behind it are one: `⟨Văn⟩ phòng`, `⟨Bí⟩ thư`."""
    if not pieces or not (after := _NEXT_WORD.match(text, pieces[-1][1])):
        return False
    if head_end(text, pieces[-1][0]) > pieces[-1][1]:
        return True
    named = len(pieces) > 2 and text[slice(*pieces[-3])] in SURNAMES
    return not named and is_word(text[pieces[-1][0] : after.end()])


def names_country(text: str, lead: int | None, start: int, end: int) -> bool:
    """Return whether a place stands right behind what somebody is: `nhà báo ⟨Đức⟩`, `người đồng cấp ⟨Mỹ⟩`; `ông` makes it a name."""
    title = text[lead:start].rstrip(". ").rpartition(" ")[2].lower() if lead is not None else ""
    return bool(title) and title not in _CALLS and is_place(text[start:end])


def adjoins_head(text: str, start: int) -> bool:
    """Return whether nothing stands between the head of a post and `start`."""
    head = head_before(text, max(0, start - 40), start)
    return head is not None and head[1] == start - 1


def follows_head(text: str, start: int) -> bool:
    """Return whether a post that begins shortly before `start` may lead up to it."""
    head = head_before(text, max(0, start - REACH), start)
    return head is not None and not any(edge[1] is not None for edge in _EDGE.finditer(text, head[1], start))


def follows_scholar(text: str, start: int) -> bool:
    """Return whether what a scholar is, without a body, leads up to a name: `chuyên gia quân sự ⟨Adel Suleiman⟩`."""
    head = head_before(text, max(0, start - 48), start)
    return head is not None and _SCHOLAR.fullmatch(text, head[0], start) is not None


def names_division(text: str, start: int) -> bool:
    """Return whether a name at `start` is that of a division or a firm beyond doubt: no post leads up to it."""
    return _DIVIDED.search(text, max(0, start - LOOK_BACK), start) is not None and not follows_head(text, start)


def in_place(text: str, pieces: Sequence[Piece], i: int) -> bool:
    """Return whether a piece ends or begins the name of a place: `Hải ⟨Dương⟩`, `⟨Hà⟩ Nội`, `Buôn ⟨Ma⟩ Thuột`."""
    if i and is_place(text[pieces[i - 1][0] : pieces[i][1]]):
        return True
    left = len(pieces) - i
    if i and left > 1 and is_place(text[pieces[i - 1][0] : pieces[i + 1][1]]):
        return True
    return left > 1 and left != 3 and is_place(text[pieces[i][0] : pieces[i + 1][1]])


def is_foreign(text: str, piece: Piece) -> bool:
    """Return whether a piece of a name is no Vietnamese syllable."""
    return _is_foreign_word(text[slice(*piece)])


@lru_cache(maxsize=32768)
def _is_foreign_word(word: str) -> bool:
    return len(word) > 1 and not is_syllable(word)


@lru_cache(maxsize=32768)
def is_word(words: str) -> bool:
    """Return whether the lexicon knows these words as one."""
    return default_lexicon().knows(words)


@lru_cache(maxsize=32768)
def is_place(name: str) -> bool:
    """Return whether the lexicon knows these words as the name of a place."""
    return default_lexicon().is_place(name)
