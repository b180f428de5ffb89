"""What is counted, by class: people are no vehicles, and vehicles no floors."""

from collections.abc import Sequence

from qa.language.forms import fold

__all__ = ["class_of", "is_compound"]

_CLASSES = {
    "people": (
        "người|đồng chí|em|cháu|bé|trẻ|đứa|học sinh|sinh viên|công nhân|cán bộ|chiến sĩ|cảnh sát|binh sĩ|binh lính|lính|quân nhân|quan chức|hành khách|khách|du khách|nạn nhân|bệnh nhân|"
        "đại biểu|thành viên|thuyền viên|ngư dân|nghi can|nghi phạm|đối tượng|bị can|bị cáo|giáo viên|bác sĩ|y tá|điều dưỡng|dân|đứa|thí sinh|cầu thủ|vận động viên|phụ nữ|nhân viên|"
        "lao động|tài xế|tù nhân|phạm nhân|phiến quân|tay súng|phi công|giám khảo|ứng viên|chuyên gia|thầy|cô gái|thanh niên|nhà khoa học|nhà báo|phóng viên|đảng viên|viên chức|công chức|"
        "người dân|nghệ sĩ|diễn viên|hộ lý|kỹ sư|sĩ quan|đặc vụ|con tin|di dân|bệnh nhi|trẻ em|tín đồ|cử tri|liệt sĩ|nông dân|thương binh|huấn luyện viên|người lao động|bạn|đoàn viên|hội viên|lives|y bác sĩ|cư dân|tình nguyện viên|tiếp viên|chủ hộ|cầu thủ|hạ sĩ|trẻ nhỏ|nữ sinh|nam sinh|cổ động viên|ca sĩ|nhạc sĩ|đạo diễn|luật sư|thẩm phán|giảng viên|nghị sĩ|dân quân|khán giả|bạn đọc|người chết|người bị thương"
    ),
    "households": "hộ|hộ dân|gia đình|hộ gia đình",
    "vehicles": "xe|ô tô|tàu|thuyền|máy bay|trực thăng|tiêm kích|chiến đấu cơ|toa|xuồng|ca nô|xe máy|xe tăng|xe khách|taxi|chiến hạm|tàu cá|tàu chiến|tàu ngầm|xe tải|container|đầu máy|phương tiện",
    "floors": "tầng|lầu",
    "weapons": "tên lửa|khẩu|khẩu súng|súng|quả bom|bom|đầu đạn|viên đạn|đạn|pháo|ngư lôi",
    "buildings": "nhà|căn|căn nhà|ngôi nhà|căn hộ|toà nhà|tòa nhà|ngôi|biệt thự|phòng|trạm|trường|bệnh viện|khách sạn|cửa hàng|siêu thị|chợ|cầu|nhà máy|cơ sở|trung tâm|chùa|sạp|ki-ốt|lớp|phòng học|bến|kho",
    "bodies": "công ty|doanh nghiệp|tổ chức|đơn vị|nhóm|đội|ngân hàng|cơ quan|tập đoàn|câu lạc bộ|hợp tác xã|báo|hãng|đoàn",
    "lands": "quốc gia|tỉnh|thành phố|huyện|xã|phường|quận|thôn|làng|bản|tỉnh thành|địa phương",
    "cases": "trường hợp|ca|cá nhân",
    "events": "vụ|lần|cuộc|trận|chuyến|lượt|đợt|vòng|phiên|buổi|kỳ|vụ việc|sự cố|chuyến bay|cơn|cú",
    "writings": "văn bản|hồ sơ|đơn|câu|câu hỏi|ý kiến|bài|bài báo|cuốn|quyển|trang|bức|thư|tin nhắn|bản tin|giấy|chữ|điều|luật|đề án|nghị quyết",
    "votes": "phiếu|phiếu bầu",
    "plants": "cây|bông|hoa|quả|trái|hạt",
    "parts": "thang máy|cửa|bánh|động cơ|ghế|giường|tầng hầm",
    "prizes": "giải|huy chương|suất|bàn|bàn thắng|điểm|suất quà|phần quà|học bổng|danh hiệu",
}  # fmt: skip
"""Nouns that are counted, by what they name; nothing of one class is of another."""
_LONGEST = 3
"""Most syllables of a noun that is counted."""
_CLASS_OF = {n: c for c, nouns in _CLASSES.items() for n in nouns.split("|")}
_FOLDED = {fold(n): c for n, c in _CLASS_OF.items()}


def class_of(said: Sequence[str]) -> str | None:
    """Return the class of the noun with which words in lower case begin; of one syllable without diacritics only as it is written."""
    plain = all(w.isascii() for w in said)
    table = _FOLDED if plain and len(said) > 1 else _CLASS_OF
    return next((table[n] for k in range(min(_LONGEST, len(said)), 0, -1) if (n := " ".join(said[:k])) in table), None)


def is_compound(said: str) -> bool:
    """Return whether several syllables are one noun that is counted: `trường hợp`."""
    return " " in said and said in _CLASS_OF
