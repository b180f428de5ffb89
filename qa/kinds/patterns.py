"""The words that ask, as patterns over lower case, by what they ask for."""

import re
from functools import cache

from qa.kinds.kind import Kind
from qa.language.forms import UPPER, fold_pattern

__all__ = [
    "BIDS",
    "CALLED",
    "ENGLISH_MANY",
    "ENGLISH_TOPIC",
    "LONGEST_SUBJECT",
    "MONEY_WORDS",
    "VIETNAMESE_MANY",
    "VIETNAMESE_TOPIC",
    "WHO_IS",
    "patterns",
]

MONEY_WORDS = (
    r"tiền|đồng|phạt|giá|lương|thu nhập|doanh thu|lợi nhuận|vốn|chi phí|kinh phí|tốn|đầu tư|trị giá|đáng giá|usd|tài trợ|"
    r"ngân sách|bồi thường|thiệt hại|lãi|kim ngạch|lệ phí|thu phí|học phí|viện phí|thuế"
)
_DURATION_UNIT = r"giờ|phút|giây|tiếng|ngày|tuần|tháng|năm|hours?|minutes?|seconds?|days?|weeks?|months?|years?"
_PRESS = r"(?:(?:các|những|mấy) )?(?:bài báo|bài viết|báo chí|báo|bài|tin tức|tin)(?: này| đó)?"
VIETNAMESE_TOPIC = (
    rf"^(?:(?:theo |trong )?{_PRESS},? )?(?:(?:đã|có|từng) )?(?:nói|viết|bàn|nhắc|kể|đưa tin|đưa|đề cập|thông tin|phản ánh|cho biết)(?: đến| tới)? "
    r"(?:những gì|gì|điều gì|ra sao|thế nào)(?: mới)?(?: (?:về|đến|tới|quanh|liên quan (?:đến|tới)))? |"
    rf"^(?:có )?(?:(?:các|những) )?(?:tin tức|tin|thông tin|bài báo|bài viết|bài|chuyện|gì)(?: gì| nào)?(?: mới)? (?:về|liên quan (?:đến|tới)|quanh) |"
    r"^(?:hãy )?(?:nói|kể|tóm tắt|điểm lại|tìm|cho (?:tôi|mình|em|biết))(?: (?:tôi|mình|em|biết))*(?: (?:các |những )?(?:tin tức|tin|thông tin|bài báo|bài viết|bài|gì|điều gì))? (?:về|liên quan (?:đến|tới)) |"
    r"^(?:chủ đề|đề tài|về (?:chủ đề|vấn đề|chuyện|việc))[:,]? (?!(?:là|gì|nào|của|chính)(?!\w))"
)
ENGLISH_TOPIC = (
    r"^what (?:was|is|were|are|has been|have been|had been)(?: being)? (?:said|written|reported|mentioned|discussed|known|told|there)(?: in the [a-z]+)? (?:about|on|of|regarding|concerning) |"
    r"^what (?:do|did|does|have|has) (?:(?:the|these|those|any) )?(?:articles?|news(?:papers?)?|papers?|press|reports?|media|stories)(?: (?:say|said|report|reported|write|written|mention|mentioned|tell(?: us)?|have))?(?: (?:about|on|of|regarding|concerning))? |"
    r"^(?:please )?(?:tell me|talk|summari[sz]e|find|show(?: me)?|give me|search(?: for)?)(?: (?:something|more|what (?:is|was) said|everything|anything|the|any|all|some|news|articles?|information|reports?))* (?:about|on|regarding|concerning) |"
    r"^(?:is|are) there (?:any|some)? ?(?:news|articles?|information|reports?|anything) (?:about|on|regarding|concerning) |"
    r"^(?:any|latest|the latest)? ?(?:news|information|articles?|reports?) (?:about|on|regarding|concerning) "
)
"""What opens a question about a subject: several points are wanted, not one thing."""
LONGEST_SUBJECT = 10
"""Words of a question that asks nothing and is taken for a subject: `phòng cháy chữa cháy ở chợ`."""
CALLED = r"(?:họ |có )?tên(?: họ| thật| đầy đủ| gọi)? (?:là gì|gì)"
"""Asks for a name: of what stands at the beginning of the clause."""
_CODES = (
    r"(?:biển số|biển kiểm soát|số (?:điện thoại|hiệu|đăng ký|tài khoản|thuê bao|hotline)|mã số|hotline|đường dây nóng)"
)
# Tried at every place, the first that fits counts. Those of Vietnamese are matched folded when it was typed so.
_VIETNAMESE: tuple[tuple[Kind | None, str], ...] = (
    (Kind.REASON, r"(?:^|(?<=, ))sao(?= )|giải thích sao|vì sao|tại sao|sao lại|vì (?:lý|lí) do (?:gì|nào)|(?:lý|lí) do(?: gì| nào)?|nguyên nhân(?: gì| nào)?|do đâu|vì đâu|vì (?:điều|chuyện|lẽ) gì|để làm gì|nhờ (?:vào )?đâu|nguyên do(?: gì| nào)?|dựa (?:vào|trên) (?:đâu|(?:cơ sở|căn cứ|lý do|điều) (?:gì|nào))|(?:trên|viện dẫn|lấy) (?:cơ sở|căn cứ) (?:gì|nào)|bị làm sao"),
    (Kind.CLOCK, r"mấy giờ(?! đồng hồ)|giờ nào|khung giờ nào"),
    (Kind.ORDINAL, r"thứ mấy|thứ bao nhiêu(?! (?:tiền|đồng|một|mỗi|phí|tỷ|tỉ|triệu|lượt))|(?:lần|khóa|khoá) (?:mấy|nào)"),
    (Kind.YESNO, r"(?:đã|có|từng) bao giờ(?= [^?]*\b(?:chưa|không)\s*\?*$)|(?:chưa|không) bao giờ(?= [^?]*\b(?:à|sao|phải không)\s*\?*$)"),
    (Kind.DATE, r"khi nào|bao giờ|(?:vào )?(?:ngày|hôm|lúc|năm|tháng|thời gian|thời điểm|dịp|quý|tuần|buổi|sáng|trưa|chiều|tối|đêm|rạng sáng) nào|ngày bao nhiêu|(?:ngày|tháng) mấy(?! (?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|người|trăm|chục))|(?<!mỗi )(?<!một )năm bao nhiêu(?! [^\W\d])|hồi nào"),
    (Kind.CODE, rf"{_CODES}(?: xe| tàu)? (?:nào|gì|mấy)|{_CODES}(?: [^\W\d]+){{0,16}}? (?:(?:là )?(?:bao nhiêu|số mấy|số nào)|là gì)"),
    (Kind.PERCENT, r"bao nhiêu (?:phần trăm|%)|bao nhiêu phần trăm|mấy phần trăm|(?:tỷ|tỉ) lệ(?: [^\W\d]+){0,6}? (?:bao nhiêu|mấy)|(?:lãi suất|lợi suất)(?: [^\W\d]+){0,6}? bao nhiêu"),
    (Kind.AGE, r"(?:bao nhiêu|mấy) tuổi"),
    (Kind.DURATION, rf"bao lâu|(?:bao nhiêu|mấy) (?:{_DURATION_UNIT})(?: đồng hồ)?"),
    (Kind.MONEY, r"(?:bao nhiêu|mấy)(?: [\w/]+)? (?:tiền|đồng|usd|đô la|đô|euro|shekel)|(?:bao nhiêu|mấy) (?:tỷ|tỉ|triệu)(?: đồng| usd)?"),
    (Kind.NUMBER, r"bao nhiêu|(?<!với )(?<!cùng )\bmấy\b(?<!nhà mấy)(?<!xe mấy)(?<!điện mấy)(?<!thợ mấy)(?! (?:bay|móc|tính|mặc))|bao xa|số lượng|mức nào|con số nào|(?:cỡ|chừng|khoảng|tầm|đến mức) nào(?=\s*(?:\?|$))|(?:tỷ|tỉ) lệ"),
    (Kind.ROLE, r"(?:giữ |nắm |đảm nhiệm |làm )?(?:những |các )?(?:chức vụ|chức danh|cương vị|chức trách|vai trò)(?: gì| nào| là gì)|giữ (?:những |các )?(?:chức vụ|chức|vị trí|vai trò) \w+|(?:chức vụ|chức danh|cương vị)(?= (?:của [^,?]+ )?(?:là gì|(?:đã )?(?:(?:thay đổi|đổi|khác)(?: nhau)? )?(?:thế nào|ra sao)))|(?<!tổ )(?<!quan )(?<!viên )(?<!công )(?<!giới )chức (?:gì|nào)|làm (?:nghề|công việc|việc) gì|làm (?:chủ nhiệm|bộ trưởng|chủ tịch)[\w ]* nào|(?:lãnh đạo|cán bộ|là) (?:gì|chức vụ gì) (?:của|ở|tại)|là ai (?:trong|ở|của)|nghề nghiệp"),
    (Kind.PERSON, r"(?:những |của |do |bởi |nhà )?\bai\b(?! (?:cập|len)\b)(?! [^?,]* thì [^?]*(?:bao nhiêu|mấy|gì|nào|sao|đâu)(?!\w))|những ai|người nào"),
    (Kind.PERSON, CALLED),
    (Kind.MATTER, r"(?:yếu|kém|mạnh|hơn|thua|vướng|kẹt|sai|khó|lệch|trái|giống|bất cập|đặc biệt|độc đáo)(?: nhau)?(?: (?:ở|tại))? (?:những )?(?:chỗ|điểm|khâu|mặt) (?:nào|gì)|(?:muốn|yêu cầu|đề nghị|kêu gọi|mong|đòi|giao|chỉ đạo|buộc|khuyên)(?:,? [^\W\d]+){1,12}? (?<!kia )(?<!đây )(?<!từng )(?<!nay )làm (?:những )?gì"),
    (Kind.PLACE, r"(?:ở|tại|từ|tới|đến|về|vào|quê|nằm|sang|ra|đi|lên|xuống|qua|trốn) (?:nơi nào|đâu(?! (?:thú|thu)\b)|chỗ nào)|nơi nào|chỗ nào|đâu là nơi"),
    (Kind.MATTER, r"(?:bằng )?cách (?:nào|gì)|cái (?:gì|nào)|(?<!\bung )thứ gì|khác (?:nhau )?(?:những )?(?:gì|(?:ở )?(?:chỗ|điểm) (?:nào|gì))|như thế nào|thế nào|ra sao|(?:những )?(?:điều|việc|chuyện) gì|những gì|(?:nói|phát biểu|yêu cầu|đề nghị|dặn|cáo buộc|kêu gọi|hứa|khuyên|chê|nhận xét|lo|trả lời|đáp|phản hồi|phản ứng|xử lý|bảo|nghĩ) (?:gì|sao)|làm sao(?! (?:mà|để))|lẽ gì"),
    (Kind.YESNO, r"có (?:đúng|phải)(?: là)?|(?<!hàng )(?:không|chưa|hay không)(?=\s*\?*$)|(?<!hàng )(?:hay không|không|chưa)(?=, (?:khi|theo|sau|trước|lúc|nếu|trong|tại|ở|vào) [^?]*\?*$)"),
    (None, r"nào|gì"),
)  # fmt: skip
_OPENS = r"(?:^|(?<=[,;:(.] )|(?<=, and )|(?<=\band )|(?<=\bbut ))"
_LONG = r"bridge|road|highway|expressway|motorway|street|tunnel|canal|river|coast|coastline|beach|wall|fence|dyke|dike|railway|line|route|runway|pipeline|cable|border|ship|boat|vessel|train|whale|fish|snake|crocodile|python|queue|table|ruler|knife|blade|sword|cut|wound|scar|crack|stick|pole|rope|beam|banner|flag|net|trench|ditch|root|tail"
"""Things whose length is asked for, not how long they took."""
_PREPOSITION = r"(?:(?:in|at|on|from|to|by|with|of|for|under|during|near|into|through|against|between|after|before|opposite|outside|inside|behind|beyond|within|along|across|over|about|around|since|besides) )?"
_WORDS = r"(?:[\w'-]+(?:[.,]\d[\w'-]*)* )*?"
"""Any words of a clause; a comma stands in numbers alone."""
_ENGLISH: tuple[tuple[Kind | None, str], ...] = (
    (Kind.ROLE, r"what (?:part|role) (?:did|does|has|had)(?= [^?]*\bplay)|how (?:did|has|have|does)(?= [^?]*\b(?:positions?|posts?|jobs?|roles?|titles?)\b[^?]*\b(?:change|changed|differ|differed)\b)|in what capacity|what(?: was| is| were|'s)(?= [^,?]*?(?:'s?|the|her|his|their) (?:(?:former|current|new|official|full) )?(?:job|position|post|title(?! of\b)|role|occupation|profession)\b)|what (?:did|does|do) [^?]{1,120}? do for (?:a living|work)|what office (?:did|does|do|has|had)(?= [^?]*\b(?:hold|held)\b)"),
    (Kind.REASON, r"^(?:(?:the|any) )?(?:cause|reason)s?(?=\s*\?*$)|why|for what reasons?|on what grounds?|what (?:was|were|is|are) the (?:reasons?|causes?)|what(?: (?:first|probably|really|finally|actually))* (?:caused|made(?! up)|triggered|sparked|prompted|provoked|forced|pushed|drove|led(?: \w+)? to|set off|brought about|lured|drew|delayed|prevented|stopped|kept|explains|explained|accounts for)|what was making|how come|"
     r"what (?:did|does|do|has|have|had|was|were|is|are)(?= [^?]*\b(?:say|said|believe|believed|think|thought|suspect|suspected|hold|conclude|find|found)(?: \w+){0,2}? (?:caused|led to|triggered|sparked|prompted|provoked|set off|kept|made(?! up)|brought about)\b)|"
     r"what (?:did|does|do|has|have|had|was|were|is|are)(?= [^?]*\bblamed? (?:for|on)\b)|to what (?:did|does|do|has|have)(?= [^?]*\b(?:attribute|put down)\b)"),
    (Kind.DATE, rf"{_OPENS}when(?! (?!did\b|was\b|is\b|were\b|are\b|do\b|does\b|will\b|has\b|have\b|had\b|would\b)[^?]+, (?:(?:\w+ )?(?:who|whom|whose|what|which|how|why|where)|did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b)|(?:since|until|till|by|from) when(?: (?:to|until|till) when)?|how long ago"),
    (Kind.CODE, rf"(?:what|which)(?: (?:is|was|are|were) {_WORDS}| )(?:number plates?|licen[cs]e plates?|hotlines?|(?:registration|plate|licen[cs]e|phone|telephone|hotline|hull|tail|serial|account) numbers?)"),
    (Kind.PERCENT, r"(?:what|which) (?:percentage|percent|share|proportion)|how many percent"),
    (Kind.AGE, r"how old|(?:at )?what age|what (?:is|was|were) the ages? of"),
    (Kind.NUMBER, rf"how long(?= (?:is|was|are|were) (?:the |a |this |that |its )(?:[\w'-]+ )*?(?:{_LONG})\b)"),
    (Kind.DURATION, rf"how long|how many (?:{_DURATION_UNIT})"),
    (Kind.MONEY, rf"how much money|what (?:was|were|is|are) [^?]*? paying(?! (?:attention|for|tribute|respect))|what (?:does|do|did|must|would|will)(?= [^?]*\b(?:cost|fetch|(?:have|had|need) to pay|pay (?:per|a|an|each|monthly|every))\b(?! for))|(?:what|which) (?:[\w-]+ ){{0,2}}(?:price|cost|fee|fine|sum|salary)\b(?= (?:did|does|do|was|is|were|are|has|had|in))|how much(?= {_WORDS}(?:cost|pay|paid|spen[dt]|worth|invest(?:ed)?|raised?|donated?|give|gave|given|price|lose|lost|earn|fined?|owed?|profit|capital|debt|bill|fee|fare|salary|wages?|bail|ransom|rent|loan|borrow(?:ed)?|budget|compensation|reward(?:ed)?|bonus|sell|sold|stolen?|swindled?|embezzled?)\b)|how (?:big|large) (?:is|was|were|are) the (?:\w+ )*(?:fine|budget|loan|debt|bill|ransom)"),
    (Kind.NUMBER, r"(?:roughly |about |approximately )?how (?:many|much|far|high|large|big|tall|fast|deep|wide|heavy|often|great|strong|powerful|cheap|expensive|thick|hot|cold|loud|crowded|steep)"),
    (Kind.MATTER, r"in (?:what|which) (?:state|condition|shape|way|manner)\b(?! (?:of|capital))|how (?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)|how\b|what (?:did|does|do|has|have|had)(?= [^?]*?\b(?:say|said|tell|told|reply|answer|respond|declare|ask|request|propose|claim|accuse|demand|warn|urge|want|recommend|call for|promise|argue|suggest|criticis\w+|criticiz\w+)\b)|what (?:did|does|do)(?= [^?]*?\b(?:think|believe|feel|hope|expect)\b[^?]*?\b(?:ha[ds] to|have to|should|must|needs? to|needed to|ought to) do\b)"),
    (Kind.PERSON, rf"{_OPENS}(?:who|whom|whose)(?! (?:had|was|were|is|has) been the)|(?:to|by|with|from|of|for|against) whom|name the|{_OPENS}{_PREPOSITION}whose|what (?:is|was) the (?:full )?name of the(?= (?:man|woman|person|official|driver|farmer|suspect|\w+er)\b)"),
    (Kind.PLACE, rf"{_OPENS}(?:from )?where"),
    (None, rf"{_OPENS}{_PREPOSITION}(?:what|which)"),
    (Kind.YESNO, r"(?:^|(?<=[,;.] ))(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b"),
    (None, r"(?:what|which)\b"),
)  # fmt: skip
VIETNAMESE_MANY = r"\b(?:những|các)(?: [^\W\d]+){0,5} (?:nào|gì|ai)\b|\bnhững (?:ai|gì|người)\b|\bmấy ai\b|\b(?:hai|ba|bốn|năm|sáu|bảy|2|3|4|5|6)\b(?= [^\W\d]+(?: [^\W\d]+){0,4} nào\b)|(?:gồm|lần lượt|\blà ba\b|\blà hai\b|ai là hai|ai là ba|\bcùng nhau\b|và những ai)"
ENGLISH_MANY = re.compile(
    r"\b(?:which|what|whose|name the|who (?:were|are)(?: the)?)(?: [\w-]+){0,2} (?:two|three|four|five|six|seven|several)\b"
    r"|\b(?:which|what) (?:[\w'-]+ ){0,3}?(?:heads|officials|leaders|ministers|chairmen|judges|women|men|people|directors|players|doctors|artists"
    r"|countries|cities|provinces|companies|schools|areas|fields|associations|offices|agencies|revolutionaries|districts|habits|posts|positions|songs|"
    r"universities|places|tasks|measures|items|products|films|titles|names|sectors|groups)\b|\bpeople\b|\bwere\b.*\bwho\b|\bwho (?:were|are|all)\b"
    r"|\bnames\b|\bpositions\b"
)


BIDS = re.compile(r"(?:hay )?(?:ke|neu|liet ke|cho biet|so sanh|dem|chi ra|name|list|compare|count|say|tell|give)\b")
"""What bids to answer without a question word; not a mere subject."""
_FULL_NAME = rf"[{UPPER}][\w'’-]*(?: [{UPPER}][\w'’-]*)+"
WHO_IS = {
    "vi": re.compile(
        rf"(?:(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Đđ]ồng chí|(?:PGS\.?)?(?:TS|GS|ThS)) ?\.? ?)?(?!(?:Trước|Sau|Ngoài|Theo|Cùng|Với) )(?P<name>{_FULL_NAME})(?:, [^?]*,| \([^)]*\))? (?:là ai|là người thế nào)\s*\??$"
    ),
    "en": re.compile(rf"[Ww]ho (?:is|was) (?:(?:Mr|Mrs|Ms|Dr)\.? )?(?P<name>{_FULL_NAME})\s*\??$"),
}
"""Who somebody is that has been named: not a name is wanted then, but a post."""


@cache
def patterns(language: str, *, plain: bool) -> tuple[tuple[Kind | None, re.Pattern[str]], ...]:
    """Return what asks in a language, the first that fits counts; None for what leaves it to the noun beside it."""
    given = _ENGLISH if language == "en" else _VIETNAMESE
    return tuple((kind, re.compile(rf"(?<!\w)(?:{fold_pattern(p) if plain else p})(?!\w)")) for kind, p in given)
