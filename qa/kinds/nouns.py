"""Nouns that tell what is asked for: `nhân vật nào`, `which official`."""

from qa.kinds.kind import Kind
from qa.language.forms import fold

__all__ = ["COMPOUNDS", "ENGLISH_MEASURE", "ENGLISH_OF", "NATIONALS", "PLAIN_OF", "VIETNAMESE_OF"]

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
        "quản lý|bạn|nữ thần|vị thần|ngôi sao|phạm nhân|thành viên|hoàng tử|công chúa|giáo hoàng|người dẫn chương trình|nhà sản xuất|biên kịch|cô gái|chàng trai|bình luận viên|tiểu thuyết gia|đại diện|cấp dưới|trung sĩ|á hậu|tiếp viên|phi hành gia|hiệu phó|thuyền phó|chủ tàu|chủ xe|chủ nhà|lái xe|tài công|cô giáo|thầy giáo|bạn trai|đồng phạm|thí sinh|nhà báo|thanh niên|phụ xe|lơ xe|nữ tài xế|nhà phân tích|nhà cái|dược sĩ|giám khảo|trợ lý|trợ lí|vợ|chồng|mẹ|cha|bố|con trai|con gái|anh trai|em trai|em gái|chị gái|"
        "hành khách|cá nhân|bảo vệ|nhà điêu khắc|điêu khắc gia|nhà sáng lập|sáng lập viên|đồng sáng lập|tác giả|người dân|cư dân|du khách|nữ du khách|khách hàng|"
        "nhân chứng|thủ phạm|điều tra viên|kiểm lâm|kiểm lâm viên|đặc phái viên|đặc sứ|phái viên|công tố|cầu thủ|tuyển thủ|kỳ thủ|tay đua|tay súng|xạ thủ|"
        "thợ lặn|thợ máy|thợ hồ|thợ xây|bác bảo vệ|chủ nhân|chủ trọ|chủ shop|chủ sạp|chủ trại|chủ cửa hàng|chủ doanh nghiệp|cổ động viên|người hâm mộ|"
        "nhiếp ảnh gia|nhà quay phim|biên đạo|vũ công|nghệ sỹ|bác sỹ|thạc sĩ|thạc sỹ|tiến sỹ|giáo sĩ|tu sĩ|nhà sư|sư thầy|hòa thượng|thượng tọa|giám mục|"
        "trưởng đoàn|phó đoàn|trưởng khoa|phó khoa|trưởng nhóm|trưởng bản|trưởng ấp|già làng|chủ nhiệm|phó chủ nhiệm|tổng bí thư|phó bí thư|"
        "tổng giám đốc|phó tổng giám đốc|tham mưu trưởng|phó trưởng ban|thẩm phán|chấp hành viên|thanh tra viên|lính cứu hỏa|cứu hộ viên|tình nguyện viên"
    ),
    Kind.ORGANISATION: (
        "cơ quan|công ty|hãng|tổ chức|quốc hội|nghị viện|chính phủ|hội đồng nhân dân|đơn vị|bộ|sở|ngân hàng|trường|đại học|bệnh viện|viện|tập đoàn|đội|câu lạc bộ|đảng|báo|tờ báo|"
        "tòa|tòa án|ủy ban|hội|hiệp hội|doanh nghiệp|nhà xuất bản|đài|văn phòng|cục|nhóm|tiệm|cửa hàng|liên minh|hãng tin|nhà mạng|"
        "trung tâm|nhà băng|tổng cục|đài truyền hình|trường đại học|cơ sở|cơ sở y tế|lữ đoàn|công an|nhà thầu|nhà đầu tư|chủ đầu tư|quỹ|lực lượng|nhà máy|xí nghiệp|đoàn|nhà xe|đại lý|nhà cung cấp|nhà phân phối|hãng phim|hãng xe|hãng hàng không|chi nhánh|hợp tác xã|siêu thị|nhà hát|nhãn hàng|"
        "hãng luật|tập thể|văn phòng luật|văn phòng luật sư|công ty luật|xưởng|xưởng đóng tàu|trang tin|trang web|trang mạng|trang tìm kiếm|mạng xã hội|kênh truyền hình|kênh|bên|đội quy tập|"
        "tạp chí|thông tấn xã|hãng thông tấn|sàn|sàn thương mại điện tử|ban|ban quản lý|ban quản trị|chi cục|chi hội|tổng công ty|công ty con|nghiệp đoàn|công đoàn|"
        "thanh tra|viện kiểm sát|kho bạc|hải quan|cơ quan chức năng|cơ quan điều tra|học viện|phân viện|khoa|đoàn luật sư|liên đoàn|trạm y tế|phòng khám|nhà thuốc|"
        "trại giống|nhà vườn|quán ăn|lò mổ|lò giết mổ|ví điện tử|hãng taxi|hãng bay|hãng dược|hãng xe công nghệ|câu lạc bộ bóng đá|đội bóng|đội tuyển|đơn vị thi công|đơn vị tư vấn"
    ),
    Kind.PLACE: (
        "tỉnh|thành phố|nước|quốc gia|huyện|quận|xã|phường|thị trấn|thị xã|thôn|bản|làng|ấp|đường|phố|cảng|cảng cá|sân bay|địa điểm|"
        "nơi|chùa|khách sạn|bãi biển|đảo|sông|hồ|núi|khu vực|vùng|châu lục|thủ đô|địa phương|quán|nhà hàng|cầu|chợ|công viên|"
        "phi trường|tầng|hẻm|ga|nhà ga|cảng biển|tỉnh thành|vùng biển|bến|đồn|trạm|tuyến đường|quốc lộ|khu phố|chỗ|eo biển|bán đảo|tòa nhà|rạp|đền|bang|căn cứ|doanh trại|sân vận động|bảo tàng|nhà thờ|bệnh xá|khu|"
        "ngôi làng|ngôi nhà|ngôi chùa|ngôi đền|ngôi trường|bãi|bãi rác|bãi đất|bãi xe|bãi tắm|bãi thử|bãi cát|mỏ|mỏ đá|mỏ than|khu thương mại|trung tâm thương mại|"
        "giao lộ|ngã ba|ngã tư|ngã năm|ngã sáu|vòng xoay|nút giao|thao trường|trường bắn|ngọn đồi|ngọn núi|đồi|vịnh|cửa khẩu|cửa biển|vườn|rừng|cánh rừng|cánh đồng|gara|"
        "nghĩa trang|nghĩa địa|di tích|lăng|dinh|nhà nghỉ|chung cư|cao ốc|khu đô thị|khu công nghiệp|khu chung cư|khu trọ|dãy trọ|phòng|giảng đường|"
        "hội trường|trạm thu phí|rạch|suối|thác|đèo|dốc|hang|hang động|mũi|đầm|cồn|cù lao|quần đảo|lãnh thổ|vùng đất|miền|tiểu bang|nhà tù|trại giam|trại|địa bàn|"
        "địa chỉ|điểm du lịch|khu du lịch|bờ biển|tòa tháp|tháp|cung đường|đoạn đường|con đường|con phố|con hẻm|đại lộ|xa lộ|cao tốc|tuyến phố|xóm|khu vui chơi|khu bảo tồn|vườn quốc gia"
    ),
    Kind.DATE: "khi|ngày|hôm|lúc|năm|tháng|thời gian|thời điểm|dịp|tuần|buổi|quý|mùa|thế kỷ|đời",
    Kind.ROLE: "ghế|chức|chức vụ|cương vị|chức danh|vai trò|chức trách|quân hàm|cấp hàm|hàm|nghề",
    Kind.NUMBER: "mức|con số|tỷ lệ|tỉ lệ|tỷ số|tỉ số|số",
    Kind.REASON: "mục đích|lý do|lí do|nguyên nhân|nguyên cớ|cớ|căn cứ vào|động cơ",
}
VIETNAMESE_OF = {n: k for k, names in _VIETNAMESE_NOUNS.items() for n in names.split("|")}
COMPOUNDS = frozenset(
    "nhượng bộ|tiến bộ|nội bộ|toàn bộ|cảnh báo|thông báo|dự báo|cơ hội|lễ hội|xã hội|kịch bản|văn bản|phiên bản|ấn bản|xuất bản|yêu cầu|nhu cầu|"
    "nguồn nước|lượng nước|mực nước|tính mạng|sinh mạng|cách mạng|tần số|thông số|hệ số|bí số|tượng đài|lễ đài|đồng hồ|tin đồn|lời đồn|tập quán|"
    "đi bộ|đường bộ".split("|")
)
"""What ends like a noun of the table and is none of its kind."""
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
        "assistant|manager|boss|lady|gentleman|congressman|congresswoman|principal|headmaster|headteacher|linguist|biologist|physician|surgeon|neighbour|neighbor|survivor|passenger|tourist|tycoon|warden|guard|firefighter|diver|lifeguard|premier|chancellor|auditor|nominee|contestant|"
        "envoy|protégé|protégée|protege|customer|investigator|magnate|mp|star|speaker|host|presenter|guest|loser|hero|heroine|dictator|warlord|terrorist|hacker|smuggler|"
        "trafficker|chef|cook|waiter|banker|vendor|applicant|individual|entrepreneur|inventor|philosopher|poet|painter|sculptor|"
        "photographer|dancer|rapper|idol|blogger|vlogger|youtuber|celebrity|swimmer|runner|cyclist|boxer|golfer|gymnast|midfielder|defender|referee|scorer|"
        "bodyguard|interpreter|translator|courier|treasurer|accountant|cashier|teller|landlord|tenant|householder|caretaker|janitor|cleaner|nanny|maid|caregiver|"
        "midwife|pharmacist|dentist|paramedic|psychologist|psychiatrist|therapist|veterinarian|rescuer|eyewitness|witness|bystander|pedestrian|motorist|motorcyclist|biker|"
        "rider|traveller|traveler|hiker|climber|migrant|refugee|hostage|prisoner|inmate|detainee|convict|fugitive|accomplice|ringleader|mastermind|informant|"
        "whistleblower|spy|agent|marshal|brigadier|trooper|ranger|sheriff|superintendent|commissioner|magistrate|juror|bailiff|consul|delegate|negotiator|"
        "mediator|correspondent|editor|anchor|critic|commentator|archbishop|cardinal|abbot|nun|imam|rabbi|pastor|duke|duchess|sultan|emir|sheikh|chairperson|"
        "dean|headmistress|tutor|instructor|trainer|trainee|intern|graduate|valedictorian|scholar|academic|astronomer|physicist|chemist|mathematician|geologist|meteorologist|"
        "archaeologist|architect|curator|librarian|technician|mechanic|electrician|carpenter|miner|welder|gardener|hunter|crewman|steward|stewardess|attendant|"
        "conductor|stationmaster|grandfather|grandmother|grandson|granddaughter|uncle|aunt|nephew|niece|twin|sibling|spouse|fiancé|fiancée|fiance|fiancee|boyfriend|"
        "girlfriend|lover|ex-wife|ex-husband|widow|bride|groom|toddler|baby|youngster|youth|veteran|martyr|psychic|monarch|character|counterpart|colleague|partner|ex-president|vice-chairman"
    ),
    Kind.ORGANISATION: (
        "company|firm|agency|ministry|department|organisation|organization|bank|university|school|hospital|institute|group|team|"
        "club|party|newspaper|court|committee|association|enterprise|publisher|airline|carrier|shop|store|unit|body|institution|"
        "brigade|commission|authority|office|corporation|maker|manufacturer|operator|contractor|fund|alliance|outlet|magazine|college|force|charity|supplier|retailer|insurer|"
        "consultancy|foundation|squadron|broadcaster|startup|label|brand|studio|dealer|distributor|developer|bureau|provider|cooperative|supermarket|clinic|"
        "network|channel|branch|centre|center|chain|conglomerate|exchange|union|federation|league|militia|faction|army|navy|squad|regiment|division|battalion|"
        "fleet|council|board|parliament|tribunal|coalition|bloc|subsidiary|venture|laboratory|lab|academy|kindergarten|nursery|preschool|orchestra|band|choir|troupe|"
        "website|portal|shipyard|shipbuilder|factory|plant|mill|refinery|brewery|workshop|bakery|cafe|café|salon|pharmacy|brokerage|consortium|watchdog|regulator|"
        "embassy|consulate|consultant|shareholder|bidder|sponsor|lender|creditor|nonprofit|ngo|think tank|broker|investor|law firm|publishing house|wholesaler|exporter|importer|producer"
    ),
    Kind.PLACE: (
        "city|province|country|place|town|district|building|village|venue|port|street|road|island|airport|commune|ward|location|"
        "address|river|lake|mountain|pagoda|hotel|region|area|beach|bridge|market|park|state|continent|capital|harbour|harbor|nation|"
        "prefecture|restaurant|temple|site|highway|museum|hall|stadium|sea|strait|neighbourhood|station|base|airbase|outpost|hamlet|"
        "checkpoint|installation|camp|prison|jail|spot|locality|settlement|facility|mall|plaza|square|garden|valley|peninsula|gulf|bay|cape|coast|forest|jungle|desert|"
        "cave|hill|peak|volcano|mine|quarry|farm|canal|dam|reservoir|waterfall|alley|lane|avenue|boulevard|intersection|crossroads|junction|roundabout|tunnel|pier|"
        "wharf|terminal|airfield|test range|firing range|shooting range|arena|block|tower|villa|palace|castle|fort|citadel|tomb|shrine|church|cathedral|mosque|monastery|cemetery|"
        "graveyard|crossing|territory|enclave|republic|kingdom|suburb|zone|resort|homestay|motel|parking lot|car park|shopping centre|shopping center|archipelago|isle"
    ),
    Kind.DURATION: "prison term|jail term|term|duration|length of time|waiting time",
    Kind.DATE: "deadline|date|day|year|month|time|week|century|quarter|decade|evening|morning|afternoon|night|weekend|midnight|dates",
    Kind.CLOCK: "hour|hours",
    Kind.ROLE: "position|post|job|title|role|rank|capacity|occupation|profession",
    Kind.PERCENT: "percentage|percent|share|proportion|rate|interest rate|stake|discount",
    Kind.NUMBER: "number|figure|quantity|wind speed|top speed|floor area|surface area|average|mark|weight|amount|figure|distance|speed|range|height|size|area|population|score|level|age|temperature|capacity|depth|length|width|turnout|ratio|factor|multiple|headcount|volume|displacement|total|limit|maximum|minimum|majority|margin|toll|death toll|tally|odds|diameter|radius|thickness|pressure|voltage|frequency|density|output|payload|mileage|pay rise|wage rise|rise|raise|increase|reduction|growth|age limit|dose|yield",
    Kind.MONEY: "price|fine|sum|cost|salary|profit|price tag|land-use fee|ransom|donation|subsidy|tax|tuition|tariff|revenue|budget|fee|value|capital|fare|income|turnover|bill|wage|investment|prize money|bonus|deposit|loan|debt|pension|premium|compensation|allowance|reward|bounty|stipend|penalty fee|damages|proceeds",
    Kind.ORDINAL: "anniversary|congress",
    Kind.REASON: "reason|cause|ground|grounds|motive|explanation|excuse|pretext|justification|rationale|purpose|motivation",
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

NATIONALS = frozenset(
    (
        "korean koreans vietnamese american americans russian russians japanese australian australians iranian iranians german germans canadian canadians indian indians "
        "thai thais malaysian malaysians indonesian indonesians italian italians chinese briton britons frenchman frenchwoman spaniard swede dane filipino filipina ukrainian "
        "syrian iraqi israeli palestinian saudi egyptian turk cambodian lao laotian burmese singaporean taiwanese mexican cuban african european"
    ).split()
)
"""At the end of a noun these are people; before another noun they say which."""
