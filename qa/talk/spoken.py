"""A turn as it would be written: without what people say around a question, and with the pronouns of books.

`à mà cho mình hỏi thêm, ổng quê ở đâu vậy bạn?` is `ông ấy quê ở đâu?`, and `oh wow, thanks! do you know where he lives?` is
`where he lives?`.
"""

import re

from qa.language.forms import has_accents, words
from qa.talk.words import compiled, unaccented

__all__ = ["plainly", "without_remarks"]

LONGEST_REMARK = 6
"""Words of a remark before a question: `ủa sao kỳ vậy ta,`."""

_OUTCRY = r"(?:ok|oke|okie|okay|ừ|ừm|ờ|ơ|à|á|ồ|ủa|ui|ôi|ôi trời|trời|trời ơi|trời đất|dạ|vâng|vậy à|vậy hả|vậy hở|thế à|thế hả|thế cơ à|ra vậy|ra thế|ra là vậy|hay|hiểu rồi|biết rồi|rõ rồi|được rồi|tốt|tốt quá|tuyệt|haha|hihi|hehe|kk|thiệt hả|thật à|thật hả|thật không|tks|thanks|thank you|cảm ơn|cám ơn|à quên|à mà|mà này|này|nè|ad|bạn|bot|à đúng rồi|đúng rồi|chà)"
_REMARK_ENDS = frozenset("ghê quá thật nhỉ à ạ hả nha nhé nhe vậy thế rồi luôn dữ kinh thiệt ơi nhiều bạn ad".split())
_CALLING = r"(?:ad|bạn|bot|shop|em|anh|chị|mọi người|cả nhà) ơi"
_CALLED_OUT = rf"(?:(?:à|ơ|ủa|ừ|ờ|ồ|ôi|dạ|vâng|hay|{_CALLING})[, ]+|á, )*"
_PRELUDE = r"(?:mà[, ]+(?=cho |tôi |mình |em |tớ |\w+ (?:đó|này|ấy) ))?(?:(?:làm ơn |xin |vui lòng )?cho (?:mình |tôi |em |tớ |anh |chị |tui )?(?:xin )?(?:hỏi|biết|hay)(?: (?:thêm|luôn|tí|chút|xíu|một chút|tí nữa|cái|với|nữa|ké))*(?: (?:là|rằng))?[:,]? |(?:tôi|mình|em|tớ|tui) (?:cũng )?(?:muốn|cần) biết(?: thêm)?(?: (?:là|rằng))?[:,]? |(?:bạn |ad |em )?(?:có )?biết (?=.* không ?\?*$)|hỏi (?:thêm|tí|chút|cái|ngu)(?: (?:tí|chút|xíu|là|nữa))*[:,]? )?"
_TAIL = r"(?:(?<!làm)(?<!như)(?<!nói)(?<!nghĩ)[ ,]+(?:vậy|thế|nhỉ|ạ|hả|hở|ha|nha|nhé|nhe|nè|lận|vậy ta|ta ơi|trời|á|z|zậy|dzậy|vầy|ấy nhỉ|cơ nhỉ)(?: (?:bạn|ad|em|anh|chị|shop|bot|ta|trời|mọi người))?(?: (?:ơi|ạ|nhỉ|ha))?)+(?= *[?.!]*$)|[ ,]+(?:bạn|ad|shop|bot|mọi người) ?(?:ơi)?(?= *[?.!]*$)"
_ENGLISH_OUTCRY = r"(?:thanks?(?: you)?(?: so much| a lot| very much)?|thx|ty|cheers|ok(?:ay)?|k|great|good|cool|nice|wow|oh(?: my| no| wow| dear| i see| right| ok(?:ay)?)?|ah|aha|hm+|huh|i see|got it|understood|right|sure|interesting|really|lol|haha|good to know|makes sense|all ?right|yeah|yes|yep|hey|hi|hello|sad|how (?:sad|awful|cool|nice|interesting)|that's (?:a lot|sad|great|crazy|interesting|terrible|awful|good)|perfect|awesome|amazing|fair enough|no way|damn|gosh|great, thanks|so sad|poor (?:man|woman|guy|thing|kid|kids|people))"
_ENGLISH_CALL = r"(?:oh|ah|wow|hm+|ok(?:ay)?|hey|yeah|well|thanks|cool|right)(?:,| (?=(?:and|so|but|what|who|where|when|why|how|which|is|are|was|were|did|does|do|can|could|cool|thanks|then)\b))"
_ENGLISH_PRELUDE = r"(?:(?:by the way|btw|just curious|out of curiosity|one more (?:thing|question)|another question|quick question|also)[,:]? )?(?:(?:can|could|would|will) you (?:please )?(?:also )?(?:tell me|say|check|find out|look up)(?: please)? |(?:please )?tell me |do you (?:happen to |also )?know |any idea |(?:i'd|i would|i) (?:also )?(?:like|want|need|love) to know |i(?: was|'m| am)? wonder(?:ing)? |i'm curious )?(?=(?:if|whether|and|so|what|who|whom|whose|where|when|why|how|which|in|on|at|from|by|is|are|was|were|did|does|do|has|have|had|what's|who's|where's)\b)"
_ENGLISH_TAIL = r"(?:[ ,]+(?:please|pls|though|by the way|btw|again|exactly please|do you know|any idea))+(?= *[?.!]*$)"

_FOLLOWS_PRONOUN = r"(?=,? (?:là|có|còn|đã|sẽ|bị|được|đang|ở|tại|sinh|quê|nói|làm|giữ|mất|sống|học|phát|trả|cho|từng|muốn|đến|tới|về|bao|đi|ra|vào|tên|tốn|hát|chết|lấy|cưới|thi|đứng|đá|viết|bán|mua|gặp|nhận|xin|kể|khai|năm|hiện|giờ|lúc|hồi|cũng|mới|vừa|phải|thế|mấy|dạy|lên|bỏ|thắng|thua|ăn|chơi|nghĩ|cần|dùng|thích|xuất|trốn|ký|mang|bắt|sang|rời|kiếm|nợ|yêu|chưa|vẫn|định|tính|đòi|kiện|chọn|thuê|giúp|cứu|gì|nào|sao|ấy)(?!\w)| *[?.!]*$)"
_BEFORE_PRONOUN = r"(?:^|(?<=của )|(?<=cho )|(?<=với )|(?<=vợ )|(?<=chồng )|(?<=mẹ )|(?<=cha )|(?<=bố )|(?<=con )|(?<=em )|(?<=chị )|(?<=gái )|(?<=trai )|(?<=mà )|(?<=thì )|(?<=là )|(?<=sao )|(?<=gặp )|(?<=bắt )|(?<=giúp )|(?<=thay )|(?<=cưới )|(?<=tuổi )|(?<=hỏi )|(?<=rồi )|(?<=lúc )|(?<=khi )|(?<=vậy ))"
"""Where `ảnh` and `cổ` are he and she rather than a picture and old."""
_SPOKEN = (
    (r"(?<!\w)(?:tụi nó|bọn nó|chúng nó|tụi họ|bọn họ|mấy ổng|mấy bả|mấy ảnh|mấy người (?:đó|này|ấy)|đám (?:đó|này)|bọn (?:đó|này))(?!\w)", "họ"),
    (r"(?<!\w)ổng(?!\w)", "ông ấy"),
    (r"(?<!\w)bả(?!\w)", "bà ấy"),
    (rf"{_BEFORE_PRONOUN}ảnh{_FOLLOWS_PRONOUN}", "anh ấy"),
    (rf"{_BEFORE_PRONOUN}cổ{_FOLLOWS_PRONOUN}", "cô ấy"),
    (r"(?<!\w)ẻm(?!\w)", "em ấy"),
    (rf"^(?:y|thị|gã|lão){_FOLLOWS_PRONOUN}", "ông ấy"),
    (r"(?<!\w)(?:thằng|gã|tên|tay) (?:đó|này|ấy|kia)(?!\w)", "ông ấy"),
    (r"(?<!\w)(?:con nhỏ|con bé|nhỏ|bé|mụ) (?:đó|này|ấy|kia)(?!\w)|(?<!\w)cô nàng(?!\w)", "cô ấy"),
)  # fmt: skip
"""Pronouns that are spoken, not written; only with diacritics, without which they are other words."""
_NEXT = (
    r"(?:(?:rồi|thế rồi|vậy rồi|và rồi)(?: thì)? sao(?: nữa)?|(?:rồi )?sao nữa|(?:rồi )?(?:sau đó|tiếp theo)(?: thì)?(?: sao| thế nào| ra sao)?(?: nữa)?|kết quả sao|kết cục sao)",
    "sau đó thế nào?",
)
_ENGLISH_NEXT = (
    r"(?:and )?(?:then what|what then|what happened (?:next|then|after(?:wards)?|after that)|what next|and then|what came of it)",
    "what happened next?",
)
"""What asks how it went on, and how that is written."""
_NOT_A_REMARK = r"(?:không|ko|nhầm|sai|xin lỗi|à không|à nhầm|ý|no|sorry|not|oops|actually|wait)(?!\w)"
_ASKING = frozenset(
    "ai gì nào đâu sao mấy bao khi gi nao dau may who whom whose what which when where why how còn thế con the".split()
)


def plainly(text: str) -> str:
    """Return a turn without greetings, remarks and particles around what it asks, its pronouns as they are written."""
    plain = not has_accents(text)
    said = without_remarks(text)
    if not plain:  # without diacritics `à` and `ơ` are other words
        said = compiled(_CALLED_OUT, plain=False).sub("", said, count=1) or said
    for pattern in (_ENGLISH_PRELUDE, _PRELUDE):
        found = compiled(pattern, plain=plain and pattern is _PRELUDE).match(said)
        if found and found.end() and words(said[found.end() :]):
            said = said[found.end() :]
            said = re.sub(r"(?i) không(?= *\?*$)", "", said) if found[0].rstrip().endswith("biết") else said
            break
    for pattern in (_ENGLISH_TAIL, _TAIL):
        shorter = compiled(pattern, plain=plain and pattern is _TAIL).sub("", said)
        said = shorter if words(shorter) else said
    if not plain:
        for pattern, written in _SPOKEN:
            said = compiled(pattern, plain=False).sub(written, said)
    for pattern, written in (_NEXT, _ENGLISH_NEXT):
        folded = plain and pattern is _NEXT[0]
        if compiled(pattern, plain=folded).fullmatch(said.strip(" ?.!")):
            return unaccented(written) if folded else written
    return said


def without_remarks(text: str) -> str:
    """Return a turn without the remarks before what it asks: `thế à, hay quá. Ai xây?` → `Ai xây?`."""
    plain = not has_accents(text)
    call = re.compile(_ENGLISH_CALL, re.IGNORECASE)
    while True:
        first = re.match(r"(?P<said>[^,.!…?:;]+)[,.!…;]+ +(?=\w)", text)
        outcry = re.match(rf"(?i)(?:{_OUTCRY}|{_ENGLISH_OUTCRY})\?+ +(?=\w)", text)
        if outcry:
            text = text[outcry.end() :]
            continue
        if first and not re.search(r"\d$", first["said"]) and _is_remark(first["said"], plain=plain):
            text = text[first.end() :]
            continue
        called = call.match(text)
        if called and words(text[called.end() :]):
            text = text[called.end() :].lstrip()
            continue
        return text


def _is_remark(said: str, *, plain: bool) -> bool:
    """Return whether a clause says nothing that is asked: an outcry, thanks, or a few words that end in `ghê`, `quá` and the like."""
    if compiled(_NOT_A_REMARK, plain=plain).match(said):
        return False
    outcries = rf"(?:(?:{_OUTCRY}|{_CALLING})(?: (?:nha|nhé|nhe|ạ|nhiều|bạn|ad|em|anh|chị))*[ ]?)+"
    if compiled(outcries, plain=plain).fullmatch(said) or re.fullmatch(rf"(?i)(?:{_ENGLISH_OUTCRY} ?)+", said):
        return True
    forms = words(said)
    asks = any(f in _ASKING for f in forms) or any(c.isupper() or c.isdigit() for c in said[1:])
    return len(forms) <= LONGEST_REMARK and not asks and forms[-1] in _REMARK_ENDS
