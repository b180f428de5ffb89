"""Nouns that tell what is asked for: `nhân vật nào`, `which official`."""

from qa.kinds.kind import Kind
from qa.language.forms import fold

__all__ = ["ENGLISH_MEASURE", "ENGLISH_OF", "PLAIN_OF", "VIETNAMESE_OF"]

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
        "quản lý|bạn|nữ thần|vị thần|ngôi sao|phạm nhân|thành viên|hoàng tử|công chúa|giáo hoàng|người dẫn chương trình|nhà sản xuất|biên kịch|cô gái|chàng trai|bình luận viên|tiểu thuyết gia|đại diện|cấp dưới|trung sĩ|á hậu|tiếp viên|phi hành gia|hiệu phó|thuyền phó|chủ tàu|chủ xe|chủ nhà|lái xe|tài công|cô giáo|thầy giáo|bạn trai|đồng phạm|thí sinh|nhà báo|thanh niên|phụ xe|lơ xe|nữ tài xế|nhà phân tích|nhà cái|dược sĩ|giám khảo|trợ lý|trợ lí|vợ|chồng|mẹ|cha|bố|con trai|con gái|anh trai|em trai|em gái|chị gái"
    ),
    Kind.ORGANISATION: (
        "cơ quan|công ty|hãng|tổ chức|đơn vị|bộ|sở|ngân hàng|trường|đại học|bệnh viện|viện|tập đoàn|đội|câu lạc bộ|đảng|báo|tờ báo|"
        "tòa|tòa án|ủy ban|hội|hiệp hội|doanh nghiệp|nhà xuất bản|đài|văn phòng|cục|nhóm|tiệm|cửa hàng|liên minh|hãng tin|nhà mạng|"
        "trung tâm|nhà băng|tổng cục|đài truyền hình|trường đại học|cơ sở|cơ sở y tế|lữ đoàn|công an|nhà thầu|nhà đầu tư|chủ đầu tư|quỹ|lực lượng|nhà máy|xí nghiệp|đoàn|nhà xe|đại lý|nhà cung cấp|nhà phân phối|hãng phim|hãng xe|hãng hàng không|chi nhánh|hợp tác xã|siêu thị|nhà hát|nhãn hàng"
    ),
    Kind.PLACE: (
        "tỉnh|thành phố|nước|quốc gia|huyện|quận|xã|phường|thị trấn|thị xã|thôn|bản|làng|ấp|đường|phố|cảng|cảng cá|sân bay|địa điểm|"
        "nơi|chùa|khách sạn|bãi biển|đảo|sông|hồ|núi|khu vực|vùng|châu lục|thủ đô|địa phương|quán|nhà hàng|cầu|chợ|công viên|"
        "phi trường|tầng|hẻm|ga|nhà ga|cảng biển|tỉnh thành|vùng biển|bến|đồn|trạm|tuyến đường|quốc lộ|khu phố|chỗ|eo biển|bán đảo|tòa nhà|rạp|đền|bang|căn cứ|doanh trại|sân vận động|bảo tàng|nhà thờ|bệnh xá|khu"
    ),
    Kind.DATE: "khi|ngày|hôm|lúc|năm|tháng|thời gian|thời điểm|dịp|tuần|buổi|quý|mùa|thế kỷ|đời|thứ",
    Kind.ROLE: "ghế|chức|chức vụ|cương vị|chức danh|vai trò|chức trách|quân hàm|nghề",
    Kind.NUMBER: "mức|con số|tỷ lệ|tỉ lệ|tỷ số|tỉ số|số",
    Kind.REASON: "mục đích|lý do|lí do|nguyên nhân|nguyên cớ|cớ|căn cứ vào|động cơ",
}
VIETNAMESE_OF = {n: k for k, names in _VIETNAMESE_NOUNS.items() for n in names.split("|")}
PLAIN_OF = {fold(n): k for n, k in reversed(VIETNAMESE_OF.items())}

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
        "assistant|manager|boss|lady|gentleman|congressman|congresswoman|principal|headmaster|headteacher|linguist|biologist|physician|surgeon|neighbour|neighbor|survivor|passenger|tourist|tycoon|warden|guard|firefighter|diver|lifeguard|premier|chancellor|auditor|nominee|contestant"
    ),
    Kind.ORGANISATION: (
        "company|firm|agency|ministry|department|organisation|organization|bank|university|school|hospital|institute|group|team|"
        "club|party|newspaper|court|committee|association|enterprise|publisher|airline|carrier|shop|store|unit|body|institution|"
        "brigade|commission|authority|office|corporation|maker|manufacturer|operator|contractor|fund|alliance|outlet|magazine|college|force|charity|supplier|retailer|insurer|"
        "consultancy|foundation|squadron|broadcaster|startup|label|brand|studio|dealer|distributor|developer|bureau|provider|cooperative|supermarket|clinic"
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
    Kind.NUMBER: "number|figure|quantity|wind speed|top speed|floor area|surface area|average|mark|weight|amount|figure|distance|speed|range|height|size|area|population|score|level|age|temperature|capacity|depth|length|width|turnout|ratio|factor|multiple|headcount",
    Kind.MONEY: "price|fine|sum|cost|salary|profit|price tag|land-use fee|ransom|donation|subsidy|tax|tuition|tariff|revenue|budget|fee|value|capital|fare|income|turnover|bill|wage",
    Kind.ORDINAL: "anniversary|congress",
    Kind.REASON: "reason|cause|ground|grounds|motive",
}
ENGLISH_OF = {"lunar year": Kind.THING, "zodiac year": Kind.THING} | {
    n: k for k, names in reversed(_ENGLISH_NOUNS.items()) for n in names.split("|")
}

ENGLISH_MEASURE = {
    "weigh": Kind.NUMBER, "bill": Kind.MONEY, "bid": Kind.MONEY, "budget": Kind.MONEY, "figure": Kind.NUMBER, "average": Kind.NUMBER, "mark": Kind.NUMBER, "population": Kind.NUMBER, "value": Kind.MONEY, "compensation": Kind.MONEY, "profit": Kind.MONEY, "cost": Kind.MONEY,
    "fine": Kind.MONEY, "price": Kind.MONEY, "revenue": Kind.MONEY, "number": Kind.NUMBER, "distance": Kind.NUMBER,
    "speed": Kind.NUMBER, "temperature": Kind.NUMBER, "salary": Kind.MONEY, "fee": Kind.MONEY, "registration": Kind.THING,
    "date": Kind.DATE, "name": Kind.THING, "reason": Kind.REASON,
}  # fmt: skip
"""Of `what was X's …`, the noun that tells the kind."""
