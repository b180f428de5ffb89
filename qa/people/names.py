"""What names are made of: surnames, words that only begin a sentence, and words of institutions."""

import re

from qa.language.names import SURNAMES as COMMON

__all__ = ["INSTITUTION", "MIDDLE_NAMES", "OPENERS", "SEAS", "SURNAMES"]

SURNAMES = COMMON | frozenset(
    (
        "Thạch Sơn Kim Danh Lường Điêu Cà Quàng Hạng Phàn Chảo Tẩn Đèo Bạc Bế Mông Lộc Siu Ksor Chế Từ Tưởng Thi Trang Ung Văn Cam Chung Dư Đái Đới Giáp "
        "Hàn Hàng Hồng Khương Lữ Mã Mẫn Nhan Nhâm Phí Phù Quản Tào Thẩm Thôi Trình Trầm Úc Viên Cung Tề Quế Thang Rơ Kha Ấu Lành Cứ Đinh Lầu Hờ Chang Lỳ Thích"
    ).split()
)
"""Family names of the Vietnamese and of the peoples of Vietnam."""
MIDDLE_NAMES = frozenset({"Văn", "Thị", "Van", "Thi"})
"""Between a surname and a given name; whatever stands before them is a surname."""
OPENERS = frozenset(
    (
        "như theo tại ngày trong khi sau trước từ đến với và nhưng tuy còn do vì nếu để các những một hai ba đây đó này ở trên dưới qua cùng cũng đồng hiện nay năm "
        "tháng tuy ngoài bên về việc người họ tôi chúng nhiều mỗi đặc phía được bị có không chiều sáng tối mới cả riêng nhờ trưởng "
        "later earlier meanwhile then today yesterday also the a an in on at he she it they we but and after before this that his her their when while according for"
    ).split()
)
"""Words that have their capital from the beginning of a sentence."""
SEAS = frozenset({"Thái Bình Dương", "Ấn Độ Dương", "Đại Tây Dương", "Bắc Băng Dương"})
INSTITUTION = re.compile(
    r"\b(?:Party|Agency|Chamber|Ministry|Bank|University|Court|Council|Committee|Office|Department|Association|Union|Group|Company|Electronics|Motors|Holdings|Corporation|Economics|Corp|"
    r"Inc|Ltd|School|College|Hospital|Institute|Times|Post|News|Street|Road|River|Lake|Island|Palace|House|Airport|Station|Stadium|League|Cup|Club|FC|Air|Airlines|Airways|Army|Navy|Police|Act|"
    r"Treaty|City|State|States|Republic|Sea|Bay|Hotel|Park|Square|Museum|Province|Foods|Rovers|United|Securities|Fund|Centre|Center|Foundation|Commission|Board|Authority|Directorate|Irrigation)\b"
)
"""Words that make a run of capitals the name of an institution or a place."""
