"""Where a post ends: at a verb, or at what leads on from the name."""

import re

from qa.people.beside import is_word
from qa.people.words import verb_role

__all__ = ["find_stops"]

_STOPS = (
    r"liền|còn|vui mừng|vui vẻ|ngậm ngùi|xúc động|bức xúc|tự hào|phấn khởi|hào hứng|thẳng thừng|dứt khoát|kiên quyết|chân thành|ủng hộ(?= (?:ông|bà|việc|chủ trương|phương án|phương thức|quan điểm) )|lần lượt|ghé|nơi|dành|(?<!công )tố(?=\s?\Z| (?:ông|bà|bị) )|ví(?=\s?\Z| (?:ông|bà|việc|hậu) )|bằng hình thức|mức án|chiếm|xác minh|phản ánh|nhìn nhận|trở thành|(?<!xử )phạt(?! tù)|niêm phong|nhường|khoe|đánh cược|giải đáp|lọt|tên(?= là)|trên(?= (?:màn hình|sân khấu|chuyên cơ|mạng|trang|tờ|báo|truyền hình))|khai nhận|khai(?= (?:đã|rằng|do))|đi ngược|đi(?= (?:cùng|đến|tới|làm|xe|thăm|vào|ra|lên|xuống|về))|lại(?= (?:là|có|cho|tiếp|bị|không|nói))|từ chối|đều|sau(?= (?:khi|đó|phiên|hơn|gần|\d))|mới đây|tự nhận|sinh(?= (?:năm|ngày|ra))|luôn|phân trần|hồi(?= (?:tháng|đầu|cuối|năm|giữa))|mang theo|"
    r"đứng(?! đầu)|thường xuyên|công bố|xuất hiện|sở hữu|lập luận|tử vong|nghe tiếng|dường như|nằm|rời|nhớ lại|khiến|quay lại|diễn ra|xuống|cảm thấy|ngồi|giành|ngăn(?! chặn| ngừa)|cười|nghĩ|bộc bạch|kêu oan|doạ|dọa|phản ứng|(?<!danh )(?<!chiến )(?<!cảnh )thắng|gia nhập|chào|gợi ý|vắng mặt|thiệt mạng|cố gắng|đáp|trình diện|trò chuyện|khen(?! thưởng)|quyết tâm|(?<!tra )cáo buộc|(?<!cáo )(?<!bắt )(?<!ràng )buộc|"
    r"thề|lao vào|mỉm cười|thết đãi|đối mặt|liên quan|viếng|mô tả|điện đàm|cần phải|đặt vấn đề|đặt câu hỏi|chia tay|chia buồn|nhắc|nhắn nhủ|giúp(?! việc| đỡ)|hỏi|kháng cáo|cách đây|tuyên(?! (?:truyền|giáo|huấn|ngôn|dương))|thuộc diện|sang(?! trọng)|nắm(?! bắt)|cung cấp(?= (?:thông tin|thêm|cho))|bổ sung|tiết lộ|chi trả|đề cập|khởi kiện|(?<!sự )kiện|"
    r"đã|đang|sẽ|(?<!và )vừa(?! và)|cũng|cùng|phát biểu|trình bày|nhấn mạnh|cho biết|cho rằng|cho hay|cho|khẳng định|(?<!danh )dự(?! án| thảo| báo| toán| phòng| trữ| khuyết| bị)|tham dự|tới dự|đến dự|về dự|chủ trì|thay mặt|"
    r"bày tỏ|nêu|yêu cầu|đề nghị|kiến nghị|cam kết|báo cáo|chúc|gửi|(?<!đốc )điều hành|(?<!iếng )nói|đánh giá(?! (?:chất lượng|năng lực|tác động))|thông tin(?=:| (?:với|về|thêm|rằng|cho))|kết luận|(?<!đối )với|đối(?= với)(?! với\s?\Z)|là|khi|khỏi|rưng rưng|nghẹn ngào|bật khóc|oà khóc|òa khóc|ước tính|từng|(?<!trang )(?<!thiết )(?<!trù )(?<!chuẩn )bị|được|có|kể|chia sẻ|lý giải|giải thích|xác nhận|trả lời|tuyên bố|"
    r"(?<!trực )tiếp(?! viên| tân| dân| công dân| thị| cận| nhận)|gặp|thăm|hội đàm|đón|(?<![Tt]hư )ký|đồng chủ|chủ tọa|chủ toạ|đến|tới|rằng|thì|mà|để|vì|do|nhưng|hoan nghênh|cảnh báo|kêu gọi|(?<![Bb]an )chỉ đạo|từ(?= (?:ngày|tháng|năm|\d))|nhiệm kỳ|(?<!ngoại )giao(?= (?:cho|nhiệm vụ|việc|quyền|trách|Bộ|bộ|Sở|sở|UBND|Chủ|Phó|Thanh tra|Công an))|(?:(?<!ngoại )giao|mời|(?<!đắc )cử|triệu tập|sa thải|ủng hộ|chỉ trích|cáo buộc|ca ngợi|phê bình|cảm ơn|kỷ luật|truy tố|tuyên phạt)(?=\s?\Z)|gồm|bao gồm|nên|kỳ vọng|thuật lại|tham gia|đào tẩu|thông qua|thông báo|giới thiệu(?! việc| sản)|(?<!và )điều khiển|(?<!người )(?<!phép )lái|động viên|tiết lộ|nhận xét|bình luận|tâm sự|quả quyết|phản bác|bác bỏ|phàn nàn|ám chỉ|hối thúc|thúc giục|lên án|tỏ ra|tin tưởng|ca ngợi|liên tục|vẫn|muốn|hôm|(?:ngày|sáng|trưa|chiều|tối|đêm|tháng|tuần)(?= (?:qua|nay|\d|trước|sau))|năm(?= (?:qua|nay|ngoái|trước|sau|\d{4}))|(?:\d+|nhiều|hai|ba|bốn|năm) lần|lo ngại|này|ra lệnh|và(?= (?:việc(?! làm)|đồng bọn|đồng phạm|người|anh|chị|ông|bà|đội ngũ|gia đình|cộng sự|một|hai|ba|các|những|nhiều|một số|đông đảo|đại diện|lãnh đạo|toàn thể|hơn|gần|\d))|and(?= (?:representatives|other|others|several|many|some|more|\d))|trích|(?<!hướng )dẫn(?! dắt| đầu)|lên tiếng|thừa nhận|phát hiện|xác định|dưới thời|trao đổi|giữ chức|giữ cương vị|giữ vị trí|đảm nhiệm|đảm nhận|khởi tố|bàn giao|phản đối|đồng ý|viết|đăng|phủ nhận|"
    r"(?<!việc )làm(?! việc)|làm việc(?= (?:với|tại|cho|từ))|trực tiếp|ngang nhiên|nhanh chóng|lập tức|chính thức|thẳng thắn|đình chỉ|khiển trách|cảnh cáo|phỏng đoán|đạt(?= \d)|thu hộ|ra|vào|lên|tìm|bất ngờ|chịu|gây|đưa|lấy|bắt|giết|chạy|nhận|(?<!tế )mở|gọi|(?<!tiêu )dùng|(?<!mua )(?<!buôn )bán(?! trú| hàng| đảo| kính| dẫn| lẻ| buôn)|(?<!thu )mua(?! sắm)|xin|phải|rất|(?<!trên )(?<!àng )(?<!hòng )không(?! quân| lưu| gian| tải)|chưa|như|theo|tái|bác(?! sĩ| sỹ)|hứa|trước|sau khi|trong(?! nước)|bỏ|(?<!ban )(?<!Ban )về (?:việc|các|những|tội|vụ|hành vi)|vì|tố cáo|tung|đề xuất|hoàn toàn|mong|bắt đầu|tiếp tục|thay(?! mặt| đổi)|nay là|tin(?= rằng)|hy vọng|mong muốn|lưu ý|khuyên|nhận định|chỉ ra|ghi nhận|biểu dương|cảm ơn|tặng|trao(?! đổi)|thăm|dẫn đầu|phê duyệt|quyết định|"
    r"từ chức|từ nhiệm|bổ nhiệm|bầu(?! cử)|chỉ định|đề cử|miễn nhiệm|cách chức|phê chuẩn|điều động|nhậm chức|nộp|qua đời|nghỉ hưu|trúng cử|said|says|told|(?:and )?(?:was|is|has|had|will|would|could|may(?= [a-z]+\b)|might|must|should|were|are|have|did|does)|who|on|(?<!representative )(?<!ambassador )(?<!correspondent )(?<!lecturer )(?<!professor )(?<!envoy )(?<!consul general )(?<!general consul )(?<!consul )in|until|under(?!-| secretary)|known|next|last|hay|hoặc|from(?= (?:\d|[A-Z][a-z]+ \d))|for(?= (?:[a-z0-9]+ ){1,3}(?:years|months|decades|seasons))|but|since|after|before|during|when|where|which|because|while|following|at (?:the|that) time|announced|added|noted|stressed|attended|chaired|spoke|signed|met|visited|thanked|presented|urged|called|asked|warned|praised|pledged|explained"
)
_LOOKED_BACK = re.compile(r"((?:\(\?<!\(?[^()]*\)?\))*)([^\W\d_]+)")


def _grouped(alternatives: str) -> str:
    """Return a pattern that finds the same, its alternatives by their first letters, which is quicker than in a row."""
    groups: dict[str, list[str]] = {}
    for alternative in _split(alternatives):
        begin = _LOOKED_BACK.match(alternative)
        if begin is None:
            groups.setdefault("", []).append(alternative)
            continue
        # What may not stand before the word is asked behind it, so that the word's first letter comes first.
        denied, word = begin.groups()
        behind = "".join(f"(?<!{d}{word})" for d in re.findall(r"\(\?<!([^()]*)\)", denied))
        groups.setdefault(word[0], []).append(word[1:] + behind + alternative[begin.end() :])
    return "|".join(
        [f"{letter}(?:{'|'.join(words)})" for letter, words in groups.items() if letter] + groups.get("", [])
    )


def _split(alternatives: str) -> list[str]:
    """Return the alternatives of a pattern, those inside brackets left together."""
    found, depth = [""], 0
    for letter in alternatives:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return found


_STOP = re.compile(rf"(?<!phụ trách)\s(?:{_grouped(_STOPS)})(?![\w])")
"""Where a post ends: at a verb or what leads on from the name."""
_PAST = re.compile(
    r"(?<!\bof)(?<!\bthe)(?<!\band)(?<!\bfor)(?<!’s)(?<!'s)\s(?:[a-z]{3,}ing(?= (?:the|a|an|his|her) )|[a-z]{3,}ed(?= (?:that|the|a|an|his|her|their|its|to|in|on|at|with|as|it|he|she|they|by)\b|[,.]|\s?\Z))"
)
"""An English verb that says what a holder did: `head of the department ⟨reported⟩`."""
_SCENE = re.compile(
    r"\stại(?= (?:sự kiện|buổi|hội nghị|cuộc|lễ|phiên|họp báo|toạ đàm|tọa đàm|diễn đàn|hội thảo))", re.IGNORECASE
)
"""Where somebody spoke, which is no part of the post."""
_AND = re.compile(r"\s(?:và|and) ")

_FIELD = re.compile(r"đánh giá (?:chất lượng|năng lực|tác động)")
"""Fields of work that begin with a verb: `Trung tâm Khảo thí và ⟨đánh giá chất lượng⟩`."""


def find_stops(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where a post ends in `text[start:end]`; a verb that ends a known noun is none: `Đài ⟨Tiếng nói⟩ Việt Nam`."""
    found = [s.span() for s in _STOP.finditer(text, start, end) if not _ends_noun(text, start, *s.span())]
    found += [s.span() for s in _SCENE.finditer(text, start, end)]
    if text[start:end].isascii():
        found += [s.span() for s in _PAST.finditer(text, start, end)]
    return sorted(
        found
        + [
            a.span()
            for a in _AND.finditer(text, start, end)
            if verb_role(text, a.end()) and not _FIELD.match(text, a.end())
        ]
    )


def _ends_noun(text: str, begin: int, start: int, end: int) -> bool:
    """Return whether what begins with a capital before a verb makes a noun with it."""
    last = max(begin, text.rfind(" ", begin, start) + 1)
    return text[last].isupper() and text[last:start].isalpha() and is_word(text[last:end])
