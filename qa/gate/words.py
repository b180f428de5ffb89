"""Words the claim gate treats apart: denials, words that say nothing by themselves, deeds that are one."""

import re

__all__ = ["LIGHT", "NEGATIONS", "NO_NEGATION", "SAME_DEEDS"]

NEGATIONS = frozenset("không chưa chẳng chả đừng chớ not no never without cannot neither nor none t".split())
"""Words that deny what follows; `t` is what `didn't` leaves, and counts only there."""
NO_NEGATION = re.compile(
    r"\b(?:không (?:khí|gian|quân|vận|tưởng|trung|kích|chỉ|những|lưu|phận)\b|(?:hàng|phòng|trên|chân|tàu|chống|số) không\b"
    r"|không (?:ngừng|nhỏ|ít)\b|no\. ?\d|not only\b)",
    re.IGNORECASE,
)
LIGHT = frozenset(
    (
        "yes no là có được bị đã đang sẽ của và các những cho với trong ở tại từ đến tới về theo do bởi vì để này đó khi sau trước "
        "một cùng cũng đều còn thì mà nên phải rằng như ra vào lên ông bà đồng chí anh chị người gồm trên dưới hơn gần "
        "khoảng ngày tháng năm nay lần thứ việc sự cuộc nhiều mỗi cả chỉ vừa đây ấy họ làm tức hay hoặc qua lại "
        "the a an of and in on at to for by with from as is are was were be been being has have had do does did it its "
        "he she his her they their that this these those which who whom when where into also than more about over "
        "there or both all each one will would can could may s while after before during under between among mr ms mrs "
        "make makes made take takes took give gives gave hold holds held get put according come comes came go went reach reached run runs ran use used "
        "become became remain remained stay stayed keep kept want wants wanted need needs include includes included dùng đạt thuộc riêng số"
    ).split()
)
"""Words that join and point, and verbs that say nothing by themselves: no evidence is asked for them."""
SAME_DEEDS = (
    (
        "nói|cho biết|cho hay|cho rằng|nhận xét|nêu|nêu rõ|nhấn mạnh|phát biểu|khẳng định|chia sẻ|giải thích|thông báo|bày tỏ|theo|đánh giá|lý giải|"
        "thông tin|lưu ý|khuyên|kêu gọi|cảnh báo|kết luận|trả lời|said|say|told|stated|noted|explained|announced|added|according to"
    ),
    "họp|gặp mặt|gặp nhau|gặp gỡ|gặp|diễn ra|tổ chức|triệu tập|met|meet|gathered|take place|hold|held|took place",
    "dự|tham dự|đến dự|tới dự|về dự|cùng dự|có mặt|tham gia|attend|attended|take part",
    "khai mạc|mở đầu|mở cửa|mở|bắt đầu|khởi công|khởi động|opened|began|started",
    "đứng đầu|lãnh đạo|phụ trách|head|headed|led|lead",
    "kết thúc|hoàn thành|xong|hoàn tất|finish|finished|completed|end",
    "đề nghị|yêu cầu|kêu gọi|đòi hỏi|mong|asked|urged|called for|request|demand",
    "khen|biểu dương|khen ngợi|đánh giá cao|praised|commended",
    "tăng|đắt thêm|lên|tăng mạnh|nâng|rose|increased|raised",
    "giảm|rơi xuống|xuống|sụt giảm|fell|decreased|dropped|cut",
    "góp|đóng góp|ủng hộ|quyên góp|hiến|donated|contributed|gave",
    "trình bày|đọc|báo cáo|presented|reported|delivered|read",
    "xây|xây dựng|dựng|thi công|build|built|construct|constructed",
    "dựng lại|xây lại|tái thiết|xây dựng lại|rebuild|rebuilt|reconstructed",
    "điểm lại|nhìn lại|rà soát|tổng kết|kiểm điểm|review|reviewed|looked back",
    "kém|thấp hơn|hụt|fell short|fell|missed",
    "đặt mục tiêu|nhằm|phấn đấu|aim|aimed",
    "chết|tử vong|thiệt mạng|qua đời|die|died|killed",
    "bắt|bắt giữ|tạm giữ|bắt tạm giam|arrest|arrested|detained",
    "khởi tố|truy tố|prosecute|prosecuted|charged|indicted",
    "mất|mất trắng|lose|lost",
    "đăng ký|cam kết|hứa|pledge|pledged|promised|registered",
    "mua|mua sắm|buy|bought|purchased",
    "bán|bán được|tiêu thụ|sell|sold",
    "thăm|đến thăm|visit|visited",
    "thắng|đoạt|giành|win|won",
    "ký|ký kết|sign|signed",
    "phê duyệt|thông qua|phê chuẩn|approve|approved|passed",
    "bầu|đắc cử|trúng cử|elect|elected",
    "cho thấy|chỉ ra|show|showed|pointed out|point out",
    "phát động|ra mắt|launch|launched",
    "chúc|chúc mừng|chúc tết|congratulate|congratulated|greet|greeted",
    "mừng|chào mừng|kỷ niệm|celebrate|celebrated|mark|marked",
    "chạy|hoạt động|vận hành|operate|operated",
    "bàn giao|giao|hand over|handed over|handed",
    "khen thưởng|tuyên dương|tặng thưởng|reward|rewarded|commended",
    "chuyển|chuyển sang|switch|switched|moved",
    "trồng|trồng trọt|grow|growing|grew|plant",
    "chi|trả|bỏ ra|paid|pay|spent|spend",
    "khuyên|khuyến cáo|advised|recommended",
    "hư hại|hư hỏng|phá hủy|sập|damaged|destroyed|collapsed",
)
"""Verbs that news use for one another, beyond what the lexicon joins."""
