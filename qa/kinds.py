"""What a question asks for: one slot for each thing wanted, with its kind, its head noun and the words that ask."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from qa.language.forms import fold, match_form, tokens, words
from qa.language.lexicon import Lexicon

__all__ = ["Kind", "Slot", "find_slots"]

HEAD_SYLLABLES = 4
"""Longest head noun before `nào` or `gì`, in syllables."""


class Kind(StrEnum):
    """What kind of answer a question wants."""

    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"
    PLACE = "place"
    DATE = "date"
    CLOCK = "clock"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    AGE = "age"
    DURATION = "duration"
    REASON = "reason"
    YESNO = "yesno"
    THING = "thing"
    TOPIC = "topic"
    OTHER = "other"

    @property
    def counts(self) -> bool:
        """Whether a number is wanted."""
        return self in _COUNTS


_COUNTS = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.ORDINAL, Kind.AGE, Kind.DURATION})


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a question asks for.

    Attributes:
        kind: Of what kind it is.
        many: Whether several are asked for.
        start: Where the words that ask begin.
        end: Where they end.
        part: Start and end of the part of the question that says more about it.
        heads: What the thing is called, each a sequence of words in matching form: `cảng cá`, of an English question with
            its translations; of a number what is counted.
    """

    kind: Kind
    many: bool
    start: int
    end: int
    part: tuple[int, int]
    heads: tuple[tuple[str, ...], ...] = ()


# What a noun before `nào` or `gì` asks for; of several that fit, the longest counts.
_VIETNAMESE_NOUNS = {
    Kind.PERSON: (
        "ông|bà|anh|chị|cô|vị|người|đồng chí|lãnh đạo|bác sĩ|giáo sư|luật sư|thẩm phán|chủ tịch|giám đốc|bộ trưởng|thủ tướng|"
        "hiệu trưởng|ca sĩ|nghệ sĩ|đạo diễn|cầu thủ|huấn luyện viên|đại biểu|cán bộ|nhà báo|nhà văn|đại sứ|tướng|chuyên gia|cử tri|"
        "nghi phạm|bị cáo|bị can|thủ khoa|diễn viên|họa sĩ|nhạc sĩ|phóng viên|tổng thống|thứ trưởng|ngoại trưởng|phó chủ tịch|"
        "danh ca|đồng nghiệp|đồng cấp|chủ lò|thủ quỹ|cựu thủ quỹ|cố vấn|linh mục|chủ quán|bạn gái|người mẫu|hoa hậu|nhạc công|phi công|thí sinh|học sinh|sinh viên|chủ tiệm|trùm|ông trùm|"
        "phó thủ tướng|phó giám đốc|đại tá|thượng tá|thiếu tá|trung tá|nạn nhân|kẻ|chiến sĩ|bí thư|nhân vật|quan chức|ủy viên|"
        "thuyền trưởng|tài xế|nữ sinh|tiến sĩ|vận động viên|thiền sư|nhà khoa học|phát ngôn viên|người phát ngôn|tỷ phú|vua|phu nhân|"
        "nhà hoạt động|nhà thiết kế|nhà nghiên cứu|nhà ngoại giao|nhà thơ|nhà sử học|sĩ quan|giảng viên|giáo viên|kỹ sư|kiến trúc sư|thủ lĩnh|lãnh tụ|"
        "chánh án|phó chánh án|thư ký|phó hiệu trưởng|liệt sĩ|anh hùng|ứng viên|ứng cử viên|dân biểu|nghị sĩ|thượng nghị sĩ|hạ nghị sĩ|chính trị gia|"
        "chính khách|doanh nhân|nữ doanh nhân|thương nhân|ngư dân|nông dân|công nhân|cụ|cụ bà|cụ ông|cục trưởng|phó cục trưởng|vụ trưởng|viện trưởng|"
        "trưởng công an|trưởng phòng|trưởng ban|trưởng thôn|đội trưởng|tổ trưởng|tư lệnh|thống đốc|thị trưởng|thiếu tướng|trung tướng|thượng tướng|"
        "thượng úy|trung úy|đại úy|binh sĩ|quân nhân|cảnh sát|đặc vụ|điệp viên|nữ ca sĩ|nam ca sĩ|ca sỹ|nghệ nhân|võ sĩ|tay vợt|tiền đạo|"
        "thủ môn|trung vệ|tiền vệ|hậu vệ|trọng tài|công tố viên|kiểm sát viên|chuyên viên|nhân viên|y tá|điều dưỡng|hung thủ|nghi can|tử tù|"
        "phạm nhân|thành viên|hoàng tử|công chúa|giáo hoàng|người dẫn chương trình|nhà sản xuất|biên kịch|cô gái|chàng trai|bình luận viên|tiểu thuyết gia|đại diện|cấp dưới|trung sĩ|á hậu|tiếp viên|phi hành gia"
    ),
    Kind.ORGANISATION: (
        "cơ quan|công ty|hãng|tổ chức|đơn vị|bộ|sở|ngân hàng|trường|đại học|bệnh viện|viện|tập đoàn|đội|câu lạc bộ|đảng|báo|tờ báo|"
        "tòa|tòa án|ủy ban|hội|hiệp hội|doanh nghiệp|nhà xuất bản|đài|văn phòng|cục|nhóm|tiệm|cửa hàng|liên minh|hãng tin|nhà mạng|"
        "trung tâm|nhà băng|tổng cục|đài truyền hình|trường đại học|cơ sở|cơ sở y tế|lữ đoàn|công an|nhà thầu|nhà đầu tư|chủ đầu tư|quỹ|lực lượng|nhà máy|xí nghiệp|đoàn"
    ),
    Kind.PLACE: (
        "tỉnh|thành phố|nước|quốc gia|huyện|quận|xã|phường|thị trấn|thị xã|thôn|bản|làng|ấp|đường|phố|cảng|cảng cá|sân bay|địa điểm|"
        "nơi|chùa|khách sạn|bãi biển|đảo|sông|hồ|núi|khu vực|vùng|châu lục|thủ đô|địa phương|quán|nhà hàng|cầu|chợ|công viên|"
        "phi trường|tầng|hẻm|ga|nhà ga|cảng biển|tỉnh thành|vùng biển|bến|đồn|trạm|tuyến đường|quốc lộ|khu phố|chỗ|eo biển|bán đảo|tòa nhà|rạp|đền|bang|căn cứ|doanh trại|sân vận động|bảo tàng|nhà thờ|bệnh xá|khu"
    ),
    Kind.DATE: "khi|ngày|hôm|lúc|năm|tháng|thời gian|thời điểm|dịp|tuần|buổi|quý|mùa|thế kỷ|đời|thứ",
    Kind.ROLE: "chức|chức vụ|cương vị|chức danh|vai trò|chức trách|quân hàm|nghề",
    Kind.NUMBER: "mức|con số|tỷ lệ|tỉ lệ|số",
}
_VIETNAMESE_OF = {n: k for k, names in _VIETNAMESE_NOUNS.items() for n in names.split("|")}
_PLAIN_OF = {fold(n): k for n, k in reversed(_VIETNAMESE_OF.items())}

_ENGLISH_NOUNS = {
    Kind.PERSON: (
        "head|official|leader|minister|judge|person|people|man|men|woman|women|lawyer|director|player|executive|officer|chairman|"
        "chairmen|chairwoman|president|secretary|doctor|singer|artist|artists|actor|actress|expert|spokesman|spokeswoman|"
        "spokesperson|rector|professor|aide|relative|sister|brother|son|daughter|wife|husband|deputy|commander|general|captain|"
        "ambassador|governor|mayor|scientist|researcher|writer|author|journalist|suspect|defendant|victim|student|teacher|"
        "revolutionary|revolutionaries|candidate|senator|lawmaker|king|queen|emperor|monk|footballer|coach|billionaire|founder|"
        "owner|driver|priest|resident|adviser|advisor|justice|pilot|patient|fisherman|soldier|policeman|policemen|staff|member|chief|analyst|engineer|designer|composer|vice-president|cousin|"
        "citizen|politician|businesswoman|businessman|businessmen|worker|farmer|friend|girl|boy|child|children|mother|father|parent|"
        "militant|gunman|thief|robber|killer|murderer|activist|diplomat|lecturer|prosecutor|attorney|nurse|"
        "reporter|columnist|economist|historian|prince|princess|pope|bishop|pupil|teenager|villager|sailor|admiral|colonel|"
        "lieutenant|sergeant|detective|astronaut|novelist|fellow|representative|guitarist|musician|actresses|goalkeeper|striker|winner|inspector|clerk|"
        "assistant|manager|boss|lady|gentleman|congressman|congresswoman|premier|chancellor|auditor|nominee|contestant"
    ),
    Kind.ORGANISATION: (
        "company|firm|agency|ministry|department|organisation|organization|bank|university|school|hospital|institute|group|team|"
        "club|party|newspaper|court|committee|association|enterprise|publisher|airline|carrier|shop|store|unit|body|institution|"
        "brigade|commission|authority|office|corporation|maker|manufacturer|operator|contractor|fund|alliance|outlet|magazine|college|force|charity|supplier|retailer|insurer|"
        "consultancy|foundation|squadron|broadcaster|startup"
    ),
    Kind.PLACE: (
        "city|province|country|place|town|district|building|village|venue|port|street|road|island|airport|commune|ward|location|"
        "address|river|lake|mountain|pagoda|hotel|region|area|beach|bridge|market|park|state|continent|capital|harbour|harbor|nation|"
        "prefecture|restaurant|temple|site|highway|museum|hall|stadium|sea|strait|neighbourhood|station|base|airbase|outpost|hamlet|"
        "checkpoint|installation|camp|prison|jail|spot"
    ),
    Kind.DATE: "deadline|date|day|year|month|time|week|century|quarter|decade|evening|morning",
    Kind.CLOCK: "hour|hours",
    Kind.ROLE: "position|post|job|title|role|rank|capacity|occupation|profession",
    Kind.PERCENT: "percentage|percent|share|proportion|rate",
    Kind.NUMBER: "number|figure|quantity|wind speed|weight|amount|figure|distance|speed|range|height|size|area|population|score|level|age",
    Kind.MONEY: "price|fine|sum|cost|salary|profit|revenue|budget|fee|value|capital|fare|income|turnover|bill|wage",
    Kind.ORDINAL: "anniversary|congress",
    Kind.REASON: "reason|cause|ground|grounds|motive",
}
_ENGLISH_OF = {n: k for k, names in reversed(_ENGLISH_NOUNS.items()) for n in names.split("|")}

_ENGLISH_MEASURE = {
    "weigh": Kind.NUMBER, "value": Kind.MONEY, "compensation": Kind.MONEY, "profit": Kind.MONEY, "cost": Kind.MONEY,
    "fine": Kind.MONEY, "price": Kind.MONEY, "revenue": Kind.MONEY, "number": Kind.NUMBER, "distance": Kind.NUMBER,
    "speed": Kind.NUMBER, "temperature": Kind.NUMBER, "salary": Kind.MONEY, "fee": Kind.MONEY, "registration": Kind.THING,
    "date": Kind.DATE, "name": Kind.THING, "reason": Kind.REASON,
}  # fmt: skip
"""Of `what was X's …`, the noun that tells the kind."""
_MONEY_WORDS = (
    r"tiền|đồng|phạt|giá|lương|thu nhập|doanh thu|lợi nhuận|vốn|chi phí|kinh phí|tốn|đầu tư|trị giá|đáng giá|usd|tài trợ|"
    r"ngân sách|bồi thường|thiệt hại|lãi|kim ngạch|lệ phí|học phí|viện phí|thuế"
)
_DURATION_UNIT = r"giờ|phút|giây|tiếng|ngày|tuần|tháng|năm|hours?|minutes?|seconds?|days?|weeks?|months?|years?"
_PRESS = r"(?:(?:các|những|mấy) )?(?:bài báo|bài viết|báo chí|báo|bài|tin tức|tin)(?: này| đó)?"
_VIETNAMESE_TOPIC = (
    rf"^(?:(?:theo |trong )?{_PRESS},? )?(?:(?:đã|có|từng) )?(?:nói|viết|bàn|nhắc|kể|đưa tin|đưa|đề cập|thông tin|phản ánh|cho biết)(?: đến| tới)? "
    r"(?:những gì|gì|điều gì|ra sao|thế nào)(?: mới)?(?: (?:về|đến|tới|quanh|liên quan (?:đến|tới)))? |"
    rf"^(?:có )?(?:(?:các|những) )?(?:tin tức|tin|thông tin|bài báo|bài viết|bài|chuyện|gì)(?: gì| nào)?(?: mới)? (?:về|liên quan (?:đến|tới)|quanh) |"
    r"^(?:hãy )?(?:nói|kể|tóm tắt|điểm lại|tìm|cho (?:tôi|mình|em|biết))(?: (?:tôi|mình|em|biết))*(?: (?:các |những )?(?:tin tức|tin|thông tin|bài báo|bài viết|bài|gì|điều gì))? (?:về|liên quan (?:đến|tới)) |"
    r"^(?:chủ đề|đề tài|về (?:chủ đề|vấn đề|chuyện|việc))[:,]? "
)
_ENGLISH_TOPIC = (
    r"^what (?:was|is|were|are|has been|have been|had been)(?: being)? (?:said|written|reported|mentioned|discussed|known|told|there)(?: in the [a-z]+)? (?:about|on|of|regarding|concerning) |"
    r"^what (?:do|did|does|have|has) (?:(?:the|these|those|any) )?(?:articles?|news(?:papers?)?|papers?|press|reports?|media|stories)(?: (?:say|said|report|reported|write|written|mention|mentioned|tell(?: us)?|have))?(?: (?:about|on|of|regarding|concerning))? |"
    r"^(?:please )?(?:tell me|talk|summari[sz]e|find|show(?: me)?|give me|search(?: for)?)(?: (?:something|more|what (?:is|was) said|everything|anything|the|any|all|some|news|articles?|information|reports?))* (?:about|on|regarding|concerning) |"
    r"^(?:is|are) there (?:any|some)? ?(?:news|articles?|information|reports?|anything) (?:about|on|regarding|concerning) |"
    r"^(?:any|latest|the latest)? ?(?:news|information|articles?|reports?) (?:about|on|regarding|concerning) "
)
"""What opens a question about a subject: several points are wanted, not one thing."""
LONGEST_SUBJECT = 10
"""Words of a question that asks nothing and is taken for a subject: `phòng cháy chữa cháy ở chợ`."""
_CALLED = r"(?:họ |có )?tên (?:là gì|gì)"
"""Asks for a name: of what stands at the beginning of the clause."""
# Tried at every place, the first that fits counts. Those of Vietnamese are matched folded when it was typed so.
_VIETNAMESE: tuple[tuple[Kind | None, str], ...] = (
    (Kind.REASON, r"^sao(?= )|giải thích sao|vì sao|tại sao|sao lại|vì (?:lý|lí) do (?:gì|nào)|(?:lý|lí) do(?: gì| nào)?|nguyên nhân(?: gì| nào)?|do đâu|vì đâu|vì điều gì|nhờ đâu"),
    (Kind.CLOCK, r"mấy giờ(?! đồng hồ)|giờ nào|khung giờ nào"),
    (Kind.ORDINAL, r"thứ mấy|thứ bao nhiêu|(?:lần|khóa|khoá) (?:mấy|nào)"),
    (Kind.YESNO, r"(?:đã|có|từng) bao giờ(?= [^?]*\b(?:chưa|không)\s*\?*$)|(?:chưa|không) bao giờ(?= [^?]*\b(?:à|sao|phải không)\s*\?*$)"),
    (Kind.DATE, r"khi nào|bao giờ|(?:vào )?(?:ngày|hôm|lúc|năm|tháng|thời gian|thời điểm|dịp|quý|tuần|buổi) nào|ngày bao nhiêu|(?:ngày|tháng) mấy|(?<!mỗi )(?<!một )năm bao nhiêu(?! [^\W\d])|hồi nào"),
    (Kind.PERCENT, r"bao nhiêu (?:phần trăm|%)|bao nhiêu phần trăm|mấy phần trăm|(?:tỷ|tỉ) lệ (?:là )?bao nhiêu"),
    (Kind.AGE, r"(?:bao nhiêu|mấy) tuổi"),
    (Kind.DURATION, rf"bao lâu|(?:bao nhiêu|mấy) (?:{_DURATION_UNIT})(?: đồng hồ)?"),
    (Kind.MONEY, r"(?:bao nhiêu|mấy)(?: [\w/]+)? (?:tiền|đồng|usd|đô la|đô|euro|shekel)|(?:bao nhiêu|mấy) (?:tỷ|tỉ|triệu)(?: đồng| usd)?"),
    (Kind.NUMBER, r"bao nhiêu|\bmấy\b(?<!nhà mấy)(?! (?:bay|móc|tính|mặc))|bao xa|số lượng|mức nào|con số nào|(?:tỷ|tỉ) lệ"),
    (Kind.ROLE, r"(?:giữ |nắm |đảm nhiệm |làm )?(?:những |các )?(?:chức vụ|chức danh|cương vị|chức trách|vai trò)(?: gì| nào| là gì)|giữ (?:những |các )?(?:chức vụ|chức|vị trí|vai trò) \w+|(?:chức vụ|chức danh|cương vị)(?= (?:của [^,?]+ )?(?:là gì|(?:đã )?(?:(?:thay đổi|đổi|khác)(?: nhau)? )?(?:thế nào|ra sao)))|(?<!tổ )chức (?:gì|nào)|làm (?:nghề|công việc|việc) gì|làm (?:chủ nhiệm|bộ trưởng|chủ tịch)[\w ]* nào|(?:lãnh đạo|cán bộ|là) (?:gì|chức vụ gì) (?:của|ở|tại)|là ai (?:trong|ở|của)|nghề nghiệp"),
    (Kind.PERSON, r"(?:những |của |do |bởi |nhà )?\bai\b|những ai|người nào"),
    (Kind.PERSON, _CALLED),
    (Kind.PLACE, r"(?:ở|tại|từ|tới|đến|về|vào|quê|nằm|sang|ra) (?:nơi nào|đâu|chỗ nào)|nơi nào|chỗ nào|đâu là nơi"),
    (Kind.REASON, r"khác (?:nhau )?(?:những )?(?:gì|(?:ở )?(?:chỗ|điểm) (?:nào|gì))|như thế nào|thế nào|ra sao|(?:những )?(?:điều|việc|chuyện) gì|những gì|(?:nói|phát biểu|yêu cầu|đề nghị|dặn|cáo buộc|kêu gọi|hứa|khuyên|chê|nhận xét|lo) (?:gì|sao)|lẽ gì|nguyên do"),
    (Kind.YESNO, r"có (?:đúng|phải)(?: là)?|(?:không|chưa|hay không)(?=\s*\?*$)"),
    (None, r"nào|gì"),
)  # fmt: skip
_OPENS = r"(?:^|(?<=[,;:(] )|(?<=, and )|(?<=\band )|(?<=\bbut ))"
_PREPOSITION = r"(?:(?:in|at|on|from|to|by|with|of|for|under|during|near|into|through|against|between|after|before) )?"
_ENGLISH: tuple[tuple[Kind | None, str], ...] = (
    (Kind.ROLE, r"how (?:did|has|have|does)(?= [^?]*\b(?:positions?|posts?|jobs?|roles?|titles?)\b[^?]*\b(?:change|changed|differ|differed)\b)|in what capacity|what (?:was|is|were)(?= [^,?]*?(?:'s?|the|her|his|their) (?:job|position|post|title|role|occupation|profession)\b)|what (?:did|does|do) (?:[\w-]+ ){1,5}do for a living"),
    (Kind.REASON, r"why|for what reasons?|on what grounds?|what (?:was|were|is|are) the (?:reasons?|causes?)|what caused|what made|what was making|how come"),
    (Kind.DATE, rf"{_OPENS}when(?! (?!did\b|was\b|is\b|were\b|are\b|do\b|does\b|will\b|has\b|have\b|had\b|would\b)[^?]+, (?:\w+ )?(?:who|whom|whose|what|which|how|why|where)\b)|since when|how long ago"),
    (Kind.PERCENT, r"(?:what|which) (?:percentage|percent|share|proportion)|how many percent"),
    (Kind.AGE, r"how old|(?:at )?what age"),
    (Kind.DURATION, rf"how long|how many (?:{_DURATION_UNIT})"),
    (Kind.MONEY, r"how much money|how much(?= (?:[\w'-]+ )*?(?:cost|pay|paid|spen[dt]|worth|invest(?:ed)?|raised?|donated?|give|gave|given|price|lose|lost|earn|fined?|owed?|profit|capital|debt)\b)|how (?:big|large) (?:is|was|were|are) the (?:\w+ )*fine"),
    (Kind.NUMBER, r"(?:roughly |about |approximately )?how (?:many|much|far|high|large|big|tall|fast|deep|wide|heavy|often|great|strong)"),
    (Kind.REASON, r"how (?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)|how\b|what (?:did|does|do|has|have|had)(?= [^?]*?\b(?:say|said|tell|told|ask|request|propose|claim|accuse|demand|warn|urge|want|recommend|call for|promise|argue|suggest|criticis\w+|criticiz\w+)\b)"),
    (Kind.PERSON, rf"{_OPENS}(?:who|whom|whose)(?! (?:had|was|were|is|has) been the)|(?:to|by|with|from|of|for|against) whom|name the|{_OPENS}whose|what (?:is|was) the (?:full )?name of the (?:man|woman|person|official|driver|farmer|suspect|\w+er)\b"),
    (Kind.PLACE, rf"{_OPENS}(?:from )?where"),
    (None, rf"{_OPENS}{_PREPOSITION}(?:what|which)"),
    (Kind.YESNO, r"(?:^|(?<=, ))(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b"),
    (None, r"(?:what|which)\b"),
)  # fmt: skip
_VERB = re.compile(
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|[a-z]{2,}ed|made|said|took|gave|held|ran|"
    r"won|led|spoke|wrote|sent|came|went|began|became|left|met|told|built|signed|chaired|owns?|runs?|that|who|to|'s|of|in|at|on|for|"
    r"from|by|with|near|during|between|among|under|shot|paid|saw|got|broke|blew|ended?|joined|cost|caused|hit|struck|took)$"
)
_NOT_HEAD = frozenset(
    "là có bị được của cho ở tại từ vào và những các một hai ba bốn năm này khi vì do làm với theo ra lên đến thuộc về đã sẽ đang phải cần".split()
)
_PLAIN_NOT_HEAD = frozenset(fold(w) for w in _NOT_HEAD)
_SITES = frozenset({Kind.ORGANISATION, Kind.PLACE})
DESCRIBED = 3
"""Most syllables that say more of an institution or a place before `nào`: `công ty Mỹ nào`."""
_TELLS = frozenset("bị bi được duoc có co cho với voi đã da sẽ se từng tung đang vào vao là la mặc mac làm lam".split())
"""Between a noun and `nào`, what shows that `nào` asks for something else: `ông ấy từng làm phim nào`."""
_CLASSIFIERS = frozenset(
    "chiếc con cái căn ngôi vụ tên bộ quả chuyến cuốn bài tấm cây viên chiec can ngoi vu ten bo qua chuyen cuon bai tam cay vien".split()
)
"""Words before a noun that is counted, which tell less than the noun itself."""
_VIETNAMESE_MANY = r"\b(?:những|các)(?: [^\W\d]+){0,5} (?:nào|gì|ai)\b|\bnhững (?:ai|gì|người)\b|\bmấy ai\b|\b(?:hai|ba|bốn|năm|sáu|bảy|2|3|4|5|6)\b(?= [^\W\d]+(?: [^\W\d]+){0,4} nào\b)|(?:gồm|lần lượt|\blà ba\b|\blà hai\b|ai là hai|ai là ba|\bcùng nhau\b|và những ai)"
_ENGLISH_MANY = re.compile(
    r"\b(?:which|what|whose|name the|who (?:were|are)(?: the)?)(?: [\w-]+){0,2} (?:two|three|four|five|six|seven|several)\b"
    r"|\b(?:which|what) (?:[\w'-]+ ){0,3}?(?:heads|officials|leaders|ministers|chairmen|judges|women|men|people|directors|players|doctors|artists"
    r"|countries|cities|provinces|companies|schools|areas|fields|associations|offices|agencies|revolutionaries|districts|habits|posts|positions|songs|"
    r"universities|places|tasks|measures|items|products|films|titles|names|sectors|groups)\b|\bpeople\b|\bwere\b.*\bwho\b|\bwho (?:were|are|all)\b"
    r"|\bnames\b|\bpositions\b"
)


_BIDS = re.compile(r"(?:hay )?(?:ke|neu|liet ke|cho biet|so sanh|dem|chi ra|name|list|compare|count|say|tell|give)\b")
"""What bids to answer without a question word; not a mere subject."""


def find_slots(text: str, *, language: str, plain: bool, lexicon: Lexicon) -> tuple[Slot, ...]:
    """Return what a question asks for, in order: at least one slot, of kind `OTHER` when nothing says more.

    Args:
        text: NFC, white space collapsed.
        language: `vi` or `en`.
        plain: Whether it is Vietnamese typed without diacritics.
        lexicon: Gives the translations of English head nouns.
    """
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text
    if topic := re.match(
        _ENGLISH_TOPIC if language == "en" else fold(_VIETNAMESE_TOPIC) if plain else _VIETNAMESE_TOPIC, lowered
    ):
        return (Slot(Kind.TOPIC, True, 0, topic.end(), (topic.end(), len(text))),)
    found = _thinned([f for f in _asked(lowered, language=language, plain=plain) if not _only_compares(lowered, f)])
    slots = []
    for i, (kind, start, end) in enumerate(found):
        part = _part(lowered, found, i)
        many = _many(lowered[part[0] : part[1]], language=language, plain=plain)
        slots.append(_slot(lowered, kind, start, end, part, many, language=language, plain=plain, lexicon=lexicon))
    if slots:
        return tuple(slots)
    if len(words(text)) <= LONGEST_SUBJECT and not _BIDS.match(fold(text)):
        return (Slot(Kind.TOPIC, True, 0, 0, (0, len(text))),)
    return (Slot(Kind.OTHER, _many(lowered, language=language, plain=plain), 0, 0, (0, len(text))),)


@cache
def _patterns(language: str, *, plain: bool) -> tuple[tuple[Kind | None, re.Pattern[str]], ...]:
    given = _ENGLISH if language == "en" else _VIETNAMESE
    return tuple((kind, re.compile(rf"(?<!\w)(?:{fold(p) if plain else p})(?!\w)")) for kind, p in given)


def _asked(lowered: str, *, language: str, plain: bool) -> Iterator[tuple[Kind | None, int, int]]:
    """Yield `(kind, start, end)` of every place that asks, in order, none overlapping."""
    taken: list[tuple[Kind | None, int, int]] = []
    for kind, pattern in _patterns(language, plain=plain):
        for match in pattern.finditer(lowered):
            if match[0] and not any(s < match.end() and match.start() < e for _, s, e in taken):
                taken.append((kind, *match.span()))
    yield from sorted(taken, key=lambda t: t[1])


_DIFFERS = re.compile(r"(?:khac|doi|so)(?: (?:nhau|di|voi nhau))? $")


def _only_compares(lowered: str, found: tuple[Kind | None, int, int]) -> bool:
    """Return whether `thế nào` only says that two things asked for before are compared: `chức vụ … khác nhau thế nào`."""
    kind, start, _ = found
    before = fold(lowered[:start])
    return kind is Kind.REASON and _DIFFERS.search(before) is not None and _NAMES_ATTRIBUTE.search(before) is not None


_NAMES_ATTRIBUTE = re.compile(r"\b(?:chuc vu|chuc danh|cuong vi|so luong|bao nhieu|may|ai|nao|dia diem|ngay)\b")


def _thinned(found: list[tuple[Kind | None, int, int]]) -> list[tuple[Kind | None, int, int]]:
    """Leave out weak places beside strong ones: a yes or no beside a question word, what joins a clause in the middle."""
    strong = [f for f in found if f[0] is not Kind.YESNO]
    asks = bool(found) and found[0][0] is None and found[0][1] == 0  # `On what dates was …, was due to …`
    if len(strong) < len(found) and (found[0][0] is Kind.YESNO or (all(f[0] is None for f in strong) and not asks)):
        return [f for f in found if f[0] is Kind.YESNO][:1]
    kept = strong or found
    if len(kept) > 1 and kept[0][0] is Kind.REASON and kept[0][2] - kept[0][1] > 24:
        return kept[:1]
    return kept[:3]


def _part(lowered: str, found: list[tuple[Kind | None, int, int]], i: int) -> tuple[int, int]:
    """Return the part of the question around one place that asks: it ends where a comma or `và` parts it from the next."""
    start, end = 0, len(lowered)
    if i + 1 < len(found):
        end = _boundary(lowered, found[i][2], found[i + 1][1])
    if i:
        start = _boundary(lowered, found[i - 1][2], found[i][1])
    return start, end


def _boundary(lowered: str, first: int, last: int) -> int:
    marks = list(re.finditer(r"[,;]\s|\s(?=(?:và|va|and|còn|con|but|trong đó|so với)\s)", lowered[first:last]))
    return first + marks[-1].end() if marks else last


def _many(part: str, *, language: str, plain: bool) -> bool:
    if language == "en":
        return _ENGLISH_MANY.search(part) is not None
    return re.search(fold(_VIETNAMESE_MANY) if plain else _VIETNAMESE_MANY, part) is not None


def _slot(
    lowered: str, kind: Kind | None, start: int, end: int, part: tuple[int, int], many: bool, *,
    language: str, plain: bool, lexicon: Lexicon,
) -> Slot:  # fmt: skip
    if language == "en":
        named, heads = _english_head(lowered, end, kind, lexicon)
    else:
        named, heads = _vietnamese_head(lowered, start, end, kind, plain=plain)
    kind = named if kind is Kind.PERSON and language == "vi" else kind or named
    if kind is Kind.NUMBER and language == "vi" and not heads:
        pattern = fold(_MONEY_WORDS) if plain else _MONEY_WORDS
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", lowered[max(part[0], start - 60) : start]):
            kind = Kind.MONEY
    return Slot(kind, many, start, end, part, heads)


def _vietnamese_head(
    lowered: str, start: int, end: int, kind: Kind | None, *, plain: bool
) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun asks for that stands before `nào` or `gì`, and the noun; of a number, what follows it."""
    if kind is Kind.PERSON and re.fullmatch(fold(_CALLED) if plain else _CALLED, lowered[start:end]):
        return _vietnamese_called(lowered, start, plain=plain)
    if kind is not None:
        if kind is Kind.NUMBER:
            adjoining = re.match(r"(?: \w+){1,2}", lowered[end : end + 40])
            following = words(adjoining[0]) if adjoining else []
            if following and following[0] not in (_PLAIN_NOT_HEAD if plain else _NOT_HEAD):
                return kind, tuple(
                    dict.fromkeys(
                        [tuple(following), tuple(following[-1:] if following[0] in _CLASSIFIERS else following[:1])]
                    )
                )
        return kind, ()
    stops, table = (_PLAIN_NOT_HEAD, _PLAIN_OF) if plain else (_NOT_HEAD, _VIETNAMESE_OF)
    clause = re.split(r"[,;:?]", lowered[:start])[-1]
    before = [match_form(w) for w in words(clause)]
    for length in range(min(HEAD_SYLLABLES, len(before)), 0, -1):
        noun = " ".join(before[-length:])
        if noun in table:
            named = _post_before(before[:-length], table) or table[noun]
            return named, (tuple(before[-length:]),)
    which = fold(lowered[start:end]) == "nao"
    for at in range(len(before) - 1, -1, -1):  # `chuyên gia nước ngoài nào`: the noun stands further to the left
        for length in (3, 2):
            noun = " ".join(before[at : at + length])
            near = len(before) - at <= 8 and at + length <= len(before) and not _TELLS & set(before[at + length :])
            far = table.get(noun) if near else None
            described = far in _SITES and which and len(before) - at - length <= DESCRIBED
            if far is not None and (far is Kind.PERSON or described):
                return far, (tuple(before[at : at + length]),)
    head = before[-2:]
    if len(head) == 2 and head[0] in stops:
        head = head[1:]
    if not head or head[-1] in stops:
        return Kind.OTHER, ()
    return Kind.THING, (tuple(head),)


_CLAUSE_STARTS = re.compile(r"[,;:?]\s*(?:(?:thì|thi|và|va|còn|con) )?|\s-\s|\s–\s")


def _vietnamese_called(lowered: str, start: int, *, plain: bool) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what is asked for by `tên là gì`, and its noun: what begins the clause (`công ty … tên gì`); a person unless that tells otherwise."""
    stops, table = (_PLAIN_NOT_HEAD, _PLAIN_OF) if plain else (_NOT_HEAD, _VIETNAMESE_OF)
    clauses = [[match_form(w) for w in words(c)] for c in _CLAUSE_STARTS.split(lowered[:start])]
    for clause in [clauses[-1], *clauses[:1]]:
        for at in range(min(2, len(clause))):
            for length in range(min(HEAD_SYLLABLES, len(clause) - at), 0, -1):
                noun = " ".join(clause[at : at + length])
                named = table.get(noun)
                if named in {Kind.PERSON, Kind.ORGANISATION, Kind.PLACE} and noun not in _CLASSIFIERS:
                    return named, (tuple(clause[at : at + length]),) if named is not Kind.PERSON else ()
            if clause[at] in stops:
                break
    return Kind.PERSON, ()


def _post_before(before: list[str], table: dict[str, Kind]) -> Kind | None:
    """Return `PERSON` for `chủ tịch xã nào`: a post right before the noun."""
    return Kind.PERSON if len(before) >= 2 and table.get(" ".join(before[-2:])) is Kind.PERSON else None


def _english_head(
    lowered: str, end: int, kind: Kind | None, lexicon: Lexicon
) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun after `which` or `what` asks for, and the noun with its translations."""
    noun: list[str] = []
    for form, _, _ in tokens(re.split(r"[,;:?]", lowered[end : end + 90])[0]):
        if _VERB.match(form) and not (noun == [] and form in {"two"}):
            break
        noun.append(form)
        if len(noun) == 6:
            break
    if lowered[:end].endswith("many"):
        noun = _plural(noun)
    named = Kind.OTHER
    for length in [len(noun), *range(1, len(noun))] if noun else []:
        base = noun[length - 1]
        singular = next(
            (
                b
                for b in (base, base.removesuffix("s"), base.removesuffix("es"), base.removesuffix("ies") + "y")
                if b in _ENGLISH_OF
            ),
            None,
        )
        if singular:
            named, noun = _ENGLISH_OF[singular], noun[:length]
            break
    if kind is not None and not kind.counts:
        return kind, ()
    if not noun and (of := _NAME_OF.match(lowered, end)):
        return _english_named(lowered, of.end(), lexicon)
    if not noun:
        clause = [w.removesuffix("'s") for w in words(re.split(r"[,;?]", lowered[end : end + 120])[0])]
        return next((_ENGLISH_MEASURE[w] for w in clause if w in _ENGLISH_MEASURE), named), ()
    if named is Kind.OTHER:
        named = Kind.THING
    return named, _translations(noun, lexicon)


_NAME_OF = re.compile(
    r" (?:is|was|are|were) (?:the )?(?:(?:full|real|given|first|last) )?names? of (?:the|a|an|that|this|one)? ?(?:(?:former|first|late|old|new|same) )?"
)
"""After `what`; then comes what the thing is called."""


def _english_named(lowered: str, at: int, lexicon: Lexicon) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """Return what the noun behind `what is the name of` asks for, and the noun with its translations: `the insurance company that`."""
    noun = list(
        itertools.takewhile(
            lambda w: w.endswith("'s") or not _VERB.match(w),
            (form for form, _, _ in tokens(re.split(r"[,;:?]", lowered[at : at + 90])[0])[:6]),
        )
    )
    if not noun:
        return Kind.THING, ()
    singular = next((b for b in (noun[-1], noun[-1].removesuffix("s")) if b in _ENGLISH_OF), None)
    return _ENGLISH_OF[singular] if singular else Kind.THING, _translations(noun, lexicon)


_IRREGULAR = frozenset(
    "people men women children staff police feet teeth cattle fish personnel media criteria data".split()
)


def _plural(noun: list[str]) -> list[str]:
    """Return the words up to the plural that "how many" is followed by; all of them when there is none: a verb may follow unmarked."""
    plurals = [w in _IRREGULAR or (w.endswith("s") and not w.endswith(("ss", "us", "is"))) for w in noun]
    if True not in plurals:
        return noun
    last = plurals.index(True)
    while last + 1 < len(noun) and plurals[last + 1]:
        last += 1
    return noun[: last + 1]


def _translations(noun: list[str], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    heads: dict[tuple[str, ...], None] = {}
    for begin in range(max(0, len(noun) - 3), len(noun)):
        tail = noun[begin:]
        length, entries = lexicon.match(tail, 0)
        if length == len(tail) and entries:
            heads.update(dict.fromkeys(tuple(words(v)) for e in entries if e.kind != "verb" for v in e.vietnamese))
        if begin == len(noun) - 1:
            heads[tuple(tail)] = None
    return tuple(heads)
